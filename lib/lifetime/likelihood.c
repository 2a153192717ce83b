/* Log-likelihoods of cells added up: pieces of fixed size in any thread, their sums in a fixed order. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "likelihood.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../base/maths.h"
#include "../base/run.h"

#define ROWS_PER_PIECE 4096
#define ROWS_AT_ONCE 512 /* of one call of the model: its results stay on the stack */

typedef custval__likelihood likelihood;

/* ---- Standardised covariates ------------------------------------------------------------------------------------- */

static double block_customers(const custval__cells *cells, size_t block) {
    double sum = 0.0;
    for (size_t i = cells->starts[block]; i < cells->starts[block + 1]; i++) sum += cells->counts[i];
    return sum;
}

size_t custval__likelihood_standardise(custval__likelihood *in, custval__cells *cells) {
    const size_t count = cells->covariate_count;
    in->model = cells->model;
    for (size_t k = 0; k < count; k++) {
        custval__sum mean = {0.0, 0.0}, squares = {0.0, 0.0};
        double *first = cells->covariates + k, low, high;
        custval__cells_range(cells, k, &low, &high);
        for (size_t b = 0; b < cells->block_count; b++) {
            const double x = first[b * count];
            custval__sum_add(&mean, block_customers(cells, b) / cells->total * x);
        }
        in->means[k] = custval__sum_value(&mean);
        for (size_t b = 0; b < cells->block_count; b++) {
            const double rest = first[b * count] - in->means[k];
            custval__sum_add(&squares, block_customers(cells, b) / cells->total * rest * rest);
        }
        in->deviations[k] = sqrt(custval__sum_value(&squares));
        if (!(low < high) || !(in->deviations[k] > 0.0) || !isfinite(in->deviations[k])) return k;
        for (size_t b = 0; b < cells->block_count; b++) {
            first[b * count] = (first[b * count] - in->means[k]) / in->deviations[k];
        }
    }
    return SIZE_MAX;
}

/* ---- One piece --------------------------------------------------------------------------------------------------- */

typedef struct evaluation {
    const likelihood *in;
    const double *variables;
} evaluation;

static custval__customers part_of(const custval__customers *all, size_t from, size_t count) {
    return (custval__customers){.count = count,
                                .x = all->x == NULL ? NULL : all->x + from,
                                .t_x = all->t_x == NULL ? NULL : all->t_x + from,
                                .T = all->T == NULL ? NULL : all->T + from,
                                .mean_spend = all->mean_spend == NULL ? NULL : all->mean_spend + from,
                                .lost = all->lost == NULL ? NULL : all->lost + from};
}

/* Sum of coefficient x covariate, with its sign: what is added to the logarithm of the parameter. */
static double shift_of(custval__covariate_place place, const double *coefficients, const double *covariates,
                       size_t count) {
    double sum = 0.0;
    for (size_t k = 0; k < count; k++) sum += coefficients[k] * covariates[k];
    return place.sign * sum;
}

static void parameters_of(const likelihood *in, const double *variables, const double *covariates, double *out) {
    const custval__model *model = in->model;
    const double *coefficients = variables + model->parameters;
    for (size_t p = 0; p < model->parameters; p++) out[p] = variables[p];
    if (in->purchase_count > 0) {
        out[model->purchase.index] += shift_of(model->purchase, coefficients, covariates, in->purchase_count);
    }
    if (in->dropout_count > 0) {
        out[model->dropout.index] += shift_of(model->dropout, coefficients + in->purchase_count,
                                              covariates + in->purchase_count, in->dropout_count);
    }
    for (size_t p = 0; p < model->parameters; p++) out[p] = custval__exp(out[p]);
}

