/* Looking into a system: introspection, sharing, text. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "draft.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "system/system.h"

static void refuse_bad_text(const custval_system *system, custval_error *error) {
    char buffer[4];
    size_t length = 7;
    assert_status(custval_system_text(NULL, NULL, buffer, 4, &length, error), CUSTVAL_ERROR_ARGUMENT, error);
    assert_int_equal(length, 0);
    assert_status(custval_system_text(system, NULL, buffer, 4, NULL, error), CUSTVAL_ERROR_ARGUMENT, error);
    assert_status(custval_system_text(system, NULL, NULL, 4, &length, error), CUSTVAL_ERROR_ARGUMENT, error);
    assert_message(error, "buffer is NULL");
}

/* ---- Nodes ---- */

static void a_system_gives_back_its_policies(void **unused) {
    (void)unused;
    custval_system *const system = full_system();
    const custval_system_spec given = full_spec();
    custval_system_spec out = CUSTVAL_SYSTEM_SPEC_INIT;
    assert_ok(custval_system_get(system, &out, NULL), NULL);
    assert_string_equal(out.id, given.id);
    assert_string_equal(out.note, given.note);
    assert_string_equal(out.profile_column, given.profile_column);
    assert_string_equal(out.context_column, given.context_column);
    assert_string_equal(out.override_column, given.override_column);
    assert_int_equal(out.form, given.form);
    assert_int_equal(out.aggregator, given.aggregator);
    assert_int_equal(out.missing, given.missing);
    assert_int_equal(out.out_of_scale, given.out_of_scale);
    assert_double_bits(out.exponent, given.exponent);
    assert_double_bits(out.neutral, given.neutral);
    assert_double_bits(out.coverage_floor, given.coverage_floor);
    custval_system_free(system);
}

static void a_node_is_described_with_its_weights(void **unused) {
    (void)unused;
    custval_system *const system = full_system();
    custval_node node = CUSTVAL_NODE_INIT;
    assert_ok(custval_system_node(system, node_named(system, "q1"), &node, NULL), NULL);
    assert_string_equal(node.id, "q1");
    assert_int_equal(node.kind, CUSTVAL_KIND_ITEM);
    assert_int_equal(node.side, CUSTVAL_SIDE_BENEFIT);
    assert_int_equal(node.parent, node_named(system, "quality"));
    assert_int_equal(node.first_child, CUSTVAL_NONE);
    assert_int_equal(node.next_sibling, node_named(system, "q2"));
    assert_int_equal(node.child_count, 0);
    assert_int_equal(node.must_be_highest, 0);
    assert_int_equal(node.label_count, 0);
    assert_double_bits(node.local_weight, 0.5);
    assert_double_near(node.global_weight, 0.75 * (2.0 / 3) * 0.5, 1e-15);
    assert_ok(custval_system_node(system, node_named(system, "look"), &node, NULL), NULL);
    assert_int_equal(node.must_be_highest, 1);
    assert_ok(custval_system_node(system, node_named(system, "quality"), &node, NULL), NULL);
    assert_int_equal(node.label_count, 2);
    assert_ok(custval_system_node(system, node_named(system, "image"), &node, NULL), NULL);
    assert_int_equal(node.child_count, 2);
    assert_int_equal(node.parent, CUSTVAL_NONE);
    assert_double_bits(node.local_weight, 0);
    assert_double_bits(node.global_weight, 0);
    custval_system_free(system);
}

