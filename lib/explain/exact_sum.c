/* Parts that add up to their total, bit for bit. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "exact_sum.h"

#include <float.h>
#include <math.h>

/* How many parts, counted from the last, may be tried as the one that takes the rounding. */
#define MOST_TRIES 12
/* What is more than this share of all parts is no rounding of theirs, and none of them takes it. */
#define LARGEST_ROUNDING (64.0 * DBL_EPSILON)
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

double custval__exact_sum(double *const *parts, size_t count, double total) {
    const double rounding = total - sum_from(parts, 0, count, 0.0);
    double sizes = 0.0;
    if (rounding == 0.0) return 0.0;
    for (size_t i = 0; i < count; i++) sizes += fabs(*parts[i]);
    int tries = fabs(rounding) > LARGEST_ROUNDING * sizes ? MOST_TRIES : 0;
    for (size_t i = count; i-- > 0 && tries < MOST_TRIES;) {
        if (fabs(*parts[i]) < LARGER * fabs(rounding)) continue;
        if (try_part(parts, i, count, sum_from(parts, 0, i, 0.0), total)) return 0.0;
        tries++;
    }
    // The rest comes last. Its sum with the others is exact if they lie within a factor of 2 of the total, because then
    // their difference is a double; mostly they do.
    const double others = sum_from(parts, 0, count, 0.0);
    if (others + (total - others) == total) return total - others;
    // Else the last part that is not 0 brings them there, or to 0. There is one: else the rest would be the total itself.
    size_t last = count - 1;
    while (*parts[last] == 0.0) last--;
    *parts[last] = total - sum_from(parts, 0, last, 0.0);
    return total - sum_from(parts, 0, count, 0.0);
}
