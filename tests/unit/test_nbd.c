/* NBD against 60 digits, the published optimum on CDNOW, and awkward customers. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "csv_table.h"
#include "lifetime/model.h"
#include "support.h"
#include "vector_numbers.h"

/* Relative, of the numbers that a result is made of: a few units in the last place of each. */
#define TOLERANCE 1e-14

static custval__customers customer(const double *x, const double *T) {
    return (custval__customers){.count = 1, .x = x, .T = T};
}

static void check_likelihood(const json_t *one, const double *p, const custval__customers *of) {
    double value = 0, slope[2], expected[2], *const slopes[2] = {&slope[0], &slope[1]}, alone = 0;
    custval__nbd.log_likelihood(p, of, &value, slopes);
    custval__nbd.log_likelihood(p, of, &alone, NULL);
    assert_double_bits(alone, value);
    const double x = of->x[0], T = of->T[0], wanted = vector_number(one, "log_likelihood");
    const double size = x * fabs(log(p[1] + T)) + p[0] * log1p(T / p[1]) + x * (1 + fabs(log(p[0] + x)));
    assert_double_near(value, wanted, TOLERANCE * (fabs(wanted) + size));
    vector_numbers(one, "slopes", expected, 2);
    assert_double_near(slope[0], expected[0], TOLERANCE * (fabs(expected[0]) + p[0] * log1p(T / p[1])));
    assert_double_near(slope[1], expected[1], TOLERANCE * (p[0] + x));
}

static void check_predictions(const json_t *one, const double *p, const custval__customers *of) {
    const double t = vector_number(one, "t");
    double value = 0, counts[8], wanted[8];
    custval__nbd.log_alive(p, of, &value);
    assert_double_bits(value, 0.0);
    custval__nbd.alive_later(p, of, &t, &value);
    assert_double_bits(value, 1.0);
    custval__nbd.expected(p, of, &t, 1, &value);
    assert_double_near(value / vector_number(one, "expected"), 1.0, TOLERANCE);
    custval__nbd.expected_pairs(p, of, &t, &value);
    assert_double_near(value / vector_number(one, "pairs"), 1.0, TOLERANCE);
    custval__nbd.residual(p, of, 0.0027, &value);
    assert_double_near(value / vector_number(one, "residual"), 1.0, TOLERANCE);
    const size_t count = vector_numbers(one, "counts", counts, 8);
    vector_numbers(one, "log_counts", wanted, 8);
    for (size_t k = 0; k < count; k++) {
        const double n = counts[k], shape = p[0] + of->x[0], share = t / (p[1] + of->T[0]);
        const double size = n * (1 + fabs(log(share)) + log1p(share) + fabs(log(shape + n))) + shape * log1p(share);
        custval__nbd.log_counts(p, of, &t, (uint32_t)n, 1, &value);
        assert_double_near(value, wanted[k], TOLERANCE * (fabs(wanted[k]) + size));
    }
}

static void everything_is_that_of_sixty_digits(void **state) {
    (void)state;
    json_t *const vectors = support_vectors("purchases_and_spend.json");
    const json_t *const cases = json_object_get(vectors, "nbd");
    assert_true(json_array_size(cases) > 150);
    for (size_t i = 0; i < json_array_size(cases); i++) {
        const json_t *const one = json_array_get(cases, i);
        double p[2];
        vector_numbers(one, "params", p, 2);
        const double x = vector_number(one, "x"), T = vector_number(one, "T");
        const custval__customers of = customer(&x, &T);
        assert_null(custval__nbd.check(&of, 0));
        check_likelihood(one, p, &of);
        check_predictions(one, p, &of);
    }
    json_decref(vectors);
}

