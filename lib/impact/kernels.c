/* The inner loops of impacts. This file is compiled once per instruction set. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "kernels.h"

#include <math.h>

#include "../base/elementary.h"
#include "../base/instructions.h"

#define LANES 8
#define STRIP 32 /* rows that are worked on together, four times the lanes */

_Static_assert(STRIP == 4 * LANES, "a strip is made of lanes");

/* ---- Links ------------------------------------------------------------------------------------------------------- */

static void add(double coefficient, const double *restrict input, size_t count, double *restrict out) {
    for (size_t i = 0; i < count; i++) out[i] += coefficient * input[i];
}

/* p (1 - p) is small / (1 + small)^2, to which nothing cancels. */
static void logistic(double *restrict t, size_t count, double *restrict slope) {
    for (size_t i = 0; i < count; i++) {
        const double small = custval__exp_inline(-fabs(t[i])), whole = 1.0 + small;
        t[i] = (t[i] >= 0.0 ? 1.0 : small) / whole;
        slope[i] = small / (whole * whole);
    }
}

/* ---- Worths ------------------------------------------------------------------------------------------------------ */

/* With the gap 1 + rate - p (1 + growth), written so that a small rate is not lost beside 1. */
static void for_ever(const custval__impact_multiple *of, const double *restrict p, const double *restrict margin,
                     size_t count, double *restrict out, double *restrict out_slope) {
    const double up = 1.0 + of->rate, more = 1.0 + of->growth, none = (double)NAN;
    const double steep = of->is_next ? up : up * more;
    const uint32_t is_next = of->is_next;
    for (size_t i = 0; i < count; i++) {
        const double gap = (1.0 - p[i] * more) + of->rate;
        const double share = 1.0 / gap;
        const double worth = margin[i] * ((is_next ? p[i] : up) * share);
        const double slope = margin[i] * (steep * share * share);
        out[i] = gap > 0.0 ? worth : none;
        out_slope[i] = gap > 0.0 ? slope : none;
    }
}

/* 1 + q + ... + q^(n - 1) and its derivative by q, by doubling n: with q >= 0 nothing cancels, also at 1. */
typedef struct sums {
    double q[STRIP], sum[STRIP], slope[STRIP], power[STRIP], power_slope[STRIP];
} sums;

static void double_terms(sums *restrict of) {
    for (int i = 0; i < STRIP; i++) {
        of->slope[i] = of->slope[i] * (1.0 + of->power[i]) + of->sum[i] * of->power_slope[i];
        of->sum[i] *= 1.0 + of->power[i];
        of->power_slope[i] *= 2.0 * of->power[i];
        of->power[i] *= of->power[i];
    }
}

static void add_term(sums *restrict of) {
    for (int i = 0; i < STRIP; i++) {
        of->slope[i] = of->sum[i] + of->q[i] * of->slope[i];
        of->sum[i] = 1.0 + of->q[i] * of->sum[i];
        of->power_slope[i] = of->power_slope[i] * of->q[i] + of->power[i];
        of->power[i] *= of->q[i];
    }
}

static void run_series(sums *of, uint32_t n) {
    uint32_t bit = 1;
    for (int i = 0; i < STRIP; i++) {
        of->sum[i] = 1.0;
        of->slope[i] = 0.0;
        of->power[i] = of->q[i];
        of->power_slope[i] = 1.0;
    }
    while (bit <= n / 2) bit *= 2;
    for (bit /= 2; bit > 0; bit /= 2) {
        double_terms(of);
        if (n & bit) add_term(of);
    }
}

static void for_periods(const custval__impact_multiple *of, const double *restrict p, const double *restrict margin,
                        size_t count, double *restrict out, double *restrict out_slope) {
    const double up = 1.0 + of->rate, factor = (1.0 + of->growth) / up;
    sums strip;
    for (size_t first = 0; first < count; first += STRIP) {
        const size_t rows = count - first < STRIP ? count - first : STRIP;
        for (size_t i = 0; i < STRIP; i++) strip.q[i] = i < rows ? p[first + i] * factor : 0.0;
        run_series(&strip, of->periods);
        for (size_t i = 0; i < rows; i++) {
            const double sum = strip.sum[i], slope = strip.slope[i] * factor, kept = p[first + i];
            out[first + i] = margin[first + i] * (of->is_next ? kept * sum / up : sum);
            out_slope[first + i] = margin[first + i] * (of->is_next ? (sum + kept * slope) / up : slope);
        }
    }
}

