/* Predictions of random customers: what must not change them, in which direction they move, and what they add up to. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "predicting.h"

#define ROWS 1300 /* two pieces of work */
#define COLUMNS 9
#define ALL_OUTPUTS 2047U

enum { X, T_X, T, MEAN_SPEND, AMOUNT, AHEAD, MARGIN, COST, Z };
static const char *const names[COLUMNS] = {"x", "t_x", "T", "mean_spend", "amount", "ahead", "margin", "cost", "z"};

static const double bgnbd[] = {0.243, 4.414, 0.793, 2.426}, gamma_gamma[] = {6.25, 3.74, 15.44};

/* ---- Customers ------------------------------------------------------------------------------------------------------ */

/* Few horizons and values of z, so that groups have several rows; some rows are bad. */
static void fill(support_random *random, double *values, size_t rows) {
    for (size_t row = 0; row < rows; row++, values += COLUMNS) {
        values[T] = random_between(random, 1.0, 60.0);
        values[X] = random_below(random, 3) == 0 ? 0.0 : (double)random_below(random, 30);
        values[T_X] = values[X] > 0.0 ? random_between(random, 0.0, values[T]) : 0.0;
        values[MEAN_SPEND] = values[X] > 0.0 ? random_between(random, 1.0, 90.0) : (double)NAN;
        values[AMOUNT] = random_between(random, -10.0, 90.0);
        values[AHEAD] = (double)random_below(random, 12) * 6.5;
        values[MARGIN] = random_between(random, -0.1, 0.6);
        values[COST] = random_between(random, 0.0, 0.5);
        values[Z] = (double)random_below(random, 4);
        if (random_below(random, 20) == 0) values[random_below(random, COLUMNS)] = (double)NAN;
        if (random_below(random, 50) == 0) values[T_X] = values[T] + 1.0;
    }
}

static custval_table *table_of(const double *values, size_t rows) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = NULL;
    assert_ok(custval_table_new_from_rows(NULL, names, COLUMNS, values, rows, COLUMNS, &table, &error), &error);
    return table;
}

static custval_lifetime *amounts(void) {
    return predicting_lifetime(CUSTVAL_MODEL_GAMMA_GAMMA, gamma_gamma, SUPPORT_COUNT(gamma_gamma));
}

static custval_lifetime *purchases(void) {
    return predicting_lifetime(CUSTVAL_MODEL_BGNBD, bgnbd, SUPPORT_COUNT(bgnbd));
}

/* With errors of the parameters and a covariate of each kind. */
static custval_lifetime *fitted(support_random *random) {
    static const char *const covariates[] = {"z"};
    static double z[2400];
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_lifetime_fit_options options = CUSTVAL_LIFETIME_FIT_OPTIONS_INIT;
    custval_lifetime *lifetime = NULL;
    custval_table *table = predicting_cdnow();
    for (size_t i = 0; i < custval_table_rows(table); i++) z[i] = (double)random_below(random, 4);
    assert_ok(custval_table_add_doubles(table, "z", z, &error), &error);
    options.model = CUSTVAL_MODEL_BGNBD;
    options.purchase_covariates = options.dropout_covariates = covariates;
    options.purchase_count = options.dropout_count = 1;
    assert_ok(custval_lifetime_fit(table, &options, &lifetime, &error), &error);
    custval_table_free(table);
    return lifetime;
}

static custval_lifetime_predict_options everything(void) {
    custval_lifetime_predict_options options = CUSTVAL_LIFETIME_PREDICT_OPTIONS_INIT;
    options.outputs = ALL_OUTPUTS;
    options.horizon_column = "ahead";
    options.spend_column = "amount";
    options.margin_column = "margin";
    options.cost_column = "cost";
    options.cash_period = 4.0;
    options.rate = 0.15;
    options.rate_period = 52.0;
    return options;
}

/* ---- What changes nothing --------------------------------------------------------------------------------------------- */

/* Row `row` of a is row `other[row]` of b. */
static void assert_same(const custval_table *a, const custval_table *b, const size_t *other) {
    assert_int_equal(custval_table_columns(a), custval_table_columns(b));
    for (size_t c = 0; c < custval_table_columns(a); c++) {
        for (size_t row = 0; row < custval_table_rows(a); row++) {
            double left = 0.0, right = 0.0;
            assert_ok(custval_table_number(a, c, row, &left, NULL), NULL);
            assert_ok(custval_table_number(b, c, other == NULL ? row : other[row], &right, NULL), NULL);
            assert_double_bits(left, right);
        }
    }
}

