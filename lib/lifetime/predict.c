/* custval_lifetime_predict: what is to be expected of each customer. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <custval/lifetime.h>

#include <math.h>
#include <string.h>

#include <custval/words.h>

#include "../base/error.h"
#include "../base/maths.h"
#include "../base/options.h"
#include "../base/random.h"
#include "../base/run.h"
#include "../base/special.h"
#include "../table/table.h"
#include "block.h"
#include "intervals.h"

#define ALL_OUTPUTS ((1U << CUSTVAL__OUTPUTS) - 1)
#define MONEY_OUTPUTS (CUSTVAL_LIFETIME_SPEND | CUSTVAL_LIFETIME_VALUE | CUSTVAL_LIFETIME_VALUE_DEVIATION)
#define VALUE_OUTPUTS (CUSTVAL_LIFETIME_VALUE | CUSTVAL_LIFETIME_VALUE_DEVIATION)
#define OF_SPEND_MODEL (CUSTVAL_LIFETIME_SPEND | CUSTVAL_LIFETIME_LOG_LIKELIHOOD)

/* Scratch of one thread. */
typedef struct worker {
    custval__block block;
    double *parts[CUSTVAL__PARTS], *out[CUSTVAL__OUTPUTS], *low[CUSTVAL__OUTPUTS], *high[CUSTVAL__OUTPUTS];
    double *scratch;
    double *ends, *discounts; /* [in.periods] whole cash periods */
    custval__interval_room room;
} worker;

typedef struct predict {
    custval_lifetime_predict_options options;
    custval_host host;
    custval__arena arena;
    custval__outputs plan;
    custval__rows rows;
    size_t row_count, periods;      /* most cash periods of a row */
    const double *ends, *discounts; /* of whole ones */
    double z;                       /* 0: no intervals */
    custval__factor spend_factor;
    double *out[CUSTVAL__OUTPUTS], *low[CUSTVAL__OUTPUTS], *high[CUSTVAL__OUTPUTS]; /* columns of the result */
    uint32_t *status;
    worker *workers;
} predict;

/* ---- Options ------------------------------------------------------------------------------------------------------------- */

static custval_status check_pairs(const custval_lifetime_predict_options *options, custval_error *error) {
    if ((options->cash_times == NULL) != (options->cash_count == 0)) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "cash_times is %s, but cash_count is %zu",
                             options->cash_times == NULL ? "NULL" : "not NULL", options->cash_count);
    }
    if ((options->rates == NULL) != (options->rates_count == 0)) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "rates is %s, but rates_count is %zu",
                             options->rates == NULL ? "NULL" : "not NULL", options->rates_count);
    }
    if (options->cash_times != NULL && options->horizon_column != NULL) {
        return custval__fail(
            error, CUSTVAL_ERROR_ARGUMENT,
            "cash_times and horizon_column cannot be used together: the last cash time is the horizon");
    }
    if (options->spend != NULL && options->spend_column != NULL) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "spend and spend_column cannot be used together");
    }
    if (options->spend == NULL || options->spend->model->id == CUSTVAL_MODEL_GAMMA_GAMMA) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "spend is a lifetime of model %s, but must be of gamma-gamma",
                         custval_word(CUSTVAL_WORDS_MODEL, options->spend->model->id));
}

static custval_status check_numbers(const custval_lifetime_predict_options *options, custval_error *error) {
    if (!(options->horizon > 0.0 && isfinite(options->horizon))) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "horizon is %g, but must be above 0 and finite",
                             options->horizon);
    }
    if (!(options->level >= 0.0 && options->level < 1.0)) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "level is %g, but must be 0, or between 0 and 1",
                             options->level);
    }
    if (!isfinite(options->margin)) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "margin is %g, but must be finite", options->margin);
    }
    if (isfinite(options->cost)) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_RANGE, "cost is %g, but must be finite", options->cost);
}

