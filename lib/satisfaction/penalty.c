/* custval_penalty_reward: what low and high answers do to overall satisfaction. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include <custval/satisfaction.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../base/options.h"
#include "../table/table.h"
#include "link_fit.h"
#include "words.h"

#define INDICATORS_MOST (CUSTVAL_MAX_PREDICTORS / 2)

typedef struct contrast {
    const custval_table *table;
    custval_penalty_options options;
    custval__arena arena;
    custval_link *link;
    uint32_t lows[INDICATORS_MOST], highs[INDICATORS_MOST];
} contrast;

static custval_status read_options(contrast *in, const custval_penalty_options *options, custval_error *error) {
    const custval_penalty_options defaults = CUSTVAL_PENALTY_OPTIONS_INIT;
    in->options = defaults;
    CUSTVAL__TRY(custval__struct_read(&in->options, sizeof defaults, sizeof defaults, options,
                                      "custval_penalty_options", error));
    if (in->options.indicators == NULL) return custval__fail_null(error, "indicators");
    if (in->options.indicator_count < 1 || in->options.indicator_count > INDICATORS_MOST) {
        return custval__fail(error, CUSTVAL_ERROR_LIMIT, "%zu indicators, but there must be 1 to %d",
                             in->options.indicator_count, INDICATORS_MOST);
    }
    if (in->options.has_limits > 1 || in->options.reserved != 0) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "has_limits must be 0 or 1, and reserved 0");
    }
    if (in->options.has_limits && !(in->options.low < in->options.high)) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "low is %g, but must be below high, %g", in->options.low,
                             in->options.high);
    }
    if (!(in->options.cut >= 0.0 && in->options.cut <= 1.0)) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "cut is %g, but must be 0 to 1", in->options.cut);
    }
    return custval__link_check_names(in->options.outcome, in->options.indicators, in->options.indicator_count, error);
}

/* ---- Dummies ----------------------------------------------------------------------------------------------------- */

static custval_status make_dummies(contrast *in, const custval__observed *given, size_t index, double *low_dummy,
                                   custval_error *error) {
    const double *const x = given->numbers + (index + 1) * given->rows;
    double *const high_dummy = low_dummy + given->rows, low = in->options.low, high = in->options.high;
    if (!in->options.has_limits) {
        low = HUGE_VAL;
        high = -HUGE_VAL;
        for (size_t i = 0; i < given->rows; i++) {
            low = fmin(low, x[i]);
            high = fmax(high, x[i]);
        }
    }
    for (size_t i = 0; i < given->rows; i++) {
        low_dummy[i] = x[i] <= low ? 1.0 : 0.0;
        high_dummy[i] = x[i] >= high ? 1.0 : 0.0;
        in->lows[index] += x[i] <= low;
        in->highs[index] += x[i] >= high;
    }
    if (low < high && in->lows[index] > 0 && in->highs[index] > 0) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_STATE,
                         "indicator \"%s\" has %u low and %u high answers among %zu whole rows; both are needed",
                         in->options.indicators[index], (unsigned)in->lows[index],
                         low < high ? (unsigned)in->highs[index] : 0U, given->rows);
}

/* "low price", "high price": how messages of the fit call the dummies. */
static const char *dummy_name(custval__arena *arena, const char *prefix, const char *name) {
    const size_t length = strlen(prefix) + strlen(name);
    char *const out = custval__arena_alloc(arena, length + 1, 1);
    if (out != NULL) custval__format(out, length + 1, "%s%s", prefix, name);
    return out;
}

static custval_status fit(contrast *in, custval_error *error) {
    const size_t count = in->options.indicator_count;
    const char *names[INDICATORS_MOST + 1], *dummies[2 * INDICATORS_MOST];
    custval__observed given;
    names[0] = in->options.outcome;
    for (size_t i = 0; i < count; i++) names[i + 1] = in->options.indicators[i];
    CUSTVAL__TRY(custval__observed_read(&in->arena, in->table, names, count + 1, &given, error));
    if (given.rows == 0) return custval__fail(error, CUSTVAL_ERROR_STATE, "no row lacks nothing");
    double *const numbers = custval__arena_alloc(&in->arena, given.rows, (2 * count + 1) * sizeof *numbers);
    if (numbers == NULL) return custval__fail_memory(error);
    memcpy(numbers, given.numbers, given.rows * sizeof *numbers);
    for (size_t i = 0; i < count; i++) {
        CUSTVAL__TRY(make_dummies(in, &given, i, numbers + (2 * i + 1) * given.rows, error));
        dummies[2 * i] = dummy_name(&in->arena, "low ", names[i + 1]);
        dummies[2 * i + 1] = dummy_name(&in->arena, "high ", names[i + 1]);
        if (dummies[2 * i] == NULL || dummies[2 * i + 1] == NULL) return custval__fail_memory(error);
    }
    const custval__link_problem problem = {.host = in->arena.host,
                                           .observed = {given.rows, given.missing, numbers},
                                           .outcome = in->options.outcome,
                                           .predictors = dummies,
                                           .count = 2 * count,
                                           .kind = CUSTVAL_LINK_LINEAR};
    return custval__link_fit(&problem, &in->link, error);
}

