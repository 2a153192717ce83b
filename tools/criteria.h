/* Criteria in a data file: columns, or the scores of a system's nodes; block by block. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_TOOLS_CRITERIA_H
#define CUSTVAL_TOOLS_CRITERIA_H

#include <stddef.h>
#include <stdint.h>

#include <custval/custval.h>

#include "command.h"

/* Options that say which criteria. */
typedef struct criteria_choice {
    text_list columns, sacrifices, ranges;
    const char *system, *level;
    data_options data;
} criteria_choice;

#define OPTIONS_OF_SIDES(choice)                                                    \
  {"--sacrifice", 0, OPTION_TEXTS, &(choice).sacrifices, "LIST", HELP_SACRIFICE}, { \
    "--range", 0, OPTION_TEXTS, &(choice).ranges, "COLUMN=LO:HI", HELP_RANGE        \
  }
#define OPTIONS_OF_CRITERIA(choice)                                                                  \
  {"--columns", 0, OPTION_TEXTS, &(choice).columns, "LIST", HELP_COLUMNS}, OPTIONS_OF_SIDES(choice), \
      {"--system", 0, OPTION_TEXT, &(choice).system, "SYSTEM", HELP_SYSTEM}, {                       \
    "--level", 0, OPTION_TEXT, &(choice).level, "LEVEL", HELP_LEVEL                                  \
  }

#define HELP_COLUMNS "columns, with commas between them (default: all); may be repeated"
#define HELP_SACRIFICE "columns of which less is better; may be repeated"
#define HELP_RANGE "lowest and highest possible number of a column; may be repeated"
#define HELP_SYSTEM "score the data with this system, and take the scores of its nodes"
#define HELP_LEVEL "which nodes: dimension, indicator or item (default: indicator)"

/* Numbers that mean "no answer" in one column. */
typedef struct missing_codes {
    const double *numbers;
    size_t count;
} missing_codes;

typedef struct criteria {
    const char *command;
    custval_criterion *list;
    size_t count;
    custval_system *system; /* NULL: columns of the data */
    char today[11];
    custval_score_options options;
    binding bound;
    data_file data;
    rows_plan plan;
    uint32_t *slots;            /* [criterion] of its column, without a system */
    const missing_codes *codes; /* [criterion] without a system; NULL: none */

    /* The block last read. */
    csv_block block;
    row_set rows;
    const double **numbers; /* [criterion] one per row, NaN is missing */
    uint64_t rows_before;
    uint64_t lines; /* before the next block */
    custval_table *answers, *scores;
    custval_row_summary status; /* of all rows so far, with a system */
} criteria;

/* Opens the data and what they are scored with. `except` (may be NULL) is a column that is none, whether or not it is
   chosen; `written` (may be NULL) must be none of the files. More columns may be added to the plan before reading. */
void criteria_open(criteria *to, const char *path, const criteria_choice *choice, const char *except,
                   const char *written, const char *command);
/* Reads the next block; 0 at the end. */
int criteria_next(criteria *of);
/* The block as a table of the criteria, which borrows its numbers. */
custval_table *criteria_table(const criteria *of);
/* Says at the end which rows have a status. */
void criteria_note(const criteria *of);
void criteria_free(criteria *of);
/* Fails with the message of a library call about rows, the first of which is that of all: says which of the file. */
_Noreturn void criteria_fail(const criteria *of, uint64_t first_row, const custval_error *error);

/* Fails as usage if something is chosen of which a saved summary (NULL: none is read) knows itself. */
void criteria_check_summary(const criteria_choice *choice, const char *saved, const char *command);
void criteria_free_choice(criteria_choice *choice);

/* Kind of the nodes that --level names; NULL: indicators. Fails as usage of the command. */
uint32_t criteria_kind(const char *level, const char *command);
/* Nodes of a kind as criteria of their scores, whose texts the system owns; free() the list. Sets the level of the
   scores. */
custval_criterion *criteria_of(const custval_system *system, uint32_t kind, const char *profile, const char *path,
                               size_t *out_count, uint32_t *out_level);

/* Sides and ranges of a list whose columns are those of `data`; names that are none of them fail. */
void criteria_set_sides(custval_criterion *list, size_t count, const criteria_choice *choice, const char *file,
                        const char *command);

/* All rows in memory. */
typedef struct criteria_rows {
    double **numbers; /* [criterion], then those of further slots */
    size_t columns;
    custval_text *texts; /* own, of one text slot */
    size_t count, capacity;
} criteria_rows;

/* Reads to the end; `slots` are further columns of numbers, `text` one of texts or ROWS_NO_SLOT. */
void criteria_read_all(criteria *of, const uint32_t *slots, size_t slot_count, uint32_t text, criteria_rows *out);
void criteria_rows_free(criteria_rows *of);

#endif
