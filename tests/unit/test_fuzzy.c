/* custval_fuzzy and custval_fuzzy_compose: band edges, sides, what counts and what does not, refusals. Whole evaluations
   are in the vectors. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "explain_support.h"

static custval_table *fuzzy_of(const custval_system *system, const custval_table *table,
                               const custval_fuzzy_options *options) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *out = NULL;
    assert_ok(custval_fuzzy(system, table, options, &out, &error), &error);
    return out;
}

static void assert_degrees(const custval_table *table, const char *node, const char *const *grades, size_t count,
                           const double *expected) {
    const size_t row = row_of(table, node);
    for (size_t k = 0; k < count; k++) assert_double_near(cell(table, grades[k], row), expected[k], 1e-15);
}

static const char *const five[] = {"excellent", "good", "fair", "poor", "bad"};
#define ONE "'dimensions': [{'id': 'd', 'side': 'benefit', 'indicators': [{'id': 'i', $P}]}]"
#define ONE_SACRIFICE "'dimensions': [{'id': 'd', 'side': 'sacrifice', 'indicators': [{'id': 'i', $P}]}]"

/* ---- Degrees of an indicator ------------------------------------------------------------------------------------- */

/* The end of a band belongs to the better grade, and the next number below it does not. */
static void bands_are_half_open(void **state) {
    (void)state;
    custval_system *system = system_of(ONE "}");
    for (size_t k = 0; k < 4; k++) {
        const double edge = 87.5 - 25.0 * (double)k, answers[] = {edge, nextafter(edge, 0.0)};
        custval_table *table = table_of("P", answers, 2), *fuzzy = fuzzy_of(system, table, NULL);
        double expected[5] = {0};
        expected[k] = expected[k + 1] = 0.5;
        assert_degrees(fuzzy, "i", five, 5, expected);
        assert_text(fuzzy, "grade", row_of(fuzzy, "i"), five[k]);
        custval_table_free(fuzzy);
        custval_table_free(table);
    }
    custval_system_free(system);
}

/* Of a sacrifice, 100 - s is judged: at its edge the grade is the better one, too. */
static void a_sacrifice_is_judged_by_what_it_spares(void **state) {
    (void)state;
    static const double answers[] = {0, 12.5, 12.75, 100, 100};
    static const double expected[] = {0.4, 0.2, 0, 0, 0.4};
    custval_system *system = system_of(ONE_SACRIFICE "}");
    custval_table *table = table_of("P", answers, 5), *fuzzy = fuzzy_of(system, table, NULL);
    assert_degrees(fuzzy, "i", five, 5, expected);
    assert_degrees(fuzzy, "value", five, 5, expected);
    assert_text(fuzzy, "side", row_of(fuzzy, "i"), "sacrifice");
    assert_text(fuzzy, "side", row_of(fuzzy, "value"), "none");
    assert_double_near(cell(fuzzy, "score", row_of(fuzzy, "value")), 55.0, 1e-13);
    custval_table_free(fuzzy);
    custval_table_free(table);
    custval_system_free(system);
}

static void triangles_meet_halfway_and_go_on_beyond_the_ends(void **state) {
    (void)state;
    static const double scores[] = {80, 60, 20};
    static const char *const grades[] = {"high", "middle", "low"};
    static const struct {
        double answer, degrees[3];
    } cases[] = {{100, {1, 0, 0}},    {80, {1, 0, 0}}, {75, {0.75, 0.25, 0}},
                 {70, {0.5, 0.5, 0}}, {60, {0, 1, 0}}, {50, {0, 0.75, 0.25}},
                 {40, {0, 0.5, 0.5}}, {20, {0, 0, 1}}, {0, {0, 0, 1}}};
    custval_fuzzy_options options = CUSTVAL_FUZZY_OPTIONS_INIT;
    options.grades = grades;
    options.grade_scores = scores;
    options.grade_count = 3;
    options.membership = CUSTVAL_MEMBERSHIP_TRIANGULAR;
    custval_system *system = system_of(ONE "}");
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        custval_table *table = table_of("P", &cases[i].answer, 1), *fuzzy = fuzzy_of(system, table, &options);
        assert_degrees(fuzzy, "i", grades, 3, cases[i].degrees);
        custval_table_free(fuzzy);
        custval_table_free(table);
    }
    custval_system_free(system);
}

