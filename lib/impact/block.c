/* A block of customers: as they are, and with every lever moved. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "run.h"

/* A block at work. */
typedef struct block {
    const custval__impact_run *run;
    custval__impact_thread *thread;
    size_t start;
    uint32_t count;
    uint32_t status[CUSTVAL__BLOCK];
} block;

static custval__sum *sum_at(const block *of, size_t lever, size_t slot) {
    return &of->thread->sums[custval__impact_place_of(of->run, lever, slot)];
}

/* ---- Reading ----------------------------------------------------------------------------------------------------- */

/* A row keeps the first thing that is said of it. */
static void note_status(block *of, uint32_t row, uint32_t status) {
    if (of->status[row] == CUSTVAL_IMPACT_ROW_OK) of->status[row] = status;
}

/* A column whose cells must be there. What is missing or too large becomes 0. */
static void read_cells(block *of, size_t column, double *out) {
    const double *const cells =
        custval__table_doubles(of->run->table, column, of->start, of->count, of->thread->scratch);
    for (uint32_t i = 0; i < of->count; i++) {
        const int is_within = fabs(cells[i]) <= CUSTVAL__IMPACT_MOST;
        if (!is_within) {
            note_status(of, i, isnan(cells[i]) != 0 ? CUSTVAL_IMPACT_ROW_MISSING : CUSTVAL_IMPACT_ROW_RANGE);
        }
        out[i] = is_within ? cells[i] : 0.0;
    }
}

static void choose_rows(block *of) {
    const custval__impact_run *const run = of->run;
    memset(of->status, 0, sizeof of->status);
    if (run->where == SIZE_MAX) return;
    const double *const where =
        custval__table_doubles(run->table, run->where, of->start, of->count, of->thread->scratch);
    for (uint32_t i = 0; i < of->count; i++) {
        if (isnan(where[i]) || where[i] == 0.0) of->status[i] = CUSTVAL_IMPACT_ROW_NOT_CHOSEN;
    }
}

/* Scores of the last run of the engine that the chain reads; in `ok`, a row that lacks one becomes 0. */
static void read_scores(const block *of, custval__chain_state *state, double *ok) {
    const custval__chain *const chain = &of->run->chain;
    for (uint32_t s = 0; s < chain->source_count; s++) {
        if (chain->sources[s].is_column) continue;
        chain->kernels->take(custval__engine_score(of->thread->engine, chain->sources[s].node), of->count, state->x[s],
                             ok);
    }
}

static void read_columns(block *of) {
    const custval__impact_run *const run = of->run;
    custval__impact_thread *const thread = of->thread;
    for (uint32_t i = 0; i < of->count; i++) {
        thread->margin[i] = run->impact->money.margin;
        thread->weight[i] = 1.0;
    }
    for (uint32_t s = 0; s < run->chain.source_count; s++) {
        if (!run->chain.sources[s].is_column) continue;
        read_cells(of, run->chain.sources[s].column, thread->base.x[s]);
        memcpy(thread->before.x[s], thread->base.x[s], of->count * sizeof(double));
        memcpy(thread->after.x[s], thread->base.x[s], of->count * sizeof(double));
    }
    if (run->margin != SIZE_MAX) read_cells(of, run->margin, thread->margin);
    if (run->count == SIZE_MAX) return;
    read_cells(of, run->count, thread->weight);
    for (uint32_t i = 0; i < of->count; i++) {
        if (thread->weight[i] < 0.0) note_status(of, i, CUSTVAL_IMPACT_ROW_RANGE);
    }
}

static void read_rows(block *of) {
    custval__impact_thread *const thread = of->thread;
    double *const ok = thread->kept;
    choose_rows(of);
    for (uint32_t i = 0; i < of->count; i++) ok[i] = 1.0;
    read_scores(of, &thread->base, ok);
    for (uint32_t i = 0; i < of->count; i++) {
        if (ok[i] == 0.0) note_status(of, i, CUSTVAL_IMPACT_ROW_NO_VALUE);
    }
    read_columns(of);
}

/* ---- As they are ------------------------------------------------------------------------------------------------- */

/* Gives 0 to rows that are worth no number, so that they add nothing, and to their weight. */
static void drop_unworthy(const block *of, custval__chain_state *state, double *weight) {
    const custval__chain *const chain = &of->run->chain;
    if (custval__chain_is_within(chain, state, 0, of->count)) return;
    for (uint32_t i = 0; i < of->count; i++) {
        if (custval__chain_is_within(chain, state, i, 1)) continue;
        state->worth[i] = state->worth_slope[i] = weight[i] = 0.0;
        for (uint32_t k = 0; k < chain->link_count; k++)
            state->x[chain->source_count + k][i] = state->slope[k][i] = 0.0;
    }
}

