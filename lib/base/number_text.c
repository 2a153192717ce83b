/* Numbers as text: the shortest decimal that reads back as the same double, by exact integer arithmetic. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "text.h"

/*
 * A double x = m 2^e stands for every real number nearer to it than to its neighbours: an interval. We scale by a power
 * of ten 10^p just large enough that some integer lies in the scaled interval, find the lowest and the highest integer
 * in it, and drop decimal digits from both while a common multiple of the power of ten remains between them. Of the
 * multiples left, the one nearest to x is the answer (ties go to the even digit). All of it is exact, so the result is
 * the same on every platform; it is also what Python's repr gives, laid out a little differently.
 */

/* ---- Exact scaling: floor(c 2^a 10^p) --------------------------------------------------------------------------- */

#define FIVES 28

static const uint64_t powers_of_five[FIVES] = {
    1,
    5,
    25,
    125,
    625,
    3125,
    15625,
    78125,
    390625,
    1953125,
    9765625,
    48828125,
    244140625,
    1220703125,
    6103515625,
    30517578125,
    152587890625,
    762939453125,
    3814697265625,
    19073486328125,
    95367431640625,
    476837158203125,
    2384185791015625,
    11920928955078125,
    59604644775390625,
    298023223876953125,
    1490116119384765625,
    7450580596923828125,
};

/* floor(a b / 2^shift) for 0 < shift < 64, whose value the caller knows to fit. */
static uint64_t multiply_shift(uint64_t a, uint64_t b, int shift, int *exact) {
    const uint64_t half = 0xffffffffU;
    const uint64_t low_low = (a & half) * (b & half), low_high = (a & half) * (b >> 32);
    const uint64_t high_low = (a >> 32) * (b & half), high_high = (a >> 32) * (b >> 32);
    const uint64_t middle = (low_low >> 32) + (low_high & half) + (high_low & half);
    const uint64_t low = (middle << 32) | (low_low & half);
    const uint64_t high = high_high + (low_high >> 32) + (high_low >> 32) + (middle >> 32);
    *exact = low << (64 - shift) == 0;
    return (high << (64 - shift)) | (low >> shift);
}

/* An unsigned integer, least word first. The largest that occurs is 2^56 5^325, of 811 bits. */
#define WORDS 28

typedef struct large {
    uint32_t word[WORDS];
    int count; /* words in use; the ones above are 0 */
} large;

static void large_set(large *number, uint64_t value) {
    memset(number, 0, sizeof *number);
    number->word[0] = (uint32_t)value;
    number->word[1] = (uint32_t)(value >> 32);
    number->count = 2;
}

static void large_multiply(large *number, uint32_t factor) {
    uint64_t carry = 0;
    for (int i = 0; i < number->count; i++) {
        carry += (uint64_t)number->word[i] * factor;
        number->word[i] = (uint32_t)carry;
        carry >>= 32;
    }
    if (carry != 0) number->word[number->count++] = (uint32_t)carry;
}

static void large_multiply_by_five_to(large *number, int power) {
    for (; power >= 13; power -= 13) large_multiply(number, 1220703125);
    large_multiply(number, (uint32_t)powers_of_five[power]);
}

static void large_shift_left(large *number, int bits) {
    for (; bits >= 31; bits -= 31) large_multiply(number, (uint32_t)1 << 31);
    large_multiply(number, (uint32_t)1 << bits);
}

static void large_halve(large *number) {
    for (int i = 0; i < number->count; i++) {
        const uint32_t above = i + 1 < number->count ? number->word[i + 1] : 0;
        number->word[i] = (number->word[i] >> 1) | (above << 31);
    }
}

static int large_is_less(const large *a, const large *b) {
    for (int i = a->count > b->count ? a->count : b->count; i-- > 0;) {
        if (a->word[i] != b->word[i]) return a->word[i] < b->word[i];
    }
    return 0;
}

static void large_subtract(large *from, const large *number) {
    uint64_t borrow = 0;
    for (int i = 0; i < from->count; i++) {
        const uint64_t difference = (uint64_t)from->word[i] - number->word[i] - borrow;
        from->word[i] = (uint32_t)difference;
        borrow = difference >> 63;
    }
}