static custval_status read_options(predict *in, const custval_lifetime_predict_options *options, custval_error *error) {
    custval_lifetime_predict_options *whole = &in->options;
    *whole = (custval_lifetime_predict_options)CUSTVAL_LIFETIME_PREDICT_OPTIONS_INIT;
    CUSTVAL__TRY(
        custval__struct_read(whole, sizeof *whole, sizeof *whole, options, "custval_lifetime_predict_options", error));
    CUSTVAL__TRY(check_pairs(whole, error));
    CUSTVAL__TRY(check_numbers(whole, error));
    if (whole->outputs & ~ALL_OUTPUTS) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "outputs is %u, which has bits of no output",
                             (unsigned)whole->outputs);
    }
    in->plan.cash = (custval__cash_terms){.timing = whole->timing,
                                          .period = whole->cash_period,
                                          .times = whole->cash_times,
                                          .time_count = whole->cash_count,
                                          .rates = whole->rates != NULL ? whole->rates : &whole->rate,
                                          .rate_count = whole->rates != NULL ? whole->rates_count : 1,
                                          .rate_period = whole->rate_period};
    CUSTVAL__TRY(custval__cash_check(&in->plan.cash, error));
    if (whole->cash_times != NULL) whole->horizon = whole->cash_times[whole->cash_count - 1];
    in->z = whole->level > 0.0 ? custval__normal_half_width(whole->level) : 0.0;
    return custval__host_read(&in->host, whole->host, error);
}

/* The model of spend that was joined with the lifetime, if nothing else was said: where money is asked for, or nothing is and the
   table knows what was spent. */
static void use_joined(predict *in, const custval_table *table) {
    custval_lifetime_predict_options *options = &in->options;
    const custval_lifetime *const joined = in->plan.lifetime->spend;
    size_t column = 0;
    if (joined == NULL || options->spend != NULL || options->spend_column != NULL) return;
    const char *const given = options->columns == NULL ? NULL : options->columns->mean_spend;
    const char *const name = given == NULL ? "mean_spend" : given;
    const int is_known = custval_table_find(table, name, &column, NULL) == CUSTVAL_OK;
    if (options->outputs == 0 ? is_known : (options->outputs & MONEY_OUTPUTS) != 0) options->spend = joined;
}

/* ---- What is asked of the model --------------------------------------------------------------------------------------- */

static custval_status plan_outputs(predict *in, custval_error *error) {
    const custval_lifetime_predict_options *options = &in->options;
    const custval_lifetime *lifetime = in->plan.lifetime;
    const int is_spend = lifetime->model->id == CUSTVAL_MODEL_GAMMA_GAMMA;
    const int has_spend = options->spend != NULL || options->spend_column != NULL;
    uint32_t wanted = options->outputs;
    if (wanted == 0 && is_spend) wanted = CUSTVAL_LIFETIME_SPEND;
    if (wanted == 0) {
        wanted = CUSTVAL_LIFETIME_ALIVE | CUSTVAL_LIFETIME_EXPECTED;
        if (has_spend) wanted |= CUSTVAL_LIFETIME_SPEND | CUSTVAL_LIFETIME_VALUE;
    }
    if (is_spend && (wanted & ~(uint32_t)OF_SPEND_MODEL)) {
        return custval__fail(error, CUSTVAL_ERROR_UNSUPPORTED,
                             "model gamma-gamma has the outputs spend and log_likelihood only; give it as `spend` "
                             "of a model of purchases");
    }
    if (is_spend && has_spend) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "model gamma-gamma takes neither spend nor spend_column");
    }
    if (wanted & MONEY_OUTPUTS && !is_spend && !has_spend) {
        return custval__fail(error, CUSTVAL_ERROR_STATE, "spend and value need `spend` or `spend_column`");
    }
    in->plan.wanted = wanted;
    in->plan.spend = !(wanted & MONEY_OUTPUTS) ? NULL : is_spend ? lifetime : options->spend;
    const int costs = options->cost_column != NULL || options->cost != 0.0;
    return custval__outputs_plan(&in->plan, costs, error);
}

