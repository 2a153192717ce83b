/* Building: what is validated as a whole, and what the frozen system looks like inside. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "draft.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "system/system.h"

/* Builds, which must fail; frees the builder. */
static void refuse(custval_builder *builder, custval_status status, const char *message) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *system = (custval_system *)builder;
    assert_status(custval_builder_build(builder, &system, &error), status, &error);
    assert_message(&error, message);
    assert_null(system);
    custval_builder_free(builder);
}

/* ---- The shape ---- */

static void a_system_needs_a_dimension(void **unused) {
    (void)unused;
    refuse(draft_new(NULL), CUSTVAL_ERROR_STRUCTURE, "system \"system\" has no dimension");
}

static void every_node_has_something_below_it(void **unused) {
    (void)unused;
    custval_builder *builder = draft_small(NULL);
    draft_dimension(builder, CUSTVAL_SIDE_SACRIFICE, "money", 1);
    refuse(builder, CUSTVAL_ERROR_STRUCTURE, "dimension \"money\" has no indicator");
    builder = draft_small(NULL);
    draft_indicator(builder, "product", "look", 1);
    refuse(builder, CUSTVAL_ERROR_STRUCTURE, "indicator \"look\" has no item");
    builder = draft_small(NULL);
    assert_ok(full_derived(builder, NULL), NULL);
    refuse(builder, CUSTVAL_ERROR_STRUCTURE, "derived \"image\" has no part");
}

static void the_ratio_needs_both_sides(void **unused) {
    (void)unused;
    custval_system_spec spec = CUSTVAL_SYSTEM_SPEC_INIT;
    spec.form = CUSTVAL_FORM_RATIO;
    refuse(draft_small(&spec), CUSTVAL_ERROR_STRUCTURE,
           "the ratio needs both sides, but \"sacrifice\" has no dimension");
    custval_builder *const builder = draft_small(&spec);
    draft_dimension(builder, CUSTVAL_SIDE_SACRIFICE, "money", 1);
    draft_indicator(builder, "money", "fee", 1);
    draft_item(builder, "fee", "q3", 1);
    custval_system_free(draft_build(builder));
}

static custval_node_spec node_with(uint32_t aggregator, const char *id) {
    custval_node_spec spec = CUSTVAL_NODE_SPEC_INIT;
    spec.id = id;
    spec.aggregator = aggregator;
    return spec;
}

static void the_flat_policy_is_for_means(void **unused) {
    (void)unused;
    custval_system_spec spec = CUSTVAL_SYSTEM_SPEC_INIT;
    spec.missing = CUSTVAL_MISSING_FLAT;
    custval_system_free(draft_build(draft_small(&spec)));
    custval_builder *builder = draft_small(&spec);
    custval_node_spec node = node_with(CUSTVAL_AGGREGATOR_GEOMETRIC, NULL);
    assert_ok(custval_builder_side(builder, CUSTVAL_SIDE_BENEFIT, &node, NULL), NULL);
    refuse(builder, CUSTVAL_ERROR_STRUCTURE,
           "side \"benefit\": the missing policy \"flat\" is for means, but its aggregator is \"geometric\"");
    builder = draft_small(&spec);
    node = node_with(CUSTVAL_AGGREGATOR_MINIMUM, "image");
    assert_ok(custval_builder_derived(builder, &node, NULL), NULL);
    assert_ok(custval_builder_derived_part(builder, "image", "product", 1, NULL), NULL);
    refuse(builder, CUSTVAL_ERROR_STRUCTURE, "derived \"image\": the missing policy \"flat\" is for means");
    spec.aggregator = CUSTVAL_AGGREGATOR_HARMONIC;
    custval_system_free(draft_build(draft_small(&spec))); /* of the sides, which the difference does not use */
    spec.form = CUSTVAL_FORM_INDEX;
    refuse(draft_small(&spec), CUSTVAL_ERROR_STRUCTURE, "system \"system\": the missing policy \"flat\" is for means");
}

