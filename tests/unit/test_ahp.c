/* Weights from judgements in pairs. Reference numbers come from 50-digit arithmetic (mpmath: power iteration until
   nothing moves, row geometric means, the formulas as published), unless a test says otherwise. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "ahp_group.h"
#include "weights/pairwise.h"

/* ---- One judge ------------------------------------------------------------------------------------------------------- */

static void everything_about_one_judge(void **state) {
    (void)state;
    for (size_t m = 0; m < 3; m++) {
        custval_judgements judgements = group();
        judgements.matrices = group_matrices[m];
        judgements.members = 1;
        custval_weights *weights = judging_ahp(&judgements, NULL);
        assert_shares(weights, priorities[m], 1e-14);
        assert_double_near(judging_diagnostic(weights, "lambda_max"), lambdas[m], 1e-13);
        assert_double_near(judging_diagnostic(weights, "ci"), (lambdas[m] - 5.0) / 4.0, 1e-13);
        assert_double_bits(judging_diagnostic(weights, "ri"), 1.12);
        assert_double_near(judging_diagnostic(weights, "cr"), (lambdas[m] - 5.0) / 4.0 / 1.12, 1e-13);
        assert_double_near(judging_diagnostic(weights, "gci"), gcis[m], 1e-14);
        assert_double_bits(judging_diagnostic(weights, "missing"), 0.0);
        assert_in_range((unsigned long)judging_diagnostic(weights, "steps"), 8, 40);
        assert_int_equal(custval_table_rows(custval_weights_diagnostics(weights)), 7);
        assert_string_equal(custval_weights_method(weights), "ahp-eigenvector");
        assert_int_equal(custval_weights_sample(weights), 1);
        assert_int_equal(custval_table_columns(custval_weights_table(weights)), 2);
        custval_weights_free(weights);
    }
}

static void one_or_two_criteria_are_always_consistent(void **state) {
    (void)state;
    static const double one[] = {1}, two[] = {1, 3, 1.0 / 3, 1};
    for (uint32_t method = CUSTVAL_AHP_EIGENVECTOR; method <= CUSTVAL_AHP_ARITHMETIC; method++) {
        custval_ahp_options options = CUSTVAL_AHP_OPTIONS_INIT;
        options.method = method;
        for (size_t count = 1; count <= 2; count++) {
            const custval_judgements judgements = judging_of(count == 1 ? one : two, count, 1);
            custval_weights *weights = judging_ahp(&judgements, &options);
            assert_double_near(custval_weights_share(weights, 0), count == 1 ? 1.0 : 0.75, 1e-15);
            assert_double_near(judging_diagnostic(weights, "lambda_max"), (double)count, 1e-15);
            assert_double_bits(judging_diagnostic(weights, "ci"), 0.0);
            assert_double_bits(judging_diagnostic(weights, "ri"), 0.0);
            assert_double_bits(judging_diagnostic(weights, "cr"), 0.0);
            assert_double_bits(judging_diagnostic(weights, "gci"), NONE);
            assert_int_equal(custval_table_rows(custval_weights_notes(weights)), 0);
            custval_weights_free(weights);
        }
    }
}

/* Of 16 criteria and more most tables say nothing; the fit does: (1.7699 n - 4.3513) / (n - 1). */
static void more_criteria_than_the_table_has_are_weighed_all_the_same(void **state) {
    (void)state;
    static double matrix[CUSTVAL_MAX_JUDGED * CUSTVAL_MAX_JUDGED];
    static const size_t counts[] = {16, 33, CUSTVAL_MAX_JUDGED};
    for (size_t k = 0; k < SUPPORT_COUNT(counts); k++) {
        const size_t count = counts[k];
        for (size_t i = 0; i < count * count; i++) matrix[i] = (double)(i / count + 1) / (double)(i % count + 1);
        const custval_judgements judgements = judging_of(matrix, count, 1);
        custval_ahp_options options = CUSTVAL_AHP_OPTIONS_INIT;
        custval_weights *weights = judging_ahp(&judgements, &options);
        for (size_t i = 0; i < count; i++) {
            const double expected = 2.0 * (double)(i + 1) / (double)(count * (count + 1));
            assert_double_near(custval_weights_share(weights, i), expected, 1e-14);
        }
        assert_double_bits(judging_diagnostic(weights, "ri"), NONE);
        assert_double_bits(judging_diagnostic(weights, "cr"), NONE);
        assert_double_near(judging_diagnostic(weights, "ci"), 0.0, 1e-14);
        assert_noted(weights, "no-random-index", NULL, "no random index for");
        custval_weights_free(weights);
        options.random_index = CUSTVAL_RANDOM_INDEX_ALONSO_LAMATA_FIT;
        weights = judging_ahp(&judgements, &options);
        const double n = (double)count;
        assert_double_near(judging_diagnostic(weights, "ri"), (1.7699 * n - 4.3513) / (n - 1.0), 1e-14);
        assert_double_near(judging_diagnostic(weights, "cr"), 0.0, 1e-13);
        assert_int_equal(custval_table_rows(custval_weights_notes(weights)), 0);
        custval_weights_free(weights);
    }
}

