/* The inner loops of scenarios. This file is compiled once per instruction set. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "kernels.h"

#include "../base/elementary.h"
#include "../base/instructions.h"

#define ROWS CUSTVAL__SCENARIO_BLOCK
#define PLACES 32

/* Adds the rows that stand at the same place of each stretch of 32, then halves the places until one is left. */
static double add_up(const double *restrict x) {
    double sums[PLACES];
    for (int i = 0; i < PLACES; i++) {
        sums[i] = ((x[i] + x[PLACES + i]) + (x[2 * PLACES + i] + x[3 * PLACES + i])) +
                  ((x[4 * PLACES + i] + x[5 * PLACES + i]) + (x[6 * PLACES + i] + x[7 * PLACES + i]));
    }
    for (int i = 0; i < 16; i++) sums[i] += sums[16 + i];
    for (int i = 0; i < 8; i++) sums[i] += sums[8 + i];
    for (int i = 0; i < 4; i++) sums[i] += sums[4 + i];
    return (sums[0] + sums[2]) + (sums[1] + sums[3]);
}

_Static_assert(8 * PLACES == ROWS, "a block is made of stretches");

/* Value and its change; rows without a value are 0 everywhere, so that nothing else need ask. */
static void see(const custval__scenario_step *step, custval__scenario_block *block, double *restrict value) {
    double *restrict const change_sum = block->change[step->phase];
    double *restrict const before = block->before, *restrict const lowest = block->lowest;
    const double *restrict const valued = block->valued, *restrict const scores = step->value;
    custval__scenario_rows change;
    const int is_first = step->period == 0, is_second = step->period == 1;
    for (int i = 0; i < ROWS; i++) {
        value[i] = valued[i] > 0.0 ? scores[i] + step->extra : 0.0;
        before[i] = is_first ? value[i] : before[i];
        change[i] = value[i] - before[i];
        change_sum[i] += change[i];
        lowest[i] = is_first || is_second || value[i] < lowest[i] ? value[i] : lowest[i];
    }
    block->sums[CUSTVAL__SUM_CHANGE] = add_up(change);
}

static void step(const custval__scenario_step *step, custval__scenario_block *block) {
    custval__scenario_rows value, lead, choice, switching, bought, anyway, rivals;
    double *restrict const rival = block->rival, *restrict const last = block->last;
    double *restrict const first = block->choice_before, *restrict const switches = block->switches;
    double *restrict const bought_sum = block->bought[step->phase];
    const double *restrict const sold = block->sold, *restrict const volume = block->volume;
    const double *restrict const stay = block->stay;
    const int is_first = step->period == 0;
    const double period = step->period, growth = step->growth, catch_up = step->catch_up, mu = step->mu;
    see(step, block, value);
    for (int i = 0; i < ROWS; i++) {
        const double ahead = last[i] - rival[i];
        const double gain = growth + catch_up * (ahead > 0.0 ? ahead : 0.0);
        rival[i] = is_first ? rival[i] : rival[i] + gain;
        last[i] = value[i];
        rivals[i] = sold[i] > 0.0 ? rival[i] : 0.0;
        lead[i] = sold[i] > 0.0 ? value[i] - rival[i] : 0.0;
        const double utility = lead[i] + stay[i];
        choice[i] = sold[i] * (1.0 / (1.0 + custval__exp_inline(-(mu * utility))));
        switching[i] = utility < 0.0 ? sold[i] : 0.0;
        switches[i] = switches[i] == 0.0 ? switching[i] * period : switches[i];
        first[i] = is_first ? choice[i] : first[i];
        bought[i] = volume[i] * choice[i];
        anyway[i] = volume[i] * (choice[i] < first[i] ? choice[i] : first[i]);
        bought_sum[i] += bought[i];
    }
    block->sums[CUSTVAL__SUM_VALUED] = add_up(block->valued);
    block->sums[CUSTVAL__SUM_SOLD] = add_up(block->sold);
    block->sums[CUSTVAL__SUM_RIVAL] = add_up(rivals);
    block->sums[CUSTVAL__SUM_LEAD] = add_up(lead);
    block->sums[CUSTVAL__SUM_CHOICE] = add_up(choice);
    block->sums[CUSTVAL__SUM_SWITCHING] = add_up(switching);
    block->sums[CUSTVAL__SUM_BOUGHT] = add_up(bought);
    block->sums[CUSTVAL__SUM_ANYWAY] = add_up(anyway);
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
const custval__scenario_kernels CUSTVAL__KERNEL_TABLE(custval__scenario_kernels_) = {CUSTVAL__KERNEL_NAME, step, move};
