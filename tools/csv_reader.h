/* Comma-separated values as blocks of whole records, in bounded memory. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_TOOLS_CSV_READER_H
#define CUSTVAL_TOOLS_CSV_READER_H

#include <stddef.h>
#include <stdint.h>

/* A record longer than this is taken for a quote that was not closed. */
#define CSV_LONGEST_RECORD ((size_t)16 << 20)
#define CSV_BLOCK_SIZE ((size_t)256 << 10)

/* Gives the next bytes: as many as asked for, or fewer at the end or on failure. */
typedef size_t (*csv_source)(void *data, char *out, size_t size);

enum csv_problem {
    CSV_NO_PROBLEM = 0,
    CSV_UTF16,           /* text of two bytes per character */
    CSV_NUL,             /* a byte 0 */
    CSV_RECORD_TOO_LONG, /* more than CSV_LONGEST_RECORD */
    CSV_DOCUMENT,        /* begins as an object of JSON does */
};

typedef struct csv_reader {
    csv_source source;
    void *source_data;
    size_t block_size;
    char delimiter;
    int ended;      /* the source has no more */
    uint64_t bytes; /* taken from the source */
    char *rest;     /* bytes read behind the last block */
    size_t rest_length, rest_capacity;
} csv_reader;

typedef struct csv_block {
    char *data; /* whole records, the last one ended by a newline */
    size_t length, capacity;
    int problem;         /* a csv_problem; then the block is not to be parsed */
    size_t problem_line; /* newlines in the block before it */
} csv_block;

/* Starts reading: skips a byte order mark and, if delimiter is 0, finds the delimiter: of  , ; tab |  the one that is
   most often outside quotes in the first record, the first of these if none is. Gives a csv_problem. */
int csv_reader_start(csv_reader *reader, csv_source source, void *source_data, size_t block_size, char delimiter);
void csv_reader_free(csv_reader *reader);

/* Fills the block, which starts as zeros and is used again, with about block_size bytes; where it is cut depends on the
   bytes of the source only. 0 at the end. */
int csv_reader_next(csv_reader *reader, csv_block *block);
/* Gives back the end of the block last read, from `from` on, a record's first byte. */
void csv_reader_return(csv_reader *reader, const csv_block *block, const char *from);
void csv_block_free(csv_block *block);

#endif
