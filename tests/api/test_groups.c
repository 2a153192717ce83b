/* The interface: groups, cohorts, migrations, panels. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "api.h"

#include <math.h>

#include "json_table.h"

#define ROWS 4

static const char document[] =
    "{\"custval\": \"groups\", \"version\": 1, \"measures\": [{\"id\": \"m\", \"column\": \"value\", \"quantiles\": "
    "[0.5]}], \"groups\": [{\"id\": \"high\", \"when\": {\"m\": 2}, \"gain\": 0.5}, {\"id\": \"low\"}]}";

static const double value[ROWS] = {1, 2, 3, 4}, period[ROWS] = {1, 1, 2, 2}, zero[ROWS] = {0, 0, 0, 0};
static const char *const states[] = {"a", "b"}, *const sexes[] = {"sex"};

typedef struct fixture {
    custval_groups *groups;
    custval_table *table, *margins;
    custval_migration *migration;
    custval_history *history;
} fixture;

static fixture self;

static custval_table *margins_new(const char *category, double target) {
    static double targets[2];
    const custval_text variables[] = {{"sex", 3}, {"sex", 3}}, categories[] = {{"a", 1}, {category, strlen(category)}};
    custval_table *table = NULL;
    custval_column column = CUSTVAL_COLUMN_INIT;
    targets[0] = 1.0;
    targets[1] = target;
    column.type = CUSTVAL_TYPE_FLOAT64;
    column.data = targets;
    assert_ok(custval_table_new(NULL, 2, &table, NULL), NULL);
    assert_ok(custval_table_add_texts(table, "variable", variables, NULL), NULL);
    assert_ok(custval_table_add_texts(table, "category", categories, NULL), NULL);
    assert_ok(custval_table_add_copy(table, "target", &column, NULL), NULL);
    return table;
}

static custval_status migration_with(const void *given, custval_error *error) {
    custval_migration *out = NULL;
    const custval_status status = custval_migration_new(given, &out, error);
    assert_int_equal(out == NULL, status != CUSTVAL_OK);
    custval_migration_free(out);
    return status;
}

static int set_up(void **state) {
    static const custval_text customers[ROWS] = {{"w", 1}, {"x", 1}, {"y", 1}, {"z", 1}},
                              now[ROWS] = {{"a", 1}, {"b", 1}, {"a", 1}, {"b", 1}},
                              dates[ROWS] = {
                                  {"2026-01-01", 10}, {"2026-01-02", 10}, {"2026-01-01", 10}, {"2026-01-03", 10}};
    custval_migration_options options = CUSTVAL_MIGRATION_OPTIONS_INIT;
    custval_history_options history = CUSTVAL_HISTORY_OPTIONS_INIT;
    (void)state;
    assert_ok(custval_groups_parse(NULL, document, sizeof document - 1, &self.groups, NULL), NULL);
    assert_ok(custval_table_new(NULL, ROWS, &self.table, NULL), NULL);
    assert_ok(custval_table_add_texts(self.table, "customer", customers, NULL), NULL);
    assert_ok(custval_table_add_texts(self.table, "state", now, NULL), NULL);
    assert_ok(custval_table_add_texts(self.table, "sex", now, NULL), NULL);
    assert_ok(custval_table_add_texts(self.table, "date", dates, NULL), NULL);
    assert_ok(custval_table_add_doubles(self.table, "value", value, NULL), NULL);
    assert_ok(custval_table_add_doubles(self.table, "period", period, NULL), NULL);
    assert_ok(custval_table_add_doubles(self.table, "zero", zero, NULL), NULL);
    self.margins = margins_new("b", 3);
    options.states = states;
    options.states_count = 2;
    assert_ok(custval_migration_new(&options, &self.migration, NULL), NULL);
    for (size_t i = 0; i < 3; i++) assert_ok(custval_migration_add(self.migration, self.table, NULL), NULL);
    history.amount = "";
    assert_ok(custval_history_new(NULL, &history, &self.history, NULL), NULL);
    assert_ok(custval_history_add(self.history, self.table, NULL), NULL);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    custval_history_free(self.history);
    custval_migration_free(self.migration);
    custval_table_free(self.margins);
    custval_table_free(self.table);
    custval_groups_free(self.groups);
    return 0;
}

/* ---- Groups --------------------------------------------------------------------------------------------------------- */

