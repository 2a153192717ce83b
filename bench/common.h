/* What the programs that time have in common: the clock, memory, files, and what they print. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_BENCH_COMMON_H
#define CUSTVAL_BENCH_COMMON_H

#include <custval/custval.h>

#include <stddef.h>

#define REPEATS 7

/* Ends the program with the message, unless the status is OK. */
void demand(custval_status status, const custval_error *error);

double seconds(void);

/* Memory whose pages are there, aligned as large arrays of NumPy are. */
void *need(size_t size);

/* Reads a file of at least `least` and at most `most` bytes; returns how many there were. */
size_t read_file(const char *path, void *out, size_t least, size_t most);

custval_system *read_system(const char *path);

/* Columns from memory, one after the other, named as the system's inputs and in their order. */
custval_table *table_of_answers(const custval_system *system, const double *values, size_t rows);

/* Fills the caches with something else: no real data of this size are in one when work on them starts. */
void forget_caches(void);

/* Seconds of reading columns that lie one after the other: from end to end, or in the order in which scoring reads
   them. threads: NULL for one. */
double time_reading(custval_threads *threads, const double *values, size_t columns, size_t rows, int by_blocks);

/* , "name": [the numbers of all repeats] */
void print_list(const char *name, const double *numbers);

#endif
