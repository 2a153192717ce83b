/* custval_explain_change: what made a value change. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <custval/explain.h>

#include <math.h>

#include "../base/error.h"
#include "../base/maths.h"
#include "exact_sum.h"
#include "rows.h"

/* One of the two rows. */
typedef struct side {
    custval__study study;
    custval__state state;
    custval__split split;
} side;

typedef struct change {
    side before, after;
    int is_log;
    double *score_part, *weight_part, *amount; /* [node] NaN: counts in neither row */
    custval__step *steps;                      /* of either row; contribution: the change */
    double *step_before, *step_after;          /* scores put in place, NaN where the step did not apply */
    uint32_t step_count;
    double total;
} change;

static custval_status read_side(side *at, size_t row, const char *row_name, custval_error *error) {
    CUSTVAL__TRY(custval__study_check_row(&at->study, row, row_name, error));
    CUSTVAL__TRY(custval__state_new(&at->study, &at->state, error));
    custval__state_read(&at->study, row, &at->state);
    if (!custval__state_has_value(&at->state)) return custval__study_fail_no_value(&at->study, row, error);
    return CUSTVAL_OK;
}

static custval_status split_side(side *at, uint32_t unit, custval_error *error) {
    return custval__split_new(&at->study, &at->state, unit, &at->split, error);
}

// Both rows in the same unit: logarithms if both have them.
static custval_status split_both(change *of, custval_error *error) {
    const custval_system *system = of->before.study.plan.system;
    const double before = of->before.state.score[0], after = of->after.state.score[0];
    uint32_t unit = CUSTVAL__UNIT_POINTS;
    if (custval__split_wants_log(system)) {
        if ((before > 0.0) != (after > 0.0)) {
            return custval__fail(
                error, CUSTVAL_ERROR_STATE,
                "the values are %g and %g, but a change is split by logarithms, which need both above 0", before,
                after);
        }
        unit = CUSTVAL__UNIT_LOG;
    }
    CUSTVAL__TRY(split_side(&of->before, unit, error));
    CUSTVAL__TRY(split_side(&of->after, unit, error));
    of->is_log = of->before.split.is_log && of->after.split.is_log;
    if (of->before.split.is_log && !of->is_log) CUSTVAL__TRY(split_side(&of->before, CUSTVAL__UNIT_POINTS, error));
    if (of->after.split.is_log && !of->is_log) CUSTVAL__TRY(split_side(&of->after, CUSTVAL__UNIT_POINTS, error));
    of->total = of->after.split.total - of->before.split.total;
    return CUSTVAL_OK;
}

static double or_zero(double value) {
    return isnan(value) ? 0.0 : value;
}

// Score part of an item: mean effective weight x change of the term; the rest of its change is the weight part.
static void split_item(change *of, uint32_t item) {
    const custval__split *before = &of->before.split, *after = &of->after.split;
    of->amount[item] = or_zero(after->amount[item]) - or_zero(before->amount[item]);
    const double score_part =
        (before->effective[item] + after->effective[item]) / 2.0 * (after->term[item] - before->term[item]);
    // What appears or vanishes, and what has no weight or no logarithm in one of the rows, counts in the weight part.
    of->score_part[item] = isfinite(score_part) ? score_part : 0.0;
}

static void split_items(const custval_system *system, change *of) {
    for (uint32_t i = 0; i < system->node_count; i++) {
        of->amount[i] = of->score_part[i] = of->weight_part[i] = (double)NAN;
        if (isnan(of->before.split.amount[i]) && isnan(of->after.split.amount[i])) continue;
        of->amount[i] = of->score_part[i] = of->weight_part[i] = 0.0;
        if (system->nodes[i].kind == CUSTVAL_KIND_ITEM) split_item(of, i);
    }
}

/* ---- Steps of either row ----------------------------------------------------------------------------------------- */

static const custval__step *find_step(const custval__split *in, uint32_t kind, uint32_t node, uint32_t gate) {
    for (uint32_t i = 0; i < in->step_count; i++) {
        const custval__step *step = &in->steps[i];
        if (step->kind == kind && step->node == node && (custval__step_is_of_node(step) || step->index == gate)) {
            return step;
        }
    }
    return NULL;
}

