#!/usr/bin/env python3
# What the help, the manual page and the guides say is what the command does.
# SPDX-License-Identifier: Apache-2.0
import glob
import gzip
import json
import os
import random
import re
import shutil
import subprocess
import tempfile

from support import SOURCE, TIMEOUT, TOOL, Case, csv_text, main, records

PAGE = os.path.join(SOURCE, 'tools', 'custval.1')
NOT_SHIPPED = ['acsi2015.csv']
METHODS = ['ahp', 'bwm', 'rank', 'rate', 'entropy', 'critic', 'deviation', 'variation', 'merec', 'drivers', 'mix',
           'compare', 'apply']
# Commands that have verbs.
VERBS = {'weights': METHODS, 'lifetime': ['fit', 'predict', 'track', 'compare', 'show'],
         'worth': ['value', 'returns', 'curve', 'wallet'],
         'satisfaction': ['gap', 'zone', 'encounters', 'fit', 'disconfirmation', 'show', 'effects', 'predict', 'penalty', 'kano',
                          'quadrants', 'nps', 'backtest'],
         'equity': ['sum', 'markov', 'switching', 'acquisition', 'retention', 'multiple', 'contract'],
         'groups': ['assign', 'describe', 'fix', 'texts', 'cohorts'],
         'migration': ['matrix', 'flows', 'forecast', 'steady', 'value', 'test'], 'panel': ['trend', 'weights', 'change'],
         'scenario': ['run', 'explain', 'path', 'meter'],
         'impact': ['fit', 'run', 'assumptions'],
         'programmes': ['start', 'match', 'explain', 'check', 'list', 'outcomes', 'due']}
COMMANDS = ['templates', 'check', 'score', 'explain', 'compare', 'summary', 'fit', 'uncertainty', 'rank', 'fuzzy',
            'history', 'run', 'report', *(f'{command} {verb}' for command, verbs in VERBS.items() for verb in verbs)]
SHARED_SECTIONS = ['Options for weights', 'Options for criteria', 'Options for transactions', 'Options for customers',
                   'Options for reading data']


def options_of(text):
    """Long options that a help text describes, each at the start of a line."""
    return set(re.findall(r'^  (?:-\w, )?--([a-z-]+)', text, flags=re.M))


