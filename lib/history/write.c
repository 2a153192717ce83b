/* Writing histories as bytes. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "../base/compiler.h"
#include "../base/elementary.h"
#include "../base/error.h"
#include "bytes.h"
#include "object.h"

/* `to` NULL: only counts. */
typedef struct writer {
    unsigned char *to;
    size_t length;
    const custval_history *history;
    uint32_t *customers, *periods; /* in the order of their keys */
    size_t *starts;
} writer;

static void put(writer *out, const void *bytes, size_t length) {
    if (out->to != NULL && length > 0) memcpy(out->to + out->length, bytes, length);
    out->length += length;
}

static void put_integer(writer *out, uint64_t value, size_t size) {
    unsigned char bytes[8];
    for (size_t i = 0; i < size; i++) bytes[i] = (unsigned char)(value >> 8 * i);
    put(out, bytes, size);
}

static void put_signed(writer *out, int64_t value) {
    put_integer(out, (uint64_t)value, 8);
}

static void put_double(writer *out, double value) {
    put_integer(out, custval__bits_of(value), 8);
}

static void put_fixed(writer *out, custval__fixed value) {
    put_integer(out, value.low, 8);
    put_integer(out, value.high, 8);
}

static void put_head(writer *out, size_t length) {
    const custval_history *history = out->history;
    put_integer(out, CUSTVAL__HISTORY_MAGIC, 4);
    put_integer(out, CUSTVAL__HISTORY_VERSION, 4);
    put_integer(out, length, 8);
    put_integer(out, history->clock.period, 4);
    put_integer(out, history->refunds, 4);
    put_integer(out, history->zeros, 4);
    put_integer(out, history->bad_rows, 4);
    put_double(out, history->clock.step);
    put_double(out, history->unit);
    for (size_t i = 0; i < CUSTVAL__HISTORY_COLUMNS; i++) {
        const char *name = history->names[i] == NULL ? "" : history->names[i];
        put_integer(out, strlen(name), 4);
        put(out, name, strlen(name));
    }
}

static void put_counts(writer *out) {
    const custval_history *history = out->history;
    const custval__counts *counts = &history->counts;
    put_integer(out, counts->rows, 8);
    put_integer(out, counts->refunds, 8);
    put_integer(out, counts->zeros, 8);
    put_integer(out, counts->bad, 8);
    put_signed(out, counts->first);
    put_signed(out, counts->last);
    put_signed(out, history->folded);
    put_integer(out,
                (counts->has_seen ? CUSTVAL__HISTORY_HAS_SEEN : 0U) |
                    (history->is_folded ? CUSTVAL__HISTORY_IS_FOLDED : 0U),
                4);
    put_integer(out, history->keys.count > 0 ? history->keys.kind : CUSTVAL__KEYS_NONE, 4);
    for (size_t i = 0; i < history->money_count; i++) put_fixed(out, counts->volume[i]);
    put_integer(out, history->keys.count, 4);
}

static void put_totals(writer *out, const custval__totals *totals) {
    put_signed(out, totals->first);
    put_signed(out, totals->last);
    put_integer(out, totals->purchases, 8);
    put_integer(out, totals->rows, 8);
    put_signed(out, totals->longest);
    put_fixed(out, totals->squares);
    put_fixed(out, totals->first_spend);
    put_fixed(out, totals->spend);
    put_fixed(out, totals->cost);
    put_fixed(out, totals->quantity);
}

static void put_customer(writer *out, uint32_t customer) {
    const custval_history *history = out->history;
    const int has_totals = custval__totals_any(history, customer);
    if (history->keys.kind == CUSTVAL__KEYS_TEXT) {
        const custval_text text = custval__keys_text(&history->keys, customer);
        put_integer(out, text.length, 4);
        put(out, text.data, text.length);
    } else {
        put_signed(out, history->keys.integers[customer]);
    }
    put_integer(out, has_totals ? 1 : 0, 4);
    put_integer(out, out->starts[customer + 1] - out->starts[customer], 8);
    if (has_totals) put_totals(out, &history->totals[customer]);
    for (size_t i = out->starts[customer]; i < out->starts[customer + 1]; i++) {
        const custval__cell *cell = custval__cells_at(&history->cells, i);
        put_signed(out, cell->period);
        put_integer(out, cell->rows, 4);
        for (size_t k = 0; k < history->money_count; k++) put_fixed(out, cell->money[k]);
    }
}

static void put_course(writer *out) {
    const custval__course *course = &out->history->course;
    put_integer(out, course->periods.count, 4);
    for (uint32_t i = 0; i < course->periods.count; i++) {
        const custval__course_sums *sums = &course->sums[out->periods[i]];
        put_signed(out, course->periods.integers[out->periods[i]]);
        put_integer(out, sums->customers, 8);
        put_integer(out, sums->purchases, 8);
        put_fixed(out, sums->spend);
    }
}

static void put_all(writer *out, unsigned char *to, size_t length) {
    out->to = to;
    out->length = 0;
    put_head(out, length);
    put_counts(out);
    for (uint32_t i = 0; i < out->history->keys.count; i++) put_customer(out, out->customers[i]);
    put_course(out);
    put_integer(out, to == NULL ? 0 : custval__checksum(to, out->length), 8);
}

custval_status custval_history_write(const custval_history *history, void *buffer, size_t capacity, size_t *out_length,
                                     custval_error *error) {
    if (out_length == NULL) return custval__fail_null(error, "out_length");
    *out_length = 0;
    if (history == NULL) return custval__fail_null(error, "history");
    if (buffer == NULL && capacity > 0) return custval__fail_null(error, "buffer");
    writer out = {.history = history};
    custval_status status = CUSTVAL_OK;
    out.customers = custval__keys_order(&history->keys, &history->host);
    out.periods = custval__keys_order(&history->course.periods, &history->host);
    out.starts = custval__history_starts(history, &history->host);
    if (out.customers != NULL && out.periods != NULL && out.starts != NULL) {
        put_all(&out, NULL, 0);
        *out_length = out.length;
        if (out.length <= capacity) put_all(&out, buffer, *out_length);
    } else {
        status = custval__fail_memory(error);
    }
    custval__free(&history->host, out.customers);
    custval__free(&history->host, out.periods);
    custval__free(&history->host, out.starts);
    return status;
}
