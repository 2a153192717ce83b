/* Columns of texts for result tables. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tables.h"

#include <string.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../base/text.h"
#include "../table/table.h"

/* ---- Names ---------------------------------------------------------------------------------------------------------- */

/* Memory of a dictionary column while it is made. */
typedef struct names {
    char *bytes;
    int32_t *offsets;
    uint8_t *validity;
} names;

static void fill(const names *into, const char *const *texts, uint32_t count, const uint32_t *indices, size_t rows) {
    size_t length = 0;
    for (uint32_t i = 0; i < count; i++) {
        const size_t one = strlen(texts[i]);
        into->offsets[i] = (int32_t)length;
        memcpy(into->bytes + length, texts[i], one);
        length += one;
    }
    into->offsets[count] = (int32_t)length;
    for (size_t row = 0; row < rows; row++) {
        if (indices[row] != CUSTVAL_NONE) into->validity[row / 8] |= (uint8_t)(1U << row % 8);
    }
}

custval_status custval__add_names(custval_table *table, const custval_host *host, const char *column,
                                  const char *const *texts, uint32_t count, const uint32_t *indices,
                                  custval_error *error) {
    const size_t rows = custval_table_rows(table);
    size_t length = 0; /* of ids of a document, so far below 2^31 */
    for (uint32_t i = 0; i < count; i++) length += strlen(texts[i]);
    const names made = {custval__alloc(host, length, 1), custval__alloc(host, (size_t)count + 1, sizeof(int32_t)),
                        custval__alloc_zero(host, rows / 8 + 1, 1)};
    custval_status status = CUSTVAL_ERROR_MEMORY;
    if (made.bytes == NULL || made.offsets == NULL || made.validity == NULL) {
        (void)custval__fail_memory(error);
    } else {
        custval_column dictionary = CUSTVAL_COLUMN_INIT, codes = CUSTVAL_COLUMN_INIT;
        fill(&made, texts, count, indices, rows);
        dictionary.type = CUSTVAL_TYPE_UTF8;
        dictionary.data = made.bytes;
        dictionary.offsets = made.offsets;
        codes.type = CUSTVAL_TYPE_DICTIONARY;
        codes.index_type = CUSTVAL_TYPE_UINT32;
        codes.data = indices;
        codes.validity = made.validity;
        codes.dictionary = &dictionary;
        codes.dictionary_length = count;
        status = custval_table_add_copy(table, column, &codes, error);
    }
    custval__free(host, made.validity);
    custval__free(host, made.offsets);
    custval__free(host, made.bytes);
    return status;
}

/* ---- Texts ---------------------------------------------------------------------------------------------------------- */

void custval__text_put(custval__text_list *list, const custval_host *host, const char *bytes, size_t length) {
    while (!list->is_short && list->capacity - list->length < length) {
        const size_t wanted = list->capacity < 1024 ? 1024 : 2 * list->capacity;
        char *const grown = custval__resize(host, list->bytes, wanted, 1);
        if (grown == NULL) {
            list->is_short = 1;
        } else {
            list->bytes = grown;
            list->capacity = wanted;
        }
    }
    if (list->is_short || length == 0) return;
    memcpy(list->bytes + list->length, bytes, length);
    list->length += length;
}

void custval__text_word(custval__text_list *list, const custval_host *host, const char *text) {
    if (text != NULL) custval__text_put(list, host, text, strlen(text));
}

void custval__text_number(custval__text_list *list, const custval_host *host, double number) {
    char text[CUSTVAL__NUMBER_SIZE];
    custval__text_put(list, host, text, custval__number_text(number, text));
}

void custval__text_end(custval__text_list *list, const custval_host *host) {
    void *block = list->ends;
    if (list->is_short || custval__grow(host, &block, &list->room, list->count, sizeof *list->ends) != 0) {
        list->is_short = 1;
        return;
    }
    list->ends = block;
    list->ends[list->count++] = list->length;
}

size_t custval__text_begun(const custval__text_list *list) {
    return list->length - (list->count == 0 ? 0 : list->ends[list->count - 1]);
}

custval_status custval__add_text_list(custval_table *table, const custval_host *host, const char *column,
                                      const custval__text_list *list, custval_error *error) {
    if (list->is_short) return custval__fail_memory(error);
    custval_text *const texts = custval__alloc(host, list->count, sizeof *texts);
    if (texts == NULL) return custval__fail_memory(error);
    size_t start = 0;
    for (size_t i = 0; i < list->count; i++) {
        const size_t length = list->ends[i] - start;
        texts[i] = (custval_text){length == 0 ? NULL : list->bytes + start, length};
        start = list->ends[i];
    }
    const custval_status status = custval__result_add_texts(table, column, texts, error);
    custval__free(host, texts);
    return status;
}

void custval__text_free(custval__text_list *list, const custval_host *host) {
    custval__free(host, list->bytes);
    custval__free(host, list->ends);
}
