/* The inner loops. This file is compiled once per instruction set, with CUSTVAL__KERNEL_SUFFIX set to its name. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "kernels.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "../base/compiler.h"
#include "../base/instructions.h"

/* Plain loops over restricted pointers: compilers vectorise them across rows, so that every row keeps its own order of
   additions. A branch, or a choice between integers because of doubles, would keep gcc's SSE2 loops scalar: conditions
   become selects of doubles. */

/* ---- Answers: they come from memory, the rest from the first-level cache ----------------------------------------- */

#define ROWS_PER_CHUNK 64
#define BYTES_PER_LINE 64

/* Asks for the same rows of the next block while these are in work. A column's part of a block is a page, where the
   processor's own prefetching stops: without this, loops wait for memory most of the time. The address may lie beyond
   the column, for it is a hint only. */
static inline void ask_ahead(const double *x) {
    const uintptr_t ahead = (uintptr_t)x + CUSTVAL__BLOCK * sizeof *x;
    for (uintptr_t at = 0; at < ROWS_PER_CHUNK * sizeof *x; at += BYTES_PER_LINE) {
        CUSTVAL__PREFETCH((const void *)(ahead + at));
    }
}

static inline double scaled(double x, double low, double high, double slope, int reversed) {
    const double raw = (reversed ? high - x : x - low) * slope;
    return raw < 100.0 ? raw : 100.0;
}

