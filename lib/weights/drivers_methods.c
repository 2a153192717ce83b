/* From correlations to importance: regression, Johnson's relative weights, Shapley values of R2. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "drivers.h"

#include <math.h>
#include <string.h>

#include "../base/symmetric.h"

/* Directions with less than this share of the largest variance do not exist: they are rounding. */
#define NO_VARIANCE (1.0 / CUSTVAL__MOST_INFLATION)
/* Correlations, coefficients and shares of R2 up to this size are rounding: they are 0, and have no sign. */
#define NO_ASSOCIATION 1e-12
/* Above this share of variance of its own for every driver the equations are solved without eigenvalues. */
#define WELL_APART 1e-6

/* ---- Room ---------------------------------------------------------------------------------------------------------- */

size_t custval__drivers_room(size_t count, uint32_t method) {
    const size_t side = count + 1;
    const size_t shapley = method == CUSTVAL_DRIVERS_SHAPLEY ? count * side + side * side * side : 0;
    return 3 * count * count + 5 * count + shapley;
}

void custval__drivers_init(custval__drivers *drivers, size_t count, uint32_t method, double *room) {
    *drivers = (custval__drivers){.count = count, .method = method};
    drivers->between = room;
    drivers->vectors = drivers->between + count * count;
    drivers->scratch = drivers->vectors + count * count;
    drivers->with_outcome = drivers->scratch + count * count;
    drivers->beta = drivers->with_outcome + count;
    drivers->importance = drivers->beta + count;
    drivers->values = drivers->importance + count;
    drivers->along = drivers->values + count;
    if (method != CUSTVAL_DRIVERS_SHAPLEY) return;
    drivers->held = drivers->along + count;
    drivers->swept = drivers->held + count * (count + 1);
}

/* ---- Regression ---------------------------------------------------------------------------------------------------- */

static int solve_quickly(custval__drivers *drivers) {
    const size_t n = drivers->count;
    memcpy(drivers->scratch, drivers->between, n * n * sizeof *drivers->scratch);
    if (!custval__symmetric_factor(drivers->scratch, n, WELL_APART)) return 0;
    memcpy(drivers->beta, drivers->with_outcome, n * sizeof *drivers->beta);
    custval__symmetric_solve(drivers->scratch, n, drivers->beta);
    return 1;
}

/* Gives beta, the eigenvalues, and what follows from them. Values of directions that do not exist become 0. */
static custval__drivers_fit decompose(custval__drivers *drivers) {
    const size_t n = drivers->count;
    custval__drivers_fit fit = {0.0, 0};
    memcpy(drivers->scratch, drivers->between, n * n * sizeof *drivers->scratch);
    custval__symmetric_eigen(drivers->scratch, n, drivers->values, drivers->vectors);
    memset(drivers->beta, 0, n * sizeof *drivers->beta);
    for (size_t k = 0; k < n; k++) {
        const double *const vector = drivers->vectors + k * n;
        drivers->along[k] = 0.0;
        if (!(drivers->values[k] > NO_VARIANCE * drivers->values[0])) {
            drivers->values[k] = 0.0;
            continue;
        }
        double covariance = 0.0;
        for (size_t i = 0; i < n; i++) covariance += vector[i] * drivers->with_outcome[i];
        for (size_t i = 0; i < n; i++) drivers->beta[i] += covariance / drivers->values[k] * vector[i];
        drivers->along[k] = covariance / sqrt(drivers->values[k]);
        fit.r_squared += drivers->along[k] * drivers->along[k];
        fit.rank++;
    }
    fit.r_squared = fmin(fit.r_squared, 1.0);
    return fit;
}

/* 1 / (1 - R2 of the driver on all others): the diagonal of the inverse, where the driver has no part in a direction
   that does not exist. */
static void set_inflation(const custval__drivers *drivers, double *inflation) {
    const size_t n = drivers->count;
    for (size_t i = 0; i < n; i++) {
        double sum = 0.0, lost = 0.0;
        for (size_t k = 0; k < n; k++) {
            const double part = drivers->vectors[k * n + i] * drivers->vectors[k * n + i];
            if (drivers->values[k] > 0.0) {
                sum += part / drivers->values[k];
            } else {
                lost += part;
            }
        }
        inflation[i] = lost > NO_VARIANCE ? CUSTVAL__MOST_INFLATION : fmin(fmax(sum, 1.0), CUSTVAL__MOST_INFLATION);
    }
}

/* ---- Johnson's relative weights ------------------------------------------------------------------------------------ */

/* The drivers are regressed on the orthogonal variables nearest to them, and so is the outcome. With L the symmetric root
   of the drivers' correlations and b = L^-1 r, the weights are L^2 b^2, element by element. */