static void shuffle(support_random *random, size_t *order, size_t count) {
    for (size_t i = 0; i < count; i++) order[i] = i;
    for (size_t i = count; i > 1; i--) {
        const size_t k = random_below(random, (uint32_t)i), held = order[i - 1];
        order[i - 1] = order[k];
        order[k] = held;
    }
}

/* S20: a customer's numbers are that customer's, whoever else is in the call. */
static void company_changes_no_bit(void **state) {
    (void)state;
    static double values[ROWS * COLUMNS], shuffled[ROWS * COLUMNS];
    static size_t order[ROWS];
    support_random random = random_seeded("company");
    custval_lifetime *lifetime = fitted(&random);
    custval_lifetime_predict_options options = everything();
    options.level = 0.9;
    fill(&random, values, ROWS);
    shuffle(&random, order, ROWS);
    for (size_t row = 0; row < ROWS; row++) {
        memcpy(shuffled + row * COLUMNS, values + order[row] * COLUMNS, COLUMNS * sizeof(double));
    }
    custval_table *table = table_of(values, ROWS), *mixed = table_of(shuffled, ROWS);
    custval_table *out = predicting_table(lifetime, table, &options);
    custval_table *other = predicting_table(lifetime, mixed, &options);
    assert_same(other, out, order);
    for (size_t row = 0; row < ROWS; row += 97) {
        custval_table *one = table_of(values + row * COLUMNS, 1), *alone = predicting_table(lifetime, one, &options);
        assert_same(alone, out, &row);
        custval_table_free(alone);
        custval_table_free(one);
    }
    custval_table_free(other);
    custval_table_free(out);
    custval_table_free(mixed);
    custval_table_free(table);
    custval_lifetime_free(lifetime);
}

static void threads_change_no_bit(void **state) {
    (void)state;
    static double values[ROWS * COLUMNS];
    static const double shares[] = {0.05, 0.5, 0.99}, elapsed[] = {10, 30, 60};
    support_random random = random_seeded("threads");
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_lifetime *lifetime = fitted(&random);
    custval_table *outs[2][4], *table, *whole = predicting_cdnow(), *course = NULL;
    double *z = calloc(custval_table_rows(whole), sizeof *z);
    fill(&random, values, ROWS);
    table = table_of(values, ROWS);
    for (size_t i = 0; i < custval_table_rows(whole); i++) z[i] = (double)(i % 4);
    assert_ok(custval_table_add_doubles(whole, "z", z, &error), &error);
    assert_ok(custval_table_new(NULL, 3, &course, &error), &error);
    assert_ok(custval_table_add_doubles(course, "elapsed", elapsed, &error), &error);
    for (uint32_t i = 0; i < 2; i++) {
        custval_threads *threads = NULL;
        custval_host host = CUSTVAL_HOST_INIT;
        custval_lifetime_predict_options options = everything();
        custval_lifetime_counts_options counts = CUSTVAL_LIFETIME_COUNTS_OPTIONS_INIT;
        custval_lifetime_check_options check = CUSTVAL_LIFETIME_CHECK_OPTIONS_INIT;
        assert_ok(custval_threads_new(NULL, i == 0 ? 1 : threads_up_to(3), &threads, &error), &error);
        host.runner = custval_threads_run;
        host.runner_data = threads;
        options.host = counts.host = check.host = &host;
        options.level = 0.8;
        counts.quantiles = shares;
        counts.quantiles_count = 3;
        counts.horizon = 12;
        outs[i][0] = predicting_table(lifetime, table, &options);
        assert_ok(custval_lifetime_counts(lifetime, table, &counts, &outs[i][1], &error), &error);
        assert_ok(custval_lifetime_track(lifetime, whole, course, &check, &outs[i][2], &error), &error);
        assert_ok(custval_lifetime_by_frequency(lifetime, whole, &check, &outs[i][3], &error), &error);
        custval_threads_free(threads);
    }
    for (size_t k = 0; k < 4; k++) {
        assert_same(outs[0][k], outs[1][k], NULL);
        custval_table_free(outs[0][k]);
        custval_table_free(outs[1][k]);
    }
    free(z);
    custval_table_free(course);
    custval_table_free(whole);
    custval_table_free(table);
    custval_lifetime_free(lifetime);
}

