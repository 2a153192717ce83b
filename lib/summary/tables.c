/* Summaries as tables, and quantiles. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../table/table.h"
#include "object.h"

/* ---- Quantiles --------------------------------------------------------------------------------------------------- */

static double quantile(const custval_summary *summary, size_t column, double share) {
    const uint64_t count = summary->sums->own[column].count;
    if (count == 0) return (double)NAN;
    /* A share that was written as a decimal may lie an ulp above it: 0.07 of 100 is the 7th. */
    const double rank = ceil(share * (double)count * (1.0 - 0x1p-50));
    return custval__sketch_number(&summary->sketches[column], rank < 1.0 ? 1 : (uint64_t)rank);
}

custval_status custval_summary_quantile(const custval_summary *summary, size_t column, double share, double *out,
                                        custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    *out = (double)NAN;
    if (summary == NULL) return custval__fail_null(error, "summary");
    if (column >= summary->shape.count) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "column %zu: the summary has %zu", column,
                             summary->shape.count);
    }
    if (!(share >= 0.0 && share <= 1.0)) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "share is %g, but must lie between 0 and 1", share);
    }
    if (summary->sketches == NULL) {
        return custval__fail(error, CUSTVAL_ERROR_STATE, "the summary keeps no quantiles (CUSTVAL_SUMMARY_QUANTILES)");
    }
    *out = quantile(summary, column, share);
    return CUSTVAL_OK;
}

/* ---- Columns ----------------------------------------------------------------------------------------------------- */

static custval_status add_names(const custval_summary *summary, const char *title, custval_table *table,
                                custval_error *error) {
    const custval_host *host = &summary->arena.host;
    custval_text *texts = custval__alloc(host, summary->shape.count, sizeof *texts);
    if (texts == NULL) return custval__fail_memory(error);
    for (size_t i = 0; i < summary->shape.count; i++) {
        const char *name = summary->shape.columns[i].column;
        texts[i] = (custval_text){name, strlen(name)};
    }
    const custval_status status = custval__result_add_texts(table, title, texts, error);
    custval__free(host, texts);
    return status;
}

static custval_status add_sides(const custval_summary *summary, custval_table *table, custval_error *error) {
    static const custval_text benefit = {"benefit", 7}, sacrifice = {"sacrifice", 9};
    const custval_host *host = &summary->arena.host;
    custval_text *texts = custval__alloc(host, summary->shape.count, sizeof *texts);
    if (texts == NULL) return custval__fail_memory(error);
    for (size_t i = 0; i < summary->shape.count; i++) {
        texts[i] = summary->shape.columns[i].side == CUSTVAL_SIDE_SACRIFICE ? sacrifice : benefit;
    }
    const custval_status status = custval__result_add_texts(table, "side", texts, error);
    custval__free(host, texts);
    return status;
}

static custval_status add_doubles(custval_table *table, const char *const *names, size_t count, double **out,
                                  custval_error *error) {
    for (size_t i = 0; i < count; i++) CUSTVAL__TRY(custval__result_add_doubles(table, names[i], &out[i], error));
    return CUSTVAL_OK;
}

static custval_status fill_facts(const custval_summary *summary, custval_table *table, custval_error *error) {
    static const char *const names[] = {"count",     "missing",   "low",     "high",      "mean",
                                        "deviation", "variation", "entropy", "divergence"};
    double *to[9];
    const size_t kept = summary->sums->theil != NULL ? 9 : 7;
    CUSTVAL__TRY(add_doubles(table, names, kept, to, error));
    for (size_t i = 0; i < summary->shape.count; i++) {
        const custval__facts facts = custval__summary_facts(summary, i);
        const double numbers[] = {(double)facts.count, (double)facts.missing, facts.low,       facts.high,
                                  facts.mean,          facts.deviation,       facts.variation, facts.entropy,
                                  facts.divergence};
        for (size_t k = 0; k < kept; k++) to[k][i] = numbers[k];
    }
    return CUSTVAL_OK;
}

static custval_status fill_quantiles(const custval_summary *summary, custval_table *table, custval_error *error) {
    static const char *const names[] = {"q05", "q25", "median", "q75", "q95"};
    static const double shares[] = {0.05, 0.25, 0.5, 0.75, 0.95};
    double *to[5];
    CUSTVAL__TRY(add_doubles(table, names, 5, to, error));
    for (size_t i = 0; i < summary->shape.count; i++) {
        for (size_t k = 0; k < 5; k++) to[k][i] = quantile(summary, i, shares[k]);
    }
    return CUSTVAL_OK;
}

/* Gives the finished table away, or frees it. */
static custval_status give(custval_table *table, custval_status status, custval_table **out) {
    if (status == CUSTVAL_OK) custval__result_finish(table);
    return custval__result_give(table, status, out);
}

custval_status custval_summary_table(const custval_summary *summary, custval_table **out, custval_error *error) {
    custval_table *table;
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    if (summary == NULL) return custval__fail_null(error, "summary");
    CUSTVAL__TRY(custval__result_new(&summary->arena.host, summary->shape.count, &table, error));
    custval_status status = add_names(summary, "name", table, error);
    if (status == CUSTVAL_OK) status = add_sides(summary, table, error);
    if (status == CUSTVAL_OK) status = fill_facts(summary, table, error);
    if (status == CUSTVAL_OK && summary->sketches != NULL) status = fill_quantiles(summary, table, error);
    return give(table, status, out);
}

/* ---- Correlations ------------------------------------------------------------------------------------------------ */

static custval_status fill_correlations(const custval_summary *summary, custval_table *table, custval_error *error) {
    const size_t count = summary->shape.count;
    CUSTVAL__TRY(add_names(summary, "name", table, error));
    for (size_t i = 0; i < count; i++) {
        const char *name = summary->shape.columns[i].column;
        double *to;
        if (strcmp(name, "name") == 0) name = custval__summary_find(summary, "name.") == SIZE_MAX ? "name." : "name..";
        CUSTVAL__TRY(custval__result_add_doubles(table, name, &to, error));
        for (size_t k = 0; k < count; k++) to[k] = custval__summary_correlation(summary, k, i);
    }
    return CUSTVAL_OK;
}

custval_status custval_summary_correlations(const custval_summary *summary, custval_table **out, custval_error *error) {
    custval_table *table;
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    if (summary == NULL) return custval__fail_null(error, "summary");
    if (summary->sums->joint == NULL) {
        return custval__fail(error, CUSTVAL_ERROR_STATE, "the summary keeps no pairs (CUSTVAL_SUMMARY_PAIRS)");
    }
    CUSTVAL__TRY(custval__result_new(&summary->arena.host, summary->shape.count, &table, error));
    return give(table, fill_correlations(summary, table, error), out);
}
