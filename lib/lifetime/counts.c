/* custval_lifetime_counts: the distribution of each customer's number of purchases. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <custval/lifetime.h>

#include <math.h>
#include <string.h>

#include <custval/words.h>

#include "../base/error.h"
#include "../base/maths.h"
#include "../base/options.h"
#include "../base/run.h"
#include "../base/text.h"
#include "../table/table.h"
#include "block.h"

#define MOST 1000
#define QUANTILES 32
#define SEARCHED ((uint32_t)1 << 20) /* numbers of purchases that are looked at */
#define STEPS 0x1p28                 /* most numbers x opportunities: each number of BG/BB takes a walk through them */
#define TOGETHER 16                  /* numbers that a model is asked for at once, of a whole block */
/* What is left of 1 is exact to 1e-15 or so: a share above this one has nine digits. A smaller one is added up. */
#define LEAST_REST 0x1p-20
#define TAIL_ERROR 1e-12 /* relative: what is left of a tail is no larger */

typedef struct worker {
    custval__block block;
    double *log_p; /* [TOGETHER * CUSTVAL__BLOCK_ROWS] */
    double *sum;   /* [whole row] P(at most so many as have been looked at) */
} worker;

typedef struct counts {
    custval_lifetime_counts_options options;
    custval_host host;
    custval__arena arena;
    const custval_lifetime *lifetime;
    custval__rows rows;
    size_t row_count;
    double **p; /* [number] columns of the result */
    double *more, *quantile[QUANTILES];
    uint32_t *status;
    worker *workers;
} counts;

/* ---- Options -------------------------------------------------------------------------------------------------------------- */

static custval_status check_quantiles(const custval_lifetime_counts_options *options, custval_error *error) {
    for (uint32_t i = 0; i < options->quantiles_count; i++) {
        const double share = options->quantiles[i];
        if (!(share > 0.0 && share < 1.0)) {
            return custval__fail(error, CUSTVAL_ERROR_RANGE, "quantiles[%u] is %g, but must be between 0 and 1",
                                 (unsigned)i, share);
        }
        for (uint32_t k = 0; k < i; k++) {
            if (options->quantiles[k] != share) continue;
            return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "quantiles[%u] is %g, as quantiles[%u] is: each once",
                                 (unsigned)i, share, (unsigned)k);
        }
    }
    return CUSTVAL_OK;
}

static custval_status check_options(const counts *in, custval_error *error) {
    const custval_lifetime_counts_options *options = &in->options;
    if (!(options->horizon > 0.0 && isfinite(options->horizon))) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "horizon is %g, but must be above 0 and finite",
                             options->horizon);
    }
    if (options->most > MOST) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "most is %u, but must be at most %u", (unsigned)options->most,
                             (unsigned)MOST);
    }
    if ((options->quantiles == NULL) != (options->quantiles_count == 0)) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "quantiles is %s, but quantiles_count is %u",
                             options->quantiles == NULL ? "NULL" : "not NULL", (unsigned)options->quantiles_count);
    }
    if (options->quantiles_count > QUANTILES) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "quantiles_count is %u, but must be at most %u",
                             (unsigned)options->quantiles_count, (unsigned)QUANTILES);
    }
    CUSTVAL__TRY(check_quantiles(options, error));
    if (options->horizon_column == NULL && in->lifetime->model->discrete &&
        options->horizon != floor(options->horizon)) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "horizon is %g, but the model counts whole periods",
                             options->horizon);
    }
    return CUSTVAL_OK;
}

static custval_status read_options(counts *in, const custval_lifetime_counts_options *options, custval_error *error) {
    custval_lifetime_counts_options *whole = &in->options;
    const custval__model *model = in->lifetime->model;
    *whole = (custval_lifetime_counts_options)CUSTVAL_LIFETIME_COUNTS_OPTIONS_INIT;
    CUSTVAL__TRY(
        custval__struct_read(whole, sizeof *whole, sizeof *whole, options, "custval_lifetime_counts_options", error));
    if (model->log_counts == NULL) {
        return custval__fail(error, CUSTVAL_ERROR_UNSUPPORTED, "model %s has no numbers of purchases",
                             custval_word(CUSTVAL_WORDS_MODEL, model->id));
    }
    CUSTVAL__TRY(check_options(in, error));
    return custval__host_read(&in->host, whole->host, error);
}

