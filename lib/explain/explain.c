/* custval_explain: why a row's value is what it is. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <custval/explain.h>

#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "display.h"
#include "rows.h"

/* ---- Notes: steps in words --------------------------------------------------------------------------------------- */

/* Longest note that is written whole; a reason or note of the system may be cut. */
#define NOTE_SIZE (2 * CUSTVAL_MAX_TEXT_LENGTH)

static void gate_note(const custval__study *study, const custval__state *state, const custval__step *step, char *out) {
    const custval__gate *gate = &study->plan.system->gates[step->index];
    char cap[CUSTVAL__NUMBER_SIZE], score[CUSTVAL__NUMBER_SIZE], threshold[CUSTVAL__NUMBER_SIZE];
    custval__display(gate->cap, cap);
    custval__display_beside(state->score[gate->node], gate->threshold, score);
    custval__display(gate->threshold, threshold);
    custval__format(out, NOTE_SIZE, "capped at %s: %s %s is %s %s%s%s%s", cap,
                    custval_system_label(study->plan.system, gate->node, study->plan.language), score,
                    gate->type == CUSTVAL_GATE_BELOW ? "below" : "above", threshold, gate->note ? " (" : "",
                    gate->note ? gate->note : "", gate->note ? ")" : "");
}

// What the node would have without its reliefs, and what relieves it.
static void relief_note(const custval__study *study, const custval__state *state, const custval__step *step,
                        char *out) {
    const custval_system *system = study->plan.system;
    char before[CUSTVAL__NUMBER_SIZE], benefit[CUSTVAL__NUMBER_SIZE], share[CUSTVAL__NUMBER_SIZE];
    custval__display_beside(state->computed[step->node], state->score[step->node], before);
    size_t length = custval__format(out, NOTE_SIZE, "%s without relief", before);
    for (uint32_t i = step->index; i < system->relief_count && length < NOTE_SIZE; i++) {
        const custval__relief *relief = &system->reliefs[i];
        if (relief->node != step->node || isnan(state->score[relief->by])) continue;
        custval__display(state->score[relief->by], benefit);
        custval__display(100.0 * relief->share, share);
        length += custval__format(out + length, NOTE_SIZE - length, "%s %s %s takes up to %s%%%s%s%s",
                                  i == step->index ? ":" : ",",
                                  custval_system_label(system, relief->by, study->plan.language), benefit, share,
                                  relief->note ? " (" : "", relief->note ? relief->note : "", relief->note ? ")" : "");
    }
}

static void override_note(const custval__study *study, const custval__step *step, char *out) {
    const custval__override *override = &study->plan.system->overrides[step->index];
    char score[CUSTVAL__NUMBER_SIZE];
    custval__display(override->score, score);
    custval__format(out, NOTE_SIZE, "judged %s by %s until %s: %s", score, override->author, override->expires,
                    override->reason);
}

// Texts of the note column; NULL where there is nothing to say.
static custval_status write_notes(custval__study *study, const custval__state *state, const custval__split *split,
                                  const char **notes, custval_error *error) {
    const custval_system *system = study->plan.system;
    char note[NOTE_SIZE];
    if (!custval__state_has_value(state)) {
        CUSTVAL__TRY(custval_row_reason(system, study->table, state->row, study->options, note, sizeof note, error));
        notes[0] = custval__arena_text(&study->arena, note, strlen(note));
        if (notes[0] == NULL) return custval__fail_memory(error);
    }
    for (uint32_t i = 0; i < split->step_count; i++) {
        const custval__step *step = &split->steps[i];
        switch (step->kind) {
        case CUSTVAL__STEP_GATE: gate_note(study, state, step, note); break;
        case CUSTVAL__STEP_RELIEF: relief_note(study, state, step, note); break;
        case CUSTVAL__STEP_OVERRIDE: override_note(study, step, note); break;
        default: custval__format(note, sizeof note, "what double precision leaves over"); break;
        }
        notes[system->node_count + i] = custval__arena_text(&study->arena, note, strlen(note));
        if (notes[system->node_count + i] == NULL) return custval__fail_memory(error);
    }
    return CUSTVAL_OK;
}

/* ---- Columns ----------------------------------------------------------------------------------------------------- */

