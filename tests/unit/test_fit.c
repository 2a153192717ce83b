/* Scales fitted to data, by hand and against what they mean. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "explain_support.h"

#define TREE                                                                                                      \
  "'dimensions': [{'id': 'a', 'side': 'benefit', 'indicators': [{'id': 'a1', 'items': [{'column': 'X', 'scale': " \
  "[0, 100]}, {'column': 'Y', 'id': 'why', 'reversed': true, 'scale': [-50, 50], 'curve': {'type': 'linear', "    \
  "'intercept': 1, 'slope': 1}}, {'column': 'Z', 'scale': [1, 7]}]}]}]"

/* 2, 4, 4, 4, 5, 5, 7, 9: mean 5, sum of squared deviations 32, deviation sqrt(32/7). */
static const double eight[][2] = {{2, -3}, {4, 0}, {4, 0}, {4, (double)NAN}, {5, 1}, {5, 1}, {7, 2}, {9, -1}};

static custval_summary *summary_of(const char *names, const double *cells, size_t rows, uint32_t parts) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = table_of(names, cells, rows);
    custval_criterion criteria[8];
    custval_summary *summary = NULL;
    for (size_t i = 0; i < custval_table_columns(table); i++) {
        criteria[i] = (custval_criterion)CUSTVAL_CRITERION_INIT;
        criteria[i].column = custval_table_name(table, i);
    }
    assert_ok(custval_summary_new(NULL, criteria, custval_table_columns(table), parts, &summary, &error), &error);
    assert_ok(custval_summary_add(summary, table, &error), &error);
    custval_table_free(table);
    return summary;
}

static custval_system *fitted(const custval_system *system, const custval_summary *summary, uint32_t method) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_fit_options options = CUSTVAL_FIT_OPTIONS_INIT;
    custval_system *out = NULL;
    options.method = method;
    assert_ok(custval_system_fit(system, summary, &options, &out, &error), &error);
    return out;
}

static custval_item_spec item_of(const custval_system *system, const char *id) {
    custval_item_spec item = CUSTVAL_ITEM_SPEC_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    uint32_t node = CUSTVAL_NONE;
    assert_ok(custval_system_find(system, id, &node, &error), &error);
    assert_ok(custval_system_item_spec(system, node, &item, &error), &error);
    return item;
}

static void a_range_becomes_the_scale_and_is_recorded(void **state) {
    (void)state;
    custval_system *system = system_of(TREE "}");
    custval_summary *summary = summary_of("X Y", eight[0], 8, 0);
    custval_fit_options options = CUSTVAL_FIT_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *changed = NULL;
    options.method = CUSTVAL_FIT_RANGE;
    options.source = "customers of May";
    options.date = "2026-05-31";
    options.note = "n";
    assert_ok(custval_system_fit(system, summary, &options, &changed, &error), &error);
    custval_item_spec item = item_of(changed, "X");
    assert_double_bits(item.scale_min, 2.0);
    assert_double_bits(item.scale_max, 9.0);
    assert_int_equal(item.curve->type, CUSTVAL_CURVE_SCALE);
    item = item_of(changed, "why");
    assert_double_bits(item.scale_min, -3.0);
    assert_double_bits(item.scale_max, 2.0);
    assert_int_equal(item.curve->type, CUSTVAL_CURVE_SCALE);
    assert_int_equal(item.reversed, 1);
    item = item_of(changed, "Z");
    assert_double_bits(item.scale_max, 7.0); /* not in the summary */
    assert_int_equal(custval_system_origins(changed), 2);
    custval_origin_spec origin = CUSTVAL_ORIGIN_SPEC_INIT;
    assert_ok(custval_system_origin(changed, 1, &origin, &error), &error);
    assert_int_equal(origin.origin, CUSTVAL_ORIGIN_SCALE);
    assert_string_equal(origin.node, "why");
    assert_string_equal(origin.method, "range");
    assert_string_equal(origin.source, "customers of May");
    assert_string_equal(origin.date, "2026-05-31");
    assert_string_equal(origin.note, "n");
    assert_int_equal(origin.sample, 7);
    assert_int_equal(origin.diagnostic_count, 1);
    assert_string_equal(origin.diagnostic_names[0], "missing");
    assert_double_bits(origin.diagnostic_values[0], 1.0);
    assert_int_equal(custval_system_origins(system), 0);
    custval_system_free(changed);
    custval_summary_free(summary);
    custval_system_free(system);
}

