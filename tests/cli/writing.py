#!/usr/bin/env python3
# Where results go: whole files or none, terminals and pipes, and what happens when writing ends early.
# SPDX-License-Identifier: Apache-2.0
import errno
import glob
import os
import pty
import resource
import select
import shutil
import signal
import stat
import subprocess
import time

from support import SLOW, TIMEOUT, TINY, TOOL, Case, main

OLD = b'older result\n'
ROWS = 'q1,q2\n' + '7,4\n1,10\n' * 1000


def setUpModule():
    # Whoever runs the tests may ignore signals (nohup does), and programs inherit that.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) == signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)


class Files(Case):
    def setUp(self):
        super().setUp()
        self.write('system.json', TINY)
        self.write('data.csv', ROWS)
        self.expected = self.succeed('score', 'system.json', 'data.csv').bytes

    def assert_nothing_happened(self, *more):
        self.assertEqual(self.files(), sorted(['data.csv', 'system.json', *more]))

    def test_a_file_gets_the_same_as_standard_output(self):
        result = self.succeed('score', 'system.json', 'data.csv', '-o', 'out.csv')
        self.assertEqual(result.bytes, b'')
        self.assertEqual(self.read('out.csv'), self.expected)
        self.assert_nothing_happened('out.csv')
        self.assertEqual(self.succeed('score', 'system.json', 'data.csv', '-o', '-').bytes, self.expected)

    def test_an_older_file_is_replaced_as_a_whole(self):
        self.write('out.csv', OLD)
        os.link(self.path('out.csv'), self.path('link.csv'))
        self.succeed('score', 'system.json', 'data.csv', '-o', 'out.csv')
        self.assertEqual(self.read('out.csv'), self.expected)
        self.assertEqual(self.read('link.csv'), OLD)

    def test_permissions_follow_the_older_file_or_the_mask(self):
        self.write('out.csv', OLD)
        os.chmod(self.path('out.csv'), 0o640)
        for name, mode in (('out.csv', 0o640), ('new.csv', 0o604)):
            self.succeed('score', 'system.json', 'data.csv', '-o', name, preexec_fn=lambda: os.umask(0o062))
            self.assertEqual(stat.S_IMODE(os.stat(self.path(name)).st_mode), mode, name)

    def test_a_link_stays_and_what_it_names_is_replaced(self):
        os.mkdir(self.path('folder'))
        self.write('folder/out.csv', OLD)
        os.symlink('folder/out.csv', self.path('link.csv'))
        self.succeed('score', 'system.json', 'data.csv', '-o', 'link.csv')
        self.assertTrue(os.path.islink(self.path('link.csv')))
        self.assertEqual(self.read('folder/out.csv'), self.expected)

    def test_a_pipe_or_device_is_written_to_and_not_replaced(self):
        os.mkfifo(self.path('pipe'))
        os.symlink('pipe', self.path('link'))
        for name in ('pipe', 'link'):
            with subprocess.Popen(['cat', 'pipe'], cwd=self.folder, stdout=subprocess.PIPE) as reader:
                self.succeed('score', 'system.json', 'data.csv', '-o', name)
                self.assertEqual(reader.communicate(timeout=TIMEOUT)[0], self.expected)
            self.assertTrue(stat.S_ISFIFO(os.stat(self.path('pipe')).st_mode))
        self.assert_nothing_happened('link', 'pipe')

    def test_a_file_left_by_a_killed_run_of_the_same_process_id_is_no_obstacle(self):
        self.write('out.csv', OLD)
        guess = self.temporary_pattern('out.csv')
        script = f'for n in {guess}; do echo left > "$n"; done; exec "$0" score system.json data.csv -o out.csv'
        done = subprocess.run(['sh', '-c', script, TOOL], cwd=self.folder, capture_output=True, timeout=TIMEOUT,
                              check=False)
        self.assertEqual((done.returncode, done.stderr), (0, b''))
        self.assertEqual(self.read('out.csv'), self.expected)

    def temporary_pattern(self, name):
        """The temporary name of a run that is cut short, with its process id as the shell's own."""
        with self.start_slowly('-o', name) as process:
            found = self.wait_for_temporary(name)
            process.kill()
        for path in found:
            os.remove(path)
        return ' '.join(os.path.basename(path).replace(str(process.pid), '$$') for path in found)

    # ---- What is refused ----

    def test_the_output_may_not_be_an_input(self):
        os.symlink('data.csv', self.path('link.csv'))
        os.link(self.path('data.csv'), self.path('hard.csv'))
        for name in ('data.csv', './data.csv', self.path('data.csv'), 'link.csv', 'hard.csv', 'system.json'):
            with self.subTest(name=name):
                self.refuse('score', 'system.json', 'data.csv', '-o', name, says=['overwrite'])
                self.assertEqual(self.read('data.csv').decode('utf-8'), ROWS)
        with open(self.path('data.csv'), 'rb') as file:
            self.refuse('score', 'system.json', '-', '-o', 'data.csv', stdin=file, says=['overwrite'])
        self.assert_nothing_happened('hard.csv', 'link.csv')

    def test_no_command_writes_over_what_it_reads(self):
        self.write('template.json', self.succeed('templates', 'show', 'perval').bytes)
        for arguments in (['check', 'system.json', 'data.csv'], ['explain', 'system.json', 'data.csv', '--row', '1'],
                          ['compare', 'system.json', 'data.csv'], ['score', 'system.json', 'data.csv', '--summary']):
            for name in ('system.json', 'data.csv'):
                with self.subTest(arguments=arguments, name=name):
                    before = self.read(name)
                    self.refuse(*arguments, '-o', name, says=[name, 'overwrite'])
                    self.assertEqual(self.read(name), before)

    def test_runs_at_the_same_time_into_the_same_file_leave_the_result_of_one(self):
        self.write('other.csv', ROWS + '5,5\n' * 50_000)
        other = self.succeed('score', 'system.json', 'other.csv').bytes
        for _ in range(5):
            running = [subprocess.Popen([TOOL, 'score', 'system.json', data, '-o', 'out.csv'], cwd=self.folder,
                                        stderr=subprocess.PIPE)
                       for data in ('data.csv', 'other.csv', 'data.csv', 'other.csv')]
            for process in running:
                self.assertEqual((process.communicate(timeout=TIMEOUT)[1], process.returncode), (b'', 0))
            self.assertIn(self.read('out.csv'), (self.expected, other))
            self.assert_nothing_happened('other.csv', 'out.csv')

    def test_standard_error_that_cannot_be_written_changes_no_exit_code(self):
        self.write('bad.csv', 'q1,q2\n12,4\n')
        for arguments, code in ((['score', 'system.json', 'bad.csv'], 0), (['score', 'system.json', 'nowhere.csv'], 1),
                                (['scores'], 2)):
            with open('/dev/full', 'wb') as full:
                done = subprocess.run([TOOL, *arguments], cwd=self.folder, stderr=full, stdout=subprocess.DEVNULL,
                                      timeout=TIMEOUT, check=False)
            self.assertEqual(done.returncode, code)

    def test_an_output_that_cannot_be_is_refused(self):
        os.mkdir(self.path('folder'))
        for name, says in (('folder', 'folder'), ('nowhere/out.csv', os.strerror(errno.ENOENT)),
                           ('system.json/out.csv', os.strerror(errno.ENOTDIR)),
                           ('', ''), ('x' * 300, os.strerror(errno.ENAMETOOLONG)), ('d/' * 3000 + 'x', 'cannot write')):
            with self.subTest(name=name[:20]):
                self.refuse('score', 'system.json', 'data.csv', '-o', name, says=[says])
                self.assert_nothing_happened('folder')

    def test_a_folder_without_permission_is_refused(self):
        os.mkdir(self.path('folder'), 0o555)
        self.refuse('score', 'system.json', 'data.csv', '-o', 'folder/out.csv', says=[os.strerror(errno.EACCES)],
                    **self.as_somebody())

    def test_a_late_mistake_in_the_data_leaves_the_older_file(self):
        self.write('out.csv', OLD)
        self.write('data.csv', ROWS * 1 + '7,4\n' * 200_000 + 'oops,4\n')
        self.refuse('score', 'system.json', 'data.csv', '-o', 'out.csv', says=['"oops"'])
        self.assertEqual(self.read('out.csv'), OLD)
        self.assert_nothing_happened('out.csv')

    # ---- No room ----

    def test_a_full_device_is_reported(self):
        if not os.path.exists('/dev/full'):
            self.skipTest('no /dev/full')
        os.symlink('/dev/full', self.path('full'))
        with open('/dev/full', 'wb') as full:
            for arguments in (['score', 'system.json', 'data.csv'], ['--help'], ['--version'], ['score', '--help'],
                              ['check', 'system.json'], ['templates', 'list'],
                              ['explain', 'system.json', 'data.csv', '--row', '1']):
                with self.subTest(arguments=arguments):
                    self.refuse(*arguments, stdout=full, says=[os.strerror(errno.ENOSPC)])
        self.refuse('score', 'system.json', 'data.csv', '-o', 'full', says=['full', os.strerror(errno.ENOSPC)])
        self.assert_nothing_happened('full')

    def test_a_file_size_limit_leaves_the_older_file(self):
        self.write('out.csv', OLD)
        self.write('data.csv', ROWS * 1 + '7,4\n' * 100_000)

        def limit():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
        self.refuse('score', 'system.json', 'data.csv', '-o', 'out.csv', preexec_fn=limit,
                    says=['out.csv', os.strerror(errno.EFBIG)])
        self.assertEqual(self.read('out.csv'), OLD)
        self.assert_nothing_happened('out.csv')

    def test_a_full_file_system_leaves_the_older_file(self):
        unshare = shutil.which('unshare')
        os.mkdir(self.path('small'))
        mount = 'mount -t tmpfs -o size=64k none small'
        if os.getuid() != 0 or not unshare or subprocess.run([unshare, '-m', 'sh', '-c', mount], cwd=self.folder,
                                                             capture_output=True, check=False).returncode:
            self.skipTest('no file system of its own without being root')
        self.write('data.csv', ROWS * 1 + '7,4\n' * 100_000)
        script = f'{mount} && echo old > small/out.csv && {{ "$0" score system.json data.csv -o small/out.csv; ' \
                 'echo "code $?"; cat small/out.csv; ls -A small; }'
        done = subprocess.run([unshare, '-m', 'sh', '-c', script, TOOL], cwd=self.folder, capture_output=True,
                              timeout=TIMEOUT, check=True, text=True)
        self.assertEqual(done.stdout, 'code 1\nold\nout.csv\n')
        self.assertRegex(done.stderr, r'\Acustval: [^\n]*small/out.csv[^\n]*\n\Z')

    # ---- Ended from outside ----

    def start_slowly(self, *options, **more):
        """Scores standard input that does not end; the caller closes or kills."""
        process = subprocess.Popen([TOOL, 'score', 'system.json', '-', *options], cwd=self.folder,
                                   stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more)
        process.stdin.write(b'q1,q2\n' + b'7,4\n' * 200_000)
        process.stdin.flush()
        return process

    def wait_for_temporary(self, name):
        end = time.monotonic() + 10 * SLOW
        while time.monotonic() < end:
            found = [path for path in glob.glob(self.path('*') ) + glob.glob(self.path('.*'))
                     if os.path.basename(path) not in ('system.json', 'data.csv', name)]
            if found:
                return found
            time.sleep(0.01)
        raise AssertionError('no temporary file appeared')

    def test_an_interrupted_run_leaves_the_older_file_and_nothing_else(self):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            with self.subTest(signal=number.name):
                self.write('out.csv', OLD)
                with self.start_slowly('-o', 'out.csv') as process:
                    self.wait_for_temporary('out.csv')
                    process.send_signal(number)
                    out, err = process.communicate(timeout=TIMEOUT)
                self.assertEqual((process.returncode, out, err), (-number, b'', b''))
                self.assertEqual(self.read('out.csv'), OLD)
                self.assert_nothing_happened('out.csv')

    def test_an_interrupt_at_any_moment_leaves_a_whole_file_or_none(self):
        self.write('data.csv', ROWS * 1 + '7,4\n' * 100_000)
        complete = self.succeed('score', 'system.json', 'data.csv').bytes
        for step in range(40):
            self.write('out.csv', OLD)
            with subprocess.Popen([TOOL, 'score', 'system.json', 'data.csv', '-o', 'out.csv'],
                                  cwd=self.folder) as process:
                time.sleep(step * 0.001)
                process.send_signal(signal.SIGINT)
                process.wait(TIMEOUT)
            self.assertIn(process.returncode, (0, -signal.SIGINT))
            self.assertEqual(self.read('out.csv'), complete if process.returncode == 0 else OLD)
            self.assert_nothing_happened('out.csv')

    def test_a_run_that_is_killed_leaves_the_older_file(self):
        self.write('out.csv', OLD)
        with self.start_slowly('-o', 'out.csv') as process:
            self.wait_for_temporary('out.csv')
            process.kill()
        self.assertEqual(self.read('out.csv'), OLD)

    def test_an_ignored_interrupt_stays_ignored(self):
        with self.start_slowly('-o', 'out.csv', preexec_fn=lambda: signal.signal(signal.SIGHUP,
                                                                                 signal.SIG_IGN)) as process:
            self.wait_for_temporary('out.csv')
            process.send_signal(signal.SIGHUP)
            time.sleep(0.1)
            _, err = process.communicate(b'1,10\n', timeout=TIMEOUT)
        self.assertEqual((process.returncode, err), (0, b''))
        self.assertEqual(len(self.read('out.csv').splitlines()), 200_002)

    def test_a_reader_that_has_seen_enough_ends_the_run_silently(self):
        self.write('data.csv', ROWS * 1 + '7,4\n' * 200_000)
        for ignored in (False, True):
            def prepare(ignored=ignored):
                signal.signal(signal.SIGPIPE, signal.SIG_IGN if ignored else signal.SIG_DFL)
            for options in ([], ['--format', 'json'], ['--threads', '2']):
                with self.subTest(ignored=ignored, options=options):
                    with subprocess.Popen([TOOL, 'score', 'system.json', 'data.csv', *options], cwd=self.folder,
                                          preexec_fn=prepare,
                                          stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                          restore_signals=False) as process:
                        process.stdout.readline()
                        process.stdout.close()
                        err = process.stderr.read()
                        process.wait(TIMEOUT)
                    self.assertEqual(err, b'')
                    self.assertIn(process.returncode, (1, -signal.SIGPIPE))

    def test_standard_streams_that_are_closed_are_no_files(self):
        close = {'out': '>&-', 'in': '<&-', 'err': '2>&-'}
        run = '"$0" score system.json {} {}'
        for data, redirection, code in (('data.csv', close['out'], 1), ('-', close['in'], 1),
                                        ('data.csv', close['err'], 0),
                                        ('data.csv', f'{close["in"]} {close["err"]}', 0)):
            with self.subTest(data=data, redirection=redirection):
                done = subprocess.run(['sh', '-c', run.format(data, redirection), TOOL], cwd=self.folder,
                                      capture_output=True,
                                      timeout=TIMEOUT, check=False)
                self.assertEqual(done.returncode, code, done)
                if code == 0:
                    self.assertEqual(done.stdout, self.expected)
        done = subprocess.run(['sh', '-c', '"$0" score system.json data.csv -o out.csv <&- >&- 2>&-', TOOL],
                              cwd=self.folder,
                              timeout=TIMEOUT, check=False)
        self.assertEqual(done.returncode, 0)
        self.assertEqual(self.read('out.csv'), self.expected)


