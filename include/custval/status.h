/* custval: how a call says that it failed. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_STATUS_H
#define CUSTVAL_STATUS_H

#include <stddef.h>
#include <stdint.h>

#include "macros.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @file status.h
 * @brief Status codes and the caller-owned error.
 *
 * @defgroup status Status and errors
 *
 * A call that can fail returns a `custval_status`: 0 is success, every failure is negative, there are no positive
 * meanings. What went wrong, in one line that names the node, column, row and value, goes into an optional
 * `custval_error` that the caller owns and passes last:
 *
 *     custval_error error = CUSTVAL_ERROR_INIT;
 *     if (custval_system_parse(NULL, text, length, &system, &error) != CUSTVAL_OK) puts(error.message);
 *
 * A failed call changes nothing that the caller can observe, unless its page says otherwise, and sets its output
 * handles to NULL. A *row* that cannot be scored is not a failure of the call: see ::custval_row_status.
 * @{
 */

/** @brief 0 for success, or one of the negative codes of ::custval_status_code. @since 0.1 */
typedef int32_t custval_status;

/**
 * @brief The codes of ::custval_status.
 *
 * Values never change. Later versions may add codes: treat an unknown negative value as a failure.
 * @since 0.1
 */
enum custval_status_code {
    CUSTVAL_OK = 0,                 /**< The call did what it says. */
    CUSTVAL_ERROR_ARGUMENT = -1,    /**< An argument is NULL, out of its range or contradicts another. */
    CUSTVAL_ERROR_MEMORY = -2,      /**< The allocator returned NULL; nothing leaked, nothing changed. */
    CUSTVAL_ERROR_RANGE = -3,       /**< A number lies outside the range that its place allows. */
    CUSTVAL_ERROR_WEIGHT = -4,      /**< A weight is negative or not finite, or a group's weights are all zero. */
    CUSTVAL_ERROR_STRUCTURE = -5,   /**< The tree has a wrong shape: no indicator, wrong level, wrong parent. */
    CUSTVAL_ERROR_DUPLICATE = -6,   /**< A name is used twice where it must be unique. */
    CUSTVAL_ERROR_NOT_FOUND = -7,   /**< A column, node, profile or context of that name does not exist. */
    CUSTVAL_ERROR_TYPE = -8,        /**< A column has a type that this use cannot read. */
    CUSTVAL_ERROR_NOT_FINITE = -9,  /**< A NaN or infinity where a finite number is needed. */
    CUSTVAL_ERROR_STATE = -10,      /**< The call is not possible now, e.g. an override expires and no date was
                                         given. */
    CUSTVAL_ERROR_STRUCT_SIZE = -11, /**< A struct's `struct_size` is not one that any version had. */
    CUSTVAL_ERROR_STRUCT_NEWER = -12, /**< A newer struct asks for something that this library does not know. */
    CUSTVAL_ERROR_CANCELLED = -13,  /**< The host's progress callback, or its runner, asked to stop. */
    CUSTVAL_ERROR_INTERNAL = -14,   /**< A defect in custval; please report it with the message. */
    CUSTVAL_ERROR_DOCUMENT = -15,   /**< A document is not JSON, or not the document that the call reads. */
    CUSTVAL_ERROR_LIMIT = -16,      /**< More nodes, bytes or levels than the stated limits. */
    CUSTVAL_ERROR_UNSUPPORTED = -17, /**< Well formed, but custval has no exact method for it; the message says why. */
    CUSTVAL_ERROR_STREAM = -18,     /**< An Arrow stream of the host reported an error of its own. */
    CUSTVAL_ERROR_CONVERGENCE = -19 /**< A fit found no optimum; the message says why, and what would help. */
};

/** @brief Size of custval_error::message, with its terminating NUL. @since 0.1 */
#define CUSTVAL_ERROR_MESSAGE_SIZE 480

/** @brief Stands in custval_error::row and custval_error::node when the error belongs to none. @since 0.1 */
#define CUSTVAL_NONE ((uint32_t)0xffffffffU)

/**
 * @brief What went wrong, filled in on failure only.
 *
 * Owned by the caller, who initialises it with #CUSTVAL_ERROR_INIT; may be reused for any number of calls.
 * Formatting a message never allocates.
 * @since 0.1
 */
typedef struct custval_error {
    size_t struct_size;  /**< `sizeof(custval_error)`, set by #CUSTVAL_ERROR_INIT. */
    int32_t status;      /**< The status that the call returned. */
    uint32_t node;       /**< Index of the node concerned, or #CUSTVAL_NONE. */
    size_t row;          /**< Row of the table concerned, counted from 0, or `SIZE_MAX`. */
    char message[CUSTVAL_ERROR_MESSAGE_SIZE]; /**< One line of UTF-8, NUL-terminated. */
} custval_error;

/** @brief Initialiser of a ::custval_error. @since 0.1 */
#define CUSTVAL_ERROR_INIT {sizeof(custval_error), 0, CUSTVAL_NONE, (size_t)-1, {0}}

/**
 * @brief Gives the name of a status as it stands in this header, e.g. `"CUSTVAL_ERROR_WEIGHT"`.
 * @param status any value.
 * @return a static string; `"CUSTVAL_ERROR_UNKNOWN"` for a value that this version does not know. Never NULL.
 * @note Thread-safe.
 * @since 0.1
 */
CUSTVAL_API const char *custval_status_name(custval_status status);

/**
 * @brief Gives one English sentence that describes a status.
 * @param status any value.
 * @return a static string, never NULL.
 * @note Thread-safe.
 * @since 0.1
 */
CUSTVAL_API const char *custval_status_description(custval_status status);

/** @} */

#ifdef __cplusplus
}
#endif
#endif
