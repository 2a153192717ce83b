/* From the purchases of CDNOW to groups, to who moves between them half-year by half-year, and to cohorts. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include <custval/custval.h>

#include "csv_table.h"
#include "histories.h"

enum { HALVES = 3, ROWS = 10000 };

static json_t *known;

/* Customers who bought from one day to another, as a history has them. */
static custval_table *customers_between(const custval_table *transactions, const char *start, const char *end) {
    static char names[ROWS][8], dates[ROWS][16];
    static purchase rows[ROWS];
    size_t count = 0;
    for (size_t row = 0; row < custval_table_rows(transactions); row++) {
        const custval_text date = table_cell_text(transactions, "date", row);
        if (memcmp(date.data, start, 10) < 0 || memcmp(date.data, end, 10) > 0) continue;
        assert_true(count < ROWS);
        snprintf(names[count], sizeof names[count], "%d", (int)table_cell(transactions, "customer", row));
        snprintf(dates[count], sizeof dates[count], "%.10s", date.data);
        rows[count] = (purchase){names[count], dates[count], table_cell(transactions, "amount", row)};
        count++;
    }
    custval_history *const history = empty_history(NULL, NULL);
    feed_history(history, rows, count);
    custval_table *const customers = history_table(history, end, NULL);
    custval_history_free(history);
    return customers;
}

static custval_groups *shipped_groups(void) {
    size_t length;
    char *const text = support_read_file("examples/groups/spend.json", &length);
    custval_groups *groups = NULL;
    assert_ok(custval_groups_parse(NULL, text, length, &groups, NULL), NULL);
    free(text);
    return groups;
}

static void assert_cuts(const custval_groups *groups) {
    char text[2000];
    size_t length;
    assert_ok(custval_groups_write(groups, text, sizeof text, &length, NULL), NULL);
    assert_true(length < sizeof text);
    json_t *const document = json_loads(text, 0, NULL);
    const json_t *const cuts = json_object_get(json_array_get(json_object_get(document, "measures"), 0), "cuts");
    const json_t *const wanted = json_object_get(known, "cuts");
    assert_int_equal(json_array_size(cuts), json_array_size(wanted));
    for (size_t i = 0; i < json_array_size(wanted); i++) {
        const double cut = json_number_value(json_array_get(wanted, i));
        assert_double_near(json_number_value(json_array_get(cuts, i)), cut, 1e-13 * cut);
    }
    json_decref(document);
}

static void assert_described(const custval_groups *groups, const custval_table *customers, const json_t *wanted) {
    custval_table *described = NULL;
    assert_ok(custval_groups_describe(groups, customers, NULL, &described, NULL), NULL);
    assert_int_equal(custval_table_rows(described), json_array_size(wanted));
    for (size_t row = 0; row < json_array_size(wanted); row++) {
        const char *column;
        const json_t *cell;
        json_object_foreach(json_array_get(wanted, row), column, cell) {
            const double number = json_number_value(cell);
            assert_double_near(table_cell(described, column, row), number, 1e-13 * number);
        }
    }
    custval_table_free(described);
}

/* The customers of a half-year with the state each is in. */
static void add_period(custval_migration *migration, const custval_groups *groups, const custval_table *customers) {
    custval_table *assigned = NULL, *states = NULL;
    custval_error error = CUSTVAL_ERROR_INIT;
    const size_t rows = custval_table_rows(customers);
    custval_text *const texts = calloc(2 * rows, sizeof *texts);
    assert_ok(custval_groups_assign(groups, customers, NULL, &assigned, NULL), NULL);
    assert_ok(custval_table_new(NULL, rows, &states, NULL), NULL);
    for (size_t row = 0; row < rows; row++) {
        texts[row] = table_cell_text(customers, "customer", row);
        texts[rows + row] = table_cell_text(assigned, "group", row);
    }
    assert_ok(custval_table_add_texts(states, "customer", texts, NULL), NULL);
    assert_ok(custval_table_add_texts(states, "state", texts + rows, NULL), NULL);
    assert_ok(custval_migration_add(migration, states, &error), &error);
    free(texts);
    custval_table_free(states);
    custval_table_free(assigned);
}

static void assert_matrix(const custval_migration *migration, uint32_t step, uint32_t what, const json_t *wanted) {
    custval_table *matrix = NULL;
    assert_ok(custval_migration_matrix(migration, step, what, &matrix, NULL), NULL);
    for (size_t i = 0; i < json_array_size(wanted); i++) {
        for (size_t k = 0; k < json_array_size(wanted); k++) {
            double cell;
            assert_ok(custval_table_number(matrix, k + 1, i, &cell, NULL), NULL);
            assert_double_near(cell, json_number_value(json_array_get(json_array_get(wanted, i), k)), 1e-15);
        }
    }
    custval_table_free(matrix);
}

