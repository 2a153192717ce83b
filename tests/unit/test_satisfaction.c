/* Satisfaction by hand: edges of gaps, zones, Kano, quadrants, promoters, bands; links that cannot be fitted. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <custval/custval.h>

#include "base/wilson.h"
#include "json_table.h"
#include "satisfaction/area.h"
#include "satisfaction/least_squares.h"
#include "satisfaction/link.h"

static custval_system *system_of(const char *text) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *system = NULL;
    assert_ok(custval_system_parse(NULL, text, strlen(text), &system, &error), &error);
    return system;
}

static void assert_text(const custval_table *table, const char *column, size_t row, const char *expected) {
    const custval_text text = table_cell_text(table, column, row);
    assert_int_equal(text.length, strlen(expected));
    assert_memory_equal(text.data, expected, text.length);
}

/* ---- Gaps -------------------------------------------------------------------------------------------------------- */

#define ITEM(column) "{\"id\": \"i" column "\", \"items\": [{\"column\": \"" column "\", \"scale\": [0, 10]}]}"
#define DIMENSION(id, side, more, items) \
  "{\"id\": \"" id "\", \"side\": \"" side "\"" more ", \"indicators\": [" items "]}"
#define SYSTEM(more, dimensions) "{\"custval\": \"system\", \"version\": 1, " more "\"dimensions\": [" dimensions "]}"

static custval_table *gap_of(const char *document, custval_table *performance, custval_table *expectation,
                             const custval_gap_options *options) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *const system = system_of(document);
    custval_table *gaps = NULL;
    assert_ok(custval_gap(system, performance, expectation, options, &gaps, &error), &error);
    custval_system_free(system);
    custval_table_free(performance);
    custval_table_free(expectation);
    return gaps;
}

/* Sums of 0.1 and 0.2 differ from 0.3 in the last bit; that is no loss, and lambda would make it one. */
static void rounding_is_neither_gain_nor_loss(void **state) {
    (void)state;
    custval_gap_options options = CUSTVAL_GAP_OPTIONS_INIT;
    options.measures = CUSTVAL_GAP_DIFFERENCE | CUSTVAL_GAP_PROSPECT;
    custval_table *const gaps = gap_of(SYSTEM("", DIMENSION("d", "benefit", "", ITEM("a") "," ITEM("b"))),
                                       json_text_table("[\"a\", \"b\"]", "[[0.3, 3]]"),
                                       json_text_table("[\"a\", \"b\"]", "[[0.30000000000000004, 3]]"), &options);
    assert_double_bits(table_cell(gaps, "value.gap", 0), 0.0);
    assert_double_bits(table_cell(gaps, "value.prospect", 0), 0.0);
    assert_double_bits(table_cell(gaps, "attained", 0), 1.0);
    custval_table_free(gaps);
}

/* Neutral and worst scores of unanswered items are no performance, nor an expectation. */
static void what_stands_in_for_an_answer_is_not_compared(void **state) {
    (void)state;
    static const char *const policies[] = {"nested", "flat", "neutral", "worst"};
    for (size_t i = 0; i < SUPPORT_COUNT(policies); i++) {
        char document[600];
        snprintf(document, sizeof document, SYSTEM("\"missing\": {\"policy\": \"%s\"}, ", "%s"), policies[i],
                 DIMENSION("d", "benefit", "", ITEM("a") "," ITEM("b")));
        custval_table *const gaps = gap_of(document, json_text_table("[\"a\", \"b\"]", "[[8, null], [8, 2]]"),
                                           json_text_table("[\"a\", \"b\"]", "[[5, 9]]"), NULL);
        assert_double_near(table_cell(gaps, "value.gap", 0), 30.0, 1e-12);
        assert_double_near(table_cell(gaps, "compared", 0), 1.0, 0.0);
        assert_double_near(table_cell(gaps, "value.gap", 1), (30.0 - 70.0) / 2, 1e-12);
        custval_table_free(gaps);
    }
}

static void gates_and_overrides_take_no_part(void **state) {
    (void)state;
    custval_table *const gaps = gap_of(
        SYSTEM("\"override_column\": \"who\", \"gates\": [{\"node\": \"d\", \"below\": 60, \"cap\": 1}], "
               "\"overrides\": [{\"key\": \"x\", \"score\": 3, \"author\": \"me\", \"reason\": \"so\", \"expires\": "
               "\"2999-01-01\"}], ",
               DIMENSION("d", "benefit", "", ITEM("a"))),
        json_text_table("[\"a\", \"who\"]", "[[5, \"x\"]]"), json_text_table("[\"a\"]", "[[7]]"), NULL);
    assert_double_near(table_cell(gaps, "value.performance", 0), 50.0, 1e-12);
    assert_double_near(table_cell(gaps, "value.gap", 0), -20.0, 1e-12);
    custval_table_free(gaps);
}

