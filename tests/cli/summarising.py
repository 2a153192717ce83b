#!/usr/bin/env python3
# weights from data and outcomes, summaries and fitted scales; known answers are those of tests/vectors and of Python.
# SPDX-License-Identifier: Apache-2.0
import csv
import json
import math
import os
import random
import statistics

from support import SMALL, SMALL_HEADER, SOURCE, TINY, Case, csv_text, main, records, vector

SURVEY = os.path.join(SOURCE, 'examples', 'survey')
DOCUMENT = os.path.join(SURVEY, 'perceived-value.json')
DATA = os.path.join(SURVEY, 'customer_satisfaction_yellow_pages.csv')


def columns_of_survey():
    with open(DATA, encoding='utf-8', newline='') as file:
        rows = list(csv.DictReader(file))
    return {name: [float(row[name]) for row in rows] for name in rows[0]}


def correlation(one, other):
    mean, other_mean = statistics.fmean(one), statistics.fmean(other)
    one, other = [number - mean for number in one], [number - other_mean for number in other]
    products = math.fsum(a * b for a, b in zip(one, other))
    return products / math.sqrt(math.fsum(a * a for a in one) * math.fsum(b * b for b in other))


class Data(Case):
    def weights(self, *arguments, notes=False, **options):
        out = json.loads(self.succeed('weights', *arguments, '--format', 'json', notes=notes, **options).out)
        return out['weights'], out['diagnostics'], [row['code'] for row in out['remarks']], out

    def shares(self, *arguments, **options):
        return [row['weight'] for row in self.weights(*arguments, **options)[0]]

    def near(self, found, expected, tolerance):
        self.assertEqual(len(found), len(expected))
        for one, other in zip(found, expected):
            self.assertLessEqual(abs(one - other), tolerance, f'{found}, not {expected}')

    def write_case(self, case, **dialect):
        matrix = case['input']['matrix']
        names = ['品牌', *(f'c{number}' for number in range(1, len(matrix[0])))]
        return self.write('data.csv', csv_text(names, matrix, **dialect))