/* Says why a customer is worth no number. */
static void judge_worths(block *of) {
    const custval__chain *const chain = &of->run->chain;
    const custval__chain_state *const state = &of->thread->base;
    const double *const p = state->x[chain->source_count + chain->link_count - 1];
    const int may_be_endless = !chain->multiple.is_choice && chain->multiple.periods == 0;
    if (custval__chain_is_within(chain, state, 0, of->count)) return;
    for (uint32_t i = 0; i < of->count; i++) {
        const int is_endless = may_be_endless && isnan(state->worth[i]) != 0 && isnan(p[i]) == 0;
        if (custval__chain_is_within(chain, state, i, 1)) continue;
        note_status(of, i, is_endless ? CUSTVAL_IMPACT_ROW_ENDLESS : CUSTVAL_IMPACT_ROW_RANGE);
    }
}

static void put_customers(const block *of) {
    const custval__impact_customers *const to = &of->run->customers;
    const custval__chain *const chain = &of->run->chain;
    const custval__chain_state *const state = &of->thread->base;
    const double missing = (double)NAN;
    if (to->status == NULL) return;
    memcpy(to->status + of->start, of->status, of->count * sizeof *of->status);
    for (uint32_t i = 0; i < of->count; i++) {
        const int is_ok = of->status[i] == CUSTVAL_IMPACT_ROW_OK;
        to->value[of->start + i] = is_ok ? state->x[0][i] : missing;
        to->worth[of->start + i] = is_ok ? state->worth[i] : missing;
        for (uint32_t k = 0; k < chain->link_count; k++) {
            to->outcomes[k][of->start + i] = is_ok ? state->x[chain->source_count + k][i] : missing;
        }
    }
}

/* Sum of weight x what customers are worth, with every draw of the coefficients. */
static void draw_worths(const block *of, const custval__chain_state *state, const double *weight, double *out) {
    const custval__impact_run *const run = of->run;
    custval__chain_state *const drawn = &of->thread->drawn;
    for (uint32_t s = 0; s < run->chain.source_count; s++) drawn->x[s] = state->x[s];
    for (uint32_t d = 0; d < run->options.draws; d++) {
        const double *const coefficients = run->drawn + (size_t)d * run->chain.coefficient_count;
        custval__chain_run(&run->chain, coefficients, of->thread->margin, of->count, drawn);
        out[d] = run->chain.kernels->weigh(weight, drawn->worth, of->count);
    }
}

static void add_base(const block *of) {
    const custval__impact_run *const run = of->run;
    custval__impact_thread *const thread = of->thread;
    const custval__chain *const chain = &run->chain;
    const custval__chain_state *const state = &thread->base;
    double customers = 0.0;
    for (uint32_t i = 0; i < of->count; i++) customers += thread->weight[i];
    custval__sum_add(sum_at(of, 0, CUSTVAL__IMPACT_COUNT), customers);
    custval__sum_add(sum_at(of, 0, CUSTVAL__IMPACT_WORTH),
                     chain->kernels->dot(thread->weight, state->worth, of->count));
    custval__sum_add(sum_at(of, 0, CUSTVAL__IMPACT_VALUE), chain->kernels->dot(thread->weight, state->x[0], of->count));
    for (uint32_t k = 0; k < chain->link_count; k++) {
        custval__sum_add(sum_at(of, 0, CUSTVAL__IMPACT_OUTCOMES + k),
                         chain->kernels->dot(thread->weight, state->x[chain->source_count + k], of->count));
    }
    custval__chain_gradient(chain, state, thread->weight, of->count, thread->flow, thread->gradient);
    const size_t first = CUSTVAL__IMPACT_OUTCOMES + chain->link_count;
    for (uint32_t c = 0; c < chain->coefficient_count; c++) {
        custval__sum_add(sum_at(of, 0, first + c), thread->gradient[c]);
    }
}

