/* Fitting links: least squares, and Newton's method for logistic ones. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "link_fit.h"

#include <math.h>
#include <string.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../base/maths.h"
#include "area.h"
#include "least_squares.h"

#define STEPS_MOST 60
#define HALVINGS_MOST 30
/* Newton's method doubles the digits of each step: after one of this size, the next is below rounding. */
#define STEP_SMALL 1e-7

/* Predictors are standardised (mean 0, deviation over n 1), coefficients meanwhile are those of standardised ones. */
typedef struct work {
    const custval__link_problem *problem;
    custval_link *link;
    custval__arena arena;
    size_t n, terms, height; /* height: rows of the equations, those of the penalty included */
    double *y, *x;           /* x: [predictor][row] */
    double *mean, *scale;    /* [predictor] */
    double *b;               /* [term] */
    double *matrix, *target; /* the equations of one step */
    double *inverse;         /* of their normal matrix */
    double *linear;          /* [row] the linear predictor */
    double y_mean, y_scale;
} work;

static const char *name_of(const work *in, size_t term) {
    return term == 0 ? "intercept" : in->problem->predictors[term - 1];
}

/* ---- Before ------------------------------------------------------------------------------------------------------ */

static double mean_of(const double *x, size_t n) {
    custval__sum sum = {0.0, 0.0};
    for (size_t i = 0; i < n; i++) custval__sum_add(&sum, x[i] / (double)n);
    return custval__sum_value(&sum);
}

/* Moves numbers to mean 0 and deviation 1; the deviation is 0, and the numbers are only moved, if it is rounding. */
static double standardise(double *x, size_t n, double mean) {
    double most = 0.0, squares = 0.0;
    for (size_t i = 0; i < n; i++) {
        x[i] -= mean;
        most = fmax(most, fabs(x[i]));
    }
    if (!(most > 1e-14 * fabs(mean))) return 0.0;
    for (size_t i = 0; i < n; i++) squares += x[i] / most * (x[i] / most);
    const double deviation = most * sqrt(squares / (double)n);
    for (size_t i = 0; i < n; i++) x[i] /= deviation;
    return deviation;
}

static custval_status prepare_predictors(work *in, custval_error *error) {
    for (size_t i = 0; i + 1 < in->terms; i++) {
        double *const x = in->x + i * in->n;
        in->mean[i] = mean_of(x, in->n);
        in->scale[i] = standardise(x, in->n, in->mean[i]);
        if (!isfinite(in->mean[i]) || !isfinite(in->scale[i])) {
            return custval__fail(error, CUSTVAL_ERROR_NOT_FINITE, "predictor \"%s\": its numbers are too large",
                                 in->problem->predictors[i]);
        }
        if (in->scale[i] > 0.0) continue;
        return custval__fail(error, CUSTVAL_ERROR_STATE, "predictor \"%s\" does not vary; leave it out",
                             in->problem->predictors[i]);
    }
    return CUSTVAL_OK;
}

static custval_status prepare_outcome(work *in, custval_error *error) {
    in->y_mean = mean_of(in->y, in->n);
    if (in->problem->kind == CUSTVAL_LINK_LINEAR) {
        in->y_scale = standardise(in->y, in->n, in->y_mean);
        if (isfinite(in->y_mean) && isfinite(in->y_scale)) return CUSTVAL_OK;
        return custval__fail(error, CUSTVAL_ERROR_NOT_FINITE, "outcome \"%s\": its numbers are too large",
                             in->problem->outcome);
    }
    for (size_t i = 0; i < in->n; i++) {
        if (in->y[i] == 0.0 || in->y[i] == 1.0) continue;
        return custval__fail(error, CUSTVAL_ERROR_RANGE,
                             "outcome \"%s\" holds %g, but a logistic link needs 0 and 1; make a column of 0 and 1",
                             in->problem->outcome, in->y[i]);
    }
    for (size_t i = 0; i < in->n; i++) in->link->facts.events += in->y[i] == 1.0;
    if (in->link->facts.events > 0 && in->link->facts.events < in->n) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_STATE,
                         "outcome \"%s\" is %g in all %zu rows; there is nothing to tell apart", in->problem->outcome,
                         in->y[0], in->n);
}

