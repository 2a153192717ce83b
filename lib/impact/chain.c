/* A chain of links on a block of customers. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "chain.h"

#include <math.h>
#include <string.h>

#include "../base/elementary.h"

#define LANES 8

double custval__chain_dot(const double *a, const double *b, size_t count) {
    double lanes[LANES] = {0.0};
    size_t i = 0;
    for (; i + LANES <= count; i += LANES) {
        for (size_t k = 0; k < LANES; k++) lanes[k] += a[i + k] * b[i + k];
    }
    for (size_t k = 0; i + k < count; k++) lanes[k] += a[i + k] * b[i + k];
    return ((lanes[0] + lanes[1]) + (lanes[2] + lanes[3])) + ((lanes[4] + lanes[5]) + (lanes[6] + lanes[7]));
}

/* 1 / (1 + e^-t) in place, and its derivative, to which nothing cancels. */
static void logistic(double *t, size_t count, double *slope) {
    for (size_t i = 0; i < count; i++) {
        const double small = custval__exp_inline(-fabs(t[i])), whole = 1.0 + small;
        t[i] = (t[i] >= 0.0 ? 1.0 : small) / whole;
        slope[i] = small / (whole * whole);
    }
}

static void run_link(const custval__chain_link *link, const double *coefficients, size_t count, double *const *x,
                     double *out, double *slope) {
    for (size_t i = 0; i < count; i++) out[i] = coefficients[0];
    for (uint32_t term = 1; term < link->terms; term++) {
        const double *const input = x[link->inputs[term - 1]], coefficient = coefficients[term];
        for (size_t i = 0; i < count; i++) out[i] += coefficient * input[i];
    }
    if (link->is_logistic) {
        logistic(out, count, slope);
    } else {
        for (size_t i = 0; i < count; i++) slope[i] = 1.0;
    }
}

void custval__chain_run(const custval__chain *chain, const double *coefficients, const double *margin, size_t count,
                        custval__chain_state *state) {
    double *const *const outcomes = state->x + chain->source_count;
    for (uint32_t k = 0; k < chain->link_count; k++) {
        const custval__chain_link *const link = &chain->links[k];
        run_link(link, coefficients + link->first, count, state->x, outcomes[k], state->slope[k]);
    }
    custval__impact_worths(&chain->multiple, outcomes[chain->link_count - 1], margin, count, state->worth,
                           state->worth_slope);
}

void custval__chain_gradient(const custval__chain *chain, const custval__chain_state *state, const double *weight,
                             size_t count, double *const *flow, double *out) {
    const uint32_t last = chain->link_count - 1;
    memset(out, 0, chain->coefficient_count * sizeof *out);
    for (uint32_t k = 0; k < last; k++) memset(flow[k], 0, count * sizeof **flow);
    for (size_t i = 0; i < count; i++) flow[last][i] = weight[i] * state->worth_slope[i];
    for (uint32_t k = chain->link_count; k-- > 0;) {
        const custval__chain_link *const link = &chain->links[k];
        const double *const slope = state->slope[k], *const coefficients = chain->coefficients + link->first;
        double *const at = flow[k];
        double sum = 0.0;
        for (size_t i = 0; i < count; i++) at[i] *= slope[i];
        for (size_t i = 0; i < count; i++) sum += at[i];
        if (link->covariance != NULL) out[link->first] = sum;
        for (uint32_t term = 1; term < link->terms; term++) {
            const uint32_t input = link->inputs[term - 1];
            if (link->covariance != NULL) {
                out[link->first + term] = custval__chain_dot(at, state->x[input], count);
            }
            if (input < chain->source_count) continue;
            double *const before = flow[input - chain->source_count];
            for (size_t i = 0; i < count; i++) before[i] += coefficients[term] * at[i];
        }
    }
}

double custval__chain_variance(const custval__chain *chain, const double *gradient) {
    double sum = 0.0;
    int is_known = 0;
    for (uint32_t k = 0; k < chain->link_count; k++) {
        const custval__chain_link *const link = &chain->links[k];
        const double *const by = gradient + link->first;
        if (link->covariance == NULL) continue;
        is_known = 1;
        for (uint32_t i = 0; i < link->terms; i++) {
            sum += by[i] * custval__chain_dot(link->covariance + (size_t)i * link->terms, by, link->terms);
        }
    }
    if (!is_known) return (double)NAN;
    return sum > 0.0 || isnan(sum) ? sum : 0.0; /* rounding apart, it cannot be below 0 */
}
