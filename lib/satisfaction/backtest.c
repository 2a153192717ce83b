/* custval_backtest: a score against what happened later. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include <custval/rank.h>
#include <custval/satisfaction.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../base/maths.h"
#include "../base/options.h"
#include "../base/random.h"
#include "../base/student.h"
#include "../base/wilson.h"
#include "../table/table.h"
#include "area.h"
#include "observed.h"

#define EDGES_MOST 10000

typedef struct test {
    custval_backtest_options options;
    custval__arena arena;
    custval__observed observed; /* score, outcome */
    const double *score, *outcome;
    int is_binary;
    custval_backtest_facts facts;
} test;

static custval_status read_options(test *in, const custval_backtest_options *options, custval_error *error) {
    custval_backtest_options *const whole = &in->options;
    const custval_backtest_options defaults = CUSTVAL_BACKTEST_OPTIONS_INIT;
    *whole = defaults;
    CUSTVAL__TRY(custval__struct_read(whole, sizeof *whole, sizeof *whole, options, "custval_backtest_options", error));
    if (!(whole->level > 0.0 && whole->level < 1.0)) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "level is %g, but must be between 0 and 1", whole->level);
    }
    if (whole->edges == NULL && whole->edge_count > 0) return custval__fail_null(error, "edges");
    if (whole->edge_count > EDGES_MOST) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "%zu edges, but at most %d are possible", whole->edge_count,
                             EDGES_MOST);
    }
    for (size_t i = 0; i < whole->edge_count; i++) {
        if (isfinite(whole->edges[i]) && (i == 0 || whole->edges[i] > whole->edges[i - 1])) continue;
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "edge %zu is %g, but edges are numbers in ascending order",
                             i + 1, whole->edges[i]);
    }
    if (whole->score == NULL) whole->score = "score";
    if (whole->outcome == NULL) whole->outcome = "outcome";
    return CUSTVAL_OK;
}

/* ---- The whole --------------------------------------------------------------------------------------------------- */

/* Numbers become distances from their mean, in units of the largest: no square overflows. 0 if they do not vary. */
static double centre(double *x, size_t n) {
    custval__sum sum = {0.0, 0.0};
    double most = 0.0, largest = 0.0;
    for (size_t i = 0; i < n; i++) custval__sum_add(&sum, x[i] / (double)n);
    const double mean = custval__sum_value(&sum);
    for (size_t i = 0; i < n; i++) {
        largest = fmax(largest, fabs(x[i]));
        x[i] -= mean;
        most = fmax(most, fabs(x[i]));
    }
    for (size_t i = 0; i < n && most > 0.0; i++) x[i] /= most;
    return most > 1e-15 * largest ? most : 0.0;
}

/* Pearson's correlation; destroys both. */
static double correlate(double *x, double *y, size_t n) {
    double xx = 0.0, yy = 0.0, xy = 0.0;
    if (!(centre(x, n) > 0.0 && centre(y, n) > 0.0)) return (double)NAN;
    for (size_t i = 0; i < n; i++) {
        xx += x[i] * x[i];
        yy += y[i] * y[i];
        xy += x[i] * y[i];
    }
    return fmin(fmax(xy / (sqrt(xx) * sqrt(yy)), -1.0), 1.0);
}

static custval_status find_correlations(test *in, custval_error *error) {
    const size_t n = in->observed.rows;
    double *const x = custval__arena_alloc(&in->arena, n, 2 * sizeof *x), *const y = x == NULL ? NULL : x + n;
    if (x == NULL) return custval__fail_memory(error);
    memcpy(x, in->score, 2 * n * sizeof *x);
    in->facts.correlation = correlate(x, y, n);
    CUSTVAL__TRY(custval_ranks(&in->arena.host, in->score, n, CUSTVAL_TIES_MEAN, x, error));
    CUSTVAL__TRY(custval_ranks(&in->arena.host, in->outcome, n, CUSTVAL_TIES_MEAN, y, error));
    in->facts.rank_correlation = correlate(x, y, n);
    return CUSTVAL_OK;
}

static custval_status find_area(test *in, custval_error *error) {
    custval_backtest_facts *const facts = &in->facts;
    const size_t n = in->observed.rows;
    const double z = custval__normal_half_width(in->options.level);
    custval__sum squares = {0.0, 0.0};
    int are_shares = 1;
    for (size_t i = 0; i < n; i++) {
        const double away = in->score[i] - in->outcome[i];
        facts->events += in->outcome[i] == 1.0;
        are_shares &= in->score[i] >= 0.0 && in->score[i] <= 1.0;
        if (are_shares) custval__sum_add(&squares, away * away);
    }
    if (are_shares) facts->brier = custval__sum_value(&squares) / (double)n;
    CUSTVAL__TRY(
        custval__area_under(&in->arena.host, in->score, in->outcome, n, &facts->auc, &facts->auc_error, error));
    if (isnan(facts->auc_error)) return CUSTVAL_OK;
    facts->auc_low = fmax(facts->auc - z * facts->auc_error, 0.0);
    facts->auc_high = fmin(facts->auc + z * facts->auc_error, 1.0);
    return CUSTVAL_OK;
}

static custval_status describe(test *in, custval_error *error) {
    const double none = (double)NAN;
    const size_t n = in->observed.rows;
    in->facts = (custval_backtest_facts){.struct_size = sizeof in->facts,
                                         .n = n,
                                         .missing = in->observed.missing,
                                         .auc = none,
                                         .auc_error = none,
                                         .auc_low = none,
                                         .auc_high = none,
                                         .brier = none};
    in->is_binary = 1;
    for (size_t i = 0; i < n; i++) in->is_binary &= in->outcome[i] == 0.0 || in->outcome[i] == 1.0;
    if (in->is_binary) CUSTVAL__TRY(find_area(in, error));
    return find_correlations(in, error);
}

