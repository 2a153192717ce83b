# What the tests of the command share: running it, files to run it on, and printing TAP, which tests/sum.py counts.
# SPDX-License-Identifier: Apache-2.0
import csv
import io
import json
import os
import re
import subprocess
import sys
import tempfile
import unittest

TOOL = os.path.abspath(os.environ['CUSTVAL'])
SOURCE = os.environ['CUSTVAL_SOURCE']
SANITIZED = os.environ.get('CUSTVAL_SANITIZED') == 'yes'
SLOW = 10 if SANITIZED else 1
TIMEOUT = 60 * SLOW
csv.field_size_limit(1 << 30)


def item(column, low=1, high=10, **more):
    return {'column': column, 'scale': [low, high], **more}


def indicator(name, *items, **more):
    return {'id': name, **more, 'items': list(items)}


def dimension(name, side, *indicators, **more):
    return {'id': name, 'side': side, **more, 'indicators': list(indicators)}


def system(*dimensions, **more):
    return {'custval': 'system', 'version': 1, **more, 'dimensions': list(dimensions)}


# One benefit and one sacrifice: two cells a row.
TINY = system(dimension('product', 'benefit', indicator('quality', item('q1'))),
              dimension('money', 'sacrifice', indicator('price', item('q2'))))

# Two sides, weights, a missing code, a reversed item and names that are not ASCII.
SMALL = system(
    dimension('product', 'benefit',
              indicator('reliability', item('q1'), item('q2', weight=2), weight=3),
              indicator('品牌形象', item('品牌', missing_codes=[98, 99]), weight=1), weight=2),
    dimension('service', 'benefit', indicator('advice', item('q3', 0, 100))),
    dimension('money', 'sacrifice', indicator('price', item('q5', reversed=True), tag='pay')),
    dimension('time', 'sacrifice', indicator('waiting', item('q6'), tag='do')))
SMALL_HEADER = ['id', 'q1', 'q2', '品牌', 'q3', 'q5', 'q6']
SMALL_ROWS = [['a', '7', '8', '9', '50', '3', '4'], ['b', '10', '10', '10', '100', '10', '1'],
              ['c', '1', '1', '1', '0', '1', '10'], ['d', '5', '', '98', '25.5', '6', ''],
              ['e', '2', '9', '99', '', '4', '7'], ['f', '', '3', '4', '75', '8', '2']]


def csv_text(header, rows, **dialect):
    out = io.StringIO()
    csv.writer(out, **{'lineterminator': '\n', **dialect}).writerows([header, *rows])
    return out.getvalue()


def records(text, delimiter=','):
    """The rows of CSV text as dictionaries."""
    return list(csv.DictReader(io.StringIO(text), delimiter=delimiter))


def vector(name, file_name='weights_and_rollup.json'):
    """A known answer."""
    with open(os.path.join(SOURCE, 'tests', 'vectors', file_name), encoding='utf-8') as file:
        return next(case for case in json.load(file)['cases'] if case['id'] == name)


class Result:
    def __init__(self, arguments, code, out, err):
        self.arguments, self.code, self.bytes, self.err = arguments, code, out, err.decode('utf-8')

    @property
    def out(self):
        return self.bytes.decode('utf-8')

    def __str__(self):
        words = ' '.join(str(word) for word in self.arguments)
        out = self.bytes[:2000].decode('utf-8', 'replace')
        return f'custval {words}\nexit code {self.code}\n{out}\n{self.err[:2000]}'


