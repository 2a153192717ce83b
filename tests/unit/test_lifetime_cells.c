/* Customers collapsed, and their likelihood with its slopes. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "lifetime/likelihood.h"
#include "simulate.h"

enum { ROWS = 9 };

static const char *const names[] = {"x", "t_x", "T", "n", "z"};
static const double x[ROWS] = {2, 0, 2, 0, 1, 2, 0, 3, 1}, t_x[ROWS] = {5, -0.0, 5, 0, 7, 5, 0, 1, 7},
                    T[ROWS] = {9, 8, 9, 8, 9, 9, 8, 9, 9}, n[ROWS] = {0.1, 1, 0.2, 2, 1, 0.3, 0, 1, 1},
                    z[ROWS] = {1, 0, 1, 0, 1, 1, 0, 0, 0};

static custval_host whole_host(void) {
    custval_host host;
    assert_int_equal(custval__host_read(&host, NULL, NULL), CUSTVAL_OK);
    return host;
}

static custval_status read_cells(const custval_table *table, size_t purchase_count, const char *count,
                                 custval__cells *out, custval_error *error) {
    static const char *const covariates[] = {"z"};
    const custval_host host = whole_host();
    custval_lifetime_columns columns;
    custval__cell_source source = {.table = table, .model = &custval__bgnbd, .purchase_count = purchase_count};
    assert_ok(custval__lifetime_columns_read(NULL, &columns, error), error);
    columns.count = count;
    assert_ok(custval__row_columns_find(table, &columns, source.model->columns, 0, 1, covariates, purchase_count, NULL,
                                        0, &source.columns, error),
              error);
    return custval__cells_read(&host, &source, out, error);
}

static custval_table *table_from(const size_t order[ROWS]) {
    double room[5][ROWS];
    const double *const from[] = {x, t_x, T, n, z}, *columns[5];
    for (size_t k = 0; k < 5; k++) {
        for (size_t i = 0; i < ROWS; i++) room[k][i] = from[k][order[i]];
        columns[k] = room[k];
    }
    return table_of_columns(names, columns, 5, ROWS);
}

static const size_t in_order[ROWS] = {0, 1, 2, 3, 4, 5, 6, 7, 8}, reversed[ROWS] = {8, 7, 6, 5, 4, 3, 2, 1, 0};

static void equal_rows_are_counted_together(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = table_from(in_order);
    custval__cells cells;
    assert_ok(read_cells(table, 0, "n", &cells, &error), &error);
    assert_int_equal(cells.count, 4);
    assert_int_equal(cells.block_count, 1);
    assert_double_near(cells.total, 6.6, 1e-15);
    for (size_t i = 0; i < cells.count; i++) {
        const double frequency = cells.customers.x[i];
        const double expected = frequency == 0 ? 3 : frequency == 1 ? 2 : frequency == 2 ? 0.6 : 1;
        assert_double_near(cells.counts[i], expected, 1e-15);
        assert_false(signbit(cells.customers.t_x[i]));
    }
    custval__cells_free(&cells);
    custval_table_free(table);
}

static void without_a_count_every_row_is_one(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = table_from(reversed);
    custval__cells cells;
    assert_ok(read_cells(table, 0, NULL, &cells, &error), &error);
    assert_int_equal(cells.count, 4);
    assert_double_near(cells.total, ROWS, 0);
    for (size_t i = 0; i < cells.count; i++) {
        const double frequency = cells.customers.x[i];
        assert_double_near(cells.counts[i], frequency == 0 || frequency == 2 ? 3 : frequency == 1 ? 2 : 1, 0);
    }
    custval__cells_free(&cells);
    custval_table_free(table);
}

static void covariates_make_blocks(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = table_from(in_order);
    custval__cells cells;
    assert_ok(read_cells(table, 1, NULL, &cells, &error), &error);
    assert_int_equal(cells.count, 5); /* x = 1 came with both */
    assert_int_equal(cells.block_count, 2);
    assert_int_equal(cells.starts[0], 0);
    assert_int_equal(cells.starts[2], 5);
    for (size_t block = 0; block < 2; block++) {
        double customers = 0;
        for (size_t i = cells.starts[block]; i < cells.starts[block + 1]; i++) customers += cells.counts[i];
        assert_double_near(customers, cells.covariates[block] == 1.0 ? 4 : 5, 0);
    }
    custval__cells_free(&cells);
    custval_table_free(table);
}

static void the_order_of_rows_leaves_no_trace(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *tables[2] = {table_from(in_order), table_from(reversed)};
    custval__cells cells[2];
    for (size_t i = 0; i < 2; i++) assert_ok(read_cells(tables[i], 1, "n", &cells[i], &error), &error);
    assert_int_equal(cells[0].count, cells[1].count);
    /* Also of 0.1 + 0.2 + 0.3, whose roundings depend on the order. */
    assert_memory_equal(cells[0].memory, cells[1].memory, 4 * cells[0].count * sizeof(double));
    assert_memory_equal(cells[0].covariates, cells[1].covariates, 2 * sizeof(double));
    for (size_t i = 0; i < 2; i++) {
        custval__cells_free(&cells[i]);
        custval_table_free(tables[i]);
    }
}

