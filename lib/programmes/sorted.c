/* Names found by binary search. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "sorted.h"

#include <string.h>

#include <custval/status.h>

/* Merge sort from the bottom: n log n whatever the names are. */
static void sort(const char *const *names, uint32_t count, uint32_t *order, uint32_t *spare) {
    for (uint32_t i = 0; i < count; i++) order[i] = i;
    for (uint32_t width = 1; width < count; width *= 2) {
        for (uint32_t start = 0; start < count; start += 2 * width) {
            const uint32_t middle = start + width < count ? start + width : count;
            const uint32_t end = middle + width < count ? middle + width : count;
            uint32_t left = start, right = middle;
            for (uint32_t at = start; at < end; at++) {
                const int takes_right =
                    left == middle || (right < end && strcmp(names[order[right]], names[order[left]]) < 0);
                spare[at] = takes_right ? order[right++] : order[left++];
            }
        }
        memcpy(order, spare, count * sizeof *order);
    }
}

uint32_t custval__sorted_make(const char *const *names, uint32_t count, uint32_t *order, uint32_t *spare) {
    sort(names, count, order, spare);
    for (uint32_t i = 1; i < count; i++) {
        if (strcmp(names[order[i - 1]], names[order[i]]) == 0) return order[i];
    }
    return CUSTVAL_NONE;
}

/* Order of a text that ends with a NUL and one that does not. */
static int compare(const char *known, const char *text, size_t length) {
    const size_t known_length = strlen(known);
    const int order = memcmp(known, text, known_length < length ? known_length : length);
    if (order != 0 || known_length == length) return order;
    return known_length < length ? -1 : 1;
}

uint32_t custval__sorted_find(const char *const *names, const uint32_t *order, uint32_t count, const char *name,
                              size_t length) {
    uint32_t low = 0, high = count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        const int side = compare(names[order[middle]], name, length);
        if (side == 0) return order[middle];
        if (side < 0) low = middle + 1;
        if (side > 0) high = middle;
    }
    return CUSTVAL_NONE;
}