static void a_z_score_is_a_line_of_mean_50_and_deviation_10(void **state) {
    (void)state;
    custval_system *system = system_of(TREE "}");
    custval_summary *summary = summary_of("X Y", eight[0], 8, 0);
    custval_system *changed = fitted(system, summary, CUSTVAL_FIT_Z);
    const custval_item_spec item = item_of(changed, "X");
    const double slope = 10.0 / sqrt(32.0 / 7.0);
    assert_int_equal(item.curve->type, CUSTVAL_CURVE_LINEAR);
    assert_double_near(item.curve->parameters[1], slope, 1e-14);
    assert_double_near(item.curve->parameters[0], 50.0 - 5.0 * slope, 1e-13);
    assert_double_bits(item.scale_min, 0.0); /* answers are still valid from 0 to 100 */
    assert_double_bits(item.scale_max, 100.0);
    custval_system_free(changed);
    custval_summary_free(summary);
    custval_system_free(system);
}

/* Ranks ceil(.05 i x 8): 2 up to .1 (rank 1), 4 up to .5 (rank 4), 5 up to .75 (rank 6), 7 up to .85 (rank 7), 9. */
static void a_quantile_score_is_the_share_at_or_below(void **state) {
    (void)state;
    static const double x[] = {2, 4, 5, 7, 9}, y[] = {10, 50, 75, 85, 100};
    custval_system *system = system_of(TREE "}");
    custval_summary *summary = summary_of("X", (const double[]){2, 4, 4, 4, 5, 5, 7, 9}, 8, CUSTVAL_SUMMARY_QUANTILES);
    custval_system *changed = fitted(system, summary, CUSTVAL_FIT_QUANTILE);
    const custval_item_spec item = item_of(changed, "X");
    assert_int_equal(item.curve->type, CUSTVAL_CURVE_PIECEWISE);
    assert_int_equal(item.curve->count, 5);
    for (size_t i = 0; i < 5; i++) {
        assert_double_bits(item.curve->x[i], x[i]);
        assert_double_bits(item.curve->y[i], y[i]);
    }
    assert_double_bits(item.scale_max, 100.0);
    custval_system_free(changed);
    custval_summary_free(summary);
    custval_system_free(system);
}

/* 0, 1 .. 100: the quantile of .05 i is the number of rank ceil(5.05 i). Close to each other, too. */
static void quantiles_of_many_numbers_ascend_from_the_lowest_to_the_highest(void **state) {
    (void)state;
    double many[101], close[101];
    for (int i = 0; i <= 100; i++) many[i] = i;
    for (int i = 0; i <= 100; i++) close[i] = 10.0 + 0.0001 * i; /* all in one cell of the sketch */
    custval_system *system = system_of(TREE "}");
    custval_summary *summary = summary_of("X", many, 101, CUSTVAL_SUMMARY_QUANTILES);
    custval_system *changed = fitted(system, summary, CUSTVAL_FIT_QUANTILE);
    custval_item_spec item = item_of(changed, "X");
    assert_int_equal(item.curve->count, 21);
    for (int i = 0; i <= 20; i++) {
        assert_double_bits(item.curve->x[i], i == 0 ? 0.0 : ceil(5.05 * i) - 1.0);
        assert_double_bits(item.curve->y[i], 5.0 * i);
    }
    custval_system_free(changed);
    custval_summary_free(summary);
    summary = summary_of("X", close, 101, CUSTVAL_SUMMARY_QUANTILES);
    changed = fitted(system, summary, CUSTVAL_FIT_QUANTILE);
    item = item_of(changed, "X");
    assert_true(item.curve->count >= 2);
    assert_double_bits(item.curve->x[0], close[0]);
    assert_double_bits(item.curve->x[item.curve->count - 1], close[100]);
    assert_double_bits(item.curve->y[item.curve->count - 1], 100.0);
    custval_system_free(changed);
    custval_summary_free(summary);
    custval_system_free(system);
}