/* Residual purchases go on for ever: only one rate above 0 makes them finite in every model. */
static custval_status plan_residual(predict *in, custval_error *error) {
    const custval_lifetime_predict_options *options = &in->options;
    if (!(in->plan.wanted & CUSTVAL_LIFETIME_RESIDUAL)) return CUSTVAL_OK;
    if (options->rates != NULL) {
        return custval__fail(error, CUSTVAL_ERROR_UNSUPPORTED, "residual takes one rate, not a curve of rates");
    }
    if (!(options->rate > 0.0)) {
        return custval__fail(error, CUSTVAL_ERROR_STATE,
                             "residual needs a rate above 0, but rate is %g: it counts purchases of all time to come",
                             options->rate);
    }
    in->plan.delta = custval__log1p(options->rate) / options->rate_period;
    in->plan.residual_factor = 1.0;
    if (!in->plan.lifetime->model->discrete) return CUSTVAL_OK;
    if (options->timing == CUSTVAL_TIMING_BEGIN) in->plan.residual_factor = custval__exp(in->plan.delta);
    if (options->timing == CUSTVAL_TIMING_MIDDLE) in->plan.residual_factor = custval__exp(in->plan.delta / 2.0);
    return CUSTVAL_OK;
}

static custval_status plan_intervals(predict *in, custval_error *error) {
    const custval_lifetime *const lifetimes[] = {in->plan.lifetime, in->plan.spend};
    if (!(in->z > 0.0)) return CUSTVAL_OK;
    for (size_t i = 0; i < 2; i++) {
        if (lifetimes[i] == NULL || lifetimes[i]->covariance != NULL) continue;
        return custval__fail(
            error, CUSTVAL_ERROR_STATE,
            "intervals need the errors of the parameters, which the %s lifetime does not have; fit it, "
            "or set level to 0",
            custval_word(CUSTVAL_WORDS_MODEL, lifetimes[i]->model->id));
    }
    if (in->plan.spend != NULL) custval__factor_of(in->plan.spend, NULL, NULL, &in->spend_factor);
    return CUSTVAL_OK;
}

static custval_status plan_horizon(predict *in, custval_error *error) {
    const custval_lifetime_predict_options *options = &in->options;
    const double horizon = options->horizon;
    const int needs_cash = (in->plan.wanted & VALUE_OUTPUTS) != 0;
    CUSTVAL__TRY(custval__rows_add(&in->rows, CUSTVAL__CELL_HORIZON, options->horizon_column, horizon, error));
    if (options->horizon_column == NULL && in->plan.lifetime->model->discrete && horizon != floor(horizon)) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "horizon is %g, but the model counts whole periods", horizon);
    }
    if (in->plan.lifetime->model->discrete && options->horizon_column == NULL && horizon > CUSTVAL__MOST_PERIODS) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "horizon is %g, but the model counts at most %g periods",
                             horizon, CUSTVAL__MOST_PERIODS);
    }
    if (!needs_cash) return CUSTVAL_OK;
    if (options->horizon_column != NULL) {
        in->rows.horizon_most = (double)CUSTVAL__CASH_PERIODS * options->cash_period;
        return CUSTVAL_OK;
    }
    in->periods = custval__cash_count(&in->plan.cash, horizon);
    if (in->periods <= CUSTVAL__CASH_PERIODS) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_RANGE, "horizon is %g, but at most %zu cash periods of %g are possible",
                         horizon, CUSTVAL__CASH_PERIODS, options->cash_period);
}

static custval_status open_rows(predict *in, const custval_table *table, custval_error *error) {
    const custval_lifetime_predict_options *options = &in->options;
    const custval__model *spend = in->plan.spend != NULL ? in->plan.spend->model : NULL;
    const uint32_t wanted = in->plan.lifetime->model->columns | (spend != NULL ? spend->columns : 0);
    CUSTVAL__TRY(custval__rows_open(&in->rows, table, in->plan.lifetime, wanted, 0, options->columns, error));
    in->rows.spend = spend;
    in->row_count = custval_table_rows(table);
    CUSTVAL__TRY(plan_horizon(in, error));
    if (in->plan.wanted & MONEY_OUTPUTS && options->spend_column != NULL) {
        CUSTVAL__TRY(custval__rows_add(&in->rows, CUSTVAL__CELL_AMOUNT, options->spend_column, 0.0, error));
    }
    if (!(in->plan.wanted & VALUE_OUTPUTS)) return CUSTVAL_OK;
    CUSTVAL__TRY(custval__rows_add(&in->rows, CUSTVAL__CELL_MARGIN, options->margin_column, options->margin, error));
    return custval__rows_add(&in->rows, CUSTVAL__CELL_COST, options->cost_column, options->cost, error);
}

