/* Sobol indices of functions whose indices are known. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "base/random.h"
#include "support.h"
#include "uncertainty/sobol.h"

#define INPUTS 4
#define DRAWS 65536

static const double pi = 3.14159265358979323846;

typedef struct known {
    double (*function)(const double *x);
    double low, high; /* inputs are uniform between them */
    uint32_t inputs;
    double first[INPUTS], total[INPUTS];
} known;

static void sample(void *data, uint32_t input, uint32_t matrix, uint32_t start, uint32_t count, double *out) {
    const known *in = data;
    for (uint32_t k = 0; k < count; k++) {
        custval__random random;
        custval__random_init(&random, 11, (((uint64_t)start + k) * 2 + matrix) * INPUTS + input);
        out[k] = in->low + (in->high - in->low) * custval__random_unit(&random);
    }
}

static void evaluate(void *data, uint32_t thread, const double *const *inputs, uint32_t count, double *out) {
    const known *in = data;
    (void)thread;
    for (uint32_t k = 0; k < count; k++) {
        double x[INPUTS] = {0};
        for (uint32_t i = 0; i < in->inputs; i++) x[i] = inputs[i][k];
        out[k] = in->function(x);
    }
}

typedef struct estimates {
    double first[INPUTS], total[INPUTS], first_error[INPUTS], total_error[INPUTS];
} estimates;

static estimates estimate(known *in, uint32_t draws, double centre, double rounding) {
    estimates out;
    custval_host host;
    assert_ok(custval__host_read(&host, NULL, NULL), NULL);
    const custval__sobol sobol = {.host = &host,
                                  .inputs = in->inputs,
                                  .draws = draws,
                                  .centre = centre,
                                  .rounding = rounding,
                                  .data = in,
                                  .sample = sample,
                                  .evaluate = evaluate};
    const custval__sobol_indices indices = {out.first, out.total, out.first_error, out.total_error};
    assert_ok(custval__sobol_run(&sobol, &indices, NULL), NULL);
    return out;
}

static void assert_known(known *in, double centre) {
    const estimates out = estimate(in, DRAWS, centre, 0.0);
    for (uint32_t i = 0; i < in->inputs; i++) {
        assert_double_near(out.first[i], in->first[i], 4.0 * out.first_error[i] + 1e-12);
        assert_double_near(out.total[i], in->total[i], 4.0 * out.total_error[i] + 1e-12);
        assert_true(out.first_error[i] < 0.01 && out.total_error[i] < 0.01);
    }
}

static double ishigami(const double *x) {
    return sin(x[0]) + 7.0 * sin(x[1]) * sin(x[1]) + 0.1 * x[2] * x[2] * x[2] * x[2] * sin(x[0]);
}

/* Ishigami & Homma (1990); V1 = (1 + b pi^4/5)^2/2, V2 = a^2/8, V13 = 8 b^2 pi^8/225, a = 7, b = .1. */
static void the_function_of_ishigami_and_homma_has_its_indices(void **state) {
    (void)state;
    known in = {ishigami, -pi, pi, 3, {0.313905, 0.442411, 0.0, 0.0}, {0.557589, 0.442411, 0.243684, 0.0}};
    assert_known(&in, 3.5);
    assert_known(&in, 0.0);
}

static double straight(const double *x) {
    return 1.0 * x[0] + 2.0 * x[1] + 3.0 * x[2] - 4.0 * x[3];
}

/* Shares of the squared coefficients; nothing interacts. */
static void a_straight_line_has_the_shares_of_its_squares(void **state) {
    (void)state;
    known in = {
        straight, 0.0, 1.0, 4, {1.0 / 30, 4.0 / 30, 9.0 / 30, 16.0 / 30}, {1.0 / 30, 4.0 / 30, 9.0 / 30, 16.0 / 30}};
    assert_known(&in, 1.0);
}

static double far_away(const double *x) {
    return 1e9 + straight(x);
}

static void an_offset_changes_nothing(void **state) {
    (void)state;
    known near_in = {straight, 0.0, 1.0, 4, {0}, {0}}, far_in = {far_away, 0.0, 1.0, 4, {0}, {0}};
    const estimates a = estimate(&near_in, 1000, 1.0, 0.0), b = estimate(&far_in, 1000, 1e9, 0.0);
    for (uint32_t i = 0; i < 4; i++) {
        assert_double_near(a.first[i], b.first[i], 1e-5);
        assert_double_near(a.total[i], b.total[i], 1e-5);
    }
}

static double product(const double *x) {
    return x[0] * x[1];
}

/* Of two inputs uniform on -1 .. 1 neither explains anything alone. */
static void a_product_is_all_interaction(void **state) {
    (void)state;
    known in = {product, -1.0, 1.0, 2, {0.0, 0.0, 0.0, 0.0}, {1.0, 1.0, 0.0, 0.0}};
    assert_known(&in, 0.0);
}

static double nothing(const double *x) {
    return x[0] > 2.0 ? 1.0 : 5.0;
}

static void what_does_not_vary_has_no_indices(void **state) {
    (void)state;
    known in = {nothing, 0.0, 1.0, 2, {0}, {0}};
    const estimates constant = estimate(&in, 100, 5.0, 0.0);
    in.function = straight;
    const estimates rounding = estimate(&in, 100, 1.0, 10.0);
    for (uint32_t i = 0; i < 2; i++) {
        assert_true(isnan(constant.first[i]) && isnan(constant.total[i]) && isnan(constant.first_error[i]));
        assert_true(isnan(rounding.first[i]) && isnan(rounding.total[i]) && isnan(rounding.total_error[i]));
    }
}

static double with_holes(const double *x) {
    return x[3] > 0.75 ? (double)NAN : x[0] + x[1];
}

static void draws_without_an_outcome_are_left_out(void **state) {
    (void)state;
    known in = {with_holes, 0.0, 1.0, 4, {0.5, 0.5, 0.0, 0.0}, {0.5, 0.5, 0.0, 0.0}};
    assert_known(&in, 1.0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_function_of_ishigami_and_homma_has_its_indices),
        cmocka_unit_test(a_straight_line_has_the_shares_of_its_squares),
        cmocka_unit_test(an_offset_changes_nothing),
        cmocka_unit_test(a_product_is_all_interaction),
        cmocka_unit_test(what_does_not_vary_has_no_indices),
        cmocka_unit_test(draws_without_an_outcome_are_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
