/* Rows over draws, in pieces: rows for what concerns one row, blocks of draws for ranks. Nothing depends on the threads:
   pieces write to places of their own, and every sum is over one row's draws in their order. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "over_draws.h"

#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "../base/run.h"

#define TOGETHER CUSTVAL__DRAWS_TOGETHER
#define ROWS_PER_PIECE 8
/* Values in a tile, unless one block of draws has more: 128 MiB, or 16 MiB if values are sums, which are computed faster
   again than fetched from memory. */
#define TILE_VALUES ((size_t)1 << 24)
#define TILE_SUMS ((size_t)1 << 21)
/* Counts of ranks can be kept for so many rows: 256 MiB. */
#define MOST_ROWS_COUNTED 8191
#define LANES 8

/* ---- Memory ---------------------------------------------------------------------------------------------------------- */

static custval_status open_thread(const custval__over_draws *in, custval__over_draws_thread *thread,
                                  custval_error *error) {
    CUSTVAL__TRY(custval__values_open(&thread->values, in->drawn, in->table, in->options, error));
    custval__study *study = &thread->values.study;
    const uint32_t most = in->rows > in->draws ? in->rows : in->draws;
    thread->row = custval__study_alloc(study, (size_t)in->blocks * TOGETHER, sizeof *thread->row);
    thread->together = custval__study_alloc(study, in->rows, TOGETHER * sizeof *thread->together);
    thread->counts = custval__study_alloc(study, (size_t)in->rows + 1, sizeof *thread->counts);
    if (thread->row == NULL || thread->together == NULL || thread->counts == NULL ||
        custval__order_new(&study->arena, most, &thread->order) != CUSTVAL_OK) {
        return custval__fail_memory(error);
    }
    return CUSTVAL_OK;
}

static custval_status add_thread(custval__over_draws *in, custval_error *error) {
    custval__over_draws_thread **more =
        custval__resize(in->host, in->threads, (size_t)in->thread_count + 1, sizeof *in->threads);
    if (more == NULL) return custval__fail_memory(error);
    in->threads = more;
    custval__over_draws_thread *thread = custval__alloc_zero(in->host, 1, sizeof *thread);
    if (thread == NULL) return custval__fail_memory(error);
    in->threads[in->thread_count++] = thread;
    return open_thread(in, thread, error);
}

static custval_status prepare(void *data, uint32_t threads) {
    custval__over_draws *in = data;
    while (in->thread_count < threads) CUSTVAL__TRY(add_thread(in, NULL));
    return CUSTVAL_OK;
}

static custval_status allocate(custval__over_draws *in, custval_error *error) {
    const size_t rows = in->rows, tile_draws = (size_t)in->tile_blocks * TOGETHER;
    in->tile = custval__alloc(in->host, rows, tile_draws * sizeof *in->tile);
    in->firsts = custval__alloc(in->host, tile_draws, sizeof *in->firsts);
    in->shared_draws = custval__alloc(in->host, tile_draws, sizeof *in->shared_draws);
    in->shared = custval__alloc_zero(in->host, rows, sizeof *in->shared);
    if (!in->whole) in->counts = custval__alloc_zero(in->host, rows, (rows + 1) * sizeof *in->counts);
    if (in->tile == NULL || in->firsts == NULL || in->shared_draws == NULL || in->shared == NULL ||
        (!in->whole && in->counts == NULL)) {
        return custval__fail_memory(error);
    }
    return add_thread(in, error);
}

static void release(custval__over_draws *in) {
    for (uint32_t i = 0; i < in->thread_count; i++) {
        custval__values_close(&in->threads[i]->values);
        custval__free(in->host, in->threads[i]);
    }
    custval__free(in->host, in->threads);
    custval__free(in->host, in->tile);
    custval__free(in->host, in->firsts);
    custval__free(in->host, in->shared_draws);
    custval__free(in->host, in->counts);
    custval__free(in->host, in->shared);
}

