/* The interface: ranking rows by other methods, ranks, and fuzzy evaluation. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "api.h"

#include <math.h>

#include "json_table.h"

#define MOST 32

/* A system whose rows are scored without a date. */
static const char document[] = "{\"custval\": \"system\", \"version\": 1, \"dimensions\": [{\"id\": \"product\", "
                               "\"side\": \"benefit\", \"indicators\": [{\"id\": \"quality\", \"items\": "
                               "[{\"column\": \"rel2\", \"scale\": [1, 10]}]}]}]}";

typedef struct fixture {
    custval_system *system, *timeless;
    custval_table *table, *scores;
    custval_score_options options;
    custval_criterion criteria[MOST];
    size_t count;
} fixture;

static fixture *shared;

/* The sample's indicators as criteria of a table of their scores. */
static int set_up(void **state) {
    shared = calloc(1, sizeof *shared);
    if (shared == NULL) return -1;
    shared->system = sample_system();
    assert_ok(custval_system_parse(NULL, document, sizeof document - 1, &shared->timeless, NULL), NULL);
    shared->table = sample_table();
    shared->options = sample_options();
    custval_score_options options = shared->options;
    options.levels = CUSTVAL_LEVEL_INDICATOR;
    assert_ok(custval_score(shared->system, shared->table, &options, &shared->scores, NULL), NULL);
    assert_ok(custval_system_criteria(shared->system, CUSTVAL_KIND_INDICATOR, NULL, shared->criteria, MOST,
                                      &shared->count, NULL),
              NULL);
    assert_true(shared->count <= MOST);
    *state = shared;
    return 0;
}

static int tear_down(void **state) {
    fixture *self = *state;
    custval_table_free(self->scores);
    custval_table_free(self->table);
    custval_system_free(self->timeless);
    custval_system_free(self->system);
    free(self);
    return 0;
}

static void assert_same_tables(const custval_table *a, const custval_table *b, const char *const *texts) {
    assert_int_equal(custval_table_columns(a), custval_table_columns(b));
    assert_int_equal(custval_table_rows(a), custval_table_rows(b));
    for (size_t column = 0; column < custval_table_columns(a); column++) {
        const char *name = custval_table_name(a, column);
        int is_text = 0;
        for (size_t i = 0; texts[i] != NULL; i++) is_text = is_text || strcmp(texts[i], name) == 0;
        assert_string_equal(name, custval_table_name(b, column));
        for (size_t row = 0; row < custval_table_rows(a) && !is_text; row++) {
            assert_double_bits(table_cell(a, name, row), table_cell(b, name, row));
        }
    }
}

/* ---- Ranking ----------------------------------------------------------------------------------------------------- */

/* Rows 3 and 4 of the sample lack scores. */
static void scores_of_a_system_are_ranked(void **state) {
    const fixture *self = *state;
    for (uint32_t method = CUSTVAL_RANK_SAW; method <= CUSTVAL_RANK_VIKOR; method++) {
        custval_rank_options options = CUSTVAL_RANK_OPTIONS_INIT;
        custval_error error = CUSTVAL_ERROR_INIT;
        custval_table *ranking = NULL;
        options.method = method;
        options.normalisation = method == CUSTVAL_RANK_VIKOR ? 0 : CUSTVAL_NORMALISATION_NONE;
        assert_ok(custval_rank(self->scores, self->criteria, self->count, &options, &ranking, &error), &error);
        assert_int_equal(custval_table_rows(ranking), SAMPLE_ROWS);
        double ranks = 0.0;
        for (size_t row = 0; row < SAMPLE_ROWS; row++) {
            const double score = table_cell(ranking, "score", row), rank = table_cell(ranking, "rank", row);
            assert_int_equal(isnan(score) != 0, row == 3 || row == 4);
            assert_int_equal(isnan(rank) != 0, row == 3 || row == 4);
            if (!isnan(rank)) ranks += rank;
        }
        assert_double_bits(ranks, 10.0);
        custval_table_free(ranking);
    }
}

static void ranking_without_options_is_ranking_with_the_initialiser(void **state) {
    static const char *const texts[] = {NULL};
    const fixture *self = *state;
    const custval_rank_options options = CUSTVAL_RANK_OPTIONS_INIT;
    custval_criterion criterion = CUSTVAL_CRITERION_INIT;
    custval_table *without = NULL, *with = NULL;
    criterion.column = "rel2";
    assert_ok(custval_rank(self->table, &criterion, 1, NULL, &without, NULL), NULL);
    assert_ok(custval_rank(self->table, &criterion, 1, &options, &with, NULL), NULL);
    assert_same_tables(without, with, texts);
    custval_table_free(without);
    custval_table_free(with);
}