static void what_cannot_be_fitted_is_refused_by_name(void **state) {
    (void)state;
    static const double numbers[] = {1, 1, 2, 2, 99, 2, 3, 1, 1, 2};
    static const struct {
        const char *columns;
        uint32_t method;
        custval_status status;
        const char *message;
    } cases[] = {
        {"X A", 0, CUSTVAL_ERROR_ARGUMENT, "there is no way of fitting 0"},
        {"X A", 4, CUSTVAL_ERROR_ARGUMENT, "there is no way of fitting 4"},
        {"A B", CUSTVAL_FIT_RANGE, CUSTVAL_ERROR_NOT_FOUND, "no item reads a column of the summary, such as \"A\""},
        {"X A", CUSTVAL_FIT_QUANTILE, CUSTVAL_ERROR_STATE, "the summary keeps no quantiles"},
        {"C A", CUSTVAL_FIT_RANGE, CUSTVAL_ERROR_STATE,
         "item \"C\": the summary has counted 99, which means \"no answer\""},
        {"T A", CUSTVAL_FIT_Z, CUSTVAL_ERROR_STRUCTURE,
         "item \"T\" has the curve \"table\", which no scale from data replaces"},
        {"P A", CUSTVAL_FIT_Z, CUSTVAL_ERROR_STRUCTURE, "item \"P\" has the curve \"prospect\""},
        {"E A", CUSTVAL_FIT_RANGE, CUSTVAL_ERROR_RANGE, "item \"E\": expectation 100 lies outside 1..99"},
    };
    custval_system *system = system_of(
        "'dimensions': [{'id': 'a', 'side': 'benefit', 'indicators': [{'id': 'a1', 'items': [{'column': 'X', 'scale': "
        "[0, 9]}, {'column': 'C', 'scale': [1, 9], 'missing_codes': [98, 99]}, {'column': 'T', 'curve': {'type': "
        "'table', 'points': [[1, 0], [2, 100]]}}, {'column': 'P', 'scale': [0, 100], 'expectation': 5, 'curve': "
        "{'type': 'prospect'}}, {'column': 'E', 'scale': [0, 100], 'expectation': 100}]}]}]}");
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_fit_options options = CUSTVAL_FIT_OPTIONS_INIT;
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        custval_summary *summary = summary_of(cases[i].columns, numbers, 5, 0);
        custval_system *out = system;
        options.method = cases[i].method;
        assert_status(custval_system_fit(system, summary, &options, &out, &error), cases[i].status, &error);
        assert_message(&error, cases[i].message);
        assert_null(out);
        custval_summary_free(summary);
    }
    static const double constant[] = {3, 3, 3};
    custval_summary *summary = summary_of("X", constant, 3, 0);
    custval_system *out = system;
    options.method = CUSTVAL_FIT_RANGE;
    assert_status(custval_system_fit(system, summary, &options, &out, &error), CUSTVAL_ERROR_STATE, &error);
    assert_message(&error, "item \"X\": the column \"X\" has no two different numbers");
    options.reserved = 1;
    assert_status(custval_system_fit(system, summary, &options, &out, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    assert_message(&error, "reserved is 1, it must be 0");
    custval_summary_free(summary);
    summary = summary_of("X", NULL, 0, 0);
    options.reserved = 0;
    assert_status(custval_system_fit(system, summary, &options, &out, &error), CUSTVAL_ERROR_STATE, &error);
    assert_message(&error, "has no two different numbers");
    custval_summary_free(summary);
    custval_system_free(system);
}

typedef struct material {
    custval_system *system;
    custval_summary *summary;
} material;

static custval_status attempt(const custval_host *host, void *data) {
    const material *with = data;
    custval_system *out = with->system;
    custval_fit_options options = CUSTVAL_FIT_OPTIONS_INIT;
    options.host = host;
    options.method = CUSTVAL_FIT_QUANTILE;
    const custval_status status = custval_system_fit(with->system, with->summary, &options, &out, NULL);
    assert_int_equal(out == NULL, status != CUSTVAL_OK);
    custval_system_free(out);
    return status;
}

static void nothing_is_lost_when_an_allocation_fails(void **state) {
    (void)state;
    material with = {system_of(TREE "}"), summary_of("X Y", eight[0], 8, CUSTVAL_SUMMARY_QUANTILES)};
    support_exhaust_memory(attempt, &with);
    custval_summary_free(with.summary);
    custval_system_free(with.system);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_range_becomes_the_scale_and_is_recorded),
        cmocka_unit_test(a_z_score_is_a_line_of_mean_50_and_deviation_10),
        cmocka_unit_test(a_quantile_score_is_the_share_at_or_below),
        cmocka_unit_test(quantiles_of_many_numbers_ascend_from_the_lowest_to_the_highest),
        cmocka_unit_test(what_cannot_be_fitted_is_refused_by_name),
        cmocka_unit_test(nothing_is_lost_when_an_allocation_fails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
