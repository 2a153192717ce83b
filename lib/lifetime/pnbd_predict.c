/* What a Pareto/NBD expects of a customer. Given that the customer is alive at T, the rate of purchase has the gamma
   distribution (r + x, alpha + T) and that of death (s, beta + T), independent of each other: everything is P(alive),
   times a moment of the first, times an integral of the survival (1 + v / (beta + T))^-s. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "pnbd.h"

#include <math.h>

#include "../base/maths.h"
#include "../base/special.h"
#include "inline.h"

/* Pieces of 16 nodes: see pnbd_likelihood.c. */
#define LENGTH_16 2.5
#define FALL_16 14.0
#define MOST_FALL 46.0
#define CUT_FALL 42.0
#define NODES 16

static double sum_of(const double terms[NODES]) {
    double sum = 0;
    for (size_t i = 0; i < NODES; i++) sum += terms[i];
    return sum;
}

static double pieces_of(double length, double fall) {
    const double by_length = length / LENGTH_16, by_fall = fall / FALL_16;
    return ceil(by_length > by_fall ? by_length : by_fall);
}

/* (e^(c y) - 1) / c, y >= 0, whatever c. */
static double grown(double c, double y) {
    const double whole = c * y, power = whole > -700.0 ? whole : -700.0; /* below, e^power is nothing beside 1 */
    return whole == 0 ? y : y * (custval__expm1_within(power) / whole);
}

/* E of the time alive in the next t: integral of (1 + v / b)^-s over v from 0 to t. */
static double time_alive(double s, double b, double t) {
    return b * grown(1.0 - s, custval__log1p_within(t / b));
}

/* E of the square of that time: integral of 2 v (1 + v / b)^-s = 2 b^2 e^((1 - s) y) (e^y - 1) over
   y = ln(1 + v / b), in closed form where that loses no digits; of short times, like cash periods, by half the
   nodes. */
static double time_alive_squared(double s, double b, double t) {
    const double end = custval__log1p_within(t / b);
    if (s <= 8.0 && end > 1.0) {
        return 2.0 * b * b * (grown(2.0 - s, end) - grown(1.0 - s, end));
    }
    const double most = s > 8.0 ? MOST_FALL / (s - 2.0) : end, length = most < end ? most : end;
    const double fall = fabs(s - 1.0) * length, pieces = length > 0 ? pieces_of(length, fall) : 0;
    const double piece = length / pieces;
    const custval__gauss *const gauss = custval__gauss_legendre(length + fall <= 2.0 ? NODES / 2 : NODES);
    double terms[NODES] = {0};
    for (double k = 0; k < pieces; k++) {
        for (size_t i = 0; i < gauss->n; i++) {
            const double y = piece * (k + gauss->nodes[i]);
            terms[i] += gauss->weights[i] * custval__exp_within((1.0 - s) * y) * custval__expm1_within(y);
        }
    }
    return pieces > 0 ? 2.0 * b * b * (sum_of(terms) * piece) : 0.0;
}

/* E of the discounted time alive: integral of e^(-delta v) (1 + v / b)^-s = b e^(-phi), over y = ln(1 + v / b), with
   q = delta b and phi = q (e^y - 1) + (s - 1) y. This is b U(1, 2 - s, q), of which no closed form is safe for all s
   and q. phi is convex: Newton's steps from the right do not pass the end. */
static double time_discounted(double s, double b, double delta) {
    const double q = delta * b;
    const double beyond = CUT_FALL + (s < 1.0 ? 5.0 + 1.1 * custval__log1p_within(CUT_FALL / q) : 0.0);
    double end = custval__log1p_within(beyond / q), fall = q * custval__expm1_within(end) + (s - 1.0) * end;
    while (fall > MOST_FALL) {
        end -= (fall - CUT_FALL) / (q * custval__exp(end) + (s - 1.0));
        fall = q * custval__expm1_within(end) + (s - 1.0) * end;
    }
    const double pieces = pieces_of(end, fall);
    const custval__gauss *const gauss = custval__gauss_legendre(NODES);
    const double piece = end / pieces;
    double terms[NODES] = {0};
    for (double k = 0; k < pieces; k++) {
        for (size_t i = 0; i < NODES; i++) {
            const double y = piece * (k + gauss->nodes[i]);
            const double phi = q * custval__expm1_within(y) + (s - 1.0) * y;
            terms[i] += gauss->weights[i] * custval__exp_within(-phi);
        }
    }
    return b * (sum_of(terms) * piece);
}

