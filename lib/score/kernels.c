/* The inner loops. This file is compiled once per instruction set, with CUSTVAL__KERNEL_SUFFIX set to its name. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "kernels.h"

#include <math.h>

#define JOIN_NAMES(a, b) a##b
#define JOIN(a, b) JOIN_NAMES(a, b)
#define TEXT_OF(a) #a
#define TEXT(a) TEXT_OF(a)

/* Plain loops over restricted pointers: compilers vectorise them across rows, so that every row keeps its own order of
   additions. Comparisons are joined with & because a branch would keep them scalar. */

static uint32_t scale(const double *restrict x, uint32_t n, double low, double high, double slope,
                      double *restrict score) {
    uint64_t outside = 0;
    for (uint32_t i = 0; i < n; i++) {
        const int inside = (x[i] >= low) & (x[i] <= high);
        const double raw = (x[i] - low) * slope;
        const double s = raw < 100.0 ? raw : 100.0;
        score[i] = inside ? s : (double)NAN;
        outside += (uint64_t)!inside;
    }
    return (uint32_t)outside;
}

static uint32_t scale_reversed(const double *restrict x, uint32_t n, double low, double high, double slope,
                               double *restrict score) {
    uint64_t outside = 0;
    for (uint32_t i = 0; i < n; i++) {
        const int inside = (x[i] >= low) & (x[i] <= high);
        const double raw = (high - x[i]) * slope;
        const double s = raw < 100.0 ? raw : 100.0;
        score[i] = inside ? s : (double)NAN;
        outside += (uint64_t)!inside;
    }
    return (uint32_t)outside;
}

static void add_full(const double *restrict term, uint32_t n, double weight, double *restrict sum) {
    for (uint32_t i = 0; i < n; i++) sum[i] += weight * term[i];
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

extern const custval__kernels JOIN(custval__kernels_, CUSTVAL__KERNEL_SUFFIX);
const custval__kernels JOIN(custval__kernels_, CUSTVAL__KERNEL_SUFFIX) = {
    TEXT(CUSTVAL__KERNEL_SUFFIX), scale, scale_reversed, add_full, add, add_rows, divide, subtract,
};
