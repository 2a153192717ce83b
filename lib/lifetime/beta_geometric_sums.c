/* Expectations over the posterior of a customer who is alive: by the series of the kernels where it is short, else by
   integration over p. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "beta_geometric_sums.h"

#include <math.h>

#include "../base/maths.h"
#include "../base/special.h"

/* The series needs as many terms as the negative binomial has likely values; with more than these, integration is
   faster. */
#define MOST_TERMS 2000.0
#define MOST_EXPONENT 600.0

static int is_short(double s, double z) {
    const double mean = s * z;
    if (mean + 9.0 * sqrt(mean * (1.0 + z)) + 45.0 * (1.0 + z) > MOST_TERMS) return 0;
    return mean < MOST_EXPONENT || s * custval__log1p(z) < MOST_EXPONENT;
}

/* ---- Functions of p ---------------------------------------------------------------------------------------------- */

/* E(N) given p: (1 - (1 + p z)^-s) / p. */
static double mean_given(double s, double z, double p) {
    if (p < 1e-290) return s * z;
    return -custval__expm1(-s * custval__log1p(p * z)) / p;
}

/* P(M >= 2) / p^2 of a negative binomial M, 1 - (1 + p z)^-s (1 + s y) with y = p z / (1 + p z). */
static double pair_given(double s, double z, double p) {
    const double y_by_p = z / (1.0 + p * z), y = p * y_by_p, none = s * custval__log1p(p * z);
    if (y * (s + 2.0) >= 0.75) return -(custval__expm1(-none) + s * y * custval__exp(-none)) / p / p;
    /* The probabilities of 2, 3, ...: each at most a quarter of the one before. */
    double term = s * y_by_p * ((s + 1.0) * y_by_p / 2.0), total = 0;
    for (int m = 2; term > 0x1p-54 * total; m++) {
        total += term;
        term *= y * ((s + m) / (m + 1.0));
    }
    return custval__exp(-none) * total;
}

/* e^x E_n(x), E_n(x) the integral over t > 1 of e^(-x t) t^-n, by its continued fraction (Lentz). */
static double integral_by_fraction(double n, double x) {
    double b = x + n, c = HUGE_VAL, d = 1.0 / b, value = d;
    for (int k = 1; k < 1000; k++) {
        const double numerator = -(double)k * (n + (k - 1));
        b += 2.0;
        d = 1.0 / (numerator * d + b);
        c = b + numerator / c;
        const double factor = c * d;
        value *= factor;
        if (fabs(factor - 1.0) < 0x1p-52) break;
    }
    return value;
}

#define EULER 0.57721566490153286

/* The same for x <= 1 and n = 1 + s: by its series for an n within 1/2 of 1, where the pole of the series' two halves at
   n = 1 is taken out; from there upwards, E_(n+1) = (e^-x - x E_n) / n. */
static double integral_by_series(double s, double x) {
    const double steps = floor(s + 0.5), rest = s - steps;
    /* (ln Gamma(1 - rest)) / rest */
    const double log_gamma = rest > 0.0   ? -custval__log_rising(1.0 - rest, rest) / rest
                             : rest < 0.0 ? custval__log_rising(1.0, -rest) / rest
                                          : EULER;
    const double slope = log_gamma + custval__log(x), u = rest * slope;
    double value = -slope * (u == 0.0 ? 1.0 : custval__expm1(u) / u);
    double power = 1.0;
    for (int k = 1; k < 30; k++) {
        power *= -x / k;
        value -= power / (k - rest);
    }
    value *= custval__exp(x);
    for (double n = 1.0 + rest; n < 0.75 + s; n += 1.0) value = (1.0 - x * value) / n;
    return value;
}

/* E(rate / (delta + p rate)) given p, w = delta (alpha + T): s / p e^x E_(s+1)(x) with x = w / p. */
static double residual_given(double s, double w, double p) {
    const double x = w / p;
    if (x > 1e200) return s / w;
    return s / p * (x <= 1.0 && s < 30.0 ? integral_by_series(s, x) : integral_by_fraction(s + 1.0, x));
}

/* ---- Over p ------------------------------------------------------------------------------------------------------ */

static double given(int sum, double s, double z, double p, double q) {
    switch (sum) {
    case CUSTVAL__SUM_ALIVE: return custval__exp(-s * custval__log1p(p * z));
    case CUSTVAL__SUM_MEAN: return mean_given(s, z, p);
    default: return 2.0 * q * pair_given(s, z, p);
    }
}

