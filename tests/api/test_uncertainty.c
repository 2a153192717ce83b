/* The interface: draws of weights, uncertainty, sensitivity, reversal and means. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "api.h"
#include "json_table.h"

#define DRAWS 64

typedef struct fixture {
    custval_system *system;
    custval_table *table, *draws;
    custval_weights *weights;
    custval_score_options score;
    custval_noise_options noise;
    custval_judgements judgements;
} fixture;

static fixture *shared;

static const char *const names[] = {"quality", "service", "price"};
static const double matrix[] = {1, 3, 5, 1.0 / 3, 1, 2, 1.0 / 5, 1.0 / 2, 1};

static int set_up(void **state) {
    static fixture self;
    static const double ratings[] = {5, 3, 2};
    custval_error error = CUSTVAL_ERROR_INIT;
    self = (fixture){.system = sample_system(), .table = sample_table(), .score = sample_options()};
    self.noise = (custval_noise_options)CUSTVAL_NOISE_OPTIONS_INIT;
    self.noise.draws = DRAWS;
    self.judgements = (custval_judgements)CUSTVAL_JUDGEMENTS_INIT;
    self.judgements.names = names;
    self.judgements.count = 3;
    self.judgements.matrices = matrix;
    assert_ok(custval_draw_system(self.system, &self.noise, &self.draws, &error), &error);
    assert_ok(custval_weights_ratings(NULL, names, ratings, 3, NULL, &self.weights, &error), &error);
    *state = shared = &self;
    return 0;
}

static int tear_down(void **state) {
    const fixture *self = *state;
    custval_weights_free(self->weights);
    custval_table_free(self->draws);
    custval_table_free(self->table);
    custval_system_free(self->system);
    return 0;
}

static void assert_columns(const custval_table *table, const char *const *expected, size_t count) {
    assert_int_equal(custval_table_columns(table), count);
    for (size_t i = 0; i < count; i++) assert_string_equal(custval_table_name(table, i), expected[i]);
}

static void draws_are_tables_of_weights(void **state) {
    const fixture *self = *state;
    static const char *const nodes[] = {"product", "reliability", "rel1",  "rel2",   "range",   "service",
                                        "staff",   "speed",       "money", "effort", "waiting", "manual"};
    static const char *const judged[] = {"quality", "service", "price", "cr"};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *out = NULL;
    assert_int_equal(custval_table_rows(self->draws), DRAWS);
    assert_columns(self->draws, nodes, SUPPORT_COUNT(nodes));
    assert_ok(custval_draw_weights(self->weights, &self->noise, &out, &error), &error);
    assert_columns(out, names, 3);
    assert_int_equal(custval_table_rows(out), DRAWS);
    custval_table_free(out);
    assert_ok(custval_draw_judgements(&self->judgements, NULL, &self->noise, &out, &error), &error);
    assert_columns(out, judged, SUPPORT_COUNT(judged));
    assert_int_equal(custval_table_rows(out), DRAWS);
    custval_table_free(out);
}

static void uncertainty_has_a_row_for_every_row(void **state) {
    const fixture *self = *state;
    static const char *const columns[] = {"value",     "rank",     "mean",      "deviation", "low",       "high",
                                          "mean_rank", "rank_low", "rank_high", "p_first",   "undefined", "rank_1"};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *out = NULL;
    custval_uncertainty_options options = CUSTVAL_UNCERTAINTY_OPTIONS_INIT;
    options.score = &self->score;
    options.ranks = 1;
    assert_ok(custval_uncertainty(self->system, self->table, self->draws, &options, &out, &error), &error);
    assert_columns(out, columns, SUPPORT_COUNT(columns));
    assert_int_equal(custval_table_rows(out), SAMPLE_ROWS);
    double first = 0.0;
    for (size_t row = 0; row < SAMPLE_ROWS; row++) {
        const double share = table_cell(out, "p_first", row);
        assert_int_equal(isnan(table_cell(out, "value", row)) != 0, isnan(share) != 0);
        if (!isnan(share)) first += share;
    }
    assert_double_bits(table_cell(out, "undefined", 4), DRAWS); /* an answer outside its scale */
    assert_double_near(first, 1.0, 1e-12);
    custval_table_free(out);
}

