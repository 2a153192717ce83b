/* The course of customers: a piece of a window, block by block, period by period. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "../table/table.h"
#include "run.h"

#define ROWS ((size_t)CUSTVAL__SCENARIO_BLOCK)

/* ---- Into a block --------------------------------------------------------------------------------------------------- */

static void read_cells(const custval__scenario_run *run, size_t column, uint32_t number, size_t first, size_t count,
                       double *out) {
    const double same = custval__scenario_number_of(run->scenario, CUSTVAL__SCENARIO_SALES, number);
    if (column == SIZE_MAX) {
        for (size_t i = 0; i < count; i++) out[i] = same;
        return;
    }
    const double *const cells = custval__table_doubles(run->table, column, first, count, out);
    if (cells != out) memcpy(out, cells, count * sizeof *out);
}

/* A row has a value if every state gives a finite one. */
static void find_valued(const custval__scenario_run *run, size_t at, size_t count, double *valued) {
    for (size_t i = 0; i < ROWS; i++) valued[i] = i < count;
    for (uint32_t state = 0; state < run->state_count; state++) {
        const double *const values = run->values + state * run->window + at;
        for (size_t i = 0; i < ROWS; i++) valued[i] = values[i] - values[i] == 0.0 ? valued[i] : 0.0;
    }
}

/* `at`: the block's first row in the window. */
static void fill_block(const custval__scenario_run *run, size_t at, size_t count, custval__scenario_block *block,
                       uint32_t *status) {
    const size_t first = run->first + at;
    memset(block, 0, sizeof *block);
    read_cells(run, run->volume, CUSTVAL__SALES_VOLUME, first, count, block->volume);
    read_cells(run, run->rival, CUSTVAL__SALES_RIVAL, first, count, block->rival);
    read_cells(run, run->stay, CUSTVAL__SALES_SWITCHING_COST, first, count, block->stay);
    find_valued(run, at, count, block->valued);
    run->kernels->sell(block, status);
}

/* ---- Out of a block ------------------------------------------------------------------------------------------------- */

/* Bands of values, NaN for NaN. */
static void find_bands(const custval_scenario_options *options, const double *values, size_t count, double *out) {
    for (size_t i = 0; i < count && options->cuts == NULL; i++) {
        const double band = values[i] >= 0.0 ? 1.0 : 0.0;
        out[i] = values[i] == values[i] ? band : values[i];
    }
    for (size_t i = 0; i < count && options->cuts != NULL; i++) {
        size_t band = 0;
        while (band < options->cut_count && values[i] >= options->cuts[band]) band++;
        out[i] = values[i] == values[i] ? (double)band : values[i];
    }
}

/* Where a window's row stands in the customers' columns. */
static size_t place_of(const custval__scenario_run *run, size_t at) {
    return run->is_kept ? run->first + at : at;
}

/* Changes first, and values from them, so that what does not change stays as it is, to the bit. */
static void put_phase(const custval__scenario_run *run, const custval__scenario_block *block, uint32_t phase,
                      double periods, size_t count, double *column, double *change_column) {
    custval__scenario_rows change, value;
    run->kernels->share(block->change[phase], 1.0, periods, change);
    for (size_t i = 0; i < ROWS; i++) value[i] = block->before[i] + change[i];
    run->kernels->put(change, block->valued, count, change_column);
    run->kernels->put(value, block->valued, count, column);
}

static void put_values(const custval__scenario_run *run, const custval__scenario_block *block, size_t row,
                       size_t count) {
    const custval__scenario_customers *const to = &run->customers;
    const double length = run->scenario->length, rest = run->scenario->periods - run->scenario->length;
    run->kernels->put(block->before, block->valued, count, to->before + row);
    run->kernels->put(block->lowest, block->valued, count, to->lowest + row);
    put_phase(run, block, CUSTVAL_PHASE_DURING, length, count, to->during + row, to->during_change + row);
    if (to->after == NULL) return;
    put_phase(run, block, CUSTVAL_PHASE_AFTER, rest, count, to->after + row, to->after_change + row);
}

static void put_sales(const custval__scenario_run *run, const custval__scenario_block *block, size_t row,
                      size_t count) {
    const custval_scenario *const scenario = run->scenario;
    const custval__scenario_customers *const to = &run->customers;
    const custval__scenario_kernels *const kernels = run->kernels;
    const double more = 1.0 + custval__scenario_number_of(scenario, CUSTVAL__SCENARIO_SALES, CUSTVAL__SALES_UPLIFT);
    const double length = scenario->length, rest = scenario->periods - scenario->length;
    custval__scenario_rows units;
    kernels->put(block->bought[CUSTVAL_PHASE_BEFORE], block->sold, count, to->units_before + row);
    kernels->share(block->bought[CUSTVAL_PHASE_DURING], more, length, units);
    kernels->put(units, block->sold, count, to->units_during + row);
    kernels->put(block->switches, block->switches, count, to->switches + row);
    if (to->units_after == NULL) return;
    kernels->share(block->bought[CUSTVAL_PHASE_AFTER], 1.0, rest, units);
    kernels->put(units, block->sold, count, to->units_after + row);
}

