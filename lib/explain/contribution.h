/* Splitting a value over the answers, reliefs, overrides and gates that made it. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_EXPLAIN_CONTRIBUTION_H
#define CUSTVAL_EXPLAIN_CONTRIBUTION_H

#include "study.h"

/* What happened beside the tree, in order of application: reliefs and overrides below the value, gates, the value's override; and
   what is left of rounding, if no part could take it. */
enum custval__step_kind { CUSTVAL__STEP_RELIEF, CUSTVAL__STEP_OVERRIDE, CUSTVAL__STEP_GATE, CUSTVAL__STEP_ROUNDING };

typedef struct custval__step {
    uint32_t kind;       /* a custval__step_kind */
    uint32_t node;       /* that it looks at */
    uint32_t index;      /* of the override, gate or first relief in the system */
    double score;        /* put in place: what is left, the judgement, or the cap */
    double effective;    /* what one unit of it adds; NaN if nothing can be said */
    double contribution; /* NaN: the row has no value, or the node did not count in it */
} custval__step;

/* It belongs to its node, whose amount it is part of. */
static inline int custval__step_is_of_node(const custval__step *step) {
    return step->kind == CUSTVAL__STEP_RELIEF || step->kind == CUSTVAL__STEP_OVERRIDE;
}

/* amount = effective x term, but for rounding, for every node that counts in the value; NaN for all others. */
typedef struct custval__split {
    int is_log;        /* parts add up to the logarithm of the value */
    int lacks_logs;    /* some amount is no number: with is_log, a logarithm of 0 or less was needed */
    double total;      /* what the parts add up to */
    double *effective; /* [node] */
    double *term;      /* [node] score, 100 - score, or the logarithm of one of these */
    double *amount;    /* [node] contributions: items are parts; of others the sum of the parts below and on them */
    custval__step *steps;
    uint32_t step_count;
} custval__split;

/* Units of a split. */
enum custval__unit { CUSTVAL__UNIT_POINTS, CUSTVAL__UNIT_LOG };

/* Whether the system's values are explained by logarithms where there are any. */
int custval__split_wants_log(const custval_system *system);

/* Splits the value of a state. With the unit CUSTVAL__UNIT_LOG, *out->is_log tells whether there are logarithms of all
   that is needed; if not, the split is one of points. A row without a value gets amounts of NaN. */
custval_status custval__split_new(custval__study *study, const custval__state *state, uint32_t unit,
                                  custval__split *out, custval_error *error);

/* Makes the parts (items in the order of the tree, then steps) add up exactly, then the nodes' amounts. May add a
   rounding step. */
custval_status custval__split_finish(custval__study *study, custval__split *split, custval_error *error);

#endif
