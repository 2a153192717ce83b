/* custval_sensitivity, against integrals by mpmath and a computation of its own in NumPy. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "explain_support.h"

#define TWO                                                       \
  "'dimensions': [{'id': 'd', 'side': 'benefit', 'indicators': [" \
  "{'id': 'a', 'weight': 0.5, $A}, {'id': 'b', 'weight': 0.5, $B}]}]}"

static custval_table *sensitivity_of(const custval_system *system, const custval_table *table, size_t row, size_t rival,
                                     const custval_noise_options *options) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *out = NULL;
    assert_ok(custval_sensitivity(system, table, row, rival, NULL, options, &out, &error), &error);
    return out;
}

static void assert_fails(const custval_system *system, const custval_table *table, size_t row, size_t rival,
                         const custval_noise_options *options, custval_status status, const char *message) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *out = (custval_table *)&error;
    assert_status(custval_sensitivity(system, table, row, rival, NULL, options, &out, &error), status, &error);
    assert_null(out);
    assert_message(&error, message);
}

/* Within five of the standard errors that it states, which are small, and `own` of the expected number itself. */
static void assert_index(const custval_table *out, const char *name, const char *error, size_t row, double expected,
                         double own) {
    assert_true(cell(out, error, row) < 0.02);
    assert_double_near(cell(out, name, row), expected, 5.0 * cell(out, error, row) + own);
}

/* a/(a + b): for exponential a and b the part of the variance from a alone is 12 (int (x e^x E1(x))^2 e^-x dx - 1/4); for
   a and b uniform on 1/2 .. 3/2 by double integration. */
static void two_weights_explain_what_the_integrals_say(void **state) {
    (void)state;
    static const double first[] = {0.4784176043574345, 0.4997872189200753};
    static const double answers[2] = {100, 20};
    custval_system *system = system_of(TWO);
    custval_table *table = table_of("A B", answers, 1);
    for (int i = 0; i < 2; i++) {
        custval_noise_options options = CUSTVAL_NOISE_OPTIONS_INIT;
        options.noise = i == 0 ? CUSTVAL_NOISE_ANY : CUSTVAL_NOISE_RELATIVE;
        options.spread = 0.5;
        options.draws = 100000;
        custval_table *out = sensitivity_of(system, table, 0, CUSTVAL_ALL_ROWS, &options);
        assert_int_equal(custval_table_rows(out), 2);
        for (size_t k = 0; k < 2; k++) {
            assert_text(out, "node", k, k == 0 ? "a" : "b");
            assert_text(out, "label", k, k == 0 ? "a" : "b");
            assert_double_bits(cell(out, "weight", k), 0.5);
            assert_index(out, "first", "first_error", k, first[i], 0.0);
            assert_index(out, "total", "total_error", k, 1.0 - first[i], 0.0);
        }
        custval_table_free(out);
    }
    custval_table_free(table);
    custval_system_free(system);
}

/* NumPy, 4,000,000 draws of gamma variates, the same estimators: within .001. */
static void a_shop_is_as_sensitive_as_numpy_says(void **state) {
    (void)state;
    static const double answers[2][5] = {{80, 40, 60, 30, 50}, {100, 60, 10, 5, 40}};
    static const char *const names[] = {"product", "reliability", "function", "service", "cost", "effort"};
    static const double value[2][6] = {{0.0432, 0.1223, 0.3610, 0.0648, 0.1344, 0.2647},
                                       {0.0459, 0.1265, 0.3678, 0.0684, 0.1348, 0.2656}};
    static const double lead[2][6] = {{0.3844, 0, 0, 0.5736, 0.0136, 0.0270}, {0.3860, 0, 0, 0.5745, 0.0138, 0.0271}};
    custval_system *system = system_of(SHOP "}");
    custval_table *table = table_of(SHOP_COLUMNS, answers[0], 2);
    custval_noise_options options = CUSTVAL_NOISE_OPTIONS_INIT;
    options.draws = 40000;
    for (int i = 0; i < 2; i++) {
        custval_table *out = sensitivity_of(system, table, 0, i == 0 ? CUSTVAL_ALL_ROWS : 1, &options);
        assert_int_equal(custval_table_rows(out), 6);
        for (size_t k = 0; k < 6; k++) {
            assert_text(out, "node", k, names[k]);
            assert_index(out, "first", "first_error", k, i == 0 ? value[0][k] : lead[0][k], 0.001);
            assert_index(out, "total", "total_error", k, i == 0 ? value[1][k] : lead[1][k], 0.001);
        }
        custval_table_free(out);
    }
    custval_table_free(table);
    custval_system_free(system);
}