static void by_rule(int sum, const custval__posterior *of, const double *z, size_t count, double most, double *out) {
    custval__beta_rule rule;
    if (sum == CUSTVAL__SUM_ALIVE) {
        custval__beta_rule_make(of->a, of->c, 1.0 / most, of->s, &rule);
    } else {
        custval__beta_rule_make(of->a, of->c, 1.0 / (of->s * most), sum == CUSTVAL__SUM_MEAN ? 1.0 : 2.0, &rule);
    }
    for (size_t k = 0; k < count; k++) {
        out[k] = 0;
        for (size_t i = 0; i < rule.count; i++) {
            out[k] += rule.weight[i] * given(sum, of->s, z[k], rule.p[i], rule.q[i]);
        }
    }
}

/* Far below a, c would lose its digits in the a + c that 2F1 takes. */
#define LEAST_SHARE 1e-3

void custval__series_begin(custval__series *series, int sum) {
    series->kernels = custval__beta_geometric_kernels_best();
    series->sum = sum;
    for (size_t i = 0; i < CUSTVAL__SERIES_KEPT; i++) series->terms[i].s = 0.0; /* nobody's */
}

/* s is r + x: customers of up to CUSTVAL__SERIES_KEPT neighbouring x do not displace each other. */
static custval__beta_geometric_terms *terms_of(custval__series *series, const custval__posterior *of) {
    custval__beta_geometric_terms *const terms = &series->terms[(size_t)of->s % CUSTVAL__SERIES_KEPT];
    if (terms->s != of->s || terms->a != of->a || terms->c != of->c) {
        custval__beta_geometric_terms_begin(terms, of->s, of->a, of->c, 1.0);
    }
    return terms;
}

custval__beta_geometric_times custval__series_times(const double *t, size_t count) {
    custval__beta_geometric_times out = {.count = count};
    for (size_t k = 0; k < count; k++) {
        out.t[k] = t[k];
        if (t[k] > out.t[out.latest]) out.latest = k;
    }
    return out;
}

/* Where no series is short. */
static void sums_of_long(int sum, const custval__posterior *of, const custval__beta_geometric_times *times,
                         double *out) {
    double z[CUSTVAL__BETA_GEOMETRIC_TIMES];
    for (size_t k = 0; k < times->count; k++) z[k] = times->t[k] / of->total;
    if (sum == CUSTVAL__SUM_ALIVE && of->c > LEAST_SHARE * of->a) {
        for (size_t k = 0; k < times->count; k++) {
            out[k] = custval__exp(custval__log_hyp2f1(of->s, of->a, of->a + of->c, -z[k]));
        }
    } else {
        by_rule(sum, of, z, times->count, z[times->latest], out);
    }
}

void custval__series_sums(custval__series *series, const custval__posterior *of,
                          const custval__beta_geometric_times *times, double *out) {
    const int sum = series->sum;
    const double most = times->t[times->latest] / of->total;
    if (most == 0.0) {
        for (size_t k = 0; k < times->count; k++) out[k] = sum == CUSTVAL__SUM_ALIVE ? 1.0 : 0.0;
    } else if (!is_short(of->s, most)) {
        sums_of_long(sum, of, times, out);
    } else if (of->s <= CUSTVAL__BETA_GEOMETRIC_SHARED) {
        series->kernels->series_by(sum, terms_of(series, of), times, of->total, out);
    } else {
        double z[CUSTVAL__BETA_GEOMETRIC_TIMES];
        for (size_t k = 0; k < CUSTVAL__BETA_GEOMETRIC_TIMES; k++) z[k] = times->t[k] / of->total;
        series->kernels->series(sum, of->s, of->a, of->c, z, times->count, out);
    }
}

void custval__beta_geometric_residual_rule(const custval__posterior *of, double delta, custval__beta_rule *out) {
    custval__beta_rule_make(of->a, of->c, delta * of->total / of->s, 1.0, out);
}

double custval__beta_geometric_residual_alive(const custval__posterior *of, double delta,
                                              const custval__beta_rule *rule) {
    const double w = delta * of->total;
    double total = 0;
    for (size_t i = 0; i < rule->count; i++) total += rule->weight[i] * residual_given(of->s, w, rule->p[i]);
    return total;
}
