/* satisfaction.json, attributes.json, and what weights_and_rollup.json knows of gaps: through the public interface only. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <custval/custval.h>

#include "cases.h"
#include "csv_table.h"
#include "json_table.h"

#define MOST 64 /* predictors, edges or curves of a case */

static const json_t *member(const json_t *test, const char *key) {
    return json_object_get(test, key);
}

static const char *text_of(const json_t *test, const char *key) {
    return json_string_value(member(test, key));
}

static double number_of(const json_t *test, const char *key) {
    return json_number_value(member(test, key));
}

static void assert_expected(double actual, const json_t *expected, double tolerance) {
    const double wanted = json_is_null(expected) ? (double)NAN : support_number(expected);
    assert_double_near(actual, wanted, tolerance * fmax(1.0, fabs(wanted)));
}

static int has_texts(const json_t *column) {
    int found = 0;
    for (size_t row = 0; row < json_array_size(column); row++) found |= json_is_string(json_array_get(column, row));
    return found;
}

/* Every column that is expected is there, with these numbers or texts; a missing text is an empty one. */
static void assert_table(const custval_table *table, const json_t *expected, double tolerance) {
    const char *name;
    const json_t *column;
    json_object_foreach((json_t *)(uintptr_t)expected, name, column) {
        const int texts = has_texts(column);
        assert_int_equal(custval_table_rows(table), json_array_size(column));
        for (size_t row = 0; row < json_array_size(column); row++) {
            const json_t *const wanted = json_array_get(column, row);
            if (!texts) {
                assert_expected(table_cell(table, name, row), wanted, tolerance);
                continue;
            }
            const custval_text text = table_cell_text(table, name, row);
            assert_int_equal(text.length, json_string_length(wanted));
            if (text.length > 0) assert_memory_equal(text.data, json_string_value(wanted), text.length);
        }
    }
}

static void end_case(const json_t *test, custval_table *table, custval_table *out) {
    assert_table(out, member(test, "expected"), number_of(test, "tolerance"));
    custval_table_free(out);
    custval_table_free(table);
}

static custval_table *rows_of(const json_t *test, const char *key) {
    return json_table(member(test, "columns"), member(test, key), NULL);
}

/* Rows of the case itself, or the first rows of a file. */
static custval_table *table_of(const json_t *test) {
    if (text_of(test, "file") == NULL) return rows_of(test, "rows");
    custval_table *const whole = csv_table(text_of(test, "file")), *part = NULL;
    const size_t limit = (size_t)json_integer_value(member(test, "limit"));
    if (limit == 0) return whole;
    assert_ok(custval_table_new(NULL, limit, &part, NULL), NULL);
    double *const cells = malloc(limit * sizeof *cells);
    assert_non_null(cells);
    for (size_t i = 0; i < custval_table_columns(whole); i++) {
        for (size_t row = 0; row < limit; row++) cells[row] = table_cell(whole, custval_table_name(whole, i), row);
        const custval_column column = {.struct_size = sizeof column, .type = CUSTVAL_TYPE_FLOAT64, .data = cells};
        assert_ok(custval_table_add_copy(part, custval_table_name(whole, i), &column, NULL), NULL);
    }
    free(cells);
    custval_table_free(whole);
    return part;
}

static size_t read_names(const json_t *array, const char **out) {
    assert_true(json_array_size(array) <= MOST);
    for (size_t i = 0; i < json_array_size(array); i++) out[i] = json_string_value(json_array_get(array, i));
    return json_array_size(array);
}

static custval_system *system_of(const json_t *document) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *system = NULL;
    assert_ok(json_system(NULL, document, &system, &error), &error);
    return system;
}

#define LEVELS \
  (CUSTVAL_LEVEL_VALUE | CUSTVAL_LEVEL_SIDE | CUSTVAL_LEVEL_DIMENSION | CUSTVAL_LEVEL_INDICATOR | CUSTVAL_LEVEL_ITEM)

/* ---- Cases ------------------------------------------------------------------------------------------------------- */

