/* The interface: explaining a value and its change, what would raise it, and comparing offers. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "sampled.h"

#include <math.h>

#include "json_table.h"

static double value_of(const fixture *self, size_t row) {
    custval_table *scores = NULL;
    assert_ok(custval_score(self->system, self->table, &self->options, &scores, NULL), NULL);
    const double value = table_cell(scores, "value", row);
    custval_table_free(scores);
    return value;
}

/* Adds what is said of the parts, from the first row to the last. */
static double sum_of_parts(const custval_table *table, const char *column) {
    double sum = 0.0;
    for (size_t row = 0; row < custval_table_rows(table); row++) {
        if (table_cell(table, "is_part", row) == 1.0) sum += table_cell(table, column, row);
    }
    return sum;
}

static void assert_columns(const custval_table *table, const char *const *names, size_t count) {
    assert_int_equal(custval_table_columns(table), count);
    for (size_t i = 0; i < count; i++) assert_string_equal(custval_table_name(table, i), names[i]);
}

/* ---- Explaining -------------------------------------------------------------------------------------------------- */

static void the_parts_of_an_explanation_add_up_to_the_value(void **state) {
    const fixture *self = *state;
    static const char *const names[] = {"node",   "label",     "kind",         "depth",   "answer", "score", "coverage",
                                        "weight", "effective", "contribution", "is_part", "unit",   "note"};
    for (size_t row = 0; row < SAMPLE_ROWS; row++) {
        custval_error error = CUSTVAL_ERROR_INIT;
        custval_table *explanation = NULL;
        assert_ok(custval_explain(self->system, self->table, row, &self->options, &explanation, &error), &error);
        assert_columns(explanation, names, SUPPORT_COUNT(names));
        const double value = value_of(self, row);
        if (!isnan(value))
            assert_double_bits(sum_of_parts(explanation, "contribution"), value);
        else
            assert_true(isnan(table_cell(explanation, "contribution", 0)));
        custval_table_free(explanation);
    }
}

static void a_step_is_explained_in_words(void **state) {
    const fixture *self = *state;
    custval_table *explanation = NULL;
    assert_ok(custval_explain(self->system, self->table, 5, &self->options, &explanation, NULL), NULL);
    const size_t step = table_row(explanation, "kind", "override");
    const custval_text note = table_cell_text(explanation, "note", step);
    assert_true(note.length > 10);
    assert_double_bits(table_cell(explanation, "score", step), 10.0);
    custval_table_free(explanation);
}

static void an_explanation_can_be_read_by_people(void **state) {
    const fixture *self = *state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *explanation = NULL;
    char text[8192] = "x";
    size_t length = 77, whole = 0;
    assert_ok(custval_explain(self->system, self->table, 0, &self->options, &explanation, NULL), NULL);
    assert_ok(custval_explain_text(explanation, NULL, 0, &whole, &error), &error);
    assert_ok(custval_explain_text(explanation, text, sizeof text, &length, &error), &error);
    assert_int_equal(length, whole);
    assert_int_equal(strlen(text), length);
    support_contains(text, "What you get", __FILE__, __LINE__);
    assert_ok(custval_explain_text(explanation, text, 20, &length, &error), &error);
    assert_int_equal(length, whole);
    assert_true(strlen(text) < 20);
    assert_refused(custval_explain_text(NULL, text, sizeof text, &length, &error));
    assert_int_equal(length, 0);
    assert_string_equal(text, "");
    assert_refused(custval_explain_text(explanation, NULL, 5, &length, &error));
    assert_refused(custval_explain_text(explanation, text, sizeof text, NULL, &error));
    assert_refused(custval_explain_text(self->table, text, sizeof text, &length, &error)); /* not an explanation */
    custval_table_free(explanation);
}

static void the_parts_of_a_change_add_up_to_it(void **state) {
    const fixture *self = *state;
    static const char *const names[] = {"node",
                                        "label",
                                        "kind",
                                        "depth",
                                        "score_before",
                                        "score_after",
                                        "effective_before",
                                        "effective_after",
                                        "score_part",
                                        "weight_part",
                                        "change",
                                        "is_part",
                                        "unit"};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *change = NULL;
    assert_ok(custval_explain_change(self->system, self->table, 0, self->table, 5, &self->options, &change, &error),
              &error);
    assert_columns(change, names, SUPPORT_COUNT(names));
    assert_double_bits(sum_of_parts(change, "change"), value_of(self, 5) - value_of(self, 0));
    custval_table_free(change);
    assert_status(custval_explain_change(self->system, self->table, 0, self->table, 4, &self->options, &change, &error),
                  CUSTVAL_ERROR_STATE, &error);
    assert_null(change);
}

