/* Reading histories from bytes, which may be damaged or made by somebody who means no good. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "../base/compiler.h"
#include "../base/elementary.h"
#include "../base/error.h"
#include "../base/text.h"
#include "bytes.h"
#include "object.h"

typedef struct reader {
    const unsigned char *from;
    size_t at, length; /* without the checksum */
    const custval_host *host;
    custval_history *history;
    uint64_t purchases;                     /* rows, of all customers so far */
    int64_t first, last;                    /* periods of all cells so far */
    custval__fixed volume[CUSTVAL__MONEYS]; /* of all customers so far, without their signs */
    custval__course_sums folded;            /* of all totals so far */
    custval_error *error;
} reader;

/* ---- Numbers ----------------------------------------------------------------------------------------------------- */

static custval_status fail_cut_off(const reader *in) {
    return custval__fail(in->error, CUSTVAL_ERROR_DOCUMENT, "the bytes of the history end too early, at %zu",
                         in->length);
}

static custval_status fail_wrong(const reader *in, const char *what) {
    return custval__fail(in->error, CUSTVAL_ERROR_DOCUMENT, "the history contradicts itself: %s", what);
}

static uint64_t integer_at(const unsigned char *from, size_t size) {
    uint64_t value = 0;
    for (size_t i = 0; i < size; i++) value |= (uint64_t)from[i] << 8 * i;
    return value;
}

/* The caller has checked that there are so many bytes. */
static uint64_t take_integer(reader *in, size_t size) {
    const uint64_t value = integer_at(in->from + in->at, size);
    in->at += size;
    return value;
}

