/* Where to start fitting BG/NBD and MBG/NBD. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "beta_geometric.h"

#include <math.h>

/* Means per customer, and the variance of x. */
typedef struct moments {
    double customers, x, variance, t_x, T;
} moments;

static moments moments_of(const custval__customers *customers, const double *counts) {
    moments of = {0};
    for (size_t i = 0; i < customers->count; i++) {
        of.customers += counts[i];
        of.x += counts[i] * customers->x[i];
        of.t_x += counts[i] * customers->t_x[i];
        of.T += counts[i] * customers->T[i];
    }
    of.x /= of.customers;
    of.t_x /= of.customers;
    of.T /= of.customers;
    for (size_t i = 0; i < customers->count; i++) {
        const double deviation = customers->x[i] - of.x;
        of.variance += counts[i] * deviation * deviation / of.customers;
    }
    return of;
}

/* r and alpha are those of the NBD with the moments of x, were everybody there for so much of T. Customers are there from the
   first purchase to somewhere between the last one and T. */
size_t custval__beta_geometric_starts(const custval__customers *customers, const double *counts,
                                      double out[CUSTVAL__MODEL_STARTS][CUSTVAL__MODEL_PARAMETERS]) {
    const moments of = moments_of(customers, counts);
    const double x = of.x > 0.0 ? of.x : 1.0 / (of.customers + 1.0);
    const double T = of.T > 0.0 ? of.T : 1.0, there = of.t_x > 0.0 ? (of.t_x + T) / 2.0 : T;
    const double spread = of.variance - x;
    const double by_spread = spread > 0.0 ? x * x / spread : 10.0;
    const double r = by_spread < 0.1 ? 0.1 : by_spread > 10.0 ? 10.0 : by_spread;
    const double points[CUSTVAL__MODEL_STARTS][CUSTVAL__MODEL_PARAMETERS] = {
        {r, r * there / x, 0.8, 2.5},
        {1.0, there / x, 1.0, 5.0},
        {r, r * T / x, 0.1, 2.0},
        {2.0 * r, 2.0 * r * there / x, 3.0, 30.0},
        /* Some leave at once, the others hardly ever; those who stay buy the faster, and more alike. */
        {2.0, 2.0 * T / (4.0 * x), 0.3, 0.2},
        {3.0, 3.0 * T / (2.0 * x), 0.02, 0.04},
        {2.0, 2.0 * T / (2.0 * x), 0.5, 0.5},
        {5.0, 5.0 * T / (8.0 * x), 0.3, 0.1},
        {r, r * T / (1.5 * x), 0.2, 0.2},
        {r, r * T / (1.2 * x), 1e-4, 1e-3},
        {r, r * T / (2.0 * x), 1e-4, 2e-4},
        {10.0, 10.0 * T / (3.0 * x), 1e-3, 1e-3},
    };
    for (size_t k = 0; k < CUSTVAL__MODEL_STARTS; k++) {
        for (size_t p = 0; p < CUSTVAL__MODEL_PARAMETERS; p++) out[k][p] = points[k][p];
    }
    return CUSTVAL__MODEL_STARTS;
}
