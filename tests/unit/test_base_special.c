/* Special functions, against values of 60 digits. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "base/special.h"
#include "support.h"

typedef double (*function_1)(double);
typedef double (*function_2)(double, double);
typedef double (*function_4)(double, double, double, double);

static const struct {
    const char *name;
    function_1 one;
    function_2 two;
    function_4 four;
} functions[] = {
    {"log1p", custval__log1p, NULL, NULL},
    {"expm1", custval__expm1, NULL, NULL},
    {"log_gamma", custval__log_gamma, NULL, NULL},
    {"digamma", custval__digamma, NULL, NULL},
    {"trigamma", custval__trigamma, NULL, NULL},
    {"log_rising", NULL, custval__log_rising, NULL},
    {"digamma_rise", NULL, custval__digamma_rise, NULL},
    {"log_beta", NULL, custval__log_beta, NULL},
    {"log_beta_share", NULL, NULL, custval__log_beta_share},
    {"beta_share", NULL, NULL, custval__beta_share},
    {"gamma_share", NULL, custval__gamma_share, NULL},
    {"gamma_rest", NULL, custval__gamma_rest, NULL},
    {"chi_square_rest", NULL, custval__chi_square_rest, NULL},
    {"normal_share", custval__normal_share, NULL, NULL},
    {"log_hyp2f1", NULL, NULL, custval__log_hyp2f1},
    {"log_add", NULL, custval__log_add, NULL},
    {"log_subtract", NULL, custval__log_subtract, NULL},
};

static double call(const char *name, const double *x) {
    for (size_t i = 0; i < SUPPORT_COUNT(functions); i++) {
        if (strcmp(functions[i].name, name) == 0) {
            return functions[i].one != NULL   ? functions[i].one(x[0])
                   : functions[i].two != NULL ? functions[i].two(x[0], x[1])
                                              : functions[i].four(x[0], x[1], x[2], x[3]);
        }
    }
    fail_msg("no function %s", name);
    return 0;
}

static double error_of(const char *measure, double actual, double expected) {
    if (isnan(actual)) return HUGE_VAL;
    if (strcmp(measure, "ulps") == 0) return (double)support_ulps(actual, expected);
    const double size = fabs(expected), mixed = strcmp(measure, "mixed") == 0;
    return actual == expected ? 0 : fabs(actual - expected) / (mixed != 0 && size < 1.0 ? 1.0 : size);
}

static void every_vector_is_within_its_tolerance(void **state) {
    (void)state;
    json_t *const vectors = support_vectors("special.json");
    const json_t *const groups = json_object_get(vectors, "functions");
    assert_int_equal(json_array_size(groups), SUPPORT_COUNT(functions));
    size_t outside = 0;
    for (size_t g = 0; g < json_array_size(groups); g++) {
        const json_t *const group = json_array_get(groups, g), *const cases = json_object_get(group, "cases");
        const char *const name = json_string_value(json_object_get(group, "function"));
        const char *const measure = json_string_value(json_object_get(group, "measure"));
        const double tolerance = json_number_value(json_object_get(group, "tolerance"));
        double largest = 0;
        for (size_t i = 0; i < json_array_size(cases); i++) {
            const json_t *const one = json_array_get(cases, i);
            const size_t count = json_array_size(one) - 1;
            double x[4] = {0};
            for (size_t k = 0; k < count; k++) x[k] = support_number(json_array_get(one, k));
            const double expected = support_number(json_array_get(one, count)), actual = call(name, x);
            const double error = error_of(measure, actual, expected);
            largest = error > largest ? error : largest;
            if (error > tolerance) {
                print_error("%s(%.17g, %.17g, %.17g, %.17g) is %.17g, expected %.17g\n", name, x[0], x[1], x[2], x[3],
                            actual, expected);
                outside++;
            }
        }
        print_message("%s: %zu cases, largest error %.2g (%s)\n", name, json_array_size(cases), largest, measure);
    }
    json_decref(vectors);
    assert_int_equal(outside, 0);
}

static void ends_of_ranges_have_their_values(void **state) {
    (void)state;
    const double inf = HUGE_VAL, nan = (double)NAN;
    assert_double_bits(custval__log1p(0.0), 0.0);
    assert_double_bits(custval__log1p(-1.0), -inf);
    assert_double_bits(custval__log1p(inf), inf);
    assert_double_bits(custval__log1p(nan), nan);
    assert_double_bits(custval__expm1(0.0), 0.0);
    assert_double_bits(custval__expm1(-inf), -1.0);
    assert_double_bits(custval__expm1(inf), inf);
    assert_double_bits(custval__log_gamma(inf), inf);
    assert_double_bits(custval__log_rising(3.0, 0.0), 0.0);
    assert_double_bits(custval__digamma_rise(3.0, 0.0), 0.0);
    assert_double_bits(custval__beta_share(2.0, 3.0, 0.0, 1.0), 0.0);
    assert_double_bits(custval__beta_share(2.0, 3.0, 1.0, 0.0), 1.0);
    assert_double_bits(custval__log_beta_share(2.0, 3.0, 0.0, 1.0), -inf);
    assert_double_bits(custval__log_beta_share(2.0, 3.0, 1.0, 0.0), 0.0);
    assert_double_bits(custval__gamma_share(2.0, 0.0), 0.0);
    assert_double_bits(custval__gamma_share(2.0, inf), 1.0);
    assert_double_bits(custval__gamma_rest(2.0, 0.0), 1.0);
    assert_double_bits(custval__gamma_rest(2.0, inf), 0.0);
    assert_double_bits(custval__normal_share(0.0), 0.5);
    assert_double_bits(custval__normal_share(-inf), 0.0);
    assert_double_bits(custval__normal_share(inf), 1.0);
    assert_double_bits(custval__normal_share(nan), nan);
    assert_double_bits(custval__log_hyp2f1(0.0, 2.0, 3.0, 0.5), 0.0);
    assert_double_bits(custval__log_hyp2f1(2.0, 2.0, 3.0, 0.0), 0.0);
    assert_double_bits(custval__log_hyp2f1(2.0, 3.0, 1.0, -1.0), nan); /* negative terms */
    assert_double_bits(custval__log_add(-inf, 2.0), 2.0);
    assert_double_bits(custval__log_add(-inf, -inf), -inf);
    assert_double_bits(custval__log_subtract(2.0, -inf), 2.0);
    assert_double_bits(custval__log_subtract(2.0, 2.0), -inf);
}

