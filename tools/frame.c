/* Columns to be printed, and a library's table as such columns. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "frame.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "output.h"

#define AT_ONCE 4096 /* rows on their way to a file */

frame_column *frame_add(frame *to, const char *name, int kind, const void *data) {
    to->columns = memory_resize(to->columns, to->count + 1, sizeof to->columns[0]);
    to->columns[to->count] = (frame_column){name, kind, data, 0};
    return &to->columns[to->count++];
}

static int is_text(uint32_t type) {
    return type == CUSTVAL_TYPE_UTF8 || type == CUSTVAL_TYPE_LARGE_UTF8 || type == CUSTVAL_TYPE_UTF8_VIEW ||
           type == CUSTVAL_TYPE_DICTIONARY;
}

/* Cells are copied one by one: these are tables for people, not results of millions of rows. */
static void add_column(frame *to, const custval_table *table, size_t column, uint32_t type) {
    custval_error error = CUSTVAL_ERROR_INIT;
    const size_t rows = custval_table_rows(table);
    const char *const name = custval_table_name(table, column);
    custval_status status = CUSTVAL_OK;
    const void *data = NULL;
    int kind = FRAME_NUMBER;
    if (is_text(type)) {
        custval_text *const texts = memory_new(rows, sizeof *texts);
        for (size_t i = 0; i < rows && status == CUSTVAL_OK; i++) {
            status = custval_table_text(table, column, i, &texts[i], &error);
        }
        kind = FRAME_TEXT;
        data = texts;
    } else {
        double *const numbers = memory_new(rows, sizeof *numbers);
        for (size_t i = 0; i < rows && status == CUSTVAL_OK; i++) {
            status = custval_table_number(table, column, i, &numbers[i], &error);
        }
        data = numbers;
        if (strcmp(name, "status") == 0) {
            uint32_t *const bits = memory_new(rows, sizeof *bits);
            for (size_t i = 0; i < rows; i++) bits[i] = (uint32_t)numbers[i];
            free(numbers);
            kind = FRAME_STATUS;
            data = bits;
        }
    }
    if (status != CUSTVAL_OK) fail_error(NULL, &error);
    frame_add(to, name, kind, data)->is_owned = 1;
}

void frame_add_table(frame *to, const custval_table *table) {
    custval_error error = CUSTVAL_ERROR_INIT;
    to->rows = custval_table_rows(table);
    for (size_t i = 0; i < custval_table_columns(table); i++) {
        custval_column column = CUSTVAL_COLUMN_INIT;
        if (custval_table_column(table, i, &column, &error) != CUSTVAL_OK) fail_error(NULL, &error);
        add_column(to, table, i, column.type);
    }
}

/* The words are static. */
static void name_values(frame_column *status, size_t rows, uint32_t vocabulary) {
    const uint32_t *const values = status->data;
    custval_text *const words = memory_new(rows, sizeof *words);
    for (size_t i = 0; i < rows; i++) {
        const char *const word = custval_word(vocabulary, values[i]);
        words[i] = (custval_text){word, word == NULL ? 0 : strlen(word)};
    }
    free((void *)status->data);
    status->data = words;
    status->kind = FRAME_TEXT;
}

void frame_add_results(frame *to, const custval_table *table, uint32_t vocabulary) {
    const size_t first = to->count;
    frame_add_table(to, table);
    for (size_t i = first; i < to->count; i++) {
        if (to->columns[i].kind == FRAME_STATUS) name_values(&to->columns[i], to->rows, vocabulary);
    }
}

void frame_add_behind(frame *to, const char *column, const char *name, custval_text *texts) {
    frame_add(to, name, FRAME_TEXT, texts)->is_owned = 1;
    const frame_column added = to->columns[to->count - 1];
    size_t at = 0;
    while (strcmp(to->columns[at].name, column) != 0) at++;
    memmove(&to->columns[at + 2], &to->columns[at + 1], (to->count - at - 2) * sizeof added);
    to->columns[at + 1] = added;
}

