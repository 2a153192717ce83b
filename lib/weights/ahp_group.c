/* Groups of judges: one pass over all members, eight at a time, and what comes out of it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "ahp_group.h"

#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "../base/maths.h"
#include "../base/run.h"
#include "../system/system.h"

#define LANES CUSTVAL__LANES
/* Members per piece of work: fixed, because sums are added up within a piece first. A multiple of the lanes. */
#define PIECE 128

/* What the members of a piece add up to. With w for a member's importance: */
typedef struct sums {
    double *logs;           /* [pair] w ln a of those who judged it */
    double *totals;         /* [pair] w of those */
    double *priorities;     /* [criterion] w p */
    double *log_priorities; /* [criterion] w ln p */
    double *entropies;      /* one: -w sum of p ln p */
    double *weights;        /* one: w of those who have weights of their own */
} sums;

typedef struct tally {
    double least_cr, largest_cr;
    size_t least_consistent, inconsistent, apart, astray;
} tally;

typedef struct pass {
    custval__group *group;
    const custval__ahp_columns *columns;
    double *parts;  /* [piece] sums */
    tally *tallies; /* [piece] */
    double *rooms;  /* [thread] a block and sums by lane */
    size_t room;    /* doubles of one */
} pass;

static size_t pairs_of(size_t n) {
    return n * (n - 1) / 2;
}

static size_t sums_size(size_t n) {
    return 2 * pairs_of(n) + 2 * n + 2;
}

// `lanes` numbers for each sum.
static sums sums_at(double *memory, size_t n, size_t lanes) {
    sums out = {.logs = memory};
    out.totals = out.logs + pairs_of(n) * lanes;
    out.priorities = out.totals + pairs_of(n) * lanes;
    out.log_priorities = out.priorities + n * lanes;
    out.entropies = out.log_priorities + n * lanes;
    out.weights = out.entropies + lanes;
    return out;
}

/* ---- A piece of the members ------------------------------------------------------------------------------------------ */

static custval_status prepare(void *data, uint32_t threads) {
    pass *of = data;
    const size_t n = of->group->ahp.count;
    of->room = custval__ahp_block_room(n) + sums_size(n) * LANES + n * LANES;
    of->rooms = custval__alloc(of->group->host, threads, of->room * sizeof *of->rooms);
    return of->rooms == NULL ? CUSTVAL_ERROR_MEMORY : CUSTVAL_OK;
}

static void add_judgements(const custval__ahp *ahp, const custval__ahp_block *block, const double *weights,
                           const sums *to) {
    const double *logs = block->logs;
    size_t k = 0;
    for (size_t i = 0; i < ahp->count; i++) {
        for (size_t j = i + 1; j < ahp->count; j++) {
            const double *cell = block->cells + (i * ahp->count + j) * LANES;
            for (size_t lane = 0; lane < LANES; lane++, k++) {
                to->logs[k] += weights[lane] * logs[k];
                to->totals[k] += cell[lane] == cell[lane] ? weights[lane] : 0.0;
            }
        }
    }
}

// Tells members whose judgements do not connect all criteria; their lanes become matrices of 1.
static custval_status part_with_apart(const custval__group *group, custval__ahp_block *block, double *is_own) {
    const size_t n = group->ahp.count;
    unsigned char reached[2 * CUSTVAL_MAX_JUDGED];
    for (size_t lane = 0; lane < LANES; lane++) {
        is_own[lane] = 1.0;
        if (block->missing[lane] == 0.0 || custval__ahp_apart(block->cells, n, lane, reached) == SIZE_MAX) continue;
        if (group->judges->options.grouping != CUSTVAL_GROUPING_JUDGEMENTS) return CUSTVAL_ERROR_STATE;
        is_own[lane] = 0.0;
        custval__ahp_block_blank(block, n, lane);
    }
    return CUSTVAL_OK;
}

