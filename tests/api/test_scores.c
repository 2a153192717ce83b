/* The interface: scoring tables, streams and rows, and what happened to them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "sampled.h"

#include <errno.h>
#include <math.h>

static double cell(const custval_table *table, const char *column, size_t row) {
    custval_error error = CUSTVAL_ERROR_INIT;
    size_t at = 0;
    double number = 77.0;
    assert_ok(custval_table_find(table, column, &at, &error), &error);
    assert_ok(custval_table_number(table, at, row, &number, &error), &error);
    return number;
}

static custval_table *score(const fixture *self) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *scores = NULL;
    assert_ok(custval_score(self->system, self->table, &self->options, &scores, &error), &error);
    return scores;
}

/* ---- A table ----------------------------------------------------------------------------------------------------- */

static void a_table_of_scores_has_a_row_for_every_customer(void **state) {
    const fixture *self = *state;
    static const char *const names[] = {"value", "benefit", "sacrifice", "coverage", "status"};
    static const uint32_t statuses[] = {
        0, 0, 0, CUSTVAL_ROW_DEFAULT_WEIGHTS, CUSTVAL_ROW_OUT_OF_SCALE, CUSTVAL_ROW_OVERRIDDEN};
    custval_table *scores = score(self);
    assert_int_equal(custval_table_rows(scores), SAMPLE_ROWS);
    assert_int_equal(custval_table_columns(scores), SUPPORT_COUNT(names));
    for (size_t i = 0; i < SUPPORT_COUNT(names); i++) assert_string_equal(custval_table_name(scores, i), names[i]);
    for (size_t row = 0; row < SAMPLE_ROWS; row++) {
        assert_int_equal((uint32_t)cell(scores, "status", row), statuses[row]);
        const double value = cell(scores, "value", row);
        assert_int_equal(isnan(value) != 0, statuses[row] == CUSTVAL_ROW_OUT_OF_SCALE);
        assert_double_bits(value, cell(scores, "benefit", row) - cell(scores, "sacrifice", row));
    }
    custval_table_free(scores);
}

static void options_choose_levels_and_coverage(void **state) {
    fixture *self = *state;
    self->options.levels = CUSTVAL_LEVEL_DIMENSION | CUSTVAL_LEVEL_TAG;
    self->options.coverage = CUSTVAL_COVERAGE_ALL;
    static const char *const names[] = {"product", "product.coverage",
                                        "service", "service.coverage",
                                        "money",   "money.coverage",
                                        "effort",  "effort.coverage",
                                        "pay",     "do",
                                        "learn",   "coverage",
                                        "status"};
    custval_table *scores = score(self);
    assert_int_equal(custval_table_columns(scores), SUPPORT_COUNT(names));
    for (size_t i = 0; i < SUPPORT_COUNT(names); i++) assert_string_equal(custval_table_name(scores, i), names[i]);
    assert_double_bits(cell(scores, "service", 5), 10.0);
    custval_table_free(scores);
}

static void options_choose_profile_and_context(void **state) {
    fixture *self = *state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *by_column = score(self), *forced = NULL;
    self->options.profile = "price";
    assert_ok(custval_score(self->system, self->table, &self->options, &forced, &error), &error);
    assert_double_bits(cell(forced, "value", 1), cell(by_column, "value", 1));
    assert_true(cell(forced, "value", 0) != cell(by_column, "value", 0));
    custval_table_free(forced);
    self->options.context = "harbour";
    assert_status(custval_score(self->system, self->table, &self->options, &forced, &error), CUSTVAL_ERROR_NOT_FOUND,
                  &error);
    assert_null(forced);
    custval_table_free(by_column);
}

static void scoring_refuses_null(void **state) {
    const fixture *self = *state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *scores = self->table;
    assert_refused(custval_score(NULL, self->table, &self->options, &scores, &error));
    assert_null(scores);
    scores = self->table;
    assert_refused(custval_score(self->system, NULL, &self->options, &scores, &error));
    assert_null(scores);
    assert_refused(custval_score(self->system, self->table, &self->options, NULL, &error));
    assert_status(custval_score(self->system, self->table, NULL, &scores, &error), CUSTVAL_ERROR_STATE, &error);
    assert_message(&error, "as_of");
    assert_int_equal(custval_score(self->system, self->table, NULL, &scores, NULL), CUSTVAL_ERROR_STATE);
}

