/* DuckDB: what the files of its extension share. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_DUCKDB_CHUNK_H
#define CUSTVAL_DUCKDB_CHUNK_H

#include <duckdb_extension.h>

#include "shared/shared.h"

#if defined(__GNUC__)
#  pragma GCC visibility push(hidden)
#endif

/* The functions of DuckDB, which it gives when it loads the extension. */
DUCKDB_EXTENSION_EXTERN

/*
 * DuckDB hands over columns of some thousand rows, and has no place for what a thread keeps from one chunk to the
 * next: a function keeps the sites that no thread uses at the moment.
 */

typedef struct function function;

/* A column of a chunk. */
typedef struct column_view {
    const double *numbers;    /* DOUBLE as it lies in the chunk, other numbers converted; NULL: no numbers */
    const uint64_t *validity; /* NULL: all there */
    duckdb_string_t *strings; /* VARCHAR and BLOB; else NULL */
    duckdb_type type;
    const void *data;   /* as it lies in the chunk */
    double *owned;      /* numbers that were converted */
    char (*digits)[32]; /* whole numbers as texts, see column_as_texts(); else NULL */
} column_view;

/* The columns of a chunk. */
typedef struct chunk_view {
    idx_t rows, count;
    column_view *columns;
} chunk_view;

custval_status chunk_open(duckdb_data_chunk input, chunk_view *out, custval_error *error);
void chunk_close(chunk_view *chunk);

int cell_is_valid(const column_view *column, idx_t row);
/* The number of a cell, NaN if it is missing. */
double cell_number(const column_view *column, idx_t row);
/* Lets a column be read as texts: whole numbers by their digits. Gives 0 if it is of another type. */
int column_as_texts(column_view *column, idx_t rows, custval_status *status, custval_error *error);
/* The text or bytes of a cell, in the memory of the chunk; `data` NULL if missing. */
custval_text cell_text(const column_view *column, idx_t row);

/* Rows from `begin` on that have the text of the first one in the first column; their number is at least 1. */
idx_t chunk_same(const chunk_view *chunk, idx_t begin);

/* Fails the query. */
void scalar_fail(duckdb_function_info info, custval_status status, const custval_error *error);

/* Gives NULL for the row of a result. */
void result_null(duckdb_vector output, idx_t row);
void result_text(duckdb_vector output, idx_t row, const sql_text *text);

/* A function with parameters of these types, DUCKDB_TYPE_INVALID at the end; `more` for any further ones, or
   DUCKDB_TYPE_INVALID. NULL is passed on to it. */
duckdb_scalar_function scalar_new(const char *name, const duckdb_type *parameters, duckdb_type more, duckdb_type result,
                                  duckdb_scalar_function_t call);
/* Registers and frees it. */
duckdb_state scalar_register(duckdb_connection connection, duckdb_scalar_function made);

/* A list of doubles as a type; to be destroyed. */
duckdb_logical_type list_of_doubles(void);

/* The numbers of a list in a row of a column; NULL if the list is. `vector` is that of the column. */
custval_status list_numbers(duckdb_vector vector, idx_t row, double **out, size_t *count, custval_error *error);

duckdb_state weights_register(duckdb_connection connection);
duckdb_state summary_register(duckdb_connection connection);

#if defined(__GNUC__)
#  pragma GCC visibility pop
#endif

#endif
