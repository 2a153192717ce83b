/* What panels share: reading columns of numbers with their rows in messages. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_PANEL_PANEL_H
#define CUSTVAL_PANEL_PANEL_H

#include <custval/panel.h>

#include "../base/memory.h"

/* All numbers of a column, NaN for missing, in memory of the arena. Infinite ones are refused. */
custval_status custval__panel_numbers(custval__arena *arena, const custval_table *table, const char *name, double **out,
                                      custval_error *error);

#endif
