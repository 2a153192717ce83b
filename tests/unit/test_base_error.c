/* Errors and the formatting of their messages. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"

#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"

static char text[256];

/* Passes a format that the compiler must not check, because it is none of the subset. */
static size_t format_unchecked(const char *format, ...) {
    va_list list;
    va_start(list, format);
    const size_t length = custval__format_list(text, sizeof text, format, list);
    va_end(list);
    return length;
}

static void every_conversion_of_the_subset_is_printed(void **state) {
    (void)state;
    custval__format(text, sizeof text, "[%s|%c|%d|%u|%zu|%lld|%llu|%g|%%]", "text", 'c', -12, 34U, SIZE_MAX, -56LL,
                    18446744073709551615ULL, 0.1);
    char expected[256];
    snprintf(expected, sizeof expected, "[text|c|-12|34|%zu|-56|18446744073709551615|0.1|%%]", SIZE_MAX);
    assert_string_equal(text, expected);
}

static void the_extremes_of_each_integer_are_printed(void **state) {
    (void)state;
    custval__format(text, sizeof text, "%d %d %lld %lld %u %zu", INT32_MIN, INT32_MAX, (long long)INT64_MIN,
                    (long long)INT64_MAX, 0U, (size_t)0);
    assert_string_equal(text, "-2147483648 2147483647 -9223372036854775808 9223372036854775807 0 0");
}

static void a_text_of_given_length_needs_no_nul(void **state) {
    (void)state;
    const char bytes[3] = {'a', 'b', 'c'};
    custval__format(text, sizeof text, "%.*s|%.*s|%.*s|%.*s", 3, bytes, 9, "ab", 0, bytes, -1, "all");
    assert_string_equal(text, "abc|ab||all");
}

static void a_null_text_is_printed_as_such(void **state) {
    (void)state;
    const char *const none = NULL;
    format_unchecked("%s %.*s", none, 3, none);
    assert_string_equal(text, "(null) (null)");
}

static void a_conversion_outside_the_subset_ends_the_formatting(void **state) {
    (void)state;
    assert_int_equal(format_unchecked("%d %x %s", 1, 2, "three"), 7);
    assert_string_equal(text, "1 %x %s");
    assert_int_equal(format_unchecked("100%"), 4);
    assert_string_equal(text, "100%");
}

static void the_wanted_length_is_returned_and_the_text_always_ends(void **state) {
    (void)state;
    static const char whole[] = "abcdef";
    for (size_t capacity = 0; capacity < 10; capacity++) {
        memset(text, 'x', sizeof text);
        assert_int_equal(custval__format(text, capacity, "%s", whole), 6);
        if (capacity == 0) {
            assert_int_equal(text[0], 'x');
            continue;
        }
        const size_t kept = capacity - 1 < 6 ? capacity - 1 : 6;
        assert_memory_equal(text, whole, kept);
        assert_int_equal(text[kept], 0);
        assert_int_equal(text[capacity], 'x');
    }
    assert_int_equal(custval__format(NULL, 0, "%s%d", whole, 42), 8);
}

static void a_cut_falls_between_characters(void **state) {
    (void)state;
    /* One byte, two, three and four. */
    static const char whole[] = "a\xc3\xa4\xe4\xbb\xb7\xf0\x9f\x98\x80";
    static const size_t kept[] = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10};
    for (size_t room = 0; room < SUPPORT_COUNT(kept); room++) {
        custval__format(text, room + 1, "%s", whole);
        assert_int_equal(strlen(text), kept[room]);
    }
}

static void a_number_has_a_point_in_every_locale(void **state) {
    (void)state;
    static const char *const names[] = {"de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8", "fr_FR.utf8"};
    char before[128];
    snprintf(before, sizeof before, "%s", setlocale(LC_ALL, NULL));
    const char *found = NULL;
    for (size_t i = 0; i < SUPPORT_COUNT(names) && found == NULL; i++) found = setlocale(LC_ALL, names[i]);
    /* A system may take any name and have no such locale all the same. */
    if (found != NULL && localeconv()->decimal_point[0] != ',') found = NULL;
    if (found == NULL) {
        print_message("# SKIP no locale with a decimal comma: none of de_DE.UTF-8, fr_FR.UTF-8 is installed\n");
        skip();
    }
    snprintf(text, sizeof text, "%.1f", 0.5);
    assert_string_equal(text, "0,5");
    custval__format(text, sizeof text, "%g %g %g", 1234567.5, 0.1, 1e-300);
    setlocale(LC_ALL, before);
    assert_string_equal(text, "1234567.5 0.1 1e-300");
}

