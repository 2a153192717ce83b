/* Rows of a data file as columns of numbers and texts. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_TOOLS_ROWS_H
#define CUSTVAL_TOOLS_ROWS_H

#include <stddef.h>
#include <stdint.h>

#include "data_file.h"
#include "tool.h"

#define ROWS_NO_SLOT UINT32_MAX

/* What a column of the file is read as; it may be both. */
typedef struct rows_use {
    uint32_t number, text; /* slot, or ROWS_NO_SLOT */
} rows_use;

/* What is read from each record. */
typedef struct rows_plan {
    const data_file *data;
    rows_use *uses;          /* per column of the file */
    uint32_t numbers, texts; /* slots */
    const char *advice;      /* about cells that are no number; NULL: the usual one */
} rows_plan;

void rows_plan_init(rows_plan *plan, const data_file *data);
/* Has a column read as numbers, or as texts; gives its slot. */
uint32_t rows_want_number(rows_plan *plan, size_t column);
uint32_t rows_want_text(rows_plan *plan, size_t column);
void rows_plan_free(rows_plan *plan);

/* The rows of one block. Starts as zeros and is used again. Texts lie in the block. */
typedef struct rows {
    size_t count, capacity;
    double **numbers;     /* [slot][row], NaN is missing */
    custval_text **texts; /* [slot][row], as in the file */
    uint32_t *lines;      /* [row] newlines of the block before the row */
    size_t newlines;      /* of the whole block */
    int has_problem;
    size_t problem_line; /* newlines of the block before it */
    char problem[MESSAGE_SIZE];
} row_set;

/* Reads a block, up to the row with the first problem, which it notes. */
void rows_read(const rows_plan *plan, const csv_block *block, row_set *out);
/* Fails with the problem of these rows, which begin after that many lines. */
_Noreturn void rows_fail(const data_file *data, const row_set *rows, uint64_t lines_before);
/* The message of a library call about a table of rows: says which of the file, and that it is counted from 1, where it
   says "row" and a number below `count`. `numbers` are theirs; NULL: they follow `before` others. */
const char *rows_message(const custval_error *error, const uint64_t *numbers, uint64_t before, uint64_t count,
                         buffer *to);
/* Fails with such a message about all rows of a file. */
_Noreturn void rows_fail_error(const char *name, const custval_error *error);
/* Makes room for one more row. */
void rows_grow(const rows_plan *plan, row_set *to);
/* Frees the columns, not the texts. */
void rows_free(const rows_plan *plan, row_set *of);

#endif
