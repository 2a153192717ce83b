/* The engine: a block of rows through the tree, depth first, so that only one node per depth is alive at a time. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "engine.h"

#include <math.h>
#include <string.h>

#include "../base/text.h"
#include "engine_private.h"
#include "plain.h"
#include "rollup.h"

static custval__scores evaluate(custval__engine *engine, uint32_t node, uint32_t depth);

/* ---- Nodes -------------------------------------------------------------------------------------------------------------- */

static custval__scores complement(custval__engine *engine, custval__scores child, double *out) {
    for (uint32_t i = 0; i < engine->count; i++) out[i] = 100.0 - child.score[i];
    child.score = out;
    return child;
}

// Weighted aggregate of the children; the index complements the sacrifice.
static custval__scores aggregate(custval__engine *engine, uint32_t index, uint32_t depth) {
    const custval__node *node = &engine->system->nodes[index];
    custval__rollup rollup = {.engine = engine, .node = node, .level = &engine->levels[depth]};
    custval__rollup_begin(&rollup, node->first_child);
    for (uint32_t child = node->first_child; child != CUSTVAL_NONE; child = engine->system->nodes[child].next_sibling) {
        custval__scores scores = evaluate(engine, child, depth + 1);
        if (index == 0 && engine->system->nodes[child].side == CUSTVAL_SIDE_SACRIFICE) {
            scores = complement(engine, scores, scores.score);
        }
        const double weight = custval__rollup_weight(&rollup, child);
        custval__rollup_add(&rollup, weight, scores);
        custval__rollup_keep_weight(&rollup, child, weight, scores);
    }
    return custval__rollup_end(&rollup);
}

// B - S or B / S. Coverage is the mean of the sides' by their weights.
static custval__scores oppose(custval__engine *engine) {
    const custval_system *system = engine->system;
    custval__level *level = &engine->levels[0];
    custval__node coverage_only = system->nodes[0];
    coverage_only.aggregator = CUSTVAL_AGGREGATOR_MEAN;
    custval__rollup rollup = {.engine = engine, .node = &coverage_only, .level = level};
    double *benefit = engine->benefit;
    custval__rollup_begin(&rollup, system->nodes[0].first_child);
    for (uint32_t side = system->nodes[0].first_child; side != CUSTVAL_NONE; side = system->nodes[side].next_sibling) {
        const custval__scores scores = evaluate(engine, side, 1);
        const double weight = custval__rollup_weight(&rollup, side);
        if (system->nodes[side].side == CUSTVAL_SIDE_BENEFIT) {
            memcpy(benefit, scores.score, engine->count * sizeof(double));
        } else if (system->spec.form == CUSTVAL_FORM_DIFFERENCE) {
            engine->plan->kernels->subtract(benefit, scores.score, engine->count, benefit);
        } else {
            for (uint32_t i = 0; i < engine->count; i++) {
                if (scores.score[i] == 0.0) custval__engine_undefined(engine, 0, i);
                benefit[i] = scores.score[i] == 0.0 ? (double)NAN : benefit[i] / scores.score[i];
            }
        }
        custval__rollup_add(&rollup, weight, scores);
        custval__rollup_keep_weight(&rollup, side, weight, scores);
    }
    custval__scores out = custval__rollup_end(&rollup);
    out.score = benefit;
    return out;
}

// The value of a system with one side: the side itself, seen from the customer.
static custval__scores one_side(custval__engine *engine) {
    const uint32_t side = engine->system->nodes[0].first_child;
    custval__scores out = evaluate(engine, side, 0);
    if (engine->system->nodes[side].side == CUSTVAL_SIDE_BENEFIT) return out;
    if (engine->system->spec.form == CUSTVAL_FORM_INDEX) return complement(engine, out, out.score);
    for (uint32_t i = 0; i < engine->count; i++) out.score[i] = 0.0 - out.score[i];
    return out;
}

static custval__scores preset_scores(custval__engine *engine, uint32_t node, uint32_t depth) {
    const custval__level *level = &engine->levels[depth];
    const size_t bytes = engine->count * sizeof(double);
    memcpy(level->score, engine->preset->score[node], bytes);
    memcpy(level->coverage, engine->preset->coverage[node], bytes);
    return (custval__scores){level->score, level->coverage, 0};
}