static double answer_of(const custval__study *study, const custval__state *state, uint32_t node) {
    const custval_system *system = study->plan.system;
    if (system->nodes[node].kind != CUSTVAL_KIND_ITEM) return (double)NAN;
    const uint32_t input = system->items[system->nodes[node].item].input;
    double scratch;
    if (!custval__table_is_number(study->table, study->source.columns[input])) return (double)NAN;
    return *custval__source_numbers(&study->source, input, state->row, 1, &scratch);
}

static custval_status add_numbers(custval__study *study, const custval__state *state, const custval__split *split,
                                  custval_table *table, custval_error *error) {
    const uint32_t nodes = study->plan.system->node_count;
    double *answer, *score, *coverage, *weight, *effective, *contribution;
    CUSTVAL__TRY(custval__result_add_doubles(table, "answer", &answer, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "score", &score, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "coverage", &coverage, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "weight", &weight, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "effective", &effective, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "contribution", &contribution, error));
    for (uint32_t i = 0; i < nodes; i++) {
        answer[i] = answer_of(study, state, i);
        score[i] = state->score[i];
        coverage[i] = state->coverage[i];
        weight[i] = state->share[i];
        effective[i] = isfinite(split->effective[i]) ? split->effective[i] : (double)NAN;
        contribution[i] = split->amount[i];
    }
    for (uint32_t i = 0; i < split->step_count; i++) {
        const custval__step *step = &split->steps[i];
        answer[nodes + i] = coverage[nodes + i] = weight[nodes + i] = (double)NAN;
        score[nodes + i] = step->score;
        effective[nodes + i] = isfinite(step->effective) ? step->effective : (double)NAN;
        contribution[nodes + i] = step->contribution;
    }
    uint32_t *is_part;
    CUSTVAL__TRY(custval__result_add_uint32(table, "is_part", &is_part, error));
    for (size_t i = 0; i < custval_table_rows(table); i++) {
        const int may_be = i >= nodes || study->plan.system->nodes[i].kind == CUSTVAL_KIND_ITEM;
        is_part[i] = may_be && !isnan(contribution[i]);
    }
    return CUSTVAL_OK;
}

static custval_status add_texts(custval__study *study, const custval__state *state, const custval__split *split,
                                custval_table *table, custval_error *error) {
    const size_t rows = custval_table_rows(table);
    const char **words = custval__study_alloc(study, rows, sizeof *words);
    if (words == NULL) return custval__fail_memory(error);
    for (size_t i = 0; i < rows; i++) words[i] = split->is_log ? "log" : "points";
    CUSTVAL__TRY(custval__rows_add_words(study, table, "unit", words, error));
    for (size_t i = 0; i < rows; i++) words[i] = NULL;
    CUSTVAL__TRY(write_notes(study, state, split, words, error));
    return custval__rows_add_words(study, table, "note", words, error);
}

static custval_status fill_table(custval__study *study, const custval__state *state, const custval__split *split,
                                 custval_table *table, custval_error *error) {
    CUSTVAL__TRY(custval__rows_add_tree(study, table, split->steps, split->step_count, error));
    CUSTVAL__TRY(add_numbers(study, state, split, table, error));
    CUSTVAL__TRY(add_texts(study, state, split, table, error));
    custval__result_finish(table);
    return CUSTVAL_OK;
}

static custval_status explain_row(custval__study *study, size_t row, custval_table **out, custval_error *error) {
    const custval_system *system = study->plan.system;
    custval__state state;
    custval__split split;
    CUSTVAL__TRY(custval__study_check_row(study, row, "row", error));
    CUSTVAL__TRY(custval__state_new(study, &state, error));
    custval__state_read(study, row, &state);
    const uint32_t unit = custval__split_wants_log(system) ? CUSTVAL__UNIT_LOG : CUSTVAL__UNIT_POINTS;
    CUSTVAL__TRY(custval__split_new(study, &state, unit, &split, error));
    CUSTVAL__TRY(custval__split_finish(study, &split, error));
    const size_t rows = (size_t)system->node_count + split.step_count;
    CUSTVAL__TRY(custval__result_new(&study->plan.host, rows, out, error));
    return fill_table(study, &state, &split, *out, error);
}

custval_status custval_explain(const custval_system *system, const custval_table *table, size_t row,
                               const custval_score_options *options, custval_table **out, custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    custval__study study;
    custval_status status = custval__study_open(&study, system, table, options, 1, error);
    if (status == CUSTVAL_OK) status = explain_row(&study, row, out, error);
    custval__study_close(&study);
    if (status != CUSTVAL_OK) {
        custval_table_free(*out);
        *out = NULL;
    }
    return status;
}
