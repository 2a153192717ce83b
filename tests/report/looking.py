#!/usr/bin/env python3
# The report as people meet it: in a browser of three languages, two widths and two schemes, on paper, by keyboard and by
# screen reader. Nothing here compares pictures; each test says what must hold on the page.
# SPDX-License-Identifier: Apache-2.0
import os
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'cli'))

import browser  # noqa: E402
from support import SOURCE, TOOL, main  # noqa: E402

LANGUAGES = {'en': 'Overview', 'zh': '概览', 'ko': '개요'}
SECTIONS = ['overview', 'potential', 'map', 'drivers', 'groups', 'migration', 'lifetime', 'scenario', 'impact', 'programmes',
            'customer', 'notes']
# Elements that stick out of the page, but for what scrolls in a box of its own.
TOO_WIDE = """[...document.querySelectorAll('body *')].filter((element) => !element.closest('.scroll, nav ul, svg, .skip, .hidden')
    && element.getBoundingClientRect().right > document.documentElement.clientWidth + 1).map((element) => element.outerHTML.slice(0, 80))"""
OUTSIDE = """[...document.querySelectorAll('svg text')].filter((text) => {
    const [own, frame] = [text.getBoundingClientRect(), text.closest('svg').getBoundingClientRect()];
    return own.left < frame.left - 2 || own.right > frame.right + 2 || own.top < frame.top - 2 || own.bottom > frame.bottom + 3;
  }).map((text) => text.textContent)"""
# Text whose contrast with what is behind it is below 4.5 (WCAG 2.2, 1.4.3), by the colours that the browser computed.
LOW_CONTRAST = """(() => {
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (top, under) => [0, 1, 2].map((i) => top[i] * top[3] + under[i] * (1 - top[3])).concat(1);
  const light = (colour) => colour.slice(0, 3).map((part) => part / 255).map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (element) => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) layers.push(rgba(getComputedStyle(at).backgroundColor));
    return layers.reverse().reduce((under, layer) => over(layer, under), [255, 255, 255, 1]);
  };
  const low = [];
  const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || !element.getClientRects().length || element.closest('title, desc')) continue;
    const style = getComputedStyle(element);
    const mark = element.matches('.inside') ? rgba(getComputedStyle(element.previousElementSibling).fill) : null;
    const [text, ground] = [rgba(element.closest('svg') ? style.fill : style.color), mark ?? behind(element)];
    const [a, b] = [light(over(text, ground)), light(ground)].sort((x, y) => y - x);
    if ((a + 0.05) / (b + 0.05) < 4.5) low.push([element.outerHTML.slice(0, 80), (a + 0.05) / (b + 0.05)]);
  }
  return low;
})()"""


