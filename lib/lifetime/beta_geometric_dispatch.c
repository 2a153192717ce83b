/* Choosing the kernels of BG/NBD and MBG/NBD that the processor can run. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "beta_geometric_kernels.h"

#include "../base/instructions.h"

extern const custval__beta_geometric_kernels custval__beta_geometric_kernels_portable,
    custval__beta_geometric_kernels_avx2, custval__beta_geometric_kernels_avx512;

static const custval__beta_geometric_kernels *const sets[] = CUSTVAL__KERNEL_TABLES(custval__beta_geometric_kernels_);

const custval__beta_geometric_kernels *custval__beta_geometric_kernels_named(const char *name) {
    const int set = custval__instructions_find(name);
    return set < 0 ? NULL : sets[set];
}

const custval__beta_geometric_kernels *custval__beta_geometric_kernels_best(void) {
    return sets[custval__instructions_best()];
}
