/* Totals of one customer over cells in the order of time: what views show, and what a fold keeps. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_HISTORY_TOTALS_H
#define CUSTVAL_HISTORY_TOTALS_H

#include <stdint.h>

#include "cells.h"
#include "fixed.h"

/* All 0: nothing yet. */
typedef struct custval__totals {
    int64_t first, last;    /* periods of purchase */
    uint64_t purchases;     /* periods of purchase; 0: refunds alone, which wait for the first one */
    uint64_t rows;          /* purchases as rows */
    int64_t longest;        /* interval between periods of purchase */
    custval__fixed squares; /* sum of squared intervals: an integer, at most (last - first)^2 */
    custval__fixed first_spend;
    custval__fixed spend, cost, quantity;
} custval__totals;

/* Where amount, cost and quantity stand in a cell; negative: the history has none. */
typedef struct custval__moneys {
    int amount, cost, quantity;
} custval__moneys;

/* Takes the next cell. A refund lowers the spend of the period of `last`, one before the first purchase of `first`. */
void custval__totals_take(custval__totals *totals, const custval__moneys *moneys, const custval__cell *cell);

/* Sum of squared deviations of the intervals from their mean, over n - 1: exact but for the last rounding. Needs two. */
double custval__totals_interval_variance(const custval__totals *totals);

#endif
