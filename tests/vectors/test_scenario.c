/* scenario.json: what plans do to every customer, period by period, against a plain model; and written worked examples. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <custval/scenario.h>

#include "cases.h"
#include "json_table.h"

/* Values are sums of a dozen scores up to 100, units of nine customers: rounding stays far below this share of them. */
#define TOLERANCE 1e-12

static void assert_number(double actual, const json_t *expected, const char *what, size_t row) {
    if (json_is_null(expected)) {
        if (!isnan(actual)) fail_msg("%s, row %zu: %.17g instead of nothing", what, row, actual);
        return;
    }
    const double wanted = json_number_value(expected);
    const double scale = fabs(wanted) > 1.0 ? fabs(wanted) : 1.0;
    if (!(fabs(actual - wanted) <= TOLERANCE * scale)) {
        fail_msg("%s, row %zu: %.17g instead of %.17g", what, row, actual, wanted);
    }
}

static void assert_rows(const custval_table *table, const json_t *expected) {
    assert_int_equal(custval_table_rows(table), json_array_size(expected));
    for (size_t row = 0; row < json_array_size(expected); row++) {
        json_t *const object = json_array_get(expected, row);
        const char *column;
        json_t *value;
        json_object_foreach(object, column, value) assert_number(table_cell(table, column, row), value, column, row);
    }
}

static void assert_facts(const custval_scenario_facts *facts, const json_t *expected) {
    const struct {
        const char *name;
        double number;
    } all[] = {
        {"customers", (double)facts->customers},
        {"skipped", (double)facts->skipped},
        {"chosen", (double)facts->chosen},
        {"switching", (double)facts->switching},
        {"rose", (double)facts->rose},
        {"fell", (double)facts->fell},
        {"before", facts->before},
        {"during_change", facts->during_change},
        {"after_change", facts->after_change},
        {"net", facts->net},
        {"without", facts->without},
        {"break_even", facts->break_even},
        {"premium", facts->premium},
        {"bought_anyway", facts->bought_anyway},
        {"units_before", facts->units_before},
        {"units_during", facts->units_during},
        {"units_after", facts->units_after},
        {"profit", facts->profit},
    };
    assert_int_equal(json_object_size(expected), SUPPORT_COUNT(all));
    for (size_t i = 0; i < SUPPORT_COUNT(all); i++) {
        assert_number(all[i].number, json_object_get(expected, all[i].name), all[i].name, 0);
    }
}

static custval_scenario *scenario_of(const json_t *document) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_scenario *scenario = NULL;
    char *const text = json_dumps(document, 0);
    assert_ok(custval_scenario_parse(NULL, text, strlen(text), &scenario, &error), &error);
    free(text);
    return scenario;
}

/* The sum of what a group has is that of its rows, and the last row is that of all. */
static void assert_groups(const custval_table *groups, const custval_table *customers, const custval_table *table) {
    const size_t rows = custval_table_rows(groups);
    for (size_t i = 0; i < rows; i++) {
        const custval_text name = table_cell_text(groups, "group", i);
        double units = 0.0, before = 0.0, count = 0.0;
        for (size_t row = 0; row < custval_table_rows(customers); row++) {
            const custval_text group = table_cell_text(table, "segment", row);
            const int is_in =
                i + 1 == rows || (group.length == name.length && memcmp(group.data, name.data, name.length) == 0);
            if (!is_in || table_cell(customers, "status", row) == CUSTVAL_SCENARIO_ROW_NO_VALUE) continue;
            count += 1.0;
            before += table_cell(customers, "before", row);
            if (!isnan(table_cell(customers, "units_during", row))) units += table_cell(customers, "units_during", row);
        }
        assert_double_near(table_cell(groups, "customers", i), count, 0.0);
        assert_double_near(table_cell(groups, "before", i) * count, before, 1e-10);
        assert_double_near(table_cell(groups, "units_during", i), units, 1e-12);
    }
}

static void plans_do_what_the_plain_model_says(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    json_t *const vectors = support_vectors("scenario.json");
    custval_table *const table =
        json_table(json_object_get(vectors, "columns"), json_object_get(vectors, "rows"), NULL);
    custval_system *system = NULL;
    assert_ok(json_system(NULL, json_object_get(vectors, "system"), &system, &error), &error);
    size_t index;
    json_t *test;
    json_array_foreach(json_object_get(vectors, "cases"), index, test) {
        custval_scenario *const scenario = scenario_of(json_object_get(test, "scenario"));
        custval_scenario_options options = CUSTVAL_SCENARIO_OPTIONS_INIT;
        custval_scenario_facts facts = CUSTVAL_SCENARIO_FACTS_INIT;
        custval_table *customers = NULL, *periods = NULL, *groups = NULL;
        double cuts[8];
        options.group = "segment";
        options.cut_count = json_array_size(json_object_get(test, "cuts"));
        for (size_t i = 0; i < options.cut_count; i++) {
            cuts[i] = json_number_value(json_array_get(json_object_get(test, "cuts"), i));
        }
        options.cuts = cuts;
        assert_ok(
            custval_scenario_run(scenario, system, table, &options, &facts, &customers, &periods, &groups, &error),
            &error);
        assert_rows(customers, json_object_get(test, "customers"));
        assert_rows(periods, json_object_get(test, "periods"));
        assert_facts(&facts, json_object_get(test, "facts"));
        assert_groups(groups, customers, table);
        custval_table_free(customers);
        custval_table_free(periods);
        custval_table_free(groups);
        custval_scenario_free(scenario);
    }
    custval_system_free(system);
    custval_table_free(table);
    json_decref(vectors);
}

static void meters_find_the_prices_of_exact_curves(void **state) {
    (void)state;
    json_t *const vectors = support_vectors("scenario.json");
    json_t *const names = json_pack("[ssss]", "too_cheap", "cheap", "expensive", "too_expensive");
    size_t index;
    json_t *test;
    json_array_foreach(json_object_get(vectors, "surveys"), index, test) {
        const json_t *const expected = json_object_get(test, "facts");
        custval_error error = CUSTVAL_ERROR_INIT;
        custval_price_meter_facts facts = CUSTVAL_PRICE_METER_FACTS_INIT;
        custval_table *const answers = json_table(names, json_object_get(test, "rows"), NULL), *curves = NULL;
        assert_ok(custval_price_meter(answers, NULL, &facts, &curves, &error), &error);
        assert_rows(curves, json_object_get(test, "curves"));
        assert_number((double)facts.respondents, json_object_get(expected, "respondents"), "respondents", index);
        assert_number((double)facts.dropped, json_object_get(expected, "dropped"), "dropped", index);
        assert_number((double)facts.missing, json_object_get(expected, "missing"), "missing", index);
        assert_number(facts.cheapest, json_object_get(expected, "cheapest"), "cheapest", index);
        assert_number(facts.indifference, json_object_get(expected, "indifference"), "indifference", index);
        assert_number(facts.optimal, json_object_get(expected, "optimal"), "optimal", index);
        assert_number(facts.dearest, json_object_get(expected, "dearest"), "dearest", index);
        custval_table_free(curves);
        custval_table_free(answers);
    }
    json_decref(names);
    json_decref(vectors);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(plans_do_what_the_plain_model_says),
                                       cmocka_unit_test(meters_find_the_prices_of_exact_curves)};
    return cmocka_run_group_tests_name("scenario", tests, NULL, NULL);
}
