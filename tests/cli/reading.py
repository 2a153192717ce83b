#!/usr/bin/env python3
# CSV as people have it: what is read, and what is refused with one clear line.
# SPDX-License-Identifier: Apache-2.0
import csv
import errno
import io
import json
import os
import random
import subprocess
import time

from reference import Reference, agrees
from support import (SMALL, SMALL_HEADER, SMALL_ROWS, TIMEOUT, TINY, TOOL, Case, csv_text, dimension, indicator,
                     item, main, records, system)

# The tiny system's value of q1 = 7 and q2 = 4, and of 1 and 10: scores are 100 (x - 1)/9.
SEVEN_FOUR = 100 * 3 / 9
ONE_TEN = -100.0


class Values(Case):
    def assert_values(self, rows, *values):
        self.assertEqual(len(rows), len(values), rows)
        for row, value in zip(rows, values):
            if value is None:
                self.assertEqual(row['value'], '', row)
            else:
                self.assertAlmostEqual(float(row['value'].replace(',', '.')), value, delta=1e-10)


class Reading(Values):
    def test_a_plain_file_is_read(self):
        self.assert_values(self.score_text('q1,q2\n7,4\n1,10\n'), SEVEN_FOUR, ONE_TEN)

    def test_lines_may_end_with_line_feed_or_carriage_return_and_line_feed(self):
        for text in ('q1,q2\r\n7,4\r\n1,10\r\n', 'q1,q2\n7,4\r\n1,10\n', 'q1,q2\r\n7,4\n1,10'):
            with self.subTest(text=text):
                self.assert_values(self.score_text(text), SEVEN_FOUR, ONE_TEN)

    def test_the_last_line_needs_no_end(self):
        self.assert_values(self.score_text('q1,q2\n7,4\n1,10'), SEVEN_FOUR, ONE_TEN)
        self.assert_values(self.score_text('q1,q2,t\n7,4,x\n1,10,"y"'), SEVEN_FOUR, ONE_TEN)
        self.assert_values(self.score_text('q1,q2\n7,4\n1,', notes=True), SEVEN_FOUR, None)

    def test_blank_lines_are_passed_over(self):
        self.assert_values(self.score_text('\n\nq1,q2\n\n7,4\r\n\r\n\n1,10\n\n\n'), SEVEN_FOUR, ONE_TEN)

    def test_a_byte_order_mark_is_passed_over(self):
        self.assert_values(self.score_text('\ufeffq1,q2\n7,4\n'), SEVEN_FOUR)
        self.assert_values(self.score_text('\ufeff"q1","q2"\n"7","4"\n'), SEVEN_FOUR)

    def test_columns_stand_in_any_order_among_others(self):
        self.assert_values(self.score_text('name,q2,,q1,note\nAnn,4,,7,\nBob,10,,1,"x"\n'), SEVEN_FOUR, ONE_TEN)

    def test_names_may_be_in_quotes_and_in_any_script(self):
        document = system(dimension('形象', 'benefit', indicator('品牌形象', item('品牌, "A"'))),
                          dimension('가격', 'sacrifice', indicator('цена', item('Größe\nin cm', id='size'))))
        rows = self.score_text('"品牌, ""A""","Größe\nin cm"\n7,4\n', '--levels', 'value,indicator', document=document)
        self.assert_values(rows, SEVEN_FOUR)
        self.assertAlmostEqual(float(rows[0]['品牌形象']), 100 * 6 / 9, delta=1e-10)

    def test_quoted_cells_may_hold_delimiters_quotes_and_line_ends(self):
        text = 'name,q1,q2\n"Smith, Ann",7,4\n"say ""hi""\nand ""bye""","1",10\n"""","7","4"\n",\r\n,",1,10\n'
        self.assert_values(self.score_text(text), SEVEN_FOUR, ONE_TEN, SEVEN_FOUR, ONE_TEN)

    def test_a_quote_inside_a_plain_cell_is_a_character(self):
        self.assert_values(self.score_text('name,q1,q2\nO"Neil,7,4\n5" pipe,1,10\n'), SEVEN_FOUR, ONE_TEN)

    def test_numbers_come_in_many_shapes(self):
        for text in ('7', ' 7', '7 ', '\t7', '+7', '7.0', '7.', '007', '7e0', '0.7E+1', '70e-1', '"7"', '" 7 "',
                     '7.00000000000000000000000000000000000000000000000000000000000'):
            with self.subTest(text=text):
                self.assert_values(self.score_text(f'q1,q2\n{text},4\n'), SEVEN_FOUR)

    def test_a_number_is_read_as_the_nearest_double(self):
        generator = random.Random(1)
        numbers = [repr(generator.uniform(1, 10)) for _ in range(200)]
        numbers += [f'{generator.uniform(1, 10):.25f}' for _ in range(200)]
        numbers += [f'{generator.uniform(1, 10):.{digits}e}' for digits in range(20) for _ in range(10)]
        document = system(dimension('d', 'benefit', indicator('i', {'column': 'x', 'curve': {
            'type': 'linear', 'intercept': 0, 'slope': 1}})))
        rows = self.score_text('x,y\n' + ''.join(f'{number},\n' for number in numbers), document=document)
        self.assertEqual([float(row['value']) for row in rows], [float(number) for number in numbers])

    def test_numbers_are_written_so_that_they_read_back_the_same_and_no_longer(self):
        generator = random.Random(2)
        numbers = [generator.uniform(-1, 1) * 10.0 ** generator.randint(-12, 14) for _ in range(500)] + [0.1, 1 / 3]
        document = system(dimension('d', 'benefit', indicator('i', {'column': 'x', 'curve': {
            'type': 'linear', 'intercept': 0, 'slope': 1}})))
        rows = self.score_text('x,y\n' + ''.join(f'{number!r},\n' for number in numbers), document=document)
        digits = str.maketrans('', '', '.-')
        for row, number in zip(rows, numbers):
            self.assertEqual(float(row['value']), number)
            written, shortest = (text.split('e')[0].translate(digits).strip('0')
                                 for text in (row['value'], repr(number)))
            self.assertEqual(written, shortest)

    def test_blank_cells_and_the_usual_words_are_missing(self):
        for text in ('', ' ', '""', 'NA', 'n/a', '#N/A', 'NaN', 'null', 'NULL', 'None', '.', ' NA '):
            with self.subTest(text=text):
                rows = self.score_text(f'q1,q2,q3\n{text},4,\n', notes=True)
                self.assert_values(rows, None)
                self.assertNotEqual(rows[0]['status'], self.score_text('q1,q2\n7,4\n')[0]['status'])

    def test_other_texts_for_missing_are_named(self):
        rows = self.score_text('q1,q2\n7,keine Angabe\n-,4\n7,4\n', '--missing', 'keine Angabe', '--missing', '-',
                               notes=True)
        self.assert_values(rows, None, None, SEVEN_FOUR)
        self.refuse_text('q1,q2\n7,keine Angabe\n', 'line 2', '"q2"', '"keine Angabe"')

    def test_a_missing_code_is_no_answer_and_leaves_the_rest_of_the_row(self):
        header = ['q1', 'q2', '品牌', 'q3', 'q5', 'q6']
        rows = self.score_text(csv_text(header, [['7', '8', code, '50', '3', '4'] for code in ('98', '99', '')]),
                               '--levels', 'value,indicator', document=SMALL)
        self.assertEqual([row['品牌形象'] for row in rows], ['', '', ''])
        self.assertEqual(len({row['value'] for row in rows}), 1)

    def test_delimiters_are_found(self):
        for delimiter in (',', ';', '\t', '|'):
            with self.subTest(delimiter=delimiter):
                rows = self.score_text(f'q1{delimiter}"a,;|\tb"{delimiter}q2\n7{delimiter}x{delimiter}4\n',
                                       delimiter=delimiter)
                self.assert_values(rows, SEVEN_FOUR)

    def test_delimiters_are_named(self):
        for delimiter, name in ((',', ','), (';', ';'), ('\t', 'tab'), ('\t', '\t'), ('|', '|'), (':', ':'),
                                (',', 'comma'),
                                (';', 'semicolon'), ('|', 'pipe'), (' ', 'space'), (',', 'auto')):
            with self.subTest(delimiter=delimiter, name=name):
                text = f'q1{delimiter}q2{delimiter}";,;,;,|||\t\t\t"\n7{delimiter}4{delimiter}\n'
                rows = self.score_text(text, '--delimiter', name, delimiter=delimiter)
                self.assert_values(rows, SEVEN_FOUR)

    def test_decimal_commas_are_read_when_asked_for(self):
        self.assert_values(self.score_text('q1;q2\n7,0;4\n"1,0";1e1\n', '--decimal', ',', delimiter=';'), SEVEN_FOUR,
                           ONE_TEN)
        self.assert_values(self.score_text('q1\tq2\n7,0\t4\n', '--decimal', ',', '--delimiter', 'tab', delimiter='\t'),
                           SEVEN_FOUR)

    def test_decimal_commas_stand_in_quotes_where_commas_delimit(self):
        self.assert_values(self.score_text('q1,q2\n"7,0",4\n"1,0","10"\n', '--decimal', ','), SEVEN_FOUR, ONE_TEN)

    def test_a_decimal_comma_that_was_not_asked_for_gets_a_hint(self):
        message = self.refuse_text('q1;q2\n7,5;4\n', 'data.csv', 'line 2', '"q1"', '"7,5"')
        self.assertIn('--decimal', message)

    def test_the_locale_changes_nothing(self):
        self.write('system.json', TINY)
        self.write('data.csv', 'q1,q2\n7.5,4.25\n1,10\n')
        plain = self.succeed('score', 'system.json', 'data.csv', env={'LC_ALL': 'C', 'LD_PRELOAD': ''})
        for locale in ('de_DE.UTF-8', 'de_DE.utf8', 'fr_FR.UTF-8', 'tr_TR.UTF-8', 'C.UTF-8', 'nonsense'):
            with self.subTest(locale=locale):
                self.assertEqual(self.succeed('score', 'system.json', 'data.csv',
                                              env={'LC_ALL': locale, 'LD_PRELOAD': ''}).bytes, plain.bytes)

    def test_standard_input_gives_the_same_as_a_file(self):
        self.write('system.json', SMALL)
        text = csv_text(SMALL_HEADER, SMALL_ROWS)
        self.write('data.csv', text)
        from_file = self.succeed('score', 'system.json', 'data.csv', '--id', 'id')
        self.assertEqual(self.succeed('score', 'system.json', '-', '--id', 'id', stdin=text).bytes, from_file.bytes)

    def test_a_slow_writer_gives_the_same_as_a_file(self):
        self.write('system.json', SMALL)
        text = csv_text(SMALL_HEADER, SMALL_ROWS).encode('utf-8')
        self.write('data.csv', text)
        from_file = self.succeed('score', 'system.json', 'data.csv')
        with subprocess.Popen([TOOL, 'score', 'system.json', '-'], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, cwd=self.folder) as process:
            for start in range(0, len(text), 7):
                process.stdin.write(text[start:start + 7])
                process.stdin.flush()
                time.sleep(0.001)
            out, err = process.communicate(timeout=TIMEOUT)
        self.assertEqual((process.returncode, err), (0, b''))
        self.assertEqual(out, from_file.bytes)

    def test_a_named_pipe_is_read_as_a_file(self):
        self.write('system.json', TINY)
        os.mkfifo(self.path('pipe'))
        with subprocess.Popen(['sh', '-c', 'printf "q1,q2\\n7,4\\n" > pipe'], cwd=self.folder):
            self.assert_values(records(self.succeed('score', 'system.json', 'pipe').out), SEVEN_FOUR)

    def test_a_header_without_rows_gives_a_header_without_rows(self):
        for text in ('q1,q2', 'q1,q2\n', '\ufeffq1,q2\r\n\r\n'):
            with self.subTest(text=text):
                self.write('system.json', TINY)
                self.write('data.csv', text)
                out = self.succeed('score', 'system.json', 'data.csv', notes=True).out
                self.assertEqual(len(out.splitlines()), 1, out)
                self.assertIn('value', out)

    def test_a_long_cell_and_a_long_line_are_read(self):
        long = 'x' * 3_000_000
        self.assert_values(self.score_text(f'a,q1,q2\n{long},7,4\n"{long}\n{long}",1,10\n'), SEVEN_FOUR, ONE_TEN)
        header = ','.join(f'c{number}' for number in range(20_000))
        cells = ',' * 20_000
        self.assert_values(self.score_text(f'{header},q1,q2\n{cells}7,4\n{cells}1,10\n'), SEVEN_FOUR, ONE_TEN)
        digits = '0' * 100_000
        self.assert_values(self.score_text(f'q1,q2\n{digits}7.{digits},4\n'), SEVEN_FOUR)

    def test_columns_that_are_not_read_may_hold_anything(self):
        self.write('system.json', TINY)
        self.write('data.csv', b'id,a,q1,q2\nx,\xff\xfe\x01latin-1 \xe9,7,4\ny,\x1b[2J,1,10\n')
        self.assert_values(records(self.succeed('score', 'system.json', 'data.csv').out), SEVEN_FOUR, ONE_TEN)


