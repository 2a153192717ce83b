/* A file of customers' answers: comma-separated values with a header. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "data_file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "csv_cell.h"
#include "number_parse.h"
#include "platform.h"
#include "tool.h"

const char *input_name(const char *path) {
    return strcmp(path, "-") == 0 ? "standard input" : path;
}

/* ---- Options ----------------------------------------------------------------------------------------------------- */

char data_delimiter(const data_options *options, const char *command) {
    const char *const text = options->delimiter;
    static const struct {
        const char *name;
        char character;
    } names[] = {{"auto", 0},   {"comma", ','}, {"semicolon", ';'}, {"tab", '\t'},
                 {"\\t", '\t'}, {"pipe", '|'},  {"space", ' '}};
    char shown[QUOTED_SIZE];
    if (text == NULL) return 0;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strcmp(text, names[i].name) == 0) return names[i].character;
    }
    if (strlen(text) != 1 || strchr(",;\t|:!#$%&*/=@^_~ ", *text) == NULL) {
        fail_usage(command, "--delimiter: %s is neither comma, semicolon, tab, pipe, space nor a sign like ':'",
                   quoted(text, strlen(text), shown));
    }
    return *text;
}

char data_decimal(const data_options *options, const char *command) {
    const char *const text = options->decimal;
    if (text == NULL) return '.';
    char shown[QUOTED_SIZE];
    if (strcmp(text, ".") != 0 && strcmp(text, ",") != 0) {
        fail_usage(command, "--decimal: %s is neither . nor ,", quoted(text, strlen(text), shown));
    }
    return *text;
}

/* ---- Missing cells ----------------------------------------------------------------------------------------------- */

static int is_same_word(const char *word, const char *text, size_t length) {
    size_t i = 0;
    for (; i < length && word[i] != 0; i++) {
        const char letter = text[i] >= 'A' && text[i] <= 'Z' ? (char)(text[i] + ('a' - 'A')) : text[i];
        if (letter != word[i]) return 0;
    }
    return i == length && word[i] == 0;
}

int data_is_missing_text(const data_file *data, const char *text, size_t length) {
    if (length == 0) return 1;
    for (size_t i = 0; i < data->missing.count; i++) {
        const char *const word = data->missing.texts[i];
        if (strlen(word) == length && memcmp(word, text, length) == 0) return 1;
    }
    return 0;
}

int data_is_missing(const data_file *data, const char *text, size_t length) {
    static const char *const words[] = {"na", "n/a", "#n/a", "nan", "null", "none", "."};
    while (length > 0 && (text[length - 1] == ' ' || text[length - 1] == '\t')) length--;
    for (; length > 0 && (*text == ' ' || *text == '\t'); text++) length--;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (is_same_word(words[i], text, length)) return 1;
    }
    return data_is_missing_text(data, text, length);
}

/* "99" also means "99.0". */
static void find_missing_numbers(data_file *data) {
    data->missing_numbers = memory_new(data->missing.count, sizeof data->missing_numbers[0]);
    for (size_t i = 0; i < data->missing.count; i++) {
        const char *const text = data->missing.texts[i];
        double *const number = &data->missing_numbers[data->missing_number_count];
        if (number_parse(text, strlen(text), data->decimal, number) == NUMBER_READ) data->missing_number_count++;
    }
}

/* ---- Reading ----------------------------------------------------------------------------------------------------- */

static size_t read_file(void *data, char *out, size_t size) {
    const data_file *const from = data;
    const size_t got = fread(out, 1, size, from->file);
    if (got < size && ferror(from->file)) fail("cannot read %s: %s", from->name, strerror(errno));
    return got;
}

void data_fail_block(const data_file *data, int problem, uint64_t line) {
    char order[MESSAGE_SIZE];
    switch (problem) {
    case CSV_DOCUMENT: fail("%s: this is a document (JSON), not a table (CSV)%s", data->name, args_order(order));
    case CSV_UTF16: fail("%s: this is UTF-16 text; save it as CSV in UTF-8", data->name);
    case CSV_NUL:
        fail("%s: line %llu holds a byte 0; this is no CSV text in UTF-8", data->name, (unsigned long long)line);
    default:
        fail("%s: the record in line %llu is longer than 16 MiB; is a quote not closed?", data->name,
             (unsigned long long)line);
    }
}

/* ---- The header -------------------------------------------------------------------------------------------------- */

