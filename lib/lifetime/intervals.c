/* Intervals of predictions from the errors of the parameters: the delta method. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "intervals.h"

#include <math.h>
#include <string.h>

#include "../base/maths.h"
#include "../base/special.h"

/* Step of the logarithms of parameters in central differences. Models are exact to 1e-13, so that a difference is to 1e-13 / STEP = 1e-8;
   what the next term of the series adds is of the order of STEP^2. */
#define STEP 0x1p-17
/* Below it nothing varies: squares of standard errors stay above the smallest doubles. */
#define LEAST_VARIANCE 1e-290

/* ---- How parameters vary -------------------------------------------------------------------------------------------------- */

// A customer's log parameter p changes with value v of the lifetime by this much.
static double slope(const custval_lifetime *lifetime, const double *purchase, const double *dropout, uint32_t p,
                    uint32_t v) {
    const custval__model *model = lifetime->model;
    if (v < model->parameters) return v == p ? 1.0 : 0.0;
    v -= model->parameters;
    if (v < lifetime->purchase_count) return model->purchase.index == p ? model->purchase.sign * purchase[v] : 0.0;
    v -= lifetime->purchase_count;
    return model->dropout.index == p ? model->dropout.sign * dropout[v] : 0.0;
}

// Cholesky's factor; a direction in which nothing varies has no column.
static void factorise(uint32_t count, double covariance[CUSTVAL__MODEL_PARAMETERS][CUSTVAL__MODEL_PARAMETERS],
                      custval__factor *out) {
    *out = (custval__factor){.count = 0};
    for (uint32_t p = 0; p < count; p++) {
        double *column = out->columns[out->count];
        if (!(covariance[p][p] > LEAST_VARIANCE)) continue;
        const double pivot = sqrt(covariance[p][p]);
        for (uint32_t q = p; q < count; q++) column[q] = covariance[q][p] / pivot;
        for (uint32_t q = p; q < count; q++) {
            for (uint32_t r = p; r < count; r++) covariance[q][r] -= column[q] * column[r];
        }
        out->count++;
    }
}

void custval__factor_of(const custval_lifetime *lifetime, const double *purchase, const double *dropout,
                        custval__factor *out) {
    const uint32_t parameters = lifetime->model->parameters, count = lifetime->count;
    double covariance[CUSTVAL__MODEL_PARAMETERS][CUSTVAL__MODEL_PARAMETERS] = {{0.0}};
    double row[CUSTVAL__MODEL_PARAMETERS + 2 * CUSTVAL__LIFETIME_COVARIATES];
    for (uint32_t p = 0; p < parameters; p++) {
        memset(row, 0, sizeof row);
        for (uint32_t v = 0; v < count; v++) {
            const double weight = slope(lifetime, purchase, dropout, p, v);
            if (weight == 0.0) continue;
            for (uint32_t w = 0; w < count; w++) row[w] += weight * lifetime->covariance[(size_t)v * count + w];
        }
        for (uint32_t q = 0; q < parameters; q++) {
            for (uint32_t w = 0; w < count; w++) {
                covariance[p][q] += row[w] * slope(lifetime, purchase, dropout, q, w);
            }
        }
    }
    factorise(parameters, covariance, out);
}

/* ---- Scales ------------------------------------------------------------------------------------------------------------------ */

enum scale { SCALE_PLAIN, SCALE_LOG, SCALE_LOGIT, SCALE_LOGIT_OF_LOG };

static enum scale scale_of(const custval__outputs *plan, uint32_t output) {
    switch (output) {
    case CUSTVAL_LIFETIME_ALIVE:
    case CUSTVAL_LIFETIME_LOG_ALIVE:
    case CUSTVAL_LIFETIME_NONE: return SCALE_LOGIT_OF_LOG;
    case CUSTVAL_LIFETIME_ALIVE_LATER: return SCALE_LOGIT;
    case CUSTVAL_LIFETIME_SPEND: return plan->spend != NULL ? SCALE_LOG : SCALE_PLAIN;
    case CUSTVAL_LIFETIME_VALUE:
    case CUSTVAL_LIFETIME_LOG_LIKELIHOOD: return SCALE_PLAIN;
    default: return SCALE_LOG;
    }
}

static double to_scale(enum scale scale, double x) {
    switch (scale) {
    case SCALE_LOG: return custval__log(x);
    case SCALE_LOGIT: return custval__log(x) - custval__log1p(-x);
    case SCALE_LOGIT_OF_LOG: return x - custval__log(-custval__expm1(x));
    default: return x;
    }
}

static double from_scale(enum scale scale, uint32_t output, double u) {
    if (scale == SCALE_PLAIN) return u;
    if (scale == SCALE_LOG) return custval__exp(u);
    if (output != CUSTVAL_LIFETIME_LOG_ALIVE) return 1.0 / (1.0 + custval__exp(-u));
    return u < 0.0 ? u - custval__log1p(custval__exp(u)) : -custval__log1p(custval__exp(-u));
}

