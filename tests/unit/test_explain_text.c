/* custval_explain_text: the tree for people. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "explain_shop.h"

#include "explain/display.h"

static void numbers_for_people_are_rounded_but_never_to_what_they_are_not(void **state) {
    (void)state;
    static const struct {
        double value;
        const char *display, *fixed;
    } cases[] = {
        {35.0, "35", "+35.00"},           {0.5, "0.5", "+0.50"},
        {200.0 / 3.0, "66.67", "+66.67"}, {-1.005, "-1", "-1.00"},
        {-0.001, "0", "+0.00"},           {0.0, "0", "+0.00"},
        {100.0, "100", "+100.00"},        {99.996, "100", "+100.00"},
        {1e15, "1e+15", "1e+15"},         {-2.5e300, "-2.5e+300", "-2.5e+300"},
        {-0.01, "-0.01", "-0.01"},
    };
    char out[CUSTVAL__NUMBER_SIZE];
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        assert_int_equal(custval__display(cases[i].value, out), strlen(cases[i].display));
        assert_string_equal(out, cases[i].display);
        assert_int_equal(custval__display_fixed(cases[i].value, 1, out), strlen(cases[i].fixed));
        assert_string_equal(out, cases[i].fixed);
    }
    custval__display_beside(39.999, 40.0, out);
    assert_string_equal(out, "39.999");
    custval__display_beside(39.9, 40.0, out);
    assert_string_equal(out, "39.9");
    custval__display_beside(40.0, 40.0, out);
    assert_string_equal(out, "40");
}

static void assert_tree(const custval_table *explanation, const char *wanted) {
    char out[4096];
    size_t length = 0;
    assert_ok(custval_explain_text(explanation, out, sizeof out, &length, NULL), NULL);
    assert_string_equal(out, wanted);
    assert_int_equal(length, strlen(wanted));
}

static void an_explanation_is_a_text_tree(void **state) {
    (void)state;
    custval_table *explanation = explain_rules("k1", usual);
    assert_tree(
        explanation,
        "                      score    weight    points\n"
        "value                  5.00      100%     +5.00\n"
        "  benefit             78.00      100%    +78.00\n"
        "    product           70.00       60%    +42.00\n"
        "      reliability     80.00       75%    +36.00\n"
        "        REL           80.00      100%    +36.00\n"
        "      function        40.00       25%     +6.00\n"
        "        FUN           40.00      100%     +6.00\n"
        "    service           90.00       40%    +36.00\n"
        "      support         60.00      100%    +24.00\n"
        "        SVC           60.00      100%    +24.00\n"
        "  sacrifice           36.67      100%    -36.67\n"
        "    cost              30.00    66.67%    -20.00\n"
        "      price           30.00      100%    -20.00\n"
        "        PRICE         30.00      100%    -20.00\n"
        "    effort            50.00    33.33%    -16.67\n"
        "      time            50.00      100%    -16.67\n"
        "        TIME          50.00      100%    -16.67\n"
        "override: service     90.00              +12.00  judged 90 by A. Mueller until 2026-12-31: complaint pending\n"
        "gate: product         12.30              -29.03  capped at 12.3: product 70 is below 75 (the product is the pass)\n"
        "gate: price            5.00               -7.30  capped at 5: price 30 is above 10\n"
        "total                                     +5.00\n");
    custval_table_free(explanation);
}

static void text_aligns_wide_characters_and_says_what_a_logarithm_means(void **state) {
    (void)state;
    static const double answers[] = {20};
    static const char *const tier = "gold";
    custval_score_options options = CUSTVAL_SCORE_OPTIONS_INIT;
    options.language = "zh";
    char document[2048] = "'form': 'ratio', ";
    strcat(document, labelled);
    custval_system *system = system_of(document);
    custval_table *table = table_of("P", answers, 1);
    add_texts(table, "tier", &tier);
    custval_table *explanation = explain_with(system, table, 0, &options);
    assert_tree(explanation, "                 score    weight       log\n"
                             "\xe6\x84\x9f\xe7\x9f\xa5\xe4\xbb\xb7\xe5\x80\xbc          5.00      100%     +1.61\n"
                             "  benefit       100.00      100%     +4.61\n"
                             "    \xe5\x88\xa9\xe7\x9b\x8a        100.00      100%     +4.61\n"
                             "      i         100.00      100%     +4.61\n"
                             "        tier    100.00      100%     +4.61\n"
                             "  sacrifice      20.00      100%     -3.00\n"
                             "    give         20.00      100%     -3.00\n"
                             "      j          20.00      100%     -3.00\n"
                             "        P        20.00      100%     -3.00\n"
                             "image           100.00         -         -\n"
                             "total                                +1.61  the logarithm of 5.00\n");
    custval_table_free(explanation);
    custval_table_free(table);
    custval_system_free(system);
}

static void text_of_a_row_without_a_value_says_why(void **state) {
    (void)state;
    static const double no_sacrifice[] = {80, 40, 60, NONE, NONE};
    char out[4096];
    size_t length;
    custval_table *explanation = explain_shop("", no_sacrifice);
    assert_ok(custval_explain_text(explanation, out, sizeof out, &length, NULL), NULL);
    support_contains(out, "value                     -      100%         -  nothing was answered of \"sacrifice\"",
                     __FILE__, __LINE__);
    support_contains(out, "\ntotal                                         -\n", __FILE__, __LINE__);
    custval_table_free(explanation);
}

static void text_that_does_not_fit_is_cut_at_a_character(void **state) {
    (void)state;
    static const double answers[] = {20};
    static const char *const tier = "gold";
    custval_score_options options = CUSTVAL_SCORE_OPTIONS_INIT;
    options.language = "zh";
    custval_system *system = system_of(labelled);
    custval_table *table = table_of("P", answers, 1);
    add_texts(table, "tier", &tier);
    custval_table *explanation = explain_with(system, table, 0, &options);
    char whole[4096], part[4096];
    size_t length, again;
    assert_ok(custval_explain_text(explanation, whole, sizeof whole, &length, NULL), NULL);
    assert_ok(custval_explain_text(explanation, NULL, 0, &again, NULL), NULL);
    assert_int_equal(again, length);
    for (size_t capacity = 1; capacity <= length + 1; capacity++) {
        memset(part, 'x', sizeof part);
        assert_ok(custval_explain_text(explanation, part, capacity, &again, NULL), NULL);
        assert_int_equal(again, length);
        assert_true(strlen(part) < capacity && strlen(part) + 4 > capacity);
        assert_memory_equal(part, whole, strlen(part));
        assert_int_equal(part[capacity], 'x');
        assert_true(((unsigned char)whole[strlen(part)] & 0xc0) != 0x80); /* the next byte begins a character */
    }
    custval_table_free(explanation);
    custval_table_free(table);
    custval_system_free(system);
}

