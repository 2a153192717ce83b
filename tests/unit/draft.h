/* Systems for unit tests: short calls for small ones, and one that uses every feature. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_TESTS_DRAFT_H
#define CUSTVAL_TESTS_DRAFT_H

#include <string.h>

#include <custval/custval.h>

#include "support.h"

static inline custval_builder *draft_new(const custval_system_spec *spec) {
    custval_builder *builder = NULL;
    custval_error error = CUSTVAL_ERROR_INIT;
    assert_ok(custval_builder_new(NULL, spec, &builder, &error), &error);
    return builder;
}

static inline void draft_dimension(custval_builder *builder, uint32_t side, const char *id, double weight) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_node_spec spec = CUSTVAL_NODE_SPEC_INIT;
    spec.id = id;
    spec.weight = weight;
    assert_ok(custval_builder_dimension(builder, side, &spec, &error), &error);
}

static inline void draft_indicator(custval_builder *builder, const char *dimension, const char *id, double weight) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_node_spec spec = CUSTVAL_NODE_SPEC_INIT;
    spec.id = id;
    spec.weight = weight;
    assert_ok(custval_builder_indicator(builder, dimension, &spec, &error), &error);
}

static inline custval_item_spec draft_item_spec(const char *column) {
    custval_item_spec spec = CUSTVAL_ITEM_SPEC_INIT;
    spec.column = column;
    spec.scale_min = 1;
    spec.scale_max = 5;
    return spec;
}

/* An item on the scale 1..5. */
static inline void draft_item(custval_builder *builder, const char *indicator, const char *column, double weight) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_item_spec spec = draft_item_spec(column);
    spec.weight = weight;
    assert_ok(custval_builder_item(builder, indicator, &spec, &error), &error);
}

/* benefit > product > reliability > q1, q2. */
static inline custval_builder *draft_small(const custval_system_spec *spec) {
    custval_builder *const builder = draft_new(spec);
    draft_dimension(builder, CUSTVAL_SIDE_BENEFIT, "product", 1);
    draft_indicator(builder, "product", "reliability", 1);
    draft_item(builder, "reliability", "q1", 1);
    draft_item(builder, "reliability", "q2", 1);
    return builder;
}

/* Frees the builder. */
static inline custval_system *draft_build(custval_builder *builder) {
    custval_system *system = NULL;
    custval_error error = CUSTVAL_ERROR_INIT;
    assert_ok(custval_builder_build(builder, &system, &error), &error);
    custval_builder_free(builder);
    return system;
}

static inline uint32_t node_named(const custval_system *system, const char *id) {
    uint32_t node = CUSTVAL_NONE;
    custval_error error = CUSTVAL_ERROR_INIT;
    assert_ok(custval_system_find(system, id, &node, &error), &error);
    return node;
}

/* ---- A system that uses every feature ---- */

static inline custval_system_spec full_spec(void) {
    custval_system_spec spec = CUSTVAL_SYSTEM_SPEC_INIT;
    spec.id = "full";
    spec.note = "weights of the 2025 workshop";
    spec.profile_column = "segment";
    spec.context_column = "place";
    spec.override_column = "customer";
    spec.form = CUSTVAL_FORM_INDEX;
    spec.aggregator = CUSTVAL_AGGREGATOR_POWER;
    spec.exponent = 0.5;
    spec.missing = CUSTVAL_MISSING_NEUTRAL;
    spec.neutral = 40;
    spec.out_of_scale = CUSTVAL_OUT_OF_SCALE_CLAMP;
    spec.coverage_floor = 0.25;
    return spec;
}

static inline custval_status full_side(custval_builder *builder, custval_error *error) {
    custval_node_spec spec = CUSTVAL_NODE_SPEC_INIT;
    spec.weight = 3;
    spec.note = "what it takes";
    spec.aggregator = CUSTVAL_AGGREGATOR_HARMONIC;
    return custval_builder_side(builder, CUSTVAL_SIDE_SACRIFICE, &spec, error);
}

static inline custval_status full_node(custval_builder *builder, const char *parent, const char *id, double weight,
                                       const char *weight_column, custval_error *error) {
    custval_node_spec spec = CUSTVAL_NODE_SPEC_INIT;
    spec.id = id;
    spec.weight = weight;
    spec.note = "a node";
    spec.weight_column = weight_column;
    if (parent == NULL) return custval_builder_dimension(builder, CUSTVAL_SIDE_SACRIFICE, &spec, error);
    if (parent[0] == 0) return custval_builder_dimension(builder, CUSTVAL_SIDE_BENEFIT, &spec, error);
    spec.cost = 12.5;
    spec.coverage_floor = 0.5;
    spec.aggregator = CUSTVAL_AGGREGATOR_POWER;
    spec.exponent = 2;
    if (id[0] == 'f') spec.tag = CUSTVAL_TAG_PAY;
    return custval_builder_indicator(builder, parent, &spec, error);
}

