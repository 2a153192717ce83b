/* What must hold of every fit: of customers whose parameters are known, and of the same data told in another way. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <custval/custval.h>

#include "json_table.h"
#include "simulate.h"

static const simulation purchases = {.model = CUSTVAL_MODEL_BGNBD,
                                     .parameters = {1.2, 6, 0.8, 3},
                                     .count = 2000,
                                     .shortest = 30,
                                     .longest = 50,
                                     .seed = 1};

/* ---- Fitting ----------------------------------------------------------------------------------------------------- */

static custval_status try_fit(const custval_table *table, const custval_lifetime_fit_options *options,
                              custval_lifetime **out) {
    custval_error error = CUSTVAL_ERROR_INIT;
    return custval_lifetime_fit(table, options, out, &error);
}

static custval_lifetime_fit_options options_for(uint32_t model) {
    custval_lifetime_fit_options options = CUSTVAL_LIFETIME_FIT_OPTIONS_INIT;
    options.model = model;
    return options;
}

static custval_lifetime *fit(const custval_table *table, const custval_lifetime_fit_options *options) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_lifetime *out = NULL;
    assert_ok(custval_lifetime_fit(table, options, &out, &error), &error);
    return out;
}

static custval_lifetime_facts facts_of(const custval_lifetime *lifetime) {
    custval_lifetime_facts facts = CUSTVAL_LIFETIME_FACTS_INIT;
    assert_int_equal(custval_lifetime_facts_get(lifetime, &facts, NULL), CUSTVAL_OK);
    return facts;
}

static custval_table *parameters_of(const custval_lifetime *lifetime) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *out = NULL;
    assert_ok(custval_lifetime_parameters(lifetime, 0.95, &out, &error), &error);
    return out;
}

static double value_of(const custval_lifetime *lifetime, size_t row) {
    custval_table *parameters = parameters_of(lifetime);
    const double value = table_cell(parameters, "value", row);
    custval_table_free(parameters);
    return value;
}

static void assert_same_document(custval_lifetime *a, custval_lifetime *b) {
    char texts[2][8000];
    size_t lengths[2];
    assert_int_equal(custval_lifetime_write(a, texts[0], sizeof texts[0], &lengths[0], NULL), CUSTVAL_OK);
    assert_int_equal(custval_lifetime_write(b, texts[1], sizeof texts[1], &lengths[1], NULL), CUSTVAL_OK);
    assert_true(lengths[0] < sizeof texts[0]);
    assert_string_equal(texts[0], texts[1]);
    custval_lifetime_free(a);
    custval_lifetime_free(b);
}

/* A table of the same columns with rows taken from anywhere; `scale` multiplies t_x and T. */
static custval_table *rows_of(const custval_table *from, const size_t *rows, size_t count, const double *counts,
                              double scale) {
    static const char *const names[] = {"x", "t_x", "T", "z", "n"};
    double *columns[5];
    for (size_t k = 0; k < 5; k++) {
        columns[k] = malloc(count * sizeof(double));
        assert_non_null(columns[k]);
        for (size_t i = 0; i < count; i++) {
            const double cell = k == 4 ? counts == NULL ? 1.0 : counts[i] : table_cell(from, names[k], rows[i]);
            columns[k][i] = k == 1 || k == 2 ? cell * scale : cell;
        }
    }
    custval_table *out = table_of_columns(names, (const double *const *)columns, 5, count);
    for (size_t k = 0; k < 5; k++) free(columns[k]);
    return out;
}

/* ---- The same data in other words -------------------------------------------------------------------------------- */

static size_t *shuffled(size_t count) {
    support_random random = {5};
    size_t *rows = malloc(count * sizeof *rows);
    assert_non_null(rows);
    for (size_t i = 0; i < count; i++) rows[i] = i;
    for (size_t i = count - 1; i > 0; i--) {
        const size_t k = random_below(&random, (uint32_t)i + 1), row = rows[i];
        rows[i] = rows[k];
        rows[k] = row;
    }
    return rows;
}

static void the_order_of_rows_changes_no_bit(void **state) {
    (void)state;
    static const char *const covariates[] = {"z"};
    simulation what = purchases;
    what.count = 9000; /* more than the first sample */
    what.purchase = 0.3;
    custval_table *table = simulate(&what);
    size_t *rows = shuffled(what.count);
    custval_table *other = rows_of(table, rows, what.count, NULL, 1.0);
    custval_lifetime_fit_options options = options_for(what.model);
    assert_same_document(fit(table, &options), fit(other, &options));
    options.purchase_covariates = covariates;
    options.purchase_count = 1;
    assert_same_document(fit(table, &options), fit(other, &options));
    custval_table_free(other);
    custval_table_free(table);
    free(rows);
}