// 16 values of a row in a block of the tile.
static double *tile_at(const custval__over_draws *in, uint32_t block, uint32_t row) {
    return in->tile + ((size_t)block * in->rows + row) * TOGETHER;
}

static uint32_t end_of_rows(const custval__over_draws *in, uint32_t index) {
    const uint32_t start = index * ROWS_PER_PIECE, left = in->rows - start;
    return start + (left < ROWS_PER_PIECE ? left : ROWS_PER_PIECE);
}

// Puts a row's values, filled up with NaN, into the tile.
static void store_row(const custval__over_draws *in, uint32_t row, uint32_t draws, double *values) {
    for (uint32_t k = draws; k < in->tile_count * TOGETHER; k++) values[k] = (double)NAN;
    for (uint32_t block = 0; block < in->tile_count; block++) {
        memcpy(tile_at(in, block, row), values + (size_t)block * TOGETHER, TOGETHER * sizeof *values);
    }
}

/* ---- Values ----------------------------------------------------------------------------------------------------------- */

// Sum of (x - from) x scale, or of its square.
static double sum_of(const double *x, uint32_t count, double from, double scale, int squared) {
    double sums[LANES] = {0.0}, sum = 0.0;
    uint32_t i = 0;
    for (; i + LANES <= count; i += LANES) {
        for (uint32_t k = 0; k < LANES; k++) {
            const double term = (x[i + k] - from) * scale;
            sums[k] += squared ? term * term : term;
        }
    }
    for (; i < count; i++) {
        const double term = (x[i] - from) * scale;
        sums[0] += squared ? term * term : term;
    }
    for (uint32_t k = 0; k < LANES; k++) sum += sums[k];
    return sum;
}

static uint32_t leave_out_undefined(double *x, uint32_t count) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (!isnan(x[i])) x[kept++] = x[i];
    }
    return kept;
}

// What a row's values say; they lose their NaNs.
static void describe(const custval__over_draws *in, custval__over_draws_thread *thread, uint32_t row) {
    const custval__over_draws_results *out = &in->results;
    double *x = thread->row, low, high;
    const double total = sum_of(x, in->draws, 0.0, 1.0, 0);
    const uint32_t count = isnan(total) ? leave_out_undefined(x, in->draws) : in->draws;
    out->undefined[row] = in->draws - count;
    out->mean[row] = out->deviation[row] = out->low[row] = out->high[row] = (double)NAN;
    if (count == 0) return;
    custval__order_range(x, count, &low, &high);
    const double spread = high - low, mean = low + sum_of(x, count, low, 1.0 / (double)count, 0);
    const double unit = spread > 0.0 ? spread : 1.0; // squares neither overflow nor vanish
    out->mean[row] = mean;
    if (count > 1) out->deviation[row] = unit * sqrt(sum_of(x, count, mean, 1.0 / unit, 1) / ((double)count - 1.0));
    custval__order_pick(&thread->order, x, count, low, high, custval__order_place(in->share_low, count),
                        custval__order_place(in->share_high, count), &out->low[row], &out->high[row]);
}

static custval_status describe_rows(void *data, uint32_t index, uint32_t number) {
    const custval__over_draws *in = data;
    custval__over_draws_thread *thread = in->threads[number];
    for (uint32_t row = index * ROWS_PER_PIECE; row < end_of_rows(in, index); row++) {
        custval__values_read(&thread->values, row);
        in->results.value[row] = thread->values.state.score[0];
        custval__values_run(&thread->values, in->weighing, 0, in->draws, thread->row);
        if (in->whole) store_row(in, row, in->draws, thread->row);
        describe(in, thread, row);
    }
    return CUSTVAL_OK;
}

