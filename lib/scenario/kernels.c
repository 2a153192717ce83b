/* The inner loops of scenarios. This file is compiled once per instruction set. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "kernels.h"

#include <math.h>
#include <string.h>

#include "../base/elementary.h"
#include "../base/instructions.h"
#include "scenario.h"

#define ROWS CUSTVAL__SCENARIO_BLOCK
#define PLACES 16

_Static_assert(8 * PLACES == ROWS, "a block is made of stretches");

/* Adds the rows that stand at the same place of each stretch of 16, then halves the places until one is left. */
static double add_up(const double *restrict x) {
    double sums[PLACES];
    for (int i = 0; i < PLACES; i++) {
        sums[i] = ((x[i] + x[PLACES + i]) + (x[2 * PLACES + i] + x[3 * PLACES + i])) +
                  ((x[4 * PLACES + i] + x[5 * PLACES + i]) + (x[6 * PLACES + i] + x[7 * PLACES + i]));
    }
    for (int i = 0; i < 8; i++) sums[i] += sums[8 + i];
    for (int i = 0; i < 4; i++) sums[i] += sums[4 + i];
    return (sums[0] + sums[2]) + (sums[1] + sums[3]);
}

/* Value and its change; rows without a value are 0 everywhere, so that nothing else need ask. */
static void see(const custval__scenario_step *step, custval__scenario_block *block, double *restrict value) {
    double *restrict const change_sum = block->change[step->phase];
    double *restrict const before = block->before, *restrict const lowest = block->lowest;
    const double *restrict const valued = block->valued, *restrict const scores = step->value;
    const double extra = step->extra;
    custval__scenario_rows change;
    for (int i = 0; i < ROWS; i++) {
        const double seen = scores[i] + extra;
        value[i] = valued[i] > 0.0 ? seen : 0.0;
    }
    if (step->period == 0) memcpy(before, value, sizeof block->before);
    if (step->period <= 1) memcpy(lowest, value, sizeof block->lowest);
    for (int i = 0; i < ROWS; i++) {
        change[i] = value[i] - before[i];
        change_sum[i] += change[i];
        lowest[i] = value[i] < lowest[i] ? value[i] : lowest[i];
    }
    if (step->period == 0) block->sums[CUSTVAL__SUM_VALUED] = add_up(valued);
    block->sums[CUSTVAL__SUM_VALUE] = add_up(value);
    block->sums[CUSTVAL__SUM_CHANGE] = add_up(change);
}

/* The rival's value, our lead, and with what probability the customer buys. */
static void choose(const custval__scenario_step *step, custval__scenario_block *block, const double *restrict value,
                   double *restrict choice) {
    double *restrict const rival = block->rival, *restrict const last = block->last;
    double *restrict const switches = block->switches;
    const double *restrict const sold = block->sold, *restrict const stay = block->stay;
    const double period = step->period, growth = step->growth, catch_up = step->catch_up, mu = step->mu;
    custval__scenario_rows lead, switching, odds;
    for (int i = 0; i < ROWS; i++) {
        const double ahead = last[i] - rival[i];
        const double gain = growth + catch_up * (ahead > 0.0 ? ahead : 0.0);
        rival[i] += gain * sold[i];
        last[i] = value[i];
        lead[i] = (value[i] - rival[i]) * sold[i];
        const double utility = lead[i] + stay[i];
        odds[i] = -(mu * utility);
        switching[i] = utility < 0.0 ? 1.0 : 0.0;
        const double now = switching[i] * period;
        switches[i] = switches[i] > 0.0 ? switches[i] : now;
    }
    /* Short loops, of which more turns overlap; and in one with the exponential gcc divides once more for its edges. */
    for (int i = 0; i < ROWS; i++) odds[i] = custval__exp_inline(odds[i]);
    for (int i = 0; i < ROWS; i++) choice[i] = sold[i] / (1.0 + odds[i]);
    if (step->period == 0) block->sums[CUSTVAL__SUM_SOLD] = add_up(sold);
    block->sums[CUSTVAL__SUM_RIVAL] = add_up(rival);
    block->sums[CUSTVAL__SUM_LEAD] = add_up(lead);
    block->sums[CUSTVAL__SUM_CHOICE] = add_up(choice);
    block->sums[CUSTVAL__SUM_SWITCHING] = add_up(switching);
}

