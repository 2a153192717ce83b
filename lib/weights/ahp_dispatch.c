/* Choosing the kernels of the analytic hierarchy process that the processor can run. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "ahp_kernels.h"

#include <string.h>

#include "../base/compiler.h"

extern const custval__ahp_kernels custval__ahp_kernels_portable;
#if CUSTVAL__HAVE_AVX2
extern const custval__ahp_kernels custval__ahp_kernels_avx2;
#endif
#if CUSTVAL__HAVE_AVX512
extern const custval__ahp_kernels custval__ahp_kernels_avx512;
#endif

const custval__ahp_kernels *custval__ahp_kernels_named(const char *name) {
#if CUSTVAL__HAVE_AVX512
    if (strcmp(name, "avx512") == 0) return CUSTVAL__CPU_HAS_AVX512() ? &custval__ahp_kernels_avx512 : NULL;
#endif
#if CUSTVAL__HAVE_AVX2
    if (strcmp(name, "avx2") == 0) return CUSTVAL__CPU_HAS_AVX2() ? &custval__ahp_kernels_avx2 : NULL;
#endif
    return strcmp(name, "portable") == 0 ? &custval__ahp_kernels_portable : NULL;
}

const custval__ahp_kernels *custval__ahp_kernels_best(void) {
    const custval__ahp_kernels *best = custval__ahp_kernels_named("avx512");
    if (best == NULL) best = custval__ahp_kernels_named("avx2");
    return best != NULL ? best : &custval__ahp_kernels_portable;
}
