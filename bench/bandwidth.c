/* How fast this machine reads: the yardstick of the other figures. Compiled for the machine at hand. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "bandwidth.h"

uint64_t bandwidth_read(const double *values, size_t count) {
    const uint64_t *words = (const uint64_t *)(const void *)values;
    uint64_t sum = 0;
    for (size_t i = 0; i < count; i++) sum += words[i];
    return sum;
}
