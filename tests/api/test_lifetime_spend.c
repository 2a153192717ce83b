/* A model of spend joined with one of purchases: one document, one prediction. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include <custval/custval.h>

#include "csv_table.h"

static custval_lifetime *stated(uint32_t model, const double *parameters, size_t count) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_lifetime *out = NULL;
    assert_ok(custval_lifetime_new(NULL, model, parameters, count, "week", &out, &error), &error);
    return out;
}

static custval_lifetime *purchases(void) {
    static const double parameters[] = {0.243, 4.414, 0.793, 2.426};
    return stated(CUSTVAL_MODEL_BGNBD, parameters, SUPPORT_COUNT(parameters));
}

static custval_lifetime *spending(void) {
    static const double parameters[] = {6.25, 3.74, 15.44};
    return stated(CUSTVAL_MODEL_GAMMA_GAMMA, parameters, SUPPORT_COUNT(parameters));
}

static custval_lifetime *join(const custval_lifetime *one, const custval_lifetime *other) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_lifetime *out = NULL;
    assert_ok(custval_lifetime_with_spend(one, other, &out, &error), &error);
    return out;
}

static void write(const custval_lifetime *lifetime, char *out, size_t capacity) {
    custval_error error = CUSTVAL_ERROR_INIT;
    size_t length = 0;
    assert_ok(custval_lifetime_write(lifetime, out, capacity, &length, &error), &error);
    assert_true(length < capacity);
}

static void joined_models_outlive_the_single_ones_and_go_through_a_document(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    char text[2000], again[2000], alone[2000];
    custval_lifetime *one = purchases(), *other = spending(), *read = NULL;
    assert_null(custval_lifetime_spend(one));
    assert_null(custval_lifetime_spend(NULL));
    custval_lifetime *joined = join(one, other);
    custval_lifetime_free(one);
    custval_lifetime_free(other);
    write(joined, text, sizeof text);
    assert_ok(custval_lifetime_parse(NULL, text, strlen(text), &read, &error), &error);
    write(read, again, sizeof again);
    assert_string_equal(again, text);
    const custval_lifetime *const spend = custval_lifetime_spend(read);
    assert_non_null(spend);
    custval_lifetime *const kept = custval_lifetime_ref(spend);
    custval_lifetime_free(read);
    write(kept, alone, sizeof alone);
    assert_non_null(strstr(alone, "\"gamma-gamma\""));
    custval_lifetime_free(kept);
    custval_lifetime_free(joined);
}

static double value_of(const custval_table *table, const char *name, size_t row) {
    custval_error error = CUSTVAL_ERROR_INIT;
    size_t column = 0;
    double out = 0.0;
    assert_ok(custval_table_find(table, name, &column, &error), &error);
    assert_ok(custval_table_number(table, column, row, &out, &error), &error);
    return out;
}

static custval_table *predict(const custval_lifetime *lifetime, const custval_table *table,
                              const custval_lifetime_predict_options *options) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *out = NULL;
    assert_ok(custval_lifetime_predict(lifetime, table, options, &out, &error), &error);
    return out;
}

/* zbar is the mean spend in this file. */
static void predictions_use_what_is_joined_unless_something_else_is_said(void **state) {
    (void)state;
    custval_lifetime_columns columns = CUSTVAL_LIFETIME_COLUMNS_INIT;
    custval_lifetime_predict_options options = CUSTVAL_LIFETIME_PREDICT_OPTIONS_INIT;
    custval_table *const customers = csv_table("examples/cdnow/summary_with_spend.csv");
    custval_lifetime *one = purchases(), *other = spending(), *joined = join(one, other);
    size_t column = 0;
    options.columns = &columns;
    options.horizon = 52.0;

    custval_table *out = predict(joined, customers, &options); /* no mean_spend: nothing of money */
    assert_true(custval_table_find(out, "value", &column, NULL) == CUSTVAL_ERROR_NOT_FOUND);
    custval_table_free(out);

    columns.mean_spend = "zbar";
    out = predict(joined, customers, &options);
    options.spend = other;
    custval_table *const said = predict(one, customers, &options);
    for (size_t row = 0; row < custval_table_rows(customers); row++) {
        assert_double_bits(value_of(out, "value", row), value_of(said, "value", row));
    }
    assert_true(value_of(out, "value", 0) > 0.0);
    custval_table_free(said);
    custval_table_free(out);

    options.spend = NULL;
    options.spend_column = "x"; /* money of another kind */
    out = predict(joined, customers, &options);
    assert_double_bits(value_of(out, "spend", 0), value_of(customers, "x", 0));
    custval_table_free(out);
    custval_lifetime_free(joined);
    custval_lifetime_free(other);
    custval_lifetime_free(one);
    custval_table_free(customers);
}