static void random_indices_of_no_table_and_no_criteria_are_none(void **state) {
    (void)state;
    assert_double_bits(custval_random_index_value(0, 9), 1.45); /* the default */
    assert_double_bits(custval_random_index_value(9, 2), NONE);
    assert_double_bits(custval_random_index_value(UINT32_MAX, 5), NONE);
    for (uint32_t table = 0; table <= CUSTVAL_RANDOM_INDEX_ALONSO_LAMATA_FIT; table++) {
        assert_double_bits(custval_random_index_value(table, 0), NONE);
        assert_double_bits(custval_random_index_value(table, 1), 0.0);
        assert_double_bits(custval_random_index_value(table, 2), 0.0);
        assert_true(custval_random_index_value(table, 3) > 0.4);
        const int is_fit = table == CUSTVAL_RANDOM_INDEX_ALONSO_LAMATA_FIT;
        assert_int_equal(isnan(custval_random_index_value(table, 16)) != 0, !is_fit);
    }
}

/* What people write who round: of a pair the larger counts, in whatever order the criteria are. */
static void rounded_reciprocals_count_as_the_judgement_that_they_round(void **state) {
    (void)state;
    static const double rounded[] = {1, 3, 8, 0.33, 1, 4, 0.13, 0.25, 1},
                        turned[] = {1, 0.25, 0.13, 4, 1, 0.33, 8, 3, 1};
    static const double upper[] = {3, 8, 4};
    double exact[9];
    judging_fill(upper, 3, exact);
    const custval_judgements first = judging_of(rounded, 3, 1), second = judging_of(exact, 3, 1),
                             third = judging_of(turned, 3, 1);
    custval_weights *a = judging_ahp(&first, NULL), *b = judging_ahp(&second, NULL), *c = judging_ahp(&third, NULL);
    for (size_t i = 0; i < 3; i++) {
        assert_double_bits(custval_weights_share(a, i), custval_weights_share(b, i));
        assert_double_near(custval_weights_share(c, 2 - i), custval_weights_share(b, i), 1e-15);
    }
    custval_weights_free(a);
    custval_weights_free(b);
    custval_weights_free(c);
}

static void one_side_of_a_pair_is_enough(void **state) {
    (void)state;
    custval_judgements judgements = group();
    judgements.members = 1;
    custval_weights *whole = judging_ahp(&judgements, NULL);
    double halves[2][25];
    for (size_t i = 0; i < 5; i++) {
        for (size_t j = 0; j < 5; j++) {
            const double a = group_matrices[0][i * 5 + j];
            halves[0][i * 5 + j] = i <= j ? a : NONE;
            halves[1][i * 5 + j] = i == j || a > 1.0 ? a : NONE; /* 1 is nowhere in this matrix */
        }
    }
    for (size_t k = 0; k < 2; k++) {
        judgements.matrices = halves[k];
        custval_weights *half = judging_ahp(&judgements, NULL);
        for (size_t i = 0; i < 5; i++) {
            assert_double_near(custval_weights_share(half, i), custval_weights_share(whole, i), 1e-15);
        }
        assert_double_bits(judging_diagnostic(half, "missing"), 0.0);
        custval_weights_free(half);
    }
    custval_weights_free(whole);
}

/* Means of a group, 2.5 times and the like, are judgements as good as 1..9. */
static void judgements_need_not_be_whole_numbers(void **state) {
    (void)state;
    static const double upper[] = {2.5, 1e-9, 1e9};
    double matrix[9];
    judging_fill(upper, 3, matrix);
    const custval_judgements judgements = judging_of(matrix, 3, 1);
    custval_weights *weights = judging_ahp(&judgements, NULL);
    double sum = 0.0;
    for (size_t i = 0; i < 3; i++) sum += custval_weights_share(weights, i);
    assert_double_bits(sum, 1.0);
    custval_weights_free(weights);
}

