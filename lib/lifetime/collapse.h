/* Customers as a fit sees them: checked, in an order of their own, equal ones counted together. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_LIFETIME_COLLAPSE_H
#define CUSTVAL_LIFETIME_COLLAPSE_H

#include "rows.h"

/* Distinct rows in an order that follows from what stands in them: the order of the table's rows leaves no trace. Rows
   between starts[b] and starts[b + 1] have the covariates covariates[b * covariate_count + k]: purchase first, then
   dropout. */
typedef struct custval__cells {
    custval_host host;
    const custval__model *model;
    size_t count;
    custval__customers customers;
    const double *counts;
    double total; /* sum of the counts */
    size_t covariate_count, block_count;
    size_t *starts;
    double *covariates;
    double *memory; /* of the columns */
} custval__cells;

/* What is read of a table. */
typedef struct custval__cell_source {
    const custval_table *table;
    const custval__model *model;
    custval__row_columns columns;
    size_t purchase_count, dropout_count;
} custval__cell_source;

/* Reads and checks every row; one that is not whole or out of range is an error that names it. Rows with a count of 0
   are left out, and for the model of spend those without a repeat purchase. Nothing to be freed after a failure. */
custval_status custval__cells_read(const custval_host *whole_host, const custval__cell_source *source,
                                   custval__cells *out, custval_error *error);

/* The lowest and highest value of a covariate. */
void custval__cells_range(const custval__cells *cells, size_t covariate, double *low, double *high);

/* Every `stride`-th distinct row, beginning in the middle of the first stride. */
custval_status custval__cells_sample(const custval__cells *cells, size_t stride, custval__cells *out,
                                     custval_error *error);

void custval__cells_free(custval__cells *cells);

#endif
