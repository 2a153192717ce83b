/* The interface: predictions of lifetimes, distributions of purchases, tracking, by frequency. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "api.h"
#include "predicting.h"

#define ROWS 4

typedef struct fixture {
    custval_lifetime *purchases, *spend, *gifts, *renewals, *fitted;
    custval_table *table, *course;
    custval_lifetime_predict_options predict;
    custval_lifetime_counts_options counts;
    custval_lifetime_check_options check;
} fixture;

static fixture *shared;

static const double customers[ROWS * 3] = {2, 30.43, 38.86, 0, 0, 38.86, 7, 20.5, 38.5, 26, 30, 31};
static const double mean_spend[ROWS] = {22.35, 0, 30.5, 41.25};
static const double amount[ROWS] = {20, -5, 0, 41.25};
static const double horizons[ROWS] = {52, 0, 26.5, 1};
static const double elapsed[] = {10, 20, 30, 40, 52}, repeats[] = {3, 1, 4, 1, 5};

static custval_lifetime *fit_cdnow(void) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_lifetime *lifetime = NULL;
    custval_lifetime_fit_options options = CUSTVAL_LIFETIME_FIT_OPTIONS_INIT;
    custval_table *table = predicting_cdnow();
    options.model = CUSTVAL_MODEL_BGNBD;
    assert_ok(custval_lifetime_fit(table, &options, &lifetime, &error), &error);
    custval_table_free(table);
    return lifetime;
}

static int set_up(void **state) {
    static const double bgnbd[] = {0.243, 4.414, 0.793, 2.426}, gamma_gamma[] = {6.25, 3.74, 15.44};
    static const double bgbb[] = {1.204, 0.75, 0.657, 2.783}, sbg[] = {0.7, 1.2};
    static const custval_text words[ROWS] = {{"a", 1}, {"b", 1}, {"c", 1}, {"d", 1}};
    static fixture self;
    custval_error error = CUSTVAL_ERROR_INIT;
    self = (fixture){.predict = CUSTVAL_LIFETIME_PREDICT_OPTIONS_INIT,
                     .counts = CUSTVAL_LIFETIME_COUNTS_OPTIONS_INIT,
                     .check = CUSTVAL_LIFETIME_CHECK_OPTIONS_INIT};
    self.purchases = predicting_lifetime(CUSTVAL_MODEL_BGNBD, bgnbd, 4);
    self.spend = predicting_lifetime(CUSTVAL_MODEL_GAMMA_GAMMA, gamma_gamma, 3);
    self.gifts = predicting_lifetime(CUSTVAL_MODEL_BGBB, bgbb, 4);
    self.renewals = predicting_lifetime(CUSTVAL_MODEL_SBG, sbg, 2);
    self.fitted = fit_cdnow();
    self.table = predicting_customers(customers, ROWS);
    assert_ok(custval_table_add_doubles(self.table, "mean_spend", mean_spend, &error), &error);
    assert_ok(custval_table_add_doubles(self.table, "amount", amount, &error), &error);
    assert_ok(custval_table_add_doubles(self.table, "ahead", horizons, &error), &error);
    assert_ok(custval_table_add_texts(self.table, "words", words, &error), &error);
    assert_ok(custval_table_new(NULL, SUPPORT_COUNT(elapsed), &self.course, &error), &error);
    assert_ok(custval_table_add_doubles(self.course, "elapsed", elapsed, &error), &error);
    assert_ok(custval_table_add_doubles(self.course, "repeats", repeats, &error), &error);
    *state = shared = &self;
    return 0;
}

static int tear_down(void **state) {
    const fixture *self = *state;
    custval_lifetime_free(self->purchases);
    custval_lifetime_free(self->spend);
    custval_lifetime_free(self->gifts);
    custval_lifetime_free(self->renewals);
    custval_lifetime_free(self->fitted);
    custval_table_free(self->table);
    custval_table_free(self->course);
    return 0;
}

static void assert_columns(const custval_table *table, const char *const *expected, size_t count) {
    assert_int_equal(custval_table_columns(table), count);
    for (size_t i = 0; i < count; i++) assert_string_equal(custval_table_name(table, i), expected[i]);
}

/* ---- What is given ---------------------------------------------------------------------------------------------------- */

