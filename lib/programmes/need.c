/* custval_next_need: who will need more, when, and how much. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include <custval/history.h>
#include <custval/programmes.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../base/options.h"
#include "../base/text.h"
#include "../history/dates.h"
#include "../table/table.h"
#include "tables.h"

#define KINDS_MOST 256

typedef struct need {
    size_t row;
    double days, usage, remaining, quantity; /* NaN: not there */
    uint32_t status;
} need;

/* The single columns. */
enum single { STOCK, CAPACITY, SINCE, INTERVAL, SINGLES };

typedef struct needing {
    const custval_table *table;
    custval_need_options options; /* whole */
    custval_host host;
    int64_t today;           /* days since 1970-01-01, with as_of */
    size_t singles[SINGLES]; /* columns; SIZE_MAX: not there */
    size_t kinds[2 * KINDS_MOST];
    need *all;
    size_t count;
} needing;

static const custval__clock days_clock = {CUSTVAL_PERIOD_DAY, 1.0};

/* ---- What is read --------------------------------------------------------------------------------------------------- */

static custval_status find_column(const needing *of, const char *name, size_t *out, custval_error *error) {
    *out = SIZE_MAX;
    if (name == NULL) return CUSTVAL_OK;
    CUSTVAL__TRY(custval_table_find(of->table, name, out, error));
    return custval__table_need_number(of->table, *out, error);
}

static custval_status check_ways(const custval_need_options *of, custval_error *error) {
    if (of->kinds > KINDS_MOST) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "%zu kinds of users, but at most %d are allowed", of->kinds,
                             KINDS_MOST);
    }
    if (of->kinds > 0 && (of->counts == NULL || of->rates == NULL)) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "each kind of users needs a count and a rate");
    }
    if ((of->interval != NULL) == (of->kinds > 0)) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT,
                             "the next need comes either from an interval, or from stock, counts and rates");
    }
    if (of->stock == NULL && (of->kinds > 0 || of->capacity != NULL)) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "the column of the stock is needed");
    }
    if (of->since == NULL && of->interval != NULL) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT,
                             "an interval needs the column of the days since the last purchase");
    }
    if (!(of->lead >= 0.0) || !isfinite(of->lead)) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "lead must be 0 days or more");
    }
    if (!(of->within >= 0.0)) return custval__fail(error, CUSTVAL_ERROR_RANGE, "within must be 0 days or more");
    return CUSTVAL_OK;
}

static custval_status find_columns(needing *of, custval_error *error) {
    const custval_need_options *const options = &of->options;
    const char *const names[SINGLES] = {options->stock, options->capacity, options->since, options->interval};
    for (size_t i = 0; i < SINGLES; i++) CUSTVAL__TRY(find_column(of, names[i], &of->singles[i], error));
    for (size_t i = 0; i < options->kinds; i++) {
        if (options->counts[i] == NULL || options->rates[i] == NULL) return custval__fail_null(error, "a column");
        CUSTVAL__TRY(find_column(of, options->counts[i], &of->kinds[2 * i], error));
        CUSTVAL__TRY(find_column(of, options->rates[i], &of->kinds[2 * i + 1], error));
    }
    return CUSTVAL_OK;
}

static custval_status read_today(needing *of, custval_error *error) {
    const char *const date = of->options.as_of;
    int32_t days = 0;
    if (date == NULL) return CUSTVAL_OK;
    if (custval__date_days(date, strlen(date), &days) != 0) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "as_of \"%.*s\" is no date, e.g. \"2026-03-01\"", 40, date);
    }
    of->today = days;
    return CUSTVAL_OK;
}

/* ---- One customer --------------------------------------------------------------------------------------------------- */

typedef struct reading {
    const needing *of;
    size_t row;
    int is_missing, is_wrong;
} reading;

/* A number that is 0 or more; `otherwise` where there is no such column. */
static double number(reading *from, size_t column, double otherwise) {
    double scratch;
    if (column == SIZE_MAX) return otherwise;
    const double value = *custval__table_doubles(from->of->table, column, from->row, 1, &scratch);
    from->is_missing |= isnan(value);
    from->is_wrong |= value < 0.0 || isinf(value);
    return value;
}

