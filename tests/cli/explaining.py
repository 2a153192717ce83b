#!/usr/bin/env python3
# explain: the parts of a value, a change, levers, targets and flip points, for one row of a file.
# SPDX-License-Identifier: Apache-2.0
import json
import random

from support import SMALL, SMALL_HEADER, SMALL_ROWS, TINY, Case, csv_text, main, records
from survey import DATA, DOCUMENT


def plain_sum(numbers):
    total = 0.0
    for number in numbers:
        total += number
    return total


class Explaining(Case):
    def setUp(self):
        super().setUp()
        self.write('system.json', SMALL)
        self.write('data.csv', csv_text(SMALL_HEADER, SMALL_ROWS))

    def explain(self, *options, **more):
        """Rows of an explanation."""
        return records(self.succeed('explain', 'system.json', 'data.csv', *options, '--format', 'csv', **more).out)

    def values(self):
        return [float(row['value']) for row in records(self.succeed('score', 'system.json', 'data.csv').out)]

    def test_the_parts_add_up_to_the_value_bit_for_bit(self):
        for number, value in enumerate(self.values(), start=1):
            rows = self.explain('--row', str(number))
            parts = [float(row['contribution']) for row in rows if row['is_part'] == '1' and row['contribution']]
            self.assertEqual(plain_sum(parts), value)
            self.assertEqual((rows[0]['node'], float(rows[0]['score'])), ('value', value))
            self.assertEqual(float(rows[0]['contribution']), value)

    def test_the_parts_add_up_for_every_tenth_respondent_of_the_survey(self):
        values = [float(row['value']) for row in records(self.succeed('score', DOCUMENT, DATA).out)]
        for number in random.Random(3).sample(range(len(values)), 25):
            rows = records(self.succeed('explain', DOCUMENT, DATA, '--row', str(number + 1), '--format', 'csv').out)
            self.assertEqual(plain_sum(float(row['contribution']) for row in rows if row['is_part'] == '1'),
                             values[number])

    def test_the_tree_for_people_names_every_node_and_the_value(self):
        out = self.succeed('explain', 'system.json', 'data.csv', '--row', '1').out
        for name in ('benefit', 'product', 'reliability', '品牌形象', 'advice', 'sacrifice', 'money', 'price', 'time',
                     'waiting'):
            self.assertIn(name, out.lower())
        self.assertIn(f'{self.values()[0]:.2f}', out)

    def test_labels_come_in_the_language_that_was_asked_for(self):
        for language, label in (('en', 'Money cost'), ('zh', '货币成本'), ('ko', '금전적 비용'), ('xx', 'Money cost')):
            for options in ([], ['--levers'], ['--to', '2']):
                self.assertIn(label, self.succeed('explain', DOCUMENT, DATA, '--row', '1', '--language', language,
                                                  *options).out)

    def test_json_is_the_same_as_csv(self):
        parsed = json.loads(self.succeed('explain', 'system.json', 'data.csv', '--row', '4', '--format', 'json').out)
        rows = self.explain('--row', '4')
        self.assertEqual(len(parsed), len(rows))
        for from_json, row in zip(parsed, rows):
            self.assertEqual(list(from_json), list(row))
            for name, cell in row.items():
                if isinstance(from_json[name], (int, float)):
                    self.assertEqual(from_json[name], float(cell), name)
                else:
                    self.assertEqual(from_json[name] or '', cell, name)

    def test_a_row_is_found_by_its_id(self):
        for number, row in enumerate(SMALL_ROWS, start=1):
            self.assertEqual(self.explain('--id', 'id', '--row', row[0]),
                             self.explain('--row', str(number)))

    def test_a_row_that_is_not_there_is_refused(self):
        self.refuse('explain', 'system.json', 'data.csv', '--row', '7', says=['data.csv', '7', '6'])
        self.refuse('explain', 'system.json', 'data.csv', '--row', '1', '--to', '99', says=['data.csv', '99', '6'])
        self.refuse('explain', 'system.json', 'data.csv', '--id', 'id', '--row', 'zz',
                    says=['data.csv', '"zz"'])
        self.refuse('explain', 'system.json', 'data.csv', '--id', 'ids', '--row', 'a',
                    says=['"ids"', '"id"'])
        self.misuse('explain', 'system.json', 'data.csv', '--row', '0', says=['--row'])
        self.misuse('explain', 'system.json', 'data.csv', '--row', 'x',
                    says=['--row', '"x"', 'counted from 1', '--id COLUMN'])
        self.misuse('explain', 'system.json', 'data.csv', '--row', '1', '--to', 'b', says=['--to', '"b"', '--id'])

    def test_an_id_that_stands_twice_is_refused(self):
        self.write('data.csv', csv_text(SMALL_HEADER, SMALL_ROWS + [SMALL_ROWS[0]]))
        self.refuse('explain', 'system.json', 'data.csv', '--id', 'id', '--row', 'a',
                    says=['data.csv', '"a"', 'rows 1 and 7, counted from 1'])
        self.refuse('compare', 'system.json', 'data.csv', '--id', 'id', '--own', 'a', says=['rows 1 and 7, counted from 1'])

    def test_a_row_must_be_named(self):
        self.misuse('explain', 'system.json', 'data.csv')
        self.misuse('explain', 'system.json', 'data.csv', '--id', 'id')
        self.misuse('explain', 'system.json', 'data.csv', '--levers', '--id', 'id', says=['--row'])

    def test_a_row_is_found_by_an_id_that_is_a_number_and_never_by_its_place(self):
        self.write('data.csv', csv_text(SMALL_HEADER, [['2', *SMALL_ROWS[0][1:]], ['1', *SMALL_ROWS[1][1:]]]))
        self.assertEqual(self.explain('--id', 'id', '--row', '2'), self.explain('--row', '1'))

    def test_kinds_of_explanation_exclude_each_other(self):
        for kinds in (['--to', '2', '--levers'], ['--levers', '--target', '50'], ['--flip', '2', '--to', '2']):
            self.misuse('explain', 'system.json', 'data.csv', '--row', '1', *kinds)

    def test_a_row_without_a_value_is_explained_as_far_as_it_goes(self):
        self.write('data.csv', csv_text(SMALL_HEADER, [['a', '12', '8', '9', '50', '3', '4']]))
        result = self.custval('explain', 'system.json', 'data.csv', '--row', '1', '--format', 'csv')
        self.assertIn(result.code, (0, 1))
        self.assertIn('12', result.out + result.err)

    def test_a_change_splits_exactly(self):
        values = self.values()
        for before in range(len(values)):
            for after in range(len(values)):
                rows = self.explain('--row', str(before + 1), '--to', str(after + 1))
                change = plain_sum(float(row['change']) for row in rows if row['is_part'] == '1')
                self.assertEqual(change, values[after] - values[before])

    def test_levers_are_global_weights_in_a_linear_system(self):
        rows = {row['node']: row for row in self.explain('--row', '1', '--levers')}
        expected = {'reliability': 2 / 3 * 3 / 4, '品牌形象': 2 / 3 / 4, 'advice': 1 / 3, 'price': 1 / 2, 'waiting': 1 / 2}
        self.assertEqual(set(rows), set(expected))
        for name, gain in expected.items():
            self.assertAlmostEqual(float(rows[name]['gain']), gain, places=9)
            self.assertAlmostEqual(float(rows[name]['potential']), gain * float(rows[name]['room']), places=9)

    def test_a_target_is_reached_by_the_steps_that_are_named(self):
        self.write('system.json', TINY)
        self.write('data.csv', 'q1,q2\n5.5,5.5\n')
        rows = self.explain('--row', '1', '--target', '60')
        self.assertAlmostEqual(sum(float(row['gain']) for row in rows), 60, places=9)
        scores = {row['node']: float(row['to']) for row in rows}
        self.write('data.csv', f'q1,q2\n{1 + scores["quality"] * 9 / 100!r},{1 + scores["price"] * 9 / 100!r}\n')
        self.assertAlmostEqual(self.values()[0], 60, places=9)

    def test_a_target_out_of_reach_is_refused(self):
        self.refuse('explain', 'system.json', 'data.csv', '--row', '2', '--target', '101',
                    says=['row 2', '101', 'at most'])
        self.refuse('explain', 'system.json', 'data.csv', '--id', 'id', '--row', 'c', '--target', '101',
                    says=['row 3'])
        self.misuse('explain', 'system.json', 'data.csv', '--row', '1', '--target', 'high', says=['--target'])

    def test_at_the_flip_point_two_rows_tie(self):
        self.write('data.csv', csv_text(SMALL_HEADER,
                                        [['a', '9', '9', '9', '10', '5', '5'], ['b', '4', '4', '4', '90', '5', '5']]))
        rows = {row['node']: row for row in self.explain('--row', '1', '--flip', '2')}
        share = float(rows['product']['flip'])
        changed = json.loads(json.dumps(SMALL))
        changed['dimensions'][0]['weight'], changed['dimensions'][1]['weight'] = share, 1 - share
        self.write('system.json', changed)
        first, second = self.values()
        self.assertAlmostEqual(first, second, places=9)

    def test_standard_input_and_a_late_row_work_too(self):
        text = csv_text(SMALL_HEADER, SMALL_ROWS * 20_000)
        result = self.succeed('explain', 'system.json', '-', '--row', '120000', '--format', 'csv', stdin=text)
        self.assertEqual(records(result.out), self.explain('--row', '6'))

    def test_mistakes_in_the_data_are_told_as_score_tells_them(self):
        self.write('data.csv', csv_text(SMALL_HEADER, [['a', 'x', '8', '9', '50', '3', '4']]))
        self.refuse('explain', 'system.json', 'data.csv', '--row', '1', says=['data.csv', 'line 2', '"q1"', '"x"'])


if __name__ == '__main__':
    main()
