/* The builder: what it refuses, and that a refusal changes nothing. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "draft.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define A10 "aaaaaaaaaa"
#define A50 A10 A10 A10 A10 A10
#define A128 A50 A50 A10 A10 "aaaaaaaa"

static double not_a_number(void) {
    return (double)NAN;
}

static char long_text[CUSTVAL_MAX_TEXT_LENGTH + 2]; /* one byte too long */

/* Text and inputs of the system that would be built: what a caller can see of a builder. free() it. */
static char *seen(custval_builder *builder) {
    custval_system *system = NULL;
    custval_error error = CUSTVAL_ERROR_INIT;
    size_t length = 0;
    assert_ok(custval_builder_build(builder, &system, &error), &error);
    assert_ok(custval_system_write(system, NULL, 0, &length, &error), &error);
    char *const text = malloc(length + 1);
    assert_non_null(text);
    assert_ok(custval_system_write(system, text, length + 1, &length, &error), &error);
    custval_system_free(system);
    return text;
}

/* A builder with something of everything, to which bad calls are made. */
static custval_builder *with_everything(void) {
    custval_system_spec spec = CUSTVAL_SYSTEM_SPEC_INIT;
    spec.override_column = "customer";
    custval_builder *const builder = draft_small(&spec);
    draft_dimension(builder, CUSTVAL_SIDE_SACRIFICE, "money", 1);
    draft_indicator(builder, "money", "fee", 1);
    draft_item(builder, "fee", "q3", 1);
    assert_ok(full_derived(builder, NULL), NULL);
    assert_ok(custval_builder_derived_part(builder, "image", "product", 1, NULL), NULL);
    assert_ok(custval_builder_profile(builder, "p", NULL, NULL), NULL);
    assert_ok(custval_builder_profile_weight(builder, "p", "q1", 2, NULL), NULL);
    assert_ok(custval_builder_context(builder, "c", NULL, NULL), NULL);
    assert_ok(custval_builder_context_weight(builder, "c", "q1", 2, NULL), NULL);
    assert_ok(custval_builder_context_expectation(builder, "c", "q1", 2, NULL), NULL);
    assert_ok(custval_builder_highest(builder, "product", NULL), NULL);
    assert_ok(full_override(builder, NULL, "c17", NULL), NULL);
    return builder;
}

/* Runs one bad call: it fails as expected, with one line that contains the part, and nothing has changed. */
#define REFUSE(builder, before, call, expected, part) \
  do {                                                \
    custval_error error = CUSTVAL_ERROR_INIT;         \
    assert_status(call(&error), expected, &error);    \
    assert_message(&error, part);                     \
    char *const after = seen(builder);                \
    assert_string_equal(after, before);               \
    free(after);                                      \
  } while (0)

/* ---- Policies ---- */

static void a_system_without_policies_has_the_defaults(void **unused) {
    (void)unused;
    custval_system *const system = draft_build(draft_small(NULL));
    custval_system_spec spec = CUSTVAL_SYSTEM_SPEC_INIT;
    assert_ok(custval_system_get(system, &spec, NULL), NULL);
    assert_string_equal(spec.id, "system");
    assert_null(spec.note);
    assert_null(spec.profile_column);
    assert_null(spec.context_column);
    assert_null(spec.override_column);
    assert_int_equal(spec.form, CUSTVAL_FORM_DIFFERENCE);
    assert_int_equal(spec.aggregator, CUSTVAL_AGGREGATOR_MEAN);
    assert_int_equal(spec.missing, CUSTVAL_MISSING_NESTED);
    assert_int_equal(spec.out_of_scale, CUSTVAL_OUT_OF_SCALE_REJECT);
    assert_double_bits(spec.exponent, 0);
    assert_double_bits(spec.neutral, 50);
    assert_double_bits(spec.coverage_floor, 0);
    custval_system_free(system);
}

static void bad_policies_are_refused(void **unused) {
    (void)unused;
    const struct {
        custval_system_spec spec;
        custval_status status;
        const char *message;
    } cases[] = {
        {{.id = ""}, CUSTVAL_ERROR_ARGUMENT, "the id of the system is empty"},
        {{.id = "a\tb"}, CUSTVAL_ERROR_ARGUMENT, "system \"a b\": the id has a control character"},
        {{.id = "a\x80"}, CUSTVAL_ERROR_ARGUMENT, "the id is not UTF-8"},
        {{.id = A128 "a"}, CUSTVAL_ERROR_LIMIT, "the id has 129 bytes, at most 128 are allowed"},
        {{.note = "\xff"}, CUSTVAL_ERROR_ARGUMENT, "system \"system\": note is not UTF-8"},
        {{.note = long_text}, CUSTVAL_ERROR_LIMIT, "note has 4097 bytes, at most 4096 are allowed"},
        {{.profile_column = ""}, CUSTVAL_ERROR_ARGUMENT, "profile_column is missing"},
        {{.context_column = "\xff"}, CUSTVAL_ERROR_ARGUMENT, "context_column is not UTF-8"},
        {{.override_column = long_text}, CUSTVAL_ERROR_LIMIT, "override_column has 4097 bytes"},
        {{.form = 4}, CUSTVAL_ERROR_ARGUMENT, "there is no form 4"},
        {{.aggregator = 6}, CUSTVAL_ERROR_ARGUMENT, "there is no aggregator 6"},
        {{.missing = 6}, CUSTVAL_ERROR_ARGUMENT, "there is no missing policy 6"},
        {{.out_of_scale = 4}, CUSTVAL_ERROR_ARGUMENT, "there is no out-of-scale policy 4"},
        {{.aggregator = 5}, CUSTVAL_ERROR_RANGE, "a power mean needs an exponent other than 0"},
        {{.aggregator = 5, .exponent = -HUGE_VAL}, CUSTVAL_ERROR_NOT_FINITE, "exponent is -inf, not a finite number"},
        {{.neutral = 100.5}, CUSTVAL_ERROR_RANGE, "neutral 100.5 lies outside 0..100"},
        {{.neutral = not_a_number()}, CUSTVAL_ERROR_NOT_FINITE, "neutral is nan"},
        {{.coverage_floor = -0.1}, CUSTVAL_ERROR_RANGE, "coverage_floor -0.1 lies outside 0..1"},
        {{.coverage_floor = 1.1}, CUSTVAL_ERROR_RANGE, "coverage_floor 1.1 lies outside 0..1"},
    };
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        custval_error error = CUSTVAL_ERROR_INIT;
        custval_system_spec spec = cases[i].spec;
        custval_builder *builder = (custval_builder *)&spec;
        spec.struct_size = sizeof spec;
        assert_status(custval_builder_new(NULL, &spec, &builder, &error), cases[i].status, &error);
        assert_message(&error, cases[i].message);
        assert_null(builder);
    }
}

static void a_system_id_may_be_a_reserved_word_and_128_bytes_long(void **unused) {
    (void)unused;
    static const char *const ids[] = {"value", A128};
    for (size_t i = 0; i < 2; i++) {
        custval_system_spec spec = CUSTVAL_SYSTEM_SPEC_INIT;
        spec.id = ids[i];
        custval_system *const system = draft_build(draft_small(&spec));
        assert_ok(custval_system_get(system, &spec, NULL), NULL);
        assert_string_equal(spec.id, ids[i]);
        custval_system_free(system);
    }
}

