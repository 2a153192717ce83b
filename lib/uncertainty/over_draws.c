/* Rows over draws, in pieces: rows for what concerns one row, blocks of draws for ranks. Nothing depends on the threads:
   pieces write to places of their own, and every sum is over one row's draws in their order. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "over_draws.h"

#include <math.h>
#include <string.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../base/run.h"

#define TOGETHER CUSTVAL__DRAWS_TOGETHER
#define ROWS_PER_PIECE 4
/* Rows whose ranks in a draw are one cache line, and draws ahead whose line is asked for while one is counted. */
#define ROWS_COUNTED 16
#define DRAWS_AHEAD 16
/* Draws and rows that are combined together, so that what is common to them stays in the first-level cache. */
#define DRAWS_COMBINED 512
#define ROWS_COMBINED 512
/* Ranks in a tile, unless one block of draws has more: 8 MiB, or 64 MiB where ranks cannot be counted tile by tile. */
#define TILE_RANKS ((size_t)1 << 21)
#define LARGEST_TILE ((size_t)1 << 24)
/* Counts of ranks can be kept for so many rows: 256 MiB. */
#define MOST_ROWS_COUNTED 8191
/* Values that are kept: 128 MiB. */
#define MOST_VALUES ((size_t)1 << 24)

/* ---- Memory ---------------------------------------------------------------------------------------------------------- */

static custval_status open_thread(const custval__over_draws *in, custval__over_draws_thread *thread,
                                  custval_error *error) {
    CUSTVAL__TRY(custval__values_open(&thread->values, in->drawn, in->table, in->options, error));
    custval__study *study = &thread->values.study;
    thread->rows = custval__order_doubles(&study->arena, (size_t)in->blocks * TOGETHER * ROWS_PER_PIECE);
    thread->together = custval__order_doubles(&study->arena, in->stride * TOGETHER);
    thread->factors = custval__study_alloc(study, in->terms, sizeof *thread->factors);
    const uint32_t most = in->rows > in->draws ? in->rows : in->draws;
    if (thread->rows == NULL || thread->together == NULL || thread->factors == NULL ||
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
    custval__arena *arena = &in->arena;
    const size_t rows = in->rows, tile_draws = (size_t)in->tile_blocks * TOGETHER;
    in->coefficient = custval__arena_alloc(arena, in->terms, sizeof *in->coefficient);
    in->others = custval__arena_alloc(arena, rows, sizeof *in->others);
    in->other_of = custval__arena_alloc(arena, rows, sizeof *in->other_of);
    in->firsts = custval__arena_alloc(arena, tile_draws, sizeof *in->firsts);
    in->shared_draws = custval__arena_alloc(arena, tile_draws, sizeof *in->shared_draws);
    in->shared = custval__arena_alloc(arena, rows, sizeof *in->shared);
    if (in->coefficient == NULL || in->others == NULL || in->other_of == NULL || in->firsts == NULL ||
        in->shared_draws == NULL || in->shared == NULL) {
        return custval__fail_memory(error);
    }
    for (uint32_t t = 0; t < in->terms; t++) {
        in->coefficient[t] = custval__order_doubles(arena, rows);
        if (in->coefficient[t] == NULL) return custval__fail_memory(error);
    }
    in->tile = custval__alloc(in->host, in->stride * tile_draws + CUSTVAL__ORDER_ALIGNMENT, sizeof *in->ranks);
    if (in->tile_blocks < in->blocks) in->counts = custval__alloc_zero(in->host, rows, (rows + 1) * sizeof *in->counts);
    if (in->tile == NULL || (in->tile_blocks < in->blocks && in->counts == NULL)) return custval__fail_memory(error);
    in->ranks = custval__order_align(in->tile);
    return add_thread(in, error);
}

static void release(custval__over_draws *in) {
    for (uint32_t i = 0; i < in->thread_count; i++) {
        custval__values_close(&in->threads[i]->values);
        custval__free(in->host, in->threads[i]);
    }
    custval__free(in->host, in->threads);
    custval__free(in->host, in->values);
    custval__free(in->host, in->tile);
    custval__free(in->host, in->counts);
    custval__arena_free(&in->arena);
}

/* ---- Rows -------------------------------------------------------------------------------------------------------------- */

static uint32_t end_of_rows(const custval__over_draws *in, uint32_t index) {
    const uint32_t start = index * ROWS_PER_PIECE, left = in->rows - start;
    return start + (left < ROWS_PER_PIECE ? left : ROWS_PER_PIECE);
}

static custval_status read_rows(void *data, uint32_t index, uint32_t number) {
    const custval__over_draws *in = data;
    custval__values *values = &in->threads[number]->values;
    for (uint32_t row = index * ROWS_PER_PIECE; row < end_of_rows(in, index); row++) {
        custval__values_read(values, row);
        in->results.value[row] = values->state.score[0];
        in->other_of[row] = values->is_sum ? UINT32_MAX : 0;
        for (uint32_t t = 0; t < in->terms && values->is_sum; t++) in->coefficient[t][row] = values->coefficient[t];
    }
    return CUSTVAL_OK;
}

static custval_status list_others(custval__over_draws *in, custval_error *error) {
    for (uint32_t row = 0; row < in->rows; row++) {
        if (in->other_of[row] == UINT32_MAX) continue;
        in->other_of[row] = in->other_count;
        in->others[in->other_count++] = row;
    }
    in->keeps_values = 1;
    if (in->other_count == 0) return CUSTVAL_OK;
    const size_t most = in->most_values > 0 ? in->most_values : MOST_VALUES;
    in->keeps_values = in->blocks <= most / TOGETHER / in->other_count;
    const size_t blocks = in->keeps_values ? in->blocks : in->tile_blocks;
    in->values = custval__alloc(in->host, in->other_count, blocks * TOGETHER * sizeof *in->values);
    return in->values == NULL ? custval__fail_memory(error) : CUSTVAL_OK;
}

// 16 values of another row in a block of those that are there.
static double *values_at(const custval__over_draws *in, uint32_t block, uint32_t other) {
    return in->values + ((size_t)block * in->other_count + other) * TOGETHER;
}

// Keeps the values of a row in `blocks` blocks, filled up with NaN.
static void keep(const custval__over_draws *in, uint32_t other, uint32_t draws, uint32_t blocks, double *x) {
    for (uint32_t k = draws; k < blocks * TOGETHER; k++) x[k] = (double)NAN;
    for (uint32_t block = 0; block < blocks; block++) {
        memcpy(values_at(in, block, other), x + (size_t)block * TOGETHER, TOGETHER * sizeof *x);
    }
}

static uint32_t leave_out_undefined(double *x, uint32_t count) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (!isnan(x[i])) x[kept++] = x[i];
    }
    return kept;
}

