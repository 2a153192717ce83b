/* Scorers: which columns there are, one row at a time, and a table in pieces on the host's threads. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "scorer.h"

#include <string.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../base/run.h"

/* Rows per piece of work: a multiple of the block and of 64, independent of the number of threads. */
#define ROWS_PER_PIECE (32 * CUSTVAL__BLOCK)
#define BYTES_PER_LINE 64

/* ---- Columns --------------------------------------------------------------------------------------------------------- */

static custval_status add_coverage(custval_scorer *scorer, uint32_t node, custval_error *error) {
    const char *id = scorer->system->nodes[node].id;
    const size_t length = strlen(id);
    char *name = custval__arena_alloc(&scorer->names, length + sizeof ".coverage", 1);
    if (name == NULL) return custval__fail_memory(error);
    memcpy(name, id, length);
    memcpy(name + length, ".coverage", sizeof ".coverage");
    scorer->columns[scorer->column_count++] = (custval__score_column){name, node, 0, 1};
    return CUSTVAL_OK;
}

static custval_status choose_columns(custval_scorer *scorer, custval_error *error) {
    static const char *const tag_names[] = {NULL, "pay", "do", "learn"};
    const custval_system *system = scorer->system;
    const custval__plan *plan = &scorer->plan;
    scorer->columns = custval__alloc(&plan->host, 2 * (size_t)system->node_count + 4, sizeof *scorer->columns);
    if (scorer->columns == NULL) return custval__fail_memory(error);
    for (uint32_t i = 0; i < system->node_count; i++) {
        if (!(plan->levels & custval__level_of(&system->nodes[i]))) continue;
        scorer->columns[scorer->column_count++] = (custval__score_column){system->nodes[i].id, i, 0, 0};
        if (plan->coverage == CUSTVAL_COVERAGE_ALL && i != 0) CUSTVAL__TRY(add_coverage(scorer, i, error));
    }
    for (uint32_t tag = CUSTVAL_TAG_PAY; (plan->levels & CUSTVAL_LEVEL_TAG) && tag <= CUSTVAL_TAG_LEARN; tag++) {
        scorer->columns[scorer->column_count++] = (custval__score_column){tag_names[tag], CUSTVAL_NONE, tag, 0};
    }
    if (plan->coverage != CUSTVAL_COVERAGE_NONE) {
        scorer->columns[scorer->column_count++] = (custval__score_column){"coverage", 0, 0, 1};
    }
    return CUSTVAL_OK;
}

custval_status custval_scorer_new(custval_system *system, const custval_score_options *options, custval_scorer **out,
                                  custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    custval__plan plan;
    CUSTVAL__TRY(custval__plan_new(system, options, &plan, error));
    custval_scorer *scorer = custval__alloc_zero(&plan.host, 1, sizeof *scorer);
    if (scorer == NULL) {
        custval__plan_free(&plan);
        return custval__fail_memory(error);
    }
    scorer->plan = plan;
    scorer->system = custval_system_ref(system);
    custval__arena_init(&scorer->names, &scorer->plan.host);
    custval_status status = choose_columns(scorer, error);
    if (status == CUSTVAL_OK) status = custval__engine_new(&scorer->plan, 1, 0, &scorer->row, error);
    if (status != CUSTVAL_OK) {
        custval_scorer_free(scorer);
        return status;
    }
    *out = scorer;
    return CUSTVAL_OK;
}

static void free_threads(custval_scorer *scorer) {
    for (uint32_t i = 0; i < scorer->thread_count; i++) custval__engine_free(scorer->threads[i]);
    custval__free(&scorer->plan.host, scorer->threads);
    scorer->threads = NULL;
    scorer->thread_count = 0;
}

void custval_scorer_free(custval_scorer *scorer) {
    if (scorer == NULL) return;
    const custval_host host = scorer->plan.host;
    free_threads(scorer);
    custval__engine_free(scorer->row);
    custval__free(&host, scorer->columns);
    custval__arena_free(&scorer->names);
    custval__plan_free(&scorer->plan);
    custval_system_free(scorer->system);
    custval__free(&host, scorer);
}

uint32_t custval_scorer_columns(const custval_scorer *scorer) {
    return scorer == NULL ? 0 : scorer->column_count;
}

const char *custval_scorer_column_name(const custval_scorer *scorer, uint32_t column) {
    return scorer == NULL || column >= scorer->column_count ? NULL : scorer->columns[column].name;
}

/* ---- One row --------------------------------------------------------------------------------------------------------- */

custval_status custval_scorer_row(custval_scorer *scorer, const double *numbers, const custval_text *texts,
                                  double *out_scores, uint32_t *out_status) {
    if (scorer == NULL || numbers == NULL || out_scores == NULL || out_status == NULL) return CUSTVAL_ERROR_ARGUMENT;
    custval__engine *engine = scorer->row;
    scorer->row_source.numbers = numbers;
    scorer->row_source.texts = texts;
    custval__engine_run(engine, &scorer->row_source, 0, 1, NULL);
    for (uint32_t i = 0; i < scorer->column_count; i++) {
        const custval__score_column *column = &scorer->columns[i];
        const double *score = column->node == CUSTVAL_NONE ? custval__engine_tag(engine, column->tag)
                              : column->coverage           ? custval__engine_coverage(engine, column->node)
                                                           : custval__engine_score(engine, column->node);
        out_scores[i] = *score;
    }
    *out_status = *custval__engine_status(engine);
    return CUSTVAL_OK;
}

