/* Reading memory as fast as the machine can. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_BENCH_BANDWIDTH_H
#define CUSTVAL_BENCH_BANDWIDTH_H

#include <stddef.h>
#include <stdint.h>

/* Adds up the words of an array from end to end: additions of integers, which compilers may reorder, so that nothing but
   memory holds them up. */
uint64_t bandwidth_read(const double *values, size_t count);

#endif
