/* The inner loops of summaries, built for several instruction sets. All of them give the same bits: additions go by one
   layout, whatever a register holds. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_SUMMARY_KERNELS_H
#define CUSTVAL_SUMMARY_KERNELS_H

#include <stddef.h>

/* Rows of a block, always all of them: the last one of a table is filled up with NaN. */
#define CUSTVAL__SUMMARY_BLOCK 512

/* Each reads whole blocks of numbers; arrays do not overlap. NaN stands for "no number". */
typedef struct custval__summary_kernels {
    const char *name;
    /* The sum, not finite if there is a NaN; the smallest and the largest number, inf and -inf if there is none. */
    void (*range)(const double *x, double *sum, double *low, double *high);
    /* The sum without NaNs; returns how many numbers there are. */
    double (*some)(const double *x, double *sum);
    /* d = x - centre, 0 for NaN; their sum and that of their squares. */
    void (*deviations)(const double *x, double centre, double *d, double *sum, double *squares);
    /* Sums of products of `a` and each of `count` blocks that follow each other. */
    void (*products)(const double *a, const double *blocks, size_t count, double *out);
    /* Sum of phi(x, centre), theil.h; NaN adds nothing. */
    double (*theil)(const double *x, double centre);
    /* out = ln(over / x) if `over` is above 0, else ln(x / under); 0 for NaN; total += out. */
    void (*logarithms)(const double *x, double over, double under, double *out, double *total);
    /* Sum of ln((1 + total / m) / (1 + (total - part) / m)). */
    double (*removal)(const double *part, const double *total, double m);
} custval__summary_kernels;

/* The best set for the processor in use. */
const custval__summary_kernels *custval__summary_kernels_best(void);
/* A set by name ("portable", "avx2", "avx512"), or NULL if it is not built in or the processor cannot run it. */
const custval__summary_kernels *custval__summary_kernels_named(const char *name);

#endif
