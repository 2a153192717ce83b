/* The order of many numbers: their ranks, and single numbers by their place, without sorting all of them. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_UNCERTAINTY_ORDER_H
#define CUSTVAL_UNCERTAINTY_ORDER_H

#include <stdint.h>

#include "../base/memory.h"

/* Most numbers: twice as many buckets are counted in 32 bits with a sign. */
#define CUSTVAL__ORDER_MOST ((uint32_t)1 << 29)

/* Numbers of a bucket that are compared without asking whether they belong to it. */
#define CUSTVAL__ORDER_COMPARED 4
/* Buckets in which single numbers are looked for. */
#define CUSTVAL__ORDER_PICK_BUCKETS 1024

/* Work space for up to so many numbers, of one thread. */
typedef struct custval__order {
    uint32_t *bucket;    /* [number] bucket or position */
    uint32_t *start;     /* [bucket + 3] */
    double *sorted;      /* [number + CUSTVAL__ORDER_COMPARED] */
    uint64_t *words;     /* [number + 1] positions that are taken, 64 in a word */
    uint32_t *before;    /* [word + 1] */
    uint32_t *next;      /* [number] another of its word that found its position taken */
    uint32_t *owner;     /* [number] who had taken it */
    uint32_t *last_seen; /* [word] one of those */
    uint32_t *list;      /* [number] all of them */
} custval__order;

/* In memory of the arena. CUSTVAL_ERROR_MEMORY without a message. */
custval_status custval__order_new(custval__arena *arena, uint32_t most, custval__order *out);

/* Numbers that loops go through, aligned for the widest vectors: one that lies across two cache lines costs two. */
double *custval__order_doubles(custval__arena *arena, size_t count);
/* The same within memory that has CUSTVAL__ORDER_ALIGNMENT bytes more. */
#define CUSTVAL__ORDER_ALIGNMENT 64
void *custval__order_align(void *memory);

/* Place of the quantile of a share 0..1 among `count` numbers: the smallest place with at least that share at or below
   it (the inverse of the empirical distribution), at least 1. */
uint32_t custval__order_place(double share, uint32_t count);

/* The loops, built for several instruction sets; all of them give the same bits. */
typedef struct custval__order_kernels {
    const char *name;
    /* out = sum over the columns of factor x column, in their order, from `start` on. */
    void (*combine)(const double *const *columns, size_t start, const double *factors, uint32_t column_count,
                    uint32_t count, double *out);
    /* Sum of x - from, and smallest and largest of the numbers; none is NaN. */
    double (*survey)(const double *x, uint32_t count, double from, double *out_low, double *out_high);
    /* Sum of the squares of (x - from) x scale. */
    double (*squares)(const double *x, uint32_t count, double from, double scale);
    /* Smallest and largest of the numbers that are not NaN; +infinity and -infinity if there are none. */
    void (*range)(const double *x, uint32_t count, double *out_low, double *out_high);
    /* Rank of each number: 1 + how many are larger; 0 for NaN. low and high are the range of the numbers, which are
       finite. Returns how many share rank 1. */
    uint32_t (*ranks)(custval__order *order, const double *x, uint32_t count, double low, double high, uint32_t *rank);
    /* The numbers that would stand at `place` (1: the smallest) and `other` if all were sorted. All are finite; low and
       high are their range; count is at least 1. */
    void (*pick)(custval__order *order, const double *x, uint32_t count, double low, double high, uint32_t place,
                 uint32_t other, double *out_place, double *out_other);
} custval__order_kernels;

/* The best set for the processor in use. */
const custval__order_kernels *custval__order_kernels_best(void);
/* A set by name ("portable", "avx2", "avx512"), or NULL if it is not built in or the processor cannot run it. */
const custval__order_kernels *custval__order_kernels_named(const char *name);

#endif
