/* Size-prefixed structs: the one way in and out (docs/abi.md). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_BASE_OPTIONS_H
#define CUSTVAL_BASE_OPTIONS_H

#include <stddef.h>

#include <custval/status.h>

/* Copies the caller's struct into *out, whose first member is its size_t struct_size and which already holds the
   defaults of this version. `given` NULL keeps the defaults. A struct_size below `first_size` (the size in the version
   that introduced it) or above 4096 is CUSTVAL_ERROR_STRUCT_SIZE; bytes beyond `size` that are not zero are
   CUSTVAL_ERROR_STRUCT_NEWER. `name` is the type's name. */
custval_status custval__struct_read(void *out, size_t size, size_t first_size, const void *given, const char *name,
                                    custval_error *error);

/* Copies min(out->struct_size, size) bytes of `from` into the caller's output struct, keeping its struct_size and
   zeroing what this version does not know. */
custval_status custval__struct_write(void *out, const void *from, size_t size, size_t first_size, const char *name,
                                     custval_error *error);

#endif