class Case(unittest.TestCase):
    """A test in a folder of its own, which is where commands run."""

    maxDiff = 2000

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = os.path.realpath(folder.name)

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, content):
        """Writes bytes, text, or anything else as JSON; gives the name."""
        if not isinstance(content, (bytes, str)):
            content = json.dumps(content, ensure_ascii=False)
        with open(self.path(name), 'wb') as file:
            file.write(content.encode('utf-8') if isinstance(content, str) else content)
        return name

    def as_somebody(self):
        """Options to run without the rights of root; skips the test if there is nobody else."""
        if os.getuid() != 0:
            return {}
        os.chmod(self.folder, 0o777)
        try:
            subprocess.run([TOOL, '--version'], user=65534, cwd=self.folder, stdout=subprocess.DEVNULL, check=True)
        except (OSError, subprocess.CalledProcessError):
            self.skipTest('root may do everything, and nobody cannot run the command here')
        return {'user': 65534}

    def read(self, name):
        with open(self.path(name), 'rb') as file:
            return file.read()

    def files(self):
        return sorted(os.listdir(self.folder))

    def custval(self, *arguments, stdin=b'', env=None, **options):
        if isinstance(stdin, (bytes, str)):
            options['input'] = stdin.encode('utf-8') if isinstance(stdin, str) else stdin
        else:
            options['stdin'] = stdin
        done = subprocess.run([TOOL, *arguments], stdout=options.pop('stdout', subprocess.PIPE), stderr=subprocess.PIPE,
                              cwd=self.folder, env={**os.environ, **(env or {})}, timeout=TIMEOUT, check=False,
                              **options)
        return Result(arguments, done.returncode, done.stdout or b'', done.stderr)

    def succeed(self, *arguments, notes=False, **options):
        """Exit code 0; nothing on stderr unless notes are expected."""
        result = self.custval(*arguments, **options)
        self.assertEqual(result.code, 0, result)
        if not notes:
            self.assertEqual(result.err, '', result)
        return result

    def one_line(self, result, *says):
        """One line on stderr that begins as all do and says these things."""
        self.assertRegex(result.err, r'\Acustval: [^\n]+\n\Z', result)
        for what in says:
            self.assertIn(what, result.err, result)

    def fail_with(self, code, *arguments, says=(), **options):
        result = self.custval(*arguments, **options)
        self.assertEqual(result.code, code, result)
        self.assertEqual(result.out, '', result)
        self.one_line(result, *says)
        return result.err

    def refuse(self, *arguments, says=(), **options):
        """Bad data or a file that cannot be used."""
        return self.fail_with(1, *arguments, says=says, **options)

    def misuse(self, *arguments, says=(), **options):
        """Wrong usage: the message also says where help is."""
        message = self.fail_with(2, *arguments, says=says, **options)
        self.assertRegex(message, r"try 'custval( [a-z]+){0,2} --help'", message)
        return message

    def score_text(self, text, *options, document=TINY, delimiter=',', **more):
        """Scores CSV text; gives the rows of the result, which has the delimiter of the text."""
        self.write('system.json', document)
        self.write('data.csv', text)
        return records(self.succeed('score', 'system.json', 'data.csv', *options, **more).out, delimiter)

    def refuse_text(self, text, *says, options=(), document=TINY):
        """What score says about CSV text that it does not take; nothing is written, an older result stays."""
        self.write('system.json', document)
        self.write('data.csv', text)
        self.write('out.csv', 'older result')
        files = self.files()
        message = self.refuse('score', 'system.json', 'data.csv', '-o', 'out.csv', *options, says=says)
        self.assertEqual(self.files(), files)
        self.assertEqual(self.read('out.csv'), b'older result')
        return message


class Tap(unittest.TestResult):
    count = 0

    def say(self, verdict, test, reason=''):
        self.count += 1
        words = re.sub(r'^test_', '', str(test).split(' ', 1)[0]).replace('_', ' ')
        parameters = re.search(r'(\[.*\])? *(\(.*?=.*\))?$', str(test)).group(0) if '=' in str(test) else ''
        print(f'{verdict[0]} {self.count}{verdict[1]} - {words}{parameters}')
        for line in reason.splitlines():
            print(f'# {line}')
        sys.stdout.flush()

    def addSuccess(self, test):
        super().addSuccess(test)
        self.say(('ok', ''), test)

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self.say(('ok', ' # SKIP'), test, reason)

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self.say(('not ok', ''), test, self.failures[-1][1])

    def addError(self, test, err):
        super().addError(test, err)
        self.say(('not ok', ''), test, self.errors[-1][1])

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err is not None:
            self.say(('not ok', ''), subtest, (self.failures + self.errors)[-1][1])


def main():
    """Runs the tests of the program; names on the command line choose among them by a part of the name."""
    suite = unittest.TestSuite()
    for case in unittest.defaultTestLoader.loadTestsFromName('__main__'):
        for test in case:
            if len(sys.argv) < 2 or any(word in test.id() for word in sys.argv[1:]):
                suite.addTest(test)
    result = Tap()
    suite.run(result)
    print(f'1..{result.count}')
    sys.exit(0 if result.wasSuccessful() and result.testsRun else 1)
