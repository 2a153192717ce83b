/* One judge or many: everyone's weights, the group's, and how far they agree. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_WEIGHTS_AHP_GROUP_H
#define CUSTVAL_WEIGHTS_AHP_GROUP_H

#include <stddef.h>

#include "pairwise.h"

/* Columns for what each member's judgements give, one number per member; NaN where a member's judgements, of a group
   whose judgements are aggregated, do not connect all criteria. */
typedef struct custval__ahp_columns {
    double **weights; /* one column per criterion */
    double *lambda_max, *ci, *cr, *gci, *missing;
} custval__ahp_columns;

typedef struct custval__group {
    const custval__judges *judges;
    const custval_host *host; /* whole */
    custval__ahp ahp;
    custval__arena arena;

    /* The judgements that the numbers below are about: the only member's, or everyone's aggregated. */
    double *matrix;  /* n x n, NaN on both sides of a pair that nobody judged */
    double *logs;    /* of the matrix */
    double *weights; /* the group's, by the grouping asked for; they add up to 1 but for rounding */
    double *own;     /* those of the matrix: the same, unless priorities were aggregated */
    double *log_own; /* NULL, or logarithms of own where a double may not hold weights so small */
    double lambda_max, ci, cr, gci, missing, steps;
    int converged;

    /* Of the members, if there are several. */
    double consensus, least_cr, largest_cr; /* NaN if nobody has weights of their own */
    size_t least_consistent;                /* who has the largest cr */
    size_t inconsistent;                    /* how many have a cr above the limit */
    size_t apart;                           /* how many have no weights of their own */
    size_t astray;                          /* of how many the iteration gave up */
} custval__group;

/* `columns` may be NULL. custval__group_close() is due also after a failure. */
custval_status custval__group_solve(custval__group *group, const custval_host *whole_host,
                                    const custval__judges *judges, const custval__ahp_columns *columns,
                                    custval_error *error);
void custval__group_close(custval__group *group);

#endif
