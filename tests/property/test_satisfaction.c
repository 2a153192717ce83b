/* Random gaps and links: gaps agree with scoring, threads and neighbours change nothing, fits are at their optimum. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <custval/custval.h>

#include "json_table.h"

#define ROWS 9000 /* several pieces of gaps and of predictions */
#define COLUMNS 4

static const char *const names[COLUMNS] = {"a", "b", "c", "d"};
static double performance[COLUMNS][ROWS], expectation[COLUMNS][ROWS], outcome[ROWS];

static const char document[] =
    "{\"custval\": \"system\", \"version\": 1, \"form\": \"index\", \"benefit\": {\"weight\": 2}, \"dimensions\": [{\"id\": \"x\", "
    "\"side\": \"benefit\", \"indicators\": [{\"id\": \"ia\", \"weight\": 3, \"items\": [{\"column\": \"a\", \"scale\": [0, 10]}]}, "
    "{\"id\": \"ib\", \"items\": [{\"column\": \"b\", \"scale\": [0, 10]}]}]}, {\"id\": \"y\", \"side\": \"benefit\", \"indicators\": "
    "[{\"id\": \"ic\", \"items\": [{\"column\": \"c\", \"scale\": [0, 10]}]}]}, {\"id\": \"s\", \"side\": \"sacrifice\", "
    "\"indicators\": [{\"id\": \"id\", \"items\": [{\"column\": \"d\", \"scale\": [0, 10]}]}]}]}";

static void draw(support_random *random, int with_holes) {
    for (size_t row = 0; row < ROWS; row++) {
        double sum = 0.0;
        for (size_t i = 0; i < COLUMNS; i++) {
            performance[i][row] = random_between(random, 0.0, 10.0);
            expectation[i][row] = random_between(random, 0.0, 10.0);
            sum += performance[i][row];
            if (with_holes && random_below(random, 9) == 0) performance[i][row] = (double)NAN;
            if (with_holes && random_below(random, 9) == 0) expectation[i][row] = (double)NAN;
        }
        outcome[row] = random_unit(random) < 1.0 / (1.0 + exp(0.3 * (20.0 - sum))) ? 1.0 : 0.0;
    }
}

static custval_table *table_of(double (*columns)[ROWS], size_t first, size_t rows) {
    custval_table *table = NULL;
    assert_ok(custval_table_new(NULL, rows, &table, NULL), NULL);
    for (size_t i = 0; i < COLUMNS; i++) {
        assert_ok(custval_table_add_doubles(table, names[i], columns[i] + first, NULL), NULL);
    }
    return table;
}

static custval_system *system_new(void) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *system = NULL;
    assert_ok(custval_system_parse(NULL, document, sizeof document - 1, &system, &error), &error);
    return system;
}

static custval_table *gaps_of(const custval_host *host, size_t first, size_t rows) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_score_options score = CUSTVAL_SCORE_OPTIONS_INIT;
    custval_gap_options options = CUSTVAL_GAP_OPTIONS_INIT;
    custval_system *const system = system_new();
    custval_table *const mine = table_of(performance, first, rows), *const theirs = table_of(expectation, first, rows);
    custval_table *gaps = NULL;
    score.host = host;
    score.levels = CUSTVAL_LEVEL_VALUE | CUSTVAL_LEVEL_SIDE | CUSTVAL_LEVEL_DIMENSION | CUSTVAL_LEVEL_INDICATOR;
    options.score = &score;
    options.measures = 31;
    assert_ok(custval_gap(system, mine, theirs, &options, &gaps, &error), &error);
    custval_table_free(theirs);
    custval_table_free(mine);
    custval_system_free(system);
    return gaps;
}

static void assert_same_row(const custval_table *a, size_t row, const custval_table *b, size_t other) {
    for (size_t i = 0; i < custval_table_columns(a); i++) {
        const char *const name = custval_table_name(a, i);
        assert_double_bits(table_cell(a, name, row), table_cell(b, name, other));
    }
}

static void threads_and_neighbours_change_no_gap(void **state) {
    (void)state;
    support_random random = random_seeded("gaps, threads and neighbours");
    custval_threads *threads = NULL;
    custval_host host = CUSTVAL_HOST_INIT;
    draw(&random, 1);
    assert_ok(custval_threads_new(NULL, threads_up_to(3), &threads, NULL), NULL);
    host.runner = custval_threads_run;
    host.runner_data = threads;
    custval_table *const alone = gaps_of(NULL, 0, ROWS), *const together = gaps_of(&host, 0, ROWS);
    for (size_t row = 0; row < ROWS; row += 7) assert_same_row(alone, row, together, row);
    for (size_t i = 0; i < 50; i++) {
        const size_t row = random_below(&random, ROWS);
        custval_table *const one = gaps_of(NULL, row, 1);
        assert_same_row(alone, row, one, 0);
        custval_table_free(one);
    }
    custval_table_free(together);
    custval_table_free(alone);
    custval_threads_free(threads);
}

