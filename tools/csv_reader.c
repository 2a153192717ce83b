/* Comma-separated values as blocks of whole records, in bounded memory. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "csv_reader.h"

#include <stdlib.h>
#include <string.h>

#include "tool.h"

/* ---- Where records end ------------------------------------------------------------------------------------------- */

/* Place after the last newline of [from, to), or NULL. */
static const char *after_last_newline(const char *from, const char *to) {
    while (to > from && to[-1] != '\n') to--;
    return to > from ? to : NULL;
}

/* A quote opens a quoted cell at the start of a cell only; elsewhere it is a byte like others. */
static int opens_cell(const char *quote, const char *first, char delimiter) {
    return quote == first || quote[-1] == delimiter || quote[-1] == '\n';
}

/* Place after the quote that closes the cell, or NULL if it may lie beyond `end`. */
static const char *after_closing_quote(const char *at, const char *end) {
    while ((at = memchr(at, '"', (size_t)(end - at))) != NULL) {
        if (at + 1 == end) return NULL; /* it may be the first of two */
        if (at[1] != '"') return at + 1;
        at += 2;
    }
    return NULL;
}

/* Bytes of the whole records at the start of the data, which itself starts with a record. */
static size_t whole_records(const char *data, size_t length, char delimiter) {
    const char *const end = data + length;
    const char *at = data, *cut = data;
    while (at < end) {
        const char *const quote = memchr(at, '"', (size_t)(end - at));
        const char *const found = after_last_newline(at, quote == NULL ? end : quote);
        if (found != NULL) cut = found;
        if (quote == NULL) break;
        at = quote + 1;
        if (!opens_cell(quote, data, delimiter)) continue;
        at = after_closing_quote(at, end);
        if (at == NULL) break;
    }
    return (size_t)(cut - data);
}

/* ---- The start of a file ----------------------------------------------------------------------------------------- */

static const char delimiters[] = {',', ';', '\t', '|'};

static int is_delimiter(char byte) {
    return memchr(delimiters, byte, sizeof delimiters) != NULL;
}

/* As if each of the delimiters ended a cell. */
static char find_delimiter(const char *text, size_t length) {
    size_t counts[sizeof delimiters] = {0};
    size_t first = 0;
    while (first < length && (text[first] == '\n' || text[first] == '\r')) first++;
    for (size_t i = first; i < length && text[i] != '\n'; i++) {
        if (text[i] == '"' && (i == first || is_delimiter(text[i - 1]))) {
            const char *const after = after_closing_quote(text + i + 1, text + length);
            if (after == NULL || after == text + length) break;
            i = (size_t)(after - text);
            if (text[i] == '\n') break;
        }
        for (size_t d = 0; d < sizeof delimiters; d++) counts[d] += text[i] == delimiters[d];
    }
    size_t best = 0;
    for (size_t d = 1; d < sizeof delimiters; d++) {
        if (counts[d] > counts[best]) best = d;
    }
    return delimiters[best];
}

/* Adds what the source gives to the rest, until that has `size` bytes. */
static void read_more(csv_reader *reader, size_t size) {
    if (reader->rest_capacity < size) {
        reader->rest = memory_resize(reader->rest, size, 1);
        reader->rest_capacity = size;
    }
    if (reader->ended || reader->rest_length >= size) return;
    const size_t wanted = size - reader->rest_length;
    const size_t got = reader->source(reader->source_data, reader->rest + reader->rest_length, wanted);
    reader->ended = got < wanted;
    reader->rest_length += got;
    reader->bytes += got;
}

static void skip(csv_reader *reader, size_t count) {
    reader->rest_length -= count;
    memmove(reader->rest, reader->rest + count, reader->rest_length);
}

static int starts_with(const csv_reader *reader, const char *mark, size_t length) {
    return reader->rest_length >= length && memcmp(reader->rest, mark, length) == 0;
}

/* Bytes that are looked at, whatever the size of blocks; twice as many are read, before a byte order mark is skipped. */
#define DOCUMENT_BEGINS 32

static size_t after_blanks(const csv_reader *reader, size_t at) {
    const size_t end = reader->rest_length < DOCUMENT_BEGINS ? reader->rest_length : DOCUMENT_BEGINS;
    while (at < end && strchr(" \t\r\n", reader->rest[at]) != NULL && reader->rest[at] != 0) at++;
    return at;
}

