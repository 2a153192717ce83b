/* Where weights and scales come from: recorded, refused, shown. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "refusal.h"

static custval_origin_spec origin_of(const char *node, const char *method) {
    custval_origin_spec spec = CUSTVAL_ORIGIN_SPEC_INIT;
    spec.node = node;
    spec.method = method;
    return spec;
}

static custval_origin_spec origin_at(const custval_system *system, uint32_t index) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_origin_spec spec = CUSTVAL_ORIGIN_SPEC_INIT;
    assert_ok(custval_system_origin(system, index, &spec, &error), &error);
    return spec;
}

static void record(custval_builder *builder, const custval_origin_spec *spec) {
    custval_error error = CUSTVAL_ERROR_INIT;
    assert_ok(custval_builder_origin(builder, spec, &error), &error);
}

static void what_was_recorded_is_given_back(void **state) {
    (void)state;
    char name[] = "cr", date[] = "2026-03-01", node[] = "product";
    const char *const names[] = {name, "lambda_max"};
    const double values[] = {0.03, -0.0};
    custval_builder *const builder = with_everything();
    custval_origin_spec spec = origin_of(node, "ahp-eigenvector");
    spec.source = "panel of 12";
    spec.date = date;
    spec.note = "second round";
    spec.diagnostic_names = names;
    spec.diagnostic_values = values;
    spec.diagnostic_count = 2;
    spec.sample = 12;
    record(builder, &spec);
    node[0] = name[0] = date[0] = 'x'; /* all was copied */
    spec = origin_of("q1", "range");
    spec.origin = CUSTVAL_ORIGIN_SCALE;
    spec.sample = UINT64_C(1) << 53;
    record(builder, &spec);
    custval_system *const system = draft_build(builder);
    assert_int_equal(custval_system_origins(system), 2);
    spec = origin_at(system, 0);
    assert_int_equal(spec.origin, CUSTVAL_ORIGIN_WEIGHTS);
    assert_string_equal(spec.node, "product");
    assert_null(spec.profile);
    assert_string_equal(spec.method, "ahp-eigenvector");
    assert_string_equal(spec.source, "panel of 12");
    assert_string_equal(spec.date, "2026-03-01");
    assert_string_equal(spec.note, "second round");
    assert_int_equal(spec.sample, 12);
    assert_int_equal(spec.diagnostic_count, 2);
    assert_string_equal(spec.diagnostic_names[0], "cr");
    assert_double_bits(spec.diagnostic_values[0], 0.03);
    assert_string_equal(spec.diagnostic_names[1], "lambda_max");
    spec = origin_at(system, 1);
    assert_int_equal(spec.origin, CUSTVAL_ORIGIN_SCALE);
    assert_true(spec.sample == UINT64_C(1) << 53);
    assert_null(spec.source);
    assert_null(spec.date);
    assert_null(spec.note);
    assert_null(spec.diagnostic_names);
    assert_null(spec.diagnostic_values);
    custval_error error = CUSTVAL_ERROR_INIT;
    assert_status(custval_system_origin(system, 2, &spec, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    assert_message(&error, "origin 2: the system has 2");
    custval_system_free(system);
}

static void a_later_origin_of_the_same_takes_the_place_of_an_earlier_one(void **state) {
    (void)state;
    custval_builder *const builder = with_everything();
    custval_origin_spec spec = origin_of("product", "stated");
    record(builder, &spec);
    spec.profile = "p";
    record(builder, &spec); /* of other weights */
    spec = origin_of("reliability", "stated");
    record(builder, &spec);
    spec = origin_of("product", "critic");
    spec.origin = 0; /* the default: weights */
    record(builder, &spec);
    custval_system *const system = draft_build(builder);
    assert_int_equal(custval_system_origins(system), 3);
    assert_string_equal(origin_at(system, 0).method, "critic");
    assert_string_equal(origin_at(system, 1).method, "stated");
    assert_string_equal(origin_at(system, 1).profile, "p");
    assert_string_equal(origin_at(system, 2).node, "reliability");
    custval_system_free(system);
}

typedef struct bad {
    custval_origin_spec spec;
    custval_status status;
    const char *message;
} bad;

static uint32_t recorded_in(custval_builder *builder) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *system = NULL;
    assert_ok(custval_builder_build(builder, &system, &error), &error);
    const uint32_t count = custval_system_origins(system);
    custval_system_free(system);
    return count;
}

