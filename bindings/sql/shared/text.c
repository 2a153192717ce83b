/* Text that grows, and JSON of what the library answers. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "shared.h"

char *sql_text_room(sql_text *text, size_t length) {
    if (text->failed) return NULL;
    if (length >= SIZE_MAX / 2 - text->length) {
        text->failed = 1;
        return NULL;
    }
    const size_t needed = text->length + length + 1;
    if (needed > text->capacity) {
        size_t capacity = text->capacity < 256 ? 256 : text->capacity;
        while (capacity < needed) capacity *= 2;
        char *const grown = realloc(text->data, capacity);
        if (grown == NULL) {
            text->failed = 1;
            return NULL;
        }
        text->data = grown;
        text->capacity = capacity;
    }
    text->data[text->length + length] = '\0';
    return text->data + text->length;
}

void sql_text_add(sql_text *text, const char *data, size_t length) {
    char *const room = sql_text_room(text, length);
    if (room == NULL) return;
    if (length > 0) memcpy(room, data, length);
    text->length += length;
}

static void add_word(sql_text *text, const char *word) {
    sql_text_add(text, word, strlen(word));
}

void sql_text_add_quoted(sql_text *text, const char *data, size_t length) {
    if (data == NULL) {
        add_word(text, "null");
        return;
    }
    add_word(text, "\"");
    size_t begun = 0;
    for (size_t i = 0; i < length; i++) {
        const unsigned char byte = (unsigned char)data[i];
        if (byte >= 0x20 && byte != '"' && byte != '\\') continue;
        static const char digits[] = "0123456789abcdef";
        const char escape[] = {'\\', 'u', '0', '0', digits[byte >> 4], digits[byte & 15]};
        const char plain[] = {'\\', (char)byte};
        sql_text_add(text, data + begun, i - begun);
        if (byte < 0x20) {
            sql_text_add(text, escape, sizeof(escape));
        } else {
            sql_text_add(text, plain, sizeof(plain));
        }
        begun = i + 1;
    }
    sql_text_add(text, data + begun, length - begun);
    add_word(text, "\"");
}

void sql_text_add_number(sql_text *text, double number) {
    char digits[CUSTVAL__NUMBER_SIZE];
    if (!isfinite(number)) {
        add_word(text, "null");
    } else {
        sql_text_add(text, digits, custval__number_text(number, digits));
    }
}

custval_status sql_text_status(const sql_text *text, custval_error *error) {
    return text->failed ? custval__fail_memory(error) : CUSTVAL_OK;
}

void sql_text_clear(sql_text *text) {
    free(text->data);
    *text = (sql_text){0};
}

static custval_status add_cell(sql_text *text, const custval_table *table, size_t column, size_t row, int is_text,
                               custval_error *error) {
    custval_status status = CUSTVAL_OK;
    if (is_text) {
        custval_text cell = {NULL, 0};
        status = custval_table_text(table, column, row, &cell, error);
        sql_text_add_quoted(text, cell.data, cell.length);
    } else {
        double cell = (double)NAN;
        status = custval_table_number(table, column, row, &cell, error);
        sql_text_add_number(text, cell);
    }
    return status;
}

custval_status sql_text_add_table(sql_text *text, const custval_table *table, custval_error *error) {
    const size_t rows = custval_table_rows(table), columns = custval_table_columns(table);
    add_word(text, "[");
    for (size_t row = 0; row < rows; row++) {
        add_word(text, row > 0 ? ", {" : "{");
        for (size_t column = 0; column < columns; column++) {
            custval_column facts = CUSTVAL_COLUMN_INIT;
            custval_status status = custval_table_column(table, column, &facts, error);
            const char *const name = custval_table_name(table, column);
            if (column > 0) add_word(text, ", ");
            sql_text_add_quoted(text, name, strlen(name));
            add_word(text, ": ");
            const int is_text = facts.type >= CUSTVAL_TYPE_UTF8 && facts.type <= CUSTVAL_TYPE_DICTIONARY;
            if (status == CUSTVAL_OK) status = add_cell(text, table, column, row, is_text, error);
            if (status != CUSTVAL_OK) return status;
        }
        add_word(text, "}");
    }
    add_word(text, "]");
    return sql_text_status(text, error);
}
