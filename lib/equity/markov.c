/* Values of the states of a Markov chain. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <custval/equity.h>

#include <math.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../base/linear.h"
#include "../base/maths.h"
#include "../base/memory.h"
#include "../base/options.h"

#define PERIODS_MOST 1000000
#define SUM_TOLERANCE 1e-9

typedef struct chain {
    custval__arena arena;
    custval_markov_options options; /* whole */
    size_t states;
    const double *given, *rewards;
    double *steps;  /* probabilities, states x states */
    double *values; /* [state] */
} chain;

/* ---- Probabilities from what is given ------------------------------------------------------------------------------- */

static custval_status check_numbers(const chain *in, custval_error *error) {
    const size_t n = in->states;
    for (size_t i = 0; i < n * n; i++) {
        if (!isfinite(in->given[i])) {
            return custval__fail(error, CUSTVAL_ERROR_NOT_FINITE, "the transition from state %zu to %zu is %g", i / n,
                                 i % n, in->given[i]);
        }
        if (!(in->given[i] >= 0.0)) {
            return custval__fail(error, CUSTVAL_ERROR_RANGE, "the transition from state %zu to %zu is %g, below 0",
                                 i / n, i % n, in->given[i]);
        }
    }
    for (size_t i = 0; i < n; i++) {
        if (isfinite(in->rewards[i])) continue;
        return custval__fail(error, CUSTVAL_ERROR_NOT_FINITE, "the reward of state %zu is %g", i, in->rewards[i]);
    }
    return CUSTVAL_OK;
}

/* Sum of numbers x unit, a power of two by which even the largest numbers do not overflow. */
static double sum_of(const double *numbers, size_t count, size_t stride, double unit) {
    custval__sum sum = {0.0, 0.0};
    for (size_t i = 0; i < count; i++) custval__sum_add(&sum, numbers[i * stride] * unit);
    return custval__sum_value(&sum);
}

/* A state from which nobody was seen. */
static custval_status fill_empty(chain *in, size_t state, custval_error *error) {
    const size_t n = in->states;
    double *const row = in->steps + state * n;
    double all = 0.0;
    for (size_t k = 0; k < n; k++) row[k] = k == state ? 1.0 : 0.0;
    if (in->options.empty == CUSTVAL_EMPTY_STAY) return CUSTVAL_OK;
    if (in->options.empty != CUSTVAL_EMPTY_POOLED) {
        return custval__fail(error, CUSTVAL_ERROR_STATE,
                             "no customer was seen in state %zu; say what such a state does next "
                             "(CUSTVAL_EMPTY_STAY or CUSTVAL_EMPTY_POOLED)",
                             state);
    }
    for (size_t k = 0; k < n; k++) {
        row[k] = sum_of(in->given + k, n, n, 0x1p-20);
        all += row[k];
    }
    if (!(all > 0.0)) return custval__fail(error, CUSTVAL_ERROR_STATE, "no customer was seen in any state");
    for (size_t k = 0; k < n; k++) row[k] /= all;
    return CUSTVAL_OK;
}

static custval_status make_steps(chain *in, custval_error *error) {
    const size_t n = in->states;
    for (size_t state = 0; state < n; state++) {
        const double *const row = in->given + state * n;
        const double unit = in->options.counts ? 0x1p-10 : 1.0, sum = sum_of(row, n, 1, unit);
        if (in->options.counts && !(sum > 0.0)) {
            CUSTVAL__TRY(fill_empty(in, state, error));
            continue;
        }
        if (!in->options.counts && !(fabs(sum - 1.0) <= SUM_TOLERANCE)) {
            return custval__fail(error, CUSTVAL_ERROR_RANGE,
                                 "the probabilities from state %zu add up to %g, not 1; counts need `counts`", state,
                                 sum);
        }
        for (size_t k = 0; k < n; k++) in->steps[state * n + k] = row[k] * unit / sum;
    }
    return CUSTVAL_OK;
}

/* ---- A horizon with an end ------------------------------------------------------------------------------------------ */

static custval_status step_back(chain *in, custval_error *error) {
    const size_t n = in->states;
    double *const next = custval__arena_alloc(&in->arena, n, sizeof *next);
    if (next == NULL) return custval__fail_memory(error);
    for (size_t i = 0; i < n; i++) in->values[i] = in->rewards[i];
    for (uint32_t t = 0; t < in->options.periods; t++) {
        for (size_t i = 0; i < n; i++) {
            double later = 0.0;
            for (size_t k = 0; k < n; k++) later += in->steps[i * n + k] * in->values[k];
            next[i] = in->rewards[i] + later / (1.0 + in->options.rate);
        }
        for (size_t i = 0; i < n; i++) in->values[i] = next[i];
    }
    return CUSTVAL_OK;
}

/* ---- For ever ------------------------------------------------------------------------------------------------------- */

static int is_end(const chain *in, size_t state) {
    const double *const row = in->steps + state * in->states;
    if (in->rewards[state] != 0.0) return 0;
    for (size_t k = 0; k < in->states; k++) {
        if (k != state && row[k] != 0.0) return 0;
    }
    return 1;
}

