/* Filling in what nobody judged: the derivatives of lambda_max by the gaps are 0, and no other filling is better. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "judging.h"
#include "weights/ahp_solve.h"

#define LANES CUSTVAL__LANES
#define MOST 14
#define ROUNDS 300

/* Principal eigenvector of a matrix or its transpose by the plainest of power iterations; gives the eigenvalue. */
static double principal(const double *matrix, size_t n, int transposed, double *out) {
    double next[MOST], sum = 0.0;
    for (size_t i = 0; i < n; i++) out[i] = 1.0 / (double)n;
    for (int step = 0; step < 4000; step++) {
        sum = 0.0;
        for (size_t i = 0; i < n; i++) {
            next[i] = 0.0;
            for (size_t j = 0; j < n; j++) next[i] += matrix[transposed ? j * n + i : i * n + j] * out[j];
            sum += next[i];
        }
        for (size_t i = 0; i < n; i++) out[i] = next[i] / sum;
    }
    return sum;
}

static size_t random_gaps(support_random *random, double *matrix, size_t n) {
    unsigned char scratch[2 * MOST];
    double cells[MOST * MOST * LANES];
    size_t gaps = 0;
    for (size_t tries = random_below(random, (uint32_t)(n * n)); tries > 0; tries--) {
        const size_t i = random_below(random, (uint32_t)n), j = random_below(random, (uint32_t)n);
        if (i == j || isnan(matrix[i * n + j])) continue;
        const double kept = matrix[i * n + j];
        matrix[i * n + j] = matrix[j * n + i] = (double)NAN;
        for (size_t k = 0; k < n * n; k++) cells[k * LANES] = matrix[k];
        gaps++;
        if (custval__ahp_apart(cells, n, 0, scratch) == SIZE_MAX) continue;
        matrix[i * n + j] = kept;
        matrix[j * n + i] = 1.0 / kept;
        gaps--;
    }
    return gaps;
}

static int complete(double *matrix, size_t n, uint32_t method) {
    custval__ahp_block block;
    double *memory = malloc(custval__ahp_block_room(n) * sizeof *memory);
    assert_non_null(memory);
    custval__ahp_block_place(&block, n, memory);
    for (size_t k = 0; k < n * n; k++) block.cells[k * LANES + 3] = matrix[k];
    const int done = custval__ahp_complete(&block, n, 3, method);
    assert_false(block.is_scaled[3]);
    for (size_t k = 0; k < n * n; k++) matrix[k] = block.cells[k * LANES + 3];
    free(memory);
    return done;
}

/* People who know what they say, people who do not, and answers at random on the scale 1/9 .. 9. */
static void fill(support_random *random, double *matrix, size_t n) {
    const double noise[] = {0.0, 0.3, 1.5};
    const uint32_t kind = random_below(random, 4);
    if (kind < 3) {
        judging_random(random, n, noise[kind], matrix);
        return;
    }
    double upper[MOST * (MOST - 1) / 2];
    for (size_t k = 0; k < n * (n - 1) / 2; k++) {
        const double size = 1.0 + random_below(random, 9);
        upper[k] = random_below(random, 2) == 0 ? size : 1.0 / size;
    }
    judging_fill(upper, n, matrix);
}

static void derivatives_by_the_gaps_are_0(void **state) {
    (void)state;
    support_random random = random_seeded("gaps in judgements");
    for (int round = 0; round < ROUNDS; round++) {
        const size_t n = 3 + random_below(&random, MOST - 2);
        double matrix[MOST * MOST], given[MOST * MOST], w[MOST], v[MOST];
        fill(&random, matrix, n);
        if (random_gaps(&random, matrix, n) == 0) continue;
        memcpy(given, matrix, sizeof given);
        assert_true(complete(matrix, n, CUSTVAL_AHP_EIGENVECTOR));
        const double lambda = principal(matrix, n, 0, w);
        principal(matrix, n, 1, v);
        double product = 0.0;
        for (size_t i = 0; i < n; i++) product += v[i] * w[i];
        for (size_t i = 0; i < n; i++) {
            for (size_t j = 0; j < n; j++) {
                if (!isnan(given[i * n + j])) {
                    assert_double_bits(matrix[i * n + j], given[i * n + j]);
                    continue;
                }
                assert_double_near(matrix[i * n + j] * matrix[j * n + i], 1.0, 1e-15);
                const double derivative = (v[i] * matrix[i * n + j] * w[j] - v[j] * matrix[j * n + i] * w[i]) / product;
                assert_double_near(derivative, 0.0, 1e-10);
            }
        }
        /* lambda_max is convex in the logarithms of the gaps: nowhere is it smaller. */
        for (size_t i = 0; i < n; i++) {
            for (size_t j = i + 1; j < n; j++) {
                if (!isnan(given[i * n + j])) continue;
                double other[MOST * MOST];
                memcpy(other, matrix, sizeof other);
                other[i * n + j] *= 1.1;
                other[j * n + i] /= 1.1;
                assert_true(principal(other, n, 0, w) >= lambda);
            }
        }
    }
}

/* What people judged pulls a criterion up exactly as much as down. */
static void geometric_weights_are_the_least_squares_of_what_was_judged(void **state) {
    (void)state;
    support_random random = random_seeded("least squares of judgements");
    for (int round = 0; round < ROUNDS; round++) {
        const size_t n = 3 + random_below(&random, MOST - 2);
        double matrix[MOST * MOST];
        fill(&random, matrix, n);
        if (random_gaps(&random, matrix, n) == 0) continue;
        const custval_judgements judgements = judging_of(matrix, n, 1);
        custval_ahp_options options = CUSTVAL_AHP_OPTIONS_INIT;
        options.method = CUSTVAL_AHP_GEOMETRIC;
        custval_weights *weights = judging_ahp(&judgements, &options);
        for (size_t i = 0; i < n; i++) {
            double pull = 0.0;
            for (size_t j = 0; j < n; j++) {
                if (isnan(matrix[i * n + j])) continue;
                pull += log(matrix[i * n + j] * custval_weights_share(weights, j) / custval_weights_share(weights, i));
            }
            assert_double_near(pull, 0.0, 1e-11);
        }
        custval_weights_free(weights);
    }
}

static void whoever_is_apart_is_found(void **state) {
    (void)state;
    unsigned char scratch[2 * MOST];
    double cells[4 * 4 * LANES];
    for (size_t k = 0; k < SUPPORT_COUNT(cells); k++) cells[k] = 1.0;
    assert_true(custval__ahp_apart(cells, 4, 5, scratch) == SIZE_MAX);
    for (size_t i = 0; i < 4; i++) {
        if (i != 2) cells[(2 * 4 + i) * LANES + 5] = cells[(i * 4 + 2) * LANES + 5] = (double)NAN;
    }
    assert_int_equal(custval__ahp_apart(cells, 4, 5, scratch), 2);
    assert_true(custval__ahp_apart(cells, 4, 4, scratch) == SIZE_MAX);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(derivatives_by_the_gaps_are_0),
        cmocka_unit_test(geometric_weights_are_the_least_squares_of_what_was_judged),
        cmocka_unit_test(whoever_is_apart_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