static void importances_are_those_of_all_siblings_or_of_none(void **unused) {
    (void)unused;
    custval_node_spec with = node_with(0, "look");
    with.weight_column = "look_importance";
    custval_builder *builder = draft_small(NULL);
    assert_ok(custval_builder_indicator(builder, "product", &with, NULL), NULL);
    draft_item(builder, "look", "q3", 1);
    refuse(builder, CUSTVAL_ERROR_STRUCTURE,
           "indicator \"look\" has a weight_column and its sibling \"reliability\" has none: all siblings or none");
    builder = draft_new(NULL);
    assert_ok(custval_builder_dimension(builder, CUSTVAL_SIDE_BENEFIT, &with, NULL), NULL);
    draft_dimension(builder, CUSTVAL_SIDE_BENEFIT, "feel", 1);
    draft_dimension(builder, CUSTVAL_SIDE_SACRIFICE, "money", 1); /* no sibling of theirs */
    static const char *const dimensions[] = {"look", "feel", "money"}, *const below[] = {"l", "f", "m"};
    for (size_t i = 0; i < 3; i++) {
        draft_indicator(builder, dimensions[i], below[i], 1);
        draft_item(builder, below[i], "q", 1);
    }
    refuse(builder, CUSTVAL_ERROR_STRUCTURE,
           "dimension \"look\" has a weight_column and its sibling \"feel\" has none");
}

static void nothing_refers_to_a_side_without_dimensions(void **unused) {
    (void)unused;
    custval_system_spec spec = CUSTVAL_SYSTEM_SPEC_INIT;
    spec.override_column = "customer";
    const char *const message = "refers to \"sacrifice\", but that side has no dimension";
    custval_builder *builder = draft_small(&spec);
    assert_ok(full_gate(builder, "sacrifice", CUSTVAL_GATE_BELOW, NULL), NULL);
    refuse(builder, CUSTVAL_ERROR_STRUCTURE, message);
    builder = draft_small(&spec);
    assert_ok(full_override(builder, "sacrifice", "c17", NULL), NULL);
    refuse(builder, CUSTVAL_ERROR_STRUCTURE, message);
    builder = draft_small(&spec);
    assert_ok(custval_builder_profile(builder, "p", NULL, NULL), NULL);
    assert_ok(custval_builder_profile_weight(builder, "p", "sacrifice", 1, NULL), NULL);
    refuse(builder, CUSTVAL_ERROR_STRUCTURE, message);
    builder = draft_small(&spec);
    assert_ok(full_derived(builder, NULL), NULL);
    assert_ok(custval_builder_derived_part(builder, "image", "sacrifice", 1, NULL), NULL);
    refuse(builder, CUSTVAL_ERROR_STRUCTURE, message);
    builder = draft_small(&spec); /* what only describes it is dropped */
    assert_ok(custval_builder_label(builder, "sacrifice", "en", "Effort", NULL), NULL);
    custval_system *const system = draft_build(builder);
    assert_int_equal(custval_system_nodes(system), 6);
    custval_system_free(system);
}

/* ---- Weights ---- */

