/* Cash periods and discounts; and rows with equal keys. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "lifetime/cash.h"
#include "lifetime/equal.h"
#include "support.h"

/* One or two roundings of exp and log1p. */
#define NEAR 1e-15

static custval__cash_terms terms_of(double period, const double *rates, size_t rate_count, double rate_period) {
    return (custval__cash_terms){.timing = CUSTVAL_TIMING_END,
                                 .period = period,
                                 .rates = rates,
                                 .rate_count = rate_count,
                                 .rate_period = rate_period};
}

static double discount(const custval__cash_terms *terms, double t) {
    return exp(custval__cash_log_discount(terms, t));
}

static void a_rate_holds_for_its_period(void **state) {
    (void)state;
    static const double rate = 0.21;
    const custval__cash_terms terms = terms_of(1.0, &rate, 1, 52.0);
    assert_double_near(discount(&terms, 0.0), 1.0, 0.0);
    assert_double_near(discount(&terms, 52.0), 1.0 / 1.21, NEAR);
    assert_double_near(discount(&terms, 26.0), 1.0 / 1.1, NEAR);
    assert_double_near(discount(&terms, 104.0), 1.0 / (1.21 * 1.21), NEAR);
}

static void a_negative_rate_makes_later_money_worth_more(void **state) {
    (void)state;
    static const double rate = -0.5;
    const custval__cash_terms terms = terms_of(1.0, &rate, 1, 1.0);
    assert_double_near(discount(&terms, 2.0), 4.0, 4 * NEAR);
}

static void a_curve_holds_period_by_period_and_its_last_rate_goes_on(void **state) {
    (void)state;
    static const double rates[] = {0.10, 0.20, 0.50};
    const custval__cash_terms terms = terms_of(1.0, rates, 3, 12.0);
    assert_double_near(discount(&terms, 6.0), 1.0 / sqrt(1.10), NEAR);
    assert_double_near(discount(&terms, 12.0), 1.0 / 1.10, NEAR);
    assert_double_near(discount(&terms, 18.0), 1.0 / (1.10 * sqrt(1.20)), NEAR);
    assert_double_near(discount(&terms, 36.0), 1.0 / (1.10 * 1.20 * 1.50), NEAR);
    assert_double_near(discount(&terms, 60.0), 1.0 / (1.10 * 1.20 * 1.50 * 2.25), NEAR);
}

static void periods_are_counted_as_people_count_them(void **state) {
    (void)state;
    static const double rate = 0.0;
    const struct {
        double period, horizon;
        size_t count;
    } known[] = {{1.0, 12.0, 12}, {1.0, 11.5, 12},       {1.0, 0.25, 1},    {0.1, 1.2, 12},
                 {0.1, 0.3, 3},   {0.7, 7.0, 10},        {30.0, 360.0, 12}, {52.1775 / 12, 52.1775, 12},
                 {1.0, 0.0, 0},   {1.0, 12.0 + 1e-9, 13}};
    for (size_t i = 0; i < SUPPORT_COUNT(known); i++) {
        const custval__cash_terms terms = terms_of(known[i].period, &rate, 1, 1.0);
        assert_int_equal(custval__cash_count(&terms, known[i].horizon), known[i].count);
    }
    const custval__cash_terms short_ones = terms_of(1e-9, &rate, 1, 1.0);
    assert_int_equal(custval__cash_count(&short_ones, 1.0), CUSTVAL__CASH_PERIODS + 1);
    assert_int_equal(custval__cash_count(&short_ones, (double)INFINITY), CUSTVAL__CASH_PERIODS + 1);
}

static void timing_is_the_end_the_middle_or_the_beginning(void **state) {
    (void)state;
    static const double rate = 0.44, middle[] = {1.2, 1.728}, begin[] = {1.0, 1.44}, end[] = {1.44, 2.0736};
    const struct {
        uint32_t timing;
        const double *growth;
    } known[] = {{CUSTVAL_TIMING_END, end}, {CUSTVAL_TIMING_MIDDLE, middle}, {CUSTVAL_TIMING_BEGIN, begin}};
    for (size_t i = 0; i < SUPPORT_COUNT(known); i++) {
        custval__cash_terms terms = terms_of(4.0, &rate, 1, 4.0);
        double ends[2], discounts[2];
        terms.timing = known[i].timing;
        custval__cash_fill(&terms, 0, 2, ends, discounts);
        for (size_t k = 0; k < 2; k++) {
            assert_double_near(ends[k], 4.0 * ((double)k + 1.0), 0.0);
            assert_double_near(discounts[k], 1.0 / known[i].growth[k], NEAR);
        }
    }
}

