/* Weights from data: published examples, a peer library, 50 digits; directions, awkward columns, refusals. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "summaries.h"

#define COLUMNS 4
#define OFFERS 6

static const char *const names[COLUMNS] = {"quality", "price", "service", "wait"};
static const double offers[OFFERS][COLUMNS] = {{8.5, 120, 3.25, 40}, {6, 95, 2.5, 55},   {9.75, 210, 4, 35},
                                               {4, 60, 1.5, 80},     {7.25, 150, 3, 45}, {5.5, 110, 3.75, 60}};

static custval_weights *weigh(const custval_summary *summary, uint32_t method, uint32_t declared) {
    custval_data_options options = CUSTVAL_DATA_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_weights *weights = NULL;
    options.method = method;
    options.declared_ranges = declared;
    assert_ok(custval_weights_data(summary, &options, &weights, &error), &error);
    return weights;
}

static void assert_refused(const custval_summary *summary, uint32_t method, uint32_t declared, custval_status status,
                           const char *says) {
    custval_data_options options = CUSTVAL_DATA_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_weights *weights = (custval_weights *)(void *)&error;
    options.method = method;
    options.declared_ranges = declared;
    assert_status(custval_weights_data(summary, &options, &weights, &error), status, &error);
    assert_message(&error, says);
    assert_null(weights);
}

static custval_summary *fed(const custval_criterion *criteria, size_t count, uint32_t parts, const double *rows,
                            size_t row_count) {
    const char *columns[16];
    for (size_t i = 0; i < count; i++) columns[i] = criteria[i].column;
    custval_table *table = rows_table(columns, count, rows, row_count);
    custval_summary *summary = empty_summary(NULL, criteria, count, parts);
    feed(summary, table);
    custval_table_free(table);
    return summary;
}

/* The offers; ranges are those seen. */
static custval_summary *offers_summary(void) {
    const custval_criterion criteria[COLUMNS] = {benefit(names[0], 4, 9.75), sacrifice(names[1], 60, 210),
                                                 benefit(names[2], 1.5, 4), sacrifice(names[3], 35, 80)};
    return fed(criteria, COLUMNS, SUMMARY_EVERYTHING, offers[0], OFFERS);
}

static void assert_shares(const custval_weights *weights, const double *expected, size_t count, double tolerance) {
    for (size_t i = 0; i < count; i++) {
        assert_double_near(custval_weights_share(weights, i), expected[i], tolerance);
    }
}

/* ---- Known answers ----------------------------------------------------------------------------------------------- */

/* pymcdm 1.4.0 on the same offers, sacrifices as low + high - x for what does not know directions; deviations of
   columns scaled to 0..1. Variation: mpmath 1.4.1. */
static void directions_come_first(void **state) {
    (void)state;
    static const struct {
        uint32_t method;
        const char *name;
        double shares[COLUMNS];
    } cases[] = {
        {CUSTVAL_DATA_ENTROPY,
         "entropy",
         {0.2335139870659912, 0.34061225461145206, 0.24487377079626443, 0.18099998752629234}},
        {CUSTVAL_DATA_CRITIC,
         "critic",
         {0.18595113828685103, 0.44182504798119904, 0.19311574284518648, 0.17910807088676345}},
        {CUSTVAL_DATA_DEVIATION,
         "deviation",
         {0.25414748907620693, 0.23905186562703087, 0.2533529403874409, 0.2534477049093213}},
        {CUSTVAL_DATA_VARIATION,
         "variation",
         {0.25060811248442174982, 0.2881380798156863767, 0.24741086451976209618, 0.21384294318012977729}},
        {CUSTVAL_DATA_MEREC,
         "merec",
         {0.21551766470477954, 0.29640568236477394, 0.28821468591410154, 0.1998619670163449}},
    };
    custval_summary *summary = offers_summary();
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        custval_weights *weights = weigh(summary, cases[i].method, 0);
        assert_string_equal(custval_weights_method(weights), cases[i].name);
        assert_int_equal(custval_weights_sample(weights), OFFERS);
        assert_shares(weights, cases[i].shares, COLUMNS, 2e-15);
        custval_weights_free(weights);
    }
    custval_summary_free(summary);
}

