/* custval_migration_test: are the probabilities of steps, or of two migrations, the same? */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../base/maths.h"
#include "../base/options.h"
#include "../base/special.h"
#include "migration.h"

/* Samples to be compared: the steps of one migration, or all steps of each of two. */
typedef struct samples {
    const custval_migration *of[2];
    uint32_t count;
    int are_steps;
} samples;

typedef struct sums {
    custval__sum statistic, likelihood;
    double freedom, least;
} sums;

static double moved(const samples *in, uint32_t sample, uint32_t from, uint32_t to) {
    if (in->are_steps) return (double)custval__migration_moved(in->of[0], sample, from, to);
    return (double)custval__migration_moved(in->of[sample], CUSTVAL_ALL_STEPS, from, to);
}

/* One state's part. */
static void test_state(const samples *in, uint32_t from, sums *out) {
    const uint32_t n = in->of[0]->count;
    double left[CUSTVAL__PERIODS_MOST], all = 0.0;
    uint32_t seen = 0, reached = 0;
    for (uint32_t t = 0; t < in->count; t++) {
        left[t] = 0.0;
        for (uint32_t to = 0; to < n; to++) left[t] += moved(in, t, from, to);
        seen += left[t] > 0.0;
        all += left[t];
    }
    if (seen < 2) return;
    for (uint32_t to = 0; to < n; to++) {
        double together = 0.0;
        for (uint32_t t = 0; t < in->count; t++) together += moved(in, t, from, to);
        if (together == 0.0) continue;
        reached++;
        for (uint32_t t = 0; t < in->count; t++) {
            const double found = moved(in, t, from, to), expected = left[t] * together / all;
            if (!(left[t] > 0.0)) continue;
            custval__sum_add(&out->statistic, (found - expected) * (found - expected) / expected);
            if (found > 0.0) custval__sum_add(&out->likelihood, 2.0 * found * custval__log(found / expected));
            out->least = fmin(out->least, expected);
        }
    }
    out->freedom += (double)(seen - 1) * (double)(reached - 1);
}

static custval_status check_same_states(const custval_migration *a, const custval_migration *b, custval_error *error) {
    if (a->count != b->count) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "one migration has %u states, the other %u",
                             (unsigned)a->count, (unsigned)b->count);
    }
    for (uint32_t i = 0; i < a->count; i++) {
        if (strcmp(a->names[i], b->names[i]) == 0) continue;
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT,
                             "state %u is \"%.*s\" in one migration, \"%.*s\" in the other", (unsigned)i, 80,
                             a->names[i], 80, b->names[i]);
    }
    return CUSTVAL_OK;
}

custval_status custval_migration_test(const custval_migration *migration, const custval_migration *other,
                                      custval_migration_fit *out, custval_error *error) {
    custval_migration_fit fit = CUSTVAL_MIGRATION_FIT_INIT;
    if (migration == NULL) return custval__fail_null(error, "migration");
    if (out == NULL) return custval__fail_null(error, "out");
    const uint32_t steps = custval_migration_steps(migration);
    if (other == NULL && steps < 2) {
        return custval__fail(error, CUSTVAL_ERROR_STATE, "%u steps; to be compared there must be two or more",
                             (unsigned)steps);
    }
    if (other != NULL) {
        CUSTVAL__TRY(custval__migration_check_step(migration, CUSTVAL_ALL_STEPS, error));
        CUSTVAL__TRY(custval__migration_check_step(other, CUSTVAL_ALL_STEPS, error));
        CUSTVAL__TRY(check_same_states(migration, other, error));
    }
    const samples in = {{migration, other}, other == NULL ? steps : 2, other == NULL};
    sums all = {.least = (double)INFINITY};
    for (uint32_t state = 0; state < migration->count; state++) test_state(&in, state, &all);
    fit.statistic = custval__sum_value(&all.statistic);
    fit.likelihood = custval__sum_value(&all.likelihood);
    fit.freedom = all.freedom;
    fit.p = all.freedom > 0.0 ? custval__chi_square_rest(all.freedom, fit.statistic) : (double)NAN;
    fit.least = isinf(all.least) ? (double)NAN : all.least;
    return custval__struct_write(out, &fit, sizeof fit, sizeof fit, "custval_migration_fit", error);
}