// What a row's values say; they lose their NaNs.
static void describe(const custval__over_draws *in, custval__order *order, uint32_t row, double *x) {
    const custval__over_draws_results *out = &in->results;
    const custval__order_kernels *kernels = in->kernels;
    const int may_have_gaps = in->other_of[row] != UINT32_MAX;
    const uint32_t count = may_have_gaps ? leave_out_undefined(x, in->draws) : in->draws;
    double low, high;
    out->undefined[row] = in->draws - count;
    out->mean[row] = out->deviation[row] = out->low[row] = out->high[row] = (double)NAN;
    if (count == 0) return;
    const double mean = x[0] + kernels->survey(x, count, x[0], &low, &high) / (double)count, spread = high - low;
    const double unit = spread > 0.0 ? spread : 1.0; // squares neither overflow nor vanish
    out->mean[row] = mean;
    if (count > 1) {
        out->deviation[row] = unit * sqrt(kernels->squares(x, count, mean, 1.0 / unit) / ((double)count - 1.0));
    }
    kernels->pick(order, x, count, low, high, custval__order_place(in->share_low, count),
                  custval__order_place(in->share_high, count), &out->low[row], &out->high[row]);
}

// Values of the rows of a piece that are sums, as custval__values_run() gives them.
static void combine_rows(const custval__over_draws *in, custval__over_draws_thread *thread, uint32_t start,
                         uint32_t end) {
    for (uint32_t draw = 0; draw < in->draws; draw += DRAWS_COMBINED) {
        const uint32_t left = in->draws - draw, count = left < DRAWS_COMBINED ? left : DRAWS_COMBINED;
        for (uint32_t row = start; row < end; row++) {
            double *x = thread->rows + (size_t)(row - start) * in->blocks * TOGETHER;
            for (uint32_t t = 0; t < in->terms; t++) thread->factors[t] = in->coefficient[t][row];
            in->kernels->combine((const double *const *)in->weighing->global, draw, thread->factors, in->terms, count,
                                 x + draw);
        }
    }
}