static void a_sample_keeps_rows_and_blocks(void **state) {
    (void)state;
    const simulation what = {.model = CUSTVAL_MODEL_BGNBD,
                             .parameters = {0.5, 4, 0.8, 2.5},
                             .count = 3000,
                             .shortest = 20,
                             .longest = 40,
                             .purchase = 0.5,
                             .seed = 11};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = simulate(&what);
    custval__cells cells, sample;
    assert_ok(read_cells(table, 1, NULL, &cells, &error), &error);
    for (size_t stride = 2; stride < 5000; stride *= 7) {
        assert_ok(custval__cells_sample(&cells, stride, &sample, &error), &error);
        double total = 0;
        size_t block = 0;
        for (size_t i = 0; i < sample.count; i++) {
            const size_t from = stride / 2 + i * stride;
            size_t from_block = 0;
            while (sample.starts[block + 1] <= i) block++;
            while (cells.starts[from_block + 1] <= from) from_block++;
            assert_double_bits(sample.customers.t_x[i], cells.customers.t_x[from]);
            assert_double_bits(sample.customers.T[i], cells.customers.T[from]);
            assert_double_bits(sample.covariates[block], cells.covariates[from_block]);
            total += sample.counts[i];
        }
        assert_true(sample.count == (cells.count + stride - 1 - stride / 2) / stride);
        assert_double_near(total, sample.total, 0);
        custval__cells_free(&sample);
    }
    custval__cells_free(&cells);
    custval_table_free(table);
}

static void assert_bad_row(size_t column, double value, custval_status status, const char *message) {
    double room[5][ROWS];
    const double *const from[] = {x, t_x, T, n, z}, *columns[5];
    custval_error error = CUSTVAL_ERROR_INIT;
    custval__cells cells;
    for (size_t k = 0; k < 5; k++) {
        memcpy(room[k], from[k], sizeof room[k]);
        columns[k] = room[k];
    }
    room[column][4] = value;
    custval_table *table = table_of_columns(names, columns, 5, ROWS);
    assert_status(read_cells(table, 1, "n", &cells, &error), status, &error);
    assert_message(&error, message);
    assert_message(&error, "row 4: ");
    assert_int_equal(error.row, 4);
    assert_null(cells.memory);
    custval_table_free(table);
}

static void a_bad_row_is_named(void **state) {
    (void)state;
    assert_bad_row(0, 1.9, CUSTVAL_ERROR_RANGE, "(x 1.9, t_x 7, T 9)"); /* not cut down to 1 */
    assert_bad_row(0, -1, CUSTVAL_ERROR_RANGE, "(x -1, t_x 7, T 9)");
    assert_bad_row(1, 10, CUSTVAL_ERROR_RANGE, "(x 1, t_x 10, T 9)");
    assert_bad_row(1, (double)NAN, CUSTVAL_ERROR_NOT_FINITE, "column \"t_x\" is missing");
    assert_bad_row(2, (double)INFINITY, CUSTVAL_ERROR_NOT_FINITE, "column \"T\" is inf");
    assert_bad_row(3, -1, CUSTVAL_ERROR_RANGE, "column \"n\" is -1");
    assert_bad_row(3, (double)NAN, CUSTVAL_ERROR_NOT_FINITE, "column \"n\" is missing");
    assert_bad_row(4, (double)NAN, CUSTVAL_ERROR_NOT_FINITE, "column \"z\" is missing");
}

/* Of rows that spend is not learned from, nothing but the count is looked at: in every part of the table. */
static void a_bad_count_is_named_where_nothing_was_bought(void **state) {
    (void)state;
    enum { MANY = 2500 };
    static const char *const of[] = {"x", "mean_spend", "n"};
    static double bought[MANY], spent[MANY], counts[MANY];
    const double *const columns[] = {bought, spent, counts}, wrong[] = {-1, (double)NAN, (double)INFINITY};
    const custval_host host = whole_host();
    for (size_t i = 0; i < MANY; i++) {
        bought[i] = i % 5 == 3 ? 0 : (double)(i % 5 + 1);
        spent[i] = i % 5 == 3 ? (double)NAN : 10;
        counts[i] = 0.5;
    }
    for (size_t w = 0; w <= SUPPORT_COUNT(wrong); w++) {
        custval_error error = CUSTVAL_ERROR_INIT;
        custval__cells cells;
        counts[1503] = w < SUPPORT_COUNT(wrong) ? wrong[w] : 7;
        custval_table *table = table_of_columns(of, columns, 3, MANY);
        const custval__cell_source source = {table, &custval__gamma_gamma, {.x = 0, .mean_spend = 1, .count = 2}, 0, 0};
        const custval_status status = custval__cells_read(&host, &source, &cells, &error);
        if (w < SUPPORT_COUNT(wrong)) {
            assert_status(status, w == 0 ? CUSTVAL_ERROR_RANGE : CUSTVAL_ERROR_NOT_FINITE, &error);
            assert_message(&error, "row 1503: column \"n\"");
        } else {
            assert_ok(status, &error);
            assert_int_equal(cells.count, 4);
            assert_double_near(cells.total, 1000, 0);
            custval__cells_free(&cells);
        }
        custval_table_free(table);
    }
}

