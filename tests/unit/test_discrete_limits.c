/* BG/BB, sBG and BdW where peers lose their way: singular points, extremes, those who are lost, rows that are none. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"

#include <math.h>
#include <string.h>

#include "lifetime/model.h"
#include "lifetime/renewals.h"

static const double lost_none[] = {0.0}, lost_one[] = {1.0};

static custval__customers buyer(const double *history) {
    return (custval__customers){1, &history[0], &history[1], &history[2], NULL, NULL};
}

static custval__customers subscriber(const double *T, const double *lost) {
    return (custval__customers){1, NULL, NULL, T, NULL, lost};
}

/* ---- Singular points ---- */

/* Closed forms divide by gamma - 1 (alpha - 1 for sBG). */
static void nothing_happens_at_one(void **state) {
    (void)state;
    const double history[] = {2, 4, 6}, times[] = {12}, T = 3;
    const custval__customers who = buyer(history), contract = subscriber(&T, lost_none);
    double below, at, above;
    for (int contractual = 0; contractual < 2; contractual++) {
        const custval__model *const model = contractual ? &custval__sbg : &custval__bgbb;
        const custval__customers *const customers = contractual ? &contract : &who;
        double parameters[4] = {1.2, 0.75, 1.0, 2.8};
        double *const one = contractual ? &parameters[0] : &parameters[2];
        *one = 1.0 - 1e-9;
        model->expected(parameters, customers, times, 1, &below);
        *one = 1.0;
        model->expected(parameters, customers, times, 1, &at);
        *one = 1.0 + 1e-9;
        model->expected(parameters, customers, times, 1, &above);
        assert_true(below > at && at > above);
        assert_double_near(0.5 * (below + above), at, 1e-14 * at);
    }
}

/* Nothing is bought or renewed at half an opportunity. */
static void horizons_are_whole_periods(void **state) {
    (void)state;
    const double history[] = {2, 4, 6}, parameters[] = {1.2, 0.75, 0.66, 2.8};
    const double times[] = {0, 0.99, 1, 1.5, 2};
    const custval__customers who = buyer(history);
    double out[5], now, later;
    custval__bgbb.expected(parameters, &who, times, 5, out);
    assert_double_bits(out[0], 0.0);
    assert_double_bits(out[1], 0.0);
    assert_double_bits(out[2], out[3]);
    assert_true(out[4] > out[3]);
    custval__bgbb.log_alive(parameters, &who, &now);
    custval__bgbb.alive_later(parameters, &who, &times[1], &later);
    assert_double_near(later, exp(now), 1e-15);
}

static void beta_discrete_weibull_with_c_of_one_is_shifted_beta_geometric(void **state) {
    (void)state;
    const double parameters[] = {0.7, 1.2, 1.0}, t = 30, T[] = {0, 1, 17};
    double own[3], other[3], by[6];
    double *const slopes[] = {&by[0], &by[1], &by[2]}, *const other_slopes[] = {&by[3], &by[4]};
    for (size_t i = 0; i < 3; i++) {
        const custval__customers who = subscriber(&T[i], T[i] > 0 ? lost_one : lost_none);
        custval__bdw.log_likelihood(parameters, &who, own, slopes);
        custval__sbg.log_likelihood(parameters, &who, other, other_slopes);
        assert_double_bits(own[0], other[0]);
        assert_double_bits(by[0], by[3]);
        assert_double_bits(by[1], by[4]);
        const custval__customers there = subscriber(&T[i], lost_none);
        custval__bdw.alive_later(parameters, &there, &t, own);
        custval__sbg.alive_later(parameters, &there, &t, other);
        assert_double_bits(own[0], other[0]);
        custval__bdw.residual(parameters, &there, 0.01, own);
        custval__sbg.residual(parameters, &there, 0.01, other);
        assert_double_bits(own[0], other[0]);
    }
}