static void gap_case(const json_t *test) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_gap_options options = CUSTVAL_GAP_OPTIONS_INIT;
    custval_score_options score = CUSTVAL_SCORE_OPTIONS_INIT;
    const char *indicators[MOST], *id;
    double curves[3 * MOST];
    const json_t *curve;
    custval_system *const system = system_of(member(test, "system"));
    custval_table *const performance = rows_of(test, "rows"), *const expectation = rows_of(test, "expectation");
    custval_table *gaps = NULL;
    json_object_foreach((json_t *)(uintptr_t)member(test, "curves"), id, curve) {
        for (size_t i = 0; i < 3; i++) {
            curves[3 * options.indicator_count + i] = json_number_value(json_array_get(curve, i));
        }
        indicators[options.indicator_count++] = id;
    }
    score.levels = LEVELS;
    options.score = &score;
    options.indicators = indicators;
    options.curves = curves;
    options.measures = 31;
    assert_ok(custval_gap(system, performance, expectation, &options, &gaps, &error), &error);
    assert_table(gaps, member(test, "expected"), number_of(test, "tolerance"));
    custval_table_free(gaps);
    custval_table_free(expectation);
    custval_table_free(performance);
    custval_system_free(system);
}

static void tolerance_case(const json_t *test) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *const system = system_of(member(test, "system"));
    custval_table *const performance = rows_of(test, "rows"), *const adequate = rows_of(test, "adequate"),
                         *const desired = rows_of(test, "desired");
    custval_table *zones = NULL;
    assert_ok(custval_tolerance(system, performance, adequate, desired, NULL, &zones, &error), &error);
    assert_table(zones, member(test, "expected"), number_of(test, "tolerance"));
    custval_table_free(zones);
    custval_table_free(desired);
    custval_table_free(adequate);
    custval_table_free(performance);
    custval_system_free(system);
}

static void encounters_case(const json_t *test) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_encounters_options options = CUSTVAL_ENCOUNTERS_OPTIONS_INIT;
    custval_table *const table = table_of(test);
    custval_table *out = NULL;
    const json_t *const given = member(test, "options");
    options.time = "time";
    options.updating = number_of(given, "updating");
    options.weight = number_of(given, "weight");
    options.has_first = !json_is_null(member(given, "first"));
    options.first = options.has_first ? number_of(given, "first") : 0.0;
    assert_ok(custval_encounters(table, &options, &out, &error), &error);
    end_case(test, table, out);
}

static void assert_link_facts(const json_t *test, const custval_link *link) {
    custval_link_facts facts = CUSTVAL_LINK_FACTS_INIT;
    const json_t *const expected = member(test, "facts");
    assert_ok(custval_link_describe(link, &facts, NULL), NULL);
    const struct {
        const char *key;
        double value;
    } all[] = {{"n", (double)facts.n},
               {"missing", (double)facts.missing},
               {"events", (double)facts.events},
               {"r2", facts.r2},
               {"r2_adjusted", facts.r2_adjusted},
               {"deviation", facts.deviation},
               {"log_likelihood", facts.log_likelihood},
               {"null_log_likelihood", facts.null_log_likelihood},
               {"mcfadden", facts.mcfadden},
               {"auc", facts.auc}};
    for (size_t i = 0; i < SUPPORT_COUNT(all); i++) {
        if (member(expected, all[i].key) == NULL) continue;
        assert_expected(all[i].value, member(expected, all[i].key), number_of(test, "tolerance"));
    }
}

/* Covariances are small numbers, so they are compared relative to the errors of both coefficients. */
static void assert_covariance(const json_t *test, const custval_link *link) {
    custval_link_facts facts = CUSTVAL_LINK_FACTS_INIT;
    double coefficients[MOST], covariance[MOST * MOST];
    const json_t *const expected = member(test, "covariance");
    if (expected == NULL) return;
    assert_ok(custval_link_describe(link, &facts, NULL), NULL);
    assert_ok(custval_link_numbers(link, coefficients, covariance, NULL), NULL);
    const size_t terms = (size_t)facts.terms;
    assert_int_equal(json_array_size(expected), terms * terms);
    for (size_t i = 0; i < terms * terms; i++) {
        const double unit = sqrt(covariance[i / terms * (terms + 1)] * covariance[i % terms * (terms + 1)]);
        assert_double_near(covariance[i], support_number(json_array_get(expected, i)),
                           10.0 * number_of(test, "tolerance") * unit);
    }
}

static void link_case(const json_t *test) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_link_options options = CUSTVAL_LINK_OPTIONS_INIT;
    custval_link_predict_options predicting = CUSTVAL_LINK_PREDICT_OPTIONS_INIT;
    const char *predictors[MOST];
    custval_link *link = NULL;
    custval_table *const table = table_of(test);
    custval_table *out = NULL;
    options.outcome = text_of(test, "outcome");
    options.predictors = predictors;
    options.predictor_count = read_names(member(test, "predictors"), predictors);
    options.ridge = number_of(test, "ridge");
    assert_ok(custval_word_value(CUSTVAL_WORDS_LINK, text_of(test, "link"), &options.kind, NULL), NULL);
    assert_ok(custval_link_fit(table, &options, &link, &error), &error);
    assert_ok(custval_link_coefficients(link, NULL, 0.95, &out, &error), &error);
    assert_table(out, member(test, "expected"), number_of(test, "tolerance"));
    custval_table_free(out);
    assert_link_facts(test, link);
    assert_covariance(test, link);
    if (member(test, "new") != NULL) {
        custval_table *const others = json_table(member(test, "predictors"), member(test, "new"), NULL);
        predicting.level = number_of(test, "level");
        assert_ok(custval_link_predict(link, others, &predicting, &out, &error), &error);
        assert_table(out, member(test, "predicted"), number_of(test, "tolerance"));
        custval_table_free(out);
        custval_table_free(others);
    }
    custval_link_free(link);
    custval_table_free(table);
}

