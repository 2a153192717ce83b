/* Order by interpolation: where a number lies between the smallest and the largest says roughly how many are larger, and only
   numbers that come to lie together have to be compared. This file is compiled once per instruction set, with
   CUSTVAL__KERNEL_SUFFIX set to its name. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "../base/compiler.h"
#include "../base/instructions.h"
#include "order.h"

/* Buckets with more numbers than this are sorted, so that no distribution of the numbers takes more than n log n. */
#define CROWDED 16
#define COMPARED CUSTVAL__ORDER_COMPARED
#define PICK_BUCKETS CUSTVAL__ORDER_PICK_BUCKETS
/* Four of the widest vectors, so that no addition waits for the one before. */
#define LANES 32
/* Numbers in so many positions can be counted in 32 bits with a sign. */
#define MOST_BY_BITS ((uint32_t)1 << 24)
/* Numbers that may share positions of one word: each is compared with all of that word. */
#define MOST_SHARED 64
#define MARK ((uint32_t)1 << 31)
#define NOBODY UINT32_MAX

/* ---- Sums and ranges --------------------------------------------------------------------------------------------------- */

// Several columns at a time: the sum so far is fetched and stored less often.
static void add_eight(const double *const *columns, size_t start, const double *f, uint32_t count,
                      double *restrict out) {
    const double *restrict a = columns[0] + start, *restrict b = columns[1] + start, *restrict c = columns[2] + start;
    const double *restrict d = columns[3] + start, *restrict e = columns[4] + start, *restrict g = columns[5] + start;
    const double *restrict h = columns[6] + start, *restrict j = columns[7] + start;
    const double fa = f[0], fb = f[1], fc = f[2], fd = f[3], fe = f[4], fg = f[5], fh = f[6], fj = f[7];
    for (uint32_t i = 0; i < count; i++) {
        const double half = (((out[i] + fa * a[i]) + fb * b[i]) + fc * c[i]) + fd * d[i];
        out[i] = (((half + fe * e[i]) + fg * g[i]) + fh * h[i]) + fj * j[i];
    }
}

static void add_two(const double *const *columns, size_t start, const double *factors, uint32_t count,
                    double *restrict out) {
    const double *restrict a = columns[0] + start, *restrict b = columns[1] + start;
    const double f = factors[0], g = factors[1];
    for (uint32_t i = 0; i < count; i++) out[i] = (out[i] + f * a[i]) + g * b[i];
}

// The first column: its sum so far is 0.
static void begin_with(const double *restrict column, double factor, uint32_t count, double *restrict out) {
    for (uint32_t i = 0; i < count; i++) out[i] = 0.0 + factor * column[i];
}

static void add_one(const double *restrict column, double factor, uint32_t count, double *restrict out) {
    for (uint32_t i = 0; i < count; i++) out[i] += factor * column[i];
}

static void combine(const double *const *columns, size_t start, const double *factors, uint32_t column_count,
                    uint32_t count, double *out) {
    uint32_t t = 1;
    begin_with(columns[0] + start, factors[0], count, out);
    for (; t + 8 <= column_count; t += 8) add_eight(columns + t, start, factors + t, count, out);
    for (; t + 2 <= column_count; t += 2) add_two(columns + t, start, factors + t, count, out);
    if (t < column_count) add_one(columns[t] + start, factors[t], count, out);
}

static double add_lanes(const double lanes[LANES]) {
    double total = 0.0;
    for (uint32_t k = 0; k < LANES; k++) total += lanes[k];
    return total;
}

static double squares(const double *x, uint32_t count, double from, double scale) {
    double sums[LANES] = {0.0};
    uint32_t i = 0;
    for (; i + LANES <= count; i += LANES) {
        for (uint32_t k = 0; k < LANES; k++) {
            const double away = (x[i + k] - from) * scale;
            sums[k] += away * away;
        }
    }
    for (; i < count; i++) sums[0] += (x[i] - from) * scale * ((x[i] - from) * scale);
    return add_lanes(sums);
}

static void start_range(double low[LANES], double high[LANES]) {
    for (uint32_t k = 0; k < LANES; k++) {
        low[k] = (double)INFINITY;
        high[k] = -(double)INFINITY;
    }
}

static void end_range(const double low[LANES], const double high[LANES], double *out_low, double *out_high) {
    *out_low = low[0];
    *out_high = high[0];
    for (uint32_t k = 1; k < LANES; k++) {
        *out_low = low[k] < *out_low ? low[k] : *out_low;
        *out_high = high[k] > *out_high ? high[k] : *out_high;
    }
}