static void an_exponent_without_a_power_mean_is_dropped(void **unused) {
    (void)unused;
    custval_system_spec spec = CUSTVAL_SYSTEM_SPEC_INIT;
    spec.exponent = not_a_number();
    custval_system *const system = draft_build(draft_small(&spec));
    assert_ok(custval_system_get(system, &spec, NULL), NULL);
    assert_double_bits(spec.exponent, 0);
    custval_system_free(system);
}

/* ---- Nodes ---- */

enum node_call { SIDE, DIMENSION, BENEFIT_INDICATOR, SACRIFICE_INDICATOR, DERIVED };

static custval_status node_call(custval_builder *builder, enum node_call call, const custval_node_spec *spec,
                                custval_error *error) {
    switch (call) {
    case SIDE: return custval_builder_side(builder, CUSTVAL_SIDE_BENEFIT, spec, error);
    case DIMENSION: return custval_builder_dimension(builder, CUSTVAL_SIDE_BENEFIT, spec, error);
    case BENEFIT_INDICATOR: return custval_builder_indicator(builder, "product", spec, error);
    case SACRIFICE_INDICATOR: return custval_builder_indicator(builder, "money", spec, error);
    default: return custval_builder_derived(builder, spec, error);
    }
}

static void bad_nodes_are_refused(void **unused) {
    (void)unused;
    const struct {
        enum node_call call;
        custval_node_spec spec;
        custval_status status;
        const char *message;
    } cases[] = {
        {DIMENSION, {.id = NULL}, CUSTVAL_ERROR_ARGUMENT, "the dimension has no id"},
        {BENEFIT_INDICATOR, {.id = ""}, CUSTVAL_ERROR_ARGUMENT, "the id of the indicator is empty"},
        {DERIVED, {.id = "value"}, CUSTVAL_ERROR_ARGUMENT, "derived \"value\": this id is reserved"},
        {DIMENSION, {.id = "benefit"}, CUSTVAL_ERROR_ARGUMENT, "this id is reserved"},
        {DIMENSION, {.id = "sacrifice"}, CUSTVAL_ERROR_ARGUMENT, "this id is reserved"},
        {DIMENSION, {.id = "coverage"}, CUSTVAL_ERROR_ARGUMENT, "this id is reserved"},
        {DIMENSION, {.id = "status"}, CUSTVAL_ERROR_ARGUMENT, "this id is reserved"},
        {DIMENSION, {.id = "pay"}, CUSTVAL_ERROR_ARGUMENT, "this id is reserved"},
        {DIMENSION, {.id = "do"}, CUSTVAL_ERROR_ARGUMENT, "this id is reserved"},
        {DIMENSION, {.id = "learn"}, CUSTVAL_ERROR_ARGUMENT, "this id is reserved"},
        {DIMENSION, {.id = "x.coverage"}, CUSTVAL_ERROR_ARGUMENT, "ids that end in \".coverage\" are reserved"},
        {DIMENSION, {.id = "a\x7f"}, CUSTVAL_ERROR_ARGUMENT, "control character"},
        {DIMENSION, {.id = "a\xc2\x85"}, CUSTVAL_ERROR_ARGUMENT, "control character"},
        {DIMENSION, {.id = "\xc0\x80"}, CUSTVAL_ERROR_ARGUMENT, "the id is not UTF-8"},
        {DIMENSION, {.id = A128 "a"}, CUSTVAL_ERROR_LIMIT, "129 bytes"},
        {DIMENSION, {.id = "product"}, CUSTVAL_ERROR_DUPLICATE, "there is already a node of this id (dimension)"},
        {DERIVED, {.id = "q1"}, CUSTVAL_ERROR_DUPLICATE, "derived \"q1\": there is already a node of this id (item)"},
        {DIMENSION, {.id = "x", .note = "\xff"}, CUSTVAL_ERROR_ARGUMENT, "dimension \"x\": note is not UTF-8"},
        {DIMENSION, {.id = "x", .weight = -0.2}, CUSTVAL_ERROR_WEIGHT, "dimension \"x\": weight -0.2 is negative"},
        {DIMENSION, {.id = "x", .weight = HUGE_VAL}, CUSTVAL_ERROR_WEIGHT, "weight inf is not finite"},
        {DIMENSION, {.id = "x", .weight = not_a_number()}, CUSTVAL_ERROR_WEIGHT, "weight nan is not finite"},
        {SIDE, {.weight = -1}, CUSTVAL_ERROR_WEIGHT, "side \"benefit\": weight -1 is negative"},
        {DIMENSION, {.id = "x", .weight_column = ""}, CUSTVAL_ERROR_ARGUMENT, "weight_column is missing"},
        {SIDE, {.weight_column = "w"}, CUSTVAL_ERROR_STRUCTURE, "only dimensions and indicators have"},
        {DIMENSION, {.id = "x", .aggregator = 6}, CUSTVAL_ERROR_ARGUMENT, "there is no aggregator 6"},
        {DERIVED, {.id = "x", .aggregator = 5}, CUSTVAL_ERROR_RANGE, "exponent other than 0"},
        {DIMENSION, {.id = "x", .aggregator = 5, .exponent = HUGE_VAL}, CUSTVAL_ERROR_NOT_FINITE, "exponent is inf"},
        {DIMENSION, {.id = "x", .coverage_floor = -0.5}, CUSTVAL_ERROR_RANGE, "coverage_floor -0.5 lies outside 0..1"},
        {DIMENSION, {.id = "x", .coverage_floor = 2}, CUSTVAL_ERROR_RANGE, "coverage_floor 2 lies outside 0..1"},
        {DIMENSION, {.id = "x", .coverage_floor = not_a_number()}, CUSTVAL_ERROR_NOT_FINITE, "coverage_floor is nan"},
        {BENEFIT_INDICATOR, {.id = "x", .tag = 4}, CUSTVAL_ERROR_ARGUMENT, "there is no tag 4"},
        {BENEFIT_INDICATOR, {.id = "x", .tag = 1}, CUSTVAL_ERROR_STRUCTURE, "the tag \"pay\" is for indicators of"},
        {DIMENSION, {.id = "x", .tag = 2}, CUSTVAL_ERROR_STRUCTURE, "the tag \"do\" is for indicators of"},
        {DERIVED, {.id = "x", .tag = 3}, CUSTVAL_ERROR_STRUCTURE, "the tag \"learn\" is for indicators of"},
        {BENEFIT_INDICATOR, {.id = "x", .cost = -1}, CUSTVAL_ERROR_RANGE, "indicator \"x\": cost -1 is negative"},
        {BENEFIT_INDICATOR, {.id = "x", .cost = HUGE_VAL}, CUSTVAL_ERROR_NOT_FINITE, "cost is inf"},
        {DIMENSION, {.id = "x", .cost = 1}, CUSTVAL_ERROR_STRUCTURE, "only indicators have a cost"},
        {SIDE, {.cost = 1}, CUSTVAL_ERROR_STRUCTURE, "only indicators have a cost"},
        {DERIVED, {.id = "x", .cost = 1}, CUSTVAL_ERROR_STRUCTURE, "only indicators have a cost"},
    };
    custval_builder *const builder = with_everything();
    char *const before = seen(builder);
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        custval_node_spec spec = cases[i].spec;
        spec.struct_size = sizeof spec;
#define CALL(error) node_call(builder, cases[i].call, &spec, error)
        REFUSE(builder, before, CALL, cases[i].status, cases[i].message);
#undef CALL
    }
    free(before);
    custval_builder_free(builder);
}

