/* The best-worst method. The linear model's answers are exact rationals, worked out by hand from the constraints that
   hold with equality; those of the non-linear model come from its closed form, and agree with SciPy's linprog. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "judging.h"

#define NONE ((double)NAN)

static custval_bwm_judgements judgements_of(const double *best_to_others, const double *others_to_worst, size_t count,
                                            uint32_t model) {
    custval_bwm_judgements judgements = CUSTVAL_BWM_JUDGEMENTS_INIT;
    judgements.names = judging_names();
    judgements.count = count;
    judgements.best_to_others = best_to_others;
    judgements.others_to_worst = others_to_worst;
    judgements.model = model;
    return judgements;
}

static custval_weights *bwm(const double *best_to_others, const double *others_to_worst, size_t count, uint32_t model) {
    const custval_bwm_judgements judgements = judgements_of(best_to_others, others_to_worst, count, model);
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_weights *weights = NULL;
    assert_ok(custval_weights_bwm(NULL, &judgements, &weights, &error), &error);
    return weights;
}

/* Best to one more, one more to worst: 4 x 4 against 8, so that (4 - ksi)^2 = 8 + ksi and ksi = 1. */
static const double from_best[] = {2, 1, 4, 3, 8}, to_worst[] = {4, 8, 4, 2, 1};

static void nonlinear_weights_are_the_middles_of_their_intervals(void **state) {
    (void)state;
    static const double low[] = {3.0 / 19, 9.0 / 21, 3.0 / 21, 2.25 / 20.25, 1.0 / 21};
    static const double high[] = {5.0 / 20.25, 9.0 / 18.25, 3.0 / 18.25, 3.0 / 19, 1.0 / 18.25};
    custval_weights *weights = bwm(from_best, to_worst, 5, CUSTVAL_BWM_NONLINEAR);
    const custval_table *table = custval_weights_table(weights);
    double sum = 0.0;
    for (size_t i = 0; i < 5; i++) sum += (low[i] + high[i]) / 2.0;
    for (size_t i = 0; i < 5; i++) {
        assert_double_near(table_cell(table, "low", i), low[i], 1e-15);
        assert_double_near(table_cell(table, "high", i), high[i], 1e-15);
        assert_double_near(custval_weights_share(weights, i), (low[i] + high[i]) / 2.0 / sum, 1e-15);
        assert_double_bits(table_cell(table, "best_to_others", i), from_best[i]);
        assert_double_bits(table_cell(table, "others_to_worst", i), to_worst[i]);
    }
    assert_string_equal(custval_weights_method(weights), "bwm-nonlinear");
    assert_double_near(judging_diagnostic(weights, "ksi"), 1.0, 1e-15);
    assert_double_near(judging_diagnostic(weights, "cr"), 1.0 / 4.47, 0.002); /* the index as printed */
    assert_double_near(judging_diagnostic(weights, "input_cr"), 8.0 / 56.0, 1e-16);
    custval_weights_free(weights);
}

/* Rezaei (2015), table 1. cr = ksi / index, and for judgements a, a and a the index itself is left: cr = 1. */
static void the_worst_judgements_have_a_ratio_of_1(void **state) {
    (void)state;
    static const double printed[] = {0.44, 1.00, 1.63, 2.30, 3.00, 3.73, 4.47, 5.23};
    for (size_t k = 0; k < SUPPORT_COUNT(printed); k++) {
        const double a = (double)k + 2.0, best[] = {1, a, a}, worst[] = {a, a, 1};
        custval_weights *weights = bwm(best, worst, 3, CUSTVAL_BWM_NONLINEAR);
        assert_double_near(judging_diagnostic(weights, "ksi"), printed[k], 0.005);
        assert_double_near(judging_diagnostic(weights, "cr"), 1.0, 1e-14);
        custval_weights_free(weights);
    }
}