/* E(lambda) and E(lambda^2) of a customer who is alive. */
static double rate(const double *parameters, const custval__customers *customers, size_t i) {
    return (parameters[CUSTVAL__PNBD_R] + customers->x[i]) / (parameters[CUSTVAL__PNBD_ALPHA] + customers->T[i]);
}

static double rate_squared(const double *parameters, const custval__customers *customers, size_t i) {
    const double a = parameters[CUSTVAL__PNBD_ALPHA] + customers->T[i];
    return rate(parameters, customers, i) * ((parameters[CUSTVAL__PNBD_R] + customers->x[i] + 1.0) / a);
}

void custval__pnbd_alive_later(const double *parameters, const custval__customers *customers, const double *t,
                               double *out) {
    custval__pnbd_log_alive(parameters, customers, out);
    for (size_t i = 0; i < customers->count; i++) {
        const double b = parameters[CUSTVAL__PNBD_BETA] + customers->T[i];
        out[i] = custval__exp(out[i] - parameters[CUSTVAL__PNBD_S] * custval__log1p_within(t[i] / b));
    }
}

void custval__pnbd_expected(const double *parameters, const custval__customers *customers, const double *times,
                            size_t count, double *out) {
    if (count == 0) return;
    double *const last = out + (count - 1) * customers->count; /* P(alive) waits where it is needed last */
    custval__pnbd_log_alive(parameters, customers, last);
    for (size_t i = 0; i < customers->count; i++) {
        last[i] = custval__exp(last[i]) * rate(parameters, customers, i);
    }
    for (size_t k = 0; k < count; k++) {
        for (size_t i = 0; i < customers->count; i++) {
            const double b = parameters[CUSTVAL__PNBD_BETA] + customers->T[i];
            out[k * customers->count + i] = last[i] * time_alive(parameters[CUSTVAL__PNBD_S], b, times[k]);
        }
    }
}

void custval__pnbd_expected_pairs(const double *parameters, const custval__customers *customers, const double *t,
                                  double *out) {
    custval__pnbd_log_alive(parameters, customers, out);
    for (size_t i = 0; i < customers->count; i++) {
        const double b = parameters[CUSTVAL__PNBD_BETA] + customers->T[i];
        out[i] = custval__exp(out[i]) * rate_squared(parameters, customers, i) *
                 time_alive_squared(parameters[CUSTVAL__PNBD_S], b, t[i]);
    }
}

void custval__pnbd_residual(const double *parameters, const custval__customers *customers, double delta, double *out) {
    custval__pnbd_log_alive(parameters, customers, out);
    for (size_t i = 0; i < customers->count; i++) {
        const double b = parameters[CUSTVAL__PNBD_BETA] + customers->T[i];
        out[i] = custval__exp(out[i]) * rate(parameters, customers, i) *
                 time_discounted(parameters[CUSTVAL__PNBD_S], b, delta);
    }
}

/* Of D(v), the integral of the discounts up to v, at the time of death or the end of the horizon: E(D) by the
   discounts and by their squares, and E(D^2), which is the integral of 2 D D' times the survival. Period by period,
   from a survivor. */
typedef struct cash_time {
    double mean, squares, pairs;
} cash_time;

static cash_time cash_time_of(double s, double b, const custval__cash *cash) {
    cash_time sum = {0, 0, 0};
    double reached = 0, start = 0;
    for (size_t k = 0; k < cash->count; k++) {
        const double length = cash->ends[k] - start, discount = cash->discounts[k];
        const double survivors = custval__exp(-s * custval__log1p_within(start / b));
        const double time = survivors * time_alive(s, b + start, length);
        const double squared = survivors * time_alive_squared(s, b + start, length);
        sum.mean += discount * time;
        sum.squares += discount * discount * time;
        sum.pairs += 2.0 * discount * reached * time + discount * discount * squared;
        reached += discount * length;
        start = cash->ends[k];
    }
    return sum;
}

void custval__pnbd_cash_moments(const double *parameters, const custval__customers *customers,
                                const custval__cash *cash, double *mean, double *pairs, double *squares) {
    custval__pnbd_log_alive(parameters, customers, mean);
    for (size_t i = 0; i < customers->count; i++) {
        const double b = parameters[CUSTVAL__PNBD_BETA] + customers->T[i], alive = custval__exp(mean[i]);
        const cash_time time = cash_time_of(parameters[CUSTVAL__PNBD_S], b, cash);
        mean[i] = alive * rate(parameters, customers, i) * time.mean;
        squares[i] = alive * rate(parameters, customers, i) * time.squares;
        pairs[i] = alive * rate_squared(parameters, customers, i) * time.pairs;
    }
}
