/* Result tables whose rows stand for nodes. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_EXPLAIN_ROWS_H
#define CUSTVAL_EXPLAIN_ROWS_H

#include "contribution.h"

/* Nodes of one kind in the order of the tree; in the study's memory. */
custval_status custval__rows_of_kind(custval__study *study, uint32_t kind, uint32_t **out_nodes, uint32_t *out_count,
                                     custval_error *error);

/* Nodes whose weight can be varied (custval__system_is_weighed) in the order of the tree; in the study's memory. */
custval_status custval__rows_weighed(custval__study *study, uint32_t **out_nodes, uint32_t *out_count,
                                     custval_error *error);

/* Each adds columns, one entry per row of the table. */
custval_status custval__rows_add_names(custval__study *study, custval_table *table, const uint32_t *nodes,
                                       custval_error *error); /* node, label */
custval_status custval__rows_add_words(custval__study *study, custval_table *table, const char *name,
                                       const char *const *words, custval_error *error); /* NULL: missing */
custval_status custval__rows_add_sides(custval__study *study, custval_table *table, const uint32_t *nodes,
                                       custval_error *error); /* side */
custval_status custval__rows_add_kinds(custval__study *study, custval_table *table, const uint32_t *nodes,
                                       custval_error *error); /* kind */

/* node, label, kind and depth of every node of the system, then of steps. */
custval_status custval__rows_add_tree(custval__study *study, custval_table *table, const custval__step *steps,
                                      uint32_t step_count, custval_error *error);

#endif
