/* A small file of comma-separated values that people write by hand, whole in memory. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "sheet.h"

#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "csv_cell.h"
#include "number_parse.h"
#include "output.h"
#include "platform.h"

void sheet_set_problem(sheet_problem *problem, uint64_t line, const char *format, ...) {
    va_list list;
    problem->line = line;
    va_start(list, format);
    custval__format_list(problem->message, sizeof problem->message, format, list);
    va_end(list);
}

/* ---- Records ----------------------------------------------------------------------------------------------------- */

static custval_text without_blanks(custval_text cell) {
    while (cell.length > 0 && (cell.data[cell.length - 1] == ' ' || cell.data[cell.length - 1] == '\t')) cell.length--;
    for (; cell.length > 0 && (*cell.data == ' ' || *cell.data == '\t'); cell.data++) cell.length--;
    return cell;
}

/* A record in the making. */
typedef struct new_record {
    custval_text *cells;
    size_t count, capacity;
    int is_blank;
} new_record;

static int add_cell(new_record *to, custval_text cell, uint64_t line, sheet_problem *problem) {
    char shown[QUOTED_SIZE];
    if (!custval__utf8_valid(cell.data, cell.length)) {
        sheet_set_problem(problem, line, "%s is not UTF-8; save the file as CSV in UTF-8",
                          quoted(cell.data, cell.length, shown));
        return 0;
    }
    if (to->count == to->capacity) {
        to->capacity = to->capacity == 0 ? 16 : 2 * to->capacity;
        to->cells = memory_resize(to->cells, to->capacity, sizeof to->cells[0]);
    }
    to->cells[to->count] = without_blanks(cell);
    if (to->cells[to->count++].length > 0) to->is_blank = 0;
    return 1;
}

/* Keeps a record, which is as long as the first one. */
static int keep(sheet *to, const new_record *from, uint64_t line, sheet_problem *problem) {
    if (from->is_blank) return 1;
    if (to->records == 0) to->columns = from->count;
    if (from->count != to->columns) {
        sheet_set_problem(problem, line, "this row has %zu cell%s, the header has %zu", from->count,
                          from->count == 1 ? "" : "s", to->columns);
        return 0;
    }
    if ((to->records & (to->records - 1)) == 0) { /* full at each power of two */
        const size_t room = to->records == 0 ? 1 : 2 * to->records;
        to->lines = memory_resize(to->lines, room, sizeof to->lines[0]);
        to->cells = memory_resize(to->cells, room, to->columns * sizeof to->cells[0]);
    }
    memcpy(to->cells + to->records * to->columns, from->cells, from->count * sizeof from->cells[0]);
    to->lines[to->records++] = line;
    return 1;
}

/* Reads the records of a block, which begins after `*lines` newlines. */
static int read_block(sheet *to, const csv_block *block, char delimiter, new_record *row, uint64_t *lines,
                      sheet_problem *problem) {
    csv_cursor cursor;
    csv_cursor_init(&cursor, delimiter, block->data, block->length);
    while (csv_next_record(&cursor)) {
        const uint64_t line = *lines + cursor.lines + 1;
        int end = CSV_DELIMITER;
        row->count = 0;
        row->is_blank = 1;
        while (end == CSV_DELIMITER) {
            custval_text cell = {"", 0};
            const uint64_t cell_line = *lines + cursor.lines + 1;
            end = csv_cell(&cursor, &cell);
            if (end > CSV_RECORD) {
                sheet_set_problem(problem, cell_line, "%s", csv_mistake(end));
                return 0;
            }
            if (!add_cell(row, cell, cell_line, problem)) return 0;
        }
        if (!keep(to, row, line, problem)) return 0;
    }
    *lines += cursor.lines;
    return 1;
}

/* ---- Files ------------------------------------------------------------------------------------------------------- */

static int set_reading_problem(sheet_problem *problem, int what, uint64_t line) {
    char order[MESSAGE_SIZE];
    if (what == CSV_DOCUMENT) {
        sheet_set_problem(problem, 0, "this is a document (JSON), not a table (CSV)%s", args_order(order));
    } else if (what == CSV_UTF16) {
        sheet_set_problem(problem, 0, "this is UTF-16 text; save it as CSV in UTF-8");
    } else if (what == CSV_NUL) {
        sheet_set_problem(problem, line, "this line holds a byte 0; this is no CSV text in UTF-8");
    } else {
        sheet_set_problem(problem, line, "this record is longer than 16 MiB; is a quote not closed?");
    }
    return 0;
}

int sheet_read(sheet *to, csv_source source, void *source_data, char delimiter, char decimal, sheet_problem *problem) {
    csv_reader reader;
    csv_block block = {NULL, 0, 0, 0, 0};
    new_record row = {NULL, 0, 0, 0};
    uint64_t lines = 0;
    *to = (sheet){.decimal = decimal};
    const int start = csv_reader_start(&reader, source, source_data, CSV_BLOCK_SIZE, delimiter);
    int is_fine = start == CSV_NO_PROBLEM || set_reading_problem(problem, start, 0);
    while (is_fine && csv_reader_next(&reader, &block)) {
        if (block.problem != CSV_NO_PROBLEM) {
            is_fine = set_reading_problem(problem, block.problem, lines + block.problem_line + 1);
            break;
        }
        if (reader.bytes > SHEET_LARGEST) {
            sheet_set_problem(problem, 0, "the file is longer than 64 MiB; is it data?");
            is_fine = 0;
            break;
        }
        to->blocks = memory_resize(to->blocks, to->block_count + 1, sizeof to->blocks[0]);
        to->blocks[to->block_count++] = block;
        is_fine = read_block(to, &block, reader.delimiter, &row, &lines, problem);
        block = (csv_block){NULL, 0, 0, 0, 0}; /* the sheet's now */
    }
    if (is_fine && to->records == 0) {
        sheet_set_problem(problem, 0, "the file is empty");
        is_fine = 0;
    }
    free(row.cells);
    csv_block_free(&block);
    csv_reader_free(&reader);
    return is_fine;
}

