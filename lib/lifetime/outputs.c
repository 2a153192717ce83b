/* Outputs of predictions: what models give of customers, and what follows from it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "outputs.h"

#include <math.h>
#include <string.h>

#include <custval/words.h>

#include "../base/error.h"
#include "../base/maths.h"
#include "../base/special.h"
#include "between.h"

#define PART(name) (1U << CUSTVAL__PART_##name)
#define MONEY_PARTS (PART(SPEND) | PART(SPEND_SQUARE) | PART(SPEND_VARIANCE))

/* ---- What is needed ------------------------------------------------------------------------------------------------------ */

static uint32_t parts_of(const custval__outputs *plan, uint32_t output, int costs) {
    const uint32_t spread = plan->spend != NULL ? PART(SPEND_SQUARE) | PART(SPEND_VARIANCE) : 0;
    switch (output) {
    case CUSTVAL_LIFETIME_ALIVE:
    case CUSTVAL_LIFETIME_LOG_ALIVE: return PART(LOG_ALIVE);
    case CUSTVAL_LIFETIME_ALIVE_LATER: return PART(ALIVE_LATER);
    case CUSTVAL_LIFETIME_EXPECTED: return PART(EXPECTED);
    case CUSTVAL_LIFETIME_EXPECTED_DEVIATION: return PART(EXPECTED) | PART(EXPECTED_PAIRS);
    case CUSTVAL_LIFETIME_NONE: return PART(LOG_NONE);
    case CUSTVAL_LIFETIME_RESIDUAL: return PART(RESIDUAL);
    case CUSTVAL_LIFETIME_SPEND: return PART(SPEND);
    case CUSTVAL_LIFETIME_VALUE: return PART(CASH) | PART(SPEND) | (costs ? PART(CASH_ALIVE) : 0);
    case CUSTVAL_LIFETIME_VALUE_DEVIATION:
        return PART(CASH_MEAN) | PART(CASH_PAIRS) | PART(CASH_SQUARES) | PART(SPEND) | spread;
    default: return PART(LOG_LIKELIHOOD);
    }
}

static int has_parts(const custval__model *model, uint32_t parts) {
    const struct {
        uint32_t parts;
        int has;
    } functions[] = {{PART(LOG_ALIVE), model->log_alive != NULL},
                     {PART(ALIVE_LATER), model->alive_later != NULL},
                     {PART(CASH_ALIVE), model->log_alive != NULL && model->alive_later != NULL},
                     {PART(EXPECTED) | PART(CASH), model->expected != NULL},
                     {PART(EXPECTED_PAIRS), model->expected_pairs != NULL},
                     {PART(LOG_NONE), model->log_counts != NULL},
                     {PART(RESIDUAL), model->residual != NULL},
                     {PART(CASH_MEAN), model->cash_moments != NULL}};
    for (size_t i = 0; i < sizeof functions / sizeof functions[0]; i++) {
        if (parts & functions[i].parts && !functions[i].has) return 0;
    }
    return 1;
}

custval_status custval__outputs_plan(custval__outputs *plan, int costs, custval_error *error) {
    const custval__model *model = plan->lifetime->model;
    plan->parts = 0;
    for (uint32_t output = 1; output < 1U << CUSTVAL__OUTPUTS; output *= 2) {
        if (!(plan->wanted & output)) continue;
        const uint32_t parts = parts_of(plan, output, costs);
        if (!has_parts(model, parts)) {
            return custval__fail(error, CUSTVAL_ERROR_UNSUPPORTED, "model %s has no output \"%s\"",
                                 custval_word(CUSTVAL_WORDS_MODEL, model->id),
                                 custval_word(CUSTVAL_WORDS_LIFETIME_OUTPUT, output));
        }
        plan->parts |= parts;
    }
    return CUSTVAL_OK;
}

/* ---- What models give ----------------------------------------------------------------------------------------------------- */

// The mean of values[node][i] by their shares.
static double between(const double shares[CUSTVAL__BETWEEN_NODES], const double *values, size_t count, size_t i) {
    double sum = 0.0;
    for (size_t j = 0; j < CUSTVAL__BETWEEN_NODES; j++) sum += shares[j] * values[j * count + i];
    return sum;
}

