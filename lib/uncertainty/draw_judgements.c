/* custval_draw_judgements: weights by AHP from judgements that might as well have been given. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "../base/maths.h"
#include "../base/run.h"
#include "../system/system.h"
#include "../table/table.h"
#include "../weights/ahp_group.h"
#include "noise.h"

#define LANES CUSTVAL__LANES
#define DRAWS_PER_PIECE 256
/* Standard deviations of ln a beyond this would leave the numbers that the solver takes. */
#define LARGEST_SPREAD 10.0

/* Judgements that are drawn around: one member's, or a group's aggregated ones. */
typedef struct judge {
    double weight;   /* importance among those that there are */
    double *logs;    /* [pair i, j > i, row by row] NaN: not judged */
    double *spreads; /* [pair] standard deviation of the noise on them */
} judge;

typedef struct drawing {
    custval__noise noise;
    custval__judges judges;
    custval__group group; /* the judgements as they are */
    custval__ahp ahp;
    size_t n, pairs;
    judge *drawn;
    size_t count; /* of them: 1, or where priorities are aggregated one per member */
    double **columns, *cr;
} drawing;

/* ---- What is drawn around ------------------------------------------------------------------------------------------ */

static custval_status new_judge(drawing *in, double weight, custval_error *error) {
    judge *next = &in->drawn[in->count++];
    next->weight = weight;
    next->logs = custval__arena_alloc(&in->group.arena, 2 * in->pairs, sizeof *next->logs);
    if (next->logs == NULL) return custval__fail_memory(error);
    next->spreads = next->logs + in->pairs;
    return CUSTVAL_OK;
}

// Independent noise of everyone on the judgements of a pair becomes, in the weighted mean of their logarithms, noise
// whose standard deviation is smaller by sqrt(sum w^2) / sum w of those who judged it.
static double shrinkage(const custval__judges *judges, size_t i, size_t j) {
    const size_t n = judges->given.count;
    double sum = 0.0, squares = 0.0;
    for (size_t member = 0; member < judges->given.members; member++) {
        const double *matrix = judges->given.matrices + member * n * n, w = custval__judges_weight(judges, member);
        if (isnan(matrix[i * n + j]) && isnan(matrix[j * n + i])) continue;
        sum += w;
        squares += w * w;
    }
    return sqrt(squares) / sum;
}

static custval_status draw_around_group(drawing *in, custval_error *error) {
    CUSTVAL__TRY(new_judge(in, 1.0, error));
    const judge *group = in->drawn;
    for (size_t i = 0, k = 0; i < in->n; i++) {
        for (size_t j = i + 1; j < in->n; j++, k++) {
            group->logs[k] = in->group.logs[i * in->n + j];
            group->spreads[k] = in->noise.options.spread * shrinkage(&in->judges, i, j);
        }
    }
    return CUSTVAL_OK;
}

static custval_status draw_around_member(drawing *in, const custval__ahp_block *block, size_t lane, double weight,
                                         custval_error *error) {
    CUSTVAL__TRY(new_judge(in, weight, error));
    const judge *member = &in->drawn[in->count - 1];
    for (size_t i = 0, k = 0; i < in->n; i++) {
        for (size_t j = i + 1; j < in->n; j++, k++) {
            member->logs[k] = custval__log(block->cells[(i * in->n + j) * LANES + lane]);
            member->spreads[k] = in->noise.options.spread;
        }
    }
    return CUSTVAL_OK;
}

static custval_status draw_around_members(drawing *in, custval_error *error) {
    const size_t members = in->judges.given.members;
    custval__ahp_block block;
    double *memory = custval__arena_alloc(&in->group.arena, custval__ahp_block_room(in->n), sizeof *memory);
    if (memory == NULL) return custval__fail_memory(error);
    custval__ahp_block_place(&block, in->n, memory);
    for (size_t member = 0; member < members; member++) {
        if (member % LANES == 0) custval__judges_load(&in->judges, &in->ahp, member, &block);
        const double weight = custval__judges_weight(&in->judges, member);
        if (weight == 0.0) continue;
        CUSTVAL__TRY(draw_around_member(in, &block, member % LANES, weight, error));
    }
    return CUSTVAL_OK;
}

static custval_status find_judges(drawing *in, custval_error *error) {
    const size_t members = in->judges.given.members;
    const int by_member = members > 1 && in->judges.options.grouping != CUSTVAL_GROUPING_JUDGEMENTS;
    in->drawn = custval__arena_alloc(&in->group.arena, by_member ? members : 1, sizeof *in->drawn);
    if (in->drawn == NULL) return custval__fail_memory(error);
    return by_member ? draw_around_members(in, error) : draw_around_group(in, error);
}

