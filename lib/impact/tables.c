/* Tables of what an impact answers: by customer, by lever; and the facts. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../base/options.h"
#include "../base/random.h"
#include "../explain/rows.h"
#include "../table/table.h"
#include "../uncertainty/order.h"
#include "run.h"

/* ---- Columns ----------------------------------------------------------------------------------------------------- */

/* A column named after a link: its outcome, or what the last one is called, and what it holds. */
static custval_status add_outcome(custval__impact_run *run, custval_table *table, uint32_t link, const char *suffix,
                                  const char *last, double **out, custval_error *error) {
    const char *const outcome = custval__impact_outcome(&run->impact->steps[link]);
    if (link + 1 == run->chain.link_count) return custval__result_add_doubles(table, last, out, error);
    const size_t size = strlen(outcome) + strlen(suffix) + 1;
    char *const name = custval__study_alloc(&run->study, size, 1);
    if (name == NULL) return custval__fail_memory(error);
    custval__format(name, size, "%s%s", outcome, suffix);
    return custval__result_add_doubles(table, name, out, error);
}

custval_status custval__impact_add_customers(custval__impact_run *run, custval_table *table, custval_error *error) {
    custval__impact_customers *const to = &run->customers;
    to->outcomes = custval__study_alloc(&run->study, run->chain.link_count, sizeof *to->outcomes);
    if (to->outcomes == NULL) return custval__fail_memory(error);
    CUSTVAL__TRY(custval__result_add_doubles(table, "value", &to->value, error));
    for (uint32_t k = 0; k < run->chain.link_count; k++) {
        CUSTVAL__TRY(add_outcome(run, table, k, ".expected", "probability", &to->outcomes[k], error));
    }
    CUSTVAL__TRY(custval__result_add_doubles(table, "lifetime_value", &to->worth, error));
    return custval__result_add_uint32(table, "status", &to->status, error);
}

/* ---- Errors ------------------------------------------------------------------------------------------------------ */

static size_t derivatives_at(const custval__impact_run *run) {
    return (size_t)CUSTVAL__IMPACT_OUTCOMES + run->chain.link_count;
}

static double customers_of(const custval__impact_run *run) {
    return custval__impact_sum_of(run, 0, CUSTVAL__IMPACT_COUNT);
}

/* Numbers that are too large to be told are missing. */
static double told(double x) {
    return isfinite(x) ? x : (double)NAN;
}

static double mean_of(const custval__impact_run *run, size_t lever, size_t slot) {
    const double customers = customers_of(run);
    return told(custval__impact_sum_of(run, lever, slot) / customers); /* 0 / 0 without customers */
}

static double error_of(const custval__impact_run *run, size_t lever, double *gradient) {
    for (uint32_t c = 0; c < run->chain.coefficient_count; c++) {
        gradient[c] = custval__impact_sum_of(run, lever, derivatives_at(run) + c);
    }
    return told(sqrt(custval__chain_variance(&run->chain, gradient)));
}

/* ---- Draws ------------------------------------------------------------------------------------------------------- */

/* What is made of the draws of a lever. */
typedef struct drawing {
    const custval__order_kernels *kernels;
    custval__order order;
    double *gains;              /* [draw] */
    double *error, *low, *high; /* columns */
} drawing;

static custval_status open_drawing(custval__impact_run *run, custval_table *table, drawing *out, custval_error *error) {
    out->kernels = custval__order_kernels_best();
    out->gains = custval__order_doubles(&run->study.arena, run->options.draws);
    if (out->gains == NULL) return custval__fail_memory(error);
    if (custval__order_new(&run->study.arena, run->options.draws, &out->order) != CUSTVAL_OK) {
        return custval__fail_memory(error);
    }
    CUSTVAL__TRY(custval__result_add_doubles(table, "drawn.error", &out->error, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "drawn.low", &out->low, error));
    return custval__result_add_doubles(table, "drawn.high", &out->high, error);
}

