/* Gamma-gamma against 60 digits, published answers, the published optimum on CDNOW, and means that do not exist. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "csv_table.h"
#include "lifetime/gamma_gamma_kernels.h"
#include "lifetime/model.h"
#include "support.h"
#include "vector_numbers.h"

/* Relative, of the numbers that a result is made of. */
#define TOLERANCE 2e-14

static custval__customers customer(const double *x, const double *m) {
    return (custval__customers){.count = 1, .x = x, .mean_spend = m};
}

/* The same if it does not exist or is beyond doubles, else near. */
static void near_or_none(double actual, double expected) {
    if (!isfinite(expected)) {
        assert_double_bits(actual, expected);
    } else {
        assert_double_near(actual / expected, 1.0, TOLERANCE);
    }
}

static void check_likelihood(const json_t *one, const double *p, const custval__customers *of) {
    double value = 0, slope[3], expected[3], *const slopes[3] = {&slope[0], &slope[1], &slope[2]}, alone = 0;
    custval__gamma_gamma.log_likelihood(p, of, &value, slopes);
    custval__gamma_gamma.log_likelihood(p, of, &alone, NULL);
    assert_double_bits(alone, value);
    const double shape = p[0] * of->x[0], share = of->x[0] * of->mean_spend[0] / p[2];
    const double wanted = vector_number(one, "log_likelihood"), rest = p[1] * log1p(share);
    const double front = shape > 0 ? shape * log1p(1 / share) : 0;
    assert_double_near(value, wanted, TOLERANCE * (1 + fabs(wanted) + rest + front + fabs(log(of->mean_spend[0]))));
    vector_numbers(one, "slopes", expected, 3);
    assert_double_near(slope[0], expected[0], TOLERANCE * (fabs(expected[0]) + front));
    assert_double_near(slope[1], expected[1], TOLERANCE * (fabs(expected[1]) + rest));
    assert_double_near(slope[2], expected[2], TOLERANCE * (fabs(expected[2]) + (shape < p[1] ? shape : p[1])));
}

static void everything_is_that_of_sixty_digits(void **state) {
    (void)state;
    json_t *const vectors = support_vectors("purchases_and_spend.json");
    const json_t *const cases = json_object_get(vectors, "gamma_gamma");
    assert_true(json_array_size(cases) > 200);
    for (size_t i = 0; i < json_array_size(cases); i++) {
        const json_t *const one = json_array_get(cases, i);
        double p[3], spend = 0, square = 0, variance = 0;
        vector_numbers(one, "params", p, 3);
        const double x = vector_number(one, "x"), m = vector_number(one, "m");
        const custval__customers of = customer(&x, &m);
        assert_null(custval__gamma_gamma.check(&of, 0));
        check_likelihood(one, p, &of);
        custval__gamma_gamma.spend(p, &of, &spend);
        custval__gamma_gamma.spend_moments(p, &of, &square, &variance);
        near_or_none(spend, vector_number(one, "spend"));
        near_or_none(square, vector_number(one, "mean_square"));
        near_or_none(variance, vector_number(one, "variance"));
    }
    json_decref(vectors);
}

/* Cases with parameters, x and mean spends. */
static void run_published(const json_t *vectors, const char *id, int likelihood) {
    const json_t *const one = vector_case_of(vectors, id), *const input = json_object_get(one, "input");
    double p[3], x[16], m[16], expected[16], out[16];
    vector_numbers(input, "params", p, 3);
    const size_t count = vector_numbers(input, "x", x, 16);
    assert_int_equal(vector_numbers(input, "mean_value", m, 16), count);
    assert_int_equal(vector_numbers(one, "expected", expected, 16), count);
    const custval__customers of = {.count = count, .x = x, .mean_spend = m};
    if (likelihood) {
        custval__gamma_gamma.log_likelihood(p, &of, out, NULL);
    } else {
        custval__gamma_gamma.spend(p, &of, out);
    }
    for (size_t i = 0; i < count; i++) assert_double_near(out[i] / expected[i], 1.0, 1e-13);
}

static void published_answers_are_met(void **state) {
    (void)state;
    json_t *const vectors = support_vectors("lifetime_and_equity.json");
    run_published(vectors, "gg.mean.hardie", 0);
    run_published(vectors, "gg.ll", 1);
    run_published(vectors, "hard.gg.q_below_1", 0);
    json_decref(vectors);
}

