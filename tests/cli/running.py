#!/usr/bin/env python3
# custval run: pipelines, what is refused before they run, and what is left when they end early.
# SPDX-License-Identifier: Apache-2.0
import copy
import json
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import time
import unittest

from support import SOURCE, TIMEOUT, TOOL, Case, csv_text, main, records

try:
    import jsonschema
except ImportError:
    jsonschema = None

SCHEMA = os.path.join(SOURCE, 'docs', 'pipeline.schema.json')
PAGE = os.path.join(SOURCE, 'docs', 'pipeline-document.md')
EXAMPLE = os.path.join(SOURCE, 'examples', 'cycle', 'pipeline.json')
CUSTOMERS = csv_text(['customer', 'value'], [['a', 60], ['b', 30], ['c', 10]])


def step(name, stage, run, *arguments, output=None, **options):
    return {'id': name, 'stage': stage, 'run': run.split(), 'arguments': list(arguments), 'options': options,
            'output': output or f'{name}.csv'}


def pipeline(*steps, **more):
    return {'custval': 'pipeline', 'version': 1, 'name': 'small', 'inputs': {'customers': 'customers.csv'},
            'steps': list(steps), **more}


CURVE = step('curve', 'value', 'worth curve', '$customers', value='value', format='csv')
SUMMARY = step('summary', 'segment', 'summary', '$curve', columns='share', format='csv')


class Pipelines(Case):
    def setUp(self):
        super().setUp()
        self.write('customers.csv', CUSTOMERS)

    def store(self, *steps, **more):
        return self.write('p.json', pipeline(*steps, **more))

    def run_it(self, *options, **more):
        return self.succeed('run', 'p.json', *options, notes=True, **more)

    def refuse_it(self, *says, options=(), code=1):
        """Refused before anything ran."""
        files = self.files()
        message = self.fail_with(code, 'run', 'p.json', *options, says=says)
        self.assertEqual(self.files(), files)
        return message


