/* custval_rank: which rows count, what each method needs to know of the columns, the table of scores and ranks. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "rank.h"

#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "../base/options.h"
#include "../summary/criteria.h"
#include "../system/system.h"

/* ---- Options ----------------------------------------------------------------------------------------------------- */

static custval_status check_word(uint32_t vocabulary, const char *what, uint32_t value, custval_error *error) {
    if (custval_word(vocabulary, value) != NULL) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "there is no %s %u", what, (unsigned)value);
}

static uint32_t default_normalisation(uint32_t method) {
    switch (method) {
    case CUSTVAL_RANK_TOPSIS: return CUSTVAL_NORMALISATION_VECTOR;
    case CUSTVAL_RANK_VIKOR: return CUSTVAL_NORMALISATION_RANGE;
    default: return CUSTVAL_NORMALISATION_MAXIMUM;
    }
}

static custval_status check_options(const custval_rank_options *options, custval_error *error) {
    CUSTVAL__TRY(check_word(CUSTVAL_WORDS_RANK, "method of ranking", options->method, error));
    CUSTVAL__TRY(check_word(CUSTVAL_WORDS_NORMALISATION, "normalisation", options->normalisation, error));
    CUSTVAL__TRY(check_word(CUSTVAL_WORDS_TIES, "rule of ties", options->ties, error));
    if (options->method == CUSTVAL_RANK_VIKOR && options->normalisation != CUSTVAL_NORMALISATION_RANGE) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "VIKOR normalises by range, not by \"%s\"",
                             custval_word(CUSTVAL_WORDS_NORMALISATION, options->normalisation));
    }
    if (options->shares > 1 || (options->shares == 1 && options->method != CUSTVAL_RANK_SAW)) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "shares is %u, but must be 0, or 1 for SAW",
                             (unsigned)options->shares);
    }
    if (options->share >= 0.0 && options->share <= 1.0) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_RANGE, "share is %g, but must be 0 to 1", options->share);
}

static custval_status read_options(custval__ranking *ranking, const custval_rank_options *given, custval_error *error) {
    custval_rank_options *options = &ranking->options;
    *options = (custval_rank_options)CUSTVAL_RANK_OPTIONS_INIT;
    CUSTVAL__TRY(custval__struct_read(options, sizeof *options, sizeof *options, given, "custval_rank_options", error));
    if (options->method == 0) options->method = CUSTVAL_RANK_SAW;
    if (options->normalisation == 0) options->normalisation = default_normalisation(options->method);
    if (options->ties == 0) options->ties = CUSTVAL_TIES_MINIMUM;
    CUSTVAL__TRY(check_options(options, error));
    return custval__host_read(&ranking->host, options->host, error);
}

/* ---- Criteria ---------------------------------------------------------------------------------------------------- */

static custval_status allocate(custval__ranking *ranking, size_t count, custval_error *error) {
    const custval_host *host = &ranking->host;
    ranking->columns = custval__alloc_zero(host, count, sizeof *ranking->columns);
    ranking->counts = custval__alloc(host, ranking->rows, 1);
    ranking->scratch = custval__alloc(host, ranking->rows, sizeof *ranking->scratch);
    ranking->normalised = custval__alloc(host, ranking->rows, sizeof *ranking->normalised);
    ranking->size = custval__alloc(host, ranking->rows, sizeof *ranking->size);
    const int failed = ranking->columns == NULL || ranking->counts == NULL || ranking->scratch == NULL ||
                       ranking->normalised == NULL || ranking->size == NULL;
    return failed ? custval__fail_memory(error) : CUSTVAL_OK;
}

static custval_status read_weights(const custval_criterion *criteria, size_t count, double *weights,
                                   custval_error *error) {
    for (size_t i = 0; i < count; i++) {
        const double weight = criteria[i].weight;
        weights[i] = weight;
        if (weight >= 0.0 && isfinite(weight)) continue;
        return custval__fail(error, CUSTVAL_ERROR_WEIGHT, "criterion \"%s\": weight %g is %s", criteria[i].column,
                             weight, weight < 0.0 ? "negative" : "not finite");
    }
    if (custval__weights_normalise(weights, count) == 0) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_WEIGHT, "the weights of all %zu criteria are 0", count);
}

// Criteria of weight 0 play no part.
static custval_status keep_criteria(custval__ranking *ranking, const custval_criterion *criteria, size_t count,
                                    const double *weights, custval_error *error) {
    for (size_t i = 0; i < count; i++) {
        size_t column;
        CUSTVAL__TRY(custval_table_find(ranking->table, criteria[i].column, &column, error));
        CUSTVAL__TRY(custval__table_need_number(ranking->table, column, error));
        if (!(weights[i] > 0.0)) continue;
        ranking->columns[ranking->column_count++] =
            (custval__rank_column){.given = &criteria[i], .column = column, .weight = weights[i]};
    }
    return CUSTVAL_OK;
}

static custval_status read_criteria(custval__ranking *ranking, const custval_criterion *criteria, size_t count,
                                    custval_error *error) {
    CUSTVAL__TRY(custval__criteria_check(criteria, count, error));
    CUSTVAL__TRY(allocate(ranking, count, error));
    double *weights = custval__alloc(&ranking->host, count, sizeof *weights);
    if (weights == NULL) return custval__fail_memory(error);
    custval_status status = read_weights(criteria, count, weights, error);
    if (status == CUSTVAL_OK) status = keep_criteria(ranking, criteria, count, weights, error);
    custval__free(&ranking->host, weights);
    return status;
}

