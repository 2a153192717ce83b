/* Nodes of a system as criteria of a table of their scores. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "explain_support.h"

#define MOST 32

static size_t criteria_of(const custval_system *system, uint32_t kind, const char *profile, custval_criterion *out) {
    custval_error error = CUSTVAL_ERROR_INIT;
    size_t count = 0, again = 0;
    assert_ok(custval_system_criteria(system, kind, profile, NULL, 0, &count, &error), &error);
    assert_true(count <= MOST);
    assert_ok(custval_system_criteria(system, kind, profile, out, MOST, &again, &error), &error);
    assert_int_equal(again, count);
    return count;
}

static void nodes_of_a_kind_stand_in_the_order_of_the_tree(void **state) {
    (void)state;
    static const struct {
        uint32_t kind, side;
        const char *column;
        double weight; /* product of the local weights below the side, by hand */
    } expected[] = {
        {CUSTVAL_KIND_SIDE, CUSTVAL_SIDE_BENEFIT, "benefit", 1.0},
        {CUSTVAL_KIND_SIDE, CUSTVAL_SIDE_SACRIFICE, "sacrifice", 1.0},
        {CUSTVAL_KIND_DIMENSION, CUSTVAL_SIDE_BENEFIT, "product", 0.6},
        {CUSTVAL_KIND_DIMENSION, CUSTVAL_SIDE_BENEFIT, "service", 0.4},
        {CUSTVAL_KIND_DIMENSION, CUSTVAL_SIDE_SACRIFICE, "cost", 2.0 / 3.0},
        {CUSTVAL_KIND_DIMENSION, CUSTVAL_SIDE_SACRIFICE, "effort", 1.0 / 3.0},
        {CUSTVAL_KIND_INDICATOR, CUSTVAL_SIDE_BENEFIT, "reliability", 0.45},
        {CUSTVAL_KIND_INDICATOR, CUSTVAL_SIDE_BENEFIT, "function", 0.15},
        {CUSTVAL_KIND_INDICATOR, CUSTVAL_SIDE_BENEFIT, "support", 0.4},
        {CUSTVAL_KIND_INDICATOR, CUSTVAL_SIDE_SACRIFICE, "price", 2.0 / 3.0},
        {CUSTVAL_KIND_INDICATOR, CUSTVAL_SIDE_SACRIFICE, "time", 1.0 / 3.0},
        {CUSTVAL_KIND_ITEM, CUSTVAL_SIDE_BENEFIT, "REL", 0.45},
        {CUSTVAL_KIND_ITEM, CUSTVAL_SIDE_BENEFIT, "FUN", 0.15},
        {CUSTVAL_KIND_ITEM, CUSTVAL_SIDE_BENEFIT, "SVC", 0.4},
        {CUSTVAL_KIND_ITEM, CUSTVAL_SIDE_SACRIFICE, "PRICE", 2.0 / 3.0},
        {CUSTVAL_KIND_ITEM, CUSTVAL_SIDE_SACRIFICE, "TIME", 1.0 / 3.0},
    };
    custval_system *system = system_of(SHOP "}");
    custval_criterion criteria[MOST];
    size_t at = 0;
    for (uint32_t kind = CUSTVAL_KIND_SIDE; kind <= CUSTVAL_KIND_ITEM; kind++) {
        const size_t count = criteria_of(system, kind, NULL, criteria);
        for (size_t i = 0; i < count; i++, at++) {
            assert_int_equal(kind, expected[at].kind);
            assert_string_equal(criteria[i].column, expected[at].column);
            assert_int_equal(criteria[i].side, expected[at].side);
            assert_double_near(criteria[i].weight, expected[at].weight, 1e-15);
            assert_double_bits(criteria[i].low, 0.0);
            assert_double_bits(criteria[i].high, 100.0);
            assert_int_equal(criteria[i].reserved, 0);
        }
    }
    assert_int_equal(at, SUPPORT_COUNT(expected));
    custval_system_free(system);
}

static void in_the_index_form_the_sides_share_too(void **state) {
    (void)state;
    custval_system *system = system_of("'form': 'index', 'benefit': {'weight': 3}, " SHOP "}");
    custval_criterion criteria[MOST];
    assert_int_equal(criteria_of(system, CUSTVAL_KIND_SIDE, NULL, criteria), 2);
    assert_double_bits(criteria[0].weight, 0.75);
    assert_double_bits(criteria[1].weight, 0.25);
    assert_int_equal(criteria_of(system, CUSTVAL_KIND_INDICATOR, NULL, criteria), 5);
    assert_double_near(criteria[0].weight, 0.75 * 0.45, 1e-15);
    assert_double_near(criteria[4].weight, 0.25 / 3.0, 1e-15);
    custval_system_free(system);
}

