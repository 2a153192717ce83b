/* The interface: gaps, zones, encounters, links, penalties, Kano, quadrants, promoters, back-tests. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "api.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include <custval/link.h>
#include <custval/satisfaction.h>

#include "json_table.h"

#define ROWS 6

static const char document[] =
    "{\"custval\": \"system\", \"version\": 1, \"dimensions\": [{\"id\": \"d\", \"side\": \"benefit\", \"indicators\": [{\"id\": "
    "\"i\", \"items\": [{\"column\": \"q\", \"scale\": [0, 10]}]}]}]}";

static const double q[ROWS] = {5, 6, 7, 8, 4, 3}, y[ROWS] = {1, 3, 2, 5, 4, 6}, z[ROWS] = {0, 1, 0, 1, 1, 0},
                    x[ROWS] = {1, 2, 3, 4, 5, 5.5}, goal[1] = {6}, kano[ROWS] = {1, 2, 3, 4, 5, 1},
                    wild[ROWS] = {1, 2, 3, 4, 5, (double)INFINITY};

typedef struct fixture {
    custval_system *system;
    custval_table *table, *goals, *two, *words;
    custval_link *link;
} fixture;

static fixture self;
static const char *const predictors[] = {"x", "q"};

static custval_link_options link_options(void) {
    custval_link_options options = CUSTVAL_LINK_OPTIONS_INIT;
    options.outcome = "y";
    options.predictors = predictors;
    options.predictor_count = 2;
    return options;
}

static custval_table *columns(const char *const *names, const double *const *numbers, size_t count, size_t rows) {
    custval_table *table = NULL;
    assert_ok(custval_table_new(NULL, rows, &table, NULL), NULL);
    for (size_t i = 0; i < count; i++) assert_ok(custval_table_add_doubles(table, names[i], numbers[i], NULL), NULL);
    return table;
}

static int set_up(void **state) {
    static const char *const names[] = {"q",         "y",           "z",           "x",          "kano",
                                        "wild",      "score",       "outcome",     "importance", "performance",
                                        "recommend", "expectation", "satisfaction"};
    static const double *const numbers[] = {q, y, z, x, kano, wild, x, z, x, q, q, x, y};
    static const custval_text texts[ROWS] = {{"a", 1}, {"b", 1}, {"a", 1}, {NULL, 0}, {"b", 1}, {"a", 1}};
    const custval_link_options options = link_options();
    (void)state;
    assert_ok(custval_system_parse(NULL, document, sizeof document - 1, &self.system, NULL), NULL);
    self.table = columns(names, numbers, SUPPORT_COUNT(names), ROWS);
    assert_ok(custval_table_add_texts(self.table, "text", texts, NULL), NULL);
    assert_ok(custval_table_add_texts(self.table, "customer", texts, NULL), NULL);
    self.goals = columns(names, (const double *const[]){goal}, 1, 1);
    self.two = columns(names, numbers, 1, 2);
    assert_ok(custval_table_new(NULL, ROWS, &self.words, NULL), NULL);
    assert_ok(custval_table_add_texts(self.words, "q", texts, NULL), NULL);
    assert_ok(custval_link_fit(self.table, &options, &self.link, NULL), NULL);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    custval_link_free(self.link);
    custval_table_free(self.words);
    custval_table_free(self.two);
    custval_table_free(self.goals);
    custval_table_free(self.table);
    custval_system_free(self.system);
    return 0;
}

/* Runs a call that gives a table; a failed one has set it to NULL. */
#define GIVES(call)                                    \
  custval_table *out = self.table;                     \
  const custval_status status = (call);                \
  assert_int_equal(out == NULL, status != CUSTVAL_OK); \
  custval_table_free(out);                             \
  return status

/* ---- Gaps and zones ---------------------------------------------------------------------------------------------- */

static custval_status gap_with(const void *options, custval_error *error) {
    GIVES(custval_gap(self.system, self.table, self.goals, options, &out, error));
}

static custval_status gap_of(const custval_table *performance, const custval_table *expectation, custval_error *error) {
    GIVES(custval_gap(self.system, performance, expectation, NULL, &out, error));
}