static void every_group_of_every_weight_set_has_a_positive_weight(void **unused) {
    (void)unused;
    custval_builder *builder = draft_small(NULL);
    draft_indicator(builder, "product", "look", 1);
    draft_item(builder, "look", "q3", 0);
    refuse(builder, CUSTVAL_ERROR_WEIGHT, "indicator \"look\": the weights below it are all 0; at least one must be");
    builder = draft_small(NULL);
    assert_ok(custval_builder_profile(builder, "fast", NULL, NULL), NULL);
    assert_ok(custval_builder_context(builder, "airport", NULL, NULL), NULL);
    assert_ok(custval_builder_profile_weight(builder, "fast", "q1", 0, NULL), NULL);
    assert_ok(custval_builder_context_weight(builder, "airport", "q2", 0, NULL), NULL);
    refuse(builder, CUSTVAL_ERROR_WEIGHT,
           "indicator \"reliability\": the weights below it are all 0 in profile \"fast\" in context \"airport\"");
    builder = draft_small(NULL);
    assert_ok(full_derived(builder, NULL), NULL);
    assert_ok(custval_builder_derived_part(builder, "image", "product", 0, NULL), NULL);
    refuse(builder, CUSTVAL_ERROR_WEIGHT, "derived \"image\": the weights below it are all 0");
    builder = draft_new(NULL);
    draft_dimension(builder, CUSTVAL_SIDE_BENEFIT, "product", 0);
    draft_indicator(builder, "product", "look", 1);
    draft_item(builder, "look", "q3", 1);
    refuse(builder, CUSTVAL_ERROR_WEIGHT, "side \"benefit\": the weights below it are all 0");
}

static void weights_come_from_the_context_then_the_profile_then_the_node(void **unused) {
    (void)unused;
    custval_builder *const builder = draft_small(NULL); /* q1 1, q2 1 */
    assert_ok(custval_builder_profile(builder, "p", NULL, NULL), NULL);
    assert_ok(custval_builder_profile(builder, "empty", NULL, NULL), NULL);
    assert_ok(custval_builder_context(builder, "c", NULL, NULL), NULL);
    assert_ok(custval_builder_profile_weight(builder, "p", "q1", 3, NULL), NULL);
    assert_ok(custval_builder_profile_weight(builder, "p", "q2", 5, NULL), NULL);
    assert_ok(custval_builder_context_weight(builder, "c", "q1", 15, NULL), NULL);
    custval_system *const system = draft_build(builder);
    static const double expected[] = {0.5, 0.9375, 0.375, 0.75, 0.5, 0.9375}; /* of q1 by set */
    const uint32_t q1 = node_named(system, "q1");
    assert_int_equal(system->set_count, 6);
    for (uint32_t set = 0; set < 6; set++) assert_double_bits(custval__system_set(system, set)[q1], expected[set]);
    custval_system_free(system);
}

static void shares_of_every_group_of_the_full_system_add_up_to_one(void **unused) {
    (void)unused;
    custval_system *const system = full_system();
    assert_int_equal(system->set_count, 6);
    size_t groups = 0;
    for (uint32_t set = 0; set < system->set_count; set++) {
        const double *const local = custval__system_set(system, set);
        assert_double_bits(local[0], 1);
        for (uint32_t node = 0; node < system->first_derived; node++) {
            double total = 0;
            for (uint32_t i = system->nodes[node].first_child; i != CUSTVAL_NONE; i = system->nodes[i].next_sibling) {
                total += local[i];
            }
            if (system->nodes[node].first_child == CUSTVAL_NONE) continue;
            assert_double_bits(total, 1);
            groups++;
        }
        for (uint32_t node = system->first_derived; node < system->node_count; node++) {
            assert_double_bits(local[node], 0);
        }
    }
    assert_int_equal(groups, 6 * 13);
    assert_double_bits(system->parts[0].local + system->parts[1].local, 1);
    custval_system_free(system);
}

/* ---- Order ---- */