/* floor(number / 2^bits), whose value the caller knows to fit. */
static uint64_t large_shifted(const large *number, int bits, int *exact) {
    *exact = 1;
    for (int i = 0; i < bits / 32; i++) *exact &= number->word[i] == 0;
    const int first = bits / 32, rest = bits % 32;
    *exact &= (number->word[first] & (((uint32_t)1 << rest) - 1)) == 0;
    uint64_t value = number->word[first] >> rest;
    if (first + 1 < WORDS) value |= (uint64_t)number->word[first + 1] << (32 - rest);
    if (first + 2 < WORDS && rest != 0) value |= (uint64_t)number->word[first + 2] << (64 - rest);
    return value;
}

/* floor(number / divisor), which the caller knows to be below 2^60. */
static uint64_t large_divided(large *number, large *divisor, int *exact) {
    uint64_t quotient = 0;
    large_shift_left(divisor, 59);
    for (int i = 0; i < 60; i++) {
        quotient <<= 1;
        if (!large_is_less(number, divisor)) {
            large_subtract(number, divisor);
            quotient |= 1;
        }
        large_halve(divisor);
    }
    *exact = 1;
    for (int i = 0; i < number->count; i++) *exact &= number->word[i] == 0;
    return quotient;
}

/* floor(c 2^a 10^p) for c below 2^57; the caller knows it to be below 2^60. *exact tells whether nothing was cut. */
static uint64_t scaled(uint64_t c, int a, int p, int *exact) {
    const int shift = -(a + p);
    if (p >= 0 && p < FIVES && shift > 0 && shift < 64) return multiply_shift(c, powers_of_five[p], shift, exact);
    large number, divisor;
    large_set(&number, c);
    if (shift < 0) large_shift_left(&number, -shift);
    if (p >= 0) {
        large_multiply_by_five_to(&number, p);
        return large_shifted(&number, shift > 0 ? shift : 0, exact);
    }
    large_set(&divisor, 1);
    large_multiply_by_five_to(&divisor, -p);
    if (shift > 0) large_shift_left(&divisor, shift);
    return large_divided(&number, &divisor, exact);
}

/* ---- Shortest digits --------------------------------------------------------------------------------------------- */

typedef struct window {
    uint64_t low, high; /* integers whose quotient by the power of ten reads back as the double */
    uint64_t unit;      /* power of ten by which low and high have been divided */
    int dropped;        /* its exponent */
} window;

/* Drops `digits` decimal digits, ten = 10^digits, if an integer is left in the window. */
static inline void drop(window *in, uint64_t ten, int digits) {
    const uint64_t low = (in->low + (ten - 1)) / ten, high = in->high / ten;
    if (low > high) return;
    in->low = low;
    in->high = high;
    in->unit *= ten;
    in->dropped += digits;
}

/* Shortest digits of m 2^e > 0, as an integer that times 10^*exponent is the number. `narrow` tells that the neighbour
   below is half as far as the one above: m is the lowest mantissa of its binade. */
static uint64_t shortest(uint64_t m, int e, int narrow, int *exponent) {
    /* The interval is at least 3/4 2^e wide; p is the least integer with 3/4 2^e 10^p > 1, or one more: the constants
       are log10(2) and, rounded up, log10(4/3) in units of 2^-18. The sum is kept positive for the shift. */
    const int p = ((-e * 78913 + 33000 + (512 << 18)) >> 18) - 511;
    const int even = (m & 1) == 0; /* the ends of the interval round to an even mantissa */
    int low_exact = 0, high_exact = 0, twice_exact = 0;
    const uint64_t below = scaled(4 * m - (narrow ? 1 : 2), e - 2, p, &low_exact);
    const uint64_t above = scaled(4 * m + 2, e - 2, p, &high_exact);
    const uint64_t twice = scaled(4 * m, e - 1, p, &twice_exact);
    window in = {low_exact && even ? below : below + 1, high_exact && !even ? above - 1 : above, 1, 0};
    drop(&in, 100000000, 8);
    drop(&in, 100000000, 8);
    drop(&in, 10000, 4);
    drop(&in, 100, 2);
    drop(&in, 10, 1);
    *exponent = in.dropped - p;
    /* The integer nearest to x / unit. With `twice`, the half that decides is an integer too. */
    uint64_t nearest = twice / (2 * in.unit);
    const uint64_t rest = twice - nearest * 2 * in.unit;
    if (rest > in.unit || (rest == in.unit && (!twice_exact || (nearest & 1) != 0))) nearest++;
    if (nearest < in.low) return in.low;
    return nearest > in.high ? in.high : nearest;
}