/* Evaluates the customers as they are; gives 0 if none counts. */
static int run_base(block *of, uint64_t *counts) {
    custval__impact_thread *const thread = of->thread;
    uint32_t counted = 0;
    custval__engine_run(thread->engine, &of->run->study.source, of->start, of->count, NULL);
    read_rows(of);
    custval__chain_run(&of->run->chain, of->run->chain.coefficients, thread->margin, of->count, &thread->base);
    judge_worths(of);
    put_customers(of);
    for (uint32_t i = 0; i < of->count; i++) {
        if (of->status[i] != CUSTVAL_IMPACT_ROW_OK) thread->weight[i] = 0.0;
        counts[of->status[i]]++;
        counted += of->status[i] == CUSTVAL_IMPACT_ROW_OK;
    }
    drop_unworthy(of, &thread->base, thread->weight);
    add_base(of);
    return counted > 0;
}

/* ---- Levers ------------------------------------------------------------------------------------------------------ */

static uint32_t kind_of(const custval__impact_run *run, uint32_t lever) {
    return run->study.plan.system->nodes[run->levers[lever]].kind;
}

/* What a relieved node would have without its reliefs, which the engine applies to what is preset; judged ones have none. */
static void undo_reliefs(const block *of, uint32_t lever) {
    const custval__impact_thread *const thread = of->thread;
    const custval__study *const study = &of->run->study;
    const uint32_t node = of->run->levers[lever];
    const double *const computed = custval__engine_computed(thread->engine, node);
    for (uint32_t i = 0; i < of->count; i++) {
        if (custval__override_of(&study->plan, &study->source, of->start + i, node) != CUSTVAL_NONE) continue;
        thread->scores[lever][i] = computed[i];
    }
}

/* The scores and coverages of all levers as the customers are, kept from later runs. */
static void keep_scores(const block *of) {
    const custval__impact_thread *const thread = of->thread;
    const custval__plan *const plan = &of->run->study.plan;
    for (uint32_t lever = 0; lever < of->run->lever_count; lever++) {
        const uint32_t node = of->run->levers[lever];
        memcpy(thread->scores[lever], custval__engine_score(thread->engine, node), of->count * sizeof(double));
        memcpy(thread->coverages[lever], custval__engine_coverage(thread->engine, node), of->count * sizeof(double));
        if (plan->has_reliefs && plan->system->nodes[node].side == CUSTVAL_SIDE_SACRIFICE) undo_reliefs(of, lever);
    }
}

static void run_preset(const block *of) {
    custval__impact_thread *const thread = of->thread;
    const custval__preset preset = {.score = thread->preset_scores, .coverage = thread->preset_coverages, .by_row = 1};
    custval__engine_run(thread->engine, &of->run->study.source, of->start, of->count, &preset);
}

/* Derivatives and draws of the customers before, over the rows that count in `weight`. */
static void measure_before(const block *of, const double *weight) {
    const custval__impact_thread *const thread = of->thread;
    custval__chain_gradient(&of->run->chain, &thread->before, weight, of->count, thread->flow, thread->gradient_before);
    draw_worths(of, &thread->before, weight, thread->worths_before);
}

/* The customers as they are, but scored with every lever of a kind preset: what a lever that moves is compared with, so
   that one that moves nothing changes nothing, to the bit. Levels below that kind keep their scores. */
static void begin_kind(const block *of, uint32_t first, uint32_t end) {
    const custval__impact_run *const run = of->run;
    custval__impact_thread *const thread = of->thread;
    const size_t nodes = run->study.plan.system->node_count;
    memset(thread->preset_scores, 0, nodes * sizeof *thread->preset_scores);
    memset(thread->preset_coverages, 0, nodes * sizeof *thread->preset_coverages);
    for (uint32_t lever = first; lever < end; lever++) {
        thread->preset_scores[run->levers[lever]] = thread->scores[lever];
        thread->preset_coverages[run->levers[lever]] = thread->coverages[lever];
    }
    run_preset(of);
    read_scores(of, &thread->before, thread->weight);
    custval__chain_run(&run->chain, run->chain.coefficients, thread->margin, of->count, &thread->before);
    drop_unworthy(of, &thread->before, thread->weight);
    measure_before(of, thread->weight);
}

/* Rounding leaves the mean of full answers nearer to the end of the scale than this. */
#define AT_END 1e-9

