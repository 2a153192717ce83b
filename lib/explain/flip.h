/* The weights at which a row and a rival tie. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_EXPLAIN_FLIP_H
#define CUSTVAL_EXPLAIN_FLIP_H

#include "study.h"

/* Variants that the study must have room for. */
#define CUSTVAL__FLIP_VARIANTS 257

typedef struct custval__competitor {
    custval__state state;
    custval__variants variants;
    double *values; /* of the variants last scored */
} custval__competitor;

typedef struct custval__flip {
    custval__study *study;
    custval__competitor own, rival;
    double *local; /* [node] weights of the own row, with which both are scored */
    double lead;   /* value of the own row minus that of the rival now; NaN: one of them has none */
} custval__flip;

/* Reads the own row, which must exist; CUSTVAL_ERROR_STATE if it has no value. Memory is the study's. */
custval_status custval__flip_new(custval__study *study, size_t row, custval__flip *out, custval_error *error);
/* Reads a rival, which must exist, and finds the lead over it. */
void custval__flip_meet(custval__flip *flip, size_t row);

/* Nearest local weight of a node at which the two tie, the siblings keeping their proportions; NaN if there is none. */
double custval__flip_weight(custval__flip *flip, uint32_t node);

#endif