static void an_indicator_needs_a_dimension(void **unused) {
    (void)unused;
    static const struct {
        const char *parent;
        custval_status status;
        const char *message;
    } cases[] = {
        {"produkt", CUSTVAL_ERROR_NOT_FOUND, "there is no node \"produkt\" yet; did you mean \"product\"?"},
        {"xyz", CUSTVAL_ERROR_NOT_FOUND, "there is no node \"xyz\" yet"},
        {"benefit", CUSTVAL_ERROR_STRUCTURE, "side \"benefit\" cannot have indicators, only a dimension can"},
        {"value", CUSTVAL_ERROR_STRUCTURE, "value \"value\" cannot have indicators"},
        {"reliability", CUSTVAL_ERROR_STRUCTURE, "indicator \"reliability\" cannot have indicators"},
        {"q1", CUSTVAL_ERROR_STRUCTURE, "item \"q1\" cannot have indicators"},
        {"image", CUSTVAL_ERROR_STRUCTURE, "derived \"image\" cannot have indicators"},
        {NULL, CUSTVAL_ERROR_ARGUMENT, "dimension is NULL"},
    };
    custval_builder *const builder = with_everything();
    char *const before = seen(builder);
    custval_node_spec spec = CUSTVAL_NODE_SPEC_INIT;
    spec.id = "new";
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
#define CALL(error) custval_builder_indicator(builder, cases[i].parent, &spec, error)
        REFUSE(builder, before, CALL, cases[i].status, cases[i].message);
#undef CALL
    }
    free(before);
    custval_builder_free(builder);
}