static void counts_are_repeated_rows(void **state) {
    (void)state;
    enum { ROWS = 500 };
    custval_lifetime_columns columns = CUSTVAL_LIFETIME_COLUMNS_INIT;
    custval_table *table = simulate(&purchases);
    size_t rows[ROWS], repeated[3 * ROWS], count = 0;
    double counts[ROWS];
    for (size_t i = 0; i < ROWS; i++) {
        rows[i] = i;
        counts[i] = (double)(i % 4); /* some are left out */
        for (size_t k = 0; k < i % 4; k++) repeated[count++] = i;
    }
    custval_table *counted = rows_of(table, rows, ROWS, counts, 1.0),
                  *other = rows_of(table, repeated, count, NULL, 1.0);
    custval_lifetime_fit_options options = options_for(purchases.model);
    custval_lifetime *plain = fit(other, &options);
    columns.count = "n";
    options.columns = &columns;
    assert_same_document(fit(counted, &options), plain);
    custval_table_free(other);
    custval_table_free(counted);
    custval_table_free(table);
}

static void threads_change_no_bit(void **state) {
    (void)state;
    const uint32_t models[] = {CUSTVAL_MODEL_BGNBD, CUSTVAL_MODEL_PNBD};
    for (size_t m = 0; m < SUPPORT_COUNT(models); m++) {
        simulation what = purchases;
        what.model = models[m];
        what.count = 30000;
        custval_error error = CUSTVAL_ERROR_INIT;
        custval_threads *threads = NULL;
        custval_host host = CUSTVAL_HOST_INIT;
        custval_table *table = simulate(&what);
        custval_lifetime_fit_options options = options_for(what.model);
        custval_lifetime *alone = fit(table, &options);
        assert_ok(custval_threads_new(NULL, threads_up_to(3), &threads, &error), &error);
        host.runner = custval_threads_run;
        host.runner_data = threads;
        options.host = &host;
        assert_same_document(alone, fit(table, &options));
        custval_threads_free(threads);
        custval_table_free(table);
    }
}

/* In days instead of weeks alpha is seven times as large, and each purchase seven times less likely in a unit of time.
   */
static void time_has_no_unit_of_its_own(void **state) {
    (void)state;
    const uint32_t models[] = {CUSTVAL_MODEL_BGNBD, CUSTVAL_MODEL_MBGNBD, CUSTVAL_MODEL_PNBD};
    const double scales[] = {7, 1.0 / 52, 86400, 1e-6};
    size_t *rows = shuffled(purchases.count);
    for (size_t m = 0; m < SUPPORT_COUNT(models); m++) {
        simulation what = purchases;
        what.model = models[m];
        custval_table *table = simulate(&what);
        double repeats = 0;
        for (size_t i = 0; i < what.count; i++) repeats += table_cell(table, "x", i);
        custval_lifetime_fit_options options = options_for(models[m]);
        custval_lifetime *one = fit(table, &options);
        for (size_t s = 0; s < SUPPORT_COUNT(scales); s++) {
            custval_table *scaled = rows_of(table, rows, purchases.count, NULL, scales[s]);
            custval_lifetime *other = fit(scaled, &options);
            for (size_t i = 0; i < 4; i++) {
                const int is_time = i == 1 || (i == 3 && models[m] == CUSTVAL_MODEL_PNBD);
                const double expected = value_of(one, i) * (is_time ? scales[s] : 1.0);
                assert_double_near(value_of(other, i), expected, 1e-7 * expected); /* of a hill whose top is round */
            }
            const double expected = facts_of(one).log_likelihood - repeats * log(scales[s]);
            assert_double_near(facts_of(other).log_likelihood, expected, 1e-11 * fabs(expected));
            custval_lifetime_free(other);
            custval_table_free(scaled);
        }
        custval_lifetime_free(one);
        custval_table_free(table);
    }
    free(rows);
}

static void a_start_and_a_sample_lead_to_the_same_top(void **state) {
    (void)state;
    const double start[] = {0.1, 1, 4, 1};
    simulation what = purchases;
    what.count = 20000;
    custval_table *table = simulate(&what);
    custval_lifetime_fit_options options = options_for(what.model);
    custval_lifetime *one = fit(table, &options);
    options.start = start;
    options.start_count = SUPPORT_COUNT(start);
    custval_lifetime *other = fit(table, &options);
    for (size_t i = 0; i < 4; i++) assert_double_near(value_of(one, i), value_of(other, i), 1e-8 * value_of(one, i));
    assert_true(facts_of(one).gradient < 1e-10 && facts_of(other).gradient < 1e-10);
    custval_lifetime_free(one);
    custval_lifetime_free(other);
    custval_table_free(table);
}

