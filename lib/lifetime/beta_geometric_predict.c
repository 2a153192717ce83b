/* Predictions of BG/NBD and MBG/NBD: all are P(alive) times an expectation given alive. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "beta_geometric.h"

#include <math.h>

#include "../base/maths.h"
#include "../base/special.h"
#include "beta_geometric_sums.h"
#include "between.h"

/* A customer who is alive: the rate has the posterior of its x purchases in T, p that of n = x + chances times of staying. */
static custval__posterior posterior_of(const double *parameters, const custval__customers *customers, size_t row,
                                       double chances) {
    const double x = customers->x[row];
    return (custval__posterior){parameters[0] + x, parameters[1] + customers->T[row], parameters[2],
                                parameters[3] + (x + chances)};
}

void custval__beta_geometric_log_alive(const double *parameters, const custval__customers *customers, double *out,
                                       double chances) {
    custval__beta_geometric_kernels_best()->alive(parameters, chances, customers->count, customers->x, customers->t_x,
                                                  customers->T, out);
}

/* The functions below first write ln P(alive) of all rows to their first output, each row of which they then replace. */

/* A sum of the purchases in (T, T + t[row]]. */
static void sum_of_rows(int sum, const double *parameters, const custval__customers *customers, const double *t,
                        double *out, double chances) {
    custval__series series;
    custval__series_begin(&series, sum);
    custval__beta_geometric_log_alive(parameters, customers, out, chances);
    for (size_t i = 0; i < customers->count; i++) {
        const custval__posterior of = posterior_of(parameters, customers, i, chances);
        const custval__beta_geometric_times time = custval__series_times(&t[i], 1);
        double given_alive[CUSTVAL__BETA_GEOMETRIC_TIMES];
        custval__series_sums(&series, &of, &time, given_alive);
        if (sum == CUSTVAL__SUM_ALIVE && given_alive[0] > 1.0) given_alive[0] = 1.0; /* by rounding */
        out[i] = custval__exp(out[i]) * given_alive[0];
    }
}

void custval__beta_geometric_alive_later(const double *parameters, const custval__customers *customers, const double *t,
                                         double *out, double chances) {
    sum_of_rows(CUSTVAL__SUM_ALIVE, parameters, customers, t, out, chances);
}

void custval__beta_geometric_expected_pairs(const double *parameters, const custval__customers *customers,
                                            const double *t, double *out, double chances) {
    sum_of_rows(CUSTVAL__SUM_PAIRS, parameters, customers, t, out, chances);
}

/* Times by so many that one sum takes, from the last ones down: the first time's place holds P(alive) until then. */
void custval__beta_geometric_expected(const double *parameters, const custval__customers *customers,
                                      const double *times, size_t count, double *out, double chances) {
    const size_t rows = customers->count;
    custval__series series;
    custval__series_begin(&series, CUSTVAL__SUM_MEAN);
    custval__beta_geometric_log_alive(parameters, customers, out, chances);
    for (size_t i = 0; i < rows; i++) out[i] = custval__exp(out[i]);
    for (size_t end = count, some = 0; end > 0; end -= some) {
        some = (end - 1) % CUSTVAL__BETA_GEOMETRIC_TIMES + 1;
        const custval__beta_geometric_times of_these = custval__series_times(times + (end - some), some);
        for (size_t i = 0; i < rows; i++) {
            const custval__posterior of = posterior_of(parameters, customers, i, chances);
            const double alive = out[i];
            double given_alive[CUSTVAL__BETA_GEOMETRIC_TIMES];
            custval__series_sums(&series, &of, &of_these, given_alive);
            for (size_t k = 0; k < some; k++) out[(end - some + k) * rows + i] = alive * given_alive[k];
        }
    }
}

/* ---- Residual purchases ------------------------------------------------------------------------------------------ */

#define SHARING 512 /* customers among whom those of the same nodes are looked for */

static double power_of_2_below(double x) {
    int exponent;
    (void)frexp(x, &exponent);
    return ldexp(0.5, exponent);
}

/* Multiplies `out` by what is expected of those who are alive. Finding the nodes takes longer than summing over them:
   customers of one x whose totals lie between the same powers of 2 share them. */
static void residual_of_some(const double *parameters, const custval__customers *customers, size_t first, size_t count,
                             double delta, double *out, double chances) {
    unsigned char is_done[SHARING] = {0};
    custval__beta_rule rule;
    for (size_t i = 0; i < count; i++) {
        if (is_done[i]) continue;
        custval__posterior least = posterior_of(parameters, customers, first + i, chances);
        least.total = power_of_2_below(least.total);
        custval__beta_geometric_residual_rule(&least, delta, &rule);
        for (size_t k = i; k < count; k++) {
            const custval__posterior of = posterior_of(parameters, customers, first + k, chances);
            if (k > i && (of.s != least.s || of.c != least.c || power_of_2_below(of.total) != least.total)) continue;
            out[first + k] *= custval__beta_geometric_residual_alive(&of, delta, &rule);
            is_done[k] = 1;
        }
    }
}