/* No header begins so, but a document does that was given in the place of a table. */
static int is_document(const csv_reader *reader) {
    const size_t brace = after_blanks(reader, 0), next = after_blanks(reader, brace + 1);
    return next < reader->rest_length && next < DOCUMENT_BEGINS && reader->rest[brace] == '{' &&
           (reader->rest[next] == '"' || reader->rest[next] == '}');
}

int csv_reader_start(csv_reader *reader, csv_source source, void *source_data, size_t block_size, char delimiter) {
    memset(reader, 0, sizeof *reader);
    reader->source = source;
    reader->source_data = source_data;
    reader->block_size = block_size < 4 ? 4 : block_size; /* a byte order mark fits */
    read_more(reader, reader->block_size < 2 * DOCUMENT_BEGINS ? 2 * DOCUMENT_BEGINS : reader->block_size);
    if (starts_with(reader, "\xff\xfe", 2) || starts_with(reader, "\xfe\xff", 2)) return CSV_UTF16;
    if (starts_with(reader, "\xef\xbb\xbf", 3)) skip(reader, 3);
    if (is_document(reader)) return CSV_DOCUMENT;
    /* Without a mark: a byte 0 beside a letter of the header. */
    if (reader->rest_length >= 2 && (reader->rest[0] == 0) != (reader->rest[1] == 0)) return CSV_UTF16;
    reader->delimiter = delimiter != 0 ? delimiter : find_delimiter(reader->rest, reader->rest_length);
    return CSV_NO_PROBLEM;
}

void csv_reader_free(csv_reader *reader) {
    free(reader->rest);
    memset(reader, 0, sizeof *reader);
}

/* ---- Blocks ------------------------------------------------------------------------------------------------------ */

static size_t count_newlines(const char *data, size_t length) {
    size_t lines = 0;
    for (size_t i = 0; i < length; i++) lines += data[i] == '\n';
    return lines;
}

/* Of blank lines in front of a record. */
static size_t newlines_before_text(const char *data, size_t length) {
    size_t end = 0;
    while (end < length && (data[end] == '\r' || data[end] == '\n')) end++;
    return count_newlines(data, end);
}

/* Gives the whole records at the start of the rest, reading more until there is one; 0 if one is too long. */
static size_t find_records(csv_reader *reader) {
    for (size_t size = reader->block_size;; size *= 2) {
        read_more(reader, size);
        if (reader->ended && reader->rest_length <= size) return reader->rest_length;
        const size_t whole = whole_records(reader->rest, size, reader->delimiter);
        if (whole > 0) return whole;
        if (size >= CSV_LONGEST_RECORD) return 0;
    }
}

/* Moves the first bytes of the rest to the block; ends the last record of a file that does not end it. */
static void take(csv_reader *reader, csv_block *block, size_t count) {
    if (block->capacity < count + 1) {
        block->data = memory_resize(block->data, count + 1, 1);
        block->capacity = count + 1;
    }
    memcpy(block->data, reader->rest, count);
    block->length = count;
    skip(reader, count);
    if (count > 0 && block->data[count - 1] != '\n') block->data[block->length++] = '\n';
}

int csv_reader_next(csv_reader *reader, csv_block *block) {
    block->problem = CSV_NO_PROBLEM;
    block->problem_line = 0;
    block->length = 0;
    const size_t records = find_records(reader);
    if (records == 0 && reader->rest_length == 0) return 0;
    if (records == 0) {
        block->problem = CSV_RECORD_TOO_LONG;
        block->problem_line = newlines_before_text(reader->rest, reader->rest_length);
        return 1;
    }
    take(reader, block, records);
    const char *const nul = memchr(block->data, 0, block->length);
    if (nul != NULL) {
        block->problem = CSV_NUL;
        block->problem_line = count_newlines(block->data, (size_t)(nul - block->data));
    }
    return 1;
}

void csv_reader_return(csv_reader *reader, const csv_block *block, const char *from) {
    const size_t count = block->length - (size_t)(from - block->data);
    if (reader->rest_capacity < reader->rest_length + count) {
        reader->rest_capacity = reader->rest_length + count;
        reader->rest = memory_resize(reader->rest, reader->rest_capacity, 1);
    }
    memmove(reader->rest + count, reader->rest, reader->rest_length);
    memcpy(reader->rest, from, count);
    reader->rest_length += count;
}

void csv_block_free(csv_block *block) {
    free(block->data);
    memset(block, 0, sizeof *block);
}
