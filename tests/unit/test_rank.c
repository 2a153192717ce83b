/* custval_rank: awkward input, conventions where other programs differ, conditions of a compromise, refusals. Numbers are
   worked out by hand; those of other programs are in the vectors. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "explain_support.h"

#define METHODS CUSTVAL_RANK_VIKOR

static const custval_rank_options defaults = CUSTVAL_RANK_OPTIONS_INIT;

/* Criteria named by letters, one for each: upper case for a benefit, lower case for a sacrifice; weights 1. */
static size_t criteria_of(const char *letters, custval_criterion *out) {
    static const char *const names[] = {"a", "b", "c", "d"};
    const size_t count = strlen(letters);
    assert_true(count <= SUPPORT_COUNT(names));
    for (size_t i = 0; i < count; i++) {
        out[i] = (custval_criterion)CUSTVAL_CRITERION_INIT;
        out[i].column = names[i];
        out[i].side = letters[i] >= 'a' ? CUSTVAL_SIDE_SACRIFICE : CUSTVAL_SIDE_BENEFIT;
    }
    return count;
}

static custval_table *cells_of(const char *letters, const double *cells, size_t rows) {
    static const char *const names[] = {"", "a", "a b", "a b c", "a b c d"};
    return table_of(names[strlen(letters)], cells, rows);
}

static custval_table *rank_with(const char *letters, const double *cells, size_t rows,
                                const custval_rank_options *options) {
    custval_criterion criteria[4];
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = cells_of(letters, cells, rows), *ranking = NULL;
    assert_ok(custval_rank(table, criteria, criteria_of(letters, criteria), options, &ranking, &error), &error);
    custval_table_free(table);
    return ranking;
}

static custval_table *rank_by(const char *letters, const double *cells, size_t rows, uint32_t method,
                              uint32_t normalisation) {
    custval_rank_options options = defaults;
    options.method = method;
    options.normalisation = normalisation;
    return rank_with(letters, cells, rows, &options);
}

static void assert_column(custval_table *ranking, const char *name, const double *expected) {
    for (size_t i = 0; i < custval_table_rows(ranking); i++) {
        assert_double_near(cell(ranking, name, i), expected[i], 1e-14);
    }
}

static void assert_names(const custval_table *table, const char *const *names) {
    size_t i = 0;
    for (; names[i] != NULL; i++) assert_string_equal(custval_table_name(table, i), names[i]);
    assert_int_equal(custval_table_columns(table), i);
}

static void each_method_has_its_columns(void **state) {
    (void)state;
    static const double cells[] = {1, 2, 3, 1};
    static const char *const names[METHODS][8] = {
        {"score", "rank"},
        {"score", "rank"},
        {"score", "rank", "sum", "product"},
        {"score", "rank", "to_best", "to_worst"},
        {"score", "rank", "s", "r", "q", "compromise"},
    };
    for (uint32_t method = 1; method <= METHODS; method++) {
        custval_table *ranking = rank_by("AB", cells, 2, method, 0);
        assert_names(ranking, names[method - 1]);
        custval_table_free(ranking);
    }
}

/* ---- Few rows, equal rows ---------------------------------------------------------------------------------------- */

/* One row alone, or rows that are all the same: all are the first, and no score is NaN. */
static void rows_that_are_all_equal_are_all_first(void **state) {
    (void)state;
    static const double cells[] = {3, 7, 3, 7, 3, 7}, scores[] = {1, 1, 1, 0.5, 1};
    for (size_t rows = 1; rows <= 3; rows++) {
        for (uint32_t method = 1; method <= METHODS; method++) {
            custval_table *ranking = rank_by("Ab", cells, rows, method, 0);
            for (size_t i = 0; i < rows; i++) {
                assert_double_bits(cell(ranking, "score", i), scores[method - 1]);
                assert_double_bits(cell(ranking, "rank", i), 1.0);
                if (method == CUSTVAL_RANK_VIKOR) assert_double_bits(cell(ranking, "compromise", i), 1.0);
            }
            custval_table_free(ranking);
        }
    }
}

