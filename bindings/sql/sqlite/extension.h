/* SQLite: what the files of its extension share. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_SQLITE_EXTENSION_H
#define CUSTVAL_SQLITE_EXTENSION_H

#include <sqlite3ext.h>

#include "shared/shared.h"

#if defined(__GNUC__)
#  pragma GCC visibility push(hidden)
#endif

/* Puts the cells into the row of the site; refuses other numbers of them and wrong types. */
custval_status answers_read(sql_site *site, int count, sqlite3_value **cells, custval_error *error);

/* Text of a cell, in UTF-8; NULL if the cell is. */
const char *cell_text(sqlite3_value *cell, size_t *length);

/* The number of a cell, NaN for NULL; 0 if the cell is something else. */
int cell_number(sqlite3_value *cell, double *out);

/* Makes the failure the result of the function. */
void give_failure(sqlite3_context *context, custval_status status, const custval_error *error);

/* Registers custval_summary and what belongs to it; the table-valued custval_explained. SQLite's result codes. */
int summary_register(sqlite3 *db);
int explained_register(sqlite3 *db);

#if defined(__GNUC__)
#  pragma GCC visibility pop
#endif

#endif