static void gaps_refuse_what_cannot_be_compared(void **state) {
    (void)state;
    const custval_gap_options options = CUSTVAL_GAP_OPTIONS_INIT;
    const char *indicators[] = {"i", "i"};
    const double curves[] = {1, 1, 1, 1, 1, 1};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *out = self.table;
    assert_refused(custval_gap(self.system, self.table, self.goals, NULL, NULL, &error));
    assert_refused(custval_gap(NULL, self.table, self.goals, NULL, &out, &error));
    assert_null(out);
    assert_refused(gap_of(NULL, self.goals, &error));
    assert_message(&error, "performance");
    assert_refused(gap_of(self.table, NULL, &error));
    assert_message(&error, "expectation");
    assert_status(gap_of(self.table, self.two, &error), CUSTVAL_ERROR_STRUCTURE, &error);
    assert_status(gap_of(self.table, self.words, &error), CUSTVAL_ERROR_TYPE, &error);
    assert_reads_struct(gap_with, &options, sizeof options);
    custval_gap_options wrong = options;
    wrong.measures = 32;
    assert_refused(gap_with(&wrong, &error));
    wrong = options;
    wrong.reserved = 1;
    assert_refused(gap_with(&wrong, &error));
    wrong = options;
    wrong.lambda = 0.0;
    assert_status(gap_with(&wrong, &error), CUSTVAL_ERROR_RANGE, &error);
    wrong = options;
    wrong.indicator_count = 1;
    assert_refused(gap_with(&wrong, &error));
    wrong.indicators = indicators;
    assert_refused(gap_with(&wrong, &error));
    wrong.curves = curves;
    assert_ok(gap_with(&wrong, &error), &error);
    wrong.indicator_count = 2;
    assert_status(gap_with(&wrong, &error), CUSTVAL_ERROR_DUPLICATE, &error);
    indicators[1] = NULL;
    assert_refused(gap_with(&wrong, &error));
    indicators[1] = "d";
    assert_status(gap_with(&wrong, &error), CUSTVAL_ERROR_STRUCTURE, &error);
    indicators[1] = "j";
    assert_status(gap_with(&wrong, &error), CUSTVAL_ERROR_NOT_FOUND, &error);
    custval_score_options score = CUSTVAL_SCORE_OPTIONS_INIT;
    score.levels = 1U << 20;
    wrong = options;
    wrong.score = &score;
    assert_refused(gap_with(&wrong, &error));
}

static custval_status zones_with(const void *options, custval_error *error) {
    GIVES(custval_tolerance(self.system, self.table, self.goals, self.goals, options, &out, error));
}

static void zones_need_three_tables(void **state) {
    (void)state;
    const custval_score_options options = CUSTVAL_SCORE_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *out = self.table;
    assert_refused(custval_tolerance(self.system, self.table, self.goals, self.goals, NULL, NULL, &error));
    assert_refused(custval_tolerance(NULL, self.table, self.goals, self.goals, NULL, &out, &error));
    assert_null(out);
    assert_refused(custval_tolerance(self.system, NULL, self.goals, self.goals, NULL, &out, &error));
    assert_refused(custval_tolerance(self.system, self.table, NULL, self.goals, NULL, &out, &error));
    assert_refused(custval_tolerance(self.system, self.table, self.goals, NULL, NULL, &out, &error));
    assert_message(&error, "desired");
    assert_reads_struct(zones_with, &options, sizeof options);
}

/* ---- Encounters -------------------------------------------------------------------------------------------------- */

static custval_status encounters_with(const void *options, custval_error *error) {
    GIVES(custval_encounters(self.table, options, &out, error));
}