/* ---- The likelihood ---------------------------------------------------------------------------------------------- */

static void fill(custval__likelihood *in, custval__cells *cells, const custval_host *host) {
    custval_error error = CUSTVAL_ERROR_INIT;
    *in = (custval__likelihood){.host = host, .purchase_count = 1, .count = 5, .ridge = 0.03, .centre = {0, 3, 0, 0}};
    assert_true(custval__likelihood_standardise(in, cells) == SIZE_MAX);
    assert_ok(custval__likelihood_take(in, cells, &error), &error);
}

static void slopes_are_those_of_the_value(void **state) {
    (void)state;
    const double at[] = {-0.5, 1.4, -0.3, 0.8, 0.4}, span = 1e-5;
    const custval_host host = whole_host();
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = table_from(in_order);
    custval__cells cells;
    custval__likelihood in;
    double slopes[5], other[5], value, up, down;
    assert_ok(read_cells(table, 1, "n", &cells, &error), &error);
    fill(&in, &cells, &host);
    assert_ok(custval__likelihood_at(&in, at, NULL, &value, slopes, &error), &error);
    for (size_t i = 0; i < 5; i++) {
        double near[5];
        memcpy(near, at, sizeof near);
        near[i] = at[i] + span;
        assert_ok(custval__likelihood_at(&in, near, NULL, &up, other, &error), &error);
        near[i] = at[i] - span;
        assert_ok(custval__likelihood_at(&in, near, NULL, &down, other, &error), &error);
        assert_double_near(slopes[i], (up - down) / (2 * span), 1e-9); /* of the span squared, and roundings over it */
    }
    custval__likelihood_free(&in);
    custval__cells_free(&cells);
    custval_table_free(table);
}

/* The mean of what the model says of each row with its own parameters. */
static void the_value_is_that_of_the_raw_parameters(void **state) {
    (void)state;
    const double at[] = {-0.5, 1.4, -0.3, 0.8, 0.4};
    const custval_host host = whole_host();
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = table_from(in_order);
    custval__cells cells;
    custval__likelihood in;
    double slopes[5], raw[5], back[5], plain, value, sum = 0, total = 0;
    assert_ok(read_cells(table, 1, "n", &cells, &error), &error);
    fill(&in, &cells, &host);
    assert_ok(custval__likelihood_at(&in, at, &plain, &value, slopes, &error), &error);
    custval__likelihood_to_raw(&in, at, raw);
    for (size_t i = 0; i < ROWS; i++) {
        const double parameters[] = {exp(raw[0]), exp(raw[1] - raw[4] * z[i]), exp(raw[2]), exp(raw[3])};
        const custval__customers one = {.count = 1, .x = &x[i], .t_x = &t_x[i], .T = &T[i]};
        double own;
        custval__bgnbd.log_likelihood(parameters, &one, &own, NULL);
        sum += n[i] * own;
        total += n[i];
    }
    assert_double_near(plain, sum / total, 1e-14);
    double penalty = 0;
    for (size_t i = 0; i < 5; i++) penalty += pow(raw[i] - (i == 1 ? 3 : 0), 2);
    assert_double_near(value, plain - 0.03 * penalty, 1e-14);
    custval__likelihood_from_raw(&in, raw, back);
    for (size_t i = 0; i < 5; i++) assert_double_near(back[i], at[i], 1e-14);
    custval__likelihood_free(&in);
    custval__cells_free(&cells);
    custval_table_free(table);
}

static void a_constant_covariate_is_found(void **state) {
    (void)state;
    static const double constant[ROWS] = {3, 3, 3, 3, 3, 3, 3, 3, 3};
    const double *const columns[] = {x, t_x, T, n, constant};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = table_of_columns(names, columns, 5, ROWS);
    custval__cells cells;
    custval__likelihood in = {0};
    assert_ok(read_cells(table, 1, "n", &cells, &error), &error);
    assert_true(custval__likelihood_standardise(&in, &cells) == 0);
    custval__cells_free(&cells);
    custval_table_free(table);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_rows_are_counted_together),
        cmocka_unit_test(without_a_count_every_row_is_one),
        cmocka_unit_test(covariates_make_blocks),
        cmocka_unit_test(the_order_of_rows_leaves_no_trace),
        cmocka_unit_test(a_sample_keeps_rows_and_blocks),
        cmocka_unit_test(a_bad_row_is_named),
        cmocka_unit_test(a_bad_count_is_named_where_nothing_was_bought),
        cmocka_unit_test(slopes_are_those_of_the_value),
        cmocka_unit_test(the_value_is_that_of_the_raw_parameters),
        cmocka_unit_test(a_constant_covariate_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