/* Two periods with discounts; the moments by their definition from those of the posterior rate. */
static void money_over_periods_is_the_sum_over_them(void **state) {
    (void)state;
    const double p[2] = {0.385, 12.072}, x = 2, T = 38.86, ends[] = {4.0, 10.0}, discounts[] = {0.9, 0.5};
    const custval__customers of = customer(&x, &T);
    const custval__cash cash = {2, ends, discounts};
    double mean = 0, pairs = 0, squares = 0;
    custval__nbd.cash_moments(p, &of, &cash, &mean, &pairs, &squares);
    const double rate = 2.385 / 50.932, square = 2.385 * 3.385 / (50.932 * 50.932);
    assert_double_near(mean, rate * (4 * 0.9 + 6 * 0.5), 1e-15);
    assert_double_near(pairs, square * (4 * 0.9 + 6 * 0.5) * (4 * 0.9 + 6 * 0.5), 1e-15);
    assert_double_near(squares, rate * (4 * 0.81 + 6 * 0.25), 1e-15);
}

static void counts_sum_to_1_and_no_time_is_no_purchase(void **state) {
    (void)state;
    const double p[2] = {0.385, 12.072}, x = 2, T = 38.86, t = 39.0, none = 0.0;
    const custval__customers of = customer(&x, &T);
    double logs[300], sum = 0;
    custval__nbd.log_counts(p, &of, &t, 0, 300, logs);
    for (size_t n = 0; n < 300; n++) sum += exp(logs[n]);
    assert_double_near(sum, 1.0, 1e-13);
    custval__nbd.log_counts(p, &of, &none, 0, 2, logs);
    assert_double_bits(logs[0], 0.0);
    assert_double_bits(logs[1], -HUGE_VAL);
}

typedef struct cdnow {
    double *x, *T, *counts;
    custval__customers customers;
} cdnow;

/* Days, which the file gives as weeks of two digits. */
static cdnow cdnow_load(void) {
    custval_table *const table = csv_table("examples/cdnow/summary.csv");
    const size_t rows = custval_table_rows(table);
    cdnow of = {malloc(rows * sizeof(double)), malloc(rows * sizeof(double)), malloc(rows * sizeof(double)), {0}};
    for (size_t i = 0; i < rows; i++) {
        double x = 0, T = 0;
        assert_ok(custval_table_number(table, 1, i, &x, NULL), NULL);
        assert_ok(custval_table_number(table, 3, i, &T, NULL), NULL);
        of.x[i] = x;
        of.T[i] = round(T * 7) / 7;
        of.counts[i] = 1;
    }
    of.customers = (custval__customers){.count = rows, .x = of.x, .T = of.T};
    custval_table_free(table);
    return of;
}

static double total(const cdnow *of, const double *p, double slope[2]) {
    const size_t count = of->customers.count;
    double *const room = calloc(3 * count, sizeof *room), sum = 0;
    double *const slopes[2] = {room + count, room + 2 * count};
    assert_non_null(room);
    custval__nbd.log_likelihood(p, &of->customers, room, slopes);
    slope[0] = slope[1] = 0;
    for (size_t i = 0; i < count; i++) {
        sum += room[i];
        slope[0] += slopes[0][i];
        slope[1] += slopes[1][i];
    }
    free(room);
    return sum;
}

/* Fader, Hardie & Lee (2005), table 2. The published digits of the parameters leave slopes of 1e-6. */
static void the_published_optimum_is_one(void **state) {
    (void)state;
    json_t *const vectors = support_vectors("lifetime_and_equity.json");
    const json_t *const expected = json_object_get(vector_case_of(vectors, "fit.nbd.cdnow"), "expected");
    cdnow of = cdnow_load();
    assert_int_equal(of.customers.count, 2357);
    const double p[2] = {vector_number(expected, "r"), vector_number(expected, "alpha")};
    double slope[2], starts[CUSTVAL__MODEL_STARTS][CUSTVAL__MODEL_PARAMETERS];
    const double value = total(&of, p, slope);
    assert_double_near(value, vector_number(expected, "loglik"), 1e-6);
    assert_double_near(slope[0], 0.0, 1e-5);
    assert_double_near(slope[1], 0.0, 1e-5);
    const size_t count = custval__nbd.starts(&of.customers, of.counts, starts);
    assert_in_range(count, 1, CUSTVAL__MODEL_STARTS);
    for (size_t k = 0; k < count; k++) {
        assert_true(starts[k][0] > 0 && starts[k][1] > 0);
        assert_true(total(&of, starts[k], slope) <= value);
    }
    assert_true(total(&of, starts[0], slope) > value - 300); /* the moments are near */
    free(of.x);
    free(of.T);
    free(of.counts);
    json_decref(vectors);
}

