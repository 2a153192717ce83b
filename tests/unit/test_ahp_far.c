/* Judgements that imply ratios beyond what a double holds. Chains have no cycle to contradict themselves by: their
   weights are powers of the judgement. Other numbers come from 50-digit arithmetic (mpmath). */
/* SPDX-License-Identifier: Apache-2.0 */
#include "judging.h"

static double matrix[2 * CUSTVAL_MAX_JUDGED * CUSTVAL_MAX_JUDGED];

static void judge(double *to, size_t n, size_t i, size_t j, double value) {
    to[i * n + j] = value;
    to[j * n + i] = 1.0 / value;
}

/* Criterion i * stride mod n is the i-th of the chain. */
static void fill_chain(double *to, size_t n, size_t stride, double times) {
    for (size_t k = 0; k < n * n; k++) to[k] = (double)NAN;
    for (size_t i = 0; i < n; i++) to[i * n + i] = 1.0;
    for (size_t i = 0; i + 1 < n; i++) judge(to, n, i * stride % n, (i + 1) * stride % n, times);
}

static custval_ahp_options options_of(uint32_t method) {
    custval_ahp_options options = CUSTVAL_AHP_OPTIONS_INIT;
    options.method = method;
    options.random_index = CUSTVAL_RANDOM_INDEX_ALONSO_LAMATA_FIT;
    return options;
}

static void assert_chain(const custval_weights *weights, size_t n, size_t stride, double times) {
    const double first = (1.0 - 1.0 / times) / (1.0 - pow(times, -(double)n));
    double sum = 0.0;
    size_t zeros = 0;
    for (size_t i = 0; i < n; i++) {
        const double share = custval_weights_share(weights, i * stride % n), expected = first * pow(times, -(double)i);
        sum += custval_weights_share(weights, i);
        if (share == 0.0) zeros++;
        /* Shares are rounded so that they add up to 1. */
        if (share == 0.0 || share < 1e-300) {
            assert_true(expected < 1e-299);
        } else {
            assert_double_near(share, expected, 2e-13 * expected + 1e-16);
        }
    }
    assert_double_bits(sum, 1.0);
    const custval_table *notes = custval_weights_notes(weights);
    assert_int_equal(custval_table_rows(notes), zeros);
    if (zeros > 0) assert_true(judging_note(weights, "zero-weight") == 0);
    assert_double_near(judging_diagnostic(weights, "lambda_max"), (double)n, 1e-11);
    assert_double_near(judging_diagnostic(weights, "cr"), 0.0, 1e-12);
    assert_double_near(judging_diagnostic(weights, "gci"), 0.0, 1e-20);
    assert_true(judging_diagnostic(weights, "steps") <= 12.0);
}

static void chains_are_consistent_however_far_they_reach(void **state) {
    (void)state;
    static const struct {
        size_t n, stride;
        double times;
    } cases[] = {{70, 1, 9},  {10, 1, 1e7},  {100, 1, 9},    {100, 37, 9},   {100, 99, 1.0 / 9},
                 {13, 1, 10}, {100, 1, 1e9}, {100, 63, 1e9}, {100, 1, 1e-9}, {30, 7, 1234.5}};
    for (size_t k = 0; k < SUPPORT_COUNT(cases); k++) {
        const size_t n = cases[k].n;
        fill_chain(matrix, n, cases[k].stride, cases[k].times);
        const custval_judgements judgements = judging_of(matrix, n, 1);
        for (uint32_t method = CUSTVAL_AHP_EIGENVECTOR; method <= CUSTVAL_AHP_ARITHMETIC; method++) {
            const custval_ahp_options options = options_of(method);
            custval_weights *weights = judging_ahp(&judgements, &options);
            if (cases[k].times > 1.0) {
                assert_chain(weights, n, cases[k].stride, cases[k].times);
            } else {
                /* The last is the first. */
                const size_t last = (n - 1) * cases[k].stride % n;
                assert_double_near(custval_weights_share(weights, last), 1.0 - cases[k].times, 1e-13);
                assert_double_near(judging_diagnostic(weights, "cr"), 0.0, 1e-12);
            }
            custval_weights_free(weights);
        }
    }
}

