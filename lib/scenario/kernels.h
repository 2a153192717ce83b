/* The inner loops of scenarios, built for several instruction sets. All of them give the same bits: additions go by one
   layout, whatever a register holds. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_SCENARIO_KERNELS_H
#define CUSTVAL_SCENARIO_KERNELS_H

#include <stddef.h>
#include <stdint.h>

/* Rows of a block, always all of them: the last one of a table is filled up with rows that count nowhere. A block's
   arrays fit the first cache. */
#define CUSTVAL__SCENARIO_BLOCK 128

/* Sums over the rows of a block in one period. */
enum custval__scenario_sum {
    CUSTVAL__SUM_VALUED, /* rows with a value */
    CUSTVAL__SUM_VALUE,
    CUSTVAL__SUM_CHANGE, /* value - value before */
    CUSTVAL__SUM_SOLD,   /* rows with sales; the following over these */
    CUSTVAL__SUM_RIVAL,
    CUSTVAL__SUM_LEAD,
    CUSTVAL__SUM_CHOICE,
    CUSTVAL__SUM_SWITCHING,
    CUSTVAL__SUM_BOUGHT, /* volume x choice */
    CUSTVAL__SUM_ANYWAY, /* volume x the lesser of choice and choice before */
    CUSTVAL__SCENARIO_SUMS
};

typedef double custval__scenario_rows[CUSTVAL__SCENARIO_BLOCK];

typedef struct custval__scenario_block {
    /* Given. Masks are 1 or 0; where `valued` is 0, `sold` is, and where `sold` is 0, the rest of the sales is. */
    custval__scenario_rows valued, sold, volume, stay; /* stay: switching cost */
    /* Carried from period to period; `rival` begins as given, the others as zeros. */
    custval__scenario_rows rival, before, last, choice_before, switches, lowest;
    /* Sums over the periods of a phase, by custval_scenario_phase: of change, and of volume x choice. */
    custval__scenario_rows change[4], bought[4];
    custval__scenario_rows plain;        /* sum over periods of change if the price said nothing of quality */
    double sums[CUSTVAL__SCENARIO_SUMS]; /* of the period; rows are counted in period 0, and stay as many */
} custval__scenario_block;

/* One period; period 0 comes first. */
typedef struct custval__scenario_step {
    const double *value;         /* [row], of the system */
    double extra;                /* points that come on top, the same for all */
    double growth, catch_up, mu; /* of the rival since the period before: 0 in period 0 */
    uint32_t period, phase;
} custval__scenario_step;

/* How answers on lo..hi move: u (1 + factor) + points, where u counts from the end that scores 0. */
typedef struct custval__scenario_motion {
    double lo, hi, factor, points; /* points: in units of the answer */
    int reversed;
} custval__scenario_motion;

typedef struct custval__scenario_kernels {
    const char *name;
    void (*step)(const custval__scenario_step *step, custval__scenario_block *block);
    /* Adds a period's change of such a value to `plain`; after period 0. */
    void (*plain)(const double *value, double extra, custval__scenario_block *block);
    /* Finds which rows have sales: those with a value whose cells are all in range; the cells of others become 0. Gives a
       custval_scenario_row_status per row. */
    void (*sell)(custval__scenario_block *block, uint32_t *status);
    /* What falls to one of so many periods: factor x sum / periods, of all rows. */
    void (*share)(const double *sums, double factor, double periods, double *out);
    /* The first rows of a block into a column; NaN where `is_there` is 0. */
    void (*put)(const double *values, const double *is_there, size_t count, double *column);
    uint64_t (*count_above)(const double *a, const double *b, size_t count);
    /* The sum over the rows of a block. */
    double (*add_up)(const double *rows);
    /* Answers off the scale, missing ones, and those whose row is not chosen (chosen 0) stay as they are. */
    void (*move)(const custval__scenario_motion *motion, const double *answers, const double *chosen, size_t count,
                 double *out);
} custval__scenario_kernels;

/* The best set for the processor in use. */
const custval__scenario_kernels *custval__scenario_kernels_best(void);
/* A set by name ("portable", "avx2", "avx512"), or NULL if it is not built in or the processor cannot run it. */
const custval__scenario_kernels *custval__scenario_kernels_named(const char *name);

#endif
