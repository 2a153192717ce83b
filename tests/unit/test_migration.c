/* Migrations: flows by hand, who is absent, new or unknown; what is refused, and that nothing changes then. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <custval/custval.h>

#include "json_table.h"

typedef struct row {
    const char *customer, *state; /* NULL is missing */
} row;

static const char *const states[] = {"low", "high"};

static custval_text text_of(const char *text) {
    return (custval_text){text, text == NULL ? 0 : strlen(text)};
}

static custval_table *period_of(const row *rows, size_t count) {
    custval_text customers[16], names[16];
    custval_table *table = NULL;
    for (size_t i = 0; i < count; i++) {
        customers[i] = text_of(rows[i].customer);
        names[i] = text_of(rows[i].state);
    }
    assert_ok(custval_table_new(NULL, count, &table, NULL), NULL);
    assert_ok(custval_table_add_texts(table, "customer", customers, NULL), NULL);
    assert_ok(custval_table_add_texts(table, "state", names, NULL), NULL);
    return table;
}

static custval_migration *migration_new(uint32_t empty) {
    custval_migration_options options = CUSTVAL_MIGRATION_OPTIONS_INIT;
    custval_migration *migration = NULL;
    custval_error error = CUSTVAL_ERROR_INIT;
    options.states = states;
    options.states_count = 2;
    options.empty = empty;
    assert_ok(custval_migration_new(&options, &migration, &error), &error);
    return migration;
}

static custval_status add(custval_migration *migration, const row *rows, size_t count, custval_error *error) {
    custval_table *const table = period_of(rows, count);
    const custval_status status = custval_migration_add(migration, table, error);
    custval_table_free(table);
    return status;
}

#define ADD(migration, rows) assert_ok(add(migration, rows, SUPPORT_COUNT(rows), NULL), NULL)

static const row first[] = {{"stays", "low"}, {"up", "low"},      {"down", "high"},
                            {"lost", "high"}, {"becomes", "low"}, {"was", NULL}};
static const row second[] = {{"new", "high"}, {"stays", "low"},  {"up", "high"},
                             {"down", "low"}, {"becomes", NULL}, {"was", "high"}};
static const row third[] = {{"lost", "low"}, {"new", "high"}, {"stays", "low"}, {"up", "high"}, {"becomes", "low"}};

static void assert_flow(const custval_table *flows, size_t line, const double *wanted) {
    static const char *const columns[] = {"before",    "stayed",     "upgraded",    "downgraded",    "lost",
                                          "unknown",   "after",      "upgraded_in", "downgraded_in", "returned",
                                          "newcomers", "unknown_in", "net"};
    for (size_t i = 0; i < SUPPORT_COUNT(columns); i++) {
        const double found = table_cell(flows, columns[i], line);
        if (found != wanted[i]) fail_msg("row %zu, %s: %g, not %g", line, columns[i], found, wanted[i]);
    }
}

static void nobody_is_lost_from_the_books(void **state) {
    static const double wanted[4][13] = {
        {3, 1, 1, 0, 0, 1, 2, 0, 1, 0, 0, 0, -1}, /* low */
        {2, 0, 0, 1, 1, 0, 3, 1, 0, 0, 1, 1, 1},  /* high */
        {0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 1},  /* absent */
        {5, 1, 1, 1, 1, 1, 5, 1, 1, 0, 1, 1, 0},  /* all but absent */
    };
    static const double later[4][13] = {
        {2, 1, 0, 0, 1, 0, 3, 0, 0, 1, 0, 1, 1},
        {3, 2, 0, 0, 1, 0, 2, 0, 0, 0, 0, 0, -1},
        {1, 0, 1, 0, 0, 0, 2, 0, 2, 0, 0, 0, 1},
        {5, 3, 0, 0, 2, 0, 5, 0, 0, 1, 0, 1, 0},
    };
    custval_migration *const migration = migration_new(CUSTVAL_EMPTY_STAY);
    custval_table *flows = NULL;
    (void)state;
    ADD(migration, first);
    ADD(migration, second);
    ADD(migration, third);
    assert_ok(custval_migration_flows(migration, 0, &flows, NULL), NULL);
    for (size_t line = 0; line < 4; line++) assert_flow(flows, line, wanted[line]);
    custval_table_free(flows);
    assert_ok(custval_migration_flows(migration, 1, &flows, NULL), NULL);
    for (size_t line = 0; line < 4; line++) assert_flow(flows, line, later[line]);
    custval_table_free(flows);
    custval_migration_free(migration);
}

