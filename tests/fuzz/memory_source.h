/* The bytes of a fuzzed input, read as the command reads a file. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_TESTS_MEMORY_SOURCE_H
#define CUSTVAL_TESTS_MEMORY_SOURCE_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct memory_source {
    const uint8_t *data;
    size_t size;
} memory_source;

static inline size_t read_memory(void *data, char *out, size_t size) {
    memory_source *const from = data;
    const size_t given = size < from->size ? size : from->size;
    memcpy(out, from->data, given);
    from->data += given;
    from->size -= given;
    return given;
}

#endif