static custval_status prepare(work *in, custval_error *error) {
    const custval__link_problem *const problem = in->problem;
    in->n = problem->observed.rows;
    in->terms = problem->count + 1;
    in->height = in->n + (problem->ridge > 0.0 ? problem->count : 0);
    if (in->n <= in->terms) {
        return custval__fail(error, CUSTVAL_ERROR_STATE,
                             "%zu rows lack nothing, but a link with %zu coefficients needs more than %zu", in->n,
                             in->terms, in->terms);
    }
    in->y = problem->observed.numbers;
    in->x = in->y + in->n;
    if (in->height > SIZE_MAX / sizeof(double) / (in->terms + 2)) return custval__fail_memory(error);
    in->mean = custval__arena_alloc(&in->arena, 2 * in->terms, sizeof(double));
    in->b = custval__arena_alloc(&in->arena, in->terms, sizeof(double));
    in->inverse = custval__arena_alloc(&in->arena, in->terms * (in->terms + 1), sizeof(double));
    in->matrix = custval__arena_alloc(&in->arena, in->height * (in->terms + 2), sizeof(double));
    if (in->mean == NULL || in->b == NULL || in->inverse == NULL || in->matrix == NULL) {
        return custval__fail_memory(error);
    }
    in->scale = in->mean + in->terms;
    in->target = in->matrix + in->height * in->terms;
    in->linear = in->target + in->height;
    CUSTVAL__TRY(prepare_outcome(in, error));
    return prepare_predictors(in, error);
}

/* ---- One step ---------------------------------------------------------------------------------------------------- */

/* Fills in the rows of the penalty below the others: sqrt(ridge) (b + step) is to be 0. */
static void put_penalty(work *in) {
    const double root = sqrt(in->problem->ridge);
    if (in->height == in->n) return;
    for (size_t row = 0; row + 1 < in->terms; row++) {
        for (size_t term = 0; term < in->terms; term++) {
            in->matrix[term * in->height + in->n + row] = term == row + 1 ? root : 0.0;
        }
        in->target[in->n + row] = -root * in->b[row + 1];
    }
}

static void put_linear(work *in) {
    for (size_t i = 0; i < in->n; i++) in->linear[i] = in->b[0];
    for (size_t k = 1; k < in->terms; k++) {
        const double *const x = in->x + (k - 1) * in->n;
        for (size_t i = 0; i < in->n; i++) in->linear[i] += in->b[k] * x[i];
    }
}

static custval_status fail_dependent(const work *in, size_t term, custval_error *error) {
    return custval__fail(error, CUSTVAL_ERROR_STATE,
                         "predictor \"%s\" follows from those before it; leave one of them out, or use a ridge",
                         name_of(in, term));
}

static custval_status fit_linear(work *in, custval_error *error) {
    for (size_t i = 0; i < in->n; i++) in->matrix[i] = 1.0;
    for (size_t k = 1; k < in->terms; k++) {
        memcpy(in->matrix + k * in->height, in->x + (k - 1) * in->n, in->n * sizeof(double));
    }
    memcpy(in->target, in->y, in->n * sizeof(double));
    put_penalty(in);
    const size_t done = custval__least_squares(in->matrix, in->height, in->terms, in->target, in->inverse);
    if (done < in->terms) return fail_dependent(in, done, error);
    memcpy(in->b, in->target, in->terms * sizeof(double));
    put_linear(in);
    return CUSTVAL_OK;
}

static double penalised(const work *in, double *out_likelihood) {
    custval__sum sum = {0.0, 0.0};
    double penalty = 0.0;
    for (size_t i = 0; i < in->n; i++) {
        custval__sum_add(&sum, -custval__log_one_plus_exp(in->y[i] == 1.0 ? -in->linear[i] : in->linear[i]));
    }
    for (size_t k = 1; k < in->terms; k++) penalty += in->b[k] * in->b[k];
    *out_likelihood = custval__sum_value(&sum);
    return *out_likelihood - in->problem->ridge / 2.0 * penalty;
}

