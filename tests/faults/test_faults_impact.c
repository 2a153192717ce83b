/* Every allocation of impacts fails once, and with all after it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "faults.h"
#include "impacts.h"

/* Cases: fitted links with costs; several predictors; customers chosen and counted; judgements and own importances. */
static const size_t cases[] = {0, 1, 2, 5};
static impact_material shared;
static custval_impact *impact;

static custval_status parse(const custval_host *host, void *data) {
    custval_impact *out = rubbish();
    const custval_status status = custval_impact_parse(host, data, strlen(data), &out, NULL);
    assert_int_equal(out == NULL, status != CUSTVAL_OK);
    custval_impact_free(out);
    return status;
}

static custval_status fit(const custval_host *host, void *data) {
    custval_impact *out = rubbish();
    custval_score_options score = shared.score;
    (void)data;
    score.host = host;
    const custval_status status = custval_impact_fit(shared.plan, shared.system, shared.table, &score, &out, NULL);
    assert_int_equal(out == NULL, status != CUSTVAL_OK);
    custval_impact_free(out);
    return status;
}

static custval_status run(const custval_host *host, void *data) {
    custval_score_options score = shared.score;
    custval_impact_options options = shared.options;
    custval_impact_facts facts = CUSTVAL_IMPACT_FACTS_INIT;
    custval_table *levers = rubbish(), *customers = rubbish();
    score.host = host;
    options.score = &score;
    options.draws = *(const uint32_t *)data;
    const custval_status status =
        custval_impact_run(impact, shared.system, shared.table, &options, &facts, &levers, &customers, NULL);
    end(customers, status);
    return end(levers, status);
}

static custval_status list(const custval_host *host, void *data) {
    custval_table *out = rubbish();
    const custval_status status = custval_impact_assumptions(data, host, &out, NULL);
    return end(out, status);
}

static void impacts_survive_every_failure(void **state) {
    uint32_t draws[] = {0, 7};
    (void)state;
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        assert_true(impact_material_load(&shared, cases[i]));
        impact = impact_fitted(&shared);
        char *const text = json_dumps(json_object_get(shared.test, "impact"), 0);
        support_exhaust_memory(parse, text);
        support_exhaust_memory(fit, NULL);
        support_exhaust_memory(run, &draws[i % 2]);
        support_exhaust_memory(list, impact);
        support_exhaust_memory(list, shared.plan);
        free(text);
        custval_impact_free(impact);
        impact_material_free(&shared);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(impacts_survive_every_failure)};
    return cmocka_run_group_tests_name("faults_impact", tests, NULL, NULL);
}
