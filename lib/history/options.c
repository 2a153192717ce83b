/* Histories: making and freeing them, their options, and what several files do with them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "../base/options.h"
#include "../base/text.h"
#include "object.h"

/* Periods in a unit of time: times in units are finite, and not all 0. */
#define LEAST_UNIT 1e-12
#define MOST_UNIT 1e12
#define OPTIONS_FIRST_SIZE (offsetof(custval_history_options, periods_per_unit) + sizeof(double))

/* ---- Options ----------------------------------------------------------------------------------------------------- */

static custval_status check_word(uint32_t value, uint32_t most, const char *name, custval_error *error) {
    if (value >= 1 && value <= most) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_RANGE, "%s is %u, not one of 1 to %u", name, (unsigned)value,
                         (unsigned)most);
}

static custval_status check_width(double value, const char *name, custval_error *error) {
    if (value > 0.0 && isfinite(value)) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_RANGE, "%s is %g, not a finite number above 0", name, value);
}

static custval_status check_column(const char *name, const char *option, custval_error *error) {
    if (custval__utf8_valid(name, strlen(name))) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "the name of the column of the %s is not well-formed UTF-8",
                         option);
}

/* Money that is kept needs a column, customers and times do. */
static custval_status read_columns(custval_history_options *options, custval_error *error) {
    if (options->customer == NULL) options->customer = "customer";
    if (options->time == NULL) options->time = "date";
    if (options->amount == NULL) options->amount = "amount";
    if (options->cost == NULL) options->cost = "";
    if (options->quantity == NULL) options->quantity = "";
    if (options->customer[0] == '\0' || options->time[0] == '\0') {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "the name of the column of the %s is empty",
                             options->customer[0] == '\0' ? "customer" : "time");
    }
    CUSTVAL__TRY(check_column(options->customer, "customer", error));
    CUSTVAL__TRY(check_column(options->time, "time", error));
    CUSTVAL__TRY(check_column(options->amount, "amount", error));
    CUSTVAL__TRY(check_column(options->cost, "cost", error));
    return check_column(options->quantity, "quantity", error);
}

custval_status custval__history_options_read(custval_history_options *out, const custval_history_options *given,
                                             custval_error *error) {
    const custval_history_options defaults = CUSTVAL_HISTORY_OPTIONS_INIT;
    *out = defaults;
    CUSTVAL__TRY(custval__struct_read(out, sizeof *out, OPTIONS_FIRST_SIZE, given, "custval_history_options", error));
    CUSTVAL__TRY(check_word(out->period, CUSTVAL_PERIOD_NUMBER, "period", error));
    CUSTVAL__TRY(check_word(out->refunds, CUSTVAL_REFUNDS_KEEP, "refunds", error));
    CUSTVAL__TRY(check_word(out->zeros, CUSTVAL_ZEROS_REJECT, "zeros", error));
    CUSTVAL__TRY(check_word(out->bad_rows, CUSTVAL_BAD_ROWS_DROP, "bad_rows", error));
    CUSTVAL__TRY(check_width(out->step, "step", error));
    if (out->step != 1.0 && out->period != CUSTVAL_PERIOD_NUMBER) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT,
                             "step is %g, but only periods of numbers have a step; set period to number", out->step);
    }
    if (!(out->periods_per_unit >= LEAST_UNIT && out->periods_per_unit <= MOST_UNIT)) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "periods_per_unit is %g, but must be from %g to %g",
                             out->periods_per_unit, LEAST_UNIT, MOST_UNIT);
    }
    return read_columns(out, error);
}

/* ---- Life -------------------------------------------------------------------------------------------------------- */

static int place_of(custval_history *history, enum custval__history_column column) {
    return history->names[column] == NULL ? -1 : (int)history->money_count++;
}

static custval_status fill(custval_history *history, const custval_history_options *options, custval_error *error) {
    const char *const names[] = {options->customer, options->time, options->amount, options->cost, options->quantity};
    for (size_t i = 0; i < CUSTVAL__HISTORY_COLUMNS; i++) {
        if (names[i][0] == '\0') continue;
        history->names[i] = custval__arena_text(&history->arena, names[i], strlen(names[i]));
        if (history->names[i] == NULL) return custval__fail_memory(error);
    }
    history->clock = (custval__clock){options->period, options->step};
    history->unit = options->periods_per_unit;
    history->refunds = options->refunds;
    history->zeros = options->zeros;
    history->bad_rows = options->bad_rows;
    history->moneys.amount = place_of(history, CUSTVAL__AMOUNT);
    history->moneys.cost = place_of(history, CUSTVAL__COST);
    history->moneys.quantity = place_of(history, CUSTVAL__QUANTITY);
    history->cells.size = sizeof(custval__cell) + history->money_count * sizeof(custval__fixed);
    history->cells.is_compact = 1;
    history->course.periods.kind = CUSTVAL__KEYS_INTEGER;
    return CUSTVAL_OK;
}