static custval_status describe_rows(void *data, uint32_t index, uint32_t number) {
    const custval__over_draws *in = data;
    custval__over_draws_thread *thread = in->threads[number];
    const uint32_t start = index * ROWS_PER_PIECE, end = end_of_rows(in, index);
    if (in->other_count < in->rows) combine_rows(in, thread, start, end);
    for (uint32_t row = start; row < end; row++) {
        double *x = thread->rows + (size_t)(row - start) * in->blocks * TOGETHER;
        if (in->other_of[row] != UINT32_MAX) {
            custval__values_read(&thread->values, row);
            custval__values_run(&thread->values, in->weighing, 0, in->draws, x);
            if (in->keeps_values) keep(in, in->other_of[row], in->draws, in->blocks, x);
        }
        describe(in, &thread->order, row, x);
    }
    return CUSTVAL_OK;
}

static uint32_t draws_in_tile(const custval__over_draws *in) {
    const uint32_t left = in->draws - in->tile_start * TOGETHER, most = in->tile_count * TOGETHER;
    return left < most ? left : most;
}

// Computes the values of another row again, for the tile.
static custval_status fill_other(void *data, uint32_t other, uint32_t number) {
    const custval__over_draws *in = data;
    custval__over_draws_thread *thread = in->threads[number];
    const uint32_t start = in->tile_start * TOGETHER, count = draws_in_tile(in);
    custval__values_read(&thread->values, in->others[other]);
    custval__values_run(&thread->values, in->weighing, start, count, thread->rows);
    keep(in, other, count, in->tile_count, thread->rows);
    return CUSTVAL_OK;
}

/* ---- Ranks ------------------------------------------------------------------------------------------------------------ */

// Ranks of all rows in a draw of the tile.
static uint32_t *ranks_of(const custval__over_draws *in, uint32_t draw) {
    return in->ranks + draw * in->stride;
}

// Values of all rows that are sums in the draws of a block.
static void combine_block(const custval__over_draws *in, custval__over_draws_thread *thread, uint32_t first,
                          uint32_t draws) {
    for (uint32_t row = 0; row < in->rows; row += ROWS_COMBINED) {
        const uint32_t left = in->rows - row, count = left < ROWS_COMBINED ? left : ROWS_COMBINED;
        for (uint32_t k = 0; k < draws; k++) {
            for (uint32_t t = 0; t < in->terms; t++) thread->factors[t] = in->weighing->global[t][first + k];
            in->kernels->combine((const double *const *)in->coefficient, row, thread->factors, in->terms, count,
                                 thread->together + k * in->stride + row);
        }
    }
}

static custval_status rank_block(void *data, uint32_t block, uint32_t number) {
    const custval__over_draws *in = data;
    custval__over_draws_thread *thread = in->threads[number];
    const uint32_t first = (in->tile_start + block) * TOGETHER, left = in->draws - first;
    const uint32_t draws = left < TOGETHER ? left : TOGETHER;
    if (in->other_count < in->rows) combine_block(in, thread, first, draws);
    for (uint32_t other = 0; other < in->other_count; other++) {
        const double *x = values_at(in, in->keeps_values ? in->tile_start + block : block, other);
        for (uint32_t k = 0; k < draws; k++) thread->together[k * in->stride + in->others[other]] = x[k];
    }
    for (uint32_t k = 0; k < draws; k++) {
        const double *x = thread->together + k * in->stride;
        double low, high;
        in->kernels->range(x, in->rows, &low, &high);
        in->firsts[block * TOGETHER + k] =
            in->kernels->ranks(&thread->order, x, in->rows, low, high, ranks_of(in, block * TOGETHER + k));
    }
    return CUSTVAL_OK;
}

// Lists the draws of the tile in which several rows are first.
static void find_shared(custval__over_draws *in) {
    in->shared_count = 0;
    for (uint32_t draw = 0; draw < draws_in_tile(in); draw++) {
        if (in->firsts[draw] > 1) in->shared_draws[in->shared_count++] = draw;
    }
}

// What a row has too much of first ranks in the tile.
static double count_shared(const custval__over_draws *in, uint32_t row) {
    double shared = 0.0;
    for (uint32_t k = 0; k < in->shared_count; k++) {
        const uint32_t draw = in->shared_draws[k];
        if (ranks_of(in, draw)[row] == 1) shared += 1.0 - 1.0 / (double)in->firsts[draw];
    }
    return shared;
}

