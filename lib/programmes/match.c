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

_Static_assert(ROWS_PER_PIECE <= UINT16_MAX && CUSTVAL__PROGRAMMES_MOST <= UINT16_MAX &&
                   CUSTVAL__SEGMENTS_MOST <= UINT16_MAX,
               "so much is in a programme taken");

/* A programme taken: there are millions, so that they are small. */
typedef struct taken {
    double similarity, times;
    uint32_t near; /* a case; CUSTVAL_NONE where the rule proposes */
    uint16_t row;  /* of the piece */
    uint16_t programme, rank, segment;
} taken;

/* What a piece of rows has found. */
typedef struct found {
    taken *all;
    size_t count, capacity;
    size_t place; /* of the first one among those of all pieces */
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
    size_t count; /* taken in all pieces */
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
        .similarity = near == NULL ? (double)NAN : near->similarity,
        .times = custval__proposals_times(plan, p, row),
        .near = near == NULL ? CUSTVAL_NONE : near->index,
        .row = (uint16_t)((plan->block->start + row) % ROWS_PER_PIECE),
        .programme = (uint16_t)p,
        .rank = (uint16_t)rank,
        .segment = (uint16_t)custval__proposals_segment(plan, row),
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

/* Says where what the pieces have found goes. */
static void place(matching *of) {
    of->count = 0;
    for (size_t i = 0; i < of->piece_count; i++) {
        of->pieces[i].place = of->count;
        of->count += of->pieces[i].count;
    }
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
    CUSTVAL__TRY(custval__run(of->options.host, &job, (uint32_t)of->piece_count, error));
    place(of);
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
    double cost;
    size_t index; /* among those of all pieces */
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

static size_t list_claims(const matching *of, claim *claims) {
    size_t count = 0;
    for (size_t i = 0; i < of->piece_count; i++) {
        for (size_t k = 0; k < of->pieces[i].count; k++, count++) {
            const taken *const one = &of->pieces[i].all[k];
            const double cost = of->base->programmes[one->programme].cost;
            claims[count] = (claim){cost > 0.0 ? net_of(of, one) / cost : (double)INFINITY, cost, count};
        }
    }
    return count;
}

/* What is granted stays, in its order; ranks close up. */
static void keep_granted(found *in, const uint8_t *is_granted) {
    size_t kept = 0;
    for (size_t i = 0; i < in->count; i++) {
        if (!is_granted[in->place + i]) continue;
        taken one = in->all[i];
        one.rank = kept > 0 && in->all[kept - 1].row == one.row ? (uint16_t)(in->all[kept - 1].rank + 1) : 1;
        in->all[kept++] = one;
    }
    in->count = kept;
}

static void grant(matching *of, claim *claims, uint8_t *is_granted) {
    const size_t count = list_claims(of, claims);
    double left = of->options.budget;
    sort(claims, claims + count, count);
    for (size_t i = 0; i < count; i++) {
        is_granted[claims[i].index] = claims[i].cost <= left;
        if (claims[i].cost <= left) left -= claims[i].cost;
    }
    for (size_t i = 0; i < of->piece_count; i++) keep_granted(&of->pieces[i], is_granted);
    place(of);
}

static custval_status spend(matching *of, custval_error *error) {
    if (of->options.budget == 0.0) return CUSTVAL_OK;
    const custval_host *const host = of->options.host;
    claim *const claims = custval__alloc(host, of->count, 2 * sizeof *claims);
    uint8_t *const is_granted = custval__alloc(host, of->count, sizeof *is_granted);
    const int has_room = claims != NULL && is_granted != NULL;
    if (has_room) grant(of, claims, is_granted);
    custval__free(host, is_granted);
    custval__free(host, claims);
    return has_room ? CUSTVAL_OK : custval__fail_memory(error);
}

/* ---- The table ------------------------------------------------------------------------------------------------------ */

typedef struct results {
    const matching *of;
    int64_t *row;
    uint32_t *rank, *by, *indices; /* indices: of programmes, then of cases */
    double *rate, *effect, *score, *cost, *net, *similarity;
} results;

static custval_status fill_ranks(void *data, uint32_t index, uint32_t thread) {
    const results *const out = data;
    const found *const from = &out->of->pieces[index];
    (void)thread;
    for (size_t i = 0, at = from->place; i < from->count; i++, at++) {
        out->row[at] = (int64_t)(index * ROWS_PER_PIECE + from->all[i].row);
        out->rank[at] = from->all[i].rank;
        out->indices[at] = from->all[i].programme;
    }
    return CUSTVAL_OK;
}

static custval_status fill_effects(void *data, uint32_t index, uint32_t thread) {
    const results *const out = data;
    const matching *const of = out->of;
    const found *const from = &of->pieces[index];
    (void)thread;
    for (size_t i = 0, at = from->place; i < from->count; i++, at++) {
        const taken *const one = &from->all[i];
        const custval__programme *const programme = &of->base->programmes[one->programme];
        const double rate = rate_of(of, one);
        out->by[at] = one->near == CUSTVAL_NONE ? CUSTVAL_PROPOSER_RULE : CUSTVAL_PROPOSER_CASE;
        out->rate[at] = rate;
        out->effect[at] = rate * (programme->value * one->times);
        out->score[at] = rate * programme->score;
        out->cost[at] = programme->cost;
        out->net[at] = net_of(of, one);
        out->similarity[at] = one->similarity;
        out->indices[at] = one->near;
    }
    return CUSTVAL_OK;
}

/* Without progress: the rows are counted already. */
static custval_status fill(results *out, custval_status (*piece_of)(void *, uint32_t, uint32_t), custval_error *error) {
    custval_host host = *out->of->options.host;
    const custval__job job = {.data = out, .piece = piece_of};
    host.progress = NULL;
    return custval__run(&host, &job, (uint32_t)out->of->piece_count, error);
}

static void put_reasons(const found *from, size_t first, custval__reasons *reasons) {
    for (size_t i = 0; i < from->count && !reasons->reason.is_short; i++) {
        const taken *const one = &from->all[i];
        const custval__nearest near = {one->similarity, 0.0, one->near};
        if (one->rank == 1) custval__crowd_read(reasons->block, first + one->row, 1);
        custval__reasons_put(reasons, one->programme, 0, CUSTVAL_PROGRAMME_TAKEN,
                             one->near == CUSTVAL_NONE ? CUSTVAL_PROPOSER_RULE : CUSTVAL_PROPOSER_CASE, &near);
    }
}

static custval_status add_reasons(const matching *of, custval_table *table, custval_error *error) {
    const custval_host *const host = of->options.host;
    custval__reasons reasons;
    custval__crowd *block = NULL;
    void *const memory = custval__crowd_new(host, of->base, of->table, of->columns, 1, &block);
    if (memory == NULL) return custval__fail_memory(error);
    custval_status status = custval__reasons_new(&reasons, host, block, error);
    if (status == CUSTVAL_OK) {
        for (size_t i = 0; i < of->piece_count; i++) put_reasons(&of->pieces[i], i * ROWS_PER_PIECE, &reasons);
        status = custval__add_text_list(table, host, "reason", &reasons.reason, error);
        if (status == CUSTVAL_OK) status = custval__add_text_list(table, host, "missing", &reasons.missing, error);
        custval__reasons_free(&reasons);
    }
    custval__free(host, memory);
    return status;
}

static custval_status add_columns(const matching *of, custval_table *table, uint32_t *indices, custval_error *error) {
    const custval_programmes *const base = of->base;
    results out = {.of = of, .indices = indices};
    CUSTVAL__TRY(custval__result_add_int64(table, "row", &out.row, error));
    CUSTVAL__TRY(custval__result_add_uint32(table, "rank", &out.rank, error));
    CUSTVAL__TRY(fill(&out, fill_ranks, error));
    CUSTVAL__TRY(
        custval__add_names(table, of->options.host, "programme", base->ids, base->programme_count, indices, error));
    CUSTVAL__TRY(custval__result_add_uint32(table, "by", &out.by, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "rate", &out.rate, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "expected_effect", &out.effect, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "score", &out.score, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "cost", &out.cost, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "net", &out.net, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "similarity", &out.similarity, error));
    CUSTVAL__TRY(fill(&out, fill_effects, error));
    CUSTVAL__TRY(custval__add_names(table, of->options.host, "case", base->case_ids, base->case_count, indices, error));
    return of->options.reasons ? add_reasons(of, table, error) : CUSTVAL_OK;
}

static custval_status make_table(const matching *of, custval_table **out, custval_error *error) {
    const custval_host *const host = of->options.host;
    uint32_t *const indices = custval__alloc(host, of->count, sizeof *indices);
    custval_table *table = NULL;
    custval_status status =
        indices == NULL ? custval__fail_memory(error) : custval__result_new(host, of->count, &table, error);
    if (status == CUSTVAL_OK) status = add_columns(of, table, indices, error);
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
    if (status == CUSTVAL_OK) status = spend(&of, error);
    if (status == CUSTVAL_OK) status = make_table(&of, out, error);
    for (size_t i = 0; of.pieces != NULL && i < of.piece_count; i++) custval__free(&host, of.pieces[i].all);
    custval__free(&host, of.pieces);
    custval__free(&host, of.plans);
    custval__free(&host, of.blocks);
    custval__free(&host, of.columns);
    return status;
}
