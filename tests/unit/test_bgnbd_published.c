/* BG/NBD and MBG/NBD at the cases of lifetime_and_equity.json that the models' functions answer by themselves. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "lifetime/model.h"
#include "support.h"

typedef struct one {
    const custval__model *model;
    double parameters[4], x, t_x, T;
} one;

static custval__customers customers_of(const one *of) {
    return (custval__customers){.count = 1, .x = &of->x, .t_x = &of->t_x, .T = &of->T};
}

static double alive(const one *of) {
    const custval__customers customers = customers_of(of);
    double out = 0;
    of->model->log_alive(of->parameters, &customers, &out);
    return exp(out);
}

static double likelihood(const one *of) {
    const custval__customers customers = customers_of(of);
    double out = 0;
    of->model->log_likelihood(of->parameters, &customers, &out, NULL);
    return out;
}

static double expected(const one *of, double t) {
    const custval__customers customers = customers_of(of);
    double out = 0;
    of->model->expected(of->parameters, &customers, &t, 1, &out);
    return out;
}

static double probability(const one *of, double t, uint32_t n) {
    const custval__customers customers = customers_of(of);
    double out = 0;
    of->model->log_counts(of->parameters, &customers, &t, n, 1, &out);
    return exp(out);
}

/* ---- Reading a case ---------------------------------------------------------------------------------------------- */

static const json_t *input_of(const json_t *test, const char *key) {
    return json_object_get(json_object_get(test, "input"), key);
}

/* The element of a list, or the value that stands for all. */
static double at(const json_t *value, size_t index) {
    return json_number_value(json_is_array(value) ? json_array_get(value, index) : value);
}

static double expected_at(const json_t *test, size_t row, size_t column) {
    const json_t *const value = json_object_get(test, "expected");
    const json_t *const line = json_is_array(value) ? json_array_get(value, row) : value;
    return at(line, column);
}

static one one_of(const json_t *test, const custval__model *model, size_t row) {
    one out = {.model = model,
               .x = at(input_of(test, "x"), row),
               .t_x = at(input_of(test, "t_x"), row),
               .T = at(input_of(test, "T"), row)};
    for (size_t p = 0; p < 4; p++) out.parameters[p] = at(input_of(test, "params"), p);
    return out;
}

/* The file's tolerance. */
static void assert_answer(const json_t *test, double actual, double answer) {
    const double tolerance = json_number_value(json_object_get(json_object_get(test, "tolerance"), "rel"));
    assert_true(tolerance > 0);
    assert_double_near(actual, answer, tolerance * fabs(answer));
}

/* ---- The cases --------------------------------------------------------------------------------------------------- */

static void expectation(const json_t *test) {
    const one new_customer = one_of(test, &custval__bgnbd, 0);
    for (size_t k = 0; k < 6; k++) {
        assert_answer(test, expected(&new_customer, at(input_of(test, "t"), k)), expected_at(test, k, 0));
    }
}

static void counts(const json_t *test) {
    const one new_customer = one_of(test, &custval__bgnbd, 0);
    const json_t *const pairs = input_of(test, "n_t");
    for (size_t k = 0; k < json_array_size(pairs); k++) {
        const json_t *const pair = json_array_get(pairs, k);
        assert_answer(test, probability(&new_customer, at(pair, 1), (uint32_t)at(pair, 0)), expected_at(test, k, 0));
    }
}

static void conditional(const json_t *test) {
    const json_t *const t = input_of(test, "t"), *const as = input_of(test, "params_a");
    const size_t count = json_is_array(as) ? json_array_size(as) : json_is_array(t) ? json_array_size(t) : 1;
    for (size_t k = 0; k < count; k++) {
        one of = one_of(test, &custval__bgnbd, 0);
        if (as != NULL) {
            const double parameters[4] = {at(input_of(test, "r"), 0), at(input_of(test, "alpha"), 0), at(as, k),
                                          at(input_of(test, "b"), 0)};
            memcpy(of.parameters, parameters, sizeof of.parameters);
        }
        assert_answer(test, expected(&of, at(t, k)), expected_at(test, k, 0));
    }
}

static void alive_later(const json_t *test) {
    for (size_t row = 0; row < 3; row++) {
        const one of = one_of(test, &custval__bgnbd, row);
        const custval__customers customers = customers_of(&of);
        for (size_t k = 0; k < 4; k++) {
            const double t = at(input_of(test, "t"), k);
            double later = 0;
            of.model->alive_later(of.parameters, &customers, &t, &later);
            assert_answer(test, later, expected_at(test, row, k));
        }
    }
}

