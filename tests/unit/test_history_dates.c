/* Times as text, integers and numbers to periods and back: the calendar, what is a date and what is not. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include <custval/history.h>

#include "history/dates.h"
#include "support.h"

#define SECONDS_OF_DAY 86400

static const custval__clock days = {CUSTVAL_PERIOD_DAY, 1.0}, seconds = {CUSTVAL_PERIOD_SECOND, 1.0};

static void assert_period(const custval__clock *clock, const char *text, int64_t expected) {
    int64_t period = 0;
    assert_int_equal(custval__period_of_text(clock, text, strlen(text), &period), CUSTVAL__TIME_OK);
    assert_int_equal(period, expected);
}

/* Python's datetime says so. */
static void known_days(void **state) {
    (void)state;
    assert_period(&days, "0001-01-01", -719162);
    assert_period(&days, "1600-02-29", -135081);
    assert_period(&days, "1900-02-28", -25509);
    assert_period(&days, "1900-03-01", -25508);
    assert_period(&days, "1969-12-31", -1);
    assert_period(&days, "1970-01-01", 0);
    assert_period(&days, "2000-02-29", 11016);
    assert_period(&days, "2026-11-26", 20783);
    assert_period(&days, "9999-12-31", 2932896);
    assert_period(&days, "2026-11-26T23:59:59.999999999Z", 20783);
}

static void known_times(void **state) {
    (void)state;
    assert_period(&seconds, "1970-01-01", 0);
    assert_period(&seconds, "1970-01-01T00:01", 60);
    assert_period(&seconds, "1970-01-01T00:01Z", 60);
    assert_period(&seconds, "1970-01-01 00:00:59", 59);
    assert_period(&seconds, "1970-01-01 00:00:59,5", 59);
    assert_period(&seconds, "1970-01-02T00:00:00.0Z", SECONDS_OF_DAY);
    assert_period(&seconds, "1969-12-31T23:59:59", -1);
    assert_period(&seconds, "9999-12-31T23:59:59", INT64_C(253402300799));
}

static void not_dates(void **state) {
    (void)state;
    static const char *const texts[] = {"",
                                        "2026",
                                        "2026-11",
                                        "2026-11-2",
                                        "0000-01-01",
                                        "2026-00-01",
                                        "2026-13-01",
                                        "2026-01-00",
                                        "2026-01-32",
                                        "2026-02-29",
                                        "1900-02-29",
                                        "2100-02-29",
                                        "2026-04-31",
                                        "2026/11/26",
                                        "26-11-2026",
                                        "+026-11-26",
                                        "-026-11-26",
                                        " 026-11-26",
                                        "2026-1a-26",
                                        "2026-11-26Z",
                                        "2026-11-26T",
                                        "2026-11-26T1",
                                        "2026-11-26T24:00:00",
                                        "2026-11-26T10:60:00",
                                        "2026-11-26T10:00:60",
                                        "2026-11-26T10:00:0",
                                        "2026-11-26T10:00:00.",
                                        "2026-11-26T10:00:00.x",
                                        "2026-11-26T10:00:00+01:00",
                                        "2026-11-26t10:00:00",
                                        "2026-11-26T10-00",
                                        "20261126",
                                        "12026-11-26",
                                        "yesterday!"};
    int64_t period;
    for (size_t i = 0; i < SUPPORT_COUNT(texts); i++) {
        if (custval__period_of_text(&days, texts[i], strlen(texts[i]), &period) != CUSTVAL__TIME_NONE) {
            fail_msg("\"%s\" is taken as a date", texts[i]);
        }
    }
}

