/* Lifetimes compared, written as documents and read. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "lifetimes.h"
#include "simulate.h"

/* Customers whose rate of purchase depends on z. */
static const simulation with_covariate = {.model = CUSTVAL_MODEL_BGNBD,
                                          .parameters = {1.2, 6, 0.8, 3},
                                          .count = 3000,
                                          .shortest = 30,
                                          .longest = 50,
                                          .purchase = 0.3,
                                          .seed = 2};

/* ---- Comparing --------------------------------------------------------------------------------------------------- */

static void models_are_compared(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_lifetime *lifetimes[] = {fitted(CUSTVAL_MODEL_NBD), fitted(CUSTVAL_MODEL_BGNBD),
                                     fitted(CUSTVAL_MODEL_PNBD)};
    custval_table *table = NULL;
    assert_ok(custval_lifetime_compare((const custval_lifetime *const *)lifetimes, 3, &table, &error), &error);
    assert_int_equal(custval_table_rows(table), 3);
    double weights = 0;
    for (size_t i = 0; i < 3; i++) {
        const custval_lifetime_facts facts = facts_of(lifetimes[i]);
        assert_double_bits(table_cell(table, "log_likelihood", i), facts.log_likelihood);
        assert_double_bits(table_cell(table, "aic", i), facts.aic);
        assert_double_bits(table_cell(table, "bic", i), facts.bic);
        assert_double_near(table_cell(table, "delta", i), facts.aic - facts_of(lifetimes[1]).aic, 0);
        weights += table_cell(table, "weight", i);
        if (i == 0) continue;
        const double ratio = 2 * (facts.log_likelihood - facts_of(lifetimes[0]).log_likelihood);
        assert_double_near(table_cell(table, "ratio", i), ratio, 1e-12 * ratio);
        assert_double_near(table_cell(table, "freedom", i), 2, 0);
        /* With two degrees of freedom it is e^(-ratio / 2). */
        assert_double_near(table_cell(table, "p", i), exp(-ratio / 2), 1e-12 * exp(-ratio / 2));
    }
    assert_double_near(weights, 1, 1e-15);
    assert_true(isnan(table_cell(table, "ratio", 0)) && isnan(table_cell(table, "p", 0)));
    custval_table_free(table);
    for (size_t i = 0; i < 3; i++) custval_lifetime_free(lifetimes[i]);
}

/* Share beyond a ratio with one degree of freedom. */
static double rest_of_one(double ratio) {
    return erfc(sqrt(ratio / 2.0));
}

/* BdW is sBG with one parameter more; the order says which of the two may be the special case. */
static void a_special_case_is_tested_against_the_general_one(void **state) {
    (void)state;
    static const double survivors[] = {1000, 631, 468, 382, 326, 289, 262, 241};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_lifetime_columns columns = CUSTVAL_LIFETIME_COLUMNS_INIT;
    custval_lifetime *pair[2] = {NULL, NULL};
    custval_table *customers = NULL, *out = NULL;
    columns.count = "count";
    assert_ok(custval_lifetime_survivors(NULL, survivors, SUPPORT_COUNT(survivors), &customers, &error), &error);
    for (size_t i = 0; i < 2; i++) {
        custval_lifetime_fit_options options = options_for(i == 0 ? CUSTVAL_MODEL_SBG : CUSTVAL_MODEL_BDW);
        options.columns = &columns;
        assert_ok(custval_lifetime_fit(customers, &options, &pair[i], &error), &error);
    }
    assert_ok(custval_lifetime_compare((const custval_lifetime *const *)pair, 2, &out, &error), &error);
    const double ratio = 2.0 * (facts_of(pair[1]).log_likelihood - facts_of(pair[0]).log_likelihood);
    assert_true(ratio > 0.0);
    assert_double_near(table_cell(out, "ratio", 1), ratio, 1e-12 * ratio);
    assert_double_near(table_cell(out, "freedom", 1), 1.0, 0.0);
    assert_double_near(table_cell(out, "p", 1), rest_of_one(ratio), 1e-12);
    custval_table_free(out);
    const custval_lifetime *const turned[] = {pair[1], pair[0], pair[1]};
    assert_ok(custval_lifetime_compare(turned, 3, &out, &error), &error);
    for (size_t i = 0; i < 3; i++) assert_true(isnan(table_cell(out, "ratio", i)) && isnan(table_cell(out, "p", i)));
    custval_table_free(out);
    for (size_t i = 0; i < 2; i++) custval_lifetime_free(pair[i]);
    custval_table_free(customers);
}

