/* Groups of rows, found by hashing their keys. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "grouping.h"

#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "../base/text.h"
#include "../table/table.h"

#define ROWS_READ 1024
/* Integers are read as doubles, which hold all of them up to this size. */
#define LARGEST_KEY 0x1p53

typedef struct grouping {
    custval__arena *arena;
    custval__grouping *groups;
    uint32_t *slots; /* [hash] group + 1; 0: free. At most half are taken */
    size_t slot_count, capacity;
    uint32_t without; /* group of the rows without a key + 1, or 0 */
} grouping;

// FNV-1a: a grouping column with keys made to collide slows down its own call only.
static size_t hash_key(custval_text key) {
    uint64_t hash = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < key.length; i++) hash = (hash ^ (unsigned char)key.data[i]) * UINT64_C(1099511628211);
    return (size_t)(hash ^ hash >> 32);
}

static uint32_t *slot_of(const grouping *in, custval_text key) {
    for (size_t i = hash_key(key) & (in->slot_count - 1);; i = (i + 1) & (in->slot_count - 1)) {
        if (in->slots[i] == 0) return &in->slots[i];
        const custval_text *found = &in->groups->keys[in->slots[i] - 1];
        if (found->length == key.length && memcmp(found->data, key.data, key.length) == 0) return &in->slots[i];
    }
}

// Makes room for twice as many groups. What it leaves behind in the arena is no more than what is in use.
static custval_status grow(grouping *in, custval_error *error) {
    custval__grouping *groups = in->groups;
    const size_t capacity = in->capacity == 0 ? 16 : 2 * in->capacity;
    custval_text *keys = custval__arena_alloc(in->arena, capacity, sizeof *keys);
    uint32_t *rows = custval__arena_alloc(in->arena, capacity, sizeof *rows);
    uint32_t *slots = custval__arena_alloc(in->arena, 2 * capacity, sizeof *slots);
    if (keys == NULL || rows == NULL || slots == NULL) return custval__fail_memory(error);
    for (uint32_t i = 0; i < groups->count; i++) {
        keys[i] = groups->keys[i];
        rows[i] = groups->rows[i];
    }
    groups->keys = keys;
    groups->rows = rows;
    in->slots = slots;
    in->slot_count = 2 * capacity;
    in->capacity = capacity;
    for (uint32_t i = 0; i < groups->count; i++) {
        if (keys[i].data != NULL) *slot_of(in, keys[i]) = i + 1;
    }
    return CUSTVAL_OK;
}

// Puts a row into the group of its key; `is_lasting`: the key's text need not be copied.
static custval_status add_row(grouping *in, size_t row, custval_text key, int is_lasting, custval_error *error) {
    custval__grouping *groups = in->groups;
    if (groups->count == in->capacity) CUSTVAL__TRY(grow(in, error));
    uint32_t *slot = key.data == NULL ? &in->without : slot_of(in, key);
    if (*slot == 0) {
        if (key.data != NULL && !is_lasting) {
            key.data = custval__arena_text(in->arena, key.data, key.length);
            if (key.data == NULL) return custval__fail_memory(error);
        }
        groups->keys[groups->count] = key;
        *slot = ++groups->count;
    }
    groups->of[row] = *slot - 1;
    groups->rows[*slot - 1]++;
    return CUSTVAL_OK;
}

static custval_status read_texts(grouping *in, const custval_table *table, size_t column, custval_error *error) {
    for (size_t row = 0; row < custval_table_rows(table); row++) {
        custval_text key;
        custval__table_get_text(table, column, row, &key);
        CUSTVAL__TRY(add_row(in, row, key, 1, error));
    }
    return CUSTVAL_OK;
}

static custval_status add_integer(grouping *in, const custval_table *table, size_t column, size_t row, double number,
                                  custval_error *error) {
    char digits[CUSTVAL__NUMBER_SIZE];
    custval_text key = {NULL, 0};
    if (fabs(number) > LARGEST_KEY) {
        return custval__fail_at(error, CUSTVAL_ERROR_RANGE, CUSTVAL_NONE, row,
                                "row %zu: column \"%s\" is %g, but groups have numbers up to 2^53; or use text", row,
                                custval_table_name(table, column), number);
    }
    if (!isnan(number) && number != floor(number)) {
        return custval__fail_at(error, CUSTVAL_ERROR_TYPE, CUSTVAL_NONE, row,
                                "row %zu: column \"%s\" is %g, but groups are texts or whole numbers", row,
                                custval_table_name(table, column), number);
    }
    if (!isnan(number)) key = (custval_text){digits, custval__integer_text((int64_t)number, digits)};
    return add_row(in, row, key, 0, error);
}

static custval_status read_integers(grouping *in, const custval_table *table, size_t column, custval_error *error) {
    const size_t rows = custval_table_rows(table);
    double scratch[ROWS_READ];
    for (size_t start = 0; start < rows; start += ROWS_READ) {
        const size_t count = rows - start < ROWS_READ ? rows - start : ROWS_READ;
        const double *numbers = custval__table_doubles(table, column, start, count, scratch);
        for (size_t i = 0; i < count; i++) {
            CUSTVAL__TRY(add_integer(in, table, column, start + i, numbers[i], error));
        }
    }
    return CUSTVAL_OK;
}

static custval_status one_group(grouping *in, size_t rows, custval_error *error) {
    CUSTVAL__TRY(grow(in, error));
    in->groups->count = 1;
    in->groups->rows[0] = (uint32_t)rows;
    return CUSTVAL_OK;
}

static custval_status read_groups(custval__arena *arena, const custval_table *table, size_t column, int takes_reals,
                                  custval__grouping *out, custval_error *error) {
    grouping in = {.arena = arena, .groups = out};
    *out = (custval__grouping){.count = 0};
    const size_t rows = custval_table_rows(table);
    if (rows > UINT32_MAX) {
        return custval__fail(error, CUSTVAL_ERROR_LIMIT, "%zu rows are too many for one call", rows);
    }
    out->of = custval__arena_alloc(arena, rows, sizeof *out->of);
    if (out->of == NULL) return custval__fail_memory(error);
    if (column == SIZE_MAX) return one_group(&in, rows, error);
    if (custval__table_is_text(table, column)) return read_texts(&in, table, column, error);
    custval_column described = CUSTVAL_COLUMN_INIT;
    CUSTVAL__TRY(custval_table_column(table, column, &described, error));
    const int is_real = described.type == CUSTVAL_TYPE_FLOAT32 || described.type == CUSTVAL_TYPE_FLOAT64;
    if ((is_real && takes_reals) || custval__type_is_integer(described.type))
        return read_integers(&in, table, column, error);
    char words[128];
    return custval__fail(error, CUSTVAL_ERROR_TYPE, "column \"%s\" holds %s, but groups are texts or whole numbers",
                         custval_table_name(table, column),
                         custval__table_type_words(table, column, words, sizeof words));
}

custval_status custval__grouping_read(custval__arena *arena, const custval_table *table, size_t column,
                                      custval__grouping *out, custval_error *error) {
    return read_groups(arena, table, column, 0, out, error);
}

custval_status custval__grouping_of_ids(custval__arena *arena, const custval_table *table, size_t column,
                                        custval__grouping *out, custval_error *error) {
    return read_groups(arena, table, column, 1, out, error);
}