// Adds a step if it applied in one of the rows; two judgements or reliefs of one node are one step.
static void join_step(change *of, uint32_t kind, uint32_t node, uint32_t gate) {
    const custval__step *before = find_step(&of->before.split, kind, node, gate);
    const custval__step *after = find_step(&of->after.split, kind, node, gate);
    if (before == NULL && after == NULL) return;
    const double left = before == NULL ? 0.0 : or_zero(before->contribution);
    const double right = after == NULL ? 0.0 : or_zero(after->contribution);
    of->steps[of->step_count] = (custval__step){kind, node, gate, (double)NAN, (double)NAN, right - left};
    of->step_before[of->step_count] = before == NULL ? (double)NAN : before->score;
    of->step_after[of->step_count] = after == NULL ? (double)NAN : after->score;
    of->step_count++;
}

static void join_steps(const custval_system *system, change *of) {
    for (uint32_t i = 1; i < system->first_derived; i++) {
        join_step(of, CUSTVAL__STEP_RELIEF, i, 0);
        join_step(of, CUSTVAL__STEP_OVERRIDE, i, 0);
    }
    for (uint32_t i = 0; i < system->gate_count; i++) join_step(of, CUSTVAL__STEP_GATE, system->gates[i].node, i);
    join_step(of, CUSTVAL__STEP_OVERRIDE, 0, 0);
}

/* ---- Exact sums -------------------------------------------------------------------------------------------------- */

static void add_up(const custval_system *system, change *of, uint32_t from, double score_part, double weight_part,
                   double amount) {
    for (uint32_t up = from; up != CUSTVAL_NONE; up = system->nodes[up].parent) {
        of->score_part[up] = or_zero(of->score_part[up]) + score_part;
        of->weight_part[up] = or_zero(of->weight_part[up]) + weight_part;
        of->amount[up] = or_zero(of->amount[up]) + amount;
    }
}

static custval_status make_exact(custval__study *study, change *of, custval_error *error) {
    const custval_system *system = study->plan.system;
    double **parts = custval__study_alloc(study, (size_t)system->node_count + of->step_count, sizeof *parts);
    if (parts == NULL) return custval__fail_memory(error);
    size_t count = 0;
    for (uint32_t i = 0; i < system->first_derived; i++) {
        if (system->nodes[i].kind == CUSTVAL_KIND_ITEM && !isnan(of->amount[i])) parts[count++] = &of->amount[i];
    }
    for (uint32_t i = 0; i < of->step_count; i++) parts[count++] = &of->steps[i].contribution;
    const double rest = custval__exact_sum(parts, count, of->total);
    if (rest != 0.0) {
        of->step_before[of->step_count] = of->step_after[of->step_count] = (double)NAN;
        of->steps[of->step_count++] = (custval__step){CUSTVAL__STEP_ROUNDING, 0, 0, (double)NAN, (double)NAN, rest};
    }
    for (uint32_t i = 0; i < system->first_derived; i++) {
        if (system->nodes[i].kind != CUSTVAL_KIND_ITEM || isnan(of->amount[i])) continue;
        of->weight_part[i] = of->amount[i] - of->score_part[i];
        add_up(system, of, system->nodes[i].parent, of->score_part[i], of->weight_part[i], of->amount[i]);
    }
    for (uint32_t i = 0; i < of->step_count; i++) {
        const uint32_t node = custval__step_is_of_node(&of->steps[i]) ? of->steps[i].node : 0;
        add_up(system, of, node, 0.0, of->steps[i].contribution, of->steps[i].contribution);
    }
    of->amount[0] = of->total;
    return CUSTVAL_OK;
}

/* ---- The table --------------------------------------------------------------------------------------------------- */

static double shown(double effective) {
    return isfinite(effective) ? effective : (double)NAN;
}

static custval_status add_states(const custval_system *system, const change *of, custval_table *table,
                                 custval_error *error) {
    const uint32_t nodes = system->node_count;
    double *score_before, *score_after, *effective_before, *effective_after;
    CUSTVAL__TRY(custval__result_add_doubles(table, "score_before", &score_before, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "score_after", &score_after, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "effective_before", &effective_before, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "effective_after", &effective_after, error));
    for (uint32_t i = 0; i < nodes; i++) {
        score_before[i] = of->before.state.score[i];
        score_after[i] = of->after.state.score[i];
        effective_before[i] = shown(of->before.split.effective[i]);
        effective_after[i] = shown(of->after.split.effective[i]);
    }
    for (uint32_t i = 0; i < of->step_count; i++) {
        score_before[nodes + i] = of->step_before[i];
        score_after[nodes + i] = of->step_after[i];
        effective_before[nodes + i] = effective_after[nodes + i] = (double)NAN;
    }
    return CUSTVAL_OK;
}

