/* Known answers of migrations, counted and solved elsewhere: tests/vectors/make_migration.py. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include <custval/custval.h>

#include "cases.h"
#include "json_table.h"

/* Counts are exact. Probabilities are one division, forecasts and shares a handful of additions of positive numbers. */
#define NEAR 1e-14
/* A sum of up to 80 terms, and the chi-square tail at 1e-13. */
#define TEST_NEAR 1e-12

static const json_t *get(const json_t *test, const char *part, const char *key) {
    const json_t *const value = json_object_get(json_object_get(test, part), key);
    assert_non_null(value);
    return value;
}

static const char *text_of(const json_t *value) {
    return json_is_string(value) ? json_string_value(value) : NULL;
}

static custval_migration *migration_of(const json_t *test) {
    const json_t *const states = get(test, "input", "states"), *const periods = get(test, "input", "periods");
    const char *names[16];
    custval_migration_options options = CUSTVAL_MIGRATION_OPTIONS_INIT;
    custval_migration *migration = NULL;
    custval_error error = CUSTVAL_ERROR_INIT;
    for (size_t i = 0; i < json_array_size(states); i++) names[i] = json_string_value(json_array_get(states, i));
    options.states = names;
    options.states_count = json_array_size(states);
    assert_ok(custval_word_value(CUSTVAL_WORDS_EMPTY_STATE, text_of(get(test, "input", "empty")), &options.empty, NULL),
              NULL);
    assert_ok(custval_migration_new(&options, &migration, &error), &error);
    json_t *const columns = json_pack("[ss]", "customer", "state");
    json_t *const types = json_pack("{ssss}", "customer", "utf8", "state", "utf8");
    for (size_t i = 0; i < json_array_size(periods); i++) {
        custval_table *const table = json_table(columns, json_array_get(periods, i), types);
        assert_ok(custval_migration_add(migration, table, &error), &error);
        custval_table_free(table);
    }
    json_decref(types);
    json_decref(columns);
    assert_int_equal(custval_migration_steps(migration), json_array_size(periods) - 1);
    assert_int_equal(custval_migration_states(migration), json_array_size(states) + 1);
    return migration;
}

/* Column `first + k` of the table holds what stands at [row][k]. */
static void check_rows(const custval_table *table, size_t first, const json_t *expected, double tolerance) {
    assert_int_equal(custval_table_rows(table), json_array_size(expected));
    for (size_t row = 0; row < json_array_size(expected); row++) {
        const json_t *const numbers = json_array_get(expected, row);
        for (size_t k = 0; k < json_array_size(numbers); k++) {
            const double wanted = json_number_value(json_array_get(numbers, k));
            double found;
            assert_ok(custval_table_number(table, first + k, row, &found, NULL), NULL);
            assert_double_near(found, wanted, tolerance * fmax(1.0, fabs(wanted)));
        }
    }
}

static void check_matrices(const custval_migration *migration, const json_t *test) {
    static const struct {
        uint32_t step, what;
        const char *key;
        double tolerance;
    } wanted[] = {{CUSTVAL_ALL_STEPS, CUSTVAL_MATRIX_COUNTS, "counts", 0.0},
                  {0, CUSTVAL_MATRIX_COUNTS, "first", 0.0},
                  {CUSTVAL_ALL_STEPS, CUSTVAL_MATRIX_PROBABILITIES, "probabilities", NEAR}};
    custval_error error = CUSTVAL_ERROR_INIT;
    for (size_t i = 0; i < SUPPORT_COUNT(wanted); i++) {
        custval_table *table = NULL;
        assert_ok(custval_migration_matrix(migration, wanted[i].step, wanted[i].what, &table, &error), &error);
        check_rows(table, 1, get(test, "expected", wanted[i].key), wanted[i].tolerance);
        custval_table_free(table);
    }
}

static void check_flows(const custval_migration *migration, const json_t *test) {
    const json_t *const arrived = get(test, "expected", "arrived");
    custval_table *flows = NULL;
    assert_ok(custval_migration_flows(migration, CUSTVAL_ALL_STEPS, &flows, NULL), NULL);
    for (size_t i = 0; i < json_array_size(arrived); i++) {
        assert_double_bits(table_cell(flows, "newcomers", i), json_number_value(json_array_get(arrived, i)));
    }
    custval_table_free(flows);
}

