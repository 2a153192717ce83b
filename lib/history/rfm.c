/* RFM scores: three columns cut into groups. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include <custval/history.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../base/memory.h"
#include "../base/options.h"
#include "../table/table.h"

#define RFM_FIRST_SIZE (offsetof(custval_rfm_options, monetary_cuts) + sizeof(const double *))

enum { RECENCY, FREQUENCY, MONETARY, COLUMNS, MOST_BINS = 9 };

static const char *const words[COLUMNS] = {"recency", "frequency", "monetary"};

typedef struct scoring {
    custval_host host;
    const custval_table *table;
    custval_rfm_options options;
    const double *given[COLUMNS]; /* cuts, or NULL */
    size_t rows, complete;
    double *values[COLUMNS];         /* all rows */
    size_t *ranked, *ranking_room;   /* rows in ascending order, with ranks */
    double cuts[COLUMNS][MOST_BINS]; /* NaN by rank */
    unsigned char *scores[COLUMNS];
    custval_table *out, *out_cuts;
    custval_error *error;
} scoring;

/* ---- Options ----------------------------------------------------------------------------------------------------- */

static custval_status read_cuts(scoring *in, size_t column) {
    const size_t count = in->options.bins - 1;
    const double *cuts = in->given[column];
    for (size_t i = 0; cuts != NULL && i < count; i++) {
        if (isnan(cuts[i]) || (i > 0 && cuts[i] < cuts[i - 1])) {
            return custval__fail(in->error, CUSTVAL_ERROR_RANGE, "%s_cuts[%zu] is %g: cuts must ascend", words[column],
                                 i, cuts[i]);
        }
        in->cuts[column][i] = cuts[i];
    }
    return CUSTVAL_OK;
}

static custval_status read_options(scoring *in, const custval_rfm_options *given) {
    const custval_rfm_options defaults = CUSTVAL_RFM_OPTIONS_INIT;
    custval_rfm_options *options = &in->options;
    *options = defaults;
    CUSTVAL__TRY(
        custval__struct_read(options, sizeof *options, RFM_FIRST_SIZE, given, "custval_rfm_options", in->error));
    CUSTVAL__TRY(custval__host_read(&in->host, options->host, in->error));
    if (options->bins < 2 || options->bins > MOST_BINS) {
        return custval__fail(in->error, CUSTVAL_ERROR_RANGE, "bins is %u, not 2 to %d", (unsigned)options->bins,
                             MOST_BINS);
    }
    if (options->rule < CUSTVAL_RFM_QUANTILES || options->rule > CUSTVAL_RFM_RANKS) {
        return custval__fail(in->error, CUSTVAL_ERROR_RANGE, "rule is %u, not one of 1 to 3", (unsigned)options->rule);
    }
    in->given[RECENCY] = options->recency_cuts;
    in->given[FREQUENCY] = options->frequency_cuts;
    in->given[MONETARY] = options->monetary_cuts;
    for (size_t i = 0; i < COLUMNS; i++) CUSTVAL__TRY(read_cuts(in, i));
    return CUSTVAL_OK;
}

/* ---- Numbers ----------------------------------------------------------------------------------------------------- */

static custval_status read_column(scoring *in, size_t index, const char *name) {
    size_t column;
    CUSTVAL__TRY(custval_table_find(in->table, name, &column, in->error));
    CUSTVAL__TRY(custval__table_need_number(in->table, column, in->error));
    in->values[index] = custval__alloc(&in->host, in->rows, sizeof(double));
    in->scores[index] = custval__alloc(&in->host, in->rows, 1);
    if (in->values[index] == NULL || in->scores[index] == NULL) return custval__fail_memory(in->error);
    const double *numbers = custval__table_doubles(in->table, column, 0, in->rows, in->values[index]);
    if (numbers != in->values[index]) memcpy(in->values[index], numbers, in->rows * sizeof *numbers);
    for (size_t i = 0; i < in->rows; i++) {
        if (!isinf(in->values[index][i])) continue;
        return custval__fail_at(in->error, CUSTVAL_ERROR_NOT_FINITE, CUSTVAL_NONE, i, "column \"%s\", row %zu: %g",
                                name, i, in->values[index][i]);
    }
    return CUSTVAL_OK;
}

