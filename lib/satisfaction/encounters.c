/* custval_encounters: expectation and cumulative satisfaction, one encounter after another. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>

#include <custval/rank.h>
#include <custval/satisfaction.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../base/options.h"
#include "../table/grouping.h"
#include "../table/table.h"

/* Where a customer stands. */
typedef struct state {
    double expectation, cumulative; /* NaN: none yet */
    size_t latest;                  /* row */
    uint32_t encounters;
} state;

typedef struct course {
    const custval_table *table;
    custval_encounters_options options;
    custval__arena arena;
    custval__grouping groups;
    size_t customer, time, score; /* columns; time SIZE_MAX: the rows are in order */
    size_t *order;                /* rows by time */
    state *states;                /* [group] */
    uint32_t *encounter, *latest;
    double *expectation, *gap, *updated, *cumulative;
} course;

static custval_status check_share(const char *name, double share, custval_error *error) {
    if (share >= 0.0 && share <= 1.0) return CUSTVAL_OK;
    if (share == -1.0)
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "%s is not stated; it is a share, 0 to 1", name);
    return custval__fail(error, CUSTVAL_ERROR_RANGE, "%s is %g, but must be 0 to 1", name, share);
}

static custval_status read_options(course *in, const custval_encounters_options *options, custval_error *error) {
    const custval_encounters_options defaults = CUSTVAL_ENCOUNTERS_OPTIONS_INIT;
    in->options = defaults;
    CUSTVAL__TRY(custval__struct_read(&in->options, sizeof defaults, sizeof defaults, options,
                                      "custval_encounters_options", error));
    CUSTVAL__TRY(check_share("updating", in->options.updating, error));
    CUSTVAL__TRY(check_share("weight", in->options.weight, error));
    if (in->options.has_first > 1 || in->options.reserved != 0) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "has_first must be 0 or 1, and reserved 0");
    }
    if (in->options.has_first && !isfinite(in->options.first)) {
        return custval__fail(error, CUSTVAL_ERROR_NOT_FINITE, "the first expectation is %g", in->options.first);
    }
    if (!in->options.has_first) in->options.first = (double)NAN;
    if (in->options.customer == NULL) in->options.customer = "customer";
    if (in->options.score == NULL) in->options.score = "score";
    return CUSTVAL_OK;
}

static custval_status find_columns(course *in, custval_error *error) {
    CUSTVAL__TRY(custval_table_find(in->table, in->options.customer, &in->customer, error));
    CUSTVAL__TRY(custval_table_find(in->table, in->options.score, &in->score, error));
    CUSTVAL__TRY(custval__table_need_number(in->table, in->score, error));
    in->time = SIZE_MAX;
    if (in->options.time == NULL) return CUSTVAL_OK;
    CUSTVAL__TRY(custval_table_find(in->table, in->options.time, &in->time, error));
    return custval__table_need_number(in->table, in->time, error);
}

static double cell(const course *in, size_t column, size_t row) {
    double scratch;
    return *custval__table_doubles(in->table, column, row, 1, &scratch);
}

/* Whether a row takes part: it has a customer, and a time where there are times. */
static int counts(const course *in, size_t row) {
    if (in->groups.keys[in->groups.of[row]].data == NULL) return 0;
    return in->time == SIZE_MAX || !isnan(cell(in, in->time, row));
}

static custval_status check_finite(const course *in, size_t column, custval_error *error) {
    for (size_t row = 0; row < custval_table_rows(in->table); row++) {
        const double number = cell(in, column, row);
        if (!isinf(number)) continue;
        return custval__fail_at(error, CUSTVAL_ERROR_NOT_FINITE, CUSTVAL_NONE, row, "row %zu: column \"%s\" is %g", row,
                                custval_table_name(in->table, column), number);
    }
    return CUSTVAL_OK;
}