static void predictions_have_the_columns_asked_for(void **state) {
    const fixture *self = *state;
    static const char *const few[] = {"alive", "expected", "status"};
    static const char *const money[] = {"alive", "expected", "spend", "value", "status"};
    static const char *const all[] = {"alive",          "log_alive", "alive_later", "expected", "expected_deviation",
                                      "none",           "residual",  "spend",       "value",    "value_deviation",
                                      "log_likelihood", "status"};
    static const char *const bounds[] = {"expected", "expected_low", "expected_high", "status"};
    custval_lifetime_predict_options options = self->predict;
    custval_table *out = predicting_table(self->purchases, self->table, NULL);
    assert_columns(out, few, SUPPORT_COUNT(few));
    assert_int_equal(custval_table_rows(out), ROWS);
    custval_table_free(out);
    options.spend = self->spend;
    out = predicting_table(self->purchases, self->table, &options);
    assert_columns(out, money, SUPPORT_COUNT(money));
    custval_table_free(out);
    options.outputs = 2047;
    options.rate = 0.1;
    options.cost = 1.0;
    out = predicting_table(self->purchases, self->table, &options);
    assert_columns(out, all, SUPPORT_COUNT(all));
    for (size_t row = 0; row < ROWS; row++) assert_double_bits(table_cell(out, "status", row), 0.0);
    custval_table_free(out);
    options = self->predict;
    options.outputs = CUSTVAL_LIFETIME_EXPECTED;
    options.level = 0.95;
    out = predicting_table(self->fitted, self->table, &options);
    assert_columns(out, bounds, SUPPORT_COUNT(bounds));
    custval_table_free(out);
}

static void gamma_gamma_predicts_spend(void **state) {
    const fixture *self = *state;
    static const char *const columns[] = {"spend", "status"};
    custval_table *out = predicting_table(self->spend, self->table, NULL);
    assert_columns(out, columns, SUPPORT_COUNT(columns));
    assert_double_near(table_cell(out, "spend", 0), 24.663713910761153, 1e-11);
    custval_table_free(out);
}

static void bad_rows_spoil_no_other(void **state) {
    const fixture *self = *state;
    static const double bad[] = {
        2, 30.43, 38.86, 2.5, 1, 38, 2, 39, 38, -1, 0, 38, (double)INFINITY, 1, 38, 1, 1, (double)INFINITY,
        2, 30.43, 38.86};
    static const uint32_t why[] = {0, 2, 2, 2, 2, 2, 0};
    custval_error error = CUSTVAL_ERROR_INIT;
    double missing[3 * 3];
    custval_table *table = predicting_customers(bad, 7), *out = predicting_table(self->purchases, table, NULL);
    for (size_t row = 0; row < 7; row++) {
        assert_double_bits(table_cell(out, "status", row), why[row]);
        assert_int_equal(isnan(table_cell(out, "expected", row)) != 0, why[row] != 0);
    }
    assert_double_bits(table_cell(out, "expected", 0), table_cell(out, "expected", 6));
    custval_table_free(out);
    custval_table_free(table);
    for (size_t i = 0; i < 9; i++) missing[i] = i % 4 == 0 ? (double)NAN : customers[i];
    table = predicting_customers(missing, 3);
    custval_table *counted = NULL;
    assert_ok(custval_lifetime_counts(self->purchases, table, NULL, &counted, &error), &error);
    out = predicting_table(self->purchases, table, NULL);
    for (size_t row = 0; row < 3; row++) {
        assert_double_bits(table_cell(out, "status", row), CUSTVAL_LIFETIME_ROW_MISSING);
        assert_double_bits(table_cell(counted, "status", row), CUSTVAL_LIFETIME_ROW_MISSING);
        assert_true(isnan(table_cell(counted, "p0", row)) && isnan(table_cell(counted, "more", row)));
    }
    custval_table_free(counted);
    custval_table_free(out);
    custval_table_free(table);
}