/* A sum is cut into terms and integrals as suits it: its parts are the same however it is cut. */
static void sums_do_not_depend_on_where_they_are_cut(void **state) {
    (void)state;
    static const double kinds[][4] = {{0.3, 1.5, 1, 0},    {0.3, 1.5, 1.6, 0},  {2, 1e4, 0.4, 7},   {0.01, 1e9, 5, 3},
                                      {40, 1e6, 1, 300},   {1e-6, 1, 0.01, 0},  {0.4, 1e60, 20, 0}, {0.5, 1, 1, 1e9},
                                      {1e6, 1e12, 3, 0},   {1e6, 1e16, 4, 0},   {1e5, 1e30, 10, 0}, {1e4, 1e7, 1, 0},
                                      {1e3, 1e12, 5, 500}, {2.5, 1e50, 16, 900}};
    for (size_t i = 0; i < SUPPORT_COUNT(kinds); i++) {
        const custval__renewals r = custval__renewals_of(kinds[i][0], kinds[i][1], kinds[i][2], kinds[i][3]);
        double piecewise = 0.0, weighted = 0.0;
        for (double from = 0; from < 20000; from += 40) { /* too short for an integral */
            piecewise += custval__renewals_sum(&r, from, from + 40, 1e-4);
            weighted += custval__renewals_weighted_sum(&r, from, from + 40, from, 1.0);
        }
        const double whole = custval__renewals_sum(&r, 0, 20000, 1e-4);
        assert_double_near(whole, piecewise, 1e-13 * piecewise);
        assert_double_near(custval__renewals_weighted_sum(&r, 0, 20000, 0, 1), weighted, 1e-13 * weighted);
        const double rest = custval__renewals_sum(&r, 20000, HUGE_VAL, 1e-4);
        const double endless = custval__renewals_sum(&r, 0, HUGE_VAL, 1e-4);
        assert_double_near(whole + rest, endless, 1e-13 * endless);
    }
}

/* A horizon without an end in sight: sums end where nothing is left that counts. Without it alpha - 1, and alpha - 2, are in
   what E((1 - theta)/theta) and its square come to. */
static void long_horizons_end_early(void **state) {
    (void)state;
    static const double kinds[][2] = {{7753108739.33, 14201089202.7}, {40, 3e6}, {1e100, 1e100}, {1e12, 1e-3}};
    const double T = 100, far = 0x1p52;
    const custval__customers who = subscriber(&T, lost_none);
    double mean, pairs;
    for (size_t i = 0; i < SUPPORT_COUNT(kinds); i++) {
        const double a = kinds[i][0], b = kinds[i][1] + T;
        custval__sbg.expected(kinds[i], &who, &far, 1, &mean);
        custval__sbg.expected_pairs(kinds[i], &who, &far, &pairs);
        assert_double_near(mean, b / (a - 1), 1e-13 * mean);
        assert_double_near(pairs, 2 * (b / (a - 1)) * ((b + 1) / (a - 2)), 1e-13 * pairs);
    }
}

/* Survival is a power of time as soon as T^c is far above alpha and beta, also where no double holds T^c. */
static void an_absurd_c_is_a_power_of_time(void **state) {
    (void)state;
    const double T = 5, far = 1000000, harmonic = 14.392731722850723 - 137.0 / 60; /* sum of 1/k, 5 < k <= 10^6 + 5 */
    const custval__customers who = subscriber(&T, lost_none);
    for (double c = 1e3; c < 1e50; c *= 1e6) {
        const double parameters[] = {1 / c, 1, c};
        double mean, later, residual;
        custval__bdw.expected(parameters, &who, &far, 1, &mean);
        assert_double_near(mean, 5 * harmonic, 1e-11 * mean);
        custval__bdw.alive_later(parameters, &who, &far, &later);
        assert_double_near(later, 5 / (far + 5), 1e-13 * later);
        custval__bdw.residual(parameters, &who, 0.1, &residual);
        assert_true(residual > 0 && residual < mean);
    }
}

/* ---- Extremes ---- */

