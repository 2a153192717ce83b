/* Judgements in other words: the same weights for the criteria in another order, for a member alone and in a group, on
   any number of threads; and what must hold between methods. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "judging.h"

#define ROUNDS 60
#define MOST 12

/* Weights are found to a relative 1e-14 per step of an iteration that shrinks errors at least by half for judgements
   such as these, and to a few times that by sums of at most 12 numbers. */
#define SAME 5e-14

static custval_ahp_options options_of(uint32_t method, uint32_t grouping) {
    custval_ahp_options options = CUSTVAL_AHP_OPTIONS_INIT;
    options.method = method;
    options.grouping = grouping;
    return options;
}

static void shuffle(support_random *random, size_t *order, size_t count) {
    for (size_t i = 0; i < count; i++) order[i] = i;
    for (size_t i = count; i > 1; i--) {
        const size_t k = random_below(random, (uint32_t)i), kept = order[i - 1];
        order[i - 1] = order[k];
        order[k] = kept;
    }
}

static void assert_share(const custval_weights *weights, size_t i, double expected) {
    assert_double_near(custval_weights_share(weights, i) / expected, 1.0, SAME);
}

/* ---- One judge ------------------------------------------------------------------------------------------------------- */

static void the_order_of_the_criteria_does_not_matter(void **state) {
    (void)state;
    support_random random = random_seeded("order of criteria");
    for (int round = 0; round < ROUNDS; round++) {
        const size_t n = 2 + random_below(&random, MOST - 1);
        double matrix[MOST * MOST], turned[MOST * MOST];
        size_t order[MOST];
        judging_random(&random, n, 0.6, matrix);
        if (n > 3) matrix[1] = matrix[n] = (double)NAN;
        /* Rounded as people round, on either side. */
        for (size_t k = 0; k < n * n; k++) {
            if (matrix[k] < 0.9 && matrix[k] > 0.2) matrix[k] = floor(matrix[k] * 100.0 + 0.5) / 100.0;
        }
        shuffle(&random, order, n);
        for (size_t k = 0; k < n * n; k++) turned[k] = matrix[order[k / n] * n + order[k % n]];
        const custval_judgements first = judging_of(matrix, n, 1), second = judging_of(turned, n, 1);
        for (uint32_t method = CUSTVAL_AHP_EIGENVECTOR; method <= CUSTVAL_AHP_ARITHMETIC; method++) {
            const custval_ahp_options options = options_of(method, 0);
            custval_weights *a = judging_ahp(&first, &options), *b = judging_ahp(&second, &options);
            for (size_t i = 0; i < n; i++) assert_share(b, i, custval_weights_share(a, order[i]));
            assert_double_near(judging_diagnostic(a, "lambda_max"), judging_diagnostic(b, "lambda_max"), 1e-12);
            custval_weights_free(a);
            custval_weights_free(b);
        }
    }
}

/* Judged the other way round, "how much less", row geometric means turn into their reciprocals, and consistency stays:
   the transposed matrix has the same eigenvalues. */
static void the_opposite_judgements_are_as_consistent(void **state) {
    (void)state;
    support_random random = random_seeded("opposite judgements");
    for (int round = 0; round < ROUNDS; round++) {
        const size_t n = 2 + random_below(&random, MOST - 1);
        double matrix[MOST * MOST], transposed[MOST * MOST], sum = 0.0;
        judging_random(&random, n, 0.6, matrix);
        for (size_t k = 0; k < n * n; k++) transposed[k] = matrix[k % n * n + k / n];
        const custval_judgements judgements = judging_of(matrix, n, 1), opposite = judging_of(transposed, n, 1);
        custval_weights *a = judging_ahp(&judgements, NULL), *b = judging_ahp(&opposite, NULL);
        assert_double_near(judging_diagnostic(a, "lambda_max"), judging_diagnostic(b, "lambda_max"), 1e-12);
        assert_double_near(judging_diagnostic(a, "gci"), judging_diagnostic(b, "gci"), 1e-14);
        custval_weights_free(a);
        custval_weights_free(b);
        const custval_ahp_options options = options_of(CUSTVAL_AHP_GEOMETRIC, 0);
        a = judging_ahp(&judgements, &options);
        b = judging_ahp(&opposite, &options);
        for (size_t i = 0; i < n; i++) sum += 1.0 / custval_weights_share(a, i);
        for (size_t i = 0; i < n; i++) assert_share(b, i, 1.0 / custval_weights_share(a, i) / sum);
        custval_weights_free(a);
        custval_weights_free(b);
    }
}