/* A draw without a number, of customers who would be worth something without end, leaves nothing to say. */
static void describe_draws(const custval__impact_run *run, drawing *with, uint32_t lever) {
    const uint32_t draws = run->options.draws;
    const double tail = (1.0 - run->options.level) / 2.0;
    double low, high;
    int is_finite = 1;
    for (uint32_t d = 0; d < draws; d++) {
        with->gains[d] =
            custval__impact_sum_of(run, lever + (size_t)1, derivatives_at(run) + run->chain.coefficient_count + d);
        is_finite &= isfinite(with->gains[d]) != 0;
    }
    with->error[lever] = with->low[lever] = with->high[lever] = (double)NAN;
    if (!is_finite) return;
    const double gain = custval__impact_sum_of(run, lever + (size_t)1, CUSTVAL__IMPACT_WORTH);
    const double mean = gain + with->kernels->survey(with->gains, draws, gain, &low, &high) / draws;
    if (draws > 1) with->error[lever] = told(sqrt(with->kernels->squares(with->gains, draws, mean, 1.0) / (draws - 1)));
    with->kernels->pick(&with->order, with->gains, draws, low, high, custval__order_place(tail, draws),
                        custval__order_place(1.0 - tail, draws), &with->low[lever], &with->high[lever]);
}

/* ---- Levers ------------------------------------------------------------------------------------------------------ */

static const custval__impact_cost *cost_of(const custval__impact_run *run, uint32_t lever) {
    const char *const id = run->study.plan.system->nodes[run->levers[lever]].id;
    for (uint32_t i = 0; i < run->impact->cost_count; i++) {
        if (strcmp(run->impact->costs[i].node, id) == 0) return &run->impact->costs[i];
    }
    return NULL;
}

static double stated_cost(const custval__impact_run *run, uint32_t lever) {
    const custval__impact_cost *const cost = cost_of(run, lever);
    if (cost == NULL) return (double)NAN;
    return cost->cost * run->impact->points * (cost->is_per_customer ? customers_of(run) : 1.0);
}

/* 1 + how many are larger; missing ones have none. */
static void rank_by(const double *numbers, uint32_t count, double *out) {
    for (uint32_t i = 0; i < count; i++) {
        out[i] = isnan(numbers[i]) ? (double)NAN : 1.0;
        for (uint32_t k = 0; k < count && !isnan(numbers[i]); k++) out[i] += numbers[k] > numbers[i];
    }
}

static custval_status fill_moves(custval__impact_run *run, custval_table *table, custval_error *error) {
    double *moved, *left_out, *change;
    CUSTVAL__TRY(custval__result_add_doubles(table, "moved", &moved, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "left_out", &left_out, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "value.change", &change, error));
    for (size_t i = 0; i < run->lever_count; i++) {
        moved[i] = custval__impact_sum_of(run, i + 1, CUSTVAL__IMPACT_COUNT);
        left_out[i] = custval__impact_sum_of(run, i + 1, CUSTVAL__IMPACT_LEFT_OUT);
        change[i] = mean_of(run, i + 1, CUSTVAL__IMPACT_VALUE);
    }
    for (uint32_t k = 0; k < run->chain.link_count; k++) {
        CUSTVAL__TRY(add_outcome(run, table, k, ".change", "probability.change", &change, error));
        for (size_t i = 0; i < run->lever_count; i++) change[i] = mean_of(run, i + 1, CUSTVAL__IMPACT_OUTCOMES + k);
    }
    return CUSTVAL_OK;
}

/* Money columns of the levers. */
enum { GAIN, ERROR, LOW, HIGH, COST, NET, RETURN, RETURN_LOW, RETURN_HIGH, RANK, COLUMNS };