/* ---- Remarks --------------------------------------------------------------------------------------------------------- */

/* The matrix of a textbook mistake: c0 is 2 times c1, c1 3 times c2, but c2 is preferred to c0. */
static const double circle[] = {1, 2, 0.25, 0.5, 1, 3, 4, 1.0 / 3, 1};

static void circular_judgements_are_named_with_the_one_to_revisit(void **state) {
    (void)state;
    const custval_judgements judgements = judging_of(circle, 3, 1);
    custval_weights *weights = judging_ahp(&judgements, NULL);
    assert_noted(weights, "circular", "c0", "\"c0\" is preferred to \"c1\", \"c1\" to \"c2\", and \"c2\" to \"c0\"");
    assert_noted(weights, "inconsistent", "c0",
                 "\"c0\" over \"c1\" was judged 2, but the other two judgements imply 0.083");
    custval_weights_free(weights);
    /* The other way round. */
    static const double back[] = {1, 0.25, 2, 4, 1, 1.0 / 3, 0.5, 3, 1};
    const custval_judgements turned = judging_of(back, 3, 1);
    weights = judging_ahp(&turned, NULL);
    assert_noted(weights, "circular", "c0", "\"c0\" is preferred to \"c2\", \"c2\" to \"c1\", and \"c1\" to \"c0\"");
    custval_weights_free(weights);
}

static void implied_judgements_are_printed_with_their_digits(void **state) {
    (void)state;
    static const double far_round[] = {1, 1e9, 1e-9, 1e-9, 1, 1e9, 1e9, 1e-9, 1};
    const custval_judgements judgements = judging_of(far_round, 3, 1);
    custval_weights *weights = judging_ahp(&judgements, NULL);
    assert_noted(weights, "inconsistent", "c0", "the other two judgements imply 1e-18");
    custval_weights_free(weights);
}

static void the_limit_decides_what_is_inconsistent(void **state) {
    (void)state;
    custval_judgements judgements = group();
    custval_ahp_options options = CUSTVAL_AHP_OPTIONS_INIT;
    judgements.members = 1;
    custval_weights *weights = judging_ahp(&judgements, &options);
    const double cr = judging_diagnostic(weights, "cr");
    assert_not_noted(weights, "inconsistent");
    custval_weights_free(weights);
    options.cr_limit = nextafter(cr, 0.0);
    weights = judging_ahp(&judgements, &options);
    assert_noted(weights, "inconsistent", "c1",
                 "\"c1\" over \"c3\" was judged 4, but the other two judgements imply 1");
    custval_weights_free(weights);
    options.cr_limit = cr;
    weights = judging_ahp(&judgements, &options);
    assert_not_noted(weights, "inconsistent");
    custval_weights_free(weights);
}

/* Four judgements in a ring, 2, 2, 2 and, back to the start, 2: no three of them are about the same criteria. */
static void inconsistency_may_show_in_no_triad(void **state) {
    (void)state;
    static const double upper[] = {2, NONE, 0.5, 2, NONE, 2};
    double matrix[16];
    judging_fill(upper, 4, matrix);
    const custval_judgements judgements = judging_of(matrix, 4, 1);
    custval_weights *weights = judging_ahp(&judgements, NULL);
    for (size_t i = 0; i < 4; i++) assert_double_near(custval_weights_share(weights, i), 0.25, 1e-14);
    assert_noted(weights, "inconsistent", NULL, "is above 0.1");
    assert_not_noted(weights, "circular");
    custval_weights_free(weights);
}

/* Two criteria of three circles that turn almost without a pull: the other eigenvalues are as large as the first. */
static void an_iteration_that_does_not_settle_says_so(void **state) {
    (void)state;
    static const double upper[] = {9e8, 1e-9, 1e9};
    double matrix[9];
    judging_fill(upper, 3, matrix);
    custval_ahp_options options = CUSTVAL_AHP_OPTIONS_INIT;
    const custval_judgements judgements = judging_of(matrix, 3, 1);
    custval_weights *weights = judging_ahp(&judgements, &options);
    assert_noted(weights, "no-convergence", NULL, "geometric means");
    assert_double_bits(judging_diagnostic(weights, "steps"), CUSTVAL__POWER_STEPS);
    custval_weights_free(weights);
    options.method = CUSTVAL_AHP_GEOMETRIC;
    weights = judging_ahp(&judgements, &options);
    assert_not_noted(weights, "no-convergence");
    assert_double_bits(judging_diagnostic(weights, "steps"), 0.0);
    custval_weights_free(weights);
}

