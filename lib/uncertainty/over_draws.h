/* All rows over all draws: what becomes of their values and of their ranks. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_UNCERTAINTY_OVER_DRAWS_H
#define CUSTVAL_UNCERTAINTY_OVER_DRAWS_H

#include "values.h"

/* Draws that are ranked together. */
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
    double *rows;     /* [row of a piece][draw] values */
    double *together; /* [draw of a block][row] values */
    double *factors;  /* [term] of one row, or of one draw */
} custval__over_draws_thread;

/* First every row is read, then each row's values are described, then draws are ranked in blocks of 16, and the ranks counted row
   by row. Rows that are sums of terms are told by their coefficients: their values are computed whenever they are
   needed, faster than they could be fetched from memory. The values of all other rows are kept, or computed again for
   each tile if they would take too much memory. A tile holds the ranks of as many blocks of draws as fit a cache. */
typedef struct custval__over_draws {
    const custval__drawn *drawn;
    const custval__weighing *weighing;
    const custval_table *table;
    const custval_score_options *options;
    const custval_host *host; /* whole */
    uint32_t rows, draws;
    double share_low, share_high; /* of the quantiles */
    custval__over_draws_results results;
    size_t most_ranks, most_values; /* in memory at once; 0: as suits a computer. Tests take fewer */

    custval__over_draws_thread **threads; /* each in memory of its own: engines point into them */
    uint32_t thread_count;
    const custval__order_kernels *kernels;
    custval__arena arena;
    uint32_t terms;
    double **coefficient;            /* [term][row]; 0 for rows that are no sums */
    uint32_t *others, *other_of;     /* rows that are no sums; [row] its place among them, or UINT32_MAX */
    uint32_t other_count;            /* how many */
    double *values;                  /* [block][other][draw of the block] theirs */
    int keeps_values;                /* they are those of all blocks, else those of the tile */
    uint32_t blocks, tile_blocks;    /* of draws: all, and most in a tile */
    uint32_t tile_start, tile_count; /* blocks in the tile now */
    void *tile;
    uint32_t *ranks;                      /* [draw of the tile][row] 0: none; aligned within the tile */
    size_t stride;                        /* from draw to draw: whole cache lines */
    uint32_t *firsts;                     /* [draw of the tile] rows that share rank 1 */
    uint32_t *shared_draws, shared_count; /* draws of the tile in which several do */
    uint32_t *counts;                     /* [row][rank] so far, if there are several tiles; else NULL */
    double *shared;                       /* [row] what it has too much of first ranks, because others share them */
    uint64_t done;                        /* units of work */
} custval__over_draws;

/* The members up to the empty line are set. CUSTVAL_ERROR_LIMIT if there are too many rows for so many draws. */
custval_status custval__over_draws_run(custval__over_draws *in, custval_error *error);

#endif
