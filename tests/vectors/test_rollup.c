/* weights_and_rollup.json: published and independently computed answers on rolling up, explaining and comparing,
   through the public interface only. Cases on weights, fuzzy evaluation and other rankings have programs of their
   own. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cases.h"
#include "json_table.h"

#define ALL_LEVELS (2 * CUSTVAL_LEVEL_TAG - 1)

/* ---- Systems from cases ------------------------------------------------------------------------------------------ */

/* What an item's column becomes. */
enum tree_items {
    FIXED_SCALE,  /* 0 .. 100 over the range of the column; reversed where low is good */
    FROM_ONE,     /* 1 .. 100 over the range of the column; reversed where low is good */
    STANDARDISED, /* (x - mean) / sd; negative where low is good */
    AS_ASKED      /* 0 .. 100 over the range of the column, never reversed */
};

typedef struct column_facts {
    double low, high, mean, deviation;
} column_facts;

static column_facts facts_of(const json_t *rows, size_t column) {
    column_facts facts = {(double)INFINITY, -(double)INFINITY, 0.0, 0.0};
    double count = 0.0, squares = 0.0;
    for (size_t row = 0; row < json_array_size(rows); row++) {
        const json_t *cell = json_array_get(json_array_get(rows, row), column);
        if (json_is_null(cell)) continue;
        const double x = json_number_value(cell);
        facts.low = fmin(facts.low, x);
        facts.high = fmax(facts.high, x);
        facts.mean += x;
        count += 1.0;
    }
    facts.mean /= count;
    for (size_t row = 0; row < json_array_size(rows); row++) {
        const json_t *cell = json_array_get(json_array_get(rows, row), column);
        if (json_is_null(cell)) continue;
        squares += (json_number_value(cell) - facts.mean) * (json_number_value(cell) - facts.mean);
    }
    facts.deviation = sqrt(squares / (count - 1.0));
    return facts;
}

static json_t *item_of(const json_t *input, size_t column, enum tree_items items) {
    const char *name = json_string_value(json_array_get(json_object_get(input, "indicators"), column));
    const int low_is_good = json_number_value(json_array_get(json_object_get(input, "types"), column)) < 0.0;
    const column_facts facts = facts_of(json_object_get(input, "rows"), column);
    json_t *item = json_pack("{s:s, s:s+}", "column", name, "id", "item ", name);
    if (items == FIXED_SCALE || items == AS_ASKED) {
        json_object_set_new(item, "scale", json_pack("[f, f]", facts.low, facts.high));
        json_object_set_new(item, "reversed", json_boolean(items == FIXED_SCALE && low_is_good));
    } else if (items == FROM_ONE) {
        json_object_set_new(item, "curve",
                            json_pack("{s:s, s:[[f, f], [f, f]]}", "type", "piecewise", "points", facts.low,
                                      low_is_good ? 100.0 : 1.0, facts.high, low_is_good ? 1.0 : 100.0));
    } else {
        const double slope = (low_is_good ? -1.0 : 1.0) / facts.deviation;
        json_object_set_new(
            item, "curve",
            json_pack("{s:s, s:f, s:f}", "type", "linear", "intercept", -facts.mean * slope, "slope", slope));
    }
    return item;
}

static json_t *dimension_of(const json_t *input, const char *group, const char *side, enum tree_items items) {
    json_t *indicators = json_array();
    const json_t *members = json_object_get(json_object_get(input, "groups"), group);
    for (size_t i = 0; i < json_array_size(members); i++) {
        const size_t column = (size_t)json_integer_value(json_array_get(members, i));
        json_array_append_new(indicators,
                              json_pack("{s:O, s:O, s:[o]}", "id",
                                        json_array_get(json_object_get(input, "indicators"), column), "weight",
                                        json_array_get(json_object_get(input, "local_weights"), column), "items",
                                        item_of(input, column, items)));
    }
    return json_pack("{s:s, s:s, s:o}", "id", group, "side", side, "indicators", indicators);
}

static json_t *document_with(json_t *dimensions) {
    return json_pack("{s:s, s:i, s:o}", "custval", "system", "version", 1, "dimensions", dimensions);
}

static custval_system *build(json_t *document) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *system = NULL;
    assert_ok(json_system(NULL, document, &system, &error), &error);
    json_decref(document);
    return system;
}

