/* Every allocation of the calls on judgements fails once, and with all after it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "judging.h"

#define COUNT 5
#define MEMBERS 3

static double matrices[MEMBERS][COUNT * COUNT];

/* Several members, one of whom left a pair out; the last one contradicts himself. */
static custval_judgements judgements_of(size_t members) {
    static const double uppers[MEMBERS][COUNT * (COUNT - 1) / 2] = {
        {1.0 / 2, 2, 1.0 / 2, 6, 4, 4, 8, 1.0 / 4, 3, 8},
        {1.0 / 2, (double)NAN, 1, 4, 4, 2, 8, 1.0 / 4, 3, 7},
        {9, 1.0 / 9, 9, 3, 7, 3, 5, 1.0 / 4, 3, 6},
    };
    for (size_t m = 0; m < MEMBERS; m++) judging_fill(uppers[m], COUNT, matrices[m]);
    return judging_of(matrices[MEMBERS - members], COUNT, members);
}

static custval_status end_weights(custval_weights *weights, custval_status status) {
    assert_int_equal(weights == NULL, status != CUSTVAL_OK);
    custval_weights_free(weights);
    return status;
}

static custval_status end_table(custval_table *table, custval_status status) {
    assert_int_equal(table == NULL, status != CUSTVAL_OK);
    custval_table_free(table);
    return status;
}

static custval_status weigh(const custval_host *host, void *data) {
    custval_weights *weights = data;
    const custval_judgements judgements = judgements_of(*(size_t *)data);
    const custval_status status = custval_weights_ahp(host, &judgements, NULL, &weights, NULL);
    return end_weights(weights, status);
}

static custval_status weigh_fuzzy(const custval_host *host, void *data) {
    custval_weights *weights = data;
    custval_judgements judgements = judgements_of(1);
    judgements.lower = judgements.upper = judgements.matrices;
    const custval_status status = custval_weights_ahp(host, &judgements, NULL, &weights, NULL);
    return end_weights(weights, status);
}

static custval_status list_members(const custval_host *host, void *data) {
    static const char *const names[] = {"cr", "c1", "c2", "c3", "weight of cr"};
    custval_table *table = data;
    custval_judgements judgements = judgements_of(MEMBERS);
    judgements.names = names;
    const custval_status status = custval_ahp_members(host, &judgements, NULL, &table, NULL);
    return end_table(table, status);
}

static custval_status list_triads(const custval_host *host, void *data) {
    custval_table *table = data;
    const custval_judgements judgements = judgements_of(MEMBERS);
    const custval_status status = custval_ahp_triads(host, &judgements, NULL, &table, NULL);
    return end_table(table, status);
}

/* Even finding out who failed to connect the criteria takes memory. */
static custval_status refuse(const custval_host *host, void *data) {
    static const double upper[] = {2, (double)NAN, (double)NAN};
    double apart[2][9];
    custval_weights *weights = data;
    custval_ahp_options options = CUSTVAL_AHP_OPTIONS_INIT;
    judging_fill(upper, 3, apart[0]);
    judging_fill(upper, 3, apart[1]);
    const custval_judgements judgements = judging_of(apart[0], 3, 2);
    options.grouping = CUSTVAL_GROUPING_PRIORITIES_ARITHMETIC;
    const custval_status status = custval_weights_ahp(host, &judgements, &options, &weights, NULL);
    assert_null(weights);
    return status == CUSTVAL_ERROR_STATE ? CUSTVAL_OK : status;
}

static custval_status weigh_bwm(const custval_host *host, void *data) {
    static const double best[] = {2, 1, 4, 3, 8}, worst[] = {4, 8, 4, 2, 1};
    custval_bwm_judgements judgements = CUSTVAL_BWM_JUDGEMENTS_INIT;
    custval_weights *weights = data;
    judgements.names = judging_names();
    judgements.count = COUNT;
    judgements.best_to_others = best;
    judgements.others_to_worst = worst;
    judgements.model = *(const uint32_t *)data;
    const custval_status status = custval_weights_bwm(host, &judgements, &weights, NULL);
    return end_weights(weights, status);
}

static void weighing_by_ahp(void **state) {
    (void)state;
    for (size_t members = 1; members <= MEMBERS; members++) support_exhaust_memory(weigh, &members);
}

static void weighing_by_fuzzy_judgements(void **state) {
    (void)state;
    char anything = 0;
    support_exhaust_memory(weigh_fuzzy, &anything);
}

static void listing_members(void **state) {
    (void)state;
    char anything = 0;
    support_exhaust_memory(list_members, &anything);
}

static void listing_triads(void **state) {
    (void)state;
    char anything = 0;
    support_exhaust_memory(list_triads, &anything);
}

static void naming_who_is_apart(void **state) {
    (void)state;
    char anything = 0;
    support_exhaust_memory(refuse, &anything);
}

static void weighing_by_best_and_worst(void **state) {
    (void)state;
    for (uint32_t model = CUSTVAL_BWM_LINEAR; model <= CUSTVAL_BWM_NONLINEAR; model++) {
        support_exhaust_memory(weigh_bwm, &model);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(weighing_by_ahp),     cmocka_unit_test(weighing_by_fuzzy_judgements),
        cmocka_unit_test(listing_members),     cmocka_unit_test(listing_triads),
        cmocka_unit_test(naming_who_is_apart), cmocka_unit_test(weighing_by_best_and_worst),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
