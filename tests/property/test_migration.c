/* Random migrations: flows sum to the customers, forecasts keep them, no order of rows or keys matters. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <custval/custval.h>

#include "json_table.h"

#define CUSTOMERS 24000 /* so many keys that they are looked up in parts, and more of them while they are */
#define PERIODS 5
#define STATES 4

static const char *const names[STATES] = {"a", "b", "c", "d"};

/* State of each customer in each period: STATES is unknown, -1 absent. */
static int where[PERIODS][CUSTOMERS];

static void draw(support_random *random) {
    for (size_t p = 0; p < PERIODS; p++) {
        for (size_t i = 0; i < CUSTOMERS; i++) {
            const uint32_t dice = random_below(random, 20);
            where[p][i] = dice < 5 ? -1 : dice == 5 ? STATES : (int)random_below(random, STATES);
        }
    }
}

/* Ids that lie close together, that do not, or that do so only up to a period. */
enum { NEAR, FAR, NEAR_THEN_FAR, TEXTS, KINDS };

static int64_t id_of(size_t customer, int kind, size_t period) {
    const int is_far = kind == FAR || (kind == NEAR_THEN_FAR && customer % 97 == 96 && period >= 2);
    return is_far ? INT64_MIN / 2 + (int64_t)customer * (INT64_C(1) << 48) : (int64_t)customer - 350;
}

static custval_migration *migrate(support_random *random, int kind) {
    static int64_t customers[CUSTOMERS];
    static custval_text states[CUSTOMERS], texts[CUSTOMERS];
    static char words[CUSTOMERS][32];
    size_t order[CUSTOMERS];
    custval_migration_options options = CUSTVAL_MIGRATION_OPTIONS_INIT;
    custval_migration *migration = NULL;
    custval_column column = CUSTVAL_COLUMN_INIT;
    options.states = names;
    options.states_count = STATES;
    options.empty = CUSTVAL_EMPTY_STAY;
    assert_ok(custval_migration_new(&options, &migration, NULL), NULL);
    for (size_t i = 0; i < CUSTOMERS; i++) order[i] = i;
    for (size_t p = 0; p < PERIODS; p++) {
        custval_table *table = NULL;
        size_t rows = 0;
        for (size_t i = CUSTOMERS; random != NULL && i > 1; i--) {
            const size_t k = random_below(random, (uint32_t)i), swap = order[k];
            order[k] = order[i - 1];
            order[i - 1] = swap;
        }
        for (size_t i = 0; i < CUSTOMERS; i++) {
            const int state = where[p][order[i]];
            if (state < 0) continue;
            /* Who has another id later must not have been there before. */
            if (kind == NEAR_THEN_FAR && order[i] % 97 == 96 && p < 2) continue;
            customers[rows] = id_of(order[i], kind, p);
            texts[rows] = (custval_text){words[rows], (size_t)snprintf(words[rows], 32, "c%d", (int)order[i])};
            states[rows++] = state == STATES ? (custval_text){NULL, 0} : (custval_text){names[state], 1};
        }
        column.type = CUSTVAL_TYPE_INT64;
        column.data = customers;
        assert_ok(custval_table_new(NULL, rows, &table, NULL), NULL);
        if (kind == TEXTS) {
            assert_ok(custval_table_add_texts(table, "customer", texts, NULL), NULL);
        } else {
            assert_ok(custval_table_add(table, "customer", &column, NULL), NULL);
        }
        assert_ok(custval_table_add_texts(table, "state", states, NULL), NULL);
        assert_ok(custval_migration_add(migration, table, NULL), NULL);
        custval_table_free(table);
    }
    return migration;
}

/* Customers of a state in a period; STATES: who was seen before and is absent. */
static double count_of(size_t period, size_t state) {
    double count = 0.0;
    for (size_t i = 0; i < CUSTOMERS; i++) {
        int seen = 0;
        for (size_t p = 0; p < period; p++) seen |= where[p][i] >= 0;
        count += state < STATES ? where[period][i] == (int)state : seen && where[period][i] < 0;
    }
    return count;
}

static double sum_of(const custval_table *flows, size_t row, const char *const *columns, size_t count) {
    double sum = 0.0;
    for (size_t i = 0; i < count; i++) sum += table_cell(flows, columns[i], row);
    return sum;
}

static void flows_sum_to_the_customers(void **state) {
    static const char *const out[] = {"stayed", "upgraded", "downgraded", "lost", "unknown"};
    static const char *const in[] = {"stayed", "upgraded_in", "downgraded_in", "returned", "newcomers", "unknown_in"};
    support_random random = random_seeded("flows_sum_to_the_customers");
    (void)state;
    for (size_t run = 0; run < 5; run++) {
        draw(&random);
        custval_migration *const migration = migrate(NULL, FAR);
        for (uint32_t step = 0; step + 1 < PERIODS; step++) {
            custval_table *flows = NULL;
            assert_ok(custval_migration_flows(migration, step, &flows, NULL), NULL);
            for (size_t i = 0; i <= STATES; i++) {
                assert_double_bits(table_cell(flows, "before", i), count_of(step, i));
                assert_double_bits(table_cell(flows, "after", i), count_of(step + 1, i));
                assert_double_bits(sum_of(flows, i, out, 5), count_of(step, i));
                assert_double_bits(sum_of(flows, i, in, 6), count_of(step + 1, i));
                assert_double_bits(table_cell(flows, "net", i), count_of(step + 1, i) - count_of(step, i));
            }
            for (size_t column = 1; column < custval_table_columns(flows); column++) {
                double all, one, sum = 0.0;
                for (size_t i = 0; i < STATES; i++) {
                    assert_ok(custval_table_number(flows, column, i, &one, NULL), NULL);
                    sum += one;
                }
                assert_ok(custval_table_number(flows, column, STATES + 1, &all, NULL), NULL);
                assert_double_bits(all, sum);
            }
            custval_table_free(flows);
        }
        custval_migration_free(migration);
    }
}