/* p x + q <= 1. At q = 1 other packages fail even for x > 0, below they give a negative mean for x = 0. */
static void a_mean_that_does_not_exist_is_not_a_number(void **state) {
    (void)state;
    const double p[3] = {6.25, 1.0, 15.44}, heavy[3] = {6.25, 0.7, 15.44}, zero = 0, one = 1, m = 20,
                 missing = (double)NAN;
    const custval__customers none = customer(&zero, &missing), some = customer(&one, &m);
    double value = 0;
    custval__gamma_gamma.spend(p, &none, &value);
    assert_true(isnan(value));
    custval__gamma_gamma.spend(heavy, &none, &value);
    assert_true(isnan(value));
    custval__gamma_gamma.spend(p, &some, &value);
    assert_double_near(value, 6.25 * 35.44 / 6.25, 1e-14);
    custval__gamma_gamma.spend(heavy, &some, &value);
    assert_double_near(value, 6.25 * 35.44 / 5.95, 1e-13);
    const double usual[3] = {6.25, 3.74, 15.44};
    custval__gamma_gamma.spend(usual, &none, &value); /* the spend of who bought nothing is not read */
    assert_double_near(value, 6.25 * 15.44 / 2.74, 1e-13);
}

typedef struct cdnow {
    double *x, *m, *counts;
    custval__customers customers;
} cdnow;

static cdnow cdnow_load(void) {
    custval_table *const table = csv_table("examples/cdnow/summary_with_spend.csv");
    const size_t rows = custval_table_rows(table);
    cdnow of = {malloc(rows * sizeof(double)), malloc(rows * sizeof(double)), malloc(rows * sizeof(double)), {0}};
    size_t count = 0;
    for (size_t i = 0; i < rows; i++) {
        assert_ok(custval_table_number(table, 1, i, &of.x[count], NULL), NULL);
        assert_ok(custval_table_number(table, 4, i, &of.m[count], NULL), NULL);
        of.counts[count] = 1;
        count += of.x[count] > 0;
    }
    of.customers = (custval__customers){.count = count, .x = of.x, .mean_spend = of.m};
    custval_table_free(table);
    return of;
}

static void cdnow_free(cdnow *of) {
    free(of->x);
    free(of->m);
    free(of->counts);
}

static double total(const cdnow *of, const double *p, double slope[3]) {
    const size_t count = of->customers.count;
    double *const room = calloc(4 * count, sizeof *room), sum = 0;
    double *const slopes[3] = {room + count, room + 2 * count, room + 3 * count};
    assert_non_null(room);
    custval__gamma_gamma.log_likelihood(p, &of->customers, room, slopes);
    for (size_t k = 0; k < 3; k++) slope[k] = 0;
    for (size_t i = 0; i < count; i++) {
        sum += room[i];
        for (size_t k = 0; k < 3; k++) slope[k] += slopes[k][i];
    }
    free(room);
    return sum;
}

static void the_published_optimum_is_one(void **state) {
    (void)state;
    json_t *const vectors = support_vectors("lifetime_and_equity.json");
    const json_t *const expected = json_object_get(vector_case_of(vectors, "fit.gg.cdnow"), "expected");
    cdnow of = cdnow_load();
    assert_int_equal(of.customers.count, 946);
    const double p[3] = {vector_number(expected, "p"), vector_number(expected, "q"), vector_number(expected, "gamma")};
    double slope[3], starts[CUSTVAL__MODEL_STARTS][CUSTVAL__MODEL_PARAMETERS];
    const double value = total(&of, p, slope);
    assert_double_near(value, vector_number(expected, "loglik"), 1e-6);
    for (size_t k = 0; k < 3; k++) assert_double_near(slope[k], 0.0, 1e-5);
    const size_t count = custval__gamma_gamma.starts(&of.customers, of.counts, starts);
    assert_in_range(count, 1, CUSTVAL__MODEL_STARTS);
    for (size_t k = 0; k < count; k++) {
        assert_true(starts[k][0] > 0 && starts[k][1] > 2 && starts[k][2] > 0);
        assert_true(total(&of, starts[k], slope) <= value);
    }
    cdnow_free(&of);
    json_decref(vectors);
}

