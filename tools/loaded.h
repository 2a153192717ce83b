/* A system with rows of a data file in memory, for commands that look at few rows or at all of them at once. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_TOOLS_LOADED_H
#define CUSTVAL_TOOLS_LOADED_H

#include <stdint.h>

#include "system_file.h"

typedef struct loaded {
    custval_system *system;
    char today[11];
    custval_score_options options;
    data_file data;
    rows_plan plan;
    binding bound;
    row_set rows;      /* those that were kept */
    uint64_t *numbers; /* of these, counted from 1 in the file */
    size_t number_capacity;
    uint64_t rows_in_all; /* as far as they were read */
    custval_table *table; /* what the system reads of them */
} loaded;

/* Opens both files; `written` (may be NULL) must be neither. More columns may be added to the plan before reading. */
void loaded_open(loaded *to, const char *system, const char *data, const score_choice *choice,
                 const data_options *options, const char *written, const char *command);

enum loaded_verdict { LOADED_SKIP, LOADED_KEEP, LOADED_KEEP_LAST /* no more rows are needed */ };
/* What to do with the row at `index` of these rows; `row` counts all rows from 0. */
typedef int (*loaded_filter)(void *data, const row_set *rows, size_t index, uint64_t row);

/* Reads the rows that the filter (NULL: all) keeps. */
void loaded_read(loaded *to, loaded_filter filter, void *data);
void loaded_free(loaded *of);
/* Index of the row that an option's value names: as row_find() has it, with the texts of the column's slot. */
size_t loaded_row(const loaded *with, const char *column, uint32_t slot, const char *text, const char *option_name,
                  const char *command);
/* Texts of a slot of the rows that were kept; NULL for ROWS_NO_SLOT. */
const custval_text *loaded_texts(const loaded *with, uint32_t slot);
/* Fails with the message of a library call about the table, whose rows it counts from 0: says which of the file. */
_Noreturn void loaded_fail(const loaded *with, const custval_error *error);

#endif
