/* Keys: an open hash table over packed arrays. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "keys.h"

#include <string.h>

#include "../base/compiler.h"

#define FIRST_SLOTS 64
#define PART_SLOTS ((size_t)1 << 14)
#define ENTERED 64 /* keys at a time, so that the slots of all are on the way while the first ones enter */
#define SIGN (UINT64_C(1) << 63)

void custval__keys_free(custval__keys *keys, const custval_host *host) {
    custval__free(host, keys->integers);
    custval__free(host, keys->ends);
    custval__free(host, keys->bytes);
    custval__free(host, keys->slots);
    memset(keys, 0, sizeof *keys);
}

/* ---- Hashes ------------------------------------------------------------------------------------------------------ */

/* The bytes of a short text: those in the middle come twice, so that none is copied by itself. */
static uint64_t short_word(const char *at, size_t length) {
    uint32_t first, last;
    if (length < sizeof first) {
        const unsigned char *const bytes = (const unsigned char *)at;
        return length == 0 ? 0
                           : (uint64_t)bytes[0] | (uint64_t)bytes[length / 2] << 8 | (uint64_t)bytes[length - 1] << 16;
    }
    memcpy(&first, at, sizeof first);
    memcpy(&last, at + length - sizeof last, sizeof last);
    return (uint64_t)first | (uint64_t)last << 32;
}

uint64_t custval__key_hash_text(custval_text text) {
    const char *at = text.data;
    size_t left = text.length;
    uint64_t hash = (uint64_t)left * UINT64_C(0x9e3779b97f4a7c15), word;
    if (left < sizeof word) return custval__key_mix(hash ^ short_word(at, left));
    for (; left > sizeof word; at += sizeof word, left -= sizeof word) {
        memcpy(&word, at, sizeof word);
        hash = custval__key_mix(hash ^ word) + UINT64_C(0x9e3779b97f4a7c15);
    }
    memcpy(&word, at + left - sizeof word, sizeof word); /* the end, of which some bytes may have come before */
    return custval__key_mix(hash ^ word);
}

/* ---- Searching --------------------------------------------------------------------------------------------------- */

custval_text custval__keys_text(const custval__keys *keys, uint32_t index) {
    const size_t start = index == 0 ? 0 : keys->ends[index - 1];
    return (custval_text){keys->bytes + start, keys->ends[index] - start};
}

static int is_text(const custval__keys *keys, uint32_t index, custval_text text) {
    const custval_text key = custval__keys_text(keys, index);
    return key.length == text.length && memcmp(key.data, text.data, text.length) == 0;
}

custval__key_parts custval__key_parts_of(const custval__keys *keys) {
    custval__key_parts parts = {keys->slot_count == 0 ? 0 : keys->slot_count - 1, 0};
    size_t most = PART_SLOTS;
    while (keys->slot_count / most > CUSTVAL__KEY_PARTS_MOST) most *= 2;
    while (((size_t)1 << parts.shift) < most) parts.shift++;
    return parts;
}

/* Three steps, each of which needs what the one before has fetched. */
void custval__keys_prefetch(const custval__keys *keys, const uint64_t *hashes, size_t count) {
    const size_t mask = keys->slot_count - 1;
    if (keys->slot_count == 0) return;
    for (size_t i = 0; i < count; i++) CUSTVAL__PREFETCH(&keys->slots[hashes[i] & mask]);
    for (size_t i = 0; i < count; i++) {
        const uint32_t index = keys->slots[hashes[i] & mask].index;
        if (index == 0) continue;
        if (keys->kind == CUSTVAL__KEYS_INTEGER) {
            CUSTVAL__PREFETCH(&keys->integers[index - 1]);
        } else {
            CUSTVAL__PREFETCH(&keys->ends[index - 1]);
        }
    }
    for (size_t i = 0; i < count && keys->kind == CUSTVAL__KEYS_TEXT; i++) {
        const uint32_t index = keys->slots[hashes[i] & mask].index;
        if (index != 0) CUSTVAL__PREFETCH(keys->bytes + keys->ends[index - 1]);
    }
}

/* The slot of a key, or the free one where it belongs. */
static custval__key_slot *slot_of_integer(const custval__keys *keys, int64_t value, uint64_t hash) {
    const size_t mask = keys->slot_count - 1;
    const uint32_t tag = (uint32_t)(hash >> 32);
    for (size_t at = hash & mask;; at = (at + 1) & mask) {
        custval__key_slot *slot = &keys->slots[at];
        if (slot->index == 0 || (slot->tag == tag && keys->integers[slot->index - 1] == value)) return slot;
    }
}