/* More rows than the engine takes at once, with holes. */
static void rows_are_counted_across_blocks(void **state) {
    (void)state;
    enum { ROWS = 1300 };
    static double answers[ROWS];
    size_t excellent = 0, counted = 0;
    for (size_t i = 0; i < ROWS; i++) {
        answers[i] = i % 7 == 0 ? NONE : i % 3 == 0 ? 90.0 : 10.0;
        counted += i % 7 != 0;
        excellent += i % 7 != 0 && i % 3 == 0;
    }
    custval_system *system = system_of(ONE "}");
    custval_table *table = table_of("P", answers, ROWS), *fuzzy = fuzzy_of(system, table, NULL);
    const double share = (double)excellent / (double)counted, expected[] = {share, 0, 0, 0, 1.0 - share};
    assert_degrees(fuzzy, "i", five, 5, expected);
    custval_table_free(fuzzy);
    custval_table_free(table);
    custval_system_free(system);
}

/* ---- Up the tree ------------------------------------------------------------------------------------------------- */

static void every_node_down_to_the_indicators_has_a_row(void **state) {
    (void)state;
    static const char *const nodes[] = {"value",   "benefit",   "product", "reliability", "function", "service",
                                        "support", "sacrifice", "cost",    "price",       "effort",   "time"};
    static const char *const names[] = {"node", "label", "kind", "side",  "excellent", "good",
                                        "fair", "poor",  "bad",  "grade", "score"};
    static const double answers[] = {90, 90, 90, 10, 10};
    custval_system *system = system_of(SHOP ", 'derived': [{'id': 'image', 'from': {'product': 2, 'service': 1}}]}");
    custval_table *table = table_of(SHOP_COLUMNS, answers, 1), *fuzzy = fuzzy_of(system, table, NULL);
    assert_int_equal(custval_table_rows(fuzzy), SUPPORT_COUNT(nodes));
    assert_int_equal(custval_table_columns(fuzzy), SUPPORT_COUNT(names));
    for (size_t i = 0; i < SUPPORT_COUNT(nodes); i++) assert_text(fuzzy, "node", i, nodes[i]);
    for (size_t k = 0; k < SUPPORT_COUNT(names); k++) assert_string_equal(custval_table_name(fuzzy, k), names[k]);
    assert_text(fuzzy, "kind", 0, "value");
    assert_text(fuzzy, "kind", 3, "indicator");
    for (size_t i = 0; i < SUPPORT_COUNT(nodes); i++) {
        assert_double_bits(cell(fuzzy, "excellent", i), 1.0);
        assert_double_bits(cell(fuzzy, "score", i), 100.0);
        assert_text(fuzzy, "grade", i, "excellent");
    }
    custval_table_free(fuzzy);
    custval_table_free(table);
    custval_system_free(system);
}

/* In doubles 0.1 + 0.2 is above 0.3: no reason to call it the higher degree. */
static void of_equal_grades_the_better_one_is_given(void **state) {
    (void)state;
    static const double answers[] = {100, 50, 50, 25, 0};
    custval_system *system =
        system_of("'dimensions': [{'id': 'd', 'side': 'benefit', 'indicators': [{'id': 'i', 'weight': 3, $P},"
                  "{'id': 'j', 'weight': 1, $Q}, {'id': 'k', 'weight': 2, $R}, {'id': 'l', 'weight': 2, $S},"
                  "{'id': 'm', 'weight': 2, $T}]}]}");
    custval_table *table = table_of("P Q R S T", answers, 1), *fuzzy = fuzzy_of(system, table, NULL);
    const size_t row = row_of(fuzzy, "d");
    assert_true(cell(fuzzy, "fair", row) > cell(fuzzy, "excellent", row));
    assert_text(fuzzy, "grade", row, "excellent");
    custval_table_free(fuzzy);
    custval_table_free(table);
    custval_system_free(system);
}

