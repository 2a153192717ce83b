#!/usr/bin/env python3
# weights from judgements, ranks and ratings, mixed, compared and applied; known answers are those of tests/vectors.
# SPDX-License-Identifier: Apache-2.0
import json
import os
from fractions import Fraction

from support import SMALL, Case, csv_text, main, records, vector


def as_people_write(number):
    """1/3, not .333..."""
    fraction = Fraction(number).limit_denominator(10)
    return str(fraction) if abs(float(fraction) - number) < 1e-12 else repr(number)


def matrix_text(names, matrix, **dialect):
    return csv_text(['', *names], [[name, *map(as_people_write, row)] for name, row in zip(names, matrix)], **dialect)


THREE = 'x,quality,服务,price\nquality,1,3,5\n服务,1/3,1,2\nprice,1/5,1/2,1\n'


class Weighing(Case):
    def weights(self, *arguments, notes=False, **options):
        """Shares by name, diagnostics, remarks."""
        out = json.loads(self.succeed('weights', *arguments, '--format', 'json', notes=notes, **options).out)
        return ({row['name']: row['weight'] for row in out['weights']}, out['diagnostics'],
                [row['code'] for row in out['remarks']], out)

    def near(self, found, expected, tolerance):
        self.assertEqual(len(found), len(expected))
        for one, other in zip(found, expected):
            self.assertLessEqual(abs(one - other), tolerance, f'{found}, not {expected}')