/* ---- Rows -------------------------------------------------------------------------------------------------------- */

const double *custval__ranking_numbers(const custval__ranking *ranking, const custval__rank_column *column) {
    return custval__table_doubles(ranking->table, column->column, 0, ranking->rows, ranking->scratch);
}

static custval_status check_number(const custval__rank_column *column, size_t row, double x, custval_error *error) {
    const custval_criterion *given = column->given;
    if (isinf(x)) {
        return custval__fail_at(error, CUSTVAL_ERROR_NOT_FINITE, CUSTVAL_NONE, row,
                                "row %zu: column \"%s\" is %g, which is not finite", row, given->column, x);
    }
    if (custval__criterion_holds(given, x)) return CUSTVAL_OK;
    return custval__fail_at(error, CUSTVAL_ERROR_RANGE, CUSTVAL_NONE, row,
                            "row %zu: column \"%s\" is %g, outside its range from %g to %g", row, given->column, x,
                            given->low, given->high);
}

static custval_status read_rows(custval__ranking *ranking, custval_error *error) {
    memset(ranking->counts, 1, ranking->rows);
    for (size_t k = 0; k < ranking->column_count; k++) {
        const custval__rank_column *column = &ranking->columns[k];
        const double *numbers = custval__ranking_numbers(ranking, column);
        for (size_t i = 0; i < ranking->rows; i++) {
            CUSTVAL__TRY(check_number(column, i, numbers[i], error));
            if (isnan(numbers[i])) ranking->counts[i] = 0;
        }
    }
    for (size_t i = 0; i < ranking->rows; i++) ranking->counted += ranking->counts[i];
    for (size_t k = 0; k < ranking->column_count; k++) {
        CUSTVAL__TRY(custval__normalise_prepare(ranking, &ranking->columns[k], error));
    }
    return CUSTVAL_OK;
}

/* ---- The table --------------------------------------------------------------------------------------------------- */

static custval_status score_rows(const custval__ranking *ranking, custval_table *result, double *score,
                                 custval_error *error) {
    switch (ranking->options.method) {
    case CUSTVAL_RANK_WPM: return custval__rank_by_product(ranking, score, error);
    case CUSTVAL_RANK_WASPAS: return custval__rank_by_both(ranking, result, score, error);
    case CUSTVAL_RANK_TOPSIS: return custval__rank_by_distance(ranking, result, score, error);
    case CUSTVAL_RANK_VIKOR: return custval__rank_by_compromise(ranking, result, score, error);
    default: return custval__rank_by_sum(ranking, score, error);
    }
}

// Numbers that are not normalised may be too large for what is made of them.
static custval_status check_scores(const custval__ranking *ranking, double *score, custval_error *error) {
    for (size_t i = 0; i < ranking->rows; i++) {
        if (ranking->counts[i] && !isfinite(score[i])) {
            return custval__fail_at(error, CUSTVAL_ERROR_NOT_FINITE, CUSTVAL_NONE, i,
                                    "row %zu: its numbers are too large to be added", i);
        }
        score[i] += 0.0; /* makes -0 a 0 */
    }
    return CUSTVAL_OK;
}

static custval_status fill_table(const custval__ranking *ranking, custval_table *result, custval_error *error) {
    double *score, *rank;
    CUSTVAL__TRY(custval__result_add_doubles(result, "score", &score, error));
    CUSTVAL__TRY(custval__result_add_doubles(result, "rank", &rank, error));
    CUSTVAL__TRY(score_rows(ranking, result, score, error));
    CUSTVAL__TRY(check_scores(ranking, score, error));
    for (size_t i = 0; i < ranking->rows; i++) {
        ranking->size[i] = custval__ranking_rounding(ranking, ranking->size[i]);
    }
    CUSTVAL__TRY(
        custval__ranks(&ranking->host, score, ranking->size, ranking->rows, ranking->options.ties, rank, error));
    custval__result_finish(result);
    return CUSTVAL_OK;
}

static custval_status rank(custval__ranking *ranking, const custval_criterion *criteria, size_t count,
                           custval_table **out, custval_error *error) {
    CUSTVAL__TRY(read_criteria(ranking, criteria, count, error));
    CUSTVAL__TRY(read_rows(ranking, error));
    CUSTVAL__TRY(custval__result_new(&ranking->host, ranking->rows, out, error));
    return fill_table(ranking, *out, error);
}

static void end(custval__ranking *ranking) {
    custval__free(&ranking->host, ranking->columns);
    custval__free(&ranking->host, ranking->counts);
    custval__free(&ranking->host, ranking->scratch);
    custval__free(&ranking->host, ranking->normalised);
    custval__free(&ranking->host, ranking->size);
}

custval_status custval_rank(const custval_table *table, const custval_criterion *criteria, size_t count,
                            const custval_rank_options *options, custval_table **out, custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    if (table == NULL) return custval__fail_null(error, "table");
    custval__ranking ranking = {.table = table, .rows = custval_table_rows(table)};
    CUSTVAL__TRY(read_options(&ranking, options, error));
    const custval_status status = rank(&ranking, criteria, count, out, error);
    end(&ranking);
    if (status != CUSTVAL_OK) {
        custval_table_free(*out);
        *out = NULL;
    }
    return status;
}
