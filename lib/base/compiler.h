/* The only place that knows compilers. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_BASE_COMPILER_H
#define CUSTVAL_BASE_COMPILER_H

/* On Windows gcc's "printf" is Microsoft's, which has no %zu; ours is formatted by our own code. */
#if defined(__MINGW32__) && !defined(__clang__)
#  define CUSTVAL__PRINTF(text, first) __attribute__((__format__(__gnu_printf__, text, first)))
#elif defined(__GNUC__)
#  define CUSTVAL__PRINTF(text, first) __attribute__((__format__(__printf__, text, first)))
#else
#  define CUSTVAL__PRINTF(text, first)
#endif

#if defined(__GNUC__)
#  define CUSTVAL__LIKELY(x) __builtin_expect(!!(x), 1)
#  define CUSTVAL__UNLIKELY(x) __builtin_expect(!!(x), 0)
#  define CUSTVAL__PREFETCH(address) __builtin_prefetch(address)
#  define CUSTVAL__PREFETCH_TO_WRITE(address) __builtin_prefetch(address, 1)
#else
#  define CUSTVAL__LIKELY(x) (x)
#  define CUSTVAL__UNLIKELY(x) (x)
#  define CUSTVAL__PREFETCH(address) ((void)(address))
#  define CUSTVAL__PREFETCH_TO_WRITE(address) ((void)(address))
#endif

/* For functions that do nothing but prefetch: gcc thinks that they have no effect, and drops calls whose callee it sees. */
#if defined(__GNUC__) && !defined(__clang__) && __GNUC__ >= 8
#  define CUSTVAL__ONLY_PREFETCHES __attribute__((__noipa__))
#else
#  define CUSTVAL__ONLY_PREFETCHES
#endif

/* Number of bits of a uint64_t that are 1. */
#if defined(__GNUC__)
#  define CUSTVAL__POPCOUNT(x) __builtin_popcountll(x)
#else
static inline int custval__popcount(unsigned long long x) {
    int bits = 0;
    for (; x != 0; x &= x - 1) bits++;
    return bits;
}
#  define CUSTVAL__POPCOUNT(x) custval__popcount(x)
#endif

/* Place of the lowest bit of a uint64_t that is 1; one is. */
#if defined(__GNUC__)
#  define CUSTVAL__LOWEST_BIT(x) ((size_t)__builtin_ctzll(x))
#else
#  define CUSTVAL__LOWEST_BIT(x) ((size_t)CUSTVAL__POPCOUNT(((x) & (0 - (x))) - 1))
#endif

/* POSIX threads are there: not on Windows without MinGW, nor in WebAssembly built without threads. */
#if (defined(_WIN32) && !defined(__MINGW32__)) || (defined(__wasm__) && !defined(_REENTRANT))
#  define CUSTVAL__HAVE_THREADS 0
#else
#  define CUSTVAL__HAVE_THREADS 1
#endif

/* What the processor in use can run, where the compiler can ask it; the operating system's support included. */
#if defined(__GNUC__) && (defined(__x86_64__) || defined(__i386__))
#  define CUSTVAL__CPU_HAS_AVX2() (__builtin_cpu_supports("avx2") != 0)
#  define CUSTVAL__CPU_HAS_AVX512()                                                       \
      (__builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512dq") != 0 && \
       __builtin_cpu_supports("avx512vl") != 0 && __builtin_cpu_supports("avx512bw") != 0)
#else
#  define CUSTVAL__CPU_HAS_AVX2() 0
#  define CUSTVAL__CPU_HAS_AVX512() 0
#endif

/* Returns the status of an expression that failed, unchanged. */
#define CUSTVAL__TRY(expression)                              \
    do {                                                      \
        const custval_status custval__status = (expression);  \
        if (custval__status != CUSTVAL_OK) return custval__status; \
    } while (0)

#endif