static void a_mean_that_does_not_exist_is_undefined(void **state) {
    const fixture *self = *state;
    static const double heavy[] = {6.25, 0.8, 15.44};
    custval_lifetime_predict_options options = self->predict;
    custval_lifetime *spend = predicting_lifetime(CUSTVAL_MODEL_GAMMA_GAMMA, heavy, 3);
    options.spend = spend;
    custval_table *out = predicting_table(self->purchases, self->table, &options);
    assert_double_bits(table_cell(out, "status", 0), CUSTVAL_LIFETIME_ROW_OK);
    assert_double_bits(table_cell(out, "status", 1), CUSTVAL_LIFETIME_ROW_UNDEFINED);
    assert_true(isnan(table_cell(out, "spend", 1)) && isnan(table_cell(out, "value", 1)));
    assert_true(table_cell(out, "expected", 1) > 0.0);
    custval_table_free(out);
    custval_lifetime_free(spend);
}

static void who_is_lost_buys_nothing(void **state) {
    const fixture *self = *state;
    static const double T[] = {3, 3}, lost[] = {0, 1}, fee[] = {10, 10};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = NULL;
    custval_lifetime_predict_options options = self->predict;
    assert_ok(custval_table_new(NULL, 2, &table, &error), &error);
    assert_ok(custval_table_add_doubles(table, "T", T, &error), &error);
    assert_ok(custval_table_add_doubles(table, "fee", fee, &error), &error);
    options.outputs = CUSTVAL_LIFETIME_ALIVE | CUSTVAL_LIFETIME_LOG_ALIVE | CUSTVAL_LIFETIME_EXPECTED |
                      CUSTVAL_LIFETIME_NONE | CUSTVAL_LIFETIME_VALUE | CUSTVAL_LIFETIME_VALUE_DEVIATION |
                      CUSTVAL_LIFETIME_RESIDUAL;
    options.horizon = 12;
    options.spend_column = "fee";
    options.rate = 0.01;
    custval_table *unknown = predicting_table(self->renewals, table, &options);
    assert_ok(custval_table_add_doubles(table, "lost", lost, &error), &error);
    custval_table *out = predicting_table(self->renewals, table, &options);
    assert_double_bits(table_cell(out, "value", 0), table_cell(unknown, "value", 1));
    assert_true(table_cell(out, "value", 0) > 0.0);
    assert_double_bits(table_cell(out, "alive", 0), 1.0);
    assert_double_bits(table_cell(out, "alive", 1), 0.0);
    assert_double_bits(table_cell(out, "log_alive", 1), -(double)INFINITY);
    assert_double_bits(table_cell(out, "none", 1), 1.0);
    assert_double_bits(table_cell(out, "value", 1), 0.0);
    assert_double_bits(table_cell(out, "value_deviation", 1), 0.0);
    assert_double_bits(table_cell(out, "residual", 1), 0.0);
    assert_double_bits(table_cell(out, "status", 1), CUSTVAL_LIFETIME_ROW_OK);
    custval_table_free(out);
    custval_table_free(unknown);
    custval_table_free(table);
}

static void a_table_without_rows_gives_one(void **state) {
    const fixture *self = *state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *none = predicting_customers(customers, 0), *out = predicting_table(self->purchases, none, NULL);
    assert_int_equal(custval_table_rows(out), 0);
    custval_table_free(out);
    assert_ok(custval_lifetime_counts(self->purchases, none, NULL, &out, &error), &error);
    assert_int_equal(custval_table_rows(out), 0);
    custval_table_free(out);
    assert_ok(custval_lifetime_track(self->purchases, none, self->course, NULL, &out, &error), &error);
    assert_double_bits(table_cell(out, "expected_total", 4), 0.0);
    custval_table_free(out);
    assert_ok(custval_lifetime_by_frequency(self->purchases, none, NULL, &out, &error), &error);
    assert_double_bits(table_cell(out, "expected_customers", 0), 0.0);
    custval_table_free(out);
    custval_table_free(none);
}

