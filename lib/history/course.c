/* The course of the whole base: who came, what was bought and spent, unit by unit. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../table/table.h"
#include "view.h"

typedef struct coursing {
    custval__view view;
    int64_t first, last; /* first period of the base; last of the course */
    size_t count;
    int64_t *until; /* last period of each unit */
    custval__course_sums *sums;
    custval_table *table;
} coursing;

/* ---- Sums -------------------------------------------------------------------------------------------------------- */

/* The last period of a unit decides, not the division, which rounds. */
static void add_step(coursing *in, int64_t period, const custval__course_sums *step) {
    const double about = custval__in_units(in->view.history, period - in->first);
    size_t unit = about < (double)in->count ? (size_t)about : in->count - 1;
    while (unit > 0 && in->until[unit - 1] >= period) unit--;
    while (in->until[unit] < period) unit++;
    custval__course_sums_add(&in->sums[unit], step);
}

static void add_customer(coursing *in, uint32_t customer) {
    const custval__view *view = &in->view;
    const custval_history *history = view->history;
    custval__totals totals = {0};
    int64_t first, last;
    if (!custval__view_span(view, customer, view->end, &first, &last)) return;
    if (customer < history->total_count) totals = history->totals[customer];
    for (size_t i = view->starts[customer]; i < view->starts[customer + 1]; i++) {
        const custval__cell *cell = custval__cells_at(&history->cells, i);
        const custval__totals before = totals;
        if (cell->period > in->last) break;
        custval__totals_take(&totals, &history->moneys, cell);
        const custval__course_sums step = custval__course_step(&before, &totals);
        if (totals.purchases > 0) add_step(in, totals.last, &step);
    }
}

/* First period of purchase of the base; 0 if there is none by the end. */
static int find_first(coursing *in) {
    const custval_history *history = in->view.history;
    int has = 0;
    for (uint32_t i = 0; i < history->keys.count; i++) {
        int64_t first, last;
        if (!custval__view_span(&in->view, i, in->view.end, &first, &last)) continue;
        if (!has || first < in->first) in->first = first;
        has = 1;
    }
    return has;
}

static custval_status add_up(coursing *in, custval_error *error) {
    const custval__view *view = &in->view;
    const custval_history *history = view->history;
    in->last = view->has_holdout ? view->holdout_end : view->end;
    if (find_first(in)) CUSTVAL__TRY(custval__unit_count(history, in->last - in->first, &in->count, error));
    in->until = custval__alloc(&view->host, in->count, sizeof *in->until);
    in->sums = custval__alloc_zero(&view->host, in->count, sizeof *in->sums);
    if (in->until == NULL || in->sums == NULL) return custval__fail_memory(error);
    if (in->count == 0) return CUSTVAL_OK;
    for (size_t i = 0; i < in->count; i++) in->until[i] = in->first + custval__unit_last(history, i + 1);
    in->until[in->count - 1] = in->last;
    const custval__keys *periods = &history->course.periods;
    for (uint32_t i = 0; i < periods->count; i++) add_step(in, periods->integers[i], &history->course.sums[i]);
    for (uint32_t i = 0; i < history->keys.count; i++) add_customer(in, i);
    return CUSTVAL_OK;
}

/* ---- The table --------------------------------------------------------------------------------------------------- */

static custval_status fill(coursing *in, custval_error *error) {
    const custval_history *history = in->view.history;
    double *unit, *elapsed, *customers, *purchases, *repeats, *spend = NULL;
    CUSTVAL__TRY(custval__result_new(&in->view.host, in->count, &in->table, error));
    CUSTVAL__TRY(custval__result_add_doubles(in->table, "unit", &unit, error));
    CUSTVAL__TRY(custval__result_add_periods(history, in->table, "until", in->until, in->count, error));
    CUSTVAL__TRY(custval__result_add_doubles(in->table, "elapsed", &elapsed, error));
    CUSTVAL__TRY(custval__result_add_doubles(in->table, "customers", &customers, error));
    CUSTVAL__TRY(custval__result_add_doubles(in->table, "purchases", &purchases, error));
    CUSTVAL__TRY(custval__result_add_doubles(in->table, "repeats", &repeats, error));
    if (history->moneys.amount >= 0) {
        CUSTVAL__TRY(custval__result_add_doubles(in->table, "spend", &spend, error));
    }
    for (size_t i = 0; i < in->count; i++) {
        const custval__course_sums *sums = &in->sums[i];
        unit[i] = (double)(i + 1);
        elapsed[i] = custval__in_units(history, in->until[i] - in->first);
        customers[i] = (double)sums->customers;
        purchases[i] = (double)sums->purchases;
        repeats[i] = (double)(sums->purchases - sums->customers);
        if (spend != NULL) spend[i] = custval__fixed_double(sums->spend);
    }
    custval__result_finish(in->table);
    return CUSTVAL_OK;
}

custval_status custval_history_course(const custval_history *history, const custval_history_view *view,
                                      custval_table **out, custval_error *error) {
    coursing in = {.count = 0};
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    custval_status status = custval__view_begin(&in.view, history, view, error);
    if (status == CUSTVAL_OK) status = add_up(&in, error);
    if (status == CUSTVAL_OK) status = fill(&in, error);
    custval__free(&in.view.host, in.until);
    custval__free(&in.view.host, in.sums);
    custval__view_end(&in.view);
    return custval__result_give(in.table, status, out);
}