/* Rows by time: ranks count from the latest, so the order is filled from its end, equal times from the last row on. */
static custval_status sort_rows(course *in, custval_error *error) {
    const size_t rows = custval_table_rows(in->table);
    in->order = custval__arena_alloc(&in->arena, rows, sizeof *in->order);
    size_t *const taken = custval__arena_alloc(&in->arena, rows + 1, sizeof *taken);
    double *const ranks = custval__arena_alloc(&in->arena, rows, sizeof *ranks);
    if (in->order == NULL || taken == NULL || ranks == NULL) return custval__fail_memory(error);
    for (size_t row = 0; row < rows; row++) {
        in->order[row] = row;
        ranks[row] = in->time == SIZE_MAX ? (double)NAN : cell(in, in->time, row);
    }
    if (in->time == SIZE_MAX) return CUSTVAL_OK;
    CUSTVAL__TRY(custval_ranks(&in->arena.host, ranks, rows, CUSTVAL_TIES_MINIMUM, ranks, error));
    size_t without = 0;
    for (size_t row = rows; row-- > 0;) {
        if (isnan(ranks[row])) {
            in->order[without++] = row; /* before all others: they take no part */
        } else {
            const size_t rank = (size_t)ranks[row];
            in->order[rows - rank - taken[rank]] = row;
            taken[rank]++;
        }
    }
    return CUSTVAL_OK;
}

static void skip(const course *in, size_t row) {
    in->expectation[row] = in->gap[row] = in->updated[row] = in->cumulative[row] = (double)NAN;
    in->encounter[row] = in->latest[row] = 0;
}

static void meet(const course *in, size_t row) {
    state *const at = &in->states[in->groups.of[row]];
    const double score = cell(in, in->score, row), k = in->options.updating, g = in->options.weight;
    in->expectation[row] = at->expectation;
    in->gap[row] = score - at->expectation;
    if (!isnan(score)) {
        at->expectation = isnan(at->expectation) ? score : at->expectation + k * (score - at->expectation);
        at->cumulative = isnan(at->cumulative) ? score : (1.0 - g) * at->cumulative + g * score;
    }
    in->updated[row] = at->expectation;
    in->cumulative[row] = at->cumulative;
    if (at->encounters > 0) in->latest[at->latest] = 0;
    in->encounter[row] = ++at->encounters;
    in->latest[row] = 1;
    at->latest = row;
}

static custval_status add_columns(course *in, custval_table *result, custval_error *error) {
    CUSTVAL__TRY(custval__result_add_uint32(result, "encounter", &in->encounter, error));
    CUSTVAL__TRY(custval__result_add_doubles(result, "expectation", &in->expectation, error));
    CUSTVAL__TRY(custval__result_add_doubles(result, "gap", &in->gap, error));
    CUSTVAL__TRY(custval__result_add_doubles(result, "updated", &in->updated, error));
    CUSTVAL__TRY(custval__result_add_doubles(result, "cumulative", &in->cumulative, error));
    return custval__result_add_uint32(result, "latest", &in->latest, error);
}

static custval_status make(course *in, custval_table **out, custval_error *error) {
    CUSTVAL__TRY(find_columns(in, error));
    CUSTVAL__TRY(custval__grouping_read(&in->arena, in->table, in->customer, &in->groups, error));
    CUSTVAL__TRY(check_finite(in, in->score, error));
    if (in->time != SIZE_MAX) CUSTVAL__TRY(check_finite(in, in->time, error));
    CUSTVAL__TRY(sort_rows(in, error));
    in->states = custval__arena_alloc(&in->arena, in->groups.count, sizeof *in->states);
    if (in->states == NULL) return custval__fail_memory(error);
    for (uint32_t i = 0; i < in->groups.count; i++) {
        in->states[i] = (state){in->options.first, (double)NAN, SIZE_MAX, 0};
    }
    CUSTVAL__TRY(custval__result_new(&in->arena.host, custval_table_rows(in->table), out, error));
    CUSTVAL__TRY(add_columns(in, *out, error));
    for (size_t i = 0; i < custval_table_rows(in->table); i++) {
        if (counts(in, in->order[i])) {
            meet(in, in->order[i]);
        } else {
            skip(in, in->order[i]);
        }
    }
    custval__result_finish(*out);
    return CUSTVAL_OK;
}

custval_status custval_encounters(const custval_table *table, const custval_encounters_options *options,
                                  custval_table **out, custval_error *error) {
    course in = {.table = table};
    custval_host host;
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    if (table == NULL) return custval__fail_null(error, "table");
    CUSTVAL__TRY(read_options(&in, options, error));
    CUSTVAL__TRY(custval__host_read(&host, in.options.host, error));
    custval__arena_init(&in.arena, &host);
    custval_table *result = NULL;
    const custval_status status = make(&in, &result, error);
    custval__arena_free(&in.arena);
    return custval__result_give(result, status, out);
}