class FromData(Data):
    def test_entropy_and_critic_give_the_published_weights(self):
        case = vector('entropy_ulutas')
        self.write_case(case)
        self.near(self.shares('entropy', 'data.csv'), case['expected'], case['tolerance'])
        case = vector('critic_diakoulaki')
        self.write_case(case, delimiter=';')
        rows, _, remarks, out = self.weights('critic', 'data.csv')
        self.near([row['weight'] for row in rows], case['expected'], case['tolerance'])
        self.assertEqual((out['method'], out['sample'], rows[0]['name'], remarks), ('critic', 8, '品牌', ['low-n']))
        with open(self.path('data.csv'), 'rb') as file:
            self.assertEqual(self.weights('critic', '-', stdin=file)[3], out)

    def test_deviation_and_variation_are_those_of_the_columns(self):
        survey = columns_of_survey()
        names = ['q2', 'q5', 'q9']
        spread = [statistics.stdev(survey[name]) for name in names]
        varied = [deviation / statistics.fmean(survey[name]) for deviation, name in zip(spread, names)]
        listed = ['--columns', ','.join(names)]
        self.near(self.shares('deviation', DATA, *listed), [one / sum(spread) for one in spread], 1e-13)
        self.near(self.shares('variation', DATA, *listed), [one / sum(varied) for one in varied], 1e-13)
        ranges = ['--range', 'q2=0:20', '--range', 'q5=0:10', '--range', 'q9=1:11']
        scaled = [spread[0] / 20, spread[1] / 10, spread[2] / 10]
        self.near(self.shares('deviation', DATA, *listed, *ranges, '--declared'),
                  [one / sum(scaled) for one in scaled], 1e-13)
        self.near(self.shares('deviation', DATA, *listed, *ranges), [one / sum(spread) for one in spread], 1e-13)

    def test_a_sacrifice_changes_direction_first(self):
        survey = columns_of_survey()
        names = ['q2', 'q5']
        r = correlation(survey['q2'], survey['q5'])
        spread = [statistics.stdev(survey[name]) for name in names]
        self.near([row['information'] for row in
                   self.weights('critic', DATA, '--columns', 'q2,q5', '--sacrifice', 'q2')[0]],
                  [one / 9 * (1 + r) for one in spread], 1e-12)
        for command in (['weights', 'entropy'], ['summary', '--parts', 'entropy']):
            self.misuse(*command, DATA, '--columns', 'q2,q5', '--sacrifice', 'q2',
                        says=['"q2"', '--range COLUMN=LOW:HIGH'])
        turned = self.weights('entropy', DATA, '--columns', 'q2,q5', '--sacrifice', 'q2', '--range', 'q2=1:10')[0]
        self.write('turned.csv', csv_text(['q2', 'q5'], [[11 - a, b] for a, b in zip(survey['q2'], survey['q5'])]))
        for found, expected in zip(turned, self.weights('entropy', 'turned.csv')[0]):
            self.assertAlmostEqual(found['weight'], expected['weight'], places=13)

    def test_merec_reads_twice_what_has_no_declared_ranges(self):
        ranges = ['--range', 'q2=1:10', '--range', 'q3=1:10']  # which are those of the data
        expected = self.weights('merec', DATA, '--columns', 'q2,q3', *ranges)[3]
        self.assertEqual(self.weights('merec', DATA, '--columns', 'q2,q3')[3], expected)
        self.assertEqual(self.weights('merec', DATA, '--columns', 'q2,q3', *ranges[:2])[3], expected)
        with open(DATA, 'rb') as file:
            self.assertEqual(self.weights('merec', '-', '--columns', 'q2,q3', *ranges, stdin=file)[3]['weights'],
                             expected['weights'])
        self.misuse('weights', 'merec', '-', '--columns', 'q2,q3', says=['twice', '--range'], stdin='q2,q3\n1,2\n')
        self.write('data.csv', 'a,b\n1,2\n3,2\n')
        self.refuse('weights', 'merec', 'data.csv', says=['data.csv', '"b"', 'vary'])
        self.write('data.csv', 'a,b\n1,0\n3,2\n')
        self.refuse('weights', 'merec', 'data.csv', says=['"b"', '0'])

    def test_scores_of_a_system_are_weighed_by_the_level_asked_for(self):
        levels = {'dimension': ['effect', 'audience', 'price'],
                  'item': ['q5', 'q8', 'q6', 'q7', 'q9', 'q10', 'q2', 'q3', 'q4'],
                  'indicator': ['effectiveness', 'exposure', 'reach', 'distribution', 'money']}
        for level, names in levels.items():
            scored = records(self.succeed('score', DOCUMENT, DATA, '--levels', level, '--coverage', 'none').out)
            found = self.weights('critic', DATA, '--system', DOCUMENT, '--level', level)[0]
            self.assertEqual([row['name'] for row in found], names)
            self.write('scores.csv', csv_text(names, [[row[name] for name in names] for row in scored]))
            sides = ['--sacrifice', {'dimension': 'price', 'indicator': 'money', 'item': 'q2,q3,q4'}[level]]
            self.near([row['weight'] for row in found], self.shares('critic', 'scores.csv', *sides), 1e-12)
        self.assertEqual(self.weights('critic', DATA, '--system', DOCUMENT)[0],
                         self.weights('critic', DATA, '--system', DOCUMENT, '--level', 'indicator')[0])

    def test_rows_that_cannot_be_scored_are_counted(self):
        self.write('system.json', TINY)
        self.write('data.csv', 'q1,q2\n' + '7,4\n1,9\n5,2\n12,4\n')
        result = self.succeed('weights', 'deviation', 'data.csv', '--system', 'system.json', notes=True)
        self.assertIn('1 out-of-scale', result.err)

    def test_a_hundred_times_the_same_rows_in_many_blocks_have_the_same_weights(self):
        survey = columns_of_survey()
        rows = list(zip(*survey.values()))
        self.write('long.csv', csv_text(list(survey), rows * 100))
        for method in ('entropy', 'critic', 'deviation', 'variation', 'merec'):
            short, long = (self.weights(method, name)[3] for name in (DATA, 'long.csv'))
            self.assertEqual(long['sample'], 181100)
            self.near([row['weight'] for row in long['weights']], [row['weight'] for row in short['weights']], 1e-10)

    def test_bad_data_is_refused_with_its_line_and_bad_choices_with_their_name(self):
        for text, *says in (('a,b\n1,2\n3,x\n', 'line 3', '"b"', '"x"', '--columns'),
                            ('a,b\n1,2\n3\n', 'line 3', '1 cell'),
                            ('', 'empty'), ('a,b\n', 'data.csv'), ('a,b\n1,2\n', 'data.csv'),
                            ('a,a\n1,2\n', '"a"', 'twice'), ('a,b\n1,5\n1,5\n', 'data.csv')):
            with self.subTest(text=text):
                self.write('data.csv', text)
                self.refuse('weights', 'critic', 'data.csv', says=says)
        self.write('data.csv', 'a,"b,c"\n1,2\n3,1\n-1,4\n')
        self.assertEqual(len(self.shares('deviation', 'data.csv', '--columns', 'b,c')), 1)
        self.assertEqual(len(self.shares('deviation', 'data.csv', '--columns', 'b,c', '--columns', 'a')), 2)
        self.assertEqual(self.shares('critic', 'data.csv', '--sacrifice', 'b,c', '--sacrifice', 'a'),
                         self.shares('critic', 'data.csv'))
        self.refuse('weights', 'entropy', 'data.csv', says=['"a"', '-1'])
        self.refuse('weights', 'critic', 'data.csv', '--range', 'a=0:5', says=['row 3', '"a"', '-1'])
        self.refuse('weights', 'critic', 'data.csv', '--columns', 'a,d', says=['"d"', '"a"'])
        self.refuse('weights', 'critic', 'data.csv', '--sacrifice', 'd', says=['--sacrifice', '"d"'])
        self.refuse('weights', 'critic', 'data.csv', '--range', 'd=0:1', says=['--range', '"d"'])
        self.misuse('weights', 'critic', 'data.csv', '--range', 'a=5:0', says=['a=5:0'])
        self.misuse('weights', 'critic', 'data.csv', '--range', 'a', says=['--range'])
        self.misuse('weights', 'critic', 'data.csv', '--columns', 'a,,b', says=['--columns'])
        self.misuse('weights', 'critic', 'data.csv', '--columns', 'a,a', says=['"a"', 'twice'])
        self.misuse('weights', 'critic', 'data.csv', '--level', 'item', says=['--level', '--system'])
        self.misuse('weights', 'critic', 'data.csv', '--system', DOCUMENT, '--columns', 'a', says=['--columns'])
        self.misuse('weights', 'critic', 'data.csv', '--system', DOCUMENT, '--level', 'value', says=['"value"', 'item'])
        self.misuse('weights', 'critic', says=['--summary'])
        message = self.misuse('weights', 'entropy', 'data.csv', '--declared', says=['--declared'])
        self.assertNotIn('did you mean', message)
        self.misuse('weights', 'critic', '-', '--system', '-')
        self.misuse('weights', 'critic', 'data.csv', '--system', '-', '--apply', '-', '-o', 'new.json')

    def test_missing_cells_are_left_out(self):
        self.write('data.csv', 'a,b\n1,2\n3,9\n99,4\nNA,3\n')
        out = self.weights('deviation', 'data.csv', '--missing', '99')[3]
        spread = [statistics.stdev([1, 3]) / 2, statistics.stdev([2, 9, 4, 3]) / 7]
        self.near([row['weight'] for row in out['weights']], [one / sum(spread) for one in spread], 1e-15)