static int is_complete(const scoring *in, size_t row) {
    return !isnan(in->values[RECENCY][row]) && !isnan(in->values[FREQUENCY][row]) && !isnan(in->values[MONETARY][row]);
}

static custval_status read_numbers(scoring *in) {
    const custval_rfm_options *options = &in->options;
    in->rows = custval_table_rows(in->table);
    CUSTVAL__TRY(read_column(in, RECENCY, options->recency == NULL ? "since_last" : options->recency));
    CUSTVAL__TRY(read_column(in, FREQUENCY, options->frequency == NULL ? "x" : options->frequency));
    CUSTVAL__TRY(read_column(in, MONETARY, options->monetary == NULL ? "total_spend" : options->monetary));
    in->ranked = custval__alloc(&in->host, in->rows, sizeof *in->ranked);
    in->ranking_room = custval__alloc(&in->host, in->rows, sizeof *in->ranking_room);
    if (in->ranked == NULL || in->ranking_room == NULL) return custval__fail_memory(in->error);
    for (size_t i = 0; i < in->rows; i++) in->complete += (size_t)is_complete(in, i);
    const int takes_cuts = in->given[0] == NULL || in->given[1] == NULL || in->given[2] == NULL;
    if (in->complete > 0 || !takes_cuts) return CUSTVAL_OK;
    return custval__fail(in->error, CUSTVAL_ERROR_STATE, "none of %zu rows has all three numbers", in->rows);
}

/* Merge sort of rows by their numbers: ties stay in the order of rows. */
static const size_t *sort_rows(const scoring *in, const double *values) {
    size_t *items = in->ranked, *other = in->ranking_room, count = 0;
    for (size_t i = 0; i < in->rows; i++) {
        if (is_complete(in, i)) items[count++] = i;
    }
    for (size_t width = 1; width < count; width *= 2) {
        for (size_t start = 0; start < count; start += 2 * width) {
            const size_t middle = count - start < width ? count : start + width;
            const size_t end = count - middle < width ? count : middle + width;
            size_t a = start, b = middle;
            for (size_t i = start; i < end; i++) {
                const int takes_b = a == middle || (b < end && values[items[b]] < values[items[a]]);
                other[i] = takes_b ? items[b++] : items[a++];
            }
        }
        size_t *const swap = items;
        items = other;
        other = swap;
    }
    return items;
}

/* ---- Scores ------------------------------------------------------------------------------------------------------ */

/* Type 7: position (n - 1) j / bins, between its neighbours. The position is split as integers, so that it is exact. */
static double quantile(const scoring *in, const double *values, const size_t *order, size_t j) {
    const size_t steps = in->complete - 1, bins = in->options.bins;
    const size_t at = steps / bins * j + steps % bins * j / bins, rest = steps % bins * j % bins;
    const double low = values[order[at]];
    if (rest == 0) return low;
    return low + (values[order[at + 1]] - low) * ((double)rest / (double)bins);
}

static unsigned char turned(const scoring *in, size_t column, unsigned score) {
    return (unsigned char)(column == RECENCY ? in->options.bins + 1 - score : score);
}

static void score_by_cuts(const scoring *in, size_t column) {
    for (size_t i = 0; i < in->rows; i++) {
        unsigned score = 1;
        for (size_t k = 0; k + 1 < in->options.bins; k++) score += in->values[column][i] >= in->cuts[column][k];
        in->scores[column][i] = turned(in, column, score);
    }
}

static void score_by_rank(const scoring *in, size_t column, const size_t *order) {
    const size_t bins = in->options.bins, whole = in->complete / bins, rest = in->complete % bins;
    size_t at = 0;
    for (unsigned score = 1; score <= bins; score++) { /* groups begin at ceil(n (score - 1) / bins) */
        const size_t end = whole * score + (rest * score + bins - 1) / bins;
        for (; at < end; at++) in->scores[column][order[at]] = turned(in, column, score);
    }
}

