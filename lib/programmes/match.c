/* custval_programmes_match: plans of all customers as a long table. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../base/run.h"
#include "../table/table.h"
#include "proposals.h"
#include "reason.h"

#define ROWS_PER_PIECE ((size_t)64 * CUSTVAL__CROWD)

/* A programme taken. */
typedef struct taken {
    size_t row;
    double similarity, times;
    uint32_t programme, near, rank, segment; /* near: CUSTVAL_NONE where the rule proposes */
} taken;

/* What a piece of rows has found. */
typedef struct found {
    taken *all;
    size_t count, capacity;
} found;

typedef struct matching {
    const custval_programmes *base;
    const custval_table *table;
    custval_programmes_options options; /* whole, with a whole host */
    size_t *columns;
    custval__crowd *blocks; /* per thread */
    custval__proposals *plans;
    found *pieces;
    size_t piece_count;
    taken *all; /* of all pieces, in order */
    size_t count;
} matching;

/* ---- Finding -------------------------------------------------------------------------------------------------------- */

static custval_status prepare(void *data, uint32_t threads) {
    matching *const of = data;
    const custval_host *const host = of->options.host;
    if (custval__crowd_new(host, of->base, of->table, of->columns, threads, &of->blocks) == NULL ||
        custval__proposals_new(host, of->base, &of->options, of->blocks, threads, &of->plans) == NULL) {
        return CUSTVAL_ERROR_MEMORY;
    }
    return CUSTVAL_OK;
}

static size_t end_of(const matching *of, size_t start, size_t length) {
    const size_t rows = custval_table_rows(of->table);
    return rows - start < length ? rows : start + length;
}

static custval_status keep(const matching *of, found *to, const custval__proposals *plan, size_t row, uint32_t rank) {
    void *block = to->all;
    if (custval__grow(of->options.host, &block, &to->capacity, to->count, sizeof *to->all) != 0) {
        return CUSTVAL_ERROR_MEMORY;
    }
    const uint32_t p = plan->taken[row * plan->top + rank - 1];
    const int is_rule = plan->by_rule[p] >> row & 1;
    const custval__nearest *const near = is_rule ? NULL : &plan->nearest[(size_t)p * CUSTVAL__CROWD + row];
    to->all = block;
    to->all[to->count++] = (taken){
        .row = plan->block->start + row,
        .similarity = near == NULL ? (double)NAN : near->similarity,
        .times = custval__proposals_times(plan, p, row),
        .programme = p,
        .near = near == NULL ? CUSTVAL_NONE : near->index,
        .rank = rank,
        .segment = custval__proposals_segment(plan, row),
    };
    return CUSTVAL_OK;
}

static custval_status piece(void *data, uint32_t index, uint32_t thread) {
    matching *const of = data;
    custval__proposals *const plan = &of->plans[thread];
    const size_t first = index * ROWS_PER_PIECE, last = end_of(of, first, ROWS_PER_PIECE);
    for (size_t start = first; start < last; start += CUSTVAL__CROWD) {
        const size_t count = end_of(of, start, CUSTVAL__CROWD) - start;
        custval__crowd_read(plan->block, start, count);
        custval__proposals_begin(plan);
        custval__proposals_take_all(plan);
        for (size_t row = 0; row < count; row++) {
            for (uint32_t rank = 1; rank <= plan->taken_count[row]; rank++) {
                CUSTVAL__TRY(keep(of, &of->pieces[index], plan, row, rank));
            }
        }
    }
    return CUSTVAL_OK;
}

static uint64_t rows_of_piece(void *data, uint32_t index) {
    const size_t start = index * ROWS_PER_PIECE;
    return end_of(data, start, ROWS_PER_PIECE) - start;
}

static custval_status find(matching *of, custval_error *error) {
    const size_t rows = custval_table_rows(of->table);
    const custval__job job = {
        .data = of, .prepare = prepare, .piece = piece, .units = rows_of_piece, .total_units = rows};
    of->columns = custval__alloc(of->options.host, of->base->trait_count, sizeof *of->columns);
    if (of->columns == NULL) return custval__fail_memory(error);
    CUSTVAL__TRY(custval__crowd_columns(of->base, of->table, of->columns, error));
    of->piece_count = rows / ROWS_PER_PIECE + (rows % ROWS_PER_PIECE != 0);
    if (of->piece_count > UINT32_MAX)
        return custval__fail(error, CUSTVAL_ERROR_LIMIT, "%zu rows are too many for one call", rows);
    of->pieces = custval__alloc_zero(of->options.host, of->piece_count, sizeof *of->pieces);
    if (of->pieces == NULL) return custval__fail_memory(error);
    return custval__run(of->options.host, &job, (uint32_t)of->piece_count, error);
}

