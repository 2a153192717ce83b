/* The interface: reliefs, from the builder to the explanation. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "api.h"

#include <math.h>

/* value = (image + proof) / 2 - nerves; the image takes up to half of the nerves. */
static const char document[] = "{\"custval\": \"system\", \"version\": 1, \"dimensions\": ["
                               "{\"id\": \"product\", \"side\": \"benefit\", \"indicators\": ["
                               "{\"id\": \"image\", \"items\": [{\"column\": \"i\", \"scale\": [0, 100]}]},"
                               "{\"id\": \"proof\", \"items\": [{\"column\": \"p\", \"scale\": [0, 100]}]}]},"
                               "{\"id\": \"cost\", \"side\": \"sacrifice\", \"indicators\": ["
                               "{\"id\": \"nerves\", \"items\": [{\"column\": \"n\", \"scale\": [0, 100]}]}]}]}";

static custval_relief_spec spec_of(const char *node, const char *by, double share) {
    custval_relief_spec spec = CUSTVAL_RELIEF_SPEC_INIT;
    spec.node = node;
    spec.by = by;
    spec.share = share;
    return spec;
}

static custval_builder *plain_builder(void) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *plain = NULL;
    custval_builder *builder = NULL;
    assert_ok(custval_system_parse(NULL, document, strlen(document), &plain, &error), &error);
    assert_ok(custval_builder_new_from(NULL, plain, &builder, &error), &error);
    custval_system_free(plain);
    return builder;
}

static custval_system *relieved_system(void) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_builder *const builder = plain_builder();
    custval_system *system = NULL;
    custval_relief_spec spec = spec_of("nerves", "image", 0.5);
    spec.note = "a known name";
    assert_ok(custval_builder_relief(builder, &spec, &error), &error);
    assert_ok(custval_builder_build(builder, &system, &error), &error);
    custval_builder_free(builder);
    return system;
}

static custval_table *answers_of(double image, double proof, double nerves) {
    static double cells[3];
    static const char *const names[] = {"i", "p", "n"};
    custval_table *table = NULL;
    cells[0] = image;
    cells[1] = proof;
    cells[2] = nerves;
    assert_ok(custval_table_new(NULL, 1, &table, NULL), NULL);
    for (int k = 0; k < 3; k++) assert_ok(custval_table_add_doubles(table, names[k], &cells[k], NULL), NULL);
    return table;
}

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

/* The row of a node, or of the step of that kind on it. */
static size_t row_of(const custval_table *table, const char *node, const char *kind) {
    for (size_t row = 0; row < custval_table_rows(table); row++) {
        custval_text id, is;
        assert_ok(custval_table_text(table, column_of(table, "node"), row, &id, NULL), NULL);
        if (strlen(node) != id.length || memcmp(id.data, node, id.length) != 0) continue;
        if (kind == NULL) return row;
        assert_ok(custval_table_text(table, column_of(table, "kind"), row, &is, NULL), NULL);
        if (strlen(kind) == is.length && memcmp(is.data, kind, is.length) == 0) return row;
    }
    fail_msg("there is no row of %s", node);
    return 0;
}

/* ---- Building and looking ---- */

static custval_status add(const void *given, custval_error *error) {
    custval_builder *const builder = plain_builder();
    const custval_status status = custval_builder_relief(builder, given, error);
    custval_builder_free(builder);
    return status;
}

static custval_system *shared;

static custval_status get(void *out, custval_error *error) {
    return custval_system_relief(shared, 0, out, error);
}

static void a_relief_is_given_and_given_back(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_relief_spec seen = CUSTVAL_RELIEF_SPEC_INIT;
    const custval_relief_spec good = spec_of("nerves", "image", 0.5);
    shared = relieved_system();
    assert_int_equal(custval_system_reliefs(shared), 1);
    assert_ok(custval_system_relief(shared, 0, &seen, &error), &error);
    assert_string_equal(seen.node, "nerves");
    assert_string_equal(seen.by, "image");
    assert_string_equal(seen.note, "a known name");
    assert_double_bits(seen.share, 0.5);
    assert_refused(custval_system_relief(shared, 1, &seen, &error));
    assert_refused(custval_system_relief(NULL, 0, &seen, &error));
    assert_int_equal(custval_system_reliefs(NULL), 0);
    assert_writes_struct(get, sizeof(custval_relief_spec));
    assert_reads_struct(add, &good, sizeof good);
    custval_system_free(shared);
}