static const double sizes[] = {1e-8, 1e-3, 1.0, 1e3, 1e8};
#define SIZES SUPPORT_COUNT(sizes)
#define STEPS 5

static void assert_future_is_sane(const custval__model *model, const double *parameters,
                                  const custval__customers *who) {
    static const double times[STEPS] = {1, 2, 12, 100, 1000};
    double expected[STEPS], later[STEPS], residual, more, log_alive, pairs;
    model->log_alive(parameters, who, &log_alive);
    assert_true(log_alive <= 0.0 && log_alive > -1e6);
    model->expected(parameters, who, times, STEPS, expected);
    for (size_t i = 0; i < STEPS; i++) {
        model->alive_later(parameters, who, &times[i], &later[i]);
        assert_true(later[i] >= 0.0 && later[i] <= exp(log_alive) * (1 + 1e-12));
        assert_true(i == 0 || later[i] <= later[i - 1]);
        assert_true(expected[i] >= (i == 0 ? 0.0 : expected[i - 1]) && expected[i] <= times[i] * (1 + 1e-12));
    }
    model->expected_pairs(parameters, who, &times[2], &pairs);
    assert_true(pairs >= 0.0 && pairs <= 12.0 * 11.0 * (1 + 1e-12));
    model->residual(parameters, who, 0.02, &residual);
    model->residual(parameters, who, 0.01, &more);
    assert_true(residual >= 0.0 && residual <= more && more <= 1.0 / expm1(0.01) * (1 + 1e-12));
}

static void assert_likelihood_is_finite(const custval__model *model, const double *parameters,
                                        const custval__customers *who) {
    double value, by[4] = {0.0, 0.0, 0.0, 0.0};
    double *const slopes[] = {&by[0], &by[1], &by[2], &by[3]};
    model->log_likelihood(parameters, who, &value, slopes);
    assert_true(isfinite(value) && value <= 0.0);
    for (size_t k = 0; k < 4; k++) assert_true(isfinite(by[k]));
}

static void extremes_of_bgbb_are_finite_and_in_range(void **state) {
    (void)state;
    static const double histories[][3] = {{0, 0, 0}, {0, 0, 600}, {600, 600, 600}, {1, 599, 600}, {3, 5, 9}};
    for (size_t i = 0; i < SIZES * SIZES * SIZES * SIZES; i++) {
        const double parameters[] = {sizes[i % SIZES], sizes[i / SIZES % SIZES], sizes[i / SIZES / SIZES % SIZES],
                                     sizes[i / SIZES / SIZES / SIZES]};
        for (size_t k = 0; k < SUPPORT_COUNT(histories); k++) {
            const custval__customers who = buyer(histories[k]);
            assert_likelihood_is_finite(&custval__bgbb, parameters, &who);
            assert_future_is_sane(&custval__bgbb, parameters, &who);
        }
    }
}

static void extremes_of_contracts_are_finite_and_in_range(void **state) {
    (void)state;
    static const double shapes[] = {1e-8, 0.1, 1.0, 3.0, 30.0, 1e4}, Ts[] = {0, 1, 2, 60, 1e6};
    for (size_t i = 0; i < SIZES * SIZES * SUPPORT_COUNT(shapes); i++) {
        const double parameters[] = {sizes[i % SIZES], sizes[i / SIZES % SIZES], shapes[i / SIZES / SIZES]};
        const custval__model *const model = parameters[2] == 1.0 ? &custval__sbg : &custval__bdw;
        for (size_t k = 0; k < SUPPORT_COUNT(Ts); k++) {
            const custval__customers there = subscriber(&Ts[k], lost_none), lost = subscriber(&Ts[k], lost_one);
            assert_likelihood_is_finite(model, parameters, &there);
            assert_future_is_sane(model, parameters, &there);
            if (Ts[k] > 0) assert_likelihood_is_finite(model, parameters, &lost);
        }
    }
}