static void a_table_of_which_no_row_counts_has_no_scores(void **state) {
    (void)state;
    static const double cells[] = {1, NONE, NONE, 2, -5, NONE};
    for (size_t rows = 0; rows <= 3; rows += 3) {
        for (uint32_t method = 1; method <= METHODS; method++) {
            custval_table *ranking = rank_by("Ab", cells, rows, method, 0);
            assert_int_equal(custval_table_rows(ranking), rows);
            for (size_t i = 0; i < rows; i++) {
                for (size_t k = 0; k < custval_table_columns(ranking); k++) {
                    assert_double_bits(cell(ranking, custval_table_name(ranking, k), i), NONE);
                }
            }
            custval_table_free(ranking);
        }
    }
}

/* What an incomplete row holds is not even looked at by a normalisation that could not take it. */
static void incomplete_rows_do_not_disturb(void **state) {
    (void)state;
    static const double cells[] = {4, 2, -8, NONE, 2, 1, NONE, 0}, scores[] = {0.75, NONE, 0.75, NONE};
    custval_table *ranking = rank_with("Ab", cells, 4, NULL);
    assert_column(ranking, "score", scores);
    custval_table_free(ranking);
}

/* ---- Columns that are the same in all rows ----------------------------------------------------------------------- */

/* They count as columns of ones, so that the sum of two such is theirs, whatever they hold. */
static void constant_columns_count_as_ones(void **state) {
    (void)state;
    static const double constants[] = {0, -3, 5, 1e-320, 1.7e308};
    static const struct {
        uint32_t normalisation;
        double benefit, sacrifice;
    } cases[] = {
        {CUSTVAL_NORMALISATION_VECTOR, 0.5, 0.5},
        {CUSTVAL_NORMALISATION_MAXIMUM, 1.0, 1.0},
        {CUSTVAL_NORMALISATION_SUM, 0.25, 0.25},
        {CUSTVAL_NORMALISATION_RANGE, 1.0, 1.0},
    };
    for (size_t i = 0; i < SUPPORT_COUNT(constants); i++) {
        const double c = constants[i], cells[] = {c, c, c, c, c, c, c, c};
        for (size_t k = 0; k < SUPPORT_COUNT(cases); k++) {
            const double score = 0.5 * cases[k].benefit + 0.5 * cases[k].sacrifice;
            custval_table *ranking = rank_by("Ab", cells, 4, CUSTVAL_RANK_SAW, cases[k].normalisation);
            for (size_t row = 0; row < 4; row++) assert_double_near(cell(ranking, "score", row), score, 1e-15);
            custval_table_free(ranking);
            ranking = rank_by("Ab", cells, 4, CUSTVAL_RANK_TOPSIS, cases[k].normalisation);
            assert_double_bits(cell(ranking, "score", 3), 0.5);
            custval_table_free(ranking);
        }
        custval_table *ranking = rank_by("Ab", cells, 4, CUSTVAL_RANK_VIKOR, 0);
        assert_double_bits(cell(ranking, "s", 0), 0.0);
        assert_double_bits(cell(ranking, "score", 0), 1.0);
        custval_table_free(ranking);
    }
}

static void a_declared_range_tells_where_a_constant_lies(void **state) {
    (void)state;
    static const double cells[] = {3, 8, 3, 8};
    custval_criterion criteria[2];
    custval_rank_options options = defaults;
    options.normalisation = CUSTVAL_NORMALISATION_RANGE;
    criteria_of("Ab", criteria);
    criteria[0].high = criteria[1].high = 10.0;
    custval_table *table = cells_of("Ab", cells, 2), *ranking = NULL;
    assert_ok(custval_rank(table, criteria, 2, &options, &ranking, NULL), NULL);
    assert_double_near(cell(ranking, "score", 1), 0.5 * 0.3 + 0.5 * 0.2, 1e-15);
    custval_table_free(ranking);
    options.method = CUSTVAL_RANK_VIKOR;
    assert_ok(custval_rank(table, criteria, 2, &options, &ranking, NULL), NULL);
    assert_double_near(cell(ranking, "s", 1), 0.5 * 0.7 + 0.5 * 0.8, 1e-15);
    assert_double_near(cell(ranking, "r", 1), 0.4, 1e-15);
    assert_double_bits(cell(ranking, "q", 1), 0.0);
    custval_table_free(ranking);
    custval_table_free(table);
}

/* ---- Types and sizes --------------------------------------------------------------------------------------------- */

