/* Expectations over the posterior of a BG/NBD or MBG/NBD customer who is alive. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_LIFETIME_BETA_GEOMETRIC_SUMS_H
#define CUSTVAL_LIFETIME_BETA_GEOMETRIC_SUMS_H

#include "beta_geometric_kernels.h"
#include "beta_rule.h"

/* Rate ~ gamma(s, total), p ~ beta(a, c). */
typedef struct custval__posterior {
    double s, total, a, c;
} custval__posterior;

/* One of custval__beta_geometric_sum for the purchases within each of up to CUSTVAL__BETA_GEOMETRIC_TIMES times t >= 0; `out` has room for
   so many, whatever `count` is. */
void custval__beta_geometric_sums(const custval__beta_geometric_kernels *kernels, int sum, const custval__posterior *of,
                                  const double *t, size_t count, double *out);

/* Integral over all u > 0 of e^(-delta u) times the rate of purchases at u, by the nodes of a customer who differs in
   nothing but a total that is no larger, nor much smaller. */
void custval__beta_geometric_residual_rule(const custval__posterior *of, double delta, custval__beta_rule *out);
double custval__beta_geometric_residual_alive(const custval__posterior *of, double delta,
                                              const custval__beta_rule *rule);

#endif
