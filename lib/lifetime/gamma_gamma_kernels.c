/* The inner loop of gamma-gamma. This file is compiled once per instruction set. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "gamma_gamma_kernels.h"

#include "../base/elementary.h"
#include "../base/instructions.h"

/* The density of the mean spend m is (X^(p x) Y^q / B(p x, q)) / m, with X = spent / (gamma + spent) and Y = 1 - X. The larger of
   both is 1 / (1 + ratio), the other ratio times that, with ratio = smaller / larger of spent and gamma; and m is gamma / x times ratio or
   its inverse. */
static void log_likelihood(double q, double gamma, size_t count, const custval__gamma_gamma_block *restrict block,
                           double *restrict out, double *restrict by_p, double *restrict by_q,
                           double *restrict by_gamma) {
    double unwanted[3][CUSTVAL__GAMMA_GAMMA_ROWS];
    double *restrict const slope_p = by_p == NULL ? unwanted[0] : by_p;
    double *restrict const slope_q = by_p == NULL ? unwanted[1] : by_q;
    double *restrict const slope_gamma = by_p == NULL ? unwanted[2] : by_gamma;
    for (size_t i = 0; i < count; i++) {
        const double spent = block->spent[i], shape = block->shape[i];
        const int is_more = spent > gamma;
        const double ratio = (is_more ? gamma : spent) / (is_more ? spent : gamma);
        const double both = 1.0 + ratio, larger = 1.0 / both, smaller = ratio * larger;
        const double gap = -custval__log_inline(ratio);
        const double larger_log = custval__log_inline(both) + (ratio - (both - 1.0)) * larger; /* of its inverse */
        const double smaller_log = larger_log + gap;
        const double spent_log = is_more ? larger_log : smaller_log, rest_log = is_more ? smaller_log : larger_log;
        out[i] = -block->level[i] - q * rest_log - shape * spent_log - (is_more ? gap : -gap);
        slope_p[i] = shape * (block->p_rise[i] - spent_log);
        slope_q[i] = q * (block->q_rise[i] - rest_log);
        slope_gamma[i] = q * (is_more ? larger : smaller) - shape * (is_more ? smaller : larger);
    }
}

extern const custval__gamma_gamma_kernels CUSTVAL__KERNEL_TABLE(custval__gamma_gamma_kernels_);
const custval__gamma_gamma_kernels CUSTVAL__KERNEL_TABLE(custval__gamma_gamma_kernels_) = {
    .name = CUSTVAL__KERNEL_NAME,
    .log_likelihood = log_likelihood,
};