static void encounters_need_their_shares(void **state) {
    (void)state;
    custval_encounters_options options = CUSTVAL_ENCOUNTERS_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *out = self.table;
    assert_status(encounters_with(NULL, &error), CUSTVAL_ERROR_RANGE, &error);
    assert_message(&error, "updating is not stated");
    options.updating = 0.5;
    assert_status(encounters_with(&options, &error), CUSTVAL_ERROR_RANGE, &error);
    assert_message(&error, "weight is not stated");
    options.weight = 1.5;
    assert_status(encounters_with(&options, &error), CUSTVAL_ERROR_RANGE, &error);
    options.weight = 0.5;
    assert_reads_struct(encounters_with, &options, sizeof options);
    assert_refused(custval_encounters(self.table, &options, NULL, &error));
    assert_refused(custval_encounters(NULL, &options, &out, &error));
    assert_null(out);
    options.customer = "nobody";
    assert_status(encounters_with(&options, &error), CUSTVAL_ERROR_NOT_FOUND, &error);
    options.customer = NULL;
    options.score = "text";
    assert_status(encounters_with(&options, &error), CUSTVAL_ERROR_TYPE, &error);
    options.score = "wild";
    assert_status(encounters_with(&options, &error), CUSTVAL_ERROR_NOT_FINITE, &error);
    assert_message(&error, "row 5: column \"wild\"");
    options.score = NULL;
    options.time = "wild";
    assert_status(encounters_with(&options, &error), CUSTVAL_ERROR_NOT_FINITE, &error);
    options.time = NULL;
    options.has_first = 2;
    assert_refused(encounters_with(&options, &error));
    options.has_first = 1;
    options.first = (double)NAN;
    assert_status(encounters_with(&options, &error), CUSTVAL_ERROR_NOT_FINITE, &error);
}

/* ---- Links ------------------------------------------------------------------------------------------------------- */

static custval_status fit_with(const void *options, custval_error *error) {
    custval_link *link = self.link;
    const custval_status status = custval_link_fit(self.table, options, &link, error);
    assert_int_equal(link == NULL, status != CUSTVAL_OK);
    custval_link_free(link);
    return status;
}

static void fitting_refuses_what_is_no_link(void **state) {
    (void)state;
    const custval_link_options options = link_options();
    const char *names[] = {"x", "x"};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_link *link = self.link;
    custval_link_options wrong = options;
    assert_reads_struct(fit_with, &options, sizeof options);
    assert_refused(custval_link_fit(self.table, &options, NULL, &error));
    assert_refused(custval_link_fit(NULL, &options, &link, &error));
    assert_null(link);
    assert_refused(fit_with(NULL, &error));
    wrong.kind = 3;
    assert_refused(fit_with(&wrong, &error));
    wrong = options;
    wrong.reserved = 1;
    assert_refused(fit_with(&wrong, &error));
    wrong = options;
    wrong.ridge = -1.0;
    assert_status(fit_with(&wrong, &error), CUSTVAL_ERROR_RANGE, &error);
    wrong = options;
    wrong.predictors = NULL;
    assert_refused(fit_with(&wrong, &error));
    wrong.predictors = names;
    assert_status(fit_with(&wrong, &error), CUSTVAL_ERROR_DUPLICATE, &error);
    names[1] = "y";
    assert_status(fit_with(&wrong, &error), CUSTVAL_ERROR_DUPLICATE, &error);
    names[1] = NULL;
    assert_refused(fit_with(&wrong, &error));
    names[1] = "none";
    assert_status(fit_with(&wrong, &error), CUSTVAL_ERROR_NOT_FOUND, &error);
    names[1] = "text";
    assert_status(fit_with(&wrong, &error), CUSTVAL_ERROR_TYPE, &error);
    names[1] = "wild";
    assert_status(fit_with(&wrong, &error), CUSTVAL_ERROR_NOT_FINITE, &error);
    wrong.predictor_count = CUSTVAL_MAX_PREDICTORS + 1;
    assert_status(fit_with(&wrong, &error), CUSTVAL_ERROR_LIMIT, &error);
}

static void a_link_is_written_and_read_back(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    char text[4000], again[4000], small[8];
    size_t length = 7, length_again;
    custval_link *link = NULL;
    assert_refused(custval_link_write(self.link, text, sizeof text, NULL, &error));
    assert_refused(custval_link_write(self.link, NULL, 1, &length, &error));
    assert_int_equal(length, 0);
    assert_refused(custval_link_write(NULL, text, sizeof text, &length, &error));
    assert_ok(custval_link_write(self.link, small, sizeof small, &length, &error), &error);
    assert_true(length > sizeof small && small[sizeof small - 1] == 0);
    assert_ok(custval_link_write(self.link, text, sizeof text, &length, &error), &error);
    assert_int_equal(strlen(text), length);
    assert_refused(custval_link_parse(NULL, text, length, NULL, &error));
    assert_refused(custval_link_parse(NULL, NULL, 3, &link, &error));
    assert_status(custval_link_parse(NULL, "{", 1, &link, &error), CUSTVAL_ERROR_DOCUMENT, &error);
    assert_status(custval_link_parse(NULL, text, (size_t)CUSTVAL_MAX_DOCUMENT_SIZE + 1, &link, &error),
                  CUSTVAL_ERROR_LIMIT, &error);
    assert_ok(custval_link_parse(NULL, text, length, &link, &error), &error);
    assert_ok(custval_link_write(link, again, sizeof again, &length_again, &error), &error);
    assert_int_equal(length, length_again);
    assert_memory_equal(text, again, length);
    custval_link_free(link);
}

