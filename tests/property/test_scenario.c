/* What holds for every plan: contributions add up to the change, no plan is no change, more is more, and the same bits
   whatever the threads and the neighbours. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include <custval/custval.h>

#include "histories.h"
#include "scenarios.h"

static scenario_material shared;
static const char *const ids[] = {"bogo",      "path",     "price_cut",         "price_rise", "features",
                                  "indicator", "delivery", "indicator_for_all", "competition"};

static int set_up(void **state) {
    (void)state;
    scenario_material_load(&shared);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    scenario_material_free(&shared);
    return 0;
}

typedef struct outcome {
    custval_scenario_facts facts;
    custval_table *customers, *periods, *groups;
} outcome;

static outcome run(const custval_scenario *scenario, const custval_table *table, const custval_host *host) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_scenario_options options = CUSTVAL_SCENARIO_OPTIONS_INIT;
    custval_score_options score = CUSTVAL_SCORE_OPTIONS_INIT;
    outcome out = {CUSTVAL_SCENARIO_FACTS_INIT, NULL, NULL, NULL};
    score.host = host;
    options.score = &score;
    options.group = "segment";
    assert_ok(custval_scenario_run(scenario, shared.system, table, &options, &out.facts, &out.customers, &out.periods,
                                   &out.groups, &error),
              &error);
    return out;
}

static void drop(outcome *out) {
    custval_table_free(out->customers);
    custval_table_free(out->periods);
    custval_table_free(out->groups);
}

/* Customers with answers drawn on their scales, some missing. */
static custval_table *drawn(support_random *random, size_t rows) {
    static const struct {
        const char *name;
        double low, high;
    } columns[] = {{"F", 1, 10}, {"I", 1, 7},      {"J", 0, 4},        {"S", 1, 10},   {"P", 1, 10},  {"T", 0, 60},
                   {"E", 1, 5},  {"volume", 0, 5}, {"rival", -40, 60}, {"stay", 0, 9}, {"old", 0, 1}, {"new", 0, 10}};
    static const custval_text names[] = {{"a", 1}, {"b", 1}, {"c", 1}, {NULL, 0}};
    custval_table *table = NULL;
    double *const numbers = malloc(rows * sizeof *numbers);
    custval_text *const texts = malloc(rows * sizeof *texts);
    assert_ok(custval_table_new(NULL, rows, &table, NULL), NULL);
    for (size_t i = 0; i < SUPPORT_COUNT(columns); i++) {
        custval_column column = CUSTVAL_COLUMN_INIT;
        for (size_t row = 0; row < rows; row++) {
            const double x = random_between(random, columns[i].low, columns[i].high);
            numbers[row] = random_below(random, 20) == 0 ? (double)NAN : i < 7 ? floor(x + 0.5) : x;
        }
        column.type = CUSTVAL_TYPE_FLOAT64;
        column.data = numbers;
        assert_ok(custval_table_add_copy(table, columns[i].name, &column, NULL), NULL);
    }
    for (size_t row = 0; row < rows; row++) texts[row] = names[random_below(random, 4)];
    assert_ok(custval_table_add_texts(table, "segment", texts, NULL), NULL);
    free(texts);
    free(numbers);
    return table;
}

/* ---- Contributions -------------------------------------------------------------------------------------------------- */

static void contributions_add_up_to_the_change(void **state) {
    (void)state;
    support_random random = random_seeded("contributions");
    custval_table *const table = drawn(&random, 60);
    for (size_t i = 0; i < SUPPORT_COUNT(ids); i++) {
        custval_scenario *const scenario = scenario_of_case(&shared, ids[i]);
        outcome out = run(scenario, table, NULL);
        const size_t periods = custval_table_rows(out.periods) - 1;
        for (size_t row = 0; row < custval_table_rows(table); row++) {
            double during = 0.0;
            size_t length = 0;
            if (table_cell(out.customers, "status", row) == CUSTVAL_SCENARIO_ROW_NO_VALUE) continue;
            for (uint32_t t = 1; t <= periods; t++) {
                custval_error error = CUSTVAL_ERROR_INIT;
                custval_table *parts = NULL;
                assert_ok(custval_scenario_explain(scenario, shared.system, table, row, t, NULL, &parts, &error),
                          &error);
                double sum = 0.0;
                for (size_t k = 0; k < custval_table_rows(parts); k++) {
                    if (table_cell(parts, "is_part", k) > 0.0) sum += table_cell(parts, "change", k);
                }
                assert_double_bits(sum, table_cell(parts, "change", 0));
                assert_double_bits(sum, table_cell(parts, "score_after", 0) - table_cell(parts, "score_before", 0));
                if (table_cell_text(out.periods, "phase", t).data[0] == 'd') {
                    during += sum;
                    length++;
                }
                custval_table_free(parts);
            }
            /* The mean of the explained changes is the change that the run gives; a new indicator's value before is
               re-weighed and so rounds otherwise. */
            assert_double_near(table_cell(out.customers, "during_change", row), during / (double)length, 1e-11);
        }
        drop(&out);
        custval_scenario_free(scenario);
    }
    custval_table_free(table);
}

