/* Sobol indices: how much of the variance of an outcome comes from each of its independent inputs. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_UNCERTAINTY_SOBOL_H
#define CUSTVAL_UNCERTAINTY_SOBOL_H

#include <stdint.h>

#include "../base/memory.h"

/* Most draws that are evaluated together. */
#define CUSTVAL__SOBOL_BLOCK 512
/* Standard errors come from the differences between so many batches; each has at least two draws. */
#define CUSTVAL__SOBOL_BATCHES 16
#define CUSTVAL__SOBOL_FEWEST (2 * CUSTVAL__SOBOL_BATCHES)

typedef struct custval__sobol {
    const custval_host *host; /* whole */
    uint32_t inputs, draws;
    double centre;   /* about where the outcomes lie, to keep their sums exact */
    double rounding; /* outcomes whose standard deviation is not above this are all the same */
    void *data;
    /* Numbers of one input in draws [start, start + count) of matrix 0 or 1: a function of these alone. */
    void (*sample)(void *data, uint32_t input, uint32_t matrix, uint32_t start, uint32_t count, double *out);
    /* Called once with the largest number of threads; may be NULL. */
    custval_status (*prepare)(void *data, uint32_t threads);
    /* Outcomes of `count` draws; inputs[i] holds their numbers of input i. NaN: none, the draw is left out. */
    void (*evaluate)(void *data, uint32_t thread, const double *const *inputs, uint32_t count, double *out);
} custval__sobol;

/* One entry per input; NaN throughout if the outcome does not vary. */
typedef struct custval__sobol_indices {
    double *first, *total, *first_error, *total_error;
} custval__sobol_indices;

/* First-order indices by Saltelli et al. (2010), table 2 (b), with outcomes centred; total ones by Jansen (1999), (f) there. */
custval_status custval__sobol_run(const custval__sobol *sobol, const custval__sobol_indices *out, custval_error *error);

#endif
