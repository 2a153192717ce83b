/* Tables and systems from JSON. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "json_table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The cell of a row by the index of its column. */
static const json_t *cell_of(const json_t *rows, size_t row, size_t column) {
    const json_t *cells = json_array_get(rows, row);
    assert_true(column < json_array_size(cells));
    return json_array_get(cells, column);
}

static const char *type_of(const json_t *rows, size_t column, const json_t *given) {
    if (given != NULL) return json_string_value(given);
    for (size_t row = 0; row < json_array_size(rows); row++) {
        if (json_is_string(cell_of(rows, row, column))) return "utf8";
    }
    return "float64";
}

static void add_texts(custval_table *table, const char *name, const json_t *rows, size_t column) {
    const size_t count = json_array_size(rows);
    custval_text *texts = calloc(count + 1, sizeof *texts);
    assert_non_null(texts);
    for (size_t row = 0; row < count; row++) {
        const json_t *cell = cell_of(rows, row, column);
        if (!json_is_null(cell)) texts[row] = (custval_text){json_string_value(cell), json_string_length(cell)};
    }
    assert_ok(custval_table_add_texts(table, name, texts, NULL), NULL);
    free(texts);
}

static void add_numbers(custval_table *table, const char *name, const json_t *rows, size_t column, int is_int32) {
    const size_t count = json_array_size(rows);
    double *numbers = calloc(count + 1, sizeof *numbers);
    int32_t *integers = calloc(count + 1, sizeof *integers);
    uint8_t *validity = calloc(count / 8 + 1, 1);
    assert_true(numbers != NULL && integers != NULL && validity != NULL);
    for (size_t row = 0; row < count; row++) {
        const json_t *cell = cell_of(rows, row, column);
        numbers[row] = (double)NAN;
        if (json_is_null(cell)) continue;
        numbers[row] = support_number(cell);
        if (is_int32) integers[row] = (int32_t)numbers[row];
        validity[row / 8] |= (uint8_t)(1U << row % 8);
    }
    custval_column memory = CUSTVAL_COLUMN_INIT;
    memory.type = is_int32 ? CUSTVAL_TYPE_INT32 : CUSTVAL_TYPE_FLOAT64;
    memory.data = is_int32 ? (const void *)integers : numbers;
    memory.validity = validity;
    assert_ok(custval_table_add_copy(table, name, &memory, NULL), NULL);
    free(numbers);
    free(integers);
    free(validity);
}

custval_table *json_table(const json_t *columns, const json_t *rows, const json_t *types) {
    custval_table *table = NULL;
    assert_ok(custval_table_new(NULL, json_array_size(rows), &table, NULL), NULL);
    for (size_t i = 0; i < json_array_size(columns); i++) {
        const char *name = json_string_value(json_array_get(columns, i));
        const char *type = type_of(rows, i, json_object_get(types, name));
        if (strcmp(type, "utf8") == 0)
            add_texts(table, name, rows, i);
        else
            add_numbers(table, name, rows, i, strcmp(type, "int32") == 0);
    }
    return table;
}

custval_table *json_text_table(const char *columns, const char *rows) {
    json_t *const names = json_loads(columns, 0, NULL), *const cells = json_loads(rows, 0, NULL);
    assert_non_null(names);
    assert_non_null(cells);
    custval_table *const table = json_table(names, cells, NULL);
    json_decref(names);
    json_decref(cells);
    return table;
}

custval_status json_system(const custval_host *host, const json_t *document, custval_system **out,
                           custval_error *error) {
    char *text = json_dumps(document, JSON_COMPACT);
    assert_non_null(text);
    const custval_status status = custval_system_parse(host, text, strlen(text), out, error);
    free(text);
    return status;
}

static size_t find_column(const custval_table *table, const char *column) {
    custval_error error = CUSTVAL_ERROR_INIT;
    size_t index = 0;
    assert_ok(custval_table_find(table, column, &index, &error), &error);
    return index;
}

double table_cell(const custval_table *table, const char *column, size_t row) {
    double number = 0.0;
    assert_ok(custval_table_number(table, find_column(table, column), row, &number, NULL), NULL);
    return number;
}

custval_text table_cell_text(const custval_table *table, const char *column, size_t row) {
    custval_text text = {NULL, 0};
    assert_ok(custval_table_text(table, find_column(table, column), row, &text, NULL), NULL);
    return text.data == NULL ? (custval_text){"", 0} : text;
}

size_t table_row(const custval_table *table, const char *column, const char *text) {
    for (size_t row = 0; row < custval_table_rows(table); row++) {
        const custval_text cell = table_cell_text(table, column, row);
        if (cell.length == strlen(text) && memcmp(cell.data, text, cell.length) == 0) return row;
    }
    fail_msg("no row has \"%s\" in column \"%s\"", text, column);
    return 0;
}
