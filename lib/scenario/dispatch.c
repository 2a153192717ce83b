/* Choosing the kernels of scenarios that the processor can run. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "kernels.h"

#include "../base/instructions.h"

extern const custval__scenario_kernels custval__scenario_kernels_portable, custval__scenario_kernels_avx2,
    custval__scenario_kernels_avx512;

static const custval__scenario_kernels *const sets[] = CUSTVAL__KERNEL_TABLES(custval__scenario_kernels_);

const custval__scenario_kernels *custval__scenario_kernels_named(const char *name) {
    const int set = custval__instructions_find(name);
    return set < 0 ? NULL : sets[set];
}

const custval__scenario_kernels *custval__scenario_kernels_best(void) {
    return sets[custval__instructions_best()];
}
