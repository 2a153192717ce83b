/* Rankings, ranks and fuzzy evaluations when an allocation fails. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <custval/custval.h>

#include "faults.h"
#include "sample.h"

typedef struct material {
    custval_system *system;
    custval_table *table;
} material;

static void with_sample(custval_status (*attempt)(const custval_host *host, void *data)) {
    material sample = {sample_system(), sample_table()};
    support_exhaust_memory(attempt, &sample);
    custval_table_free(sample.table);
    custval_system_free(sample.system);
}

static custval_status rank(const custval_host *host, const material *self, uint32_t method) {
    custval_rank_options options = CUSTVAL_RANK_OPTIONS_INIT;
    custval_criterion criteria[] = {CUSTVAL_CRITERION_INIT, CUSTVAL_CRITERION_INIT, CUSTVAL_CRITERION_INIT};
    custval_table *out = rubbish();
    options.host = host;
    options.method = method;
    criteria[0].column = "rel2";
    criteria[1].column = "price1";
    criteria[1].side = CUSTVAL_SIDE_SACRIFICE;
    criteria[2].column = "range1";
    const custval_status status = custval_rank(self->table, criteria, SUPPORT_COUNT(criteria), &options, &out, NULL);
    return end(out, status);
}

static custval_status by_sum(const custval_host *host, void *data) {
    return rank(host, data, CUSTVAL_RANK_SAW);
}

static custval_status by_product(const custval_host *host, void *data) {
    return rank(host, data, CUSTVAL_RANK_WPM);
}

static custval_status by_both(const custval_host *host, void *data) {
    return rank(host, data, CUSTVAL_RANK_WASPAS);
}

static custval_status by_distance(const custval_host *host, void *data) {
    return rank(host, data, CUSTVAL_RANK_TOPSIS);
}

static custval_status by_compromise(const custval_host *host, void *data) {
    return rank(host, data, CUSTVAL_RANK_VIKOR);
}

static void ranking(void **state) {
    (void)state;
    with_sample(by_sum);
    with_sample(by_product);
    with_sample(by_both);
    with_sample(by_distance);
    with_sample(by_compromise);
}

static custval_status ranks(const custval_host *host, void *data) {
    const double *numbers = data;
    double out[3] = {7, 7, 7};
    const custval_status status = custval_ranks(host, numbers, 3, CUSTVAL_TIES_MEAN, out, NULL);
    assert_double_bits(out[0], status == CUSTVAL_OK ? 1.5 : 7.0);
    return status;
}

static void giving_ranks(void **state) {
    (void)state;
    double numbers[] = {4, 4, 1};
    support_exhaust_memory(ranks, numbers);
}

static custval_status fuzzy(const custval_host *host, void *data) {
    const material *self = data;
    custval_score_options scoring = sample_options();
    custval_fuzzy_options options = CUSTVAL_FUZZY_OPTIONS_INIT;
    custval_table *out = rubbish();
    scoring.host = host;
    options.score = &scoring;
    const custval_status status = custval_fuzzy(self->system, self->table, &options, &out, NULL);
    return end(out, status);
}

static void evaluating(void **state) {
    (void)state;
    with_sample(fuzzy);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ranking),
        cmocka_unit_test(giving_ranks),
        cmocka_unit_test(evaluating),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
