/* Beta-discrete-Weibull: renewals, refused with a chance that differs by customer and changes with tenure. Fader,
   Hardie, Liu, Davin & Steenburgh (2018), Journal of Interactive Marketing 43:1-16. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "bdw.h"

#include <math.h>

#include "../base/maths.h"
#include "../base/special.h"
#include "beta_drop.h"
#include "renewals.h"

static int is_lost(const custval__customers *customers, size_t row) {
    return customers->lost != NULL && customers->lost[row] == 1.0;
}

static custval__renewals future_of(const double *parameters, const custval__customers *customers, size_t row) {
    return custval__renewals_of(parameters[0], parameters[1], parameters[2], customers->T[row]);
}

const char *custval__bdw_check(const custval__customers *customers, size_t row) {
    const double T = customers->T[row];
    if (!(T >= 0.0 && T <= 0x1p52 && T == floor(T))) return "T is not a whole number of renewals";
    if (customers->lost == NULL || customers->lost[row] == 0.0) return NULL;
    if (customers->lost[row] != 1.0) return "lost is neither 0 nor 1";
    return T > 0.0 ? NULL : "T is 0, but who is lost is lost in period 1 or later";
}

/* ---- Likelihood -------------------------------------------------------------------------------------------------- */

/* ln T, where T^c = 1 or 0 does not move with c: 0. */
static double log_of(double T) {
    return T > 1.0 ? custval__log(T) : 0.0;
}

/* ln S(T). */
static double log_survived(const double p[3], double T, double *slopes) {
    double by_beta;
    const custval__renewals at = custval__renewals_of(p[0], p[1], p[2], T);
    const double drop = custval__beta_drop(p[0], p[1], at.power, slopes == NULL ? NULL : &by_beta);
    if (slopes == NULL) return 0.0 - drop;
    slopes[0] = -p[0] * custval__digamma_rise(p[0] + p[1], at.power);
    slopes[1] = -p[1] * by_beta;
    slopes[2] = -p[2] * log_of(T) * at.power * custval__digamma_rise(p[1] + at.power, p[0]);
    return 0.0 - drop;
}

/* ln(S(T - 1) - S(T)) = ln S(T - 1) + ln(1 - e^-drop): nothing is taken from anything near it. */
double custval__bdw_row(const double p[3], double T, int lost, double *slopes) {
    if (!lost) return log_survived(p, T, slopes);
    const custval__renewals before = custval__renewals_of(p[0], p[1], p[2], T - 1.0);
    const double survived = log_survived(p, T - 1.0, slopes);
    const double b = p[1] + before.power, rise = custval__renewals_rise(&before, 1.0);
    double by_b;
    const double drop = custval__beta_drop(p[0], b, rise, slopes == NULL ? NULL : &by_b);
    if (slopes != NULL) {
        /* d ln(1 - e^-drop) = d drop / (e^drop - 1) */
        const double scale = 1.0 / custval__expm1(drop);
        const double longer = T > 1.0 ? custval__log1p(1.0 / (T - 1.0)) : 0.0; /* ln T - ln(T - 1) */
        const double before_by_c = before.power * log_of(T - 1.0);
        const double rise_by_c = rise * log_of(T) + before.power * longer;
        slopes[0] += p[0] * custval__digamma_rise(p[0] + b, rise) * scale;
        slopes[1] += p[1] * by_b * scale;
        slopes[2] += p[2] * (before_by_c * by_b + rise_by_c * custval__digamma_rise(b + rise, p[0])) * scale;
    }
    return survived + custval__log(-custval__expm1(-drop));
}

static void log_likelihood(const double *parameters, const custval__customers *customers, double *out,
                           double *const *slopes) {
    double own[3];
    for (size_t i = 0; i < customers->count; i++) {
        out[i] = custval__bdw_row(parameters, customers->T[i], is_lost(customers, i), slopes == NULL ? NULL : own);
        for (size_t p = 0; slopes != NULL && p < 3; p++) slopes[p][i] = own[p];
    }
}

/* ---- Starting points --------------------------------------------------------------------------------------------- */

/* Share of those who could refuse renewal k and did; k 0: of all renewals. */
static double share_lost(const custval__customers *customers, const double *counts, double k) {
    double lost = 0.0, asked = 0.0;
    for (size_t i = 0; i < customers->count; i++) {
        const double T = customers->T[i];
        if (T < k) continue;
        asked += k == 0.0 ? counts[i] * T : counts[i];
        if (is_lost(customers, i) && (k == 0.0 || T == k)) lost += counts[i];
    }
    return asked > 0.0 ? fmin(fmax(lost / asked, 0.001), 0.999) : 0.5;
}

size_t custval__bdw_starts(const custval__customers *customers, const double *counts, size_t most,
                           double out[][CUSTVAL__MODEL_PARAMETERS]) {
    const double first = share_lost(customers, counts, 1.0), second = share_lost(customers, counts, 2.0);
    /* alpha / (alpha + beta) is the share lost first, alpha / (alpha + beta + 1) that lost second. */
    const double sums[] = {second / (first - second), 1.0, 10.0};
    const double shares[] = {first, first, share_lost(customers, counts, 0.0)};
    size_t count = 0;
    for (size_t i = 0; i < 3 && count < most; i++) {
        if (i == 0 && !(first > second && sums[0] < 1000.0)) continue;
        out[count][0] = shares[i] * sums[i];
        out[count][1] = (1.0 - shares[i]) * sums[i];
        count++;
    }
    return count;
}

