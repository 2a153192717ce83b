/* Scoring a whole file: blocks of rows, several at a time, results in order. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_TOOLS_SCORE_RUN_H
#define CUSTVAL_TOOLS_SCORE_RUN_H

#include <stddef.h>
#include <stdint.h>

#include "frame.h"
#include "output.h"
#include "summary.h"
#include "system_file.h"

#define SCORE_MOST_THREADS 16 /* each has a block of a few megabytes in hand */

/* Kinds of rows that are noted. */
enum score_kind { SCORE_NO_VALUE, SCORE_CHANGED_ANSWERS, SCORE_KINDS };
#define SCORE_CHANGES (CUSTVAL_ROW_CLAMPED | CUSTVAL_ROW_DROPPED | CUSTVAL_ROW_DEFAULT_WEIGHTS)

/* What a run is made of; filled in by the command, and by the run from `summary` on. */
typedef struct score_run {
    data_file *data;
    rows_plan plan;
    binding system;
    custval_score_options options;
    const char *command;

    /* What is printed: columns carried from the data, then the scores. */
    frame_column *carried; /* name and kind; data of a text is filled in by block */
    uint32_t *carried_slots;
    size_t carried_count;
    char **score_names; /* in the order of custval_score() */
    size_t score_count;
    printer *with;
    output *to; /* NULL: nothing but the summary is wanted */

    const uint32_t *id_slots; /* texts that together must differ from row to row */
    size_t id_count;
    uint32_t against; /* slot of numbers to compare the value with, or ROWS_NO_SLOT */

    int wants_summary; /* moments and histogram, not only the counts of rows */
    uint32_t form;     /* of the value, a custval_form */
    summary summary;
    agreement agreement;
    size_t sides[SUMMARY_MOMENTS];     /* score columns that the summary looks at, SIZE_MAX for none */
    uint64_t first_lines[SCORE_KINDS]; /* of the first row of each kind; 0 if there is none */
    char first_reasons[SCORE_KINDS][MESSAGE_SIZE / 2];
    int ids_were_dropped; /* more ids than are remembered */
} score_run;

/* Scores all rows on that many threads (0: one per processor), or fails. */
void score_run_all(score_run *run, size_t threads);

#endif