static void apply_floor(const custval__engine *engine, double floor, custval__scores *scores) {
    if (scores->full || !(floor > 0.0)) return;
    for (uint32_t i = 0; i < engine->count; i++) {
        if (scores->coverage[i] < floor) scores->score[i] = (double)NAN;
    }
}

// The override that holds for a node in a row, or CUSTVAL_NONE.
static uint32_t override_of(const custval__engine *engine, uint32_t node, uint32_t row) {
    if (!engine->has_overrides || !engine->plan->overridden[node]) return CUSTVAL_NONE;
    uint32_t at = engine->override[row];
    while (at != CUSTVAL_NONE && engine->system->overrides[at].node != node) at = engine->plan->next_same_key[at];
    return at;
}

void custval__engine_undefined(custval__engine *engine, uint32_t node, uint32_t row) {
    for (; node != CUSTVAL_NONE; node = engine->system->nodes[node].parent) {
        if (override_of(engine, node, row) != CUSTVAL_NONE) return;
    }
    engine->status[row] |= CUSTVAL_ROW_UNDEFINED;
}

// Benefits are evaluated before sacrifices, so that what relieves is known.
static void apply_reliefs(custval__engine *engine, uint32_t node, double *score) {
    if (!engine->plan->has_reliefs || engine->system->nodes[node].side != CUSTVAL_SIDE_SACRIFICE) return;
    for (uint32_t r = 0; r < engine->system->relief_count; r++) {
        const custval__relief *relief = &engine->system->reliefs[r];
        if (relief->node != node) continue;
        const double *benefit = engine->kept[relief->by].score;
        for (uint32_t i = 0; i < engine->count; i++) {
            if (override_of(engine, node, i) != CUSTVAL_NONE) continue;
            score[i] = custval__relieved(relief, benefit[i], score[i]);
        }
    }
}

static void apply_overrides(custval__engine *engine, uint32_t node, double *score) {
    if (!engine->has_overrides || !engine->plan->overridden[node]) return;
    for (uint32_t i = 0; i < engine->count; i++) {
        const uint32_t at = override_of(engine, node, i);
        if (at == CUSTVAL_NONE) continue;
        score[i] = engine->system->overrides[at].score;
        engine->status[i] |= CUSTVAL_ROW_OVERRIDDEN;
    }
}

// Copies the scores of a node to where they are kept.
static void publish(custval__engine *engine, uint32_t node, custval__scores scores) {
    const custval__kept *kept = &engine->kept[node];
    const size_t bytes = engine->count * sizeof(double);
    if (kept->score != NULL) memcpy(kept->score, scores.score, bytes);
    if (kept->coverage != NULL) memcpy(kept->coverage, scores.full ? engine->ones : scores.coverage, bytes);
    if (!scores.full) engine->incomplete = 1;
}

// An only child stands for its parent, whatever the aggregator and its weight, unless that is one that cannot be used.
static custval__scores only_child(custval__engine *engine, uint32_t child, uint32_t depth) {
    if (custval__has_own_importance(engine, child)) {
        custval__check_importances(engine, child, &engine->levels[depth]);
    }
    const custval__scores only = evaluate(engine, child, depth);
    for (uint32_t i = 0; engine->kept[child].weight != NULL && i < engine->count; i++)
        engine->kept[child].weight[i] = 1.0;
    return only;
}

static custval__scores evaluate_below(custval__engine *engine, uint32_t index, uint32_t depth) {
    const custval_system *system = engine->system;
    const custval__node *node = &system->nodes[index];
    if (node->kind == CUSTVAL_KIND_ITEM) {
        return custval__answers_score(engine, &system->items[node->item], &engine->levels[depth]);
    }
    if (index == 0 && node->child_count == 1) return one_side(engine);
    if (index == 0 && system->spec.form != CUSTVAL_FORM_INDEX) return oppose(engine);
    return node->child_count == 1 ? only_child(engine, node->first_child, depth) : aggregate(engine, index, depth);
}

static custval__scores evaluate(custval__engine *engine, uint32_t index, uint32_t depth) {
    if (engine->preset != NULL && engine->preset->score[index] != NULL) {
        const custval__scores preset = preset_scores(engine, index, depth);
        apply_reliefs(engine, index, preset.score);
        publish(engine, index, preset);
        return preset;
    }
    custval__scores scores = evaluate_below(engine, index, depth);
    apply_floor(engine, engine->system->nodes[index].floor, &scores);
    if (engine->kept[index].computed != NULL) {
        memcpy(engine->kept[index].computed, scores.score, engine->count * sizeof(double));
    }
    apply_reliefs(engine, index, scores.score);
    if (index != 0) apply_overrides(engine, index, scores.score); // the value's comes after the gates
    publish(engine, index, scores);
    return scores;
}

