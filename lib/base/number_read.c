/* Numbers from text: the double nearest to a decimal, by exact integer arithmetic and without the locale. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "text.h"

/*
 * A decimal is N 10^p with an integer N. Where N and 10^|p| are both doubles, one multiplication or division rounds once
 * and is right. Else we divide N 5^p by 5^-p as large integers to a quotient of 64 bits, remember whether anything is
 * left over, and round that to the nearest double, ties to even.
 *
 * Two neighbouring doubles and the point half-way between them have at most 767 significant digits, so digits after the
 * 800th only tell that the number is a little above the one before them.
 */

#define MOST_DIGITS 800

/* N has at most 2658 bits, 5^1124 has 2610, and neither becomes longer than the other by more than a bit. */
#define WORDS 96

typedef struct large { /* unsigned, least word first */
    uint32_t word[WORDS];
    int count; /* words in use; the topmost is not 0 */
} large;

static void large_multiply_add(large *number, uint32_t factor, uint32_t addend) {
    uint64_t carry = addend;
    for (int i = 0; i < number->count; i++) {
        carry += (uint64_t)number->word[i] * factor;
        number->word[i] = (uint32_t)carry;
        carry >>= 32;
    }
    if (carry != 0) number->word[number->count++] = (uint32_t)carry;
}

static void large_multiply_by_five_to(large *number, int power) {
    for (; power >= 13; power -= 13) large_multiply_add(number, 1220703125, 0);
    for (; power > 0; power--) large_multiply_add(number, 5, 0);
}

static void large_shift_left(large *number, int bits) {
    const int words = bits / 32;
    if (words > 0) {
        memmove(number->word + words, number->word, (size_t)number->count * sizeof number->word[0]);
        memset(number->word, 0, (size_t)words * sizeof number->word[0]);
        number->count += words;
    }
    large_multiply_add(number, (uint32_t)1 << bits % 32, 0);
}

static int large_bits(const large *number) {
    int bits = number->count * 32;
    for (uint32_t top = number->word[number->count - 1]; top < 0x80000000U; top <<= 1) bits--;
    return bits;
}

static int large_is_less(const large *a, const large *b) {
    if (a->count != b->count) return a->count < b->count;
    for (int i = a->count; i-- > 0;) {
        if (a->word[i] != b->word[i]) return a->word[i] < b->word[i];
    }
    return 0;
}

static void large_subtract(large *from, const large *number) {
    uint64_t borrow = 0;
    for (int i = 0; i < from->count; i++) {
        const uint64_t taken = (i < number->count ? number->word[i] : 0) + borrow;
        borrow = from->word[i] < taken;
        from->word[i] = (uint32_t)(from->word[i] - taken);
    }
    while (from->count > 0 && from->word[from->count - 1] == 0) from->count--;
}

/* Quotient of 64 bits, its top bit set, of two numbers that are not 0: above / below = quotient 2^*scale, and *rest
   becomes 1 if that is cut. Both numbers are used up. */
static uint64_t quotient_of(large *above, large *below, int *scale, int *rest) {
    int shift = large_bits(below) - large_bits(above); /* aligns the top bits */
    if (shift > 0) large_shift_left(above, shift);
    if (shift < 0) large_shift_left(below, -shift);
    if (large_is_less(above, below)) { /* now below <= above < 2 below */
        large_shift_left(above, 1);
        shift++;
    }
    uint64_t quotient = 0;
    for (int i = 0; i < 64; i++) {
        quotient <<= 1;
        if (!large_is_less(above, below)) {
            large_subtract(above, below);
            quotient |= 1;
        }
        if (above->count > 0) large_shift_left(above, 1);
    }
    *scale = -shift - 63;
    if (above->count > 0) *rest = 1;
    return quotient;
}