static void there_are_two_sides(void **unused) {
    (void)unused;
    custval_builder *const builder = with_everything();
    custval_node_spec spec = CUSTVAL_NODE_SPEC_INIT;
    spec.id = "new";
    static const uint32_t sides[] = {0, 3, UINT32_MAX};
    for (size_t i = 0; i < 3; i++) {
        custval_error error = CUSTVAL_ERROR_INIT;
        assert_status(custval_builder_side(builder, sides[i], &spec, &error), CUSTVAL_ERROR_ARGUMENT, &error);
        assert_message(&error, "is neither benefit (1) nor sacrifice (2)");
        assert_status(custval_builder_dimension(builder, sides[i], &spec, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    }
    custval_builder_free(builder);
}

/* ---- Items ---- */

static const double points_x[] = {1, 2, 3}, points_y[] = {0, 50, 100}, level_x[] = {1, 1, 3};
static const char *const texts[] = {"gold", "silver", "gold"}, *const empty_texts[] = {"gold", "", "tin"};
static const char *const null_texts[] = {"gold", NULL, "tin"}, *const bad_texts[] = {"gold", "\xff", "tin"};

#define SCALED .scale_min = 1, .scale_max = 5

static void bad_items_are_refused(void **unused) {
    (void)unused;
    const double widest[] = {-DBL_MAX, DBL_MAX}, apart[] = {1, DBL_MAX, -DBL_MAX}, infinite[] = {HUGE_VAL, 2, 3};
    const double undefined[] = {1, not_a_number(), 3};
    static double many[1001];
    const custval_curve linear = {sizeof linear, .type = CUSTVAL_CURVE_LINEAR, .parameters = {1, 0}};
    const custval_curve endless = {sizeof linear, .type = CUSTVAL_CURVE_LINEAR, .parameters = {1, HUGE_VAL}};
    const custval_curve logistic = {sizeof linear, .type = CUSTVAL_CURVE_LOGISTIC, .parameters = {1, 0}};
    const custval_curve shifted = {sizeof linear, .type = CUSTVAL_CURVE_LOGISTIC, .parameters = {not_a_number(), 1}};
    const custval_curve unknown = {sizeof linear, .type = 8};
    const custval_curve logarithm = {sizeof linear, .type = CUSTVAL_CURVE_LOG};
    const custval_curve one_point = {sizeof linear, CUSTVAL_CURVE_PIECEWISE, 1, points_x, points_y, 0, {0}};
    const custval_curve no_x = {sizeof linear, CUSTVAL_CURVE_PIECEWISE, 3, NULL, points_y, 0, {0}};
    const custval_curve no_y = {sizeof linear, CUSTVAL_CURVE_PIECEWISE, 3, points_x, NULL, 0, {0}};
    const custval_curve level = {sizeof linear, CUSTVAL_CURVE_PIECEWISE, 3, level_x, points_y, 0, {0}};
    const custval_curve far_x = {sizeof linear, CUSTVAL_CURVE_PIECEWISE, 2, widest, points_y, 0, {0}};
    const custval_curve far_y = {sizeof linear, CUSTVAL_CURVE_PIECEWISE, 3, points_x, apart, 0, {0}};
    const custval_curve nan_y = {sizeof linear, CUSTVAL_CURVE_PIECEWISE, 3, points_x, undefined, 0, {0}};
    const custval_curve inf_x = {sizeof linear, CUSTVAL_CURVE_PIECEWISE, 3, infinite, points_y, 0, {0}};
    const custval_curve long_line = {sizeof linear, CUSTVAL_CURVE_PIECEWISE, 1001, many, many, 0, {0}};
    const custval_curve no_entry = {sizeof linear, CUSTVAL_CURVE_TABLE, 0, points_x, points_y, 0, {0}};
    const custval_curve no_keys = {sizeof linear, CUSTVAL_CURVE_TABLE, 3, NULL, points_y, 0, {0}};
    const custval_curve both_keys = {sizeof linear, CUSTVAL_CURVE_TABLE, 3, points_x, points_y, texts, {0}};
    const custval_curve twice_x = {sizeof linear, CUSTVAL_CURVE_TABLE, 3, level_x, points_y, 0, {0}};
    const custval_curve twice = {sizeof linear, CUSTVAL_CURVE_TABLE, 3, NULL, points_y, texts, {0}};
    const custval_curve empty = {sizeof linear, CUSTVAL_CURVE_TABLE, 3, NULL, points_y, empty_texts, {0}};
    const custval_curve null = {sizeof linear, CUSTVAL_CURVE_TABLE, 3, NULL, points_y, null_texts, {0}};
    const custval_curve bad = {sizeof linear, CUSTVAL_CURVE_TABLE, 3, NULL, points_y, bad_texts, {0}};
    const custval_curve nan_score = {sizeof linear, CUSTVAL_CURVE_TABLE, 3, points_x, undefined, 0, {0}};
    const custval_curve nan_key = {sizeof linear, CUSTVAL_CURVE_TABLE, 3, undefined, points_y, 0, {0}};
    const custval_curve long_table = {sizeof linear, CUSTVAL_CURVE_TABLE, 1001, many, many, 0, {0}};
    const custval_curve categories = {sizeof linear, CUSTVAL_CURVE_TABLE, 2, NULL, points_y, texts, {0}};
    const custval_curve prospect = {sizeof linear, .type = CUSTVAL_CURVE_PROSPECT, .parameters = {0.88, 0.88, 2.25}};
    const custval_curve no_alpha = {sizeof linear, .type = CUSTVAL_CURVE_PROSPECT, .parameters = {0, 0.88, 2.25}};
    const custval_curve big_beta = {sizeof linear, .type = CUSTVAL_CURVE_PROSPECT, .parameters = {0.88, 11, 2.25}};
    const custval_curve no_lambda = {sizeof linear, .type = CUSTVAL_CURVE_PROSPECT, .parameters = {0.88, 0.88, 0}};
    const custval_curve nan_lambda = {sizeof linear, .type = CUSTVAL_CURVE_PROSPECT,
                                      .parameters = {0.88, 0.88, not_a_number()}};
    const custval_curve small = {.struct_size = 8};
    const struct {
        custval_item_spec spec; /* column NULL: "x" */
        custval_status status;
        const char *message;
    } cases[] = {
        {{.column = "", SCALED}, CUSTVAL_ERROR_ARGUMENT, "indicator \"reliability\": the column of an item is missing"},
        {{.column = "\xff", SCALED}, CUSTVAL_ERROR_ARGUMENT, "the column of an item is not UTF-8"},
        {{.column = long_text, SCALED}, CUSTVAL_ERROR_LIMIT, "the column of an item has 4097 bytes"},
        {{.id = "q1", SCALED}, CUSTVAL_ERROR_DUPLICATE, "item \"q1\": there is already a node of this id (item)"},
        {{.id = "pay", SCALED}, CUSTVAL_ERROR_ARGUMENT, "item \"pay\": this id is reserved"},
        {{.column = A128 "a", SCALED}, CUSTVAL_ERROR_LIMIT, "the id has 129 bytes"},
        {{.column = "a\nb", SCALED}, CUSTVAL_ERROR_ARGUMENT, "control character"},
        {{.note = "\xff", SCALED}, CUSTVAL_ERROR_ARGUMENT, "item \"x\": note is not UTF-8"},
        {{.weight = -1, SCALED}, CUSTVAL_ERROR_WEIGHT, "item \"x\": weight -1 is negative"},
        {{.reversed = 2, SCALED}, CUSTVAL_ERROR_ARGUMENT, "reversed is 2, neither 0 nor 1"},
        {{.has_expectation = 2, SCALED}, CUSTVAL_ERROR_ARGUMENT, "has_expectation is 2, neither 0 nor 1"},
        {{.reserved = 1, SCALED}, CUSTVAL_ERROR_ARGUMENT, "reserved is 1, it must be 0"},
        {{.out_of_scale = 4, SCALED}, CUSTVAL_ERROR_ARGUMENT, "there is no out-of-scale policy 4"},
        {{.missing_code_count = 1, SCALED}, CUSTVAL_ERROR_ARGUMENT, "missing_codes is NULL"},
        {{.missing_codes = undefined, .missing_code_count = 3, SCALED},
         CUSTVAL_ERROR_NOT_FINITE,
         "a missing code is nan"},
        {{.missing_codes = many, .missing_code_count = 1001, SCALED},
         CUSTVAL_ERROR_LIMIT,
         "1001 missing codes, at most 1000"},
        {{.scale_min = 0, .scale_max = 0}, CUSTVAL_ERROR_STRUCTURE, "the curve \"scale\" needs a declared scale"},
        {{.scale_min = 5, .scale_max = 1}, CUSTVAL_ERROR_RANGE, "scale_min 5 is not below scale_max 1"},
        {{.scale_min = 5, .scale_max = 5}, CUSTVAL_ERROR_RANGE, "scale_min 5 is not below scale_max 5"},
        {{.scale_min = 1, .scale_max = HUGE_VAL}, CUSTVAL_ERROR_NOT_FINITE, "scale_max is inf"},
        {{.scale_min = not_a_number(), .scale_max = 5}, CUSTVAL_ERROR_NOT_FINITE, "scale_min is nan"},
        {{.scale_min = -DBL_MAX, .scale_max = DBL_MAX}, CUSTVAL_ERROR_RANGE, "is too wide for double precision"},
        {{.scale_min = 0, .scale_max = 1e-320}, CUSTVAL_ERROR_RANGE, "is too narrow for double precision"},
        {{.has_expectation = 1, .expectation = 6, SCALED}, CUSTVAL_ERROR_RANGE, "expectation 6 lies outside 1..5"},
        {{.has_expectation = 1, .expectation = HUGE_VAL, SCALED}, CUSTVAL_ERROR_NOT_FINITE, "expectation is inf"},
        {{.curve = &small, SCALED}, CUSTVAL_ERROR_STRUCT_SIZE, "custval_curve.struct_size is 8"},
        {{.curve = &unknown, SCALED}, CUSTVAL_ERROR_ARGUMENT, "there is no curve 8"},
        {{.curve = &linear, SCALED}, CUSTVAL_ERROR_RANGE, "the curve's b must not be 0"},
        {{.curve = &endless, SCALED}, CUSTVAL_ERROR_NOT_FINITE, "the curve's b is inf"},
        {{.curve = &logistic, SCALED}, CUSTVAL_ERROR_RANGE, "the curve's k must not be 0"},
        {{.curve = &shifted, SCALED}, CUSTVAL_ERROR_NOT_FINITE, "the curve's m is nan"},
        {{.curve = &logarithm, .scale_min = 0, .scale_max = 5}, CUSTVAL_ERROR_RANGE, "scale_min above 0, not 0"},
        {{.curve = &logarithm, .scale_min = 1e15, .scale_max = 1e15 + 0.125},
         CUSTVAL_ERROR_RANGE,
         "is too narrow for a log curve"},
        {{.curve = &logarithm, .scale_min = 0, .scale_max = 0},
         CUSTVAL_ERROR_STRUCTURE,
         "curve \"log\" needs a declared"},
        {{.curve = &one_point, SCALED}, CUSTVAL_ERROR_ARGUMENT, "1 points, at least 2 are needed"},
        {{.curve = &no_x, SCALED}, CUSTVAL_ERROR_ARGUMENT, "curve.x is NULL"},
        {{.curve = &no_y, SCALED}, CUSTVAL_ERROR_ARGUMENT, "curve.y is NULL"},
        {{.curve = &level, SCALED}, CUSTVAL_ERROR_RANGE, "point 1 has x 1, which is not above 1 before it"},
        {{.curve = &far_x, SCALED}, CUSTVAL_ERROR_RANGE, "points 0 and 1 are too far apart"},
        {{.curve = &far_y, SCALED}, CUSTVAL_ERROR_RANGE, "points 1 and 2 are too far apart"},
        {{.curve = &nan_y, SCALED}, CUSTVAL_ERROR_NOT_FINITE, "the y of a point is nan"},
        {{.curve = &inf_x, SCALED}, CUSTVAL_ERROR_NOT_FINITE, "the x of a point is inf"},
        {{.curve = &long_line, SCALED}, CUSTVAL_ERROR_LIMIT, "1001 points, at most 1000"},
        {{.curve = &no_entry, SCALED}, CUSTVAL_ERROR_ARGUMENT, "0 entries in the table, at least 1 are needed"},
        {{.curve = &no_keys, SCALED}, CUSTVAL_ERROR_ARGUMENT, "a table lists either numbers or categories"},
        {{.curve = &both_keys, SCALED}, CUSTVAL_ERROR_ARGUMENT, "a table lists either numbers or categories"},
        {{.curve = &twice_x, SCALED}, CUSTVAL_ERROR_DUPLICATE, "the table lists 1 twice"},
        {{.curve = &twice, .scale_min = 0, .scale_max = 0}, CUSTVAL_ERROR_DUPLICATE, "the table lists \"gold\" twice"},
        {{.curve = &empty, .scale_min = 0, .scale_max = 0}, CUSTVAL_ERROR_ARGUMENT, "a category is missing"},
        {{.curve = &null, .scale_min = 0, .scale_max = 0}, CUSTVAL_ERROR_ARGUMENT, "a category is missing"},
        {{.curve = &bad, .scale_min = 0, .scale_max = 0}, CUSTVAL_ERROR_ARGUMENT, "a category is not UTF-8"},
        {{.curve = &nan_score, SCALED}, CUSTVAL_ERROR_NOT_FINITE, "a score of the table is nan"},
        {{.curve = &nan_key, SCALED}, CUSTVAL_ERROR_NOT_FINITE, "a number of the table is nan"},
        {{.curve = &long_table, SCALED}, CUSTVAL_ERROR_LIMIT, "1001 entries in the table, at most 1000"},
        {{.curve = &categories, SCALED}, CUSTVAL_ERROR_STRUCTURE, "a table of texts goes with no scale"},
        {{.curve = &categories, .scale_min = 0, .scale_max = 0, .missing_codes = points_x, .missing_code_count = 1},
         CUSTVAL_ERROR_STRUCTURE,
         "a table of texts goes with no scale, missing code or expectation"},
        {{.curve = &categories, .scale_min = 0, .scale_max = 0, .has_expectation = 1},
         CUSTVAL_ERROR_STRUCTURE,
         "a table of texts goes with no scale, missing code or expectation"},
        {{.curve = &prospect, SCALED},
         CUSTVAL_ERROR_STRUCTURE,
         "a prospect curve needs an expectation of the item itself"},
        {{.curve = &prospect, .scale_min = 0, .scale_max = 0, .has_expectation = 1},
         CUSTVAL_ERROR_STRUCTURE,
         "the curve \"prospect\" needs a declared scale"},
        {{.curve = &no_alpha, SCALED}, CUSTVAL_ERROR_RANGE, "alpha 0 must be above 0 and at most 10"},
        {{.curve = &big_beta, SCALED}, CUSTVAL_ERROR_RANGE, "beta 11 must be above 0 and at most 10"},
        {{.curve = &no_lambda, SCALED}, CUSTVAL_ERROR_RANGE, "lambda 0 must be above"},
        {{.curve = &nan_lambda, SCALED}, CUSTVAL_ERROR_NOT_FINITE, "lambda is nan"},
    };
    custval_builder *const builder = with_everything();
    char *const before = seen(builder);
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        custval_item_spec spec = cases[i].spec;
        spec.struct_size = sizeof spec;
        if (spec.column == NULL) spec.column = "x";
#define CALL(error) custval_builder_item(builder, "reliability", &spec, error)
        REFUSE(builder, before, CALL, cases[i].status, cases[i].message);
#undef CALL
    }
    free(before);
    custval_builder_free(builder);
}

static void an_item_needs_an_indicator(void **unused) {
    (void)unused;
    custval_builder *const builder = with_everything();
    char *const before = seen(builder);
    const custval_item_spec spec = draft_item_spec("q9");
#define CALL(error) custval_builder_item(builder, "product", &spec, error)
    REFUSE(builder, before, CALL, CUSTVAL_ERROR_STRUCTURE,
           "dimension \"product\" cannot have items, only an indicator");
#undef CALL
#define CALL(error) custval_builder_item(builder, "relability", &spec, error)
    REFUSE(builder, before, CALL, CUSTVAL_ERROR_NOT_FOUND, "did you mean \"reliability\"?");
#undef CALL
    free(before);
    custval_builder_free(builder);
}

static void an_item_without_an_id_is_named_by_its_column_or_by_both(void **unused) {
    (void)unused;
    custval_builder *const builder = draft_small(NULL);
    draft_indicator(builder, "product", "look", 1);
    draft_item(builder, "look", "q1", 1);     /* taken */
    draft_item(builder, "look", "status", 1); /* reserved */
    draft_item(builder, "look", "q3", 1);
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_item_spec again = draft_item_spec("q1");
    assert_status(custval_builder_item(builder, "look", &again, &error), CUSTVAL_ERROR_DUPLICATE, &error);
    assert_message(&error, "item \"look.q1\": there is already a node of this id (item)");
    static char column[121];
    memset(column, 'c', sizeof column - 1);
    draft_item(builder, "reliability", column, 1);
    again.column = column; /* with "look." it is 125 bytes, with "reliability." 132 */
    assert_ok(custval_builder_item(builder, "look", &again, &error), &error);
    assert_status(custval_builder_item(builder, "reliability", &again, &error), CUSTVAL_ERROR_LIMIT, &error);
    assert_message(&error, "needs an id of its own");
    custval_system *const system = draft_build(builder);
    assert_int_equal(custval_system_nodes(system), 1 + 1 + 1 + 2 + 3 + 4);
    node_named(system, "look.q1");
    node_named(system, "look.status");
    node_named(system, "q3");
    custval_system_free(system);
}

/* ---- Profiles, contexts, derived nodes, rules ---- */

static void bad_frames_are_refused(void **unused) {
    (void)unused;
    custval_builder *const builder = with_everything();
    char *const before = seen(builder);
#define CALL(error) custval_builder_profile(builder, NULL, NULL, error)
    REFUSE(builder, before, CALL, CUSTVAL_ERROR_ARGUMENT, "the profile has no id");
#undef CALL
#define CALL(error) custval_builder_context(builder, A128 "x", NULL, error)
    REFUSE(builder, before, CALL, CUSTVAL_ERROR_LIMIT, "129 bytes");
#undef CALL
#define CALL(error) custval_builder_profile(builder, "p", NULL, error)
    REFUSE(builder, before, CALL, CUSTVAL_ERROR_DUPLICATE, "there is already a profile \"p\"");
#undef CALL
#define CALL(error) custval_builder_context(builder, "x", "\xff", error)
    REFUSE(builder, before, CALL, CUSTVAL_ERROR_ARGUMENT, "context \"x\": note is not UTF-8");
#undef CALL
#define CALL(error) custval_builder_profile_weight(builder, "q", "q1", 1, error)
    REFUSE(builder, before, CALL, CUSTVAL_ERROR_NOT_FOUND, "there is no profile \"q\" yet");
#undef CALL
#define CALL(error) custval_builder_context_weight(builder, NULL, "q1", 1, error)
    REFUSE(builder, before, CALL, CUSTVAL_ERROR_ARGUMENT, "context is NULL");
#undef CALL
#define CALL(error) custval_builder_profile_weight(builder, "p", "q7", 1, error)
    REFUSE(builder, before, CALL, CUSTVAL_ERROR_NOT_FOUND, "there is no node \"q7\" yet; did you mean \"q1\"");
#undef CALL
#define CALL(error) custval_builder_profile_weight(builder, "p", "value", 1, error)
    REFUSE(builder, before, CALL, CUSTVAL_ERROR_STRUCTURE, "value \"value\" has no weight that a profile");
#undef CALL
#define CALL(error) custval_builder_context_weight(builder, "c", "image", 1, error)
    REFUSE(builder, before, CALL, CUSTVAL_ERROR_STRUCTURE, "derived \"image\" has no weight that a profile");
#undef CALL
#define CALL(error) custval_builder_profile_weight(builder, "p", "q2", -1, error)
    REFUSE(builder, before, CALL, CUSTVAL_ERROR_WEIGHT, "item \"q2\": weight -1 is negative");
#undef CALL
#define CALL(error) custval_builder_profile_weight(builder, "p", "q1", 3, error)
    REFUSE(builder, before, CALL, CUSTVAL_ERROR_DUPLICATE, "profile \"p\": the weight of \"q1\" is declared already");
#undef CALL
#define CALL(error) custval_builder_context_weight(builder, "c", "q1", 3, error)
    REFUSE(builder, before, CALL, CUSTVAL_ERROR_DUPLICATE, "context \"c\": the weight of \"q1\" is declared already");
#undef CALL
#define CALL(error) custval_builder_context_expectation(builder, "c", "q1", 3, error)
    REFUSE(builder, before, CALL, CUSTVAL_ERROR_DUPLICATE, "the expectation of \"q1\" is declared already");
#undef CALL
#define CALL(error) custval_builder_context_expectation(builder, "c", "q2", 0.5, error)
    REFUSE(builder, before, CALL, CUSTVAL_ERROR_RANGE, "item \"q2\": expectation 0.5 lies outside 1..5");
#undef CALL
#define CALL(error) custval_builder_context_expectation(builder, "c", "q2", HUGE_VAL, error)
    REFUSE(builder, before, CALL, CUSTVAL_ERROR_NOT_FINITE, "expectation is inf");
#undef CALL
#define CALL(error) custval_builder_context_expectation(builder, "c", "product", 3, error)
    REFUSE(builder, before, CALL, CUSTVAL_ERROR_STRUCTURE, "dimension \"product\" cannot have an expectation");
#undef CALL
#define CALL(error) custval_builder_context_expectation(builder, "d", "q1", 3, error)
    REFUSE(builder, before, CALL, CUSTVAL_ERROR_NOT_FOUND, "there is no context \"d\" yet");
#undef CALL
    free(before);
    custval_builder_free(builder);
}

static void bad_labels_are_refused(void **unused) {
    (void)unused;
    static const struct {
        const char *language, *text;
        custval_status status;
        const char *message;
    } cases[] = {
        {NULL, "x", CUSTVAL_ERROR_ARGUMENT, "language is NULL"},
        {"en", NULL, CUSTVAL_ERROR_ARGUMENT, "text is NULL"},
        {"", "x", CUSTVAL_ERROR_ARGUMENT, "\"\" is no language tag"},
        {"e n", "x", CUSTVAL_ERROR_ARGUMENT, "\"e n\" is no language tag such as en, zh or pt-BR"},
        {"abcdefghijklmnopqrstuvwxyzabcdefghij", "x", CUSTVAL_ERROR_ARGUMENT, "is no language tag"},
        {"en", "", CUSTVAL_ERROR_ARGUMENT, "label is missing"},
        {"en", "\xff", CUSTVAL_ERROR_ARGUMENT, "label is not UTF-8"},
        {"en", "a\nb", CUSTVAL_ERROR_ARGUMENT, "the label has a control character"},
        {"en", long_text, CUSTVAL_ERROR_LIMIT, "label has 4097 bytes"},
    };
    custval_builder *const builder = with_everything();
    char *const before = seen(builder);
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
#define CALL(error) custval_builder_label(builder, "q1", cases[i].language, cases[i].text, error)
        REFUSE(builder, before, CALL, cases[i].status, cases[i].message);
#undef CALL
#define CALL(error) custval_builder_profile_label(builder, "p", cases[i].language, cases[i].text, error)
        REFUSE(builder, before, CALL, cases[i].status, cases[i].message);
#undef CALL
#define CALL(error) custval_builder_context_label(builder, "c", cases[i].language, cases[i].text, error)
        REFUSE(builder, before, CALL, cases[i].status, cases[i].message);
#undef CALL
    }
#define CALL(error) custval_builder_label(builder, "q8", "en", "x", error)
    REFUSE(builder, before, CALL, CUSTVAL_ERROR_NOT_FOUND, "there is no node \"q8\" yet");
#undef CALL
#define CALL(error) custval_builder_profile_label(builder, "x", "en", "x", error)
    REFUSE(builder, before, CALL, CUSTVAL_ERROR_NOT_FOUND, "there is no profile \"x\" yet");
#undef CALL
    free(before);
    custval_builder_free(builder);
}

