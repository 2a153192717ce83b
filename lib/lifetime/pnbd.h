/* Pareto/NBD inside: the chances of a history, and the lifetime of a customer who is alive. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_LIFETIME_PNBD_H
#define CUSTVAL_LIFETIME_PNBD_H

#include "model.h"

enum { CUSTVAL__PNBD_R, CUSTVAL__PNBD_ALPHA, CUSTVAL__PNBD_S, CUSTVAL__PNBD_BETA };

void custval__pnbd_log_likelihood(const double *parameters, const custval__customers *customers, double *out,
                                  double *const *slopes);
void custval__pnbd_log_alive(const double *parameters, const custval__customers *customers, double *out);
void custval__pnbd_alive_later(const double *parameters, const custval__customers *customers, const double *t,
                               double *out);
void custval__pnbd_expected(const double *parameters, const custval__customers *customers, const double *times,
                            size_t count, double *out);
void custval__pnbd_expected_pairs(const double *parameters, const custval__customers *customers, const double *t,
                                  double *out);
void custval__pnbd_residual(const double *parameters, const custval__customers *customers, double delta, double *out);
void custval__pnbd_log_counts(const double *parameters, const custval__customers *customers, const double *t,
                              uint32_t from, uint32_t count, double *out);
void custval__pnbd_cash_moments(const double *parameters, const custval__customers *customers,
                                const custval__cash *cash, double *mean, double *pairs, double *squares);

#endif