void frame_name_words(frame *of, const char *column, uint32_t vocabulary) {
    frame_column *at = of->columns;
    while (strcmp(at->name, column) != 0) at++;
    const double *const numbers = at->data;
    uint32_t *const values = memory_new(of->rows, sizeof *values);
    for (size_t i = 0; i < of->rows; i++) values[i] = (uint32_t)numbers[i];
    free((void *)at->data);
    at->data = values;
    name_values(at, of->rows, vocabulary);
}

void frame_add_names(frame *to, size_t rows, const char *column, const custval_text *texts) {
    double *const numbers = memory_new(rows, sizeof *numbers);
    to->rows = rows;
    for (size_t i = 0; i < rows; i++) numbers[i] = (double)(i + 1);
    frame_add(to, "row", FRAME_NUMBER, numbers)->is_owned = 1;
    if (texts == NULL) return;
    custval_text *const names = memory_new(rows, sizeof *names);
    memcpy(names, texts, rows * sizeof *names);
    frame_add(to, column, FRAME_TEXT, names)->is_owned = 1;
}

void frame_add_ids(frame *to, size_t rows, const char *column, const custval_text *texts) {
    if (texts == NULL) {
        frame_add_names(to, rows, NULL, NULL);
        return;
    }
    to->rows = rows;
    frame_add(to, column, FRAME_TEXT, texts);
}

/* ---- Order ------------------------------------------------------------------------------------------------------- */

typedef struct place {
    double key; /* ascending; NaN comes last */
    size_t row;
} place;

static int compare_places(const void *left, const void *right) {
    const place *const a = left, *const b = right;
    const int a_missing = a->key != a->key, b_missing = b->key != b->key;
    if (a_missing != b_missing) return a_missing - b_missing;
    if (!a_missing && a->key != b->key) return a->key < b->key ? -1 : 1;
    return (a->row > b->row) - (a->row < b->row);
}

static size_t cell_size(const frame_column *column) {
    switch (column->kind) {
    case FRAME_TEXT: return sizeof(custval_text);
    case FRAME_STATUS: return sizeof(uint32_t);
    case FRAME_NUMBER: return sizeof(double);
    default: return 0;
    }
}

static void reorder(frame_column *column, const place *places, size_t count) {
    const size_t size = cell_size(column);
    char *const moved = memory_new(count, size);
    for (size_t i = 0; i < count; i++) {
        memcpy(moved + i * size, (const char *)column->data + places[i].row * size, size);
    }
    free((void *)column->data);
    column->data = moved;
}

static void order_rows(frame *of, const double *keys, int descending) {
    place *const places = memory_new(of->rows, sizeof *places);
    for (size_t i = 0; i < of->rows; i++) places[i] = (place){descending ? -keys[i] : keys[i], i};
    qsort(places, of->rows, sizeof *places, compare_places);
    for (size_t i = 0; i < of->count; i++) reorder(&of->columns[i], places, of->rows);
    free(places);
}

void frame_order(frame *of, const char *column, int descending) {
    size_t at = 0;
    while (strcmp(of->columns[at].name, column) != 0) at++;
    order_rows(of, of->columns[at].data, descending);
}

static int is_whole_number(const custval_text *text) {
    if (text->length == 0 || text->length > 15 || (text->data[0] == '0' && text->length > 1)) return 0;
    for (size_t i = 0; i < text->length; i++) {
        if (text->data[i] < '0' || text->data[i] > '9') return 0;
    }
    return 1;
}

void frame_order_names(frame *of) {
    const custval_text *const names = of->columns[0].data;
    double *const numbers = memory_new(of->rows, sizeof *numbers);
    size_t row = 0;
    for (; row < of->rows && is_whole_number(&names[row]); row++) {
        for (size_t i = 0; i < names[row].length; i++) numbers[row] = numbers[row] * 10.0 + (names[row].data[i] - '0');
    }
    if (row == of->rows) order_rows(of, numbers, 0);
    free(numbers);
}

