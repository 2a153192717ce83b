/* The elementary functions as inline code, for loops that shall be vectorised; everyone else calls those of maths.h. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_BASE_ELEMENTARY_H
#define CUSTVAL_BASE_ELEMENTARY_H

#include <math.h>
#include <stdint.h>
#include <string.h>

/*
 * Only additions, multiplications, one division and bit operations, in one fixed order, with no branch: each function
 * gives the same bits in a vector of any width and alone, on every platform that rounds doubles as IEEE 754 says.
 * Needs -ffp-contract=off, because a fused multiply-add rounds once where these lines count on two roundings.
 *
 * Quantities more precise than a double are kept as an unevaluated sum hi + lo, |lo| at most an ulp or so of hi.
 */

/* ln 2 in two parts: the first has 42 bits, so that its product with any exponent of a double is exact. */
#define CUSTVAL__LN2_HI 0x1.62e42fefa38p-1
#define CUSTVAL__LN2_LO 0x1.ef35793c7673p-45
#define CUSTVAL__LN2_INVERSE 0x1.71547652b82fep+0

static inline uint64_t custval__bits_of(double x) {
    uint64_t bits = 0;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

static inline double custval__double_of(uint64_t bits) {
    double x = 0;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* a b - product, where product is a b rounded: exact unless it underflows or overflows (Veltkamp and Dekker). */
static inline double custval__product_error(double a, double b, double product) {
    const double splitter = 0x1p27 + 1;
    const double a_scaled = splitter * a, b_scaled = splitter * b;
    const double a_hi = a_scaled - (a_scaled - a), b_hi = b_scaled - (b_scaled - b);
    const double a_lo = a - a_hi, b_lo = b - b_hi;
    return ((a_hi * b_hi - product) + a_hi * b_lo + a_lo * b_hi) + a_lo * b_lo;
}

/* e^(hi + lo) for |lo| far below 1. e^x = 2^n e^r with n the integer nearest to x / ln 2 and r within ln 2 / 2. */
static inline double custval__exp_of_sum(double hi, double lo) {
    /* Beyond these the result is 0 and infinity. A NaN passes both. */
    const double x = hi < -746.0 ? -746.0 : hi > 710.0 ? 710.0 : hi;
    const double x_lo = x == hi ? lo : 0.0;
    /* Adding 3 2^51 leaves the nearest integer in the low bits of the sum. */
    const double shifter = 0x1.8p52;
    const double shifted = x * CUSTVAL__LN2_INVERSE + shifter;
    const double n = shifted - shifter;
    const double r_hi = x - n * CUSTVAL__LN2_HI; /* exact */
    const double r_lo = x_lo - n * CUSTVAL__LN2_LO;
    const double r = r_hi + r_lo;
    const double r_rest = (r_hi - r) + r_lo;
    /* (e^r - 1 - r) / r^2 by its Taylor series, even and odd powers apart; what is left out is below 2^-57. */
    const double r2 = r * r;
    const double even =
        1.0 / 2 +
        r2 * (1.0 / 24 + r2 * (1.0 / 720 + r2 * (1.0 / 40320 + r2 * (1.0 / 3628800 + r2 * (1.0 / 479001600)))));
    const double odd =
        1.0 / 6 +
        r2 * (1.0 / 120 + r2 * (1.0 / 5040 + r2 * (1.0 / 362880 + r2 * (1.0 / 39916800 + r2 * (1.0 / 6227020800.0)))));
    const double one_and_r = 1.0 + r;
    const double lost = (1.0 - one_and_r) + r;
    const double power = one_and_r + (lost + (r_rest + r2 * (even + r * odd)));
    /* 2^n in two factors, because n reaches from -1076 to 1024; only the second product can round. */
    const uint64_t exponent = custval__bits_of(shifted) - custval__bits_of(shifter) + 4096; /* n + 4096 */
    const uint64_t half = exponent >> 1;
    const double first = custval__double_of((half - 2048 + 1023) << 52);
    const double second = custval__double_of((exponent - half - 2048 + 1023) << 52);
    return power * first * second;
}

/* x = 2^k z with z between sqrt(1/2) and sqrt(2), and s + s_lo = (z - 1) / (z + 1), so that log z = 2 atanh s. */
typedef struct custval__log_parts {
    double k, s, s_lo;
} custval__log_parts;

static inline custval__log_parts custval__log_reduce(double x) {
    const int subnormal = x < 0x1p-1022;
    const uint64_t bits = custval__bits_of(subnormal ? x * 0x1p54 : x);
    const uint64_t above_root = bits - custval__bits_of(0x1.6a09e667f3bcdp-1) + ((uint64_t)1023 << 52);
    const uint64_t exponent = above_root >> 52; /* k + 1023 */
    const double z = custval__double_of(bits - ((exponent - 1023) << 52));
    /* The exponent as a double, without the conversion that older vector units lack. */
    const double k = custval__double_of(custval__bits_of(0x1p52) | exponent) - (0x1p52 + 1023);
    const double f = z - 1.0; /* exact */
    const double g = 2.0 + f;
    const double g_lo = f - (g - 2.0);
    const double inverse = 1.0 / g;
    const double s = f * inverse;
    const double product = s * g;
    const double rest = ((f - product) - custval__product_error(s, g, product)) - s * g_lo;
    return (custval__log_parts){k - (subnormal ? 54.0 : 0.0), s, rest * inverse};
}

/* (2 atanh s - 2 s - 2/3 s^3 - 2/5 s^5) / s^7 by its Taylor series in w = s^2 <= 0.0295; what is left out is below
   2^-70 of the whole. */
static inline double custval__log_tail(double w) {
    const double v = w * w;
    const double even = 2.0 / 7 + v * (2.0 / 11 + v * (2.0 / 15 + v * (2.0 / 19 + v * (2.0 / 23))));
    const double odd = 2.0 / 9 + v * (2.0 / 13 + v * (2.0 / 17 + v * (2.0 / 21 + v * (2.0 / 25))));
    return even + w * odd;
}

/* The logarithm's value where the reduction does not hold. */
static inline double custval__log_edges(double x, double value) {
    value = x == HUGE_VAL ? x : value;
    value = x == 0.0 ? -HUGE_VAL : value;
    return x >= 0.0 ? value : (double)NAN;
}

static inline double custval__exp_inline(double x) {
    return custval__exp_of_sum(x, 0.0);
}

static inline double custval__log_inline(double x) {
    const custval__log_parts in = custval__log_reduce(x);
    const double w = in.s * in.s;
    const double large = in.k * CUSTVAL__LN2_HI, small = 2.0 * in.s;
    const double sum = large + small; /* large is 0 or the larger of the two */
    const double lost = (large - sum) + small;
    const double rest = in.s * w * (2.0 / 3 + w * (2.0 / 5 + w * custval__log_tail(w)));
    return custval__log_edges(x, sum + (rest + (lost + (2.0 * in.s_lo + in.k * CUSTVAL__LN2_LO))));
}

/* ln(1 + x) within 2 ulp: the logarithm of the rounded sum, and what rounding lost. */
static inline double custval__log1p_inline(double x) {
    const double u = 1.0 + x;
    const double lost = fabs(x) < 1.0 ? x - (u - 1.0) : 1.0 - (u - x);
    const double value = custval__log_inline(u);
    return u > 0.0 && u < HUGE_VAL ? value + lost / u : value;
}

/* log x as hi + lo, within 2^-67 of it; x positive and finite. The series 2 s + s^3 (2/3 + w (2/5 + w U)) of 2 atanh s
   is carried in two doubles down to U, whose share is small enough for one. */
static inline double custval__log_pair(double x, double *lo) {
    const custval__log_parts in = custval__log_reduce(x);
    const double w = in.s * in.s;
    const double w_lo = custval__product_error(in.s, in.s, w) + 2.0 * in.s * in.s_lo;
    const double s3 = in.s * w;
    const double s3_lo = custval__product_error(in.s, w, s3) + (in.s * w_lo + in.s_lo * w);
    const double u = w * custval__log_tail(w);
    const double fifth = 2.0 / 5, fifth_rest = -0x1.999999999999ap-56; /* 2/5 */
    const double a = fifth + u;
    const double a_lo = (fifth - a) + u + fifth_rest;
    const double b = w * a;
    const double b_lo = custval__product_error(w, a, b) + (w * a_lo + w_lo * a);
    const double third = 2.0 / 3, third_rest = 0x1.5555555555555p-55; /* 2/3 */
    const double p = third + b;
    const double p_lo = (third - p) + b + (b_lo + third_rest);
    const double cube = s3 * p;
    const double cube_lo = custval__product_error(s3, p, cube) + (s3 * p_lo + s3_lo * p);
    /* k ln2 + 2 s + cube, in decreasing order, collecting what each addition loses. */
    const double large = in.k * CUSTVAL__LN2_HI, small = 2.0 * in.s;
    const double first = large + small, first_lost = (large - first) + small;
    const double second = first + cube, second_lost = (first - second) + cube;
    const double rest = first_lost + (second_lost + (cube_lo + 2.0 * in.s_lo + in.k * CUSTVAL__LN2_LO));
    const double hi = second + rest;
    *lo = (second - hi) + rest;
    return hi;
}

static inline double custval__pow_inline(double x, double y) {
    double log_lo = 0;
    const double log_hi = custval__log_pair(x, &log_lo);
    /* The logarithm of any other double than 1 is above 2^-54: a larger y changes nothing but could overflow below. */
    const double factor = y > 0x1p64 ? 0x1p64 : y < -0x1p64 ? -0x1p64 : y;
    const double hi = factor * log_hi;
    const double lo = custval__product_error(factor, log_hi, hi) + factor * log_lo;
    double value = custval__exp_of_sum(hi, lo);
    const double edge = (x == 0.0) == (y > 0.0) ? 0.0 : HUGE_VAL;
    value = x == 0.0 || x == HUGE_VAL ? edge : value;
    value = y == 1.0 ? x : value;
    value = x >= 0.0 && y == y ? value : (double)NAN;
    return x == 1.0 || y == 0.0 ? 1.0 : value;
}

#endif
