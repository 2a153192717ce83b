/* Order by interpolation: numbers fall into more buckets than there are numbers, by where they lie between the smallest and
   the largest. Larger numbers never fall into later buckets, so that only those of the same bucket have to be compared. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "order.h"

#include <math.h>
#include <string.h>

/* Buckets with more numbers than this are sorted, so that no distribution of the numbers takes more than n log n. */
#define CROWDED 16
/* Numbers of a bucket that are compared without asking whether they belong to it. */
#define COMPARED 4
/* Buckets in which single numbers are looked for. */
#define PICK_BUCKETS 1024
#define LANES 8

custval_status custval__order_new(custval__arena *arena, uint32_t most, custval__order *out) {
    const size_t buckets = 2 * (size_t)most > PICK_BUCKETS ? 2 * (size_t)most : PICK_BUCKETS;
    out->bucket = custval__arena_alloc(arena, most, sizeof *out->bucket);
    out->start = custval__arena_alloc(arena, buckets + 3, sizeof *out->start);
    out->sorted = custval__arena_alloc(arena, (size_t)most + COMPARED, sizeof *out->sorted);
    return out->bucket == NULL || out->start == NULL || out->sorted == NULL ? CUSTVAL_ERROR_MEMORY : CUSTVAL_OK;
}

void custval__order_range(const double *x, uint32_t count, double *out_low, double *out_high) {
    double low[LANES], high[LANES];
    for (uint32_t k = 0; k < LANES; k++) {
        low[k] = (double)INFINITY;
        high[k] = -(double)INFINITY;
    }
    uint32_t i = 0;
    for (; i + LANES <= count; i += LANES) {
        for (uint32_t k = 0; k < LANES; k++) {
            low[k] = x[i + k] < low[k] ? x[i + k] : low[k];
            high[k] = x[i + k] > high[k] ? x[i + k] : high[k];
        }
    }
    for (; i < count; i++) {
        low[0] = x[i] < low[0] ? x[i] : low[0];
        high[0] = x[i] > high[0] ? x[i] : high[0];
    }
    for (uint32_t k = 1; k < LANES; k++) {
        low[0] = low[k] < low[0] ? low[k] : low[0];
        high[0] = high[k] > high[0] ? high[k] : high[0];
    }
    *out_low = low[0];
    *out_high = high[0];
}

/* ---- Sorting what is crowded --------------------------------------------------------------------------------------- */

static void sift_down(double *x, uint32_t at, uint32_t count) {
    const double moving = x[at];
    for (uint32_t child; (child = 2 * at + 1) < count; at = child) {
        if (child + 1 < count && x[child + 1] < x[child]) child++;
        if (!(x[child] < moving)) break;
        x[at] = x[child];
    }
    x[at] = moving;
}

// The largest first; heapsort, because it needs no memory and has no bad case.
static void sort_descending(double *x, uint32_t count) {
    for (uint32_t i = count / 2; i > 0; i--) sift_down(x, i - 1, count);
    for (uint32_t end = count; end > 1; end--) {
        const double smallest = x[0];
        x[0] = x[end - 1];
        x[end - 1] = smallest;
        sift_down(x, 0, end - 1);
    }
}

// How many of some numbers are larger; they are sorted if there are many of them.
static uint32_t larger(const double *sorted, uint32_t count, double x) {
    uint32_t found = 0;
    if (count <= CROWDED) {
        for (uint32_t i = 0; i < count; i++) found += sorted[i] > x;
        return found;
    }
    for (uint32_t end = count; found < end;) {
        const uint32_t middle = found + (end - found) / 2;
        if (sorted[middle] > x) {
            found = middle + 1;
        } else {
            end = middle;
        }
    }
    return found;
}

/* ---- Buckets --------------------------------------------------------------------------------------------------------- */

// Fills in the bucket of each number, 0 for the largest .. last for the smallest, last + 1 for NaN.
static void fill_buckets(const double *x, uint32_t count, double high, double scale, uint32_t last, uint32_t *bucket) {
    const double end = (double)last, none = (double)last + 1.0;
    for (uint32_t i = 0; i < count; i++) {
        const double at = (high - x[i]) * scale;
        const double within = at < end ? at : end; // also NaN
        bucket[i] = (uint32_t)(int32_t)(x[i] == x[i] ? within : none);
    }
}