static void consistent_judgements_leave_no_choice_of_method(void **state) {
    (void)state;
    support_random random = random_seeded("consistent judgements");
    for (int round = 0; round < ROUNDS; round++) {
        const size_t n = 2 + random_below(&random, MOST - 1);
        double matrix[MOST * MOST];
        judging_random(&random, n, 0.0, matrix);
        if (n > 3 && round % 2 == 0) matrix[1] = matrix[n] = (double)NAN;
        const custval_judgements judgements = judging_of(matrix, n, 1);
        custval_weights *expected = judging_ahp(&judgements, NULL);
        assert_true(judging_diagnostic(expected, "cr") >= 0.0);
        assert_double_near(judging_diagnostic(expected, "cr"), 0.0, 1e-13);
        assert_int_equal(custval_table_rows(custval_weights_notes(expected)), 0);
        for (uint32_t method = CUSTVAL_AHP_GEOMETRIC; method <= CUSTVAL_AHP_ARITHMETIC; method++) {
            const custval_ahp_options options = options_of(method, 0);
            custval_weights *weights = judging_ahp(&judgements, &options);
            for (size_t i = 0; i < n; i++) assert_share(weights, i, custval_weights_share(expected, i));
            custval_weights_free(weights);
        }
        custval_weights_free(expected);
    }
}

/* ---- Groups ---------------------------------------------------------------------------------------------------------- */

static double *many(support_random *random, size_t n, size_t members) {
    double *matrices = malloc(members * n * n * sizeof *matrices);
    assert_non_null(matrices);
    for (size_t m = 0; m < members; m++) {
        double *matrix = matrices + m * n * n;
        judging_random(random, n, random_between(random, 0.0, 1.0), matrix);
        if (n > 3 && m % 5 == 2) matrix[1] = matrix[n] = (double)NAN;
    }
    return matrices;
}

static void aggregating_judgements_or_priorities_is_one_with_geometric_means(void **state) {
    (void)state;
    support_random random = random_seeded("aggregating");
    for (int round = 0; round < ROUNDS; round++) {
        const size_t n = 2 + random_below(&random, 2), members = 2 + random_below(&random, 20); /* no gaps */
        double *matrices = many(&random, n, members), importance[22];
        for (size_t m = 0; m < members; m++) importance[m] = random_between(&random, 0.1, 3.0);
        custval_judgements judgements = judging_of(matrices, n, members);
        judgements.member_weights = importance;
        const custval_ahp_options judged = options_of(CUSTVAL_AHP_GEOMETRIC, CUSTVAL_GROUPING_JUDGEMENTS);
        const custval_ahp_options weighed = options_of(CUSTVAL_AHP_GEOMETRIC, CUSTVAL_GROUPING_PRIORITIES_GEOMETRIC);
        custval_weights *a = judging_ahp(&judgements, &judged), *b = judging_ahp(&judgements, &weighed);
        for (size_t i = 0; i < n; i++) assert_share(b, i, custval_weights_share(a, i));
        custval_weights_free(a);
        custval_weights_free(b);
        free(matrices);
    }
}

static void a_member_is_the_same_alone_and_in_a_group(void **state) {
    (void)state;
    static const char *const numbers[] = {"lambda_max", "ci", "cr", "gci", "missing"};
    support_random random = random_seeded("alone");
    for (int round = 0; round < 12; round++) {
        const size_t n = 1 + random_below(&random, MOST), members = 1 + random_below(&random, 300);
        double *matrices = many(&random, n, members);
        const custval_judgements judgements = judging_of(matrices, n, members);
        const custval_ahp_options options = options_of((uint32_t)round % 4, 0);
        custval_error error = CUSTVAL_ERROR_INIT;
        custval_table *table = NULL;
        assert_ok(custval_ahp_members(NULL, &judgements, &options, &table, &error), &error);
        for (size_t m = 0; m < members; m++) {
            const custval_judgements own = judging_of(matrices + m * n * n, n, 1);
            custval_weights *alone = judging_ahp(&own, &options);
            for (size_t i = 0; i < n; i++) {
                assert_double_bits(table_cell(table, judging_names()[i], m), custval_weights_share(alone, i));
            }
            for (size_t k = 0; k < SUPPORT_COUNT(numbers); k++) {
                assert_double_bits(table_cell(table, numbers[k], m), judging_diagnostic(alone, numbers[k]));
            }
            custval_weights_free(alone);
        }
        custval_table_free(table);
        free(matrices);
    }
}

static void assert_same_tables(const custval_table *a, const custval_table *b) {
    assert_int_equal(custval_table_columns(a), custval_table_columns(b));
    for (size_t column = 1; column < custval_table_columns(a); column++) {
        const char *name = custval_table_name(a, column);
        for (size_t row = 0; row < custval_table_rows(a); row++) {
            assert_double_bits(table_cell(a, name, row), table_cell(b, name, row));
        }
    }
}