static void disconfirmation_case(const json_t *test) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_disconfirmation_options options = CUSTVAL_DISCONFIRMATION_OPTIONS_INIT;
    custval_loss_aversion lambda = CUSTVAL_LOSS_AVERSION_INIT;
    custval_link *link = NULL;
    custval_table *const table = table_of(test);
    custval_table *out = NULL;
    const double tolerance = number_of(test, "tolerance");
    options.outcome = text_of(test, "outcome");
    options.performance = text_of(test, "performance");
    options.expectation = text_of(test, "expectation");
    options.split = (uint32_t)json_integer_value(member(test, "split"));
    assert_ok(custval_disconfirmation(table, &options, options.split ? &lambda : NULL, &link, &error), &error);
    assert_ok(custval_link_coefficients(link, NULL, 0.95, &out, &error), &error);
    assert_table(out, member(test, "expected"), tolerance);
    if (options.split) {
        const json_t *const facts = member(test, "facts");
        assert_expected(lambda.lambda, member(facts, "lambda"), tolerance);
        assert_expected(lambda.error, member(facts, "error"), tolerance);
        assert_expected(lambda.low, member(facts, "low"), tolerance);
        assert_expected(lambda.high, member(facts, "high"), tolerance);
    }
    custval_table_free(out);
    custval_link_free(link);
    custval_table_free(table);
}

static void penalty_case(const json_t *test) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_penalty_options options = CUSTVAL_PENALTY_OPTIONS_INIT;
    const char *indicators[MOST];
    custval_table *const table = table_of(test);
    custval_table *out = NULL;
    options.outcome = text_of(test, "outcome");
    options.indicators = indicators;
    options.indicator_count = read_names(member(test, "indicators"), indicators);
    options.has_limits = 1;
    options.low = number_of(test, "low");
    options.high = number_of(test, "high");
    assert_ok(custval_penalty_reward(table, &options, &out, &error), &error);
    end_case(test, table, out);
}

static void nps_case(const json_t *test) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_nps_options options = CUSTVAL_NPS_OPTIONS_INIT;
    custval_table *const table = table_of(test);
    custval_table *out = NULL;
    options.group = text_of(test, "group");
    assert_ok(custval_nps(table, &options, &out, &error), &error);
    end_case(test, table, out);
}

static void kano_case(const json_t *test) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_kano_options options = CUSTVAL_KANO_OPTIONS_INIT;
    const char *functional[MOST], *dysfunctional[MOST];
    const json_t *const features = member(test, "features");
    custval_table *const table = table_of(test);
    custval_table *out = NULL;
    options.functional = functional;
    options.dysfunctional = dysfunctional;
    options.count = json_array_size(features);
    assert_true(options.count <= MOST);
    for (size_t i = 0; i < options.count; i++) {
        functional[i] = json_string_value(json_array_get(json_array_get(features, i), 0));
        dysfunctional[i] = json_string_value(json_array_get(json_array_get(features, i), 1));
    }
    assert_ok(custval_kano(table, &options, &out, &error), &error);
    end_case(test, table, out);
}

static void quadrants_case(const json_t *test) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_quadrants_options options = CUSTVAL_QUADRANTS_OPTIONS_INIT;
    custval_table *const table = table_of(test);
    custval_table *out = NULL;
    options.has_importance_cut = json_is_number(member(test, "importance_cut"));
    options.has_performance_cut = json_is_number(member(test, "performance_cut"));
    if (options.has_importance_cut) options.importance_cut = number_of(test, "importance_cut");
    if (options.has_performance_cut) options.performance_cut = number_of(test, "performance_cut");
    assert_ok(custval_quadrants(table, &options, &out, &error), &error);
    end_case(test, table, out);
}

