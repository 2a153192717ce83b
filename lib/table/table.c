/* Tables: making, sharing and freeing them, adding and finding columns. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "table.h"

#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "../base/options.h"
#include "../base/text.h"

#define COLUMN_FIRST_SIZE (offsetof(custval_column, dictionary_length) + sizeof(size_t))

/* ---- Life ---- */

custval_status custval__result_new(const custval_host *whole_host, size_t rows, custval_table **out,
                                   custval_error *error) {
    *out = NULL;
    if (rows > CUSTVAL__ROWS_MOST) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "%zu rows are more than memory can hold", rows);
    }
    custval_table *table = custval__alloc_zero(whole_host, 1, sizeof *table);
    if (table == NULL) return custval__fail_memory(error);
    atomic_init(&table->owners, 1);
    table->host = *whole_host;
    table->rows = rows;
    custval__arena_init(&table->arena, whole_host);
    *out = table;
    return CUSTVAL_OK;
}

custval_status custval_table_new(const custval_host *host, size_t rows, custval_table **out, custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    custval_host whole;
    CUSTVAL__TRY(custval__host_read(&whole, host, error));
    return custval__result_new(&whole, rows, out, error);
}

custval_table *custval_table_ref(const custval_table *table) {
    /* Who reads a table may own it: the count of owners is no part of what const protects. */
    custval_table *owned = (custval_table *)(uintptr_t)table;
    if (owned != NULL) atomic_fetch_add_explicit(&owned->owners, 1, memory_order_relaxed);
    return owned;
}

void custval_table_free(custval_table *table) {
    if (table == NULL || atomic_fetch_sub_explicit(&table->owners, 1, memory_order_acq_rel) != 1) return;
    const custval_host host = table->host;
    for (size_t i = 0; i < table->count; i++) {
        custval__free(&host, table->columns[i]->memory[0]);
        custval__free(&host, table->columns[i]->memory[1]);
    }
    custval__free(&host, table->columns);
    custval__arena_free(&table->arena);
    if (table->array.release != NULL) table->array.release(&table->array);
    if (table->schema.release != NULL) table->schema.release(&table->schema);
    custval__free(&host, table);
}

/* ---- Adding columns ---- */

static const char *name_at(const void *data, size_t index) {
    const custval_table *table = data;
    return index < table->count ? table->columns[index]->name : NULL;
}

static size_t find(const custval_table *table, const char *name) {
    for (size_t i = 0; i < table->count; i++) {
        if (strcmp(table->columns[i]->name, name) == 0) return i;
    }
    return SIZE_MAX;
}

custval_status custval__table_check_name(const custval_table *table, const char *name, custval_error *error) {
    if (name[0] == '\0') {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "the name of column %zu is empty", table->count);
    }
    if (!custval__utf8_valid(name, strlen(name))) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "the name of column %zu is not well-formed UTF-8",
                             table->count);
    }
    const size_t other = find(table, name);
    if (other != SIZE_MAX) {
        return custval__fail(error, CUSTVAL_ERROR_DUPLICATE, "columns %zu and %zu are both named \"%s\"", other,
                             table->count, name);
    }
    return CUSTVAL_OK;
}

static custval_status append(custval_table *table, const char *name, const custval__column *column,
                             custval_error *error) {
    custval__column *added = custval__arena_alloc(&table->arena, 1, sizeof *added);
    char *name_copy = custval__arena_text(&table->arena, name, strlen(name));
    void *columns = table->columns;
    if (added == NULL || name_copy == NULL ||
        custval__grow(&table->host, &columns, &table->capacity, table->count, sizeof added) != 0) {
        return custval__fail_memory(error);
    }
    table->columns = columns;
    *added = *column;
    added->name = name_copy;
    if (added->data.dictionary != NULL) added->data.dictionary = &added->dictionary;
    table->columns[table->count++] = added;
    return CUSTVAL_OK;
}

custval_status custval__table_append(custval_table *table, const char *name, const custval__column *column,
                                     custval_error *error) {
    const custval_status status = append(table, name, column, error);
    if (status != CUSTVAL_OK) {
        custval__free(&table->host, column->memory[0]);
        custval__free(&table->host, column->memory[1]);
    }
    return status;
}

static custval_status read_description(custval_column *out, const custval_column *given, custval_error *error) {
    const custval_column none = CUSTVAL_COLUMN_INIT;
    *out = none;
    CUSTVAL__TRY(custval__struct_read(out, sizeof *out, COLUMN_FIRST_SIZE, given, "custval_column", error));
    out->struct_size = sizeof *out;
    return CUSTVAL_OK;
}

custval_status custval__column_read(const custval_table *table, const char *name, const custval_column *given,
                                    custval__column *out, custval_error *error) {
    if (table == NULL) return custval__fail_null(error, "table");
    if (name == NULL) return custval__fail_null(error, "name");
    if (given == NULL) return custval__fail_null(error, "column");
    CUSTVAL__TRY(custval__table_check_name(table, name, error));
    memset(out, 0, sizeof *out);
    CUSTVAL__TRY(read_description(&out->data, given, error));
    if (out->data.dictionary != NULL) {
        CUSTVAL__TRY(read_description(&out->dictionary, out->data.dictionary, error));
        out->data.dictionary = &out->dictionary;
    }
    return custval__column_check(out, name, table->rows, error);
}

custval_status custval_table_add(custval_table *table, const char *name, const custval_column *column,
                                 custval_error *error) {
    custval__column added;
    CUSTVAL__TRY(custval__column_read(table, name, column, &added, error));
    return custval__table_append(table, name, &added, error);
}