static void step(const custval__scenario_step *step, custval__scenario_block *block) {
    custval__scenario_rows value, choice, bought, anyway;
    double *restrict const first = block->choice_before, *restrict const sum = block->bought[step->phase];
    const double *restrict const volume = block->volume;
    see(step, block, value);
    choose(step, block, value, choice);
    if (step->period == 0) memcpy(first, choice, sizeof block->choice_before);
    for (int i = 0; i < ROWS; i++) {
        const double lesser = choice[i] < first[i] ? choice[i] : first[i];
        bought[i] = volume[i] * choice[i];
        anyway[i] = volume[i] * lesser;
        sum[i] += bought[i];
    }
    block->sums[CUSTVAL__SUM_BOUGHT] = add_up(bought);
    block->sums[CUSTVAL__SUM_ANYWAY] = add_up(anyway);
}

static void plain(const double *restrict value, double extra, custval__scenario_block *block) {
    const double *restrict const before = block->before, *restrict const valued = block->valued;
    double *restrict const sum = block->plain;
    for (int i = 0; i < ROWS; i++) {
        const double change = (value[i] + extra) - before[i];
        sum[i] += valued[i] > 0.0 ? change : 0.0;
    }
}

/* A row that is not sold is 0 from here on, so that nothing else need ask; what is missing is in no range. */
static void sell(custval__scenario_block *block, uint32_t *restrict status) {
    double *restrict const volume = block->volume, *restrict const rival = block->rival;
    double *restrict const stay = block->stay, *restrict const sold = block->sold;
    const double *restrict const valued = block->valued;
    for (int i = 0; i < ROWS; i++) {
        const double v = volume[i], r = rival[i], s = stay[i];
        const int is_sold = (valued[i] > 0.0) & (v >= 0.0) & (v <= CUSTVAL__SCENARIO_MOST) &
                            (fabs(r) <= CUSTVAL__SCENARIO_MOST) & (fabs(s) <= CUSTVAL__SCENARIO_MOST);
        const int is_missing = (v != v) | (r != r) | (s != s);
        const uint32_t why = is_missing ? CUSTVAL_SCENARIO_ROW_MISSING : CUSTVAL_SCENARIO_ROW_RANGE;
        const uint32_t unsold = valued[i] > 0.0 ? why : CUSTVAL_SCENARIO_ROW_NO_VALUE;
        status[i] = is_sold ? CUSTVAL_SCENARIO_ROW_OK : unsold;
        sold[i] = is_sold ? 1.0 : 0.0;
        volume[i] = is_sold ? v : 0.0;
        rival[i] = is_sold ? r : 0.0;
        stay[i] = is_sold ? s : 0.0;
    }
}

static void share(const double *restrict sums, double factor, double periods, double *restrict out) {
    for (int i = 0; i < ROWS; i++) out[i] = factor * sums[i] / periods;
}

static void put(const double *restrict values, const double *restrict is_there, size_t count, double *restrict column) {
    const double missing = (double)NAN;
    for (size_t i = 0; i < count; i++) column[i] = is_there[i] > 0.0 ? values[i] : missing;
}

static uint64_t count_above(const double *restrict a, const double *restrict b, size_t count) {
    uint64_t above = 0;
    for (size_t i = 0; i < count; i++) above += (uint64_t)(a[i] > b[i]);
    return above;
}

static void move(const custval__scenario_motion *motion, const double *restrict answers, const double *restrict chosen,
                 size_t count, double *restrict out) {
    const double lo = motion->lo, hi = motion->hi, span = hi - lo;
    const double factor = 1.0 + motion->factor, points = motion->points;
    const double from = motion->reversed ? hi : lo, far = motion->reversed ? lo : hi;
    const double sign = motion->reversed ? -1.0 : 1.0;
    for (size_t i = 0; i < count; i++) {
        const double x = answers[i];
        const double u = sign * (x - from);
        const double moved = u * factor + points;
        const double kept = moved < 0.0 ? 0.0 : moved > span ? span : moved;
        /* No rounding leaves the scale. */
        const double there = kept == span ? far : from + sign * kept;
        const double end = there < lo ? lo : there > hi ? hi : there;
        const int moves = (x >= lo) & (x <= hi) & (kept != u) & (chosen[i] > 0.0);
        out[i] = moves ? end : x;
    }
}

extern const custval__scenario_kernels CUSTVAL__KERNEL_TABLE(custval__scenario_kernels_);
const custval__scenario_kernels CUSTVAL__KERNEL_TABLE(custval__scenario_kernels_) = {
    .name = CUSTVAL__KERNEL_NAME,
    .step = step,
    .plain = plain,
    .sell = sell,
    .share = share,
    .put = put,
    .count_above = count_above,
    .add_up = add_up,
    .move = move,
};
