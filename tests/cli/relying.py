#!/usr/bin/env python3
# uncertainty, rank, fuzzy: how far an order of offers can be relied on, and what other methods say.
# SPDX-License-Identifier: Apache-2.0
import json
import math
import os
import statistics

from support import SOURCE, TINY, Case, csv_text, dimension, indicator, item, main, records, system, vector

SURVEY = os.path.join(SOURCE, 'examples', 'survey')
DOCUMENT = os.path.join(SURVEY, 'perceived-value.json')
DATA = os.path.join(SURVEY, 'customer_satisfaction_yellow_pages.csv')

# Two indicators of benefit, w and 1 - w: the offer 品牌 has the value 100 w, Plain 60 (1 - w).
TWO = system(dimension('product', 'benefit', indicator('show', item('q1', 0, 100)),
                       indicator('use', item('q2', 0, 100))))
OFFERS = 'offer,q1,q2,group\n品牌,100,0,old\nPlain,0,60,new\n'


class Offers(Case):
    def setUp(self):
        super().setUp()
        self.write('system.json', TWO)
        self.write('offers.csv', OFFERS)

    def ask(self, command, *options, **more):
        return records(self.succeed(command, *options, '--format', 'csv', **more).out)


class Uncertainty(Offers):
    def uncertainty(self, *options, **more):
        return self.ask('uncertainty', 'system.json', 'offers.csv', *options, **more)

    def test_the_share_of_weights_that_make_an_offer_first_is_the_known_one(self):
        rows = self.uncertainty('--id', 'offer', '--noise', 'any', '--draws', '20000', '--ranks', '2')
        self.assertEqual([row['offer'] for row in rows], ['品牌', 'Plain'])
        self.assertEqual([(row['value'], row['rank']) for row in rows], [('50', '1'), ('30', '2')])
        # w is uniform; first where 100 w > 60 (1 - w), for w > .375. Five standard errors of 20000 draws are .018.
        self.assertAlmostEqual(float(rows[0]['p_first']), 0.625, delta=0.018)
        self.assertAlmostEqual(float(rows[0]['mean']), 50, delta=1.1)
        self.assertAlmostEqual(float(rows[0]['low']), 5, delta=1)  # 5 % and 95 % of 100 w
        self.assertAlmostEqual(float(rows[0]['high']), 95, delta=1)
        for row in rows:
            self.assertAlmostEqual(float(row['rank_1']) + float(row['rank_2']), 1, places=12)
            self.assertEqual(row['rank_1'], row['p_first'])
        self.assertAlmostEqual(sum(float(row['p_first']) for row in rows), 1, places=12)

    def test_noise_of_nothing_changes_nothing_and_a_seed_repeats_itself(self):
        for row in self.uncertainty('--noise', 'relative', '--spread', '0'):
            self.assertEqual((row['low'], row['high'], row['mean_rank']), (row['value'], row['value'], row['rank']))
        first = self.uncertainty('--draws', '500')
        self.assertEqual(self.uncertainty('--draws', '500', '--seed', '1'), first)
        self.assertNotEqual(self.uncertainty('--draws', '500', '--seed', '2'), first)
        # Dirichlet: the variance of w is w (1 - w)/(concentration + 1).
        row = self.uncertainty('--concentration', '24')[0]
        self.assertAlmostEqual(float(row['deviation']), 100 * math.sqrt(0.25 / 25), delta=0.5)

    def test_draws_around_judgements(self):
        self.write('judgements.csv', 'first,second,value\nshow,use,1\n')
        rows = self.uncertainty('--judgements', 'judgements.csv', '--spread', '0.5', '--draws', '20000')
        # w = 1/(1 + e^-z), z normal with .5: w > .375 where z > ln .6.
        expected = 0.5 * math.erfc(math.log(0.6) / 0.5 / math.sqrt(2))
        self.assertAlmostEqual(float(rows[0]['p_first']), expected, delta=0.018)
        self.write('judgements.csv', 'first,second,value\nshow,usage,1\n')
        self.refuse('uncertainty', 'system.json', 'offers.csv', '--judgements', 'judgements.csv',
                    says=['judgements.csv', '"use"'])
        self.write('judgements.csv', 'first,second,value\nshow,use,0\n')
        self.refuse('uncertainty', 'system.json', 'offers.csv', '--judgements', 'judgements.csv',
                    says=['judgements.csv', 'line 2', '"0"'])

    def test_the_weight_that_changes_the_winner_is_the_known_one(self):
        rows = self.uncertainty('--reversal')
        self.assertEqual([row['node'] for row in rows], ['show', 'use'])
        for row, flip in zip(rows, (0.375, 0.625)):
            self.assertAlmostEqual(float(row['flip']), flip, places=12)
            self.assertAlmostEqual(float(row['distance']), 0.125, places=12)
            self.assertEqual(row['rival'], '2')

    def test_sensitivity_shares_out_the_variance(self):
        rows = self.uncertainty('--id', 'offer', '--sensitivity', '品牌', '--rival', 'Plain', '--draws', '4000')
        self.assertEqual([row['node'] for row in rows], ['show', 'use'])
        for row in rows:  # the two weights play the same part
            self.assertAlmostEqual(float(row['first']), 0.5, delta=0.1)
            self.assertGreater(float(row['total']), 0.4)
        self.assertEqual(len(self.uncertainty('--sensitivity', '1', '--draws', '100')), 2)
        self.refuse('uncertainty', 'system.json', 'offers.csv', '--id', 'offer', '--sensitivity', 'Nobody',
                    says=['"Nobody"'])
        self.refuse('uncertainty', 'system.json', 'offers.csv', '--sensitivity', '3', says=['3', '2'])
        self.misuse('uncertainty', 'system.json', 'offers.csv', '--id', 'offer', '--sensitivity', 'Plain', '--rival',
                    'Plain', says=['--rival', '--sensitivity'])

    def test_means_are_those_of_the_scores(self):
        scores = [float(row['benefit']) for row in records(self.succeed('score', DOCUMENT, DATA).out)]
        row = self.ask('uncertainty', DOCUMENT, DATA, '--means', '--levels', 'side', '--top', '80')[0]
        deviation = statistics.stdev(scores)
        self.assertEqual((row['column'], row['n'], row['missing']), ('benefit', '1811', '0'))
        self.assertAlmostEqual(float(row['mean']), statistics.fmean(scores), places=9)
        self.assertAlmostEqual(float(row['deviation']), deviation, places=9)
        self.assertAlmostEqual(float(row['error']), deviation / math.sqrt(1811), places=9)
        self.assertAlmostEqual(float(row['low']), statistics.fmean(scores) - 1.96 * float(row['error']), delta=0.15)
        self.assertAlmostEqual(float(row['top_share']), sum(score >= 80 for score in scores) / 1811, places=12)

    def test_means_by_group(self):
        self.write('offers.csv', OFFERS + 'Third,50,50,old\nFourth,20,,\n')
        rows = self.uncertainty('--means', '--group', 'group', '--levels', 'indicator', '--resamples', '50')
        found = {(row['group'], row['column']): row for row in rows}
        self.assertEqual(found[('old', 'show')]['mean'], '75')
        self.assertEqual(found[('new', 'use')]['n'], '1')
        self.assertTrue(all(row['low_n'] == '1' for row in rows))

    def test_a_table_has_the_best_first(self):
        self.write('offers.csv', 'q1,q2\n10,10\n90,90\n50,50\n')
        lines = self.succeed('uncertainty', 'system.json', 'offers.csv', '--draws', '50').out.splitlines()
        self.assertEqual([line.split()[0] for line in lines[1:]], ['2', '3', '1'])
        parsed = json.loads(self.succeed('uncertainty', 'system.json', 'offers.csv', '--draws', '50', '--format',
                                         'json').out)
        self.assertEqual([row['rank'] for row in parsed], [3, 1, 2])

    def test_questions_that_do_not_go_together_are_refused(self):
        for options, *says in ((['--reversal', '--means'], '--means'), (['--rival', '1'], '--sensitivity'),
                               (['--top', '5'], '--means'), (['--ranks', '2', '--means'], '--ranks'),
                               (['--reversal', '--draws', '5'], '--draws'),
                               (['--noise', 'white'], '"white"', 'relative'),
                               (['--means', '--levels', 'nodes'], '"nodes"'), (['--sensitivity', 'x'], '"x"')):
            with self.subTest(options=options):
                self.misuse('uncertainty', 'system.json', 'offers.csv', *options, says=says)
        self.misuse('uncertainty', '-', '-')
        self.misuse('uncertainty', 'system.json', '-', '--judgements', '-', says=['standard input'])
        self.write('system.json', TINY)
        self.refuse('uncertainty', 'system.json', 'offers.csv')

    def test_numbers_that_options_do_not_take_are_refused_with_those_they_take(self):
        self.write('judgements.csv', 'first,second,value\nshow,use,1\n')
        for *options, says in (['--concentration', '0', 'above 0'], ['--concentration', '-1', 'above 0'],
                               ['--noise', 'relative', '--spread', '2', '0 to 1'],
                               ['--noise', 'relative', '--spread', '-0.1', '0 to 1'],
                               ['--judgements', 'judgements.csv', '--spread', '10.5', '0 to 10'],
                               ['--confidence', '0', 'above 0'], ['--confidence', '1', 'below 1'],
                               ['--means', '--confidence', '1', 'below 1'], ['--ranks', '10001', '1 to 10000'],
                               ['--means', '--resamples', '1048577', '1 to 1048576'],
                               ['--sensitivity', '1', '--draws', '31', '32 to 4294967295'],
                               ['--draws', '0', '1 to 4294967295'], ['--draws', '1.5', 'whole number'],
                               ['--draws', '99999999999', '1 to 4294967295'],
                               ['--seed', '18446744073709551616', '1 to 4294967295']):
            with self.subTest(options=options):
                self.misuse('uncertainty', 'system.json', 'offers.csv', *options, says=[*options[-2:], says])
        for options in (['--spread', '0'], ['--spread', '1'], ['--sensitivity', '1', '--draws', '32'],
                        ['--judgements', 'judgements.csv', '--spread', '10'], ['--seed', '4294967295'],
                        ['--confidence', '0.001'], ['--ranks', '2'], ['--means', '--resamples', '1']):
            draws = [] if '--means' in options or '--draws' in options else ['--draws', '50']
            noise = ['--noise', 'relative'] if options[0] == '--spread' else []
            self.uncertainty(*options, *draws, *noise)


