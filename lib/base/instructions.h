/* Inner loops that are built for several instruction sets: which of them the processor can run. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_BASE_INSTRUCTIONS_H
#define CUSTVAL_BASE_INSTRUCTIONS_H

/* A file of kernels (kernel_sources in the meson.build files) is compiled once per set, with CUSTVAL__KERNEL_SUFFIX set
   to the name of the set, and defines one table of functions, which holds that name and is called table_<suffix>. */
enum { CUSTVAL__PORTABLE, CUSTVAL__AVX2, CUSTVAL__AVX512, CUSTVAL__INSTRUCTION_SETS };

/* Index of a set by name ("portable", "avx2", "avx512"); -1 if it is not built in, or the processor cannot run it. */
int custval__instructions_find(const char *name);
/* The best set; asked once per call, not kept in a global: the library has no state of its own. */
int custval__instructions_best(void);

/* In a file of kernels: the name of the set as text, and the name of the table. */
#define CUSTVAL__JOIN_NAMES(a, b) a##b
#define CUSTVAL__JOIN(a, b) CUSTVAL__JOIN_NAMES(a, b)
#define CUSTVAL__TEXT_OF(a) #a
#define CUSTVAL__TEXT(a) CUSTVAL__TEXT_OF(a)
#define CUSTVAL__KERNEL_TABLE(table) CUSTVAL__JOIN(table, CUSTVAL__KERNEL_SUFFIX)
#define CUSTVAL__KERNEL_NAME CUSTVAL__TEXT(CUSTVAL__KERNEL_SUFFIX)

/* Elsewhere: initialiser of an array of pointers to the tables table_portable ..., by index of the set. */
#if defined(CUSTVAL__HAVE_AVX2) && CUSTVAL__HAVE_AVX2
#  define CUSTVAL__IF_AVX2(table) &table
#else
#  define CUSTVAL__IF_AVX2(table) 0
#endif
#if defined(CUSTVAL__HAVE_AVX512) && CUSTVAL__HAVE_AVX512
#  define CUSTVAL__IF_AVX512(table) &table
#else
#  define CUSTVAL__IF_AVX512(table) 0
#endif
#define CUSTVAL__KERNEL_TABLES(table) \
  { &table##portable, CUSTVAL__IF_AVX2(table##avx2), CUSTVAL__IF_AVX512(table##avx512) }

#endif
