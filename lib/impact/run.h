/* An impact at work on a table: blocks of customers before and after every move, sums in the order of the rows. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_IMPACT_RUN_H
#define CUSTVAL_IMPACT_RUN_H

#include "../base/maths.h"
#include "../explain/study.h"
#include "chain.h"

#define CUSTVAL__IMPACT_STATUSES (CUSTVAL_IMPACT_ROW_ENDLESS + 1)

/* What is summed, of the customers as they are and of every lever. Means of outcomes, derivatives and draws follow. */
enum custval__impact_sum {
    CUSTVAL__IMPACT_COUNT,    /* customers; of a lever: those who move */
    CUSTVAL__IMPACT_LEFT_OUT, /* of a lever: customers */
    CUSTVAL__IMPACT_WORTH,    /* equity; of a lever: its gain */
    CUSTVAL__IMPACT_VALUE,    /* value; of a lever: its change */
    CUSTVAL__IMPACT_OUTCOMES  /* [link] outcome; of a lever: its change */
};

/* Columns of the customers' table; NULL if it is not wanted. */
typedef struct custval__impact_customers {
    double *value, *worth, **outcomes; /* [link] */
    uint32_t *status;
} custval__impact_customers;

/* What a thread works with. */
typedef struct custval__impact_thread {
    custval__engine *engine;
    custval__chain_state base, before, after, drawn;  /* as scored; as scored with every lever preset; moved; drawn */
    double **scores, **coverages;                     /* [lever] as they are */
    const double **preset_scores, **preset_coverages; /* [node] */
    double *moved;                                    /* the scores of a lever that is moved */
    double *margin, *weight;                          /* [row] weight: customers, 0 if the row does not count */
    double *kept;                                     /* [row] weight, but 0 if the row does not count after a move */
    double *scratch;                                  /* [row] */
    double **flow;                                    /* [link] */
    double *gradient, *gradient_before, *worths, *worths_before; /* [coefficient], [draw] */
    custval__sum *sums;                                          /* [lever + 1][slot]; of a piece */
} custval__impact_thread;

typedef struct custval__impact_run {
    const custval_impact *impact;
    const custval_table *table;
    custval_impact_options options; /* whole */
    custval__study study;           /* its plan has the host, its arena all memory of the run */
    custval__chain chain;
    size_t margin, where, count;   /* columns; SIZE_MAX: none */
    uint32_t *levers, lever_count; /* nodes, dimensions before indicators before items */
    uint32_t slots;                /* of one lever's sums */
    double *drawn;                 /* [draw][coefficient] */
    custval__impact_customers customers;
    custval__impact_thread *threads;
    uint32_t thread_count;
    size_t first_piece;     /* of the present window */
    double *piece_sums;     /* [piece of the window][lever + 1][slot]; 0 is for the customers as they are */
    uint64_t *piece_counts; /* [piece of the window][status] */
    custval__sum *sums;     /* [lever + 1][slot] */
    uint64_t counts[CUSTVAL__IMPACT_STATUSES];
} custval__impact_run;

#define CUSTVAL__IMPACT_PIECE ((size_t)8 * CUSTVAL__BLOCK)

/* What a run needs before the first row: custval__impact_close() is due after a failure too. */
custval_status custval__impact_open(custval__impact_run *run, const custval_impact *impact,
                                    const custval_system *system, const custval_table *table,
                                    const custval_impact_options *options, custval_error *error);
void custval__impact_close(custval__impact_run *run);
custval_status custval__impact_open_threads(custval__impact_run *run, uint32_t threads);

/* Rows [start, start + count) of a piece, into the sums of the thread and the counts of the piece. */
void custval__impact_block(const custval__impact_run *run, custval__impact_thread *thread, size_t start, uint32_t count,
                           uint64_t *counts);

/* Where sums start: `lever` 0 is for the customers as they are. */
static inline size_t custval__impact_place_of(const custval__impact_run *run, size_t lever, size_t slot) {
    return lever * run->slots + slot;
}
double custval__impact_sum_of(const custval__impact_run *run, size_t lever, size_t slot);

/* Tables of the outcome (tables.c). */
custval_status custval__impact_add_customers(custval__impact_run *run, custval_table *table, custval_error *error);
custval_status custval__impact_levers(custval__impact_run *run, custval_table **out, custval_error *error);
custval_status custval__impact_facts(custval__impact_run *run, custval_impact_facts *out, custval_error *error);

#endif
