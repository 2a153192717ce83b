/* custval_explain_change, against numbers worked out by hand. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "explain_support.h"

#include "base/maths.h"

static custval_table *change_of(const custval_system *system, const custval_table *table,
                                const custval_score_options *options) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *out = NULL;
    assert_ok(custval_explain_change(system, table, 0, table, 1, options, &out, &error), &error);
    return out;
}

static double value_of(const custval_system *system, const custval_table *table, size_t row,
                       const custval_score_options *options) {
    custval_table *scores = NULL;
    assert_ok(custval_score(system, table, options, &scores, NULL), NULL);
    const double value = cell(scores, "value", row);
    custval_table_free(scores);
    return value;
}

static void assert_change(const custval_table *change, const char *node, double score_part, double weight_part) {
    const size_t row = row_of(change, node);
    assert_double_near(cell(change, "score_part", row), score_part, 1e-12);
    assert_double_near(cell(change, "weight_part", row), weight_part, 1e-12);
    assert_double_near(cell(change, "change", row), score_part + weight_part, 1e-12);
}

static void other_answers_with_the_same_weights_are_all_score_part(void **state) {
    (void)state;
    static const double answers[2][5] = {{80, 40, 60, 30, 50}, {90, 40, 50, 0, 80}};
    custval_system *system = system_of(SHOP "}");
    custval_table *table = table_of(SHOP_COLUMNS, answers[0], 2), *change = change_of(system, table, NULL);
    assert_int_equal(custval_table_rows(change), SHOP_NODES);
    assert_change(change, "REL", 4.5, 0.0);
    assert_change(change, "FUN", 0.0, 0.0);
    assert_change(change, "SVC", -4.0, 0.0);
    assert_change(change, "PRICE", 20.0, 0.0);
    assert_change(change, "TIME", -10.0, 0.0);
    assert_change(change, "benefit", 0.5, 0.0);
    assert_change(change, "value", 10.5, 0.0);
    assert_double_bits(cell(change, "score_before", row_of(change, "REL")), 80.0);
    assert_double_bits(cell(change, "score_after", row_of(change, "REL")), 90.0);
    assert_double_near(cell(change, "effective_before", row_of(change, "TIME")), -1.0 / 3.0, 1e-15);
    assert_double_near(cell(change, "effective_after", row_of(change, "TIME")), -1.0 / 3.0, 1e-15);
    assert_double_bits(sum_of_parts(change, "change"),
                       value_of(system, table, 1, NULL) - value_of(system, table, 0, NULL));
    assert_double_bits(cell(change, "change", 0), sum_of_parts(change, "change"));
    assert_text(change, "unit", 0, "points");
    assert_text(change, "kind", 4, "item");
    assert_double_bits(cell(change, "depth", 4), 4.0);
    custval_table_free(change);
    custval_table_free(table);
    custval_system_free(system);
}

static void other_weights_are_the_weight_part(void **state) {
    (void)state;
    static const double answers[2][5] = {{80, 40, 60, 30, 50}, {90, 40, 60, 30, 50}};
    static const char *const profiles[] = {NULL, "quick"};
    custval_system *system =
        system_of("'profile_column': 'kind', 'profiles': [{'id': 'quick', 'weights': {'service': 0.6, "
                  "'product': 0.4}}], " SHOP "}");
    custval_table *table = table_of(SHOP_COLUMNS, answers[0], 2);
    add_texts(table, "kind", profiles);
    custval_table *change = change_of(system, table, NULL);
    /* REL: 0.45 x 80 -> 0.3 x 90. FUN: 0.15 x 40 -> 0.1 x 40. SVC: 0.4 x 60 -> 0.6 x 60. */
    assert_change(change, "REL", 3.75, -12.75);
    assert_change(change, "FUN", 0.0, -2.0);
    assert_change(change, "SVC", 0.0, 12.0);
    assert_change(change, "value", 3.75, -2.75);
    assert_double_bits(sum_of_parts(change, "change"),
                       value_of(system, table, 1, NULL) - value_of(system, table, 0, NULL));
    custval_table_free(change);
    custval_table_free(table);
    custval_system_free(system);
}

