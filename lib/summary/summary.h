/* Summaries inside the library: what other subjects read from them. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_SUMMARY_SUMMARY_H
#define CUSTVAL_SUMMARY_SUMMARY_H

#include <stddef.h>
#include <stdint.h>

#include <custval/summary.h>

const custval_host *custval__summary_host(const custval_summary *summary); /* whole */
uint32_t custval__summary_parts(const custval_summary *summary);
size_t custval__summary_count(const custval_summary *summary);

/* A column: its name, owned by the summary; its side, never CUSTVAL_SIDE_NONE; its declared range, or 0 and 0. */
const custval_criterion *custval__summary_column(const custval_summary *summary, size_t column);
int custval__summary_has_range(const custval_summary *summary, size_t column);
/* Index of a column by name; SIZE_MAX if there is none. */
size_t custval__summary_find(const custval_summary *summary, const char *name);

/* What is known of a column over its own numbers, whatever the other columns of a row; NaN where it cannot be said. */
typedef struct custval__facts {
    uint64_t count, missing;
    double low, high, mean;
    double deviation;           /* n - 1 */
    double variation;           /* deviation / |mean| */
    double spread;              /* deviation / (high - low) */
    double entropy, divergence; /* sacrifices reflected in their range */
} custval__facts;

custval__facts custval__summary_facts(const custval_summary *summary, size_t column);

/* ---- With pairs: the rows that lack no column -------------------------------------------------------------------- */

/* With pairs or removal effects. */
uint64_t custval__summary_complete(const custval_summary *summary);

/* As above, but over the complete rows alone; without entropy. */
custval__facts custval__summary_complete_facts(const custval_summary *summary, size_t column);
/* Pearson's, of the data as they are; exactly 1 for a column with itself, and for what differs from 1 by rounding
   alone; NaN if one of the two does not vary. With the deviations of complete facts it gives covariances. */
double custval__summary_correlation(const custval_summary *summary, size_t a, size_t b);

/* Sum over the complete rows of |S' - S|, the effect of removing the column (MEREC); with removal effects. */
double custval__summary_removal(const custval_summary *summary, size_t column);

#endif