static void add_priorities(const custval__ahp *ahp, const custval__ahp_block *block, const double *weights,
                           double *scratch, const sums *to) {
    const size_t n = ahp->count;
    ahp->kernels->logs_of(block->weights, n, scratch);
    for (size_t lane = 0; lane < LANES; lane++) {
        if (!block->is_scaled[lane]) continue;
        for (size_t i = 0; i < n; i++) scratch[i * LANES + lane] = custval__ahp_log_weight(block, i, lane);
    }
    for (size_t i = 0, k = 0; i < n; i++) {
        for (size_t lane = 0; lane < LANES; lane++, k++) {
            const double priority = weights[lane] * block->weights[k];
            to->priorities[k] += priority;
            to->log_priorities[k] += weights[lane] * scratch[k];
            to->entropies[lane] -= priority * scratch[k];
        }
    }
    for (size_t lane = 0; lane < LANES; lane++) to->weights[lane] += weights[lane];
}

static void note(const pass *of, const custval__ahp_block *block, size_t lane, size_t member, int is_own,
                 double missing, tally *to) {
    const custval__ahp_columns *columns = of->columns;
    const double none = is_own ? 0.0 : (double)NAN; // what it is added to is not there, if it is not
    if (columns != NULL) {
        // As every set of weights does, so that nobody's differ from those of the member alone.
        double shares[CUSTVAL_MAX_JUDGED];
        const size_t n = of->group->ahp.count;
        for (size_t i = 0; i < n; i++) shares[i] = block->weights[i * LANES + lane];
        custval__weights_normalise(shares, n);
        for (size_t i = 0; i < n; i++) columns->weights[i][member] = shares[i] + none;
        columns->lambda_max[member] = block->lambda_max[lane] + none;
        columns->ci[member] = block->ci[lane] + none;
        columns->cr[member] = block->cr[lane] + none;
        columns->gci[member] = block->gci[lane] + none;
        columns->missing[member] = missing;
    }
    if (!is_own) {
        to->apart++;
        return;
    }
    const double cr = block->cr[lane];
    if (block->converged[lane] == 0.0) to->astray++;
    if (cr > of->group->judges->options.cr_limit) to->inconsistent++;
    if (cr < to->least_cr) to->least_cr = cr;
    if (cr > to->largest_cr) {
        to->largest_cr = cr;
        to->least_consistent = member;
    }
}

static custval_status solve_block(const pass *of, custval__ahp_block *block, double *scratch, size_t first,
                                  const sums *to, tally *tallied) {
    const custval__group *group = of->group;
    const size_t members = group->judges->given.members;
    double weights[LANES], is_own[LANES], missing[LANES];
    if (custval__judges_load(group->judges, &group->ahp, first, block) != 0) return CUSTVAL_ERROR_RANGE;
    for (size_t lane = 0; lane < LANES; lane++) {
        weights[lane] = first + lane < members ? custval__judges_weight(group->judges, first + lane) : 0.0;
    }
    custval__ahp_log(&group->ahp, block);
    add_judgements(&group->ahp, block, weights, to);
    memcpy(missing, block->missing, sizeof missing);
    CUSTVAL__TRY(part_with_apart(group, block, is_own));
    custval__ahp_solve(&group->ahp, block);
    if (of->columns != NULL) custval__ahp_gci(&group->ahp, block);
    for (size_t lane = 0; lane < LANES; lane++) weights[lane] *= is_own[lane];
    add_priorities(&group->ahp, block, weights, scratch, to);
    for (size_t lane = 0; lane < LANES && first + lane < members; lane++) {
        note(of, block, lane, first + lane, is_own[lane] > 0.0, missing[lane], tallied);
    }
    return CUSTVAL_OK;
}

