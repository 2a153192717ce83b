/* The inner loops of the analytic hierarchy process, built for several instruction sets. All of them give the same
   bits. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_WEIGHTS_AHP_KERNELS_H
#define CUSTVAL_WEIGHTS_AHP_KERNELS_H

#include <stddef.h>
#include <stdint.h>

/* Matrices are worked on eight at a time, one per lane: number k of matrix `lane` is at [k * CUSTVAL__LANES + lane].
   No lane reads another, so a matrix gives the same bits alone and among others. */
#define CUSTVAL__LANES 8

/* What a judgement may be. */
#define CUSTVAL__JUDGEMENT_LEAST 1e-9
#define CUSTVAL__JUDGEMENT_MOST 1e9
#define CUSTVAL__JUDGEMENT_RANGE "from 1e-9 to 1e9" /* for messages */
/* The judgements of a pair in both directions multiply to 1 within this, or one of them is wrong: it lets pass the
   reciprocals of 1 to 9 rounded to two decimals (8 x .13), but not those of a neighbour (8 x 1/9). */
#define CUSTVAL__RECIPROCAL_WITHIN 0.05

/* Arrays do not overlap. `n` is the number of criteria; cells are n x n, vectors n, pairs (i, j > i) n (n - 1) / 2, row
   by row. */
typedef struct custval__ahp_kernels {
    const char *name;
    /* Reads the matrix of every lane, given row by row: of the two judgements of a pair the larger counts, for people
       round 1/3 rather than 3, and the other becomes its reciprocal; NaN on both sides stays. out_missing: pairs not
       judged. Returns 1 if some judgement is not as it must be, else 0. */
    int (*read)(const double *const matrices[CUSTVAL__LANES], size_t n, double *cells,
                double out_missing[CUSTVAL__LANES]);
    /* Principal eigenvectors, normalised, and eigenvalues; out_converged 0 where the steps did not suffice. `scratch`:
       two vectors. */
    void (*power)(const double *cells, size_t n, double *weights, double *scratch, double out_lambda[CUSTVAL__LANES],
                  double out_steps[CUSTVAL__LANES], double out_converged[CUSTVAL__LANES]);
    /* Row means of the matrix with each column divided by its sum. */
    void (*arithmetic)(const double *cells, size_t n, double *weights);
    /* Logarithms of the pairs; 0 where NaN. */
    void (*logs)(const double *cells, size_t n, double *pairs);
    /* Logarithms of `count` numbers above 0 per lane. */
    void (*logs_of)(const double *x, size_t count, double *out);
    /* Row means of the logarithms of a matrix from those of its pairs, and the sum over the pairs of the squares of
       what these leave. */
    void (*log_means)(const double *pairs, size_t n, double *means, double out_rest[CUSTVAL__LANES]);
    /* e^means, normalised. */
    void (*exponentials)(const double *means, size_t n, double *weights);
    /* Mean of (cells w)_i / w_i. */
    void (*mean_ratio)(const double *cells, const double *weights, size_t n, double out[CUSTVAL__LANES]);
} custval__ahp_kernels;

/* The power iteration ends where no weight changes by more than this in a step, relatively, or after so many steps. */
#define CUSTVAL__POWER_CHANGE 1e-14
#define CUSTVAL__POWER_STEPS 10000

/* The best set for the processor in use. */
const custval__ahp_kernels *custval__ahp_kernels_best(void);
/* A set by name ("portable", "avx2", "avx512"), or NULL if it is not built in or the processor cannot run it. */
const custval__ahp_kernels *custval__ahp_kernels_named(const char *name);

#endif
