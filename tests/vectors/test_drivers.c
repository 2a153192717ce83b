/* drivers.json: known answers on key drivers, by every method, and their bootstrap intervals. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cases.h"
#include "json_table.h"

#define MOST_COLUMNS 20

typedef struct problem {
    custval_table *table;
    custval_summary *summary;
    const char *outcome;
    double tolerance;
} problem;

/* ---- Cases ------------------------------------------------------------------------------------------------------- */

/* Whole numbers, with quoted names in the first line; as JSON, so that there is one way to make a table. */
static custval_table *table_of_file(const char *path) {
    char *const text = support_read_file(path, NULL);
    json_t *const names = json_array(), *const rows = json_array();
    char *at = text;
    for (char *line = text; *line != 0; line = at) {
        at = line + strcspn(line, "\n");
        if (*at != 0) *at++ = 0;
        json_t *const row = line == text ? names : json_array();
        for (char *cell = line; cell != NULL;) {
            char *const comma = strchr(cell, ',');
            if (comma != NULL) *comma = 0;
            const size_t length = strcspn(cell + 1, "\"");
            json_array_append_new(row, line == text ? json_stringn(cell + 1, length) : json_real(support_double(cell)));
            cell = comma == NULL ? NULL : comma + 1;
        }
        if (row != names) json_array_append_new(rows, row);
    }
    custval_table *const table = json_table(names, rows, NULL);
    json_decref(names);
    json_decref(rows);
    free(text);
    return table;
}

static int is_sacrifice(const json_t *test, const char *name) {
    const json_t *const sacrifices = json_object_get(test, "sacrifices");
    for (size_t i = 0; i < json_array_size(sacrifices); i++) {
        if (strcmp(json_string_value(json_array_get(sacrifices, i)), name) == 0) return 1;
    }
    return 0;
}

static problem open_problem(const json_t *test) {
    problem out = {NULL, NULL, json_string_value(json_object_get(test, "outcome")),
                   json_number_value(json_object_get(test, "tolerance"))};
    const char *const file = json_string_value(json_object_get(test, "file"));
    custval_criterion criteria[MOST_COLUMNS];
    custval_error error = CUSTVAL_ERROR_INIT;
    out.table = file != NULL ? table_of_file(file)
                             : json_table(json_object_get(test, "columns"), json_object_get(test, "rows"), NULL);
    const size_t count = custval_table_columns(out.table);
    assert_true(count <= MOST_COLUMNS);
    for (size_t i = 0; i < count; i++) {
        criteria[i] = (custval_criterion)CUSTVAL_CRITERION_INIT;
        criteria[i].column = custval_table_name(out.table, i);
        if (is_sacrifice(test, criteria[i].column)) criteria[i].side = CUSTVAL_SIDE_SACRIFICE;
    }
    assert_ok(custval_summary_new(NULL, criteria, count, CUSTVAL_SUMMARY_PAIRS, &out.summary, &error), &error);
    assert_ok(custval_summary_add(out.summary, out.table, &error), &error);
    return out;
}

static void close_problem(problem *of) {
    custval_summary_free(of->summary);
    custval_table_free(of->table);
}

static uint32_t method_of(const char *name) {
    static const char *const names[] = {"", "correlation", "regression", "relative", "shapley"};
    for (uint32_t i = 1; i < SUPPORT_COUNT(names); i++) {
        if (strcmp(names[i], name) == 0) return i;
    }
    fail_msg("no method \"%s\"", name);
    return 0;
}

/* ---- Comparing --------------------------------------------------------------------------------------------------- */

static void assert_number(const problem *of, double actual, const json_t *expected) {
    const double number = json_is_null(expected) ? (double)NAN : json_number_value(expected);
    assert_double_near(actual, number, of->tolerance * fmax(1.0, fabs(number)));
}

static void assert_column(const problem *of, const custval_weights *weights, const char *name, const json_t *expected) {
    assert_int_equal(custval_weights_count(weights), json_array_size(expected));
    for (size_t i = 0; i < json_array_size(expected); i++) {
        assert_number(of, table_cell(custval_weights_table(weights), name, i), json_array_get(expected, i));
    }
}

static void assert_diagnostic(const problem *of, const custval_weights *weights, const char *name,
                              const json_t *expected) {
    double number = 0.0;
    assert_ok(custval_weights_diagnostic(weights, name, &number, NULL), NULL);
    assert_number(of, number, expected);
}

static int is_text(custval_text text, const json_t *expected) {
    if (json_is_null(expected)) return text.length == 0;
    return text.length == json_string_length(expected) &&
           memcmp(text.data, json_string_value(expected), text.length) == 0;
}

/* All remarks but for zero-weight, in order. */
static void assert_remarks(const custval_weights *weights, const json_t *expected) {
    const custval_table *const notes = custval_weights_notes(weights);
    size_t found = 0;
    for (size_t row = 0; row < custval_table_rows(notes); row++) {
        const custval_text code = table_cell_text(notes, "code", row);
        if (code.length == 11 && memcmp(code.data, "zero-weight", 11) == 0) continue;
        const json_t *const remark = json_array_get(expected, found++);
        assert_non_null(remark);
        assert_true(is_text(code, json_array_get(remark, 0)));
        assert_true(is_text(table_cell_text(notes, "about", row), json_array_get(remark, 1)));
        assert_true(table_cell_text(notes, "message", row).length > 0);
    }
    assert_int_equal(found, json_array_size(expected));
}

