/* How far the logarithm of a beta function falls as an argument grows: what survival in discrete time is made of. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_LIFETIME_BETA_DROP_H
#define CUSTVAL_LIFETIME_BETA_DROP_H

/* ln B(a, b) - ln B(a, b + n) >= 0 for a, n >= 0 and b > 0, symmetric in a and n; relative error below 1e-14, however
   small a, n or the result. E((1 - theta)^n) of theta with the distribution Beta(a, b) is e^-drop. If by_b is not NULL
   it receives the derivative by b (<= 0), as exact. The derivative by a is custval__digamma_rise(a + b, n), that by n
   custval__digamma_rise(b + n, a). */
double custval__beta_drop(double a, double b, double n, double *by_b);

#endif