static void set_weight(json_t *object, const char *key, const json_t *weights, const char *group) {
    json_object_set(object, key, json_object_get(weights, group));
}

/* The tree of nine as benefits against sacrifices: V = index of B and 100 - S. */
static custval_system *tree_of_two_sides(const json_t *input) {
    const json_t *top = json_object_get(input, "top_weights");
    json_t *document = document_with(json_pack("[o, o]", dimension_of(input, "B", "benefit", AS_ASKED),
                                               dimension_of(input, "S", "sacrifice", AS_ASKED)));
    json_t *benefit = json_object(), *sacrifice = json_object();
    set_weight(benefit, "weight", top, "B");
    set_weight(sacrifice, "weight", top, "S");
    json_object_set_new(document, "form", json_string("index"));
    json_object_set_new(document, "benefit", benefit);
    json_object_set_new(document, "sacrifice", sacrifice);
    return build(document);
}

/* The same tree where S scores low sacrifice: a second dimension of benefit, so that any aggregator can join both. */
static custval_system *tree_of_benefits(const json_t *input, enum tree_items items, const char *aggregator,
                                        double exponent) {
    const json_t *top = json_object_get(input, "top_weights");
    json_t *groups[] = {dimension_of(input, "B", "benefit", items), dimension_of(input, "S", "benefit", items)};
    json_t *side = json_object(), *aggregating[] = {groups[0], groups[1], side};
    set_weight(groups[0], "weight", top, "B");
    set_weight(groups[1], "weight", top, "S");
    for (size_t i = 0; i < SUPPORT_COUNT(aggregating); i++) {
        json_object_set_new(aggregating[i], "aggregator", json_string(aggregator));
        if (exponent != 0.0) json_object_set_new(aggregating[i], "exponent", json_real(exponent));
    }
    json_t *document = document_with(json_pack("[o, o]", groups[0], groups[1]));
    json_object_set_new(document, "benefit", side);
    return build(document);
}

/* ---- Scores of cases --------------------------------------------------------------------------------------------- */

static custval_table *score_all(const custval_system *system, const custval_table *table) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_score_options options = CUSTVAL_SCORE_OPTIONS_INIT;
    custval_table *scores = NULL;
    options.levels = ALL_LEVELS;
    assert_ok(custval_score(system, table, &options, &scores, &error), &error);
    return scores;
}

static custval_table *table_of(const json_t *input) {
    return json_table(json_object_get(input, "indicators"), json_object_get(input, "rows"), NULL);
}

static double tolerance_of(const json_t *test) {
    return json_number_value(json_object_get(test, "tolerance"));
}

static const json_t *expected_of(const json_t *test) {
    return json_object_get(test, "expected");
}

static void assert_expected(double actual, const json_t *expected, double tolerance) {
    assert_double_near(actual, json_is_null(expected) ? (double)NAN : json_number_value(expected), tolerance);
}

/* expected: one array per row with what the named columns hold. */
static void assert_rows(const json_t *test, const custval_system *system, const char *const *columns, size_t count) {
    custval_table *table = table_of(json_object_get(test, "input")), *scores = score_all(system, table);
    assert_int_equal(json_array_size(expected_of(test)), custval_table_rows(scores));
    for (size_t row = 0; row < custval_table_rows(scores); row++) {
        const json_t *wanted = json_array_get(expected_of(test), row);
        assert_int_equal(json_array_size(wanted), count);
        for (size_t i = 0; i < count; i++) {
            assert_expected(table_cell(scores, columns[i], row), json_array_get(wanted, i), tolerance_of(test));
        }
        const int has_value = !json_is_null(json_array_get(wanted, count - 1));
        assert_int_equal((uint32_t)table_cell(scores, "status", row), has_value ? CUSTVAL_ROW_OK : CUSTVAL_ROW_MISSING);
    }
    custval_table_free(scores);
    custval_table_free(table);
}

static void assert_items(const json_t *test, enum tree_items items) {
    static const char *const columns[] = {"item brand", "item func", "item relia", "item svar", "item srel",
                                          "item money", "item time", "item phys",  "item psych"};
    custval_system *system = tree_of_benefits(json_object_get(test, "input"), items, "mean", 0.0);
    assert_rows(test, system, columns, SUPPORT_COUNT(columns));
    custval_system_free(system);
}

