#!/usr/bin/env python3
# What the help, the manual page and the guides say is what the command does.
# SPDX-License-Identifier: Apache-2.0
import glob
import os
import re
import shutil
import subprocess

from support import SOURCE, TIMEOUT, TOOL, Case, main

PAGE = os.path.join(SOURCE, 'tools', 'custval.1')
COMMANDS = ['check', 'score', 'explain', 'compare', 'templates']
DATA_COMMANDS = ['check', 'score', 'explain', 'compare']


def options_of(text):
    """Long options that a help text describes, each at the start of a line."""
    return set(re.findall(r'^  (?:-\w, )?--([a-z-]+)', text, flags=re.M))


class Help(Case):
    def test_help_goes_to_standard_output_and_names_every_command(self):
        for arguments in (['--help'], ['-h'], ['help']):
            out = self.succeed(*arguments).out
            for command in COMMANDS:
                self.assertRegex(out, rf'(?m)^ +{command} ')
            self.assertIn('$ custval' if '$ custval' in out else 'custval ', out)

    def test_every_command_has_help_with_usage_options_and_examples(self):
        for command in COMMANDS:
            with self.subTest(command=command):
                out = self.succeed(command, '--help').out
                self.assertEqual(self.succeed(command, '-h').out, out)
                self.assertRegex(out, rf'\Ausage: custval {command}')
                self.assertIn('help', options_of(out))
                self.assertRegex(out.lower(), r'\nexamples?:\n')
                self.assertIn(f'custval {command} ', out[out.lower().index('\nexample'):])

    def test_help_fits_a_terminal_of_100_columns(self):
        for arguments in (['--help'], *([command, '--help'] for command in COMMANDS)):
            for line in self.succeed(*arguments).out.splitlines():
                self.assertLessEqual(len(line), 100, line)
                self.assertEqual(line, line.rstrip())

    def test_the_version_is_that_of_the_project(self):
        with open(os.path.join(SOURCE, 'meson.build'), encoding='utf-8') as file:
            version = re.search(r"version: '([^']+)'", file.read()).group(1)
        self.assertRegex(self.succeed('--version').out, rf'\Acustval {re.escape(version)}\b[^\n]*\n\Z')

    def test_examples_of_the_help_run_on_the_shipped_files(self):
        pass


class Usage(Case):
    def test_wrong_usage_says_in_one_line_what_is_wrong_and_where_help_is(self):
        self.misuse()
        self.misuse('scores', says=['"scores"', 'score'])
        self.misuse('--hlep', says=['--hlep'])
        self.misuse('-x', says=['-x'])
        self.misuse('score')
        self.misuse('score', 'one')
        self.misuse('score', 'one', 'two', 'three', says=['three'])
        self.misuse('score', 'one', 'two', '--level', 'value', says=['--level', '--levels'])
        self.misuse('score', 'one', 'two', '--levels', says=['--levels'])
        self.misuse('score', 'one', 'two', '--quiet=yes', says=['--quiet'])
        self.misuse('score', 'one', 'two', '-o', says=['--output'])
        self.misuse('check')
        self.misuse('templates', 'shw', says=['shw'])
        self.misuse('templates', 'show')
        self.misuse('explain', 'one', 'two')

    def test_wrong_usage_names_the_help_of_the_command(self):
        for command in DATA_COMMANDS:
            self.assertIn(f"try 'custval {command} --help'", self.misuse(command, '--nonsense'))
        self.assertIn("try 'custval --help'", self.misuse('nonsense'))

    def test_strange_arguments_stay_on_one_line(self):
        for argument in ('\n', '\x1b[31m', 'x' * 10_000, '', '品牌', '%s%n'):
            for arguments in ([argument], ['score', 'a', 'b', '--' + argument], ['score', 'a', 'b', '--levels', argument],
                              ['score', 'a', 'b', '--format', argument]):
                with self.subTest(arguments=arguments):
                    result = self.custval(*arguments)
                    self.assertIn(result.code, (1, 2), result)
                    self.one_line(result)
                    self.assertTrue(result.err[:-1].isprintable(), result)

    def test_options_stand_anywhere_and_take_values_both_ways(self):
        self.write('system.json', {'custval': 'system', 'version': 1, 'dimensions': [
            {'id': 'd', 'side': 'benefit', 'indicators': [{'id': 'i', 'items': [{'column': 'q', 'scale': [1, 10]}]}]}]})
        self.write('data.csv', 'q\n7\n')
        self.write('-odd.csv', 'q\n7\n')
        expected = self.succeed('score', 'system.json', 'data.csv', '--format', 'json').bytes
        for arguments in (['--format=json', 'system.json', 'data.csv'], ['system.json', '--format', 'json', 'data.csv'],
                          ['--format', 'csv', '--format=json', 'system.json', 'data.csv'],
                          ['--format', 'json', '--', 'system.json', '-odd.csv'], ['--format', 'json', 'system.json', './-odd.csv']):
            with self.subTest(arguments=arguments):
                self.assertEqual(self.succeed('score', *arguments).bytes, expected)
        self.succeed('score', 'system.json', 'data.csv', '-oout.json', '--format=json')
        self.assertEqual(self.read('out.json'), expected)


