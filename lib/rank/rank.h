/* A ranking in the making: rows, criteria, normalised numbers, methods. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_RANK_RANK_H
#define CUSTVAL_RANK_RANK_H

#include <custval/rank.h>

#include "../base/memory.h"
#include "../table/table.h"

/* A criterion of some weight, and what its column looks like in the rows that count. */
typedef struct custval__rank_column {
    const custval_criterion *given;
    size_t column; /* of the table */
    double weight; /* share */
    double seen_low, seen_high;
    double low, high; /* declared, else seen */
    int is_constant;  /* 1: every number becomes `constant` */
    double constant;
    double unit;  /* power of two near the largest magnitude: x / unit neither overflows nor vanishes when squared */
    double total; /* vector: root of the sum of (x / unit)^2; sum: sum of x / unit, for sacrifices of seen_low / x */
} custval__rank_column;

typedef struct custval__ranking {
    custval_host host;            /* whole */
    custval_rank_options options; /* whole, every default made explicit */
    const custval_table *table;
    size_t rows, counted;  /* those that lack nothing */
    unsigned char *counts; /* [row] 1: lacks nothing */
    custval__rank_column *columns;
    size_t column_count;
    double *scratch;    /* [row] */
    double *normalised; /* [row] */
    double *size;       /* [row] what the rounding in its score is a share of */
} custval__ranking;

/* Numbers of a column; NaN where missing. Valid until the next call. */
const double *custval__ranking_numbers(const custval__ranking *ranking, const custval__rank_column *column);

/* ---- normalise.c ---- */

/* Looks at a column over the rows that count, and refuses numbers that the normalisation cannot take. */
custval_status custval__normalise_prepare(const custval__ranking *ranking, custval__rank_column *column,
                                          custval_error *error);
/* What a number of the column becomes: higher is better. NaN for NaN. */
double custval__normalise_number(const custval__rank_column *column, uint32_t normalisation, double x);
/* What all of them become. Valid until the next call. */
const double *custval__normalise_column(const custval__ranking *ranking, const custval__rank_column *column);

/* ---- methods.c ---- */

/* What rounding may add to something of that size. */
double custval__ranking_rounding(const custval__ranking *ranking, double size);

/* Fills in score and size of every row, the score NaN for those that do not count, and adds the columns of the method's
   own. */
custval_status custval__rank_by_sum(const custval__ranking *ranking, double *score, custval_error *error);
custval_status custval__rank_by_product(const custval__ranking *ranking, double *score, custval_error *error);
custval_status custval__rank_by_both(const custval__ranking *ranking, custval_table *result, double *score,
                                     custval_error *error);
custval_status custval__rank_by_distance(const custval__ranking *ranking, custval_table *result, double *score,
                                         custval_error *error);
custval_status custval__rank_by_compromise(const custval__ranking *ranking, custval_table *result, double *score,
                                           custval_error *error);

/* ---- ranks.c ---- */

/* custval_ranks(), but a number shares the rank of the next better one unless it is behind by more than the rounding of
   either; NULL: 0. */
custval_status custval__ranks(const custval_host *whole_host, const double *numbers, const double *rounding,
                              size_t count, uint32_t ties, double *out_ranks, custval_error *error);

#endif