/* Their squares leave 32 bits. */
static void integers_do_not_overflow(void **state) {
    (void)state;
    static const int32_t few[] = {2000000000, 1500000000}, many[] = {0, 2147483647};
    custval_column column = CUSTVAL_COLUMN_INIT;
    custval_criterion criteria[2];
    custval_rank_options options = defaults;
    custval_table *table = NULL, *ranking = NULL;
    options.normalisation = CUSTVAL_NORMALISATION_VECTOR;
    column.type = CUSTVAL_TYPE_INT32;
    column.data = few;
    assert_ok(custval_table_new(NULL, 2, &table, NULL), NULL);
    assert_ok(custval_table_add(table, "a", &column, NULL), NULL);
    column.data = many;
    assert_ok(custval_table_add(table, "b", &column, NULL), NULL);
    assert_ok(custval_rank(table, criteria, criteria_of("AB", criteria), &options, &ranking, NULL), NULL);
    assert_double_near(cell(ranking, "score", 0), 0.4, 1e-15);
    assert_double_near(cell(ranking, "score", 1), 0.8, 1e-15);
    custval_table_free(ranking);
    custval_table_free(table);
}

static void numbers_too_large_to_be_added_are_refused(void **state) {
    (void)state;
    static const double cells[] = {1, 2, -1.7e308, 1.7e308, 1.7e308, -1.7e308};
    custval_criterion criteria[2];
    custval_rank_options options = defaults;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = cells_of("AB", cells, 3), *ranking = table;
    options.method = CUSTVAL_RANK_TOPSIS;
    options.normalisation = CUSTVAL_NORMALISATION_NONE;
    assert_status(custval_rank(table, criteria, criteria_of("AB", criteria), &options, &ranking, &error),
                  CUSTVAL_ERROR_NOT_FINITE, &error);
    assert_message(&error, "row 0");
    assert_null(ranking);
    custval_table_free(table);
}

static void no_score_is_minus_zero(void **state) {
    (void)state;
    static const double cells[] = {-0.0, -0.0, -0.0, -0.0};
    custval_table *ranking = rank_by("AB", cells, 2, CUSTVAL_RANK_SAW, CUSTVAL_NORMALISATION_NONE);
    assert_false(signbit(cell(ranking, "score", 0)));
    custval_table_free(ranking);
}

/* ---- Weights, shares, ties --------------------------------------------------------------------------------------- */

static void criteria_of_weight_0_are_not_needed_but_must_be_there(void **state) {
    (void)state;
    static const double cells[] = {1, -9, 4, NONE, 2, (double)INFINITY}, scores[] = {0.25, 1, 0.5};
    custval_criterion criteria[3];
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = cells_of("AB", cells, 3), *ranking = NULL;
    criteria_of("ABC", criteria);
    criteria[1].weight = 0.0;
    assert_ok(custval_rank(table, criteria, 2, NULL, &ranking, &error), &error);
    assert_column(ranking, "score", scores);
    custval_table_free(ranking);
    criteria[2].weight = 0.0;
    assert_status(custval_rank(table, criteria, 3, NULL, &ranking, &error), CUSTVAL_ERROR_NOT_FOUND, &error);
    assert_message(&error, "\"c\"");
    custval_table_free(table);
}

static void shares_are_scores_divided_by_their_sum(void **state) {
    (void)state;
    static const double cells[] = {3, 1, NONE, 1, 1, 3, 2, 2}, shares[] = {1.0 / 3.0, NONE, 1.0 / 3.0, 1.0 / 3.0};
    static const uint32_t normalisations[] = {CUSTVAL_NORMALISATION_SUM, CUSTVAL_NORMALISATION_MAXIMUM};
    custval_rank_options options = defaults;
    options.shares = 1;
    for (size_t i = 0; i < SUPPORT_COUNT(normalisations); i++) {
        options.normalisation = normalisations[i];
        custval_table *ranking = rank_with("AB", cells, 4, &options);
        assert_column(ranking, "score", shares);
        custval_table_free(ranking);
    }
}

static void ties_follow_the_rule(void **state) {
    (void)state;
    static const double cells[] = {5, 8, 5, 2, NONE};
    static const double ranks[][5] = {
        {2, 1, 2, 4, NONE}, {2, 1, 2, 4, NONE}, {3, 1, 3, 4, NONE}, {2, 1, 2, 3, NONE}, {2.5, 1, 2.5, 4, NONE}};
    for (uint32_t ties = 0; ties < SUPPORT_COUNT(ranks); ties++) {
        custval_rank_options options = defaults;
        options.ties = ties;
        custval_table *ranking = rank_with("A", cells, 5, &options);
        assert_column(ranking, "rank", ranks[ties]);
        custval_table_free(ranking);
    }
}