/* ---- What would raise it ----------------------------------------------------------------------------------------- */

static void levers_say_what_a_point_is_worth(void **state) {
    const fixture *self = *state;
    static const char *const names[] = {"node", "label",     "side", "score",         "gain",
                                        "room", "potential", "cost", "gain_per_cost", "rows"};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *levers = NULL;
    assert_ok(custval_levers(self->system, self->table, 0, &self->options, &levers, &error), &error);
    assert_columns(levers, names, SUPPORT_COUNT(names));
    const size_t price = table_row(levers, "node", "price");
    assert_double_near(table_cell(levers, "gain", price), 2.0 / 3.0, 1e-12);
    assert_double_near(table_cell(levers, "score", price), 20.0, 1e-12);
    assert_double_near(table_cell(levers, "room", price), 20.0, 1e-12);
    assert_double_near(table_cell(levers, "potential", price), 40.0 / 3.0, 1e-12);
    custval_table_free(levers);
    assert_ok(custval_levers(self->system, self->table, CUSTVAL_ALL_ROWS, &self->options, &levers, &error), &error);
    assert_double_bits(table_cell(levers, "rows", price), SAMPLE_ROWS - 1);
    custval_table_free(levers);
    assert_status(custval_levers(self->system, self->table, 4, &self->options, &levers, &error), CUSTVAL_ERROR_STATE,
                  &error);
    assert_null(levers);
}

static void flips_are_weights_at_which_two_rows_tie(void **state) {
    const fixture *self = *state;
    static const char *const names[] = {"node", "label", "kind", "weight", "flip", "distance", "lead"};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *flips = NULL;
    assert_ok(custval_flip(self->system, self->table, 0, 2, &self->options, &flips, &error), &error);
    assert_columns(flips, names, SUPPORT_COUNT(names));
    assert_true(custval_table_rows(flips) > 0);
    for (size_t row = 0; row < custval_table_rows(flips); row++) {
        const double weight = table_cell(flips, "weight", row), flip = table_cell(flips, "flip", row);
        if (isnan(flip)) continue;
        assert_true(flip >= 0.0 && flip <= 1.0);
        assert_double_near(table_cell(flips, "distance", row), fabs(flip - weight), 1e-15);
    }
    custval_table_free(flips);
    assert_status(custval_flip(self->system, self->table, 0, 4, &self->options, &flips, &error), CUSTVAL_ERROR_STATE,
                  &error);
    assert_null(flips);
}

static void a_target_is_reached_by_the_way_that_is_found(void **state) {
    const fixture *self = *state;
    static const char *const names[] = {"node", "label", "side", "from", "to", "points", "cost", "gain"};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *way = NULL;
    const double now = value_of(self, 0), wanted = now + 5.0;
    double gain = 0.0;
    assert_ok(custval_target(self->system, self->table, 0, wanted, &self->options, &way, &error), &error);
    assert_columns(way, names, SUPPORT_COUNT(names));
    for (size_t row = 0; row < custval_table_rows(way); row++) gain += table_cell(way, "gain", row);
    assert_double_near(now + gain, wanted, 1e-9);
    custval_table_free(way);
    assert_status(custval_target(self->system, self->table, 0, 1e6, &self->options, &way, &error), CUSTVAL_ERROR_RANGE,
                  &error);
    assert_null(way);
    assert_status(custval_target(self->system, self->table, 0, (double)NAN, &self->options, &way, &error),
                  CUSTVAL_ERROR_NOT_FINITE, &error);
    assert_status(custval_target(self->system, self->table, 4, 10.0, &self->options, &way, &error), CUSTVAL_ERROR_STATE,
                  &error);
}

