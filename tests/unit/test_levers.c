/* custval_levers, against numbers worked out by hand. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "explain_support.h"

static custval_table *levers_of(const custval_system *system, const custval_table *table, size_t row,
                                const custval_score_options *options) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *out = NULL;
    assert_ok(custval_levers(system, table, row, options, &out, &error), &error);
    return out;
}

typedef struct lever {
    const char *node, *side;
    double score, gain, room, potential;
} lever;

static void assert_levers(const custval_table *levers, const lever *rows, size_t count) {
    assert_int_equal(custval_table_rows(levers), count);
    for (size_t i = 0; i < count; i++) {
        assert_text(levers, "node", i, rows[i].node);
        assert_text(levers, "side", i, rows[i].side);
        assert_double_near(cell(levers, "score", i), rows[i].score, 1e-12);
        assert_double_near(cell(levers, "gain", i), rows[i].gain, 1e-12);
        assert_double_near(cell(levers, "room", i), rows[i].room, 1e-12);
        assert_double_near(cell(levers, "potential", i), rows[i].potential, 1e-12);
    }
}

static void a_point_is_worth_the_path_weight(void **state) {
    (void)state;
    static const double answers[] = {80, 40, 99.75, 30, 0};
    static const lever rows[] = {
        {"reliability", "benefit", 80, 0.45, 20, 9},   {"function", "benefit", 40, 0.15, 60, 9},
        {"support", "benefit", 99.75, 0.1, 0.25, 0.1}, /* less than a point is left */
        {"price", "sacrifice", 30, 2.0 / 3.0, 30, 20}, {"time", "sacrifice", 0, 0, 0, 0},
    };
    custval_system *system = system_of(SHOP "}");
    custval_table *table = table_of(SHOP_COLUMNS, answers, 1), *levers = levers_of(system, table, 0, NULL);
    assert_levers(levers, rows, SUPPORT_COUNT(rows));
    for (size_t i = 0; i < SUPPORT_COUNT(rows); i++) {
        assert_double_bits(cell(levers, "rows", i), 1.0);
        assert_double_bits(cell(levers, "cost", i), NONE);
        assert_double_bits(cell(levers, "gain_per_cost", i), NONE);
    }
    custval_table_free(levers);
    custval_table_free(table);
    custval_system_free(system);
}

/* Two kinds of customers rank the same levers differently: that is what profiles are for. */
static void each_customer_has_levers_of_their_own(void **state) {
    (void)state;
    static const double answers[2][2] = {{60, 60}, {60, 60}};
    static const char *const kinds[] = {"thrifty", "hurried"};
    custval_system *system = system_of(
        "'profile_column': 'kind', 'profiles': [{'id': 'thrifty', 'weights': {'money': 4}}, {'id': 'hurried', "
        "'weights': "
        "{'time': 4}}], 'dimensions': [{'id': 'give', 'side': 'sacrifice', 'indicators': [{'id': 'money', "
        "'cost': 2, $M}, {'id': 'time', 'cost': 8, $T}]}]}");
    custval_table *table = table_of("M T", answers[0], 2);
    add_texts(table, "kind", kinds);
    for (size_t row = 0; row < 2; row++) {
        custval_table *levers = levers_of(system, table, row, NULL);
        assert_double_near(cell(levers, "gain", 0), row == 0 ? 0.8 : 0.2, 1e-12);
        assert_double_near(cell(levers, "gain", 1), row == 0 ? 0.2 : 0.8, 1e-12);
        assert_double_bits(cell(levers, "cost", 1), 8.0);
        assert_double_near(cell(levers, "gain_per_cost", 0), row == 0 ? 0.4 : 0.1, 1e-12);
        assert_double_near(cell(levers, "gain_per_cost", 1), row == 0 ? 0.025 : 0.1, 1e-12);
        custval_table_free(levers);
    }
    custval_table_free(table);
    custval_system_free(system);
}