static void origins_of_what_is_set_anew_are_forgotten(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_builder *const builder = with_everything();
    custval_origin_spec weights = origin_of("product", "stated"), scale = origin_of("q1", "range");
    scale.origin = CUSTVAL_ORIGIN_SCALE;
    record(builder, &weights);
    record(builder, &scale);
    weights.profile = "p";
    record(builder, &weights);
    assert_int_equal(recorded_in(builder), 3);
    assert_ok(custval_builder_set_weight(builder, NULL, "reliability", 3.0, &error), &error);
    assert_int_equal(recorded_in(builder), 2);
    assert_ok(custval_builder_set_weight(builder, "p", "reliability", 3.0, &error), &error);
    assert_int_equal(recorded_in(builder), 1);
    assert_ok(custval_builder_set_scale(builder, "q1", 0.0, 20.0, NULL, &error), &error);
    assert_int_equal(recorded_in(builder), 0);
    record(builder, &weights); /* and can be recorded again */
    custval_system *const system = draft_build(builder);
    assert_int_equal(custval_system_origins(system), 1);
    assert_string_equal(origin_at(system, 0).profile, "p");
    custval_system_free(system);
}

static void bad_origins_are_refused(void **state) {
    (void)state;
    static const char *const names[] = {"cr", "cr"}, *const unnamed[] = {"cr", NULL}, *const nothing[] = {""};
    const double values[] = {1, 2}, not_finite[] = {HUGE_VAL};
    const bad cases[] = {
        {{.node = "product"}, CUSTVAL_ERROR_ARGUMENT, "origin of \"product\": method is missing"},
        {{.node = NULL, .method = "m"}, CUSTVAL_ERROR_ARGUMENT, "spec.node is NULL"},
        {{.node = "product", .method = "m", .origin = 3}, CUSTVAL_ERROR_ARGUMENT, "there is no kind of origin 3"},
        {{.node = "product", .method = "m", .reserved = 1}, CUSTVAL_ERROR_ARGUMENT, "reserved is 1"},
        {{.node = "prodct", .method = "m"}, CUSTVAL_ERROR_NOT_FOUND, "did you mean \"product\"?"},
        {{.node = "q1", .method = "m"}, CUSTVAL_ERROR_STRUCTURE, "item \"q1\" has no children"},
        {{.node = "image", .method = "m"}, CUSTVAL_ERROR_STRUCTURE, "derived \"image\" has no children"},
        {{.node = "value", .method = "m", .origin = 2}, CUSTVAL_ERROR_STRUCTURE, "value \"value\" has no scale"},
        {{.node = "q1", .method = "m", .origin = 2, .profile = "p"}, CUSTVAL_ERROR_STRUCTURE, "same in every profile"},
        {{.node = "product", .method = "m", .profile = "c"}, CUSTVAL_ERROR_NOT_FOUND, "there is no profile \"c\" yet"},
        {{.node = "product", .method = "m", .source = "\xff"}, CUSTVAL_ERROR_ARGUMENT, "source is not UTF-8"},
        {{.node = "product", .method = "m", .note = long_text()}, CUSTVAL_ERROR_LIMIT, "note has 4097 bytes"},
        {{.node = "product", .method = "m", .date = ""}, CUSTVAL_ERROR_ARGUMENT, "\"\" is no date such as 2025-12-31"},
        {{.node = "product", .method = "m", .date = "2026-02-29"}, CUSTVAL_ERROR_ARGUMENT, "\"2026-02-29\" is no date"},
        {{.node = "product", .method = "m", .sample = (UINT64_C(1) << 53) + 1},
         CUSTVAL_ERROR_RANGE,
         "sample 9007199254740993 is above 9007199254740992"},
        {{.node = "product", .method = "m", .diagnostic_count = 101},
         CUSTVAL_ERROR_LIMIT,
         "101 diagnostics, at most 100 are allowed"},
        {{.node = "product", .method = "m", .diagnostic_count = 1, .diagnostic_values = values},
         CUSTVAL_ERROR_ARGUMENT,
         "diagnostic_names is NULL"},
        {{.node = "product", .method = "m", .diagnostic_count = 1, .diagnostic_names = names},
         CUSTVAL_ERROR_ARGUMENT,
         "diagnostic_values is NULL"},
        {{.node = "product",
          .method = "m",
          .diagnostic_count = 2,
          .diagnostic_names = names,
          .diagnostic_values = values},
         CUSTVAL_ERROR_DUPLICATE,
         "the diagnostic \"cr\" is there twice"},
        {{.node = "product",
          .method = "m",
          .diagnostic_count = 2,
          .diagnostic_names = unnamed,
          .diagnostic_values = values},
         CUSTVAL_ERROR_ARGUMENT,
         "the name of a diagnostic is missing"},
        {{.node = "product",
          .method = "m",
          .diagnostic_count = 1,
          .diagnostic_names = nothing,
          .diagnostic_values = values},
         CUSTVAL_ERROR_ARGUMENT,
         "the name of a diagnostic is missing"},
        {{.node = "product",
          .method = "m",
          .diagnostic_count = 1,
          .diagnostic_names = names,
          .diagnostic_values = not_finite},
         CUSTVAL_ERROR_NOT_FINITE,
         "origin of \"product\": cr is inf, not a finite number"},
    };
    custval_builder *const builder = with_everything();
    custval_origin_spec good = origin_of("product", "stated");
    record(builder, &good);
    char *const before = seen(builder);
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        custval_origin_spec spec = cases[i].spec;
        spec.struct_size = sizeof spec;
        REFUSE(builder, before, custval_builder_origin(builder, &spec, &error), cases[i].status, cases[i].message);
    }
    free(before);
    custval_builder_free(builder);
}