static void integers_and_texts_move_alike(void **state) {
    static const int64_t customers[] = {7, -3, 12};
    static const int32_t before[] = {0, 1, 1}, after[] = {1, 1, 0};
    static const char *const names[] = {"0", "1"};
    custval_migration_options options = CUSTVAL_MIGRATION_OPTIONS_INIT;
    custval_migration *migration = NULL;
    custval_table *matrix = NULL;
    custval_column column = CUSTVAL_COLUMN_INIT;
    (void)state;
    options.states = names;
    options.states_count = 2;
    options.id = "number";
    options.state = "band";
    assert_ok(custval_migration_new(&options, &migration, NULL), NULL);
    for (size_t i = 0; i < 2; i++) {
        custval_table *table = NULL;
        assert_ok(custval_table_new(NULL, 3, &table, NULL), NULL);
        column.type = CUSTVAL_TYPE_INT64;
        column.data = customers;
        assert_ok(custval_table_add(table, "number", &column, NULL), NULL);
        column.type = CUSTVAL_TYPE_INT32;
        column.data = i == 0 ? before : after;
        assert_ok(custval_table_add(table, "band", &column, NULL), NULL);
        assert_ok(custval_migration_add(migration, table, NULL), NULL);
        custval_table_free(table);
    }
    assert_ok(custval_migration_matrix(migration, 0, CUSTVAL_MATRIX_COUNTS, &matrix, NULL), NULL);
    assert_double_bits(table_cell(matrix, "to_1", 0), 1.0);
    assert_double_bits(table_cell(matrix, "to_1", 1), 1.0);
    assert_double_bits(table_cell(matrix, "to_0", 1), 1.0);
    assert_double_bits(table_cell(matrix, "to_absent", 1), 0.0);
    custval_table_free(matrix);
    custval_error error = CUSTVAL_ERROR_INIT;
    assert_status(add(migration, first, 1, &error), CUSTVAL_ERROR_NOT_FOUND, &error);
    custval_migration_free(migration);
}

static void a_refused_period_changes_nothing(void **state) {
    static const row twice[] = {{"someone", "low"}, {"up", "low"}, {"someone", "high"}};
    static const row nobody[] = {{"another", "low"}, {NULL, "low"}};
    static const row strange[] = {{"third", "low"}, {"fourth", "hig"}};
    custval_migration *const migration = migration_new(CUSTVAL_EMPTY_STAY), *const plain =
                                                                                migration_new(CUSTVAL_EMPTY_STAY);
    custval_table *found = NULL, *wanted = NULL;
    custval_error error = CUSTVAL_ERROR_INIT;
    (void)state;
    assert_status(add(migration, twice, 3, &error), CUSTVAL_ERROR_DUPLICATE, &error);
    assert_message(&error, "row 2: customer \"someone\" is there twice");
    assert_int_equal(error.row, 2);
    ADD(migration, first);
    assert_status(add(migration, nobody, 2, &error), CUSTVAL_ERROR_RANGE, &error);
    assert_message(&error, "row 1: column \"customer\" is missing");
    assert_status(add(migration, strange, 2, &error), CUSTVAL_ERROR_NOT_FOUND, &error);
    assert_message(&error, "row 1: column \"state\" is \"hig\", which is no state; did you mean \"high\"?");
    assert_int_equal(custval_migration_steps(migration), 0);
    ADD(migration, second);
    ADD(plain, first);
    ADD(plain, second);
    assert_ok(custval_migration_flows(migration, 0, &found, NULL), NULL);
    assert_ok(custval_migration_flows(plain, 0, &wanted, NULL), NULL);
    for (size_t line = 0; line < 4; line++) {
        for (size_t column = 1; column < custval_table_columns(wanted); column++) {
            double one, other;
            assert_ok(custval_table_number(found, column, line, &one, NULL), NULL);
            assert_ok(custval_table_number(wanted, column, line, &other, NULL), NULL);
            assert_double_bits(one, other);
        }
    }
    custval_table_free(found);
    custval_table_free(wanted);
    custval_migration_free(plain);
    custval_migration_free(migration);
}

