/* Columns of a data file by name, whole in memory, as a table. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_TOOLS_WHOLE_H
#define CUSTVAL_TOOLS_WHOLE_H

#include "data_file.h"
#include "rows.h"
#include "system_file.h"

typedef struct whole {
    data_file data;
    rows_plan plan;
    struct whole_column *columns; /* that are wanted */
    size_t column_count;
    csv_block *blocks; /* hold the texts */
    size_t block_count;
    row_set rows;
} whole;

/* Opens a file, which must not be `written` (may be NULL). */
void whole_open(whole *to, const char *path, const data_options *options, const char *written, const char *command);

/* Has a column read, once however often it is asked for. `reader` is who needs it; the column must be there. */
void whole_want_number(whole *to, const char *name, const char *reader);
void whole_want_text(whole *to, const char *name, const char *reader);
/* The same with every column of a system; those of a profile or context that is given by an option may be absent. */
void whole_want_inputs(whole *to, const custval_system *system, const char *path, const score_choice *scoring);
/* Has the column that names the customers read: *id, or where that is NULL `customer`, if the file has it. */
void whole_want_id(whole *to, const char **id);

/* Reads all rows and gives a table of what was wanted, to be freed before this is. */
custval_table *whole_read(whole *to);

/* Fails with the message of a library call about the table: says which row of the file. */
_Noreturn void whole_fail(const whole *with, const custval_error *error);

/* All texts of a column that was read as text; NULL for a name that is NULL. */
const custval_text *whole_texts(const whole *with, const char *name);
/* Index of the row that an option's value names: as row_find() has it, with the texts of that column (NULL: none). */
size_t whole_row(const whole *with, const char *column, const char *text, const char *option_name, const char *command);

void whole_free(whole *of);

#endif
