/* BG/BB, sBG and BdW against their definitions with 50 digits: every function, and slopes against derivatives. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"

#include <math.h>
#include <string.h>

#include "lifetime/beta_drop.h"
#include "lifetime/model.h"

#define MOST 16 /* numbers of a case */

/* Found: 4e-15 and 2e-15. */
#define DROP_TOLERANCE 1e-14
#define TOLERANCE 2e-14
#define SLOPE_TOLERANCE 2e-14

/* A case with its one customer. */
typedef struct question {
    const char *function;
    const custval__model *model;
    double parameters[CUSTVAL__MODEL_PARAMETERS];
    double x, t_x, T, lost, t;
    uint32_t from;
    double list[MOST], discounts[MOST];
    size_t list_count, expected_count;
    double expected[MOST];
    custval__customers customers;
} question;

static double number_of(const json_t *value) {
    return json_is_string(value) ? support_double(json_string_value(value)) : json_number_value(value);
}

static double member(const json_t *test, const char *name) {
    return number_of(json_object_get(test, name));
}

static size_t numbers_of(const json_t *array, double *out) {
    const size_t count = json_array_size(array);
    assert_true(count <= MOST);
    for (size_t i = 0; i < count; i++) out[i] = number_of(json_array_get(array, i));
    return count;
}

static void read_question(const json_t *test, question *out) {
    const char *const model = json_string_value(json_object_get(test, "model"));
    memset(out, 0, sizeof *out);
    out->function = json_string_value(json_object_get(test, "function"));
    out->model = strcmp(model, "bgbb") == 0  ? &custval__bgbb
                 : strcmp(model, "sbg") == 0 ? &custval__sbg
                 : strcmp(model, "bdw") == 0 ? &custval__bdw
                                             : NULL;
    numbers_of(json_object_get(test, "parameters"), out->parameters);
    out->x = member(test, "x");
    out->t_x = member(test, "t_x");
    out->T = member(test, "T");
    out->lost = member(test, "lost");
    out->from = (uint32_t)member(test, "from");
    out->t = member(test, json_object_get(test, "delta") != NULL ? "delta" : "t");
    out->list_count = numbers_of(json_object_get(test, "times"), out->list);
    if (out->list_count == 0) out->list_count = numbers_of(json_object_get(test, "ends"), out->list);
    numbers_of(json_object_get(test, "discounts"), out->discounts);
    out->expected_count = numbers_of(json_object_get(test, "expected"), out->expected);
    out->customers = (custval__customers){1, &out->x, &out->t_x, &out->T, NULL, &out->lost};
}

/* What our function says, as many numbers as the case expects. */
static void answer(const question *in, double *out) {
    const custval__model *const model = in->model;
    const custval__customers *const who = &in->customers;
    if (strcmp(in->function, "log_likelihood") == 0) {
        double *const slopes[] = {&out[1], &out[2], &out[3], &out[4]};
        double alone;
        model->log_likelihood(in->parameters, who, out, slopes);
        model->log_likelihood(in->parameters, who, &alone, NULL);
        assert_double_bits(alone, out[0]);
    } else if (strcmp(in->function, "log_alive") == 0) {
        model->log_alive(in->parameters, who, out);
    } else if (strcmp(in->function, "alive_later") == 0) {
        model->alive_later(in->parameters, who, &in->t, out);
    } else if (strcmp(in->function, "expected") == 0) {
        model->expected(in->parameters, who, in->list, in->list_count, out);
    } else if (strcmp(in->function, "expected_pairs") == 0) {
        model->expected_pairs(in->parameters, who, &in->t, out);
    } else if (strcmp(in->function, "residual") == 0) {
        model->residual(in->parameters, who, in->t, out);
    } else if (strcmp(in->function, "log_counts") == 0) {
        model->log_counts(in->parameters, who, &in->t, in->from, (uint32_t)in->expected_count, out);
    } else {
        const custval__cash cash = {in->list_count, in->list, in->discounts};
        assert_string_equal(in->function, "cash_moments");
        model->cash_moments(in->parameters, who, &cash, &out[0], &out[1], &out[2]);
    }
}

/* Logarithms are as good as the probabilities are relative to themselves; slopes are of order 1, and their parts may be
   larger. */
static int is_near(const question *in, size_t index, double actual) {
    const double expected = in->expected[index], size = fabs(expected);
    const int is_logarithm = strncmp(in->function, "log_", 4) == 0;
    const int is_slope = is_logarithm && strcmp(in->function, "log_likelihood") == 0 && index > 0;
    const double tolerance = is_slope ? SLOPE_TOLERANCE : TOLERANCE;
    return fabs(actual - expected) <= tolerance * (is_logarithm ? fmax(size, 1.0) : size);
}

static void every_function_is_its_definition(void **state) {
    (void)state;
    json_t *const vectors = support_vectors("discrete.json");
    const json_t *const cases = json_object_get(vectors, "cases");
    size_t asked = 0;
    for (size_t i = 0; i < json_array_size(cases); i++) {
        question in;
        double out[MOST];
        read_question(json_array_get(cases, i), &in);
        if (in.model == NULL) continue;
        answer(&in, out);
        for (size_t k = 0; k < in.expected_count; k++) {
            asked++;
            if (is_near(&in, k, out[k])) continue;
            print_error("case %zu, %s[%zu] is %.17g, expected %.17g\n", i, in.function, k, out[k], in.expected[k]);
            fail();
        }
    }
    assert_true(asked > 1000);
    json_decref(vectors);
}

static void a_drop_is_exact_however_small(void **state) {
    (void)state;
    json_t *const vectors = support_vectors("discrete.json");
    const json_t *const cases = json_object_get(vectors, "cases");
    size_t asked = 0;
    for (size_t i = 0; i < json_array_size(cases); i++) {
        const json_t *const test = json_array_get(cases, i);
        question in;
        double by_b;
        read_question(test, &in);
        if (in.model != NULL) continue;
        const double a = in.parameters[0], b = in.parameters[1], n = member(test, "n");
        const double drop = custval__beta_drop(a, b, n, &by_b);
        assert_double_near(drop, in.expected[0], DROP_TOLERANCE * in.expected[0]);
        assert_double_near(by_b, in.expected[1], DROP_TOLERANCE * -in.expected[1]);
        assert_double_near(custval__beta_drop(n, b, a, NULL), drop, DROP_TOLERANCE * drop);
        asked++;
    }
    assert_true(asked > 100);
    json_decref(vectors);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_drop_is_exact_however_small),
        cmocka_unit_test(every_function_is_its_definition),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
