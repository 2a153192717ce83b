/* Quantiles of Student's t, by inverting its distribution function. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "student.h"

#include <math.h>

#include "maths.h"
#include "random.h"

#define ROOT_OF_PI 1.7724538509055160273
/* From here on the normal distribution and four corrections are more exact than powers of numbers near 1; the terms left
   out, some 1e-4 (z^2 / freedom)^5, stay below 1e-13 with so many degrees of freedom for each z^2. */
#define MANY 2000.0
#define MANY_OF_SQUARE 64.0
#define STEPS 200

/* Gamma(a + 1/2) / Gamma(a), a > 0: by its asymptotic series, after the recurrence made a large enough for it. */
static double gamma_ratio(double a) {
    double factor = 1.0;
    for (; a < 64.0; a += 1.0) factor *= a / (a + 0.5);
    const double u = 1.0 / a;
    const double series =
        1.0 +
        u * (-1.0 / 8 +
             u * (1.0 / 128 + u * (5.0 / 1024 + u * (-21.0 / 32768 + u * (-399.0 / 262144 + u * (869.0 / 4194304))))));
    return factor * sqrt(a) * series;
}

/* The continued fraction of the incomplete beta function, for x below its mean, by Lentz's method. */
static double beta_fraction(double a, double b, double x) {
    double c = 1.0, d = 1.0 / (1.0 - (a + b) * x / (a + 1.0)), fraction = d;
    for (int m = 1; m <= STEPS; m++) {
        const double even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / (1.0 + even * d);
        c = 1.0 + even / c;
        fraction *= d * c;
        const double odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / (1.0 + odd * d);
        c = 1.0 + odd / c;
        fraction *= d * c;
        if (fabs(d * c - 1.0) < 1e-16) break;
    }
    return fraction;
}

/* The probability of a larger t, t > 0; ratio is gamma_ratio(freedom / 2). */
static double tail(double t, double freedom, double ratio) {
    const double a = freedom / 2.0, b = 0.5;
    const double x = freedom / (freedom + t * t), y = t * t / (freedom + t * t);
    const double front = custval__pow(x, a) * sqrt(y) * ratio / ROOT_OF_PI;
    if (x < (a + 1.0) / (a + b + 2.0)) return 0.5 * front * beta_fraction(a, b, x) / a;
    return 0.5 - 0.5 * front * beta_fraction(b, a, y) / b;
}

/* Cornish & Fisher's expansion; Abramowitz & Stegun 26.7.5. */
static double expand(double z, double freedom) {
    const double w = z * z, u = 1.0 / freedom;
    const double one = (w + 1.0) / 4.0, two = ((5.0 * w + 16.0) * w + 3.0) / 96.0;
    const double three = (((3.0 * w + 19.0) * w + 17.0) * w - 15.0) / 384.0;
    const double four = ((((79.0 * w + 776.0) * w + 1482.0) * w - 1920.0) * w - 945.0) / 92160.0;
    return z * (1.0 + u * (one + u * (two + u * (three + u * four))));
}

/* Newton's method within what is known to enclose the root. */
static double invert(double q, double start, double freedom) {
    const double ratio = gamma_ratio(freedom / 2.0);
    double low = 0.0, high = (double)INFINITY, t = start;
    for (int step = 0; step < STEPS; step++) {
        const double above = tail(t, freedom, ratio) - q;
        const double x = freedom / (freedom + t * t);
        const double density = ratio / (ROOT_OF_PI * sqrt(freedom)) * custval__pow(x, (freedom + 1.0) / 2.0);
        if (above > 0.0) {
            low = t;
        } else {
            high = t;
        }
        double next = t + above / density;
        if (!(next > low && next < high)) next = isinf(high) ? 2.0 * t : (low + high) / 2.0;
        if (fabs(next - t) <= 2e-16 * next) return next;
        t = next;
    }
    return t;
}

double custval__student_quantile(double p, double freedom) {
    if (!(p > 0.0 && p < 1.0 && freedom >= 1.0)) return (double)NAN;
    if (p == 0.5) return 0.0;
    const double q = p < 0.5 ? p : 1.0 - p, z = -custval__normal_quantile(q), sign = p < 0.5 ? -1.0 : 1.0;
    if (freedom >= MANY && freedom >= MANY_OF_SQUARE * z * z) return sign * expand(z, freedom);
    return sign * invert(q, z, freedom);
}

double custval__student_half_width(double level, double freedom) {
    return -custval__student_quantile((1.0 - level) / 2.0, freedom);
}
