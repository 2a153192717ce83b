/* From a probability to a multiple of the margin, with its derivative. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include <custval/formulas.h>

#include "impact.h"

/* 1 + q + ... + q^(n - 1), n >= 1, and its derivative by q, by doubling n: with q >= 0 nothing cancels, also at 1. */
static double series(double q, uint32_t n, double *out_slope) {
    double sum = 1.0, slope = 0.0, power = q, power_slope = 1.0;
    uint32_t bit = 1;
    while (bit <= n / 2) bit *= 2;
    for (bit /= 2; bit > 0; bit /= 2) {
        slope = slope * (1.0 + power) + sum * power_slope;
        sum *= 1.0 + power;
        power_slope *= 2.0 * power;
        power *= power;
        if (!(n & bit)) continue;
        slope = sum + q * slope;
        sum = 1.0 + q * sum;
        power_slope = power_slope * q + power;
        power *= q;
    }
    *out_slope = slope;
    return sum;
}

/* As of a margin that comes at once. */
static double from_now(const custval__impact_multiple *of, double p, double *out_slope) {
    const double up = 1.0 + of->rate;
    if (of->periods > 0) {
        const double sum = series(p * of->factor, of->periods, out_slope);
        *out_slope *= of->factor;
        return sum;
    }
    const double gap = (1.0 - p * (1.0 + of->growth)) + of->rate; /* a small rate is not lost beside 1 */
    *out_slope = gap > 0.0 ? up * (1.0 + of->growth) / gap / gap : (double)NAN;
    return gap > 0.0 ? up / gap : (double)NAN;
}

/* Of a margin that comes when it does. */
static double multiple(const custval__impact_multiple *of, double p, double *out_slope) {
    double slope;
    const double sum = from_now(of, p, &slope), up = 1.0 + of->rate;
    *out_slope = of->is_next ? (sum + p * slope) / up : slope;
    return of->is_next ? p * sum / up : sum;
}

void custval__impact_worths(const custval__impact_multiple *of, const double *p, const double *margin, size_t count,
                            double *out, double *out_slope) {
    for (size_t i = 0; i < count; i++) {
        double slope = of->annuity;
        const double times = of->is_choice ? p[i] * of->annuity : multiple(of, p[i], &slope);
        out[i] = margin[i] * times;
        out_slope[i] = margin[i] * slope;
    }
}

custval__impact_multiple custval__impact_multiple_of(const custval_impact *impact) {
    const custval__impact_money *const money = &impact->money;
    custval__impact_multiple out = {.is_next = money->first == CUSTVAL_FIRST_NEXT,
                                    .periods = money->periods,
                                    .factor = (1.0 + money->growth) / (1.0 + money->rate),
                                    .rate = money->rate,
                                    .growth = money->growth};
    double slope;
    if (impact->use == CUSTVAL_IMPACT_CHOICE) {
        out.annuity = from_now(&out, 1.0, &slope);
        if (out.is_next) out.annuity /= 1.0 + money->rate;
        out.is_choice = 1;
    }
    return out;
}
