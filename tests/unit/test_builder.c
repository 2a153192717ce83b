/* The builder: policies and nodes that it refuses, its limits, and its memory. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "refusal.h"

#include <stdio.h>

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
        {{.note = long_text()}, CUSTVAL_ERROR_LIMIT, "note has 4097 bytes, at most 4096 are allowed"},
        {{.profile_column = ""}, CUSTVAL_ERROR_ARGUMENT, "profile_column is missing"},
        {{.context_column = "\xff"}, CUSTVAL_ERROR_ARGUMENT, "context_column is not UTF-8"},
        {{.override_column = long_text()}, CUSTVAL_ERROR_LIMIT, "override_column has 4097 bytes"},
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
        {SIDE, {.aggregator = 5, .exponent = -1e-9}, CUSTVAL_ERROR_RANGE, "exponent -1e-09 lies outside 0.001..50 in size"},
        {DIMENSION, {.id = "x", .aggregator = 5, .exponent = 50.5}, CUSTVAL_ERROR_RANGE, "exponent 50.5 lies outside"},
        {DIMENSION, {.id = "x", .aggregator = 5, .exponent = -247}, CUSTVAL_ERROR_RANGE, "exponent -247 lies outside"},
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
        REFUSE(builder, before, node_call(builder, cases[i].call, &spec, &error), cases[i].status, cases[i].message);
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
        REFUSE(builder, before, custval_builder_indicator(builder, cases[i].parent, &spec, &error), cases[i].status,
               cases[i].message);
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
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_system_without_policies_has_the_defaults),
        cmocka_unit_test(bad_policies_are_refused),
        cmocka_unit_test(a_system_id_may_be_a_reserved_word_and_128_bytes_long),
        cmocka_unit_test(an_exponent_without_a_power_mean_is_dropped),
        cmocka_unit_test(bad_nodes_are_refused),
        cmocka_unit_test(an_indicator_needs_a_dimension),
        cmocka_unit_test(there_are_two_sides),
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
