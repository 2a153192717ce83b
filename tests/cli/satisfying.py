#!/usr/bin/env python3
# custval satisfaction: every verb, its numbers, and what it says about wrong usage.
# SPDX-License-Identifier: Apache-2.0
import csv
import json
import os
import re

from support import SMALL, SOURCE, TINY, Case, csv_text, main, records

HOTEL = os.path.join(SOURCE, 'examples', 'satisfaction')
VERBS = ['gap', 'zone', 'encounters', 'fit', 'disconfirmation', 'show', 'effects', 'predict', 'penalty', 'kano', 'quadrants', 'nps',
         'backtest']


def hotel(name):
    return os.path.join(HOTEL, name)


class Satisfaction(Case):
    def rows(self, *arguments, notes=True):
        return json.loads(self.succeed('satisfaction', *arguments, '--format', 'json', notes=notes).out)

    def test_every_verb_has_help_that_fits_a_terminal(self):
        out = self.succeed('satisfaction', '--help').out
        for verb in VERBS:
            self.assertRegex(out, rf'(?m)^  {verb} ')
            text = self.succeed('satisfaction', verb, '--help').out
            self.assertRegex(text, rf'\Ausage: custval satisfaction {verb} ')
            for line in text.splitlines():
                self.assertLessEqual(len(line), 100, line)

    def test_gaps_are_performance_less_expectation(self):
        self.write('system.json', TINY)
        self.write('p.csv', csv_text(['customer', 'q1', 'q2'], [['a', 10, 4], ['b', 1, 10], ['c', '', 1]]))
        self.write('e.csv', csv_text(['q1', 'q2'], [[5.5, 5.5]]))
        rows = self.rows('gap', 'system.json', 'p.csv', 'e.csv', '--levels', 'side')
        self.assertEqual([row['customer'] for row in rows], ['a', 'b', 'c'])
        self.assertEqual([row['benefit.gap'] for row in rows], [50, -50, None])
        self.assertEqual([round(row['sacrifice.gap'], 9) for row in rows], [round(-100 / 6, 9), 50, -50])
        self.assertEqual([row['attained'] for row in rows], [1, 0, 1])
        felt = self.rows('gap', 'system.json', 'p.csv', 'e.csv', '--measures', 'prospect', '--alpha', '1', '--beta', '1',
                         '--lambda', '3', '--levels', 'side')
        self.assertEqual([row['benefit.prospect'] for row in felt], [50, -150, None])
        self.assertNotIn('benefit.gap', felt[0])
        everything = self.rows('gap', 'system.json', 'p.csv', 'e.csv', '--levels', 'all')
        self.assertIn('product.gap', everything[0])

    def test_expectations_need_the_columns_of_items_only(self):
        self.write('system.json', {**SMALL, 'profile_column': 'kind', 'profiles': [{'id': 'x', 'weights': {'product': 9}}]})
        header = ['kind', 'q1', 'q2', '品牌', 'q3', 'q5', 'q6']
        self.write('p.csv', csv_text(header, [['x', 5, 5, 5, 50, 5, 5]]))
        self.write('e.csv', csv_text(header[1:], [[5, 5, 5, 40, 5, 5]]))
        rows = self.rows('gap', 'system.json', 'p.csv', 'e.csv', '--levels', 'side')
        self.assertAlmostEqual(rows[0]['benefit.gap'], 1.0, places=12)
        self.fail_with(1, 'satisfaction', 'gap', 'system.json', 'e.csv', 'p.csv', says=['kind'])
        self.write('e.csv', csv_text(['q1'], [[5]]))
        self.fail_with(1, 'satisfaction', 'gap', 'system.json', 'p.csv', 'e.csv', says=['"q2"', 'system.json'])

    def test_as_many_expectations_as_rows_or_one(self):
        self.write('system.json', TINY)
        self.write('p.csv', 'q1,q2\n5,5\n6,6\n7,7\n')
        self.write('e.csv', 'q1,q2\n5,5\n6,6\n')
        self.fail_with(1, 'satisfaction', 'gap', 'system.json', 'p.csv', 'e.csv',
                       says=['expectation has 2 rows and performance 3'])

    def test_zones_are_words(self):
        out = self.succeed('satisfaction', 'zone', hotel('system.json'), hotel('answers.csv'), hotel('adequate.csv'),
                           hotel('desired.csv')).out
        rows = records(out)
        self.assertEqual(len(rows), 120)
        self.assertEqual({row['help.zone'] for row in rows}, {'below', 'within', 'above', 'none'})
        for row in rows:
            zones = [row[name] for name in row if name.endswith('.zone')]
            self.assertEqual(int(row['below']), zones.count('below'))
            for name in ('room', 'quiet', 'price'):
                measure = float(row[f'{name}.tolerance'])
                zone = 'below' if measure < 0 else 'above' if measure > 1 else 'within'
                self.assertEqual(row[f'{name}.zone'], zone)

    def test_encounters_move_expectations(self):
        rows = self.rows('encounters', hotel('visits.csv'), '--updating', '0.3', '--weight', '0.5', '--time', 'visit', notes=False)
        self.assertEqual([row['customer'] for row in rows], ['ann', 'ann', 'ann', 'bert', 'bert', 'ann'])
        self.assertEqual([row['latest'] for row in rows], [0, 0, 0, 0, 1, 1])
        self.assertAlmostEqual(rows[2]['updated'], 8 + 0.3 * (4 - 8))
        rows = self.rows('encounters', hotel('visits.csv'), '--updating', '0', '--weight', '1', '--first', '6', notes=False)
        self.assertEqual([row['gap'] for row in rows], [2, 2, -2, -1, 1, 1])
        self.assertIn('--updating and --weight', self.misuse('satisfaction', 'encounters', hotel('visits.csv')))
        self.misuse('satisfaction', 'encounters', hotel('visits.csv'), '--updating', '2', '--weight', '1', says=['--updating'])

    def test_a_link_is_fitted_shown_and_used(self):
        done = self.succeed('satisfaction', 'fit', hotel('answers.csv'), '--outcome', 'stayed', '--predictors', 'satisfaction',
                            '--logistic', '-o', 'link.json', notes=True)
        self.assertEqual(done.out, '')
        self.assertIn('70 events', done.err)
        document = json.loads(self.read('link.json'))
        self.assertEqual((document['custval'], document['kind'], document['fit']['n']), ('link', 'logistic', 120))
        shown = json.loads(self.succeed('satisfaction', 'show', 'link.json', '--format', 'json', notes=True).out)
        self.assertEqual([row['term'] for row in shown], ['intercept', 'satisfaction'])
        self.assertEqual(shown[1]['coefficient'], document['terms'][0]['coefficient'])
        rows = self.rows('predict', 'link.json', hotel('answers.csv'), notes=False)
        with open(hotel('answers.csv'), encoding='utf-8', newline='') as file:
            answers = list(csv.DictReader(file))
        # Maximum likelihood with an intercept: the probabilities add up to the events.
        self.assertAlmostEqual(sum(row['prediction'] for row in rows), sum(int(row['stayed']) for row in answers), places=9)
        for row in rows:
            self.assertTrue(0 < row['low'] < row['prediction'] < row['high'] < 1)

    def test_effects_go_along_a_chain(self):
        for outcome, terms in (('reputation', {'quality': 0.5}), ('value', {'quality': 0.25, 'reputation': 0.5})):
            terms = [{'predictor': name, 'coefficient': number} for name, number in terms.items()]
            self.write(f'{outcome}.json', json.dumps({'custval': 'link', 'version': 1, 'kind': 'linear', 'outcome': outcome,
                                                      'intercept': 0, 'terms': terms}))
        quality, reputation = self.rows('effects', 'reputation.json', 'value.json', notes=False)
        self.assertEqual((quality['variable'], reputation['variable']), ('quality', 'reputation'))
        self.assertEqual((quality['direct'], quality['indirect'], quality['total']), (0.25, 0.25, 0.5))
        self.fail_with(1, 'satisfaction', 'effects', 'value.json', 'reputation.json', says=['links[0]', '"reputation"'])

    def test_the_document_in_the_manual_is_one(self):
        with open(os.path.join(SOURCE, 'docs', 'link-document.md'), encoding='utf-8') as file:
            self.write('link.json', re.search(r'```json\n(.*?)```', file.read(), flags=re.S).group(1))
        self.assertIn('stated', self.succeed('satisfaction', 'show', 'link.json', notes=True).err)
        self.write('data.csv', 'satisfaction\n50\n')
        self.assertEqual(self.rows('predict', 'link.json', 'data.csv', notes=False)[0]['prediction'], 0.5)

    def test_separated_outcomes_fail_with_advice(self):
        self.write('data.csv', 'y,x\n0,1\n0,2\n1,3\n1,4\n')
        self.fail_with(1, 'satisfaction', 'fit', 'data.csv', '--outcome', 'y', '--predictors', 'x', '--logistic', says=['ridge'])
        self.succeed('satisfaction', 'fit', 'data.csv', '--outcome', 'y', '--predictors', 'x', '--logistic', '--ridge', '1', notes=True)
        self.write('data.csv', 'y,x\n0,1\n0,2\n3,3\n1,4\n')
        self.fail_with(1, 'satisfaction', 'fit', 'data.csv', '--outcome', 'y', '--predictors', 'x', '--logistic', says=['holds 3'])

    def test_losses_weigh_more_than_gains(self):
        done = self.succeed('satisfaction', 'disconfirmation', hotel('overall.csv'), '--split', '--format', 'json', notes=True)
        rows = {row['term']: row['coefficient'] for row in json.loads(done.out)}
        self.assertEqual(list(rows), ['intercept', 'expectation', 'gain', 'loss'])
        self.assertIn(f'lambda {round(-rows["loss"] / rows["gain"], 4)}', done.err)
        plain = self.rows('disconfirmation', hotel('overall.csv'))
        self.assertEqual([row['term'] for row in plain], ['intercept', 'expectation', 'gap'])

    def test_what_matters_in_which_way(self):
        rows = self.rows('penalty', hotel('answers.csv'), '--outcome', 'satisfaction', '--predictors', 'room,quiet', '--low', '5',
                         '--high', '9', notes=False)
        self.assertEqual([row['indicator'] for row in rows], ['room', 'quiet'])
        self.misuse('satisfaction', 'penalty', hotel('answers.csv'), '--outcome', 'satisfaction', '--predictors', 'room', '--low', '5',
                    says=['go together'])
        kano = self.rows('kano', hotel('kano.csv'), '--functional', 'wifi_with,clean_with', '--dysfunctional', 'wifi_without,clean_without',
                         notes=False)
        self.assertEqual([row['class'] for row in kano], ['attractive', 'must-be'])
        self.misuse('satisfaction', 'kano', hotel('kano.csv'), '--functional', 'a,b', '--dysfunctional', 'c', says=['2 and 1'])
        four = self.rows('quadrants', hotel('attributes.csv'), '--id', 'attribute', notes=False)
        self.assertEqual({row['attribute']: row['quadrant'] for row in four},
                         {'room': 'concentrate', 'quiet': 'keep', 'welcome': 'overkill', 'help': 'low-priority'})

    def test_promoters_and_backtests(self):
        rows = self.rows('nps', hotel('answers.csv'), '--group', 'house', notes=False)
        self.assertEqual([(row['group'], row['n']) for row in rows], [('coast', 40), ('city', 80)])
        for row in rows:
            self.assertAlmostEqual(row['nps'], 100 * (row['promoters'] - row['detractors']) / row['n'])
        self.fail_with(1, 'satisfaction', 'nps', hotel('answers.csv'), '--highest', '7', '--promoters', '7', '--detractors', '4',
                       says=['scale is 0 to 7'])
        bands = self.rows('backtest', hotel('answers.csv'), '--score', 'satisfaction', '--outcome', 'stayed', '--cuts', '5,7,9')
        self.assertEqual([(row['from'], row['to']) for row in bands], [(None, 5), (5, 7), (7, 9), (9, None)])
        self.assertEqual(sum(row['n'] for row in bands), 120)
        self.misuse('satisfaction', 'backtest', hotel('answers.csv'), '--cuts', '1,x', says=['"x" is not a number'])
        self.fail_with(1, 'satisfaction', 'backtest', hotel('answers.csv'), '--score', 'satisfaction', '--outcome', 'stayed',
                       '--cuts', '5,5', says=['ascending'])


if __name__ == '__main__':
    main()
