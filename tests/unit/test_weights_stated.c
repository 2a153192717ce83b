/* Weights from ratings and from ranks, against exact fractions worked out by hand or with rational arithmetic. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <float.h>

#include "explain_support.h"

#define MOST 5
/* A weight is a handful of roundings away from the fraction, and one weight takes up what makes the sum 1. */
#define EXACT 4e-16

static const char *const names[MOST] = {"a", "b", "c", "d", "e"};

static custval_weights *rated(const double *ratings, size_t count, const custval_rating_options *options) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_weights *weights = NULL;
    assert_ok(custval_weights_ratings(NULL, names, ratings, count, options, &weights, &error), &error);
    return weights;
}

static custval_weights *ranked(const double *ranks, size_t count, uint32_t ranking, double exponent) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_weights *weights = NULL;
    custval_ranking_options options = CUSTVAL_RANKING_OPTIONS_INIT;
    options.ranking = ranking;
    options.exponent = exponent;
    assert_ok(custval_weights_ranks(NULL, names, ranks, count, &options, &weights, &error), &error);
    return weights;
}

/* Frees the set. */
static void assert_shares(custval_weights *weights, const double *expected) {
    for (size_t i = 0; i < custval_weights_count(weights); i++) {
        assert_double_near(custval_weights_share(weights, i), expected[i], EXACT);
    }
    custval_weights_free(weights);
}

/* The set's only remark, or none if NULL. */
static void assert_remark(const custval_weights *weights, const char *code, const char *message) {
    const custval_table *notes = custval_weights_notes(weights);
    assert_int_equal(custval_table_rows(notes), code != NULL);
    if (code == NULL) return;
    assert_text(notes, "code", 0, code);
    assert_text(notes, "message", 0, message);
}

/* ---- Ratings ------------------------------------------------------------------------------------------------------- */

static void stated_numbers_count_by_their_proportions(void **state) {
    (void)state;
    static const double ratings[] = {3, 1, 4, 0.5, 1.5}, shares[] = {0.3, 0.1, 0.4, 0.05, 0.15};
    custval_weights *weights = rated(ratings, 5, NULL);
    assert_string_equal(custval_weights_method(weights), "stated");
    assert_int_equal(custval_weights_sample(weights), 0);
    assert_double_bits(cell(custval_weights_table(weights), "rating", 3), 0.5);
    assert_remark(weights, NULL, NULL);
    assert_shares(weights, shares);
}

/* 5e-632 and 1e-308 are no normal doubles. */
static void numbers_too_far_apart_keep_a_share_above_0(void **state) {
    (void)state;
    static const double ratings[] = {5e-324, 1e308, 1};
    custval_weights *weights = rated(ratings, 3, NULL);
    assert_true(custval_weights_share(weights, 0) >= DBL_MIN && custval_weights_share(weights, 0) < 1e-307);
    assert_double_bits(custval_weights_share(weights, 1), 1.0);
    assert_true(custval_weights_share(weights, 2) >= DBL_MIN && custval_weights_share(weights, 2) < 1e-307);
    custval_weights_free(weights);
}

static void points_that_are_not_a_hundred_are_remarked(void **state) {
    (void)state;
    static const double hundred[] = {33.3, 33.3, 33.4}, tenths[] = {0.1, 33.3, 33.3, 33.2, 0.1}, less[] = {40, 30, 20};
    custval_rating_options options = CUSTVAL_RATING_OPTIONS_INIT;
    options.rating = CUSTVAL_RATING_POINTS;
    custval_weights *weights = rated(hundred, 3, &options);
    assert_string_equal(custval_weights_method(weights), "points");
    assert_remark(weights, NULL, NULL);
    assert_double_near(custval_weights_share(weights, 0), 0.333, EXACT);
    custval_weights_free(weights);
    weights = rated(tenths, 5, &options);
    assert_remark(weights, NULL, NULL);
    custval_weights_free(weights);
    weights = rated(less, 3, &options);
    assert_remark(weights, "not-100", "the points add up to 90, not to 100");
    assert_double_near(custval_weights_share(weights, 0), 4.0 / 9.0, EXACT);
    custval_weights_free(weights);
}

/* A judge who saw prices 10 apart and rated that swing 100 would rate one of 20 twice as high, and so on:
   100 x 20/10 = 200, 60 x 4/4 = 60, 30 x 1/5 = 6. */
