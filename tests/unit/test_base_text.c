/* UTF-8, similar names, dates. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"

#include <string.h>

#include "base/text.h"

static void well_formed_characters_are_read_with_their_length(void **state) {
    (void)state;
    static const struct {
        const char *bytes;
        uint32_t character;
    } cases[] = {
        {"a", 'a'},
        {"\x7f", 0x7f},
        {"\xc2\x80", 0x80},
        {"\xdf\xbf", 0x7ff},
        {"\xe0\xa0\x80", 0x800},
        {"\xed\x9f\xbf", 0xd7ff},
        {"\xee\x80\x80", 0xe000},
        {"\xef\xbf\xbf", 0xffff},
        {"\xf0\x90\x80\x80", 0x10000},
        {"\xf4\x8f\xbf\xbf", 0x10ffff},
    };
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        uint32_t character = 0;
        const size_t length = strlen(cases[i].bytes);
        assert_int_equal(custval__utf8_next(cases[i].bytes, length + 1, &character), length);
        assert_int_equal(character, cases[i].character);
        assert_int_equal(custval__utf8_valid(cases[i].bytes, length), 1);
        assert_int_equal(custval__utf8_valid(cases[i].bytes, length - 1), length == 1);
    }
    uint32_t nul = 1;
    assert_int_equal(custval__utf8_next("", 1, &nul), 1);
    assert_int_equal(nul, 0);
    assert_int_equal(custval__utf8_next("", 0, &nul), 0);
}

static void malformed_bytes_are_refused(void **state) {
    (void)state;
    static const char *const cases[] = {
        "\x80",             /* a continuation alone */
        "\xc3",             /* cut */
        "\xc3(",            /* no continuation */
        "\xc0\x80",         /* NUL in two bytes */
        "\xc1\xbf",         /* too long for ASCII */
        "\xe0\x9f\xbf",     /* too long for two bytes */
        "\xed\xa0\x80",     /* a surrogate */
        "\xed\xbf\xbf",     /* a surrogate */
        "\xf0\x8f\xbf\xbf", /* too long for three bytes */
        "\xf4\x90\x80\x80", /* above U+10FFFF */
        "\xf5\x80\x80\x80",
        "\xff",
        "ok\xfe",
    };
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        assert_int_equal(custval__utf8_valid(cases[i], strlen(cases[i])), 0);
    }
}

/* ASCII is read in words: a bad byte is seen wherever it stands in or behind one. */
static void malformed_bytes_are_seen_anywhere(void **state) {
    (void)state;
    char text[41];
    for (size_t length = 1; length < sizeof text; length++) {
        for (size_t at = 0; at < length; at++) {
            memset(text, 'a', sizeof text);
            assert_int_equal(custval__utf8_valid(text, length), 1);
            text[at] = '\x80';
            assert_int_equal(custval__utf8_valid(text, length), 0);
            memcpy(text + at, "\xc3\xa4", 2);
            assert_int_equal(custval__utf8_valid(text, length), at + 1 < length);
        }
    }
}

static void a_cut_never_splits_a_character(void **state) {
    (void)state;
    static const char text[] = "a\xc3\xa4\xe4\xbb\xb7\xf0\x9f\x98\x80z";
    static const size_t cuts[] = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 11};
    for (size_t i = 0; i < SUPPORT_COUNT(cuts); i++) assert_int_equal(custval__utf8_cut(text, i), cuts[i]);
}

static void a_cut_leaves_malformed_bytes_where_they_are(void **state) {
    (void)state;
    assert_int_equal(custval__utf8_cut("\x80\x80\x80\x80\x80", 5), 5);
    assert_int_equal(custval__utf8_cut("\x80\x80", 2), 2);
    assert_int_equal(custval__utf8_cut("a\xff", 2), 2);
}