/* ---- Bands ------------------------------------------------------------------------------------------------------- */

typedef struct bands {
    double *from, *to, *score, *outcome, *low, *high;
    uint32_t *n;
    double *squares; /* [band] of outcomes about their mean */
} bands;

/* Number of edges at or below the score. */
static size_t band_of(const custval_backtest_options *options, double score) {
    size_t low = 0, high = options->edge_count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (options->edges[middle] <= score) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static custval_status add_columns(bands *out, custval_table *result, custval_error *error) {
    CUSTVAL__TRY(custval__result_add_doubles(result, "from", &out->from, error));
    CUSTVAL__TRY(custval__result_add_doubles(result, "to", &out->to, error));
    CUSTVAL__TRY(custval__result_add_uint32(result, "n", &out->n, error));
    CUSTVAL__TRY(custval__result_add_doubles(result, "score", &out->score, error));
    CUSTVAL__TRY(custval__result_add_doubles(result, "outcome", &out->outcome, error));
    CUSTVAL__TRY(custval__result_add_doubles(result, "low", &out->low, error));
    return custval__result_add_doubles(result, "high", &out->high, error);
}

static void finish_band(const test *in, const bands *out, size_t band) {
    const double n = (double)out->n[band], level = in->options.level;
    const size_t edges = in->options.edge_count;
    out->from[band] = band > 0 ? in->options.edges[band - 1] : (double)NAN;
    out->to[band] = band < edges ? in->options.edges[band] : (double)NAN;
    if (out->n[band] == 0) {
        out->score[band] = out->outcome[band] = out->low[band] = out->high[band] = (double)NAN;
    } else if (in->is_binary) {
        custval__wilson(out->outcome[band], n, custval__normal_half_width(level), &out->low[band], &out->high[band]);
    } else {
        const double deviation = out->n[band] > 1 ? sqrt(out->squares[band] / (n - 1.0)) : (double)NAN;
        const double half = custval__student_half_width(level, n - 1.0) * deviation / sqrt(n);
        out->low[band] = out->outcome[band] - half;
        out->high[band] = out->outcome[band] + half;
    }
}

/* Running means: exact enough, and no sum overflows. */
static custval_status fill(test *in, custval_table *result, custval_error *error) {
    const size_t count = in->options.edge_count + 1;
    bands out = {.squares = custval__arena_alloc(&in->arena, count, sizeof(double))};
    if (out.squares == NULL) return custval__fail_memory(error);
    CUSTVAL__TRY(add_columns(&out, result, error));
    for (size_t band = 0; band < count; band++) {
        out.score[band] = out.outcome[band] = 0.0;
        out.n[band] = 0;
    }
    for (size_t i = 0; i < in->observed.rows; i++) {
        const size_t band = band_of(&in->options, in->score[i]);
        const double n = (double)++out.n[band], away = in->outcome[i] - out.outcome[band];
        out.score[band] += (in->score[i] - out.score[band]) / n;
        out.outcome[band] += away / n;
        out.squares[band] += away * (in->outcome[i] - out.outcome[band]);
    }
    for (size_t band = 0; band < count; band++) finish_band(in, &out, band);
    custval__result_finish(result);
    return CUSTVAL_OK;
}

static custval_status make(test *in, const custval_table *table, int has_bands, custval_table **out,
                           custval_error *error) {
    const char *const names[2] = {in->options.score, in->options.outcome};
    CUSTVAL__TRY(custval__observed_read(&in->arena, table, names, 2, &in->observed, error));
    if (in->observed.rows == 0) {
        return custval__fail(error, CUSTVAL_ERROR_STATE, "no row has both \"%s\" and \"%s\"", names[0], names[1]);
    }
    if (in->observed.rows > UINT32_MAX) return custval__fail(error, CUSTVAL_ERROR_LIMIT, "2^32 rows or more");
    in->score = in->observed.numbers;
    in->outcome = in->score + in->observed.rows;
    CUSTVAL__TRY(describe(in, error));
    if (!has_bands) return CUSTVAL_OK;
    CUSTVAL__TRY(custval__result_new(&in->arena.host, in->options.edge_count + 1, out, error));
    return fill(in, *out, error);
}

custval_status custval_backtest(const custval_table *table, const custval_backtest_options *options,
                                custval_backtest_facts *facts, custval_table **out, custval_error *error) {
    test in = {.score = NULL};
    custval_host host;
    if (out != NULL) *out = NULL;
    if (out == NULL && facts == NULL) return custval__fail_null(error, "out");
    if (table == NULL) return custval__fail_null(error, "table");
    CUSTVAL__TRY(read_options(&in, options, error));
    CUSTVAL__TRY(custval__host_read(&host, in.options.host, error));
    custval__arena_init(&in.arena, &host);
    custval_table *result = NULL;
    custval_status status = make(&in, table, out != NULL, &result, error);
    custval__arena_free(&in.arena);
    if (status == CUSTVAL_OK && facts != NULL) {
        status =
            custval__struct_write(facts, &in.facts, sizeof in.facts, sizeof in.facts, "custval_backtest_facts", error);
    }
    if (status == CUSTVAL_OK && out != NULL) {
        *out = result;
    } else {
        custval_table_free(result);
    }
    return status;
}
