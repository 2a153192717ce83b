#!/usr/bin/env python3
# score: its options, its formats, and what it says about rows without a value.
# SPDX-License-Identifier: Apache-2.0
import csv
import datetime
import json
import re
import statistics
import unicodedata

from reference import Reference, agrees
from support import (SMALL, SMALL_HEADER, SMALL_ROWS, TINY, Case, csv_text, dimension, indicator, item, main, records)
from survey import DATA, DOCUMENT

DEFAULT_COLUMNS = ['value', 'benefit', 'sacrifice', 'coverage', 'status']
EVERYTHING = ['--levels', 'all', '--coverage', 'all']
DERIVED = [{'id': 'image', 'from': {'reliability': 1, 'advice': 3}}]


def columns_of(text, delimiter=','):
    return text.splitlines()[0].split(delimiter)


class Columns(Case):
    def setUp(self):
        super().setUp()
        self.write('system.json', SMALL | {'derived': DERIVED})
        self.write('data.csv', csv_text(SMALL_HEADER, SMALL_ROWS))

    def score(self, *options, **more):
        return self.succeed('score', 'system.json', 'data.csv', *options, **more).out

    def test_the_default_is_the_row_the_value_the_sides_coverage_and_status(self):
        self.assertEqual(columns_of(self.score()), ['row', *DEFAULT_COLUMNS])

    def test_one_row_comes_out_for_each_row_that_goes_in_and_in_the_same_order(self):
        rows = records(self.score('--id', 'id'))
        self.assertEqual([row['id'] for row in rows], [row[0] for row in SMALL_ROWS])
        reference = Reference(SMALL)
        for row, source in zip(rows, SMALL_ROWS):
            expected = reference.score(dict(zip(SMALL_HEADER, source)))
            for name in ('value', 'benefit', 'sacrifice', 'coverage'):
                self.assertTrue(agrees(row[name], expected[name]), f'{name}: {row}')

    def test_levels_add_their_columns_in_the_order_of_the_tree(self):
        tree = ['value', 'benefit', 'product', 'reliability', 'q1', 'q2', '品牌形象', '品牌', 'service', 'advice', 'q3',
                'sacrifice',
                'money', 'price', 'q5', 'time', 'waiting', 'q6', 'image', 'pay', 'do', 'learn']
        of_level = {
            'value': ['value'],
            'side': ['benefit', 'sacrifice'],
            'dimension': ['product', 'service', 'money', 'time'],
            'indicator': ['reliability', '品牌形象', 'advice', 'price', 'waiting'],
            'item': ['q1', 'q2', '品牌', 'q3', 'q5', 'q6'],
            'derived': ['image'],
            'tag': ['pay', 'do', 'learn'],
        }
        every = ','.join(of_level)
        for levels in [*of_level, 'value,indicator', 'item,dimension,side', 'tag,tag', every, 'all']:
            names = [name for level in (every if levels == 'all' else levels).split(',') for name in of_level[level]]
            with self.subTest(levels=levels):
                expected = [name for name in tree if name in names]
                self.assertEqual(columns_of(self.score('--levels', levels)), ['row', *expected, 'coverage', 'status'])

    def test_more_levels_change_no_number(self):
        few, all_ = records(self.score()), records(self.score(*EVERYTHING))
        for row, more in zip(few, all_):
            self.assertEqual(row, {name: more[name] for name in row})

    def test_coverage_is_of_the_value_of_all_or_of_none(self):
        self.assertEqual(columns_of(self.score('--coverage', 'value')), ['row', *DEFAULT_COLUMNS])
        self.assertEqual(columns_of(self.score('--coverage', 'none')),
                         ['row', 'value', 'benefit', 'sacrifice', 'status'])
        self.assertEqual(columns_of(self.score('--coverage', 'all')),
                         ['row', 'value', 'benefit', 'benefit.coverage', 'sacrifice', 'sacrifice.coverage', 'coverage',
                          'status'])
        row = records(self.score('--coverage', 'all', '--levels', 'indicator'))[3]
        self.assertEqual([float(row[name]) for name in ('reliability.coverage', '品牌形象.coverage', 'advice.coverage',
                                                        'waiting.coverage')], [1 / 3, 0, 1, 0])

    def test_a_level_or_coverage_that_does_not_exist_is_wrong_usage(self):
        self.misuse('score', 'system.json', 'data.csv', '--levels', 'value,indicators',
                    says=['"indicators"', 'indicator'])
        for levels in ('', 'item,', ',item', 'x' * 1000):
            self.misuse('score', 'system.json', 'data.csv', '--levels', levels, says=['--levels'])
        self.misuse('score', 'system.json', 'data.csv', '--coverage', 'some', says=['"some"', 'all', 'none'])

    def test_the_id_column_is_copied_as_it_is(self):
        ids = ['007', '1e3', ' a ', '=1+1', 'with, comma', 'with "quotes"', 'two\nlines', '品牌', '', 'NA']
        self.write('data.csv', csv_text(SMALL_HEADER, [[id_, *SMALL_ROWS[0][1:]] for id_ in ids]))
        self.assertEqual([row['id'] for row in records(self.score('--id', 'id'))], ids)

    def test_several_columns_identify_a_row_together(self):
        rows = [['a', '2023', *row[1:]] for row in SMALL_ROWS[:1]] + [['a', '2024', *row[1:]]
                                                                      for row in SMALL_ROWS[1:2]]
        self.write('data.csv', csv_text(['id', 'year', *SMALL_HEADER[1:]], rows))
        scored = records(self.score('--id', 'year', '--id', 'id'))
        self.assertEqual(list(scored[0])[:3], ['year', 'id', 'value'])
        self.assertEqual([(row['id'], row['year']) for row in scored], [('a', '2023'), ('a', '2024')])
        self.refuse('score', 'system.json', 'data.csv', '--id', 'id', says=['line 3', '"a"', '--repeated-ids'])
        self.assertEqual(len(records(self.score('--id', 'id', '--repeated-ids'))), 2)

    def test_rows_without_an_id_are_not_taken_for_the_same(self):
        self.write('data.csv', csv_text(SMALL_HEADER, [['', *row[1:]] for row in SMALL_ROWS]))
        self.assertEqual(len(records(self.score('--id', 'id'))), len(SMALL_ROWS))

    def test_ids_that_look_alike_are_different(self):
        ids = ['a', 'A', 'a ', ' a', 'á', 'a\u0301', '1', '1.0', '01', 'a' * 8, 'a' * 9, 'a' * 16]
        self.write('data.csv', csv_text(SMALL_HEADER, [[id_, *SMALL_ROWS[0][1:]] for id_ in ids]))
        self.assertEqual([row['id'] for row in records(self.score('--id', 'id'))], ids)
        self.write('data.csv', 'a,b,q1,q2\nx,yz,7,4\nxy,z,7,4\n')
        self.write('system.json', TINY)
        self.assertEqual(len(records(self.score('--id', 'a', '--id', 'b'))), 2)

    def test_every_column_can_be_kept(self):
        rows = records(self.score('--all-columns', '--levels', 'item'))
        for row, source in zip(rows, SMALL_ROWS):
            self.assertEqual(list(row)[:2], ['id', 'input.q1'])
            kept = [row['id']] + [row[f'input.{name}'] for name in SMALL_HEADER[1:]]
            self.assertEqual(kept, source)

    def test_rows_are_numbered_if_nothing_else_identifies_them_or_on_request(self):
        self.assertEqual([row['row'] for row in records(self.score('--row-numbers'))], list('123456'))
        self.write('data.csv', csv_text(SMALL_HEADER[1:], [row[1:] for row in SMALL_ROWS]))
        self.assertEqual([row['row'] for row in records(self.score())], list('123456'))
        self.write('data.csv', csv_text(SMALL_HEADER, SMALL_ROWS))
        self.assertEqual(columns_of(self.score('--row-numbers', '--id', 'id')), ['row', 'id', *DEFAULT_COLUMNS])

    def test_an_id_column_that_is_not_there_is_named_with_the_nearest(self):
        self.refuse('score', 'system.json', 'data.csv', '--id', 'ID', says=['data.csv', '"ID"', '"id"'])

    def test_an_id_column_may_also_be_an_item(self):
        rows = records(self.score('--id', 'q1', '--repeated-ids'))
        self.assertEqual([row['q1'] for row in rows], [row[1] for row in SMALL_ROWS])

    def test_names_of_columns_never_stand_twice(self):
        names = ['value', 'status', 'coverage', 'input.value', 'id', 'id', 'row']
        self.write('data.csv', csv_text(names + SMALL_HEADER[1:], [[*'abcdefg', *row[1:]] for row in SMALL_ROWS]))
        columns = columns_of(self.score('--all-columns', '--row-numbers', *EVERYTHING))
        self.assertEqual(len(set(columns)), len(columns), columns)
        self.assertEqual(columns_of(self.score('--id', 'value', '--repeated-ids')), ['input.value', *DEFAULT_COLUMNS])


