/* What a history has seen. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "../base/error.h"
#include "../base/options.h"
#include "object.h"

#define FACTS_FIRST_SIZE (offsetof(custval_history_facts, folded) + 32)

static int has_folded(const custval_history *history, uint32_t customer) {
    return customer < history->total_count && history->totals[customer].purchases > 0;
}

/* Customers with a purchase, and their periods of purchase. */
static void count_purchases(const custval_history *history, custval_history_facts *facts) {
    const custval__cells *cells = &history->cells;
    uint32_t counted = UINT32_MAX; /* the last customer found in a cell */
    custval__history_compact(history);
    for (size_t i = 0; i < history->total_count; i++) {
        facts->customers += history->totals[i].purchases > 0;
        facts->purchases += history->totals[i].purchases;
    }
    for (size_t i = 0; i < cells->count; i++) {
        const custval__cell *cell = custval__cells_at(cells, i);
        if (cell->rows == 0) continue;
        facts->purchases++;
        if (cell->customer != counted && !has_folded(history, cell->customer)) facts->customers++;
        counted = cell->customer;
    }
}

custval_status custval_history_facts_get(const custval_history *history, custval_history_facts *out,
                                         custval_error *error) {
    custval_history_facts facts = CUSTVAL_HISTORY_FACTS_INIT;
    if (history == NULL) return custval__fail_null(error, "history");
    if (out == NULL) return custval__fail_null(error, "out");
    const custval__counts *counts = &history->counts;
    facts.rows = counts->rows;
    facts.refunds = counts->refunds;
    facts.zeros = counts->zeros;
    facts.bad = counts->bad;
    facts.period = history->clock.period;
    facts.text_keys = history->keys.kind == CUSTVAL__KEYS_TEXT;
    facts.step = history->clock.step;
    facts.periods_per_unit = history->unit;
    count_purchases(history, &facts);
    if (counts->has_seen) {
        (void)custval__period_text(&history->clock, counts->first, facts.first);
        (void)custval__period_text(&history->clock, counts->last, facts.last);
    }
    if (history->is_folded) (void)custval__period_text(&history->clock, history->folded, facts.folded);
    return custval__struct_write(out, &facts, sizeof facts, FACTS_FIRST_SIZE, "custval_history_facts", error);
}
