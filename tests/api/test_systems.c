/* The interface: systems from documents and back, looking into them, checking them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "api.h"

#include <math.h>

/* ---- Documents --------------------------------------------------------------------------------------------------- */

static char *written(const custval_system *system, size_t *out_length) {
    custval_error error = CUSTVAL_ERROR_INIT;
    size_t length = 0;
    assert_ok(custval_system_write(system, NULL, 0, &length, &error), &error);
    char *text = malloc(length + 1);
    assert_non_null(text);
    assert_ok(custval_system_write(system, text, length + 1, out_length, &error), &error);
    assert_int_equal(*out_length, length);
    assert_int_equal(strlen(text), length);
    return text;
}

static void a_document_survives_reading_and_writing(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    size_t length = 0, again_length = 0;
    custval_system *system = sample_system(), *again = NULL;
    char *text = written(system, &length);
    assert_ok(custval_system_parse(NULL, text, length, &again, &error), &error);
    char *text_again = written(again, &again_length);
    assert_string_equal(text_again, text);
    char cut[64];
    size_t whole = 0;
    memset(cut, 'x', sizeof cut);
    assert_ok(custval_system_write(system, cut, 32, &whole, &error), &error);
    assert_int_equal(whole, length);
    assert_true(strlen(cut) < 32);
    assert_int_equal(cut[32], 'x');
    free(text);
    free(text_again);
    custval_system_free(system);
    custval_system_free(again);
}

static void documents_refuse_null_and_what_is_none(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *system = sample_system(), *out = system;
    char buffer[8] = "x";
    size_t length = 77;
    assert_refused(custval_system_parse(NULL, NULL, 5, &out, &error));
    assert_null(out);
    out = system;
    assert_refused(custval_system_parse(NULL, sample_document, 5, NULL, &error));
    assert_status(custval_system_parse(NULL, "", 0, &out, &error), CUSTVAL_ERROR_DOCUMENT, &error);
    assert_null(out);
    assert_status(custval_system_parse(NULL, sample_document, 40, &out, &error), CUSTVAL_ERROR_DOCUMENT, &error);
    assert_refused(custval_system_write(NULL, buffer, sizeof buffer, &length, &error));
    assert_int_equal(length, 0);
    assert_int_equal(buffer[0], 0);
    assert_refused(custval_system_write(system, NULL, 8, &length, &error));
    assert_refused(custval_system_write(system, buffer, sizeof buffer, NULL, &error));
    custval_system_free(system);
}

/* ---- Looking into a system --------------------------------------------------------------------------------------- */

static uint32_t find(const custval_system *system, const char *id) {
    custval_error error = CUSTVAL_ERROR_INIT;
    uint32_t node = 77;
    assert_ok(custval_system_find(system, id, &node, &error), &error);
    return node;
}

static void the_tree_can_be_walked(void **state) {
    (void)state;
    custval_system *system = sample_system();
    const uint32_t nodes = custval_system_nodes(system);
    uint32_t items = 0, dimensions = 0, derived = 0;
    for (uint32_t i = 0; i < nodes; i++) {
        custval_node node = CUSTVAL_NODE_INIT;
        assert_ok(custval_system_node(system, i, &node, NULL), NULL);
        assert_int_equal(find(system, node.id), i);
        items += node.kind == CUSTVAL_KIND_ITEM;
        dimensions += node.kind == CUSTVAL_KIND_DIMENSION;
        derived += node.kind == CUSTVAL_KIND_DERIVED;
        if (node.first_child == CUSTVAL_NONE) continue;
        uint32_t children = 0;
        double sum = 0.0;
        for (uint32_t at = node.first_child; at != CUSTVAL_NONE; children++) {
            custval_node child = CUSTVAL_NODE_INIT;
            assert_ok(custval_system_node(system, at, &child, NULL), NULL);
            assert_int_equal(child.parent, i);
            sum += child.local_weight;
            at = child.next_sibling;
        }
        assert_int_equal(children, node.child_count);
        assert_double_bits(sum, 1.0);
    }
    assert_int_equal(items, 8);
    assert_int_equal(dimensions, 4);
    assert_int_equal(derived, 1);
    custval_system_free(system);
}

