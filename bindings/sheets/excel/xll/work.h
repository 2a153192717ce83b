/* The time of one call: memory that ends with it, what went wrong, cells as tables and tables as cells. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_XLL_WORK_H
#define CUSTVAL_XLL_WORK_H

#include <stddef.h>

#include <custval/custval.h>

#include "excel.h"

typedef struct block block;

typedef struct work {
    custval_error error;
    block *blocks; /* freed by work_end() */
} work;

/* Cells of an argument; one that is no range is one cell. Blank rows at the end are left out. */
typedef struct area {
    const excel_cell *cells;
    size_t rows, columns, width; /* width: cells from one row to the next */
} area;

/* Names of columns, which the work owns; NULL where a column has none. */
typedef struct names {
    const char **at;
    size_t count;
} names;

void work_begin(work *of);
void work_end(work *of);

/* So many bytes of 0, or NULL with the error set. */
void *work_take(work *of, size_t count, size_t size);
/* Fails with a message. */
custval_status work_refuse(work *of, custval_status status, const char *format, ...);

int is_blank(const excel_cell *cell);
/* UTF-8 of a text with its length; NULL with the error set, or with length 0 and no error if the text is empty. */
char *utf8_of(work *of, const wchar_t *text, size_t length);
/* The text of a cell, a whole number's digits; NULL if it is blank (status 0) or something else. */
custval_status text_of(work *of, const excel_cell *cell, const char *what, const char **out);
/* A number, or what `missing` says if the cell is blank. */
custval_status number_of(work *of, const excel_cell *cell, const char *what, double missing, double *out);

area area_of(const excel_cell *given, size_t least_rows);
area rows_below(area from, size_t first);
custval_status names_of(work *of, area row, names *out);

/* A table of the columns that are wanted, whose cells are texts where `is_text` says so. */
custval_status table_of(work *of, area rows, names have, names wanted, const unsigned char *is_text,
                        custval_table **out);
/* The same of every column with a name, as texts where a cell is one; columns without any cell are left out. */
custval_status table_of_all(work *of, area rows, names have, custval_table **out);

/* Cells for a result, all blank, to be freed with result_free(); NULL without memory. */
excel_cell *result_new(size_t rows, size_t columns);
void result_free(excel_cell *result);
void put_number(excel_cell *result, size_t place, double number);
/* 0 if there was memory. */
int put_text(excel_cell *result, size_t place, const char *text, size_t length);
/* Columns of a table, with their names above if asked for; those named, or all. */
custval_status result_of(work *of, const custval_table *table, const char *const *columns, size_t count, int with_names,
                         excel_cell **out);

#endif
