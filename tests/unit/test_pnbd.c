/* The Pareto/NBD against 50 digits (pnbd.json), published answers, and the inputs that other packages fall over. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "pnbd_support.h"

#include <string.h>

/* Relative, of the numbers that a result is made of: the worst that was found is 2e-13. */
#define TOLERANCE 4e-13

typedef struct vector_case {
    double p[4];
    history h;
    const json_t *json;
} vector_case;

static void each_vector(void (*run)(const vector_case *)) {
    json_t *const vectors = support_vectors("pnbd.json");
    const json_t *const cases = json_object_get(vectors, "cases");
    assert_true(json_array_size(cases) > 300);
    for (size_t i = 0; i < json_array_size(cases); i++) {
        const json_t *const json = json_array_get(cases, i);
        vector_case one = {{0}, {number_at(json, "x"), number_at(json, "t_x"), number_at(json, "T")}, json};
        numbers_at(json, "params", one.p, 4);
        run(&one);
    }
    json_decref(vectors);
}

static void near_expected(const vector_case *one, const char *what, double actual, double expected, double scale) {
    if (fabs(actual - expected) <= TOLERANCE * scale) return;
    const double *const p = one->p;
    print_error("%s of (%g, %g, %g, %g), x %g, t_x %.17g, T %.17g: %.17g, expected %.17g\n", what, p[0], p[1], p[2],
                p[3], one->h.x, one->h.t_x, one->h.T, actual, expected);
    fail();
}

/* The likelihood is a difference of terms like x ln(r + x) and x ln(alpha + t_x). */
static void likelihood_of_vector(const vector_case *one) {
    double slopes[4], expected[4];
    const double value = log_likelihood_of(one->p, one->h, slopes);
    const double r = one->p[0], x = one->h.x;
    const double scale = 1.0 + x * (fabs(log(r + x)) + fabs(log(one->p[1] + one->h.t_x)));
    near_expected(one, "ln L", value, number_at(one->json, "log_likelihood"), scale);
    assert_double_bits(log_likelihood_of(one->p, one->h, NULL), value);
    numbers_at(one->json, "slopes", expected, 4);
    for (size_t k = 0; k < 4; k++) {
        /* Slopes by alpha are differences of r and x, those by s and beta of s. */
        const double size = k == 0 ? r : k == 1 ? 0.01 * (r + x) : one->p[2];
        near_expected(one, custval__pnbd.names[k], slopes[k], expected[k], fabs(expected[k]) + 0.01 * size);
    }
}

static void likelihood_and_slopes_are_those_of_50_digits(void **state) {
    (void)state;
    each_vector(likelihood_of_vector);
}

/* How far a relative error of 1 in ln P(alive) moves what is proportional to P(alive), for P(alive) above 1e-300. */
static double moved(const vector_case *one, double expected) {
    return fabs(expected) * (1.0 + fabs(number_at(one->json, "log_alive"))) + 1e-300;
}

static void prediction_of_vector(const vector_case *one) {
    const double log_alive = number_at(one->json, "log_alive");
    near_expected(one, "ln P(alive)", log_alive_of(one->p, one->h), log_alive, fabs(log_alive));
    const json_t *const later = json_object_get(one->json, "later");
    for (size_t i = 0; i < json_array_size(later); i++) {
        const json_t *const at = json_array_get(later, i);
        const double t = number_at(at, "t"), alive = number_at(at, "alive"), expected = number_at(at, "expected");
        const double pairs = number_at(at, "pairs");
        near_expected(one, "alive later", alive_later_of(one->p, one->h, t), alive, moved(one, alive));
        near_expected(one, "expected", expected_of(one->p, one->h, t), expected, moved(one, expected));
        near_expected(one, "pairs", pairs_of(one->p, one->h, t), pairs, moved(one, pairs));
    }
    const json_t *const residual = json_object_get(one->json, "residual");
    for (size_t i = 0; i < json_array_size(residual); i++) {
        const json_t *const at = json_array_get(residual, i);
        const double value = number_at(at, "value");
        near_expected(one, "residual", residual_of(one->p, one->h, number_at(at, "delta")), value, moved(one, value));
    }
}

static void predictions_are_those_of_50_digits(void **state) {
    (void)state;
    each_vector(prediction_of_vector);
}