static custval_status run_piece(void *data, uint32_t index, uint32_t thread) {
    const pass *of = data;
    const size_t n = of->group->ahp.count, members = of->group->judges->given.members;
    const size_t begin = (size_t)index * PIECE, end = begin + PIECE < members ? begin + PIECE : members;
    double *room = of->rooms + thread * of->room, *by_lane = room + custval__ahp_block_room(n);
    custval__ahp_block block;
    custval__ahp_block_place(&block, n, room);
    memset(by_lane, 0, sums_size(n) * LANES * sizeof *by_lane);
    const sums to = sums_at(by_lane, n, LANES);
    tally *tallied = of->tallies + index;
    *tallied = (tally){.least_cr = HUGE_VAL, .largest_cr = -HUGE_VAL};
    for (size_t first = begin; first < end; first += LANES) {
        CUSTVAL__TRY(solve_block(of, &block, by_lane + sums_size(n) * LANES, first, &to, tallied));
    }
    double *part = of->parts + index * sums_size(n);
    for (size_t k = 0; k < sums_size(n); k++) {
        part[k] = 0.0;
        for (size_t lane = 0; lane < LANES; lane++) part[k] += by_lane[k * LANES + lane];
    }
    return CUSTVAL_OK;
}

static uint64_t units_of(void *data, uint32_t index) {
    const pass *of = data;
    const size_t left = of->group->judges->given.members - (size_t)index * PIECE;
    return left < PIECE ? left : PIECE;
}

/* ---- All members ----------------------------------------------------------------------------------------------------- */

// The status of a piece says that something is wrong; this finds what.
static custval_status refuse(const custval__group *group, custval_status status, custval_error *error) {
    const custval__judges *judges = group->judges;
    const size_t n = group->ahp.count;
    if (status == CUSTVAL_ERROR_RANGE) return custval__judges_refuse(judges, error);
    if (status != CUSTVAL_ERROR_STATE) return status;
    unsigned char reached[2 * CUSTVAL_MAX_JUDGED];
    double *memory = custval__alloc(group->host, custval__ahp_block_room(n), sizeof *memory);
    if (memory == NULL) return custval__fail_memory(error);
    custval__ahp_block block;
    custval__ahp_block_place(&block, n, memory);
    size_t member = 0, apart = SIZE_MAX;
    for (; member < judges->given.members; member++) {
        custval__judges_load(judges, &group->ahp, member, &block);
        apart = custval__ahp_apart(block.cells, n, 0, reached);
        if (apart != SIZE_MAX) break;
    }
    custval__free(group->host, memory);
    return custval__judges_refuse_apart(judges, member, apart, error);
}

static void merge_tallies(custval__group *group, const tally *tallies, size_t pieces) {
    tally all = {.least_cr = HUGE_VAL, .largest_cr = -HUGE_VAL};
    for (size_t k = 0; k < pieces; k++) {
        const tally *one = tallies + k;
        all.inconsistent += one->inconsistent;
        all.apart += one->apart;
        all.astray += one->astray;
        if (one->least_cr < all.least_cr) all.least_cr = one->least_cr;
        if (one->largest_cr > all.largest_cr) {
            all.largest_cr = one->largest_cr;
            all.least_consistent = one->least_consistent;
        }
    }
    // Without a random index nobody has a cr.
    const int is_any = all.largest_cr >= 0.0;
    group->least_cr = is_any ? all.least_cr : (double)NAN;
    group->largest_cr = is_any ? all.largest_cr : (double)NAN;
    group->least_consistent = all.least_consistent;
    group->inconsistent = all.inconsistent;
    group->apart = all.apart;
    group->astray = all.astray;
}

static double entropy(const double *shares, size_t count) {
    double sum = 0.0;
    for (size_t i = 0; i < count; i++) {
        if (shares[i] > 0.0) sum -= shares[i] * custval__log(shares[i]);
    }
    return sum;
}

/* Goepel's AHP consensus (2013; its correction as in his AHP-OS): e^-(gamma - alpha entropy), stretched so that it is 0
   where members put all that the scale 1..9 allows on criteria of their own, and all criteria come out equal. */