class Formats(Case):
    def setUp(self):
        super().setUp()
        self.write('system.json', SMALL)
        self.rows = SMALL_ROWS + [['品牌 "x"\n\\', '12', '3', '4', '5', '6', '7']]
        self.write('data.csv', csv_text(SMALL_HEADER, self.rows))

    def score(self, *options):
        return self.succeed('score', 'system.json', 'data.csv', '--id', 'id', '--quiet', *options).out

    def test_json_is_the_same_rows_and_numbers(self):
        parsed = json.loads(self.score('--format', 'json', *EVERYTHING))
        rows = records(self.score(*EVERYTHING))
        self.assertEqual(len(parsed), len(rows))
        for from_json, row in zip(parsed, rows):
            self.assertEqual(list(from_json), list(row))
            for name, cell in row.items():
                if name in ('id', 'status'):
                    self.assertEqual(from_json[name], cell)
                elif cell == '':
                    self.assertIsNone(from_json[name])
                else:
                    self.assertEqual(from_json[name], float(cell), name)

    def test_json_of_no_rows_is_an_empty_array(self):
        self.write('data.csv', csv_text(SMALL_HEADER, []))
        self.assertEqual(json.loads(self.score('--format', 'json')), [])

    def test_json_stays_json_with_any_bytes_in_an_id(self):
        self.write('data.csv', b'id,q1,q2,\xe5\x93\x81\xe7\x89\x8c,q3,q5,q6\n\xff\x01\x7f,7,8,9,50,3,4\n')
        result = self.custval('score', 'system.json', 'data.csv', '--id', 'id', '--format', 'json')
        if result.code == 0:
            self.assertEqual(len(json.loads(result.out)), 1)
        else:
            self.one_line(result, 'line 2', 'UTF-8')

    def test_a_table_is_aligned_for_wide_characters_too(self):
        self.write('data.csv', csv_text(SMALL_HEADER, [[name, *SMALL_ROWS[0][1:]]
                                                       for name in ('a', '品牌形象', '한국어', 'é', 'e\u0301', '')]))
        lines = self.score('--format', 'table', '--levels', 'value,indicator').splitlines()
        self.assertEqual(len(lines), 7)

        def width(text):
            return sum(0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in 'WF' else 1
                       for letter in text)
        starts = {width(line[:line.index('12.96')]) for line in lines[1:]}
        self.assertEqual(len(starts), 1, '\n'.join(lines))
        self.assertEqual({width(line[:line.index(' ok')]) for line in lines[1:]},
                         {width(lines[0][:lines[0].index(' status')])})

    def test_a_table_rounds_and_marks_what_is_missing(self):
        self.write('data.csv', csv_text(SMALL_HEADER, self.rows[:1] + self.rows[-1:]))
        lines = self.score('--format', 'table').splitlines()
        self.assertEqual(lines[0].split(), ['id', *DEFAULT_COLUMNS])
        self.assertRegex(lines[1], r'^a +-?\d+\.\d\d +')
        self.assertIn('out-of-scale', lines[-1])

    def test_a_table_has_no_line_end_or_control_character_inside_a_cell(self):
        self.write('data.csv', csv_text(SMALL_HEADER, [['a\nb\tc\x1b[31m\x7f', *SMALL_ROWS[0][1:]]]))
        lines = self.score('--format', 'table').splitlines()
        self.assertEqual(len(lines), 2)
        self.assertTrue(lines[1].isprintable(), lines)

    def test_csv_follows_the_delimiter_and_decimal_character_that_were_asked_for(self):
        plain = records(self.score())
        self.write('data.csv', csv_text(SMALL_HEADER, [[cell.replace('.', ',') for cell in row] for row in self.rows],
                                        delimiter=';'))
        out = self.score('--delimiter', ';', '--decimal', ',')
        rows = records(out, delimiter=';' if ';' in out.splitlines()[0] else ',')
        self.assertEqual([{name: cell.replace(',', '.') for name, cell in row.items()} for row in rows], plain)

    def test_json_has_points_whatever_decimal_character_the_data_has(self):
        self.write('data.csv', csv_text(SMALL_HEADER, SMALL_ROWS[:1], delimiter=';'))
        parsed = json.loads(self.score('--format', 'json', '--decimal', ','))
        self.assertAlmostEqual(parsed[0]['value'], 12.962962962962955)

    def test_a_format_that_does_not_exist_is_wrong_usage(self):
        self.misuse('score', 'system.json', 'data.csv', '--format', 'xml', says=['xml', 'csv', 'json', 'table'])