/* Cell by cell, bit by bit; frees both. */
static void assert_same_tables(custval_table *a, custval_table *b) {
    assert_int_equal(custval_table_columns(a), custval_table_columns(b));
    assert_int_equal(custval_table_rows(a), custval_table_rows(b));
    for (size_t i = 0; i < custval_table_columns(a); i++) {
        const char *const name = custval_table_name(a, i);
        assert_string_equal(name, custval_table_name(b, i));
        for (size_t row = 0; row < custval_table_rows(a); row++) {
            custval_text text;
            double one = 0.0, other = 0.0;
            if (custval_table_number(a, i, row, &one, NULL) != CUSTVAL_OK) {
                assert_ok(custval_table_text(a, i, row, &text, NULL), NULL);
                continue; /* texts follow from numbers that are compared */
            }
            assert_ok(custval_table_number(b, i, row, &other, NULL), NULL);
            assert_double_bits(one, other);
        }
    }
    custval_table_free(b);
    custval_table_free(a);
}

static void a_link_read_back_predicts_the_same_bits(void **state) {
    (void)state;
    char text[4000];
    size_t length;
    custval_link *again = NULL;
    custval_table *one = NULL, *other = NULL;
    assert_ok(custval_link_write(self.link, text, sizeof text, &length, NULL), NULL);
    assert_ok(custval_link_parse(NULL, text, length, &again, NULL), NULL);
    assert_ok(custval_link_predict(self.link, self.table, NULL, &one, NULL), NULL);
    assert_ok(custval_link_predict(again, self.table, NULL, &other, NULL), NULL);
    assert_same_tables(one, other);
    assert_ok(custval_link_coefficients(self.link, NULL, 0.9, &one, NULL), NULL);
    assert_ok(custval_link_coefficients(again, NULL, 0.9, &other, NULL), NULL);
    assert_same_tables(one, other);
    custval_link_free(again);
}

/* NULL and an initialiser mean the same. */
static void options_have_their_defaults(void **state) {
    (void)state;
    const custval_gap_options gap = CUSTVAL_GAP_OPTIONS_INIT;
    const custval_link_predict_options predict = CUSTVAL_LINK_PREDICT_OPTIONS_INIT;
    const custval_quadrants_options quadrants = CUSTVAL_QUADRANTS_OPTIONS_INIT;
    const custval_nps_options nps = CUSTVAL_NPS_OPTIONS_INIT;
    const custval_backtest_options backtest = CUSTVAL_BACKTEST_OPTIONS_INIT;
    custval_table *with = NULL, *without = NULL;
    assert_ok(custval_gap(self.system, self.table, self.goals, &gap, &with, NULL), NULL);
    assert_ok(custval_gap(self.system, self.table, self.goals, NULL, &without, NULL), NULL);
    assert_same_tables(with, without);
    assert_ok(custval_link_predict(self.link, self.table, &predict, &with, NULL), NULL);
    assert_ok(custval_link_predict(self.link, self.table, NULL, &without, NULL), NULL);
    assert_same_tables(with, without);
    assert_ok(custval_quadrants(self.table, &quadrants, &with, NULL), NULL);
    assert_ok(custval_quadrants(self.table, NULL, &without, NULL), NULL);
    assert_same_tables(with, without);
    assert_ok(custval_nps(self.table, &nps, &with, NULL), NULL);
    assert_ok(custval_nps(self.table, NULL, &without, NULL), NULL);
    assert_same_tables(with, without);
    assert_ok(custval_backtest(self.table, &backtest, NULL, &with, NULL), NULL);
    assert_ok(custval_backtest(self.table, NULL, NULL, &without, NULL), NULL);
    assert_same_tables(with, without);
}

