#!/usr/bin/env python3
# groups, migration and panel; known answers are counted and solved here.
# SPDX-License-Identifier: Apache-2.0
import json
import os
import statistics

from support import SOURCE, Case, csv_text, main, records

EXAMPLES = os.path.join(SOURCE, 'examples', 'groups')
CDNOW = os.path.join(SOURCE, 'examples', 'cdnow', 'transactions.csv')
GROUPS = {
    'custval': 'groups', 'version': 1,
    'measures': [{'id': 'profit', 'column': 'value', 'cuts': [100]}, {'id': 'loyalty', 'column': 'months', 'cuts': [24]}],
    'groups': [{'id': 'true_friend', 'when': {'profit': 2, 'loyalty': 2}, 'gain': 0.1, 'spend': 4,
                'label': {'en': 'Dream', 'zh': '理想'}, 'advice': 'Keep them.'},
               {'id': 'butterfly', 'when': {'profit': 2}}, {'id': 'barnacle', 'when': {'loyalty': 2}}, {'id': 'stranger'}],
}
CUSTOMERS = [['a', 120, 36], ['b', 150, 6], ['c', 10, 48], ['d', 5, 2], ['e', 100, 24], ['f', 100, 23.999], ['g', '', 30]]


class Groups(Case):
    def setUp(self):
        super().setUp()
        self.write('groups.json', GROUPS)
        self.write('customers.csv', csv_text(['customer', 'value', 'months'], CUSTOMERS))

    def test_customers_get_their_groups(self):
        rows = records(self.succeed('groups', 'assign', 'groups.json', 'customers.csv').out)
        self.assertEqual([row['customer'] for row in rows], list('abcdefg'))
        self.assertEqual([row['group'] for row in rows],
                         ['true_friend', 'butterfly', 'barnacle', 'stranger', 'true_friend', 'butterfly', ''])
        self.assertEqual((rows[6]['status'], rows[6]['loyalty'], rows[5]['loyalty']), ('missing', '2', '1'))

    def test_descriptions_say_what_may_be_spent(self):
        out = self.succeed('groups', 'describe', 'groups.json', 'customers.csv', '--value', 'value', '--format', 'json').out
        rows = {row['group']: row for row in json.loads(out)}
        self.assertEqual(list(rows), ['true_friend', 'butterfly', 'barnacle', 'stranger', None, 'all'])
        self.assertEqual(rows['true_friend']['customers'], 2)
        self.assertAlmostEqual(rows['true_friend']['allowable'], 11, places=12)
        self.assertAlmostEqual(rows['true_friend']['return'], 1.75, places=12)
        self.assertIsNone(rows['butterfly']['allowable'])

    def test_texts_are_given_in_a_language(self):
        rows = json.loads(self.succeed('groups', 'texts', 'groups.json', '--language', 'zh', '--format', 'json').out)
        self.assertEqual(rows[0], {'group': 'true_friend', 'label': '理想', 'advice': 'Keep them.'})
        self.assertEqual(rows[1]['label'], 'butterfly')

    def test_labels_stand_beside_the_groups_that_have_them(self):
        for command in ('assign', 'describe'):
            plain = records(self.succeed('groups', command, 'groups.json', 'customers.csv', '--format', 'csv').out)
            rows = records(self.succeed('groups', command, 'groups.json', 'customers.csv', '--language', 'zh', '--format',
                                        'csv').out)
            self.assertEqual([name for name in rows[0] if name != 'label'], list(plain[0]))
            self.assertEqual(list(rows[0])[list(rows[0]).index('group') + 1], 'label')
            for row, without in zip(rows, plain):
                wanted = {'true_friend': '理想', 'all': ''}.get(row['group'], row['group'])
                self.assertEqual({**without, 'label': wanted}, row)

    def test_quantiles_become_cuts_that_can_be_fed_back(self):
        document = dict(GROUPS, measures=[{'id': 'profit', 'column': 'value', 'quantiles': [0.5]}, GROUPS['measures'][1]])
        self.write('median.json', document)
        self.succeed('groups', 'fix', 'median.json', 'customers.csv', '-o', 'fixed.json')
        with open(self.path('fixed.json'), encoding='utf-8') as file:
            fixed = json.load(file)
        numbers = [row[1] for row in CUSTOMERS if row[1] != '']
        self.assertEqual(fixed['measures'][0], {'id': 'profit', 'column': 'value', 'cuts': [statistics.median(numbers)]})
        self.assertEqual(self.succeed('groups', 'assign', 'fixed.json', 'customers.csv').out,
                         self.succeed('groups', 'assign', 'median.json', 'customers.csv').out)

    def test_mistakes_name_file_and_place(self):
        self.write('wrong.json', dict(GROUPS, groups=[{'id': 'x', 'when': {'profit': 3}}]))
        self.refuse('groups', 'assign', 'wrong.json', 'customers.csv', says=['wrong.json', '$.groups[0].when.profit', '1 to 2'])
        self.write('few.csv', 'value\n1\n')
        self.refuse('groups', 'assign', 'groups.json', 'few.csv', says=['few.csv', 'months'])
        self.misuse('groups', says=['a verb is needed'])
        self.misuse('groups', 'asign', 'x', says=['did you mean'])

    def test_cohorts_of_cdnow(self):
        rows = records(self.succeed('groups', 'cohorts', CDNOW, '--period', 'month', '--length', '3', '--end', '1998-06-30',
                                    '--format', 'csv').out)
        self.assertEqual([row['active'] for row in rows][0], '2357')
        self.assertEqual({row['cohort'] for row in rows}, {'1997-01'})
        self.assertEqual([int(row['age']) for row in rows], [0, 1, 2, 3, 4, 5])


