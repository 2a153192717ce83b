/* The logarithm of Gauss's hypergeometric function where all is positive. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "gamma.h"
#include "maths.h"
#include "special.h"

/*
 * First a power series of positive terms, after Pfaff's transformation if z < 0, if it converges soon. Else Euler's integral, with
 * t = e^u / (1 + e^u) and k = 1 - z:
 *
 *     2F1(a, b; c; z) B(b, c - b) = integral over all u of e^(b u) (1 + e^u)^(a - c) (1 + k e^u)^-a
 *
 * for 0 < b < c. Its integrand has one maximum, whose e^u solves a quadratic equation. On either side of it the distance is
 * exp(v - exp(-v)) times the distance at which the integrand has fallen by e, and the trapezoidal rule in v, halved until two sums agree,
 * gains digits exponentially, however different the scales of the parameters.
 */
#define SERIES_TERMS 400
#define LONG_SERIES_TERMS 20000000
#define NEGLIGIBLE 75.0 /* e^-75 of the maximum is nothing */
#define FIRST 15        /* quarters below v = 0: there the distance is below 1e-20 of the scale */
#define HALVINGS 8

typedef struct integrand {
    double a, b, rest, z; /* rest = c - b */
    double t, t_rest;     /* t and 1 - t at the maximum */
    double factor;        /* 1 - z t there */
} integrand;

/* The sum of the series less 1, of positive terms; infinite if `terms` do not do. `log_scale` is ln of what it is to be multiplied by. */
static double series(double a, double b, double c, double z, double terms, double *log_scale) {
    double sum = 0, term = 1.0;
    *log_scale = 0;
    for (double n = 0; n < terms; n += 1.0) {
        const double ratio = (a + n) / (c + n) * ((b + n) / (n + 1.0)) * z;
        term *= ratio;
        sum += term;
        /* The ratio tends to z: what follows is below a geometric series of the larger. */
        const double bound = ratio > z ? ratio : z;
        if (bound < 1.0 && term * bound < 0x1p-56 * (1.0 - bound) * sum) {
            return sum;
        }
        if (sum > 0x1p900) {
            sum *= 0x1p-900;
            term *= 0x1p-900;
            *log_scale += 900 * 0.69314718055994530942;
        }
    }
    return term == 0.0 ? sum : HUGE_VAL;
}

static double log_series(double a, double b, double c, double z, double terms) {
    double log_scale = 0;
    const double sum = series(a, b, c, z, terms, &log_scale);
    return log_scale > 0 ? log_scale + custval__log(sum) : custval__log1p(sum);
}

/* ln((1 + change) of which the sum is given as well): the smaller the change, the more digits it has. */
static double log_of_change(double change, double sum) {
    return fabs(change) < 0.5 ? custval__log1p(change) : custval__log(sum);
}

/* ln of (1 - t)^c e^(b u) at distance d from the maximum, relative to it; the sides are mirror images. c can be
   large: of the two forms of its logarithm the one of the smaller number is taken. */
static double fallen_powers(const integrand *in, double d, double shrink, double less, double sum) {
    const double slope = d > 0.0 ? in->rest : in->b, opposite = d > 0.0 ? in->b : in->rest;
    const double stays = d > 0.0 ? in->t : in->t_rest, shrinks = d > 0.0 ? in->t_rest : in->t;
    if (stays < shrinks * shrink) {
        return opposite * fabs(d) - (in->b + in->rest) * custval__log1p(stays * -less / shrink);
    }
    return -slope * fabs(d) - (in->b + in->rest) * log_of_change(shrinks * less, sum);
}

/* ln of the integrand at distance d from its maximum, relative to it. */
static double fallen(const integrand *in, double d) {
    const double shrink = custval__exp(-fabs(d)), less = custval__expm1(-fabs(d));
    const double left = d > 0.0 ? shrink : 1.0, right = d > 0.0 ? 1.0 : shrink;
    const double sum = in->t * right + in->t_rest * left;
    const double t = in->t * right / sum, t_rest = in->t_rest * left / sum;
    const double moved = (d > 0.0 ? -less : less) * in->t * in->t_rest / sum;
    return fallen_powers(in, d, shrink, less, sum) -
           in->a * log_of_change(-in->z * moved / in->factor, (t_rest + (1.0 - in->z) * t) / in->factor);
}

