/* Errors: one line, formatted without allocating and without the locale. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_BASE_ERROR_H
#define CUSTVAL_BASE_ERROR_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <custval/status.h>

#include "compiler.h"

/* Locale-free subset of snprintf: %s %.*s %c %d %u %zu %lld %llu %g %%, where %g prints the shortest decimal that reads
   back as the same double. Always terminates; cuts at a whole UTF-8 character; returns the length it wanted. */
size_t custval__format(char *out, size_t capacity, const char *format, ...) CUSTVAL__PRINTF(3, 4);
size_t custval__format_list(char *out, size_t capacity, const char *format, va_list list) CUSTVAL__PRINTF(3, 0);

/* Fills in the error (NULL, or one whose struct_size is none that we know, is left alone) and returns the status.
   node is CUSTVAL_NONE and row SIZE_MAX, unless the _at form says otherwise. */
custval_status custval__fail(custval_error *error, custval_status status, const char *format, ...)
    CUSTVAL__PRINTF(3, 4);
custval_status custval__fail_at(custval_error *error, custval_status status, uint32_t node, size_t row,
                                const char *format, ...) CUSTVAL__PRINTF(5, 6);
custval_status custval__fail_memory(custval_error *error);
/* Argument that must not be NULL: `name` as in the header. */
custval_status custval__fail_null(custval_error *error, const char *name);

/* Puts text before the message already there, e.g. the path in a document: "$.gates[0]: " + message. */
void custval__error_prefix(custval_error *error, const char *prefix);

#endif