static void nodes_stand_in_pre_order_with_the_benefit_side_first_and_derived_nodes_last(void **unused) {
    (void)unused;
    static const struct {
        const char *id;
        uint32_t kind, parent, first_child, next_sibling, child_count;
    } nodes[] = {
#define NO CUSTVAL_NONE
        {"value", CUSTVAL_KIND_VALUE, NO, 1, NO, 2},
        {"benefit", CUSTVAL_KIND_SIDE, 0, 2, 16, 2},
        {"product", CUSTVAL_KIND_DIMENSION, 1, 3, 9, 2},
        {"quality", CUSTVAL_KIND_INDICATOR, 2, 4, 6, 2},
        {"q1", CUSTVAL_KIND_ITEM, 3, NO, 5, 0},
        {"q2", CUSTVAL_KIND_ITEM, 3, NO, NO, 0},
        {"look", CUSTVAL_KIND_INDICATOR, 2, 7, NO, 2},
        {"tier", CUSTVAL_KIND_ITEM, 6, NO, 8, 0},
        {"level", CUSTVAL_KIND_ITEM, 6, NO, NO, 0},
        {"service", CUSTVAL_KIND_DIMENSION, 1, 10, NO, 2},
        {"advice", CUSTVAL_KIND_INDICATOR, 9, 11, 13, 2},
        {"advice.q1", CUSTVAL_KIND_ITEM, 10, NO, 12, 0},
        {"advice.status", CUSTVAL_KIND_ITEM, 10, NO, NO, 0},
        {"speed", CUSTVAL_KIND_INDICATOR, 9, 14, NO, 2},
        {"q9", CUSTVAL_KIND_ITEM, 13, NO, 15, 0},
        {"speed.q9", CUSTVAL_KIND_ITEM, 13, NO, NO, 0},
#undef NO
    };
    custval_system *const system = full_system();
    for (uint32_t i = 0; i < 16; i++) {
        const custval__node *const node = &system->nodes[i];
        assert_string_equal(node->id, nodes[i].id);
        assert_int_equal(node->kind, nodes[i].kind);
        assert_int_equal(node->parent, nodes[i].parent);
        assert_int_equal(node->first_child, nodes[i].first_child);
        assert_int_equal(node->next_sibling, nodes[i].next_sibling);
        assert_int_equal(node->child_count, nodes[i].child_count);
        assert_int_equal(node->side, i == 0 ? CUSTVAL_SIDE_NONE : CUSTVAL_SIDE_BENEFIT);
    }
    assert_string_equal(system->nodes[16].id, "sacrifice");
    assert_int_equal(system->sides[CUSTVAL_SIDE_BENEFIT], 1);
    assert_int_equal(system->sides[CUSTVAL_SIDE_SACRIFICE], 16);
    assert_int_equal(system->nodes[16].next_sibling, CUSTVAL_NONE);
    assert_int_equal(system->first_derived, system->node_count - 1);
    assert_string_equal(system->nodes[system->first_derived].id, "image");
    assert_int_equal(system->nodes[system->first_derived].parent, CUSTVAL_NONE);
    assert_int_equal(system->nodes[system->first_derived].first_child, CUSTVAL_NONE);
    for (uint32_t i = 0; i < system->item_count; i++) {
        assert_int_equal(system->nodes[system->items[i].node].item, i);
        if (i > 0) assert_true(system->items[i].node > system->items[i - 1].node);
    }
    custval_system_free(system);
}

static void a_system_of_one_side_has_no_node_for_the_other(void **unused) {
    (void)unused;
    for (uint32_t side = CUSTVAL_SIDE_BENEFIT; side <= CUSTVAL_SIDE_SACRIFICE; side++) {
        custval_builder *const builder = draft_new(NULL);
        draft_dimension(builder, side, "d", 1);
        draft_indicator(builder, "d", "i", 1);
        draft_item(builder, "i", "q", 1);
        custval_system *const system = draft_build(builder);
        assert_int_equal(system->node_count, 5);
        assert_int_equal(system->nodes[0].first_child, 1);
        assert_int_equal(system->nodes[0].child_count, 1);
        assert_int_equal(system->nodes[1].side, side);
        assert_int_equal(system->nodes[1].next_sibling, CUSTVAL_NONE);
        assert_int_equal(system->sides[side], 1);
        assert_int_equal(system->sides[3 - side], CUSTVAL_NONE);
        assert_double_bits(system->weights[1], 1);
        custval_system_free(system);
    }
}

