/* What feeds lifetime models: survival curves as rows, and calendar months as cash times. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "api.h"

#include <math.h>

#include "json_table.h"

#define NONE (double)NAN

/* ---- Survivors ---- */

static void a_survival_curve_becomes_rows(void **state) {
    (void)state;
    static const double survivors[] = {1000, 869, 743, 743};
    static const double rows[4][3] = {{1, 1, 131}, {2, 1, 126}, {3, 1, 0}, {3, 0, 743}};
    custval_table *table = NULL;
    custval_error error = CUSTVAL_ERROR_INIT;
    assert_ok(custval_lifetime_survivors(NULL, survivors, 4, &table, &error), &error);
    assert_int_equal(custval_table_rows(table), 4);
    assert_int_equal(custval_table_columns(table), 3);
    for (size_t i = 0; i < 4; i++) {
        assert_double_bits(table_cell(table, "T", i), rows[i][0]);
        assert_double_bits(table_cell(table, "lost", i), rows[i][1]);
        assert_double_bits(table_cell(table, "count", i), rows[i][2]);
    }
    custval_table_free(table);
}

static void all_may_be_lost(void **state) {
    (void)state;
    static const double survivors[] = {2.5, 0};
    custval_table *table = NULL;
    assert_ok(custval_lifetime_survivors(NULL, survivors, 2, &table, NULL), NULL);
    assert_double_bits(table_cell(table, "count", 0), 2.5);
    assert_double_bits(table_cell(table, "count", 1), 0.0);
    custval_table_free(table);
}

static void what_is_no_survival_curve_is_named(void **state) {
    (void)state;
    static const struct {
        double survivors[3];
        size_t row;
        const char *words;
    } cases[] = {
        {{10, 11, 3}, 1, "survivors[1] is 11, but cannot rise above the 10 before it"},
        {{10, 9, -1}, 2, "survivors[2] is -1, but must be a finite number"},
        {{(double)INFINITY, 9, 1}, 0, "survivors[0] is inf"},
        {{10, (double)NAN, 1}, 1, "survivors[1] is nan"},
        {{0, 0, 0}, 0, "survivors[0] is 0"},
    };
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        custval_table *table = NULL;
        custval_error error = CUSTVAL_ERROR_INIT;
        assert_status(custval_lifetime_survivors(NULL, cases[i].survivors, 3, &table, &error), CUSTVAL_ERROR_RANGE,
                      &error);
        assert_message(&error, cases[i].words);
        assert_int_equal(error.row, cases[i].row);
        assert_null(table);
    }
}

static void a_curve_must_be_there(void **state) {
    (void)state;
    static const double survivors[] = {2, 1};
    custval_table *table = NULL;
    custval_error error = CUSTVAL_ERROR_INIT;
    assert_refused(custval_lifetime_survivors(NULL, survivors, 2, NULL, &error));
    assert_refused(custval_lifetime_survivors(NULL, NULL, 2, &table, &error));
    assert_refused(custval_lifetime_survivors(NULL, survivors, 1, &table, &error));
    assert_message(&error, "count is 1");
    assert_null(table);
}

static custval_status make_with(const void *given, custval_error *error) {
    static const double survivors[] = {2, 1};
    custval_table *table = NULL;
    const custval_status status = custval_lifetime_survivors(given, survivors, 2, &table, error);
    custval_table_free(table);
    return status;
}

static void a_host_of_another_size_is_read_as_everywhere(void **state) {
    (void)state;
    const custval_host host = CUSTVAL_HOST_INIT;
    assert_reads_struct(make_with, &host, sizeof host);
}

/* ---- Months ---- */

static void assert_days(const char *date, uint32_t months, size_t count, const double *days) {
    double times[16];
    custval_error error = CUSTVAL_ERROR_INIT;
    assert_ok(custval_calendar_months(date, months, count, 1.0, times, &error), &error);
    for (size_t i = 0; i < count; i++) assert_double_bits(times[i], days[i]);
}