class Looking(unittest.TestCase):
    maxDiff = 2000

    @classmethod
    def setUpClass(cls):
        cls.program = browser.find()
        if cls.program is None:
            return
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        make = os.path.join(SOURCE, 'examples', 'report', 'make.sh')
        for language in LANGUAGES:
            subprocess.run(['sh', make, TOOL, os.path.join(cls.folder.name, language), language], check=True)
        cls.browser = browser.Browser(cls.program)
        cls.addClassCleanup(cls.browser.__exit__)

    def setUp(self):
        if self.program is None:
            self.skipTest('there is no Chromium (CUSTVAL_CHROMIUM may name one)')

    def open(self, language='en', **options):
        self.browser.open(self.path(language), **options)

    def path(self, language):
        return os.path.join(self.folder.name, language, 'report.html')

    def all(self, selector, what='element.textContent'):
        return self.browser.evaluate(f'[...document.querySelectorAll({selector!r})].map((element) => {what})')

    def test_every_section_is_there_without_errors_and_without_a_network(self):
        for language, first in LANGUAGES.items():
            self.open(language)
            self.assertEqual(self.browser.problems, [])
            self.assertEqual(self.browser.requests, ['file://' + self.path(language)])
            self.assertEqual(self.all('main > section', 'element.id'), SECTIONS)
            self.assertEqual(self.all('nav a', 'element.hash.slice(1)'), SECTIONS)
            self.assertEqual(self.all('h2')[0], first)
            self.assertEqual(self.browser.evaluate('document.documentElement.lang'), language)
            self.assertNotRegex(self.browser.evaluate('document.body.innerText'), r'\{\w+\}|undefined|NaN|\[object')

    def test_no_key_of_a_word_is_shown_instead_of_it(self):
        self.open()
        shown = self.browser.evaluate('document.body.innerText')
        for section in SECTIONS:
            self.assertNotRegex(shown, rf'\b{section}\.[a-z_]+\b')

    def test_the_page_is_as_wide_as_the_screen(self):
        for language in LANGUAGES:
            for width in (320, 390, 768, 1440):
                with self.subTest(language=language, width=width):
                    self.open(language, width=width)
                    self.assertLessEqual(self.browser.evaluate('document.documentElement.scrollWidth'), width)
                    self.browser.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })")
                    self.assertEqual(self.browser.evaluate(TOO_WIDE), [])

    def test_no_text_of_a_drawing_leaves_it(self):
        for language in LANGUAGES:
            for width in (390, 1440):
                with self.subTest(language=language, width=width):
                    self.open(language, width=width)
                    self.assertEqual(self.browser.evaluate(OUTSIDE), [])

    def test_text_stands_out_in_both_schemes(self):
        for scheme in ('light', 'dark'):
            with self.subTest(scheme=scheme):
                self.open(scheme=scheme)
                self.browser.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })")
                self.assertEqual(self.browser.evaluate(LOW_CONTRAST), [])

    def test_schemes_differ(self):
        grounds = []
        for scheme in ('light', 'dark'):
            self.open(scheme=scheme)
            grounds.append(self.browser.evaluate('getComputedStyle(document.body).backgroundColor'))
        self.assertNotEqual(*grounds)

    def test_heads_sort_by_click_and_by_keyboard(self):
        self.open()
        table = "[...document.querySelectorAll('#lifetime table')].at(-1)"
        cells = f"[...{table}.querySelectorAll('tbody tr')].map((row) => Number(row.children[2].textContent.replace(/,/g, '')))"
        head = f"{table}.querySelectorAll('thead th')[2]"
        before = self.browser.evaluate(cells)
        self.assertNotEqual(before, sorted(before))
        self.browser.evaluate(f"{head}.querySelector('button').click()")
        self.assertEqual(self.browser.evaluate(f"{head}.getAttribute('aria-sort')"), 'descending')
        found = self.browser.evaluate(cells)
        self.assertEqual(found, sorted(found, reverse=True))
        self.browser.evaluate(f"{head}.querySelector('button').focus()")
        self.browser.press('Enter')
        self.assertEqual(self.browser.evaluate(f"{head}.getAttribute('aria-sort')"), 'ascending')
        found = self.browser.evaluate(cells)
        self.assertEqual(found, sorted(found))
        self.assertEqual(self.browser.evaluate(f"{table}.querySelectorAll('[aria-sort]').length"), 1)

    def test_all_rows_of_a_long_table_are_shown_on_request(self):
        self.open()
        table = "[...document.querySelectorAll('#lifetime .scroll')].at(-1)"
        self.assertEqual(self.browser.evaluate(f"{table}.querySelectorAll('tbody tr').length"), 12)
        self.browser.evaluate(f"{table}.querySelector('.more').click()")
        self.assertEqual(self.browser.evaluate(f"{table}.querySelectorAll('tbody tr').length"), 20)
        self.assertTrue(self.browser.evaluate(f"{table}.querySelector('.more').hidden"))

    def test_the_first_tab_leads_past_the_contents(self):
        self.open()
        self.browser.press('Tab')
        self.assertEqual(self.browser.evaluate('document.activeElement.className'), 'skip')
        self.assertTrue(self.browser.evaluate("document.querySelector(document.activeElement.hash) === document.querySelector('main')"))

    def test_what_a_screen_reader_needs(self):
        self.open()
        named = """(() => { const name = document.getElementById(element.getAttribute('aria-labelledby'));
            const more = document.getElementById(element.getAttribute('aria-describedby'));
            return Boolean(name && name.textContent.trim() && more && more.textContent.trim()); })()"""
        self.assertGreater(len(self.all('svg[role=img]', named)), 10)
        self.assertEqual(set(self.all('svg', f"element.getAttribute('role') === 'img' && {named}")), {True})
        levels = [int(level) for level in self.all('h1, h2, h3, h4', 'element.tagName[1]')]
        self.assertEqual((levels[0], levels.count(1)), (1, 1))
        for above, below in zip(levels, levels[1:]):
            self.assertLessEqual(below - above, 1)
        self.assertEqual(set(self.all('th', "['row', 'col'].includes(element.scope)")), {True})
        self.assertEqual(set(self.all('table', 'Boolean(element.caption && element.caption.textContent.trim())')), {True})
        self.assertEqual(set(self.all('section', 'Boolean(document.getElementById(element.getAttribute("aria-labelledby")))')), {True})
        identities = self.all('[id]', 'element.id')
        self.assertEqual(len(identities), len(set(identities)))
        self.assertEqual([text for text in self.all('button, summary, a') if not text.strip()], [])

    def test_every_drawing_but_parts_of_one_has_its_numbers_as_a_table(self):
        self.open()
        without = self.all('figure', "element.querySelector('details table') || element.parentElement.querySelector('.block table, details table') ? null : element.textContent.slice(0, 40)")
        self.assertEqual([figure for figure in without if figure], [])

    def test_it_prints_with_every_table_open(self):
        self.open()
        closed = self.browser.evaluate("document.querySelectorAll('details:not([open])').length")
        self.assertGreater(closed, 5)
        self.browser.evaluate("""window.addEventListener('beforeprint', () => {
            window.seen = [document.querySelectorAll('details:not([open])').length, document.querySelector('svg').viewBox.baseVal.width]; })""")
        paper = self.browser.paper()
        self.assertTrue(paper.startswith(b'%PDF'))
        self.assertEqual(self.browser.evaluate('window.seen'), [0, 760])
        self.assertEqual(self.browser.evaluate("document.querySelectorAll('details:not([open])').length"), closed)
        self.assertEqual(self.browser.problems, [])

    def test_without_javascript_it_says_what_is_needed(self):
        for script in (True, False):
            self.open(script=script)
            self.assertEqual(self.browser.shows('noscript p'), not script)

    def test_a_section_without_its_table_is_left_out(self):
        values = os.path.join(self.folder.name, 'values.csv')
        report = os.path.join(self.folder.name, 'small.html')
        odd = '</script><b>王 & 김</b>'
        for text, sections in ((f'customer,value\n{odd},5\nb,\n', ['overview', 'notes']), ('value\n\n', ['notes']), ('value\n', ['notes']),
                               (f'customer,value,benefit,sacrifice\n{odd},5,55,50\n', ['overview', 'map', 'notes'])):
            with open(values, 'w', encoding='utf-8') as file:
                file.write(text)
            subprocess.run([TOOL, 'report', '-o', report, '--values', values, '--title', odd], check=True)
            self.browser.open(report)
            self.assertEqual((self.browser.problems, self.all('section', 'element.id')), ([], sections), text)
            self.assertEqual((self.all('h1'), self.all('b')), ([odd], []))

    def test_one_odd_table_spoils_neither_the_page_nor_a_drawing(self):
        tables = {
            'migration': ['from,a\n,1\n'],
            'groups': ['group,customers,share\nall,9,1\n', 'group,customers,share\n,,\n'],
            'flows': ['state,before,after,net\n,,,\n'],
            'curve': ['customers,share\n0.05,0.2\n', 'customers,share\n1,1e300\n'],
            'tracking': ['elapsed,expected_total,actual_total\n1,,\n', 'elapsed,expected_total,actual_total\n1,1e17,1e17\n2,1e17,1e17\n',
                         'elapsed,expected_total,actual_total\n1,1e17,1.0000000000000002e17\n', 'elapsed,expected_total,actual_total\n1,5e-324,0\n'],
            'scenario': ['period,phase,value\n1,,\n', 'period,phase,value\n,during,4\n', 'period,phase,value,units\n1,during,,3\n2,during,,4\n'],
            'quadrants': ['id,importance,performance,importance_cut,performance_cut,quadrant\na,,,,,keep\n',
                          'id,importance,performance,importance_cut,performance_cut,quadrant\na,1e308,-1e308,0,0,keep\nb,-1e308,1e308,0,0,keep\n'],
            'impact': ['node,gain\n,\n', 'node,gain,low,high\na,1e300,-1e308,1e308\nb,1e-300,0,1\n'],
            'explain': ['node,label,kind,depth,score,contribution,is_part\na,,item,-1,5,5,1\nb,,item,1e12,5,5,1\n'],
            'worth': ['customer,total\na,1000014843\n'],
            'lifetime': ['customer,expected\n' + ''.join(f'{i},{1e9 if i == 7 else i % 100}\n' for i in range(300))],
            'offers': ['name,value,benefit,sacrifice\na,1,-1e308,1e308\nb,1,1e308,-1e308\n'],
        }
        for kind, texts in tables.items():
            for text in texts:
                with self.subTest(kind=kind, text=text[:100]):
                    self.show_table(kind, text)
                    self.assertEqual(self.browser.problems, [])
                    self.assertEqual(self.all('section', 'element.id')[-1:], ['notes'])
                    self.assertNotRegex(self.browser.evaluate('document.body.innerText'), r'\{\w+\}|undefined|NaN|Infinity|null')
                    self.assertEqual(self.browser.evaluate(OUTSIDE), [])

    def show_table(self, kind, text):
        table, report = (os.path.join(self.folder.name, name) for name in ('odd.csv', 'odd.html'))
        with open(table, 'w', encoding='utf-8') as file:
            file.write(text)
        subprocess.run([TOOL, 'report', '-o', report, f'--{kind}', table], check=True)
        self.browser.open(report)


if __name__ == '__main__':
    main()
