#!/usr/bin/env python3
# Large files: bounded memory, and the same bytes for any number of threads.
# SPDX-License-Identifier: Apache-2.0
import hashlib
import os
import subprocess

from support import SANITIZED, SMALL, SMALL_HEADER, SMALL_ROWS, TINY, TOOL, Case, csv_text, main

ROWS = 200_000 if SANITIZED else 2_000_000
MOST_KIBIBYTES = 100 * 1024


def write_large(path, header, rows, count, ending=''):
    """The same rows again and again, `count` in all, a piece at a time: our own memory counts in the child's."""
    piece = ''.join(csv_text(header, rows * 500).splitlines(keepends=True)[1:]).encode('utf-8')
    lines = 500 * len(rows)
    with open(path, 'wb') as file:
        file.write(csv_text(header, []).encode('utf-8'))
        for _ in range(count // lines):
            file.write(piece)
        file.write(b''.join(piece.splitlines(keepends=True)[:count % lines]))
        file.write(ending.encode('utf-8'))


class Large(Case):
    def run_measured(self, *arguments, stdin=None):
        """Exit code, SHA-256 of the output file, and the largest resident size in KiB."""
        with subprocess.Popen([TOOL, *arguments, '-o', 'out'], cwd=self.folder, stdin=stdin, stdout=subprocess.DEVNULL,
                              stderr=subprocess.PIPE) as process:
            err = process.stderr.read()
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        self.assertEqual(process.returncode, 0, err)
        digest = hashlib.sha256()
        lines = 0
        with open(self.path('out'), 'rb') as file:
            while piece := file.read(1 << 20):
                digest.update(piece)
                lines += piece.count(b'\n')
        return digest.hexdigest(), lines, usage.ru_maxrss

    def assert_bounded(self, kibibytes):
        if not SANITIZED:
            self.assertLess(kibibytes, MOST_KIBIBYTES)

    def test_two_million_rows_need_less_than_100_mib_for_any_number_of_threads_and_give_the_same_bytes(self):
        self.write('system.json', SMALL)
        write_large(self.path('data.csv'), SMALL_HEADER[1:], [row[1:] for row in SMALL_ROWS], ROWS)
        seen = set()
        for threads in ('1', '2', '5'):
            digest, lines, kibibytes = self.run_measured('score', 'system.json', 'data.csv', '--threads', threads,
                                                         '--levels',
                                                         'value,side,dimension')
            self.assert_bounded(kibibytes)
            self.assertEqual(lines, ROWS + 1)
            seen.add(digest)
        digest, lines, kibibytes = self.run_measured('score', 'system.json', 'data.csv', '--levels',
                                                     'value,side,dimension')
        self.assert_bounded(kibibytes)
        self.assertEqual(seen | {digest}, {digest})

    def test_standard_input_json_and_tables_are_bounded_too(self):
        self.write('system.json', TINY)
        write_large(self.path('data.csv'), ['q1', 'q2'], [['7', '4'], ['1', '10'], ['', '3']], ROWS)
        for options in (['--format', 'json'], ['--format', 'table'], []):
            with self.subTest(options=options):
                with open(self.path('data.csv'), 'rb') as file:
                    *_, kibibytes = self.run_measured('score', 'system.json', '-', *options, '--quiet', stdin=file)
                self.assert_bounded(kibibytes)

    def test_explaining_one_row_of_many_is_bounded_too(self):
        self.write('system.json', SMALL)
        write_large(self.path('data.csv'), SMALL_HEADER[1:], [row[1:] for row in SMALL_ROWS], ROWS, '1,2,3,4,5,6\n')
        for options in (['--row', str(ROWS + 1)], ['--id', 'q5', '--row', '5'],
                        ['--row', '1', '--to', str(ROWS)]):
            *_, kibibytes = self.run_measured('explain', 'system.json', 'data.csv', *options)
            self.assert_bounded(kibibytes)

    def test_summaries_are_bounded_too(self):
        self.write('system.json', TINY)
        write_large(self.path('data.csv'), ['q1', 'q2'], [['7', '4'], ['1', '10'], ['', '3']], ROWS)
        *_, kibibytes = self.run_measured('score', 'system.json', 'data.csv', '--summary', '--quiet')
        self.assert_bounded(kibibytes)

    def test_weights_and_summaries_of_data_are_bounded_too(self):
        self.write('system.json', TINY)
        write_large(self.path('data.csv'), ['q1', 'q2'], [['7', '4'], ['1', '10'], ['', '3']], ROWS)
        for arguments in (['weights', 'entropy', 'data.csv'], ['weights', 'merec', 'data.csv'], ['summary', 'data.csv'],
                          ['weights', 'deviation', 'data.csv', '--system', 'system.json']):
            with self.subTest(arguments=arguments):
                *_, kibibytes = self.run_measured(*arguments)
                self.assert_bounded(kibibytes)

    def test_ids_of_a_large_file_are_bounded_too(self):
        self.write('system.json', TINY)
        with open(self.path('data.csv'), 'wb') as file:
            file.write(b'id,q1,q2\n')
            for start in range(0, ROWS, 10_000):
                file.write(b''.join(b'customer-%d,7,4\n' % number for number in range(start, start + 10_000)))
        for threads in ('1', '16'):
            *_, kibibytes = self.run_measured('score', 'system.json', 'data.csv', '--id', 'id', '--threads', threads)
            self.assert_bounded(kibibytes)

    def test_a_large_file_without_line_ends_ends_early(self):
        self.write('system.json', TINY)
        with open(self.path('data.csv'), 'wb') as file:
            file.write(b'q1,q2\n7,4\n')
            for _ in range(64):
                file.write(b'7' * (1 << 20))
        with subprocess.Popen([TOOL, 'score', 'system.json', 'data.csv', '-o', 'out'], cwd=self.folder,
                              stderr=subprocess.PIPE) as process:
            err = process.stderr.read().decode('utf-8')
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        self.assertEqual(process.returncode, 1)
        self.assertRegex(err, r'\Acustval: [^\n]*line 3[^\n]*\n\Z')
        self.assert_bounded(usage.ru_maxrss)


class Threads(Case):
    def test_any_number_of_threads_gives_the_same_bytes_in_every_format(self):
        self.write('system.json', SMALL)
        write_large(self.path('data.csv'), SMALL_HEADER, SMALL_ROWS + [['g', '12', '8', '1', '', '3', '4']], 60_000)
        for options in ([], ['--format', 'json'], ['--format', 'table'],
                        ['--levels', 'all', '--coverage', 'all'], ['--summary']):
            outputs = {}
            for threads in ('1', '2', '5', '16'):
                result = self.succeed('score', 'system.json', 'data.csv', '--threads', threads, *options, notes=True)
                outputs[threads] = (result.bytes, result.err)
            with self.subTest(options=options):
                self.assertEqual(len(set(outputs.values())), 1)

    def test_a_number_of_threads_that_makes_no_sense_is_wrong_usage(self):
        self.write('system.json', TINY)
        self.write('data.csv', 'q1,q2\n7,4\n')
        for threads in ('0', '-1', 'x', '1.5', '', '99999999999'):
            with self.subTest(threads=threads):
                self.misuse('score', 'system.json', 'data.csv', '--threads', threads, says=['--threads'])
        self.succeed('score', 'system.json', 'data.csv', '--threads', '1000')


if __name__ == '__main__':
    main()
