/* Weights from fuzzy judgements in pairs. Reference numbers come from 50-digit arithmetic (mpmath), unless a test says
   otherwise. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "ahp_group.h"

static const double fuzzy_low[] = {1, 2, 4, 1.0 / 4, 1, 1, 1.0 / 6, 1.0 / 3, 1};
static const double fuzzy_middle[] = {1, 3, 5, 1.0 / 3, 1, 2, 1.0 / 5, 1.0 / 2, 1};
static const double fuzzy_high[] = {1, 4, 6, 1.0 / 2, 1, 3, 1.0 / 4, 1, 1};

static custval_judgements fuzzy(void) {
    custval_judgements judgements = judging_of(fuzzy_middle, 3, 1);
    judgements.lower = fuzzy_low;
    judgements.upper = fuzzy_high;
    return judgements;
}

/* Buckley (1985): weights (low / sum of high, middle / sum of middle, high / sum of low) of row geometric means. */
static void fuzzy_judgements_give_fuzzy_weights(void **state) {
    (void)state;
    static const double low[] = {0.42926064565143160912, 0.13520863083692570845, 0.081896795807472120914};
    static const double middle[] = {0.6483290138222366876, 0.22965079406263710373, 0.12202019211512620867};
    static const double high[] = {0.95781788103709008244, 0.38011027798805713404, 0.2091827474122795445};
    static const double shares[] = {0.63736408750256135734, 0.23327855746219411066, 0.129357355035244532};
    const custval_judgements judgements = fuzzy();
    custval_weights *weights = judging_ahp(&judgements, NULL);
    const custval_table *table = custval_weights_table(weights);
    assert_string_equal(custval_weights_method(weights), "ahp-fuzzy");
    assert_shares(weights, shares, 1e-15);
    for (size_t i = 0; i < 3; i++) {
        assert_double_near(table_cell(table, "low", i), low[i], 1e-15);
        assert_double_near(table_cell(table, "middle", i), middle[i], 1e-15);
        assert_double_near(table_cell(table, "high", i), high[i], 1e-15);
    }
    custval_weights_free(weights);
}

static void fuzzy_judgements_without_a_width_are_crisp(void **state) {
    (void)state;
    custval_judgements judgements = group();
    custval_ahp_options options = CUSTVAL_AHP_OPTIONS_INIT;
    options.method = CUSTVAL_AHP_GEOMETRIC;
    judgements.member_weights = importance;
    custval_weights *crisp = judging_ahp(&judgements, &options);
    judgements.lower = judgements.upper = judgements.matrices;
    custval_weights *weights = judging_ahp(&judgements, NULL);
    for (size_t i = 0; i < 5; i++) {
        assert_double_near(custval_weights_share(weights, i), custval_weights_share(crisp, i), 1e-15);
    }
    for (size_t row = 0; row < custval_table_rows(custval_weights_diagnostics(crisp)); row++) {
        const char *name = judging_text(custval_weights_diagnostics(crisp), "name", row);
        assert_double_bits(judging_diagnostic(weights, name), judging_diagnostic(crisp, name));
    }
    custval_weights_free(weights);
    custval_weights_free(crisp);
}