static void swings_follow_the_ranges_in_use(void **state) {
    (void)state;
    static const double ratings[] = {100, 60, 30}, judged[] = {10, 4, 5}, in_use[] = {20, 4, 1};
    static const double as_judged[] = {10.0 / 19.0, 6.0 / 19.0, 3.0 / 19.0};
    static const double scaled[] = {100.0 / 133.0, 30.0 / 133.0, 3.0 / 133.0};
    custval_rating_options options = CUSTVAL_RATING_OPTIONS_INIT;
    options.rating = CUSTVAL_RATING_SWING;
    custval_weights *weights = rated(ratings, 3, &options);
    assert_string_equal(custval_weights_method(weights), "swing");
    assert_remark(weights, NULL, NULL);
    assert_shares(weights, as_judged);
    options.range_judged = judged;
    options.range_in_use = in_use;
    weights = rated(ratings, 3, &options);
    assert_double_bits(cell(custval_weights_table(weights), "rating", 2), 30.0);
    assert_shares(weights, scaled);
    options.range_in_use = judged;
    assert_shares(rated(ratings, 3, &options), as_judged);
}

static void swings_without_a_hundred_and_ratios_without_a_ten_are_remarked(void **state) {
    (void)state;
    static const double ratings[] = {20, 10, 70}, shares[] = {0.2, 0.1, 0.7}, nines[] = {9, 45, 36};
    custval_rating_options options = CUSTVAL_RATING_OPTIONS_INIT;
    options.rating = CUSTVAL_RATING_SWING;
    custval_weights *weights = rated(ratings, 3, &options);
    assert_remark(weights, "no-100", "the largest swing is rated 70; the method rates it 100");
    assert_shares(weights, shares);
    options.rating = CUSTVAL_RATING_SMART;
    weights = rated(ratings, 3, &options);
    assert_string_equal(custval_weights_method(weights), "smart");
    assert_remark(weights, NULL, NULL);
    assert_shares(weights, shares);
    weights = rated(nines, 3, &options);
    assert_remark(weights, "no-10", "the least important criterion is rated 9; the method rates it 10");
    assert_double_near(custval_weights_share(weights, 1), 0.5, EXACT);
    custval_weights_free(weights);
}

static void bad_ratings_are_refused_by_name(void **state) {
    (void)state;
    static const double good[] = {100, 1, 1}, negative[] = {1, -2, 1}, infinite[] = {1, 1, (double)INFINITY};
    static const double none[] = {0, 0, 0}, flat[] = {1, 0, 1};
    static const double huge[] = {1e300, 1, 1}, tiny[] = {1e-300, 1, 1};
    const struct {
        custval_rating_options options;
        const double *ratings;
        custval_status status;
        const char *message;
    } cases[] = {
        {{.rating = 0}, negative, CUSTVAL_ERROR_WEIGHT, "criterion \"b\": rating -2 is negative"},
        {{.rating = 0}, infinite, CUSTVAL_ERROR_WEIGHT, "criterion \"c\": rating inf is not finite"},
        {{.rating = 0}, none, CUSTVAL_ERROR_WEIGHT, "the weights of all 3 criteria are 0"},
        {{.rating = 0}, NULL, CUSTVAL_ERROR_ARGUMENT, "ratings is NULL"},
        {{.rating = 5}, good, CUSTVAL_ERROR_ARGUMENT, "there is no rating 5"},
        {{.reserved = 1}, good, CUSTVAL_ERROR_ARGUMENT, "reserved is 1, it must be 0"},
        {{.rating = CUSTVAL_RATING_SMART, .range_judged = good, .range_in_use = good},
         good,
         CUSTVAL_ERROR_ARGUMENT,
         "ranges are for swings, not for ratings \"smart\""},
        {{.rating = CUSTVAL_RATING_SWING, .range_in_use = good},
         good,
         CUSTVAL_ERROR_ARGUMENT,
         "range_judged is NULL: swings need the ranges judged and those in use, or neither"},
        {{.rating = CUSTVAL_RATING_SWING, .range_judged = good}, good, CUSTVAL_ERROR_ARGUMENT, "range_in_use is NULL"},
        {{.rating = CUSTVAL_RATING_SWING, .range_judged = flat, .range_in_use = good},
         good,
         CUSTVAL_ERROR_RANGE,
         "criterion \"b\": range_judged 0 must be above 0 and finite"},
        {{.rating = CUSTVAL_RATING_SWING, .range_judged = good, .range_in_use = infinite},
         good,
         CUSTVAL_ERROR_RANGE,
         "criterion \"c\": range_in_use inf must be above 0 and finite"},
        {{.rating = CUSTVAL_RATING_SWING, .range_judged = tiny, .range_in_use = huge},
         good,
         CUSTVAL_ERROR_WEIGHT,
         "criterion \"a\": weight inf is not finite"},
    };
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        custval_error error = CUSTVAL_ERROR_INIT;
        custval_rating_options options = cases[i].options;
        custval_weights *weights = (custval_weights *)&error;
        options.struct_size = sizeof options;
        assert_status(custval_weights_ratings(NULL, names, cases[i].ratings, 3, &options, &weights, &error),
                      cases[i].status, &error);
        assert_message(&error, cases[i].message);
        assert_null(weights);
    }
}

