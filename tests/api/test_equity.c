/* The interface: customer equity, Markov chains, brand switching. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "api.h"

#include <math.h>

#include <custval/equity.h>

#include "json_table.h"

static const double none = (double)NAN, far = (double)INFINITY;

static custval_table *columns(const char *const *names, const double *const *numbers, size_t count, size_t rows) {
    custval_table *table = NULL;
    assert_ok(custval_table_new(NULL, rows, &table, NULL), NULL);
    for (size_t i = 0; i < count; i++) assert_ok(custval_table_add_doubles(table, names[i], numbers[i], NULL), NULL);
    return table;
}

/* ---- Customer equity ------------------------------------------------------------------------------------------------ */

static custval_table *customers(void) {
    static const double value[] = {100, -20, 50, 7}, influence[] = {10, 0, 40, (double)NAN},
                        probability[] = {0.5, 0.1, 1.5, 0.2};
    static const char *const names[] = {"value", "influence", "probability"};
    static const custval_text segments[] = {{"a", 1}, {"b", 1}, {NULL, 0}, {"a", 1}};
    static const double *const numbers[] = {value, influence, probability};
    custval_table *const table = columns(names, numbers, 3, 4);
    assert_ok(custval_table_add_texts(table, "segment", segments, NULL), NULL);
    return table;
}

static custval_table *shared;

static int set_up(void **state) {
    (void)state;
    shared = customers();
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    custval_table_free(shared);
    return 0;
}

static custval_status equity_with(const void *options, custval_error *error) {
    custval_table *out = shared;
    const custval_status status = custval_equity(shared, shared, options, &out, error);
    assert_int_equal(out == NULL, status != CUSTVAL_OK);
    custval_table_free(out);
    return status;
}

static void equity_refuses_what_it_cannot_read(void **state) {
    (void)state;
    custval_equity_options options = CUSTVAL_EQUITY_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *out = shared;
    assert_refused(custval_equity(shared, NULL, NULL, NULL, &error));
    assert_refused(custval_equity(NULL, NULL, NULL, &out, &error));
    assert_null(out);
    assert_reads_struct(equity_with, &options, sizeof options);
    options.value = "nowhere";
    assert_status(equity_with(&options, &error), CUSTVAL_ERROR_NOT_FOUND, &error);
    options.value = "segment";
    assert_status(equity_with(&options, &error), CUSTVAL_ERROR_TYPE, &error);
    options.value = NULL;
    options.segment = "value";
    assert_status(equity_with(&options, &error), CUSTVAL_ERROR_TYPE, &error);
    options.segment = NULL;
    options.rate = -1.0;
    assert_status(equity_with(&options, &error), CUSTVAL_ERROR_RANGE, &error);
    options.rate = 0.0;
    options.influence = "influence"; /* how much of it is new money must be said */
    assert_status(equity_with(&options, &error), CUSTVAL_ERROR_RANGE, &error);
    assert_message(&error, "attribution");
    options.attribution = 1.0;
    assert_ok(equity_with(&options, &error), &error);
}

static void equity_adds_up_by_segment(void **state) {
    (void)state;
    custval_equity_options options = CUSTVAL_EQUITY_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *out = NULL;
    options.segment = "segment";
    options.influence = "influence";
    options.attribution = 0.5;
    assert_ok(custval_equity(shared, NULL, &options, &out, &error), &error);
    assert_int_equal(custval_table_rows(out), 4);
    assert_double_bits(table_cell(out, "equity", 0), 105.0);
    assert_double_bits(table_cell(out, "skipped", 0), 1.0);
    assert_double_bits(table_cell(out, "equity", 1), -20.0);
    assert_double_bits(table_cell(out, "equity", 2), 70.0);
    assert_double_bits(table_cell(out, "equity", 3), 155.0);
    assert_double_bits(table_cell(out, "share", 3), 1.0);
    custval_table_free(out);
    assert_ok(custval_equity(NULL, shared, NULL, &out, &error), &error);
    assert_int_equal(custval_table_rows(out), 1);
    assert_double_near(table_cell(out, "prospective", 0), 50.0 - 2.0 + 1.4, 1e-13);
    assert_double_bits(table_cell(out, "skipped", 0), 1.0);
    custval_table_free(out);
}

static void an_equity_beyond_a_double_is_refused(void **state) {
    (void)state;
    static const double value[] = {1.7e308, 1.7e308};
    static const char *const names[] = {"value"};
    const double *const numbers[] = {value};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = columns(names, numbers, 1, 2), *out = NULL;
    assert_status(custval_equity(table, NULL, NULL, &out, &error), CUSTVAL_ERROR_NOT_FINITE, &error);
    assert_null(out);
    custval_table_free(table);
}

