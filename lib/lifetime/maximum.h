/* The highest point of a smooth function of some dozens of variables. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_LIFETIME_MAXIMUM_H
#define CUSTVAL_LIFETIME_MAXIMUM_H

#include <stddef.h>
#include <stdint.h>

#include "../base/memory.h"

/* Beyond it the smallest eigenvalue of an information is one of rounding. */
#define CUSTVAL__WORST_CONDITION 1e9

/* A function to be maximised, whose variables are logarithms or otherwise of the order of 1. */
typedef struct custval__hill {
    void *data;
    size_t count;
    const double *low, *high; /* the box that it is looked for in */
    /* Value and slopes; a value that is not finite: there is nothing here. Fails only if the host wants to stop. */
    custval_status (*climb)(void *data, const double *at, double *value, double *slopes, custval_error *error);
} custval__hill;

/* How far one has come. All arrays lie in `memory`. */
typedef struct custval__climber {
    custval_host host;
    const custval__hill *hill;
    double *memory;
    double *at, *slopes; /* [count] */
    double value;        /* -inf: nowhere yet */
    uint32_t iterations; /* of the last custval__climber_climb */
    int used_up;         /* they came to an end before the top was near */

    /* Of the information: minus the second derivatives, by central differences of the slopes. */
    int is_known;        /* the rest holds something */
    int is_top;          /* positive definite, and the next step would be below rounding */
    double condition;    /* largest eigenvalue over the smallest; infinite if that is not above 0 */
    double *information; /* [count][count] */
    double *inverse;     /* [count][count]; of no use where condition is infinite */
    double *values;      /* eigenvalues, the largest first */
    double *vectors;     /* their vectors, row by row */
    double *direction, *next, *next_slopes, *step, *change; /* [count] room */
} custval__climber;

custval_status custval__climber_init(custval__climber *climber, const custval_host *whole_host, size_t count,
                                     custval_error *error);
void custval__climber_free(custval__climber *climber);

/* Starts at a point. The value is -inf if there is nothing, which is no failure. */
custval_status custval__climber_start(custval__climber *climber, const custval__hill *hill, const double *at,
                                      custval_error *error);

/* Goes up (BFGS) until a step promises less than rounding takes, or no step leads up, or the iterations are used up.
   Begins with the inverse of the information if that is known and positive definite: call it when the hill has changed
   but little. */
custval_status custval__climber_climb(custval__climber *climber, uint32_t most, custval_error *error);

/* Finds the information here, and goes the rest of the way by Newton's steps. If it is costly and the last information
   was well conditioned, slopes are asked for half as often, and errors of the variances are some 1e-6. */
custval_status custval__climber_finish(custval__climber *climber, int is_costly, custval_error *error);

/* Value at a distance along a direction, at the wall of the box if that is nearer; -inf if there is nothing. The place
   is in `next`. */
custval_status custval__climber_look(custval__climber *climber, const double *direction, double distance, double *value,
                                     custval_error *error);

#endif
