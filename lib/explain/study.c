/* A study and its rows: evaluating one row in full, and variants of it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "study.h"

#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "../base/options.h"

/* ---- Study ------------------------------------------------------------------------------------------------------- */

custval_status custval__study_open(custval__study *study, const custval_system *system, const custval_table *table,
                                   const custval_score_options *options, uint32_t capacity, custval_error *error) {
    *study = (custval__study){.table = table, .options = options};
    custval_score_options whole = CUSTVAL_SCORE_OPTIONS_INIT;
    CUSTVAL__TRY(custval__struct_read(&whole, sizeof whole, sizeof whole, options, "custval_score_options", error));
    whole.levels = 0;
    whole.coverage = 0;
    CUSTVAL__TRY(custval__plan_new(system, &whole, &study->plan, error));
    custval__arena_init(&study->arena, &study->plan.host);
    CUSTVAL__TRY(custval__source_bind(&study->plan, table, &study->source, error));
    return custval__engine_new(&study->plan, capacity, 1, &study->engine, error);
}

void custval__study_close(custval__study *study) {
    custval__engine_free(study->engine);
    custval__source_free(&study->plan, &study->source);
    custval__arena_free(&study->arena);
    custval__plan_free(&study->plan);
}

custval_status custval__study_check_row(const custval__study *study, size_t row, const char *name,
                                        custval_error *error) {
    const size_t rows = custval_table_rows(study->table);
    if (row < rows) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "%s is %zu, but the table has %zu row%s, counted from 0", name,
                         row, rows, rows == 1 ? "" : "s");
}

custval_status custval__study_fail_no_value(const custval__study *study, size_t row, custval_error *error) {
    char reason[CUSTVAL_ERROR_MESSAGE_SIZE];
    CUSTVAL__TRY(
        custval_row_reason(study->plan.system, study->table, row, study->options, reason, sizeof reason, error));
    return custval__fail_at(error, CUSTVAL_ERROR_STATE, CUSTVAL_NONE, row, "row %zu has no value: %s", row, reason);
}

void *custval__study_alloc(custval__study *study, size_t count, size_t size) {
    return custval__arena_alloc(&study->arena, count, size);
}

/* ---- State ------------------------------------------------------------------------------------------------------- */

custval_status custval__state_new(custval__study *study, custval__state *out, custval_error *error) {
    const custval_system *system = study->plan.system;
    const size_t nodes = system->node_count;
    double *numbers = custval__study_alloc(study, 4 * nodes, sizeof *numbers);
    uint32_t *override = custval__study_alloc(study, 2 * nodes, sizeof *override);
    uint8_t *gate_closed = custval__study_alloc(study, system->gate_count, 1);
    *out = (custval__state){0};
    if (numbers == NULL || override == NULL || gate_closed == NULL) return custval__fail_memory(error);
    out->score = numbers;
    out->coverage = numbers + nodes;
    out->computed = numbers + 2 * nodes;
    out->share = numbers + 3 * nodes;
    out->override = override;
    out->relief = override + nodes;
    out->gate_closed = gate_closed;
    return CUSTVAL_OK;
}

// Shares of a group's children among those that have a score.
static void read_shares(const custval_system *system, const custval__engine *engine, uint32_t first,
                        custval__state *state) {
    const int is_only = system->nodes[first].next_sibling == CUSTVAL_NONE; // stands for its parent, whatever its weight
    double total = 0.0;
    for (uint32_t child = first; child != CUSTVAL_NONE; child = system->nodes[child].next_sibling) {
        const double weight = is_only ? 1.0 : *custval__engine_weight(engine, child);
        const int counts = !isnan(state->score[child]) && weight > 0.0;
        state->share[child] = counts ? weight : (double)NAN;
        if (counts) total += weight;
    }
    for (uint32_t child = first; child != CUSTVAL_NONE; child = system->nodes[child].next_sibling) {
        state->share[child] /= total;
    }
}

static void read_reliefs(const custval_system *system, custval__state *state) {
    for (uint32_t i = 0; i < system->node_count; i++) state->relief[i] = CUSTVAL_NONE;
    for (uint32_t i = system->relief_count; i-- > 0;) {
        const uint32_t node = system->reliefs[i].node;
        const int changed = state->override[node] == CUSTVAL_NONE && state->score[node] != state->computed[node];
        if (changed && !isnan(state->score[node])) state->relief[node] = i;
    }
}

static void read_gates(const custval_system *system, custval__state *state) {
    double value = state->before_gates;
    for (uint32_t i = 0; i < system->gate_count; i++) {
        const custval__gate *gate = &system->gates[i];
        state->gate_closed[i] = custval__gate_closed(gate, state->score[gate->node]) && value > gate->cap;
        if (state->gate_closed[i]) value = gate->cap;
    }
}

