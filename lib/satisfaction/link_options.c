/* custval_link_fit and custval_disconfirmation: from tables to what is fitted. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../base/options.h"
#include "../base/random.h"
#include "link_fit.h"

custval_status custval__link_check_names(const char *outcome, const char *const *predictors, size_t count,
                                         custval_error *error) {
    if (outcome == NULL) return custval__fail_null(error, "outcome");
    if (predictors == NULL && count > 0) return custval__fail_null(error, "predictors");
    if (count > CUSTVAL_MAX_PREDICTORS) {
        return custval__fail(error, CUSTVAL_ERROR_LIMIT, "%zu predictors, but at most %d are possible", count,
                             CUSTVAL_MAX_PREDICTORS);
    }
    for (size_t i = 0; i < count; i++) {
        if (predictors[i] == NULL) {
            return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "the name of predictor %zu is NULL", i + 1);
        }
        if (strcmp(predictors[i], outcome) == 0) {
            return custval__fail(error, CUSTVAL_ERROR_DUPLICATE, "\"%s\" is the outcome, it cannot be a predictor too",
                                 outcome);
        }
        for (size_t k = 0; k < i; k++) {
            if (strcmp(predictors[k], predictors[i]) != 0) continue;
            return custval__fail(error, CUSTVAL_ERROR_DUPLICATE, "predictor \"%s\" is there twice", predictors[i]);
        }
    }
    return CUSTVAL_OK;
}

static custval_status check_kind(uint32_t kind, custval_error *error) {
    if (kind == CUSTVAL_LINK_LINEAR || kind == CUSTVAL_LINK_LOGISTIC) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "%u is no kind of link", (unsigned)kind);
}

static custval_status read_options(const custval_link_options *options, custval_link_options *whole,
                                   custval_error *error) {
    const custval_link_options defaults = CUSTVAL_LINK_OPTIONS_INIT;
    *whole = defaults;
    CUSTVAL__TRY(custval__struct_read(whole, sizeof *whole, sizeof *whole, options, "custval_link_options", error));
    CUSTVAL__TRY(check_kind(whole->kind, error));
    if (whole->reserved != 0) return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "reserved must be 0");
    if (!(whole->ridge >= 0.0 && isfinite(whole->ridge))) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "ridge is %g, but must be 0 or above", whole->ridge);
    }
    return custval__link_check_names(whole->outcome, whole->predictors, whole->predictor_count, error);
}

static custval_status fit(custval__arena *arena, const custval_table *table, const custval_link_options *options,
                          custval_link **out, custval_error *error) {
    const char *names[CUSTVAL_MAX_PREDICTORS + 1];
    custval__link_problem problem = {.host = arena->host,
                                     .outcome = options->outcome,
                                     .predictors = options->predictors,
                                     .count = options->predictor_count,
                                     .kind = options->kind,
                                     .ridge = options->ridge};
    names[0] = options->outcome;
    for (size_t i = 0; i < problem.count; i++) names[i + 1] = options->predictors[i];
    CUSTVAL__TRY(custval__observed_read(arena, table, names, problem.count + 1, &problem.observed, error));
    return custval__link_fit(&problem, out, error);
}

custval_status custval_link_fit(const custval_table *table, const custval_link_options *options, custval_link **out,
                                custval_error *error) {
    custval_link_options whole;
    custval_host host;
    custval__arena arena;
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    if (table == NULL) return custval__fail_null(error, "table");
    CUSTVAL__TRY(read_options(options, &whole, error));
    CUSTVAL__TRY(custval__host_read(&host, whole.host, error));
    custval__arena_init(&arena, &host);
    const custval_status status = fit(&arena, table, &whole, out, error);
    custval__arena_free(&arena);
    return status;
}

/* ---- Satisfaction from expectation and gap ----------------------------------------------------------------------- */

/* Performance and expectation become expectation and gap, or expectation, gain and loss. */
static void make_predictors(custval__observed *observed, int is_split) {
    double *const first = observed->numbers + observed->rows, *const second = first + observed->rows;
    for (size_t i = 0; i < observed->rows; i++) {
        const double gap = first[i] - second[i];
        first[i] = second[i];
        second[i] = is_split ? fmax(gap, 0.0) : gap;
        if (is_split) second[observed->rows + i] = fmax(-gap, 0.0);
    }
}

