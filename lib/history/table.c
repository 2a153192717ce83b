/* One row per customer: what lifetime models need to know. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../base/run.h"
#include "../table/table.h"
#include "view.h"

enum {
    CUSTOMERS_PER_PIECE = 4096,
    FAR = 64, /* rows ahead */
    NEAR = 16,
    SOME = 12 /* cells */
};

/* Columns of numbers. */
enum number {
    X,
    T_X,
    AGE,
    SINCE_LAST,
    TRANSACTIONS,
    MEAN_SPEND,
    FIRST_SPEND,
    TOTAL_SPEND,
    TOTAL_COST,
    TOTAL_QUANTITY,
    INTERVAL_MEAN,
    INTERVAL_DEVIATION,
    INTERVAL_LONGEST,
    HOLDOUT_X,
    HOLDOUT_AGE,
    HOLDOUT_SPEND,
    NUMBERS
};

static const char *const names[NUMBERS] = {"x",
                                           "t_x",
                                           "T",
                                           "since_last",
                                           "transactions",
                                           "mean_spend",
                                           "first_spend",
                                           "total_spend",
                                           "total_cost",
                                           "total_quantity",
                                           "interval_mean",
                                           "interval_deviation",
                                           "interval_longest",
                                           "holdout_x",
                                           "holdout_T",
                                           "holdout_spend"};

/* First and last period of purchase, by number of the customer. */
typedef struct span {
    int64_t first, last;
    int has;
} span;

typedef struct showing {
    custval__view view;
    custval_table *table;
    uint32_t *customers; /* in order of their keys */
    size_t count;
    span *spans;
    int64_t *first, *last;    /* in order of keys */
    double *numbers[NUMBERS]; /* NULL: the history knows no such thing */
} showing;

/* ---- Rows -------------------------------------------------------------------------------------------------------- */

static void put(const showing *in, enum number column, size_t row, double value) {
    if (in->numbers[column] != NULL) in->numbers[column][row] = value;
}

static void fill_intervals(const showing *in, size_t row, const custval__totals *totals) {
    const custval_history *history = in->view.history;
    const double x = (double)(totals->purchases - 1), nothing = (double)NAN;
    const int some = totals->purchases > 1;
    put(in, INTERVAL_MEAN, row, some ? custval__in_units(history, totals->last - totals->first) / x : nothing);
    put(in, INTERVAL_LONGEST, row, some ? custval__in_units(history, totals->longest) : nothing);
    put(in, INTERVAL_DEVIATION, row,
        totals->purchases > 2 ? sqrt(custval__totals_interval_variance(totals)) / history->unit : nothing);
}

static void fill_holdout(const showing *in, size_t row, const custval__totals *until_end, size_t at) {
    const custval__view *view = &in->view;
    const custval_history *history = view->history;
    custval__totals totals = *until_end;
    for (; at < view->starts[in->customers[row] + 1]; at++) {
        const custval__cell *cell = custval__cells_at(&history->cells, at);
        if (cell->period > view->holdout_end) break;
        custval__totals_take(&totals, &history->moneys, cell);
    }
    put(in, HOLDOUT_X, row, (double)(totals.purchases - until_end->purchases));
    put(in, HOLDOUT_AGE, row, custval__in_units(history, view->holdout_end - view->end));
    put(in, HOLDOUT_SPEND, row, custval__fixed_double(custval__fixed_subtract(totals.spend, until_end->spend)));
}

static void fill_row(const showing *in, size_t row) {
    const custval__view *view = &in->view;
    const custval_history *history = view->history;
    size_t at;
    const custval__totals totals = custval__view_totals(view, in->customers[row], view->end, &at);
    put(in, X, row, (double)(totals.purchases - 1));
    put(in, T_X, row, custval__in_units(history, totals.last - totals.first));
    put(in, AGE, row, custval__in_units(history, view->end - totals.first));
    put(in, SINCE_LAST, row, custval__in_units(history, view->end - totals.last));
    put(in, TRANSACTIONS, row, (double)totals.rows);
    put(in, MEAN_SPEND, row, custval__mean_spend(&totals));
    put(in, FIRST_SPEND, row, custval__fixed_double(totals.first_spend));
    put(in, TOTAL_SPEND, row, custval__fixed_double(totals.spend));
    put(in, TOTAL_COST, row, custval__fixed_double(totals.cost));
    put(in, TOTAL_QUANTITY, row, custval__fixed_double(totals.quantity));
    fill_intervals(in, row, &totals);
    if (view->has_holdout) fill_holdout(in, row, &totals, at);
}

/* Customers who follow each other here lie far apart in memory. */
static void prefetch(const showing *in, size_t row) {
    const custval__view *view = &in->view;
    if (row + FAR < in->count) CUSTVAL__PREFETCH(&view->starts[in->customers[row + FAR]]);
    if (row + NEAR < in->count) {
        const custval__cells *cells = &view->history->cells;
        const size_t *bounds = &view->starts[in->customers[row + NEAR]];
        for (size_t i = bounds[0]; i < bounds[1] && i < bounds[0] + SOME; i += 2) {
            CUSTVAL__PREFETCH(custval__cells_at(cells, i)); /* two to a line, mostly */
        }
    }
}