static void what_a_system_was_built_from_can_be_seen(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *system = sample_system();
    custval_system_spec spec = CUSTVAL_SYSTEM_SPEC_INIT;
    custval_node_spec node = CUSTVAL_NODE_SPEC_INIT;
    custval_item_spec item = CUSTVAL_ITEM_SPEC_INIT;
    uint32_t part = 77;
    double weight = 77.0;
    assert_ok(custval_system_get(system, &spec, &error), &error);
    assert_string_equal(spec.id, "sample");
    assert_int_equal(spec.form, CUSTVAL_FORM_DIFFERENCE);
    assert_double_bits(spec.coverage_floor, 0.25);
    assert_ok(custval_system_node_spec(system, find(system, "staff"), &node, &error), &error);
    assert_string_equal(node.weight_column, "w_staff");
    assert_ok(custval_system_item_spec(system, find(system, "rel1"), &item, &error), &error);
    assert_int_equal(item.missing_code_count, 2);
    assert_double_bits(item.missing_codes[1], 99.0);
    assert_non_null(item.curve);
    assert_ok(custval_system_derived_part(system, find(system, "image"), 1, &part, &weight), NULL);
    assert_int_equal(part, find(system, "service"));
    assert_double_bits(weight, 1.0);
    assert_status(custval_system_node_spec(system, 0, &node, &error), CUSTVAL_ERROR_STRUCTURE, &error);
    assert_status(custval_system_item_spec(system, 0, &item, &error), CUSTVAL_ERROR_STRUCTURE, &error);
    custval_system_free(system);
}

static void labels_come_in_languages(void **state) {
    (void)state;
    custval_system *system = sample_system();
    const char *language = NULL;
    assert_string_equal(custval_system_label(system, 0, "zh"), "\xe6\x84\x9f\xe7\x9f\xa5\xe4\xbb\xb7\xe5\x80\xbc");
    assert_string_equal(custval_system_label(system, 0, "ko"), "Perceived value");
    assert_string_equal(custval_system_label(system, 0, NULL), "Perceived value");
    assert_string_equal(custval_system_label(system, find(system, "price"), NULL), "price");
    assert_string_equal(custval_system_label_at(system, 0, 0, &language), "Perceived value");
    assert_string_equal(language, "en");
    assert_string_equal(custval_system_label_at(system, 0, 0, NULL), "Perceived value");
    assert_null(custval_system_label_at(system, 0, 2, &language));
    assert_null(language);
    custval_system_free(system);
}

static void profiles_and_contexts_can_be_seen(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *system = sample_system();
    custval_frame frame = CUSTVAL_FRAME_INIT;
    const char *language = NULL;
    double number = 77.0;
    assert_int_equal(custval_system_frames(system, CUSTVAL_PROFILES), 2);
    assert_int_equal(custval_system_frames(system, CUSTVAL_CONTEXTS), 1);
    assert_int_equal(custval_system_frames(system, 3), 0);
    assert_ok(custval_system_frame(system, CUSTVAL_PROFILES, 0, &frame, &error), &error);
    assert_string_equal(frame.id, "price");
    assert_string_equal(frame.note, "from interviews");
    assert_int_equal(frame.label_count, 1);
    assert_string_equal(custval_system_frame_label_at(system, CUSTVAL_CONTEXTS, 0, 0, &language), "At the airport");
    assert_string_equal(language, "en");
    assert_null(custval_system_frame_label_at(system, CUSTVAL_CONTEXTS, 0, 1, &language));
    assert_int_equal(custval_system_frame_weight(system, CUSTVAL_PROFILES, 0, find(system, "money"), &number), 1);
    assert_double_bits(number, 9.0);
    assert_int_equal(custval_system_frame_weight(system, CUSTVAL_PROFILES, 0, find(system, "effort"), &number), 0);
    assert_double_bits(number, 9.0);
    assert_int_equal(custval_system_expectation(system, 0, find(system, "range1"), &number), 1);
    assert_double_bits(number, 3.0);
    assert_int_equal(custval_system_expectation(system, 0, find(system, "rel1"), &number), 0);
    custval_system_free(system);
}

