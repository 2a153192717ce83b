/* The Pareto/NBD as a model: what its answers must have in common, extremes, a simulation, rows and starting points. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "pnbd_support.h"

#include <string.h>

static const double cdnow[] = {0.5533, 10.578, 0.6062, 11.669};
static const history histories[] = {{0, 0, 38.86},  {0, 0, 0},      {1, 10, 38.86},   {2, 30.43, 38.86},
                                    {26, 30.8, 31}, {40, 5, 38.86}, {3, 38.86, 38.86}};

/* ---- Answers of one customer agree ------------------------------------------------------------------------------- */

static void counts_add_up_to_their_moments(void **state) {
    (void)state;
    for (size_t i = 0; i < SUPPORT_COUNT(histories); i++) {
        enum { MOST = 4000 };
        static double logs[MOST];
        const custval__customers customers = one_of(&histories[i]);
        const double t = 52.0;
        double sum = 0, mean = 0, pairs = 0;
        custval__pnbd.log_counts(cdnow, &customers, &t, 0, MOST, logs);
        for (int n = MOST - 1; n >= 0; n--) {
            assert_true(logs[n] <= 0.0);
            sum += exp(logs[n]);
            mean += n * exp(logs[n]);
            pairs += n * (n - 1.0) * exp(logs[n]);
        }
        assert_double_near(sum, 1.0, 1e-12);
        assert_double_near(mean, expected_of(cdnow, histories[i], t), 1e-12 * (1 + mean));
        assert_double_near(pairs, pairs_of(cdnow, histories[i], t), 1e-11 * (1 + pairs));
    }
}

/* One period without discount is the plain horizon, in however many pieces. */
static void cash_without_discount_is_the_number_of_purchases(void **state) {
    (void)state;
    const double ends[] = {0.001, 1, 13, 20, 52}, ones[] = {1, 1, 1, 1, 1};
    const custval__cash cash = {5, ends, ones};
    for (size_t i = 0; i < SUPPORT_COUNT(histories); i++) {
        const custval__customers customers = one_of(&histories[i]);
        double mean, pairs, squares;
        custval__pnbd.cash_moments(cdnow, &customers, &cash, &mean, &pairs, &squares);
        const double expected = expected_of(cdnow, histories[i], 52.0), both = pairs_of(cdnow, histories[i], 52.0);
        assert_double_near(mean, expected, 1e-14 * expected);
        assert_double_bits(squares, mean);
        assert_double_near(pairs, both, 1e-13 * both);
    }
}

/* The residual of a large discount is that of the first moments; of a small one, s > 1, the whole expectation. */
static void residuals_have_their_limits(void **state) {
    (void)state;
    const double lasting[] = {0.5533, 10.578, 3.0, 11.669};
    const history h = {2, 30.43, 38.86};
    const double rate = exp(log_alive_of(lasting, h)) * 2.5533 / (10.578 + 38.86);
    assert_double_near(residual_of(lasting, h, 1e9), rate / 1e9, 1e-9 * rate / 1e9);
    const double whole = expected_of(lasting, h, 1e12);
    assert_double_near(residual_of(lasting, h, 1e-12), whole, 1e-9 * whole);
}

static void at_once_nothing_has_happened(void **state) {
    (void)state;
    for (size_t i = 0; i < SUPPORT_COUNT(histories); i++) {
        const double alive = exp(log_alive_of(cdnow, histories[i]));
        assert_double_near(alive_later_of(cdnow, histories[i], 0.0), alive, 1e-15);
        assert_double_bits(expected_of(cdnow, histories[i], 0.0), 0.0);
        assert_double_bits(pairs_of(cdnow, histories[i], 0.0), 0.0);
        assert_double_bits(log_count_of(cdnow, histories[i], 0.0, 0), 0.0);
        assert_double_bits(log_count_of(cdnow, histories[i], 0.0, 3), -HUGE_VAL);
    }
}

static void unit_of_time_does_not_matter(void **state) {
    (void)state;
    const double days[] = {0.5533, 10.578 * 7, 0.6062, 11.669 * 7};
    for (size_t i = 0; i < SUPPORT_COUNT(histories); i++) {
        const history h = histories[i], in_days = {h.x, h.t_x * 7, h.T * 7};
        double weekly[4], daily[4];
        const double value = log_likelihood_of(cdnow, h, weekly);
        assert_double_near(log_likelihood_of(days, in_days, daily) + h.x * log(7), value, 1e-12 * (1 + h.x));
        for (size_t k = 0; k < 4; k++) assert_double_near(daily[k], weekly[k], 1e-12 * (1 + h.x));
        const double expected = expected_of(cdnow, h, 52.0), residual = residual_of(cdnow, h, 0.007);
        assert_double_near(expected_of(days, in_days, 364.0), expected, 1e-13 * expected);
        assert_double_near(residual_of(days, in_days, 0.001), residual, 1e-12 * residual);
    }
}

