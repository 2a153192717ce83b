/* What the tests of the interface share: refusing NULL, and structs of other sizes than ours. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_TESTS_API_H
#define CUSTVAL_TESTS_API_H

#include <stdlib.h>
#include <string.h>

#include <custval/custval.h>

#include "sample.h"
#include "support.h"

/* The call refuses an argument; `error` must be in scope. */
#define assert_refused(call) assert_status(call, CUSTVAL_ERROR_ARGUMENT, &error)

/* Larger than any struct that a library may take for one of its own. */
#define LARGEST_STRUCT 4096

typedef struct bigger {
    union {
        size_t struct_size;
        max_align_t aligned;
        unsigned char bytes[LARGEST_STRUCT + 1];
    } as;
} bigger;

static inline void bigger_set(bigger *to, const void *whole, size_t size, size_t struct_size, int tail) {
    memset(to, tail, sizeof *to);
    memcpy(to, whole, size);
    to->as.struct_size = struct_size;
}

/* A call that takes a size-prefixed struct refuses sizes that no version had, takes a longer one whose unknown end is
   zero, and refuses one whose unknown end is not. */
static inline void assert_reads_struct(custval_status (*call)(const void *given, custval_error *error),
                                       const void *whole, size_t size) {
    const size_t wrong[] = {0, sizeof(size_t) - 1, size - 1, LARGEST_STRUCT + 1, SIZE_MAX};
    custval_error error = CUSTVAL_ERROR_INIT;
    bigger given;
    for (size_t i = 0; i < SUPPORT_COUNT(wrong); i++) {
        bigger_set(&given, whole, size, wrong[i], 0);
        assert_status(call(&given, &error), CUSTVAL_ERROR_STRUCT_SIZE, &error);
    }
    bigger_set(&given, whole, size, size + 24, 0);
    assert_ok(call(&given, &error), &error);
    given.as.bytes[size + 23] = 1;
    assert_status(call(&given, &error), CUSTVAL_ERROR_STRUCT_NEWER, &error);
    given.as.struct_size = size + 23;
    assert_ok(call(&given, &error), &error);
    bigger_set(&given, whole, size, LARGEST_STRUCT, 0);
    assert_ok(call(&given, &error), &error);
}

/* A call that fills one in refuses the same sizes, and clears the end that it does not know. */
static inline void assert_writes_struct(custval_status (*call)(void *out, custval_error *error), size_t size) {
    const size_t wrong[] = {0, sizeof(size_t) - 1, size - 1, LARGEST_STRUCT + 1, SIZE_MAX};
    custval_error error = CUSTVAL_ERROR_INIT;
    bigger out;
    assert_refused(call(NULL, &error));
    for (size_t i = 0; i < SUPPORT_COUNT(wrong); i++) {
        bigger_set(&out, &wrong[i], sizeof wrong[i], wrong[i], 0x5a);
        assert_status(call(&out, &error), CUSTVAL_ERROR_STRUCT_SIZE, &error);
        assert_int_equal(out.as.bytes[sizeof(size_t)], 0x5a);
    }
    const size_t longer = size + 24;
    bigger_set(&out, &longer, sizeof longer, longer, 0x5a);
    assert_ok(call(&out, &error), &error);
    assert_int_equal(out.as.struct_size, longer);
    for (size_t i = size; i < longer; i++) assert_int_equal(out.as.bytes[i], 0);
    assert_int_equal(out.as.bytes[longer], 0x5a);
}

#endif
