/* Merging histories: customers of the other get numbers here, then its cells and totals follow. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "object.h"

typedef struct merging {
    custval_history *history;
    const custval_history *other;
    uint32_t *numbers; /* here, of the other's customers */
    custval_error *error;
} merging;

/* ---- Same rules -------------------------------------------------------------------------------------------------- */

static custval_status fail_differs(const merging *in, const char *what) {
    return custval__fail(in->error, CUSTVAL_ERROR_STRUCTURE, "the histories differ in %s", what);
}

static custval_status check_rules(const merging *in) {
    const custval_history *a = in->history, *b = in->other;
    if (a->clock.period != b->clock.period) return fail_differs(in, "their period");
    if (a->clock.step != b->clock.step) return fail_differs(in, "the step of their periods");
    if (a->unit != b->unit) return fail_differs(in, "their periods per unit");
    if (a->refunds != b->refunds) return fail_differs(in, "what a refund means");
    if (a->zeros != b->zeros) return fail_differs(in, "what an amount of 0 means");
    if (a->bad_rows != b->bad_rows) return fail_differs(in, "what becomes of bad rows");
    if ((a->moneys.amount < 0) != (b->moneys.amount < 0)) return fail_differs(in, "whether they have amounts");
    if ((a->moneys.cost < 0) != (b->moneys.cost < 0)) return fail_differs(in, "whether they have costs");
    if ((a->moneys.quantity < 0) != (b->moneys.quantity < 0)) return fail_differs(in, "whether they have quantities");
    if (a->keys.count > 0 && b->keys.count > 0 && a->keys.kind != b->keys.kind) {
        return fail_differs(in, "whether customers are integers or text");
    }
    return CUSTVAL_OK;
}

/* ---- Folds ------------------------------------------------------------------------------------------------------- */

/* A history that is not folded has nothing up to the other's fold: else that would have been folded without it. */
static custval_status check_unfolded(const merging *in, const custval_history *unfolded, int64_t folded) {
    char text[CUSTVAL__PERIOD_TEXT];
    if (!unfolded->counts.has_seen || unfolded->counts.first > folded) return CUSTVAL_OK;
    (void)custval__period_text(&unfolded->clock, folded, text);
    return custval__fail(in->error, CUSTVAL_ERROR_STATE,
                         "one history is folded up to %s, the other has rows up to then: fold both", text);
}

static custval_status check_folds(const merging *in) {
    const custval_history *a = in->history, *b = in->other;
    if (!a->is_folded && !b->is_folded) return CUSTVAL_OK;
    if (!a->is_folded) return check_unfolded(in, a, b->folded);
    if (!b->is_folded) return check_unfolded(in, b, a->folded);
    if (a->folded == b->folded) return CUSTVAL_OK;
    return custval__fail(in->error, CUSTVAL_ERROR_STATE,
                         "the histories are folded up to different dates: fold the one further");
}

/* ---- Taking ------------------------------------------------------------------------------------------------------ */

static custval_status take_keys(const merging *in) {
    custval_history *history = in->history;
    const custval__keys *keys = &in->other->keys;
    if (history->keys.count == 0) history->keys.kind = keys->kind;
    for (uint32_t i = 0; i < keys->count; i++) {
        const custval_status status = custval__keys_put_other(&history->keys, &history->host, keys, i, &in->numbers[i]);
        if (status == CUSTVAL_ERROR_MEMORY) return custval__fail_memory(in->error);
        if (status != CUSTVAL_OK) {
            return custval__fail(in->error, status, "a history holds at most %u customers", (unsigned)UINT32_MAX);
        }
        if (custval__totals_any(in->other, i) && custval__totals_any(history, in->numbers[i])) {
            return custval__fail(in->error, CUSTVAL_ERROR_STATE, "customer %u of the other history is folded in both",
                                 (unsigned)i);
        }
    }
    return CUSTVAL_OK;
}

static custval_status take_periods(const merging *in) {
    const custval__keys *periods = &in->other->course.periods;
    for (uint32_t i = 0; i < periods->count; i++) {
        uint32_t at;
        const custval_status status =
            custval__course_put(&in->history->course, &in->history->host, periods->integers[i], &at);
        if (status == CUSTVAL_ERROR_MEMORY) return custval__fail_memory(in->error);
        if (status != CUSTVAL_OK) {
            return custval__fail(in->error, status, "a history folds at most %u different periods",
                                 (unsigned)UINT32_MAX);
        }
    }
    return CUSTVAL_OK;
}

static custval_status reserve(const merging *in) {
    custval_history *history = in->history;
    CUSTVAL__TRY(take_keys(in));
    CUSTVAL__TRY(take_periods(in));
    if (custval__cells_reserve(&history->cells, &history->host, in->other->cells.count) != 0) {
        return custval__fail_memory(in->error);
    }
    if (in->other->total_count > 0 && custval__totals_reserve(history, history->keys.count) != 0) {
        return custval__fail_memory(in->error);
    }
    return custval__counts_add(&history->counts, &in->other->counts, in->error);
}

static void take(const merging *in) {
    custval_history *history = in->history;
    const custval_history *other = in->other;
    custval__cells *cells = &history->cells;
    for (size_t i = 0; i < other->cells.count; i++) {
        custval__cell *cell = custval__cells_at(cells, cells->count + i);
        memcpy(cell, custval__cells_at(&other->cells, i), cells->size);
        cell->customer = in->numbers[cell->customer];
    }
    cells->count += other->cells.count;
    if (other->cells.count > 0) cells->is_compact = 0;
    for (uint32_t i = 0; i < other->total_count; i++) {
        if (custval__totals_any(other, i)) history->totals[in->numbers[i]] = other->totals[i];
    }
    for (uint32_t i = 0; i < other->course.periods.count; i++) {
        const int64_t period = other->course.periods.integers[i];
        const uint32_t at =
            custval__keys_find_integer(&history->course.periods, period, custval__key_hash_integer(period));
        custval__course_sums_add(&history->course.sums[at], &other->course.sums[i]);
    }
    if (other->is_folded) history->folded = other->folded;
    history->is_folded |= other->is_folded;
}

static custval_status merge(merging *in) {
    custval_history *history = in->history;
    const uint32_t customers = history->keys.count, periods = history->course.periods.count;
    const size_t totals = history->total_count;
    in->numbers = custval__alloc(&history->host, in->other->keys.count, sizeof *in->numbers);
    if (in->numbers == NULL) return custval__fail_memory(in->error);
    const custval_status status = reserve(in);
    if (status == CUSTVAL_OK) {
        take(in);
    } else {
        custval__keys_cut(&history->keys, customers);
        custval__course_cut(&history->course, periods);
        history->total_count = totals;
    }
    if (history->keys.count == 0) custval__keys_free(&history->keys, &history->host);
    custval__free(&history->host, in->numbers);
    return status;
}

custval_status custval_history_merge(custval_history *history, const custval_history *other, custval_error *error) {
    if (history == NULL) return custval__fail_null(error, "history");
    if (other == NULL) return custval__fail_null(error, "other");
    if (history == other) return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "a history cannot be merged with itself");
    merging in = {history, other, NULL, error};
    CUSTVAL__TRY(check_rules(&in));
    CUSTVAL__TRY(check_folds(&in));
    return merge(&in);
}
