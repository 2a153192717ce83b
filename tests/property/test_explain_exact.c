/* Explanations add up: whatever the system and the row, the parts sum to the value, bit for bit. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "random_system.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* 200,000 explanations in all. */
#define SYSTEMS 1000
#define ROWS 100

/* Largest error of a part: a few dozen roundings of the largest sums. */
#define ULPS 64.0

static size_t column_of(const custval_table *table, const char *name) {
    size_t column;
    assert_ok(custval_table_find(table, name, &column, NULL), NULL);
    return column;
}

static double number(const custval_table *table, const char *name, size_t row) {
    double out;
    assert_ok(custval_table_number(table, column_of(table, name), row, &out, NULL), NULL);
    return out;
}

static int says(const custval_table *table, const char *name, size_t row, const char *word) {
    custval_text text;
    assert_ok(custval_table_text(table, column_of(table, name), row, &text, NULL), NULL);
    return text.data != NULL && text.length == strlen(word) && memcmp(text.data, word, text.length) == 0;
}

/* What the rows of one column have in common, read once. */
typedef struct sums {
    double total, sizes; /* of the parts: their sum, the sum of their absolute values */
    size_t parts;
} sums;

static sums add_parts(const custval_table *table, const char *name) {
    const size_t is_part = column_of(table, "is_part"), column = column_of(table, name);
    sums out = {0.0, 0.0, 0};
    for (size_t i = 0; i < custval_table_rows(table); i++) {
        double flag, part;
        assert_ok(custval_table_number(table, is_part, i, &flag, NULL), NULL);
        if (flag != 1.0) continue;
        assert_ok(custval_table_number(table, column, i, &part, NULL), NULL);
        assert_true(isfinite(part));
        out.total += part;
        out.sizes += fabs(part);
        out.parts++;
    }
    return out;
}

/* Items: what they contribute is their effective weight times what it multiplies, but for rounding. */
static void assert_terms(const custval_table *explanation, const custval_system *system, double tolerance) {
    custval_system_spec spec = CUSTVAL_SYSTEM_SPEC_INIT;
    assert_ok(custval_system_get(system, &spec, NULL), NULL);
    for (uint32_t i = 0; i < custval_system_nodes(system); i++) {
        custval_node node = CUSTVAL_NODE_INIT;
        assert_ok(custval_system_node(system, i, &node, NULL), NULL);
        const double effective = number(explanation, "effective", i), score = number(explanation, "score", i);
        if (node.kind != CUSTVAL_KIND_ITEM || isnan(effective)) continue;
        const int reflected = spec.form == CUSTVAL_FORM_INDEX && node.side == CUSTVAL_SIDE_SACRIFICE;
        /* 100 - score is no more exact than 100. */
        const double noise = reflected ? fabs(effective) * 100.0 * ULPS * DBL_EPSILON : 0.0;
        assert_double_near(number(explanation, "contribution", i), effective * (reflected ? 100.0 - score : score),
                           tolerance + noise);
    }
}

/* The rounding row, which comes last where there is one, is no more than rounding. */
static int check_rounding(const custval_table *table, const char *column, double tolerance) {
    const size_t last = custval_table_rows(table) - 1;
    if (!says(table, "kind", last, "rounding")) return 0;
    assert_true(fabs(number(table, column, last)) <= tolerance);
    assert_true(number(table, column, last) != 0.0);
    return 1;
}

static int check_explanation(const custval_system *system, const custval_table *explanation, double value) {
    const sums all = add_parts(explanation, "contribution");
    assert_double_bits(number(explanation, "score", 0), value);
    if (isnan(value)) {
        assert_int_equal(all.parts, 0);
        assert_true(isnan(number(explanation, "contribution", 0)));
        return 0;
    }
    assert_true(all.parts > 0);
    const int is_log = says(explanation, "unit", 0, "log");
    custval_system_spec spec = CUSTVAL_SYSTEM_SPEC_INIT;
    assert_ok(custval_system_get(system, &spec, NULL), NULL);
    /* The index is 100 minus something: its rounding is that of 100. */
    const double scale = spec.form == CUSTVAL_FORM_INDEX ? 100.0 : is_log ? 1.0 : 0.0;
    const double tolerance = ULPS * DBL_EPSILON * (all.sizes + scale);
    if (is_log) {
        assert_double_near(all.total, log(value), 4.0 * DBL_EPSILON * (1.0 + fabs(log(value))));
    } else {
        assert_true(all.total == value);
        assert_terms(explanation, system, tolerance);
    }
    assert_true(number(explanation, "contribution", 0) == all.total);
    return check_rounding(explanation, "contribution", tolerance);
}

