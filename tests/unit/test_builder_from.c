/* The builder that starts from a system; weights and scales set again. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "refusal.h"

#include <stdio.h>

#include "random_system.h"
#include "system/system.h"

static char *written(const custval_system *system) {
    custval_error error = CUSTVAL_ERROR_INIT;
    size_t length = 0;
    assert_ok(custval_system_write(system, NULL, 0, &length, &error), &error);
    char *const text = malloc(length + 1);
    assert_non_null(text);
    assert_ok(custval_system_write(system, text, length + 1, &length, &error), &error);
    return text;
}

static custval_builder *from(const custval_system *system) {
    custval_builder *builder = NULL;
    custval_error error = CUSTVAL_ERROR_INIT;
    assert_ok(custval_builder_new_from(NULL, system, &builder, &error), &error);
    return builder;
}

static custval_system *parsed(const char *text) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *system = NULL;
    assert_ok(custval_system_parse(NULL, text, strlen(text), &system, &error), &error);
    return system;
}

/* ---- The same again ---------------------------------------------------------------------------------------------- */

/* Every weight set of two systems, to the bit: what a document does not show. */
static void assert_same_sets(const custval_system *a, const custval_system *b) {
    assert_int_equal(a->set_count, b->set_count);
    for (size_t i = 0; i < (size_t)a->set_count * a->node_count; i++) assert_double_bits(a->weights[i], b->weights[i]);
}

/* A system gives its copy's document; so does the copy of the document read back. */
static void assert_same_again(const custval_system *system) {
    custval_system *const copy = draft_build(from(system));
    char *const text = written(system), *const again = written(copy);
    assert_string_equal(again, text);
    assert_same_sets(system, copy);
    custval_system *const read = parsed(text), *const read_copy = draft_build(from(read));
    char *const third = written(read_copy);
    assert_string_equal(third, text);
    free(third);
    free(again);
    free(text);
    custval_system_free(read_copy);
    custval_system_free(read);
    custval_system_free(copy);
}

static void a_system_with_everything_comes_out_the_same(void **state) {
    (void)state;
    custval_system *const full = full_system();
    assert_same_again(full);
    custval_system_free(full);
    char *const text = support_read_file("tests/vectors/documents/everything.json", NULL);
    custval_system *const system = parsed(text);
    char *const again = written(system);
    assert_string_equal(again, text); /* else the document would show less than all */
    assert_same_again(system);
    free(again);
    free(text);
    custval_system_free(system);
}

static void every_template_comes_out_the_same(void **state) {
    (void)state;
    static const char *const names[] = {
        "tools/templates/t01-wukong-nine.json",      "tools/templates/t02-kotler-four-values.json",
        "tools/templates/t03-zeithaml.json",         "tools/templates/t04-middlebrook.json",
        "tools/templates/t05-perval.json",           "tools/templates/t06-servqual.json",
        "tools/templates/t07-markor.json",           "tools/templates/t08-mktor.json",
        "tools/templates/t09-firm-advantages.json",  "tools/templates/t10-felt-strength.json",
        "tools/templates/t11-commercial-value.json", "tools/templates/t12-acsi.json",
        "examples/survey/perceived-value.json",      "examples/acsi/acsi.json",
    };
    for (size_t i = 0; i < SUPPORT_COUNT(names); i++) {
        char *const text = support_read_file(names[i], NULL);
        custval_system *const system = parsed(text);
        assert_same_again(system);
        custval_system_free(system);
        free(text);
    }
}

static void random_systems_come_out_the_same(void **state) {
    (void)state;
    support_random random = random_seeded("random systems");
    for (int i = 0; i < 300; i++) {
        custval_system *const system = random_system(&random, RANDOM_ALL);
        assert_same_again(system);
        custval_system_free(system);
    }
}

