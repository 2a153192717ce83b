/* The next need by hand: by declared use and by intervals, who is never due, and days beyond any date. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "api.h"

#include <math.h>

#include "json_table.h"

static const char *const counts[] = {"adults", "children"}, *const rates[] = {"per_adult", "per_child"};

static custval_need_options by_use(void) {
    custval_need_options options = CUSTVAL_NEED_OPTIONS_INIT;
    options.stock = "stock";
    options.counts = counts;
    options.rates = rates;
    options.kinds = SUPPORT_COUNT(counts);
    return options;
}

static custval_need_options by_interval(void) {
    custval_need_options options = CUSTVAL_NEED_OPTIONS_INIT;
    options.since = "since";
    options.interval = "every";
    return options;
}

static custval_table *households(const char *rows) {
    return json_text_table("[\"stock\", \"adults\", \"per_adult\", \"children\", \"per_child\", \"since\", \"every\"]",
                           rows);
}

typedef struct expected {
    double row, days, usage, remaining, quantity, status;
} expected;

static void assert_due(const custval_table *table, const custval_need_options *options, const expected *rows,
                       size_t count) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *due = NULL;
    assert_ok(custval_next_need(table, options, &due, &error), &error);
    assert_int_equal(custval_table_rows(due), count);
    for (size_t i = 0; i < count; i++) {
        assert_double_near(table_cell(due, "row", i), rows[i].row, 0.0);
        assert_double_near(table_cell(due, "days", i), rows[i].days, 1e-12);
        assert_double_near(table_cell(due, "usage", i), rows[i].usage, 1e-12);
        assert_double_near(table_cell(due, "remaining", i), rows[i].remaining, 1e-12);
        assert_double_near(table_cell(due, "quantity", i), rows[i].quantity, 1e-12);
        assert_double_near(table_cell(due, "status", i), rows[i].status, 0.0);
    }
    custval_table_free(due);
}

#define NONE ((double)NAN)
#define NO_DATE(row, status) \
  { row, NONE, NONE, NONE, NONE, status }

/* Rows: 2 x 1 + 1 x 0.5 of 25 lasts 10 days; half of it is 5 days; nobody eats; something is missing, below 0;
   equal days stand in the order of rows. */
static void use_empties_the_stock(void **state) {
    (void)state;
    custval_table *const table =
        households("[[25, 2, 1, 1, 0.5, 1, 1], [12.5, 2, 1, 1, 0.5, 1, 1], [9, 0, 1, 0, 1, 1, 1],"
                   " [9, null, 1, 0, 1, 1, 1], [9, 1, -1, 0, 1, 1, 1],"
                   " [25, 0, 1, 1, 2.5, 1, 1], [-1, 1, 1, 1, 1, 1, 1]]");
    static const expected rows[] = {{1, 5, 2.5, 12.5, NONE, CUSTVAL_NEED_ROW_OK},
                                    {0, 10, 2.5, 25, NONE, CUSTVAL_NEED_ROW_OK},
                                    {5, 10, 2.5, 25, NONE, CUSTVAL_NEED_ROW_OK},
                                    NO_DATE(2, CUSTVAL_NEED_ROW_NEVER),
                                    NO_DATE(3, CUSTVAL_NEED_ROW_MISSING),
                                    NO_DATE(4, CUSTVAL_NEED_ROW_RANGE),
                                    NO_DATE(6, CUSTVAL_NEED_ROW_RANGE)};
    custval_need_options options = by_use();
    assert_due(table, &options, rows, SUPPORT_COUNT(rows));
    options.within = 5.0;
    assert_due(table, &options, rows, 1);
    custval_table_free(table);
}

/* Every 10 days, 4 ago, 1 day to deliver: due in 5, when a stock of 20 has gone from 20 by 2 a day to 2. Overdue since 3,
   of which nothing remains. A jar that has room for less than what is left takes nothing. */
