/* Symmetric matrices: known eigenvalues, what eigenvectors are, and equations solved. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"

#include <math.h>
#include <string.h>

#include "base/symmetric.h"

#define MOST 24

typedef struct decomposition {
    double matrix[MOST * MOST], values[MOST], vectors[MOST * MOST];
} decomposition;

static void decompose(const double *matrix, size_t n, decomposition *out) {
    memcpy(out->matrix, matrix, n * n * sizeof *matrix);
    custval__symmetric_eigen(out->matrix, n, out->values, out->vectors);
}

/* The matrix comes back, vectors are orthonormal, values descend. `size` is that of the largest number. */
static void assert_decomposed(const double *matrix, size_t n, const decomposition *of, double size) {
    for (size_t i = 0; i < n; i++) {
        if (i > 0) assert_true(of->values[i] <= of->values[i - 1]);
        for (size_t j = 0; j < n; j++) {
            double product = 0.0, back = 0.0;
            for (size_t k = 0; k < n; k++) {
                product += of->vectors[i * n + k] * of->vectors[j * n + k];
                back += of->values[k] * of->vectors[k * n + i] * of->vectors[k * n + j];
            }
            assert_double_near(product, i == j ? 1.0 : 0.0, 1e-14 * (double)n);
            assert_double_near(back, matrix[i * n + j], 1e-14 * (double)n * size);
        }
    }
}

static void hilbert(double *matrix, size_t n) {
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < n; j++) matrix[i * n + j] = 1.0 / (double)(i + j + 1);
    }
}

/* Correlations of n variables with fewer sources than variables, if `sources` < n. */
static void random_correlations(support_random *random, double *matrix, size_t n, size_t sources) {
    double loads[MOST][MOST];
    for (size_t i = 0; i < n; i++) {
        double square = 0.0;
        for (size_t k = 0; k < sources; k++) {
            loads[i][k] = random_between(random, -1.0, 1.0);
            square += loads[i][k] * loads[i][k];
        }
        for (size_t k = 0; k < sources; k++) loads[i][k] /= sqrt(square);
    }
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < n; j++) {
            matrix[i * n + j] = 0.0;
            for (size_t k = 0; k < sources; k++) matrix[i * n + j] += loads[i][k] * loads[j][k];
        }
    }
}

/* Hilbert's matrix of order 5 by mpmath.eigsy in 40 digits; the doubles nearest to its elements move the smallest value
   by less than 1e-16. */
static void known_matrices_have_their_known_eigenvalues(void **state) {
    (void)state;
    static const double known[] = {1.5670506910982307955, 0.20853421861101333591, 0.011407491623419806559,
                                   0.00030589804015119172688, 3.2879287721718629571e-6};
    double matrix[25];
    decomposition of;
    hilbert(matrix, 5);
    decompose(matrix, 5, &of);
    assert_decomposed(matrix, 5, &of, 1.0);
    for (size_t i = 0; i < 5; i++) assert_double_near(of.values[i], known[i], 3e-16);
    const double two[] = {1.0, -2.0, -2.0, 1.0};
    decompose(two, 2, &of);
    assert_double_near(of.values[0], 3.0, 1e-15);
    assert_double_near(of.values[1], -1.0, 1e-15);
    assert_double_near(fabs(of.vectors[0] + of.vectors[1]), 0.0, 1e-15);
}

static void diagonals_and_single_numbers_are_left_as_they_are(void **state) {
    (void)state;
    decomposition of;
    const double diagonal[] = {2.0, 0.0, 0.0, 0.0, -1.0, 0.0, 0.0, 0.0, 5.0}, one[] = {-7.0}, zeros[4] = {0.0};
    decompose(diagonal, 3, &of);
    const double sorted[] = {5.0, 2.0, -1.0};
    for (size_t i = 0; i < 3; i++) assert_double_bits(of.values[i], sorted[i]);
    assert_double_bits(of.vectors[2], 1.0);
    decompose(one, 1, &of);
    assert_double_bits(of.values[0], -7.0);
    assert_double_bits(of.vectors[0], 1.0);
    decompose(zeros, 2, &of);
    assert_double_bits(of.values[0], 0.0);
    custval__symmetric_eigen(of.matrix, 0, of.values, of.vectors);
}