static void groups_say_what_they_are(void **state) {
    const char *column = NULL;
    (void)state;
    assert_int_equal(custval_groups_count(self.groups), 2);
    assert_int_equal(custval_groups_count(NULL), 0);
    assert_string_equal(custval_groups_id(self.groups, 1), "low");
    assert_null(custval_groups_id(self.groups, 2));
    assert_null(custval_groups_id(NULL, 0));
    assert_string_equal(custval_groups_text(self.groups, 0, CUSTVAL_GROUP_LABEL, NULL), "high");
    assert_null(custval_groups_text(NULL, 0, CUSTVAL_GROUP_LABEL, NULL));
    assert_int_equal(custval_groups_measures(self.groups), 1);
    assert_int_equal(custval_groups_measures(NULL), 0);
    assert_string_equal(custval_groups_measure(self.groups, 0, &column), "m");
    assert_string_equal(column, "value");
    assert_null(custval_groups_measure(self.groups, 1, &column));
    assert_null(column);
    custval_groups *const other = custval_groups_ref(self.groups);
    custval_groups_free(other);
    assert_null(custval_groups_ref(NULL));
    custval_groups_free(NULL);
}

static void documents_are_read_and_written(void **state) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_groups *out = self.groups;
    char buffer[8] = "xxxxxxx";
    size_t length = 1;
    (void)state;
    assert_refused(custval_groups_parse(NULL, document, 1, NULL, &error));
    assert_refused(custval_groups_parse(NULL, NULL, 0, &out, &error));
    assert_null(out);
    assert_status(custval_groups_parse(NULL, "{", 1, &out, &error), CUSTVAL_ERROR_DOCUMENT, &error);
    assert_status(custval_groups_parse(NULL, document, CUSTVAL_MAX_DOCUMENT_SIZE + 1, &out, &error),
                  CUSTVAL_ERROR_LIMIT, &error);
    assert_refused(custval_groups_write(self.groups, buffer, 8, NULL, &error));
    assert_refused(custval_groups_write(NULL, buffer, 8, &length, &error));
    assert_int_equal(length, 0);
    assert_refused(custval_groups_write(self.groups, NULL, 8, &length, &error));
    assert_ok(custval_groups_write(self.groups, buffer, 8, &length, &error), &error);
    assert_true(length > 8);
    assert_int_equal(strlen(buffer), 7);
}

static custval_status assign_with(const void *given, custval_error *error) {
    custval_table *out = NULL;
    const custval_status status = custval_groups_assign(self.groups, self.table, given, &out, error);
    assert_int_equal(out == NULL, status != CUSTVAL_OK);
    custval_table_free(out);
    return status;
}

static custval_status describe_with(const void *given, custval_error *error) {
    custval_table *out = NULL;
    const custval_status status = custval_groups_describe(self.groups, self.table, given, &out, error);
    assert_int_equal(out == NULL, status != CUSTVAL_OK);
    custval_table_free(out);
    return status;
}

static custval_status fix_with(const void *given, custval_error *error) {
    custval_groups *out = NULL;
    const custval_status status = custval_groups_fix(self.groups, self.table, given, &out, error);
    assert_int_equal(out == NULL, status != CUSTVAL_OK);
    custval_groups_free(out);
    return status;
}

static void customers_are_put_into_groups(void **state) {
    custval_groups_options options = CUSTVAL_GROUPS_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *out = self.table;
    custval_groups *fixed = self.groups;
    (void)state;
    assert_refused(custval_groups_assign(self.groups, self.table, NULL, NULL, &error));
    assert_refused(custval_groups_assign(NULL, self.table, NULL, &out, &error));
    assert_null(out);
    assert_refused(custval_groups_assign(self.groups, NULL, NULL, &out, &error));
    assert_refused(custval_groups_describe(NULL, self.table, NULL, &out, &error));
    assert_refused(custval_groups_fix(NULL, self.table, NULL, &fixed, &error));
    assert_null(fixed);
    assert_refused(custval_groups_fix(self.groups, NULL, NULL, &fixed, &error));
    assert_refused(custval_groups_fix(self.groups, self.table, NULL, NULL, &error));
    assert_reads_struct(assign_with, &options, sizeof options);
    assert_reads_struct(fix_with, &options, sizeof options);
    options.value = "value";
    assert_reads_struct(describe_with, &options, sizeof options);
    options.value = "nothing";
    assert_status(describe_with(&options, &error), CUSTVAL_ERROR_NOT_FOUND, &error);
    options.value = "customer";
    assert_status(describe_with(&options, &error), CUSTVAL_ERROR_TYPE, &error);
    assert_status(custval_groups_assign(self.groups, self.margins, NULL, &out, &error), CUSTVAL_ERROR_NOT_FOUND,
                  &error);
    assert_message(&error, "value");
}

