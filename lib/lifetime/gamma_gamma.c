/* Gamma-gamma: what customers spend per purchase. Fader, Hardie & Lee (2005), J. Marketing Research 42:415-430; Fader & Hardie (2013),
   "The Gamma-Gamma Model of Monetary Value". A purchase is gamma distributed with shape p and a customer's rate nu, mean p / nu; nu is
   gamma distributed over customers with shape q and rate gamma. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stddef.h>

#include "../base/instructions.h"
#include "../base/maths.h"
#include "../base/special.h"
#include "gamma_gamma_kernels.h"
#include "model.h"

enum { P, Q, GAMMA };

/* Of a customer without purchases the mean spend is not read: there is none. */
static const char *check(const custval__customers *customers, size_t row) {
    const double x = customers->x[row];
    if (!(x >= 0.0)) return "x is below 0";
    if (x != floor(x)) return "x is not an integer";
    if (x > 0.0 && !(customers->mean_spend[row] > 0.0)) return "mean_spend is not above 0, but x is";
    return NULL;
}

/* Sums over the customers who bought, each counted as often as it occurs. */
typedef struct moments {
    double customers, spend, inverse; /* of the mean spends and of 1 / x; their means in the end */
    double square, slope, spread;     /* squared deviations of the mean spends; their co-moment with 1 / x; of 1 / x */
} moments;

static moments moments_of(const custval__customers *customers, const double *counts) {
    moments of = {0};
    for (size_t i = 0; i < customers->count; i++) {
        if (customers->x[i] > 0.0) {
            of.customers += counts[i];
            of.spend += counts[i] * customers->mean_spend[i];
            of.inverse += counts[i] / customers->x[i];
        }
    }
    of.spend /= of.customers;
    of.inverse /= of.customers;
    for (size_t i = 0; i < customers->count; i++) {
        if (customers->x[i] > 0.0) {
            const double deviation = customers->mean_spend[i] / of.spend - 1.0;
            const double inverse = 1.0 / customers->x[i] - of.inverse;
            of.square += counts[i] / of.customers * deviation * deviation;
            of.slope += counts[i] / of.customers * deviation * deviation * inverse;
            of.spread += counts[i] / of.customers * inverse * inverse;
        }
    }
    return of;
}

/* In units of the mean, the variance of a customer's mean spend is v + (1 + v) / (p x) with v = 1 / (q - 2) between customers. First the line through
   squared deviations by 1 / x, then stated shares of v in the variance. */
static size_t starts(const custval__customers *customers, const double *counts,
                     double out[CUSTVAL__MODEL_STARTS][CUSTVAL__MODEL_PARAMETERS]) {
    const moments of = moments_of(customers, counts);
    if (!(of.spend > 0.0)) return 0;
    const double square = of.square > 1e-6 ? of.square : 1e-6;
    const double within = of.spread > 0.0 ? of.slope / of.spread * of.inverse / square : 0.5;
    const double shares[] = {within > 0.05 && within < 0.95 ? within : 0.25, 0.5, 0.1, 0.9};
    for (size_t k = 0; k < CUSTVAL__USUAL_STARTS; k++) {
        const double between = (1.0 - shares[k]) * square;
        out[k][P] = (1.0 + between) * of.inverse / (shares[k] * square);
        out[k][Q] = 2.0 + 1.0 / between;
        out[k][GAMMA] = of.spend * (out[k][Q] - 1.0) / out[k][P];
    }
    return CUSTVAL__USUAL_STARTS;
}

/* ---- Likelihood -------------------------------------------------------------------------------------------------- */

extern const custval__gamma_gamma_kernels custval__gamma_gamma_kernels_portable, custval__gamma_gamma_kernels_avx2,
    custval__gamma_gamma_kernels_avx512;

static const custval__gamma_gamma_kernels *const sets[] = CUSTVAL__KERNEL_TABLES(custval__gamma_gamma_kernels_);

const custval__gamma_gamma_kernels *custval__gamma_gamma_kernels_named(const char *name) {
    const int set = custval__instructions_find(name);
    return set < 0 ? NULL : sets[set];
}

/* What depends on x alone is kept for the next customer of that x: for each x the same, whoever asks. */
#define KEPT 64

typedef struct by_x {
    double x; /* 0: empty */
    double level, p_rise, q_rise;
} by_x;

static by_x find_x(by_x *kept, const double *parameters, double x, int slopes) {
    by_x *const one = &kept[(size_t)(x - KEPT * floor(x / KEPT))];
    if (one->x != x) {
        const double shape = parameters[P] * x, q = parameters[Q];
        one->x = x;
        one->level = custval__log_beta(shape, q) + custval__log(parameters[GAMMA] / x);
        if (slopes) {
            one->p_rise = custval__digamma_rise(shape, q);
            one->q_rise = custval__digamma_rise(q, shape);
        }
    }
    return *one;
}

