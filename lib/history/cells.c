/* Sorting cells in place, by digits from the highest (American flag sort: McIlroy, Bostic & McIlroy 1993). */
/* SPDX-License-Identifier: Apache-2.0 */
#include "cells.h"

#include <string.h>

#include "../base/compiler.h"
#include "dates.h"

enum {
    LARGEST = 16 * (1 + CUSTVAL__MONEYS),
    PERIOD_BITS = 40, /* CUSTVAL__PERIOD_MOST sees to it */
    DIGIT_BITS = 10,
    RADIX = 1024,
    FEW = 24 /* so few are sorted by insertion */
};

/* ---- Room -------------------------------------------------------------------------------------------------------- */

static int resize(custval__cells *cells, const custval_host *host, size_t capacity) {
    void *data = custval__resize(host, cells->data, capacity, cells->size);
    if (data == NULL) return -1;
    cells->data = data;
    cells->capacity = capacity;
    return 0;
}

/* Cells are first added up: room grows only if that frees less than half of it. */
int custval__cells_reserve(custval__cells *cells, const custval_host *host, size_t more) {
    if (more <= cells->capacity - cells->count) return 0;
    custval__cells_compact(cells);
    if (more > SIZE_MAX / 4 - cells->count) return -1;
    const size_t needed = cells->count + more;
    if (needed <= cells->capacity && cells->count <= cells->capacity / 2) return 0;
    const size_t larger = cells->count + cells->count / 2;
    return resize(cells, host, needed > larger ? needed : larger);
}

/* ---- Order ------------------------------------------------------------------------------------------------------- */

/* Room for a cell on its way. */
typedef union record {
    custval__cell cell;
    unsigned char bytes[LARGEST];
} record;

/* A digit of the number that customer and period make together, from its lowest bit. */
static unsigned digit_of(const unsigned char *at, int bit) {
    const custval__cell *cell = (const custval__cell *)(const void *)at;
    if (bit >= PERIOD_BITS) return cell->customer >> (bit - PERIOD_BITS) & (RADIX - 1);
    return (unsigned)((uint64_t)(cell->period + CUSTVAL__PERIOD_MOST) >> bit) & (RADIX - 1);
}

/* The digit after one: a digit of the customer may repeat bits of the one before, which are the same in its part. */
static int next_digit(int bit) {
    return bit > PERIOD_BITS && bit < PERIOD_BITS + DIGIT_BITS ? PERIOD_BITS : bit - DIGIT_BITS;
}

static int is_before(const unsigned char *a, const unsigned char *b) {
    const custval__cell *x = (const custval__cell *)(const void *)a, *y = (const custval__cell *)(const void *)b;
    return x->customer != y->customer ? x->customer < y->customer : x->period < y->period;
}

/* The sizes that there are, so that compilers move words. */
static void copy(unsigned char *restrict to, const unsigned char *restrict from, size_t size) {
    switch (size) {
    case 16: memcpy(to, from, 16); break;
    case 32: memcpy(to, from, 32); break;
    case 48: memcpy(to, from, 48); break;
    default: memcpy(to, from, 64); break;
    }
}

static void sort_few(unsigned char *first, size_t count, size_t size) {
    record held;
    for (size_t i = 1; i < count; i++) {
        unsigned char *at = first + i * size;
        if (!is_before(at, at - size)) continue;
        copy(held.bytes, at, size);
        do {
            copy(at, at - size, size);
            at -= size;
        } while (at > first && is_before(held.bytes, at - size));
        copy(at, held.bytes, size);
    }
}

/* Brings every cell to the part of its digit: parts begin at next[] and end at end[]; both in cells. */
static void permute(unsigned char *first, size_t size, int bit, size_t next[RADIX], const size_t end[RADIX]) {
    record held, other;
    for (unsigned part = 0; part < RADIX; part++) {
        while (next[part] < end[part]) {
            unsigned char *home = first + next[part] * size;
            unsigned wanted = digit_of(home, bit);
            if (wanted != part) {
                copy(held.bytes, home, size);
                do {
                    unsigned char *to = first + next[wanted]++ * size;
                    CUSTVAL__PREFETCH_TO_WRITE(to + size); /* where the part goes on */
                    copy(other.bytes, to, size);
                    copy(to, held.bytes, size);
                    copy(held.bytes, other.bytes, size);
                    wanted = digit_of(held.bytes, bit);
                } while (wanted != part);
                copy(home, held.bytes, size);
            }
            next[part]++;
        }
    }
}

/* Goes at most eight digits deep; `next` is room for all. */
static void sort(unsigned char *first, size_t count, size_t size, int bit, size_t next[RADIX]) {
    size_t end[RADIX];
    for (; count > FEW && bit >= 0; bit = next_digit(bit)) {
        size_t sum = 0, start = 0;
        memset(end, 0, sizeof end);
        for (size_t i = 0; i < count; i++) end[digit_of(first + i * size, bit)]++;
        if (end[digit_of(first, bit)] == count) continue;
        for (unsigned part = 0; part < RADIX; part++) {
            next[part] = sum;
            sum += end[part];
            end[part] = sum;
        }
        permute(first, size, bit, next, end);
        for (unsigned part = 0; part < RADIX; start = end[part++]) {
            if (end[part] - start > 1) sort(first + start * size, end[part] - start, size, next_digit(bit), next);
        }
        return;
    }
    if (bit >= 0) sort_few(first, count, size);
}

static int highest_digit(const custval__cells *cells) {
    uint32_t customers = 0;
    int bit = PERIOD_BITS;
    for (size_t i = 0; i < cells->count; i++) customers |= custval__cells_at(cells, i)->customer;
    for (; customers >> (bit - PERIOD_BITS) >= RADIX; bit++) {}
    return bit;
}

/* ---- Adding up --------------------------------------------------------------------------------------------------- */

static int is_sorted(const custval__cells *cells) {
    for (size_t i = 1; i < cells->count; i++) {
        const unsigned char *at = cells->data + i * cells->size;
        if (!is_before(at - cells->size, at)) return 0;
    }
    return 1;
}

void custval__cells_compact(custval__cells *cells) {
    const size_t moneys = cells->size / 16 - 1;
    size_t kept = 0, next[RADIX];
    if (cells->is_compact) return;
    cells->is_compact = 1;
    if (cells->count == 0 || is_sorted(cells)) return;
    sort(cells->data, cells->count, cells->size, highest_digit(cells), next);
    for (size_t i = 1; i < cells->count; i++) {
        custval__cell *into = custval__cells_at(cells, kept);
        const custval__cell *cell = custval__cells_at(cells, i);
        if (into->customer == cell->customer && into->period == cell->period) {
            into->rows += cell->rows;
            for (size_t k = 0; k < moneys; k++) into->money[k] = custval__fixed_add(into->money[k], cell->money[k]);
        } else if (++kept != i) {
            copy(cells->data + kept * cells->size, cells->data + i * cells->size, cells->size);
        }
    }
    cells->count = kept + 1;
}