static void assert_all_first(const char *letters, const double *cells, size_t rows, uint32_t method,
                             uint32_t normalisation) {
    custval_table *ranking = rank_by(letters, cells, rows, method, normalisation);
    for (size_t i = 0; i < rows; i++) assert_double_bits(cell(ranking, "rank", i), 1.0);
    custval_table_free(ranking);
}

/* In exact arithmetic all rows have the same score: what one column gives the other takes. */
static void scores_that_differ_by_rounding_share_a_rank(void **state) {
    (void)state;
    for (size_t rows = 2; rows <= 40; rows++) {
        double whole[80], from_0[80], opposite[120];
        for (size_t i = 0; i < rows; i++) {
            const double x = (double)i;
            whole[2 * i] = whole[2 * i + 1] = x + 1.0;
            from_0[2 * i] = from_0[2 * i + 1] = x;
            opposite[3 * i] = 0.1 * x;
            opposite[3 * i + 1] = 0.2 * x;
            opposite[3 * i + 2] = -0.3 * x;
        }
        assert_all_first("Ab", whole, rows, CUSTVAL_RANK_WPM, 0); /* the root of 1/rows */
        assert_all_first("Ab", whole, rows, CUSTVAL_RANK_SAW, CUSTVAL_NORMALISATION_VECTOR);
        assert_all_first("Ab", from_0, rows, CUSTVAL_RANK_SAW, CUSTVAL_NORMALISATION_RANGE);
        assert_all_first("Ab", from_0, rows, CUSTVAL_RANK_TOPSIS, CUSTVAL_NORMALISATION_RANGE);
        assert_all_first("ABC", opposite, rows, CUSTVAL_RANK_SAW, CUSTVAL_NORMALISATION_NONE);
    }
}

/* Smaller than the rounding of the best score, but not than their own. */
static void scores_far_below_the_best_keep_their_ranks(void **state) {
    (void)state;
    static const double cells[] = {1, 2e-30, 1e-30, 2e-30 * (1.0 + 0x1p-40)}, ranks[] = {1, 3, 4, 2};
    for (uint32_t method = CUSTVAL_RANK_SAW; method <= CUSTVAL_RANK_WASPAS; method++) {
        custval_table *ranking = rank_by("A", cells, 4, method, 0);
        assert_column(ranking, "rank", ranks);
        custval_table_free(ranking);
    }
}

/* ---- VIKOR ------------------------------------------------------------------------------------------------------- */

/* Sums of the same losses in another order differ by rounding, which a division by their range would make 0 and 1. */
static void rounding_of_equal_losses_decides_nothing(void **state) {
    (void)state;
    static const double cells[] = {0, 1, 10, 10, 0, 1, 1, 10, 0, 10, 1, 0, 0, 10, 1, 1, 0, 10};
    custval_table *ranking = rank_by("ABC", cells, 6, CUSTVAL_RANK_VIKOR, 0);
    for (size_t i = 0; i < 6; i++) {
        assert_double_bits(cell(ranking, "q", i), 0.0);
        assert_double_bits(cell(ranking, "rank", i), 1.0);
        assert_double_bits(cell(ranking, "compromise", i), 1.0);
    }
    custval_table_free(ranking);
}

/* One criterion: s = r = q, the losses 0, 1/2, 1. With three rows the advantage must be 1/2. */
static void an_advantage_just_large_enough_is_one(void **state) {
    (void)state;
    static const double exact[] = {0.3, 0.2, 0.1}, short_of_it[] = {0.3, 0.2001, 0.1};
    static const double alone[] = {1, 0, 0}, both[] = {1, 1, 0};
    custval_table *ranking = rank_by("A", exact, 3, CUSTVAL_RANK_VIKOR, 0);
    assert_double_near(cell(ranking, "q", 1), 0.5, 1e-15);
    assert_column(ranking, "compromise", alone);
    custval_table_free(ranking);
    ranking = rank_by("A", short_of_it, 3, CUSTVAL_RANK_VIKOR, 0);
    assert_column(ranking, "compromise", both);
    custval_table_free(ranking);
}

