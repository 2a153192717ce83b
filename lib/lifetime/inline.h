/* Elementary functions as inline code for the integrals of models: without the edges of those of base/elementary.h,
   and to two units in the last place instead of one, for half the time. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_LIFETIME_INLINE_H
#define CUSTVAL_LIFETIME_INLINE_H

#include "../base/elementary.h"

/* x = n ln 2 + r, |r| <= ln 2 / 2, for |x| <= 700; less_1 = e^r - 1, power = 2^n. */
typedef struct custval__exp_parts {
    double less_1, power;
} custval__exp_parts;

static inline custval__exp_parts custval__exp_reduce(double x) {
    const double shifter = 0x1.8p52; /* leaves the nearest integer in the low bits of the sum */
    const double shifted = x * CUSTVAL__LN2_INVERSE + shifter;
    const double n = shifted - shifter;
    const double r_hi = x - n * CUSTVAL__LN2_HI, r_lo = -(n * CUSTVAL__LN2_LO);
    const double r = r_hi + r_lo, r_rest = (r_hi - r) + r_lo, r2 = r * r;
    const double even =
        1.0 / 2 +
        r2 * (1.0 / 24 + r2 * (1.0 / 720 + r2 * (1.0 / 40320 + r2 * (1.0 / 3628800 + r2 * (1.0 / 479001600)))));
    const double odd =
        1.0 / 6 +
        r2 * (1.0 / 120 + r2 * (1.0 / 5040 + r2 * (1.0 / 362880 + r2 * (1.0 / 39916800 + r2 * (1.0 / 6227020800.0)))));
    const uint64_t exponent = custval__bits_of(shifted) - custval__bits_of(shifter) + 1023;
    return (custval__exp_parts){r + (r_rest + r2 * (even + r * odd)), custval__double_of(exponent << 52)};
}

/* e^x for |x| <= 700. */
static inline double custval__exp_within(double x) {
    const custval__exp_parts e = custval__exp_reduce(x);
    return e.power + e.power * e.less_1;
}

/* e^x - 1 for |x| <= 700: a sum of two terms of one sign, or of one that is small. */
static inline double custval__expm1_within(double x) {
    const custval__exp_parts e = custval__exp_reduce(x);
    return e.power * e.less_1 + (e.power - 1.0);
}

/* 1 + x = 2^k (1 + f), x >= 0, with 1 + f between sqrt(1/2) and sqrt(2); f has what rounding 1 + x loses. */
typedef struct custval__log1p_parts {
    double k, f, power; /* power = 2^-k */
} custval__log1p_parts;

static inline custval__log1p_parts custval__log1p_reduce(double x) {
    const double y = 1.0 + x;
    const double lost = x < 1.0 ? x - (y - 1.0) : 1.0 - (y - x);
    const uint64_t bits = custval__bits_of(y);
    const uint64_t above_root = bits - custval__bits_of(0x1.6a09e667f3bcdp-1) + ((uint64_t)1023 << 52);
    const uint64_t exponent = above_root >> 52; /* k + 1023 */
    const double z = custval__double_of(bits - ((exponent - 1023) << 52));
    const double k = custval__double_of(custval__bits_of(0x1p52) | exponent) - (0x1p52 + 1023);
    const double power = custval__double_of((2046 - exponent) << 52);
    return (custval__log1p_parts){k, (z - 1.0) + lost * power, power};
}

/* The logarithm, s being f / (2 + f): log(1 + f) = 2 atanh s. */
static inline double custval__log1p_finish(custval__log1p_parts in, double s) {
    const double w = s * s;
    const double series = s * w * (2.0 / 3 + w * (2.0 / 5 + w * custval__log_tail(w)));
    return in.k * CUSTVAL__LN2_HI + (2.0 * s + (series + in.k * CUSTVAL__LN2_LO));
}

/* ln(1 + x) for 0 <= x <= 1e300. */
static inline double custval__log1p_within(double x) {
    const custval__log1p_parts in = custval__log1p_reduce(x);
    return custval__log1p_finish(in, in.f / (2.0 + in.f));
}

#endif