/* A geometric dimension has gaps (of two geometric means), but no roll-up of what may be below 0. */
static void felt_gaps_need_means(void **state) {
    (void)state;
    custval_gap_options options = CUSTVAL_GAP_OPTIONS_INIT;
    custval_score_options score = CUSTVAL_SCORE_OPTIONS_INIT;
    score.levels = CUSTVAL_LEVEL_VALUE | CUSTVAL_LEVEL_DIMENSION | CUSTVAL_LEVEL_INDICATOR;
    options.score = &score;
    options.measures = 31;
    custval_table *const gaps = gap_of(
        SYSTEM("", DIMENSION("g", "benefit", ", \"aggregator\": \"geometric\"",
                             ITEM("a") "," ITEM("b")) "," DIMENSION("m", "benefit", "", ITEM("c") "," ITEM("e"))),
        json_text_table("[\"a\", \"b\", \"c\", \"e\"]", "[[4, 9, 5, 5]]"),
        json_text_table("[\"a\", \"b\", \"c\", \"e\"]", "[[1, 4, 6, 5]]"), &options);
    assert_double_near(table_cell(gaps, "g.gap", 0), 60.0 - 20.0, 1e-12);
    assert_true(isnan(table_cell(gaps, "g.prospect", 0)));
    assert_true(isnan(table_cell(gaps, "value.prospect", 0)));
    assert_double_near(table_cell(gaps, "m.prospect", 0), -0.5 * 2.25 * 100.0 * pow(0.1, 0.88), 1e-11);
    assert_double_near(table_cell(gaps, "ia.prospect", 0), 100.0 * pow(0.3, 0.88), 1e-11);
    custval_table_free(gaps);
}

static void a_ratio_has_gaps_but_no_felt_ones(void **state) {
    (void)state;
    custval_gap_options options = CUSTVAL_GAP_OPTIONS_INIT;
    options.measures = 31;
    custval_table *const gaps =
        gap_of(SYSTEM("\"form\": \"ratio\", ",
                      DIMENSION("d", "benefit", "", ITEM("a")) "," DIMENSION("s", "sacrifice", "", ITEM("b"))),
               json_text_table("[\"a\", \"b\"]", "[[8, 4]]"), json_text_table("[\"a\", \"b\"]", "[[6, 4]]"), &options);
    assert_double_near(table_cell(gaps, "value.gap", 0), 0.5, 1e-12);
    assert_true(isnan(table_cell(gaps, "value.prospect", 0)));
    assert_double_near(table_cell(gaps, "benefit.prospect", 0), 100.0 * pow(0.2, 0.88), 1e-11);
    assert_double_bits(table_cell(gaps, "sacrifice.prospect", 0), 0.0);
    custval_table_free(gaps);
}

/* Profiles and own importances are the performance's: a table of expectations need not have them. */
static void weights_are_those_of_the_performance(void **state) {
    (void)state;
    custval_table *const gaps = gap_of(
        SYSTEM("\"profile_column\": \"kind\", \"profiles\": [{\"id\": \"x\", \"weights\": {\"ia\": 3, \"ib\": 1}}], ",
               DIMENSION("d", "benefit", "", ITEM("a") "," ITEM("b"))),
        json_text_table("[\"a\", \"b\", \"kind\"]", "[[8, 2, \"x\"], [8, 2, null]]"),
        json_text_table("[\"a\", \"b\"]", "[[4, 4]]"), NULL);
    assert_double_near(table_cell(gaps, "value.gap", 0), (3 * 40.0 - 20.0) / 4, 1e-12);
    assert_double_near(table_cell(gaps, "value.gap", 1), (40.0 - 20.0) / 2, 1e-12);
    custval_table_free(gaps);
}

/* Answers in words, a derived node, and an item that only one of them has answered. */
static void categories_and_derived_nodes_have_gaps(void **state) {
    (void)state;
    custval_gap_options options = CUSTVAL_GAP_OPTIONS_INIT;
    custval_score_options score = CUSTVAL_SCORE_OPTIONS_INIT;
    score.levels = CUSTVAL_LEVEL_INDICATOR | CUSTVAL_LEVEL_DERIVED | CUSTVAL_LEVEL_ITEM;
    options.score = &score;
    options.measures = 31;
    custval_table *const gaps = gap_of(
        SYSTEM(
            "\"derived\": [{\"id\": \"image\", \"from\": {\"ia\": 1, \"iw\": 3}}], ",
            DIMENSION(
                "d", "benefit", "",
                ITEM(
                    "a") ",{\"id\": \"iw\", \"items\": [{\"column\": \"w\", \"curve\": {\"type\": \"table\", \"scores\": "
                         "{\"good\": 100, \"bad\": 20}}}]}")),
        json_text_table("[\"a\", \"w\"]", "[[6, \"good\"], [6, null], [6, \"odd\"]]"),
        json_text_table("[\"a\", \"w\"]", "[[5, \"bad\"]]"), &options);
    assert_double_near(table_cell(gaps, "iw.gap", 0), 80.0, 1e-12);
    assert_double_near(table_cell(gaps, "image.gap", 0), (10.0 + 3 * 80.0) / 4, 1e-12);
    assert_double_near(table_cell(gaps, "image.prospect", 0), 25.0 * pow(0.1, 0.88) + 75.0 * pow(0.8, 0.88), 1e-11);
    assert_double_near(table_cell(gaps, "image.gap", 1), 10.0, 1e-12);
    assert_double_near(table_cell(gaps, "status", 2), CUSTVAL_ROW_UNKNOWN_CATEGORY, 0.0);
    assert_double_near(table_cell(gaps, "compared", 2), 0.0, 0.0);
    assert_true(isnan(table_cell(gaps, "ia.gap", 2)) && isnan(table_cell(gaps, "attained", 2)));
    custval_table_free(gaps);
}