static void assert_tree(const json_t *test, enum tree_items items, const char *aggregator, double exponent) {
    static const char *const columns[] = {"B", "S", "value"};
    custval_system *system = tree_of_benefits(json_object_get(test, "input"), items, aggregator, exponent);
    assert_rows(test, system, columns, SUPPORT_COUNT(columns));
    custval_system_free(system);
}

/* The same numbers from two sides: expected has B, 100 - S and V. */
static void assert_two_sides(const json_t *test) {
    custval_system *system = tree_of_two_sides(json_object_get(test, "input"));
    custval_table *table = table_of(json_object_get(test, "input")), *scores = score_all(system, table);
    for (size_t row = 0; row < custval_table_rows(scores); row++) {
        const json_t *wanted = json_array_get(expected_of(test), row);
        assert_expected(table_cell(scores, "benefit", row), json_array_get(wanted, 0), tolerance_of(test));
        assert_expected(100.0 - table_cell(scores, "sacrifice", row), json_array_get(wanted, 1), tolerance_of(test));
        assert_expected(table_cell(scores, "value", row), json_array_get(wanted, 2), tolerance_of(test));
    }
    custval_table_free(scores);
    custval_table_free(table);
    custval_system_free(system);
}

/* ---- The tree of nine -------------------------------------------------------------------------------------------- */

static void tree9_minmax(const json_t *test) {
    assert_items(test, FIXED_SCALE);
}

static void tree9_zscore(const json_t *test) {
    assert_items(test, STANDARDISED);
}

static void tree9_arithmetic(const json_t *test) {
    assert_tree(test, FIXED_SCALE, "mean", 0.0);
    assert_two_sides(test);
}

static void tree9_geometric(const json_t *test) {
    assert_tree(test, FROM_ONE, "geometric", 0.0);
}

static void tree9_power_mean_minus_half(const json_t *test) {
    assert_tree(test, FROM_ONE, "power", -0.5);
}

static void tree9_missing_renormalise(const json_t *test) {
    assert_tree(test, FIXED_SCALE, "mean", 0.0);
    assert_two_sides(test);
}

static uint32_t node_of(const custval_system *system, const char *id) {
    custval_error error = CUSTVAL_ERROR_INIT;
    uint32_t node = CUSTVAL_NONE;
    assert_ok(custval_system_find(system, id, &node, &error), &error);
    return node;
}

/* Global weights are within a side; the sides' shares come on top. */
static void tree9_effective_weights(const json_t *test) {
    const json_t *input = json_object_get(test, "input"), *names = json_object_get(input, "indicators");
    custval_system *system = tree_of_two_sides(input);
    double *global = calloc(custval_system_nodes(system), sizeof *global);
    assert_non_null(global);
    assert_ok(custval_system_weights(system, NULL, NULL, NULL, global, NULL), NULL);
    for (size_t i = 0; i < json_array_size(names); i++) {
        const uint32_t node = node_of(system, json_string_value(json_array_get(names, i)));
        custval_node facts = CUSTVAL_NODE_INIT;
        assert_ok(custval_system_node(system, node, &facts, NULL), NULL);
        const uint32_t side = node_of(system, custval_word(CUSTVAL_WORDS_SIDE, facts.side));
        assert_expected(global[node] * global[side], json_array_get(expected_of(test), i), tolerance_of(test));
        assert_double_bits(facts.global_weight, global[node]);
    }
    free(global);
    custval_system_free(system);
}

static void tree9_copeland(const json_t *test) {
    json_t *input = json_deep_copy(json_object_get(test, "input"));
    const size_t count = json_array_size(json_object_get(input, "indicators"));
    json_t *equal = json_array(), *all = json_array();
    for (size_t i = 0; i < count; i++) {
        json_array_append_new(equal, json_real(1.0));
        json_array_append_new(all, json_integer((json_int_t)i));
    }
    json_object_set_new(input, "local_weights", equal);
    json_object_set_new(json_object_get(input, "groups"), "all", all);
    custval_system *system = build(document_with(json_pack("[o]", dimension_of(input, "all", "benefit", FIXED_SCALE))));
    custval_table *table = table_of(input), *offers = NULL;
    assert_ok(custval_compare(system, table, NULL, &offers, NULL), NULL);
    for (size_t row = 0; row < custval_table_rows(offers); row++) {
        assert_expected(table_cell(offers, "copeland", row), json_array_get(expected_of(test), row),
                        tolerance_of(test));
    }
    custval_table_free(offers);
    custval_table_free(table);
    custval_system_free(system);
    json_decref(input);
}