static void a_relief_lowers_a_sacrifice_by_a_benefit(void **state) {
    (void)state;
    const struct {
        custval_relief_spec spec;
        custval_status status;
        const char *message;
    } cases[] = {
        {spec_of(NULL, "image", 0.5), CUSTVAL_ERROR_ARGUMENT, "spec.node is NULL"},
        {spec_of("nerves", NULL, 0.5), CUSTVAL_ERROR_ARGUMENT, "spec.by is NULL"},
        {spec_of("nerve", "image", 0.5), CUSTVAL_ERROR_NOT_FOUND, "did you mean \"nerves\"?"},
        {spec_of("image", "proof", 0.5), CUSTVAL_ERROR_STRUCTURE, "is on the side of the benefit"},
        {spec_of("nerves", "cost", 0.5), CUSTVAL_ERROR_STRUCTURE, "is on the side of the sacrifice"},
        {spec_of("sacrifice", "image", 0.5), CUSTVAL_ERROR_STRUCTURE, "cannot have a relief"},
        {spec_of("n", "image", 0.5), CUSTVAL_ERROR_STRUCTURE, "cannot have a relief"},
        {spec_of("nerves", "i", 0.5), CUSTVAL_ERROR_STRUCTURE, "relieves nothing"},
        {spec_of("nerves", "value", 0.5), CUSTVAL_ERROR_STRUCTURE, "relieves nothing"},
        {spec_of("nerves", "image", -0.1), CUSTVAL_ERROR_RANGE, "relief of \"nerves\": share is -0.1"},
        {spec_of("nerves", "image", 1.1), CUSTVAL_ERROR_RANGE, "share is 1.1"},
        {spec_of("nerves", "image", (double)INFINITY), CUSTVAL_ERROR_NOT_FINITE, "share is inf"},
        {spec_of("nerves", "image", (double)NAN), CUSTVAL_ERROR_NOT_FINITE, "share is nan"},
    };
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_builder *const builder = plain_builder();
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        assert_status(custval_builder_relief(builder, &cases[i].spec, &error), cases[i].status, &error);
        assert_non_null(strstr(error.message, cases[i].message));
    }
    custval_relief_spec noted = spec_of("nerves", "image", 0.5);
    noted.note = "\xff";
    assert_refused(custval_builder_relief(builder, &noted, &error));
    assert_refused(custval_builder_relief(builder, NULL, &error));
    assert_refused(custval_builder_relief(NULL, &noted, &error));
    custval_builder_free(builder);
}

/* ---- Explaining ---- */

static void an_explanation_shows_what_was_taken_away(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *const system = relieved_system();
    custval_table *const answers = answers_of(80.0, 40.0, 50.0);
    custval_table *out = NULL;
    char text[4096];
    size_t length;
    /* 60 - 50 (1 - 0.5 x 0.8) */
    assert_ok(custval_explain(system, answers, 0, NULL, &out, &error), &error);
    assert_double_near(number(out, "score", 0), 30.0, 1e-12);
    const size_t step = row_of(out, "nerves", "relief");
    assert_double_near(number(out, "contribution", step), 20.0, 1e-12);
    assert_double_near(number(out, "score", step), 30.0, 1e-12);
    assert_double_bits(number(out, "is_part", step), 1.0);
    assert_double_near(number(out, "contribution", row_of(out, "n", "item")), -50.0, 1e-12);
    assert_double_near(number(out, "contribution", row_of(out, "nerves", "indicator")), -30.0, 1e-12);
    assert_ok(custval_explain_text(out, text, sizeof text, &length, &error), &error);
    assert_non_null(strstr(text, "relief: nerves"));
    assert_non_null(strstr(text, "50 without relief: image 80 takes up to 50% (a known name)"));
    custval_table_free(out);
    custval_table_free(answers);
    custval_system_free(system);
}

