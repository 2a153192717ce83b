/* The distribution of a customer's purchases by the Pareto/NBD: a negative binomial mixed over the time of death.
   Positive terms only, never 1 minus a sum. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "pnbd.h"

#include <math.h>

#include "../base/maths.h"
#include "../base/special.h"
#include "inline.h"

#define SHARED 16 /* numbers of purchases, one after the other, that share the nodes of an integral */
#define NODES 16

/* As in pnbd_likelihood.c, but with a fall to either side of the mode, and a little more careful. */
#define LENGTH_16 2.5
#define FALL_16 12.0
#define CUT_FALL 42.0

/*
 * A customer alive at T, in the next t: n = r + x, a = alpha + T, b = beta + T. Who dies at v has bought k times with a
 * negative binomial chance, (n)_k / k! (1 + v / a)^-n (v / (a + v))^k, and died with the density
 * s / b (1 + v / b)^-(s + 1). The integral is over z = ln(1 + v / near), near the smaller of a and b; minus the
 * logarithm of what is integrated is convex in z. ratio_end is v / (a + v) at v = t.
 */
typedef struct next_time {
    double n, a, s, b, t;
    double near, end, ratio_end, log_weight;
} next_time;

static next_time next_of(double n, double a, double s, double b, double t) {
    const double near = a < b ? a : b;
    const double log_weight = custval__log(s * (near / b));
    return (next_time){n, a, s, b, t, near, custval__log1p_within(t / near), t / (a + t), log_weight};
}

/* Minus the logarithm of what is integrated over z for k purchases, but for (n)_k / k! and ratio_end^k; and
   v / (a + v) over ratio_end. */
static inline double exponent(const next_time *next, double k, double z, double *ratio) {
    const double v = next->near * custval__expm1_within(z);
    *ratio = v / (next->a + v) / next->ratio_end;
    const double bought = k > 0 ? k * custval__log_inline(*ratio) : 0.0;
    return next->n * custval__log1p_within(v / next->a) + (next->s + 1.0) * custval__log1p_within(v / next->b) - z -
           next->log_weight - bought;
}

static double fall_at(const next_time *next, double k, double z) {
    double ratio = 0;
    return exponent(next, k, z, &ratio);
}

/* Where the exponent is least: the derivative is 0 at the positive root v of
       (n + s) v^2 + linear v - k a b = 0. */
static double mode_of(const next_time *next, double k) {
    const double a = next->a, b = next->b, square = next->n + next->s, constant = k * a * b;
    const double linear = (a < b ? (next->n - 1.0) * b + (next->s + 1.0) * a : next->n * b + next->s * a) - k * a;
    const double root = sqrt(linear * linear + 4.0 * square * constant);
    const double v = linear > 0 ? 2.0 * constant / (linear + root) : (root - linear) / (2.0 * square);
    return v < next->t ? custval__log1p_within(v / next->near) : next->end;
}

/* From `inside` towards `outside`, where the exponent has risen by CUT_FALL, or a little beyond. */
static double edge_of(const next_time *next, double k, double inside, double outside) {
    const double most = fall_at(next, k, inside) + CUT_FALL;
    if (outside > 0 && fall_at(next, k, outside) <= most) return outside;
    while (fabs(outside - inside) > 0.05 * (inside > outside ? inside : outside)) {
        const double middle = 0.5 * (inside + outside);
        if (fall_at(next, k, middle) <= most) {
            inside = middle;
        } else {
            outside = middle;
        }
    }
    return outside;
}

/* Adds a piece's integrals but for its length, over their scale e^-least. */
static void add_piece(const next_time *next, double from, uint32_t count, double low, double length, double least,
                      double sums[SHARED]) {
    const custval__gauss *const gauss = custval__gauss_legendre(NODES);
    double terms[NODES], ratios[NODES];
    for (size_t i = 0; i < NODES; i++) {
        const double fall = exponent(next, from, low + length * gauss->nodes[i], &ratios[i]) - least;
        terms[i] = gauss->weights[i] * custval__exp_within(fall < 700.0 ? -fall : -700.0);
    }
    for (uint32_t k = 0; k < count; k++) {
        for (size_t i = 0; i < NODES; i++) {
            sums[k] += terms[i];
            terms[i] *= ratios[i];
        }
    }
}