/* The more ridge, the nearer are the logarithms to what it draws them to, and the lower is the likelihood. */
static void a_ridge_draws(void **state) {
    (void)state;
    const double ridges[] = {0, 0.001, 0.1, 10};
    custval_table *table = simulate(&purchases);
    double before = HUGE_VAL, likelihood = HUGE_VAL;
    for (size_t i = 0; i < SUPPORT_COUNT(ridges); i++) {
        custval_lifetime_fit_options options = options_for(purchases.model);
        options.ridge = ridges[i];
        custval_lifetime *lifetime = fit(table, &options);
        const double distance = fabs(log(value_of(lifetime, 3)));
        assert_true(distance < before && facts_of(lifetime).log_likelihood < likelihood);
        before = distance;
        likelihood = facts_of(lifetime).log_likelihood;
        custval_lifetime_free(lifetime);
    }
    custval_table_free(table);
}

/* ---- Any data ---------------------------------------------------------------------------------------------------- */

/* Customers who behave as no model says. */
static custval_table *any_customers(support_random *random) {
    enum { MOST = 120 };
    static const char *const names[] = {"x", "t_x", "T", "mean_spend", "lost"};
    double x[MOST], t_x[MOST], T[MOST], spend[MOST], lost[MOST];
    const double *const columns[] = {x, t_x, T, spend, lost};
    const size_t count = 20 + random_below(random, MOST - 20); /* of six there may be two tops */
    const uint32_t longest = 2 + random_below(random, 60), busiest = 1 + random_below(random, 12);
    for (size_t i = 0; i < count; i++) {
        T[i] = 1.0 + random_below(random, longest);
        x[i] = random_below(random, busiest + 1);
        x[i] = x[i] > T[i] ? T[i] : x[i];
        t_x[i] = x[i] == 0.0 ? 0.0 : x[i] + random_below(random, (uint32_t)(T[i] - x[i]) + 1);
        spend[i] = 1.0 + random_below(random, 1000);
        lost[i] = random_below(random, 2);
    }
    return table_of_columns(names, columns, 5, count);
}

/* Whatever the data are: an optimum is at least as high as anything that other starts lead to; and whatever is no
   optimum says so. */
static void an_optimum_is_one(void **state) {
    (void)state;
    support_random random = random_seeded("an_optimum_is_one");
    size_t optima = 0, others = 0;
    for (size_t round = 0; round < 60; round++) {
        custval_table *table = any_customers(&random);
        for (uint32_t model = CUSTVAL_MODEL_BGNBD; model <= CUSTVAL_MODEL_GAMMA_GAMMA; model++) {
            custval_lifetime_fit_options options = options_for(model);
            custval_lifetime *best = NULL;
            const custval_status status = try_fit(table, &options, &best);
            if (status != CUSTVAL_OK) {
                assert_true(status == CUSTVAL_ERROR_STATE || status == CUSTVAL_ERROR_CONVERGENCE);
                others++;
                continue;
            }
            optima++;
            for (size_t i = 0; i < 3; i++) {
                double start[4];
                custval_lifetime *other = NULL;
                for (size_t k = 0; k < 4; k++) start[k] = exp(random_between(&random, -3, 4));
                options.start = start;
                options.accept = 1;
                if (try_fit(table, &options, &other) != CUSTVAL_OK) continue;
                assert_true(facts_of(other).log_likelihood < facts_of(best).log_likelihood + 1e-6);
                custval_lifetime_free(other);
            }
            custval_lifetime_free(best);
        }
        custval_table_free(table);
    }
    print_message("# %zu optima, %zu others\n", optima, others);
    assert_true(optima > 30);
}

/* Customers of whom some leave at once, whose likelihood has a second, lower peak: as if nobody left, as if all left at
   one rate. The higher one was found by climbing from thousands of places. */
