/* How a system scores, and what it reads from a data file. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_TOOLS_SYSTEM_FILE_H
#define CUSTVAL_TOOLS_SYSTEM_FILE_H

#include <stddef.h>
#include <stdint.h>

#include <custval/custval.h>

#include "rows.h"

/* How rows are scored; options of every command that scores. */
typedef struct score_choice {
    const char *profile, *context, *as_of, *language;
} score_choice;

/* Library options of a choice. Without a date, and if the system has overrides, it is today's, kept in `today`. */
custval_score_options score_options(const custval_system *system, const score_choice *choice, char today[11]);

/* The columns that a system reads, in the rows of a file. */
typedef struct binding {
    const custval_system *system;
    const char *path; /* of the system, for messages */
    uint32_t count;
    custval_input *inputs;
    uint32_t *slots; /* [input] ROWS_NO_SLOT: not read */
} binding;

/* Adds to the plan what the system reads, or fails. Columns that the options make needless may be absent. */
void binding_init(binding *to, const custval_system *system, const char *path, const custval_score_options *options,
                  rows_plan *plan);
/* The rows as a table that borrows their numbers. */
custval_table *binding_table(const binding *from, const rows_plan *plan, const row_set *rows);
void binding_free(binding *of);

#endif