static custval_status cohorts_with(const void *given, custval_error *error) {
    custval_table *out = NULL;
    const custval_status status = custval_cohorts(self.history, given, &out, error);
    assert_int_equal(out == NULL, status != CUSTVAL_OK);
    custval_table_free(out);
    return status;
}

static void cohorts_refuse_what_they_cannot_read(void **state) {
    custval_cohort_options options = CUSTVAL_COHORT_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *out = self.table;
    (void)state;
    assert_refused(custval_cohorts(self.history, NULL, NULL, &error));
    assert_refused(custval_cohorts(NULL, NULL, &out, &error));
    assert_null(out);
    assert_reads_struct(cohorts_with, &options, sizeof options);
    options.length = 0;
    assert_status(cohorts_with(&options, &error), CUSTVAL_ERROR_RANGE, &error);
    options.length = 1;
    options.end = "2040-01-01";
    assert_status(cohorts_with(&options, &error), CUSTVAL_ERROR_LIMIT, &error);
    options.end = "soon";
    assert_status(cohorts_with(&options, &error), CUSTVAL_ERROR_RANGE, &error);
    options.end = NULL;
    options.reserved = 1;
    assert_refused(cohorts_with(&options, &error));
}

/* ---- Migration ------------------------------------------------------------------------------------------------------ */

static void migrations_are_made_of_states(void **state) {
    static const char *const twice[] = {"a", "a"}, *const hole[] = {"a", NULL}, *const empty[] = {"a", ""};
    custval_migration_options options = CUSTVAL_MIGRATION_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_migration *out = self.migration;
    (void)state;
    assert_refused(custval_migration_new(NULL, &out, &error));
    assert_null(out);
    assert_refused(migration_with(&options, &error));
    options.states = states;
    assert_status(migration_with(&options, &error), CUSTVAL_ERROR_RANGE, &error);
    options.states_count = CUSTVAL_MAX_STATES;
    assert_status(migration_with(&options, &error), CUSTVAL_ERROR_RANGE, &error);
    options.states_count = 2;
    assert_refused(custval_migration_new(&options, NULL, &error));
    assert_reads_struct(migration_with, &options, sizeof options);
    options.absent = "b";
    assert_status(migration_with(&options, &error), CUSTVAL_ERROR_DUPLICATE, &error);
    options.absent = NULL;
    options.empty = 9;
    assert_refused(migration_with(&options, &error));
    options.empty = 0;
    options.states = twice;
    assert_status(migration_with(&options, &error), CUSTVAL_ERROR_DUPLICATE, &error);
    options.states = hole;
    assert_refused(migration_with(&options, &error));
    options.states = empty;
    assert_refused(migration_with(&options, &error));
    assert_int_equal(custval_migration_steps(self.migration), 2);
    assert_int_equal(custval_migration_steps(NULL), 0);
    assert_int_equal(custval_migration_states(self.migration), 3);
    assert_int_equal(custval_migration_states(NULL), 0);
    assert_string_equal(custval_migration_state(self.migration, 2), "absent");
    assert_null(custval_migration_state(self.migration, 3));
    custval_migration_free(NULL);
}