/* Every day of the calendar: its text is read back, and months and days follow each other. */
static void all_days(void **state) {
    (void)state;
    char before[CUSTVAL__PERIOD_TEXT] = "0000-12-31", text[CUSTVAL__PERIOD_TEXT];
    for (int64_t day = CUSTVAL__DAYS_FIRST; day <= CUSTVAL__DAYS_LAST; day++) {
        int64_t read;
        assert_int_equal(custval__period_text(&days, day, text), 10);
        assert_int_equal(custval__period_of_text(&days, text, 10, &read), CUSTVAL__TIME_OK);
        assert_int_equal(read, day);
        assert_true(strcmp(before, text) < 0);
        strcpy(before, text);
    }
    assert_string_equal(text, "9999-12-31");
}

/* A period's text, as a bound, is that period. */
static void text_comes_back(void **state) {
    (void)state;
    support_random random = random_seeded("texts of periods");
    for (uint32_t period = CUSTVAL_PERIOD_DAY; period <= CUSTVAL_PERIOD_NUMBER; period++) {
        for (int i = 0; i < 20000; i++) {
            const custval__clock clock = {period, i % 3 == 0 ? 1.0 : random_between(&random, 1e-3, 100.0)};
            int64_t at, read;
            if (period == CUSTVAL_PERIOD_NUMBER) {
                at = (int64_t)(random_bits(&random) % (1U << 30)) - (1 << 29);
            } else {
                const int64_t units = (int64_t)(random_bits(&random) % (UINT64_C(3652059) * SECONDS_OF_DAY)) -
                                      INT64_C(719162) * SECONDS_OF_DAY;
                assert_int_equal(custval__period_of_units(&clock, units, SECONDS_OF_DAY, &at), CUSTVAL__TIME_OK);
            }
            char text[CUSTVAL__PERIOD_TEXT];
            const size_t length = custval__period_text(&clock, at, text);
            assert_int_equal(length, strlen(text));
            assert_int_equal(custval__period_of_bound(&clock, text, length, &read), CUSTVAL__TIME_OK);
            assert_int_equal(read, at);
            assert_true(custval__period_exists(&clock, at));
        }
    }
}

static void assert_bound(uint32_t period, const char *text, const char *expected) {
    const custval__clock clock = {period, 1.0};
    char out[CUSTVAL__PERIOD_TEXT];
    int64_t at;
    assert_int_equal(custval__period_of_bound(&clock, text, strlen(text), &at), CUSTVAL__TIME_OK);
    (void)custval__period_text(&clock, at, out);
    assert_string_equal(out, expected);
}

/* A coarser text means its last period. */
static void bounds(void **state) {
    (void)state;
    assert_bound(CUSTVAL_PERIOD_DAY, "2024-02", "2024-02-29");
    assert_bound(CUSTVAL_PERIOD_DAY, "2023", "2023-12-31");
    assert_bound(CUSTVAL_PERIOD_DAY, "2023-05-06T07:08:09", "2023-05-06");
    assert_bound(CUSTVAL_PERIOD_WEEK, "2023-01-01", "2022-12-26");
    assert_bound(CUSTVAL_PERIOD_MONTH, "2023-05-06", "2023-05");
    assert_bound(CUSTVAL_PERIOD_QUARTER, "2023-05", "2023-04");
    assert_bound(CUSTVAL_PERIOD_QUARTER, "2023", "2023-10");
    assert_bound(CUSTVAL_PERIOD_YEAR, "2023", "2023");
    assert_bound(CUSTVAL_PERIOD_HOUR, "2023-05-06", "2023-05-06T23:00");
    assert_bound(CUSTVAL_PERIOD_SECOND, "2023-05-06", "2023-05-06T23:59:59");
    assert_bound(CUSTVAL_PERIOD_SECOND, "2023-05-06T10:11", "2023-05-06T10:11:59");
    assert_bound(CUSTVAL_PERIOD_NUMBER, "-2.5", "-3");
    static const char *const wrong[] = {"", "2023-", "2023-13", "0000", "20", "2023-1", "2023-02-30", "tomorrow"};
    int64_t at;
    for (size_t i = 0; i < SUPPORT_COUNT(wrong); i++) {
        assert_int_equal(custval__period_of_bound(&days, wrong[i], strlen(wrong[i]), &at), CUSTVAL__TIME_NONE);
    }
    const custval__clock numbers = {CUSTVAL_PERIOD_NUMBER, 1.0};
    assert_int_equal(custval__period_of_bound(&numbers, "1e300", 5, &at), CUSTVAL__TIME_BEYOND);
    assert_int_equal(custval__period_of_bound(&numbers, "3x", 2, &at), CUSTVAL__TIME_NONE);
    assert_int_equal(custval__period_of_bound(&numbers, "", 0, &at), CUSTVAL__TIME_NONE);
}

