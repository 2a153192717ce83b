/* Every allocation of groups, cohorts, migrations and panels fails once, and with all after it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include <custval/custval.h>

#include "csv_table.h"
#include "faults.h"
#include "support.h"

/* Made before anything fails. */
typedef struct material {
    custval_table *customers, *crowd, *margins; /* crowd: so many that quantiles are found in buckets */
    custval_groups *groups;
    custval_history *history;
    char *document;
    size_t length;
} material;

enum { CROWD = 1 << 16 };

static material shared;

static int set_up(void **state) {
    static const custval_text customers[] = {{"a", 1}, {"b", 1}, {"c", 1}}, states[] = {{"x", 1}, {"y", 1}, {"x", 1}},
                              dates[] = {{"2026-01-01", 10}, {"2026-01-02", 10}, {"2026-01-04", 10}},
                              variables[] = {{"state", 5}, {"state", 5}};
    static double numbers[CROWD];
    static const double value[] = {1, 2, 3}, alive[] = {0.5, 0.25, 0.75}, target[] = {1, 2};
    custval_history_options options = CUSTVAL_HISTORY_OPTIONS_INIT;
    (void)state;
    assert_ok(custval_table_new(NULL, 3, &shared.customers, NULL), NULL);
    assert_ok(custval_table_add_texts(shared.customers, "customer", customers, NULL), NULL);
    assert_ok(custval_table_add_texts(shared.customers, "state", states, NULL), NULL);
    assert_ok(custval_table_add_texts(shared.customers, "date", dates, NULL), NULL);
    assert_ok(custval_table_add_doubles(shared.customers, "value", value, NULL), NULL);
    assert_ok(custval_table_add_doubles(shared.customers, "period", value, NULL), NULL);
    assert_ok(custval_table_add_doubles(shared.customers, "alive", alive, NULL), NULL);
    assert_ok(custval_table_new(NULL, 2, &shared.margins, NULL), NULL);
    assert_ok(custval_table_add_texts(shared.margins, "variable", variables, NULL), NULL);
    assert_ok(custval_table_add_texts(shared.margins, "category", states, NULL), NULL);
    assert_ok(custval_table_add_doubles(shared.margins, "target", target, NULL), NULL);
    for (size_t i = 0; i < CROWD; i++) numbers[i] = (double)(i % 97);
    assert_ok(custval_table_new(NULL, CROWD, &shared.crowd, NULL), NULL);
    assert_ok(custval_table_add_doubles(shared.crowd, "value", numbers, NULL), NULL);
    assert_ok(custval_table_add_doubles(shared.crowd, "alive", numbers, NULL), NULL);
    shared.document = support_read_file("examples/groups/loyalty-profit.json", &shared.length);
    assert_ok(custval_groups_parse(NULL, shared.document, shared.length, &shared.groups, NULL), NULL);
    options.amount = "";
    assert_ok(custval_history_new(NULL, &options, &shared.history, NULL), NULL);
    assert_ok(custval_history_add(shared.history, shared.customers, NULL), NULL);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    custval_history_free(shared.history);
    custval_groups_free(shared.groups);
    free(shared.document);
    custval_table_free(shared.margins);
    custval_table_free(shared.crowd);
    custval_table_free(shared.customers);
    return 0;
}

static custval_status parse(const custval_host *host, void *data) {
    custval_groups *groups = shared.groups;
    (void)data;
    const custval_status status = custval_groups_parse(host, shared.document, shared.length, &groups, NULL);
    assert_int_equal(groups == NULL, status != CUSTVAL_OK);
    custval_groups_free(groups);
    return status;
}

static custval_status fix_by(const custval_host *host, const custval_table *table) {
    custval_groups_options options = CUSTVAL_GROUPS_OPTIONS_INIT;
    custval_groups *fixed = shared.groups;
    options.host = host;
    const custval_status status = custval_groups_fix(shared.groups, table, &options, &fixed, NULL);
    assert_int_equal(fixed == NULL, status != CUSTVAL_OK);
    custval_groups_free(fixed);
    return status;
}

static custval_status fix(const custval_host *host, void *data) {
    (void)data;
    return fix_by(host, shared.customers);
}

static custval_status fix_by_many(const custval_host *host, void *data) {
    (void)data;
    return fix_by(host, shared.crowd);
}

static custval_status assign(const custval_host *host, void *data) {
    custval_groups_options options = CUSTVAL_GROUPS_OPTIONS_INIT;
    custval_table *out = shared.customers;
    (void)data;
    options.host = host;
    const custval_status status = custval_groups_assign(shared.groups, shared.customers, &options, &out, NULL);
    return end(out, status);
}

static custval_status describe(const custval_host *host, void *data) {
    custval_groups_options options = CUSTVAL_GROUPS_OPTIONS_INIT;
    custval_table *out = shared.customers;
    (void)data;
    options.host = host;
    options.value = "value";
    const custval_status status = custval_groups_describe(shared.groups, shared.customers, &options, &out, NULL);
    return end(out, status);
}

static custval_status cohorts(const custval_host *host, void *data) {
    custval_cohort_options options = CUSTVAL_COHORT_OPTIONS_INIT;
    custval_table *out = shared.customers;
    (void)data;
    options.host = host;
    const custval_status status = custval_cohorts(shared.history, &options, &out, NULL);
    return end(out, status);
}