class Migration(Case):
    STATES = ['--states', 'low,high']

    def setUp(self):
        super().setUp()
        self.write('one.csv', 'customer,state\na,low\nb,low\nc,high\nd,high\n')
        self.write('two.csv', 'customer,state\na,low\nb,high\nc,high\ne,low\n')
        self.write('three.csv', 'customer,state\na,high\nd,low\ne,low\n')

    def rows(self, verb, *arguments, notes=False):
        return records(self.succeed('migration', verb, *arguments, *self.STATES, '--format', 'csv', notes=notes).out)

    def test_matrices_count_customers(self):
        rows = self.rows('matrix', 'one.csv', 'two.csv')
        self.assertEqual([list(row.values()) for row in rows],
                         [['low', '1', '1', '0'], ['high', '0', '1', '1'], ['absent', '0', '0', '0']])
        rows = self.rows('matrix', 'one.csv', 'two.csv', 'three.csv', '--step', '2', '--probabilities')
        self.assertEqual([list(row.values()) for row in rows],
                         [['low', '0.5', '0.5', '0'], ['high', '0', '0', '1'], ['absent', '1', '0', '0']])
        self.misuse('migration', 'matrix', 'one.csv', 'two.csv', '--step', '3', *self.STATES, says=['--step is 3'])

    def test_flows_sum_up(self):
        for row in self.rows('flows', 'one.csv', 'two.csv', 'three.csv'):
            out = sum(int(row[name]) for name in ('stayed', 'upgraded', 'downgraded', 'lost', 'unknown'))
            come = sum(int(row[name]) for name in ('stayed', 'upgraded_in', 'downgraded_in', 'returned', 'newcomers',
                                                   'unknown_in'))
            self.assertEqual((int(row['before']), int(row['after'])), (out, come))

    def test_chains_lead_somewhere(self):
        files = ['one.csv', 'two.csv', 'three.csv']
        rows = self.rows('forecast', *files, '--periods', '1', '--newcomers', '5,0')
        # From low: 2 low, 2 high of 4; from high: 1 high, 3 absent of 4; from absent: 1 low of 1. Now 2, 1, 2.
        self.assertEqual([float(rows[1][name]) for name in ('low', 'high', 'absent')], [1 + 2 + 5, 1.25, 0.75])
        shares = [float(row['share']) for row in self.rows('steady', *files)]
        for found, wanted in zip(shares, [3 / 7, 2 / 7 * 1, 2 / 7 * 0.75]):
            self.assertAlmostEqual(found, wanted * 7 / 6.5, places=14)
        values = self.rows('value', *files, '--rewards', '1,0', '--rate', '1')
        self.assertEqual([row['state'] for row in values], ['low', 'high', 'absent'])
        fit = self.rows('test', *files, notes=True)[0]
        self.assertEqual(fit['freedom'], '2')

    def test_mistakes_are_named(self):
        self.refuse('migration', 'matrix', 'one.csv', 'two.csv', '--states', 'low,hig', says=['one.csv', '"high"', 'no state'])
        self.write('twice.csv', 'customer,state\na,low\na,low\n')
        self.refuse('migration', 'matrix', 'one.csv', 'twice.csv', *self.STATES, says=['twice.csv', 'line 3', '"a"'])
        self.refuse('migration', 'steady', 'one.csv', 'two.csv', *self.STATES, says=['"absent"', 'before a step'])
        self.misuse('migration', 'matrix', 'one.csv', 'two.csv', says=['--states is needed'])
        self.misuse('migration', 'forecast', 'one.csv', 'two.csv', *self.STATES, '--newcomers', '1', says=['2 states'])
        self.misuse('migration', 'value', 'one.csv', 'two.csv', *self.STATES, '--rewards', '1,x', says=['"x"'])


class Panel(Case):
    def test_trends(self):
        self.write('series.csv', 'customer,period,value\na,1,4\na,2,7\nb,1,5\nb,3,9\n')
        rows = {row['id']: row for row in records(self.succeed('panel', 'trend', 'series.csv').out)}
        self.assertEqual((rows['a']['slope'], rows['a']['smoothed'], rows['a']['change'], rows['a']['since']),
                         ('3', '6', '3', '1'))
        self.assertEqual((rows['b']['gaps'], rows['b']['change'], rows['b']['slope']), ('1', '', '2'))
        self.refuse('panel', 'trend', 'series.csv', '--period', 'value', '--value', 'period', '--id', 'nobody',
                       says=['nobody'])

    def test_weights(self):
        self.write('people.csv', 'customer,sex\na,m\nb,m\nc,m\nd,w\n')
        self.write('margins.csv', 'variable,category,target\nsex,m,50\nsex,w,50\n')
        result = self.succeed('panel', 'weights', 'people.csv', 'margins.csv', '--variables', 'sex', notes=True)
        self.assertEqual([row['weight'] for row in records(result.out)][3], '2')
        self.assertIn('4 respondents are worth 3 unweighted ones', result.err)

    def test_changes(self):
        self.write('one.csv', 'customer,value\n1,4\n2,5\n3,9\n')
        self.write('two.csv', 'customer,value\n1,5\n2,7\n3,10\n')
        row = json.loads(self.succeed('panel', 'change', 'one.csv', 'two.csv', '--format', 'json').out)[0]
        self.assertEqual(row['both'], 3)
        self.assertAlmostEqual(row['error'], 1 / 3, places=14)


if __name__ == '__main__':
    main()