static double usage_of(reading *from, double stock, double interval) {
    double usage = 0.0;
    if (from->of->options.kinds == 0) return interval > 0.0 ? stock / interval : 0.0;
    for (size_t i = 0; i < from->of->options.kinds; i++) {
        const double count = number(from, from->of->kinds[2 * i], 0.0);
        usage += count * number(from, from->of->kinds[2 * i + 1], 0.0);
    }
    return usage;
}

static double left_after(double stock, double usage, double days) {
    const double left = stock - usage * days;
    return left > 0.0 ? left : 0.0;
}

static int is_beyond(const needing *of, double days) {
    return !isfinite(days) || days > CUSTVAL__DAYS_LAST - CUSTVAL__DAYS_FIRST ||
           (of->options.as_of != NULL &&
            ((double)of->today + days >= CUSTVAL__DAYS_LAST + 1.0 || (double)of->today + days < CUSTVAL__DAYS_FIRST));
}

static need look_at(const needing *of, size_t row) {
    reading from = {of, row, 0, 0};
    need out = {row, (double)NAN, (double)NAN, (double)NAN, (double)NAN, CUSTVAL_NEED_ROW_OK};
    const double stock = number(&from, of->singles[STOCK], 0.0), since = number(&from, of->singles[SINCE], 0.0);
    const double capacity = number(&from, of->singles[CAPACITY], (double)INFINITY);
    const double interval = number(&from, of->singles[INTERVAL], 0.0);
    const double usage = usage_of(&from, stock, interval);
    const int has_interval = of->options.interval != NULL, has_stock = of->options.stock != NULL;
    if (from.is_missing || from.is_wrong) {
        out.status = from.is_missing ? CUSTVAL_NEED_ROW_MISSING : CUSTVAL_NEED_ROW_RANGE;
        return out;
    }
    if (has_interval ? interval == 0.0 : usage == 0.0) {
        out.status = CUSTVAL_NEED_ROW_NEVER;
        return out;
    }
    const double days = (has_interval ? interval : stock / usage) - since - of->options.lead;
    if (is_beyond(of, days)) {
        out.status = CUSTVAL_NEED_ROW_RANGE;
        return out;
    }
    out.days = days;
    if (!has_stock) return out;
    out.usage = usage;
    out.remaining = left_after(stock, usage, since);
    const double then = left_after(stock, usage, since + (days > 0.0 ? days : 0.0));
    if (of->options.capacity != NULL) out.quantity = capacity > then ? capacity - then : 0.0;
    return out;
}

/* ---- The list ------------------------------------------------------------------------------------------------------- */

/* Those without a date last. */
static int is_before(const need *a, const need *b) {
    if (isnan(a->days) != isnan(b->days)) return isnan(b->days);
    return !isnan(a->days) && a->days != b->days ? a->days < b->days : a->row < b->row;
}

static void sort(need *all, need *spare, size_t count) {
    for (size_t width = 1; width < count; width *= 2) {
        for (size_t start = 0; start < count; start += 2 * width) {
            const size_t middle = count - start < width ? count : start + width;
            const size_t end = count - middle < width ? count : middle + width;
            size_t left = start, right = middle;
            for (size_t at = start; at < end; at++) {
                const int takes_right = left == middle || (right < end && is_before(&all[right], &all[left]));
                spare[at] = takes_right ? all[right++] : all[left++];
            }
        }
        memcpy(all, spare, count * sizeof *all);
    }
}

static custval_status make_list(needing *of, custval_error *error) {
    const size_t rows = custval_table_rows(of->table);
    const double within = of->options.within;
    of->all = custval__alloc(&of->host, rows, 2 * sizeof *of->all);
    if (of->all == NULL) return custval__fail_memory(error);
    for (size_t row = 0; row < rows; row++) {
        const need one = look_at(of, row);
        if (within == 0.0 || one.days <= within) of->all[of->count++] = one;
    }
    sort(of->all, of->all + of->count, of->count);
    return CUSTVAL_OK;
}