class Drivers(Data):
    def test_drivers_of_the_stated_value_of_the_survey(self):
        survey = columns_of_survey()
        rows, diagnostics, _, out = self.weights('drivers', DATA, '--outcome', 'q1', '--system', DOCUMENT)
        self.assertEqual((out['method'], out['sample'], diagnostics['n']), ('drivers-relative', 1811, 1811))
        by_name = {row['name']: row for row in rows}
        self.assertEqual(list(by_name), ['effectiveness', 'exposure', 'reach', 'distribution', 'money'])
        shown = correlation(survey['q5'], survey['q1'])
        self.assertAlmostEqual(by_name['effectiveness']['correlation'], shown, places=12)
        price = [sum(answers) for answers in zip(survey['q2'], survey['q3'], survey['q4'])]  # fair prices: no sacrifice
        self.assertAlmostEqual(by_name['money']['correlation'], correlation(price, survey['q1']), places=12)
        self.assertAlmostEqual(sum(row['importance'] for row in rows), diagnostics['r_squared'], places=12)
        for row in rows:
            self.assertLessEqual(row['low'], row['importance'])
            self.assertLessEqual(row['importance'], row['high'])

    def test_two_drivers_have_the_importance_of_the_textbook(self):
        survey = columns_of_survey()
        first, second = (correlation(survey[name], survey['q1']) for name in ('q2', 'q3'))
        between = correlation(survey['q2'], survey['q3'])
        r_squared = (first ** 2 + second ** 2 - 2 * first * second * between) / (1 - between ** 2)
        betas = [(one - other * between) / (1 - between ** 2) for one, other in ((first, second), (second, first))]
        lmg = [(first ** 2 + r_squared - second ** 2) / 2, (second ** 2 + r_squared - first ** 2) / 2]
        for method, expected in (('correlation', [first, second]), ('regression', betas), ('shapley', lmg)):
            rows, diagnostics, _, _ = self.weights('drivers', DATA, '--outcome', 'q1', '--columns', 'q2,q3', '--method',
                                                   method, '--resamples', '50')
            self.near([row['importance'] for row in rows], expected, 1e-12)
            self.assertAlmostEqual(diagnostics['r_squared'], r_squared, places=12)
            self.assertEqual(diagnostics['resamples'], 50)

    def test_the_seed_decides_the_intervals_and_a_summary_has_none(self):
        arguments = ['drivers', DATA, '--outcome', 'q1', '--columns', 'q2,q3', '--resamples', '100']
        first = self.weights(*arguments)[3]
        self.assertEqual(self.weights(*arguments, '--seed', '1')[3], first)
        self.assertNotEqual(self.weights(*arguments, '--seed', '2')[0][0]['low'], first['weights'][0]['low'])
        wide = self.weights(*arguments, '--confidence', '0.5')[0][0]
        self.assertLess(first['weights'][0]['low'], wide['low'])
        self.succeed('summary', DATA, '--columns', 'q1,q2,q3', '--save', 'survey.summary')
        rows, diagnostics, _, _ = self.weights('drivers', '--summary', 'survey.summary', '--outcome', 'q1')
        self.assertEqual([row['weight'] for row in rows], [row['weight'] for row in first['weights']])
        self.assertNotIn('low', rows[0])
        self.assertEqual(diagnostics['resamples'], 0)

    def test_negative_drivers_are_reported_and_missing_codes_left_out(self):
        generator = random.Random(3)
        rows = []
        for _ in range(200):
            good, bad = generator.gauss(0, 1), generator.gauss(0, 1)
            rows.append([good, bad, good - bad + generator.gauss(0, 0.1)])
        text = csv_text(['gut', 'schlecht', 'ergebnis'], rows)
        self.write('data.csv', text)
        found, _, remarks, _ = self.weights('drivers', 'data.csv', '--outcome', 'ergebnis', '--method', 'correlation')
        self.assertEqual([row['weight'] for row in found], [1, 0])
        self.assertLess(found[1]['importance'], -0.5)
        self.assertIn('negative', remarks)
        found = self.weights('drivers', 'data.csv', '--outcome', 'ergebnis', '--sacrifice', 'schlecht')[0]
        self.assertGreater(found[1]['weight'], 0.4)
        self.write('data.csv', text + '98,1,1\n1,98,1\n')
        diagnostics = self.weights('drivers', 'data.csv', '--outcome', 'ergebnis', '--missing', '98')[1]
        self.assertEqual((diagnostics['n'], diagnostics['dropped']), (200, 2))

    def test_the_outcome_is_no_driver_even_if_it_is_among_the_columns(self):
        few = ['--resamples', '40']
        expected = self.weights('drivers', DATA, '--outcome', 'q1', '--columns', 'q2,q3', *few)
        self.assertEqual(self.weights('drivers', DATA, '--outcome', 'q1', '--columns', 'q2,q1,q3', *few), expected)
        self.refuse('weights', 'drivers', DATA, '--outcome', 'q1', '--columns', 'q1', says=['no criterion'])

    def test_what_drives_nothing_is_refused(self):
        self.misuse('weights', 'drivers', DATA, says=['--outcome'])
        self.refuse('weights', 'drivers', DATA, '--outcome', 'q0', says=['"q0"', '--outcome'])
        for name, number, says in (('--resamples', '39', '40 to 4294967295'), ('--confidence', '0', 'above 0'),
                                   ('--confidence', '1', 'below 1'), ('--vif-limit', '0.5', 'at least 1')):
            self.misuse('weights', 'drivers', DATA, '--outcome', 'q1', name, number, says=[name, number, says])
        self.write('data.csv', 'a,y\n1,5\n2,5\n3,5\n')
        self.refuse('weights', 'drivers', 'data.csv', '--outcome', 'y', says=['data.csv', '"y"'])
        self.write('data.csv', 'y\n1\n2\n')
        self.refuse('weights', 'drivers', 'data.csv', '--outcome', 'y', says=['data.csv'])


