/* Which answers a scenario moves, and how. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_SCENARIO_EFFECTS_H
#define CUSTVAL_SCENARIO_EFFECTS_H

#include "kernels.h"
#include "scenario.h"

/* One column that moves: what a strength of 1 does to its score. */
typedef struct custval__move {
    const char *name; /* of the column; the system's */
    double lo, hi;
    int reversed;
    double factor, kappa, points; /* kappa: the factor of the price as a sign of quality */
    const double *codes;          /* that mean "no answer" and lie on the scale */
    size_t code_count;
} custval__move;

typedef struct custval__moves {
    custval__move *items; /* in the arena, in the order of the system */
    uint32_t count;
} custval__moves;

/* Finds the items below the nodes of all effects. CUSTVAL_ERROR_NOT_FOUND, CUSTVAL_ERROR_UNSUPPORTED. */
custval_status custval__moves_find(const custval_scenario *scenario, const custval_system *system,
                                   custval__arena *arena, custval__moves *out, custval_error *error);

/* Moves answers by a strength, with or without what a price says of quality. */
void custval__move_apply(const custval__move *move, const custval__scenario_kernels *kernels, double strength,
                         int with_quality, const double *answers, const double *chosen, size_t count, double *out);

#endif