static void weights_depend_on_profile_and_context(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *system = sample_system();
    const uint32_t money = find(system, "money"), price = find(system, "price1");
    double local[64], global[64];
    assert_true(custval_system_nodes(system) <= SUPPORT_COUNT(local));
    assert_ok(custval_system_weights(system, NULL, NULL, local, global, &error), &error);
    assert_double_near(local[money], 2.0 / 3.0, 1e-15);
    assert_double_bits(global[price], local[money]);
    assert_ok(custval_system_weights(system, "price", "airport", local, NULL, &error), &error);
    assert_double_near(local[money], 9.0 / 14.0, 1e-15);
    assert_ok(custval_system_weights(system, "price", NULL, NULL, global, &error), &error);
    assert_double_near(global[price], 0.9, 1e-15);
    assert_status(custval_system_weights(system, "prise", NULL, local, global, &error), CUSTVAL_ERROR_NOT_FOUND,
                  &error);
    assert_message(&error, "\"price\"");
    assert_status(custval_system_weights(system, NULL, "harbour", local, global, &error), CUSTVAL_ERROR_NOT_FOUND,
                  &error);
    custval_system_free(system);
}

static void rules_and_inputs_can_be_seen(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *system = sample_system();
    custval_gate_spec gate = CUSTVAL_GATE_SPEC_INIT;
    custval_override_spec override = CUSTVAL_OVERRIDE_SPEC_INIT;
    custval_input input = CUSTVAL_INPUT_INIT;
    assert_int_equal(custval_system_gates(system), 2);
    assert_ok(custval_system_gate(system, 1, &gate, &error), &error);
    assert_int_equal(gate.type, CUSTVAL_GATE_ABOVE);
    assert_string_equal(gate.node, "sacrifice");
    assert_int_equal(custval_system_overrides(system), 1);
    assert_ok(custval_system_override(system, 0, &override, &error), &error);
    assert_string_equal(override.expires, "2026-12-31");
    assert_int_equal(custval_system_inputs(system), 13);
    assert_ok(custval_system_input(system, 0, &input, &error), &error);
    assert_string_equal(input.column, "rel1");
    assert_int_equal(input.roles, CUSTVAL_INPUT_ITEM);
    assert_int_equal(input.is_text, 0);
    assert_ok(custval_system_input(system, 12, &input, &error), &error);
    assert_string_equal(input.column, "customer");
    assert_int_equal(input.roles, CUSTVAL_INPUT_OVERRIDE);
    assert_int_equal(input.is_text, 1);
    custval_system_free(system);
}

static void a_system_lives_as_long_as_its_last_owner(void **state) {
    (void)state;
    custval_system *system = sample_system();
    assert_ptr_equal(custval_system_ref(system), system);
    custval_system_free(system);
    assert_true(custval_system_nodes(system) > 1);
    custval_system_free(system);
    assert_null(custval_system_ref(NULL));
    custval_system_free(NULL);
}

