#!/usr/bin/env python3
# One thing has one name in every verb: options, rows that are named, files in the wrong order.
# SPDX-License-Identifier: Apache-2.0
import json
import os
import re

from manual import COMMANDS
from support import SMALL, SMALL_HEADER, SMALL_ROWS, SOURCE, Case, csv_text, dimension, indicator, item, main, system

# Options that mean something else, and so take something else, where another verb has them.
HOMONYMS = {'as-of', 'cost', 'counts', 'date', 'first', 'levers', 'own', 'period', 'step', 'summary', 'to', 'top',
            'value', 'weight'}
# Names that an option once had beside the one that is left, which is the value.
FORMER = {'by-customer': 'show', 'customer': 'id', 'edges': 'cuts', 'how': 'method', 'id-column': 'id',
          'id-value': 'row', 'indicators': 'predictors', 'name': 'id', 'segment': 'group'}

OFFERS = [['Kim', *SMALL_ROWS[0][1:]], ['Lee', *SMALL_ROWS[1][1:]], ['Lee', *SMALL_ROWS[2][1:]]]
PROGRAMMES = {'custval': 'programmes', 'version': 1,
              'traits': [{'id': 'q1', 'type': 'number'}], 'programmes': [{'id': 'club'}]}
SCENARIO = {'custval': 'scenario', 'version': 1, 'kind': 'indicator', 'periods': 1,
            'sales': {'mu': 0.1, 'rival': 'q2', 'volume': 'q1'},
            'indicator': {'dimension': 'product', 'id': 'ready', 'weight': 1, 'score': 90}}


class Options(Case):
    def options(self):
        """(command, name, what stands for the value) of every option."""
        for command in COMMANDS:
            out = self.succeed(*command.split(), '--help').out
            listed = out[out.index('\nOptions:'):]
            for name, value in re.findall(r'^  (?:-\w, )?--([a-z-]+)(?: (\S+))?', listed, flags=re.M):
                yield command, name, value

    def test_an_option_takes_the_same_in_every_verb(self):
        values = {}
        for command, name, value in self.options():
            if name not in HOMONYMS:
                self.assertEqual(values.setdefault(name, value), value, f'{command} --{name}')

    def test_no_option_has_two_names(self):
        names = {name for _, name, _ in self.options()}
        self.assertEqual(names & set(FORMER), set())
        self.assertLessEqual(set(FORMER.values()), names)

    def test_a_value_that_is_a_column_or_a_list_is_called_so(self):
        for command, name, value in self.options():
            self.assertNotRegex(value, r'^(COL|COLUMNS|[A-Z],.*)$', f'{command} --{name}')


class Rows(Case):
    """A row is named in one way by every option that takes one."""

    def setUp(self):
        super().setUp()
        self.write('system.json', SMALL)
        self.write('offers.csv', csv_text(['offer', *SMALL_HEADER[1:]], OFFERS))
        self.write('programmes.json', PROGRAMMES)
        self.write('plan.json', SCENARIO)

    ASKING = [(['explain', 'system.json', 'offers.csv'], '--row'),
              (['explain', 'system.json', 'offers.csv', '--row', 'Kim'], '--to'),
              (['compare', 'system.json', 'offers.csv'], '--own'),
              (['uncertainty', 'system.json', 'offers.csv', '--draws', '32'], '--sensitivity'),
              (['programmes', 'explain', 'programmes.json', 'offers.csv'], '--row'),
              (['scenario', 'explain', 'plan.json', 'system.json', 'offers.csv'], '--row')]

    def test_by_what_stands_in_a_column(self):
        for arguments, option in self.ASKING:
            with self.subTest(arguments=arguments, option=option):
                self.refuse(*arguments, '--id', 'offer', option, 'Nobody',
                            says=['offers.csv: "Nobody" stands in no row of column "offer"'])
                self.refuse(*arguments, '--id', 'offer', option, 'Lee',
                            says=['offers.csv: "Lee" stands in rows 2 and 3, counted from 1, of column "offer"'])
                self.refuse(*arguments, '--id', 'offer', option, '1', says=['"1" stands in no row'])

    def test_by_number(self):
        for arguments, option in self.ASKING:
            with self.subTest(arguments=arguments, option=option):
                arguments = [argument if argument != 'Kim' else '1' for argument in arguments]
                self.misuse(*arguments, option, 'Kim',
                            says=[f'{option}: "Kim" is not the number of a row, counted from 1; with --id COLUMN'])
                self.misuse(*arguments, option, '0', says=['counted from 1'])
                self.refuse(*arguments, option, '4', says=['offers.csv has 3 rows; there is no row 4, counted from 1'])

    def test_a_message_says_how_it_counts(self):
        self.write('data.csv', 'a,b,region,weight\n5,1,north,1\n5,0,north,-1\n')
        self.write('market.csv', 'variable,category,target\nregion,north,1\n')
        self.write('margins.csv', 'variable,category,target\nregion,north,1\nage,young,1\n')
        for arguments in (['explain', 'system.json', 'offers.csv', '--row', '2', '--target', '101'],
                          ['scenario', 'meter', 'data.csv', *(f'--{name}=b' for name in ('cheap', 'expensive')),
                           '--too-cheap=weight', '--too-expensive=a'],
                          ['panel', 'weights', 'data.csv', 'market.csv', '--variables', 'region', '--weight', 'weight'],
                          ['panel', 'weights', 'data.csv', 'margins.csv', '--variables', 'region']):
            with self.subTest(arguments=arguments):
                self.refuse(*arguments, says=['row 2 (counted from 1)'])

    def test_both_find_the_same_row(self):
        for arguments, option in self.ASKING:
            if 'plan.json' in arguments or option == '--to':
                continue
            with self.subTest(arguments=arguments, option=option):
                self.assertEqual(self.succeed(*arguments, '--id', 'offer', option, 'Kim', '--format', 'csv').out,
                                 self.succeed(*arguments, option, '1', '--format', 'csv').out)

    def test_a_customer_of_a_plan_is_found_by_name(self):
        folder = os.path.join(SOURCE, 'examples', 'scenario')
        files = [os.path.join(folder, name) for name in ('bogo.json', 'system.json', 'customers.csv')]
        first = json.loads(self.succeed('scenario', 'explain', *files, '--row', '2', '--format', 'json').out)
        with open(files[2], encoding='utf-8') as file:
            name = file.read().splitlines()[2].split(',')[0]
        self.assertEqual(json.loads(self.succeed('scenario', 'explain', *files, '--id', 'customer', '--row', name,
                                                 '--format', 'json').out), first)


