/* The inner loops of the analytic hierarchy process. This file is compiled once per instruction set, with
   CUSTVAL__KERNEL_SUFFIX set to its name. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "ahp_kernels.h"

#include <math.h>

#include "../base/elementary.h"
#include "../base/instructions.h"

/* Every loop over the lanes has their constant number, so that compilers make vectors of it; conditions are selects of
   doubles. */
#define LANES CUSTVAL__LANES
#define EACH_LANE(lane) for (size_t lane = 0; lane < LANES; lane++)

/* ---- Reading --------------------------------------------------------------------------------------------------------- */

// 1 where a judgement, if given, is out of its range: NaN passes.
static inline double is_out(double x) {
    const double low = x < CUSTVAL__JUDGEMENT_LEAST ? 1.0 : 0.0;
    return x > CUSTVAL__JUDGEMENT_MOST ? 1.0 : low;
}

static int read_matrices(const double *const matrices[LANES], size_t n, double *restrict cells,
                         double out_missing[LANES]) {
    double wrong[LANES] = {0}, missing[LANES] = {0};
    for (size_t i = 0; i < n; i++) {
        EACH_LANE(lane) wrong[lane] += matrices[lane][i * n + i] == 1.0 ? 0.0 : 1.0;
        EACH_LANE(lane) cells[(i * n + i) * LANES + lane] = 1.0;
        for (size_t j = i + 1; j < n; j++) {
            double above[LANES], below[LANES];
            EACH_LANE(lane) above[lane] = matrices[lane][i * n + j];
            EACH_LANE(lane) below[lane] = matrices[lane][j * n + i];
            EACH_LANE(lane) {
                const double a = above[lane], b = below[lane];
                wrong[lane] += is_out(a) + is_out(b) + (fabs(a * b - 1.0) > CUSTVAL__RECIPROCAL_WITHIN ? 1.0 : 0.0);
                const double kept = a >= b ? a : b == b ? b : a; // the larger, or the one that there is
                const double other = 1.0 / kept;
                const double is_above = kept == a ? 1.0 : 0.0;
                above[lane] = is_above > 0.0 ? kept : other;
                below[lane] = is_above > 0.0 ? other : kept;
                missing[lane] += kept == kept ? 0.0 : 1.0;
            }
            EACH_LANE(lane) cells[(i * n + j) * LANES + lane] = above[lane];
            EACH_LANE(lane) cells[(j * n + i) * LANES + lane] = below[lane];
        }
    }
    double any = 0.0;
    EACH_LANE(lane) any += wrong[lane];
    EACH_LANE(lane) out_missing[lane] = missing[lane];
    return any > 0.0;
}

/* ---- Weights --------------------------------------------------------------------------------------------------------- */

static inline void multiply(const double *restrict cells, const double *restrict x, size_t n, double *restrict out) {
    for (size_t i = 0; i < n; i++) {
        const double *row = cells + i * n * LANES;
        double sum[LANES] = {0};
        for (size_t j = 0; j < n; j++) {
            EACH_LANE(lane) sum[lane] += row[j * LANES + lane] * x[j * LANES + lane];
        }
        EACH_LANE(lane) out[i * LANES + lane] = sum[lane];
    }
}

static inline void add_up(const double *restrict x, size_t n, double out[LANES]) {
    double sum[LANES] = {0};
    for (size_t i = 0; i < n; i++) {
        EACH_LANE(lane) sum[lane] += x[i * LANES + lane];
    }
    EACH_LANE(lane) out[lane] = sum[lane];
}

/* Steps between two looks at the change. Judgements of at most 1e60 could not overflow in them. */
#define STEPS_PER_LOOK 4

// Normalises both, and tells for each lane whether a weight moved from one to the other.
static inline void look(double *restrict from, double *restrict to, size_t n, double out_lambda[LANES],
                        double out_moved[LANES]) {
    double before[LANES], after[LANES], moved[LANES] = {0};
    add_up(from, n, before);
    add_up(to, n, after);
    EACH_LANE(lane) out_lambda[lane] = after[lane] / before[lane];
    EACH_LANE(lane) before[lane] = 1.0 / before[lane];
    EACH_LANE(lane) after[lane] = 1.0 / after[lane];
    for (size_t i = 0; i < n; i++) {
        EACH_LANE(lane) {
            const double x = to[i * LANES + lane] * after[lane], change = x - from[i * LANES + lane] * before[lane];
            moved[lane] = fabs(change) <= CUSTVAL__POWER_CHANGE * x ? moved[lane] : 1.0;
            to[i * LANES + lane] = x;
        }
    }
    EACH_LANE(lane) out_moved[lane] = moved[lane];
}

