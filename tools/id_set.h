/* Ids seen so far, in bounded memory. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_TOOLS_ID_SET_H
#define CUSTVAL_TOOLS_ID_SET_H

#include <stddef.h>
#include <stdint.h>

#include <custval/table.h>

/* 32 MiB at most: beyond this many ids, no more are remembered. */
#define ID_SET_MOST ((size_t)3 << 20)

/* Hashes of 64 bits stand for the ids: that two different ones among three millions share one has the odds of 1 to four
   millions. Starts as zeros. */
typedef struct id_set {
    uint64_t *slots; /* 0 is free */
    size_t size, count;
} id_set;

/* Hash of a composite id, never 0, from the hash of what comes before it (0 for nothing). */
uint64_t id_hash(uint64_t before, const custval_text *text);
/* 1 if the id was there already; else 0, and it is from now on, unless the set is full. */
int id_set_add(id_set *set, uint64_t hash);
int id_set_is_full(const id_set *set);
void id_set_free(id_set *set);

#endif
