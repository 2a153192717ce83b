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

/* One of custval__beta_geometric_sum of many customers. Terms of its series are kept for the next customer of the same s, a and c:
   what a customer gets is the same, whoever was asked for before. */
#define CUSTVAL__SERIES_KEPT 16

typedef struct custval__series {
    const custval__beta_geometric_kernels *kernels;
    int sum;
    custval__beta_geometric_terms terms[CUSTVAL__SERIES_KEPT];
} custval__series;

void custval__series_begin(custval__series *series, int sum);

/* Up to CUSTVAL__BETA_GEOMETRIC_TIMES times t >= 0. */
custval__beta_geometric_times custval__series_times(const double *t, size_t count);

/* For the purchases within each of the times; `out` has room for CUSTVAL__BETA_GEOMETRIC_TIMES of them, whatever their number is. */
void custval__series_sums(custval__series *series, const custval__posterior *of,
                          const custval__beta_geometric_times *times, double *out);

/* Integral over all u > 0 of e^(-delta u) times the rate of purchases at u, by the nodes of a customer who differs in
   nothing but a total that is no larger, nor much smaller. */
void custval__beta_geometric_residual_rule(const custval__posterior *of, double delta, custval__beta_rule *out);
double custval__beta_geometric_residual_alive(const custval__posterior *of, double delta,
                                              const custval__beta_rule *rule);

#endif