static void intervals_tell_when_and_how_much(void **state) {
    (void)state;
    custval_table *const table =
        households("[[20, 6, 0, 0, 0, 4, 10], [20, 30, 0, 0, 0, 12, 10], [20, 1, 0, 0, 0, 4, 10],"
                   " [20, 30, 0, 0, 0, 4, 0], [20, 30, 0, 0, 0, null, 10]]");
    static const expected plain[] = {{1, -3, NONE, NONE, NONE, CUSTVAL_NEED_ROW_OK},
                                     {0, 5, NONE, NONE, NONE, CUSTVAL_NEED_ROW_OK},
                                     {2, 5, NONE, NONE, NONE, CUSTVAL_NEED_ROW_OK},
                                     NO_DATE(3, CUSTVAL_NEED_ROW_NEVER),
                                     NO_DATE(4, CUSTVAL_NEED_ROW_MISSING)};
    static const expected stocked[] = {{1, -3, 2, 0, 30, CUSTVAL_NEED_ROW_OK},
                                       {0, 5, 2, 12, 4, CUSTVAL_NEED_ROW_OK},
                                       {2, 5, 2, 12, 0, CUSTVAL_NEED_ROW_OK},
                                       NO_DATE(3, CUSTVAL_NEED_ROW_NEVER),
                                       NO_DATE(4, CUSTVAL_NEED_ROW_MISSING)};
    custval_need_options options = by_interval();
    options.lead = 1.0;
    assert_due(table, &options, plain, SUPPORT_COUNT(plain));
    options.stock = "stock";
    options.capacity = "adults"; /* a column of numbers like any other */
    assert_due(table, &options, stocked, SUPPORT_COUNT(stocked));
    custval_table_free(table);
}

/* 9999-12-31 is the last date, 0001-01-01 the first; without a date of today only their distance counts. */
static void no_day_lies_beyond_the_calendar(void **state) {
    (void)state;
    static const struct {
        const char *rows, *as_of;
        uint32_t status;
    } cases[] = {
        {"[[1, 0, 0, 0, 0, 0, 1]]", "9999-12-30", CUSTVAL_NEED_ROW_OK},
        {"[[1, 0, 0, 0, 0, 0, 2]]", "9999-12-30", CUSTVAL_NEED_ROW_RANGE},
        {"[[1, 0, 0, 0, 0, 2, 1]]", "0001-01-02", CUSTVAL_NEED_ROW_OK},
        {"[[1, 0, 0, 0, 0, 3, 1]]", "0001-01-02", CUSTVAL_NEED_ROW_RANGE},
        {"[[1, 0, 0, 0, 0, 0, 3652058]]", NULL, CUSTVAL_NEED_ROW_OK},
        {"[[1, 0, 0, 0, 0, 0, 3652059]]", NULL, CUSTVAL_NEED_ROW_RANGE},
    };
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        custval_error error = CUSTVAL_ERROR_INIT;
        custval_need_options options = by_interval();
        custval_table *const table = households(cases[i].rows), *due = NULL;
        options.as_of = cases[i].as_of;
        assert_ok(custval_next_need(table, &options, &due, &error), &error);
        assert_double_near(table_cell(due, "status", 0), cases[i].status, 0.0);
        custval_table_free(due);
        custval_table_free(table);
    }
}

static void each_kind_needs_its_columns(void **state) {
    (void)state;
    static const char *const one[] = {"adults", NULL}, *const other[] = {"adults", "aunts"};
    custval_table *const table = households("[[1, 1, 1, 1, 1, 1, 1]]"), *due = table;
    custval_error error = CUSTVAL_ERROR_INIT;
    const custval_host small = {.struct_size = 1};
    for (int of_counts = 0; of_counts < 2; of_counts++) {
        custval_need_options options = by_use();
        *(of_counts ? &options.counts : &options.rates) = one;
        assert_refused(custval_next_need(table, &options, &due, &error));
        *(of_counts ? &options.counts : &options.rates) = other;
        assert_status(custval_next_need(table, &options, &due, &error), CUSTVAL_ERROR_NOT_FOUND, &error);
        assert_message(&error, "aunts");
        *(of_counts ? &options.counts : &options.rates) = NULL;
        assert_refused(custval_next_need(table, &options, &due, &error));
    }
    custval_need_options options = by_interval();
    options.capacity = "stock"; /* without a stock */
    assert_refused(custval_next_need(table, &options, &due, &error));
    options = by_interval();
    options.lead = (double)INFINITY;
    assert_status(custval_next_need(table, &options, &due, &error), CUSTVAL_ERROR_RANGE, &error);
    options = by_interval();
    options.host = &small;
    assert_status(custval_next_need(table, &options, &due, &error), CUSTVAL_ERROR_STRUCT_SIZE, &error);
    assert_null(due);
    custval_table_free(table);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(use_empties_the_stock),
        cmocka_unit_test(intervals_tell_when_and_how_much),
        cmocka_unit_test(no_day_lies_beyond_the_calendar),
        cmocka_unit_test(each_kind_needs_its_columns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