static void backtest_case(const json_t *test) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_backtest_options options = CUSTVAL_BACKTEST_OPTIONS_INIT;
    custval_backtest_facts facts = CUSTVAL_BACKTEST_FACTS_INIT;
    custval_table *const table = table_of(test);
    custval_table *out = NULL;
    double edges[MOST];
    const json_t *const given = member(test, "edges"), *const expected = member(test, "facts");
    for (size_t i = 0; i < json_array_size(given); i++) edges[i] = json_number_value(json_array_get(given, i));
    options.edges = edges;
    options.edge_count = json_array_size(given);
    options.level = number_of(test, "level");
    assert_ok(custval_backtest(table, &options, &facts, &out, &error), &error);
    assert_table(out, member(test, "expected"), number_of(test, "tolerance"));
    const struct {
        const char *key;
        double value;
    } all[] = {{"n", (double)facts.n},
               {"events", (double)facts.events},
               {"auc", facts.auc},
               {"auc_error", facts.auc_error},
               {"auc_low", facts.auc_low},
               {"auc_high", facts.auc_high},
               {"brier", facts.brier},
               {"correlation", facts.correlation},
               {"rank_correlation", facts.rank_correlation}};
    for (size_t i = 0; i < SUPPORT_COUNT(all); i++) {
        if (member(expected, all[i].key) == NULL) continue;
        assert_expected(all[i].value, member(expected, all[i].key), number_of(test, "tolerance"));
    }
    custval_table_free(out);
    custval_table_free(table);
}

static void run(const json_t *test) {
    static const struct {
        const char *kind;
        case_function run;
    } kinds[] = {{"gap", gap_case},
                 {"tolerance", tolerance_case},
                 {"encounters", encounters_case},
                 {"link", link_case},
                 {"disconfirmation", disconfirmation_case},
                 {"penalty", penalty_case},
                 {"kano", kano_case},
                 {"quadrants", quadrants_case},
                 {"nps", nps_case},
                 {"backtest", backtest_case}};
    for (size_t i = 0; i < SUPPORT_COUNT(kinds); i++) {
        if (strcmp(kinds[i].kind, text_of(test, "kind")) == 0) {
            kinds[i].run(test);
            return;
        }
    }
    fail_msg("no such kind of case: %s", text_of(test, "kind"));
}

/* ---- What was known before --------------------------------------------------------------------------------------- */

/* Five dimensions on the scale of the answers themselves, so that gaps are in its points. */
static void weighted_gap(const json_t *test) {
    custval_error error = CUSTVAL_ERROR_INIT;
    const json_t *const input = member(test, "input"), *const weights = member(input, "weights");
    json_t *const dimensions = json_array(), *const columns = json_array();
    json_t *const rows = json_pack("[O]", member(input, "P")), *const others = json_pack("[O]", member(input, "E"));
    for (size_t i = 0; i < json_array_size(weights); i++) {
        char id[8] = "d0", indicator[8] = "i0", column[8] = "q0";
        id[1] = indicator[1] = column[1] = (char)('0' + i);
        json_array_append_new(columns, json_string(column));
        json_array_append_new(dimensions, json_pack("{s:s, s:s, s:O, s:[{s:s, s:[{s:s, s:{s:s, s:f, s:f}}]}]}", "id",
                                                    id, "side", "benefit", "weight", json_array_get(weights, i),
                                                    "indicators", "id", indicator, "items", "column", column, "curve",
                                                    "type", "linear", "intercept", 0.0, "slope", 1.0));
    }
    json_t *const document = json_pack("{s:s, s:i, s:o}", "custval", "system", "version", 1, "dimensions", dimensions);
    custval_system *const system = system_of(document);
    custval_table *const performance = json_table(columns, rows, NULL), *const expectation =
                                                                            json_table(columns, others, NULL);
    custval_table *gaps = NULL;
    assert_ok(custval_gap(system, performance, expectation, NULL, &gaps, &error), &error);
    assert_expected(table_cell(gaps, "value.gap", 0), member(test, "expected"), number_of(test, "tolerance"));
    assert_double_near(table_cell(gaps, "attained", 0), 0.0, 0.0);
    custval_table_free(gaps);
    custval_table_free(expectation);
    custval_table_free(performance);
    custval_system_free(system);
    json_decref(document);
    json_decref(columns);
    json_decref(rows);
    json_decref(others);
}

int main(void) {
    static const named_case before[] = {{"servqual_weighted_gap", weighted_gap}};
    const int now = cases_run_all("vectors_satisfaction", "satisfaction.json", run) +
                    cases_run_all("vectors_attributes", "attributes.json", run);
    return cases_run_named("vectors_gap", "weights_and_rollup.json", before, SUPPORT_COUNT(before)) + now;
}