static void gates_and_judgements_count_as_they_are(void **state) {
    (void)state;
    /* Product 70 is below 70.5: the value is 10 instead of 29.33. Only a better product opens the gate; one point more
       of reliability, worth 0.75 points of product, does. Service is judged, so that support moves nothing. */
    static const double answers[] = {80, 40, 60, 30, 50};
    static const char *const key = "k";
    const double open = 66.0 - 110.0 / 3.0;
    const lever rows[] = {
        {"reliability", "benefit", 80, open + 0.45 - 10.0, 20, open + 9.0 - 10.0},
        {"function", "benefit", 40, 0.0, 60, open + 9.0 - 10.0},
        {"support", "benefit", 60, 0.0, 40, 0.0},
        {"price", "sacrifice", 30, 0.0, 30, 0.0},
        {"time", "sacrifice", 50, 0.0, 50, 0.0},
    };
    custval_score_options options = CUSTVAL_SCORE_OPTIONS_INIT;
    options.as_of = "2026-06-30";
    custval_system *system = system_of(
        "'override_column': 'customer', 'gates': [{'node': 'product', 'below': 70.5, 'cap': 10}], 'overrides': ["
        "{'node': 'service', 'key': 'k', 'score': 60, 'author': 'A', 'reason': 'r', 'expires': '2027-01-01'}], " SHOP
        "}");
    custval_table *table = table_of(SHOP_COLUMNS, answers, 1);
    add_texts(table, "customer", &key);
    custval_table *levers = levers_of(system, table, 0, &options);
    assert_levers(levers, rows, SUPPORT_COUNT(rows));
    custval_table_free(levers);
    custval_table_free(table);
    custval_system_free(system);
}

static void own_importances_of_the_row_count(void **state) {
    (void)state;
    /* The next rows have other importances: they must not leak into the variants of this one. */
    static const double answers[3][4] = {{50, 50, 1, 3}, {50, 50, 9, 1}, {50, 50, NONE, 1}};
    static const double gains[3][2] = {{0.25, 0.75}, {0.9, 0.1}, {0.5, 0.5}};
    custval_system *system = system_of(
        "'dimensions': [{'id': 'get', 'side': 'benefit', 'indicators': [{'id': 'a', 'weight_column': 'wa', $A},"
        "{'id': 'b', 'weight_column': 'wb', $B}]}]}");
    custval_table *table = table_of("A B wa wb", answers[0], 3);
    for (size_t row = 0; row < 3; row++) {
        custval_table *levers = levers_of(system, table, row, NULL);
        assert_double_near(cell(levers, "gain", 0), gains[row][0], 1e-12);
        assert_double_near(cell(levers, "gain", 1), gains[row][1], 1e-12);
        custval_table_free(levers);
    }
    custval_table_free(table);
    custval_system_free(system);
}

static void scores_beyond_the_best_have_no_room(void **state) {
    (void)state;
    static const double answers[] = {120, -5};
    static const lever rows[] = {{"i", "benefit", 120, 0, 0, 0}, {"j", "sacrifice", -5, 0, 0, 0}};
    custval_system *system = system_of(
        "'dimensions': [{'id': 'get', 'side': 'benefit', 'indicators': [{'id': 'i', 'items': [{'column': 'P', 'curve': "
        "{'type': 'linear', 'intercept': 0, 'slope': 1}}]}]}, {'id': 'give', 'side': 'sacrifice', "
        "'indicators': [{'id': 'j', "
        "'items': [{'column': 'Q', 'curve': {'type': 'linear', 'intercept': 0, 'slope': 1}}]}]}]}");
    custval_table *table = table_of("P Q", answers, 1), *levers = levers_of(system, table, 0, NULL);
    assert_levers(levers, rows, SUPPORT_COUNT(rows));
    custval_table_free(levers);
    custval_table_free(table);
    custval_system_free(system);
}

