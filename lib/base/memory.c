/* Memory: blocks that know their size, growing arrays, arenas. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "error.h"
#include "options.h"

/* In front of every block. 16 bytes whatever the width of size_t, so that the block is aligned as the allocator's
   memory is. `size` is what the allocator was last asked for, this header included. */
typedef struct header {
    size_t size;
    unsigned char rest[16 - sizeof(size_t)];
} header;

static void *default_allocator(void *data, void *ptr, size_t old_size, size_t new_size) {
    (void)data;
    (void)old_size;
    if (new_size == 0) {
        free(ptr);
        return NULL;
    }
    return realloc(ptr, new_size);
}

custval_status custval__host_read(custval_host *out, const custval_host *host, custval_error *error) {
    *out = (custval_host)CUSTVAL_HOST_INIT;
    const custval_status status =
        custval__struct_read(out, sizeof *out, sizeof(custval_host), host, "custval_host", error);
    if (out->allocator == NULL) out->allocator = default_allocator;
    return status;
}

/* Bytes of a block with its header, or 0 if that overflows. */
static size_t block_size(size_t count, size_t size) {
    if (size != 0 && count > (SIZE_MAX - sizeof(header)) / size) return 0;
    return count * size + sizeof(header);
}

static header *header_of(void *block) {
    return block == NULL ? NULL : (header *)block - 1;
}

void *custval__resize(const custval_host *host, void *block, size_t count, size_t size) {
    const size_t total = block_size(count, size);
    if (total == 0) return NULL;
    header *const old = header_of(block);
    header *const resized = host->allocator(host->allocator_data, old, old == NULL ? 0 : old->size, total);
    if (resized == NULL) return NULL;
    resized->size = total;
    return resized + 1;
}

void *custval__alloc(const custval_host *host, size_t count, size_t size) {
    return custval__resize(host, NULL, count, size);
}

void *custval__alloc_zero(const custval_host *host, size_t count, size_t size) {
    void *const block = custval__alloc(host, count, size);
    if (block != NULL) memset(block, 0, count * size);
    return block;
}

void custval__free(const custval_host *host, void *block) {
    if (block == NULL) return;
    header *const old = header_of(block);
    host->allocator(host->allocator_data, old, old->size, 0);
}

static void copy_text(char *out, const char *text, size_t length) {
    if (length > 0) memcpy(out, text, length);
    out[length] = 0;
}

char *custval__copy_text(const custval_host *host, const char *text, size_t length) {
    char *const copy = length == SIZE_MAX ? NULL : custval__alloc(host, length + 1, 1);
    if (copy != NULL) copy_text(copy, text, length);
    return copy;
}

int custval__grow(const custval_host *host, void **block, size_t *capacity, size_t count, size_t size) {
    if (count < *capacity) return 0;
    if (count > SIZE_MAX / 2) return -1;
    const size_t wanted = count < 4 ? 8 : count * 2;
    void *const grown = custval__resize(host, *block, wanted, size);
    if (grown == NULL) return -1;
    *block = grown;
    *capacity = wanted;
    return 0;
}

/* Chunks start small, because most arenas hold one small system, and double until the largest. For tests, every piece can
   have a chunk of its own: each of them fails once then, and a step beyond one is seen. */
#ifdef CUSTVAL_PIECES_APART
#  define FIRST_CHUNK 0
#  define LARGEST_CHUNK 0
#else
#  define FIRST_CHUNK 1024
#  define LARGEST_CHUNK 65536
#endif
#define ARENA_ALIGNMENT 16

typedef struct custval__chunk {
    struct custval__chunk *next;
    size_t used, capacity; /* bytes, this header included; used is a multiple of ARENA_ALIGNMENT */
} chunk;

static size_t rounded_up(size_t bytes) {
    return (bytes + (ARENA_ALIGNMENT - 1)) / ARENA_ALIGNMENT * ARENA_ALIGNMENT;
}

void custval__arena_init(custval__arena *arena, const custval_host *whole_host) {
    arena->host = *whole_host;
    arena->chunks = NULL;
}

static chunk *chunk_new(custval__arena *arena, size_t bytes) {
    const size_t first = rounded_up(sizeof(chunk));
    size_t capacity = arena->chunks == NULL ? FIRST_CHUNK : arena->chunks->capacity * 2;
    if (capacity > LARGEST_CHUNK) capacity = LARGEST_CHUNK;
    if (capacity < first + bytes) capacity = first + bytes;
    chunk *const fresh = custval__alloc_zero(&arena->host, capacity, 1);
    if (fresh == NULL) return NULL;
    *fresh = (chunk){arena->chunks, first, capacity};
    arena->chunks = fresh;
    return fresh;
}

void *custval__arena_alloc(custval__arena *arena, size_t count, size_t size) {
    if (size != 0 && count > SIZE_MAX / 4 / size) return NULL;
    const size_t bytes = rounded_up(count * size);
    chunk *from = arena->chunks;
    if (from == NULL || bytes > from->capacity - from->used) from = chunk_new(arena, bytes);
    if (from == NULL) return NULL;
    void *const piece = (unsigned char *)from + from->used;
    from->used += bytes;
    return piece;
}

char *custval__arena_text(custval__arena *arena, const char *text, size_t length) {
    char *const copy = length == SIZE_MAX ? NULL : custval__arena_alloc(arena, length + 1, 1);
    if (copy != NULL) copy_text(copy, text, length);
    return copy;
}

void custval__arena_free(custval__arena *arena) {
    while (arena->chunks != NULL) {
        chunk *const next = arena->chunks->next;
        custval__free(&arena->host, arena->chunks);
        arena->chunks = next;
    }
}
