/* Any bytes as a link document: refused with one line, or a link that writes itself back and predicts anything. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "any_document.h"

#define ROWS 7

/* Rows of plain numbers, of strange ones, and of none. */
static void predict_something(const custval_link *link) {
    static const double numbers[ROWS] = {1.0, 0.0, 0.5, -3.0, 1e300, (double)NAN, (double)INFINITY};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_link_facts facts = CUSTVAL_LINK_FACTS_INIT;
    custval_table *table = NULL, *out = NULL;
    size_t column;
    DEMAND(custval_link_describe(link, &facts, NULL) == CUSTVAL_OK);
    const size_t predictors = (size_t)facts.terms - 1;
    DEMAND(custval_table_new(NULL, ROWS, &table, NULL) == CUSTVAL_OK);
    for (size_t i = 0; i < predictors; i++) {
        DEMAND(custval_table_add_doubles(table, custval_link_column(link, i), numbers, NULL) == CUSTVAL_OK);
    }
    must_be_fine(custval_link_predict(link, table, NULL, &out, &error), &error);
    DEMAND(custval_table_find(out, "prediction", &column, NULL) == CUSTVAL_OK);
    for (size_t row = 0; row < ROWS; row++) {
        double number;
        DEMAND(custval_table_number(out, column, row, &number, NULL) == CUSTVAL_OK && !isinf(number));
    }
    custval_table_free(out);
    out = NULL;
    DEMAND(custval_link_coefficients(link, NULL, 0.95, &out, NULL) == CUSTVAL_OK);
    DEMAND(custval_table_rows(out) == predictors + 1);
    custval_table_free(out);
    custval_table_free(table);
}

FUZZ_DOCUMENT(link, predict_something)