static void no_rows_make_no_gaps(void **state) {
    (void)state;
    static const char profiled[] =
        SYSTEM("\"profile_column\": \"kind\", \"profiles\": [{\"id\": \"x\", \"weights\": {\"ia\": 3}}], ",
               DIMENSION("d", "benefit", "", ITEM("a")));
    custval_table *const gaps =
        gap_of(profiled, json_text_table("[\"a\", \"kind\"]", "[]"), json_text_table("[\"a\"]", "[]"), NULL);
    assert_int_equal(custval_table_rows(gaps), 0);
    custval_table_free(gaps);
}

/* ACSI: 100 x sum of W (mean - 1)/9, one published set of weights; a system in use, no function of its own. */
static void a_system_gives_the_satisfaction_index(void **state) {
    (void)state;
    const double w[] = {0.3885, 0.3190, 0.2925}, x[] = {8, 7, 9};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *const system = system_of(SYSTEM(
        "",
        DIMENSION("satisfaction", "benefit", "",
                  "{\"id\": \"acsi\", \"items\": [{\"column\": \"overall\", \"scale\": [1, 10], \"weight\": 0.3885, "
                  "\"missing_codes\": [98, 99]}, {\"column\": \"expected\", \"scale\": [1, 10], \"weight\": 0.3190}, "
                  "{\"column\": \"ideal\", \"scale\": [1, 10], \"weight\": 0.2925}]}")));
    custval_table *const answers = json_text_table("[\"overall\", \"expected\", \"ideal\"]", "[[8, 7, 9], [98, 7, 9]]");
    custval_table *scores = NULL;
    assert_ok(custval_score(system, answers, NULL, &scores, &error), &error);
    double index = 0.0, rest = 0.0;
    for (size_t i = 0; i < 3; i++) index += 100.0 * w[i] * (x[i] - 1.0) / 9.0;
    rest = 100.0 * (w[1] * 6.0 / 9.0 + w[2] * 8.0 / 9.0) / (w[1] + w[2]);
    assert_double_near(table_cell(scores, "value", 0), index, 1e-12);
    assert_double_near(table_cell(scores, "value", 1), rest, 1e-12);
    custval_table_free(scores);
    custval_table_free(answers);
    custval_system_free(system);
}

static void levels_that_contradict_each_other_make_no_zone(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *const system =
        system_of(SYSTEM("", DIMENSION("d", "benefit", "", ITEM("a")) "," DIMENSION("s", "sacrifice", "", ITEM("b"))));
    custval_table *const performance = json_text_table("[\"a\", \"b\"]", "[[5, 5], [4, 6], [6, 4]]");
    custval_table *const adequate = json_text_table("[\"a\", \"b\"]", "[[6, 6]]"), *const desired = json_text_table(
                                                                                       "[\"a\", \"b\"]", "[[4, 6]]");
    custval_table *zones = NULL;
    assert_ok(custval_tolerance(system, performance, adequate, desired, NULL, &zones, &error), &error);
    for (size_t row = 0; row < 3; row++) {
        assert_double_near(table_cell(zones, "contradictory", row), 1.0, 0.0);
        assert_double_near(table_cell(zones, "ia.zone", row), CUSTVAL_ZONE_NONE, 0.0);
        assert_true(isnan(table_cell(zones, "ib.tolerance", row))); /* no width */
    }
    assert_double_near(table_cell(zones, "ib.zone", 0), CUSTVAL_ZONE_ABOVE, 0.0); /* less is better */
    assert_double_near(table_cell(zones, "ib.zone", 1), CUSTVAL_ZONE_WITHIN, 0.0);
    custval_table_free(zones);
    custval_table_free(performance);
    custval_table_free(adequate);
    custval_table_free(desired);
    custval_system_free(system);
}

/* ---- Kano, quadrants, promoters ---------------------------------------------------------------------------------- */

