/* Weights of a group that add up to exactly 1. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <float.h>
#include <math.h>

#include "../base/maths.h"
#include "system.h"

static double added_in_order(const double *weights, size_t count) {
    double total = 0;
    for (size_t i = 0; i < count; i++) total += weights[i];
    return total;
}

/* Looks by bisection for a value of one weight, a few ulps from the present one, with which all add up to 1. The total
   never falls as the weight grows, but as halves are rounded to even it may jump over 1: then 0 is returned and
   nothing changes. */
static int adjust_one(double *weights, size_t count, size_t at) {
    const double original = weights[at], gap = 1 - added_in_order(weights, count);
    double below = gap > 0 ? original : original + 2 * gap;
    double above = gap > 0 ? original + 2 * gap : original;
    for (;;) {
        const double middle = below + (above - below) / 2;
        if (middle <= below || middle >= above) break;
        weights[at] = middle;
        const double total = added_in_order(weights, count);
        if (total == 1) return 1;
        if (total < 1) {
            below = middle;
        } else {
            above = middle;
        }
    }
    weights[at] = original;
    return 0;
}

/* Adjusts the largest weight, else another one that is not so small that it would notice. */
static int adjust(double *weights, size_t count, size_t largest) {
    if (adjust_one(weights, count, largest)) return 1;
    for (size_t i = count; i > 0; i--) {
        if (weights[i - 1] >= weights[largest] / 1000 && adjust_one(weights, count, i - 1)) return 1;
    }
    return 0;
}

/* Makes every weight a multiple of 2^-53, at least one of them where it is positive, and gives the rest to the largest.
   Sums of such multiples up to 1 are exact in any order. Needed where many halves meet, e.g. for powers of two. */
static void round_to_grid(double *weights, size_t count, size_t largest) {
    const double unit = DBL_EPSILON / 2;
    double rest = 1;
    for (size_t i = 0; i < count; i++) {
        if (i == largest || weights[i] <= 0) continue;
        weights[i] = fmax(floor(weights[i] / unit + 0.5), 1) * unit;
        rest -= weights[i];
    }
    weights[largest] = rest;
}

int custval__weights_normalise(double *weights, size_t count) {
    size_t largest = 0;
    for (size_t i = 1; i < count; i++) {
        if (weights[i] > weights[largest]) largest = i;
    }
    if (count == 0 || weights[largest] <= 0) return -1;
    if (added_in_order(weights, count) == 1) { /* shares stay as they are, to the bit */
        for (size_t i = 0; i < count; i++) weights[i] = weights[i] <= 0 ? 0 : fmax(weights[i], DBL_MIN);
        return 0;
    }
    int exponent = 0;
    frexp(weights[largest], &exponent);
    // One factor for all, where there is one: calling ldexp for each weight took as long as all the rest.
    const double factor = exponent > -DBL_MAX_EXP ? ldexp(1, -exponent) : 0;
    custval__sum total = {0, 0};
    for (size_t i = 0; i < count; i++) {
        if (weights[i] <= 0) {
            weights[i] = 0; /* which may have been -0 */
            continue;
        }
        /* At most 1, and exact but for vanishing ones. */
        const double scaled = factor > 0 ? weights[i] * factor : ldexp(weights[i], -exponent);
        weights[i] = scaled > DBL_MIN ? scaled : DBL_MIN;
        custval__sum_add(&total, weights[i]);
    }
    const double whole = custval__sum_value(&total);
    for (size_t i = 0; i < count; i++) {
        if (weights[i] <= 0) continue;
        weights[i] /= whole;
        if (weights[i] < DBL_MIN) weights[i] = DBL_MIN;
    }
    if (added_in_order(weights, count) == 1 || adjust(weights, count, largest)) return 0;
    round_to_grid(weights, count, largest);
    return 0;
}
