/* Symmetric matrices: Jacobi's rotations and Cholesky's factor. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "symmetric.h"

#include <math.h>
#include <string.h>

/* ---- Eigenvalues --------------------------------------------------------------------------------------------------- */

/* What is this much smaller than the matrix is 0. A sweep squares what is left, so that a handful is enough. */
#define NOTHING 0x1p-60
#define MOST_SWEEPS 60

static double largest_of(const double *matrix, size_t n) {
    double largest = 0.0;
    for (size_t i = 0; i < n * n; i++) largest = fmax(largest, fabs(matrix[i]));
    return largest;
}

static void rotate_rows(double *first, double *second, size_t n, double cosine, double sine) {
    for (size_t k = 0; k < n; k++) {
        const double x = first[k], y = second[k];
        first[k] = cosine * x - sine * y;
        second[k] = sine * x + cosine * y;
    }
}

/* Turns the plane of p and q so that the matrix has a 0 there. */
static void rotate(double *matrix, size_t n, size_t p, size_t q, double *vectors) {
    double *const row_p = matrix + p * n, *const row_q = matrix + q * n;
    const double corner = row_p[q], ratio = (row_q[q] - row_p[p]) / (2.0 * corner);
    const double tangent = (ratio < 0.0 ? -1.0 : 1.0) / (fabs(ratio) + sqrt(ratio * ratio + 1.0));
    const double cosine = 1.0 / sqrt(tangent * tangent + 1.0), sine = tangent * cosine;
    const double value_p = row_p[p] - tangent * corner, value_q = row_q[q] + tangent * corner;
    rotate_rows(row_p, row_q, n, cosine, sine);
    rotate_rows(vectors + p * n, vectors + q * n, n, cosine, sine);
    row_p[p] = value_p;
    row_q[q] = value_q;
    row_p[q] = row_q[p] = 0.0;
    for (size_t k = 0; k < n; k++) {
        matrix[k * n + p] = row_p[k];
        matrix[k * n + q] = row_q[k];
    }
}

static int sweep(double *matrix, size_t n, double nothing, double *vectors) {
    int rotated = 0;
    for (size_t p = 0; p < n; p++) {
        for (size_t q = p + 1; q < n; q++) {
            if (fabs(matrix[p * n + q]) <= nothing) continue;
            rotate(matrix, n, p, q, vectors);
            rotated = 1;
        }
    }
    return rotated;
}

static void swap_rows(double *first, double *second, size_t n) {
    for (size_t k = 0; k < n; k++) {
        const double swap = first[k];
        first[k] = second[k];
        second[k] = swap;
    }
}

static void sort(size_t n, double *values, double *vectors) {
    for (size_t i = 0; i < n; i++) {
        size_t largest = i;
        for (size_t k = i + 1; k < n; k++) {
            if (values[k] > values[largest]) largest = k;
        }
        if (largest == i) continue;
        swap_rows(values + i, values + largest, 1);
        swap_rows(vectors + i * n, vectors + largest * n, n);
    }
}

void custval__symmetric_eigen(double *matrix, size_t n, double *values, double *vectors) {
    const double nothing = NOTHING * largest_of(matrix, n);
    memset(vectors, 0, n * n * sizeof *vectors);
    for (size_t i = 0; i < n; i++) vectors[i * n + i] = 1.0;
    for (int sweeps = 0; sweeps < MOST_SWEEPS && sweep(matrix, n, nothing, vectors); sweeps++) {}
    for (size_t i = 0; i < n; i++) values[i] = matrix[i * n + i];
    sort(n, values, vectors);
}

/* ---- Equations ----------------------------------------------------------------------------------------------------- */

static double product(const double *a, const double *b, size_t n) {
    double sum = 0.0;
    for (size_t i = 0; i < n; i++) sum += a[i] * b[i];
    return sum;
}

int custval__symmetric_factor(double *matrix, size_t n, double least) {
    for (size_t i = 0; i < n; i++) {
        double *const row = matrix + i * n;
        for (size_t j = 0; j < i; j++) {
            const double *const above = matrix + j * n;
            row[j] = (row[j] - product(row, above, j)) / above[j];
        }
        const double pivot = row[i] - product(row, row, i);
        if (!(pivot > least)) return 0;
        row[i] = sqrt(pivot);
    }
    return 1;
}

void custval__symmetric_solve(const double *factor, size_t n, double *x) {
    for (size_t i = 0; i < n; i++) x[i] = (x[i] - product(factor + i * n, x, i)) / factor[i * n + i];
    for (size_t i = n; i-- > 0;) {
        x[i] /= factor[i * n + i];
        for (size_t k = 0; k < i; k++) x[k] -= factor[i * n + k] * x[i];
    }
}
