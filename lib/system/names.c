/* A map from texts to numbers: open addressing with linear probing. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "names.h"

#include <string.h>

#include <custval/status.h>

/* FNV-1a. */
static uint32_t hash_of(uint32_t space, uint32_t owner, const char *text) {
    uint32_t hash = (2166136261U ^ space) * 16777619U;
    hash = (hash ^ owner) * 16777619U;
    for (; *text != 0; text++) hash = (hash ^ (unsigned char)*text) * 16777619U;
    return hash ^ hash >> 15;
}

/* The slot that holds the key, or the free one where it belongs. */
static custval__name *slot_of(const custval__names *names, const custval__name *key) {
    for (size_t at = key->hash;; at++) {
        custval__name *const slot = &names->slots[at & (names->capacity - 1)];
        if (slot->text == NULL) return slot;
        if (slot->hash == key->hash && slot->space == key->space && slot->owner == key->owner &&
            strcmp(slot->text, key->text) == 0) {
            return slot;
        }
    }
}

uint32_t custval__names_find(const custval__names *names, uint32_t space, uint32_t owner, const char *text) {
    if (names->capacity == 0) return CUSTVAL_NONE;
    const custval__name key = {text, space, owner, hash_of(space, owner, text), 0};
    const custval__name *const slot = slot_of(names, &key);
    return slot->text == NULL ? CUSTVAL_NONE : slot->value;
}

int custval__names_reserve(custval__names *names, const custval_host *host) {
    if (names->count < names->capacity / 2) return 0;
    custval__names larger = {NULL, names->count, names->capacity == 0 ? 32 : names->capacity * 2};
    larger.slots = custval__alloc_zero(host, larger.capacity, sizeof larger.slots[0]);
    if (larger.slots == NULL) return -1;
    for (size_t i = 0; i < names->capacity; i++) {
        if (names->slots[i].text != NULL) *slot_of(&larger, &names->slots[i]) = names->slots[i];
    }
    custval__free(host, names->slots);
    *names = larger;
    return 0;
}

void custval__names_put(custval__names *names, uint32_t space, uint32_t owner, const char *text, uint32_t value) {
    const custval__name key = {text, space, owner, hash_of(space, owner, text), value};
    *slot_of(names, &key) = key;
    names->count++;
}

void custval__names_free(custval__names *names, const custval_host *host) {
    custval__free(host, names->slots);
    *names = (custval__names){NULL, 0, 0};
}
