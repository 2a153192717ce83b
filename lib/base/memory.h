/* Memory: every byte the library owns comes through here, so that every allocation can fail and be counted. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_BASE_MEMORY_H
#define CUSTVAL_BASE_MEMORY_H

#include <stddef.h>

#include <custval/host.h>

/* Copies the caller's host (size-prefixed, may be NULL) into a whole one whose allocator is never NULL. */
custval_status custval__host_read(custval_host *out, const custval_host *host, custval_error *error);

/* Blocks remember their size, so that custval__free needs no size and the host's allocator always gets the true one.
   `host` is a whole one. Blocks are aligned as the allocator's memory is, so for every type. Overflow of count * size
   counts as out of memory. NULL on failure; size 0 gives a valid block. None of these formats an error: callers do,
   with custval__fail_memory. */
void *custval__alloc(const custval_host *host, size_t count, size_t size);
void *custval__alloc_zero(const custval_host *host, size_t count, size_t size);
/* Keeps the old block on failure. */
void *custval__resize(const custval_host *host, void *block, size_t count, size_t size);
void custval__free(const custval_host *host, void *block);                           /* NULL is fine */
char *custval__copy_text(const custval_host *host, const char *text, size_t length); /* adds the NUL */

/* A growing array: makes room for one more element of `size` bytes; `*capacity` counts elements. 0 on success. */
int custval__grow(const custval_host *host, void **block, size_t *capacity, size_t count, size_t size);

/* An arena: many small pieces that live and die together (the frozen system, names of a table). */
typedef struct custval__arena {
    custval_host host;
    struct custval__chunk *chunks;
} custval__arena;

void custval__arena_init(custval__arena *arena, const custval_host *whole_host);
/* Zeroed, aligned for every type; NULL on failure. */
void *custval__arena_alloc(custval__arena *arena, size_t count, size_t size);
char *custval__arena_text(custval__arena *arena, const char *text, size_t length);
void custval__arena_free(custval__arena *arena);

#endif
