/* Sketches of quantiles. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "sketch.h"

#include <math.h>

#include "../base/elementary.h"

#define FRACTION_SHIFT 45 /* 52 bits of the fraction less the 7 that count */

uint32_t custval__sketch_key(double x) {
    const uint64_t bits = custval__bits_of(x + 0.0); /* -0 is 0 */
    const uint64_t sign = (uint64_t)1 << 63;
    return (uint32_t)((bits & sign ? ~bits : bits | sign) >> FRACTION_SHIFT);
}

void custval__sketch_free(const custval_host *whole_host, custval__sketch *sketch) {
    custval__free(whole_host, sketch->at);
    custval__free(whole_host, sketch->cells);
    *sketch = (custval__sketch){0};
}

static custval__cell *page_of(const custval__sketch *sketch, uint32_t page) {
    return sketch->cells + (size_t)(sketch->at[page] - 1) * CUSTVAL__SKETCH_CELLS;
}

/* The page, made if need be; NULL if there is no memory. */
static custval__cell *make_page(const custval_host *whole_host, custval__sketch *sketch, uint32_t page) {
    if (sketch->at == NULL) {
        sketch->at = custval__alloc_zero(whole_host, CUSTVAL__SKETCH_PAGES, sizeof *sketch->at);
        if (sketch->at == NULL) return NULL;
    }
    if (sketch->at[page] == 0) {
        if (custval__grow(whole_host, (void **)&sketch->cells, &sketch->capacity, sketch->pages,
                          CUSTVAL__SKETCH_CELLS * sizeof *sketch->cells) != 0) {
            return NULL;
        }
        sketch->pages++;
        sketch->at[page] = (uint16_t)sketch->pages;
        custval__cell *cells = page_of(sketch, page);
        for (size_t i = 0; i < CUSTVAL__SKETCH_CELLS; i++) cells[i] = (custval__cell){0, HUGE_VAL, -HUGE_VAL};
    }
    return page_of(sketch, page);
}

static void add_to(custval__cell *cell, custval__cell other) {
    cell->count += other.count;
    cell->low = other.low < cell->low ? other.low : cell->low;
    cell->high = other.high > cell->high ? other.high : cell->high;
}

/* The page is looked up for every number: neighbours often differ in exponent, and a wrong guess costs more. */
int custval__sketch_add(const custval_host *whole_host, custval__sketch *sketch, const double *x, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (isnan(x[i])) continue;
        const double number = x[i] + 0.0;
        const uint32_t key = custval__sketch_key(number), page = key / CUSTVAL__SKETCH_CELLS;
        if (sketch->at == NULL || sketch->at[page] == 0) {
            if (make_page(whole_host, sketch, page) == NULL) return -1;
        }
        add_to(&page_of(sketch, page)[key % CUSTVAL__SKETCH_CELLS], (custval__cell){1, number, number});
    }
    return 0;
}

int custval__sketch_put(const custval_host *whole_host, custval__sketch *sketch, uint32_t key, custval__cell cell) {
    custval__cell *cells = make_page(whole_host, sketch, key / CUSTVAL__SKETCH_CELLS);
    if (cells == NULL) return -1;
    add_to(&cells[key % CUSTVAL__SKETCH_CELLS], cell);
    return 0;
}

int custval__sketch_reserve(const custval_host *whole_host, custval__sketch *sketch, const custval__sketch *from) {
    for (uint32_t page = 0; page < CUSTVAL__SKETCH_PAGES && from->at != NULL; page++) {
        if (from->at[page] != 0 && make_page(whole_host, sketch, page) == NULL) return -1;
    }
    return 0;
}

void custval__sketch_merge(custval__sketch *into, const custval__sketch *from) {
    for (uint32_t page = 0; page < CUSTVAL__SKETCH_PAGES && from->at != NULL; page++) {
        if (from->at[page] == 0) continue;
        const custval__cell *others = page_of(from, page);
        custval__cell *cells = page_of(into, page);
        for (size_t i = 0; i < CUSTVAL__SKETCH_CELLS; i++) add_to(&cells[i], others[i]);
    }
}

const custval__cell *custval__sketch_next(const custval__sketch *sketch, uint32_t *key) {
    const uint32_t end = CUSTVAL__SKETCH_PAGES * CUSTVAL__SKETCH_CELLS;
    while (*key < end && sketch->at != NULL) {
        const uint32_t page = *key / CUSTVAL__SKETCH_CELLS;
        if (sketch->at[page] == 0) {
            *key = (page + 1) * CUSTVAL__SKETCH_CELLS;
            continue;
        }
        const custval__cell *cell = page_of(sketch, page) + *key % CUSTVAL__SKETCH_CELLS;
        if (cell->count != 0) return cell;
        ++*key;
    }
    return NULL;
}

double custval__sketch_number(const custval__sketch *sketch, uint64_t rank) {
    uint32_t key = 0;
    const custval__cell *cell = custval__sketch_next(sketch, &key);
    while (cell != NULL && rank > cell->count) {
        rank -= cell->count;
        key++;
        cell = custval__sketch_next(sketch, &key);
    }
    if (cell == NULL) return (double)NAN;
    if (rank == 1) return cell->low;
    return rank == cell->count ? cell->high : cell->low + (cell->high - cell->low) / 2;
}