class Help(Case):
    def test_help_goes_to_standard_output_and_names_every_command(self):
        for arguments in (['--help'], ['-h'], ['help']):
            out = self.succeed(*arguments).out
            for command in {command.split()[0] for command in COMMANDS}:
                self.assertRegex(out, rf'(?m)^ +{command} ')
            self.assertIn('$ custval' if '$ custval' in out else 'custval ', out)

    def test_every_command_has_help_with_usage_options_and_examples(self):
        for command in COMMANDS:
            with self.subTest(command=command):
                out = self.succeed(*command.split(), '--help').out
                self.assertEqual(self.succeed(*command.split(), '-h').out, out)
                self.assertRegex(out, rf'\Ausage: custval {command}')
                self.assertIn('help', options_of(out))
                self.assertRegex(out.lower(), r'\nexamples?:\n')
                self.assertIn(f'custval {command} ', out[out.lower().index('\nexample'):])

    def test_the_help_of_a_command_with_verbs_names_them_all(self):
        for command, verbs in VERBS.items():
            out = self.succeed(command, '--help').out
            self.assertEqual(self.succeed(command, '-h').out, out)
            for verb in verbs:
                self.assertRegex(out, rf'(?m)^ +{verb} ')

    def test_only_methods_that_scale_to_declared_ranges_have_the_option(self):
        for method in METHODS:
            options = options_of(self.succeed('weights', method, '--help').out)
            self.assertEqual('declared' in options, method in ('critic', 'deviation'), method)

    def test_help_fits_a_terminal_of_100_columns(self):
        for arguments in (['--help'], *([command, '--help'] for command in VERBS), *([*command.split(), '--help'] for command in COMMANDS)):
            for line in self.succeed(*arguments).out.splitlines():
                self.assertLessEqual(len(line), 100, line)
                self.assertEqual(line, line.rstrip())

    def test_the_version_is_that_of_the_project(self):
        with open(os.path.join(SOURCE, 'meson.build'), encoding='utf-8') as file:
            version = re.search(r"version: '([^']+)'", file.read()).group(1)
        self.assertRegex(self.succeed('--version').out, rf'\Acustval {re.escape(version)}\b[^\n]*\n\Z')


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
        for command in VERBS:
            self.misuse(command)
        self.misuse('weights', 'entropie', says=['entropie', 'entropy'])
        self.misuse('weights', '--ahp', says=['--ahp'])

    def test_wrong_usage_names_the_help_of_the_command(self):
        for command in COMMANDS:
            self.assertIn(f"try 'custval {command} --help'", self.misuse(*command.split(), '--nonsense'))
        self.assertIn("try 'custval --help'", self.misuse('nonsense'))

    def test_strange_arguments_stay_on_one_line(self):
        for argument in ('\n', '\x1b[31m', 'x' * 10_000, '', '品牌', '%s%n'):
            for arguments in ([argument], ['score', 'a', 'b', '--' + argument],
                              ['score', 'a', 'b', '--levels', argument],
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
                          ['--format', 'json', '--', 'system.json', '-odd.csv'],
                          ['--format', 'json', 'system.json', './-odd.csv']):
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
        return {name for line in re.findall(r'^\.It (.*)$', text, flags=re.M)
                for name in re.findall(r'Fl -([a-z-]+)', line)}

    @staticmethod
    def part(parts, command):
        """Methods of weights that have their options in common are described together."""
        start, last = 'custval weights ', command.split()[-1]
        for title, text in parts.items():
            together = title[len(start):].split(', ') if title.startswith(start) else []
            if title == f'custval {command}' or (command.startswith('weights ') and last in together):
                return text
        raise KeyError(command)

    def helped(self, command):
        return options_of(self.succeed(*command.split(), '--help').out) - {'help'}

    def test_the_page_describes_the_options_that_the_help_describes(self):
        parts = self.parts()
        shared = set().union(*(self.described(parts[section]) for section in SHARED_SECTIONS))
        data = self.described(parts['Options for reading data'])
        self.assertTrue(data)
        for command in COMMANDS:
            with self.subTest(command=command):
                helped = self.helped(command)
                own = self.described(self.part(parts, command))
                self.assertEqual(own & data, set())
                self.assertEqual(own - helped, set())
                self.assertEqual(helped - own - shared, set())
        self.assertEqual(self.described(parts['DESCRIPTION']), options_of(self.succeed('--help').out)
                         | {'help', 'version'})

    def test_the_page_mentions_no_other_options(self):
        known = {'help', 'version'}.union(*(self.helped(command) for command in COMMANDS))
        self.assertEqual(set(re.findall(r'Fl -([a-z-]+)', self.text)) - known, set())

    def test_the_page_has_the_exit_codes_and_examples(self):
        parts = self.parts()
        self.assertEqual(re.findall(r'^\.It (\d)$', parts['EXIT STATUS'], flags=re.M), ['0', '1', '2'])
        self.assertGreaterEqual(parts['EXAMPLES'].count('custval '), 5)


class Shell(Case):
    def environment(self):
        """Where the command is found by its name."""
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        os.symlink(TOOL, os.path.join(folder.name, 'custval'))
        return {**os.environ, 'PATH': folder.name + os.pathsep + os.environ['PATH']}

    def run_line(self, line, environment):
        done = subprocess.run(['sh', '-c', line], cwd=self.folder, env=environment, capture_output=True, text=True,
                              stdin=subprocess.DEVNULL, timeout=TIMEOUT, check=False)
        self.assertEqual(done.returncode, 0, f'{line}\n{done.stdout[-1000:]}{done.stderr[-1000:]}')
        self.assertNotIn('not found', done.stderr)
        return done.stdout