/* Keshavarz-Ghorabaee et al. (2021), Symmetry 13:525, table 4; all digits: pymcdm 1.4.0. */
static void merec_gives_the_published_weights(void **state) {
    (void)state;
    static const double rows[5][4] = {
        {450, 8000, 54, 145}, {10, 9100, 2, 160}, {100, 8200, 31, 153}, {220, 9300, 1, 162}, {5, 8400, 23, 158}};
    static const double shares[] = {0.57522167, 0.01409659, 0.40156136, 0.00912038};
    const custval_criterion criteria[] = {benefit("C1", 5, 450), benefit("C2", 8000, 9300), sacrifice("C3", 1, 54),
                                          sacrifice("C4", 145, 162)};
    custval_summary *summary = fed(criteria, 4, CUSTVAL_SUMMARY_REMOVAL, rows[0], 5);
    custval_weights *weights = weigh(summary, CUSTVAL_DATA_MEREC, 0);
    assert_shares(weights, shares, 4, 5e-9);
    custval_weights_free(weights);
    custval_summary_free(summary);
}

/* mpmath 1.4.1. */
static void declared_ranges_can_scale(void **state) {
    (void)state;
    static const double shares[] = {0.21686385147291535608, 0.26606447989555506694, 0.23498463446200570551,
                                    0.28208703416952387147};
    const custval_criterion criteria[COLUMNS] = {benefit(names[0], 0, 10), sacrifice(names[1], 50, 250),
                                                 benefit(names[2], 1, 5), sacrifice(names[3], 30, 90)};
    custval_summary *summary = fed(criteria, COLUMNS, 0, offers[0], OFFERS);
    custval_weights *weights = weigh(summary, CUSTVAL_DATA_DEVIATION, 1);
    assert_shares(weights, shares, COLUMNS, 1e-15);
    custval_weights_free(weights);
    custval_summary_free(summary);
}

static void columns_tell_how_the_weights_came_about(void **state) {
    (void)state;
    custval_summary *summary = offers_summary();
    custval_table *facts = summary_table(summary);
    custval_weights *entropy = weigh(summary, CUSTVAL_DATA_ENTROPY, 0),
                    *critic = weigh(summary, CUSTVAL_DATA_CRITIC, 0);
    custval_weights *variation = weigh(summary, CUSTVAL_DATA_VARIATION, 0);
    custval_weights *merec = weigh(summary, CUSTVAL_DATA_MEREC, 0);
    double sum = 0.0;
    for (size_t i = 0; i < COLUMNS; i++) {
        const custval_table *table = custval_weights_table(critic);
        assert_double_near(table_cell(table, "information", i),
                           table_cell(table, "deviation", i) * table_cell(table, "conflict", i), 1e-15);
        table = custval_weights_table(entropy);
        assert_double_bits(table_cell(table, "entropy", i), table_cell(facts, "entropy", i));
        assert_double_bits(table_cell(table, "information", i), table_cell(facts, "divergence", i));
        table = custval_weights_table(variation);
        assert_double_bits(table_cell(table, "deviation", i), table_cell(facts, "deviation", i));
        table = custval_weights_table(merec);
        assert_double_near(table_cell(table, "removal", i) * OFFERS, table_cell(table, "information", i), 1e-15);
        sum += custval_weights_share(critic, i);
    }
    assert_double_bits(sum, 1.0);
    assert_int_equal(custval_table_rows(custval_weights_notes(entropy)), 1);
    assert_int_equal(table_row(custval_weights_notes(entropy), "code", "low-n"), 0);
    custval_weights_free(entropy);
    custval_weights_free(critic);
    custval_weights_free(variation);
    custval_weights_free(merec);
    custval_table_free(facts);
    custval_summary_free(summary);
}

/* ---- Awkward columns --------------------------------------------------------------------------------------------- */

/* The third column does not vary: the others are weighed as if it were not there. */
static void a_constant_column_weighs_nothing(void **state) {
    (void)state;
    static const double rows[4][3] = {{1, 5, 7}, {2, 4, 7}, {4, 9, 7}, {3, 1, 7}};
    const custval_criterion criteria[] = {benefit("a", 1, 4), sacrifice("b", 1, 9), benefit("c", 2, 8)};
    custval_summary *with = fed(criteria, 3, SUMMARY_EVERYTHING, rows[0], 4);
    double others[4][2];
    for (size_t i = 0; i < 4; i++) memcpy(others[i], rows[i], sizeof others[i]);
    custval_summary *without = fed(criteria, 2, SUMMARY_EVERYTHING, others[0], 4);
    for (uint32_t method = CUSTVAL_DATA_ENTROPY; method <= CUSTVAL_DATA_MEREC; method++) {
        custval_weights *weights = weigh(with, method, 0), *fewer = weigh(without, method, 0);
        const custval_table *notes = custval_weights_notes(weights);
        assert_double_bits(custval_weights_share(weights, 2), 0.0);
        const size_t note = table_row(notes, "code", "constant");
        assert_int_equal(table_cell_text(notes, "about", note).data[0], 'c');
        for (size_t i = 0; i < 2 && method != CUSTVAL_DATA_MEREC; i++) {
            assert_double_near(custval_weights_share(weights, i), custval_weights_share(fewer, i), 1e-15);
        }
        custval_weights_free(weights);
        custval_weights_free(fewer);
    }
    custval_summary_free(with);
    custval_summary_free(without);
}

