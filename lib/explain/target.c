/* custval_target: the cheapest way to a wanted value. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <custval/explain.h>

#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "../base/linear_program.h"
#include "rows.h"

/* A linear programme over the points by which each indicator improves. Its first row says that the value before gates
   reaches the target; each further row keeps open a gate whose cap lies below the target. */
typedef struct target {
    custval__study *study;
    custval__state state;
    custval__variants variants;
    uint32_t *indicators, count;
    uint32_t *column;      /* [node] of an indicator, or CUSTVAL_NONE */
    double wanted;
    double *room, *price;  /* [indicator] */
    uint32_t *row_gate;    /* [row] gate; the first row has none */
    double *matrix, *bound, *margin; /* [row] */
    double *points;        /* [indicator] the solution */
    uint32_t rows;
} target;

/* Tries to meet rows that rounding leaves short: each time a row is short its margin grows, from a few ulps of the scale
   to far below anything that can be asked of an answer. */
#define MOST_TRIES 24
#define FIRST_MARGIN 1e-14
#define MARGIN_GROWTH 3.0

/* ---- What it can be done for ------------------------------------------------------------------------------------------------- */

static int is_mean(const custval__node *node) {
    return node->child_count < 2 || node->aggregator == CUSTVAL_AGGREGATOR_MEAN;
}

static custval_status check_node(const custval_system *system, uint32_t index, custval_error *error) {
    const custval__node *node = &system->nodes[index];
    if (is_mean(node)) return CUSTVAL_OK;
    return custval__fail_at(error, CUSTVAL_ERROR_UNSUPPORTED, index, SIZE_MAX,
                            "node \"%s\" is no mean (aggregator: %s), so the value is not linear in its indicators",
                            node->id, custval_word(CUSTVAL_WORDS_AGGREGATOR, node->aggregator));
}

static custval_status check_linear(const custval_system *system, custval_error *error) {
    if (system->spec.form == CUSTVAL_FORM_RATIO) {
        return custval__fail_at(error, CUSTVAL_ERROR_UNSUPPORTED, 0, SIZE_MAX,
                                "node \"%s\" is a ratio, so the value is not linear in its indicators",
                                system->nodes[0].id);
    }
    if (system->spec.form == CUSTVAL_FORM_INDEX && system->nodes[0].child_count > 1 &&
        system->spec.aggregator != CUSTVAL_AGGREGATOR_MEAN) {
        return custval__fail_at(error, CUSTVAL_ERROR_UNSUPPORTED, 0, SIZE_MAX,
                                "node \"%s\" is no mean (aggregator: %s), so the value is not linear in its indicators",
                                system->nodes[0].id, custval_word(CUSTVAL_WORDS_AGGREGATOR, system->spec.aggregator));
    }
    for (uint32_t i = 1; i < system->first_derived; i++) {
        const uint32_t kind = system->nodes[i].kind;
        if (kind != CUSTVAL_KIND_SIDE && kind != CUSTVAL_KIND_DIMENSION) continue;
        CUSTVAL__TRY(check_node(system, i, error));
    }
    return CUSTVAL_OK;
}

/* ---- Slopes ---------------------------------------------------------------------------------------------------------------------- */

static double share_of(const target *of, uint32_t node) {
    return isnan(of->state.share[node]) ? 0.0 : of->state.share[node];
}

static void add_slopes(const target *of, uint32_t index, double factor, double *row);

// Parts of a derived node count as the engine counts them: those that have a score, by weight (and coverage, if flat).
static void add_derived_slopes(const target *of, const custval__node *node, double factor, double *row) {
    const custval_system *system = of->study->plan.system;
    const int flat = system->spec.missing == CUSTVAL_MISSING_FLAT;
    double total = 0.0;
    for (int adding = 0; adding < 2; adding++) {
        for (uint32_t p = 0; p < node->child_count; p++) {
            const custval__part *part = &system->parts[node->first_part + p];
            if (isnan(of->state.score[part->node])) continue;
            const double weight = part->local * (flat ? of->state.coverage[part->node] : 1.0);
            if (adding) {
                add_slopes(of, part->node, factor * (weight / total), row);
            } else {
                total += weight;
            }
        }
    }
}