static custval_status add_dates(const needing *of, custval_table *table, custval_error *error) {
    custval__text_list dates = {.bytes = NULL};
    char text[CUSTVAL__PERIOD_TEXT];
    for (size_t i = 0; i < of->count; i++) {
        const double days = of->all[i].days;
        if (!isnan(days)) {
            const size_t length = custval__period_text(&days_clock, of->today + (int64_t)floor(days), text);
            custval__text_put(&dates, &of->host, text, length);
        }
        custval__text_end(&dates, &of->host);
    }
    const custval_status status = custval__add_text_list(table, &of->host, "date", &dates, error);
    custval__text_free(&dates, &of->host);
    return status;
}

static custval_status add_columns(const needing *of, custval_table *table, custval_error *error) {
    int64_t *row = NULL;
    uint32_t *status = NULL;
    double *days = NULL, *usage = NULL, *remaining = NULL, *quantity = NULL;
    CUSTVAL__TRY(custval__result_add_int64(table, "row", &row, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "days", &days, error));
    if (of->options.as_of != NULL) CUSTVAL__TRY(add_dates(of, table, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "usage", &usage, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "remaining", &remaining, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "quantity", &quantity, error));
    CUSTVAL__TRY(custval__result_add_uint32(table, "status", &status, error));
    for (size_t i = 0; i < of->count; i++) {
        const need *const one = &of->all[i];
        row[i] = (int64_t)one->row;
        days[i] = one->days;
        usage[i] = one->usage;
        remaining[i] = one->remaining;
        quantity[i] = one->quantity;
        status[i] = one->status;
    }
    return CUSTVAL_OK;
}

static custval_status next_need(needing *of, custval_table **out, custval_error *error) {
    custval_table *table = NULL;
    CUSTVAL__TRY(check_ways(&of->options, error));
    CUSTVAL__TRY(read_today(of, error));
    CUSTVAL__TRY(find_columns(of, error));
    CUSTVAL__TRY(make_list(of, error));
    CUSTVAL__TRY(custval__result_new(&of->host, of->count, &table, error));
    const custval_status status = add_columns(of, table, error);
    if (status == CUSTVAL_OK) custval__result_finish(table);
    return custval__result_give(table, status, out);
}

custval_status custval_next_need(const custval_table *table, const custval_need_options *options, custval_table **out,
                                 custval_error *error) {
    needing of = {.table = table, .options = CUSTVAL_NEED_OPTIONS_INIT};
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    if (table == NULL) return custval__fail_null(error, "table");
    if (options == NULL) return custval__fail_null(error, "options");
    CUSTVAL__TRY(custval__struct_read(&of.options, sizeof of.options, sizeof of.options, options,
                                      "custval_need_options", error));
    CUSTVAL__TRY(custval__host_read(&of.host, of.options.host, error));
    const custval_status status = next_need(&of, out, error);
    custval__free(&of.host, of.all);
    return status;
}

/* ---- Intervals ------------------------------------------------------------------------------------------------------ */

custval_status custval_smoothed_interval(const double *intervals, size_t count, double smoothing, double *out,
                                         custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    *out = (double)NAN;
    if (intervals == NULL) return custval__fail_null(error, "intervals");
    if (count == 0) return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "there is no interval");
    if (!(smoothing > 0.0 && smoothing <= 1.0)) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "smoothing is %g, but must be above 0 and at most 1",
                             smoothing);
    }
    double mean = intervals[0];
    for (size_t i = 0; i < count; i++) {
        if (!isfinite(intervals[i])) {
            return custval__fail_at(error, CUSTVAL_ERROR_NOT_FINITE, CUSTVAL_NONE, i, "interval %zu is %g", i,
                                    intervals[i]);
        }
        if (intervals[i] < 0.0) {
            return custval__fail_at(error, CUSTVAL_ERROR_RANGE, CUSTVAL_NONE, i, "interval %zu is %g, below 0", i,
                                    intervals[i]);
        }
        if (i > 0) mean = smoothing * intervals[i] + (1.0 - smoothing) * mean;
    }
    *out = mean;
    return CUSTVAL_OK;
}
