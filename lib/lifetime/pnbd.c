/* The Pareto/NBD: Schmittlein, Morrison & Colombo (1987), Management Science 33:1-24. While alive a customer buys at
   a rate with the gamma distribution (r, alpha), and dies at a rate with the gamma distribution (s, beta). */
/* SPDX-License-Identifier: Apache-2.0 */
#include "pnbd.h"

#include <math.h>

/* Customers, and the mean and variance of their purchases, the mean of their times, and the share of purchase-free
   time at their end. */
typedef struct moments {
    double customers, x, variance, T, idle;
} moments;

static moments moments_of(const custval__customers *customers, const double *counts) {
    moments sum = {0, 0, 0, 0, 0};
    for (size_t i = 0; i < customers->count; i++) {
        const double T = customers->T[i];
        sum.customers += counts[i];
        sum.x += counts[i] * customers->x[i];
        sum.T += counts[i] * T;
        sum.idle += T > 0 ? counts[i] * (1.0 - customers->t_x[i] / T) : 0.0;
    }
    moments mean = {sum.customers, sum.x / sum.customers, 0, sum.T / sum.customers, sum.idle / sum.customers};
    for (size_t i = 0; i < customers->count; i++) {
        const double deviation = customers->x[i] - mean.x;
        mean.variance += counts[i] * deviation * deviation / sum.customers;
    }
    return mean;
}

static double within(double value, double low, double high) {
    return !(value > low) ? low : value < high ? value : high;
}

/* r and alpha of the NBD that has the moments, were everybody alive for a share of the time; and three ways to die:
   at a rate like the length of observation with much or with little variety, and hardly at all. */
static size_t starts(const custval__customers *customers, const double *counts,
                     double out[CUSTVAL__MODEL_STARTS][CUSTVAL__MODEL_PARAMETERS]) {
    const moments m = moments_of(customers, counts);
    const double T = m.T > 0 ? m.T : 1.0, x = m.x > 0 ? m.x : 1.0 / (m.customers + 1.0);
    const double r = within(x * x / (m.variance - x), 0.1, 10.0);
    const double alive = within(1.0 - 0.5 * m.idle, 0.3, 1.0); /* the share of the time */
    const double points[CUSTVAL__MODEL_STARTS][CUSTVAL__MODEL_PARAMETERS] = {
        {r, r * T * alive / x, 0.6, 0.4 * T},
        {1.0, T * alive / x, 1.0, T},
        {r, r * T / x, 0.5, 5.0 * T},
        {2.0 * r, 2.0 * r * T * alive / x, 3.0, 3.0 * T},
        /* Some die at once, the others hardly ever; those who stay buy the faster, and more alike. */
        {2.0, 2.0 * T / (2.5 * x), 0.2, 0.003 * T},
        {3.0, 3.0 * T / (2.0 * x), 0.05, 1e-4 * T},
        {1.5, 1.5 * T / (2.0 * x), 0.3, 0.05 * T},
        {4.0, 4.0 * T / (4.0 * x), 0.3, 0.001 * T},
        {r, r * T / (1.5 * x), 0.1, 0.001 * T},
        {r, r * T / (1.5 * x), 0.02, 1e-7 * T},
        {1.0, T / (1.5 * x), 0.1, 1e-6 * T},
        {10.0, 10.0 * T / (3.0 * x), 0.1, 1e-5 * T},
    };
    for (size_t k = 0; k < CUSTVAL__MODEL_STARTS; k++) {
        for (size_t p = 0; p < CUSTVAL__MODEL_PARAMETERS; p++) out[k][p] = points[k][p];
    }
    return CUSTVAL__MODEL_STARTS;
}

const custval__model custval__pnbd = {
    .id = CUSTVAL_MODEL_PNBD,
    .parameters = 4,
    .names = {"r", "alpha", "s", "beta"},
    .dimension = {0, 1, 0, 1},
    .columns = CUSTVAL__COLUMN_X | CUSTVAL__COLUMN_T_X | CUSTVAL__COLUMN_T,
    .purchase = {CUSTVAL__PNBD_ALPHA, -1},
    .dropout = {CUSTVAL__PNBD_BETA, -1},
    .check = custval__check_purchases,
    .starts = starts,
    .log_likelihood = custval__pnbd_log_likelihood,
    .log_alive = custval__pnbd_log_alive,
    .alive_later = custval__pnbd_alive_later,
    .expected = custval__pnbd_expected,
    .expected_pairs = custval__pnbd_expected_pairs,
    .residual = custval__pnbd_residual,
    .log_counts = custval__pnbd_log_counts,
    .cash_moments = custval__pnbd_cash_moments,
};