static inline custval_status full_item(custval_builder *builder, const char *indicator, const char *column,
                                       uint32_t type, custval_error *error) {
    static const double codes[] = {98, 3}, x[] = {1, 2, 5}, y[] = {0, 80, 100};
    static const char *const texts[] = {"gold", "silver", "bronze"};
    static const double parameters[][3] = {[CUSTVAL_CURVE_LINEAR] = {10, 5},
                                           [CUSTVAL_CURVE_LOGISTIC] = {3, 1.5},
                                           [CUSTVAL_CURVE_PROSPECT] = {0.88, 0.88, 2.25},
                                           [CUSTVAL_CURVE_TABLE] = {0}};
    custval_curve curve = CUSTVAL_CURVE_INIT;
    custval_item_spec spec = draft_item_spec(column);
    curve.type = type;
    for (int i = 0; i < 3; i++) curve.parameters[i] = parameters[type][i];
    curve.count = 3;
    curve.x = x;
    curve.y = y;
    if (type == CUSTVAL_CURVE_TABLE && column[0] == 't') {
        curve.x = NULL;
        curve.categories = texts;
        spec.scale_min = spec.scale_max = 0;
    } else {
        spec.missing_codes = codes;
        spec.missing_code_count = 2;
        spec.has_expectation = 1;
        spec.expectation = 4;
    }
    spec.note = "asked by telephone";
    spec.curve = &curve;
    spec.reversed = 1;
    spec.out_of_scale = CUSTVAL_OUT_OF_SCALE_MISSING;
    spec.weight = 2;
    return custval_builder_item(builder, indicator, &spec, error);
}

static inline custval_status full_derived(custval_builder *builder, custval_error *error) {
    custval_node_spec spec = CUSTVAL_NODE_SPEC_INIT;
    spec.id = "image";
    spec.note = "the result of the others";
    spec.aggregator = CUSTVAL_AGGREGATOR_MINIMUM;
    return custval_builder_derived(builder, &spec, error);
}

static inline custval_status full_gate(custval_builder *builder, const char *node, uint32_t type,
                                       custval_error *error) {
    custval_gate_spec spec = CUSTVAL_GATE_SPEC_INIT;
    spec.node = node;
    spec.note = "the product is the pass";
    spec.type = type;
    spec.threshold = 40;
    spec.cap = 50;
    return custval_builder_gate(builder, &spec, error);
}

static inline custval_status full_override(custval_builder *builder, const char *node, const char *key,
                                           custval_error *error) {
    custval_override_spec spec = CUSTVAL_OVERRIDE_SPEC_INIT;
    spec.node = node;
    spec.key = key;
    spec.author = "A. Author";
    spec.reason = "spoke to them";
    spec.expires = "2026-12-31";
    spec.score = 75;
    return custval_builder_override(builder, &spec, error);
}

#define FULL_STEPS 48