static void counts_have_their_columns(void **state) {
    const fixture *self = *state;
    static const char *const columns[] = {"p0", "p1", "p2", "more", "q0.05", "q0.5", "status"};
    static const double shares[] = {0.05, 0.5};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_lifetime_counts_options options = self->counts;
    custval_table *out = NULL;
    options.most = 2;
    options.quantiles = shares;
    options.quantiles_count = 2;
    options.horizon_column = "ahead";
    assert_ok(custval_lifetime_counts(self->purchases, self->table, &options, &out, &error), &error);
    assert_columns(out, columns, SUPPORT_COUNT(columns));
    assert_double_bits(table_cell(out, "p0", 1), 1.0); /* nothing to come in no time */
    assert_double_bits(table_cell(out, "more", 1), 0.0);
    assert_double_bits(table_cell(out, "q0.5", 1), 0.0);
    custval_table_free(out);
}

/* The tail of this one falls by next to nothing from number to number: adding it up would never end. */
static void a_rest_without_an_end_is_exact(void **state) {
    const fixture *self = *state;
    static const double parameters[] = {1e-10, 1e-100}, none[] = {0}, rest = 2.2875850668294431e-8; /* 250 digits */
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_lifetime *lifetime = predicting_lifetime(CUSTVAL_MODEL_NBD, parameters, 2);
    custval_lifetime_counts_options options = self->counts;
    custval_table *table = NULL, *out = NULL;
    assert_ok(custval_table_new(NULL, 1, &table, &error), &error);
    assert_ok(custval_table_add_doubles(table, "x", none, &error), &error);
    assert_ok(custval_table_add_doubles(table, "T", none, &error), &error);
    options.most = 2;
    options.horizon = 1;
    assert_ok(custval_lifetime_counts(lifetime, table, &options, &out, &error), &error);
    assert_double_near(table_cell(out, "more", 0), rest, 1e-12 * rest);
    custval_table_free(out);
    custval_table_free(table);
    custval_lifetime_free(lifetime);
}

static void tracking_has_its_columns(void **state) {
    const fixture *self = *state;
    static const char *const columns[] = {"elapsed", "expected_total", "expected", "actual", "actual_total"};
    static const char *const short_ones[] = {"x", "customers", "expected_customers"};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *out = NULL;
    assert_ok(custval_lifetime_track(self->purchases, self->table, self->course, NULL, &out, &error), &error);
    assert_columns(out, columns, SUPPORT_COUNT(columns));
    assert_double_bits(table_cell(out, "actual_total", 4), 14.0);
    /* Those of age 38.86 came at 0, that of 31 at 7.86: E(X(t)) of each, from the day on which it came. */
    double total = 0.0;
    for (size_t row = 0; row < ROWS; row++) {
        const double age = 20.0 - (38.86 - customers[row * 3 + 2]);
        total += predicting_one(self->purchases, 0, 0, 0, age, CUSTVAL_LIFETIME_EXPECTED);
    }
    assert_double_near(table_cell(out, "expected_total", 1), total, 1e-12);
    assert_double_near(table_cell(out, "expected", 1), total - table_cell(out, "expected_total", 0), 1e-12);
    custval_table_free(out);
    assert_ok(custval_lifetime_by_frequency(self->purchases, self->table, NULL, &out, &error), &error);
    assert_columns(out, short_ones, SUPPORT_COUNT(short_ones));
    assert_int_equal(custval_table_rows(out), 8);
    assert_double_bits(table_cell(out, "customers", 7), 2.0);
    custval_table_free(out);
}

/* ---- What is refused -------------------------------------------------------------------------------------------------------- */

static void null_arguments_are_refused(void **state) {
    const fixture *self = *state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *out = NULL;
    assert_refused(custval_lifetime_predict(NULL, self->table, NULL, &out, &error));
    assert_refused(custval_lifetime_predict(self->purchases, NULL, NULL, &out, &error));
    assert_refused(custval_lifetime_predict(self->purchases, self->table, NULL, NULL, &error));
    assert_refused(custval_lifetime_counts(NULL, self->table, NULL, &out, &error));
    assert_refused(custval_lifetime_counts(self->purchases, NULL, NULL, &out, &error));
    assert_refused(custval_lifetime_counts(self->purchases, self->table, NULL, NULL, &error));
    assert_refused(custval_lifetime_track(NULL, self->table, self->course, NULL, &out, &error));
    assert_refused(custval_lifetime_track(self->purchases, NULL, self->course, NULL, &out, &error));
    assert_refused(custval_lifetime_track(self->purchases, self->table, NULL, NULL, &out, &error));
    assert_refused(custval_lifetime_track(self->purchases, self->table, self->course, NULL, NULL, &error));
    assert_refused(custval_lifetime_by_frequency(NULL, self->table, NULL, &out, &error));
    assert_refused(custval_lifetime_by_frequency(self->purchases, NULL, NULL, &out, &error));
    assert_refused(custval_lifetime_by_frequency(self->purchases, self->table, NULL, NULL, &error));
}