static void counts_are_a_distribution(void **state) {
    (void)state;
    static const double histories[][3] = {{0, 0, 0}, {2, 4, 6}, {40, 55, 60}, {0, 0, 90}};
    static const double parameters[][4] = {{1.2, 0.75, 0.66, 2.8}, {0.01, 30, 1, 1}, {500, 3, 0.001, 40}};
    const double t = 200;
    double out[202], mean;
    for (size_t i = 0; i < 12; i++) {
        const custval__customers who = buyer(histories[i % 4]);
        const double *const p = parameters[i / 4];
        double sum = 0.0, first = 0.0, pairs = 0.0;
        custval__bgbb.log_counts(p, &who, &t, 0, 202, out);
        for (size_t k = 0; k < 202; k++) {
            assert_true(out[k] <= 0.0);
            sum += exp(out[k]);
            first += (double)k * exp(out[k]);
            pairs += (double)k * ((double)k - 1.0) * exp(out[k]);
        }
        assert_double_near(sum, 1.0, 1e-12);
        assert_double_bits(out[201], -HUGE_VAL);
        custval__bgbb.expected(p, &who, &t, 1, &mean);
        assert_double_near(first, mean, 1e-11 * mean);
        custval__bgbb.expected_pairs(p, &who, &t, &mean);
        assert_double_near(pairs, mean, 1e-11 * mean);
    }
}

/* The walk through a long horizon ends early where nothing can come any more, and is refused where it would never end.
   */
static void counts_of_a_long_horizon_are_a_limit_or_missing(void **state) {
    (void)state;
    const double history[] = {2, 4, 6}, parameters[] = {1.2, 0.75, 30.0, 2.8}, t[] = {1e4, 1e6, 1e7};
    const custval__customers who = buyer(history);
    double out[3][4];
    for (size_t i = 0; i < 3; i++) custval__bgbb.log_counts(parameters, &who, &t[i], 0, 4, out[i]);
    for (size_t k = 0; k < 4; k++) {
        assert_double_near(out[1][k], out[0][k], 1e-14 * fabs(out[0][k]));
        assert_true(isnan(out[2][k]));
    }
}

/* ---- Rows ---- */

static void who_is_lost_has_no_future(void **state) {
    (void)state;
    const double T = 4, t = 12, parameters[] = {0.7, 1.2, 1.3}, ends[] = {6, 12}, discounts[] = {1, 0.9};
    const custval__cash cash = {2, ends, discounts};
    const custval__customers lost = subscriber(&T, lost_one);
    double out[3], pairs, squares;
    custval__bdw.log_alive(parameters, &lost, out);
    assert_double_bits(out[0], -HUGE_VAL);
    custval__bdw.alive_later(parameters, &lost, &t, out);
    assert_double_bits(out[0], 0.0);
    custval__bdw.expected(parameters, &lost, ends, 2, out);
    assert_double_bits(out[1], 0.0);
    custval__bdw.expected_pairs(parameters, &lost, &t, out);
    assert_double_bits(out[0], 0.0);
    custval__bdw.residual(parameters, &lost, 0.1, out);
    assert_double_bits(out[0], 0.0);
    custval__bdw.cash_moments(parameters, &lost, &cash, out, &pairs, &squares);
    assert_double_bits(out[0] + pairs + squares, 0.0);
    custval__bdw.log_counts(parameters, &lost, &t, 0, 2, out);
    assert_double_bits(out[0], 0.0);
    assert_double_bits(out[1], -HUGE_VAL);
    /* Who is not said to be lost is there. */
    const custval__customers there = subscriber(&T, NULL);
    custval__sbg.log_alive(parameters, &there, out);
    assert_double_bits(out[0], 0.0);
}