/* ---- One piece ------------------------------------------------------------------------------------------------------------- */

static custval_status prepare(void *data, uint32_t threads) {
    counts *in = data;
    in->workers = custval__arena_alloc(&in->arena, threads, sizeof *in->workers);
    if (in->workers == NULL) return CUSTVAL_ERROR_MEMORY;
    for (uint32_t i = 0; i < threads; i++) {
        worker *at = &in->workers[i];
        CUSTVAL__TRY(custval__block_new(&in->arena, &in->rows, CUSTVAL__BLOCK_ROWS, &at->block));
        at->log_p = custval__arena_alloc(&in->arena, TOGETHER * CUSTVAL__BLOCK_ROWS, sizeof *at->log_p);
        at->sum = custval__arena_alloc(&in->arena, CUSTVAL__BLOCK_ROWS, sizeof *at->sum);
        if (at->log_p == NULL || at->sum == NULL) return CUSTVAL_ERROR_MEMORY;
    }
    return CUSTVAL_OK;
}

// Notes n for the quantiles that P(N <= n) has reached; gives how many are still open.
static uint32_t note_quantiles(const counts *in, size_t row, double sum, uint32_t n) {
    uint32_t open = 0;
    for (uint32_t q = 0; q < in->options.quantiles_count; q++) {
        double *quantile = &in->quantile[q][row];
        if (isnan(*quantile) && sum >= in->options.quantiles[q]) *quantile = (double)n;
        open += isnan(*quantile) ? 1 : 0;
    }
    return open;
}

// What is still to be added to a tail, if it falls as it does now: at least as fast as a geometric series.
static double tail_left(double previous, double last) {
    return last < previous ? last * (last / (previous - last)) : HUGE_VAL;
}

// P(N > n) of one row.
static double more_than(const counts *in, const double *parameters, const custval__customers *one,
                        const double *horizon, double n) {
    double log_p = 0.0;
    in->lifetime->model->log_more(parameters, one, horizon, n, &log_p);
    return custval__exp(log_p);
}

// The same for a model that knows the rest: bisects for the quantiles still open.
static void find_rest(const counts *in, const worker *at, const double *parameters, size_t i, size_t row) {
    const custval__customers one = custval__block_customers(&at->block, i, i + 1);
    const double *horizon = at->block.cell[CUSTVAL__CELL_HORIZON] + i, most = (double)in->options.most;
    in->more[row] = more_than(in, parameters, &one, horizon, most);
    for (uint32_t q = 0; q < in->options.quantiles_count; q++) {
        const double left = 1.0 - in->options.quantiles[q];
        double below = most, reached = (double)SEARCHED; // P(N > below) is above `left`, that at `reached` is not
        if (!isnan(in->quantile[q][row]) || more_than(in, parameters, &one, horizon, reached) > left) continue;
        while (reached - below > 1.0) {
            const double middle = floor(below + (reached - below) / 2.0);
            if (more_than(in, parameters, &one, horizon, middle) > left) {
                below = middle;
            } else {
                reached = middle;
            }
        }
        in->quantile[q][row] = reached;
    }
}

// How many numbers are looked at: fewer if each takes long.
static uint32_t searched(const counts *in, double horizon) {
    if (!in->lifetime->model->discrete || !(horizon > STEPS / SEARCHED)) return SEARCHED;
    return (uint32_t)(STEPS / horizon);
}