static void periods_are_refused_without_their_columns(void **state) {
    custval_migration_options options = CUSTVAL_MIGRATION_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_migration *migration = NULL;
    static const double half[ROWS] = {1, 1.5, 2, 3};
    static const uint8_t flags[ROWS] = {0, 1, 0, 1};
    custval_column column = CUSTVAL_COLUMN_INIT;
    (void)state;
    assert_refused(custval_migration_add(NULL, self.table, &error));
    assert_refused(custval_migration_add(self.migration, NULL, &error));
    assert_status(custval_migration_add(self.migration, self.margins, &error), CUSTVAL_ERROR_NOT_FOUND, &error);
    options.states = states;
    options.states_count = 2;
    options.id = "half";
    assert_ok(custval_migration_new(&options, &migration, &error), &error);
    assert_ok(custval_table_add_doubles(self.table, "half", half, NULL), NULL);
    assert_status(custval_migration_add(migration, self.table, &error), CUSTVAL_ERROR_RANGE, &error);
    assert_message(&error, "row 1: column \"half\" is no whole number");
    custval_migration_free(migration);
    options.id = "flag";
    column.type = CUSTVAL_TYPE_BOOL8;
    column.data = flags;
    assert_ok(custval_table_add(self.table, "flag", &column, NULL), NULL);
    assert_ok(custval_migration_new(&options, &migration, &error), &error);
    assert_status(custval_migration_add(migration, self.table, &error), CUSTVAL_ERROR_TYPE, &error);
    assert_message(&error, "column \"flag\" holds truth values, but texts or whole numbers are needed");
    custval_migration_free(migration);
    options.id = "value"; /* whole numbers, if doubles */
    assert_ok(custval_migration_new(&options, &migration, &error), &error);
    assert_ok(custval_migration_add(migration, self.table, &error), &error);
    custval_migration_free(migration);
}

static custval_status facts_into(void *out, custval_error *error) {
    custval_table *steady = NULL;
    if (out == NULL) return custval_migration_steady(self.migration, NULL, NULL, error);
    const custval_status status = custval_migration_steady(self.migration, out, &steady, error);
    assert_int_equal(steady == NULL, status != CUSTVAL_OK);
    custval_table_free(steady);
    return status;
}

static custval_status fit_into(void *out, custval_error *error) {
    return custval_migration_test(self.migration, NULL, out, error);
}

static custval_status value_with(const void *given, custval_error *error) {
    static const double rewards[] = {1, 2, 0};
    double values[3];
    return custval_migration_value(self.migration, rewards, given, values, error);
}

static void results_are_refused_without_steps(void **state) {
    static const double rewards[] = {1, 2, 0}, wrong[] = {1, -2, 0}, endless[] = {1, (double)INFINITY, 0};
    custval_migration_options options = CUSTVAL_MIGRATION_OPTIONS_INIT;
    custval_markov_options terms = CUSTVAL_MARKOV_OPTIONS_INIT;
    custval_migration_fit fit = CUSTVAL_MIGRATION_FIT_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_migration *none = NULL;
    custval_table *out = self.table;
    double values[3];
    (void)state;
    options.states = states;
    options.states_count = 2;
    assert_ok(custval_migration_new(&options, &none, NULL), NULL);
    assert_refused(custval_migration_matrix(self.migration, 0, 1, NULL, &error));
    assert_refused(custval_migration_matrix(NULL, 0, 1, &out, &error));
    assert_null(out);
    assert_status(custval_migration_matrix(none, 0, 1, &out, &error), CUSTVAL_ERROR_STATE, &error);
    assert_status(custval_migration_matrix(self.migration, 2, 1, &out, &error), CUSTVAL_ERROR_RANGE, &error);
    assert_status(custval_migration_matrix(self.migration, 0, 3, &out, &error), CUSTVAL_ERROR_RANGE, &error);
    assert_refused(custval_migration_flows(NULL, 0, &out, &error));
    assert_refused(custval_migration_flows(self.migration, 0, NULL, &error));
    assert_status(custval_migration_flows(none, 0, &out, &error), CUSTVAL_ERROR_STATE, &error);
    assert_refused(custval_migration_forecast(NULL, 1, NULL, &out, &error));
    assert_refused(custval_migration_forecast(self.migration, 1, NULL, NULL, &error));
    assert_status(custval_migration_forecast(none, 1, NULL, &out, &error), CUSTVAL_ERROR_STATE, &error);
    assert_status(custval_migration_forecast(self.migration, 100001, NULL, &out, &error), CUSTVAL_ERROR_RANGE, &error);
    assert_status(custval_migration_forecast(self.migration, 1, wrong, &out, &error), CUSTVAL_ERROR_RANGE, &error);
    assert_status(custval_migration_forecast(self.migration, 1, endless, &out, &error), CUSTVAL_ERROR_NOT_FINITE,
                  &error);
    assert_refused(custval_migration_steady(NULL, NULL, &out, &error));
    assert_status(custval_migration_steady(none, NULL, &out, &error), CUSTVAL_ERROR_STATE, &error);
    assert_refused(custval_migration_value(NULL, rewards, NULL, values, &error));
    assert_refused(custval_migration_value(self.migration, NULL, NULL, values, &error));
    assert_refused(custval_migration_value(self.migration, rewards, NULL, NULL, &error));
    assert_status(custval_migration_value(none, rewards, NULL, values, &error), CUSTVAL_ERROR_STATE, &error);
    assert_status(custval_migration_value(self.migration, rewards, NULL, values, &error), CUSTVAL_ERROR_STATE, &error);
    terms.rate = 0.1;
    assert_reads_struct(value_with, &terms, sizeof terms);
    assert_refused(custval_migration_test(NULL, NULL, &fit, &error));
    assert_status(custval_migration_test(none, NULL, &fit, &error), CUSTVAL_ERROR_STATE, &error);
    assert_status(custval_migration_test(self.migration, none, &fit, &error), CUSTVAL_ERROR_STATE, &error);
    assert_ok(custval_migration_test(self.migration, self.migration, &fit, &error), &error);
    assert_double_bits(fit.statistic, 0.0);
    assert_writes_struct(fit_into, sizeof fit);
    assert_writes_struct(facts_into, sizeof(custval_steady_facts));
    custval_migration_free(none);
}