static void an_origin_of_a_side_that_is_not_there_is_refused_in_the_end(void **state) {
    (void)state;
    custval_builder *const builder = draft_small(NULL);
    const custval_origin_spec spec = origin_of("sacrifice", "stated");
    custval_system *system = NULL;
    custval_error error = CUSTVAL_ERROR_INIT;
    record(builder, &spec);
    assert_status(custval_builder_build(builder, &system, &error), CUSTVAL_ERROR_STRUCTURE, &error);
    assert_message(&error, "an origin refers to \"sacrifice\", but that side has no dimension");
    custval_builder_free(builder);
}

static void the_text_of_a_system_tells_where_weights_come_from(void **state) {
    (void)state;
    static const char expected[] = "\norigins\n"
                                   "   weights of benefit: ahp-eigenvector, panel, n 12, 2026-03-01, cr 0.031\n"
                                   "   weights of product in profile p: stated  (as before)\n"
                                   "   scale of q1: range, n 250, low -2.5, tiny 0.00001\n";
    const char *const names[] = {"cr"}, *const more[] = {"low", "tiny"};
    const double values[] = {0.0312345}, ends[] = {-2.5, 0.00001};
    custval_builder *const builder = with_everything();
    custval_origin_spec spec = origin_of("benefit", "ahp-eigenvector");
    spec.source = "panel";
    spec.date = "2026-03-01";
    spec.sample = 12;
    spec.diagnostic_names = names;
    spec.diagnostic_values = values;
    spec.diagnostic_count = 1;
    record(builder, &spec);
    spec = origin_of("product", "stated");
    spec.profile = "p";
    spec.note = "as before";
    record(builder, &spec);
    spec = origin_of("q1", "range");
    spec.origin = CUSTVAL_ORIGIN_SCALE;
    spec.sample = 250;
    spec.diagnostic_names = more;
    spec.diagnostic_values = ends;
    spec.diagnostic_count = 2;
    record(builder, &spec);
    custval_system *const system = draft_build(builder);
    char text[4096];
    size_t length = 0;
    custval_error error = CUSTVAL_ERROR_INIT;
    assert_ok(custval_system_text(system, NULL, text, sizeof text, &length, &error), &error);
    assert_true(length > sizeof expected && length < sizeof text);
    assert_string_equal(text + length - (sizeof expected - 1), expected);
    custval_system_free(system);
}

static custval_status attempt(const custval_host *host, void *data) {
    const char *const names[] = {"cr", "lambda_max"};
    const double values[] = {1, 2};
    custval_system_spec system_spec = CUSTVAL_SYSTEM_SPEC_INIT;
    custval_builder *builder = NULL;
    custval_origin_spec spec = origin_of("value", data);
    spec.source = spec.note = data;
    spec.date = "2026-03-01";
    spec.diagnostic_names = names;
    spec.diagnostic_values = values;
    spec.diagnostic_count = 2;
    custval_status status = custval_builder_new(host, &system_spec, &builder, NULL);
    for (int i = 0; i < 40 && status == CUSTVAL_OK; i++) {
        char id[8];
        custval_node_spec node = CUSTVAL_NODE_SPEC_INIT;
        spec.node = node.id = id;
        id[0] = 'n';
        id[1] = (char)('0' + i);
        id[2] = 0;
        status = custval_builder_dimension(builder, CUSTVAL_SIDE_BENEFIT, &node, NULL);
        if (status == CUSTVAL_OK) status = custval_builder_origin(builder, &spec, NULL);
    }
    custval_builder_free(builder);
    return status;
}

static void nothing_is_lost_when_an_allocation_fails(void **state) {
    (void)state;
    char text[] = "a long text, so that the arena has to grow more than once while origins are recorded";
    support_exhaust_memory(attempt, text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_recorded_is_given_back),
        cmocka_unit_test(a_later_origin_of_the_same_takes_the_place_of_an_earlier_one),
        cmocka_unit_test(origins_of_what_is_set_anew_are_forgotten),
        cmocka_unit_test(bad_origins_are_refused),
        cmocka_unit_test(an_origin_of_a_side_that_is_not_there_is_refused_in_the_end),
        cmocka_unit_test(the_text_of_a_system_tells_where_weights_come_from),
        cmocka_unit_test(nothing_is_lost_when_an_allocation_fails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