// Goes on beyond `most` for one row: adds up the rest if it is small, and looks for the quantiles still open.
static void go_on(const counts *in, worker *at, const double *parameters, size_t i, size_t row, uint32_t open) {
    const custval__customers one = custval__block_customers(&at->block, i, i + 1);
    const double *horizon = at->block.cell[CUSTVAL__CELL_HORIZON] + i;
    const double rest = 1.0 - at->sum[i];
    const uint32_t end = searched(in, horizon[0]);
    int adds = rest < LEAST_REST;
    double sum = at->sum[i], tail = 0.0, last = 0.0;
    if (!adds) in->more[row] = rest;
    for (uint32_t from = in->options.most + 1, count = TOGETHER; (adds || open > 0) && from < end; from += count) {
        count = from + CUSTVAL__BLOCK_ROWS < end && from > CUSTVAL__BLOCK_ROWS ? CUSTVAL__BLOCK_ROWS : TOGETHER;
        in->lifetime->model->log_counts(parameters, &one, horizon, from, count, at->log_p);
        for (uint32_t k = 0; k < count && (adds || open > 0); k++) {
            const double p = custval__exp(at->log_p[k]), left = tail_left(last, p);
            sum += p;
            tail += p;
            if (open > 0) open = note_quantiles(in, row, sum, from + k);
            if (adds && (left <= TAIL_ERROR * tail || (p == 0.0 && last == 0.0))) {
                in->more[row] = tail + (p > 0.0 ? left : 0.0);
                adds = 0;
            }
            last = p;
        }
    }
    if (adds) in->more[row] = tail > rest ? tail : rest; // neither is exact; the tail has not ended
}

static void count_group(counts *in, worker *at, size_t first, size_t start, size_t end) {
    const custval__block *block = &at->block;
    const custval__customers customers = custval__block_customers(block, start, end);
    const uint32_t most = in->options.most;
    double parameters[CUSTVAL__MODEL_PARAMETERS];
    custval__block_parameters(block, in->lifetime, start, parameters);
    for (size_t i = start; i < end; i++) at->sum[i] = 0.0;
    for (uint32_t from = 0; from <= most; from += TOGETHER) {
        const uint32_t count = most - from < TOGETHER ? most - from + 1 : TOGETHER;
        in->lifetime->model->log_counts(parameters, &customers, block->cell[CUSTVAL__CELL_HORIZON] + start, from, count,
                                        at->log_p);
        for (uint32_t k = 0; k < count; k++) {
            for (size_t i = start; i < end; i++) {
                const size_t row = first + block->place[i];
                const double p = custval__exp(at->log_p[k * customers.count + (i - start)]);
                in->p[from + k][row] = p;
                at->sum[i] += p;
                note_quantiles(in, row, at->sum[i], from + k);
            }
        }
    }
    for (size_t i = start; i < end; i++) {
        const size_t row = first + block->place[i];
        if (isfinite(at->sum[i]) && in->lifetime->model->log_more != NULL) {
            find_rest(in, at, parameters, i, row);
        } else if (isfinite(at->sum[i])) {
            go_on(in, at, parameters, i, row, note_quantiles(in, row, at->sum[i], most));
        } else {
            in->status[row] = CUSTVAL_LIFETIME_ROW_UNDEFINED;
        }
    }
}

// Rows that have no distribution have no part of one.
static void clear_rows(counts *in, size_t first, size_t count, int all) {
    for (size_t row = first; row < first + count; row++) {
        if (!all && in->status[row] == CUSTVAL_LIFETIME_ROW_OK) continue;
        for (uint32_t n = 0; n <= in->options.most; n++) in->p[n][row] = (double)NAN;
        for (uint32_t q = 0; q < in->options.quantiles_count; q++) in->quantile[q][row] = (double)NAN;
        in->more[row] = (double)NAN;
    }
}

static size_t rows_from(const counts *in, size_t first) {
    const size_t left = in->row_count - first;
    return left < CUSTVAL__BLOCK_ROWS ? left : CUSTVAL__BLOCK_ROWS;
}