static void the_last_period_ends_at_the_horizon(void **state) {
    (void)state;
    static const double rate = 0.21;
    const custval__cash_terms terms = terms_of(1.0, &rate, 1, 1.0);
    double ends[3], discounts[3];
    custval__cash_fill(&terms, 0, 3, ends, discounts);
    custval__cash_cut(&terms, 2.5, 3, ends, discounts);
    assert_double_near(ends[2], 2.5, 0.0);
    assert_double_near(ends[1], 2.0, 0.0);
    assert_double_near(discounts[2], 1.0 / (1.21 * 1.21 * 1.1), NEAR);
    custval__cash_fill(&terms, 2, 3, ends, discounts);
    assert_double_near(ends[2], 3.0, 0.0);
    assert_double_near(discounts[2], 1.0 / (1.21 * 1.21 * 1.21), NEAR);
}

static void times_of_the_caller_are_the_periods(void **state) {
    (void)state;
    static const double rate = 0.0, times[] = {31.0, 59.0, 90.0};
    custval__cash_terms terms = terms_of(1.0, &rate, 1, 1.0);
    double ends[3], discounts[3];
    terms.times = times;
    terms.time_count = 3;
    assert_int_equal(custval__cash_check(&terms, NULL), CUSTVAL_OK);
    assert_int_equal(custval__cash_count(&terms, 90.0), 3);
    custval__cash_fill(&terms, 0, 3, ends, discounts);
    for (size_t k = 0; k < 3; k++) assert_double_near(ends[k], times[k], 0.0);
    for (size_t k = 0; k < 3; k++) assert_double_near(discounts[k], 1.0, 0.0);
}

static void what_is_no_term_is_refused(void **state) {
    (void)state;
    static const double rate = 0.1, falling[] = {2.0, 1.0}, at_zero[] = {0.0}, lost[] = {0.1, -1.0};
    custval__cash_terms wrong[8];
    custval_error error = CUSTVAL_ERROR_INIT;
    for (size_t i = 0; i < 8; i++) wrong[i] = terms_of(1.0, &rate, 1, 1.0);
    wrong[0].timing = 0;
    wrong[1].period = 0.0;
    wrong[2].rate_period = -1.0;
    wrong[3].rates = lost;
    wrong[3].rate_count = 2;
    wrong[4].times = falling;
    wrong[4].time_count = 2;
    wrong[5].times = at_zero;
    wrong[5].time_count = 1;
    wrong[6].period = (double)NAN;
    wrong[7].timing = 4;
    for (size_t i = 0; i < 8; i++) {
        const int is_timing = i == 0 || i == 7;
        assert_status(custval__cash_check(&wrong[i], &error), is_timing ? CUSTVAL_ERROR_ARGUMENT : CUSTVAL_ERROR_RANGE,
                      &error);
    }
}

static void equal_rows_share_a_group(void **state) {
    (void)state;
    static const double a[] = {1, 2, 1, 1, 2, 1}, b[] = {5, 5, 5, 6, 5, 5};
    static const uint32_t expected[] = {0, 1, 0, 2, 1, 0};
    const double *const keys[] = {a, b};
    uint32_t slots[16], of[6], first[6];
    assert_int_equal(custval__equal_slots(6), 16);
    assert_int_equal(custval__equal_rows(keys, 2, 6, slots, of, first), 3);
    for (size_t i = 0; i < 6; i++) assert_int_equal(of[i], expected[i]);
    assert_int_equal(first[2], 3);
    assert_int_equal(custval__equal_rows(keys, 0, 6, slots, of, first), 1);
    assert_int_equal(custval__equal_rows(keys, 2, 0, slots, of, first), 0);
}

static void many_distinct_rows_have_groups_of_their_own(void **state) {
    (void)state;
    enum { ROWS = 5000 };
    static double keys_room[ROWS];
    static uint32_t slots[16384], of[ROWS], first[ROWS];
    const double *const keys[] = {keys_room};
    for (size_t i = 0; i < ROWS; i++) keys_room[i] = (double)(i * 7 % ROWS);
    assert_int_equal(custval__equal_rows(keys, 1, ROWS, slots, of, first), ROWS);
    for (size_t i = 0; i < ROWS; i++) assert_int_equal(of[i], i);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_rate_holds_for_its_period),
        cmocka_unit_test(a_negative_rate_makes_later_money_worth_more),
        cmocka_unit_test(a_curve_holds_period_by_period_and_its_last_rate_goes_on),
        cmocka_unit_test(periods_are_counted_as_people_count_them),
        cmocka_unit_test(timing_is_the_end_the_middle_or_the_beginning),
        cmocka_unit_test(the_last_period_ends_at_the_horizon),
        cmocka_unit_test(times_of_the_caller_are_the_periods),
        cmocka_unit_test(what_is_no_term_is_refused),
        cmocka_unit_test(equal_rows_share_a_group),
        cmocka_unit_test(many_distinct_rows_have_groups_of_their_own),
    };
    return cmocka_run_group_tests_name("cash periods", tests, NULL, NULL);
}
