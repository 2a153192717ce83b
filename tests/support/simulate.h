/* Customers who behave as a lifetime model says. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_TESTS_SIMULATE_H
#define CUSTVAL_TESTS_SIMULATE_H

#include <custval/lifetime.h>

#include "support.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct simulation {
    uint32_t model;
    double parameters[4];
    size_t count;
    double shortest, longest; /* T is uniform between them; integers where time is counted in periods */
    double purchase,
        dropout;    /* coefficients of the covariate z: it bears on the parameters as custval_lifetime_fit() says */
    int continuous; /* z is standard normal; else 0 or 1 */
    uint64_t seed;
} simulation;

/* A table with x, t_x, T, mean_spend, lost and z, as far as the model has them. Free it with custval_table_free(). */
custval_table *simulate(const simulation *what);

/* Columns of doubles as a table that owns copies of them. */
custval_table *table_of_columns(const char *const *names, const double *const *columns, size_t count, size_t rows);

#ifdef __cplusplus
}
#endif
#endif
