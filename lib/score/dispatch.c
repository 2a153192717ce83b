/* Choosing the kernels that the processor can run. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "kernels.h"

#include <stddef.h>
#include <string.h>

#include "../base/compiler.h"

extern const custval__kernels custval__kernels_portable;
#if CUSTVAL__HAVE_AVX2
extern const custval__kernels custval__kernels_avx2;
#endif
#if CUSTVAL__HAVE_AVX512
extern const custval__kernels custval__kernels_avx512;
#endif

const custval__kernels *custval__kernels_named(const char *name) {
    if (name == NULL) return NULL;
#if CUSTVAL__HAVE_AVX512
    if (strcmp(name, "avx512") == 0) return CUSTVAL__CPU_HAS_AVX512() ? &custval__kernels_avx512 : NULL;
#endif
#if CUSTVAL__HAVE_AVX2
    if (strcmp(name, "avx2") == 0) return CUSTVAL__CPU_HAS_AVX2() ? &custval__kernels_avx2 : NULL;
#endif
    return strcmp(name, "portable") == 0 ? &custval__kernels_portable : NULL;
}

// Asked once per call, not kept in a global: the library has no state of its own.
const custval__kernels *custval__kernels_best(void) {
    const custval__kernels *best = custval__kernels_named("avx512");
    if (best == NULL) best = custval__kernels_named("avx2");
    return best != NULL ? best : &custval__kernels_portable;
}

int custval__kernels_have(const char *name) {
    return custval__kernels_named(name) != NULL;
}
