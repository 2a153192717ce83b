/* What a customer bought in one period: the cells that a history is made of. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_HISTORY_CELLS_H
#define CUSTVAL_HISTORY_CELLS_H

#include <stddef.h>
#include <stdint.h>

#include "../base/memory.h"
#include "fixed.h"

enum { CUSTVAL__MONEYS = 3 }; /* most columns of money: amount, cost, quantity */

typedef struct custval__cell {
    uint32_t customer; /* number of the key */
    uint32_t rows;     /* purchases; 0: refunds alone */
    int64_t period;
    custval__fixed money[]; /* as many as the history has columns of money */
} custval__cell;

/* Cells in one block, `size` bytes each: first those that are in order, then those that came since. */
typedef struct custval__cells {
    unsigned char *data;
    size_t count, capacity, size;
    int is_compact; /* sorted by customer and period, each pair once */
} custval__cells;

static inline custval__cell *custval__cells_at(const custval__cells *cells, size_t index) {
    return (custval__cell *)(void *)(cells->data + index * cells->size);
}

/* Makes room for so many more; 0 on success. */
int custval__cells_reserve(custval__cells *cells, const custval_host *host, size_t more);

/* Sorts by customer and period and adds up what has both in common. In place; the rows of all cells must fit 32 bits. */
void custval__cells_compact(custval__cells *cells);

#endif