static void put_quality(const custval__scenario_run *run, const custval__scenario_block *block, size_t row,
                        size_t count) {
    const custval__scenario_kernels *const kernels = run->kernels;
    const double length = run->scenario->length;
    custval__scenario_rows plain, change, without, break_even, is_there;
    kernels->share(block->plain, 1.0, length, plain);
    kernels->share(block->change[CUSTVAL_PHASE_DURING], 1.0, length, change);
    for (size_t i = 0; i < ROWS; i++) {
        const double quality = change[i] - plain[i];
        without[i] = block->before[i] + plain[i];
        break_even[i] = -plain[i] / quality;
        is_there[i] = quality != 0.0 ? 1.0 : 0.0;
    }
    kernels->put(without, block->valued, count, run->customers.without + row);
    kernels->put(break_even, is_there, count, run->customers.break_even + row);
}

/* Bands and counts, from the values that were put. */
static void put_bands(const custval__scenario_run *run, const custval__scenario_block *block, size_t at, size_t count,
                      const uint32_t *status, custval__scenario_total *total) {
    const custval__scenario_customers *const to = &run->customers;
    const size_t row = place_of(run, at);
    const int has_after = to->after != NULL;
    double *const before = to->band_before + row, *const during = to->band_during + row;
    double *const end = has_after ? to->band_after + row : during;
    const custval__scenario_rows nowhere = {0.0};
    const uint64_t customers = run->kernels->count_above(block->valued, nowhere, count);
    uint64_t chosen = 0;
    find_bands(&run->options, to->before + row, count, before);
    find_bands(&run->options, to->during + row, count, during);
    if (has_after) find_bands(&run->options, to->after + row, count, end);
    memcpy(to->status + row, status, count * sizeof *status);
    if (to->chosen != NULL) memcpy(to->chosen + row, run->chosen + at, count * sizeof *to->chosen);
    for (size_t i = 0; i < count; i++) chosen += block->valued[i] * run->chosen[at + i] > 0.0;
    total->customers += customers;
    total->skipped += count - customers;
    total->chosen += chosen;
    total->switching += run->kernels->count_above(block->switches, nowhere, count);
    total->rose += run->kernels->count_above(end, before, count);
    total->fell += run->kernels->count_above(before, end, count);
}

/* ---- A piece -------------------------------------------------------------------------------------------------------- */

static void run_block(const custval__scenario_run *run, size_t at, custval__scenario_block *block, double *sums) {
    const custval_scenario *const scenario = run->scenario;
    const double growth = custval__scenario_number_of(scenario, CUSTVAL__SCENARIO_SALES, CUSTVAL__SALES_RIVAL_GROWTH);
    const double catch_up = custval__scenario_number_of(scenario, CUSTVAL__SCENARIO_SALES, CUSTVAL__SALES_CATCH_UP);
    custval__scenario_step step = {
        .mu = custval__scenario_number_of(scenario, CUSTVAL__SCENARIO_SALES, CUSTVAL__SALES_MU),
    };
    for (uint32_t t = 0; t <= scenario->periods; t++) {
        step.value = run->values + run->state_of[t] * run->window + at;
        step.extra = scenario->course[t].extra;
        step.period = t;
        step.growth = t == 0 ? 0.0 : growth;
        step.catch_up = t == 0 ? 0.0 : catch_up;
        step.phase = scenario->course[t].phase;
        run->kernels->step(&step, block);
        if (run->plain_of != NULL && step.phase == CUSTVAL_PHASE_DURING) {
            run->kernels->plain(run->values + run->plain_of[t] * run->window + at, step.extra, block);
        }
        for (size_t i = 0; i < CUSTVAL__SCENARIO_SUMS; i++) sums[t * CUSTVAL__SCENARIO_SUMS + i] += block->sums[i];
    }
}

void custval__scenario_piece(custval__scenario_run *run, uint32_t index, custval__scenario_block *block) {
    const size_t sum_count = ((size_t)run->scenario->periods + 1) * CUSTVAL__SCENARIO_SUMS;
    const size_t begin = index * CUSTVAL__SCENARIO_PIECE, end = begin + CUSTVAL__SCENARIO_PIECE;
    double *const sums = run->blocks + index * sum_count;
    custval__scenario_total *const total = &run->piece_total[index];
    uint32_t status[CUSTVAL__SCENARIO_BLOCK];
    memset(sums, 0, sum_count * sizeof *sums);
    memset(total, 0, sizeof *total);
    for (size_t at = begin; at < end && at < run->count; at += ROWS) {
        const size_t count = run->count - at < ROWS ? run->count - at : ROWS;
        fill_block(run, at, count, block, status);
        run_block(run, at, block, sums);
        put_values(run, block, place_of(run, at), count);
        put_sales(run, block, place_of(run, at), count);
        put_bands(run, block, at, count, status, total);
        if (run->plain_of == NULL) continue;
        put_quality(run, block, place_of(run, at), count);
        custval__sum_add(&total->without, run->kernels->add_up(block->plain) / run->scenario->length);
    }
}