static void a_row_that_cannot_count_is_skipped(void **state) {
    (void)state;
    static const char *const names[] = {"probability", "value", "cost", "count", "period"};
    const double good[] = {0.5, 100, 10, 2, 1}, bad[] = {-0.1, (double)INFINITY, -1, -1, -1};
    double cells[5][11];
    const double *const numbers[] = {cells[0], cells[1], cells[2], cells[3], cells[4]};
    custval_equity_options options = CUSTVAL_EQUITY_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *out = NULL;
    /* In row i one cell is bad, in row 5 + i the same cell is missing; the last row is good. */
    for (size_t row = 0; row < 11; row++) {
        for (size_t i = 0; i < 5; i++) cells[i][row] = row == i ? bad[i] : row == 5 + i ? none : good[i];
    }
    custval_table *table = columns(names, numbers, 5, 11);
    options.cost = "cost";
    options.prospect_count = options.count = "count";
    options.period = "period";
    options.rate = 0.25;
    assert_ok(custval_equity(NULL, table, &options, &out, &error), &error);
    assert_double_bits(table_cell(out, "skipped", 0), 10.0);
    assert_double_near(table_cell(out, "equity", 0), 2 * (50.0 - 10.0) / 1.25, 1e-13);
    custval_table_free(out);
    assert_ok(custval_equity(table, NULL, &options, &out, &error), &error);
    assert_double_bits(table_cell(out, "skipped", 0), 4.0);
    assert_double_bits(table_cell(out, "current", 0), 7 * 200.0);
    custval_table_free(out);
    custval_table_free(table);
}

static void segments_are_not_without_number(void **state) {
    (void)state;
    enum { ROWS = 10001 };
    static int32_t keys[ROWS];
    static double value[ROWS];
    custval_column column = CUSTVAL_COLUMN_INIT;
    custval_equity_options options = CUSTVAL_EQUITY_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = NULL, *out = NULL;
    for (int32_t row = 0; row < ROWS; row++) keys[row] = row;
    column.type = CUSTVAL_TYPE_INT32;
    column.data = keys;
    assert_ok(custval_table_new(NULL, ROWS, &table, &error), &error);
    assert_ok(custval_table_add(table, "segment", &column, &error), &error);
    assert_ok(custval_table_add_doubles(table, "value", value, &error), &error);
    options.segment = "segment";
    assert_status(custval_equity(table, NULL, &options, &out, &error), CUSTVAL_ERROR_LIMIT, &error);
    assert_null(out);
    custval_table_free(table);
}

/* ---- Markov chains -------------------------------------------------------------------------------------------------- */

static const double steps[] = {0.6, 0.4, 0.0, 1.0}, rewards[] = {10.0, 0.0};

static custval_status markov_with(const void *options, custval_error *error) {
    double values[2];
    return custval_markov_value(2, steps, rewards, options, values, error);
}

static custval_status markov_of(const double *transitions, const double *money, double rate, double *values,
                                custval_error *error) {
    custval_markov_options options = CUSTVAL_MARKOV_OPTIONS_INIT;
    options.rate = rate;
    return custval_markov_value(2, transitions, money, &options, values, error);
}

static void chains_refuse_what_is_none(void **state) {
    (void)state;
    const double negative[] = {1.1, -0.1, 0, 1}, nothing[] = {none, 0, 0, 1}, half[] = {0.5, 0.4, 0, 1},
                 endless[] = {10, far}, large[] = {1e308, 1e308}, stays[] = {0, 1, 0, 1};
    custval_markov_options options = CUSTVAL_MARKOV_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    double values[2] = {7, 7};
    assert_refused(custval_markov_value(2, NULL, rewards, NULL, values, &error));
    assert_refused(custval_markov_value(2, steps, NULL, NULL, values, &error));
    assert_refused(custval_markov_value(2, steps, rewards, NULL, NULL, &error));
    assert_status(custval_markov_value(0, steps, rewards, NULL, values, &error), CUSTVAL_ERROR_RANGE, &error);
    assert_status(custval_markov_value(CUSTVAL_MAX_STATES + 1, steps, rewards, NULL, values, &error),
                  CUSTVAL_ERROR_RANGE, &error);
    assert_status(markov_of(negative, rewards, 0.1, values, &error), CUSTVAL_ERROR_RANGE, &error);
    assert_status(markov_of(half, rewards, 0.1, values, &error), CUSTVAL_ERROR_RANGE, &error);
    assert_status(markov_of(nothing, rewards, 0.1, values, &error), CUSTVAL_ERROR_NOT_FINITE, &error);
    assert_status(markov_of(steps, endless, 0.1, values, &error), CUSTVAL_ERROR_NOT_FINITE, &error);
    assert_status(markov_of(stays, large, 0.001, values, &error), CUSTVAL_ERROR_NOT_FINITE, &error);
    assert_status(markov_of(steps, rewards, -0.1, values, &error), CUSTVAL_ERROR_RANGE, &error);
    assert_double_bits(values[0], 7.0);
    assert_reads_struct(markov_with, &options, sizeof options);
    options.for_ever = 2;
    assert_refused(markov_with(&options, &error));
    options.for_ever = 0;
    options.counts = 2;
    assert_refused(markov_with(&options, &error));
    options.counts = 0;
    options.empty = 4;
    assert_refused(markov_with(&options, &error));
    options.empty = 0;
    options.periods = 1000001;
    assert_status(markov_with(&options, &error), CUSTVAL_ERROR_RANGE, &error);
    options.periods = 0;
    options.rate = -1.0;
    assert_status(markov_with(&options, &error), CUSTVAL_ERROR_RANGE, &error);
}

