/* The inner loops of BG/NBD and MBG/NBD. This file is compiled once per instruction set. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "beta_geometric_kernels.h"

#include <math.h>

#include "../base/elementary.h"
#include "../base/instructions.h"

#define ROWS CUSTVAL__BETA_GEOMETRIC_ROWS

/* ln(1 + y), y >= 0: what rounding 1 + y loses is put back. */
static inline double log1p_inline(double y) {
    const double sum = 1.0 + y;
    return custval__log_inline(sum) + (y - (sum - 1.0)) / sum;
}

/* ---- Likelihood -------------------------------------------------------------------------------------------------- */

/* odds = ln of the odds of having left: a / (c - 1) ((alpha + T) / (alpha + t_x))^(r + x), with c = b + x + chances. */
typedef struct odds_parts {
    double log_gap; /* ln((alpha + T) / (alpha + t_x)) */
    double inverse; /* 1 / (c - 1); 0 where there was no chance to leave */
    double odds;
} odds_parts;

static inline odds_parts odds_of(double r, double alpha, double a, double b, double chances, double x, double t_x,
                                 double T) {
    const double n = x + chances;
    odds_parts out;
    out.inverse = (n > 0.0 ? 1.0 : 0.0) / (n > 0.0 ? b + (n - 1.0) : 1.0);
    out.log_gap = log1p_inline((T - t_x) / (alpha + t_x));
    out.odds = custval__log_inline(a * out.inverse) + (r + x) * out.log_gap;
    return out;
}

static void likelihood(const double *restrict parameters, double chances, size_t count, const double *restrict x,
                       const double *restrict t_x, const double *restrict T,
                       const custval__beta_geometric_looked_up *restrict looked_up, double *restrict out,
                       double *const *slopes) {
    const double r = parameters[0], alpha = parameters[1], a = parameters[2], b = parameters[3];
    double unwanted[4][ROWS];
    double *restrict by_r = slopes == NULL ? unwanted[0] : slopes[0];
    double *restrict by_alpha = slopes == NULL ? unwanted[1] : slopes[1];
    double *restrict by_a = slopes == NULL ? unwanted[2] : slopes[2];
    double *restrict by_b = slopes == NULL ? unwanted[3] : slopes[3];
    for (size_t i = 0; i < count; i++) {
        const odds_parts parts = odds_of(r, alpha, a, b, chances, x[i], t_x[i], T[i]);
        const double s = r + x[i], total = alpha + T[i];
        const double log_total = log1p_inline(T[i] / alpha); /* relative to alpha */
        const double small = custval__exp_inline(-fabs(parts.odds));
        const double alive_or_left = (parts.odds > 0.0 ? parts.odds : 0.0) + log1p_inline(small);
        const double left = (parts.odds > 0.0 ? 1.0 : small) / (1.0 + small);
        out[i] = looked_up->level[i] - s * log_total + alive_or_left;
        by_r[i] = r * (looked_up->by_r[i] - log_total + left * parts.log_gap);
        by_alpha[i] =
            (r * T[i] - x[i] * alpha) / total - left * s * (alpha / (alpha + t_x[i])) * ((T[i] - t_x[i]) / total);
        by_a[i] = left - a * looked_up->by_a[i];
        by_b[i] = b * (looked_up->by_b[i] - left * parts.inverse);
    }
}

static void alive(const double *restrict parameters, double chances, size_t count, const double *restrict x,
                  const double *restrict t_x, const double *restrict T, double *restrict out) {
    const double r = parameters[0], alpha = parameters[1], a = parameters[2], b = parameters[3];
    for (size_t i = 0; i < count; i++) {
        const odds_parts parts = odds_of(r, alpha, a, b, chances, x[i], t_x[i], T[i]);
        const double small = custval__exp_inline(-fabs(parts.odds));
        out[i] = -((parts.odds > 0.0 ? parts.odds : 0.0) + log1p_inline(small));
    }
}

/* ---- Series ------------------------------------------------------------------------------------------------------ */

/*
 * Were it not for leaving, the number M of purchases by then would be negative binomial: P(M = m) = (1 - y)^s (s)_m / m! y^m with
 * y = z / (1 + z). Of M = m purchases the customer makes N = min(m, first after which it leaves), P(N >= j) = E((1 - p)^(j - 1)) =
 * rho_(j - 1), rho_m = (c)_m / (a + c)_m. So all sums are averages over M of rho_m, of the sum of rho_(j - 1) over j <= m, and of
 * that of 2 (j - 1) rho_(j - 1): every term is positive, and no a or b is special.
 *
 * But for y^m, terms depend on s, a and c only: they are kept for the next customer of these. Each is that of y = scale; times
 * multiply by powers of the quotient of their y and this. Beyond m, each term is at most y (s + m) / (m - 1) times the one before.
 */
#define BATCH 16

typedef custval__beta_geometric_terms series_terms;

