/* Inside the engine: shared by engine.c (the tree) and answers.c (the items). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_SCORE_ENGINE_PRIVATE_H
#define CUSTVAL_SCORE_ENGINE_PRIVATE_H

#include "engine.h"

/* Marks rows whose unanswered item is refused (policy reject): they lose every score. Never leaves the engine. */
#define CUSTVAL__ROW_REFUSED 0x80000000U
/* Statuses that take every score of a row away; the others only its value. */
#define CUSTVAL__ROW_FATAL                                                                                   \
  (CUSTVAL__ROW_REFUSED | CUSTVAL_ROW_OUT_OF_SCALE | CUSTVAL_ROW_NOT_FINITE | CUSTVAL_ROW_UNKNOWN_CATEGORY | \
   CUSTVAL_ROW_UNKNOWN_PROFILE | CUSTVAL_ROW_UNKNOWN_CONTEXT | CUSTVAL_ROW_BAD_WEIGHT)

/* Value, sides, dimensions, indicators, items. */
#define CUSTVAL__DEPTHS 5

/* Work space of one depth of the tree, CUSTVAL__BLOCK entries each. While a node is computed, the scores of its current
   child are in the level below. */
typedef struct custval__level {
    double *score;     /* the node's scores; before that, sum of weight x term */
    double *coverage;  /* the node's coverage; before that, sum of weight x coverage */
    double *total;     /* sum of weights of children that have a score */
    double *all;       /* sum of weights of all children, where weights differ by row */
    double *term;      /* a child's transformed score */
    double *weight;    /* a child's weights, by row */
    double *share;     /* the same before coverage enters (flat policy) */
    uint8_t *declared; /* 1: the row lacks an own importance, the group uses the declared weights */
} custval__level;

/* Scores of a node. full: every row has a score and coverage 1; then `coverage` holds nothing. */
typedef struct custval__scores {
    double *score, *coverage;
    int full;
} custval__scores;

typedef struct custval__kept {
    double *score, *coverage;  /* where they go; NULL: not kept */
    double *weight, *computed; /* keep_all only */
} custval__kept;

struct custval__engine {
    const custval__plan *plan;
    const custval_system *system;
    uint32_t capacity;
    int keep_all;
    const custval__source *source;
    const custval__preset *preset;
    size_t start;
    uint32_t count;
    int same_set;                                /* every row of the block has the weight set of row 0 */
    int has_overrides;                           /* some row of the block has an override */
    uint32_t *status, *set, *context, *override; /* [row]; context: index + 1; override: first with the row's key */
    int incomplete;                              /* some score of some row was missing in some run */
    double *benefit;                             /* scores of the benefit side while the sacrifice is computed */
    double *before_gates;                        /* keep_all only */
    double *tags[CUSTVAL_TAG_LEARN + 1];
    double *ones;  /* coverage of what is full */
    double *zeros; /* sum of no children */
    double *spare; /* takes a sum with one more child, and then changes places with the sum so far */
    custval__level levels[CUSTVAL__DEPTHS];
    custval__kept *kept;         /* [node] */
    struct custval__step *steps; /* the plain way through the tree, if there is one */
    uint32_t step_count;
    double *memory;     /* the one block behind all arrays of doubles */
    uint32_t *integers; /* the one block behind status, set, context, override */
    uint8_t *declared;  /* the one block behind levels[].declared */
};

/* The form or an aggregator gives this node no score in a row. Harmless where a judgement replaces the score, or that of a
   node above. */
void custval__engine_undefined(custval__engine *engine, uint32_t node, uint32_t row);

/* Scores of an item, into the level of its depth. */
custval__scores custval__answers_score(custval__engine *engine, const custval__item *item, custval__level *level);

#endif
