/* Triangular fuzzy judgements: Buckley's row geometric means. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_WEIGHTS_AHP_FUZZY_H
#define CUSTVAL_WEIGHTS_AHP_FUZZY_H

#include "pairwise.h"

/* Fuzzy weights of everyone's judgements, aggregated: ends and middle for each criterion. `scratch`: 3 n doubles.
   CUSTVAL_ERROR_RANGE, CUSTVAL_ERROR_UNSUPPORTED (a pair not judged). */
custval_status custval__fuzzy_weights(const custval__judges *judges, double *low, double *middle, double *high,
                                      double *scratch, custval_error *error);

#endif
