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

/* Rows per block: five depths of one double per row stay within a 32 KiB first-level cache. */
#define CUSTVAL__BLOCK 512

/* ---- Options, resolved once per call -------------------------------------------------------------------------- */

typedef struct custval__plan {
    const custval_system *system;
    custval_host host;          /* whole: memory of results, runner, progress */
    uint32_t levels, coverage;  /* as in the options, default made explicit */
    uint32_t profile, context;  /* forced: index + 1; 0: by column (or none) */
    int forced_profile, forced_context;
    int32_t as_of;              /* days; only if the system has overrides */
    const char *language;       /* never NULL; borrowed from the options */
    /* Overrides that hold at as_of, or NULL: per node the first active override in `override_next` chains. */
    uint32_t *override_first;   /* [node] */
    uint32_t *override_next;    /* [override] */
    uint8_t *keep;              /* [node] 1: the engine must keep the node's scores (gates, parts, tags, columns) */
    int by_row;                 /* 1: weights may differ from row to row (profile or context by column, importances) */
} custval__plan;

custval_status custval__plan_new(const custval_system *system, const custval_score_options *options,
                                 custval__plan *out, custval_error *error);
void custval__plan_free(custval__plan *plan); /* plan->host as allocator; safe on a zeroed plan */

/* ---- Where answers come from ---------------------------------------------------------------------------------- */

/* A table bound to the inputs of a system, or one row given as arrays. Inputs that forced options make unnecessary, or
   that nothing reads, have column SIZE_MAX. */
typedef struct custval__source {
    const custval_table *table;
    size_t *columns;            /* [input] */
    const double *numbers;      /* table NULL: one row */
    const custval_text *texts;  /* may be NULL */
} custval__source;

custval_status custval__source_bind(const custval__plan *plan, const custval_table *table, custval__source *out,
                                    custval_error *error);
void custval__source_free(const custval__plan *plan, custval__source *source);

/* ---- The engine, one per thread ------------------------------------------------------------------------------- */

/* What-if: replaces scores and weights of nodes for a block whose rows are variants of one row. Arrays have one entry
   per row of the block; NULL entries mean: evaluate as usual. A preset score stands for the node with everything below. */
typedef struct custval__preset {
    const double *const *score;    /* [node] NaN: no score */
    const double *const *coverage; /* [node], set where score is */
    const double *const *weight;   /* [node] weight among the siblings; set for all siblings of a group or none */
} custval__preset;

typedef struct custval__engine custval__engine;

/* keep_all: keeps score, coverage and weight of every node (for explanations); else what the plan keeps. */
custval_status custval__engine_new(const custval__plan *plan, int keep_all, custval__engine **out, custval_error *error);
void custval__engine_free(custval__engine *engine);

/* Evaluates rows [start, start + count) of the source, count <= CUSTVAL__BLOCK. Fails never. preset may be NULL; with a
   preset that covers all indicators the source is only read for what is above (profile, overrides ...). */
void custval__engine_run(custval__engine *engine, const custval__source *source, size_t start, uint32_t count,
                         const custval__preset *preset);

/* Results of the last run, one entry per row of the block. */
const uint32_t *custval__engine_status(const custval__engine *engine);
const uint32_t *custval__engine_set(const custval__engine *engine);       /* weight set of each row */
/* Kept nodes only. NaN: no score. For rows with a fatal status (beyond CUSTVAL_ROW_MISSING) every entry is NaN. */
const double *custval__engine_score(const custval__engine *engine, uint32_t node);
const double *custval__engine_coverage(const custval__engine *engine, uint32_t node);
/* keep_all only: the weight with which the node entered its group (0 if its group was not re-weighted and it was not
   answered); the score before an override replaced it (== score where none did); the value before gates and overrides. */
const double *custval__engine_weight(const custval__engine *engine, uint32_t node);
const double *custval__engine_computed(const custval__engine *engine, uint32_t node);
const double *custval__engine_before_gates(const custval__engine *engine);
const double *custval__engine_tag(const custval__engine *engine, uint32_t tag);

/* The override that holds for this node in this row of the source, or CUSTVAL_NONE. */
uint32_t custval__override_of(const custval__plan *plan, const custval__source *source, size_t row, uint32_t node);

/* Applies the gates in order to one value; reports each that closes (lowered the value) through `closed`, an array of
   gate_count flags, which may be NULL. node_score(node) comes from scores[node]. */
double custval__gates_apply(const custval_system *system, double value, const double *const *scores, uint32_t row,
                            uint8_t *closed);

#endif