/* Undiscounted, I - P is singular where somebody stays for ever: an end without reward is dropped, any other refused. */
static void without_discount_only_a_chain_that_ends_has_a_value(void **state) {
    (void)state;
    const double pays_for_ever[] = {10.0, 1.0}, circle[] = {0, 1, 1, 0};
    custval_error error = CUSTVAL_ERROR_INIT;
    double values[2];
    assert_ok(markov_of(steps, rewards, 0.0, values, &error), &error);
    assert_double_near(values[0], 25.0, 1e-14 * 25);
    assert_double_bits(values[1], 0.0);
    assert_status(markov_of(steps, pays_for_ever, 0.0, values, &error), CUSTVAL_ERROR_STATE, &error);
    assert_message(&error, "state 0");
    assert_status(markov_of(circle, rewards, 0.0, values, &error), CUSTVAL_ERROR_STATE, &error);
    assert_ok(markov_of(circle, rewards, 1.0, values, &error), &error);
    assert_double_near(values[0], 40.0 / 3.0, 1e-14 * 14);
}

/* 1 - P(stay) is 0 in doubles; the chance of leaving is not. Where only rounding keeps two states together, it is refused. */
static void a_chain_that_hardly_ends_keeps_its_digits(void **state) {
    (void)state;
    const double hardly[] = {1.0, 1e-20, 0.0, 1.0}, together[] = {0, 1, 0, 1, 0, 1e-20, 0, 0, 1}, money[] = {1, 1, 0};
    custval_error error = CUSTVAL_ERROR_INIT;
    double values[3];
    assert_ok(markov_of(hardly, rewards, 0.0, values, &error), &error);
    assert_double_near(values[0], 1e21, 1e-14 * 1e21);
    assert_ok(markov_of(hardly, rewards, 1e-20, values, &error), &error);
    assert_double_near(values[0], 5e20, 1e-14 * 5e20);
    assert_status(custval_markov_value(3, together, money, NULL, values, &error), CUSTVAL_ERROR_STATE, &error);
    assert_message(&error, "hardly");
}

static void a_state_without_customers_needs_a_policy(void **state) {
    (void)state;
    const double counts[] = {3, 1, 0, 0}, nobody[] = {0, 0, 0, 0};
    custval_markov_options options = CUSTVAL_MARKOV_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    double values[2];
    options.counts = 1;
    options.rate = 0.25;
    assert_status(custval_markov_value(2, counts, rewards, &options, values, &error), CUSTVAL_ERROR_STATE, &error);
    assert_message(&error, "state 1");
    options.empty = CUSTVAL_EMPTY_STAY;
    assert_ok(custval_markov_value(2, counts, rewards, &options, values, &error), &error);
    assert_double_near(values[0], 25.0, 1e-14 * 25);
    assert_double_bits(values[1], 0.0);
    options.empty = CUSTVAL_EMPTY_POOLED;
    assert_ok(custval_markov_value(2, counts, rewards, &options, values, &error), &error);
    assert_true(values[1] > 0.0);
    assert_status(custval_markov_value(2, nobody, rewards, &options, values, &error), CUSTVAL_ERROR_STATE, &error);
}

/* ---- Brand switching ------------------------------------------------------------------------------------------------ */

static const char *const brands[] = {"us", "them"};
static const double matrix[] = {0.8, 0.2, 0.3, 0.7};
static custval_table *buyers;