static void weigh_relative(custval__drivers *drivers) {
    const size_t n = drivers->count;
    double *const nearest = drivers->scratch;
    for (size_t j = 0; j < n; j++) {
        nearest[j] = drivers->importance[j] = 0.0;
        for (size_t k = 0; k < n; k++) nearest[j] += drivers->vectors[k * n + j] * drivers->along[k];
        nearest[j] *= nearest[j];
    }
    for (size_t k = 0; k < n; k++) drivers->values[k] = sqrt(drivers->values[k]);
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j <= i; j++) {
            double root = 0.0;
            for (size_t k = 0; k < n; k++) {
                root += drivers->values[k] * drivers->vectors[k * n + i] * drivers->vectors[k * n + j];
            }
            drivers->importance[i] += root * root * nearest[j];
            if (j < i) drivers->importance[j] += root * root * nearest[i];
        }
    }
}

/* ---- Shapley values of R2 ------------------------------------------------------------------------------------------ */

/* Adds up R2 of all subsets that hold some drivers from before `next` and any from there on, by how many those are, and
   for each of them the R2 of the subsets that it is in, by the size of the subset. `matrix` has what the drivers from
   before, `size` of them, leave of the correlations, above its diagonal; its last column is the outcome's. Taking in a
   driver costs what lies beyond it: for all subsets together a few products each. */
static void explain_subsets(custval__drivers *drivers, const double *matrix, size_t next, size_t size, double explained,
                            double *by_number) {
    const size_t n = drivers->count, side = n + 1;
    if (next == n) {
        by_number[0] = explained;
        return;
    }
    const size_t beyond = n - 1 - next;
    double without[CUSTVAL_MAX_SHAPLEY], with[CUSTVAL_MAX_SHAPLEY];
    const double *const row = matrix + next * side;
    const double variance = row[next];
    explain_subsets(drivers, matrix, next + 1, size, explained, without);
    if (variance > NO_VARIANCE) {
        double *const rest = drivers->swept + (next + 1) * side * side;
        for (size_t i = next + 1; i < n; i++) {
            const double slope = row[i] / variance;
            for (size_t j = i; j < side; j++) rest[i * side + j] = matrix[i * side + j] - slope * row[j];
        }
        explain_subsets(drivers, rest, next + 1, size + 1, explained + row[n] / variance * row[n], with);
    } else {
        /* The others say all that this driver says. */
        explain_subsets(drivers, matrix, next + 1, size + 1, explained, with);
    }
    double *const held = drivers->held + next * side;
    by_number[0] = without[0];
    by_number[beyond + 1] = with[beyond];
    for (size_t k = 0; k < beyond; k++) by_number[k + 1] = without[k + 1] + with[k];
    for (size_t k = 0; k <= beyond; k++) held[size + k + 1] += with[k];
}

static void weigh_shapley(custval__drivers *drivers) {
    const size_t n = drivers->count, side = n + 1;
    double all[CUSTVAL_MAX_SHAPLEY + 1];
    for (size_t i = 0; i < n; i++) {
        memcpy(drivers->swept + i * side, drivers->between + i * n, n * sizeof *drivers->swept);
        drivers->swept[i * side + n] = drivers->with_outcome[i];
        drivers->importance[i] = 0.0;
    }
    memset(drivers->held, 0, n * side * sizeof *drivers->held);
    explain_subsets(drivers, drivers->swept, 0, 0, 0.0, all);
    /* Share of all orders in which just these k others come before a driver: k! (n - 1 - k)! / n!. */
    double share = 1.0 / (double)n;
    for (size_t k = 0; k < n; k++) {
        if (k > 0) share *= (double)k / (double)(n - k);
        for (size_t i = 0; i < n; i++) {
            const double *const held = drivers->held + i * side;
            drivers->importance[i] += share * (held[k + 1] - (all[k] - held[k]));
        }
    }
}

/* ---- Any method ---------------------------------------------------------------------------------------------------- */

static void drop_rounding(double *numbers, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (fabs(numbers[i]) <= NO_ASSOCIATION) numbers[i] = 0.0;
    }
}

static void weigh(custval__drivers *drivers) {
    const size_t bytes = drivers->count * sizeof *drivers->importance;
    switch (drivers->method) {
    case CUSTVAL_DRIVERS_CORRELATION: memcpy(drivers->importance, drivers->with_outcome, bytes); break;
    case CUSTVAL_DRIVERS_REGRESSION: memcpy(drivers->importance, drivers->beta, bytes); break;
    case CUSTVAL_DRIVERS_RELATIVE: weigh_relative(drivers); break;
    default: weigh_shapley(drivers); break;
    }
    drop_rounding(drivers->with_outcome, drivers->count);
    drop_rounding(drivers->beta, drivers->count);
    drop_rounding(drivers->importance, drivers->count);
}

void custval__drivers_solve(custval__drivers *drivers) {
    if (drivers->method == CUSTVAL_DRIVERS_RELATIVE || !solve_quickly(drivers)) decompose(drivers);
    weigh(drivers);
}

custval__drivers_fit custval__drivers_estimate(custval__drivers *drivers, double *inflation) {
    const custval__drivers_fit fit = decompose(drivers);
    set_inflation(drivers, inflation);
    weigh(drivers);
    return fit;
}
