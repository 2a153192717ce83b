/* What holds for every chain from indicator to equity: moving is what scoring gives, groups add up, more is more, draws
   and the delta method agree, intervals cover what is true, and the same bits whatever the threads and neighbours. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include <custval/custval.h>

#include "histories.h"
#include "impacts.h"

/* ---- Material ---------------------------------------------------------------------------------------------------- */

static const char system_text[] =
    "{\"custval\": \"system\", \"version\": 1, \"dimensions\": ["
    "{\"id\": \"product\", \"side\": \"benefit\", \"indicators\": ["
    "{\"id\": \"quality\", \"weight\": 2, \"items\": [{\"column\": \"q\", \"scale\": [0, 10]}]},"
    "{\"id\": \"image\", \"items\": [{\"column\": \"i\", \"scale\": [0, 10]}]},"
    "{\"id\": \"ignored\", \"weight\": 0, \"items\": [{\"column\": \"n\", \"scale\": [0, 10]}]}]},"
    "{\"id\": \"money\", \"side\": \"sacrifice\", \"indicators\": ["
    "{\"id\": \"price\", \"items\": [{\"column\": \"p\", \"scale\": [0, 10]}]}]}]}";

static custval_system *system_of_text(void) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *system = NULL;
    assert_ok(custval_system_parse(NULL, system_text, sizeof system_text - 1, &system, &error), &error);
    return system;
}

static void add_column(custval_table *table, const char *name, const double *numbers) {
    custval_column column = CUSTVAL_COLUMN_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    column.type = CUSTVAL_TYPE_FLOAT64;
    column.data = numbers;
    assert_ok(custval_table_add_copy(table, name, &column, &error), &error);
}

static double normal(support_random *random) {
    const double u = 1.0 - random_unit(random), v = random_unit(random);
    return sqrt(-2.0 * log(u)) * cos(6.283185307179586 * v);
}

#define TRUE_INTERCEPT 4.0
#define TRUE_SLOPE 0.05
#define TRUE_CONSTANT (-2.0)
#define TRUE_EFFECT 0.6

static double true_satisfaction(double q, double i, double p) {
    return TRUE_INTERCEPT + TRUE_SLOPE * (10.0 * (2.0 * q + i) / 3.0 - 10.0 * p);
}

/* Customers whose satisfaction and renewal follow from their value as the truth says; `shift` is added to all answers
   on quality. Answers are whole numbers, some missing if `holes`. */
static custval_table *drawn(support_random *random, size_t rows, int holes, double shift) {
    enum { Q, I, N, P, SATISFACTION, RENEWED, MARGIN, FIRST, SECOND, COLUMNS };
    static const char *const names[COLUMNS] = {"q",       "i",      "n",     "p",     "satisfaction",
                                               "renewed", "margin", "first", "second"};
    custval_table *table = NULL;
    double *const cells = malloc(COLUMNS * rows * sizeof *cells);
    assert_ok(custval_table_new(NULL, rows, &table, NULL), NULL);
    for (size_t row = 0; row < rows; row++) {
        double x[COLUMNS];
        for (int k = Q; k <= P; k++) x[k] = (double)random_below(random, 10);
        x[SATISFACTION] = true_satisfaction(x[Q], x[I], x[P]) + normal(random);
        x[RENEWED] = random_unit(random) < 1.0 / (1.0 + exp(-(TRUE_CONSTANT + TRUE_EFFECT * x[SATISFACTION])));
        x[MARGIN] = random_between(random, 20.0, 200.0);
        x[FIRST] = (double)random_below(random, 2);
        x[SECOND] = 1.0 - x[FIRST];
        x[Q] += shift;
        for (int k = Q; k <= P; k++) x[k] = holes && random_below(random, 12) == 0 ? (double)NAN : x[k];
        for (int k = 0; k < COLUMNS; k++) cells[(size_t)k * rows + row] = x[k];
    }
    for (int k = 0; k < COLUMNS; k++) add_column(table, names[k], cells + (size_t)k * rows);
    free(cells);
    return table;
}

#define CHAIN                                                                                       \
  "{\"fit\": {\"kind\": \"linear\", \"outcome\": \"satisfaction\", \"predictors\": [\"value\"]}}, " \
  "{\"fit\": {\"kind\": \"logistic\", \"outcome\": \"renewed\", \"predictors\": [\"satisfaction\"]}}"

