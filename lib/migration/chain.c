/* Forecasts and values from the chain of a migration. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../base/maths.h"
#include "../base/options.h"
#include "../table/table.h"
#include "migration.h"

#define STEPS_MOST 100000

/* ---- Forecast ------------------------------------------------------------------------------------------------------- */

typedef struct forecast {
    custval__arena arena;
    const custval_migration *migration;
    const double *newcomers; /* or NULL */
    uint32_t steps;
    double *chances, *now, *next;
    double **columns; /* [state] of the result */
} forecast;

static custval_status check_newcomers(const forecast *in, custval_error *error) {
    for (uint32_t i = 0; i < in->migration->count && in->newcomers != NULL; i++) {
        const double x = in->newcomers[i];
        if (isfinite(x) && x >= 0.0) continue;
        return custval__fail(error, isfinite(x) ? CUSTVAL_ERROR_RANGE : CUSTVAL_ERROR_NOT_FINITE,
                             "the newcomers to state \"%.*s\" are %g, they must be 0 or more", 80,
                             in->migration->names[i], x);
    }
    return CUSTVAL_OK;
}

static void step_on(forecast *in) {
    const uint32_t n = in->migration->count;
    for (uint32_t k = 0; k < n; k++) {
        custval__sum sum = {0.0, 0.0};
        for (uint32_t i = 0; i < n; i++) custval__sum_add(&sum, in->now[i] * in->chances[(size_t)i * n + k]);
        if (in->newcomers != NULL) custval__sum_add(&sum, in->newcomers[k]);
        in->next[k] = custval__sum_value(&sum);
    }
    double *const swap = in->now;
    in->now = in->next;
    in->next = swap;
}

static custval_status run(forecast *in, custval_table **out, custval_error *error) {
    const uint32_t n = in->migration->count;
    double *numbers;
    in->chances = custval__arena_alloc(&in->arena, (size_t)n * n, sizeof *in->chances);
    in->now = custval__arena_alloc(&in->arena, n, sizeof *in->now);
    in->next = custval__arena_alloc(&in->arena, n, sizeof *in->next);
    in->columns = custval__arena_alloc(&in->arena, n, sizeof *in->columns);
    if (in->chances == NULL || in->now == NULL || in->next == NULL || in->columns == NULL) {
        return custval__fail_memory(error);
    }
    CUSTVAL__TRY(check_newcomers(in, error));
    CUSTVAL__TRY(custval__migration_chances(in->migration, CUSTVAL_ALL_STEPS, in->newcomers, in->chances, error));
    CUSTVAL__TRY(custval__result_new(&in->migration->host, (size_t)in->steps + 1, out, error));
    CUSTVAL__TRY(custval__result_add_doubles(*out, "step", &numbers, error));
    for (uint32_t i = 0; i < n; i++) {
        CUSTVAL__TRY(custval__result_add_doubles(*out, in->migration->names[i], &in->columns[i], error));
    }
    custval__migration_now(in->migration, in->now);
    for (uint32_t step = 0; step <= in->steps; step++) {
        if (step > 0) step_on(in);
        numbers[step] = (double)step;
        for (uint32_t i = 0; i < n; i++) in->columns[i][step] = in->now[i];
    }
    custval__result_finish(*out);
    return CUSTVAL_OK;
}

custval_status custval_migration_forecast(const custval_migration *migration, uint32_t steps, const double *newcomers,
                                          custval_table **out, custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    if (migration == NULL) return custval__fail_null(error, "migration");
    CUSTVAL__TRY(custval__migration_check_step(migration, CUSTVAL_ALL_STEPS, error));
    if (steps > STEPS_MOST) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "steps is %u, but must be at most %d", (unsigned)steps,
                             STEPS_MOST);
    }
    forecast in = {.migration = migration, .newcomers = newcomers, .steps = steps};
    custval__arena_init(&in.arena, &migration->host);
    const custval_status status = run(&in, out, error);
    custval__arena_free(&in.arena);
    if (status != CUSTVAL_OK) {
        custval_table_free(*out);
        *out = NULL;
    }
    return status;
}

/* ---- Values --------------------------------------------------------------------------------------------------------- */

custval_status custval_migration_value(const custval_migration *migration, const double *rewards,
                                       const custval_markov_options *options, double *values, custval_error *error) {
    custval_markov_options whole = CUSTVAL_MARKOV_OPTIONS_INIT;
    if (migration == NULL) return custval__fail_null(error, "migration");
    CUSTVAL__TRY(custval__migration_check_step(migration, CUSTVAL_ALL_STEPS, error));
    CUSTVAL__TRY(custval__struct_read(&whole, sizeof whole, sizeof whole, options, "custval_markov_options", error));
    if (whole.counts != 0 || whole.empty != 0) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT,
                             "counts is %u and empty %u, both must be 0: they are the migration's",
                             (unsigned)whole.counts, (unsigned)whole.empty);
    }
    const size_t n = migration->count;
    double *const chances = custval__alloc(&migration->host, n * n, sizeof *chances);
    if (chances == NULL) return custval__fail_memory(error);
    if (whole.host == NULL) whole.host = &migration->host;
    custval_status status = custval__migration_chances(migration, CUSTVAL_ALL_STEPS, NULL, chances, error);
    if (status == CUSTVAL_OK) {
        status = custval_markov_value(migration->count, chances, rewards, &whole, values, error);
    }
    custval__free(&migration->host, chances);
    return status;
}
