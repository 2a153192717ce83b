/* Which weights of a system are drawn, and what a value is then a sum of. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_UNCERTAINTY_DRAWN_H
#define CUSTVAL_UNCERTAINTY_DRAWN_H

#include <custval/table.h>

#include "../system/system.h"

/* A term is a node with no drawn weight below it, whose parent has one: where every node above is a mean, the value of a
   complete row is the sum over the terms of score x weights that are drawn x weights that are not, on the way up. */
typedef struct custval__drawn {
    const custval_system *system;
    uint8_t *is_drawn; /* [node] */
    uint32_t *terms, term_count;
    int is_sum; /* the system allows it: no gates, no ratio of two sides, means above all terms */
} custval__drawn;

/* is_drawn, one entry per node, is borrowed: whole groups of siblings. Memory is the arena's. */
custval_status custval__drawn_new(custval__arena *arena, const custval_system *system, uint8_t *is_drawn,
                                  custval__drawn *out, custval_error *error);

/* Whether a weight is a factor of the value: all but those of sides that are not weighed. */
static inline int custval__drawn_counts(const custval_system *system, uint32_t node) {
    return system->nodes[node].parent != 0 || system->spec.form == CUSTVAL_FORM_INDEX;
}

/* Weights of a number of draws. */
typedef struct custval__weighing {
    uint32_t count;        /* of draws */
    const double **weight; /* [node][draw]; NULL where it is not drawn */
    double **global;       /* [term][draw] product of the drawn weights on the way up */
} custval__weighing;

/* With room for `count` draws; weight is to be filled in, then the products are made of it. */
custval_status custval__weighing_new(custval__arena *arena, const custval__drawn *drawn, uint32_t count,
                                     custval__weighing *out, custval_error *error);
void custval__weighing_multiply(const custval__drawn *drawn, custval__weighing *weighing);

/* Reads a table of draws as custval_uncertainty() takes it; groups are normalised. */
custval_status custval__drawn_read(custval__arena *arena, const custval_system *system, const custval_table *table,
                                   custval__drawn *out, custval__weighing *out_weighing, custval_error *error);

#endif