/* Arrow's dates and timestamps: rounded down, also before 1970, and up to the ends of their types. */
static void integers(void **state) {
    (void)state;
    const int64_t nanoseconds = INT64_C(86400000000000);
    int64_t at;
    assert_int_equal(custval__period_of_units(&days, -1, nanoseconds, &at), CUSTVAL__TIME_OK);
    assert_int_equal(at, -1);
    assert_int_equal(custval__period_of_units(&days, INT64_MIN, nanoseconds, &at), CUSTVAL__TIME_OK);
    assert_int_equal(at, -106752);
    assert_int_equal(custval__period_of_units(&seconds, INT64_MAX, nanoseconds, &at), CUSTVAL__TIME_OK);
    assert_int_equal(at, INT64_C(9223372036));
    assert_int_equal(custval__period_of_units(&seconds, -1, nanoseconds, &at), CUSTVAL__TIME_OK);
    assert_int_equal(at, -1);
    assert_int_equal(custval__period_of_units(&seconds, 3, 1, &at), CUSTVAL__TIME_OK);
    assert_int_equal(at, 3 * SECONDS_OF_DAY);
    assert_int_equal(custval__period_of_units(&days, 2932897, 1, &at), CUSTVAL__TIME_BEYOND);
    assert_int_equal(custval__period_of_units(&days, -719163, 1, &at), CUSTVAL__TIME_BEYOND);
    assert_int_equal(custval__period_of_units(&days, INT64_MAX, SECONDS_OF_DAY, &at), CUSTVAL__TIME_BEYOND);
    assert_int_equal(custval__period_of_units(&days, INT64_MIN, 1, &at), CUSTVAL__TIME_BEYOND);
}

static void numbers(void **state) {
    (void)state;
    const custval__clock clock = {CUSTVAL_PERIOD_NUMBER, 0.5};
    int64_t at;
    assert_int_equal(custval__period_of_number(&clock, -0.25, &at), CUSTVAL__TIME_OK);
    assert_int_equal(at, -1);
    assert_int_equal(custval__period_of_number(&clock, 1.0, &at), CUSTVAL__TIME_OK);
    assert_int_equal(at, 2);
    assert_int_equal(custval__period_of_number(&clock, (double)NAN, &at), CUSTVAL__TIME_NONE);
    assert_int_equal(custval__period_of_number(&clock, (double)INFINITY, &at), CUSTVAL__TIME_BEYOND);
    assert_int_equal(custval__period_of_number(&clock, 0x1p38, &at), CUSTVAL__TIME_BEYOND);
    assert_int_equal(custval__period_of_number(&clock, 0x1p38 - 1.0, &at), CUSTVAL__TIME_OK);
    assert_false(custval__period_exists(&clock, CUSTVAL__PERIOD_MOST));
    assert_false(custval__period_exists(&days, 2932897));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_days), cmocka_unit_test(known_times),     cmocka_unit_test(not_dates),
        cmocka_unit_test(all_days),   cmocka_unit_test(text_comes_back), cmocka_unit_test(bounds),
        cmocka_unit_test(integers),   cmocka_unit_test(numbers),
    };
    return cmocka_run_group_tests_name("dates of histories", tests, NULL, NULL);
}
