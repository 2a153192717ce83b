/* Rankings: what a change of unit, of order or of other rows may and may not do; and that a sum over the indicators of
   the shipped system orders customers as the system itself does. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <custval/custval.h>

#include "json_table.h"
#include "support.h"

#define ROWS 40
#define CRITERIA 5
#define TABLES 60

static const char *const names[CRITERIA] = {"a", "b", "c", "d", "e"};

typedef struct problem {
    double cells[ROWS * CRITERIA];
    custval_criterion criteria[CRITERIA];
    custval_rank_options options;
} problem;

/* Positive numbers, which every normalisation takes. */
static void fill(problem *of, support_random *random, uint32_t method, uint32_t normalisation) {
    for (size_t i = 0; i < ROWS * CRITERIA; i++) of->cells[i] = random_between(random, 1.0, 9.0);
    for (size_t k = 0; k < CRITERIA; k++) {
        of->criteria[k] = (custval_criterion)CUSTVAL_CRITERION_INIT;
        of->criteria[k].column = names[k];
        of->criteria[k].side = 1 + random_below(random, 2);
        of->criteria[k].weight = random_between(random, 0.5, 4.0);
        if (normalisation != CUSTVAL_NORMALISATION_NONE && random_below(random, 2) == 0) continue;
        of->criteria[k].low = 0.5;
        of->criteria[k].high = 10.0;
    }
    of->options = (custval_rank_options)CUSTVAL_RANK_OPTIONS_INIT;
    of->options.method = method;
    of->options.normalisation = normalisation;
}

static custval_table *rank_of(const problem *of) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = NULL, *ranking = NULL;
    assert_ok(custval_table_new_from_rows(NULL, names, CRITERIA, of->cells, ROWS, CRITERIA, &table, NULL), NULL);
    assert_ok(custval_rank(table, of->criteria, CRITERIA, &of->options, &ranking, &error), &error);
    custval_table_free(table);
    return ranking;
}

/* Methods with the normalisations that give them numbers above 0 only. */
static void for_every_method(void (*check)(problem *of, support_random *random)) {
    support_random random = random_seeded("rankings");
    for (uint32_t method = CUSTVAL_RANK_SAW; method <= CUSTVAL_RANK_VIKOR; method++) {
        for (uint32_t n = CUSTVAL_NORMALISATION_VECTOR; n <= CUSTVAL_NORMALISATION_NONE; n++) {
            const int is_product = method == CUSTVAL_RANK_WPM || method == CUSTVAL_RANK_WASPAS;
            if (n == CUSTVAL_NORMALISATION_RANGE ? is_product : method == CUSTVAL_RANK_VIKOR) continue;
            for (int i = 0; i < TABLES; i++) {
                problem of;
                fill(&of, &random, method, n);
                check(&of, &random);
            }
        }
    }
}

static void assert_same_ranking(const custval_table *a, const custval_table *b, const size_t *row_of_b) {
    for (size_t row = 0; row < ROWS; row++) {
        for (size_t column = 0; column < custval_table_columns(a); column++) {
            const char *name = custval_table_name(a, column);
            assert_double_near(table_cell(a, name, row), table_cell(b, name, row_of_b == NULL ? row : row_of_b[row]),
                               1e-12);
        }
    }
}

/* ---- Change of unit ---------------------------------------------------------------------------------------------- */

static void check_unit(problem *of, support_random *random) {
    custval_table *before = rank_of(of);
    if (of->options.normalisation != CUSTVAL_NORMALISATION_NONE) {
        for (size_t k = 0; k < CRITERIA; k++) {
            const double factor = ldexp(random_between(random, 1.0, 2.0), (int)random_below(random, 1900) - 950);
            for (size_t i = 0; i < ROWS; i++) of->cells[i * CRITERIA + k] *= factor;
            of->criteria[k].low *= factor;
            of->criteria[k].high *= factor;
        }
    }
    const double factor = ldexp(1.0, (int)random_below(random, 1900) - 950);
    for (size_t k = 0; k < CRITERIA; k++) of->criteria[k].weight *= factor;
    custval_table *after = rank_of(of);
    assert_same_ranking(before, after, NULL);
    custval_table_free(after);
    custval_table_free(before);
}

