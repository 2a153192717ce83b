/* The interface: weights from what goes with an outcome. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "api.h"
#include "json_table.h"

#include <math.h>

#define ROWS 40
#define COLUMNS 4

static const char *const columns[COLUMNS] = {"quality", "price", "fixed", "satisfied"};

/* Something of everything: a benefit, a sacrifice, a column that does not vary, two rows that lack a cell. */
static void fill(double *cells) {
    for (size_t i = 0; i < ROWS; i++) {
        double *row = cells + i * COLUMNS;
        row[0] = (double)(i * 7 % 10);
        row[1] = (double)(i * 3 % 11);
        row[2] = 5.0;
        row[3] = 2.0 * row[0] - row[1] + (double)(i * i % 7);
    }
    cells[5 * COLUMNS] = cells[9 * COLUMNS + 3] = (double)NAN;
}

static custval_table *table_of(const double *cells, size_t rows) {
    custval_table *table = NULL;
    assert_ok(custval_table_new_from_rows(NULL, columns, COLUMNS, cells, rows, COLUMNS, &table, NULL), NULL);
    return table;
}

static custval_summary *summary_of(const custval_host *host, const custval_table *table, size_t count, uint32_t parts) {
    custval_criterion criteria[COLUMNS];
    custval_summary *summary = NULL;
    for (size_t i = 0; i < COLUMNS; i++) {
        criteria[i] = (custval_criterion)CUSTVAL_CRITERION_INIT;
        criteria[i].column = columns[i];
    }
    criteria[1].side = CUSTVAL_SIDE_SACRIFICE;
    assert_ok(custval_summary_new(host, criteria, count, parts, &summary, NULL), NULL);
    if (table != NULL) assert_ok(custval_summary_add(summary, table, NULL), NULL);
    return summary;
}

typedef struct fixture {
    double cells[ROWS * COLUMNS];
    custval_table *table;
    custval_summary *summary;
    custval_drivers_options options;
} fixture;

static fixture shared;

static int set_up(void **state) {
    fill(shared.cells);
    shared.table = table_of(shared.cells, ROWS);
    shared.summary = summary_of(NULL, shared.table, COLUMNS, CUSTVAL_SUMMARY_PAIRS);
    shared.options = (custval_drivers_options)CUSTVAL_DRIVERS_OPTIONS_INIT;
    *state = &shared;
    return 0;
}

static int tear_down(void **state) {
    fixture *self = *state;
    custval_summary_free(self->summary);
    custval_table_free(self->table);
    return 0;
}

/* Something that a failed call must overwrite. */
static custval_weights *rubbish(void) {
    static char nothing[64];
    return (custval_weights *)(void *)nothing;
}

#define assert_fails(summary, outcome, options, expected, part)                                             \
  do {                                                                                                      \
    custval_error failure = CUSTVAL_ERROR_INIT;                                                             \
    custval_weights *none = rubbish();                                                                      \
    assert_status(custval_weights_drivers(summary, outcome, options, &none, &failure), expected, &failure); \
    assert_message(&failure, part);                                                                         \
    assert_null(none);                                                                                      \
  } while (0)

static custval_weights *drivers(const fixture *self) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_weights *weights = NULL;
    assert_ok(custval_weights_drivers(self->summary, "satisfied", &self->options, &weights, &error), &error);
    return weights;
}

static void assert_names(const custval_table *table, const char *const *names, size_t count) {
    assert_int_equal(custval_table_columns(table), count);
    for (size_t i = 0; i < count; i++) assert_string_equal(custval_table_name(table, i), names[i]);
}

/* ---- What comes out ---------------------------------------------------------------------------------------------- */

