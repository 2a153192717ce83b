/* custval_lifetime_by_frequency: customers by their number of repeat purchases, as they are and as the model expects them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <custval/lifetime.h>

#include <math.h>

#include <custval/words.h>

#include "../base/error.h"
#include "../base/maths.h"
#include "../table/table.h"
#include "check.h"
#include "newcomers.h"

#define HOLDOUT_X "holdout_x"
#define HOLDOUT_T "holdout_T"

typedef struct by_frequency {
    custval_lifetime_check_options options;
    custval_host host;
    custval__arena arena;
    const custval_lifetime *lifetime;
    const custval_table *table;
    custval__block block;   /* the customers with their histories; all rows */
    custval_table *holdout; /* predictions of the holdout; NULL: there is none */
    double *out[5];         /* columns of the result */
} by_frequency;

enum { X, CUSTOMERS, EXPECTED_CUSTOMERS, HOLDOUT_MEAN, HOLDOUT_EXPECTED };

static int has_column(const custval_table *table, const char *name) {
    size_t column;
    return custval_table_find(table, name, &column, NULL) == CUSTVAL_OK;
}

static custval_status read_customers(by_frequency *in, custval_error *error) {
    custval__rows rows;
    const uint32_t wanted = in->lifetime->model->columns;
    CUSTVAL__TRY(custval__rows_open(&rows, in->table, in->lifetime, wanted, 1, in->options.columns, error));
    return custval__block_read_all(&in->arena, &rows, &in->block, error);
}

// What the model expects of each customer in the holdout, given the history.
static custval_status predict_holdout(by_frequency *in, custval_error *error) {
    if (!has_column(in->table, HOLDOUT_X) || !has_column(in->table, HOLDOUT_T)) return CUSTVAL_OK;
    custval_lifetime_predict_options options = CUSTVAL_LIFETIME_PREDICT_OPTIONS_INIT;
    options.host = in->options.host;
    options.columns = in->options.columns;
    options.outputs = CUSTVAL_LIFETIME_EXPECTED;
    options.horizon_column = HOLDOUT_T;
    return custval_lifetime_predict(in->lifetime, in->table, &options, &in->holdout, error);
}

static void count_numbers(const void *data, const custval__customers *one, const double *parameters, const double *T,
                          double *scratch, double *out) {
    const by_frequency *in = data;
    in->lifetime->model->log_counts(parameters, one, T, 0, in->options.most, scratch);
    for (uint32_t n = 0; n < in->options.most; n++) out[n] = custval__exp(scratch[n]);
}

static custval_status expect_customers(by_frequency *in, double customers, custval_error *error) {
    custval__newcomers newcomers;
    custval__sum rest = {customers, 0.0};
    double *out = in->out[EXPECTED_CUSTOMERS];
    CUSTVAL__TRY(custval__newcomers_read(&in->arena, in->table, in->lifetime, in->options.columns, &newcomers, error));
    CUSTVAL__TRY(custval__newcomers_sum(&newcomers, count_numbers, in, in->options.most, out, error));
    for (uint32_t n = 0; n < in->options.most; n++) custval__sum_add(&rest, -out[n]);
    out[in->options.most] = custval__sum_value(&rest);
    return CUSTVAL_OK;
}

static custval_status read_holdout(const by_frequency *in, size_t column, size_t row, double *out,
                                   custval_error *error) {
    double scratch;
    *out = *custval__table_doubles(in->table, column, row, 1, &scratch);
    if (*out >= 0.0 && isfinite(*out)) return CUSTVAL_OK;
    return custval__fail_at(error, CUSTVAL_ERROR_RANGE, CUSTVAL_NONE, row,
                            "row %zu: column \"%s\" is %g, but must be at least 0 and finite", row,
                            custval_table_name(in->table, column), *out);
}