static void score_column(scoring *in, size_t column) {
    const double *values = in->values[column];
    const uint32_t rule = in->options.rule;
    if (in->given[column] == NULL) {
        const size_t *order = sort_rows(in, values);
        for (size_t j = 1; j < in->options.bins; j++) {
            in->cuts[column][j - 1] = rule == CUSTVAL_RFM_RANKS      ? (double)NAN
                                      : rule == CUSTVAL_RFM_PLUS_ONE ? quantile(in, values, order, j) + 1.0
                                                                     : quantile(in, values, order, j);
        }
        if (rule == CUSTVAL_RFM_RANKS) {
            score_by_rank(in, column, order);
            return;
        }
    }
    score_by_cuts(in, column);
}

/* ---- Tables ------------------------------------------------------------------------------------------------------ */

static custval_status fill_scores(scoring *in) {
    static const char *const names[] = {"recency_score", "frequency_score", "monetary_score", "rfm"};
    double *out[COLUMNS + 1];
    CUSTVAL__TRY(custval__result_new(&in->host, in->rows, &in->out, in->error));
    for (size_t i = 0; i <= COLUMNS; i++) {
        CUSTVAL__TRY(custval__result_add_doubles(in->out, names[i], &out[i], in->error));
    }
    for (size_t row = 0; row < in->rows; row++) {
        const int complete = is_complete(in, row);
        double digits = 0.0;
        for (size_t i = 0; i < COLUMNS; i++) {
            out[i][row] = complete ? (double)in->scores[i][row] : (double)NAN;
            digits = digits * 10.0 + out[i][row];
        }
        out[COLUMNS][row] = digits;
    }
    custval__result_finish(in->out);
    return CUSTVAL_OK;
}

static custval_status fill_cuts(scoring *in) {
    const size_t count = in->options.bins - 1;
    double *cut, *out;
    CUSTVAL__TRY(custval__result_new(&in->host, count, &in->out_cuts, in->error));
    CUSTVAL__TRY(custval__result_add_doubles(in->out_cuts, "cut", &cut, in->error));
    for (size_t i = 0; i < count; i++) cut[i] = (double)(i + 1);
    for (size_t i = 0; i < COLUMNS; i++) {
        CUSTVAL__TRY(custval__result_add_doubles(in->out_cuts, words[i], &out, in->error));
        memcpy(out, in->cuts[i], count * sizeof *out);
    }
    custval__result_finish(in->out_cuts);
    return CUSTVAL_OK;
}

static custval_status score(scoring *in) {
    CUSTVAL__TRY(read_numbers(in));
    for (size_t i = 0; i < COLUMNS; i++) score_column(in, i);
    CUSTVAL__TRY(fill_scores(in));
    return fill_cuts(in);
}

static void end_scoring(scoring *in) {
    for (size_t i = 0; i < COLUMNS; i++) {
        custval__free(&in->host, in->values[i]);
        custval__free(&in->host, in->scores[i]);
    }
    custval__free(&in->host, in->ranked);
    custval__free(&in->host, in->ranking_room);
}

custval_status custval_rfm(const custval_table *table, const custval_rfm_options *options, custval_table **out,
                           custval_table **out_cuts, custval_error *error) {
    if (out_cuts != NULL) *out_cuts = NULL;
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    if (table == NULL) return custval__fail_null(error, "table");
    scoring in = {.table = table, .error = error};
    CUSTVAL__TRY(read_options(&in, options));
    const custval_status status = score(&in);
    end_scoring(&in);
    if (status != CUSTVAL_OK || out_cuts == NULL) {
        custval_table_free(in.out_cuts);
        in.out_cuts = NULL;
    }
    if (status != CUSTVAL_OK) {
        custval_table_free(in.out);
        return status;
    }
    *out = in.out;
    if (out_cuts != NULL) *out_cuts = in.out_cuts;
    return CUSTVAL_OK;
}