class Demo(Case):
    def test_the_demo_prints_what_the_readme_shows(self):
        out = self.run_demo()
        with open(os.path.join(SOURCE, 'README.md'), encoding='utf-8') as file:
            block = re.search(r'\n    \./dev demo .*\n((?:    .*\n|\n)+)', file.read()).group(1)
        lines = [line[4:] for line in block.splitlines() if line.strip(' .')]
        self.assertGreater(len(lines), 10)
        for line in lines:
            self.assertIn(line + '\n', out)

    def run_demo(self):
        done = subprocess.run(['sh', 'tools/dev/demo.sh', TOOL, self.folder], cwd=SOURCE, capture_output=True, text=True,
                              stdin=subprocess.DEVNULL, timeout=TIMEOUT, check=False)
        self.assertEqual(done.returncode, 0, done.stdout[-1000:] + done.stderr)
        self.assertGreater(os.path.getsize(self.path('report.html')), 10_000)
        return done.stdout


class Examples(Shell):
    """Command lines of the help and of the manual page are run on files with the names and columns that they use."""

    def set_up_files(self, delimiter):
        template = self.succeed('templates', 'show', 'wukong-nine').out
        items = {item['column']: item for dimension in json.loads(template)['dimensions']
                 for indicator in dimension['indicators'] for item in indicator['items']}
        generator = random.Random(6)

        def answers():
            """Of somebody who likes or dislikes everything more or less alike."""
            level = generator.random()
            for item in items.values():
                low, high = item['scale']
                score = min(max(level + generator.uniform(-0.2, 0.2), 0), 1)
                yield round(low + (high - low) * (1 - score if item.get('reversed') else score))

        header = ['customer', 'overall', 'q1', 'q2', 'q3', 'q4', *items]
        names = [f'A{number}' for number in range(1, 20)] + ['B20']
        rows = [[name, *(generator.randint(1, 10) for _ in range(5)), *answers()] for name in names]
        header += ['ours', 'theirs', 'other', 'with1', 'with2', 'without1', 'without2', 'recommend', 'region', 'age', 'volume',
                   'rival']
        rows = [[*row, 9, 7, 8, 1, 2, 5, 4, i % 11, ('north', 'south')[i % 2], ('young', 'old')[i // 2 % 2], 1 + i % 3, i % 20]
                for i, row in enumerate(rows)]
        self.write('system.json', template)
        self.write('mine.json', template)
        self.write('survey.csv', csv_text(header, rows))
        self.write('survey.csv.gz', gzip.compress(csv_text(header, rows, delimiter=delimiter).encode('utf-8')))
        self.write('offers.csv', csv_text(['brand', 'price', *items],
                                          [['Ours', 10, *answers()], ['Theirs', 12, *answers()]]))

        for file in ('answers.csv', 'expectations.csv', 'goals.csv', 'adequate.csv', 'desired.csv'):
            some = names if file in ('answers.csv', 'expectations.csv') else ['all']
            self.write(file, csv_text(['customer', *items], [[name, *answers()] for name in some]))
        self.copy('satisfaction', 'visits.csv')
        self.write('attributes.csv', 'attribute,importance,weight,performance\na,5,0.6,3\nb,2,0.4,5\n')
        self.set_up_judgements()
        self.set_up_customers()
        self.set_up_periods()
        self.set_up_plans()
        self.set_up_links()

    def copy(self, folder, *names):
        """Files of the examples."""
        for name in names:
            shutil.copy(os.path.join(SOURCE, 'examples', folder, name), self.path(name))

    def set_up_customers(self):
        """Transactions, customers with every column that the examples name, and what is made from them."""
        self.copy('cdnow', 'transactions.csv', 'donations.csv')
        self.copy('worth', 'worth.json')
        self.write('october.csv', 'customer,date,amount\n1,1998-10-02,12.5\n')
        self.succeed('history', 'transactions.csv', '--end', '1997-09-30', '-o', 'made.csv')
        self.succeed('history', 'transactions.csv', '--save', 'all.history')
        with open(os.path.join(SOURCE, 'examples', 'worth', 'customers.csv'), encoding='utf-8') as file:
            worth = records(file.read())
        with open(os.path.join(SOURCE, 'examples', 'programmes', 'customers.csv'), encoding='utf-8') as file:
            traits = records(file.read())
        more = {'spend': 30, 'category_spend': 120, 'region': 'north', 'last_brand': 'Ours'}
        made = [{**worth[i % len(worth)], **traits[i % len(traits)], **more, **row, **self.satisfaction_of(i)}
                for i, row in enumerate(records(self.read('made.csv').decode()))]
        self.write('customers.csv', csv_text(list(made[0]), [row.values() for row in made]))
        for model, name in (('nbd', 'nbd.json'), ('bgnbd', 'bgnbd.json'), ('pnbd', 'pnbd.json')):
            self.succeed('lifetime', 'fit', 'made.csv', '--model', model, '--no-spend', '-o', name)
        self.succeed('lifetime', 'fit', 'transactions.csv', '--end', '1997-09-30', '-o', 'lifetime.json')
        self.succeed('lifetime', 'predict', 'lifetime.json', 'made.csv', '-o', 'lifetimes.csv')
        values = [['a', 'north', 100, 80, 10], ['b', 'south', -5, -5, 0]]
        self.write('values.csv', csv_text(['customer', 'region', 'total', 'direct', 'influence'], values))
        self.write('prospects.csv', csv_text(['probability', 'value', 'cost', 'year'], [[0.2, 100, 5, 1]]))
        self.succeed('satisfaction', 'fit', 'customers.csv', '--outcome', 'satisfaction', '--predictors', 'value', '-o', 'link.json', notes=True)
        self.write('chain.csv', 'state,active,gone,reward\nactive,0.8,0.2,10\ngone,0,1,0\n')
        self.write('switching.csv', 'brand,Ours,Theirs,margin\nOurs,0.7,0.3,2\nTheirs,0.2,0.8,1\n')

    def set_up_periods(self):
        """Customers of several periods, who move between states; documents of groups."""
        self.copy('groups', 'loyalty-profit.json')
        for names, states in ((('spring', 'autumn'), ('low', 'middle', 'high')), (('q1', 'q2', 'q3'), ('low', 'middle', 'high')),
                              (('m1', 'm2', 'm3'), ('suspect', 'prospect', 'customer'))):
            for period, name in enumerate(names):
                rows = [[f'A{i}', states[(i + i * period // 7) % 3], i * 7 % 30 + period, i % 10 / 10,
                         1 + (i + period) % 5, 1 + i % 2] for i in range(60) if i % 20 != period]
                self.write(f'{name}.csv', csv_text(['customer', 'state', 'value', 'alive', 'satisfaction', 'weight'], rows))
        self.write('scores.csv', csv_text(['customer', 'region', 'period', 'value', 'score'],
                                          [[f'A{i}', ('north', 'south')[i % 2], period, 50 + i * period, 60 + i - period]
                                           for i in range(6) for period in range(1, 5)]))
        self.write('census.csv', 'variable,category,target\nregion,north,0.4\nregion,south,0.6\nage,young,0.3\nage,old,0.7\n')

    def set_up_plans(self):
        """Scenarios for the system that the examples have, and programmes."""
        self.copy('scenario', 'prices.csv')
        self.copy('programmes', 'programmes.json', 'outcomes.csv', 'jars.csv')
        with open(os.path.join(SOURCE, 'examples', 'scenario', 'bogo.json'), encoding='utf-8') as file:
            self.write('bogo.json', file.read().replace('"node": "price"', '"node": "money"')
                       .replace('"node": "image"', '"node": "brand_image"'))
        self.write('pipeline.json', {
            'custval': 'pipeline', 'version': 1, 'name': 'cycle', 'inputs': {'transactions': 'transactions.csv'},
            'steps': [{'id': 'history', 'stage': 'ingest', 'run': ['history'], 'arguments': ['$transactions'],
                       'output': 'history.csv'},
                      {'id': 'groups', 'stage': 'segment', 'run': ['groups', 'cohorts'], 'arguments': ['$transactions'],
                       'options': {'format': 'csv'}, 'output': 'cohorts.csv'}]})
        self.write('bought.csv', 'customer,interval_mean,since_last\na,30,25\nb,14,20\nc,60,5\n')
        link = {'custval': 'link', 'version': 1, 'kind': 'logistic', 'outcome': 'stays', 'intercept': 0,
                'terms': [{'predictor': 'value', 'coefficient': 0.02}], 'covariance': [[0.1], [0, 0.0001]]}
        impact = {'custval': 'impact', 'version': 1, 'links': [link], 'use': 'retention',
                  'money': {'margin': 100, 'rate': 0.1, 'first': 'next'}}
        self.write('plan.json', impact)
        self.write('impact.json', impact)

    def set_up_links(self):
        """One leads to the next."""
        for outcome, terms in (('reputation', {'quality': 0.5}), ('value', {'quality': 0.25, 'reputation': 0.5})):
            terms = [{'predictor': name, 'coefficient': number} for name, number in terms.items()]
            self.write(f'{outcome}.json', json.dumps({'custval': 'link', 'version': 1, 'kind': 'linear', 'outcome': outcome,
                                                      'intercept': 0, 'terms': terms}))

    @staticmethod
    def satisfaction_of(i):
        """Columns of a customer, whose satisfaction goes with value, more or less."""
        return {'value': i % 90, 'alive': i * 7 % 10 / 10, 'satisfaction': 3 + i % 90 / 20 + i * 13 % 7 / 7,
                'stayed': int(i * 37 % 100 < 30 + i % 90 / 2), 'performance': i * 5 % 11, 'expectation': i * 3 % 7}

    def set_up_judgements(self):
        """About the four indicators of sacrifice."""
        names = ['money', 'time', 'physical', 'psychic']
        for name in ('judgements.csv', 'anna.csv', 'bert.csv'):
            self.write(name, csv_text(['', *names], [['money', 1, 2, 4, 3], ['time', '1/2', 1, 3, 2],
                                                     ['physical', '', '', 1, '1/2'], ['psychic', '', '', 2, 1]]))
        self.write('best-worst.csv', csv_text(['criterion', 'best_to_others', 'others_to_worst'],
                                              zip(names, [1, 2, 8, 4], [8, 4, 1, 2])))
        self.write('order.csv', '\n'.join(names) + '\n')
        self.write('ratings.csv', csv_text(['criterion', 'rating'], zip(names, [40, 30, 20, 10])))
        for name, weights in (('stated.csv', [4, 3, 2, 1]), ('derived.csv', [1, 4, 2, 3]),
                              ('weights.csv', [2, 2, 1, 1])):
            self.write(name, csv_text(['name', 'weight'], zip(names, weights)))
        self.write('importance.csv', 'name,weight\nprice,2\nREL1,1\nFUNC1,1\n')

    def test_examples_of_the_help_run(self):
        for command in [[], *([command] for command in VERBS), *(command.split() for command in COMMANDS)]:
            self.set_up_files(',')
            environment = self.environment()
            out = self.succeed(*command, '--help').out
            shown = re.sub(r'\\\n *', '', out[out.index('\nExamples:'):])
            lines = re.findall(r'^  (.*custval .*)$', shown, flags=re.M)
            self.assertTrue(lines)
            for line in lines:
                with self.subTest(line=line):
                    self.run_line(line, environment)

    def test_examples_of_the_manual_page_run(self):
        self.set_up_files(';')
        environment = self.environment()
        with open(PAGE, encoding='utf-8') as file:
            section = re.search(r'^\.Sh EXAMPLES$(.*?)^\.Sh', file.read(), flags=re.M | re.S).group(1)
        shown = '\n'.join(re.findall(r'^\.Bd -literal.*?$\n(.*?)^\.Ed$', section, flags=re.M | re.S))
        lines = re.sub(r'(?:\\e|(\|))\n *', r'\1 ', shown).splitlines()
        self.assertGreaterEqual(len(lines), 5)
        for line in lines:
            with self.subTest(line=line):
                self.run_line(line, environment)


class Guides(Shell):
    """Command lines shown in the guides are run in a copy of the examples, where they may write; they print what is shown
    under them."""

    def shown(self, text):
        """(line number, command line, lines under it) of each line of code that runs custval; a backslash continues it."""
        lines = text.splitlines()
        for number, line in enumerate(lines, start=1):
            match = re.match(r'\s*\$ ((?:.*[|&;] *)?custval .*)$|(?: {4,}|\t)(custval .*)$', line)
            if not match:
                continue
            command = match.group(1) or match.group(2)
            last = number
            while command.endswith('\\') and last < len(lines):
                command = command[:-1] + lines[last].strip()
                last += 1
            under = []
            while match.group(1) and last < len(lines) and re.match(r' {4}(?!\$ )|$', lines[last]):
                under.append(lines[last][4:])
                last += 1
            yield number, command, '\n'.join(under).strip('\n')

    def guides(self):
        """Path, text and the folder where its commands are to be run, from the root."""
        for pattern, folder in (('*.md', '.'), ('docs/**/*.md', '.'), ('examples/*/*.md', None)):
            for path in sorted(glob.glob(os.path.join(SOURCE, pattern), recursive=True)):
                with open(path, encoding='utf-8') as file:
                    name = os.path.relpath(path, SOURCE)
                    yield name, file.read(), folder or os.path.dirname(name)

    def test_every_command_line_of_the_guides_runs_and_prints_what_is_shown(self):
        """A line "..." stands for any others."""
        ran = 0
        root = self.folder
        for guide, text, folder in self.guides():
            shutil.rmtree(root)
            shutil.copytree(os.path.join(SOURCE, 'examples'), os.path.join(root, 'examples'))
            self.folder = os.path.join(root, folder)
            environment = self.environment()
            for number, command, under in self.shown(text):
                with self.subTest(guide=guide, line=number):
                    if any(name in command for name in NOT_SHIPPED):
                        self.skipTest('the guide says where to get the data')
                    out = self.run_line(command, environment)
                    ran += 1
                    if under:
                        wanted = re.escape(under + '\n').replace(re.escape('...\n'), '(?:.*\n)*')
                        self.assertRegex(out, rf'\A{wanted}\Z')
        self.assertGreater(ran, 0)

    def test_options_and_templates_mentioned_in_the_guides_exist(self):
        helped = {command: options_of(self.succeed(*command.split(), '--help').out) for command in COMMANDS}
        templates = self.succeed('templates', 'list').out.split()
        for guide, text, _ in self.guides():
            for mention in re.findall(r'`custval ([^`]+)`', text):
                words = mention.split()
                command = ' '.join(words[:2]) if words[0] in VERBS else words[0]
                with self.subTest(guide=guide, mention=mention):
                    if command not in helped:
                        self.assertIn(command, ('--help', '--version', 'COMMAND', *VERBS))
                        continue
                    unknown = {word.split('=')[0][2:] for word in words
                               if re.match(r'--[a-z]', word)} - helped[command]
                    self.assertEqual(unknown, set())
                    if words[:2] == ['templates', 'show'] and len(words) > 2 and not words[2].isupper():
                        self.assertIn(words[2], templates)


if __name__ == '__main__':
    main()
