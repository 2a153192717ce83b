/* Drivers, from inside: matrices with answers in closed form, drawing, intervals. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "weights/drivers.h"

#define MOST CUSTVAL_MAX_SHAPLEY

static const uint32_t all_methods[] = {CUSTVAL_DRIVERS_CORRELATION, CUSTVAL_DRIVERS_REGRESSION,
                                       CUSTVAL_DRIVERS_RELATIVE, CUSTVAL_DRIVERS_SHAPLEY};

static custval__drivers make_drivers(size_t count, uint32_t method) {
    custval__drivers drivers;
    double *const room = malloc(custval__drivers_room(count, method) * sizeof *room);
    assert_non_null(room);
    custval__drivers_init(&drivers, count, method, room);
    return drivers;
}

static void free_drivers(custval__drivers *drivers) {
    free(drivers->between);
}

/* Every two drivers have the same correlation. */
static void set_alike(custval__drivers *drivers, double between, double with_outcome) {
    for (size_t i = 0; i < drivers->count; i++) {
        for (size_t j = 0; j < drivers->count; j++) drivers->between[i * drivers->count + j] = i == j ? 1.0 : between;
        drivers->with_outcome[i] = with_outcome;
    }
}

/* ---- Closed forms ------------------------------------------------------------------------------------------------ */

/* With n drivers of correlation c among each other and r with the outcome, beta is r / (1 + (n - 1) c) for all, R2 is n r
   beta, of which all have the same share, and 1 / vif is (1 - c) (1 + (n - 1) c) / (1 + (n - 2) c). */
static void drivers_that_are_alike_share_equally(void **state) {
    (void)state;
    for (size_t n = 1; n <= MOST; n++) {
        for (size_t m = 0; m < SUPPORT_COUNT(all_methods); m++) {
            const double c = 0.3, r = 0.4, whole = 1.0 + ((double)n - 1.0) * c, beta = r / whole;
            custval__drivers drivers = make_drivers(n, all_methods[m]);
            double inflation[MOST];
            set_alike(&drivers, c, r);
            const custval__drivers_fit fit = custval__drivers_estimate(&drivers, inflation);
            assert_int_equal(fit.rank, n);
            assert_double_near(fit.r_squared, (double)n * r * beta, 1e-14);
            const double expected[] = {r, beta, r * beta, r * beta};
            for (size_t i = 0; i < n; i++) {
                assert_double_near(drivers.beta[i], beta, 1e-14);
                assert_double_near(drivers.importance[i], expected[m], 1e-14);
                assert_double_near(inflation[i], n == 1 ? 1.0 : (1.0 + ((double)n - 2.0) * c) / ((1.0 - c) * whole),
                                   1e-13);
            }
            free_drivers(&drivers);
        }
    }
}

/* As above with c = 1: what one says, all say. */
static void drivers_that_are_the_same_share_equally(void **state) {
    (void)state;
    for (size_t n = 2; n <= MOST; n++) {
        for (size_t m = 0; m < SUPPORT_COUNT(all_methods); m++) {
            custval__drivers drivers = make_drivers(n, all_methods[m]);
            double inflation[MOST];
            set_alike(&drivers, 1.0, 0.6);
            const custval__drivers_fit fit = custval__drivers_estimate(&drivers, inflation);
            assert_int_equal(fit.rank, 1);
            assert_double_near(fit.r_squared, 0.36, 1e-14);
            const double expected[] = {0.6, 0.6 / (double)n, 0.36 / (double)n, 0.36 / (double)n};
            for (size_t i = 0; i < n; i++) {
                assert_double_near(drivers.importance[i], expected[m], 1e-14);
                assert_double_bits(inflation[i], CUSTVAL__MOST_INFLATION);
            }
            free_drivers(&drivers);
        }
    }
}

/* Two drivers, r = 0.6 and 0.4, 0.5 between them: beta 8/15 and 2/15, R2 28/75; both ways of sharing it give 0.5 (0.36 +
   28/75 - 0.16) = 43/150 to the first, as they do for any two drivers. */
static void two_drivers_share_as_by_hand(void **state) {
    (void)state;
    for (size_t m = 0; m < SUPPORT_COUNT(all_methods); m++) {
        custval__drivers drivers = make_drivers(2, all_methods[m]);
        double inflation[2];
        set_alike(&drivers, 0.5, 0.6);
        drivers.with_outcome[1] = 0.4;
        assert_double_near(custval__drivers_estimate(&drivers, inflation).r_squared, 28.0 / 75.0, 1e-15);
        const double first[] = {0.6, 8.0 / 15.0, 43.0 / 150.0, 43.0 / 150.0};
        const double second[] = {0.4, 2.0 / 15.0, 13.0 / 150.0, 13.0 / 150.0};
        assert_double_near(drivers.importance[0], first[m], 1e-15);
        assert_double_near(drivers.importance[1], second[m], 1e-15);
        assert_double_near(inflation[0], 4.0 / 3.0, 1e-14);
        free_drivers(&drivers);
    }
}

/* ---- Any matrix -------------------------------------------------------------------------------------------------- */

