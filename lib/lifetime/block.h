/* Customers of a table as predictions read them: checked row by row, and put together by what they share. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_LIFETIME_BLOCK_H
#define CUSTVAL_LIFETIME_BLOCK_H

#include <custval/table.h>

#include "lifetime.h"

#define CUSTVAL__BLOCK_ROWS 1024                   /* of a piece of work */
#define CUSTVAL__BLOCK_ROWS_MOST ((size_t)1 << 30) /* of any block */

/* What a row may consist of. */
enum custval__cell {
    CUSTVAL__CELL_X,
    CUSTVAL__CELL_T_X,
    CUSTVAL__CELL_T,
    CUSTVAL__CELL_MEAN_SPEND,
    CUSTVAL__CELL_LOST,
    CUSTVAL__CELL_HORIZON,
    CUSTVAL__CELL_AMOUNT, /* expected spend of a purchase, of any sign */
    CUSTVAL__CELL_MARGIN,
    CUSTVAL__CELL_COST,
    CUSTVAL__CELL_COUNT,    /* customers that the row stands for */
    CUSTVAL__CELL_PURCHASE, /* the first covariate of its kind */
    CUSTVAL__CELL_DROPOUT = CUSTVAL__CELL_PURCHASE + CUSTVAL__LIFETIME_COVARIATES,
    CUSTVAL__CELLS = CUSTVAL__CELL_DROPOUT + CUSTVAL__LIFETIME_COVARIATES
};

/* Where rows come from: `used` lists the cells that are read, from a column or, without one, as a number that is the same in every row. */
typedef struct custval__rows {
    const custval_table *table;
    const custval_lifetime *lifetime;
    const custval__model *spend; /* checks rows, too; NULL: none */
    double horizon_most;         /* a row with a longer one is out of range; set by custval__rows_open() to infinity */
    uint32_t used_count;
    uint8_t used[CUSTVAL__CELLS];
    size_t column[CUSTVAL__CELLS]; /* SIZE_MAX: none */
    double number[CUSTVAL__CELLS]; /* where there is no column */
} custval__rows;

/* Finds the columns that `wanted` (bits of custval__model_column) and the covariates name, and that of the counts if it is named and
   `with_count`. `lost` is 0 where there is no such column. `names` are the caller's, may be NULL. */
custval_status custval__rows_open(custval__rows *out, const custval_table *table, const custval_lifetime *lifetime,
                                  uint32_t wanted, int with_count, const custval_lifetime_columns *names,
                                  custval_error *error);
/* Adds a cell: the column of that name, or if it is NULL the number. */
custval_status custval__rows_add(custval__rows *rows, uint32_t cell, const char *name, double number,
                                 custval_error *error);
/* Makes every row a new customer who is looked at until age T: the column of T becomes the horizon, and x, t_x and T are 0. */
void custval__rows_make_new(custval__rows *rows);

/* Whole rows stand group by group: those of a group share covariates and horizon, so that they have the same parameters. */
typedef struct custval__block {
    size_t count; /* of whole rows */
    size_t groups;
    uint32_t *status;                     /* [row] ::custval_lifetime_row_status */
    uint32_t *place;                      /* [whole row] its row in the block */
    uint32_t *group_end;                  /* [group] */
    double *cell[CUSTVAL__CELLS];         /* [whole row]; NULL: not read */
    double *read[CUSTVAL__CELLS];         /* [row], in work */
    uint32_t *of, *whole, *first, *slots; /* in work */
} custval__block;

/* Makes room for so many of these rows; everything lies in the arena. */
custval_status custval__block_new(custval__arena *arena, const custval__rows *rows, size_t capacity,
                                  custval__block *out);
void custval__block_read(custval__block *block, const custval__rows *rows, size_t start, size_t count);
/* Reads a whole table, of whose rows each must be whole; the error says what is wrong with the first that is not. */
custval_status custval__block_read_all(custval__arena *arena, const custval__rows *rows, custval__block *out,
                                       custval_error *error);

/* Whole rows from start to end - 1 as models take them. */
custval__customers custval__block_customers(const custval__block *block, size_t start, size_t end);
/* Covariates of a whole row: as many as the lifetime has. */
void custval__block_covariates(const custval__block *block, const custval_lifetime *lifetime, size_t row,
                               double purchase[CUSTVAL__LIFETIME_COVARIATES],
                               double dropout[CUSTVAL__LIFETIME_COVARIATES]);
/* Parameters of a whole row, and so of its group. */
void custval__block_parameters(const custval__block *block, const custval_lifetime *lifetime, size_t row,
                               double out[CUSTVAL__MODEL_PARAMETERS]);

#endif
