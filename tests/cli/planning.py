#!/usr/bin/env python3
# scenario run, explain, path and meter; known answers are those of tests/vectors/scenario.json.
# SPDX-License-Identifier: Apache-2.0
import json
import os

from support import SOURCE, Case, csv_text, main, records

with open(os.path.join(SOURCE, 'tests', 'vectors', 'scenario.json'), encoding='utf-8') as file:
    VECTORS = json.load(file)
CASES = {case['id']: case for case in VECTORS['cases']}


class Planning(Case):
    def setUp(self):
        super().setUp()
        self.write('system.json', VECTORS['system'])
        rows = [['' if cell is None else cell for cell in row] for row in VECTORS['rows']]
        self.write('data.csv', csv_text(VECTORS['columns'], rows))

    def plan(self, name):
        return self.write(f'{name}.json', CASES[name]['scenario'])

    def run_plan(self, name, *options, notes=True):
        return self.succeed('scenario', 'run', self.plan(name), 'system.json', 'data.csv', *options, notes=notes)

    def near(self, found, expected):
        if expected is None:
            self.assertIn(found, (None, ''))
        else:
            self.assertLessEqual(abs(float(found) - expected), 1e-9 * max(1, abs(expected)))

    def test_periods_and_customers_are_those_of_the_plain_model(self):
        for name, case in CASES.items():
            with self.subTest(name=name):
                periods = json.loads(self.run_plan(name, '--format', 'json').out)
                for row, expected in zip(periods, case['periods']):
                    for key, number in expected.items():
                        self.near(row[key], number)
                cuts = ['--cuts', ','.join(map(str, case['cuts']))] if case['cuts'] else []
                rows = records(self.run_plan(name, '--show', 'customers', *cuts).out)
                self.assertEqual(len(rows), len(case['customers']))
                for row, expected in zip(rows, case['customers']):
                    words = ['ok', 'no_value', 'missing', 'range']
                    self.assertEqual(row['status'], words[expected['status']])
                    for key, number in expected.items():
                        if key != 'status':
                            self.near(row[key], number)

    def test_groups_have_names_and_the_last_row_is_all(self):
        groups = json.loads(self.run_plan('delivery', '--show', 'groups', '--group', 'segment', '--format', 'json').out)
        self.assertEqual([row['group'] for row in groups], ['a', 'b', '', 'c', None])
        self.assertEqual(sum(row['chosen'] for row in groups[:-1]), groups[-1]['chosen'])

    def test_the_notes_say_what_it_comes_to(self):
        notes = self.run_plan('bogo').err
        self.assertIn('switch to the rival', notes)
        self.assertIn('after its end: mean value changed by', notes)
        self.assertIn('would have been made anyway', notes)
        self.assertNotIn('after its end', self.run_plan('price_cut').err)

    def test_an_explanation_adds_up(self):
        self.plan('bogo')
        parts = json.loads(self.succeed('scenario', 'explain', 'bogo.json', 'system.json', 'data.csv', '--row', '1',
                                        '--period', '4', '--format', 'json').out)
        total = 0.0
        for part in parts:
            total += part['change'] if part['is_part'] else 0.0
        self.assertEqual(total, parts[0]['change'])
        self.assertIn('transaction', [part['kind'] for part in parts])

    def test_a_path_shows_the_jump(self):
        result = self.succeed('scenario', 'path', self.plan('bogo'), '--format', 'json', notes=True)
        self.assertIn('the price jumps by 100 %', result.err)
        self.assertEqual([row['price'] for row in json.loads(result.out)][:5], [100, 50, 50, 50, 100])
        self.assertIn('in use', self.succeed('scenario', 'path', self.plan('features'), notes=True).err)

    def test_the_meter_finds_the_prices(self):
        survey = VECTORS['surveys'][0]
        names = ['a', 'b', 'c', 'd']
        rows = [['' if cell is None else cell for cell in row] for row in survey['rows']]
        self.write('prices.csv', csv_text(names, rows))
        result = self.succeed('scenario', 'meter', 'prices.csv', '--too-cheap', 'a', '--cheap', 'b', '--expensive', 'c',
                              '--too-expensive', 'd', '--format', 'json', notes=True)
        for row, expected in zip(json.loads(result.out), survey['curves']):
            for key, number in expected.items():
                self.near(row[key], number)
        self.assertIn(f"{survey['facts']['respondents']} respondents", result.err)
        self.assertIn(f"optimal price {survey['facts']['optimal']:g}", result.err)

    def test_wrong_usage(self):
        self.misuse('scenario')
        self.misuse('scenario', 'rn', says=['"rn"', 'run'])
        self.misuse('scenario', 'run', 'a', 'b')
        self.misuse('scenario', 'run', '-', '-', 'data.csv', says=['standard input'])
        self.misuse('scenario', 'run', 'a', 'b', 'c', '--show', 'all', says=['all', 'periods'])
        self.misuse('scenario', 'run', 'a', 'b', 'c', '--cuts', '1,0', says=['--cuts'])
        self.misuse('scenario', 'run', 'a', 'b', 'c', '--cuts', 'x', says=['--cuts'])
        self.misuse('scenario', 'explain', 'a', 'b', 'c', says=['--row'])

    def test_what_is_not_there_is_named(self):
        plan = json.loads(json.dumps(CASES['bogo']['scenario']))
        plan['price']['money'][0]['node'] = 'prize'
        self.write('bad.json', plan)
        self.fail_with(1, 'scenario', 'run', 'bad.json', 'system.json', 'data.csv', says=['prize', 'price'])
        plan['sales']['rival'] = 'rivals'
        self.write('bad.json', plan)
        self.fail_with(1, 'scenario', 'run', 'bad.json', 'system.json', 'data.csv', says=['rivals', 'rival'])
        del plan['sales']
        self.write('bad.json', plan)
        self.fail_with(1, 'scenario', 'path', 'bad.json', says=['bad.json', '"sales"'])


if __name__ == '__main__':
    main()
