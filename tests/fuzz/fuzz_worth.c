/* Any bytes as a worth document: refused with one line, or a worth that writes itself back and values anything. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "any_document.h"

#define ROWS 7

/* Rows of plain numbers, of strange ones, and of none; a value is there exactly where the status says so. */
static void value_something(const custval_worth *worth) {
    static const double numbers[ROWS] = {1.0, 0.0, 0.5, -3.0, 1e300, (double)NAN, (double)INFINITY};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = NULL, *values = NULL;
    size_t total, status;
    if (custval_worth_columns(worth) > 200) return; /* time */
    DEMAND(custval_table_new(NULL, ROWS, &table, NULL) == CUSTVAL_OK);
    for (size_t i = 0; i < custval_worth_columns(worth); i++) {
        DEMAND(custval_table_add_doubles(table, custval_worth_column(worth, i), numbers, NULL) == CUSTVAL_OK);
    }
    must_be_fine(custval_worth_value(worth, table, NULL, &values, &error), &error);
    DEMAND(custval_table_find(values, "total", &total, NULL) == CUSTVAL_OK);
    DEMAND(custval_table_find(values, "status", &status, NULL) == CUSTVAL_OK);
    for (size_t row = 0; row < ROWS; row++) {
        double number, state;
        DEMAND(custval_table_number(values, total, row, &number, NULL) == CUSTVAL_OK);
        DEMAND(custval_table_number(values, status, row, &state, NULL) == CUSTVAL_OK);
        DEMAND(state == CUSTVAL_WORTH_ROW_OK ? isfinite(number) : isnan(number));
    }
    custval_table_free(values);
    values = NULL;
    const custval_status returned = custval_worth_returns(worth, table, NULL, &values, &error);
    DEMAND(returned == CUSTVAL_OK || returned == CUSTVAL_ERROR_STATE);
    custval_table_free(values);
    custval_table_free(table);
}

FUZZ_DOCUMENT(worth, value_something)