static void global_weights_of_a_node_are_those_of_the_whole_set(void **unused) {
    (void)unused;
    for (uint32_t form = CUSTVAL_FORM_DIFFERENCE; form <= CUSTVAL_FORM_INDEX; form++) {
        custval_system_spec spec = CUSTVAL_SYSTEM_SPEC_INIT;
        spec.form = form;
        custval_builder *const builder = draft_small(&spec);
        assert_ok(full_side(builder, NULL), NULL); /* weight 3 */
        draft_dimension(builder, CUSTVAL_SIDE_SACRIFICE, "money", 1);
        draft_indicator(builder, "money", "fee", 1);
        draft_item(builder, "fee", "q3", 1);
        custval_system *const system = draft_build(builder);
        double local[16], global[16];
        assert_ok(custval_system_weights(system, NULL, NULL, local, global, NULL), NULL);
        for (uint32_t i = 0; i < custval_system_nodes(system); i++) {
            custval_node node = CUSTVAL_NODE_INIT;
            assert_ok(custval_system_node(system, i, &node, NULL), NULL);
            assert_double_bits(node.local_weight, local[i]);
            assert_double_bits(node.global_weight, global[i]);
        }
        const uint32_t sacrifice = node_named(system, "sacrifice");
        assert_double_bits(local[sacrifice], 0.75);
        assert_double_bits(global[sacrifice], form == CUSTVAL_FORM_INDEX ? 0.75 : 1);
        assert_double_bits(global[0], 1);
        assert_double_bits(global[node_named(system, "q1")], 0.5); /* within its side */
        custval_system_free(system);
    }
}