static void the_mean_is_over_rows_with_a_value_and_a_score(void **state) {
    (void)state;
    /* Row 2 has no value; row 1 lacks function, so that reliability takes its weight. */
    static const double answers[4][5] = {
        {80, 40, 60, 30, 50}, {60, NONE, 60, 0, 50}, {80, 40, 60, NONE, NONE}, {80, 100, 60, 30, 50}};
    static const lever rows[] = {
        {"reliability", "benefit", 220.0 / 3.0, 0.5, 80.0 / 3.0, (9.0 + 24.0 + 9.0) / 3.0},
        {"function", "benefit", 70, 0.075, 30, 4.5},
        {"support", "benefit", 60, 0.4, 40, 16},
        {"price", "sacrifice", 20, 4.0 / 9.0, 20, 40.0 / 3.0},
        {"time", "sacrifice", 50, 1.0 / 3.0, 50, 50.0 / 3.0},
    };
    custval_system *system = system_of(SHOP "}");
    custval_table *table = table_of(SHOP_COLUMNS, answers[0], 4);
    custval_table *levers = levers_of(system, table, CUSTVAL_ALL_ROWS, NULL);
    assert_levers(levers, rows, SUPPORT_COUNT(rows));
    assert_double_bits(cell(levers, "rows", 0), 3.0);
    assert_double_bits(cell(levers, "rows", 1), 2.0);
    custval_table_free(levers);
    custval_table_free(table);
    custval_system_free(system);
}

static void what_leaves_a_row_without_a_value_has_no_potential(void **state) {
    (void)state;
    static const double answers[] = {50, 20};
    custval_system *system =
        system_of("'form': 'ratio', 'dimensions': [{'id': 'get', 'side': 'benefit', 'indicators': ["
                  "{'id': 'i', $P}]}, {'id': 'give', 'side': 'sacrifice', 'indicators': [{'id': 'j', $Q}]}]}");
    custval_table *table = table_of("P Q", answers, 1), *levers = levers_of(system, table, 0, NULL);
    assert_double_near(cell(levers, "gain", 0), 0.05, 1e-12);
    assert_double_near(cell(levers, "gain", 1), 50.0 / 19.0 - 2.5, 1e-12);
    assert_double_near(cell(levers, "potential", 0), 2.5, 1e-12);
    assert_double_bits(cell(levers, "potential", 1), NONE); /* no sacrifice, no ratio */
    custval_table_free(levers);
    custval_table_free(table);
    custval_system_free(system);
}

static void more_indicators_than_a_block_holds_are_scored_in_several(void **state) {
    (void)state;
    enum { INDICATORS = 300 };
    custval_builder *builder = NULL;
    custval_system *system = NULL;
    custval_table *table = NULL;
    static double answers[INDICATORS];
    custval_node_spec node = CUSTVAL_NODE_SPEC_INIT;
    assert_ok(custval_builder_new(NULL, NULL, &builder, NULL), NULL);
    node.id = "get";
    assert_ok(custval_builder_dimension(builder, CUSTVAL_SIDE_BENEFIT, &node, NULL), NULL);
    assert_ok(custval_table_new(NULL, 1, &table, NULL), NULL);
    for (int i = 0; i < INDICATORS; i++) {
        char id[16], column[16];
        custval_item_spec item = CUSTVAL_ITEM_SPEC_INIT;
        snprintf(id, sizeof id, "i%d", i);
        snprintf(column, sizeof column, "q%d", i);
        node.id = id;
        item.column = column;
        item.scale_max = 100.0;
        answers[i] = i / 4.0;
        assert_ok(custval_builder_indicator(builder, "get", &node, NULL), NULL);
        assert_ok(custval_builder_item(builder, id, &item, NULL), NULL);
        assert_ok(custval_table_add_doubles(table, column, &answers[i], NULL), NULL);
    }
    assert_ok(custval_builder_build(builder, &system, NULL), NULL);
    custval_table *levers = levers_of(system, table, 0, NULL);
    for (int i = 0; i < INDICATORS; i++) {
        assert_double_near(cell(levers, "gain", (size_t)i), 1.0 / INDICATORS, 1e-12);
        assert_double_near(cell(levers, "potential", (size_t)i), (100.0 - i / 4.0) / INDICATORS, 1e-12);
    }
    custval_table_free(levers);
    custval_table_free(table);
    custval_system_free(system);
    custval_builder_free(builder);
}

/* ---- Failures ---------------------------------------------------------------------------------------------------- */

static int stop_at_once(void *data, uint64_t done, uint64_t total) {
    (void)data;
    assert_int_equal(done, 0);
    assert_int_equal(total, 2);
    return 1;
}