static void random_matrices_come_back_from_their_eigenvectors(void **state) {
    (void)state;
    support_random random = random_seeded("eigen");
    double matrix[MOST * MOST];
    decomposition of;
    for (size_t i = 0; i < 200; i++) {
        const size_t n = 1 + random_below(&random, MOST), sources = 1 + random_below(&random, MOST);
        random_correlations(&random, matrix, n, sources);
        const double size = i % 3 == 0 ? 1e150 : i % 3 == 1 ? 1e-150 : 1.0;
        for (size_t k = 0; k < n * n; k++) matrix[k] *= size;
        decompose(matrix, n, &of);
        assert_decomposed(matrix, n, &of, size * (double)n);
        for (size_t k = sources; k < n; k++) assert_true(fabs(of.values[k]) <= 1e-14 * (double)n * size);
    }
}

static void equations_are_solved_where_pivots_are_large_enough(void **state) {
    (void)state;
    support_random random = random_seeded("factor");
    double matrix[MOST * MOST], factor[MOST * MOST], b[MOST], x[MOST];
    for (size_t i = 0; i < 200; i++) {
        const size_t n = 1 + random_below(&random, MOST);
        random_correlations(&random, matrix, n, MOST);
        for (size_t k = 0; k < n; k++) x[k] = b[k] = random_between(&random, -1.0, 1.0);
        memcpy(factor, matrix, sizeof factor);
        if (!custval__symmetric_factor(factor, n, 1e-6)) continue;
        custval__symmetric_solve(factor, n, x);
        for (size_t k = 0; k < n; k++) {
            double sum = 0.0, size = 1.0;
            for (size_t j = 0; j < n; j++) {
                sum += matrix[k * n + j] * x[j];
                size += fabs(matrix[k * n + j] * x[j]);
            }
            assert_double_near(sum, b[k], 1e-14 * size);
        }
    }
}

/* x + 2y = 5, 2x + 8y = 14: L is {1}, {2, 2}. */
static void a_small_factor_is_the_one_found_by_hand(void **state) {
    (void)state;
    double matrix[] = {1.0, 2.0, 2.0, 8.0}, x[] = {5.0, 14.0};
    assert_int_equal(custval__symmetric_factor(matrix, 2, 1e-6), 1);
    assert_double_bits(matrix[0], 1.0);
    assert_double_bits(matrix[2], 2.0);
    assert_double_bits(matrix[3], 2.0);
    custval__symmetric_solve(matrix, 2, x);
    assert_double_near(x[0], 3.0, 1e-15);
    assert_double_near(x[1], 1.0, 1e-15);
}

static void singular_and_indefinite_matrices_have_no_factor(void **state) {
    (void)state;
    double singular[] = {1.0, 1.0, 1.0, 1.0}, indefinite[] = {1.0, 2.0, 2.0, 1.0}, zero[] = {0.0};
    double nothing[] = {(double)NAN};
    assert_int_equal(custval__symmetric_factor(singular, 2, 1e-12), 0);
    assert_int_equal(custval__symmetric_factor(indefinite, 2, 0.0), 0);
    assert_int_equal(custval__symmetric_factor(zero, 1, 0.0), 0);
    assert_int_equal(custval__symmetric_factor(nothing, 1, 0.0), 0);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_matrices_have_their_known_eigenvalues),
        cmocka_unit_test(diagonals_and_single_numbers_are_left_as_they_are),
        cmocka_unit_test(random_matrices_come_back_from_their_eigenvectors),
        cmocka_unit_test(equations_are_solved_where_pivots_are_large_enough),
        cmocka_unit_test(a_small_factor_is_the_one_found_by_hand),
        cmocka_unit_test(singular_and_indefinite_matrices_have_no_factor),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