static void a_row_has_the_same_bits_in_any_block(void **state) {
    (void)state;
    const double x[] = {0, 2, 6}, t_x[] = {0, 4, 6}, T[] = {6, 6, 6}, t[] = {3, 5, 700};
    const double parameters[] = {1.2, 0.75, 0.66, 2.8};
    const custval__customers all = {3, x, t_x, T, NULL, NULL};
    double by_block[3][4], alone[4];
    custval__bgbb.log_likelihood(parameters, &all, by_block[0], NULL);
    custval__bgbb.expected_pairs(parameters, &all, t, by_block[1]);
    custval__bgbb.residual(parameters, &all, 0.001, by_block[2]);
    for (size_t i = 0; i < 3; i++) {
        const custval__customers one = {1, &x[i], &t_x[i], &T[i], NULL, NULL};
        custval__bgbb.log_likelihood(parameters, &one, alone, NULL);
        assert_double_bits(alone[0], by_block[0][i]);
        custval__bgbb.expected_pairs(parameters, &one, &t[i], alone);
        assert_double_bits(alone[0], by_block[1][i]);
        custval__bgbb.residual(parameters, &one, 0.001, alone);
        assert_double_bits(alone[0], by_block[2][i]);
    }
}

static void a_wrong_row_is_named(void **state) {
    (void)state;
    static const struct {
        double history[3];
        const char *words;
    } rows[] = {
        {{1.5, 2, 3}, "x is not a whole number"},
        {{-1, 2, 3}, "x is not a whole number"},
        {{1, 2.5, 3}, "t_x is not a whole number"},
        {{1, -1, 3}, "t_x is not a whole number"},
        {{1, 2, 3.5}, "T is not a whole number"},
        {{0, 0, -1}, "T is not a whole number"},
        {{0, 0, 1048577}, "T is above 1048576"},
        {{1, 4, 3}, "t_x is above T"},
        {{3, 2, 4}, "x is above t_x"},
        {{0, 2, 4}, "t_x is not 0, but x is"},
    };
    for (size_t i = 0; i < SUPPORT_COUNT(rows); i++) {
        const custval__customers who = buyer(rows[i].history);
        const char *const words = custval__bgbb.check(&who, 0);
        assert_non_null(words);
        assert_non_null(strstr(words, rows[i].words));
    }
    const double whole[] = {3, 3, 3}, fresh[] = {0, 0, 0};
    const custval__customers good = buyer(whole), newcomer = buyer(fresh);
    assert_null(custval__bgbb.check(&good, 0));
    assert_null(custval__bgbb.check(&newcomer, 0));
}

static void a_wrong_contract_is_named(void **state) {
    (void)state;
    const double none = 0, one = 1, half = 0.5, below = -1;
    const custval__customers wrong[] = {subscriber(&half, lost_none), subscriber(&below, lost_none),
                                        subscriber(&one, &half), subscriber(&none, lost_one)};
    static const char *const words[] = {"T is not a whole number", "T is not a whole number", "neither 0 nor 1",
                                        "T is 0, but"};
    for (size_t i = 0; i < SUPPORT_COUNT(words); i++) {
        assert_non_null(custval__sbg.check(&wrong[i], 0));
        assert_non_null(strstr(custval__bdw.check(&wrong[i], 0), words[i]));
    }
    const custval__customers good[] = {subscriber(&none, NULL), subscriber(&none, lost_none),
                                       subscriber(&one, lost_one)};
    for (size_t i = 0; i < SUPPORT_COUNT(good); i++) assert_null(custval__sbg.check(&good[i], 0));
}

/* ---- Starting points ---- */

static void assert_starts(const custval__model *model, const custval__customers *customers, const double *counts,
                          size_t least) {
    double starts[CUSTVAL__MODEL_STARTS][CUSTVAL__MODEL_PARAMETERS];
    const size_t count = model->starts(customers, counts, starts);
    assert_true(count >= least && count <= CUSTVAL__MODEL_STARTS);
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < model->parameters; k++) assert_true(isfinite(starts[i][k]) && starts[i][k] > 0.0);
    }
}

