/* What a fit maximises: the mean log-likelihood of the cells, less the ridge, over standardised variables. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_LIFETIME_LIKELIHOOD_H
#define CUSTVAL_LIFETIME_LIKELIHOOD_H

#include "collapse.h"

#define CUSTVAL__FIT_VARIABLES (CUSTVAL__MODEL_PARAMETERS + 2 * CUSTVAL__LIFETIME_COVARIATES)

/* Variables: logarithms of the parameters at the mean of all covariates, then coefficients of covariates of mean 0 and
   deviation 1, so that all are of the order of 1. Raw: logarithms of the parameters, then the coefficients, as a
   lifetime has them. */
typedef struct custval__likelihood {
    const custval_host *host; /* threads; no progress */
    const custval__model *model;
    const custval__cells *cells;
    size_t purchase_count, dropout_count, count; /* count: variables in all */
    double ridge;
    double centre[CUSTVAL__MODEL_PARAMETERS]; /* what the ridge draws the logarithms of the parameters to */
    double means[2 * CUSTVAL__LIFETIME_COVARIATES], deviations[2 * CUSTVAL__LIFETIME_COVARIATES];
    double *sums; /* [piece][1 + count] room */
} custval__likelihood;

/* Takes the model, finds means and deviations of the covariates, and replaces the cells' covariates by standardised
   ones. Gives the first covariate that does not vary, or so that its deviation is no double; SIZE_MAX: none. */
size_t custval__likelihood_standardise(custval__likelihood *likelihood, custval__cells *cells);

/* Takes other cells, whose covariates are standardised already. */
custval_status custval__likelihood_take(custval__likelihood *likelihood, const custval__cells *cells,
                                        custval_error *error);
void custval__likelihood_free(custval__likelihood *likelihood);

/* Mean log-likelihood without the ridge in *plain (may be NULL), with it in *value, and its slopes by the variables. */
custval_status custval__likelihood_at(custval__likelihood *likelihood, const double *variables, double *plain,
                                      double *value, double *slopes, custval_error *error);

/* Raw values of the variables and the reverse; and the raw covariance from that of the variables, in place. */
void custval__likelihood_to_raw(const custval__likelihood *likelihood, const double *variables, double *raw);
void custval__likelihood_from_raw(const custval__likelihood *likelihood, const double *raw, double *variables);
void custval__likelihood_covariance_to_raw(const custval__likelihood *likelihood, double *covariance);

#endif
