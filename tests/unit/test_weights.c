/* Sets of weights in the making, and what they show. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "explain_support.h"

#include "base/memory.h"
#include "weights/weights.h"

static const char *const names[] = {"price", "quality", "service"};

static custval_host whole_host(void) {
    custval_host host;
    assert_ok(custval__host_read(&host, NULL, NULL), NULL);
    return host;
}

static custval_weights *begin(const char *const *of, size_t count) {
    const custval_host host = whole_host();
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_weights *weights = NULL;
    assert_ok(custval__weights_new(&host, of, count, "by-hand", &weights, &error), &error);
    return weights;
}

static custval_weights *finish(custval_weights *weights) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_weights *out = NULL;
    assert_ok(custval__weights_give(weights, custval__weights_finish(weights, &error), &out), &error);
    assert_ptr_equal(out, weights);
    return out;
}

static custval_weights *set_of(const char *const *of, const double *numbers, size_t count) {
    custval_weights *weights = begin(of, count);
    memcpy(custval__weights_numbers(weights), numbers, count * sizeof *numbers);
    return finish(weights);
}

static void a_set_shows_what_went_into_it(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    char about[] = "price";
    double *extra = NULL, value = 0.0;
    custval_weights *weights = begin(names, 3);
    double *numbers = custval__weights_numbers(weights);
    numbers[0] = 1.0;
    numbers[1] = 2.0;
    numbers[2] = 5.0;
    custval__weights_set_sample(weights, 12);
    assert_ok(custval__weights_column(weights, "extra", &extra, &error), &error);
    extra[0] = -1.5;
    extra[1] = NONE;
    extra[2] = 1e300;
    assert_ok(custval__weights_diagnose(weights, "cr", 0.03, &error), &error);
    assert_ok(custval__weights_diagnose(weights, "r_squared", NONE, &error), &error);
    assert_ok(custval__weights_note(weights, "low-n", NULL, &error, "%d judges are few", 3), &error);
    assert_ok(custval__weights_note(weights, "odd", about, &error, "\"%s\" is odd", about), &error);
    about[0] = 'x'; /* was copied */
    finish(weights);
    assert_int_equal(custval_weights_count(weights), 3);
    assert_string_equal(custval_weights_name(weights, 1), "quality");
    assert_double_bits(custval_weights_share(weights, 2), 0.625);
    assert_string_equal(custval_weights_method(weights), "by-hand");
    assert_int_equal(custval_weights_sample(weights), 12);
    const custval_table *table = custval_weights_table(weights);
    assert_int_equal(custval_table_columns(table), 3);
    assert_text(table, "name", 2, "service");
    assert_double_bits(cell(table, "weight", 1), 0.25);
    assert_double_bits(cell(table, "extra", 1), NONE);
    assert_double_bits(cell(table, "extra", 2), 1e300);
    const custval_table *diagnostics = custval_weights_diagnostics(weights);
    assert_int_equal(custval_table_rows(diagnostics), 2);
    assert_text(diagnostics, "name", 0, "cr");
    assert_double_bits(cell(diagnostics, "value", 0), 0.03);
    assert_double_bits(cell(diagnostics, "value", 1), NONE);
    const custval_table *notes = custval_weights_notes(weights);
    assert_int_equal(custval_table_rows(notes), 2);
    assert_text(notes, "code", 0, "low-n");
    assert_text(notes, "about", 0, NULL);
    assert_text(notes, "message", 0, "3 judges are few");
    assert_text(notes, "about", 1, "price");
    assert_text(notes, "message", 1, "\"price\" is odd");
    assert_ok(custval_weights_diagnostic(weights, "r_squared", &value, &error), &error);
    assert_double_bits(value, NONE);
    assert_string_equal(custval__weights_diagnostic_at(weights, 0, &value), "cr");
    assert_double_bits(value, 0.03);
    assert_null(custval__weights_diagnostic_at(weights, 2, &value));
    custval_weights_free(weights);
}

static void a_bare_set_has_empty_tables(void **state) {
    (void)state;
    static const double numbers[] = {7.0};
    custval_weights *weights = set_of(names, numbers, 1);
    assert_double_bits(custval_weights_share(weights, 0), 1.0);
    assert_int_equal(custval_table_rows(custval_weights_diagnostics(weights)), 0);
    assert_int_equal(custval_table_columns(custval_weights_diagnostics(weights)), 2);
    assert_int_equal(custval_table_rows(custval_weights_notes(weights)), 0);
    assert_int_equal(custval_table_columns(custval_weights_notes(weights)), 3);
    assert_int_equal(custval_weights_sample(weights), 0);
    custval_weights_free(weights);
}

