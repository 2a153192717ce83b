/* custval_reversal: the smallest change of a weight that changes the winner. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "explain_support.h"

static custval_table *reversal_of(const custval_system *system, const custval_table *table) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *out = NULL;
    assert_ok(custval_reversal(system, table, NULL, &out, &error), &error);
    return out;
}

static void assert_fails(const custval_system *system, const custval_table *table, const custval_score_options *options,
                         custval_status status, const char *message) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *out = (custval_table *)&error;
    assert_status(custval_reversal(system, table, options, &out, &error), status, &error);
    assert_null(out);
    assert_message(&error, message);
}

/* Values 88/3, none, 124/3, and 59 1/3 for the winner, row 3. With the weight w of product (now .6) row 0 has
   60 + 10 w - 110/3, row 2 10 + 80 w - 50/3, row 3 70 + 20 w - 68/3: row 2 draws level at w = 54/60 = .9, row 0 never. With the
   weight w of reliability (now 3/4) row 3's product is 70 + 20 w and so on. */
static void the_nearest_rival_of_each_node_is_found_and_sorted(void **state) {
    (void)state;
    static const double offers[4][5] = {
        {80, 40, 60, 30, 50}, {NONE, NONE, NONE, NONE, NONE}, {100, 60, 10, 5, 40}, {95, 75, 70, 24, 20}};
    custval_system *system = system_of(SHOP "}");
    custval_table *table = table_of(SHOP_COLUMNS, offers[0], 4), *out = reversal_of(system, table);
    assert_int_equal(custval_table_rows(out), 6);
    /* 70 + 20 w - 68/3 = 10 + 80 w - 50/3: w = .9. Of the sides' weights, cost at w: 20 + 4 w against 40 - 35 w with leads of
       products 82 - 58: 24 - (20 + 4 w - 40 + 35 w) = 44 - 39 w, no zero within 1. */
    const size_t product = row_of(out, "product"), service = row_of(out, "service");
    assert_double_near(cell(out, "weight", product), 0.6, 1e-15);
    assert_double_near(cell(out, "flip", product), 0.9, 1e-12);
    assert_double_near(cell(out, "distance", product), 0.3, 1e-12);
    assert_double_bits(cell(out, "rival", product), 2.0);
    assert_double_near(cell(out, "flip", service), 0.1, 1e-12);
    assert_text(out, "label", product, "product");
    for (size_t i = 1; i < 6; i++) {
        const double before = cell(out, "distance", i - 1), now = cell(out, "distance", i);
        assert_true(isnan(now) || before <= now);
        if (isnan(now)) assert_double_bits(cell(out, "rival", i), NONE);
    }
    assert_double_bits(cell(out, "distance", row_of(out, "cost")), NONE);
    custval_table_free(out);
    custval_table_free(table);
    custval_system_free(system);
}

/* What custval_flip() says rival by rival, on a grid of systems. */
static void it_is_the_nearest_of_all_flips(void **state) {
    (void)state;
    enum { ROWS = 8 };
    static const char *const documents[] = {SHOP "}", "'form': 'index', " SHOP "}", "'form': 'ratio', " SHOP "}",
                                            SHOP ", 'gates': [{'node': 'product', 'below': 50, 'cap': 10}]}"};
    support_random random = random_seeded("reversal");
    double offers[ROWS * 5];
    for (int i = 0; i < ROWS * 5; i++) offers[i] = random_between(&random, 1.0, 100.0);
    for (size_t d = 0; d < SUPPORT_COUNT(documents); d++) {
        custval_system *system = system_of(documents[d]);
        custval_table *table = table_of(SHOP_COLUMNS, offers, ROWS), *scores = NULL;
        size_t winner = 0;
        assert_ok(custval_score(system, table, NULL, &scores, NULL), NULL);
        for (size_t i = 1; i < ROWS; i++) {
            if (cell(scores, "value", i) > cell(scores, "value", winner)) winner = i;
        }
        custval_table *out = reversal_of(system, table);
        for (size_t k = 0; k < custval_table_rows(out); k++) {
            double nearest = (double)INFINITY, rival = NONE;
            const custval_text node = text_cell(out, "node", k);
            char name[32] = {0};
            memcpy(name, node.data, node.length);
            for (size_t i = 0; i < ROWS; i++) {
                custval_table *flips = NULL;
                if (i == winner) continue;
                assert_ok(custval_flip(system, table, winner, i, NULL, &flips, NULL), NULL);
                const double distance = cell(flips, "distance", row_of(flips, name));
                if (distance < nearest) {
                    nearest = distance;
                    rival = (double)i;
                }
                custval_table_free(flips);
            }
            assert_double_bits(cell(out, "distance", k), isinf(nearest) ? NONE : nearest);
            assert_double_bits(cell(out, "rival", k), rival);
        }
        custval_table_free(out);
        custval_table_free(scores);
        custval_table_free(table);
        custval_system_free(system);
    }
}

