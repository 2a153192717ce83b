/* The only place that knows compilers. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_BASE_COMPILER_H
#define CUSTVAL_BASE_COMPILER_H

#if defined(__GNUC__)
#  define CUSTVAL__PRINTF(format, first) __attribute__((format(printf, format, first)))
#  define CUSTVAL__LIKELY(x) __builtin_expect(!!(x), 1)
#  define CUSTVAL__UNLIKELY(x) __builtin_expect(!!(x), 0)
#else
#  define CUSTVAL__PRINTF(format, first)
#  define CUSTVAL__LIKELY(x) (x)
#  define CUSTVAL__UNLIKELY(x) (x)
#endif

/* Returns the status of an expression that failed, unchanged. */
#define CUSTVAL__TRY(expression)                              \
    do {                                                      \
        const custval_status custval__status = (expression);  \
        if (custval__status != CUSTVAL_OK) return custval__status; \
    } while (0)

#endif
