#!/usr/bin/env python3
# The shipped examples and templates: every score against exact fractions.
# SPDX-License-Identifier: Apache-2.0
import csv
import glob
import json
import os
import random
from fractions import Fraction

from reference import Reference, agrees
from support import SOURCE, Case, csv_text, main, records

SURVEY = os.path.join(SOURCE, 'examples', 'survey')
DOCUMENT = os.path.join(SURVEY, 'perceived-value.json')
DATA = os.path.join(SURVEY, 'customer_satisfaction_yellow_pages.csv')
ALL_LEVELS = ['--levels', 'all', '--coverage', 'all']


def load(path):
    with open(path, encoding='utf-8') as file:
        return json.load(file)


class Survey(Case):
    def rows(self):
        with open(DATA, encoding='utf-8', newline='') as file:
            return list(csv.DictReader(file))

    def test_every_score_of_the_survey_is_what_exact_fractions_say(self):
        scored = records(self.succeed('score', DOCUMENT, DATA, *ALL_LEVELS).out)
        rows = self.rows()
        self.assertEqual((len(rows), len(scored)), (1811, 1811))
        reference = Reference(load(DOCUMENT))
        for number, (row, source) in enumerate(zip(scored, rows), start=1):
            for name, score in reference.score(source).items():
                self.assertTrue(agrees(row[name], score), f'row {number}, {name}: {row[name]}, not {score}')
            self.assertEqual(row['coverage'], '1')

    def test_the_mean_value_of_the_survey_is_that_of_the_columns(self):
        """Equal weights all the way: the mean of a column's scores can be taken before or after the roll-up."""
        scored = records(self.succeed('score', DOCUMENT, DATA).out)
        rows = self.rows()
        mean = {name: 100 * (Fraction(sum(int(row[name]) for row in rows), len(rows)) - 1) / 9 for name in rows[0]}
        benefit = ((mean['q5'] + mean['q8']) / 2 + ((mean['q6'] + mean['q7']) / 2
                                                    + (mean['q9'] + mean['q10']) / 2) / 2) / 2
        sacrifice = 100 - (mean['q2'] + mean['q3'] + mean['q4']) / 3
        found = sum(Fraction(float(row['value'])) for row in scored) / len(scored)
        self.assertLess(abs(found - (benefit - sacrifice)), Fraction(1, 10**9))

    def test_answers_left_out_at_random_are_re_weighted_as_exact_fractions_say(self):
        generator = random.Random(5)
        rows = [{name: text if generator.random() < 0.6 else '' for name, text in row.items()} for row in self.rows()]
        self.write('data.csv', csv_text(list(rows[0]), [list(row.values()) for row in rows]))
        scored = records(self.succeed('score', DOCUMENT, 'data.csv', *ALL_LEVELS, notes=True).out)
        reference = Reference(load(DOCUMENT))
        without_value = 0
        for number, (row, source) in enumerate(zip(scored, rows), start=1):
            expected = reference.score(source)
            without_value += expected['value'] is None
            for name in ('value', 'benefit', 'sacrifice', 'effect', 'reach', 'money', 'q5', 'coverage'):
                self.assertTrue(agrees(row[name], expected[name]),
                                f'row {number}, {name}: {row[name]}, not {expected[name]}')
        self.assertGreater(without_value, 10)
        self.assertIn(f'{without_value} of 1811 rows', self.custval('score', DOCUMENT, 'data.csv').err)


class Templates(Case):
    def test_every_template_scores_random_answers_as_exact_fractions_say(self):
        names = [line.split()[0] for line in self.succeed('templates', 'list').out.splitlines() if line.strip()]
        self.assertGreaterEqual(len(names), 10)
        compared = 0
        for name in names:
            shown = self.custval('templates', 'show', name)
            if shown.code:  # a heading, if the list has one
                continue
            with self.subTest(template=name):
                compared += self.compare(name, json.loads(shown.out))
        self.assertGreaterEqual(compared, 8)

    def compare(self, name, document):
        """1 if the reference knows all that the template uses."""
        text = json.dumps(document)
        if any(word in text for word in ('"curve"', '"derived"', '"aggregator"', '"policy"', '"neutral"', '"floor"')):
            return 0
        items = [item for dimension in document['dimensions'] for indicator in dimension['indicators']
                 for item in indicator['items']]
        generator = random.Random(name)
        header = list(dict.fromkeys(item['column'] for item in items))
        more = [document[key] for key in ('profile_column', 'context_column', 'override_column') if key in document]
        scales = {item['column']: item['scale'] for item in items}
        rows = [[str(generator.randint(*map(int, scales[column]))) if generator.random() < 0.9 else ''
                 for column in header]
                for _ in range(50)]
        self.write('system.json', document)
        self.write('data.csv', csv_text(header + more, [row + [''] * len(more) for row in rows]))
        scored = records(self.succeed('score', 'system.json', 'data.csv', '--levels', 'value,side,dimension,indicator',
                                      notes=True).out)
        reference = Reference(document)
        for row, cells in zip(scored, rows):
            for node, score in reference.score(dict(zip(header, cells))).items():
                if node in row:
                    self.assertTrue(agrees(row[node], score), f'{node}: {row[node]}, not {score}')
        return 1

    def test_every_shipped_system_document_passes_check(self):
        for path in sorted(glob.glob(os.path.join(SOURCE, 'examples', '*', '*.json')) +
                           glob.glob(os.path.join(SOURCE, 'tools', 'templates', '*.json'))):
            with open(path, encoding='utf-8') as file:
                kind = json.load(file)['custval']
            with self.subTest(path=os.path.basename(path)):
                self.assertIn(kind, ('system', 'worth', 'groups', 'programmes', 'scenario', 'link', 'impact',
                                     'pipeline'))
                if kind == 'system':
                    self.succeed('check', path, notes=True)


if __name__ == '__main__':
    main()