/* Something that a failed call must overwrite. */
static custval_table *rubbish(void) {
    static char nothing[64];
    return (custval_table *)(void *)nothing;
}

static void assert_not_predicted(const custval_lifetime *lifetime, const custval_lifetime_predict_options *options,
                                 custval_status expected, const char *part) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *out = rubbish();
    assert_status(custval_lifetime_predict(lifetime, shared->table, options, &out, &error), expected, &error);
    assert_message(&error, part);
    assert_null(out);
}

#define assert_option(name, value, status)                      \
  do {                                                          \
    custval_lifetime_predict_options odd = self->predict;       \
    odd.outputs = CUSTVAL_LIFETIME_EXPECTED;                    \
    odd.name = (value);                                         \
    assert_not_predicted(self->purchases, &odd, status, #name); \
  } while (0)

static void options_of_predictions_are_checked(void **state) {
    const fixture *self = *state;
    static const double falling[] = {2, 1}, rates[] = {0.1, -1.5};
    custval_lifetime_predict_options wrong = self->predict;
    assert_option(outputs, 1U << 11, CUSTVAL_ERROR_ARGUMENT);
    assert_option(timing, 9, CUSTVAL_ERROR_ARGUMENT);
    assert_option(horizon, 0.0, CUSTVAL_ERROR_RANGE);
    assert_option(horizon, (double)NAN, CUSTVAL_ERROR_RANGE);
    assert_option(horizon, (double)INFINITY, CUSTVAL_ERROR_RANGE);
    assert_option(cash_period, 0.0, CUSTVAL_ERROR_RANGE);
    assert_option(rate, -1.0, CUSTVAL_ERROR_RANGE);
    assert_option(rate_period, 0.0, CUSTVAL_ERROR_RANGE);
    assert_option(margin, (double)NAN, CUSTVAL_ERROR_RANGE);
    assert_option(cost, (double)INFINITY, CUSTVAL_ERROR_RANGE);
    assert_option(level, 1.0, CUSTVAL_ERROR_RANGE);
    assert_option(level, -0.1, CUSTVAL_ERROR_RANGE);
    assert_option(cash_count, 2, CUSTVAL_ERROR_ARGUMENT);
    assert_option(rates_count, 2, CUSTVAL_ERROR_ARGUMENT);
    assert_option(spend, self->gifts, CUSTVAL_ERROR_ARGUMENT);
    wrong.cash_times = falling;
    wrong.cash_count = 2;
    assert_not_predicted(self->purchases, &wrong, CUSTVAL_ERROR_RANGE, "cash_times[1] is 1");
    wrong.horizon_column = "ahead";
    assert_not_predicted(self->purchases, &wrong, CUSTVAL_ERROR_ARGUMENT, "horizon_column");
    wrong = self->predict;
    wrong.rate = -1.0;
    assert_not_predicted(self->purchases, &wrong, CUSTVAL_ERROR_RANGE, "rate is -1, but");
    wrong.rates = rates;
    wrong.rates_count = 2;
    assert_not_predicted(self->purchases, &wrong, CUSTVAL_ERROR_RANGE, "rate 1 is -1.5");
    wrong = self->predict;
    wrong.spend = self->spend;
    wrong.spend_column = "amount";
    assert_not_predicted(self->purchases, &wrong, CUSTVAL_ERROR_ARGUMENT, "spend_column");
    wrong = self->predict;
    wrong.horizon = 0x1p53;
    assert_not_predicted(self->renewals, &wrong, CUSTVAL_ERROR_RANGE, "periods");
    wrong = self->predict;
    wrong.spend_column = "amount";
    wrong.cash_period = 1e-9;
    assert_not_predicted(self->purchases, &wrong, CUSTVAL_ERROR_RANGE, "cash periods");
}

static void columns_of_predictions_are_checked(void **state) {
    const fixture *self = *state;
    const char *const names[] = {"nowhere", "words"};
    static const custval_status statuses[] = {CUSTVAL_ERROR_NOT_FOUND, CUSTVAL_ERROR_TYPE};
    for (size_t i = 0; i < 2; i++) {
        custval_lifetime_columns columns = CUSTVAL_LIFETIME_COLUMNS_INIT;
        custval_lifetime_predict_options wrong = self->predict;
        columns.t_x = names[i];
        wrong.columns = &columns;
        assert_not_predicted(self->purchases, &wrong, statuses[i], names[i]);
        wrong = self->predict;
        wrong.horizon_column = names[i];
        assert_not_predicted(self->purchases, &wrong, statuses[i], names[i]);
        wrong = self->predict;
        wrong.spend_column = names[i];
        assert_not_predicted(self->purchases, &wrong, statuses[i], names[i]);
        wrong.spend_column = "amount";
        wrong.margin_column = names[i];
        assert_not_predicted(self->purchases, &wrong, statuses[i], names[i]);
        wrong.margin_column = NULL;
        wrong.cost_column = names[i];
        assert_not_predicted(self->purchases, &wrong, statuses[i], names[i]);
    }
}

static void what_a_lifetime_cannot_tell_is_refused(void **state) {
    const fixture *self = *state;
    static const double rates[] = {0.1, 0.2};
    custval_lifetime_predict_options wrong = self->predict;
    wrong.outputs = CUSTVAL_LIFETIME_VALUE;
    assert_not_predicted(self->purchases, &wrong, CUSTVAL_ERROR_STATE, "spend_column");
    wrong.outputs = CUSTVAL_LIFETIME_RESIDUAL; /* S3: a rate, with its period, or no answer */
    assert_not_predicted(self->purchases, &wrong, CUSTVAL_ERROR_STATE, "rate above 0");
    wrong.rates = rates;
    wrong.rates_count = 2;
    assert_not_predicted(self->purchases, &wrong, CUSTVAL_ERROR_UNSUPPORTED, "curve");
    wrong = self->predict;
    wrong.level = 0.9;
    assert_not_predicted(self->purchases, &wrong, CUSTVAL_ERROR_STATE, "errors of the parameters");
    wrong.spend = self->spend;
    assert_not_predicted(self->fitted, &wrong, CUSTVAL_ERROR_STATE, "gamma-gamma");
    wrong = self->predict;
    wrong.outputs = CUSTVAL_LIFETIME_ALIVE;
    assert_not_predicted(self->spend, &wrong, CUSTVAL_ERROR_UNSUPPORTED, "gamma-gamma");
    wrong.outputs = 0;
    wrong.spend = self->spend;
    assert_not_predicted(self->spend, &wrong, CUSTVAL_ERROR_ARGUMENT, "gamma-gamma");
    wrong = self->predict;
    wrong.horizon = 2.5;
    assert_not_predicted(self->gifts, &wrong, CUSTVAL_ERROR_RANGE, "whole periods");
}

static void assert_not_counted(const custval_lifetime *lifetime, const custval_lifetime_counts_options *options,
                               custval_status expected, const char *part) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *out = rubbish();
    assert_status(custval_lifetime_counts(lifetime, shared->table, options, &out, &error), expected, &error);
    assert_message(&error, part);
    assert_null(out);
}