static void scoring_refuses_options_that_mean_nothing(void **state) {
    const fixture *self = *state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *scores = self->table;
    custval_score_options options = self->options;
    options.levels = 2 * CUSTVAL_LEVEL_TAG;
    assert_refused(custval_score(self->system, self->table, &options, &scores, &error));
    assert_null(scores);
    options = self->options;
    options.coverage = CUSTVAL_COVERAGE_NONE + 1;
    assert_refused(custval_score(self->system, self->table, &options, &scores, &error));
    options = self->options;
    options.as_of = "tomorrow";
    assert_refused(custval_score(self->system, self->table, &options, &scores, &error));
}

static custval_status score_with(const void *given, custval_error *error) {
    custval_table *scores = shared->table;
    const custval_status status = custval_score(shared->system, shared->table, given, &scores, error);
    if (status != CUSTVAL_OK) assert_null(scores);
    custval_table_free(scores);
    return status;
}

static custval_status score_with_host(const void *given, custval_error *error) {
    custval_score_options options = shared->options;
    options.host = given;
    return score_with(&options, error);
}

static custval_status scorer_with(const void *given, custval_error *error) {
    custval_scorer *scorer = (custval_scorer *)&scorer;
    const custval_status status = custval_scorer_new(shared->system, given, &scorer, error);
    if (status != CUSTVAL_OK) assert_null(scorer);
    custval_scorer_free(scorer);
    return status;
}

static custval_status reason_with(const void *given, custval_error *error) {
    char reason[64] = "x";
    const custval_status status =
        custval_row_reason(shared->system, shared->table, 4, given, reason, sizeof reason, error);
    assert_int_equal(reason[0] == 0, status != CUSTVAL_OK);
    return status;
}

static void options_of_other_sizes_are_read_with_care(void **state) {
    const fixture *self = *state;
    const custval_host host = CUSTVAL_HOST_INIT;
    assert_reads_struct(score_with, &self->options, sizeof self->options);
    assert_reads_struct(score_with_host, &host, sizeof host);
    assert_reads_struct(scorer_with, &self->options, sizeof self->options);
    assert_reads_struct(reason_with, &self->options, sizeof self->options);
}

/* ---- A scorer ---------------------------------------------------------------------------------------------------- */

static custval_scorer *new_scorer(const fixture *self) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_scorer *scorer = NULL;
    assert_ok(custval_scorer_new(self->system, &self->options, &scorer, &error), &error);
    return scorer;
}

/* Reads a row of the sample as a scorer wants it. */
static void read_row(const fixture *self, size_t row, double *numbers, custval_text *texts) {
    for (uint32_t i = 0; i < custval_system_inputs(self->system); i++) {
        custval_input input = CUSTVAL_INPUT_INIT;
        size_t column = 0;
        numbers[i] = (double)NAN;
        texts[i] = (custval_text){NULL, 0};
        assert_ok(custval_system_input(self->system, i, &input, NULL), NULL);
        assert_ok(custval_table_find(self->table, input.column, &column, NULL), NULL);
        if (input.is_text)
            assert_ok(custval_table_text(self->table, column, row, &texts[i], NULL), NULL);
        else
            assert_ok(custval_table_number(self->table, column, row, &numbers[i], NULL), NULL);
    }
}

static void a_scorer_scores_row_by_row(void **state) {
    const fixture *self = *state;
    custval_table *scores = score(self);
    custval_scorer *scorer = new_scorer(self);
    double numbers[16], out[8];
    custval_text texts[16];
    assert_int_equal(custval_scorer_columns(scorer), 4);
    assert_true(custval_system_inputs(self->system) <= SUPPORT_COUNT(numbers));
    for (size_t row = 0; row < SAMPLE_ROWS; row++) {
        uint32_t status = 77;
        read_row(self, row, numbers, texts);
        assert_ok(custval_scorer_row(scorer, numbers, texts, out, &status), NULL);
        for (uint32_t i = 0; i < 4; i++) {
            assert_string_equal(custval_scorer_column_name(scorer, i), custval_table_name(scores, i));
            assert_double_bits(out[i], cell(scores, custval_scorer_column_name(scorer, i), row));
        }
        assert_int_equal(status, (uint32_t)cell(scores, "status", row));
    }
    assert_null(custval_scorer_column_name(scorer, 4));
    uint32_t status = 77;
    read_row(self, 0, numbers, texts);
    assert_ok(custval_scorer_row(scorer, numbers, NULL, out, &status), NULL);
    assert_int_equal(status, 0); /* one category, profile and context less */
    custval_scorer_free(scorer);
    custval_table_free(scores);
}