static void check_change(const custval_table *change, double before, double after) {
    const sums all = add_parts(change, "change");
    const double tolerance = ULPS * DBL_EPSILON * (all.sizes + fabs(before) + fabs(after) + 1.0);
    if (says(change, "unit", 0, "log")) {
        assert_double_near(all.total, log(after) - log(before), tolerance);
    } else {
        assert_true(all.total == after - before);
    }
    assert_true(number(change, "change", 0) == all.total);
    for (size_t i = 0; i < custval_table_rows(change); i++) {
        const double part = number(change, "change", i);
        if (number(change, "is_part", i) != 1.0) continue;
        const double score_part = number(change, "score_part", i), weight_part = number(change, "weight_part", i);
        assert_double_near(score_part + weight_part, part, 4.0 * DBL_EPSILON * (fabs(score_part) + fabs(weight_part)));
    }
}

/* Explains every row, and each change from the row before; gives the number of explanations with a rounding row. */
static size_t explain_all(const custval_system *system, const custval_table *table) {
    custval_score_options options = CUSTVAL_SCORE_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *scores = NULL;
    size_t rounded = 0;
    double before = (double)NAN;
    options.as_of = RANDOM_AS_OF;
    assert_ok(custval_score(system, table, &options, &scores, &error), &error);
    for (size_t row = 0; row < custval_table_rows(table); row++) {
        custval_table *explanation = NULL, *change = NULL;
        const double value = number(scores, "value", row);
        assert_ok(custval_explain(system, table, row, &options, &explanation, &error), &error);
        rounded += (size_t)check_explanation(system, explanation, value);
        custval_table_free(explanation);
        if (row == 0) {
            before = value;
            continue;
        }
        const custval_status status =
            custval_explain_change(system, table, row - 1, table, row, &options, &change, &error);
        if (isnan(before) || isnan(value)) {
            assert_int_equal(status, CUSTVAL_ERROR_STATE);
        } else if (status != CUSTVAL_OK) {
            assert_int_equal(status, CUSTVAL_ERROR_STATE);
            assert_true((before > 0.0) != (value > 0.0));
        } else {
            check_change(change, before, value);
        }
        custval_table_free(change);
        before = value;
    }
    custval_table_free(scores);
    return rounded;
}

static void parts_of_any_system_add_up_to_the_bit(void **state) {
    (void)state;
    support_random random = random_seeded("any system");
    size_t rounded = 0;
    for (int i = 0; i < SYSTEMS; i++) {
        custval_system *system = random_system(&random, RANDOM_ALL);
        custval_table *table = random_table(&random, system, ROWS, i % 2 == 0);
        rounded += explain_all(system, table);
        custval_table_free(table);
        custval_system_free(system);
    }
    printf("# %zu of %d explanations needed a row for rounding\n", rounded, SYSTEMS * ROWS);
}

/* ---- Extreme scores ---------------------------------------------------------------------------------------------- */

#define ITEMS 6
static const char *const item_columns[ITEMS] = {"q0", "q1", "q2", "q3", "q4", "q5"};