/* A group has one set of weights: own importances and a profile by column change nothing, a profile for all does. */
static void weights_are_those_of_the_group(void **state) {
    (void)state;
    static const double answers[] = {100, 0, 9, 1}, base[] = {0.75, 0, 0, 0, 0.25}, forced[] = {0.2, 0, 0, 0, 0.8};
    static const char *const kinds[] = {"special"};
    custval_system *system = system_of("'profile_column': 'kind', 'dimensions': [{'id': 'd', 'side': 'benefit',"
                                       "'indicators': [{'id': 'i', 'weight': 3, 'weight_column': 'U', $P},"
                                       "{'id': 'j', 'weight': 1, 'weight_column': 'V', $Q}]}],"
                                       "'profiles': [{'id': 'special', 'weights': {'i': 1, 'j': 4}}]}");
    custval_table *table = table_of("P Q U V", answers, 1);
    custval_score_options score = CUSTVAL_SCORE_OPTIONS_INIT;
    custval_fuzzy_options options = CUSTVAL_FUZZY_OPTIONS_INIT;
    options.score = &score;
    add_texts(table, "kind", kinds);
    custval_table *fuzzy = fuzzy_of(system, table, &options);
    assert_degrees(fuzzy, "d", five, 5, base);
    custval_table_free(fuzzy);
    score.profile = "special";
    fuzzy = fuzzy_of(system, table, &options);
    assert_degrees(fuzzy, "d", five, 5, forced);
    custval_table_free(fuzzy);
    custval_table_free(table);
    custval_system_free(system);
}

/* Only judgements of indicators are scores of indicators. */
static void gates_and_judgements_above_the_indicators_are_not_used(void **state) {
    (void)state;
    static const double answers[] = {90, 90};
    static const char *const customers[] = {"7"};
    static const double judged[] = {0.5, 0, 0.5, 0, 0};
    custval_system *system =
        system_of("'override_column': 'customer', 'dimensions': [{'id': 'd', 'side': 'benefit', 'indicators': ["
                  "{'id': 'i', $P}, {'id': 'j', $Q}]}],"
                  "'gates': [{'node': 'd', 'below': 95, 'cap': 1}],"
                  "'overrides': [{'node': 'd', 'key': '7', 'score': 1, 'author': 'a', 'reason': 'r',"
                  "'expires': '2026-12-31'}, {'node': 'j', 'key': '7', 'score': 50, 'author': 'a', 'reason': 'r',"
                  "'expires': '2026-12-31'}, {'node': 'value', 'key': '7', 'score': 2, 'author': 'a', 'reason': 'r',"
                  "'expires': '2026-12-31'}]}");
    custval_table *table = table_of("P Q", answers, 1);
    custval_score_options score = CUSTVAL_SCORE_OPTIONS_INIT;
    custval_fuzzy_options options = CUSTVAL_FUZZY_OPTIONS_INIT;
    score.as_of = "2026-06-30";
    options.score = &score;
    add_texts(table, "customer", customers);
    custval_table *fuzzy = fuzzy_of(system, table, &options);
    assert_degrees(fuzzy, "d", five, 5, judged);
    assert_degrees(fuzzy, "value", five, 5, judged);
    custval_table_free(fuzzy);
    custval_table_free(table);
    custval_system_free(system);
}

/* ---- Refusals ---------------------------------------------------------------------------------------------------- */

static void assert_fuzzy_refused(const custval_fuzzy_options *options, custval_status status, const char *part) {
    static const double answers[] = {50};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *system = system_of(ONE "}");
    custval_table *table = table_of("P", answers, 1), *fuzzy = table;
    assert_status(custval_fuzzy(system, table, options, &fuzzy, &error), status, &error);
    assert_message(&error, part);
    assert_null(fuzzy);
    custval_table_free(table);
    custval_system_free(system);
}