static void set_means(const custval__over_draws *in, uint32_t row, uint64_t sum, uint32_t firsts) {
    const double draws = (double)(in->draws - in->results.undefined[row]);
    in->results.mean_rank[row] = (double)sum / draws; // NaN for no draw
    in->results.p_first[row] = ((double)firsts - in->shared[row]) / draws;
}

// The ranks of a row that are all in the tile.
static void describe_ranks(const custval__over_draws *in, custval__over_draws_thread *thread, uint32_t row) {
    const custval__over_draws_results *out = &in->results;
    double *x = thread->rows, low, high;
    uint32_t count = 0, firsts = 0;
    uint64_t sum = 0;
    for (uint32_t rank = 0; rank < out->ranks; rank++) out->acceptability[rank][row] = 0.0;
    for (uint32_t draw = 0; draw < in->draws; draw++) {
        const uint32_t rank = ranks_of(in, draw)[row];
        if (rank == 0) continue;
        x[count++] = (double)rank;
        sum += rank;
        firsts += rank == 1;
        if (rank <= out->ranks) out->acceptability[rank - 1][row] += 1.0;
    }
    for (uint32_t rank = 0; rank < out->ranks; rank++) out->acceptability[rank][row] /= (double)count;
    set_means(in, row, sum, firsts);
    out->rank_low[row] = out->rank_high[row] = (double)NAN;
    if (count == 0) return;
    in->kernels->range(x, count, &low, &high);
    in->kernels->pick(&thread->order, x, count, low, high, custval__order_place(in->share_low, count),
                      custval__order_place(in->share_high, count), &out->rank_low[row], &out->rank_high[row]);
}

static double rank_at(const uint32_t *counts, uint32_t place) {
    uint32_t rank = 0;
    for (uint32_t seen = 0; seen < place;) seen += counts[++rank];
    return (double)rank;
}

static void describe_counts(const custval__over_draws *in, uint32_t row, const uint32_t *counts) {
    const custval__over_draws_results *out = &in->results;
    const uint32_t count = in->draws - out->undefined[row];
    uint64_t sum = 0;
    for (uint32_t rank = 1; rank <= in->rows; rank++) sum += (uint64_t)counts[rank] * rank;
    set_means(in, row, sum, counts[1]);
    out->rank_low[row] = count == 0 ? (double)NAN : rank_at(counts, custval__order_place(in->share_low, count));
    out->rank_high[row] = count == 0 ? (double)NAN : rank_at(counts, custval__order_place(in->share_high, count));
    for (uint32_t rank = 1; rank <= out->ranks; rank++) {
        out->acceptability[rank - 1][row] = (rank <= in->rows ? (double)counts[rank] : 0.0) / (double)count;
    }
}

// Adds the ranks of some rows in the tile to their counts, `size` apart.
static inline void count_ranks(const custval__over_draws *in, uint32_t start, uint32_t rows, uint32_t *counts,
                               size_t size) {
    const uint32_t draws = draws_in_tile(in);
    for (uint32_t draw = 0; draw < draws; draw++) {
        const uint32_t *ranks = ranks_of(in, draw) + start;
        uint32_t *to = counts;
        if (draw + DRAWS_AHEAD < draws) CUSTVAL__PREFETCH(ranks_of(in, draw + DRAWS_AHEAD) + start);
        for (uint32_t k = 0; k < rows; k++, to += size) to[ranks[k]]++;
    }
}

static uint32_t end_of_counted(const custval__over_draws *in, uint32_t index) {
    const uint32_t start = index * ROWS_COUNTED, left = in->rows - start;
    return start + (left < ROWS_COUNTED ? left : ROWS_COUNTED);
}

static custval_status count_rows(void *data, uint32_t index, uint32_t number) {
    const custval__over_draws *in = data;
    const uint32_t start = index * ROWS_COUNTED, end = end_of_counted(in, index);
    const size_t size = (size_t)in->rows + 1;
    const int is_last = in->tile_start + in->tile_count == in->blocks;
    if (in->counts != NULL && end - start == ROWS_COUNTED) {
        count_ranks(in, start, ROWS_COUNTED, in->counts + start * size, size); // with a loop of constant length
    } else if (in->counts != NULL) {
        count_ranks(in, start, end - start, in->counts + start * size, size);
    }
    for (uint32_t row = start; row < end; row++) {
        in->shared[row] += count_shared(in, row);
        if (in->counts == NULL) {
            describe_ranks(in, in->threads[number], row);
        } else if (is_last) {
            describe_counts(in, row, in->counts + row * size);
        }
    }
    return CUSTVAL_OK;
}

