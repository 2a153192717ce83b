/* From answers to the scores of an item: scales, curves, categories, missing codes, policies. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "engine_private.h"

static int is_missing_code(const custval__item *item, double answer) {
    for (uint32_t i = 0; i < item->code_count; i++) {
        if (answer == item->codes[i]) return 1;
    }
    return 0;
}

static double scale_score(const custval__item *item, double answer) {
    const double raw = (item->reversed ? item->high - answer : answer - item->low) * item->slope;
    return (raw < 100.0 ? raw : 100.0) + 0.0; // as in the kernels
}

// Score of an answer within its bounds, or NaN with the row's status set.
static double curve_score(custval__engine *engine, const custval__item *item, double answer, uint32_t row) {
    double score;
    if (item->curve.type == CUSTVAL_CURVE_SCALE) return scale_score(item, answer);
    if (item->curve.type == CUSTVAL_CURVE_TABLE) {
        if (custval__item_category_number(item, answer, &score)) return score;
        engine->status[row] |= CUSTVAL_ROW_UNKNOWN_CATEGORY;
        return (double)NAN;
    }
    score = custval__item_curve(item, answer, engine->context[row]);
    if (isfinite(score)) return score;
    engine->status[row] |= CUSTVAL_ROW_NOT_FINITE;
    return (double)NAN;
}

// Score of any answer that is present, NaN if it is not to be read as one.
static double present_score(custval__engine *engine, const custval__item *item, double answer, uint32_t row) {
    if (is_missing_code(item, answer)) return (double)NAN;
    if (!isfinite(answer)) {
        engine->status[row] |= CUSTVAL_ROW_NOT_FINITE;
        return (double)NAN;
    }
    if (answer >= item->low && answer <= item->high) return curve_score(engine, item, answer, row);
    switch (item->out_of_scale) {
    case CUSTVAL_OUT_OF_SCALE_CLAMP:
        engine->status[row] |= CUSTVAL_ROW_CLAMPED;
        return curve_score(engine, item, answer < item->low ? item->low : item->high, row);
    case CUSTVAL_OUT_OF_SCALE_MISSING: engine->status[row] |= CUSTVAL_ROW_DROPPED; return (double)NAN;
    default: engine->status[row] |= CUSTVAL_ROW_OUT_OF_SCALE; return (double)NAN;
    }
}

// Scores of rows that the fast loop left without one; returns whether some row stays unanswered.
static int score_rest(custval__engine *engine, const custval__item *item, const double *x, double *score) {
    int unanswered = 0;
    for (uint32_t i = 0; i < engine->count; i++) {
        if (item->code_in_scale && !isnan(score[i]) && is_missing_code(item, x[i])) score[i] = (double)NAN;
        if (isnan(score[i]) && !isnan(x[i])) score[i] = present_score(engine, item, x[i], i);
        unanswered |= isnan(score[i]);
    }
    return unanswered;
}

static int score_numbers(custval__engine *engine, const custval__item *item, custval__level *level) {
    const custval__kernels *kernels = engine->plan->kernels;
    const uint32_t n = engine->count;
    const double *x = custval__source_numbers(engine->source, item->input, engine->start, n, level->term);
    if (item->curve.type != CUSTVAL_CURVE_SCALE) {
        for (uint32_t i = 0; i < n; i++) level->score[i] = (double)NAN;
        return score_rest(engine, item, x, level->score);
    }
    const custval__scale scale = {
        .low = item->low, .high = item->high, .slope = item->slope, .reversed = item->reversed != 0};
    const int some_without = kernels->scale(x, n, &scale, level->score);
    if (item->code_in_scale || (some_without && kernels->has_unread(x, level->score, n))) {
        return score_rest(engine, item, x, level->score);
    }
    return some_without;
}

static int score_texts(custval__engine *engine, const custval__item *item, custval__level *level) {
    int unanswered = 0;
    for (uint32_t i = 0; i < engine->count; i++) {
        char digits[32];
        custval_text text;
        level->score[i] = (double)NAN;
        if (custval__source_text(engine->source, item->input, engine->start + i, digits, &text) &&
            !custval__item_category_text(item, text, &level->score[i])) {
            engine->status[i] |= CUSTVAL_ROW_UNKNOWN_CATEGORY;
        }
        unanswered |= isnan(level->score[i]);
    }
    return unanswered;
}

// What stands in for an answer that is missing; NaN if nothing does.
static double stand_in(const custval_system *system, const custval__item *item) {
    switch (system->spec.missing) {
    case CUSTVAL_MISSING_NEUTRAL: return system->spec.neutral;
    case CUSTVAL_MISSING_WORST: return system->nodes[item->node].side == CUSTVAL_SIDE_SACRIFICE ? 100.0 : 0.0;
    default: return (double)NAN;
    }
}

custval__scores custval__answers_score(custval__engine *engine, const custval__item *item, custval__level *level) {
    custval__scores out = {level->score, level->coverage, 1};
    const int unanswered = engine->system->inputs[item->input].is_text ? score_texts(engine, item, level)
                                                                       : score_numbers(engine, item, level);
    if (!unanswered) return out;
    engine->plan->kernels->cover(level->score, engine->count, stand_in(engine->system, item), level->coverage);
    if (engine->system->spec.missing == CUSTVAL_MISSING_REJECT) {
        for (uint32_t i = 0; i < engine->count; i++) {
            if (level->coverage[i] == 0.0) engine->status[i] |= CUSTVAL_ROW_MISSING | CUSTVAL__ROW_REFUSED;
        }
    }
    out.full = 0;
    return out;
}