// Adds factor x the slope of a node's score in every indicator's points. What is judged does not move.
static void add_slopes(const target *of, uint32_t index, double factor, double *row) {
    const custval__node *nodes = of->study->plan.system->nodes, *node = &nodes[index];
    if (node->kind == CUSTVAL_KIND_DERIVED) {
        add_derived_slopes(of, node, factor, row);
    } else if (of->column[index] != CUSTVAL_NONE) {
        row[of->column[index]] += node->side == CUSTVAL_SIDE_BENEFIT ? factor : -factor;
    } else if (of->state.override[index] == CUSTVAL_NONE) {
        for (uint32_t child = node->first_child; child != CUSTVAL_NONE; child = nodes[child].next_sibling) {
            add_slopes(of, child, factor * share_of(of, child), row);
        }
    }
}

static void add_value_slopes(const target *of, double *row) {
    const custval_system *system = of->study->plan.system;
    for (uint32_t side = system->nodes[0].first_child; side != CUSTVAL_NONE; side = system->nodes[side].next_sibling) {
        const double share = share_of(of, side);
        add_slopes(of, side, system->nodes[side].side == CUSTVAL_SIDE_BENEFIT ? share : -share, row);
    }
}

/* ---- The programme ----------------------------------------------------------------------------------------------------------------- */

static double *row_of(const target *of, uint32_t row) {
    return of->matrix + (size_t)row * of->count;
}

static double *new_row(target *of) {
    double *row = row_of(of, of->rows);
    memset(row, 0, of->count * sizeof *row);
    of->margin[of->rows++] = 0.0;
    return row;
}

// Rows for a target: the value, and each gate that would cap it lower.
static custval_status set_rows(target *of, double wanted, custval_error *error) {
    const custval_system *system = of->study->plan.system;
    of->rows = 0;
    add_value_slopes(of, new_row(of));
    of->bound[0] = wanted - of->state.before_gates;
    for (uint32_t g = 0; g < system->gate_count; g++) {
        const custval__gate *gate = &system->gates[g];
        const double score = of->state.score[gate->node];
        if (gate->cap >= wanted || isnan(score)) continue;
        if (gate->node >= system->first_derived) CUSTVAL__TRY(check_node(system, gate->node, error));
        const double sign = gate->type == CUSTVAL_GATE_BELOW ? 1.0 : -1.0;
        of->row_gate[of->rows] = g;
        of->bound[of->rows] = sign * (gate->threshold - score);
        add_slopes(of, gate->node, sign, new_row(of));
    }
    return CUSTVAL_OK;
}

static custval_status solve(target *of, const double *cost, uint32_t first_row, int *out_feasible,
                            custval_error *error) {
    double *bound = custval__study_alloc(of->study, of->rows, sizeof *bound);
    if (bound == NULL) return custval__fail_memory(error);
    for (uint32_t i = 0; i < of->rows; i++) bound[i] = of->bound[i] + of->margin[i];
    const custval__linear_program program = {.variables = of->count,
                                             .rows = of->rows - first_row,
                                             .cost = cost,
                                             .upper = of->room,
                                             .matrix = row_of(of, first_row),
                                             .bound = bound + first_row};
    return custval__linear_program_solve(&of->study->plan.host, &program, of->points, out_feasible, error);
}

static double improved(const target *of, uint32_t i) {
    const uint32_t node = of->indicators[i];
    const double score = of->state.score[node];
    const int is_benefit = of->study->plan.system->nodes[node].side == CUSTVAL_SIDE_BENEFIT;
    if (of->points[i] == 0.0) return score;
    if (of->points[i] == of->room[i]) return is_benefit ? 100.0 : 0.0;
    return is_benefit ? score + of->points[i] : score - of->points[i];
}

// The value that the engine gives to the solution.
static double evaluate(target *of) {
    custval__variants_fill(of->study, &of->variants, &of->state, NULL, 1);
    for (uint32_t i = 0; i < of->count; i++) of->variants.score[of->indicators[i]][0] = improved(of, i);
    return *custval__variants_run(of->study, &of->variants, of->state.row, 1);
}