/* The double nearest to bits 2^scale, or a little more than that if rest; +inf beyond the largest. */
static double rounded(uint64_t bits, int scale, int rest) {
    const int lowest = scale + 11 > -1074 ? scale + 11 : -1074; /* exponent of the last bit that a double has there */
    const int dropped = lowest - scale;
    if (dropped > 64) return 0.0;
    const uint64_t kept = dropped == 64 ? 0 : bits >> dropped;
    const uint64_t tail = dropped == 64 ? bits : bits << (64 - dropped);
    const uint64_t half = (uint64_t)1 << 63;
    const int up = tail > half || (tail == half && (rest || (kept & 1) != 0));
    return ldexp((double)(kept + (uint64_t)up), lowest);
}

typedef struct decimal {
    const char *digits; /* the first that is not 0; a point may stand among the others */
    int count;          /* significant digits read, at most MOST_DIGITS */
    int power;          /* p, for the digits read */
    int rest;           /* 1 if a digit that was left out is not 0 */
    uint64_t head;      /* the first 19 digits */
} decimal;

static double exact(const decimal *number) {
    large above = {{0}, 0}, below = {{1}, 1};
    int left = number->count, rest = number->rest, scale = 0;
    for (size_t i = 0; left > 0; i++) {
        if (number->digits[i] == '.') continue;
        large_multiply_add(&above, 10, (uint32_t)(number->digits[i] - '0'));
        left--;
    }
    large_multiply_by_five_to(number->power > 0 ? &above : &below, number->power > 0 ? number->power : -number->power);
    const uint64_t bits = quotient_of(&above, &below, &scale, &rest);
    return rounded(bits, scale + number->power, rest);
}

static double converted(const decimal *number) {
    static const double tens[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                  1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    if (number->count == 0) return 0.0;
    if (number->count <= 15 && number->power >= -22 && number->power <= 22) {
        const double head = (double)number->head;
        return number->power < 0 ? head / tens[-number->power] : head * tens[number->power];
    }
    const int size = number->count + number->power; /* 10^(size - 1) <= number < 10^size */
    if (size > 310) return (double)INFINITY;
    return size < -324 ? 0.0 : exact(number);
}

static int is_digit(const char *at, const char *end) {
    return at < end && *at >= '0' && *at <= '9';
}

/* Reads the digits and the point; gives the place after them. */
static const char *read_digits(const char *at, const char *end, decimal *number) {
    int after_point = 0;
    for (; is_digit(at, end) || (at < end && *at == '.' && !after_point && is_digit(at + 1, end)); at++) {
        if (*at == '.') {
            after_point = 1;
            continue;
        }
        if (number->count == 0 && *at != '0') number->digits = at;
        if (number->count > 0 || *at != '0') {
            if (number->count < MOST_DIGITS) {
                if (number->count < 19) number->head = number->head * 10 + (uint64_t)(*at - '0');
                number->count++;
                number->power -= after_point;
            } else {
                number->rest |= *at != '0';
                number->power += !after_point;
            }
        } else {
            number->power -= after_point;
        }
    }
    return at;
}

size_t custval__number_read(const char *text, size_t length, double *out) {
    const int far = 1000000000; /* a power that no text short enough to be read brings back */
    const char *const end = text + length;
    const char *at = text;
    const int negative = at < end && *at == '-';
    decimal number = {NULL, 0, 0, 0, 0};
    at += negative;
    *out = 0.0;
    if (!is_digit(at, end)) return 0;
    if (length > (size_t)far) return 0;
    at = *at == '0' && is_digit(at + 1, end) ? at + 1 : read_digits(at, end, &number);
    if (at < end && (*at == 'e' || *at == 'E')) {
        const char *digit = at + 1;
        const int down = digit < end && *digit == '-';
        int power = 0;
        if (digit < end && (*digit == '-' || *digit == '+')) digit++;
        if (is_digit(digit, end)) {
            for (; is_digit(digit, end); digit++) power = power < far / 10 ? power * 10 + (*digit - '0') : far;
            number.power += down ? -power : power;
            at = digit;
        }
    }
    *out = negative ? -converted(&number) : converted(&number);
    return (size_t)(at - text);
}
