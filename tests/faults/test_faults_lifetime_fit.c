/* Every allocation fails, of calls that fit, state, parse, show and compare lifetimes. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include <custval/custval.h>

#include "faults.h"
#include "simulate.h"

static custval_status end_lifetime(custval_lifetime *out, custval_status status) {
    assert_int_equal(out == NULL, status != CUSTVAL_OK);
    custval_lifetime_free(out);
    return status;
}

static custval_table *customers(size_t count) {
    const simulation what = {.model = CUSTVAL_MODEL_BGNBD,
                             .parameters = {1.2, 6, 0.8, 3},
                             .count = count,
                             .shortest = 30,
                             .longest = 50,
                             .purchase = 0.3,
                             .seed = 8};
    return simulate(&what);
}

static custval_status fit(const custval_host *host, void *data) {
    static const char *const z[] = {"z"};
    custval_lifetime *out = rubbish();
    custval_lifetime_fit_options options = CUSTVAL_LIFETIME_FIT_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    options.host = host;
    options.model = CUSTVAL_MODEL_BGNBD;
    options.purchase_covariates = z;
    options.purchase_count = 1;
    options.unit = "week";
    options.from = options.to = "2026-01-01";
    const custval_status status = custval_lifetime_fit(data, &options, &out, &error);
    return end_lifetime(out, status);
}

static custval_status state(const custval_host *host, void *data) {
    const double parameters[] = {1, 2};
    custval_lifetime *out = rubbish();
    (void)data;
    const custval_status status = custval_lifetime_new(host, CUSTVAL_MODEL_NBD, parameters, 2, "week", &out, NULL);
    return end_lifetime(out, status);
}

static custval_status parse(const custval_host *host, void *data) {
    custval_lifetime *out = rubbish();
    const custval_status status = custval_lifetime_parse(host, data, strlen(data), &out, NULL);
    return end_lifetime(out, status);
}

/* A lifetime of the failing host, then one of its tables. */
static custval_status look(const custval_host *host, void *data, int which) {
    custval_lifetime *lifetime = NULL;
    custval_table *out = rubbish();
    custval_status status = custval_lifetime_parse(host, data, strlen(data), &lifetime, NULL);
    if (status != CUSTVAL_OK) return status;
    const custval_lifetime *const pair[] = {lifetime, lifetime};
    status = which == 0   ? custval_lifetime_parameters(lifetime, 0.95, &out, NULL)
             : which == 1 ? custval_lifetime_covariance(lifetime, 0, &out, NULL)
                          : custval_lifetime_compare(pair, 2, &out, NULL);
    assert_int_equal(out == NULL, status != CUSTVAL_OK);
    custval_table_free(out);
    custval_lifetime_free(lifetime);
    return status;
}

static custval_status show_parameters(const custval_host *host, void *data) {
    return look(host, data, 0);
}

static custval_status show_covariance(const custval_host *host, void *data) {
    return look(host, data, 1);
}

static custval_status compare(const custval_host *host, void *data) {
    return look(host, data, 2);
}

static void fitting(void **unused) {
    (void)unused;
    custval_table *few = customers(300), *many = customers(5000); /* with samples */
    support_exhaust_memory(fit, few);
    support_exhaust_memory(fit, many);
    custval_table_free(few);
    custval_table_free(many);
}

static void looking(void **unused) {
    (void)unused;
    char text[] = "{\"custval\": \"lifetime\", \"version\": 1, \"model\": \"bgnbd\","
                  "\"parameters\": {\"r\": 1, \"alpha\": 2, \"a\": 3, \"b\": 4}, \"purchase\": {\"age\": 0.5},"
                  "\"dropout\": {\"age\": 0.5}, \"unit\": \"week\", \"from\": \"x\", \"to\": \"y\","
                  "\"fit\": {\"convergence\": \"optimum\", \"customers\": 5, \"log_likelihood\": -3},"
                  "\"covariance\": [[1], [0, 1], [0, 0, 1], [0, 0, 0, 1], [0, 0, 0, 0, 1], [0, 0, 0, 0, 0, 1]]}";
    support_exhaust_memory(state, NULL);
    support_exhaust_memory(parse, text);
    support_exhaust_memory(show_parameters, text);
    support_exhaust_memory(show_covariance, text);
    support_exhaust_memory(compare, text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fitting),
        cmocka_unit_test(looking),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