/* All 25 pairs of answers, against Berger et al. (1993), figure of the evaluation table, row by row. */
static void kano_reads_the_published_table(void **state) {
    (void)state;
    static const char *const published[5] = {"QAAAO", "RIIIM", "RIIIM", "RIIIM", "RRRRQ"};
    static const char letters[] = "AOMIRQ";
    static const char *const columns[] = {"attractive",  "one_dimensional", "must_be",
                                          "indifferent", "reverse",         "questionable"};
    const char *const functional[] = {"f"}, *const dysfunctional[] = {"d"};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_kano_options options = CUSTVAL_KANO_OPTIONS_INIT;
    options.functional = functional;
    options.dysfunctional = dysfunctional;
    options.count = 1;
    for (int f = 1; f <= 5; f++) {
        for (int d = 1; d <= 5; d++) {
            char rows[64];
            snprintf(rows, sizeof rows, "[[%d, %d], [null, 1]]", f, d);
            custval_table *const table = json_text_table("[\"f\", \"d\"]", rows);
            custval_table *out = NULL;
            assert_ok(custval_kano(table, &options, &out, &error), &error);
            const size_t which = (size_t)(strchr(letters, published[f - 1][d - 1]) - letters);
            for (size_t k = 0; k < 6; k++) assert_double_near(table_cell(out, columns[k], 0), k == which, 0.0);
            assert_double_near(table_cell(out, "missing", 0), 1.0, 0.0);
            custval_table_free(out);
            custval_table_free(table);
        }
    }
}

static void kano_tells_classes_and_their_strength(void **state) {
    (void)state;
    const char *const functional[] = {"f", "g"}, *const dysfunctional[] = {"d", "e"};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_kano_options options = CUSTVAL_KANO_OPTIONS_INIT;
    custval_table *out = NULL;
    options.functional = functional;
    options.dysfunctional = dysfunctional;
    options.count = 2;
    /* f, d: A A O O M M I R: of equals must-be wins. g, e: nobody. */
    custval_table *table =
        json_text_table("[\"f\", \"d\", \"g\", \"e\"]",
                        "[[1, 2, null, 1], [1, 3, null, 1], [1, 5, null, 1], [1, 5, 1, null], [3, 5, null, "
                        "null], [2, 5, null, 1], [3, 3, null, 1], [5, 1, null, 1]]");
    assert_ok(custval_kano(table, &options, &out, &error), &error);
    assert_text(out, "class", 0, "must-be");
    assert_double_near(table_cell(out, "better", 0), 4.0 / 7, 1e-15);
    assert_double_near(table_cell(out, "worse", 0), -4.0 / 7, 1e-15);
    assert_double_near(table_cell(out, "strength", 0), 0.0, 0.0);
    assert_double_near(table_cell(out, "total", 0), 0.75, 0.0);
    assert_text(out, "class", 1, "");
    assert_true(isnan(table_cell(out, "better", 1)));
    assert_double_near(table_cell(out, "missing", 1), 8.0, 0.0);
    custval_table_free(out);
    custval_table_free(table);
    table = json_text_table("[\"f\", \"d\", \"g\", \"e\"]", "[[1, 2, 1, 2], [1, 2.5, 1, 2]]");
    assert_status(custval_kano(table, &options, &out, &error), CUSTVAL_ERROR_RANGE, &error);
    assert_message(&error, "row 1: column \"d\" is 2.5");
    custval_table_free(table);
}

static void numbers_on_the_cut_are_on_the_high_side(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_quadrants_options options = CUSTVAL_QUADRANTS_OPTIONS_INIT;
    custval_table *const table = json_text_table(
        "[\"importance\", \"performance\"]", "[[0.1, 4], [0.2, 5], [0.3, 3], [0.2, 4], [null, 4], [0.2, 3.9999999]]");
    custval_table *out = NULL;
    options.has_performance_cut = 1;
    options.performance_cut = 4.0;
    assert_ok(custval_quadrants(table, &options, &out, &error), &error);
    assert_double_near(table_cell(out, "importance_cut", 0), 0.2, 1e-15);
    static const char *const expected[] = {"overkill", "keep", "concentrate", "keep", "", "concentrate"};
    for (size_t i = 0; i < SUPPORT_COUNT(expected); i++) assert_text(out, "quadrant", i, expected[i]);
    custval_table_free(out);
    custval_table_free(table);
}

static void promoters_need_their_scale(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_nps_options options = CUSTVAL_NPS_OPTIONS_INIT;
    custval_table *table = json_text_table("[\"recommend\"]", "[[10], [9], [8], [6], [null], [10]]");
    custval_table *out = NULL;
    assert_ok(custval_nps(table, &options, &out, &error), &error);
    assert_double_near(table_cell(out, "nps", 0), 40.0, 1e-13);
    assert_double_near(table_cell(out, "error", 0), 100.0 * sqrt((0.6 + 0.2 - 0.16) / 5), 1e-12);
    custval_table_free(out);
    options.scale_max = 7.0;
    options.promoters_from = 7.0;
    options.detractors_to = 4.0;
    assert_status(custval_nps(table, &options, &out, &error), CUSTVAL_ERROR_RANGE, &error);
    assert_message(&error, "row 0: column \"recommend\" is 10, but the scale is 0 to 7");
    custval_table_free(table);
    table = json_text_table("[\"recommend\"]", "[[10], [10]]");
    assert_ok(custval_nps(table, NULL, &out, &error), &error);
    assert_double_near(table_cell(out, "high", 0), 100.0, 0.0);
    assert_double_near(table_cell(out, "error", 0), 0.0, 0.0);
    custval_table_free(out);
    custval_table_free(table);
}