/* Moves the scores of a lever; gives the customers who move. */
static double move(const block *of, uint32_t lever) {
    const custval__impact_thread *const thread = of->thread;
    const custval__node *const node = &of->run->study.plan.system->nodes[of->run->levers[lever]];
    const double points = of->run->impact->points, *const scores = thread->scores[lever];
    double customers = 0.0;
    for (uint32_t i = 0; i < of->count; i++) {
        const double up = scores[i] + points, down = scores[i] - points;
        const double better =
            node->side == CUSTVAL_SIDE_BENEFIT ? (up > 100.0 ? 100.0 : up) : (down < 0.0 ? 0.0 : down);
        /* A score at the end of the scale, or beyond it by judgement, stays. */
        const int is_better = node->side == CUSTVAL_SIDE_BENEFIT ? scores[i] < 100.0 - AT_END : scores[i] > AT_END;
        thread->moved[i] = is_better ? better : scores[i];
        customers += is_better ? thread->weight[i] : 0.0;
    }
    return customers;
}

static void add_changes(const block *of, uint32_t lever) {
    const custval__impact_thread *const thread = of->thread;
    const custval__chain *const chain = &of->run->chain;
    const custval__chain_state *const before = &thread->before, *const after = &thread->after;
    const custval__impact_kernels *const kernels = chain->kernels;
    const double *const weight = thread->kept;
    custval__sum_add(sum_at(of, lever + 1, CUSTVAL__IMPACT_WORTH),
                     kernels->change(weight, before->worth, after->worth, of->count));
    custval__sum_add(sum_at(of, lever + 1, CUSTVAL__IMPACT_VALUE),
                     kernels->change(weight, before->x[0], after->x[0], of->count));
    for (uint32_t k = 0; k < chain->link_count; k++) {
        const uint32_t place = chain->source_count + k;
        custval__sum_add(sum_at(of, lever + 1, CUSTVAL__IMPACT_OUTCOMES + k),
                         kernels->change(weight, before->x[place], after->x[place], of->count));
    }
}

static void add_derivatives(const block *of, uint32_t lever) {
    const custval__impact_thread *const thread = of->thread;
    const custval__chain *const chain = &of->run->chain;
    const size_t first = CUSTVAL__IMPACT_OUTCOMES + chain->link_count;
    custval__chain_gradient(chain, &thread->after, thread->kept, of->count, thread->flow, thread->gradient);
    draw_worths(of, &thread->after, thread->kept, thread->worths);
    for (uint32_t c = 0; c < chain->coefficient_count; c++) {
        custval__sum_add(sum_at(of, lever + 1, first + c), thread->gradient[c] - thread->gradient_before[c]);
    }
    for (uint32_t d = 0; d < of->run->options.draws; d++) {
        custval__sum_add(sum_at(of, lever + 1, first + chain->coefficient_count + d),
                         thread->worths[d] - thread->worths_before[d]);
    }
}

static double sum_left_out(const block *of) {
    const custval__impact_thread *const thread = of->thread;
    double customers = 0.0;
    for (uint32_t i = 0; i < of->count; i++) customers += thread->weight[i] - thread->kept[i];
    return customers;
}

static void run_lever(const block *of, uint32_t lever) {
    const custval__impact_run *const run = of->run;
    custval__impact_thread *const thread = of->thread;
    const uint32_t node = run->levers[lever];
    const double customers = move(of, lever);
    if (!(customers > 0.0)) return;
    thread->preset_scores[node] = thread->moved;
    run_preset(of);
    thread->preset_scores[node] = thread->scores[lever];
    memcpy(thread->kept, thread->weight, of->count * sizeof *thread->kept);
    read_scores(of, &thread->after, thread->kept);
    custval__chain_run(&run->chain, run->chain.coefficients, thread->margin, of->count, &thread->after);
    drop_unworthy(of, &thread->after, thread->kept);
    const double left_out = sum_left_out(of);
    if (left_out > 0.0) measure_before(of, thread->kept);
    custval__sum_add(sum_at(of, lever + 1, CUSTVAL__IMPACT_COUNT), customers);
    custval__sum_add(sum_at(of, lever + 1, CUSTVAL__IMPACT_LEFT_OUT), left_out);
    add_changes(of, lever);
    add_derivatives(of, lever);
    if (left_out > 0.0) measure_before(of, thread->weight);
}

void custval__impact_block(const custval__impact_run *run, custval__impact_thread *thread, size_t start, uint32_t count,
                           uint64_t *counts) {
    block of = {.run = run, .thread = thread, .start = start, .count = count};
    if (!run_base(&of, counts)) return;
    keep_scores(&of);
    for (uint32_t first = 0, end = 0; first < run->lever_count; first = end) {
        while (end < run->lever_count && kind_of(run, end) == kind_of(run, first)) end++;
        begin_kind(&of, first, end);
        for (uint32_t lever = first; lever < end; lever++) run_lever(&of, lever);
    }
}