static custval__key_slot *slot_of_text(const custval__keys *keys, custval_text text, uint64_t hash) {
    const size_t mask = keys->slot_count - 1;
    const uint32_t tag = (uint32_t)(hash >> 32);
    for (size_t at = hash & mask;; at = (at + 1) & mask) {
        custval__key_slot *slot = &keys->slots[at];
        if (slot->index == 0 || (slot->tag == tag && is_text(keys, slot->index - 1, text))) return slot;
    }
}

uint32_t custval__keys_find_integer(const custval__keys *keys, int64_t value, uint64_t hash) {
    if (keys->slot_count == 0) return CUSTVAL__NO_KEY;
    return slot_of_integer(keys, value, hash)->index - 1; /* 0 - 1 is CUSTVAL__NO_KEY */
}

uint32_t custval__keys_find_text(const custval__keys *keys, custval_text text, uint64_t hash) {
    if (keys->slot_count == 0) return CUSTVAL__NO_KEY;
    return slot_of_text(keys, text, hash)->index - 1;
}

/* ---- Adding ------------------------------------------------------------------------------------------------------ */

static uint64_t hash_of(const custval__keys *keys, uint32_t index) {
    if (keys->kind == CUSTVAL__KEYS_INTEGER) return custval__key_hash_integer(keys->integers[index]);
    return custval__key_hash_text(custval__keys_text(keys, index));
}

/* Enters keys from `start` on into slots where there is room for them. */
static void enter(const custval__keys *keys, uint32_t start, uint32_t count, custval__key_slot *slots, size_t mask) {
    uint64_t hashes[ENTERED];
    for (uint32_t i = 0; i < count; i++) {
        hashes[i] = hash_of(keys, start + i);
        CUSTVAL__PREFETCH_TO_WRITE(&slots[hashes[i] & mask]);
    }
    for (uint32_t i = 0; i < count; i++) {
        size_t at = hashes[i] & mask;
        while (slots[at].index != 0) at = (at + 1) & mask;
        slots[at] = (custval__key_slot){start + i + 1, (uint32_t)(hashes[i] >> 32)};
    }
}

/* Makes so many slots, a power of 2. Keys enter in the order of their numbers, so that those that came last can be taken
   back. */
static custval_status grow_slots(custval__keys *keys, const custval_host *host, size_t count) {
    custval__key_slot *slots = custval__alloc_zero(host, count, sizeof *slots);
    if (slots == NULL) return CUSTVAL_ERROR_MEMORY;
    for (uint32_t start = 0, some; start < keys->count; start += some) {
        some = keys->count - start < ENTERED ? keys->count - start : ENTERED;
        enter(keys, start, some, slots, count - 1);
    }
    custval__free(host, keys->slots);
    keys->slots = slots;
    keys->slot_count = count;
    return CUSTVAL_OK;
}

/* With more keys, new slots are due: searches would become long. */
static size_t most_keys(size_t slots) {
    return slots / 8 * 5;
}

static custval_status grow(custval__keys *keys, const custval_host *host) {
    const int integers = keys->kind == CUSTVAL__KEYS_INTEGER;
    void *block = integers ? (void *)keys->integers : (void *)keys->ends;
    if (keys->count == UINT32_MAX) return CUSTVAL_ERROR_LIMIT;
    if (keys->count >= most_keys(keys->slot_count)) {
        CUSTVAL__TRY(grow_slots(keys, host, keys->slot_count == 0 ? FIRST_SLOTS : keys->slot_count * 2));
    }
    const int failed = custval__grow(host, &block, &keys->capacity, keys->count,
                                     integers ? sizeof *keys->integers : sizeof *keys->ends);
    if (failed != 0) return CUSTVAL_ERROR_MEMORY;
    if (integers) {
        keys->integers = block;
    } else {
        keys->ends = block;
    }
    return CUSTVAL_OK;
}

custval_status custval__keys_reserve(custval__keys *keys, const custval_host *host, size_t count) {
    const int integers = keys->kind == CUSTVAL__KEYS_INTEGER;
    void *block = integers ? (void *)keys->integers : (void *)keys->ends;
    size_t slots = keys->slot_count == 0 ? FIRST_SLOTS : keys->slot_count;
    if (count > SIZE_MAX / 64) return CUSTVAL_ERROR_MEMORY;
    while (most_keys(slots) < count) slots *= 2;
    if (slots > keys->slot_count) CUSTVAL__TRY(grow_slots(keys, host, slots));
    if (count <= keys->capacity) return CUSTVAL_OK;
    block = custval__resize(host, block, count, integers ? sizeof *keys->integers : sizeof *keys->ends);
    if (block == NULL) return CUSTVAL_ERROR_MEMORY;
    if (integers) {
        keys->integers = block;
    } else {
        keys->ends = block;
    }
    keys->capacity = count;
    return CUSTVAL_OK;
}

