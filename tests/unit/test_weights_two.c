/* Two sets of weights mixed and compared, against fractions and 50-digit arithmetic. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "explain_support.h"

#define EXACT 4e-16

static custval_weights *set_of(const char *const *names, const double *ratings, size_t count) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_weights *weights = NULL;
    assert_ok(custval_weights_ratings(NULL, names, ratings, count, NULL, &weights, &error), &error);
    return weights;
}

static custval_weights *mixed(const custval_weights *first, const custval_weights *second, uint32_t mixing,
                              double share) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_weights *weights = NULL;
    custval_mix_options options = CUSTVAL_MIX_OPTIONS_INIT;
    options.mixing = mixing;
    options.share = share;
    assert_ok(custval_weights_mix(NULL, first, second, &options, &weights, &error), &error);
    return weights;
}

static double diagnostic(const custval_weights *weights, const char *name) {
    custval_error error = CUSTVAL_ERROR_INIT;
    double value = 0.0;
    assert_ok(custval_weights_diagnostic(weights, name, &value, &error), &error);
    return value;
}

static void assert_shares(const custval_weights *weights, const double *expected) {
    for (size_t i = 0; i < custval_weights_count(weights); i++) {
        assert_double_near(custval_weights_share(weights, i), expected[i], EXACT);
    }
}

static const char *const names[] = {"a", "b", "c"}, *const other_order[] = {"c", "a", "b"};

/* 1/2, 3/10, 1/5 and 1/5, 1/5, 3/5, the second in another order. */
static custval_weights *first_set(void) {
    static const double ratings[] = {5, 3, 2};
    return set_of(names, ratings, 3);
}

static custval_weights *second_set(void) {
    static const double ratings[] = {3, 1, 1};
    return set_of(other_order, ratings, 3);
}

/* ---- Mixing -------------------------------------------------------------------------------------------------------- */

static void an_arithmetic_mix_is_between_the_two(void **state) {
    (void)state;
    static const double halves[] = {0.35, 0.25, 0.4}, seven_tenths[] = {0.41, 0.27, 0.32};
    custval_weights *first = first_set(), *second = second_set();
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_weights *weights = NULL;
    assert_ok(custval_weights_mix(NULL, first, second, NULL, &weights, &error), &error);
    assert_shares(weights, halves);
    custval_weights_free(weights);
    weights = mixed(first, second, CUSTVAL_MIXING_ARITHMETIC, 0.7);
    assert_string_equal(custval_weights_method(weights), "mix-arithmetic");
    assert_shares(weights, seven_tenths);
    assert_double_near(cell(custval_weights_table(weights), "first", 2), 0.2, EXACT);
    assert_double_near(cell(custval_weights_table(weights), "second", 2), 0.6, EXACT);
    assert_double_bits(diagnostic(weights, "share"), 0.7);
    assert_double_near(diagnostic(weights, "distance"), 0.4, EXACT);
    assert_double_near(diagnostic(weights, "correlation"), -0.75592894601845445443, EXACT);
    custval_weights_free(weights);
    custval_weights_free(first);
    custval_weights_free(second);
}

static void a_multiplicative_mix_is_a_weighted_product(void **state) {
    (void)state;
    static const double halves[] = {0.348426983010175105116479, 0.269890380513540554037660, 0.381682636476284340845859};
    static const double sevens[] = {0.411271873874437006568146, 0.287630466199916472537327, 0.301097659925646520894525};
    custval_weights *first = first_set(), *second = second_set();
    custval_weights *weights = mixed(first, second, CUSTVAL_MIXING_MULTIPLICATIVE, 0.5);
    assert_string_equal(custval_weights_method(weights), "mix-multiplicative");
    assert_shares(weights, halves);
    custval_weights_free(weights);
    weights = mixed(first, second, CUSTVAL_MIXING_MULTIPLICATIVE, 0.7);
    assert_shares(weights, sevens);
    custval_weights_free(weights);
    custval_weights_free(first);
    custval_weights_free(second);
}

