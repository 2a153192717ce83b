/* Student's t distribution. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_BASE_STUDENT_H
#define CUSTVAL_BASE_STUDENT_H

/* Quantile for 0 < p < 1 and freedom >= 1, within 1e-12 relative; NaN otherwise. */
double custval__student_quantile(double p, double freedom);
/* Standard errors to either side of an interval, 0 < level < 1. By the lower tail, as the upper one may round to 1. */
double custval__student_half_width(double level, double freedom);

#endif