static custval_impact *plan_of(const char *links, const char *more) {
    char text[2048];
    snprintf(text, sizeof text,
             "{\"custval\": \"impact\", \"version\": 1, \"links\": [%s], \"use\": \"retention\", \"money\": "
             "{\"margin\": \"margin\", \"rate\": 0.1, \"first\": \"next\"}%s}",
             links, more);
    return impact_of_text(text);
}

static custval_impact *fit(const char *more, const custval_system *system, const custval_table *table) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_impact *fitted = NULL;
    custval_impact *const plan = plan_of(CHAIN, more);
    assert_ok(custval_impact_fit(plan, system, table, NULL, &fitted, &error), &error);
    custval_impact_free(plan);
    return fitted;
}

typedef struct outcome {
    custval_impact_facts facts;
    custval_table *levers, *customers;
} outcome;

static outcome run(const custval_impact *impact, const custval_system *system, const custval_table *table,
                   uint32_t draws, const custval_host *host) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_impact_options options = CUSTVAL_IMPACT_OPTIONS_INIT;
    custval_score_options score = CUSTVAL_SCORE_OPTIONS_INIT;
    outcome out = {CUSTVAL_IMPACT_FACTS_INIT, NULL, NULL};
    score.host = host;
    options.score = &score;
    options.draws = draws;
    options.seed = 5;
    assert_ok(custval_impact_run(impact, system, table, &options, &out.facts, &out.levers, &out.customers, &error),
              &error);
    return out;
}

static void drop(outcome *out) {
    custval_table_free(out->levers);
    custval_table_free(out->customers);
}

static double gain_of(const outcome *of, const char *node, const char *column) {
    return table_cell(of->levers, column, table_row(of->levers, "node", node));
}

/* ---- Moving ------------------------------------------------------------------------------------------------------ */

/* Ten points of quality are one step of its answer: everyone who answers one more is worth as much more. */
static void a_move_is_worth_what_other_answers_would_be(void **state) {
    (void)state;
    custval_system *const system = system_of_text();
    support_random first = {7}, second = {7};
    custval_table *const before = drawn(&first, 3000, 1, 0.0), *const after = drawn(&second, 3000, 1, 1.0);
    custval_impact *const impact = fit(", \"points\": 10", system, before);
    outcome one = run(impact, system, before, 0, NULL), other = run(impact, system, after, 0, NULL);
    assert_double_near(gain_of(&one, "quality", "gain"), other.facts.equity - one.facts.equity,
                       1e-12 * other.facts.equity);
    assert_double_near(gain_of(&one, "quality", "value.change"), other.facts.value - one.facts.value, 1e-12);
    drop(&other);
    drop(&one);
    custval_impact_free(impact);
    custval_table_free(after);
    custval_table_free(before);
    custval_system_free(system);
}

/* A third three times is less than one, but whoever answers 10 thrice is at the end of the scale all the same. */
static void full_answers_have_nowhere_to_go(void **state) {
    (void)state;
    static const char thirds[] =
        "{\"custval\": \"system\", \"version\": 1, \"dimensions\": [{\"id\": \"product\", \"side\": \"benefit\", "
        "\"indicators\": [{\"id\": \"quality\", \"items\": [{\"column\": \"q\", \"scale\": [0, 10]},"
        "{\"column\": \"r\", \"scale\": [0, 10]}, {\"column\": \"s\", \"scale\": [0, 10]}]}]}]}";
    static const double full[] = {10.0, 10.0, 10.0}, margins[] = {1.0, 2.0, 3.0}, last[] = {10.0, 10.0, 9.0};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *system = NULL;
    custval_table *table = NULL;
    assert_ok(custval_system_parse(NULL, thirds, sizeof thirds - 1, &system, &error), &error);
    assert_ok(custval_table_new(NULL, 3, &table, NULL), NULL);
    add_column(table, "q", full);
    add_column(table, "r", full);
    add_column(table, "s", last);
    add_column(table, "margin", margins);
    custval_impact *const impact =
        plan_of("{\"custval\": \"link\", \"version\": 1, \"kind\": \"logistic\", \"outcome\": \"renewed\", "
                "\"intercept\": 0, \"terms\": [{\"predictor\": \"value\", \"coefficient\": 0.01}]}",
                "");
    outcome out = run(impact, system, table, 0, NULL);
    assert_double_bits(gain_of(&out, "quality", "moved"), 1.0);
    drop(&out);
    custval_impact_free(impact);
    custval_table_free(table);
    custval_system_free(system);
}

