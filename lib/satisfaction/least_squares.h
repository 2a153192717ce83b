/* Least squares by Householder's reflections. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_SATISFACTION_LEAST_SQUARES_H
#define CUSTVAL_SATISFACTION_LEAST_SQUARES_H

#include <stddef.h>

/* Finds the x that makes |matrix x - target| smallest. The matrix is rows x columns, rows >= columns >= 1, column by
   column; it and the target are destroyed. The target's first numbers are x, and `inverse` is (matrix' matrix)^-1: columns
   x columns, with room for columns more. Returns the number of columns; less, the index of a column, if that follows from
   those before it (but for 1e-11 of its length). */
size_t custval__least_squares(double *matrix, size_t rows, size_t columns, double *target, double *inverse);

#endif