static custval_status describe(void *out, custval_error *error) {
    return custval_link_describe(self.link, out, error);
}

static void looking_into_links(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_link_facts facts = CUSTVAL_LINK_FACTS_INIT;
    custval_table *out = self.table;
    double b[3], c[9];
    assert_null(custval_link_ref(NULL));
    custval_link_free(NULL);
    custval_link *const other = custval_link_ref(self.link);
    assert_ptr_equal(other, self.link);
    custval_link_free(other);
    assert_writes_struct(describe, sizeof facts);
    assert_refused(custval_link_describe(NULL, &facts, &error));
    assert_ok(custval_link_describe(self.link, &facts, &error), &error);
    assert_int_equal(facts.n, ROWS);
    assert_int_equal(facts.terms, 3);
    assert_string_equal(custval_link_column(self.link, 0), "x");
    assert_string_equal(custval_link_column(self.link, 2), "y");
    assert_null(custval_link_column(self.link, 3));
    assert_null(custval_link_column(NULL, 0));
    assert_refused(custval_link_numbers(NULL, b, c, &error));
    assert_ok(custval_link_numbers(self.link, NULL, NULL, &error), &error);
    assert_ok(custval_link_numbers(self.link, b, c, &error), &error);
    assert_double_bits(c[1], c[3]);
    assert_refused(custval_link_coefficients(self.link, NULL, 0.9, NULL, &error));
    assert_refused(custval_link_coefficients(NULL, NULL, 0.9, &out, &error));
    assert_null(out);
    assert_status(custval_link_coefficients(self.link, NULL, 1.0, &out, &error), CUSTVAL_ERROR_RANGE, &error);
    assert_ok(custval_link_coefficients(self.link, NULL, 0.9, &out, &error), &error);
    assert_double_bits(table_cell(out, "coefficient", 1), b[1]);
    custval_table_free(out);
}

static custval_link *stated_by(const char *kind, const char *outcome, const char *predictor, const char *coefficient) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_link *link = NULL;
    char text[256];
    snprintf(text, sizeof text,
             "{\"custval\": \"link\", \"version\": 1, \"kind\": \"%s\", \"outcome\": \"%s\", \"intercept\": 0, "
             "\"terms\": [{\"predictor\": \"%s\", \"coefficient\": %s}]}",
             kind, outcome, predictor, coefficient);
    assert_ok(custval_link_parse(NULL, text, strlen(text), &link, &error), &error);
    return link;
}

static custval_link *stated(const char *kind, const char *outcome, const char *predictor) {
    return stated_by(kind, outcome, predictor, "2");
}

static void an_effect_beyond_a_double_is_missing(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *out = NULL;
    custval_link *const ab = stated_by("linear", "b", "a", "1e200"), *const bc = stated_by("linear", "c", "b", "1e200");
    const custval_link *const links[] = {ab, bc};
    assert_ok(custval_link_effects(links, 2, NULL, 0.9, &out, &error), &error);
    assert_double_bits(table_cell(out, "total", 0), (double)NAN);
    assert_double_bits(table_cell(out, "indirect", 0), (double)NAN);
    assert_double_bits(table_cell(out, "direct", 0), 0.0);
    assert_double_bits(table_cell(out, "total", 1), 1e200);
    custval_table_free(out);
    custval_link_free(ab);
    custval_link_free(bc);
}

