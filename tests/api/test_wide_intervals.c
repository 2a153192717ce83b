/* The interface: intervals of the largest level below 1. (1 + level) / 2 rounds to 1 there, a quantile that is none. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include <custval/custval.h>

#include "json_table.h"
#include "predicting.h"

#define ROWS 400
#define WIDEST 0x1.fffffffffffffp-1

/* By mpmath 1.3 with 50 digits: what a normal variable, and Student's t with so many degrees of freedom, exceeds with
   the probability 2^-54. */
#define NORMAL 8.292361075813595538
#define STUDENT_398 8.669608118784730277
#define STUDENT_399 8.668627023916274999

static custval_table *table;

static int set_up(void **state) {
    static const char *const names[] = {"recommend", "score", "outcome", "performance", "expectation", "satisfaction"};
    static double values[ROWS][SUPPORT_COUNT(names)];
    custval_error error = CUSTVAL_ERROR_INIT;
    (void)state;
    for (int i = 0; i < ROWS; i++) {
        const double performance = i % 11, expectation = i % 7, noise = i % 5;
        const double gap = performance - expectation;
        const double row[] = {i % 2 * 10.0, i % 13,      i % 2,
                              performance,  expectation, noise + expectation + (gap > 0.0 ? gap : 2.0 * gap)};
        for (size_t k = 0; k < SUPPORT_COUNT(names); k++) values[i][k] = row[k];
    }
    assert_ok(custval_table_new_from_rows(NULL, names, SUPPORT_COUNT(names), values[0], ROWS, SUPPORT_COUNT(names),
                                          &table, &error),
              &error);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    custval_table_free(table);
    return 0;
}

/* The middle of the interval and half its width. */
static void assert_ends(double low, double high, double middle, double half) {
    assert_double_near(low, middle - half, 1e-12 * (fabs(middle) + half));
    assert_double_near(high, middle + half, 1e-12 * (fabs(middle) + half));
}

static void assert_wilson(double low, double high, double share, double n) {
    const double w = NORMAL * NORMAL / n, middle = (share + w / 2.0) / (1.0 + w);
    assert_ends(low, high, middle, sqrt(share * (1.0 - share) * w + w * w / 4.0) / (1.0 + w));
}

static void of_promoters(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_nps_options options = CUSTVAL_NPS_OPTIONS_INIT;
    custval_table *out = NULL;
    options.level = WIDEST;
    assert_ok(custval_nps(table, &options, &out, &error), &error);
    assert_ends(table_cell(out, "low", 0), table_cell(out, "high", 0), 0.0, NORMAL * 100.0 / sqrt(ROWS));
    custval_table_free(out);
}

static void of_back_tests_of_events(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_backtest_options options = CUSTVAL_BACKTEST_OPTIONS_INIT;
    custval_backtest_facts facts = CUSTVAL_BACKTEST_FACTS_INIT;
    custval_table *out = NULL;
    options.level = WIDEST;
    assert_ok(custval_backtest(table, &options, &facts, &out, &error), &error);
    assert_true(NORMAL * facts.auc_error < 0.4);
    assert_ends(facts.auc_low, facts.auc_high, facts.auc, NORMAL * facts.auc_error);
    assert_wilson(table_cell(out, "low", 0), table_cell(out, "high", 0), 0.5, ROWS);
    custval_table_free(out);
}

static void of_back_tests_of_amounts(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_backtest_options options = CUSTVAL_BACKTEST_OPTIONS_INIT;
    custval_table *out = NULL;
    options.level = WIDEST;
    options.outcome = "recommend";
    assert_ok(custval_backtest(table, &options, NULL, &out, &error), &error);
    /* Half of the numbers are 0, half are 10: all are 5 from their mean. */
    assert_ends(table_cell(out, "low", 0), table_cell(out, "high", 0), 5.0, STUDENT_399 * 5.0 / sqrt(ROWS - 1.0));
    custval_table_free(out);
}

static void of_means_and_top_boxes(void **state) {
    (void)state;
    static const char *const columns[] = {"recommend"};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_means_options options = CUSTVAL_MEANS_OPTIONS_INIT;
    custval_table *out = NULL;
    options.columns = columns;
    options.count = 1;
    options.resamples = 0;
    options.level = WIDEST;
    options.top = 9.0;
    options.has_top = 1;
    assert_ok(custval_means(table, &options, &out, &error), &error);
    assert_ends(table_cell(out, "low", 0), table_cell(out, "high", 0), 5.0, STUDENT_399 * 5.0 / sqrt(ROWS - 1.0));
    assert_wilson(table_cell(out, "top_low", 0), table_cell(out, "top_high", 0), 0.5, ROWS);
    custval_table_free(out);
}