static void looking_into_no_system_finds_nothing(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    const custval_system *none = NULL;
    custval_system_spec spec = CUSTVAL_SYSTEM_SPEC_INIT;
    custval_node node = CUSTVAL_NODE_INIT;
    custval_node_spec node_spec = CUSTVAL_NODE_SPEC_INIT;
    custval_item_spec item_spec = CUSTVAL_ITEM_SPEC_INIT;
    custval_frame frame = CUSTVAL_FRAME_INIT;
    custval_gate_spec gate = CUSTVAL_GATE_SPEC_INIT;
    custval_override_spec override = CUSTVAL_OVERRIDE_SPEC_INIT;
    custval_input input = CUSTVAL_INPUT_INIT;
    const char *language = "x";
    uint32_t index = 77;
    double number = 77.0;
    assert_refused(custval_system_get(none, &spec, &error));
    assert_int_equal(custval_system_nodes(none), 0);
    assert_refused(custval_system_node(none, 0, &node, &error));
    assert_refused(custval_system_find(none, "value", &index, &error));
    assert_int_equal(index, CUSTVAL_NONE);
    assert_refused(custval_system_node_spec(none, 0, &node_spec, &error));
    assert_refused(custval_system_item_spec(none, 0, &item_spec, &error));
    assert_int_equal(custval_system_derived_part(none, 0, 0, &index, &number), CUSTVAL_ERROR_ARGUMENT);
    assert_double_bits(number, 0.0);
    assert_null(custval_system_label(none, 0, NULL));
    assert_null(custval_system_label_at(none, 0, 0, &language));
    assert_null(language);
    assert_int_equal(custval_system_frames(none, CUSTVAL_PROFILES), 0);
    assert_refused(custval_system_frame(none, CUSTVAL_PROFILES, 0, &frame, &error));
    assert_null(custval_system_frame_label_at(none, CUSTVAL_PROFILES, 0, 0, NULL));
    assert_int_equal(custval_system_frame_weight(none, CUSTVAL_PROFILES, 0, 0, &number), 0);
    assert_int_equal(custval_system_expectation(none, 0, 0, &number), 0);
    assert_refused(custval_system_weights(none, NULL, NULL, NULL, NULL, &error));
    assert_int_equal(custval_system_gates(none), 0);
    assert_refused(custval_system_gate(none, 0, &gate, &error));
    assert_int_equal(custval_system_overrides(none), 0);
    assert_refused(custval_system_override(none, 0, &override, &error));
    assert_int_equal(custval_system_inputs(none), 0);
    assert_refused(custval_system_input(none, 0, &input, &error));
}

static void looking_refuses_what_is_not_there(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *system = sample_system();
    custval_node node = CUSTVAL_NODE_INIT;
    custval_node_spec node_spec = CUSTVAL_NODE_SPEC_INIT;
    custval_item_spec item_spec = CUSTVAL_ITEM_SPEC_INIT;
    custval_frame frame = CUSTVAL_FRAME_INIT;
    custval_gate_spec gate = CUSTVAL_GATE_SPEC_INIT;
    custval_override_spec override = CUSTVAL_OVERRIDE_SPEC_INIT;
    custval_input input = CUSTVAL_INPUT_INIT;
    const uint32_t beyond = custval_system_nodes(system), image = find(system, "image");
    uint32_t index = 77;
    double number = 77.0;
    assert_refused(custval_system_find(system, NULL, &index, &error));
    assert_int_equal(index, CUSTVAL_NONE);
    assert_refused(custval_system_find(system, "value", NULL, &error));
    assert_status(custval_system_find(system, "prise", &index, &error), CUSTVAL_ERROR_NOT_FOUND, &error);
    assert_message(&error, "\"price\"");
    assert_refused(custval_system_node(system, beyond, &node, &error));
    assert_refused(custval_system_node_spec(system, beyond, &node_spec, &error));
    assert_refused(custval_system_item_spec(system, beyond, &item_spec, &error));
    assert_int_equal(custval_system_derived_part(system, 0, 0, &index, &number), CUSTVAL_ERROR_ARGUMENT);
    assert_int_equal(custval_system_derived_part(system, image, 2, &index, &number), CUSTVAL_ERROR_ARGUMENT);
    assert_int_equal(custval_system_derived_part(system, beyond, 0, &index, &number), CUSTVAL_ERROR_ARGUMENT);
    assert_int_equal(custval_system_derived_part(system, image, 0, NULL, &number), CUSTVAL_ERROR_ARGUMENT);
    assert_int_equal(custval_system_derived_part(system, image, 0, &index, NULL), CUSTVAL_ERROR_ARGUMENT);
    assert_int_equal(index, CUSTVAL_NONE);
    assert_null(custval_system_label(system, beyond, "en"));
    assert_null(custval_system_label_at(system, beyond, 0, NULL));
    assert_refused(custval_system_frame(system, CUSTVAL_PROFILES, 2, &frame, &error));
    assert_refused(custval_system_frame(system, 3, 0, &frame, &error));
    assert_null(custval_system_frame_label_at(system, CUSTVAL_PROFILES, 2, 0, NULL));
    assert_int_equal(custval_system_frame_weight(system, CUSTVAL_PROFILES, 0, beyond, &number), 0);
    assert_int_equal(custval_system_frame_weight(system, CUSTVAL_PROFILES, 2, 0, &number), 0);
    assert_int_equal(custval_system_frame_weight(system, CUSTVAL_PROFILES, 0, find(system, "money"), NULL), 0);
    assert_int_equal(custval_system_expectation(system, 1, 0, &number), 0);
    assert_int_equal(custval_system_expectation(system, 0, beyond, &number), 0);
    assert_int_equal(custval_system_expectation(system, 0, find(system, "range1"), NULL), 0);
    assert_ok(custval_system_weights(system, NULL, NULL, NULL, NULL, &error), &error);
    assert_refused(custval_system_gate(system, 2, &gate, &error));
    assert_refused(custval_system_override(system, 1, &override, &error));
    assert_refused(custval_system_input(system, 13, &input, &error));
    custval_system_free(system);
}

