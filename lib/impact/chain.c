/* A chain of links on a block of customers. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "chain.h"

#include <math.h>
#include <string.h>

static void run_link(const custval__impact_kernels *kernels, const custval__chain_link *link,
                     const double *coefficients, size_t count, double *const *x, double *out, double *slope) {
    for (size_t i = 0; i < count; i++) out[i] = coefficients[0];
    for (uint32_t term = 1; term < link->terms; term++) {
        kernels->add(coefficients[term], x[link->inputs[term - 1]], count, out);
    }
    if (link->is_logistic) {
        kernels->logistic(out, count, slope);
    } else {
        for (size_t i = 0; i < count; i++) slope[i] = 1.0;
    }
}

void custval__chain_run(const custval__chain *chain, const double *coefficients, const double *margin, size_t count,
                        custval__chain_state *state) {
    double *const *const outcomes = state->x + chain->source_count;
    for (uint32_t k = 0; k < chain->link_count; k++) {
        const custval__chain_link *const link = &chain->links[k];
        run_link(chain->kernels, link, coefficients + link->first, count, state->x, outcomes[k], state->slope[k]);
    }
    chain->kernels->worths(&chain->multiple, outcomes[chain->link_count - 1], margin, count, state->worth,
                           state->worth_slope);
}

int custval__chain_is_within(const custval__chain *chain, const custval__chain_state *state, size_t row, size_t count) {
    const custval__impact_kernels *const kernels = chain->kernels;
    int is_within = kernels->is_within(state->worth + row, count, CUSTVAL__IMPACT_LARGE) &&
                    kernels->is_within(state->worth_slope + row, count, CUSTVAL__IMPACT_LARGE);
    for (uint32_t k = 0; k < chain->link_count && is_within; k++) {
        is_within = kernels->is_within(state->x[chain->source_count + k] + row, count, CUSTVAL__IMPACT_LARGE);
    }
    return is_within;
}

void custval__chain_gradient(const custval__chain *chain, const custval__chain_state *state, const double *weight,
                             size_t count, double *const *flow, double *out) {
    const custval__impact_kernels *const kernels = chain->kernels;
    const uint32_t last = chain->link_count - 1;
    memset(out, 0, chain->coefficient_count * sizeof *out);
    for (uint32_t k = 0; k < last; k++) memset(flow[k], 0, count * sizeof **flow);
    for (size_t i = 0; i < count; i++) flow[last][i] = weight[i] * state->worth_slope[i];
    for (uint32_t k = chain->link_count; k-- > 0;) {
        const custval__chain_link *const link = &chain->links[k];
        double *const at = flow[k];
        if (link->covariance != NULL) out[link->first] = kernels->dot(at, state->slope[k], count);
        for (size_t i = 0; i < count; i++) at[i] *= state->slope[k][i];
        for (uint32_t term = 1; term < link->terms; term++) {
            const uint32_t input = link->inputs[term - 1];
            if (link->covariance != NULL) out[link->first + term] = kernels->dot(at, state->x[input], count);
            if (input < chain->source_count) continue;
            kernels->add(chain->coefficients[link->first + term], at, count, flow[input - chain->source_count]);
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
            sum += by[i] * chain->kernels->dot(link->covariance + (size_t)i * link->terms, by, link->terms);
        }
    }
    if (!is_known) return (double)NAN;
    return sum > 0.0 || isnan(sum) ? sum : 0.0; /* rounding apart, it cannot be below 0 */
}