static custval_status rank_with(const void *given, custval_error *error) {
    custval_table *ranking = NULL;
    custval_criterion criterion = CUSTVAL_CRITERION_INIT;
    criterion.column = "rel2";
    const custval_status status = custval_rank(shared->table, &criterion, 1, given, &ranking, error);
    custval_table_free(ranking);
    return status;
}

static custval_status rank_with_host(const void *given, custval_error *error) {
    custval_rank_options options = CUSTVAL_RANK_OPTIONS_INIT;
    options.host = given;
    return rank_with(&options, error);
}

static void ranking_reads_its_structs(void **state) {
    (void)state;
    const custval_rank_options options = CUSTVAL_RANK_OPTIONS_INIT;
    const custval_host host = CUSTVAL_HOST_INIT;
    assert_reads_struct(rank_with, &options, sizeof options);
    assert_reads_struct(rank_with_host, &host, sizeof host);
}

static void ranking_refuses_null_and_unknown_words(void **state) {
    const fixture *self = *state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_rank_options options = CUSTVAL_RANK_OPTIONS_INIT;
    custval_table *out = self->table;
    assert_refused(custval_rank(NULL, self->criteria, self->count, NULL, &out, &error));
    assert_null(out);
    assert_refused(custval_rank(self->scores, NULL, self->count, NULL, &out, &error));
    assert_refused(custval_rank(self->scores, self->criteria, 0, NULL, &out, &error));
    assert_refused(custval_rank(self->scores, self->criteria, self->count, NULL, NULL, &error));
    options.method = 99;
    assert_refused(custval_rank(self->scores, self->criteria, self->count, &options, &out, &error));
    options.method = 0;
    options.normalisation = 99;
    assert_refused(custval_rank(self->scores, self->criteria, self->count, &options, &out, &error));
    options.normalisation = 0;
    options.ties = 99;
    assert_refused(custval_rank(self->scores, self->criteria, self->count, &options, &out, &error));
    assert_null(out);
}

/* ---- Ranks ------------------------------------------------------------------------------------------------------- */

static custval_status ranks_with_host(const void *given, custval_error *error) {
    const double numbers[] = {1, 2};
    double ranks[2];
    return custval_ranks(given, numbers, 2, 0, ranks, error);
}

static void numbers_get_their_ranks(void **state) {
    (void)state;
    const double numbers[] = {7, (double)NAN, 9, 7}, expected[] = {2, (double)NAN, 1, 2};
    double ranks[4];
    custval_error error = CUSTVAL_ERROR_INIT;
    const custval_host host = CUSTVAL_HOST_INIT;
    assert_ok(custval_ranks(NULL, numbers, 4, 0, ranks, &error), &error);
    for (size_t i = 0; i < 4; i++) assert_double_bits(ranks[i], expected[i]);
    assert_refused(custval_ranks(NULL, NULL, 4, 0, ranks, &error));
    assert_refused(custval_ranks(NULL, numbers, 4, 0, NULL, &error));
    assert_refused(custval_ranks(NULL, numbers, 4, 99, ranks, &error));
    for (size_t i = 0; i < 4; i++) assert_double_bits(ranks[i], expected[i]);
    assert_reads_struct(ranks_with_host, &host, sizeof host);
}

/* ---- Fuzzy evaluation -------------------------------------------------------------------------------------------- */

static void a_system_is_evaluated_by_grades(void **state) {
    const fixture *self = *state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_fuzzy_options options = CUSTVAL_FUZZY_OPTIONS_INIT;
    custval_table *fuzzy = NULL;
    static const char *const grades[] = {"excellent", "good", "fair", "poor", "bad"};
    options.score = &self->options;
    assert_ok(custval_fuzzy(self->system, self->table, &options, &fuzzy, &error), &error);
    for (size_t row = 0; row < custval_table_rows(fuzzy); row++) {
        double sum = 0.0;
        for (size_t k = 0; k < SUPPORT_COUNT(grades); k++) sum += table_cell(fuzzy, grades[k], row);
        assert_double_near(sum, 1.0, 1e-12);
        assert_true(table_cell(fuzzy, "score", row) >= 0.0 && table_cell(fuzzy, "score", row) <= 100.0);
        assert_true(table_cell_text(fuzzy, "grade", row).length > 0);
    }
    custval_table_free(fuzzy);
}