static void a_chain_leads_one_way(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *out = NULL;
    custval_link *const ab = stated("linear", "b", "a"), *const bc = stated("linear", "c", "b");
    custval_link *const ca = stated("linear", "a", "c"), *const odds = stated("logistic", "b", "a");
    const custval_link *links[CUSTVAL_MAX_LINKS + 1] = {ab, bc};
    assert_refused(custval_link_effects(NULL, 1, NULL, 0.9, &out, &error));
    assert_refused(custval_link_effects(links, 0, NULL, 0.9, &out, &error));
    assert_refused(custval_link_effects(links, 2, NULL, 0.9, NULL, &error));
    assert_refused(custval_link_effects(links, 3, NULL, 0.9, &out, &error));
    assert_status(custval_link_effects(links, 2, NULL, 0.0, &out, &error), CUSTVAL_ERROR_RANGE, &error);
    assert_status(custval_link_effects(links, CUSTVAL_MAX_LINKS + 1, NULL, 0.9, &out, &error), CUSTVAL_ERROR_LIMIT,
                  &error);
    links[0] = bc;
    links[1] = ab;
    assert_status(custval_link_effects(links, 2, NULL, 0.9, &out, &error), CUSTVAL_ERROR_STRUCTURE, &error);
    assert_non_null(strstr(error.message, "links[0] has the predictor \"b\""));
    links[2] = ca; /* a circle has no order at all */
    assert_status(custval_link_effects(links, 3, NULL, 0.9, &out, &error), CUSTVAL_ERROR_STRUCTURE, &error);
    links[0] = ab;
    assert_status(custval_link_effects(links, 2, NULL, 0.9, &out, &error), CUSTVAL_ERROR_DUPLICATE, &error);
    links[0] = odds;
    links[1] = bc;
    assert_status(custval_link_effects(links, 2, NULL, 0.9, &out, &error), CUSTVAL_ERROR_UNSUPPORTED, &error);
    assert_null(out);
    links[0] = ab;
    assert_ok(custval_link_effects(links, 2, NULL, 0.9, &out, &error), &error);
    assert_int_equal(custval_table_rows(out), 2);
    assert_double_bits(table_cell(out, "total", 0), 4.0);
    assert_double_bits(table_cell(out, "error", 0), (double)NAN);
    custval_table_free(out);
    custval_link_free(ab);
    custval_link_free(bc);
    custval_link_free(ca);
    custval_link_free(odds);
}

static custval_status predict_with(const void *options, custval_error *error) {
    GIVES(custval_link_predict(self.link, self.table, options, &out, error));
}

static void predicting_needs_the_predictors(void **state) {
    (void)state;
    custval_link_predict_options options = CUSTVAL_LINK_PREDICT_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *out = self.table;
    assert_reads_struct(predict_with, &options, sizeof options);
    assert_refused(custval_link_predict(self.link, self.table, NULL, NULL, &error));
    assert_refused(custval_link_predict(NULL, self.table, NULL, &out, &error));
    assert_refused(custval_link_predict(self.link, NULL, NULL, &out, &error));
    assert_null(out);
    assert_status(custval_link_predict(self.link, self.goals, NULL, &out, &error), CUSTVAL_ERROR_NOT_FOUND, &error);
    options.level = 0.0;
    assert_status(predict_with(&options, &error), CUSTVAL_ERROR_RANGE, &error);
}

static custval_status disconfirm_with(const void *options, custval_error *error) {
    custval_link *link = self.link;
    const custval_status status = custval_disconfirmation(self.table, options, NULL, &link, error);
    assert_int_equal(link == NULL, status != CUSTVAL_OK);
    custval_link_free(link);
    return status;
}

static custval_status find_lambda(void *out, custval_error *error) {
    custval_disconfirmation_options options = CUSTVAL_DISCONFIRMATION_OPTIONS_INIT;
    custval_link *link = NULL;
    options.split = 1;
    if (out == NULL) return custval_disconfirmation(NULL, &options, NULL, &link, error); /* lambda may be NULL */
    const custval_status status = custval_disconfirmation(self.table, &options, out, &link, error);
    assert_int_equal(link == NULL, status != CUSTVAL_OK);
    custval_link_free(link);
    return status;
}

static void loss_aversion_needs_gains_and_losses_apart(void **state) {
    (void)state;
    custval_disconfirmation_options options = CUSTVAL_DISCONFIRMATION_OPTIONS_INIT;
    custval_loss_aversion lambda = CUSTVAL_LOSS_AVERSION_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_link *link = self.link;
    assert_reads_struct(disconfirm_with, &options, sizeof options);
    assert_writes_struct(find_lambda, sizeof lambda);
    assert_refused(custval_disconfirmation(self.table, &options, NULL, NULL, &error));
    assert_refused(custval_disconfirmation(NULL, &options, NULL, &link, &error));
    assert_null(link);
    assert_refused(custval_disconfirmation(self.table, &options, &lambda, &link, &error));
    options.split = 2;
    assert_refused(disconfirm_with(&options, &error));
    options.split = 0;
    options.kind = 0;
    assert_refused(disconfirm_with(&options, &error));
    options.kind = CUSTVAL_LINK_LINEAR;
    options.level = 1.0;
    assert_status(disconfirm_with(&options, &error), CUSTVAL_ERROR_RANGE, &error);
    options.level = 0.95;
    options.performance = "expectation";
    assert_status(disconfirm_with(&options, &error), CUSTVAL_ERROR_DUPLICATE, &error);
}