/* In eight parts, each of which waits for its own additions only. */
static double weighted_sum(const double *restrict weights, const double *restrict values, size_t count) {
    enum { PARTS = 8 };
    double part[PARTS] = {0.0};
    size_t i = 0;
    for (; count - i >= PARTS; i += PARTS) {
        for (size_t k = 0; k < PARTS; k++) part[k] += weights[i + k] * values[i + k];
    }
    for (size_t k = 0; i < count; i++, k++) part[k] += weights[i] * values[i];
    return ((part[0] + part[4]) + (part[1] + part[5])) + ((part[2] + part[6]) + (part[3] + part[7]));
}

/* Adds the rows' value to sums[0], and to the rest what their slopes are by each variable. */
static void add_rows(const likelihood *in, const double *parameters, const double *covariates, size_t from,
                     size_t count, double *sums) {
    const custval__model *model = in->model;
    const custval__customers part = part_of(&in->cells->customers, from, count);
    const double *counts = in->cells->counts + from;
    double values[ROWS_AT_ONCE], room[CUSTVAL__MODEL_PARAMETERS][ROWS_AT_ONCE];
    double *slopes[CUSTVAL__MODEL_PARAMETERS], slope[CUSTVAL__MODEL_PARAMETERS];
    for (size_t p = 0; p < CUSTVAL__MODEL_PARAMETERS; p++) slopes[p] = room[p];
    model->log_likelihood(parameters, &part, values, slopes);
    sums[0] += weighted_sum(counts, values, count);
    for (size_t p = 0; p < model->parameters; p++) {
        slope[p] = weighted_sum(counts, room[p], count);
        sums[1 + p] += slope[p];
    }
    double *more = sums + 1 + model->parameters;
    for (size_t k = 0; k < in->purchase_count + in->dropout_count; k++) {
        const custval__covariate_place place = k < in->purchase_count ? model->purchase : model->dropout;
        more[k] += place.sign * covariates[k] * slope[place.index];
    }
}