/* ---- Eight draws ------------------------------------------------------------------------------------------------------ */

/* Work space of a piece; numbers of eight draws side by side. */
typedef struct lanes {
    custval__ahp_block block;
    custval__random random[LANES];
    double *logs;       /* [pair] sum of weight x logarithm of those who judged it */
    double *totals;     /* [pair] of their weights; the same in all lanes */
    double *priorities; /* [criterion] sum of weight x priority, or its logarithm */
    double *shares;     /* [criterion] of one draw */
} lanes;

static void fill_pair(const drawing *in, lanes *work, size_t i, size_t j, const double *logs) {
    for (size_t lane = 0; lane < LANES; lane++) {
        work->block.cells[(i * in->n + j) * LANES + lane] = custval__exp(logs[lane]);
        work->block.cells[(j * in->n + i) * LANES + lane] = custval__exp(-logs[lane]);
        if (isnan(logs[lane])) work->block.missing[lane] += 1.0;
    }
}

static void start_matrices(lanes *work) {
    memset(work->block.missing, 0, sizeof work->block.missing);
    work->block.is_logged = 0;
}

// Draws a judge's judgements, and adds them to the group's.
static void draw_matrices(const drawing *in, const judge *from, lanes *work) {
    double logs[LANES];
    start_matrices(work);
    for (size_t i = 0, k = 0; i < in->n; i++) {
        for (size_t j = i + 1; j < in->n; j++, k++) {
            const int is_judged = !isnan(from->logs[k]);
            for (size_t lane = 0; lane < LANES; lane++) {
                const double z = is_judged ? custval__random_normal(&work->random[lane]) : 0.0;
                logs[lane] = from->logs[k] + from->spreads[k] * z;
                if (is_judged) work->logs[k * LANES + lane] += from->weight * logs[lane];
            }
            if (is_judged) work->totals[k] += from->weight;
            fill_pair(in, work, i, j, logs);
        }
    }
}

static void add_priorities(const drawing *in, const judge *from, lanes *work) {
    const int is_geometric = in->judges.options.grouping == CUSTVAL_GROUPING_PRIORITIES_GEOMETRIC;
    for (size_t k = 0; k < in->n * LANES; k++) {
        const double priority =
            is_geometric ? custval__ahp_log_weight(&work->block, k / LANES, k % LANES) : work->block.weights[k];
        work->priorities[k] += from->weight * priority;
    }
}

// Solves the judgements of the group, for their consistency.
static void solve_group(const drawing *in, lanes *work) {
    double logs[LANES];
    start_matrices(work);
    for (size_t i = 0, k = 0; i < in->n; i++) {
        for (size_t j = i + 1; j < in->n; j++, k++) {
            const double total = work->totals[k] > 0.0 ? work->totals[k] : (double)NAN;
            for (size_t lane = 0; lane < LANES; lane++) logs[lane] = work->logs[k * LANES + lane] / total;
            fill_pair(in, work, i, j, logs);
        }
    }
    custval__ahp_solve(&in->ahp, &work->block);
}

static void draw_eight(const drawing *in, lanes *work, uint32_t first) {
    for (size_t lane = 0; lane < LANES; lane++) {
        custval__random_init(&work->random[lane], in->noise.options.seed, (uint64_t)first + lane);
    }
    memset(work->logs, 0, in->pairs * LANES * sizeof *work->logs);
    memset(work->totals, 0, in->pairs * sizeof *work->totals);
    memset(work->priorities, 0, in->n * LANES * sizeof *work->priorities);
    for (size_t k = 0; k < in->count; k++) {
        draw_matrices(in, &in->drawn[k], work);
        custval__ahp_solve(&in->ahp, &work->block);
        add_priorities(in, &in->drawn[k], work);
    }
    if (in->count > 1) solve_group(in, work);
}

// The shares of one of them.
static void store(const drawing *in, lanes *work, size_t lane, uint32_t draw) {
    const int is_geometric = in->judges.options.grouping == CUSTVAL_GROUPING_PRIORITIES_GEOMETRIC;
    double total = 0.0;
    for (size_t k = 0; k < in->count; k++) total += in->drawn[k].weight;
    for (size_t i = 0; i < in->n; i++) work->shares[i] = work->priorities[i * LANES + lane] / total;
    if (is_geometric) custval__ahp_from_logs(work->shares, in->n);
    custval__weights_normalise(work->shares, in->n);
    for (size_t i = 0; i < in->n; i++) in->columns[i][draw] = work->shares[i];
    in->cr[draw] = work->block.cr[lane];
}

