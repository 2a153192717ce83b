/* What the special functions share among themselves. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_BASE_GAMMA_H
#define CUSTVAL_BASE_GAMMA_H

/* From here on Stirling's series is good to a double's last digits. */
#define CUSTVAL__STIRLING_FROM 8

/* ln Gamma(y) - ((y - 1/2) ln y - y + ln(2 pi) / 2), for y >= 8. */
double custval__stirling_rest(double y);

/* ln(x^a y^b / B(a, b)) with y = 1 - x; no cancellation between the powers and the function when a and b are large. */
double custval__log_beta_front(double a, double b, double x, double y);

#endif