static void counts_of_vector(const vector_case *one) {
    const custval__customers customers = one_of(&one->h);
    const json_t *const counts = json_object_get(one->json, "counts");
    for (size_t i = 0; i < json_array_size(counts); i++) {
        const json_t *const at = json_array_get(counts, i);
        const double t = number_at(at, "t"), expected = number_at(at, "log_probability");
        const uint32_t n = (uint32_t)number_at(at, "n"), from = n < 5 ? 0 : n - 5;
        /* P(0) near 1 keeps the digits of its complement. */
        const double scale = n == 0 && expected > -1.0 ? fabs(expected) : 1.0 + fabs(expected);
        near_expected(one, "ln P(n)", log_count_of(one->p, one->h, t, n), expected, scale);
        double several[37];
        custval__pnbd.log_counts(one->p, &customers, &t, from, 37, several);
        near_expected(one, "ln P(n) among others", several[n - from], expected, scale);
    }
}

static void counts_are_those_of_50_digits(void **state) {
    (void)state;
    each_vector(counts_of_vector);
}

static void cash_of_vector(const vector_case *one) {
    const custval__customers customers = one_of(&one->h);
    const json_t *const all = json_object_get(one->json, "cash");
    for (size_t i = 0; i < json_array_size(all); i++) {
        const json_t *const at = json_array_get(all, i);
        double ends[8], discounts[8], expected[3], mean, pairs, squares;
        numbers_at(at, "ends", ends, 8);
        numbers_at(at, "discounts", discounts, 8);
        numbers_at(at, "moments", expected, 3);
        const custval__cash cash = {json_array_size(json_object_get(at, "ends")), ends, discounts};
        custval__pnbd.cash_moments(one->p, &customers, &cash, &mean, &pairs, &squares);
        near_expected(one, "mean", mean, expected[0], moved(one, expected[0]));
        near_expected(one, "pairs of cash", pairs, expected[1], moved(one, expected[1]));
        near_expected(one, "squares", squares, expected[2], moved(one, expected[2]));
    }
}

static void cash_is_that_of_50_digits(void **state) {
    (void)state;
    each_vector(cash_of_vector);
}

/* ---- Known answers ----------------------------------------------------------------------------------------------- */

static const history newcomer = {0, 0, 0};

static double element(const json_t *value, size_t i) {
    return json_number_value(json_is_array(value) ? json_array_get(value, i) : value);
}

/* The answer `what` of a case's i-th customer. */
static double answer(const json_t *input, const char *what, size_t i) {
    double p[4];
    numbers_at(input, "params", p, 4);
    const json_t *const t = json_object_get(input, "t"), *const weekly = json_object_get(input, "delta_per_week");
    const history h = {element(json_object_get(input, "x"), i), element(json_object_get(input, "t_x"), i),
                       element(json_object_get(input, "T"), i)};
    if (strcmp(what, "expectation") == 0) return expected_of(p, newcomer, element(t, i));
    if (strcmp(what, "cet") == 0) return expected_of(p, h, json_number_value(t));
    if (strcmp(what, "palive") == 0) return exp(log_alive_of(p, h));
    if (strcmp(what, "ll") == 0) return log_likelihood_of(p, h, NULL);
    if (strcmp(what, "dert") == 0) {
        return residual_of(p, h, json_number_value(weekly != NULL ? weekly : json_object_get(input, "delta")));
    }
    if (strcmp(what, "pmf") == 0) {
        const json_t *const pair = json_array_get(json_object_get(input, "n_t"), i);
        return exp(log_count_of(p, newcomer, element(pair, 1), (uint32_t)element(pair, 0)));
    }
    assert_string_equal(what, "alive_at");
    const size_t times = json_array_size(t);
    return alive_later_of(p,
                          (history){element(json_object_get(input, "x"), i / times),
                                    element(json_object_get(input, "t_x"), i / times),
                                    element(json_object_get(input, "T"), i / times)},
                          element(t, i % times));
}

/* What a method answers: for one customer several, in order, or for several customers one each. */
typedef struct known_method {
    const char *name, *answers[3];
} known_method;

static const known_method methods[] = {
    {"pnbd.expectation", {"expectation"}},
    {"pnbd.expectation+cet", {"expectation", "cet"}},
    {"pnbd.cet+palive", {"cet", "palive"}},
    {"pnbd.palive+cet", {"palive", "cet"}},
    {"pnbd.ll+palive+cet", {"ll", "palive", "cet"}},
    {"pnbd.conditional_expected_transactions", {"cet"}},
    {"pnbd.palive", {"palive"}},
    {"pnbd.loglik", {"ll"}},
    {"pnbd.dert", {"dert"}},
    {"pnbd.pmf", {"pmf"}},
    {"pnbd.probability_alive_at", {"alive_at"}},
};

