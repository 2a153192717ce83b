/* What BG/NBD and MBG/NBD share: purchases as a gamma mixture of Poisson processes, and after a purchase the customer leaves with
   a probability p that is beta distributed. In MBG/NBD the first purchase, which x does not count, is such a chance, too. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_LIFETIME_BETA_GEOMETRIC_H
#define CUSTVAL_LIFETIME_BETA_GEOMETRIC_H

#include "model.h"

/* Chances to leave before the first repeat purchase: 0 in BG/NBD, 1 in MBG/NBD; the last argument of the functions below, which are
   those of custval__model. Parameters: r, alpha, a, b. */
#define CUSTVAL__BGNBD_CHANCES 0.0
#define CUSTVAL__MBGNBD_CHANCES 1.0

size_t custval__beta_geometric_starts(const custval__customers *customers, const double *counts,
                                      double out[CUSTVAL__MODEL_STARTS][CUSTVAL__MODEL_PARAMETERS]);
void custval__beta_geometric_log_likelihood(const double *parameters, const custval__customers *customers, double *out,
                                            double *const *slopes, double chances);
void custval__beta_geometric_log_alive(const double *parameters, const custval__customers *customers, double *out,
                                       double chances);
void custval__beta_geometric_alive_later(const double *parameters, const custval__customers *customers, const double *t,
                                         double *out, double chances);
void custval__beta_geometric_expected(const double *parameters, const custval__customers *customers,
                                      const double *times, size_t count, double *out, double chances);
void custval__beta_geometric_expected_pairs(const double *parameters, const custval__customers *customers,
                                            const double *t, double *out, double chances);
void custval__beta_geometric_residual(const double *parameters, const custval__customers *customers, double delta,
                                      double *out, double chances);
void custval__beta_geometric_log_counts(const double *parameters, const custval__customers *customers, const double *t,
                                        uint32_t from, uint32_t count, double *out, double chances);
void custval__beta_geometric_log_more(const double *parameters, const custval__customers *customers, const double *t,
                                      double n, double *out, double chances);
void custval__beta_geometric_cash_moments(const double *parameters, const custval__customers *customers,
                                          const custval__cash *cash, double *mean, double *pairs, double *squares,
                                          double chances);

#endif
