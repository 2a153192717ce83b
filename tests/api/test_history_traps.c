/* Traps that other libraries of lifetime models fall into, by their numbers in our list: S10, S12 to S15, S26, S28. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "api.h"
#include "histories.h"

static custval_table *summary_of_rows(const custval_history_options *options, const purchase *rows, size_t count,
                                      const char *end) {
    custval_history *history = empty_history(NULL, options);
    feed_history(history, rows, count);
    custval_table *table = history_table(history, end, NULL);
    custval_history_free(history);
    return table;
}

/* S10: a return is no purchase and no negative mean; who only returned is no customer. */
static void s10_returns(void **state) {
    (void)state;
    static const purchase rows[] = {{"ann", "2025-01-01", 10.0},  {"ann", "2025-01-05", 40.0},
                                    {"ann", "2025-01-07", -40.0}, {"bob", "2025-01-02", -99.0},
                                    {"cy", "2025-01-03", 5.0},    {"cy", "2025-01-04", -1.0}};
    custval_history_options options = CUSTVAL_HISTORY_OPTIONS_INIT;
    custval_history *history = empty_history(NULL, NULL);
    custval_table *transactions = purchases_table(rows, SUPPORT_COUNT(rows));
    custval_error error = CUSTVAL_ERROR_INIT;
    assert_status(custval_history_add(history, transactions, &error), CUSTVAL_ERROR_RANGE, &error); /* to be declared */
    custval_table_free(transactions);
    custval_history_free(history);
    options.refunds = CUSTVAL_REFUNDS_NET;
    custval_table *table = summary_of_rows(&options, rows, SUPPORT_COUNT(rows), "2025-01-31");
    assert_int_equal(custval_table_rows(table), 2);
    assert_double_near(table_cell(table, "x", 0), 1.0, 0.0);
    assert_double_near(table_cell(table, "t_x", 0), 4.0, 0.0);
    assert_double_near(table_cell(table, "mean_spend", 0), 0.0, 0.0);
    assert_double_near(table_cell(table, "total_spend", 0), 10.0, 0.0);
    assert_double_near(table_cell(table, "x", 1), 0.0, 0.0);
    assert_double_near(table_cell(table, "first_spend", 1), 4.0, 0.0);
    custval_table_free(table);
}

/* S12: both recencies are there, under names of their own. */
static void s12_recency(void **state) {
    (void)state;
    static const purchase rows[] = {{"ann", "2025-01-01", 1.0}, {"ann", "2025-01-11", 1.0}};
    custval_table *table = summary_of_rows(NULL, rows, 2, "2025-01-31");
    assert_double_near(table_cell(table, "t_x", 0), 10.0, 0.0);
    assert_double_near(table_cell(table, "since_last", 0), 20.0, 0.0);
    assert_double_near(table_cell(table, "T", 0), 30.0, 0.0);
    custval_table_free(table);
}

/* S13: without an end it is the latest period seen; with one, every age ends there. */
static void s13_end_of_observation(void **state) {
    (void)state;
    static const purchase rows[] = {{"ann", "2025-12-01", 1.0}, {"bob", "2025-12-30", 1.0}};
    custval_table *by_default = summary_of_rows(NULL, rows, 2, NULL),
                  *said = summary_of_rows(NULL, rows, 2, "2025-12-31");
    assert_double_near(table_cell(by_default, "T", 0), 29.0, 0.0);
    assert_double_near(table_cell(said, "T", 0), 30.0, 0.0);
    assert_double_near(table_cell(said, "T", 1), 1.0, 0.0);
    custval_table_free(by_default);
    custval_table_free(said);
}

/* S14: purchases of one day are one; the first one is no repeat, and no part of the mean. */
static void s14_frequency(void **state) {
    (void)state;
    static const purchase rows[] = {{"ann", "2025-01-01", 100.0},
                                    {"ann", "2025-01-01", 50.0},
                                    {"ann", "2025-01-02", 7.0},
                                    {"ann", "2025-01-02", 3.0},
                                    {"ann", "2025-01-09", 20.0}};
    custval_table *table = summary_of_rows(NULL, rows, 5, "2025-01-31");
    assert_double_near(table_cell(table, "x", 0), 2.0, 0.0);
    assert_double_near(table_cell(table, "transactions", 0), 5.0, 0.0);
    assert_double_near(table_cell(table, "mean_spend", 0), 15.0, 0.0);
    assert_double_near(table_cell(table, "first_spend", 0), 150.0, 0.0);
    custval_table_free(table);
}

