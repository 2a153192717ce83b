/* Kernels of impacts: multiples are those of custval_margin_multiple(), derivatives those of differences, and every
   instruction set gives the same bits. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include <custval/formulas.h>

#include "impact/kernels.h"
#include "support.h"

#define MOST 131

static const custval__impact_multiple terms[] = {
    {.is_next = 0, .periods = 0, .rate = 0.1, .growth = 0.02},
    {.is_next = 1, .periods = 0, .rate = 1e-9, .growth = 0.0},
    {.is_next = 1, .periods = 0, .rate = 0.02, .growth = 0.5},
    {.is_next = 0, .periods = 1, .rate = 0.1, .growth = 0.0},
    {.is_next = 1, .periods = 7, .rate = 0.1, .growth = 0.03},
    {.is_next = 0, .periods = 12, .rate = 0.0, .growth = 0.0},
    {.is_next = 1, .periods = 1000, .rate = 0.01, .growth = 0.012},
    {.is_choice = 1, .periods = 3, .rate = 0.1, .growth = 0.0, .annuity = 2.7},
};

/* Probabilities from 0 to 1, both ends included, and what a choice's annuity is multiplied by. */
static void fill(double *p, double *margin) {
    for (size_t i = 0; i < MOST; i++) {
        p[i] = (double)i / (MOST - 1);
        margin[i] = 10.0 - (double)(i % 7);
    }
}

static void multiples_are_those_of_the_formula(void **state) {
    (void)state;
    double p[MOST], margin[MOST], worth[MOST], slope[MOST];
    fill(p, margin);
    for (size_t t = 0; t < SUPPORT_COUNT(terms); t++) {
        custval__impact_kernels_best()->worths(&terms[t], p, margin, MOST, worth, slope);
        for (size_t i = 0; i < MOST; i++) {
            custval_multiple_terms of = CUSTVAL_MULTIPLE_TERMS_INIT;
            double multiple;
            of.retention = p[i];
            of.rate = terms[t].rate;
            of.growth = terms[t].growth;
            of.first = terms[t].is_next ? CUSTVAL_FIRST_NEXT : CUSTVAL_FIRST_NOW;
            of.periods = terms[t].periods;
            if (terms[t].is_choice) {
                assert_double_near(worth[i], margin[i] * p[i] * terms[t].annuity, 1e-14 * fabs(worth[i]));
            } else if (custval_margin_multiple(&of, &multiple, NULL) == CUSTVAL_OK) {
                assert_double_near(worth[i], margin[i] * multiple, 1e-13 * fabs(margin[i] * multiple));
            } else {
                assert_true(isnan(worth[i]) != 0 && isnan(slope[i]) != 0);
            }
        }
    }
}

/* Central differences of a smooth function, where it is not steep. */
static void slopes_are_those_of_differences(void **state) {
    (void)state;
    const double step = 1e-6, margin = 3.0;
    for (size_t t = 0; t < SUPPORT_COUNT(terms); t++) {
        for (double p = 0.05; p < 0.62; p += 0.05) {
            const double ends[] = {p - step, p + step};
            double worth, slope, low, high, unused;
            custval__impact_kernels_best()->worths(&terms[t], &p, &margin, 1, &worth, &slope);
            custval__impact_kernels_best()->worths(&terms[t], &ends[0], &margin, 1, &low, &unused);
            custval__impact_kernels_best()->worths(&terms[t], &ends[1], &margin, 1, &high, &unused);
            assert_double_near(slope, (high - low) / (2.0 * step), 1e-6 * fabs(slope) + 1e-8);
        }
    }
}

static void a_probability_and_its_slope_lose_no_digits(void **state) {
    (void)state;
    double t[] = {0.0, 40.0, -40.0, 800.0, -800.0, 2.0}, slope[6];
    custval__impact_kernels_best()->logistic(t, 6, slope);
    assert_double_bits(t[0], 0.5);
    assert_double_bits(slope[0], 0.25);
    assert_double_near(slope[1], 4.248354255291589e-18, 1e-32); /* e^-40, where 1 - p is 0 */
    assert_double_near(t[2], 4.248354255291589e-18, 1e-32);
    assert_double_bits(t[3], 1.0);
    assert_double_bits(t[4], 0.0);
    assert_double_near(t[5], 0.8807970779778824, 2e-16);
    assert_double_near(slope[5], 0.10499358540350652, 1e-16);
}

static void assert_same(const double *one, const double *other, size_t count) {
    for (size_t i = 0; i < count; i++) assert_double_bits(one[i], other[i]);
}

