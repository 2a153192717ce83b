/* BG/BB: purchases at opportunities that come one by one. Fader, Hardie & Shang (2010), Marketing Science
   29:1086-1108. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "../base/maths.h"
#include "../base/special.h"
#include "beta_drop.h"
#include "model.h"
#include "renewals.h"

/* At each opportunity a customer leaves with probability theta, else buys with probability p; p has the distribution
   Beta(alpha, beta), theta Beta(gamma, delta). Of a customer who is alive after n opportunities of which x were bought
   at, p has Beta(alpha + x, beta + n - x) and theta Beta(gamma, delta + n), independent: his future is that of
   renewals.h. */

#define MOST_OPPORTUNITIES \
  0x1p20 /* the likelihood walks through those since the last purchase, counts through those to come */
#define NEGLIGIBLE 0x1p-60

static const char *check(const custval__customers *customers, size_t row) {
    const double x = customers->x[row], t_x = customers->t_x[row], T = customers->T[row];
    if (!(x >= 0.0 && x == floor(x))) return "x is not a whole number >= 0";
    if (!(t_x >= 0.0 && t_x == floor(t_x))) return "t_x is not a whole number of opportunities";
    if (!(T >= 0.0 && T == floor(T))) return "T is not a whole number of opportunities";
    if (T > MOST_OPPORTUNITIES) return "T is above 1048576 opportunities";
    if (t_x > T) return "t_x is above T";
    if (x > t_x) return "x is above t_x, but there is one purchase at most at an opportunity";
    if (x == 0.0 && t_x > 0.0) return "t_x is not 0, but x is";
    return NULL;
}

/* ---- Likelihood -------------------------------------------------------------------------------------------------- */

/* What may have happened since the last purchase. All logarithms; `common` is the factor of both. */
typedef struct story {
    double common; /* history up to t_x */
    double gone;   /* left at one of the opportunities since */
    double alive;  /* did not, and did not buy */
} story;

/* Slopes by alpha, beta, gamma, delta of the members of a story. */
typedef struct story_slopes {
    double common[4], gone[4], alive[4];
} story_slopes;

/*
 * The sum over the opportunity i after t_x at which the customer left: probabilities w(i) of having been there until
 * then without buying, times gamma / (gamma + delta + t_x + i). Each w is the one before times two shares, so that the
 * sum needs no logarithm and loses nothing; it begins with its largest term. It may end early, because all that comes
 * is below w(i).
 */
static double log_gone(const double p[4], double a, double b, double t_x, double silent, double *slopes) {
    const double ab = a + b, d = p[3] + t_x, gd = p[2] + d;
    double w = 1.0, sum = 0.0, by[4] = {0.0, 0.0, 0.0, 0.0}, of_w[4] = {0.0, 0.0, 0.0, 0.0};
    for (double i = 0.0; i < silent && w > NEGLIGIBLE * p[2] * sum; i += 1.0) {
        const double leave = 1.0 / (gd + i), v = w * leave, bought = 1.0 / (ab + i);
        sum += v;
        if (slopes != NULL) {
            by[0] -= v * of_w[0];
            by[1] += v * of_w[1];
            by[2] -= v * (of_w[2] + leave);
            by[3] += v * (of_w[3] - leave);
            of_w[0] += bought;
            of_w[1] += a * bought / (b + i);
            of_w[2] += leave;
            of_w[3] += p[2] * leave / (d + i);
        }
        w *= (b + i) * bought * ((d + i) * leave);
    }
    for (size_t k = 0; slopes != NULL && k < 4; k++) slopes[k] = sum > 0.0 ? by[k] / sum : 0.0;
    if (slopes != NULL) slopes[2] += 1.0 / p[2];
    return custval__log(p[2]) + custval__log(sum);
}

static story story_of(const double p[4], const custval__customers *customers, size_t row, story_slopes *slopes) {
    const double x = customers->x[row], t_x = customers->t_x[row], silent = customers->T[row] - t_x;
    const double a = p[0] + x, b = p[1] + (t_x - x), d = p[3] + t_x;
    double *none = NULL, by_b[5];
    story out;
    out.common = -custval__beta_drop(p[1], p[0], x, slopes == NULL ? none : &by_b[0]) -
                 custval__beta_drop(a, p[1], t_x - x, slopes == NULL ? none : &by_b[1]) -
                 custval__beta_drop(p[2], p[3], t_x, slopes == NULL ? none : &by_b[2]);
    out.alive = -custval__beta_drop(a, b, silent, slopes == NULL ? none : &by_b[3]) -
                custval__beta_drop(p[2], d, silent, slopes == NULL ? none : &by_b[4]);
    out.gone = log_gone(p, a, b, t_x, silent, slopes == NULL ? none : slopes->gone);
    if (slopes == NULL) return out;
    slopes->common[0] = -by_b[0] - custval__digamma_rise(a + p[1], t_x - x);
    slopes->common[1] = -by_b[1] - custval__digamma_rise(p[0] + p[1], x);
    slopes->common[2] = -custval__digamma_rise(p[2] + p[3], t_x);
    slopes->common[3] = -by_b[2];
    slopes->alive[0] = -custval__digamma_rise(a + b, silent);
    slopes->alive[1] = -by_b[3];
    slopes->alive[2] = -custval__digamma_rise(p[2] + d, silent);
    slopes->alive[3] = -by_b[4];
    return out;
}

