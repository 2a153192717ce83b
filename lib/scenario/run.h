/* A scenario at work on a table: values of every state of the system, then the course of every customer. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_SCENARIO_RUN_H
#define CUSTVAL_SCENARIO_RUN_H

#include "../base/maths.h"
#include "../table/grouping.h"
#include "effects.h"

/* A way in which the system is scored: state 0 is as it is before. */
typedef struct custval__scenario_state {
    double strength;
    int with_quality;
} custval__scenario_state;

/* Columns of the customers' table: of all rows, or where it is not wanted of those of a window. */
typedef struct custval__scenario_customers {
    double *before, *during, *after, *during_change, *after_change, *lowest;
    double *band_before, *band_during, *band_after;
    double *units_before, *units_during, *units_after, *switches;
    double *chosen;               /* NULL: all are */
    double *without, *break_even; /* NULL without quality */
    uint32_t *status;
} custval__scenario_customers;

/* Totals over customers. */
typedef struct custval__scenario_total {
    uint64_t customers, skipped, chosen, switching, rose, fell;
    custval__sum without;
} custval__scenario_total;

/* What a group of customers adds up to. */
enum custval__group_sum {
    CUSTVAL__GROUP_BEFORE,
    CUSTVAL__GROUP_DURING_CHANGE,
    CUSTVAL__GROUP_AFTER_CHANGE,
    CUSTVAL__GROUP_UNITS_BEFORE,
    CUSTVAL__GROUP_UNITS_DURING,
    CUSTVAL__GROUP_UNITS_AFTER,
    CUSTVAL__GROUP_SUMS
};
typedef struct custval__scenario_group {
    uint32_t customers, skipped, chosen, rose, fell, switching;
    custval__sum sums[CUSTVAL__GROUP_SUMS];
} custval__scenario_group;
typedef struct custval__scenario_groups {
    custval__grouping of;         /* rows */
    size_t count;                 /* 0: not asked for */
    custval__scenario_group *all; /* [group] */
} custval__scenario_groups;

typedef struct custval__scenario_run {
    const custval_scenario *scenario;
    const custval_system *system;
    const custval_table *table;
    custval_scenario_options options; /* whole */
    custval_score_options score;      /* whole */
    custval_host host;                /* whole, as given */
    custval_host quiet;               /* the same without progress */
    custval__arena arena;
    const custval__scenario_kernels *kernels;
    custval_system *after; /* with the new indicator; else the system */
    custval_scorer *scorer_before, *scorer_after;
    custval__moves moves;
    custval__scenario_state *states;
    uint32_t state_count, *state_of, *plain_of; /* [period]; plain: without what the price says of quality */
    size_t window, first, count;                /* rows: most of a window; of the present one */
    double *values;                             /* [state][row of a window] */
    double *moved;                              /* [move][row of a window] */
    double *chosen, *scratch;                   /* [row of a window] */
    size_t volume, rival, stay, where;          /* columns; SIZE_MAX: none */
    custval__scenario_customers customers;
    int is_kept; /* customers are of all rows */
    custval__scenario_groups groups;
    custval__sum *sums; /* [period][custval__scenario_sum] */
    custval__scenario_total total;
    double *blocks;                       /* one piece's sums, [piece of a window][period][sum] */
    custval__scenario_total *piece_total; /* [piece of a window] */
} custval__scenario_run;

/* What a run of at most so many rows needs before the first one: custval__scenario_close() is due after a failure too. */
custval_status custval__scenario_open(custval__scenario_run *run, const custval_scenario *scenario,
                                      const custval_system *system, const custval_table *table, size_t rows,
                                      const custval_scenario_options *options, custval_error *error);
void custval__scenario_close(custval__scenario_run *run);

/* Says which rows from `first` on the plan is for. */
void custval__scenario_choose(custval__scenario_run *run, size_t first, size_t count);

/* A table of rows [first, first + count) with the answers of a state; rows and answers are borrowed, and the next state
   overwrites them. Columns that the table does not have are left out, for scoring to miss. */
custval_status custval__scenario_table(custval__scenario_run *run, size_t first, size_t count, uint32_t state,
                                       custval_table **out, custval_error *error);

/* Runs over all rows into the customers' columns, which must be there, and the sums. */
custval_status custval__scenario_run_rows(custval__scenario_run *run, custval_error *error);

/* One piece of the present window (course.c). */
#define CUSTVAL__SCENARIO_PIECE ((size_t)32 * CUSTVAL__SCENARIO_BLOCK)
void custval__scenario_piece(custval__scenario_run *run, uint32_t index, custval__scenario_block *block);

/* Tables of the outcome (tables.c). */
/* `table` NULL: columns of a window. */
custval_status custval__scenario_add_customers(custval__scenario_run *run, custval_table *table, custval_error *error);
/* After the run; knows from the sums where nothing is missing. */
void custval__scenario_finish_customers(const custval__scenario_run *run, custval_table *table);
custval_status custval__scenario_periods(const custval__scenario_run *run, custval_table **out, custval_error *error);
/* Groups (groups.c): found before the run, added to window by window, then made a table. */
custval_status custval__scenario_find_groups(custval__scenario_run *run, custval_error *error);
void custval__scenario_add_groups(custval__scenario_run *run);
custval_status custval__scenario_group_table(custval__scenario_run *run, custval_table **out, custval_error *error);

/* Units, revenue and profit of a period, from its sums. */
typedef struct custval__scenario_sales {
    double units, acquired, revenue, profit;
} custval__scenario_sales;
custval__scenario_sales custval__scenario_sales_in(const custval__scenario_run *run, uint32_t period);
double custval__scenario_sum_in(const custval__scenario_run *run, uint32_t period, uint32_t sum);

#endif