static int64_t take_signed(reader *in) {
    const uint64_t bits = take_integer(in, 8);
    int64_t value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static custval__fixed take_fixed(reader *in) {
    const uint64_t low = take_integer(in, 8);
    return (custval__fixed){low, take_integer(in, 8)};
}

static custval_status need(const reader *in, uint64_t count, size_t size) {
    return count <= (in->length - in->at) / size ? CUSTVAL_OK : fail_cut_off(in);
}

static int is_zero(custval__fixed x) {
    return (x.low | x.high) == 0;
}

/* ---- The head ---------------------------------------------------------------------------------------------------- */

static custval_status check_frame(reader *in) {
    const uint32_t magic = in->length < 4 ? 0 : (uint32_t)integer_at(in->from, 4);
    if (magic != CUSTVAL__HISTORY_MAGIC) {
        return custval__fail(in->error, CUSTVAL_ERROR_DOCUMENT, "these %zu bytes are not a history", in->length);
    }
    if (in->length < CUSTVAL__HISTORY_HEAD + 8) return fail_cut_off(in);
    const uint64_t version = integer_at(in->from + 4, 4), length = integer_at(in->from + 8, 8);
    if (version != CUSTVAL__HISTORY_VERSION) {
        return custval__fail(in->error, CUSTVAL_ERROR_DOCUMENT,
                             "the history has the format version %llu; this library reads version %d",
                             (unsigned long long)version, CUSTVAL__HISTORY_VERSION);
    }
    if (length != in->length) {
        return custval__fail(in->error, CUSTVAL_ERROR_DOCUMENT, "the history has %llu bytes, not these %zu: %s",
                             (unsigned long long)length, in->length,
                             length > in->length ? "it is cut off" : "something follows it");
    }
    in->length -= 8;
    in->at = 16;
    if (integer_at(in->from + in->length, 8) == custval__checksum(in->from, in->length)) return CUSTVAL_OK;
    return custval__fail(in->error, CUSTVAL_ERROR_DOCUMENT, "the history is damaged: its checksum does not fit");
}

static custval_status read_name(reader *in, custval__arena *arena, const char **out) {
    CUSTVAL__TRY(need(in, 1, 4));
    const size_t length = (size_t)take_integer(in, 4);
    CUSTVAL__TRY(need(in, length, 1));
    char *name = custval__arena_text(arena, (const char *)in->from + in->at, length);
    if (name == NULL) return custval__fail_memory(in->error);
    in->at += length;
    *out = name;
    return strlen(name) == length ? CUSTVAL_OK : fail_wrong(in, "the name of a column");
}

static custval_status read_head(reader *in, custval__arena *arena, custval_history **out) {
    custval_history_options options = CUSTVAL_HISTORY_OPTIONS_INIT, whole;
    custval_error why = CUSTVAL_ERROR_INIT;
    options.period = (uint32_t)take_integer(in, 4);
    options.refunds = (uint32_t)take_integer(in, 4);
    options.zeros = (uint32_t)take_integer(in, 4);
    options.bad_rows = (uint32_t)take_integer(in, 4);
    options.step = custval__double_of(take_integer(in, 8));
    options.periods_per_unit = custval__double_of(take_integer(in, 8));
    CUSTVAL__TRY(read_name(in, arena, &options.customer));
    CUSTVAL__TRY(read_name(in, arena, &options.time));
    CUSTVAL__TRY(read_name(in, arena, &options.amount));
    CUSTVAL__TRY(read_name(in, arena, &options.cost));
    CUSTVAL__TRY(read_name(in, arena, &options.quantity));
    if (custval__history_options_read(&whole, &options, &why) != CUSTVAL_OK) {
        return custval__fail(in->error, CUSTVAL_ERROR_DOCUMENT, "the history is wrong: %s", why.message);
    }
    CUSTVAL__TRY(custval__history_make(in->host, &whole, out, in->error));
    in->history = *out;
    return CUSTVAL_OK;
}

static custval_status check_counts(const reader *in) {
    const custval_history *history = in->history;
    const custval__counts *counts = &history->counts;
    const custval__clock *clock = &history->clock;
    const int seen = counts->has_seen ? counts->first <= counts->last && custval__period_exists(clock, counts->first) &&
                                            custval__period_exists(clock, counts->last)
                                      : counts->first == 0 && counts->last == 0;
    if (!seen) return fail_wrong(in, "first and last period");
    if (history->is_folded ? !custval__period_exists(clock, history->folded) : history->folded != 0) {
        return fail_wrong(in, "the period up to which it is folded");
    }
    if (counts->refunds > counts->rows || counts->zeros > counts->rows - counts->refunds ||
        counts->bad > counts->rows - counts->refunds - counts->zeros) {
        return fail_wrong(in, "numbers of rows");
    }
    if ((counts->refunds > 0 && history->refunds != CUSTVAL_REFUNDS_NET && history->refunds != CUSTVAL_REFUNDS_DROP) ||
        (counts->zeros > 0 && history->zeros != CUSTVAL_ZEROS_DROP) ||
        (counts->bad > 0 && history->bad_rows != CUSTVAL_BAD_ROWS_DROP)) {
        return fail_wrong(in, "rows that its rules do not drop");
    }
    for (size_t i = 0; i < history->money_count; i++) {
        if (custval__fixed_is_negative(counts->volume[i])) return fail_wrong(in, "volume");
    }
    return CUSTVAL_OK;
}

static custval_status read_counts(reader *in) {
    custval_history *history = in->history;
    custval__counts *counts = &history->counts;
    CUSTVAL__TRY(need(in, 1, CUSTVAL__HISTORY_COUNTS + 4 + history->money_count * sizeof(custval__fixed)));
    counts->rows = take_integer(in, 8);
    counts->refunds = take_integer(in, 8);
    counts->zeros = take_integer(in, 8);
    counts->bad = take_integer(in, 8);
    counts->first = take_signed(in);
    counts->last = take_signed(in);
    history->folded = take_signed(in);
    const uint64_t bits = take_integer(in, 4);
    counts->has_seen = (bits & CUSTVAL__HISTORY_HAS_SEEN) != 0;
    history->is_folded = (bits & CUSTVAL__HISTORY_IS_FOLDED) != 0;
    history->keys.kind = (uint32_t)take_integer(in, 4);
    if (bits > 3 || history->keys.kind > CUSTVAL__KEYS_TEXT) return fail_wrong(in, "its kind");
    for (size_t i = 0; i < history->money_count; i++) counts->volume[i] = take_fixed(in);
    return check_counts(in);
}

/* ---- Customers --------------------------------------------------------------------------------------------------- */

/* Adds money to what all customers together have moved. */
static custval_status move(reader *in, int column, custval__fixed money) {
    if (column < 0) return is_zero(money) ? CUSTVAL_OK : fail_wrong(in, "money without a column");
    custval__fixed *volume = &in->volume[column];
    const custval__fixed size = custval__fixed_size(money);
    if (custval__fixed_is_negative(size)) return fail_wrong(in, "money");
    *volume = custval__fixed_add(*volume, size);
    if (custval__wide_above(*volume, in->history->counts.volume[column]))
        return fail_wrong(in, "money beyond its volume");
    return CUSTVAL_OK;
}

static custval_status read_key(reader *in, uint32_t number) {
    custval__keys *keys = &in->history->keys;
    custval_status status;
    uint32_t index;
    if (keys->kind == CUSTVAL__KEYS_TEXT) {
        CUSTVAL__TRY(need(in, 1, 4));
        const custval_text text = {(const char *)in->from + in->at + 4, (size_t)take_integer(in, 4)};
        CUSTVAL__TRY(need(in, text.length, 1));
        in->at += text.length;
        if (text.length == 0 || !custval__utf8_valid(text.data, text.length)) return fail_wrong(in, "a key");
        if (number > 0) {
            const custval_text before = custval__keys_text(keys, number - 1);
            const size_t least = before.length < text.length ? before.length : text.length;
            const int order = memcmp(before.data, text.data, least);
            if (order > 0 || (order == 0 && before.length >= text.length)) return fail_wrong(in, "the order of keys");
        }
        status = custval__keys_put_text(keys, in->host, text, custval__key_hash_text(text), &index);
    } else {
        CUSTVAL__TRY(need(in, 1, 8));
        const int64_t key = take_signed(in);
        if (number > 0 && keys->integers[number - 1] >= key) return fail_wrong(in, "the order of keys");
        status = custval__keys_put_integer(keys, in->host, key, custval__key_hash_integer(key), &index);
    }
    return status == CUSTVAL_OK ? CUSTVAL_OK : custval__fail_memory(in->error);
}

static custval_status count_purchases(reader *in, uint64_t rows) {
    if (rows > in->history->counts.rows - in->purchases) return fail_wrong(in, "numbers of purchases");
    in->purchases += rows;
    return CUSTVAL_OK;
}

/* n intervals, of which sum, longest and squares are known: n Q >= S^2, Q <= S^2. */
static int are_intervals(const custval__totals *totals) {
    const uint64_t n = totals->purchases - 1, sum = (uint64_t)(totals->last - totals->first);
    const custval__fixed square = custval__wide_product(sum, sum);
    if (n > sum || custval__wide_above(totals->squares, square)) return 0;
    if (n == 0) return sum == 0 && totals->longest == 0 && custval__fixed_same(totals->first_spend, totals->spend);
    if (totals->longest < 1 || (uint64_t)totals->longest > sum || (sum - 1) / n >= (uint64_t)totals->longest) return 0;
    custval__fixed product = custval__wide_product(n, totals->squares.low);
    product.high += n * totals->squares.high;
    return !custval__wide_above(square, product);
}

static int are_totals(const reader *in, const custval__totals *totals) {
    const custval_history *history = in->history;
    if (totals->purchases == 0) {
        const custval__totals refunds = {.spend = totals->spend, .cost = totals->cost, .quantity = totals->quantity};
        return memcmp(&refunds, totals, sizeof refunds) == 0 && history->refunds == CUSTVAL_REFUNDS_NET &&
               (is_zero(totals->spend) || custval__fixed_is_negative(totals->spend));
    }
    return totals->first >= history->counts.first && totals->first <= totals->last && totals->last <= history->folded &&
           totals->last <= history->counts.last && totals->rows >= totals->purchases && are_intervals(totals);
}

static custval_status read_totals(reader *in, uint32_t number) {
    custval_history *history = in->history;
    custval__totals totals = {0};
    CUSTVAL__TRY(need(in, 1, CUSTVAL__HISTORY_TOTALS));
    totals.first = take_signed(in);
    totals.last = take_signed(in);
    totals.purchases = take_integer(in, 8);
    totals.rows = take_integer(in, 8);
    totals.longest = take_signed(in);
    totals.squares = take_fixed(in);
    totals.first_spend = take_fixed(in);
    totals.spend = take_fixed(in);
    totals.cost = take_fixed(in);
    totals.quantity = take_fixed(in);
    if (!history->is_folded || !are_totals(in, &totals)) return fail_wrong(in, "totals of a customer");
    if (custval__totals_reserve(history, (size_t)number + 1) != 0) return custval__fail_memory(in->error);
    history->totals[number] = totals;
    if (!custval__totals_any(history, number)) return fail_wrong(in, "totals of nothing");
    CUSTVAL__TRY(move(in, history->moneys.amount, totals.spend));
    CUSTVAL__TRY(move(in, history->moneys.cost, totals.cost));
    CUSTVAL__TRY(move(in, history->moneys.quantity, totals.quantity));
    const custval__totals nothing = {0};
    const custval__course_sums step = custval__course_step(&nothing, &totals);
    custval__course_sums_add(&in->folded, &step);
    const custval__fixed size = custval__fixed_size(totals.first_spend);
    const int fits = history->moneys.amount < 0
                         ? is_zero(size)
                         : !custval__wide_above(size, history->counts.volume[history->moneys.amount]);
    return fits ? count_purchases(in, totals.rows) : fail_wrong(in, "first spend of a customer");
}

static custval_status read_cell(reader *in, uint32_t number, custval__cell *cell) {
    custval_history *history = in->history;
    const custval__counts *counts = &history->counts;
    cell->customer = number;
    cell->period = take_signed(in);
    cell->rows = (uint32_t)take_integer(in, 4);
    if (!counts->has_seen || cell->period < counts->first || cell->period > counts->last ||
        (history->is_folded && cell->period <= history->folded)) {
        return fail_wrong(in, "a period");
    }
    for (size_t i = 0; i < history->money_count; i++) {
        cell->money[i] = take_fixed(in);
        CUSTVAL__TRY(move(in, (int)i, cell->money[i]));
    }
    if (cell->rows == 0) {
        const int place = history->moneys.amount;
        if (place < 0 || history->refunds != CUSTVAL_REFUNDS_NET ||
            (!is_zero(cell->money[place]) && !custval__fixed_is_negative(cell->money[place]))) {
            return fail_wrong(in, "a period without a purchase");
        }
    }
    if (history->cells.count == 0 || cell->period < in->first) in->first = cell->period;
    if (history->cells.count == 0 || cell->period > in->last) in->last = cell->period;
    history->counts.held += cell->rows;
    return count_purchases(in, cell->rows);
}

static custval_status read_customer(reader *in, uint32_t number) {
    custval_history *history = in->history;
    custval__cells *cells = &history->cells;
    CUSTVAL__TRY(read_key(in, number));
    CUSTVAL__TRY(need(in, 1, 12));
    const uint64_t has_totals = take_integer(in, 4), count = take_integer(in, 8);
    if (has_totals > 1 || (!history->is_folded && count == 0)) return fail_wrong(in, "what it has of a customer");
    if (has_totals == 1) CUSTVAL__TRY(read_totals(in, number));
    CUSTVAL__TRY(need(in, count, CUSTVAL__HISTORY_CELL + history->money_count * sizeof(custval__fixed)));
    if (custval__cells_reserve(cells, in->host, (size_t)count) != 0) return custval__fail_memory(in->error);
    for (uint64_t i = 0; i < count; i++) {
        custval__cell *cell = custval__cells_at(cells, cells->count);
        CUSTVAL__TRY(read_cell(in, number, cell));
        if (i > 0 && custval__cells_at(cells, cells->count - 1)->period >= cell->period) {
            return fail_wrong(in, "the order of periods");
        }
        cells->count++;
    }
    return CUSTVAL_OK;
}

static custval_status read_customers(reader *in) {
    custval_history *history = in->history;
    const custval__counts *counts = &history->counts;
    const uint32_t count = (uint32_t)take_integer(in, 4);
    if ((count == 0) != (history->keys.kind == CUSTVAL__KEYS_NONE) || (count > 0) != (counts->has_seen != 0)) {
        return fail_wrong(in, "the number of customers");
    }
    CUSTVAL__TRY(need(in, count, CUSTVAL__HISTORY_CUSTOMER));
    for (uint32_t i = 0; i < count; i++) CUSTVAL__TRY(read_customer(in, i));
    if (counts->held > UINT32_MAX || in->purchases != counts->rows - counts->refunds - counts->zeros - counts->bad) {
        return fail_wrong(in, "numbers of purchases");
    }
    if (!history->is_folded && counts->has_seen && (in->first != counts->first || in->last != counts->last)) {
        return fail_wrong(in, "first and last period");
    }
    return CUSTVAL_OK;
}

/* ---- Folded periods ---------------------------------------------------------------------------------------------- */

static custval_status read_course(reader *in) {
    custval_history *history = in->history;
    custval__course_sums all = {0, 0, {0, 0}};
    int64_t before = INT64_MIN;
    CUSTVAL__TRY(need(in, 1, 4));
    const uint32_t count = (uint32_t)take_integer(in, 4);
    CUSTVAL__TRY(need(in, count, CUSTVAL__HISTORY_PERIOD));
    for (uint32_t i = 0; i < count; i++) {
        uint32_t at;
        const int64_t period = take_signed(in);
        const uint64_t customers = take_integer(in, 8), purchases = take_integer(in, 8);
        const custval__course_sums sums = {customers, purchases, take_fixed(in)};
        if (period <= before || period < history->counts.first || period > history->folded || !history->is_folded ||
            purchases == 0 || customers > purchases || purchases > in->folded.purchases - all.purchases) {
            return fail_wrong(in, "a folded period");
        }
        if (custval__course_put(&history->course, in->host, period, &at) != CUSTVAL_OK) {
            return custval__fail_memory(in->error);
        }
        history->course.sums[at] = sums;
        custval__course_sums_add(&all, &sums);
        before = period;
    }
    if (all.customers != in->folded.customers || all.purchases != in->folded.purchases ||
        !custval__fixed_same(all.spend, in->folded.spend)) {
        return fail_wrong(in, "the sums of folded periods");
    }
    if (in->at == in->length) return CUSTVAL_OK;
    return custval__fail(in->error, CUSTVAL_ERROR_DOCUMENT, "the history has %zu bytes too many", in->length - in->at);
}

static custval_status read_all(reader *in, custval__arena *arena, custval_history **out) {
    CUSTVAL__TRY(read_head(in, arena, out));
    CUSTVAL__TRY(read_counts(in));
    CUSTVAL__TRY(read_customers(in));
    return read_course(in);
}

custval_status custval_history_read(const custval_host *host, const void *bytes, size_t length, custval_history **out,
                                    custval_error *error) {
    custval_host whole;
    custval__arena arena;
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    CUSTVAL__TRY(custval__host_read(&whole, host, error));
    if (bytes == NULL) return custval__fail_null(error, "bytes");
    reader in = {.from = bytes, .length = length, .host = &whole, .error = error};
    CUSTVAL__TRY(check_frame(&in));
    custval__arena_init(&arena, &whole);
    const custval_status status = read_all(&in, &arena, out);
    custval__arena_free(&arena);
    if (status != CUSTVAL_OK) {
        custval_history_free(*out);
        *out = NULL;
    }
    return status;
}