/* Logarithms of the integrals for k = from .. from + count - 1, count <= SHARED, without (n)_k / k!. The first
   SHARED numbers are integrated from 0 on. */
static void integrate(const next_time *next, double from, uint32_t count, double out[SHARED]) {
    const double first = mode_of(next, from), last = mode_of(next, from + (count - 1));
    const double least = fall_at(next, from, first);
    const double low = from < SHARED ? 0.0 : edge_of(next, from, first, 0.0);
    const double high = edge_of(next, from + (count - 1), last, next->end);
    const double start = (from + (count - 1)) * (1.0 + high); /* of powers of e^z - 1 that begin at 0 */
    const double left = low > 0 || start > CUT_FALL ? CUT_FALL : start;
    const double fall = left + fall_at(next, from, high) - least;
    const double by_length = (high - low) / LENGTH_16, by_fall = fall / FALL_16;
    const double pieces = ceil(by_length > by_fall ? by_length : by_fall), length = (high - low) / pieces;
    double sums[SHARED] = {0};
    for (double piece = 0; piece < pieces; piece++) {
        add_piece(next, from, count, low + length * piece, length, least, sums);
    }
    for (uint32_t k = 0; k < count; k++) {
        out[k] = custval__log(sums[k] * length) - least + (from + k) * custval__log(next->ratio_end);
    }
}

/* ln P(N = k) of a customer who is alive, for k = from .. from + count - 1, count <= SHARED. */
static void log_counts_alive(const next_time *next, double from, uint32_t count, double out[SHARED]) {
    integrate(next, from, count, out);
    const double survives =
        -next->n * custval__log1p_within(next->t / next->a) - next->s * custval__log1p_within(next->t / next->b);
    for (uint32_t k = 0; k < count; k++) {
        const double purchases = from + k, still = survives + purchases * custval__log(next->ratio_end);
        const double ways = custval__log_rising(next->n, purchases) - custval__log_rising(1.0, purchases);
        out[k] = ways + custval__log_add(out[k], purchases == 0 ? survives : still);
    }
}

/* ln P(N = 0) of a customer who may be dead. 1 - P(N = 0) is the chance to be alive and to buy before dying: the same
   integral with purchase and death in each other's place. It keeps the digits of a P(N = 0) near 1. */
static double log_none(const next_time *next, double log_alive, double alive_and_none) {
    double bought[SHARED] = {-HUGE_VAL};
    if (next->t > 0) {
        const next_time swapped = next_of(next->s, next->b, next->n, next->a, next->t);
        integrate(&swapped, 0.0, 1, bought);
    }
    const double some = custval__exp(log_alive + bought[0]);
    if (some < 0.5) return custval__log1p(-some);
    return custval__log_add(alive_and_none, custval__log(-custval__expm1(log_alive)));
}

void custval__pnbd_log_counts(const double *parameters, const custval__customers *customers, const double *t,
                              uint32_t from, uint32_t count, double *out) {
    const size_t rows = customers->count;
    if (count == 0) return;
    double *const last = out + (count - 1) * rows; /* ln P(alive) waits where it is needed last */
    custval__pnbd_log_alive(parameters, customers, last);
    for (size_t i = 0; i < rows; i++) {
        const double log_alive = last[i], T = customers->T[i];
        const next_time next =
            next_of(parameters[CUSTVAL__PNBD_R] + customers->x[i], parameters[CUSTVAL__PNBD_ALPHA] + T,
                    parameters[CUSTVAL__PNBD_S], parameters[CUSTVAL__PNBD_BETA] + T, t[i]);
        for (uint32_t k = 0; k < count; k += SHARED) {
            const uint32_t some = count - k < SHARED ? count - k : SHARED;
            double alive[SHARED];
            if (t[i] > 0) {
                log_counts_alive(&next, (double)from + k, some, alive);
            } else {
                for (uint32_t j = 0; j < some; j++) alive[j] = from + k + j == 0 ? 0.0 : -HUGE_VAL;
            }
            for (uint32_t j = 0; j < some; j++) out[(k + j) * rows + i] = log_alive + alive[j];
        }
        if (from == 0) out[i] = log_none(&next, log_alive, out[i]);
    }
}