// A lane that has converged keeps what it had then, while the others go on.
static void power(const double *restrict cells, size_t n, double *restrict weights, double *restrict scratch,
                  double out_lambda[LANES], double out_steps[LANES], double out_converged[LANES]) {
    double *restrict x = scratch, *restrict next = scratch + n * LANES;
    double runs[LANES];
    EACH_LANE(lane) runs[lane] = 1.0;
    for (size_t i = 0; i < n * LANES; i++) x[i] = 1.0 / (double)n;
    for (int steps = STEPS_PER_LOOK; steps <= CUSTVAL__POWER_STEPS; steps += STEPS_PER_LOOK) {
        for (int pair = 0; pair < STEPS_PER_LOOK / 2; pair++) {
            multiply(cells, x, n, next);
            multiply(cells, next, n, x);
        }
        double lambda[LANES], moved[LANES], running = 0.0;
        look(next, x, n, lambda, moved);
        for (size_t i = 0; i < n; i++) {
            EACH_LANE(lane) {
                const size_t k = i * LANES + lane;
                weights[k] = runs[lane] > 0.0 ? x[k] : weights[k];
            }
        }
        EACH_LANE(lane) {
            out_lambda[lane] = runs[lane] > 0.0 ? lambda[lane] : out_lambda[lane];
            out_steps[lane] = runs[lane] > 0.0 ? (double)steps : out_steps[lane];
            runs[lane] = moved[lane] > 0.0 ? runs[lane] : 0.0;
            running += runs[lane];
        }
        if (running == 0.0) break;
    }
    EACH_LANE(lane) out_converged[lane] = 1.0 - runs[lane];
}

static void arithmetic(const double *restrict cells, size_t n, double *restrict weights) {
    for (size_t i = 0; i < n * LANES; i++) weights[i] = 0.0;
    for (size_t j = 0; j < n; j++) {
        double sum[LANES] = {0};
        for (size_t i = 0; i < n; i++) {
            EACH_LANE(lane) sum[lane] += cells[(i * n + j) * LANES + lane];
        }
        EACH_LANE(lane) sum[lane] *= (double)n;
        for (size_t i = 0; i < n; i++) {
            EACH_LANE(lane) weights[i * LANES + lane] += cells[(i * n + j) * LANES + lane] / sum[lane];
        }
    }
}

/* ---- Logarithms ------------------------------------------------------------------------------------------------------ */

static void logs(const double *restrict cells, size_t n, double *restrict pairs) {
    for (size_t i = 0; i < n; i++) {
        for (size_t j = i + 1; j < n; j++) {
            const double *cell = cells + (i * n + j) * LANES;
            EACH_LANE(lane) {
                const double value = custval__log_inline(cell[lane]);
                pairs[lane] = value == value ? value : 0.0;
            }
            pairs += LANES;
        }
    }
}

static void logs_of(const double *restrict x, size_t count, double *restrict out) {
    for (size_t i = 0; i < count * LANES; i++) out[i] = custval__log_inline(x[i]);
}

static void log_means(const double *restrict pairs, size_t n, double *restrict means, double out_rest[LANES]) {
    for (size_t i = 0; i < n * LANES; i++) means[i] = 0.0;
    const double *restrict pair = pairs;
    for (size_t i = 0; i < n; i++) {
        for (size_t j = i + 1; j < n; j++, pair += LANES) {
            EACH_LANE(lane) means[i * LANES + lane] += pair[lane];
            EACH_LANE(lane) means[j * LANES + lane] -= pair[lane];
        }
    }
    for (size_t i = 0; i < n * LANES; i++) means[i] /= (double)n;
    double rest[LANES] = {0};
    pair = pairs;
    for (size_t i = 0; i < n; i++) {
        for (size_t j = i + 1; j < n; j++, pair += LANES) {
            EACH_LANE(lane) {
                const double left = pair[lane] - (means[i * LANES + lane] - means[j * LANES + lane]);
                rest[lane] += left * left;
            }
        }
    }
    EACH_LANE(lane) out_rest[lane] = rest[lane];
}

static void exponentials(const double *restrict means, size_t n, double *restrict weights) {
    double sum[LANES];
    for (size_t i = 0; i < n * LANES; i++) weights[i] = custval__exp_inline(means[i]);
    add_up(weights, n, sum);
    for (size_t i = 0; i < n; i++) {
        EACH_LANE(lane) weights[i * LANES + lane] /= sum[lane];
    }
}

static void mean_ratio(const double *restrict cells, const double *restrict weights, size_t n, double out[LANES]) {
    double total[LANES] = {0};
    for (size_t i = 0; i < n; i++) {
        double sum[LANES] = {0};
        for (size_t j = 0; j < n; j++) {
            EACH_LANE(lane) sum[lane] += cells[(i * n + j) * LANES + lane] * weights[j * LANES + lane];
        }
        EACH_LANE(lane) total[lane] += sum[lane] / weights[i * LANES + lane];
    }
    EACH_LANE(lane) out[lane] = total[lane] / (double)n;
}

extern const custval__ahp_kernels CUSTVAL__KERNEL_TABLE(custval__ahp_kernels_);
const custval__ahp_kernels CUSTVAL__KERNEL_TABLE(custval__ahp_kernels_) = {
    .name = CUSTVAL__KERNEL_NAME,
    .read = read_matrices,
    .power = power,
    .arithmetic = arithmetic,
    .logs = logs,
    .logs_of = logs_of,
    .log_means = log_means,
    .exponentials = exponentials,
    .mean_ratio = mean_ratio,
};