/* Weeks or days: alpha has the dimension of time, and nothing else of BG/NBD has. */
static void the_unit_of_time_changes_nothing(void **state) {
    (void)state;
    static double weeks[300 * COLUMNS], days[300 * COLUMNS];
    static const double in_days[] = {0.243, 4.414 * 7, 0.793, 2.426};
    support_random random = random_seeded("units");
    custval_lifetime *by_week = purchases(), *by_day = predicting_lifetime(CUSTVAL_MODEL_BGNBD, in_days, 4);
    custval_lifetime_predict_options options = everything();
    fill(&random, weeks, 300);
    for (size_t i = 0; i < 300 * COLUMNS; i++) {
        const size_t column = i % COLUMNS;
        days[i] = column == T_X || column == T || column == AHEAD ? weeks[i] * 7.0 : weeks[i];
    }
    options.outputs = ALL_OUTPUTS & ~(uint32_t)CUSTVAL_LIFETIME_LOG_LIKELIHOOD;
    custval_table *table = table_of(weeks, 300), *same = table_of(days, 300);
    custval_table *out = predicting_table(by_week, table, &options);
    options.cash_period *= 7.0;
    options.rate_period *= 7.0;
    custval_table *other = predicting_table(by_day, same, &options);
    for (size_t c = 0; c < custval_table_columns(out); c++) {
        const char *name = custval_table_name(out, c);
        for (size_t row = 0; row < 300; row++) {
            const double known = table_cell(out, name, row);
            /* Deviations of purchases that are almost certain are differences of nearly equal numbers. */
            const double tolerance = strstr(name, "deviation") != NULL ? 1e-6 : 1e-10;
            assert_double_near(table_cell(other, name, row), known, tolerance * (1.0 + fabs(known)));
        }
    }
    custval_table_free(other);
    custval_table_free(out);
    custval_table_free(same);
    custval_table_free(table);
    custval_lifetime_free(by_day);
    custval_lifetime_free(by_week);
}

/* Customers of a history whose days are numbers, all of them shifted. */
static custval_table *history_of(const double *customers, const double *days, const double *spend, size_t rows,
                                 double shift, const char *end) {
    static double shifted[2000];
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_history_options options = CUSTVAL_HISTORY_OPTIONS_INIT;
    custval_history_view view = CUSTVAL_HISTORY_VIEW_INIT;
    custval_history *history = NULL;
    custval_table *transactions = NULL, *out = NULL;
    for (size_t i = 0; i < rows; i++) shifted[i] = days[i] + shift;
    assert_ok(custval_table_new(NULL, rows, &transactions, &error), &error);
    assert_ok(custval_table_add_doubles(transactions, "customer", customers, &error), &error);
    assert_ok(custval_table_add_doubles(transactions, "date", shifted, &error), &error);
    assert_ok(custval_table_add_doubles(transactions, "amount", spend, &error), &error);
    options.period = CUSTVAL_PERIOD_NUMBER;
    options.periods_per_unit = 7.0;
    view.end = end;
    assert_ok(custval_history_new(NULL, &options, &history, &error), &error);
    assert_ok(custval_history_add(history, transactions, &error), &error);
    assert_ok(custval_history_table(history, &view, &out, &error), &error);
    custval_history_free(history);
    custval_table_free(transactions);
    return out;
}

