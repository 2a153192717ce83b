/* Feeding tables: rows are cut into pieces, pieces into blocks that stay in the first-level cache. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../base/run.h"
#include "../table/table.h"
#include "criteria.h"
#include "kernels.h"
#include "object.h"
#include "theil.h"

#define BLOCK CUSTVAL__SUMMARY_BLOCK
/* Sums are joined block by block within a piece, and piece by piece within a table. */
#define ROWS_PER_PIECE ((size_t)BLOCK * 128)
/* Pieces in work at a time: as many as their sums, which may be large with many pairs, allow. */
#define BYTES_IN_WORK ((size_t)16 << 20)
#define LEAST_IN_WORK 16
#define MOST_IN_WORK 256

/* What one thread works with. */
typedef struct worker {
    custval__sums *block;       /* of the block in work */
    custval__sketch *sketches;  /* [column] of all its rows, for they may come in any order; NULL: no quantiles */
    const double **x;           /* [column] the block's numbers */
    double *values;             /* [column][row] of the block, where a column's own memory will not do */
    double *deviations;         /* [column][row] with pairs; else one column's */
    double *deviation_sums;     /* [column] */
    double *scaled, *turned;    /* [row] */
    double *logarithms, *total; /* [column][row], [row] with removal effects */
    uint32_t rows[BLOCK];       /* those that are complete */
} worker;

typedef struct failure {
    custval_status status;
    size_t row, column;
    double value;
} failure;

typedef struct feeding {
    const custval_host *host;
    const custval__shape *shape;
    const custval_table *table;
    const custval__summary_kernels *kernels;
    size_t *columns;             /* [column] index in the table */
    size_t row_count, first_row; /* of the table; of the pieces in work */
    worker *workers;
    uint32_t worker_count;
    custval__sums **pieces; /* in work */
    failure *failures;      /* [piece in work] */
    uint32_t piece_count;   /* room for */
    custval__sums *all;     /* of the pieces done */
} feeding;

static int keeps(const feeding *in, uint32_t part) {
    return (in->shape->parts & part) != 0;
}

/* ---- Workers ----------------------------------------------------------------------------------------------------- */

static void free_worker(const feeding *in, worker *self) {
    for (size_t i = 0; i < in->shape->count && self->sketches != NULL; i++) {
        custval__sketch_free(in->host, &self->sketches[i]);
    }
    custval__free(in->host, self->block);
    custval__free(in->host, self->sketches);
    custval__free(in->host, self->x);
    custval__free(in->host, self->values);
}

static custval_status fill_worker(const feeding *in, worker *self) {
    const size_t count = in->shape->count;
    const size_t deviations = keeps(in, CUSTVAL_SUMMARY_PAIRS) ? count : 1;
    const size_t logarithms = keeps(in, CUSTVAL_SUMMARY_REMOVAL) ? count + 1 : 0;
    self->block = custval__sums_new(in->host, in->shape);
    self->x = custval__alloc(in->host, count, sizeof *self->x);
    self->values = custval__alloc(in->host, (count + deviations + 2 + logarithms) * BLOCK + count, sizeof(double));
    if (self->block == NULL || self->x == NULL || self->values == NULL) return CUSTVAL_ERROR_MEMORY;
    self->deviations = self->values + count * BLOCK;
    self->scaled = self->deviations + deviations * BLOCK;
    self->turned = self->scaled + BLOCK;
    self->logarithms = self->turned + BLOCK;
    self->total = self->logarithms + (logarithms == 0 ? 0 : count * BLOCK);
    self->deviation_sums = self->turned + BLOCK + logarithms * BLOCK;
    if (!keeps(in, CUSTVAL_SUMMARY_QUANTILES)) return CUSTVAL_OK;
    self->sketches = custval__alloc_zero(in->host, count, sizeof *self->sketches);
    return self->sketches == NULL ? CUSTVAL_ERROR_MEMORY : CUSTVAL_OK;
}

/* Called for each lot of pieces; workers stay from one to the next. */
static custval_status prepare(void *data, uint32_t threads) {
    feeding *in = data;
    if (threads <= in->worker_count) return CUSTVAL_OK;
    worker *more = custval__resize(in->host, in->workers, threads, sizeof *more);
    if (more == NULL) return CUSTVAL_ERROR_MEMORY;
    memset(more + in->worker_count, 0, (threads - in->worker_count) * sizeof *more);
    in->workers = more;
    while (in->worker_count < threads) {
        /* Counted first, so that what it has is freed if the rest cannot be had. */
        CUSTVAL__TRY(fill_worker(in, &in->workers[in->worker_count++]));
    }
    return CUSTVAL_OK;
}

