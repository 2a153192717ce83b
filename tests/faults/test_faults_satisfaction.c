/* Every allocation of gaps, zones, links and surveys fails once, and with all after it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include <custval/custval.h>

#include "csv_table.h"
#include "faults.h"
#include "support.h"

/* Made before anything fails. */
typedef struct material {
    custval_system *system;
    custval_table *answers, *expectations, *visits, *kano, *attributes;
    custval_link *link;
    char *text;
    size_t length;
} material;

static material shared;

static const char *const predictors[] = {"room", "quiet"};

static int set_up(void **state) {
    custval_link_options options = CUSTVAL_LINK_OPTIONS_INIT;
    (void)state;
    char *const document = support_read_file("examples/satisfaction/system.json", &shared.length);
    assert_ok(custval_system_parse(NULL, document, shared.length, &shared.system, NULL), NULL);
    free(document);
    shared.answers = csv_table("examples/satisfaction/answers.csv");
    shared.expectations = csv_table("examples/satisfaction/expectations.csv");
    shared.visits = csv_table("examples/satisfaction/visits.csv");
    shared.kano = csv_table("examples/satisfaction/kano.csv");
    shared.attributes = csv_table("examples/satisfaction/attributes.csv");
    options.outcome = "satisfaction";
    options.predictors = predictors;
    options.predictor_count = 2;
    assert_ok(custval_link_fit(shared.answers, &options, &shared.link, NULL), NULL);
    assert_ok(custval_link_write(shared.link, NULL, 0, &shared.length, NULL), NULL);
    shared.text = malloc(shared.length + 1);
    assert_ok(custval_link_write(shared.link, shared.text, shared.length + 1, &shared.length, NULL), NULL);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    free(shared.text);
    custval_link_free(shared.link);
    custval_table_free(shared.attributes);
    custval_table_free(shared.kano);
    custval_table_free(shared.visits);
    custval_table_free(shared.expectations);
    custval_table_free(shared.answers);
    custval_system_free(shared.system);
    return 0;
}

static custval_status end_link(custval_link *out, custval_status status) {
    assert_int_equal(out == NULL, status != CUSTVAL_OK);
    custval_link_free(out);
    return status;
}

static custval_status gap(const custval_host *host, void *data) {
    (void)data;
    static const char *const own[] = {"room"};
    static const double curves[] = {1, 1, 2};
    custval_score_options score = CUSTVAL_SCORE_OPTIONS_INIT;
    custval_gap_options options = CUSTVAL_GAP_OPTIONS_INIT;
    custval_table *out = rubbish();
    score.host = host;
    options.score = &score;
    options.measures = 31;
    options.indicators = own;
    options.curves = curves;
    options.indicator_count = 1;
    const custval_status status = custval_gap(shared.system, shared.answers, shared.expectations, &options, &out, NULL);
    return end(out, status);
}

static custval_status tolerance(const custval_host *host, void *data) {
    (void)data;
    custval_score_options score = CUSTVAL_SCORE_OPTIONS_INIT;
    custval_table *out = rubbish();
    score.host = host;
    const custval_status status =
        custval_tolerance(shared.system, shared.answers, shared.expectations, shared.expectations, &score, &out, NULL);
    return end(out, status);
}

static custval_status encounters(const custval_host *host, void *data) {
    (void)data;
    custval_encounters_options options = CUSTVAL_ENCOUNTERS_OPTIONS_INIT;
    custval_table *out = rubbish();
    options.host = host;
    options.time = "visit";
    options.updating = options.weight = 0.5;
    const custval_status status = custval_encounters(shared.visits, &options, &out, NULL);
    return end(out, status);
}

static custval_status fit_kind(const custval_host *host, uint32_t kind, const char *outcome) {
    custval_link_options options = CUSTVAL_LINK_OPTIONS_INIT;
    custval_link *out = rubbish();
    options.host = host;
    options.kind = kind;
    options.outcome = outcome;
    options.predictors = predictors;
    options.predictor_count = 2;
    const custval_status status = custval_link_fit(shared.answers, &options, &out, NULL);
    return end_link(out, status);
}

static custval_status fit_linear(const custval_host *host, void *data) {
    (void)data;
    return fit_kind(host, CUSTVAL_LINK_LINEAR, "satisfaction");
}