// Rows that the engine finds short get more margin.
static void widen_margins(target *of) {
    const custval_system *system = of->study->plan.system;
    const double smallest = FIRST_MARGIN * (100.0 + fabs(of->wanted));
    for (uint32_t i = 0; i < of->rows; i++) {
        const custval__gate *gate = i == 0 ? NULL : &system->gates[of->row_gate[i]];
        const int is_short = gate == NULL
                                 ? !(*custval__engine_before_gates(of->study->engine) >= of->wanted)
                                 : custval__gate_closed(gate, *custval__engine_score(of->study->engine, gate->node));
        if (is_short) of->margin[i] = of->margin[i] > 0.0 ? MARGIN_GROWTH * of->margin[i] : smallest;
    }
}

/* ---- Out of reach ------------------------------------------------------------------------------------------------------------------- */

// The highest value that can be reached: the highest before gates, for every choice of gates that may stay closed.
static custval_status find_reach(target *of, double *out_reach, custval_error *error) {
    const custval_system *system = of->study->plan.system;
    *out_reach = of->state.score[0];
    double *worth = custval__study_alloc(of->study, of->count, sizeof *worth);
    if (worth == NULL) return custval__fail_memory(error);
    for (uint32_t g = 0; g <= system->gate_count; g++) {
        // All gates that cap at or below this one's cap are to be open; at first, none.
        const double above = g == 0 ? -(double)INFINITY : system->gates[g - 1].cap;
        CUSTVAL__TRY(set_rows(of, g == 0 ? above : nextafter(above, (double)INFINITY), error));
        for (uint32_t i = 0; i < of->count; i++) worth[i] = -row_of(of, 0)[i];
        int feasible = 0;
        CUSTVAL__TRY(solve(of, worth, 1, &feasible, error));
        if (feasible) *out_reach = fmax(*out_reach, evaluate(of));
    }
    return CUSTVAL_OK;
}

static custval_status fail_out_of_reach(target *of, custval_error *error) {
    double reach;
    CUSTVAL__TRY(find_reach(of, &reach, error));
    return custval__fail_at(error, CUSTVAL_ERROR_RANGE, CUSTVAL_NONE, of->state.row,
                            "row %zu cannot reach a value of %g: it is %g now and at most %g", of->state.row,
                            of->wanted, of->state.score[0], reach);
}

static custval_status find_way(target *of, custval_error *error) {
    memset(of->points, 0, of->count * sizeof *of->points);
    if (of->state.score[0] >= of->wanted) return set_rows(of, of->wanted, error);
    CUSTVAL__TRY(set_rows(of, of->wanted, error));
    for (int tries = 0; tries < MOST_TRIES; tries++) {
        int feasible = 0;
        CUSTVAL__TRY(solve(of, of->price, 0, &feasible, error));
        if (!feasible) break;
        if (evaluate(of) >= of->wanted) return CUSTVAL_OK;
        widen_margins(of);
    }
    return fail_out_of_reach(of, error);
}

/* ---- The table ----------------------------------------------------------------------------------------------------------------------- */

static custval_status fill_table(target *of, custval_table *table, custval_error *error) {
    CUSTVAL__TRY(custval__rows_add_names(of->study, table, of->indicators, error));
    CUSTVAL__TRY(custval__rows_add_sides(of->study, table, of->indicators, error));
    double *from, *to, *points, *cost, *gain;
    CUSTVAL__TRY(custval__result_add_doubles(table, "from", &from, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "to", &to, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "points", &points, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "cost", &cost, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "gain", &gain, error));
    for (uint32_t i = 0; i < of->count; i++) {
        const int has_score = !isnan(of->state.score[of->indicators[i]]);
        from[i] = of->state.score[of->indicators[i]];
        to[i] = improved(of, i);
        points[i] = has_score ? of->points[i] : (double)NAN;
        cost[i] = points[i] * of->price[i];
        gain[i] = points[i] * row_of(of, 0)[i];
    }
    custval__result_finish(table);
    return CUSTVAL_OK;
}