static void migrations_of_other_states_are_not_compared(void **state) {
    static const char *const others[] = {"a", "c"};
    custval_migration_options options = CUSTVAL_MIGRATION_OPTIONS_INIT;
    custval_migration_fit fit = CUSTVAL_MIGRATION_FIT_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_migration *migration = NULL;
    custval_table *empty = NULL;
    (void)state;
    assert_ok(custval_table_new(NULL, 0, &empty, NULL), NULL);
    assert_ok(custval_table_add_texts(empty, "customer", NULL, NULL), NULL);
    assert_ok(custval_table_add_texts(empty, "state", NULL, NULL), NULL);
    options.states = others;
    for (options.states_count = 1; options.states_count < 3; options.states_count++) {
        custval_table *out = NULL;
        assert_ok(custval_migration_new(&options, &migration, NULL), NULL);
        for (size_t i = 0; i < 2; i++) assert_ok(custval_migration_add(migration, empty, NULL), NULL);
        assert_refused(custval_migration_test(self.migration, migration, &fit, &error));
        /* Nobody is anywhere: nothing ends. */
        assert_status(custval_migration_steady(migration, NULL, &out, &error), CUSTVAL_ERROR_STATE, &error);
        custval_migration_free(migration);
    }
    custval_table_free(empty);
}

/* ---- Panels --------------------------------------------------------------------------------------------------------- */

static custval_status trend_with(const void *given, custval_error *error) {
    custval_table *out = NULL;
    const custval_status status = custval_trend(self.table, given, &out, error);
    assert_int_equal(out == NULL, status != CUSTVAL_OK);
    custval_table_free(out);
    return status;
}

static void trends_refuse_what_they_cannot_read(void **state) {
    static const double half[ROWS] = {1, 1.5, 2, 3}, endless[ROWS] = {1, 2, (double)INFINITY, 3};
    custval_trend_options options = CUSTVAL_TREND_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *out = self.table;
    (void)state;
    assert_refused(custval_trend(self.table, NULL, NULL, &error));
    assert_refused(custval_trend(NULL, NULL, &out, &error));
    assert_null(out);
    assert_reads_struct(trend_with, &options, sizeof options);
    options.id = "sex";
    assert_ok(trend_with(&options, &error), &error);
    options.period = "zero";
    assert_status(trend_with(&options, &error), CUSTVAL_ERROR_DUPLICATE, &error);
    assert_message(&error, "row 2: \"a\" has period 0 twice");
    options.averages = 1;
    assert_ok(trend_with(&options, &error), &error);
    assert_ok(custval_table_add_doubles(self.table, "part", half, NULL), NULL);
    assert_ok(custval_table_add_doubles(self.table, "endless", endless, NULL), NULL);
    options.period = "part";
    assert_status(trend_with(&options, &error), CUSTVAL_ERROR_RANGE, &error);
    assert_message(&error, "row 1: column \"part\" is 1.5");
    options.period = "endless";
    assert_status(trend_with(&options, &error), CUSTVAL_ERROR_NOT_FINITE, &error);
    options.period = "customer";
    assert_status(trend_with(&options, &error), CUSTVAL_ERROR_TYPE, &error);
    options.period = NULL;
    options.value = "nothing";
    assert_status(trend_with(&options, &error), CUSTVAL_ERROR_NOT_FOUND, &error);
    options.value = NULL;
    options.half_life = 0.0;
    assert_status(trend_with(&options, &error), CUSTVAL_ERROR_RANGE, &error);
    options.half_life = (double)INFINITY;
    assert_ok(trend_with(&options, &error), &error);
    options.from_latest = 0;
    options.as_of = (double)NAN;
    assert_status(trend_with(&options, &error), CUSTVAL_ERROR_RANGE, &error);
    options.from_latest = 2;
    assert_refused(trend_with(&options, &error));
}

