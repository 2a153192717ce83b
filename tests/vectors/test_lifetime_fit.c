/* lifetime_and_equity.json: fits and standard errors, from the data to the optimum, through the public interface only.
   */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include <custval/custval.h>

#include "cases.h"
#include "csv_table.h"
#include "json_table.h"

/* ---- Data -------------------------------------------------------------------------------------------------------- */

/* Weeks as exact days / 7, up to the end of the first 39 weeks. */
static custval_table *exact_weeks(void) {
    custval_history_options options = CUSTVAL_HISTORY_OPTIONS_INIT;
    custval_history_view view = CUSTVAL_HISTORY_VIEW_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_history *history = NULL;
    custval_table *transactions = csv_table("examples/cdnow/transactions.csv"), *out = NULL;
    options.periods_per_unit = 7;
    view.end = "1997-09-30";
    assert_ok(custval_history_new(NULL, &options, &history, &error), &error);
    assert_ok(custval_history_add(history, transactions, &error), &error);
    assert_ok(custval_history_table(history, &view, &out, &error), &error);
    custval_history_free(history);
    custval_table_free(transactions);
    return out;
}

/* The survival curve of a case as rows of customers. */
static custval_table *survivors_of(const json_t *test) {
    const json_t *input = json_object_get(test, "input"), *percent = json_object_get(input, "survival_percent");
    const double cohort = json_number_value(json_object_get(input, "cohort_size"));
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *out = NULL;
    double survivors[16];
    const size_t count = json_array_size(percent);
    assert_true(count <= SUPPORT_COUNT(survivors));
    for (size_t i = 0; i < count; i++) {
        survivors[i] = floor(cohort * json_number_value(json_array_get(percent, i)) / 100.0 + 0.5);
    }
    assert_ok(custval_lifetime_survivors(NULL, survivors, count, &out, &error), &error);
    return out;
}

static custval_lifetime *fit(custval_table *table, uint32_t model, const custval_lifetime_columns *columns) {
    custval_lifetime_fit_options options = CUSTVAL_LIFETIME_FIT_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_lifetime *out = NULL;
    options.model = model;
    options.columns = columns;
    assert_ok(custval_lifetime_fit(table, &options, &out, &error), &error);
    custval_table_free(table);
    return out;
}

/* ---- Answers ----------------------------------------------------------------------------------------------------- */

/* Every number of the case but the log-likelihood is a parameter; takes the lifetime. */
static void assert_fit(custval_lifetime *lifetime, const json_t *test) {
    const json_t *tolerance = json_object_get(test, "tolerance"), *expected = json_object_get(test, "expected");
    const double relative = json_number_value(json_object_get(tolerance, "params_rel"));
    custval_lifetime_facts facts = CUSTVAL_LIFETIME_FACTS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *parameters = NULL;
    const char *key;
    json_t *value;
    size_t row = 0;
    assert_ok(custval_lifetime_facts_get(lifetime, &facts, &error), &error);
    assert_int_equal(facts.convergence, CUSTVAL_CONVERGENCE_OPTIMUM);
    assert_double_near(facts.log_likelihood, json_number_value(json_object_get(expected, "loglik")),
                       json_number_value(json_object_get(tolerance, "loglik_abs")));
    assert_true(facts.gradient < 1e-10);
    assert_ok(custval_lifetime_parameters(lifetime, 0.95, &parameters, &error), &error);
    json_object_foreach((json_t *)expected, key, value) {
        custval_text name;
        if (strcmp(key, "loglik") == 0) continue;
        assert_ok(custval_table_text(parameters, 0, row, &name, &error), &error);
        assert_int_equal(strlen(key), name.length);
        assert_memory_equal(name.data, key, name.length);
        const double wanted = json_number_value(value);
        assert_double_near(table_cell(parameters, "value", row), wanted, relative * wanted);
        row++;
    }
    assert_int_equal(row, facts.parameters);
    custval_table_free(parameters);
    custval_lifetime_free(lifetime);
}