/* A model without a covariate is the special case of that with it. */
static void covariates_make_models_general(void **state) {
    (void)state;
    static const char *const z[] = {"z"};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_lifetime *all[3] = {NULL}; /* without, for purchases, for purchases and leaving */
    custval_table *customers = simulate(&with_covariate), *out = NULL;
    for (size_t i = 0; i < 3; i++) {
        custval_lifetime_fit_options options = options_for(CUSTVAL_MODEL_BGNBD);
        options.purchase_covariates = options.dropout_covariates = z;
        options.purchase_count = i > 0;
        options.dropout_count = i > 1;
        assert_ok(custval_lifetime_fit(customers, &options, &all[i], &error), &error);
    }
    for (size_t first = 0; first < 2; first++) {
        const custval_lifetime *const *const models = (const custval_lifetime *const *)all + first;
        assert_ok(custval_lifetime_compare(models, 3 - first, &out, &error), &error);
        for (size_t i = 1; i < 3 - first; i++) {
            const double ratio = 2.0 * (facts_of(models[i]).log_likelihood - facts_of(models[0]).log_likelihood);
            assert_double_near(table_cell(out, "ratio", i), ratio, 1e-12 * fabs(ratio));
            assert_double_near(table_cell(out, "freedom", i), (double)i, 0.0);
            assert_double_near(table_cell(out, "p", i), i == 1 ? rest_of_one(ratio) : exp(-ratio / 2.0), 1e-12);
        }
        custval_table_free(out);
    }
    for (size_t i = 0; i < 3; i++) custval_lifetime_free(all[i]);
    custval_table_free(customers);
}

static void what_cannot_be_compared(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_lifetime *fit = fitted(CUSTVAL_MODEL_BGNBD), *told = stated(CUSTVAL_MODEL_BGNBD, bgnbd, 4);
    custval_lifetime *renewals = NULL, *other = NULL;
    const custval_lifetime *pair[] = {fit, told};
    custval_table *out = NULL, *table = NULL;
    const double survivors[] = {1000, 869, 743, 653};
    custval_lifetime_columns columns = CUSTVAL_LIFETIME_COLUMNS_INIT;
    custval_lifetime_fit_options options = options_for(CUSTVAL_MODEL_SBG);
    assert_status(custval_lifetime_compare(pair, 2, &out, &error), CUSTVAL_ERROR_STATE, &error);
    assert_message(&error, "lifetimes[1] was stated");
    columns.count = "count";
    options.columns = &columns;
    assert_ok(custval_lifetime_survivors(NULL, survivors, 4, &table, &error), &error);
    assert_ok(custval_lifetime_fit(table, &options, &renewals, &error), &error);
    custval_table_free(table);
    pair[1] = renewals;
    assert_status(custval_lifetime_compare(pair, 2, &out, &error), CUSTVAL_ERROR_STRUCTURE, &error);
    assert_message(&error, "\"bgnbd\" and \"sbg\"");
    const simulation fewer = {.model = CUSTVAL_MODEL_BGNBD,
                              .parameters = {1, 5, 1, 3},
                              .count = 1000,
                              .shortest = 20,
                              .longest = 40,
                              .seed = 9};
    table = simulate(&fewer);
    options = options_for(CUSTVAL_MODEL_BGNBD);
    assert_ok(custval_lifetime_fit(table, &options, &other, &error), &error);
    custval_table_free(table);
    pair[1] = other;
    assert_status(custval_lifetime_compare(pair, 2, &out, &error), CUSTVAL_ERROR_STATE, &error);
    assert_message(&error, "1000 customers, lifetimes[0] to 2357");
    custval_lifetime_free(other);
    /* The likelihood of what is accepted without an optimum says nothing of the model. */
    const simulation stays = {
        .model = CUSTVAL_MODEL_NBD, .parameters = {0.8, 5}, .count = 3000, .shortest = 20, .longest = 40, .seed = 3};
    table = simulate(&stays);
    options.accept = 1;
    assert_ok(custval_lifetime_fit(table, &options, &other, &error), &error);
    custval_table_free(table);
    pair[1] = other;
    assert_status(custval_lifetime_compare(pair, 2, &out, &error), CUSTVAL_ERROR_STATE, &error);
    assert_message(&error, "lifetimes[1] (\"bgnbd\") is no optimum but \"boundary\"");
    pair[1] = NULL;
    assert_refused(custval_lifetime_compare(pair, 2, &out, &error));
    assert_refused(custval_lifetime_compare(pair + 1, 1, &out, &error));
    assert_refused(custval_lifetime_compare(pair, 0, &out, &error));
    assert_refused(custval_lifetime_compare(NULL, 1, &out, &error));
    assert_refused(custval_lifetime_compare(pair, 1, NULL, &error));
    assert_ok(custval_lifetime_compare(pair, 1, &out, &error), &error);
    custval_table_free(out);
    custval_lifetime_free(other);
    custval_lifetime_free(renewals);
    custval_lifetime_free(told);
    custval_lifetime_free(fit);
}

