/* Numbers as text. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

static void known_numbers_have_their_known_texts(void **state) {
    (void)state;
    static const struct {
        double value;
        const char *text;
    } cases[] = {
        {0.0, "0"},
        {-0.0, "0"},
        {1.0, "1"},
        {-1.0, "-1"},
        {50.0, "50"},
        {100.0, "100"},
        {0.1, "0.1"},
        {-0.5, "-0.5"},
        {0.1 + 0.2, "0.30000000000000004"},
        {71.73333333333333, "71.73333333333333"},
        {2.0 / 3, "0.6666666666666666"},
        {123456.789, "123456.789"},
        /* The borders between the two layouts, and their neighbours. */
        {1e-5, "0.00001"},
        {0x1.4f8b588e368fp-17, "9.999999999999999e-06"},
        {1e-6, "1e-06"},
        {1.5e-5, "0.000015"},
        {1e14, "100000000000000"},
        {999999999999999.0, "999999999999999"},
        {999999999999999.9, "999999999999999.9"},
        {1e15, "1e+15"},
        {1234567890123456.0, "1.234567890123456e+15"},
        {-2.5e20, "-2.5e+20"},
        /* Powers of two, whose neighbour below is nearer than the one above. */
        {0x1p-44, "5.684341886080802e-14"},
        {0x1p53, "9.007199254740992e+15"},
        {0x1p-1022, "2.2250738585072014e-308"},
        {0x1p1023, "8.98846567431158e+307"},
        /* A tie between two shortest texts goes to the even digit. */
        {562949953421312.25, "562949953421312.2"},
        {562949953421312.75, "562949953421312.8"},
        /* The ends. */
        {0x1p-1074, "5e-324"},
        {0x0.fffffffffffffp-1022, "2.225073858507201e-308"},
        {0x1.fffffffffffffp+1023, "1.7976931348623157e+308"},
        {1e300, "1e+300"},
        {1e22, "1e+22"},
        {1e23, "1e+23"},
        {(double)INFINITY, "inf"},
        {-(double)INFINITY, "-inf"},
        {(double)NAN, "nan"},
        {-(double)NAN, "nan"},
    };
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        char text[CUSTVAL__NUMBER_SIZE];
        memset(text, 'x', sizeof text);
        const size_t length = custval__number_text(cases[i].value, text);
        assert_string_equal(text, cases[i].text);
        assert_int_equal(length, strlen(text));
    }
}

/* Significant digits of a decimal, without the zeros that only place the point. */
static int digits_of(const char *text) {
    int count = 0, trailing = 0;
    for (; *text != 0 && *text != 'e'; text++) {
        if (*text == '-' || *text == '.' || (*text == '0' && count == 0)) continue;
        count++;
        trailing = *text == '0' ? trailing + 1 : 0;
    }
    return count - trailing;
}

/* Compares the digits of two decimals, wherever their points are. */
static int compare_digits(const char *a, const char *b) {
    char digits[2][64] = {{0}};
    const char *const texts[] = {a, b};
    for (int i = 0; i < 2; i++) {
        int count = 0;
        for (const char *at = texts[i]; *at != 0 && *at != 'e'; at++) {
            if (*at >= (count == 0 ? '1' : '0') && *at <= '9') digits[i][count++] = *at;
        }
        while (count > 0 && digits[i][count - 1] == '0') digits[i][--count] = 0;
    }
    return strcmp(digits[0], digits[1]);
}

/* printf gives the nearest decimal of each number of digits. */
static void check(double value) {
    char text[CUSTVAL__NUMBER_SIZE], other[64];
    custval__number_text(value, text);
    if (support_double(text) != value) {
        print_error("%a is printed as %s\n", value, text);
        fail();
    }
    const int digits = digits_of(text);
    assert_in_range(digits, 1, 17);
    if (digits > 1) {
        snprintf(other, sizeof other, "%.*e", digits - 2, value);
        if (strtod(other, NULL) == value) {
            print_error("%a is printed as %s, but %s is shorter\n", value, text, other);
            fail();
        }
    }
    /* Of its length it is the nearest, unless the nearest does not read back: that happens at powers of two only. */
    snprintf(other, sizeof other, "%.*e", digits - 1, value);
    if (strtod(other, NULL) == value) assert_int_equal(compare_digits(text, other), 0);
}

static void any_double_reads_back_and_no_shorter_text_does(void **state) {
    (void)state;
    support_random random = random_seeded("any double");
    for (int i = 0; i < 100000; i++) {
        const double value = random_double(&random);
        if (value != 0) check(value);
    }
}

static void scores_and_money_read_back_and_no_shorter_text_does(void **state) {
    (void)state;
    support_random random = random_seeded("scores");
    for (int i = 0; i < 100000; i++) {
        check(100.0 * (1 + random_below(&random, 1000)) / (1 + random_below(&random, 97)));
        check(random_between(&random, 1e-3, 100));
        check((1 + random_below(&random, 1000000000)) / 100.0);
        check(pow(10, random_between(&random, -13, 18)));
    }
}

static void every_power_of_two_and_ten_and_its_neighbours_read_back(void **state) {
    (void)state;
    /* 2^-792 is 3.8392238435728152e-239; a strtod that also takes 3.839223843572815e-239 for it (MinGW's) is no judge. */
    if (strtod("3.839223843572815e-239", NULL) == ldexp(1, -792)) {
        print_message("# SKIP the C library reads some decimals wrongly\n");
        skip();
    }
    for (int e = -1074; e < 1024; e++) {
        const double value = ldexp(1, e);
        check(value);
        check(nextafter(value, HUGE_VAL));
        if (e > -1074) check(nextafter(value, 0));
    }
    for (int e = -323; e < 309; e++) {
        char text[16];
        snprintf(text, sizeof text, "1e%d", e);
        const double value = strtod(text, NULL);
        check(value);
        check(-value);
        check(nextafter(value, HUGE_VAL));
        check(nextafter(value, 0));
    }
}

static void integers_are_printed_to_their_ends(void **state) {
    (void)state;
    static const struct {
        int64_t value;
        const char *text;
    } cases[] = {
        {0, "0"},
        {7, "7"},
        {-7, "-7"},
        {10, "10"},
        {99, "99"},
        {100, "100"},
        {101, "101"},
        {1000000000, "1000000000"},
        {INT64_MAX, "9223372036854775807"},
        {INT64_MIN, "-9223372036854775808"},
    };
    char text[CUSTVAL__NUMBER_SIZE];
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        assert_int_equal(custval__integer_text(cases[i].value, text), strlen(cases[i].text));
        assert_string_equal(text, cases[i].text);
    }
    assert_int_equal(custval__unsigned_text(UINT64_MAX, text), 20);
    assert_string_equal(text, "18446744073709551615");
    support_random random = random_seeded("integers");
    for (int i = 0; i < 10000; i++) {
        char expected[CUSTVAL__NUMBER_SIZE];
        const uint64_t value = random_bits(&random) >> random_below(&random, 64);
        snprintf(expected, sizeof expected, "%llu", (unsigned long long)value);
        custval__unsigned_text(value, text);
        assert_string_equal(text, expected);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_numbers_have_their_known_texts),
        cmocka_unit_test(any_double_reads_back_and_no_shorter_text_does),
        cmocka_unit_test(scores_and_money_read_back_and_no_shorter_text_does),
        cmocka_unit_test(every_power_of_two_and_ten_and_its_neighbours_read_back),
        cmocka_unit_test(integers_are_printed_to_their_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