static void awkward_data_have_starting_points_or_none(void **state) {
    (void)state;
    static const double zeros[3], ones[3] = {1, 1, 1}, some[3] = {1, 0, 100000}, wild[3] = {1e-9, 1, 1e9};
    const struct {
        const double *x, *m;
        size_t least;
    } data[] = {{zeros, ones, 0}, {ones, ones, 1}, {some, ones, 1}, {ones, wild, 1}, {some, wild, 1}};
    for (size_t d = 0; d < SUPPORT_COUNT(data); d++) {
        const custval__customers of = {.count = 3, .x = data[d].x, .mean_spend = data[d].m};
        double starts[CUSTVAL__MODEL_STARTS][CUSTVAL__MODEL_PARAMETERS];
        const size_t count = custval__gamma_gamma.starts(&of, ones, starts);
        assert_int_equal(count > 0, data[d].least);
        for (size_t k = 0; k < count; k++) {
            for (size_t q = 0; q < 3; q++) assert_true(isfinite(starts[k][q]) && starts[k][q] > 0);
        }
    }
}

/* Among 500 of all kinds, alone, and by each instruction set. */
static void a_row_has_the_same_bits_everywhere(void **state) {
    (void)state;
    enum { ROWS = 500 };
    static double x[ROWS], m[ROWS], out[4][ROWS], again[4][ROWS];
    static const char *const sets[] = {"portable", "avx2", "avx512"};
    const double p[3] = {6.25, 3.74, 15.44};
    support_random random = random_seeded("gamma-gamma");
    for (size_t i = 0; i < ROWS; i++) {
        x[i] = floor(random_between(&random, 0, 300));
        m[i] = x[i] > 0 ? random_between(&random, 0.1, 1000) : (double)NAN;
    }
    const custval__customers all = {.count = ROWS, .x = x, .mean_spend = m};
    double *const slopes[3] = {out[1], out[2], out[3]}, *const others[3] = {again[1], again[2], again[3]};
    custval__gamma_gamma.log_likelihood(p, &all, out[0], slopes);
    for (size_t i = 0; i < ROWS; i++) {
        const custval__customers one = customer(&x[i], &m[i]);
        double value = 0, slope[3], *const at[3] = {&slope[0], &slope[1], &slope[2]};
        custval__gamma_gamma.log_likelihood(p, &one, &value, at);
        assert_double_bits(value, out[0][i]);
        for (size_t k = 0; k < 3; k++) assert_double_bits(slope[k], out[1 + k][i]);
    }
    for (size_t s = 0; s < SUPPORT_COUNT(sets); s++) {
        const custval__gamma_gamma_kernels *const kernels = custval__gamma_gamma_kernels_named(sets[s]);
        if (kernels == NULL) continue;
        assert_string_equal(kernels->name, sets[s]);
        custval__gamma_gamma_likelihood_by(kernels, p, ROWS, x, m, again[0], others);
        assert_memory_equal(again, out, sizeof out);
    }
}

static void wrong_rows_are_named(void **state) {
    (void)state;
    static const double x[] = {-1, 0.5, 1, 1, 0}, m[] = {1, 1, 0, -5, 0};
    const custval__customers of = {.count = 5, .x = x, .mean_spend = m};
    assert_string_equal(custval__gamma_gamma.check(&of, 0), "x is below 0");
    assert_string_equal(custval__gamma_gamma.check(&of, 1), "x is not an integer");
    assert_string_equal(custval__gamma_gamma.check(&of, 2), "mean_spend is not above 0, but x is");
    assert_string_equal(custval__gamma_gamma.check(&of, 3), "mean_spend is not above 0, but x is");
    assert_null(custval__gamma_gamma.check(&of, 4));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everything_is_that_of_sixty_digits),
        cmocka_unit_test(published_answers_are_met),
        cmocka_unit_test(a_mean_that_does_not_exist_is_not_a_number),
        cmocka_unit_test(the_published_optimum_is_one),
        cmocka_unit_test(awkward_data_have_starting_points_or_none),
        cmocka_unit_test(a_row_has_the_same_bits_everywhere),
        cmocka_unit_test(wrong_rows_are_named),
    };
    return cmocka_run_group_tests_name("lifetime/gamma_gamma", tests, NULL, NULL);
}
