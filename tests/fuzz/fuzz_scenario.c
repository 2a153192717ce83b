/* Any bytes as a scenario document: refused with one line, or a plan that writes itself back and runs on anything. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "any_document.h"

#define ROWS 7

static void show_path(const custval_scenario *scenario) {
    custval_scenario_path_facts facts = CUSTVAL_SCENARIO_PATH_FACTS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *periods = NULL;
    const custval_status status = custval_scenario_path(scenario, NULL, &facts, &periods, &error);
    DEMAND(status == CUSTVAL_OK);
    DEMAND(custval_table_rows(periods) >= 2);
    custval_table_free(periods);
}

static const char document[] =
    "{\"custval\": \"system\", \"version\": 1, \"dimensions\": [{\"id\": \"d\", \"side\": \"benefit\", \"indicators\": ["
    "{\"id\": \"i\", \"items\": [{\"column\": \"a\", \"scale\": [0, 10]}]}]}, {\"id\": \"m\", \"side\": \"sacrifice\", "
    "\"indicators\": [{\"id\": \"p\", \"items\": [{\"column\": \"b\", \"scale\": [0, 10], \"reversed\": true}]}]}]}";

/* Rows of plain answers, of strange ones, and of none; every number is finite or missing. */
static void run_somewhere(const custval_scenario *scenario) {
    static const double numbers[ROWS] = {1.0, 0.0, 10.0, -3.0, 1e300, (double)NAN, 5.5};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *system = NULL;
    custval_table *table = NULL, *customers = NULL, *periods = NULL;
    DEMAND(custval_system_parse(NULL, document, sizeof document - 1, &system, &error) == CUSTVAL_OK);
    DEMAND(custval_table_new(NULL, ROWS, &table, NULL) == CUSTVAL_OK);
    DEMAND(custval_table_add_doubles(table, "a", numbers, NULL) == CUSTVAL_OK);
    DEMAND(custval_table_add_doubles(table, "b", numbers, NULL) == CUSTVAL_OK);
    for (size_t i = 0; i < custval_scenario_columns(scenario); i++) {
        const char *const name = custval_scenario_column(scenario, i);
        size_t column;
        if (custval_table_find(table, name, &column, NULL) == CUSTVAL_OK) continue;
        DEMAND(custval_table_add_doubles(table, name, numbers, NULL) == CUSTVAL_OK);
    }
    const custval_status status =
        custval_scenario_run(scenario, system, table, NULL, NULL, &customers, &periods, NULL, &error);
    DEMAND((status == CUSTVAL_OK) == (customers != NULL) && (status == CUSTVAL_OK) == (periods != NULL));
    DEMAND(status == CUSTVAL_OK || (error.message[0] != '\0' && strchr(error.message, '\n') == NULL));
    DEMAND(status != CUSTVAL_ERROR_INTERNAL && status != CUSTVAL_ERROR_ARGUMENT);
    /* Validity bitmaps are derived from NaN; infinity has no excuse. */
    for (size_t i = 0; customers != NULL && i < custval_table_columns(customers); i++) {
        for (size_t row = 0; row < ROWS; row++) {
            double number;
            DEMAND(custval_table_number(customers, i, row, &number, NULL) == CUSTVAL_OK && !isinf(number));
        }
    }
    custval_table_free(periods);
    custval_table_free(customers);
    custval_table_free(table);
    custval_system_free(system);
}

static void use(const custval_scenario *scenario) {
    show_path(scenario);
    run_somewhere(scenario);
}

FUZZ_DOCUMENT(scenario, use)