static void explaining_refuses_null_and_rows_that_are_not_there(void **state) {
    const fixture *self = *state;
    custval_error error = CUSTVAL_ERROR_INIT;
    const custval_score_options *options = &self->options;
    custval_table *out = self->table, *table = self->table;
    assert_refused(custval_explain(NULL, table, 0, options, &out, &error));
    assert_null(out);
    assert_refused(custval_explain(self->system, NULL, 0, options, &out, &error));
    assert_refused(custval_explain(self->system, table, SAMPLE_ROWS, options, &out, &error));
    assert_refused(custval_explain(self->system, table, CUSTVAL_ALL_ROWS, options, &out, &error));
    assert_refused(custval_explain(self->system, table, 0, options, NULL, &error));
    out = table;
    assert_refused(custval_explain_change(NULL, table, 0, table, 1, options, &out, &error));
    assert_null(out);
    assert_refused(custval_explain_change(self->system, NULL, 0, table, 1, options, &out, &error));
    assert_refused(custval_explain_change(self->system, table, 0, NULL, 1, options, &out, &error));
    assert_refused(custval_explain_change(self->system, table, SAMPLE_ROWS, table, 1, options, &out, &error));
    assert_refused(custval_explain_change(self->system, table, 0, table, SAMPLE_ROWS, options, &out, &error));
    assert_refused(custval_explain_change(self->system, table, 0, table, 1, options, NULL, &error));
    out = table;
    assert_refused(custval_levers(NULL, table, 0, options, &out, &error));
    assert_null(out);
    assert_refused(custval_levers(self->system, NULL, 0, options, &out, &error));
    assert_refused(custval_levers(self->system, table, SAMPLE_ROWS, options, &out, &error));
    assert_refused(custval_levers(self->system, table, 0, options, NULL, &error));
    out = table;
    assert_refused(custval_flip(NULL, table, 0, 1, options, &out, &error));
    assert_null(out);
    assert_refused(custval_flip(self->system, NULL, 0, 1, options, &out, &error));
    assert_refused(custval_flip(self->system, table, SAMPLE_ROWS, 1, options, &out, &error));
    assert_refused(custval_flip(self->system, table, 0, SAMPLE_ROWS, options, &out, &error));
    assert_refused(custval_flip(self->system, table, 0, 1, options, NULL, &error));
    out = table;
    assert_refused(custval_target(NULL, table, 0, 50.0, options, &out, &error));
    assert_null(out);
    assert_refused(custval_target(self->system, NULL, 0, 50.0, options, &out, &error));
    assert_refused(custval_target(self->system, table, SAMPLE_ROWS, 50.0, options, &out, &error));
    assert_refused(custval_target(self->system, table, 0, 50.0, options, NULL, &error));
    assert_status(custval_explain(self->system, table, 0, NULL, &out, &error), CUSTVAL_ERROR_STATE, &error);
}

/* ---- Comparing offers -------------------------------------------------------------------------------------------- */

static custval_compare_options compare_options(const fixture *self) {
    custval_compare_options options = CUSTVAL_COMPARE_OPTIONS_INIT;
    options.score = &self->options;
    options.price_column = "price1";
    return options;
}

static void offers_are_ranked(void **state) {
    const fixture *self = *state;
    static const char *const names[] = {"value",       "benefit",           "sacrifice",    "status",   "rank",
                                        "margin",      "relative_value",    "choice_share", "copeland", "quality_ratio",
                                        "price_ratio", "quality_per_price", "value_index"};
    custval_error error = CUSTVAL_ERROR_INIT;
    const custval_compare_options options = compare_options(self);
    custval_table *offers = NULL;
    assert_ok(custval_compare(self->system, self->table, &options, &offers, &error), &error);
    assert_columns(offers, names, SUPPORT_COUNT(names));
    double shares = 0.0;
    size_t leaders = 0;
    for (size_t row = 0; row < SAMPLE_ROWS; row++) {
        assert_double_bits(table_cell(offers, "value", row), value_of(self, row));
        const double share = table_cell(offers, "choice_share", row);
        assert_int_equal(isnan(share) != 0, row == 4);
        if (!isnan(share)) shares += share;
        if (table_cell(offers, "rank", row) == 1.0) {
            leaders++;
            assert_true(table_cell(offers, "margin", row) >= 0.0);
        }
    }
    assert_double_near(shares, 1.0, 1e-14);
    assert_int_equal(leaders, 1);
    custval_table_free(offers);
}

