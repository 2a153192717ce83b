/* All rows of a table, window by window: scores of every state, then pieces of customers on the host's threads. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../base/run.h"
#include "../table/table.h"
#include "run.h"

/* ---- The table of a window ------------------------------------------------------------------------------------------ */

static custval_status borrow_column(const custval__scenario_run *run, const char *name, size_t first, custval_table *to,
                                    custval_error *error) {
    custval_column column = CUSTVAL_COLUMN_INIT;
    size_t index = SIZE_MAX;
    if (custval_table_find(run->table, name, &index, NULL) != CUSTVAL_OK) return CUSTVAL_OK;
    CUSTVAL__TRY(custval_table_column(run->table, index, &column, error));
    column.offset += first;
    return custval_table_add(to, name, &column, error);
}

static const custval__move *find_move(const custval__scenario_run *run, const char *name, size_t *index) {
    for (*index = 0; *index < run->moves.count; ++*index) {
        if (strcmp(run->moves.items[*index].name, name) == 0) return &run->moves.items[*index];
    }
    return NULL;
}

static custval_status move_column(custval__scenario_run *run, const custval__move *move, double *out, uint32_t state,
                                  size_t first, size_t count, custval_error *error) {
    size_t column = SIZE_MAX;
    CUSTVAL__TRY(custval_table_find(run->table, move->name, &column, error));
    CUSTVAL__TRY(custval__table_need_number(run->table, column, error));
    const double *const answers = custval__table_doubles(run->table, column, first, count, run->scratch);
    custval__move_apply(move, run->kernels, run->states[state].strength, run->states[state].with_quality, answers,
                        run->chosen, count, out);
    return CUSTVAL_OK;
}

/* A new indicator whose score is the same for all. */
static custval_status add_constant(custval__scenario_run *run, size_t count, custval_table *to, custval_error *error) {
    double *const out = run->moved + run->moves.count * run->window;
    const double score =
        custval__scenario_number_of(run->scenario, CUSTVAL__SCENARIO_NEW_INDICATOR, CUSTVAL__INDICATOR_SCORE);
    for (size_t i = 0; i < count; i++) out[i] = score;
    return custval_table_add_doubles(to, run->scenario->id, out, error);
}

static custval_status add_columns(custval__scenario_run *run, size_t first, size_t count, uint32_t state,
                                  custval_table *to, custval_error *error) {
    const custval_system *const scored = state == 0 ? run->system : run->after;
    const int is_new = run->scenario->kind == CUSTVAL_SCENARIO_INDICATOR && state > 0;
    custval_input input = CUSTVAL_INPUT_INIT;
    size_t index = 0;
    for (uint32_t i = 0; i < custval_system_inputs(scored); i++) {
        CUSTVAL__TRY(custval_system_input(scored, i, &input, error));
        const custval__move *const move = state == 0 ? NULL : find_move(run, input.column, &index);
        if (move != NULL) {
            double *const out = run->moved + index * run->window;
            CUSTVAL__TRY(move_column(run, move, out, state, first, count, error));
            CUSTVAL__TRY(custval_table_add_doubles(to, input.column, out, error));
        } else if (is_new && run->scenario->column == NULL && strcmp(input.column, run->scenario->id) == 0) {
            CUSTVAL__TRY(add_constant(run, count, to, error));
        } else {
            CUSTVAL__TRY(borrow_column(run, input.column, first, to, error));
        }
    }
    return CUSTVAL_OK;
}

custval_status custval__scenario_table(custval__scenario_run *run, size_t first, size_t count, uint32_t state,
                                       custval_table **out, custval_error *error) {
    custval_table *table = NULL;
    CUSTVAL__TRY(custval_table_new(&run->quiet, count, &table, error));
    const custval_status status = add_columns(run, first, count, state, table, error);
    if (status == CUSTVAL_OK) {
        *out = table;
    } else {
        custval_table_free(table);
    }
    return status;
}

void custval__scenario_choose(custval__scenario_run *run, size_t first, size_t count) {
    const double *const where =
        run->where == SIZE_MAX ? NULL : custval__table_doubles(run->table, run->where, first, count, run->scratch);
    for (size_t i = 0; i < count; i++) run->chosen[i] = where == NULL || (where[i] == where[i] && where[i] != 0.0);
}

/* ---- A window ------------------------------------------------------------------------------------------------------- */

static custval_status score_state(custval__scenario_run *run, uint32_t state, custval_error *error) {
    double *const values[] = {run->values + state * run->window};
    custval_table *table = NULL;
    CUSTVAL__TRY(custval__scenario_table(run, run->first, run->count, state, &table, error));
    custval_scorer *const scorer = state == 0 ? run->scorer_before : run->scorer_after;
    const custval_status status = custval_scorer_table(scorer, table, values, NULL, error);
    custval_table_free(table);
    return status;
}

typedef struct pieces {
    custval__scenario_run *run;
    custval__scenario_block *blocks; /* [thread] */
} pieces;

static custval_status prepare(void *data, uint32_t threads) {
    pieces *const of = data;
    of->blocks = custval__alloc(&of->run->host, threads, sizeof *of->blocks);
    return of->blocks == NULL ? CUSTVAL_ERROR_MEMORY : CUSTVAL_OK;
}

static custval_status piece(void *data, uint32_t index, uint32_t thread) {
    const pieces *const of = data;
    custval__scenario_piece(of->run, index, &of->blocks[thread]);
    return CUSTVAL_OK;
}

static void add_piece(custval__scenario_run *run, size_t index) {
    const size_t sums = ((size_t)run->scenario->periods + 1) * CUSTVAL__SCENARIO_SUMS;
    const custval__scenario_total *const from = &run->piece_total[index];
    custval__scenario_total *const to = &run->total;
    for (size_t i = 0; i < sums; i++) custval__sum_add(&run->sums[i], run->blocks[index * sums + i]);
    to->customers += from->customers;
    to->skipped += from->skipped;
    to->chosen += from->chosen;
    to->switching += from->switching;
    to->rose += from->rose;
    to->fell += from->fell;
    custval__sum_add(&to->without, custval__sum_value(&from->without));
}

static custval_status run_window(custval__scenario_run *run, custval_error *error) {
    pieces of = {run, NULL};
    const custval__job job = {.data = &of, .prepare = prepare, .piece = piece};
    const size_t count = (run->count + CUSTVAL__SCENARIO_PIECE - 1) / CUSTVAL__SCENARIO_PIECE;
    custval__scenario_choose(run, run->first, run->count);
    for (uint32_t state = 0; state < run->state_count; state++) CUSTVAL__TRY(score_state(run, state, error));
    const custval_status status = custval__run(&run->quiet, &job, (uint32_t)count, error);
    custval__free(&run->host, of.blocks);
    if (status != CUSTVAL_OK) return status;
    for (size_t i = 0; i < count; i++) add_piece(run, i);
    custval__scenario_add_groups(run);
    return CUSTVAL_OK;
}

custval_status custval__scenario_run_rows(custval__scenario_run *run, custval_error *error) {
    const size_t rows = custval_table_rows(run->table);
    do {
        run->count = rows - run->first < run->window ? rows - run->first : run->window;
        CUSTVAL__TRY(run_window(run, error));
        run->first += run->count;
        if (run->host.progress != NULL && run->host.progress(run->host.progress_data, run->first, rows) != 0) {
            return custval__fail(error, CUSTVAL_ERROR_CANCELLED, "cancelled after %zu of %zu rows", run->first, rows);
        }
    } while (run->first < rows);
    return CUSTVAL_OK;
}
