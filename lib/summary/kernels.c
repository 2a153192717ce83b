/* The inner loops of summaries. This file is compiled once per instruction set. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "kernels.h"

#include <math.h>
#include <stdint.h>

#include "../base/compiler.h"
#include "../base/elementary.h"
#include "../base/instructions.h"
#include "theil.h"

/* A block is 8 stretches of 64 rows. Every sum adds the 8 rows that stand at the same place of each stretch, in pairs
   of pairs, and then halves the 64 places until one is left: loops over places, which compilers vectorise without
   changing the order of any addition, and which round less than adding row after row. */
#define PLACES 64
#define STRETCHES 8
#define BYTES_PER_LINE 64

_Static_assert(PLACES *STRETCHES == CUSTVAL__SUMMARY_BLOCK, "a block is made of stretches");

#define AT(x, stretch) ((x)[(stretch)*PLACES + i])
#define PAIRS_OF_PAIRS(term) \
  ((((term(0)) + (term(1))) + ((term(2)) + (term(3)))) + (((term(4)) + (term(5))) + ((term(6)) + (term(7)))))

/* Widths are constants, so that compilers need not ask for them. */
#define HALVE(places, width, join) \
  for (int i = 0; i < (width); i++) (places)[i] = join((places)[i], (places)[i + (width)])
#define HALVE_ALL(places, join) \
  do {                          \
    HALVE(places, 32, join);    \
    HALVE(places, 16, join);    \
    HALVE(places, 8, join);     \
    HALVE(places, 4, join);     \
    HALVE(places, 2, join);     \
    HALVE(places, 1, join);     \
  } while (0)
#define SUM(a, b) ((a) + (b))
#define LEAST(a, b) ((b) < (a) ? (b) : (a))
#define MOST(a, b) ((b) > (a) ? (b) : (a))

static inline double add_up(double *places) {
    HALVE_ALL(places, SUM);
    return places[0];
}

/* A column's part of a block is a page, where the processor's own prefetching stops. The address may lie beyond the
   column, for it is a hint only. */
static inline void ask_for_next_block(const double *x) {
    const uintptr_t size = CUSTVAL__SUMMARY_BLOCK * sizeof *x, next = (uintptr_t)x + size;
    for (uintptr_t at = 0; at < size; at += BYTES_PER_LINE) {
        CUSTVAL__PREFETCH((const void *)(next + at));
    }
}

/* ---- Moments ----------------------------------------------------------------------------------------------------- */

static void range(const double *restrict x, double *restrict sum, double *restrict low, double *restrict high) {
    double sums[PLACES], lows[PLACES], highs[PLACES];
    ask_for_next_block(x);
    for (int i = 0; i < PLACES; i++) {
        double least = HUGE_VAL, most = -HUGE_VAL;
        for (int k = 0; k < STRETCHES; k++) {
            least = AT(x, k) < least ? AT(x, k) : least;
            most = AT(x, k) > most ? AT(x, k) : most;
        }
        lows[i] = least;
        highs[i] = most;
#define TERM(k) AT(x, k)
        sums[i] = PAIRS_OF_PAIRS(TERM);
#undef TERM
    }
    HALVE_ALL(lows, LEAST);
    HALVE_ALL(highs, MOST);
    *sum = add_up(sums);
    *low = lows[0];
    *high = highs[0];
}

static double some(const double *restrict x, double *restrict sum) {
    double sums[PLACES], counts[PLACES];
    for (int i = 0; i < PLACES; i++) {
#define TERM(k) (AT(x, k) == AT(x, k) ? AT(x, k) : 0.0)
        sums[i] = PAIRS_OF_PAIRS(TERM);
#undef TERM
#define TERM(k) (AT(x, k) == AT(x, k) ? 1.0 : 0.0)
        counts[i] = PAIRS_OF_PAIRS(TERM);
#undef TERM
    }
    *sum = add_up(sums);
    return add_up(counts);
}

static void deviations(const double *restrict x, double centre, double *restrict d, double *restrict sum,
                       double *restrict squares) {
    double sums[PLACES], products[PLACES];
    for (int i = 0; i < PLACES; i++) {
        for (int k = 0; k < STRETCHES; k++) {
            const double deviation = AT(x, k) - centre;
            AT(d, k) = deviation == deviation ? deviation : 0.0;
        }
#define TERM(k) AT(d, k)
        sums[i] = PAIRS_OF_PAIRS(TERM);
#undef TERM
#define TERM(k) AT(d, k) * AT(d, k)
        products[i] = PAIRS_OF_PAIRS(TERM);
#undef TERM
    }
    *sum = add_up(sums);
    *squares = add_up(products);
}

static void products(const double *restrict a, const double *restrict blocks, size_t count, double *restrict out) {
    for (size_t j = 0; j < count; j++) {
        const double *restrict b = blocks + j * CUSTVAL__SUMMARY_BLOCK;
        double sums[PLACES];
#define TERM(k) AT(a, k) * AT(b, k)
        for (int i = 0; i < PLACES; i++) sums[i] = PAIRS_OF_PAIRS(TERM);
#undef TERM
        out[j] = add_up(sums);
    }
}

/* ---- Logarithms -------------------------------------------------------------------------------------------------- */

static double theil(const double *restrict x, double centre) {
    double terms[CUSTVAL__SUMMARY_BLOCK], sums[PLACES];
    for (int i = 0; i < CUSTVAL__SUMMARY_BLOCK; i++) {
        const custval__near near = custval__near_of(x[i], centre);
        const double term = custval__theil_term(x[i], centre, near, x[i] - near.y);
        terms[i] = term == term ? term : 0.0;
    }
#define TERM(k) AT(terms, k)
    for (int i = 0; i < PLACES; i++) sums[i] = PAIRS_OF_PAIRS(TERM);
#undef TERM
    return add_up(sums);
}

static void logarithms(const double *restrict x, double over, double under, double *restrict out,
                       double *restrict total) {
    const int is_over = over > 0.0;
    for (int i = 0; i < CUSTVAL__SUMMARY_BLOCK; i++) {
        const double logarithm = custval__log_inline(is_over ? over / x[i] : x[i] / under);
        out[i] = logarithm == logarithm ? logarithm : 0.0;
        total[i] += out[i];
    }
}

/* -ln(1 - u), u = part / (m + total): what rounding 1 - u loses is put back. */
static double removal(const double *restrict part, const double *restrict total, double m) {
    double terms[CUSTVAL__SUMMARY_BLOCK], sums[PLACES];
    for (int i = 0; i < CUSTVAL__SUMMARY_BLOCK; i++) {
        const double u = part[i] / (m + total[i]), rest = 1.0 - u;
        terms[i] = (u - (1.0 - rest)) / rest - custval__log_inline(rest);
    }
#define TERM(k) AT(terms, k)
    for (int i = 0; i < PLACES; i++) sums[i] = PAIRS_OF_PAIRS(TERM);
#undef TERM
    return add_up(sums);
}

extern const custval__summary_kernels CUSTVAL__KERNEL_TABLE(custval__summary_kernels_);
const custval__summary_kernels CUSTVAL__KERNEL_TABLE(custval__summary_kernels_) = {
    .name = CUSTVAL__KERNEL_NAME,
    .range = range,
    .some = some,
    .deviations = deviations,
    .products = products,
    .theil = theil,
    .logarithms = logarithms,
    .removal = removal,
};
