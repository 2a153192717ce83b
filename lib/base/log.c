/* Logarithms and exponentials near 1 and of sums. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "elementary.h"
#include "maths.h"
#include "special.h"

double custval__log1p(double x) {
    return custval__log1p_inline(x);
}

double custval__expm1(double x) {
    if (!(fabs(x) < 1.1)) {
        return custval__exp(x) - 1.0; /* the difference is above a half */
    }
    /* e^x - 1 - x by its Taylor series; what is left out is below 2^-60 of it. */
    double sum = 0;
    for (int n = 21; n >= 2; n--) {
        sum = (sum + 1.0) * (x / n);
    }
    return x + sum * x;
}

double custval__log_add(double a, double b) {
    const double larger = a > b ? a : b, smaller = a > b ? b : a;
    if (smaller == -HUGE_VAL || larger == HUGE_VAL) {
        return larger;
    }
    return larger + custval__log1p(custval__exp(smaller - larger));
}

double custval__log_subtract(double a, double b) {
    const double gap = b - a;
    if (b == -HUGE_VAL) {
        return a;
    }
    /* Near 0 e^gap - 1 keeps the digits, far from it ln(1 - e^gap) does; they meet at ln(1/2). */
    return a + (gap > -0.7 ? custval__log(-custval__expm1(gap)) : custval__log1p(-custval__exp(gap)));
}