static void the_copy_lives_in_the_memory_of_the_system_or_of_the_host(void **state) {
    (void)state;
    counting_host own, other;
    custval_builder *builder = NULL;
    custval_system *system = NULL;
    counting_host_init(&own);
    counting_host_init(&other);
    assert_ok(full_build(&own.host, &system, NULL), NULL);
    const size_t before = own.live_blocks;
    assert_ok(custval_builder_new_from(NULL, system, &builder, NULL), NULL);
    assert_true(own.live_blocks > before);
    custval_builder_free(builder);
    assert_int_equal(own.live_blocks, before);
    assert_ok(custval_builder_new_from(&other.host, system, &builder, NULL), NULL);
    assert_int_equal(own.live_blocks, before);
    assert_true(other.live_blocks > 0);
    custval_builder_free(builder);
    custval_system_free(system);
    counting_host_end(&other);
    counting_host_end(&own);
}

static void the_builder_goes_on_like_any_other(void **state) {
    (void)state;
    custval_system *const system = full_system();
    custval_builder *const builder = from(system);
    draft_indicator(builder, "money", "deposit", 2);
    draft_item(builder, "deposit", "q77", 1);
    custval_system *const larger = draft_build(builder);
    assert_int_equal(custval_system_nodes(larger), custval_system_nodes(system) + 2);
    custval_system_free(larger);
    custval_system_free(system);
}

/* ---- Weights ----------------------------------------------------------------------------------------------------- */

static double declared(const custval_system *system, const char *id) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_node_spec spec = CUSTVAL_NODE_SPEC_INIT;
    custval_item_spec item = CUSTVAL_ITEM_SPEC_INIT;
    const uint32_t node = node_named(system, id);
    if (system->nodes[node].kind == CUSTVAL_KIND_ITEM) {
        assert_ok(custval_system_item_spec(system, node, &item, &error), &error);
        return item.weight;
    }
    assert_ok(custval_system_node_spec(system, node, &spec, &error), &error);
    return spec.weight;
}

static void a_weight_is_set_in_place_of_the_one_before(void **state) {
    (void)state;
    static const char *const ids[] = {"sacrifice", "money", "fee", "q2"};
    custval_system *const system = full_system();
    custval_builder *const builder = from(system);
    for (size_t i = 0; i < SUPPORT_COUNT(ids); i++) {
        assert_ok(custval_builder_set_weight(builder, NULL, ids[i], 7, NULL), NULL);
        assert_ok(custval_builder_set_weight(builder, NULL, ids[i], 7.5 + (double)i, NULL), NULL);
    }
    custval_system *const changed = draft_build(builder);
    for (size_t i = 0; i < SUPPORT_COUNT(ids); i++) assert_double_bits(declared(changed, ids[i]), 7.5 + (double)i);
    assert_double_bits(declared(changed, "time"), declared(system, "time"));
    custval_system_free(changed);
    custval_system_free(system);
}

static void a_weight_is_set_in_a_profile_alone(void **state) {
    (void)state;
    custval_system *const system = full_system();
    custval_builder *const builder = from(system);
    double weight = 0;
    assert_ok(custval_builder_set_weight(builder, "price-sensitive", "money", 55, NULL), NULL); /* has 90 there */
    assert_ok(custval_builder_set_weight(builder, "price-sensitive", "time", 45, NULL), NULL);  /* has none there */
    custval_system *const changed = draft_build(builder);
    assert_true(custval_system_frame_weight(changed, CUSTVAL_PROFILES, 0, node_named(changed, "money"), &weight));
    assert_double_bits(weight, 55);
    assert_true(custval_system_frame_weight(changed, CUSTVAL_PROFILES, 0, node_named(changed, "time"), &weight));
    assert_double_bits(weight, 45);
    assert_false(custval_system_frame_weight(changed, CUSTVAL_PROFILES, 1, node_named(changed, "money"), &weight));
    assert_double_bits(declared(changed, "money"), 60);
    custval_system_free(changed);
    custval_system_free(system);
}