static void those_who_share_the_first_place_are_all_in_the_compromise(void **state) {
    (void)state;
    static const double cells[] = {1, 9, NONE, 9, 2}, compromise[] = {0, 1, NONE, 1, 0}, ranks[] = {4, 1, NONE, 1, 3};
    custval_table *ranking = rank_by("A", cells, 5, CUSTVAL_RANK_VIKOR, 0);
    assert_column(ranking, "compromise", compromise);
    assert_column(ranking, "rank", ranks);
    custval_table_free(ranking);
}

/* ---- Refusals ---------------------------------------------------------------------------------------------------- */

static void assert_criteria_refused(const custval_criterion *criteria, size_t count, custval_status status,
                                    const char *part) {
    static const double cells[] = {1, 2, 3, 4};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = cells_of("AB", cells, 2), *ranking = table;
    assert_status(custval_rank(table, criteria, count, NULL, &ranking, &error), status, &error);
    assert_message(&error, part);
    assert_null(ranking);
    custval_table_free(table);
}

static void criteria_are_checked(void **state) {
    (void)state;
    custval_criterion criteria[2];
    assert_criteria_refused(NULL, 1, CUSTVAL_ERROR_ARGUMENT, "criteria");
    criteria_of("AB", criteria);
    assert_criteria_refused(criteria, 0, CUSTVAL_ERROR_ARGUMENT, "no criteria");
    assert_criteria_refused(criteria, CUSTVAL_MAX_CRITERIA + 1, CUSTVAL_ERROR_LIMIT, "4097");
    criteria[1].column = "a";
    assert_criteria_refused(criteria, 2, CUSTVAL_ERROR_DUPLICATE, "\"a\"");
    criteria[1].column = NULL;
    assert_criteria_refused(criteria, 2, CUSTVAL_ERROR_ARGUMENT, "criterion 2 is NULL");
    criteria[1].column = "";
    assert_criteria_refused(criteria, 2, CUSTVAL_ERROR_ARGUMENT, "criterion 2 is empty");
    criteria[1].column = "\xff";
    assert_criteria_refused(criteria, 2, CUSTVAL_ERROR_ARGUMENT, "criterion 2 is not UTF-8");
    criteria[1].column = "bb";
    assert_criteria_refused(criteria, 2, CUSTVAL_ERROR_NOT_FOUND, "\"bb\"");
    criteria_of("AB", criteria);
    criteria[1].side = 3;
    assert_criteria_refused(criteria, 2, CUSTVAL_ERROR_ARGUMENT, "criterion \"b\": side 3 is unknown");
    criteria_of("AB", criteria);
    criteria[0].reserved = 1;
    assert_criteria_refused(criteria, 2, CUSTVAL_ERROR_ARGUMENT, "criterion \"a\": reserved");
    criteria_of("AB", criteria);
    criteria[1].low = -1.7e308;
    criteria[1].high = 1.7e308;
    assert_criteria_refused(criteria, 2, CUSTVAL_ERROR_RANGE, "criterion \"b\"");
    criteria[1].high = NONE;
    assert_criteria_refused(criteria, 2, CUSTVAL_ERROR_RANGE, "criterion \"b\"");
}

static void a_side_of_0_is_a_benefit(void **state) {
    (void)state;
    static const double cells[] = {1, 2};
    custval_criterion criterion = CUSTVAL_CRITERION_INIT;
    custval_table *table = cells_of("A", cells, 2), *ranking = NULL;
    criterion.column = "a";
    assert_ok(custval_rank(table, &criterion, 1, NULL, &ranking, NULL), NULL);
    assert_double_bits(cell(ranking, "rank", 1), 1.0);
    custval_table_free(ranking);
    custval_table_free(table);
}

static void texts_cannot_be_ranked(void **state) {
    (void)state;
    static const double cells[] = {1, 2};
    static const char *const words[] = {"x", "y"};
    custval_criterion criteria[2];
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = cells_of("A", cells, 2), *ranking = table;
    add_texts(table, "b", words);
    assert_status(custval_rank(table, criteria, criteria_of("AB", criteria), NULL, &ranking, &error),
                  CUSTVAL_ERROR_TYPE, &error);
    assert_message(&error, "\"b\"");
    assert_null(ranking);
    custval_table_free(table);
}

