/* Smooth functions of time at many cash periods, from few of their values. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_LIFETIME_BETWEEN_H
#define CUSTVAL_LIFETIME_BETWEEN_H

#include <stddef.h>

#define CUSTVAL__BETWEEN_NODES 16

/* From the first of ascending times on: how many of them interpolation serves, that is reach no further than 1.4 times
   the first; 0 if they are so few that they are better looked at themselves. */
size_t custval__between_count(const double *times, size_t count);

/* Where the function is to be evaluated, for `count` such times. */
void custval__between_nodes(const double *times, size_t count, double nodes[CUSTVAL__BETWEEN_NODES]);

/* How much each of these values counts at a time within them. */
void custval__between_shares(const double nodes[CUSTVAL__BETWEEN_NODES], double t,
                             double shares[CUSTVAL__BETWEEN_NODES]);

#endif
