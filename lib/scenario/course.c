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

/* A row has a value if every state gives one. */
static void find_valued(const custval__scenario_run *run, size_t at, size_t count, double *valued) {
    for (size_t i = 0; i < ROWS; i++) valued[i] = i < count;
    for (uint32_t state = 0; state < run->state_count; state++) {
        const double *const values = run->values + state * run->window + at;
        for (size_t i = 0; i < count; i++) valued[i] = isfinite(values[i]) ? valued[i] : 0.0;
    }
}

static uint32_t sales_status(const custval__scenario_block *block, size_t i) {
    const double volume = block->volume[i], rival = block->rival[i], stay = block->stay[i];
    if (isnan(volume) || isnan(rival) || isnan(stay)) return CUSTVAL_SCENARIO_ROW_MISSING;
    return volume >= 0.0 && isfinite(volume) && isfinite(rival) && isfinite(stay) ? CUSTVAL_SCENARIO_ROW_OK
                                                                                  : CUSTVAL_SCENARIO_ROW_RANGE;
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
    for (size_t i = 0; i < ROWS; i++) {
        status[i] = i >= count || block->valued[i] == 0.0 ? CUSTVAL_SCENARIO_ROW_NO_VALUE : sales_status(block, i);
        block->sold[i] = status[i] == CUSTVAL_SCENARIO_ROW_OK;
        if (status[i] == CUSTVAL_SCENARIO_ROW_OK) continue;
        block->volume[i] = block->rival[i] = block->stay[i] = 0.0;
    }
}

/* ---- Out of a block ------------------------------------------------------------------------------------------------- */

double custval__scenario_band(const custval_scenario_options *options, double value) {
    size_t band = 0;
    if (options->cuts == NULL) return value >= 0.0;
    while (band < options->cut_count && value >= options->cuts[band]) band++;
    return (double)band;
}

/* Sum over the plan's periods of the change of value if the price said nothing of quality. */
static double plain_change(const custval__scenario_run *run, size_t at) {
    const custval_scenario *const scenario = run->scenario;
    const double before = run->values[at] + scenario->course[0].extra;
    double sum = 0.0;
    for (uint32_t t = 1; t <= scenario->length; t++) {
        sum += run->values[run->plain_of[t] * run->window + at] + scenario->course[t].extra - before;
    }
    return sum;
}

static void put_quality(const custval__scenario_run *run, size_t at, size_t row, double before, double during_change,
                        custval__scenario_total *total) {
    const double plain = plain_change(run, at) / run->scenario->length;
    const double quality = during_change - plain;
    custval__sum_add(&total->without, plain);
    run->customers.without[row] = before + plain;
    run->customers.break_even[row] = quality != 0.0 ? -plain / quality : (double)NAN;
}

static void put_sales(const custval__scenario_run *run, const custval__scenario_block *block, size_t i, size_t row,
                      uint32_t status, custval__scenario_total *total) {
    const custval_scenario *const scenario = run->scenario;
    const custval__scenario_customers *const to = &run->customers;
    const double uplift = custval__scenario_number_of(scenario, CUSTVAL__SCENARIO_SALES, CUSTVAL__SALES_UPLIFT);
    const uint32_t after = scenario->periods - scenario->length;
    const int is_sold = status == CUSTVAL_SCENARIO_ROW_OK, has_after = is_sold && after > 0;
    to->units_before[row] = is_sold ? block->bought[CUSTVAL_PHASE_BEFORE][i] : (double)NAN;
    to->units_during[row] =
        is_sold ? (1.0 + uplift) * block->bought[CUSTVAL_PHASE_DURING][i] / scenario->length : (double)NAN;
    to->units_after[row] = has_after ? block->bought[CUSTVAL_PHASE_AFTER][i] / after : (double)NAN;
    to->switches[row] = is_sold && block->switches[i] > 0.0 ? block->switches[i] : (double)NAN;
    total->switching += is_sold && block->switches[i] > 0.0;
}

static void put_nothing(const custval__scenario_run *run, size_t row) {
    const custval__scenario_customers *const to = &run->customers;
    double *const all[] = {to->before,       to->during,  to->after,       to->during_change,
                           to->after_change, to->lowest,  to->band_before, to->band_during,
                           to->band_after,   to->without, to->break_even};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        if (all[i] != NULL) all[i][row] = (double)NAN;
    }
}

static void put_row(const custval__scenario_run *run, const custval__scenario_block *block, size_t i, size_t at,
                    uint32_t status, custval__scenario_total *total) {
    const custval_scenario *const scenario = run->scenario;
    const custval__scenario_customers *const to = &run->customers;
    const uint32_t after = scenario->periods - scenario->length;
    const size_t row = run->first + at;
    to->status[row] = status;
    to->chosen[row] = run->chosen[at];
    put_sales(run, block, i, row, status, total);
    if (status == CUSTVAL_SCENARIO_ROW_NO_VALUE) {
        put_nothing(run, row);
        total->skipped++;
        return;
    }
    /* Changes first, and values from them: what does not change stays as it is, to the bit. */
    const double before = block->before[i];
    const double during_change = block->change[CUSTVAL_PHASE_DURING][i] / scenario->length;
    const double after_change = after > 0 ? block->change[CUSTVAL_PHASE_AFTER][i] / after : (double)NAN;
    const double end = before + (after > 0 ? after_change : during_change);
    to->before[row] = before;
    to->during_change[row] = during_change;
    to->during[row] = before + during_change;
    to->after_change[row] = after_change;
    to->after[row] = before + after_change;
    to->lowest[row] = block->lowest[i];
    to->band_before[row] = custval__scenario_band(&run->options, before);
    to->band_during[row] = custval__scenario_band(&run->options, before + during_change);
    to->band_after[row] = after > 0 ? custval__scenario_band(&run->options, end) : (double)NAN;
    const double band = custval__scenario_band(&run->options, end);
    total->customers++;
    total->chosen += run->chosen[at] > 0.0;
    total->rose += band > to->band_before[row];
    total->fell += band < to->band_before[row];
    custval__sum_add(&total->before, before);
    if (run->plain_of != NULL) put_quality(run, at, row, before, during_change, total);
}

/* ---- A piece -------------------------------------------------------------------------------------------------------- */

static void run_block(const custval__scenario_run *run, size_t at, custval__scenario_block *block, double *sums) {
    const custval_scenario *const scenario = run->scenario;
    custval__scenario_step step = {
        .growth = custval__scenario_number_of(scenario, CUSTVAL__SCENARIO_SALES, CUSTVAL__SALES_RIVAL_GROWTH),
        .catch_up = custval__scenario_number_of(scenario, CUSTVAL__SCENARIO_SALES, CUSTVAL__SALES_CATCH_UP),
        .mu = custval__scenario_number_of(scenario, CUSTVAL__SCENARIO_SALES, CUSTVAL__SALES_MU),
    };
    for (uint32_t t = 0; t <= scenario->periods; t++) {
        step.value = run->values + run->state_of[t] * run->window + at;
        step.extra = scenario->course[t].extra;
        step.period = t;
        step.phase = scenario->course[t].phase;
        run->kernels->step(&step, block);
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
        for (size_t i = 0; i < count; i++) put_row(run, block, i, at + i, status[i], total);
    }
}