static void a_set_of_drivers_has_its_tables(void **state) {
    fixture *self = *state;
    static const char *const names[] = {"name", "weight", "importance", "correlation", "beta",      "vif",
                                        "sign", "low",    "high",       "beta_low",    "beta_high", "p_negative"};
    static const char *const diagnostics[] = {"n", "dropped", "r_squared", "adjusted_r_squared", "resamples"};
    custval_weights *weights = drivers(self);
    const custval_table *table = custval_weights_table(weights);
    assert_string_equal(custval_weights_method(weights), "drivers-relative");
    assert_int_equal(custval_weights_count(weights), 3);
    assert_int_equal(custval_weights_sample(weights), ROWS - 2);
    for (size_t i = 0; i < 3; i++) assert_string_equal(custval_weights_name(weights, i), columns[i]);
    assert_names(table, names, 7);
    assert_double_near(table_cell(table, "weight", 0) + table_cell(table, "weight", 1), 1.0, 1e-15);
    assert_true(table_cell(table, "correlation", 1) > 0.0);
    assert_double_bits(table_cell(table, "sign", 1), 1.0);
    /* What does not vary has weight 0 and says nothing else. */
    assert_double_bits(custval_weights_share(weights, 2), 0.0);
    assert_double_bits(table_cell(table, "importance", 2), 0.0);
    assert_double_bits(table_cell(table, "correlation", 2), (double)NAN);
    assert_double_bits(table_cell(table, "vif", 2), (double)NAN);
    table_row(custval_weights_notes(weights), "code", "constant");
    const custval_table *numbers = custval_weights_diagnostics(weights);
    assert_int_equal(custval_table_rows(numbers), SUPPORT_COUNT(diagnostics));
    for (size_t i = 0; i < SUPPORT_COUNT(diagnostics); i++) {
        assert_int_equal(table_row(numbers, "name", diagnostics[i]), i);
    }
    assert_double_bits(table_cell(numbers, "value", 0), ROWS - 2);
    assert_double_bits(table_cell(numbers, "value", 1), 2.0);
    assert_double_bits(table_cell(numbers, "value", 4), 0.0);
    custval_weights_free(weights);
    self->options.rows = self->table;
    weights = drivers(self);
    table = custval_weights_table(weights);
    assert_names(table, names, SUPPORT_COUNT(names));
    assert_double_bits(table_cell(custval_weights_diagnostics(weights), "value", 4), 1000.0);
    for (size_t i = 0; i < 2; i++) {
        assert_true(table_cell(table, "low", i) < table_cell(table, "importance", i));
        assert_true(table_cell(table, "high", i) > table_cell(table, "importance", i));
        assert_true(table_cell(table, "beta_low", i) < table_cell(table, "beta", i));
        assert_true(table_cell(table, "beta_high", i) > table_cell(table, "beta", i));
    }
    assert_double_bits(table_cell(table, "low", 2), (double)NAN);
    assert_double_bits(table_cell(table, "p_negative", 2), (double)NAN);
    custval_weights_free(weights);
}

static void too_few_samples_give_no_intervals(void **state) {
    fixture *self = *state;
    /* Two rows: both are drawn in half of the samples; of 50 samples fewer than 40 remain. */
    custval_table *table = table_of(self->cells, 2);
    custval_summary *summary = summary_of(NULL, table, COLUMNS, CUSTVAL_SUMMARY_PAIRS);
    custval_weights *weights = NULL;
    double usable = 0.0;
    self->options.rows = table;
    self->options.resamples = 50;
    self->options.method = CUSTVAL_DRIVERS_CORRELATION;
    assert_ok(custval_weights_drivers(summary, "satisfied", &self->options, &weights, NULL), NULL);
    assert_ok(custval_weights_diagnostic(weights, "resamples", &usable, NULL), NULL);
    assert_true(usable > 5.0 && usable < 40.0);
    for (size_t i = 0; i < 3; i++) {
        assert_double_bits(table_cell(custval_weights_table(weights), "low", i), (double)NAN);
        assert_double_bits(table_cell(custval_weights_table(weights), "beta_high", i), (double)NAN);
        assert_double_bits(table_cell(custval_weights_table(weights), "p_negative", i), (double)NAN);
    }
    custval_weights_free(weights);
    custval_summary_free(summary);
    custval_table_free(table);
}

static void no_options_are_those_of_the_initialiser(void **state) {
    fixture *self = *state;
    custval_weights *with = drivers(self), *without = NULL;
    assert_ok(custval_weights_drivers(self->summary, "satisfied", NULL, &without, NULL), NULL);
    for (size_t i = 0; i < 3; i++) {
        assert_double_bits(custval_weights_share(with, i), custval_weights_share(without, i));
    }
    custval_weights_free(without);
    self->options.method = CUSTVAL_DRIVERS_RELATIVE;
    without = drivers(self);
    assert_string_equal(custval_weights_method(with), custval_weights_method(without));
    custval_weights_free(with);
    custval_weights_free(without);
}

