/* The future of those who may leave at the beginning of each period. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "renewals.h"

#include <float.h>
#include <math.h>

#include "../base/maths.h"
#include "../base/special.h"
#include "beta_drop.h"

/* Powers are kept below these, so that all stays finite where a fit tries an absurd c. Beyond MOST_POWER, and far beyond
   alpha and beta, S is a power of T^c. */
#define MOST_POWER 0x1p900
#define MOST_LOG (900 * 0.69314718055994531)
#define MOST_RISE 0x1p950

custval__renewals custval__renewals_of(double alpha, double beta, double c, double T) {
    return (custval__renewals){alpha, beta, c, T, fmin(custval__pow(T, c), MOST_POWER)};
}

double custval__renewals_rise(const custval__renewals *r, double k) {
    if (r->c == 1.0) return k;
    if (r->T == 0.0) return fmin(custval__pow(k, r->c), MOST_RISE);
    return fmin(r->power * custval__expm1(r->c * custval__log1p(k / r->T)), MOST_RISE);
}

/* ln(z^c) less that of the power it is kept to; 0 where it is not too large. */
static double log_excess(const custval__renewals *r, double z) {
    if (r->c == 1.0 || !(z > 1.0)) return 0.0;
    const double excess = r->c * custval__log(z) - MOST_LOG;
    return excess > 0.0 ? excess : 0.0;
}

double custval__renewals_log_survival(const custval__renewals *r, double k) {
    const double now = log_excess(r, r->T);
    if (now > 0.0) return -r->alpha * r->c * custval__log1p(k / r->T);
    const double later = log_excess(r, r->T + k),
                 rise = later > 0.0 ? MOST_POWER - r->power : custval__renewals_rise(r, k);
    return 0.0 - custval__beta_drop(r->alpha, r->beta + r->power, rise, NULL) - r->alpha * later;
}

double custval__whole_periods(double time) {
    return time < CUSTVAL__MOST_PERIODS ? floor(time) : CUSTVAL__MOST_PERIODS;
}

/* ---- Sums -------------------------------------------------------------------------------------------------------- */

/*
 * Terms are added one by one until they change slowly: by less than a part in 32 from one to the next. The rest is an
 * integral with Gregory's corrections at its ends, by Gauss and Legendre over pieces so short, beside the distance of
 * the nearest pole of S (at an angle of pi / c from the axis, where z^c is about alpha + beta in size) and the rate at
 * which terms fall, that 16 nodes leave an error below 1e-15. Either ends early where what is left no longer counts.
 */
#define FEW_TERMS 64.0
#define SLOW_FROM 64.0
#define SLOW_RATE (1.0 / 32)
#define NODES 16
#define NEGLIGIBLE 0x1p-54
#define SMALL 0x1p-20 /* a term that is larger, beside the sum, is not the last one that counts */

/* The terms S(T + k) / S(T) e^(-delta k) (first + step (k - from - 1)); delta is 0 if step is not. */
typedef struct terms {
    const custval__renewals *of;
    double from, to, delta, first, step;
} terms;

static double weight_of(const terms *in, double k) {
    return in->first + in->step * (k - in->from - 1.0);
}

static double present_at(const terms *in, double k) {
    return custval__exp(custval__renewals_log_survival(in->of, k) - in->delta * k);
}

static double term(const terms *in, double k) {
    return weight_of(in, k) * present_at(in, k);
}

/* e = -d ln S(z) / d ln z at z = T + k, and a bound below it, which rises with z: digamma(b + alpha) - digamma(b) >=
   alpha / (b + alpha). */
static double steepness(const custval__renewals *r, double k) {
    const double power = r->power + custval__renewals_rise(r, k);
    if (power >= MOST_POWER) return r->c * r->alpha;
    return r->c * power * custval__digamma_rise(r->beta + power, r->alpha);
}

static double least_steepness(const custval__renewals *r, double k) {
    const double power = r->power + custval__renewals_rise(r, k);
    return r->c * r->alpha * (power / (r->beta + power + r->alpha));
}

/* The terms after k, `present` being that at k without its weight, are at most the integral of e^(-delta u), and of the
   power -e of z: z / (e - 1), and of u times it z^2 / ((e - 1) (e - 2)), to which its maximum is added. */
static int rest_is_negligible(const terms *in, double k, double present, double sum) {
    if (present == 0.0) return 1;
    const double z = in->of->T + k, e = least_steepness(in->of, k), by_power = e > 1.0 ? z / (e - 1.0) : HUGE_VAL;
    double rest = weight_of(in, k) * fmin(1.0 / in->delta, by_power);
    if (in->step > 0.0) rest += e > 2.0 ? in->step * by_power * (1.0 + z / (e - 2.0)) : HUGE_VAL;
    return 2.0 * present * rest <= NEGLIGIBLE * sum + DBL_MIN;
}