/* ---- Groups ---------------------------------------------------------------------------------------------------------- */

static void judges_count_by_their_importance(void **state) {
    (void)state;
    static const double expected[3][5] = {
        {0.17965895203587017817, 0.45336913808856496411, 0.083870326514048764116, 0.23888712886474961051,
         0.044214454496766483084},
        {0.17999796729885396166, 0.45430117847823069899, 0.083591774079653204175, 0.23784363521791898871,
         0.044265444925343146474},
        {0.18186030458757711239, 0.45373556403354279161, 0.083084266818648689035, 0.23688807567920602185,
         0.044431788881025385112},
    };
    custval_judgements judgements = group();
    judgements.member_weights = importance;
    for (uint32_t grouping = 0; grouping <= CUSTVAL_GROUPING_PRIORITIES_ARITHMETIC; grouping++) {
        custval_ahp_options options = CUSTVAL_AHP_OPTIONS_INIT;
        options.grouping = grouping;
        custval_weights *weights = judging_ahp(&judgements, &options);
        assert_shares(weights, expected[grouping == 0 ? 0 : grouping - 1], 1e-14);
        /* Consistency is that of the aggregated judgements, whichever way the weights are. */
        assert_double_near(judging_diagnostic(weights, "lambda_max"), 5.1652581582644403791, 1e-13);
        assert_double_near(judging_diagnostic(weights, "consensus"), 0.9856880788469757759, 1e-14);
        assert_double_near(judging_diagnostic(weights, "least_cr"), (lambdas[1] - 5.0) / 4.0 / 1.12, 1e-13);
        assert_double_near(judging_diagnostic(weights, "largest_cr"), (lambdas[2] - 5.0) / 4.0 / 1.12, 1e-13);
        assert_double_bits(judging_diagnostic(weights, "members"), 3.0);
        assert_int_equal(custval_weights_sample(weights), 3);
        custval_weights_free(weights);
    }
}

/* AHP-OS's formula (K. D. Goepel), evaluated in 50 digits. */
static void consensus_reaches_from_0_to_1(void **state) {
    (void)state;
    custval_judgements judgements = group();
    custval_weights *weights = judging_ahp(&judgements, NULL);
    assert_double_near(judging_diagnostic(weights, "consensus"), 0.98711779938979411151, 1e-14);
    custval_weights_free(weights);
    static const double opposed[2][4] = {{1, 9, 1.0 / 9, 1}, {1, 1.0 / 9, 9, 1}};
    static const double beyond[2][4] = {{1, 100, 0.01, 1}, {1, 0.01, 100, 1}};
    static const double agreed[2][4] = {{1, 9, 1.0 / 9, 1}, {1, 9, 1.0 / 9, 1}}, alone[2] = {1, 1};
    const custval_judgements cases[] = {judging_of(opposed[0], 2, 2), judging_of(beyond[0], 2, 2),
                                        judging_of(agreed[0], 2, 2), judging_of(alone, 1, 2)};
    static const double expected[] = {0, 0, 1, 1};
    for (size_t k = 0; k < SUPPORT_COUNT(cases); k++) {
        weights = judging_ahp(&cases[k], NULL);
        const double consensus = judging_diagnostic(weights, "consensus");
        assert_double_near(consensus, expected[k], 1e-15);
        assert_true(consensus >= 0.0 && consensus <= 1.0);
        custval_weights_free(weights);
    }
}

static void an_inconsistent_member_is_named(void **state) {
    (void)state;
    static const char *const people[] = {"Ann", "Bob", "Eve"};
    double matrices[3][9];
    static const double consistent[] = {2, 4, 2};
    judging_fill(consistent, 3, matrices[0]);
    memcpy(matrices[1], circle, sizeof circle);
    judging_fill(consistent, 3, matrices[2]);
    custval_judgements judgements = judging_of(matrices[0], 3, 3);
    judgements.member_names = people;
    custval_weights *weights = judging_ahp(&judgements, NULL);
    assert_noted(weights, "inconsistent-member", NULL,
                 "1 of 3 members have a consistency ratio above 0.1; the largest,");
    assert_noted(weights, "inconsistent-member", NULL, "is that of \"Bob\"");
    custval_weights_free(weights);
    judgements.member_names = NULL;
    weights = judging_ahp(&judgements, NULL);
    assert_noted(weights, "inconsistent-member", NULL, "is that of \"2\"");
    custval_weights_free(weights);
}