class Pairs(Weighing):
    def ahp(self, text, *options, **more):
        self.write('judgements.csv', text)
        return self.weights('ahp', 'judgements.csv', *options, **more)

    def refuse_ahp(self, text, *says, options=()):
        self.write('judgements.csv', text)
        message = self.refuse('weights', 'ahp', 'judgements.csv', *options, says=['judgements.csv', *says])
        return message

    def test_saatys_drinks_have_his_weights_and_consistency(self):
        case, ratio = vector('ahp_drinks_weights'), vector('ahp_drinks_cr_saaty2005')
        names = case['input']['order']
        shares, diagnostics, _, _ = self.ahp(matrix_text(names, case['input']['matrix']), '--ri', 'saaty-2005')
        self.near([shares[name] for name in names], case['expected'], case['tolerance'])
        self.assertAlmostEqual(diagnostics['cr'], ratio['expected'], delta=ratio['tolerance'])

    def test_saatys_house_is_inconsistent_and_the_judgement_to_revisit_is_named(self):
        case, numbers = vector('ahp_house_weights'), vector('ahp_house_lambda_ci_cr')['expected']
        names = ['size', 'transport', 'surroundings', 'age', 'yard', 'facilities', 'condition', 'financing']
        text = matrix_text(names, case['input']['matrix'])
        shares, diagnostics, remarks, _ = self.ahp(text)
        self.near(shares.values(), case['expected'], case['tolerance'])
        for name, key in (('lambda_max', 'lambda_max'), ('ci', 'CI'), ('cr', 'CR')):
            self.assertAlmostEqual(diagnostics[name], numbers[key], delta=6e-4)
        self.assertIn('inconsistent', remarks)
        out = self.succeed('weights', 'ahp', 'judgements.csv').out
        self.assertRegex(out, r'(?m)^remark: .*"surroundings".*"condition".* \(inconsistent\)$')
        self.assertNotIn('inconsistent', self.ahp(text, '--cr-limit', '0.2')[2])
        case = vector('ahp_house_geometric')
        self.near(self.ahp(text, '--method', 'geometric')[0].values(), case['expected'], case['tolerance'])

    def test_a_csv_of_weights_has_its_remarks_on_standard_error(self):
        names = [f'c{number}' for number in range(8)]
        self.write('judgements.csv', matrix_text(names, vector('ahp_house_weights')['input']['matrix']))
        result = self.succeed('weights', 'ahp', 'judgements.csv', '--format', 'csv', notes=True)
        self.assertEqual([row['name'] for row in records(result.out)], names)
        self.assertRegex(result.err, r'\Acustval: remark: .*\(inconsistent\)\n')

    def test_fractions_are_exact(self):
        shares, diagnostics, _, _ = self.ahp(',a,b\na,1,3\nb,1/3,1\n')
        self.assertEqual(list(shares.values()), [0.75, 0.25])
        self.assertEqual(diagnostics['cr'], 0)
        self.write('ratings.csv', 'criterion,rating\na,1/3\nb,2/3\n')
        out = records(self.succeed('weights', 'rate', 'ratings.csv', '--format', 'csv').out)
        self.assertEqual([float(row['rating']) for row in out], [1.0 / 3.0, 2.0 / 3.0])

    def test_every_way_to_write_the_same_judgements_gives_the_same_bits(self):
        expected = self.ahp(THREE)[3]
        for text in (THREE.replace('\n', '\r\n'), '\ufeff' + THREE, THREE.replace('x,q', ',q'),
                     'x,quality,服务,price\nquality,,3,5\n服务,,,2\nprice,,,\n',
                     'x,quality,服务,price\nprice,1/5,1/2,\nquality,1,3,5\n,,,\n服务,1/3,1,2\n\n,,,\n',
                     'x, quality ,服务,price\nquality,"1", 3 ,5\n服务,1 / 3,1,2\nprice,1/5,1/2,1\n',
                     THREE.replace(',', ';'), THREE.replace(',', '\t'),
                     'first,second,value\nquality,服务,3\nquality,price,5\n服务,price,2\n',
                     'Value;Second;note;First\n3;服务;well;quality\n5;price;;quality\n2;price;;服务\n'):
            with self.subTest(text=text):
                self.assertEqual(self.ahp(text)[3]['weights'], expected['weights'])
        self.write('data.csv', THREE)
        with open(self.path('data.csv'), 'rb') as file:
            self.assertEqual(self.weights('ahp', '-', stdin=file)[3], expected)
        text = THREE.replace(',', ';').replace('1/3', '0,333')
        shares = self.ahp(text, '--decimal', ',')[0]
        self.near(shares.values(), [row['weight'] for row in expected['weights']], 1e-3)

    def test_pairs_that_nobody_judged_may_be_left_out(self):
        case = vector('ahp_incomplete_4x4')
        pairs = 'first,second,value\na,b,1\na,c,5\na,d,2\nb,c,3\nb,d,4\nc,d,\n'
        shares, diagnostics, _, _ = self.ahp(pairs, '--ri', 'donegan-dodd-1991')
        self.near(shares.values(), case['expected']['weights'], case['tolerance'])
        self.assertAlmostEqual(diagnostics['cr'], case['expected']['CR_dd'], delta=6e-5)
        self.assertEqual(diagnostics['missing'], 1)

    def test_what_is_no_matrix_is_refused_in_one_line_that_says_where(self):
        for text, *says in (
                ('', 'empty'),
                (',,\n\n', 'empty'),
                (',a,b\n', 'line 1', 'nothing below'),
                ('a\nb\n', 'line 1', 'first, second and value'),
                (',a,b\na,1\nb,1/3,1\n', 'line 2', '2 cells', '3'),
                (',a,b\na,1,3,4\nb,1/3,1\n', 'line 2', '4 cells', '3'),
                (',a,b\na,1,0\nb,,1\n', 'line 2', '"a"', '"b"', '"0"'),
                (',a,b\na,1,-3\nb,,1\n', 'line 2', '"-3"'),
                (',a,b\na,1,2/0\nb,,1\n', 'line 2', '"2/0"'),
                (',a,b\na,1,2/\nb,,1\n', 'line 2', '"2/"'),
                (',a,b\na,1,1/2/3\nb,,1\n', 'line 2', '"1/2/3"'),
                (',a,b\na,1,much\nb,,1\n', 'line 2', '"much"'),
                (',a,b\na,1,1e999\nb,,1\n', 'line 2', '"1e999"', 'too large'),
                (',a,b\na,1,"0,5"\nb,,1\n', 'line 2', '"0,5"', '--decimal'),
                (',a,b\na,2,3\nb,,1\n', 'line 2', '"a"', '2'),
                (',a,b\na,1,3\nb,1/2,1\n', 'line 2', '3', '0.5', 'reciprocal'),
                (',a,b\na,1,3\n', '"b"'),
                (',a,b\na,1,3\na,1,3\n', 'line 3', '"a"', 'line 2'),
                (',a,b\na,1,3\nc,1/3,1\n', 'line 3', '"c"'),
                (',a,a\na,1,3\na,1/3,1\n', 'line 1', '"a"', 'twice'),
                (',a,\na,1,3\n,1/3,1\n', 'line 1', 'blank'),
                (',a,b\na,1,"3\nb,1/3,1\n', 'line 2', 'quote'),
                (',a,b\na,,\nb,,\n', '"b"'),
                (',' + ','.join(f'c{i}' for i in range(101)) + '\nc0' + ',' * 101 + '\n', 'line 1', '"c100"', '100')):
            with self.subTest(text=text):
                self.refuse_ahp(text, *says)
        self.refuse_ahp(b',a,b\na,1,\xff\nb,,1\n', 'line 2', 'UTF-8')
        self.refuse_ahp(',a,b\n'.encode('utf-16'), 'UTF-16')
        self.refuse_ahp(b',a,b\na,1,\x00\nb,,1\n', 'line 2', 'byte 0')

    def test_what_is_no_list_of_pairs_is_refused_in_one_line_that_says_where(self):
        head = 'first,second,value'
        for text, *says in (
                (f'{head}\na,b,3\na,c,0\n', 'line 3', 'value', '"0"'),
                (f'{head}\na,a,1\n', 'line 2', '"a"', 'itself'),
                (f'{head}\na,b,3\nb,a,1/3\n', 'line 3', '"a"', '"b"', 'line 2'),
                (f'{head}\na,,3\n', 'line 2', 'blank'),
                (f'{head}\na,b,3\nc,d,2\n', '"c"'),
                (f'{head},lower\na,b,3,2\n', 'line 1', 'upper'),
                (f'{head},lower,upper\na,b,3,2,\n', 'line 2', 'upper'),
                (f'{head},lower,upper\na,b,3,4,5\n', 'line 2', '4', '3', '5'),
                ('FIRST,Second,VALUE,value\na,b,3,2\n', 'line 1', '"VALUE"', '"value"', '3', '4'),
                (f'{head},lower,upper,Lower\na,b,3,2,4,1\n', 'line 1', '"lower"', '"Lower"'),
                (f'{head},member\na,b,3,\n', 'line 2', 'member'),
                (f'{head},member,member_weight\na,b,3,X,1\na,c,3,X,2\n', 'line 3', '"X"', '1', 'line 2', '2'),
                (f'{head},member,member_weight\na,b,3,X,-1\n', 'line 2', '-1')):
            with self.subTest(text=text):
                self.refuse_ahp(text, *says)

    def test_names_that_are_misspelt_in_another_file_are_refused_with_the_nearest(self):
        self.write('a.csv', THREE)
        self.write('b.csv', THREE.replace('quality', 'qualty'))
        self.refuse('weights', 'ahp', 'a.csv', 'b.csv', says=['b.csv', 'line 1', '"qualty"', '"quality"'])
        self.write('b.csv', THREE.replace('1,2', '1,9').replace('1/2', '1/8'))
        self.refuse('weights', 'ahp', 'a.csv', 'b.csv', says=['b.csv', 'line 3', '"b"', '9', '0.125'])
        self.misuse('weights', 'ahp', 'a.csv', 'a.csv', says=['a.csv', 'twice'])

    def test_files_are_members_of_a_group(self):
        case = vector('group_aij_matrix')
        names = ['a', 'b', 'c', 'd', '五']
        files = ['anna.csv', 'bert.csv', '陈.csv']
        for file, matrix in zip(files, case['input']['matrices']):
            self.write(file, matrix_text(names, matrix))
        shares, diagnostics, _, out = self.weights('ahp', *files, '--method', 'geometric')
        self.assertEqual((out['sample'], diagnostics['members']), (3, 3))
        # Row geometric means of the aggregated matrix that the vectors give.
        means = []
        for row in case['expected']:
            product = 1.0
            for number in row:
                product *= number
            means.append(product ** 0.2)
        self.near(shares.values(), [mean / sum(means) for mean in means], 1e-8)
        same = self.weights('ahp', *files, '--method', 'geometric', '--grouping', 'aip-geometric')[0]
        self.near(same.values(), list(shares.values()), 1e-12)  # Barzilai & Golany (1994)
        members = records(self.succeed('weights', 'ahp', *files, '--members', '--format', 'csv').out)
        self.assertEqual([row['member'] for row in members], ['anna', 'bert', '陈'])
        for file, row in zip(files, members):
            alone = self.weights('ahp', file)[0]
            self.assertEqual([float(row[name]) for name in names], list(alone.values()))

    def test_members_and_their_weights_stand_in_one_file_or_on_the_command_line(self):
        one = 'first,second,value,member,member_weight\na,b,9,X,3\na,b,1,Y,1\n'
        expected = 9 ** 0.75 / (1 + 9 ** 0.75)
        self.assertAlmostEqual(self.ahp(one)[0]['a'], expected, places=12)
        self.write('X.csv', ',a,b\na,1,9\nb,,1\n')
        self.write('Y.csv', ',a,b\na,1,1\nb,,1\n')
        found = self.weights('ahp', 'X.csv', 'Y.csv', '--member-weights', '3,1')[0]['a']
        self.assertAlmostEqual(found, expected, places=12)
        self.misuse('weights', 'ahp', 'X.csv', 'Y.csv', '--member-weights', '3', says=['2', '1'])
        self.misuse('weights', 'ahp', 'X.csv', 'Y.csv', '--member-weights', '3,-1', says=['-1'])
        os.mkdir(self.path('other'))
        self.write('other/X.csv', ',a,b\na,1,1\nb,,1\n')
        members = records(self.succeed('weights', 'ahp', 'X.csv', 'other/X.csv', '--members', '--format', 'csv').out)
        self.assertEqual([row['member'] for row in members], ['X', 'other/X.csv'])
        self.write('group.csv', 'first,second,value,member\na,b,2,X\n')
        self.refuse('weights', 'ahp', 'X.csv', 'group.csv', says=['group.csv', 'line 2', '"X"'])

    def test_triads_name_what_to_revisit_and_its_repair(self):
        self.write('judgements.csv', ',a,b,c\na,1,2,1/3\nb,,1,4\nc,,,1\n')
        rows = records(self.succeed('weights', 'ahp', 'judgements.csv', '--triads', '--format', 'csv').out)
        self.assertEqual(len(rows), 1)
        self.assertEqual({rows[0]['first'], rows[0]['second'], rows[0]['third']}, {'a', 'b', 'c'})
        self.assertEqual(float(rows[0]['circular']), 1)
        self.assertAlmostEqual(float(rows[0]['inconsistency']), 3.17805383034794, places=10)  # ln 24

    def test_fuzzy_judgements_have_fuzzy_weights(self):
        shares, _, _, out = self.ahp('first,second,value,lower,upper\na,b,3,2,4\na,c,5,4,6\nb,c,2,1,3\n')
        self.assertEqual(out['method'], 'ahp-fuzzy')
        for row in out['weights']:
            self.assertLess(row['low'], row['middle'])
            self.assertLess(row['middle'], row['high'])
        self.assertGreater(shares['a'], shares['b'])

    def test_wrong_words_are_refused_with_those_that_there_are(self):
        self.write('judgements.csv', THREE)
        self.misuse('weights', 'ahp', 'judgements.csv', '--method', 'mean', says=['--method', '"mean"', 'geometric'])
        self.misuse('weights', 'ahp', 'judgements.csv', '--cr-limit', '-1', says=['--cr-limit', 'at least 0'])
        self.misuse('weights', 'ahp', 'judgements.csv', '--ri', 'saaty', says=['--ri', 'saaty-1980'])
        self.misuse('weights', 'ahp', 'judgements.csv', '--triads', '--members', says=['--triads'])
        self.misuse('weights', 'ahp', 'judgements.csv', '--profile', 'young', says=['--profile', '--apply'])
        self.misuse('weights', 'ahp', says=['FILE'])
        self.refuse('weights', 'ahp', 'none.csv', says=['none.csv'])


