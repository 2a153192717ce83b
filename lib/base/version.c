/* Version and feature queries. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <custval/version.h>

#include <stddef.h>
#include <string.h>

#include "compiler.h"
#include "instructions.h"

uint32_t custval_version(void) {
    return CUSTVAL_VERSION;
}

const char *custval_version_string(void) {
    return CUSTVAL_VERSION_STRING;
}

uint32_t custval_abi_version(void) {
    return CUSTVAL_ABI_VERSION;
}

int custval_has_feature(const char *name) {
    if (name == NULL) return 0;
    if (strcmp(name, "threads") == 0) return CUSTVAL__HAVE_THREADS;
    if (strcmp(name, "arrow") == 0 || strcmp(name, "json") == 0) return 1;
    if (strcmp(name, "avx2") == 0 || strcmp(name, "avx512") == 0) return custval__instructions_find(name) >= 0;
    return 0;
}