static size_t starts(const custval__customers *customers, const double *counts,
                     double out[CUSTVAL__MODEL_STARTS][CUSTVAL__MODEL_PARAMETERS]) {
    const size_t count = custval__bdw_starts(customers, counts, 2, out);
    for (size_t i = 0; i < count; i++) {
        out[i][2] = 1.0;
        out[count + i][0] = out[i][0];
        out[count + i][1] = out[i][1];
        out[count + i][2] = 1.5;
    }
    return 2 * count;
}

/* ---- Predictions ------------------------------------------------------------------------------------------------- */

void custval__bdw_log_alive(const double *parameters, const custval__customers *customers, double *out) {
    (void)parameters;
    for (size_t i = 0; i < customers->count; i++) out[i] = is_lost(customers, i) ? -HUGE_VAL : 0.0;
}

void custval__bdw_alive_later(const double *parameters, const custval__customers *customers, const double *t,
                              double *out) {
    for (size_t i = 0; i < customers->count; i++) {
        const custval__renewals future = future_of(parameters, customers, i);
        const double log_survival = custval__renewals_log_survival(&future, custval__whole_periods(t[i]));
        out[i] = is_lost(customers, i) ? 0.0 : custval__exp(log_survival);
    }
}

void custval__bdw_expected(const double *parameters, const custval__customers *customers, const double *times,
                           size_t count, double *out) {
    for (size_t i = 0; i < customers->count; i++) {
        const custval__renewals future = future_of(parameters, customers, i);
        double from = 0.0, sum = 0.0;
        for (size_t k = 0; k < count; k++) {
            const double to = custval__whole_periods(times[k]);
            if (!is_lost(customers, i)) sum += custval__renewals_sum(&future, from, to, 0.0);
            out[k * customers->count + i] = sum;
            from = to;
        }
    }
}

void custval__bdw_expected_pairs(const double *parameters, const custval__customers *customers, const double *t,
                                 double *out) {
    for (size_t i = 0; i < customers->count; i++) {
        const custval__renewals future = future_of(parameters, customers, i);
        const double to = custval__whole_periods(t[i]);
        const int lost = is_lost(customers, i);
        out[i] = lost ? 0.0 : 2.0 * custval__renewals_weighted_sum(&future, 0.0, to, 0.0, 1.0);
    }
}

void custval__bdw_residual(const double *parameters, const custval__customers *customers, double delta, double *out) {
    for (size_t i = 0; i < customers->count; i++) {
        const custval__renewals future = future_of(parameters, customers, i);
        out[i] = is_lost(customers, i) ? 0.0 : custval__renewals_sum(&future, 0.0, HUGE_VAL, delta);
    }
}

/* ln P(N = n) of n renewals out of `most`: lost at the next one, unless there is none. */
static double log_count(const custval__renewals *future, double n, double most) {
    if (n > most) return -HUGE_VAL;
    const double survived = custval__renewals_log_survival(future, n);
    if (n == most) return survived;
    const custval__renewals then = custval__renewals_of(future->alpha, future->beta, future->c, future->T + n);
    return survived + custval__log(-custval__expm1(custval__renewals_log_survival(&then, 1.0)));
}

void custval__bdw_log_counts(const double *parameters, const custval__customers *customers, const double *t,
                             uint32_t from, uint32_t count, double *out) {
    for (size_t i = 0; i < customers->count; i++) {
        const custval__renewals future = future_of(parameters, customers, i);
        const double most = is_lost(customers, i) ? 0.0 : custval__whole_periods(t[i]);
        for (uint32_t k = 0; k < count; k++) {
            out[k * customers->count + i] = log_count(&future, (double)from + k, most);
        }
    }
}

void custval__bdw_log_more(const double *parameters, const custval__customers *customers, const double *t, double n,
                           double *out) {
    for (size_t i = 0; i < customers->count; i++) {
        const custval__renewals future = future_of(parameters, customers, i);
        const double most = is_lost(customers, i) ? 0.0 : custval__whole_periods(t[i]);
        out[i] = n < most ? custval__renewals_log_survival(&future, n + 1.0) : -HUGE_VAL;
    }
}

void custval__bdw_cash_moments(const double *parameters, const custval__customers *customers, const custval__cash *cash,
                               double *mean, double *pairs, double *squares) {
    for (size_t i = 0; i < customers->count; i++) {
        const custval__renewals future = future_of(parameters, customers, i);
        custval__cash_sums sums = {0.0, 0.0, 0.0};
        if (!is_lost(customers, i)) sums = custval__renewals_cash(&future, 1.0, 1.0, cash);
        mean[i] = sums.mean;
        pairs[i] = sums.pairs;
        squares[i] = sums.squares;
    }
}

const custval__model custval__bdw = {
    .id = CUSTVAL_MODEL_BDW,
    .parameters = 3,
    .names = {"alpha", "beta", "c"},
    .columns = CUSTVAL__COLUMN_T | CUSTVAL__COLUMN_LOST,
    .contractual = 1,
    .discrete = 1,
    .purchase = {CUSTVAL__NO_PARAMETER, 0},
    .dropout = {CUSTVAL__NO_PARAMETER, 0},
    .check = custval__bdw_check,
    .starts = starts,
    .log_likelihood = log_likelihood,
    .log_alive = custval__bdw_log_alive,
    .alive_later = custval__bdw_alive_later,
    .expected = custval__bdw_expected,
    .expected_pairs = custval__bdw_expected_pairs,
    .residual = custval__bdw_residual,
    .log_counts = custval__bdw_log_counts,
    .log_more = custval__bdw_log_more,
    .cash_moments = custval__bdw_cash_moments,
};
