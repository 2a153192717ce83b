/* custval_price_meter: the range of prices that people accept. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <custval/scenario.h>

#include <math.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../base/memory.h"
#include "../base/options.h"
#include "../table/table.h"

enum { TOO_CHEAP, CHEAP, EXPENSIVE, TOO_EXPENSIVE, ANSWERS };

static const char *const names[ANSWERS] = {"too_cheap", "cheap", "expensive", "too_expensive"};

typedef struct meter {
    custval_host host; /* whole */
    const custval_table *table;
    const char *column_names[ANSWERS];
    size_t columns[ANSWERS], respondents, dropped, missing, points;
    double *answers[ANSWERS]; /* of consistent respondents, ascending */
    double *prices;           /* all of them, ascending, each once */
    double *curves[ANSWERS];  /* [price] shares */
} meter;

/* ---- Reading -------------------------------------------------------------------------------------------------------- */

static custval_status find_columns(meter *in, const custval_price_meter_options *options, custval_error *error) {
    const char *const given[ANSWERS] = {options->too_cheap, options->cheap, options->expensive, options->too_expensive};
    for (size_t i = 0; i < ANSWERS; i++) {
        in->column_names[i] = given[i] == NULL ? names[i] : given[i];
        CUSTVAL__TRY(custval_table_find(in->table, in->column_names[i], &in->columns[i], error));
        CUSTVAL__TRY(custval__table_need_number(in->table, in->columns[i], error));
    }
    return CUSTVAL_OK;
}

static custval_status read_row(const meter *in, size_t row, double answers[ANSWERS], custval_error *error) {
    for (size_t i = 0; i < ANSWERS; i++) {
        CUSTVAL__TRY(custval_table_number(in->table, in->columns[i], row, &answers[i], error));
        if (isinf(answers[i])) {
            return custval__fail_at(error, CUSTVAL_ERROR_NOT_FINITE, CUSTVAL_NONE, row,
                                    "column \"%s\", row %zu: the price is infinite", in->column_names[i], row);
        }
        if (answers[i] < 0.0) {
            return custval__fail_at(error, CUSTVAL_ERROR_RANGE, CUSTVAL_NONE, row,
                                    "column \"%s\", row %zu: the price is %g, but must be 0 or more",
                                    in->column_names[i], row, answers[i]);
        }
    }
    return CUSTVAL_OK;
}

static custval_status read_rows(meter *in, custval_error *error) {
    double answers[ANSWERS];
    for (size_t row = 0; row < custval_table_rows(in->table); row++) {
        CUSTVAL__TRY(read_row(in, row, answers, error));
        int is_missing = 0;
        for (size_t i = 0; i < ANSWERS; i++) is_missing |= isnan(answers[i]);
        const int is_consistent = answers[TOO_CHEAP] <= answers[CHEAP] && answers[CHEAP] <= answers[EXPENSIVE] &&
                                  answers[EXPENSIVE] <= answers[TOO_EXPENSIVE];
        if (is_missing) in->missing++;
        if (!is_missing && !is_consistent) in->dropped++;
        if (!is_consistent) continue;
        for (size_t i = 0; i < ANSWERS; i++) in->answers[i][in->respondents] = answers[i];
        in->respondents++;
    }
    if (in->respondents > 0) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_STATE,
                         "no respondent names four prices in order: %zu are inconsistent, %zu miss a price",
                         in->dropped, in->missing);
}

/* ---- Curves --------------------------------------------------------------------------------------------------------- */

/* A heap: qsort may allocate behind the host's back, and be quadratic. */
static void sift(double *x, size_t at, size_t count) {
    for (size_t child = 2 * at + 1; child < count; child = 2 * at + 1) {
        if (child + 1 < count && x[child + 1] > x[child]) child++;
        if (x[at] >= x[child]) return;
        const double moved = x[at];
        x[at] = x[child];
        x[child] = moved;
        at = child;
    }
}

static void sort(double *x, size_t count) {
    for (size_t i = count / 2; i > 0; i--) sift(x, i - 1, count);
    for (size_t last = count; last > 1; last--) {
        const double most = x[0];
        x[0] = x[last - 1];
        x[last - 1] = most;
        sift(x, 0, last - 1);
    }
}

static void list_prices(meter *in) {
    size_t all = 0, kept = 0;
    for (size_t i = 0; i < ANSWERS; i++) {
        sort(in->answers[i], in->respondents);
        for (size_t k = 0; k < in->respondents; k++) in->prices[all++] = in->answers[i][k];
    }
    sort(in->prices, all);
    for (size_t i = 0; i < all; i++) {
        if (kept == 0 || in->prices[i] > in->prices[kept - 1]) in->prices[kept++] = in->prices[i];
    }
    in->points = kept;
}

