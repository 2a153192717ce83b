/* Ids seen so far, in bounded memory. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "id_set.h"

#include <stdlib.h>
#include <string.h>

#include "tool.h"

/* splitmix64's mixing: every bit of the input changes half of the output's. */
static uint64_t mixed(uint64_t bits) {
    bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9U;
    bits = (bits ^ (bits >> 27)) * 0x94d049bb133111ebU;
    return bits ^ (bits >> 31);
}

uint64_t id_hash(uint64_t before, const custval_text *text) {
    uint64_t hash = mixed(before ^ (text->length + 0x9e3779b97f4a7c15U));
    for (size_t at = 0; at < text->length; at += 8) {
        uint64_t piece = 0;
        const size_t left = text->length - at;
        memcpy(&piece, text->data + at, left < 8 ? left : 8);
        hash = mixed(hash ^ piece) + 0x9e3779b97f4a7c15U;
    }
    return hash == 0 ? 1 : hash;
}

/* Place of the hash, or of the free slot for it. */
static size_t find(const id_set *set, uint64_t hash) {
    size_t at = (size_t)hash & (set->size - 1);
    while (set->slots[at] != 0 && set->slots[at] != hash) at = (at + 1) & (set->size - 1);
    return at;
}

/* Keeps at least a quarter of the slots free. */
static void grow(id_set *set) {
    if (set->count < set->size / 4 * 3) return;
    const id_set old = *set;
    set->size = old.size == 0 ? 4096 : old.size * 2;
    set->slots = memory_new(set->size, sizeof set->slots[0]);
    for (size_t i = 0; i < old.size; i++) {
        if (old.slots[i] != 0) set->slots[find(set, old.slots[i])] = old.slots[i];
    }
    free(old.slots);
}

int id_set_is_full(const id_set *set) {
    return set->count >= ID_SET_MOST;
}

int id_set_add(id_set *set, uint64_t hash) {
    if (!id_set_is_full(set)) grow(set);
    const size_t at = find(set, hash);
    if (set->slots[at] == hash) return 1;
    if (id_set_is_full(set)) return 0;
    set->slots[at] = hash;
    set->count++;
    return 0;
}

void id_set_free(id_set *set) {
    free(set->slots);
    *set = (id_set){NULL, 0, 0};
}