static int set_up_buyers(void **state) {
    static const double volume[] = {1, 2, 1, (double)NAN, -1, 1}, frequency[] = {1, 2, 1, 1, 1, 1e9};
    static const char *const names[] = {"volume", "frequency"};
    static const custval_text last[] = {{"us", 2}, {"them", 4}, {"other", 5}, {"us", 2}, {"us", 2}, {"us", 2}};
    const double *const numbers[] = {volume, frequency};
    (void)state;
    buyers = columns(names, numbers, 2, 6);
    assert_ok(custval_table_add_texts(buyers, "last_brand", last, NULL), NULL);
    return 0;
}

static int tear_down_buyers(void **state) {
    (void)state;
    custval_table_free(buyers);
    return 0;
}

static custval_switching_options two_brands(void) {
    custval_switching_options options = CUSTVAL_SWITCHING_OPTIONS_INIT;
    options.brands = brands;
    options.brands_count = 2;
    options.matrix = matrix;
    options.volume = "volume";
    options.frequency = "frequency";
    return options;
}

static custval_status switching_with(const void *options, custval_error *error) {
    custval_table *out = buyers, *by_brand = buyers;
    const custval_status status = custval_switching(buyers, options, &out, &by_brand, error);
    assert_int_equal(out == NULL, status != CUSTVAL_OK);
    assert_int_equal(by_brand == NULL, status != CUSTVAL_OK);
    custval_table_free(out);
    custval_table_free(by_brand);
    return status;
}

#define assert_switching(change, expected)                                 \
  do {                                                                     \
    custval_switching_options options = two_brands();                      \
    custval_error refused = CUSTVAL_ERROR_INIT;                            \
    change;                                                                \
    assert_status(switching_with(&options, &refused), expected, &refused); \
  } while (0)

static void switching_refuses_what_it_cannot_read(void **state) {
    (void)state;
    static const char *const twice[] = {"us", "us"}, *const status_too[] = {"us", "status"},
                             *const null[] = {"us", NULL}, *const utilities[] = {"volume", NULL},
                             *const nowhere[] = {"volume", "nowhere"};
    static const double wrong[] = {0.8, 0.3, 0.3, 0.7}, negative[] = {1.2, -0.2, 0.3, 0.7},
                        margins[] = {1, (double)INFINITY};
    const custval_switching_options whole = two_brands();
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *out = buyers;
    assert_refused(custval_switching(buyers, &whole, NULL, NULL, &error));
    assert_refused(custval_switching(NULL, &whole, &out, NULL, &error));
    assert_null(out);
    assert_refused(custval_switching(buyers, NULL, &out, NULL, &error));
    assert_reads_struct(switching_with, &whole, sizeof whole);
    assert_switching(options.brands = NULL, CUSTVAL_ERROR_ARGUMENT);
    assert_switching(options.brands = null, CUSTVAL_ERROR_ARGUMENT);
    assert_switching(options.brands = twice, CUSTVAL_ERROR_DUPLICATE);
    assert_switching(options.brands = status_too, CUSTVAL_ERROR_DUPLICATE);
    assert_switching(options.brands_count = 1, CUSTVAL_ERROR_RANGE);
    assert_switching(options.brands_count = CUSTVAL_MAX_BRANDS + 1, CUSTVAL_ERROR_RANGE);
    assert_switching(options.matrix = NULL, CUSTVAL_ERROR_ARGUMENT);
    assert_switching(options.matrix = wrong, CUSTVAL_ERROR_RANGE);
    assert_switching(options.matrix = negative, CUSTVAL_ERROR_RANGE);
    assert_switching(options.utilities = utilities, CUSTVAL_ERROR_ARGUMENT);
    assert_switching(options.utilities = utilities; options.matrix = NULL, CUSTVAL_ERROR_ARGUMENT);
    assert_switching(options.utilities = nowhere; options.matrix = NULL, CUSTVAL_ERROR_NOT_FOUND);
    assert_switching(options.margins = margins, CUSTVAL_ERROR_NOT_FINITE);
    assert_switching(options.rate = -1.0, CUSTVAL_ERROR_RANGE);
    assert_switching(options.periods = 0.0, CUSTVAL_ERROR_RANGE);
    assert_switching(options.population = -1.0, CUSTVAL_ERROR_RANGE);
    assert_switching(options.inertia = far, CUSTVAL_ERROR_RANGE);
    assert_switching(options.last = "volume", CUSTVAL_ERROR_TYPE);
    assert_switching(options.last = "nowhere", CUSTVAL_ERROR_NOT_FOUND);
    assert_switching(options.volume = "last_brand", CUSTVAL_ERROR_TYPE);
}