/* ---- All of it -------------------------------------------------------------------------------------------------------- */

// Units of work: a row read, and a row in a block of draws in each of the passes.
static uint64_t rows_in_piece(void *data, uint32_t index) {
    return end_of_rows(data, index) - index * ROWS_PER_PIECE;
}

static uint64_t rows_times_blocks(void *data, uint32_t index) {
    return rows_in_piece(data, index) * ((const custval__over_draws *)data)->tile_count;
}

static uint64_t counted_times_blocks(void *data, uint32_t index) {
    const custval__over_draws *in = data;
    return (uint64_t)(end_of_counted(in, index) - index * ROWS_COUNTED) * in->tile_count;
}

static uint64_t blocks_of_tile(void *data, uint32_t index) {
    (void)index;
    return ((const custval__over_draws *)data)->tile_count;
}

static uint64_t rows_of_block(void *data, uint32_t index) {
    (void)index;
    return ((const custval__over_draws *)data)->rows;
}

static custval_status run(custval__over_draws *in, custval_status (*piece)(void *, uint32_t, uint32_t),
                          uint64_t (*units)(void *, uint32_t), uint32_t pieces, custval_error *error) {
    const custval__job job = {.data = in,
                              .prepare = prepare,
                              .piece = piece,
                              .units = units,
                              .total_units = in->rows + 4 * (uint64_t)in->rows * in->blocks,
                              .done_before = in->done};
    CUSTVAL__TRY(custval__run(in->host, &job, pieces, error));
    for (uint32_t index = 0; index < pieces; index++) in->done += units(in, index);
    return CUSTVAL_OK;
}

static custval_status run_tile(custval__over_draws *in, custval_error *error) {
    const uint32_t pieces = in->rows / ROWS_COUNTED + (in->rows % ROWS_COUNTED != 0);
    const uint32_t left = in->blocks - in->tile_start;
    in->tile_count = left < in->tile_blocks ? left : in->tile_blocks;
    if (!in->keeps_values) CUSTVAL__TRY(run(in, fill_other, blocks_of_tile, in->other_count, error));
    CUSTVAL__TRY(run(in, rank_block, rows_of_block, in->tile_count, error));
    find_shared(in);
    return run(in, count_rows, counted_times_blocks, pieces, error);
}

static custval_status run_all(custval__over_draws *in, custval_error *error) {
    const uint32_t pieces = in->rows / ROWS_PER_PIECE + (in->rows % ROWS_PER_PIECE != 0);
    CUSTVAL__TRY(allocate(in, error));
    CUSTVAL__TRY(run(in, read_rows, rows_in_piece, pieces, error));
    CUSTVAL__TRY(list_others(in, error));
    // Values that need not be computed again for the tiles count as done.
    in->done += (uint64_t)(in->keeps_values ? in->rows : in->rows - in->other_count) * in->blocks;
    in->tile_count = in->blocks; // all rows pass once over all draws
    CUSTVAL__TRY(run(in, describe_rows, rows_times_blocks, pieces, error));
    for (; in->tile_start < in->blocks; in->tile_start += in->tile_count) CUSTVAL__TRY(run_tile(in, error));
    return CUSTVAL_OK;
}

custval_status custval__over_draws_run(custval__over_draws *in, custval_error *error) {
    const size_t rows = in->rows;
    const int may_count = rows <= MOST_ROWS_COUNTED;
    const size_t usual = may_count ? TILE_RANKS : LARGEST_TILE;
    const size_t most = (in->most_ranks > 0 ? in->most_ranks : usual) / TOGETHER / rows;
    in->kernels = custval__order_kernels_best();
    in->terms = in->drawn->is_sum ? in->drawn->term_count : 0;
    in->stride = (rows + ROWS_COUNTED - 1) / ROWS_COUNTED * ROWS_COUNTED;
    in->blocks = in->draws / TOGETHER + (in->draws % TOGETHER != 0);
    in->tile_blocks = most < 1 ? 1 : most < in->blocks ? (uint32_t)most : in->blocks;
    if (in->tile_blocks < in->blocks && !may_count) {
        return custval__fail(error, CUSTVAL_ERROR_LIMIT,
                             "%zu rows with %u draws are too many to rank: with so many rows at most %u draws", rows,
                             (unsigned)in->draws, (unsigned)(in->tile_blocks * TOGETHER));
    }
    custval__arena_init(&in->arena, in->host);
    const custval_status status = run_all(in, error);
    release(in);
    return status;
}
