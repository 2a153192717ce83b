/* Small dense linear programmes, solved exactly but for rounding. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_BASE_LINEAR_PROGRAM_H
#define CUSTVAL_BASE_LINEAR_PROGRAM_H

#include <stddef.h>
#include <stdint.h>

#include "memory.h"

/* Minimises sum cost[j] x[j] subject to sum matrix[i][j] x[j] >= bound[i] and 0 <= x[j] <= upper[j]. Everything is
   finite, but upper[j] may be +infinity where cost[j] >= 0: so there is always a smallest cost, if any x will do at
   all. */
typedef struct custval__linear_program {
    size_t variables, rows;
    const double *cost, *upper;
    const double *matrix; /* rows x variables, row by row */
    const double *bound;
} custval__linear_program;

/* *out_feasible 0: no x satisfies the rows, and out_x is all 0. Else out_x lies within its bounds exactly and within
   the rows but for rounding. The same programme gives the same x everywhere. CUSTVAL_ERROR_MEMORY,
   CUSTVAL_ERROR_INTERNAL. */
custval_status custval__linear_program_solve(const custval_host *host, const custval__linear_program *program,
                                             double *out_x, int *out_feasible, custval_error *error);

#endif
