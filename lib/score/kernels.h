/* The inner loops, built for several instruction sets. All of them give the same bits: each row's operations are the
   same, in the same order, and only their number per instruction differs. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_SCORE_KERNELS_H
#define CUSTVAL_SCORE_KERNELS_H

#include <stdint.h>

/* n rows each; arrays do not overlap unless said. NaN stands for "no score". */
typedef struct custval__kernels {
    const char *name;
    /* score = min((x - low) * slope, 100) where low <= x <= high, else NaN; returns how many are NaN. */
    uint32_t (*scale)(const double *x, uint32_t n, double low, double high, double slope, double *score);
    /* score = min((high - x) * slope, 100), likewise. */
    uint32_t (*scale_reversed)(const double *x, uint32_t n, double low, double high, double slope, double *score);
    /* sum += weight * term; every term is a number. */
    void (*add_full)(const double *term, uint32_t n, double weight, double *sum);
    /* Where term is a number: sum += weight * term, total += weight. Everywhere: covered += weight * coverage. */
    void (*add)(const double *term, const double *coverage, uint32_t n, double weight, double *sum, double *total,
                double *covered);
    /* As add, with weights by row: `weight` for the term, `share` for the coverage, and all += share. */
    void (*add_rows)(const double *term, const double *coverage, const double *weight, const double *share, uint32_t n,
                     double *sum, double *total, double *covered, double *all);
    /* sum = sum / total where total > 0, else NaN (in place). */
    void (*divide)(double *sum, const double *total, uint32_t n);
    /* out = a - b. May be in place. */
    void (*subtract)(const double *a, const double *b, uint32_t n, double *out);
} custval__kernels;

/* The best set for the processor in use. */
const custval__kernels *custval__kernels_best(void);
/* A set by name ("portable", "avx2", "avx512"), or NULL if it is not built in or the processor cannot run it. */
const custval__kernels *custval__kernels_named(const char *name);
int custval__kernels_have(const char *name);

#endif
