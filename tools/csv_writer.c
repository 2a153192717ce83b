/* Comma-separated values out (RFC 4180, lines end with LF). */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "frame.h"

static int needs_quotes(const char *text, size_t length, char delimiter) {
    for (size_t i = 0; i < length; i++) {
        if (text[i] == delimiter || text[i] == '"' || text[i] == '\n' || text[i] == '\r') return 1;
    }
    return 0;
}

static void put_text(buffer *to, const char *text, size_t length, char delimiter) {
    if (!needs_quotes(text, length, delimiter)) {
        buffer_put(to, text, length);
        return;
    }
    char *at = buffer_room(to, 2 * length + 2);
    *at++ = '"';
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '"') *at++ = '"';
        *at++ = text[i];
    }
    *at++ = '"';
    to->length = (size_t)(at - to->data);
}

void csv_write_names(buffer *to, const frame *names, char delimiter) {
    for (size_t i = 0; i < names->count; i++) {
        if (i > 0) buffer_byte(to, delimiter);
        put_text(to, names->columns[i].name, strlen(names->columns[i].name), delimiter);
    }
    buffer_byte(to, '\n');
}

static void put_number(buffer *to, double value, char delimiter, char decimal) {
    if (isnan(value)) return;
    char *const text = buffer_room(to, CUSTVAL__NUMBER_SIZE);
    const size_t length = custval__number_text(value, text);
    to->length += length;
    if (decimal == '.') return;
    char *const point = memchr(text, '.', length);
    if (point == NULL) return;
    *point = decimal;
    if (decimal != delimiter) return;
    buffer_room(to, 2);
    memmove(to->data + to->length - length + 1, to->data + to->length - length, length);
    to->data[to->length - length] = '"';
    to->data[to->length + 1] = '"';
    to->length += 2;
}

static void put_cell(buffer *to, const frame *rows, const frame_column *column, size_t row, char delimiter,
                     char decimal) {
    switch (column->kind) {
    case FRAME_NUMBER: put_number(to, ((const double *)column->data)[row], delimiter, decimal); break;
    case FRAME_TEXT: {
        const custval_text *const text = (const custval_text *)column->data + row;
        put_text(to, text->data, text->data == NULL ? 0 : text->length, delimiter);
        break;
    }
    case FRAME_STATUS: print_status(to, ((const uint32_t *)column->data)[row]); break;
    default: to->length += custval__unsigned_text(rows->first_row + row + 1, buffer_room(to, CUSTVAL__NUMBER_SIZE));
    }
}

void csv_write_rows(buffer *to, const frame *rows, char delimiter, char decimal) {
    for (size_t row = 0; row < rows->rows; row++) {
        for (size_t i = 0; i < rows->count; i++) {
            if (i > 0) buffer_byte(to, delimiter);
            put_cell(to, rows, &rows->columns[i], row, delimiter, decimal);
        }
        buffer_byte(to, '\n');
    }
}