void custval__state_read(custval__study *study, size_t row, custval__state *state) {
    const custval_system *system = study->plan.system;
    const custval__engine *engine = study->engine;
    custval__engine_run(study->engine, &study->source, row, 1, NULL);
    state->row = row;
    state->status = *custval__engine_status(engine);
    state->set = *custval__engine_set(engine);
    state->before_gates = *custval__engine_before_gates(engine);
    for (uint32_t i = 0; i < system->node_count; i++) {
        state->score[i] = *custval__engine_score(engine, i);
        state->coverage[i] = *custval__engine_coverage(engine, i);
        state->computed[i] = *custval__engine_computed(engine, i);
        state->share[i] = (double)NAN;
        state->override[i] = custval__override_of(&study->plan, &study->source, row, i);
    }
    state->share[0] = 1.0;
    for (uint32_t i = 0; i < system->first_derived; i++) {
        if (system->nodes[i].first_child != CUSTVAL_NONE) {
            read_shares(system, engine, system->nodes[i].first_child, state);
        }
    }
    // Only the index weighs its sides.
    for (uint32_t i = 0; i < 2 && system->spec.form != CUSTVAL_FORM_INDEX; i++) {
        const uint32_t side = system->sides[CUSTVAL_SIDE_BENEFIT + i];
        if (side != CUSTVAL_NONE && !isnan(state->score[side])) state->share[side] = 1.0;
    }
    read_reliefs(system, state);
    read_gates(system, state);
}

double custval__state_unrelieved(const custval__state *state, uint32_t node) {
    return state->relief[node] == CUSTVAL_NONE ? state->score[node] : state->computed[node];
}

int custval__state_has_value(const custval__state *state) {
    return !isnan(state->score[0]);
}

// Importance of a child as the row gives it; NaN if it does not.
static double own_importance(const custval__study *study, uint32_t child, size_t row) {
    const uint32_t input = study->plan.system->nodes[child].weight_input;
    double scratch;
    return input == CUSTVAL_NONE ? (double)NAN : *custval__source_numbers(&study->source, input, row, 1, &scratch);
}

static void group_weights(const custval__study *study, const custval__state *state, uint32_t first, double *out_local) {
    const custval__node *nodes = study->plan.system->nodes;
    double total = 0.0;
    for (uint32_t child = first; child != CUSTVAL_NONE; child = nodes[child].next_sibling) {
        out_local[child] = own_importance(study, child, state->row);
        total += out_local[child];
    }
    const double *declared = custval__system_set(study->plan.system, state->set);
    for (uint32_t child = first; child != CUSTVAL_NONE; child = nodes[child].next_sibling) {
        out_local[child] = isnan(total) ? declared[child] : out_local[child] / total;
    }
}

void custval__state_weights(const custval__study *study, const custval__state *state, double *out_local) {
    const custval_system *system = study->plan.system;
    memset(out_local, 0, system->node_count * sizeof *out_local);
    out_local[0] = 1.0;
    for (uint32_t i = 0; i < system->first_derived; i++) {
        const uint32_t first = system->nodes[i].first_child;
        if (first != CUSTVAL_NONE) group_weights(study, state, first, out_local);
    }
}

/* ---- Variants ---------------------------------------------------------------------------------------------------- */

// Per node a pointer to `rows` doubles, for the nodes of one kind, or (0) for all below the value.
static double **new_arrays(custval__study *study, uint32_t kind, uint32_t rows) {
    const custval_system *system = study->plan.system;
    double **arrays = custval__study_alloc(study, system->node_count, sizeof *arrays);
    if (arrays == NULL) return NULL;
    for (uint32_t i = 1; i < system->first_derived; i++) {
        if (kind != 0 && system->nodes[i].kind != kind) continue;
        arrays[i] = custval__study_alloc(study, rows, sizeof **arrays);
        if (arrays[i] == NULL) return NULL;
    }
    return arrays;
}

custval_status custval__variants_new(custval__study *study, uint32_t kind, int with_weights, uint32_t rows,
                                     custval__variants *out, custval_error *error) {
    *out = (custval__variants){.kind = kind, .rows = rows};
    out->score = new_arrays(study, kind, rows);
    out->coverage = out->score == NULL ? NULL : new_arrays(study, kind, rows);
    if (out->coverage == NULL) return custval__fail_memory(error);
    if (with_weights) {
        out->weight = new_arrays(study, 0, rows);
        if (out->weight == NULL) return custval__fail_memory(error);
    }
    out->preset.score = (const double *const *)out->score;
    out->preset.coverage = (const double *const *)out->coverage;
    out->preset.weight = (const double *const *)out->weight;
    return CUSTVAL_OK;
}

void custval__variants_fill(const custval__study *study, custval__variants *variants, const custval__state *state,
                            const double *local, uint32_t count) {
    for (uint32_t i = 1; i < study->plan.system->first_derived; i++) {
        for (uint32_t r = 0; r < count; r++) {
            if (variants->weight != NULL) variants->weight[i][r] = local[i];
            if (variants->score[i] == NULL) continue;
            variants->score[i][r] = custval__state_unrelieved(state, i);
            variants->coverage[i][r] = state->coverage[i];
        }
    }
}

const double *custval__variants_run(custval__study *study, const custval__variants *variants, size_t row,
                                    uint32_t count) {
    custval__engine_run(study->engine, &study->source, row, count, &variants->preset);
    return custval__engine_score(study->engine, 0);
}