static void what_has_no_weight_is_worth_nothing_to_the_bit(void **state) {
    (void)state;
    custval_system *const system = system_of_text();
    support_random random = random_seeded("no weight");
    custval_table *const table = drawn(&random, 2000, 1, 0.0);
    custval_impact *const impact = fit("", system, table);
    outcome out = run(impact, system, table, 50, NULL);
    assert_true(gain_of(&out, "ignored", "moved") > 1000.0);
    assert_double_bits(gain_of(&out, "ignored", "gain"), 0.0);
    assert_double_bits(gain_of(&out, "ignored", "error"), 0.0);
    assert_double_bits(gain_of(&out, "ignored", "drawn.error"), 0.0);
    assert_double_bits(gain_of(&out, "ignored", "value.change"), 0.0);
    assert_true(gain_of(&out, "quality", "gain") > gain_of(&out, "image", "gain"));
    drop(&out);
    custval_impact_free(impact);
    custval_table_free(table);
    custval_system_free(system);
}

static void groups_add_up_to_the_whole(void **state) {
    (void)state;
    custval_system *const system = system_of_text();
    support_random random = random_seeded("groups");
    custval_table *const table = drawn(&random, 9000, 1, 0.0);
    custval_impact *const all = fit("", system, table);
    custval_impact *const first = fit(", \"where\": \"first\"", system, table);
    custval_impact *const second = fit(", \"where\": \"second\"", system, table);
    outcome whole = run(all, system, table, 0, NULL), a = run(first, system, table, 0, NULL),
            b = run(second, system, table, 0, NULL);
    assert_double_near(a.facts.equity + b.facts.equity, whole.facts.equity, 1e-12 * whole.facts.equity);
    assert_double_bits(a.facts.customers + b.facts.customers, whole.facts.customers);
    for (size_t i = 0; i < custval_table_rows(whole.levers); i++) {
        const double gain = table_cell(whole.levers, "gain", i);
        assert_double_near(table_cell(a.levers, "gain", i) + table_cell(b.levers, "gain", i), gain, 1e-11 * gain);
        assert_double_bits(table_cell(a.levers, "moved", i) + table_cell(b.levers, "moved", i),
                           table_cell(whole.levers, "moved", i));
    }
    drop(&b);
    drop(&a);
    drop(&whole);
    custval_impact_free(second);
    custval_impact_free(first);
    custval_impact_free(all);
    custval_table_free(table);
    custval_system_free(system);
}

/* As long as nobody is almost certain to stay or go. */
static void a_steeper_link_is_worth_more(void **state) {
    (void)state;
    custval_system *const system = system_of_text();
    support_random random = random_seeded("steeper");
    custval_table *const table = drawn(&random, 500, 0, 0.0);
    double last = 0.0;
    for (int step = 0; step <= 10; step++) {
        char link[512];
        snprintf(link, sizeof link,
                 "{\"custval\": \"link\", \"version\": 1, \"kind\": \"logistic\", \"outcome\": \"stays\", "
                 "\"intercept\": 0, \"terms\": [{\"predictor\": \"value\", \"coefficient\": %d.%03d}]}",
                 0, step);
        custval_impact *const impact = plan_of(link, "");
        outcome out = run(impact, system, table, 0, NULL);
        const double gain = gain_of(&out, "quality", "gain");
        assert_true(step == 0 ? gain == 0.0 : gain > last);
        assert_true(isnan(gain_of(&out, "quality", "error")) != 0);
        last = gain;
        drop(&out);
        custval_impact_free(impact);
    }
    custval_table_free(table);
    custval_system_free(system);
}

/* ---- Errors ------------------------------------------------------------------------------------------------------ */

static void draws_agree_with_the_delta_method(void **state) {
    (void)state;
    custval_system *const system = system_of_text();
    support_random random = {11};
    custval_table *const table = drawn(&random, 1500, 1, 0.0);
    custval_impact *const impact = fit("", system, table);
    outcome out = run(impact, system, table, 4000, NULL);
    static const char *const nodes[] = {"quality", "image", "price"};
    for (size_t i = 0; i < SUPPORT_COUNT(nodes); i++) {
        const double error = gain_of(&out, nodes[i], "error");
        assert_double_near(gain_of(&out, nodes[i], "drawn.error"), error, 0.05 * error);
        assert_double_near(gain_of(&out, nodes[i], "drawn.low"), gain_of(&out, nodes[i], "low"), 0.25 * error);
        assert_double_near(gain_of(&out, nodes[i], "drawn.high"), gain_of(&out, nodes[i], "high"), 0.25 * error);
    }
    drop(&out);
    custval_impact_free(impact);
    custval_table_free(table);
    custval_system_free(system);
}

