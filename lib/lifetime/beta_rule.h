/* Integrals over a beta distribution of functions that fall like 1 / (k + p)^m: sums over nodes. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_LIFETIME_BETA_RULE_H
#define CUSTVAL_LIFETIME_BETA_RULE_H

#include <stddef.h>

#define CUSTVAL__BETA_RULE_NODES 640

/* Nodes p, with q = 1 - p to all digits, and weights that add up to 1. */
typedef struct custval__beta_rule {
    size_t count;
    double p[CUSTVAL__BETA_RULE_NODES], q[CUSTVAL__BETA_RULE_NODES], weight[CUSTVAL__BETA_RULE_NODES];
} custval__beta_rule;

/* For Beta(a, c) and functions that are about as flat as (k + p)^-m, and analytic and no larger in the half plane of p with a real part
   above 0. All arguments above 0. For a large m, c shall be far below a, or the nodes may not reach. */
void custval__beta_rule_make(double a, double c, double k, double m, custval__beta_rule *out);

#endif
