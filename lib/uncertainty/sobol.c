/* Sobol indices by two matrices of draws, A and B, and for each input A with that column of B. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "sobol.h"

#include <math.h>

#include "../base/error.h"
#include "../base/run.h"

#define BATCHES CUSTVAL__SOBOL_BATCHES
#define BLOCK CUSTVAL__SOBOL_BLOCK

/* Sums over draws of outcomes a of A and b of B, from the centre. */
typedef struct outcomes {
    double count, sum, squares; /* of a and of b together */
} outcomes;

/* Sums over draws of the change c that one input makes to a. */
typedef struct changes {
    double count, sum, products, squares; /* products: b c */
} changes;

typedef struct run {
    const custval__sobol *sobol;
    outcomes outcomes[BATCHES];
    changes *changes; /* [batch][input] */
} run;

static uint32_t start_of_batch(const custval__sobol *sobol, uint32_t batch) {
    return (uint32_t)((uint64_t)sobol->draws * batch / BATCHES);
}

/* ---- One batch ------------------------------------------------------------------------------------------------------- */

typedef struct scratch {
    const double **inputs; /* [input] as evaluated */
    double *a, *b;         /* [input][draw] */
    double outcome_a[BLOCK], outcome_b[BLOCK], outcome[BLOCK];
} scratch;

static void add_outcomes(const custval__sobol *sobol, const scratch *in, uint32_t count, outcomes *sums) {
    for (uint32_t k = 0; k < count; k++) {
        const double a = in->outcome_a[k] - sobol->centre, b = in->outcome_b[k] - sobol->centre;
        if (isnan(a) || isnan(b)) continue;
        sums->count += 2.0;
        sums->sum += a + b;
        sums->squares += a * a + b * b;
    }
}

static void add_changes(const custval__sobol *sobol, const scratch *in, uint32_t count, changes *sums) {
    for (uint32_t k = 0; k < count; k++) {
        const double b = in->outcome_b[k] - sobol->centre, change = in->outcome[k] - in->outcome_a[k];
        if (isnan(b) || isnan(change)) continue;
        sums->count += 1.0;
        sums->sum += change;
        sums->products += b * change;
        sums->squares += change * change;
    }
}

static void run_block(run *in, scratch *work, uint32_t batch, uint32_t start, uint32_t count, uint32_t thread) {
    const custval__sobol *sobol = in->sobol;
    const uint32_t inputs = sobol->inputs;
    for (uint32_t i = 0; i < inputs; i++) {
        sobol->sample(sobol->data, i, 0, start, count, work->a + (size_t)i * BLOCK);
        sobol->sample(sobol->data, i, 1, start, count, work->b + (size_t)i * BLOCK);
        work->inputs[i] = work->b + (size_t)i * BLOCK;
    }
    sobol->evaluate(sobol->data, thread, work->inputs, count, work->outcome_b);
    for (uint32_t i = 0; i < inputs; i++) work->inputs[i] = work->a + (size_t)i * BLOCK;
    sobol->evaluate(sobol->data, thread, work->inputs, count, work->outcome_a);
    add_outcomes(sobol, work, count, &in->outcomes[batch]);
    for (uint32_t i = 0; i < inputs; i++) {
        work->inputs[i] = work->b + (size_t)i * BLOCK;
        sobol->evaluate(sobol->data, thread, work->inputs, count, work->outcome);
        work->inputs[i] = work->a + (size_t)i * BLOCK;
        add_changes(sobol, work, count, &in->changes[(size_t)batch * inputs + i]);
    }
}