/* Shares of answers at or above each price (falling), or at or below it. */
static void draw_curve(meter *in, size_t which) {
    const double *const answers = in->answers[which], count = (double)in->respondents;
    size_t below = 0, upto = 0;
    for (size_t i = 0; i < in->points; i++) {
        while (below < in->respondents && answers[below] < in->prices[i]) below++;
        while (upto < in->respondents && answers[upto] <= in->prices[i]) upto++;
        in->curves[which][i] = which <= CHEAP ? (count - (double)below) / count : (double)upto / count;
    }
}

/* Where a falling and a rising curve meet: their difference falls from above 0 to below; NaN if it does not. */
static double meet(const meter *in, size_t falling, size_t rising) {
    const double *const a = in->curves[falling], *const b = in->curves[rising];
    size_t first = 0, last;
    while (first < in->points && a[first] > b[first]) first++;
    if (first == in->points || (first == 0 && a[0] < b[0])) return (double)NAN;
    if (a[first] < b[first]) {
        const double above = a[first - 1] - b[first - 1], beneath = b[first] - a[first];
        return in->prices[first - 1] + (in->prices[first] - in->prices[first - 1]) * (above / (above + beneath));
    }
    for (last = first; last + 1 < in->points && a[last + 1] == b[last + 1]; last++) continue;
    return in->prices[first] + (in->prices[last] - in->prices[first]) / 2.0;
}

/* ---- The whole ------------------------------------------------------------------------------------------------------ */

static custval_status make_table(const meter *in, custval_table **out, custval_error *error) {
    custval_table *table = NULL;
    double *to = NULL;
    CUSTVAL__TRY(custval__result_new(&in->host, in->points, &table, error));
    custval_status status = custval__result_add_doubles(table, "price", &to, error);
    for (size_t k = 0; status == CUSTVAL_OK && k < in->points; k++) to[k] = in->prices[k];
    for (size_t i = 0; status == CUSTVAL_OK && i < ANSWERS; i++) {
        status = custval__result_add_doubles(table, names[i], &to, error);
        for (size_t k = 0; status == CUSTVAL_OK && k < in->points; k++) to[k] = in->curves[i][k];
    }
    if (status == CUSTVAL_OK) custval__result_finish(table);
    return custval__result_give(table, status, out);
}

static custval_status measure(meter *in, custval_price_meter_facts *out_facts, custval_table **out,
                              custval_error *error) {
    custval_price_meter_facts facts = CUSTVAL_PRICE_METER_FACTS_INIT;
    CUSTVAL__TRY(read_rows(in, error));
    list_prices(in);
    for (size_t i = 0; i < ANSWERS; i++) draw_curve(in, i);
    facts.respondents = in->respondents;
    facts.dropped = in->dropped;
    facts.missing = in->missing;
    facts.cheapest = meet(in, TOO_CHEAP, EXPENSIVE);
    facts.indifference = meet(in, CHEAP, EXPENSIVE);
    facts.optimal = meet(in, TOO_CHEAP, TOO_EXPENSIVE);
    facts.dearest = meet(in, CHEAP, TOO_EXPENSIVE);
    if (out_facts != NULL) {
        CUSTVAL__TRY(
            custval__struct_write(out_facts, &facts, sizeof facts, sizeof facts, "custval_price_meter_facts", error));
    }
    return out == NULL ? CUSTVAL_OK : make_table(in, out, error);
}

custval_status custval_price_meter(const custval_table *table, const custval_price_meter_options *options,
                                   custval_price_meter_facts *out_facts, custval_table **out, custval_error *error) {
    custval_price_meter_options whole = CUSTVAL_PRICE_METER_OPTIONS_INIT;
    meter in = {.table = table};
    custval__arena arena;
    if (out != NULL) *out = NULL;
    if (table == NULL) return custval__fail_null(error, "table");
    CUSTVAL__TRY(
        custval__struct_read(&whole, sizeof whole, sizeof whole, options, "custval_price_meter_options", error));
    CUSTVAL__TRY(custval__host_read(&in.host, whole.host, error));
    CUSTVAL__TRY(find_columns(&in, &whole, error));
    custval__arena_init(&arena, &in.host);
    /* Rows are at most CUSTVAL__ROWS_MOST, so that four times as many can be counted. */
    const size_t rows = custval_table_rows(table);
    in.prices = custval__arena_alloc(&arena, rows, ANSWERS * sizeof *in.prices);
    int has_room = in.prices != NULL;
    for (size_t i = 0; i < ANSWERS; i++) {
        in.answers[i] = custval__arena_alloc(&arena, rows, sizeof *in.answers[i]);
        in.curves[i] = custval__arena_alloc(&arena, rows, ANSWERS * sizeof *in.curves[i]);
        has_room &= in.answers[i] != NULL && in.curves[i] != NULL;
    }
    const custval_status status = has_room ? measure(&in, out_facts, out, error) : custval__fail_memory(error);
    custval__arena_free(&arena);
    return status;
}
