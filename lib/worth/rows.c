/* All rows of a table, in fixed pieces. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "../base/compiler.h"
#include "../base/error.h"
#include "../table/table.h"
#include "row.h"

#define ROWS_PER_BLOCK 128
#define ROWS_PER_PIECE ((size_t)32 * ROWS_PER_BLOCK)

static custval_status prepare(void *data, uint32_t threads) {
    custval__worth_rows *const rows = data;
    const size_t columns = rows->worth->column_count;
    /* Both factors are far below 2^16 and 2^21. */
    rows->scratch = custval__alloc(&rows->host, threads, columns * ROWS_PER_BLOCK * sizeof *rows->scratch);
    rows->cells = custval__alloc(&rows->host, threads, columns * sizeof *rows->cells);
    return rows->scratch == NULL || rows->cells == NULL ? CUSTVAL_ERROR_MEMORY : CUSTVAL_OK;
}

static size_t end_of(const custval__worth_rows *rows, size_t start, size_t length) {
    const size_t all = custval_table_rows(rows->table);
    return all - start < length ? all : start + length;
}

static custval_status piece(void *data, uint32_t index, uint32_t thread) {
    const custval__worth_rows *const rows = data;
    const size_t columns = rows->worth->column_count, first = index * ROWS_PER_PIECE;
    const size_t last = end_of(rows, first, ROWS_PER_PIECE);
    double *const scratch = rows->scratch + thread * columns * ROWS_PER_BLOCK;
    const double **const cells = rows->cells + thread * columns;
    custval__row_worth values;
    for (size_t start = first; start < last; start += ROWS_PER_BLOCK) {
        const size_t count = end_of(rows, start, ROWS_PER_BLOCK) - start;
        for (size_t i = 0; i < columns; i++) {
            cells[i] =
                custval__table_doubles(rows->table, rows->columns[i], start, count, scratch + i * ROWS_PER_BLOCK);
        }
        for (size_t at = 0; at < count; at++) {
            const uint32_t status = custval__worth_row(rows->worth, cells, at, &values);
            rows->take(rows->data, start + at, status, &values);
        }
    }
    return CUSTVAL_OK;
}

static uint64_t rows_of_piece(void *data, uint32_t index) {
    const size_t start = index * ROWS_PER_PIECE;
    return end_of(data, start, ROWS_PER_PIECE) - start;
}

static custval_status find_columns(custval__worth_rows *rows, custval_error *error) {
    for (uint32_t i = 0; i < rows->worth->column_count; i++) {
        CUSTVAL__TRY(custval_table_find(rows->table, rows->worth->columns[i], &rows->columns[i], error));
        CUSTVAL__TRY(custval__table_need_number(rows->table, rows->columns[i], error));
    }
    return CUSTVAL_OK;
}

static custval_status run(custval__worth_rows *rows, custval_error *error) {
    const size_t all = custval_table_rows(rows->table), pieces = all / ROWS_PER_PIECE + (all % ROWS_PER_PIECE != 0);
    const custval__job job = {
        .data = rows, .prepare = prepare, .piece = piece, .units = rows_of_piece, .total_units = all};
    CUSTVAL__TRY(find_columns(rows, error));
    if (pieces > UINT32_MAX)
        return custval__fail(error, CUSTVAL_ERROR_LIMIT, "%zu rows are too many for one call", all);
    return custval__run(&rows->host, &job, (uint32_t)pieces, error);
}

custval_status custval__worth_rows_run(custval__worth_rows *rows, custval_error *error) {
    rows->columns = custval__alloc(&rows->host, rows->worth->column_count, sizeof *rows->columns);
    if (rows->columns == NULL) return custval__fail_memory(error);
    const custval_status status = run(rows, error);
    custval__free(&rows->host, rows->cells);
    custval__free(&rows->host, rows->scratch);
    custval__free(&rows->host, rows->columns);
    return status;
}
