/* Choosing the kernels of the Pareto/NBD that the processor can run. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "pnbd_kernels.h"

#include "../base/instructions.h"

extern const custval__pnbd_kernels custval__pnbd_kernels_portable, custval__pnbd_kernels_avx2,
    custval__pnbd_kernels_avx512;

static const custval__pnbd_kernels *const sets[] = CUSTVAL__KERNEL_TABLES(custval__pnbd_kernels_);

const custval__pnbd_kernels *custval__pnbd_kernels_named(const char *name) {
    const int set = custval__instructions_find(name);
    return set < 0 ? NULL : sets[set];
}

const custval__pnbd_kernels *custval__pnbd_kernels_best(void) {
    return sets[custval__instructions_best()];
}