class Running(Pipelines):
    def test_a_step_reads_what_an_earlier_one_wrote(self):
        self.store(CURVE, SUMMARY)
        self.run_it()
        self.assertEqual(sorted(os.listdir(self.path('small-results'))), ['curve.csv', 'summary.csv'])
        (row,) = records(self.read('small-results/summary.csv').decode())
        self.assertEqual((row['name'], row['count']), ('share', '10'))

    def test_the_results_are_those_of_the_command_lines(self):
        shutil.copytree(os.path.join(SOURCE, 'examples'), self.path('examples'))
        document = os.path.join('examples', 'cycle', 'pipeline.json')
        self.succeed('run', document, '--to', 'one', notes=True)
        os.mkdir(self.path('two'))
        lines = self.succeed('run', document, '--to', 'two', '--dry-run').out.splitlines()
        self.assertEqual(os.listdir(self.path('two')), [])
        for line in lines:
            subprocess.run(['sh', '-c', line.replace('custval', TOOL, 1)], cwd=self.folder, check=True,
                           capture_output=True, timeout=TIMEOUT)
        names = sorted(os.listdir(self.path('one')))
        self.assertEqual(len(names), len(lines))
        for name in names:
            self.assertEqual(self.read(f'one/{name}'), self.read(f'two/{name}'), name)

    def test_inputs_can_be_replaced_and_are_beside_the_document(self):
        os.mkdir(self.path('folder'))
        self.write('folder/p.json', pipeline(CURVE))
        self.write('folder/customers.csv', CUSTOMERS)
        self.succeed('run', 'folder/p.json', notes=True)
        self.write('-other.csv', CUSTOMERS.replace('60', '70'))
        self.succeed('run', 'folder/p.json', '--to', '-odd', '--input', 'customers=-other.csv', notes=True)
        self.assertNotEqual(self.read('folder/small-results/curve.csv'), self.read('-odd/curve.csv'))

    def test_a_document_from_standard_input_is_in_the_present_folder(self):
        self.succeed('run', '-', notes=True, stdin=json.dumps(pipeline(CURVE)))
        self.assertTrue(self.read('small-results/curve.csv'))

    def test_names_that_are_not_ascii_and_blanks(self):
        os.mkdir(self.path('客户 价值'))
        chosen = copy.deepcopy(CURVE)
        chosen['output'] = '곡선 1.csv'
        self.write('客户 价值/管线.json', pipeline(chosen, name='周期 1', inputs={'customers': "das 'Kapital'.csv"}))
        self.write("客户 价值/das 'Kapital'.csv", CUSTOMERS)
        self.succeed('run', '客户 价值/管线.json', notes=True)
        self.assertTrue(self.read('客户 价值/周期 1-results/곡선 1.csv'))
        line = self.succeed('run', '客户 价值/管线.json', '--dry-run').out
        self.assertIn("'客户 价值/das '\\''Kapital'\\''.csv'", line)

    def test_options_are_those_of_the_command_line(self):
        chosen = step('h', 'ingest', 'history', '$customers', '$$x', end='1997-09-30', rfm=True, bins=5, missing=['-', 99])
        self.store(chosen)
        words = self.succeed('run', 'p.json', '--dry-run').out.split()
        self.assertEqual(words, ['custval', 'history', 'customers.csv', "'$x'", '--end=1997-09-30', '--bins=5',
                                 '--missing=-', '--missing=99', '-o', 'small-results/h.csv', '--rfm'])

    def test_a_failure_names_the_step_and_leaves_finished_results(self):
        self.store(CURVE, step('bad', 'segment', 'worth curve', '$customers', value='vlaue', format='csv'))
        self.write('old.csv', 'x\n')
        os.mkdir(self.path('small-results'))
        self.write('small-results/bad.csv', 'older result')
        result = self.custval('run', 'p.json')
        self.assertEqual(result.code, 1, result)
        self.assertIn('custval: step "bad": customers.csv has no column "vlaue"', result.err.splitlines()[-1])
        self.assertEqual(sorted(os.listdir(self.path('small-results'))), ['bad.csv', 'curve.csv'])
        self.assertEqual(self.read('small-results/bad.csv'), b'older result')

    def test_a_command_that_finds_something_ends_the_run(self):
        self.write('system.json', {'custval': 'system', 'version': 1, 'dimensions': [
            {'id': 'd', 'side': 'benefit', 'weight': 1, 'indicators': [
                {'id': 'i', 'weight': 0, 'items': [{'column': 'q', 'scale': [1, 10]}]},
                {'id': 'j', 'weight': 1, 'items': [{'column': 'r', 'scale': [1, 10]}]}]}]})
        self.store(step('check', 'ingest', 'check', '$system', strict=True, output='check.txt'), CURVE,
                   inputs={'customers': 'customers.csv', 'system': 'system.json'})
        result = self.custval('run', 'p.json')
        self.assertEqual(result.code, 1, result)
        self.assertIn('step "check"', result.err)
        self.assertEqual(os.listdir(self.path('small-results')), ['check.txt'])

    def test_from_goes_on_with_what_is_there(self):
        self.store(CURVE, SUMMARY)
        self.refuse_it('step "curve"', 'small-results/curve.csv', options=['--from', 'summary'])
        self.refuse_it('"sumary"', 'summary', options=['--from', 'sumary'], code=2)
        self.run_it()
        kept = self.read('small-results/curve.csv').replace(b'0', b'1')
        self.write('small-results/curve.csv', kept)
        os.remove(self.path('small-results/summary.csv'))
        self.run_it('--from', 'summary')
        self.assertEqual(self.read('small-results/curve.csv'), kept)
        self.assertTrue(self.read('small-results/summary.csv'))

    def test_steps_are_logged_on_request(self):
        self.store(CURVE, SUMMARY)
        lines = self.run_it('--log').err.splitlines()
        self.assertIn('custval: step 1 of 2: curve', lines)
        self.assertIn('custval: step 2 of 2: summary', lines)
        self.assertNotIn('of 2', self.run_it().err)


