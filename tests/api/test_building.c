/* The interface: building systems call by call. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "api.h"
#include "csv_table.h"

#include <math.h>

/* ---- Small calls ------------------------------------------------------------------------------------------------- */

static custval_node_spec node(const char *id) {
    custval_node_spec spec = CUSTVAL_NODE_SPEC_INIT;
    spec.id = id;
    return spec;
}

static custval_item_spec item(const char *column) {
    custval_item_spec spec = CUSTVAL_ITEM_SPEC_INIT;
    spec.column = column;
    spec.scale_min = 1.0;
    spec.scale_max = 5.0;
    return spec;
}

static custval_override_spec judgement(void) {
    custval_override_spec spec = CUSTVAL_OVERRIDE_SPEC_INIT;
    spec.node = "product";
    spec.key = "7";
    spec.author = "A. Meyer";
    spec.reason = "complaint";
    spec.expires = "2027-01-01";
    spec.score = 10.0;
    return spec;
}

static custval_gate_spec pass(void) {
    custval_gate_spec spec = CUSTVAL_GATE_SPEC_INIT;
    spec.node = "product";
    spec.threshold = 40.0;
    spec.cap = 50.0;
    return spec;
}

/* benefit > product > quality > q1, with a profile, a context, a derived node and a column for overrides. */
static custval_builder *small_builder(void) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_builder *builder = NULL;
    custval_system_spec system = CUSTVAL_SYSTEM_SPEC_INIT;
    const custval_node_spec product = node("product"), quality = node("quality"), image = node("image");
    const custval_item_spec q1 = item("q1");
    system.override_column = "customer";
    assert_ok(custval_builder_new(NULL, &system, &builder, &error), &error);
    assert_ok(custval_builder_dimension(builder, CUSTVAL_SIDE_BENEFIT, &product, &error), &error);
    assert_ok(custval_builder_indicator(builder, "product", &quality, &error), &error);
    assert_ok(custval_builder_item(builder, "quality", &q1, &error), &error);
    assert_ok(custval_builder_derived(builder, &image, &error), &error);
    assert_ok(custval_builder_derived_part(builder, "image", "product", 2.0, &error), &error);
    assert_ok(custval_builder_profile(builder, "price", NULL, &error), &error);
    assert_ok(custval_builder_context(builder, "airport", NULL, &error), &error);
    return builder;
}

static custval_system *built(custval_builder *builder) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *system = NULL;
    assert_ok(custval_builder_build(builder, &system, &error), &error);
    return system;
}

/* ---- What is built ----------------------------------------------------------------------------------------------- */

static void what_was_built_can_be_scored_and_the_builder_goes_on(void **state) {
    (void)state;
    static const double answers[] = {1, 3, 5};
    custval_builder *builder = small_builder();
    custval_system *first = built(builder);
    const custval_node_spec service = node("service"), staff = node("staff");
    const custval_item_spec q2 = item("q2");
    assert_ok(custval_builder_dimension(builder, CUSTVAL_SIDE_SACRIFICE, &service, NULL), NULL);
    assert_ok(custval_builder_indicator(builder, "service", &staff, NULL), NULL);
    assert_ok(custval_builder_item(builder, "staff", &q2, NULL), NULL);
    custval_system *second = built(builder);
    custval_builder_free(builder);
    assert_int_equal(custval_system_nodes(first), 6);
    assert_int_equal(custval_system_nodes(second), 10);

    custval_table *table = NULL, *scores = NULL;
    double value = 0.0;
    assert_ok(custval_table_new(NULL, 3, &table, NULL), NULL);
    assert_ok(custval_table_add_doubles(table, "q1", answers, NULL), NULL);
    assert_ok(custval_score(first, table, NULL, &scores, NULL), NULL);
    assert_ok(custval_table_number(scores, 0, 1, &value, NULL), NULL);
    assert_double_bits(value, 50.0);
    custval_table_free(scores);
    custval_table_free(table);
    custval_system_free(first);
    custval_system_free(second);
}

