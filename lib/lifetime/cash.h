/* When the money of a horizon comes, and what it is worth today. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_LIFETIME_CASH_H
#define CUSTVAL_LIFETIME_CASH_H

#include <stddef.h>
#include <stdint.h>

#include <custval/lifetime.h>

#include "model.h"

#define CUSTVAL__CASH_PERIODS ((size_t)1 << 20) /* most cash periods of a horizon */

/* How time becomes money; all in units of time. Checked: custval__cash_check(). */
typedef struct custval__cash_terms {
    uint32_t timing;     /* ::custval_timing */
    double period;       /* length of a cash period; not used with `times` */
    const double *times; /* ends of the cash periods; NULL: every `period` */
    size_t time_count;
    const double *rates; /* rate k holds in the k-th rate_period, the last one from then on; at least one */
    size_t rate_count;
    double rate_period;
} custval__cash_terms;

custval_status custval__cash_check(const custval__cash_terms *terms, custval_error *error);

/* ln of what one unit of money at time t is worth now. */
double custval__cash_log_discount(const custval__cash_terms *terms, double t);

/* Cash periods up to a horizon >= 0; 0 for one of 0, above CUSTVAL__CASH_PERIODS if they are too many. */
size_t custval__cash_count(const custval__cash_terms *terms, double horizon);

/* Fills in the ends and discounts of the whole cash periods from .. to - 1; those before are there. */
void custval__cash_fill(const custval__cash_terms *terms, size_t from, size_t to, double *ends, double *discounts);
/* Makes the last of `count` > 0 periods end at the horizon: it may be shorter than a whole one. custval__cash_fill() undoes it. */
void custval__cash_cut(const custval__cash_terms *terms, double horizon, size_t count, double *ends, double *discounts);

#endif