static void a_missing_cell_leaves_out_that_cell(void **state) {
    (void)state;
    static const double holes[5][2] = {{1, 5}, {NONE, 4}, {4, 9}, {3, NONE}, {2, 2}};
    static const double complete[3][2] = {{1, 5}, {4, 9}, {2, 2}};
    static const double of_a[4] = {1, 4, 3, 2};
    const custval_criterion criteria[] = {benefit("a", 1, 4), benefit("b", 1, 9)};
    custval_summary *some = fed(criteria, 2, SUMMARY_EVERYTHING, holes[0], 5);
    custval_summary *all = fed(criteria, 2, SUMMARY_EVERYTHING, complete[0], 3);
    custval_summary *alone = fed(criteria, 1, SUMMARY_EVERYTHING, of_a, 4);
    const uint32_t joint[] = {CUSTVAL_DATA_CRITIC, CUSTVAL_DATA_MEREC};
    for (size_t i = 0; i < 2; i++) {
        custval_weights *a = weigh(some, joint[i], 0), *b = weigh(all, joint[i], 0);
        assert_double_near(custval_weights_share(a, 0), custval_weights_share(b, 0), 1e-15);
        assert_int_equal(custval_weights_sample(a), 3);
        custval_weights_free(a);
        custval_weights_free(b);
    }
    custval_weights *a = weigh(some, CUSTVAL_DATA_ENTROPY, 0), *b = weigh(alone, CUSTVAL_DATA_ENTROPY, 0);
    assert_double_bits(table_cell(custval_weights_table(a), "entropy", 0),
                       table_cell(custval_weights_table(b), "entropy", 0));
    assert_int_equal(custval_weights_sample(a), 4);
    custval_weights_free(a);
    custval_weights_free(b);
    custval_summary_free(some);
    custval_summary_free(all);
    custval_summary_free(alone);
}

/* Shares 0, 1/4, 3/4: E = (1/4 ln 4 + 3/4 ln 4/3) / ln 3. */
static void a_zero_cell_adds_nothing_to_an_entropy(void **state) {
    (void)state;
    static const double numbers[] = {0, 1, 3};
    const custval_criterion criterion = benefit("a", 0, 0);
    custval_summary *summary = fed(&criterion, 1, CUSTVAL_SUMMARY_ENTROPY, numbers, 3);
    custval_weights *weights = weigh(summary, CUSTVAL_DATA_ENTROPY, 0);
    assert_double_near(table_cell(custval_weights_table(weights), "entropy", 0),
                       (log(4.0) / 4 + 0.75 * log(4.0 / 3)) / log(3.0), 1e-15);
    custval_weights_free(weights);
    custval_summary_free(summary);
}

static void numbers_a_method_cannot_take_are_named(void **state) {
    (void)state;
    static const double rows[3][2] = {{1, 3}, {2, -0.5}, {3, 1}};
    static const double low[3][2] = {{1, -3}, {2, -0.5}, {3, 1}};
    const custval_criterion criteria[] = {benefit("a", 0, 0), benefit("b", 0, 0)};
    const custval_criterion turned[] = {benefit("a", 0, 0), sacrifice("b", -4, 2)};
    custval_summary *summary = fed(criteria, 2, CUSTVAL_SUMMARY_ENTROPY, rows[0], 3);
    assert_refused(summary, CUSTVAL_DATA_ENTROPY, 0, CUSTVAL_ERROR_RANGE,
                   "column \"b\" goes down to -0.5: entropy takes no numbers below 0");
    assert_refused(summary, CUSTVAL_DATA_DEVIATION, 1, CUSTVAL_ERROR_RANGE, "column \"a\" has no declared range");
    custval_summary_free(summary);
    summary = fed(criteria, 2, CUSTVAL_SUMMARY_ENTROPY, low[0], 3);
    assert_refused(summary, CUSTVAL_DATA_VARIATION, 0, CUSTVAL_ERROR_RANGE, "column \"b\" has the mean -0.83");
    custval_summary_free(summary);
    summary = fed(turned, 2, CUSTVAL_SUMMARY_ENTROPY, low[0], 3);
    assert_refused(summary, CUSTVAL_DATA_ENTROPY, 0, CUSTVAL_ERROR_RANGE,
                   "column \"b\" goes down to -3, turned in its range: entropy");
    assert_refused(summary, CUSTVAL_DATA_VARIATION, 0, CUSTVAL_ERROR_RANGE,
                   "turned in its range, which is not above 0");
    custval_summary_free(summary);
}

