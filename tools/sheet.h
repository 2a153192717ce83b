/* A small file of comma-separated values that people write by hand, whole in memory. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_TOOLS_SHEET_H
#define CUSTVAL_TOOLS_SHEET_H

#include <stddef.h>
#include <stdint.h>

#include "csv_reader.h"
#include "data_file.h"
#include "tool.h"

/* What is wrong with a file; nothing here fails, so that it can be fuzzed. */
typedef struct sheet_problem {
    uint64_t line; /* from 1; 0: the file as a whole */
    char message[MESSAGE_SIZE];
} sheet_problem;

void sheet_set_problem(sheet_problem *problem, uint64_t line, const char *format, ...) CUSTVAL__PRINTF(3, 4);

/* What is longer was not written by hand. */
#define SHEET_LARGEST ((uint64_t)64 << 20)

/* Cells without blanks around them. Records are equally long; those that are blank throughout are passed over, as
   spreadsheets write them. */
typedef struct sheet {
    char decimal;
    custval_text *cells; /* [record][column] */
    uint64_t *lines;     /* [record] from 1 */
    size_t records;      /* at least 1 */
    size_t columns;
    csv_block *blocks; /* hold the texts */
    size_t block_count;
} sheet;

/* Reads all of it; 0 and the problem if that cannot be. delimiter 0: found out. Free it in either case. */
int sheet_read(sheet *to, csv_source source, void *source_data, char delimiter, char decimal, sheet_problem *problem);
void sheet_free(sheet *of);

/* Reads a file, "-" for standard input, or fails. It must not be `written` (may be NULL). */
void sheet_open(sheet *to, const char *path, const data_options *options, const char *written, const char *command);
_Noreturn void sheet_fail(const char *path, const sheet_problem *problem);

static inline const custval_text *sheet_cell(const sheet *of, size_t record, size_t column) {
    return &of->cells[record * of->columns + column];
}

/* 1 if the cell is that word, in any case of letters. */
int sheet_is_word(const custval_text *cell, const char *word);
/* Column whose cell in the first record is that word; SIZE_MAX if there is none. */
size_t sheet_column(const sheet *of, const char *word);
/* 1 if no such word (NULL: none) is in two cells of the first record; else 0 and the problem. */
int sheet_are_single(const sheet *of, const char *const *words, size_t count, sheet_problem *problem);

/* Reads a number, which may be a fraction such as 1/3: exactly 1.0 / 3.0. 0 and the problem, which calls it `what`, if
   it is none. */
int sheet_number(const sheet *of, size_t record, size_t column, const char *what, double *out, sheet_problem *problem);

#endif