static double consensus_of(const sums *all, size_t n, double *scratch) {
    const double total = *all->weights, most = 9.0, whole = (double)n + most - 1.0;
    if (n < 2) return 1.0;
    if (!(total > 0.0)) return (double)NAN;
    for (size_t i = 0; i < n; i++) scratch[i] = all->priorities[i] / total;
    const double beta = entropy(scratch, n) - *all->entropies / total;
    const double least_alpha =
        -(most / whole) * custval__log(most / whole) + ((double)n - 1.0) / whole * custval__log(whole);
    const double least = custval__exp(least_alpha) / (double)n;
    const double consensus = (custval__exp(-beta) - least) / (1.0 - least);
    return consensus < 0.0 ? 0.0 : consensus > 1.0 ? 1.0 : consensus;
}

static void aggregate(custval__group *group, const sums *all) {
    const size_t n = group->ahp.count;
    for (size_t i = 0, k = 0; i < n; i++) {
        group->matrix[i * n + i] = 1.0;
        for (size_t j = i + 1; j < n; j++, k++) {
            const double mean = all->totals[k] > 0.0 ? all->logs[k] / all->totals[k] : (double)NAN;
            group->matrix[i * n + j] = custval__exp(mean);
            group->matrix[j * n + i] = custval__exp(-mean);
        }
    }
    const int is_geometric = group->judges->options.grouping == CUSTVAL_GROUPING_PRIORITIES_GEOMETRIC;
    for (size_t i = 0; i < n; i++) {
        group->weights[i] = (is_geometric ? all->log_priorities[i] : all->priorities[i]) / *all->weights;
    }
    if (is_geometric) custval__ahp_from_logs(group->weights, n);
    double sum = 0.0;
    for (size_t i = 0; i < n; i++) sum += group->weights[i];
    for (size_t i = 0; i < n; i++) group->weights[i] /= sum;
    group->consensus = consensus_of(all, n, group->own);
}

static custval_status run_pass(pass *of, custval_error *error) {
    custval__group *group = of->group;
    const size_t n = group->ahp.count, size = sums_size(n), members = group->judges->given.members;
    const size_t pieces = (members + PIECE - 1) / PIECE;
    of->parts = custval__alloc(group->host, pieces, size * sizeof *of->parts);
    of->tallies = custval__alloc(group->host, pieces, sizeof *of->tallies);
    if (of->parts == NULL || of->tallies == NULL) return custval__fail_memory(error);
    const custval__job job = {
        .data = of, .prepare = prepare, .piece = run_piece, .units = units_of, .total_units = members};
    const custval_status status = custval__run(group->host, &job, (uint32_t)pieces, error);
    if (status != CUSTVAL_OK) return refuse(group, status, error);
    for (size_t piece = 1; piece < pieces; piece++) {
        for (size_t k = 0; k < size; k++) of->parts[k] += of->parts[piece * size + k];
    }
    const sums all = sums_at(of->parts, n, 1);
    merge_tallies(group, of->tallies, pieces);
    aggregate(group, &all);
    return CUSTVAL_OK;
}

static custval_status pass_members(custval__group *group, const custval__ahp_columns *columns, custval_error *error) {
    pass of = {.group = group, .columns = columns};
    const custval_status status = run_pass(&of, error);
    custval__free(group->host, of.parts);
    custval__free(group->host, of.tallies);
    custval__free(group->host, of.rooms);
    return status;
}

/* ---- The matrix that it comes down to -------------------------------------------------------------------------------- */

static custval_status load_only_member(custval__group *group, custval__ahp_block *block, custval_error *error) {
    const size_t n = group->ahp.count;
    if (custval__judges_load(group->judges, &group->ahp, 0, block) != 0) {
        return custval__judges_refuse(group->judges, error);
    }
    for (size_t k = 0; k < n * n; k++) group->matrix[k] = block->cells[k * LANES];
    return CUSTVAL_OK;
}