/* All of a migration's calls: an attempt ends with the first that fails. */
static custval_status results(custval_migration *migration) {
    custval_table *out = NULL;
    custval_markov_options terms = CUSTVAL_MARKOV_OPTIONS_INIT;
    const double rewards[3] = {1, 2, 0};
    double values[3];
    custval_status status = custval_migration_matrix(migration, 0, CUSTVAL_MATRIX_PROBABILITIES, &out, NULL);
    if (end(out, status) != CUSTVAL_OK) return status;
    status = custval_migration_flows(migration, CUSTVAL_ALL_STEPS, &out, NULL);
    if (end(out, status) != CUSTVAL_OK) return status;
    status = custval_migration_forecast(migration, 2, rewards, &out, NULL);
    if (end(out, status) != CUSTVAL_OK) return status;
    status = custval_migration_steady(migration, NULL, &out, NULL);
    if (end(out, status) != CUSTVAL_OK) return status;
    terms.rate = 0.1;
    return custval_migration_value(migration, rewards, &terms, values, NULL);
}

static custval_status migration(const custval_host *host, void *data) {
    static const char *const states[] = {"x", "y"};
    custval_migration_options options = CUSTVAL_MIGRATION_OPTIONS_INIT;
    custval_migration *made = NULL;
    (void)data;
    options.host = host;
    options.states = states;
    options.states_count = 2;
    custval_status status = custval_migration_new(&options, &made, NULL);
    assert_int_equal(made == NULL, status != CUSTVAL_OK);
    for (uint32_t i = 0; i < 3 && status == CUSTVAL_OK; i++) {
        status = custval_migration_add(made, shared.customers, NULL);
        if (status == CUSTVAL_OK) continue;
        /* As it was: the period can be added now. */
        assert_int_equal(custval_migration_steps(made), i == 0 ? 0 : i - 1);
    }
    if (status == CUSTVAL_OK) status = results(made);
    custval_migration_free(made);
    return status;
}

/* Integers: first close together, then far apart, so that keys are made of numbers. */
static custval_status numbers(const custval_host *host, void *data) {
    static const char *const states[] = {"x", "y"};
    static const int64_t ids[3][3] = {{1, 2, 3}, {2, 9, 4}, {3, INT64_MAX, 5}};
    static const custval_text now[] = {{"x", 1}, {"y", 1}, {"x", 1}};
    custval_migration_options options = CUSTVAL_MIGRATION_OPTIONS_INIT;
    custval_migration *made = NULL;
    (void)data;
    options.host = host;
    options.states = states;
    options.states_count = 2;
    options.empty = CUSTVAL_EMPTY_STAY;
    custval_status status = custval_migration_new(&options, &made, NULL);
    for (size_t i = 0; i < 3 && status == CUSTVAL_OK; i++) {
        custval_table *table = NULL;
        custval_column column = CUSTVAL_COLUMN_INIT;
        column.type = CUSTVAL_TYPE_INT64;
        column.data = ids[i];
        assert_ok(custval_table_new(NULL, 3, &table, NULL), NULL);
        assert_ok(custval_table_add(table, "customer", &column, NULL), NULL);
        assert_ok(custval_table_add_texts(table, "state", now, NULL), NULL);
        status = custval_migration_add(made, table, NULL);
        custval_table_free(table);
    }
    if (status == CUSTVAL_OK) status = results(made);
    custval_migration_free(made);
    return status;
}

static custval_status trend(const custval_host *host, void *data) {
    custval_trend_options options = CUSTVAL_TREND_OPTIONS_INIT;
    custval_table *out = shared.customers;
    (void)data;
    options.host = host;
    const custval_status status = custval_trend(shared.customers, &options, &out, NULL);
    return end(out, status);
}

static custval_status weights(const custval_host *host, void *data) {
    static const char *const variables[] = {"state"};
    custval_panel_options options = CUSTVAL_PANEL_OPTIONS_INIT;
    custval_table *out = shared.customers;
    (void)data;
    options.host = host;
    options.variables = variables;
    options.variables_count = 1;
    const custval_status status = custval_panel_weights(shared.customers, shared.margins, &options, NULL, &out, NULL);
    return end(out, status);
}

static custval_status change(const custval_host *host, void *data) {
    custval_wave_options options = CUSTVAL_WAVE_OPTIONS_INIT;
    custval_wave_facts facts = CUSTVAL_WAVE_FACTS_INIT;
    (void)data;
    options.host = host;
    return custval_wave_change(shared.customers, shared.customers, &options, &facts, NULL);
}

#define EXHAUST(attempt)                                       \
  static void attempt##_survives_every_failure(void **state) { \
    (void)state;                                               \
    support_exhaust_memory(attempt, NULL);                     \
  }

EXHAUST(parse)
EXHAUST(fix)
EXHAUST(fix_by_many)
EXHAUST(assign)
EXHAUST(describe)
EXHAUST(cohorts)
EXHAUST(migration)
EXHAUST(numbers)
EXHAUST(trend)
EXHAUST(weights)
EXHAUST(change)

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(parse_survives_every_failure),       cmocka_unit_test(fix_survives_every_failure),
        cmocka_unit_test(fix_by_many_survives_every_failure), cmocka_unit_test(assign_survives_every_failure),
        cmocka_unit_test(describe_survives_every_failure),    cmocka_unit_test(cohorts_survives_every_failure),
        cmocka_unit_test(migration_survives_every_failure),   cmocka_unit_test(numbers_survives_every_failure),
        cmocka_unit_test(trend_survives_every_failure),       cmocka_unit_test(weights_survives_every_failure),
        cmocka_unit_test(change_survives_every_failure),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
