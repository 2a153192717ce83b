/* Ranks and single places among many numbers, against counting one by one. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <float.h>
#include <math.h>
#include <stdlib.h>

#include "support.h"
#include "uncertainty/order.h"

#define MOST 3000

/* Distributions that interpolation likes and hates. */
enum shape { UNIFORM, TIES, OUTLIER, GEOMETRIC, EQUAL, HUGE_RANGE, TINY_RANGE, SORTED, SHAPES };

static double number_of(enum shape shape, support_random *random, uint32_t i, uint32_t n) {
    switch (shape) {
    case UNIFORM: return random_between(random, -100.0, 100.0);
    case TIES: return (double)random_below(random, 7) - 3.0;
    case OUTLIER: return i == n / 2 ? -1e12 : random_between(random, 40.0, 60.0);
    case GEOMETRIC: return ldexp(random_below(random, 2) ? 1.0 : -1.0, -(int)random_below(random, 1000));
    case EQUAL: return 42.0;
    case HUGE_RANGE: return random_between(random, -1.0, 1.0) * DBL_MAX;
    case TINY_RANGE: return (double)random_below(random, 50) * DBL_TRUE_MIN;
    default: return (double)i * 0.1;
    }
}

static custval__order order_of(custval__arena *arena, uint32_t most) {
    custval_host host;
    custval__order order;
    assert_ok(custval__host_read(&host, NULL, NULL), NULL);
    custval__arena_init(arena, &host);
    assert_int_equal(custval__order_new(arena, most, &order), CUSTVAL_OK);
    return order;
}

static void assert_ranks(custval__order *order, const double *x, uint32_t n) {
    static double ranks[MOST];
    double low, high;
    uint32_t firsts = 0;
    custval__order_range(x, n, &low, &high);
    const uint32_t said = custval__order_ranks(order, x, n, low, high, ranks);
    for (uint32_t i = 0; i < n; i++) {
        double rank = 1.0;
        for (uint32_t k = 0; k < n; k++) rank += x[k] > x[i] ? 1.0 : 0.0;
        assert_double_bits(ranks[i], isnan(x[i]) ? 0.0 : rank);
        firsts += ranks[i] == 1.0;
    }
    assert_int_equal(said, firsts);
}

static void ranks_count_what_is_larger_whatever_the_distribution(void **state) {
    (void)state;
    static const uint32_t sizes[] = {1, 2, 3, 7, 8, 9, 100, 1000, MOST};
    static double x[MOST];
    support_random random = random_seeded("ranks");
    custval__arena arena;
    custval__order order = order_of(&arena, MOST);
    for (int shape = 0; shape < SHAPES; shape++) {
        for (size_t s = 0; s < SUPPORT_COUNT(sizes); s++) {
            const uint32_t n = sizes[s];
            for (uint32_t i = 0; i < n; i++) x[i] = number_of((enum shape)shape, &random, i, n);
            assert_ranks(&order, x, n);
            for (uint32_t i = 0; i < n; i++) x[i] = random_below(&random, 4) == 0 ? (double)NAN : x[i];
            assert_ranks(&order, x, n);
        }
    }
    custval__arena_free(&arena);
}

static void numbers_without_any_have_no_range_and_no_ranks(void **state) {
    (void)state;
    const double x[] = {(double)NAN, (double)NAN, (double)NAN};
    custval__arena arena;
    custval__order order = order_of(&arena, 3);
    double low, high;
    custval__order_range(x, 3, &low, &high);
    assert_double_bits(low, (double)INFINITY);
    assert_double_bits(high, -(double)INFINITY);
    assert_ranks(&order, x, 3);
    custval__arena_free(&arena);
}

static void ranks_may_take_the_place_of_the_numbers(void **state) {
    (void)state;
    double x[] = {5.0, -1.0, 5.0, 0.0, 7.0};
    static const double ranks[] = {2.0, 5.0, 2.0, 4.0, 1.0};
    custval__arena arena;
    custval__order order = order_of(&arena, 5);
    assert_int_equal(custval__order_ranks(&order, x, 5, -1.0, 7.0, x), 1);
    for (size_t i = 0; i < 5; i++) assert_double_bits(x[i], ranks[i]);
    custval__arena_free(&arena);
}

static int compare(const void *a, const void *b) {
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void places_are_those_of_the_sorted_numbers(void **state) {
    (void)state;
    static const uint32_t sizes[] = {1, 2, 5, 64, 999, MOST};
    static double x[MOST], sorted[MOST];
    support_random random = random_seeded("places");
    custval__arena arena;
    custval__order order = order_of(&arena, MOST);
    for (int shape = 0; shape < SHAPES; shape++) {
        for (size_t s = 0; s < SUPPORT_COUNT(sizes); s++) {
            const uint32_t n = sizes[s];
            double low, high, first, second;
            for (uint32_t i = 0; i < n; i++) sorted[i] = x[i] = number_of((enum shape)shape, &random, i, n);
            qsort(sorted, n, sizeof *sorted, compare);
            custval__order_range(x, n, &low, &high);
            for (int k = 0; k < 10; k++) {
                const uint32_t place = 1 + random_below(&random, n), other = k == 0 ? n : 1 + random_below(&random, n);
                custval__order_pick(&order, x, n, low, high, place, other, &first, &second);
                assert_double_bits(first, sorted[place - 1]);
                assert_double_bits(second, sorted[other - 1]);
            }
        }
    }
    custval__arena_free(&arena);
}

/* numpy.quantile(range(1, n + 1), share, method="inverted_cdf") */
static void places_of_quantiles_are_the_inverse_of_the_distribution(void **state) {
    (void)state;
    static const struct {
        double share;
        uint32_t count, place;
    } cases[] = {{0.05, 10000, 500},
                 {0.95, 10000, 9500},
                 {(1 - 0.9) / 2, 10000, 500},
                 {(1 + 0.9) / 2, 10000, 9500},
                 {0.05, 10, 1},
                 {0.95, 10, 10},
                 {0.5, 3, 2},
                 {0.5, 4, 2},
                 {0.3, 10, 3},
                 {0.7, 10, 7},
                 {1e-9, 5, 1},
                 {1 - 1e-9, 5, 5},
                 {0.5, 1, 1},
                 {0.29, 100, 29},
                 {0.57, 100, 57},
                 {0.0, 3, 1}};
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        assert_int_equal(custval__order_place(cases[i].share, cases[i].count), cases[i].place);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ranks_count_what_is_larger_whatever_the_distribution),
        cmocka_unit_test(numbers_without_any_have_no_range_and_no_ranks),
        cmocka_unit_test(ranks_may_take_the_place_of_the_numbers),
        cmocka_unit_test(places_are_those_of_the_sorted_numbers),
        cmocka_unit_test(places_of_quantiles_are_the_inverse_of_the_distribution),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
