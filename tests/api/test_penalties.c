/* Penalty and reward: which factor an indicator is. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "api.h"

#include <math.h>

#include "json_table.h"

#define ROWS 6

/* Two answers each of 1, 3 and 5: the dummies' coefficients are the differences of the means of the outcome, and the
   residuals are half a point, so that their variance is 6/4 / (6 - 3). */
static custval_table *answers(double penalty, double reward) {
    static const double x[ROWS] = {1, 1, 3, 3, 5, 5};
    const double middle = 10.0, half = 0.5;
    const double y[ROWS] = {middle + penalty - half, middle + penalty + half, middle - half,
                            middle + half,           middle + reward - half,  middle + reward + half};
    custval_column column = CUSTVAL_COLUMN_INIT;
    custval_table *table = NULL;
    column.type = CUSTVAL_TYPE_FLOAT64;
    assert_ok(custval_table_new(NULL, ROWS, &table, NULL), NULL);
    assert_ok(custval_table_add_doubles(table, "x", x, NULL), NULL);
    column.data = y;
    assert_ok(custval_table_add_copy(table, "y", &column, NULL), NULL);
    return table;
}

static custval_penalty_options options_of(const char *const *indicators, size_t count) {
    custval_penalty_options options = CUSTVAL_PENALTY_OPTIONS_INIT;
    options.outcome = "y";
    options.indicators = indicators;
    options.indicator_count = count;
    return options;
}

static void factors_are_told_by_their_asymmetry(void **state) {
    (void)state;
    static const char *const indicators[] = {"x"};
    static const struct {
        double penalty, reward, cut;
        const char *factor;
    } cases[] = {
        {-3, 1, 1.0 / 3, "basic"},         {-1, 3, 1.0 / 3, "excitement"},    {-2, 2, 1.0 / 3, "performance"},
        {-2.5, 2, 1.0 / 3, "performance"}, {-3, 1, 0.6, "performance"},       {-1, 3, 0.6, "performance"},
        {1, 2, 1.0 / 3, "inconsistent"},   {-2, -1, 1.0 / 3, "inconsistent"},
    };
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        const double penalty = cases[i].penalty, reward = cases[i].reward, range = reward - penalty;
        const int is_told = penalty <= 0.0 && reward >= 0.0;
        custval_error error = CUSTVAL_ERROR_INIT;
        custval_penalty_options options = options_of(indicators, 1);
        custval_table *const table = answers(penalty, reward), *out = NULL;
        options.cut = cases[i].cut;
        assert_ok(custval_penalty_reward(table, &options, &out, &error), &error);
        const custval_text factor = table_cell_text(out, "factor", 0);
        assert_int_equal(factor.length, strlen(cases[i].factor));
        assert_memory_equal(factor.data, cases[i].factor, factor.length);
        assert_double_near(table_cell(out, "penalty", 0), penalty, 1e-12);
        assert_double_near(table_cell(out, "reward", 0), reward, 1e-12);
        assert_double_near(table_cell(out, "penalty_error", 0), sqrt(0.5), 1e-12);
        assert_double_near(table_cell(out, "range", 0), is_told ? range : (double)NAN, 1e-12);
        assert_double_near(table_cell(out, "asymmetry", 0), is_told ? (reward + penalty) / range : (double)NAN, 1e-12);
        custval_table_free(out);
        custval_table_free(table);
    }
}

static void what_cannot_be_told_is_refused(void **state) {
    (void)state;
    static const char *const indicators[] = {"x"};
    static const char *many[129];
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_penalty_options options = options_of(many, SUPPORT_COUNT(many));
    custval_table *const table = answers(-1, 1), *out = table;
    const custval_host small = {.struct_size = 1};
    for (size_t i = 0; i < SUPPORT_COUNT(many); i++) many[i] = "x";
    assert_status(custval_penalty_reward(table, &options, &out, &error), CUSTVAL_ERROR_LIMIT, &error);
    options = options_of(indicators, 1);
    options.cut = -0.1;
    assert_status(custval_penalty_reward(table, &options, &out, &error), CUSTVAL_ERROR_RANGE, &error);
    options = options_of(indicators, 1);
    options.reserved = 1;
    assert_refused(custval_penalty_reward(table, &options, &out, &error));
    options = options_of(indicators, 1);
    options.has_limits = 1;
    options.low = 0.0;
    options.high = 5.0;
    assert_status(custval_penalty_reward(table, &options, &out, &error), CUSTVAL_ERROR_STATE, &error);
    assert_message(&error, "indicator \"x\" has 0 low and 2 high answers among 6 whole rows");
    options.low = 1.0;
    options.high = 6.0;
    assert_status(custval_penalty_reward(table, &options, &out, &error), CUSTVAL_ERROR_STATE, &error);
    assert_message(&error, "has 2 low and 0 high answers");
    options = options_of(indicators, 1);
    options.host = &small;
    assert_status(custval_penalty_reward(table, &options, &out, &error), CUSTVAL_ERROR_STRUCT_SIZE, &error);
    assert_null(out);
    custval_table_free(table);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(factors_are_told_by_their_asymmetry),
        cmocka_unit_test(what_cannot_be_told_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