/* ---- No plan, more plan --------------------------------------------------------------------------------------------- */

#define HEAD \
  "{\"custval\": \"scenario\", \"version\": 1, \"periods\": 6, \"sales\": {\"mu\": 0.1, \"volume\": \"volume\", \"rival\": \"rival\"}, "

static void a_plan_that_changes_nothing_changes_no_bit(void **state) {
    static const char *const nothing[] = {
        HEAD
        "\"kind\": \"promotion\", \"price\": {\"list\": 37.1, \"paid\": 37.1, \"length\": 2, \"money\": [{\"node\": "
        "\"price\", \"factor\": 1}], \"reference\": {\"theta\": 0.3, \"points\": 9}}}",
        HEAD
        "\"kind\": \"programme\", \"programme\": {\"effects\": [{\"node\": \"product\", \"points\": 0, \"factor\": 0}]}}",
        HEAD "\"kind\": \"competition\"}",
        HEAD
        "\"kind\": \"features\", \"features\": {\"capability\": 60, \"saturation\": 0.2, \"usability\": 50, \"burden\": "
        "4, \"weight\": 0.7, \"from\": 3, \"to\": 3, \"nodes\": [{\"node\": \"function\", \"share\": 1}]}}",
    };
    (void)state;
    support_random random = random_seeded("nothing");
    custval_table *const table = drawn(&random, 700);
    custval_table *scores = NULL;
    assert_ok(custval_score(shared.system, table, NULL, &scores, NULL), NULL);
    for (size_t i = 0; i < SUPPORT_COUNT(nothing); i++) {
        custval_scenario *const scenario = scenario_of_text(nothing[i]);
        outcome out = run(scenario, table, NULL);
        for (size_t row = 0; row < custval_table_rows(table); row++) {
            const double value = table_cell(scores, "value", row);
            assert_double_bits(table_cell(out.customers, "before", row), value);
            assert_double_bits(table_cell(out.customers, "during", row), value);
            assert_double_bits(table_cell(out.customers, "lowest", row), value);
        }
        assert_double_bits(out.facts.during_change, 0.0);
        assert_double_bits(out.facts.net, 0.0);
        /* The mean over equal periods is rounded once. */
        assert_double_near(out.facts.units_during, out.facts.units_before, 1e-15 * out.facts.units_before);
        assert_double_near(out.facts.profit, 0.0, 0.0);
        assert_int_equal(out.facts.rose + out.facts.fell, 0);
        drop(&out);
        custval_scenario_free(scenario);
    }
    custval_table_free(scores);
    custval_table_free(table);
}

/* As JSON has it, whatever the locale; free() it. */
static char *number_text(double number) {
    json_t *const value = json_real(number);
    char *const text = json_dumps(value, JSON_ENCODE_ANY);
    json_decref(value);
    assert_non_null(text);
    return text;
}

static outcome run_promotion(const custval_table *table, double paid, double kappa, double theta) {
    char text[1024];
    char *const numbers[] = {number_text(paid), number_text(kappa), number_text(theta)};
    snprintf(text, sizeof text,
             HEAD "\"kind\": \"promotion\", \"price\": {\"list\": 100, \"paid\": %s, \"length\": 3, \"money\": "
                  "[{\"node\": \"price\", \"factor\": 1}], \"quality\": [{\"node\": \"product\", \"kappa\": %s}], "
                  "\"reference\": {\"theta\": %s, \"points\": 9}}}",
             numbers[0], numbers[1], numbers[2]);
    for (size_t i = 0; i < SUPPORT_COUNT(numbers); i++) free(numbers[i]);
    custval_scenario *const scenario = scenario_of_text(text);
    outcome out = run(scenario, table, NULL);
    custval_scenario_free(scenario);
    return out;
}

