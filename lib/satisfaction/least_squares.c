/* Least squares by Householder's reflections: the errors are those of the data's condition, not of its square. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "least_squares.h"

#include <math.h>

#define LEAST_LENGTH 1e-11

static double dot(const double *x, const double *y, size_t count) {
    double sum = 0.0;
    for (size_t i = 0; i < count; i++) sum += x[i] * y[i];
    return sum;
}

/* Takes what the reflection along v changes: x - 2 v v'x / v'v, where `half` is v'v / 2. */
static void reflect(const double *v, double half, double *x, size_t count) {
    const double factor = dot(v, x, count) / half;
    for (size_t i = 0; i < count; i++) x[i] -= factor * v[i];
}

/* R^-1, column by column: R stands above the diagonal of the matrix, its diagonal apart. */
static void invert(const double *matrix, size_t rows, const double *diagonal, size_t columns, double *inverse) {
    for (size_t j = 0; j < columns; j++) {
        for (size_t i = 0; i < columns; i++) inverse[i * columns + j] = 0.0;
        inverse[j * columns + j] = 1.0 / diagonal[j];
        for (size_t i = j; i-- > 0;) {
            double sum = 0.0;
            for (size_t k = i + 1; k <= j; k++) sum += matrix[k * rows + i] * inverse[k * columns + j];
            inverse[i * columns + j] = -sum / diagonal[i];
        }
    }
}

/* R^-1 becomes R^-1 R^-T, row by row: row i needs rows from i on only. */
static void square(double *inverse, size_t n) {
    for (size_t i = 0; i < n; i++) {
        for (size_t j = i; j < n; j++) {
            double sum = 0.0;
            for (size_t k = j; k < n; k++) sum += inverse[i * n + k] * inverse[j * n + k];
            inverse[i * n + j] = sum;
        }
    }
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < i; j++) inverse[i * n + j] = inverse[j * n + i];
    }
}

size_t custval__least_squares(double *matrix, size_t rows, size_t columns, double *target, double *inverse) {
    double *const diagonal = inverse + columns * columns;
    for (size_t j = 0; j < columns; j++) {
        double *const v = matrix + j * rows + j;
        const size_t left = rows - j;
        const double whole = dot(matrix + j * rows, matrix + j * rows, rows), rest = dot(v, v, left);
        if (!(rest > LEAST_LENGTH * LEAST_LENGTH * whole)) return j;
        diagonal[j] = v[0] > 0.0 ? -sqrt(rest) : sqrt(rest);
        const double half = rest - v[0] * diagonal[j];
        v[0] -= diagonal[j];
        for (size_t k = j + 1; k < columns; k++) reflect(v, half, matrix + k * rows + j, left);
        reflect(v, half, target + j, left);
    }
    for (size_t i = columns; i-- > 0;) {
        for (size_t k = i + 1; k < columns; k++) target[i] -= matrix[k * rows + i] * target[k];
        target[i] /= diagonal[i];
    }
    invert(matrix, rows, diagonal, columns, inverse);
    square(inverse, columns);
    return columns;
}