static void what_appears_or_vanishes_is_weight_part(void **state) {
    (void)state;
    static const double answers[2][5] = {{80, 40, NONE, 30, 50}, {90, NONE, 60, 30, 50}};
    custval_system *system = system_of(SHOP "}");
    custval_table *table = table_of(SHOP_COLUMNS, answers[0], 2), *change = change_of(system, table, NULL);
    /* Before: product alone, 0.75 and 0.25. After: REL 0.6, SVC 0.4. */
    assert_change(change, "REL", (0.75 + 0.6) / 2.0 * 10.0, (80.0 + 90.0) / 2.0 * -0.15);
    assert_change(change, "FUN", 0.0, -10.0);
    assert_change(change, "SVC", 0.0, 24.0);
    assert_double_bits(cell(change, "effective_after", row_of(change, "FUN")), NONE);
    assert_double_bits(cell(change, "is_part", row_of(change, "FUN")), 1.0);
    assert_double_bits(sum_of_parts(change, "change"),
                       value_of(system, table, 1, NULL) - value_of(system, table, 0, NULL));
    custval_table_free(change);
    custval_table_free(table);
    custval_system_free(system);
}

static void what_is_missing_in_both_is_no_part(void **state) {
    (void)state;
    static const double answers[2][5] = {{80, NONE, 60, 30, 50}, {90, NONE, 60, 30, 50}};
    custval_system *system = system_of(SHOP "}");
    custval_table *table = table_of(SHOP_COLUMNS, answers[0], 2), *change = change_of(system, table, NULL);
    assert_double_bits(cell(change, "is_part", row_of(change, "FUN")), 0.0);
    assert_double_bits(cell(change, "change", row_of(change, "function")), NONE);
    custval_table_free(change);
    custval_table_free(table);
    custval_system_free(system);
}

#define RULES                                                                                              \
  "'override_column': 'customer', 'gates': [{'node': 'product', 'below': 75, 'cap': 10},"                  \
  "{'node': 'price', 'above': 10, 'cap': 20}], 'overrides': ["                                             \
  "{'node': 'service', 'key': 'k1', 'score': 90, 'author': 'A', 'reason': 'r', 'expires': '2026-12-31'},"  \
  "{'node': 'service', 'key': 'k2', 'score': 100, 'author': 'A', 'reason': 'r', 'expires': '2026-12-31'}," \
  "{'node': 'value', 'key': 'k2', 'score': 35, 'author': 'B', 'reason': 'r', 'expires': '2026-12-31'}], "

static void gates_and_judgements_are_steps_of_either_row(void **state) {
    (void)state;
    /* Before: B 78, V 41.33, first gate to 10. After: product 85, B 91, V 54.33, second gate to 20, judged 35. */
    static const double answers[2][5] = {{80, 40, 60, 30, 50}, {100, 40, 60, 30, 50}};
    static const char *const keys[] = {"k1", "k2"};
    custval_score_options options = CUSTVAL_SCORE_OPTIONS_INIT;
    options.as_of = "2026-06-30";
    custval_system *system = system_of(RULES SHOP "}");
    custval_table *table = table_of(SHOP_COLUMNS, answers[0], 2);
    add_texts(table, "customer", keys);
    custval_table *change = change_of(system, table, &options);
    const size_t judged = SHOP_NODES, first = SHOP_NODES + 1, second = SHOP_NODES + 2, value = SHOP_NODES + 3;
    const double before = 78.0 - 110.0 / 3.0, after = 91.0 - 110.0 / 3.0;
    assert_int_equal(custval_table_rows(change) - SHOP_NODES, 4);
    assert_text(change, "kind", judged, "override");
    assert_text(change, "node", judged, "service");
    assert_double_bits(cell(change, "score_before", judged), 90.0);
    assert_double_bits(cell(change, "score_after", judged), 100.0);
    assert_double_near(cell(change, "weight_part", judged), 4.0, 1e-12);
    assert_double_bits(cell(change, "score_part", judged), 0.0);
    assert_text(change, "node", first, "product");
    assert_double_bits(cell(change, "score_after", first), NONE);
    assert_double_near(cell(change, "change", first), -(10.0 - before), 1e-12);
    assert_text(change, "node", second, "price");
    assert_double_near(cell(change, "change", second), 20.0 - after, 1e-12);
    assert_text(change, "node", value, "value");
    assert_double_near(cell(change, "change", value), 15.0, 1e-12);
    assert_double_near(cell(change, "change", row_of(change, "service")), 4.0, 1e-12);
    assert_double_bits(sum_of_parts(change, "change"), 25.0);
    custval_table_free(change);
    custval_table_free(table);
    custval_system_free(system);
}

#define RATIO                                                                                                   \
  "'form': 'ratio', 'dimensions': [{'id': 'get', 'side': 'benefit', 'aggregator': 'geometric', 'indicators': [" \
  "{'id': 'i', 'weight': 1, $P}, {'id': 'j', 'weight': 3, $Q}]},"                                               \
  "{'id': 'give', 'side': 'sacrifice', 'indicators': [{'id': 'k', $R}]}]}"

