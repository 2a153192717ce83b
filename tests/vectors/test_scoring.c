/* scoring.json: scores, statuses and failures that a second implementation computed. Each case is a test. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cases.h"
#include "json_table.h"

static uint32_t level_of(const char *word) {
    static const char *const words[] = {"value", "side", "dimension", "indicator", "item", "derived", "tag"};
    for (uint32_t i = 0; i < SUPPORT_COUNT(words); i++) {
        if (strcmp(words[i], word) == 0) return 1U << i;
    }
    fail_msg("\"%s\" is no level", word);
    return 0;
}

static uint32_t coverage_of(const char *word) {
    static const char *const words[] = {"value", "all", "none"};
    for (uint32_t i = 0; i < SUPPORT_COUNT(words); i++) {
        if (strcmp(words[i], word) == 0) return i;
    }
    fail_msg("\"%s\" is no kind of coverage", word);
    return 0;
}

/* Options of a case; every key must be known, so that no case is run with half of its options. */
static custval_score_options options_of(const json_t *wanted) {
    custval_score_options options = CUSTVAL_SCORE_OPTIONS_INIT;
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)wanted, key, value) {
        if (strcmp(key, "as_of") == 0)
            options.as_of = json_string_value(value);
        else if (strcmp(key, "profile") == 0)
            options.profile = json_string_value(value);
        else if (strcmp(key, "context") == 0)
            options.context = json_string_value(value);
        else if (strcmp(key, "coverage") == 0)
            options.coverage = coverage_of(json_string_value(value));
        else if (strcmp(key, "levels") == 0) {
            for (size_t i = 0; i < json_array_size(value); i++) {
                options.levels |= level_of(json_string_value(json_array_get(value, i)));
            }
        } else {
            fail_msg("option \"%s\" is not known to this runner", key);
        }
    }
    return options;
}

static uint32_t status_of(const json_t *words) {
    uint32_t status = 0;
    for (size_t i = 0; i < json_array_size(words); i++) {
        uint32_t bit = 0;
        assert_ok(custval_word_value(CUSTVAL_WORDS_ROW_STATUS, json_string_value(json_array_get(words, i)), &bit, NULL),
                  NULL);
        status |= bit;
    }
    return status;
}

static void assert_result_columns(const custval_table *scores, const json_t *names) {
    assert_int_equal(custval_table_columns(scores), json_array_size(names));
    for (size_t i = 0; i < json_array_size(names); i++) {
        assert_string_equal(custval_table_name(scores, i), json_string_value(json_array_get(names, i)));
    }
}

static void assert_column(const custval_table *scores, const char *name, const json_t *numbers, double tolerance) {
    assert_int_equal(custval_table_rows(scores), json_array_size(numbers));
    for (size_t row = 0; row < json_array_size(numbers); row++) {
        const json_t *wanted = json_array_get(numbers, row);
        const double expected = json_is_null(wanted) ? (double)NAN : support_number(wanted);
        char what[192];
        snprintf(what, sizeof what, "%s of row %zu", name, row);
        support_double_near(table_cell(scores, name, row), expected, tolerance * fmax(1.0, fabs(expected)), what,
                            __FILE__, __LINE__);
    }
}

static void assert_statuses(const custval_table *scores, const json_t *statuses) {
    assert_int_equal(custval_table_rows(scores), json_array_size(statuses));
    for (size_t row = 0; row < json_array_size(statuses); row++) {
        const uint32_t status = (uint32_t)table_cell(scores, "status", row),
                       expected = status_of(json_array_get(statuses, row));
        if (status != expected) fail_msg("status of row %zu is %u, expected %u", row, status, expected);
        assert_int_equal(isnan(table_cell(scores, "value", row)) != 0, (status & CUSTVAL_ROW_NO_VALUE) != 0);
    }
}

/* Whatever is wrong with a row can be said in words, and nothing is said of the others. */
static void assert_reasons(const custval_system *system, const custval_table *table,
                           const custval_score_options *options, const json_t *statuses) {
    for (size_t row = 0; row < json_array_size(statuses); row++) {
        char reason[512];
        assert_ok(custval_row_reason(system, table, row, options, reason, sizeof reason, NULL), NULL);
        assert_int_equal(reason[0] == '\0', json_array_size(json_array_get(statuses, row)) == 0);
    }
}

static void assert_scores(const json_t *test, const custval_system *system, const custval_table *table,
                          const custval_score_options *options) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *scores = NULL;
    assert_ok(custval_score(system, table, options, &scores, &error), &error);
    const json_t *names = json_object_get(test, "result_columns");
    if (names != NULL) assert_result_columns(scores, names);
    const double tolerance = json_real_value(json_object_get(test, "tolerance"));
    const char *name;
    json_t *wanted;
    json_object_foreach(json_object_get(test, "expected"), name, wanted) {
        if (strcmp(name, "status") != 0)
            assert_column(scores, name, wanted, tolerance);
        else if (options->levels == 0 || options->levels & CUSTVAL_LEVEL_VALUE)
            assert_statuses(scores, wanted);
    }
    assert_reasons(system, table, options, json_object_get(json_object_get(test, "expected"), "status"));
    custval_table_free(scores);
}

static void assert_failure(const json_t *test, custval_status status, const custval_error *error) {
    const char *wanted = json_string_value(json_object_get(test, "error"));
    if (strcmp(custval_status_name(status), wanted) != 0) {
        fail_msg("%s, expected %s: %s", custval_status_name(status), wanted, error->message);
    }
    assert_int_equal(error->status, status);
    assert_message(error, json_string_value(json_object_get(test, "message_part")));
}

static void run_case(const json_t *test) {
    const int must_fail = json_object_get(test, "error") != NULL;
    const custval_score_options options = options_of(json_object_get(test, "options"));
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *system = NULL;
    custval_status status = json_system(NULL, json_object_get(test, "system"), &system, &error);
    if (status != CUSTVAL_OK) {
        assert_null(system);
        if (!must_fail) fail_msg("%s", error.message);
        assert_failure(test, status, &error);
        return;
    }
    custval_table *table =
        json_table(json_object_get(test, "columns"), json_object_get(test, "rows"), json_object_get(test, "types"));
    if (must_fail) {
        custval_table *scores = table;
        status = custval_score(system, table, &options, &scores, &error);
        assert_null(scores);
        assert_failure(test, status, &error);
    } else {
        assert_scores(test, system, table, &options);
    }
    custval_table_free(table);
    custval_system_free(system);
}

int main(void) {
    return cases_run_all("scoring", "scoring.json", run_case);
}