static void only_purchases_and_spend_are_joined(void **state) {
    (void)state;
    static const double renewals[] = {0.7, 1.2};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_lifetime *one = purchases(), *other = spending(), *contract = stated(CUSTVAL_MODEL_SBG, renewals, 2),
                     *out = one;
    assert_status(custval_lifetime_with_spend(one, one, &out, &error), CUSTVAL_ERROR_STRUCTURE, &error);
    assert_null(out);
    assert_message(&error, "bgnbd is none of spend");
    assert_status(custval_lifetime_with_spend(contract, other, &out, &error), CUSTVAL_ERROR_STRUCTURE, &error);
    assert_message(&error, "sbg is none of purchases");
    assert_status(custval_lifetime_with_spend(other, other, &out, &error), CUSTVAL_ERROR_STRUCTURE, &error);
    assert_status(custval_lifetime_with_spend(NULL, other, &out, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    assert_status(custval_lifetime_with_spend(one, NULL, &out, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    assert_status(custval_lifetime_with_spend(one, other, NULL, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    custval_lifetime_free(contract);
    custval_lifetime_free(other);
    custval_lifetime_free(one);
}

#define HEAD "{\"custval\": \"lifetime\", \"version\": 1, "
#define BGNBD HEAD "\"model\": \"bgnbd\", \"parameters\": {\"r\": 1, \"alpha\": 1, \"a\": 1, \"b\": 1}"
#define GAMMA HEAD "\"model\": \"gamma-gamma\", \"parameters\": {\"p\": 1, \"q\": 2, \"gamma\": 1}"

static void documents_with_a_wrong_spend_are_refused(void **state) {
    (void)state;
    static const struct {
        const char *text, *says;
    } cases[] = {
        {BGNBD ", \"spend\": " BGNBD "}}", "$.spend: model bgnbd is none of spend"},
        {GAMMA ", \"spend\": " GAMMA "}}", "$.spend: model gamma-gamma is none of purchases"},
        {BGNBD ", \"spend\": " GAMMA ", \"spend\": " GAMMA "}}}", "$.spend.spend: a model of spend holds no other"},
        {BGNBD ", \"spend\": {\"model\": \"gamma-gamma\"}}", "$.spend: this is no lifetime document"},
        {BGNBD ", \"spend\": 1}", "$.spend"},
    };
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        custval_error error = CUSTVAL_ERROR_INIT;
        custval_lifetime *out = NULL;
        assert_status(custval_lifetime_parse(NULL, cases[i].text, strlen(cases[i].text), &out, &error),
                      CUSTVAL_ERROR_DOCUMENT, &error);
        assert_null(out);
        assert_message(&error, cases[i].says);
    }
}

/* Both are made with memory that never fails; the joined one and its document take the host's. */
static custval_status attempt(const custval_host *host, void *data) {
    const char *const text = data;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_lifetime *read = NULL, *joined = NULL;
    custval_status status = custval_lifetime_parse(host, text, strlen(text), &read, &error);
    if (status == CUSTVAL_OK) status = custval_lifetime_with_spend(read, custval_lifetime_spend(read), &joined, &error);
    if (status != CUSTVAL_OK) assert_null(joined);
    custval_lifetime_free(joined);
    custval_lifetime_free(read);
    return status;
}

static void every_allocation_may_fail(void **state) {
    (void)state;
    char text[] = BGNBD ", \"spend\": " GAMMA "}}";
    support_exhaust_memory(attempt, text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(joined_models_outlive_the_single_ones_and_go_through_a_document),
        cmocka_unit_test(predictions_use_what_is_joined_unless_something_else_is_said),
        cmocka_unit_test(only_purchases_and_spend_are_joined),
        cmocka_unit_test(documents_with_a_wrong_spend_are_refused),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