static void a_value_that_no_weight_changes_has_no_indices(void **state) {
    (void)state;
    static const double answers[2] = {33.3, 33.3};
    custval_system *system = system_of(TWO);
    custval_table *table = table_of("A B", answers, 1);
    custval_table *out = sensitivity_of(system, table, 0, CUSTVAL_ALL_ROWS, NULL);
    for (size_t k = 0; k < 2; k++) {
        assert_double_bits(cell(out, "first", k), NONE);
        assert_double_bits(cell(out, "total", k), NONE);
        assert_double_bits(cell(out, "first_error", k), NONE);
        assert_double_bits(cell(out, "total_error", k), NONE);
    }
    custval_table_free(out);
    custval_table_free(table);
    custval_system_free(system);
}

static void gates_count(void **state) {
    (void)state;
    static const double answers[2] = {100, 0};
    custval_system *system = system_of("'gates': [{'node': 'd', 'above': -1, 'cap': -5}], " TWO);
    custval_table *table = table_of("A B", answers, 1);
    custval_table *out = sensitivity_of(system, table, 0, CUSTVAL_ALL_ROWS, NULL);
    assert_double_bits(cell(out, "total", 0), NONE); /* the value is always capped */
    custval_table_free(out);
    custval_table_free(table);
    custval_system_free(system);
}

static void threads_change_no_bit(void **state) {
    (void)state;
    static const char *const names[] = {"first", "total", "first_error", "total_error"};
    static const double answers[5] = {80, 40, 60, 30, 50};
    custval_threads *threads = NULL;
    custval_host host = CUSTVAL_HOST_INIT;
    custval_system *system = system_of(SHOP "}");
    custval_table *table = table_of(SHOP_COLUMNS, answers, 1);
    custval_noise_options options = CUSTVAL_NOISE_OPTIONS_INIT;
    options.draws = 999;
    custval_table *one = sensitivity_of(system, table, 0, CUSTVAL_ALL_ROWS, &options);
    assert_ok(custval_threads_new(NULL, threads_up_to(3), &threads, NULL), NULL);
    host.runner = custval_threads_run;
    host.runner_data = threads;
    options.host = &host;
    custval_table *three = sensitivity_of(system, table, 0, CUSTVAL_ALL_ROWS, &options);
    for (size_t c = 0; c < SUPPORT_COUNT(names); c++) {
        for (size_t i = 0; i < 6; i++) assert_double_bits(cell(one, names[c], i), cell(three, names[c], i));
    }
    custval_table_free(one);
    custval_table_free(three);
    custval_table_free(table);
    custval_system_free(system);
    custval_threads_free(threads);
}

static void what_cannot_be_asked_is_refused(void **state) {
    (void)state;
    static const double answers[2][2] = {{1, 2}, {NONE, NONE}};
    custval_system *system = system_of(TWO);
    custval_system *lone =
        system_of("'dimensions': [{'id': 'd', 'side': 'benefit', 'indicators': [{'id': 'i', $A}]}]}");
    custval_table *table = table_of("A B", answers[0], 2);
    custval_noise_options options = CUSTVAL_NOISE_OPTIONS_INIT;
    assert_fails(system, table, 1, CUSTVAL_ALL_ROWS, NULL, CUSTVAL_ERROR_STATE, "row 1 has no value");
    assert_fails(system, table, 0, 1, NULL, CUSTVAL_ERROR_STATE, "row 1 has no value");
    assert_fails(system, table, 2, 0, NULL, CUSTVAL_ERROR_ARGUMENT, "row is 2");
    assert_fails(system, table, 0, 2, NULL, CUSTVAL_ERROR_ARGUMENT, "rival is 2");
    assert_fails(system, table, 0, 0, NULL, CUSTVAL_ERROR_ARGUMENT, "row and rival are both row 0");
    assert_fails(lone, table, 0, CUSTVAL_ALL_ROWS, NULL, CUSTVAL_ERROR_STATE, "no node of the system has siblings");
    options.draws = 31;
    assert_fails(system, table, 0, CUSTVAL_ALL_ROWS, &options, CUSTVAL_ERROR_RANGE, "draws is 31");
    options.draws = 32;
    options.profile = "x";
    assert_fails(system, table, 0, CUSTVAL_ALL_ROWS, &options, CUSTVAL_ERROR_NOT_FOUND, "\"x\"");
    options.profile = NULL;
    custval_table_free(sensitivity_of(system, table, 0, CUSTVAL_ALL_ROWS, &options));
    custval_table_free(table);
    custval_system_free(lone);
    custval_system_free(system);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_weights_explain_what_the_integrals_say),
        cmocka_unit_test(a_shop_is_as_sensitive_as_numpy_says),
        cmocka_unit_test(a_value_that_no_weight_changes_has_no_indices),
        cmocka_unit_test(gates_count),
        cmocka_unit_test(threads_change_no_bit),
        cmocka_unit_test(what_cannot_be_asked_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