static void the_calendar_changes_nothing(void **state) {
    (void)state;
    static double customers[2000], days[2000], spend[2000];
    support_random random = random_seeded("calendar");
    custval_lifetime *lifetime = purchases(), *amount = amounts();
    custval_lifetime_predict_options options = CUSTVAL_LIFETIME_PREDICT_OPTIONS_INIT;
    for (size_t i = 0; i < 2000; i++) {
        customers[i] = (double)random_below(&random, 300);
        days[i] = (double)random_below(&random, 365);
        spend[i] = random_between(&random, 5.0, 80.0);
    }
    custval_table *table = history_of(customers, days, spend, 2000, 0.0, "400");
    custval_table *later = history_of(customers, days, spend, 2000, 10000.0, "10400");
    options.spend = amount;
    options.horizon = 52.0;
    custval_table *out = predicting_table(lifetime, table, &options);
    custval_table *other = predicting_table(lifetime, later, &options);
    assert_true(custval_table_rows(out) > 250);
    for (size_t row = 0; row < custval_table_rows(out); row++) {
        assert_double_bits(table_cell(out, "status", row), CUSTVAL_LIFETIME_ROW_OK);
    }
    assert_same(out, other, NULL);
    custval_table_free(other);
    custval_table_free(out);
    custval_table_free(later);
    custval_table_free(table);
    custval_lifetime_free(amount);
    custval_lifetime_free(lifetime);
}

/* ---- What values are ---------------------------------------------------------------------------------------------------- */

/* The value is the sum over cash periods of discount x (purchases x spend x margin - cost x P(alive at the beginning)). */
static void the_value_is_the_sum_of_its_periods(void **state) {
    (void)state;
    static double values[40 * COLUMNS];
    support_random random = random_seeded("sums");
    custval_lifetime *lifetime = purchases(), *spend = amounts();
    const double period = 4.0, rate = 0.15, year = 52.0, margin = 0.3, cost = 0.7;
    fill(&random, values, 40);
    custval_table *table = table_of(values, 40);
    for (uint32_t timing = CUSTVAL_TIMING_END; timing <= CUSTVAL_TIMING_BEGIN; timing++) {
        const double share = timing == CUSTVAL_TIMING_END ? 1.0 : timing == CUSTVAL_TIMING_MIDDLE ? 0.5 : 0.0;
        double by_hand[40] = {0}, until[40] = {0};
        custval_lifetime_predict_options options = CUSTVAL_LIFETIME_PREDICT_OPTIONS_INIT;
        options.spend = spend;
        options.outputs =
            CUSTVAL_LIFETIME_ALIVE | CUSTVAL_LIFETIME_ALIVE_LATER | CUSTVAL_LIFETIME_EXPECTED | CUSTVAL_LIFETIME_SPEND;
        double alive[40];
        for (size_t k = 0; k < 7; k++) { /* 26 weeks: six periods and a half */
            const double begin = period * (double)k, end = fmin(begin + period, 26.0);
            const double discount = pow(1.0 + rate, -(begin + share * (end - begin)) / year);
            options.horizon = end;
            custval_table *out = predicting_table(lifetime, table, &options);
            for (size_t row = 0; row < 40; row++) {
                const double expected = table_cell(out, "expected", row), amount = table_cell(out, "spend", row);
                if (k == 0) alive[row] = table_cell(out, "alive", row);
                by_hand[row] += discount * ((expected - until[row]) * amount * margin - cost * alive[row]);
                until[row] = expected;
                alive[row] = table_cell(out, "alive_later", row);
            }
            custval_table_free(out);
        }
        options.outputs = CUSTVAL_LIFETIME_VALUE;
        options.horizon = 26.0;
        options.cash_period = period;
        options.timing = timing;
        options.rate = rate;
        options.rate_period = year;
        options.margin = margin;
        options.cost = cost;
        custval_table *out = predicting_table(lifetime, table, &options);
        for (size_t row = 0; row < 40; row++) {
            const double value = table_cell(out, "value", row);
            assert_double_near(value, by_hand[row], 1e-10 * (1.0 + fabs(value)));
        }
        custval_table_free(out);
    }
    custval_table_free(table);
    custval_lifetime_free(spend);
    custval_lifetime_free(lifetime);
}

static double value_of(const custval_lifetime *lifetime, const double *row, custval_lifetime_predict_options options) {
    custval_table *table = table_of(row, 1);
    options.outputs = CUSTVAL_LIFETIME_VALUE;
    custval_table *out = predicting_table(lifetime, table, &options);
    const double value = table_cell(out, "value", 0);
    custval_table_free(out);
    custval_table_free(table);
    return value;
}