/* ---- Layout ------------------------------------------------------------------------------------------------------ */

/* At most 20 digits and the NUL. */
static size_t put_unsigned(char *out, uint64_t value) {
    static const char pairs[] = "00010203040506070809101112131415161718192021222324"
                                "25262728293031323334353637383940414243444546474849"
                                "50515253545556575859606162636465666768697071727374"
                                "75767778798081828384858687888990919293949596979899";
    char digits[20];
    size_t first = sizeof digits;
    for (; value >= 10; value /= 100) {
        first -= 2;
        memcpy(digits + first, pairs + 2 * (value % 100), 2);
    }
    if (value > 0 || first == sizeof digits) digits[--first] = (char)('0' + value);
    const size_t length = sizeof digits - first;
    memcpy(out, digits + first, length);
    out[length] = 0;
    return length;
}

size_t custval__unsigned_text(uint64_t value, char out[CUSTVAL__NUMBER_SIZE]) {
    return put_unsigned(out, value);
}

size_t custval__integer_text(int64_t value, char out[CUSTVAL__NUMBER_SIZE]) {
    if (value >= 0) return put_unsigned(out, (uint64_t)value);
    *out = '-';
    return 1 + put_unsigned(out + 1, 0 - (uint64_t)value);
}

static char *put(char *at, const char *bytes, int count) {
    memcpy(at, bytes, (size_t)count);
    return at + count;
}

static char *put_zeros(char *at, int count) {
    memset(at, '0', (size_t)count);
    return at + count;
}

/* digits[0].digits[1]... 10^exponent, with at least two digits in the exponent, as printf has it. */
static char *put_scientific(char *at, const char *digits, int count, int exponent) {
    at = put(at, digits, 1);
    if (count > 1) {
        *at++ = '.';
        at = put(at, digits + 1, count - 1);
    }
    *at++ = 'e';
    *at++ = exponent < 0 ? '-' : '+';
    const unsigned size = (unsigned)(exponent < 0 ? -exponent : exponent);
    if (size < 10) *at++ = '0';
    return at + put_unsigned(at, size);
}

static char *put_plain(char *at, const char *digits, int count, int exponent) {
    if (exponent < 0) {
        at = put(at, "0.", 2);
        at = put_zeros(at, -exponent - 1);
        return put(at, digits, count);
    }
    const int whole = exponent + 1;
    if (count <= whole) {
        at = put(at, digits, count);
        return put_zeros(at, whole - count);
    }
    at = put(at, digits, whole);
    *at++ = '.';
    return put(at, digits + whole, count - whole);
}

static size_t put_word(char *out, const char *word) {
    const size_t length = strlen(word);
    memcpy(out, word, length + 1);
    return length;
}

size_t custval__number_text(double value, char out[CUSTVAL__NUMBER_SIZE]) {
    if (value == 0.0) return put_word(out, "0");
    uint64_t bits = 0;
    memcpy(&bits, &value, sizeof bits);
    const uint64_t fraction = bits & (((uint64_t)1 << 52) - 1);
    const int biased = (int)(bits >> 52 & 0x7ff);
    if (biased == 0x7ff) return put_word(out, fraction != 0 ? "nan" : value < 0 ? "-inf" : "inf");
    const uint64_t m = biased == 0 ? fraction : fraction | (uint64_t)1 << 52;
    int exponent = 0;
    char digits[CUSTVAL__NUMBER_SIZE];
    const uint64_t number = shortest(m, biased == 0 ? -1074 : biased - 1075, fraction == 0 && biased > 1, &exponent);
    const int count = (int)put_unsigned(digits, number);
    exponent += count - 1;
    char *at = out;
    if (value < 0) *at++ = '-';
    at = exponent < -5 || exponent >= 15 ? put_scientific(at, digits, count, exponent)
                                         : put_plain(at, digits, count, exponent);
    *at = 0;
    return (size_t)(at - out);
}