/* ---- Blocks ------------------------------------------------------------------------------------------------------ */

static void fill_up(double *block, size_t from) {
    for (size_t i = from; i < BLOCK; i++) block[i] = (double)NAN;
}

static const double *read_block(const feeding *in, worker *self, size_t column, size_t start, size_t rows) {
    double *own = self->values + column * BLOCK;
    const double *x = custval__table_doubles(in->table, in->columns[column], start, rows, own);
    if (rows == BLOCK) return x;
    if (x != own) memcpy(own, x, rows * sizeof *own);
    fill_up(own, rows);
    return own;
}

/* What was measured of a block of numbers: around `centre`, in their unit. */
typedef struct measured {
    const double *scaled;
    double unit, centre, deviations;
} measured;

/* Gives 0, or -1 if a number is infinite. */
static int measure(const feeding *in, worker *self, size_t column, const double *x, double *deviations,
                   custval__moments *out, measured *how) {
    double sum, low, high, count = BLOCK, squares;
    in->kernels->range(x, &sum, &low, &high);
    if (!isfinite(sum)) count = in->kernels->some(x, &sum);
    *out = (custval__moments){(uint64_t)count, 0.0, 0.0, 0.0, 0.0, 0.0};
    *how = (measured){x, 1.0, 0.0, 0.0};
    if (count == 0.0) return 0;
    if (isinf(low) || isinf(high)) return -1;
    out->low = low + 0.0; /* -0 is 0 */
    out->high = high + 0.0;
    how->unit = custval__unit(&in->shape->columns[column], low, high);
    if (how->unit != 1.0) {
        for (size_t i = 0; i < BLOCK; i++) self->scaled[i] = x[i] * how->unit;
        how->scaled = self->scaled;
        in->kernels->some(self->scaled, &sum);
    }
    how->centre = low == high ? out->low * how->unit : sum / count;
    in->kernels->deviations(how->scaled, how->centre, deviations, &how->deviations, &squares);
    const double rest = how->deviations / count;
    out->mean = how->centre + rest;
    out->rest = rest - (out->mean - how->centre);
    squares -= how->deviations * rest;
    out->squares = squares > 0.0 ? squares : 0.0;
    return 0;
}

/* D around the mean, from that around the centre. */
static double theil_of_block(const feeding *in, worker *self, size_t column, const double *x,
                             const custval__moments *own, const measured *how) {
    const custval_criterion *criterion = &in->shape->columns[column];
    const double *numbers = how->scaled;
    double centre = how->centre, rest = how->deviations / (double)own->count;
    if (own->low == own->high || custval__theil_low(criterion, own) < 0.0) return 0.0;
    if (custval__is_reflected(criterion)) {
        const double ends = criterion->low + criterion->high;
        for (size_t i = 0; i < BLOCK; i++) self->turned[i] = (ends - x[i]) * how->unit;
        numbers = self->turned;
        centre = ends * how->unit - centre;
        rest = -rest;
    }
    const double around = in->kernels->theil(numbers, centre);
    const double theil = around - (double)own->count * custval__theil_of_difference(centre, rest);
    return theil > 0.0 ? theil : 0.0;
}

/* What lies beyond the range by a rounding becomes its end. */
static void move_into_range(const feeding *in, worker *self, size_t column) {
    const custval_criterion *criterion = &in->shape->columns[column];
    double *own = self->values + column * BLOCK;
    for (size_t row = 0; row < BLOCK; row++) {
        const double x = self->x[column][row];
        own[row] = x < criterion->low ? criterion->low : x > criterion->high ? criterion->high : x;
    }
    self->x[column] = own;
}