// Puts the numbers into the order of their buckets: bucket b holds sorted[start[b]] up to start[b + 1]. Returns how many
// the fullest holds.
static uint32_t spread(custval__order *order, const double *x, uint32_t count, uint32_t buckets) {
    uint32_t *start = order->start, fullest = 0, total = 0;
    memset(start, 0, (buckets + 2) * sizeof *start);
    for (uint32_t i = 0; i < count; i++) start[order->bucket[i] + 2]++;
    for (uint32_t b = 2; b < buckets + 2; b++) fullest = start[b] > fullest ? start[b] : fullest;
    for (uint32_t b = 2; b < buckets + 2; b++) start[b] = total += start[b];
    for (uint32_t i = 0; i < count; i++) order->sorted[start[order->bucket[i] + 1]++] = x[i];
    return fullest;
}

// Buckets per unit; 0 where the numbers do not differ, or so much or so little that it cannot be said.
static double scale_of(double low, double high, uint32_t last) {
    const double scale = (double)last / (high - low);
    return isfinite(scale) ? scale : 0.0;
}

/* ---- Ranks ----------------------------------------------------------------------------------------------------------- */

static uint32_t count_firsts(const double *x, uint32_t count, double high) {
    uint32_t firsts = 0;
    for (uint32_t i = 0; i < count; i++) firsts += x[i] == high;
    return firsts;
}

uint32_t custval__order_ranks(custval__order *order, const double *x, uint32_t count, double low, double high,
                              double *rank) {
    const uint32_t last = 2 * count, *start = order->start;
    const uint32_t firsts = count_firsts(x, count, high);
    double *sorted = order->sorted;
    fill_buckets(x, count, high, scale_of(low, high, last - 1), last - 1, order->bucket);
    const uint32_t fullest = spread(order, x, count, last + 1);
    for (uint32_t b = 0; fullest > CROWDED && b < last; b++) {
        if (start[b + 1] - start[b] > CROWDED) sort_descending(sorted + start[b], start[b + 1] - start[b]);
    }
    for (uint32_t k = 0; k < COMPARED; k++) sorted[count + k] = -(double)INFINITY;
    for (uint32_t i = 0; i < count; i++) {
        const uint32_t from = start[order->bucket[i]], to = start[order->bucket[i] + 1];
        const double number = x[i];
        // What follows the bucket is smaller, so it does no harm to compare it, too.
        uint32_t above = 0;
        for (uint32_t k = 0; k < COMPARED; k++) above += sorted[from + k] > number;
        if (to - from > COMPARED) above = larger(sorted + from, to - from, number);
        rank[i] = number == number ? (double)(int32_t)(1 + from + above) : 0.0;
    }
    return firsts;
}

/* ---- Single numbers --------------------------------------------------------------------------------------------------- */

// The number at a place counted from the largest, 0 first.
static double pick(custval__order *order, const double *x, uint32_t count, uint32_t place) {
    const uint32_t *bucket = order->bucket;
    uint32_t at = 0, before = 0, found = 0;
    while (before + order->start[at] <= place) before += order->start[at++];
    for (uint32_t i = 0; i < count; i++) {
        if (bucket[i] == at) order->sorted[found++] = x[i];
    }
    sort_descending(order->sorted, found);
    return order->sorted[place - before];
}

void custval__order_pick(custval__order *order, const double *x, uint32_t count, double low, double high,
                         uint32_t place, uint32_t other, double *out_place, double *out_other) {
    fill_buckets(x, count, high, scale_of(low, high, PICK_BUCKETS - 1), PICK_BUCKETS - 1, order->bucket);
    memset(order->start, 0, PICK_BUCKETS * sizeof *order->start);
    for (uint32_t i = 0; i < count; i++) order->start[order->bucket[i]]++;
    *out_place = pick(order, x, count, count - place);
    *out_other = pick(order, x, count, count - other);
}

uint32_t custval__order_place(double share, uint32_t count) {
    // A product that rounding puts just above a whole number is that number.
    const double place = ceil(share * (double)count - (double)count * 1e-12);
    return place < 1.0 ? 1 : place > (double)count ? count : (uint32_t)place;
}