static void parts_stand_together_whatever_the_order_of_the_calls(void **unused) {
    (void)unused;
    custval_builder *const builder = draft_small(NULL);
    custval_node_spec spec = node_with(0, "a");
    assert_ok(custval_builder_derived(builder, &spec, NULL), NULL);
    spec.id = "b";
    assert_ok(custval_builder_derived(builder, &spec, NULL), NULL);
    assert_ok(custval_builder_derived_part(builder, "b", "product", 1, NULL), NULL);
    assert_ok(custval_builder_derived_part(builder, "a", "reliability", 2, NULL), NULL);
    assert_ok(custval_builder_derived_part(builder, "b", "benefit", 3, NULL), NULL);
    custval_system *const system = draft_build(builder);
    static const struct {
        uint32_t node;
        double weight, local;
    } parts[] = {{3, 2, 1}, {2, 1, 0.25}, {1, 3, 0.75}};
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(system->parts[i].node, parts[i].node);
        assert_double_bits(system->parts[i].weight, parts[i].weight);
        assert_double_bits(system->parts[i].local, parts[i].local);
    }
    assert_int_equal(system->nodes[node_named(system, "a")].child_count, 1);
    assert_int_equal(system->nodes[node_named(system, "b")].first_part, 1);
    custval_system_free(system);
}

/* ---- Inputs ---- */

static void inputs_stand_in_their_documented_order_once_each(void **unused) {
    (void)unused;
    static const struct {
        const char *column;
        uint32_t roles, is_text;
    } inputs[] = {
        {"q1", CUSTVAL_INPUT_ITEM, 0},
        {"q2", CUSTVAL_INPUT_ITEM, 0},
        {"tier", CUSTVAL_INPUT_ITEM, 1},
        {"level", CUSTVAL_INPUT_ITEM, 0},
        {"status", CUSTVAL_INPUT_ITEM, 0},
        {"q9", CUSTVAL_INPUT_ITEM, 0},
        {"fee_column", CUSTVAL_INPUT_ITEM, 0},
        {"minutes", CUSTVAL_INPUT_ITEM, 0},
        {"product_importance", CUSTVAL_INPUT_WEIGHT, 0},
        {"service_importance", CUSTVAL_INPUT_WEIGHT, 0},
        {"segment", CUSTVAL_INPUT_PROFILE, 1},
        {"place", CUSTVAL_INPUT_CONTEXT, 1},
        {"customer", CUSTVAL_INPUT_OVERRIDE, 1},
    };
    custval_system *const system = full_system();
    assert_int_equal(system->input_count, SUPPORT_COUNT(inputs));
    for (size_t i = 0; i < SUPPORT_COUNT(inputs); i++) {
        assert_string_equal(system->inputs[i].column, inputs[i].column);
        assert_int_equal(system->inputs[i].roles, inputs[i].roles);
        assert_int_equal(system->inputs[i].is_text, inputs[i].is_text);
    }
    assert_int_equal(system->nodes[node_named(system, "service")].weight_input, 9);
    assert_int_equal(system->nodes[node_named(system, "money")].weight_input, CUSTVAL_NONE);
    assert_int_equal(system->profile_input, 10);
    assert_int_equal(system->context_input, 11);
    assert_int_equal(system->override_input, 12);
    custval_system_free(system);
}

static void a_column_may_have_several_roles(void **unused) {
    (void)unused;
    custval_system_spec spec = CUSTVAL_SYSTEM_SPEC_INIT;
    spec.profile_column = spec.context_column = spec.override_column = "group";
    custval_builder *const builder = draft_small(&spec);
    custval_node_spec node = node_with(0, "money");
    node.weight_column = "q2";
    assert_ok(custval_builder_dimension(builder, CUSTVAL_SIDE_SACRIFICE, &node, NULL), NULL);
    draft_indicator(builder, "money", "fee", 1);
    draft_item(builder, "fee", "q3", 1);
    custval_system *const system = draft_build(builder);
    assert_int_equal(system->input_count, 4);
    assert_int_equal(system->inputs[1].roles, CUSTVAL_INPUT_ITEM | CUSTVAL_INPUT_WEIGHT);
    assert_int_equal(system->inputs[3].roles, CUSTVAL_INPUT_PROFILE | CUSTVAL_INPUT_CONTEXT | CUSTVAL_INPUT_OVERRIDE);
    custval_system_free(system);
}