static void grades_are_checked(void **state) {
    (void)state;
    static const char *const twice[] = {"a", "b", "a"}, *const taken[] = {"a", "side", "c"},
                             *const none[] = {"a", NULL}, *const empty[] = {"a", ""}, *const torn[] = {"a", "\xff"};
    static const double scores[] = {3, 2, 1}, equal[] = {3, 3, 1}, unknown[] = {3, NONE, 1}, huge[] = {1e300, 2, 1};
    static const char *const good[] = {"a", "b", "c"};
    static const double rising[] = {1, 2};
    static const struct {
        const char *const *grades;
        const double *scores, *cuts;
        size_t count;
        uint32_t operation, membership;
        custval_status status;
        const char *part;
    } cases[] = {
        {good, scores, NULL, 0, 0, 0, CUSTVAL_ERROR_ARGUMENT, "grade_count is 0"},
        {NULL, NULL, rising, 0, 0, 0, CUSTVAL_ERROR_ARGUMENT, "grade_count is 0"},
        {good, scores, NULL, 1, 0, 0, CUSTVAL_ERROR_RANGE, "grade_count is 1"},
        {good, scores, NULL, 101, 0, 0, CUSTVAL_ERROR_RANGE, "grade_count is 101"},
        {NULL, scores, NULL, 3, 0, 0, CUSTVAL_ERROR_ARGUMENT, "grade_count is 3"},
        {good, NULL, NULL, 3, 0, 0, CUSTVAL_ERROR_ARGUMENT, "grade_count is 3"},
        {twice, scores, NULL, 3, 0, 0, CUSTVAL_ERROR_DUPLICATE, "grade \"a\" is there twice"},
        {taken, scores, NULL, 3, 0, 0, CUSTVAL_ERROR_DUPLICATE, "grade \"side\""},
        {none, scores, NULL, 2, 0, 0, CUSTVAL_ERROR_ARGUMENT, "grade 1 is NULL"},
        {empty, scores, NULL, 2, 0, 0, CUSTVAL_ERROR_ARGUMENT, "grade 1 is empty"},
        {torn, scores, NULL, 2, 0, 0, CUSTVAL_ERROR_ARGUMENT, "grade 1 is not UTF-8"},
        {good, equal, NULL, 3, 0, 0, CUSTVAL_ERROR_RANGE, "grade_scores[1] is 3"},
        {good, unknown, NULL, 3, 0, 0, CUSTVAL_ERROR_RANGE, "grade_scores[1] is nan"},
        {good, huge, NULL, 3, 0, 0, CUSTVAL_ERROR_RANGE, "grade_scores[0] is 1e+300"},
        {good, scores, rising, 3, 0, 0, CUSTVAL_ERROR_RANGE, "cuts[1] is 2"},
        {good, scores, scores, 3, 0, CUSTVAL_MEMBERSHIP_TRIANGULAR, CUSTVAL_ERROR_ARGUMENT, "cuts"},
        {NULL, NULL, NULL, 0, 5, 0, CUSTVAL_ERROR_ARGUMENT, "fuzzy operator 5"},
        {NULL, NULL, NULL, 0, 0, 3, CUSTVAL_ERROR_ARGUMENT, "kind of membership 3"},
    };
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        custval_fuzzy_options options = CUSTVAL_FUZZY_OPTIONS_INIT;
        options.grades = cases[i].grades;
        options.grade_scores = cases[i].scores;
        options.cuts = cases[i].cuts;
        options.grade_count = cases[i].count;
        options.operation = cases[i].operation;
        options.membership = cases[i].membership;
        assert_fuzzy_refused(&options, cases[i].status, cases[i].part);
    }
}

static void an_indicator_without_any_score_is_named(void **state) {
    (void)state;
    static const double answers[] = {90, 90, NONE, 10, 10, 80, 80, NONE, 10, 10};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *system = system_of(SHOP "}");
    custval_table *table = table_of(SHOP_COLUMNS, answers, 2), *empty = table_of(SHOP_COLUMNS, answers, 0);
    custval_table *fuzzy = table;
    assert_status(custval_fuzzy(system, table, NULL, &fuzzy, &error), CUSTVAL_ERROR_STATE, &error);
    assert_message(&error, "indicator \"support\" has a score in none of the 2 rows");
    assert_null(fuzzy);
    assert_status(custval_fuzzy(system, empty, NULL, &fuzzy, &error), CUSTVAL_ERROR_STATE, &error);
    assert_message(&error, "\"reliability\"");
    custval_table_free(empty);
    custval_table_free(table);
    custval_system_free(system);
}