class BestWorst(Weighing):
    HEAD = 'criterion,best_to_others,others_to_worst\n'

    def test_the_best_worst_method_gives_the_known_weights(self):
        for name in ('bwm_linear_consistent', 'bwm_linear_readme'):
            case = vector(name)
            rows = zip('pqrst', case['input']['best_to_others'], case['input']['others_to_worst'])
            self.write('bw.csv', self.HEAD + ''.join(f'{name},{best},{worst}\n' for name, best, worst in rows))
            shares, diagnostics, _, _ = self.weights('bwm', 'bw.csv')
            self.near(shares.values(), case['expected']['weights'], 1e-8)
            self.assertAlmostEqual(diagnostics['ksi'], case['expected']['ksi'], places=8)

    def test_mistakes_are_refused_with_their_line(self):
        for text, *says in ((self.HEAD + 'a,1,8\nb,x,1\n', 'line 3', '"b"', 'best_to_others', '"x"'),
                            (self.HEAD + 'a,1,8\nb,,1\n', 'line 3', '"b"', '""'),
                            (self.HEAD + 'a,1,8\nb,0.5,1\n', 'line 3', '"b"', '0.5'),
                            (self.HEAD + 'a,1,8\na,8,1\n', 'line 3', '"a"', 'line 2'),
                            (self.HEAD + 'a,2,8\nb,8,1\n', 'bw.csv'),
                            (self.HEAD, 'nothing'),
                            ('Criterion,best_to_others,others_to_worst,criterion\na,1,8,b\n', 'line 1',
                             '"Criterion"', '"criterion"', '4'),
                            ('criterion,best_to_others\na,1\n', 'line 1', 'others_to_worst'),
                            ('best_to_others,others_to_worst\n1,2\n', 'line 1', 'criterion')):
            with self.subTest(text=text):
                self.write('bw.csv', text)
                self.refuse('weights', 'bwm', 'bw.csv', says=['bw.csv', *says])
        self.write('bw.csv', self.HEAD + 'a,1,8\nb,8,1\n')
        self.misuse('weights', 'bwm', 'bw.csv', '--model', 'square', says=['"square"', 'nonlinear'])