/* The block that a row lies in. */
static size_t block_of(const custval__cells *cells, size_t row) {
    size_t low = 0, high = cells->block_count;
    while (high - low > 1) {
        const size_t middle = low + (high - low) / 2;
        if (cells->starts[middle] <= row) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low;
}

static custval_status add_piece(void *data, uint32_t index, uint32_t thread) {
    const evaluation *what = data;
    const likelihood *in = what->in;
    const custval__cells *cells = in->cells;
    const size_t first = (size_t)index * ROWS_PER_PIECE;
    const size_t end = cells->count - first < ROWS_PER_PIECE ? cells->count : first + ROWS_PER_PIECE;
    double *sums = in->sums + index * (1 + in->count), parameters[CUSTVAL__MODEL_PARAMETERS];
    (void)thread;
    memset(sums, 0, (1 + in->count) * sizeof *sums);
    size_t block = block_of(cells, first);
    for (size_t row = first; row < end; block++) {
        const double *covariates = cells->covariates + block * cells->covariate_count;
        const size_t block_end = cells->starts[block + 1] < end ? cells->starts[block + 1] : end;
        parameters_of(in, what->variables, covariates, parameters);
        while (row < block_end) {
            const size_t count = block_end - row < ROWS_AT_ONCE ? block_end - row : ROWS_AT_ONCE;
            add_rows(in, parameters, covariates, row, count, sums);
            row += count;
        }
    }
    return CUSTVAL_OK;
}

/* ---- All of them ------------------------------------------------------------------------------------------------- */

static size_t piece_count(const custval__cells *cells) {
    return (cells->count + ROWS_PER_PIECE - 1) / ROWS_PER_PIECE;
}

custval_status custval__likelihood_take(custval__likelihood *in, const custval__cells *cells, custval_error *error) {
    const size_t pieces = piece_count(cells);
    if (pieces > UINT32_MAX) return custval__fail(error, CUSTVAL_ERROR_LIMIT, "%zu rows are too many", cells->count);
    double *sums = custval__resize(in->host, in->sums, pieces, (1 + in->count) * sizeof *sums);
    if (sums == NULL) return custval__fail_memory(error);
    in->sums = sums;
    in->cells = cells;
    return CUSTVAL_OK;
}

void custval__likelihood_free(custval__likelihood *in) {
    custval__free(in->host, in->sums);
    in->sums = NULL;
}

static void subtract_ridge(const likelihood *in, const double *variables, double *value, double *slopes) {
    const custval__model *model = in->model;
    const size_t parameters = model->parameters;
    double raw[CUSTVAL__FIT_VARIABLES], sum = 0.0;
    custval__likelihood_to_raw(in, variables, raw);
    for (size_t i = 0; i < in->count; i++) {
        raw[i] -= i < parameters ? in->centre[i] : 0.0;
        sum += raw[i] * raw[i];
    }
    *value -= in->ridge * sum;
    for (size_t i = 0; i < parameters; i++) slopes[i] -= 2.0 * in->ridge * raw[i];
    for (size_t k = 0; k < in->count - parameters; k++) {
        const custval__covariate_place place = k < in->purchase_count ? model->purchase : model->dropout;
        const double slope = raw[parameters + k] - place.sign * in->means[k] * raw[place.index];
        slopes[parameters + k] -= 2.0 * in->ridge * slope / in->deviations[k];
    }
}

custval_status custval__likelihood_at(custval__likelihood *in, const double *variables, double *plain, double *value,
                                      double *slopes, custval_error *error) {
    evaluation what = {in, variables};
    const custval__job job = {.data = &what, .piece = add_piece};
    const size_t pieces = piece_count(in->cells), width = 1 + in->count;
    CUSTVAL__TRY(custval__run(in->host, &job, (uint32_t)pieces, error));
    for (size_t i = 0; i < width; i++) {
        custval__sum sum = {0.0, 0.0};
        for (size_t piece = 0; piece < pieces; piece++) custval__sum_add(&sum, in->sums[piece * width + i]);
        *(i == 0 ? value : &slopes[i - 1]) = custval__sum_value(&sum) / in->cells->total;
    }
    if (plain != NULL) *plain = *value;
    if (in->ridge > 0.0) subtract_ridge(in, variables, value, slopes);
    return CUSTVAL_OK;
}

/* ---- Raw values -------------------------------------------------------------------------------------------------- */

void custval__likelihood_to_raw(const custval__likelihood *in, const double *variables, double *raw) {
    const custval__model *model = in->model;
    const size_t parameters = model->parameters;
    memmove(raw, variables, in->count * sizeof *raw);
    for (size_t k = 0; k < in->count - parameters; k++) {
        const custval__covariate_place place = k < in->purchase_count ? model->purchase : model->dropout;
        raw[parameters + k] /= in->deviations[k];
        raw[place.index] -= place.sign * in->means[k] * raw[parameters + k];
    }
}

void custval__likelihood_from_raw(const custval__likelihood *in, const double *raw, double *variables) {
    const custval__model *model = in->model;
    const size_t parameters = model->parameters;
    memmove(variables, raw, in->count * sizeof *raw);
    for (size_t k = 0; k < in->count - parameters; k++) {
        const custval__covariate_place place = k < in->purchase_count ? model->purchase : model->dropout;
        variables[place.index] += place.sign * in->means[k] * variables[parameters + k];
        variables[parameters + k] *= in->deviations[k];
    }
}

/* raw = A variables, so A C A': A from the left to each column of C, then to each row of that. */
void custval__likelihood_covariance_to_raw(const custval__likelihood *in, double *covariance) {
    const size_t count = in->count;
    double column[CUSTVAL__FIT_VARIABLES];
    for (size_t k = 0; k < count; k++) {
        for (size_t i = 0; i < count; i++) column[i] = covariance[i * count + k];
        custval__likelihood_to_raw(in, column, column);
        for (size_t i = 0; i < count; i++) covariance[i * count + k] = column[i];
    }
    for (size_t i = 0; i < count; i++) custval__likelihood_to_raw(in, covariance + i * count, covariance + i * count);
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < i; k++) {
            double *a = &covariance[i * count + k], *b = &covariance[k * count + i];
            *a = *b = 0.5 * (*a + *b);
        }
    }
}