static void residual(const json_t *test) {
    for (size_t row = 0; row < 4; row++) {
        const one of = one_of(test, &custval__bgnbd, row);
        const custval__customers customers = customers_of(&of);
        for (size_t k = 0; k < 3; k++) {
            double value = 0;
            of.model->residual(of.parameters, &customers, at(input_of(test, "delta_per_week"), k), &value);
            assert_answer(test, value, expected_at(test, row, k));
        }
    }
}

static void modified(const json_t *test) {
    const one new_customer = one_of(test, &custval__mbgnbd, 0);
    for (size_t k = 0; k < 3; k++) {
        assert_answer(test, expected(&new_customer, at(input_of(test, "t"), k)), expected_at(test, k, 0));
    }
    const char *const names[] = {"customer", "zero"};
    for (size_t k = 0; k < 2; k++) {
        const json_t *const given = input_of(test, names[k]);
        one of = new_customer;
        of.x = at(json_object_get(given, "x"), 0);
        of.t_x = at(json_object_get(given, "t_x"), 0);
        of.T = at(json_object_get(given, "T"), 0);
        assert_answer(test, expected(&of, at(json_object_get(given, "t"), 0)), expected_at(test, 3 + 2 * k, 0));
        assert_answer(test, alive(&of), expected_at(test, 4 + 2 * k, 0));
    }
}

static void log_likelihood(const json_t *test) {
    const one of = one_of(test, &custval__bgnbd, 0);
    assert_answer(test, likelihood(&of), expected_at(test, 0, 0));
}

static void huge_T(const json_t *test) {
    const one of = one_of(test, &custval__bgnbd, 0);
    assert_answer(test, likelihood(&of), expected_at(test, 0, 0));
    assert_answer(test, alive(&of), expected_at(test, 1, 0));
    assert_answer(test, expected(&of, at(input_of(test, "t"), 0)), expected_at(test, 2, 0));
}

static void large_parameters(const json_t *test) {
    for (size_t row = 0; row < 3; row++) {
        const one of = one_of(test, &custval__bgnbd, row);
        assert_answer(test, likelihood(&of), expected_at(test, row, 0));
        assert_answer(test, expected(&of, at(input_of(test, "t"), 0)), expected_at(test, row, 1));
    }
}

static void likelihood_and_alive(const json_t *test) {
    for (size_t row = 0; row < json_array_size(input_of(test, "x")); row++) {
        const one of = one_of(test, &custval__bgnbd, row);
        assert_answer(test, likelihood(&of), expected_at(test, row, 0));
        assert_answer(test, alive(&of), expected_at(test, row, 1));
    }
}

static void no_purchase(const json_t *test) {
    for (size_t row = 0; row < 3; row++) {
        const one of = one_of(test, &custval__bgnbd, row);
        assert_answer(test, probability(&of, at(input_of(test, "t"), row), 0), expected_at(test, row, 0));
    }
}

static const struct {
    const char *id;
    void (*run)(const json_t *test);
} cases[] = {
    {"bgnbd.expectation.hardie", expectation},
    {"bgnbd.cet.hardie", conditional},
    {"bgnbd.pmf.btyd", counts},
    {"bgnbd.palive_future", alive_later},
    {"bgnbd.dert", residual},
    {"mbgnbd.basic", modified},
    {"hard.bgnbd.ll.x500.tx36.T37", log_likelihood},
    {"hard.bgnbd.cet.x500.tx36.T37", conditional},
    {"hard.bgnbd.ll.x1000.tx36.T37", log_likelihood},
    {"hard.bgnbd.cet.x1000.tx36.T37", conditional},
    {"hard.bgnbd.a_near_1", conditional},
    {"hard.bgnbd.b_eq_1_x0", conditional},
    {"hard.bgnbd.small_t", conditional},
    {"hard.bgnbd.huge_T", huge_T},
    {"hard.bgnbd.large_params", large_parameters},
    {"hard.bgnbd.tx_eq_T", likelihood_and_alive},
    {"hard.bgnbd.x_pos_tx0", likelihood_and_alive},
    {"hard.bgnbd.no_purchase.x0", no_purchase},
};

static void the_models_give_the_known_answers(void **state) {
    (void)state;
    json_t *const vectors = support_vectors("lifetime_and_equity.json");
    const json_t *const all = json_object_get(vectors, "cases");
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        size_t found = 0;
        for (size_t k = 0; k < json_array_size(all); k++) {
            const json_t *const test = json_array_get(all, k);
            if (strcmp(json_string_value(json_object_get(test, "id")), cases[i].id) != 0) continue;
            print_message("# %s\n", cases[i].id);
            cases[i].run(test);
            found++;
        }
        assert_int_equal(found, 1);
    }
    json_decref(vectors);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_models_give_the_known_answers),
    };
    return cmocka_run_group_tests_name("bgnbd, known answers", tests, NULL, NULL);
}