class Stated(Weighing):
    def test_orders_give_the_known_weights(self):
        case = vector('rank_order_centroid')
        for count, expected in zip(case['input']['n'], case['expected']):
            names = ['品牌', *(f'c{number}' for number in range(1, count))]
            for text in ('\n'.join(names) + '\n', 'criterion\n' + '\n'.join(names), 'Name\r\n' + '\r\n'.join(names),
                         csv_text(['rank', 'criterion'], [[number + 1, name] for number, name in enumerate(names)])):
                self.write('order.csv', text)
                shares = self.weights('rank', 'order.csv')[0]
                self.assertEqual(list(shares), names)
                self.near(shares.values(), expected, case['tolerance'])

    def test_ways_to_weigh_an_order_and_equal_ranks(self):
        self.write('order.csv', 'criterion,rank\na,1\nb,2\nc,3\nd,4\n')
        for method, expected in (('sum', [4, 3, 2, 1]), ('reciprocal', [12, 6, 4, 3]), ('exponent', [4, 3, 2, 1])):
            found = self.weights('rank', 'order.csv', '--method', method)[0]
            self.near(found.values(), [number / sum(expected) for number in expected], 1e-15)
        found = self.weights('rank', 'order.csv', '--method', 'exponent', '--exponent', '2')[0]
        self.near(found.values(), [16 / 30, 9 / 30, 4 / 30, 1 / 30], 1e-15)
        self.write('order.csv', 'criterion,rank\na,1\nb,2\nc,2\nd,4\n')
        shares, _, remarks, _ = self.weights('rank', 'order.csv', '--method', 'sum')
        self.near(shares.values(), [0.4, 0.25, 0.25, 0.1], 1e-15)
        self.assertIn('ties', remarks)
        self.misuse('weights', 'rank', 'order.csv', '--exponent', '2', says=['--method exponent'])
        self.misuse('weights', 'rank', 'order.csv', '--method', 'exponent', '--exponent', '51', says=['51', '0 to 50'])
        self.write('order.csv', 'a\nb\na\n')
        self.refuse('weights', 'rank', 'order.csv', says=['line 3', '"a"', 'line 1'])
        self.write('order.csv', 'criterion,place\na,1\n')
        self.refuse('weights', 'rank', 'order.csv', says=['line 1', 'rank'])

    def test_ratings_by_every_method(self):
        self.write('ratings.csv', 'criterion,rating\na,50\nb,30\nc,10\n')
        for method, remark in (('stated', None), ('points', 'not-100'), ('swing', 'no-100'), ('smart', None)):
            shares, _, remarks, out = self.weights('rate', 'ratings.csv', '--method', method)
            self.near(shares.values(), [5 / 9, 3 / 9, 1 / 9], 1e-15)
            self.assertEqual(remarks, [remark] if remark else [])
            self.assertEqual(out['method'], method)
        self.write('ratings.csv', 'criterion,rating,range_judged,range_in_use\na,100,10,5\nb,50,10,10\n')
        self.near(self.weights('rate', 'ratings.csv', '--method', 'swing')[0].values(), [0.5, 0.5], 1e-15)
        for text, *says in (('criterion,rating\na,1\nb,-1\n', 'line 3', '"b"', '-1'),
                            ('criterion,rating\na,0\nb,0\n', '0'), ('criterion,rating\na,\n', 'line 2', '"a"'),
                            ('criterion,rating,Rating\na,1,2\n', 'line 1', '"rating"', '"Rating"'),
                            ('criterion,rating,range_in_use,RANGE_in_use\na,1,2,3\n', 'line 1', '"RANGE_in_use"'),
                            ('criterion,rating\n"a\nb",x\n', 'line 2', '"a\\nb"', '"x"')):
            with self.subTest(text=text):
                self.write('ratings.csv', text)
                self.refuse('weights', 'rate', 'ratings.csv', says=['ratings.csv', *says])