static void an_empty_text_is_no_state(void **state) {
    static const row empty[] = {{"someone", ""}, {"other", "low"}}, later[] = {{"someone", "low"}, {"other", ""}};
    custval_migration *const migration = migration_new(CUSTVAL_EMPTY_STAY);
    custval_error error = CUSTVAL_ERROR_INIT;
    (void)state;
    assert_status(add(migration, empty, 2, &error), CUSTVAL_ERROR_NOT_FOUND, &error);
    assert_int_equal(error.row, 0);
    assert_status(add(migration, later, 2, &error), CUSTVAL_ERROR_NOT_FOUND, &error);
    assert_int_equal(error.row, 1);
    custval_migration_free(migration);
}

/* Also where so many customers are looked up that they do not come in the order of rows. */
static void the_first_row_is_named_whose_customer_was_there(void **state) {
    enum { ROWS = 30000, FIRST = 20011 };
    int64_t *const customers = malloc(ROWS * sizeof *customers);
    custval_text *const low = malloc(ROWS * sizeof *low);
    custval_migration *const migration = migration_new(CUSTVAL_EMPTY_STAY);
    custval_column column = CUSTVAL_COLUMN_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = NULL;
    (void)state;
    assert_true(customers != NULL && low != NULL);
    for (int64_t i = 0; i < ROWS; i++) customers[i] = (i < FIRST ? i : i - FIRST) * (INT64_C(1) << 40);
    for (size_t i = 0; i < ROWS; i++) low[i] = text_of("low");
    column.type = CUSTVAL_TYPE_INT64;
    column.data = customers;
    assert_ok(custval_table_new(NULL, ROWS, &table, NULL), NULL);
    assert_ok(custval_table_add(table, "customer", &column, NULL), NULL);
    assert_ok(custval_table_add_texts(table, "state", low, NULL), NULL);
    assert_status(custval_migration_add(migration, table, &error), CUSTVAL_ERROR_DUPLICATE, &error);
    assert_message(&error, "row 20011: customer \"0\" is there twice");
    assert_int_equal(error.row, FIRST);
    custval_table_free(table);
    custval_migration_free(migration);
    free(low);
    free(customers);
}

/* Numbers that were refused leave no trace: texts may come instead, also after a period without rows. */
static void a_refused_first_period_decides_nothing(void **state) {
    static const int64_t numbers[] = {3, 4, 3};
    static const custval_text low[] = {{"low", 3}, {"low", 3}, {"low", 3}};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_column column = CUSTVAL_COLUMN_INIT;
    custval_table *twice = NULL;
    (void)state;
    column.type = CUSTVAL_TYPE_INT64;
    column.data = numbers;
    assert_ok(custval_table_new(NULL, 3, &twice, NULL), NULL);
    assert_ok(custval_table_add(twice, "customer", &column, NULL), NULL);
    assert_ok(custval_table_add_texts(twice, "state", low, NULL), NULL);
    for (size_t empty = 0; empty < 2; empty++) {
        custval_migration *const migration = migration_new(CUSTVAL_EMPTY_STAY);
        if (empty) assert_ok(add(migration, first, 0, NULL), NULL);
        assert_status(custval_migration_add(migration, twice, &error), CUSTVAL_ERROR_DUPLICATE, &error);
        assert_message(&error, "row 2: customer \"3\" is there twice");
        ADD(migration, first);
        assert_status(custval_migration_add(migration, twice, &error), CUSTVAL_ERROR_TYPE, &error);
        assert_message(&error, "column \"customer\" has numbers, but in the periods before customers were texts");
        ADD(migration, second);
        assert_int_equal(custval_migration_steps(migration), 1 + empty);
        custval_migration_free(migration);
    }
    custval_table_free(twice);
}

/* A period in which everybody is absent has no customers of either kind. */
static void an_empty_period_may_have_columns_of_any_type(void **state) {
    custval_column column = CUSTVAL_COLUMN_INIT;
    custval_table *nobody = NULL, *flows = NULL;
    custval_migration *const migration = migration_new(CUSTVAL_EMPTY_STAY);
    (void)state;
    column.type = CUSTVAL_TYPE_FLOAT64;
    assert_ok(custval_table_new(NULL, 0, &nobody, NULL), NULL);
    assert_ok(custval_table_add(nobody, "customer", &column, NULL), NULL);
    assert_ok(custval_table_add(nobody, "state", &column, NULL), NULL);
    ADD(migration, first);
    assert_ok(custval_migration_add(migration, nobody, NULL), NULL);
    ADD(migration, second);
    assert_ok(custval_migration_flows(migration, 0, &flows, NULL), NULL);
    for (size_t line = 0; line < 2; line++) {
        assert_double_bits(table_cell(flows, "lost", line), table_cell(flows, "before", line));
    }
    custval_table_free(flows);
    custval_table_free(nobody);
    custval_migration_free(migration);
}