/* Whether the poles of S lie within half of z around 0: (z / 2)^c is beyond alpha + beta. */
static int is_beyond_poles(const custval__renewals *r, double z) {
    return r->c > 1.0 && r->c * custval__log(0.5 * z) > custval__log1p(r->alpha + r->beta) + 3.0;
}

static int is_slow(const terms *in, double k) {
    const double z = in->of->T + k;
    if (z < SLOW_FROM || in->delta > SLOW_RATE) return 0;
    if (in->of->c > SLOW_RATE * z && !is_beyond_poles(in->of, z)) return 0;
    return in->delta + steepness(in->of, k) / z <= SLOW_RATE;
}

/* What Gregory's formula adds at the end `k` of an integral, with the terms there and `step` (1 or -1) inwards. */
static double end_correction(const terms *in, double k, double step) {
    static const double coefficients[] = {1.0 / 2,          1.0 / 12,
                                          1.0 / 24,         19.0 / 720,
                                          3.0 / 160,        863.0 / 60480,
                                          275.0 / 24192,    33953.0 / 3628800,
                                          8183.0 / 1036800, 3250433.0 / 479001600,
                                          4671.0 / 788480,  13695779093.0 / 2615348736000};
    enum { COUNT = sizeof coefficients / sizeof coefficients[0] };
    double differences[COUNT], sum = 0.0;
    for (size_t i = 0; i < COUNT; i++) differences[i] = term(in, k + step * (double)i);
    for (size_t j = 0; j < COUNT; j++) {
        sum += coefficients[j] * differences[0];
        /* Each round: the value less the one further in. */
        for (size_t i = 0; i + 1 < COUNT - j; i++) differences[i] -= differences[i + 1];
    }
    return sum;
}

/* The sum over k in [start, in->to], where terms change slowly. `before` is the sum so far, which says what is
   negligible. */
static double slow_sum(const terms *in, double start, double before) {
    const custval__renewals *r = in->of;
    const custval__gauss *rule = custval__gauss_legendre(NODES);
    double sum = end_correction(in, start, 1.0);
    for (double k = start; k < in->to;) {
        const double z = r->T + k, rate = in->delta + steepness(r, k) / z;
        const double share = r->c <= 4.0 || is_beyond_poles(r, z) ? 1.0 : 4.0 / r->c;
        const double length = fmin(fmin(z * share, 8.0 / rate), in->to - k);
        double part = 0.0;
        for (size_t i = 0; i < rule->n; i++) part += rule->weights[i] * term(in, k + length * rule->nodes[i]);
        sum += length * part;
        k += length;
        if (k < in->to && rest_is_negligible(in, k, present_at(in, k), before + sum)) return sum;
    }
    return sum + end_correction(in, in->to, -1.0);
}

static double sum_of(const terms *in) {
    const custval__renewals *r = in->of;
    const double discount = custval__exp(-in->delta);
    double present = present_at(in, in->from), sum = 0.0;
    for (double k = in->from + 1.0; k <= in->to; k += 1.0) {
        if (in->to - k >= FEW_TERMS && is_slow(in, k)) return sum + slow_sum(in, k, sum);
        if (r->c == 1.0) {
            const double b = r->beta + r->T + (k - 1.0);
            present *= b / (r->alpha + b) * discount;
        } else {
            present = present_at(in, k);
        }
        const double more = weight_of(in, k) * present;
        sum += more;
        if (more <= SMALL * sum && rest_is_negligible(in, k, present, sum)) break;
    }
    return sum;
}

double custval__renewals_sum(const custval__renewals *renewals, double from, double to, double delta) {
    const terms in = {renewals, from, to, delta, 1.0, 0.0};
    return sum_of(&in);
}

double custval__renewals_weighted_sum(const custval__renewals *renewals, double from, double to, double first,
                                      double step) {
    const terms in = {renewals, from, to, 0.0, first, step};
    return sum_of(&in);
}

/* ---- Cash -------------------------------------------------------------------------------------------------------- */

custval__cash_sums custval__renewals_cash(const custval__renewals *renewals, double chance, double chance_square,
                                          const custval__cash *cash) {
    custval__cash_sums out = {0.0, 0.0, 0.0};
    double from = 0.0, earlier = 0.0; /* `earlier`: sum of the discounts of all periods up to `from` */
    for (size_t i = 0; i < cash->count; i++) {
        const double to = custval__whole_periods(cash->ends[i]), discount = cash->discounts[i];
        if (to <= from) continue;
        const double sum = custval__renewals_sum(renewals, from, to, 0.0);
        out.mean += chance * discount * sum;
        out.squares += chance * discount * discount * sum;
        /* Two purchases both happen if the later one does, and p^2 is left. */
        out.pairs +=
            2.0 * chance_square * discount * custval__renewals_weighted_sum(renewals, from, to, earlier, discount);
        earlier += discount * (to - from);
        from = to;
    }
    return out;
}