static void width_counts_columns_of_a_terminal(void **state) {
    (void)state;
    static const struct {
        const char *text;
        size_t columns;
    } cases[] = {
        {"", 0},
        {"plain", 5},
        {"tab\t\x7f", 3},
        {"Gr\xc3\xb6\xc3\x9f"
         "e",
         5},
        {"e\xcc\x81", 1},                                /* e and a combining acute */
        {"\xe4\xbb\xb7\xe5\x80\xbc", 4},                 /* two Chinese characters */
        {"\xed\x95\x9c", 2},                             /* a Hangul syllable */
        {"\xef\xbc\xa1", 2},                             /* a full width letter */
        {"\xef\xbd\xb1", 1},                             /* a half width kana */
        {"\xf0\x9f\x98\x80", 2},                         /* a face */
        {"\xe0\xb8\x81\xe0\xb8\xb4", 1},                 /* Thai: a consonant and the vowel over it */
        {"\xd0\xb1\xd1\x80\xd0\xb5\xd0\xbd\xd0\xb4", 5}, /* Cyrillic */
        {"\xf0\xa0\x80\x80", 2},                         /* an ideograph of the second plane */
        {"\xe2\x80\x8b", 0},                             /* zero width space */
        {"\xf3\xa0\x84\x80", 0},                         /* the last table entries: variation selector 17 */
        {"\xf4\x8f\xbf\xbd", 1},                         /* beyond every table */
        {"a\xff\xfe", 3},                                /* malformed bytes are shown as one each */
    };
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        assert_int_equal(custval__utf8_width(cases[i].text, strlen(cases[i].text)), cases[i].columns);
    }
}

/* Candidates end with NULL. */
static const char *candidate(const void *data, size_t index) {
    const char *const *const names = data;
    return names[index];
}

static void near_names_are_suggested_best_first(void **state) {
    (void)state;
    static const char *const names[] = {"IMAG1",
                                        "IMAG2",
                                        "SATISFACTION",
                                        "loyalty",
                                        "price_2024",
                                        "\xc3\x9c"
                                        "bersicht",
                                        "x",
                                        NULL};
    static const struct {
        const char *wanted;
        size_t most;
        const char *expected;
    } cases[] = {
        {"IMAG3", 3, "\"IMAG1\" or \"IMAG2\""},
        {"imag2", 3, "\"IMAG2\" or \"IMAG1\""}, /* case does not count */
        {"IMAG2", 1, "\"IMAG2\""},
        {"satisfacton", 3, "\"SATISFACTION\""},
        {"price", 3, "\"price_2024\""},           /* contained */
        {"customer_loyalty_2", 3, "\"loyalty\""}, /* contains */
        {"\xc3\x9b"
         "bersicht",
         3,
         "\"\xc3\x9c"
         "bersicht\""}, /* one character, not two bytes */
        {"y", 3, ""},   /* nothing in common */
        {"something else", 3, ""},
        {"", 3, ""},
        {"IMAG1", 0, ""},
        {"IMA", 99, "\"IMAG1\" or \"IMAG2\""},
    };
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        char out[200];
        custval__nearest_names(cases[i].wanted, candidate, names, cases[i].most, out, sizeof out);
        assert_string_equal(out, cases[i].expected);
    }
}

static void three_names_are_joined_by_comma_and_or(void **state) {
    (void)state;
    static const char *const names[] = {"item4", "item33", "item3", "item2", "item1", NULL};
    char out[200];
    custval__nearest_names("item3", candidate, names, 3, out, sizeof out);
    assert_string_equal(out, "\"item3\", \"item4\" or \"item33\"");
    custval__nearest_names("item3", candidate, names, 3, out, 12);
    assert_string_equal(out, "\"item3\", \"i");
    out[0] = 'x';
    custval__nearest_names("item3", candidate, names, 3, out, 0);
    assert_int_equal(out[0], 'x');
}

