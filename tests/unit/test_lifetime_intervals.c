/* Intervals of predictions: the delta method against gradients in 50-digit arithmetic (lifetime_intervals.json). */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "lifetime/intervals.h"
#include "predicting.h"

/* Central differences with a step of 2^-17 are exact to about 1e-8, and a bound moves by less than its gradient's part of it. */
#define NEAR 2e-8

static void read_numbers(const json_t *list, double *out) {
    for (size_t i = 0; i < json_array_size(list); i++) out[i] = json_number_value(json_array_get(list, i));
}

/* A lifetime with errors, and with as many covariates of each kind as said. */
static custval_lifetime *lifetime_of(uint32_t model, uint32_t covariates, const json_t *values,
                                     const json_t *covariance) {
    static const char *const purchase[] = {"web"}, *const dropout[] = {"age"};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_host host;
    custval_lifetime *lifetime = NULL;
    assert_ok(custval__host_read(&host, NULL, &error), &error);
    assert_ok(custval__lifetime_new(&host, custval__model_of(model), covariates, purchase, covariates, dropout,
                                    &lifetime, &error),
              &error);
    assert_int_equal(lifetime->count, json_array_size(values));
    read_numbers(values, lifetime->values);
    assert_non_null(custval__lifetime_add_covariance(lifetime));
    for (size_t i = 0; i < json_array_size(covariance); i++) {
        read_numbers(json_array_get(covariance, i), lifetime->covariance + i * lifetime->count);
    }
    return lifetime;
}

static custval_table *rows_of(const json_t *cases) {
    static const char *const names[] = {"x", "t_x", "T", "mean_spend", "web", "age"};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = NULL;
    static double values[16 * 6]; /* the table keeps to them */
    for (size_t i = 0; i < json_array_size(cases); i++) {
        read_numbers(json_object_get(json_array_get(cases, i), "row"), values + i * 6);
    }
    assert_ok(custval_table_new_from_rows(NULL, names, 6, values, json_array_size(cases), 6, &table, &error), &error);
    return table;
}

static void assert_bounds(const custval_table *out, const char *name, size_t row, const json_t *expected) {
    static const char *const endings[] = {"", "_low", "_high"};
    for (size_t i = 0; i < 3; i++) {
        char column[32];
        const double known = json_number_value(json_array_get(expected, i));
        snprintf(column, sizeof column, "%s%s", name, endings[i]);
        assert_double_near(table_cell(out, column, row), known, NEAR * fabs(known));
    }
}

static void bounds_are_those_of_exact_gradients(void **state) {
    (void)state;
    json_t *vectors = support_vectors("lifetime_intervals.json");
    const json_t *cases = json_object_get(vectors, "cases");
    custval_lifetime *purchases =
        lifetime_of(CUSTVAL_MODEL_BGNBD, 1, json_object_get(vectors, "values"), json_object_get(vectors, "covariance"));
    custval_lifetime *spend = lifetime_of(CUSTVAL_MODEL_GAMMA_GAMMA, 0, json_object_get(vectors, "spend"),
                                          json_object_get(vectors, "spend_covariance"));
    custval_table *table = rows_of(cases);
    custval_lifetime_predict_options options = CUSTVAL_LIFETIME_PREDICT_OPTIONS_INIT;
    options.outputs = CUSTVAL_LIFETIME_ALIVE | CUSTVAL_LIFETIME_ALIVE_LATER | CUSTVAL_LIFETIME_EXPECTED |
                      CUSTVAL_LIFETIME_SPEND | CUSTVAL_LIFETIME_VALUE;
    options.spend = spend;
    options.level = 0.9;
    options.horizon = json_number_value(json_object_get(vectors, "horizon"));
    options.cash_period = json_number_value(json_object_get(vectors, "cash_period"));
    options.rate = json_number_value(json_object_get(vectors, "rate"));
    options.rate_period = json_number_value(json_object_get(vectors, "rate_period"));
    options.margin = json_number_value(json_object_get(vectors, "margin"));
    options.cost = json_number_value(json_object_get(vectors, "cost"));
    custval_table *out = predicting_table(purchases, table, &options);
    for (size_t row = 0; row < json_array_size(cases); row++) {
        const char *name;
        json_t *expected, *all = json_object_get(json_array_get(cases, row), "expected");
        json_object_foreach(all, name, expected) {
            assert_bounds(out, name, row, expected);
        }
    }
    custval_table_free(out);
    custval_table_free(table);
    custval_lifetime_free(spend);
    custval_lifetime_free(purchases);
    json_decref(vectors);
}

static custval_lifetime *plain_lifetime(double error) {
    json_t *values = json_pack("[ffff]", 0.243, 4.414, 0.793, 2.426);
    const double square = error * error;
    json_t *covariance = json_pack("[[ffff][ffff][ffff][ffff]]", square, 0.0, 0.0, 0.0, 0.0, square, 0.0, 0.0, 0.0, 0.0,
                                   square, 0.0, 0.0, 0.0, 0.0, square);
    custval_lifetime *lifetime = lifetime_of(CUSTVAL_MODEL_BGNBD, 0, values, covariance);
    json_decref(values);
    json_decref(covariance);
    return lifetime;
}