static void everything_given_to_a_builder_is_in_the_system(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_builder *builder = small_builder();
    const custval_gate_spec gate = pass();
    const custval_override_spec override = judgement();
    custval_node_spec side = node(NULL);
    side.note = "what you get";
    side.weight = 3.0;
    assert_ok(custval_builder_side(builder, CUSTVAL_SIDE_BENEFIT, &side, &error), &error);
    assert_ok(custval_builder_label(builder, "quality", "en", "Kwality", &error), &error);
    assert_ok(custval_builder_label(builder, "quality", "en", "Quality", &error), &error);
    assert_ok(custval_builder_label(builder, "quality", "fr", "Qualit\xc3\xa9", &error), &error);
    assert_ok(custval_builder_profile_weight(builder, "price", "product", 4.0, &error), &error);
    assert_ok(custval_builder_profile_label(builder, "price", "en", "Price-sensitive", &error), &error);
    assert_ok(custval_builder_context_weight(builder, "airport", "quality", 5.0, &error), &error);
    assert_ok(custval_builder_context_expectation(builder, "airport", "q1", 2.5, &error), &error);
    assert_ok(custval_builder_context_label(builder, "airport", "en", "At the airport", &error), &error);
    assert_ok(custval_builder_gate(builder, &gate, &error), &error);
    assert_ok(custval_builder_override(builder, &override, &error), &error);
    assert_ok(custval_builder_highest(builder, "product", &error), &error);
    custval_system *system = built(builder);
    custval_builder_free(builder);

    uint32_t at = CUSTVAL_NONE;
    double number = 0.0;
    const char *language = NULL;
    custval_node_spec seen_side = CUSTVAL_NODE_SPEC_INIT;
    custval_gate_spec seen_gate = CUSTVAL_GATE_SPEC_INIT;
    custval_override_spec seen_override = CUSTVAL_OVERRIDE_SPEC_INIT;
    assert_ok(custval_system_node_spec(system, 1, &seen_side, &error), &error);
    assert_string_equal(seen_side.note, "what you get");
    assert_double_bits(seen_side.weight, 3.0);
    assert_ok(custval_system_find(system, "quality", &at, &error), &error);
    assert_string_equal(custval_system_label(system, at, NULL), "Quality");
    assert_string_equal(custval_system_label_at(system, at, 1, &language), "Qualit\xc3\xa9");
    assert_string_equal(language, "fr");
    assert_int_equal(custval_system_frame_weight(system, CUSTVAL_CONTEXTS, 0, at, &number), 1);
    assert_double_bits(number, 5.0);
    assert_int_equal(custval_system_expectation(system, 0, at + 1, &number), 1);
    assert_double_bits(number, 2.5);
    assert_string_equal(custval_system_frame_label_at(system, CUSTVAL_PROFILES, 0, 0, NULL), "Price-sensitive");
    assert_ok(custval_system_gate(system, 0, &seen_gate, &error), &error);
    assert_int_equal(seen_gate.type, CUSTVAL_GATE_BELOW);
    assert_double_bits(seen_gate.cap, 50.0);
    assert_ok(custval_system_override(system, 0, &seen_override, &error), &error);
    assert_string_equal(seen_override.author, "A. Meyer");
    custval_system_free(system);
}

/* ---- What a builder refuses -------------------------------------------------------------------------------------- */

