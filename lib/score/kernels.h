/* The inner loops, built for several instruction sets. All of them give the same bits: each row's operations are the
   same, in the same order, and only their number per instruction differs. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_SCORE_KERNELS_H
#define CUSTVAL_SCORE_KERNELS_H

#include <stdint.h>

/* Rows per block: the arrays in use of a block, one double per row each, stay within a 32 KiB first-level cache. */
#define CUSTVAL__BLOCK 512

/* score = min((x - low) * slope, 100), or reversed min((high - x) * slope, 100). An answer x outside [low, high], or NaN,
   has none. */
typedef struct custval__scale {
    double low, high, slope;
    double above; /* add_scaled: the number after high; finite */
    int reversed;
} custval__scale;

/* n rows each; arrays do not overlap unless said. NaN stands for "no score". */
typedef struct custval__kernels {
    const char *name;
    /* Scores of answers, NaN where there is none; returns 1 if there is such a row, else 0. */
    int (*scale)(const double *x, uint32_t n, const custval__scale *scale, double *score);
    /* out = sum + weight * score at once. Returns 1 if some row has no score, and may if an answer is -0: then out is of
       no use. */
    int (*add_scaled)(const double *x, uint32_t n, const custval__scale *scale, double weight, const double *sum,
                      double *out);
    /* out = sum + weight * term; every term is a number. */
    void (*add_full)(const double *term, uint32_t n, double weight, const double *sum, double *out);
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
    /* 1 if some answer x is a number and yet has no score. */
    int (*has_unread)(const double *x, const double *score, uint32_t n);
    /* coverage = 1 where there is a score; else coverage = 0 and score = instead. */
    void (*cover)(double *score, uint32_t n, double instead, double *coverage);
    /* 1 if some value is not finite, or some status is not 0. */
    int (*is_remarkable)(const double *value, const uint32_t *status, uint32_t n);
} custval__kernels;

/* The best set for the processor in use. */
const custval__kernels *custval__kernels_best(void);
/* A set by name ("portable", "avx2", "avx512"), or NULL if it is not built in or the processor cannot run it. */
const custval__kernels *custval__kernels_named(const char *name);

#endif
