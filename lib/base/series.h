/* Sums of powers. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_BASE_SERIES_H
#define CUSTVAL_BASE_SERIES_H

/* 1 + ratio + ratio^2 ..., `count` >= 1 terms, by Horner's rule: with ratio >= 0 nothing cancels, also where it is 1 or near. */
static inline double custval__series(double ratio, double count) {
    double sum = 1.0;
    for (double t = 1.0; t < count; t++) sum = 1.0 + ratio * sum;
    return sum;
}

#endif
