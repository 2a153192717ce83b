/* A scorer: options, columns and one engine per thread. The one way to score, behind every public call. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_SCORE_SCORER_H
#define CUSTVAL_SCORE_SCORER_H

#include "engine.h"

/* What one column of scores holds. */
typedef struct custval__score_column {
    const char *name;
    uint32_t node; /* CUSTVAL_NONE: a tag */
    uint32_t tag;
    uint32_t coverage; /* 1: the node's coverage */
} custval__score_column;

struct custval_scorer {
    custval_system *system; /* owned */
    custval__plan plan;
    custval__arena names; /* of coverage columns */
    custval__score_column *columns;
    uint32_t column_count;
    custval__engine *row; /* capacity 1 */
    custval__source row_source;
    custval__engine **threads; /* one per thread of the runner, made when first needed */
    uint32_t thread_count;
    int incomplete; /* the last table scored had a missing score */
};

/* Scores a table into arrays, as custval_scorer_table(). */
custval_status custval__scorer_run(custval_scorer *scorer, const custval_table *table, double *const *out_scores,
                                   uint32_t *out_status, custval_error *error);

/* Scores a table into a new table of results. */
custval_status custval__scorer_result(custval_scorer *scorer, const custval_table *table, custval_table **out,
                                      custval_error *error);

#endif
