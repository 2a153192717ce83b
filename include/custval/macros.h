/* custval: macros that every public header uses. Nothing here needs a compiler extension to be correct. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_MACROS_H
#define CUSTVAL_MACROS_H

/**
 * @file macros.h
 * @brief Marks of exported and must-use functions.
 */

/**
 * @brief Marks one exported function.
 *
 * Programs that link the static library on Windows define CUSTVAL_STATIC (the pkg-config file does it for them).
 * @since 0.1
 */
#if defined(CUSTVAL_STATIC)
#  define CUSTVAL_API
#elif defined(_WIN32) && defined(CUSTVAL_BUILD)
#  define CUSTVAL_API __declspec(dllexport)
#elif defined(_WIN32)
#  define CUSTVAL_API __declspec(dllimport)
#elif defined(__GNUC__)
#  define CUSTVAL_API __attribute__((visibility("default")))
#else
#  define CUSTVAL_API
#endif

/**
 * @brief Warns a caller who ignores the status of a call that can fail.
 * @since 0.1
 */
#if defined(__GNUC__)
#  define CUSTVAL_NODISCARD __attribute__((warn_unused_result))
#else
#  define CUSTVAL_NODISCARD
#endif

#endif