static void bad_parts_and_demands_are_refused(void **unused) {
    (void)unused;
    static const struct {
        const char *derived, *node;
        double weight;
        custval_status status;
        const char *message;
    } cases[] = {
        {"imag", "product", 1, CUSTVAL_ERROR_NOT_FOUND, "did you mean \"image\"?"},
        {NULL, "product", 1, CUSTVAL_ERROR_ARGUMENT, "derived is NULL"},
        {"image", NULL, 1, CUSTVAL_ERROR_ARGUMENT, "node is NULL"},
        {"product", "q1", 1, CUSTVAL_ERROR_STRUCTURE,
         "dimension \"product\" cannot have parts, only a derived node can"},
        {"image", "q1", 1, CUSTVAL_ERROR_STRUCTURE, "item \"q1\" cannot be a part"},
        {"image", "value", 1, CUSTVAL_ERROR_STRUCTURE, "value \"value\" cannot be a part"},
        {"image", "image", 1, CUSTVAL_ERROR_STRUCTURE, "derived \"image\" cannot be a part"},
        {"image", "product", 2, CUSTVAL_ERROR_DUPLICATE, "derived \"image\": \"product\" is a part of it already"},
        {"image", "fee", -1, CUSTVAL_ERROR_WEIGHT, "indicator \"fee\": weight -1 is negative"},
    };
    custval_builder *const builder = with_everything();
    char *const before = seen(builder);
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
#define CALL(error) custval_builder_derived_part(builder, cases[i].derived, cases[i].node, cases[i].weight, error)
        REFUSE(builder, before, CALL, cases[i].status, cases[i].message);
#undef CALL
    }