/* Every loop on the first `count` numbers. */
static void run_all(const custval__impact_kernels *kernels, const double *a, const double *b, size_t count,
                    double out[][MOST]) {
    const custval__impact_kernels *const k = kernels;
    double p[MOST], unused[MOST];
    fill(p, unused);
    for (size_t i = 0; i < count; i++) {
        out[0][i] = b[i];
        out[1][i] = a[i] / 50.0;
        out[3][i] = 1.0;
    }
    k->add(1.7, a, count, out[0]);
    k->logistic(out[1], count, out[2]);
    k->take(a, count, out[4], out[3]);
    out[5][0] = k->dot(a, b, count);
    out[5][1] = k->change(a, b, p, count);
    out[5][2] = k->is_within(a, count, 99.0);
    out[5][3] = k->weigh(a, b, count);
    for (size_t t = 0; t < SUPPORT_COUNT(terms); t++) k->worths(&terms[t], p, b, count, out[6 + 2 * t], out[7 + 2 * t]);
}

static void every_instruction_set_gives_the_same_bits(void **state) {
    static const char *const names[] = {"avx2", "avx512"};
    static double first[6 + 2 * SUPPORT_COUNT(terms)][MOST], second[6 + 2 * SUPPORT_COUNT(terms)][MOST];
    (void)state;
    support_random random = random_seeded("kernels");
    assert_null(custval__impact_kernels_named("abacus"));
    for (size_t n = 0; n < SUPPORT_COUNT(names); n++) {
        const custval__impact_kernels *const other = custval__impact_kernels_named(names[n]);
        if (other == NULL) {
            print_message("not run here: %s\n", names[n]);
            continue;
        }
        assert_string_equal(other->name, names[n]);
        for (size_t count = 0; count <= MOST; count++) {
            double a[MOST], b[MOST];
            for (size_t i = 0; i < MOST; i++) {
                a[i] = random_between(&random, -100.0, 100.0);
                b[i] = random_between(&random, -1.0, 1.0);
            }
            run_all(custval__impact_kernels_named("portable"), a, b, count, first);
            run_all(other, a, b, count, second);
            for (size_t k = 0; k < SUPPORT_COUNT(first); k++) {
                assert_same(first[k], second[k], k == 5 ? 4 : count);
            }
        }
    }
}

/* Among any number of rows, at any place; weighed are only rows that have a weight. */
static void find_strange(const custval__impact_kernels *kernels, size_t count) {
    static const double strange[] = {(double)NAN, (double)INFINITY, -(double)INFINITY};
    double x[MOST] = {0.0}, out[MOST], ok[MOST];
    for (size_t i = 0; i < count; i++) x[i] = 1e308;
    assert_true(kernels->is_within(x, count, 1e308));
    assert_int_equal(kernels->is_within(x, count, 1e307), count == 0);
    for (size_t i = 0; i < count; i++) {
        x[i] = strange[i % 3];
        assert_false(kernels->is_within(x, count, 1e308));
        for (size_t k = 0; k < count; k++) ok[k] = 2.0;
        kernels->take(x, count, out, ok);
        for (size_t k = 0; k < count; k++) {
            assert_double_bits(out[k], k == i ? 0.0 : 1e308);
            assert_double_bits(ok[k], k == i ? 0.0 : 2.0);
        }
        for (size_t k = 0; k < count; k++) ok[k] = k == i ? 0.0 : 0x1p-1000;
        assert_double_near(kernels->weigh(ok, x, count), (double)(count - 1) * (0x1p-1000 * 1e308), 1e-4);
        x[i] = 1e308;
    }
}

static void what_is_not_finite_is_found_wherever_it_stands(void **state) {
    static const char *const names[] = {"portable", "avx2", "avx512"};
    (void)state;
    for (size_t n = 0; n < SUPPORT_COUNT(names); n++) {
        const custval__impact_kernels *const kernels = custval__impact_kernels_named(names[n]);
        for (size_t count = 0; kernels != NULL && count <= MOST; count++) find_strange(kernels, count);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(multiples_are_those_of_the_formula),
        cmocka_unit_test(slopes_are_those_of_differences),
        cmocka_unit_test(a_probability_and_its_slope_lose_no_digits),
        cmocka_unit_test(every_instruction_set_gives_the_same_bits),
        cmocka_unit_test(what_is_not_finite_is_found_wherever_it_stands),
    };
    return cmocka_run_group_tests_name("impact", tests, NULL, NULL);
}