static const custval_lifetime_columns in_words = {
    sizeof(custval_lifetime_columns), "frequency", "recency", "T", NULL, NULL, NULL,
};
static const custval_lifetime_columns with_counts = {
    sizeof(custval_lifetime_columns), "frequency", "recency", "periods", NULL, NULL, "weights",
};
static const custval_lifetime_columns counted = {
    sizeof(custval_lifetime_columns), NULL, NULL, NULL, NULL, NULL, "count",
};
static const custval_lifetime_columns spent = {
    sizeof(custval_lifetime_columns), NULL, NULL, NULL, "zbar", NULL, NULL,
};

static custval_table *rounded_weeks(void) {
    return csv_table("examples/cdnow/summary.csv");
}

static void bgnbd(const json_t *test) {
    assert_fit(fit(rounded_weeks(), CUSTVAL_MODEL_BGNBD, &in_words), test);
}

static void bgnbd_exact(const json_t *test) {
    assert_fit(fit(exact_weeks(), CUSTVAL_MODEL_BGNBD, NULL), test);
}

static void mbgnbd(const json_t *test) {
    assert_fit(fit(rounded_weeks(), CUSTVAL_MODEL_MBGNBD, &in_words), test);
}

static void pnbd(const json_t *test) {
    assert_fit(fit(rounded_weeks(), CUSTVAL_MODEL_PNBD, &in_words), test);
}

static void pnbd_exact(const json_t *test) {
    assert_fit(fit(exact_weeks(), CUSTVAL_MODEL_PNBD, NULL), test);
}

static void nbd(const json_t *test) {
    assert_fit(fit(exact_weeks(), CUSTVAL_MODEL_NBD, NULL), test);
}

static void gamma_gamma(const json_t *test) {
    assert_fit(fit(csv_table("examples/cdnow/summary_with_spend.csv"), CUSTVAL_MODEL_GAMMA_GAMMA, &spent), test);
}

static void gamma_gamma_exact(const json_t *test) {
    assert_fit(fit(exact_weeks(), CUSTVAL_MODEL_GAMMA_GAMMA, NULL), test);
}

static void bgbb(const json_t *test) {
    assert_fit(fit(csv_table("examples/cdnow/donations.csv"), CUSTVAL_MODEL_BGBB, &with_counts), test);
}

static void sbg(const json_t *test) {
    assert_fit(fit(survivors_of(test), CUSTVAL_MODEL_SBG, &counted), test);
}

static void bdw(const json_t *test) {
    assert_fit(fit(survivors_of(test), CUSTVAL_MODEL_BDW, &counted), test);
}

static void bgnbd_errors(const json_t *test) {
    const json_t *expected = json_object_get(test, "expected");
    const double relative = json_number_value(json_object_get(json_object_get(test, "tolerance"), "rel"));
    custval_lifetime *lifetime = fit(rounded_weeks(), CUSTVAL_MODEL_BGNBD, &in_words);
    custval_table *parameters = NULL;
    custval_error error = CUSTVAL_ERROR_INIT;
    assert_ok(custval_lifetime_parameters(lifetime, 0.95, &parameters, &error), &error);
    for (size_t i = 0; i < 4; i++) {
        const double wanted = json_number_value(json_array_get(expected, i));
        assert_double_near(table_cell(parameters, "error", i), wanted, relative * wanted);
    }
    custval_table_free(parameters);
    custval_lifetime_free(lifetime);
}

int main(void) {
    static const named_case cases[] = {
        {"fit.bgnbd.cdnow", bgnbd},
        {"se.bgnbd.cdnow", bgnbd_errors},
        {"fit.bgnbd.cdnow.exact", bgnbd_exact},
        {"fit.pnbd.cdnow", pnbd},
        {"fit.pnbd.cdnow.exact", pnbd_exact},
        {"fit.mbgnbd.cdnow", mbgnbd},
        {"fit.nbd.cdnow", nbd},
        {"fit.gg.cdnow", gamma_gamma},
        {"fit.gg.cdnow.exact", gamma_gamma_exact},
        {"fit.bgbb.donations", bgbb},
        {"fit.sbg.regular", sbg},
        {"fit.bdw.high_end.5", bdw},
        {"fit.bdw.regular.5", bdw},
        {"fit.bdw.high_end.8", bdw},
    };
    return cases_run_named("lifetime fits", "lifetime_and_equity.json", cases, SUPPORT_COUNT(cases));
}
