/* A map from texts to numbers, for everything that a builder must find or must not add twice. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_SYSTEM_NAMES_H
#define CUSTVAL_SYSTEM_NAMES_H

#include <stddef.h>
#include <stdint.h>

#include "../base/memory.h"

/* A key is a text (borrowed) within a space and an owner, so that one map serves many purposes. */
typedef struct custval__name {
    const char *text; /* NULL: free slot */
    uint32_t space, owner, hash, value;
} custval__name;

typedef struct custval__names { /* starts zeroed */
    custval__name *slots;
    size_t count, capacity; /* capacity is 0 or a power of two, at most half of the slots are taken */
} custval__names;

/* Value of a key, or CUSTVAL_NONE. */
uint32_t custval__names_find(const custval__names *names, uint32_t space, uint32_t owner, const char *text);

/* Makes room for one more key; 0, or -1 when out of memory, and then nothing has changed. */
int custval__names_reserve(custval__names *names, const custval_host *host);

/* Adds a key that is not there yet, after custval__names_reserve; `text` must stay where it is. */
void custval__names_put(custval__names *names, uint32_t space, uint32_t owner, const char *text, uint32_t value);

void custval__names_free(custval__names *names, const custval_host *host);

#endif