/* ---- All of them ------------------------------------------------------------------------------------------------------ */

static uint32_t end_of_piece(const drawing *in, uint32_t index) {
    const uint32_t start = index * DRAWS_PER_PIECE, left = in->noise.options.draws - start;
    return start + (left < DRAWS_PER_PIECE ? left : DRAWS_PER_PIECE);
}

static custval_status draw_piece(void *data, uint32_t index, uint32_t thread) {
    (void)thread;
    const drawing *in = data;
    const uint32_t end = end_of_piece(in, index);
    const size_t sums = (in->pairs + in->n) * LANES + in->pairs + in->n;
    double *memory = custval__alloc_zero(&in->noise.host, custval__ahp_block_room(in->n) + sums, sizeof *memory);
    if (memory == NULL) return CUSTVAL_ERROR_MEMORY;
    lanes work = {.logs = memory};
    work.totals = work.logs + in->pairs * LANES;
    work.priorities = work.totals + in->pairs;
    work.shares = work.priorities + in->n * LANES;
    custval__ahp_block_place(&work.block, in->n, work.shares + in->n);
    for (uint32_t draw = index * DRAWS_PER_PIECE; draw < end; draw++) {
        const uint32_t lane = draw % LANES;
        if (lane == 0) draw_eight(in, &work, draw);
        store(in, &work, lane, draw);
    }
    custval__free(&in->noise.host, memory);
    return CUSTVAL_OK;
}

static uint64_t draws_of_piece(void *data, uint32_t index) {
    return end_of_piece(data, index) - index * DRAWS_PER_PIECE;
}

static custval_status fill_table(drawing *in, custval_table *table, custval_error *error) {
    const uint32_t draws = in->noise.options.draws;
    in->columns = custval__arena_alloc(&in->group.arena, in->n, sizeof *in->columns);
    if (in->columns == NULL) return custval__fail_memory(error);
    for (size_t i = 0; i < in->n; i++) {
        CUSTVAL__TRY(custval__result_add_doubles(table, in->judges.given.names[i], &in->columns[i], error));
    }
    CUSTVAL__TRY(custval__result_add_doubles(table, "cr", &in->cr, error));
    const custval__job job = {.data = in, .piece = draw_piece, .units = draws_of_piece, .total_units = draws};
    const uint32_t pieces = draws / DRAWS_PER_PIECE + (draws % DRAWS_PER_PIECE != 0);
    CUSTVAL__TRY(custval__run(&in->noise.host, &job, pieces, error));
    custval__result_finish(table);
    return CUSTVAL_OK;
}

static custval_status check(const drawing *in, custval_error *error) {
    const double spread = in->noise.options.spread;
    CUSTVAL__TRY(custval__judges_need_crisp(&in->judges, error));
    if (!(spread >= 0.0 && spread <= LARGEST_SPREAD)) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "spread is %g, but must be between 0 and %g", spread,
                             LARGEST_SPREAD);
    }
    for (size_t i = 0; i < in->judges.given.count; i++) {
        if (strcmp(in->judges.given.names[i], "cr") != 0) continue;
        return custval__fail(error, CUSTVAL_ERROR_DUPLICATE,
                             "a criterion is called \"cr\", as the column of consistency ratios is");
    }
    return CUSTVAL_OK;
}

static custval_status draw_judgements(drawing *in, custval_table **out, custval_error *error) {
    in->n = in->judges.given.count;
    in->pairs = in->n * (in->n - 1) / 2;
    in->ahp = in->group.ahp;
    CUSTVAL__TRY(find_judges(in, error));
    CUSTVAL__TRY(custval__result_new(&in->noise.host, in->noise.options.draws, out, error));
    return fill_table(in, *out, error);
}

custval_status custval_draw_judgements(const custval_judgements *judgements, const custval_ahp_options *ahp,
                                       const custval_noise_options *options, custval_table **out,
                                       custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    drawing in = {.count = 0};
    custval_host quiet;
    CUSTVAL__TRY(custval__noise_read(&in.noise, options, error));
    CUSTVAL__TRY(custval__judges_read(&in.judges, judgements, ahp, error));
    CUSTVAL__TRY(check(&in, error));
    // Solving them as they are says what is wrong with them; it is no part of the progress.
    quiet = in.noise.host;
    quiet.progress = NULL;
    custval_status status = custval__group_solve(&in.group, &quiet, &in.judges, NULL, error);
    if (status == CUSTVAL_OK) status = draw_judgements(&in, out, error);
    custval__group_close(&in.group);
    if (status != CUSTVAL_OK) {
        custval_table_free(*out);
        *out = NULL;
    }
    return status;
}