static custval_status run_batch(void *data, uint32_t batch, uint32_t thread) {
    run *in = data;
    const custval_host *host = in->sobol->host;
    const uint32_t end = start_of_batch(in->sobol, batch + 1);
    scratch *work = custval__alloc(host, 1, sizeof *work);
    const double **inputs = custval__alloc(host, in->sobol->inputs, sizeof *inputs);
    double *numbers = custval__alloc(host, in->sobol->inputs, 2 * BLOCK * sizeof *numbers);
    custval_status status = CUSTVAL_ERROR_MEMORY;
    if (work != NULL && inputs != NULL && numbers != NULL) {
        work->inputs = inputs;
        work->a = numbers;
        work->b = numbers + (size_t)in->sobol->inputs * BLOCK;
        for (uint32_t start = start_of_batch(in->sobol, batch); start < end; start += BLOCK) {
            run_block(in, work, batch, start, end - start < BLOCK ? end - start : BLOCK, thread);
        }
        status = CUSTVAL_OK;
    }
    custval__free(host, work);
    custval__free(host, inputs);
    custval__free(host, numbers);
    return status;
}

static custval_status prepare(void *data, uint32_t threads) {
    const custval__sobol *sobol = ((run *)data)->sobol;
    return sobol->prepare == NULL ? CUSTVAL_OK : sobol->prepare(sobol->data, threads);
}

static uint64_t draws_of_batch(void *data, uint32_t batch) {
    const custval__sobol *sobol = ((run *)data)->sobol;
    return start_of_batch(sobol, batch + 1) - start_of_batch(sobol, batch);
}

/* ---- Indices --------------------------------------------------------------------------------------------------------- */

static void index_of(const custval__sobol *sobol, const outcomes *all, const changes *one, double *out_first,
                     double *out_total) {
    const double mean = all->sum / all->count, variance = all->squares / all->count - mean * mean;
    *out_first = *out_total = (double)NAN;
    if (!(variance > sobol->rounding * sobol->rounding) || !(one->count > 0.0)) return;
    *out_first = (one->products - mean * one->sum) / one->count / variance;
    *out_total = one->squares / (2.0 * one->count) / variance;
}

// Standard error of the mean of the batches.
static double error_of(const double *estimates) {
    double mean = 0.0, squares = 0.0;
    for (uint32_t batch = 0; batch < BATCHES; batch++) mean += estimates[batch] / BATCHES;
    for (uint32_t batch = 0; batch < BATCHES; batch++) {
        squares += (estimates[batch] - mean) * (estimates[batch] - mean);
    }
    return sqrt(squares / (BATCHES - 1) / BATCHES);
}

static void find_indices(const run *in, const custval__sobol_indices *out) {
    const custval__sobol *sobol = in->sobol;
    outcomes all = {0.0, 0.0, 0.0};
    for (uint32_t batch = 0; batch < BATCHES; batch++) {
        all.count += in->outcomes[batch].count;
        all.sum += in->outcomes[batch].sum;
        all.squares += in->outcomes[batch].squares;
    }
    for (uint32_t i = 0; i < sobol->inputs; i++) {
        changes one = {0.0, 0.0, 0.0, 0.0};
        double first[BATCHES], total[BATCHES];
        for (uint32_t batch = 0; batch < BATCHES; batch++) {
            const changes *part = &in->changes[(size_t)batch * sobol->inputs + i];
            one.count += part->count;
            one.sum += part->sum;
            one.products += part->products;
            one.squares += part->squares;
            index_of(sobol, &in->outcomes[batch], part, &first[batch], &total[batch]);
        }
        index_of(sobol, &all, &one, &out->first[i], &out->total[i]);
        out->first_error[i] = error_of(first);
        out->total_error[i] = error_of(total);
    }
}

custval_status custval__sobol_run(const custval__sobol *sobol, const custval__sobol_indices *out,
                                  custval_error *error) {
    run in = {.sobol = sobol};
    in.changes = custval__alloc_zero(sobol->host, sobol->inputs, BATCHES * sizeof *in.changes);
    if (in.changes == NULL) return custval__fail_memory(error);
    const custval__job job = {
        .data = &in, .prepare = prepare, .piece = run_batch, .units = draws_of_batch, .total_units = sobol->draws};
    const custval_status status = custval__run(sobol->host, &job, BATCHES, error);
    if (status == CUSTVAL_OK) find_indices(&in, out);
    custval__free(sobol->host, in.changes);
    return status;
}