static void assert_step(const custval_migration *migration, uint32_t step) {
    const json_t *const wanted = json_array_get(json_object_get(known, "steps"), step);
    static const char *const columns[] = {"newcomers", "after"};
    custval_table *flows = NULL;
    assert_matrix(migration, step, CUSTVAL_MATRIX_COUNTS, json_object_get(wanted, "moved"));
    assert_ok(custval_migration_flows(migration, step, &flows, NULL), NULL);
    for (size_t i = 0; i < SUPPORT_COUNT(columns); i++) {
        const json_t *const numbers = json_object_get(wanted, columns[i]);
        for (size_t state = 0; state < json_array_size(numbers); state++) {
            assert_double_bits(table_cell(flows, columns[i], state), json_number_value(json_array_get(numbers, state)));
        }
    }
    custval_table_free(flows);
}

static void buyers_move_between_the_groups_of_the_first_half_year(void **state) {
    static const char *const states[] = {"light", "medium", "heavy"};
    custval_migration_options options = CUSTVAL_MIGRATION_OPTIONS_INIT;
    custval_migration *migration = NULL;
    custval_groups *fixed = NULL;
    (void)state;
    known = support_vectors("cdnow_moves.json");
    custval_table *const transactions = csv_table("examples/cdnow/transactions.csv");
    custval_groups *const groups = shipped_groups();
    options.states = states;
    options.states_count = SUPPORT_COUNT(states);
    assert_ok(custval_migration_new(&options, &migration, NULL), NULL);
    for (size_t half = 0; half < HALVES; half++) {
        const json_t *const days = json_array_get(json_object_get(known, "halves"), half);
        custval_table *const customers = customers_between(transactions, json_string_value(json_array_get(days, 0)),
                                                           json_string_value(json_array_get(days, 1)));
        if (half == 0) assert_ok(custval_groups_fix(groups, customers, NULL, &fixed, NULL), NULL);
        assert_described(fixed, customers, json_array_get(json_object_get(known, "described"), half));
        add_period(migration, fixed, customers);
        custval_table_free(customers);
    }
    assert_cuts(fixed);
    for (uint32_t step = 0; step + 1 < HALVES; step++) assert_step(migration, step);
    assert_matrix(migration, CUSTVAL_ALL_STEPS, CUSTVAL_MATRIX_PROBABILITIES, json_object_get(known, "probabilities"));
    custval_migration_free(migration);
    custval_groups_free(fixed);
    custval_groups_free(groups);
    custval_table_free(transactions);
    json_decref(known);
}

/* Cohorts of so many months. */
static void assert_cohorts(const custval_history *history, uint32_t length, const json_t *wanted) {
    custval_cohort_options options = CUSTVAL_COHORT_OPTIONS_INIT;
    custval_table *cohorts = NULL;
    options.length = length;
    options.end = "1998-06-30";
    assert_ok(custval_cohorts(history, &options, &cohorts, NULL), NULL);
    assert_int_equal(custval_table_rows(cohorts), json_array_size(wanted));
    for (size_t row = 0; row < json_array_size(wanted); row++) {
        const char *column;
        const json_t *cell;
        json_object_foreach(json_array_get(wanted, row), column, cell) {
            const double found = table_cell(cohorts, column, row);
            if (json_is_null(cell)) {
                assert_true(isnan(found) != 0);
            } else {
                assert_double_near(found, json_number_value(cell), 1e-15);
            }
        }
    }
    custval_table_free(cohorts);
}

static void buyers_who_came_together_come_back(void **state) {
    custval_history_options options = CUSTVAL_HISTORY_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    const char *length;
    const json_t *rows;
    (void)state;
    known = support_vectors("cdnow_moves.json");
    custval_table *const transactions = csv_table("examples/cdnow/transactions.csv");
    options.period = CUSTVAL_PERIOD_MONTH;
    custval_history *const history = empty_history(NULL, &options);
    assert_ok(custval_history_add(history, transactions, &error), &error);
    json_object_foreach(json_object_get(known, "cohorts"), length, rows) {
        assert_cohorts(history, (uint32_t)strtoul(length, NULL, 10), rows);
    }
    custval_history_free(history);
    custval_table_free(transactions);
    json_decref(known);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(buyers_move_between_the_groups_of_the_first_half_year),
        cmocka_unit_test(buyers_who_came_together_come_back),
    };
    return cmocka_run_group_tests_name("CDNOW, groups and migration", tests, NULL, NULL);
}