class Frames(Case):
    """Profiles and contexts."""

    def setUp(self):
        super().setUp()
        self.document = TINY | {
            'profile_column': 'kind', 'context_column': 'place',
            'profiles': [{'id': 'thrifty', 'label': {'en': 'thrifty', 'zh': '节俭'}, 'weights': {'extra': 0}}],
            'contexts': [{'id': 'home', 'weights': {'extra': 3}}]}
        self.document['dimensions'] = [
            dimension('product', 'benefit', indicator('quality', item('q1')), indicator('extra', item('q3'))),
            TINY['dimensions'][1]]
        self.write('system.json', self.document)
        self.write('data.csv', 'q1,q2,q3,kind,place\n10,1,1,,\n10,1,1,thrifty,\n10,1,1,,home\n')

    def values(self, *options, **more):
        return [row['value'] for row in records(self.succeed('score', 'system.json', 'data.csv', *options, **more).out)]

    def test_columns_choose_the_profile_and_context_of_each_row(self):
        self.assertEqual(self.values(), ['50', '100', '25'])

    def test_an_option_chooses_them_for_every_row(self):
        self.assertEqual(self.values('--profile', 'thrifty', '--context', 'home')[0], '25')
        self.assertEqual(self.values('--profile', 'thrifty')[:2], ['100', '100'])
        self.assertEqual(self.values('--context', 'home')[0], '25')

    def test_a_profile_or_context_that_does_not_exist_is_named_with_the_nearest(self):
        self.refuse('score', 'system.json', 'data.csv', '--profile', 'thifty', says=['"thifty"', 'thrifty'])
        self.refuse('score', 'system.json', 'data.csv', '--context', 'hom', says=['"hom"', 'home'])
        self.write('data.csv', 'q1,q2,q3,kind,place\n10,1,1,rich,\n10,1,1,,\n')
        result = self.succeed('score', 'system.json', 'data.csv', notes=True)
        self.assertEqual([row['status'] for row in records(result.out)][1],
                         records(self.succeed('score', 'system.json', '-',
                                              stdin='q1,q2,q3,kind,place\n1,1,1,,\n').out)[0]['status'])
        self.one_line(result, '1 of 2 rows', 'line 2', 'rich')

    def test_a_missing_profile_column_is_refused_unless_the_option_replaces_it(self):
        self.write('data.csv', 'q1,q2,q3\n10,1,1\n')
        self.refuse('score', 'system.json', 'data.csv', says=['"kind"'])
        self.assertEqual(len(self.values('--profile', 'thrifty', '--context', 'home')), 1)