static const double leaving_at_once[][3] = {
    {3, 18.8, 33.3}, {12, 38.1, 39},  {0, 0, 39},       {0, 0, 25.3}, {0, 0, 35.6},    {0, 0, 39},
    {7, 30, 39},     {0, 0, 39},      {0, 0, 39},       {0, 0, 39},   {1, 18.9, 21.6}, {0, 0, 39},
    {0, 0, 36.2},    {0, 0, 33},      {0, 0, 22.3},     {0, 0, 27.7}, {2, 19.9, 39},   {0, 0, 39},
    {0, 0, 39},      {2, 17.1, 21.5}, {10, 25.6, 32.8}, {1, 2.6, 39}, {2, 20.1, 27.9}, {0, 0, 30.9},
    {0, 0, 39},      {0, 0, 39},      {0, 0, 34.6},     {0, 0, 39},   {0, 0, 39},      {0, 0, 39},
};
static const double dying_at_once[][3] = {
    {0, 0, 27.7},  {0, 0, 39},     {3, 31.9, 39},  {1, 8.5, 39},   {6, 18, 20.3},   {17, 37.9, 39},
    {0, 0, 39},    {2, 9.3, 36.7}, {0, 0, 39},     {6, 36.6, 39},  {0, 0, 37},      {0, 0, 34.5},
    {0, 0, 39},    {0, 0, 39},     {0, 0, 39},     {2, 1.8, 25.9}, {0, 0, 23.8},    {2, 12.4, 24.4},
    {0, 0, 36.8},  {0, 0, 37.8},   {0, 0, 39},     {3, 16, 39},    {0, 0, 39},      {0, 0, 39},
    {9, 25.5, 39}, {0, 0, 39},     {1, 3.8, 29.7}, {0, 0, 39},     {4, 24.5, 24.8}, {0, 0, 39},
};

static void the_highest_of_several_peaks_is_found(void **state) {
    (void)state;
    static const char *const names[] = {"x", "t_x", "T"};
    static const struct {
        uint32_t model;
        const double (*rows)[3];
        double log_likelihood; /* of the higher peak */
    } cases[] = {
        {CUSTVAL_MODEL_MBGNBD, leaving_at_once, -133.196764},
        {CUSTVAL_MODEL_PNBD, dying_at_once, -175.427582},
    };
    for (size_t c = 0; c < SUPPORT_COUNT(cases); c++) {
        enum { ROWS = SUPPORT_COUNT(leaving_at_once) };
        double cells[3][ROWS];
        for (size_t i = 0; i < ROWS; i++) {
            for (size_t k = 0; k < 3; k++) cells[k][i] = cases[c].rows[i][k];
        }
        const double *const columns[] = {cells[0], cells[1], cells[2]};
        custval_table *table = table_of_columns(names, columns, 3, ROWS);
        const custval_lifetime_fit_options options = options_for(cases[c].model);
        custval_lifetime *lifetime = fit(table, &options);
        assert_double_near(facts_of(lifetime).log_likelihood, cases[c].log_likelihood, 1e-6);
        custval_lifetime_free(lifetime);
        custval_table_free(table);
    }
}

/* ---- Known parameters -------------------------------------------------------------------------------------------- */

static const simulation known[] = {
    {.model = CUSTVAL_MODEL_BGNBD, .parameters = {1.2, 6, 0.8, 3}, .shortest = 30, .longest = 50},
    {.model = CUSTVAL_MODEL_MBGNBD, .parameters = {1.2, 6, 0.8, 3}, .shortest = 30, .longest = 50},
    {.model = CUSTVAL_MODEL_PNBD, .parameters = {1.2, 6, 0.9, 12}, .shortest = 30, .longest = 50},
    {.model = CUSTVAL_MODEL_NBD, .parameters = {0.7, 5}, .shortest = 10, .longest = 30},
    {.model = CUSTVAL_MODEL_BGBB, .parameters = {1.2, 0.8, 0.7, 2.8}, .shortest = 6, .longest = 12},
    {.model = CUSTVAL_MODEL_SBG, .parameters = {0.7, 1.2}, .shortest = 4, .longest = 8},
    {.model = CUSTVAL_MODEL_BDW, .parameters = {0.8, 1.6, 1.4}, .shortest = 6, .longest = 12},
    {.model = CUSTVAL_MODEL_GAMMA_GAMMA, .parameters = {6, 4, 15}},
};

/* Within 4 standard errors on the scale of logarithms, of 20,000 customers: a chance of 6e-5 each. */
static void parameters_are_found_again(void **state) {
    (void)state;
    for (size_t m = 0; m < SUPPORT_COUNT(known); m++) {
        simulation what = known[m];
        what.count = 20000;
        what.seed = 100 + m;
        custval_table *table = simulate(&what);
        custval_lifetime_fit_options options = options_for(what.model);
        custval_lifetime *lifetime = fit(table, &options);
        custval_table *parameters = parameters_of(lifetime);
        for (size_t i = 0; i < custval_table_rows(parameters); i++) {
            const double distance = log(table_cell(parameters, "value", i) / what.parameters[i]);
            assert_true(fabs(distance) < 4.0 * table_cell(parameters, "log_error", i));
        }
        custval_table_free(parameters);
        custval_lifetime_free(lifetime);
        custval_table_free(table);
    }
}