// Computes the values of a tile again.
static custval_status fill_rows(void *data, uint32_t index, uint32_t number) {
    const custval__over_draws *in = data;
    custval__over_draws_thread *thread = in->threads[number];
    const uint32_t start = in->tile_start * TOGETHER, left = in->draws - start, most = in->tile_count * TOGETHER;
    const uint32_t count = left < most ? left : most;
    for (uint32_t row = index * ROWS_PER_PIECE; row < end_of_rows(in, index); row++) {
        custval__values_read(&thread->values, row);
        custval__values_run(&thread->values, in->weighing, start, count, thread->row);
        store_row(in, row, count, thread->row);
    }
    return CUSTVAL_OK;
}

/* ---- Ranks ------------------------------------------------------------------------------------------------------------ */

// Replaces the values of a block of the tile by their ranks.
static custval_status rank_block(void *data, uint32_t block, uint32_t number) {
    const custval__over_draws *in = data;
    custval__over_draws_thread *thread = in->threads[number];
    double low[TOGETHER], high[TOGETHER];
    for (uint32_t k = 0; k < TOGETHER; k++) {
        low[k] = (double)INFINITY;
        high[k] = -(double)INFINITY;
    }
    for (uint32_t row = 0; row < in->rows; row++) {
        const double *x = tile_at(in, block, row);
        for (uint32_t k = 0; k < TOGETHER; k++) {
            low[k] = x[k] < low[k] ? x[k] : low[k];
            high[k] = x[k] > high[k] ? x[k] : high[k];
            thread->together[(size_t)k * in->rows + row] = x[k];
        }
    }
    for (uint32_t k = 0; k < TOGETHER; k++) {
        double *x = thread->together + (size_t)k * in->rows;
        in->firsts[block * TOGETHER + k] = custval__order_ranks(&thread->order, x, in->rows, low[k], high[k], x);
    }
    for (uint32_t row = 0; row < in->rows; row++) {
        double *ranks = tile_at(in, block, row);
        for (uint32_t k = 0; k < TOGETHER; k++) ranks[k] = thread->together[(size_t)k * in->rows + row];
    }
    return CUSTVAL_OK;
}

// Adds the ranks of a row in the tile to its counts.
static void count_ranks(const custval__over_draws *in, uint32_t row, uint32_t *counts) {
    for (uint32_t block = 0; block < in->tile_count; block++) {
        const double *ranks = tile_at(in, block, row);
        for (uint32_t k = 0; k < TOGETHER; k++) counts[(int32_t)ranks[k]]++;
    }
    for (uint32_t k = 0; k < in->shared_count; k++) {
        const uint32_t draw = in->shared_draws[k];
        if (tile_at(in, draw / TOGETHER, row)[draw % TOGETHER] != 1.0) continue;
        in->shared[row] += 1.0 - 1.0 / (double)in->firsts[draw];
    }
}

static double rank_at(const uint32_t *counts, uint32_t place) {
    uint32_t rank = 0;
    for (uint32_t seen = 0; seen < place;) seen += counts[++rank];
    return (double)rank;
}

static void describe_ranks(const custval__over_draws *in, uint32_t row, const uint32_t *counts) {
    const custval__over_draws_results *out = &in->results;
    const uint32_t count = in->draws - out->undefined[row];
    const double draws = count == 0 ? (double)NAN : (double)count;
    uint64_t sum = 0;
    for (uint32_t rank = 1; rank <= in->rows; rank++) sum += (uint64_t)counts[rank] * rank;
    out->mean_rank[row] = (double)sum / draws;
    out->p_first[row] = ((double)counts[1] - in->shared[row]) / draws;
    out->rank_low[row] = count == 0 ? (double)NAN : rank_at(counts, custval__order_place(in->share_low, count));
    out->rank_high[row] = count == 0 ? (double)NAN : rank_at(counts, custval__order_place(in->share_high, count));
    for (uint32_t rank = 1; rank <= out->ranks; rank++) {
        out->acceptability[rank - 1][row] = (rank <= in->rows ? (double)counts[rank] : 0.0) / draws;
    }
}

