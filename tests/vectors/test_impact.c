/* impact.json: what a point of every node is worth, with its error, against a plain model with 50 digits. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "impacts.h"

/* Sums of three dozen customers, and links fitted to them: rounding stays below this. */
#define TOLERANCE 1e-11

static void assert_number(double actual, const json_t *expected, const char *what, size_t row) {
    if (json_is_null(expected)) {
        if (!(isnan(actual) != 0)) fail_msg("%s, row %zu: %.17g instead of nothing", what, row, actual);
        return;
    }
    const double wanted = json_number_value(expected), scale = fabs(wanted) > 1.0 ? fabs(wanted) : 1.0;
    if (!(fabs(actual - wanted) <= TOLERANCE * scale)) {
        fail_msg("%s, row %zu: %.17g instead of %.17g", what, row, actual, wanted);
    }
}

static void assert_text(custval_text actual, const char *expected) {
    assert_int_equal(actual.length, strlen(expected));
    assert_memory_equal(actual.data, expected, actual.length);
}

static void assert_rows(const custval_table *table, const json_t *expected) {
    assert_int_equal(custval_table_rows(table), json_array_size(expected));
    for (size_t row = 0; row < json_array_size(expected); row++) {
        const char *column;
        json_t *value;
        json_object_foreach(json_array_get(expected, row), column, value) {
            if (json_is_string(value)) {
                assert_text(table_cell_text(table, column, row), json_string_value(value));
            } else {
                assert_number(table_cell(table, column, row), value, column, row);
            }
        }
    }
}

static void assert_facts(const custval_impact_facts *facts, const json_t *expected) {
    const struct {
        const char *name;
        double number;
    } all[] = {
        {"rows", (double)facts->rows},
        {"not_chosen", (double)facts->not_chosen},
        {"no_value", (double)facts->no_value},
        {"missing", (double)facts->missing},
        {"range", (double)facts->range},
        {"endless", (double)facts->endless},
        {"exact_links", (double)facts->exact_links},
        {"customers", facts->customers},
        {"value", facts->value},
        {"probability", facts->probability},
        {"equity", facts->equity},
        {"equity_error", facts->equity_error},
        {"equity_low", facts->equity_low},
        {"equity_high", facts->equity_high},
    };
    assert_int_equal(json_object_size(expected), SUPPORT_COUNT(all));
    for (size_t i = 0; i < SUPPORT_COUNT(all); i++) {
        assert_number(all[i].number, json_object_get(expected, all[i].name), all[i].name, 0);
    }
}

static void assert_links(const custval_impact *impact, const json_t *expected) {
    assert_int_equal(custval_impact_links(impact), json_array_size(expected));
    for (size_t k = 0; k < json_array_size(expected); k++) {
        const json_t *const wanted = json_array_get(expected, k);
        const json_t *const coefficients = json_object_get(wanted, "coefficients");
        const json_t *const covariance = json_object_get(wanted, "covariance");
        const size_t terms = json_array_size(coefficients);
        custval_error error = CUSTVAL_ERROR_INIT;
        double b[8], c[64];
        assert_true(terms <= 8);
        assert_ok(custval_link_numbers(custval_impact_link(impact, k), b, c, &error), &error);
        for (size_t i = 0; i < terms; i++) {
            assert_number(b[i], json_array_get(coefficients, i), "coefficient", i);
            for (size_t j = 0; j < terms; j++) {
                const json_t *const cell =
                    json_is_null(covariance) ? covariance : json_array_get(json_array_get(covariance, i), j);
                assert_number(c[i * terms + j], cell, "covariance", i);
            }
        }
    }
}

static void every_answer_is_that_of_the_plain_model(void **state) {
    (void)state;
    impact_material of;
    size_t index = 0;
    for (; impact_material_load(&of, index); index++) {
        custval_error error = CUSTVAL_ERROR_INIT;
        custval_impact_facts facts = CUSTVAL_IMPACT_FACTS_INIT;
        custval_table *levers = NULL, *customers = NULL;
        custval_impact *const impact = impact_fitted(&of);
        assert_links(impact, json_object_get(of.test, "links"));
        assert_ok(custval_impact_run(impact, of.system, of.table, &of.options, &facts, &levers, &customers, &error),
                  &error);
        assert_rows(customers, json_object_get(of.test, "customers"));
        assert_rows(levers, json_object_get(of.test, "levers"));
        assert_facts(&facts, json_object_get(of.test, "facts"));
        custval_table_free(levers);
        custval_table_free(customers);
        custval_impact_free(impact);
        impact_material_free(&of);
    }
    assert_true(index > 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_answer_is_that_of_the_plain_model)};
    return cmocka_run_group_tests_name("impact", tests, NULL, NULL);
}