static custval_table *all_bounds(const custval_lifetime *lifetime, const double *rows, size_t count, double level) {
    custval_lifetime_predict_options options = CUSTVAL_LIFETIME_PREDICT_OPTIONS_INIT;
    custval_table *table = predicting_customers(rows, count);
    options.outputs = CUSTVAL_LIFETIME_ALIVE | CUSTVAL_LIFETIME_LOG_ALIVE | CUSTVAL_LIFETIME_ALIVE_LATER |
                      CUSTVAL_LIFETIME_EXPECTED | CUSTVAL_LIFETIME_EXPECTED_DEVIATION | CUSTVAL_LIFETIME_NONE;
    options.horizon = 39;
    options.level = level;
    custval_table *out = predicting_table(lifetime, table, &options);
    custval_table_free(table);
    return out;
}

/* P(no purchase) of a new customer is (alpha / (alpha + t))^r while there is no repeat: d ln P / d ln r = ln P, d ln P / d ln alpha = r t /
   (alpha + t); d logit P = d ln P / (1 - P). */
static void a_closed_form_has_the_bounds_of_its_formula(void **state) {
    (void)state;
    static const double row[] = {0, 0, 0};
    const double r = 0.243, alpha = 4.414, t = 39.0, error = 0.1, z = 1.959963984540054;
    const double log_p = r * log(alpha / (alpha + t)), p = exp(log_p), by_alpha = r * t / (alpha + t);
    const double half = z * error * sqrt(log_p * log_p + by_alpha * by_alpha) / (1.0 - p);
    const double logit = log_p - log(1.0 - p);
    custval_lifetime *lifetime = plain_lifetime(error);
    custval_table *out = all_bounds(lifetime, row, 1, 0.95);
    assert_double_near(table_cell(out, "none", 0), p, 1e-14);
    assert_double_near(table_cell(out, "none_low", 0), 1.0 / (1.0 + exp(half - logit)), NEAR);
    assert_double_near(table_cell(out, "none_high", 0), 1.0 / (1.0 + exp(-half - logit)), NEAR);
    custval_table_free(out);
    custval_lifetime_free(lifetime);
}

/* N6: where P(alive) leaves the doubles, its logarithm has an interval all the same. */
static void probabilities_stay_in_their_range(void **state) {
    (void)state;
    static const double rows[] = {0, 0, 38.86, 500, 5, 37, 2, 30.43, 38.86, 1, 38.86, 38.86, 2000, 1, 400};
    custval_lifetime *lifetime = plain_lifetime(2.0); /* errors so large that plain intervals would leave it */
    custval_table *out = all_bounds(lifetime, rows, 5, 0.95);
    for (size_t row = 0; row < 5; row++) {
        static const char *const probabilities[] = {"alive", "alive_later", "none"};
        for (size_t i = 0; i < 3; i++) {
            char low[32], high[32];
            snprintf(low, sizeof low, "%s_low", probabilities[i]);
            snprintf(high, sizeof high, "%s_high", probabilities[i]);
            const double at = table_cell(out, probabilities[i], row);
            assert_true(table_cell(out, low, row) >= 0.0 && table_cell(out, low, row) <= at);
            assert_true(table_cell(out, high, row) <= 1.0 && table_cell(out, high, row) >= at);
        }
        assert_true(table_cell(out, "log_alive_low", row) <= table_cell(out, "log_alive", row));
        assert_true(table_cell(out, "log_alive_high", row) >= table_cell(out, "log_alive", row));
        assert_true(table_cell(out, "log_alive_high", row) <= 0.0);
        assert_true(table_cell(out, "expected_low", row) >= 0.0);
        assert_double_bits(table_cell(out, "status", row), CUSTVAL_LIFETIME_ROW_OK);
    }
    assert_double_bits(table_cell(out, "alive_low", 0), 1.0); /* by construction, so it has no error */
    assert_double_bits(table_cell(out, "alive", 4), 0.0);
    assert_true(isfinite(table_cell(out, "log_alive_low", 4)) && table_cell(out, "log_alive", 4) < -1000.0);
    custval_table_free(out);
    custval_lifetime_free(lifetime);
}

static void without_errors_of_parameters_there_are_no_bounds(void **state) {
    (void)state;
    static const double row[] = {2, 30.43, 38.86};
    custval_lifetime *lifetime = plain_lifetime(0.0);
    custval_table *out = all_bounds(lifetime, row, 1, 0.95);
    assert_double_near(table_cell(out, "expected_low", 0), table_cell(out, "expected", 0), 1e-15);
    assert_double_near(table_cell(out, "expected_high", 0), table_cell(out, "expected", 0), 1e-15);
    custval_table_free(out);
    custval_lifetime_free(lifetime);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bounds_are_those_of_exact_gradients),
        cmocka_unit_test(a_closed_form_has_the_bounds_of_its_formula),
        cmocka_unit_test(probabilities_stay_in_their_range),
        cmocka_unit_test(without_errors_of_parameters_there_are_no_bounds),
    };
    return cmocka_run_group_tests_name("intervals of predictions", tests, NULL, NULL);
}