/* Counted by hand on a calendar. */
static void months_have_their_days(void **state) {
    (void)state;
    static const double usual[] = {31, 59, 90, 120}, leap[] = {31, 60, 91}, ends[] = {28, 59, 89, 120, 150};
    static const double leap_ends[] = {29, 60, 90}, quarters[] = {91, 182, 274, 366};
    static const double leap_day[] = {365, 730, 1095, 1461};
    static const double century[] = {28}, fourth_century[] = {29};
    assert_days("2025-01-01", 1, 4, usual);
    assert_days("2024-01-01", 1, 3, leap);
    assert_days("2025-01-31", 1, 5, ends); /* 28 February, 31 March, 30 April, 31 May, 30 June */
    assert_days("2024-01-31", 1, 3, leap_ends);
    assert_days("2023-12-31", 3, 4, quarters);  /* 31 March, 30 June, 30 September, 31 December 2024 */
    assert_days("2024-02-29", 12, 4, leap_day); /* 28 February three times, then the 29th */
    assert_days("1900-01-31", 1, 1, century);
    assert_days("2000-01-31", 1, 1, fourth_century);
}

static void times_are_in_the_unit_of_the_data(void **state) {
    (void)state;
    double weeks[2];
    assert_ok(custval_calendar_months("1997-09-30", 12, 2, 7.0, weeks, NULL), NULL);
    assert_double_bits(weeks[0], 365.0 / 7.0);
    assert_double_bits(weeks[1], 730.0 / 7.0);
}

static void the_calendar_ends_with_the_year_9999(void **state) {
    (void)state;
    double times[3] = {NONE, NONE, NONE};
    custval_error error = CUSTVAL_ERROR_INIT;
    assert_ok(custval_calendar_months("9999-11-30", 1, 1, 1.0, times, &error), &error);
    assert_double_bits(times[0], 30.0);
    assert_ok(custval_calendar_months("0001-01-01", 119987, 1, 1.0, times, &error), &error);
    assert_double_bits(times[0], 3652058.0 - 30.0); /* 9999-12-01 */
    times[0] = NONE;
    assert_status(custval_calendar_months("9999-10-31", 1, 3, 1.0, times, &error), CUSTVAL_ERROR_RANGE, &error);
    assert_message(&error, "cash period 2 ends beyond the year 9999");
    assert_double_bits(times[0], NONE);
    assert_status(custval_calendar_months("2026-01-01", UINT32_MAX, 1, 1.0, times, &error), CUSTVAL_ERROR_RANGE,
                  &error);
    assert_status(custval_calendar_months("2026-01-01", 1, SIZE_MAX, 1.0, times, &error), CUSTVAL_ERROR_RANGE, &error);
}

static void bad_dates_and_units_are_named(void **state) {
    (void)state;
    static const char *const dates[] = {"", "2026-13-01", "2025-02-29", "2026-1-1", "2026-01-01T00:00", "0000-01-01"};
    static const double units[] = {0.0, -7.0, 5e-324, (double)NAN, (double)INFINITY};
    double time = NONE;
    custval_error error = CUSTVAL_ERROR_INIT;
    for (size_t i = 0; i < SUPPORT_COUNT(dates); i++) {
        assert_status(custval_calendar_months(dates[i], 1, 1, 1.0, &time, &error), CUSTVAL_ERROR_RANGE, &error);
        assert_message(&error, dates[i]);
    }
    for (size_t i = 0; i < SUPPORT_COUNT(units); i++) {
        assert_status(custval_calendar_months("2026-01-01", 1, 1, units[i], &time, &error), CUSTVAL_ERROR_RANGE,
                      &error);
        assert_message(&error, "days_per_unit is ");
    }
    assert_refused(custval_calendar_months(NULL, 1, 1, 1.0, &time, &error));
    assert_refused(custval_calendar_months("2026-01-01", 1, 1, 1.0, NULL, &error));
    assert_refused(custval_calendar_months("2026-01-01", 0, 1, 1.0, &time, &error));
    assert_message(&error, "months is 0");
    assert_double_bits(time, NONE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_survival_curve_becomes_rows),
        cmocka_unit_test(all_may_be_lost),
        cmocka_unit_test(what_is_no_survival_curve_is_named),
        cmocka_unit_test(a_curve_must_be_there),
        cmocka_unit_test(a_host_of_another_size_is_read_as_everywhere),
        cmocka_unit_test(months_have_their_days),
        cmocka_unit_test(times_are_in_the_unit_of_the_data),
        cmocka_unit_test(the_calendar_ends_with_the_year_9999),
        cmocka_unit_test(bad_dates_and_units_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