static custval_status weights_with(const void *given, custval_error *error) {
    custval_table *out = NULL;
    const custval_status status = custval_panel_weights(self.table, self.margins, given, NULL, &out, error);
    assert_int_equal(out == NULL, status != CUSTVAL_OK);
    custval_table_free(out);
    return status;
}

static custval_status weights_of(const char *category, double target, custval_error *error) {
    custval_panel_options options = CUSTVAL_PANEL_OPTIONS_INIT;
    custval_table *const margins = margins_new(category, target), *out = NULL;
    options.variables = sexes;
    options.variables_count = 1;
    const custval_status status = custval_panel_weights(self.table, margins, &options, NULL, &out, error);
    custval_table_free(out);
    custval_table_free(margins);
    return status;
}

static custval_status panel_facts_into(void *out, custval_error *error) {
    custval_panel_options options = CUSTVAL_PANEL_OPTIONS_INIT;
    custval_table *weights = NULL;
    options.variables = sexes;
    options.variables_count = 1;
    if (out == NULL) return custval_panel_weights(self.table, self.margins, &options, NULL, NULL, error);
    const custval_status status = custval_panel_weights(self.table, self.margins, &options, out, &weights, error);
    custval_table_free(weights);
    return status;
}

static void weights_refuse_margins_that_do_not_fit(void **state) {
    static const char *const twice[] = {"sex", "sex"};
    custval_panel_options options = CUSTVAL_PANEL_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *out = self.table;
    (void)state;
    assert_refused(weights_with(&options, &error));
    options.variables = sexes;
    assert_status(weights_with(&options, &error), CUSTVAL_ERROR_RANGE, &error);
    options.variables_count = 1;
    assert_refused(custval_panel_weights(NULL, self.margins, &options, NULL, &out, &error));
    assert_null(out);
    assert_refused(custval_panel_weights(self.table, NULL, &options, NULL, &out, &error));
    assert_reads_struct(weights_with, &options, sizeof options);
    assert_writes_struct(panel_facts_into, sizeof(custval_panel_facts));
    assert_status(weights_of("c", 1, &error), CUSTVAL_ERROR_NOT_FOUND, &error);
    assert_message(&error, "margins, row 1: category \"c\" has no respondent");
    assert_status(weights_of("a", 1, &error), CUSTVAL_ERROR_DUPLICATE, &error);
    assert_status(weights_of("b", 0, &error), CUSTVAL_ERROR_RANGE, &error);
    options.variables = twice;
    options.variables_count = 2;
    assert_status(weights_with(&options, &error), CUSTVAL_ERROR_DUPLICATE, &error);
    options.variables = states; /* no such column */
    assert_status(weights_with(&options, &error), CUSTVAL_ERROR_NOT_FOUND, &error);
    options.variables = sexes;
    options.variables_count = 1;
    options.weight = "zero";
    assert_status(weights_with(&options, &error), CUSTVAL_ERROR_RANGE, &error);
    options.weight = NULL;
    options.tolerance = 0.0;
    assert_status(weights_with(&options, &error), CUSTVAL_ERROR_RANGE, &error);
    options.tolerance = 1e-10;
    options.reserved = 1;
    assert_refused(weights_with(&options, &error));
}