static void the_value_moves_with_what_makes_it(void **state) {
    (void)state;
    support_random random = random_seeded("monotone");
    custval_lifetime *lifetime = purchases(), *spend = amounts();
    for (int i = 0; i < 60; i++) {
        double row[COLUMNS];
        do fill(&random, row, 1);
        while (!(row[T_X] <= row[T]) || isnan(row[X]) || (row[X] > 0.0 && isnan(row[MEAN_SPEND])));
        custval_lifetime_predict_options options = CUSTVAL_LIFETIME_PREDICT_OPTIONS_INIT, more;
        options.spend = spend;
        options.horizon = random_between(&random, 5.0, 100.0);
        options.cash_period = random_between(&random, 0.5, 10.0);
        options.rate = random_between(&random, 0.0, 0.3);
        options.rate_period = 52.0;
        options.margin = 0.4;
        const double value = value_of(lifetime, row, options);
        assert_true(value > 0.0);
        more = options, more.margin = 0.5;
        assert_double_near(value_of(lifetime, row, more), value * 1.25, 1e-12 * value);
        more = options, more.horizon += 1.0;
        assert_true(value_of(lifetime, row, more) > value);
        more = options, more.cost = 0.01;
        assert_true(value_of(lifetime, row, more) < value);
        more = options, more.rate += 0.05;
        assert_true(value_of(lifetime, row, more) < value);
        more = options, more.timing = CUSTVAL_TIMING_MIDDLE;
        const double middle = value_of(lifetime, row, more);
        more.timing = CUSTVAL_TIMING_BEGIN;
        assert_true(middle >= value && value_of(lifetime, row, more) >= middle);
    }
    custval_lifetime_free(spend);
    custval_lifetime_free(lifetime);
}

/* S21: a first payment now is worth one period's growth more than one at the end of the period, in every term. */
static void timing_is_one_periods_growth(void **state) {
    (void)state;
    static const double row[COLUMNS] = {2, 30.43, 38.86, 22.35, 20, 52, 1, 0, 0};
    custval_lifetime *lifetime = purchases(), *spend = amounts();
    custval_lifetime_predict_options options = CUSTVAL_LIFETIME_PREDICT_OPTIONS_INIT;
    options.spend = spend;
    options.horizon = 48.0;
    options.cash_period = options.rate_period = 4.0;
    options.rate = 0.1;
    const double end = value_of(lifetime, row, options);
    options.timing = CUSTVAL_TIMING_BEGIN;
    assert_double_near(value_of(lifetime, row, options), end * 1.1, 1e-12 * end);
    custval_lifetime_free(spend);
    custval_lifetime_free(lifetime);
}

/* S1: twelve calendar months are 365 days of purchases; twelve months of 30 days are not a year. */
static void a_year_is_twelve_calendar_months(void **state) {
    (void)state;
    static const double row[COLUMNS] = {2, 30.43, 38.86, 22.35, 20, 52, 1, 0, 0};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_lifetime *lifetime = purchases();
    custval_lifetime_predict_options options = CUSTVAL_LIFETIME_PREDICT_OPTIONS_INIT;
    double times[12];
    assert_ok(custval_calendar_months("1997-09-30", 1, 12, 7.0, times, &error), &error);
    options.spend_column = "amount";
    options.cash_times = times;
    options.cash_count = 12;
    const double year = predicting_one(lifetime, row[X], row[T_X], row[T], 365.0 / 7.0, CUSTVAL_LIFETIME_EXPECTED);
    const double short_year =
        predicting_one(lifetime, row[X], row[T_X], row[T], 360.0 / 7.0, CUSTVAL_LIFETIME_EXPECTED);
    assert_double_near(value_of(lifetime, row, options), 20.0 * year, 1e-11);
    assert_true(year > short_year * 1.005);
    custval_lifetime_free(lifetime);
}

/* S3: 10 % a year on weekly data is not 10 % a week. */
static void a_rate_comes_with_its_period(void **state) {
    (void)state;
    static const double row[COLUMNS] = {2, 30.43, 38.86, 22.35, 20, 52, 1, 0, 0};
    static const double curve[] = {0.1, 0.1, 0.1};
    custval_lifetime *lifetime = purchases();
    custval_lifetime_predict_options options = CUSTVAL_LIFETIME_PREDICT_OPTIONS_INIT, weekly, curved;
    options.spend_column = "amount";
    options.horizon = 156.0;
    options.rate = 0.1;
    options.rate_period = 52.0;
    weekly = options;
    weekly.rate = pow(1.1, 1.0 / 52.0) - 1.0;
    weekly.rate_period = 1.0;
    curved = options;
    curved.rates = curve;
    curved.rates_count = 3;
    const double value = value_of(lifetime, row, options);
    assert_double_near(value_of(lifetime, row, weekly), value, 1e-11 * value);
    assert_double_near(value_of(lifetime, row, curved), value, 1e-12 * value);
    weekly.rate = 0.1;
    assert_true(value_of(lifetime, row, weekly) < 0.5 * value);
    custval_lifetime_free(lifetime);
}