static void sensitivity_and_reversal_have_a_row_for_every_weight(void **state) {
    const fixture *self = *state;
    static const char *const indices[] = {"node", "label", "weight", "first", "total", "first_error", "total_error"};
    static const char *const flips[] = {"node", "label", "weight", "flip", "distance", "rival"};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *out = NULL;
    assert_ok(
        custval_sensitivity(self->system, self->table, 0, CUSTVAL_ALL_ROWS, &self->score, &self->noise, &out, &error),
        &error);
    assert_columns(out, indices, SUPPORT_COUNT(indices));
    assert_int_equal(custval_table_rows(out), custval_table_columns(self->draws));
    custval_table_free(out);
    assert_ok(custval_reversal(self->system, self->table, &self->score, &out, &error), &error);
    assert_columns(out, flips, SUPPORT_COUNT(flips));
    assert_int_equal(custval_table_rows(out), custval_table_columns(self->draws));
    custval_table_free(out);
}

static void means_have_a_row_for_every_group_and_column(void **state) {
    const fixture *self = *state;
    static const char *const columns[] = {"group", "column", "n",     "missing",   "mean",    "deviation", "error",
                                          "low",   "high",   "low_n", "top_share", "top_low", "top_high"};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *out = NULL;
    custval_means_options options = CUSTVAL_MEANS_OPTIONS_INIT;
    options.group = "class";
    options.has_top = 1;
    options.top = 8;
    assert_ok(custval_means(self->table, &options, &out, &error), &error);
    assert_columns(out, columns, SUPPORT_COUNT(columns));
    assert_int_equal(custval_table_rows(out), 3 * 9); /* easy, hard, none given; nine columns of numbers */
    custval_table_free(out);
}

/* ---- Refusals --------------------------------------------------------------------------------------------------------- */

#define REFUSES(call)                      \
  do {                                     \
    out = (custval_table *)(void *)&error; \
    assert_refused(call);                  \
    assert_null(out);                      \
  } while (0)

static void null_is_refused(void **state) {
    const fixture *self = *state;
    const custval_score_options *score = &self->score;
    const custval_noise_options *noise = &self->noise;
    custval_uncertainty_options options = CUSTVAL_UNCERTAINTY_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *out = NULL;
    options.score = score;
    REFUSES(custval_draw_system(NULL, noise, &out, &error));
    REFUSES(custval_draw_weights(NULL, noise, &out, &error));
    REFUSES(custval_draw_judgements(NULL, NULL, noise, &out, &error));
    REFUSES(custval_uncertainty(NULL, self->table, self->draws, &options, &out, &error));
    REFUSES(custval_uncertainty(self->system, NULL, self->draws, &options, &out, &error));
    REFUSES(custval_uncertainty(self->system, self->table, NULL, &options, &out, &error));
    REFUSES(custval_sensitivity(NULL, self->table, 0, 1, score, noise, &out, &error));
    REFUSES(custval_sensitivity(self->system, NULL, 0, 1, score, noise, &out, &error));
    REFUSES(custval_sensitivity(self->system, self->table, SAMPLE_ROWS, 1, score, noise, &out, &error));
    REFUSES(custval_sensitivity(self->system, self->table, CUSTVAL_ALL_ROWS, 1, score, noise, &out, &error));
    REFUSES(custval_reversal(NULL, self->table, score, &out, &error));
    REFUSES(custval_reversal(self->system, NULL, score, &out, &error));
    REFUSES(custval_means(NULL, NULL, &out, &error));
    assert_refused(custval_draw_system(self->system, noise, NULL, &error));
    assert_refused(custval_draw_weights(self->weights, noise, NULL, &error));
    assert_refused(custval_draw_judgements(&self->judgements, NULL, noise, NULL, &error));
    assert_refused(custval_uncertainty(self->system, self->table, self->draws, &options, NULL, &error));
    assert_refused(custval_sensitivity(self->system, self->table, 0, 1, score, noise, NULL, &error));
    assert_refused(custval_reversal(self->system, self->table, score, NULL, &error));
    assert_refused(custval_means(self->table, NULL, NULL, &error));
}

static void what_means_nothing_is_refused(void **state) {
    const fixture *self = *state;
    custval_noise_options noise = self->noise;
    custval_ahp_options ahp = CUSTVAL_AHP_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *out = NULL;
    noise.noise = CUSTVAL_NOISE_ANY + 1;
    REFUSES(custval_draw_system(self->system, &noise, &out, &error));
    REFUSES(custval_draw_weights(self->weights, &noise, &out, &error));
    REFUSES(custval_sensitivity(self->system, self->table, 0, 1, &self->score, &noise, &out, &error));
    ahp.method = CUSTVAL_AHP_ARITHMETIC + 1;
    REFUSES(custval_draw_judgements(&self->judgements, &ahp, &self->noise, &out, &error));
    assert_status(custval_uncertainty(self->system, self->table, self->draws, NULL, &out, &error), CUSTVAL_ERROR_STATE,
                  &error); /* overrides and no date */
    assert_null(out);
}

