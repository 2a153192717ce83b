/* The loops behind AHP: whatever instructions the processor has, and whatever lies in the lanes beside it, a matrix has
   the same bits. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "judging.h"
#include "weights/ahp_solve.h"

#define LANES CUSTVAL__LANES
#define ROUNDS 40

static const char *const sets[] = {"portable", "avx2", "avx512"};

typedef struct solved {
    double lambda_max, cr, gci, steps, missing, weights[CUSTVAL_MAX_JUDGED];
} solved;

/* Solves eight matrices, some of them incomplete, and reads what became of each. */
static void solve(const char *set, uint32_t method, size_t n, double *const matrices[LANES], solved out[LANES]) {
    custval__ahp ahp;
    custval__ahp_block block;
    double *memory = malloc(custval__ahp_block_room(n) * sizeof *memory);
    assert_non_null(memory);
    custval__ahp_init(&ahp, n, method, CUSTVAL_RANDOM_INDEX_ALONSO_LAMATA_FIT);
    ahp.kernels = custval__ahp_kernels_named(set);
    custval__ahp_block_place(&block, n, memory);
    const double *const given[LANES] = {matrices[0], matrices[1], matrices[2], matrices[3],
                                        matrices[4], matrices[5], matrices[6], matrices[7]};
    assert_int_equal(ahp.kernels->read(given, n, block.cells, block.missing), 0);
    for (size_t lane = 0; lane < LANES; lane++) out[lane].missing = block.missing[lane];
    custval__ahp_solve(&ahp, &block);
    custval__ahp_gci(&ahp, &block);
    for (size_t lane = 0; lane < LANES; lane++) {
        solved *to = out + lane;
        to->lambda_max = block.lambda_max[lane];
        to->cr = block.cr[lane];
        to->gci = block.gci[lane];
        to->steps = block.steps[lane];
        assert_double_bits(block.converged[lane], 1.0);
        for (size_t i = 0; i < n; i++) to->weights[i] = block.weights[i * LANES + lane];
    }
    free(memory);
}

static void assert_same(const solved *a, const solved *b, size_t n) {
    assert_double_bits(a->lambda_max, b->lambda_max);
    assert_double_bits(a->cr, b->cr);
    assert_double_bits(a->gci, b->gci);
    assert_double_bits(a->steps, b->steps);
    assert_double_bits(a->missing, b->missing);
    for (size_t i = 0; i < n; i++) assert_double_bits(a->weights[i], b->weights[i]);
}

/* Eight matrices of n criteria; every third has a gap, from four criteria on. */
static void make(support_random *random, size_t n, double *matrices[LANES]) {
    for (size_t lane = 0; lane < LANES; lane++) {
        matrices[lane] = malloc(n * n * sizeof **matrices);
        assert_non_null(matrices[lane]);
        judging_random(random, n, random_between(random, 0.0, 1.0), matrices[lane]);
        if (lane % 3 == 1 && n >= 4) matrices[lane][1] = matrices[lane][n] = (double)NAN;
    }
}

static void release(double *matrices[LANES]) {
    for (size_t lane = 0; lane < LANES; lane++) free(matrices[lane]);
}

static void every_instruction_set_gives_the_same_bits(void **state) {
    (void)state;
    support_random random = random_seeded("kernels of AHP");
    for (int round = 0; round < ROUNDS; round++) {
        const size_t n = 1 + random_below(&random, 20);
        double *matrices[LANES];
        make(&random, n, matrices);
        for (uint32_t method = CUSTVAL_AHP_EIGENVECTOR; method <= CUSTVAL_AHP_ARITHMETIC; method++) {
            solved expected[LANES], found[LANES];
            solve(sets[0], method, n, matrices, expected);
            for (size_t k = 1; k < SUPPORT_COUNT(sets); k++) {
                if (custval__ahp_kernels_named(sets[k]) == NULL) continue;
                solve(sets[k], method, n, matrices, found);
                for (size_t lane = 0; lane < LANES; lane++) assert_same(&found[lane], &expected[lane], n);
            }
        }
        release(matrices);
    }
}

static void lanes_do_not_see_each_other(void **state) {
    (void)state;
    support_random random = random_seeded("lanes of AHP");
    for (int round = 0; round < ROUNDS; round++) {
        const size_t n = 3 + random_below(&random, 9);
        double *matrices[LANES];
        make(&random, n, matrices);
        for (uint32_t method = CUSTVAL_AHP_EIGENVECTOR; method <= CUSTVAL_AHP_ARITHMETIC; method++) {
            solved together[LANES], alone[LANES];
            solve(sets[0], method, n, matrices, together);
            const size_t chosen = random_below(&random, LANES);
            double *same[LANES];
            for (size_t lane = 0; lane < LANES; lane++) same[lane] = matrices[chosen];
            solve(sets[0], method, n, same, alone);
            for (size_t lane = 0; lane < LANES; lane++) assert_same(&alone[lane], &together[chosen], n);
        }
        release(matrices);
    }
}

static void sets_are_found_by_name(void **state) {
    (void)state;
    assert_non_null(custval__ahp_kernels_named("portable"));
    assert_null(custval__ahp_kernels_named("sse9"));
    assert_null(custval__ahp_kernels_named(NULL));
    const custval__ahp_kernels *best = custval__ahp_kernels_best();
    assert_ptr_equal(custval__ahp_kernels_named(best->name), best);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_instruction_set_gives_the_same_bits),
        cmocka_unit_test(lanes_do_not_see_each_other),
        cmocka_unit_test(sets_are_found_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