/* Ties share the smallest rank; the next rank is as if they had not. */
static void ties_share_the_smallest_rank(void **state) {
    (void)state;
    static const char document[] =
        "{\"custval\": \"system\", \"version\": 1, \"dimensions\": [{\"id\": \"d\", \"side\": "
        "\"benefit\", \"indicators\": [{\"id\": \"i\", \"items\": [{\"column\": \"q\", "
        "\"scale\": [0, 100]}]}]}]}";
    static const double answers[] = {70, 90, 70, 90, 10}, ranks[] = {3, 1, 3, 1, 5}, copeland[] = {-1, 3, -1, 3, -4};
    custval_system *system = NULL;
    custval_table *table = NULL, *offers = NULL;
    assert_ok(custval_system_parse(NULL, document, strlen(document), &system, NULL), NULL);
    assert_ok(custval_table_new(NULL, 5, &table, NULL), NULL);
    assert_ok(custval_table_add_doubles(table, "q", answers, NULL), NULL);
    assert_ok(custval_compare(system, table, NULL, &offers, NULL), NULL);
    for (size_t row = 0; row < 5; row++) {
        assert_double_bits(table_cell(offers, "rank", row), ranks[row]);
        assert_double_near(table_cell(offers, "copeland", row), copeland[row], 0.0);
    }
    assert_double_bits(table_cell(offers, "margin", 1), 0.0);
    custval_table_free(offers);
    custval_table_free(table);
    custval_system_free(system);
}

static void indicators_say_why_an_offer_leads(void **state) {
    const fixture *self = *state;
    static const char *const names[] = {"node",   "label", "side", "weight", "own",
                                        "rivals", "ratio", "lead", "spread", "determinance"};
    custval_error error = CUSTVAL_ERROR_INIT;
    const custval_compare_options options = compare_options(self);
    custval_table *indicators = NULL;
    assert_ok(custval_compare_indicators(self->system, self->table, 2, &options, &indicators, &error), &error);
    assert_columns(indicators, names, SUPPORT_COUNT(names));
    assert_int_equal(custval_table_rows(indicators), 7);
    for (size_t row = 0; row < 7; row++) {
        assert_double_near(table_cell(indicators, "determinance", row),
                           table_cell(indicators, "weight", row) * table_cell(indicators, "spread", row), 1e-12);
    }
    custval_table_free(indicators);
    assert_status(custval_compare_indicators(self->system, self->table, 4, &options, &indicators, &error),
                  CUSTVAL_ERROR_STATE, &error);
    assert_null(indicators);
}

static void comparing_refuses_null_and_what_is_no_offer(void **state) {
    const fixture *self = *state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_compare_options options = compare_options(self);
    custval_table *out = self->table, *table = self->table, *empty = NULL;
    assert_refused(custval_compare(NULL, table, &options, &out, &error));
    assert_null(out);
    assert_refused(custval_compare(self->system, NULL, &options, &out, &error));
    assert_refused(custval_compare(self->system, table, &options, NULL, &error));
    assert_status(custval_compare(self->system, table, NULL, &out, &error), CUSTVAL_ERROR_STATE, &error);
    out = table;
    assert_refused(custval_compare_indicators(NULL, table, 0, &options, &out, &error));
    assert_null(out);
    assert_refused(custval_compare_indicators(self->system, NULL, 0, &options, &out, &error));
    assert_refused(custval_compare_indicators(self->system, table, SAMPLE_ROWS, &options, &out, &error));
    assert_refused(custval_compare_indicators(self->system, table, 0, &options, NULL, &error));
    double *const numbers[] = {&options.choice_scale, &options.quality_weight, &options.price_weight};
    static const double wrong[] = {-1.0, (double)NAN, (double)INFINITY};
    for (size_t i = 0; i < SUPPORT_COUNT(numbers); i++) {
        const double kept = *numbers[i];
        for (size_t k = 0; k < SUPPORT_COUNT(wrong); k++) {
            *numbers[i] = wrong[k];
            assert_status(custval_compare(self->system, table, &options, &out, &error), CUSTVAL_ERROR_RANGE, &error);
            assert_null(out);
        }
        *numbers[i] = kept;
    }
    options.price_column = "prize";
    assert_status(custval_compare(self->system, table, &options, &out, &error), CUSTVAL_ERROR_NOT_FOUND, &error);
    options.price_column = "class";
    assert_status(custval_compare(self->system, table, &options, &out, &error), CUSTVAL_ERROR_TYPE, &error);
    assert_null(out);
    assert_ok(custval_table_new(NULL, 0, &empty, NULL), NULL);
    for (size_t i = 0; i < custval_table_columns(table); i++) {
        custval_column column = CUSTVAL_COLUMN_INIT;
        assert_ok(custval_table_column(table, i, &column, NULL), NULL);
        assert_ok(custval_table_add(empty, custval_table_name(table, i), &column, NULL), NULL);
    }
    options.price_column = NULL;
    assert_refused(custval_compare(self->system, empty, &options, &out, &error));
    assert_refused(custval_compare_indicators(self->system, empty, 0, &options, &out, &error));
    custval_table_free(empty);
}

