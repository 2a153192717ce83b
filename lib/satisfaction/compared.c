/* Several tables of answers scored by one system, row by row. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "compared.h"

#include <math.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../base/options.h"
#include "../base/run.h"

#define ROWS_PER_PIECE ((size_t)8 * CUSTVAL__BLOCK)

/* ---- Opening ----------------------------------------------------------------------------------------------------- */

static custval_status make_plan(custval__compared *compared, const custval_score_options *options,
                                custval_error *error) {
    custval_score_options whole = CUSTVAL_SCORE_OPTIONS_INIT;
    CUSTVAL__TRY(custval__struct_read(&whole, sizeof whole, sizeof whole, options, "custval_score_options", error));
    whole.levels = CUSTVAL_LEVEL_VALUE | CUSTVAL_LEVEL_SIDE | CUSTVAL_LEVEL_DIMENSION | CUSTVAL_LEVEL_INDICATOR |
                   CUSTVAL_LEVEL_ITEM | CUSTVAL_LEVEL_DERIVED;
    whole.coverage = CUSTVAL_COVERAGE_ALL;
    whole.as_of = "9999-12-31"; /* after every override */
    CUSTVAL__TRY(custval__plan_new(compared->system, &whole, &compared->plan, error));
    compared->plan.has_reliefs = 0;
    return CUSTVAL_OK;
}

/* A column that is missing in every row. */
static custval_status add_missing(custval_table *table, const custval__input *input, custval_error *error) {
    const size_t rows = custval_table_rows(table);
    if (input->is_text) {
        static const uint32_t first = 0;
        const custval_column empty = {.struct_size = sizeof empty, .type = CUSTVAL_TYPE_UTF8, .offsets = &first};
        if (rows == 0) return custval_table_add(table, input->column, &empty, error);
        custval_text *const texts = custval__alloc_zero(&table->host, rows, sizeof *texts);
        if (texts == NULL) return custval__fail_memory(error);
        const custval_status status = custval_table_add_texts(table, input->column, texts, error);
        custval__free(&table->host, texts);
        return status;
    }
    double *values;
    CUSTVAL__TRY(custval__result_add_doubles(table, input->column, &values, error));
    for (size_t row = 0; row < rows; row++) values[row] = (double)NAN;
    return CUSTVAL_OK;
}

/* Columns of profiles, contexts and importances are asked of the first table only. */
static custval_status fill(custval__compared *compared, uint32_t which, custval_error *error) {
    const custval_table *const given = compared->tables[which];
    const size_t rows = custval_table_rows(given);
    CUSTVAL__TRY(custval__result_new(&compared->plan.host, rows, &compared->filled[which], error));
    for (uint32_t i = 0; i < compared->system->input_count; i++) {
        const custval__input *const input = &compared->system->inputs[i];
        size_t column;
        const int is_item = (input->roles & CUSTVAL_INPUT_ITEM) != 0;
        const custval_status found = custval_table_find(given, input->column, &column, is_item ? error : NULL);
        if (found != CUSTVAL_OK && is_item) {
            custval__error_prefix(error, compared->names[which]);
            return found;
        }
        if (found != CUSTVAL_OK) {
            CUSTVAL__TRY(add_missing(compared->filled[which], input, error));
        } else {
            CUSTVAL__TRY(
                custval_table_add(compared->filled[which], input->column, &given->columns[column]->data, error));
        }
    }
    return custval__source_bind(&compared->plan, compared->filled[which], &compared->sources[which], error);
}

custval_status custval__compared_open(custval__compared *compared, const custval_score_options *options,
                                      custval_error *error) {
    if (compared->system == NULL) return custval__fail_null(error, "system");
    for (uint32_t i = 0; i < compared->count; i++) {
        if (compared->tables[i] == NULL) return custval__fail_null(error, compared->names[i]);
    }
    CUSTVAL__TRY(make_plan(compared, options, error));
    CUSTVAL__TRY(custval__source_bind(&compared->plan, compared->tables[0], &compared->sources[0], error));
    const size_t rows = custval_table_rows(compared->tables[0]);
    for (uint32_t i = 1; i < compared->count; i++) {
        const size_t others = custval_table_rows(compared->tables[i]);
        if (others != rows && others != 1) {
            return custval__fail(error, CUSTVAL_ERROR_STRUCTURE,
                                 "%s has %zu rows and %s %zu; give one row for all customers, or one row each",
                                 compared->names[i], others, compared->names[0], rows);
        }
        CUSTVAL__TRY(fill(compared, i, error));
    }
    return CUSTVAL_OK;
}

