/* CSV files of the source tree as tables. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_TESTS_CSV_TABLE_H
#define CUSTVAL_TESTS_CSV_TABLE_H

#include <custval/table.h>

#include "support.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A table of a plain CSV file (a header, no quotes but around its names), whose path starts at the top of the source tree; free it with custval_table_free().
   A column whose every cell is a number becomes float64, any other text; empty cells are missing. Fails the test without the file. */
custval_table *csv_table(const char *path);

#ifdef __cplusplus
}
#endif
#endif