static void a_deeper_cut_pleases_more_and_hurts_more_after(void **state) {
    (void)state;
    support_random random = random_seeded("deeper");
    custval_table *const table = drawn(&random, 200);
    for (double paid = 100.0; paid > 15.0; paid -= 10.0) {
        outcome mild = run_promotion(table, paid, 0.1, 0.6), deep = run_promotion(table, paid - 10.0, 0.1, 0.6);
        assert_true(deep.facts.without > mild.facts.without);
        assert_true(deep.facts.after_change < mild.facts.after_change);
        assert_true(deep.facts.units_after < mild.facts.units_after);
        drop(&deep);
        drop(&mild);
    }
    custval_table_free(table);
}

static void at_the_break_even_kappa_nothing_is_gained(void **state) {
    (void)state;
    support_random random = random_seeded("kappa");
    custval_table *const table = drawn(&random, 200);
    /* Small enough that no score is held at an end of its scale, where the line bends. */
    outcome first = run_promotion(table, 97.0, 0.5, 1.0);
    outcome even = run_promotion(table, 97.0, 0.5 * first.facts.break_even, 1.0);
    const double before = first.facts.during_change;
    assert_true(fabs(before) > 1e-3);
    assert_true(fabs(even.facts.during_change) < 0.05 * fabs(before));
    drop(&even);
    drop(&first);
    custval_table_free(table);
}

/* ---- The same bits -------------------------------------------------------------------------------------------------- */

static void threads_and_windows_change_no_bit(void **state) {
    (void)state;
    support_random random = random_seeded("bits");
    /* More than a window of most plans. */
    custval_table *const table = drawn(&random, 70000);
    custval_threads *threads = NULL;
    custval_host host = CUSTVAL_HOST_INIT;
    assert_ok(custval_threads_new(NULL, threads_up_to(3), &threads, NULL), NULL);
    host.runner = custval_threads_run;
    host.runner_data = threads;
    for (size_t i = 0; i < 3; i++) {
        custval_scenario *const scenario = scenario_of_case(&shared, ids[i]);
        outcome one = run(scenario, table, NULL), many = run(scenario, table, &host);
        assert_same_table(one.customers, many.customers);
        assert_same_table(one.periods, many.periods);
        assert_same_table(one.groups, many.groups);
        assert_memory_equal(&one.facts, &many.facts, sizeof one.facts);
        custval_scenario_facts facts = CUSTVAL_SCENARIO_FACTS_INIT;
        assert_ok(custval_scenario_run(scenario, shared.system, table, NULL, &facts, NULL, NULL, NULL, NULL), NULL);
        assert_memory_equal(&one.facts, &facts, sizeof facts);
        drop(&many);
        drop(&one);
        custval_scenario_free(scenario);
    }
    custval_threads_free(threads);
    custval_table_free(table);
}

static void a_customer_alone_is_as_among_others(void **state) {
    (void)state;
    const json_t *const rows = json_object_get(shared.vectors, "rows");
    for (size_t i = 0; i < SUPPORT_COUNT(ids); i++) {
        custval_scenario *const scenario = scenario_of_case(&shared, ids[i]);
        outcome all = run(scenario, shared.table, NULL);
        for (size_t row = 0; row < json_array_size(rows); row++) {
            json_t *const alone = json_array();
            json_array_append(alone, json_array_get(rows, row));
            json_t *const types = json_loads("{\"segment\": \"utf8\"}", 0, NULL);
            custval_table *const table = json_table(json_object_get(shared.vectors, "columns"), alone, types);
            json_decref(types);
            outcome one = run(scenario, table, NULL);
            for (size_t c = 0; c < custval_table_columns(one.customers); c++) {
                const char *const name = custval_table_name(one.customers, c);
                assert_double_bits(table_cell(one.customers, name, 0), table_cell(all.customers, name, row));
            }
            drop(&one);
            custval_table_free(table);
            json_decref(alone);
        }
        drop(&all);
        custval_scenario_free(scenario);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(contributions_add_up_to_the_change),
        cmocka_unit_test(a_plan_that_changes_nothing_changes_no_bit),
        cmocka_unit_test(a_deeper_cut_pleases_more_and_hurts_more_after),
        cmocka_unit_test(at_the_break_even_kappa_nothing_is_gained),
        cmocka_unit_test(threads_and_windows_change_no_bit),
        cmocka_unit_test(a_customer_alone_is_as_among_others),
    };
    return cmocka_run_group_tests_name("scenario", tests, set_up, tear_down);
}
