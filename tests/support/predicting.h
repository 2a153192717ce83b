/* What tests of predictions share: lifetimes from parameters, customers from numbers, single predictions. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_TESTS_PREDICTING_H
#define CUSTVAL_TESTS_PREDICTING_H

#include <math.h>

#include <custval/custval.h>

#include "csv_table.h"
#include "json_table.h"
#include "support.h"

#define PREDICTING_COLUMNS 3

static inline custval_lifetime *predicting_lifetime(uint32_t model, const double *parameters, size_t count) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_lifetime *lifetime = NULL;
    assert_ok(custval_lifetime_new(NULL, model, parameters, count, NULL, &lifetime, &error), &error);
    return lifetime;
}

/* Rows of x, t_x, T. */
static inline custval_table *predicting_customers(const double *values, size_t rows) {
    static const char *const names[] = {"x", "t_x", "T"};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = NULL;
    assert_ok(
        custval_table_new_from_rows(NULL, names, PREDICTING_COLUMNS, values, rows, PREDICTING_COLUMNS, &table, &error),
        &error);
    return table;
}

static inline custval_table *predicting_table(const custval_lifetime *lifetime, const custval_table *customers,
                                              const custval_lifetime_predict_options *options) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *out = NULL;
    assert_ok(custval_lifetime_predict(lifetime, customers, options, &out, &error), &error);
    return out;
}

/* One output of one customer, over a horizon; the row must be whole. */
static inline double predicting_one(const custval_lifetime *lifetime, double x, double t_x, double T, double horizon,
                                    uint32_t output) {
    const double values[] = {x, t_x, T};
    custval_lifetime_predict_options options = CUSTVAL_LIFETIME_PREDICT_OPTIONS_INIT;
    custval_table *customers = predicting_customers(values, 1);
    options.horizon = horizon;
    options.outputs = output;
    custval_table *out = predicting_table(lifetime, customers, &options);
    const double found = table_cell(out, custval_table_name(out, 0), 0);
    assert_double_bits(table_cell(out, "status", 0), CUSTVAL_LIFETIME_ROW_OK);
    custval_table_free(out);
    custval_table_free(customers);
    return found;
}

/* CDNOW in weeks: the file has ages rounded to two decimals, of whole days. */
static inline custval_table *predicting_cdnow(void) {
    static double values[2400 * PREDICTING_COLUMNS];
    custval_table *file = csv_table("examples/cdnow/summary.csv");
    const size_t rows = custval_table_rows(file);
    assert_true(rows <= 2400);
    for (size_t row = 0; row < rows; row++) {
        double *to = values + row * PREDICTING_COLUMNS;
        to[0] = table_cell(file, "frequency", row);
        to[1] = floor(table_cell(file, "recency", row) * 7.0 + 0.5) / 7.0;
        to[2] = floor(table_cell(file, "T", row) * 7.0 + 0.5) / 7.0;
    }
    custval_table_free(file);
    return predicting_customers(values, rows);
}

#endif
