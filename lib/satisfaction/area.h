/* The area under the curve of a score against outcomes of 0 and 1. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_SATISFACTION_AREA_H
#define CUSTVAL_SATISFACTION_AREA_H

#include <stddef.h>

#include <custval/host.h>

/* P(score of a 1 > score of a 0), ties half; and its standard error, if asked for. NaN where there are too few of
   either: one for the area, two for the error. */
custval_status custval__area_under(const custval_host *whole_host, const double *scores, const double *outcomes,
                                   size_t count, double *out, double *out_error, custval_error *error);

#endif