static void every_member_has_a_row(void **state) {
    (void)state;
    static const double distances[] = {0.018828362871066613, 0.063751008914755786, 0.044627380209834339};
    static const char *const columns[] = {"member",     "c0", "c1", "c2",  "c3",      "c4",
                                          "lambda_max", "ci", "cr", "gci", "missing", "distance"};
    custval_judgements judgements = group();
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = NULL;
    judgements.member_weights = importance;
    assert_ok(custval_ahp_members(NULL, &judgements, NULL, &table, &error), &error);
    assert_int_equal(custval_table_columns(table), SUPPORT_COUNT(columns));
    for (size_t i = 0; i < SUPPORT_COUNT(columns); i++) assert_string_equal(custval_table_name(table, i), columns[i]);
    assert_int_equal(custval_table_rows(table), 3);
    for (size_t m = 0; m < 3; m++) {
        for (size_t i = 0; i < 5; i++) {
            assert_double_near(table_cell(table, columns[1 + i], m), priorities[m][i], 1e-14);
        }
        assert_double_near(table_cell(table, "lambda_max", m), lambdas[m], 1e-13);
        assert_double_near(table_cell(table, "gci", m), gcis[m], 1e-14);
        assert_double_near(table_cell(table, "distance", m), distances[m], 1e-14);
        assert_double_bits(table_cell(table, "missing", m), 0.0);
    }
    assert_string_equal(judging_text(table, "member", 2), "3");
    custval_table_free(table);
}

static void criteria_may_be_called_as_the_columns_are(void **state) {
    (void)state;
    static const char *const names[] = {"cr", "weight of cr", "member"};
    static const char *const columns[] = {"member", "weight of weight of cr", "weight of cr", "weight of member"};
    static const double upper[] = {2, 4, 2};
    double matrix[9];
    judging_fill(upper, 3, matrix);
    custval_judgements judgements = judging_of(matrix, 3, 1);
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = NULL;
    judgements.names = names;
    assert_ok(custval_ahp_members(NULL, &judgements, NULL, &table, &error), &error);
    for (size_t i = 0; i < SUPPORT_COUNT(columns); i++) assert_string_equal(custval_table_name(table, i), columns[i]);
    assert_double_near(table_cell(table, "weight of weight of cr", 0), 4.0 / 7.0, 1e-15);
    assert_double_near(table_cell(table, "weight of cr", 0), 2.0 / 7.0, 1e-15);
    custval_table_free(table);
}

/* ---- Incomplete judgements ------------------------------------------------------------------------------------------- */

/* Found by setting the derivatives of lambda_max by the three gaps to 0 in 50 digits, and lambda_max itself is what
   SciPy's minimiser finds. The geometric weights are the logarithmic least squares of what was judged. */
static void gaps_take_what_leaves_lambda_max_smallest(void **state) {
    (void)state;
    static const double by_eigenvector[] = {0.1677466546718545275, 0.47222296328670314903, 0.094106313010824528292,
                                            0.22887085156669910987, 0.037053217463918685297};
    static const double by_least_squares[] = {0.17372696848145439569, 0.45926536165637598088, 0.099433867568167313791,
                                              0.22963268082818799044, 0.0379411214658143192};
    double upper[10], matrix[25];
    memcpy(upper, uppers[0], sizeof upper);
    upper[3] = upper[4] = upper[7] = NONE; /* (0, 4), (1, 2), (2, 3) */
    judging_fill(upper, 5, matrix);
    const custval_judgements judgements = judging_of(matrix, 5, 1);
    custval_ahp_options options = CUSTVAL_AHP_OPTIONS_INIT;
    custval_weights *weights = judging_ahp(&judgements, &options);
    assert_shares(weights, by_eigenvector, 1e-14);
    assert_double_near(judging_diagnostic(weights, "lambda_max"), 5.2117453221482709882, 1e-13);
    assert_double_bits(judging_diagnostic(weights, "missing"), 3.0);
    custval_weights_free(weights);
    options.method = CUSTVAL_AHP_GEOMETRIC;
    weights = judging_ahp(&judgements, &options);
    assert_shares(weights, by_least_squares, 1e-14);
    custval_weights_free(weights);
}