class Refusing(Values):
    def test_a_missing_column_is_named_with_the_nearest_ones(self):
        message = self.refuse_text('Q1,q_2,price\n7,4,1\n', 'data.csv', '"q1"')
        self.assertIn('"Q1"', message)

    def test_a_missing_column_is_named_with_those_there_are_if_none_is_near(self):
        self.refuse_text('alpha,beta\n7,4\n', 'data.csv', '"q1"', '"alpha"', '"beta"')

    def test_a_text_where_a_number_belongs_is_shown_with_file_line_and_column(self):
        for text in ('abc', '7x', '1 000', '1_000', '0x7', 'inf', '-inf', 'infinity', '1e', '--7', '7,5', '７', '7%',
                     '=7', 'TRUE'):
            with self.subTest(text=text):
                self.refuse_text(f'q1,q2\n7,4\n\n"{text}",4\n', 'data.csv', 'line 4', '"q1"', text)

    def test_lines_are_counted_through_quoted_line_ends_up_to_the_cell_itself(self):
        self.refuse_text('note,q1,q2\n"a\nb\r\nc",7,4\n"\n",x,4\n', 'line 6', '"q1"')

    def test_the_line_of_a_mistake_is_right_far_into_a_file(self):
        self.refuse_text('note,q1,q2\n' + '"a\nb",7,4\n' * 100_000 + 'z,7,oops\n' + 'a,7,4\n' * 100_000, 'line 200002',
                         '"q2"')
        message = self.refuse_text('q1,q2\n' + '7,4\n' * 150_000 + '7\n' + '7,4\n' * 9, 'line 150002')
        self.assertEqual(message, self.refuse_text('q1,q2\n' + '7,4\n' * 150_000 + '7\n', options=('--threads', '1')))

    def test_the_first_of_many_mistakes_is_reported_for_any_number_of_threads(self):
        text = 'q1,q2\n' + '7,4\n' * 50_000 + 'one,4\n' + '7,4\n' * 100_000 + 'two,4\n' + '7\n' * 100_000
        for threads in ('1', '2', '5'):
            for _ in range(3):
                self.refuse_text(text, 'line 50002', '"one"', options=('--threads', threads))

    def test_a_number_too_large_is_refused(self):
        self.refuse_text('q1,q2\n1e999,4\n', 'line 2', '"q1"', '1e999')

    def test_a_long_or_strange_cell_does_not_flood_the_message(self):
        message = self.refuse_text('q1,q2\n' + 'y' * 100_000 + ',4\n', 'line 2', '"q1"', 'yyyy')
        self.assertLess(len(message), 500)
        self.write('data.csv', b'q1,q2\n"a\n\x1b[31m\xff\x07",4\n')
        message = self.refuse('score', 'system.json', 'data.csv', says=['line 2', '"q1"'])
        self.assertTrue(message[:-1].isprintable(), message)

    def test_a_line_with_too_few_or_too_many_cells_is_refused(self):
        self.refuse_text('q1,q2\n7,4\n7\n', 'data.csv', 'line 3', '1', '2')
        self.refuse_text('q1,q2\n7,4\n7,4,9\n', 'data.csv', 'line 3', '3', '2')
        self.refuse_text('q1,q2\n7,4,\n', 'data.csv', 'line 2')

    def test_a_bare_carriage_return_is_refused(self):
        self.refuse_text('q1,q2\r7,4\r1,10\r', 'data.csv', 'line 1', 'carriage return')
        self.refuse_text('q1,q2\n7,4\r1,10\n', 'data.csv', 'line 2', 'carriage return')

    def test_text_after_a_closing_quote_is_refused(self):
        self.refuse_text('note,q1,q2\n"a"b,7,4\n', 'data.csv', 'line 2', 'quote')
        self.refuse_text('note,q1,q2\nx,7,4\n"a" ,7,4\n', 'data.csv', 'line 3', 'quote')

    def test_a_quote_that_is_never_closed_is_refused_with_the_line_where_it_opens(self):
        self.refuse_text('note,q1,q2\nx,7,4\n"a,7,4\nb,7,4\n', 'data.csv', 'line 3', 'quote')
        self.refuse_text('note,q1,q2\nx,7,4\ny,7,"4', 'data.csv', 'line 3', 'quote')
        self.refuse_text('"note,q1,q2\nx,7,4\n', 'data.csv', 'line 1', 'quote')

    def test_a_quote_that_swallows_a_large_file_is_refused_without_reading_it_all(self):
        self.refuse_text('note,q1,q2\nx,7,4\n"a,7,4\n' + 'b,7,4\n' * 4_000_000, 'data.csv', 'line 3', 'quote')

    def test_a_byte_0_is_refused(self):
        self.refuse_text(b'q1,q2\n7,4\n7,\x004\n', 'data.csv', 'line 3')
        self.refuse_text(b'q1,q2\n7,4\n' + b'\x00' * 4096, 'data.csv', 'line 3')
        self.refuse_text(b'note,q1,q2\n"a\n\x00",7,4\n', 'data.csv', 'line 3')

    def test_utf_16_is_refused_by_name(self):
        text = 'q1,q2\n7,4\n'
        for encoding in ('utf-16', 'utf-16-le', 'utf-16-be'):
            with self.subTest(encoding=encoding):
                self.refuse_text(text.encode(encoding), 'data.csv', 'UTF-16', 'UTF-8')

    def test_names_that_are_not_utf_8_are_refused(self):
        self.refuse_text('Größe,q1,q2\n1,7,4\n'.encode('latin-1'), 'data.csv', 'UTF-8')

    def test_other_kinds_of_files_are_refused(self):
        for content in (b'\x7fELF\x02\x01\x01' + bytes(100), b'PK\x03\x04' + bytes(30), b'\x89PNG\r\n\x1a\n'
                        + bytes(20),
                        b'\x1f\x8b\x08\x00' + bytes(30), b'{"a": 1}', b'<html><body>no</body></html>\n'):
            with self.subTest(content=content[:8]):
                self.refuse_text(content, 'data.csv')

    def test_an_empty_file_is_refused(self):
        for content in (b'', b'\n\n\r\n', b'\xef\xbb\xbf', b'\xef\xbb\xbf\n'):
            with self.subTest(content=content):
                self.refuse_text(content, 'data.csv', 'empty')
        self.write('system.json', TINY)
        self.refuse('score', 'system.json', '-', says=['standard input', 'empty'])

    def test_a_name_that_stands_twice_is_refused_where_it_is_needed(self):
        self.refuse_text('q1,q2,q1\n7,4,8\n', 'data.csv', '"q1"', 'twice')
        self.assertEqual(len(self.score_text('a,q1,a,q2,,\n,7,,4,,\n')), 1)

    def test_duplicate_ids_are_refused(self):
        self.write('system.json', TINY)
        self.write('data.csv', 'id,q1,q2\na,7,4\nb,7,4\na,1,10\n')
        self.refuse('score', 'system.json', 'data.csv', '--id', 'id', says=['data.csv', '"a"', 'line 4'])

    def test_the_wrong_delimiter_is_noticed(self):
        self.refuse_text('q1;q2\n7;4\n', 'data.csv', '"q1"', options=('--delimiter', ','))

    def test_files_that_cannot_be_read_are_named(self):
        self.write('system.json', TINY)
        self.write('data.csv', 'q1,q2\n7,4\n')
        os.mkdir(self.path('folder'))
        self.refuse('score', 'system.json', 'nowhere.csv', says=['nowhere.csv', os.strerror(errno.ENOENT)])
        self.refuse('score', 'nowhere.json', 'data.csv', says=['nowhere.json', os.strerror(errno.ENOENT)])
        self.refuse('score', 'system.json', 'folder', says=['folder', os.strerror(errno.EISDIR)])
        self.refuse('score', 'folder', 'data.csv', says=['folder', os.strerror(errno.EISDIR)])

    def test_files_without_permission_are_named(self):
        self.write('system.json', TINY)
        self.write('data.csv', 'q1,q2\n7,4\n')
        os.chmod(self.path('data.csv'), 0)
        self.refuse('score', 'system.json', 'data.csv', says=['data.csv', os.strerror(errno.EACCES)],
                    **self.as_somebody())

    def test_names_of_files_may_be_anything_and_messages_stay_on_one_line(self):
        self.write('system.json', TINY)
        for name in (b'a b.csv', 'Kundenbefragung 2024 \u2013 gr\u00f6\u00dfer.csv'.encode(), b'latin\xe9.csv',
                     b'line\nend.csv', b'\x1b[31m.csv', b'%s%n.csv'):
            with self.subTest(name=name):
                path = os.path.join(os.fsencode(self.folder), name)
                with open(path, 'wb') as file:
                    file.write(b'q1,q2\n7,4\n')
                self.assert_values(records(self.succeed('score', 'system.json', name).out), SEVEN_FOUR)
                os.remove(path)
                done = subprocess.run([TOOL, 'score', 'system.json', name], cwd=self.folder, capture_output=True,
                                      timeout=TIMEOUT, check=False)
                self.assertEqual(done.returncode, 1)
                self.assertEqual(done.stderr.count(b'\n'), 1, done.stderr)
                self.assertNotIn(b'\x1b', done.stderr)

    def test_one_standard_input_cannot_be_two_files(self):
        self.misuse('score', '-', '-', says=['standard input'])
        self.write('data.csv', 'q1,q2\n7,4\n')
        out = self.succeed('score', '-', 'data.csv', stdin=json.dumps(TINY)).out
        self.assertIn('33.3', out)

    def test_the_wrong_document_is_refused(self):
        self.write('data.csv', 'q1,q2\n7,4\n')
        for content, says in ((TINY | {'custval': 'lifetime'}, '$.custval'), (TINY | {'version': 99}, '99'), ([], ''),
                              ('', ''), ('{', ''), ('q1,q2\n7,4\n', ''), ({}, 'custval'), (b'\x00\x01', ''),
                              (TINY | {'dimension': []}, '"dimensions"')):
            with self.subTest(content=content):
                self.write('system.json', content)
                self.refuse('score', 'system.json', 'data.csv', says=['system.json', says])

    def test_arguments_in_the_wrong_order_are_noticed(self):
        self.write('system.json', TINY)
        self.write('data.csv', 'q1,q2\n7,4\n')
        self.refuse('score', 'data.csv', 'system.json', says=['data.csv'])