/* ---- Ranks --------------------------------------------------------------------------------------------------------- */

/* Python's fractions: (1/n) sum from r to n of 1/k; (1/r)/sum 1/k; 2 (n + 1 - r)/(n (n + 1)); squares and cubes. */
static void places_have_the_published_weights(void **state) {
    (void)state;
    static const struct {
        uint32_t ranking;
        double exponent;
        size_t count;
        const char *method;
        double shares[MOST];
    } cases[] = {
        {CUSTVAL_RANKING_CENTROID, 1, 1, "rank-order-centroid", {1}},
        {CUSTVAL_RANKING_CENTROID, 1, 3, "rank-order-centroid", {11.0 / 18.0, 5.0 / 18.0, 1.0 / 9.0}},
        {CUSTVAL_RANKING_CENTROID, 1, 4, "rank-order-centroid", {25.0 / 48.0, 13.0 / 48.0, 7.0 / 48.0, 1.0 / 16.0}},
        {CUSTVAL_RANKING_CENTROID,
         1,
         5,
         "rank-order-centroid",
         {137.0 / 300.0, 77.0 / 300.0, 47.0 / 300.0, 0.09, 0.04}},
        {CUSTVAL_RANKING_RECIPROCAL,
         1,
         5,
         "rank-reciprocal",
         {60.0 / 137.0, 30.0 / 137.0, 20.0 / 137.0, 15.0 / 137.0, 12.0 / 137.0}},
        {CUSTVAL_RANKING_SUM, 1, 5, "rank-sum", {1.0 / 3.0, 4.0 / 15.0, 0.2, 2.0 / 15.0, 1.0 / 15.0}},
        {CUSTVAL_RANKING_EXPONENT, 1, 5, "rank-exponent", {1.0 / 3.0, 4.0 / 15.0, 0.2, 2.0 / 15.0, 1.0 / 15.0}},
        {CUSTVAL_RANKING_EXPONENT, 0, 5, "rank-exponent", {0.2, 0.2, 0.2, 0.2, 0.2}},
        {CUSTVAL_RANKING_EXPONENT,
         2,
         5,
         "rank-exponent",
         {5.0 / 11.0, 16.0 / 55.0, 9.0 / 55.0, 4.0 / 55.0, 1.0 / 55.0}},
        {CUSTVAL_RANKING_EXPONENT,
         3,
         5,
         "rank-exponent",
         {5.0 / 9.0, 64.0 / 225.0, 3.0 / 25.0, 8.0 / 225.0, 1.0 / 225.0}},
        {CUSTVAL_RANKING_EXPONENT, /* square roots, with 50 decimal digits */
         0.5,
         4,
         "rank-exponent",
         {0.3254009068957250617631, 0.2818054517861928226516, 0.2300931878702195847035, 0.1627004534478625308815}},
    };
    static const double ranks[] = {1, 2, 3, 4, 5};
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        custval_weights *weights = ranked(ranks, cases[i].count, cases[i].ranking, cases[i].exponent);
        assert_string_equal(custval_weights_method(weights), cases[i].method);
        assert_int_equal(custval_table_rows(custval_weights_notes(weights)), 0);
        assert_shares(weights, cases[i].shares);
    }
}

static void only_the_order_of_ranks_counts(void **state) {
    (void)state;
    static const double ranks[] = {7.5, -1e300, 8, 0}, shares[] = {7.0 / 48.0, 25.0 / 48.0, 1.0 / 16.0, 13.0 / 48.0};
    custval_weights *weights = ranked(ranks, 4, 0, 1);
    assert_string_equal(custval_weights_method(weights), "rank-order-centroid");
    assert_double_bits(cell(custval_weights_table(weights), "rank", 0), 3.0);
    assert_double_bits(cell(custval_weights_table(weights), "rank", 1), 1.0);
    assert_shares(weights, shares);
    custval_error error = CUSTVAL_ERROR_INIT;
    assert_ok(custval_weights_ranks(NULL, names, ranks, 4, NULL, &weights, &error), &error);
    assert_shares(weights, shares);
}

