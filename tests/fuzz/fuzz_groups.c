/* Any bytes as a groups document: refused with one line, or groups that write themselves back and take anybody. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "any_document.h"

#define ROWS 7

/* Rows of plain numbers, of strange ones, and of none; a group is there exactly where the status says so. */
static void take_somebody(const custval_groups *groups) {
    static const double numbers[ROWS] = {1.0, 0.0, 0.5, -3.0, 1e300, (double)NAN, 40.0};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = NULL, *assigned = NULL;
    size_t group, status;
    DEMAND(custval_table_new(NULL, ROWS, &table, NULL) == CUSTVAL_OK);
    for (size_t i = 0; i < custval_groups_measures(groups); i++) {
        const char *column;
        DEMAND(custval_groups_measure(groups, i, &column) != NULL);
        const custval_status added = custval_table_add_doubles(table, column, numbers, NULL);
        DEMAND(added == CUSTVAL_OK || added == CUSTVAL_ERROR_DUPLICATE);
    }
    must_be_fine(custval_groups_assign(groups, table, NULL, &assigned, &error), &error);
    DEMAND(custval_table_find(assigned, "group", &group, NULL) == CUSTVAL_OK);
    DEMAND(custval_table_find(assigned, "status", &status, NULL) == CUSTVAL_OK);
    for (size_t row = 0; row < ROWS; row++) {
        custval_text text;
        double state;
        DEMAND(custval_table_text(assigned, group, row, &text, NULL) == CUSTVAL_OK);
        DEMAND(custval_table_number(assigned, status, row, &state, NULL) == CUSTVAL_OK);
        DEMAND((state == CUSTVAL_GROUP_ROW_OK) == (text.data != NULL));
    }
    custval_table_free(assigned);
    assigned = NULL;
    const custval_status described = custval_groups_describe(groups, table, NULL, &assigned, &error);
    DEMAND(described == CUSTVAL_OK || described == CUSTVAL_ERROR_DUPLICATE);
    custval_table_free(assigned);
    custval_table_free(table);
}

FUZZ_DOCUMENT(groups, take_somebody)