class Random(Case):
    """Files with every kind of cell, line end and delimiter, read by us and by Python."""

    NOTES = ['', 'x', 'a b', 'with "quotes"', 'line\nend', '\r\n', ',;|\t', '"', '""', '品牌', 'é', '\n\n"', "'", ' ',
             'NA']

    def make(self, generator):
        delimiter = generator.choice(',;\t|')
        end = generator.choice(['\n', '\r\n'])
        header = SMALL_HEADER + ['note', 'other note']
        generator.shuffle(header)

        def cell(name):
            if 'note' in name:
                return ''.join(generator.choices(self.NOTES, k=generator.randint(0, 4)))
            if name == 'id' or generator.random() < 0.1:
                return ''
            number = generator.uniform(1, 10)
            return generator.choice([str(int(number)), f'{number:.2f}', repr(number), f'{number:e}'])

        def written(text):
            if any(letter in text for letter in delimiter + '"\r\n') or generator.random() < 0.2:
                return '"' + text.replace('"', '""') + '"'
            return text

        rows = [header] + [[cell(name) for name in header] for _ in range(generator.randint(0, 60))]
        lines = [delimiter.join(written(text) for text in row) for row in rows]
        text = generator.choice(['', '\ufeff']) + end.join(lines) + generator.choice(['', end, end + end])
        return delimiter, text

    def check_file(self, delimiter, text):
        rows = self.score_text(text.encode('utf-8'), '--delimiter', 'tab' if delimiter == '\t' else delimiter,
                               '--levels', 'value,side,indicator', document=SMALL, delimiter=delimiter, notes=True)
        reference = Reference(SMALL)
        expected = list(csv.DictReader(io.StringIO(text.lstrip('\ufeff'), newline=''), delimiter=delimiter))
        self.assertEqual(len(rows), len(expected))
        for row, source in zip(rows, expected):
            scores = reference.score(source)
            for name in ('value', 'benefit', 'sacrifice', 'reliability', '品牌形象', 'advice', 'price', 'waiting',
                         'coverage'):
                self.assertTrue(agrees(row[name], scores[name]), f'{name}: {row[name]} of {source}, not {scores[name]}')

    def test_random_files_are_read_as_python_reads_them(self):
        for seed in range(100):
            with self.subTest(seed=seed):
                self.check_file(*self.make(random.Random(seed)))

    def test_blocks_are_cut_between_records_wherever_quotes_stand(self):
        for seed in range(4):
            generator = random.Random(seed)
            out = io.StringIO()
            writer = csv.writer(out, lineterminator='\n', quoting=csv.QUOTE_NONNUMERIC)
            writer.writerow(['note', *SMALL_HEADER])
            for number in range(4_000):
                note = ''.join(generator.choices('ab\n",\r', k=generator.choice([0, 3, 50, 700])))
                writer.writerow([note, number, *(generator.randint(1, 10) for _ in SMALL_HEADER[1:])])
            with self.subTest(seed=seed):
                self.check_file(',', out.getvalue())


if __name__ == '__main__':
    main()
