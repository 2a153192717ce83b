/* Sums of a summary: their memory, and how those of two sets of rows become those of both. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "sums.h"

#include <math.h>
#include <string.h>

#include "criteria.h"
#include "theil.h"

#define SCALE 0x1p600
#define LARGEST_PLAIN 0x1p400

/* ---- Columns ----------------------------------------------------------------------------------------------------- */

int custval__is_reflected(const custval_criterion *column) {
    return column->side == CUSTVAL_SIDE_SACRIFICE && custval__criterion_has_range(column);
}

double custval__unit(const custval_criterion *column, double low, double high) {
    const double most = custval__criterion_has_range(column) ? fmax(fabs(column->low), fabs(column->high))
                                                             : fmax(fabs(low), fabs(high));
    if (most >= LARGEST_PLAIN) return 1.0 / SCALE;
    return most > 0.0 && most < 1.0 / LARGEST_PLAIN ? SCALE : 1.0;
}

static double unit_of(const custval_criterion *column, const custval__moments *moments) {
    return custval__unit(column, moments->low, moments->high);
}

/* ---- Memory ------------------------------------------------------------------------------------------------------ */

size_t custval__pairs(const custval__shape *shape) {
    return shape->count * (shape->count - 1) / 2;
}

size_t custval__pair(const custval__shape *shape, size_t a, size_t b) {
    return a * (2 * shape->count - a - 1) / 2 + (b - a - 1);
}

static int keeps(const custval__shape *shape, uint32_t part) {
    return (shape->parts & part) != 0;
}

static size_t doubles_of(const custval__shape *shape) {
    const size_t per_column =
        3U + (keeps(shape, CUSTVAL_SUMMARY_ENTROPY) ? 1U : 0U) + (keeps(shape, CUSTVAL_SUMMARY_REMOVAL) ? 1U : 0U);
    return per_column * shape->count + (keeps(shape, CUSTVAL_SUMMARY_PAIRS) ? custval__pairs(shape) : 0);
}

static size_t moments_of(const custval__shape *shape) {
    return (keeps(shape, CUSTVAL_SUMMARY_PAIRS) ? 2 : 1) * shape->count;
}

/* At most 1024 columns have pairs, and 4096 none: far below SIZE_MAX. */
size_t custval__sums_size(const custval__shape *shape) {
    return sizeof(custval__sums) + moments_of(shape) * sizeof(custval__moments) + doubles_of(shape) * sizeof(double);
}

custval__sums *custval__sums_new(const custval_host *whole_host, const custval__shape *shape) {
    custval__sums *sums = custval__alloc_zero(whole_host, 1, custval__sums_size(shape));
    if (sums == NULL) return NULL;
    sums->own = (custval__moments *)(void *)(sums + 1);
    double *next = (double *)(void *)(sums->own + moments_of(shape));
    sums->scratch = next;
    next += 3 * shape->count;
    if (keeps(shape, CUSTVAL_SUMMARY_ENTROPY)) {
        sums->theil = next;
        next += shape->count;
    }
    if (keeps(shape, CUSTVAL_SUMMARY_REMOVAL)) {
        sums->removal = next;
        next += shape->count;
    }
    if (keeps(shape, CUSTVAL_SUMMARY_PAIRS)) {
        sums->joint = sums->own + shape->count;
        sums->products = next;
    }
    return sums;
}

void custval__sums_clear(const custval__shape *shape, custval__sums *sums) {
    sums->rows = 0;
    sums->complete = 0;
    memset(sums->own, 0, custval__sums_size(shape) - sizeof *sums);
}

/* ---- Merging ----------------------------------------------------------------------------------------------------- */

/* The square of the factor alone may be too small a number. */
static void rescale(custval__moments *moments, double factor) {
    moments->mean *= factor;
    moments->rest *= factor;
    moments->squares = moments->squares * factor * factor;
}

/* How two sets of numbers, none of them empty, came together: factors that brought each to the unit of both, and the
   difference of the means in it. */
typedef struct meeting {
    double into_factor, from_factor, delta, from_share;
} meeting;

/* Chan, Golub & LeVeque (1979). The mean is carried in two doubles: at an offset of 1e9 its rounding would show in the
   squares. */