static void a_chain_of_judgements_is_enough(void **state) {
    (void)state;
    static const double upper[] = {2, NONE, NONE, 3, NONE, 0.5}, expected[] = {6.0 / 12, 3.0 / 12, 1.0 / 12, 2.0 / 12};
    double matrix[16];
    judging_fill(upper, 4, matrix);
    for (uint32_t method = CUSTVAL_AHP_EIGENVECTOR; method <= CUSTVAL_AHP_ARITHMETIC; method++) {
        custval_ahp_options options = CUSTVAL_AHP_OPTIONS_INIT;
        options.method = method;
        const custval_judgements judgements = judging_of(matrix, 4, 1);
        custval_weights *weights = judging_ahp(&judgements, &options);
        assert_shares(weights, expected, 1e-15);
        assert_double_near(judging_diagnostic(weights, "cr"), 0.0, 1e-14);
        assert_double_bits(judging_diagnostic(weights, "missing"), 3.0);
        custval_weights_free(weights);
    }
}

/* Three people who each judged other pairs, and none of them enough for weights of their own. */
static void a_group_may_know_what_no_member_does(void **state) {
    (void)state;
    static const double parts[3][3] = {{2, NONE, NONE}, {NONE, 6, NONE}, {NONE, NONE, 3}};
    double matrices[3][9];
    for (size_t m = 0; m < 3; m++) judging_fill(parts[m], 3, matrices[m]);
    const custval_judgements judgements = judging_of(matrices[0], 3, 3);
    custval_ahp_options options = CUSTVAL_AHP_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_weights *weights = judging_ahp(&judgements, &options);
    static const double expected[] = {0.6, 0.3, 0.1};
    assert_shares(weights, expected, 1e-15);
    assert_double_bits(judging_diagnostic(weights, "missing"), 0.0);
    assert_double_bits(judging_diagnostic(weights, "consensus"), NONE);
    assert_double_bits(judging_diagnostic(weights, "least_cr"), NONE);
    assert_double_bits(judging_diagnostic(weights, "largest_cr"), NONE);
    assert_noted(weights, "unconnected-member", NULL, "of 3 of 3 members");
    custval_weights_free(weights);
    custval_table *table = NULL;
    assert_ok(custval_ahp_members(NULL, &judgements, &options, &table, &error), &error);
    static const char *const missing[] = {"c0", "c1", "c2", "lambda_max", "ci", "cr", "gci", "distance"};
    for (size_t m = 0; m < 3; m++) {
        assert_double_bits(table_cell(table, "missing", m), 2.0);
        for (size_t i = 0; i < SUPPORT_COUNT(missing); i++) assert_double_bits(table_cell(table, missing[i], m), NONE);
    }
    custval_table_free(table);
    options.grouping = CUSTVAL_GROUPING_PRIORITIES_GEOMETRIC;
    assert_status(custval_weights_ahp(NULL, &judgements, &options, &weights, &error), CUSTVAL_ERROR_STATE, &error);
    assert_message(&error, "member \"1\": no chain of judgements connects \"c2\" with \"c0\"");
    assert_null(weights);
}

static void judgements_that_leave_a_criterion_apart_are_refused(void **state) {
    (void)state;
    static const double upper[] = {2, NONE, NONE, NONE, NONE, 3};
    double matrix[16];
    judging_fill(upper, 4, matrix);
    const custval_judgements judgements = judging_of(matrix, 4, 1);
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_weights *weights = NULL;
    custval_table *table = NULL;
    assert_status(custval_weights_ahp(NULL, &judgements, NULL, &weights, &error), CUSTVAL_ERROR_STATE, &error);
    assert_message(&error, "no chain of judgements connects \"c2\" with \"c0\": more pairs must be judged");
    assert_status(custval_ahp_members(NULL, &judgements, NULL, &table, &error), CUSTVAL_ERROR_STATE, &error);
    assert_status(custval_ahp_triads(NULL, &judgements, NULL, &table, &error), CUSTVAL_ERROR_STATE, &error);
}

/* ---- Triads ---------------------------------------------------------------------------------------------------------- */

