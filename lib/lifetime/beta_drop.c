/* How far the logarithm of a beta function falls as an argument grows. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "beta_drop.h"

#include <stddef.h>

#include "../base/special.h"

/*
 * The drop is g(b) - g(b + a) - g(b + n) + g(b + a + n), a difference of differences of g = ln Gamma, of which nothing
 * would be left where a or n is small beside b. But Gamma(z) = Gamma(z + 1) / z turns it into the logarithm of a
 * product of factors 1 + a n / (b (b + a + n)), b + 1, b + 2 ... in place of b, and once b is large Stirling's series
 * gives the rest, in which the differences of differences can be formed of positive terms only.
 */
#define STIRLING_FROM 16.0
#define SHORT_FROM 256.0 /* and few terms will do */

/* f at b, b + a, b + n and b + a + n, of an f that falls, and so do its differences: those along a and along n, and
   theirs. */
typedef struct square {
    double at[4];
    double along_a[2]; /* at b, at b + n */
    double along_n[2]; /* at b, at b + a */
    double both;
} square;

/* The product of two: only sums of what is >= 0. */
static square times(const square *f, const square *g) {
    square out;
    for (size_t i = 0; i < 4; i++) out.at[i] = f->at[i] * g->at[i];
    out.along_a[0] = f->along_a[0] * g->at[0] + f->at[1] * g->along_a[0];
    out.along_a[1] = f->along_a[1] * g->at[2] + f->at[3] * g->along_a[1];
    out.along_n[0] = f->along_n[0] * g->at[0] + f->at[2] * g->along_n[0];
    out.along_n[1] = f->along_n[1] * g->at[1] + f->at[3] * g->along_n[1];
    out.both = f->both * g->at[0] + f->along_a[1] * g->along_n[0] + f->along_n[1] * g->along_a[0] + f->at[3] * g->both;
    return out;
}

static square reciprocal(double a, double b, double n) {
    square out = {{1.0 / b, 1.0 / (b + a), 1.0 / (b + n), 1.0 / (b + a + n)}, {0, 0}, {0, 0}, 0};
    const double *q = out.at;
    out.along_a[0] = a * q[1] * q[0];
    out.along_a[1] = a * q[3] * q[2];
    out.along_n[0] = n * q[2] * q[0];
    out.along_n[1] = n * q[3] * q[1];
    out.both = (a * q[1]) * (n * q[2]) * ((b + (b + a + n)) * q[3]) * q[0];
    return out;
}

/* What Stirling's series adds for b >= STIRLING_FROM, where a term left out is below 1e-16 of the whole. */
static double series(double a, double b, double n, double *by_b) {
    /* B(2k) / (2k (2k - 1)) with z^(1 - 2k) in ln Gamma, B(2k) / (2k) with z^(-2k) in digamma. */
    static const double of_value[] = {1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360360};
    static const double of_slope[] = {1.0 / 12, -1.0 / 120, 1.0 / 252, -1.0 / 240, 1.0 / 132, -691.0 / 32760};
    const square first = reciprocal(a, b, n), second = times(&first, &first);
    const size_t count = b < SHORT_FROM ? 6 : 3;
    square odd = first, even = second;
    double value = of_value[0] * odd.both, slope = 0.5 * first.both + of_slope[0] * even.both;
    for (size_t k = 1; k < count; k++) {
        odd = times(&odd, &second);
        value += of_value[k] * odd.both;
        if (by_b == NULL) continue;
        even = times(&even, &second);
        slope += of_slope[k] * even.both;
    }
    if (by_b != NULL) *by_b -= slope;
    return value;
}

double custval__beta_drop(double a, double b, double n, double *by_b) {
    double drop = 0.0, product = 0.0; /* the factors so far are e^drop (1 + product) */
    if (by_b != NULL) *by_b = 0.0;
    if (a == 0.0 || n == 0.0) return 0.0;
    for (; b < STIRLING_FROM; b += 1.0) {
        const double more = (a / b) * (n / (b + a + n));
        if (by_b != NULL) *by_b -= more / (b + a) * (1.0 + (a + b) / (b + n));
        product += more + product * more;
        if (product > 1e100) {
            drop += custval__log1p(product);
            product = 0.0;
        }
    }
    drop += custval__log1p(product);
    const double fall = custval__log1p((a / b) * (n / (b + a + n)));
    if (by_b != NULL) *by_b -= fall;
    drop += a * custval__log1p(n / (b + a)) + n * custval__log1p(a / (b + n)) - (b - 0.5) * fall;
    return drop + series(a, b, n, by_b);
}