static void worths(const custval__impact_multiple *of, const double *restrict p, const double *restrict margin,
                   size_t count, double *restrict out, double *restrict out_slope) {
    if (of->is_choice) {
        for (size_t i = 0; i < count; i++) {
            out[i] = margin[i] * (p[i] * of->annuity);
            out_slope[i] = margin[i] * of->annuity;
        }
    } else if (of->periods == 0) {
        for_ever(of, p, margin, count, out, out_slope);
    } else {
        for_periods(of, p, margin, count, out, out_slope);
    }
}

/* ---- Sums -------------------------------------------------------------------------------------------------------- */

static double add_up(const double lanes[LANES]) {
    return ((lanes[0] + lanes[1]) + (lanes[2] + lanes[3])) + ((lanes[4] + lanes[5]) + (lanes[6] + lanes[7]));
}

static double dot(const double *restrict a, const double *restrict b, size_t count) {
    double lanes[LANES] = {0.0};
    size_t i = 0;
    for (; i + LANES <= count; i += LANES) {
        for (size_t k = 0; k < LANES; k++) lanes[k] += a[i + k] * b[i + k];
    }
    for (size_t k = 0; i + k < count; k++) lanes[k] += a[i + k] * b[i + k];
    return add_up(lanes);
}

static double change(const double *restrict weight, const double *restrict before, const double *restrict after,
                     size_t count) {
    double lanes[LANES] = {0.0};
    size_t i = 0;
    for (; i + LANES <= count; i += LANES) {
        for (size_t k = 0; k < LANES; k++) lanes[k] += weight[i + k] * (after[i + k] - before[i + k]);
    }
    for (size_t k = 0; i + k < count; k++) lanes[k] += weight[i + k] * (after[i + k] - before[i + k]);
    return add_up(lanes);
}

/* Weighed first and added up then: with the condition in the loop over the lanes, gcc 12 loses some of them for AVX2. */
static double weigh(const double *restrict weight, const double *restrict x, size_t count) {
    double parts[STRIP], sum = 0.0;
    for (size_t first = 0; first < count; first += STRIP) {
        const size_t rows = count - first < STRIP ? count - first : STRIP;
        for (size_t i = 0; i < rows; i++) parts[i] = weight[first + i] > 0.0 ? weight[first + i] * x[first + i] : 0.0;
        for (size_t i = rows; i < STRIP; i++) parts[i] = 0.0;
        for (size_t i = 0; i < LANES; i++) {
            parts[i] = (parts[i] + parts[LANES + i]) + (parts[2 * LANES + i] + parts[3 * LANES + i]);
        }
        sum += add_up(parts);
    }
    return sum;
}

/* ---- Numbers that are none --------------------------------------------------------------------------------------- */

static void take(const double *restrict from, size_t count, double *restrict out, double *restrict ok) {
    for (size_t i = 0; i < count; i++) {
        const int is_finite = from[i] - from[i] == 0.0;
        out[i] = is_finite ? from[i] : 0.0;
        ok[i] = is_finite ? ok[i] : 0.0;
    }
}

static int is_within(const double *restrict x, size_t count, double most) {
    int is_outside = 0;
    for (size_t i = 0; i < count; i++) is_outside |= !(fabs(x[i]) <= most);
    return !is_outside;
}

extern const custval__impact_kernels CUSTVAL__KERNEL_TABLE(custval__impact_kernels_);
const custval__impact_kernels CUSTVAL__KERNEL_TABLE(custval__impact_kernels_) = {
    .name = CUSTVAL__KERNEL_NAME,
    .add = add,
    .logistic = logistic,
    .worths = worths,
    .dot = dot,
    .change = change,
    .weigh = weigh,
    .take = take,
    .is_within = is_within,
};
