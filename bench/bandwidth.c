/* How fast this machine reads: the yardstick of the other figures. Compiled for the machine at hand. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "bandwidth.h"

/* Rows of one column read before the next column's turn. */
#define BLOCK 512

double bandwidth_sum(const double *values, size_t count) {
    double sum = 0.0;
    for (size_t i = 0; i < count; i++) sum += values[i];
    return sum;
}

double bandwidth_sum_columns(const double *values, size_t columns, size_t rows, size_t begin, size_t end) {
    double sum = 0.0;
    for (size_t start = begin; start < end; start += BLOCK) {
        const size_t count = end - start < BLOCK ? end - start : BLOCK;
        for (size_t c = 0; c < columns; c++) sum += bandwidth_sum(values + c * rows + start, count);
    }
    return sum;
}