/* ---- Documents --------------------------------------------------------------------------------------------------- */

static void assert_round_trip(const custval_lifetime *lifetime) {
    char text[9000], again[9000], cut[40];
    size_t length, other;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_lifetime *parsed = NULL;
    assert_ok(custval_lifetime_write(lifetime, text, sizeof text, &length, &error), &error);
    assert_int_equal(strlen(text), length);
    assert_ok(custval_lifetime_parse(NULL, text, length, &parsed, &error), &error);
    assert_ok(custval_lifetime_write(parsed, again, sizeof again, &other, &error), &error);
    assert_string_equal(text, again);
    const custval_lifetime_facts a = facts_of(lifetime), b = facts_of(parsed);
    assert_int_equal(a.convergence, b.convergence);
    assert_int_equal(a.distinct, b.distinct);
    assert_int_equal(a.iterations, b.iterations);
    assert_double_bits(a.aic, b.aic);
    assert_double_bits(a.bic, b.bic);
    assert_double_bits(a.condition, b.condition);
    assert_double_bits(a.gradient, b.gradient);
    assert_ok(custval_lifetime_write(lifetime, cut, sizeof cut, &other, &error), &error);
    assert_int_equal(other, length);
    assert_memory_equal(cut, text, sizeof cut - 1);
    custval_lifetime_free(parsed);
}

static void documents_round_trip(void **state) {
    (void)state;
    static const char *const z[] = {"z"};
    const double tiny[] = {1e-100, 9.9999999999999997e99, 0.1, 1.0 / 3};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = simulate(&with_covariate);
    custval_lifetime_fit_options options = options_for(CUSTVAL_MODEL_BGNBD);
    custval_lifetime *lifetimes[3] = {fitted(CUSTVAL_MODEL_PNBD), stated(CUSTVAL_MODEL_BGNBD, tiny, 4), NULL};
    options.purchase_covariates = options.dropout_covariates = z;
    options.purchase_count = options.dropout_count = 1;
    options.ridge = 1e-5;
    options.unit = "Woche \"quoted\"";
    assert_ok(custval_lifetime_fit(table, &options, &lifetimes[2], &error), &error);
    for (size_t i = 0; i < 3; i++) {
        assert_round_trip(lifetimes[i]);
        custval_lifetime_free(lifetimes[i]);
    }
    custval_table_free(table);
}

/* Nothing of a customer is in it: some hundred bytes, whatever the number of customers. */
static void documents_hold_no_customers(void **state) {
    (void)state;
    custval_lifetime *lifetime = fitted(CUSTVAL_MODEL_BGNBD);
    size_t length;
    assert_int_equal(custval_lifetime_write(lifetime, NULL, 0, &length, NULL), CUSTVAL_OK);
    assert_true(length < 1200);
    custval_lifetime_free(lifetime);
}

#define HEAD "{\"custval\": \"lifetime\", \"version\": 1, \"model\": "
#define NBD HEAD "\"nbd\", \"parameters\": {\"r\": 1, \"alpha\": 2}"
#define FIT "\"fit\": {\"convergence\": \"optimum\", \"customers\": 5, \"log_likelihood\": -3}"