static void only_explanations_have_a_text(void **state) {
    (void)state;
    static const double answers[] = {1, 2};
    char out[8] = "before";
    size_t length = 7;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = table_of("label score", answers, 1), *empty = NULL;
    assert_status(custval_explain_text(NULL, out, sizeof out, &length, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    assert_int_equal(length, 0);
    assert_status(custval_explain_text(table, NULL, 8, &length, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    assert_status(custval_explain_text(table, out, sizeof out, NULL, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    assert_status(custval_explain_text(table, out, sizeof out, &length, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    assert_message(&error, "no column \"label\" of text");
    assert_string_equal(out, "");
    custval_table_free(table);
    custval_table *explanation = explain_shop("", usual);
    assert_ok(custval_table_new(NULL, 0, &empty, NULL), NULL);
    for (size_t i = 0; i < custval_table_columns(explanation); i++) {
        custval_column column = CUSTVAL_COLUMN_INIT;
        assert_ok(custval_table_column(explanation, i, &column, NULL), NULL);
        assert_ok(custval_table_add(empty, custval_table_name(explanation, i), &column, NULL), NULL);
    }
    assert_status(custval_explain_text(empty, out, sizeof out, &length, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    assert_message(&error, "no rows");
    custval_table_free(empty);
    custval_table_free(explanation);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_for_people_are_rounded_but_never_to_what_they_are_not),
        cmocka_unit_test(an_explanation_is_a_text_tree),
        cmocka_unit_test(text_aligns_wide_characters_and_says_what_a_logarithm_means),
        cmocka_unit_test(text_of_a_row_without_a_value_says_why),
        cmocka_unit_test(text_that_does_not_fit_is_cut_at_a_character),
        cmocka_unit_test(only_explanations_have_a_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
