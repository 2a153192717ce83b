/* The rows of a table that lack none of some columns. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "observed.h"

#include <math.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../table/table.h"

#define ROWS_READ 256

/* Which rows are whole. */
static custval_status mark(const custval_table *table, size_t column, uint8_t *lacks, custval_error *error) {
    const size_t rows = custval_table_rows(table);
    double scratch[ROWS_READ];
    for (size_t start = 0; start < rows; start += ROWS_READ) {
        const size_t count = rows - start < ROWS_READ ? rows - start : ROWS_READ;
        const double *const numbers = custval__table_doubles(table, column, start, count, scratch);
        for (size_t i = 0; i < count; i++) {
            if (isinf(numbers[i])) {
                return custval__fail_at(error, CUSTVAL_ERROR_NOT_FINITE, CUSTVAL_NONE, start + i,
                                        "row %zu: column \"%s\" is %g", start + i, custval_table_name(table, column),
                                        numbers[i]);
            }
            if (isnan(numbers[i])) lacks[start + i] = 1;
        }
    }
    return CUSTVAL_OK;
}

static void gather(const custval_table *table, size_t column, const uint8_t *lacks, double *out) {
    const size_t rows = custval_table_rows(table);
    double scratch[ROWS_READ];
    for (size_t start = 0; start < rows; start += ROWS_READ) {
        const size_t count = rows - start < ROWS_READ ? rows - start : ROWS_READ;
        const double *const numbers = custval__table_doubles(table, column, start, count, scratch);
        for (size_t i = 0; i < count; i++) {
            if (!lacks[start + i]) *out++ = numbers[i];
        }
    }
}

custval_status custval__observed_read(custval__arena *arena, const custval_table *table, const char *const *names,
                                      size_t count, custval__observed *out, custval_error *error) {
    const size_t rows = custval_table_rows(table);
    uint8_t *const lacks = custval__arena_alloc(arena, rows, 1);
    size_t *const columns = custval__arena_alloc(arena, count, sizeof *columns);
    if (lacks == NULL || columns == NULL) return custval__fail_memory(error);
    for (size_t i = 0; i < count; i++) {
        CUSTVAL__TRY(custval_table_find(table, names[i], &columns[i], error));
        CUSTVAL__TRY(custval__table_need_number(table, columns[i], error));
    }
    for (size_t i = 0; i < count; i++) CUSTVAL__TRY(mark(table, columns[i], lacks, error));
    *out = (custval__observed){0, 0, NULL};
    for (size_t row = 0; row < rows; row++) out->missing += lacks[row];
    out->rows = rows - out->missing;
    if (out->rows > SIZE_MAX / sizeof(double) / count) return custval__fail_memory(error);
    out->numbers = custval__arena_alloc(arena, out->rows * count, sizeof *out->numbers);
    if (out->numbers == NULL) return custval__fail_memory(error);
    for (size_t i = 0; i < count; i++) gather(table, columns[i], lacks, out->numbers + i * out->rows);
    return CUSTVAL_OK;
}