static void the_whole_share_gives_the_set_itself(void **state) {
    (void)state;
    static const double ratings[] = {0, 1, 3}, shares[] = {0, 0.25, 0.75};
    custval_weights *first = first_set(), *second = set_of(names, ratings, 3);
    for (uint32_t mixing = CUSTVAL_MIXING_ARITHMETIC; mixing <= CUSTVAL_MIXING_MULTIPLICATIVE; mixing++) {
        custval_weights *weights = mixed(first, second, mixing, 1.0);
        for (size_t i = 0; i < 3; i++) {
            assert_double_near(custval_weights_share(weights, i), custval_weights_share(first, i), EXACT);
        }
        custval_weights_free(weights);
        weights = mixed(first, second, mixing, 0.0);
        assert_shares(weights, shares);
        custval_weights_free(weights);
    }
    custval_weights *weights = mixed(first, second, CUSTVAL_MIXING_MULTIPLICATIVE, 0.999);
    assert_double_bits(custval_weights_share(weights, 0), 0.0); /* a 0 in one of them */
    custval_weights_free(weights);
    custval_weights_free(first);
    custval_weights_free(second);
}

static void a_set_mixed_with_itself_stays_and_equal_weights_have_no_correlation(void **state) {
    (void)state;
    static const double sixths[] = {1, 1, 1, 1, 1, 1};
    static const char *const six[] = {"a", "b", "c", "d", "e", "f"};
    custval_weights *first = first_set(), *equal = set_of(six, sixths, 6);
    custval_weights *weights = mixed(first, first, CUSTVAL_MIXING_ARITHMETIC, 0.3);
    for (size_t i = 0; i < 3; i++) {
        assert_double_near(custval_weights_share(weights, i), custval_weights_share(first, i), EXACT);
    }
    assert_double_near(diagnostic(weights, "correlation"), 1.0, EXACT);
    assert_double_bits(diagnostic(weights, "distance"), 0.0);
    custval_weights_free(weights);
    weights = mixed(equal, equal, CUSTVAL_MIXING_MULTIPLICATIVE, 0.5);
    assert_double_bits(diagnostic(weights, "correlation"), NONE);
    custval_weights_free(weights);
    custval_weights_free(first);
    custval_weights_free(equal);
}

static void sets_without_anything_in_common_are_as_far_apart_as_can_be(void **state) {
    (void)state;
    static const double left[] = {1, 0, 0}, right[] = {0, 2, 1};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_weights *first = set_of(names, left, 3), *second = set_of(names, right, 3), *weights = NULL;
    custval_mix_options options = CUSTVAL_MIX_OPTIONS_INIT;
    weights = mixed(first, second, CUSTVAL_MIXING_ARITHMETIC, 0.5);
    assert_double_near(diagnostic(weights, "distance"), 1.0, EXACT);
    custval_weights_free(weights);
    options.mixing = CUSTVAL_MIXING_MULTIPLICATIVE;
    assert_status(custval_weights_mix(NULL, first, second, &options, &weights, &error), CUSTVAL_ERROR_WEIGHT, &error);
    assert_message(&error, "the weights of all 3 criteria are 0");
    assert_null(weights);
    custval_weights_free(first);
    custval_weights_free(second);
}

static void bad_mixes_are_refused(void **state) {
    (void)state;
    static const struct {
        custval_mix_options options;
        custval_status status;
        const char *message;
    } cases[] = {
        {{.mixing = 3, .share = 0.5}, CUSTVAL_ERROR_ARGUMENT, "there is no way of mixing 3"},
        {{.reserved = 1, .share = 0.5}, CUSTVAL_ERROR_ARGUMENT, "reserved is 1, it must be 0"},
        {{.share = -0.1}, CUSTVAL_ERROR_RANGE, "share -0.1 lies outside 0..1"},
        {{.share = 1.5}, CUSTVAL_ERROR_RANGE, "share 1.5 lies outside 0..1"},
        {{.share = (double)NAN}, CUSTVAL_ERROR_RANGE, "share nan lies outside 0..1"},
    };
    custval_weights *first = first_set(), *second = second_set();
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        custval_error error = CUSTVAL_ERROR_INIT;
        custval_mix_options options = cases[i].options;
        custval_weights *weights = first;
        options.struct_size = sizeof options;
        assert_status(custval_weights_mix(NULL, first, second, &options, &weights, &error), cases[i].status, &error);
        assert_message(&error, cases[i].message);
        assert_null(weights);
    }
    custval_weights_free(first);
    custval_weights_free(second);
}

