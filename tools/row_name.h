/* Rows that an option names: by number, or by what stands in the column of --id. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_TOOLS_ROW_NAME_H
#define CUSTVAL_TOOLS_ROW_NAME_H

#include <stddef.h>
#include <stdint.h>

#include <custval/custval.h>

/* What the help says about the value ROW of an option. */
#define HELP_ROW "the row: its number, counted from 1, or with --id what stands there"
#define HELP_ROW_ID "column that names the rows (default: rows have numbers)"

/* Where rows are looked for. */
typedef struct named_rows {
    const char *file;    /* for messages */
    const char *command; /* whose option names a row */
    const char *column;  /* of --id; NULL: rows have numbers */
} named_rows;

/* The number of a row, less 1; fails as usage if the text is none. */
uint64_t row_number(const named_rows *in, const char *option_name, const char *text);
/* Index of the row among `count`, of which `ids` stand in the column (NULL: rows have numbers), or fails. */
size_t row_find(const named_rows *in, const char *option_name, const char *text, const custval_text *ids, size_t count);

/* Each fails: no row is called that, two are (at indexes from 0), or the file has fewer rows. */
_Noreturn void row_fail_unknown(const named_rows *in, const char *text);
_Noreturn void row_fail_twice(const named_rows *in, const char *text, uint64_t first, uint64_t second);
_Noreturn void row_fail_beyond(const named_rows *in, uint64_t index, uint64_t count);

/* 1 if that is what stands in the column. */
int row_is(const custval_text *id, const char *text);

#endif
