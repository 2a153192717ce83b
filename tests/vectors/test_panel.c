/* Known answers of panels, in fractions and 50 digits: tests/vectors/make_panel.py. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include <custval/custval.h>

#include "cases.h"
#include "json_table.h"

/* Some ten operations on numbers of like size; slopes and errors lose a digit where values nearly cancel. */
#define NEAR 1e-13
/* Raking stops at a gap of 1e-12 of a share; a weight of 1 in 60 respondents feels it 60 times over. */
#define RAKED 1e-10

static const json_t *input(const json_t *test, const char *key) {
    return json_object_get(json_object_get(test, "input"), key);
}

static void near(double found, const json_t *wanted, double tolerance) {
    const double number = wanted == NULL ? (double)NAN : json_number_value(wanted);
    assert_double_near(found, number, tolerance * fmax(1.0, fabs(number)));
}

static void trend(const json_t *test) {
    static const char *const columns[] = {"periods", "first",       "last",     "gaps",     "since",  "level",
                                          "slope",   "slope_error", "smoothed", "evidence", "latest", "change"};
    json_t *const names = json_pack("[sss]", "customer", "period", "value");
    custval_table *const rows = json_table(names, input(test, "rows"), NULL), *found = NULL;
    custval_trend_options options = CUSTVAL_TREND_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    const char *id;
    json_t *wanted;
    options.half_life = json_number_value(input(test, "half_life"));
    options.as_of = json_number_value(input(test, "as_of"));
    options.from_latest = 0;
    assert_ok(custval_trend(rows, &options, &found, &error), &error);
    assert_int_equal(custval_table_rows(found), json_object_size(json_object_get(test, "expected")));
    json_object_foreach(json_object_get(test, "expected"), id, wanted) {
        const size_t row = table_row(found, "id", id);
        for (size_t i = 0; i < SUPPORT_COUNT(columns); i++) {
            near(table_cell(found, columns[i], row), json_object_get(wanted, columns[i]), NEAR);
        }
    }
    custval_table_free(found);
    custval_table_free(rows);
    json_decref(names);
}

static void weights(const json_t *test) {
    const json_t *const variables = input(test, "variables");
    const json_t *const expected = json_object_get(test, "expected");
    json_t *const names = json_deep_copy(variables), *const margin_names =
                                                         json_pack("[sss]", "variable", "category", "target");
    json_array_append_new(names, json_string("start"));
    custval_table *const people = json_table(names, input(test, "rows"), NULL);
    custval_table *const margins = json_table(margin_names, input(test, "margins"), NULL), *found = NULL;
    const char *list[8];
    custval_panel_options options = CUSTVAL_PANEL_OPTIONS_INIT;
    custval_panel_facts facts = CUSTVAL_PANEL_FACTS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    for (size_t i = 0; i < json_array_size(variables); i++) list[i] = json_string_value(json_array_get(variables, i));
    options.variables = list;
    options.variables_count = json_array_size(variables);
    options.weight = "start";
    options.tolerance = 1e-12;
    assert_ok(custval_panel_weights(people, margins, &options, &facts, &found, &error), &error);
    const json_t *const wanted = json_object_get(expected, "weights");
    for (size_t row = 0; row < json_array_size(wanted); row++) {
        near(table_cell(found, "weight", row), json_array_get(wanted, row), RAKED);
    }
    near(facts.effective, json_object_get(expected, "effective"), RAKED);
    assert_int_equal(facts.weighted, json_array_size(wanted));
    assert_true(facts.gap <= 1e-12);
    custval_table_free(found);
    custval_table_free(margins);
    custval_table_free(people);
    json_decref(margin_names);
    json_decref(names);
}

static void change(const json_t *test) {
    const json_t *const expected = json_object_get(test, "expected");
    json_t *const names = json_pack("[sss]", "customer", "value", "weight");
    custval_table *const before = json_table(names, input(test, "before"), NULL);
    custval_table *const after = json_table(names, input(test, "after"), NULL);
    custval_wave_options options = CUSTVAL_WAVE_OPTIONS_INIT;
    custval_wave_facts facts = CUSTVAL_WAVE_FACTS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    options.weight = "weight";
    assert_ok(custval_wave_change(before, after, &options, &facts, &error), &error);
    near(facts.before, json_object_get(expected, "before"), NEAR);
    near(facts.after, json_object_get(expected, "after"), NEAR);
    near(facts.change, json_object_get(expected, "change"), NEAR);
    near(facts.error, json_object_get(expected, "error"), NEAR);
    near(facts.p, json_object_get(expected, "p"), NEAR);
    assert_int_equal(facts.both, json_integer_value(json_object_get(expected, "both")));
    custval_table_free(after);
    custval_table_free(before);
    json_decref(names);
}

static void run(const json_t *test) {
    const char *const method = json_string_value(json_object_get(test, "method"));
    if (strcmp(method, "trend") == 0) {
        trend(test);
    } else if (strcmp(method, "weights") == 0) {
        weights(test);
    } else {
        change(test);
    }
}

int main(void) {
    return cases_run_all("panel", "panel.json", run);
}
