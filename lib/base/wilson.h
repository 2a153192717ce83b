/* Wilson's interval of a share. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_BASE_WILSON_H
#define CUSTVAL_BASE_WILSON_H

/* Of `share` of `count` > 0 cases, with the normal quantile z of the interval; kept within 0..1. */
void custval__wilson(double share, double count, double z, double *out_low, double *out_high);

#endif