/* ---- What is refused --------------------------------------------------------------------------------------------- */

static void null_is_refused(void **state) {
    const fixture *self = *state;
    custval_error error = CUSTVAL_ERROR_INIT;
    assert_refused(custval_weights_drivers(self->summary, "satisfied", NULL, NULL, &error));
    assert_fails(NULL, "satisfied", NULL, CUSTVAL_ERROR_ARGUMENT, "summary");
    assert_fails(self->summary, NULL, NULL, CUSTVAL_ERROR_ARGUMENT, "outcome");
}

static custval_status with_struct(const void *given, custval_error *error) {
    custval_weights *weights = rubbish();
    const custval_status status = custval_weights_drivers(shared.summary, "satisfied", given, &weights, error);
    assert_int_equal(weights == NULL, status != CUSTVAL_OK);
    custval_weights_free(weights);
    return status;
}

static void options_of_other_sizes_are_read_or_refused(void **state) {
    const fixture *self = *state;
    assert_reads_struct(with_struct, &self->options, sizeof self->options);
}

static void options_out_of_range_are_refused(void **state) {
    fixture *self = *state;
    const custval_drivers_options good = self->options;
    const double levels[] = {0.0, 1.0, -0.5, (double)NAN, (double)INFINITY}, limits[] = {0.99, -1.0, (double)NAN};
    self->options.method = 5;
    assert_fails(self->summary, "satisfied", &self->options, CUSTVAL_ERROR_ARGUMENT, "method is 5");
    self->options = good;
    self->options.resamples = 39;
    assert_fails(self->summary, "satisfied", &self->options, CUSTVAL_ERROR_RANGE, "resamples is 39");
    self->options = good;
    for (size_t i = 0; i < SUPPORT_COUNT(levels); i++) {
        self->options.level = levels[i];
        assert_fails(self->summary, "satisfied", &self->options, CUSTVAL_ERROR_RANGE, "level");
    }
    self->options = good;
    for (size_t i = 0; i < SUPPORT_COUNT(limits); i++) {
        self->options.vif_limit = limits[i];
        assert_fails(self->summary, "satisfied", &self->options, CUSTVAL_ERROR_RANGE, "vif_limit");
    }
}

static void summaries_that_cannot_tell_are_refused(void **state) {
    const fixture *self = *state;
    custval_summary *summary = summary_of(NULL, self->table, COLUMNS, 0);
    assert_fails(summary, "satisfied", NULL, CUSTVAL_ERROR_STATE, "PAIRS");
    custval_summary_free(summary);
    summary = summary_of(NULL, NULL, COLUMNS, CUSTVAL_SUMMARY_PAIRS);
    assert_fails(summary, "satisfied", NULL, CUSTVAL_ERROR_STATE, "0 of 0 rows");
    custval_summary_free(summary);
    summary = summary_of(NULL, self->table, 1, CUSTVAL_SUMMARY_PAIRS);
    assert_fails(summary, "quality", NULL, CUSTVAL_ERROR_STATE, "no driver");
    custval_summary_free(summary);
    assert_fails(self->summary, "satisfaction", NULL, CUSTVAL_ERROR_NOT_FOUND, "satisfaction");
    assert_fails(self->summary, "satisfie", NULL, CUSTVAL_ERROR_NOT_FOUND, "did you mean \"satisfied\"?");
    assert_fails(self->summary, "fixed", NULL, CUSTVAL_ERROR_STATE, "\"fixed\" does not vary");
}

static void assert_rows_refused(fixture *self, custval_table *table, custval_status expected, const char *part) {
    self->options.rows = table;
    assert_fails(self->summary, "satisfied", &self->options, expected, part);
    custval_table_free(table);
}

