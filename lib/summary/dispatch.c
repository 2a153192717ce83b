/* Choosing the kernels of summaries that the processor can run. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "kernels.h"

#include "../base/instructions.h"

extern const custval__summary_kernels custval__summary_kernels_portable, custval__summary_kernels_avx2,
    custval__summary_kernels_avx512;

static const custval__summary_kernels *const sets[] = CUSTVAL__KERNEL_TABLES(custval__summary_kernels_);

const custval__summary_kernels *custval__summary_kernels_named(const char *name) {
    const int set = custval__instructions_find(name);
    return set < 0 ? NULL : sets[set];
}

const custval__summary_kernels *custval__summary_kernels_best(void) {
    return sets[custval__instructions_best()];
}
