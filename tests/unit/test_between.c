/* Many cash periods from few values. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "lifetime/between.h"
#include "lifetime/model.h"
#include "support.h"

#define PERIODS 20000

static void periods_reach_no_further_than_the_polynomial(void **state) {
    (void)state;
    static double times[PERIODS];
    for (size_t k = 0; k < PERIODS; k++) times[k] = (double)k + 1.0;
    assert_int_equal(custval__between_count(times, 0), 0);
    assert_int_equal(custval__between_count(times, PERIODS), 0);            /* 1 .. 1.4 */
    assert_int_equal(custval__between_count(times + 79, PERIODS - 79), 33); /* 80 .. 112 */
    assert_int_equal(custval__between_count(times + 79, 32), 0);
    assert_int_equal(custval__between_count(times + 999, 300), 300);
    assert_int_equal(custval__between_count(times + 999, PERIODS - 999), 401);
}

/* (1 + t)^-s falls as far as s says within 1.4 t, and e^(-q t) as fast as can be. */
static void values_between_are_those_of_the_function(void **state) {
    (void)state;
    static const double rates[] = {1e-6, 0.01, 0.3, 1, 3, 10, 30, 1e3};
    const double ends[] = {100, 140};
    double nodes[CUSTVAL__BETWEEN_NODES], shares[CUSTVAL__BETWEEN_NODES];
    custval__between_nodes(ends, 2, nodes);
    assert_double_bits(nodes[0], 100);
    assert_double_bits(nodes[CUSTVAL__BETWEEN_NODES - 1], 140);
    for (double t = 100; t <= 140; t += 0.37) {
        custval__between_shares(nodes, t, shares);
        for (size_t r = 0; r < SUPPORT_COUNT(rates); r++) {
            double power = 0, fall = 0;
            for (size_t j = 0; j < CUSTVAL__BETWEEN_NODES; j++) {
                power += shares[j] * pow(1 + nodes[j], -rates[r]);
                fall += shares[j] * exp(-rates[r] / 10 * nodes[j]);
            }
            assert_double_near(power, pow(1 + t, -rates[r]), 2e-15);
            assert_double_near(fall, exp(-rates[r] / 10 * t), 2e-15);
        }
    }
    custval__between_shares(nodes, nodes[5], shares);
    for (size_t j = 0; j < CUSTVAL__BETWEEN_NODES; j++) assert_double_bits(shares[j], j == 5 ? 1.0 : 0.0);
}

/* Money without a discount is what is bought, and its pairs are those of all purchases, however many periods there are. */
static void moments_of_many_periods_are_those_of_one(void **state) {
    (void)state;
    static double ends[PERIODS], discounts[PERIODS];
    static const double parameters[][4] = {{0.243, 4.414, 0.793, 2.426}, {30, 1e-3, 0.01, 40}, {1e5, 1e5, 1e-3, 1e3}};
    const double x[] = {0, 2, 900}, t_x[] = {0, 20, 30}, T[] = {30, 30, 30};
    const custval__customers who = {.count = 3, .x = x, .t_x = t_x, .T = T};
    for (size_t k = 0; k < PERIODS; k++) {
        ends[k] = 0.5 * (double)(k + 1);
        discounts[k] = 1.0;
    }
    const double last = ends[PERIODS - 1], horizon[] = {last, last, last};
    const custval__cash many = {PERIODS, ends, discounts};
    for (size_t p = 0; p < SUPPORT_COUNT(parameters); p++) {
        double mean[3], pairs[3], squares[3], expected[3], expected_pairs[3];
        custval__bgnbd.cash_moments(parameters[p], &who, &many, mean, pairs, squares);
        custval__bgnbd.expected(parameters[p], &who, &last, 1, expected);
        custval__bgnbd.expected_pairs(parameters[p], &who, horizon, expected_pairs);
        for (size_t i = 0; i < 3; i++) {
            assert_double_near(mean[i], expected[i], 1e-12 * expected[i]);
            assert_double_near(squares[i], expected[i], 1e-12 * expected[i]);
            assert_double_near(pairs[i], expected_pairs[i], 1e-11 * expected_pairs[i]);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(periods_reach_no_further_than_the_polynomial),
        cmocka_unit_test(values_between_are_those_of_the_function),
        cmocka_unit_test(moments_of_many_periods_are_those_of_one),
    };
    return cmocka_run_group_tests_name("between", tests, NULL, NULL);
}