#define CALL(error) custval_builder_highest(builder, "benefit", error)
    REFUSE(builder, before, CALL, CUSTVAL_ERROR_STRUCTURE,
           "side \"benefit\" cannot be asked to have the highest weight");
#undef CALL
#define CALL(error) custval_builder_highest(builder, "nobody", error)
    REFUSE(builder, before, CALL, CUSTVAL_ERROR_NOT_FOUND, "there is no node \"nobody\" yet");
#undef CALL
#define CALL(error) custval_builder_highest(builder, "product", error)
    REFUSE(builder, before, CALL, CUSTVAL_ERROR_DUPLICATE,
           "dimension \"product\": the highest weight is asked for already");
#undef CALL
    free(before);
    custval_builder_free(builder);
}

static void bad_rules_are_refused(void **unused) {
    (void)unused;
    const struct {
        custval_gate_spec spec;
        custval_status status;
        const char *message;
    } gates[] = {
        {{.node = NULL}, CUSTVAL_ERROR_ARGUMENT, "spec.node is NULL"},
        {{.node = "prod"}, CUSTVAL_ERROR_NOT_FOUND, "did you mean \"product\"?"},
        {{.node = "value"}, CUSTVAL_ERROR_STRUCTURE, "value \"value\" cannot have a gate"},
        {{.node = "q1"}, CUSTVAL_ERROR_STRUCTURE, "item \"q1\" cannot have a gate"},
        {{.node = "fee", .type = 3}, CUSTVAL_ERROR_ARGUMENT, "gate of \"fee\": there is no gate type 3"},
        {{.node = "fee", .reserved = 1}, CUSTVAL_ERROR_ARGUMENT, "reserved is 1"},
        {{.node = "fee", .threshold = HUGE_VAL}, CUSTVAL_ERROR_NOT_FINITE, "threshold is inf"},
        {{.node = "fee", .cap = not_a_number()}, CUSTVAL_ERROR_NOT_FINITE, "cap is nan"},
        {{.node = "fee", .note = "\xff"}, CUSTVAL_ERROR_ARGUMENT, "note is not UTF-8"},
    };
    const struct {
        custval_override_spec spec;
        custval_status status;
        const char *message;
    } overrides[] = {
        {{.node = "valu"}, CUSTVAL_ERROR_NOT_FOUND, "did you mean \"value\"?"},
        {{.node = "q1"}, CUSTVAL_ERROR_STRUCTURE, "item \"q1\" cannot have an override"},
        {{.node = "image"}, CUSTVAL_ERROR_STRUCTURE, "derived \"image\" cannot have an override"},
        {{.key = ""}, CUSTVAL_ERROR_ARGUMENT, "override of \"value\": key is missing"},
        {{.key = "k"}, CUSTVAL_ERROR_ARGUMENT, "author is missing"},
        {{.key = "k", .author = "a"}, CUSTVAL_ERROR_ARGUMENT, "reason is missing"},
        {{.key = "k", .author = "a", .reason = "r"}, CUSTVAL_ERROR_ARGUMENT, "expires is missing"},
        {{.key = "k", .author = "a", .reason = "\xff"}, CUSTVAL_ERROR_ARGUMENT, "reason is not UTF-8"},
        {{.key = "k", .author = "a", .reason = "r", .expires = "2025-02-29"},
         CUSTVAL_ERROR_ARGUMENT,
         "\"2025-02-29\" is no date such as 2025-12-31"},
        {{.key = "k", .author = "a", .reason = "r", .expires = "2025-02-28", .score = HUGE_VAL},
         CUSTVAL_ERROR_NOT_FINITE,
         "score is inf"},
        {{.key = "c17", .author = "a", .reason = "r", .expires = "2025-02-28"},
         CUSTVAL_ERROR_DUPLICATE,
         "override of \"value\": there is already one for \"c17\""},
    };
    custval_builder *const builder = with_everything();
    char *const before = seen(builder);
    for (size_t i = 0; i < SUPPORT_COUNT(gates); i++) {
        custval_gate_spec spec = gates[i].spec;
        spec.struct_size = sizeof spec;
#define CALL(error) custval_builder_gate(builder, &spec, error)
        REFUSE(builder, before, CALL, gates[i].status, gates[i].message);
#undef CALL
    }
    for (size_t i = 0; i < SUPPORT_COUNT(overrides); i++) {
        custval_override_spec spec = overrides[i].spec;
        spec.struct_size = sizeof spec;
#define CALL(error) custval_builder_override(builder, &spec, error)
        REFUSE(builder, before, CALL, overrides[i].status, overrides[i].message);
#undef CALL
    }
    free(before);
    custval_builder_free(builder);
}