/* A chain of seventeen, 1e4 each, and c0 over c2 is judged 1e7 rather than 1e8. From c3 on, a step is 1e4. */
static void contradictions_within_a_long_chain_are_told_as_they_are(void **state) {
    (void)state;
    static const struct {
        uint32_t method;
        double shares[4];
    } cases[] = {
        {CUSTVAL_AHP_EIGENVECTOR,
         {0.999784556536522336, 0.000215397053116042682, 4.6405888336384261e-8, 4.47283799391228411e-12}},
        {CUSTVAL_AHP_GEOMETRIC,
         {0.999784556536354604, 0.000215397053116006546, 4.64058883363764756e-8, 4.64058883363764756e-12}},
        {CUSTVAL_AHP_ARITHMETIC,
         {0.999752035336053203, 0.000247914096106831832, 5.05630304488099145e-8, 4.8090350686145792e-12}},
    };
    const size_t n = 17;
    fill_chain(matrix, n, 1, 1e4);
    judge(matrix, n, 0, 2, 1e7);
    const custval_judgements judgements = judging_of(matrix, n, 1);
    for (size_t k = 0; k < SUPPORT_COUNT(cases); k++) {
        const custval_ahp_options options = options_of(cases[k].method);
        custval_weights *weights = judging_ahp(&judgements, &options);
        for (size_t i = 0; i < n; i++) {
            const double expected = i < 4 ? cases[k].shares[i] : cases[k].shares[3] * pow(1e-4, (double)i - 3.0);
            assert_double_near(custval_weights_share(weights, i), expected, 1e-12 * expected + 2e-16);
        }
        const double lambda_max = judging_diagnostic(weights, "lambda_max");
        if (cases[k].method == CUSTVAL_AHP_EIGENVECTOR) assert_double_near(lambda_max, 17.112513021903179431, 1e-11);
        if (cases[k].method == CUSTVAL_AHP_ARITHMETIC) assert_double_near(lambda_max, 17.123719032683841423, 1e-11);
        /* The logarithm left over, ln 10, is spread over the three pairs. */
        const double gci = log(10.0) * log(10.0) / 3.0 / (16.0 * 15.0 / 2.0);
        if (cases[k].method == CUSTVAL_AHP_GEOMETRIC)
            assert_double_near(judging_diagnostic(weights, "gci"), gci, 1e-14);
        assert_int_equal(custval_table_rows(custval_weights_notes(weights)), 0);
        custval_weights_free(weights);
        custval_ahp_options strict = options;
        strict.cr_limit = 0.001;
        weights = judging_ahp(&judgements, &strict);
        assert_noted(weights, "inconsistent", "c0",
                     "\"c0\", \"c1\" and \"c2\" fit worst; \"c0\" over \"c1\" was judged 10000, but the other two "
                     "judgements imply 1000");
        custval_weights_free(weights);
    }
}

/* The tail of the chain contradicts itself where no weight is above 0: what to revisit is found in logarithms. */
static void triads_of_weights_too_small_are_told_as_all_others(void **state) {
    (void)state;
    const size_t n = 60;
    fill_chain(matrix, n, 1, 1e9);
    judge(matrix, n, 57, 59, 1e9);
    const custval_judgements judgements = judging_of(matrix, n, 1);
    const custval_ahp_options options = options_of(CUSTVAL_AHP_GEOMETRIC);
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *triads = NULL;
    assert_ok(custval_ahp_triads(NULL, &judgements, &options, &triads, &error), &error);
    assert_int_equal(custval_table_rows(triads), 1);
    assert_double_near(table_cell(triads, "inconsistency", 0), log(1e9), 1e-13);
    assert_double_near(table_cell(triads, "judgement", 0), 1e9, 1e-5);
    assert_double_near(table_cell(triads, "suggested", 0), 1.0, 1e-15);
    /* Two thirds of the logarithm: each of the three is a third off, and the first of equals is shown. */
    assert_double_near(table_cell(triads, "by_weights", 0), 1e6, 1e-6);
    custval_table_free(triads);
}

