/* Copying columns into memory of the table: packed, from offset 0. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "table.h"

#include <string.h>

#include "../base/error.h"
#include "../base/text.h"

/* ---- Values and bits ---- */

static void copy_bits(const uint8_t *from, size_t at, size_t count, uint8_t *to) {
    for (size_t i = 0; i < count; i += 8) {
        to[i / 8] = (uint8_t)custval__bits(from, at + i, count - i < 8 ? count - i : 8);
    }
}

static void copy_values(const custval_column *from, size_t size, size_t rows, unsigned char *to) {
    if (rows == 0) return;
    const unsigned char *data = from->data;
    if (from->stride == 0) {
        memcpy(to, data + from->offset * size, rows * size);
        return;
    }
    data += (ptrdiff_t)from->offset * from->stride;
    for (size_t i = 0; i < rows; i++) memcpy(to + i * size, data + (ptrdiff_t)i * from->stride, size);
}

static void pack_bool8(const custval_column *from, size_t rows, uint8_t *to) {
    const ptrdiff_t step = from->stride == 0 ? 1 : from->stride;
    memset(to, 0, rows / 8 + 1);
    for (size_t i = 0; i < rows; i++) {
        const unsigned char *value = (const unsigned char *)from->data + (ptrdiff_t)(from->offset + i) * step;
        to[i / 8] |= (uint8_t)((*value != 0) << i % 8);
    }
}

custval_status custval__copy_packed(const custval_host *host, size_t rows, int bits, custval_column *column,
                                    void **memory, custval_error *error) {
    const custval_column from = *column;
    if (bits && from.type == CUSTVAL_TYPE_BOOL8) column->type = CUSTVAL_TYPE_BOOL;
    const size_t size = custval__type_size(from.type == CUSTVAL_TYPE_DICTIONARY ? from.index_type : column->type);
    const size_t bitmap = rows / 8 + 1, bytes = size == 0 ? bitmap : rows * size; /* no size: bits */
    custval__pieces pieces = {0};
    custval__pieces_add(&pieces, bytes);
    custval__pieces_add(&pieces, bitmap);
    *memory = custval__pieces_alloc(&pieces, host);
    if (*memory == NULL) return custval__fail_memory(error);
    unsigned char *data = custval__pieces_take(&pieces, bytes);
    uint8_t *validity = custval__pieces_take(&pieces, bitmap);
    if (size > 0) {
        copy_values(&from, size, rows, data);
    } else if (from.type == CUSTVAL_TYPE_BOOL8) {
        pack_bool8(&from, rows, data);
    } else {
        copy_bits(from.data, from.offset, rows, data);
    }
    if (from.validity != NULL) {
        copy_bits(from.validity, from.offset, rows, validity);
        column->validity = validity;
    }
    column->data = data;
    column->offset = 0;
    column->stride = 0;
    return CUSTVAL_OK;
}

/* ---- Text ---- */

/* Where texts come from: gives text `index`, with data NULL if it is missing. */
typedef void text_source(const void *data, size_t index, custval_text *out);

/* Adds up the bytes and counts the missing ones. */
static custval_status measure_texts(const char *name, const char *what, size_t count, text_source *source,
                                    const void *data, size_t *bytes, size_t *missing, custval_error *error) {
    *bytes = *missing = 0;
    for (size_t i = 0; i < count; i++) {
        custval_text text;
        source(data, i, &text);
        if (text.data == NULL) {
            ++*missing;
            continue;
        }
        if (text.length > (size_t)INT32_MAX - *bytes) {
            return custval__fail_at(error, CUSTVAL_ERROR_LIMIT, CUSTVAL_NONE, i,
                                    "column \"%s\" holds more than 2147483647 bytes of text up to %s %zu", name, what,
                                    i);
        }
        if (!custval__utf8_valid(text.data, text.length)) {
            return custval__fail_at(error, CUSTVAL_ERROR_ARGUMENT, CUSTVAL_NONE, i,
                                    "column \"%s\", %s %zu: the text is not well-formed UTF-8", name, what, i);
        }
        *bytes += text.length;
    }
    return CUSTVAL_OK;
}