/* Coefficients and predictions on the scale that is linear. */
static void assert_link(uint32_t kind, const char *outcome, double quantile) {
    static const char *const predictors[] = {"score"};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_link_options options = CUSTVAL_LINK_OPTIONS_INIT;
    custval_link_predict_options predict = CUSTVAL_LINK_PREDICT_OPTIONS_INIT;
    custval_link *link = NULL;
    custval_table *out = NULL;
    options.kind = kind;
    options.outcome = outcome;
    options.predictors = predictors;
    options.predictor_count = 1;
    predict.level = WIDEST;
    assert_ok(custval_link_fit(table, &options, &link, &error), &error);
    assert_ok(custval_link_coefficients(link, NULL, WIDEST, &out, &error), &error);
    for (size_t row = 0; row < 2; row++) {
        assert_ends(table_cell(out, "low", row), table_cell(out, "high", row), table_cell(out, "coefficient", row),
                    quantile * table_cell(out, "error", row));
    }
    custval_table_free(out);
    assert_ok(custval_link_predict(link, table, &predict, &out, &error), &error);
    double low = table_cell(out, "low", 0), high = table_cell(out, "high", 0), error_of = table_cell(out, "error", 0);
    const double prediction = table_cell(out, "prediction", 0);
    double middle = prediction;
    if (kind == CUSTVAL_LINK_LOGISTIC) {
        middle = table_cell(out, "linear", 0);
        error_of /= prediction * (1.0 - prediction);
        low = log(low / (1.0 - low));
        high = log(high / (1.0 - high));
    }
    assert_ends(low, high, middle, quantile * error_of);
    custval_table_free(out);
    custval_link_free(link);
}

static void of_links(void **state) {
    (void)state;
    assert_link(CUSTVAL_LINK_LINEAR, "satisfaction", STUDENT_398);
    assert_link(CUSTVAL_LINK_LOGISTIC, "outcome", NORMAL);
}

static void of_the_aversion_to_loss(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_disconfirmation_options options = CUSTVAL_DISCONFIRMATION_OPTIONS_INIT;
    custval_loss_aversion lambda = CUSTVAL_LOSS_AVERSION_INIT;
    custval_link *link = NULL;
    options.split = 1;
    options.level = WIDEST;
    assert_ok(custval_disconfirmation(table, &options, &lambda, &link, &error), &error);
    assert_double_near(lambda.lambda, 2.0, 0.2);
    assert_ends(lambda.low, lambda.high, lambda.lambda, NORMAL * lambda.error);
    custval_link_free(link);
}

/* On the scale of logarithms. */
static void of_lifetimes(void **state) {
    (void)state;
    static const double customer[] = {2, 30.43, 38.86};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_lifetime_fit_options options = CUSTVAL_LIFETIME_FIT_OPTIONS_INIT;
    custval_lifetime_predict_options predict = CUSTVAL_LIFETIME_PREDICT_OPTIONS_INIT;
    custval_lifetime *lifetime = NULL;
    custval_table *history = predicting_cdnow(), *one = predicting_customers(customer, 1), *out = NULL;
    options.model = CUSTVAL_MODEL_BGNBD;
    assert_ok(custval_lifetime_fit(history, &options, &lifetime, &error), &error);
    assert_ok(custval_lifetime_parameters(lifetime, WIDEST, &out, &error), &error);
    for (size_t row = 0; row < 4; row++) {
        assert_ends(log(table_cell(out, "low", row)), log(table_cell(out, "high", row)),
                    log(table_cell(out, "value", row)), NORMAL * table_cell(out, "log_error", row));
    }
    custval_table_free(out);
    double half[2];
    for (int widest = 0; widest < 2; widest++) {
        predict.outputs = CUSTVAL_LIFETIME_EXPECTED;
        predict.level = widest ? WIDEST : 0.5;
        out = predicting_table(lifetime, one, &predict);
        half[widest] = log(table_cell(out, "expected_high", 0) / table_cell(out, "expected", 0));
        custval_table_free(out);
    }
    assert_double_near(half[1], half[0] * NORMAL / 0.6744897501960817432, 1e-12 * half[1]);
    custval_lifetime_free(lifetime);
    custval_table_free(one);
    custval_table_free(history);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(of_promoters),
        cmocka_unit_test(of_back_tests_of_events),
        cmocka_unit_test(of_back_tests_of_amounts),
        cmocka_unit_test(of_means_and_top_boxes),
        cmocka_unit_test(of_links),
        cmocka_unit_test(of_the_aversion_to_loss),
        cmocka_unit_test(of_lifetimes),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