/* The variance of a ratio by the delta method. */
static void find_lambda(const custval_link *link, double level, custval_loss_aversion *out) {
    const double gain = link->coefficients[2], loss = link->coefficients[3];
    const double *const c = link->covariance;
    const size_t terms = link->terms;
    out->lambda = out->error = out->low = out->high = (double)NAN;
    if (!(gain > 0.0)) return;
    out->lambda = -loss / gain;
    const double by_gain = loss / gain / gain, by_loss = -1.0 / gain;
    const double variance = by_gain * by_gain * c[2 * terms + 2] + by_loss * by_loss * c[3 * terms + 3] +
                            2.0 * by_gain * by_loss * c[2 * terms + 3];
    out->error = sqrt(fmax(variance, 0.0));
    const double half = custval__normal_half_width(level) * out->error;
    out->low = out->lambda - half;
    out->high = out->lambda + half;
}

static custval_status read_disconfirmation(const custval_disconfirmation_options *options,
                                           custval_disconfirmation_options *whole, custval_error *error) {
    const custval_disconfirmation_options defaults = CUSTVAL_DISCONFIRMATION_OPTIONS_INIT;
    *whole = defaults;
    CUSTVAL__TRY(
        custval__struct_read(whole, sizeof *whole, sizeof *whole, options, "custval_disconfirmation_options", error));
    CUSTVAL__TRY(check_kind(whole->kind, error));
    if (whole->split > 1) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "split is %u, it must be 0 or 1", (unsigned)whole->split);
    }
    if (!(whole->level > 0.0 && whole->level < 1.0)) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "level is %g, but must be between 0 and 1", whole->level);
    }
    if (whole->outcome == NULL) whole->outcome = "satisfaction";
    if (whole->performance == NULL) whole->performance = "performance";
    if (whole->expectation == NULL) whole->expectation = "expectation";
    return CUSTVAL_OK;
}

static custval_status fit_gap(custval__arena *arena, const custval_table *table,
                              const custval_disconfirmation_options *options, custval_link **out,
                              custval_error *error) {
    static const char *const plain[] = {"expectation", "gap"}, *const split[] = {"expectation", "gain", "loss"};
    /* The last column is only there to be overwritten. */
    const char *const names[] = {options->outcome, options->performance, options->expectation, options->expectation};
    custval__link_problem problem = {.host = arena->host,
                                     .outcome = options->outcome,
                                     .predictors = options->split ? split : plain,
                                     .count = options->split ? 3 : 2,
                                     .kind = options->kind};
    CUSTVAL__TRY(custval__link_check_names(options->outcome, names + 1, 2, error));
    CUSTVAL__TRY(custval__observed_read(arena, table, names, problem.count + 1, &problem.observed, error));
    make_predictors(&problem.observed, options->split != 0);
    return custval__link_fit(&problem, out, error);
}

custval_status custval_disconfirmation(const custval_table *table, const custval_disconfirmation_options *options,
                                       custval_loss_aversion *lambda, custval_link **out, custval_error *error) {
    custval_disconfirmation_options whole;
    custval_loss_aversion found = CUSTVAL_LOSS_AVERSION_INIT;
    custval_host host;
    custval__arena arena;
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    if (table == NULL) return custval__fail_null(error, "table");
    CUSTVAL__TRY(read_disconfirmation(options, &whole, error));
    if (lambda != NULL && !whole.split) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "lambda needs gains and losses apart: set split");
    }
    CUSTVAL__TRY(custval__host_read(&host, whole.host, error));
    custval__arena_init(&arena, &host);
    custval_link *link = NULL;
    custval_status status = fit_gap(&arena, table, &whole, &link, error);
    custval__arena_free(&arena);
    if (status == CUSTVAL_OK && lambda != NULL) {
        find_lambda(link, whole.level, &found);
        status = custval__struct_write(lambda, &found, sizeof found, sizeof found, "custval_loss_aversion", error);
    }
    if (status == CUSTVAL_OK) {
        *out = link;
    } else {
        custval_link_free(link);
    }
    return status;
}
