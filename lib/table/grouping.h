/* Groups of rows by what a column holds. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_TABLE_GROUPING_H
#define CUSTVAL_TABLE_GROUPING_H

#include <custval/table.h>

#include "../base/memory.h"

typedef struct custval__grouping {
    uint32_t count;
    custval_text *keys; /* [group] in the order of appearance; data NULL: rows without one */
    uint32_t *of;       /* [row] its group */
    uint32_t *rows;     /* [group] how many it has */
} custval__grouping;

/* `column` holds texts or integers; SIZE_MAX: all rows are one group. Memory is the arena's; texts are the table's. */
custval_status custval__grouping_read(custval__arena *arena, const custval_table *table, size_t column,
                                      custval__grouping *out, custval_error *error);
/* The same for ids: whole numbers may be doubles. */
custval_status custval__grouping_of_ids(custval__arena *arena, const custval_table *table, size_t column,
                                        custval__grouping *out, custval_error *error);

#endif