/* With w_b = 6 w_w + ksi, w_j = 4 w_w - ksi and 2 w_j - w_b = ksi: ksi = w_w / 2, and w = (13, 7, 2) / 22. */
static void the_linear_model_spreads_the_misfit(void **state) {
    (void)state;
    static const double best[] = {1, 2, 6}, worst[] = {6, 4, 1};
    custval_weights *weights = bwm(best, worst, 3, 0);
    assert_string_equal(custval_weights_method(weights), "bwm-linear");
    assert_double_near(custval_weights_share(weights, 0), 13.0 / 22, 1e-14);
    assert_double_near(custval_weights_share(weights, 1), 7.0 / 22, 1e-14);
    assert_double_near(custval_weights_share(weights, 2), 2.0 / 22, 1e-14);
    assert_double_near(judging_diagnostic(weights, "ksi"), 1.0 / 22, 1e-14);
    assert_double_near(judging_diagnostic(weights, "cr"), 1.0 / 22, 1e-14);
    assert_int_equal(custval_table_columns(custval_weights_table(weights)), 4);
    assert_int_equal(custval_weights_sample(weights), 1);
    custval_weights_free(weights);
}

static void consistent_judgements_give_their_weights_by_both_models(void **state) {
    (void)state;
    static double best[CUSTVAL_MAX_JUDGED], worst[CUSTVAL_MAX_JUDGED];
    static const size_t counts[] = {2, 3, 9, CUSTVAL_MAX_JUDGED};
    for (size_t k = 0; k < SUPPORT_COUNT(counts); k++) {
        const size_t n = counts[k];
        double sum = 0.0;
        for (size_t i = 0; i < n; i++) {
            worst[i] = i + 1 == n ? 1.0 : i == 0 ? 8.0 : (double)(1U << (1 + i % 2));
            best[i] = 8.0 / worst[i];
            sum += worst[i];
        }
        for (uint32_t model = CUSTVAL_BWM_LINEAR; model <= CUSTVAL_BWM_NONLINEAR; model++) {
            custval_weights *weights = bwm(best, worst, n, model);
            for (size_t i = 0; i < n; i++) assert_double_near(custval_weights_share(weights, i), worst[i] / sum, 1e-12);
            assert_double_near(judging_diagnostic(weights, "ksi"), 0.0, 1e-12);
            assert_double_near(judging_diagnostic(weights, "cr"), 0.0, 1e-12);
            assert_double_bits(judging_diagnostic(weights, "input_cr"), 0.0);
            assert_int_equal(custval_table_rows(custval_weights_notes(weights)), 0);
            custval_weights_free(weights);
        }
    }
}

/* The thresholds as printed: 4 criteria, best over worst 9: .2681; 3 criteria: .1359. */
static void judgements_beyond_the_threshold_are_remarked(void **state) {
    (void)state;
    static const double best[] = {1, 5, 3, 9}, worst[] = {9, 5, 3, 1}, fit[] = {9, 4, 3, 1};
    custval_weights *weights = bwm(best, worst, 4, 0); /* (25 - 9) / 72 = .2222 */
    assert_not_noted(weights, "inconsistent");
    custval_weights_free(weights);
    const double three_best[] = {1, 5, 9}, three_worst[] = {9, 5, 1};
    weights = bwm(three_best, three_worst, 3, 0);
    assert_noted(
        weights, "inconsistent", "c1",
        "the input-based consistency ratio 0.2222 is above 0.1359: \"c0\" over \"c1\" is 5 and that over \"c2\" 5, "
        "which together make 25, but the best over the worst was judged 9");
    custval_weights_free(weights);
    weights = bwm(best, fit, 4, 0);
    assert_not_noted(weights, "inconsistent");
    custval_weights_free(weights);
    /* 1/6 is the table's .1667; of judgements up to 2 nothing else than consistency is accepted. */
    static const double third[] = {1, 2, 3}, to_third[] = {3, 2, 1}, half[] = {1, 2, 2}, to_half[] = {2, 2, 1};
    weights = bwm(third, to_third, 3, 0);
    assert_double_near(judging_diagnostic(weights, "input_cr"), 1.0 / 6, 1e-16);
    assert_not_noted(weights, "inconsistent");
    custval_weights_free(weights);
    weights = bwm(half, to_half, 3, 0);
    assert_noted(weights, "inconsistent", "c1", "is above 0:");
    custval_weights_free(weights);
}

