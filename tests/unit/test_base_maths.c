/* Elementary functions and the compensated sum. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"

#include <math.h>
#include <string.h>

#include "base/elementary.h"
#include "base/maths.h"

static double call(const char *function, double x, double y) {
    if (strcmp(function, "exp") == 0) return custval__exp(x);
    if (strcmp(function, "log") == 0) return custval__log(x);
    assert_string_equal(function, "pow");
    return custval__pow(x, y);
}

static void every_vector_is_within_its_ulps(void **state) {
    (void)state;
    json_t *const vectors = support_vectors("elementary.json");
    const uint64_t tolerance = (uint64_t)json_integer_value(json_object_get(vectors, "tolerance_ulps"));
    const json_t *const cases = json_object_get(vectors, "cases");
    assert_true(json_array_size(cases) > 400);
    for (size_t i = 0; i < json_array_size(cases); i++) {
        const json_t *const one = json_array_get(cases, i), *const second = json_object_get(one, "y");
        const char *const function = json_string_value(json_object_get(one, "function"));
        const double x = support_number(json_object_get(one, "x")), y = second == NULL ? 0 : support_number(second);
        const double expected = support_number(json_object_get(one, "expected")), actual = call(function, x, y);
        const int exact = expected == 0 || expected == 1 || isinf(expected);
        if (exact ? actual != expected : support_ulps(actual, expected) > tolerance) {
            print_error("%s(%a, %a) is %a, expected %a\n", function, x, y, actual, expected);
            fail();
        }
    }
    json_decref(vectors);
}

/* The functions of libm are good to an ulp themselves, so two apart is the most. Numbers between would need vectors. */
static void random_points_agree_with_libm(void **state) {
    (void)state;
    support_random random = random_seeded("elementary");
    for (int i = 0; i < 200000; i++) {
        const double x = random_between(&random, -746, 710);
        assert_true(support_ulps(custval__exp(x), exp(x)) <= 2);
        const double positive = fabs(random_double(&random)), near = random_between(&random, 0.5, 2);
        assert_true(support_ulps(custval__log(positive), log(positive)) <= 2);
        assert_true(support_ulps(custval__log(near), log(near)) <= 2);
        const double score = random_between(&random, 0, 100), power = random_between(&random, -3, 3);
        assert_true(support_ulps(custval__pow(score, power), pow(score, power)) <= 2);
        const double far = random_between(&random, -760, 720) / log(positive);
        assert_true(support_ulps(custval__pow(positive, far), pow(positive, far)) <= 2);
    }
}

static void special_arguments_have_the_stated_values(void **state) {
    (void)state;
    const double inf = (double)INFINITY, nan = (double)NAN;
    const struct {
        const char *function;
        double x, y, expected;
    } cases[] = {
        {"exp", 0, 0, 1},      {"exp", -0.0, 0, 1},    {"exp", inf, 0, inf},     {"exp", -inf, 0, 0},
        {"exp", nan, 0, nan},  {"exp", 1e300, 0, inf}, {"exp", -1e300, 0, 0},    {"log", 1, 0, 0},
        {"log", 0, 0, -inf},   {"log", -0.0, 0, -inf}, {"log", -1, 0, nan},      {"log", -5e-324, 0, nan},
        {"log", -inf, 0, nan}, {"log", inf, 0, inf},   {"log", nan, 0, nan},     {"pow", 0, 2, 0},
        {"pow", -0.0, 2, 0},   {"pow", 0, -2, inf},    {"pow", -0.0, -3, inf},   {"pow", 0, 0, 1},
        {"pow", inf, 0, 1},    {"pow", inf, 0.5, inf}, {"pow", inf, -0.5, 0},    {"pow", 0.5, inf, 0},
        {"pow", 2, inf, inf},  {"pow", 2, -inf, 0},    {"pow", 0.5, -inf, inf},  {"pow", 1, inf, 1},
        {"pow", 1, nan, 1},    {"pow", nan, 0, 1},     {"pow", nan, 1, nan},     {"pow", 2, nan, nan},
        {"pow", -2, 2, nan},   {"pow", -2, 1, nan},    {"pow", -2, 0, 1},        {"pow", -inf, 0.5, nan},
        {"pow", 0, inf, 0},    {"pow", 0, -inf, inf},  {"pow", inf, inf, inf},   {"pow", inf, -inf, 0},
        {"pow", 0, nan, nan},  {"pow", inf, nan, nan}, {"pow", 5e-324, -1, inf}, {"pow", 1e300, 2, inf},
        {"pow", 1e300, -2, 0}, {"pow", nan, nan, nan}, {"pow", 2, 1e300, inf},   {"pow", 2, -1e300, 0},
    };
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        assert_double_bits(call(cases[i].function, cases[i].x, cases[i].y), cases[i].expected);
    }
}