static void other_rows_than_the_summarys_are_refused(void **state) {
    fixture *self = *state;
    double cells[ROWS * COLUMNS];
    fill(cells);
    assert_rows_refused(self, table_of(cells, ROWS - 1), CUSTVAL_ERROR_STATE, "39 rows, but the summary has seen 40");
    cells[0] = (double)NAN;
    assert_rows_refused(self, table_of(cells, ROWS), CUSTVAL_ERROR_STATE, "37 rows lack nothing, but 38");
    fill(cells);
    cells[5 * COLUMNS] = 1.0;
    assert_rows_refused(self, table_of(cells, ROWS), CUSTVAL_ERROR_STATE, "39 rows lack nothing, but 38");
    fill(cells);
    cells[0] += 1e-6;
    assert_rows_refused(self, table_of(cells, ROWS), CUSTVAL_ERROR_STATE, "\"quality\" holds other numbers");
    fill(cells);
    cells[0] = (double)INFINITY;
    assert_rows_refused(self, table_of(cells, ROWS), CUSTVAL_ERROR_STATE, "\"quality\" holds other numbers");
    /* The same mean and deviation, but answers of other people. */
    fill(cells);
    const double swap = cells[1];
    cells[1] = cells[COLUMNS + 1];
    cells[COLUMNS + 1] = swap;
    assert_rows_refused(self, table_of(cells, ROWS), CUSTVAL_ERROR_STATE, "\"price\" holds other numbers");
}

/* At 1e12 a double has steps of 0.0001, and so has the summary's mean. */
static void rows_far_from_zero_are_still_the_summarys(void **state) {
    fixture *self = *state;
    double cells[ROWS * COLUMNS];
    custval_weights *weights = NULL;
    fill(cells);
    for (size_t i = 0; i < ROWS * COLUMNS; i++) cells[i] += 1e12;
    custval_table *table = table_of(cells, ROWS);
    custval_summary *summary = summary_of(NULL, table, COLUMNS, CUSTVAL_SUMMARY_PAIRS);
    self->options.rows = table;
    assert_ok(custval_weights_drivers(summary, "satisfied", &self->options, &weights, NULL), NULL);
    custval_weights_free(weights);
    custval_summary_free(summary);
    custval_table_free(table);
}

static void rows_without_the_summarys_columns_are_refused(void **state) {
    fixture *self = *state;
    custval_table *table = NULL;
    custval_text texts[ROWS] = {{NULL, 0}};
    assert_ok(custval_table_new_from_rows(NULL, columns, COLUMNS - 1, self->cells, ROWS, COLUMNS, &table, NULL), NULL);
    self->options.rows = table;
    assert_fails(self->summary, "satisfied", &self->options, CUSTVAL_ERROR_NOT_FOUND, "satisfied");
    texts[0] = (custval_text){"very", 4};
    assert_ok(custval_table_add_texts(table, "satisfied", texts, NULL), NULL);
    assert_rows_refused(self, table, CUSTVAL_ERROR_TYPE, "satisfied");
}

static void drivers_that_all_work_against_the_outcome_give_no_weights(void **state) {
    (void)state;
    static const double cells[] = {1, 0, 5, 9, 2, 0, 5, 7, 4, 0, 5, 1, 3, 0, 5, 3};
    custval_drivers_options options = CUSTVAL_DRIVERS_OPTIONS_INIT;
    custval_table *table = table_of(cells, 4);
    custval_summary *summary = summary_of(NULL, table, COLUMNS, CUSTVAL_SUMMARY_PAIRS);
    for (uint32_t method = CUSTVAL_DRIVERS_CORRELATION; method <= CUSTVAL_DRIVERS_SHAPLEY; method++) {
        options.method = method;
        assert_fails(summary, "satisfied", &options, CUSTVAL_ERROR_WEIGHT, "no driver of \"satisfied\"");
    }
    custval_summary_free(summary);
    custval_table_free(table);
}

/* The outcome falls (or rises) with one driver exactly; beside it the other one has nothing left to say, and its beta is
   rounding. With `fixed` = 2 quality the first is a combination, too. */
static custval_table *exact_outcome(int rising, int collinear, size_t shift, double cells[ROWS * COLUMNS]) {
    static const double noise[] = {3, 7, 1, 9, 4, 4, 8, 2, 6, 5};
    for (size_t i = 0; i < ROWS; i++) {
        const double outcome = 1.0 + (double)(i * 3 % 10), quality = rising ? outcome : 11.0 - outcome;
        const double row[COLUMNS] = {quality, noise[(i + i / 10 + shift) % 10], collinear ? 2.0 * quality : 5.0,
                                     outcome};
        memcpy(cells + i * COLUMNS, row, sizeof row);
    }
    return table_of(cells, ROWS);
}