static custval_status feed_column(const feeding *in, worker *self, size_t column) {
    const custval_criterion *criterion = &in->shape->columns[column];
    custval__moments *own = &self->block->own[column];
    double *deviations = self->deviations + (keeps(in, CUSTVAL_SUMMARY_PAIRS) ? column * BLOCK : 0);
    measured how;
    if (measure(in, self, column, self->x[column], deviations, own, &how) != 0) return CUSTVAL_ERROR_NOT_FINITE;
    self->deviation_sums[column] = how.deviations;
    if (self->block->theil != NULL) self->block->theil[column] = 0.0;
    if (own->count == 0) return CUSTVAL_OK;
    if (custval__criterion_has_range(criterion) && (own->low < criterion->low || own->high > criterion->high)) {
        if (!custval__criterion_holds(criterion, own->low) || !custval__criterion_holds(criterion, own->high)) {
            return CUSTVAL_ERROR_RANGE;
        }
        move_into_range(in, self, column);
        return feed_column(in, self, column);
    }
    if (self->block->theil != NULL) {
        self->block->theil[column] = theil_of_block(in, self, column, self->x[column], own, &how);
    }
    if (self->sketches == NULL) return CUSTVAL_OK;
    return custval__sketch_add(in->host, &self->sketches[column], self->x[column], BLOCK) != 0 ? CUSTVAL_ERROR_MEMORY
                                                                                               : CUSTVAL_OK;
}

/* ---- Complete rows ----------------------------------------------------------------------------------------------- */

static size_t find_complete(const feeding *in, worker *self, size_t rows) {
    unsigned char lacks[BLOCK] = {0};
    size_t complete = 0;
    for (size_t i = 0; i < in->shape->count; i++) {
        if (self->block->own[i].count == rows) continue;
        for (size_t row = 0; row < rows; row++) {
            if (isnan(self->x[i][row])) lacks[row] = 1;
        }
    }
    for (size_t row = 0; row < rows; row++) {
        if (!lacks[row]) self->rows[complete++] = (uint32_t)row;
    }
    return complete;
}

/* Leaves the block's complete rows only, moved to its beginning: also within `values`, because rows move down. */
static void keep_complete(const feeding *in, worker *self, size_t complete) {
    for (size_t i = 0; i < in->shape->count; i++) {
        double *own = self->values + i * BLOCK;
        for (size_t row = 0; row < complete; row++) own[row] = self->x[i][self->rows[row]];
        fill_up(own, complete);
        self->x[i] = own;
    }
}

static void feed_pairs(const feeding *in, worker *self, size_t rows) {
    custval__sums *block = self->block;
    const size_t count = in->shape->count;
    const double n = (double)block->complete;
    for (size_t i = 0; i < count; i++) {
        measured how;
        if (block->complete == rows) {
            block->joint[i] = block->own[i];
            continue;
        }
        (void)measure(in, self, i, self->x[i], self->deviations + i * BLOCK, &block->joint[i], &how); /* all finite */
        self->deviation_sums[i] = how.deviations;
    }
    double *out = block->products;
    for (size_t a = 0; a + 1 < count; a++) {
        const double *deviations = self->deviations + a * BLOCK, mean = self->deviation_sums[a] / n;
        in->kernels->products(deviations, deviations + BLOCK, count - a - 1, out);
        for (size_t b = a + 1; b < count; b++) *out++ -= mean * self->deviation_sums[b];
    }
}

static void feed_removal(const feeding *in, worker *self) {
    const size_t count = in->shape->count;
    memset(self->total, 0, BLOCK * sizeof *self->total);
    for (size_t i = 0; i < count; i++) {
        const custval_criterion *criterion = &in->shape->columns[i];
        const double over = criterion->side == CUSTVAL_SIDE_SACRIFICE ? criterion->high : 0.0;
        in->kernels->logarithms(self->x[i], over, criterion->low, self->logarithms + i * BLOCK, self->total);
    }
    for (size_t i = 0; i < count; i++) {
        self->block->removal[i] = in->kernels->removal(self->logarithms + i * BLOCK, self->total, (double)count);
    }
}

/* ---- Pieces ------------------------------------------------------------------------------------------------------ */

static custval_status feed_block(const feeding *in, worker *self, size_t start, size_t rows) {
    self->block->rows = rows;
    self->block->complete = 0;
    for (size_t i = 0; i < in->shape->count; i++) {
        self->x[i] = read_block(in, self, i, start, rows);
        CUSTVAL__TRY(feed_column(in, self, i));
    }
    const size_t complete = find_complete(in, self, rows);
    self->block->complete = complete;
    if (complete == 0) {
        if (self->block->removal != NULL) memset(self->block->removal, 0, in->shape->count * sizeof(double));
        return CUSTVAL_OK;
    }
    if (complete < rows) keep_complete(in, self, complete);
    if (keeps(in, CUSTVAL_SUMMARY_PAIRS)) feed_pairs(in, self, rows);
    if (keeps(in, CUSTVAL_SUMMARY_REMOVAL)) feed_removal(in, self);
    return CUSTVAL_OK;
}