/* ln P(alive after opportunity T), and of the contrary. */
static double log_alive_now(const story *in) {
    return in->alive - custval__log_add(in->alive, in->gone);
}

static double log_gone_now(const story *in) {
    return in->gone - custval__log_add(in->alive, in->gone);
}

/* A sum of two probabilities may be rounded above 1. */
static double not_above_0(double logarithm) {
    return logarithm > 0.0 ? 0.0 : logarithm;
}

static void log_likelihood(const double *parameters, const custval__customers *customers, double *out,
                           double *const *slopes) {
    story_slopes own;
    for (size_t i = 0; i < customers->count; i++) {
        const story in = story_of(parameters, customers, i, slopes == NULL ? NULL : &own);
        out[i] = not_above_0(in.common + custval__log_add(in.alive, in.gone));
        if (slopes == NULL) continue;
        const double alive = custval__exp(log_alive_now(&in)), gone = custval__exp(log_gone_now(&in));
        for (size_t k = 0; k < 4; k++) {
            slopes[k][i] = parameters[k] * (own.common[k] + alive * own.alive[k] + gone * own.gone[k]);
        }
    }
}

/* ---- Starting points --------------------------------------------------------------------------------------------- */

typedef struct means {
    double x, t_x, T;
} means;

static means means_of(const custval__customers *customers, const double *counts) {
    means sum = {0.0, 0.0, 0.0};
    double all = 0.0;
    for (size_t i = 0; i < customers->count; i++) {
        all += counts[i];
        sum.x += counts[i] * customers->x[i];
        sum.t_x += counts[i] * customers->t_x[i];
        sum.T += counts[i] * customers->T[i];
    }
    return all > 0.0 ? (means){sum.x / all, sum.t_x / all, sum.T / all} : sum;
}

/* Expected purchases in n opportunities of one who buys with probability p and leaves with probability theta. */
static double mean_purchases(double p, double theta, double n) {
    return p * (1.0 - theta) * (1.0 - custval__pow(1.0 - theta, n)) / theta;
}

static size_t starts(const custval__customers *customers, const double *counts,
                     double out[CUSTVAL__MODEL_STARTS][CUSTVAL__MODEL_PARAMETERS]) {
    /* How much customers differ in buying and in leaving: alpha + beta and gamma + delta. */
    static const double sums[CUSTVAL__USUAL_STARTS][2] = {{2.0, 4.0}, {1.0, 1.0}, {10.0, 10.0}, {1.0, 20.0}};
    const means mean = means_of(customers, counts);
    /* While a customer is surely there, up to t_x, he buys at a share of the opportunities; then the mean of x says how
       soon he leaves. */
    const double p = mean.t_x > 0.0 ? fmin(fmax(mean.x / mean.t_x, 0.01), 0.95) : 0.5;
    double low = 0.001, high = 0.95;
    for (int i = 0; i < 30; i++) {
        const double middle = 0.5 * (low + high);
        if (mean_purchases(p, middle, mean.T) > mean.x) {
            low = middle;
        } else {
            high = middle;
        }
    }
    for (size_t i = 0; i < CUSTVAL__USUAL_STARTS; i++) {
        out[i][0] = p * sums[i][0];
        out[i][1] = (1.0 - p) * sums[i][0];
        out[i][2] = low * sums[i][1];
        out[i][3] = (1.0 - low) * sums[i][1];
    }
    return CUSTVAL__USUAL_STARTS;
}

/* ---- Predictions ------------------------------------------------------------------------------------------------- */

/* A customer at the end of observation. */
typedef struct outlook {
    double log_alive, log_gone; /* after the last opportunity */
    double alive;
    double a, b;                  /* of p */
    double chance, chance_square; /* means of p and p^2 */
    custval__renewals future;
} outlook;

static outlook outlook_of(const double p[4], const custval__customers *customers, size_t row) {
    const story in = story_of(p, customers, row, NULL);
    const double x = customers->x[row], T = customers->T[row];
    outlook out = {log_alive_now(&in), log_gone_now(&in), 0.0, p[0] + x, p[1] + (T - x), 0.0, 0.0, {0, 0, 0, 0, 0}};
    out.alive = custval__exp(out.log_alive);
    out.chance = out.a / (out.a + out.b);
    out.chance_square = out.chance * ((out.a + 1.0) / (out.a + out.b + 1.0));
    out.future = custval__renewals_of(p[2], p[3], 1.0, T);
    return out;
}

static void log_alive(const double *parameters, const custval__customers *customers, double *out) {
    for (size_t i = 0; i < customers->count; i++) {
        const outlook in = outlook_of(parameters, customers, i);
        out[i] = in.log_alive + custval__renewals_log_survival(&in.future, 1.0);
    }
}