class Ranks(Offers):
    NAMES = ['speed', 'range', 'load', 'cost', '可靠', 'agility']

    def rank_fighters(self, *options):
        """Hwang & Yoon's fighter aircraft."""
        case = vector('topsis_hwang_yoon')['input']
        self.write('fighters.csv', csv_text(['plane', *self.NAMES],
                                            [[f'A{number}', *row] for number, row in enumerate(case['matrix'], 1)]))
        self.write('weights.csv', csv_text(['name', 'weight'], zip(self.NAMES, case['weights'])))
        return self.ask('rank', 'fighters.csv', '--weights', 'weights.csv', '--sacrifice', 'cost', '--id', 'plane',
                        *options)

    def test_topsis_and_weighted_sums_give_the_known_scores(self):
        for method, name in (('topsis', 'topsis_hwang_yoon'), ('saw', 'saw_hwang_yoon')):
            case = vector(name)
            rows = self.rank_fighters('--method', method)
            for row, expected in zip(rows, case['expected']):
                self.assertAlmostEqual(float(row['score']), expected, delta=case['tolerance'])
        self.assertEqual([(row['plane'], row['rank']) for row in self.rank_fighters('--method', 'topsis')],
                         [('A1', '1'), ('A2', '4'), ('A3', '2'), ('A4', '3')])

    def test_every_method_stands_side_by_side(self):
        rows = self.rank_fighters('--all')
        for method in ('saw', 'wpm', 'waspas', 'topsis', 'vikor'):
            alone = self.rank_fighters('--method', method)
            self.assertEqual([row[method] for row in rows], [row['score'] for row in alone])
            self.assertEqual([row[f'{method}_rank'] for row in rows], [row['rank'] for row in alone])
        self.assertNotIn('value', rows[0])

    def test_a_method_that_cannot_take_the_numbers_is_left_out_with_a_note(self):
        result = self.succeed('rank', 'system.json', 'offers.csv', '--all', '--format', 'csv', notes=True)
        self.assertNotIn('wpm', records(result.out)[0])
        self.assertEqual([row['value_rank'] for row in records(result.out)], ['1', '2'])
        self.assertRegex(result.err, r'custval: offers.csv: no wpm: .*row 2')
        self.refuse('rank', 'system.json', 'offers.csv', '--method', 'wpm', says=['offers.csv', 'row 2'])

    def test_with_a_system_the_criteria_are_its_scores(self):
        self.write('offers.csv', 'offer,q1,q2\na,100,20\nb,40,60\nc,40,60\n')
        rows = self.ask('rank', 'system.json', 'offers.csv', '--id', 'offer', '--normalisation', 'none')
        self.assertEqual([row['score'] for row in rows], ['60', '50', '50'])
        for rule, ranks in (('minimum', ['1', '2', '2']), ('maximum', ['1', '3', '3']), ('dense', ['1', '2', '2']),
                            ('mean', ['1', '2.5', '2.5'])):
            rows = self.ask('rank', 'system.json', 'offers.csv', '--normalisation', 'none', '--ties', rule)
            self.assertEqual([row['rank'] for row in rows], ranks)
        rows = self.ask('rank', 'system.json', 'offers.csv', '--normalisation', 'none', '--shares')
        self.assertAlmostEqual(float(rows[0]['score']), 60 / 160, places=12)
        lines = self.succeed('rank', 'system.json', 'offers.csv', '--id', 'offer', '--method', 'topsis', '--level',
                             'item').out.splitlines()
        self.assertEqual(lines[1].split()[2:0:-1] and sorted(line.split()[1] for line in lines[1:]), ['a', 'b', 'c'])

    def test_wrong_choices_are_refused(self):
        self.misuse('rank', 'offers.csv', says=['--weights'])
        self.misuse('rank', 'system.json', 'offers.csv', '--weights', 'w.csv', says=['--weights'])
        self.misuse('rank', 'system.json', 'offers.csv', '--sacrifice', 'q1', says=['--sacrifice'])
        self.misuse('rank', 'system.json', 'offers.csv', '--method', 'promethee', says=['"promethee"', 'topsis'])
        self.misuse('rank', 'system.json', 'offers.csv', '--all', '--method', 'saw', says=['--all'])
        self.misuse('rank', 'system.json', 'offers.csv', '--level', 'value', says=['"value"'])
        self.misuse('rank', 'system.json', 'offers.csv', '--share', '1.1', says=['--share', '0 to 1'])
        for method in ('wpm', 'waspas', 'topsis', 'vikor'):
            self.misuse('rank', 'system.json', 'offers.csv', '--shares', '--method', method, says=['--shares', method])
        self.misuse('rank', 'system.json', 'offers.csv', '--method', 'vikor', '--normalisation', 'sum',
                    says=['vikor', '--normalisation', 'range'])
        self.misuse('rank', '-', '--weights', '-')
        self.write('weights.csv', 'name,weight\nq1,1\nq3,2\n')
        self.refuse('rank', 'offers.csv', '--weights', 'weights.csv', says=['offers.csv', '"q3"'])
        self.misuse('rank', 'offers.csv', '--weights', 'weights.csv', '--level', 'item', says=['--level'])
        self.write('weights.csv', 'name,weight\nq1,1\nq2,x\n')
        self.refuse('rank', 'offers.csv', '--weights', 'weights.csv', says=['weights.csv', 'line 3', '"x"'])


