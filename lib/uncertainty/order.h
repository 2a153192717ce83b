/* The order of many numbers: their ranks, and single numbers by their place, without sorting all of them. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_UNCERTAINTY_ORDER_H
#define CUSTVAL_UNCERTAINTY_ORDER_H

#include <stdint.h>

#include "../base/memory.h"

/* Most numbers: twice as many buckets are counted in 32 bits with a sign. */
#define CUSTVAL__ORDER_MOST ((uint32_t)1 << 29)

/* Work space for up to so many numbers, of one thread. */
typedef struct custval__order {
    uint32_t *bucket; /* [number] */
    uint32_t *start;  /* [bucket + 2] */
    double *sorted;   /* [number + 4] */
} custval__order;

/* In memory of the arena. CUSTVAL_ERROR_MEMORY without a message. */
custval_status custval__order_new(custval__arena *arena, uint32_t most, custval__order *out);

/* Smallest and largest of the numbers that are not NaN; +infinity and -infinity if there are none. */
void custval__order_range(const double *x, uint32_t count, double *out_low, double *out_high);

/* Rank of each number: 1 + how many are larger; 0 for NaN. low and high are the range of the numbers, which are finite.
   rank may be x. Returns how many share rank 1. */
uint32_t custval__order_ranks(custval__order *order, const double *x, uint32_t count, double low, double high,
                              double *rank);

/* The numbers that would stand at `place` (1: the smallest) and `other` if all were sorted. All are finite; low and high
   are their range; count is at least 1. */
void custval__order_pick(custval__order *order, const double *x, uint32_t count, double low, double high,
                         uint32_t place, uint32_t other, double *out_place, double *out_other);

/* Place of the quantile of a share 0..1 among `count` numbers: the smallest place with at least that share at or below
   it (the inverse of the empirical distribution), at least 1. */
uint32_t custval__order_place(double share, uint32_t count);

#endif
