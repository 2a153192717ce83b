/* How a fit ended, and in words why. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_LIFETIME_OUTCOME_H
#define CUSTVAL_LIFETIME_OUTCOME_H

#include "lifetime.h"
#include "maximum.h"

/* A parameter e^5 = 148 times as large or small is another one; if the whole log-likelihood falls by less than this
   meanwhile, the data do not tell them apart. */
#define CUSTVAL__FAR 5.0
#define CUSTVAL__SAME_LIKELIHOOD 0.05

/* The ::custval_convergence of a climber that came to its end, over so many customers. Anything but an optimum is also
   CUSTVAL_ERROR_CONVERGENCE with a message that names the parameters of the lifetime. */
custval_status custval__fit_outcome(custval__climber *climber, const custval_lifetime *lifetime, double customers,
                                    uint32_t *out, custval_error *error);

#endif