/* Shares lost of sBG (1, 3): 1/4 of 100, then 1/5 of 75: moments give the parameters back. */
static void moments_lead_to_the_parameters(void **state) {
    (void)state;
    const double T[] = {1, 2, 2}, lost[] = {1, 1, 0}, counts[] = {25, 15, 60};
    const custval__customers curve = {3, NULL, NULL, T, NULL, lost};
    double starts[CUSTVAL__MODEL_STARTS][CUSTVAL__MODEL_PARAMETERS];
    assert_starts(&custval__sbg, &curve, counts, 2);
    assert_starts(&custval__bdw, &curve, counts, 2);
    custval__sbg.starts(&curve, counts, starts);
    assert_double_near(starts[0][0], 1.0, 1e-12);
    assert_double_near(starts[0][1], 3.0, 1e-12);
}

/* 3 customers with 2 purchases up to opportunity 4 and one with none: half the opportunities are used while a customer
   is there, and leaving makes 1.5 purchases of the 3 that there would be in 6. */
static void moments_lead_to_shares_of_buying_and_leaving(void **state) {
    (void)state;
    const double x[] = {2, 0}, t_x[] = {4, 0}, T[] = {6, 6}, counts[] = {3, 1};
    const custval__customers two = {2, x, t_x, T, NULL, NULL};
    double starts[CUSTVAL__MODEL_STARTS][CUSTVAL__MODEL_PARAMETERS];
    assert_starts(&custval__bgbb, &two, counts, CUSTVAL__USUAL_STARTS);
    custval__bgbb.starts(&two, counts, starts);
    for (size_t i = 0; i < CUSTVAL__USUAL_STARTS; i++) {
        double stays = starts[i][3] / (starts[i][2] + starts[i][3]), there = 0.0, sum = 0.0;
        assert_double_near(starts[i][0] / (starts[i][0] + starts[i][1]), 0.5, 1e-15);
        for (int k = 1; k <= 6; k++) sum += there = k == 1 ? stays : there * stays;
        assert_double_near(0.5 * sum, 1.5, 1e-7);
    }
}

static void starting_points_are_there_whatever_the_data(void **state) {
    (void)state;
    static const double histories[][3] = {{0, 0, 0}, {0, 0, 6}, {6, 6, 6}, {1, 1, 1}, {1, 600, 600}};
    static const double T[] = {0, 1, 1, 50, 50}, lost[] = {0, 1, 0, 1, 0};
    const double nobody = 0, somebody = 3;
    for (size_t i = 0; i < SUPPORT_COUNT(histories); i++) {
        const custval__customers who = buyer(histories[i]), contract = subscriber(&T[i], &lost[i]);
        assert_starts(&custval__bgbb, &who, &somebody, 1);
        assert_starts(&custval__bgbb, &who, &nobody, 1);
        assert_starts(&custval__sbg, &contract, &somebody, 1);
        assert_starts(&custval__bdw, &contract, &somebody, 1);
        assert_starts(&custval__bdw, &contract, &nobody, 1);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_happens_at_one),
        cmocka_unit_test(horizons_are_whole_periods),
        cmocka_unit_test(beta_discrete_weibull_with_c_of_one_is_shifted_beta_geometric),
        cmocka_unit_test(sums_do_not_depend_on_where_they_are_cut),
        cmocka_unit_test(long_horizons_end_early),
        cmocka_unit_test(an_absurd_c_is_a_power_of_time),
        cmocka_unit_test(extremes_of_bgbb_are_finite_and_in_range),
        cmocka_unit_test(extremes_of_contracts_are_finite_and_in_range),
        cmocka_unit_test(counts_are_a_distribution),
        cmocka_unit_test(counts_of_a_long_horizon_are_a_limit_or_missing),
        cmocka_unit_test(who_is_lost_has_no_future),
        cmocka_unit_test(a_row_has_the_same_bits_in_any_block),
        cmocka_unit_test(a_wrong_row_is_named),
        cmocka_unit_test(a_wrong_contract_is_named),
        cmocka_unit_test(moments_lead_to_the_parameters),
        cmocka_unit_test(moments_lead_to_shares_of_buying_and_leaving),
        cmocka_unit_test(starting_points_are_there_whatever_the_data),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