/* Every state must be able to reach an end. `place` becomes the number of each state among those kept, n for ends. */
static custval_status find_ends(const chain *in, size_t *place, size_t *out_kept, custval_error *error) {
    const size_t n = in->states;
    size_t *const queue = place + n, head = 0, tail = 0;
    for (size_t i = 0; i < n; i++) {
        place[i] = SIZE_MAX;
        if (!is_end(in, i)) continue;
        place[i] = n;
        queue[tail++] = i;
    }
    for (; head < tail; head++) {
        for (size_t i = 0; i < n; i++) {
            if (place[i] != SIZE_MAX || !(in->steps[i * n + queue[head]] > 0.0)) continue;
            place[i] = 0;
            queue[tail++] = i;
        }
    }
    *out_kept = 0;
    for (size_t i = 0; i < n; i++) {
        if (place[i] == SIZE_MAX) {
            return custval__fail(
                error, CUSTVAL_ERROR_STATE,
                "undiscounted, the value of state %zu has no end: no absorbing state with reward 0 can "
                "be reached; state a rate above 0 or a number of periods",
                i);
        }
        if (place[i] != n) place[i] = (*out_kept)++;
    }
    return CUSTVAL_OK;
}

/* The chance of leaving a state, without the cancellation of 1 - P(stay). */
static double leaving(const chain *in, size_t state) {
    double sum = 0.0;
    for (size_t k = 0; k < in->states; k++) sum += k == state ? 0.0 : in->steps[state * in->states + k];
    return sum;
}

/* (I - P / (1 + d)) V = R over the states that are kept, times 1 + d: its diagonal is d + P(leave). */
static custval_status solve(chain *in, const size_t *place, size_t kept, custval_error *error) {
    const size_t n = in->states;
    double *const matrix = custval__arena_alloc(&in->arena, kept * kept, sizeof *matrix);
    double *const b = custval__arena_alloc(&in->arena, kept, sizeof *b);
    if (matrix == NULL || b == NULL) return custval__fail_memory(error);
    for (size_t i = 0; i < n; i++) {
        if (place[i] == n) continue;
        b[place[i]] = (1.0 + in->options.rate) * in->rewards[i];
        for (size_t k = 0; k < n; k++) {
            if (place[k] == n) continue;
            matrix[place[i] * kept + place[k]] = i == k ? in->options.rate + leaving(in, i) : -in->steps[i * n + k];
        }
    }
    if (!custval__linear_solve(matrix, kept, b)) {
        return custval__fail(error, CUSTVAL_ERROR_STATE,
                             "the chain hardly ever ends: its values cannot be told from infinite ones");
    }
    for (size_t i = 0; i < n; i++) in->values[i] = place[i] == n ? 0.0 : b[place[i]];
    return CUSTVAL_OK;
}

static custval_status go_on_for_ever(chain *in, custval_error *error) {
    const size_t n = in->states;
    size_t *const place = custval__arena_alloc(&in->arena, 2 * n, sizeof *place), kept = n;
    if (place == NULL) return custval__fail_memory(error);
    for (size_t i = 0; i < n; i++) place[i] = i;
    if (in->options.rate == 0.0) CUSTVAL__TRY(find_ends(in, place, &kept, error));
    return solve(in, place, kept, error);
}

/* ---- The call ------------------------------------------------------------------------------------------------------- */

static custval_status check_options(const custval_markov_options *options, custval_error *error) {
    if (!isfinite(options->rate) || !(options->rate > -1.0) || (options->for_ever && options->rate < 0.0)) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "rate is %g, but must be %s", options->rate,
                             options->for_ever ? "0 or more for an infinite horizon" : "above -1");
    }
    if (options->for_ever > 1 || options->counts > 1 || options->empty > CUSTVAL_EMPTY_POOLED) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT,
                             "for_ever is %u and counts %u, each must be 0 or 1; empty is %u, it must be at most %d",
                             (unsigned)options->for_ever, (unsigned)options->counts, (unsigned)options->empty,
                             CUSTVAL_EMPTY_POOLED);
    }
    if (options->periods <= PERIODS_MOST) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_RANGE, "periods is %u, but must be at most %d",
                         (unsigned)options->periods, PERIODS_MOST);
}

static custval_status compute(chain *in, custval_error *error) {
    const size_t n = in->states;
    in->steps = custval__arena_alloc(&in->arena, n * n, sizeof *in->steps);
    in->values = custval__arena_alloc(&in->arena, n, sizeof *in->values);
    if (in->steps == NULL || in->values == NULL) return custval__fail_memory(error);
    CUSTVAL__TRY(check_numbers(in, error));
    CUSTVAL__TRY(make_steps(in, error));
    CUSTVAL__TRY(in->options.for_ever ? go_on_for_ever(in, error) : step_back(in, error));
    for (size_t i = 0; i < n; i++) {
        if (isfinite(in->values[i])) continue;
        return custval__fail(error, CUSTVAL_ERROR_NOT_FINITE, "the value of state %zu is too large for a double", i);
    }
    return CUSTVAL_OK;
}

custval_status custval_markov_value(uint32_t states, const double *transitions, const double *rewards,
                                    const custval_markov_options *options, double *values, custval_error *error) {
    chain in = {.options = CUSTVAL_MARKOV_OPTIONS_INIT, .states = states, .given = transitions, .rewards = rewards};
    custval_host host;
    if (transitions == NULL) return custval__fail_null(error, "transitions");
    if (rewards == NULL) return custval__fail_null(error, "rewards");
    if (values == NULL) return custval__fail_null(error, "values");
    if (states < 1 || states > CUSTVAL_MAX_STATES) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "%u states, but there must be 1 to %d", (unsigned)states,
                             CUSTVAL_MAX_STATES);
    }
    CUSTVAL__TRY(custval__struct_read(&in.options, sizeof in.options, sizeof in.options, options,
                                      "custval_markov_options", error));
    CUSTVAL__TRY(check_options(&in.options, error));
    CUSTVAL__TRY(custval__host_read(&host, in.options.host, error));
    custval__arena_init(&in.arena, &host);
    const custval_status status = compute(&in, error);
    for (size_t i = 0; i < states && status == CUSTVAL_OK; i++) values[i] = in.values[i];
    custval__arena_free(&in.arena);
    return status;
}