static void a_change_of_a_ratio_is_split_into_logarithms(void **state) {
    (void)state;
    static const double answers[2][3] = {{20, 60, 40}, {40, 60, 20}};
    custval_system *system = system_of(RATIO);
    custval_table *table = table_of("P Q R", answers[0], 2), *change = change_of(system, table, NULL);
    assert_change(change, "P", 0.25 * log(2.0), 0.0);
    assert_change(change, "Q", 0.0, 0.0);
    assert_change(change, "R", log(2.0), 0.0);
    assert_text(change, "unit", 0, "log");
    assert_double_bits(sum_of_parts(change, "change"),
                       custval__log(value_of(system, table, 1, NULL)) - custval__log(value_of(system, table, 0, NULL)));
    custval_table_free(change);
    custval_table_free(table);
    custval_system_free(system);
}

static void a_change_between_two_zeros_is_one_of_points(void **state) {
    (void)state;
    static const double answers[2][3] = {{0, 60, 40}, {0, 80, 20}};
    custval_system *system = system_of(RATIO);
    custval_table *table = table_of("P Q R", answers[0], 2), *change = change_of(system, table, NULL);
    assert_text(change, "unit", 0, "points");
    assert_double_bits(sum_of_parts(change, "change"), 0.0);
    custval_table_free(change);
    custval_table_free(table);
    custval_system_free(system);
}

static void one_row_without_logarithms_makes_both_points(void **state) {
    (void)state;
    /* Both values are above 0, but the second row's benefit was 0 before somebody judged it. */
    static const double answers[2][3] = {{20, 60, 40}, {0, 60, 20}};
    static const char *const keys[] = {"none", "k"};
    custval_score_options options = CUSTVAL_SCORE_OPTIONS_INIT;
    options.as_of = "2026-06-30";
    custval_system *system =
        system_of("'override_column': 'customer', 'overrides': [{'node': 'get', 'key': 'k', 'score': 50,"
                  "'author': 'A', 'reason': 'r', 'expires': '2027-01-01'}], " RATIO);
    for (size_t swap = 0; swap < 2; swap++) {
        custval_table *table = table_of("P Q R", answers[0], 2), *change = NULL;
        add_texts(table, "customer", keys);
        assert_ok(custval_explain_change(system, table, swap, table, 1 - swap, &options, &change, NULL), NULL);
        assert_text(change, "unit", 0, "points");
        assert_double_bits(sum_of_parts(change, "change"),
                           value_of(system, table, 1 - swap, &options) - value_of(system, table, swap, &options));
        custval_table_free(change);
        custval_table_free(table);
    }
    custval_system_free(system);
}

static void a_change_too_fine_for_its_parts_gets_a_row_for_rounding(void **state) {
    (void)state;
    /* -67.8 and then +0.1 cannot end at what a cap of 12.3 leaves, unless something finer comes last. */
    static const double answers[2] = {0.1, 80.1};
    custval_system *system = system_of("'gates': [{'node': 'd', 'above': 50, 'cap': 12.3}], 'dimensions': [{'id': 'd', "
                                       "'side': 'benefit', 'indicators': [{'id': 'i', $P}]}]}");
    custval_table *table = table_of("P", answers, 2), *change = change_of(system, table, NULL);
    const size_t last = custval_table_rows(change) - 1;
    assert_text(change, "kind", last, "rounding");
    assert_true(fabs(cell(change, "change", last)) < 1e-13);
    assert_double_bits(sum_of_parts(change, "change"),
                       value_of(system, table, 1, NULL) - value_of(system, table, 0, NULL));
    custval_table_free(change);
    custval_table_free(table);
    custval_system_free(system);
}

static void rows_of_two_tables_can_be_compared(void **state) {
    (void)state;
    static const double first[5] = {80, 40, 60, 30, 50}, second[2][5] = {{0, 0, 0, 0, 0}, {80, 40, 60, 30, 20}};
    custval_system *system = system_of(SHOP "}");
    custval_table *before = table_of(SHOP_COLUMNS, first, 1), *after = table_of(SHOP_COLUMNS, second[0], 2),
                  *out = NULL;
    assert_ok(custval_explain_change(system, before, 0, after, 1, NULL, &out, NULL), NULL);
    assert_change(out, "TIME", 10.0, 0.0);
    custval_table_free(out);
    custval_table_free(before);
    custval_table_free(after);
    custval_system_free(system);
}