static void check_forecast(const custval_migration *migration, const json_t *test) {
    const json_t *const given = get(test, "input", "newcomers");
    double newcomers[16];
    custval_table *forecast = NULL;
    custval_error error = CUSTVAL_ERROR_INIT;
    for (size_t i = 0; i < json_array_size(given); i++) newcomers[i] = json_number_value(json_array_get(given, i));
    assert_ok(custval_migration_forecast(migration, 5, json_is_array(given) ? newcomers : NULL, &forecast, &error),
              &error);
    check_rows(forecast, 1, get(test, "expected", "forecast"), NEAR);
    custval_table_free(forecast);
}

static void check_steady(const custval_migration *migration, const json_t *test) {
    const json_t *const expected = get(test, "expected", "steady");
    const json_t *const shares = json_object_get(expected, "shares"), *const now = get(test, "expected", "now");
    custval_steady_facts facts = CUSTVAL_STEADY_FACTS_INIT;
    custval_table *steady = NULL;
    custval_error error = CUSTVAL_ERROR_INIT;
    double total = 0.0;
    assert_ok(custval_migration_steady(migration, &facts, &steady, &error), &error);
    assert_int_equal(facts.closed, json_integer_value(json_object_get(expected, "closed")));
    assert_int_equal(facts.absorbing, json_integer_value(json_object_get(expected, "absorbing")));
    assert_int_equal(facts.passing, json_integer_value(json_object_get(expected, "passing")));
    assert_int_equal(facts.period, json_integer_value(json_object_get(expected, "period")));
    for (size_t i = 0; i < json_array_size(now); i++) total += json_number_value(json_array_get(now, i));
    for (size_t i = 0; i < json_array_size(shares); i++) {
        const json_t *const class = json_array_get(json_object_get(expected, "classes"), i);
        const double share = json_number_value(json_array_get(shares, i));
        assert_double_near(table_cell(steady, "share", i), share, NEAR);
        assert_double_near(table_cell(steady, "customers", i), share * total, NEAR * total);
        assert_double_near(table_cell(steady, "class", i), json_is_null(class) ? (double)NAN : json_number_value(class),
                           0.0);
    }
    custval_table_free(steady);
}

static void check_test(const custval_migration *migration, const json_t *test) {
    const json_t *const expected = get(test, "expected", "test");
    custval_migration_fit fit = CUSTVAL_MIGRATION_FIT_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    if (json_is_null(expected)) {
        assert_status(custval_migration_test(migration, NULL, &fit, &error), CUSTVAL_ERROR_STATE, &error);
        return;
    }
    assert_ok(custval_migration_test(migration, NULL, &fit, &error), &error);
    const double statistic = json_number_value(json_object_get(expected, "statistic"));
    const double likelihood = json_number_value(json_object_get(expected, "likelihood"));
    assert_double_near(fit.statistic, statistic, TEST_NEAR * fmax(1.0, statistic));
    assert_double_near(fit.likelihood, likelihood, TEST_NEAR * fmax(1.0, fabs(likelihood)));
    assert_double_bits(fit.freedom, json_number_value(json_object_get(expected, "freedom")));
    const json_t *const p = json_object_get(expected, "p"), *const least = json_object_get(expected, "least");
    assert_double_near(fit.p, json_is_null(p) ? (double)NAN : json_number_value(p), TEST_NEAR);
    assert_double_near(fit.least, json_is_null(least) ? (double)NAN : json_number_value(least), NEAR * 100.0);
}

static void run(const json_t *test) {
    custval_migration *const migration = migration_of(test);
    check_matrices(migration, test);
    check_flows(migration, test);
    check_forecast(migration, test);
    check_steady(migration, test);
    check_test(migration, test);
    custval_migration_free(migration);
}

int main(void) {
    return cases_run_all("migration", "migration.json", run);
}
