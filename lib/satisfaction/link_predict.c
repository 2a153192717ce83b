/* custval_link_predict: what a link expects of each row, with its error. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../base/options.h"
#include "../base/run.h"
#include "../table/table.h"
#include "link.h"

#define ROWS_PER_PIECE ((size_t)4096)

typedef struct prediction {
    const custval_link *link;
    const custval_table *table;
    custval_host host;
    double quantile;
    size_t *columns;                                /* [predictor] */
    double *cells;                                  /* [thread][predictor] */
    double *linear, *expected, *error, *low, *high; /* linear: NULL unless the link is logistic */
} prediction;

static void put(const prediction *out, size_t row, double linear, double error) {
    const double low = linear - out->quantile * error, high = linear + out->quantile * error;
    const int is_logistic = out->linear != NULL;
    const double expected = is_logistic ? custval__logistic(linear) : linear;
    out->expected[row] = expected;
    out->error[row] = is_logistic ? expected * custval__logistic(-linear) * error : error;
    out->low[row] = is_logistic && !isnan(low) ? custval__logistic(low) : low;
    out->high[row] = is_logistic && !isnan(high) ? custval__logistic(high) : high;
    if (is_logistic) out->linear[row] = linear;
}

static void predict_row(const prediction *out, size_t row, double *cells) {
    int is_there = 1;
    for (size_t i = 0; i + 1 < out->link->terms; i++) {
        double scratch;
        cells[i] = *custval__table_doubles(out->table, out->columns[i], row, 1, &scratch);
        is_there &= isfinite(cells[i]) != 0;
    }
    const double linear = is_there ? custval__link_linear(out->link, cells) : (double)NAN;
    if (isfinite(linear)) {
        put(out, row, linear, sqrt(custval__link_variance(out->link, cells)));
        return;
    }
    out->expected[row] = out->error[row] = out->low[row] = out->high[row] = (double)NAN;
    if (out->linear != NULL) out->linear[row] = (double)NAN;
}

static custval_status prepare(void *data, uint32_t threads) {
    prediction *const out = data;
    out->cells = custval__alloc(&out->host, threads, out->link->terms * sizeof *out->cells);
    return out->cells == NULL ? CUSTVAL_ERROR_MEMORY : CUSTVAL_OK;
}

static size_t end_of(const prediction *out, uint32_t index) {
    const size_t start = index * ROWS_PER_PIECE, left = custval_table_rows(out->table) - start;
    return start + (left < ROWS_PER_PIECE ? left : ROWS_PER_PIECE);
}

static custval_status piece(void *data, uint32_t index, uint32_t thread) {
    const prediction *const out = data;
    const size_t end = end_of(out, index);
    for (size_t row = index * ROWS_PER_PIECE; row < end; row++) {
        predict_row(out, row, out->cells + thread * out->link->terms);
    }
    return CUSTVAL_OK;
}

static uint64_t rows_of_piece(void *data, uint32_t index) {
    return end_of(data, index) - index * ROWS_PER_PIECE;
}

static custval_status add_columns(prediction *out, custval_table *result, custval_error *error) {
    if (out->link->facts.kind == CUSTVAL_LINK_LOGISTIC) {
        CUSTVAL__TRY(custval__result_add_doubles(result, "linear", &out->linear, error));
    }
    CUSTVAL__TRY(custval__result_add_doubles(result, "prediction", &out->expected, error));
    CUSTVAL__TRY(custval__result_add_doubles(result, "error", &out->error, error));
    CUSTVAL__TRY(custval__result_add_doubles(result, "low", &out->low, error));
    return custval__result_add_doubles(result, "high", &out->high, error);
}

static custval_status fill(prediction *out, custval_table *result, custval_error *error) {
    const size_t rows = custval_table_rows(out->table), pieces = rows / ROWS_PER_PIECE + (rows % ROWS_PER_PIECE != 0);
    const custval__job job = {
        .data = out, .prepare = prepare, .piece = piece, .units = rows_of_piece, .total_units = rows};
    if (pieces > UINT32_MAX)
        return custval__fail(error, CUSTVAL_ERROR_LIMIT, "%zu rows are too many for one call", rows);
    for (size_t i = 0; i + 1 < out->link->terms; i++) {
        CUSTVAL__TRY(custval_table_find(out->table, out->link->predictors[i], &out->columns[i], error));
        CUSTVAL__TRY(custval__table_need_number(out->table, out->columns[i], error));
    }
    CUSTVAL__TRY(add_columns(out, result, error));
    CUSTVAL__TRY(custval__run(&out->host, &job, (uint32_t)pieces, error));
    custval__result_finish(result);
    return CUSTVAL_OK;
}

static custval_status make(prediction *out, custval_table **result, custval_error *error) {
    out->columns = custval__alloc(&out->host, out->link->terms, sizeof *out->columns);
    if (out->columns == NULL) return custval__fail_memory(error);
    CUSTVAL__TRY(custval__result_new(&out->host, custval_table_rows(out->table), result, error));
    return fill(out, *result, error);
}

custval_status custval_link_predict(const custval_link *link, const custval_table *table,
                                    const custval_link_predict_options *options, custval_table **out,
                                    custval_error *error) {
    custval_link_predict_options whole = CUSTVAL_LINK_PREDICT_OPTIONS_INIT;
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    if (link == NULL) return custval__fail_null(error, "link");
    if (table == NULL) return custval__fail_null(error, "table");
    CUSTVAL__TRY(
        custval__struct_read(&whole, sizeof whole, sizeof whole, options, "custval_link_predict_options", error));
    if (!(whole.level > 0.0 && whole.level < 1.0)) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "level is %g, but must be between 0 and 1", whole.level);
    }
    prediction in = {.link = link, .table = table, .quantile = custval__link_quantile(link, whole.level)};
    CUSTVAL__TRY(custval__host_read(&in.host, whole.host, error));
    custval_table *result = NULL;
    const custval_status status = make(&in, &result, error);
    custval__free(&in.host, in.cells);
    custval__free(&in.host, in.columns);
    return custval__result_give(result, status, out);
}