class Grades(Offers):
    def test_degrees_are_shares_of_rows_composed_with_the_weights(self):
        self.write('offers.csv', 'q1,q2\n100,20\n80,60\n40,50\n0,50\n')
        rows = {row['node']: row for row in self.ask('fuzzy', 'system.json', 'offers.csv', '--grades',
                                                     '好=100,mittel=50,bad=0')}
        # Cuts lie at 75 and 25.
        for node, degrees in (('show', [0.5, 0.25, 0.25]), ('use', [0, 0.75, 0.25]), ('product', [0.25, 0.5, 0.25])):
            self.assertEqual([float(rows[node][grade]) for grade in ('好', 'mittel', 'bad')], degrees)
        self.assertEqual((rows['product']['grade'], rows['product']['score']), ('mittel', '50'))
        rows = {row['node']: row for row in self.ask('fuzzy', 'system.json', 'offers.csv', '--grades',
                                                     '好=100,bad=0', '--membership', 'triangular')}
        self.assertAlmostEqual(float(rows['show']['好']), 0.55, places=12)
        rows = {row['node']: row for row in self.ask('fuzzy', 'system.json', 'offers.csv', '--grades',
                                                     '好=100,bad=0', '--cuts', '60')}
        self.assertEqual(float(rows['use']['好']), 0.25)
        rows = {row['node']: row for row in self.ask('fuzzy', 'system.json', 'offers.csv', '--cuts', '90,60,45,20')}
        self.assertEqual([float(rows['use'][grade]) for grade in ('excellent', 'good', 'fair', 'poor', 'bad')],
                         [0, 0.25, 0.5, 0.25, 0])
        rows = {row['node']: row for row in self.ask('fuzzy', 'system.json', 'offers.csv', '--operator', 'min-max')}
        self.assertEqual(float(rows['product']['fair']), 0.5)

    def test_wrong_grades_are_refused(self):
        for options, *says in ((['--grades', 'good,bad'], '"good"'),
                               (['--grades', 'good=1'], '--grades', 'two'), (['--grades', 'good=x,bad=0'], '"x"'),
                               (['--grades', 'good=1,bad=0', '--cuts', '1,2'], '--cuts'),
                               (['--cuts', '60,40'], '--cuts', '5 grades have 4 cuts'),
                               (['--cuts', '80,60,60,20'], '--cuts', '60 is not below 60'),
                               (['--cuts', '80,60,40,20', '--membership', 'triangular'], '--cuts'),
                               (['--grades', 'good=0,bad=100'], '--grades', '100 is not below 0'),
                               (['--operator', 'plus'], '"plus"', 'min-max'), (['--membership', 'no'], '"no"')):
            with self.subTest(options=options):
                self.misuse('fuzzy', 'system.json', 'offers.csv', *options, says=says)
        self.refuse('fuzzy', 'system.json', 'offers.csv', '--grades', 'a=100,a=0', says=['"a"'])
        self.misuse('fuzzy', '-', '-')


if __name__ == '__main__':
    main()