/* ---- Back-tests -------------------------------------------------------------------------------------------------- */

static void bands_are_half_open(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_backtest_options options = CUSTVAL_BACKTEST_OPTIONS_INIT;
    const double edges[] = {0.3, 0.7};
    const double score[] = {nextafter(0.3, 0.0), 0.3, nextafter(0.7, 0.0), 0.7, 0.9}, outcome[] = {0, 1, 0, 1, 1};
    custval_table *table = NULL, *out = NULL;
    assert_ok(custval_table_new(NULL, 5, &table, NULL), NULL);
    assert_ok(custval_table_add_doubles(table, "score", score, NULL), NULL);
    assert_ok(custval_table_add_doubles(table, "outcome", outcome, NULL), NULL);
    options.edges = edges;
    options.edge_count = 2;
    assert_ok(custval_backtest(table, &options, NULL, &out, &error), &error);
    assert_double_near(table_cell(out, "n", 0), 1.0, 0.0);
    assert_double_near(table_cell(out, "n", 1), 2.0, 0.0);
    assert_double_near(table_cell(out, "n", 2), 2.0, 0.0);
    assert_double_near(table_cell(out, "high", 2), 1.0, 0.0);
    custval_table_free(out);
    custval_table_free(table);
}

/* Events 3 and 2, others 2 and 1: three pairs are won, and the tie counts half. */
static void ties_count_half_of_a_pair(void **state) {
    (void)state;
    const double scores[] = {3, 2, 2, 1}, outcomes[] = {1, 1, 0, 0}, same[] = {5, 5, 5, 5};
    counting_host counter;
    double area, error;
    counting_host_init(&counter);
    assert_ok(custval__area_under(&counter.host, scores, outcomes, 4, &area, &error, NULL), NULL);
    assert_double_near(area, 3.5 / 4, 1e-15);
    assert_double_near(error, sqrt(0.125 / 2 / 2 * 2), 0.2);
    assert_ok(custval__area_under(&counter.host, same, outcomes, 4, &area, &error, NULL), NULL);
    assert_double_near(area, 0.5, 1e-15);
    assert_double_near(error, 0.0, 1e-15);
    assert_ok(custval__area_under(&counter.host, scores, same, 4, &area, &error, NULL), NULL);
    assert_true(isnan(area) && isnan(error));
    counting_host_end(&counter);
}

static void a_share_of_none_has_an_interval_from_zero(void **state) {
    (void)state;
    double low, high;
    custval__wilson(0.0, 10.0, 1.959963984540054, &low, &high);
    assert_double_near(low, 0.0, 0.0);
    assert_double_near(high, 0.2775327998628892,
                       1e-13); /* statsmodels 0.14, proportion_confint(0, 10, method="wilson") */
}

/* ---- Links ------------------------------------------------------------------------------------------------------- */

/* Longley's data (NIST StRD, certified values): the classic of ill-conditioned regressions. */
static void longley_is_fitted_to_ten_digits(void **state) {
    (void)state;
    static const double certified[] = {-3482258.63459582, 15.0618722713733,  -0.358191792925910E-01,
                                       -2.02022980381683, -1.03322686717359, -0.511041056535807E-01,
                                       1829.15146461355},
                        errors[] = {890420.383607373,  84.9149257747669,  0.334910077722432E-01, 0.488399681651699,
                                    0.214274163161675, 0.226073200069370, 455.478499142212};
    static const char rows[] =
        "[[60323,83.0,234289,2356,1590,107608,1947],[61122,88.5,259426,2325,1456,108632,1948],[60171,88.2,258054,3682,1616,"
        "109773,1949],[61187,89.5,284599,3351,1650,110929,1950],[63221,96.2,328975,2099,3099,112075,1951],[63639,98.1,346999,"
        "1932,3594,113270,1952],[64989,99.0,365385,1870,3547,115094,1953],[63761,100.0,363112,3578,3350,116219,1954],[66019,"
        "101.2,397469,2904,3048,117388,1955],[67857,104.6,419180,2822,2857,118734,1956],[68169,108.4,442769,2936,2798,120445,"
        "1957],[66513,110.8,444546,4681,2637,121950,1958],[68655,112.6,482704,3813,2552,123366,1959],[69564,114.2,502601,"
        "3931,2514,125368,1960],[69331,115.7,518173,4806,2572,127852,1961],[70551,116.9,554894,4007,2827,130081,1962]]";
    static const char *const names[] = {"x1", "x2", "x3", "x4", "x5", "x6"};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_link_options options = CUSTVAL_LINK_OPTIONS_INIT;
    custval_link_facts facts = CUSTVAL_LINK_FACTS_INIT;
    custval_table *const table = json_text_table("[\"y\",\"x1\",\"x2\",\"x3\",\"x4\",\"x5\",\"x6\"]", rows);
    custval_table *out = NULL;
    custval_link *link = NULL;
    options.outcome = "y";
    options.predictors = names;
    options.predictor_count = 6;
    assert_ok(custval_link_fit(table, &options, &link, &error), &error);
    assert_ok(custval_link_coefficients(link, NULL, 0.95, &out, &error), &error);
    for (size_t i = 0; i < 7; i++) {
        assert_double_near(table_cell(out, "coefficient", i), certified[i], 1e-10 * fabs(certified[i]));
        assert_double_near(table_cell(out, "error", i), errors[i], 1e-10 * errors[i]);
    }
    assert_ok(custval_link_describe(link, &facts, NULL), NULL);
    assert_double_near(facts.r2, 0.995479004577296, 1e-14);
    assert_double_near(facts.deviation, 304.854073561965, 1e-9);
    custval_table_free(out);
    custval_link_free(link);
    custval_table_free(table);
}

