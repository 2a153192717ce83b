/* Outputs of predictions: what models give of customers, and what follows from it. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_LIFETIME_OUTPUTS_H
#define CUSTVAL_LIFETIME_OUTPUTS_H

#include "block.h"
#include "cash.h"

#define CUSTVAL__OUTPUTS 11 /* output o is bit 1 << o of ::custval_lifetime_output */

/* What models give; the first ones depend on the parameters of the lifetime, those from CUSTVAL__PART_SPEND on on those of spend. */
enum custval__part {
    CUSTVAL__PART_LOG_ALIVE,
    CUSTVAL__PART_ALIVE_LATER,
    CUSTVAL__PART_EXPECTED,
    CUSTVAL__PART_EXPECTED_PAIRS,
    CUSTVAL__PART_LOG_NONE,
    CUSTVAL__PART_RESIDUAL,
    CUSTVAL__PART_LOG_LIKELIHOOD,
    CUSTVAL__PART_CASH,       /* discounted expected purchases */
    CUSTVAL__PART_CASH_ALIVE, /* discounted expected cash periods at whose beginning the customer is alive */
    CUSTVAL__PART_CASH_MEAN,  /* the three of cash_moments */
    CUSTVAL__PART_CASH_PAIRS,
    CUSTVAL__PART_CASH_SQUARES,
    CUSTVAL__PART_SPEND,
    CUSTVAL__PART_SPEND_SQUARE,
    CUSTVAL__PART_SPEND_VARIANCE,
    CUSTVAL__PARTS
};

/* What is asked for. */
typedef struct custval__outputs {
    const custval_lifetime *lifetime;
    const custval_lifetime *spend; /* NULL: the amount is known, or nothing of money is asked for */
    uint32_t wanted;               /* bits of ::custval_lifetime_output */
    uint32_t parts;                /* bits 1 << ::custval__part: what they need */
    custval__cash_terms cash;
    double delta;           /* of the residual: discount e^-delta per unit of time */
    double residual_factor; /* what timing makes of it */
} custval__outputs;

/* Sets `parts` from the rest. With costs of 0 in every row, `costs` is 0. CUSTVAL_ERROR_UNSUPPORTED if the model lacks one. */
custval_status custval__outputs_plan(custval__outputs *plan, int costs, custval_error *error);

/* Customers who share parameters and horizon; columns of the block begin at the group's first row. */
typedef struct custval__group {
    custval__customers customers;
    const double *horizon;
    const double *amount, *margin, *cost; /* NULL: not read */
    custval__cash cash;                   /* the periods of the horizon */
} custval__group;

#define CUSTVAL__OUTPUTS_TIMES 16 /* cash periods that a model is asked for at once */
/* Doubles that custval__parts_purchases() works in. */
#define CUSTVAL__OUTPUTS_SCRATCH ((CUSTVAL__OUTPUTS_TIMES + 1) * CUSTVAL__BLOCK_ROWS)

/* Parts that depend on the purchases, and those of spend. parts[p]: one number per customer. */
void custval__parts_purchases(const custval__outputs *plan, const double *parameters, const custval__group *group,
                              double *scratch, double *const *parts);
void custval__parts_spend(const custval__outputs *plan, const double *parameters, const custval__group *group,
                          double *const *parts);
/* out[o]: one number per customer of each output that is wanted. `logarithms`: probabilities that the parts hold as logarithms are given as
   such. */
void custval__outputs_combine(const custval__outputs *plan, const custval__group *group, double *const *parts,
                              int logarithms, double *const *out);

#endif