/* A customer without purchases stands in the block as anything finite. In a fit, customers of one x follow each
   other. */
static void fill(custval__gamma_gamma_block *block, by_x *kept, const double *parameters, size_t count, const double *x,
                 const double *mean_spend, int slopes) {
    for (size_t from = 0, end = 0; from < count; from = end) {
        const int has_bought = x[from] > 0.0;
        const by_x of = find_x(kept, parameters, has_bought ? x[from] : 1.0, slopes);
        for (end = from + 1; end < count && x[end] == x[from];) end++;
        for (size_t i = from; i < end; i++) {
            block->spent[i] = has_bought ? of.x * mean_spend[i] : 1.0;
            block->shape[i] = parameters[P] * of.x;
            block->level[i] = of.level;
            block->p_rise[i] = of.p_rise;
            block->q_rise[i] = of.q_rise;
        }
    }
}

void custval__gamma_gamma_likelihood_by(const custval__gamma_gamma_kernels *kernels, const double *parameters,
                                        size_t count, const double *x, const double *mean_spend, double *out,
                                        double *const *slopes) {
    by_x kept[KEPT] = {{0, 0, 0, 0}};
    custval__gamma_gamma_block block;
    for (size_t from = 0; from < count; from += CUSTVAL__GAMMA_GAMMA_ROWS) {
        const size_t rows = count - from < CUSTVAL__GAMMA_GAMMA_ROWS ? count - from : (size_t)CUSTVAL__GAMMA_GAMMA_ROWS;
        double *by[CUSTVAL__MODEL_PARAMETERS] = {NULL};
        for (size_t k = 0; slopes != NULL && k <= GAMMA; k++) by[k] = slopes[k] + from;
        fill(&block, kept, parameters, rows, x + from, mean_spend + from, slopes != NULL);
        kernels->log_likelihood(parameters[Q], parameters[GAMMA], rows, &block, out + from, by[P], by[Q], by[GAMMA]);
        for (size_t i = 0; i < rows; i++) {
            if (x[from + i] > 0.0) continue;
            out[from + i] = 0;
            for (size_t k = 0; slopes != NULL && k <= GAMMA; k++) by[k][i] = 0;
        }
    }
}

static void log_likelihood(const double *parameters, const custval__customers *customers, double *out,
                           double *const *slopes) {
    custval__gamma_gamma_likelihood_by(sets[custval__instructions_best()], parameters, customers->count, customers->x,
                                       customers->mean_spend, out, slopes);
}

/* ---- Predictions ------------------------------------------------------------------------------------------------- */

/* What is known of nu after the purchases: a gamma distribution of this shape, given less 1, and this rate. */
typedef struct posterior {
    double shape_less_1, rate;
} posterior;

static posterior posterior_of(const double *parameters, const custval__customers *customers, size_t row) {
    const double x = customers->x[row];
    const double spent = x > 0.0 ? x * customers->mean_spend[row] : 0.0;
    return (posterior){parameters[P] * x + (parameters[Q] - 1.0), parameters[GAMMA] + spent};
}

static void spend(const double *parameters, const custval__customers *customers, double *out) {
    for (size_t i = 0; i < customers->count; i++) {
        const posterior of = posterior_of(parameters, customers, i);
        out[i] = of.shape_less_1 > 0.0 ? parameters[P] * (of.rate / of.shape_less_1) : (double)NAN;
    }
}

/* E(1 / nu^2) exists for a shape above 2. */
static void spend_moments(const double *parameters, const custval__customers *customers, double *mean_square,
                          double *variance) {
    const double p = parameters[P];
    for (size_t i = 0; i < customers->count; i++) {
        const posterior of = posterior_of(parameters, customers, i);
        const double inverse_square =
            of.shape_less_1 > 1.0 ? of.rate / of.shape_less_1 * (of.rate / (of.shape_less_1 - 1.0)) : (double)NAN;
        mean_square[i] = p * p * inverse_square;
        variance[i] = p * inverse_square;
    }
}

const custval__model custval__gamma_gamma = {
    .id = CUSTVAL_MODEL_GAMMA_GAMMA,
    .parameters = 3,
    .names = {"p", "q", "gamma"},
    .dimension = {0, 0, 2},
    .columns = CUSTVAL__COLUMN_X | CUSTVAL__COLUMN_MEAN_SPEND,
    .purchase = {CUSTVAL__NO_PARAMETER, 0},
    .dropout = {CUSTVAL__NO_PARAMETER, 0},
    .check = check,
    .starts = starts,
    .log_likelihood = log_likelihood,
    .spend = spend,
    .spend_moments = spend_moments,
};
