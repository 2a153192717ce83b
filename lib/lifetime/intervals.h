/* Intervals of predictions from the errors of the parameters: the delta method. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_LIFETIME_INTERVALS_H
#define CUSTVAL_LIFETIME_INTERVALS_H

#include "outputs.h"

/* The covariance of the logarithms of a customer's parameters as a sum of outer products of columns. */
typedef struct custval__factor {
    uint32_t count;
    double columns[CUSTVAL__MODEL_PARAMETERS][CUSTVAL__MODEL_PARAMETERS]; /* [column][parameter] */
} custval__factor;

/* Of a lifetime that has a covariance, for a customer with these covariates. */
void custval__factor_of(const custval_lifetime *lifetime, const double *purchase, const double *dropout,
                        custval__factor *out);

/* Room for one block; [CUSTVAL__BLOCK_ROWS] each. */
typedef struct custval__interval_room {
    double *parts[CUSTVAL__PARTS];
    double *above[CUSTVAL__OUTPUTS], *below[CUSTVAL__OUTPUTS];
    double *scratch; /* CUSTVAL__OUTPUTS_SCRATCH */
} custval__interval_room;

/* The model's parameters of a group, and how they vary. spend and spend_factor are not read without a spend model. */
typedef struct custval__estimate {
    const double *parameters, *spend;
    const custval__factor *factor, *spend_factor;
} custval__estimate;

/* low[o] and high[o] of each output wanted; `parts` are those at the estimate; z: quantile of the normal distribution. NaN where there is no
   interval. */
void custval__intervals(const custval__outputs *plan, const custval__group *group, const custval__estimate *at,
                        double *const *parts, double z, const custval__interval_room *room, double *const *low,
                        double *const *high);

#endif