class Goals(Pipelines):
    GOALS = [{'id': 'rich', 'result': '$summary', 'column': 'mean', 'where': {'name': 'value'}, 'target': 35, 'least': 30},
             {'id': 'poor', 'result': '$summary', 'column': 'low', 'least': 11, 'most': 20},
             {'id': 'edge', 'result': '$summary', 'column': 'high', 'most': 60}]

    def setUp(self):
        super().setUp()
        self.simple = step('summary', 'value', 'summary', '$customers', columns='value', format='csv')

    def test_cells_are_compared_with_both_bounds(self):
        self.store(self.simple, goals=self.GOALS)
        rows = json.loads(self.run_it('--format', 'json').out)
        self.assertEqual([row['met'] for row in rows], ['yes', 'no', 'yes'])
        self.assertEqual([row['value'] for row in rows], [100 / 3, 10, 60])
        self.assertEqual((rows[0]['target'], rows[0]['least'], rows[0]['most']), (35, 30, None))
        self.run_it('-o', 'goals.csv', '--format', 'csv')
        self.assertEqual([row['met'] for row in records(self.read('goals.csv').decode())], ['yes', 'no', 'yes'])

    def test_a_cell_without_a_number_is_unknown(self):
        goal = {'id': 'g', 'result': '$score', 'column': 'share', 'least': 0}
        chosen = step('score', 'value', 'worth wallet', '$customers', own='value', category='category', format='csv')
        self.write('customers.csv', 'customer,value,category\na,,3\n')
        self.store(chosen, goals=[goal])
        columns = self.run_it('--format', 'json')
        self.assertEqual(json.loads(columns.out)[0]['met'], 'unknown', columns)

    def test_a_cell_that_is_not_there_fails_after_the_steps(self):
        for change, says in (({'where': {'name': 'other'}}, ['$.goals[0].where', '0 such rows']),
                             ({'where': {'colunm': 'value'}}, ['goal "rich"', '"colunm"']),
                             ({'column': 'meen'}, ['goal "rich"', '"meen"', 'mean'])):
            with self.subTest(change=change):
                self.store(self.simple, goals=[{**self.GOALS[0], **change}])
                self.fail_with(1, 'run', 'p.json', says=says)
                self.assertTrue(self.read('small-results/summary.csv'))
        self.write('customers.csv', 'value,more\n1,2\n')
        self.store({**self.simple, 'options': {'format': 'csv'}}, goals=[self.GOALS[1]])
        self.fail_with(1, 'run', 'p.json', says=['$.goals[0]', '2 such rows', '"where"'])

    def test_goals_are_refused_before_the_steps(self):
        goal = self.GOALS[0]
        for goals, says in (([{**goal, 'result': '$sumary'}], ['$.goals[0].result', '"$sumary"']),
                            ([{**goal, 'result': '$customers'}], ['$.goals[0].result']),
                            ([{**goal, 'result': 'summary'}], ['$.goals[0].result']),
                            ([goal, goal], ['$.goals[1].id', 'rich']),
                            ([{'id': 'g', 'result': '$summary', 'column': 'mean'}], ['$.goals[0]', 'least']),
                            ([{**goal, 'least': 3, 'most': 2}], ['$.goals[0]', '3', '2'])):
            with self.subTest(goals=goals):
                self.store(self.simple, goals=goals)
                self.refuse_it(*says)
        self.store(self.simple)
        self.refuse_it('no goals', options=['-o', 'goals.csv'], code=2)
        self.store(self.simple, goals=self.GOALS)
        self.refuse_it('customers.csv', options=['-o', 'customers.csv'])
        self.refuse_it('p.json', options=['-o', 'p.json'])

    def test_goals_take_the_place_of_no_result(self):
        self.store(self.simple, goals=self.GOALS)
        says = ['small-results/summary.csv', 'step "summary"']
        for _ in range(2):  # after the step that made it, and before the next run
            self.fail_with(1, 'run', 'p.json', '-o', './small-results/summary.csv', says=says)
            self.assertIn(b'mean', self.read('small-results/summary.csv'))


