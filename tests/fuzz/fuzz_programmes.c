/* Any bytes as a document of programmes: refused with one line, or a base that writes itself back and matches anything. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "any_document.h"

#define ROWS 6

static custval_table *customers_for(const custval_programmes *base) {
    static const double numbers[ROWS] = {1.0, 0.0, 65.5, -3e300, (double)NAN, (double)INFINITY};
    static const custval_text texts[ROWS] = {{"a", 1}, {"", 0}, {"farm", 4}, {NULL, 0}, {"b", 1}, {"flat", 4}};
    custval_table *table = NULL;
    DEMAND(custval_table_new(NULL, ROWS, &table, NULL) == CUSTVAL_OK);
    for (size_t i = 0; i < custval_programmes_columns(base); i++) {
        const char *const name = custval_programmes_column(base, i);
        DEMAND((custval_programmes_column_type(base, i) == CUSTVAL_TRAIT_CATEGORY
                    ? custval_table_add_texts(table, name, texts, NULL)
                    : custval_table_add_doubles(table, name, numbers, NULL)) == CUSTVAL_OK);
    }
    return table;
}

/* The plan of each row is what explaining takes. */
static void match_something(const custval_programmes *base) {
    custval_table *customers = customers_for(base), *plan = NULL, *other = NULL;
    size_t planned = 0, status;
    DEMAND(custval_programmes_match(base, customers, NULL, &plan, NULL) == CUSTVAL_OK);
    for (size_t row = 0; row < ROWS; row++) {
        DEMAND(custval_programmes_explain(base, customers, row, NULL, &other, NULL) == CUSTVAL_OK);
        DEMAND(custval_table_rows(other) == custval_programmes_count(base));
        DEMAND(custval_table_find(other, "status", &status, NULL) == CUSTVAL_OK);
        for (size_t i = 0; i < custval_table_rows(other); i++) {
            double state;
            DEMAND(custval_table_number(other, status, i, &state, NULL) == CUSTVAL_OK);
            planned += state == CUSTVAL_PROGRAMME_TAKEN;
        }
        custval_table_free(other);
        DEMAND(custval_programmes_nearest(base, customers, row, NULL, &other, NULL) == CUSTVAL_OK);
        custval_table_free(other);
    }
    DEMAND(planned == custval_table_rows(plan));
    custval_table_free(plan);
    DEMAND(custval_programmes_check(base, customers, NULL, &other, NULL) == CUSTVAL_OK);
    custval_table_free(other);
    DEMAND(custval_programmes_list(base, NULL, &other, NULL) == CUSTVAL_OK);
    custval_table_free(other);
    custval_table_free(customers);
}

FUZZ_DOCUMENT(programmes, match_something)
