/* Ranks and single places among many numbers, against counting one by one. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <float.h>
#include <math.h>
#include <stdlib.h>

#include "support.h"
#include "uncertainty/order.h"

/* Every test runs with every set of loops that the processor has. */
static const custval__order_kernels *kernels;

#define MOST 3000

/* Distributions that interpolation likes and hates. */
enum shape { UNIFORM, BELL, TIES, FEW_TIES, LUMPS, OUTLIER, GEOMETRIC, EQUAL, HUGE_RANGE, TINY_RANGE, SORTED, SHAPES };

static double number_of(enum shape shape, support_random *random, uint32_t i, uint32_t n) {
    switch (shape) {
    case UNIFORM: return random_between(random, -100.0, 100.0);
    case BELL: return random_unit(random) + random_unit(random) + random_unit(random) + random_unit(random);
    case FEW_TIES: return floor(random_between(random, 0.0, 50.0 * n));
    case LUMPS: return (double)random_below(random, 1 + n / 10) + random_unit(random) * 1e-6;
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
    static uint32_t ranks[MOST];
    double low, high;
    uint32_t firsts = 0;
    kernels->range(x, n, &low, &high);
    const uint32_t said = kernels->ranks(order, x, n, low, high, ranks);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t rank = 1;
        for (uint32_t k = 0; k < n; k++) rank += x[k] > x[i];
        assert_int_equal(ranks[i], isnan(x[i]) ? 0 : rank);
        firsts += rank == 1 && !isnan(x[i]);
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
    kernels->range(x, 3, &low, &high);
    assert_double_bits(low, (double)INFINITY);
    assert_double_bits(high, -(double)INFINITY);
    assert_ranks(&order, x, 3);
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
            kernels->range(x, n, &low, &high);
            for (int k = 0; k < 10; k++) {
                const uint32_t place = 1 + random_below(&random, n), other = k == 0 ? n : 1 + random_below(&random, n);
                kernels->pick(&order, x, n, low, high, place, other, &first, &second);
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

/* Added in the order of the columns, whatever the instruction set. */
static void columns_are_combined_in_their_order(void **state) {
    (void)state;
    enum { COLUMNS = 5, ROWS = 70 };
    static double cells[COLUMNS][ROWS], out[ROWS];
    const double *columns[COLUMNS];
    double factors[COLUMNS];
    support_random random = random_seeded("combine");
    for (int t = 0; t < COLUMNS; t++) {
        columns[t] = cells[t];
        factors[t] = random_between(&random, -1.0, 1.0);
        for (int i = 0; i < ROWS; i++) cells[t][i] = random_between(&random, -1e3, 1e3);
    }
    for (uint32_t start = 0; start < 3; start++) {
        for (uint32_t count = 0; count <= ROWS - start; count++) {
            kernels->combine(columns, start, factors, COLUMNS, count, out);
            for (uint32_t i = 0; i < count; i++) {
                double sum = 0.0;
                for (int t = 0; t < COLUMNS; t++) sum += factors[t] * cells[t][start + i];
                assert_double_bits(out[i], sum);
            }
        }
    }
}

/* By lanes: the portable loops are the measure. */
static void sums_have_the_same_bits_everywhere(void **state) {
    (void)state;
    static double x[1000];
    support_random random = random_seeded("sums");
    const custval__order_kernels *portable = custval__order_kernels_named("portable");
    double sum = 0.0, squares = 0.0, low, high, least, most;
    for (int i = 0; i < 1000; i++) {
        x[i] = random_between(&random, -1e3, 1e3);
        sum += x[i] - 7.0;
        squares += (x[i] - 3.0) * 0.1 * ((x[i] - 3.0) * 0.1);
    }
    assert_double_near(kernels->survey(x, 1000, 7.0, &low, &high), sum, 1e-9);
    assert_double_near(kernels->squares(x, 1000, 3.0, 0.1), squares, 1e-6);
    for (uint32_t count = 1; count < 1000; count += 37) {
        assert_double_bits(kernels->squares(x, count, 3.0, 0.1), portable->squares(x, count, 3.0, 0.1));
        assert_double_bits(kernels->survey(x, count, 3.0, &low, &high), portable->survey(x, count, 3.0, &least, &most));
        assert_double_bits(low, least);
        assert_double_bits(high, most);
        kernels->range(x, count, &least, &most);
        assert_double_bits(low, least);
        assert_double_bits(high, most);
        for (uint32_t i = 0; i < count; i++) assert_true(x[i] >= low && x[i] <= high);
    }
}

int main(void) {
    static const char *const sets[] = {"portable", "avx2", "avx512"};
    int failed = 0;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ranks_count_what_is_larger_whatever_the_distribution),
        cmocka_unit_test(numbers_without_any_have_no_range_and_no_ranks),
        cmocka_unit_test(places_are_those_of_the_sorted_numbers),
        cmocka_unit_test(places_of_quantiles_are_the_inverse_of_the_distribution),
        cmocka_unit_test(columns_are_combined_in_their_order),
        cmocka_unit_test(sums_have_the_same_bits_everywhere),
    };
    for (size_t i = 0; i < SUPPORT_COUNT(sets); i++) {
        kernels = custval__order_kernels_named(sets[i]);
        if (kernels == NULL) continue;
        assert_string_equal(kernels->name, sets[i]);
        failed += _cmocka_run_group_tests(sets[i], tests, SUPPORT_COUNT(tests), NULL, NULL);
    }
    return failed;
}