static void bad_weights_are_not_set(void **state) {
    (void)state;
    custval_builder *const b = with_everything();
    char *const before = seen(b);
    REFUSE(b, before, custval_builder_set_weight(b, NULL, "product", -1, &error), CUSTVAL_ERROR_WEIGHT,
           "dimension \"product\": weight -1 is negative");
    REFUSE(b, before, custval_builder_set_weight(b, "p", "q1", not_a_number(), &error), CUSTVAL_ERROR_WEIGHT,
           "item \"q1\": weight nan is not finite");
    REFUSE(b, before, custval_builder_set_weight(b, NULL, "value", 1, &error), CUSTVAL_ERROR_STRUCTURE,
           "value \"value\" has no weight that could be set");
    REFUSE(b, before, custval_builder_set_weight(b, NULL, "image", 1, &error), CUSTVAL_ERROR_STRUCTURE,
           "derived \"image\" has no weight");
    REFUSE(b, before, custval_builder_set_weight(b, NULL, "prodct", 1, &error), CUSTVAL_ERROR_NOT_FOUND,
           "there is no node \"prodct\" yet; did you mean \"product\"?");
    REFUSE(b, before, custval_builder_set_weight(b, "P", "q1", 1, &error), CUSTVAL_ERROR_NOT_FOUND,
           "there is no profile \"P\" yet; did you mean \"p\"?");
    REFUSE(b, before, custval_builder_set_weight(b, NULL, NULL, 1, &error), CUSTVAL_ERROR_ARGUMENT, "node is NULL");
    free(before);
    custval_builder_free(b);
}

/* ---- Scales ------------------------------------------------------------------------------------------------------ */

static custval_item_spec item_named(const custval_system *system, const char *id) {
    custval_item_spec item = CUSTVAL_ITEM_SPEC_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    assert_ok(custval_system_item_spec(system, node_named(system, id), &item, &error), &error);
    return item;
}

static void a_scale_and_its_curve_are_set_and_the_rest_stays(void **state) {
    (void)state;
    static const double x[] = {-3, 0, 9}, y[] = {0, 50, 100};
    custval_builder *const builder = with_everything();
    custval_curve curve = CUSTVAL_CURVE_INIT;
    curve.type = CUSTVAL_CURVE_PIECEWISE;
    curve.count = 3;
    curve.x = x;
    curve.y = y;
    assert_ok(custval_builder_set_scale(builder, "q1", 0, 7, NULL, NULL), NULL);
    assert_ok(custval_builder_set_scale(builder, "q2", 0, 0, &curve, NULL), NULL);
    assert_ok(custval_builder_set_weight(builder, NULL, "q2", 3, NULL), NULL);
    curve.type = CUSTVAL_CURVE_LINEAR;
    curve.parameters[1] = 2;
    assert_ok(custval_builder_set_scale(builder, "q3", 0, 0, &curve, NULL), NULL);
    custval_system *const system = draft_build(builder);
    custval_item_spec item = item_named(system, "q1");
    assert_double_bits(item.scale_min, 0);
    assert_double_bits(item.scale_max, 7);
    assert_int_equal(item.curve->type, CUSTVAL_CURVE_SCALE);
    item = item_named(system, "q2");
    assert_double_bits(item.scale_max, 0);
    assert_double_bits(item.weight, 3);
    assert_int_equal(item.curve->count, 3);
    assert_memory_equal(item.curve->x, x, sizeof x);
    assert_memory_equal(item.curve->y, y, sizeof y);
    item = item_named(system, "q3");
    assert_int_equal(item.curve->type, CUSTVAL_CURVE_LINEAR);
    assert_int_equal(item.curve->count, 0);
    assert_null(item.curve->x);
    assert_string_equal(item.column, "q3");
    custval_system_free(system);
}