/* Amounts of 1 that count now: the value is the number of purchases, and so is its deviation. Amounts may be negative. */
static void amounts_of_one_count_purchases(void **state) {
    (void)state;
    static double values[200 * COLUMNS];
    support_random random = random_seeded("ones");
    custval_lifetime *lifetime = purchases();
    custval_lifetime_predict_options options = CUSTVAL_LIFETIME_PREDICT_OPTIONS_INIT;
    fill(&random, values, 200);
    for (size_t row = 0; row < 200; row++) values[row * COLUMNS + AMOUNT] = row % 2 ? 1.0 : -3.0;
    custval_table *table = table_of(values, 200);
    options.spend_column = "amount";
    options.horizon = options.cash_period = 30.0;
    options.outputs = CUSTVAL_LIFETIME_EXPECTED | CUSTVAL_LIFETIME_EXPECTED_DEVIATION | CUSTVAL_LIFETIME_VALUE |
                      CUSTVAL_LIFETIME_VALUE_DEVIATION;
    custval_table *out = predicting_table(lifetime, table, &options);
    for (size_t row = 0; row < 200; row++) {
        const double amount = row % 2 ? 1.0 : -3.0;
        const double expected = table_cell(out, "expected", row), spread = table_cell(out, "expected_deviation", row);
        assert_double_near(table_cell(out, "value", row), amount * expected, 1e-12 * (1.0 + expected));
        assert_double_near(table_cell(out, "value_deviation", row), fabs(amount) * spread, 1e-7 * (1.0 + spread));
    }
    custval_table_free(out);
    custval_table_free(table);
    custval_lifetime_free(lifetime);
}

/* NBD: given the rate, purchases of a period of length 4 are Poisson, and the rate is gamma with shape r + x and rate alpha + T. With S
   the discounted number, E(S^2) = E(rate^2) (sum of 4 d)^2 + E(rate) sum of 4 d^2; amounts come from gamma-gamma: p purchases' shape and
   nu gamma with shape p x + q and rate gamma + x z, so that E(m^2) = p^2 E(1 / nu^2) and E(variance) = p E(1 / nu^2). */
static void the_deviation_of_a_value_is_that_of_its_sum(void **state) {
    (void)state;
    static const double row[COLUMNS] = {3, 20, 30, 25.0, 20, 12, 1, 0, 0}, nbd[] = {0.4, 5.0};
    const double p = gamma_gamma[0], q = gamma_gamma[1], gamma = gamma_gamma[2], margin = 0.3;
    custval_lifetime *lifetime = predicting_lifetime(CUSTVAL_MODEL_NBD, nbd, 2), *spend = amounts();
    custval_lifetime_predict_options options = CUSTVAL_LIFETIME_PREDICT_OPTIONS_INIT;
    double sum = 0.0, squares = 0.0;
    options.outputs = CUSTVAL_LIFETIME_VALUE | CUSTVAL_LIFETIME_VALUE_DEVIATION;
    options.spend = spend;
    options.horizon = 12.0;
    options.cash_period = options.rate_period = 4.0;
    options.rate = 0.2;
    options.margin = margin;
    for (int k = 1; k <= 3; k++) {
        const double d = pow(1.2, -k);
        sum += 4.0 * d;
        squares += 4.0 * d * d;
    }
    const double shape = nbd[0] + row[X], scale = nbd[1] + row[T], mean = shape / scale;
    const double mean_square = shape * (shape + 1.0) / (scale * scale);
    const double of_nu = p * row[X] + q, rate = gamma + row[X] * row[MEAN_SPEND];
    const double amount = p * rate / (of_nu - 1.0), inverse = rate * rate / ((of_nu - 1.0) * (of_nu - 2.0));
    const double pairs = mean_square * sum * sum, of_one = mean * squares;
    const double second = p * p * inverse * pairs + (p * p * inverse + p * inverse) * of_one;
    const double value = mean * sum * amount;
    custval_table *table = table_of(row, 1), *out = predicting_table(lifetime, table, &options);
    assert_double_near(table_cell(out, "value", 0), margin * value, 1e-12 * value);
    assert_double_near(table_cell(out, "value_deviation", 0), margin * sqrt(second - value * value), 1e-11 * value);
    custval_table_free(out);
    custval_table_free(table);
    custval_lifetime_free(spend);
    custval_lifetime_free(lifetime);
}

