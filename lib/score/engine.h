/* The engine: evaluates a block of rows through the whole tree. Every score in the library comes from here, be it of
   one row, a table, a stream, or a what-if of an explanation; that is why they agree to the bit. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_SCORE_ENGINE_H
#define CUSTVAL_SCORE_ENGINE_H

#include <stddef.h>
#include <stdint.h>

#include <custval/score.h>

#include "../system/system.h"
#include "../table/table.h"
#include "kernels.h"

/* ---- Options, resolved once per call (plan.c) ----------------------------------------------------------------- */

#define CUSTVAL__KEEP_SCORE 1
#define CUSTVAL__KEEP_COVERAGE 2

typedef struct custval__plan {
    const custval_system *system;
    custval_host host; /* whole: memory of results, runner, progress */
    const custval__kernels *kernels;
    uint32_t levels, coverage;          /* as in the options, default made explicit */
    int forced_profile, forced_context; /* 1: the options name one for every row */
    uint32_t profile, context;          /* the forced one: index + 1; else 0 */
    int by_row;           /* 1: weights may differ from row to row (profile or context by column, importances) */
    int has_reliefs;      /* 0: there are none, or they take no part */
    const char *language; /* never NULL; borrowed from the options */
    uint8_t *keep;        /* [node] bits of CUSTVAL__KEEP_: what columns, gates, parts and tags need */
    double *global;       /* [set][node] global weights, only if tags are reported */
    /* Overrides that hold at the date of scoring, hashed by key; all empty if there are none. */
    uint32_t active_overrides;
    uint32_t slot_count;     /* a power of two, or 0 */
    uint32_t *slots;         /* first active override with a key, or CUSTVAL_NONE */
    uint32_t *next_same_key; /* [override] */
    uint8_t *overridden;     /* [node] 1: some active override names it */
} custval__plan;

custval_status custval__plan_new(const custval_system *system, const custval_score_options *options, custval__plan *out,
                                 custval_error *error);
void custval__plan_free(custval__plan *plan); /* safe on a plan that custval__plan_new failed to make */

/* ---- Where answers come from (source.c) ------------------------------------------------------------------------ */

/* A table bound to the inputs of a system, or one row given as arrays. */
typedef struct custval__source {
    const custval_table *table; /* NULL: one row */
    size_t *columns;            /* [input]; SIZE_MAX: not needed (profile or context forced, no active override) */
    const double *numbers;      /* one row: [input] */
    const custval_text *texts;  /* one row: [input], may be NULL */
} custval__source;

custval_status custval__source_bind(const custval__plan *plan, const custval_table *table, custval__source *out,
                                    custval_error *error);
void custval__source_free(const custval__plan *plan, custval__source *source);

/* Numbers of rows [start, start + count), NaN if missing; points into the source or into `scratch`. */
const double *custval__source_numbers(const custval__source *source, uint32_t input, size_t start, uint32_t count,
                                      double *scratch);
/* Text of one cell; a number gives its shortest decimal text, written to `digits`. 0 if missing or empty. */
int custval__source_text(const custval__source *source, uint32_t input, size_t row, char digits[32], custval_text *out);

/* ---- Rules beside the tree (rules.c) --------------------------------------------------------------------------- */

/* First active override with the key that the row holds, or CUSTVAL_NONE; then follow plan->next_same_key. */
uint32_t custval__override_first(const custval__plan *plan, const custval__source *source, size_t row);
/* The active override of one node in one row, or CUSTVAL_NONE. */
uint32_t custval__override_of(const custval__plan *plan, const custval__source *source, size_t row, uint32_t node);

/* A score after a relief whose benefit has that score; NaN relieves nothing. */
double custval__relieved(const custval__relief *relief, double benefit, double score);

/* Whether a gate is closed by its node's score; NaN closes none. */
int custval__gate_closed(const custval__gate *gate, double node_score);

/* ---- The engine, one per thread (engine.c, answers.c, engine_memory.c) ------------------------------------------------------------ */

/* What-if: replaces scores and weights of nodes for a block whose rows are variants of one row of the source (`start`),
   or rows of it. Arrays have one entry per row of the block; NULL entries mean: evaluate as usual. A preset score stands
   for the node with everything below it, before its reliefs; no override touches it. */
typedef struct custval__preset {
    const double *const *score;    /* [node] NaN: no score */
    const double *const *coverage; /* [node], set where score is */
    const double *const
        *weight; /* [node] weight among the siblings, set for all siblings of a group or none; may be NULL */
    int by_row;  /* 1: the block's rows are rows of the source, as without a preset; 0: variants of one */
} custval__preset;

typedef struct custval__engine custval__engine;

/* capacity: most rows of a run, 1 .. CUSTVAL__BLOCK. keep_all: keeps score, coverage, weight and computed score of every
   node, for explanations; else what the plan keeps. The plan must outlive the engine. */
custval_status custval__engine_new(const custval__plan *plan, uint32_t capacity, int keep_all, custval__engine **out,
                                   custval_error *error);
void custval__engine_free(custval__engine *engine);
/* Puts everything back into the engine's own memory, and forgets that something was missing. */
void custval__engine_reset(custval__engine *engine);

/* Puts the kept scores or coverage of a node, statuses or tag scores into the caller's memory from now on, `count`
   entries per run, until the engine is reset. NULL leaves them where they are. */
void custval__engine_place(custval__engine *engine, uint32_t node, double *score, double *coverage);
void custval__engine_place_status(custval__engine *engine, uint32_t *status);
void custval__engine_place_tag(custval__engine *engine, uint32_t tag, double *score);

/* Evaluates rows [start, start + count), count <= capacity. Allocates nothing, cannot fail. preset may be NULL. */
void custval__engine_run(custval__engine *engine, const custval__source *source, size_t start, uint32_t count,
                         const custval__preset *preset);

/* Results of the last run, one entry per row of the block. NaN: no score. */
int custval__engine_incomplete(const custval__engine *engine); /* 1: some kept score of any run so far was missing */
const uint32_t *custval__engine_status(const custval__engine *engine);
const uint32_t *custval__engine_set(const custval__engine *engine); /* weight set of each row */
/* Kept nodes. Rows whose answers, profile, context or weights are refused have NaN everywhere. */
const double *custval__engine_score(const custval__engine *engine, uint32_t node);
const double *custval__engine_coverage(const custval__engine *engine, uint32_t node);
/* keep_all only. The weight with which the node entered its group: its share of the parent is this divided by the sum
   over the siblings that have a score. The score before reliefs and an override. The value before gates and override. */
const double *custval__engine_weight(const custval__engine *engine, uint32_t node);
const double *custval__engine_computed(const custval__engine *engine, uint32_t node);
const double *custval__engine_before_gates(const custval__engine *engine);
const double *custval__engine_tag(const custval__engine *engine, uint32_t tag);

/* The custval_level bit of a node. */
uint32_t custval__level_of(const custval__node *node);

#endif
