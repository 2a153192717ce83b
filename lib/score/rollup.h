/* One group of children rolled up into their parent. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_SCORE_ROLLUP_H
#define CUSTVAL_SCORE_ROLLUP_H

#include "engine_private.h"

/* State of a roll-up in one level. Set engine, node and level, begin, then for each child weigh, add and keep; end. */
typedef struct custval__rollup {
    custval__engine *engine;
    const custval__node *node;
    custval__level *level;
    int uniform;   /* the group's weights do not differ by row */
    int by_row;    /* weights are handled by row: they differ, or policy or aggregator need it */
    int full;      /* every child so far has a score and coverage 1 in every row */
    double weight; /* sum of the weights so far, while full */
} custval__rollup;

/* first_child: to see what kind of weights the group has; CUSTVAL_NONE for the parts of a derived node. */
void custval__rollup_begin(custval__rollup *rollup, uint32_t first_child);

/* Weight of a child in every row if the group's weights do not differ by row; else fills in level->share, and what it
   returns is not used. */
double custval__rollup_weight(custval__rollup *rollup, uint32_t child);

/* Adds one child with its weight; level->share holds it by row where the weights differ. */
void custval__rollup_add(custval__rollup *rollup, double weight, custval__scores child);

/* Keeps the weight with which a child entered its group, for explanations. */
void custval__rollup_keep_weight(const custval__rollup *rollup, uint32_t child, double weight, custval__scores scores);

custval__scores custval__rollup_end(custval__rollup *rollup);

/* Finds the rows that lack one of the group's own importances, and those whose importances cannot be used. */
void custval__check_importances(custval__engine *engine, uint32_t first_child, custval__level *level);

/* The child's weight comes from a column of the row. */
int custval__has_own_importance(const custval__engine *engine, uint32_t child);

#endif
