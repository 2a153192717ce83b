/* NBD: Ehrenberg (1959), Applied Statistics 8:26-41. Purchases come at a rate that is gamma distributed over customers; nobody leaves. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "../base/elementary.h"
#include "../base/special.h"
#include "model.h"

enum { R, ALPHA };

/* What is known of a customer's rate after x purchases in T: a gamma distribution. */
typedef struct posterior {
    double shape, rate;
} posterior;

static posterior posterior_of(const double *parameters, const custval__customers *customers, size_t row) {
    return (posterior){parameters[R] + customers->x[row], parameters[ALPHA] + customers->T[row]};
}

static const char *check(const custval__customers *customers, size_t row) {
    const double x = customers->x[row], T = customers->T[row];
    if (!(x >= 0.0)) return "x is below 0";
    if (x != floor(x)) return "x is not an integer";
    if (!(T >= 0.0)) return "T is below 0";
    if (x > 0.0 && T == 0.0) return "x is above 0, but T is 0";
    return NULL;
}

/* The rate's mean, and its variance by what x varies more than purchases at one rate would. */
static size_t starts(const custval__customers *customers, const double *counts,
                     double out[CUSTVAL__MODEL_STARTS][CUSTVAL__MODEL_PARAMETERS]) {
    double purchases = 0, time = 0, squares = 0;
    for (size_t i = 0; i < customers->count; i++) {
        purchases += counts[i] * customers->x[i];
        time += counts[i] * customers->T[i];
        squares += counts[i] * customers->T[i] * customers->T[i];
    }
    time = time > 0.0 ? time : 1.0;
    const double mean = (purchases > 0.0 ? purchases : 0.5) / time;
    double spread = 0;
    for (size_t i = 0; i < customers->count; i++) {
        const double expected = mean * customers->T[i], deviation = customers->x[i] - expected;
        spread += counts[i] * (deviation * deviation - expected);
    }
    const double variance = squares > 0.0 ? spread / squares : 0;
    const double by_moments = variance > 0.0 ? mean * mean / variance : 10.0;
    const double shapes[] = {by_moments < 0.01 ? 0.01 : by_moments > 100.0 ? 100.0 : by_moments, 1.0, 0.2};
    const size_t count = sizeof shapes / sizeof *shapes;
    for (size_t k = 0; k < count; k++) {
        out[k][R] = shapes[k];
        out[k][ALPHA] = shapes[k] / mean;
    }
    return count;
}

/* What depends on x alone is kept for the next customer of that x: for each x the same, whoever asks. */
#define KEPT 64

typedef struct by_x {
    double x; /* 0: empty, and right as it is */
    double log_rising, digamma_rise;
} by_x;

static const by_x *find_x(by_x *kept, double r, double x) {
    by_x *const one = &kept[(size_t)(x - KEPT * floor(x / KEPT))];
    if (one->x != x) *one = (by_x){x, custval__log_rising(r, x), custval__digamma_rise(r, x)};
    return one;
}

/* Without the T^x / x! of counts: the density of the purchases' times, as in the models in which customers leave. */
static void log_likelihood(const double *parameters, const custval__customers *customers, double *out,
                           double *const *slopes) {
    const double r = parameters[R], alpha = parameters[ALPHA];
    by_x kept[KEPT] = {{0, 0, 0}};
    for (size_t i = 0; i < customers->count; i++) {
        const double x = customers->x[i], T = customers->T[i];
        const by_x *const of = find_x(kept, r, x);
        const double waiting = custval__log1p_inline(T / alpha);
        out[i] = of->log_rising - r * waiting - x * custval__log_inline(alpha + T);
        if (slopes != NULL) {
            slopes[R][i] = r * (of->digamma_rise - waiting);
            slopes[ALPHA][i] = r * (T / (alpha + T)) - x * (alpha / (alpha + T));
        }
    }
}

static void log_alive(const double *parameters, const custval__customers *customers, double *out) {
    (void)parameters;
    for (size_t i = 0; i < customers->count; i++) out[i] = 0;
}