// Lists the draws of the tile in which several rows are first.
static void find_shared(custval__over_draws *in) {
    in->shared_count = 0;
    for (uint32_t draw = 0; draw < in->tile_count * TOGETHER; draw++) {
        if (in->firsts[draw] > 1) in->shared_draws[in->shared_count++] = draw;
    }
}

static custval_status count_rows(void *data, uint32_t index, uint32_t number) {
    const custval__over_draws *in = data;
    const int is_last = in->tile_start + in->tile_count == in->blocks;
    for (uint32_t row = index * ROWS_PER_PIECE; row < end_of_rows(in, index); row++) {
        uint32_t *counts = in->whole ? in->threads[number]->counts : in->counts + (size_t)row * (in->rows + 1);
        if (in->whole) memset(counts, 0, ((size_t)in->rows + 1) * sizeof *counts);
        count_ranks(in, row, counts);
        if (is_last) describe_ranks(in, row, counts);
    }
    return CUSTVAL_OK;
}

/* ---- All of it -------------------------------------------------------------------------------------------------------- */

// A row in a block of draws is a unit of work.
static uint64_t units_of_rows(void *data, uint32_t index) {
    const custval__over_draws *in = data;
    return (uint64_t)(end_of_rows(in, index) - index * ROWS_PER_PIECE) * in->tile_count;
}

static uint64_t units_of_block(void *data, uint32_t index) {
    (void)index;
    return ((const custval__over_draws *)data)->rows;
}

static custval_status run(custval__over_draws *in, custval_status (*piece)(void *, uint32_t, uint32_t),
                          custval_error *error) {
    const int by_block = piece == rank_block;
    const uint64_t passes = in->whole ? 3 : 4;
    const custval__job job = {.data = in,
                              .prepare = prepare,
                              .piece = piece,
                              .units = by_block ? units_of_block : units_of_rows,
                              .total_units = passes * in->rows * in->blocks,
                              .done_before = in->done};
    const uint32_t pieces = by_block ? in->tile_count : in->rows / ROWS_PER_PIECE + (in->rows % ROWS_PER_PIECE != 0);
    CUSTVAL__TRY(custval__run(in->host, &job, pieces, error));
    in->done += (uint64_t)in->rows * in->tile_count;
    return CUSTVAL_OK;
}

static custval_status run_all(custval__over_draws *in, custval_error *error) {
    CUSTVAL__TRY(allocate(in, error));
    in->tile_count = in->blocks; // all rows pass once over all draws
    CUSTVAL__TRY(run(in, describe_rows, error));
    for (; in->tile_start < in->blocks; in->tile_start += in->tile_count) {
        const uint32_t left = in->blocks - in->tile_start;
        in->tile_count = left < in->tile_blocks ? left : in->tile_blocks;
        if (!in->whole) CUSTVAL__TRY(run(in, fill_rows, error));
        CUSTVAL__TRY(run(in, rank_block, error));
        find_shared(in);
        CUSTVAL__TRY(run(in, count_rows, error));
    }
    return CUSTVAL_OK;
}

custval_status custval__over_draws_run(custval__over_draws *in, custval_error *error) {
    const size_t rows = in->rows;
    const int may_count = rows <= MOST_ROWS_COUNTED;
    const size_t most = (in->drawn->is_sum && may_count ? TILE_SUMS : TILE_VALUES) / TOGETHER / rows;
    in->blocks = in->draws / TOGETHER + (in->draws % TOGETHER != 0);
    in->tile_blocks = most < 1 ? 1 : most < in->blocks ? (uint32_t)most : in->blocks;
    in->whole = in->tile_blocks == in->blocks;
    if (!in->whole && !may_count) {
        return custval__fail(error, CUSTVAL_ERROR_LIMIT,
                             "%zu rows with %u draws are too many to rank: with so many rows at most %u draws", rows,
                             (unsigned)in->draws, (unsigned)(in->tile_blocks * TOGETHER));
    }
    const custval_status status = run_all(in, error);
    release(in);
    return status;
}