static void no_call_of_a_builder_takes_null_for_what_it_needs(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_builder *const none = NULL, *builder = small_builder();
    custval_system *system = (custval_system *)&error;
    const custval_node_spec spec = node("x"), nameless = node(NULL);
    const custval_item_spec q2 = item("q2"), columnless = item(NULL);
    const custval_gate_spec gate = pass();
    custval_gate_spec open_gate = gate;
    custval_override_spec override = judgement();
    open_gate.node = NULL;
    assert_refused(custval_builder_new(NULL, NULL, NULL, &error));
    assert_refused(custval_builder_side(none, CUSTVAL_SIDE_BENEFIT, &spec, &error));
    assert_refused(custval_builder_side(builder, CUSTVAL_SIDE_BENEFIT, NULL, &error));
    assert_refused(custval_builder_side(builder, CUSTVAL_SIDE_NONE, &spec, &error));
    assert_refused(custval_builder_dimension(none, CUSTVAL_SIDE_BENEFIT, &spec, &error));
    assert_refused(custval_builder_dimension(builder, CUSTVAL_SIDE_BENEFIT, NULL, &error));
    assert_refused(custval_builder_dimension(builder, 3, &spec, &error));
    assert_refused(custval_builder_dimension(builder, CUSTVAL_SIDE_BENEFIT, &nameless, &error));
    assert_refused(custval_builder_indicator(none, "product", &spec, &error));
    assert_refused(custval_builder_indicator(builder, NULL, &spec, &error));
    assert_refused(custval_builder_indicator(builder, "product", NULL, &error));
    assert_refused(custval_builder_item(none, "quality", &q2, &error));
    assert_refused(custval_builder_item(builder, NULL, &q2, &error));
    assert_refused(custval_builder_item(builder, "quality", NULL, &error));
    assert_refused(custval_builder_item(builder, "quality", &columnless, &error));
    assert_refused(custval_builder_derived(none, &spec, &error));
    assert_refused(custval_builder_derived(builder, NULL, &error));
    assert_refused(custval_builder_derived_part(none, "image", "quality", 1.0, &error));
    assert_refused(custval_builder_derived_part(builder, NULL, "quality", 1.0, &error));
    assert_refused(custval_builder_derived_part(builder, "image", NULL, 1.0, &error));
    assert_refused(custval_builder_label(none, "product", "en", "x", &error));
    assert_refused(custval_builder_label(builder, NULL, "en", "x", &error));
    assert_refused(custval_builder_label(builder, "product", NULL, "x", &error));
    assert_refused(custval_builder_label(builder, "product", "en", NULL, &error));
    assert_refused(custval_builder_profile(none, "p", NULL, &error));
    assert_refused(custval_builder_profile(builder, NULL, NULL, &error));
    assert_refused(custval_builder_profile_weight(none, "price", "product", 1.0, &error));
    assert_refused(custval_builder_profile_weight(builder, NULL, "product", 1.0, &error));
    assert_refused(custval_builder_profile_weight(builder, "price", NULL, 1.0, &error));
    assert_refused(custval_builder_profile_label(none, "price", "en", "x", &error));
    assert_refused(custval_builder_profile_label(builder, NULL, "en", "x", &error));
    assert_refused(custval_builder_profile_label(builder, "price", NULL, "x", &error));
    assert_refused(custval_builder_profile_label(builder, "price", "en", NULL, &error));
    assert_refused(custval_builder_context(none, "c", NULL, &error));
    assert_refused(custval_builder_context(builder, NULL, NULL, &error));
    assert_refused(custval_builder_context_weight(none, "airport", "product", 1.0, &error));
    assert_refused(custval_builder_context_weight(builder, NULL, "product", 1.0, &error));
    assert_refused(custval_builder_context_weight(builder, "airport", NULL, 1.0, &error));
    assert_refused(custval_builder_context_expectation(none, "airport", "q1", 1.0, &error));
    assert_refused(custval_builder_context_expectation(builder, NULL, "q1", 1.0, &error));
    assert_refused(custval_builder_context_expectation(builder, "airport", NULL, 1.0, &error));
    assert_refused(custval_builder_context_label(none, "airport", "en", "x", &error));
    assert_refused(custval_builder_context_label(builder, NULL, "en", "x", &error));
    assert_refused(custval_builder_context_label(builder, "airport", NULL, "x", &error));
    assert_refused(custval_builder_context_label(builder, "airport", "en", NULL, &error));
    assert_refused(custval_builder_gate(none, &gate, &error));
    assert_refused(custval_builder_gate(builder, NULL, &error));
    assert_refused(custval_builder_gate(builder, &open_gate, &error));
    assert_refused(custval_builder_override(none, &override, &error));
    assert_refused(custval_builder_override(builder, NULL, &error));
    const char **needed[] = {&override.key, &override.author, &override.reason, &override.expires};
    for (size_t i = 0; i < SUPPORT_COUNT(needed); i++) {
        const char *kept = *needed[i];
        *needed[i] = NULL;
        assert_refused(custval_builder_override(builder, &override, &error));
        *needed[i] = kept;
    }
    assert_refused(custval_builder_highest(none, "product", &error));
    assert_refused(custval_builder_highest(builder, NULL, &error));
    assert_refused(custval_builder_build(none, &system, &error));
    assert_null(system);
    assert_refused(custval_builder_build(builder, NULL, &error));

    system = built(builder); /* which was not changed by any of it */
    assert_int_equal(custval_system_nodes(system), 6);
    custval_system_free(system);
    custval_builder_free(builder);
    custval_builder_free(NULL);
}

