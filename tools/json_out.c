/* JSON out: an array with one object per row. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "frame.h"

/* The text is UTF-8 already. */
void json_write_text(buffer *to, const char *text, size_t length) {
    static const char digits[] = "0123456789abcdef";
    buffer_byte(to, '"');
    for (size_t i = 0; i < length; i++) {
        const unsigned char byte = (unsigned char)text[i];
        if (byte >= 0x20 && byte != '"' && byte != '\\') {
            buffer_byte(to, text[i]);
        } else if (byte >= 0x20) {
            buffer_byte(to, '\\');
            buffer_byte(to, text[i]);
        } else {
            const char escape[] = {'\\', 'u', '0', '0', digits[byte >> 4], digits[byte & 15]};
            buffer_put(to, escape, sizeof escape);
        }
    }
    buffer_byte(to, '"');
}

/* JSON has no NaN and no infinity. */
void json_write_number(buffer *to, double value) {
    if (!isfinite(value)) {
        buffer_text(to, "null");
        return;
    }
    to->length += custval__number_text(value, buffer_room(to, CUSTVAL__NUMBER_SIZE));
}

static void put_cell(buffer *to, const frame *rows, const frame_column *column, size_t row) {
    switch (column->kind) {
    case FRAME_NUMBER: json_write_number(to, ((const double *)column->data)[row]); break;
    case FRAME_TEXT: {
        const custval_text *const text = (const custval_text *)column->data + row;
        if (text->data == NULL) {
            buffer_text(to, "null");
        } else {
            json_write_text(to, text->data, text->length);
        }
        break;
    }
    case FRAME_STATUS:
        buffer_byte(to, '"');
        print_status(to, ((const uint32_t *)column->data)[row]);
        buffer_byte(to, '"');
        break;
    default: to->length += custval__unsigned_text(rows->first_row + row + 1, buffer_room(to, CUSTVAL__NUMBER_SIZE));
    }
}

void json_write_rows(buffer *to, const frame *rows) {
    for (size_t row = 0; row < rows->rows; row++) {
        buffer_text(to, rows->first_row + row == 0 ? "\n  {" : ",\n  {");
        for (size_t i = 0; i < rows->count; i++) {
            const char *const name = rows->columns[i].name;
            if (i > 0) buffer_text(to, ", ");
            json_write_text(to, name, strlen(name));
            buffer_text(to, ": ");
            put_cell(to, rows, &rows->columns[i], row);
        }
        buffer_byte(to, '}');
    }
}
