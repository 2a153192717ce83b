/* The beta-geometric models: what bgnbd.c and mbgnbd.c define from CHANCES, MODEL_ID and MODEL. Not a header: each includes it
   once. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "beta_geometric.h"

static void log_likelihood(const double *parameters, const custval__customers *customers, double *out,
                           double *const *slopes) {
    custval__beta_geometric_log_likelihood(parameters, customers, out, slopes, CHANCES);
}

static void log_alive(const double *parameters, const custval__customers *customers, double *out) {
    custval__beta_geometric_log_alive(parameters, customers, out, CHANCES);
}

static void alive_later(const double *parameters, const custval__customers *customers, const double *t, double *out) {
    custval__beta_geometric_alive_later(parameters, customers, t, out, CHANCES);
}

static void expected(const double *parameters, const custval__customers *customers, const double *times, size_t count,
                     double *out) {
    custval__beta_geometric_expected(parameters, customers, times, count, out, CHANCES);
}

static void expected_pairs(const double *parameters, const custval__customers *customers, const double *t,
                           double *out) {
    custval__beta_geometric_expected_pairs(parameters, customers, t, out, CHANCES);
}

static void residual(const double *parameters, const custval__customers *customers, double delta, double *out) {
    custval__beta_geometric_residual(parameters, customers, delta, out, CHANCES);
}

static void log_counts(const double *parameters, const custval__customers *customers, const double *t, uint32_t from,
                       uint32_t count, double *out) {
    custval__beta_geometric_log_counts(parameters, customers, t, from, count, out, CHANCES);
}

static void log_more(const double *parameters, const custval__customers *customers, const double *t, double n,
                     double *out) {
    custval__beta_geometric_log_more(parameters, customers, t, n, out, CHANCES);
}

static void cash_moments(const double *parameters, const custval__customers *customers, const custval__cash *cash,
                         double *mean, double *pairs, double *squares) {
    custval__beta_geometric_cash_moments(parameters, customers, cash, mean, pairs, squares, CHANCES);
}

const custval__model MODEL = {
    .id = MODEL_ID,
    .parameters = 4,
    .names = {"r", "alpha", "a", "b"},
    .dimension = {0, 1, 0, 0},
    .columns = CUSTVAL__COLUMN_X | CUSTVAL__COLUMN_T_X | CUSTVAL__COLUMN_T,
    .purchase = {1, -1},
    .dropout = {2, 1},
    .check = custval__check_purchases,
    .starts = custval__beta_geometric_starts,
    .log_likelihood = log_likelihood,
    .log_alive = log_alive,
    .alive_later = alive_later,
    .expected = expected,
    .expected_pairs = expected_pairs,
    .residual = residual,
    .log_counts = log_counts,
    .log_more = log_more,
    .cash_moments = cash_moments,
};