/* ---- Structs of other sizes -------------------------------------------------------------------------------------- */

static custval_system *shared;

static custval_status get(void *out, custval_error *error) {
    return custval_system_get(shared, out, error);
}

static custval_status get_node(void *out, custval_error *error) {
    return custval_system_node(shared, 1, out, error);
}

static custval_status get_node_spec(void *out, custval_error *error) {
    return custval_system_node_spec(shared, 1, out, error);
}

static custval_status get_item_spec(void *out, custval_error *error) {
    return custval_system_item_spec(shared, find(shared, "rel1"), out, error);
}

static custval_status get_frame(void *out, custval_error *error) {
    return custval_system_frame(shared, CUSTVAL_PROFILES, 0, out, error);
}

static custval_status get_gate(void *out, custval_error *error) {
    return custval_system_gate(shared, 0, out, error);
}

static custval_status get_override(void *out, custval_error *error) {
    return custval_system_override(shared, 0, out, error);
}

static custval_status get_input(void *out, custval_error *error) {
    return custval_system_input(shared, 0, out, error);
}

static custval_status parse_with_host(const void *given, custval_error *error) {
    custval_system *system = shared;
    const custval_status status = custval_system_parse(given, sample_document, strlen(sample_document), &system, error);
    if (status != CUSTVAL_OK) assert_null(system);
    custval_system_free(system);
    return status;
}

static void structs_of_other_sizes_are_filled_in_with_care(void **state) {
    (void)state;
    const custval_host host = CUSTVAL_HOST_INIT;
    shared = sample_system();
    assert_writes_struct(get, sizeof(custval_system_spec));
    assert_writes_struct(get_node, sizeof(custval_node));
    assert_writes_struct(get_node_spec, sizeof(custval_node_spec));
    assert_writes_struct(get_item_spec, sizeof(custval_item_spec));
    assert_writes_struct(get_frame, sizeof(custval_frame));
    assert_writes_struct(get_gate, sizeof(custval_gate_spec));
    assert_writes_struct(get_override, sizeof(custval_override_spec));
    assert_writes_struct(get_input, sizeof(custval_input));
    assert_reads_struct(parse_with_host, &host, sizeof host);
    custval_system_free(shared);
}

/* ---- For people -------------------------------------------------------------------------------------------------- */

static void a_system_can_be_read_by_people(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *system = sample_system();
    char text[8192];
    size_t length = 0, whole = 0;
    assert_ok(custval_system_text(system, NULL, NULL, 0, &whole, &error), &error);
    assert_ok(custval_system_text(system, NULL, text, sizeof text, &length, &error), &error);
    assert_int_equal(length, whole);
    assert_int_equal(strlen(text), length);
    support_contains(text, "What you get", __FILE__, __LINE__);
    support_contains(text, "rel1", __FILE__, __LINE__);
    assert_ok(custval_system_text(system, "zh", text, sizeof text, &length, &error), &error);
    support_contains(text, "\xe6\x84\x9f", __FILE__, __LINE__);
    assert_ok(custval_system_text(system, NULL, text, 10, &length, &error), &error);
    assert_int_equal(length, whole);
    assert_true(strlen(text) < 10);
    assert_refused(custval_system_text(NULL, NULL, text, sizeof text, &length, &error));
    assert_int_equal(length, 0);
    assert_int_equal(text[0], 0);
    assert_refused(custval_system_text(system, NULL, NULL, 5, &length, &error));
    assert_refused(custval_system_text(system, NULL, text, sizeof text, NULL, &error));
    custval_system_free(system);
}