static custval_status fit(const char *columns, const char *rows, const char *const *predictors, size_t count,
                          uint32_t kind, double ridge, custval_link **out, custval_error *error) {
    custval_link_options options = CUSTVAL_LINK_OPTIONS_INIT;
    custval_table *const table = json_text_table(columns, rows);
    options.outcome = "y";
    options.predictors = predictors;
    options.predictor_count = count;
    options.kind = kind;
    options.ridge = ridge;
    const custval_status status = custval_link_fit(table, &options, out, error);
    assert_int_equal(*out == NULL, status != CUSTVAL_OK);
    custval_table_free(table);
    return status;
}

static void separated_outcomes_have_no_fit_but_with_a_ridge(void **state) {
    (void)state;
    static const char *const names[] = {"a", "b"};
    static const char columns[] = "[\"y\", \"a\", \"b\"]";
    static const char whole[] = "[[0, 1, 3], [0, 2, 5], [1, 3, 4], [1, 4, 3], [0, 1.5, 4], [1, 5, 5]]";
    /* b alone tells some: where b is 1, all are events; elsewhere both happen. */
    static const char quasi[] =
        "[[0, 1, 0], [1, 2, 0], [0, 3, 0], [1, 4, 1], [1, 1, 1], [1, 2, 1], [0, 5, 0], [1, 4, 0]]";
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_link *link = NULL;
    assert_status(fit(columns, whole, names, 2, CUSTVAL_LINK_LOGISTIC, 0.0, &link, &error), CUSTVAL_ERROR_CONVERGENCE,
                  &error);
    assert_message(&error, "all outcomes of 1");
    assert_message(&error, "\"a\" most of all");
    assert_status(fit(columns, quasi, names, 2, CUSTVAL_LINK_LOGISTIC, 0.0, &link, &error), CUSTVAL_ERROR_CONVERGENCE,
                  &error);
    assert_message(&error, "some outcomes of 1");
    assert_message(&error, "\"b\" most of all");
    for (size_t i = 0; i < 2; i++) {
        assert_ok(fit(columns, i == 0 ? whole : quasi, names, 2, CUSTVAL_LINK_LOGISTIC, 1.0, &link, &error), &error);
        custval_link_free(link);
    }
}

static void what_cannot_be_told_apart_is_named(void **state) {
    (void)state;
    static const char *const names[] = {"a", "b"};
    static const char columns[] = "[\"y\", \"a\", \"b\"]";
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_link *link = NULL;
    assert_status(fit(columns, "[[1, 1, 3], [2, 2, 6], [4, 3, 9], [3, 4, 12]]", names, 2, CUSTVAL_LINK_LINEAR, 0.0,
                      &link, &error),
                  CUSTVAL_ERROR_STATE, &error);
    assert_message(&error, "predictor \"b\" follows from those before it");
    assert_ok(fit(columns, "[[1, 1, 3], [2, 2, 6], [4, 3, 9], [3, 4, 12]]", names, 2, CUSTVAL_LINK_LINEAR, 0.5, &link,
                  &error),
              &error);
    custval_link_free(link);
    assert_status(
        fit(columns, "[[1, 1, 3], [2, 2, 3], [4, 3, 3], [3, 4, 3]]", names, 2, CUSTVAL_LINK_LINEAR, 0.0, &link, &error),
        CUSTVAL_ERROR_STATE, &error);
    assert_message(&error, "predictor \"b\" does not vary");
    assert_status(
        fit(columns, "[[1, 1, 3], [2, 2, 3], [4, 3, null]]", names, 1, CUSTVAL_LINK_LINEAR, 0.0, &link, &error),
        CUSTVAL_OK, &error);
    custval_link_free(link);
    assert_status(
        fit(columns, "[[1, 1, 3], [2, 2, 3], [4, null, 3]]", names, 1, CUSTVAL_LINK_LINEAR, 0.0, &link, &error),
        CUSTVAL_ERROR_STATE, &error);
    assert_message(&error, "2 rows lack nothing");
    assert_status(
        fit(columns, "[[1, 1, 3], [1, 2, 4], [1, 3, 5]]", names, 1, CUSTVAL_LINK_LOGISTIC, 0.0, &link, &error),
        CUSTVAL_ERROR_STATE, &error);
    assert_message(&error, "\"y\" is 1 in all 3 rows");
    assert_status(
        fit(columns, "[[1, 1, 3], [0, 2, 4], [2, 3, 5]]", names, 1, CUSTVAL_LINK_LOGISTIC, 0.0, &link, &error),
        CUSTVAL_ERROR_RANGE, &error);
    assert_message(&error, "outcome \"y\" holds 2");
}

