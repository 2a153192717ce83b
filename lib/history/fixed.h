/* Money in fixed point: 128 bits in two words, of which sums are exact and do not depend on their order. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_HISTORY_FIXED_H
#define CUSTVAL_HISTORY_FIXED_H

#include <stdint.h>

/* An integer of 128 bits. As money (custval__fixed_of) it is in two's complement, in units of 2^-50. */
typedef struct custval__fixed {
    uint64_t low, high;
} custval__fixed;

/* An amount must be within this in size: it takes 97 bits, which leaves room for 2^30 such amounts. */
#define CUSTVAL__AMOUNT_MOST 1e14

/* The nearest multiple of 2^-50, ties to even; exact for numbers of 1/8 and more. |x| <= CUSTVAL__AMOUNT_MOST. */
custval__fixed custval__fixed_of(double x);
/* The nearest double, ties to even. */
double custval__fixed_double(custval__fixed x);

/* The nearest double of an unsigned integer. */
double custval__wide_double(custval__fixed x);
custval__fixed custval__wide_product(uint64_t a, uint64_t b);

static inline custval__fixed custval__fixed_add(custval__fixed a, custval__fixed b) {
    const uint64_t low = a.low + b.low;
    return (custval__fixed){low, a.high + b.high + (low < a.low)};
}

static inline custval__fixed custval__fixed_subtract(custval__fixed a, custval__fixed b) {
    return (custval__fixed){a.low - b.low, a.high - b.high - (a.low < b.low)};
}

static inline int custval__fixed_is_negative(custval__fixed x) {
    return x.high >> 63 != 0;
}

static inline custval__fixed custval__fixed_size(custval__fixed x) {
    return custval__fixed_is_negative(x) ? custval__fixed_subtract((custval__fixed){0, 0}, x) : x;
}

static inline int custval__fixed_same(custval__fixed a, custval__fixed b) {
    return a.low == b.low && a.high == b.high;
}

/* a > b, as unsigned integers. */
static inline int custval__wide_above(custval__fixed a, custval__fixed b) {
    return a.high > b.high || (a.high == b.high && a.low > b.low);
}

#endif