/* ---- Structs of other sizes -------------------------------------------------------------------------------------- */

static custval_status end(custval_table *out, custval_status status) {
    if (status != CUSTVAL_OK) assert_null(out);
    custval_table_free(out);
    return status;
}

static custval_status explain_with(const void *given, custval_error *error) {
    custval_table *out = shared->table;
    const custval_status status = custval_explain(shared->system, shared->table, 0, given, &out, error);
    return end(out, status);
}

static custval_status change_with(const void *given, custval_error *error) {
    custval_table *out = shared->table;
    const custval_status status =
        custval_explain_change(shared->system, shared->table, 0, shared->table, 1, given, &out, error);
    return end(out, status);
}

static custval_status levers_with(const void *given, custval_error *error) {
    custval_table *out = shared->table;
    const custval_status status = custval_levers(shared->system, shared->table, 0, given, &out, error);
    return end(out, status);
}

static custval_status flip_with(const void *given, custval_error *error) {
    custval_table *out = shared->table;
    const custval_status status = custval_flip(shared->system, shared->table, 0, 1, given, &out, error);
    return end(out, status);
}

static custval_status target_with(const void *given, custval_error *error) {
    custval_table *out = shared->table;
    const custval_status status = custval_target(shared->system, shared->table, 0, 50.0, given, &out, error);
    return end(out, status);
}

static custval_status compare_with(const void *given, custval_error *error) {
    custval_table *out = shared->table;
    const custval_status status = custval_compare(shared->system, shared->table, given, &out, error);
    return end(out, status);
}

static custval_status indicators_with(const void *given, custval_error *error) {
    custval_table *out = shared->table;
    const custval_status status = custval_compare_indicators(shared->system, shared->table, 0, given, &out, error);
    return end(out, status);
}

static void options_of_other_sizes_are_read_with_care(void **state) {
    const fixture *self = *state;
    const custval_compare_options options = compare_options(self);
    assert_reads_struct(explain_with, &self->options, sizeof self->options);
    assert_reads_struct(change_with, &self->options, sizeof self->options);
    assert_reads_struct(levers_with, &self->options, sizeof self->options);
    assert_reads_struct(flip_with, &self->options, sizeof self->options);
    assert_reads_struct(target_with, &self->options, sizeof self->options);
    assert_reads_struct(compare_with, &options, sizeof options);
    assert_reads_struct(indicators_with, &options, sizeof options);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(the_parts_of_an_explanation_add_up_to_the_value),
        TEST(a_step_is_explained_in_words),
        TEST(an_explanation_can_be_read_by_people),
        TEST(the_parts_of_a_change_add_up_to_it),
        TEST(levers_say_what_a_point_is_worth),
        TEST(flips_are_weights_at_which_two_rows_tie),
        TEST(a_target_is_reached_by_the_way_that_is_found),
        TEST(explaining_refuses_null_and_rows_that_are_not_there),
        TEST(offers_are_ranked),
        TEST(ties_share_the_smallest_rank),
        TEST(indicators_say_why_an_offer_leads),
        TEST(comparing_refuses_null_and_what_is_no_offer),
        TEST(options_of_other_sizes_are_read_with_care),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
