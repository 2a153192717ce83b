/* Solving blocks of matrices of judgements by each of the methods. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "ahp_solve.h"

#include <math.h>

#include "../base/maths.h"

#define LANES CUSTVAL__LANES
/* Logarithm that means of weights all stay below only if somebody's are beyond what a double holds. */
#define FAR_BELOW_1 100.0

void custval__ahp_init(custval__ahp *out, size_t count, uint32_t method, uint32_t random_index) {
    out->kernels = custval__ahp_kernels_best();
    out->count = count;
    out->method = method == 0 ? CUSTVAL_AHP_EIGENVECTOR : method;
    out->random_index = custval_random_index_value(random_index, count);
}

/* ---- Blocks ---------------------------------------------------------------------------------------------------------- */

static size_t pairs_of(size_t count) {
    return count * (count - 1) / 2;
}

// Two vectors, or what completing takes.
static size_t scratch_room(size_t count) {
    const size_t vectors = 2 * count * LANES, complete = custval__ahp_complete_room(count);
    return vectors > complete ? vectors : complete;
}

size_t custval__ahp_block_room(size_t count) {
    return (count * count + pairs_of(count) + 3 * count) * LANES + scratch_room(count);
}

void custval__ahp_block_place(custval__ahp_block *block, size_t count, double *memory) {
    *block = (custval__ahp_block){.cells = memory};
    block->weights = block->cells + count * count * LANES;
    block->logs = block->weights + count * LANES;
    block->exponents = block->logs + pairs_of(count) * LANES;
    block->log_weights = block->exponents + count * LANES;
    block->scratch = block->log_weights + count * LANES;
    for (size_t k = 0; k < count * count * LANES; k++) block->cells[k] = 1.0;
}

void custval__ahp_block_blank(custval__ahp_block *block, size_t count, size_t lane) {
    for (size_t k = 0; k < count * count; k++) block->cells[k * LANES + lane] = 1.0;
    block->missing[lane] = 0.0;
}

/* ---- Solving --------------------------------------------------------------------------------------------------------- */

static void complete(const custval__ahp *ahp, custval__ahp_block *block) {
    for (size_t lane = 0; lane < LANES; lane++) {
        block->converged[lane] = 1.0;
        block->is_scaled[lane] = 0;
        if (block->missing[lane] == 0.0) continue;
        block->is_logged = 0;
        if (!custval__ahp_complete(block, ahp->count, lane, ahp->method)) block->converged[lane] = 0.0;
    }
}

static void make_logs(const custval__ahp *ahp, custval__ahp_block *block) {
    if (!block->is_logged) ahp->kernels->logs(block->cells, ahp->count, block->logs);
}

void custval__ahp_log(const custval__ahp *ahp, custval__ahp_block *block) {
    make_logs(ahp, block);
    block->is_logged = 1;
}

static void solve_by_power(const custval__ahp *ahp, custval__ahp_block *block) {
    double converged[LANES];
    ahp->kernels->power(block->cells, ahp->count, block->weights, block->scratch, block->lambda_max, block->steps,
                        converged);
    for (size_t lane = 0; lane < LANES; lane++) {
        if (converged[lane] == 0.0) block->converged[lane] = 0.0;
    }
}

// The columns' sums are those of the matrix before it was scaled, and the weights those of the scaled one.
static void weigh_columns(const custval__ahp_block *block, size_t n, size_t lane) {
    const double *cells = block->cells + lane, *exponents = block->exponents + lane;
    double *weights = block->weights + lane;
    for (size_t i = 0; i < n; i++) weights[i * LANES] = 0.0;
    for (size_t j = 0; j < n; j++) {
        double sum = 0.0;
        for (size_t i = 0; i < n; i++) sum += ldexp(cells[(i * n + j) * LANES], (int)exponents[i * LANES]);
        sum *= (double)n;
        for (size_t i = 0; i < n; i++) weights[i * LANES] += cells[(i * n + j) * LANES] / sum;
    }
}

static void solve_directly(const custval__ahp *ahp, custval__ahp_block *block) {
    const custval__ahp_kernels *kernels = ahp->kernels;
    if (ahp->method == CUSTVAL_AHP_ARITHMETIC) {
        kernels->arithmetic(block->cells, ahp->count, block->weights);
        for (size_t lane = 0; lane < LANES; lane++) {
            if (block->is_scaled[lane]) weigh_columns(block, ahp->count, lane);
        }
    } else {
        double rest[LANES];
        make_logs(ahp, block);
        kernels->log_means(block->logs, ahp->count, block->scratch, rest);
        kernels->exponentials(block->scratch, ahp->count, block->weights);
    }
    kernels->mean_ratio(block->cells, block->weights, ahp->count, block->lambda_max);
    for (size_t lane = 0; lane < LANES; lane++) block->steps[lane] = 0.0;
}

// From the weights of the scaled matrix to those of the matrix.
static void unscale(custval__ahp_block *block, size_t n, size_t lane) {
    double sum = 0.0;
    for (size_t k = lane; k < n * LANES; k += LANES) {
        block->log_weights[k] = custval__log(block->weights[k]) + block->exponents[k] * CUSTVAL__LN2;
        block->weights[k] = ldexp(block->weights[k], (int)block->exponents[k]);
        sum += block->weights[k];
    }
    const double log_sum = custval__log(sum);
    for (size_t k = lane; k < n * LANES; k += LANES) {
        block->log_weights[k] -= log_sum;
        block->weights[k] /= sum;
    }
}

double custval__ahp_log_weight(const custval__ahp_block *block, size_t criterion, size_t lane) {
    const size_t k = criterion * LANES + lane;
    return block->is_scaled[lane] ? block->log_weights[k] : custval__log(block->weights[k]);
}

void custval__ahp_from_logs(double *inout, size_t count) {
    double largest = -HUGE_VAL;
    for (size_t i = 0; i < count; i++) largest = fmax(largest, inout[i]);
    const double raised = fmin(largest + FAR_BELOW_1, 0.0);
    for (size_t i = 0; i < count; i++) inout[i] = custval__exp(inout[i] - raised);
}

void custval__ahp_solve(const custval__ahp *ahp, custval__ahp_block *block) {
    const double n = (double)ahp->count;
    complete(ahp, block);
    if (ahp->method == CUSTVAL_AHP_EIGENVECTOR) {
        solve_by_power(ahp, block);
    } else {
        solve_directly(ahp, block);
    }
    for (size_t lane = 0; lane < LANES; lane++) {
        if (block->is_scaled[lane]) unscale(block, ahp->count, lane);
        // Rounding may leave lambda_max of a consistent matrix below n, and inconsistency takes three criteria.
        const double excess = block->lambda_max[lane] - n;
        block->ci[lane] = ahp->count >= 3 && excess > 0.0 ? excess / (n - 1.0) : 0.0;
        block->cr[lane] = ahp->count >= 3 ? block->ci[lane] / ahp->random_index : 0.0;
    }
}

void custval__ahp_gci(const custval__ahp *ahp, custval__ahp_block *block) {
    const size_t n = ahp->count;
    double rest[LANES];
    make_logs(ahp, block);
    ahp->kernels->log_means(block->logs, n, block->scratch, rest);
    const double degrees = n >= 3 ? ((double)n - 1.0) * ((double)n - 2.0) / 2.0 : (double)NAN;
    for (size_t lane = 0; lane < LANES; lane++) block->gci[lane] = rest[lane] / degrees;
}
