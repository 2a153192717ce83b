/* Elementary functions and the compensated sum. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "maths.h"

#include <math.h>

#include "elementary.h"

double custval__exp(double x) {
    return custval__exp_inline(x);
}

double custval__log(double x) {
    return custval__log_inline(x);
}

double custval__pow(double x, double y) {
    return custval__pow_inline(x, y);
}

void custval__sum_add(custval__sum *sum, double value) {
    const double total = sum->sum + value;
    /* What the addition lost, computed from the larger of the two. */
    sum->compensation += fabs(sum->sum) >= fabs(value) ? (sum->sum - total) + value : (value - total) + sum->sum;
    sum->sum = total;
}

double custval__sum_value(const custval__sum *sum) {
    return sum->sum + sum->compensation;
}