static void fuzzy_judgements_that_make_no_sense_are_refused(void **state) {
    (void)state;
    static const struct {
        size_t at;
        double low, middle, high;
        custval_status status;
        const char *part;
    } cases[] = {
        {1, 2, 3, 2.5, CUSTVAL_ERROR_RANGE, "\"c0\" over \"c1\" is (2, 3, 2.5), but its ends are out of order"},
        {1, 3.5, 3, 4, CUSTVAL_ERROR_RANGE, "out of order"},
        {1, 0, 3, 4, CUSTVAL_ERROR_RANGE, "from 1e-9 to 1e9"},
        {1, 2, 3, HUGE_VAL, CUSTVAL_ERROR_RANGE, "from 1e-9 to 1e9"},
        {1, NONE, 3, 4, CUSTVAL_ERROR_RANGE, "from 1e-9 to 1e9"},
        {1, 1, 3, 4, CUSTVAL_ERROR_RANGE, "is not reciprocal"},
        {3, 1.0 / 4, 1.0 / 3, 1.0 / 3, CUSTVAL_ERROR_RANGE, "is not reciprocal"},
        {4, 1, 1, 2, CUSTVAL_ERROR_RANGE, "\"c1\" over \"c1\" is (1, 1, 2), but must be 1"},
        {5, 1, -2, 3, CUSTVAL_ERROR_RANGE, "\"c1\" over \"c2\" is -2, but must be from"},
    };
    for (size_t k = 0; k < SUPPORT_COUNT(cases); k++) {
        double low[9], middle[9], high[9];
        custval_judgements judgements = fuzzy();
        custval_error error = CUSTVAL_ERROR_INIT;
        custval_weights *weights = NULL;
        memcpy(low, fuzzy_low, sizeof low);
        memcpy(middle, fuzzy_middle, sizeof middle);
        memcpy(high, fuzzy_high, sizeof high);
        low[cases[k].at] = cases[k].low;
        middle[cases[k].at] = cases[k].middle;
        high[cases[k].at] = cases[k].high;
        judgements.lower = low;
        judgements.matrices = middle;
        judgements.upper = high;
        assert_status(custval_weights_ahp(NULL, &judgements, NULL, &weights, &error), cases[k].status, &error);
        assert_message(&error, cases[k].part);
        assert_null(weights);
    }
}

static void one_side_of_a_fuzzy_pair_is_enough(void **state) {
    (void)state;
    const custval_judgements whole = fuzzy();
    custval_weights *expected = judging_ahp(&whole, NULL);
    for (int below = 0; below < 2; below++) {
        double low[9], middle[9], high[9];
        for (size_t k = 0; k < 9; k++) {
            const int is_kept = k % 4 == 0 || (k % 3 < k / 3) == below;
            low[k] = is_kept ? fuzzy_low[k] : NONE;
            middle[k] = is_kept ? fuzzy_middle[k] : NONE;
            high[k] = is_kept ? fuzzy_high[k] : NONE;
        }
        custval_judgements half = fuzzy();
        half.lower = low;
        half.matrices = middle;
        half.upper = high;
        custval_weights *weights = judging_ahp(&half, NULL);
        for (size_t i = 0; i < 3; i++) {
            assert_double_near(custval_weights_share(weights, i), custval_weights_share(expected, i), 1e-15);
        }
        custval_weights_free(weights);
    }
    custval_weights_free(expected);
}

static void what_fuzzy_judgements_cannot_do_is_refused(void **state) {
    (void)state;
    custval_judgements judgements = fuzzy();
    custval_ahp_options options = CUSTVAL_AHP_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_weights *weights = NULL;
    custval_table *table = NULL;
    assert_status(custval_ahp_members(NULL, &judgements, NULL, &table, &error), CUSTVAL_ERROR_UNSUPPORTED, &error);
    assert_status(custval_ahp_triads(NULL, &judgements, NULL, &table, &error), CUSTVAL_ERROR_UNSUPPORTED, &error);
    options.grouping = CUSTVAL_GROUPING_PRIORITIES_GEOMETRIC;
    assert_status(custval_weights_ahp(NULL, &judgements, &options, &weights, &error), CUSTVAL_ERROR_UNSUPPORTED,
                  &error);
    double middle[9];
    memcpy(middle, fuzzy_middle, sizeof middle);
    middle[1] = middle[3] = NONE;
    judgements.matrices = middle;
    assert_status(custval_weights_ahp(NULL, &judgements, NULL, &weights, &error), CUSTVAL_ERROR_UNSUPPORTED, &error);
    assert_message(&error, "fuzzy judgements must be complete");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fuzzy_judgements_give_fuzzy_weights),
        cmocka_unit_test(fuzzy_judgements_without_a_width_are_crisp),
        cmocka_unit_test(fuzzy_judgements_that_make_no_sense_are_refused),
        cmocka_unit_test(one_side_of_a_fuzzy_pair_is_enough),
        cmocka_unit_test(what_fuzzy_judgements_cannot_do_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
