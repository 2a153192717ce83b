/* Which instruction sets are built in, and which the processor can run. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "instructions.h"

#include <stddef.h>
#include <string.h>

#include "compiler.h"

static const char *const names[CUSTVAL__INSTRUCTION_SETS] = {"portable", "avx2", "avx512"};

static int is_there(int set) {
    switch (set) {
    case CUSTVAL__AVX2: return CUSTVAL__HAVE_AVX2 && CUSTVAL__CPU_HAS_AVX2();
    case CUSTVAL__AVX512: return CUSTVAL__HAVE_AVX512 && CUSTVAL__CPU_HAS_AVX512();
    default: return 1;
    }
}

int custval__instructions_find(const char *name) {
    for (int set = 0; set < CUSTVAL__INSTRUCTION_SETS && name != NULL; set++) {
        if (strcmp(name, names[set]) == 0) return is_there(set) ? set : -1;
    }
    return -1;
}

int custval__instructions_best(void) {
    int set = CUSTVAL__INSTRUCTION_SETS - 1;
    while (!is_there(set)) set--;
    return set;
}
