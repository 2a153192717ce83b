/* What a customer's plan is made of: who proposes what in a block, and which proposals are taken. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_PROGRAMMES_PROPOSALS_H
#define CUSTVAL_PROGRAMMES_PROPOSALS_H

#include "crowd.h"

typedef struct custval__candidate {
    double net;
    uint32_t programme;
} custval__candidate;

typedef struct custval__proposals {
    const custval_programmes *base;
    custval__crowd *block;
    double least_net;
    uint32_t top;                           /* at most the number of programmes */
    uint8_t *is_found;                      /* [programme]: the next two are there for this block */
    uint64_t *by_rule, *by_case;            /* [programme] */
    custval__nearest *nearest;              /* [programme * CROWD + row], where by_case has a bit; NULL: no cases */
    custval__candidate *candidates, *spare; /* [programme] */
    uint64_t *group_taken;                  /* [group]: who has one of it */
    uint32_t *taken;                        /* [row * top + rank - 1] programmes of the plans */
    uint32_t taken_count[CUSTVAL__CROWD];
    custval__candidate *own; /* [row * times_count + ...] heap of what is proposed with a net of the customer's own */
    uint32_t own_count[CUSTVAL__CROWD];
} custval__proposals;

/* Memory of so many plans in one piece, to be freed with custval__free; NULL: none is left. */
void *custval__proposals_new(const custval_host *host, const custval_programmes *base,
                             const custval_programmes_options *options, custval__crowd *blocks, uint32_t count,
                             custval__proposals **out);

/* Begins with the block that was read: nothing is found or taken. */
void custval__proposals_begin(custval__proposals *plan);

/* Who is proposed a programme; found when first asked for. */
uint64_t custval__proposals_of(custval__proposals *plan, uint32_t programme);

/* Segment of a customer: a code of the trait; segment_count if it is not known or the base has none. */
uint32_t custval__proposals_segment(const custval__proposals *plan, size_t row);

/* What the value of a programme's effect is multiplied with; NaN if it is not known. */
double custval__proposals_times(const custval__proposals *plan, uint32_t programme, size_t row);

/* Puts what is proposed to a customer in the order of the ranking and gives their number; see candidates. */
uint32_t custval__proposals_rank(custval__proposals *plan, size_t row);

/* Puts so many candidates, which have their nets, in the order of the ranking. */
void custval__proposals_sort(custval__proposals *plan, uint32_t count);

/* Looks at one more in that order and gives its custval_programme_status. */
uint32_t custval__proposals_take(custval__proposals *plan, size_t row, const custval__candidate *candidate);

/* The plans of all customers of the block, as by custval__proposals_rank and custval__proposals_take. */
void custval__proposals_take_all(custval__proposals *plan);

#endif