class Overrides(Case):
    def setUp(self):
        super().setUp()
        day = datetime.timedelta(days=1)
        today = datetime.date.today()
        self.write('data.csv', 'id,q1,q2\na,10,1\nb,10,1\nc,10,1\n')
        self.write('system.json', TINY | {'override_column': 'id', 'overrides': [
            {'key': 'a', 'score': 7, 'author': 'Ann', 'reason': 'knows better', 'expires': str(today + 30 * day)},
            {'key': 'b', 'score': 8, 'author': 'Bob', 'reason': 'knew better', 'expires': str(today - 30 * day)}]})
        self.today = today

    def values(self, *options):
        return [row['value'] for row in records(self.succeed('score', 'system.json', 'data.csv', *options,
                                                             notes=True).out)]

    def test_judgements_hold_until_they_expire(self):
        self.assertEqual(self.values(), ['7', '100', '100'])
        self.assertEqual(self.values('--as-of', str(self.today)), ['7', '100', '100'])
        self.assertEqual(self.values('--as-of', '2000-01-01'), ['7', '8', '100'])
        self.assertEqual(self.values('--as-of', '2999-12-31'), ['100', '100', '100'])

    def test_a_date_that_is_none_is_refused(self):
        for date in ('yesterday', '2024-13-01', '2024-02-30', '01/02/2024', '', '2024-1-1'):
            with self.subTest(date=date):
                result = self.custval('score', 'system.json', 'data.csv', '--as-of', date)
                self.assertIn(result.code, (1, 2), result)
                self.one_line(result)

    def test_the_date_changes_nothing_without_judgements(self):
        self.write('system.json', TINY)
        self.assertEqual(self.values('--as-of', '2000-01-01'), self.values())


