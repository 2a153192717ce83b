/* Reading memory as fast as the machine can. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_BENCH_BANDWIDTH_H
#define CUSTVAL_BENCH_BANDWIDTH_H

#include <stddef.h>

/* Adds up an array from end to end. */
double bandwidth_sum(const double *values, size_t count);
/* Adds up rows [begin, end) of columns that stand one after the other, a block of each in turn, as scoring reads them. */
double bandwidth_sum_columns(const double *values, size_t columns, size_t rows, size_t begin, size_t end);

#endif