/* The first row that cannot be fed, and its first such column; the status given, if there is none. */
static failure find_failure(const feeding *in, worker *self, size_t start, size_t end, custval_status status) {
    for (size_t row = start; row < end; row++) {
        for (size_t i = 0; i < in->shape->count; i++) {
            const custval_criterion *criterion = &in->shape->columns[i];
            const double x = *custval__table_doubles(in->table, in->columns[i], row, 1, self->values);
            if (isinf(x)) return (failure){CUSTVAL_ERROR_NOT_FINITE, row, i, x};
            if (!custval__criterion_holds(criterion, x)) return (failure){CUSTVAL_ERROR_RANGE, row, i, x};
        }
    }
    return (failure){status, 0, 0, 0.0};
}

static size_t piece_end(const feeding *in, size_t start) {
    return in->row_count - start < ROWS_PER_PIECE ? in->row_count : start + ROWS_PER_PIECE;
}

static size_t block_rows(size_t start, size_t end) {
    return end - start < BLOCK ? end - start : BLOCK;
}

/* Rows that are read together: block by block. */
static custval_status feed_rows(const feeding *in, worker *self, size_t start, size_t end, custval__sums *out) {
    for (size_t row = start; row < end; row += BLOCK) {
        CUSTVAL__TRY(feed_block(in, self, row, block_rows(row, end)));
        custval__sums_merge(in->shape, out, self->block);
    }
    return CUSTVAL_OK;
}

/* Columns that know nothing of each other: one after the other, which memory likes best. */
static custval_status feed_columns(const feeding *in, worker *self, size_t start, size_t end, custval__sums *out) {
    for (size_t i = 0; i < in->shape->count; i++) {
        for (size_t row = start; row < end; row += BLOCK) {
            self->x[i] = read_block(in, self, i, row, block_rows(row, end));
            CUSTVAL__TRY(feed_column(in, self, i));
            custval__sums_merge_own(in->shape, out, self->block, i);
        }
    }
    out->rows = end - start;
    return CUSTVAL_OK;
}

static custval_status feed_piece(void *data, uint32_t index, uint32_t thread) {
    feeding *in = data;
    worker *self = &in->workers[thread];
    const size_t start = in->first_row + index * ROWS_PER_PIECE, end = piece_end(in, start);
    const int together = keeps(in, CUSTVAL_SUMMARY_PAIRS | CUSTVAL_SUMMARY_REMOVAL);
    custval__sums *out = in->pieces[index];
    custval__sums_clear(in->shape, out);
    const custval_status status = (together ? feed_rows : feed_columns)(in, self, start, end, out);
    if (status == CUSTVAL_OK) return CUSTVAL_OK;
    in->failures[index] = find_failure(in, self, start, end, status);
    return in->failures[index].status;
}

static uint64_t rows_of_piece(void *data, uint32_t index) {
    const feeding *in = data;
    const size_t start = in->first_row + index * ROWS_PER_PIECE;
    return piece_end(in, start) - start;
}

/* ---- Tables ------------------------------------------------------------------------------------------------------ */

static custval_status say_why(const feeding *in, uint32_t pieces, custval_status status, custval_error *error) {
    uint32_t index = 0;
    while (index < pieces && in->failures[index].status != status) index++;
    if (index == pieces || status == CUSTVAL_ERROR_MEMORY) return status;
    const failure *first = &in->failures[index];
    const custval_criterion *column = &in->shape->columns[first->column];
    if (status == CUSTVAL_ERROR_NOT_FINITE) {
        return custval__fail_at(error, status, CUSTVAL_NONE, first->row, "row %zu, column \"%s\": %g is not finite",
                                first->row, column->column, first->value);
    }
    return custval__fail_at(error, status, CUSTVAL_NONE, first->row,
                            "row %zu, column \"%s\": %g lies outside the declared range %g to %g", first->row,
                            column->column, first->value, column->low, column->high);
}

