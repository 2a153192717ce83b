/* The gamma function's logarithm, its derivatives and differences, after Stirling's series. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "gamma.h"
#include "maths.h"
#include "special.h"

/*
 * Stirling's series is good to 2^-53 from 8 on: smaller arguments are moved up by the recurrence, in eight steps. Differences of two
 * values are formed term by term, so that what both share is never added.
 */
#define SHIFT CUSTVAL__STIRLING_FROM
#define HALF_LOG_TWO_PI 0.91893853320467274178

/* B_2k / (2k (2k - 1)): ln Gamma(y) = (y - 1/2) ln y - y + ln(2 pi)/2 + sum of these / y^(2k-1). */
static const double stirling[9] = {1.0 / 12,        -1.0 / 360, 1.0 / 1260,       -1.0 / 1680,     1.0 / 1188,
                                   -691.0 / 360360, 1.0 / 156,  -3617.0 / 122400, 43867.0 / 244188};

/* B_2k / 2k: digamma(y) = ln y - 1/(2y) - sum of these / y^2k. */
static const double digamma_terms[9] = {1.0 / 12,       -1.0 / 120, 1.0 / 252,      -1.0 / 240,     1.0 / 132,
                                        -691.0 / 32760, 1.0 / 12,   -3617.0 / 8160, 43867.0 / 14364};

/* B_2k: trigamma(y) = 1/y + 1/(2 y^2) + sum of these / y^(2k+1). */
static const double trigamma_terms[9] = {1.0 / 6,       -1.0 / 30, 1.0 / 42,      -1.0 / 30,    5.0 / 66,
                                         -691.0 / 2730, 7.0 / 6,   -3617.0 / 510, 43867.0 / 798};

static double polynomial(const double *c, double w) {
    double sum = c[8];
    for (int k = 7; k >= 0; k--) {
        sum = c[k] + w * sum;
    }
    return sum;
}

/* polynomial(c, w + step) - polynomial(c, w) without cancellation. */
static double polynomial_step(const double *c, double w, double step) {
    double sum = c[8], difference = 0;
    for (int k = 7; k >= 0; k--) {
        difference = step * sum + w * difference;
        sum = c[k] + (w + step) * sum;
    }
    return difference;
}

/* What Stirling's series adds for y >= 8. */
double custval__stirling_rest(double y) {
    const double p = 1.0 / y;
    return p * polynomial(stirling, p * p);
}

/* custval__stirling_rest(y + n) - custval__stirling_rest(y). */
static double stirling_rise(double y, double n) {
    const double p = 1.0 / y, q = 1.0 / (y + n);
    const double step = -(n / y) * q;      /* q - p */
    const double squares = step * (p + q); /* q^2 - p^2 */
    return step * polynomial(stirling, q * q) + p * polynomial_step(stirling, p * p, squares);
}

double custval__log_gamma(double x) {
    double product = 1.0, y = x;
    if (x < SHIFT) {
        for (int k = 0; k < SHIFT; k++) {
            product *= x + k;
        }
        y = x + SHIFT;
    }
    const double series = (y - 0.5) * custval__log(y) - y + (HALF_LOG_TWO_PI + custval__stirling_rest(y));
    return x < SHIFT ? series - custval__log(product) : x == HUGE_VAL ? x : series;
}

double custval__digamma(double x) {
    double sum = 0, y = x;
    if (x < SHIFT) {
        for (int k = SHIFT - 1; k >= 0; k--) {
            sum += 1.0 / (x + k);
        }
        y = x + SHIFT;
    }
    const double p = 1.0 / y;
    return custval__log(y) - (0.5 * p + p * p * polynomial(digamma_terms, p * p)) - sum;
}

double custval__trigamma(double x) {
    double sum = 0, y = x;
    if (x < SHIFT) {
        for (int k = SHIFT - 1; k >= 0; k--) {
            sum += 1.0 / (x + k) / (x + k);
        }
        y = x + SHIFT;
    }
    const double p = 1.0 / y;
    return p + (0.5 + p * polynomial(trigamma_terms, p * p)) * p * p + sum;
}

double custval__log_rising(double a, double n) {
    if (a < 0x1p-100 || n > 0x1p100) {
        return custval__log_gamma(a + n) - custval__log_gamma(a);
    }
    double beyond = 0; /* the product of 1 + n / (a + k), less 1 */
    double y = a;
    if (a < SHIFT) {
        for (int k = SHIFT - 1; k >= 0; k--) {
            const double share = n / (a + k);
            beyond += share + beyond * share;
        }
        y = a + SHIFT;
    }
    const double part = n / y;
    /* y log1p(n/y) - n is of order n^2 / y: formed from what it loses when n is the smaller, else of parts of like size. */
    const double rise = (y - 0.5) * custval__log1p(part) - n + n * custval__log(y + n) + stirling_rise(y, n);
    return rise - custval__log1p(beyond);
}

double custval__digamma_rise(double a, double n) {
    double sum = 0, y = a;
    if (a < SHIFT) {
        for (int k = SHIFT - 1; k >= 0; k--) {
            sum += n / (a + k) / (a + k + n);
        }
        y = a + SHIFT;
    }
    const double p = 1.0 / y, q = 1.0 / (y + n);
    const double step = -(n / y) * q;
    return custval__log1p(n / y) - 0.5 * step -
           (step * (p + q) * polynomial(digamma_terms, q * q) +
            p * p * polynomial_step(digamma_terms, p * p, step * (p + q))) +
           sum;
}

double custval__log_beta(double a, double b) {
    const double small = a < b ? a : b, large = a < b ? b : a;
    if (small < SHIFT) {
        return custval__log_gamma(small) - custval__log_rising(large, small);
    }
    const double rest = custval__stirling_rest(small) - stirling_rise(large, small);
    return HALF_LOG_TWO_PI - 0.5 * custval__log(large) - (small - 0.5) * custval__log1p(large / small) -
           large * custval__log1p(small / large) + rest;
}