static double survey(const double *x, uint32_t count, double from, double *out_low, double *out_high) {
    double sums[LANES] = {0.0}, low[LANES], high[LANES];
    uint32_t i = 0;
    start_range(low, high);
    for (; i + LANES <= count; i += LANES) {
        for (uint32_t k = 0; k < LANES; k++) {
            sums[k] += x[i + k] - from;
            low[k] = x[i + k] < low[k] ? x[i + k] : low[k];
            high[k] = x[i + k] > high[k] ? x[i + k] : high[k];
        }
    }
    for (; i < count; i++) {
        sums[0] += x[i] - from;
        low[0] = x[i] < low[0] ? x[i] : low[0];
        high[0] = x[i] > high[0] ? x[i] : high[0];
    }
    end_range(low, high, out_low, out_high);
    return add_lanes(sums);
}

static void range(const double *x, uint32_t count, double *out_low, double *out_high) {
    double low[LANES], high[LANES];
    uint32_t i = 0;
    start_range(low, high);
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
    end_range(low, high, out_low, out_high);
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

// Fills in the bucket or position of each number, 0 for the largest .. last for the smallest, last + 1 for NaN. Larger numbers
// never come later.
static void fill_places(const double *x, uint32_t count, double high, double scale, uint32_t last, uint32_t *bucket) {
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

/* Ranks by buckets, for any distribution. */
static void rank_by_buckets(custval__order *order, const double *x, uint32_t count, double low, double high,
                            uint32_t *rank) {
    const uint32_t last = 2 * count, *start = order->start;
    double *sorted = order->sorted;
    fill_places(x, count, high, scale_of(low, high, last - 1), last - 1, order->bucket);
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
        rank[i] = number == number ? 1 + from + above : 0;
    }
}

/* ---- Ranks by bits: a bit for each of so many positions that few numbers share one --------------------------------- */

// Takes the positions; lists the numbers that find theirs taken. Returns how many, or UINT32_MAX if they are too many.
static uint32_t take_positions(custval__order *order, uint32_t count) {
    const uint32_t most = count / 16 + 8;
    uint64_t *words = order->words;
    uint32_t shared = 0;
    memset(words, 0, ((size_t)count + 1) * sizeof *words);
    for (uint32_t i = 0; i < count; i++) {
        const uint32_t word = order->bucket[i] / 64;
        const uint64_t bit = (uint64_t)1 << order->bucket[i] % 64, taken = words[word];
        words[word] = taken | bit;
        if ((taken & bit) == 0 || word == count) continue; // the word beyond is that of NaN
        if (shared == most) return UINT32_MAX;
        order->list[shared++] = i;
    }
    return shared;
}

// Counts the numbers in front of each word; marks and chains what shares a position. 0 if too many of a word do.
static int count_before(custval__order *order, uint32_t count, uint32_t shared) {
    uint32_t *before = order->before, total = 0;
    memset(before, 0, ((size_t)count + 2) * sizeof *before);
    for (uint32_t k = 0; k < shared; k++) {
        const uint32_t word = order->bucket[order->list[k]] / 64;
        if (++before[word + 1] > MOST_SHARED) return 0;
        order->last_seen[word] = NOBODY;
    }
    for (uint32_t word = 0; word <= count; word++) {
        const uint32_t more = before[word];
        before[word] = total + more;
        total += more + (uint32_t)CUSTVAL__POPCOUNT(order->words[word]);
    }
    before[count] |= MARK;
    for (uint32_t k = 0; k < shared; k++) {
        const uint32_t i = order->list[k], word = order->bucket[i] / 64;
        before[word] |= MARK;
        order->next[i] = order->last_seen[word];
        order->last_seen[word] = i;
        order->owner[i] = NOBODY;
    }
    return 1;
}

// How many of those of its word that found their positions taken are in front of a number. The first that comes with the
// position of one of them is the one that had taken it.
static uint32_t count_shared(const custval__order *order, const double *x, uint32_t i) {
    const uint32_t position = order->bucket[i];
    uint32_t above = 0;
    for (uint32_t c = order->last_seen[position / 64]; c != NOBODY; c = order->next[c]) {
        above += order->bucket[c] < position;
        if (order->bucket[c] != position) continue;
        above += x[c] > x[i];
        if (order->owner[c] == NOBODY) order->owner[c] = i;
    }
    return above;
}

// 0 if the numbers do not lie apart well enough.
static int rank_by_bits(custval__order *order, const double *x, uint32_t count, double low, double high,
                        uint32_t *rank) {
    const uint32_t last = 64 * count - 1;
    const double scale = scale_of(low, high, last);
    if (!(scale > 0.0)) return 0;
    fill_places(x, count, high, scale, last, order->bucket);
    const uint32_t shared = take_positions(order, count);
    if (shared == UINT32_MAX || !count_before(order, count, shared)) return 0;
    for (uint32_t i = 0; i < count; i++) {
        const uint32_t position = order->bucket[i], word = position / 64, before = order->before[word];
        // Its own bit and those in front of it, without the others.
        const uint64_t up_to_it = order->words[word] << (63 - position % 64);
        rank[i] = before + (uint32_t)CUSTVAL__POPCOUNT(up_to_it);
        if (before & MARK) rank[i] = word == count ? 0 : (rank[i] & ~MARK) + count_shared(order, x, i);
    }
    for (uint32_t k = 0; k < shared; k++) {
        const uint32_t i = order->list[k];
        rank[i] += x[order->owner[i]] > x[i];
    }
    return 1;
}

static uint32_t ranks(custval__order *order, const double *x, uint32_t count, double low, double high, uint32_t *rank) {
    if (count > MOST_BY_BITS || !rank_by_bits(order, x, count, low, high, rank)) {
        rank_by_buckets(order, x, count, low, high, rank);
    }
    return count_firsts(x, count, high);
}

/* ---- Single numbers --------------------------------------------------------------------------------------------------- */

// The bucket of a place counted from the largest, 0 first; *place becomes the place within it.
static uint32_t bucket_of(const uint32_t *counts, uint32_t *place) {
    uint32_t at = 0;
    while (*place >= counts[at]) *place -= counts[at++];
    return at;
}

typedef struct gathering {
    double *first, *second; /* where the next number of each bucket goes */
    uint32_t bucket, other;
} gathering;

static void gather_some(gathering *in, const uint32_t *bucket, const double *x, uint32_t count) {
    for (uint32_t k = 0; k < count; k++) {
        if (bucket[k] == in->bucket) {
            *in->first++ = x[k];
        } else if (bucket[k] == in->other) {
            *in->second++ = x[k];
        }
    }
}

// Gathers the numbers of two buckets, which are few.
static void gather(gathering *in, const uint32_t *bucket, const double *x, uint32_t count) {
    uint32_t i = 0;
    for (; i + LANES <= count; i += LANES) {
        uint32_t hits = 0;
        for (uint32_t k = 0; k < LANES; k++) {
            hits |= (uint32_t)(bucket[i + k] == in->bucket) | (uint32_t)(bucket[i + k] == in->other);
        }
        if (hits) gather_some(in, bucket + i, x + i, LANES);
    }
    gather_some(in, bucket + i, x + i, count - i);
}

static void pick(custval__order *order, const double *x, uint32_t count, double low, double high, uint32_t place,
                 uint32_t other, double *out_place, double *out_other) {
    uint32_t *counts = order->start, from = count - place, other_from = count - other;
    fill_places(x, count, high, scale_of(low, high, PICK_BUCKETS - 1), PICK_BUCKETS - 1, order->bucket);
    memset(counts, 0, PICK_BUCKETS * sizeof *counts);
    for (uint32_t i = 0; i < count; i++) counts[order->bucket[i]]++;
    const uint32_t first = bucket_of(counts, &from), second = bucket_of(counts, &other_from);
    double *numbers = order->sorted, *others = first == second ? numbers : numbers + counts[first];
    gathering to = {numbers, others, first, second};
    gather(&to, order->bucket, x, count);
    sort_descending(numbers, counts[first]);
    if (first != second) sort_descending(others, counts[second]);
    *out_place = numbers[from];
    *out_other = others[other_from];
}

/* ---- The table --------------------------------------------------------------------------------------------------------- */

extern const custval__order_kernels CUSTVAL__KERNEL_TABLE(custval__order_kernels_);
const custval__order_kernels CUSTVAL__KERNEL_TABLE(custval__order_kernels_) = {
    .name = CUSTVAL__KERNEL_NAME,
    .combine = combine,
    .survey = survey,
    .squares = squares,
    .range = range,
    .ranks = ranks,
    .pick = pick,
};