static int go_on(void *data, uint64_t done, uint64_t total) {
    (void)done;
    (void)total;
    ++*(int *)data;
    return 0;
}

static void the_host_hears_of_progress_and_can_stop(void **state) {
    (void)state;
    static const double answers[2][5] = {{80, 40, 60, 30, 50}, {60, 40, 60, 0, 50}};
    int calls = 0;
    custval_host host = CUSTVAL_HOST_INIT;
    custval_score_options options = CUSTVAL_SCORE_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    options.host = &host;
    host.progress = stop_at_once;
    custval_system *system = system_of(SHOP "}");
    custval_table *table = table_of(SHOP_COLUMNS, answers[0], 2), *out = (custval_table *)&host;
    assert_status(custval_levers(system, table, CUSTVAL_ALL_ROWS, &options, &out, &error), CUSTVAL_ERROR_CANCELLED,
                  &error);
    assert_null(out);
    host.progress = go_on;
    host.progress_data = &calls;
    custval_table_free(levers_of(system, table, CUSTVAL_ALL_ROWS, &options));
    assert_true(calls > 0);
    custval_table_free(table);
    custval_system_free(system);
}

static void levers_of_nothing_are_refused(void **state) {
    (void)state;
    static const double answers[5] = {80, 40, 60, NONE, NONE};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *system = system_of(SHOP "}");
    custval_table *table = table_of(SHOP_COLUMNS, answers, 1), *out = (custval_table *)&error;
    assert_status(custval_levers(system, table, 0, NULL, &out, &error), CUSTVAL_ERROR_STATE, &error);
    assert_message(&error, "row 0 has no value: ");
    assert_int_equal(error.row, 0);
    assert_status(custval_levers(system, table, CUSTVAL_ALL_ROWS, NULL, &out, &error), CUSTVAL_ERROR_STATE, &error);
    assert_message(&error, "none of the table's 1 rows has a value");
    assert_status(custval_levers(system, table, 1, NULL, &out, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    assert_status(custval_levers(NULL, table, 0, NULL, &out, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    assert_status(custval_levers(system, NULL, 0, NULL, &out, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    assert_null(out);
    assert_status(custval_levers(system, table, 0, NULL, NULL, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    custval_table_free(table);
    custval_system_free(system);
}

typedef struct attempt {
    const custval_system *system;
    const custval_table *table;
} attempt;

static custval_status levers_on(const custval_host *host, void *data) {
    const attempt *with = data;
    custval_score_options options = CUSTVAL_SCORE_OPTIONS_INIT;
    custval_table *out = (custval_table *)&options;
    options.host = host;
    const custval_status status = custval_levers(with->system, with->table, CUSTVAL_ALL_ROWS, &options, &out, NULL);
    assert_int_equal(out != NULL, status == CUSTVAL_OK);
    custval_table_free(out);
    return status;
}

static void levers_without_memory_leave_nothing_behind(void **state) {
    (void)state;
    static const double answers[5] = {80, 40, 60, 30, 50};
    custval_system *system = system_of(SHOP "}");
    custval_table *table = table_of(SHOP_COLUMNS, answers, 1);
    attempt with = {system, table};
    support_exhaust_memory(levers_on, &with);
    custval_table_free(table);
    custval_system_free(system);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_point_is_worth_the_path_weight),
        cmocka_unit_test(each_customer_has_levers_of_their_own),
        cmocka_unit_test(gates_and_judgements_count_as_they_are),
        cmocka_unit_test(own_importances_of_the_row_count),
        cmocka_unit_test(scores_beyond_the_best_have_no_room),
        cmocka_unit_test(the_mean_is_over_rows_with_a_value_and_a_score),
        cmocka_unit_test(what_leaves_a_row_without_a_value_has_no_potential),
        cmocka_unit_test(more_indicators_than_a_block_holds_are_scored_in_several),
        cmocka_unit_test(the_host_hears_of_progress_and_can_stop),
        cmocka_unit_test(levers_of_nothing_are_refused),
        cmocka_unit_test(levers_without_memory_leave_nothing_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