class Terminals(Case):
    def run_on_terminal(self, *arguments, out_too=False, feed=None):
        """Runs with stderr (and stdout) on a terminal; gives what the terminal, and what standard output, received."""
        master, slave = pty.openpty()
        process = subprocess.Popen([TOOL, *arguments], cwd=self.folder, stderr=slave, stdin=subprocess.PIPE,
                                   stdout=slave if out_too else subprocess.DEVNULL)
        os.close(slave)
        shown = b''
        end = time.monotonic() + TIMEOUT
        while time.monotonic() < end:
            if feed and process.poll() is None:
                time.sleep(0.02)
                try:
                    process.stdin.write(next(feed, b''))
                    process.stdin.flush()
                except BrokenPipeError:
                    feed = None
            if select.select([master], [], [], 0.05)[0]:
                try:
                    piece = os.read(master, 65536)
                except OSError:  # the other side is closed
                    break
                if not piece:
                    break
                shown += piece
                if feed and shown.count(b'\r') > 3:
                    process.stdin.close()
                    feed = None
        process.stdin.close()
        self.assertEqual(process.wait(TIMEOUT), 0)
        os.close(master)
        return shown.decode('utf-8')

    def setUp(self):
        super().setUp()
        self.write('system.json', TINY)

    def slow_rows(self):
        yield b'q1,q2\n'
        while True:
            yield b'7,4\n' * 100_000

    def test_a_terminal_sees_progress_and_it_is_gone_at_the_end(self):
        shown = self.run_on_terminal('score', 'system.json', '-', feed=self.slow_rows())
        self.assertRegex(shown, r'\d')
        self.assertIn('\r', shown)
        self.assertNotIn('\n', shown)
        self.assertTrue(shown.endswith('\r\x1b[K'), repr(shown[-60:]))

    def test_a_terminal_sees_no_progress_if_quiet(self):
        self.write('data.csv', 'q1,q2\n' + '7,4\n' * 1_500_000)
        self.assertEqual(self.run_on_terminal('score', 'system.json', 'data.csv', '--quiet'), '')

    def test_a_short_run_shows_no_progress(self):
        self.write('data.csv', ROWS)
        self.assertEqual(self.run_on_terminal('score', 'system.json', 'data.csv'), '')

    def test_progress_never_mixes_with_results_on_the_same_terminal(self):
        self.write('data.csv', 'q1,q2\n' + '7,4\n' * 100_000)
        shown = self.run_on_terminal('score', 'system.json', 'data.csv', out_too=True)
        self.assertNotIn('\x1b', shown)
        self.assertEqual(len(shown.split('\r\n')), 100_002)

    def test_a_pipe_sees_no_progress(self):
        self.write('data.csv', 'q1,q2\n' + '7,4\n' * 1_500_000)
        self.assertEqual(self.succeed('score', 'system.json', 'data.csv', '-o', 'out.csv').err, '')

    def test_quiet_also_silences_notes_but_not_mistakes(self):
        self.write('data.csv', 'q1,q2\n12,4\n')
        self.assertIn('12', self.succeed('score', 'system.json', 'data.csv', notes=True).err)
        self.assertEqual(self.succeed('score', 'system.json', 'data.csv', '--quiet').err, '')
        self.write('data.csv', 'q1,q2\nx,4\n')
        self.refuse('score', 'system.json', 'data.csv', '--quiet', says=['"x"'])


if __name__ == '__main__':
    main()