/* S15: months are calendar months throughout, or days in units of 30.4375 throughout. */
static void s15_months(void **state) {
    (void)state;
    static const purchase rows[] = {{"ann", "2025-01-31", 1.0}, {"ann", "2025-02-01", 1.0}, {"ann", "2025-12-31", 1.0}};
    custval_history_options options = CUSTVAL_HISTORY_OPTIONS_INIT;
    options.period = CUSTVAL_PERIOD_MONTH;
    custval_table *months = summary_of_rows(&options, rows, 3, "2026-01");
    assert_double_near(table_cell(months, "x", 0), 2.0, 0.0);
    assert_double_near(table_cell(months, "t_x", 0), 11.0, 0.0);
    assert_double_near(table_cell(months, "T", 0), 12.0, 0.0);
    options.period = CUSTVAL_PERIOD_DAY;
    options.periods_per_unit = 30.4375;
    custval_table *days = summary_of_rows(&options, rows, 3, "2026-01");
    assert_double_near(table_cell(days, "t_x", 0), 334.0 / 30.4375, 0.0);
    assert_double_near(table_cell(days, "T", 0), 365.0 / 30.4375, 0.0);
    custval_table_free(months);
    custval_table_free(days);
}

/* S26: by quantiles ties stay together and money with cents is cut where it lies; the package's plus 1 has to be asked
   for, and moves everybody who spends less than 1 to the lowest group. */
static void s26_quantiles(void **state) {
    (void)state;
    static const double cents[] = {0.10, 0.20, 0.30, 0.40, 0.50, 0.60, 0.70, 0.80, 0.90, 0.95},
                        ties[] = {1, 1, 1, 1, 1, 1, 2, 2, 2, 9};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_rfm_options options = CUSTVAL_RFM_OPTIONS_INIT;
    custval_table *table = NULL, *out = NULL;
    assert_ok(custval_table_new(NULL, 10, &table, NULL), NULL);
    assert_ok(custval_table_add_doubles(table, "since_last", cents, NULL), NULL);
    assert_ok(custval_table_add_doubles(table, "x", ties, NULL), NULL);
    assert_ok(custval_table_add_doubles(table, "total_spend", cents, NULL), NULL);
    assert_ok(custval_rfm(table, &options, &out, NULL, &error), &error);
    for (size_t i = 0; i < 10; i++) {
        assert_double_near(table_cell(out, "monetary_score", i), (double)(1 + i / 2), 0.0);
        assert_double_near(table_cell(out, "recency_score", i), (double)(5 - i / 2), 0.0);
        if (i > 0 && ties[i] == ties[i - 1]) {
            assert_double_near(table_cell(out, "frequency_score", i), table_cell(out, "frequency_score", i - 1), 0.0);
        }
    }
    custval_table_free(out);
    options.rule = CUSTVAL_RFM_PLUS_ONE;
    assert_ok(custval_rfm(table, &options, &out, NULL, &error), &error);
    for (size_t i = 0; i < 10; i++) assert_double_near(table_cell(out, "monetary_score", i), 1.0, 0.0);
    custval_table_free(out);
    custval_table_free(table);
}

/* S28: the customer's key stays with the row, whatever gaps there are between keys. */
static void s28_keys(void **state) {
    (void)state;
    static const purchase rows[] = {{"30", "2025-01-03", 3.0}, {"7", "2025-01-01", 1.0}, {"1001", "2025-01-02", 2.0}};
    static const char *const keys[] = {"1001", "30", "7"};
    static const double spend[] = {2.0, 3.0, 1.0};
    custval_table *table = summary_of_rows(NULL, rows, 3, NULL);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(table_row(table, "customer", keys[i]), i);
        assert_double_near(table_cell(table, "first_spend", i), spend[i], 0.0);
    }
    custval_table_free(table);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(s10_returns),   cmocka_unit_test(s12_recency), cmocka_unit_test(s13_end_of_observation),
        cmocka_unit_test(s14_frequency), cmocka_unit_test(s15_months),  cmocka_unit_test(s26_quantiles),
        cmocka_unit_test(s28_keys),
    };
    return cmocka_run_group_tests_name("traps of histories", tests, NULL, NULL);
}