/* Makes room for bytes after those of all keys. */
static custval_status grow_bytes(custval__keys *keys, const custval_host *host, size_t start, size_t length) {
    if (length <= keys->bytes_capacity - start) return CUSTVAL_OK;
    if (length > SIZE_MAX / 2 - start) return CUSTVAL_ERROR_MEMORY;
    const size_t needed = start + length;
    const size_t capacity = needed > SIZE_MAX / 2 - needed ? needed : needed + needed / 2 + FIRST_SLOTS;
    char *bytes = custval__resize(host, keys->bytes, capacity, 1);
    if (bytes == NULL) return CUSTVAL_ERROR_MEMORY;
    keys->bytes = bytes;
    keys->bytes_capacity = capacity;
    return CUSTVAL_OK;
}

custval_status custval__keys_put_integer(custval__keys *keys, const custval_host *host, int64_t value, uint64_t hash,
                                         uint32_t *out) {
    *out = custval__keys_find_integer(keys, value, hash);
    if (*out != CUSTVAL__NO_KEY) return CUSTVAL_OK;
    CUSTVAL__TRY(grow(keys, host));
    keys->integers[keys->count] = value;
    *slot_of_integer(keys, value, hash) = (custval__key_slot){keys->count + 1, (uint32_t)(hash >> 32)};
    *out = keys->count++;
    return CUSTVAL_OK;
}

custval_status custval__keys_put_text(custval__keys *keys, const custval_host *host, custval_text text, uint64_t hash,
                                      uint32_t *out) {
    *out = custval__keys_find_text(keys, text, hash);
    if (*out != CUSTVAL__NO_KEY) return CUSTVAL_OK;
    const size_t start = keys->count == 0 ? 0 : keys->ends[keys->count - 1];
    CUSTVAL__TRY(grow(keys, host));
    CUSTVAL__TRY(grow_bytes(keys, host, start, text.length));
    memcpy(keys->bytes + start, text.data, text.length);
    keys->ends[keys->count] = start + text.length;
    *slot_of_text(keys, text, hash) = (custval__key_slot){keys->count + 1, (uint32_t)(hash >> 32)};
    *out = keys->count++;
    return CUSTVAL_OK;
}

custval_status custval__keys_put_integers(custval__keys *keys, const custval_host *host, const int64_t *values,
                                          const uint64_t *hashes, size_t count, uint32_t *out) {
    custval__keys_prefetch(keys, hashes, count);
    for (size_t i = 0; i < count; i++) {
        CUSTVAL__TRY(custval__keys_put_integer(keys, host, values[i], hashes[i], &out[i]));
    }
    return CUSTVAL_OK;
}

custval_status custval__keys_put_texts(custval__keys *keys, const custval_host *host, const custval_text *texts,
                                       const uint64_t *hashes, size_t count, uint32_t *out) {
    custval__keys_prefetch(keys, hashes, count);
    for (size_t i = 0; i < count; i++) {
        CUSTVAL__TRY(custval__keys_put_text(keys, host, texts[i], hashes[i], &out[i]));
    }
    return CUSTVAL_OK;
}

custval_status custval__keys_put_other(custval__keys *keys, const custval_host *host, const custval__keys *other,
                                       uint32_t index, uint32_t *out) {
    const uint64_t hash = hash_of(other, index);
    if (other->kind == CUSTVAL__KEYS_TEXT) {
        return custval__keys_put_text(keys, host, custval__keys_text(other, index), hash, out);
    }
    return custval__keys_put_integer(keys, host, other->integers[index], hash, out);
}

/* The last key to come ended a chain of slots: freeing its slot breaks none. */
void custval__keys_cut(custval__keys *keys, uint32_t count) {
    while (keys->count > count) {
        const uint32_t last = keys->count - 1;
        const uint64_t hash = hash_of(keys, last);
        custval__key_slot *slot = keys->kind == CUSTVAL__KEYS_INTEGER
                                      ? slot_of_integer(keys, keys->integers[last], hash)
                                      : slot_of_text(keys, custval__keys_text(keys, last), hash);
        *slot = (custval__key_slot){0, 0};
        keys->count = last;
    }
}

/* ---- Order ------------------------------------------------------------------------------------------------------- */

/* A key as it is sorted: an integer without its sign, or eight bytes of a text, the first one highest. */
typedef struct sorted {
    uint64_t prefix;
    uint32_t index;
} sorted;

enum { DIGIT = 11, DIGITS = 6 };