// The cash periods of the longest horizon: those of shorter ones are their beginning.
static custval_status make_cash(predict *in, custval_error *error) {
    if (in->rows.horizon_most < HUGE_VAL) {
        double scratch[CUSTVAL__BLOCK_ROWS], longest = 0.0;
        for (size_t start = 0; start < in->row_count; start += CUSTVAL__BLOCK_ROWS) {
            const size_t left = in->row_count - start, count = left < CUSTVAL__BLOCK_ROWS ? left : CUSTVAL__BLOCK_ROWS;
            const double *horizon =
                custval__table_doubles(in->rows.table, in->rows.column[CUSTVAL__CELL_HORIZON], start, count, scratch);
            for (size_t i = 0; i < count; i++) {
                if (horizon[i] > longest && horizon[i] <= in->rows.horizon_most) longest = horizon[i];
            }
        }
        in->periods = custval__cash_count(&in->plan.cash, longest);
    }
    double *ends = custval__arena_alloc(&in->arena, in->periods, sizeof *ends);
    double *discounts = custval__arena_alloc(&in->arena, in->periods, sizeof *discounts);
    if (ends == NULL || discounts == NULL) return custval__fail_memory(error);
    custval__cash_fill(&in->plan.cash, 0, in->periods, ends, discounts);
    in->ends = ends;
    in->discounts = discounts;
    return CUSTVAL_OK;
}

/* ---- One piece -------------------------------------------------------------------------------------------------------------- */

static int make_columns(custval__arena *arena, size_t count, double **out) {
    for (size_t i = 0; i < count; i++) {
        out[i] = custval__arena_alloc(arena, CUSTVAL__BLOCK_ROWS, sizeof(double));
        if (out[i] == NULL) return 0;
    }
    return 1;
}

static custval_status make_worker(predict *in, worker *out) {
    custval__arena *arena = &in->arena;
    CUSTVAL__TRY(custval__block_new(arena, &in->rows, CUSTVAL__BLOCK_ROWS, &out->block));
    out->scratch = custval__arena_alloc(arena, CUSTVAL__OUTPUTS_SCRATCH, sizeof(double));
    out->ends = custval__arena_alloc(arena, in->periods, sizeof(double));
    out->discounts = custval__arena_alloc(arena, in->periods, sizeof(double));
    if (out->scratch == NULL || out->ends == NULL || out->discounts == NULL) return CUSTVAL_ERROR_MEMORY;
    if (in->periods > 0) {
        memcpy(out->ends, in->ends, in->periods * sizeof(double));
        memcpy(out->discounts, in->discounts, in->periods * sizeof(double));
    }
    if (!make_columns(arena, CUSTVAL__PARTS, out->parts) || !make_columns(arena, CUSTVAL__OUTPUTS, out->out)) {
        return CUSTVAL_ERROR_MEMORY;
    }
    if (!(in->z > 0.0)) return CUSTVAL_OK;
    out->room.scratch = out->scratch;
    const int made = make_columns(arena, CUSTVAL__OUTPUTS, out->low) &&
                     make_columns(arena, CUSTVAL__OUTPUTS, out->high) &&
                     make_columns(arena, CUSTVAL__PARTS, out->room.parts) &&
                     make_columns(arena, CUSTVAL__OUTPUTS, out->room.above) &&
                     make_columns(arena, CUSTVAL__OUTPUTS, out->room.below);
    return made ? CUSTVAL_OK : CUSTVAL_ERROR_MEMORY;
}

static custval_status prepare(void *data, uint32_t threads) {
    predict *in = data;
    in->workers = custval__arena_alloc(&in->arena, threads, sizeof *in->workers);
    if (in->workers == NULL) return CUSTVAL_ERROR_MEMORY;
    for (uint32_t i = 0; i < threads; i++) CUSTVAL__TRY(make_worker(in, &in->workers[i]));
    return CUSTVAL_OK;
}

