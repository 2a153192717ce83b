#!/usr/bin/env python3
# worth and equity: what customers are worth; known answers are those of tests/vectors and of hand.
# SPDX-License-Identifier: Apache-2.0
import os

from support import SOURCE, Case, csv_text, main, records, vector

FOLDER = os.path.join(SOURCE, 'examples', 'worth')
WORTH, CUSTOMERS = os.path.join(FOLDER, 'worth.json'), os.path.join(FOLDER, 'customers.csv')
EXISTING = {'custval': 'worth', 'version': 1,
            'existing': {'revenue': 'revenue', 'margin': 0.4, 'service_cost': 'service', 'keep': 'keep'}}


def case(name):
    return vector(name, 'lifetime_and_equity.json')


class Worth(Case):
    def near(self, found, expected, tolerance=1e-9):
        self.assertLessEqual(abs(float(found) - expected), tolerance * max(1, abs(expected)), f'{found}, not {expected}')

    def test_values_losses_ranks_and_rows_without_a_value(self):
        self.write('worth.json', EXISTING)
        self.write('customers.csv', csv_text(['customer', 'revenue', 'service', 'keep', 'city'],
                                             [['甲', 100, 10, 5, 'x'], ['b', 20, 15, 0, 'y'], ['c', '', 1, 1, 'y']]))
        result = self.succeed('worth', 'value', 'worth.json', 'customers.csv', '--keep', 'city', notes=True)
        self.one_line(result, '1 of 3', 'loss_maker')
        rows = records(result.out)
        self.assertEqual([row['customer'] for row in rows], ['甲', 'b', 'c'])
        self.assertEqual([row['city'] for row in rows], ['x', 'y', 'y'])
        self.near(rows[0]['total'], 25)
        self.near(rows[1]['existing'], -7)
        self.assertEqual([row['rank'] for row in rows], ['1', '2', ''])
        self.assertEqual([row['status'] for row in rows], ['ok', 'ok', 'missing'])

    def test_the_example_from_values_to_equity(self):
        self.succeed('worth', 'value', WORTH, CUSTOMERS, '--keep', 'segment', '-o', 'values.csv', notes=True)
        values = records(self.read('values.csv').decode())
        total = sum(float(row['total']) for row in values if row['total'])
        equity = records(self.succeed('equity', 'sum', 'values.csv', '--value', 'total', '--group', 'segment',
                                      '--format', 'csv').out)
        self.near(equity[-1]['equity'], total)
        result = self.succeed('worth', 'curve', 'values.csv', '--format', 'csv', notes=True)
        self.near(records(result.out)[-1]['cumulative'], total)
        self.assertIn('Gini', result.err)
        returns = records(self.succeed('worth', 'returns', WORTH, CUSTOMERS, '--group', 'segment', '--format', 'csv').out)
        self.assertEqual(len({row['class'] for row in returns}), 6)

    def test_share_of_wallet(self):
        known = case('share_of_customer')
        self.write('data.csv', csv_text(['own', 'all'], [*zip(known['input']['own_spend'], known['input']['category_spend']),
                                                         [0, 0], [3, 2]]))
        rows = records(self.succeed('worth', 'wallet', 'data.csv', '--own', 'own', '--category', 'all').out)
        for row, expected in zip(rows, known['expected']):
            self.near(row['share'], expected)
        self.assertEqual([row['status'] for row in rows[3:]], ['undefined', 'exceeds'])
        self.write('data.csv', 'ours,theirs\n9,7\n8,8\n')
        rows = records(self.succeed('worth', 'wallet', 'data.csv', '--brand', 'ours', '--brand', 'theirs').out)
        self.near(rows[0]['ours'], 2 / 3)
        self.near(rows[1]['ours'], 1 / 2)

    def test_bad_documents_and_usage(self):
        self.write('worth.json', {**EXISTING, 'existng': {}})
        self.refuse('worth', 'value', 'worth.json', CUSTOMERS, says=['worth.json', 'existng', 'existing'])
        self.write('worth.json', EXISTING)
        self.write('data.csv', 'revenue,servce,keep\n1,1,1\n')
        self.refuse('worth', 'value', 'worth.json', 'data.csv', says=['service', 'servce'])
        self.refuse('worth', 'curve', 'data.csv', says=['total', '--value'])
        self.misuse('worth', 'wallet', 'data.csv', says=['--own', '--brand'])
        self.misuse('worth', 'wallet', 'data.csv', '--own', 'revenue', says=['--category'])
        self.misuse('worth', 'value', 'worth.json', says=[])
        self.misuse('worth', 'valu', says=['valu', 'value'])


