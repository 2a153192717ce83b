/* What a summary adds up: moments, co-moments, entropy and removal effects, of some rows. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_SUMMARY_SUMS_H
#define CUSTVAL_SUMMARY_SUMS_H

#include <stddef.h>
#include <stdint.h>

#include <custval/summary.h>

#include "../base/memory.h"

/* The columns; sides are never CUSTVAL_SIDE_NONE. */
typedef struct custval__shape {
    size_t count;
    uint32_t parts;
    const custval_criterion *columns;
} custval__shape;

/* Entropy sees low + high - x instead of x. */
int custval__is_reflected(const custval_criterion *column);

/* Squares of large numbers would overflow, those of small ones vanish. So all sums of a column are those of its numbers
   times a power of two, 1 for all but extreme ones, that follows from the declared range, else from that seen. */
double custval__unit(const custval_criterion *column, double low, double high);

/* All 0 if count is 0. */
typedef struct custval__moments {
    uint64_t count;
    double low, high;  /* not scaled */
    double mean, rest; /* the mean is their sum: |rest| is at most half an ulp of `mean` */
    double squares;    /* of deviations from the mean */
} custval__moments;

/* Numbers of rows lie below 2^53: they are exact as doubles. */
#define CUSTVAL__MOST_ROWS ((uint64_t)1 << 53)

typedef struct custval__sums {
    uint64_t rows, complete; /* `complete` with pairs or removal effects */
    custval__moments *own;   /* [column] over its own numbers */
    double *theil;           /* [column] D of theil.h; 0 if a number is below 0. With entropy */
    custval__moments *joint; /* [column] over the complete rows. With pairs */
    double *products;        /* [pair] of deviations of the complete rows. With pairs */
    double *removal;         /* [column] With removal effects */
    double *scratch;         /* [3 column] */
} custval__sums;

/* Place of the pair (a, b), a < b, in `products`: row by row of the upper triangle. */
size_t custval__pair(const custval__shape *shape, size_t a, size_t b);
size_t custval__pairs(const custval__shape *shape);

/* One block of the host's memory, empty; NULL if there is none. custval__free() it. */
custval__sums *custval__sums_new(const custval_host *whole_host, const custval__shape *shape);
size_t custval__sums_size(const custval__shape *shape);
void custval__sums_clear(const custval__shape *shape, custval__sums *sums);

/* Adds the rows of `from`; together they stay below CUSTVAL__MOST_ROWS. */
void custval__sums_merge(const custval__shape *shape, custval__sums *into, const custval__sums *from);
/* Of that, moments and entropy of one column. */
void custval__sums_merge_own(const custval__shape *shape, custval__sums *into, const custval__sums *from,
                             size_t column);

/* Mean and smallest number that the entropy of a column sees, in its unit. */
double custval__theil_mean(const custval_criterion *column, const custval__moments *own);
double custval__theil_low(const custval_criterion *column, const custval__moments *own);

#endif