static custval_status fill_piece(void *data, uint32_t index, uint32_t thread) {
    const showing *in = data;
    (void)thread;
    const size_t start = (size_t)index * CUSTOMERS_PER_PIECE, left = in->count - start;
    for (size_t i = 0; i < left && i < CUSTOMERS_PER_PIECE; i++) {
        prefetch(in, start + i);
        fill_row(in, start + i);
    }
    return CUSTVAL_OK;
}

/* ---- Columns ----------------------------------------------------------------------------------------------------- */

static int has_number(const showing *in, size_t column) {
    const custval__moneys *moneys = &in->view.history->moneys;
    switch (column) {
    case MEAN_SPEND:
    case FIRST_SPEND:
    case TOTAL_SPEND: return moneys->amount >= 0;
    case TOTAL_COST: return moneys->cost >= 0;
    case TOTAL_QUANTITY: return moneys->quantity >= 0;
    case HOLDOUT_X:
    case HOLDOUT_AGE: return in->view.has_holdout;
    case HOLDOUT_SPEND: return in->view.has_holdout && moneys->amount >= 0;
    default: return 1;
    }
}

static custval_status find_customers(showing *in, custval_error *error) {
    const custval__keys *keys = &in->view.history->keys;
    const custval_host *host = &in->view.host;
    const size_t count = keys->count;
    in->customers = custval__keys_order(keys, host);
    in->spans = custval__alloc(host, count, sizeof *in->spans);
    in->first = custval__alloc(host, count, sizeof *in->first);
    in->last = custval__alloc(host, count, sizeof *in->last);
    if (in->customers == NULL || in->spans == NULL || in->first == NULL || in->last == NULL) {
        return custval__fail_memory(error);
    }
    for (uint32_t i = 0; i < count; i++) {
        span *of = &in->spans[i];
        of->has = custval__view_span(&in->view, i, in->view.end, &of->first, &of->last);
    }
    for (size_t i = 0; i < count; i++) {
        const uint32_t customer = in->customers[i];
        const span *of = &in->spans[customer];
        if (!of->has) continue;
        in->first[in->count] = of->first;
        in->last[in->count] = of->last;
        in->customers[in->count++] = customer;
    }
    custval__free(host, in->spans);
    in->spans = NULL;
    return CUSTVAL_OK;
}

static custval_status add_keys(const showing *in, custval_error *error) {
    const custval__keys *keys = &in->view.history->keys;
    if (keys->kind != CUSTVAL__KEYS_TEXT) {
        int64_t *values;
        CUSTVAL__TRY(custval__result_add_int64(in->table, "customer", &values, error));
        for (size_t i = 0; i < in->count; i++) values[i] = keys->integers[in->customers[i]];
        return CUSTVAL_OK;
    }
    custval_text *texts = custval__alloc(&in->view.host, in->count, sizeof *texts);
    if (texts == NULL) return custval__fail_memory(error);
    for (size_t i = 0; i < in->count; i++) texts[i] = custval__keys_text(keys, in->customers[i]);
    const custval_status status = custval__result_add_texts(in->table, "customer", texts, error);
    custval__free(&in->view.host, texts);
    return status;
}

static custval_status add_numbers(showing *in, size_t from, size_t to, custval_error *error) {
    for (size_t i = from; i < to; i++) {
        if (has_number(in, i)) {
            CUSTVAL__TRY(custval__result_add_doubles(in->table, names[i], &in->numbers[i], error));
        }
    }
    return CUSTVAL_OK;
}

static custval_status fill(showing *in, custval_error *error) {
    const uint32_t pieces = (uint32_t)((in->count + CUSTOMERS_PER_PIECE - 1) / CUSTOMERS_PER_PIECE);
    const custval__job job = {.data = in, .piece = fill_piece, .total_units = pieces};
    CUSTVAL__TRY(add_keys(in, error));
    CUSTVAL__TRY(add_numbers(in, X, TRANSACTIONS, error));
    CUSTVAL__TRY(custval__result_add_periods(in->view.history, in->table, "first", in->first, in->count, error));
    CUSTVAL__TRY(custval__result_add_periods(in->view.history, in->table, "last", in->last, in->count, error));
    CUSTVAL__TRY(add_numbers(in, TRANSACTIONS, NUMBERS, error));
    CUSTVAL__TRY(custval__run(&in->view.host, &job, pieces, error));
    custval__result_finish(in->table);
    return CUSTVAL_OK;
}

static custval_status show(showing *in, custval_error *error) {
    CUSTVAL__TRY(find_customers(in, error));
    CUSTVAL__TRY(custval__result_new(&in->view.host, in->count, &in->table, error));
    return fill(in, error);
}

custval_status custval_history_table(const custval_history *history, const custval_history_view *view,
                                     custval_table **out, custval_error *error) {
    showing in = {.table = NULL};
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    custval_status status = custval__view_begin(&in.view, history, view, error);
    if (status == CUSTVAL_OK) {
        status = show(&in, error);
        custval__free(&in.view.host, in.customers);
        custval__free(&in.view.host, in.spans);
        custval__free(&in.view.host, in.first);
        custval__free(&in.view.host, in.last);
    }
    custval__view_end(&in.view);
    return custval__result_give(in.table, status, out);
}