/* Nobody, then ids side by side, then ids far apart: each has its own way of finding customers. */
static void ids_that_spread_after_an_empty_period_leave_nothing(void **state) {
    static const int64_t customers[][3] = {{0}, {1, 2, 3}, {1, 2, (int64_t)1 << 40}};
    static const size_t counts[] = {0, 3, 3};
    static const int32_t bands[] = {0, 1, 1};
    static const char *const names[] = {"0", "1"};
    custval_migration_options options = CUSTVAL_MIGRATION_OPTIONS_INIT;
    custval_migration *migration = NULL;
    custval_column column = CUSTVAL_COLUMN_INIT;
    counting_host counter;
    (void)state;
    counting_host_init(&counter);
    options.host = &counter.host;
    options.states = names;
    options.states_count = 2;
    assert_ok(custval_migration_new(&options, &migration, NULL), NULL);
    for (size_t i = 0; i < SUPPORT_COUNT(counts); i++) {
        custval_table *table = NULL;
        assert_ok(custval_table_new(NULL, counts[i], &table, NULL), NULL);
        column.type = CUSTVAL_TYPE_INT64;
        column.data = customers[i];
        assert_ok(custval_table_add(table, "customer", &column, NULL), NULL);
        column.type = CUSTVAL_TYPE_INT32;
        column.data = bands;
        assert_ok(custval_table_add(table, "state", &column, NULL), NULL);
        assert_ok(custval_migration_add(migration, table, NULL), NULL);
        custval_table_free(table);
    }
    custval_migration_free(migration);
    counting_host_end(&counter);
}

/* Nobody was absent before the only step, but one has become it. */
static void a_state_without_customers_asks_for_a_policy(void **state) {
    static const row before[] = {{"a", "low"}, {"b", "high"}}, after[] = {{"b", "high"}};
    static const uint32_t policies[] = {0, CUSTVAL_EMPTY_REFUSE, CUSTVAL_EMPTY_STAY, CUSTVAL_EMPTY_POOLED};
    (void)state;
    for (size_t i = 0; i < SUPPORT_COUNT(policies); i++) {
        custval_migration *const migration = migration_new(policies[i]);
        custval_table *matrix = NULL;
        custval_error error = CUSTVAL_ERROR_INIT;
        ADD(migration, before);
        ADD(migration, after);
        const custval_status status =
            custval_migration_matrix(migration, CUSTVAL_ALL_STEPS, CUSTVAL_MATRIX_PROBABILITIES, &matrix, &error);
        if (i < 2) {
            assert_int_equal(status, CUSTVAL_ERROR_STATE);
            assert_message(&error, "no customer was in state \"absent\" before a step");
        } else {
            assert_ok(status, &error);
            assert_double_bits(table_cell(matrix, "to_absent", 2), i == 2 ? 1.0 : 0.5);
            assert_double_bits(table_cell(matrix, "to_high", 2), i == 2 ? 0.0 : 0.5);
        }
        custval_table_free(matrix);
        custval_migration_free(migration);
    }
}

/* Nobody ever becomes absent: no policy is needed, and it is no part of the end. */
static void a_state_where_nobody_ever_was_has_no_part(void **state) {
    static const row before[] = {{"a", "low"}, {"b", "high"}}, after[] = {{"a", "high"}, {"b", "low"}};
    static const double newcomers[] = {0, 0, 1};
    custval_migration *const migration = migration_new(0);
    custval_steady_facts facts = CUSTVAL_STEADY_FACTS_INIT;
    custval_table *steady = NULL, *forecast = NULL;
    custval_error error = CUSTVAL_ERROR_INIT;
    (void)state;
    ADD(migration, before);
    ADD(migration, after);
    assert_ok(custval_migration_steady(migration, &facts, &steady, &error), &error);
    assert_int_equal(facts.closed, 1);
    assert_int_equal(facts.period, 2);
    assert_true(isnan(table_cell(steady, "class", 2)));
    assert_double_bits(table_cell(steady, "absorbing", 2), 0.0);
    custval_table_free(steady);
    assert_status(custval_migration_forecast(migration, 1, newcomers, &forecast, &error), CUSTVAL_ERROR_STATE, &error);
    assert_ok(custval_migration_forecast(migration, 1, NULL, &forecast, &error), &error);
    custval_table_free(forecast);
    custval_migration_free(migration);
}