static void add_name(data_file *data, const char *text, size_t length, int in_quotes) {
    char shown[QUOTED_SIZE];
    if (!custval__utf8_valid(text, length)) {
        fail("%s: the name of column %zu, %s, is not UTF-8; save the file as CSV in UTF-8", data->name,
             data->columns + 1, quoted(text, length, shown));
    }
    if (!in_quotes) {
        while (length > 0 && text[length - 1] == ' ') length--;
        for (; length > 0 && *text == ' '; text++) length--;
    }
    if ((data->columns & (data->columns - 1)) == 0) { // full at each power of two
        data->names = memory_resize(data->names, data->columns == 0 ? 1 : 2 * data->columns, sizeof data->names[0]);
    }
    data->names[data->columns++] = memory_text(text, length);
}

static void read_header(data_file *data) {
    csv_block block = {NULL, 0, 0, 0, 0};
    csv_cursor cursor;
    for (;;) {
        if (!csv_reader_next(&data->reader, &block)) fail("%s is empty: a header and rows are needed", data->name);
        if (block.problem != CSV_NO_PROBLEM) data_fail_block(data, block.problem, data->lines + block.problem_line + 1);
        csv_cursor_init(&cursor, data->reader.delimiter, block.data, block.length);
        const int found = csv_next_record(&cursor);
        if (found) break;
        data->lines += cursor.lines;
    }
    const size_t first_line = data->lines + cursor.lines + 1;
    int end = CSV_DELIMITER;
    while (end == CSV_DELIMITER) {
        custval_text cell = {NULL, 0};
        const int in_quotes = *cursor.at == '"';
        end = csv_cell(&cursor, &cell);
        if (end > CSV_RECORD) fail("%s: line %zu: %s", data->name, first_line, csv_mistake(end));
        add_name(data, cell.data, cell.length, in_quotes);
    }
    data->lines += cursor.lines;
    csv_reader_return(&data->reader, &block, cursor.at);
    csv_block_free(&block);
}

void data_open(data_file *data, const char *path, const data_options *options, const char *command) {
    const int is_standard = strcmp(path, "-") == 0;
    const char delimiter = data_delimiter(options, command);
    *data = (data_file){.name = input_name(path), .missing = options->missing};
    data->decimal = data_decimal(options, command);
    find_missing_numbers(data);
    data->file = is_standard ? stdin : fopen(path, "rb");
    if (data->file == NULL) fail("cannot read %s: %s", path, strerror(errno));
    if (is_standard) platform_set_binary(stdin);
    setvbuf(data->file, NULL, _IONBF, 0); /* blocks are large enough */
    data->size = platform_file_size(data->file);
    const int problem = csv_reader_start(&data->reader, read_file, data, CSV_BLOCK_SIZE, delimiter);
    if (problem != CSV_NO_PROBLEM) data_fail_block(data, problem, 1);
    read_header(data);
}

void data_close(data_file *data) {
    for (size_t i = 0; i < data->columns; i++) free(data->names[i]);
    free(data->names);
    free(data->missing_numbers);
    csv_reader_free(&data->reader);
    if (data->file != stdin) fclose(data->file);
    *data = (data_file){0};
}

/* ---- Columns ----------------------------------------------------------------------------------------------------- */

static const char *name_at(const void *data, size_t index) {
    const data_file *const file = data;
    return index < file->columns ? file->names[index] : NULL;
}

/* Names similar columns, or else the first ones. */
static _Noreturn void fail_missing(const data_file *data, const char *name, const char *reader) {
    char near[MESSAGE_SIZE / 2], shown[QUOTED_SIZE], other[QUOTED_SIZE];
    custval__nearest_names(name, name_at, data, 3, near, sizeof near);
    quoted(name, strlen(name), shown);
    if (near[0] != 0) fail("%s has no column %s, which %s needs; did you mean %s?", data->name, shown, reader, near);
    buffer list = {NULL, 0, 0};
    for (size_t i = 0; i < data->columns && i < 5; i++) {
        buffer_format(&list, "%s%s", i == 0 ? "" : ", ", quoted(data->names[i], strlen(data->names[i]), other));
    }
    if (data->columns > 5) buffer_format(&list, " and %zu more", data->columns - 5);
    buffer_byte(&list, 0);
    fail("%s has no column %s, which %s needs; it has %s", data->name, shown, reader, list.data);
}

size_t data_find(const data_file *data, const char *name) {
    size_t found = SIZE_MAX;
    for (size_t i = 0; i < data->columns; i++) {
        if (strcmp(data->names[i], name) != 0) continue;
        if (found != SIZE_MAX) {
            fail("%s: column \"%s\" stands twice in the header, as number %zu and %zu", data->name, name, found + 1,
                 i + 1);
        }
        found = i;
    }
    return found;
}

size_t data_column(const data_file *data, const char *name, const char *reader) {
    const size_t column = data_find(data, name);
    if (column == SIZE_MAX) fail_missing(data, name, reader);
    return column;
}