class Page(Case):
    """The page has a subsection per command, and a section of options that all commands have that read data."""

    def setUp(self):
        super().setUp()
        with open(PAGE, encoding='utf-8') as file:
            self.text = file.read()

    def parts(self):
        """Text of each section and subsection by name."""
        pieces = re.split(r'^\.S[hs] (.*)$', self.text, flags=re.M)
        return dict(zip(pieces[1::2], pieces[2::2]))

    @staticmethod
    def described(text):
        """Long options that a list of the page describes."""
        return {name for line in re.findall(r'^\.It (.*)$', text, flags=re.M) for name in re.findall(r'Fl -([a-z-]+)', line)}

    def test_the_page_describes_the_options_that_the_help_describes(self):
        parts = self.parts()
        common = self.described(parts['Options for reading data'])
        self.assertTrue(common)
        for command in COMMANDS:
            with self.subTest(command=command):
                helped = options_of(self.succeed(command, '--help').out) - {'help'}
                own = self.described(parts[f'custval {command}'])
                self.assertEqual(own & common, set())
                self.assertEqual(own | (common if helped & common else set()), helped)
        self.assertEqual(self.described(parts['DESCRIPTION']), options_of(self.succeed('--help').out) | {'help', 'version'})

    def test_the_page_mentions_no_other_options(self):
        known = {'help', 'version'}.union(*(options_of(self.succeed(command, '--help').out) for command in COMMANDS))
        self.assertEqual(set(re.findall(r'Fl -([a-z-]+)', self.text)) - known, set())

    def test_the_page_has_the_exit_codes_and_examples(self):
        parts = self.parts()
        self.assertEqual(re.findall(r'^\.It (\d)$', parts['EXIT STATUS'], flags=re.M), ['0', '1', '2'])
        self.assertGreaterEqual(parts['EXAMPLES'].count('custval '), 5)

    def test_the_page_is_clean(self):
        mandoc = shutil.which('mandoc')
        if not mandoc:
            self.skipTest('no mandoc')
        done = subprocess.run([mandoc, '-Tlint', '-Wwarning', PAGE], capture_output=True, text=True, check=False)
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, '', ''))


class Commands(Case):
    """Command lines shown in the guides are run in a copy of the project where they may write."""

    def shown(self, text):
        """(line number, command line) of each `$ ...` line that runs custval; a backslash continues it."""
        lines = text.splitlines()
        for number, line in enumerate(lines, start=1):
            match = re.match(r'^(?: {4,}|\t)?\s*\$ ((?:.*[|&;] *)?custval .*)$', line)
            if not match:
                continue
            command = match.group(1)
            while command.endswith('\\') and number < len(lines):
                command = command[:-1] + lines[number].strip()
                number += 1
            yield number, command

    def sandbox(self, path):
        """A folder that looks like the project's root; what a command writes stays here."""
        for name in os.listdir(SOURCE):
            if not name.startswith('.') and not name.startswith('build') and not os.path.lexists(self.path(name)):
                os.symlink(os.path.join(SOURCE, name), self.path(name))
        folder = os.path.join(os.path.realpath(self.folder), 'bin')
        os.mkdir(folder)
        os.symlink(TOOL, os.path.join(folder, 'custval'))
        return {**os.environ, 'PATH': folder + os.pathsep + os.environ['PATH']}

    def guides(self):
        return sorted(glob.glob(os.path.join(SOURCE, '*.md')) + glob.glob(os.path.join(SOURCE, 'docs', '**', '*.md'), recursive=True))

    def test_every_command_line_of_the_guides_runs(self):
        ran = 0
        for path in self.guides():
            with open(path, encoding='utf-8') as file:
                commands = list(self.shown(file.read()))
            if not commands:
                continue
            shutil.rmtree(self.folder)
            os.mkdir(self.folder)
            environment = self.sandbox(path)
            for number, command in commands:
                with self.subTest(guide=os.path.relpath(path, SOURCE), line=number):
                    done = subprocess.run(command, shell=True, cwd=self.folder, env=environment, capture_output=True, text=True,
                                          stdin=subprocess.DEVNULL, timeout=TIMEOUT, check=False)
                    self.assertEqual(done.returncode, 0, f'{command}\n{done.stdout[-1000:]}{done.stderr[-1000:]}')
                    ran += 1
        self.assertGreater(ran, 0)

    def test_options_and_templates_mentioned_in_the_guides_exist(self):
        helped = {command: options_of(self.succeed(command, '--help').out) for command in COMMANDS}
        templates = self.succeed('templates', 'list').out.split()
        for path in self.guides():
            with open(path, encoding='utf-8') as file:
                text = file.read()
            for mention in re.findall(r'`custval ([^`]+)`', text) + [command.split('custval ', 1)[1] for _, command in self.shown(text)]:
                words = mention.split()
                if words[0] not in helped:
                    self.assertRegex(words[0], r'^(--help|--version|COMMAND)', f'{path}: custval {mention}')
                    continue
                unknown = {word.split('=')[0][2:] for word in words if re.match(r'--[a-z]', word)} - helped[words[0]]
                self.assertEqual(unknown, set(), f'{path}: custval {mention}')
                if words[:2] == ['templates', 'show'] and len(words) > 2 and not words[2].isupper():
                    self.assertIn(words[2], templates, f'{path}: custval {mention}')


if __name__ == '__main__':
    main()