static void a_column_is_not_both_numbers_and_texts(void **unused) {
    (void)unused;
    static const char *const texts[] = {"a"};
    static const double scores[] = {5};
    const custval_curve table = {sizeof table, CUSTVAL_CURVE_TABLE, 1, NULL, scores, texts, {0}};
    custval_builder *builder = draft_small(NULL);
    custval_item_spec item = {
        .struct_size = sizeof item, .id = "q1 text", .column = "q1", .curve = &table, .weight = 1};
    assert_ok(custval_builder_item(builder, "reliability", &item, NULL), NULL);
    refuse(builder, CUSTVAL_ERROR_STRUCTURE,
           "column \"q1\": item \"q1\" reads it as numbers, item \"q1 text\" reads it as texts");
    custval_system_spec spec = CUSTVAL_SYSTEM_SPEC_INIT;
    spec.profile_column = "q2";
    refuse(draft_small(&spec), CUSTVAL_ERROR_STRUCTURE,
           "column \"q2\": item \"q2\" reads it as numbers, the profile reads it as texts");
    spec = (custval_system_spec)CUSTVAL_SYSTEM_SPEC_INIT;
    spec.context_column = "own";
    builder = draft_small(&spec);
    custval_node_spec node = node_with(0, "money");
    node.weight_column = "own";
    assert_ok(custval_builder_dimension(builder, CUSTVAL_SIDE_SACRIFICE, &node, NULL), NULL);
    draft_indicator(builder, "money", "fee", 1);
    draft_item(builder, "fee", "q3", 1);
    refuse(builder, CUSTVAL_ERROR_STRUCTURE,
           "column \"own\": the importance of \"money\" reads it as numbers, the context reads it as texts");
    builder = draft_small(NULL);
    item.id = NULL;
    item.column = "own";
    assert_ok(custval_builder_item(builder, "reliability", &item, NULL), NULL);
    assert_ok(custval_builder_dimension(builder, CUSTVAL_SIDE_SACRIFICE, &node, NULL), NULL);
    draft_indicator(builder, "money", "fee", 1);
    draft_item(builder, "fee", "q3", 1);
    refuse(builder, CUSTVAL_ERROR_STRUCTURE,
           "column \"own\": item \"own\" reads it as texts, the importance of \"money\" reads it as numbers");
}

/* ---- Policies in force, references ---- */

static void floors_and_policies_in_force_are_a_nodes_own_or_the_systems(void **unused) {
    (void)unused;
    custval_system *const system = full_system();
    const custval__node *const quality = &system->nodes[node_named(system, "quality")];
    const custval__node *const product = &system->nodes[node_named(system, "product")];
    assert_double_bits(quality->floor, 0.5);
    assert_double_bits(quality->declared_floor, 0.5);
    assert_double_bits(product->floor, 0.25);
    assert_double_bits(product->declared_floor, -1);
    assert_double_bits(system->nodes[0].floor, 0.25);
    assert_int_equal(system->nodes[0].aggregator, CUSTVAL_AGGREGATOR_POWER);
    assert_double_bits(system->nodes[0].exponent, 0.5);
    assert_int_equal(system->items[0].out_of_scale, CUSTVAL_OUT_OF_SCALE_MISSING);
    custval_system_free(system);
    custval_system_spec spec = CUSTVAL_SYSTEM_SPEC_INIT;
    spec.out_of_scale = CUSTVAL_OUT_OF_SCALE_CLAMP;
    custval_system *const small = draft_build(draft_small(&spec));
    assert_int_equal(small->items[0].out_of_scale, CUSTVAL_OUT_OF_SCALE_CLAMP);
    assert_int_equal(small->items[0].declared_out_of_scale, 0);
    custval_system_free(small);
}