static void a_missing_diagnostic_is_told_by_what_there_is(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    double value = 0.0;
    custval_weights *weights = begin(names, 1);
    custval__weights_numbers(weights)[0] = 1.0;
    assert_ok(custval__weights_diagnose(weights, "lambda_max", 3.0, &error), &error);
    finish(weights);
    assert_status(custval_weights_diagnostic(weights, "lambdamax", &value, &error), CUSTVAL_ERROR_NOT_FOUND, &error);
    assert_message(&error, "weights by \"by-hand\" have no diagnostic \"lambdamax\"; the nearest are \"lambda_max\"");
    assert_double_bits(value, NONE);
    assert_status(custval_weights_diagnostic(weights, "zzz", &value, &error), CUSTVAL_ERROR_NOT_FOUND, &error);
    custval_weights_free(weights);
}

static void shares_do_not_depend_on_the_unit_and_add_up_to_exactly_one(void **state) {
    (void)state;
    support_random random = random_seeded("weights");
    for (int round = 0; round < 2000; round++) {
        char texts[40][8];
        const char *of[40];
        double numbers[40], scaled[40], total = 0.0;
        const size_t count = 1 + random_below(&random, 40);
        for (size_t i = 0; i < count; i++) {
            snprintf(texts[i], sizeof texts[i], "c%zu", i);
            of[i] = texts[i];
            numbers[i] = random_between(&random, 0.01, 9.0);
            scaled[i] = ldexp(numbers[i], -40);
        }
        custval_weights *weights = set_of(of, numbers, count), *again = set_of(of, scaled, count);
        for (size_t i = 0; i < count; i++) {
            total += custval_weights_share(weights, i);
            assert_double_bits(custval_weights_share(weights, i), custval_weights_share(again, i));
        }
        assert_double_bits(total, 1.0);
        custval_weights_free(weights);
        custval_weights_free(again);
    }
}

static void a_weight_of_nothing_is_remarked(void **state) {
    (void)state;
    static const double numbers[] = {0.0, 2.0, -0.0};
    custval_weights *weights = set_of(names, numbers, 3);
    const custval_table *notes = custval_weights_notes(weights);
    assert_double_bits(custval_weights_share(weights, 2), 0.0);
    assert_int_equal(custval_table_rows(notes), 2);
    assert_text(notes, "code", 0, "zero-weight");
    assert_text(notes, "about", 0, "price");
    assert_text(notes, "about", 1, "service");
    custval_weights_free(weights);
}

static void numbers_that_are_no_weights_are_refused(void **state) {
    (void)state;
    static const struct {
        double numbers[3];
        const char *message;
    } cases[] = {
        {{1.0, -0.5, 1.0}, "criterion \"quality\": weight -0.5 is negative"},
        {{1.0, 1.0, (double)NAN}, "criterion \"service\": weight nan is not finite"},
        {{(double)INFINITY, 1.0, 1.0}, "criterion \"price\": weight inf is not finite"},
        {{0.0, 0.0, 0.0}, "the weights of all 3 criteria are 0"},
    };
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        custval_error error = CUSTVAL_ERROR_INIT;
        custval_weights *weights = begin(names, 3), *out = weights;
        memcpy(custval__weights_numbers(weights), cases[i].numbers, sizeof cases[i].numbers);
        assert_status(custval__weights_give(weights, custval__weights_finish(weights, &error), &out),
                      CUSTVAL_ERROR_WEIGHT, &error);
        assert_message(&error, cases[i].message);
        assert_null(out);
    }
}

static void names_are_texts_and_unique(void **state) {
    (void)state;
    static const struct {
        const char *of[3];
        size_t count;
        custval_status status;
        const char *message;
    } cases[] = {
        {{"a", NULL, "c"}, 3, CUSTVAL_ERROR_ARGUMENT, "the name of criterion 2 is NULL"},
        {{"a", "b", ""}, 3, CUSTVAL_ERROR_ARGUMENT, "the name of criterion 3 is empty"},
        {{"\xff", "b", "c"}, 3, CUSTVAL_ERROR_ARGUMENT, "the name of criterion 1 is not UTF-8"},
        {{"a", "b", "a"}, 3, CUSTVAL_ERROR_DUPLICATE, "criterion \"a\" is there twice"},
        {{"a"}, 0, CUSTVAL_ERROR_ARGUMENT, "there are no criteria"},
        {{"a"}, CUSTVAL_MAX_CRITERIA + 1, CUSTVAL_ERROR_LIMIT, "4097 criteria are more than 4096"},
    };
    const custval_host host = whole_host();
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        custval_error error = CUSTVAL_ERROR_INIT;
        custval_weights *weights = (custval_weights *)&error;
        assert_status(custval__weights_new(&host, cases[i].of, cases[i].count, "m", &weights, &error), cases[i].status,
                      &error);
        assert_message(&error, cases[i].message);
        assert_null(weights);
    }
}