static void tree9_explanation_u1(const json_t *test) {
    const json_t *input = json_object_get(test, "input");
    const size_t customer = (size_t)json_integer_value(json_object_get(input, "customer"));
    custval_system *system = tree_of_two_sides(input);
    custval_table *table = table_of(input), *scores = score_all(system, table), *explanation = NULL;
    assert_ok(custval_explain(system, table, customer, NULL, &explanation, NULL), NULL);
    size_t parts = 0;
    double sum = 0.0;
    for (size_t row = 0; row < custval_table_rows(explanation); row++) {
        if (table_cell(explanation, "is_part", row) == 0.0) continue;
        const double contribution = table_cell(explanation, "contribution", row);
        assert_expected(contribution, json_array_get(expected_of(test), parts++), tolerance_of(test));
        sum += contribution;
    }
    assert_int_equal(parts, json_array_size(expected_of(test)));
    assert_double_bits(sum, table_cell(scores, "value", customer));
    custval_table_free(explanation);
    custval_table_free(scores);
    custval_table_free(table);
    custval_system_free(system);
}

/* ---- Indices in use ---------------------------------------------------------------------------------------------- */

static json_t *indicator(const char *id, double weight, json_t *items) {
    return json_pack("{s:s, s:f, s:o}", "id", id, "weight", weight, "items", items);
}

static json_t *benefit_dimension(const char *id, json_t *indicators) {
    return json_pack("{s:s, s:s, s:o}", "id", id, "side", "benefit", "indicators", indicators);
}

static json_t *scaled_item(const char *column, const json_t *ends) {
    return json_pack("{s:s, s:O}", "column", column, "scale", ends);
}

static double value_of_row(custval_system *system, json_t *columns, json_t *row, const char *score) {
    json_t *rows = json_pack("[o]", row);
    custval_table *table = json_table(columns, rows, NULL), *scores = score_all(system, table);
    const double value = table_cell(scores, score, 0);
    custval_table_free(scores);
    custval_table_free(table);
    json_decref(rows);
    json_decref(columns);
    return value;
}

static void hdi_gni_index_2020(const json_t *test) {
    const json_t *input = json_object_get(test, "input");
    json_t *item = json_pack("{s:s, s:[O, O], s:{s:s}}", "column", "gni", "scale", json_object_get(input, "min"),
                             json_object_get(input, "max"), "curve", "type", "log");
    custval_system *system = build(document_with(json_pack(
        "[o]",
        benefit_dimension("income", json_pack("[o]", indicator("standard of living", 1.0, json_pack("[o]", item)))))));
    const double index =
        value_of_row(system, json_pack("[s]", "gni"), json_pack("[O]", json_object_get(input, "gni")), "value");
    assert_expected(index / 100.0, expected_of(test), tolerance_of(test));
    custval_system_free(system);
}

static void hdi_geometric_2020(const json_t *test) {
    static const char *const names[] = {"health", "education", "income"};
    json_t *indicators = json_array(), *columns = json_array(), *unit = json_pack("[i, i]", 0, 1);
    for (size_t i = 0; i < SUPPORT_COUNT(names); i++) {
        json_t *item = scaled_item(names[i], unit);
        json_object_set_new(item, "id", json_pack("s+", names[i], " index"));
        json_array_append_new(indicators, indicator(names[i], 1.0, json_pack("[o]", item)));
        json_array_append_new(columns, json_string(names[i]));
    }
    json_t *dimension = benefit_dimension("development", indicators);
    json_object_set_new(dimension, "aggregator", json_string("geometric"));
    custval_system *system = build(document_with(json_pack("[o]", dimension)));
    json_t *row = json_deep_copy(json_object_get(json_object_get(test, "input"), "indices"));
    assert_expected(value_of_row(system, columns, row, "value") / 100.0, expected_of(test), tolerance_of(test));
    json_decref(unit);
    custval_system_free(system);
}

