/* Small dense symmetric matrices: eigenvalues and equations. Each is n x n, row by row. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_BASE_SYMMETRIC_H
#define CUSTVAL_BASE_SYMMETRIC_H

#include <stddef.h>

/* matrix = sum over k of values[k] v_k v_k', the largest value first; row k of `vectors` is v_k, of length 1. The matrix
   is destroyed. Errors of the values are some units in the last place of the largest. */
void custval__symmetric_eigen(double *matrix, size_t n, double *values, double *vectors);

/* Writes L into the lower triangle, where matrix = L L'; the rest is left alone. 0 if a pivot is not above `least`, and
   the matrix is then of no use. */
int custval__symmetric_factor(double *matrix, size_t n, double least);
/* Solves L L' x = b; x holds b before. */
void custval__symmetric_solve(const double *factor, size_t n, double *x);

#endif