/* An outcome that never changes is explained whole by the intercept; its R^2 is not known. */
static void a_constant_outcome_has_no_slope(void **state) {
    (void)state;
    static const char *const names[] = {"a"};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_link_facts facts = CUSTVAL_LINK_FACTS_INIT;
    custval_link *link = NULL;
    double b[2];
    assert_ok(fit("[\"y\", \"a\"]", "[[7, 1], [7, 2], [7, 4]]", names, 1, CUSTVAL_LINK_LINEAR, 0.0, &link, &error),
              &error);
    assert_ok(custval_link_numbers(link, b, NULL, NULL), NULL);
    assert_ok(custval_link_describe(link, &facts, NULL), NULL);
    assert_double_near(b[0], 7.0, 1e-14);
    assert_double_near(b[1], 0.0, 1e-14);
    assert_true(isnan(facts.r2));
    custval_link_free(link);
    assert_ok(fit("[\"y\", \"a\"]", "[[1e150, 1e-150], [-1e150, 2e-150], [1e150, 4e-150]]", names, 0,
                  CUSTVAL_LINK_LINEAR, 0.0, &link, &error),
              &error);
    assert_ok(custval_link_numbers(link, b, NULL, NULL), NULL);
    assert_double_near(b[0] / 1e150, 1.0 / 3, 1e-14);
    custval_link_free(link);
}

/* The far ends of the logistic curve neither overflow nor lose the small side. */
static void the_logistic_curve_holds_at_its_ends(void **state) {
    (void)state;
    assert_double_near(custval__logistic(-40.0) / 4.248354255291589e-18, 1.0, 1e-14);
    assert_double_near(custval__logistic(1000.0), 1.0, 0.0);
    assert_double_near(custval__logistic(-1000.0), 0.0, 0.0);
    assert_double_near(custval__log_one_plus_exp(1000.0), 1000.0, 0.0);
    assert_double_near(custval__log_one_plus_exp(-40.0) / 4.248354255291589e-18, 1.0, 1e-14);
}

/* ---- Documents --------------------------------------------------------------------------------------------------- */

static const char stated[] =
    "{\"custval\": \"link\", \"version\": 1, \"kind\": \"logistic\", \"outcome\": \"stayed\", \"intercept\": -3, \"terms\": "
    "[{\"predictor\": \"satisfaction\", \"coefficient\": 0.05}]}";

static void a_stated_link_predicts_without_errors(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_link *link = NULL;
    custval_table *const table = json_text_table("[\"satisfaction\"]", "[[60], [null], [80]]");
    custval_table *out = NULL;
    assert_ok(custval_link_parse(NULL, stated, sizeof stated - 1, &link, &error), &error);
    assert_ok(custval_link_predict(link, table, NULL, &out, &error), &error);
    assert_double_near(table_cell(out, "prediction", 0), 0.5, 1e-15);
    assert_true(isnan(table_cell(out, "prediction", 1)));
    assert_double_near(table_cell(out, "prediction", 2), 1.0 / (1.0 + exp(-1.0)), 1e-15);
    assert_true(isnan(table_cell(out, "error", 0)) && isnan(table_cell(out, "low", 0)));
    custval_table_free(out);
    custval_table_free(table);
    custval_link_free(link);
}

/* The mean alone is a link, too, and its document has no terms. */
static void a_link_of_nothing_is_read_back(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_link *link = NULL, *again = NULL;
    char text[1000];
    size_t length;
    double mean, variance;
    assert_ok(fit("[\"y\"]", "[[1], [2], [6]]", NULL, 0, CUSTVAL_LINK_LINEAR, 0.0, &link, &error), &error);
    assert_ok(custval_link_write(link, text, sizeof text, &length, &error), &error);
    assert_null(strstr(text, "terms"));
    assert_ok(custval_link_parse(NULL, text, length, &again, &error), &error);
    assert_ok(custval_link_numbers(again, &mean, &variance, &error), &error);
    assert_double_near(mean, 3.0, 1e-15);
    assert_double_near(variance, 7.0 / 3, 1e-14);
    custval_link_free(again);
    custval_link_free(link);
}