static void evaluating_without_options_is_evaluating_with_the_initialiser(void **state) {
    static const char *const texts[] = {"node", "label", "kind", "side", "grade", NULL};
    const fixture *self = *state;
    const custval_fuzzy_options options = CUSTVAL_FUZZY_OPTIONS_INIT;
    custval_table *without = NULL, *with = NULL;
    assert_ok(custval_fuzzy(self->timeless, self->table, NULL, &without, NULL), NULL);
    assert_ok(custval_fuzzy(self->timeless, self->table, &options, &with, NULL), NULL);
    assert_same_tables(without, with, texts);
    custval_table_free(without);
    custval_table_free(with);
}

static custval_status fuzzy_with(const void *given, custval_error *error) {
    custval_table *fuzzy = NULL;
    const custval_status status = custval_fuzzy(shared->timeless, shared->table, given, &fuzzy, error);
    custval_table_free(fuzzy);
    return status;
}

static custval_status fuzzy_with_score(const void *given, custval_error *error) {
    custval_fuzzy_options options = CUSTVAL_FUZZY_OPTIONS_INIT;
    options.score = given;
    return fuzzy_with(&options, error);
}

static void evaluating_reads_its_structs(void **state) {
    (void)state;
    const custval_fuzzy_options options = CUSTVAL_FUZZY_OPTIONS_INIT;
    const custval_score_options score = CUSTVAL_SCORE_OPTIONS_INIT;
    assert_reads_struct(fuzzy_with, &options, sizeof options);
    assert_reads_struct(fuzzy_with_score, &score, sizeof score);
}

static void evaluating_refuses_null_and_unknown_words(void **state) {
    const fixture *self = *state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_fuzzy_options options = CUSTVAL_FUZZY_OPTIONS_INIT;
    custval_table *out = self->table;
    options.score = &self->options;
    assert_refused(custval_fuzzy(NULL, self->table, &options, &out, &error));
    assert_null(out);
    assert_refused(custval_fuzzy(self->system, NULL, &options, &out, &error));
    assert_refused(custval_fuzzy(self->system, self->table, &options, NULL, &error));
    options.operation = 99;
    assert_refused(custval_fuzzy(self->system, self->table, &options, &out, &error));
    options.operation = 0;
    options.membership = 99;
    assert_refused(custval_fuzzy(self->system, self->table, &options, &out, &error));
    assert_status(custval_fuzzy(self->system, self->table, NULL, &out, &error), CUSTVAL_ERROR_STATE, &error);
    assert_null(out);
}

static void degrees_are_composed_by_hand(void **state) {
    (void)state;
    const double degrees[] = {0.2, 0.8, 0.6, 0.4}, weights[] = {0.7, 0.3};
    double out[2];
    custval_error error = CUSTVAL_ERROR_INIT;
    assert_ok(custval_fuzzy_compose(degrees, weights, 2, 2, 0, out, &error), &error);
    assert_double_near(out[0], 0.32, 1e-15);
    assert_double_near(out[1], 0.68, 1e-15);
    assert_refused(custval_fuzzy_compose(NULL, weights, 2, 2, 0, out, &error));
    assert_refused(custval_fuzzy_compose(degrees, NULL, 2, 2, 0, out, &error));
    assert_refused(custval_fuzzy_compose(degrees, weights, 0, 2, 0, out, &error));
    assert_refused(custval_fuzzy_compose(degrees, weights, 2, 0, 0, out, &error));
    assert_refused(custval_fuzzy_compose(degrees, weights, 2, 2, 99, out, &error));
    assert_refused(custval_fuzzy_compose(degrees, weights, 2, 2, 0, NULL, &error));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scores_of_a_system_are_ranked),
        cmocka_unit_test(ranking_without_options_is_ranking_with_the_initialiser),
        cmocka_unit_test(ranking_reads_its_structs),
        cmocka_unit_test(ranking_refuses_null_and_unknown_words),
        cmocka_unit_test(numbers_get_their_ranks),
        cmocka_unit_test(a_system_is_evaluated_by_grades),
        cmocka_unit_test(evaluating_without_options_is_evaluating_with_the_initialiser),
        cmocka_unit_test(evaluating_reads_its_structs),
        cmocka_unit_test(evaluating_refuses_null_and_unknown_words),
        cmocka_unit_test(degrees_are_composed_by_hand),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