/* low <-> high, 1 and 0 a step: V_low = 1 + V_high / 2, V_high = V_low / 2 at a rate of 1, so 4/3 and 2/3. */
static void values_are_those_of_the_chain(void **state) {
    static const row before[] = {{"a", "low"}, {"b", "high"}}, after[] = {{"a", "high"}, {"b", "low"}};
    static const double rewards[] = {1, 0, 0};
    custval_markov_options options = CUSTVAL_MARKOV_OPTIONS_INIT;
    custval_migration *const migration = migration_new(0);
    custval_error error = CUSTVAL_ERROR_INIT;
    double values[3];
    (void)state;
    ADD(migration, before);
    ADD(migration, after);
    options.rate = 1.0;
    assert_ok(custval_migration_value(migration, rewards, &options, values, &error), &error);
    assert_double_near(values[0], 4.0 / 3.0, 1e-15);
    assert_double_near(values[1], 2.0 / 3.0, 1e-15);
    assert_double_bits(values[2], 0.0);
    options.counts = 1;
    assert_status(custval_migration_value(migration, rewards, &options, values, &error), CUSTVAL_ERROR_ARGUMENT,
                  &error);
    custval_migration_free(migration);
}

/* 2 x 2: 30 of 40 stay against 10 of 40: chi-square 40 * ... = 20 on 1 degree by hand. */
static void two_migrations_are_compared(void **state) {
    custval_migration *migrations[2];
    custval_migration_fit fit = CUSTVAL_MIGRATION_FIT_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    static const size_t stay[] = {30, 10};
    (void)state;
    for (size_t m = 0; m < 2; m++) {
        int64_t customers[40];
        custval_text now[40];
        custval_column column = CUSTVAL_COLUMN_INIT;
        migrations[m] = migration_new(0);
        for (size_t period = 0; period < 2; period++) {
            custval_table *table = NULL;
            for (size_t i = 0; i < 40; i++) {
                customers[i] = (int64_t)i;
                now[i] = text_of(period == 0 || i < stay[m] ? "low" : "high");
            }
            assert_ok(custval_table_new(NULL, 40, &table, NULL), NULL);
            column.type = CUSTVAL_TYPE_INT64;
            column.data = customers;
            assert_ok(custval_table_add(table, "customer", &column, NULL), NULL);
            assert_ok(custval_table_add_texts(table, "state", now, NULL), NULL);
            assert_ok(custval_migration_add(migrations[m], table, NULL), NULL);
            custval_table_free(table);
        }
    }
    assert_ok(custval_migration_test(migrations[0], migrations[1], &fit, &error), &error);
    assert_double_near(fit.statistic, 20.0, 1e-13); /* four cells, each (30 - 20)^2 / 20 */
    assert_double_bits(fit.freedom, 1.0);
    assert_double_bits(fit.least, 20.0);
    assert_double_near(fit.p, 7.744216431044084e-06, 1e-18); /* erfc(sqrt(10)) */
    assert_status(custval_migration_test(migrations[0], NULL, &fit, &error), CUSTVAL_ERROR_STATE, &error);
    custval_migration_free(migrations[0]);
    custval_migration_free(migrations[1]);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(nobody_is_lost_from_the_books),
        cmocka_unit_test(integers_and_texts_move_alike),
        cmocka_unit_test(a_refused_period_changes_nothing),
        cmocka_unit_test(an_empty_text_is_no_state),
        cmocka_unit_test(the_first_row_is_named_whose_customer_was_there),
        cmocka_unit_test(a_refused_first_period_decides_nothing),
        cmocka_unit_test(an_empty_period_may_have_columns_of_any_type),
        cmocka_unit_test(ids_that_spread_after_an_empty_period_leave_nothing),
        cmocka_unit_test(a_state_without_customers_asks_for_a_policy),
        cmocka_unit_test(a_state_where_nobody_ever_was_has_no_part),
        cmocka_unit_test(values_are_those_of_the_chain),
        cmocka_unit_test(two_migrations_are_compared),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
