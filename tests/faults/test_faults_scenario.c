/* Every allocation of scenarios and of the price sensitivity meter fails once, and with all after it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "faults.h"
#include "scenarios.h"

static scenario_material shared;
static custval_table *prices;

static int set_up(void **state) {
    static const double answers[4][3] = {{1, 2, 3}, {2, 3, 4}, {5, 5, 7}, {6, 8, 9}};
    static const char *const names[] = {"too_cheap", "cheap", "expensive", "too_expensive"};
    (void)state;
    scenario_material_load(&shared);
    assert_ok(custval_table_new(NULL, 3, &prices, NULL), NULL);
    for (size_t i = 0; i < 4; i++) assert_ok(custval_table_add_doubles(prices, names[i], answers[i], NULL), NULL);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    custval_table_free(prices);
    scenario_material_free(&shared);
    return 0;
}

static custval_status parse(const custval_host *host, void *data) {
    custval_scenario *scenario = rubbish();
    const custval_status status = custval_scenario_parse(host, data, strlen(data), &scenario, NULL);
    assert_int_equal(scenario == NULL, status != CUSTVAL_OK);
    custval_scenario_free(scenario);
    return status;
}

static void parsing_survives_every_failure(void **state) {
    static const char *const ids[] = {"bogo", "path", "features", "indicator", "delivery", "competition"};
    (void)state;
    for (size_t i = 0; i < SUPPORT_COUNT(ids); i++) {
        char *const text = scenario_text(&shared, ids[i]);
        support_exhaust_memory(parse, text);
        free(text);
    }
}

static custval_status run(const custval_host *host, void *data) {
    custval_scenario_options options = CUSTVAL_SCENARIO_OPTIONS_INIT;
    custval_score_options score = CUSTVAL_SCORE_OPTIONS_INIT;
    custval_scenario_facts facts = CUSTVAL_SCENARIO_FACTS_INIT;
    custval_table *customers = rubbish(), *periods = rubbish(), *groups = rubbish();
    score.host = host;
    options.score = &score;
    options.group = "segment";
    const custval_status status =
        custval_scenario_run(data, shared.system, shared.table, &options, &facts, &customers, &periods, &groups, NULL);
    end(customers, status);
    end(periods, status);
    return end(groups, status);
}

static custval_status run_without_tables(const custval_host *host, void *data) {
    custval_scenario_options options = CUSTVAL_SCENARIO_OPTIONS_INIT;
    custval_score_options score = CUSTVAL_SCORE_OPTIONS_INIT;
    custval_scenario_facts facts = CUSTVAL_SCENARIO_FACTS_INIT;
    score.host = host;
    options.score = &score;
    return custval_scenario_run(data, shared.system, shared.table, &options, &facts, NULL, NULL, NULL, NULL);
}

static custval_status explain(const custval_host *host, void *data) {
    custval_scenario_options options = CUSTVAL_SCENARIO_OPTIONS_INIT;
    custval_score_options score = CUSTVAL_SCORE_OPTIONS_INIT;
    custval_table *out = rubbish();
    score.host = host;
    options.score = &score;
    const custval_status status =
        custval_scenario_explain(data, shared.system, shared.table, 0, 1, &options, &out, NULL);
    return end(out, status);
}

static custval_status path(const custval_host *host, void *data) {
    custval_table *out = rubbish();
    const custval_status status = custval_scenario_path(data, host, NULL, &out, NULL);
    return end(out, status);
}

static void running_survives_every_failure(void **state) {
    static const char *const ids[] = {"bogo", "indicator_for_all", "delivery"};
    (void)state;
    for (size_t i = 0; i < SUPPORT_COUNT(ids); i++) {
        custval_scenario *const scenario = scenario_of_case(&shared, ids[i]);
        support_exhaust_memory(run, scenario);
        support_exhaust_memory(run_without_tables, scenario);
        support_exhaust_memory(explain, scenario);
        support_exhaust_memory(path, scenario);
        custval_scenario_free(scenario);
    }
}

static custval_status measure(const custval_host *host, void *data) {
    (void)data;
    custval_price_meter_options options = CUSTVAL_PRICE_METER_OPTIONS_INIT;
    custval_table *out = rubbish();
    options.host = host;
    const custval_status status = custval_price_meter(prices, &options, NULL, &out, NULL);
    return end(out, status);
}

static void the_meter_survives_every_failure(void **state) {
    (void)state;
    support_exhaust_memory(measure, NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parsing_survives_every_failure),
        cmocka_unit_test(running_survives_every_failure),
        cmocka_unit_test(the_meter_survives_every_failure),
    };
    return cmocka_run_group_tests_name("faults_scenario", tests, set_up, tear_down);
}