static void too_little_to_go_by_is_said(void **state) {
    (void)state;
    static const double one[1][2] = {{1, 3}}, same[3][2] = {{1, 3}, {1, 3}, {1, 3}}, holes[2][2] = {{1, NONE}, {2, 3}};
    static const double alike[3][2] = {{1, 2}, {2, 4}, {3, 6}};
    const custval_criterion criteria[] = {benefit("a", 0, 0), benefit("b", 0, 0)};
    custval_summary *summary = empty_summary(NULL, criteria, 2, 0);
    assert_refused(summary, CUSTVAL_DATA_DEVIATION, 0, CUSTVAL_ERROR_STATE, "0 of 0 rows can be used");
    custval_summary_free(summary);
    summary = fed(criteria, 2, 0, one[0], 1);
    assert_refused(summary, CUSTVAL_DATA_DEVIATION, 0, CUSTVAL_ERROR_STATE, "1 of 1 rows can be used");
    assert_refused(summary, CUSTVAL_DATA_ENTROPY, 0, CUSTVAL_ERROR_STATE,
                   "method \"entropy\" needs a summary that keeps entropy");
    assert_refused(summary, CUSTVAL_DATA_CRITIC, 0, CUSTVAL_ERROR_STATE,
                   "method \"critic\" needs a summary that keeps pairs");
    assert_refused(summary, CUSTVAL_DATA_MEREC, 0, CUSTVAL_ERROR_STATE,
                   "method \"merec\" needs a summary that keeps removal effects");
    custval_summary_free(summary);
    summary = fed(criteria, 2, CUSTVAL_SUMMARY_ENTROPY, same[0], 3);
    assert_refused(summary, CUSTVAL_DATA_ENTROPY, 0, CUSTVAL_ERROR_STATE, "no column varies");
    custval_summary_free(summary);
    summary = fed(criteria, 2, CUSTVAL_SUMMARY_PAIRS, holes[0], 2);
    assert_refused(summary, CUSTVAL_DATA_CRITIC, 0, CUSTVAL_ERROR_STATE, "1 of 2 rows can be used");
    custval_summary_free(summary);
    summary = fed(criteria, 2, CUSTVAL_SUMMARY_PAIRS, alike[0], 3);
    assert_refused(summary, CUSTVAL_DATA_CRITIC, 0, CUSTVAL_ERROR_STATE,
                   "method \"critic\" finds no column more telling than another");
    assert_refused(summary, 0, 0, CUSTVAL_ERROR_ARGUMENT, "method 0 is unknown");
    assert_refused(summary, 6, 0, CUSTVAL_ERROR_ARGUMENT, "method 6 is unknown");
    assert_refused(summary, CUSTVAL_DATA_CRITIC, 2, CUSTVAL_ERROR_ARGUMENT, "declared_ranges is 2");
    custval_summary_free(summary);
}

static void huge_numbers_are_weighed(void **state) {
    (void)state;
    static const double rows[4][2] = {{1e200, -1.7e308}, {2e200, 1.7e308}, {4e200, 1.7e308}, {3e200, -1.7e308}};
    static const double small[4][2] = {{1, -1.7}, {2, 1.7}, {4, 1.7}, {3, -1.7}};
    const custval_criterion criteria[] = {benefit("a", 0, 0), benefit("b", 0, 0)};
    custval_summary *huge = fed(criteria, 2, CUSTVAL_SUMMARY_PAIRS, rows[0], 4);
    custval_summary *usual = fed(criteria, 2, CUSTVAL_SUMMARY_PAIRS, small[0], 4);
    for (uint32_t method = CUSTVAL_DATA_CRITIC; method <= CUSTVAL_DATA_DEVIATION; method++) {
        custval_weights *a = weigh(huge, method, 0), *b = weigh(usual, method, 0);
        assert_double_near(custval_weights_share(a, 0), custval_weights_share(b, 0), 1e-15);
        custval_weights_free(a);
        custval_weights_free(b);
    }
    custval_summary_free(huge);
    custval_summary_free(usual);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(directions_come_first),
        cmocka_unit_test(merec_gives_the_published_weights),
        cmocka_unit_test(declared_ranges_can_scale),
        cmocka_unit_test(columns_tell_how_the_weights_came_about),
        cmocka_unit_test(a_constant_column_weighs_nothing),
        cmocka_unit_test(a_missing_cell_leaves_out_that_cell),
        cmocka_unit_test(a_zero_cell_adds_nothing_to_an_entropy),
        cmocka_unit_test(numbers_a_method_cannot_take_are_named),
        cmocka_unit_test(too_little_to_go_by_is_said),
        cmocka_unit_test(huge_numbers_are_weighed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