static void triads_are_listed_by_their_inconsistency(void **state) {
    (void)state;
    /* Consistent (8, 4, 2, 1) but for c0 over c3, judged 2 in place of 8. */
    static const double upper[] = {2, 4, 2, 2, 4, 2};
    double matrix[16];
    judging_fill(upper, 4, matrix);
    const custval_judgements judgements = judging_of(matrix, 4, 1);
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = NULL;
    assert_ok(custval_ahp_triads(NULL, &judgements, NULL, &table, &error), &error);
    static const char *const members[4][3] = {
        {"c0", "c1", "c3"}, {"c0", "c2", "c3"}, {"c0", "c1", "c2"}, {"c1", "c2", "c3"}};
    assert_int_equal(custval_table_rows(table), 4);
    for (size_t row = 0; row < 4; row++) {
        assert_string_equal(judging_text(table, "first", row), members[row][0]);
        assert_string_equal(judging_text(table, "second", row), members[row][1]);
        assert_string_equal(judging_text(table, "third", row), members[row][2]);
        assert_double_near(table_cell(table, "inconsistency", row), row < 2 ? log(4.0) : 0.0, 1e-15);
        assert_double_bits(table_cell(table, "circular", row), 0.0);
        if (row >= 2) continue;
        assert_string_equal(judging_text(table, "row", row), "c0");
        assert_string_equal(judging_text(table, "column", row), "c3");
        assert_double_bits(table_cell(table, "judgement", row), 2.0);
        assert_double_near(table_cell(table, "suggested", row), 8.0, 1e-14);
        custval_weights *weights = judging_ahp(&judgements, NULL);
        assert_double_near(table_cell(table, "by_weights", row),
                           custval_weights_share(weights, 0) / custval_weights_share(weights, 3), 1e-14);
        custval_weights_free(weights);
    }
    custval_table_free(table);
}

static void triads_with_a_gap_are_not_listed(void **state) {
    (void)state;
    static const double upper[] = {2, 4, NONE, 2, 4, 2}, two[] = {1, 2, 0.5, 1};
    double matrix[16];
    judging_fill(upper, 4, matrix);
    const custval_judgements judgements = judging_of(matrix, 4, 1), pair = judging_of(two, 2, 1);
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = NULL;
    assert_ok(custval_ahp_triads(NULL, &judgements, NULL, &table, &error), &error);
    assert_int_equal(custval_table_rows(table), 2);
    custval_table_free(table);
    assert_ok(custval_ahp_triads(NULL, &pair, NULL, &table, &error), &error);
    assert_int_equal(custval_table_rows(table), 0);
    assert_int_equal(custval_table_columns(table), 10);
    custval_table_free(table);
}

static void circular_triads_are_marked(void **state) {
    (void)state;
    const custval_judgements judgements = judging_of(circle, 3, 1);
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = NULL;
    assert_ok(custval_ahp_triads(NULL, &judgements, NULL, &table, &error), &error);
    assert_double_bits(table_cell(table, "circular", 0), 1.0);
    assert_double_near(table_cell(table, "inconsistency", 0), log(24.0), 1e-15);
    assert_string_equal(judging_text(table, "row", 0), "c0");
    assert_string_equal(judging_text(table, "column", 0), "c1");
    assert_double_bits(table_cell(table, "judgement", 0), 2.0);
    assert_double_near(table_cell(table, "suggested", 0), 1.0 / 12, 1e-16);
    custval_table_free(table);
}

/* ---- Awkward input --------------------------------------------------------------------------------------------------- */