static void overrides_need_a_column_that_says_whose_row_it_is(void **unused) {
    (void)unused;
    custval_builder *const builder = draft_small(NULL);
    custval_error error = CUSTVAL_ERROR_INIT;
    assert_status(full_override(builder, "product", "c17", &error), CUSTVAL_ERROR_STRUCTURE, &error);
    assert_message(&error, "the system has no override_column");
    custval_builder_free(builder);
}

static void missing_arguments_are_named(void **unused) {
    (void)unused;
    custval_error error = CUSTVAL_ERROR_INIT;
    const custval_node_spec node = CUSTVAL_NODE_SPEC_INIT;
    const custval_item_spec item = draft_item_spec("x");
    const custval_gate_spec gate = CUSTVAL_GATE_SPEC_INIT;
    const custval_override_spec override = CUSTVAL_OVERRIDE_SPEC_INIT;
    custval_builder *const none = NULL;
    custval_system *system = (custval_system *)&error;
    const custval_status no_builder[] = {
        custval_builder_side(none, 1, &node, &error),
        custval_builder_dimension(none, 1, &node, &error),
        custval_builder_indicator(none, "a", &node, &error),
        custval_builder_item(none, "a", &item, &error),
        custval_builder_derived(none, &node, &error),
        custval_builder_derived_part(none, "a", "b", 1, &error),
        custval_builder_label(none, "a", "en", "b", &error),
        custval_builder_profile(none, "a", NULL, &error),
        custval_builder_profile_weight(none, "a", "b", 1, &error),
        custval_builder_profile_label(none, "a", "en", "b", &error),
        custval_builder_context(none, "a", NULL, &error),
        custval_builder_context_weight(none, "a", "b", 1, &error),
        custval_builder_context_expectation(none, "a", "b", 1, &error),
        custval_builder_context_label(none, "a", "en", "b", &error),
        custval_builder_gate(none, &gate, &error),
        custval_builder_override(none, &override, &error),
        custval_builder_highest(none, "a", &error),
        custval_builder_build(none, &system, &error),
    };
    for (size_t i = 0; i < SUPPORT_COUNT(no_builder); i++) assert_int_equal(no_builder[i], CUSTVAL_ERROR_ARGUMENT);
    assert_message(&error, "builder is NULL");
    assert_null(system);
    custval_builder *const builder = draft_small(NULL);
    const custval_status no_spec[] = {
        custval_builder_side(builder, 1, NULL, &error),
        custval_builder_dimension(builder, 1, NULL, &error),
        custval_builder_indicator(builder, "product", NULL, &error),
        custval_builder_item(builder, "reliability", NULL, &error),
        custval_builder_derived(builder, NULL, &error),
        custval_builder_gate(builder, NULL, &error),
        custval_builder_override(builder, NULL, &error),
    };
    for (size_t i = 0; i < SUPPORT_COUNT(no_spec); i++) assert_int_equal(no_spec[i], CUSTVAL_ERROR_ARGUMENT);
    assert_message(&error, "spec is NULL");
    assert_status(custval_builder_build(builder, NULL, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    assert_status(custval_builder_new(NULL, NULL, NULL, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    assert_message(&error, "out is NULL");
    custval_builder_free(builder);
    custval_builder_free(NULL);
}

static void structs_of_no_version_are_refused(void **unused) {
    (void)unused;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_builder *const builder = with_everything();
    const custval_node_spec node = {.struct_size = 4};
    const custval_item_spec item = {.struct_size = 4};
    const custval_gate_spec gate = {.struct_size = 4};
    const custval_override_spec override = {.struct_size = 4};
    const custval_system_spec system = {.struct_size = 4};
    const custval_host host = {.struct_size = 4};
    custval_builder *none = builder;
    assert_status(custval_builder_side(builder, 1, &node, &error), CUSTVAL_ERROR_STRUCT_SIZE, &error);
    assert_status(custval_builder_item(builder, "fee", &item, &error), CUSTVAL_ERROR_STRUCT_SIZE, &error);
    assert_status(custval_builder_gate(builder, &gate, &error), CUSTVAL_ERROR_STRUCT_SIZE, &error);
    assert_status(custval_builder_override(builder, &override, &error), CUSTVAL_ERROR_STRUCT_SIZE, &error);
    assert_status(custval_builder_new(NULL, &system, &none, &error), CUSTVAL_ERROR_STRUCT_SIZE, &error);
    assert_null(none);
    assert_status(custval_builder_new(&host, NULL, &none, &error), CUSTVAL_ERROR_STRUCT_SIZE, &error);
    custval_builder_free(builder);
}

/* ---- Limits ---- */

static void a_system_has_at_most_4096_nodes(void **unused) {
    (void)unused;
    custval_builder *const builder = draft_small(NULL); /* 6 nodes, the benefit side only */
    custval_error error = CUSTVAL_ERROR_INIT;
    char id[16];
    custval_item_spec spec = draft_item_spec("column");
    spec.id = id;
    for (int i = 6; i < CUSTVAL_MAX_NODES; i++) {
        snprintf(id, sizeof id, "item%d", i);
        assert_ok(custval_builder_item(builder, "reliability", &spec, &error), &error);
    }
    snprintf(id, sizeof id, "one more");
    assert_status(custval_builder_item(builder, "reliability", &spec, &error), CUSTVAL_ERROR_LIMIT, &error);
    assert_message(&error, "a system has at most 4096 nodes");
    custval_node_spec dimension = CUSTVAL_NODE_SPEC_INIT;
    dimension.id = "money";
    assert_status(custval_builder_dimension(builder, CUSTVAL_SIDE_SACRIFICE, &dimension, &error), CUSTVAL_ERROR_LIMIT,
                  &error);
    custval_system *const system = draft_build(builder);
    assert_int_equal(custval_system_nodes(system), CUSTVAL_MAX_NODES);
    assert_int_equal(custval_system_inputs(system), 3);
    custval_system_free(system);
}

static void a_system_has_at_most_1024_weight_sets(void **unused) {
    (void)unused;
    custval_builder *const builder = draft_small(NULL);
    custval_error error = CUSTVAL_ERROR_INIT;
    char id[16];
    for (int i = 0; i < 31; i++) {
        snprintf(id, sizeof id, "%d", i);
        assert_ok(custval_builder_profile(builder, id, NULL, &error), &error);
        assert_ok(custval_builder_context(builder, id, NULL, &error), &error);
    }
    assert_status(custval_builder_profile(builder, "x", NULL, &error), CUSTVAL_ERROR_LIMIT, &error);
    assert_message(&error, "more than 1024 weight sets");
    assert_status(custval_builder_context(builder, "x", NULL, &error), CUSTVAL_ERROR_LIMIT, &error);
    custval_system *const system = draft_build(builder);
    assert_int_equal(custval_system_frames(system, CUSTVAL_PROFILES), 31);
    custval_system_free(system);
}

static void there_is_a_limit_to_rules(void **unused) {
    (void)unused;
    custval_builder *const builder = draft_small(NULL);
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_gate_spec spec = CUSTVAL_GATE_SPEC_INIT;
    spec.node = "product";
    for (size_t i = 0; i < (size_t)1 << 20; i++) {
        if (custval_builder_gate(builder, &spec, &error) != CUSTVAL_OK) fail_msg("gate %zu: %s", i, error.message);
    }
    assert_status(custval_builder_gate(builder, &spec, &error), CUSTVAL_ERROR_LIMIT, &error);
    assert_message(&error, "a system has at most 1048576 gates");
    custval_builder_free(builder);
}

/* ---- Memory ---- */

static custval_status attempt_full(const custval_host *host, void *data) {
    const size_t *const padding = data;
    custval_system *system = NULL;
    const custval_status status = full_build_padded(host, *padding, &system, NULL);
    if (status != CUSTVAL_OK) assert_null(system);
    custval_system_free(system);
    return status;
}

/* Small pieces come out of larger blocks, and only the piece that needs a new block can fail: moving everything lets
   each piece have its turn. */
static void a_build_that_runs_out_of_memory_anywhere_leaks_nothing(void **unused) {
    (void)unused;
    for (size_t padding = 0; padding <= 2 * CUSTVAL_MAX_TEXT_LENGTH; padding += 80) {
        support_exhaust_memory(attempt_full, &padding);
    }
}

static void a_call_that_ran_out_of_memory_can_be_repeated(void **unused) {
    (void)unused;
    custval_system *reference = full_system();
    char expected[16384], actual[16384];
    size_t length = 0;
    assert_ok(custval_system_write(reference, expected, sizeof expected, &length, NULL), NULL);
    assert_true(length < sizeof expected);
    counting_host counter;
    counting_host_init(&counter);
    const custval_system_spec spec = full_spec();
    custval_builder *builder = NULL;
    custval_system *system = NULL;
    size_t refused = 0;
    assert_ok(custval_builder_new(&counter.host, &spec, &builder, NULL), NULL);
    for (size_t step = 0; step <= FULL_STEPS; step++) {
        custval_status status = CUSTVAL_ERROR_MEMORY;
        for (size_t fail_at = 1; status != CUSTVAL_OK; fail_at++) {
            custval_error error = CUSTVAL_ERROR_INIT;
            counting_host_fail(&counter, fail_at, 0);
            status =
                step < FULL_STEPS ? full_step(builder, step, &error) : custval_builder_build(builder, &system, &error);
            if (status == CUSTVAL_OK) break;
            assert_status(status, CUSTVAL_ERROR_MEMORY, &error);
            refused++;
        }
    }
    counting_host_fail(&counter, 0, 0);
    assert_true(refused > 4);
    custval_builder_free(builder);
    assert_ok(custval_system_write(system, actual, sizeof actual, &length, NULL), NULL);
    assert_string_equal(actual, expected);
    custval_system_free(system);
    custval_system_free(reference);
    counting_host_end(&counter);
}

static void a_builder_can_go_on_after_it_has_built(void **unused) {
    (void)unused;
    custval_builder *const builder = draft_small(NULL);
    custval_system *first = NULL, *second = NULL;
    assert_ok(custval_builder_build(builder, &first, NULL), NULL);
    draft_item(builder, "reliability", "q3", 1);
    assert_ok(custval_builder_build(builder, &second, NULL), NULL);
    custval_builder_free(builder);
    assert_int_equal(custval_system_nodes(first), 6);
    assert_int_equal(custval_system_nodes(second), 7);
    custval_system_free(first);
    custval_system_free(second);
}

int main(void) {
    memset(long_text, 'x', sizeof long_text - 1);
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_system_without_policies_has_the_defaults),
        cmocka_unit_test(bad_policies_are_refused),
        cmocka_unit_test(a_system_id_may_be_a_reserved_word_and_128_bytes_long),
        cmocka_unit_test(an_exponent_without_a_power_mean_is_dropped),
        cmocka_unit_test(bad_nodes_are_refused),
        cmocka_unit_test(an_indicator_needs_a_dimension),
        cmocka_unit_test(there_are_two_sides),
        cmocka_unit_test(bad_items_are_refused),
        cmocka_unit_test(an_item_needs_an_indicator),
        cmocka_unit_test(an_item_without_an_id_is_named_by_its_column_or_by_both),
        cmocka_unit_test(bad_frames_are_refused),
        cmocka_unit_test(bad_labels_are_refused),
        cmocka_unit_test(bad_parts_and_demands_are_refused),
        cmocka_unit_test(bad_rules_are_refused),
        cmocka_unit_test(overrides_need_a_column_that_says_whose_row_it_is),
        cmocka_unit_test(missing_arguments_are_named),
        cmocka_unit_test(structs_of_no_version_are_refused),
        cmocka_unit_test(a_system_has_at_most_4096_nodes),
        cmocka_unit_test(a_system_has_at_most_1024_weight_sets),
        cmocka_unit_test(there_is_a_limit_to_rules),
        cmocka_unit_test(a_build_that_runs_out_of_memory_anywhere_leaks_nothing),
        cmocka_unit_test(a_call_that_ran_out_of_memory_can_be_repeated),
        cmocka_unit_test(a_builder_can_go_on_after_it_has_built),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