custval_status custval__history_make(const custval_host *whole_host, const custval_history_options *options,
                                     custval_history **out, custval_error *error) {
    custval_history *history = custval__alloc_zero(whole_host, 1, sizeof *history);
    *out = NULL;
    if (history == NULL) return custval__fail_memory(error);
    history->host = *whole_host;
    custval__arena_init(&history->arena, whole_host);
    const custval_status status = fill(history, options, error);
    if (status == CUSTVAL_OK) {
        *out = history;
    } else {
        custval_history_free(history);
    }
    return status;
}

custval_status custval_history_new(const custval_host *host, const custval_history_options *options,
                                   custval_history **out, custval_error *error) {
    custval_host whole;
    custval_history_options read;
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    CUSTVAL__TRY(custval__host_read(&whole, host, error));
    CUSTVAL__TRY(custval__history_options_read(&read, options, error));
    return custval__history_make(&whole, &read, out, error);
}

void custval_history_free(custval_history *history) {
    if (history == NULL) return;
    const custval_host host = history->host;
    custval__keys_free(&history->keys, &host);
    custval__keys_free(&history->course.periods, &host);
    custval__free(&host, history->course.sums);
    custval__free(&host, history->cells.data);
    custval__free(&host, history->totals);
    custval__arena_free(&history->arena);
    custval__free(&host, history);
}

/* ---- Counts ------------------------------------------------------------------------------------------------------ */

void custval__counts_see(custval__counts *counts, int64_t period) {
    if (!counts->has_seen || period < counts->first) counts->first = period;
    if (!counts->has_seen || period > counts->last) counts->last = period;
    counts->has_seen = 1;
}

custval_status custval__counts_add(custval__counts *to, const custval__counts *more, custval_error *error) {
    custval__counts sum = *to;
    if (more->rows > UINT64_MAX - sum.rows || more->held > UINT32_MAX - sum.held) {
        return custval__fail(error, CUSTVAL_ERROR_LIMIT,
                             "a history holds at most %u purchases that are not folded: fold it", UINT32_MAX);
    }
    sum.rows += more->rows;
    sum.refunds += more->refunds;
    sum.zeros += more->zeros;
    sum.bad += more->bad;
    sum.held += more->held;
    for (size_t i = 0; i < CUSTVAL__MONEYS; i++) {
        sum.volume[i] = custval__fixed_add(sum.volume[i], more->volume[i]);
        if (custval__fixed_is_negative(sum.volume[i])) {
            return custval__fail(error, CUSTVAL_ERROR_LIMIT, "the amounts add up to more than a history can hold");
        }
    }
    if (more->has_seen) {
        custval__counts_see(&sum, more->first);
        custval__counts_see(&sum, more->last);
    }
    *to = sum;
    return CUSTVAL_OK;
}

/* ---- Order ------------------------------------------------------------------------------------------------------- */

void custval__history_compact(const custval_history *history) {
    /* What const protects is what a history says, which this does not change. */
    custval__cells_compact(&((custval_history *)(uintptr_t)history)->cells);
}

size_t *custval__history_starts(const custval_history *history, const custval_host *host) {
    const size_t customers = history->keys.count;
    size_t *starts = custval__alloc(host, customers + 1, sizeof *starts), at = 0;
    if (starts == NULL) return NULL;
    custval__history_compact(history);
    for (size_t i = 0; i < customers; i++) {
        starts[i] = at;
        while (at < history->cells.count && custval__cells_at(&history->cells, at)->customer == i) at++;
    }
    starts[customers] = at;
    return starts;
}

int custval__totals_reserve(custval_history *history, size_t customers) {
    if (customers > history->total_capacity) {
        custval__totals *totals = custval__resize(&history->host, history->totals, customers, sizeof *totals);
        if (totals == NULL) return -1;
        history->totals = totals;
        history->total_capacity = customers;
    }
    if (customers > history->total_count) {
        memset(history->totals + history->total_count, 0, (customers - history->total_count) * sizeof *history->totals);
        history->total_count = customers;
    }
    return 0;
}

int custval__totals_any(const custval_history *history, uint32_t customer) {
    const custval__totals nothing = {0};
    if (customer >= history->total_count) return 0;
    const custval__totals *totals = &history->totals[customer];
    return totals->purchases > 0 || !custval__fixed_same(totals->spend, nothing.spend) ||
           !custval__fixed_same(totals->cost, nothing.cost) || !custval__fixed_same(totals->quantity, nothing.quantity);
}

custval_status custval__bound_read(const custval_history *history, const char *name, const char *text, int64_t *out,
                                   custval_error *error) {
    const int result = custval__period_of_bound(&history->clock, text, strlen(text), out);
    if (result == CUSTVAL__TIME_OK) return CUSTVAL_OK;
    const size_t shown =
        custval__utf8_valid(text, strlen(text)) ? custval__utf8_cut(text, strlen(text) < 40 ? strlen(text) : 40) : 0;
    if (result == CUSTVAL__TIME_BEYOND) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "%s is \"%.*s\", beyond what periods can count", name,
                             (int)shown, text);
    }
    return custval__fail(error, CUSTVAL_ERROR_RANGE, "%s is \"%.*s\", which is no %s such as %s", name, (int)shown,
                         text, history->clock.period == CUSTVAL_PERIOD_NUMBER ? "number" : "date",
                         custval__period_example(&history->clock));
}