static void wrong_judgements_are_named(void **state) {
    (void)state;
    static const struct {
        size_t row, column;
        double value;
        const char *part;
    } cases[] = {
        {0, 1, 0, "\"c0\" over \"c1\" is 0, but must be from 1e-9 to 1e9"},
        {1, 0, 0, "\"c1\" over \"c0\" is 0, but must be"},
        {2, 4, -3, "\"c2\" over \"c4\" is -3, but must be"},
        {4, 2, HUGE_VAL, "\"c4\" over \"c2\" is inf, but must be"},
        {0, 2, 1e-10, "\"c0\" over \"c2\" is 1e-10, but must be"},
        {3, 3, 2, "\"c3\" over itself is 2, but must be 1"},
        {3, 3, NONE, "\"c3\" over itself is nan, but must be 1"},
        {1, 2, 3, "\"c1\" over \"c2\" is 3, but \"c2\" over \"c1\" is 0.25: they are not reciprocal"},
        {2, 1, 0.27, "\"c1\" over \"c2\" is 4, but \"c2\" over \"c1\" is 0.27: they are not reciprocal"},
    };
    for (size_t k = 0; k < SUPPORT_COUNT(cases); k++) {
        custval_judgements judgements = group();
        custval_error error = CUSTVAL_ERROR_INIT;
        custval_weights *weights = NULL;
        group_matrices[0][cases[k].row * 5 + cases[k].column] = cases[k].value;
        judgements.members = 1;
        assert_status(custval_weights_ahp(NULL, &judgements, NULL, &weights, &error), CUSTVAL_ERROR_RANGE, &error);
        assert_message(&error, cases[k].part);
        assert_null(strstr(error.message, "member"));
        /* The same, as the second of two. */
        judgements = group();
        group_matrices[1][cases[k].row * 5 + cases[k].column] = cases[k].value;
        if (cases[k].row == 1 && cases[k].column == 2) continue; /* the second member said so anyway */
        assert_status(custval_weights_ahp(NULL, &judgements, NULL, &weights, &error), CUSTVAL_ERROR_RANGE, &error);
        assert_message(&error, "member \"2\": ");
        assert_null(weights);
    }
}

static void nothing_is_wrong_with_good_judgements(void **state) {
    (void)state;
    const custval_judgements judgements = group();
    custval__judges judges;
    assert_ok(custval__judges_read(&judges, &judgements, NULL, NULL), NULL);
    assert_ok(custval__judges_refuse(&judges, NULL), NULL);
}

static void a_pair_that_is_reciprocal_within_5_percent_passes(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_weights *weights = NULL;
    for (int judgement = 2; judgement <= 9; judgement++) {
        const double two_decimals = floor(100.0 / judgement + 0.5) / 100.0;
        const double matrix[] = {1, judgement, two_decimals, 1};
        const custval_judgements judgements = judging_of(matrix, 2, 1);
        assert_ok(custval_weights_ahp(NULL, &judgements, NULL, &weights, &error), &error);
        custval_weights_free(weights);
        const double neighbour[] = {1, judgement, 1.0 / (judgement + 1), 1};
        const custval_judgements wrong = judging_of(neighbour, 2, 1);
        assert_status(custval_weights_ahp(NULL, &wrong, NULL, &weights, &error), CUSTVAL_ERROR_RANGE, &error);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everything_about_one_judge),
        cmocka_unit_test(one_or_two_criteria_are_always_consistent),
        cmocka_unit_test(more_criteria_than_the_table_has_are_weighed_all_the_same),
        cmocka_unit_test(random_indices_of_no_table_and_no_criteria_are_none),
        cmocka_unit_test(rounded_reciprocals_count_as_the_judgement_that_they_round),
        cmocka_unit_test(one_side_of_a_pair_is_enough),
        cmocka_unit_test(judgements_need_not_be_whole_numbers),
        cmocka_unit_test(circular_judgements_are_named_with_the_one_to_revisit),
        cmocka_unit_test(implied_judgements_are_printed_with_their_digits),
        cmocka_unit_test(the_limit_decides_what_is_inconsistent),
        cmocka_unit_test(inconsistency_may_show_in_no_triad),
        cmocka_unit_test(an_iteration_that_does_not_settle_says_so),
        cmocka_unit_test(judges_count_by_their_importance),
        cmocka_unit_test(consensus_reaches_from_0_to_1),
        cmocka_unit_test(an_inconsistent_member_is_named),
        cmocka_unit_test(every_member_has_a_row),
        cmocka_unit_test(criteria_may_be_called_as_the_columns_are),
        cmocka_unit_test(gaps_take_what_leaves_lambda_max_smallest),
        cmocka_unit_test(a_chain_of_judgements_is_enough),
        cmocka_unit_test(a_group_may_know_what_no_member_does),
        cmocka_unit_test(judgements_that_leave_a_criterion_apart_are_refused),
        cmocka_unit_test(triads_are_listed_by_their_inconsistency),
        cmocka_unit_test(triads_with_a_gap_are_not_listed),
        cmocka_unit_test(circular_triads_are_marked),
        cmocka_unit_test(wrong_judgements_are_named),
        cmocka_unit_test(nothing_is_wrong_with_good_judgements),
        cmocka_unit_test(a_pair_that_is_reciprocal_within_5_percent_passes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