/* ---- Numbers of purchases -------------------------------------------------------------------------------------------------- */

static void numbers_add_up(void **state) {
    (void)state;
    static double values[60 * COLUMNS];
    static const double shares[] = {0.1, 0.5, 0.9, 0.999};
    static const char *const columns[] = {"q0.1", "q0.5", "q0.9", "q0.999"};
    support_random random = random_seeded("numbers");
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_lifetime *lifetime = purchases();
    custval_lifetime_counts_options few = CUSTVAL_LIFETIME_COUNTS_OPTIONS_INIT, many;
    custval_lifetime_predict_options options = CUSTVAL_LIFETIME_PREDICT_OPTIONS_INIT;
    fill(&random, values, 60);
    custval_table *table = table_of(values, 60), *short_one = NULL, *long_one = NULL;
    few.most = 12;
    few.horizon = options.horizon = 8.0;
    few.quantiles = shares;
    few.quantiles_count = 4;
    many = few;
    many.most = 1000;
    assert_ok(custval_lifetime_counts(lifetime, table, &few, &short_one, &error), &error);
    assert_ok(custval_lifetime_counts(lifetime, table, &many, &long_one, &error), &error);
    custval_table *out = predicting_table(lifetime, table, &options);
    for (size_t row = 0; row < 60; row++) {
        double sum = 0.0, tail = 0.0, mean = 0.0, reached[4] = {-1, -1, -1, -1};
        if (table_cell(short_one, "status", row) > 0.0) continue;
        for (size_t n = 0; n <= 1000; n++) {
            double p = 0.0;
            assert_ok(custval_table_number(long_one, n, row, &p, &error), &error);
            sum += p;
            mean += (double)n * p;
            tail += n > 12 ? p : 0.0;
            for (size_t q = 0; q < 4; q++) reached[q] = reached[q] < 0.0 && sum >= shares[q] ? (double)n : reached[q];
        }
        assert_double_near(sum, 1.0, 1e-11);
        assert_double_near(mean, table_cell(out, "expected", row), 1e-9 * (1.0 + mean));
        /* As exact as it is, however small the rest is. */
        assert_double_near(table_cell(short_one, "more", row), tail, 1e-8 * tail);
        for (size_t q = 0; q < 4; q++) {
            assert_double_bits(table_cell(short_one, columns[q], row), reached[q]);
            assert_double_bits(table_cell(long_one, columns[q], row), reached[q]);
        }
    }
    custval_table_free(out);
    custval_table_free(long_one);
    custval_table_free(short_one);
    custval_table_free(table);
    custval_lifetime_free(lifetime);
}

static void customers_by_frequency_add_up(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_lifetime *lifetime = purchases();
    custval_table *table = predicting_cdnow(), *out = NULL;
    double customers = 0.0, expected = 0.0;
    assert_ok(custval_lifetime_by_frequency(lifetime, table, NULL, &out, &error), &error);
    for (size_t n = 0; n < custval_table_rows(out); n++) {
        customers += table_cell(out, "customers", n);
        expected += table_cell(out, "expected_customers", n);
        assert_true(table_cell(out, "expected_customers", n) > 0.0);
    }
    assert_double_bits(customers, 2357.0);
    assert_double_near(expected, 2357.0, 1e-9);
    custval_table_free(out);
    custval_table_free(table);
    custval_lifetime_free(lifetime);
}

/* ---- Traps and extremes ---------------------------------------------------------------------------------------------------- */

