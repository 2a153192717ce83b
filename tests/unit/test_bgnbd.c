/* BG/NBD and MBG/NBD against mpmath: tests/vectors/bgnbd.json. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "lifetime/model.h"
#include "support.h"

#define MOST 16

/* One customer of a case. */
typedef struct one {
    const custval__model *model;
    double parameters[4], x, t_x, T;
    custval__customers customers;
} one;

static size_t numbers_of(const json_t *list, double out[MOST]) {
    const size_t count = json_array_size(list);
    assert_in_range(count, 1, MOST);
    for (size_t i = 0; i < count; i++) out[i] = json_number_value(json_array_get(list, i));
    return count;
}

/* Numbers with more digits than a double are texts. */
static double digits_of(const json_t *test, const char *key, size_t index) {
    return support_double(json_string_value(json_array_get(json_object_get(test, key), index)));
}

static void one_of(const json_t *test, one *out) {
    double row[MOST];
    const int modified = strcmp(json_string_value(json_object_get(test, "model")), "mbgnbd") == 0;
    out->model = modified ? &custval__mbgnbd : &custval__bgnbd;
    double parameters[MOST];
    assert_int_equal(numbers_of(json_object_get(test, "parameters"), parameters), 4);
    memcpy(out->parameters, parameters, sizeof out->parameters);
    assert_int_equal(numbers_of(json_object_get(test, "row"), row), 3);
    out->x = row[0], out->t_x = row[1], out->T = row[2];
    out->customers = (custval__customers){.count = 1, .x = &out->x, .t_x = &out->t_x, .T = &out->T};
    assert_null(out->model->check(&out->customers, 0));
}

static void assert_relative(const json_t *test, const char *what, size_t index, double actual, double expected,
                            double tolerance) {
    if (fabs(actual - expected) <= tolerance * fabs(expected)) return;
    char *const text = json_dumps(json_object_get(test, "parameters"), JSON_COMPACT);
    char *const row = json_dumps(json_object_get(test, "row"), JSON_COMPACT);
    print_error("%s of %s %s, %s %zu: %.17g, expected %.17g (relative %.2g)\n",
                json_string_value(json_object_get(test, "model")), text, row, what, index, actual, expected,
                fabs(actual / expected - 1));
    free(text);
    free(row);
    fail();
}

/* Runs `check` for each case of the file. */
static void each_case(void (*check)(const json_t *test, const one *of)) {
    json_t *const vectors = support_vectors("bgnbd.json");
    const json_t *const cases = json_object_get(vectors, "cases");
    assert_in_range(json_array_size(cases), 60, 200);
    for (size_t i = 0; i < json_array_size(cases); i++) {
        one of;
        one_of(json_array_get(cases, i), &of);
        check(json_array_get(cases, i), &of);
    }
    json_decref(vectors);
}

/* ---- Against 50 digits ------------------------------------------------------------------------------------------- */

/* The terms of the likelihood, and of its slopes, cancel: errors are measured against the largest. */
static double size_of_terms(const one *of) {
    const double *p = of->parameters;
    return 1.0 + (p[0] + of->x) * (1.0 + fabs(log((p[1] + of->T) / p[1]))) + of->x * (1.0 + log(p[0] + of->x + p[3]));
}

static void check_likelihood(const json_t *test, const one *of) {
    double value = 0, by[4] = {0}, *slopes[4] = {&by[0], &by[1], &by[2], &by[3]}, alone = 0;
    of->model->log_likelihood(of->parameters, &of->customers, &value, slopes);
    of->model->log_likelihood(of->parameters, &of->customers, &alone, NULL);
    assert_double_bits(alone, value);
    const double expected = support_double(json_string_value(json_object_get(test, "log_likelihood")));
    assert_double_near(value, expected, 2e-15 * size_of_terms(of) + 1e-14 * fabs(expected));
    for (size_t k = 0; k < 4; k++) {
        assert_double_near(by[k], digits_of(test, "slopes", k), 2e-15 * size_of_terms(of));
    }
}

static void the_likelihood_and_its_slopes_have_their_digits(void **state) {
    (void)state;
    each_case(check_likelihood);
}

