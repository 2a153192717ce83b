/* Special functions of our own, because libm's and peers' lose digits or overflow where customers live: see docs/numerics.md.
   All are pure, allocate nothing, and give the same bits on every platform. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_BASE_SPECIAL_H
#define CUSTVAL_BASE_SPECIAL_H

#include <stddef.h>

/* ln(1 + x), x > -1, and e^x - 1: within 2 ulp, however small x is. */
double custval__log1p(double x);
double custval__expm1(double x);

/* ln Gamma(x), digamma and trigamma, x > 0; relative error below 1e-14 (absolute near their zeros). */
double custval__log_gamma(double x);
double custval__digamma(double x);
double custval__trigamma(double x);

/* ln Gamma(a + n) - ln Gamma(a) for a > 0, n >= 0 without cancellation: as exact for a = 1e12 or n = 1e-9 as elsewhere.
   Its derivatives by a are digamma(a + n) - digamma(a), likewise without cancellation. */
double custval__log_rising(double a, double n);
double custval__digamma_rise(double a, double n);

/* ln B(a, b), a, b > 0; no cancellation when one is far larger than the other. */
double custval__log_beta(double a, double b);

/* To 2e-14 of the logarithms, and to 1e-12 of the shares, far tails included. */
/* Regularised incomplete beta function I_x(a, b) and its logarithm, 0 <= x <= 1 given with its complement y = 1 - x, so that
   neither end loses digits; and the regularised incomplete gamma functions P(a, x) and Q(a, x) = 1 - P. */
double custval__beta_share(double a, double b, double x, double y);
double custval__log_beta_share(double a, double b, double x, double y);
double custval__gamma_share(double a, double x);
double custval__gamma_rest(double a, double x);

/* P(chi-square with `freedom` degrees > x), and P(Z <= z) of the standard normal. */
double custval__chi_square_rest(double freedom, double x);
double custval__normal_share(double z);

/* ln 2F1(a, b; c; z) for a >= 0, b >= 0, c > 0, z < 1, where every term or Euler's integrand is positive: 0 <= z, or z < 0 and c not
   below the smaller of a and b, else NaN. Error of the logarithm below 1e-12, relative if it is above 1 and absolute if not, for
   a, b, c from 1e-6 to 1e6. For c below both a and b the series alone serves: its error grows to 1e-12 at 1 - z = 1e-5, its time as
   1 / (1 - z), and it is NaN after 2e7 terms. Costs under 4 us by a series of up to 400 terms, else 50 to 150 us by an integral. */
double custval__log_hyp2f1(double a, double b, double c, double z);

/* Nodes and weights of Gauss and Legendre on [0, 1], symmetric: n is 8, 16, 32 or 64, else NULL. */
typedef struct custval__gauss {
    size_t n;
    const double *nodes, *weights;
} custval__gauss;
const custval__gauss *custval__gauss_legendre(size_t n);

/* ln(e^a + e^b), and ln(e^a - e^b) for a >= b. -inf is 0. */
double custval__log_add(double a, double b);
double custval__log_subtract(double a, double b);

#endif
