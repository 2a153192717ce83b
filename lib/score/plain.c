/* The plain way through the tree: most systems are weighted means over scales, and most rows answer everything. Then a
   block is a handful of loops, written down once as a list of steps. What they compute, and in which order, is what
   engine.c and rollup.c would: the same bits, without looking at each node of the tree again for every block. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "plain.h"

#include <math.h>
#include <string.h>

#include "../base/error.h"

typedef enum step_kind {
    SCALE,      // score = the item's scores
    ADD_SCALED, // score = sum so far + weight * the item's scores
    ADD,        // score = sum so far + weight * score of the depth below
    COMPLEMENT, // score = 100 - score
    SET_ASIDE,  // benefit = score
    SUBTRACT,   // score = benefit - score of the depth below
    PUBLISH     // the score is kept, with full coverage
} step_kind;

typedef struct custval__step {
    step_kind kind;
    uint32_t depth;
    uint32_t index; // of the input; PUBLISH: of the node
    int is_first;   // ADD_SCALED, ADD: the sum so far is that of no children
    double weight;
    custval__scale scale;
} custval__step;

/* ---- Writing down ---------------------------------------------------------------------------------------------------- */

static custval__step *add_step(custval__engine *engine, step_kind kind, uint32_t depth) {
    custval__step *step = &engine->steps[engine->step_count++];
    *step = (custval__step){.kind = kind, .depth = depth};
    return step;
}

static int set_scale(const custval_system *system, uint32_t node, custval__step *step) {
    const custval__item *item = &system->items[system->nodes[node].item];
    step->index = item->input;
    step->scale = (custval__scale){item->low, item->high, item->slope, nextafter(item->high, (double)INFINITY),
                                   item->reversed != 0};
    return item->curve.type == CUSTVAL_CURVE_SCALE && !item->code_in_scale && isfinite(step->scale.above) &&
           !system->inputs[item->input].is_text;
}

// The item below a node if there is nothing but it, and nobody looks at what is between; else CUSTVAL_NONE.
static uint32_t lone_item(const custval__engine *engine, uint32_t node) {
    const custval_system *system = engine->system;
    while (!engine->plan->keep[node]) {
        if (system->nodes[node].kind == CUSTVAL_KIND_ITEM) return node;
        if (system->nodes[node].child_count != 1) break;
        node = system->nodes[node].first_child;
    }
    return CUSTVAL_NONE;
}

static int write_node(custval__engine *engine, uint32_t index, uint32_t depth);

// Weighted mean of the children; the index form complements the sacrifice.
static int write_mean(custval__engine *engine, uint32_t index, uint32_t depth) {
    const custval_system *system = engine->system;
    const double *weights = custval__system_set(system, engine->set[0]);
    if (system->nodes[index].aggregator != CUSTVAL_AGGREGATOR_MEAN) return 0;
    int is_first = 1;
    for (uint32_t child = system->nodes[index].first_child; child != CUSTVAL_NONE;
         child = system->nodes[child].next_sibling) {
        if (!(weights[child] > 0.0)) return 0; // it counts for nothing, but its answers are checked
        const int complement = index == 0 && system->nodes[child].side == CUSTVAL_SIDE_SACRIFICE;
        const uint32_t item = complement ? CUSTVAL_NONE : lone_item(engine, child);
        if (item == CUSTVAL_NONE && !write_node(engine, child, depth + 1)) return 0;
        if (complement) add_step(engine, COMPLEMENT, depth + 1);
        custval__step *step = add_step(engine, item == CUSTVAL_NONE ? ADD : ADD_SCALED, depth);
        step->weight = weights[child];
        step->is_first = is_first;
        if (item != CUSTVAL_NONE && !set_scale(system, item, step)) return 0;
        is_first = 0;
    }
    return 1;
}

static int write_difference(custval__engine *engine) {
    const uint32_t *sides = engine->system->sides;
    if (!write_node(engine, sides[CUSTVAL_SIDE_BENEFIT], 1)) return 0;
    add_step(engine, SET_ASIDE, 1);
    if (!write_node(engine, sides[CUSTVAL_SIDE_SACRIFICE], 1)) return 0;
    add_step(engine, SUBTRACT, 0);
    return 1;
}