static void check_alive(const json_t *test, const one *of) {
    double value = 0;
    of->model->log_alive(of->parameters, &of->customers, &value);
    assert_relative(test, "log_alive", 0, value, support_double(json_string_value(json_object_get(test, "log_alive"))),
                    2e-13);
}

static void the_probability_of_being_alive_has_its_digits(void **state) {
    (void)state;
    each_case(check_alive);
}

static void check_times(const json_t *test, const one *of) {
    double times[MOST], expected[MOST];
    const size_t count = numbers_of(json_object_get(test, "times"), times);
    of->model->expected(of->parameters, &of->customers, times, count, expected);
    for (size_t k = 0; k < count; k++) {
        double later = 0, pairs = 0;
        of->model->alive_later(of->parameters, &of->customers, &times[k], &later);
        of->model->expected_pairs(of->parameters, &of->customers, &times[k], &pairs);
        assert_relative(test, "alive_later", k, later, digits_of(test, "alive_later", k), 2e-12);
        assert_relative(test, "expected", k, expected[k], digits_of(test, "expected", k), 1e-12);
        assert_relative(test, "expected_pairs", k, pairs, digits_of(test, "expected_pairs", k), 1e-12);
    }
}

static void what_is_to_come_has_its_digits(void **state) {
    (void)state;
    each_case(check_times);
}

static void check_residual(const json_t *test, const one *of) {
    if (json_object_get(test, "deltas") == NULL) return;
    double deltas[MOST];
    const size_t count = numbers_of(json_object_get(test, "deltas"), deltas);
    for (size_t k = 0; k < count; k++) {
        double value = 0;
        of->model->residual(of->parameters, &of->customers, deltas[k], &value);
        assert_relative(test, "residual", k, value, digits_of(test, "residual", k), 1e-12);
    }
}

static void residual_purchases_have_their_digits(void **state) {
    (void)state;
    each_case(check_residual);
}

static void check_counts(const json_t *test, const one *of) {
    double times[MOST], numbers[MOST], lines[40];
    (void)numbers_of(json_object_get(test, "times"), times);
    const size_t count = numbers_of(json_object_get(test, "counts"), numbers);
    of->model->log_counts(of->parameters, &of->customers, &times[1], 0, 40, lines);
    for (size_t k = 0; k < count; k++) {
        double value = 0;
        of->model->log_counts(of->parameters, &of->customers, &times[1], (uint32_t)numbers[k], 1, &value);
        if (numbers[k] < 40) assert_double_bits(value, lines[(size_t)numbers[k]]);
        const double expected = digits_of(test, "log_counts", k);
        if (!(fabs(value - expected) <= 2e-15 * size_of_terms(of) + 1e-12 * fabs(expected)))
            assert_relative(test, "log_counts", k, value, expected, 1e-12);
    }
}

static void probabilities_of_counts_have_their_digits(void **state) {
    (void)state;
    each_case(check_counts);
}

static void check_cash(const json_t *test, const one *of) {
    const json_t *const given = json_object_get(test, "cash");
    if (given == NULL) return;
    double ends[MOST], discounts[MOST], got[3] = {0};
    const custval__cash cash = {numbers_of(json_object_get(given, "ends"), ends), ends, discounts};
    (void)numbers_of(json_object_get(given, "discounts"), discounts);
    of->model->cash_moments(of->parameters, &of->customers, &cash, &got[0], &got[1], &got[2]);
    for (size_t k = 0; k < 3; k++) {
        assert_relative(test, "cash_moments", k, got[k], digits_of(test, "cash_moments", k), 1e-12);
    }
}

static void moments_of_money_have_their_digits(void **state) {
    (void)state;
    each_case(check_cash);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_likelihood_and_its_slopes_have_their_digits),
        cmocka_unit_test(the_probability_of_being_alive_has_its_digits),
        cmocka_unit_test(what_is_to_come_has_its_digits),
        cmocka_unit_test(residual_purchases_have_their_digits),
        cmocka_unit_test(probabilities_of_counts_have_their_digits),
        cmocka_unit_test(moments_of_money_have_their_digits),
    };
    return cmocka_run_group_tests_name("bgnbd", tests, NULL, NULL);
}
