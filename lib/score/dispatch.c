/* Choosing the kernels that the processor can run. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "kernels.h"

#include <stddef.h>

#include "../base/instructions.h"

extern const custval__kernels custval__kernels_portable, custval__kernels_avx2, custval__kernels_avx512;

static const custval__kernels *const sets[] = CUSTVAL__KERNEL_TABLES(custval__kernels_);

const custval__kernels *custval__kernels_named(const char *name) {
    const int set = custval__instructions_find(name);
    return set < 0 ? NULL : sets[set];
}

const custval__kernels *custval__kernels_best(void) {
    return sets[custval__instructions_best()];
}