/* input_cr is 0 by its formula's convention where the best is as the worst, and yet nothing but 1 would fit. */
static void contradictions_of_a_best_that_is_as_the_worst_are_remarked(void **state) {
    (void)state;
    static const double best[] = {1, 9, 1}, worst[] = {1, 9, 1}, both[] = {1, 2, 3, 1}, ones[] = {1, 1, 1};
    for (uint32_t model = CUSTVAL_BWM_LINEAR; model <= CUSTVAL_BWM_NONLINEAR; model++) {
        custval_weights *weights = bwm(best, worst, 3, model);
        assert_double_bits(judging_diagnostic(weights, "input_cr"), 0.0);
        assert_noted(weights, "inconsistent", "c1",
                     "the best over the worst was judged 1, but \"c0\" over \"c1\" is 9 and that over \"c2\" 9, which "
                     "together make 81");
        custval_weights_free(weights);
        weights = bwm(both, both, 4, model);
        assert_noted(weights, "inconsistent", "c2", "which together make 9");
        custval_weights_free(weights);
        weights = bwm(ones, ones, 3, model);
        assert_not_noted(weights, "inconsistent");
        custval_weights_free(weights);
    }
}

static void thresholds_end_with_the_table(void **state) {
    (void)state;
    double best[12], worst[12];
    for (size_t i = 0; i < 12; i++) best[i] = worst[i] = 3.0;
    best[0] = worst[11] = 1.0;
    best[11] = worst[0] = 9.0;
    best[5] = worst[5] = 6.0; /* (36 - 9) / 72 = .375 > .3662, that of 9 criteria */
    custval_weights *weights = bwm(best, worst, 12, 0);
    assert_noted(weights, "inconsistent", "c5", "0.375 is above 0.3662");
    custval_weights_free(weights);
    for (size_t i = 0; i < 12; i++) best[i] = worst[i] = 4.0;
    best[0] = worst[11] = 1.0;
    best[11] = worst[0] = 16.0;
    best[5] = worst[5] = 10.0; /* (100 - 16) / 240 = .35 */
    weights = bwm(best, worst, 12, 0);
    assert_not_noted(weights, "inconsistent");
    custval_weights_free(weights);
}

/* Everything is 1: nothing is better or worse, and somebody has to be called so. */
static void equal_criteria_have_equal_weights(void **state) {
    (void)state;
    static const double ones[] = {1, 1, 1, 1};
    for (uint32_t model = CUSTVAL_BWM_LINEAR; model <= CUSTVAL_BWM_NONLINEAR; model++) {
        custval_weights *weights = bwm(ones, ones, 4, model);
        for (size_t i = 0; i < 4; i++) assert_double_near(custval_weights_share(weights, i), 0.25, 1e-15);
        assert_double_near(judging_diagnostic(weights, "cr"), 0.0, 1e-15);
        assert_double_bits(judging_diagnostic(weights, "input_cr"), 0.0);
        custval_weights_free(weights);
    }
    /* The best is as the worst, and yet the others differ: Rezaei's index is 0, and there is no ratio. */
    static const double best[] = {1, 3, 1}, worst[] = {1, 3, 1};
    custval_weights *weights = bwm(best, worst, 3, CUSTVAL_BWM_NONLINEAR);
    assert_true(judging_diagnostic(weights, "ksi") > 0.0);
    assert_double_bits(judging_diagnostic(weights, "cr"), NONE);
    custval_weights_free(weights);
}

/* Two criteria are as good as the best: that with the larger judgement over the worst is it. */
static void ties_for_the_best_are_broken_by_the_other_judgement(void **state) {
    (void)state;
    static const double best[] = {1, 1, 4, 8}, worst[] = {7, 8, 2, 1};
    custval_weights *weights = bwm(best, worst, 4, CUSTVAL_BWM_NONLINEAR);
    assert_true(custval_weights_share(weights, 1) >= custval_weights_share(weights, 0));
    custval_weights_free(weights);
}