/* Weighted equations of a step: sqrt(w) x step = (y - p) / sqrt(w), w = p (1 - p). As custval__least_squares. */
static size_t solve_step(work *in) {
    for (size_t i = 0; i < in->n; i++) {
        const double p = custval__logistic(in->linear[i]), q = custval__logistic(-in->linear[i]), root = sqrt(p * q);
        in->matrix[i] = root;
        in->target[i] = root > 0.0 ? (in->y[i] == 1.0 ? q : -p) / root : 0.0;
    }
    for (size_t k = 1; k < in->terms; k++) {
        double *const column = in->matrix + k * in->height;
        const double *const x = in->x + (k - 1) * in->n;
        for (size_t i = 0; i < in->n; i++) column[i] = in->matrix[i] * x[i];
    }
    put_penalty(in);
    return custval__least_squares(in->matrix, in->height, in->terms, in->target, in->inverse);
}

/* ---- Logistic links ---------------------------------------------------------------------------------------------- */

/* Does the linear predictor tell all events from all others? Then the likelihood grows without end along it. */
static int is_separated(const work *in) {
    double least_event = HUGE_VAL, most_other = -HUGE_VAL;
    for (size_t i = 0; i < in->n; i++) {
        if (in->y[i] == 1.0) {
            least_event = fmin(least_event, in->linear[i]);
        } else {
            most_other = fmax(most_other, in->linear[i]);
        }
    }
    return least_event > most_other;
}

static custval_status fail_separated(const work *in, int is_whole, custval_error *error) {
    size_t largest = 1;
    for (size_t k = 2; k < in->terms; k++) largest = fabs(in->b[k]) > fabs(in->b[largest]) ? k : largest;
    return custval__fail(
        error, CUSTVAL_ERROR_CONVERGENCE,
        "the predictors tell %s outcomes of 1 from those of 0 without error (\"%s\" most of all), so no finite "
        "coefficients are the best; use a ridge, e.g. 1, or leave predictors out",
        is_whole ? "all" : "some", name_of(in, largest));
}

/* Takes the step, halved until it improves; returns its largest part relative to its coefficient. */
static double take_step(work *in, double *best, double *likelihood) {
    double size = 0.0, factor = 1.0, value = 0.0;
    for (size_t k = 0; k < in->terms; k++) size = fmax(size, fabs(in->target[k]) / (1.0 + fabs(in->b[k])));
    for (size_t k = 0; k < in->terms; k++) in->b[k] += in->target[k];
    for (uint32_t halving = 0; halving < HALVINGS_MOST; halving++) {
        put_linear(in);
        value = penalised(in, likelihood);
        if (value >= *best || size < STEP_SMALL) break;
        factor /= 2.0;
        for (size_t k = 0; k < in->terms; k++) in->b[k] -= factor * in->target[k];
    }
    *best = value;
    return size;
}

static custval_status fit_logistic(work *in, custval_error *error) {
    custval_link_facts *const facts = &in->link->facts;
    double best, likelihood = 0.0, size = HUGE_VAL;
    in->b[0] = custval__log(in->y_mean / (1.0 - in->y_mean));
    put_linear(in);
    best = penalised(in, &facts->null_log_likelihood);
    while (facts->iterations < STEPS_MOST) {
        const size_t done = solve_step(in);
        if (done < in->terms && facts->iterations == 0) return fail_dependent(in, done, error);
        if (done < in->terms) return fail_separated(in, 0, error);
        const int is_last = size < STEP_SMALL; /* this step is rounding; its equations gave the covariance */
        size = take_step(in, &best, &likelihood);
        facts->iterations++;
        if (in->problem->ridge == 0.0 && is_separated(in)) return fail_separated(in, 1, error);
        if (!is_last) continue;
        facts->log_likelihood = likelihood;
        facts->mcfadden = 1.0 - likelihood / facts->null_log_likelihood;
        return custval__area_under(&in->problem->host, in->linear, in->y, in->n, &facts->auc, NULL, error);
    }
    return fail_separated(in, 0, error);
}

/* ---- After ------------------------------------------------------------------------------------------------------- */

