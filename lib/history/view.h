/* Looking at a history: its bounds, and each customer's totals up to them. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_HISTORY_VIEW_H
#define CUSTVAL_HISTORY_VIEW_H

#include "object.h"

typedef struct custval__view {
    const custval_history *history;
    custval_host host; /* whole */
    int64_t end, holdout_end;
    int has_holdout;
    size_t *starts; /* custval__history_starts */
} custval__view;

/* Reads a view and puts the history in order; custval__view_end() it, also after a failure. A history that has seen
   nothing ends in a period that nothing lies in. */
custval_status custval__view_begin(custval__view *out, const custval_history *history,
                                   const custval_history_view *given, custval_error *error);
void custval__view_end(custval__view *view);

/* Totals of a customer up to a period; *at (may be NULL) becomes the first cell after it. */
custval__totals custval__view_totals(const custval__view *view, uint32_t customer, int64_t until, size_t *at);
/* First and last period of purchase by then; 0 if there is none. */
int custval__view_span(const custval__view *view, uint32_t customer, int64_t until, int64_t *first, int64_t *last);

/* The last period of unit k, from 1, as a distance from the first period: unit k is [(k - 1) u, k u). */
int64_t custval__unit_last(const custval_history *history, uint64_t k);
/* Units of so many periods, from distance 0 to this one; CUSTVAL_ERROR_LIMIT above 2^20. */
custval_status custval__unit_count(const custval_history *history, int64_t distance, size_t *out, custval_error *error);

/* A column of periods as text; values[i] of `count`. */
custval_status custval__result_add_periods(const custval_history *history, custval_table *table, const char *name,
                                           const int64_t *values, size_t count, custval_error *error);

static inline double custval__in_units(const custval_history *history, int64_t periods) {
    return (double)periods / history->unit;
}

/* Mean spend over the repeat periods; NaN if there are none. */
double custval__mean_spend(const custval__totals *totals);

#endif
