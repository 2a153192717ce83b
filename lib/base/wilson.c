/* Wilson's interval of a share. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "wilson.h"

#include <math.h>

void custval__wilson(double share, double count, double z, double *out_low, double *out_high) {
    const double w = z * z, whole = 1.0 + w / count;
    const double centre = (share + w / (2.0 * count)) / whole;
    const double half = z / whole * sqrt(share * (1.0 - share) / count + w / (4.0 * count * count));
    *out_low = fmax(centre - half, 0.0);
    *out_high = fmin(centre + half, 1.0);
}
