/* Triads of judgements: which contradict each other, and which judgement to revisit. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_WEIGHTS_AHP_TRIADS_H
#define CUSTVAL_WEIGHTS_AHP_TRIADS_H

#include <stddef.h>

#include "ahp_group.h"

typedef struct custval__triad {
    size_t members[3];    /* i < j < k */
    double inconsistency; /* |ln(a_ij a_jk / a_ik)| */
    int is_circular;
} custval__triad;

/* Calls `visit` for each triad whose three pairs were judged. */
void custval__triads_each(const custval__group *group, void (*visit)(void *data, const custval__triad *triad),
                          void *data);

/* The judgement of a triad that differs most from what the weights say (the first of equals), as people state it: the row is so many times as
   important as the column. */
typedef struct custval__revisit {
    size_t row, column;
    double judgement, by_weights;
    double suggested; /* by the two others */
} custval__revisit;
custval__revisit custval__triad_revisit(const custval__group *group, const custval__triad *triad);

#endif
