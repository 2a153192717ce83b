/* The inner loop of gamma-gamma. This file is compiled once per instruction set. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "gamma_gamma_kernels.h"

#include "../base/elementary.h"
#include "../base/instructions.h"

/* The density of the mean spend m is (X^(p x) Y^q / B(p x, q)) / m, with X = spent / (gamma + spent) and Y = 1 - X. */
static void log_likelihood(double q, double gamma, size_t count, const custval__gamma_gamma_block *restrict block,
                           double *restrict out, double *restrict by_p, double *restrict by_q,
                           double *restrict by_gamma) {
    double spent_log[CUSTVAL__GAMMA_GAMMA_ROWS], rest_log[CUSTVAL__GAMMA_GAMMA_ROWS];
    for (size_t i = 0; i < count; i++) {
        spent_log[i] = custval__log1p_inline(gamma / block->spent[i]);
        rest_log[i] = custval__log1p_inline(block->spent[i] / gamma);
        out[i] = -block->log_beta[i] - q * rest_log[i] - block->shape[i] * spent_log[i] -
                 custval__log_inline(block->mean_spend[i]);
    }
    if (by_p == NULL) return;
    for (size_t i = 0; i < count; i++) {
        const double all = gamma + block->spent[i];
        by_p[i] = block->shape[i] * (block->p_rise[i] - spent_log[i]);
        by_q[i] = q * (block->q_rise[i] - rest_log[i]);
        by_gamma[i] = q * (block->spent[i] / all) - block->shape[i] * (gamma / all);
    }
}

extern const custval__gamma_gamma_kernels CUSTVAL__KERNEL_TABLE(custval__gamma_gamma_kernels_);
const custval__gamma_gamma_kernels CUSTVAL__KERNEL_TABLE(custval__gamma_gamma_kernels_) = {
    .name = CUSTVAL__KERNEL_NAME,
    .log_likelihood = log_likelihood,
};
