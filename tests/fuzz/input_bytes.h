/* An input taken piece by piece, and frames of what the library saves as bytes, repaired. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_TESTS_INPUT_BYTES_H
#define CUSTVAL_TESTS_INPUT_BYTES_H

#include <string.h>

#include "demand.h"

typedef struct input {
    const uint8_t *data;
    size_t size, at;
} input;

/* A number of so many bytes; zeros follow the end. */
static inline uint64_t take(input *in, size_t bytes) {
    uint64_t value = 0;
    for (size_t i = 0; i < bytes; i++) value = value << 8 | (in->at < in->size ? in->data[in->at++] : 0U);
    return value;
}

static inline void put_integer(unsigned char *to, uint64_t value, size_t size) {
    for (size_t i = 0; i < size; i++) to[i] = (unsigned char)(value >> 8 * i);
}

/* A copy with a mark, a length and a checksum that fit, so that what they guard is reached; free() it. NULL: too short. */
static inline unsigned char *framed(const uint8_t *data, size_t size, uint64_t mark) {
    if (size < 48) return NULL;
    unsigned char *const bytes = malloc(size);
    uint64_t hash = UINT64_C(0xcbf29ce484222325); /* FNV-1a */
    DEMAND(bytes != NULL);
    memcpy(bytes, data, size);
    put_integer(bytes, mark, 8);
    put_integer(bytes + 8, size, 8);
    for (size_t i = 0; i < size - 8; i++) hash = (hash ^ bytes[i]) * UINT64_C(0x100000001b3);
    put_integer(bytes + size - 8, hash, 8);
    return bytes;
}

#endif
