/* Fitting links to numbers. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_SATISFACTION_LINK_FIT_H
#define CUSTVAL_SATISFACTION_LINK_FIT_H

#include "link.h"
#include "observed.h"

/* What is fitted: names, and their columns in `observed`, the outcome first; its numbers are used up. */
typedef struct custval__link_problem {
    custval_host host; /* whole */
    custval__observed observed;
    const char *outcome;
    const char *const *predictors;
    size_t count; /* of predictors */
    uint32_t kind;
    double ridge;
} custval__link_problem;

custval_status custval__link_fit(const custval__link_problem *problem, custval_link **out, custval_error *error);

/* Checks names of an outcome and of predictors. */
custval_status custval__link_check_names(const char *outcome, const char *const *predictors, size_t count,
                                         custval_error *error);

#endif
