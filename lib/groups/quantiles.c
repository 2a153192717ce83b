/* Cuts at quantiles: order statistics of a column. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../table/table.h"
#include "groups.h"

/* The numbers of a column that are not missing; their number. */
static custval_status read_numbers(const custval_table *table, size_t column, double *numbers, size_t *out_count,
                                   custval_error *error) {
    const size_t rows = custval_table_rows(table);
    double scratch[CUSTVAL__GROUPS_ROWS];
    *out_count = 0;
    for (size_t start = 0; start < rows; start += CUSTVAL__GROUPS_ROWS) {
        const size_t count = rows - start < CUSTVAL__GROUPS_ROWS ? rows - start : CUSTVAL__GROUPS_ROWS;
        const double *const read = custval__table_doubles(table, column, start, count, scratch);
        for (size_t i = 0; i < count; i++) {
            if (isinf(read[i])) {
                return custval__fail_at(error, CUSTVAL_ERROR_NOT_FINITE, CUSTVAL_NONE, start + i,
                                        "row %zu: column \"%s\" is %g, of which no quantile can be taken", start + i,
                                        custval_table_name(table, column), read[i]);
            }
            if (!isnan(read[i])) numbers[(*out_count)++] = read[i] + 0.0; /* -0.0 is 0.0 */
        }
    }
    if (*out_count > 0) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_STATE, "column \"%s\" has no number to take quantiles of",
                         custval_table_name(table, column));
}

/* Merge sort: n log n whatever the numbers are. */
static void sort(double *numbers, double *spare, size_t count) {
    double *from = numbers, *to = spare;
    for (size_t width = 1; width < count; width *= 2) {
        for (size_t start = 0; start < count; start += 2 * width) {
            const size_t middle = count - start < width ? count : start + width;
            const size_t end = count - middle < width ? count : middle + width;
            size_t a = start, b = middle;
            for (size_t i = start; i < end; i++) {
                const int takes_b = a == middle || (b < end && from[b] < from[a]);
                to[i] = takes_b ? from[b++] : from[a++];
            }
        }
        double *const swap = from;
        from = to;
        to = swap;
    }
    if (from != numbers) memcpy(numbers, from, count * sizeof *numbers);
}

/* ---- Buckets -------------------------------------------------------------------------------------------------------- */

enum { BUCKETS = 1 << 16 };

/* Numbers by their highest bits, the smallest first. Those of a bucket without a quantile need no order. */
typedef struct buckets {
    size_t starts[BUCKETS + 1];
    size_t ends[BUCKETS];
    unsigned char is_wanted[BUCKETS];
} buckets;

static size_t bucket_of(double number) {
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    return (size_t)((bits >> 63 != 0 ? ~bits : bits | UINT64_C(1) << 63) >> 48);
}

/* Marks the bucket of the number that stands at a place, counted from 0, if all are sorted. */
static void want(buckets *in, size_t place) {
    size_t low = 0, high = BUCKETS - 1;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (in->starts[middle + 1] > place) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    in->is_wanted[low] = 1;
}

/* Where a quantile lies among sorted numbers: at the whole part, and so far on the way to the next one. */
static double position_of(size_t count, double share) {
    return (double)(count - 1) * share;
}

/* Puts the numbers that quantiles are made of where they stand if all are sorted; the others come to stand anywhere. */
static void sort_buckets(buckets *in, const custval__measure *measure, double *numbers, double *sorted, size_t count) {
    for (size_t i = 0; i < count; i++) in->starts[bucket_of(numbers[i]) + 1]++;
    for (size_t b = 0; b < BUCKETS; b++) {
        in->starts[b + 1] += in->starts[b];
        in->ends[b] = in->starts[b];
    }
    for (uint32_t i = 0; i < measure->count; i++) {
        const size_t at = (size_t)position_of(count, measure->cuts[i]);
        want(in, at);
        want(in, at + 1 < count ? at + 1 : at);
    }
    for (size_t i = 0; i < count; i++) {
        const size_t b = bucket_of(numbers[i]);
        if (in->is_wanted[b]) sorted[in->ends[b]++] = numbers[i];
    }
    for (size_t b = 0; b < BUCKETS; b++) sort(sorted + in->starts[b], numbers, in->ends[b] - in->starts[b]);
}

/* Sorts as far as quantiles need it; `numbers` are spent. */
static custval_status put_in_order(const custval__measure *measure, const custval_host *host, double *numbers,
                                   double *sorted, size_t count, custval_error *error) {
    if (count < BUCKETS) {
        memcpy(sorted, numbers, count * sizeof *sorted);
        sort(sorted, numbers, count);
        return CUSTVAL_OK;
    }
    buckets *const made = custval__alloc_zero(host, 1, sizeof *made);
    if (made == NULL) return custval__fail_memory(error);
    sort_buckets(made, measure, numbers, sorted, count);
    custval__free(host, made);
    return CUSTVAL_OK;
}

/* ---- Quantiles ------------------------------------------------------------------------------------------------------ */

/* Type 7: position (n - 1) q, straight between its neighbours, and never beyond them. */
static double quantile(const double *sorted, size_t count, double share) {
    const double position = position_of(count, share), below = floor(position);
    const size_t at = (size_t)below;
    if (at + 1 >= count) return sorted[count - 1];
    const double low = sorted[at], high = sorted[at + 1], part = position - below;
    const double between = isfinite(high - low) ? low + (high - low) * part : low * (1.0 - part) + high * part;
    return fmin(fmax(between, low), high);
}

custval_status custval__groups_cut(custval__measure *measure, const custval_host *host, const custval_table *table,
                                   size_t column, custval_error *error) {
    double *const numbers = custval__alloc(host, custval_table_rows(table), 2 * sizeof *numbers);
    size_t count;
    if (numbers == NULL) return custval__fail_memory(error);
    custval_status status = read_numbers(table, column, numbers, &count, error);
    if (status == CUSTVAL_OK) status = put_in_order(measure, host, numbers, numbers + count, count, error);
    for (uint32_t i = 0; i < measure->count && status == CUSTVAL_OK; i++) {
        measure->cuts[i] = quantile(numbers + count, count, measure->cuts[i]);
    }
    if (status == CUSTVAL_OK) measure->are_quantiles = 0;
    custval__free(host, numbers);
    return status;
}