// Periods from `start` on that are interpolated; steps of a discrete model are no smooth function.
static size_t smooth_periods(const custval__model *model, const custval__cash *cash, size_t start) {
    return model->discrete ? 0 : custval__between_count(cash->ends + start, cash->count - start);
}

static void add_smooth_cash(const custval__cash *cash, const double *nodes, size_t start, size_t times, size_t count,
                            const double *expected, double *before, double *sum) {
    double shares[CUSTVAL__BETWEEN_NODES];
    for (size_t k = start; k < start + times; k++) {
        custval__between_shares(nodes, cash->ends[k], shares);
        for (size_t i = 0; i < count; i++) {
            const double until = between(shares, expected, count, i);
            sum[i] += cash->discounts[k] * (until - before[i]);
            before[i] = until;
        }
    }
}

// Adds up the periods; the purchases expected until the end of the last one remain in `before`.
static void add_cash(const custval__model *model, const double *parameters, const custval__group *group,
                     double *expected, double *before, double *sum) {
    const size_t count = group->customers.count;
    const custval__cash *cash = &group->cash;
    double nodes[CUSTVAL__BETWEEN_NODES];
    for (size_t i = 0; i < count; i++) sum[i] = before[i] = 0.0;
    for (size_t start = 0, times = 0; start < cash->count; start += times) {
        times = smooth_periods(model, cash, start);
        if (times > 0) {
            custval__between_nodes(cash->ends + start, times, nodes);
            model->expected(parameters, &group->customers, nodes, CUSTVAL__BETWEEN_NODES, expected);
            add_smooth_cash(cash, nodes, start, times, count, expected, before, sum);
            continue;
        }
        const size_t left = cash->count - start;
        times = left < CUSTVAL__OUTPUTS_TIMES ? left : CUSTVAL__OUTPUTS_TIMES;
        model->expected(parameters, &group->customers, cash->ends + start, times, expected);
        for (size_t k = 0; k < times; k++) {
            const double discount = cash->discounts[start + k], *until = expected + k * count;
            for (size_t i = 0; i < count; i++) {
                sum[i] += discount * (until[i] - before[i]);
                before[i] = until[i];
            }
        }
    }
}

static void alive_at(const custval__model *model, const double *parameters, const custval__customers *customers,
                     double t, double *times, double *out) {
    for (size_t i = 0; i < customers->count; i++) times[i] = t;
    model->alive_later(parameters, customers, times, out);
}

// P(alive) at the beginning of each period, added up with the discount of its money. `alive`: CUSTVAL__BETWEEN_NODES columns.
static void add_alive(const custval__model *model, const double *parameters, const custval__group *group, double *alive,
                      double *t, double *sum) {
    const size_t count = group->customers.count;
    const custval__cash *cash = &group->cash;
    double nodes[CUSTVAL__BETWEEN_NODES], shares[CUSTVAL__BETWEEN_NODES];
    if (cash->count > 0) model->log_alive(parameters, &group->customers, alive);
    for (size_t i = 0; i < count; i++) sum[i] = cash->count > 0 ? cash->discounts[0] * custval__exp(alive[i]) : 0.0;
    for (size_t start = 0, times = 0; start + 1 < cash->count; start += times) {
        times = smooth_periods(model, cash, start);
        if (start + times == cash->count && times > 0) times--; // the last end begins no period
        if (times == 0) {
            times = 1;
            alive_at(model, parameters, &group->customers, cash->ends[start], t, alive);
            for (size_t i = 0; i < count; i++) sum[i] += cash->discounts[start + 1] * alive[i];
            continue;
        }
        custval__between_nodes(cash->ends + start, times, nodes);
        for (size_t j = 0; j < CUSTVAL__BETWEEN_NODES; j++) {
            alive_at(model, parameters, &group->customers, nodes[j], t, alive + j * count);
        }
        for (size_t k = start; k < start + times; k++) {
            custval__between_shares(nodes, cash->ends[k], shares);
            for (size_t i = 0; i < count; i++) sum[i] += cash->discounts[k + 1] * between(shares, alive, count, i);
        }
    }
}