class Refused(Pipelines):
    def test_what_a_step_says_is_checked_before_any_runs(self):
        def second(**change):
            return {**SUMMARY, **change}

        for change, says in (
                ({'run': ['sumary']}, ['$.steps[1]', '"sumary"', '"summary"']),
                ({'run': ['worth', 'crve']}, ['$.steps[1]', '"crve"', '"curve"']),
                ({'run': ['run']}, ['$.steps[1].run[0]', '"run"']),
                ({'run': ['help']}, ['$.steps[1].run[0]', '"help"']),
                ({'run': ['--version']}, ['$.steps[1].run[0]', '"--version"']),
                ({'run': []}, ['$.steps[1].run', 'empty']),
                ({'run': [1]}, ['$.steps[1].run[0]', 'text']),
                ({'options': {'colums': 'value'}}, ['$.steps[1]', '"--colums"', '"--columns"']),
                ({'options': {'help': True}}, ['$.steps[1]', '"--help"']),
                ({'options': {'columns': True}}, ['$.steps[1]', '--columns needs a value']),
                ({'options': {'quantiles': {}}}, ['$.steps[1].options.quantiles']),
                ({'options': {'columns': False}}, ['$.steps[1].options.columns']),
                ({'options': {'columns': [['value']]}}, ['$.steps[1].options.columns[0]']),
                ({'options': {'--columns': 'value'}}, ['$.steps[1].options', 'dashes']),
                ({'options': {'output': 'x'}}, ['$.steps[1].options.output', '"output"']),
                ({'options': {'output=x.csv': True}}, ['$.steps[1].options', 'after its name']),
                ({'arguments': ['$curv']}, ['$.steps[1].arguments[0]', '"curv"', '"curve"']),
                ({'arguments': ['$summary']}, ['$.steps[1].arguments[0]', 'its own result']),
                ({'arguments': ['$third']}, ['$.steps[1].arguments[0]', 'later']),
                ({'options': {'columns': '$third'}}, ['$.steps[1].options.columns', 'later']),
                ({'arguments': ['--columns', 'x']}, ['$.steps[1].arguments[0]', 'options']),
                ({'arguments': ['-']}, ['$.steps[1].arguments[0]']),
                ({'arguments': ['$curve', '$curve']}, ['$.steps[1]', 'one argument too many']),
                ({'id': 'curve'}, ['$.steps[1]', '"curve"', 'step 1']),
                ({'id': 'customers'}, ['$.steps[1]', '"customers"', 'input']),
                ({'id': 'a=b'}, ['$.steps[1].id', '"a=b"']),
                ({'id': 'a' * 61}, ['$.steps[1].id']),
                ({'stage': 'sgment'}, ['$.steps[1].stage', '"sgment"', '"segment"']),
                ({'stage': 'ingest'}, ['$.steps[1].stage', 'ingest stands after value']),
                ({'output': 'CURVE.csv'}, ['$.steps[1].output', '"curve"']),
                ({'outputs': 'x.csv'}, ['$.steps[1]', '"outputs"', '"output"'])):
            with self.subTest(change=change):
                self.store(CURVE, second(**change), step('third', 'report', 'summary', '$curve'))
                self.refuse_it(*says)

    def test_options_that_are_wrong_usage_are_bad_data_of_the_document(self):
        self.store({**CURVE, 'options': {'colum': 'value'}})
        self.assertIn("try 'custval worth curve --help'", self.refuse_it('$.steps[0]'))

    def test_names_of_files_are_those_that_every_system_takes(self):
        for name in ('../x.csv', 'a/b.csv', 'a\\b.csv', 'C:x.csv', 'NUL', 'con.csv', 'lpt1.csv', '.hidden', 'x.', 'x ',
                     'a?b', 'a\nb', '', 'x' * 201):
            with self.subTest(name=name):
                self.store({**CURVE, 'output': name})
                self.refuse_it('$.steps[0].output')
                self.store(CURVE, name=name)
                self.refuse_it('$.name')
        for name in ('console.csv', 'lpt.csv', 'com10.csv', 'nul1.csv', 'x'):
            self.store({**CURVE, 'output': name})
            self.run_it()

    def test_files_that_are_not_there_or_would_be_overwritten(self):
        self.store(CURVE, inputs={'customers': 'customer.csv'})
        self.refuse_it('$.inputs.customers', 'customer.csv')
        self.store({**CURVE, 'output': 'customers.csv'})
        self.refuse_it('$.steps[0].output', 'customers.csv', options=['--to', '.'])
        self.store({**CURVE, 'output': 'p.json'})
        self.refuse_it('$.steps[0].output', 'p.json', options=['--to', '.'])
        os.symlink('customers.csv', self.path('link.csv'))
        self.store({**CURVE, 'output': 'link.csv'})
        self.refuse_it('$.steps[0].output', 'link.csv', options=['--to', '.'])
        os.mkdir(self.path('small-results'))
        self.write('small-results/first.csv', 'older result')
        os.symlink('first.csv', self.path('small-results/second.csv'))
        self.store({**CURVE, 'output': 'first.csv'}, {**CURVE, 'id': 'again', 'output': 'second.csv'})
        self.refuse_it('$.steps[1].output', 'small-results/second.csv', 'step "curve"')
        self.store(CURVE)
        self.refuse_it('folder', options=['--to', 'customers.csv'])
        self.refuse_it('folder', options=['--to', 'no/such/folder'])

    def test_files_that_a_step_names_itself_are_kept(self):
        self.write('own.csv', CUSTOMERS)
        reader = step('curve', 'value', 'worth curve', 'own.csv', value='value', format='csv', output='x.csv')
        writer = step('next', 'value', 'worth curve', '$customers', value='value', format='csv', output='own.csv')
        plain = ['$.steps[0].arguments[0]', 'own.csv', 'step "next"', '"$next"']
        self.store(reader, writer)
        self.refuse_it(*plain, options=['--to', '.'])
        os.symlink('own.csv', self.path('$own.csv'))
        self.store({**reader, 'arguments': ['$$own.csv']}, writer)
        self.refuse_it('$own.csv', *plain[2:], options=['--to', '.'])
        self.store(step('rank', 'value', 'rank', '$customers', weights=['own.csv'], format='csv'), writer)
        self.refuse_it('$.steps[0].options.weights[0]', *plain[1:], options=['--to', '.'])
        self.store({**reader, 'output': 'own.csv'})
        self.refuse_it('$.steps[0].arguments[0]', 'step "curve"', options=['--to', '.'])
        self.store(CURVE, {**SUMMARY, 'arguments': ['small-results/curve.csv']})
        self.refuse_it('$.steps[1].arguments[0]', '"$curve"')
        self.store(step('summary', 'value', 'summary', 'own.csv', columns='value', format='csv'), goals=Goals.GOALS)
        self.refuse_it('own.csv', options=['-o', 'own.csv'])
        self.assertEqual(self.read('own.csv').decode(), CUSTOMERS)
        self.store(reader)
        self.run_it('--to', '.')

    def test_wrong_usage(self):
        self.store(CURVE)
        self.misuse('run')
        self.misuse('run', 'p.json', 'q.json')
        self.refuse('run', 'q.json', says=['q.json'])
        for option in ('customers', 'customers=', '=x', 'customer=x'):
            self.refuse_it('--input', options=['--input', option], code=2)
        self.refuse_it('--format', options=['--format', 'xml'], code=2)

    def test_another_document_is_named_as_such(self):
        for document, says in (([], 'object'), ({'custval': 'system'}, '$.custval'), ({}, '"pipeline"'),
                               (pipeline(CURVE, version=2), '$.version'), (pipeline(), '$.steps'),
                               ({'custval': 'pipeline', 'version': 1, 'name': 'x'}, '"steps"'), ('{', 'line 1')):
            self.write('p.json', document)
            self.refuse_it('p.json', says)

    def test_broken_documents_are_refused_in_one_line(self):
        """Values of a good document in each other's places, and others."""
        seed = 20_261_126
        generator = random.Random(seed)
        with open(EXAMPLE, encoding='utf-8') as file:
            good = json.load(file)
        good['inputs'] = {name: 'customers.csv' for name in good['inputs']}

        def places(value, found):
            for key in (value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()):
                found.append((value, key))
                places(value[key], found)
            return found

        strange = [None, True, -1, 1e300, '', '$', '$$', '$x', '-', '\n', '品牌', 'x' * 5000, [], {}, [[]], {'': ''}]
        outcomes = set()
        for number in range(300):
            broken = copy.deepcopy(good)
            for _ in range(generator.randint(1, 3)):
                spots = places(broken, [])
                holder, key = generator.choice(spots)
                other, name = generator.choice(spots)
                holder[key] = copy.deepcopy(generator.choice([generator.choice(strange), other[name]]))
            self.write('p.json', broken)
            result = self.custval('run', 'p.json', '--dry-run')
            with self.subTest(seed=seed, number=number):
                self.assertIn(result.code, (0, 1), result)
                if result.code == 1:
                    self.one_line(result, 'p.json')
                    self.assertTrue(result.err[:-1].isprintable(), result)
            outcomes.add(result.code)
        self.assertEqual(outcomes, {0, 1})