class Order(Case):
    """A table where a document belongs, or a document where a table belongs: the message says which is which, and the
    order of the files."""

    DOCUMENTS = {'SYSTEM', 'GROUPS', 'WORTH', 'LIFETIME', 'LINK', 'PROGRAMMES', 'SCENARIO', 'PLAN', 'IMPACT',
                 'PIPELINE'}
    VALUES = {'ROW': '1', 'NAME': 'range', 'LIST': 'q1', 'COLUMN': 'q1'}

    def setUp(self):
        super().setUp()
        self.write('data.csv', 'name,weight,q1\nquality,1,2\n')
        self.write('SYSTEM', SMALL)
        self.write('PROGRAMMES', PROGRAMMES)
        self.write('SCENARIO', SCENARIO)
        for name, path in (('GROUPS', 'groups/loyalty-profit.json'), ('WORTH', 'worth/worth.json')):
            with open(os.path.join(SOURCE, 'examples', path), encoding='utf-8') as file:
                self.write(name, file.read())
        link = {'custval': 'link', 'version': 1, 'kind': 'logistic', 'outcome': 'stays', 'intercept': 0,
                'terms': [{'predictor': 'value', 'coefficient': 0.02}]}
        self.write('LINK', link)
        for name in ('PLAN', 'IMPACT'):
            self.write(name, {'custval': 'impact', 'version': 1, 'links': [link], 'use': 'retention',
                              'money': {'margin': 100, 'rate': 0.1, 'first': 'next'}})
        self.succeed('lifetime', 'fit', '--model', 'sbg', '--survivors', '1000,869,743,653', '-o', 'LIFETIME')

    def usages(self):
        """(command, names of its files, the options that it needs)."""
        for command in COMMANDS:
            usage = self.succeed(*command.split(), '--help').out.splitlines()[0]
            words = re.sub(r' \|.*', '', usage.replace(f'usage: custval {command} ', '')).split(' --')
            files = re.findall(r'[A-Z]+', words[0].replace('OPTIONS', ''))
            options = re.findall(r'(--[a-z]+) ([A-Z]+)', usage) if '|' not in usage or command == 'fit' else []
            needed = [word for name, value in options for word in (name, self.VALUES.get(value, '0.5'))]
            yield command, files, needed if '--summary' not in needed else ['--method', 'range']

    def test_a_table_in_the_place_of_a_document(self):
        met = set()
        for command, files, needed in self.usages():
            if not self.DOCUMENTS & set(files):
                continue
            met.add(command)
            with self.subTest(command=command):
                self.refuse(*command.split(), *['data.csv'] * len(files), *needed,
                            says=['data.csv: this is a table (CSV), not a ', f'the order is: custval {command} '])
        self.assertGreaterEqual(len(met), 25)

    def test_a_document_in_the_place_of_a_table(self):
        met = set()
        for command, files, needed in self.usages():
            if not self.DOCUMENTS & set(files) or self.DOCUMENTS >= set(files):
                continue
            met.add(command)
            with self.subTest(command=command):
                given = [name if name in self.DOCUMENTS else 'SYSTEM' for name in files]
                self.refuse(*command.split(), *given, *needed,
                            says=['SYSTEM: this is a document (JSON), not a table (CSV)', f'custval {command} '])
        self.assertGreaterEqual(len(met), 20)

    def test_what_only_looks_like_it_is_read(self):
        self.score_text('{q1},q2\n7,4\n', document=system(
            dimension('product', 'benefit', indicator('quality', item('{q1}'))),
            dimension('money', 'sacrifice', indicator('price', item('q2')))))


if __name__ == '__main__':
    main()
