/* Reports: tables that other commands write, reduced to what a page shows, as JSON for the page. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_TOOLS_REPORT_H
#define CUSTVAL_TOOLS_REPORT_H

#include <stddef.h>
#include <stdint.h>

#include "whole.h"

/* A table with more rows is thinned to so many, evenly from the first to the last; facts are of all rows. */
#define REPORT_MOST_ROWS 1000
/* Rows with the largest numbers of a column are carried in any case. */
#define REPORT_BEST_ROWS 20
/* Different words that are counted. */
#define REPORT_MOST_WORDS 1000

typedef struct report_column {
    const char *name;
    int is_text, is_needed;
} report_column;

/* A table that a report can show: an entry of report/tables.json. */
typedef struct report_kind {
    const char *name; /* also of the option */
    const char *from; /* the command that writes it */
    const report_column *columns;
    size_t count;
    const char *best;    /* column of numbers whose largest rows are carried; NULL: none */
    const char *counted; /* column of texts whose words are counted; NULL: none */
    int has_id;          /* a column before these says what a row is about */
    int has_rest;        /* all other columns are numbers */
    int has_facts;       /* of all rows, for each column of numbers */
} report_kind;

extern const report_kind report_kinds[]; /* the last has name NULL */

typedef struct page_file {
    const char *name, *text;
    size_t length;
} page_file;

/* The page, with @@language@@, @@title@@ and @@payload@@ in it, and one with name NULL. */
extern const page_file report_page[];

/* Reads a file that must not be `written` (may be NULL) and writes it as a member of the payload's tables, or fails. */
void report_table(const report_kind *kind, const char *path, const data_options *options, const char *written,
                  buffer *to);

/* Writes what holds for all rows of these columns of numbers as an object. Numbers are finite or NaN. */
void report_facts(const char *const *names, const double *const *numbers, size_t columns, size_t rows, buffer *to);

#endif