static void a_tie_needs_no_change(void **state) {
    (void)state;
    static const double offers[2][5] = {{80, 40, 60, 30, 50}, {80, 40, 60, 30, 50}};
    custval_system *system = system_of(SHOP "}");
    custval_table *table = table_of(SHOP_COLUMNS, offers[0], 2), *out = reversal_of(system, table);
    static const char *const order[] = {"product", "reliability", "function", "service", "cost", "effort"};
    for (size_t i = 0; i < 6; i++) {
        assert_text(out, "node", i, order[i]);
        assert_double_bits(cell(out, "distance", i), 0.0);
        assert_double_bits(cell(out, "rival", i), 1.0);
    }
    custval_table_free(out);
    custval_table_free(table);
    custval_system_free(system);
}

/* A judgement about the value does not make a rival of a row whose answers cannot be read. */
static void rows_without_a_value_are_no_rivals(void **state) {
    (void)state;
    static const double offers[3][5] = {{80, 40, 60, 30, 50}, {80, 40, 60, 30, 500}, {10, 10, 10, 30, 50}};
    static const char *const keys[] = {"a", "b", "c"};
    custval_system *system =
        system_of(SHOP ", 'override_column': 'key', 'overrides': [{'node': 'value', 'key': 'b', 'score': 25, "
                       "'author': 'm', 'reason': 'r', 'expires': '2030-01-01'}]}");
    custval_table *table = table_of(SHOP_COLUMNS, offers[0], 3), *out = NULL;
    custval_score_options options = CUSTVAL_SCORE_OPTIONS_INIT;
    add_texts(table, "key", keys);
    options.as_of = "2026-01-01";
    assert_ok(custval_reversal(system, table, &options, &out, NULL), NULL);
    for (size_t i = 0; i < 6; i++) assert_double_bits(cell(out, "distance", i), NONE);
    custval_table_free(out);
    custval_table_free(table);
    custval_system_free(system);
}

static int stop(void *data, uint64_t done, uint64_t total) {
    (void)data;
    assert_true(done <= total);
    return done >= 1;
}

static void what_has_no_winner_is_refused(void **state) {
    (void)state;
    static const double offers[3][5] = {{80, 40, 60, 30, 50}, {NONE, NONE, NONE, NONE, NONE}, {1, 2, 3, 4, 5}};
    custval_host host = CUSTVAL_HOST_INIT;
    custval_score_options options = CUSTVAL_SCORE_OPTIONS_INIT;
    custval_system *system = system_of(SHOP "}");
    custval_table *table = table_of(SHOP_COLUMNS, offers[0], 2), *three = table_of(SHOP_COLUMNS, offers[0], 3);
    assert_fails(system, table, NULL, CUSTVAL_ERROR_STATE, "1 of 2 rows has a value");
    host.progress = stop;
    options.host = &host;
    assert_fails(system, three, &options, CUSTVAL_ERROR_CANCELLED, "stopped after 1 of 3 rows");
    custval_table_free(three);
    custval_table_free(table);
    custval_system_free(system);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_nearest_rival_of_each_node_is_found_and_sorted),
        cmocka_unit_test(it_is_the_nearest_of_all_flips),
        cmocka_unit_test(a_tie_needs_no_change),
        cmocka_unit_test(rows_without_a_value_are_no_rivals),
        cmocka_unit_test(what_has_no_winner_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