void sheet_free(sheet *of) {
    for (size_t i = 0; i < of->block_count; i++) csv_block_free(&of->blocks[i]);
    free(of->blocks);
    free(of->cells);
    free(of->lines);
    *of = (sheet){0};
}

void sheet_fail(const char *path, const sheet_problem *problem) {
    if (problem->line == 0) fail("%s: %s", input_name(path), problem->message);
    fail("%s: line %llu: %s", input_name(path), (unsigned long long)problem->line, problem->message);
}

typedef struct file_source {
    FILE *file;
    const char *name;
} file_source;

static size_t read_file(void *data, char *out, size_t size) {
    const file_source *const from = data;
    const size_t got = fread(out, 1, size, from->file);
    if (got < size && ferror(from->file)) fail("cannot read %s: %s", from->name, strerror(errno));
    return got;
}

void sheet_open(sheet *to, const char *path, const data_options *options, const char *written, const char *command) {
    const int is_standard = strcmp(path, "-") == 0;
    const char delimiter = data_delimiter(options, command), decimal = data_decimal(options, command);
    sheet_problem problem = {0, ""};
    file_source from = {is_standard ? stdin : fopen(path, "rb"), input_name(path)};
    if (from.file == NULL) fail("cannot read %s: %s", path, strerror(errno));
    if (is_standard) platform_set_binary(stdin);
    output_refuse(written, from.file, from.name);
    if (!sheet_read(to, read_file, &from, delimiter, decimal, &problem)) sheet_fail(path, &problem);
    if (!is_standard) fclose(from.file);
}

/* ---- Cells ------------------------------------------------------------------------------------------------------- */

static char small_letter(char byte) {
    return byte >= 'A' && byte <= 'Z' ? (char)(byte + ('a' - 'A')) : byte;
}

int sheet_is_word(const custval_text *cell, const char *word) {
    for (size_t i = 0; i < cell->length; i++) {
        if (word[i] == 0 || small_letter(cell->data[i]) != word[i]) return 0;
    }
    return word[cell->length] == 0;
}

size_t sheet_column(const sheet *of, const char *word) {
    for (size_t i = 0; i < of->columns; i++) {
        if (sheet_is_word(sheet_cell(of, 0, i), word)) return i;
    }
    return SIZE_MAX;
}

static int is_single(const sheet *of, const char *word, sheet_problem *problem) {
    char shown[QUOTED_SIZE], other[QUOTED_SIZE];
    const size_t first = sheet_column(of, word);
    for (size_t i = first == SIZE_MAX ? of->columns : first + 1; i < of->columns; i++) {
        const custval_text *const one = sheet_cell(of, 0, first), *const two = sheet_cell(of, 0, i);
        if (!sheet_is_word(two, word)) continue;
        sheet_set_problem(problem, of->lines[0],
                          "the column %s stands twice in the header, as number %zu, %s, and %zu, %s", word, first + 1,
                          quoted(one->data, one->length, shown), i + 1, quoted(two->data, two->length, other));
        return 0;
    }
    return 1;
}

int sheet_are_single(const sheet *of, const char *const *words, size_t count, sheet_problem *problem) {
    size_t i = 0;
    while (i < count && (words[i] == NULL || is_single(of, words[i], problem))) i++;
    return i == count;
}

static int read_number(const custval_text *cell, char decimal, double *out) {
    const char *const slash = memchr(cell->data, '/', cell->length);
    if (slash == NULL) return number_parse(cell->data, cell->length, decimal, out);
    const size_t before = (size_t)(slash - cell->data);
    double over = 0.0, under = 0.0;
    int result = number_parse(cell->data, before, decimal, &over);
    if (result == NUMBER_READ) result = number_parse(slash + 1, cell->length - before - 1, decimal, &under);
    if (result != NUMBER_READ) return result;
    if (under == 0.0) return NUMBER_NONE;
    *out = over / under;
    return isinf(*out) ? NUMBER_TOO_LARGE : NUMBER_READ;
}

int sheet_number(const sheet *of, size_t record, size_t column, const char *what, double *out, sheet_problem *problem) {
    const custval_text *const cell = sheet_cell(of, record, column);
    char shown[QUOTED_SIZE];
    double other = 0.0;
    *out = 0.0;
    const int result = read_number(cell, of->decimal, out);
    if (result == NUMBER_READ) return 1;
    const int is_other =
        result == NUMBER_NONE && read_number(cell, of->decimal == '.' ? ',' : '.', &other) == NUMBER_READ;
    sheet_set_problem(problem, of->lines[record], "%s: %s is %s%s", what, quoted(cell->data, cell->length, shown),
                      result == NUMBER_TOO_LARGE ? "too large a number" : "not a number",
                      !is_other            ? ""
                      : of->decimal == '.' ? "; read decimal commas with --decimal ,"
                                           : "; the decimal character is a comma (--decimal)");
    return 0;
}
