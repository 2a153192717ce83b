/* The regularised incomplete beta and gamma functions, and the distributions that are made of them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "gamma.h"
#include "maths.h"
#include "special.h"

/*
 * Each is a factor in front, computed without cancellation however large the parameters, times a continued fraction or a series that
 * converges on its side of the mean. On the other side it is 1 minus the complement; where the complement can be close to 1 there
 * (a first parameter below 1), its logarithm is formed with all digits and -expm1 of it taken.
 */
#define TWO_PI 6.283185307179586477
#define STEPS 10000000 /* never reached: about the root of the largest parameter is needed */

/* e - ln(1 + e), with 1 + e given as well. */
static double deviance(double e, double one_and_e) {
    if (!(fabs(e) < 0.5)) {
        return e - custval__log(one_and_e);
    }
    /* ln(1 + e) = 2 atanh s, and e - 2 s = e s. */
    const double s = e / (2.0 + e), w = s * s;
    double sum = 0;
    for (int k = 33; k >= 3; k -= 2) {
        sum = 1.0 / k + w * sum;
    }
    return s * (e - 2.0 * w * sum);
}

static double log_of_share(double x, double y) {
    return x < 0.5 ? custval__log(x) : custval__log1p(-y);
}

double custval__log_beta_front(double a, double b, double x, double y) {
    if (a < CUSTVAL__STIRLING_FROM || b < CUSTVAL__STIRLING_FROM) {
        return a * log_of_share(x, y) + b * log_of_share(y, x) - custval__log_beta(a, b);
    }
    const double beyond = b * x - a * y; /* (a + b) (x - a / (a + b)) */
    const double both = a + b;
    const double rest = custval__stirling_rest(a) + custval__stirling_rest(b) - custval__stirling_rest(both);
    return 0.5 * custval__log(a / both * b / TWO_PI) - rest - a * deviance(beyond / a, x / a * both) -
           b * deviance(-beyond / b, y / b * both);
}

/* The continued fraction of I_x(a, b) a / front, for x below its mean, by Lentz's method. */
static double beta_fraction(double a, double b, double x) {
    double c = 1.0, d = 1.0 / (1.0 - (a + b) * x / (a + 1.0)), fraction = d;
    for (int m = 1; m <= STEPS; m++) {
        const double even = m * (b - m) / (a + 2.0 * m - 1.0) * x / (a + 2.0 * m);
        d = 1.0 / (1.0 + even * d);
        c = 1.0 + even / c;
        fraction *= d * c;
        const double odd = -(a + m) / (a + 2.0 * m) * (a + b + m) * x / (a + 2.0 * m + 1.0);
        d = 1.0 / (1.0 + odd * d);
        c = 1.0 + odd / c;
        fraction *= d * c;
        if (fabs(d * c - 1.0) < 0x1p-51) {
            break;
        }
    }
    return fraction;
}

/* ln I_x(a, b) for a <= 1 and x below the mean or so, as exact as ln's distance from 0: by the power series. */
static double log_beta_series(double a, double b, double x) {
    double sum = 0, power = 1.0;
    for (int n = 1; n <= STEPS; n++) {
        power *= (n - b) / n * x;
        const double term = power / (a + n);
        sum += term;
        if (fabs(term) <= 0x1p-56 * fabs(sum)) {
            break;
        }
    }
    return a * custval__log(x) - (custval__log_rising(1.0, a) - custval__log_rising(b, a)) + custval__log1p(a * sum);
}

/* Below the mean, where the fraction converges. */
static double log_beta_low(double a, double b, double x, double y) {
    if (a <= 1.0) {
        return log_beta_series(a, b, x);
    }
    return custval__log_beta_front(a, b, x, y) + custval__log(beta_fraction(a, b, x) / a);
}

double custval__log_beta_share(double a, double b, double x, double y) {
    if (!(x > 0.0) || !(y > 0.0)) {
        return x <= 0.0 ? -HUGE_VAL : y <= 0.0 ? 0.0 : (double)NAN;
    }
    if (x <= (a + 1.0) / (a + b + 2.0)) {
        return log_beta_low(a, b, x, y);
    }
    return custval__log_subtract(0.0, log_beta_low(b, a, y, x));
}

double custval__beta_share(double a, double b, double x, double y) {
    if (!(x > 0.0) || !(y > 0.0)) {
        return x <= 0.0 ? 0.0 : y <= 0.0 ? 1.0 : (double)NAN;
    }
    if (x <= (a + 1.0) / (a + b + 2.0)) {
        return custval__exp(log_beta_low(a, b, x, y));
    }
    return -custval__expm1(log_beta_low(b, a, y, x));
}

/* ln(x^a e^-x / Gamma(a)). */
static double log_gamma_front(double a, double x) {
    if (a < CUSTVAL__STIRLING_FROM) {
        return a * custval__log(x) - x - custval__log_gamma(a);
    }
    return 0.5 * custval__log(a / TWO_PI) - custval__stirling_rest(a) - a * deviance((x - a) / a, x / a);
}

/* ln P(a, x) for x < a + 1 by the power series: all terms positive for a > 1, else ln P as exact as its distance from 0. */
static double log_gamma_low(double a, double x) {
    double sum = 0, term = 1.0;
    if (a > 1.0) {
        for (double n = 1.0; term > 0x1p-56 * sum && n < STEPS; n += 1.0) {
            term *= x / (a + n);
            sum += term;
        }
        return log_gamma_front(a, x) + custval__log((1.0 + sum) / a);
    }
    for (double n = 1.0; fabs(term) > 0x1p-60; n += 1.0) {
        term *= -x / n;
        sum += term / (a + n);
    }
    return a * custval__log(x) - custval__log_rising(1.0, a) + custval__log1p(a * sum);
}

/* ln Q(a, x) for x >= a + 1 by Legendre's continued fraction. */
static double log_gamma_high(double a, double x) {
    double b = x + 1.0 - a, c = HUGE_VAL, d = 1.0 / b, fraction = d;
    for (double n = 1.0; n < STEPS; n += 1.0) {
        const double step = n * (a - n);
        b += 2.0;
        d = 1.0 / (b + step * d);
        c = b + step / c;
        fraction *= d * c;
        if (fabs(d * c - 1.0) < 0x1p-51) {
            break;
        }
    }
    return log_gamma_front(a, x) + custval__log(fraction);
}

double custval__gamma_share(double a, double x) {
    if (x <= 0.0 || x == HUGE_VAL) {
        return x <= 0.0 ? 0.0 : 1.0;
    }
    return x < a + 1.0 ? custval__exp(log_gamma_low(a, x)) : -custval__expm1(log_gamma_high(a, x));
}

double custval__gamma_rest(double a, double x) {
    if (x <= 0.0 || x == HUGE_VAL) {
        return x <= 0.0 ? 1.0 : 0.0;
    }
    return x < a + 1.0 ? -custval__expm1(log_gamma_low(a, x)) : custval__exp(log_gamma_high(a, x));
}

double custval__chi_square_rest(double freedom, double x) {
    return custval__gamma_rest(freedom / 2.0, x / 2.0);
}

double custval__normal_share(double z) {
    const double half = z * z / 2.0;
    return z < 0.0 ? 0.5 * custval__gamma_rest(0.5, half) : 0.5 + 0.5 * custval__gamma_share(0.5, half);
}