/* No other weights come nearer to the judgements, as random neighbours show. */
static void no_neighbour_fits_better(void **state) {
    (void)state;
    support_random random = random_seeded("best and worst");
    for (int round = 0; round < 200; round++) {
        const size_t n = 3 + random_below(&random, 7);
        double best[9], worst[9], w[9];
        for (size_t i = 0; i < n; i++) {
            best[i] = 2.0 + random_below(&random, 8);
            worst[i] = 2.0 + random_below(&random, 8);
        }
        best[0] = worst[n - 1] = 1.0;
        best[n - 1] = worst[0] = 9.0;
        for (uint32_t model = CUSTVAL_BWM_LINEAR; model <= CUSTVAL_BWM_NONLINEAR; model++) {
            custval_weights *weights = bwm(best, worst, n, model);
            const double ksi = judging_diagnostic(weights, "ksi");
            for (int trial = 0; trial < 50; trial++) {
                const double spread = trial == 0 ? 0.0 : 0.02;
                double misfit = 0.0, sum = 0.0;
                for (size_t i = 0; i < n; i++) {
                    w[i] = custval_weights_share(weights, i) * (1.0 + random_between(&random, -spread, spread));
                    sum += w[i];
                }
                for (size_t i = 0; i < n; i++) {
                    const double from =
                        model == CUSTVAL_BWM_LINEAR ? (w[0] - best[i] * w[i]) / sum : w[0] / w[i] - best[i];
                    const double to =
                        model == CUSTVAL_BWM_LINEAR ? (w[i] - worst[i] * w[n - 1]) / sum : w[i] / w[n - 1] - worst[i];
                    if (i != 0) misfit = fmax(misfit, fabs(from));
                    if (i != n - 1) misfit = fmax(misfit, fabs(to));
                }
                assert_true(misfit >= ksi - 1e-9);
                if (trial == 0 && model == CUSTVAL_BWM_LINEAR) assert_double_near(misfit, ksi, 1e-11);
            }
            custval_weights_free(weights);
        }
    }
}

static void wrong_judgements_are_named(void **state) {
    (void)state;
    static const struct {
        double best[3], worst[3];
        custval_status status;
        const char *part;
    } cases[] = {
        {{1, 2, 0.5}, {8, 4, 1}, CUSTVAL_ERROR_RANGE, "best_to_others of \"c2\" is 0.5, but must be from 1 to 1e9"},
        {{1, 2, 8}, {8, NONE, 1}, CUSTVAL_ERROR_RANGE, "others_to_worst of \"c1\" is nan, but must be"},
        {{1, HUGE_VAL, 8}, {8, 4, 1}, CUSTVAL_ERROR_RANGE, "best_to_others of \"c1\" is inf, but must be"},
        {{2, 2, 8}, {8, 4, 1}, CUSTVAL_ERROR_STRUCTURE, "no criterion is the best"},
        {{1, 2, 8}, {8, 4, 2}, CUSTVAL_ERROR_STRUCTURE, "no criterion is the worst: others_to_worst has no 1"},
        {{1, 2, 8}, {1, 4, 2}, CUSTVAL_ERROR_STRUCTURE, "has no 1 but that of \"c0\", the best"},
        {{1, 2, 8},
         {7, 4, 1},
         CUSTVAL_ERROR_STRUCTURE,
         "\"c0\", the best, over \"c2\", the worst, is 8 in best_to_others and 7 in others_to_worst"},
    };
    for (size_t k = 0; k < SUPPORT_COUNT(cases); k++) {
        const custval_bwm_judgements judgements = judgements_of(cases[k].best, cases[k].worst, 3, 0);
        custval_error error = CUSTVAL_ERROR_INIT;
        custval_weights *weights = NULL;
        assert_status(custval_weights_bwm(NULL, &judgements, &weights, &error), cases[k].status, &error);
        assert_message(&error, cases[k].part);
        assert_null(weights);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nonlinear_weights_are_the_middles_of_their_intervals),
        cmocka_unit_test(the_worst_judgements_have_a_ratio_of_1),
        cmocka_unit_test(the_linear_model_spreads_the_misfit),
        cmocka_unit_test(consistent_judgements_give_their_weights_by_both_models),
        cmocka_unit_test(judgements_beyond_the_threshold_are_remarked),
        cmocka_unit_test(contradictions_of_a_best_that_is_as_the_worst_are_remarked),
        cmocka_unit_test(thresholds_end_with_the_table),
        cmocka_unit_test(equal_criteria_have_equal_weights),
        cmocka_unit_test(ties_for_the_best_are_broken_by_the_other_judgement),
        cmocka_unit_test(no_neighbour_fits_better),
        cmocka_unit_test(wrong_judgements_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