static void describe_linear(work *in) {
    custval_link_facts *const facts = &in->link->facts;
    const double n = (double)in->n, freedom = n - (double)in->terms;
    double residual = 0.0, total = 0.0;
    for (size_t i = 0; i < in->n; i++) {
        const double away = in->y[i] - in->linear[i];
        residual += away * away;
        total += in->y[i] * in->y[i];
    }
    if (in->y_scale > 0.0) {
        facts->r2 = 1.0 - residual / total;
        facts->r2_adjusted = 1.0 - residual / freedom / (total / (n - 1.0));
    }
    const double unit = in->y_scale > 0.0 ? in->y_scale : 1.0, variance = residual / freedom;
    facts->deviation = unit * sqrt(variance);
    for (size_t k = 0; k < in->terms; k++) in->b[k] *= unit;
    for (size_t k = 0; k < in->terms * in->terms; k++) in->inverse[k] *= variance * unit * unit;
    in->b[0] += in->y_mean;
}

/* From standardised predictors to the given ones: b / scale, and the intercept moves by -mean / scale of each. */
static void restore(work *in) {
    const size_t terms = in->terms;
    double *const c = in->link->covariance;
    in->link->coefficients[0] = in->b[0];
    for (size_t k = 1; k < terms; k++) {
        in->link->coefficients[k] = in->b[k] / in->scale[k - 1];
        in->link->coefficients[0] -= in->link->coefficients[k] * in->mean[k - 1];
    }
    for (size_t i = 1; i < terms; i++) {
        for (size_t k = 1; k < terms; k++) {
            c[i * terms + k] = in->inverse[i * terms + k] / (in->scale[i - 1] * in->scale[k - 1]);
        }
    }
    c[0] = in->inverse[0];
    for (size_t i = 1; i < terms; i++) {
        double mixed = in->inverse[i * terms] / in->scale[i - 1];
        c[0] -= mixed * in->mean[i - 1]; /* once here, and once more with what is added below */
        for (size_t k = 1; k < terms; k++) mixed -= c[i * terms + k] * in->mean[k - 1];
        c[i * terms] = c[i] = mixed;
        c[0] -= mixed * in->mean[i - 1];
    }
}

static custval_status check_finite(const work *in, custval_error *error) {
    for (size_t k = 0; k < in->terms; k++) {
        if (isfinite(in->link->coefficients[k]) && isfinite(in->link->covariance[k * in->terms + k])) continue;
        return custval__fail(error, CUSTVAL_ERROR_NOT_FINITE,
                             "the coefficient of \"%s\" is beyond a double; rescale it", name_of(in, k));
    }
    return CUSTVAL_OK;
}

static custval_status fit(work *in, custval_error *error) {
    custval_link_facts *const facts = &in->link->facts;
    facts->kind = in->problem->kind;
    facts->is_stated = 0;
    facts->n = in->problem->observed.rows;
    facts->missing = in->problem->observed.missing;
    facts->ridge = in->problem->ridge;
    CUSTVAL__TRY(prepare(in, error));
    if (facts->kind == CUSTVAL_LINK_LINEAR) {
        CUSTVAL__TRY(fit_linear(in, error));
        describe_linear(in);
    } else {
        CUSTVAL__TRY(fit_logistic(in, error));
    }
    restore(in);
    return check_finite(in, error);
}

custval_status custval__link_fit(const custval__link_problem *problem, custval_link **out, custval_error *error) {
    custval_link *link = NULL;
    CUSTVAL__TRY(custval__link_new(&problem->host, problem->count, &link, error));
    work in = {.problem = problem, .link = link};
    custval__arena_init(&in.arena, &problem->host);
    custval_status status = custval__link_copy_name(link, problem->outcome, &link->outcome, error);
    for (size_t i = 0; i < problem->count && status == CUSTVAL_OK; i++) {
        status = custval__link_copy_name(link, problem->predictors[i], &link->predictors[i], error);
    }
    if (status == CUSTVAL_OK) status = custval__link_add_covariance(link, error);
    if (status == CUSTVAL_OK) status = fit(&in, error);
    custval__arena_free(&in.arena);
    if (status == CUSTVAL_OK) {
        *out = link;
    } else {
        custval_link_free(link);
    }
    return status;
}
