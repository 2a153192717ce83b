/* Impacts inside the library. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_IMPACT_IMPACT_H
#define CUSTVAL_IMPACT_IMPACT_H

#include <stdatomic.h>
#include <stdint.h>

#include <custval/impact.h>

#include "../base/memory.h"
#include "kernels.h"

#define CUSTVAL__IMPACT_MOST 1e15   /* any number of a document or cell in size, */
#define CUSTVAL__IMPACT_LARGE 1e150 /* and any outcome and worth, so that products and sums of them stay in a double */

/* A link, or what is to be fitted. */
typedef struct custval__impact_step {
    custval_link *link; /* owned; NULL: to be fitted, and then what follows says how */
    const char *outcome, *note;
    const char **predictors;
    uint32_t predictor_count, kind;
    double ridge;
} custval__impact_step;

/* What a period brings. */
typedef struct custval__impact_money {
    const char *margin_column, *note; /* each may be NULL */
    double margin;                    /* unless there is a column */
    double rate, growth;
    uint32_t first; /* a custval_first_margin */
    uint32_t periods;
} custval__impact_money;

typedef struct custval__impact_cost {
    const char *node, *note; /* note may be NULL */
    double cost;             /* of a point */
    int is_per_customer;     /* else of all customers together */
} custval__impact_cost;

struct custval_impact {
    atomic_size_t owners;
    custval__arena arena; /* holds the impact itself, and all below but what it has from its plan */
    custval_impact *plan; /* a fitted impact: owned, and the texts, money and costs are its; else NULL */
    const char *note;     /* may be NULL */
    custval__impact_step *steps;
    uint32_t step_count, use;
    custval__impact_money money;
    const char *where, *count; /* columns, or NULL */
    double points;
    custval__impact_cost *costs;
    uint32_t cost_count;
};

/* An empty impact that one owner holds, with room for its steps and costs. */
custval_status custval__impact_new(const custval_host *whole_host, size_t steps, size_t costs, custval_impact **out,
                                   custval_error *error);

/* Names of a step, whether it is fitted or not. */
const char *custval__impact_outcome(const custval__impact_step *step);
uint32_t custval__impact_kind(const custval__impact_step *step);
uint32_t custval__impact_predictors(const custval__impact_step *step);
const char *custval__impact_predictor(const custval__impact_step *step, uint32_t index);
/* The step before `step` whose outcome this is, or CUSTVAL_NONE. */
uint32_t custval__impact_earlier(const custval_impact *impact, uint32_t step, const char *name);

/* "link 2 (\"renewed\"): " before the message. */
custval_status custval__impact_blame(const custval_impact *impact, uint32_t step, custval_status status,
                                     custval_error *error);

custval__impact_multiple custval__impact_multiple_of(const custval_impact *impact);

#endif
