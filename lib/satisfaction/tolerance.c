/* custval_tolerance: where each indicator lies between adequate and desired. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "compared.h"
#include "levels.h"

typedef struct zones {
    custval__compared compared;
    uint32_t **zone;     /* [node], NULL if it is no indicator */
    double **tolerance;  /* [node] */
    uint32_t *counts[4]; /* by custval_zone: none (contradictory ones only), below, within, above */
    uint32_t *statuses[CUSTVAL__COMPARED_MOST];
} zones;

/* Above 0: x is the better one. */
static double lead(double x, double y, double sign) {
    const double difference = sign * (x - y);
    return fabs(difference) < CUSTVAL__SCORE_ROUNDING ? 0.0 : difference;
}

/* CUSTVAL_ZONE_NONE only where the levels contradict each other. */
static uint32_t zone_of(double performance, double adequate, double desired, double sign) {
    if (lead(desired, adequate, sign) < 0.0) return CUSTVAL_ZONE_NONE;
    if (lead(performance, adequate, sign) < 0.0) return CUSTVAL_ZONE_BELOW;
    return lead(performance, desired, sign) > 0.0 ? CUSTVAL_ZONE_ABOVE : CUSTVAL_ZONE_WITHIN;
}

static void take(void *data, const custval__compared *compared, custval__compared_thread *thread, size_t row,
                 const uint32_t *statuses) {
    const zones *const in = data;
    uint32_t counts[4] = {0, 0, 0, 0};
    for (uint32_t i = 0; i < compared->system->node_count; i++) {
        if (in->zone[i] == NULL) continue;
        const double sign = custval__compared_is_worse(compared->system, i) ? -1.0 : 1.0;
        const double performance = custval__compared_score(thread, i, 0);
        const double adequate = custval__compared_score(thread, i, 1), desired = custval__compared_score(thread, i, 2);
        const int is_there = !isnan(performance) && !isnan(adequate) && !isnan(desired);
        const uint32_t zone = is_there ? zone_of(performance, adequate, desired, sign) : CUSTVAL_ZONE_NONE;
        const double width = is_there ? lead(desired, adequate, sign) : 0.0;
        if (is_there) counts[zone]++;
        in->zone[i][row] = zone;
        in->tolerance[i][row] = width > 0.0 ? lead(performance, adequate, sign) / width : (double)NAN;
    }
    for (uint32_t k = 0; k < 4; k++) in->counts[k][row] = counts[k];
    for (uint32_t k = 0; k < CUSTVAL__COMPARED_MOST; k++) in->statuses[k][row] = statuses[k];
}

static custval_status add_columns(zones *in, custval_table *result, custval_error *error) {
    const custval_system *const system = in->compared.system;
    const custval_host *const host = &in->compared.plan.host;
    in->zone = custval__alloc_zero(host, system->node_count, sizeof *in->zone);
    in->tolerance = custval__alloc_zero(host, system->node_count, sizeof *in->tolerance);
    if (in->zone == NULL || in->tolerance == NULL) return custval__fail_memory(error);
    for (uint32_t i = 0; i < system->node_count; i++) {
        if (system->nodes[i].kind != CUSTVAL_KIND_INDICATOR) continue;
        CUSTVAL__TRY(custval__levels_add_words(result, &system->nodes[i], ".zone", &in->zone[i], error));
        CUSTVAL__TRY(custval__levels_add(result, &system->nodes[i], ".tolerance", &in->tolerance[i], error));
    }
    CUSTVAL__TRY(custval__result_add_uint32(result, "below", &in->counts[CUSTVAL_ZONE_BELOW], error));
    CUSTVAL__TRY(custval__result_add_uint32(result, "within", &in->counts[CUSTVAL_ZONE_WITHIN], error));
    CUSTVAL__TRY(custval__result_add_uint32(result, "above", &in->counts[CUSTVAL_ZONE_ABOVE], error));
    CUSTVAL__TRY(custval__result_add_uint32(result, "contradictory", &in->counts[CUSTVAL_ZONE_NONE], error));
    CUSTVAL__TRY(custval__result_add_uint32(result, "status", &in->statuses[0], error));
    CUSTVAL__TRY(custval__result_add_uint32(result, "adequate_status", &in->statuses[1], error));
    return custval__result_add_uint32(result, "desired_status", &in->statuses[2], error);
}

static custval_status make(zones *in, const custval_score_options *options, custval_table **out, custval_error *error) {
    CUSTVAL__TRY(custval__compared_open(&in->compared, options, error));
    CUSTVAL__TRY(custval__result_new(&in->compared.plan.host, custval_table_rows(in->compared.tables[0]), out, error));
    CUSTVAL__TRY(add_columns(in, *out, error));
    CUSTVAL__TRY(custval__compared_run(&in->compared, error));
    custval__result_finish(*out);
    return CUSTVAL_OK;
}

custval_status custval_tolerance(const custval_system *system, const custval_table *performance,
                                 const custval_table *adequate, const custval_table *desired,
                                 const custval_score_options *options, custval_table **out, custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    zones in = {.compared = {.system = system,
                             .tables = {performance, adequate, desired},
                             .names = {"performance", "adequate", "desired"},
                             .count = 3,
                             .take = take}};
    in.compared.data = &in;
    custval_table *result = NULL;
    const custval_status status = make(&in, options, &result, error);
    if (in.compared.plan.host.allocator != NULL) {
        custval__free(&in.compared.plan.host, in.zone);
        custval__free(&in.compared.plan.host, in.tolerance);
    }
    custval__compared_close(&in.compared);
    return custval__result_give(result, status, out);
}
