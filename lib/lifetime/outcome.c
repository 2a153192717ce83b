/* Reasons why a fit has no optimum. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "outcome.h"

#include <math.h>
#include <string.h>

#include "../base/compiler.h"
#include "../base/error.h"

#define RUN_FAR 7.0  /* of a logarithm: e^7 is more than a thousand */
#define AT_WALL 15.0 /* nothing that data tell is so far away */
#define STEPS_AFAR 3 /* of CUSTVAL__FAR: within the box */
#define SHARE 0.3    /* of the largest part of a direction: what has less does not take part */

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

/* Variables that have run farther from the middle of the box than `least`, with the sign of their way. Gives whether
   there are any. */
static int find_far(const custval__climber *climber, double least, double *out) {
    const custval__hill *hill = climber->hill;
    int any = 0;
    for (size_t i = 0; i < hill->count; i++) {
        const double distance = climber->at[i] - 0.5 * (hill->low[i] + hill->high[i]);
        out[i] = fabs(distance) > least ? distance > 0.0 ? 1.0 : -1.0 : 0.0;
        any = any || out[i] != 0.0;
    }
    return any;
}

/* Whether the likelihood still rises the way that the direction leads: by the slopes, for the box may end here. */
static int still_rises(const custval__climber *climber, const flat *in, double customers) {
    double slope = 0.0;
    for (size_t i = 0; i < climber->hill->count; i++) slope += climber->slopes[i] * in->direction[i];
    return !(slope * customers < CUSTVAL__SAME_LIKELIHOOD);
}

/* Whether nothing but both parameters of a distribution over customers, the first two or the third and fourth, grows:
   customers come to be alike. */
static int come_alike(const flat *in) {
    const custval__model *model = in->lifetime->model;
    for (uint32_t i = 0; i < in->lifetime->count; i++) {
        const double part = in->direction[i];
        if (part < -SHARE || (part > SHARE && i >= model->parameters)) return 0;
        if (i < model->parameters && part > SHARE &&
            ((i ^ 1U) >= model->parameters || !(in->direction[i ^ 1U] > SHARE)))
            return 0;
    }
    return model->spend == NULL;
}

static custval_status fail_boundary(const custval__climber *climber, flat *in, double customers, custval_error *error) {
    char up[100], down[100];
    if (!in->stays_up) {
        for (uint32_t i = 0; i < in->lifetime->count; i++) in->direction[i] = -in->direction[i];
    }
    double far[CUSTVAL__MODEL_PARAMETERS + 2 * CUSTVAL__LIFETIME_COVARIATES];
    /* They tell better than the vector, which takes in whatever else matters little by then. */
    if (find_far(climber, RUN_FAR, far)) memcpy(in->direction, far, climber->hill->count * sizeof *far);
    const size_t ups = list(in, 1, up, sizeof up), downs = list(in, -1, down, sizeof down);
    const char *why = still_rises(climber, in, customers) ? "the likelihood still rises on the way there"
                      : come_alike(in) ? "customers do not differ in what these describe, so far as was found"
                                       : "the likelihood does not fall on the way there, so far as was found";
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

/* Models in which customers leave describe that by their third and fourth parameter: nobody does where the one is 0 and
   the other infinite. Asked for itself, because then nothing depends on either, and a flat direction may be any. */
static custval_status nobody_leaves(custval__climber *climber, const flat *in, double customers, int *out,
                                    custval_error *error) {
    const custval__hill *hill = climber->hill;
    flat stay = {.lifetime = in->lifetime};
    *out = 0;
    if (in->lifetime->model->dropout.index == CUSTVAL__NO_PARAMETER) return CUSTVAL_OK;
    stay.direction[2] = hill->low[2] - climber->at[2];
    stay.direction[3] = hill->high[3] - climber->at[3];
    return stays(climber, &stay, 1.0, customers, out, error);
}

/* Which way the likelihood stays the same: if both ways, the nearer end of the plain is looked for. */
static custval_status look_along(custval__climber *climber, flat *in, double customers, custval_error *error) {
    find_direction(climber, in);
    for (int steps = 1; steps <= STEPS_AFAR; steps++) {
        const double distance = steps * CUSTVAL__FAR;
        CUSTVAL__TRY(stays(climber, in, distance, customers, &in->stays_up, error));
        CUSTVAL__TRY(stays(climber, in, -distance, customers, &in->stays_down, error));
        if (!in->stays_up || !in->stays_down) return CUSTVAL_OK;
    }
    return CUSTVAL_OK;
}

custval_status custval__fit_outcome(custval__climber *climber, const custval_lifetime *lifetime, double customers,
                                    uint32_t *out, custval_error *error) {
    flat in = {.lifetime = lifetime};
    double far[CUSTVAL__MODEL_PARAMETERS + 2 * CUSTVAL__LIFETIME_COVARIATES];
    int stay = 0;
    *out = CUSTVAL_CONVERGENCE_OPTIMUM;
    if (climber->is_top) return CUSTVAL_OK;
    if (!climber->used_up) {
        *out = CUSTVAL_CONVERGENCE_BOUNDARY;
        CUSTVAL__TRY(nobody_leaves(climber, &in, customers, &stay, error));
        if (stay) {
            return custval__fail(
                error, CUSTVAL_ERROR_CONVERGENCE,
                "no optimum: %s runs to 0 or %s to infinity: nobody seems to leave for good, and NBD fits "
                "as well as the best that was found; a ridge, or accept, gives one still",
                lifetime->model->names[2], lifetime->model->names[3]);
        }
        CUSTVAL__TRY(look_along(climber, &in, customers, error));
        if (in.stays_up + in.stays_down == 1 || find_far(climber, AT_WALL, far)) {
            return fail_boundary(climber, &in, customers, error);
        }
        *out = CUSTVAL_CONVERGENCE_FLAT;
        /* A plain may be bent, so that no straight line stays in it: the information tells. */
        if (in.stays_up || (climber->is_known && !(climber->condition < CUSTVAL__WORST_CONDITION))) {
            return fail_flat(&in, error);
        }
    }
    *out = CUSTVAL_CONVERGENCE_ITERATIONS;
    return custval__fail(
        error, CUSTVAL_ERROR_CONVERGENCE, "no optimum after %u iterations%s", (unsigned)climber->iterations,
        climber->used_up ? ": raise max_iterations, or give a start"
                         : ": no step leads further up, though the slope is not 0; give a start or a ridge");
}