static void fill_expected(const custval__model *model, const double *parameters, const custval__group *group,
                          double *out) {
    if (group->horizon[0] > 0.0) {
        model->expected(parameters, &group->customers, group->horizon, 1, out);
    } else {
        memset(out, 0, group->customers.count * sizeof *out);
    }
}

void custval__parts_purchases(const custval__outputs *plan, const double *parameters, const custval__group *group,
                              double *scratch, double *const *parts) {
    const custval__model *model = plan->lifetime->model;
    const custval__customers *customers = &group->customers;
    double *const spare = scratch + CUSTVAL__OUTPUTS_TIMES * CUSTVAL__BLOCK_ROWS;
    const uint32_t wanted = plan->parts;
    if (wanted & PART(LOG_ALIVE)) model->log_alive(parameters, customers, parts[CUSTVAL__PART_LOG_ALIVE]);
    if (wanted & PART(ALIVE_LATER)) {
        model->alive_later(parameters, customers, group->horizon, parts[CUSTVAL__PART_ALIVE_LATER]);
    }
    if (wanted & PART(CASH)) {
        double *until = wanted & PART(EXPECTED) ? parts[CUSTVAL__PART_EXPECTED] : spare;
        add_cash(model, parameters, group, scratch, until, parts[CUSTVAL__PART_CASH]);
    } else if (wanted & PART(EXPECTED)) {
        fill_expected(model, parameters, group, parts[CUSTVAL__PART_EXPECTED]);
    }
    if (wanted & PART(EXPECTED_PAIRS)) {
        model->expected_pairs(parameters, customers, group->horizon, parts[CUSTVAL__PART_EXPECTED_PAIRS]);
    }
    if (wanted & PART(LOG_NONE)) {
        model->log_counts(parameters, customers, group->horizon, 0, 1, parts[CUSTVAL__PART_LOG_NONE]);
    }
    if (wanted & PART(RESIDUAL)) model->residual(parameters, customers, plan->delta, parts[CUSTVAL__PART_RESIDUAL]);
    if (wanted & PART(LOG_LIKELIHOOD)) {
        model->log_likelihood(parameters, customers, parts[CUSTVAL__PART_LOG_LIKELIHOOD], NULL);
    }
    if (wanted & PART(CASH_ALIVE)) {
        add_alive(model, parameters, group, scratch, spare, parts[CUSTVAL__PART_CASH_ALIVE]);
    }
    if (wanted & PART(CASH_MEAN)) {
        model->cash_moments(parameters, customers, &group->cash, parts[CUSTVAL__PART_CASH_MEAN],
                            parts[CUSTVAL__PART_CASH_PAIRS], parts[CUSTVAL__PART_CASH_SQUARES]);
    }
}

void custval__parts_spend(const custval__outputs *plan, const double *parameters, const custval__group *group,
                          double *const *parts) {
    const size_t count = group->customers.count;
    if (!(plan->parts & MONEY_PARTS)) return;
    if (plan->spend == NULL) {
        memcpy(parts[CUSTVAL__PART_SPEND], group->amount, count * sizeof *group->amount);
        return;
    }
    plan->spend->model->spend(parameters, &group->customers, parts[CUSTVAL__PART_SPEND]);
    if (!(plan->parts & PART(SPEND_SQUARE))) return;
    plan->spend->model->spend_moments(parameters, &group->customers, parts[CUSTVAL__PART_SPEND_SQUARE],
                                      parts[CUSTVAL__PART_SPEND_VARIANCE]);
}

/* ---- What follows ---------------------------------------------------------------------------------------------------------- */

static double root(double square) {
    return square < 0.0 ? 0.0 : sqrt(square);
}

// N purchases: Var(N) = E(N (N - 1)) + E(N) - E(N)^2.
static void expected_deviation(double *const *parts, size_t count, double *out) {
    const double *mean = parts[CUSTVAL__PART_EXPECTED], *pairs = parts[CUSTVAL__PART_EXPECTED_PAIRS];
    for (size_t i = 0; i < count; i++) out[i] = root(pairs[i] + mean[i] * (1.0 - mean[i]));
}