class Files(Weighing):
    def setUp(self):
        super().setUp()
        self.write('first.csv', 'name,weight\na,3\nb,1\n品,0\n')
        self.write('second.csv', 'weight,name\n1/2,品\n1/2,b\n0,a\n')

    def test_weights_go_round_as_csv_without_losing_a_bit(self):
        self.write('ratings.csv', 'criterion,rating\na,1/3\nb,0.1\n品,7e-9\n')
        csv = self.succeed('weights', 'rate', 'ratings.csv', '--format', 'csv', '-o', 'w.csv')
        self.assertEqual(csv.out, '')
        again = records(self.succeed('weights', 'mix', 'w.csv', 'w.csv', '--format', 'csv').out)
        self.assertEqual([(row['name'], row['weight']) for row in again],
                         [(row['name'], row['weight']) for row in records(self.read('w.csv').decode())])

    def test_mixing_and_comparing(self):
        shares, diagnostics, _, _ = self.weights('mix', 'first.csv', 'second.csv', '--share', '0.25')
        self.assertEqual(shares, {'a': 0.1875, 'b': 0.4375, '品': 0.375})
        self.assertEqual(diagnostics['distance'], 0.75)
        shares = self.weights('mix', 'first.csv', 'second.csv', '--method', 'multiplicative')[0]
        self.assertEqual(shares, {'a': 0, 'b': 1, '品': 0})
        rows = records(self.succeed('weights', 'compare', 'first.csv', 'second.csv', '--format', 'csv').out)
        self.assertEqual([(row['name'], row['class']) for row in rows],
                         [('a', 'expected'), ('b', 'hidden'), ('品', 'hidden')])
        self.assertEqual(json.loads(self.succeed('weights', 'compare', 'first.csv', 'second.csv', '--format',
                                                 'json').out)[0]['stated'], 0.75)

    def test_files_that_do_not_go_together_are_refused(self):
        self.write('second.csv', 'name,weight\na,1\nb,1\nc,1\n')
        for verb in ('mix', 'compare'):
            self.refuse('weights', verb, 'first.csv', 'second.csv', says=['first.csv', 'second.csv', '"品"'])
            self.misuse('weights', verb, '-', '-')
        self.misuse('weights', 'mix', 'first.csv', 'first.csv', '--share', '1.5', says=['--share', '1.5', '0 to 1'])
        self.write('second.csv', 'name,share\na,1\n')
        self.refuse('weights', 'mix', 'first.csv', 'second.csv', says=['second.csv', 'line 1', 'weight'])
        for text, *says in ((',a,b\na,1,3\nb,1/3,1\n', 'line 1', 'criterion or name'),
                            ('name,weight,Weight\na,1,2\n', 'line 1', '"weight"', '"Weight"'),
                            ('name,weight\na,3\nb,-1\n', 'line 3', '"b"', 'weight -1'),
                            ('name,weight\na,0\nb,0\n', 'weight is 0')):
            self.write('second.csv', text)
            message = self.refuse('weights', 'mix', 'first.csv', 'second.csv', says=['second.csv', *says])
            self.assertNotIn('rating', message)

    def test_a_file_of_data_is_no_list_of_names(self):
        self.write('long.csv', 'name,weight\n' + ''.join(f'n{number},1\n' for number in range(4097)))
        self.refuse('weights', 'mix', 'long.csv', 'first.csv', says=['long.csv', '4096'])
        self.write('long.csv', 'name,weight\n' + 'x,1\n' * (17 << 20))
        self.refuse('weights', 'mix', 'long.csv', 'first.csv', says=['long.csv', '64 MiB'])

    def test_an_output_never_overwrites_what_is_read(self):
        for arguments in (['mix', 'first.csv', 'second.csv'], ['rate', 'second.csv'], ['ahp', 'second.csv'],
                          ['compare', 'first.csv', 'second.csv']):
            self.refuse('weights', *arguments, '-o', 'second.csv', says=['second.csv', 'overwrite'])
        self.assertEqual(self.read('first.csv'), 'name,weight\na,3\nb,1\n品,0\n'.encode())