/* Bytes that all texts begin with, e.g. "customer-": they order nothing. */
static size_t common_bytes(const custval__keys *keys) {
    if (keys->kind == CUSTVAL__KEYS_INTEGER || keys->count == 0) return 0;
    const custval_text first = custval__keys_text(keys, 0);
    size_t common = first.length;
    for (uint32_t i = 1; i < keys->count && common > 0; i++) {
        const custval_text text = custval__keys_text(keys, i);
        if (text.length < common) common = text.length;
        while (common > 0 && memcmp(text.data, first.data, common) != 0) common--;
    }
    return common;
}

static uint64_t prefix_of(const custval__keys *keys, uint32_t index, size_t start) {
    if (keys->kind == CUSTVAL__KEYS_INTEGER) return (uint64_t)keys->integers[index] ^ SIGN;
    const custval_text text = custval__keys_text(keys, index);
    uint64_t prefix = 0;
    for (size_t i = start; i < start + sizeof prefix; i++) {
        prefix = prefix << 8 | (i < text.length ? (unsigned char)text.data[i] : 0U);
    }
    return prefix;
}

static int is_before(const custval__keys *keys, const sorted *a, const sorted *b) {
    const custval_text x = custval__keys_text(keys, a->index), y = custval__keys_text(keys, b->index);
    const int order = memcmp(x.data, y.data, x.length < y.length ? x.length : y.length);
    return order != 0 ? order < 0 : x.length < y.length;
}

/* One pass of a sort by prefixes, from their lowest digit up; 0 if the digit is the same in all. */
static int sort_digit(const sorted *from, sorted *to, size_t count, unsigned shift) {
    size_t places[1 << DIGIT] = {0}, next = 0;
    const uint64_t mask = (1U << DIGIT) - 1;
    for (size_t i = 0; i < count; i++) places[from[i].prefix >> shift & mask]++;
    if (places[from[0].prefix >> shift & mask] == count) return 0;
    for (size_t digit = 0; digit <= mask; digit++) {
        const size_t here = places[digit];
        places[digit] = next;
        next += here;
    }
    for (size_t i = 0; i < count; i++) to[places[from[i].prefix >> shift & mask]++] = from[i];
    return 1;
}

/* Merges from[start, middle) and from[middle, end). */
static void merge_runs(const custval__keys *keys, const sorted *from, size_t start, size_t middle, size_t end,
                       sorted *to) {
    size_t a = start, b = middle;
    for (size_t i = start; i < end; i++) {
        const int takes_b = a == middle || (b < end && is_before(keys, &from[b], &from[a]));
        to[i] = takes_b ? from[b++] : from[a++];
    }
}

/* Texts of one prefix, by all of their bytes. */
static void sort_texts(const custval__keys *keys, sorted *items, sorted *other, size_t count) {
    sorted *from = items;
    for (size_t width = 1; width < count; width *= 2) {
        for (size_t start = 0; start < count; start += 2 * width) {
            const size_t middle = count - start < width ? count : start + width;
            const size_t end = count - middle < width ? count : middle + width;
            merge_runs(keys, from, start, middle, end, other);
        }
        sorted *const swap = from;
        from = other;
        other = swap;
    }
    if (from != items) memcpy(items, from, count * sizeof *items);
}

static const sorted *sort(const custval__keys *keys, sorted *items, sorted *other) {
    const size_t count = keys->count;
    for (unsigned digit = 0; count > 1 && digit < DIGITS; digit++) {
        if (!sort_digit(items, other, count, digit * DIGIT)) continue;
        sorted *const swap = items;
        items = other;
        other = swap;
    }
    for (size_t start = 0, end; keys->kind == CUSTVAL__KEYS_TEXT && start < count; start = end) {
        for (end = start + 1; end < count && items[end].prefix == items[start].prefix; end++) {}
        sort_texts(keys, items + start, other + start, end - start);
    }
    return items;
}

uint32_t *custval__keys_order(const custval__keys *keys, const custval_host *host) {
    const size_t count = keys->count;
    uint32_t *order = custval__alloc(host, count, sizeof *order);
    sorted *items = custval__alloc(host, count, 2 * sizeof *items);
    if (order != NULL && items != NULL) {
        const size_t common = common_bytes(keys);
        for (uint32_t i = 0; i < keys->count; i++) items[i] = (sorted){prefix_of(keys, i, common), i};
        const sorted *done = sort(keys, items, items + count);
        for (size_t i = 0; i < count; i++) order[i] = done[i].index;
    } else {
        custval__free(host, order);
        order = NULL;
    }
    custval__free(host, items);
    return order;
}