/* Pieces are freed as they are copied, so that hardly more than one list is in memory at a time. */
static custval_status join(matching *of, custval_error *error) {
    for (size_t i = 0; i < of->piece_count; i++) of->count += of->pieces[i].count;
    of->all = custval__alloc(of->options.host, of->count, sizeof *of->all);
    if (of->all == NULL) return custval__fail_memory(error);
    size_t at = 0;
    for (size_t i = 0; i < of->piece_count; i++) {
        found *const one = &of->pieces[i];
        if (one->count > 0) memcpy(of->all + at, one->all, one->count * sizeof *one->all);
        at += one->count;
        custval__free(of->options.host, one->all);
        *one = (found){NULL, 0, 0};
    }
    return CUSTVAL_OK;
}

static double rate_of(const matching *of, const taken *one) {
    return of->base->rates[(size_t)one->segment * of->base->programme_count + one->programme];
}

static double net_of(const matching *of, const taken *one) {
    return custval__programme_net(of->base, &of->base->programmes[one->programme], rate_of(of, one), one->times);
}

/* ---- Budget --------------------------------------------------------------------------------------------------------- */

typedef struct claim {
    double ratio; /* net / cost; infinite where it costs nothing */
    size_t index;
} claim;

static int is_before(const claim *a, const claim *b) {
    return a->ratio != b->ratio ? a->ratio > b->ratio : a->index < b->index;
}

static void sort(claim *claims, claim *spare, size_t count) {
    for (size_t width = 1; width < count; width *= 2) {
        for (size_t start = 0; start < count; start += 2 * width) {
            const size_t middle = count - start < width ? count : start + width;
            const size_t end = count - middle < width ? count : middle + width;
            size_t left = start, right = middle;
            for (size_t at = start; at < end; at++) {
                const int takes_right = left == middle || (right < end && is_before(&claims[right], &claims[left]));
                spare[at] = takes_right ? claims[right++] : claims[left++];
            }
        }
        memcpy(claims, spare, count * sizeof *claims);
    }
}

/* What is granted stays, in its order; ranks close up. A rank of 0 marks what is not granted. */
static void grant(matching *of, claim *claims) {
    double left = of->options.budget;
    for (size_t i = 0; i < of->count; i++) {
        taken *const one = &of->all[claims[i].index];
        const double cost = of->base->programmes[one->programme].cost;
        if (cost > left) one->rank = 0;
        if (cost <= left) left -= cost;
    }
    size_t kept = 0;
    for (size_t i = 0; i < of->count; i++) {
        if (of->all[i].rank == 0) continue;
        of->all[kept] = of->all[i];
        of->all[kept].rank = kept > 0 && of->all[kept - 1].row == of->all[kept].row ? of->all[kept - 1].rank + 1 : 1;
        kept++;
    }
    of->count = kept;
}

static custval_status spend(matching *of, custval_error *error) {
    if (of->options.budget == 0.0) return CUSTVAL_OK;
    claim *const claims = custval__alloc(of->options.host, of->count, 2 * sizeof *claims);
    if (claims == NULL) return custval__fail_memory(error);
    for (size_t i = 0; i < of->count; i++) {
        const double cost = of->base->programmes[of->all[i].programme].cost;
        claims[i] = (claim){cost > 0.0 ? net_of(of, &of->all[i]) / cost : (double)INFINITY, i};
    }
    sort(claims, claims + of->count, of->count);
    grant(of, claims);
    custval__free(of->options.host, claims);
    return CUSTVAL_OK;
}

/* ---- The table ------------------------------------------------------------------------------------------------------ */

#define TAKEN_PER_PIECE ((size_t)1 << 16)

typedef struct results {
    const matching *of;
    int64_t *row;
    uint32_t *rank, *by;
    double *rate, *effect, *score, *cost, *net, *similarity;
} results;

static custval_status fill_piece(void *data, uint32_t index, uint32_t thread) {
    const results *const out = data;
    const matching *const of = out->of;
    const size_t start = index * TAKEN_PER_PIECE;
    const size_t end = of->count - start < TAKEN_PER_PIECE ? of->count : start + TAKEN_PER_PIECE;
    (void)thread;
    for (size_t i = start; i < end; i++) {
        const taken *const one = &of->all[i];
        const custval__programme *const programme = &of->base->programmes[one->programme];
        const double rate = rate_of(of, one);
        out->row[i] = (int64_t)one->row;
        out->rank[i] = one->rank;
        out->by[i] = one->near == CUSTVAL_NONE ? CUSTVAL_PROPOSER_RULE : CUSTVAL_PROPOSER_CASE;
        out->rate[i] = rate;
        out->effect[i] = rate * (programme->value * one->times);
        out->score[i] = rate * programme->score;
        out->cost[i] = programme->cost;
        out->net[i] = net_of(of, one);
        out->similarity[i] = one->similarity;
    }
    return CUSTVAL_OK;
}

