/* A chain of links at work on a block of customers: expected outcomes, what they are worth, and derivatives. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_IMPACT_CHAIN_H
#define CUSTVAL_IMPACT_CHAIN_H

#include "../score/kernels.h"
#include "impact.h"

/* Where numbers come from: a node of the system, or a column of the table. */
typedef struct custval__chain_source {
    uint32_t is_column;
    uint32_t node;
    size_t column;
} custval__chain_source;

typedef struct custval__chain_link {
    uint32_t terms, is_logistic; /* terms: the intercept included */
    uint32_t first;              /* of its coefficients among all */
    const uint32_t *inputs;      /* [predictor] a source; or sources + an earlier link */
    const double *covariance;    /* [term][term], or NULL: its coefficients are exact */
} custval__chain_link;

typedef struct custval__chain {
    const custval__impact_kernels *kernels;
    custval__chain_source *sources; /* each once; 0 is the value */
    custval__chain_link *links;
    uint32_t source_count, link_count, coefficient_count;
    double *coefficients; /* of all links, one after the other */
    custval__impact_multiple multiple;
} custval__chain;

/* Rows of a block. Arrays have CUSTVAL__BLOCK entries, of which those of rows that do not count are finite. */
typedef struct custval__chain_state {
    double **x;                  /* [source, then link] scores and cells, then expected outcomes */
    double **slope;              /* [link] of the outcome by the sum of its terms */
    double *worth, *worth_slope; /* of a customer, and its derivative by the probability */
} custval__chain_state;

/* From the sources to what customers are worth. */
void custval__chain_run(const custval__chain *chain, const double *coefficients, const double *margin, size_t count,
                        custval__chain_state *state);

/* Derivatives of the sum of weight x worth by the coefficients, by going backwards; those of exact links are 0. `flow`
   has an array per link for what is in between. */
void custval__chain_gradient(const custval__chain *chain, const custval__chain_state *state, const double *weight,
                             size_t count, double *const *flow, double *out);

/* 1 if outcomes and worths of rows [row, row + count) are numbers, and not too large to be added up. */
int custval__chain_is_within(const custval__chain *chain, const custval__chain_state *state, size_t row, size_t count);

/* Variance of what has that gradient, NaN if every link is exact. */
double custval__chain_variance(const custval__chain *chain, const double *gradient);

#endif