static void documents_that_are_refused(void **state) {
    (void)state;
    static const struct {
        const char *text;
        custval_status status;
        const char *message;
    } cases[] = {
        {"[]", CUSTVAL_ERROR_DOCUMENT, "a document is an object"},
        {"{", CUSTVAL_ERROR_DOCUMENT, "line 1"},
        {"{}", CUSTVAL_ERROR_DOCUMENT, "does not say \"custval\": \"lifetime\""},
        {"{\"custval\": \"system\"}", CUSTVAL_ERROR_DOCUMENT, "$.custval: this is no lifetime document"},
        {"{\"custval\": \"lifetime\", \"version\": 2}", CUSTVAL_ERROR_DOCUMENT, "reads version 1, not 2"},
        {"{\"custval\": \"lifetime\", \"version\": 1}", CUSTVAL_ERROR_DOCUMENT, "\"model\" of a lifetime is missing"},
        {HEAD "\"bgnb\", \"parameters\": {}}", CUSTVAL_ERROR_DOCUMENT, "bgnbd"},
        {HEAD "\"nbd\", \"parameters\": {\"r\": 1, \"q\": 2}}", CUSTVAL_ERROR_DOCUMENT,
         "$.parameters.q: unknown parameter; model \"nbd\" has r, alpha"},
        {HEAD "\"nbd\", \"parameters\": {\"r\": 1}}", CUSTVAL_ERROR_DOCUMENT, "parameter \"alpha\" is missing"},
        {HEAD "\"nbd\", \"parameters\": {\"r\": 1, \"alpha\": 0}}", CUSTVAL_ERROR_RANGE,
         "$.parameters.alpha: 0 is not above 0"},
        {HEAD "\"nbd\", \"parameters\": {\"r\": 1, \"alpha\": 1e308}}", CUSTVAL_ERROR_RANGE,
         "$.parameters.alpha: 1e+308 is not between 1e-100 and 1e+100"},
        {HEAD "\"nbd\", \"parameters\": {\"r\": 1e-300, \"alpha\": 1}}", CUSTVAL_ERROR_RANGE,
         "$.parameters.r: 1e-300 is not between"},
        {HEAD "\"nbd\", \"parameters\": {\"r\": \"1\", \"alpha\": 0}}", CUSTVAL_ERROR_DOCUMENT, "must be a number"},
        {NBD ", \"dropout\": {\"age\": 1}}", CUSTVAL_ERROR_DOCUMENT, "model \"nbd\" has no dropout covariates"},
        {NBD ", \"units\": \"week\"}", CUSTVAL_ERROR_DOCUMENT, "did you mean \"unit\"?"},
        {NBD ", \"fit\": {\"convergence\": \"stated\", \"customers\": 5, \"log_likelihood\": -3}}",
         CUSTVAL_ERROR_DOCUMENT, "stated parameters have no fit"},
        {NBD ", \"fit\": {\"convergence\": \"optimum\", \"customers\": 5}}", CUSTVAL_ERROR_DOCUMENT,
         "\"log_likelihood\" of a fit is missing"},
        {NBD ", \"fit\": {\"convergence\": \"flat\", \"customers\": -5, \"log_likelihood\": -3}}", CUSTVAL_ERROR_RANGE,
         "$.fit.customers: -5 is not at least 0"},
        {NBD ", \"fit\": {\"convergence\": \"flat\", \"customers\": 5, \"log_likelihood\": -3, \"iterations\": 1.5}}",
         CUSTVAL_ERROR_RANGE, "$.fit.iterations: 1.5 is not an integer"},
        {NBD ", \"covariance\": [[1], [0, 1]]}", CUSTVAL_ERROR_DOCUMENT, "only a fit that ended at an optimum"},
        {NBD ", " FIT ", \"covariance\": [[1]]}", CUSTVAL_ERROR_DOCUMENT, "has 1 rows, but there are 2 parameters"},
        {NBD ", " FIT ", \"covariance\": [[1], [1]]}", CUSTVAL_ERROR_DOCUMENT, "row 1 has 2 numbers, not 1"},
        {NBD ", " FIT ", \"covariance\": [[1], [1, \"2\"]]}", CUSTVAL_ERROR_DOCUMENT, "must be a number"},
        {NBD ", " FIT ", \"covariance\": [[1], [0, 0]]}", CUSTVAL_ERROR_RANGE, "variance 0 is not above 0"},
        {NBD ", " FIT ", \"covariance\": [[1], [2, 1]]}", CUSTVAL_ERROR_RANGE, "2 is beyond what the variances allow"},
    };
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        custval_error error = CUSTVAL_ERROR_INIT;
        custval_lifetime *out = (custval_lifetime *)&error;
        assert_status(custval_lifetime_parse(NULL, cases[i].text, strlen(cases[i].text), &out, &error), cases[i].status,
                      &error);
        assert_message(&error, cases[i].message);
        assert_null(out);
    }
}

static void arguments_of_documents_are_checked(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_lifetime *lifetime = stated(CUSTVAL_MODEL_BGNBD, bgnbd, 4), *out = NULL;
    char buffer[8] = "rubbish";
    size_t length = 5;
    assert_refused(custval_lifetime_parse(NULL, NULL, 0, &out, &error));
    assert_refused(custval_lifetime_parse(NULL, "{}", 2, NULL, &error));
    assert_refused(custval_lifetime_write(NULL, buffer, sizeof buffer, &length, &error));
    assert_int_equal(length, 0);
    assert_int_equal(buffer[0], 0);
    assert_refused(custval_lifetime_write(lifetime, NULL, 5, &length, &error));
    assert_refused(custval_lifetime_write(lifetime, buffer, sizeof buffer, NULL, &error));
    custval_lifetime_free(lifetime);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(models_are_compared),
        cmocka_unit_test(a_special_case_is_tested_against_the_general_one),
        cmocka_unit_test(covariates_make_models_general),
        cmocka_unit_test(what_cannot_be_compared),
        cmocka_unit_test(documents_round_trip),
        cmocka_unit_test(documents_hold_no_customers),
        cmocka_unit_test(documents_that_are_refused),
        cmocka_unit_test(arguments_of_documents_are_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
