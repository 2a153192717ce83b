/* The rows of a table that lack none of some columns, as numbers. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_SATISFACTION_OBSERVED_H
#define CUSTVAL_SATISFACTION_OBSERVED_H

#include <custval/table.h>

#include "../base/memory.h"

typedef struct custval__observed {
    size_t rows, missing;
    double *numbers; /* [column][row], one after the other */
} custval__observed;

/* Reads columns by name; infinite cells are refused. Memory is the arena's. */
custval_status custval__observed_read(custval__arena *arena, const custval_table *table, const char *const *names,
                                      size_t count, custval__observed *out, custval_error *error);

#endif
