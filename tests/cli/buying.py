#!/usr/bin/env python3
# histories and lifetimes: from transactions to what customers will buy; known answers are the published ones of CDNOW.
# SPDX-License-Identifier: Apache-2.0
import csv
import datetime
import json
import os
import random

from support import SOURCE, Case, csv_text, main, records, vector

CDNOW = os.path.join(SOURCE, 'examples', 'cdnow')
TRANSACTIONS = os.path.join(CDNOW, 'transactions.csv')
END = ['--end', '1997-09-30']
HOLDOUT = [*END, '--holdout-end', '1998-06-30']
FEW = [['b', '2026-01-05', '4'], ['a', '2026-01-01', '10'], ['a', '2026-01-15', '20'], ['a', '2026-01-15', '2.5']]
HEADER = ['customer', 'date', 'amount']


def numbers(row, *names):
    return [float(row[name]) if row[name] else None for name in names]


class Histories(Case):
    def few(self, *more, header=HEADER, **dialect):
        return self.write('few.csv', csv_text(header, [*FEW, *more], **dialect))

    def test_cdnow_gives_the_summary_that_everybody_uses(self):
        rows = records(self.succeed('history', TRANSACTIONS, *END).out)
        with open(os.path.join(CDNOW, 'summary_with_spend.csv'), encoding='utf-8') as file:
            expected = list(csv.DictReader(file))
        self.assertEqual(len(rows), 2357)
        for row, known in zip(rows, expected):
            self.assertEqual((row['customer'], row['x']), (known['ID'], known['x']))
            found = numbers(row, 't_x', 'T', 'mean_spend')
            for one, other in zip(found, numbers(known, 't_x', 'T', 'zbar')):
                self.assertLessEqual(abs((one or 0.0) - other), 0.0051)

    def test_purchases_of_a_day_are_one_and_customers_keep_their_names(self):
        name = self.few()
        rows = records(self.succeed('history', name, '--end', '2026-01-29').out)
        self.assertEqual([row['customer'] for row in rows], ['a', 'b'])
        self.assertEqual(numbers(rows[0], 'x', 't_x', 'T', 'mean_spend', 'total_spend'), [1, 2, 4, 22.5, 32.5])
        self.assertEqual(rows[0]['first'], '2026-01-01')
        rows = records(self.succeed('history', name, '--end', '2026-01-29', '--unit', 'day').out)
        self.assertEqual(numbers(rows[0], 't_x', 'T'), [14, 28])
        rows = records(self.succeed('history', name, '--end', '2026-01-29', '--period', 'month').out)
        self.assertEqual(numbers(rows[0], 'x', 'T'), [0, 0])

    def test_customers_that_are_numbers_come_in_the_order_of_numbers(self):
        self.write('data.csv', csv_text(HEADER, [['10', '2026-01-01', 1], ['9', '2026-01-01', 1], ['0', '2026-01-01', 1]]))
        rows = records(self.succeed('history', 'data.csv', '--end', '2026-01-02').out)
        self.assertEqual([row['customer'] for row in rows], ['0', '9', '10'])

    def test_the_end_of_observation_is_noted_unless_it_is_said(self):
        result = self.succeed('history', self.few(), notes=True)
        self.one_line(result, '2026-01-15', '--end')

    def test_order_cutting_and_merging_change_nothing(self):
        expected = self.succeed('history', TRANSACTIONS, *HOLDOUT, '--rfm').bytes
        with open(TRANSACTIONS, encoding='utf-8') as file:
            header, *rows = list(csv.reader(file))
        random.Random(3).shuffle(rows)
        self.write('one.csv', csv_text(header, rows[:3000]))
        self.write('two.csv', csv_text(header, rows[3000:]))
        self.assertEqual(self.succeed('history', 'two.csv', 'one.csv', *HOLDOUT, '--rfm').bytes, expected)
        self.succeed('history', 'one.csv', '--save', 'saved')
        self.succeed('history', 'two.csv', '--merge', 'saved', '--save', 'saved')
        self.assertEqual(self.succeed('history', '--merge', 'saved', *HOLDOUT, '--rfm').bytes, expected)
        rows.sort(key=lambda row: row[1])
        self.write('sorted.csv', csv_text(header, rows))
        whole = ['--end', '1998-06-30']
        self.assertEqual(self.succeed('history', 'sorted.csv', '--ordered', *whole).bytes,
                         self.succeed('history', TRANSACTIONS, *whole).bytes)

    def test_rows_that_are_not_in_order_are_refused_where_order_was_promised(self):
        days = [datetime.date(2026, 1, 1) + datetime.timedelta(days=k) for k in range(3)]
        rows = [[k, days[k // 20000].isoformat(), 1] for k in range(60000)] + [['late', '2026-01-01', 1]]
        self.write('data.csv', csv_text(HEADER, rows))
        self.refuse('history', 'data.csv', '--ordered', says=['line 60002', '2026-01-01'])

    def test_bad_rows_are_told_by_line_column_and_value(self):
        for row, says in ((['c', '2026-13-01', '1'], ['line 6', '2026-13-01', 'date']),
                          (['c', 'tomorrow', '1'], ['line 6', 'tomorrow']),
                          (['', '2026-01-01', '1'], ['line 6', 'customer']),
                          (['c', '', '1'], ['line 6', 'date']),
                          (['c', '2026-01-01', ''], ['line 6', 'amount']),
                          (['c', '2026-01-01', 'x'], ['line 6', 'amount', '"x"']),
                          (['c', '2026-01-01', '-3'], ['line 6', '-3', 'refunds'])):
            with self.subTest(row=row):
                self.refuse('history', self.few(row), *END, says=says)
        row = ['c', '', '1']
        result = self.succeed('history', self.few(row), '--end', '2026-02-01', '--skip-bad', notes=True)
        self.one_line(result, '1 row')
        self.assertEqual(len(records(result.out)), 2)

    def test_refunds_and_zeros_follow_the_rule(self):
        name = self.few(['a', '2026-01-20', '-2.5'], ['b', '2026-01-20', '0'])
        def rows(*options):
            return records(self.succeed('history', name, '--end', '2026-02-01', *options, notes=True).out)
        self.assertEqual(numbers(rows('--refunds', 'net')[0], 'x', 'mean_spend', 'total_spend'), [1, 20, 30])
        self.assertEqual(numbers(rows('--refunds', 'drop')[0], 'x', 'total_spend'), [1, 32.5])
        self.assertEqual(numbers(rows('--refunds', 'keep')[0], 'x', 'total_spend'), [2, 30])
        self.assertEqual(numbers(rows('--refunds', 'net')[1], 'x'), [1])
        self.assertEqual(numbers(rows('--refunds', 'net', '--zeros', 'drop')[1], 'x'), [0])

    def test_files_of_other_shapes_are_read(self):
        name = self.few(header=['Kunde', 'Tag', 'Betrag'], delimiter=';')
        columns = ['--id', 'Kunde', '--date', 'Tag', '--amount', 'Betrag', '--end', '2026-01-29']
        with_money = records(self.succeed('history', name, *columns).out)
        self.assertEqual(numbers(with_money[0], 'total_spend'), [32.5])
        without = records(self.succeed('history', name, *columns, '--amount', 'none').out)
        self.assertNotIn('total_spend', without[0])
        self.refuse('history', name, says=['customer', 'Kunde'])
        self.refuse('history', name, '--id', 'Kunde', '--date', 'Tag', says=['amount', 'none'])
        self.write('empty.csv', 'customer,date,amount\n')
        self.refuse('history', 'empty.csv', says=['empty.csv', 'no purchase'])

    def test_what_would_be_ignored_is_refused(self):
        name = self.few()
        self.refuse('history', name, '--amount', 'none', '--end', '2026-01-29', '--rfm', says=['--rfm', '--amount'])
        self.refuse('history', name, '--step', '2', says=['step is 2', 'number'])
        self.misuse('history', name, '--unit', '5e-324', says=['--unit'])

    def test_numbers_may_be_times(self):
        self.write('data.csv', csv_text(HEADER, [['a', '0.5', '1'], ['a', '7.25', '1'], ['a', '7.75', '1']]))
        row, = records(self.succeed('history', 'data.csv', '--period', 'number', '--end', '9').out)
        self.assertEqual(numbers(row, 'x', 't_x', 'T'), [1, 7, 9])

    def test_course_and_path(self):
        course = records(self.succeed('history', TRANSACTIONS, *END, '--course', '--format', 'csv').out)
        self.assertEqual(sum(int(row['customers']) for row in course), 2357)
        self.assertEqual(sum(int(row['repeats']) for row in course), 2457)
        path = records(self.succeed('history', TRANSACTIONS, *END, '--path', '1516', '--format', 'csv').out)
        self.assertEqual(path[-1]['x'], '26')
        self.refuse('history', TRANSACTIONS, *END, '--path', 'nobody', says=['nobody'])

    def test_wrong_usage(self):
        name = self.few()
        self.misuse('history', says=['TRANSACTIONS', '--merge'])
        self.misuse('history', name, '--period', 'fortnight', says=['fortnight', 'week'])
        self.misuse('history', name, '--unit', 'hour', says=['hour', 'day'])
        self.misuse('history', name, '--refunds', 'nett', says=['nett', 'net'])
        self.misuse('history', name, '--bins', '4', says=['--rfm'])
        self.misuse('history', name, '--course', '--path', 'a', says=['--course', '--path'])
        self.misuse('history', name, '--save', 'x', '--rfm', says=['--save'])
        self.refuse('history', name, '--save', name, says=['overwrite'])
        self.refuse('history', name, '--end', 'soon', says=['soon'])
        self.refuse('history', '--merge', name, says=['few.csv'])


class Lifetimes(Case):
    def parameters(self, *arguments, **options):
        """Values by name of the first model that is printed."""
        text = self.succeed('lifetime', 'fit', *arguments, **options).out.split('\n\n')[0]
        return {line.split()[0]: float(line.split()[1]) for line in text.splitlines()[1:]}

    def near(self, found, expected, share):
        self.assertEqual(found.keys(), expected.keys())
        for name, value in expected.items():
            self.assertLessEqual(abs(found[name] - value), share * abs(value), f'{name}: {found[name]}, not {value}')

    def test_one_command_gives_the_published_tables_from_raw_transactions(self):
        known = {'bgnbd': dict(r=.243, alpha=4.414, a=.793, b=2.426),
                 'pnbd': dict(r=.553, alpha=10.578, s=.606, beta=11.669)}
        for model, expected in known.items():
            self.near(self.parameters(TRANSACTIONS, *END, '--model', model), expected, 2e-3)
        exact = vector('fit.nbd.cdnow', 'lifetime_and_equity.json')['expected']
        found = self.parameters(TRANSACTIONS, *END, '--model', 'nbd')
        self.near(found, {name: exact[name] for name in found}, 1e-4)
        self.near(self.parameters(os.path.join(CDNOW, 'donations.csv'), '--model', 'bgbb', '--x', 'frequency', '--t-x',
                                  'recency', '--age', 'periods', '--count', 'weights'),
                  dict(alpha=1.204, beta=.750, gamma=.657, delta=2.783), 1e-3)
        self.near(self.parameters('--model', 'sbg', '--survivors', '1000,631,468,382,326,289,262,241'),
                  dict(alpha=.704, beta=1.182), 1e-3)

    def test_the_document_holds_purchases_and_spend_and_no_customer(self):
        report = self.succeed('lifetime', 'fit', TRANSACTIONS, *END, '-o', 'lifetime.json').out
        document = json.loads(self.read('lifetime.json'))
        self.assertEqual((document['model'], document['unit'], document['to']), ('bgnbd', 'week', '1997-09-30'))
        self.near(document['spend']['parameters'], dict(p=6.25, q=3.744, gamma=15.44), 1e-3)
        self.assertLess(len(self.read('lifetime.json')), 3000)
        self.assertEqual(self.succeed('lifetime', 'show', 'lifetime.json').out, report)
        self.assertEqual(self.succeed('lifetime', 'fit', TRANSACTIONS, *END, '--format', 'json').bytes,
                         self.read('lifetime.json'))
        covariance = records(self.succeed('lifetime', 'show', 'lifetime.json', '--covariance', '--format', 'csv').out)
        self.assertEqual(covariance[0]['alpha'], covariance[1]['r'])

    def fit(self, *options):
        self.succeed('lifetime', 'fit', TRANSACTIONS, *END, '-o', 'lifetime.json', *options)

    def test_predictions_from_transactions_and_from_customers_agree(self):
        self.fit()
        options = [*END, '--months', '12', '--rate', '0.1']
        rows = records(self.succeed('lifetime', 'predict', 'lifetime.json', TRANSACTIONS, *options).out)
        self.succeed('history', TRANSACTIONS, *END, '-o', 'customers.csv')
        again = records(self.succeed('lifetime', 'predict', 'lifetime.json', 'customers.csv', *options).out)
        self.assertEqual(rows, again)
        self.assertEqual((len(rows), rows[0]['customer'], rows[0]['status']), (2357, '1', 'ok'))
        self.assertLess(abs(float(rows[0]['value']) - 36.71), 0.01)

    def test_a_known_prediction_by_hand(self):
        """Fader, Hardie & Lee (2005): x = 2, t_x = 30.43, T = 38.86 expect 1.226 in 39 weeks."""
        self.write('lifetime.json', {'custval': 'lifetime', 'version': 1, 'model': 'bgnbd', 'unit': 'week',
                                     'parameters': {'r': .243, 'alpha': 4.414, 'a': .793, 'b': 2.426}})
        self.write('customers.csv', 'customer,x,t_x,T\n品,2,30.43,38.86\nnobody,,1,2\nwrong,2,5,4\n')
        rows = records(self.succeed('lifetime', 'predict', 'lifetime.json', 'customers.csv', '--horizon', '39').out)
        self.assertEqual([row['status'] for row in rows], ['ok', 'missing', 'range'])
        self.assertLess(abs(float(rows[0]['expected']) - 1.2260281747671444), 1e-10)
        self.assertEqual((rows[0]['customer'], rows[1]['expected']), ('品', ''))
        counts = records(self.succeed('lifetime', 'predict', 'lifetime.json', 'customers.csv', '--horizon', '39',
                                      '--counts', '3', '--quantiles', '0.5,0.9').out)[0]
        self.assertLess(abs(sum(numbers(counts, 'p0', 'p1', 'p2', 'p3', 'more')) - 1), 1e-12)
        self.assertLessEqual(float(counts['q0.5']), float(counts['q0.9']))
        self.refuse('lifetime', 'predict', 'lifetime.json', 'customers.csv', '--confidence', '0.9', says=['errors'])

    def test_tracking_and_frequencies(self):
        self.fit()
        course = records(self.succeed('lifetime', 'track', 'lifetime.json', TRANSACTIONS, *HOLDOUT, '--format', 'csv').out)
        self.assertEqual(len(course), 78)
        self.assertLess(abs(float(course[-1]['expected_total']) / float(course[-1]['actual_total']) - 1), 0.05)
        table = records(self.succeed('lifetime', 'track', 'lifetime.json', TRANSACTIONS, *HOLDOUT, '--by-frequency',
                                     '--format', 'csv').out)
        self.assertEqual([row['customers'] for row in table], ['1411', '439', '214', '100', '62', '38', '29', '64'])
        self.assertLess(abs(float(table[0]['holdout_expected']) - .225), .001)
        self.assertLess(abs(float(table[7]['holdout_mean']) - 6.359), .001)

    def test_models_are_compared_on_one_scale(self):
        for model in ('nbd', 'bgnbd', 'pnbd'):
            self.succeed('lifetime', 'fit', TRANSACTIONS, *END, '--model', model, '--no-spend', '-o', model + '.json')
        table = records(self.succeed('lifetime', 'compare', 'nbd.json', 'bgnbd.json', 'pnbd.json', '--format', 'csv').out)
        self.assertEqual([row['file'] for row in table], ['nbd.json', 'bgnbd.json', 'pnbd.json'])
        self.assertLess(abs(float(table[1]['log_likelihood']) + 9582.429), .001)
        self.assertEqual(float(table[1]['delta']), 0)
        self.assertLess(float(table[1]['p']), 1e-6)

    def test_degenerate_data_have_a_clear_status(self):
        for rows, says in (([], ['no purchase']),
                           ([['a', '2026-01-01', 1]], ['customer']),
                           ([[k, '2026-01-01', 1] for k in range(50)], ['repeat'])):
            self.write('data.csv', csv_text(HEADER, rows))
            with self.subTest(rows=len(rows)):
                self.refuse('lifetime', 'fit', 'data.csv', '--end', '2026-03-01', says=says)
        for cell, says in (('1.5,1,2', ['x', '1.5']), ('1,3,2', ['t_x']), ('1,,2', ['t_x']), ('-1,0,2', ['x'])):
            self.write('customers.csv', f'x,t_x,T\n2,1,2\n{cell}\n')
            with self.subTest(cell=cell):
                self.refuse('lifetime', 'fit', 'customers.csv', says=['line 3', *says])

    def test_wrong_usage(self):
        self.fit('--no-spend')
        self.misuse('lifetime', 'fit', says=['DATA'])
        self.misuse('lifetime', 'fit', TRANSACTIONS, '--model', 'bgndb', says=['bgndb', 'bgnbd'])
        self.misuse('lifetime', 'fit', TRANSACTIONS, '--survivors', '3,2', says=['--survivors'])
        self.misuse('lifetime', 'fit', '--survivors', '3,x', '--model', 'sbg', says=['--survivors', 'x'])
        self.refuse('lifetime', 'fit', '--survivors', '3,4', '--model', 'sbg', says=['--survivors'])
        self.refuse('lifetime', 'fit', TRANSACTIONS, *END, '--model', 'sbg', says=['sbg', '--survivors'])
        self.misuse('lifetime', 'predict', 'lifetime.json', says=['DATA'])
        self.misuse('lifetime', 'predict', 'lifetime.json', TRANSACTIONS, *END, '--outputs', 'alife', says=['alife', 'alive'])
        self.misuse('lifetime', 'predict', 'lifetime.json', TRANSACTIONS, *END, '--months', '2', '--horizon', '3', says=['--months'])
        self.misuse('lifetime', 'predict', 'lifetime.json', TRANSACTIONS, *END, '--rate', '.1', '--per', 'eon', says=['eon'])
        self.refuse('lifetime', 'predict', 'lifetime.json', TRANSACTIONS, *END, '--outputs', 'value', says=['spend'])
        self.refuse('lifetime', 'show', TRANSACTIONS, says=['transactions.csv'])


if __name__ == '__main__':
    main()