void custval__beta_geometric_residual(const double *parameters, const custval__customers *customers, double delta,
                                      double *out, double chances) {
    custval__beta_geometric_log_alive(parameters, customers, out, chances);
    for (size_t i = 0; i < customers->count; i++) out[i] = custval__exp(out[i]);
    for (size_t first = 0; first < customers->count; first += SHARING) {
        const size_t left = customers->count - first;
        residual_of_some(parameters, customers, first, left < SHARING ? left : SHARING, delta, out, chances);
    }
}

/* ---- Counts ------------------------------------------------------------------------------------------------------ */

/* ln of 1 - alive + alive e^-rate. */
static double log_none(double log_alive, double exponent) {
    const double alive = custval__exp(log_alive), some = -alive * custval__expm1(-exponent);
    if (some < 0.5) return custval__log1p(-some);
    const double left = -custval__expm1(log_alive), none = log_alive - exponent;
    if (left == 0.0) return none;
    const double log_left = custval__log(left), most = log_left > none ? log_left : none;
    return most + custval__log1p(custval__exp(-fabs(log_left - none)));
}

/* ln P(M = n), n > 0, of the negative binomial M of those who never leave. */
static double log_due(double s, double n, double y, double rest) {
    return custval__log_rising(s, n) - custval__log_gamma(n + 1.0) + n * custval__log(y) + s * custval__log(rest);
}

/* ln P(N = n | alive), n > 0. Either just n purchases were due, and the customer stayed after each; or it left after
   its n-th, and at least n were due: E(p (1 - p)^(n - 1)) = E((1 - p)^n) a / (c + n - 1). */
static double log_count(const custval__posterior *of, double n, double y, double rest) {
    const double a = of->a, c = of->c, s = of->s;
    const double log_stayed = custval__log_rising(c, n) - custval__log_rising(a + c, n);
    const double stays = log_due(s, n, y, rest);
    const double leaves = custval__log(a / (c + (n - 1.0))) + custval__log_beta_share(n, s, y, rest);
    const double most = stays > leaves ? stays : leaves;
    return log_stayed + most + custval__log1p(custval__exp(-fabs(stays - leaves)));
}

#define SHARED 16 /* numbers of purchases, from a multiple of it on, that share logarithms whichever are asked for */
#define LEAST_CHANCE 1e-250

/* The same for `count` numbers from `from` > 0 on, at most SHARED: chances over that of M = from, by steps from each to
   the next, and those of at least so many added up from the last one down. Where doubles cannot hold one, it is formed
   by itself. */
static void log_counts_alive(const custval__posterior *of, double from, uint32_t count, double y, double rest,
                             double *out) {
    const double a = of->a, c = of->c, s = of->s, log_first = log_due(s, from, y, rest);
    const double log_scale = log_first + custval__log_rising(c, from) - custval__log_rising(a + c, from);
    double due[SHARED], stayed[SHARED];
    due[0] = stayed[0] = 1.0;
    for (uint32_t k = 1; k < count; k++) {
        const double n = from + (k - 1);
        due[k] = due[k - 1] * (y * ((s + n) / (n + 1.0)));
        stayed[k] = stayed[k - 1] * ((c + n) / (a + c + n));
    }
    double at_least = custval__exp(custval__log_beta_share(from + count, s, y, rest) - log_first);
    for (uint32_t k = count; k-- > 0;) {
        const double n = from + k;
        at_least += due[k];
        const double chance = stayed[k] * (due[k] + a / (c + (n - 1.0)) * at_least);
        const int fits = chance > LEAST_CHANCE && chance < HUGE_VAL;
        out[k] = fits ? log_scale + custval__log(chance) : log_count(of, n, y, rest);
    }
}

void custval__beta_geometric_log_counts(const double *parameters, const custval__customers *customers, const double *t,
                                        uint32_t from, uint32_t count, double *out, double chances) {
    const size_t rows = customers->count;
    custval__beta_geometric_log_alive(parameters, customers, out, chances);
    for (size_t i = 0; i < rows; i++) {
        const custval__posterior of = posterior_of(parameters, customers, i, chances);
        const double log_alive = out[i], until = of.total + t[i], y = t[i] / until, rest = of.total / until;
        uint32_t k = 0;
        if (from == 0) out[k++ * rows + i] = log_none(log_alive, of.s * custval__log1p(t[i] / of.total));
        while (k < count) {
            const uint32_t n = from + k, start = n - n % SHARED, end = start + SHARED, first = start == 0 ? 1 : start;
            double given_alive[SHARED];
            log_counts_alive(&of, first, end - first, y, rest, given_alive);
            for (uint32_t j = n; j < end && k < count; j++) {
                out[k++ * rows + i] = t[i] > 0.0 ? log_alive + given_alive[j - first] : -HUGE_VAL;
            }
        }
    }
}

/* More than n were due, and the customer stayed after each of n. */
void custval__beta_geometric_log_more(const double *parameters, const custval__customers *customers, const double *t,
                                      double n, double *out, double chances) {
    custval__beta_geometric_log_alive(parameters, customers, out, chances);
    for (size_t i = 0; i < customers->count; i++) {
        const custval__posterior of = posterior_of(parameters, customers, i, chances);
        const double until = of.total + t[i];
        const double log_stayed = custval__log_rising(of.c, n) - custval__log_rising(of.a + of.c, n);
        const double due = custval__log_beta_share(n + 1.0, of.s, t[i] / until, of.total / until);
        out[i] = t[i] > 0.0 ? out[i] + log_stayed + due : -HUGE_VAL;
    }
}

