/* custval_cohorts: retention and repeat purchase of those who came together. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../base/options.h"
#include "../history/view.h"
#include "../table/table.h"
#include "groups.h"

#define STRETCHES_MOST 2048

/* Of a cohort at an age. */
typedef struct cell {
    uint32_t active, first_again, kept;
} cell;

typedef struct cohorts {
    custval__view view;
    custval__arena arena;
    custval_cohort_options options; /* whole */
    int64_t first;                  /* period of the history */
    size_t count;                   /* whole stretches */
    cell *cells;                    /* [cohort][age], each cohort has `count` ages */
} cohorts;

/* ---- Counting ------------------------------------------------------------------------------------------------------- */

static int find_first(cohorts *in) {
    int has = 0;
    for (uint32_t i = 0; i < in->view.history->keys.count; i++) {
        int64_t first, last;
        if (!custval__view_span(&in->view, i, in->view.end, &first, &last)) continue;
        if (!has || first < in->first) in->first = first;
        has = 1;
    }
    return has;
}

/* Periods are smaller than 2^39 in size: no difference overflows. */
static custval_status count_stretches(cohorts *in, custval_error *error) {
    if (!find_first(in)) return CUSTVAL_OK;
    const int64_t stretches = (in->view.end - in->first + 1) / (int64_t)in->options.length;
    if (stretches > STRETCHES_MOST) {
        return custval__fail(error, CUSTVAL_ERROR_LIMIT,
                             "%lld stretches of %u periods are too many; say a length that makes at most %d",
                             (long long)stretches, (unsigned)in->options.length, STRETCHES_MOST);
    }
    in->count = (size_t)stretches;
    return CUSTVAL_OK;
}

static void add_customer(cohorts *in, uint32_t customer) {
    const custval__cells *const all = &in->view.history->cells;
    size_t cohort = SIZE_MAX, last = 0;
    int is_again = 0;
    for (size_t i = in->view.starts[customer]; i < in->view.starts[customer + 1]; i++) {
        const custval__cell *const bought = custval__cells_at(all, i);
        if (bought->rows == 0) continue;
        const size_t stretch = (size_t)(bought->period - in->first) / in->options.length;
        if (bought->period > in->view.end || stretch >= in->count) return;
        const int is_first = cohort == SIZE_MAX;
        if (is_first) cohort = stretch;
        if (!is_first && stretch == last) continue;
        cell *const to = &in->cells[cohort * in->count + (stretch - cohort)];
        to->active++;
        to->first_again += !is_first && !is_again;
        to->kept += !is_first && stretch == last + 1;
        is_again |= !is_first;
        last = stretch;
    }
}

/* ---- The table ------------------------------------------------------------------------------------------------------ */

static size_t count_rows(const cohorts *in) {
    size_t rows = 0;
    for (size_t c = 0; c < in->count; c++) rows += in->cells[c * in->count].active > 0 ? in->count - c : 0;
    return rows;
}

static custval_status fill(cohorts *in, custval_table *result, custval_error *error) {
    static const char *const names[] = {"retention", "repeat", "kept"};
    const size_t rows = custval_table_rows(result);
    int64_t *const firsts = custval__arena_alloc(&in->arena, rows, sizeof *firsts);
    uint32_t *ages, *customers, *active;
    double *to[3];
    size_t row = 0;
    if (firsts == NULL) return custval__fail_memory(error);
    for (size_t c = 0; c < in->count; c++) {
        if (in->cells[c * in->count].active == 0) continue;
        for (size_t age = 0; age < in->count - c; age++) {
            firsts[row++] = in->first + (int64_t)c * (int64_t)in->options.length;
        }
    }
    CUSTVAL__TRY(custval__result_add_periods(in->view.history, result, "cohort", firsts, rows, error));
    CUSTVAL__TRY(custval__result_add_uint32(result, "age", &ages, error));
    CUSTVAL__TRY(custval__result_add_uint32(result, "customers", &customers, error));
    CUSTVAL__TRY(custval__result_add_uint32(result, "active", &active, error));
    for (size_t i = 0; i < 3; i++) CUSTVAL__TRY(custval__result_add_doubles(result, names[i], &to[i], error));
    row = 0;
    for (size_t c = 0; c < in->count; c++) {
        const cell *const cells = &in->cells[c * in->count];
        uint32_t again = 0;
        if (cells[0].active == 0) continue;
        for (size_t age = 0; age < in->count - c; age++, row++) {
            again += cells[age].first_again;
            ages[row] = (uint32_t)age;
            customers[row] = cells[0].active;
            active[row] = cells[age].active;
            to[0][row] = (double)cells[age].active / (double)cells[0].active;
            to[1][row] = (double)again / (double)cells[0].active;
            to[2][row] = age == 0 || cells[age - 1].active == 0
                             ? (double)NAN
                             : (double)cells[age].kept / (double)cells[age - 1].active;
        }
    }
    custval__result_finish(result);
    return CUSTVAL_OK;
}

static custval_status make(cohorts *in, custval_table **out, custval_error *error) {
    if (in->view.history->is_folded) {
        return custval__fail(error, CUSTVAL_ERROR_STATE,
                             "the history is folded: it holds no longer in which periods its customers bought");
    }
    CUSTVAL__TRY(count_stretches(in, error));
    in->cells = custval__arena_alloc(&in->arena, in->count * in->count, sizeof *in->cells);
    if (in->cells == NULL) return custval__fail_memory(error);
    for (uint32_t i = 0; i < in->view.history->keys.count && in->count > 0; i++) add_customer(in, i);
    CUSTVAL__TRY(custval__result_new(&in->view.host, count_rows(in), out, error));
    return fill(in, *out, error);
}

custval_status custval_cohorts(const custval_history *history, const custval_cohort_options *options,
                               custval_table **out, custval_error *error) {
    cohorts in = {.options = CUSTVAL_COHORT_OPTIONS_INIT};
    custval_history_view view = CUSTVAL_HISTORY_VIEW_INIT;
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    CUSTVAL__TRY(custval__struct_read(&in.options, sizeof in.options, sizeof in.options, options,
                                      "custval_cohort_options", error));
    if (in.options.length == 0) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "length is 0, but a stretch has 1 period or more");
    }
    if (in.options.reserved != 0) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "reserved is %u, it must be 0",
                             (unsigned)in.options.reserved);
    }
    view.host = in.options.host;
    view.end = in.options.end;
    custval_status status = custval__view_begin(&in.view, history, &view, error);
    custval__arena_init(&in.arena, &in.view.host);
    if (status == CUSTVAL_OK) status = make(&in, out, error);
    custval__arena_free(&in.arena);
    custval__view_end(&in.view);
    if (status != CUSTVAL_OK) {
        custval_table_free(*out);
        *out = NULL;
    }
    return status;
}
