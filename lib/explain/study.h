/* What every explaining call starts from: a system with its options, a table, an engine, one row evaluated in full. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_EXPLAIN_STUDY_H
#define CUSTVAL_EXPLAIN_STUDY_H

#include "../score/engine.h"

/* ---- A study: the plan, the table and the engine of one call ----------------------------------------------------- */

typedef struct custval__study {
    custval__plan plan;
    custval__source source;
    custval__engine *engine; /* keeps every node */
    const custval_table *table;
    const custval_score_options *options; /* as given */
    custval__arena arena;                 /* all that the call needs beside its result */
} custval__study;

/* Levels and coverage of the options are not used. `capacity`: most variants in a run. custval__study_close() is due
   also after a failure. */
custval_status custval__study_open(custval__study *study, const custval_system *system, const custval_table *table,
                                   const custval_score_options *options, uint32_t capacity, custval_error *error);
void custval__study_close(custval__study *study);

/* CUSTVAL_ERROR_ARGUMENT if the table has no such row; `name` is the argument's. */
custval_status custval__study_check_row(const custval__study *study, size_t row, const char *name,
                                        custval_error *error);
/* CUSTVAL_ERROR_STATE that says why a row has no value. */
custval_status custval__study_fail_no_value(const custval__study *study, size_t row, custval_error *error);

/* Memory that lives until the study is closed, zeroed; NULL if there is none. */
void *custval__study_alloc(custval__study *study, size_t count, size_t size);

/* ---- A state: one row in full ------------------------------------------------------------------------------------ */

typedef struct custval__state {
    size_t row;
    uint32_t status, set;
    double *score, *coverage; /* [node] NaN: no score */
    double *computed;         /* [node] the score before reliefs and an override */
    double *share;            /* [node] share among the siblings that counted; NaN where the node did not */
    uint32_t *override;       /* [node] the override that holds, or CUSTVAL_NONE */
    uint32_t *relief;         /* [node] the first relief that changed its score, or CUSTVAL_NONE */
    uint8_t *gate_closed;     /* [gate] 1: lowered the value */
    double before_gates;      /* computed[0] is the value after them */
} custval__state;

custval_status custval__state_new(custval__study *study, custval__state *out, custval_error *error);
/* Evaluates a row; the engine's block afterwards holds that row alone. */
void custval__state_read(custval__study *study, size_t row, custval__state *state);
/* The score that a preset of the node stands for: as it was before reliefs. */
double custval__state_unrelieved(const custval__state *state, uint32_t node);
int custval__state_has_value(const custval__state *state);

/* Weights of a row before anything missing is left out: its own importances where it has them, else those of its weight
   set. Each group adds up to 1; the value has 1; derived nodes 0. */
void custval__state_weights(const custval__study *study, const custval__state *state, double *out_local);

/* ---- Variants: what-if rows of one row --------------------------------------------------------------------------- */

/* Scores (and, if asked for, weights) preset for all nodes of one kind in up to `rows` variants of one row. */
typedef struct custval__variants {
    uint32_t kind, rows;
    double **score, **coverage, **weight; /* [node][variant]; entries of other kinds NULL; weight may be NULL */
    custval__preset preset;
} custval__variants;

custval_status custval__variants_new(custval__study *study, uint32_t kind, int with_weights, uint32_t rows,
                                     custval__variants *out, custval_error *error);
/* Makes the first `count` variants copies of the row as it is; weights come from `local` (custval__state_weights). */
void custval__variants_fill(const custval__study *study, custval__variants *variants, const custval__state *state,
                            const double *local, uint32_t count);
/* Values of the first `count` variants of the row; valid until the engine runs again. */
const double *custval__variants_run(custval__study *study, const custval__variants *variants, size_t row,
                                    uint32_t count);

#endif