static void fill_money(const custval__impact_run *run, double *gradient, double *const *to) {
    const double quantile = custval__normal_half_width(run->options.level);
    int has_costs = 0;
    for (uint32_t i = 0; i < run->lever_count; i++) {
        const double gain = custval__impact_sum_of(run, i + (size_t)1, CUSTVAL__IMPACT_WORTH);
        const double error = error_of(run, i + (size_t)1, gradient), cost = stated_cost(run, i);
        to[GAIN][i] = gain;
        to[ERROR][i] = error;
        to[LOW][i] = gain - quantile * error;
        to[HIGH][i] = gain + quantile * error;
        to[COST][i] = cost;
        to[NET][i] = gain - cost;
        to[RETURN][i] = (gain - cost) / cost;
        to[RETURN_LOW][i] = (to[LOW][i] - cost) / cost;
        to[RETURN_HIGH][i] = (to[HIGH][i] - cost) / cost;
        has_costs |= !isnan(cost);
    }
    rank_by(has_costs ? to[RETURN] : to[GAIN], run->lever_count, to[RANK]);
}

static custval_status fill_levers(custval__impact_run *run, custval_table *table, custval_error *error) {
    static const char *const names[COLUMNS] = {"gain", "error",  "low",        "high",        "cost",
                                               "net",  "return", "return.low", "return.high", "rank"};
    double *to[COLUMNS];
    drawing drawn;
    double *const gradient = custval__study_alloc(&run->study, run->chain.coefficient_count, sizeof *gradient);
    if (gradient == NULL) return custval__fail_memory(error);
    CUSTVAL__TRY(custval__rows_add_names(&run->study, table, run->levers, error));
    CUSTVAL__TRY(custval__rows_add_kinds(&run->study, table, run->levers, error));
    CUSTVAL__TRY(fill_moves(run, table, error));
    for (size_t i = 0; i < COLUMNS; i++) {
        CUSTVAL__TRY(custval__result_add_doubles(table, names[i], &to[i], error));
        if (i == HIGH && run->options.draws > 0) CUSTVAL__TRY(open_drawing(run, table, &drawn, error));
    }
    fill_money(run, gradient, to);
    for (uint32_t i = 0; i < run->lever_count && run->options.draws > 0; i++) describe_draws(run, &drawn, i);
    custval__result_finish(table);
    return CUSTVAL_OK;
}

custval_status custval__impact_levers(custval__impact_run *run, custval_table **out, custval_error *error) {
    CUSTVAL__TRY(custval__result_new(&run->study.plan.host, run->lever_count, out, error));
    return fill_levers(run, *out, error);
}

/* ---- Facts ------------------------------------------------------------------------------------------------------- */

custval_status custval__impact_facts(custval__impact_run *run, custval_impact_facts *out, custval_error *error) {
    custval_impact_facts facts = CUSTVAL_IMPACT_FACTS_INIT;
    double *const gradient = custval__study_alloc(&run->study, run->chain.coefficient_count, sizeof *gradient);
    if (gradient == NULL) return custval__fail_memory(error);
    const double quantile = custval__normal_half_width(run->options.level);
    facts.rows = run->counts[CUSTVAL_IMPACT_ROW_OK];
    facts.not_chosen = run->counts[CUSTVAL_IMPACT_ROW_NOT_CHOSEN];
    facts.no_value = run->counts[CUSTVAL_IMPACT_ROW_NO_VALUE];
    facts.missing = run->counts[CUSTVAL_IMPACT_ROW_MISSING];
    facts.range = run->counts[CUSTVAL_IMPACT_ROW_RANGE];
    facts.endless = run->counts[CUSTVAL_IMPACT_ROW_ENDLESS];
    for (uint32_t k = 0; k < run->chain.link_count; k++) facts.exact_links += run->chain.links[k].covariance == NULL;
    facts.customers = customers_of(run);
    facts.value = mean_of(run, 0, CUSTVAL__IMPACT_VALUE);
    facts.probability = mean_of(run, 0, derivatives_at(run) - 1);
    facts.equity = custval__impact_sum_of(run, 0, CUSTVAL__IMPACT_WORTH);
    facts.equity_error = error_of(run, 0, gradient);
    facts.equity_low = facts.equity - quantile * facts.equity_error;
    facts.equity_high = facts.equity + quantile * facts.equity_error;
    return custval__struct_write(out, &facts, sizeof facts, sizeof facts, "custval_impact_facts", error);
}