/* Exactly the global weights that custval_system_weights() gives, also in a profile. */
static void weights_are_the_global_ones_of_the_profile(void **state) {
    (void)state;
    custval_system *system =
        system_of(SHOP ", 'profile_column': 'P', 'context_column': 'C', 'profiles': [{'id': 'x'}, {'id': 'hasty', "
                       "'weights': {'effort': 7, 'reliability': 0}}], 'contexts': [{'id': 'here', 'weights': "
                       "{'product': 0}}]}");
    custval_criterion criteria[MOST];
    custval_error error = CUSTVAL_ERROR_INIT;
    double global[SHOP_NODES];
    assert_true(custval_system_nodes(system) <= SHOP_NODES);
    assert_ok(custval_system_weights(system, "hasty", NULL, NULL, global, &error), &error);
    for (uint32_t kind = CUSTVAL_KIND_DIMENSION; kind <= CUSTVAL_KIND_ITEM; kind++) {
        const size_t count = criteria_of(system, kind, "hasty", criteria);
        for (size_t i = 0; i < count; i++) {
            uint32_t node = CUSTVAL_NONE;
            assert_ok(custval_system_find(system, criteria[i].column, &node, &error), &error);
            assert_double_bits(criteria[i].weight, global[node]);
        }
    }
    assert_int_equal(criteria_of(system, CUSTVAL_KIND_INDICATOR, "hasty", criteria), 5);
    assert_double_bits(criteria[0].weight, 0.0);
    assert_double_near(criteria[4].weight, 7.0 / 9.0, 1e-15);
    custval_system_free(system);
}

static void no_range_is_declared_where_scores_may_leave_it(void **state) {
    (void)state;
    custval_system *system = system_of(
        "'dimensions': ["
        "{'id': 'a', 'side': 'benefit', 'indicators': ["
        "{'id': 'a0', 'items': [{'column': 'LINE', 'curve': {'type': 'linear', 'intercept': 50, 'slope': 10}}, "
        "{'column': 'LOG', 'scale': [1, 5], 'curve': {'type': 'log'}}]},"
        "{'id': 'a1', 'items': [{'column': 'IN', 'curve': {'type': 'piecewise', 'points': [[1, 0], [9, 100]]}}]}]},"
        "{'id': 'b', 'side': 'sacrifice', 'indicators': [{'id': 'b0', 'items': ["
        "{'column': 'LOGISTIC', 'curve': {'type': 'logistic', 'midpoint': 3, 'steepness': 1}}]}]},"
        "{'id': 'c', 'side': 'sacrifice', 'indicators': [{'id': 'c0', 'items': ["
        "{'column': 'TABLE', 'curve': {'type': 'table', 'scores': {'x': 0, 'y': 100.5}}}]}]}]}");
    static const struct {
        uint32_t kind;
        double high[5];
    } expected[] = {
        {CUSTVAL_KIND_SIDE, {0, 0}},
        {CUSTVAL_KIND_DIMENSION, {0, 100, 0}},
        {CUSTVAL_KIND_INDICATOR, {0, 100, 100, 0}},
        {CUSTVAL_KIND_ITEM, {0, 100, 100, 100, 0}},
    };
    for (size_t i = 0; i < SUPPORT_COUNT(expected); i++) {
        custval_criterion criteria[MOST];
        const size_t count = criteria_of(system, expected[i].kind, NULL, criteria);
        for (size_t k = 0; k < count; k++) {
            assert_double_bits(criteria[k].low, 0.0);
            assert_double_bits(criteria[k].high, expected[i].high[k]);
        }
    }
    custval_system_free(system);
}

static void a_short_room_gets_the_first_ones(void **state) {
    (void)state;
    custval_system *system = system_of(SHOP "}");
    custval_criterion criteria[3];
    size_t count = 0;
    memset(criteria, 0x5a, sizeof criteria);
    const custval_criterion before = criteria[2];
    assert_ok(custval_system_criteria(system, CUSTVAL_KIND_ITEM, NULL, criteria, 2, &count, NULL), NULL);
    assert_int_equal(count, 5);
    assert_string_equal(criteria[1].column, "FUN");
    assert_memory_equal(&criteria[2], &before, sizeof before);
    custval_system_free(system);
}

static void wrong_questions_are_refused(void **state) {
    (void)state;
    static const uint32_t kinds[] = {0, CUSTVAL_KIND_VALUE, CUSTVAL_KIND_DERIVED, 7};
    custval_system *system = system_of(SHOP ", 'profiles': [{'id': 'hasty'}]}");
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_criterion criterion;
    size_t count = 9;
    for (size_t i = 0; i < SUPPORT_COUNT(kinds); i++) {
        assert_status(custval_system_criteria(system, kinds[i], NULL, NULL, 0, &count, &error), CUSTVAL_ERROR_ARGUMENT,
                      &error);
        assert_message(&error, "is neither side (2), dimension (3), indicator (4) nor item (5)");
        assert_int_equal(count, 0);
        count = 9;
    }
    assert_status(custval_system_criteria(system, CUSTVAL_KIND_ITEM, "hastie", &criterion, 1, &count, &error),
                  CUSTVAL_ERROR_NOT_FOUND, &error);
    assert_message(&error, "there is no profile \"hastie\"; did you mean \"hasty\"?");
    assert_int_equal(count, 0);
    custval_system_free(system);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nodes_of_a_kind_stand_in_the_order_of_the_tree),
        cmocka_unit_test(in_the_index_form_the_sides_share_too),
        cmocka_unit_test(weights_are_the_global_ones_of_the_profile),
        cmocka_unit_test(no_range_is_declared_where_scores_may_leave_it),
        cmocka_unit_test(a_short_room_gets_the_first_ones),
        cmocka_unit_test(wrong_questions_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
