/* The numbers of a migration's customers: by their keys, or straight from integers that lie close together. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "../base/compiler.h"
#include "migration.h"

/* Two bytes for each integer in between: still less than a key takes, at 8 integers per customer. */
#define WIDEST 8

/* How far apart integers are, plus 1; SIZE_MAX if that is more than numbers can be. */
static size_t span_of(int64_t low, int64_t high) {
    const uint64_t distance = (uint64_t)high - (uint64_t)low;
    return distance < UINT32_MAX ? (size_t)distance + 1 : SIZE_MAX;
}

/* Moves the states to a wider range. */
static custval_status widen(custval_migration *migration, int64_t low, size_t span) {
    uint16_t *const now = custval__alloc(&migration->host, span, sizeof *now);
    if (now == NULL) return CUSTVAL_ERROR_MEMORY;
    for (size_t i = 0; i < span; i++) now[i] = CUSTVAL__NEVER_SEEN;
    if (migration->span > 0) {
        memcpy(now + (size_t)(migration->low - low), migration->now, migration->span * sizeof *now);
    }
    custval__free(&migration->host, migration->now);
    migration->now = now;
    migration->low = low;
    migration->span = span;
    migration->is_dense = 1;
    return CUSTVAL_OK;
}

static custval_status fill_keys(const custval_migration *migration, custval__keys *keys, uint16_t *now) {
    for (size_t i = 0; i < migration->span; i++) {
        uint32_t number;
        if (migration->now[i] == CUSTVAL__NEVER_SEEN) continue;
        const int64_t value = migration->low + (int64_t)i;
        CUSTVAL__TRY(
            custval__keys_put_integer(keys, &migration->host, value, custval__key_hash_integer(value), &number));
        now[number] = migration->now[i];
    }
    return CUSTVAL_OK;
}

/* Gives the customers keys. */
static custval_status make_keys(custval_migration *migration) {
    custval__keys keys = {.kind = CUSTVAL__KEYS_INTEGER};
    uint16_t *const now = custval__alloc(&migration->host, migration->span, sizeof *now);
    const custval_status status = now == NULL ? CUSTVAL_ERROR_MEMORY : fill_keys(migration, &keys, now);
    if (status != CUSTVAL_OK) {
        custval__keys_free(&keys, &migration->host);
        custval__free(&migration->host, now);
        return status;
    }
    custval__free(&migration->host, migration->now);
    migration->now = now;
    custval__keys_free(&migration->keys, &migration->host); /* room from when nobody was there */
    migration->keys = keys;
    migration->span = 0;
    migration->is_dense = 0;
    return CUSTVAL_OK;
}

custval_status custval__migration_lay_out(custval_migration *migration, int64_t low, int64_t high, size_t rows) {
    if (migration->keys.count > 0 || rows == 0) return CUSTVAL_OK;
    if (migration->span > 0) {
        const int64_t last = migration->low + (int64_t)(migration->span - 1);
        if (migration->low < low) low = migration->low;
        if (last > high) high = last;
    }
    const size_t span = span_of(low, high);
    if (migration->is_dense && span == migration->span) return CUSTVAL_OK;
    /* What is there already was worth its room. */
    const size_t most = rows > SIZE_MAX / WIDEST ? SIZE_MAX - 1 : rows * WIDEST;
    if (span <= most || (migration->is_dense && span - migration->span <= most)) return widen(migration, low, span);
    return migration->is_dense ? make_keys(migration) : CUSTVAL_OK;
}
