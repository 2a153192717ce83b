/* custval: system documents, JSON in and out. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_DOCUMENT_H
#define CUSTVAL_DOCUMENT_H

#include <stddef.h>
#include <stdint.h>

#include "host.h"
#include "macros.h"
#include "status.h"
#include "system.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @file document.h
 * @brief Systems as JSON documents.
 *
 * @defgroup document Documents
 *
 * A document begins with `{"custval": "system", "version": 1, ...`; docs/system-document.md explains every key and
 * docs/system.schema.json is its JSON Schema. Unknown keys are refused, and the nearest known one is named. Errors
 * begin with the exact place: `$.dimensions[0].indicators[2].weight: indicator "price": weight -0.2 is negative`.
 * @{
 */

#define CUSTVAL_MAX_DOCUMENT_SIZE 16777216 /**< Most bytes of a document. @since 0.1 */
#define CUSTVAL_MAX_DOCUMENT_DEPTH 32      /**< Most levels of nesting in a document. @since 0.1 */

/**
 * @brief Makes a system from a document.
 * @param host memory for the reading and for the system; copied; may be NULL.
 * @param text the document, UTF-8, with or without a byte order mark; used only during the call.
 * @param length its length in bytes.
 * @param[out] out the system, to be freed with custval_system_free(); NULL on failure.
 * @param[out] error may be NULL; the message begins with line and column, or with the path.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_DOCUMENT (no JSON, no system document, unknown or missing key, wrong type,
 *         duplicate key, version that this library cannot read), #CUSTVAL_ERROR_LIMIT, #CUSTVAL_ERROR_MEMORY, and what
 *         custval_builder_build() and the calls before it return.
 * @note Thread-safe.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_system_parse(const custval_host *host, const char *text,
                                                                  size_t length, custval_system **out,
                                                                  custval_error *error);

/**
 * @brief Writes a system as a document.
 *
 * Parsing the text gives an equal system, and writing that gives the same bytes.
 * @param system a system.
 * @param[out] buffer receives at most `capacity` bytes with a NUL; may be NULL if capacity is 0.
 * @param capacity size of the buffer.
 * @param[out] out_length bytes of the whole text without the NUL, also when the buffer is too small; 0 on failure.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK (also when the text was cut: compare out_length), #CUSTVAL_ERROR_ARGUMENT.
 * @note Const use may be shared. Allocates nothing.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_system_write(const custval_system *system, char *buffer,
                                                                  size_t capacity, size_t *out_length,
                                                                  custval_error *error);

/** @} */

#ifdef __cplusplus
}
#endif
#endif
