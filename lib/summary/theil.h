/* Theil's index, whose parts do not cancel: what an entropy is made of. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_SUMMARY_THEIL_H
#define CUSTVAL_SUMMARY_THEIL_H

#include "../base/elementary.h"

/*
 * The entropy E of the shares of n numbers x >= 0 with sum S and mean m has the divergence 1 - E = D / (S ln n), where
 * D = sum x ln(x / m) (Theil 1967). With
 *
 *     phi(x, c) = x ln(x / c) - (x - c) >= 0     and     sum phi(x, c) = D + n phi(m, c)   for any c > 0
 *
 * D is a sum of parts that are not negative, however little the numbers vary, and two sets of numbers are joined by
 * D = D_a + D_b + n_a phi(m_a, m) + n_b phi(m_b, m).
 *
 * For x = c (1 + t) the terms of phi cancel if t is small. With s = (x - c) / (x + c) they do so on paper:
 * phi(x, c) = (x - c) s (1 + s (1 + s) A), A = 1/3 + s^2/5 + s^4/7 + ... Where x is further from c, y = c 2^k takes the
 * place of c: phi(x, c) = phi(x, y) + x k ln 2 - (y - c).
 */

/* y = c 2^k, so chosen that x / y lies between 2/3 and 3/2. Bits of doubles, read as integers, are 2^52 times their
   logarithm to base 2, less at most 0.09. Numbers near 0, whose part is c whatever their y is, keep y a normal one. */
typedef struct custval__near {
    double y, k;
} custval__near;

static inline custval__near custval__near_of(double x, double c) {
    const double least = 0x1p-700;
    const double at_least = x > least ? x : least;
    const uint64_t bits = custval__bits_of(c);
    const uint64_t k = (custval__bits_of(at_least) - bits + ((uint64_t)1 << 51) + ((uint64_t)2048 << 52)) >> 52;
    return (custval__near){custval__double_of(bits + ((k - 2048) << 52)),
                           custval__double_of(custval__bits_of(0x1p52) | k) - (0x1p52 + 2048)};
}

/* phi(x, c); `difference` is x - y. What the series leaves out is below 2^-55. */
static inline double custval__theil_term(double x, double c, custval__near near, double difference) {
    const double s = difference / (x + near.y), w = s * s, v = w * w;
    const double even = 1.0 / 3 + v * (1.0 / 7 + v * (1.0 / 11 + v * (1.0 / 15 + v * (1.0 / 19))));
    const double odd = 1.0 / 5 + v * (1.0 / 9 + v * (1.0 / 13 + v * (1.0 / 17 + v * (1.0 / 21))));
    const double nearest = difference * s * (1.0 + s * (1.0 + s) * (even + w * odd));
    return nearest + (x * (near.k * 0x1.62e42fefa39efp-1) - (near.y - c));
}

/* phi(c + d, c) with a difference that is better known than the sum. */
static inline double custval__theil_of_difference(double c, double d) {
    const double x = c + d > 0.0 ? c + d : 0.0;
    const custval__near near = custval__near_of(x, c);
    return custval__theil_term(x, c, near, near.y == c ? d : x - near.y);
}

#endif
