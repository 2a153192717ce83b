/* Columns of the nodes of chosen levels, `id.ending`. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_SATISFACTION_LEVELS_H
#define CUSTVAL_SATISFACTION_LEVELS_H

#include <custval/satisfaction.h>

#include "../score/engine.h"
#include "../table/table.h"

/* Levels that options ask for, the default made explicit. Tags are no nodes: they add no column. */
custval_status custval__levels_read(const custval_score_options *options, uint32_t *out, custval_error *error);

/* Adds the column of a node: doubles, or where `out_words` is asked for, uint32. */
custval_status custval__levels_add(custval_table *result, const custval__node *node, const char *ending, double **out,
                                   custval_error *error);
custval_status custval__levels_add_words(custval_table *result, const custval__node *node, const char *ending,
                                         uint32_t **out, custval_error *error);

#endif