/* Two who judge opposite chains: in the geometric mean they cancel out, though either's last weight is 1e-891. */
static void members_far_apart_have_a_mean(void **state) {
    (void)state;
    const size_t n = CUSTVAL_MAX_JUDGED;
    fill_chain(matrix, n, 1, 1e9);
    fill_chain(matrix + n * n, n, 1, 1e-9);
    const custval_judgements judgements = judging_of(matrix, n, 2);
    custval_error error = CUSTVAL_ERROR_INIT;
    for (uint32_t grouping = CUSTVAL_GROUPING_JUDGEMENTS; grouping <= CUSTVAL_GROUPING_PRIORITIES_ARITHMETIC;
         grouping++) {
        custval_ahp_options options = options_of(CUSTVAL_AHP_EIGENVECTOR);
        options.grouping = grouping;
        custval_weights *weights = judging_ahp(&judgements, &options);
        const double consensus = judging_diagnostic(weights, "consensus");
        assert_true(consensus >= 0.0 && consensus <= 1.0);
        const int is_arithmetic = grouping == CUSTVAL_GROUPING_PRIORITIES_ARITHMETIC;
        assert_double_near(custval_weights_share(weights, 0), is_arithmetic ? 0.5 : 0.01, 1e-9);
        assert_double_near(custval_weights_share(weights, 50), is_arithmetic ? 0.0 : 0.01, 1e-12);
        custval_noise_options noise = CUSTVAL_NOISE_OPTIONS_INIT;
        custval_table *draws = NULL;
        noise.spread = 0.0;
        noise.draws = 1;
        assert_ok(custval_draw_judgements(&judgements, &options, &noise, &draws, &error), &error);
        for (size_t i = 0; i < n; i++) {
            assert_double_near(table_cell(draws, judging_names()[i], 0), custval_weights_share(weights, i), 1e-12);
        }
        custval_table_free(draws);
        custval_weights_free(weights);
    }
    custval_table *members = NULL;
    assert_ok(custval_ahp_members(NULL, &judgements, NULL, &members, &error), &error);
    for (size_t m = 0; m < 2; m++) {
        const custval_judgements own = judging_of(matrix + m * n * n, n, 1);
        custval_weights *weights = judging_ahp(&own, NULL);
        for (size_t i = 0; i < n; i++) {
            assert_double_bits(table_cell(members, judging_names()[i], m), custval_weights_share(weights, i));
        }
        assert_double_bits(table_cell(members, "lambda_max", m), judging_diagnostic(weights, "lambda_max"));
        custval_weights_free(weights);
    }
    custval_table_free(members);
}

/* Every pair near enough was judged as it is: more judgements than a chain, and still no contradiction. */
static void consistent_judgements_with_gaps_give_their_weights(void **state) {
    (void)state;
    support_random random = random_seeded("far apart");
    for (int round = 0; round < 60; round++) {
        const size_t n = 3 + random_below(&random, 48);
        double logs[51];
        for (size_t i = 0; i < n; i++) logs[i] = i == 0 ? 0.0 : logs[i - 1] - random_between(&random, 0.0, 9.0);
        for (size_t k = 0; k < n * n; k++) matrix[k] = (double)NAN;
        for (size_t i = 0; i < n; i++) {
            matrix[i * n + i] = 1.0;
            for (size_t j = i + 1; j < n && logs[i] - logs[j] < 20.0; j++) {
                judge(matrix, n, i, j, exp(logs[i] - logs[j]));
            }
        }
        const custval_judgements judgements = judging_of(matrix, n, 1);
        for (uint32_t method = CUSTVAL_AHP_EIGENVECTOR; method <= CUSTVAL_AHP_ARITHMETIC; method++) {
            const custval_ahp_options options = options_of(method);
            custval_weights *weights = judging_ahp(&judgements, &options);
            for (size_t i = 0; i < n; i++) {
                const double ratio = custval_weights_share(weights, i) / custval_weights_share(weights, 0);
                assert_double_near(ratio, exp(logs[i]), 1e-12 * exp(logs[i]) + 1e-15);
            }
            assert_double_near(judging_diagnostic(weights, "cr"), 0.0, 1e-12);
            assert_not_noted(weights, "inconsistent");
            custval_weights_free(weights);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chains_are_consistent_however_far_they_reach),
        cmocka_unit_test(contradictions_within_a_long_chain_are_told_as_they_are),
        cmocka_unit_test(triads_of_weights_too_small_are_told_as_all_others),
        cmocka_unit_test(members_far_apart_have_a_mean),
        cmocka_unit_test(consistent_judgements_with_gaps_give_their_weights),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