static void levers_of_what_relieves_include_the_relief(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *const system = relieved_system();
    custval_table *const answers = answers_of(80.0, 40.0, 50.0);
    custval_table *out = NULL;
    assert_ok(custval_levers(system, answers, 0, NULL, &out, &error), &error);
    /* Half a point of benefit, and 50 x 0.5 x 1 % of the nerves. */
    assert_double_near(number(out, "gain", row_of(out, "image", NULL)), 0.5 + 0.25, 1e-12);
    assert_double_near(number(out, "gain", row_of(out, "proof", NULL)), 0.5, 1e-12);
    /* The score is that before the relief; a point of it counts 1 - 0.5 x 0.8. */
    assert_double_near(number(out, "score", row_of(out, "nerves", NULL)), 50.0, 1e-12);
    assert_double_near(number(out, "room", row_of(out, "nerves", NULL)), 50.0, 1e-12);
    assert_double_near(number(out, "gain", row_of(out, "nerves", NULL)), 0.6, 1e-12);
    assert_double_near(number(out, "potential", row_of(out, "nerves", NULL)), 30.0, 1e-12);
    custval_table_free(out);
    out = NULL;
    assert_status(custval_target(system, answers, 0, 40.0, NULL, &out, &error), CUSTVAL_ERROR_UNSUPPORTED, &error);
    assert_non_null(strstr(error.message, "\"nerves\" is relieved by \"image\""));
    custval_table_free(answers);
    custval_system_free(system);
}

/* From an image of 80 to one of 40: 20 points of benefit, and 10 of relief; nothing else changes. */
static void a_change_of_the_relief_is_a_part_of_its_own(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *const system = relieved_system();
    static double image[] = {80.0, 40.0}, proof[] = {40.0, 40.0}, nerves[] = {50.0, 50.0};
    custval_table *answers = NULL, *out = NULL;
    assert_ok(custval_table_new(NULL, 2, &answers, NULL), NULL);
    assert_ok(custval_table_add_doubles(answers, "i", image, NULL), NULL);
    assert_ok(custval_table_add_doubles(answers, "p", proof, NULL), NULL);
    assert_ok(custval_table_add_doubles(answers, "n", nerves, NULL), NULL);
    assert_ok(custval_explain_change(system, answers, 0, answers, 1, NULL, &out, &error), &error);
    assert_double_near(number(out, "change", 0), -30.0, 1e-12);
    assert_double_near(number(out, "change", row_of(out, "i", NULL)), -20.0, 1e-12);
    assert_double_near(number(out, "change", row_of(out, "n", NULL)), 0.0, 1e-12);
    assert_double_near(number(out, "change", row_of(out, "nerves", "relief")), -10.0, 1e-12);
    assert_double_near(number(out, "change", row_of(out, "nerves", "indicator")), -10.0, 1e-12);
    custval_table_free(out);
    custval_table_free(answers);
    custval_system_free(system);
}

/* Two offers that tie at a weight of the image: the flip is where scoring with that weight says so. */
static void a_flip_is_found_where_the_lead_bends(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *const system = relieved_system();
    static double image[] = {80.0, 20.0}, proof[] = {10.0, 90.0}, nerves[] = {50.0, 20.0};
    custval_table *answers = NULL, *out = NULL;
    assert_ok(custval_table_new(NULL, 2, &answers, NULL), NULL);
    assert_ok(custval_table_add_doubles(answers, "i", image, NULL), NULL);
    assert_ok(custval_table_add_doubles(answers, "p", proof, NULL), NULL);
    assert_ok(custval_table_add_doubles(answers, "n", nerves, NULL), NULL);
    assert_ok(custval_flip(system, answers, 0, 1, NULL, &out, &error), &error);
    /* 80 w + 10 (1 - w) - 30 = 20 w + 90 (1 - w) - 18, so w = 92 / 140. */
    assert_double_near(number(out, "flip", row_of(out, "image", NULL)), 92.0 / 140.0, 1e-11);
    custval_table_free(out);
    custval_table_free(answers);
    custval_system_free(system);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_relief_is_given_and_given_back),
        cmocka_unit_test(a_relief_lowers_a_sacrifice_by_a_benefit),
        cmocka_unit_test(an_explanation_shows_what_was_taken_away),
        cmocka_unit_test(levers_of_what_relieves_include_the_relief),
        cmocka_unit_test(a_change_of_the_relief_is_a_part_of_its_own),
        cmocka_unit_test(a_flip_is_found_where_the_lead_bends),
    };
    return cmocka_run_group_tests_name("api_reliefs", tests, NULL, NULL);
}