static void alive_later(const double *parameters, const custval__customers *customers, const double *t, double *out) {
    (void)parameters;
    (void)t;
    for (size_t i = 0; i < customers->count; i++) out[i] = 1;
}

static void expected(const double *parameters, const custval__customers *customers, const double *times, size_t count,
                     double *out) {
    for (size_t i = 0; i < customers->count; i++) {
        const posterior of = posterior_of(parameters, customers, i);
        for (size_t k = 0; k < count; k++) out[k * customers->count + i] = of.shape * (times[k] / of.rate);
    }
}

static void expected_pairs(const double *parameters, const custval__customers *customers, const double *t,
                           double *out) {
    for (size_t i = 0; i < customers->count; i++) {
        const posterior of = posterior_of(parameters, customers, i);
        const double span = t[i] / of.rate;
        out[i] = of.shape * span * ((of.shape + 1.0) * span);
    }
}

static void residual(const double *parameters, const custval__customers *customers, double delta, double *out) {
    for (size_t i = 0; i < customers->count; i++) {
        const posterior of = posterior_of(parameters, customers, i);
        out[i] = of.shape / of.rate / delta;
    }
}

/* Negative binomial. */
static void log_counts(const double *parameters, const custval__customers *customers, const double *t, uint32_t from,
                       uint32_t count, double *out) {
    for (size_t i = 0; i < customers->count; i++) {
        const posterior of = posterior_of(parameters, customers, i);
        const double none = 0.0 - of.shape * custval__log1p(t[i] / of.rate);
        const double one = -custval__log1p(of.rate / t[i]); /* -infinity for t = 0 */
        for (uint32_t k = 0; k < count; k++) {
            const double n = (double)from + k;
            out[k * customers->count + i] =
                n == 0.0 ? none : custval__log_rising(of.shape, n) - custval__log_gamma(n + 1.0) + none + n * one;
        }
    }
}

static void log_more(const double *parameters, const custval__customers *customers, const double *t, double n,
                     double *out) {
    for (size_t i = 0; i < customers->count; i++) {
        const posterior of = posterior_of(parameters, customers, i);
        const double until = of.rate + t[i];
        out[i] = t[i] > 0.0 ? custval__log_beta_share(n + 1.0, of.shape, t[i] / until, of.rate / until) : -HUGE_VAL;
    }
}

static void cash_moments(const double *parameters, const custval__customers *customers, const custval__cash *cash,
                         double *mean, double *pairs, double *squares) {
    double once = 0, squared = 0, from = 0; /* time weighted by discount, and by its square */
    for (size_t k = 0; k < cash->count; k++) {
        const double span = cash->ends[k] - from, discount = cash->discounts[k];
        once += span * discount;
        squared += span * discount * discount;
        from = cash->ends[k];
    }
    for (size_t i = 0; i < customers->count; i++) {
        const posterior of = posterior_of(parameters, customers, i);
        const double discounted = once / of.rate;
        mean[i] = of.shape * discounted;
        pairs[i] = of.shape * discounted * ((of.shape + 1.0) * discounted);
        squares[i] = of.shape * (squared / of.rate);
    }
}

const custval__model custval__nbd = {
    .id = CUSTVAL_MODEL_NBD,
    .parameters = 2,
    .names = {"r", "alpha"},
    .dimension = {0, 1},
    .columns = CUSTVAL__COLUMN_X | CUSTVAL__COLUMN_T,
    .purchase = {CUSTVAL__NO_PARAMETER, 0},
    .dropout = {CUSTVAL__NO_PARAMETER, 0},
    .check = check,
    .starts = starts,
    .log_likelihood = log_likelihood,
    .log_alive = log_alive,
    .alive_later = alive_later,
    .expected = expected,
    .expected_pairs = expected_pairs,
    .residual = residual,
    .log_counts = log_counts,
    .log_more = log_more,
    .cash_moments = cash_moments,
};
