/* Parts that add up to their total, bit for bit. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "exact_sum.h"

#include <math.h>

/* How many parts, counted from the last, may be tried as the one that takes the rounding. */
#define MOST_TRIES 12
/* A part takes the rounding only if it is at least this many times larger, so that it stays what it is to 9 digits. */
#define LARGER 1e9

static double sum_from(double *const *parts, size_t first, size_t count, double before) {
    for (size_t i = first; i < count; i++) before += *parts[i];
    return before;
}

// Tries values near the wanted one for a part; keeps the first that gives the total, else restores the part.
static int try_part(double *const *parts, size_t index, size_t count, double before, double total) {
    const double original = *parts[index];
    double candidate = original;
    for (int round = 0; round < 3; round++) {
        candidate += total - sum_from(parts, index, count, before);
        for (int nudge = 0; nudge < 3; nudge++) {
            *parts[index] = nudge == 0   ? candidate
                            : nudge == 1 ? nextafter(candidate, (double)INFINITY)
                                         : nextafter(candidate, -(double)INFINITY);
            if (sum_from(parts, index, count, before) == total) return 1;
        }
        *parts[index] = candidate;
    }
    *parts[index] = original;
    return 0;
}

// The last part that is not 0; count if there is none.
static size_t last_nonzero(double *const *parts, size_t count) {
    for (size_t i = count; i-- > 0;) {
        if (*parts[i] != 0.0) return i;
    }
    return count;
}

double custval__exact_sum(double *const *parts, size_t count, double total) {
    const double rounding = total - sum_from(parts, 0, count, 0.0);
    if (rounding == 0.0) return 0.0;
    int tries = 0;
    for (size_t i = count; i-- > 0 && tries < MOST_TRIES;) {
        if (fabs(*parts[i]) < LARGER * fabs(rounding)) continue;
        if (try_part(parts, i, count, sum_from(parts, 0, i, 0.0), total)) return 0.0;
        tries++;
    }
    // Brings the sum next to the total: then what is left is a double, and added to the sum gives the total exactly,
    // because two doubles within a factor of 2 of each other have an exact difference.
    const size_t last = last_nonzero(parts, count);
    if (last < count) *parts[last] = total - sum_from(parts, 0, last, 0.0);
    return total - sum_from(parts, 0, count, 0.0);
}
