/* weights_and_rollup.json: weights that data suggest, through the public interface only. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "cases.h"
#include "summaries.h"

/* A table of a matrix, its columns named 0, 1 ... */
static custval_table *matrix_table(const json_t *matrix, json_t **out_names) {
    char name[24];
    *out_names = json_array();
    for (size_t i = 0; i < json_array_size(json_array_get(matrix, 0)); i++) {
        snprintf(name, sizeof name, "%zu", i);
        json_array_append_new(*out_names, json_string(name));
    }
    return json_table(*out_names, matrix, NULL);
}

static custval_weights *weights_of(const json_t *test, uint32_t parts, uint32_t method) {
    const json_t *input = json_object_get(test, "input"), *types = json_object_get(input, "types");
    json_t *columns;
    const char *names[16];
    custval_data_options options = CUSTVAL_DATA_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_weights *weights = NULL;
    custval_table *table = matrix_table(json_object_get(input, "matrix"), &columns);
    for (size_t i = 0; i < json_array_size(columns); i++) {
        names[i] = json_string_value(json_array_get(columns, i));
        assert_true(types == NULL || json_number_value(json_array_get(types, i)) > 0.0); /* all are benefits */
    }
    custval_summary *summary = summary_of(names, json_array_size(columns), parts, table);
    options.method = method;
    assert_ok(custval_weights_data(summary, &options, &weights, &error), &error);
    custval_summary_free(summary);
    custval_table_free(table);
    json_decref(columns);
    return weights;
}

static void assert_expected(const custval_weights *weights, const char *column, const json_t *expected,
                            const json_t *test) {
    const double tolerance = json_number_value(json_object_get(test, "tolerance"));
    assert_int_equal(json_array_size(expected), custval_weights_count(weights));
    for (size_t i = 0; i < json_array_size(expected); i++) {
        assert_double_near(table_cell(custval_weights_table(weights), column, i),
                           json_number_value(json_array_get(expected, i)), tolerance);
    }
}

static void entropy_ulutas(const json_t *test) {
    custval_weights *weights = weights_of(test, CUSTVAL_SUMMARY_ENTROPY, CUSTVAL_DATA_ENTROPY);
    assert_expected(weights, "weight", json_object_get(test, "expected"), test);
    custval_weights_free(weights);
}

static void entropy_hwang_yoon(const json_t *test) {
    const json_t *expected = json_object_get(test, "expected");
    custval_weights *weights = weights_of(test, CUSTVAL_SUMMARY_ENTROPY, CUSTVAL_DATA_ENTROPY);
    assert_expected(weights, "entropy", json_object_get(expected, "entropy"), test);
    assert_expected(weights, "weight", json_object_get(expected, "weights"), test);
    custval_weights_free(weights);
}

static void critic_diakoulaki(const json_t *test) {
    custval_weights *weights = weights_of(test, CUSTVAL_SUMMARY_PAIRS, CUSTVAL_DATA_CRITIC);
    assert_expected(weights, "weight", json_object_get(test, "expected"), test);
    custval_weights_free(weights);
}

static const named_case known[] = {
    {"entropy_ulutas", entropy_ulutas},
    {"entropy_hwang_yoon", entropy_hwang_yoon},
    {"critic_diakoulaki", critic_diakoulaki},
};

int main(void) {
    return cases_run_named("data weights", "weights_and_rollup.json", known, SUPPORT_COUNT(known));
}
