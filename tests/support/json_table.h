/* Tables and systems from JSON, for tests that read cases from files. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_TESTS_JSON_TABLE_H
#define CUSTVAL_TESTS_JSON_TABLE_H

#include <custval/custval.h>

#include "support.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A table from an array of column names and an array of rows; null is a missing cell. `types` (may be NULL) maps
   columns to names of types: utf8, int32 or float64; else a column with a text in it is text, any other float64. In a
   column of numbers the texts inf, -inf and nan stand for these. custval_table_free() it. */
custval_table *json_table(const json_t *columns, const json_t *rows, const json_t *types);

/* The same from JSON as text. */
custval_table *json_text_table(const char *columns, const char *rows);

/* A system from a document that is JSON already; custval_system_free() it. */
custval_status json_system(const custval_host *host, const json_t *document, custval_system **out,
                           custval_error *error);

/* A cell of a column found by name; fails the test if there is none. NaN if it is missing. */
double table_cell(const custval_table *table, const char *column, size_t row);
/* The same of a text column: "" if it is missing. */
custval_text table_cell_text(const custval_table *table, const char *column, size_t row);
/* Row whose text in a column is this one; fails the test if there is none. */
size_t table_row(const custval_table *table, const char *column, const char *text);

#ifdef __cplusplus
}
#endif
#endif