class Applying(Weighing):
    def setUp(self):
        super().setUp()
        self.write('system.json', SMALL)
        self.write('weights.csv', 'name,weight\nreliability,1\n品牌形象,3\n')

    def local(self, path, node):
        out = self.succeed('check', path, notes=True).out
        return next(line for line in out.splitlines() if node in line.split())

    def test_weights_go_into_a_new_system_that_says_where_they_come_from(self):
        self.succeed('weights', 'apply', 'weights.csv', 'system.json', '-o', 'new.json', '--date', '2026-03-01',
                     '--source', 'panel of 12', '--note', '三月')
        self.assertIn('25.0 %', self.local('new.json', 'reliability'))
        self.assertIn('75.0 %', self.local('new.json', '品牌形象'))
        origin = json.loads(self.read('new.json'))['origins'][0]
        self.assertEqual((origin['weights'], origin['method'], origin['source'], origin['date'], origin['note']),
                         ('product', 'stated', 'panel of 12', '2026-03-01', '三月'))
        self.assertEqual(json.loads(self.read('system.json')), SMALL)
        out = self.succeed('weights', 'apply', 'weights.csv', 'system.json', '--date', '2026-03-01', '--source',
                           'panel of 12', '--note', '三月').bytes
        self.assertEqual(out, self.read('new.json'))

    def test_every_method_applies_its_weights_and_prints_them(self):
        self.write('judgements.csv', 'first,second,value\nreliability,品牌形象,3\n')
        result = self.succeed('weights', 'ahp', 'judgements.csv', '--apply', 'system.json', '-o', 'new.json',
                              '--format', 'csv')
        self.assertEqual([row['weight'] for row in records(result.out)], ['0.75', '0.25'])
        origin = json.loads(self.read('new.json'))['origins'][0]
        self.assertEqual((origin['method'], origin['source']), ('ahp-eigenvector', 'judgements.csv'))
        self.assertRegex(origin['date'], r'\A20\d\d-\d\d-\d\d\Z')
        self.assertIn('cr', origin['diagnostics'])
        self.write('order.csv', '品牌形象\nreliability\n')
        self.succeed('weights', 'rank', 'order.csv', '--apply', 'new.json', '-o', 'new.json.2', '--profile', 'young')
        document = json.loads(self.read('new.json.2'))
        self.assertIn('young', json.dumps(document['profiles']))
        self.assertEqual({origin.get('profile') for origin in document['origins']}, {None, 'young'})

    def test_weights_of_both_sides_say_that_sides_have_none(self):
        self.write('weights.csv', 'name,weight\nproduct,1\nservice,3\nmoney,4\ntime,4\n')
        result = self.succeed('weights', 'apply', 'weights.csv', 'system.json', '-o', 'new.json', notes=True)
        self.assertIn('has no weights for the sides', result.err)
        self.assertIn('25.0 %', self.local('new.json', 'product'))

    def test_nothing_is_written_when_it_fails(self):
        files = self.files()
        self.write('weights.csv', 'name,weight\nreliabilty,1\n品牌形象,3\n')
        self.refuse('weights', 'apply', 'weights.csv', 'system.json', '-o', 'new.json',
                    says=['system.json', '"reliabilty"', 'reliability'])
        self.write('weights.csv', 'name,weight\nreliability,1\nprice,3\n')
        self.refuse('weights', 'apply', 'weights.csv', 'system.json', '-o', 'new.json', says=['system.json'])
        self.write('order.csv', 'reliability\nprice\n')
        self.refuse('weights', 'rank', 'order.csv', '--apply', 'system.json', '-o', 'new.json', says=['system.json'])
        self.misuse('weights', 'rank', 'order.csv', '--apply', 'system.json', says=['--output'])
        self.misuse('weights', 'rank', '-', '--apply', '-', '-o', 'new.json')
        self.refuse('weights', 'rank', 'order.csv', '--apply', 'system.json', '-o', 'system.json', says=['overwrite'])
        self.refuse('weights', 'rank', 'order.csv', '--apply', 'order.csv', '-o', 'new.json', says=['order.csv'])
        self.assertEqual(self.files(), sorted([*files, 'order.csv']))

    def test_weights_that_cannot_be_printed_leave_an_older_system_as_it_was(self):
        if not os.path.exists('/dev/full'):
            self.skipTest('there is no full device')
        self.write('order.csv', 'reliability\n品牌形象\n')
        self.write('new.json', 'older')
        with open('/dev/full', 'wb') as full:
            result = self.custval('weights', 'rank', 'order.csv', '--apply', 'system.json', '-o', 'new.json',
                                  stdout=full)
        self.assertEqual(result.code, 1, result)
        self.assertEqual(self.read('new.json'), b'older')
        self.assertEqual(self.files(), ['new.json', 'order.csv', 'system.json', 'weights.csv'])


if __name__ == '__main__':
    main()