/* Sum of the integrand times the distance's slope at v = first, first + step, ... */
static double trapezium(const integrand *in, double scale, double first, double step) {
    double sum = 0;
    for (double v = first;; v += step) {
        const double shrink = custval__exp(-v);
        const double distance = scale * custval__exp(v - shrink);
        const double height = fallen(in, distance);
        if (!(height > -NEGLIGIBLE)) {
            return sum;
        }
        sum += custval__exp(height) * distance * (1.0 + shrink);
    }
}

/* Integral of the integrand relative to its maximum, to the left (direction -1) or right of it (1). */
static double half_integral(const integrand *in, double direction) {
    double scale = direction;
    while (fallen(in, scale) > -1.0) {
        scale *= 2.0;
    }
    while (fallen(in, 0.5 * scale) < -1.0) {
        scale *= 0.5;
    }
    double step = 0.25;
    const double first = -FIRST * step;
    double sum = fabs(trapezium(in, scale, first, step)) * step;
    for (int halving = 0; halving < HALVINGS; halving++) {
        const double between = fabs(trapezium(in, scale, first + 0.5 * step, step)) * step;
        const double change = between - sum;
        sum = 0.5 * (sum + between);
        step *= 0.5;
        if (fabs(change) < 1e-11 * sum) {
            break;
        }
    }
    return sum;
}

/* For 0 < b < c. */
static double log_integral(double a, double b, double c, double z) {
    const double k = 1.0 - z, rest = c - b;
    /* k rest y^2 - linear y - b = 0 at the maximum y = e^u. */
    const double linear = (a - rest) - k * (a - b), square = k * rest;
    const double scale = fabs(linear) + sqrt(square) * sqrt(b);
    const double root = scale * sqrt(linear / scale * (linear / scale) + 4.0 * (square / scale) * (b / scale));
    const double y = linear > 0.0 ? (linear + root) / (2.0 * square) : 2.0 * b / (root - linear);
    const double t = y / (1.0 + y), t_rest = 1.0 / (1.0 + y);
    const integrand in = {a, b, rest, z, t, t_rest, t_rest + k * t};
    const double area = half_integral(&in, -1.0) + half_integral(&in, 1.0);
    return custval__log_beta_front(b, rest, t, t_rest) - a * log_of_change(-z * t, in.factor) + custval__log(area);
}

/* A series and its Euler transform, (1 - z)^(c - a - b) F(c - a, c - b; c; z): the one with the smaller terms; infinite if it is long.
   a_rest = c - a and b_rest = c - b, which each other's rounding would spoil. */
static double log_short_series(double a, double a_rest, double b, double b_rest, double c, double z, double log_rest) {
    if (a_rest >= 0.0 && b_rest >= 0.0 && a_rest * b_rest < a * b) {
        return log_series(a_rest, b_rest, c, z, SERIES_TERMS) + (b_rest - a) * log_rest;
    }
    return log_series(a, b, c, z, SERIES_TERMS);
}

double custval__log_hyp2f1(double a, double b, double c, double z) {
    if (!(a >= 0.0 && b >= 0.0 && c > 0.0 && z < 1.0)) {
        return (double)NAN;
    }
    if (a == 0.0 || b == 0.0 || z == 0.0) {
        return 0.0;
    }
    /* b is the one that Euler's integral takes: the larger that is not above c, because then c - b is exact if it is small. */
    if (b > c || (a <= c && a > b)) {
        const double swap = a;
        a = b;
        b = swap;
    }
    if (b > c) {
        return z > 0.0 ? log_series(a, b, c, z, LONG_SERIES_TERMS) : (double)NAN;
    }
    const double log_rest = custval__log1p(-z);
    const double a_rest = c - a, b_rest = c - b;
    if (a_rest == 0.0 || b_rest == 0.0) {
        return -(b_rest == 0.0 ? a : b) * log_rest;
    }
    const double value = z > 0.0 ? log_short_series(a, a_rest, b, b_rest, c, z, log_rest)
                                 : log_short_series(a, a_rest, b_rest, b, c, -z / (1.0 - z), -log_rest) - a * log_rest;
    return fabs(value) < HUGE_VAL ? value : log_integral(a, b, c, z);
}
