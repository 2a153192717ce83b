/* formulas.json: through the public interface only. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <custval/custval.h>

#include "cases.h"

#define MOST 256 /* numbers of a list */

static double term(const json_t *terms, const char *key) {
    const json_t *const number = json_object_get(terms, key);
    assert_true(json_is_number(number));
    return json_number_value(number);
}

static size_t term_list(const json_t *terms, const char *key, double out[MOST]) {
    const json_t *const list = json_object_get(terms, key);
    assert_true(json_is_array(list) && json_array_size(list) <= MOST);
    for (size_t i = 0; i < json_array_size(list); i++) out[i] = json_number_value(json_array_get(list, i));
    return json_array_size(list);
}

static custval_status present_value(const json_t *terms, double *out, custval_error *error) {
    double flows[MOST];
    const size_t count = term_list(terms, "flows", flows);
    return custval_present_value(flows, count, term(terms, "first"), term(terms, "rate"), out, error);
}

static custval_status life_cycle_cost(const json_t *terms, double *out, custval_error *error) {
    double costs[MOST];
    const size_t count = term_list(terms, "costs", costs);
    return custval_life_cycle_cost(term(terms, "price"), costs, count, term(terms, "residual"), term(terms, "rate"),
                                   out, error);
}

static custval_status economic_value(const json_t *terms, double *out, custval_error *error) {
    custval_economic_terms given = CUSTVAL_ECONOMIC_TERMS_INIT;
    given.reference_cost = term(terms, "reference_cost");
    given.start_up = term(terms, "start_up");
    given.post_purchase = term(terms, "post_purchase");
    given.increment = term(terms, "increment");
    given.price = term(terms, "price");
    return custval_economic_value(&given, &out[0], &out[1], error);
}

static custval_status programme_return(const json_t *terms, double *out, custval_error *error) {
    return custval_programme_return(term(terms, "gain"), term(terms, "cost"), out, error);
}

static custval_status allowable_spend(const json_t *terms, double *out, custval_error *error) {
    return custval_allowable_spend(term(terms, "before"), term(terms, "after"), term(terms, "value"), out, error);
}

static custval_status active_probability(const json_t *terms, double *out, custval_error *error) {
    return custval_active_probability(term(terms, "last"), term(terms, "period"), term(terms, "purchases"), out, error);
}

static custval_status smoothed_interval(const json_t *terms, double *out, custval_error *error) {
    double intervals[MOST];
    const size_t count = term_list(terms, "intervals", intervals);
    return custval_smoothed_interval(intervals, count, term(terms, "smoothing"), out, error);
}

static const struct {
    const char *name;
    custval_status (*call)(const json_t *terms, double *out, custval_error *error);
} formulas[] = {{"present_value", present_value},        {"life_cycle_cost", life_cycle_cost},
                {"economic_value", economic_value},      {"programme_return", programme_return},
                {"allowable_spend", allowable_spend},    {"active_probability", active_probability},
                {"smoothed_interval", smoothed_interval}};

static void run(const json_t *test) {
    const char *const name = json_string_value(json_object_get(test, "of"));
    const json_t *const expected = json_object_get(test, "expected");
    const double tolerance = term(test, "tolerance");
    for (size_t i = 0; i < SUPPORT_COUNT(formulas); i++) {
        if (strcmp(formulas[i].name, name) != 0) continue;
        custval_error error = CUSTVAL_ERROR_INIT;
        double out[2] = {(double)NAN, (double)NAN};
        assert_true(json_array_size(expected) >= 1 && json_array_size(expected) <= SUPPORT_COUNT(out));
        assert_ok(formulas[i].call(json_object_get(test, "terms"), out, &error), &error);
        for (size_t k = 0; k < json_array_size(expected); k++) {
            const double wanted = json_number_value(json_array_get(expected, k));
            assert_double_near(out[k], wanted, tolerance * fmax(1.0, fabs(wanted)));
        }
        return;
    }
    fail_msg("no such formula: %s", name);
}

int main(void) {
    return cases_run_all("vectors_formulas", "formulas.json", run);
}