static void assert_method(const problem *of, const json_t *expected, const char *name, const json_t *given) {
    custval_drivers_options options = CUSTVAL_DRIVERS_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_weights *weights = NULL;
    char method[40] = "drivers-";
    options.method = method_of(name);
    if (json_is_null(json_object_get(given, "weight"))) {
        assert_status(custval_weights_drivers(of->summary, of->outcome, &options, &weights, &error),
                      CUSTVAL_ERROR_WEIGHT, &error);
        return;
    }
    assert_ok(custval_weights_drivers(of->summary, of->outcome, &options, &weights, &error), &error);
    assert_string_equal(custval_weights_method(weights), strcat(method, name));
    static const char *const columns[] = {"correlation", "beta", "vif", "sign"};
    for (size_t i = 0; i < SUPPORT_COUNT(columns); i++) {
        assert_column(of, weights, columns[i], json_object_get(expected, columns[i]));
    }
    assert_column(of, weights, "importance", json_object_get(given, "importance"));
    assert_column(of, weights, "weight", json_object_get(given, "weight"));
    static const char *const numbers[] = {"n", "dropped", "r_squared", "adjusted_r_squared"};
    for (size_t i = 0; i < SUPPORT_COUNT(numbers); i++) {
        assert_diagnostic(of, weights, numbers[i], json_object_get(expected, numbers[i]));
    }
    assert_remarks(weights, json_object_get(given, "remarks"));
    assert_int_equal(custval_weights_sample(weights), json_integer_value(json_object_get(expected, "n")));
    custval_weights_free(weights);
}

static int has_remark(const custval_weights *weights, const char *code, const char *about) {
    const custval_table *const notes = custval_weights_notes(weights);
    for (size_t row = 0; row < custval_table_rows(notes); row++) {
        const custval_text texts[] = {table_cell_text(notes, "code", row), table_cell_text(notes, "about", row)};
        if (texts[0].length == strlen(code) && memcmp(texts[0].data, code, texts[0].length) == 0 &&
            texts[1].length == strlen(about) && memcmp(texts[1].data, about, texts[1].length) == 0) {
            return 1;
        }
    }
    return 0;
}

static void assert_unstable(const custval_weights *weights, const json_t *expected) {
    for (size_t i = 0; i < custval_weights_count(weights); i++) {
        const char *const name = custval_weights_name(weights, i);
        int wanted = 0;
        for (size_t k = 0; k < json_array_size(expected); k++) {
            if (strcmp(json_string_value(json_array_get(expected, k)), name) == 0) wanted = 1;
        }
        assert_int_equal(has_remark(weights, "unstable", name), wanted);
    }
}

static void assert_bootstrap(const problem *of, const json_t *test, const char *method, const json_t *given) {
    static const char *const columns[] = {"low", "high", "beta_low", "beta_high", "p_negative"};
    const json_t *const bootstrap = json_object_get(test, "bootstrap");
    custval_drivers_options options = CUSTVAL_DRIVERS_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_weights *weights = NULL;
    options.rows = of->table;
    options.method = method_of(method);
    options.seed = (uint64_t)json_integer_value(json_object_get(bootstrap, "seed"));
    options.resamples = (uint32_t)json_integer_value(json_object_get(bootstrap, "resamples"));
    options.level = json_number_value(json_object_get(bootstrap, "level"));
    assert_ok(custval_weights_drivers(of->summary, of->outcome, &options, &weights, &error), &error);
    assert_diagnostic(of, weights, "resamples", json_object_get(bootstrap, "usable"));
    for (size_t i = 0; i < SUPPORT_COUNT(columns); i++) {
        assert_column(of, weights, columns[i], json_object_get(given, columns[i]));
    }
    assert_unstable(weights, json_object_get(given, "unstable"));
    custval_weights_free(weights);
}

static void assert_error(const problem *of, const json_t *test) {
    custval_drivers_options options = CUSTVAL_DRIVERS_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_weights *weights = NULL;
    options.method = method_of(json_string_value(json_object_get(test, "method")));
    const custval_status status = custval_weights_drivers(of->summary, of->outcome, &options, &weights, &error);
    assert_string_equal(custval_status_name(status), json_string_value(json_object_get(test, "error")));
    assert_message(&error, json_string_value(json_object_get(test, "message_part")));
    assert_null(weights);
}

static void run_case(const json_t *test) {
    problem of = open_problem(test);
    json_t *const expected = json_object_get(test, "expected");
    const char *method;
    json_t *given;
    if (expected == NULL) assert_error(&of, test);
    json_object_foreach(json_object_get(expected, "methods"), method, given) {
        assert_method(&of, expected, method, given);
    }
    json_object_foreach(json_object_get(json_object_get(test, "bootstrap"), "methods"), method, given) {
        assert_bootstrap(&of, test, method, given);
    }
    close_problem(&of);
}

int main(void) {
    return cases_run_all("drivers", "drivers.json", run_case);
}