static void nodes_are_found_by_id_and_similar_ids_are_named(void **unused) {
    (void)unused;
    custval_system *const system = full_system();
    custval_error error = CUSTVAL_ERROR_INIT;
    uint32_t node = 7;
    for (uint32_t i = 0; i < custval_system_nodes(system); i++) {
        assert_ok(custval_system_find(system, system->nodes[i].id, &node, &error), &error);
        assert_int_equal(node, i);
    }
    assert_status(custval_system_find(system, "qualty", &node, &error), CUSTVAL_ERROR_NOT_FOUND, &error);
    assert_message(&error, "there is no node \"qualty\"; did you mean \"quality\"?");
    assert_int_equal(node, CUSTVAL_NONE);
    assert_status(custval_system_find(system, "zzzzz", &node, &error), CUSTVAL_ERROR_NOT_FOUND, &error);
    assert_string_equal(error.message, "there is no node \"zzzzz\"");
    assert_status(custval_system_find(system, NULL, &node, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    assert_status(custval_system_find(NULL, "x", &node, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    assert_status(custval_system_find(system, "x", NULL, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    custval_system_free(system);
}

static void a_node_gives_back_what_it_was_built_from(void **unused) {
    (void)unused;
    custval_system *const system = full_system();
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_node_spec out = CUSTVAL_NODE_SPEC_INIT;
    assert_ok(custval_system_node_spec(system, node_named(system, "fee"), &out, &error), &error);
    assert_string_equal(out.id, "fee");
    assert_string_equal(out.note, "a node");
    assert_null(out.weight_column);
    assert_int_equal(out.aggregator, CUSTVAL_AGGREGATOR_POWER);
    assert_double_bits(out.exponent, 2);
    assert_int_equal(out.tag, CUSTVAL_TAG_PAY);
    assert_double_bits(out.weight, 1);
    assert_double_bits(out.coverage_floor, 0.5);
    assert_double_bits(out.cost, 12.5);
    assert_ok(custval_system_node_spec(system, node_named(system, "service"), &out, &error), &error);
    assert_string_equal(out.weight_column, "service_importance");
    assert_double_bits(out.coverage_floor, -1);
    assert_ok(custval_system_node_spec(system, node_named(system, "sacrifice"), &out, &error), &error);
    assert_string_equal(out.id, "sacrifice");
    assert_double_bits(out.weight, 3);
    assert_int_equal(out.aggregator, CUSTVAL_AGGREGATOR_HARMONIC);
    assert_ok(custval_system_node_spec(system, node_named(system, "image"), &out, &error), &error);
    assert_int_equal(out.aggregator, CUSTVAL_AGGREGATOR_MINIMUM);
    assert_status(custval_system_node_spec(system, 0, &out, &error), CUSTVAL_ERROR_STRUCTURE, &error);
    assert_message(&error, "value \"value\" is described by custval_system_get");
    assert_status(custval_system_node_spec(system, node_named(system, "q1"), &out, &error), CUSTVAL_ERROR_STRUCTURE,
                  &error);
    assert_message(&error, "item \"q1\" is described by custval_system_item_spec");
    assert_int_equal(error.node, node_named(system, "q1"));
    custval_system_free(system);
}

static void an_item_gives_back_what_it_was_built_from(void **unused) {
    (void)unused;
    custval_system *const system = full_system();
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_item_spec out = CUSTVAL_ITEM_SPEC_INIT;
    assert_ok(custval_system_item_spec(system, node_named(system, "q2"), &out, &error), &error);
    assert_string_equal(out.id, "q2");
    assert_string_equal(out.column, "q2");
    assert_string_equal(out.note, "asked by telephone");
    assert_int_equal(out.missing_code_count, 2);
    assert_double_bits(out.missing_codes[0], 98);
    assert_double_bits(out.missing_codes[1], 3);
    assert_int_equal(out.curve->struct_size, sizeof(custval_curve));
    assert_int_equal(out.curve->type, CUSTVAL_CURVE_PROSPECT);
    assert_int_equal(out.curve->count, 0); /* points are no part of this curve */
    assert_null(out.curve->x);
    assert_double_bits(out.curve->parameters[2], 2.25);
    assert_int_equal(out.reversed, 1);
    assert_int_equal(out.out_of_scale, CUSTVAL_OUT_OF_SCALE_MISSING);
    assert_int_equal(out.has_expectation, 1);
    assert_double_bits(out.expectation, 4);
    assert_double_bits(out.scale_min, 1);
    assert_double_bits(out.scale_max, 5);
    assert_double_bits(out.weight, 2);
    assert_ok(custval_system_item_spec(system, node_named(system, "tier"), &out, &error), &error);
    assert_int_equal(out.curve->count, 3);
    assert_null(out.curve->x);
    assert_string_equal(out.curve->categories[2], "bronze");
    assert_double_bits(out.curve->y[1], 80);
    assert_null(out.missing_codes);
    assert_double_bits(out.expectation, 0);
    assert_ok(custval_system_item_spec(system, node_named(system, "minutes"), &out, &error), &error);
    assert_double_bits(out.curve->x[2], 5);
    assert_null(out.curve->categories);
    assert_double_bits(out.curve->parameters[0], 0);
    assert_ok(custval_system_item_spec(system, node_named(system, "advice.q1"), &out, &error), &error);
    assert_string_equal(out.column, "q1");
    assert_status(custval_system_item_spec(system, 0, &out, &error), CUSTVAL_ERROR_STRUCTURE, &error);
    assert_message(&error, "value \"value\" is no item");
    custval_system_free(system);
}

static void a_derived_node_gives_its_parts(void **unused) {
    (void)unused;
    custval_system *const system = full_system();
    const uint32_t image = node_named(system, "image");
    uint32_t node = 7;
    double weight = 7;
    assert_int_equal(custval_system_derived_part(system, image, 1, &node, &weight), CUSTVAL_OK);
    assert_int_equal(node, node_named(system, "quality"));
    assert_double_bits(weight, 3);
    const custval_status refused[] = {
        custval_system_derived_part(NULL, image, 1, &node, &weight),
        custval_system_derived_part(system, image, 2, &node, &weight),
        custval_system_derived_part(system, 1, 0, &node, &weight),
        custval_system_derived_part(system, image + 1, 0, &node, &weight),
        custval_system_derived_part(system, image, 1, NULL, &weight),
        custval_system_derived_part(system, image, 1, &node, NULL),
    };
    for (size_t i = 0; i < SUPPORT_COUNT(refused); i++) assert_int_equal(refused[i], CUSTVAL_ERROR_ARGUMENT);
    assert_int_equal(node, CUSTVAL_NONE);
    assert_double_bits(weight, 0);
    custval_system_free(system);
}

/* ---- Labels ---- */

static void the_best_label_is_that_of_the_language_or_english_or_the_first_or_the_id(void **unused) {
    (void)unused;
    custval_system *const system = full_system();
    const uint32_t quality = node_named(system, "quality"), sacrifice = node_named(system, "sacrifice");
    assert_string_equal(custval_system_label(system, quality, "zh"), "\xe8\xb4\xa8\xe9\x87\x8f");
    assert_string_equal(custval_system_label(system, quality, NULL), "Product quality"); /* replaced */
    assert_string_equal(custval_system_label(system, quality, "ko"), "Product quality");
    assert_string_equal(custval_system_label(system, sacrifice, "ko"), "Aufwand");
    assert_string_equal(custval_system_label(system, node_named(system, "q1"), "en"), "q1");
    assert_null(custval_system_label(system, custval_system_nodes(system), "en"));
    assert_null(custval_system_label(NULL, 0, "en"));
    custval_system_free(system);
}

static void all_labels_can_be_walked_over(void **unused) {
    (void)unused;
    custval_system *const system = full_system();
    const uint32_t quality = node_named(system, "quality");
    const char *language = "";
    assert_string_equal(custval_system_label_at(system, quality, 0, &language), "\xe8\xb4\xa8\xe9\x87\x8f");
    assert_string_equal(language, "zh");
    assert_string_equal(custval_system_label_at(system, quality, 1, &language), "Product quality");
    assert_string_equal(language, "en");
    assert_string_equal(custval_system_label_at(system, quality, 1, NULL), "Product quality");
    assert_null(custval_system_label_at(system, quality, 2, &language));
    assert_null(language);
    assert_null(custval_system_label_at(system, 1000, 0, &language));
    assert_null(custval_system_label_at(NULL, 0, 0, NULL));
    assert_string_equal(custval_system_frame_label_at(system, CUSTVAL_PROFILES, 1, 0, &language), "Loyal customers");
    assert_string_equal(language, "en");
    assert_null(custval_system_frame_label_at(system, CUSTVAL_PROFILES, 0, 0, &language));
    assert_string_equal(custval_system_frame_label_at(system, CUSTVAL_CONTEXTS, 0, 0, &language),
                        "\xe6\x9c\xba\xe5\x9c\xba");
    assert_null(custval_system_frame_label_at(system, CUSTVAL_CONTEXTS, 1, 0, &language));
    assert_null(language);
    custval_system_free(system);
}

/* ---- Profiles and contexts ---- */

static void profiles_and_contexts_give_back_what_they_declare(void **unused) {
    (void)unused;
    custval_system *const system = full_system();
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_frame frame = CUSTVAL_FRAME_INIT;
    assert_int_equal(custval_system_frames(system, CUSTVAL_PROFILES), 2);
    assert_int_equal(custval_system_frames(system, CUSTVAL_CONTEXTS), 1);
    assert_int_equal(custval_system_frames(system, 3), 0);
    assert_int_equal(custval_system_frames(NULL, CUSTVAL_PROFILES), 0);
    assert_ok(custval_system_frame(system, CUSTVAL_PROFILES, 0, &frame, &error), &error);
    assert_string_equal(frame.id, "price-sensitive");
    assert_string_equal(frame.note, "looks at the fee");
    assert_int_equal(frame.label_count, 0);
    assert_ok(custval_system_frame(system, CUSTVAL_CONTEXTS, 0, &frame, &error), &error);
    assert_string_equal(frame.id, "airport");
    assert_int_equal(frame.label_count, 1);
    assert_status(custval_system_frame(system, CUSTVAL_PROFILES, 2, &frame, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    assert_message(&error, "profile 2: the system has 2");
    assert_status(custval_system_frame(system, CUSTVAL_CONTEXTS, 1, &frame, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    assert_message(&error, "context 1: the system has 1");
    assert_status(custval_system_frame(system, 3, 0, &frame, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    assert_status(custval_system_frame(NULL, 1, 0, &frame, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    double number = 12345;
    const uint32_t money = node_named(system, "money"), q1 = node_named(system, "q1"), q2 = node_named(system, "q2");
    assert_true(custval_system_frame_weight(system, CUSTVAL_PROFILES, 0, money, &number));
    assert_double_bits(number, 90);
    assert_true(custval_system_frame_weight(system, CUSTVAL_PROFILES, 0, q1, &number));
    assert_double_bits(number, 0);
    assert_true(custval_system_frame_weight(system, CUSTVAL_CONTEXTS, 0, money, &number));
    assert_double_bits(number, 10);
    assert_true(custval_system_expectation(system, 0, q2, &number));
    assert_double_bits(number, 2);
    number = 12345;
    assert_false(custval_system_frame_weight(system, CUSTVAL_PROFILES, 1, money, &number));
    assert_false(custval_system_frame_weight(system, CUSTVAL_PROFILES, 2, money, &number));
    assert_false(custval_system_frame_weight(system, CUSTVAL_PROFILES, 0, 1000, &number));
    assert_false(custval_system_frame_weight(system, CUSTVAL_PROFILES, 0, money, NULL));
    assert_false(custval_system_frame_weight(NULL, CUSTVAL_PROFILES, 0, money, &number));
    assert_false(custval_system_expectation(system, 0, q1, &number));
    assert_false(custval_system_expectation(system, 1, q2, &number));
    assert_false(custval_system_expectation(system, 0, 1000, &number));
    assert_false(custval_system_expectation(system, 0, q2, NULL));
    assert_double_bits(number, 12345);
    custval_system_free(system);
}

static void weights_of_a_profile_and_context_are_given_for_every_node(void **unused) {
    (void)unused;
    custval_system *const system = full_system();
    custval_error error = CUSTVAL_ERROR_INIT;
    double local[32], global[32];
    const uint32_t money = node_named(system, "money");
    static const struct {
        const char *profile, *context;
        double local;
    } cases[] = {
        {NULL, NULL, 0.6},      {"price-sensitive", NULL, 90.0 / 130}, {"loyal", NULL, 0.6},
        {NULL, "airport", 0.2}, {"price-sensitive", "airport", 0.2}, /* the situation has the last word */
    };
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        assert_ok(custval_system_weights(system, cases[i].profile, cases[i].context, local, global, &error), &error);
        assert_double_near(local[money], cases[i].local, 1e-15);
        assert_double_bits(global[money], local[money]);
    }
    assert_ok(custval_system_weights(system, NULL, NULL, NULL, NULL, &error), &error);
    assert_status(custval_system_weights(system, "loyl", NULL, local, global, &error), CUSTVAL_ERROR_NOT_FOUND, &error);
    assert_message(&error, "there is no profile \"loyl\"; did you mean \"loyal\"?");
    assert_status(custval_system_weights(system, NULL, "x", local, global, &error), CUSTVAL_ERROR_NOT_FOUND, &error);
    assert_message(&error, "there is no context \"x\"");
    assert_status(custval_system_weights(NULL, NULL, NULL, local, global, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    custval_system_free(system);
}

static void frames_are_found_by_all_bytes_of_their_id(void **unused) {
    (void)unused;
    custval_system *const system = full_system();
    const custval__frame *const profiles = system->profiles;
    assert_int_equal(custval__system_frame_find(profiles, 2, "loyal", 5), 1);
    assert_int_equal(custval__system_frame_find(profiles, 2, "loyalty", 5), 1);
    assert_int_equal(custval__system_frame_find(profiles, 2, "loya", 4), CUSTVAL_NONE);
    assert_int_equal(custval__system_frame_find(profiles, 2, "loyal\0x", 7), CUSTVAL_NONE);
    assert_int_equal(custval__system_frame_find(profiles, 2, "", 0), CUSTVAL_NONE);
    assert_int_equal(custval__system_frame_find(profiles, 1, "loyal", 5), CUSTVAL_NONE);
    custval_system_free(system);
}

/* ---- Rules and inputs ---- */

static void gates_overrides_and_inputs_are_given_back(void **unused) {
    (void)unused;
    custval_system *const system = full_system();
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_gate_spec gate = CUSTVAL_GATE_SPEC_INIT;
    custval_override_spec override = CUSTVAL_OVERRIDE_SPEC_INIT;
    custval_input input = CUSTVAL_INPUT_INIT;
    assert_int_equal(custval_system_gates(system), 2);
    assert_ok(custval_system_gate(system, 1, &gate, &error), &error);
    assert_string_equal(gate.node, "image");
    assert_string_equal(gate.note, "the product is the pass");
    assert_int_equal(gate.type, CUSTVAL_GATE_ABOVE);
    assert_double_bits(gate.threshold, 40);
    assert_double_bits(gate.cap, 50);
    assert_status(custval_system_gate(system, 2, &gate, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    assert_message(&error, "gate 2: the system has 2");
    assert_int_equal(custval_system_overrides(system), 3);
    assert_ok(custval_system_override(system, 0, &override, &error), &error);
    assert_string_equal(override.node, "value");
    assert_string_equal(override.key, "c17");
    assert_string_equal(override.author, "A. Author");
    assert_string_equal(override.reason, "spoke to them");
    assert_string_equal(override.expires, "2026-12-31");
    assert_double_bits(override.score, 75);
    assert_int_equal(system->overrides[0].expires_days, 20818);
    assert_status(custval_system_override(system, 3, &override, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    assert_int_equal(custval_system_inputs(system), 13);
    assert_ok(custval_system_input(system, 2, &input, &error), &error);
    assert_string_equal(input.column, "tier");
    assert_int_equal(input.roles, CUSTVAL_INPUT_ITEM);
    assert_int_equal(input.is_text, 1);
    assert_status(custval_system_input(system, 13, &input, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    assert_message(&error, "input 13: the system has 13");
    custval_system_free(system);
}

static void nothing_is_in_no_system(void **unused) {
    (void)unused;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system_spec spec = CUSTVAL_SYSTEM_SPEC_INIT;
    custval_node node = CUSTVAL_NODE_INIT;
    custval_node_spec node_spec = CUSTVAL_NODE_SPEC_INIT;
    custval_item_spec item = CUSTVAL_ITEM_SPEC_INIT;
    custval_gate_spec gate = CUSTVAL_GATE_SPEC_INIT;
    custval_override_spec override = CUSTVAL_OVERRIDE_SPEC_INIT;
    custval_input input = CUSTVAL_INPUT_INIT;
    assert_int_equal(custval_system_nodes(NULL), 0);
    assert_int_equal(custval_system_gates(NULL), 0);
    assert_int_equal(custval_system_overrides(NULL), 0);
    assert_int_equal(custval_system_inputs(NULL), 0);
    const custval_status refused[] = {
        custval_system_get(NULL, &spec, &error),
        custval_system_node(NULL, 0, &node, &error),
        custval_system_node_spec(NULL, 0, &node_spec, &error),
        custval_system_item_spec(NULL, 0, &item, &error),
        custval_system_gate(NULL, 0, &gate, &error),
        custval_system_override(NULL, 0, &override, &error),
        custval_system_input(NULL, 0, &input, &error),
    };
    for (size_t i = 0; i < SUPPORT_COUNT(refused); i++) assert_int_equal(refused[i], CUSTVAL_ERROR_ARGUMENT);
    assert_message(&error, "system is NULL");
}

static void output_structs_are_checked(void **unused) {
    (void)unused;
    custval_system *const system = full_system();
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_node node = {.struct_size = 8};
    assert_status(custval_system_node(system, 0, &node, &error), CUSTVAL_ERROR_STRUCT_SIZE, &error);
    assert_status(custval_system_node(system, 0, NULL, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    node.struct_size = sizeof node;
    assert_status(custval_system_node(system, 1000, &node, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    assert_message(&error, "node 1000: the system has ");
    struct {
        custval_node known;
        uint64_t unknown;
    } newer = {.known = {.struct_size = sizeof newer}, .unknown = 7};
    assert_ok(custval_system_node(system, 0, &newer.known, &error), &error);
    assert_string_equal(newer.known.id, "value");
    assert_int_equal(newer.unknown, 0);
    custval_system_free(system);
}

/* ---- Sharing ---- */

static void the_last_owner_frees_the_system(void **unused) {
    (void)unused;
    counting_host counter;
    counting_host_init(&counter);
    custval_system *system = NULL;
    assert_ok(full_build(&counter.host, &system, NULL), NULL);
    assert_ptr_equal(custval_system_ref(system), system);
    custval_system_free(system);
    assert_true(counter.live_blocks > 0);
    assert_string_equal(custval_system_label(system, 0, NULL), "Perceived value");
    custval_system_free(system);
    counting_host_end(&counter);
    assert_null(custval_system_ref(NULL));
    custval_system_free(NULL);
}

/* ---- Text ---- */

static char *text_of(const custval_system *system, const char *language) {
    size_t length = 0, again = 0;
    assert_ok(custval_system_text(system, language, NULL, 0, &length, NULL), NULL);
    char *const text = malloc(length + 1);
    assert_non_null(text);
    assert_ok(custval_system_text(system, language, text, length + 1, &again, NULL), NULL);
    assert_int_equal(again, length);
    assert_int_equal(strlen(text), length);
    return text;
}

static void a_system_is_shown_as_a_tree_with_all_that_stands_beside_it(void **unused) {
    (void)unused;
    custval_system *const system = full_system();
    char *const text = text_of(system, NULL);
    static const char expected[] =
#include "system_text.inc"
        ;
    assert_string_equal(text, expected);
    free(text);
    custval_system_free(system);
}

static void columns_are_aligned_for_wide_characters_too(void **unused) {
    (void)unused;
    custval_builder *const builder = draft_small(NULL);
    assert_ok(custval_builder_label(builder, "product", "zh", "\xe4\xba\xa7\xe5\x93\x81", NULL), NULL);
    assert_ok(custval_builder_label(builder, "q1", "zh", "abcd", NULL), NULL);
    custval_system *const system = draft_build(builder);
    char *const text = text_of(system, "zh");
    assert_string_equal(text, "value  (difference: benefit)\n"
                              "└─ benefit\n"
                              "   └─ product         产品  100.0 %  global 100.0 %\n"
                              "      └─ reliability        100.0 %  global 100.0 %\n"
                              "         ├─ q1        abcd   50.0 %  global  50.0 %  1..5\n"
                              "         └─ q2               50.0 %  global  50.0 %  1..5\n");
    free(text);
    custval_system_free(system);
}

static void the_first_line_says_what_the_value_is(void **unused) {
    (void)unused;
    static const struct {
        uint32_t form, aggregator;
        int benefit, sacrifice;
        const char *line;
    } cases[] = {
        {CUSTVAL_FORM_DIFFERENCE, 0, 1, 1, "value  (difference: benefit - sacrifice)\n"},
        {CUSTVAL_FORM_DIFFERENCE, 0, 1, 0, "value  (difference: benefit)\n"},
        {CUSTVAL_FORM_DIFFERENCE, 0, 0, 1, "value  (difference: -sacrifice)\n"},
        {CUSTVAL_FORM_INDEX, 0, 1, 1, "value  (index: benefit and 100 - sacrifice)\n"},
        {CUSTVAL_FORM_INDEX, CUSTVAL_AGGREGATOR_GEOMETRIC, 1, 1,
         "value  (index: benefit and 100 - sacrifice  geometric)\n"},
        {CUSTVAL_FORM_INDEX, 0, 1, 0, "value  (index: benefit)\n"},
        {CUSTVAL_FORM_INDEX, 0, 0, 1, "value  (index: 100 - sacrifice)\n"},
        {CUSTVAL_FORM_RATIO, 0, 1, 1, "value  (ratio: benefit / sacrifice)\n"},
    };
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        custval_system_spec spec = CUSTVAL_SYSTEM_SPEC_INIT;
        spec.form = cases[i].form;
        spec.aggregator = cases[i].aggregator;
        custval_builder *const builder = cases[i].benefit ? draft_small(&spec) : draft_new(&spec);
        if (cases[i].sacrifice) {
            draft_dimension(builder, CUSTVAL_SIDE_SACRIFICE, "money", 1);
            draft_indicator(builder, "money", "fee", 1);
            draft_item(builder, "fee", "q3", 1);
        }
        custval_system *const system = draft_build(builder);
        char *const text = text_of(system, NULL);
        assert_memory_equal(text, cases[i].line, strlen(cases[i].line));
        free(text);
        custval_system_free(system);
    }
}

static void a_text_is_cut_at_a_whole_character(void **unused) {
    (void)unused;
    custval_system *const system = full_system();
    char *const whole = text_of(system, "zh");
    const size_t length = strlen(whole);
    char *const cut = malloc(length + 2);
    assert_non_null(cut);
    for (size_t capacity = 0; capacity <= length + 1; capacity++) {
        size_t told = 0;
        memset(cut, '#', length + 2);
        assert_ok(custval_system_text(system, "zh", cut, capacity, &told, NULL), NULL);
        assert_int_equal(told, length);
        assert_int_equal(cut[capacity], '#');
        if (capacity == 0) continue;
        const size_t kept = strlen(cut);
        assert_true(kept < capacity && capacity - kept <= 4);
        assert_memory_equal(cut, whole, kept);
        assert_true(((unsigned char)whole[kept] & 0xc0) != 0x80);
    }
    custval_error error = CUSTVAL_ERROR_INIT;
    refuse_bad_text(system, &error);
    free(cut);
    free(whole);
    custval_system_free(system);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_system_gives_back_its_policies),
        cmocka_unit_test(a_node_is_described_with_its_weights),
        cmocka_unit_test(global_weights_of_a_node_are_those_of_the_whole_set),
        cmocka_unit_test(nodes_are_found_by_id_and_similar_ids_are_named),
        cmocka_unit_test(a_node_gives_back_what_it_was_built_from),
        cmocka_unit_test(an_item_gives_back_what_it_was_built_from),
        cmocka_unit_test(a_derived_node_gives_its_parts),
        cmocka_unit_test(the_best_label_is_that_of_the_language_or_english_or_the_first_or_the_id),
        cmocka_unit_test(all_labels_can_be_walked_over),
        cmocka_unit_test(profiles_and_contexts_give_back_what_they_declare),
        cmocka_unit_test(weights_of_a_profile_and_context_are_given_for_every_node),
        cmocka_unit_test(frames_are_found_by_all_bytes_of_their_id),
        cmocka_unit_test(gates_overrides_and_inputs_are_given_back),
        cmocka_unit_test(nothing_is_in_no_system),
        cmocka_unit_test(output_structs_are_checked),
        cmocka_unit_test(the_last_owner_frees_the_system),
        cmocka_unit_test(a_system_is_shown_as_a_tree_with_all_that_stands_beside_it),
        cmocka_unit_test(columns_are_aligned_for_wide_characters_too),
        cmocka_unit_test(the_first_line_says_what_the_value_is),
        cmocka_unit_test(a_text_is_cut_at_a_whole_character),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