/* ---- Extremes ---------------------------------------------------------------------------------------------------- */

static void hold_in_range(const double *p, history h) {
    double slopes[4];
    assert_true(isfinite(log_likelihood_of(p, h, slopes)));
    for (size_t k = 0; k < 4; k++) assert_true(isfinite(slopes[k]));
    const double log_alive = log_alive_of(p, h), now = alive_later_of(p, h, 0.0);
    assert_true(log_alive <= 0.0 && isfinite(log_alive));
    assert_true(now >= 0.0 && now <= 1.0);
    double alive = now, expected = 0, pairs = 0;
    for (double t = 1e-3; t < 1e5; t *= 30) { /* rising, falling; one ulp of rounding is no step */
        const double alive_then = alive_later_of(p, h, t), more = expected_of(p, h, t), more_pairs = pairs_of(p, h, t);
        assert_true(alive_then >= 0.0 && alive_then <= alive * (1 + 1e-13));
        assert_true(more >= expected * (1 - 1e-13) && isfinite(more));
        assert_true(more_pairs >= pairs * (1 - 1e-13) && isfinite(more_pairs));
        assert_true(log_count_of(p, h, t, 0) <= 1e-13 && !isnan(log_count_of(p, h, t, 7)));
        alive = alive_then, expected = more, pairs = more_pairs;
    }
    double residual = HUGE_VAL;
    for (double delta = 1e-8; delta < 100; delta *= 100) {
        const double less = residual_of(p, h, delta);
        assert_true(less >= 0.0 && less <= residual && isfinite(less));
        residual = less;
    }
}

static void extremes_are_finite_in_range_and_monotone(void **state) {
    (void)state;
    static const double sizes[] = {1e-9, 1e-3, 1.0, 1e3, 1e9};
    static const history far[] = {{0, 0, 0}, {0, 0, 1e6}, {1, 0, 52}, {3, 52, 52}, {100000, 500, 1e6}, {7, 1e-9, 1e-3}};
    const size_t n = SUPPORT_COUNT(sizes);
    for (size_t k = 0; k < n * n * n * n; k++) {
        const double p[] = {sizes[k % n], sizes[k / n % n], sizes[k / n / n % n], sizes[k / n / n / n]};
        for (size_t i = 0; i < SUPPORT_COUNT(far); i++) hold_in_range(p, far[i]);
    }
}

/* A customer who bought more often and then fell silent is more surely gone; who bought later, less. */
static void silence_tells(void **state) {
    (void)state;
    double before = 1;
    for (double x = 1; x < 500; x *= 1.5) {
        const double alive = log_alive_of(cdnow, (history){floor(x), 20, 39});
        assert_true(alive <= before);
        before = alive;
    }
    before = -HUGE_VAL;
    for (double t_x = 0; t_x <= 39; t_x += 0.5) {
        const double alive = log_alive_of(cdnow, (history){12, t_x, 39});
        assert_true(alive > before);
        before = alive;
    }
}

/* ---- A simulation ------------------------------------------------------------------------------------------------ */

static double exponential(support_random *random) {
    return -log(1.0 - random_unit(random));
}

/* Marsaglia & Tsang (2000), for the shape + 1, and back by a power of a uniform number. */
static double gamma_draw(support_random *random, double shape) {
    const double d = shape + 1.0 - 1.0 / 3, c = 1.0 / sqrt(9.0 * d);
    for (;;) {
        const double radius = sqrt(2.0 * exponential(random)), angle = 6.283185307179586 * random_unit(random);
        const double normal = radius * cos(angle), v = pow(1.0 + c * normal, 3);
        if (v > 0 && log(1.0 - random_unit(random)) < 0.5 * normal * normal + d - d * v + d * log(v)) {
            return d * v * pow(1.0 - random_unit(random), 1.0 / shape);
        }
    }
}