// Gives the group its cash periods; the last of them is that of whole periods again when the group is done.
static custval__cash cut_cash(const predict *in, worker *at, double horizon) {
    custval__cash cash = {0, at->ends, at->discounts};
    if (!(in->plan.wanted & VALUE_OUTPUTS) || horizon == 0.0) return cash;
    cash.count = custval__cash_count(&in->plan.cash, horizon);
    custval__cash_cut(&in->plan.cash, horizon, cash.count, at->ends, at->discounts);
    return cash;
}

static void mend_cash(const predict *in, worker *at, size_t count) {
    if (count == 0) return;
    at->ends[count - 1] = in->ends[count - 1];
    at->discounts[count - 1] = in->discounts[count - 1];
}

static const double *from_row(const custval__block *block, uint32_t cell, size_t row) {
    return block->cell[cell] == NULL ? NULL : block->cell[cell] + row;
}

static void predict_group(const predict *in, worker *at, size_t start, size_t end) {
    const custval__block *block = &at->block;
    const custval_lifetime *lifetime = in->plan.lifetime;
    double purchase[CUSTVAL__LIFETIME_COVARIATES], dropout[CUSTVAL__LIFETIME_COVARIATES];
    double parameters[CUSTVAL__MODEL_PARAMETERS];
    double *out[CUSTVAL__OUTPUTS], *low[CUSTVAL__OUTPUTS], *high[CUSTVAL__OUTPUTS];
    custval__group group = {.customers = custval__block_customers(block, start, end),
                            .horizon = from_row(block, CUSTVAL__CELL_HORIZON, start),
                            .amount = from_row(block, CUSTVAL__CELL_AMOUNT, start),
                            .margin = from_row(block, CUSTVAL__CELL_MARGIN, start),
                            .cost = from_row(block, CUSTVAL__CELL_COST, start)};
    group.cash = cut_cash(in, at, group.horizon[0]);
    custval__block_covariates(block, lifetime, start, purchase, dropout);
    custval__lifetime_effective(lifetime, lifetime->values, purchase, dropout, parameters);
    for (uint32_t o = 0; o < CUSTVAL__OUTPUTS; o++) {
        out[o] = at->out[o] + start;
        low[o] = in->z > 0.0 ? at->low[o] + start : NULL;
        high[o] = in->z > 0.0 ? at->high[o] + start : NULL;
    }
    custval__parts_purchases(&in->plan, parameters, &group, at->scratch, at->parts);
    if (in->plan.wanted & MONEY_OUTPUTS) {
        custval__parts_spend(&in->plan, in->plan.spend != NULL ? in->plan.spend->values : NULL, &group, at->parts);
    }
    custval__outputs_combine(&in->plan, &group, at->parts, 0, out);
    if (in->z > 0.0) {
        custval__factor factor;
        custval__factor_of(lifetime, purchase, dropout, &factor);
        const double *spend = in->plan.spend != NULL ? in->plan.spend->values : NULL;
        const custval__estimate estimate = {parameters, spend, &factor, &in->spend_factor};
        custval__intervals(&in->plan, &group, &estimate, at->parts, in->z, &at->room, low, high);
    }
    mend_cash(in, at, group.cash.count);
}

/* ---- The result ------------------------------------------------------------------------------------------------------------- */

// A mean that does not exist is NaN, one beyond all doubles infinite. ln P(alive) of a customer who is lost is -infinity.
static int is_there(uint32_t output, double x) {
    return isfinite(x) || (output == CUSTVAL_LIFETIME_LOG_ALIVE && x < 0.0);
}

static void put(predict *in, const worker *at, size_t first, size_t count) {
    const custval__block *block = &at->block;
    memcpy(in->status + first, block->status, count * sizeof *in->status);
    for (uint32_t o = 0; o < CUSTVAL__OUTPUTS; o++) {
        if (in->out[o] == NULL) continue;
        for (size_t i = 0; i < count; i++) in->out[o][first + i] = (double)NAN;
        for (size_t i = 0; i < count && in->z > 0.0; i++) {
            in->low[o][first + i] = in->high[o][first + i] = (double)NAN;
        }
        for (size_t i = 0; i < block->count; i++) {
            const size_t row = first + block->place[i];
            if (!is_there(1U << o, at->out[o][i])) {
                in->status[row] = CUSTVAL_LIFETIME_ROW_UNDEFINED;
                continue;
            }
            in->out[o][row] = at->out[o][i];
            if (!(in->z > 0.0)) continue;
            in->low[o][row] = at->low[o][i];
            in->high[o][row] = at->high[o][i];
        }
    }
}

