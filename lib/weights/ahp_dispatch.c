/* Choosing the kernels of the analytic hierarchy process that the processor can run. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "ahp_kernels.h"

#include "../base/instructions.h"

extern const custval__ahp_kernels custval__ahp_kernels_portable, custval__ahp_kernels_avx2, custval__ahp_kernels_avx512;

static const custval__ahp_kernels *const sets[] = CUSTVAL__KERNEL_TABLES(custval__ahp_kernels_);

const custval__ahp_kernels *custval__ahp_kernels_named(const char *name) {
    const int set = custval__instructions_find(name);
    return set < 0 ? NULL : sets[set];
}

const custval__ahp_kernels *custval__ahp_kernels_best(void) {
    return sets[custval__instructions_best()];
}