static void a_builder_refuses_what_is_no_number(void **state) {
    (void)state;
    static const double wrong[] = {(double)NAN, (double)INFINITY, -(double)INFINITY};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_builder *builder = small_builder();
    for (size_t i = 0; i < SUPPORT_COUNT(wrong); i++) {
        custval_node_spec spec = node("x");
        custval_item_spec q2 = item("q2");
        custval_gate_spec gate = pass();
        custval_override_spec override = judgement();
        spec.weight = wrong[i];
        assert_status(custval_builder_indicator(builder, "product", &spec, &error), CUSTVAL_ERROR_WEIGHT, &error);
        spec = node("x");
        spec.cost = wrong[i];
        assert_status(custval_builder_indicator(builder, "product", &spec, &error), CUSTVAL_ERROR_NOT_FINITE, &error);
        spec = node("x");
        spec.coverage_floor = wrong[i];
        assert_status(custval_builder_indicator(builder, "product", &spec, &error), CUSTVAL_ERROR_NOT_FINITE, &error);
        q2.scale_max = wrong[i];
        assert_status(custval_builder_item(builder, "quality", &q2, &error), CUSTVAL_ERROR_NOT_FINITE, &error);
        q2 = item("q2");
        q2.missing_codes = &wrong[i];
        q2.missing_code_count = 1;
        assert_status(custval_builder_item(builder, "quality", &q2, &error), CUSTVAL_ERROR_NOT_FINITE, &error);
        q2 = item("q2");
        q2.has_expectation = 1;
        q2.expectation = wrong[i];
        assert_status(custval_builder_item(builder, "quality", &q2, &error), CUSTVAL_ERROR_NOT_FINITE, &error);
        gate.threshold = wrong[i];
        assert_status(custval_builder_gate(builder, &gate, &error), CUSTVAL_ERROR_NOT_FINITE, &error);
        gate = pass();
        gate.cap = wrong[i];
        assert_status(custval_builder_gate(builder, &gate, &error), CUSTVAL_ERROR_NOT_FINITE, &error);
        override.score = wrong[i];
        assert_status(custval_builder_override(builder, &override, &error), CUSTVAL_ERROR_NOT_FINITE, &error);
        assert_status(custval_builder_derived_part(builder, "image", "quality", wrong[i], &error), CUSTVAL_ERROR_WEIGHT,
                      &error);
        assert_status(custval_builder_profile_weight(builder, "price", "quality", wrong[i], &error),
                      CUSTVAL_ERROR_WEIGHT, &error);
        assert_status(custval_builder_context_weight(builder, "airport", "quality", wrong[i], &error),
                      CUSTVAL_ERROR_WEIGHT, &error);
        assert_status(custval_builder_context_expectation(builder, "airport", "q1", wrong[i], &error),
                      CUSTVAL_ERROR_NOT_FINITE, &error);
    }
    custval_builder_free(builder);
}

/* ---- Structs of other sizes -------------------------------------------------------------------------------------- */

static custval_status new_with_host(const void *given, custval_error *error) {
    custval_builder *builder = (custval_builder *)&builder;
    const custval_status status = custval_builder_new(given, NULL, &builder, error);
    if (status != CUSTVAL_OK) assert_null(builder);
    custval_builder_free(builder);
    return status;
}

static custval_status new_with_spec(const void *given, custval_error *error) {
    custval_builder *builder = (custval_builder *)&builder;
    const custval_status status = custval_builder_new(NULL, given, &builder, error);
    if (status != CUSTVAL_OK) assert_null(builder);
    custval_builder_free(builder);
    return status;
}

static custval_status end(custval_builder *builder, custval_status status) {
    custval_builder_free(builder);
    return status;
}

static custval_status add_side(const void *given, custval_error *error) {
    custval_builder *builder = small_builder();
    return end(builder, custval_builder_side(builder, CUSTVAL_SIDE_BENEFIT, given, error));
}

static custval_status add_dimension(const void *given, custval_error *error) {
    custval_builder *builder = small_builder();
    return end(builder, custval_builder_dimension(builder, CUSTVAL_SIDE_BENEFIT, given, error));
}

static custval_status add_indicator(const void *given, custval_error *error) {
    custval_builder *builder = small_builder();
    return end(builder, custval_builder_indicator(builder, "product", given, error));
}

static custval_status add_derived(const void *given, custval_error *error) {
    custval_builder *builder = small_builder();
    return end(builder, custval_builder_derived(builder, given, error));
}

static custval_status add_item(const void *given, custval_error *error) {
    custval_builder *builder = small_builder();
    return end(builder, custval_builder_item(builder, "quality", given, error));
}