/* Items of any size and sign, benefits and sacrifices that cancel, judgements and caps with all their digits. */
static custval_system *extreme_system(support_random *random) {
    static const char *const indicators[ITEMS] = {"i0", "i1", "i2", "i3", "i4", "i5"};
    custval_builder *builder = NULL;
    custval_system *system = NULL;
    custval_system_spec spec = CUSTVAL_SYSTEM_SPEC_INIT;
    spec.form = 1 + random_below(random, 3);
    spec.override_column = "customer";
    const int any_aggregator = random_below(random, 3) == 0;
    spec.aggregator = any_aggregator ? 1 + random_below(random, 5) : CUSTVAL_AGGREGATOR_MEAN;
    spec.exponent = 0.5;
    assert_ok(custval_builder_new(NULL, &spec, &builder, NULL), NULL);
    for (int d = 0; d < 2; d++) {
        custval_node_spec node = CUSTVAL_NODE_SPEC_INIT;
        node.id = d == 0 ? "get" : "give";
        assert_ok(custval_builder_dimension(builder, 1 + (uint32_t)d, &node, NULL), NULL);
        for (int i = d * ITEMS / 2; i < (d + 1) * ITEMS / 2; i++) {
            custval_node_spec indicator = CUSTVAL_NODE_SPEC_INIT;
            custval_item_spec item = CUSTVAL_ITEM_SPEC_INIT;
            custval_curve curve = CUSTVAL_CURVE_INIT;
            indicator.id = indicators[i];
            indicator.weight = random_between(random, 1e-3, 1.0);
            if (any_aggregator) {
                indicator.aggregator = 1 + random_below(random, 5);
                indicator.exponent = 0.5;
            }
            item.column = item_columns[i];
            item.curve = &curve;
            curve.type = CUSTVAL_CURVE_LINEAR;
            curve.parameters[1] = 1.0;
            assert_ok(custval_builder_indicator(builder, node.id, &indicator, NULL), NULL);
            assert_ok(custval_builder_item(builder, indicator.id, &item, NULL), NULL);
        }
    }
    for (int g = 0; g < 2; g++) {
        custval_gate_spec gate = CUSTVAL_GATE_SPEC_INIT;
        gate.node = indicators[random_below(random, ITEMS)];
        gate.threshold = random_between(random, -50.0, 50.0);
        gate.cap = random_between(random, -20.0, 90.0) * (g == 0 ? 1.0 : 1e-9);
        assert_ok(custval_builder_gate(builder, &gate, NULL), NULL);
    }
    static const char *const judged[] = {"value", "benefit", "sacrifice", "get", "i1", "i4"};
    for (size_t k = 0; k < SUPPORT_COUNT(judged); k++) {
        custval_override_spec override = CUSTVAL_OVERRIDE_SPEC_INIT;
        override.node = judged[k];
        override.key = random_below(random, 2) == 0 ? "one" : "two";
        override.author = "A. Mueller";
        override.reason = "complaint";
        override.expires = "2026-12-31";
        override.score = random_between(random, -10.0, 100.0);
        assert_ok(custval_builder_override(builder, &override, NULL), NULL);
    }
    assert_ok(custval_builder_build(builder, &system, NULL), NULL);
    custval_builder_free(builder);
    return system;
}

static double extreme_answer(support_random *random, uint32_t kind, double common) {
    switch (kind) {
    case 0: return random_between(random, -1.0, 1.0) * exp(random_between(random, -300.0, 300.0));
    case 1: return common * (1.0 + random_between(random, -1e-12, 1e-12)); /* benefits and sacrifices cancel */
    case 2: return random_between(random, -1e9, 1e9);
    case 3: return random_below(random, 4) == 0 ? (double)NAN : random_between(random, 0.0, 100.0);
    case 4: return random_below(random, 3) == 0 ? 0.0 : 100.0;
    default: return exp(random_between(random, -700.0, 4.0));
    }
}

static custval_table *extreme_table(support_random *random, double *cells, custval_text *keys) {
    static const char *const words[] = {"one", "two", "none", "none"};
    custval_table *table = NULL;
    assert_ok(custval_table_new(NULL, ROWS, &table, NULL), NULL);
    for (size_t row = 0; row < ROWS; row++) {
        const uint32_t kind = random_below(random, 6);
        const double common = random_between(random, 0.0, 100.0);
        for (size_t i = 0; i < ITEMS; i++) cells[i * ROWS + row] = extreme_answer(random, kind, common);
        const char *word = words[random_below(random, 4)];
        keys[row] = (custval_text){word, strlen(word)};
    }
    for (size_t i = 0; i < ITEMS; i++) {
        assert_ok(custval_table_add_doubles(table, item_columns[i], cells + i * ROWS, NULL), NULL);
    }
    assert_ok(custval_table_add_texts(table, "customer", keys, NULL), NULL);
    return table;
}

static void parts_of_extreme_scores_add_up_to_the_bit(void **state) {
    (void)state;
    static double cells[ITEMS * ROWS];
    static custval_text keys[ROWS];
    support_random random = random_seeded("extreme scores");
    size_t rounded = 0;
    for (int i = 0; i < SYSTEMS; i++) {
        custval_system *system = extreme_system(&random);
        custval_table *table = extreme_table(&random, cells, keys);
        rounded += explain_all(system, table);
        custval_table_free(table);
        custval_system_free(system);
    }
    printf("# %zu of %d explanations needed a row for rounding\n", rounded, SYSTEMS * ROWS);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_of_any_system_add_up_to_the_bit),
        cmocka_unit_test(parts_of_extreme_scores_add_up_to_the_bit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
