/* A sketch of a column's quantiles: numbers counted in narrow cells, in any order, merged exactly. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_SUMMARY_SKETCH_H
#define CUSTVAL_SUMMARY_SKETCH_H

#include <stddef.h>
#include <stdint.h>

#include "../base/memory.h"

/*
 * A cell holds the doubles that share sign, exponent and the first 7 bits of the fraction: its width is at most 2^-7 of
 * the numbers in it. It counts them and keeps the smallest and the largest, so that a cell in which one number repeats
 * is exact. Whole numbers up to 256 in size have cells of their own. Cells are numbered in ascending order; a page
 * holds those of one sign and exponent, and is made when its first number comes.
 */
#define CUSTVAL__SKETCH_PAGES 4096
#define CUSTVAL__SKETCH_CELLS 128 /* of a page */

typedef struct custval__cell {
    uint64_t count;
    double low, high; /* inf and -inf if count is 0 */
} custval__cell;

typedef struct custval__sketch {
    uint16_t *at; /* [CUSTVAL__SKETCH_PAGES] number of the page that has been made, counted from 1; NULL if none has */
    custval__cell *cells; /* [page made][cell] */
    size_t pages, capacity;
} custval__sketch;

void custval__sketch_free(const custval_host *whole_host, custval__sketch *sketch);

/* Counts numbers; NaN is skipped. -1 if there is no memory: some are counted then, others are not. */
int custval__sketch_add(const custval_host *whole_host, custval__sketch *sketch, const double *x, size_t count);

/* Makes room for all cells of `from`, -1 if there is no memory; then merging cannot fail. */
int custval__sketch_reserve(const custval_host *whole_host, custval__sketch *sketch, const custval__sketch *from);
void custval__sketch_merge(custval__sketch *into, const custval__sketch *from);

/* The number of the cell that x belongs to. */
uint32_t custval__sketch_key(double x);
/* Adds a cell; -1 if there is no memory. */
int custval__sketch_put(const custval_host *whole_host, custval__sketch *sketch, uint32_t key, custval__cell cell);
/* The first cell that is not empty from `key` on: its number in *key. NULL if there is none. */
const custval__cell *custval__sketch_next(const custval__sketch *sketch, uint32_t *key);

/* The number of that rank, 1 to the number of numbers: the smallest and the largest of a cell as they are, any other
   as the middle of its cell. */
double custval__sketch_number(const custval__sketch *sketch, uint64_t rank);

#endif