static void a_failure_fills_in_the_error(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    assert_status(custval__fail(&error, CUSTVAL_ERROR_WEIGHT, "indicator \"%s\": weight %g is negative", "brand", -0.2),
                  CUSTVAL_ERROR_WEIGHT, &error);
    assert_string_equal(error.message, "indicator \"brand\": weight -0.2 is negative");
    assert_int_equal(error.node, CUSTVAL_NONE);
    assert_int_equal(error.row, SIZE_MAX);
    assert_status(custval__fail_at(&error, CUSTVAL_ERROR_RANGE, 3, 17, "row %zu", (size_t)17), CUSTVAL_ERROR_RANGE,
                  &error);
    assert_int_equal(error.node, 3);
    assert_int_equal(error.row, 17);
    assert_status(custval__fail_memory(&error), CUSTVAL_ERROR_MEMORY, &error);
    assert_status(custval__fail_null(&error, "out"), CUSTVAL_ERROR_ARGUMENT, &error);
    assert_string_equal(error.message, "out is NULL");
}

static void an_error_that_is_not_ours_is_left_alone(void **state) {
    (void)state;
    assert_int_equal(custval__fail(NULL, CUSTVAL_ERROR_STATE, "nobody listens"), CUSTVAL_ERROR_STATE);
    static const size_t sizes[] = {0, 8, sizeof(custval_error) - 1, 4097, SIZE_MAX};
    for (size_t i = 0; i < SUPPORT_COUNT(sizes); i++) {
        custval_error error;
        memset(&error, 0x5a, sizeof error);
        error.struct_size = sizes[i];
        custval_error before = error;
        assert_int_equal(custval__fail(&error, CUSTVAL_ERROR_STATE, "x"), CUSTVAL_ERROR_STATE);
        custval__error_prefix(&error, "y");
        assert_memory_equal(&error, &before, sizeof error);
    }
    custval__error_prefix(NULL, "y");
}

static void an_error_of_a_newer_version_is_filled_in_as_far_as_known(void **state) {
    (void)state;
    struct {
        custval_error error;
        char more[16];
    } newer = {CUSTVAL_ERROR_INIT, "untouched"};
    newer.error.struct_size = sizeof newer;
    assert_status(custval__fail(&newer.error, CUSTVAL_ERROR_STATE, "known"), CUSTVAL_ERROR_STATE, &newer.error);
    assert_string_equal(newer.error.message, "known");
    assert_string_equal(newer.more, "untouched");
}

static void a_message_is_one_line_of_utf8_whatever_the_names_hold(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval__fail(&error, CUSTVAL_ERROR_NOT_FOUND, "column \"%s\"", "a\r\n\tb\x1b[31m\x7f \xff\xc3 \xc3\xa4");
    assert_string_equal(error.message, "column \"a   b [31m  ?? \xc3\xa4\"");
}

static void a_long_message_is_cut_at_the_size_of_the_error(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    char name[600];
    memset(name, 'n', sizeof name);
    custval__fail(&error, CUSTVAL_ERROR_NOT_FOUND, "%.*s", 600, name);
    assert_int_equal(strlen(error.message), CUSTVAL_ERROR_MESSAGE_SIZE - 1);
    custval__error_prefix(&error, "$.gates: ");
    assert_int_equal(strlen(error.message), CUSTVAL_ERROR_MESSAGE_SIZE - 1);
    assert_message(&error, "$.gates: nnn");
}

static void a_prefix_goes_before_the_message(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval__fail_at(&error, CUSTVAL_ERROR_RANGE, 4, 5, "100%% is too much");
    custval__error_prefix(&error, "$.gates[0]:\n");
    assert_string_equal(error.message, "$.gates[0]: 100% is too much");
    assert_int_equal(error.status, CUSTVAL_ERROR_RANGE);
    assert_int_equal(error.node, 4);
    assert_int_equal(error.row, 5);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_conversion_of_the_subset_is_printed),
        cmocka_unit_test(the_extremes_of_each_integer_are_printed),
        cmocka_unit_test(a_text_of_given_length_needs_no_nul),
        cmocka_unit_test(a_null_text_is_printed_as_such),
        cmocka_unit_test(a_conversion_outside_the_subset_ends_the_formatting),
        cmocka_unit_test(the_wanted_length_is_returned_and_the_text_always_ends),
        cmocka_unit_test(a_cut_falls_between_characters),
        cmocka_unit_test(a_number_has_a_point_in_every_locale),
        cmocka_unit_test(a_failure_fills_in_the_error),
        cmocka_unit_test(an_error_that_is_not_ours_is_left_alone),
        cmocka_unit_test(an_error_of_a_newer_version_is_filled_in_as_far_as_known),
        cmocka_unit_test(a_message_is_one_line_of_utf8_whatever_the_names_hold),
        cmocka_unit_test(a_long_message_is_cut_at_the_size_of_the_error),
        cmocka_unit_test(a_prefix_goes_before_the_message),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
