/* Columns that a table owns: their memory, and result tables, whose missing numbers are found from NaN at the end. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "table.h"

#include <string.h>

#include "../base/error.h"

/* ---- One block for the pieces of a column ---- */

#define ALIGNMENT 64 /* what Arrow recommends for buffers */

static size_t rounded_up(size_t bytes) {
    return (bytes + (ALIGNMENT - 1)) / ALIGNMENT * ALIGNMENT;
}

void custval__pieces_add(custval__pieces *pieces, size_t bytes) {
    pieces->size += rounded_up(bytes);
}

void *custval__pieces_alloc(custval__pieces *pieces, const custval_host *host) {
    unsigned char *block = custval__alloc(host, pieces->size + (ALIGNMENT - 1), 1);
    if (block == NULL) return NULL;
    pieces->next = block + (ALIGNMENT - (uintptr_t)block % ALIGNMENT) % ALIGNMENT;
    return block;
}

void *custval__pieces_take(custval__pieces *pieces, size_t bytes) {
    unsigned char *piece = pieces->next;
    pieces->next += rounded_up(bytes);
    return piece;
}

/* ---- Result tables ---- */

/* Adds a packed column of numbers, with room for a bitmap if wanted, and gives its values. */
static custval_status add_packed(custval_table *table, const char *name, uint32_t type, int with_bitmap, void **values,
                                 custval_error *error) {
    *values = NULL;
    CUSTVAL__TRY(custval__table_check_name(table, name, error));
    const size_t bytes = table->rows * custval__type_size(type), bitmap = table->rows / 8 + 1;
    custval__column column = {.data = CUSTVAL_COLUMN_INIT};
    custval__pieces pieces = {0};
    custval__pieces_add(&pieces, bytes);
    custval__pieces_add(&pieces, bitmap);
    column.memory[0] = custval__pieces_alloc(&pieces, &table->host);
    if (column.memory[0] == NULL) return custval__fail_memory(error);
    void *memory = custval__pieces_take(&pieces, bytes);
    if (with_bitmap) column.validity_room = custval__pieces_take(&pieces, bitmap);
    column.data.type = type;
    column.data.data = memory;
    CUSTVAL__TRY(custval__table_append(table, name, &column, error));
    *values = memory;
    return CUSTVAL_OK;
}

custval_status custval__result_add_doubles(custval_table *table, const char *name, double **values,
                                           custval_error *error) {
    void *memory = NULL;
    const custval_status status = add_packed(table, name, CUSTVAL_TYPE_FLOAT64, 1, &memory, error);
    *values = memory;
    return status;
}

custval_status custval__result_add_uint32(custval_table *table, const char *name, uint32_t **values,
                                          custval_error *error) {
    void *memory = NULL;
    const custval_status status = add_packed(table, name, CUSTVAL_TYPE_UINT32, 0, &memory, error);
    *values = memory;
    return status;
}

custval_status custval__result_add_int64(custval_table *table, const char *name, int64_t **values,
                                         custval_error *error) {
    void *memory = NULL;
    const custval_status status = add_packed(table, name, CUSTVAL_TYPE_INT64, 0, &memory, error);
    *values = memory;
    return status;
}

custval_status custval__result_add_texts(custval_table *table, const char *name, const custval_text *texts,
                                         custval_error *error) {
    return custval_table_add_texts(table, name, texts, error);
}

static size_t count_missing(const double *values, size_t count) {
    size_t missing = 0;
    for (size_t i = 0; i < count; i++) missing += (size_t)(values[i] != values[i]);
    return missing;
}

static unsigned present_bits(const double *values, size_t count) {
    unsigned bits = 0;
    for (size_t k = 0; k < count; k++) bits |= (unsigned)(values[k] == values[k]) << k;
    return bits;
}

/* Writes one bit per value, those past the end 0, and gives the number of NaNs. Blocks without NaN, the usual case, are
   written whole. */
static size_t derive_validity(const double *values, size_t rows, uint8_t *bitmap) {
    enum { BLOCK = 512 };
    size_t missing = 0;
    for (size_t start = 0; start < rows; start += BLOCK) {
        const size_t count = rows - start < BLOCK ? rows - start : BLOCK;
        const size_t here = count_missing(values + start, count);
        missing += here;
        if (here == 0 && count == BLOCK) {
            memset(bitmap + start / 8, 0xff, BLOCK / 8);
            continue;
        }
        for (size_t i = 0; i < count; i += 8) {
            bitmap[(start + i) / 8] = (uint8_t)present_bits(values + start + i, count - i < 8 ? count - i : 8);
        }
    }
    return missing;
}

void custval__result_whole(custval_table *table, const double *values) {
    for (size_t i = 0; i < table->count; i++) {
        if (values != NULL && table->columns[i]->data.data == values) table->columns[i]->validity_room = NULL;
    }
}

void custval__result_finish(custval_table *table) {
    for (size_t i = 0; i < table->count; i++) {
        custval__column *column = table->columns[i];
        if (column->validity_room == NULL) continue;
        const size_t missing = derive_validity(column->data.data, table->rows, column->validity_room);
        column->data.validity = missing > 0 ? column->validity_room : NULL;
    }
}

custval_status custval__result_give(custval_table *table, custval_status status, custval_table **out) {
    if (status == CUSTVAL_OK) {
        *out = table;
    } else {
        custval_table_free(table);
    }
    return status;
}