static void a_buyer_that_cannot_be_valued_has_a_status(void **state) {
    (void)state;
    static const double expected[] = {CUSTVAL_SWITCHING_ROW_OK,      CUSTVAL_SWITCHING_ROW_OK,
                                      CUSTVAL_SWITCHING_ROW_UNKNOWN, CUSTVAL_SWITCHING_ROW_MISSING,
                                      CUSTVAL_SWITCHING_ROW_RANGE,   CUSTVAL_SWITCHING_ROW_RANGE};
    const custval_switching_options options = two_brands();
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *out = NULL, *by_brand = NULL;
    assert_ok(custval_switching(buyers, &options, &out, &by_brand, &error), &error);
    for (size_t row = 0; row < SUPPORT_COUNT(expected); row++) {
        assert_double_bits(table_cell(out, "status", row), expected[row]);
        assert_int_equal(isnan(table_cell(out, "us", row)) != 0, row > 1);
    }
    assert_double_near(table_cell(out, "us", 0), 1.8, 1e-15 * 2);
    assert_double_near(table_cell(by_brand, "equity", 0), table_cell(out, "us", 0) + table_cell(out, "us", 1), 1e-14);
    assert_double_near(table_cell(by_brand, "share", 0) + table_cell(by_brand, "share", 1), 1.0, 1e-15);
    custval_table_free(out);
    custval_table_free(by_brand);
}

/* A utility that is missing or infinite, alone or with the inertia; money beyond a double; nobody to value. */
static void utilities_may_be_wrong_too(void **state) {
    (void)state;
    static const custval_text last[] = {{"us", 2}, {"us", 2}, {"us", 2}, {"them", 4}};
    const double mine[] = {1, none, far, 1.7e308}, others[] = {1, 1, 1, 1}, margins[] = {1e308, 1e308};
    static const double expected[] = {CUSTVAL_SWITCHING_ROW_OK, CUSTVAL_SWITCHING_ROW_MISSING,
                                      CUSTVAL_SWITCHING_ROW_RANGE, CUSTVAL_SWITCHING_ROW_OK};
    static const char *const names[] = {"mine", "others"};
    const double *const numbers[] = {mine, others};
    custval_switching_options options = CUSTVAL_SWITCHING_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = columns(names, numbers, 2, 4), *out = NULL;
    assert_ok(custval_table_add_texts(table, "last_brand", last, NULL), NULL);
    options.brands = brands;
    options.brands_count = 2;
    options.utilities = names;
    assert_ok(custval_switching(table, &options, &out, NULL, &error), &error);
    for (size_t row = 0; row < 4; row++) assert_double_bits(table_cell(out, "status", row), expected[row]);
    assert_double_near(table_cell(out, "us", 0), 1.5, 1e-15 * 2);
    assert_double_bits(table_cell(out, "them", 3), 1.0);
    custval_table_free(out);
    options.population = 1e308;
    options.periods = 9.0;
    assert_status(custval_switching(table, &options, NULL, &out, &error), CUSTVAL_ERROR_NOT_FINITE, &error);
    assert_message(&error, "us");
    options.population = 0.0;
    options.margins = margins;
    assert_ok(custval_switching(table, &options, NULL, &out, &error), &error);
    assert_true(isnan(table_cell(out, "value", 0)) && isnan(table_cell(out, "share", 0)));
    custval_table_free(out);
    custval_table_free(table);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(equity_refuses_what_it_cannot_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown(equity_adds_up_by_segment, set_up, tear_down),
        cmocka_unit_test(an_equity_beyond_a_double_is_refused),
        cmocka_unit_test(a_row_that_cannot_count_is_skipped),
        cmocka_unit_test(segments_are_not_without_number),
        cmocka_unit_test(chains_refuse_what_is_none),
        cmocka_unit_test(without_discount_only_a_chain_that_ends_has_a_value),
        cmocka_unit_test(a_chain_that_hardly_ends_keeps_its_digits),
        cmocka_unit_test(a_state_without_customers_needs_a_policy),
        cmocka_unit_test_setup_teardown(switching_refuses_what_it_cannot_read, set_up_buyers, tear_down_buyers),
        cmocka_unit_test_setup_teardown(a_buyer_that_cannot_be_valued_has_a_status, set_up_buyers, tear_down_buyers),
        cmocka_unit_test(utilities_may_be_wrong_too),
    };
    return cmocka_run_group_tests_name("equity", tests, NULL, NULL);
}