static void options_are_checked(void **state) {
    (void)state;
    static const double cells[] = {1, 2};
    static const struct {
        uint32_t method, normalisation, ties, shares;
        double share;
        custval_status status;
        const char *part;
    } cases[] = {
        {6, 0, 0, 0, 0.5, CUSTVAL_ERROR_ARGUMENT, "method of ranking 6"},
        {0, 6, 0, 0, 0.5, CUSTVAL_ERROR_ARGUMENT, "normalisation 6"},
        {0, 0, 5, 0, 0.5, CUSTVAL_ERROR_ARGUMENT, "rule of ties 5"},
        {0, 0, 0, 2, 0.5, CUSTVAL_ERROR_ARGUMENT, "shares is 2"},
        {CUSTVAL_RANK_TOPSIS, 0, 0, 1, 0.5, CUSTVAL_ERROR_ARGUMENT, "shares is 1"},
        {CUSTVAL_RANK_VIKOR, CUSTVAL_NORMALISATION_VECTOR, 0, 0, 0.5, CUSTVAL_ERROR_ARGUMENT, "\"vector\""},
        {0, 0, 0, 0, -0.1, CUSTVAL_ERROR_RANGE, "share is -0.1"},
        {CUSTVAL_RANK_VIKOR, 0, 0, 0, NONE, CUSTVAL_ERROR_RANGE, "share is nan"},
    };
    custval_criterion criteria[1];
    custval_table *table = cells_of("A", cells, 2);
    criteria_of("A", criteria);
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        custval_error error = CUSTVAL_ERROR_INIT;
        custval_rank_options options = defaults;
        custval_table *ranking = table;
        options.method = cases[i].method;
        options.normalisation = cases[i].normalisation;
        options.ties = cases[i].ties;
        options.shares = cases[i].shares;
        options.share = cases[i].share;
        assert_status(custval_rank(table, criteria, 1, &options, &ranking, &error), cases[i].status, &error);
        assert_message(&error, cases[i].part);
        assert_null(ranking);
    }
    custval_table_free(table);
}

static void a_refused_number_is_found_again(void **state) {
    (void)state;
    static const double cells[] = {1, 1, NONE, 0, 2, 0};
    custval_criterion criteria[2];
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = cells_of("Ab", cells, 3), *ranking = NULL;
    assert_status(custval_rank(table, criteria, criteria_of("Ab", criteria), NULL, &ranking, &error),
                  CUSTVAL_ERROR_RANGE, &error);
    assert_int_equal(error.row, 2);
    assert_message(&error, "row 2: column \"b\" is 0, but normalisation \"maximum\" takes only sacrifices above 0");
    custval_table_free(table);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_method_has_its_columns),
        cmocka_unit_test(rows_that_are_all_equal_are_all_first),
        cmocka_unit_test(a_table_of_which_no_row_counts_has_no_scores),
        cmocka_unit_test(incomplete_rows_do_not_disturb),
        cmocka_unit_test(constant_columns_count_as_ones),
        cmocka_unit_test(a_declared_range_tells_where_a_constant_lies),
        cmocka_unit_test(integers_do_not_overflow),
        cmocka_unit_test(numbers_too_large_to_be_added_are_refused),
        cmocka_unit_test(no_score_is_minus_zero),
        cmocka_unit_test(criteria_of_weight_0_are_not_needed_but_must_be_there),
        cmocka_unit_test(shares_are_scores_divided_by_their_sum),
        cmocka_unit_test(ties_follow_the_rule),
        cmocka_unit_test(scores_that_differ_by_rounding_share_a_rank),
        cmocka_unit_test(scores_far_below_the_best_keep_their_ranks),
        cmocka_unit_test(rounding_of_equal_losses_decides_nothing),
        cmocka_unit_test(an_advantage_just_large_enough_is_one),
        cmocka_unit_test(those_who_share_the_first_place_are_all_in_the_compromise),
        cmocka_unit_test(criteria_are_checked),
        cmocka_unit_test(a_side_of_0_is_a_benefit),
        cmocka_unit_test(texts_cannot_be_ranked),
        cmocka_unit_test(options_are_checked),
        cmocka_unit_test(a_refused_number_is_found_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