static void value(const custval__outputs *plan, const custval__group *group, double *const *parts, double *out) {
    const double *cash = parts[CUSTVAL__PART_CASH], *spend = parts[CUSTVAL__PART_SPEND];
    const double *alive = parts[CUSTVAL__PART_CASH_ALIVE];
    const int costs = (plan->parts & PART(CASH_ALIVE)) != 0;
    for (size_t i = 0; i < group->customers.count; i++) {
        out[i] = group->margin[i] * spend[i] * cash[i];
        if (costs) out[i] -= group->cost[i] * alive[i];
    }
}

// The sum V of discount x amount over purchases: amounts of a customer share the mean m and vary around it, independent of the purchases.
// E(V^2) = E(m^2) x pairs + (E(m^2) + E(variance)) x squares.
static void value_deviation(const custval__outputs *plan, const custval__group *group, double *const *parts,
                            double *out) {
    const double *mean = parts[CUSTVAL__PART_CASH_MEAN], *spend = parts[CUSTVAL__PART_SPEND];
    const double *pairs = parts[CUSTVAL__PART_CASH_PAIRS], *squares = parts[CUSTVAL__PART_CASH_SQUARES];
    for (size_t i = 0; i < group->customers.count; i++) {
        const double known = spend[i] * spend[i];
        const double square = plan->spend != NULL ? parts[CUSTVAL__PART_SPEND_SQUARE][i] : known;
        const double variance = plan->spend != NULL ? parts[CUSTVAL__PART_SPEND_VARIANCE][i] : 0.0;
        const double of_counts = pairs[i] + squares[i] - mean[i] * mean[i];
        const double of_amounts = (square - known) * (pairs[i] + squares[i]) + variance * squares[i];
        out[i] = fabs(group->margin[i]) * root(known * of_counts + of_amounts);
    }
}

static void exponentials(const double *log_p, size_t count, int logarithms, double *out) {
    for (size_t i = 0; i < count; i++) {
        const double bounded = log_p[i] > 0.0 ? 0.0 : log_p[i];
        out[i] = logarithms ? bounded : custval__exp(bounded);
    }
}

// A sum of many products may round above 1.
static void shares(const double *p, size_t count, double *out) {
    for (size_t i = 0; i < count; i++) out[i] = p[i] > 1.0 ? 1.0 : p[i];
}

void custval__outputs_combine(const custval__outputs *plan, const custval__group *group, double *const *parts,
                              int logarithms, double *const *out) {
    const size_t count = group->customers.count, bytes = count * sizeof(double);
    for (uint32_t o = 0; o < CUSTVAL__OUTPUTS; o++) {
        const uint32_t output = plan->wanted & 1U << o;
        switch (output) {
        case 0: break;
        case CUSTVAL_LIFETIME_ALIVE: exponentials(parts[CUSTVAL__PART_LOG_ALIVE], count, logarithms, out[o]); break;
        case CUSTVAL_LIFETIME_LOG_ALIVE: exponentials(parts[CUSTVAL__PART_LOG_ALIVE], count, 1, out[o]); break;
        case CUSTVAL_LIFETIME_ALIVE_LATER: shares(parts[CUSTVAL__PART_ALIVE_LATER], count, out[o]); break;
        case CUSTVAL_LIFETIME_EXPECTED: memcpy(out[o], parts[CUSTVAL__PART_EXPECTED], bytes); break;
        case CUSTVAL_LIFETIME_EXPECTED_DEVIATION: expected_deviation(parts, count, out[o]); break;
        case CUSTVAL_LIFETIME_NONE: exponentials(parts[CUSTVAL__PART_LOG_NONE], count, logarithms, out[o]); break;
        case CUSTVAL_LIFETIME_RESIDUAL:
            for (size_t i = 0; i < count; i++) {
                out[o][i] = plan->residual_factor * parts[CUSTVAL__PART_RESIDUAL][i];
            }
            break;
        case CUSTVAL_LIFETIME_SPEND: memcpy(out[o], parts[CUSTVAL__PART_SPEND], bytes); break;
        case CUSTVAL_LIFETIME_VALUE: value(plan, group, parts, out[o]); break;
        case CUSTVAL_LIFETIME_VALUE_DEVIATION: value_deviation(plan, group, parts, out[o]); break;
        default: memcpy(out[o], parts[CUSTVAL__PART_LOG_LIKELIHOOD], bytes); break;
        }
    }
}