static void forecasts_and_the_end_keep_all_customers(void **state) {
    support_random random = random_seeded("forecasts_and_the_end_keep_all_customers");
    custval_table *forecast = NULL, *steady = NULL;
    (void)state;
    draw(&random);
    custval_migration *const migration = migrate(NULL, FAR);
    assert_ok(custval_migration_forecast(migration, 400, NULL, &forecast, NULL), NULL);
    assert_ok(custval_migration_steady(migration, NULL, &steady, NULL), NULL);
    double first = 0.0, shares = 0.0;
    for (size_t i = 0; i <= STATES; i++) {
        first += table_cell(forecast, custval_migration_state(migration, (uint32_t)i), 0);
        shares += table_cell(steady, "share", i);
        /* 400 steps of an aperiodic chain are its end. */
        assert_double_near(table_cell(forecast, custval_migration_state(migration, (uint32_t)i), 400),
                           table_cell(steady, "customers", i), 1e-10);
    }
    assert_double_near(shares, 1.0, 1e-15);
    for (size_t row = 0; row < 401; row++) {
        double sum = 0.0;
        for (size_t i = 0; i <= STATES; i++)
            sum += table_cell(forecast, custval_migration_state(migration, (uint32_t)i), row);
        assert_double_near(sum, first, 1e-10);
    }
    custval_table_free(steady);
    custval_table_free(forecast);
    custval_migration_free(migration);
}

static void the_order_of_rows_does_not_matter(void **state) {
    support_random random = random_seeded("the_order_of_rows_does_not_matter");
    custval_table *tables[2] = {NULL, NULL};
    (void)state;
    draw(&random);
    custval_migration *const plain = migrate(NULL, FAR), *const shuffled = migrate(&random, FAR);
    custval_migration_fit fit = CUSTVAL_MIGRATION_FIT_INIT;
    assert_ok(custval_migration_matrix(plain, CUSTVAL_ALL_STEPS, CUSTVAL_MATRIX_COUNTS, &tables[0], NULL), NULL);
    assert_ok(custval_migration_matrix(shuffled, CUSTVAL_ALL_STEPS, CUSTVAL_MATRIX_COUNTS, &tables[1], NULL), NULL);
    for (size_t row = 0; row <= STATES; row++) {
        for (size_t column = 1; column <= STATES + 1; column++) {
            double one, other;
            assert_ok(custval_table_number(tables[0], column, row, &one, NULL), NULL);
            assert_ok(custval_table_number(tables[1], column, row, &other, NULL), NULL);
            assert_double_bits(one, other);
        }
    }
    assert_ok(custval_migration_test(plain, shuffled, &fit, NULL), NULL);
    assert_double_bits(fit.statistic, 0.0);
    custval_table_free(tables[0]);
    custval_table_free(tables[1]);
    custval_migration_free(shuffled);
    custval_migration_free(plain);
}

/* All flows of two migrations are the same. */
static void assert_alike(const custval_migration *one, const custval_migration *other) {
    for (uint32_t step = 0; step + 1 < PERIODS; step++) {
        custval_table *tables[2] = {NULL, NULL};
        assert_ok(custval_migration_flows(one, step, &tables[0], NULL), NULL);
        assert_ok(custval_migration_flows(other, step, &tables[1], NULL), NULL);
        for (size_t row = 0; row < custval_table_rows(tables[0]); row++) {
            for (size_t column = 1; column < custval_table_columns(tables[0]); column++) {
                double found, wanted;
                assert_ok(custval_table_number(tables[0], column, row, &found, NULL), NULL);
                assert_ok(custval_table_number(tables[1], column, row, &wanted, NULL), NULL);
                assert_double_bits(found, wanted);
            }
        }
        custval_table_free(tables[0]);
        custval_table_free(tables[1]);
    }
}

static void what_ids_look_like_does_not_matter(void **state) {
    support_random random = random_seeded("what_ids_look_like_does_not_matter");
    (void)state;
    for (size_t run = 0; run < 5; run++) {
        draw(&random);
        for (size_t i = 96; i < CUSTOMERS; i += 97) where[0][i] = where[1][i] = -1;
        custval_migration *const plain = migrate(NULL, FAR);
        for (int kind = NEAR; kind < KINDS; kind++) {
            custval_migration *const other = migrate(&random, kind);
            assert_alike(plain, other);
            custval_migration_free(other);
        }
        custval_migration_free(plain);
    }
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(flows_sum_to_the_customers),
        cmocka_unit_test(forecasts_and_the_end_keep_all_customers),
        cmocka_unit_test(the_order_of_rows_does_not_matter),
        cmocka_unit_test(what_ids_look_like_does_not_matter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