static void long_and_malformed_names_are_compared_too(void **state) {
    (void)state;
    char longer[201], other[201];
    memset(longer, 'a', sizeof longer);
    memset(other, 'a', sizeof other);
    longer[200] = other[200] = 0;
    other[10] = 'b';
    const char *const names[] = {other, "col\xff", NULL};
    char out[300], expected[300] = "\"";
    custval__nearest_names(longer, candidate, names, 3, out, sizeof out);
    strcat(strcat(expected, other), "\"");
    assert_string_equal(out, expected);
    custval__nearest_names("col\xfe", candidate, names, 3, out, sizeof out);
    assert_string_equal(out, "\"col\xff\"");
}

static void dates_count_days_from_1970(void **state) {
    (void)state;
    static const struct {
        const char *text;
        int32_t days;
    } cases[] = {
        {"1970-01-01", 0},      {"1969-12-31", -1},    {"1970-03-01", 59},      {"1972-02-29", 789},
        {"1972-03-01", 790},    {"2000-02-29", 11016}, {"2000-03-01", 11017},   {"1900-03-01", -25508},
        {"1900-02-28", -25509}, {"2026-11-22", 20779}, {"0001-01-01", -719162}, {"9999-12-31", 2932896},
        {"2023-12-31", 19722},  {"2024-12-31", 20088},
    };
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        int32_t days = 12345;
        assert_int_equal(custval__date_days(cases[i].text, 10, &days), 0);
        assert_int_equal(days, cases[i].days);
    }
}

static void consecutive_dates_are_one_day_apart(void **state) {
    (void)state;
    static const int days_of[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int32_t expected = -25567; /* 1900-01-01 */
    for (int year = 1900; year <= 2100; year++) {
        const int leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        for (int month = 1; month <= 12; month++) {
            const int last = days_of[month - 1] + (month == 2 && leap);
            for (int day = 1; day <= 31; day++) {
                const char text[] = {(char)('0' + year / 1000),
                                     (char)('0' + year / 100 % 10),
                                     (char)('0' + year / 10 % 10),
                                     (char)('0' + year % 10),
                                     '-',
                                     (char)('0' + month / 10),
                                     (char)('0' + month % 10),
                                     '-',
                                     (char)('0' + day / 10),
                                     (char)('0' + day % 10)};
                int32_t days = 0;
                assert_int_equal(custval__date_days(text, sizeof text, &days), day <= last ? 0 : -1);
                if (day <= last) assert_int_equal(days, expected++);
            }
        }
    }
}

static void what_is_no_date_is_refused(void **state) {
    (void)state;
    static const char *const cases[] = {
        "",           "2024-01-0",  "2024-01-011", "2024/01/01", "2024-01/01", "2023-02-29",
        "1900-02-29", "2024-13-01", "2024-00-01",  "2024-01-00", "2024-01-32", "2024-04-31",
        "0000-01-01", "-024-01-01", "2024-1a-01",  "2024-01-1 ", "20a4-01-01",
    };
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        int32_t days = 1;
        assert_int_equal(custval__date_days(cases[i], strlen(cases[i]), &days), -1);
        assert_int_equal(days, 0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(well_formed_characters_are_read_with_their_length),
        cmocka_unit_test(malformed_bytes_are_refused),
        cmocka_unit_test(malformed_bytes_are_seen_anywhere),
        cmocka_unit_test(a_cut_never_splits_a_character),
        cmocka_unit_test(a_cut_leaves_malformed_bytes_where_they_are),
        cmocka_unit_test(width_counts_columns_of_a_terminal),
        cmocka_unit_test(near_names_are_suggested_best_first),
        cmocka_unit_test(three_names_are_joined_by_comma_and_or),
        cmocka_unit_test(long_and_malformed_names_are_compared_too),
        cmocka_unit_test(dates_count_days_from_1970),
        cmocka_unit_test(consecutive_dates_are_one_day_apart),
        cmocka_unit_test(what_is_no_date_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