static void load_matrix(const custval__group *group, custval__ahp_block *block) {
    const size_t n = group->ahp.count;
    for (size_t k = 0; k < n * n; k++) block->cells[k * LANES] = group->matrix[k];
    for (size_t i = 0; i < n; i++) {
        for (size_t j = i + 1; j < n; j++) block->missing[0] += isnan(group->matrix[i * n + j]) ? 1.0 : 0.0;
    }
}

static void keep_logs(custval__group *group, const custval__ahp_block *block) {
    const size_t n = group->ahp.count;
    const double *log = block->logs;
    for (size_t i = 0; i < n; i++) {
        group->logs[i * n + i] = 0.0;
        for (size_t j = i + 1; j < n; j++, log += LANES) {
            // Those of the block are of the matrix completed and scaled.
            group->logs[i * n + j] = group->missing > 0.0 ? custval__log(group->matrix[i * n + j]) : *log;
            group->logs[j * n + i] = -group->logs[i * n + j];
        }
    }
}

static custval_status solve_matrix(custval__group *group, custval__ahp_block *block, custval_error *error) {
    const size_t n = group->ahp.count;
    unsigned char reached[2 * CUSTVAL_MAX_JUDGED];
    group->missing = block->missing[0];
    if (group->missing > 0.0) {
        const size_t apart = custval__ahp_apart(block->cells, n, 0, reached);
        if (apart != SIZE_MAX) return custval__judges_refuse_apart(group->judges, SIZE_MAX, apart, error);
    }
    custval__ahp_solve(&group->ahp, block);
    custval__ahp_gci(&group->ahp, block);
    for (size_t i = 0; i < n; i++) group->own[i] = block->weights[i * LANES];
    if (block->is_scaled[0]) {
        for (size_t i = 0; i < n; i++) group->log_own[i] = custval__ahp_log_weight(block, i, 0);
    } else {
        group->log_own = NULL;
    }
    keep_logs(group, block);
    group->lambda_max = block->lambda_max[0];
    group->ci = block->ci[0];
    group->cr = block->cr[0];
    group->gci = block->gci[0];
    group->steps = block->steps[0];
    group->converged = block->converged[0] > 0.0;
    return CUSTVAL_OK;
}

static custval_status solve(custval__group *group, const custval__ahp_columns *columns, custval_error *error) {
    const custval__judges *judges = group->judges;
    const size_t n = group->ahp.count;
    double *memory =
        custval__arena_alloc(&group->arena, 2 * n * n + 3 * n + custval__ahp_block_room(n), sizeof *memory);
    if (memory == NULL) return custval__fail_memory(error);
    group->matrix = memory;
    group->logs = group->matrix + n * n;
    group->weights = group->logs + n * n;
    group->own = group->weights + n;
    group->log_own = group->own + n;
    custval__ahp_block block;
    custval__ahp_block_place(&block, n, group->log_own + n);
    if (judges->given.members > 1 || columns != NULL) CUSTVAL__TRY(pass_members(group, columns, error));
    if (judges->given.members > 1) {
        load_matrix(group, &block);
    } else {
        CUSTVAL__TRY(load_only_member(group, &block, error));
    }
    CUSTVAL__TRY(solve_matrix(group, &block, error));
    const int has_priorities = judges->given.members > 1 && judges->options.grouping != CUSTVAL_GROUPING_JUDGEMENTS;
    if (!has_priorities) memcpy(group->weights, group->own, n * sizeof *group->weights);
    return CUSTVAL_OK;
}

custval_status custval__group_solve(custval__group *group, const custval_host *whole_host,
                                    const custval__judges *judges, const custval__ahp_columns *columns,
                                    custval_error *error) {
    *group = (custval__group){.judges = judges, .host = whole_host};
    custval__arena_init(&group->arena, whole_host);
    custval__judges_ahp(judges, &group->ahp);
    return solve(group, columns, error);
}

void custval__group_close(custval__group *group) {
    custval__arena_free(&group->arena);
}
