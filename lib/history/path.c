/* One customer's state at the end of each unit of time. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../base/text.h"
#include "../table/table.h"
#include "view.h"

typedef struct walking {
    custval__view view;
    uint32_t customer;
    int64_t first, *until;
    size_t count;
    custval_table *table;
} walking;

/* An integer as it is written: -9223372036854775808 to 9223372036854775807. */
static int read_integer(const char *text, int64_t *out) {
    const int is_negative = text[0] == '-';
    const uint64_t most = (uint64_t)INT64_MAX + (is_negative ? 1U : 0U);
    uint64_t value = 0;
    const char *at = text + is_negative;
    if (*at == '\0') return -1;
    for (; *at != '\0'; at++) {
        const unsigned digit = (unsigned)(unsigned char)*at - '0';
        if (digit > 9 || value > (most - digit) / 10) return -1;
        value = value * 10 + digit;
    }
    *out = is_negative ? -(int64_t)(value / 2) - (int64_t)(value - value / 2) : (int64_t)value;
    return 0;
}

static uint32_t find(const custval_history *history, const char *customer) {
    const custval__keys *keys = &history->keys;
    int64_t integer;
    if (keys->kind == CUSTVAL__KEYS_TEXT) {
        const custval_text text = {customer, strlen(customer)};
        return custval__keys_find_text(keys, text, custval__key_hash_text(text));
    }
    if (read_integer(customer, &integer) != 0) return CUSTVAL__NO_KEY;
    return custval__keys_find_integer(keys, integer, custval__key_hash_integer(integer));
}

static custval_status find_customer(walking *in, const char *customer, custval_error *error) {
    const custval_history *history = in->view.history;
    int64_t last;
    in->customer = find(history, customer);
    if (in->customer == CUSTVAL__NO_KEY ||
        !custval__view_span(&in->view, in->customer, in->view.end, &in->first, &last)) {
        const int shown = custval__utf8_valid(customer, strlen(customer));
        return custval__fail(error, CUSTVAL_ERROR_NOT_FOUND, "no customer \"%s\" has a purchase by the end",
                             shown ? customer : "");
    }
    if (in->customer < history->total_count && history->totals[in->customer].purchases > 1) {
        return custval__fail(error, CUSTVAL_ERROR_STATE,
                             "the purchases of customer \"%s\" are folded: their times are not known any more",
                             customer);
    }
    return CUSTVAL_OK;
}

/* Ages of whole units, rounded down to periods, and the end. */
static custval_status find_ends(walking *in, custval_error *error) {
    const custval_history *history = in->view.history;
    const int64_t distance = in->view.end - in->first;
    size_t units;
    CUSTVAL__TRY(custval__unit_count(history, distance, &units, error));
    in->until = custval__alloc(&in->view.host, units + 2, sizeof *in->until);
    if (in->until == NULL) return custval__fail_memory(error);
    in->until[in->count++] = in->first;
    for (size_t k = 1; k <= units; k++) {
        const double age = floor((double)k * history->unit);
        const int64_t until = age < (double)distance ? in->first + (int64_t)age : in->view.end;
        if (until > in->until[in->count - 1]) in->until[in->count++] = until;
    }
    if (in->view.end > in->until[in->count - 1]) in->until[in->count++] = in->view.end;
    return CUSTVAL_OK;
}

static custval_status fill(walking *in, custval_error *error) {
    const custval_history *history = in->view.history;
    double *x, *t_x, *age, *mean_spend = NULL;
    CUSTVAL__TRY(custval__result_new(&in->view.host, in->count, &in->table, error));
    CUSTVAL__TRY(custval__result_add_periods(history, in->table, "until", in->until, in->count, error));
    CUSTVAL__TRY(custval__result_add_doubles(in->table, "x", &x, error));
    CUSTVAL__TRY(custval__result_add_doubles(in->table, "t_x", &t_x, error));
    CUSTVAL__TRY(custval__result_add_doubles(in->table, "T", &age, error));
    if (history->moneys.amount >= 0) {
        CUSTVAL__TRY(custval__result_add_doubles(in->table, "mean_spend", &mean_spend, error));
    }
    custval__totals totals = {0};
    size_t at = in->view.starts[in->customer];
    if (in->customer < history->total_count) totals = history->totals[in->customer];
    for (size_t i = 0; i < in->count; i++) {
        for (; at < in->view.starts[in->customer + 1]; at++) {
            const custval__cell *cell = custval__cells_at(&history->cells, at);
            if (cell->period > in->until[i]) break;
            custval__totals_take(&totals, &history->moneys, cell);
        }
        x[i] = (double)(totals.purchases - 1);
        t_x[i] = custval__in_units(history, totals.last - totals.first);
        age[i] = custval__in_units(history, in->until[i] - totals.first);
        if (mean_spend != NULL) mean_spend[i] = custval__mean_spend(&totals);
    }
    custval__result_finish(in->table);
    return CUSTVAL_OK;
}

custval_status custval_history_path(const custval_history *history, const char *customer,
                                    const custval_history_view *view, custval_table **out, custval_error *error) {
    walking in = {.count = 0};
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    if (customer == NULL) return custval__fail_null(error, "customer");
    custval_status status = custval__view_begin(&in.view, history, view, error);
    if (status == CUSTVAL_OK) status = find_customer(&in, customer, error);
    if (status == CUSTVAL_OK) status = find_ends(&in, error);
    if (status == CUSTVAL_OK) status = fill(&in, error);
    custval__free(&in.view.host, in.until);
    custval__view_end(&in.view);
    return custval__result_give(in.table, status, out);
}