static void options_of_counts_are_checked(void **state) {
    const fixture *self = *state;
    static const double shares[] = {0.5, 1.0}, twice[] = {0.5, 0.5}, many[33] = {0.5};
    custval_lifetime_counts_options wrong = self->counts;
    wrong.horizon = 0.0;
    assert_not_counted(self->purchases, &wrong, CUSTVAL_ERROR_RANGE, "horizon is 0");
    wrong = self->counts;
    wrong.most = 1001;
    assert_not_counted(self->purchases, &wrong, CUSTVAL_ERROR_RANGE, "most is 1001");
    wrong = self->counts;
    wrong.quantiles_count = 1;
    assert_not_counted(self->purchases, &wrong, CUSTVAL_ERROR_ARGUMENT, "quantiles is NULL");
    wrong.quantiles = shares;
    wrong.quantiles_count = 2;
    assert_not_counted(self->purchases, &wrong, CUSTVAL_ERROR_RANGE, "quantiles[1] is 1");
    wrong.quantiles = twice;
    assert_not_counted(self->purchases, &wrong, CUSTVAL_ERROR_ARGUMENT, "quantiles[1] is 0.5, as quantiles[0] is");
    wrong.quantiles = many;
    wrong.quantiles_count = 33;
    assert_not_counted(self->purchases, &wrong, CUSTVAL_ERROR_RANGE, "quantiles_count is 33");
    wrong = self->counts;
    wrong.horizon_column = "nowhere";
    assert_not_counted(self->purchases, &wrong, CUSTVAL_ERROR_NOT_FOUND, "nowhere");
    wrong = self->counts;
    wrong.horizon = 1.5;
    assert_not_counted(self->gifts, &wrong, CUSTVAL_ERROR_RANGE, "whole periods");
    assert_not_counted(self->spend, &self->counts, CUSTVAL_ERROR_UNSUPPORTED, "gamma-gamma");
}

