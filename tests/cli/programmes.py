#!/usr/bin/env python3
# Programmes: plans, reasons, remarks, outcomes, due lists; the shipped document on the invented customers.
# SPDX-License-Identifier: Apache-2.0
import json
import os
import shutil

from support import SOURCE, Case, csv_text, main, records

EXAMPLES = os.path.join(SOURCE, 'examples', 'programmes')
BASE = {'custval': 'programmes', 'version': 1, 'traits': [{'id': 'age', 'type': 'number', 'range': [0, 100]},
                                                          {'id': 'home', 'type': 'category', 'values': ['flat', 'farm']}],
        'programmes': [{'id': 'delivery', 'cost': 4, 'effect': {'value': 12}, 'when': {'trait': 'age', '>=': 70}},
                       {'id': 'club', 'label': {'en': 'Club', 'zh': '俱乐部'}, 'when': {'trait': 'home', '=': 'flat'}}]}
CUSTOMERS = csv_text(['customer', 'age', 'home'], [['Kim', 71, 'flat'], ['Lee', '', 'farm'], ['Park', 70, '']])


class Programmes(Case):
    def setUp(self):
        super().setUp()
        self.write('base.json', BASE)
        self.write('customers.csv', CUSTOMERS)

    def copy_examples(self):
        for name in os.listdir(EXAMPLES):
            shutil.copy(os.path.join(EXAMPLES, name), self.folder)

    def test_a_plan_names_customers_and_rows_of_the_file(self):
        rows = records(self.succeed('programmes', 'match', 'base.json', 'customers.csv', '--reasons').out)
        self.assertEqual([(row['customer'], row['row'], row['rank'], row['programme'], row['by']) for row in rows],
                         [('Kim', '1', '1', 'delivery', 'rule'), ('Kim', '1', '2', 'club', 'rule'),
                          ('Park', '3', '1', 'delivery', 'rule')])
        self.assertEqual(rows[0]['reason'], 'age 71 >= 70')
        self.assertEqual(rows[0]['net'], '2')

    def test_options_narrow_a_plan(self):
        match = ('programmes', 'match', 'base.json', 'customers.csv')
        self.assertEqual(len(records(self.succeed(*match, '--top', '1').out)), 2)
        self.assertEqual(len(records(self.succeed(*match, '--least-net', '1').out)), 2)
        self.assertEqual([row['customer'] for row in records(self.succeed(*match, '--budget', '4').out)], ['Kim', 'Kim'])
        self.assertIn('customer', self.succeed(*match, '--format', 'table').out)
        self.assertEqual(len(json.loads(self.succeed(*match, '--format', 'json').out)), 3)
        self.assertEqual(self.succeed(*match, '--id', 'home').out.splitlines()[0].split(',')[0], 'home')

    def test_a_plan_does_not_depend_on_how_the_file_is_written(self):
        self.write('other.csv', CUSTOMERS.replace(',', ';'))
        self.assertEqual(self.succeed('programmes', 'match', 'base.json', 'customers.csv').out,
                         self.succeed('programmes', 'match', 'base.json', '-', stdin=CUSTOMERS.replace(',', ';')).out)
        self.succeed('programmes', 'match', 'base.json', 'other.csv', '-o', 'plan.csv')
        self.assertEqual(self.read('plan.csv').decode(), self.succeed('programmes', 'match', 'base.json', 'other.csv').out)

    def test_why_not_is_said(self):
        out = self.succeed('programmes', 'explain', 'base.json', 'customers.csv', '--row', '2', '--format', 'json').out
        why = {row['programme']: row for row in json.loads(out)}
        self.assertEqual((why['delivery']['status'], why['delivery']['missing']), ('untold', 'age'))
        self.assertEqual((why['club']['status'], why['club']['reason']), ('others', 'home farm not = flat'))
        labelled = self.succeed('programmes', 'explain', 'base.json', 'customers.csv', '--row', '1', '--language', 'zh').out
        self.assertIn('俱乐部', labelled)

    def test_wrong_usage_and_wrong_files_are_told_in_one_line(self):
        self.misuse('programmes', says=['a verb is needed'])
        self.misuse('programmes', 'mach', says=['did you mean "match"'])
        self.misuse('programmes', 'explain', 'base.json', 'customers.csv', says=['--row'])
        self.misuse('programmes', 'match', '-', '-', says=['standard input'])
        self.refuse('programmes', 'explain', 'base.json', 'customers.csv', '--row', '4', says=['3 rows'])
        self.refuse('programmes', 'match', 'customers.csv', 'customers.csv', says=['customers.csv'])
        self.write('bad.csv', 'age\n3\n')
        self.refuse('programmes', 'match', 'base.json', 'bad.csv', says=['home'])
        self.write('bad.csv', 'age,home\nold,flat\n')
        self.refuse('programmes', 'match', 'base.json', 'bad.csv', says=['age', 'old'])
        self.write('wrong.json', {**BASE, 'contacted': 'agee'})
        self.refuse('programmes', 'list', 'wrong.json', says=['$.contacted', 'did you mean "age"'])

    def test_all_columns_that_are_missing_are_named_at_once(self):
        self.write('bad.csv', 'customer\nKim\n')
        for command in (['match', 'base.json', 'bad.csv'], ['explain', 'base.json', 'bad.csv', '--row', '1']):
            self.refuse('programmes', *command, says=['bad.csv lacks', '"age" (number), "home" (category)', 'called like its'])
        many = [{'id': f'trait_{i}', 'type': 'flag'} for i in range(20)]
        self.write('many.json', {'custval': 'programmes', 'version': 1, 'traits': many, 'programmes': [{'id': 'one'}]})
        message = self.refuse('programmes', 'match', 'many.json', 'bad.csv', says=['"trait_11" (flag) and 8 more'])
        self.assertNotIn('trait_12', message)

    def test_a_check_names_what_is_not_meant(self):
        self.write('odd.json', {**BASE, 'programmes': [{'id': 'never', 'when': {'any': []}}]})
        result = self.succeed('programmes', 'check', 'odd.json', '--format', 'csv', notes=True)
        self.assertEqual([row['remark'] for row in records(result.out)], ['never', 'unused', 'unused'])
        self.assertIn('3 remarks', result.err)
        result = self.succeed('programmes', 'check', 'base.json', notes=True)
        self.assertEqual(result.out, '')
        self.write('short.csv', 'age\n300\n')
        result = self.succeed('programmes', 'check', 'base.json', 'short.csv', '--format', 'csv', notes=True)
        self.assertEqual([(row['place'], row['remark']) for row in records(result.out)],
                         [('age', 'beyond'), ('home', 'no_column')])
        self.write('other.csv', 'name\nKim\n')
        result = self.succeed('programmes', 'check', 'base.json', 'other.csv', '--format', 'csv', notes=True)
        for row in records(result.out):
            self.assertRegex(row['message'], '^the table has no such column: add it')

    def test_a_check_without_remarks_leaves_an_empty_table(self):
        check = ('programmes', 'check', 'base.json')
        self.assertEqual(self.succeed(*check, notes=True).out, '')
        self.assertEqual(json.loads(self.succeed(*check, '--format', 'json', notes=True).out), [])
        self.write('remarks.csv', 'older result')
        self.succeed(*check, '--format', 'csv', '-o', 'remarks.csv', notes=True)
        self.assertEqual(records(self.read('remarks.csv').decode()), [])
        self.assertNotIn(b'older', self.read('remarks.csv'))

    def test_outcomes_change_the_rates_and_nothing_else(self):
        self.write('tries.csv', 'programme,success\nclub,1\nclub,1\ndelivery,0\n,1\n')
        self.succeed('programmes', 'outcomes', 'base.json', 'tries.csv', '-o', 'wiser.json')
        wiser = json.loads(self.read('wiser.json'))
        self.assertEqual([one.pop('outcomes') for one in wiser['programmes']],
                         [{'tried': 1, 'succeeded': 0}, {'tried': 2, 'succeeded': 2}])
        self.assertEqual(wiser, BASE)
        rates = [row['rate'] for row in records(self.succeed('programmes', 'list', 'wiser.json', '--format', 'csv').out)]
        self.assertEqual([float(rate) for rate in rates], [1 / 3, 3 / 4])
        self.write('tries.csv', 'programme,success\nclub,1\nclubb,1\n')
        self.refuse('programmes', 'outcomes', 'base.json', 'tries.csv', says=['line 3', 'clubb', 'did you mean "club"'])

    def test_the_rice_jar(self):
        self.copy_examples()
        due = ('programmes', 'due', 'jars.csv', '--stock', 'rice', '--capacity', 'jar', '--since', 'days_since', '--users',
               'adults:per_adult', '--users', 'children:per_child', '--format', 'csv')
        rows = records(self.succeed(*due, '--as-of', '2026-03-01').out)
        self.assertEqual([row['customer'] for row in rows],
                         ['Hsu', 'Wang', 'Old Mr Ye', 'Liu', 'Empty house', 'Lai'])
        self.assertEqual([row['status'] for row in rows], ['ok'] * 4 + ['never', 'missing'])
        self.assertEqual(rows[3]['date'], '2026-03-22')
        self.assertAlmostEqual(float(rows[1]['days']), 24 / (2 * 0.4 + 3 * 0.25) - 10, delta=1e-12)
        self.assertEqual(len(records(self.succeed(*due, '--within', '7').out)), 2)
        self.assertNotIn('date', self.succeed(*due).out)
        self.misuse('programmes', 'due', 'jars.csv', says=['--interval'])
        self.misuse('programmes', 'due', 'jars.csv', '--stock', 'rice', '--users', 'adults', says=['two columns'])
        self.refuse(*due, '--as-of', '1.3.2026', says=['1.3.2026'])

    def test_the_next_need_from_a_history(self):
        self.write('history.csv', csv_text(['customer', 'interval_mean', 'ago'], [['a', 30, 20], ['b', 7, 9], ['c', '', 3]]))
        rows = records(self.succeed('programmes', 'due', 'history.csv', '--interval', 'interval_mean', '--since', 'ago',
                                    '--format', 'csv').out)
        self.assertEqual([(row['customer'], row['days'], row['status']) for row in rows],
                         [('b', '-2', 'ok'), ('a', '10', 'ok'), ('c', '', 'missing')])

    def test_the_shipped_programmes_are_whole(self):
        self.copy_examples()
        base = json.loads(self.read('programmes.json'))
        self.assertEqual(self.succeed('programmes', 'start').bytes, self.read('programmes.json'))
        self.assertEqual(len(base['programmes']), 14)
        for one in base['programmes'] + base['traits']:
            self.assertEqual(list(one['label']), ['en', 'zh', 'ko'], one['id'])
        result = self.succeed('programmes', 'check', 'programmes.json', notes=True)
        self.assertIn('14 programmes, 0 remarks', result.err)
        plan = records(self.succeed('programmes', 'match', 'programmes.json', 'customers.csv', '--top', '14').out)
        self.assertEqual(len({row['customer'] for row in plan}), 8)
        self.assertGreaterEqual(len({row['programme'] for row in plan}), 12)
        # Nobody is asked to recommend who complained or is not satisfied.
        self.assertEqual({row['customer'] for row in plan if row['programme'] == 'referral-thanks'}, {'Kim'})
        self.succeed('programmes', 'outcomes', 'programmes.json', 'outcomes.csv', '-o', 'wiser.json')
        self.succeed('programmes', 'match', 'wiser.json', 'customers.csv')


if __name__ == '__main__':
    main()
