/* Integrals over a beta distribution, by the trapezoidal rule over the logit of p. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "beta_rule.h"

#include <math.h>

#include "../base/maths.h"
#include "../base/special.h"

/*
 * With d = logit p - logit of a reference point, the density is p^a q^c dd: analytic for |Im d| < pi, so that the trapezoidal rule
 * converges like e^(-pi^2 / step) and better if the density is no narrower than that. A small a or c lets the tails reach as far as 40 / a;
 * beyond `low` and `high`, where nothing but these exponential tails is left, d is stretched exponentially:
 *
 *     d(v) = v - e^(low - v) + e^(v - high)
 *
 * The reference point is the mode of p^a q^c / (k + p)^m. Only what is within e^-38 of the mode of this or of p^a q^c counts.
 */
#define STEP 0.22
#define STEPS_PER_DEVIATION 0.5
#define NEGLIGIBLE (-38.0)

typedef struct shape {
    double a, c, k, m;
    double p, q;      /* the reference point */
    double low, high; /* of d */
    double beta_mode; /* d of the mode of p^a q^c */
    double beta_most; /* its logarithm there, that of the reference point being 0 */
} shape;

/* ln(1 - near + near e^d), and the logarithm of e^d divided by this. */
static void logs_from(double near, double d, double *log_sum, double *log_near) {
    if (d > 700.0) { /* e^d overflows; 1 is nothing beside it */
        *log_sum = d + custval__log(near);
        *log_near = -custval__log(near);
    } else {
        *log_sum = custval__log1p(near * custval__expm1(d));
        *log_near = d - *log_sum;
    }
}

/* ln p and ln q relative to those of the reference point, d away from it: first that of the larger one of them there, which may have
   the larger exponent. */
static void relative_logs(const shape *of, double d, double *log_p, double *log_q) {
    double log_sum = 0;
    if (of->p < of->q) {
        logs_from(of->p, d, &log_sum, log_p);
        *log_q = -log_sum;
    } else {
        logs_from(of->q, -d, &log_sum, log_q);
        *log_p = -log_sum;
    }
}

static double place_of(const shape *of, double v) {
    return v - custval__exp(of->low - v) + custval__exp(v - of->high);
}

static double stretch_of(const shape *of, double v) {
    return 1.0 + custval__exp(of->low - v) + custval__exp(v - of->high);
}

static double beta_log(const shape *of, double d) {
    double log_p = 0, log_q = 0;
    relative_logs(of, d, &log_p, &log_q);
    return of->a * log_p + of->c * log_q;
}

/* How much there is at v, on the scale of the larger of both densities' modes, as a logarithm. */
static double log_share(const shape *of, double v) {
    double log_p = 0, log_q = 0;
    const double d = place_of(of, v);
    relative_logs(of, d, &log_p, &log_q);
    const double beta = of->a * log_p + of->c * log_q;
    const double p = of->p * custval__exp(log_p);
    const double both = beta - of->m * custval__log((of->k + p) / (of->k + of->p));
    const double alone = beta - of->beta_most;
    return (both > alone ? both : alone) + custval__log(stretch_of(of, v));
}

/* v with d(v) near `d`: d rises steadily, and its slope is at least 1. */
static double inverse_place(const shape *of, double d) {
    double v = d;
    if (v < of->low) v = of->low - custval__log1p(of->low - v);
    if (v > of->high) v = of->high + custval__log1p(v - of->high);
    for (int i = 0; i < 3; i++) v -= (place_of(of, v) - d) / stretch_of(of, v);
    return v;
}

/* From v in steps of a growing size until nothing counts any more, then back to where it begins not to. */
static double end_of(const shape *of, double v, double step) {
    double inside = v, outside = v + step;
    while (log_share(of, outside) > NEGLIGIBLE) {
        inside = outside;
        step *= 2.0;
        outside += step;
    }
    for (int i = 0; i < 4; i++) {
        const double middle = inside + (outside - inside) / 2.0;
        if (log_share(of, middle) > NEGLIGIBLE) {
            inside = middle;
        } else {
            outside = middle;
        }
    }
    return outside;
}

/* The mode's odds solve c (k + 1) o^2 - (a (k + 1) - c k - m) o - a k = 0, which has one positive root. */
static double mode_odds(double a, double c, double k, double m) {
    const double square = c * (k + 1.0), linear = a * (k + 1.0) - c * k - m;
    const double root = sqrt(linear * linear + 4.0 * square * a * k);
    return linear > 0.0 ? (linear + root) / (2.0 * square) : 2.0 * a * k / (root - linear);
}

static shape shape_of(double a, double c, double k, double m) {
    const double odds = mode_odds(a, c, k, m), logit = custval__log(odds);
    const double falls = (m > 1.0 ? m : 1.0) / k, scale = c > falls ? c : falls;
    shape of = {.a = a, .c = c, .k = k, .m = m};
    of.p = odds / (1.0 + odds);
    of.q = 1.0 / (1.0 + odds);
    of.low = -custval__log1p(scale) - 3.0 - logit;
    of.high = custval__log1p(a) + 3.0 - logit;
    of.beta_mode = custval__log(a / c) - logit;
    of.beta_most = beta_log(&of, of.beta_mode);
    return of;
}

void custval__beta_rule_make(double a, double c, double k, double m, custval__beta_rule *out) {
    const shape of = shape_of(a, c, k, m);
    const double deviation = sqrt(1.0 / ((a + c + m / (k + of.p)) * of.p * of.q));
    double step = deviation * STEPS_PER_DEVIATION < STEP ? deviation * STEPS_PER_DEVIATION : STEP;
    const double first = end_of(&of, inverse_place(&of, of.beta_mode < 0.0 ? of.beta_mode : 0.0), -4.0 * step);
    const double last = end_of(&of, inverse_place(&of, of.beta_mode > 0.0 ? of.beta_mode : 0.0), 4.0 * step);
    const double least = (last - first) / (CUSTVAL__BETA_RULE_NODES - 1);
    step = step > least ? step : least;
    double total = 0;
    out->count = 0;
    for (size_t i = 0; i < CUSTVAL__BETA_RULE_NODES; i++) {
        const double v = first + (double)i * step;
        if (v > last) break;
        double log_p = 0, log_q = 0;
        relative_logs(&of, place_of(&of, v), &log_p, &log_q);
        const double weight = stretch_of(&of, v) * custval__exp(a * log_p + c * log_q - of.beta_most);
        out->p[i] = of.p * custval__exp(log_p);
        out->q[i] = of.q * custval__exp(log_q);
        out->weight[i] = weight;
        total += weight;
        out->count++;
    }
    for (size_t i = 0; i < out->count; i++) out->weight[i] /= total;
}