/* ---- By hand ----------------------------------------------------------------------------------------------------- */

static void operators_compose_weights_as_they_are(void **state) {
    (void)state;
    static const double degrees[] = {0.5, 1, 0, 0.25, 0.75, 1}, weights[] = {0.8, 2};
    static const double expected[][3] = {
        {0.9, 2.3, 2}, {0.9, 2.3, 2}, {0.5, 0.8, 1}, {0.5, 1.5, 2}, {0.75, 1, 1},
    };
    for (uint32_t operation = 0; operation < SUPPORT_COUNT(expected); operation++) {
        double out[3];
        assert_ok(custval_fuzzy_compose(degrees, weights, 2, 3, operation, out, NULL), NULL);
        for (size_t k = 0; k < 3; k++) assert_double_near(out[k], expected[operation][k], 1e-15);
    }
}

static void degrees_and_weights_are_checked(void **state) {
    (void)state;
    static const double high[] = {0.5, 1.5}, low[] = {0.5, -0.5}, unknown[] = {0.5, NONE}, good[] = {0, 1};
    static const double negative[] = {1, -1}, infinite[] = {1, (double)INFINITY}, nan[] = {1, NONE};
    static const struct {
        const double *degrees, *weights;
        size_t count, grades;
        uint32_t operation;
        custval_status status;
        const char *part;
    } cases[] = {
        {high, good, 1, 2, 0, CUSTVAL_ERROR_RANGE, "row 0: the degree of grade 1 is 1.5"},
        {low, good, 2, 1, 0, CUSTVAL_ERROR_RANGE, "row 1: the degree of grade 0 is -0.5"},
        {unknown, good, 2, 1, 0, CUSTVAL_ERROR_RANGE, "row 1: the degree of grade 0 is nan"},
        {good, negative, 2, 1, 0, CUSTVAL_ERROR_WEIGHT, "row 1: weight -1 is negative"},
        {good, infinite, 2, 1, 0, CUSTVAL_ERROR_WEIGHT, "row 1: weight inf is not finite"},
        {good, nan, 2, 1, 0, CUSTVAL_ERROR_WEIGHT, "row 1: weight nan is not finite"},
        {good, good, 0, 1, 0, CUSTVAL_ERROR_ARGUMENT, "no rows"},
        {good, good, 1, 0, 0, CUSTVAL_ERROR_ARGUMENT, "no grades"},
        {good, good, 1, 1, 5, CUSTVAL_ERROR_ARGUMENT, "fuzzy operator 5"},
    };
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        custval_error error = CUSTVAL_ERROR_INIT;
        double out[2] = {7, 7};
        assert_status(custval_fuzzy_compose(cases[i].degrees, cases[i].weights, cases[i].count, cases[i].grades,
                                            cases[i].operation, out, &error),
                      cases[i].status, &error);
        assert_message(&error, cases[i].part);
        assert_double_bits(out[0], 7.0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bands_are_half_open),
        cmocka_unit_test(a_sacrifice_is_judged_by_what_it_spares),
        cmocka_unit_test(triangles_meet_halfway_and_go_on_beyond_the_ends),
        cmocka_unit_test(rows_are_counted_across_blocks),
        cmocka_unit_test(every_node_down_to_the_indicators_has_a_row),
        cmocka_unit_test(of_equal_grades_the_better_one_is_given),
        cmocka_unit_test(weights_are_those_of_the_group),
        cmocka_unit_test(gates_and_judgements_above_the_indicators_are_not_used),
        cmocka_unit_test(grades_are_checked),
        cmocka_unit_test(an_indicator_without_any_score_is_named),
        cmocka_unit_test(operators_compose_weights_as_they_are),
        cmocka_unit_test(degrees_and_weights_are_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