static void the_first_power_is_the_number_itself(void **state) {
    (void)state;
    support_random random = random_seeded("first power");
    for (int i = 0; i < 10000; i++) {
        const double x = fabs(random_double(&random));
        assert_double_bits(custval__pow(x, 1), x);
        assert_double_bits(custval__pow(x, 0), 1);
    }
}

/* Long enough for any vector width, with a rest, and with every kind of special value between ordinary ones. */
#define ROWS 1037

static void a_vectorised_loop_gives_the_bits_of_single_calls(void **state) {
    (void)state;
    static double x[ROWS], y[ROWS], powers[ROWS], exponentials[ROWS], logarithms[ROWS];
    static const double special[] = {0.0,        -0.0, 1.0, -1.0, 5e-324, 1e308, (double)INFINITY, -(double)INFINITY,
                                     (double)NAN};
    support_random random = random_seeded("vector loop");
    for (size_t i = 0; i < ROWS; i++) {
        x[i] = i % 7 == 3 ? special[random_below(&random, SUPPORT_COUNT(special))] : random_between(&random, -5, 700);
        y[i] = i % 11 == 3 ? special[random_below(&random, SUPPORT_COUNT(special))] : random_between(&random, -90, 90);
    }
    for (size_t i = 0; i < ROWS; i++) exponentials[i] = custval__exp_inline(x[i]);
    for (size_t i = 0; i < ROWS; i++) logarithms[i] = custval__log_inline(x[i]);
    for (size_t i = 0; i < ROWS; i++) powers[i] = custval__pow_inline(x[i], y[i]);
    for (size_t i = 0; i < ROWS; i++) {
        assert_double_bits(exponentials[i], custval__exp(x[i]));
        assert_double_bits(logarithms[i], custval__log(x[i]));
        assert_double_bits(powers[i], custval__pow(x[i], y[i]));
    }
}

/* A change of these bits changes scores that users have stored: it is a new version's business, not a compiler's. */
static void results_are_pinned_to_the_bit(void **state) {
    (void)state;
    uint64_t hash = 1469598103934665603U;
    support_random random = {42};
    for (int i = 0; i < 30000; i++) {
        const double any = random_between(&random, -745, 709), positive = fabs(random_double(&random));
        const double score = random_between(&random, 0, 100), power = random_between(&random, -5, 5);
        hash = (hash ^ custval__bits_of(custval__exp(any))) * 1099511628211U;
        hash = (hash ^ custval__bits_of(custval__log(positive))) * 1099511628211U;
        hash = (hash ^ custval__bits_of(custval__pow(score, power))) * 1099511628211U;
    }
    assert_int_equal(hash, 0x9592fd22636a6095U);
}

static void a_sum_keeps_what_plain_addition_loses(void **state) {
    (void)state;
    static const struct {
        double terms[4], expected;
    } cases[] = {
        {{1, 1e100, 1, -1e100}, 2},
        {{1e100, 1, -1e100, 1}, 2},
        {{0.1, 0.2, -0.3, 0}, 0x1p-55},
        {{1, 0x1p-53, 0x1p-53, 0}, 1 + 0x1p-52},
        {{0, 0, 0, 0}, 0},
    };
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        custval__sum sum = {0, 0};
        for (size_t k = 0; k < 4; k++) custval__sum_add(&sum, cases[i].terms[k]);
        assert_double_bits(custval__sum_value(&sum), cases[i].expected);
    }
    custval__sum tenths = {0, 0};
    for (int i = 0; i < 1000000; i++) custval__sum_add(&tenths, 0.1);
    assert_double_bits(custval__sum_value(&tenths), 100000.0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_vector_is_within_its_ulps),
        cmocka_unit_test(random_points_agree_with_libm),
        cmocka_unit_test(special_arguments_have_the_stated_values),
        cmocka_unit_test(the_first_power_is_the_number_itself),
        cmocka_unit_test(a_vectorised_loop_gives_the_bits_of_single_calls),
        cmocka_unit_test(results_are_pinned_to_the_bit),
        cmocka_unit_test(a_sum_keeps_what_plain_addition_loses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