class Equity(Case):
    near = Worth.near

    def row(self, *arguments):
        return records(self.succeed('equity', *arguments, '--format', 'csv').out)[0]

    def test_formulas_of_the_books(self):
        known = case('acquisition.optimum')
        row = self.row('acquisition', '--ceiling', '0.4', '--efficiency', '0.2', '--value', '100')
        self.near(row['spend'], known['expected']['spend'])
        self.near(row['value'], known['expected']['net'])
        known = case('gupta_lehmann.margin_multiple')
        for retention, expected in zip(known['input']['retention'], known['expected']):
            for rate, multiple in zip(known['input']['discount'], expected):
                row = self.row('multiple', '--retention', str(retention), '--rate', str(rate), '--first', 'next')
                self.near(row['multiple'], multiple)
        row = self.row('contract', '--contribution', '260', '--cost', '50', '--retention', '0.75', '--rate', '0.2',
                       '--periods', '10', '--first', 'now')
        self.near(row['value'], case('berger_nasr.case1')['expected'])
        row = self.row('retention', '--ceiling', '0.9', '--efficiency', '0.1', '--margin', '50', '--rate', '0.1')
        self.assertGreater(float(row['value']), 0)

    def test_a_markov_chain(self):
        known = case('markov.pfeifer_carraway.T4')
        names = ['r1', 'r2', 'r3', 'r4', 'former']
        rows = [[name, *transitions, reward] for name, transitions, reward
                in zip(names, known['input']['P'], known['input']['R'])]
        self.write('chain.csv', csv_text(['state', *names, 'reward'], rows))
        for options, name in ((['--periods', '4'], 'markov.pfeifer_carraway.T4'), ([], 'markov.pfeifer_carraway.inf')):
            found = records(self.succeed('equity', 'markov', 'chain.csv', '--rate', '0.2', *options, '--format', 'csv').out)
            for row, expected in zip(found, case(name)['expected']):
                self.near(row['value'], expected, 1e-12)
        rows[1][0] = 'r3'
        self.write('wrong.csv', csv_text(['state', *names, 'reward'], rows))
        self.refuse('equity', 'markov', 'wrong.csv', says=['line 3', 'r3'])
        rows[1] = ['r2', 0.5, 0, 0.8, 0, 0, -4]
        self.write('wrong.csv', csv_text(['state', *names, 'reward'], rows))
        self.refuse('equity', 'markov', 'wrong.csv', says=['r2', '1.3'])

    def test_brand_switching(self):
        self.write('switching.csv', 'brand,ours,theirs,margin\nours,1,0,2\ntheirs,0,1,3\n')
        self.write('customers.csv', 'last_brand,volume\nours,5\ntheirs,1\nnone,1\n')
        options = ['customers.csv', '--matrix', 'switching.csv', '--volume', 'volume', '--periods', '1']
        brands = records(self.succeed('equity', 'switching', *options, '--format', 'csv').out)
        self.near(brands[0]['equity'], 20)
        self.near(brands[1]['equity'], 6)
        rows = records(self.succeed('equity', 'switching', *options, '--show', 'customers', '--format', 'csv').out)
        self.assertEqual([row['status'] for row in rows], ['ok', 'ok', 'unknown'])

    def test_prospects_and_attribution(self):
        self.write('values.csv', 'value,influence\n100,40\n50,0\n')
        self.write('prospects.csv', 'probability,value,cost,year\n0.2,100,5,0\n0.5,110,0,1\n')
        self.refuse('equity', 'sum', 'values.csv', '--influence', 'influence', says=['attribution'])
        row = self.row('sum', 'values.csv', '--influence', 'influence', '--attribution', '0.5', '--prospects',
                       'prospects.csv', '--cost', 'cost', '--period', 'year', '--rate', '0.1')
        self.near(row['equity'], 150 + 20 + 20 + 50 - 5)
        self.misuse('equity', 'sum', says=['CUSTOMERS'])
        self.misuse('equity', 'multiple', '--retention', '.8', '--rate', '.1', says=['--first'])
        self.misuse('equity', 'multiple', '--retention', '.8', '--rate', '.1', '--first', 'later', says=['later', 'now'])
        self.refuse('equity', 'multiple', '--retention', '1', '--rate', '0', '--first', 'now', says=['1'])


if __name__ == '__main__':
    main()