static void write_texts(size_t count, text_source *source, const void *data, int32_t *offsets, char *bytes,
                        uint8_t *validity) {
    size_t end = 0;
    if (validity != NULL) memset(validity, 0, count / 8 + 1);
    for (size_t i = 0; i < count; i++) {
        custval_text text;
        source(data, i, &text);
        offsets[i] = (int32_t)end;
        if (text.data == NULL) continue;
        if (text.length > 0) memcpy(bytes + end, text.data, text.length);
        if (validity != NULL) validity[i / 8] |= (uint8_t)(1 << i % 8);
        end += text.length;
    }
    offsets[count] = (int32_t)end;
}

static custval_status copy_texts(const custval_host *host, const char *name, const char *what, size_t count,
                                 text_source *source, const void *data, custval_column *out, void **memory,
                                 custval_error *error) {
    size_t bytes, missing;
    CUSTVAL__TRY(measure_texts(name, what, count, source, data, &bytes, &missing, error));
    const size_t ends = (count + 1) * sizeof(int32_t), bitmap = missing > 0 ? count / 8 + 1 : 0;
    custval__pieces pieces = {0};
    custval__pieces_add(&pieces, ends);
    custval__pieces_add(&pieces, bytes);
    custval__pieces_add(&pieces, bitmap);
    *memory = custval__pieces_alloc(&pieces, host);
    if (*memory == NULL) return custval__fail_memory(error);
    int32_t *offsets = custval__pieces_take(&pieces, ends);
    char *text = custval__pieces_take(&pieces, bytes);
    uint8_t *validity = missing > 0 ? custval__pieces_take(&pieces, bitmap) : NULL;
    write_texts(count, source, data, offsets, text, validity);
    out->type = CUSTVAL_TYPE_UTF8;
    out->data = text;
    out->offsets = offsets;
    out->validity = validity;
    return CUSTVAL_OK;
}

static void text_of_column(const void *data, size_t index, custval_text *out) {
    (void)custval__column_text(data, index, out);
}

static void text_of_array(const void *data, size_t index, custval_text *out) {
    *out = ((const custval_text *)data)[index];
}

/* ---- Whole columns ---- */

static custval_status copy_column(const custval_host *host, const char *name, size_t rows, const custval__column *from,
                                  custval__column *out, custval_error *error) {
    if (custval__type_is_text(from->data.type)) {
        return copy_texts(host, name, "row", rows, text_of_column, from, &out->data, &out->memory[0], error);
    }
    out->data = from->data;
    if (from->data.type == CUSTVAL_TYPE_DICTIONARY) {
        const custval__column entries = {.data = from->dictionary};
        CUSTVAL__TRY(copy_texts(host, name, "dictionary entry", from->data.dictionary_length, text_of_column, &entries,
                                &out->dictionary, &out->memory[1], error));
        out->data.dictionary = &out->dictionary;
    }
    return custval__copy_packed(host, rows, 0, &out->data, &out->memory[0], error);
}

custval_status custval_table_add_copy(custval_table *table, const char *name, const custval_column *column,
                                      custval_error *error) {
    custval__column given, copy = {.data = CUSTVAL_COLUMN_INIT, .dictionary = CUSTVAL_COLUMN_INIT};
    CUSTVAL__TRY(custval__column_read(table, name, column, &given, error));
    const custval_status status = copy_column(&table->host, name, table->rows, &given, &copy, error);
    if (status != CUSTVAL_OK) {
        custval__free(&table->host, copy.memory[0]);
        custval__free(&table->host, copy.memory[1]);
        return status;
    }
    return custval__table_append(table, name, &copy, error);
}

custval_status custval_table_add_texts(custval_table *table, const char *name, const custval_text *texts,
                                       custval_error *error) {
    if (table == NULL) return custval__fail_null(error, "table");
    if (name == NULL) return custval__fail_null(error, "name");
    if (texts == NULL && table->rows > 0) return custval__fail_null(error, "texts");
    CUSTVAL__TRY(custval__table_check_name(table, name, error));
    custval__column added = {.data = CUSTVAL_COLUMN_INIT};
    CUSTVAL__TRY(
        copy_texts(&table->host, name, "row", table->rows, text_of_array, texts, &added.data, &added.memory[0], error));
    return custval__table_append(table, name, &added, error);
}
