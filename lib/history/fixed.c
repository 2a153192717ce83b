/* Fixed-point numbers of 128 bits, made from doubles and turned into them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "fixed.h"

#include "../base/elementary.h"

#define MANTISSA ((UINT64_C(1) << 52) - 1)
#define FRACTION_BITS 50

custval__fixed custval__fixed_of(double x) {
    const uint64_t bits = custval__bits_of(x);
    const int exponent = (int)(bits >> 52 & 0x7ff);
    const uint64_t mantissa = (bits & MANTISSA) | (exponent > 0 ? MANTISSA + 1 : 0);
    const int shift = (exponent > 0 ? exponent : 1) - 1075 + FRACTION_BITS; /* x is mantissa 2^(shift - 50) */
    custval__fixed size = {0, 0};
    if (shift >= 0) { /* at most 44 */
        size.low = mantissa << shift;
        size.high = shift > 0 ? mantissa >> (64 - shift) : 0;
    } else if (shift >= -54) {
        const uint64_t half = UINT64_C(1) << (-shift - 1), rest = mantissa & (2 * half - 1);
        size.low = mantissa >> -shift;
        size.low += rest > half || (rest == half && (size.low & 1) != 0);
    }
    return bits >> 63 != 0 ? custval__fixed_subtract((custval__fixed){0, 0}, size) : size;
}

double custval__wide_double(custval__fixed x) {
    int shift = 0;
    if (x.high == 0) return (double)x.low;
    for (uint64_t top = x.high; top >> 63 == 0; top <<= 1) shift++;
    uint64_t top = shift > 0 ? x.high << shift | x.low >> (64 - shift) : x.high;
    top |= x.low << shift != 0; /* what is cut off lies 11 bits below the last one kept: it only breaks ties */
    return (double)top * custval__double_of((uint64_t)(1023 + 64 - shift) << 52);
}

double custval__fixed_double(custval__fixed x) {
    const double size = custval__wide_double(custval__fixed_size(x)) * 0x1p-50;
    return custval__fixed_is_negative(x) ? -size : size;
}

custval__fixed custval__wide_product(uint64_t a, uint64_t b) {
    const uint64_t half = UINT32_MAX, a0 = a & half, a1 = a >> 32, b0 = b & half, b1 = b >> 32;
    const uint64_t low = a0 * b0, middle = a1 * b0 + (low >> 32), other = a0 * b1 + (middle & half);
    return (custval__fixed){other << 32 | (low & half), a1 * b1 + (middle >> 32) + (other >> 32)};
}