static void changes_that_cannot_be_split_are_refused(void **state) {
    (void)state;
    static const double answers[3][3] = {{20, 60, 40}, {0, 60, 20}, {20, 60, NONE}};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *system = system_of(RATIO);
    custval_table *table = table_of("P Q R", answers[0], 3), *out = (custval_table *)&error;
    const struct {
        const custval_system *system;
        const custval_table *before, *after;
        size_t row_before, row_after;
        custval_status status;
        const char *message;
    } cases[] = {
        {system, table, table, 0, 1, CUSTVAL_ERROR_STATE, "need both above 0"},
        {system, table, table, 0, 2, CUSTVAL_ERROR_STATE, "row 2 has no value: "},
        {system, table, table, 2, 0, CUSTVAL_ERROR_STATE, "row 2 has no value: "},
        {system, table, table, 3, 0, CUSTVAL_ERROR_ARGUMENT, "row_before is 3"},
        {system, table, table, 0, 3, CUSTVAL_ERROR_ARGUMENT, "row_after is 3"},
        {system, NULL, table, 0, 0, CUSTVAL_ERROR_ARGUMENT, "before"},
        {system, table, NULL, 0, 0, CUSTVAL_ERROR_ARGUMENT, "after"},
        {NULL, table, table, 0, 0, CUSTVAL_ERROR_ARGUMENT, "system"},
    };
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        assert_status(custval_explain_change(cases[i].system, cases[i].before, cases[i].row_before, cases[i].after,
                                             cases[i].row_after, NULL, &out, &error),
                      cases[i].status, &error);
        assert_message(&error, cases[i].message);
        assert_null(out);
    }
    assert_status(custval_explain_change(system, table, 0, table, 0, NULL, NULL, &error), CUSTVAL_ERROR_ARGUMENT,
                  &error);
    custval_table_free(table);
    custval_system_free(system);
}

typedef struct attempt {
    const custval_system *system;
    const custval_table *table;
} attempt;

static custval_status change_on(const custval_host *host, void *data) {
    const attempt *with = data;
    custval_score_options options = CUSTVAL_SCORE_OPTIONS_INIT;
    custval_table *out = (custval_table *)&options;
    options.host = host;
    options.as_of = "2026-06-30";
    const custval_status status =
        custval_explain_change(with->system, with->table, 0, with->table, 1, &options, &out, NULL);
    assert_int_equal(out != NULL, status == CUSTVAL_OK);
    custval_table_free(out);
    return status;
}

static void splitting_without_memory_leaves_nothing_behind(void **state) {
    (void)state;
    static const double answers[2][3] = {{20, 60, 40}, {0, 60, 20}};
    static const char *const keys[] = {"none", "k"};
    custval_system *system =
        system_of("'override_column': 'customer', 'overrides': [{'node': 'get', 'key': 'k', 'score': 50,"
                  "'author': 'A', 'reason': 'r', 'expires': '2027-01-01'}], " RATIO);
    custval_table *table = table_of("P Q R", answers[0], 2);
    add_texts(table, "customer", keys);
    attempt with = {system, table};
    support_exhaust_memory(change_on, &with);
    custval_table_free(table);
    custval_system_free(system);
}

static void splitting_in_the_largest_system_without_memory_leaves_nothing_behind(void **state) {
    (void)state;
    static const double answers[] = {20, 70};
    custval_system *system = large_system();
    custval_table *table = large_table(answers);
    attempt with = {system, table};
    support_exhaust_memory(change_on, &with);
    custval_table_free(table);
    custval_system_free(system);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(other_answers_with_the_same_weights_are_all_score_part),
        cmocka_unit_test(other_weights_are_the_weight_part),
        cmocka_unit_test(what_appears_or_vanishes_is_weight_part),
        cmocka_unit_test(what_is_missing_in_both_is_no_part),
        cmocka_unit_test(gates_and_judgements_are_steps_of_either_row),
        cmocka_unit_test(a_change_of_a_ratio_is_split_into_logarithms),
        cmocka_unit_test(a_change_between_two_zeros_is_one_of_points),
        cmocka_unit_test(one_row_without_logarithms_makes_both_points),
        cmocka_unit_test(a_change_too_fine_for_its_parts_gets_a_row_for_rounding),
        cmocka_unit_test(rows_of_two_tables_can_be_compared),
        cmocka_unit_test(changes_that_cannot_be_split_are_refused),
        cmocka_unit_test(splitting_without_memory_leaves_nothing_behind),
        cmocka_unit_test(splitting_in_the_largest_system_without_memory_leaves_nothing_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