/* A huge logarithm must not overflow on the way; 2F1(a, b; b; z) = (1 - z)^-a, here a little off b. */
static void logarithms_do_not_overflow(void **state) {
    (void)state;
    const double value = custval__log_hyp2f1(1e6, 1e6, 1e6 + 1e-6, 0.9999);
    assert_double_near(value / (1e6 * 9.210340371976182736), 1.0, 1e-9);
    assert_true(isfinite(custval__log_hyp2f1(1e6, 1e6, 1.0, 0.5)));
    assert_true(isfinite(custval__log_hyp2f1(1e6, 1e-6, 1.0, -1e300)));
    assert_true(isfinite(custval__log_rising(1e-300, 1e300)));
}

/* A rule of n nodes is exact for polynomials of degree 2 n - 1. */
static void gauss_and_legendre_integrate_powers(void **state) {
    (void)state;
    static const size_t sizes[] = {8, 16, 32, 64};
    for (size_t s = 0; s < SUPPORT_COUNT(sizes); s++) {
        const custval__gauss *const rule = custval__gauss_legendre(sizes[s]);
        assert_non_null(rule);
        assert_int_equal(rule->n, sizes[s]);
        for (size_t degree = 0; degree < 2 * rule->n; degree++) {
            double sum = 0;
            for (size_t i = 0; i < rule->n; i++) sum += rule->weights[i] * pow(rule->nodes[i], (double)degree);
            assert_double_near(sum * (double)(degree + 1), 1.0, 2e-14);
        }
        for (size_t i = 0; i < rule->n; i++) {
            assert_double_near(rule->nodes[i] + rule->nodes[rule->n - 1 - i], 1.0, 1e-15);
        }
    }
    assert_null(custval__gauss_legendre(10));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_vector_is_within_its_tolerance),
        cmocka_unit_test(ends_of_ranges_have_their_values),
        cmocka_unit_test(logarithms_do_not_overflow),
        cmocka_unit_test(gauss_and_legendre_integrate_powers),
    };
    return cmocka_run_group_tests_name("base/special", tests, NULL, NULL);
}
