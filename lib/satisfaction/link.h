/* Links inside the library. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_SATISFACTION_LINK_H
#define CUSTVAL_SATISFACTION_LINK_H

#include <stdatomic.h>
#include <stdint.h>

#include <custval/link.h>

#include "../base/memory.h"

struct custval_link {
    atomic_size_t owners;
    custval__arena arena;       /* everything below, and the link itself */
    const char *outcome, *note; /* note may be NULL */
    const char **predictors;
    size_t terms;             /* predictors and the intercept */
    double *coefficients;     /* [term], intercept first */
    double *covariance;       /* [term][term], or NULL */
    custval_link_facts facts; /* whole; what is not known is NaN or 0 */
};

/* A stated link with room for everything but names, which one owner holds. */
custval_status custval__link_new(const custval_host *whole_host, size_t predictors, custval_link **out,
                                 custval_error *error);
/* Copies a name of an outcome or predictor into the link's memory. */
custval_status custval__link_copy_name(custval_link *link, const char *name, const char **out, custval_error *error);
/* Gives a link room for its covariance. */
custval_status custval__link_add_covariance(custval_link *link, custval_error *error);

/* Quantile for intervals: Student's where a linear link was fitted, else normal. */
double custval__link_quantile(const custval_link *link, double level);

/* a + b1 x1 + ..., and its variance (NaN where no covariance is known). x has terms - 1 numbers. */
double custval__link_linear(const custval_link *link, const double *x);
double custval__link_variance(const custval_link *link, const double *x);

/* e^t / (1 + e^t), and ln(1 + e^t), for every t. */
double custval__logistic(double t);
double custval__log_one_plus_exp(double t);

/* P(|statistic| as large or larger by chance). */
double custval__link_chance(const custval_link *link, double statistic);

#endif
