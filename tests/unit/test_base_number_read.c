/* Numbers from text: the nearest double, whatever the digits and the locale. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

#include "support.h"

static double number(const char *text) {
    double value = -1;
    const size_t used = custval__number_read(text, strlen(text), &value);
    if (used != strlen(text)) {
        print_error("%zu bytes of \"%s\" are a number\n", used, text);
        fail();
    }
    return value;
}

static void a_decimal_becomes_the_nearest_double(void **state) {
    (void)state;
    static const struct {
        const char *text;
        double value;
    } cases[] = {
        {"0", 0x0p+0},
        {"-0", -0x0p+0},
        {"0.000e999999999999", 0x0p+0},
        {"1", 0x1p+0},
        {"-12.5", -0x1.9p+3},
        {"0.1", 0x1.999999999999ap-4},
        {"1E2", 0x1.9p+6},
        {"1e+2", 0x1.9p+6},
        {"100e-2", 0x1p+0},
        {"9007199254740993", 0x1p+53},
        {"9007199254740993.00000000000000000000000000001", 0x1.0000000000001p+53},
        {"9007199254740995", 0x1.0000000000002p+53},
        {"1e22", 0x1.0f0cf064dd592p+73},
        {"1e23", 0x1.52d02c7e14af6p+76},
        {"8.5e-319", 0x0.000000002a00ap-1022},
        {"2.2250738585072011e-308", 0x0.fffffffffffffp-1022},
        {"2.2250738585072014e-308", 0x1p-1022},
        {"4.9406564584124654e-324", 0x0.0000000000001p-1022},
        {"2.4703282292062327e-324", 0x0p+0},
        {"2.4703282292062328e-324", 0x0.0000000000001p-1022},
        {"1e-400", 0x0p+0},
        {"1e-99999999999999999999", 0x0p+0},
        {"1.7976931348623157e308", 0x1.fffffffffffffp+1023},
        {"1.7976931348623158e308", 0x1.fffffffffffffp+1023},
    };
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        assert_double_bits(number(cases[i].text), cases[i].value);
        assert_int_equal(signbit(number(cases[i].text)), signbit(cases[i].value));
    }
}

static void what_is_beyond_the_largest_is_infinite(void **state) {
    (void)state;
    assert_double_bits(number("1.7976931348623159e308"), (double)INFINITY);
    assert_double_bits(number("-1e309"), -(double)INFINITY);
    assert_double_bits(number("1e99999999999999999999"), (double)INFINITY);
}

static void only_the_number_at_the_start_is_read(void **state) {
    (void)state;
    static const struct {
        const char *text;
        size_t used;
        double value;
    } cases[] = {
        {"", 0, 0},     {"-", 0, 0},        {"+1", 0, 0},     {".5", 0, 0},    {"x", 0, 0},
        {"nan", 0, 0},  {"inf", 0, 0},      {"01", 1, 0},     {"1.", 1, 1},    {"1.x", 1, 1},
        {"1e", 1, 1},   {"1e+", 1, 1},      {"1e5x", 3, 1e5}, {"1,5", 1, 1},   {"1.5.5", 3, 1.5},
        {"0x10", 1, 0}, {"-0.5]", 4, -0.5}, {"12 34", 2, 12}, {"1_000", 1, 1},
    };
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        double value = -1;
        assert_int_equal(custval__number_read(cases[i].text, strlen(cases[i].text), &value), cases[i].used);
        assert_double_bits(value, cases[i].value);
    }
    double value = -1;
    assert_int_equal(custval__number_read("1234", 2, &value), 2);
    assert_double_bits(value, 12.0);
}

static void what_was_written_reads_back_as_it_was(void **state) {
    (void)state;
    support_random random = random_seeded("reading numbers");
    for (int i = 0; i < 20000; i++) {
        const double value = random_double(&random);
        char text[CUSTVAL__NUMBER_SIZE];
        custval__number_text(value, text);
        assert_double_bits(number(text), value);
    }
}

/* From 2^52 to 2^53 doubles are the integers. */
static void half_way_goes_to_even_and_a_digit_far_away_decides(void **state) {
    (void)state;
    support_random random = random_seeded("half-way points");
    for (int i = 0; i < 500; i++) {
        const uint64_t low = ((uint64_t)1 << 52) + (random_bits(&random) >> 12);
        const double even = (double)(low + (low & 1)), above = (double)(low + 1);
        char text[1000];
        snprintf(text, sizeof text, "%llu.5", (unsigned long long)low);
        assert_double_bits(number(text), even);
        const size_t length = strlen(text), zeros = random_below(&random, 900);
        memset(text + length, '0', zeros);
        text[length + zeros] = 0;
        assert_double_bits(number(text), even);
        text[length + zeros] = '1';
        text[length + zeros + 1] = 0;
        assert_double_bits(number(text), above);
    }
}

static void numbers_are_read_as_the_c_library_reads_them(void **state) {
    (void)state;
    support_random random = random_seeded("decimals");
    for (int i = 0; i < 20000; i++) {
        char text[100];
        snprintf(text, sizeof text, "%s%llu.%llue%d", random_below(&random, 2) ? "-" : "",
                 (unsigned long long)random_bits(&random) >> random_below(&random, 60),
                 (unsigned long long)random_bits(&random) >> random_below(&random, 60),
                 (int)random_below(&random, 700) - 350);
        assert_double_bits(number(text), support_double(text));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_decimal_becomes_the_nearest_double),
        cmocka_unit_test(what_is_beyond_the_largest_is_infinite),
        cmocka_unit_test(only_the_number_at_the_start_is_read),
        cmocka_unit_test(what_was_written_reads_back_as_it_was),
        cmocka_unit_test(half_way_goes_to_even_and_a_digit_far_away_decides),
        cmocka_unit_test(numbers_are_read_as_the_c_library_reads_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