/* A customer's history until T, and purchases after it until T + t. */
static history simulate(support_random *random, const double *p, double T, double t, double *after) {
    const double rate = gamma_draw(random, p[0]) / p[1],
                 death = exponential(random) / (gamma_draw(random, p[2]) / p[3]);
    history h = {0, 0, T};
    *after = 0;
    for (double u = exponential(random) / rate; u < death && u < T + t; u += exponential(random) / rate) {
        if (u <= T) {
            h.x++;
            h.t_x = u;
        } else {
            ++*after;
        }
    }
    return h;
}

/* Means of what came and what was expected, over customers with so many purchases, agree within 4 standard errors. */
static void simulated_customers_do_as_expected(void **state) {
    (void)state;
    enum { CUSTOMERS = 60000, GROUPS = 4 };
    const double p[] = {1.2, 8.0, 1.5, 40.0}, T = 30.0, t = 25.0;
    support_random random = random_seeded("simulated Pareto/NBD");
    double customers[GROUPS] = {0}, difference[GROUPS] = {0}, variance[GROUPS] = {0}, pair_difference[GROUPS] = {0};
    double pair_squares[GROUPS] = {0};
    for (int i = 0; i < CUSTOMERS; i++) {
        double after = 0;
        const history h = simulate(&random, p, T, t, &after);
        const size_t group = h.x == 0 ? 0 : h.x < 3 ? 1 : h.x < 8 ? 2 : 3;
        const double expected = expected_of(p, h, t), pairs = pairs_of(p, h, t), off = after * (after - 1.0) - pairs;
        customers[group]++;
        difference[group] += after - expected;
        variance[group] += pairs + expected - expected * expected;
        pair_difference[group] += off;
        pair_squares[group] += off * off;
    }
    for (size_t g = 0; g < GROUPS; g++) {
        assert_true(customers[g] > 1000);
        assert_double_near(difference[g], 0.0, 4.0 * sqrt(variance[g]));
        assert_double_near(pair_difference[g], 0.0, 4.0 * sqrt(pair_squares[g]));
    }
}

/* ---- Rows and starts --------------------------------------------------------------------------------------------- */

static void wrong_rows_are_named(void **state) {
    (void)state;
    static const struct {
        history h;
        const char *words;
    } rows[] = {
        {{0, 0, 0}, NULL},
        {{3, 0, 10}, NULL},
        {{3, 10, 10}, NULL},
        {{-1, 0, 10}, "x is below 0"},
        {{1.5, 1, 10}, "x is not an integer"},
        {{1, -1, 10}, "t_x is below 0"},
        {{1, 11, 10}, "t_x is above T"},
        {{0, 1, 10}, "t_x is above 0, but x is 0"},
    };
    for (size_t i = 0; i < SUPPORT_COUNT(rows); i++) {
        const custval__customers customers = one_of(&rows[i].h);
        const char *const words = custval__pnbd.check(&customers, 0);
        if (rows[i].words == NULL) {
            assert_null(words);
        } else {
            assert_string_equal(words, rows[i].words);
        }
    }
}

static void starts_are_usable_whatever_the_data(void **state) {
    (void)state;
    const double counts[] = {3, 1, 2, 1, 1, 4, 1};
    double x[7], t_x[7], T[7], out[CUSTVAL__MODEL_STARTS][CUSTVAL__MODEL_PARAMETERS];
    for (int kind = 0; kind < 4; kind++) {
        for (size_t i = 0; i < 7; i++) {
            x[i] = kind == 1 ? 0 : histories[i].x;
            t_x[i] = kind == 1 ? 0 : histories[i].t_x;
            T[i] = kind == 2 ? 0 : histories[i].T;
        }
        const custval__customers customers = {kind == 3 ? 1 : 7, x, t_x, T, NULL, NULL};
        const size_t count = custval__pnbd.starts(&customers, counts, out);
        assert_true(count >= 1 && count <= CUSTVAL__MODEL_STARTS);
        for (size_t k = 0; k < count; k++) {
            for (size_t p = 0; p < 4; p++) assert_true(out[k][p] > 0 && isfinite(out[k][p]));
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_add_up_to_their_moments),
        cmocka_unit_test(cash_without_discount_is_the_number_of_purchases),
        cmocka_unit_test(residuals_have_their_limits),
        cmocka_unit_test(at_once_nothing_has_happened),
        cmocka_unit_test(unit_of_time_does_not_matter),
        cmocka_unit_test(extremes_are_finite_in_range_and_monotone),
        cmocka_unit_test(silence_tells),
        cmocka_unit_test(simulated_customers_do_as_expected),
        cmocka_unit_test(wrong_rows_are_named),
        cmocka_unit_test(starts_are_usable_whatever_the_data),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
