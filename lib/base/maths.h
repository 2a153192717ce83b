/* Elementary functions of our own: libm's last bits differ by platform, and results must not.
   Each is branch-free enough to be vectorised, and gives the same bits in a vector loop and alone. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_BASE_MATHS_H
#define CUSTVAL_BASE_MATHS_H

#include <stddef.h>

/* e^x: within 1 ulp for all finite results; 0 below about -745.14, +inf above about 709.79; NaN for NaN. */
double custval__exp(double x);
/* Natural logarithm: within 1 ulp; -inf for 0, NaN below 0; subnormals handled. */
double custval__log(double x);
/* x^y for x >= 0: exp(y log x) with the logarithm carried in two doubles, so that the error stays within 2 ulp for
   every finite result; x = 0 gives 0 (y > 0), 1 (y = 0), +inf (y < 0); exact for y = 1; 1 for x = 1. */
double custval__pow(double x, double y);

/* Neumaier's compensated sum. */
typedef struct custval__sum {
    double sum, compensation;
} custval__sum;
void custval__sum_add(custval__sum *sum, double value);
double custval__sum_value(const custval__sum *sum);

#endif