/* ---- Surveys ----------------------------------------------------------------------------------------------------- */

static custval_status penalty_with(const void *options, custval_error *error) {
    GIVES(custval_penalty_reward(self.table, options, &out, error));
}

static void penalties_need_lows_and_highs(void **state) {
    (void)state;
    static const char *const indicators[] = {"x"};
    custval_penalty_options options = CUSTVAL_PENALTY_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *out = self.table;
    assert_refused(penalty_with(NULL, &error));
    options.indicators = indicators;
    assert_status(penalty_with(&options, &error), CUSTVAL_ERROR_LIMIT, &error);
    options.indicator_count = 1;
    assert_refused(penalty_with(&options, &error));
    options.outcome = "y";
    assert_reads_struct(penalty_with, &options, sizeof options);
    assert_refused(custval_penalty_reward(self.table, &options, NULL, &error));
    assert_refused(custval_penalty_reward(NULL, &options, &out, &error));
    assert_null(out);
    custval_penalty_options wrong = options;
    wrong.cut = 1.5;
    assert_status(penalty_with(&wrong, &error), CUSTVAL_ERROR_RANGE, &error);
    wrong = options;
    wrong.has_limits = 2;
    assert_refused(penalty_with(&wrong, &error));
    wrong.has_limits = 1;
    assert_status(penalty_with(&wrong, &error), CUSTVAL_ERROR_RANGE, &error);
    wrong.high = 100.0;
    assert_status(penalty_with(&wrong, &error), CUSTVAL_ERROR_STATE, &error);
    assert_message(&error, "indicator \"x\" has 0 low and 0 high answers");
}

static custval_status kano_with(const void *options, custval_error *error) {
    GIVES(custval_kano(self.table, options, &out, error));
}

static void kano_needs_pairs_of_columns(void **state) {
    (void)state;
    const char *names[] = {"kano"};
    custval_kano_options options = CUSTVAL_KANO_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *out = self.table;
    assert_refused(kano_with(NULL, &error));
    options.functional = names;
    assert_refused(kano_with(&options, &error));
    options.dysfunctional = names;
    assert_status(kano_with(&options, &error), CUSTVAL_ERROR_LIMIT, &error);
    options.count = 1;
    assert_reads_struct(kano_with, &options, sizeof options);
    assert_refused(custval_kano(self.table, &options, NULL, &error));
    assert_refused(custval_kano(NULL, &options, &out, &error));
    assert_null(out);
    names[0] = "q";
    assert_status(kano_with(&options, &error), CUSTVAL_ERROR_RANGE, &error);
    names[0] = "nothing";
    assert_status(kano_with(&options, &error), CUSTVAL_ERROR_NOT_FOUND, &error);
    names[0] = NULL;
    assert_refused(kano_with(&options, &error));
}

static custval_status quadrants_with(const void *options, custval_error *error) {
    GIVES(custval_quadrants(self.table, options, &out, error));
}

static void quadrants_need_numbers(void **state) {
    (void)state;
    custval_quadrants_options options = CUSTVAL_QUADRANTS_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *out = self.table;
    assert_reads_struct(quadrants_with, &options, sizeof options);
    assert_refused(custval_quadrants(self.table, NULL, NULL, &error));
    assert_refused(custval_quadrants(NULL, NULL, &out, &error));
    assert_null(out);
    options.importance = "text";
    assert_status(quadrants_with(&options, &error), CUSTVAL_ERROR_TYPE, &error);
    options.importance = "wild";
    assert_status(quadrants_with(&options, &error), CUSTVAL_ERROR_NOT_FINITE, &error);
    options.importance = NULL;
    options.has_performance_cut = 1;
    options.performance_cut = (double)NAN;
    assert_status(quadrants_with(&options, &error), CUSTVAL_ERROR_NOT_FINITE, &error);
    options.has_performance_cut = 2;
    assert_refused(quadrants_with(&options, &error));
}