class Summaries(Data):
    def test_a_summary_is_that_of_the_columns(self):
        survey = columns_of_survey()
        rows = records(self.succeed('summary', DATA, '--format', 'csv', '--parts', 'pairs,quantiles,entropy').out)
        self.assertEqual([row['name'] for row in rows], list(survey))
        for row in rows:
            numbers = sorted(survey[row['name']])
            self.assertEqual((int(row['count']), int(row['missing'])), (1811, 0))
            self.assertEqual((float(row['low']), float(row['high'])), (numbers[0], numbers[-1]))
            self.assertAlmostEqual(float(row['mean']), statistics.fmean(numbers), places=12)
            self.assertAlmostEqual(float(row['deviation']), statistics.stdev(numbers), places=12)
            for name, share in (('q05', 0.05), ('q25', 0.25), ('median', 0.5), ('q75', 0.75), ('q95', 0.95)):
                self.assertEqual(float(row[name]), numbers[math.ceil(share * 1811) - 1])
            total = math.fsum(numbers)
            entropy = -math.fsum(x / total * math.log(x / total) for x in numbers) / math.log(1811)
            self.assertAlmostEqual(float(row['entropy']), entropy, places=12)
        rows = records(self.succeed('summary', DATA, '--format', 'csv', '--correlations').out)
        for row in rows:
            for name, numbers in survey.items():
                self.assertAlmostEqual(float(row[name]), correlation(survey[row['name']], numbers), places=12)

    def test_saved_summaries_are_put_together(self):
        survey = columns_of_survey()
        rows = list(zip(*survey.values()))
        for name, part in (('a', rows[:700]), ('b', rows[700:])):
            self.write(f'{name}.csv', csv_text(list(survey), part))
            self.assertEqual(self.succeed('summary', f'{name}.csv', '--save', f'{name}.summary').bytes, b'')
        whole = records(self.succeed('summary', DATA, '--format', 'csv').out)
        for arguments in (['--merge', 'a.summary', '--merge', 'b.summary'], ['b.csv', '--merge', 'a.summary']):
            for one, other in zip(records(self.succeed('summary', *arguments, '--format', 'csv').out), whole):
                self.assertEqual((one['name'], one['count'], one['low'], one['median']),
                                 (other['name'], other['count'], other['low'], other['median']))
                self.assertAlmostEqual(float(one['mean']), float(other['mean']), places=12)
                self.assertAlmostEqual(float(one['deviation']), float(other['deviation']), places=12)
        self.succeed('summary', '--merge', 'a.summary', '--merge', 'b.summary', '--save', 'both.summary')
        self.near(self.shares('critic', '--summary', 'both.summary'), self.shares('critic', DATA), 1e-12)
        self.assertEqual(self.weights('critic', '--summary', '-', stdin=self.read('both.summary'))[0],
                         self.weights('critic', '--summary', 'both.summary')[0])

    def test_a_summary_grows_in_its_file(self):
        self.write('data.csv', 'a,b\n1,2\n3,9\n')
        self.succeed('summary', 'data.csv', '--save', 'all.summary')
        self.succeed('summary', 'data.csv', '--merge', 'all.summary', '--save', 'all.summary')
        rows = records(self.succeed('summary', '--merge', 'all.summary', '--format', 'csv').out)
        self.assertEqual([row['count'] for row in rows], ['4', '4'])
        self.refuse('summary', '--merge', 'all.summary', '-o', 'all.summary', says=['overwrite'])

    def test_scores_can_be_summarised(self):
        rows = records(self.succeed('summary', DATA, '--system', DOCUMENT, '--level', 'dimension', '--format',
                                    'csv').out)
        self.assertEqual([(row['name'], row['side']) for row in rows],
                         [('effect', 'benefit'), ('audience', 'benefit'), ('price', 'sacrifice')])

    def test_what_is_no_summary_is_refused(self):
        self.succeed('summary', DATA, '--columns', 'q1,q2', '--save', 'good')
        good = self.read('good')
        self.write('data.csv', 'q1,q2\n1,2\n')
        for content in (b'', b'name,weight\n', good[:-1], good[:40], good + b'x', bytes([good[0] ^ 1]) + good[1:],
                        good[:60] + bytes([good[60] ^ 1]) + good[61:]):
            with self.subTest(content=content[:20]):
                self.write('bad', content)
                self.refuse('summary', '--merge', 'bad', says=['bad'])
                self.refuse('weights', 'critic', '--summary', 'bad', says=['bad'])
        self.succeed('summary', DATA, '--columns', 'q1,q3', '--save', 'other')
        self.refuse('summary', '--merge', 'good', '--merge', 'other', says=['other', '"q3"'])
        self.refuse('weights', 'entropy', '--summary', 'good', says=['good', 'entropy'])
        self.refuse('weights', 'drivers', '--summary', 'good', '--outcome', 'q3', says=['good', '"q3"'])
        self.misuse('weights', 'critic', 'data.csv', '--summary', 'good')
        self.misuse('weights', 'critic', '--summary', 'good', '--columns', 'q1', says=['--columns'])
        self.misuse('summary', says=['--merge'])
        self.misuse('summary', 'data.csv', '--parts', 'everything', says=['"everything"', 'pairs'])
        self.misuse('summary', 'data.csv', '--save', 'x', '--correlations', says=['--save'])
        self.refuse('summary', 'data.csv', '--save', 'data.csv', says=['overwrite'])
        self.refuse('summary', '--merge', 'good', '--parts', 'quantiles', 'data.csv', says=['good'])
        self.assertEqual(self.files(), ['bad', 'data.csv', 'good', 'other'])