static void units_of_columns_and_weights_do_not_matter(void **state) {
    (void)state;
    for_every_method(check_unit);
}

/* ---- Order ------------------------------------------------------------------------------------------------------- */

static void check_order(problem *of, support_random *random) {
    custval_table *before = rank_of(of);
    problem shuffled = *of;
    size_t place[ROWS];
    for (size_t i = 0; i < ROWS; i++) {
        const size_t other = random_below(random, (uint32_t)i + 1);
        place[i] = place[other];
        place[other] = i;
    }
    for (size_t i = 0; i < ROWS; i++)
        memcpy(shuffled.cells + i * CRITERIA, of->cells + place[i] * CRITERIA, sizeof(double[CRITERIA]));
    size_t row_of[ROWS];
    for (size_t i = 0; i < ROWS; i++) row_of[place[i]] = i;
    custval_table *after = rank_of(&shuffled);
    assert_same_ranking(before, after, row_of);
    custval_table_free(after);
    custval_table_free(before);
}

static void the_order_of_rows_does_not_matter(void **state) {
    (void)state;
    for_every_method(check_order);
}

/* ---- Better numbers ---------------------------------------------------------------------------------------------- */

/* The row that is at least as good everywhere is never behind. */
static void check_dominance(problem *of, support_random *random) {
    double *better = of->cells, *worse = of->cells + CRITERIA;
    for (size_t k = 0; k < CRITERIA; k++) {
        const int is_benefit = of->criteria[k].side == CUSTVAL_SIDE_BENEFIT;
        const double high = fmax(better[k], worse[k]), low = fmin(better[k], worse[k]);
        better[k] = is_benefit ? high : low;
        worse[k] = random_below(random, 4) == 0 ? better[k] : is_benefit ? low : high;
    }
    custval_table *ranking = rank_of(of);
    assert_true(table_cell(ranking, "score", 0) >= table_cell(ranking, "score", 1));
    assert_true(table_cell(ranking, "rank", 0) <= table_cell(ranking, "rank", 1));
    custval_table_free(ranking);
}

static void a_row_that_is_nowhere_worse_is_never_behind(void **state) {
    (void)state;
    for_every_method(check_dominance);
}

/* ---- Other rows -------------------------------------------------------------------------------------------------- */

/* On declared scales a row's score is its own: the same bits, whatever the others hold. */
static void a_sum_over_declared_ranges_does_not_depend_on_other_rows(void **state) {
    (void)state;
    support_random random = random_seeded("other rows");
    static const uint32_t normalisations[] = {CUSTVAL_NORMALISATION_RANGE, CUSTVAL_NORMALISATION_NONE};
    for (size_t n = 0; n < SUPPORT_COUNT(normalisations); n++) {
        problem of;
        fill(&of, &random, CUSTVAL_RANK_SAW, normalisations[n]);
        for (size_t k = 0; k < CRITERIA; k++) {
            of.criteria[k].low = 0.5;
            of.criteria[k].high = 10.0;
        }
        custval_table *before = rank_of(&of);
        for (size_t i = CRITERIA; i < ROWS * CRITERIA; i++) {
            of.cells[i] = random_below(&random, 5) == 0 ? (double)NAN : random_between(&random, 0.5, 10.0);
        }
        custval_table *after = rank_of(&of);
        assert_double_bits(table_cell(before, "score", 0), table_cell(after, "score", 0));
        custval_table_free(after);
        custval_table_free(before);
    }
}

/* ---- From a system ----------------------------------------------------------------------------------------------- */

#define MOST_COLUMNS 16
#define MOST_INDICATORS 64

