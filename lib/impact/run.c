/* custval_impact_run: what a point of each indicator is worth. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "run.h"

#include <string.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../base/options.h"
#include "../base/run.h"

/* Most pieces between two additions to the totals, and most numbers that their sums may have. */
#define PIECES_MOST ((size_t)256)
#define NUMBERS_MOST ((size_t)1 << 22)

double custval__impact_sum_of(const custval__impact_run *run, size_t lever, size_t slot) {
    return custval__sum_value(&run->sums[custval__impact_place_of(run, lever, slot)]);
}

/* ---- Pieces ------------------------------------------------------------------------------------------------------ */

static size_t sums_of(const custval__impact_run *run) {
    return ((size_t)run->lever_count + 1) * run->slots;
}

static size_t rows_from(const custval__impact_run *run, uint32_t index) {
    const size_t start = (run->first_piece + index) * CUSTVAL__IMPACT_PIECE;
    const size_t left = custval_table_rows(run->table) - start;
    return left < CUSTVAL__IMPACT_PIECE ? left : CUSTVAL__IMPACT_PIECE;
}

static custval_status prepare(void *data, uint32_t threads) {
    return custval__impact_open_threads(data, threads);
}

static custval_status piece(void *data, uint32_t index, uint32_t thread) {
    const custval__impact_run *const run = data;
    custval__impact_thread *const with = &run->threads[thread];
    const size_t sums = sums_of(run), start = (run->first_piece + index) * CUSTVAL__IMPACT_PIECE;
    const size_t end = start + rows_from(run, index);
    uint64_t *const counts = run->piece_counts + (size_t)index * CUSTVAL__IMPACT_STATUSES;
    memset(counts, 0, CUSTVAL__IMPACT_STATUSES * sizeof *counts);
    memset(with->sums, 0, sums * sizeof *with->sums);
    for (size_t at = start; at < end; at += CUSTVAL__BLOCK) {
        const size_t count = end - at < CUSTVAL__BLOCK ? end - at : CUSTVAL__BLOCK;
        custval__impact_block(run, with, at, (uint32_t)count, counts);
    }
    for (size_t i = 0; i < sums; i++) run->piece_sums[index * sums + i] = custval__sum_value(&with->sums[i]);
    return CUSTVAL_OK;
}

static uint64_t units(void *data, uint32_t index) {
    return rows_from(data, index);
}

static void add_piece(custval__impact_run *run, size_t index) {
    const size_t sums = sums_of(run);
    for (size_t i = 0; i < sums; i++) custval__sum_add(&run->sums[i], run->piece_sums[index * sums + i]);
    for (size_t i = 0; i < CUSTVAL__IMPACT_STATUSES; i++) {
        run->counts[i] += run->piece_counts[index * CUSTVAL__IMPACT_STATUSES + i];
    }
}

/* Windows of pieces only bound the memory: what is added, and in which order, does not depend on them. */
static custval_status run_pieces(custval__impact_run *run, custval_error *error) {
    const size_t rows = custval_table_rows(run->table), sums = sums_of(run);
    const size_t pieces = rows / CUSTVAL__IMPACT_PIECE + (rows % CUSTVAL__IMPACT_PIECE != 0);
    size_t window = NUMBERS_MOST / sums < PIECES_MOST ? NUMBERS_MOST / sums + 1 : PIECES_MOST;
    if (window > pieces) window = pieces;
    run->sums = custval__study_alloc(&run->study, sums, sizeof *run->sums);
    run->piece_sums = custval__study_alloc(&run->study, window, sums * sizeof *run->piece_sums);
    run->piece_counts = custval__study_alloc(&run->study, window, CUSTVAL__IMPACT_STATUSES * sizeof *run->piece_counts);
    if (run->sums == NULL || run->piece_sums == NULL || run->piece_counts == NULL) return custval__fail_memory(error);
    for (run->first_piece = 0; run->first_piece < pieces; run->first_piece += window) {
        const size_t count = pieces - run->first_piece < window ? pieces - run->first_piece : window;
        const custval__job job = {.data = run,
                                  .prepare = prepare,
                                  .piece = piece,
                                  .units = units,
                                  .total_units = rows,
                                  .done_before = run->first_piece * CUSTVAL__IMPACT_PIECE};
        CUSTVAL__TRY(custval__run(&run->study.plan.host, &job, (uint32_t)count, error));
        for (size_t i = 0; i < count; i++) add_piece(run, i);
    }
    return CUSTVAL_OK;
}

/* ---- The call ---------------------------------------------------------------------------------------------------- */

static custval_status run_all(custval__impact_run *run, custval_impact_facts *out_facts, custval_table **out_levers,
                              custval_table **out_customers, custval_error *error) {
    if (out_customers != NULL) {
        CUSTVAL__TRY(custval__result_new(&run->study.plan.host, custval_table_rows(run->table), out_customers, error));
        CUSTVAL__TRY(custval__impact_add_customers(run, *out_customers, error));
    }
    CUSTVAL__TRY(run_pieces(run, error));
    if (out_customers != NULL) custval__result_finish(*out_customers);
    if (out_levers != NULL) CUSTVAL__TRY(custval__impact_levers(run, out_levers, error));
    return out_facts == NULL ? CUSTVAL_OK : custval__impact_facts(run, out_facts, error);
}

static void drop(custval_table **table) {
    if (table == NULL) return;
    custval_table_free(*table);
    *table = NULL;
}

custval_status custval_impact_run(const custval_impact *impact, const custval_system *system,
                                  const custval_table *table, const custval_impact_options *options,
                                  custval_impact_facts *out_facts, custval_table **out_levers,
                                  custval_table **out_customers, custval_error *error) {
    custval__impact_run run;
    if (out_levers != NULL) *out_levers = NULL;
    if (out_customers != NULL) *out_customers = NULL;
    custval_status status = custval__impact_open(&run, impact, system, table, options, error);
    if (status == CUSTVAL_OK) status = run_all(&run, out_facts, out_levers, out_customers, error);
    custval__impact_close(&run);
    if (status == CUSTVAL_OK) return CUSTVAL_OK;
    drop(out_levers);
    drop(out_customers);
    return status;
}
