/* custval_target: the cheapest way to a wanted value. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <custval/explain.h>

#include <float.h>
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
    uint32_t *column; /* [node] of an indicator, or CUSTVAL_NONE */
    double wanted;
    double *room, *price;                     /* [indicator] */
    uint32_t *row_gate;                       /* [row] gate; the first row has none */
    double *matrix, *bound, *margin, *needed; /* [row]; needed: bound + margin */
    double *points;                           /* [indicator] the solution */
    double *farthest;                         /* [indicator] the way to the highest value */
    uint32_t rows;
} target;

/* Tries to meet rows that rounding leaves short: each time a row is short its margin grows, from a few ulps of the
   scale to far below anything that can be asked of an answer. */
#define MOST_TRIES 24
#define FIRST_MARGIN 1e-14
#define MARGIN_GROWTH 3.0
#define MOST_NUDGES 8
/* What is nearer to the best score than this share of the way is meant to get there. */
#define ALL_THE_WAY 1e-12

/* ---- What it can be done for ------------------------------------------------------------------------------------- */

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
    if (system->relief_count > 0) {
        const custval__relief *relief = &system->reliefs[0];
        return custval__fail_at(error, CUSTVAL_ERROR_UNSUPPORTED, relief->node, SIZE_MAX,
                                "node \"%s\" is relieved by \"%s\", so the value is not linear in its indicators",
                                system->nodes[relief->node].id, system->nodes[relief->by].id);
    }
    for (uint32_t i = 1; i < system->first_derived; i++) {
        const uint32_t kind = system->nodes[i].kind;
        if (kind != CUSTVAL_KIND_SIDE && kind != CUSTVAL_KIND_DIMENSION) continue;
        CUSTVAL__TRY(check_node(system, i, error));
    }
    return CUSTVAL_OK;
}

/* ---- Slopes ------------------------------------------------------------------------------------------------------ */

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

/* ---- The programme ----------------------------------------------------------------------------------------------- */

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
    for (uint32_t i = 0; i < of->rows; i++) of->needed[i] = of->bound[i] + of->margin[i];
    const custval__linear_program program = {.variables = of->count,
                                             .rows = of->rows - first_row,
                                             .cost = cost,
                                             .upper = of->room,
                                             .matrix = row_of(of, first_row),
                                             .bound = of->needed + first_row};
    CUSTVAL__TRY(custval__linear_program_solve(&of->study->plan.host, &program, of->points, out_feasible, error));
    for (uint32_t i = 0; i < of->count; i++) {
        if (of->room[i] - of->points[i] <= ALL_THE_WAY * of->room[i]) of->points[i] = of->room[i];
    }
    return CUSTVAL_OK;
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

// Whether the engine, after evaluate(), finds a row short.
static int is_short(const target *of, uint32_t row) {
    if (row == 0) return !(*custval__engine_before_gates(of->study->engine) >= of->wanted);
    const custval__gate *gate = &of->study->plan.system->gates[of->row_gate[row]];
    return custval__gate_closed(gate, *custval__engine_score(of->study->engine, gate->node));
}

// Gives more margin to the rows that are short; how many are.
static uint32_t widen_margins(target *of, uint32_t first_row) {
    const double smallest = FIRST_MARGIN * (100.0 + fabs(of->wanted));
    uint32_t count = 0;
    for (uint32_t i = first_row; i < of->rows; i++) {
        if (!is_short(of, i)) continue;
        of->margin[i] = of->margin[i] > 0.0 ? MARGIN_GROWTH * of->margin[i] : smallest;
        count++;
    }
    return count;
}

/* ---- Out of reach ------------------------------------------------------------------------------------------------ */

// The highest value for which all gates that cap below `wanted` are open; if it is the best so far, it is kept.
static custval_status climb(target *of, double wanted, double *worth, double *reach, custval_error *error) {
    CUSTVAL__TRY(set_rows(of, wanted, error));
    for (uint32_t i = 0; i < of->count; i++) worth[i] = -row_of(of, 0)[i];
    for (int tries = 0; tries < MOST_TRIES; tries++) {
        int feasible = 0;
        CUSTVAL__TRY(solve(of, worth, 1, &feasible, error));
        if (!feasible) break;
        const double value = evaluate(of);
        if (value > *reach) {
            *reach = value;
            memcpy(of->farthest, of->points, of->count * sizeof *of->points);
        }
        if (widen_margins(of, 1) == 0) break;
    }
    return CUSTVAL_OK;
}

