/* The rows behind a summary, for the bootstrap of drivers. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "../summary/summary.h"
#include "../table/table.h"
#include "drivers.h"

#define BLOCK 256

/* Differences from the summary that are rounding: of numbers whose deviation is 1, and of means beside their size. */
#define SAME 1e-9
#define SAME_MEAN 1e-12

typedef struct reader {
    const custval__drivers_rows *rows;
    const size_t *places; /* [column of the summary] column of the table */
    size_t filled;
    unsigned char lacks[BLOCK]; /* a cell, in the block at hand */
    double scratch[BLOCK];
} reader;

static custval_status find_columns(const custval__drivers_rows *rows, size_t *places, custval_error *error) {
    for (size_t i = 0; i < custval__summary_count(rows->summary); i++) {
        const char *name = custval__summary_column(rows->summary, i)->column;
        CUSTVAL__TRY(custval_table_find(rows->table, name, &places[i], error));
        CUSTVAL__TRY(custval__table_need_number(rows->table, places[i], error));
    }
    return CUSTVAL_OK;
}

/* Gives the number of rows that lack nothing. */
static size_t find_complete(reader *in, size_t start, size_t count) {
    size_t complete = 0;
    memset(in->lacks, 0, sizeof in->lacks);
    for (size_t i = 0; i < custval__summary_count(in->rows->summary); i++) {
        const double *cells = custval__table_doubles(in->rows->table, in->places[i], start, count, in->scratch);
        for (size_t row = 0; row < count; row++) {
            if (isnan(cells[row])) in->lacks[row] = 1;
        }
    }
    for (size_t row = 0; row < count; row++) complete += !in->lacks[row];
    return complete;
}

static void read_block(reader *in, size_t start, size_t count) {
    const custval_summary *summary = in->rows->summary;
    for (size_t k = 0; k < in->rows->count; k++) {
        const size_t column = in->rows->columns[k];
        const custval__facts facts = custval__summary_complete_facts(summary, column);
        const int reverse = custval__summary_column(summary, column)->side == CUSTVAL_SIDE_SACRIFICE;
        const double scale = reverse ? -facts.deviation : facts.deviation;
        const double *cells = custval__table_doubles(in->rows->table, in->places[column], start, count, in->scratch);
        double *to = in->rows->numbers + in->filled * in->rows->count + k;
        for (size_t row = 0; row < count; row++) {
            if (in->lacks[row]) continue;
            *to = (cells[row] - facts.mean) / scale;
            to += in->rows->count;
        }
    }
}

/* The mean of a column, its deviation, and its correlation with the outcome, which is the last one. The summary's mean is a
   double: beside a small deviation it need not be the mean of the numbers. */
static int is_same(const custval__drivers_rows *rows, size_t k) {
    const size_t last = rows->count - 1;
    const custval__facts facts = custval__summary_complete_facts(rows->summary, rows->columns[k]);
    const double n = (double)rows->complete;
    double sum = 0.0, squares = 0.0, sum_last = 0.0, products = 0.0;
    for (size_t row = 0; row < rows->complete; row++) {
        const double *numbers = rows->numbers + row * rows->count;
        sum += numbers[k];
        squares += numbers[k] * numbers[k];
        sum_last += numbers[last];
        products += numbers[k] * numbers[last];
    }
    const double variance = (squares - sum / n * sum) / (n - 1.0);
    const double covariance = (products - sum / n * sum_last) / (n - 1.0);
    const double correlation = custval__summary_correlation(rows->summary, rows->columns[k], rows->columns[last]);
    return fabs(sum / n) <= SAME + SAME_MEAN * fabs(facts.mean / facts.deviation) && fabs(variance - 1.0) <= SAME &&
           fabs(fabs(covariance) - fabs(correlation)) <= SAME;
}

static custval_status read_all(reader *in, custval_error *error) {
    const custval__drivers_rows *rows = in->rows;
    const size_t count = custval_table_rows(rows->table);
    size_t complete = 0;
    for (size_t start = 0; start < count; start += BLOCK) {
        const size_t size = count - start < BLOCK ? count - start : BLOCK;
        const size_t more = find_complete(in, start, size);
        complete += more;
        if (complete > rows->complete) continue;
        read_block(in, start, size);
        in->filled += more;
    }
    if (complete != rows->complete) {
        return custval__fail(error, CUSTVAL_ERROR_STATE,
                             "rows: %zu rows lack nothing, but %zu of those that the summary has seen", complete,
                             rows->complete);
    }
    for (size_t k = 0; k < rows->count; k++) {
        if (is_same(rows, k)) continue;
        return custval__fail(error, CUSTVAL_ERROR_STATE,
                             "rows: column \"%s\" holds other numbers than those that the summary has seen",
                             custval__summary_column(rows->summary, rows->columns[k])->column);
    }
    return CUSTVAL_OK;
}

custval_status custval__drivers_read(const custval__drivers_rows *rows, custval_error *error) {
    const size_t count = custval_table_rows(rows->table);
    const uint64_t seen = custval_summary_rows(rows->summary);
    if (count != seen) {
        return custval__fail(error, CUSTVAL_ERROR_STATE, "rows: the table has %zu rows, but the summary has seen %llu",
                             count, (unsigned long long)seen);
    }
    const custval_host *host = custval__summary_host(rows->summary);
    size_t *places = custval__alloc(host, custval__summary_count(rows->summary), sizeof *places);
    if (places == NULL) return custval__fail_memory(error);
    reader in = {.rows = rows, .places = places};
    custval_status status = find_columns(rows, places, error);
    if (status == CUSTVAL_OK) status = read_all(&in, error);
    custval__free(host, places);
    return status;
}
