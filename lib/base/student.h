/* Student's t distribution. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_BASE_STUDENT_H
#define CUSTVAL_BASE_STUDENT_H

/* Quantile for 0 < p < 1 and freedom >= 1, within 1e-12 relative; NaN otherwise. */
double custval__student_quantile(double p, double freedom);

#endif