static void the_last_owner_frees_a_set_and_tables_may_stay(void **state) {
    (void)state;
    counting_host counter;
    counting_host_init(&counter);
    custval_weights *weights = NULL;
    assert_ok(custval__weights_new(&counter.host, names, 2, "m", &weights, NULL), NULL);
    custval__weights_numbers(weights)[0] = custval__weights_numbers(weights)[1] = 1.0;
    finish(weights);
    assert_ptr_equal(custval_weights_ref(weights), weights);
    custval_weights_free(weights);
    custval_table *table = custval_table_ref(custval_weights_table(weights));
    custval_weights_free(weights);
    assert_double_bits(cell(table, "weight", 1), 0.5);
    custval_table_free(table);
    counting_host_end(&counter);
}

static void sets_match_by_name(void **state) {
    (void)state;
    static const char *const other[] = {"service", "price", "quality"}, *const wrong[] = {"service", "price", "colour"};
    static const double numbers[] = {1.0, 1.0, 1.0};
    const custval_host host = whole_host();
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_weights *a = set_of(names, numbers, 3), *b = set_of(other, numbers, 3), *c = set_of(wrong, numbers, 3);
    custval_weights *d = set_of(names, numbers, 2);
    size_t *match = NULL;
    assert_ok(custval__weights_match(&host, a, b, &match, &error), &error);
    assert_int_equal(match[0], 1);
    assert_int_equal(match[1], 2);
    assert_int_equal(match[2], 0);
    custval__free(&host, match);
    assert_status(custval__weights_match(&host, a, c, &match, &error), CUSTVAL_ERROR_NOT_FOUND, &error);
    assert_message(&error, "criterion \"quality\" is in the first set of weights, not in the second");
    assert_null(match);
    assert_status(custval__weights_match(&host, d, a, &match, &error), CUSTVAL_ERROR_NOT_FOUND, &error);
    assert_message(&error, "criterion \"service\" is in the second set of weights, not in the first");
    custval_weights_free(a);
    custval_weights_free(b);
    custval_weights_free(c);
    custval_weights_free(d);
}

static custval_status attempt(const custval_host *host, void *data) {
    (void)data;
    custval_weights *weights = NULL, *out = NULL;
    double *column = NULL;
    custval_status status = custval__weights_new(host, names, 3, "m", &weights, NULL);
    for (size_t i = 0; i < 3 && status == CUSTVAL_OK; i++) custval__weights_numbers(weights)[i] = (double)i;
    if (status == CUSTVAL_OK) status = custval__weights_column(weights, "c", &column, NULL);
    for (size_t i = 0; i < 3 && status == CUSTVAL_OK; i++) column[i] = NONE;
    for (int i = 0; i < 20 && status == CUSTVAL_OK; i++) {
        status = custval__weights_diagnose(weights, "d", i, NULL);
        if (status == CUSTVAL_OK) status = custval__weights_note(weights, "n", names[1], NULL, "note %d", i);
    }
    if (status == CUSTVAL_OK) status = custval__weights_finish(weights, NULL);
    status = custval__weights_give(weights, status, &out);
    assert_int_equal(out == NULL, status != CUSTVAL_OK);
    custval_weights_free(out);
    return status;
}

static void nothing_is_lost_when_an_allocation_fails(void **state) {
    (void)state;
    support_exhaust_memory(attempt, NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_set_shows_what_went_into_it),
        cmocka_unit_test(a_bare_set_has_empty_tables),
        cmocka_unit_test(a_missing_diagnostic_is_told_by_what_there_is),
        cmocka_unit_test(shares_do_not_depend_on_the_unit_and_add_up_to_exactly_one),
        cmocka_unit_test(a_weight_of_nothing_is_remarked),
        cmocka_unit_test(numbers_that_are_no_weights_are_refused),
        cmocka_unit_test(names_are_texts_and_unique),
        cmocka_unit_test(the_last_owner_frees_a_set_and_tables_may_stay),
        cmocka_unit_test(sets_match_by_name),
        cmocka_unit_test(nothing_is_lost_when_an_allocation_fails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