static void a_prospect_curve_takes_its_reference_from_the_context_or_the_item(void **unused) {
    (void)unused;
    custval_system *const system = full_system();
    const custval__item *const item = &system->items[system->nodes[node_named(system, "q2")].item];
    assert_double_bits(item->prospects[0].reference, 4);
    assert_double_bits(item->prospects[1].reference, 2);                            /* at the airport */
    assert_true(custval__item_curve(item, 3, 0) > custval__item_curve(item, 3, 1)); /* reversed */
    custval_system_free(system);
    custval_builder *const builder = draft_small(NULL);
    const custval_curve curve = {sizeof curve, .type = CUSTVAL_CURVE_PROSPECT, .parameters = {1, 1, 1}};
    custval_item_spec spec = draft_item_spec("q3");
    spec.curve = &curve;
    spec.has_expectation = 1;
    spec.expectation = 3;
    assert_ok(custval_builder_item(builder, "reliability", &spec, NULL), NULL);
    assert_ok(custval_builder_context(builder, "c", NULL, NULL), NULL);
    custval_system *const other = draft_build(builder);
    assert_double_bits(other->items[2].prospects[1].reference, 3);
    custval_system_free(other);
}

static void a_large_system_is_built(void **unused) {
    (void)unused;
    custval_builder *const builder = draft_new(NULL);
    char id[32], below[32];
    /* 62 dimensions of 4 indicators of 15 items. */
    for (int d = 0; d < 62; d++) {
        snprintf(id, sizeof id, "d%d", d);
        draft_dimension(builder, CUSTVAL_SIDE_BENEFIT, id, d);
        for (int i = 0; i < 4; i++) {
            snprintf(below, sizeof below, "d%d.%d", d, i);
            draft_indicator(builder, id, below, i + 1);
            for (int k = 0; k < 15; k++) {
                char column[40];
                snprintf(column, sizeof column, "%s.%d", below, k);
                draft_item(builder, below, column, 0.1 * k);
            }
        }
    }
    custval_system *const system = draft_build(builder);
    assert_int_equal(system->node_count, 1 + 1 + 62 + 62 * 4 + 62 * 4 * 15);
    assert_int_equal(system->input_count, 62 * 4 * 15);
    custval_system_free(system);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_system_needs_a_dimension),
        cmocka_unit_test(every_node_has_something_below_it),
        cmocka_unit_test(the_ratio_needs_both_sides),
        cmocka_unit_test(the_flat_policy_is_for_means),
        cmocka_unit_test(importances_are_those_of_all_siblings_or_of_none),
        cmocka_unit_test(nothing_refers_to_a_side_without_dimensions),
        cmocka_unit_test(every_group_of_every_weight_set_has_a_positive_weight),
        cmocka_unit_test(weights_come_from_the_context_then_the_profile_then_the_node),
        cmocka_unit_test(shares_of_every_group_of_the_full_system_add_up_to_one),
        cmocka_unit_test(nodes_stand_in_pre_order_with_the_benefit_side_first_and_derived_nodes_last),
        cmocka_unit_test(a_system_of_one_side_has_no_node_for_the_other),
        cmocka_unit_test(parts_stand_together_whatever_the_order_of_the_calls),
        cmocka_unit_test(inputs_stand_in_their_documented_order_once_each),
        cmocka_unit_test(a_column_may_have_several_roles),
        cmocka_unit_test(a_column_is_not_both_numbers_and_texts),
        cmocka_unit_test(floors_and_policies_in_force_are_a_nodes_own_or_the_systems),
        cmocka_unit_test(a_prospect_curve_takes_its_reference_from_the_context_or_the_item),
        cmocka_unit_test(a_large_system_is_built),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