class Notes(Case):
    def note(self, text, document=TINY, *options):
        self.write('system.json', document)
        self.write('data.csv', text)
        result = self.succeed('score', 'system.json', 'data.csv', *options, notes=True)
        self.one_line(result)
        return result.err

    def test_rows_without_a_value_are_counted_with_the_first_line_and_what_to_do(self):
        message = self.note('q1,q2\n' + '7,4\n' * 10 + '12,4\n' + '7,4\n' * 10 + '7,0\n' + '11,4\n')
        for what in ('3 of 23 rows have no value', '3 out-of-scale', 'line 12', '"q1" is 12', '1..10',
                     'out_of_scale: reject', 'Fix',
                     '"missing_codes"'):
            self.assertIn(what, message)

    def test_kinds_of_rows_are_counted_apart(self):
        message = self.note('q1,q2\n12,4\n,4\n7,\n12,\n7,4\n')
        self.assertIn('4 of 5 rows have no value', message)
        self.assertIn('2 out-of-scale', message)
        self.assertIn('2 missing', message)

    def test_the_line_is_that_of_the_file_whatever_cells_hold_before_it(self):
        self.assertIn('line 7', self.note('note,q1,q2\n"a\nb",7,4\n\n"c\n",7,4\n,12,4\n'))

    def test_the_line_is_right_far_into_a_file_for_any_number_of_threads(self):
        text = 'q1,q2\n' + '7,4\n' * 150_000 + '12,4\n' + '7,4\n' * 100_000 + '13,4\n'
        for threads in ('1', '2', '5'):
            message = self.note(text, TINY, '--threads', threads)
            self.assertIn('line 150002', message)
            self.assertIn('"q1" is 12', message)

    def test_rows_that_keep_their_value_are_noted_too(self):
        message = self.note('q1,q2\n12,4\n7,4\n', TINY | {'out_of_scale': 'clamp'})
        self.assertIn('1 clamped', message)

    def test_nothing_is_said_when_there_is_nothing_to_say(self):
        self.write('system.json', TINY)
        self.write('data.csv', 'q1,q2\n7,4\n')
        self.succeed('score', 'system.json', 'data.csv')

    def test_statuses_are_words(self):
        rows = self.score_text('q1,q2\n7,4\n12,4\n,4\n', notes=True)
        self.assertEqual([row['status'] for row in rows], ['ok', 'out-of-scale', 'missing'])


def ranks(numbers):
    """Ties share the mean of their ranks."""
    order = sorted(numbers)
    first, last = {}, {}
    for place, number in enumerate(order, start=1):
        first.setdefault(number, place)
        last[number] = place
    return [(first[number] + last[number]) / 2 for number in numbers]


