/* Making parts add up to their total, bit for bit. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_EXPLAIN_EXACT_SUM_H
#define CUSTVAL_EXPLAIN_EXACT_SUM_H

#include <stddef.h>

/* `parts` add up to `total` but for rounding. Moves one of them by that rounding, so that adding all from the first to
   the last, in double precision and from 0, gives exactly the total, and returns 0. Where no double can do that (every
   partial sum near the end is too coarse, as in 80.1 - 67.8 = 12.3), returns the rest that added last gives the total.
   */
double custval__exact_sum(double *const *parts, size_t count, double total);

#endif