/* ---- Options --------------------------------------------------------------------------------------------------------- */

static custval_status draw_system_with(const void *given, custval_error *error) {
    custval_table *out = NULL;
    const custval_status status = custval_draw_system(shared->system, given, &out, error);
    custval_table_free(out);
    return status;
}

static custval_status draw_weights_with(const void *given, custval_error *error) {
    custval_table *out = NULL;
    const custval_status status = custval_draw_weights(shared->weights, given, &out, error);
    custval_table_free(out);
    return status;
}

static custval_status draw_judgements_with(const void *given, custval_error *error) {
    custval_table *out = NULL;
    const custval_status status = custval_draw_judgements(&shared->judgements, NULL, given, &out, error);
    custval_table_free(out);
    return status;
}

static custval_status draw_judgements_ahp_with(const void *given, custval_error *error) {
    custval_table *out = NULL;
    const custval_status status = custval_draw_judgements(&shared->judgements, given, &shared->noise, &out, error);
    custval_table_free(out);
    return status;
}

static custval_status draw_given_judgements(const void *given, custval_error *error) {
    custval_table *out = NULL;
    const custval_status status = custval_draw_judgements(given, NULL, &shared->noise, &out, error);
    custval_table_free(out);
    return status;
}

/* Uncertainty's own options, which cannot be without the date of scoring. */
static custval_status uncertainty_with(const void *given, custval_error *error) {
    custval_table *out = NULL;
    const custval_status status = custval_uncertainty(shared->system, shared->table, shared->draws, given, &out, error);
    custval_table_free(out);
    return status;
}

static custval_status uncertainty_score_with(const void *given, custval_error *error) {
    custval_uncertainty_options options = CUSTVAL_UNCERTAINTY_OPTIONS_INIT;
    options.score = given;
    return uncertainty_with(&options, error);
}

static custval_status sensitivity_with(const void *given, custval_error *error) {
    custval_table *out = NULL;
    const custval_status status =
        custval_sensitivity(shared->system, shared->table, 0, 1, &shared->score, given, &out, error);
    custval_table_free(out);
    return status;
}

static custval_status sensitivity_score_with(const void *given, custval_error *error) {
    custval_table *out = NULL;
    const custval_status status =
        custval_sensitivity(shared->system, shared->table, 0, 1, given, &shared->noise, &out, error);
    custval_table_free(out);
    return status;
}

static custval_status reversal_with(const void *given, custval_error *error) {
    custval_table *out = NULL;
    const custval_status status = custval_reversal(shared->system, shared->table, given, &out, error);
    custval_table_free(out);
    return status;
}

static custval_status means_with(const void *given, custval_error *error) {
    custval_table *out = NULL;
    const custval_status status = custval_means(shared->table, given, &out, error);
    custval_table_free(out);
    return status;
}

static void options_of_other_sizes_are_read(void **state) {
    const fixture *self = *state;
    const custval_ahp_options ahp = CUSTVAL_AHP_OPTIONS_INIT;
    const custval_means_options means = CUSTVAL_MEANS_OPTIONS_INIT;
    custval_uncertainty_options uncertainty = CUSTVAL_UNCERTAINTY_OPTIONS_INIT;
    uncertainty.score = &self->score;
    assert_reads_struct(draw_system_with, &self->noise, sizeof self->noise);
    assert_reads_struct(draw_weights_with, &self->noise, sizeof self->noise);
    assert_reads_struct(draw_judgements_with, &self->noise, sizeof self->noise);
    assert_reads_struct(draw_judgements_ahp_with, &ahp, sizeof ahp);
    assert_reads_struct(draw_given_judgements, &self->judgements, sizeof self->judgements);
    assert_reads_struct(uncertainty_with, &uncertainty, sizeof uncertainty);
    assert_reads_struct(uncertainty_score_with, &self->score, sizeof self->score);
    assert_reads_struct(sensitivity_with, &self->noise, sizeof self->noise);
    assert_reads_struct(sensitivity_score_with, &self->score, sizeof self->score);
    assert_reads_struct(reversal_with, &self->score, sizeof self->score);
    assert_reads_struct(means_with, &means, sizeof means);
}