/* ---- Comparing ----------------------------------------------------------------------------------------------------- */

static void stated_and_derived_importance_make_four_classes(void **state) {
    (void)state;
    static const char *const four[] = {"price", "quality", "image", "colour"};
    static const double says[] = {4, 2, 1, 1}, does[] = {1, 3, 3, 1};
    static const char *const classes[] = {"expected", "key", "hidden", "minor"};
    static const double stated_ranks[] = {1, 2, 3.5, 3.5}, derived_ranks[] = {3.5, 1.5, 1.5, 3.5};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_weights *stated = set_of(four, says, 4), *derived = set_of(four, does, 4);
    custval_table *table = NULL;
    assert_ok(custval_weights_compare(NULL, stated, derived, &table, &error), &error);
    assert_int_equal(custval_table_rows(table), 4);
    for (size_t i = 0; i < 4; i++) {
        assert_text(table, "name", i, four[i]);
        assert_text(table, "class", i, classes[i]);
        assert_double_bits(cell(table, "stated", i), says[i] / 8.0);
        assert_double_bits(cell(table, "derived", i), does[i] / 8.0);
        assert_double_bits(cell(table, "difference", i), (does[i] - says[i]) / 8.0);
        assert_double_bits(cell(table, "stated_rank", i), stated_ranks[i]);
        assert_double_bits(cell(table, "derived_rank", i), derived_ranks[i]);
    }
    custval_table_free(table);
    custval_weights_free(stated);
    custval_weights_free(derived);
}

/* 1/6 six times does not add up to 1, so one share is another number than the others; yet all are equal. */
static void equal_shares_are_equal_although_one_is_rounded_otherwise(void **state) {
    (void)state;
    static const char *const six[] = {"a", "b", "c", "d", "e", "f"};
    static const double ones[] = {1, 1, 1, 1, 1, 1};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_weights *equal = set_of(six, ones, 6);
    custval_table *table = NULL;
    size_t others = 0;
    for (size_t i = 0; i < 6; i++) others += custval_weights_share(equal, i) != custval_weights_share(equal, 1);
    assert_int_equal(others, 1);
    assert_ok(custval_weights_compare(NULL, equal, equal, &table, &error), &error);
    for (size_t i = 0; i < 6; i++) {
        assert_double_bits(cell(table, "stated_rank", i), 3.5);
        assert_text(table, "class", i, "key"); /* ties go to the high side */
    }
    custval_table_free(table);
    custval_weights_free(equal);
}

static void sets_of_other_names_cannot_be_compared(void **state) {
    (void)state;
    static const char *const others[] = {"a", "b", "d"};
    static const double ones[] = {1, 1, 1};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_weights *first = first_set(), *second = set_of(others, ones, 3), *weights = first;
    custval_table *table = (custval_table *)&error;
    assert_status(custval_weights_compare(NULL, first, second, &table, &error), CUSTVAL_ERROR_NOT_FOUND, &error);
    assert_null(table);
    assert_status(custval_weights_mix(NULL, first, second, NULL, &weights, &error), CUSTVAL_ERROR_NOT_FOUND, &error);
    assert_message(&error, "criterion \"c\" is in the first set of weights, not in the second");
    assert_null(weights);
    custval_weights_free(first);
    custval_weights_free(second);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_arithmetic_mix_is_between_the_two),
        cmocka_unit_test(a_multiplicative_mix_is_a_weighted_product),
        cmocka_unit_test(the_whole_share_gives_the_set_itself),
        cmocka_unit_test(a_set_mixed_with_itself_stays_and_equal_weights_have_no_correlation),
        cmocka_unit_test(sets_without_anything_in_common_are_as_far_apart_as_can_be),
        cmocka_unit_test(bad_mixes_are_refused),
        cmocka_unit_test(stated_and_derived_importance_make_four_classes),
        cmocka_unit_test(equal_shares_are_equal_although_one_is_rounded_otherwise),
        cmocka_unit_test(sets_of_other_names_cannot_be_compared),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
