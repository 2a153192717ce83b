/* All rows over all draws: what becomes of their values and of their ranks. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_UNCERTAINTY_OVER_DRAWS_H
#define CUSTVAL_UNCERTAINTY_OVER_DRAWS_H

#include "order.h"
#include "values.h"

/* Draws that are ranked together: two cache lines of every row. */
#define CUSTVAL__DRAWS_TOGETHER 16

/* Results, one entry per row. */
typedef struct custval__over_draws_results {
    double *value, *mean, *deviation, *low, *high;
    uint32_t *undefined;
    double *mean_rank, *rank_low, *rank_high, *p_first;
    double **acceptability; /* [rank - 1][row] */
    uint32_t ranks;         /* how many of them */
} custval__over_draws_results;

/* Scratch of one thread. */
typedef struct custval__over_draws_thread {
    custval__values values;
    custval__order order;
    double *row;      /* [draw] values of a row */
    double *together; /* [draw of a block][row] */
    uint32_t *counts; /* [rank] of a row; 0: draws without one */
} custval__over_draws_thread;

/* Values are made row by row and ranked draw by draw. In between they are in a tile: blocks of 16 draws, in each of them 16
   values for one row after the other; then ranks take their place. If a tile for all draws would be too large, there is one after
   the other, for which values are computed again, and counts of ranks are kept for all rows. */
typedef struct custval__over_draws {
    const custval__drawn *drawn;
    const custval__weighing *weighing;
    const custval_table *table;
    const custval_score_options *options;
    const custval_host *host; /* whole */
    uint32_t rows, draws;
    double share_low, share_high; /* of the quantiles */
    custval__over_draws_results results;

    custval__over_draws_thread **threads; /* each in memory of its own: engines point into them */
    uint32_t thread_count;
    uint32_t blocks, tile_blocks; /* of draws: all, and most in a tile */
    int whole;                    /* one tile holds all draws */
    double *tile;
    uint32_t *firsts;                     /* [draw of the tile] rows that share rank 1 */
    uint32_t *shared_draws, shared_count; /* draws of the tile in which several do */
    uint32_t *counts;                     /* [row][rank - 1]; NULL if whole */
    double *shared;                       /* [row] what it has too much of first ranks, because others share them */
    uint32_t tile_start, tile_count;      /* blocks in the tile now */
    uint64_t done;                        /* units of work */
} custval__over_draws;

/* The members up to results are set. CUSTVAL_ERROR_LIMIT if there are too many rows for so many draws. */
custval_status custval__over_draws_run(custval__over_draws *in, custval_error *error);

#endif