static void assert_same_tables(custval_table *a, custval_table *b, const char *column) {
    assert_int_equal(custval_table_rows(a), custval_table_rows(b));
    for (size_t row = 0; row < custval_table_rows(a); row++) {
        assert_double_bits(table_cell(a, column, row), table_cell(b, column, row));
    }
    custval_table_free(a);
    custval_table_free(b);
}

static void no_options_are_the_initialisers(void **state) {
    const fixture *self = *state;
    const custval_noise_options noise = CUSTVAL_NOISE_OPTIONS_INIT;
    const custval_means_options means = CUSTVAL_MEANS_OPTIONS_INIT;
    custval_table *without = NULL, *with = NULL;
    assert_ok(custval_draw_system(self->system, NULL, &without, NULL), NULL);
    assert_ok(custval_draw_system(self->system, &noise, &with, NULL), NULL);
    assert_same_tables(without, with, "service");
    assert_ok(custval_draw_weights(self->weights, NULL, &without, NULL), NULL);
    assert_ok(custval_draw_weights(self->weights, &noise, &with, NULL), NULL);
    assert_same_tables(without, with, "price");
    assert_ok(custval_draw_judgements(&self->judgements, NULL, NULL, &without, NULL), NULL);
    assert_ok(custval_draw_judgements(&self->judgements, NULL, &noise, &with, NULL), NULL);
    assert_same_tables(without, with, "cr");
    assert_ok(custval_sensitivity(self->system, self->table, 0, 1, &self->score, NULL, &without, NULL), NULL);
    assert_ok(custval_sensitivity(self->system, self->table, 0, 1, &self->score, &noise, &with, NULL), NULL);
    assert_same_tables(without, with, "total");
    assert_ok(custval_means(self->table, NULL, &without, NULL), NULL);
    assert_ok(custval_means(self->table, &means, &with, NULL), NULL);
    assert_same_tables(without, with, "low");
}

/* Scoring options and uncertainty options need no date for a system without overrides. */
static void uncertainty_has_defaults(void **state) {
    (void)state;
    static const char document[] = "{\"custval\": \"system\", \"version\": 1, \"dimensions\": [{\"id\": \"d\", "
                                   "\"side\": \"benefit\", \"indicators\": [{\"id\": \"a\", \"items\": "
                                   "[{\"column\": \"A\", \"scale\": [0, 10]}]}, {\"id\": \"b\", \"items\": "
                                   "[{\"column\": \"B\", \"scale\": [0, 10]}]}]}]}";
    static const char *const columns[] = {"A", "B"};
    static const double answers[] = {3, 8, 9, 1};
    const custval_uncertainty_options options = CUSTVAL_UNCERTAINTY_OPTIONS_INIT;
    const custval_score_options score = CUSTVAL_SCORE_OPTIONS_INIT;
    custval_system *system = NULL;
    custval_table *table = NULL, *draws = NULL, *without = NULL, *with = NULL;
    assert_ok(custval_system_parse(NULL, document, sizeof document - 1, &system, NULL), NULL);
    assert_ok(custval_table_new_from_rows(NULL, columns, 2, answers, 2, 2, &table, NULL), NULL);
    assert_ok(custval_draw_system(system, NULL, &draws, NULL), NULL);
    assert_ok(custval_uncertainty(system, table, draws, NULL, &without, NULL), NULL);
    assert_ok(custval_uncertainty(system, table, draws, &options, &with, NULL), NULL);
    assert_same_tables(without, with, "low");
    assert_ok(custval_reversal(system, table, NULL, &without, NULL), NULL);
    assert_ok(custval_reversal(system, table, &score, &with, NULL), NULL);
    assert_same_tables(without, with, "flip");
    custval_table_free(draws);
    custval_table_free(table);
    custval_system_free(system);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(draws_are_tables_of_weights),
        TEST(uncertainty_has_a_row_for_every_row),
        TEST(sensitivity_and_reversal_have_a_row_for_every_weight),
        TEST(means_have_a_row_for_every_group_and_column),
        TEST(null_is_refused),
        TEST(what_means_nothing_is_refused),
        TEST(options_of_other_sizes_are_read),
        TEST(no_options_are_the_initialisers),
        cmocka_unit_test(uncertainty_has_defaults),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
