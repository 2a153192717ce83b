/* Elementary functions of our own: libm's last bits differ by platform, and results must not.
   Each is branch-free enough to be vectorised, and gives the same bits in a vector loop and alone; loops that shall be
   vectorised take the inline forms of elementary.h. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_BASE_MATHS_H
#define CUSTVAL_BASE_MATHS_H

/* e^x: within 1 ulp for all results; 0 below about -745.14, +inf above about 709.79; NaN for NaN. */
double custval__exp(double x);
/* Natural logarithm: within 1 ulp; -inf for 0, NaN below 0 and for NaN; subnormals handled. */
double custval__log(double x);
/* x^y for x >= 0: exp(y log x) with the logarithm carried in two doubles, so that the error stays within 1 ulp for
   every result; x = 0 gives 0 (y > 0) or +inf (y < 0), x = +inf the reverse; exact for y = 1; 1 for x = 1 or y = 0, NaN
   or not; otherwise NaN for x < 0 and for NaN. */
double custval__pow(double x, double y);

/* Neumaier's compensated sum. */
typedef struct custval__sum {
    double sum, compensation;
} custval__sum;
void custval__sum_add(custval__sum *sum, double value);
double custval__sum_value(const custval__sum *sum);

#endif