static custval_status feed_lot(feeding *in, custval_error *error) {
    const size_t left = (in->row_count - in->first_row + ROWS_PER_PIECE - 1) / ROWS_PER_PIECE;
    const uint32_t pieces = left < in->piece_count ? (uint32_t)left : in->piece_count;
    const custval__job job = {.data = in,
                              .prepare = prepare,
                              .piece = feed_piece,
                              .units = rows_of_piece,
                              .total_units = in->row_count,
                              .done_before = in->first_row};
    memset(in->failures, 0, pieces * sizeof *in->failures);
    const custval_status status = custval__run(in->host, &job, pieces, error);
    if (status != CUSTVAL_OK) return say_why(in, pieces, status, error);
    for (uint32_t i = 0; i < pieces; i++) custval__sums_merge(in->shape, in->all, in->pieces[i]);
    in->first_row = piece_end(in, in->first_row + (pieces - 1) * ROWS_PER_PIECE);
    return CUSTVAL_OK;
}

static custval_status find_columns(feeding *in, custval_error *error) {
    in->columns = custval__alloc(in->host, in->shape->count, sizeof *in->columns);
    if (in->columns == NULL) return custval__fail_memory(error);
    for (size_t i = 0; i < in->shape->count; i++) {
        CUSTVAL__TRY(custval_table_find(in->table, in->shape->columns[i].column, &in->columns[i], error));
        CUSTVAL__TRY(custval__table_need_number(in->table, in->columns[i], error));
    }
    return CUSTVAL_OK;
}

static custval_status make_pieces(feeding *in, custval_error *error) {
    const size_t affordable = BYTES_IN_WORK / custval__sums_size(in->shape);
    const size_t pieces = (in->row_count + ROWS_PER_PIECE - 1) / ROWS_PER_PIECE;
    size_t most = affordable < LEAST_IN_WORK ? LEAST_IN_WORK : affordable > MOST_IN_WORK ? MOST_IN_WORK : affordable;
    if (pieces < most) most = pieces;
    in->failures = custval__alloc(in->host, most, sizeof *in->failures);
    in->pieces = custval__alloc_zero(in->host, most, sizeof *in->pieces);
    in->all = custval__sums_new(in->host, in->shape);
    if (in->failures == NULL || in->pieces == NULL || in->all == NULL) return custval__fail_memory(error);
    while (in->piece_count < most) {
        custval__sums *piece = custval__sums_new(in->host, in->shape);
        if (piece == NULL) return custval__fail_memory(error);
        in->pieces[in->piece_count++] = piece;
    }
    return CUSTVAL_OK;
}

static custval_status take(custval_summary *summary, const feeding *in, custval_error *error) {
    const custval__sketch **sketches = custval__alloc(in->host, in->worker_count, sizeof *sketches);
    if (sketches == NULL) return custval__fail_memory(error);
    for (uint32_t i = 0; i < in->worker_count; i++) sketches[i] = in->workers[i].sketches;
    const custval_status status = custval__summary_take(summary, in->all, sketches, in->worker_count, error);
    custval__free(in->host, sketches);
    return status;
}

static void end_feeding(feeding *in) {
    for (uint32_t i = 0; i < in->worker_count; i++) free_worker(in, &in->workers[i]);
    for (uint32_t i = 0; i < in->piece_count; i++) custval__free(in->host, in->pieces[i]);
    custval__free(in->host, in->workers);
    custval__free(in->host, in->pieces);
    custval__free(in->host, in->failures);
    custval__free(in->host, in->all);
    custval__free(in->host, in->columns);
}

custval_status custval_summary_add(custval_summary *summary, const custval_table *table, custval_error *error) {
    if (summary == NULL) return custval__fail_null(error, "summary");
    if (table == NULL) return custval__fail_null(error, "table");
    feeding in = {.host = &summary->arena.host,
                  .shape = &summary->shape,
                  .table = table,
                  .kernels = custval__summary_kernels_best(),
                  .row_count = custval_table_rows(table)};
    custval_status status = find_columns(&in, error);
    if (status == CUSTVAL_OK && in.row_count > 0) {
        status = make_pieces(&in, error);
        while (status == CUSTVAL_OK && in.first_row < in.row_count) status = feed_lot(&in, error);
        if (status == CUSTVAL_OK) status = take(summary, &in, error);
    }
    end_feeding(&in);
    return status;
}
