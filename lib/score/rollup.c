/* One group of children rolled up into their parent: aggregators, weights, missing children. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "rollup.h"

#include <math.h>
#include <string.h>

#include "../base/maths.h"

/* ---- Aggregators: each but the minimum is a mean of transformed scores (a quasi-arithmetic mean) ------------------ */

// Takes the score away from rows where the aggregator is not defined for a child's score, and says so in their status;
// returns whether there are any. A child without weight is no child; `share` is NULL where every row gives it weight.
static int refuse_negative(custval__rollup *rollup, const double *score, const double *share) {
    const int is_derived = rollup->node->kind == CUSTVAL_KIND_DERIVED;
    const uint32_t node = (uint32_t)(rollup->node - rollup->engine->system->nodes);
    int refused = 0;
    for (uint32_t i = 0; i < rollup->engine->count; i++) {
        if (!(score[i] < 0.0) || (share != NULL && !(share[i] > 0.0))) continue;
        rollup->level->score[i] = (double)NAN; // whatever is added
        if (!is_derived) custval__engine_undefined(rollup->engine, node, i);
        refused = 1;
    }
    return refused;
}

// Transforms child scores for the sum.
static const double *transform(custval__engine *engine, const custval__node *node, const double *score, double *term) {
    switch (node->aggregator) {
    case CUSTVAL_AGGREGATOR_GEOMETRIC:
        for (uint32_t i = 0; i < engine->count; i++) term[i] = custval__log(score[i]);
        break;
    case CUSTVAL_AGGREGATOR_HARMONIC:
        for (uint32_t i = 0; i < engine->count; i++) term[i] = 1.0 / score[i];
        break;
    case CUSTVAL_AGGREGATOR_POWER:
        for (uint32_t i = 0; i < engine->count; i++) {
            term[i] = score[i] >= 0.0 ? custval__pow(score[i], node->exponent) : (double)NAN;
        }
        break;
    default: return score;
    }
    return term;
}

// The inverse of transform on the mean of the terms. An infinite mean comes from a score of 0 (log, reciprocal,
// negative power) and means 0, but from an overflow where the exponent is positive; where it is negative, powers of
// scores that are too large vanish, and a mean of 0 has an infinite root.
static void invert(custval__engine *engine, const custval__node *node, double *mean) {
    switch (node->aggregator) {
    case CUSTVAL_AGGREGATOR_GEOMETRIC:
        for (uint32_t i = 0; i < engine->count; i++) mean[i] = custval__exp(mean[i]);
        break;
    case CUSTVAL_AGGREGATOR_HARMONIC:
        for (uint32_t i = 0; i < engine->count; i++) mean[i] = 1.0 / mean[i];
        break;
    case CUSTVAL_AGGREGATOR_POWER:
        for (uint32_t i = 0; i < engine->count; i++) {
            const double score = isinf(mean[i]) ? 0.0 : custval__pow(mean[i], 1.0 / node->exponent);
            const int too_large = isinf(score) || (isinf(mean[i]) && node->exponent > 0.0);
            if (too_large && node->kind != CUSTVAL_KIND_DERIVED) engine->status[i] |= CUSTVAL_ROW_NOT_FINITE;
            mean[i] = too_large ? (double)NAN : score;
        }
        break;
    default: break;
    }
}

// The minimum's own sum: the smallest score of the children that count; `smallest` starts at +infinity.
static void add_minimum(const custval__level *level, const double *score, const double *coverage, uint32_t n) {
    for (uint32_t i = 0; i < n; i++) {
        if (level->weight[i] > 0.0 && score[i] < level->score[i]) level->score[i] = score[i];
        level->coverage[i] += level->share[i] * coverage[i];
        level->all[i] += level->share[i];
    }
}

/* ---- Weights -------------------------------------------------------------------------------------------------------- */

int custval__has_own_importance(const custval__engine *engine, uint32_t child) {
    return engine->system->nodes[child].weight_input != CUSTVAL_NONE;
}