// Steps of a node and what is below it; 0 if something there is not plain.
static int write_node(custval__engine *engine, uint32_t index, uint32_t depth) {
    const custval_system *system = engine->system;
    const custval__node *node = &system->nodes[index];
    int plain;
    if (node->kind == CUSTVAL_KIND_ITEM) {
        plain = set_scale(system, index, add_step(engine, SCALE, depth));
    } else if (node->child_count == 1) {
        const int is_negated = index == 0 && system->nodes[node->first_child].side == CUSTVAL_SIDE_SACRIFICE;
        plain = !is_negated && write_node(engine, node->first_child, depth);
    } else if (index == 0 && system->spec.form == CUSTVAL_FORM_DIFFERENCE) {
        plain = write_difference(engine);
    } else {
        plain = (index != 0 || system->spec.form == CUSTVAL_FORM_INDEX) && write_mean(engine, index, depth);
    }
    if (engine->plan->keep[index]) add_step(engine, PUBLISH, depth)->index = index;
    return plain;
}

custval_status custval__plain_prepare(custval__engine *engine, custval_error *error) {
    const custval__plan *plan = engine->plan;
    if (engine->keep_all || plan->by_row || plan->active_overrides > 0 || plan->has_reliefs) return CUSTVAL_OK;
    // A node has at most a step that adds it, one that publishes it and one that turns it round.
    engine->steps = custval__alloc(&plan->host, 3 * (size_t)engine->system->node_count, sizeof *engine->steps);
    if (engine->steps == NULL) return custval__fail_memory(error);
    if (!write_node(engine, 0, 0)) engine->step_count = 0;
    return CUSTVAL_OK;
}

/* ---- Running --------------------------------------------------------------------------------------------------------- */

static void swap(double **a, double **b) {
    double *c = *a;
    *a = *b;
    *b = c;
}

static void publish(const custval__engine *engine, uint32_t node, const double *score) {
    const size_t bytes = engine->count * sizeof(double);
    const custval__kept *kept = &engine->kept[node];
    if (kept->score != NULL) memcpy(kept->score, score, bytes);
    if (kept->coverage != NULL) memcpy(kept->coverage, engine->ones, bytes);
}

// One step; 0 if some answer is missing or outside its scale.
static int run_step(custval__engine *engine, const custval__step *step) {
    const custval__kernels *kernels = engine->plan->kernels;
    const uint32_t n = engine->count;
    custval__level *level = &engine->levels[step->depth], *below = level + 1;
    const double *sum = step->is_first ? engine->zeros : level->score;
    switch (step->kind) {
    case SCALE: {
        const double *x = custval__source_numbers(engine->source, step->index, engine->start, n, level->term);
        return !kernels->scale(x, n, &step->scale, level->score);
    }
    case ADD_SCALED: {
        const double *x = custval__source_numbers(engine->source, step->index, engine->start, n, level->term);
        const int some_without = kernels->add_scaled(x, n, &step->scale, step->weight, sum, engine->spare);
        swap(&level->score, &engine->spare);
        return !some_without;
    }
    case ADD:
        kernels->add_full(below->score, n, step->weight, sum, engine->spare);
        swap(&level->score, &engine->spare);
        return 1;
    case COMPLEMENT:
        for (uint32_t i = 0; i < n; i++) level->score[i] = 100.0 - level->score[i];
        return 1;
    case SET_ASIDE: swap(&level->score, &engine->benefit); return 1;
    case SUBTRACT: kernels->subtract(engine->benefit, below->score, n, level->score); return 1;
    default: publish(engine, step->index, level->score); return 1;
    }
}

int custval__plain_run(custval__engine *engine) {
    if (engine->step_count == 0 || engine->preset != NULL) return 0;
    for (uint32_t i = 0; i < engine->step_count; i++) {
        if (!run_step(engine, &engine->steps[i])) return 0;
    }
    return 1;
}
