/* Weights and consistency of matrices of judgements, a block of up to eight at a time: no allocation, no failure. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_WEIGHTS_AHP_SOLVE_H
#define CUSTVAL_WEIGHTS_AHP_SOLVE_H

#include <stddef.h>
#include <stdint.h>

#include <custval/judgements.h>

#include "ahp_kernels.h"

/* How the matrices of a call become weights. */
typedef struct custval__ahp {
    const custval__ahp_kernels *kernels;
    size_t count;        /* criteria n */
    uint32_t method;     /* a custval_ahp_method */
    double random_index; /* NaN: there is none for this n */
} custval__ahp;

/* `method` and `random_index` are known ones; 0 is the default. */
void custval__ahp_init(custval__ahp *out, size_t count, uint32_t method, uint32_t random_index);

/* Eight matrices in lanes (see ahp_kernels.h) and what becomes of them. One block belongs to one thread. */
typedef struct custval__ahp_block {
    double *cells;   /* n x n; in: reciprocal, diagonal 1, from 1e-60 to 1e60; NaN on both sides of a pair not judged */
    double *weights; /* n; out: above 0 unless is_scaled, they add up to 1 but for rounding */
    double *logs;    /* pairs (i, j > i), row by row: see custval__ahp_log and custval__ahp_gci */
    int is_logged;   /* the logarithms are those of the cells: only custval__ahp_log says so */
    double *scratch;
    int is_scaled[CUSTVAL__LANES]; /* out: criteria were too far apart to be solved as they are; for such lanes only: */
    double *exponents;             /* n; out: cell (i, j) was multiplied by 2^(exponent j - exponent i); at most 0 */
    double *log_weights;           /* n; out: of weights that may be too small for a double, and are then 0 */
    double missing[CUSTVAL__LANES];                /* in: pairs not judged */
    double lambda_max[CUSTVAL__LANES];             /* out, as all below */
    double ci[CUSTVAL__LANES], cr[CUSTVAL__LANES]; /* cr NaN: no random index */
    double steps[CUSTVAL__LANES];                  /* of the power iteration; 0 by other methods */
    double converged[CUSTVAL__LANES];              /* 1; 0 where an iteration gave up */
    double gci[CUSTVAL__LANES];                    /* custval__ahp_gci: NaN for n < 3 */
} custval__ahp_block;

/* Doubles that a block of n criteria needs. */
size_t custval__ahp_block_room(size_t count);
/* Lays a block out in memory of so many doubles; all its matrices are 1 throughout, as those of lanes not used may
   stay. */
void custval__ahp_block_place(custval__ahp_block *block, size_t count, double *memory);

/* Makes the matrix of a lane 1 throughout again. */
void custval__ahp_block_blank(custval__ahp_block *block, size_t count, size_t lane);

/* Completes the matrices that have pairs missing, in place and perhaps scaled, and gives everyone's weights, lambda_max,
   ci and cr. The judgements of a matrix with pairs missing must connect all criteria: see custval__ahp_apart. */
void custval__ahp_solve(const custval__ahp *ahp, custval__ahp_block *block);
/* After it: the logarithm of a weight, also of one that is 0 only because a double cannot hold it. */
double custval__ahp_log_weight(const custval__ahp_block *block, size_t criterion, size_t lane);
/* Weights from logarithms. If they are all far below 0, so that a double might hold none, they are all raised. */
void custval__ahp_from_logs(double *inout, size_t count);
/* After it: the geometric consistency index, and the logarithms of the completed matrices as they were solved. */
void custval__ahp_gci(const custval__ahp *ahp, custval__ahp_block *block);
/* Before it, if wanted: logarithms of the pairs judged, 0 for the others. Who fills in the cells anew sets is_logged to
   0. */
void custval__ahp_log(const custval__ahp *ahp, custval__ahp_block *block);

/* For files of this folder. */

#define CUSTVAL__LN2 0.693147180559945309417

/* A criterion that no chain of judgements connects with the first; SIZE_MAX if there is none. `scratch`: n bytes twice.
 */
size_t custval__ahp_apart(const double *cells, size_t count, size_t lane, unsigned char *scratch);

/* Gives the missing pairs of one lane's matrix their judgements: those that leave lambda_max smallest (Shiraishi, Obata
   & Daigo 1998; Bozoki, Fulop & Ronyai 2010), or by the geometric method those that the logarithmic least squares of
   the others imply. 1, or 0 if the iteration gave up and the latter were taken. Scales the matrix first where criteria
   are far apart. */
int custval__ahp_complete(custval__ahp_block *block, size_t count, size_t lane, uint32_t method);
size_t custval__ahp_complete_room(size_t count); /* doubles of scratch */

#endif
