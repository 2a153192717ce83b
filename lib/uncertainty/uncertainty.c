/* custval_uncertainty: intervals of values and safety of ranks under draws of weights. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <custval/uncertainty.h>

#include <math.h>

#include "../base/error.h"
#include "../base/options.h"
#include "over_draws.h"

/* Most columns rank_1, rank_2, ... */
#define MOST_RANKS 10000

typedef struct uncertainty {
    custval_uncertainty_options options;
    custval__study study; /* checks the arguments, and holds the memory of the call */
    custval__drawn drawn;
    custval__weighing weighing;
    double *rank;
    custval__over_draws over;
} uncertainty;

static custval_status read_options(uncertainty *in, const custval_uncertainty_options *options, custval_error *error) {
    custval_uncertainty_options *whole = &in->options;
    *whole = (custval_uncertainty_options)CUSTVAL_UNCERTAINTY_OPTIONS_INIT;
    CUSTVAL__TRY(
        custval__struct_read(whole, sizeof *whole, sizeof *whole, options, "custval_uncertainty_options", error));
    if (whole->reserved != 0) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "reserved is %u, it must be 0", (unsigned)whole->reserved);
    }
    if (!(whole->level > 0.0 && whole->level < 1.0)) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "level is %g, but must be between 0 and 1", whole->level);
    }
    if (whole->ranks > MOST_RANKS) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "ranks is %u, but at most %d are reported",
                             (unsigned)whole->ranks, MOST_RANKS);
    }
    return CUSTVAL_OK;
}

static custval_status add_columns(uncertainty *in, custval_table *table, custval_error *error) {
    custval__over_draws_results *out = &in->over.results;
    const struct {
        const char *name;
        double **values;
    } columns[] = {{"value", &out->value},         {"rank", &in->rank},          {"mean", &out->mean},
                   {"deviation", &out->deviation}, {"low", &out->low},           {"high", &out->high},
                   {"mean_rank", &out->mean_rank}, {"rank_low", &out->rank_low}, {"rank_high", &out->rank_high},
                   {"p_first", &out->p_first}};
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++) {
        CUSTVAL__TRY(custval__result_add_doubles(table, columns[i].name, columns[i].values, error));
    }
    CUSTVAL__TRY(custval__result_add_uint32(table, "undefined", &out->undefined, error));
    out->ranks = in->options.ranks;
    out->acceptability = custval__study_alloc(&in->study, out->ranks, sizeof *out->acceptability);
    if (out->acceptability == NULL) return custval__fail_memory(error);
    for (uint32_t i = 0; i < out->ranks; i++) {
        char name[32];
        custval__format(name, sizeof name, "rank_%u", (unsigned)(i + 1));
        CUSTVAL__TRY(custval__result_add_doubles(table, name, &out->acceptability[i], error));
    }
    return CUSTVAL_OK;
}

static custval_status rank_now(uncertainty *in, custval_error *error) {
    const custval__order_kernels *kernels = custval__order_kernels_best();
    const uint32_t rows = in->over.rows;
    const double *value = in->over.results.value;
    uint32_t *ranks = custval__study_alloc(&in->study, rows, sizeof *ranks);
    custval__order order;
    double low, high;
    if (ranks == NULL || custval__order_new(&in->study.arena, rows, &order) != CUSTVAL_OK) {
        return custval__fail_memory(error);
    }
    kernels->range(value, rows, &low, &high);
    kernels->ranks(&order, value, rows, low, high, ranks);
    for (uint32_t row = 0; row < rows; row++) in->rank[row] = ranks[row] == 0 ? (double)NAN : (double)ranks[row];
    return CUSTVAL_OK;
}

static custval_status fill_table(uncertainty *in, custval_table *table, custval_error *error) {
    custval__over_draws *over = &in->over;
    over->drawn = &in->drawn;
    over->weighing = &in->weighing;
    over->table = in->study.table;
    over->options = in->options.score;
    over->host = &in->study.plan.host;
    over->rows = (uint32_t)custval_table_rows(table);
    over->draws = in->weighing.count;
    over->share_low = (1.0 - in->options.level) / 2.0;
    over->share_high = (1.0 + in->options.level) / 2.0;
    CUSTVAL__TRY(add_columns(in, table, error));
    if (over->rows > 0) {
        CUSTVAL__TRY(custval__over_draws_run(over, error));
        CUSTVAL__TRY(rank_now(in, error));
    }
    custval__result_finish(table);
    return CUSTVAL_OK;
}

static custval_status make_table(uncertainty *in, const custval_table *draws, custval_table **out,
                                 custval_error *error) {
    custval__study *study = &in->study;
    const size_t rows = custval_table_rows(study->table);
    if (draws == NULL) return custval__fail_null(error, "draws");
    if (rows > CUSTVAL__ORDER_MOST) {
        return custval__fail(error, CUSTVAL_ERROR_LIMIT, "%zu rows are more than %u", rows,
                             (unsigned)CUSTVAL__ORDER_MOST);
    }
    CUSTVAL__TRY(custval__drawn_read(&study->arena, study->plan.system, draws, &in->drawn, &in->weighing, error));
    CUSTVAL__TRY(custval__result_new(&study->plan.host, rows, out, error));
    return fill_table(in, *out, error);
}

custval_status custval_uncertainty(const custval_system *system, const custval_table *table, const custval_table *draws,
                                   const custval_uncertainty_options *options, custval_table **out,
                                   custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    uncertainty in = {.rank = NULL};
    CUSTVAL__TRY(read_options(&in, options, error));
    custval_status status = custval__study_open(&in.study, system, table, in.options.score, 1, error);
    if (status == CUSTVAL_OK) status = make_table(&in, draws, out, error);
    custval__study_close(&in.study);
    if (status != CUSTVAL_OK) {
        custval_table_free(*out);
        *out = NULL;
    }
    return status;
}
