/* The value of one customer, from the cells of its row. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_WORTH_ROW_H
#define CUSTVAL_WORTH_ROW_H

#include <stddef.h>

#include <custval/table.h>

#include "../base/run.h"
#include "worth.h"

/* What a row gives. A part that the worth does not have is 0. */
typedef struct custval__row_worth {
    double existing, potential, influence, learning,
        credited; /* credited with its sign: what others' influence counts */
    double direct, latent, total;
    double consumption, marketing, brand; /* the same total by what it comes from */
    double tenure, margin, score, ceiling;
    double revenue, costs[5]; /* attract, acquire, develop, keep, service */
} custval__row_worth;

/* Computes the row at `at` of the worth's columns. Returns a custval_worth_row_status; *out only counts if it is OK. */
uint32_t custval__worth_row(const custval_worth *worth, const double *const *cells, size_t at, custval__row_worth *out);

/* Reading all rows of a table in fixed pieces on the host's threads, each row for itself. */
typedef struct custval__worth_rows {
    const custval_worth *worth;
    const custval_table *table;
    custval_host host; /* whole */
    /* Takes the row's outcome; rows of different pieces come at the same time. */
    void (*take)(void *data, size_t row, uint32_t status, const custval__row_worth *values);
    void *data;
    size_t *columns;      /* [column of the worth] of the table */
    double *scratch;      /* [thread][column][row of a block] */
    const double **cells; /* [thread][column] */
} custval__worth_rows;

/* Finds the columns and runs over all rows. Its memory is gone when it returns. */
custval_status custval__worth_rows_run(custval__worth_rows *rows, custval_error *error);

#endif