class Summary(Case):
    def summary(self, *options):
        rows = records(self.succeed('score', DOCUMENT, DATA, '--summary', '--format', 'csv', *options).out)
        return {row['measure']: float(row['number']) for row in rows}

    def test_the_measures_are_those_of_the_scores(self):
        scored = records(self.succeed('score', DOCUMENT, DATA).out)
        measures = self.summary()
        self.assertEqual((measures['rows'], measures['rows.scored']), (1811, 1811))
        for name in ('value', 'benefit', 'sacrifice', 'coverage'):
            numbers = [float(row[name]) for row in scored]
            self.assertAlmostEqual(measures[f'{name}.mean'], statistics.fmean(numbers), places=9)
            self.assertAlmostEqual(measures[f'{name}.sd'], statistics.stdev(numbers), places=9)
            self.assertEqual((measures[f'{name}.least'], measures[f'{name}.most']), (min(numbers), max(numbers)))

    def test_agreement_with_a_stated_value_is_that_of_the_columns(self):
        values = [float(row['value']) for row in records(self.succeed('score', DOCUMENT, DATA).out)]
        with open(DATA, encoding='utf-8', newline='') as file:
            stated = [float(row['q1']) for row in csv.DictReader(file)]
        measures = self.summary('--against', 'q1')
        self.assertEqual(measures['agreement.rows'], 1811)
        self.assertAlmostEqual(measures['agreement.pearson'], statistics.correlation(values, stated), places=9)
        self.assertAlmostEqual(measures['agreement.spearman'], statistics.correlation(ranks(values), ranks(stated)),
                               places=9)

    def test_agreement_leaves_out_rows_without_both(self):
        self.write('system.json', TINY)
        self.write('data.csv', 'q1,q2,said\n1,10,1\n5,5,2\n12,5,9\n9,1,\n10,1,3\n')
        result = self.succeed('score', 'system.json', 'data.csv', '--against', 'said', '--format', 'json', '--quiet')
        measures = {row['measure']: row['number'] for row in json.loads(result.out)}
        self.assertEqual((measures['rows'], measures['rows.scored'], measures['agreement.rows']), (5, 4, 3))
        self.assertEqual(measures['rows.out-of-scale'], 1)
        self.assertAlmostEqual(measures['agreement.spearman'], 1, places=12)

    def test_agreement_that_cannot_be_had_is_missing(self):
        self.write('system.json', TINY)
        self.write('data.csv', 'q1,q2,said\n1,10,1\n5,5,1\n')
        result = self.succeed('score', 'system.json', 'data.csv', '--against', 'said', '--format', 'json')
        self.assertIsNone({row['measure']: row['number'] for row in json.loads(result.out)}['agreement.pearson'])
        self.assertIn('none', self.succeed('score', 'system.json', 'data.csv', '--against', 'said').out)
        self.refuse('score', 'system.json', 'data.csv', '--against', 'say', says=['"say"', '"said"'])

    def test_the_text_for_people_counts_rows_and_draws_the_distribution(self):
        out = self.succeed('score', DOCUMENT, DATA, '--summary').out
        self.assertIn('1811 rows, 1811 with a value', out)
        counts = [int(count) for count in re.findall(r'^(?:below )?-?\d+ (?:to -?\d+|and above)? *(\d+)', out,
                                                     flags=re.M)]
        self.assertEqual(sum(counts), 1811)

    def test_rows_are_written_beside_the_summary_only_to_a_file(self):
        rows = self.succeed('score', DOCUMENT, DATA).bytes
        alone = self.succeed('score', DOCUMENT, DATA, '--summary').bytes
        both = self.succeed('score', DOCUMENT, DATA, '--summary', '-o', 'out.csv').bytes
        self.assertEqual((alone, self.read('out.csv')), (both, rows))

    def test_a_summary_of_no_rows_says_so(self):
        self.write('system.json', TINY)
        self.write('data.csv', 'q1,q2\n')
        self.assertIn('0 rows', self.succeed('score', 'system.json', 'data.csv', '--summary', notes=True).out)


if __name__ == '__main__':
    main()