static size_t rows_from(const predict *in, size_t first) {
    const size_t left = in->row_count - first;
    return left < CUSTVAL__BLOCK_ROWS ? left : CUSTVAL__BLOCK_ROWS;
}

static custval_status predict_piece(void *data, uint32_t index, uint32_t thread) {
    predict *in = data;
    worker *at = &in->workers[thread];
    const size_t first = (size_t)index * CUSTVAL__BLOCK_ROWS, count = rows_from(in, first);
    custval__block_read(&at->block, &in->rows, first, count);
    for (size_t g = 0, start = 0; g < at->block.groups; start = at->block.group_end[g++]) {
        predict_group(in, at, start, at->block.group_end[g]);
    }
    put(in, at, first, count);
    return CUSTVAL_OK;
}

static uint64_t rows_of_piece(void *data, uint32_t index) {
    return rows_from(data, (size_t)index * CUSTVAL__BLOCK_ROWS);
}

static custval_status add_column(custval_table *table, uint32_t output, const char *ending, double **out,
                                 custval_error *error) {
    char name[48];
    custval__format(name, sizeof name, "%s%s", custval_word(CUSTVAL_WORDS_LIFETIME_OUTPUT, output), ending);
    return custval__result_add_doubles(table, name, out, error);
}

static custval_status add_columns(predict *in, custval_table *table, custval_error *error) {
    for (uint32_t o = 0; o < CUSTVAL__OUTPUTS; o++) {
        if (!(in->plan.wanted & 1U << o)) continue;
        CUSTVAL__TRY(add_column(table, 1U << o, "", &in->out[o], error));
        if (!(in->z > 0.0)) continue;
        CUSTVAL__TRY(add_column(table, 1U << o, "_low", &in->low[o], error));
        CUSTVAL__TRY(add_column(table, 1U << o, "_high", &in->high[o], error));
    }
    return custval__result_add_uint32(table, "status", &in->status, error);
}

static custval_status fill_table(predict *in, const custval_table *table, custval_table **out, custval_error *error) {
    CUSTVAL__TRY(plan_outputs(in, error));
    CUSTVAL__TRY(plan_residual(in, error));
    CUSTVAL__TRY(plan_intervals(in, error));
    CUSTVAL__TRY(open_rows(in, table, error));
    CUSTVAL__TRY(make_cash(in, error));
    const size_t pieces = in->row_count / CUSTVAL__BLOCK_ROWS + (in->row_count % CUSTVAL__BLOCK_ROWS != 0);
    if (pieces > UINT32_MAX) {
        return custval__fail(error, CUSTVAL_ERROR_LIMIT, "%zu rows are too many for one call", in->row_count);
    }
    CUSTVAL__TRY(custval__result_new(&in->host, in->row_count, out, error));
    CUSTVAL__TRY(add_columns(in, *out, error));
    const custval__job job = {
        .data = in, .prepare = prepare, .piece = predict_piece, .units = rows_of_piece, .total_units = in->row_count};
    if (pieces > 0) CUSTVAL__TRY(custval__run(&in->host, &job, (uint32_t)pieces, error));
    custval__result_finish(*out);
    return CUSTVAL_OK;
}

custval_status custval_lifetime_predict(const custval_lifetime *lifetime, const custval_table *table,
                                        const custval_lifetime_predict_options *options, custval_table **out,
                                        custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    if (lifetime == NULL) return custval__fail_null(error, "lifetime");
    if (table == NULL) return custval__fail_null(error, "table");
    predict in = {.plan = {.lifetime = lifetime}};
    CUSTVAL__TRY(read_options(&in, options, error));
    use_joined(&in, table);
    custval__arena_init(&in.arena, &in.host);
    const custval_status status = fill_table(&in, table, out, error);
    custval__arena_free(&in.arena);
    if (status != CUSTVAL_OK) {
        custval_table_free(*out);
        *out = NULL;
    }
    return status;
}
