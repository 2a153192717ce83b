#!/usr/bin/env python3
# report: the payload that the page gets, what is refused, and that nothing in the data can leave its place.
# SPDX-License-Identifier: Apache-2.0
import html.parser
import json
import math
import os
import re
import statistics

from support import SOURCE, Case, csv_text, main

PAGE = os.path.join(SOURCE, 'tools', 'report')
ODD = ['</script><script>alert(1)</script>', '<!--', '王小明 & 李雷', '김민수 "하나"', "O'Brien\u2028\u2029", ']]>', '\\u003c', '@@payload@@', 'x' * 300]


class Scripts(html.parser.HTMLParser):
    """The scripts of a page as a browser finds them, and its tags in order."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.scripts, self.tags, self.title, self.open = [], [], '', None

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.open = (tag, dict(attrs))

    def handle_endtag(self, tag):
        self.open = None

    def handle_data(self, data):
        if self.open and self.open[0] == 'script':
            self.scripts.append((self.open[1].get('id'), data))
        if self.open and self.open[0] == 'title':
            self.title += data


def parsed(text):
    found = Scripts()
    found.feed(text)
    return found


class Reports(Case):
    def payload(self, *options):
        page = parsed(self.succeed('report', *options).out)
        return json.loads(dict(page.scripts)['payload'])

    def table(self, name, text, *options):
        self.write(f'{name}.csv', text)
        return self.payload(f'--{name}', f'{name}.csv', *options)['tables'][name]

    def test_texts_and_tables_arrive_as_they_are(self):
        self.write('values.csv', 'customer,value,benefit,sacrifice,note\n王小明,12.5,62.5,50,x\n김민수,-5,,45,y\n')
        made = self.payload('--values', 'values.csv', '--title', 'Ours & theirs', '--language', 'ko', '--date', '2026-02-28',
                            '--money', '원', '--note', 'one', '--note', 'two')
        self.assertEqual({key: made[key] for key in ('custval', 'version', 'title', 'language', 'date', 'money', 'notes')},
                         {'custval': 'report', 'version': 1, 'title': 'Ours & theirs', 'language': 'ko', 'date': '2026-02-28',
                          'money': '원', 'notes': ['one', 'two']})
        table = made['tables']['values']
        self.assertEqual(table['columns'], ['id', 'value', 'benefit', 'sacrifice'])
        self.assertEqual(table['cells'], [['王小明', '김민수'], [12.5, -5], [62.5, None], [50, 45]])
        self.assertEqual(table['rows'], 2)
        self.assertEqual(table['best'], table['cells'])
        self.assertEqual((table['facts']['benefit']['count'], table['facts']['benefit']['missing']), (1, 1))

    def test_facts_are_of_all_rows_and_rows_are_thinned_evenly(self):
        numbers = [math.sin(i) * 60 + i % 7 for i in range(5000)]
        table = self.table('values', csv_text(['row', 'value'], enumerate(numbers, 1)))
        facts = table['facts']['value']
        self.assertEqual((table['rows'], facts['count'], facts['missing']), (5000, 5000, 0))
        self.assertAlmostEqual(facts['mean'], statistics.fmean(numbers), 10)
        self.assertEqual((facts['low'], facts['high']), (min(numbers), max(numbers)))
        edges = facts['edges']
        self.assertEqual(facts['below'], sum(number < edges[0] for number in numbers))
        self.assertEqual(facts['above'], sum(number > edges[-1] for number in numbers))
        for low, high, count in zip(edges, edges[1:], facts['counts']):
            last = high == edges[-1]
            self.assertEqual(count, sum(low <= number < high or last and number == high for number in numbers))
        self.assertEqual(sum(facts['counts']) + facts['below'] + facts['above'], 5000)
        rows = [int(row) for row in table['cells'][0]]
        self.assertEqual((len(rows), rows[0], rows[-1]), (1000, 1, 5000))
        self.assertLessEqual({b - a for a, b in zip(rows, rows[1:])}, {4, 5, 6})
        order = sorted(range(5000), key=lambda i: (-numbers[i], i))[:20]
        self.assertEqual(table['best'][0], [str(i + 1) for i in order])

    def test_bins_have_round_edges_and_hold_their_ends(self):
        facts = self.table('values', 'value\n' + '\n'.join(str(n) for n in range(-100, 101)) + '\n')['facts']['value']
        self.assertEqual(facts['edges'], [-100 + 10 * i for i in range(21)])
        self.assertEqual(facts['counts'], [10] * 19 + [11])
        for text in ('value\n7\n7\n', 'value\n\n', 'value\n1e300\n-1e300\n', 'value\n0\n1e-320\n', 'value\n-1.7e308\n1.7e308\n', 'value\n1\n1.0000000000000002\n'):
            facts = self.table('values', text)['facts']['value']
            self.assertNotIn('edges', facts, text)
        few = self.table('values', 'value\n' + '1\n2\n3\n4\n' * 25 + '1e9\n')['facts']['value']
        self.assertEqual((few['above'], sum(few['counts'])), (1, 100))

    def test_ends_that_rounding_puts_beyond_an_edge_have_bins_too(self):
        facts = self.table('values', 'customer,value\na,-3.1e-05\nb,-6.999999999999999e-06\n')['facts']['value']
        self.assertEqual(len(facts['edges']), len(facts['counts']) + 1)
        self.assertEqual((sum(facts['counts']), facts['below'], facts['above']), (2, 0, 0))
        self.assertEqual(facts['edges'], sorted(facts['edges']))

    def test_programmes_are_counted_with_their_sums(self):
        table = self.table('plan', 'customer,row,programme,net\na,1,gift,2\nb,2,visit,5\nc,3,gift,\nd,4,gift,1.5\n')
        self.assertEqual(table['words'], [['gift', 3, 3.5], ['visit', 1, 5]])
        self.assertEqual(table['columns'], ['id', 'programme', 'net'])
        self.write('plan.csv', csv_text(['programme', 'net'], [[f'p{i}', i] for i in range(1001)]))
        self.refuse('report', '--plan', 'plan.csv', says=['plan.csv', 'programme', '1000'])

    def test_what_a_row_is_about(self):
        for header, expected in (('row,brand,', 'B'), ('brand,row,', 'B'), ('row,', '1'), ('brand,', 'B')):
            names = header.rstrip(',').split(',')
            cells = ','.join({'row': '1', 'brand': 'B'}[name] for name in names)
            table = self.table('offers', f'{header}value,benefit,sacrifice\n{cells},1,2,3\n')
            self.assertEqual(table['cells'][0], [expected], header)
        self.assertEqual(self.table('offers', 'value,benefit,sacrifice\n1,2,3\n')['columns'][0], 'value')

    def test_states_of_any_name_are_columns(self):
        table = self.table('migration', 'from,to_高,to_from,to_absent\n高,1,2,3\nfrom,4,5,6\n')
        self.assertEqual(table['columns'], ['from', 'to_高', 'to_from', 'to_absent'])
        self.assertEqual(table['cells'][1:], [[1, 4], [2, 5], [3, 6]])

    def test_odd_names_stay_data(self):
        plain = parsed(self.succeed('report', '--values', self.write('plain.csv', 'value\n1\n')).out).tags
        self.write('values.csv', csv_text(['customer', 'value'], [[name, i] for i, name in enumerate(ODD)]))
        for title in ODD:
            page = self.succeed('report', '--values', 'values.csv', '--title', title, '--note', title, '--money', title).out
            found = parsed(page)
            self.assertEqual(found.tags, plain)
            self.assertEqual(found.title, title)
            text = dict(found.scripts)['payload']
            self.assertNotRegex(text, '[<>&\u2028\u2029]')
            made = json.loads(text)
            self.assertEqual(made['tables']['values']['cells'][0], ODD)
            self.assertEqual((made['title'], made['notes']), (title, [title]))

    def test_the_page_asks_nothing_of_a_network_and_has_no_mark_left(self):
        page = self.succeed('report', '--values', self.write('values.csv', 'value\n1\n')).out
        self.assertNotRegex(page, '@@')
        self.assertIn("default-src 'none'", page)
        self.assertEqual(set(re.findall(r'https?://[^"\s]+', page)), {'http://www.w3.org/2000/svg'})
        self.assertNotRegex(page, r'\b(innerHTML|outerHTML|insertAdjacentHTML|eval|Function)\b|document\.write')

    def test_every_language_has_the_same_words_with_the_same_places(self):
        def flat(value, path=()):
            if isinstance(value, dict):
                return {key: text for name, inner in value.items() for key, text in flat(inner, (*path, name)).items()}
            return {path: value}
        words = {}
        for language in ('en', 'zh', 'ko'):
            with open(os.path.join(PAGE, f'words_{language}.json'), encoding='utf-8') as file:
                words[language] = flat(json.load(file))
        for language in ('zh', 'ko'):
            self.assertEqual(words[language].keys(), words['en'].keys())
            for key, text in words['en'].items():
                self.assertEqual(sorted(re.findall(r'\{\w+\}', words[language][key])), sorted(re.findall(r'\{\w+\}', text)), key)

    def test_columns_that_are_missing_are_named_with_the_command_that_writes_them(self):
        with open(os.path.join(PAGE, 'tables.json'), encoding='utf-8') as file:
            kinds = json.load(file)
        for kind in kinds:
            for missing in kind['needs']:
                names = [name for name in kind['needs'] if name != missing] or ['other']
                self.write('table.csv', csv_text(names, [['1'] * len(names)]))
                with self.subTest(table=kind['name'], column=missing):
                    self.refuse('report', f'--{kind["name"]}', 'table.csv',
                                says=['table.csv', f'"{missing}"', f'--{kind["name"]}', kind['from']])

    def test_bad_input_is_refused_and_an_older_report_stays(self):
        self.write('report.html', 'older')
        self.write('values.csv', 'value\n1\n')
        for options, says in ((['--values', 'none.csv'], ['none.csv']),
                              (['--values', self.write('text.csv', 'value\nhigh\n')], ['text.csv', 'line 2', 'value', 'high']),
                              (['--values', self.write('bad.csv', b'customer,value\n\xff,1\n')], ['bad.csv']),
                              (['--values', self.write('twice.csv', 'value,value\n1,2\n')], ['twice.csv', 'value'])):
            self.refuse('report', '-o', 'report.html', *options, says=says)
            self.assertEqual(self.read('report.html'), b'older')
        self.refuse('report', '-o', 'values.csv', '--values', 'values.csv', says=['overwrite', 'values.csv'])
        self.assertEqual(self.read('values.csv'), b'value\n1\n')
        self.misuse('report', says=['--values'])
        self.misuse('report', '--values', 'values.csv', '--language', 'fr', says=['fr', 'ko'])
        self.misuse('report', '--values', 'values.csv', '--date', '2026-02-30', says=['2026-02-30', 'YYYY-MM-DD'])
        self.misuse('report', '--values', '-', '--worth', '-', says=['standard input'])
        self.misuse('report', '--values', 'values.csv', '--title', b'\xff', says=['--title', 'UTF-8'])

    def test_it_is_written_whole_or_not_at_all(self):
        self.write('values.csv', 'value\n1\n')
        files = self.files()
        self.succeed('report', '-o', 'report.html', '--values', 'values.csv')
        self.assertEqual(self.files(), sorted([*files, 'report.html']))
        self.assertTrue(self.read('report.html').rstrip().endswith(b'</html>'))
        self.refuse('report', '-o', '/dev/full', '--values', 'values.csv', says=['/dev/full'])

    def test_a_large_table_makes_a_small_file(self):
        self.write('values.csv', 'row,value,benefit,sacrifice\n' + ''.join(f'{i},{i % 201 - 100},{i % 101},{i % 97}\n' for i in range(200000)))
        self.assertLess(len(self.succeed('report', '--values', 'values.csv').bytes), 200_000)


if __name__ == '__main__':
    main()