static custval_system *survey_system(void) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *system = NULL;
    size_t length = 0;
    char *text = support_read_file("examples/survey/perceived-value.json", &length);
    assert_ok(custval_system_parse(NULL, text, length, &system, &error), &error);
    free(text);
    return system;
}

/* The survey is one line of names in quotes and lines of whole numbers. The caller frees the cells after the table. */
static custval_table *survey_table(double **out_cells) {
    size_t length = 0, columns = 0, rows = 0, filled = 0;
    char *text = support_read_file("examples/survey/customer_satisfaction_yellow_pages.csv", &length), *rest = NULL;
    const char *headings[MOST_COLUMNS];
    for (size_t i = 0; i < length; i++) rows += text[i] == '\n';
    char *head = strtok(text, "\r\n");
    rest = head + strlen(head) + 1;
    for (char *name = strtok(head, "\","); name != NULL; name = strtok(NULL, "\",")) headings[columns++] = name;
    double *cells = calloc(rows * columns, sizeof *cells);
    assert_non_null(cells);
    for (char *cell = strtok(rest, ",\r\n"); cell != NULL; cell = strtok(NULL, ",\r\n")) {
        assert_true(filled < rows * columns);
        cells[filled++] = (double)strtol(cell, NULL, 10);
    }
    assert_int_equal(filled % columns, 0);
    custval_table *table = NULL;
    assert_ok(custval_table_new_from_rows(NULL, headings, columns, cells, filled / columns, columns, &table, NULL),
              NULL);
    free(text);
    *out_cells = cells;
    return table;
}

/* The difference is B - S; the sum of B and 100 - S, each of half the weight, is (B - S)/2 + 50. */
static void a_sum_over_the_indicators_of_a_system_orders_customers_as_its_difference_does(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    double *cells = NULL;
    custval_system *system = survey_system();
    custval_table *answers = survey_table(&cells), *scores = NULL, *ranking = NULL;
    custval_score_options score = CUSTVAL_SCORE_OPTIONS_INIT;
    score.levels = CUSTVAL_LEVEL_VALUE | CUSTVAL_LEVEL_INDICATOR;
    assert_ok(custval_score(system, answers, &score, &scores, &error), &error);
    custval_criterion criteria[MOST_INDICATORS];
    size_t count = 0;
    assert_ok(custval_system_criteria(system, CUSTVAL_KIND_INDICATOR, NULL, criteria, MOST_INDICATORS, &count, &error),
              &error);
    assert_true(count > 1 && count <= MOST_INDICATORS);
    custval_rank_options options = CUSTVAL_RANK_OPTIONS_INIT;
    options.normalisation = CUSTVAL_NORMALISATION_NONE;
    assert_ok(custval_rank(scores, criteria, count, &options, &ranking, &error), &error);
    const size_t rows = custval_table_rows(scores);
    assert_true(rows > 1000);
    for (size_t row = 0; row < rows; row++) {
        assert_double_near(table_cell(ranking, "score", row), 50.0 + 0.5 * table_cell(scores, "value", row), 1e-12);
        const size_t other = (row * 7919 + 13) % rows;
        const double lead = table_cell(scores, "value", row) - table_cell(scores, "value", other);
        const double places = table_cell(ranking, "rank", other) - table_cell(ranking, "rank", row);
        if (fabs(lead) > 1e-10) assert_true((lead > 0.0) == (places > 0.0));
    }
    custval_table_free(ranking);
    custval_table_free(scores);
    custval_table_free(answers);
    custval_system_free(system);
    free(cells);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(units_of_columns_and_weights_do_not_matter),
        cmocka_unit_test(the_order_of_rows_does_not_matter),
        cmocka_unit_test(a_row_that_is_nowhere_worse_is_never_behind),
        cmocka_unit_test(a_sum_over_declared_ranges_does_not_depend_on_other_rows),
        cmocka_unit_test(a_sum_over_the_indicators_of_a_system_orders_customers_as_its_difference_does),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