static inline uint64_t bits_of(double x) {
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

// Signs gathered with | tell whether any number was negative.
static inline int is_negative(uint64_t bits) {
    return (int)(bits >> 63);
}

// The NaN given here is negative, and no score is: adding 0 makes 0 of the -0 of an answer of -0.
static inline uint64_t scale_chunk(const double *restrict x, uint32_t n, custval__scale scale, int reversed,
                                   double *restrict score) {
    uint64_t bits = 0;
    for (uint32_t i = 0; i < n; i++) {
        const double if_not_above =
            x[i] <= scale.high ? scaled(x[i], scale.low, scale.high, scale.slope, reversed) + 0.0 : (double)-NAN;
        score[i] = x[i] >= scale.low ? if_not_above : (double)-NAN;
        bits |= bits_of(score[i]);
    }
    return bits;
}

static inline int scale_rows(const double *restrict x, uint32_t n, custval__scale scale, int reversed,
                             double *restrict score) {
    uint64_t bits = 0;
    uint32_t i = 0;
    for (; n - i >= ROWS_PER_CHUNK; i += ROWS_PER_CHUNK) {
        ask_ahead(x + i);
        bits |= scale_chunk(x + i, ROWS_PER_CHUNK, scale, reversed, score + i);
    }
    return is_negative(bits | scale_chunk(x + i, n - i, scale, reversed, score + i));
}

static int scale_answers(const double *restrict x, uint32_t n, const custval__scale *scale, double *restrict score) {
    return scale->reversed ? scale_rows(x, n, *scale, 1, score) : scale_rows(x, n, *scale, 0, score);
}

// Whether an answer is outside is read from signs, which costs less than comparing: x - low is negative below the scale,
// x - above is not beyond it, and if x is NaN both are the same NaN, so that one of the two is so.
static inline uint64_t add_chunk(const double *restrict x, uint32_t n, custval__scale scale, int reversed,
                                 double weight, const double *restrict sum, double *restrict out) {
    uint64_t bits = 0;
    for (uint32_t i = 0; i < n; i++) {
        out[i] = sum[i] + weight * scaled(x[i], scale.low, scale.high, scale.slope, reversed);
        bits |= bits_of(x[i] - scale.low) | ~bits_of(x[i] - scale.above);
    }
    return bits;
}

static inline int add_scaled_rows(const double *restrict x, uint32_t n, custval__scale scale, int reversed,
                                  double weight, const double *restrict sum, double *restrict out) {
    uint64_t bits = 0;
    uint32_t i = 0;
    for (; n - i >= ROWS_PER_CHUNK; i += ROWS_PER_CHUNK) {
        ask_ahead(x + i);
        bits |= add_chunk(x + i, ROWS_PER_CHUNK, scale, reversed, weight, sum + i, out + i);
    }
    return is_negative(bits | add_chunk(x + i, n - i, scale, reversed, weight, sum + i, out + i));
}

static int add_scaled(const double *restrict x, uint32_t n, const custval__scale *scale, double weight,
                      const double *restrict sum, double *restrict out) {
    return scale->reversed ? add_scaled_rows(x, n, *scale, 1, weight, sum, out)
                           : add_scaled_rows(x, n, *scale, 0, weight, sum, out);
}

/* ---- Roll-up ----------------------------------------------------------------------------------------------------- */

static void add_full(const double *restrict term, uint32_t n, double weight, const double *restrict sum,
                     double *restrict out) {
    for (uint32_t i = 0; i < n; i++) out[i] = sum[i] + weight * term[i];
}

static void add(const double *restrict term, const double *restrict coverage, uint32_t n, double weight,
                double *restrict sum, double *restrict total, double *restrict covered) {
    for (uint32_t i = 0; i < n; i++) {
        const int is_number = term[i] == term[i];
        const double product = weight * term[i];
        sum[i] += is_number ? product : 0.0;
        total[i] += is_number ? weight : 0.0;
        covered[i] += weight * coverage[i];
    }
}

static void add_rows(const double *restrict term, const double *restrict coverage, const double *restrict weight,
                     const double *restrict share, uint32_t n, double *restrict sum, double *restrict total,
                     double *restrict covered, double *restrict all) {
    for (uint32_t i = 0; i < n; i++) {
        // A weight of 0 leaves its term out even where the term is infinite (the logarithm of a score of 0).
        const int counts = (term[i] == term[i]) & (weight[i] > 0.0);
        const double product = weight[i] * term[i];
        sum[i] += counts ? product : 0.0;
        total[i] += counts ? weight[i] : 0.0;
        covered[i] += share[i] * coverage[i];
        all[i] += share[i];
    }
}

static void divide(double *restrict sum, const double *restrict total, uint32_t n) {
    for (uint32_t i = 0; i < n; i++) {
        const double quotient = sum[i] / total[i];
        sum[i] = total[i] > 0.0 ? quotient : (double)NAN;
    }
}

static void subtract(const double *a, const double *b, uint32_t n, double *out) {
    for (uint32_t i = 0; i < n; i++) out[i] = a[i] - b[i];
}

/* ---- What is missing --------------------------------------------------------------------------------------------- */

static int has_unread(const double *restrict x, const double *restrict score, uint32_t n) {
    uint64_t unread = 0;
    for (uint32_t i = 0; i < n; i++) {
        const double no_score = score[i] == score[i] ? 0.0 : 1.0;
        unread |= bits_of(x[i] == x[i] ? no_score : 0.0);
    }
    return unread != 0;
}

static void cover(double *restrict score, uint32_t n, double instead, double *restrict coverage) {
    for (uint32_t i = 0; i < n; i++) {
        const double s = score[i];
        coverage[i] = s == s ? 1.0 : 0.0;
        score[i] = s == s ? s : instead;
    }
}

static int is_remarkable(const double *restrict value, const uint32_t *restrict status, uint32_t n) {
    uint64_t infinite = 0;
    uint32_t bits = 0;
    for (uint32_t i = 0; i < n; i++) infinite |= bits_of(fabs(value[i]) <= DBL_MAX ? 0.0 : 1.0);
    for (uint32_t i = 0; i < n; i++) bits |= status[i];
    return (infinite | bits) != 0;
}

extern const custval__kernels CUSTVAL__KERNEL_TABLE(custval__kernels_);
const custval__kernels CUSTVAL__KERNEL_TABLE(custval__kernels_) = {
    .name = CUSTVAL__KERNEL_NAME,
    .scale = scale_answers,
    .add_scaled = add_scaled,
    .add_full = add_full,
    .add = add,
    .add_rows = add_rows,
    .divide = divide,
    .subtract = subtract,
    .has_unread = has_unread,
    .cover = cover,
    .is_remarkable = is_remarkable,
};