/* ---- Money ------------------------------------------------------------------------------------------------------- */

/* Given alive, within the time since T: E(N), half of E(N(N - 1)) = integral of v h(v), and the integral of h(v), where h(v) is the
   expected density of a purchase at v, counted once for each unit of time before it in which there is another: lambda^2 (1 - p) e^(-lambda p v). */
typedef struct within {
    double mean, pair, late;
} within;

/* The sums that these take. */
typedef struct within_series {
    custval__series mean, pairs, late;
} within_series;

static void within_times(within_series *series, const custval__posterior *of, const double *t, size_t count,
                         within *out) {
    /* lambda (1 - p) as weights: another gamma and another beta. */
    const custval__posterior heavier = {of->s + 1.0, of->total, of->a, of->c + 1.0};
    const double weight = of->s / of->total * (of->c / (of->a + of->c));
    const custval__beta_geometric_times times = custval__series_times(t, count);
    double means[CUSTVAL__BETA_GEOMETRIC_TIMES], pairs[CUSTVAL__BETA_GEOMETRIC_TIMES],
        late[CUSTVAL__BETA_GEOMETRIC_TIMES];
    custval__series_sums(&series->mean, of, &times, means);
    custval__series_sums(&series->pairs, of, &times, pairs);
    custval__series_sums(&series->late, &heavier, &times, late);
    for (size_t k = 0; k < count; k++) out[k] = (within){means[k], pairs[k] / 2.0, weight * late[k]};
}

typedef struct moments {
    double mean, pairs, squares;
} moments;

typedef struct running {
    moments sums;
    within last;
    double before, start;
} running;

/* Pairs of purchases at u < v count discount(u) discount(v); the integral of discount(u) up to a v of this period is
   `before` + discount (v - start). */
static void add_period(running *at, const within *now, double discount, double end) {
    const double mean = now->mean - at->last.mean;
    at->sums.mean += discount * mean;
    at->sums.squares += discount * discount * mean;
    at->sums.pairs +=
        2.0 * discount *
        ((at->before - discount * at->start) * (now->late - at->last.late) + discount * (now->pair - at->last.pair));
    at->before += discount * (end - at->start);
    at->start = end;
    at->last = *now;
}

static within between(const double shares[CUSTVAL__BETWEEN_NODES], const within values[CUSTVAL__BETWEEN_NODES]) {
    within out = {0};
    for (size_t j = 0; j < CUSTVAL__BETWEEN_NODES; j++) {
        out.mean += shares[j] * values[j].mean;
        out.pair += shares[j] * values[j].pair;
        out.late += shares[j] * values[j].late;
    }
    return out;
}

static moments moments_of(within_series *series, const custval__posterior *of, const custval__cash *cash) {
    running at = {.start = 0};
    double nodes[CUSTVAL__BETWEEN_NODES], shares[CUSTVAL__BETWEEN_NODES] = {0};
    within values[CUSTVAL__BETA_GEOMETRIC_TIMES];
    for (size_t from = 0, some = 0; from < cash->count; from += some) {
        const size_t left = cash->count - from, smooth = custval__between_count(cash->ends + from, left);
        if (smooth > 0) {
            some = smooth;
            custval__between_nodes(cash->ends + from, some, nodes);
            within_times(series, of, nodes, CUSTVAL__BETWEEN_NODES, values);
        } else {
            some = left < CUSTVAL__BETA_GEOMETRIC_TIMES ? left : CUSTVAL__BETA_GEOMETRIC_TIMES;
            within_times(series, of, cash->ends + from, some, values);
        }
        for (size_t k = 0; k < some; k++) {
            const double end = cash->ends[from + k];
            if (smooth > 0) custval__between_shares(nodes, end, shares);
            const within now = smooth > 0 ? between(shares, values) : values[k];
            add_period(&at, &now, cash->discounts[from + k], end);
        }
    }
    return at.sums;
}

void custval__beta_geometric_cash_moments(const double *parameters, const custval__customers *customers,
                                          const custval__cash *cash, double *mean, double *pairs, double *squares,
                                          double chances) {
    within_series series;
    custval__series_begin(&series.mean, CUSTVAL__SUM_MEAN);
    custval__series_begin(&series.pairs, CUSTVAL__SUM_PAIRS);
    custval__series_begin(&series.late, CUSTVAL__SUM_MEAN);
    custval__beta_geometric_log_alive(parameters, customers, mean, chances);
    for (size_t i = 0; i < customers->count; i++) {
        const custval__posterior of = posterior_of(parameters, customers, i, chances);
        const double alive = custval__exp(mean[i]);
        const moments given_alive = moments_of(&series, &of, cash);
        mean[i] = alive * given_alive.mean;
        pairs[i] = alive * given_alive.pairs;
        squares[i] = alive * given_alive.squares;
    }
}
