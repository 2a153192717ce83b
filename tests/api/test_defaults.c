/* NULL and an initialiser mean the same: what the macros compile into programs is what the library takes for granted. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "api.h"
#include "json_table.h"

static const char document[] =
    "{\"custval\": \"system\", \"version\": 1, \"dimensions\": ["
    "{\"id\": \"product\", \"side\": \"benefit\", \"indicators\": [{\"id\": \"quality\", \"items\": "
    "[{\"column\": \"Q1\", \"scale\": [1, 10]}, {\"column\": \"Q2\", \"scale\": [1, 10]}]}]},"
    "{\"id\": \"money\", \"side\": \"sacrifice\", \"indicators\": [{\"id\": \"price\", \"items\": "
    "[{\"column\": \"P1\", \"scale\": [1, 10]}]}]}]}";

static const char *const columns[] = {"Q1", "Q2", "P1"};
static const double answers[] = {9, 8, 4, 6, 7, 9, 10, 3, 2};

typedef struct fixture {
    custval_system *system;
    custval_table *table;
} fixture;

static int set_up(void **state) {
    static fixture self;
    custval_error error = CUSTVAL_ERROR_INIT;
    assert_ok(custval_system_parse(NULL, document, sizeof document - 1, &self.system, &error), &error);
    assert_ok(custval_table_new_from_rows(NULL, columns, 3, answers, 3, 3, &self.table, &error), &error);
    *state = &self;
    return 0;
}

static int tear_down(void **state) {
    const fixture *self = *state;
    custval_table_free(self->table);
    custval_system_free(self->system);
    return 0;
}

static void assert_same_tables(custval_table *a, custval_table *b) {
    assert_int_equal(custval_table_columns(a), custval_table_columns(b));
    assert_int_equal(custval_table_rows(a), custval_table_rows(b));
    for (size_t column = 0; column < custval_table_columns(a); column++) {
        const char *const name = custval_table_name(a, column);
        assert_string_equal(name, custval_table_name(b, column));
        for (size_t row = 0; row < custval_table_rows(a); row++) {
            assert_double_bits(table_cell(a, name, row), table_cell(b, name, row));
        }
    }
    custval_table_free(a);
    custval_table_free(b);
}

static void scoring_without_options_is_scoring_with_the_initialiser(void **state) {
    const fixture *self = *state;
    const custval_score_options options = CUSTVAL_SCORE_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *without = NULL, *with = NULL;
    assert_ok(custval_score(self->system, self->table, NULL, &without, &error), &error);
    assert_ok(custval_score(self->system, self->table, &options, &with, &error), &error);
    assert_same_tables(without, with);
}

static void comparing_without_options_is_comparing_with_the_initialiser(void **state) {
    const fixture *self = *state;
    const custval_compare_options options = CUSTVAL_COMPARE_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *without = NULL, *with = NULL;
    assert_ok(custval_compare(self->system, self->table, NULL, &without, &error), &error);
    assert_ok(custval_compare(self->system, self->table, &options, &with, &error), &error);
    assert_same_tables(without, with);
}

static char *document_of(const custval_system_spec *spec) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_node_spec node = CUSTVAL_NODE_SPEC_INIT;
    custval_item_spec item = CUSTVAL_ITEM_SPEC_INIT;
    custval_builder *builder = NULL;
    custval_system *system = NULL;
    static char text[4096];
    size_t length = 0;
    assert_ok(custval_builder_new(NULL, spec, &builder, &error), &error);
    node.id = "product";
    assert_ok(custval_builder_dimension(builder, CUSTVAL_SIDE_BENEFIT, &node, &error), &error);
    node.id = "quality";
    assert_ok(custval_builder_indicator(builder, "product", &node, &error), &error);
    item.column = "Q1";
    item.scale_min = 1;
    item.scale_max = 10;
    assert_ok(custval_builder_item(builder, "quality", &item, &error), &error);
    assert_ok(custval_builder_build(builder, &system, &error), &error);
    assert_ok(custval_system_write(system, text, sizeof text, &length, &error), &error);
    assert_true(length > 0 && length < sizeof text);
    custval_system_free(system);
    custval_builder_free(builder);
    return text;
}

static void building_without_policies_is_building_with_the_initialiser(void **state) {
    (void)state;
    const custval_system_spec spec = CUSTVAL_SYSTEM_SPEC_INIT;
    char without[4096];
    memcpy(without, document_of(NULL), sizeof without);
    assert_string_equal(without, document_of(&spec));
}

static void a_host_of_the_initialiser_is_no_host(void **state) {
    (void)state;
    const custval_host host = CUSTVAL_HOST_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = NULL;
    assert_ok(custval_table_new(&host, 1, &table, &error), &error);
    custval_table_free(table);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(scoring_without_options_is_scoring_with_the_initialiser, set_up, tear_down),
        cmocka_unit_test_setup_teardown(comparing_without_options_is_comparing_with_the_initialiser, set_up, tear_down),
        cmocka_unit_test(building_without_policies_is_building_with_the_initialiser),
        cmocka_unit_test(a_host_of_the_initialiser_is_no_host),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