void custval__compared_close(custval__compared *compared) {
    const custval_host *const host = &compared->plan.host;
    for (uint32_t i = 0; i < compared->thread_count; i++) {
        custval__compared_thread *const thread = &compared->threads[i];
        for (uint32_t k = 0; k < compared->count; k++) custval__engine_free(thread->blocks[k]);
        custval__engine_free(thread->variants);
        custval__free(host, thread->score);
        custval__free(host, thread->item_score);
    }
    if (host->allocator == NULL) return;
    custval__free(host, compared->threads);
    for (uint32_t i = 0; i < compared->count; i++) {
        custval__source_free(&compared->plan, &compared->sources[i]);
        custval_table_free(compared->filled[i]);
    }
    custval__plan_free(&compared->plan);
}

/* ---- Threads ----------------------------------------------------------------------------------------------------- */

/* Points the nodes of a kind at their scores and coverages. */
static void preset(const custval__compared *compared, custval__compared_thread *thread, uint32_t kind,
                   const double **score, const double **coverage) {
    for (uint32_t i = 0; i < compared->system->node_count; i++) {
        if (compared->system->nodes[i].kind != kind) continue;
        score[i] = thread->score + (size_t)i * CUSTVAL__COMPARED_MOST;
        coverage[i] = thread->coverage + (size_t)i * CUSTVAL__COMPARED_MOST;
    }
}

static custval_status make_thread(const custval__compared *compared, custval__compared_thread *thread) {
    const custval_host *const host = &compared->plan.host;
    const size_t nodes = compared->system->node_count;
    for (uint32_t k = 0; k < compared->count; k++) {
        CUSTVAL__TRY(custval__engine_new(&compared->plan, CUSTVAL__BLOCK, 0, &thread->blocks[k], NULL));
    }
    CUSTVAL__TRY(custval__engine_new(&compared->plan, CUSTVAL__COMPARED_MOST, 1, &thread->variants, NULL));
    thread->score = custval__alloc_zero(host, nodes, 2 * CUSTVAL__COMPARED_MOST * sizeof *thread->score);
    thread->item_score = custval__alloc_zero(host, nodes, 4 * sizeof *thread->item_score);
    if (thread->score == NULL || thread->item_score == NULL) return CUSTVAL_ERROR_MEMORY;
    thread->coverage = thread->score + nodes * CUSTVAL__COMPARED_MOST;
    thread->item_coverage = thread->item_score + nodes;
    thread->indicator_score = thread->item_score + 2 * nodes;
    thread->indicator_coverage = thread->item_score + 3 * nodes;
    preset(compared, thread, CUSTVAL_KIND_ITEM, thread->item_score, thread->item_coverage);
    preset(compared, thread, CUSTVAL_KIND_INDICATOR, thread->indicator_score, thread->indicator_coverage);
    return CUSTVAL_OK;
}

static custval_status prepare(void *data, uint32_t threads) {
    custval__compared *const compared = data;
    compared->threads = custval__alloc_zero(&compared->plan.host, threads, sizeof *compared->threads);
    if (compared->threads == NULL) return CUSTVAL_ERROR_MEMORY;
    compared->thread_count = threads;
    for (uint32_t i = 0; i < threads; i++) CUSTVAL__TRY(make_thread(compared, &compared->threads[i]));
    return CUSTVAL_OK;
}

/* ---- Rows -------------------------------------------------------------------------------------------------------- */

double custval__compared_score(const custval__compared_thread *thread, uint32_t node, uint32_t table) {
    const double score = custval__engine_score(thread->variants, node)[table];
    if (node != 0 || isnan(score)) return score;
    return custval__engine_before_gates(thread->variants)[table];
}