// The highest value that can be reached, with of->farthest as the way there: the highest for every choice of gates that
// may stay closed, which are those whose caps lie above some bound.
static custval_status find_reach(target *of, double *out_reach, custval_error *error) {
    const custval_system *system = of->study->plan.system;
    double *worth = custval__study_alloc(of->study, of->count, sizeof *worth);
    if (worth == NULL) return custval__fail_memory(error);
    *out_reach = of->state.score[0];
    memset(of->farthest, 0, of->count * sizeof *of->farthest);
    CUSTVAL__TRY(climb(of, -(double)INFINITY, worth, out_reach, error));
    for (uint32_t g = 0; g < system->gate_count; g++) {
        CUSTVAL__TRY(climb(of, nextafter(system->gates[g].cap, (double)INFINITY), worth, out_reach, error));
    }
    return CUSTVAL_OK;
}

// Moves one indicator at a time by a few ulps: rows that leave no room between them, such as a gate that closes above
// what the target needs, can be met where margins cannot. 1 if the target is reached.
static int nudge(target *of) {
    for (uint32_t i = 0; i < of->count; i++) {
        const double points = of->points[i];
        for (int step = -MOST_NUDGES; step <= MOST_NUDGES; step++) {
            const double moved = points + step * (64.0 * DBL_EPSILON); // the ulp of scores up to 100
            if (!(points > 0.0 && moved > 0.0 && moved < of->room[i])) continue;
            of->points[i] = moved;
            if (evaluate(of) >= of->wanted) return 1;
        }
        of->points[i] = points;
    }
    return 0;
}

// Where the cheapest way fails. Within rounding of the highest value there is nothing left to choose.
static custval_status go_farthest(target *of, custval_error *error) {
    double reach;
    CUSTVAL__TRY(find_reach(of, &reach, error));
    if (!(reach >= of->wanted)) {
        return custval__fail_at(error, CUSTVAL_ERROR_RANGE, CUSTVAL_NONE, of->state.row,
                                "row %zu cannot reach a value of %g: it is %g now and at most %g", of->state.row,
                                of->wanted, of->state.score[0], reach);
    }
    memcpy(of->points, of->farthest, of->count * sizeof *of->points);
    return set_rows(of, of->wanted, error);
}

static custval_status find_way(target *of, custval_error *error) {
    memset(of->points, 0, of->count * sizeof *of->points);
    CUSTVAL__TRY(set_rows(of, of->wanted, error));
    if (of->state.score[0] >= of->wanted) return CUSTVAL_OK;
    for (int tries = 0; tries < MOST_TRIES; tries++) {
        int feasible = 0;
        CUSTVAL__TRY(solve(of, of->price, 0, &feasible, error));
        if (!feasible) break;
        if (evaluate(of) >= of->wanted) return CUSTVAL_OK;
        widen_margins(of, 0);
        if (tries == 0 && nudge(of)) return CUSTVAL_OK;
    }
    return go_farthest(of, error);
}

/* ---- The table --------------------------------------------------------------------------------------------------- */

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
    const size_t nodes = of->study->plan.system->node_count, rows = (size_t)of->study->plan.system->gate_count + 1;
    const size_t count = of->count;
    double *numbers = custval__study_alloc(of->study, 4 * count + rows * (count + 3), sizeof *numbers);
    uint32_t *indices = custval__study_alloc(of->study, nodes + rows, sizeof *indices);
    if (numbers == NULL || indices == NULL) return custval__fail_memory(error);
    of->room = numbers;
    of->price = numbers + count;
    of->points = numbers + 2 * count;
    of->farthest = numbers + 3 * count;
    of->bound = numbers + 4 * count;
    of->margin = of->bound + rows;
    of->needed = of->margin + rows;
    of->matrix = of->needed + rows;
    of->column = indices;
    of->row_gate = indices + nodes;
    return CUSTVAL_OK;
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
