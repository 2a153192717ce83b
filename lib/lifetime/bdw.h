/* The beta-discrete-Weibull model over parameters of its own, for models that are a case of it. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_LIFETIME_BDW_H
#define CUSTVAL_LIFETIME_BDW_H

#include "model.h"

/* alpha, beta, c, and what custval__model says of each function. `slopes` of one row: by the logarithms of the three,
   or NULL. */
double custval__bdw_row(const double parameters[3], double T, int lost, double *slopes);
const char *custval__bdw_check(const custval__customers *customers, size_t row);
void custval__bdw_log_alive(const double *parameters, const custval__customers *customers, double *out);
void custval__bdw_alive_later(const double *parameters, const custval__customers *customers, const double *t,
                              double *out);
void custval__bdw_expected(const double *parameters, const custval__customers *customers, const double *times,
                           size_t count, double *out);
void custval__bdw_expected_pairs(const double *parameters, const custval__customers *customers, const double *t,
                                 double *out);
void custval__bdw_residual(const double *parameters, const custval__customers *customers, double delta, double *out);
void custval__bdw_log_counts(const double *parameters, const custval__customers *customers, const double *t,
                             uint32_t from, uint32_t count, double *out);
void custval__bdw_log_more(const double *parameters, const custval__customers *customers, const double *t, double n,
                           double *out);
void custval__bdw_cash_moments(const double *parameters, const custval__customers *customers, const custval__cash *cash,
                               double *mean, double *pairs, double *squares);

/* Starting points of sBG, most promising first, into the first two of each; at most `most`. From the shares lost in the
   first two periods and the mean one. */
size_t custval__bdw_starts(const custval__customers *customers, const double *counts, size_t most,
                           double out[][CUSTVAL__MODEL_PARAMETERS]);

#endif
