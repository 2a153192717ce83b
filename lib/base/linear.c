/* Gauss's elimination with partial pivoting. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "linear.h"

#include <math.h>

static size_t largest_below(const double *matrix, size_t n, size_t column) {
    size_t best = column;
    for (size_t row = column + 1; row < n; row++) {
        if (fabs(matrix[row * n + column]) > fabs(matrix[best * n + column])) best = row;
    }
    return best;
}

static void swap_rows(double *matrix, size_t n, double *b, size_t one, size_t other) {
    const double kept = b[one];
    b[one] = b[other];
    b[other] = kept;
    for (size_t k = 0; k < n; k++) {
        const double cell = matrix[one * n + k];
        matrix[one * n + k] = matrix[other * n + k];
        matrix[other * n + k] = cell;
    }
}

int custval__linear_solve(double *matrix, size_t n, double *b) {
    for (size_t column = 0; column < n; column++) {
        const size_t best = largest_below(matrix, n, column);
        if (best != column) swap_rows(matrix, n, b, column, best);
        const double *const top = matrix + column * n;
        if (!(fabs(top[column]) > 0.0 && isfinite(top[column]))) return 0;
        for (size_t row = column + 1; row < n; row++) {
            double *const cells = matrix + row * n;
            const double factor = cells[column] / top[column];
            if (factor == 0.0) continue;
            for (size_t k = column + 1; k < n; k++) cells[k] -= factor * top[k];
            b[row] -= factor * b[column];
        }
    }
    for (size_t row = n; row > 0; row--) {
        const double *const cells = matrix + (row - 1) * n;
        for (size_t k = row; k < n; k++) b[row - 1] -= cells[k] * b[k];
        b[row - 1] /= cells[row - 1];
    }
    return 1;
}