static void a_scorer_fills_the_arrays_of_its_host(void **state) {
    const fixture *self = *state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *scores = score(self);
    custval_scorer *scorer = new_scorer(self);
    double value[SAMPLE_ROWS], coverage[SAMPLE_ROWS];
    uint32_t status[SAMPLE_ROWS];
    double *const some[] = {value, NULL, NULL, coverage};
    double *const none[] = {NULL, NULL, NULL, NULL};
    assert_ok(custval_scorer_table(scorer, self->table, some, status, &error), &error);
    for (size_t row = 0; row < SAMPLE_ROWS; row++) {
        assert_double_bits(value[row], cell(scores, "value", row));
        assert_double_bits(coverage[row], cell(scores, "coverage", row));
        assert_int_equal(status[row], (uint32_t)cell(scores, "status", row));
    }
    assert_ok(custval_scorer_table(scorer, self->table, none, NULL, &error), &error);
    custval_scorer_free(scorer);
    custval_table_free(scores);
}

static void a_scorer_refuses_null(void **state) {
    const fixture *self = *state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_scorer *scorer = (custval_scorer *)&error;
    assert_refused(custval_scorer_new(NULL, &self->options, &scorer, &error));
    assert_null(scorer);
    assert_refused(custval_scorer_new(self->system, &self->options, NULL, &error));
    scorer = (custval_scorer *)&error;
    assert_status(custval_scorer_new(self->system, NULL, &scorer, &error), CUSTVAL_ERROR_STATE, &error);
    assert_null(scorer);

    double numbers[16], out[8];
    double *const arrays[4] = {NULL, NULL, NULL, NULL};
    custval_text texts[16];
    uint32_t status = 0;
    scorer = new_scorer(self);
    read_row(self, 0, numbers, texts);
    assert_int_equal(custval_scorer_row(NULL, numbers, texts, out, &status), CUSTVAL_ERROR_ARGUMENT);
    assert_int_equal(custval_scorer_row(scorer, NULL, texts, out, &status), CUSTVAL_ERROR_ARGUMENT);
    assert_int_equal(custval_scorer_row(scorer, numbers, texts, NULL, &status), CUSTVAL_ERROR_ARGUMENT);
    assert_int_equal(custval_scorer_row(scorer, numbers, texts, out, NULL), CUSTVAL_ERROR_ARGUMENT);
    assert_refused(custval_scorer_table(NULL, self->table, arrays, NULL, &error));
    assert_refused(custval_scorer_table(scorer, NULL, arrays, NULL, &error));
    assert_refused(custval_scorer_table(scorer, self->table, NULL, NULL, &error));
    custval_scorer_free(scorer);

    assert_int_equal(custval_scorer_columns(NULL), 0);
    assert_null(custval_scorer_column_name(NULL, 0));
    custval_scorer_free(NULL);
}

static void a_scorer_keeps_its_system_alive(void **state) {
    fixture *self = *state;
    custval_scorer *scorer = new_scorer(self);
    double numbers[16], out[8];
    custval_text texts[16];
    uint32_t status = 77;
    read_row(self, 0, numbers, texts);
    custval_system_free(self->system);
    self->system = NULL;
    assert_ok(custval_scorer_row(scorer, numbers, texts, out, &status), NULL);
    assert_true(!isnan(out[0]));
    custval_scorer_free(scorer);
}

/* ---- A stream ---------------------------------------------------------------------------------------------------- */

static struct ArrowArrayStream stream_of(const fixture *self) {
    struct ArrowArrayStream stream = {.release = NULL};
    custval_error error = CUSTVAL_ERROR_INIT;
    assert_ok(custval_table_export_stream(self->table, &stream, &error), &error);
    return stream;
}

static void a_stream_of_answers_becomes_a_stream_of_scores(void **state) {
    const fixture *self = *state;
    custval_error error = CUSTVAL_ERROR_INIT;
    struct ArrowArrayStream in = stream_of(self), out = {.release = NULL};
    custval_table *scores = score(self), *part = NULL;
    custval_reader *reader = NULL;
    assert_ok(custval_score_stream(self->system, &in, &self->options, &out, &error), &error);
    assert_null(in.release);
    assert_ok(custval_reader_new(NULL, &out, &reader, &error), &error);
    assert_ok(custval_reader_next(reader, &part, &error), &error);
    assert_int_equal(custval_table_columns(part), custval_table_columns(scores));
    for (size_t row = 0; row < SAMPLE_ROWS; row++)
        assert_double_bits(cell(part, "value", row), cell(scores, "value", row));
    custval_table_free(part);
    assert_ok(custval_reader_next(reader, &part, &error), &error);
    assert_null(part);
    custval_reader_free(reader);
    custval_table_free(scores);
}

