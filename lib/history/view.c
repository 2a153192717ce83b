/* Bounds of views, totals up to them, units of time. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "view.h"

#include <math.h>
#include <string.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../base/options.h"
#include "../table/table.h"

#define VIEW_FIRST_SIZE (offsetof(custval_history_view, holdout_end) + sizeof(const char *))
#define MOST_UNITS ((size_t)1 << 20)

/* ---- Bounds ------------------------------------------------------------------------------------------------------ */

static custval_status read_bounds(custval__view *view, const custval_history_view *given, custval_error *error) {
    const custval_history *history = view->history;
    const custval__counts *counts = &history->counts;
    view->end = counts->has_seen ? counts->last : -CUSTVAL__PERIOD_MOST;
    if (given->end != NULL) CUSTVAL__TRY(custval__bound_read(history, "end", given->end, &view->end, error));
    if (history->is_folded && view->end < history->folded && counts->has_seen && view->end < counts->last) {
        char text[CUSTVAL__PERIOD_TEXT];
        (void)custval__period_text(&history->clock, history->folded, text);
        return custval__fail(error, CUSTVAL_ERROR_STATE, "end is \"%s\", but the history is folded up to %s",
                             given->end, text);
    }
    view->has_holdout = given->holdout_end != NULL;
    if (!view->has_holdout) return CUSTVAL_OK;
    CUSTVAL__TRY(custval__bound_read(history, "holdout_end", given->holdout_end, &view->holdout_end, error));
    if (view->holdout_end > view->end) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_RANGE, "holdout_end is \"%s\", which is not after the end",
                         given->holdout_end);
}

custval_status custval__view_begin(custval__view *out, const custval_history *history,
                                   const custval_history_view *given, custval_error *error) {
    custval_history_view read = CUSTVAL_HISTORY_VIEW_INIT;
    memset(out, 0, sizeof *out);
    if (history == NULL) return custval__fail_null(error, "history");
    out->history = history;
    out->host = history->host;
    CUSTVAL__TRY(custval__struct_read(&read, sizeof read, VIEW_FIRST_SIZE, given, "custval_history_view", error));
    if (read.host != NULL) CUSTVAL__TRY(custval__host_read(&out->host, read.host, error));
    CUSTVAL__TRY(read_bounds(out, &read, error));
    out->starts = custval__history_starts(history, &out->host);
    return out->starts != NULL ? CUSTVAL_OK : custval__fail_memory(error);
}

void custval__view_end(custval__view *view) {
    custval__free(&view->host, view->starts);
    view->starts = NULL;
}

/* ---- Customers --------------------------------------------------------------------------------------------------- */

custval__totals custval__view_totals(const custval__view *view, uint32_t customer, int64_t until, size_t *at) {
    const custval_history *history = view->history;
    custval__totals totals = {0};
    size_t i = view->starts[customer];
    if (customer < history->total_count) totals = history->totals[customer];
    for (; i < view->starts[customer + 1]; i++) {
        const custval__cell *cell = custval__cells_at(&history->cells, i);
        if (cell->period > until) break;
        custval__totals_take(&totals, &history->moneys, cell);
    }
    if (at != NULL) *at = i;
    return totals;
}

int custval__view_span(const custval__view *view, uint32_t customer, int64_t until, int64_t *first, int64_t *last) {
    const custval_history *history = view->history;
    int has = customer < history->total_count && history->totals[customer].purchases > 0;
    *first = has ? history->totals[customer].first : 0;
    *last = has ? history->totals[customer].last : 0;
    for (size_t i = view->starts[customer]; i < view->starts[customer + 1]; i++) {
        const custval__cell *cell = custval__cells_at(&history->cells, i);
        if (cell->period > until) break;
        if (cell->rows == 0) continue;
        if (!has) *first = cell->period;
        *last = cell->period;
        has = 1;
    }
    return has;
}

double custval__mean_spend(const custval__totals *totals) {
    if (totals->purchases < 2) return (double)NAN;
    const custval__fixed repeat = custval__fixed_subtract(totals->spend, totals->first_spend);
    return custval__fixed_double(repeat) / (double)(totals->purchases - 1);
}

/* ---- Units ------------------------------------------------------------------------------------------------------- */

int64_t custval__unit_last(const custval_history *history, uint64_t k) {
    const double last = ceil((double)k * history->unit) - 1.0;
    return last < (double)INT64_MAX / 2 ? (int64_t)last : INT64_MAX / 2;
}

custval_status custval__unit_count(const custval_history *history, int64_t distance, size_t *out,
                                   custval_error *error) {
    const double about = floor((double)distance / history->unit) + 1.0;
    if (about > (double)MOST_UNITS) {
        return custval__fail(error, CUSTVAL_ERROR_LIMIT,
                             "from the first period to the last it takes %g units: at most %zu", about, MOST_UNITS);
    }
    size_t count = (size_t)about;
    while (count > 1 && custval__unit_last(history, count - 1) >= distance) count--;
    while (custval__unit_last(history, count) < distance) count++;
    *out = count;
    return CUSTVAL_OK;
}

/* ---- Periods as a column ----------------------------------------------------------------------------------------- */

custval_status custval__result_add_periods(const custval_history *history, custval_table *table, const char *name,
                                           const int64_t *values, size_t count, custval_error *error) {
    const custval_host *host = &table->host;
    char(*room)[CUSTVAL__PERIOD_TEXT] = custval__alloc(host, count, sizeof *room);
    custval_text *texts = custval__alloc(host, count, sizeof *texts);
    custval_status status = CUSTVAL_OK;
    if (room != NULL && texts != NULL) {
        for (size_t i = 0; i < count; i++) {
            texts[i] = (custval_text){room[i], custval__period_text(&history->clock, values[i], room[i])};
        }
        status = custval__result_add_texts(table, name, texts, error);
    } else {
        status = custval__fail_memory(error);
    }
    custval__free(host, room);
    custval__free(host, texts);
    return status;
}