static void bad_scales_are_not_set(void **state) {
    (void)state;
    static const double y[] = {1, 2};
    static const char *const texts[] = {"a", "b"};
    custval_builder *const b = with_everything();
    assert_ok(full_item(b, "reliability", "tier", CUSTVAL_CURVE_TABLE, NULL), NULL);
    assert_ok(full_item(b, "reliability", "q9", CUSTVAL_CURVE_PROSPECT, NULL), NULL); /* expects 4 */
    char *const before = seen(b);
    custval_curve curve = CUSTVAL_CURVE_INIT;
    curve.type = CUSTVAL_CURVE_TABLE;
    curve.count = 2;
    curve.y = y;
    curve.categories = texts;
    REFUSE(b, before, custval_builder_set_scale(b, "q1", 5, 1, NULL, &error), CUSTVAL_ERROR_RANGE,
           "item \"q1\": scale_min 5 is not below scale_max 1");
    REFUSE(b, before, custval_builder_set_scale(b, "q1", 3, 5, NULL, &error), CUSTVAL_ERROR_RANGE,
           "item \"q1\": expectation 2 lies outside 3..5"); /* of the context c */
    REFUSE(b, before, custval_builder_set_scale(b, "q9", 1, 3, NULL, &error), CUSTVAL_ERROR_RANGE,
           "item \"q9\": expectation 4 lies outside 1..3");
    REFUSE(b, before, custval_builder_set_scale(b, "q1", 0, 0, NULL, &error), CUSTVAL_ERROR_STRUCTURE,
           "the curve \"scale\" needs a declared scale");
    REFUSE(b, before, custval_builder_set_scale(b, "q1", 0, 0, &curve, &error), CUSTVAL_ERROR_STRUCTURE,
           "item \"q1\": a table takes the place of a scale");
    REFUSE(b, before, custval_builder_set_scale(b, "tier", 1, 5, NULL, &error), CUSTVAL_ERROR_STRUCTURE,
           "item \"tier\": a table takes the place of a scale");
    REFUSE(b, before, custval_builder_set_scale(b, "reliability", 1, 5, NULL, &error), CUSTVAL_ERROR_STRUCTURE,
           "indicator \"reliability\" has no scale, only an item has");
    REFUSE(b, before, custval_builder_set_scale(b, "q1", -HUGE_VAL, 5, NULL, &error), CUSTVAL_ERROR_NOT_FINITE,
           "scale_min is -inf");
    curve.type = 8;
    REFUSE(b, before, custval_builder_set_scale(b, "q1", 1, 5, &curve, &error), CUSTVAL_ERROR_ARGUMENT,
           "there is no curve 8");
    REFUSE(b, before, custval_builder_set_scale(b, "q7", 1, 5, NULL, &error), CUSTVAL_ERROR_NOT_FOUND,
           "there is no node \"q7\" yet");
    free(before);
    custval_builder_free(b);
}

/* ---- Memory ------------------------------------------------------------------------------------------------------ */

static custval_status attempt_copy(const custval_host *host, void *data) {
    custval_builder *builder = (custval_builder *)data;
    custval_system *copy = NULL;
    custval_status status = custval_builder_new_from(host, data, &builder, NULL);
    if (status == CUSTVAL_OK)
        status = custval_builder_build(builder, &copy, NULL);
    else
        assert_null(builder);
    custval_builder_free(builder);
    custval_system_free(copy);
    return status;
}

static custval_status attempt_setting(const custval_host *host, void *data) {
    custval_builder *builder = NULL;
    custval_status status = custval_builder_new_from(host, data, &builder, NULL);
    for (int i = 0; i < 200 && status == CUSTVAL_OK; i++) { /* until the arena must grow */
        status = custval_builder_set_scale(builder, "q1", 0, 20 + i, NULL, NULL);
        if (status == CUSTVAL_OK) status = custval_builder_set_weight(builder, "loyal", "fee", 1 + i, NULL);
    }
    custval_builder_free(builder);
    return status;
}

static void nothing_is_lost_when_an_allocation_fails(void **state) {
    (void)state;
    char *const text = support_read_file("tests/vectors/documents/everything.json", NULL);
    custval_system *const system = parsed(text), *const full = full_system();
    free(text);
    support_exhaust_memory(attempt_copy, system);
    support_exhaust_memory(attempt_setting, full);
    custval_system_free(full);
    custval_system_free(system);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_system_with_everything_comes_out_the_same),
        cmocka_unit_test(every_template_comes_out_the_same),
        cmocka_unit_test(random_systems_come_out_the_same),
        cmocka_unit_test(the_copy_lives_in_the_memory_of_the_system_or_of_the_host),
        cmocka_unit_test(the_builder_goes_on_like_any_other),
        cmocka_unit_test(a_weight_is_set_in_place_of_the_one_before),
        cmocka_unit_test(a_weight_is_set_in_a_profile_alone),
        cmocka_unit_test(bad_weights_are_not_set),
        cmocka_unit_test(a_scale_and_its_curve_are_set_and_the_rest_stays),
        cmocka_unit_test(bad_scales_are_not_set),
        cmocka_unit_test(nothing_is_lost_when_an_allocation_fails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