void custval__compared_indicators(const custval__compared *compared, custval__compared_thread *thread, size_t row,
                                  uint32_t count) {
    const custval__preset indicators = {.score = thread->indicator_score, .coverage = thread->indicator_coverage};
    custval__engine_run(thread->variants, &compared->sources[0], row, count, &indicators);
}

/* An answer that stands in for a missing one (policies neutral and worst) has coverage 0, and is none here. */
static void take_items(const custval__compared *compared, custval__compared_thread *thread, const size_t *at) {
    const custval_system *const system = compared->system;
    for (uint32_t i = 0; i < system->item_count; i++) {
        const uint32_t node = system->items[i].node;
        double *const score = thread->score + (size_t)node * CUSTVAL__COMPARED_MOST;
        double *const coverage = thread->coverage + (size_t)node * CUSTVAL__COMPARED_MOST;
        int is_there = 1;
        for (uint32_t k = 0; k < compared->count; k++) {
            score[k] = custval__engine_score(thread->blocks[k], node)[at[k]];
            is_there &= !isnan(score[k]) && custval__engine_coverage(thread->blocks[k], node)[at[k]] > 0.0;
        }
        for (uint32_t k = 0; k < compared->count; k++) {
            if (!is_there) score[k] = (double)NAN;
            coverage[k] = is_there ? 1.0 : 0.0;
        }
    }
}

static void take_row(const custval__compared *compared, custval__compared_thread *thread, size_t start, size_t i) {
    const custval__preset items = {.score = thread->item_score, .coverage = thread->item_coverage};
    size_t at[CUSTVAL__COMPARED_MOST];
    uint32_t statuses[CUSTVAL__COMPARED_MOST];
    for (uint32_t k = 0; k < compared->count; k++) {
        at[k] = k > 0 && custval_table_rows(compared->tables[k]) == 1 ? 0 : i;
        statuses[k] = custval__engine_status(thread->blocks[k])[at[k]];
    }
    take_items(compared, thread, at);
    custval__engine_run(thread->variants, &compared->sources[0], start + i, compared->count, &items);
    compared->take(compared->data, compared, thread, start + i, statuses);
}

static size_t end_of(const custval__compared *compared, size_t start, size_t length) {
    const size_t all = custval_table_rows(compared->tables[0]);
    return all - start < length ? all : start + length;
}

static custval_status piece(void *data, uint32_t index, uint32_t which) {
    const custval__compared *const compared = data;
    custval__compared_thread *const thread = &compared->threads[which];
    const size_t first = index * ROWS_PER_PIECE, last = end_of(compared, first, ROWS_PER_PIECE);
    for (size_t start = first; start < last; start += CUSTVAL__BLOCK) {
        const size_t count = end_of(compared, start, CUSTVAL__BLOCK) - start;
        for (uint32_t k = 0; k < compared->count; k++) {
            const int is_one = k > 0 && custval_table_rows(compared->tables[k]) == 1;
            custval__engine_run(thread->blocks[k], &compared->sources[k], is_one ? 0 : start,
                                is_one ? 1 : (uint32_t)count, NULL);
        }
        for (size_t i = 0; i < count; i++) take_row(compared, thread, start, i);
    }
    return CUSTVAL_OK;
}

static uint64_t rows_of_piece(void *data, uint32_t index) {
    const size_t start = index * ROWS_PER_PIECE;
    return end_of(data, start, ROWS_PER_PIECE) - start;
}

custval_status custval__compared_run(custval__compared *compared, custval_error *error) {
    const size_t all = custval_table_rows(compared->tables[0]);
    const size_t pieces = all / ROWS_PER_PIECE + (all % ROWS_PER_PIECE != 0);
    const custval__job job = {
        .data = compared, .prepare = prepare, .piece = piece, .units = rows_of_piece, .total_units = all};
    if (pieces > UINT32_MAX)
        return custval__fail(error, CUSTVAL_ERROR_LIMIT, "%zu rows are too many for one call", all);
    return custval__run(&compared->plan.host, &job, (uint32_t)pieces, error);
}
