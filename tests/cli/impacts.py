#!/usr/bin/env python3
# impact fit, run and assumptions; known answers are those of tests/vectors/impact.json.
# SPDX-License-Identifier: Apache-2.0
import json
import os

from support import SOURCE, Case, csv_text, main, records

with open(os.path.join(SOURCE, 'tests', 'vectors', 'impact.json'), encoding='utf-8') as file:
    VECTORS = json.load(file)
CASES = {case['id']: case for case in VECTORS['cases']}
# Those that do not read the column of margins, one of which is infinite, what a file cannot say.
READABLE = ('several predictors, a derived node among them', 'choice for ever', 'worth without end')
STATUSES = ['ok', 'not_chosen', 'no_value', 'missing', 'range', 'endless']
EXAMPLES = os.path.join(SOURCE, 'examples')


class Impacts(Case):
    def files_of(self, name):
        case = CASES[name]
        self.write('system.json', case['system'])
        self.write('plan.json', case['impact'])
        rows = [['' if cell is None else cell for cell in row] for row in VECTORS['rows']]
        self.write('data.csv', csv_text(VECTORS['columns'], rows))
        self.succeed('impact', 'fit', 'plan.json', 'system.json', 'data.csv', '--as-of', VECTORS['as_of'], '-o',
                     'impact.json', notes=True)
        return case

    def run_impact(self, *options):
        return self.succeed('impact', 'run', 'impact.json', 'system.json', 'data.csv', '--as-of', VECTORS['as_of'],
                            *options, notes=True)

    def near(self, found, expected):
        if expected is None:
            self.assertIn(found, (None, ''))
        else:
            self.assertLessEqual(abs(float(found) - expected), 1e-9 * max(1, abs(expected)))

    def test_levers_and_customers_are_those_of_the_plain_model(self):
        for name in READABLE:
            with self.subTest(name=name):
                case = self.files_of(name)
                levels = ','.join(case['levels'])
                levers = {row['node']: row
                          for row in json.loads(self.run_impact('--levels', levels, '--format', 'json').out)}
                self.assertEqual(len(levers), len(case['levers']))
                for expected in case['levers']:
                    for key, number in expected.items():
                        if key in ('node', 'kind'):
                            self.assertEqual(levers[expected['node']][key], number)
                        else:
                            self.near(levers[expected['node']][key], number)
                rows = records(self.run_impact('--show', 'customers').out)
                self.assertEqual(len(rows), len(case['customers']))
                for row, expected in zip(rows, case['customers']):
                    self.assertEqual(row['status'], STATUSES[expected['status']])
                    for key, number in expected.items():
                        if key != 'status':
                            self.near(row[key], number)

    def test_what_the_answer_rests_on_stands_below_it(self):
        self.files_of('worth without end')
        result = self.run_impact()
        below = result.out.split('\n\n')[1]
        self.assertEqual(below, self.succeed('impact', 'assumptions', 'impact.json').out)
        self.assertIn('taken for a cause', below)
        self.assertIn('3 rows left out: worth without end', result.err)
        self.assertIn('2 rows left out: no value', result.err)
        self.assertIn('interval of the equity', result.err)
        self.assertNotIn('\n\n', self.run_impact('--format', 'csv').out)

    def test_levers_come_best_first(self):
        self.files_of('choice for ever')
        ranks = [float(row['rank']) for row in records(self.run_impact('--format', 'csv').out)]
        self.assertEqual(ranks, sorted(ranks))

    def test_draws_are_those_of_their_seed(self):
        self.files_of('choice for ever')
        first = self.run_impact('--draws', '200', '--format', 'csv').out
        self.assertIn('drawn.low', first)
        self.assertEqual(first, self.run_impact('--draws', '200', '--seed', '1', '--format', 'csv').out)
        self.assertNotEqual(first, self.run_impact('--draws', '200', '--seed', '2', '--format', 'csv').out)

    def test_a_fit_says_how_well_it_fits_and_keeps_what_is_stated(self):
        survey = os.path.join(EXAMPLES, 'survey')
        result = self.succeed('impact', 'fit', os.path.join(EXAMPLES, 'impact', 'plan.json'),
                              os.path.join(survey, 'perceived-value.json'),
                              os.path.join(survey, 'customer_satisfaction_yellow_pages.csv'), notes=True)
        self.assertIn('link 1, q1: 1811 rows, 0 left out; R^2 0.6521', result.err)
        with open(os.path.join(EXAMPLES, 'impact', 'plan.json'), encoding='utf-8') as file:
            plan = json.load(file)
        fitted = json.loads(result.out)
        self.assertEqual(fitted['links'][1], plan['links'][1])
        self.assertEqual(fitted['links'][0]['fit']['n'], 1811)
        self.assertEqual({**fitted, 'links': None}, {**plan, 'links': None})

    def test_customers_have_their_names(self):
        self.files_of('choice for ever')
        rows = records(self.run_impact('--show', 'customers', '--id', 'key').out)
        self.assertEqual(rows[3]['key'], 'k3')

    def test_wrong_usage(self):
        self.misuse('impact')
        self.misuse('impact', 'rn', says=['"rn"', 'run'])
        self.misuse('impact', 'run', 'a', 'b')
        self.misuse('impact', 'run', '-', '-', 'data.csv', says=['standard input'])
        self.misuse('impact', 'run', 'a', 'b', 'c', '--show', 'all', says=['all', 'levers'])
        self.misuse('impact', 'run', 'a', 'b', 'c', '--confidence', '1', says=['--confidence'])
        self.misuse('impact', 'run', 'a', 'b', 'c', '--levels', 'tree', says=['tree'])

    def test_what_is_not_there_is_named(self):
        self.files_of('choice for ever')
        self.fail_with(1, 'impact', 'assumptions', 'system.json', says=['system.json', 'no impact document'])
        document = json.loads(json.dumps(CASES['choice for ever']['impact']))
        document['costs'] = [{'node': 'suport', 'cost': 1}]
        self.write('bad.json', document)
        self.fail_with(1, 'impact', 'run', 'bad.json', 'system.json', 'data.csv', says=['suport', 'support'])
        document['where'] = 'chozen'
        self.write('bad.json', document)
        self.fail_with(1, 'impact', 'run', 'bad.json', 'system.json', 'data.csv', says=['chozen', 'chosen'])
        document['links'] = [{'fit': {'kind': 'logistic', 'outcome': 'renewed', 'predictors': ['value']}}]
        del document['where']
        self.write('bad.json', document)
        self.fail_with(1, 'impact', 'run', 'bad.json', 'system.json', 'data.csv', says=['link 1', 'yet to be fitted'])


if __name__ == '__main__':
    main()