/* Intervals of 95 % hold what is true in 95 of 100 samples: of 200, between 176 and 200 (190 and 4.5 deviations; the
   intervals are those of large samples). A sample without an optimum has none. */
static void intervals_hold_what_they_promise(void **state) {
    (void)state;
    enum { SAMPLES = 200, LEAST = 176 };
    const size_t quick[] = {0, 3, 4, 5, 7};
    for (size_t q = 0; q < SUPPORT_COUNT(quick); q++) {
        simulation what = known[quick[q]];
        size_t held[4] = {0}, rows = 0;
        what.count = 1000;
        for (size_t sample = 0; sample < SAMPLES; sample++) {
            what.seed = 1000 * (q + 1) + sample;
            custval_table *table = simulate(&what);
            custval_lifetime_fit_options options = options_for(what.model);
            custval_lifetime *lifetime = NULL;
            if (try_fit(table, &options, &lifetime) == CUSTVAL_OK) {
                custval_table *parameters = parameters_of(lifetime);
                rows = custval_table_rows(parameters);
                for (size_t i = 0; i < rows; i++) {
                    held[i] += table_cell(parameters, "low", i) <= what.parameters[i] &&
                               what.parameters[i] <= table_cell(parameters, "high", i);
                }
                custval_table_free(parameters);
            }
            custval_lifetime_free(lifetime);
            custval_table_free(table);
        }
        assert_true(rows > 0);
        for (size_t i = 0; i < rows; i++) {
            print_message("# model %u, parameter %zu: %zu of %d\n", (unsigned)what.model, i, held[i], SAMPLES);
            assert_true(held[i] >= LEAST);
        }
    }
}

static void assert_covariates(uint32_t model, int continuous) {
    static const char *const covariates[] = {"z"};
    simulation what = model == CUSTVAL_MODEL_PNBD ? known[2] : known[model == CUSTVAL_MODEL_BGNBD ? 0 : 1];
    const double truth[] = {what.parameters[0], what.parameters[1], what.parameters[2], what.parameters[3], 0.5, -0.4};
    what.count = continuous ? 6000 : 12000;
    what.purchase = truth[4];
    what.dropout = truth[5];
    what.continuous = continuous;
    what.seed = 77;
    custval_table *table = simulate(&what);
    custval_lifetime_fit_options options = options_for(model);
    custval_lifetime *plain = fit(table, &options), *pair[2];
    options.purchase_covariates = options.dropout_covariates = covariates;
    options.purchase_count = options.dropout_count = 1;
    custval_lifetime *lifetime = fit(table, &options);
    custval_table *parameters = parameters_of(lifetime), *compared = NULL;
    for (size_t i = 0; i < 6; i++) {
        const double value = table_cell(parameters, "value", i), error = table_cell(parameters, "log_error", i);
        const double distance = i < 4 ? log(value / truth[i]) : value - truth[i];
        assert_true(fabs(distance) < 4.0 * error && error < 0.5);
    }
    pair[0] = plain;
    pair[1] = lifetime;
    assert_int_equal(custval_lifetime_compare((const custval_lifetime *const *)pair, 2, &compared, NULL), CUSTVAL_OK);
    assert_double_near(table_cell(compared, "freedom", 1), 2, 0);
    assert_true(table_cell(compared, "p", 1) < 1e-10);
    custval_table_free(compared);
    custval_table_free(parameters);
    custval_lifetime_free(lifetime);
    custval_lifetime_free(plain);
    custval_table_free(table);
}

static void effects_of_covariates_are_found_again(void **state) {
    (void)state;
    assert_covariates(CUSTVAL_MODEL_BGNBD, 0);
    assert_covariates(CUSTVAL_MODEL_MBGNBD, 0);
    assert_covariates(CUSTVAL_MODEL_PNBD, 0);
    assert_covariates(CUSTVAL_MODEL_BGNBD, 1);
    assert_covariates(CUSTVAL_MODEL_PNBD, 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_order_of_rows_changes_no_bit),
        cmocka_unit_test(counts_are_repeated_rows),
        cmocka_unit_test(threads_change_no_bit),
        cmocka_unit_test(time_has_no_unit_of_its_own),
        cmocka_unit_test(a_start_and_a_sample_lead_to_the_same_top),
        cmocka_unit_test(a_ridge_draws),
        cmocka_unit_test(an_optimum_is_one),
        cmocka_unit_test(the_highest_of_several_peaks_is_found),
        cmocka_unit_test(parameters_are_found_again),
        cmocka_unit_test(intervals_hold_what_they_promise),
        cmocka_unit_test(effects_of_covariates_are_found_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