static void a_stream_tells_its_consumer_what_is_wrong(void **state) {
    const fixture *self = *state;
    custval_error error = CUSTVAL_ERROR_INIT;
    struct ArrowArrayStream in = {.release = NULL}, out = {.release = NULL};
    struct ArrowArray array = {.release = NULL};
    custval_table *wrong = NULL;
    assert_ok(custval_table_new(NULL, 2, &wrong, NULL), NULL);
    assert_ok(custval_table_export_stream(wrong, &in, NULL), NULL);
    custval_table_free(wrong);
    assert_ok(custval_score_stream(self->system, &in, &self->options, &out, &error), &error);
    assert_int_equal(out.get_next(&out, &array), EINVAL);
    assert_null(array.release);
    support_contains(out.get_last_error(&out), "rel1", __FILE__, __LINE__);
    out.release(&out);
    assert_null(out.release);
}

static custval_status stream_with(const void *given, custval_error *error) {
    struct ArrowArrayStream in = stream_of(shared), out = {.release = NULL};
    const custval_status status = custval_score_stream(shared->system, &in, given, &out, error);
    if (status != CUSTVAL_OK) {
        assert_null(out.release);
        in.release(&in);
    } else {
        out.release(&out);
    }
    return status;
}

static void streams_refuse_null_and_leave_what_they_got(void **state) {
    const fixture *self = *state;
    custval_error error = CUSTVAL_ERROR_INIT;
    struct ArrowArrayStream in = stream_of(self), released = {.release = NULL};
    struct ArrowArrayStream out = in; /* its release is not NULL */
    assert_refused(custval_score_stream(NULL, &in, &self->options, &out, &error));
    assert_null(out.release);
    assert_refused(custval_score_stream(self->system, NULL, &self->options, &out, &error));
    assert_refused(custval_score_stream(self->system, &released, &self->options, &out, &error));
    assert_refused(custval_score_stream(self->system, &in, &self->options, NULL, &error));
    assert_status(custval_score_stream(self->system, &in, NULL, &out, &error), CUSTVAL_ERROR_STATE, &error);
    assert_null(out.release);
    assert_non_null(in.release);
    in.release(&in);
    assert_reads_struct(stream_with, &self->options, sizeof self->options);
}

/* ---- What happened ----------------------------------------------------------------------------------------------- */

static void a_summary_counts_over_tables(void **state) {
    const fixture *self = *state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_row_summary summary = CUSTVAL_ROW_SUMMARY_INIT;
    custval_table *scores = score(self);
    assert_ok(custval_row_summary_add(&summary, scores, &error), &error);
    assert_ok(custval_row_summary_add(&summary, scores, &error), &error);
    assert_int_equal(summary.rows, 2 * SAMPLE_ROWS);
    assert_int_equal(summary.scored, 2 * (SAMPLE_ROWS - 1));
    assert_int_equal(summary.marked, 6);
    for (unsigned bit = 0; bit < CUSTVAL_ROW_BITS; bit++) {
        const uint32_t status = 1U << bit;
        const size_t first = status == CUSTVAL_ROW_OVERRIDDEN        ? 5
                             : status == CUSTVAL_ROW_OUT_OF_SCALE    ? 4
                             : status == CUSTVAL_ROW_DEFAULT_WEIGHTS ? 3
                                                                     : SIZE_MAX;
        assert_int_equal(summary.count[bit], first == SIZE_MAX ? 0 : 2);
        assert_int_equal(summary.first[bit], first);
    }
    custval_table_free(scores);
}