class Fitting(Data):
    def item(self, path, column):
        document = json.loads(self.read(path))
        return next(item for dimension in document['dimensions'] for indicator in dimension['indicators']
                    for item in indicator['items'] if item['column'] == column), document

    def test_scales_follow_the_answers_without_missing_codes(self):
        self.write('system.json', SMALL)
        rows = [['a', 3, 4, 99, 20, 2, 5], ['b', 8, 5, 2, 60, 3, 5.5], ['c', 5, '', 6, 40, 9, 7]]
        self.write('data.csv', csv_text(SMALL_HEADER, rows))
        self.succeed('fit', 'system.json', 'data.csv', '--method', 'range', '-o', 'fitted.json', '--date', '2026-01-02')
        for column, scale in (('q1', [3, 8]), ('q2', [4, 5]), ('品牌', [2, 6]), ('q3', [20, 60]), ('q5', [2, 9]),
                              ('q6', [5, 7])):
            item, document = self.item('fitted.json', column)
            self.assertEqual(item['scale'], scale)
        self.assertTrue(self.item('fitted.json', 'q5')[0]['reversed'])
        self.assertEqual(len(document['origins']), 6)
        self.assertEqual({(origin['source'], origin['date']) for origin in document['origins']},
                         {('data.csv', '2026-01-02')})
        scored = records(self.succeed('score', 'fitted.json', 'data.csv', '--levels', 'item').out)
        self.assertEqual([row['q1'] for row in scored], ['0', '100', '40'])

    def test_other_ways_to_fit_and_only_some_columns(self):
        self.write('system.json', TINY)
        self.write('data.csv', 'q1,q2\n1,1\n2,5\n3,9\n4,9\n')
        self.succeed('fit', 'system.json', 'data.csv', '--method', 'z', '--columns', 'q1', '-o', 'z.json')
        scored = records(self.succeed('score', 'z.json', 'data.csv', '--levels', 'item').out)
        deviation = statistics.stdev([1, 2, 3, 4])
        for row, answer in zip(scored, [1, 2, 3, 4]):
            self.assertAlmostEqual(float(row['q1']), 50 + 10 * (answer - 2.5) / deviation, places=10)
        self.assertEqual(self.item('z.json', 'q2')[0]['scale'], [1, 10])
        out = self.succeed('fit', 'system.json', 'data.csv', '--method', 'quantile').out
        self.write('quantile.json', out)
        scored = [float(row['q1']) for row in
                  records(self.succeed('score', 'quantile.json', 'data.csv', '--levels', 'item').out)]
        self.assertEqual(scored, sorted(scored))
        self.assertEqual(scored[-1], 100)
        self.succeed('summary', 'data.csv', '--save', 'data.summary')
        self.succeed('fit', 'system.json', '--summary', 'data.summary', '--method', 'range', '-o', 'range.json')
        self.assertEqual(self.item('range.json', 'q2')[0]['scale'], [1, 9])

    def test_what_cannot_be_fitted_is_refused(self):
        self.write('system.json', TINY)
        self.write('data.csv', 'q1,q2,q3\n1,5,1\n2,5,2\n')
        self.misuse('fit', 'system.json', 'data.csv', says=['--method'])
        self.misuse('fit', 'system.json', 'data.csv', '--method', 'rank', says=['"rank"', 'quantile'])
        self.misuse('fit', 'system.json', '--method', 'range', says=['DATA', '--summary'])
        self.misuse('fit', '-', '-', '--method', 'range')
        self.refuse('fit', 'system.json', 'data.csv', '--method', 'range', says=['q2'])
        self.refuse('fit', 'system.json', 'data.csv', '--method', 'range', '--columns', 'q3', says=['q3'])
        self.refuse('fit', 'system.json', 'data.csv', '--method', 'range', '-o', 'data.csv', says=['overwrite'])
        self.refuse('fit', 'system.json', 'data.csv', '--method', 'range', '-o', 'system.json', says=['overwrite'])
        self.assertEqual(self.files(), ['data.csv', 'system.json'])


if __name__ == '__main__':
    main()