static custval_status nps_with(const void *options, custval_error *error) {
    GIVES(custval_nps(self.table, options, &out, error));
}

static void promoters_need_a_scale(void **state) {
    (void)state;
    custval_nps_options options = CUSTVAL_NPS_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *out = self.table;
    assert_reads_struct(nps_with, &options, sizeof options);
    assert_refused(custval_nps(self.table, NULL, NULL, &error));
    assert_refused(custval_nps(NULL, NULL, &out, &error));
    assert_null(out);
    options.group = "text";
    assert_ok(nps_with(&options, &error), &error);
    options.group = "none";
    assert_status(nps_with(&options, &error), CUSTVAL_ERROR_NOT_FOUND, &error);
    options.group = NULL;
    options.promoters_from = 6.0;
    assert_status(nps_with(&options, &error), CUSTVAL_ERROR_RANGE, &error);
    options.promoters_from = 9.0;
    options.level = 1.0;
    assert_status(nps_with(&options, &error), CUSTVAL_ERROR_RANGE, &error);
    options.level = 0.9;
    options.column = "wild";
    assert_status(nps_with(&options, &error), CUSTVAL_ERROR_RANGE, &error);
    assert_message(&error, "row 5");
}

static custval_status backtest_with(const void *options, custval_error *error) {
    GIVES(custval_backtest(self.table, options, NULL, &out, error));
}

static custval_status backtest_facts(void *facts, custval_error *error) {
    return custval_backtest(self.table, NULL, facts, NULL, error);
}

static void backtests_need_both_columns(void **state) {
    (void)state;
    static const double edges[] = {1.0, 1.0};
    custval_backtest_options options = CUSTVAL_BACKTEST_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *out = self.table;
    assert_reads_struct(backtest_with, &options, sizeof options);
    assert_writes_struct(backtest_facts, sizeof(custval_backtest_facts));
    assert_refused(custval_backtest(NULL, NULL, NULL, &out, &error));
    assert_null(out);
    options.edge_count = 1;
    assert_refused(backtest_with(&options, &error));
    options.edges = edges;
    assert_ok(backtest_with(&options, &error), &error);
    options.edge_count = 2;
    assert_status(backtest_with(&options, &error), CUSTVAL_ERROR_RANGE, &error);
    options.edge_count = 10001;
    assert_status(backtest_with(&options, &error), CUSTVAL_ERROR_RANGE, &error);
    options.edge_count = 0;
    options.level = 0.0;
    assert_status(backtest_with(&options, &error), CUSTVAL_ERROR_RANGE, &error);
    options.level = 0.5;
    options.outcome = "wild";
    assert_status(backtest_with(&options, &error), CUSTVAL_ERROR_NOT_FINITE, &error);
    options.outcome = "text";
    assert_status(backtest_with(&options, &error), CUSTVAL_ERROR_TYPE, &error);
    custval_table *const nothing =
        columns((const char *const[]){"score", "outcome"},
                (const double *const[]){(const double[]){(double)NAN}, (const double[]){1.0}}, 2, 1);
    assert_status(custval_backtest(nothing, NULL, NULL, &out, &error), CUSTVAL_ERROR_STATE, &error);
    custval_table_free(nothing);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gaps_refuse_what_cannot_be_compared),
        cmocka_unit_test(zones_need_three_tables),
        cmocka_unit_test(encounters_need_their_shares),
        cmocka_unit_test(fitting_refuses_what_is_no_link),
        cmocka_unit_test(a_link_is_written_and_read_back),
        cmocka_unit_test(a_link_read_back_predicts_the_same_bits),
        cmocka_unit_test(options_have_their_defaults),
        cmocka_unit_test(looking_into_links),
        cmocka_unit_test(an_effect_beyond_a_double_is_missing),
        cmocka_unit_test(a_chain_leads_one_way),
        cmocka_unit_test(predicting_needs_the_predictors),
        cmocka_unit_test(loss_aversion_needs_gains_and_losses_apart),
        cmocka_unit_test(penalties_need_lows_and_highs),
        cmocka_unit_test(kano_needs_pairs_of_columns),
        cmocka_unit_test(quadrants_need_numbers),
        cmocka_unit_test(promoters_need_a_scale),
        cmocka_unit_test(backtests_need_both_columns),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
