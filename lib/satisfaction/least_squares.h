/* Least squares by Householder's reflections. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_SATISFACTION_LEAST_SQUARES_H
#define CUSTVAL_SATISFACTION_LEAST_SQUARES_H

#include <stddef.h>

/* Finds the x that makes |matrix x - target| smallest. The matrix is rows x columns, rows >= columns >= 1, column by column; it and
   the target are destroyed. The target's first numbers are x, and `inverse` (columns x columns, and room for columns more)
   is (matrix' matrix)^-1. Returns the number of columns; less if a column follows from those before it (but for 1e-11 of its length): its index. */
size_t custval__least_squares(double *matrix, size_t rows, size_t columns, double *target, double *inverse);

#endif
