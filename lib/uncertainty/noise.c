/* Noise on weights: Dirichlet, relative, any; drawn in pieces. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "noise.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "../base/maths.h"
#include "../base/options.h"
#include "../base/run.h"
#include "../base/text.h"
#include "../system/system.h"

#define DRAWS_PER_PIECE 256

/* ---- Options ------------------------------------------------------------------------------------------------------- */

custval_status custval__noise_read(custval__noise *out, const custval_noise_options *options, custval_error *error) {
    custval_noise_options *whole = &out->options;
    *whole = (custval_noise_options)CUSTVAL_NOISE_OPTIONS_INIT;
    CUSTVAL__TRY(custval__struct_read(whole, sizeof *whole, sizeof *whole, options, "custval_noise_options", error));
    if (whole->noise == 0) whole->noise = CUSTVAL_NOISE_DIRICHLET;
    if (whole->draws == 0) return custval__fail(error, CUSTVAL_ERROR_RANGE, "draws is 0, but must be at least 1");
    return custval__host_read(&out->host, whole->host, error);
}

custval_status custval__noise_check(const custval_noise_options *noise, custval_error *error) {
    const double concentration = noise->concentration, spread = noise->spread;
    if (noise->noise > CUSTVAL_NOISE_ANY) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "noise is %u, which means nothing", (unsigned)noise->noise);
    }
    if (noise->noise == CUSTVAL_NOISE_DIRICHLET && !(concentration > 0.0 && isfinite(concentration))) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "concentration is %g, but must be above 0 and finite",
                             concentration);
    }
    if (noise->noise == CUSTVAL_NOISE_RELATIVE && !(spread >= 0.0 && spread <= 1.0)) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "spread is %g, but must be between 0 and 1", spread);
    }
    return CUSTVAL_OK;
}

static const char *profile_name(const void *data, size_t index) {
    const custval_system *system = data;
    return index < system->profile_count ? system->profiles[index].id : NULL;
}

custval_status custval__noise_stated(const custval_system *system, const char *profile, const double **out_local,
                                     custval_error *error) {
    *out_local = custval__system_set(system, 0);
    if (profile == NULL) return CUSTVAL_OK;
    const uint32_t found =
        custval__system_frame_find(system->profiles, system->profile_count, profile, strlen(profile));
    if (found == CUSTVAL_NONE) {
        char near[160];
        custval__nearest_names(profile, profile_name, system, 3, near, sizeof near);
        return custval__fail(error, CUSTVAL_ERROR_NOT_FOUND, "the system has no profile \"%s\"%s%s", profile,
                             near[0] ? "; the nearest are " : "", near);
    }
    *out_local = custval__system_set(system, (found + 1) * (system->context_count + 1));
    return CUSTVAL_OK;
}

/* ---- One group ------------------------------------------------------------------------------------------------------ */

// Logarithm of a gamma variate. One of shape + 1 times u^(1/shape) has the shape; nothing underflows in logarithms.
static double log_gamma_variate(double shape, custval__random *random) {
    double boost = 0.0;
    if (shape < 1.0) {
        boost = fmax(custval__log(custval__random_unit(random)) / shape, -DBL_MAX);
        shape += 1.0;
    }
    return boost + custval__log(custval__random_gamma(random, shape));
}

double custval__noise_size(const custval_noise_options *noise, double weight, custval__random *random) {
    if (noise->noise == CUSTVAL_NOISE_ANY) return log_gamma_variate(1.0, random);
    if (weight == 0.0) return noise->noise == CUSTVAL_NOISE_DIRICHLET ? -(double)INFINITY : 0.0;
    if (noise->noise == CUSTVAL_NOISE_DIRICHLET) return log_gamma_variate(noise->concentration * weight, random);
    return weight * (1.0 + noise->spread * (2.0 * custval__random_unit(random) - 1.0));
}

void custval__noise_weights(const custval_noise_options *noise, double *sizes, size_t count) {
    if (noise->noise != CUSTVAL_NOISE_RELATIVE) {
        double largest = -(double)INFINITY;
        for (size_t i = 0; i < count; i++) largest = sizes[i] > largest ? sizes[i] : largest;
        for (size_t i = 0; i < count; i++) sizes[i] = custval__exp(sizes[i] - largest);
    }
    custval__weights_normalise(sizes, count);
}

/* ---- All of them ---------------------------------------------------------------------------------------------------- */

static void draw_once(const custval__draws *draws, uint32_t draw, double *sizes) {
    const custval_noise_options *noise = &draws->noise->options;
    custval__random random;
    custval__random_init(&random, noise->seed, draw);
    for (uint32_t group = 0, start = 0; group < draws->group_count; start = draws->ends[group++]) {
        const uint32_t count = draws->ends[group] - start, *members = draws->members + start;
        for (uint32_t i = 0; i < count; i++) {
            sizes[i] = custval__noise_size(noise, draws->stated[members[i]], &random);
        }
        custval__noise_weights(noise, sizes, count);
        for (uint32_t i = 0; i < count; i++) draws->columns[members[i]][draw] = sizes[i];
    }
}

static uint32_t end_of_piece(const custval__draws *draws, uint32_t index) {
    const uint32_t start = index * DRAWS_PER_PIECE, left = draws->noise->options.draws - start;
    return start + (left < DRAWS_PER_PIECE ? left : DRAWS_PER_PIECE);
}

static custval_status draw_piece(void *data, uint32_t index, uint32_t thread) {
    (void)thread;
    const custval__draws *draws = data;
    // No group is larger than all of them together.
    double *sizes = custval__alloc(&draws->noise->host, draws->ends[draws->group_count - 1], sizeof *sizes);
    if (sizes == NULL) return CUSTVAL_ERROR_MEMORY;
    const uint32_t end = end_of_piece(draws, index);
    for (uint32_t draw = index * DRAWS_PER_PIECE; draw < end; draw++) draw_once(draws, draw, sizes);
    custval__free(&draws->noise->host, sizes);
    return CUSTVAL_OK;
}

static uint64_t draws_of_piece(void *data, uint32_t index) {
    return end_of_piece(data, index) - index * DRAWS_PER_PIECE;
}

custval_status custval__draws_make(const custval__draws *draws, custval_error *error) {
    const uint32_t count = draws->noise->options.draws;
    custval__draws copy = *draws;
    const custval__job job = {.data = &copy, .piece = draw_piece, .units = draws_of_piece, .total_units = count};
    return custval__run(&draws->noise->host, &job, count / DRAWS_PER_PIECE + (count % DRAWS_PER_PIECE != 0), error);
}