/* ---- A table --------------------------------------------------------------------------------------------------------- */

typedef struct custval__table_job {
    custval_scorer *scorer;
    custval__source source;
    size_t rows;
    double *const *scores;
    uint32_t *status;
} custval__table_job;

// Engines stay with the scorer, so that a stream of tables makes them once.
static custval_status prepare_threads(void *data, uint32_t threads) {
    custval_scorer *scorer = ((custval__table_job *)data)->scorer;
    for (uint32_t i = 0; i < scorer->thread_count; i++) custval__engine_reset(scorer->threads[i]);
    if (threads <= scorer->thread_count) return CUSTVAL_OK;
    custval__engine **more = custval__resize(&scorer->plan.host, scorer->threads, threads, sizeof(custval__engine *));
    if (more == NULL) return CUSTVAL_ERROR_MEMORY;
    scorer->threads = more;
    while (scorer->thread_count < threads) {
        custval__engine **next = &scorer->threads[scorer->thread_count];
        CUSTVAL__TRY(custval__engine_new(&scorer->plan, CUSTVAL__BLOCK, 0, next, NULL));
        scorer->thread_count++;
    }
    return CUSTVAL_OK;
}

// Asks for memory that the next block will be written to, so that it is there when this one is done. The address may lie
// beyond the column, for it is a hint only.
static void ask_to_write(const void *next, size_t bytes) {
    for (uintptr_t at = 0; at < bytes; at += BYTES_PER_LINE) {
        CUSTVAL__PREFETCH_TO_WRITE((const void *)((uintptr_t)next + at));
    }
}

static void place_block(const custval__table_job *job, custval__engine *engine, size_t start) {
    const custval_scorer *scorer = job->scorer;
    for (uint32_t i = 0; i < scorer->column_count; i++) {
        const custval__score_column *column = &scorer->columns[i];
        double *at = job->scores[i] == NULL ? NULL : job->scores[i] + start;
        if (at == NULL) continue;
        if (column->node == CUSTVAL_NONE) {
            custval__engine_place_tag(engine, column->tag, at);
        } else {
            custval__engine_place(engine, column->node, column->coverage ? NULL : at, column->coverage ? at : NULL);
        }
        ask_to_write(at + CUSTVAL__BLOCK, CUSTVAL__BLOCK * sizeof *at);
    }
    if (job->status == NULL) return;
    custval__engine_place_status(engine, job->status + start);
    ask_to_write(job->status + start + CUSTVAL__BLOCK, CUSTVAL__BLOCK * sizeof *job->status);
}

static custval_status score_piece(void *data, uint32_t index, uint32_t thread) {
    const custval__table_job *job = data;
    custval__engine *engine = job->scorer->threads[thread];
    size_t start = (size_t)index * ROWS_PER_PIECE;
    const size_t end = job->rows - start < ROWS_PER_PIECE ? job->rows : start + ROWS_PER_PIECE;
    for (; start < end; start += CUSTVAL__BLOCK) {
        const size_t left = end - start;
        place_block(job, engine, start);
        custval__engine_run(engine, &job->source, start, (uint32_t)(left < CUSTVAL__BLOCK ? left : CUSTVAL__BLOCK),
                            NULL);
    }
    return CUSTVAL_OK;
}

static uint64_t rows_of_piece(void *data, uint32_t index) {
    const size_t left = ((const custval__table_job *)data)->rows - (size_t)index * ROWS_PER_PIECE;
    return left < ROWS_PER_PIECE ? left : ROWS_PER_PIECE;
}

custval_status custval__scorer_run(custval_scorer *scorer, const custval_table *table, double *const *out_scores,
                                   uint32_t *out_status, custval_error *error) {
    custval__table_job job = {.scorer = scorer, .scores = out_scores, .status = out_status};
    CUSTVAL__TRY(custval__source_bind(&scorer->plan, table, &job.source, error));
    job.rows = custval_table_rows(table);
    const size_t pieces = job.rows / ROWS_PER_PIECE + (job.rows % ROWS_PER_PIECE != 0);
    custval_status status = CUSTVAL_OK;
    if (pieces > UINT32_MAX) {
        status = custval__fail(error, CUSTVAL_ERROR_LIMIT, "%zu rows are too many for one call", job.rows);
    } else if (pieces > 0) {
        const custval__job run = {.data = &job,
                                  .prepare = prepare_threads,
                                  .piece = score_piece,
                                  .units = rows_of_piece,
                                  .total_units = job.rows};
        status = custval__run(&scorer->plan.host, &run, (uint32_t)pieces, error);
    }
    scorer->incomplete = 0;
    for (uint32_t i = 0; i < scorer->thread_count; i++) {
        if (custval__engine_incomplete(scorer->threads[i])) scorer->incomplete = 1;
    }
    custval__source_free(&scorer->plan, &job.source);
    return status;
}

custval_status custval_scorer_table(custval_scorer *scorer, const custval_table *table, double *const *out_scores,
                                    uint32_t *out_status, custval_error *error) {
    if (scorer == NULL) return custval__fail_null(error, "scorer");
    if (table == NULL) return custval__fail_null(error, "table");
    if (out_scores == NULL) return custval__fail_null(error, "out_scores");
    return custval__scorer_run(scorer, table, out_scores, out_status, error);
}
