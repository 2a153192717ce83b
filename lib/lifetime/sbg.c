/* Shifted beta-geometric: renewals, refused with a chance that differs by customer. Fader & Hardie (2007), Journal of
   Interactive Marketing 21:76-90. It is the beta-discrete-Weibull with c = 1, at which T^c and its differences are
   exact. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "bdw.h"

#include <stddef.h>

typedef struct with_c {
    double parameters[3];
} with_c;

static with_c of(const double *parameters) {
    return (with_c){{parameters[0], parameters[1], 1.0}};
}

static size_t starts(const custval__customers *customers, const double *counts,
                     double out[CUSTVAL__MODEL_STARTS][CUSTVAL__MODEL_PARAMETERS]) {
    return custval__bdw_starts(customers, counts, CUSTVAL__MODEL_STARTS, out);
}

static void log_likelihood(const double *parameters, const custval__customers *customers, double *out,
                           double *const *slopes) {
    const with_c whole = of(parameters);
    double own[3];
    for (size_t i = 0; i < customers->count; i++) {
        const int lost = customers->lost != NULL && customers->lost[i] == 1.0;
        out[i] = custval__bdw_row(whole.parameters, customers->T[i], lost, slopes == NULL ? NULL : own);
        for (size_t p = 0; slopes != NULL && p < 2; p++) slopes[p][i] = own[p];
    }
}

static void alive_later(const double *parameters, const custval__customers *customers, const double *t, double *out) {
    custval__bdw_alive_later(of(parameters).parameters, customers, t, out);
}

static void expected(const double *parameters, const custval__customers *customers, const double *times, size_t count,
                     double *out) {
    custval__bdw_expected(of(parameters).parameters, customers, times, count, out);
}

static void expected_pairs(const double *parameters, const custval__customers *customers, const double *t,
                           double *out) {
    custval__bdw_expected_pairs(of(parameters).parameters, customers, t, out);
}

static void residual(const double *parameters, const custval__customers *customers, double delta, double *out) {
    custval__bdw_residual(of(parameters).parameters, customers, delta, out);
}

static void log_counts(const double *parameters, const custval__customers *customers, const double *t, uint32_t from,
                       uint32_t count, double *out) {
    custval__bdw_log_counts(of(parameters).parameters, customers, t, from, count, out);
}

static void log_more(const double *parameters, const custval__customers *customers, const double *t, double n,
                     double *out) {
    custval__bdw_log_more(of(parameters).parameters, customers, t, n, out);
}

static void cash_moments(const double *parameters, const custval__customers *customers, const custval__cash *cash,
                         double *mean, double *pairs, double *squares) {
    custval__bdw_cash_moments(of(parameters).parameters, customers, cash, mean, pairs, squares);
}

const custval__model custval__sbg = {
    .id = CUSTVAL_MODEL_SBG,
    .parameters = 2,
    .names = {"alpha", "beta"},
    .columns = CUSTVAL__COLUMN_T | CUSTVAL__COLUMN_LOST,
    .contractual = 1,
    .discrete = 1,
    .purchase = {CUSTVAL__NO_PARAMETER, 0},
    .dropout = {CUSTVAL__NO_PARAMETER, 0},
    .check = custval__bdw_check,
    .starts = starts,
    .log_likelihood = log_likelihood,
    .log_alive = custval__bdw_log_alive,
    .alive_later = alive_later,
    .expected = expected,
    .expected_pairs = expected_pairs,
    .residual = residual,
    .log_counts = log_counts,
    .log_more = log_more,
    .cash_moments = cash_moments,
};
