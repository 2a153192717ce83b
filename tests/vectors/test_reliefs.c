/* reliefs.json: what reliefs do to explanations, changes, flips and draws of weights; through the public interface only. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include <custval/custval.h>

#include "cases.h"
#include "json_table.h"

#define ROWS 4

static double number_of(const json_t *value) {
    return json_is_null(value) ? (double)NAN : json_number_value(value);
}

static void assert_number(double actual, const json_t *expected) {
    const double wanted = number_of(expected);
    assert_double_near(actual, wanted, 1e-11 * fmax(1.0, fabs(wanted)));
}

static void check_values(const json_t *test, const custval_system *system, const custval_table *table) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *out = NULL;
    assert_ok(custval_score(system, table, NULL, &out, &error), &error);
    for (size_t row = 0; row < ROWS; row++) {
        assert_number(table_cell(out, "value", row), json_array_get(json_object_get(test, "values"), row));
    }
    custval_table_free(out);
}

/* The row of the step in which a node is relieved. */
static size_t relief_row(const custval_table *table, const char *node) {
    size_t found = SIZE_MAX;
    for (size_t row = 0; row < custval_table_rows(table); row++) {
        const custval_text kind = table_cell_text(table, "kind", row), name = table_cell_text(table, "node", row);
        if (kind.length != 6 || memcmp(kind.data, "relief", 6) != 0) continue;
        if (name.length == strlen(node) && memcmp(name.data, node, name.length) == 0) found = row;
    }
    assert_true(found != SIZE_MAX);
    return found;
}

static void check_steps(const json_t *test, const custval_system *system, const custval_table *table) {
    custval_error error = CUSTVAL_ERROR_INIT;
    const json_t *const rows = json_object_get(test, "relieved"), *const values = json_object_get(test, "values");
    const char *node;
    json_t *step;
    for (size_t row = 0; row < json_array_size(rows); row++) {
        custval_table *why = NULL, *change = NULL;
        assert_ok(custval_explain(system, table, row, NULL, &why, &error), &error);
        assert_ok(custval_explain_change(system, table, 0, table, row, NULL, &change, &error), &error);
        assert_double_near(table_cell(change, "change", 0),
                           number_of(json_array_get(values, row)) - number_of(json_array_get(values, 0)), 1e-11);
        json_object_foreach(json_array_get(rows, row), node, step) {
            const json_t *const before = json_object_get(json_array_get(rows, 0), node);
            assert_number(table_cell(why, "contribution", relief_row(why, node)), step);
            if (row == 0) continue;
            assert_double_near(table_cell(change, "change", relief_row(change, node)),
                               number_of(step) - number_of(before), 1e-11);
        }
        custval_table_free(change);
        custval_table_free(why);
    }
}

static void check_flips(const json_t *test, const custval_system *system, const custval_table *table) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *out = NULL;
    const char *node;
    json_t *share;
    assert_ok(custval_flip(system, table, 0, 1, NULL, &out, &error), &error);
    assert_int_equal(custval_table_rows(out), json_object_size(json_object_get(test, "flips")));
    json_object_foreach(json_object_get(test, "flips"), node, share) {
        assert_number(table_cell(out, "flip", table_row(out, "node", node)), share);
    }
    custval_table_free(out);
}

static void check_draws(const json_t *test, const custval_system *system, const custval_table *table) {
    custval_uncertainty_options options = CUSTVAL_UNCERTAINTY_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *out = NULL;
    const char *name;
    json_t *column;
    const json_t *const draws = json_object_get(test, "draws");
    custval_table *const drawn = json_table(json_object_get(draws, "columns"), json_object_get(draws, "rows"), NULL);
    options.level = json_number_value(json_object_get(test, "level"));
    assert_ok(custval_uncertainty(system, table, drawn, &options, &out, &error), &error);
    json_object_foreach(json_object_get(test, "expected"), name, column) {
        for (size_t row = 0; row < ROWS; row++) assert_number(table_cell(out, name, row), json_array_get(column, row));
    }
    custval_table_free(out);
    custval_table_free(drawn);
}

static void run(const json_t *test) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *system = NULL;
    custval_table *const table = json_table(json_object_get(test, "columns"), json_object_get(test, "rows"), NULL);
    assert_ok(json_system(NULL, json_object_get(test, "system"), &system, &error), &error);
    assert_int_equal(custval_table_rows(table), ROWS);
    check_values(test, system, table);
    check_steps(test, system, table);
    check_flips(test, system, table);
    check_draws(test, system, table);
    custval_table_free(table);
    custval_system_free(system);
}

int main(void) {
    return cases_run_all("vectors_reliefs", "reliefs.json", run);
}