/* ---- Variances --------------------------------------------------------------------------------------------------------------- */

// Adds the squares of derivatives along one column to the variances of outputs on their scales.
static void add_squares(const custval__outputs *plan, size_t count, double length, const custval__interval_room *room,
                        double *const *variance) {
    for (uint32_t o = 0; o < CUSTVAL__OUTPUTS; o++) {
        if (!(plan->wanted & 1U << o)) continue;
        const enum scale scale = scale_of(plan, 1U << o);
        for (size_t i = 0; i < count; i++) {
            const double rise = to_scale(scale, room->above[o][i]) - to_scale(scale, room->below[o][i]);
            const double slope_along = rise / (2.0 * STEP) * length;
            variance[o][i] += slope_along * slope_along;
        }
    }
}

static void move(const double *parameters, uint32_t count, const double *column, double step,
                 double out[CUSTVAL__MODEL_PARAMETERS]) {
    for (uint32_t p = 0; p < count; p++) out[p] = parameters[p] * custval__exp(step * column[p]);
}

static double length_of(const double column[CUSTVAL__MODEL_PARAMETERS]) {
    double square = 0.0;
    for (uint32_t p = 0; p < CUSTVAL__MODEL_PARAMETERS; p++) square += column[p] * column[p];
    return sqrt(square);
}

// Outputs with the parameters of purchases (or of spend) moved along a column; the other parts are those at the estimate.
static void evaluate(const custval__outputs *plan, const custval__group *group, const double *parameters, int of_spend,
                     double *const *parts, const custval__interval_room *room, double *const *out) {
    double *mixed[CUSTVAL__PARTS];
    for (uint32_t p = 0; p < CUSTVAL__PARTS; p++) {
        mixed[p] = (p >= CUSTVAL__PART_SPEND) == of_spend ? room->parts[p] : parts[p];
    }
    if (of_spend) {
        custval__parts_spend(plan, parameters, group, mixed);
    } else {
        custval__parts_purchases(plan, parameters, group, room->scratch, mixed);
    }
    custval__outputs_combine(plan, group, mixed, 1, out);
}

static void add_variances(const custval__outputs *plan, const custval__group *group, const double *parameters,
                          const custval__factor *factor, int of_spend, double *const *parts,
                          const custval__interval_room *room, double *const *variance) {
    const uint32_t count = of_spend ? plan->spend->model->parameters : plan->lifetime->model->parameters;
    double moved[CUSTVAL__MODEL_PARAMETERS];
    for (uint32_t c = 0; c < factor->count; c++) {
        const double *column = factor->columns[c], length = length_of(column);
        move(parameters, count, column, STEP / length, moved);
        evaluate(plan, group, moved, of_spend, parts, room, room->above);
        move(parameters, count, column, -STEP / length, moved);
        evaluate(plan, group, moved, of_spend, parts, room, room->below);
        add_squares(plan, group->customers.count, length, room, variance);
    }
}

// An output on the edge of its scale, e.g. P(alive) = 1 by construction, has no error.
static void bounds(enum scale scale, uint32_t output, double at, double deviation, double *low, double *high) {
    const double u = to_scale(scale, at);
    const int is_log = scale == SCALE_LOGIT_OF_LOG && output != CUSTVAL_LIFETIME_LOG_ALIVE;
    const double estimate = is_log ? custval__exp(at) : at;
    if (!isfinite(u)) {
        *low = *high = estimate;
        return;
    }
    *low = from_scale(scale, output, u - deviation);
    *high = from_scale(scale, output, u + deviation);
    if (!isfinite(*low) || !isfinite(*high)) *low = *high = (double)NAN;
    if (*low > estimate) *low = estimate; /* the way to the scale and back rounds */
    if (*high < estimate) *high = estimate;
}

void custval__intervals(const custval__outputs *plan, const custval__group *group, const custval__estimate *at,
                        double *const *parts, double z, const custval__interval_room *room, double *const *low,
                        double *const *high) {
    const size_t count = group->customers.count;
    double *const *variance = low;
    for (uint32_t o = 0; o < CUSTVAL__OUTPUTS; o++) {
        if (plan->wanted & 1U << o) memset(variance[o], 0, count * sizeof(double));
    }
    add_variances(plan, group, at->parameters, at->factor, 0, parts, room, variance);
    if (plan->spend != NULL) {
        add_variances(plan, group, at->spend, at->spend_factor, 1, parts, room, variance);
    }
    custval__outputs_combine(plan, group, parts, 1, room->above);
    for (uint32_t o = 0; o < CUSTVAL__OUTPUTS; o++) {
        if (!(plan->wanted & 1U << o)) continue;
        const enum scale scale = scale_of(plan, 1U << o);
        for (size_t i = 0; i < count; i++) {
            bounds(scale, 1U << o, room->above[o][i], z * sqrt(variance[o][i]), &low[o][i], &high[o][i]);
        }
    }
}