/* Of 400 samples whose truth is known, about 95 % have an interval with the true gain in it: 361 to 397 with a chance
   of all but one in ten thousand. */
static void intervals_cover_the_truth(void **state) {
    (void)state;
    enum { SAMPLES = 400 };
    static const char truth_text[] =
        "{\"custval\": \"link\", \"version\": 1, \"kind\": \"linear\", \"outcome\": \"satisfaction\", \"intercept\": 4, "
        "\"terms\": [{\"predictor\": \"value\", \"coefficient\": 0.05}]}, "
        "{\"custval\": \"link\", \"version\": 1, \"kind\": \"logistic\", \"outcome\": \"renewed\", \"intercept\": -2, "
        "\"terms\": [{\"predictor\": \"satisfaction\", \"coefficient\": 0.6}]}";
    custval_system *const system = system_of_text();
    custval_impact *const truth = plan_of(truth_text, "");
    support_random random = {2004};
    size_t covered = 0;
    for (size_t sample = 0; sample < SAMPLES; sample++) {
        custval_table *const table = drawn(&random, 600, 0, 0.0);
        custval_impact *const impact = fit("", system, table);
        outcome found = run(impact, system, table, 0, NULL), known = run(truth, system, table, 0, NULL);
        const double gain = gain_of(&known, "quality", "gain");
        covered += gain >= gain_of(&found, "quality", "low") && gain <= gain_of(&found, "quality", "high");
        drop(&known);
        drop(&found);
        custval_impact_free(impact);
        custval_table_free(table);
    }
    if (covered < 361 || covered > 397) fail_msg("%zu of %d intervals cover the truth", covered, SAMPLES);
    custval_impact_free(truth);
    custval_system_free(system);
}

/* ---- The same bits ----------------------------------------------------------------------------------------------- */

static void threads_change_no_bit(void **state) {
    (void)state;
    custval_system *const system = system_of_text();
    support_random random = random_seeded("bits");
    custval_table *const table = drawn(&random, 30000, 1, 0.0);
    custval_impact *const impact = fit(", \"count\": \"first\"", system, table);
    custval_threads *threads = NULL;
    custval_host host = CUSTVAL_HOST_INIT;
    assert_ok(custval_threads_new(NULL, threads_up_to(3), &threads, NULL), NULL);
    host.runner = custval_threads_run;
    host.runner_data = threads;
    outcome one = run(impact, system, table, 20, NULL), many = run(impact, system, table, 20, &host);
    assert_same_table(one.customers, many.customers);
    assert_same_table(one.levers, many.levers);
    assert_memory_equal(&one.facts, &many.facts, sizeof one.facts);
    drop(&many);
    drop(&one);
    custval_threads_free(threads);
    custval_impact_free(impact);
    custval_table_free(table);
    custval_system_free(system);
}

/* The value of a customer is that of custval_score(), to the bit. */
static void customers_have_the_value_that_they_are_scored(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *const system = system_of_text();
    support_random random = random_seeded("values");
    custval_table *const table = drawn(&random, 1200, 1, 0.0), *scores = NULL;
    custval_impact *const impact = fit("", system, table);
    outcome out = run(impact, system, table, 0, NULL);
    assert_ok(custval_score(system, table, NULL, &scores, &error), &error);
    for (size_t row = 0; row < custval_table_rows(table); row++) {
        assert_double_bits(table_cell(out.customers, "value", row), table_cell(scores, "value", row));
    }
    drop(&out);
    custval_table_free(scores);
    custval_impact_free(impact);
    custval_table_free(table);
    custval_system_free(system);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_move_is_worth_what_other_answers_would_be),
        cmocka_unit_test(full_answers_have_nowhere_to_go),
        cmocka_unit_test(what_has_no_weight_is_worth_nothing_to_the_bit),
        cmocka_unit_test(groups_add_up_to_the_whole),
        cmocka_unit_test(a_steeper_link_is_worth_more),
        cmocka_unit_test(draws_agree_with_the_delta_method),
        cmocka_unit_test(intervals_cover_the_truth),
        cmocka_unit_test(threads_change_no_bit),
        cmocka_unit_test(customers_have_the_value_that_they_are_scored),
    };
    return cmocka_run_group_tests_name("impact", tests, NULL, NULL);
}