static custval_status add_curve(const void *given, custval_error *error) {
    custval_builder *builder = small_builder();
    custval_item_spec q2 = item("q2");
    q2.curve = given;
    return end(builder, custval_builder_item(builder, "quality", &q2, error));
}

static custval_status add_gate(const void *given, custval_error *error) {
    custval_builder *builder = small_builder();
    return end(builder, custval_builder_gate(builder, given, error));
}

static custval_status add_override(const void *given, custval_error *error) {
    custval_builder *builder = small_builder();
    return end(builder, custval_builder_override(builder, given, error));
}

static void specs_of_other_sizes_are_read_with_care(void **state) {
    (void)state;
    const custval_host host = CUSTVAL_HOST_INIT;
    const custval_system_spec system = CUSTVAL_SYSTEM_SPEC_INIT;
    const custval_node_spec spec = node("x");
    const custval_item_spec q2 = item("q2");
    const custval_curve curve = CUSTVAL_CURVE_INIT;
    const custval_gate_spec gate = pass();
    const custval_override_spec override = judgement();
    assert_reads_struct(new_with_host, &host, sizeof host);
    assert_reads_struct(new_with_spec, &system, sizeof system);
    assert_reads_struct(add_side, &spec, sizeof spec);
    assert_reads_struct(add_dimension, &spec, sizeof spec);
    assert_reads_struct(add_indicator, &spec, sizeof spec);
    assert_reads_struct(add_derived, &spec, sizeof spec);
    assert_reads_struct(add_item, &q2, sizeof q2);
    assert_reads_struct(add_curve, &curve, sizeof curve);
    assert_reads_struct(add_gate, &gate, sizeof gate);
    assert_reads_struct(add_override, &override, sizeof override);
}

/* ---- Systems as tables ------------------------------------------------------------------------------------------- */

/* The survey's system is shipped in both forms. */
static void a_table_scores_as_the_document_does(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *systems[2] = {NULL, NULL};
    custval_table *scores[2] = {NULL, NULL};
    size_t length;
    char *const document = support_read_file("examples/survey/perceived-value.json", &length);
    custval_table *const written = csv_table("examples/survey/perceived-value.csv");
    custval_table *const answers = csv_table("examples/survey/customer_satisfaction_yellow_pages.csv");
    assert_ok(custval_system_parse(NULL, document, length, &systems[0], &error), &error);
    assert_ok(custval_system_from_table(NULL, written, &systems[1], &error), &error);
    for (int i = 0; i < 2; i++) assert_ok(custval_score(systems[i], answers, NULL, &scores[i], &error), &error);
    const size_t rows = custval_table_rows(scores[0]);
    assert_int_equal(rows, 1811);
    assert_int_equal(custval_table_columns(scores[1]), custval_table_columns(scores[0]));
    for (size_t column = 0; column < custval_table_columns(scores[0]); column++) {
        for (size_t row = 0; row < rows; row++) {
            double one, other;
            assert_ok(custval_table_number(scores[0], column, row, &one, &error), &error);
            assert_ok(custval_table_number(scores[1], column, row, &other, &error), &error);
            assert_double_bits(other, one);
        }
    }
    for (int i = 0; i < 2; i++) {
        custval_table_free(scores[i]);
        custval_system_free(systems[i]);
    }
    custval_table_free(answers);
    custval_table_free(written);
    free(document);
}

static void a_table_that_is_none_is_refused(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *system = (custval_system *)(void *)&error;
    custval_table *const answers = csv_table("examples/survey/customer_satisfaction_yellow_pages.csv");
    assert_status(custval_system_from_table(NULL, answers, &system, &error), CUSTVAL_ERROR_NOT_FOUND, &error);
    assert_null(system);
    assert_refused(custval_system_from_table(NULL, NULL, &system, &error));
    assert_refused(custval_system_from_table(NULL, answers, NULL, &error));
    custval_table_free(answers);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_built_can_be_scored_and_the_builder_goes_on),
        cmocka_unit_test(everything_given_to_a_builder_is_in_the_system),
        cmocka_unit_test(no_call_of_a_builder_takes_null_for_what_it_needs),
        cmocka_unit_test(a_builder_refuses_what_is_no_number),
        cmocka_unit_test(specs_of_other_sizes_are_read_with_care),
        cmocka_unit_test(a_table_scores_as_the_document_does),
        cmocka_unit_test(a_table_that_is_none_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