static void a_beta_that_is_rounding_is_no_importance(void **state) {
    (void)state;
    custval_drivers_options options = CUSTVAL_DRIVERS_OPTIONS_INIT;
    double cells[ROWS * COLUMNS];
    options.method = CUSTVAL_DRIVERS_REGRESSION;
    for (size_t shift = 0; shift < 20; shift++) {
        custval_table *table = exact_outcome(0, shift >= 10, shift, cells);
        custval_summary *summary = summary_of(NULL, table, COLUMNS, CUSTVAL_SUMMARY_PAIRS);
        assert_fails(summary, "satisfied", &options, CUSTVAL_ERROR_WEIGHT, "no driver of \"satisfied\"");
        custval_summary_free(summary);
        custval_table_free(table);
    }
}

static void a_beta_that_is_rounding_in_every_sample_is_said_to_be_0(void **state) {
    (void)state;
    static const char *const zeros[] = {"weight", "importance", "beta", "sign", "beta_low", "beta_high", "p_negative"};
    custval_drivers_options options = CUSTVAL_DRIVERS_OPTIONS_INIT;
    double cells[ROWS * COLUMNS];
    options.method = CUSTVAL_DRIVERS_REGRESSION;
    for (int collinear = 0; collinear < 2; collinear++) {
        custval_error error = CUSTVAL_ERROR_INIT;
        custval_weights *weights = NULL;
        custval_table *table = exact_outcome(1, collinear, 0, cells);
        options.rows = table;
        custval_summary *summary = summary_of(NULL, table, COLUMNS, CUSTVAL_SUMMARY_PAIRS);
        assert_ok(custval_weights_drivers(summary, "satisfied", &options, &weights, &error), &error);
        for (size_t i = 0; i < SUPPORT_COUNT(zeros); i++) {
            assert_double_bits(table_cell(custval_weights_table(weights), zeros[i], 1), 0.0);
        }
        table_row(custval_weights_notes(weights), "message",
                  "beside the others \"price\" says nothing: the interval of its beta is 0 alone");
        custval_weights_free(weights);
        custval_summary_free(summary);
        custval_table_free(table);
    }
}

/* ---- The host ---------------------------------------------------------------------------------------------------- */

typedef struct calls {
    uint64_t calls, most, total, stop_at;
} calls;

static int count_calls(void *data, uint64_t done, uint64_t total) {
    calls *of = data;
    of->calls++;
    of->most = done;
    of->total = total;
    return of->stop_at != 0 && done >= of->stop_at;
}

static void samples_report_progress_and_can_be_stopped(void **state) {
    fixture *self = *state;
    calls seen = {0, 0, 0, 0};
    custval_host host = CUSTVAL_HOST_INIT;
    custval_weights *weights = NULL;
    host.progress = count_calls;
    host.progress_data = &seen;
    custval_summary *summary = summary_of(&host, self->table, COLUMNS, CUSTVAL_SUMMARY_PAIRS);
    self->options.rows = self->table;
    self->options.resamples = 60;
    seen = (calls){0, 0, 0, 0};
    assert_ok(custval_weights_drivers(summary, "satisfied", &self->options, &weights, NULL), NULL);
    assert_int_equal(seen.most, 60);
    assert_int_equal(seen.total, 60);
    custval_weights_free(weights);
    seen = (calls){0, 0, 0, 7};
    assert_fails(summary, "satisfied", &self->options, CUSTVAL_ERROR_CANCELLED, "progress");
    assert_true(seen.most < 60);
    custval_summary_free(summary);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_set_of_drivers_has_its_tables),
        TEST(too_few_samples_give_no_intervals),
        TEST(no_options_are_those_of_the_initialiser),
        TEST(null_is_refused),
        TEST(options_of_other_sizes_are_read_or_refused),
        TEST(options_out_of_range_are_refused),
        TEST(summaries_that_cannot_tell_are_refused),
        TEST(other_rows_than_the_summarys_are_refused),
        TEST(rows_far_from_zero_are_still_the_summarys),
        TEST(rows_without_the_summarys_columns_are_refused),
        TEST(drivers_that_all_work_against_the_outcome_give_no_weights),
        TEST(a_beta_that_is_rounding_is_no_importance),
        TEST(a_beta_that_is_rounding_in_every_sample_is_said_to_be_0),
        TEST(samples_report_progress_and_can_be_stopped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