static void assert_not_tracked(const custval_lifetime *lifetime, const custval_table *table,
                               const custval_table *course, const custval_lifetime_check_options *options,
                               custval_status expected, const char *part) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *out = rubbish();
    assert_status(custval_lifetime_track(lifetime, table, course, options, &out, &error), expected, &error);
    assert_message(&error, part);
    assert_null(out);
}

static void assert_not_by_frequency(const custval_lifetime *lifetime, const custval_table *table,
                                    const custval_lifetime_check_options *options, custval_status expected,
                                    const char *part) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *out = rubbish();
    assert_status(custval_lifetime_by_frequency(lifetime, table, options, &out, &error), expected, &error);
    assert_message(&error, part);
    assert_null(out);
}

static void what_cannot_be_checked_is_refused(void **state) {
    const fixture *self = *state;
    static const double falling[] = {10, 20, 15, 40, 52};
    static const double odd[] = {2, 30.43, 38.86, 2, 40, 38.86};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_lifetime_check_options wrong = self->check;
    custval_table *course = NULL, *bad = predicting_customers(odd, 2);
    assert_not_tracked(self->gifts, self->table, self->course, NULL, CUSTVAL_ERROR_UNSUPPORTED, "bgbb");
    assert_not_tracked(self->spend, self->table, self->course, NULL, CUSTVAL_ERROR_UNSUPPORTED, "gamma-gamma");
    assert_not_tracked(self->purchases, self->table, self->table, NULL, CUSTVAL_ERROR_NOT_FOUND, "elapsed");
    wrong.observed = 38.5;
    assert_not_tracked(self->purchases, self->table, self->course, &wrong, CUSTVAL_ERROR_RANGE, "row 0");
    wrong.observed = -1;
    assert_not_tracked(self->purchases, self->table, self->course, &wrong, CUSTVAL_ERROR_RANGE, "observed is -1");
    wrong = self->check;
    wrong.reserved = 1;
    assert_not_tracked(self->purchases, self->table, self->course, &wrong, CUSTVAL_ERROR_ARGUMENT, "reserved");
    assert_ok(custval_table_new(NULL, 5, &course, &error), &error);
    assert_ok(custval_table_add_doubles(course, "elapsed", falling, &error), &error);
    assert_not_tracked(self->purchases, self->table, course, NULL, CUSTVAL_ERROR_RANGE, "row 2");
    custval_table_free(course);
    assert_not_by_frequency(self->renewals, self->table, NULL, CUSTVAL_ERROR_UNSUPPORTED, "sbg");
    wrong = self->check;
    wrong.most = 1001;
    assert_not_by_frequency(self->purchases, self->table, &wrong, CUSTVAL_ERROR_RANGE, "most is 1001");
    assert_not_by_frequency(self->purchases, bad, NULL, CUSTVAL_ERROR_RANGE, "row 1");
    custval_table_free(bad);
}

