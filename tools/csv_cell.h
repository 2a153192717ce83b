/* Cells of comma-separated values (RFC 4180) in memory. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_TOOLS_CSV_CELL_H
#define CUSTVAL_TOOLS_CSV_CELL_H

#include <stddef.h>

#include <custval/table.h>

/* What ended a cell, or what is wrong with it. */
enum csv_end {
    CSV_DELIMITER = 0, /* another cell of the record follows */
    CSV_RECORD,        /* the record is complete */
    CSV_BARE_RETURN,   /* a carriage return inside a line that does not end it */
    CSV_AFTER_QUOTE,   /* something between a closing quote and the delimiter */
    CSV_OPEN_QUOTE,    /* a quote that is never closed */
};

/* A place in whole records, the last of which ends with a newline. Reading unescapes quoted cells in place. */
typedef struct csv_cursor {
    char *at, *end;
    size_t lines; /* newlines passed */
    char delimiter;
    unsigned char stops[256]; /* 1 for a byte that may end a cell without quotes */
} csv_cursor;

void csv_cursor_init(csv_cursor *cursor, char delimiter, char *data, size_t length);

/* Moves on to the next record with anything in it; 0 if there is none. */
static inline int csv_next_record(csv_cursor *cursor) {
    while (cursor->at < cursor->end) {
        char *const next = cursor->at + (cursor->at[0] == '\r' && cursor->at[1] == '\n');
        if (*next != '\n') return 1;
        cursor->at = next + 1;
        cursor->lines++;
    }
    return 0;
}

/* Passes what ends a cell without quotes. */
static inline int csv_pass_end(csv_cursor *cursor, char *at) {
    if (*at == cursor->delimiter) {
        cursor->at = at + 1;
        return CSV_DELIMITER;
    }
    if (*at == '\r') {
        if (*++at != '\n') return CSV_BARE_RETURN;
    }
    cursor->at = at + 1;
    cursor->lines++;
    return CSV_RECORD;
}

int csv_quoted_cell(csv_cursor *cursor, custval_text *out);

/* Reads the next cell; gives a csv_end. After a mistake the cursor stays at the cell. */
static inline int csv_cell(csv_cursor *cursor, custval_text *out) {
    char *at = cursor->at;
    if (*at == '"') return csv_quoted_cell(cursor, out);
    while (!cursor->stops[(unsigned char)*at]) at++;
    *out = (custval_text){cursor->at, (size_t)(at - cursor->at)};
    return csv_pass_end(cursor, at);
}

/* One sentence about a mistake. */
const char *csv_mistake(int end);

#endif