static void awkward_data_have_starting_points(void **state) {
    (void)state;
    static const double zeros[3], ones[3] = {1, 1, 1}, many[3] = {100000, 0, 3};
    const struct { const double *x, *T; } data[] = {{zeros, ones}, {zeros, zeros}, {ones, ones}, {many, ones}};
    for (size_t d = 0; d < SUPPORT_COUNT(data); d++) {
        const custval__customers of = {.count = 3, .x = data[d].x, .T = data[d].T};
        double starts[CUSTVAL__MODEL_STARTS][CUSTVAL__MODEL_PARAMETERS];
        const size_t count = custval__nbd.starts(&of, ones, starts);
        assert_in_range(count, 1, CUSTVAL__MODEL_STARTS);
        for (size_t k = 0; k < count; k++) {
            assert_true(isfinite(starts[k][0]) && starts[k][0] > 0);
            assert_true(isfinite(starts[k][1]) && starts[k][1] > 0);
        }
    }
}

static void a_row_has_the_same_bits_among_others(void **state) {
    (void)state;
    enum { ROWS = 500 };
    static double x[ROWS], T[ROWS], out[3][ROWS];
    support_random random = random_seeded("nbd");
    const double p[2] = {0.385, 12.072};
    for (size_t i = 0; i < ROWS; i++) {
        x[i] = floor(random_between(&random, 0, 300));
        T[i] = random_between(&random, 1, 100);
    }
    const custval__customers all = {.count = ROWS, .x = x, .T = T};
    double *const slopes[2] = {out[1], out[2]};
    custval__nbd.log_likelihood(p, &all, out[0], slopes);
    for (size_t i = 0; i < ROWS; i++) {
        const custval__customers one = customer(&x[i], &T[i]);
        double value = 0, slope[2], *const at[2] = {&slope[0], &slope[1]};
        custval__nbd.log_likelihood(p, &one, &value, at);
        assert_double_bits(value, out[0][i]);
        assert_double_bits(slope[0], out[1][i]);
        assert_double_bits(slope[1], out[2][i]);
    }
}

static void wrong_rows_are_named(void **state) {
    (void)state;
    static const double x[] = {-1, 0.5, 1, 1, 0}, T[] = {1, 1, -1, 0, 0};
    const custval__customers of = {.count = 5, .x = x, .T = T};
    assert_string_equal(custval__nbd.check(&of, 0), "x is below 0");
    assert_string_equal(custval__nbd.check(&of, 1), "x is not an integer");
    assert_string_equal(custval__nbd.check(&of, 2), "T is below 0");
    assert_string_equal(custval__nbd.check(&of, 3), "x is above 0, but T is 0");
    assert_null(custval__nbd.check(&of, 4));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everything_is_that_of_sixty_digits),
        cmocka_unit_test(money_over_periods_is_the_sum_over_them),
        cmocka_unit_test(counts_sum_to_1_and_no_time_is_no_purchase),
        cmocka_unit_test(the_published_optimum_is_one),
        cmocka_unit_test(awkward_data_have_starting_points),
        cmocka_unit_test(a_row_has_the_same_bits_among_others),
        cmocka_unit_test(wrong_rows_are_named),
    };
    return cmocka_run_group_tests_name("lifetime/nbd", tests, NULL, NULL);
}
