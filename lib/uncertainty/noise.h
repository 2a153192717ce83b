/* Noise on weights: what the options ask for, and the random numbers that become weights. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_UNCERTAINTY_NOISE_H
#define CUSTVAL_UNCERTAINTY_NOISE_H

#include <custval/uncertainty.h>

#include "../base/memory.h"
#include "../base/random.h"

typedef struct custval__noise {
    custval_noise_options options; /* defaults made explicit */
    custval_host host;             /* whole */
} custval__noise;

/* Reads the options and the host; CUSTVAL_ERROR_RANGE for no draws. */
custval_status custval__noise_read(custval__noise *out, const custval_noise_options *options, custval_error *error);
/* CUSTVAL_ERROR_ARGUMENT for a noise that does not exist, CUSTVAL_ERROR_RANGE for numbers that it cannot use. */
custval_status custval__noise_check(const custval_noise_options *noise, custval_error *error);

/* Size of one weight before its group is normalised. Of the Dirichlet it is the logarithm of a gamma variate, because
   that of a small parameter would underflow; -infinity for a weight of 0. */
double custval__noise_size(const custval_noise_options *noise, double weight, custval__random *random);
/* Makes the sizes of a group weights that add up to exactly 1. */
void custval__noise_weights(const custval_noise_options *noise, double *sizes, size_t count);

/* Weights as stated of the nodes of a system: those of a profile, or the base weights for NULL. CUSTVAL_ERROR_NOT_FOUND
   names the nearest profiles. */
custval_status custval__noise_stated(const custval_system *system, const char *profile, const double **out_local,
                                     custval_error *error);

/* Draws groups of weights into columns, draw i from the seed and i alone. */
typedef struct custval__draws {
    const custval__noise *noise;
    const double *stated;    /* [column] weights that the draws lie around */
    const uint32_t *members; /* columns, group by group */
    const uint32_t *ends;    /* [group] end of its members */
    uint32_t group_count;
    double *const *columns; /* [column][draw], filled in */
} custval__draws;
custval_status custval__draws_make(const custval__draws *draws, custval_error *error);

#endif
