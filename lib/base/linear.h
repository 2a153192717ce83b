/* Dense linear equations. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_BASE_LINEAR_H
#define CUSTVAL_BASE_LINEAR_H

#include <stddef.h>

/* Solves matrix x = b by elimination, each pivot the largest of its column (the first of equals). The matrix is n x n, row
   by row, and destroyed; x stands in b's place. 0 if a pivot is 0 or not finite: singular, and b is then of no use. */
int custval__linear_solve(double *matrix, size_t n, double *b);

#endif