/* ---- Structs ------------------------------------------------------------------------------------------------------------------ */

static custval_status end(custval_status status, custval_table *out) {
    assert_int_equal(out == NULL, status != CUSTVAL_OK);
    custval_table_free(out);
    return status;
}

static custval_status predict_with(const void *given, custval_error *error) {
    custval_table *out = NULL;
    const custval_status status = custval_lifetime_predict(shared->purchases, shared->table, given, &out, error);
    return end(status, out);
}

static custval_status count_with(const void *given, custval_error *error) {
    custval_table *out = NULL;
    const custval_status status = custval_lifetime_counts(shared->purchases, shared->table, given, &out, error);
    return end(status, out);
}

static custval_status track_with(const void *given, custval_error *error) {
    custval_table *out = NULL;
    const custval_status status =
        custval_lifetime_track(shared->purchases, shared->table, shared->course, given, &out, error);
    return end(status, out);
}

static custval_status by_frequency_with(const void *given, custval_error *error) {
    custval_table *out = NULL;
    const custval_status status = custval_lifetime_by_frequency(shared->purchases, shared->table, given, &out, error);
    return end(status, out);
}

static custval_status columns_with(const void *given, custval_error *error) {
    custval_lifetime_predict_options options = shared->predict;
    options.columns = given;
    return predict_with(&options, error);
}

static void structs_of_other_versions(void **state) {
    const fixture *self = *state;
    const custval_lifetime_columns columns = CUSTVAL_LIFETIME_COLUMNS_INIT;
    assert_reads_struct(predict_with, &self->predict, sizeof self->predict);
    assert_reads_struct(count_with, &self->counts, sizeof self->counts);
    assert_reads_struct(track_with, &self->check, sizeof self->check);
    assert_reads_struct(by_frequency_with, &self->check, sizeof self->check);
    assert_reads_struct(columns_with, &columns, sizeof columns);
}

static int stop(void *data, uint64_t done, uint64_t total) {
    (void)data;
    assert_true(done <= total);
    return 1;
}

static void progress_can_stop_predictions(void **state) {
    const fixture *self = *state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_host host = CUSTVAL_HOST_INIT;
    custval_lifetime_predict_options options = self->predict;
    custval_lifetime_counts_options counting = self->counts;
    custval_table *cdnow = predicting_cdnow(), *out = rubbish();
    host.progress = stop;
    options.host = counting.host = &host;
    assert_status(custval_lifetime_predict(self->purchases, cdnow, &options, &out, &error), CUSTVAL_ERROR_CANCELLED,
                  &error);
    assert_null(out);
    assert_status(custval_lifetime_counts(self->purchases, cdnow, &counting, &out, &error), CUSTVAL_ERROR_CANCELLED,
                  &error);
    assert_null(out);
    custval_table_free(cdnow);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(predictions_have_the_columns_asked_for),
        cmocka_unit_test(gamma_gamma_predicts_spend),
        cmocka_unit_test(bad_rows_spoil_no_other),
        cmocka_unit_test(a_mean_that_does_not_exist_is_undefined),
        cmocka_unit_test(who_is_lost_buys_nothing),
        cmocka_unit_test(a_table_without_rows_gives_one),
        cmocka_unit_test(counts_have_their_columns),
        cmocka_unit_test(a_rest_without_an_end_is_exact),
        cmocka_unit_test(tracking_has_its_columns),
        cmocka_unit_test(null_arguments_are_refused),
        cmocka_unit_test(options_of_predictions_are_checked),
        cmocka_unit_test(columns_of_predictions_are_checked),
        cmocka_unit_test(what_a_lifetime_cannot_tell_is_refused),
        cmocka_unit_test(options_of_counts_are_checked),
        cmocka_unit_test(what_cannot_be_checked_is_refused),
        cmocka_unit_test(structs_of_other_versions),
        cmocka_unit_test(progress_can_stop_predictions),
    };
    return cmocka_run_group_tests_name("predicting", tests, set_up, tear_down);
}
