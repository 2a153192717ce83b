/* Rows whose keys are equal, as groups. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "equal.h"

#include <string.h>

#include "../base/elementary.h"

#define NO_GROUP UINT32_MAX

size_t custval__equal_slots(size_t rows) {
    size_t slots = 2;
    while (slots < 2 * rows) slots *= 2;
    return slots;
}

// Every bit of every key moves every bit of the number (splitmix64).
static uint64_t mark_of(const double *const *keys, size_t key_count, size_t row) {
    uint64_t mark = 0;
    for (size_t k = 0; k < key_count; k++) {
        mark = (mark ^ custval__bits_of(keys[k][row])) + UINT64_C(0x9e3779b97f4a7c15);
        mark = (mark ^ mark >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
        mark = (mark ^ mark >> 27) * UINT64_C(0x94d049bb133111eb);
        mark ^= mark >> 31;
    }
    return mark;
}

static int same(const double *const *keys, size_t key_count, size_t a, size_t b) {
    for (size_t k = 0; k < key_count; k++) {
        if (custval__bits_of(keys[k][a]) != custval__bits_of(keys[k][b])) return 0;
    }
    return 1;
}

size_t custval__equal_rows(const double *const *keys, size_t key_count, size_t rows, uint32_t *slots, uint32_t *of,
                           uint32_t *first) {
    const size_t mask = custval__equal_slots(rows) - 1;
    uint32_t groups = 0;
    memset(slots, 0xff, (mask + 1) * sizeof *slots);
    for (size_t row = 0; row < rows; row++) {
        size_t at = (size_t)mark_of(keys, key_count, row) & mask;
        while (slots[at] != NO_GROUP && !same(keys, key_count, row, first[slots[at]])) at = (at + 1) & mask;
        if (slots[at] == NO_GROUP) {
            slots[at] = groups;
            first[groups++] = (uint32_t)row;
        }
        of[row] = slots[at];
    }
    return groups;
}
