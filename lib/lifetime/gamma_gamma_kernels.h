/* The inner loop of gamma-gamma, built for several instruction sets; all give the same bits. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_LIFETIME_GAMMA_GAMMA_KERNELS_H
#define CUSTVAL_LIFETIME_GAMMA_GAMMA_KERNELS_H

#include <stddef.h>

#define CUSTVAL__GAMMA_GAMMA_ROWS 64 /* most rows of a block */

typedef struct custval__gamma_gamma_block {
    double spent[CUSTVAL__GAMMA_GAMMA_ROWS]; /* x mean_spend */
    double shape[CUSTVAL__GAMMA_GAMMA_ROWS]; /* p x */
    /* ln B(p x, q) + ln(gamma / x), and by how much digamma(p x + q) is above those of p x and q. */
    double level[CUSTVAL__GAMMA_GAMMA_ROWS], p_rise[CUSTVAL__GAMMA_GAMMA_ROWS], q_rise[CUSTVAL__GAMMA_GAMMA_ROWS];
} custval__gamma_gamma_block;

typedef struct custval__gamma_gamma_kernels {
    const char *name;
    /* Log-likelihood of the first `count` rows; by_p, by_q and by_gamma receive its slopes by the logarithms, unless by_p is NULL. */
    void (*log_likelihood)(double q, double gamma, size_t count, const custval__gamma_gamma_block *block, double *out,
                           double *by_p, double *by_q, double *by_gamma);
} custval__gamma_gamma_kernels;

/* A set by name ("portable", "avx2", "avx512"), or NULL if it is not built in or the processor cannot run it. */
const custval__gamma_gamma_kernels *custval__gamma_gamma_kernels_named(const char *name);

/* The same as the model's function, by a given set. */
void custval__gamma_gamma_likelihood_by(const custval__gamma_gamma_kernels *kernels, const double *parameters,
                                        size_t count, const double *x, const double *mean_spend, double *out,
                                        double *const *slopes);

#endif