static custval_status allocate(target *of, custval_error *error) {
    custval__study *study = of->study;
    const size_t nodes = study->plan.system->node_count, rows = (size_t)study->plan.system->gate_count + 1;
    of->column = custval__study_alloc(study, nodes, sizeof *of->column);
    of->room = custval__study_alloc(study, of->count, sizeof *of->room);
    of->price = custval__study_alloc(study, of->count, sizeof *of->price);
    of->points = custval__study_alloc(study, of->count, sizeof *of->points);
    of->row_gate = custval__study_alloc(study, rows, sizeof *of->row_gate);
    of->matrix = custval__study_alloc(study, rows * of->count, sizeof *of->matrix);
    of->bound = custval__study_alloc(study, rows, sizeof *of->bound);
    of->margin = custval__study_alloc(study, rows, sizeof *of->margin);
    if (of->column && of->room && of->price && of->points && of->row_gate && of->matrix && of->bound && of->margin) {
        return CUSTVAL_OK;
    }
    return custval__fail_memory(error);
}

// What each indicator costs and how far it can go. Where some have a cost, the others are left alone.
static void set_prices(target *of) {
    const custval_system *system = of->study->plan.system;
    int some_cost = 0;
    for (uint32_t i = 0; i < system->node_count; i++) of->column[i] = CUSTVAL_NONE;
    for (uint32_t i = 0; i < of->count; i++) {
        of->column[of->indicators[i]] = i;
        some_cost |= system->nodes[of->indicators[i]].cost > 0.0;
    }
    for (uint32_t i = 0; i < of->count; i++) {
        const custval__node *node = &system->nodes[of->indicators[i]];
        const double score = of->state.score[of->indicators[i]];
        const double room = node->side == CUSTVAL_SIDE_BENEFIT ? 100.0 - score : score;
        const int left_alone = (some_cost && !(node->cost > 0.0)) || !(room > 0.0);
        of->price[i] = some_cost ? node->cost : 1.0;
        of->room[i] = left_alone ? 0.0 : room;
    }
}

static custval_status reach_target(custval__study *study, size_t row, double wanted, custval_table **out,
                                   custval_error *error) {
    target of = {.study = study, .wanted = wanted};
    CUSTVAL__TRY(custval__study_check_row(study, row, "row", error));
    CUSTVAL__TRY(check_linear(study->plan.system, error));
    CUSTVAL__TRY(custval__state_new(study, &of.state, error));
    custval__state_read(study, row, &of.state);
    if (!custval__state_has_value(&of.state)) return custval__study_fail_no_value(study, row, error);
    if (of.state.override[0] != CUSTVAL_NONE) {
        const custval__override *override = &study->plan.system->overrides[of.state.override[0]];
        return custval__fail_at(error, CUSTVAL_ERROR_STATE, 0, row,
                                "the value of row %zu is judged %g by %s until %s: no indicator moves it", row,
                                override->score, override->author, override->expires);
    }
    CUSTVAL__TRY(custval__rows_of_kind(study, CUSTVAL_KIND_INDICATOR, &of.indicators, &of.count, error));
    CUSTVAL__TRY(custval__variants_new(study, CUSTVAL_KIND_INDICATOR, 0, 1, &of.variants, error));
    CUSTVAL__TRY(allocate(&of, error));
    set_prices(&of);
    CUSTVAL__TRY(find_way(&of, error));
    CUSTVAL__TRY(custval__result_new(&study->plan.host, of.count, out, error));
    return fill_table(&of, *out, error);
}

custval_status custval_target(const custval_system *system, const custval_table *table, size_t row, double wanted,
                              const custval_score_options *options, custval_table **out, custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    if (!isfinite(wanted)) return custval__fail(error, CUSTVAL_ERROR_NOT_FINITE, "target is %g", wanted);
    custval__study study;
    custval_status status = custval__study_open(&study, system, table, options, 1, error);
    if (status == CUSTVAL_OK) status = reach_target(&study, row, wanted, out, error);
    custval__study_close(&study);
    if (status != CUSTVAL_OK) {
        custval_table_free(*out);
        *out = NULL;
    }
    return status;
}
