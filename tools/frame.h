/* Columns to be printed, and a library's table as such columns. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_TOOLS_FRAME_H
#define CUSTVAL_TOOLS_FRAME_H

#include <stddef.h>
#include <stdint.h>

#include <custval/table.h>

#include "tool.h"

enum frame_kind {
    FRAME_TEXT,   /* custval_text; data NULL is missing */
    FRAME_NUMBER, /* double; NaN is missing */
    FRAME_STATUS, /* uint32_t, bits of custval_row_status */
    FRAME_ROW,    /* number of the row, counted from 1; no data */
};

typedef struct frame_column {
    const char *name;
    int kind;
    const void *data; /* one entry per row */
    int is_owned;     /* the data is freed with the frame */
} frame_column;

typedef struct frame {
    frame_column *columns;
    size_t count, rows;
    uint64_t first_row; /* rows before the first one of this frame */
} frame;

/* Adds a column; gives it. The name is borrowed. */
frame_column *frame_add(frame *to, const char *name, int kind, const void *data);
/* Adds every column of a table, whose texts and names stay the table's. */
void frame_add_table(frame *to, const custval_table *table);
/* The same, but a column `status` holds one value each of that vocabulary. */
void frame_add_results(frame *to, const custval_table *table, uint32_t vocabulary);
/* Adds texts, which are owned from then on, behind the column of that name, which is there. */
void frame_add_behind(frame *to, const char *column, const char *name, custval_text *texts);
/* Turns the numbers of a column into words of that vocabulary. */
void frame_name_words(frame *of, const char *column, uint32_t vocabulary);
/* Adds the numbers of the rows, from 1, and under that name their texts, which are borrowed, unless these are NULL. */
void frame_add_names(frame *to, size_t rows, const char *column, const custval_text *texts);
/* Adds what names each of so many rows: texts, which are borrowed, under that name, or their numbers if these are NULL. */
void frame_add_ids(frame *to, size_t rows, const char *column, const custval_text *texts);
/* Puts the rows in the order of a column of numbers; missing ones come last, ties keep their order. Every column must
   be owned. */
void frame_order(frame *of, const char *column, int descending);
/* Keys are text, and 10 comes before 2: puts the rows in the order of the first column, texts, if all are whole numbers. Every
   column must be owned. */
void frame_order_names(frame *of);
void frame_free(frame *of);

/* ---- Printing ---------------------------------------------------------------------------------------------------- */

enum frame_format { FORMAT_CSV, FORMAT_JSON, FORMAT_TABLE };

typedef struct printer {
    int format;
    char delimiter, decimal; /* of CSV */
    /* Of a table: laid out from the first frame, or from names alone where that has no data. */
    size_t *widths;
    int *decimals; /* digits after the point; -1: as many as there are */
    size_t columns;
} printer;

/* The format of that name; NULL gives `otherwise`. Fails as wrong usage. */
int printer_format(const char *name, int otherwise, const char *command);

/* What stands before, for and after rows; frames of one output have the same columns. */
void printer_begin(printer *with, const frame *first, buffer *to);
void printer_rows(const printer *with, const frame *rows, buffer *to);
void printer_end(const printer *with, uint64_t rows, buffer *to);
void printer_free(printer *of);

/* All of one frame. */
void print_frame(const frame *all, int format, char delimiter, char decimal, buffer *to);

/* All of one frame to a file (NULL: standard output), some rows at a time: the last act of a command. */
void write_frame(const frame *all, int format, const char *path);

/* The words of a status, joined by '+'. */
void print_status(buffer *to, uint32_t status);

/* The three formats. */
void csv_write_names(buffer *to, const frame *names, char delimiter);
void csv_write_rows(buffer *to, const frame *rows, char delimiter, char decimal);
void json_write_rows(buffer *to, const frame *rows);
void json_write_number(buffer *to, double value); /* null if it is not finite */
void json_write_text(buffer *to, const char *text, size_t length);
void table_lay_out(printer *with, const frame *first);
void table_write_names(const printer *with, buffer *to, const frame *names);
void table_write_rows(const printer *with, buffer *to, const frame *rows);

#endif
