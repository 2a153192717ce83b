/* Size-prefixed structs: copying them in and out across versions. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "options.h"

#include <string.h>

#include "error.h"

/* Far above any struct of ours: a larger struct_size is memory that was never initialised. */
#define LARGEST_STRUCT 4096

static size_t smaller(size_t a, size_t b) {
    return a < b ? a : b;
}

static custval_status size_check(size_t struct_size, size_t first_size, const char *name, custval_error *error) {
    if (struct_size >= first_size && struct_size <= LARGEST_STRUCT) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_STRUCT_SIZE,
                         "%s.struct_size is %zu, which no version had: initialise the struct with its _INIT macro",
                         name, struct_size);
}

custval_status custval__struct_read(void *out, size_t size, size_t first_size, const void *given, const char *name,
                                    custval_error *error) {
    if (given == NULL) return CUSTVAL_OK;
    size_t struct_size = 0;
    memcpy(&struct_size, given, sizeof struct_size);
    CUSTVAL__TRY(size_check(struct_size, first_size, name, error));
    const unsigned char *const bytes = given;
    for (size_t i = size; i < struct_size; i++) {
        if (bytes[i] != 0) {
            return custval__fail(error, CUSTVAL_ERROR_STRUCT_NEWER,
                                 "%s has %zu bytes of which this library knows %zu, and byte %zu is not zero", name,
                                 struct_size, size, i);
        }
    }
    const size_t prefix = sizeof struct_size;
    memcpy((unsigned char *)out + prefix, bytes + prefix, smaller(struct_size, size) - prefix);
    return CUSTVAL_OK;
}

custval_status custval__struct_write(void *out, const void *from, size_t size, size_t first_size, const char *name,
                                     custval_error *error) {
    if (out == NULL) return custval__fail_null(error, name);
    size_t struct_size = 0;
    memcpy(&struct_size, out, sizeof struct_size);
    CUSTVAL__TRY(size_check(struct_size, first_size, name, error));
    const size_t prefix = sizeof struct_size, known = smaller(struct_size, size);
    unsigned char *const bytes = out;
    memcpy(bytes + prefix, (const unsigned char *)from + prefix, known - prefix);
    memset(bytes + known, 0, struct_size - known);
    return CUSTVAL_OK;
}