void frame_free(frame *of) {
    for (size_t i = 0; i < of->count; i++) {
        if (of->columns[i].is_owned) free((void *)of->columns[i].data);
    }
    free(of->columns);
    *of = (frame){NULL, 0, 0, 0};
}

/* ---- Printing ---------------------------------------------------------------------------------------------------- */

int printer_format(const char *name, int otherwise, const char *command) {
    if (name == NULL) return otherwise;
    if (strcmp(name, "csv") == 0) return FORMAT_CSV;
    if (strcmp(name, "json") == 0) return FORMAT_JSON;
    if (strcmp(name, "table") == 0) return FORMAT_TABLE;
    char shown[QUOTED_SIZE];
    fail_usage(command, "--format: %s is neither csv, json nor table", quoted(name, strlen(name), shown));
}

void print_status(buffer *to, uint32_t status) {
    if (status == 0) {
        buffer_text(to, "ok");
        return;
    }
    const char *between = "";
    for (uint32_t bit = 1; bit != 0; bit <<= 1) {
        if ((status & bit) == 0) continue;
        const char *const word = custval_word(CUSTVAL_WORDS_ROW_STATUS, bit);
        buffer_text(to, between);
        if (word != NULL) {
            buffer_text(to, word);
        } else {
            buffer_format(to, "%u", bit);
        }
        between = "+";
    }
}

void printer_begin(printer *with, const frame *first, buffer *to) {
    if (with->format == FORMAT_CSV) csv_write_names(to, first, with->delimiter);
    if (with->format == FORMAT_JSON) buffer_byte(to, '[');
    if (with->format == FORMAT_TABLE) {
        table_lay_out(with, first);
        table_write_names(with, to, first);
    }
}

void printer_rows(const printer *with, const frame *rows, buffer *to) {
    if (with->format == FORMAT_CSV) csv_write_rows(to, rows, with->delimiter, with->decimal);
    if (with->format == FORMAT_JSON) json_write_rows(to, rows);
    if (with->format == FORMAT_TABLE) table_write_rows(with, to, rows);
}

void printer_end(const printer *with, uint64_t rows, buffer *to) {
    if (with->format == FORMAT_JSON) buffer_text(to, rows == 0 ? "]\n" : "\n]\n");
}

void printer_free(printer *of) {
    free(of->widths);
    free(of->decimals);
    of->widths = NULL;
    of->decimals = NULL;
}

/* Rows from `first` on, in the columns' own memory. */
static void slice_rows(const frame *all, size_t first, size_t count, frame *out) {
    for (size_t i = 0; i < all->count; i++) {
        out->columns[i] = all->columns[i];
        out->columns[i].data = (const char *)all->columns[i].data + first * cell_size(&all->columns[i]);
    }
    out->count = all->count;
    out->rows = count;
    out->first_row = all->first_row + first;
}

void write_frame(const frame *all, int format, const char *path) {
    printer with = {format, ',', '.', NULL, NULL, 0};
    frame some = {memory_new(all->count, sizeof *some.columns), 0, 0, 0};
    buffer text = {NULL, 0, 0};
    output to;
    printer_begin(&with, all, &text);
    output_open(&to, path);
    for (size_t row = 0; row < all->rows; row += some.rows) {
        slice_rows(all, row, all->rows - row < AT_ONCE ? all->rows - row : AT_ONCE, &some);
        printer_rows(&with, &some, &text);
        output_write(&to, text.data, text.length);
        text.length = 0;
    }
    printer_end(&with, all->rows, &text);
    output_write(&to, text.data, text.length);
    output_close(&to);
    printer_free(&with);
    buffer_free(&text);
    free(some.columns);
}

void print_frame(const frame *all, int format, char delimiter, char decimal, buffer *to) {
    printer with = {format, delimiter, decimal, NULL, NULL, 0};
    printer_begin(&with, all, to);
    printer_rows(&with, all, to);
    printer_end(&with, all->rows, to);
    printer_free(&with);
}
