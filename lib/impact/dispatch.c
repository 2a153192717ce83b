/* Choosing the kernels of impacts that the processor can run. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "kernels.h"

#include "../base/instructions.h"

extern const custval__impact_kernels custval__impact_kernels_portable, custval__impact_kernels_avx2,
    custval__impact_kernels_avx512;

static const custval__impact_kernels *const sets[] = CUSTVAL__KERNEL_TABLES(custval__impact_kernels_);

const custval__impact_kernels *custval__impact_kernels_named(const char *name) {
    const int set = custval__instructions_find(name);
    return set < 0 ? NULL : sets[set];
}

const custval__impact_kernels *custval__impact_kernels_best(void) {
    return sets[custval__instructions_best()];
}