static void a_refused_document_says_where(void **state) {
    (void)state;
#define LINK(more) "{\"custval\": \"link\", \"version\": 1, \"kind\": \"linear\", \"outcome\": \"y\", " more "}"
    static const struct {
        const char *text, *message;
        custval_status status;
    } refused[] = {
        {"[]", "$: a document is an object", CUSTVAL_ERROR_DOCUMENT},
        {"{\"custval\": \"worth\"}", "$.custval: this is no link document", CUSTVAL_ERROR_DOCUMENT},
        {"{\"custval\": \"link\", \"version\": 2}", "$.version: this library reads version 1, not 2",
         CUSTVAL_ERROR_DOCUMENT},
        {LINK("\"note\": \"x\""), "$: ", CUSTVAL_ERROR_DOCUMENT},
        {LINK("\"intercept\": 1, \"terms\": [{\"predictor\": \"y\", \"coefficient\": 1}]"), "$.terms",
         CUSTVAL_ERROR_DUPLICATE},
        {LINK("\"intercept\": 1, \"terms\": [{\"predictor\": \"\", \"coefficient\": 1}]"), "$.terms[0].predictor",
         CUSTVAL_ERROR_DOCUMENT},
        {LINK("\"intercept\": 1, \"terms\": [{\"predictor\": \"a\", \"coeficient\": 1}]"),
         "$.terms[0]: unknown key \"coeficient\"", CUSTVAL_ERROR_DOCUMENT},
        {LINK("\"intercept\": 1, \"covariance\": []"),
         "$.covariance: a link with 1 coefficients has so many rows, not 0", CUSTVAL_ERROR_STRUCTURE},
        {LINK("\"intercept\": 1, \"covariance\": [[1, 2]]"),
         "$.covariance[0]: row 0 of the lower triangle has 1 numbers, not 2", CUSTVAL_ERROR_STRUCTURE},
        {LINK("\"intercept\": 1, \"covariance\": [[-1]]"), "$.covariance[0][0]: a variance of -1", CUSTVAL_ERROR_RANGE},
        {LINK("\"intercept\": 1, \"covariance\": [[\"a\"]]"), "$.covariance[0][0]: must be a number",
         CUSTVAL_ERROR_DOCUMENT},
        {LINK("\"intercept\": 1, \"fit\": {\"n\": 1.5}"), "$.fit.n: 1.5 is no count", CUSTVAL_ERROR_RANGE},
        {LINK("\"intercept\": 1, \"fit\": {\"r2\": 1}"), "$.fit: ", CUSTVAL_ERROR_DOCUMENT},
    };
    for (size_t i = 0; i < SUPPORT_COUNT(refused); i++) {
        custval_error error = CUSTVAL_ERROR_INIT;
        custval_link *link = NULL;
        const custval_status status = custval_link_parse(NULL, refused[i].text, strlen(refused[i].text), &link, &error);
        assert_status(status, refused[i].status, &error);
        assert_message(&error, refused[i].message);
        assert_null(link);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rounding_is_neither_gain_nor_loss),
        cmocka_unit_test(what_stands_in_for_an_answer_is_not_compared),
        cmocka_unit_test(gates_and_overrides_take_no_part),
        cmocka_unit_test(felt_gaps_need_means),
        cmocka_unit_test(a_ratio_has_gaps_but_no_felt_ones),
        cmocka_unit_test(weights_are_those_of_the_performance),
        cmocka_unit_test(categories_and_derived_nodes_have_gaps),
        cmocka_unit_test(no_rows_make_no_gaps),
        cmocka_unit_test(a_system_gives_the_satisfaction_index),
        cmocka_unit_test(levels_that_contradict_each_other_make_no_zone),
        cmocka_unit_test(kano_reads_the_published_table),
        cmocka_unit_test(kano_tells_classes_and_their_strength),
        cmocka_unit_test(numbers_on_the_cut_are_on_the_high_side),
        cmocka_unit_test(promoters_need_their_scale),
        cmocka_unit_test(bands_are_half_open),
        cmocka_unit_test(ties_count_half_of_a_pair),
        cmocka_unit_test(a_share_of_none_has_an_interval_from_zero),
        cmocka_unit_test(longley_is_fitted_to_ten_digits),
        cmocka_unit_test(separated_outcomes_have_no_fit_but_with_a_ridge),
        cmocka_unit_test(what_cannot_be_told_apart_is_named),
        cmocka_unit_test(a_constant_outcome_has_no_slope),
        cmocka_unit_test(the_logistic_curve_holds_at_its_ends),
        cmocka_unit_test(a_stated_link_predicts_without_errors),
        cmocka_unit_test(a_link_of_nothing_is_read_back),
        cmocka_unit_test(a_refused_document_says_where),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