/* Without progress: the rows are counted already. */
static custval_status fill(const matching *of, results *out, custval_error *error) {
    custval_host host = *of->options.host;
    const custval__job job = {.data = out, .piece = fill_piece};
    const size_t pieces = of->count / TAKEN_PER_PIECE + (of->count % TAKEN_PER_PIECE != 0);
    host.progress = NULL;
    if (pieces > UINT32_MAX)
        return custval__fail(error, CUSTVAL_ERROR_LIMIT, "%zu programmes are too many for one call", of->count);
    return custval__run(&host, &job, (uint32_t)pieces, error);
}

static custval_status add_reasons(const matching *of, custval_table *table, custval_error *error) {
    const custval_host *const host = of->options.host;
    custval__reasons reasons;
    custval__crowd *block = NULL;
    void *const memory = custval__crowd_new(host, of->base, of->table, of->columns, 1, &block);
    if (memory == NULL) return custval__fail_memory(error);
    custval_status status = custval__reasons_new(&reasons, host, block, error);
    if (status == CUSTVAL_OK) {
        size_t row = SIZE_MAX;
        for (size_t i = 0; i < of->count && !reasons.reason.is_short; i++) {
            const taken *const one = &of->all[i];
            const custval__nearest near = {one->similarity, 0.0, one->near};
            if (one->row != row) custval__crowd_read(block, one->row, 1);
            row = one->row;
            custval__reasons_put(&reasons, one->programme, 0, CUSTVAL_PROGRAMME_TAKEN,
                                 one->near == CUSTVAL_NONE ? CUSTVAL_PROPOSER_RULE : CUSTVAL_PROPOSER_CASE, &near);
        }
        status = custval__add_text_list(table, host, "reason", &reasons.reason, error);
        if (status == CUSTVAL_OK) status = custval__add_text_list(table, host, "missing", &reasons.missing, error);
        custval__reasons_free(&reasons);
    }
    custval__free(host, memory);
    return status;
}

static custval_status add_columns(const matching *of, custval_table *table, uint32_t *programmes, uint32_t *cases,
                                  custval_error *error) {
    const custval_programmes *const base = of->base;
    results out = {.of = of};
    for (size_t i = 0; i < of->count; i++) programmes[i] = of->all[i].programme;
    for (size_t i = 0; i < of->count; i++) cases[i] = of->all[i].near;
    CUSTVAL__TRY(custval__result_add_int64(table, "row", &out.row, error));
    CUSTVAL__TRY(custval__result_add_uint32(table, "rank", &out.rank, error));
    CUSTVAL__TRY(
        custval__add_names(table, of->options.host, "programme", base->ids, base->programme_count, programmes, error));
    CUSTVAL__TRY(custval__result_add_uint32(table, "by", &out.by, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "rate", &out.rate, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "expected_effect", &out.effect, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "score", &out.score, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "cost", &out.cost, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "net", &out.net, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "similarity", &out.similarity, error));
    CUSTVAL__TRY(fill(of, &out, error));
    CUSTVAL__TRY(custval__add_names(table, of->options.host, "case", base->case_ids, base->case_count, cases, error));
    return of->options.reasons ? add_reasons(of, table, error) : CUSTVAL_OK;
}

static custval_status make_table(const matching *of, custval_table **out, custval_error *error) {
    const custval_host *const host = of->options.host;
    uint32_t *const indices = custval__alloc(host, of->count, 2 * sizeof *indices);
    custval_table *table = NULL;
    custval_status status =
        indices == NULL ? custval__fail_memory(error) : custval__result_new(host, of->count, &table, error);
    if (status == CUSTVAL_OK) status = add_columns(of, table, indices, indices + of->count, error);
    custval__free(host, indices);
    if (status == CUSTVAL_OK) custval__result_finish(table);
    return custval__result_give(table, status, out);
}

custval_status custval_programmes_match(const custval_programmes *base, const custval_table *table,
                                        const custval_programmes_options *options, custval_table **out,
                                        custval_error *error) {
    custval_host host;
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    if (base == NULL) return custval__fail_null(error, "base");
    if (table == NULL) return custval__fail_null(error, "table");
    matching of = {.base = base, .table = table};
    CUSTVAL__TRY(custval__programmes_options_read(options, &of.options, &host, error));
    custval_status status = find(&of, error);
    if (status == CUSTVAL_OK) status = join(&of, error);
    if (status == CUSTVAL_OK) status = spend(&of, error);
    if (status == CUSTVAL_OK) status = make_table(&of, out, error);
    for (size_t i = 0; of.pieces != NULL && i < of.piece_count; i++) custval__free(&host, of.pieces[i].all);
    custval__free(&host, of.all);
    custval__free(&host, of.pieces);
    custval__free(&host, of.plans);
    custval__free(&host, of.blocks);
    custval__free(&host, of.columns);
    return status;
}