static void equal_ranks_share_their_places(void **state) {
    (void)state;
    static const double two[] = {1, 2, 2, 5}, shares[] = {25.0 / 48.0, 5.0 / 24.0, 5.0 / 24.0, 1.0 / 16.0};
    static const double three[] = {2, 2, 1, 9, 2};
    static const double thirds[] = {65.0 / 411.0, 65.0 / 411.0, 60.0 / 137.0, 12.0 / 137.0, 65.0 / 411.0};
    static const double all[] = {4, 4, 4}, equal[] = {1.0 / 3.0, 1.0 / 3.0, 1.0 / 3.0};
    custval_weights *weights = ranked(two, 4, CUSTVAL_RANKING_CENTROID, 1);
    assert_remark(weights, "ties",
                  "2 of 4 criteria have the rank of another: they share the mean weight of their places");
    assert_double_bits(cell(custval_weights_table(weights), "rank", 1), 2.5);
    assert_double_bits(cell(custval_weights_table(weights), "rank", 3), 4.0);
    assert_shares(weights, shares);
    weights = ranked(three, 5, CUSTVAL_RANKING_RECIPROCAL, 1);
    assert_double_bits(cell(custval_weights_table(weights), "rank", 4), 3.0);
    assert_shares(weights, thirds);
    assert_shares(ranked(all, 3, CUSTVAL_RANKING_EXPONENT, 7), equal);
}

static void the_steepest_exponent_of_the_most_criteria_overflows_nothing(void **state) {
    (void)state;
    static char texts[CUSTVAL_MAX_CRITERIA][8];
    static const char *many[CUSTVAL_MAX_CRITERIA];
    static double ranks[CUSTVAL_MAX_CRITERIA];
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_weights *weights = NULL;
    custval_ranking_options options = CUSTVAL_RANKING_OPTIONS_INIT;
    double total = 0.0;
    for (int i = 0; i < CUSTVAL_MAX_CRITERIA; i++) {
        snprintf(texts[i], sizeof texts[i], "c%d", i);
        many[i] = texts[i];
        ranks[i] = i;
    }
    options.ranking = CUSTVAL_RANKING_EXPONENT;
    options.exponent = 50.0;
    assert_ok(custval_weights_ranks(NULL, many, ranks, CUSTVAL_MAX_CRITERIA, &options, &weights, &error), &error);
    for (size_t i = 0; i < CUSTVAL_MAX_CRITERIA; i++) {
        const double share = custval_weights_share(weights, i);
        assert_true(share > 0.0 && (i == 0 || share < custval_weights_share(weights, i - 1)));
        total += share;
    }
    assert_double_bits(total, 1.0);
    custval_weights_free(weights);
}

static void bad_ranks_are_refused_by_name(void **state) {
    (void)state;
    static const double good[] = {1, 2, 3}, missing[] = {1, (double)NAN, 2};
    const struct {
        custval_ranking_options options;
        const double *ranks;
        custval_status status;
        const char *message;
    } cases[] = {
        {{.ranking = 1}, missing, CUSTVAL_ERROR_NOT_FINITE, "criterion \"b\": rank nan is not a finite number"},
        {{.ranking = 1}, NULL, CUSTVAL_ERROR_ARGUMENT, "ranks is NULL"},
        {{.ranking = 5}, good, CUSTVAL_ERROR_ARGUMENT, "there is no ranking 5"},
        {{.reserved = 2}, good, CUSTVAL_ERROR_ARGUMENT, "reserved is 2, it must be 0"},
        {{.exponent = -0.5}, good, CUSTVAL_ERROR_RANGE, "exponent -0.5 lies outside 0..50"},
        {{.exponent = 50.5}, good, CUSTVAL_ERROR_RANGE, "exponent 50.5 lies outside 0..50"},
        {{.exponent = (double)NAN}, good, CUSTVAL_ERROR_RANGE, "exponent nan lies outside 0..50"},
    };
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        custval_error error = CUSTVAL_ERROR_INIT;
        custval_ranking_options options = cases[i].options;
        custval_weights *weights = (custval_weights *)&error;
        options.struct_size = sizeof options;
        assert_status(custval_weights_ranks(NULL, names, cases[i].ranks, 3, &options, &weights, &error),
                      cases[i].status, &error);
        assert_message(&error, cases[i].message);
        assert_null(weights);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stated_numbers_count_by_their_proportions),
        cmocka_unit_test(numbers_too_far_apart_keep_a_share_above_0),
        cmocka_unit_test(points_that_are_not_a_hundred_are_remarked),
        cmocka_unit_test(swings_follow_the_ranges_in_use),
        cmocka_unit_test(swings_without_a_hundred_and_ratios_without_a_ten_are_remarked),
        cmocka_unit_test(bad_ratings_are_refused_by_name),
        cmocka_unit_test(places_have_the_published_weights),
        cmocka_unit_test(only_the_order_of_ranks_counts),
        cmocka_unit_test(equal_ranks_share_their_places),
        cmocka_unit_test(the_steepest_exponent_of_the_most_criteria_overflows_nothing),
        cmocka_unit_test(bad_ranks_are_refused_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