static void alive_later(const double *parameters, const custval__customers *customers, const double *t, double *out) {
    for (size_t i = 0; i < customers->count; i++) {
        const outlook in = outlook_of(parameters, customers, i);
        const double periods = 1.0 + custval__whole_periods(t[i]);
        out[i] = custval__exp(in.log_alive + custval__renewals_log_survival(&in.future, periods));
    }
}

static void expected(const double *parameters, const custval__customers *customers, const double *times, size_t count,
                     double *out) {
    for (size_t i = 0; i < customers->count; i++) {
        const outlook in = outlook_of(parameters, customers, i);
        double from = 0.0, sum = 0.0;
        for (size_t k = 0; k < count; k++) {
            const double to = custval__whole_periods(times[k]);
            sum += custval__renewals_sum(&in.future, from, to, 0.0);
            out[k * customers->count + i] = in.alive * in.chance * sum;
            from = to;
        }
    }
}

static void expected_pairs(const double *parameters, const custval__customers *customers, const double *t,
                           double *out) {
    for (size_t i = 0; i < customers->count; i++) {
        const outlook in = outlook_of(parameters, customers, i);
        const double to = custval__whole_periods(t[i]);
        const double sum = custval__renewals_weighted_sum(&in.future, 0.0, to, 0.0, 1.0);
        out[i] = 2.0 * in.alive * in.chance_square * sum;
    }
}

static void residual(const double *parameters, const custval__customers *customers, double delta, double *out) {
    for (size_t i = 0; i < customers->count; i++) {
        const outlook in = outlook_of(parameters, customers, i);
        out[i] = in.alive * in.chance * custval__renewals_sum(&in.future, 0.0, HUGE_VAL, delta);
    }
}

/*
 * ln P(N = n) in `most` opportunities of one who is alive: the sum over the number i of opportunities that he lives to
 * see, of the beta-binomial probability of n purchases in i times that of leaving then. w is the term at i relative to
 * the one at n; it may rise beyond what a double holds, so 2^500 is taken out of it. Once the beta-binomial factor
 * falls it falls for ever, and w with it.
 */
static double log_count(const outlook *in, double n, double most) {
    const double a = in->a, b = in->b, gamma = in->future.alpha, d = in->future.beta + in->future.T;
    const double large = 0x1p500, log_large = 500.0 * 0.69314718055994530942;
    double w = 1.0, left = 0.0, log_factor = -custval__beta_drop(b, a, n, NULL);
    if (n > most || most > MOST_OPPORTUNITIES) return -HUGE_VAL;
    log_factor += custval__renewals_log_survival(&in->future, n);
    for (double i = n; i < most; i += 1.0) {
        const double growth = ((i + 1.0) / (i + 1.0 - n)) * ((b + i - n) / (a + b + i)), leave = 1.0 / (gamma + d + i);
        left += w * leave;
        w *= growth * ((d + i) * leave);
        if (growth < 1.0 && w <= NEGLIGIBLE * gamma * left) break;
        if (w < large) continue;
        w /= large;
        left /= large;
        log_factor += log_large;
    }
    return log_factor + custval__log_add(custval__log(gamma) + custval__log(left), custval__log(w));
}

static void log_counts(const double *parameters, const custval__customers *customers, const double *t, uint32_t from,
                       uint32_t count, double *out) {
    for (size_t i = 0; i < customers->count; i++) {
        const outlook in = outlook_of(parameters, customers, i);
        for (uint32_t k = 0; k < count; k++) {
            const double n = (double)from + k, bought = in.log_alive + log_count(&in, n, floor(t[i]));
            const double value = n > 0.0 ? bought : custval__log_add(in.log_gone, bought);
            out[k * customers->count + i] = t[i] <= MOST_OPPORTUNITIES ? not_above_0(value) : (double)NAN;
        }
    }
}

static void cash_moments(const double *parameters, const custval__customers *customers, const custval__cash *cash,
                         double *mean, double *pairs, double *squares) {
    for (size_t i = 0; i < customers->count; i++) {
        const outlook in = outlook_of(parameters, customers, i);
        const custval__cash_sums sums = custval__renewals_cash(&in.future, in.chance, in.chance_square, cash);
        mean[i] = in.alive * sums.mean;
        pairs[i] = in.alive * sums.pairs;
        squares[i] = in.alive * sums.squares;
    }
}

const custval__model custval__bgbb = {
    .id = CUSTVAL_MODEL_BGBB,
    .parameters = 4,
    .names = {"alpha", "beta", "gamma", "delta"},
    .columns = CUSTVAL__COLUMN_X | CUSTVAL__COLUMN_T_X | CUSTVAL__COLUMN_T,
    .discrete = 1,
    .purchase = {CUSTVAL__NO_PARAMETER, 0},
    .dropout = {CUSTVAL__NO_PARAMETER, 0},
    .check = check,
    .starts = starts,
    .log_likelihood = log_likelihood,
    .log_alive = log_alive,
    .alive_later = alive_later,
    .expected = expected,
    .expected_pairs = expected_pairs,
    .residual = residual,
    .log_counts = log_counts,
    .cash_moments = cash_moments,
};