// Means of the holdout by number of repeats.
static custval_status average_holdout(by_frequency *in, custval_error *error) {
    const size_t rows = in->block.count;
    double *mean = in->out[HOLDOUT_MEAN], *expected = in->out[HOLDOUT_EXPECTED], scratch;
    size_t x_column, T_column;
    CUSTVAL__TRY(custval_table_find(in->table, HOLDOUT_X, &x_column, error));
    CUSTVAL__TRY(custval__table_need_number(in->table, x_column, error));
    CUSTVAL__TRY(custval_table_find(in->table, HOLDOUT_T, &T_column, error));
    for (uint32_t n = 0; n <= in->options.most; n++) mean[n] = expected[n] = 0.0;
    for (size_t i = 0; i < rows; i++) {
        const size_t row = in->block.place[i];
        const double x = in->block.cell[CUSTVAL__CELL_X][i], count = custval__count_of(&in->block, i);
        const size_t n = x < in->options.most ? (size_t)x : in->options.most;
        double made, length;
        CUSTVAL__TRY(read_holdout(in, x_column, row, &made, error));
        CUSTVAL__TRY(read_holdout(in, T_column, row, &length, error));
        mean[n] += count * made;
        expected[n] += count * *custval__table_doubles(in->holdout, 0, row, 1, &scratch);
    }
    for (uint32_t n = 0; n <= in->options.most; n++) {
        mean[n] /= in->out[CUSTOMERS][n];
        expected[n] /= in->out[CUSTOMERS][n];
    }
    return CUSTVAL_OK;
}

static custval_status fill_table(by_frequency *in, custval_table **out, custval_error *error) {
    static const char *const names[] = {"x", "customers", "expected_customers", "holdout_mean", "holdout_expected"};
    const uint32_t most = in->options.most;
    double customers = 0.0;
    CUSTVAL__TRY(read_customers(in, error));
    CUSTVAL__TRY(predict_holdout(in, error));
    CUSTVAL__TRY(custval__result_new(&in->host, (size_t)most + 1, out, error));
    for (size_t i = 0; i < (in->holdout != NULL ? 5 : 3); i++) {
        CUSTVAL__TRY(custval__result_add_doubles(*out, names[i], &in->out[i], error));
    }
    for (uint32_t n = 0; n <= most; n++) {
        in->out[X][n] = (double)n;
        in->out[CUSTOMERS][n] = 0.0;
    }
    for (size_t i = 0; i < in->block.count; i++) {
        const double x = in->block.cell[CUSTVAL__CELL_X][i];
        in->out[CUSTOMERS][x < most ? (size_t)x : most] += custval__count_of(&in->block, i);
        customers += custval__count_of(&in->block, i);
    }
    CUSTVAL__TRY(expect_customers(in, customers, error));
    if (in->holdout != NULL) CUSTVAL__TRY(average_holdout(in, error));
    custval__result_finish(*out);
    return CUSTVAL_OK;
}

custval_status custval_lifetime_by_frequency(const custval_lifetime *lifetime, const custval_table *table,
                                             const custval_lifetime_check_options *options, custval_table **out,
                                             custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    if (lifetime == NULL) return custval__fail_null(error, "lifetime");
    if (table == NULL) return custval__fail_null(error, "table");
    const custval__model *model = lifetime->model;
    by_frequency in = {.lifetime = lifetime, .table = table};
    CUSTVAL__TRY(custval__check_options_read(options, &in.options, &in.host, error));
    if (model->contractual || model->log_counts == NULL) {
        return custval__fail(error, CUSTVAL_ERROR_UNSUPPORTED, "model %s has no numbers of purchases",
                             custval_word(CUSTVAL_WORDS_MODEL, model->id));
    }
    custval__arena_init(&in.arena, &in.host);
    const custval_status status = fill_table(&in, out, error);
    custval_table_free(in.holdout);
    custval__arena_free(&in.arena);
    if (status != CUSTVAL_OK) {
        custval_table_free(*out);
        *out = NULL;
    }
    return status;
}