/* ---- After the tree ----------------------------------------------------------------------------------------------------- */

// Scores of a derived node from the kept ones of its parts.
static custval__scores roll_up_parts(custval__engine *engine, const custval__node *node) {
    const custval__part *parts = &engine->system->parts[node->first_part];
    custval__rollup rollup = {.engine = engine, .node = node, .level = &engine->levels[1]};
    custval__rollup_begin(&rollup, CUSTVAL_NONE);
    for (uint32_t p = 0; p < node->child_count; p++) {
        const custval__kept *kept = &engine->kept[parts[p].node];
        custval__rollup_add(&rollup, parts[p].local, (custval__scores){kept->score, kept->coverage, 0});
    }
    return custval__rollup_end(&rollup);
}

// An only part stands for the whole.
static custval__scores only_part(custval__engine *engine, const custval__node *node) {
    const custval__kept *kept = &engine->kept[engine->system->parts[node->first_part].node];
    const custval__scores scores = {engine->levels[1].score, engine->levels[1].coverage, 0};
    memcpy(scores.score, kept->score, engine->count * sizeof(double));
    memcpy(scores.coverage, kept->coverage, engine->count * sizeof(double));
    return scores;
}

// A derived node is no part of the value, so nothing here touches the status of a row.
static void evaluate_derived(custval__engine *engine, uint32_t index) {
    const custval__node *node = &engine->system->nodes[index];
    custval__scores scores = node->child_count == 1 ? only_part(engine, node) : roll_up_parts(engine, node);
    apply_floor(engine, node->floor, &scores);
    publish(engine, index, scores);
}

static void apply_gates(custval__engine *engine) {
    double *value = engine->kept[0].score;
    for (uint32_t g = 0; g < engine->system->gate_count; g++) {
        const custval__gate *gate = &engine->system->gates[g];
        const double *score = engine->kept[gate->node].score;
        for (uint32_t i = 0; i < engine->count; i++) {
            if (!custval__gate_closed(gate, score[i]) || !(value[i] > gate->cap)) continue;
            value[i] = gate->cap;
            engine->status[i] |= CUSTVAL_ROW_GATED;
        }
    }
}

// Mean score of the indicators with a tag, by their global weights in the row's weight set.
static void evaluate_tags(custval__engine *engine) {
    const custval_system *system = engine->system;
    for (uint32_t tag = CUSTVAL_TAG_PAY; tag <= CUSTVAL_TAG_LEARN; tag++) {
        for (uint32_t i = 0; i < engine->count; i++) {
            const double *global = engine->plan->global + (size_t)engine->set[i] * system->node_count;
            double sum = 0.0, total = 0.0;
            for (uint32_t node = 0; node < system->first_derived; node++) {
                if (system->nodes[node].tag != tag || isnan(engine->kept[node].score[i])) continue;
                sum += global[node] * engine->kept[node].score[i];
                total += global[node];
            }
            engine->tags[tag][i] = total > 0.0 ? sum / total : (double)NAN;
        }
    }
    engine->incomplete = 1;
}

static void clear_row(custval__engine *engine, uint32_t row) {
    for (uint32_t node = 0; node < engine->system->node_count; node++) {
        const custval__kept *kept = &engine->kept[node];
        if (kept->score != NULL) kept->score[row] = (double)NAN;
        if (kept->coverage != NULL) kept->coverage[row] = (double)NAN;
        if (kept->computed != NULL) kept->computed[row] = (double)NAN;
    }
    if (engine->before_gates != NULL) engine->before_gates[row] = (double)NAN;
    if (engine->plan->levels & CUSTVAL_LEVEL_TAG) {
        for (uint32_t tag = CUSTVAL_TAG_PAY; tag <= CUSTVAL_TAG_LEARN; tag++) engine->tags[tag][row] = (double)NAN;
    }
}

