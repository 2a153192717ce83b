/* Names found by binary search. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_PROGRAMMES_SORTED_H
#define CUSTVAL_PROGRAMMES_SORTED_H

#include <stddef.h>
#include <stdint.h>

/* Puts indices of the names in the order of their bytes; `spare` has the same room. Gives the index of a name that is there
   twice (the later one), or CUSTVAL_NONE. */
uint32_t custval__sorted_make(const char *const *names, uint32_t count, uint32_t *order, uint32_t *spare);

/* Index of a name, which need not end with a NUL, or CUSTVAL_NONE. */
uint32_t custval__sorted_find(const char *const *names, const uint32_t *order, uint32_t count, const char *name,
                              size_t length);

#endif
