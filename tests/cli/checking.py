#!/usr/bin/env python3
# check and templates: a system before it is used.
# SPDX-License-Identifier: Apache-2.0
import copy
import json
import random

from support import SMALL, SMALL_HEADER, SMALL_ROWS, TINY, Case, csv_text, main


class Checking(Case):
    def setUp(self):
        super().setUp()
        self.write('system.json', SMALL)

    def test_the_tree_shows_every_node(self):
        out = self.succeed('check', 'system.json', notes=True).out
        for name in ('benefit', 'product', 'reliability', 'q1', 'q2', '品牌形象', 'service', 'advice', 'sacrifice', 'price',
                     'waiting'):
            self.assertIn(name, out)

    def test_labels_come_in_the_language_that_was_asked_for(self):
        document = copy.deepcopy(SMALL)
        document['dimensions'][0]['label'] = {'en': 'What they get', 'zh': '产品价值'}
        self.write('system.json', document)
        self.assertIn('What they get', self.succeed('check', 'system.json', notes=True).out)
        self.assertIn('产品价值', self.succeed('check', 'system.json', '--language', 'zh', notes=True).out)

    def test_warnings_are_a_failure_only_if_asked_for(self):
        document = copy.deepcopy(SMALL)
        document['dimensions'][0]['indicators'][1]['items'][0]['column'] = 'q1'
        self.write('system.json', document)
        result = self.succeed('check', 'system.json', notes=True)
        self.assertIn('q1', result.out + result.err)
        result = self.custval('check', 'system.json', '--strict')
        self.assertEqual(result.code, 1, result)
        self.write('system.json', TINY)
        self.succeed('check', 'system.json', '--strict')

    def test_data_shows_items_that_run_against_the_others(self):
        generator = random.Random(4)
        rows = []
        for _ in range(300):
            level = generator.randint(1, 10)
            rows.append(['x', level, 11 - level, level, 50, level, level])
        self.write('data.csv', csv_text(SMALL_HEADER, rows))
        result = self.succeed('check', 'system.json', 'data.csv', notes=True)
        text = result.out + result.err
        self.assertIn('direction', text)
        self.assertIn('constant', text)
        self.assertEqual(self.custval('check', 'system.json', 'data.csv', '--strict').code, 1)

    def test_mistakes_of_documents_are_told_with_their_place(self):
        def change(document, path, value):
            *parents, last = path
            for key in parents:
                document = document[key]
            document[last] = value
        first = ['dimensions', 0, 'indicators', 0]
        for path, value, says in (([*first, 'weight'], -1, 'negative'), ([*first, 'id'], 'advice', 'advice'),
                                  ([*first, 'items', 0, 'scale'], [10, 1], '10'),
                                  (['form'], 'differense', 'difference'),
                                  (['dimensions', 0, 'side'], 'up', 'benefit'), ([*first, 'wieght'], 1, '"weight"'),
                                  (['dimensions'], [], 'dimensions'), (['version'], 2, '2')):
            with self.subTest(path=path):
                document = copy.deepcopy(SMALL)
                change(document, path, value)
                self.write('system.json', document)
                for command in (['check', 'system.json'], ['score', 'system.json', 'nowhere.csv']):
                    self.refuse(*command, says=['system.json', says])

    def test_duplicate_ids_of_a_document_are_refused(self):
        document = copy.deepcopy(SMALL)
        document['dimensions'][1]['id'] = 'product'
        self.write('system.json', document)
        self.refuse('check', 'system.json', says=['"product"'])

    def test_text_that_is_no_json_is_refused_with_its_line(self):
        for text in ('{"custval": "system",\n "version": 1,,}', '{"a": 1', '\n\nnot json', '{"a": 1}}', "{'a': 1}"):
            with self.subTest(text=text):
                self.write('system.json', text)
                self.refuse('check', 'system.json', says=['system.json', 'line'])

    def test_a_document_comes_from_standard_input_too(self):
        result = self.custval('check', '-', stdin=json.dumps(SMALL))
        if result.code == 0:
            self.assertIn('reliability', result.out)
        else:
            self.one_line(result)

    def test_a_document_may_have_a_byte_order_mark(self):
        self.write('system.json', b'\xef\xbb\xbf' + json.dumps(TINY).encode('utf-8'))
        self.succeed('check', 'system.json', notes=True)

    def test_a_document_that_is_too_large_is_refused(self):
        self.write('system.json', '{"note": "' + 'x' * 20_000_000 + '"}')
        self.refuse('check', 'system.json', says=['system.json'])

    def test_a_document_nested_without_end_is_refused(self):
        for text in ('[' * 200_000, '{"a":' * 200_000, '[' * 200_000 + ']' * 200_000, '{"dimensions": ' + '[' * 100
                     + ']' * 100 + '}'):
            self.write('system.json', text)
            self.refuse('check', 'system.json', says=['system.json'])

    def test_columns_of_the_data_are_looked_for(self):
        self.write('data.csv', 'Q1,q2\n1,2\n')
        self.refuse('check', 'system.json', 'data.csv', says=['data.csv', '"q1"', '"Q1"'])

    def test_good_data_has_no_warnings(self):
        self.write('system.json', TINY)
        self.write('data.csv', 'q1,q2\n7,4\n1,10\n3,5\n')
        self.succeed('check', 'system.json', 'data.csv', '--strict')
        self.write('system.json', SMALL)
        self.write('data.csv', csv_text(SMALL_HEADER, SMALL_ROWS))
        self.succeed('check', 'system.json', 'data.csv', notes=True)


class Templates(Case):
    def names(self):
        return [line.split()[0] for line in self.succeed('templates', 'list').out.splitlines()]

    def test_every_template_that_is_listed_can_be_shown_and_checked(self):
        names = self.names()
        self.assertGreaterEqual(len(names), 12)
        self.assertEqual(len(set(names)), len(names))
        for name in names:
            with self.subTest(template=name):
                document = self.succeed('templates', 'show', name).out
                self.assertEqual(json.loads(document)['custval'], 'system')
                self.write('template.json', document)
                self.assertTrue(self.succeed('check', 'template.json', notes=True).out)
                self.assertTrue(self.succeed('check', 'template.json', '--language', 'zh', notes=True).out)

    def test_the_list_says_what_each_template_is(self):
        for line in self.succeed('templates', 'list').out.splitlines():
            self.assertGreater(len(line.split()), 2, line)

    def test_a_template_that_is_not_there_is_named_with_the_nearest(self):
        name = self.names()[0]
        result = self.custval('templates', 'show', name[:-1] + 'x')
        self.assertIn(result.code, (1, 2))
        self.one_line(result, name)

    def test_a_template_is_written_to_a_file_as_results_are(self):
        name = self.names()[0]
        result = self.custval('templates', 'show', name, '-o', 'mine.json')
        if result.code == 2:
            self.one_line(result)
        else:
            self.assertEqual(self.read('mine.json'), self.succeed('templates', 'show', name).bytes)


if __name__ == '__main__':
    main()
