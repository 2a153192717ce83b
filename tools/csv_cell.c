/* Cells of comma-separated values (RFC 4180) in memory. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "csv_cell.h"

#include <string.h>

void csv_cursor_init(csv_cursor *cursor, char delimiter, char *data, size_t length) {
    memset(cursor, 0, sizeof *cursor);
    cursor->at = data;
    cursor->end = data + length;
    cursor->delimiter = delimiter;
    cursor->stops[(unsigned char)delimiter] = 1;
    cursor->stops['\n'] = 1;
    cursor->stops['\r'] = 1;
}

static size_t newlines_in(const char *from, const char *to) {
    size_t lines = 0;
    while ((from = memchr(from, '\n', (size_t)(to - from))) != NULL) {
        lines++;
        from++;
    }
    return lines;
}

int csv_quoted_cell(csv_cursor *cursor, custval_text *out) {
    char *const first = cursor->at + 1;
    char *from = first, *to = first; /* the text found so far is moved to end at `to` */
    for (;;) {
        char *const quote = memchr(from, '"', (size_t)(cursor->end - from));
        if (quote == NULL) return CSV_OPEN_QUOTE;
        const size_t piece = (size_t)(quote - from);
        memmove(to, from, piece);
        to += piece;
        from = quote + 1; /* within the block, which ends with a newline */
        if (*from != '"') break;
        *to++ = *from++;
    }
    if (!cursor->stops[(unsigned char)*from]) return CSV_AFTER_QUOTE;
    *out = (custval_text){first, (size_t)(to - first)};
    cursor->lines += newlines_in(first, to);
    return csv_pass_end(cursor, from);
}

const char *csv_mistake(int end) {
    switch (end) {
    case CSV_BARE_RETURN: return "a carriage return inside a line; lines must end with LF or CR LF";
    case CSV_AFTER_QUOTE: return "text after a closing quote; a quote inside a quoted cell must be doubled";
    default: return "a quote opened here is never closed";
    }
}
