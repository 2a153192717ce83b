/* Keys of customers, integers or text, numbered in the order in which they came. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_HISTORY_KEYS_H
#define CUSTVAL_HISTORY_KEYS_H

#include <stddef.h>
#include <stdint.h>

#include <custval/table.h>

#include "../base/compiler.h"
#include "../base/memory.h"

enum custval__key_kind { CUSTVAL__KEYS_NONE = 0, CUSTVAL__KEYS_INTEGER = 1, CUSTVAL__KEYS_TEXT = 2 };

/* A slot of the hash table: linear probing, at most five eighths full. */
typedef struct custval__key_slot {
    uint32_t index; /* of the key, plus 1; 0: free */
    uint32_t tag;   /* high half of the hash */
} custval__key_slot;

typedef struct custval__keys {
    uint32_t kind, count;
    size_t capacity; /* of `integers` or `ends` */
    int64_t *integers;
    size_t *ends; /* text: where the key ends in `bytes`; it begins where the one before ends */
    char *bytes;
    size_t bytes_capacity;
    custval__key_slot *slots;
    size_t slot_count; /* a power of 2, or 0 */
} custval__keys;

/* No key has this number. */
#define CUSTVAL__NO_KEY UINT32_MAX

void custval__keys_free(custval__keys *keys, const custval_host *host);

/* The finaliser of splitmix64: every bit of the input changes every bit of the hash. */
static inline uint64_t custval__key_mix(uint64_t x) {
    x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
    return x ^ x >> 31;
}

static inline uint64_t custval__key_hash_integer(int64_t value) {
    return custval__key_mix((uint64_t)value + UINT64_C(0x9e3779b97f4a7c15));
}
uint64_t custval__key_hash_text(custval_text text);

/* Two texts of the same length up to this one are the same if their hashes are. */
#define CUSTVAL__KEY_TOLD_BY_HASH 8

/* The table of keys in parts, each of which fits in a cache: where searches for a hash begin. */
#define CUSTVAL__KEY_PARTS_MOST 512
typedef struct custval__key_parts {
    size_t mask;
    unsigned shift;
} custval__key_parts;
custval__key_parts custval__key_parts_of(const custval__keys *keys);

static inline size_t custval__key_part(custval__key_parts by, uint64_t hash) {
    return (size_t)(hash & by.mask) >> by.shift;
}

/* Starts to fetch what searches for some hashes need. */
CUSTVAL__ONLY_PREFETCHES void custval__keys_prefetch(const custval__keys *keys, const uint64_t *hashes, size_t count);

/* Number of a key; CUSTVAL__NO_KEY if there is none. Keys of no kind have none. */
uint32_t custval__keys_find_integer(const custval__keys *keys, int64_t value, uint64_t hash);
uint32_t custval__keys_find_text(const custval__keys *keys, custval_text text, uint64_t hash);

/* Number of a key, which is added if it is new; the kind must be set. CUSTVAL_ERROR_MEMORY, or CUSTVAL_ERROR_LIMIT with
   2^32 - 1 keys; without a message. */
custval_status custval__keys_put_integer(custval__keys *keys, const custval_host *host, int64_t value, uint64_t hash,
                                         uint32_t *out);
custval_status custval__keys_put_text(custval__keys *keys, const custval_host *host, custval_text text, uint64_t hash,
                                      uint32_t *out);
/* The same for a few keys, one after the other; what they need is fetched for all of them first. After a failure those
   before it are there. */
custval_status custval__keys_put_integers(custval__keys *keys, const custval_host *host, const int64_t *values,
                                          const uint64_t *hashes, size_t count, uint32_t *out);
custval_status custval__keys_put_texts(custval__keys *keys, const custval_host *host, const custval_text *texts,
                                       const uint64_t *hashes, size_t count, uint32_t *out);

/* Makes room for so many keys, so that adding them need not grow the tables step by step. CUSTVAL_ERROR_MEMORY without a
   message; what was there stays. */
custval_status custval__keys_reserve(custval__keys *keys, const custval_host *host, size_t count);
/* The same for a key of other keys of the same kind. */
custval_status custval__keys_put_other(custval__keys *keys, const custval_host *host, const custval__keys *other,
                                       uint32_t index, uint32_t *out);

/* Takes back the keys that came last. */
void custval__keys_cut(custval__keys *keys, uint32_t count);

custval_text custval__keys_text(const custval__keys *keys, uint32_t index);

/* Numbers of all keys in ascending order of the keys, text by its bytes; custval__free() it. NULL without memory. */
uint32_t *custval__keys_order(const custval__keys *keys, const custval_host *host);

#endif