/* S11 */
static void who_never_came_back_is_alive_by_construction_in_one_model_only(void **state) {
    (void)state;
    custval_lifetime *one = purchases(), *other = predicting_lifetime(CUSTVAL_MODEL_MBGNBD, bgnbd, 4);
    for (double age = 1.0; age < 1e6; age *= 10.0) {
        assert_double_bits(predicting_one(one, 0, 0, age, 1, CUSTVAL_LIFETIME_ALIVE), 1.0);
        assert_true(predicting_one(other, 0, 0, age, 1, CUSTVAL_LIFETIME_ALIVE) < 0.9);
    }
    assert_true(predicting_one(one, 500, 5, 37, 1, CUSTVAL_LIFETIME_LOG_ALIVE) < -700.0); /* N6 */
    custval_lifetime_free(other);
    custval_lifetime_free(one);
}

static void extremes_are_numbers_or_said_to_be_none(void **state) {
    (void)state;
    static const uint32_t models[] = {CUSTVAL_MODEL_BGNBD, CUSTVAL_MODEL_MBGNBD, CUSTVAL_MODEL_PNBD, CUSTVAL_MODEL_NBD};
    static const double sizes[] = {1e-6, 1e-3, 0.3, 1.0, 30.0, 1e4, 1e6};
    static const double counts[] = {0, 1, 7, 1000, 1e5}, ages[] = {0, 1e-6, 1.0, 40.0, 1e6};
    support_random random = random_seeded("extremes");
    custval_lifetime *spend = amounts();
    size_t whole = 0, all = 0;
    for (int i = 0; i < 24; i++) {
        static double values[75 * COLUMNS];
        const uint32_t model = models[i % 4];
        double parameters[4];
        for (size_t p = 0; p < 4; p++) parameters[p] = sizes[random_below(&random, SUPPORT_COUNT(sizes))];
        fill(&random, values, 75);
        for (size_t row = 0; row < 75; row++) {
            double *at = values + row * COLUMNS;
            at[X] = counts[row % 5];
            at[T] = ages[row / 5 % 5];
            at[T_X] = at[X] > 0.0 ? at[T] * (double)(row / 25) / 2.0 : 0.0;
            at[MEAN_SPEND] = 20.0;
        }
        custval_lifetime *lifetime = predicting_lifetime(model, parameters, model == CUSTVAL_MODEL_NBD ? 2 : 4);
        custval_table *table = table_of(values, 75);
        custval_lifetime_predict_options options = everything();
        options.spend_column = NULL;
        options.spend = spend;
        custval_table *out = predicting_table(lifetime, table, &options);
        for (size_t row = 0; row < 75; row++) {
            all++;
            if (table_cell(out, "status", row) != CUSTVAL_LIFETIME_ROW_OK) continue;
            whole++;
            for (size_t c = 0; c < custval_table_columns(out); c++) {
                const double found = table_cell(out, custval_table_name(out, c), row);
                if (!isfinite(found)) fail_msg("%s of row %zu is %g", custval_table_name(out, c), row, found);
            }
        }
        custval_table_free(out);
        custval_table_free(table);
        custval_lifetime_free(lifetime);
    }
    custval_lifetime_free(spend);
    assert_true(whole > all * 8 / 10); /* a tenth or so are bad rows by design */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(company_changes_no_bit),
        cmocka_unit_test(threads_change_no_bit),
        cmocka_unit_test(the_unit_of_time_changes_nothing),
        cmocka_unit_test(the_calendar_changes_nothing),
        cmocka_unit_test(the_value_is_the_sum_of_its_periods),
        cmocka_unit_test(the_value_moves_with_what_makes_it),
        cmocka_unit_test(timing_is_one_periods_growth),
        cmocka_unit_test(a_year_is_twelve_calendar_months),
        cmocka_unit_test(a_rate_comes_with_its_period),
        cmocka_unit_test(amounts_of_one_count_purchases),
        cmocka_unit_test(the_deviation_of_a_value_is_that_of_its_sum),
        cmocka_unit_test(numbers_add_up),
        cmocka_unit_test(customers_by_frequency_add_up),
        cmocka_unit_test(who_never_came_back_is_alive_by_construction_in_one_model_only),
        cmocka_unit_test(extremes_are_numbers_or_said_to_be_none),
    };
    return cmocka_run_group_tests_name("predictions", tests, NULL, NULL);
}