/* One call of those that make the full system: sides in the wrong order, so that freezing has to sort. */
static inline custval_status full_step(custval_builder *builder, size_t step, custval_error *error) {
    switch (step) {
    case 0: return full_node(builder, NULL, "money", 60, NULL, error);
    case 1: return full_node(builder, NULL, "time", 40, NULL, error);
    case 2: return full_side(builder, error);
    case 3: return full_node(builder, "", "product", 3, "product_importance", error);
    case 4: return full_node(builder, "", "service", 1, "service_importance", error);
    case 5: return full_node(builder, "money", "fee", 1, NULL, error);
    case 6: return full_node(builder, "time", "waiting", 1, NULL, error);
    case 7: return full_node(builder, "product", "quality", 2, NULL, error);
    case 8: return full_node(builder, "product", "look", 1, NULL, error);
    case 9: return full_node(builder, "service", "advice", 1, NULL, error);
    case 10: return full_item(builder, "fee", "fee_column", CUSTVAL_CURVE_LOG, error);
    case 11: return full_item(builder, "waiting", "minutes", CUSTVAL_CURVE_PIECEWISE, error);
    case 12: return full_item(builder, "quality", "q1", CUSTVAL_CURVE_SCALE, error);
    case 13: return full_item(builder, "quality", "q2", CUSTVAL_CURVE_PROSPECT, error);
    case 14: return full_item(builder, "look", "tier", CUSTVAL_CURVE_TABLE, error);
    case 15: return full_item(builder, "look", "level", CUSTVAL_CURVE_TABLE, error);
    case 16: return full_item(builder, "advice", "q1", CUSTVAL_CURVE_LINEAR, error);
    case 17: return full_item(builder, "advice", "status", CUSTVAL_CURVE_LOGISTIC, error);
    case 18: return full_derived(builder, error);
    case 19: return custval_builder_derived_part(builder, "image", "service", 1, error);
    case 20: return custval_builder_derived_part(builder, "image", "quality", 3, error);
    case 21: return custval_builder_label(builder, "value", "en", "Perceived value", error);
    case 22: return custval_builder_label(builder, "quality", "zh", "\xe8\xb4\xa8\xe9\x87\x8f", error);
    case 23: return custval_builder_label(builder, "quality", "en", "Quality of the product", error);
    case 24: return custval_builder_label(builder, "quality", "en", "Product quality", error);
    case 25: return custval_builder_label(builder, "sacrifice", "de", "Aufwand", error);
    case 26: return custval_builder_profile(builder, "price-sensitive", "looks at the fee", error);
    case 27: return custval_builder_profile(builder, "loyal", NULL, error);
    case 28: return custval_builder_profile_weight(builder, "price-sensitive", "money", 90, error);
    case 29: return custval_builder_profile_weight(builder, "price-sensitive", "q1", 0, error);
    case 30: return custval_builder_profile_weight(builder, "loyal", "benefit", 5, error);
    case 31: return custval_builder_profile_label(builder, "loyal", "en", "Loyal", error);
    case 32: return custval_builder_profile_label(builder, "loyal", "en", "Loyal customers", error);
    case 33: return custval_builder_context(builder, "airport", "in a hurry", error);
    case 34: return custval_builder_context_weight(builder, "airport", "money", 10, error);
    case 35: return custval_builder_context_weight(builder, "airport", "look", 0, error);
    case 36: return custval_builder_context_expectation(builder, "airport", "q2", 2, error);
    case 37: return custval_builder_context_label(builder, "airport", "zh", "\xe6\x9c\xba\xe5\x9c\xba", error);
    case 38: return full_gate(builder, "product", CUSTVAL_GATE_BELOW, error);
    case 39: return full_gate(builder, "image", CUSTVAL_GATE_ABOVE, error);
    case 40: return full_override(builder, NULL, "c17", error);
    case 41: return full_override(builder, "quality", "c17", error);
    case 42: return full_override(builder, "sacrifice", "c18", error);
    case 43: return custval_builder_highest(builder, "money", error);
    case 44: return custval_builder_highest(builder, "look", error);
    case 45: return full_node(builder, "service", "speed", 4, NULL, error);
    case 46: return full_item(builder, "speed", "q9", 0, error);
    default: return full_item(builder, "speed", "q9", CUSTVAL_CURVE_SCALE, error);
    }
}

/* In the host's memory. To move everything else in the memory of the system, the notes of the system and of the benefit
   side are filled up with this many bytes, at most CUSTVAL_MAX_TEXT_LENGTH each; to do so in that of the builder, a
   label is replaced again and again. */
static inline custval_status full_build_padded(const custval_host *host, size_t padding, custval_system **out,
                                               custval_error *error) {
    static char text[CUSTVAL_MAX_TEXT_LENGTH + 1];
    custval_system_spec spec = full_spec();
    custval_node_spec side = CUSTVAL_NODE_SPEC_INIT;
    custval_builder *builder = NULL;
    *out = NULL;
    memset(text, 'x', CUSTVAL_MAX_TEXT_LENGTH);
    const size_t half = padding < CUSTVAL_MAX_TEXT_LENGTH ? padding : CUSTVAL_MAX_TEXT_LENGTH;
    if (padding > 0) spec.note = text + CUSTVAL_MAX_TEXT_LENGTH - half;
    if (padding > half) side.note = text + CUSTVAL_MAX_TEXT_LENGTH - (padding - half);
    custval_status status = custval_builder_new(host, &spec, &builder, error);
    if (status == CUSTVAL_OK) status = custval_builder_side(builder, CUSTVAL_SIDE_BENEFIT, &side, error);
    for (size_t i = 0; i < padding && status == CUSTVAL_OK; i += 16) {
        status = custval_builder_label(builder, "value", "en", "Value", error);
    }
    for (size_t i = 0; i < FULL_STEPS && status == CUSTVAL_OK; i++) status = full_step(builder, i, error);
    if (status == CUSTVAL_OK) status = custval_builder_build(builder, out, error);
    custval_builder_free(builder);
    return status;
}

static inline custval_status full_build(const custval_host *host, custval_system **out, custval_error *error) {
    return full_build_padded(host, 0, out, error);
}

static inline custval_system *full_system(void) {
    custval_system *system = NULL;
    custval_error error = CUSTVAL_ERROR_INIT;
    assert_ok(full_build(NULL, &system, &error), &error);
    return system;
}

#endif