static size_t warnings_of(const custval_table *warnings, const char *code) {
    size_t column = 0, count = 0;
    assert_ok(custval_table_find(warnings, "code", &column, NULL), NULL);
    for (size_t row = 0; row < custval_table_rows(warnings); row++) {
        custval_text text;
        assert_ok(custval_table_text(warnings, column, row, &text, NULL), NULL);
        count += text.length == strlen(code) && memcmp(text.data, code, text.length) == 0;
    }
    return count;
}

/* A column in two indicators, and an item that runs against its brothers: its direction is applied twice. */
static void a_system_is_checked_for_what_is_probably_not_meant(void **state) {
    (void)state;
    static const char document[] =
        "{\"custval\": \"system\", \"version\": 1,"
        " \"dimensions\": [{\"id\": \"d\", \"side\": \"benefit\", \"indicators\": ["
        "{\"id\": \"a\", \"items\": [{\"column\": \"q1\", \"scale\": [1, 9]}, {\"column\": \"q2\", \"scale\": [1, 9]},"
        " {\"column\": \"q3\", \"scale\": [1, 9], \"reversed\": true}]},"
        "{\"id\": \"b\", \"items\": [{\"column\": \"q1\", \"scale\": [1, 9]}]}]}]}";
    double answers[3][40];
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *system = NULL;
    custval_table *table = NULL, *warnings = NULL;
    static const char *const names[] = {"q1", "q2", "q3"};
    assert_ok(custval_system_parse(NULL, document, strlen(document), &system, &error), &error);
    assert_ok(custval_system_check(system, NULL, &warnings, &error), &error);
    assert_int_equal(warnings_of(warnings, "column-twice"), 1);
    assert_int_equal(warnings_of(warnings, "direction"), 0);
    custval_table_free(warnings);
    assert_ok(custval_table_new(NULL, 40, &table, NULL), NULL);
    for (int i = 0; i < 3; i++) {
        for (int row = 0; row < 40; row++) answers[i][row] = 1.0 + (row + i * (row % 3)) % 9;
        assert_ok(custval_table_add_doubles(table, names[i], answers[i], NULL), NULL);
    }
    for (int row = 0; row < 40; row++) answers[2][row] = answers[0][row];
    assert_ok(custval_system_check(system, table, &warnings, &error), &error);
    assert_true(warnings_of(warnings, "direction") >= 1);
    custval_table_free(warnings);
    custval_table_free(table);
    custval_system_free(system);
}

static void checking_refuses_null(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *system = sample_system();
    custval_table *warnings = (custval_table *)&error, *empty = NULL;
    assert_refused(custval_system_check(NULL, NULL, &warnings, &error));
    assert_null(warnings);
    assert_refused(custval_system_check(system, NULL, NULL, &error));
    assert_ok(custval_table_new(NULL, 2, &empty, NULL), NULL);
    warnings = empty;
    assert_status(custval_system_check(system, empty, &warnings, &error), CUSTVAL_ERROR_NOT_FOUND, &error);
    assert_null(warnings);
    custval_table_free(empty);
    custval_system_free(system);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_document_survives_reading_and_writing),
        cmocka_unit_test(documents_refuse_null_and_what_is_none),
        cmocka_unit_test(the_tree_can_be_walked),
        cmocka_unit_test(what_a_system_was_built_from_can_be_seen),
        cmocka_unit_test(labels_come_in_languages),
        cmocka_unit_test(profiles_and_contexts_can_be_seen),
        cmocka_unit_test(weights_depend_on_profile_and_context),
        cmocka_unit_test(rules_and_inputs_can_be_seen),
        cmocka_unit_test(a_system_lives_as_long_as_its_last_owner),
        cmocka_unit_test(looking_into_no_system_finds_nothing),
        cmocka_unit_test(looking_refuses_what_is_not_there),
        cmocka_unit_test(structs_of_other_sizes_are_filled_in_with_care),
        cmocka_unit_test(a_system_can_be_read_by_people),
        cmocka_unit_test(a_system_is_checked_for_what_is_probably_not_meant),
        cmocka_unit_test(checking_refuses_null),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