// A row has either a value or a status that says why not.
static void settle_rows(custval__engine *engine) {
    double *value = engine->kept[0].score;
    if (!engine->plan->kernels->is_remarkable(value, engine->status, engine->count)) return;
    for (uint32_t i = 0; i < engine->count; i++) {
        uint32_t status = engine->status[i];
        if (isinf(value[i])) status |= CUSTVAL_ROW_NOT_FINITE;
        if (isnan(value[i]) && !(status & CUSTVAL_ROW_NO_VALUE)) status |= CUSTVAL_ROW_MISSING;
        if (status & CUSTVAL_ROW_NO_VALUE) {
            engine->incomplete = 1;
            value[i] = (double)NAN;
            if (status & CUSTVAL__ROW_FATAL) clear_row(engine, i);
        }
        engine->status[i] = status & ~CUSTVAL__ROW_REFUSED;
    }
}

/* ---- One run ---------------------------------------------------------------------------------------------------------- */

// Index + 1 of the profile or context of a row, 0 for none.
static uint32_t frame_of_row(custval__engine *engine, uint32_t row, uint32_t input, const custval__frame *frames,
                             uint32_t count, uint32_t unknown) {
    char digits[CUSTVAL__NUMBER_SIZE];
    custval_text id;
    if (!custval__source_text(engine->source, input, engine->start + row, digits, &id)) return 0;
    const uint32_t found = custval__system_frame_find(frames, count, id.data, id.length);
    if (found == CUSTVAL_NONE) engine->status[row] |= unknown;
    return found == CUSTVAL_NONE ? 0 : found + 1;
}

static void choose_sets(custval__engine *engine) {
    const custval__plan *plan = engine->plan;
    const custval_system *system = engine->system;
    const uint32_t contexts = system->context_count + 1;
    const int profile_column = system->profile_input != CUSTVAL_NONE && !plan->forced_profile;
    const int context_column = system->context_input != CUSTVAL_NONE && !plan->forced_context;
    engine->same_set = 1;
    if (!profile_column && !context_column) return; // as they were set when the engine was made
    for (uint32_t i = 0; i < engine->count; i++) {
        const uint32_t profile = profile_column ? frame_of_row(engine, i, system->profile_input, system->profiles,
                                                               system->profile_count, CUSTVAL_ROW_UNKNOWN_PROFILE)
                                                : plan->profile;
        engine->context[i] = context_column ? frame_of_row(engine, i, system->context_input, system->contexts,
                                                           system->context_count, CUSTVAL_ROW_UNKNOWN_CONTEXT)
                                            : plan->context;
        engine->set[i] = profile * contexts + engine->context[i];
        if (engine->set[i] != engine->set[0]) engine->same_set = 0;
    }
}

static void find_overrides(custval__engine *engine) {
    engine->has_overrides = 0;
    if (engine->plan->active_overrides == 0) return;
    for (uint32_t i = 0; i < engine->count; i++) {
        engine->override[i] = custval__override_first(engine->plan, engine->source, engine->start + i);
        if (engine->override[i] != CUSTVAL_NONE) engine->has_overrides = 1;
    }
}

// Variants of one row share what the source says of it beside the answers.
static void spread_first_row(custval__engine *engine, uint32_t count) {
    for (uint32_t i = 1; i < count; i++) {
        engine->status[i] = engine->status[0];
        engine->set[i] = engine->set[0];
        engine->context[i] = engine->context[0];
        engine->override[i] = engine->override[0];
    }
    engine->count = count;
}

void custval__engine_run(custval__engine *engine, const custval__source *source, size_t start, uint32_t count,
                         const custval__preset *preset) {
    const custval_system *system = engine->system;
    engine->source = source;
    engine->preset = preset;
    engine->start = start;
    const int is_variants = preset != NULL && !preset->by_row;
    engine->count = is_variants ? 1 : count;
    memset(engine->status, 0, count * sizeof *engine->status);
    choose_sets(engine);
    find_overrides(engine);
    if (is_variants) spread_first_row(engine, count);
    const int is_plain = custval__plain_run(engine);
    if (!is_plain) evaluate(engine, 0, 0);
    if (engine->before_gates != NULL) memcpy(engine->before_gates, engine->kept[0].score, count * sizeof(double));
    for (uint32_t node = system->first_derived; node < system->node_count; node++) {
        if (engine->kept[node].score != NULL) evaluate_derived(engine, node);
    }
    apply_gates(engine);
    apply_overrides(engine, 0, engine->kept[0].score);
    if (engine->plan->levels & CUSTVAL_LEVEL_TAG) evaluate_tags(engine);
    if (!is_plain) settle_rows(engine);
}