/* Numbers of an answer, of arrays in arrays if need be. */
static size_t flatten(const json_t *value, double *out) {
    if (!json_is_array(value)) {
        *out = json_number_value(value);
        return 1;
    }
    size_t count = 0;
    for (size_t i = 0; i < json_array_size(value); i++) count += flatten(json_array_get(value, i), out + count);
    return count;
}

static size_t run_known(const json_t *test) {
    const char *const method = json_string_value(json_object_get(test, "method"));
    const double relative = number_at(json_object_get(test, "tolerance"), "rel");
    const json_t *const input = json_object_get(test, "input");
    double expected[64];
    for (size_t m = 0; m < SUPPORT_COUNT(methods); m++) {
        if (strcmp(methods[m].name, method) != 0) continue;
        const size_t count = flatten(json_object_get(test, "expected"), expected);
        const int several = methods[m].answers[1] != NULL;
        for (size_t i = 0; i < count; i++) {
            const double actual = answer(input, methods[m].answers[several ? i : 0], several ? 0 : i);
            assert_double_near(actual, expected[i], relative * fabs(expected[i]));
        }
        return 1;
    }
    return 0;
}

static void published_answers_are_met(void **state) {
    (void)state;
    json_t *const vectors = support_vectors("lifetime_and_equity.json");
    const json_t *const cases = json_object_get(vectors, "cases");
    size_t run = 0;
    for (size_t i = 0; i < json_array_size(cases); i++) run += run_known(json_array_get(cases, i));
    assert_int_equal(run, 24); /* all but the fits */
    json_decref(vectors);
}

/* ---- Where others fail ------------------------------------------------------------------------------------------- */

static const double cdnow[] = {0.5533, 10.578, 0.6062, 11.669};

/* N10: the formula's (s - 1) in the denominator. */
static void s_of_1_is_nothing_special(void **state) {
    (void)state;
    const history h = {2, 30.43, 38.86};
    const double at_1[] = {0.5533, 10.578, 1.0, 11.669}, below[] = {0.5533, 10.578, 1.0 - 1e-12, 11.669};
    const double above[] = {0.5533, 10.578, 1.0 + 1e-12, 11.669};
    const double middle = expected_of(at_1, h, 39.0);
    assert_double_near(middle, 1.186184081477303870784542, 1e-14);
    assert_double_near(expected_of(below, h, 39.0), middle, 1e-11);
    assert_double_near(expected_of(above, h, 39.0), middle, 1e-11);
    assert_double_near(residual_of(at_1, h, 0.0027), 3.676101695422537189018501, 1e-13);
}

/* N11: 1 minus a sum has no digits left at 50 purchases. These fall by a smooth factor instead. */
static void rare_counts_keep_their_digits(void **state) {
    (void)state;
    const history h = {2, 30.43, 38.86};
    double before = log_count_of(cdnow, h, 39.0, 10), step = 0;
    for (uint32_t n = 11; n < 400; n++) {
        const double now = log_count_of(cdnow, h, 39.0, n);
        assert_true(now < before);
        if (n > 11) assert_double_near(now - before, step, 2.0 / n / n);
        step = now - before;
        before = now;
    }
}

/* N16: t_x at T, where a difference of 2F1 is 0; and up to there without a jump. */
static void buying_at_the_end_is_nothing_special(void **state) {
    (void)state;
    double slopes[4];
    const history end = {5, 38.86, 38.86};
    const double value = log_likelihood_of(cdnow, end, slopes);
    assert_double_bits(log_alive_of(cdnow, end), 0.0);
    for (size_t k = 0; k < 4; k++) assert_true(isfinite(slopes[k]));
    for (double gap = 1e-15; gap < 1e-3; gap *= 10) {
        const history near = {5, 38.86 - gap, 38.86};
        assert_double_near(log_likelihood_of(cdnow, near, NULL), value, 1e-13 + gap);
        assert_double_near(log_alive_of(cdnow, near), 0.0, 1e-15 + gap);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(likelihood_and_slopes_are_those_of_50_digits),
        cmocka_unit_test(predictions_are_those_of_50_digits),
        cmocka_unit_test(counts_are_those_of_50_digits),
        cmocka_unit_test(cash_is_that_of_50_digits),
        cmocka_unit_test(published_answers_are_met),
        cmocka_unit_test(s_of_1_is_nothing_special),
        cmocka_unit_test(rare_counts_keep_their_digits),
        cmocka_unit_test(buying_at_the_end_is_nothing_special),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
