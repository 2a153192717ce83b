/* Laying out JSON text. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "layout.h"

#include <math.h>
#include <string.h>

#include "../base/text.h"

#define INDENT 2

static void put_byte(custval__layout *layout, char byte) {
    if (layout->length < layout->capacity) layout->out[layout->length] = byte;
    layout->length++;
    if (byte == '\n') {
        layout->column = 0;
    } else if (((unsigned char)byte & 0xc0) != 0x80) {
        layout->column++;
    }
}

static void put_bytes(custval__layout *layout, const char *bytes) {
    for (; *bytes != 0; bytes++) put_byte(layout, *bytes);
}

static void put_line(custval__layout *layout) {
    put_byte(layout, '\n');
    for (size_t i = 0; i < layout->depth * INDENT; i++) put_byte(layout, ' ');
}

/* Moves to where the next key or element of the innermost container stands. */
static void put_place(custval__layout *layout) {
    if (!layout->is_placed && layout->depth > 0) {
        if (!layout->is_first) put_byte(layout, ',');
        if (!layout->is_flat) {
            put_line(layout);
        } else if (!layout->is_first) {
            put_byte(layout, ' ');
        }
    }
    layout->is_first = 0;
    layout->is_placed = 0;
}

void custval__put_open(custval__layout *layout, char bracket) {
    put_place(layout);
    put_byte(layout, bracket);
    layout->depth++;
    layout->is_first = 1;
}

void custval__put_close(custval__layout *layout, char bracket) {
    layout->depth--;
    if (!layout->is_flat && !layout->is_first) put_line(layout);
    put_byte(layout, bracket);
    layout->is_first = 0;
}

static void put_quoted(custval__layout *layout, const char *text) {
    static const char digits[] = "0123456789abcdef", special[] = "\"\\\n\t", letters[] = "\"\\nt";
    put_byte(layout, '"');
    for (; *text != 0; text++) {
        const unsigned char byte = (unsigned char)*text;
        const char *const found = strchr(special, *text);
        if (found != NULL) {
            put_byte(layout, '\\');
            put_byte(layout, letters[found - special]);
        } else if (byte < 0x20) {
            put_bytes(layout, "\\u00");
            put_byte(layout, digits[byte >> 4]);
            put_byte(layout, digits[byte & 15]);
        } else {
            put_byte(layout, *text);
        }
    }
    put_byte(layout, '"');
}

void custval__put_key(custval__layout *layout, const char *key) {
    put_place(layout);
    put_quoted(layout, key);
    put_bytes(layout, ": ");
    layout->is_placed = 1;
}

void custval__put_text(custval__layout *layout, const char *text) {
    put_place(layout);
    put_quoted(layout, text);
}

void custval__put_number(custval__layout *layout, double number) {
    char digits[CUSTVAL__NUMBER_SIZE];
    custval__number_text(number, digits);
    put_place(layout);
    put_bytes(layout, digits);
}

void custval__put_flag(custval__layout *layout, int flag) {
    put_place(layout);
    put_bytes(layout, flag ? "true" : "false");
}

void custval__put_member_text(custval__layout *layout, const char *key, const char *text) {
    if (text == NULL) return;
    custval__put_key(layout, key);
    custval__put_text(layout, text);
}

void custval__put_member_number(custval__layout *layout, const char *key, double number) {
    if (isnan(number)) return;
    custval__put_key(layout, key);
    custval__put_number(layout, number);
}

void custval__put_fitting(custval__layout *layout, void (*put)(custval__layout *layout, const void *subject),
                          const void *subject) {
    const int was_flat = layout->is_flat;
    put_place(layout);
    layout->is_placed = 1;
    custval__layout trial = *layout;
    trial.capacity = 0;
    trial.is_flat = 1;
    put(&trial, subject);
    layout->is_flat = was_flat || trial.column < CUSTVAL__LAYOUT_WIDTH; /* leaves a column for a comma */
    put(layout, subject);
    layout->is_flat = was_flat;
}

void custval__put_member(custval__layout *layout, const char *key,
                         void (*put)(custval__layout *layout, const void *subject), const void *subject) {
    custval__put_key(layout, key);
    custval__put_fitting(layout, put, subject);
}

void custval__put_end(custval__layout *layout) {
    put_byte(layout, '\n');
    if (layout->capacity == 0) return;
    const int is_whole = layout->length < layout->capacity;
    layout->out[is_whole ? layout->length : custval__utf8_cut(layout->out, layout->capacity - 1)] = 0;
}