// Weights of the group of `first` are the same in every row of the block.
static int weights_are_uniform(const custval__engine *engine, uint32_t first) {
    if (first == CUSTVAL_NONE) return 1; // a derived node: the same parts in every row
    if (engine->preset != NULL && engine->preset->weight != NULL && engine->preset->weight[first] != NULL) return 0;
    return engine->same_set && !custval__has_own_importance(engine, first);
}

// Own importances of a node; variants of one row all have that row's.
static const double *own_importances(const custval__engine *engine, uint32_t node, double *scratch) {
    const uint32_t input = engine->system->nodes[node].weight_input;
    if (engine->preset == NULL || engine->preset->by_row) {
        return custval__source_numbers(engine->source, input, engine->start, engine->count, scratch);
    }
    const double own = *custval__source_numbers(engine->source, input, engine->start, 1, scratch);
    for (uint32_t i = 0; i < engine->count; i++) scratch[i] = own;
    return scratch;
}

void custval__check_importances(custval__engine *engine, uint32_t first, custval__level *level) {
    const uint32_t n = engine->count;
    double *total = level->all;
    memset(level->declared, 0, n);
    memset(total, 0, n * sizeof *total);
    for (uint32_t child = first; child != CUSTVAL_NONE; child = engine->system->nodes[child].next_sibling) {
        const double *own = own_importances(engine, child, level->weight);
        for (uint32_t i = 0; i < n; i++) {
            if (isnan(own[i])) {
                level->declared[i] = 1;
            } else if (own[i] < 0.0 || isinf(own[i])) {
                engine->status[i] |= CUSTVAL_ROW_BAD_WEIGHT;
            } else {
                total[i] += own[i];
            }
        }
    }
    for (uint32_t i = 0; i < n; i++) {
        if (level->declared[i]) {
            engine->status[i] |= CUSTVAL_ROW_DEFAULT_WEIGHTS;
        } else if (!(total[i] > 0.0) || isinf(total[i])) {
            engine->status[i] |= CUSTVAL_ROW_BAD_WEIGHT;
        }
    }
}

// Weights of one child by row: preset, own importance, or those of the row's weight set.
static void weights_by_row(custval__engine *engine, uint32_t child, custval__level *level) {
    const custval_system *system = engine->system;
    const uint32_t n = engine->count;
    if (engine->preset != NULL && engine->preset->weight != NULL && engine->preset->weight[child] != NULL) {
        memcpy(level->share, engine->preset->weight[child], n * sizeof(double));
        return;
    }
    for (uint32_t i = 0; i < n; i++) level->share[i] = custval__system_set(system, engine->set[i])[child];
    if (!custval__has_own_importance(engine, child)) return;
    const double *own = own_importances(engine, child, level->weight);
    for (uint32_t i = 0; i < n; i++) {
        if (!level->declared[i]) level->share[i] = own[i];
    }
}

/* ---- One group of children ------------------------------------------------------------------------------------------- */

// From here on rows differ: the totals so far, one number while all rows were full, become one per row.
static void rollup_spread(custval__rollup *rollup) {
    const custval__level *level = rollup->level;
    const uint32_t n = rollup->engine->count;
    rollup->full = 0;
    for (uint32_t i = 0; i < n; i++) {
        level->total[i] = rollup->weight;
        level->coverage[i] = rollup->weight;
    }
    if (!rollup->by_row) return;
    for (uint32_t i = 0; i < n; i++) level->all[i] = rollup->weight;
}

void custval__rollup_begin(custval__rollup *rollup, uint32_t first_child) {
    custval__engine *engine = rollup->engine;
    custval__level *level = rollup->level;
    const int minimum = rollup->node->aggregator == CUSTVAL_AGGREGATOR_MINIMUM;
    const double sum_of_none = minimum ? (double)INFINITY : 0.0;
    rollup->uniform = weights_are_uniform(engine, first_child);
    rollup->by_row = !rollup->uniform || minimum || engine->system->spec.missing == CUSTVAL_MISSING_FLAT;
    rollup->full = rollup->uniform && !minimum;
    rollup->weight = 0.0;
    if (!rollup->uniform && custval__has_own_importance(engine, first_child))
        custval__check_importances(engine, first_child, level);
    for (uint32_t i = 0; i < engine->count; i++) level->score[i] = sum_of_none;
    if (!rollup->full) rollup_spread(rollup);
}

