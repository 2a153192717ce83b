/* Key drivers: what correlations say of them, once and in every bootstrap sample. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_WEIGHTS_DRIVERS_H
#define CUSTVAL_WEIGHTS_DRIVERS_H

#include <stddef.h>
#include <stdint.h>

#include <custval/drivers.h>

/* ---- From correlations to importance ------------------------------------------------------------------------------- */

/* Variance inflation of a driver that is a combination of others, and the largest that is told from it. */
#define CUSTVAL__MOST_INFLATION 1e12

typedef struct custval__drivers {
    size_t count;
    uint32_t method;
    double *between;           /* [driver][driver] their correlations, to be filled in, both triangles */
    double *with_outcome;      /* [driver] to be filled in; what is rounding becomes 0 */
    double *beta, *importance; /* [driver] what comes out */
    double *values, *vectors;  /* eigenvalues and vectors of `between` */
    double *along;             /* [vector] its correlation with the outcome times the root of its value */
    double *scratch;           /* [driver][driver] */
    double *held;              /* [driver][size] for Shapley: sum of R2 of the subsets of that size that it is in */
    double *swept;             /* [drivers taken][driver + 1][driver + 1] for Shapley: what they leave */
} custval__drivers;

/* How many doubles a custval__drivers needs, and handing them over. */
size_t custval__drivers_room(size_t count, uint32_t method);
void custval__drivers_init(custval__drivers *drivers, size_t count, uint32_t method, double *room);

/* Beta (of drivers that depend on each other the solution of least length) and importance. Always finite. */
void custval__drivers_solve(custval__drivers *drivers);

/* The same, and what only the estimate needs: R2, the number of drivers that do not depend on others, and the variance
   inflation of each. */
typedef struct custval__drivers_fit {
    double r_squared;
    size_t rank;
} custval__drivers_fit;
custval__drivers_fit custval__drivers_estimate(custval__drivers *drivers, double *inflation);

/* ---- The bootstrap ------------------------------------------------------------------------------------------------- */

/* Rows in which nothing is missing, as deviations from the summary's mean in units of its deviation, directions applied. */
typedef struct custval__drivers_rows {
    const custval_summary *summary;
    const custval_table *table;
    const size_t *columns; /* of the summary: drivers that vary, then the outcome */
    size_t count;          /* of columns */
    size_t complete;       /* rows that lack nothing, as the summary says */
    double *numbers;       /* [row][column] filled in */
} custval__drivers_rows;

/* CUSTVAL_ERROR_STATE unless the table's rows are those of the summary. */
custval_status custval__drivers_read(const custval__drivers_rows *rows, custval_error *error);

typedef struct custval__bootstrap {
    const custval_host *host; /* whole */
    const double *numbers;    /* [row][column] deviations from the mean; the drivers, then the outcome */
    size_t rows, drivers;
    uint64_t seed;
    uint32_t method, resamples;
    double *importance, *beta, *correlation; /* [driver][sample], filled in; NaN in samples that are left out */
} custval__bootstrap;

/* Draws as many rows as there are, `resamples` times. A sample in which a column does not vary is left out. */
custval_status custval__bootstrap_run(const custval__bootstrap *bootstrap, custval_error *error);

/* Moves what is not NaN to the front and gives its number. */
uint32_t custval__bootstrap_pack(double *values, uint32_t count);
/* Percentile interval of `count` > 0 values, which it sorts: those of rank k and count + 1 - k from below, where k is
   (1 - level)/2 (count + 1) rounded down, but at least 1. */
void custval__bootstrap_interval(double *values, uint32_t count, double level, double *out_low, double *out_high);

#endif