static void hdi_arithmetic_germany(const json_t *test) {
    const json_t *input = json_object_get(test, "input"), *ends = json_object_get(input, "goalposts");
    const json_t *education = json_object_get(input, "education_weights");
    json_t *income = scaled_item("gdp_ppp", json_object_get(ends, "gdp"));
    json_object_set_new(income, "curve", json_pack("{s:s}", "type", "log"));
    json_t *dimensions = json_pack(
        "[o, o, o]",
        benefit_dimension(
            "le_index",
            json_pack("[o]", indicator("long life", 1.0,
                                       json_pack("[o]", scaled_item("life_expectancy", json_object_get(ends, "le")))))),
        benefit_dimension(
            "education_index",
            json_pack("[o, o]",
                      indicator("reading", json_number_value(json_array_get(education, 0)),
                                json_pack("[o]", scaled_item("literacy", json_object_get(ends, "literacy")))),
                      indicator("schooling", json_number_value(json_array_get(education, 1)),
                                json_pack("[o]", scaled_item("enrolment", json_object_get(ends, "enrolment")))))),
        benefit_dimension("gdp_index", json_pack("[o]", indicator("income", 1.0, json_pack("[o]", income)))));
    custval_system *system = build(document_with(dimensions));
    static const char *const outputs[][2] = {
        {"le_index", "le_index"}, {"education_index", "education_index"}, {"gdp_index", "gdp_index"}, {"hdi", "value"}};
    for (size_t i = 0; i < SUPPORT_COUNT(outputs); i++) {
        json_t *columns = json_pack("[s, s, s, s]", "life_expectancy", "literacy", "enrolment", "gdp_ppp");
        json_t *row =
            json_pack("[O, O, O, O]", json_object_get(input, "life_expectancy"), json_object_get(input, "literacy"),
                      json_object_get(input, "enrolment"), json_object_get(input, "gdp_ppp"));
        assert_expected(value_of_row(system, columns, row, outputs[i][1]) / 100.0,
                        json_object_get(expected_of(test), outputs[i][0]), tolerance_of(test));
    }
    custval_system_free(system);
}

static void acsi_formula(const json_t *test) {
    const json_t *input = json_object_get(test, "input");
    json_t *items = json_array(), *columns = json_array(), *scale = json_pack("[i, i]", 1, 10);
    for (size_t i = 0; i < json_array_size(json_object_get(input, "items")); i++) {
        char name[32];
        snprintf(name, sizeof name, "q%zu", i);
        json_t *item = scaled_item(name, scale);
        json_object_set(item, "weight", json_array_get(json_object_get(input, "weights"), i));
        json_array_append_new(items, item);
        json_array_append_new(columns, json_string(name));
    }
    custval_system *system = build(document_with(
        json_pack("[o]", benefit_dimension("satisfaction", json_pack("[o]", indicator("overall", 1.0, items))))));
    json_t *row = json_deep_copy(json_object_get(input, "items"));
    assert_expected(value_of_row(system, columns, row, "value"), expected_of(test), tolerance_of(test));
    json_decref(scale);
    custval_system_free(system);
}

/* ---- Market-perceived quality ------------------------------------------------------------------------------------ */

/* Ratings on 0..10, so that ratios of scores are ratios of ratings. */
static custval_system *quality_profile(const json_t *attributes, custval_table **out_offers) {
    json_t *indicators = json_array(), *columns = json_array(), *rows = json_pack("[[], []]"),
           *scale = json_pack("[i, i]", 0, 10);
    for (size_t i = 0; i < json_array_size(attributes); i++) {
        const json_t *attribute = json_array_get(attributes, i);
        const char *name = json_string_value(json_object_get(attribute, "name"));
        json_t *item = scaled_item(name, scale);
        json_object_set_new(item, "id", json_pack("s+", name, " rating"));
        json_array_append_new(indicators, indicator(name, json_number_value(json_object_get(attribute, "weight")),
                                                    json_pack("[o]", item)));
        json_array_append_new(columns, json_string(name));
        json_array_append(json_array_get(rows, 0), json_object_get(attribute, "perdue"));
        json_array_append(json_array_get(rows, 1), json_object_get(attribute, "average"));
    }
    *out_offers = json_table(columns, rows, NULL);
    json_decref(columns);
    json_decref(rows);
    json_decref(scale);
    return build(document_with(json_pack("[o]", benefit_dimension("quality", indicators))));
}