static void a_summary_refuses_what_is_no_table_of_scores(void **state) {
    const fixture *self = *state;
    static const double numbers[SAMPLE_ROWS] = {0};
    static const size_t wrong[] = {0, sizeof(custval_row_summary) - 1, LARGEST_STRUCT + 1};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_row_summary summary = CUSTVAL_ROW_SUMMARY_INIT;
    custval_table *scores = score(self), *other = NULL;
    assert_refused(custval_row_summary_add(NULL, scores, &error));
    assert_refused(custval_row_summary_add(&summary, NULL, &error));
    assert_status(custval_row_summary_add(&summary, self->table, &error), CUSTVAL_ERROR_NOT_FOUND, &error);
    assert_ok(custval_table_new(NULL, SAMPLE_ROWS, &other, NULL), NULL);
    assert_ok(custval_table_add_doubles(other, "status", numbers, NULL), NULL);
    assert_status(custval_row_summary_add(&summary, other, &error), CUSTVAL_ERROR_TYPE, &error);
    for (size_t i = 0; i < SUPPORT_COUNT(wrong); i++) {
        summary.struct_size = wrong[i];
        assert_status(custval_row_summary_add(&summary, scores, &error), CUSTVAL_ERROR_STRUCT_SIZE, &error);
    }
    assert_int_equal(summary.rows, 0);
    custval_table_free(other);
    custval_table_free(scores);
}

static void a_reason_names_column_value_and_policy(void **state) {
    const fixture *self = *state;
    custval_error error = CUSTVAL_ERROR_INIT;
    char reason[256], cut[12];
    assert_ok(custval_row_reason(self->system, self->table, 0, &self->options, reason, sizeof reason, &error), &error);
    assert_string_equal(reason, "");
    assert_ok(custval_row_reason(self->system, self->table, 4, &self->options, reason, sizeof reason, &error), &error);
    assert_string_equal(reason, "column \"rel1\" is 11, outside 1..10 (out_of_scale: reject)");
    assert_ok(custval_row_reason(self->system, self->table, 3, &self->options, reason, sizeof reason, &error), &error);
    support_contains(reason, "w_staff", __FILE__, __LINE__);
    assert_ok(custval_row_reason(self->system, self->table, 5, &self->options, reason, sizeof reason, &error), &error);
    support_contains(reason, "A. Meyer", __FILE__, __LINE__);
    support_contains(reason, "complaint", __FILE__, __LINE__);
    assert_ok(custval_row_reason(self->system, self->table, 4, &self->options, cut, sizeof cut, &error), &error);
    assert_string_equal(cut, "column \"rel");
    assert_ok(custval_row_reason(self->system, self->table, 4, &self->options, cut, 1, &error), &error);
    assert_string_equal(cut, "");
}

static void a_reason_refuses_null_and_rows_that_are_not_there(void **state) {
    const fixture *self = *state;
    custval_error error = CUSTVAL_ERROR_INIT;
    char reason[64] = "x";
    assert_refused(custval_row_reason(NULL, self->table, 0, &self->options, reason, sizeof reason, &error));
    assert_string_equal(reason, "");
    assert_refused(custval_row_reason(self->system, NULL, 0, &self->options, reason, sizeof reason, &error));
    assert_refused(custval_row_reason(self->system, self->table, 0, &self->options, NULL, sizeof reason, &error));
    assert_refused(custval_row_reason(self->system, self->table, 0, &self->options, reason, 0, &error));
    strcpy(reason, "x");
    assert_refused(
        custval_row_reason(self->system, self->table, SAMPLE_ROWS, &self->options, reason, sizeof reason, &error));
    assert_string_equal(reason, "");
    assert_status(custval_row_reason(self->system, self->table, 0, NULL, reason, sizeof reason, &error),
                  CUSTVAL_ERROR_STATE, &error);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_table_of_scores_has_a_row_for_every_customer),
        TEST(options_choose_levels_and_coverage),
        TEST(options_choose_profile_and_context),
        TEST(scoring_refuses_null),
        TEST(scoring_refuses_options_that_mean_nothing),
        TEST(options_of_other_sizes_are_read_with_care),
        TEST(a_scorer_scores_row_by_row),
        TEST(a_scorer_fills_the_arrays_of_its_host),
        TEST(a_scorer_refuses_null),
        TEST(a_scorer_keeps_its_system_alive),
        TEST(a_stream_of_answers_becomes_a_stream_of_scores),
        TEST(a_stream_tells_its_consumer_what_is_wrong),
        TEST(streams_refuse_null_and_leave_what_they_got),
        TEST(a_summary_counts_over_tables),
        TEST(a_summary_refuses_what_is_no_table_of_scores),
        TEST(a_reason_names_column_value_and_policy),
        TEST(a_reason_refuses_null_and_rows_that_are_not_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
