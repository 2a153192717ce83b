/* The customers of a table as the models read them: columns found by name, checked, in blocks. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_LIFETIME_ROWS_H
#define CUSTVAL_LIFETIME_ROWS_H

#include <custval/table.h>

#include "lifetime.h"

/* Where the columns of a model lie in a table; SIZE_MAX: not read. */
typedef struct custval__row_columns {
    size_t x, t_x, T, mean_spend, lost, count;
    size_t purchase[CUSTVAL__LIFETIME_COVARIATES], dropout[CUSTVAL__LIFETIME_COVARIATES];
} custval__row_columns;

/* Finds and checks (numbers) the columns that `wanted` (bits of custval__model_column) and the covariates name. `given`
   are the caller's names, already read whole; lost is optional if `lost_optional`; count is read only if named and
   `with_count`. */
custval_status custval__row_columns_find(const custval_table *table, const custval_lifetime_columns *given,
                                         uint32_t wanted, int lost_optional, int with_count,
                                         const char *const *purchase_names, size_t purchase_count,
                                         const char *const *dropout_names, size_t dropout_count,
                                         custval__row_columns *out, custval_error *error);

/* Reads the caller's struct of names, NULL for all defaults, and fills in the default names ("x", "t_x", ...; count
   stays NULL). */
custval_status custval__lifetime_columns_read(const custval_lifetime_columns *given, custval_lifetime_columns *out,
                                              custval_error *error);

#endif