/* The table was printed with each ratio rounded half up to two decimals. */
static void gale_chicken_quality(const json_t *test) {
    const json_t *attributes = json_object_get(json_object_get(test, "input"), "attributes");
    custval_table *offers = NULL, *indicators = NULL, *comparison = NULL;
    custval_system *system = quality_profile(attributes, &offers);
    assert_ok(custval_compare_indicators(system, offers, 0, NULL, &indicators, NULL), NULL);
    double printed = 0.0, exact = 0.0;
    for (size_t i = 0; i < json_array_size(attributes); i++) {
        const double weight = json_number_value(json_object_get(json_array_get(attributes, i), "weight"));
        const double ratio = table_cell(indicators, "ratio", i);
        assert_double_near(table_cell(indicators, "weight", i), weight / 100.0, 1e-15);
        printed += weight * floor(100.0 * ratio + 0.5) / 100.0;
        exact += weight / 100.0 * ratio;
    }
    assert_expected(printed, json_object_get(expected_of(test), "quality_ratio"), tolerance_of(test));
    assert_ok(custval_compare(system, offers, NULL, &comparison, NULL), NULL);
    assert_double_near(table_cell(comparison, "quality_ratio", 0), exact, 1e-15);
    assert_double_near(100.0 * exact, 125.934, 0.0005); /* as the notes of the case say */
    assert_expected(table_cell(comparison, "value", 0) / 10.0, json_object_get(expected_of(test), "weighted_perdue"),
                    tolerance_of(test));
    assert_expected(table_cell(comparison, "value", 1) / 10.0, json_object_get(expected_of(test), "weighted_average"),
                    tolerance_of(test));
    custval_table_free(comparison);
    custval_table_free(indicators);
    custval_table_free(offers);
    custval_system_free(system);
}

/* An offer whose quality and price stand to its rival's as the case says. */
static void gale_value_point(const json_t *test) {
    const json_t *input = json_object_get(test, "input"), *weights = json_object_get(input, "weights");
    json_t *item = json_pack("{s:s, s:{s:s, s:i, s:i}}", "column", "quality", "curve", "type", "linear", "intercept", 0,
                             "slope", 1);
    custval_system *system = build(document_with(
        json_pack("[o]", benefit_dimension("product",
                                           json_pack("[o]", indicator("as perceived", 1.0, json_pack("[o]", item)))))));
    json_t *columns = json_pack("[s, s]", "quality", "price");
    json_t *rows = json_pack("[[O, O], [i, i]]", json_object_get(input, "quality_ratio"),
                             json_object_get(input, "relative_price"), 1, 1);
    custval_table *offers = json_table(columns, rows, NULL), *comparison = NULL;
    custval_compare_options options = CUSTVAL_COMPARE_OPTIONS_INIT;
    options.price_column = "price";
    options.quality_weight = json_number_value(json_array_get(weights, 0));
    options.price_weight = json_number_value(json_array_get(weights, 1));
    assert_ok(custval_compare(system, offers, &options, &comparison, NULL), NULL);
    assert_expected(table_cell(comparison, "quality_per_price", 0),
                    json_object_get(expected_of(test), "quality_over_price"), tolerance_of(test));
    assert_expected(table_cell(comparison, "value_index", 0),
                    json_object_get(expected_of(test), "weighted_with_price_ratio_inverted"), tolerance_of(test));
    json_decref(columns);
    json_decref(rows);
    custval_table_free(comparison);
    custval_table_free(offers);
    custval_system_free(system);
}

/* ---- All of them ------------------------------------------------------------------------------------------------- */

static const named_case known[] = {
    {"tree9_minmax", tree9_minmax},
    {"tree9_zscore", tree9_zscore},
    {"tree9_arithmetic", tree9_arithmetic},
    {"tree9_geometric", tree9_geometric},
    {"tree9_power_mean_minus_half", tree9_power_mean_minus_half},
    {"tree9_missing_renormalise", tree9_missing_renormalise},
    {"tree9_effective_weights", tree9_effective_weights},
    {"tree9_copeland", tree9_copeland},
    {"tree9_explanation_u1", tree9_explanation_u1},
    {"hdi_gni_index_2020", hdi_gni_index_2020},
    {"hdi_geometric_2020", hdi_geometric_2020},
    {"hdi_arithmetic_germany", hdi_arithmetic_germany},
    {"gale_chicken_quality", gale_chicken_quality},
    {"gale_value_point", gale_value_point},
    {"acsi_formula", acsi_formula},
};

int main(void) {
    return cases_run_named("rollup", "weights_and_rollup.json", known, SUPPORT_COUNT(known));
}