static void threads_change_nothing(void **state) {
    (void)state;
    static const uint32_t counts[] = {1, 2, 3, 7};
    support_random random = random_seeded("threads");
    for (int round = 0; round < 6; round++) {
        const size_t n = 2 + random_below(&random, MOST - 1), members = 100 + random_below(&random, 900);
        double *matrices = many(&random, n, members);
        const custval_judgements judgements = judging_of(matrices, n, members);
        const custval_ahp_options options = options_of(0, (uint32_t)round % 4);
        custval_error error = CUSTVAL_ERROR_INIT;
        custval_weights *expected = judging_ahp(&judgements, &options);
        custval_table *expected_members = NULL;
        assert_ok(custval_ahp_members(NULL, &judgements, &options, &expected_members, &error), &error);
        for (size_t k = 0; k < SUPPORT_COUNT(counts); k++) {
            custval_threads *threads = NULL;
            custval_host host = CUSTVAL_HOST_INIT;
            custval_weights *weights = NULL;
            custval_table *table = NULL;
            assert_ok(custval_threads_new(NULL, threads_up_to(counts[k]), &threads, &error), &error);
            host.runner = custval_threads_run;
            host.runner_data = threads;
            assert_ok(custval_weights_ahp(&host, &judgements, &options, &weights, &error), &error);
            assert_same_tables(custval_weights_table(weights), custval_weights_table(expected));
            assert_same_tables(custval_weights_diagnostics(weights), custval_weights_diagnostics(expected));
            assert_ok(custval_ahp_members(&host, &judgements, &options, &table, &error), &error);
            assert_same_tables(table, expected_members);
            custval_table_free(table);
            custval_weights_free(weights);
            custval_threads_free(threads);
        }
        custval_table_free(expected_members);
        custval_weights_free(expected);
        free(matrices);
    }
}

/* Of several mistakes the one of the first member is named, whoever meets one first. */
static void threads_name_the_same_mistake(void **state) {
    (void)state;
    support_random random = random_seeded("mistakes");
    const size_t n = 5, members = 900;
    double *matrices = many(&random, n, members);
    matrices[611 * n * n + 2] = -1.0;
    matrices[850 * n * n + 3] = 0.0;
    const custval_judgements judgements = judging_of(matrices, n, members);
    custval_threads *threads = NULL;
    custval_host host = CUSTVAL_HOST_INIT;
    assert_ok(custval_threads_new(NULL, threads_up_to(3), &threads, NULL), NULL);
    host.runner = custval_threads_run;
    host.runner_data = threads;
    for (int round = 0; round < 20; round++) {
        custval_error error = CUSTVAL_ERROR_INIT;
        custval_weights *weights = NULL;
        assert_status(custval_weights_ahp(round % 2 == 0 ? &host : NULL, &judgements, NULL, &weights, &error),
                      CUSTVAL_ERROR_RANGE, &error);
        assert_message(&error, "member \"612\": \"c0\" over \"c2\" is -1");
        assert_null(weights);
    }
    custval_threads_free(threads);
    free(matrices);
}

/* ---- Best and worst -------------------------------------------------------------------------------------------------- */

static void the_order_does_not_matter_to_best_and_worst(void **state) {
    (void)state;
    support_random random = random_seeded("order of best and worst");
    for (int round = 0; round < ROUNDS; round++) {
        const size_t n = 2 + random_below(&random, 8);
        double best[2][9], worst[2][9];
        size_t order[9];
        for (size_t i = 0; i < n; i++) {
            best[0][i] = 2.0 + random_below(&random, 7);
            worst[0][i] = 2.0 + random_below(&random, 7);
        }
        best[0][0] = worst[0][n - 1] = 1.0;
        best[0][n - 1] = worst[0][0] = 9.0;
        shuffle(&random, order, n);
        for (size_t i = 0; i < n; i++) {
            best[1][i] = best[0][order[i]];
            worst[1][i] = worst[0][order[i]];
        }
        custval_weights *weights[2] = {NULL, NULL};
        for (size_t k = 0; k < 2; k++) {
            custval_bwm_judgements judgements = CUSTVAL_BWM_JUDGEMENTS_INIT;
            custval_error error = CUSTVAL_ERROR_INIT;
            judgements.names = judging_names();
            judgements.count = n;
            judgements.best_to_others = best[k];
            judgements.others_to_worst = worst[k];
            judgements.model = CUSTVAL_BWM_LINEAR + (uint32_t)round % 2;
            assert_ok(custval_weights_bwm(NULL, &judgements, &weights[k], &error), &error);
        }
        assert_double_near(judging_diagnostic(weights[0], "ksi"), judging_diagnostic(weights[1], "ksi"), 1e-12);
        for (size_t i = 0; i < n; i++) {
            assert_double_near(custval_weights_share(weights[1], i), custval_weights_share(weights[0], order[i]),
                               1e-12);
        }
        custval_weights_free(weights[0]);
        custval_weights_free(weights[1]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_order_of_the_criteria_does_not_matter),
        cmocka_unit_test(the_opposite_judgements_are_as_consistent),
        cmocka_unit_test(consistent_judgements_leave_no_choice_of_method),
        cmocka_unit_test(aggregating_judgements_or_priorities_is_one_with_geometric_means),
        cmocka_unit_test(a_member_is_the_same_alone_and_in_a_group),
        cmocka_unit_test(threads_change_nothing),
        cmocka_unit_test(threads_name_the_same_mistake),
        cmocka_unit_test(the_order_does_not_matter_to_best_and_worst),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
