/* What a model expects of customers from their first purchase on, added up over a table. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_LIFETIME_NEWCOMERS_H
#define CUSTVAL_LIFETIME_NEWCOMERS_H

#include "block.h"

/* Everything lies in the arena. Groups of the block are customers of one age T (and the same covariates), which stands in its horizon. */
typedef struct custval__newcomers {
    custval__arena *arena;
    const custval_lifetime *lifetime;
    custval__rows rows;
    custval__block block;
} custval__newcomers;

/* Reads T, the covariates and the counts of a table, whose rows must all be whole. `names` may be NULL. */
custval_status custval__newcomers_read(custval__arena *arena, const custval_table *table,
                                       const custval_lifetime *lifetime, const custval_lifetime_columns *names,
                                       custval__newcomers *out, custval_error *error);

/* Customers that a whole row of a block stands for. */
double custval__count_of(const custval__block *block, size_t row);

/* Writes `count` numbers about a new customer who is looked at until age T[0]. `scratch` has room for as many. */
typedef void (*custval__newcomer)(const void *data, const custval__customers *one, const double *parameters,
                                  const double *T, double *scratch, double *out);

/* Calls the function once for each group and adds up what it says, times the customers in it, in an order that depends on the table alone. */
custval_status custval__newcomers_sum(const custval__newcomers *newcomers, custval__newcomer function, const void *data,
                                      size_t count, double *out, custval_error *error);

#endif