class EndedEarly(Pipelines):
    """A step that waits for its input: a pipe."""

    def start(self):
        os.mkfifo(self.path('pipe'))
        self.store(CURVE, step('slow', 'segment', 'worth curve', '$pipe', value='value', format='csv'), SUMMARY,
                   inputs={'customers': 'customers.csv', 'pipe': 'pipe'})
        running = subprocess.Popen([TOOL, 'run', 'p.json'], cwd=self.folder, stderr=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL)
        self.addCleanup(running.wait)
        self.addCleanup(running.kill)
        return running, self.opened(running)

    def opened(self, running):
        """The pipe, as soon as the step reads it."""
        while True:
            try:
                pipe = open(os.open(self.path('pipe'), os.O_WRONLY | os.O_NONBLOCK), 'wb', buffering=0)
                self.addCleanup(pipe.close)
                return pipe
            except OSError:
                self.assertIsNone(running.poll())
                time.sleep(0.01)

    def test_a_signal_between_outputs_ends_it_and_leaves_whole_results(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            with self.subTest(number=number):
                running, _ = self.start()
                running.send_signal(number)
                self.assertEqual(running.wait(TIMEOUT), -number)
                self.assertEqual(os.listdir(self.path('small-results')), ['curve.csv'])
                os.remove(self.path('pipe'))

    def test_what_was_interrupted_goes_on(self):
        running, _ = self.start()
        running.send_signal(signal.SIGINT)
        running.wait(TIMEOUT)
        self.run_it('--from', 'slow', '--input', 'pipe=customers.csv')
        self.assertEqual(len(os.listdir(self.path('small-results'))), 3)

    def test_a_signal_that_the_caller_ignores_stays_ignored(self):
        previous = signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            running, pipe = self.start()
        finally:
            signal.signal(signal.SIGINT, previous)
        running.send_signal(signal.SIGINT)
        time.sleep(0.1)
        pipe.write(CUSTOMERS.encode())
        pipe.close()
        self.assertEqual(running.wait(TIMEOUT), 0)
        self.assertEqual(len(os.listdir(self.path('small-results'))), 3)

    def test_a_full_disk_leaves_no_half_result(self):
        rows = [[f'c{i}', i] for i in range(2000)]
        self.write('customers.csv', csv_text(['customer', 'value'], rows))
        self.store(step('short', 'value', 'summary', '$customers', columns='value', format='csv'),
                   step('long', 'value', 'worth wallet', '$customers', own='value', category='value'))
        size = 2048

        def limit():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

        result = self.custval('run', 'p.json', preexec_fn=limit)
        self.assertEqual(result.code, 1, result)
        self.assertRegex(result.err.splitlines()[-1], r'custval: step "long": cannot write \S*long\.csv: ')
        self.assertEqual(os.listdir(self.path('small-results')), ['short.csv'])

    def test_goals_on_a_full_device_fail(self):
        if not os.path.exists('/dev/full'):
            self.skipTest('there is no /dev/full')
        self.store(step('summary', 'value', 'summary', '$customers', columns='value', format='csv'), goals=Goals.GOALS)
        with open('/dev/full', 'wb') as full:
            result = self.custval('run', 'p.json', stdout=full)
        self.assertEqual(result.code, 1, result)
        self.assertIn('cannot write standard output', result.err)

    def test_the_step_is_shown_on_a_terminal(self):
        master, slave = os.openpty()
        self.store(CURVE, SUMMARY)
        done = subprocess.run([TOOL, 'run', 'p.json'], cwd=self.folder, stderr=slave, stdout=subprocess.DEVNULL,
                              timeout=TIMEOUT, check=False)
        os.close(slave)
        shown = os.read(master, 65536).decode()
        os.close(master)
        self.assertEqual(done.returncode, 0)
        self.assertIn('\rstep 1 of 2: curve\x1b[K', shown)
        self.assertIn('\rstep 2 of 2: summary\x1b[K', shown)
        self.assertNotIn('step', shown.rsplit('\r\x1b[K', 1)[1])


class Documents(Pipelines):
    """The schema, the guide and the command say the same."""

    def setUp(self):
        super().setUp()
        with open(SCHEMA, encoding='utf-8') as file:
            self.schema = json.load(file)

    def test_the_schema_has_the_keys_that_are_read_and_needed(self):
        goal = {'id': 'g', 'result': '$curve', 'column': 'value', 'least': 0}
        shapes = {'a pipeline': (self.schema, lambda change: change(pipeline(CURVE))),
                  'a step': (self.schema['$defs']['step'], lambda change: pipeline(change(dict(CURVE)))),
                  'a goal': (self.schema['$defs']['goal'], lambda change: pipeline(CURVE, goals=[change(dict(goal))]))}
        for words, (definition, made) in shapes.items():
            self.assertIs(definition['additionalProperties'], False)
            self.write('p.json', made(lambda value: {**value, '§§§': 1}))
            known = re.search(rf'{words} has (.*)$', self.refuse_it('"§§§"').strip()).group(1).split(', ')
            self.assertEqual(set(known), set(definition['properties']))
            for key in definition['required']:
                self.write('p.json', made(lambda value: {k: v for k, v in value.items() if k != key}))
                self.refuse_it('"pipeline"' if key == 'custval' else f'"{key}" of {words} is missing')
            optional = set(known) - set(definition['required'])
            for key in optional:
                self.write('p.json', made(lambda value: {k: v for k, v in value.items() if k != key}))
                self.assertNotIn('is missing', self.custval('run', 'p.json', '--dry-run').err)

    def documents(self):
        with open(PAGE, encoding='utf-8') as file:
            shown = [json.loads(text) for text in re.findall(r'```json\n(.*?)```', file.read(), flags=re.S)]
        with open(EXAMPLE, encoding='utf-8') as file:
            return [*shown, json.load(file), pipeline(CURVE, SUMMARY)]

    def test_the_document_of_the_guide_runs(self):
        for folder, name in (('cdnow', 'transactions.csv'), ('groups', 'rfm.json')):
            shutil.copy(os.path.join(SOURCE, 'examples', folder, name), self.path(name))
        self.write('p.json', self.documents()[0])
        self.assertIn('lost', self.run_it().out)

    @unittest.skipIf(jsonschema is None, 'the Python package jsonschema is not there')
    def test_documents_are_valid_by_the_schema_and_what_is_refused_is_not(self):
        kind = jsonschema.validators.validator_for(self.schema)
        kind.check_schema(self.schema)
        validator = kind(self.schema)
        for document in self.documents():
            self.assertEqual([f'{problem.json_path}: {problem.message}' for problem in validator.iter_errors(document)], [])
        for change in ({'custval': 'system'}, {'version': 2}, {'name': 'a/b'}, {'name': 'x.'}, {'inputs': {'a=b': 'x'}}, {'inputs': {'a': ''}},
                       {'steps': []}, {'steps': [{**CURVE, 'stage': 'valeu'}]}, {'steps': [{**CURVE, 'output': '../x'}]},
                       {'steps': [{**CURVE, 'options': {'a': False}}]}, {'steps': [{**CURVE, 'options': {'output': 'x'}}]},
                       {'steps': [{**CURVE, 'arguments': ['--x']}]}, {'steps': [{**CURVE, 'run': []}]},
                       {'goals': [{'id': 'g', 'result': '$curve', 'column': 'x'}]},
                       {'goals': [{'id': 'g', 'result': 'curve', 'column': 'x', 'least': 1}]}):
            with self.subTest(change=change):
                changed = {**pipeline(CURVE), **change}
                self.assertFalse(validator.is_valid(changed))
                self.write('p.json', changed)
                self.refuse_it('p.json')


if __name__ == '__main__':
    main()