static custval_status add_changes(const custval_system *system, const change *of, custval_table *table,
                                  custval_error *error) {
    const uint32_t nodes = system->node_count;
    double *score_part, *weight_part, *total;
    uint32_t *is_part;
    CUSTVAL__TRY(custval__result_add_doubles(table, "score_part", &score_part, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "weight_part", &weight_part, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "change", &total, error));
    CUSTVAL__TRY(custval__result_add_uint32(table, "is_part", &is_part, error));
    for (uint32_t i = 0; i < nodes; i++) {
        score_part[i] = of->score_part[i];
        weight_part[i] = of->weight_part[i];
        total[i] = of->amount[i];
        is_part[i] = system->nodes[i].kind == CUSTVAL_KIND_ITEM && !isnan(of->amount[i]);
    }
    for (uint32_t i = 0; i < of->step_count; i++) {
        score_part[nodes + i] = 0.0;
        weight_part[nodes + i] = total[nodes + i] = of->steps[i].contribution;
        is_part[nodes + i] = 1;
    }
    return CUSTVAL_OK;
}

static custval_status fill_table(custval__study *study, const change *of, custval_table *table, custval_error *error) {
    CUSTVAL__TRY(custval__rows_add_tree(study, table, of->steps, of->step_count, error));
    CUSTVAL__TRY(add_states(study->plan.system, of, table, error));
    CUSTVAL__TRY(add_changes(study->plan.system, of, table, error));
    const char **units = custval__study_alloc(study, custval_table_rows(table), sizeof *units);
    if (units == NULL) return custval__fail_memory(error);
    for (size_t i = 0; i < custval_table_rows(table); i++) units[i] = of->is_log ? "log" : "points";
    CUSTVAL__TRY(custval__rows_add_words(study, table, "unit", units, error));
    custval__result_finish(table);
    return CUSTVAL_OK;
}

static custval_status explain_change(change *of, size_t row_before, size_t row_after, custval_table **out,
                                     custval_error *error) {
    custval__study *study = &of->before.study;
    const custval_system *system = study->plan.system;
    CUSTVAL__TRY(read_side(&of->before, row_before, "row_before", error));
    CUSTVAL__TRY(read_side(&of->after, row_after, "row_after", error));
    CUSTVAL__TRY(split_both(of, error));
    // Each node a relief in one row and an override in the other, each gate, and one for rounding.
    const size_t nodes = system->node_count, steps = 2 * nodes + system->gate_count + 1;
    double *numbers = custval__study_alloc(study, 3 * nodes + 2 * steps, sizeof *numbers);
    of->steps = custval__study_alloc(study, steps, sizeof *of->steps);
    if (numbers == NULL || of->steps == NULL) return custval__fail_memory(error);
    of->score_part = numbers;
    of->weight_part = numbers + nodes;
    of->amount = numbers + 2 * nodes;
    of->step_before = numbers + 3 * nodes;
    of->step_after = of->step_before + steps;
    split_items(system, of);
    join_steps(system, of);
    CUSTVAL__TRY(make_exact(study, of, error));
    CUSTVAL__TRY(custval__result_new(&study->plan.host, nodes + of->step_count, out, error));
    return fill_table(study, of, *out, error);
}

custval_status custval_explain_change(const custval_system *system, const custval_table *before, size_t row_before,
                                      const custval_table *after, size_t row_after,
                                      const custval_score_options *options, custval_table **out, custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    if (before == NULL) return custval__fail_null(error, "before");
    if (after == NULL) return custval__fail_null(error, "after");
    change of = {0};
    custval_status status = custval__study_open(&of.before.study, system, before, options, 1, error);
    if (status == CUSTVAL_OK) status = custval__study_open(&of.after.study, system, after, options, 1, error);
    if (status == CUSTVAL_OK) status = explain_change(&of, row_before, row_after, out, error);
    custval__study_close(&of.after.study);
    custval__study_close(&of.before.study);
    if (status != CUSTVAL_OK) {
        custval_table_free(*out);
        *out = NULL;
    }
    return status;
}
