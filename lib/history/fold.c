/* Folding: cells up to a period become totals of their customers and sums of their periods. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "object.h"

/* Periods of purchase that are folded get their sums. What fails leaves nothing. */
static custval_status reserve(custval_history *history, int64_t until, custval_error *error) {
    const uint32_t known = history->course.periods.count;
    const custval__cells *cells = &history->cells;
    custval_status status = CUSTVAL_OK;
    for (size_t i = 0; i < cells->count && status == CUSTVAL_OK; i++) {
        const custval__cell *cell = custval__cells_at(cells, i);
        uint32_t at;
        if (cell->rows == 0 || cell->period > until) continue;
        status = custval__course_put(&history->course, &history->host, cell->period, &at);
    }
    const size_t totals = history->total_count;
    if (status == CUSTVAL_OK && custval__totals_reserve(history, history->keys.count) != 0) {
        status = CUSTVAL_ERROR_MEMORY;
    }
    if (status == CUSTVAL_OK) return CUSTVAL_OK;
    custval__course_cut(&history->course, known);
    history->total_count = totals;
    if (status == CUSTVAL_ERROR_MEMORY) return custval__fail_memory(error);
    return custval__fail(error, status, "a history folds at most %u different periods", (unsigned)UINT32_MAX);
}

static void fold_cell(custval_history *history, const custval__cell *cell) {
    custval__totals *totals = &history->totals[cell->customer];
    custval__course *course = &history->course;
    const custval__totals before = *totals;
    custval__totals_take(totals, &history->moneys, cell);
    history->counts.held -= cell->rows;
    if (totals->purchases == 0) return;
    const custval__course_sums step = custval__course_step(&before, totals);
    const uint32_t at =
        custval__keys_find_integer(&course->periods, totals->last, custval__key_hash_integer(totals->last));
    custval__course_sums_add(&course->sums[at], &step);
}

custval_status custval_history_fold(custval_history *history, const char *until, custval_error *error) {
    int64_t bound;
    if (history == NULL) return custval__fail_null(error, "history");
    if (until == NULL) return custval__fail_null(error, "until");
    CUSTVAL__TRY(custval__bound_read(history, "until", until, &bound, error));
    if (history->is_folded && bound < history->folded) {
        char text[CUSTVAL__PERIOD_TEXT];
        (void)custval__period_text(&history->clock, history->folded, text);
        return custval__fail(error, CUSTVAL_ERROR_STATE, "the history is folded up to %s already", text);
    }
    custval__cells *cells = &history->cells;
    custval__cells_compact(cells);
    CUSTVAL__TRY(reserve(history, bound, error));
    size_t kept = 0;
    for (size_t i = 0; i < cells->count; i++) {
        const custval__cell *cell = custval__cells_at(cells, i);
        if (cell->period <= bound) {
            fold_cell(history, cell);
        } else if (kept++ != i) {
            memmove(custval__cells_at(cells, kept - 1), cell, cells->size);
        }
    }
    cells->count = kept;
    history->folded = bound;
    history->is_folded = 1;
    return CUSTVAL_OK;
}