/* The next BATCH terms. */
static inline void next_terms(int sum, const series_terms *of, custval__beta_geometric_next *next,
                              double *restrict terms) {
    double up[BATCH], stays[BATCH];
    for (int i = 0; i < BATCH; i++) {
        const double m = next->m + i;
        up[i] = of->scale * ((of->s + m) / (m + 1.0));
        stays[i] = (of->c + m) / (of->a + of->c + m);
    }
    for (int i = 0; i < BATCH; i++) {
        terms[i] = next->share * (sum == CUSTVAL__SUM_ALIVE ? next->rho : next->added);
        next->share *= up[i];
        next->added += next->rho * (sum == CUSTVAL__SUM_PAIRS ? 2.0 * (next->m + i) : 1.0);
        next->rho *= stays[i];
    }
    next->m += BATCH;
}

/* sums += power * (terms[0] + quotient terms[1] + ...), even and odd powers apart; power *= quotient^BATCH. */
static inline void add_terms(const double *restrict terms, const double *restrict quotient, size_t width,
                             double *restrict power, double *restrict sums) {
    for (size_t k = 0; k < width; k++) {
        const double q2 = quotient[k] * quotient[k];
        double even = terms[BATCH - 2], odd = terms[BATCH - 1];
        for (int i = BATCH - 4; i >= 0; i -= 2) {
            even = even * q2 + terms[i];
            odd = odd * q2 + terms[i + 1];
        }
        sums[k] += power[k] * (even + quotient[k] * odd);
        const double q4 = q2 * q2, q8 = q4 * q4;
        power[k] *= q8 * q8;
    }
}

/* z and out have `width` elements, a constant for the compiler; `latest` is the index of the largest z. */
static inline void series_of(int sum, series_terms *of, const double *restrict z, size_t latest, size_t width,
                             double *restrict out) {
    double quotient[CUSTVAL__BETA_GEOMETRIC_TIMES], power[CUSTVAL__BETA_GEOMETRIC_TIMES];
    for (size_t k = 0; k < width; k++) {
        quotient[k] = z[k] / (1.0 + z[k]);
        power[k] = 1.0;
        out[k] = 0.0;
    }
    for (size_t k = 0; of->scale != 1.0 && k < width; k++) quotient[k] /= of->scale;
    custval__beta_geometric_next next = of->next;
    for (size_t from = 0;; from += BATCH) {
        double room[BATCH], *const terms = from < CUSTVAL__BETA_GEOMETRIC_TERMS ? of->kept + from : room;
        if (from >= of->count) next_terms(sum, of, &next, terms);
        if (from == of->count && from < CUSTVAL__BETA_GEOMETRIC_TERMS) {
            of->count += BATCH;
            of->next = next;
        }
        add_terms(terms, quotient, width, power, out);
        const double m = (double)(from + BATCH) - 1.0, grows = of->scale * ((of->s + m) / (m - 1.0));
        const double shrinks = quotient[latest] * grows, rest = terms[BATCH - 1] * power[latest] * grows;
        if (!(shrinks >= 1.0) && !(rest > 0x1p-50 * out[latest] * (1.0 - shrinks))) break;
    }
    for (size_t k = 0; k < width; k++) out[k] *= custval__exp_inline(-of->s * log1p_inline(z[k]));
}

#define FEW 4
#define YEAR 12 /* months */

static void series_of_count(int sum, series_terms *of, const double *restrict z, size_t latest, size_t count,
                            double *restrict out) {
    if (count <= FEW) {
        series_of(sum, of, z, latest, FEW, out);
    } else if (count <= YEAR) {
        series_of(sum, of, z, latest, YEAR, out);
    } else {
        series_of(sum, of, z, latest, CUSTVAL__BETA_GEOMETRIC_TIMES, out);
    }
}

static void series(int sum, double s, double a, double c, const double *restrict z, size_t count,
                   double *restrict out) {
    series_terms own;
    size_t latest = 0;
    for (size_t k = 1; k < count; k++) latest = z[k] > z[latest] ? k : latest;
    custval__beta_geometric_terms_begin(&own, s, a, c, z[latest] / (1.0 + z[latest]));
    series_of_count(sum, &own, z, latest, count, out);
}

static void series_by(int sum, series_terms *of, const custval__beta_geometric_times *times, double total,
                      double *restrict out) {
    double z[CUSTVAL__BETA_GEOMETRIC_TIMES];
    for (size_t k = 0; k < CUSTVAL__BETA_GEOMETRIC_TIMES; k++) z[k] = times->t[k] / total;
    series_of_count(sum, of, z, times->latest, times->count, out);
}

extern const custval__beta_geometric_kernels CUSTVAL__KERNEL_TABLE(custval__beta_geometric_kernels_);
const custval__beta_geometric_kernels CUSTVAL__KERNEL_TABLE(custval__beta_geometric_kernels_) = {
    .name = CUSTVAL__KERNEL_NAME,
    .likelihood = likelihood,
    .alive = alive,
    .series = series,
    .series_by = series_by,
};