/* Where nothing is missing, both sides are plain scores, bit for bit. */
static void whole_rows_have_the_scores_of_scoring(void **state) {
    (void)state;
    support_random random = random_seeded("gaps and scores");
    custval_score_options options = CUSTVAL_SCORE_OPTIONS_INIT;
    draw(&random, 0);
    options.levels = CUSTVAL_LEVEL_VALUE | CUSTVAL_LEVEL_SIDE | CUSTVAL_LEVEL_DIMENSION | CUSTVAL_LEVEL_INDICATOR;
    custval_system *const system = system_new();
    custval_table *const mine = table_of(performance, 0, ROWS), *const gaps = gaps_of(NULL, 0, ROWS);
    custval_table *scores = NULL;
    assert_ok(custval_score(system, mine, &options, &scores, NULL), NULL);
    for (size_t row = 0; row < ROWS; row += 5) {
        assert_double_bits(table_cell(gaps, "value.performance", row), table_cell(scores, "value", row));
        assert_double_bits(table_cell(gaps, "x.performance", row), table_cell(scores, "x", row));
        assert_double_bits(table_cell(gaps, "sacrifice.performance", row), table_cell(scores, "sacrifice", row));
        /* The felt gap of the index is the weighted sum of felt gaps: 2 parts benefit, 1 part less sacrifice. */
        assert_double_near(
            table_cell(gaps, "value.prospect", row),
            (2.0 * table_cell(gaps, "benefit.prospect", row) - table_cell(gaps, "sacrifice.prospect", row)) / 3.0,
            1e-11);
    }
    custval_table_free(scores);
    custval_table_free(gaps);
    custval_table_free(mine);
    custval_system_free(system);
}

static custval_link *fit(uint32_t kind, double ridge) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_link_options options = CUSTVAL_LINK_OPTIONS_INIT;
    custval_link *link = NULL;
    custval_table *const table = table_of(performance, 0, ROWS);
    assert_ok(custval_table_add_doubles(table, "outcome", outcome, NULL), NULL);
    options.outcome = "outcome";
    options.predictors = names;
    options.predictor_count = COLUMNS;
    options.kind = kind;
    options.ridge = ridge;
    assert_ok(custval_link_fit(table, &options, &link, &error), &error);
    custval_table_free(table);
    return link;
}

/* At the optimum, what is left of the outcome goes with no predictor: sum of x (y - p) is 0 for each, and for 1. */
static void what_a_link_leaves_goes_with_no_predictor(void **state) {
    (void)state;
    support_random random = random_seeded("residuals of links");
    draw(&random, 0);
    for (uint32_t kind = CUSTVAL_LINK_LINEAR; kind <= CUSTVAL_LINK_LOGISTIC; kind++) {
        custval_link *const link = fit(kind, 0.0);
        custval_table *const table = table_of(performance, 0, ROWS);
        custval_table *out = NULL;
        double left[COLUMNS + 1] = {0.0};
        assert_ok(custval_link_predict(link, table, NULL, &out, NULL), NULL);
        for (size_t row = 0; row < ROWS; row++) {
            const double rest = outcome[row] - table_cell(out, "prediction", row);
            left[COLUMNS] += rest;
            for (size_t i = 0; i < COLUMNS; i++) left[i] += rest * performance[i][row];
        }
        /* Sums of 9000 numbers up to 10: 1e-8 is some 10^5 roundings, and far below any real slope. */
        for (size_t i = 0; i <= COLUMNS; i++) assert_double_near(left[i], 0.0, 1e-8);
        custval_table_free(out);
        custval_table_free(table);
        custval_link_free(link);
    }
}

static void a_larger_ridge_gives_smaller_coefficients(void **state) {
    (void)state;
    support_random random = random_seeded("ridges");
    draw(&random, 0);
    for (uint32_t kind = CUSTVAL_LINK_LINEAR; kind <= CUSTVAL_LINK_LOGISTIC; kind++) {
        double before = HUGE_VAL;
        for (double ridge = 0.0; ridge < 1e6; ridge = ridge * 10.0 + 1.0) {
            custval_link *const link = fit(kind, ridge);
            double b[COLUMNS + 1], size = 0.0;
            assert_ok(custval_link_numbers(link, b, NULL, NULL), NULL);
            for (size_t i = 1; i <= COLUMNS; i++) size += b[i] * b[i];
            assert_true(size < before);
            before = size;
            custval_link_free(link);
        }
        assert_true(before < 1e-2);
    }
}

/* Another unit of a predictor moves its coefficient and nothing else. */
static void units_do_not_matter(void **state) {
    (void)state;
    support_random random = random_seeded("units");
    draw(&random, 0);
    for (uint32_t kind = CUSTVAL_LINK_LINEAR; kind <= CUSTVAL_LINK_LOGISTIC; kind++) {
        double b[COLUMNS + 1], moved[COLUMNS + 1];
        custval_link *link = fit(kind, 0.0);
        assert_ok(custval_link_numbers(link, b, NULL, NULL), NULL);
        custval_link_free(link);
        for (size_t row = 0; row < ROWS; row++) performance[2][row] = 1000.0 * performance[2][row] - 5e4;
        link = fit(kind, 0.0);
        assert_ok(custval_link_numbers(link, moved, NULL, NULL), NULL);
        custval_link_free(link);
        for (size_t row = 0; row < ROWS; row++) performance[2][row] = (performance[2][row] + 5e4) / 1000.0;
        assert_double_near(moved[3] * 1000.0, b[3], 1e-10);
        assert_double_near(moved[1], b[1], 1e-10);
        assert_double_near(moved[0] - 5e4 * moved[3], b[0], 1e-8);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(threads_and_neighbours_change_no_gap),
        cmocka_unit_test(whole_rows_have_the_scores_of_scoring),
        cmocka_unit_test(what_a_link_leaves_goes_with_no_predictor),
        cmocka_unit_test(a_larger_ridge_gives_smaller_coefficients),
        cmocka_unit_test(units_do_not_matter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