/* ---- The table --------------------------------------------------------------------------------------------------- */

static uint32_t factor_of(double penalty, double reward, double cut) {
    if (penalty > 0.0 || reward < 0.0) return CUSTVAL_FACTOR_INCONSISTENT;
    if (!(reward - penalty > 0.0)) return CUSTVAL_FACTOR_NONE;
    const double asymmetry = (reward + penalty) / (reward - penalty);
    if (asymmetry < -cut) return CUSTVAL_FACTOR_BASIC;
    return asymmetry > cut ? CUSTVAL_FACTOR_EXCITEMENT : CUSTVAL_FACTOR_PERFORMANCE;
}

typedef struct results {
    double *penalty, *penalty_error, *reward, *reward_error, *range, *asymmetry, *r2;
    uint32_t *lows, *highs, *n;
} results;

static void fill_row(const contrast *in, const results *out, size_t i, custval_text *factor) {
    const double *const b = in->link->coefficients, *const c = in->link->covariance;
    const size_t low = 2 * i + 1, high = low + 1, terms = in->link->terms;
    const uint32_t which = factor_of(b[low], b[high], in->options.cut);
    const int is_told = which != CUSTVAL_FACTOR_NONE && which != CUSTVAL_FACTOR_INCONSISTENT;
    out->penalty[i] = b[low];
    out->penalty_error[i] = sqrt(c[low * terms + low]);
    out->reward[i] = b[high];
    out->reward_error[i] = sqrt(c[high * terms + high]);
    out->range[i] = is_told ? b[high] - b[low] : (double)NAN;
    out->asymmetry[i] = is_told ? (b[high] + b[low]) / (b[high] - b[low]) : (double)NAN;
    out->lows[i] = in->lows[i];
    out->highs[i] = in->highs[i];
    out->n[i] = in->link->facts.n < UINT32_MAX ? (uint32_t)in->link->facts.n : UINT32_MAX;
    out->r2[i] = in->link->facts.r2;
    *factor = custval__word_text(CUSTVAL_WORDS_FACTOR, which);
}

static custval_status fill(contrast *in, custval_table *result, custval_error *error) {
    const size_t count = in->options.indicator_count;
    results out = {.penalty = NULL};
    custval_text *const texts = custval__arena_alloc(&in->arena, count, sizeof *texts);
    if (texts == NULL) return custval__fail_memory(error);
    for (size_t i = 0; i < count; i++) {
        texts[i] = (custval_text){in->options.indicators[i], strlen(in->options.indicators[i])};
    }
    CUSTVAL__TRY(custval__result_add_texts(result, "indicator", texts, error));
    CUSTVAL__TRY(custval__result_add_doubles(result, "penalty", &out.penalty, error));
    CUSTVAL__TRY(custval__result_add_doubles(result, "penalty_error", &out.penalty_error, error));
    CUSTVAL__TRY(custval__result_add_doubles(result, "reward", &out.reward, error));
    CUSTVAL__TRY(custval__result_add_doubles(result, "reward_error", &out.reward_error, error));
    CUSTVAL__TRY(custval__result_add_doubles(result, "range", &out.range, error));
    CUSTVAL__TRY(custval__result_add_doubles(result, "asymmetry", &out.asymmetry, error));
    CUSTVAL__TRY(custval__result_add_uint32(result, "lows", &out.lows, error));
    CUSTVAL__TRY(custval__result_add_uint32(result, "highs", &out.highs, error));
    CUSTVAL__TRY(custval__result_add_uint32(result, "n", &out.n, error));
    CUSTVAL__TRY(custval__result_add_doubles(result, "r2", &out.r2, error));
    for (size_t i = 0; i < count; i++) fill_row(in, &out, i, &texts[i]);
    CUSTVAL__TRY(custval__result_add_texts(result, "factor", texts, error));
    custval__result_finish(result);
    return CUSTVAL_OK;
}

custval_status custval_penalty_reward(const custval_table *table, const custval_penalty_options *options,
                                      custval_table **out, custval_error *error) {
    contrast in = {.table = table};
    custval_host host;
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    if (table == NULL) return custval__fail_null(error, "table");
    CUSTVAL__TRY(read_options(&in, options, error));
    CUSTVAL__TRY(custval__host_read(&host, in.options.host, error));
    custval__arena_init(&in.arena, &host);
    custval_table *result = NULL;
    custval_status status = fit(&in, error);
    if (status == CUSTVAL_OK) status = custval__result_new(&host, in.options.indicator_count, &result, error);
    if (status == CUSTVAL_OK) status = fill(&in, result, error);
    custval_link_free(in.link);
    custval__arena_free(&in.arena);
    return custval__result_give(result, status, out);
}
