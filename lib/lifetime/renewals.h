/* The future of those who may leave at the beginning of each period: survival, and sums over the periods to come. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_LIFETIME_RENEWALS_H
#define CUSTVAL_LIFETIME_RENEWALS_H

#include "model.h"

/* A customer who is still there after T periods, when S(T) = B(alpha, beta + T^c) / B(alpha, beta). T is a whole
   number. */
typedef struct custval__renewals {
    double alpha, beta, c, T;
    double power; /* T^c */
} custval__renewals;

custval__renewals custval__renewals_of(double alpha, double beta, double c, double T);

/* (T + k)^c - T^c without cancellation; kept finite. */
double custval__renewals_rise(const custval__renewals *renewals, double k);
/* ln of S(T + k) / S(T), k >= 0. */
double custval__renewals_log_survival(const custval__renewals *renewals, double k);

/* Whole periods of a time; kept to what a double counts one by one. */
double custval__whole_periods(double time);

/* Sum of S(T + k) / S(T) e^(-delta k) over the whole numbers k with from < k <= to. `to` may be infinite if delta > 0.
   What is left out is below 2^-54 of the sum. At most some thousand terms are evaluated, however many there are. */
double custval__renewals_sum(const custval__renewals *renewals, double from, double to, double delta);
/* Sum of S(T + k) / S(T) (first + step (k - from - 1)) over from < k <= to; first, step >= 0. */
double custval__renewals_weighted_sum(const custval__renewals *renewals, double from, double to, double first,
                                      double step);

/* Moments of cash (see custval__model) of a customer who buys in a period that he lives to see with probability p: mean
   and mean square of p are `chance` and `chance_square`, apart from survival. */
typedef struct custval__cash_sums {
    double mean, pairs, squares;
} custval__cash_sums;
custval__cash_sums custval__renewals_cash(const custval__renewals *renewals, double chance, double chance_square,
                                          const custval__cash *cash);

#endif
