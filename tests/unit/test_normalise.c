/* Weights of a group that add up to exactly 1. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "system/system.h"

#define MOST 200

static double added_in_order(const double *weights, size_t count) {
    double total = 0;
    for (size_t i = 0; i < count; i++) total += weights[i];
    return total;
}

static void weights_become_shares(void **unused) {
    (void)unused;
    static const struct {
        size_t count;
        double weights[5], shares[5];
    } cases[] = {
        {1, {7}, {1}},
        {1, {DBL_TRUE_MIN}, {1}},
        {1, {DBL_MAX}, {1}},
        {2, {3, 1}, {0.75, 0.25}},
        {2, {60, 40}, {0.6, 0.4}},
        {4, {0.1, 0.2, 0.3, 0.4}, {0.1, 0.2, 0.3, 0.4}},
        {3, {0, 5, 0}, {0, 1, 0}},
        {3, {-0.0, 2, 2}, {0, 0.5, 0.5}},
        {2, {DBL_MAX, DBL_MAX}, {0.5, 0.5}},
        {5, {DBL_TRUE_MIN, DBL_TRUE_MIN, 0, DBL_TRUE_MIN, DBL_TRUE_MIN}, {0.25, 0.25, 0, 0.25, 0.25}},
        {2, {0x1p996, 1e-300}, {1, 2 * DBL_MIN}}, /* vanishing, but not gone */
    };
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        double weights[5];
        memcpy(weights, cases[i].weights, sizeof weights);
        assert_int_equal(custval__weights_normalise(weights, cases[i].count), 0);
        for (size_t k = 0; k < cases[i].count; k++) assert_double_bits(weights[k], cases[i].shares[k]);
    }
}

static void a_group_without_a_positive_weight_is_refused_and_left_alone(void **unused) {
    (void)unused;
    double weights[] = {0, 0, 0};
    assert_int_equal(custval__weights_normalise(weights, 3), -1);
    assert_int_equal(custval__weights_normalise(weights, 0), -1);
    for (size_t i = 0; i < 3; i++) assert_double_bits(weights[i], 0);
}

static void powers_of_two_whose_halves_meet_add_up_too(void **unused) {
    (void)unused;
    /* No change of a single weight makes these add up to 1: found by search. */
    double weights[] = {1, 0x1p-16, 0x1p-3, 0x1p-12, 0x1p-50};
    const double total = 1 + 0x1p-16 + 0x1p-3 + 0x1p-12;
    assert_int_equal(custval__weights_normalise(weights, 5), 0);
    assert_double_bits(added_in_order(weights, 5), 1);
    assert_double_near(weights[0], 1 / total, 1e-15);
    assert_double_near(weights[3], 0x1p-12 / total, 1e-15);
    for (size_t i = 0; i < 5; i++) assert_double_bits(weights[i], floor(weights[i] * 0x1p53) / 0x1p53);
}

/* Weights of many kinds: any, spread over all magnitudes, small integers, equal, tiny beside huge, powers of two. */
static double random_weight(support_random *random, uint32_t kind) {
    switch (kind) {
    case 0: return random_unit(random);
    case 1: return fabs(random_double(random));
    case 2: return (double)random_below(random, 10);
    case 3: return 1;
    case 4: return random_unit(random) * (random_below(random, 2) ? 1e-300 : 1e300);
    default: return ldexp(1, -(int)random_below(random, 60));
    }
}

static void random_groups_add_up_to_exactly_one_keep_their_proportions_and_stay_so(void **unused) {
    (void)unused;
    support_random random = random_seeded("normalise");
    for (int round = 0; round < 60000; round++) {
        double weights[MOST], given[MOST];
        const uint32_t kind = random_below(&random, 6);
        const size_t count = 1 + random_below(&random, MOST);
        double largest = 0, total = 0;
        for (size_t i = 0; i < count; i++) {
            weights[i] = given[i] = random_weight(&random, kind);
            largest = fmax(largest, given[i]);
        }
        if (largest <= 0) continue;
        assert_int_equal(custval__weights_normalise(weights, count), 0);
        assert_double_bits(added_in_order(weights, count), 1);
        double again[MOST];
        memcpy(again, weights, sizeof again);
        assert_int_equal(custval__weights_normalise(again, count), 0);
        for (size_t i = 0; i < count; i++) assert_double_bits(again[i], weights[i]);
        for (size_t i = 0; i < count; i++) total += given[i] / largest;
        for (size_t i = 0; i < count; i++) {
            assert_int_equal(weights[i] > 0, given[i] > 0);
            /* Adding up `count` numbers below 1 in order loses that much at most, and one weight makes up for it. */
            assert_double_near(weights[i], given[i] / largest / total, (double)count * DBL_EPSILON);
        }
    }
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(weights_become_shares),
        cmocka_unit_test(a_group_without_a_positive_weight_is_refused_and_left_alone),
        cmocka_unit_test(powers_of_two_whose_halves_meet_add_up_too),
        cmocka_unit_test(random_groups_add_up_to_exactly_one_keep_their_proportions_and_stay_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