static custval_status count_piece(void *data, uint32_t index, uint32_t thread) {
    counts *in = data;
    worker *at = &in->workers[thread];
    const size_t first = (size_t)index * CUSTVAL__BLOCK_ROWS, count = rows_from(in, first);
    custval__block_read(&at->block, &in->rows, first, count);
    memcpy(in->status + first, at->block.status, count * sizeof *in->status);
    clear_rows(in, first, count, 1);
    for (size_t g = 0, start = 0; g < at->block.groups; start = at->block.group_end[g++]) {
        count_group(in, at, first, start, at->block.group_end[g]);
    }
    clear_rows(in, first, count, 0);
    return CUSTVAL_OK;
}

static uint64_t rows_of_piece(void *data, uint32_t index) {
    return rows_from(data, (size_t)index * CUSTVAL__BLOCK_ROWS);
}

/* ---- The result -------------------------------------------------------------------------------------------------------------- */

static custval_status add_columns(counts *in, custval_table *table, custval_error *error) {
    char name[CUSTVAL__NUMBER_SIZE + 1];
    in->p = custval__arena_alloc(&in->arena, (size_t)in->options.most + 1, sizeof *in->p);
    if (in->p == NULL) return custval__fail_memory(error);
    for (uint32_t n = 0; n <= in->options.most; n++) {
        custval__format(name, sizeof name, "p%u", (unsigned)n);
        CUSTVAL__TRY(custval__result_add_doubles(table, name, &in->p[n], error));
    }
    CUSTVAL__TRY(custval__result_add_doubles(table, "more", &in->more, error));
    for (uint32_t q = 0; q < in->options.quantiles_count; q++) {
        custval__format(name, sizeof name, "q%g", in->options.quantiles[q]);
        CUSTVAL__TRY(custval__result_add_doubles(table, name, &in->quantile[q], error));
    }
    return custval__result_add_uint32(table, "status", &in->status, error);
}

static custval_status fill_table(counts *in, const custval_table *table, custval_table **out, custval_error *error) {
    const custval_lifetime_counts_options *options = &in->options;
    CUSTVAL__TRY(
        custval__rows_open(&in->rows, table, in->lifetime, in->lifetime->model->columns, 0, options->columns, error));
    CUSTVAL__TRY(custval__rows_add(&in->rows, CUSTVAL__CELL_HORIZON, options->horizon_column, options->horizon, error));
    in->row_count = custval_table_rows(table);
    const size_t pieces = in->row_count / CUSTVAL__BLOCK_ROWS + (in->row_count % CUSTVAL__BLOCK_ROWS != 0);
    if (pieces > UINT32_MAX) {
        return custval__fail(error, CUSTVAL_ERROR_LIMIT, "%zu rows are too many for one call", in->row_count);
    }
    CUSTVAL__TRY(custval__result_new(&in->host, in->row_count, out, error));
    CUSTVAL__TRY(add_columns(in, *out, error));
    const custval__job job = {
        .data = in, .prepare = prepare, .piece = count_piece, .units = rows_of_piece, .total_units = in->row_count};
    if (pieces > 0) CUSTVAL__TRY(custval__run(&in->host, &job, (uint32_t)pieces, error));
    custval__result_finish(*out);
    return CUSTVAL_OK;
}

custval_status custval_lifetime_counts(const custval_lifetime *lifetime, const custval_table *table,
                                       const custval_lifetime_counts_options *options, custval_table **out,
                                       custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    if (lifetime == NULL) return custval__fail_null(error, "lifetime");
    if (table == NULL) return custval__fail_null(error, "table");
    counts in = {.lifetime = lifetime};
    CUSTVAL__TRY(read_options(&in, options, error));
    custval__arena_init(&in.arena, &in.host);
    const custval_status status = fill_table(&in, table, out, error);
    custval__arena_free(&in.arena);
    if (status != CUSTVAL_OK) {
        custval_table_free(*out);
        *out = NULL;
    }
    return status;
}