// Adds one child. level->share holds its weights by row if the group is not uniform; `weight` counts if it is.
void custval__rollup_add(custval__rollup *rollup, double weight, custval__scores child) {
    custval__engine *engine = rollup->engine;
    custval__level *level = rollup->level;
    const custval__kernels *kernels = engine->plan->kernels;
    const uint32_t n = engine->count;
    if (rollup->uniform && !(weight > 0.0)) return;
    const int takes_negative =
        rollup->node->aggregator == CUSTVAL_AGGREGATOR_MEAN || rollup->node->aggregator == CUSTVAL_AGGREGATOR_MINIMUM;
    const int refused = !takes_negative && refuse_negative(rollup, child.score, rollup->uniform ? NULL : level->share);
    const double *term = transform(engine, rollup->node, child.score, level->term);
    if (rollup->full && child.full && !refused) {
        double *sum = engine->spare;
        kernels->add_full(term, n, weight, level->score, sum);
        engine->spare = level->score;
        level->score = sum;
        rollup->weight += weight;
        return;
    }
    if (rollup->full) rollup_spread(rollup);
    const double *coverage = child.full ? engine->ones : child.coverage;
    if (!rollup->by_row) {
        kernels->add(term, coverage, n, weight, level->score, level->total, level->coverage);
        return;
    }
    const int flat = engine->system->spec.missing == CUSTVAL_MISSING_FLAT;
    for (uint32_t i = 0; i < n; i++) {
        if (rollup->uniform) level->share[i] = weight;
        level->weight[i] = flat ? level->share[i] * coverage[i] : level->share[i];
    }
    if (rollup->node->aggregator == CUSTVAL_AGGREGATOR_MINIMUM) {
        add_minimum(level, term, coverage, n);
    } else {
        kernels->add_rows(term, coverage, level->weight, level->share, n, level->score, level->total, level->coverage,
                          level->all);
    }
}

custval__scores custval__rollup_end(custval__rollup *rollup) {
    custval__engine *engine = rollup->engine;
    custval__level *level = rollup->level;
    const custval__kernels *kernels = engine->plan->kernels;
    const uint32_t n = engine->count;
    if (rollup->node->aggregator == CUSTVAL_AGGREGATOR_MINIMUM) {
        for (uint32_t i = 0; i < n; i++) {
            if (isinf(level->score[i])) level->score[i] = (double)NAN;
        }
    } else if (!rollup->full) {
        kernels->divide(level->score, level->total, n);
    }
    if (!rollup->full && rollup->by_row) kernels->divide(level->coverage, level->all, n);
    invert(engine, rollup->node, level->score);
    return (custval__scores){level->score, level->coverage, rollup->full};
}

// Keeps the weight with which a child entered its group, for explanations.
void custval__rollup_keep_weight(const custval__rollup *rollup, uint32_t child, double weight, custval__scores scores) {
    const custval__engine *engine = rollup->engine;
    double *kept = engine->kept[child].weight;
    if (kept == NULL) return;
    const int flat = engine->system->spec.missing == CUSTVAL_MISSING_FLAT && !scores.full;
    for (uint32_t i = 0; i < engine->count; i++) {
        const double declared = rollup->uniform ? weight : rollup->level->share[i];
        kept[i] = flat ? declared * scores.coverage[i] : declared;
    }
}

// Weight of a child in every row if the group is uniform; else fills in level->share and returns a stand-in above 0.
double custval__rollup_weight(custval__rollup *rollup, uint32_t child) {
    if (rollup->uniform) return custval__system_set(rollup->engine->system, rollup->engine->set[0])[child];
    weights_by_row(rollup->engine, child, rollup->level);
    return 1.0;
}