/* Correlations of drivers and an outcome that come from fewer sources than there are drivers, or more. */
static void set_random(support_random *random, custval__drivers *drivers, size_t sources) {
    const size_t n = drivers->count;
    double loads[MOST + 1][2 * MOST];
    for (size_t i = 0; i <= n; i++) {
        double square = 0.0;
        for (size_t k = 0; k < sources; k++) {
            loads[i][k] = random_between(random, -1.0, 1.0);
            square += loads[i][k] * loads[i][k];
        }
        for (size_t k = 0; k < sources; k++) loads[i][k] /= sqrt(square);
    }
    for (size_t i = 0; i < n; i++) {
        drivers->with_outcome[i] = 0.0;
        for (size_t k = 0; k < sources; k++) drivers->with_outcome[i] += loads[i][k] * loads[n][k];
        for (size_t j = 0; j < n; j++) {
            drivers->between[i * n + j] = 0.0;
            for (size_t k = 0; k < sources; k++) drivers->between[i * n + j] += loads[i][k] * loads[j][k];
        }
        drivers->between[i * n + i] = 1.0;
    }
}

static void shares_add_up_to_r_squared_whatever_the_rank(void **state) {
    (void)state;
    support_random random = random_seeded("shares");
    for (size_t round = 0; round < 100; round++) {
        const size_t n = 1 + random_below(&random, 10), sources = 1 + random_below(&random, 20);
        for (size_t m = 2; m < SUPPORT_COUNT(all_methods); m++) {
            custval__drivers drivers = make_drivers(n, all_methods[m]);
            double inflation[MOST], sum = 0.0;
            set_random(&random, &drivers, sources);
            const custval__drivers_fit fit = custval__drivers_estimate(&drivers, inflation);
            assert_true(fit.rank == (sources < n ? sources : n));
            for (size_t i = 0; i < n; i++) {
                assert_true(drivers.importance[i] >= 0.0);
                sum += drivers.importance[i];
            }
            /* Subsets of a random matrix may be nearly singular: at a condition of 1e6 digits are lost. */
            assert_double_near(sum, fit.r_squared, 1e-10);
            if (sources <= n) assert_double_near(fit.r_squared, 1.0, 1e-10);
            free_drivers(&drivers);
        }
    }
}

/* In samples equations are solved without eigenvalues where that is safe. */
static void both_ways_of_solving_agree(void **state) {
    (void)state;
    support_random random = random_seeded("ways");
    for (size_t round = 0; round < 200; round++) {
        const size_t n = 1 + random_below(&random, MOST);
        double inflation[MOST], beta[MOST];
        custval__drivers drivers = make_drivers(n, CUSTVAL_DRIVERS_REGRESSION);
        set_random(&random, &drivers, n + 1 + random_below(&random, 15));
        custval__drivers_estimate(&drivers, inflation);
        memcpy(beta, drivers.beta, n * sizeof *beta);
        custval__drivers_solve(&drivers);
        double largest = 1.0, condition = 1.0;
        for (size_t i = 0; i < n; i++) {
            largest = fmax(largest, fabs(beta[i]));
            condition = fmax(condition, inflation[i]);
        }
        for (size_t i = 0; i < n; i++) assert_double_near(drivers.beta[i], beta[i], 1e-13 * largest * condition);
        free_drivers(&drivers);
    }
}

/* ---- Samples ----------------------------------------------------------------------------------------------------- */

/* One column, which is the outcome as well: r is 1 in every sample where the rows drawn are not all equal. */
static void samples_without_variation_are_left_out(void **state) {
    (void)state;
    static const double numbers[] = {-1.0, -1.0, 1.0, 1.0};
    double results[3][400];
    custval_host host;
    assert_ok(custval__host_read(&host, NULL, NULL), NULL);
    const custval__bootstrap bootstrap = {&host, numbers,    2,          1,         5, CUSTVAL_DRIVERS_RELATIVE,
                                          400,   results[0], results[1], results[2]};
    assert_ok(custval__bootstrap_run(&bootstrap, NULL), NULL);
    for (size_t i = 0; i < 400; i++) {
        if (isnan(results[0][i])) continue;
        for (size_t k = 0; k < 3; k++) assert_double_near(results[k][i], 1.0, 1e-15);
    }
    /* Of two rows, both are drawn in half of the samples: 200 +- 10. */
    const uint32_t kept = custval__bootstrap_pack(results[0], 400);
    assert_true(kept > 150 && kept < 250);
    for (size_t i = 0; i < kept; i++) assert_int_equal(isnan(results[0][i]) != 0, 0);
}

static void intervals_take_the_ranks_that_they_should(void **state) {
    (void)state;
    static const struct {
        uint32_t count;
        double level, low, high;
    } cases[] = {
        {999, 0.95, 25, 975}, {1000, 0.95, 25, 976}, {999, 0.9, 50, 950},    {99, 0.8, 10, 90}, {40, 0.95, 1, 40},
        {40, 0.999, 1, 40},   {39, 0.95, 1, 39},     {999, 0.001, 499, 501}, {1, 0.95, 1, 1},
    };
    double values[1000];
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        /* 1 .. count, in some order: 17 divides none of the counts plus 1, so that steps of 17 reach all. */
        const uint32_t count = cases[i].count;
        double low = 0.0, high = 0.0;
        for (uint32_t k = 0; k < count; k++) values[k] = (k + 1) * 17 % (count + 1);
        custval__bootstrap_interval(values, count, cases[i].level, &low, &high);
        assert_double_bits(low, cases[i].low);
        assert_double_bits(high, cases[i].high);
        for (uint32_t k = 0; k < count; k++) assert_double_bits(values[k], k + 1);
    }
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(drivers_that_are_alike_share_equally),
        cmocka_unit_test(drivers_that_are_the_same_share_equally),
        cmocka_unit_test(two_drivers_share_as_by_hand),
        cmocka_unit_test(shares_add_up_to_r_squared_whatever_the_rank),
        cmocka_unit_test(both_ways_of_solving_agree),
        cmocka_unit_test(samples_without_variation_are_left_out),
        cmocka_unit_test(intervals_take_the_ranks_that_they_should),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
