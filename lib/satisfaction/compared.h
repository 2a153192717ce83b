/* Several tables of answers scored by one system, row by row, an item counting only where all of them have it. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_SATISFACTION_COMPARED_H
#define CUSTVAL_SATISFACTION_COMPARED_H

#include "../score/engine.h"

#define CUSTVAL__COMPARED_MOST 3

/* Differences of scores that are rounding only: scores go through a dozen operations on numbers up to 100. */
#define CUSTVAL__SCORE_ROUNDING 1e-9

typedef struct custval__compared custval__compared;

/* What one thread works with. */
typedef struct custval__compared_thread {
    custval__engine *blocks[CUSTVAL__COMPARED_MOST]; /* answers of each table, a block of rows at a time */
    custval__engine *variants;                       /* the tables side by side, in one row of the first */
    double *score, *coverage;                        /* [node][table]: what variants get for items or indicators */
    const double **item_score, **item_coverage;      /* [node]; NULL where nothing is given */
    const double **indicator_score, **indicator_coverage;
} custval__compared_thread;

struct custval__compared {
    const custval_system *system;
    const custval_table *tables[CUSTVAL__COMPARED_MOST]; /* the first has one row per result, the others that or one */
    const char *names[CUSTVAL__COMPARED_MOST];           /* as in the header, for messages */
    uint32_t count;
    /* Takes a row, by thread. custval__compared_score() gives its scores, table by table. */
    void (*take)(void *data, const custval__compared *compared, custval__compared_thread *thread, size_t row,
                 const uint32_t *statuses);
    void *data;
    /* ---- made by opening ---- */
    custval__plan plan;
    custval_table *filled[CUSTVAL__COMPARED_MOST];
    custval__source sources[CUSTVAL__COMPARED_MOST];
    custval__compared_thread *threads;
    uint32_t thread_count;
};

/* Reads options (gates, reliefs and overrides take no part) and binds the tables. Close it in any case. */
custval_status custval__compared_open(custval__compared *compared, const custval_score_options *options,
                                      custval_error *error);
custval_status custval__compared_run(custval__compared *compared, custval_error *error);
void custval__compared_close(custval__compared *compared);

/* Score of a node in the row that is being taken, or after custval__compared_indicators. */
double custval__compared_score(const custval__compared_thread *thread, uint32_t node, uint32_t table);

/* Rolls up other scores of the indicators instead, `score[node][table]` for tables 0 .. count - 1, NaN for none. */
void custval__compared_indicators(const custval__compared *compared, custval__compared_thread *thread, size_t row,
                                  uint32_t count);

/* Is more of this node worse? */
static inline int custval__compared_is_worse(const custval_system *system, uint32_t node) {
    return system->nodes[node].side == CUSTVAL_SIDE_SACRIFICE;
}

#endif
