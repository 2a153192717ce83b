/* Reasons why a fit has no optimum. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "outcome.h"

#include <math.h>
#include <string.h>

#include "../base/compiler.h"
#include "../base/error.h"

#define SHARE 0.3 /* of the largest part of a direction: what has less does not take part */

/* A direction in which the likelihood stays the same. */
typedef struct flat {
    const custval_lifetime *lifetime;
    double direction[CUSTVAL__MODEL_PARAMETERS + 2 * CUSTVAL__LIFETIME_COVARIATES];
    int stays_up, stays_down; /* along the direction, and against it */
} flat;

/* The eigenvector of the smallest eigenvalue; without information, what stands at a wall of the box. */
static void find_direction(const custval__climber *climber, flat *out) {
    const custval__hill *hill = climber->hill;
    const size_t count = hill->count;
    double most = 0.0;
    for (size_t i = 0; i < count; i++) {
        const double up = hill->high[i] - climber->at[i], down = climber->at[i] - hill->low[i];
        const double wall = up < 1.0 ? 1.0 : down < 1.0 ? -1.0 : 0.0;
        out->direction[i] = climber->is_known ? climber->vectors[(count - 1) * count + i] : wall;
        most = fabs(out->direction[i]) > most ? fabs(out->direction[i]) : most;
    }
    for (size_t i = 0; i < count && most > 0.0; i++) out->direction[i] /= most;
}

static custval_status stays(custval__climber *climber, const flat *in, double distance, double customers, int *out,
                            custval_error *error) {
    double value = -HUGE_VAL;
    CUSTVAL__TRY(custval__climber_look(climber, in->direction, distance, &value, error));
    *out = (climber->value - value) * customers < CUSTVAL__SAME_LIKELIHOOD;
    return CUSTVAL_OK;
}

/* The names of what takes part, as  r, alpha and a; `sign` picks those that go up or down, 0 all. Gives how many. */
static size_t list(const flat *in, int sign, char *out, size_t capacity) {
    size_t count = 0, total = 0, length = 0;
    out[0] = 0;
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t i = 0; i < in->lifetime->count; i++) {
            const double part = in->direction[i];
            if (!(fabs(part) > SHARE) || sign * part < 0.0) continue;
            if (pass == 0) {
                total++;
                continue;
            }
            count++;
            length += custval__format(out + length, capacity - length, "%s",
                                      count == 1       ? ""
                                      : count == total ? " and "
                                                       : ", ");
            if (length >= capacity) return total;
            length += custval__lifetime_value_name(in->lifetime, i, out + length, capacity - length);
            if (length >= capacity) return total;
        }
    }
    return total;
}

/* Only what describes leaving runs away, and not to a leaving that is the same for all. */
static int nobody_leaves(const flat *in, size_t ups, size_t downs) {
    const custval__model *model = in->lifetime->model;
    if (model->dropout.index == CUSTVAL__NO_PARAMETER || (ups > 0) + (downs > 0) == 2) return 0;
    for (uint32_t i = 0; i < in->lifetime->count; i++) {
        if (fabs(in->direction[i]) > SHARE && (i < 2 || i >= model->parameters)) return 0;
    }
    return ups + downs == 1;
}

static custval_status fail_boundary(flat *in, custval_error *error) {
    char up[100], down[100];
    if (!in->stays_up) {
        for (uint32_t i = 0; i < in->lifetime->count; i++) in->direction[i] = -in->direction[i];
    }
    const size_t ups = list(in, 1, up, sizeof up), downs = list(in, -1, down, sizeof down);
    const char *why = nobody_leaves(in, ups, downs) ? "nobody seems to leave for good, and NBD fits as well"
                      : ups > 1 && downs == 0
                          ? "customers do not differ in what these describe, and a simpler model fits as well"
                          : "the data want less than this model";
    return custval__fail(error, CUSTVAL_ERROR_CONVERGENCE,
                         "no optimum: %s%s%s%s%s: %s; a ridge, or accept, gives one still", up,
                         ups == 0   ? ""
                         : ups == 1 ? " runs to infinity"
                                    : " run to infinity",
                         ups > 0 && downs > 0 ? " and " : "", down,
                         downs == 0   ? ""
                         : downs == 1 ? " runs to 0"
                                      : " run to 0",
                         why);
}

static custval_status fail_flat(const flat *in, custval_error *error) {
    char names[160];
    const size_t count = list(in, 0, names, sizeof names);
    return custval__fail(error, CUSTVAL_ERROR_CONVERGENCE,
                         "no optimum: the data do not tell %s %s; it takes more rows, fewer covariates or a ridge",
                         count > 1 ? "apart" : "the value of", names);
}

custval_status custval__fit_outcome(custval__climber *climber, const custval_lifetime *lifetime, double customers,
                                    uint32_t *out, custval_error *error) {
    flat in = {.lifetime = lifetime};
    *out = CUSTVAL_CONVERGENCE_OPTIMUM;
    if (climber->is_top) return CUSTVAL_OK;
    if (!climber->used_up) {
        find_direction(climber, &in);
        CUSTVAL__TRY(stays(climber, &in, CUSTVAL__FAR, customers, &in.stays_up, error));
        CUSTVAL__TRY(stays(climber, &in, -CUSTVAL__FAR, customers, &in.stays_down, error));
        const int is_boundary = in.stays_up + in.stays_down == 1;
        *out = is_boundary ? CUSTVAL_CONVERGENCE_BOUNDARY : CUSTVAL_CONVERGENCE_FLAT;
        if (is_boundary) return fail_boundary(&in, error);
        if (in.stays_up) return fail_flat(&in, error);
    }
    *out = CUSTVAL_CONVERGENCE_ITERATIONS;
    return custval__fail(
        error, CUSTVAL_ERROR_CONVERGENCE, "no optimum after %u iterations%s", (unsigned)climber->iterations,
        climber->used_up ? ": raise max_iterations, or give a start"
                         : ": no step leads further up, though the slope is not 0; give a start or a ridge");
}