static custval_status fit_logistic(const custval_host *host, void *data) {
    (void)data;
    return fit_kind(host, CUSTVAL_LINK_LOGISTIC, "stayed");
}

static custval_status disconfirmation(const custval_host *host, void *data) {
    (void)data;
    custval_disconfirmation_options options = CUSTVAL_DISCONFIRMATION_OPTIONS_INIT;
    custval_link *out = rubbish();
    options.host = host;
    options.performance = "room";
    options.expectation = "quiet";
    options.split = 1;
    const custval_status status = custval_disconfirmation(shared.answers, &options, NULL, &out, NULL);
    return end_link(out, status);
}

static custval_status parse(const custval_host *host, void *data) {
    (void)data;
    custval_link *out = rubbish();
    const custval_status status = custval_link_parse(host, shared.text, shared.length, &out, NULL);
    return end_link(out, status);
}

static custval_status coefficients(const custval_host *host, void *data) {
    (void)data;
    custval_table *out = rubbish();
    const custval_status status = custval_link_coefficients(shared.link, host, 0.9, &out, NULL);
    return end(out, status);
}

static custval_status effects(const custval_host *host, void *data) {
    (void)data;
    const custval_link *const links[] = {shared.link};
    custval_table *out = rubbish();
    const custval_status status = custval_link_effects(links, 1, host, 0.9, &out, NULL);
    return end(out, status);
}

static custval_status predict(const custval_host *host, void *data) {
    (void)data;
    custval_link_predict_options options = CUSTVAL_LINK_PREDICT_OPTIONS_INIT;
    custval_table *out = rubbish();
    options.host = host;
    const custval_status status = custval_link_predict(shared.link, shared.answers, &options, &out, NULL);
    return end(out, status);
}

static custval_status penalty(const custval_host *host, void *data) {
    (void)data;
    custval_penalty_options options = CUSTVAL_PENALTY_OPTIONS_INIT;
    custval_table *out = rubbish();
    options.host = host;
    options.outcome = "satisfaction";
    options.indicators = predictors;
    options.indicator_count = 2;
    const custval_status status = custval_penalty_reward(shared.answers, &options, &out, NULL);
    return end(out, status);
}

static custval_status kano(const custval_host *host, void *data) {
    (void)data;
    static const char *const functional[] = {"wifi_with"}, *const dysfunctional[] = {"wifi_without"};
    custval_kano_options options = CUSTVAL_KANO_OPTIONS_INIT;
    custval_table *out = rubbish();
    options.host = host;
    options.functional = functional;
    options.dysfunctional = dysfunctional;
    options.count = 1;
    const custval_status status = custval_kano(shared.kano, &options, &out, NULL);
    return end(out, status);
}

static custval_status quadrants(const custval_host *host, void *data) {
    (void)data;
    custval_quadrants_options options = CUSTVAL_QUADRANTS_OPTIONS_INIT;
    custval_table *out = rubbish();
    options.host = host;
    const custval_status status = custval_quadrants(shared.attributes, &options, &out, NULL);
    return end(out, status);
}

static custval_status nps(const custval_host *host, void *data) {
    (void)data;
    custval_nps_options options = CUSTVAL_NPS_OPTIONS_INIT;
    custval_table *out = rubbish();
    options.host = host;
    options.group = "house";
    const custval_status status = custval_nps(shared.answers, &options, &out, NULL);
    return end(out, status);
}

static custval_status backtest(const custval_host *host, void *data) {
    (void)data;
    custval_backtest_options options = CUSTVAL_BACKTEST_OPTIONS_INIT;
    custval_table *out = rubbish();
    options.host = host;
    options.score = "satisfaction";
    options.outcome = "stayed";
    const custval_status status = custval_backtest(shared.answers, &options, NULL, &out, NULL);
    return end(out, status);
}

static void every_allocation_may_fail(void **state) {
    (void)state;
    custval_status (*const attempts[])(const custval_host *host, void *data) = {
        gap,     tolerance, encounters, fit_linear, fit_logistic, disconfirmation, parse, coefficients, effects,
        predict, penalty,   kano,       quadrants,  nps,          backtest};
    for (size_t i = 0; i < SUPPORT_COUNT(attempts); i++) support_exhaust_memory(attempts[i], NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_allocation_may_fail)};
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