static meeting merge_moments(const custval_criterion *column, custval__moments *into, custval__moments from) {
    const double into_unit = unit_of(column, into), from_unit = unit_of(column, &from);
    const double a = (double)into->count, b = (double)from.count, n = a + b;
    into->low = from.low < into->low ? from.low : into->low;
    into->high = from.high > into->high ? from.high : into->high;
    const double unit = unit_of(column, into);
    meeting met = {unit / into_unit, unit / from_unit, 0.0, b / n};
    if (met.into_factor != 1.0) rescale(into, met.into_factor);
    if (met.from_factor != 1.0) rescale(&from, met.from_factor);
    met.delta = (from.mean - into->mean) + (from.rest - into->rest);
    const double step = met.delta * met.from_share + into->rest;
    const double mean = into->mean + step, moved = mean - into->mean;
    into->rest = (into->mean - (mean - moved)) + (step - moved);
    into->mean = mean;
    into->squares += from.squares + met.delta * met.delta * (a * met.from_share);
    into->count += from.count;
    return met;
}

double custval__theil_mean(const custval_criterion *column, const custval__moments *own) {
    if (!custval__is_reflected(column)) return own->mean + own->rest;
    return ((column->low + column->high) * unit_of(column, own) - own->mean) - own->rest;
}

double custval__theil_low(const custval_criterion *column, const custval__moments *own) {
    const double low = custval__is_reflected(column) ? column->low + column->high - own->high : own->low;
    return low * unit_of(column, own);
}

static double merge_theil(const custval_criterion *column, const custval__moments *both, const meeting *met,
                          double into, double from, uint64_t from_count) {
    const double mean = custval__theil_mean(column, both);
    if (!(mean > 0.0) || custval__theil_low(column, both) < 0.0) return 0.0;
    const double delta = custval__is_reflected(column) ? -met->delta : met->delta;
    const double from_numbers = (double)from_count, into_numbers = (double)both->count - from_numbers;
    const double between = into_numbers * custval__theil_of_difference(mean, -delta * met->from_share) +
                           from_numbers * custval__theil_of_difference(mean, delta * (1.0 - met->from_share));
    return into * met->into_factor + from * met->from_factor + between;
}

void custval__sums_merge_own(const custval__shape *shape, custval__sums *into, const custval__sums *from,
                             size_t column) {
    custval__moments *own = &into->own[column];
    const custval__moments *other = &from->own[column];
    const int has_theil = into->theil != NULL;
    if (other->count == 0) return;
    if (own->count == 0) {
        *own = *other;
        if (has_theil) into->theil[column] = from->theil[column];
        return;
    }
    const custval_criterion *criterion = &shape->columns[column];
    const meeting met = merge_moments(criterion, own, *other);
    if (!has_theil) return;
    into->theil[column] = merge_theil(criterion, own, &met, into->theil[column], from->theil[column], other->count);
}

static void merge_joint(const custval__shape *shape, custval__sums *into, const custval__sums *from) {
    const size_t count = shape->count;
    if (from->complete == 0) return;
    if (into->complete == 0) {
        memcpy(into->joint, from->joint, count * sizeof *into->joint);
        memcpy(into->products, from->products, custval__pairs(shape) * sizeof *into->products);
        return;
    }
    double *restrict delta = into->scratch, *restrict of_into = delta + count, *restrict of_from = of_into + count;
    double weight = 0.0;
    for (size_t i = 0; i < count; i++) {
        const meeting met = merge_moments(&shape->columns[i], &into->joint[i], from->joint[i]);
        delta[i] = met.delta;
        of_into[i] = met.into_factor;
        of_from[i] = met.from_factor;
        weight = (double)into->complete * met.from_share;
    }
    double *restrict sums = into->products;
    const double *restrict others = from->products;
    for (size_t a = 0; a < count; a++) {
        const double at_a = delta[a] * weight, into_a = of_into[a], from_a = of_from[a];
        const size_t rest = count - a - 1;
        for (size_t k = 0; k < rest; k++) {
            const size_t b = a + 1 + k;
            sums[k] = (sums[k] * into_a * of_into[b] + others[k] * from_a * of_from[b]) + at_a * delta[b];
        }
        sums += rest;
        others += rest;
    }
}

void custval__sums_merge(const custval__shape *shape, custval__sums *into, const custval__sums *from) {
    for (size_t i = 0; i < shape->count; i++) custval__sums_merge_own(shape, into, from, i);
    if (into->joint != NULL) merge_joint(shape, into, from);
    for (size_t i = 0; i < shape->count && into->removal != NULL; i++) into->removal[i] += from->removal[i];
    into->rows += from->rows;
    into->complete += from->complete;
}