custval_status custval_table_add_doubles(custval_table *table, const char *name, const double *values,
                                         custval_error *error) {
    custval_column column = CUSTVAL_COLUMN_INIT;
    column.type = CUSTVAL_TYPE_FLOAT64;
    column.data = values;
    return custval_table_add(table, name, &column, error);
}

static custval_status add_rows(custval_table *table, const char *const *names, size_t columns, const double *values,
                               size_t stride, custval_error *error) {
    for (size_t i = 0; i < columns; i++) {
        custval_column column = CUSTVAL_COLUMN_INIT;
        column.type = CUSTVAL_TYPE_FLOAT64;
        column.data = values == NULL ? NULL : values + i;
        column.stride = (ptrdiff_t)(stride * sizeof(double));
        if (names[i] == NULL) {
            return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "the name of column %zu is NULL", i);
        }
        CUSTVAL__TRY(custval_table_add(table, names[i], &column, error));
    }
    return CUSTVAL_OK;
}

custval_status custval_table_new_from_rows(const custval_host *host, const char *const *names, size_t columns,
                                           const double *values, size_t rows, size_t stride, custval_table **out,
                                           custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    if (names == NULL && columns > 0) return custval__fail_null(error, "names");
    if (stride < columns || stride > (size_t)PTRDIFF_MAX / sizeof(double)) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "a stride of %zu doubles does not fit rows of %zu columns",
                             stride, columns);
    }
    custval_table *table = NULL;
    CUSTVAL__TRY(custval_table_new(host, rows, &table, error));
    const custval_status status = add_rows(table, names, columns, values, stride, error);
    if (status != CUSTVAL_OK) {
        custval_table_free(table);
        return status;
    }
    *out = table;
    return CUSTVAL_OK;
}

/* ---- Looking at a table ---- */

size_t custval_table_rows(const custval_table *table) {
    return table == NULL ? 0 : table->rows;
}

size_t custval_table_columns(const custval_table *table) {
    return table == NULL ? 0 : table->count;
}

const char *custval_table_name(const custval_table *table, size_t column) {
    return table == NULL ? NULL : name_at(table, column);
}

/* Says which names there are: similar ones if there are any, else the first few. */
static custval_status fail_not_found(const custval_table *table, const char *name, custval_error *error) {
    enum { FEW = 8 };
    char names[320] = "";
    custval__nearest_names(name, name_at, table, 3, names, sizeof names);
    if (names[0] != '\0') {
        return custval__fail(error, CUSTVAL_ERROR_NOT_FOUND, "no column \"%s\"; did you mean %s?", name, names);
    }
    size_t length = 0;
    for (size_t i = 0; i < table->count && i < FEW && length < sizeof names; i++) {
        length += custval__format(names + length, sizeof names - length, i == 0 ? "\"%s\"" : ", \"%s\"",
                                  table->columns[i]->name);
    }
    if (table->count == 0) {
        return custval__fail(error, CUSTVAL_ERROR_NOT_FOUND, "no column \"%s\": the table has no columns", name);
    }
    if (table->count > FEW) {
        return custval__fail(error, CUSTVAL_ERROR_NOT_FOUND, "no column \"%s\"; the first of %zu columns are %s", name,
                             table->count, names);
    }
    return custval__fail(error, CUSTVAL_ERROR_NOT_FOUND, "no column \"%s\"; the columns are %s", name, names);
}

custval_status custval_table_find(const custval_table *table, const char *name, size_t *out_column,
                                  custval_error *error) {
    if (out_column == NULL) return custval__fail_null(error, "out_column");
    *out_column = SIZE_MAX;
    if (table == NULL) return custval__fail_null(error, "table");
    if (name == NULL) return custval__fail_null(error, "name");
    *out_column = find(table, name);
    if (*out_column != SIZE_MAX) return CUSTVAL_OK;
    if (!custval__utf8_valid(name, strlen(name))) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "the name to find is not well-formed UTF-8");
    }
    return fail_not_found(table, name, error);
}

static custval_status check_column(const custval_table *table, size_t column, custval_error *error) {
    if (table == NULL) return custval__fail_null(error, "table");
    if (column >= table->count) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "there is no column %zu: the table has %zu columns, from 0",
                             column, table->count);
    }
    return CUSTVAL_OK;
}

custval_status custval_table_column(const custval_table *table, size_t column, custval_column *out,
                                    custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    CUSTVAL__TRY(check_column(table, column, error));
    return custval__struct_write(out, &table->columns[column]->data, sizeof *out, COLUMN_FIRST_SIZE, "custval_column",
                                 error);
}

static custval_status check_row(const custval_table *table, size_t row, custval_error *error) {
    if (row >= table->rows) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "there is no row %zu: the table has %zu rows, from 0", row,
                             table->rows);
    }
    return CUSTVAL_OK;
}

custval_status custval_table_number(const custval_table *table, size_t column, size_t row, double *out,
                                    custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    *out = (double)NAN;
    CUSTVAL__TRY(check_column(table, column, error));
    CUSTVAL__TRY(custval__table_need_number(table, column, error));
    CUSTVAL__TRY(check_row(table, row, error));
    double scratch;
    *out = *custval__table_doubles(table, column, row, 1, &scratch);
    return CUSTVAL_OK;
}

custval_status custval_table_text(const custval_table *table, size_t column, size_t row, custval_text *out,
                                  custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    out->data = NULL;
    out->length = 0;
    CUSTVAL__TRY(check_column(table, column, error));
    CUSTVAL__TRY(custval__table_need_text(table, column, error));
    CUSTVAL__TRY(check_row(table, row, error));
    (void)custval__table_get_text(table, column, row, out);
    return CUSTVAL_OK;
}