/* Two people, two variables that always go together, margins that say they do not. */
static void margins_that_contradict_the_sample_are_named(void **state) {
    static const custval_text both[] = {{"x", 1}, {"y", 1}};
    static const custval_text variables[] = {{"p", 1}, {"p", 1}, {"q", 1}, {"q", 1}};
    static const custval_text categories[] = {{"x", 1}, {"y", 1}, {"x", 1}, {"y", 1}};
    static const double targets[] = {0.5, 0.5, 0.9, 0.1};
    static const char *const names[] = {"p", "q"};
    custval_panel_options options = CUSTVAL_PANEL_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *people = NULL, *margins = NULL, *out = NULL;
    (void)state;
    assert_ok(custval_table_new(NULL, 2, &people, NULL), NULL);
    assert_ok(custval_table_add_texts(people, "p", both, NULL), NULL);
    assert_ok(custval_table_add_texts(people, "q", both, NULL), NULL);
    assert_ok(custval_table_new(NULL, 4, &margins, NULL), NULL);
    assert_ok(custval_table_add_texts(margins, "variable", variables, NULL), NULL);
    assert_ok(custval_table_add_texts(margins, "category", categories, NULL), NULL);
    assert_ok(custval_table_add_doubles(margins, "target", targets, NULL), NULL);
    options.variables = names;
    options.variables_count = 2;
    assert_status(custval_panel_weights(people, margins, &options, NULL, &out, &error), CUSTVAL_ERROR_CONVERGENCE,
                  &error);
    assert_message(&error, "still 0.4 away from the known one");
    assert_null(out);
    options.variables_count = 1;
    assert_status(custval_panel_weights(people, margins, &options, NULL, &out, &error), CUSTVAL_ERROR_NOT_FOUND,
                  &error);
    assert_message(&error, "margins, row 2: \"q\" is none of the variables");
    custval_table_free(margins);
    custval_table_free(people);
}

static custval_status change_with(const void *given, custval_error *error) {
    custval_wave_facts facts = CUSTVAL_WAVE_FACTS_INIT;
    return custval_wave_change(self.table, self.table, given, &facts, error);
}

static custval_status change_into(void *out, custval_error *error) {
    return custval_wave_change(self.table, self.table, NULL, out, error);
}

static void changes_refuse_what_they_cannot_read(void **state) {
    custval_wave_options options = CUSTVAL_WAVE_OPTIONS_INIT;
    custval_wave_facts facts = CUSTVAL_WAVE_FACTS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    (void)state;
    assert_refused(custval_wave_change(NULL, self.table, NULL, &facts, &error));
    assert_refused(custval_wave_change(self.table, NULL, NULL, &facts, &error));
    assert_reads_struct(change_with, &options, sizeof options);
    assert_writes_struct(change_into, sizeof facts);
    assert_ok(custval_wave_change(self.table, self.table, NULL, &facts, &error), &error);
    assert_double_bits(facts.change, 0.0);
    assert_double_bits(facts.p, 1.0);
    options.id = "sex";
    assert_status(change_with(&options, &error), CUSTVAL_ERROR_DUPLICATE, &error);
    options.id = "part";
    assert_status(change_with(&options, &error), CUSTVAL_ERROR_TYPE, &error);
    options.id = NULL;
    options.weight = "zero";
    assert_status(change_with(&options, &error), CUSTVAL_ERROR_STATE, &error);
    options.weight = "nothing";
    assert_status(change_with(&options, &error), CUSTVAL_ERROR_NOT_FOUND, &error);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(groups_say_what_they_are),
        cmocka_unit_test(documents_are_read_and_written),
        cmocka_unit_test(customers_are_put_into_groups),
        cmocka_unit_test(cohorts_refuse_what_they_cannot_read),
        cmocka_unit_test(migrations_are_made_of_states),
        cmocka_unit_test(periods_are_refused_without_their_columns),
        cmocka_unit_test(results_are_refused_without_steps),
        cmocka_unit_test(migrations_of_other_states_are_not_compared),
        cmocka_unit_test(trends_refuse_what_they_cannot_read),
        cmocka_unit_test(weights_refuse_margins_that_do_not_fit),
        cmocka_unit_test(margins_that_contradict_the_sample_are_named),
        cmocka_unit_test(changes_refuse_what_they_cannot_read),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
