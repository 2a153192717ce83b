/* CSV files of the source tree as tables. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "csv_table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Cuts a line at its commas in place; gives the number of cells. */
static size_t cut_line(char *line, char **cells, size_t most) {
    size_t count = 0;
    for (char *at = line; at != NULL && count < most; count++) {
        cells[count] = at;
        char *const comma = strchr(at, ',');
        if (comma != NULL) *comma = 0;
        at = comma == NULL ? NULL : comma + 1;
    }
    return count;
}

/* A name without the quotes around it. */
static const char *bare(char *name) {
    const size_t length = strlen(name);
    if (length < 2 || name[0] != '"' || name[length - 1] != '"') return name;
    name[length - 1] = 0;
    return name + 1;
}

static int is_number(const char *text) {
    return text[0] != 0 && text[strspn(text, "0123456789.+-eE")] == 0 && strchr(text + 1, '-') == NULL;
}

static void add_column(custval_table *table, const char *name, char **cells, size_t columns, size_t column,
                       size_t rows) {
    custval_error error = CUSTVAL_ERROR_INIT;
    double *const numbers = calloc(rows + 1, sizeof *numbers);
    custval_text *const texts = calloc(rows + 1, sizeof *texts);
    int numeric = 1;
    for (size_t row = 0; row < rows; row++) {
        const char *const cell = cells[row * columns + column];
        numeric &= cell[0] == 0 || is_number(cell);
        if (cell[0] != 0) texts[row] = (custval_text){cell, strlen(cell)};
    }
    for (size_t row = 0; numeric && row < rows; row++) {
        const char *const cell = cells[row * columns + column];
        numbers[row] = cell[0] == 0 ? (double)NAN : support_double(cell);
    }
    custval_column numeric_column = CUSTVAL_COLUMN_INIT;
    numeric_column.type = CUSTVAL_TYPE_FLOAT64;
    numeric_column.data = numbers;
    if (numeric) {
        assert_ok(custval_table_add_copy(table, name, &numeric_column, &error), &error);
    } else {
        assert_ok(custval_table_add_texts(table, name, texts, &error), &error);
    }
    free(texts);
    free(numbers);
}

custval_table *csv_table(const char *path) {
    enum { COLUMNS = 32 };
    size_t length = 0, rows = 0;
    char *const text = support_read_file(path, &length), *names[COLUMNS];
    size_t lines = 0;
    for (const char *at = text; (at = strchr(at, '\n')) != NULL; at++) lines++;
    char *next = strchr(text, '\n');
    *next++ = 0;
    const size_t columns = cut_line(text, names, COLUMNS);
    char **const cells = calloc((lines + 1) * columns, sizeof *cells);
    while (next != NULL && *next != 0) {
        char *const line = next;
        next = strchr(line, '\n');
        if (next != NULL) *next++ = 0;
        line[strcspn(line, "\r")] = 0;
        if (cut_line(line, cells + rows * columns, columns) != columns) fail_msg("%s: short line %zu", path, rows + 2);
        rows++;
    }
    custval_table *table = NULL;
    custval_error error = CUSTVAL_ERROR_INIT;
    assert_ok(custval_table_new(NULL, rows, &table, &error), &error);
    names[columns - 1][strcspn(names[columns - 1], "\r")] = 0;
    for (size_t k = 0; k < columns; k++) add_column(table, bare(names[k]), cells, columns, k, rows);
    free(cells);
    free(text);
    return table;
}
