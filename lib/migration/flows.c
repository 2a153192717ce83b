/* Matrices and flows of the steps of a migration. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include <custval/parts.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../table/table.h"
#include "migration.h"

/* ---- Counts and probabilities --------------------------------------------------------------------------------------- */

custval_status custval__migration_check_step(const custval_migration *migration, uint32_t step, custval_error *error) {
    const uint32_t steps = custval_migration_steps(migration);
    if (steps == 0) {
        return custval__fail(error, CUSTVAL_ERROR_STATE, "there is no step yet: a migration needs two periods");
    }
    if (step == CUSTVAL_ALL_STEPS || step < steps) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_RANGE, "there is no step %u; the last one is %u", (unsigned)step,
                         (unsigned)steps - 1);
}

static uint32_t first_step(uint32_t step) {
    return step == CUSTVAL_ALL_STEPS ? 0 : step;
}

static uint32_t end_step(const custval_migration *migration, uint32_t step) {
    return step == CUSTVAL_ALL_STEPS ? custval_migration_steps(migration) : step + 1;
}

uint64_t custval__migration_moved(const custval_migration *migration, uint32_t step, uint32_t from, uint32_t to) {
    const size_t at = (size_t)from * migration->count + to;
    uint64_t sum = 0;
    for (uint32_t s = first_step(step); s < end_step(migration, step); s++) sum += migration->steps[s].moved[at];
    return sum;
}

int custval__migration_is_idle(const custval_migration *migration, uint32_t state) {
    for (uint32_t s = 0; s < custval_migration_steps(migration); s++) {
        const custval__step *const step = &migration->steps[s];
        if (step->newcomers[state] + step->unknown[state] + step->unknown_in[state] > 0) return 0;
        for (uint32_t k = 0; k < migration->count; k++) {
            if (step->moved[(size_t)state * migration->count + k] > 0) return 0;
            if (step->moved[(size_t)k * migration->count + state] > 0) return 0;
        }
    }
    return 1;
}

/* What a state does next in which no customer was. */
static custval_status fill_empty(const custval_migration *migration, uint32_t state, double *counts, double *row,
                                 int is_idle, custval_error *error) {
    const uint32_t n = migration->count;
    double all = 0.0;
    for (uint32_t k = 0; k < n; k++) row[k] = k == state ? 1.0 : 0.0;
    if (is_idle || migration->empty == CUSTVAL_EMPTY_STAY) return CUSTVAL_OK;
    if (migration->empty != CUSTVAL_EMPTY_POOLED) {
        return custval__fail(
            error, CUSTVAL_ERROR_STATE,
            "no customer was in state \"%.*s\" before a step; say what such a state does next (`empty`: "
            "stay or pooled)",
            80, migration->names[state]);
    }
    for (uint32_t k = 0; k < n; k++) all += counts[k];
    if (!(all > 0.0)) return custval__fail(error, CUSTVAL_ERROR_STATE, "no customer was in any state before a step");
    for (uint32_t k = 0; k < n; k++) row[k] = counts[k] / all;
    return CUSTVAL_OK;
}

/* Counts are below 2^43: their sums are exact in doubles. */
custval_status custval__migration_chances(const custval_migration *migration, uint32_t step, const double *newcomers,
                                          double *out, custval_error *error) {
    const uint32_t n = migration->count;
    double pooled[CUSTVAL_MAX_STATES] = {0.0};
    for (uint32_t i = 0; i < n; i++) {
        for (uint32_t k = 0; k < n; k++) {
            out[(size_t)i * n + k] = (double)custval__migration_moved(migration, step, i, k);
            pooled[k] += out[(size_t)i * n + k];
        }
    }
    for (uint32_t i = 0; i < n; i++) {
        double *const row = out + (size_t)i * n, sum = 0.0;
        for (uint32_t k = 0; k < n; k++) sum += row[k];
        if (!(sum > 0.0)) {
            const int is_idle = custval__migration_is_idle(migration, i) && (newcomers == NULL || newcomers[i] == 0.0);
            CUSTVAL__TRY(fill_empty(migration, i, pooled, row, is_idle, error));
        }
        for (uint32_t k = 0; k < n && sum > 0.0; k++) row[k] /= sum;
    }
    return CUSTVAL_OK;
}

void custval__migration_now(const custval_migration *migration, double *customers) {
    uint64_t counts[CUSTVAL_MAX_STATES] = {0};
    for (size_t i = 0; i < custval__migration_customers(migration); i++) {
        if (migration->now[i] < migration->count) counts[migration->now[i]]++;
    }
    for (uint32_t i = 0; i < migration->count; i++) customers[i] = (double)counts[i];
}

/* ---- The matrix ----------------------------------------------------------------------------------------------------- */

static custval_status fill_matrix(const custval_migration *migration, const double *cells, custval_table *result,
                                  custval_error *error) {
    const uint32_t n = migration->count;
    custval_text names[CUSTVAL_MAX_STATES] = {{NULL, 0}};
    char name[CUSTVAL_MAX_TEXT_LENGTH];
    for (uint32_t i = 0; i < n; i++) names[i] = (custval_text){migration->names[i], strlen(migration->names[i])};
    CUSTVAL__TRY(custval__result_add_texts(result, "from", names, error));
    for (uint32_t k = 0; k < n; k++) {
        double *to;
        custval__format(name, sizeof name, "to_%s", migration->names[k]);
        CUSTVAL__TRY(custval__result_add_doubles(result, name, &to, error));
        for (uint32_t i = 0; i < n; i++) to[i] = cells[(size_t)i * n + k];
    }
    custval__result_finish(result);
    return CUSTVAL_OK;
}

static custval_status make_matrix(const custval_migration *migration, uint32_t step, uint32_t what, double *cells,
                                  custval_table **out, custval_error *error) {
    const uint32_t n = migration->count;
    if (what == CUSTVAL_MATRIX_PROBABILITIES) {
        CUSTVAL__TRY(custval__migration_chances(migration, step, NULL, cells, error));
    } else {
        for (uint32_t i = 0; i < n; i++) {
            for (uint32_t k = 0; k < n; k++) {
                cells[(size_t)i * n + k] = (double)custval__migration_moved(migration, step, i, k);
            }
        }
    }
    CUSTVAL__TRY(custval__result_new(&migration->host, n, out, error));
    return fill_matrix(migration, cells, *out, error);
}

custval_status custval_migration_matrix(const custval_migration *migration, uint32_t step, uint32_t what,
                                        custval_table **out, custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    if (migration == NULL) return custval__fail_null(error, "migration");
    CUSTVAL__TRY(custval__migration_check_step(migration, step, error));
    if (what != CUSTVAL_MATRIX_COUNTS && what != CUSTVAL_MATRIX_PROBABILITIES) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "matrix %u is none; it is 1 (counts) or 2 (probabilities)",
                             (unsigned)what);
    }
    const size_t n = migration->count;
    double *const cells = custval__alloc(&migration->host, n * n, sizeof *cells);
    if (cells == NULL) return custval__fail_memory(error);
    const custval_status status = make_matrix(migration, step, what, cells, out, error);
    custval__free(&migration->host, cells);
    if (status != CUSTVAL_OK) {
        custval_table_free(*out);
        *out = NULL;
    }
    return status;
}

/* ---- Flows ---------------------------------------------------------------------------------------------------------- */

enum {
    BEFORE,
    STAYED,
    UPGRADED,
    DOWNGRADED,
    LOST,
    UNKNOWN,
    AFTER,
    UPGRADED_IN,
    DOWNGRADED_IN,
    RETURNED,
    NEWCOMERS,
    UNKNOWN_IN,
    NET,
    FLOWS
};
static const char *const flow_names[FLOWS] = {"before",    "stayed",     "upgraded",    "downgraded",    "lost",
                                              "unknown",   "after",      "upgraded_in", "downgraded_in", "returned",
                                              "newcomers", "unknown_in", "net"};

/* Where a state stands: the absent one is the lowest. */
static uint32_t height(const custval_migration *migration, uint32_t state) {
    return state + 1 == migration->count ? 0 : state + 1;
}

static void take_pair(const custval_migration *migration, uint32_t step, uint32_t from, uint32_t to,
                      double *const *row) {
    const double moved = (double)custval__migration_moved(migration, step, from, to);
    const uint32_t absent = migration->count - 1;
    const int is_up = height(migration, to) > height(migration, from);
    row[BEFORE][from] += moved;
    row[AFTER][to] += moved;
    row[from == to ? STAYED : is_up ? UPGRADED : to == absent ? LOST : DOWNGRADED][from] += moved;
    if (from != to) row[from == absent ? RETURNED : is_up ? UPGRADED_IN : DOWNGRADED_IN][to] += moved;
}

static void fill_flows(const custval_migration *migration, uint32_t step, double *const *row) {
    const uint32_t n = migration->count;
    for (uint32_t i = 0; i < n; i++) {
        for (uint32_t k = 0; k < n; k++) take_pair(migration, step, i, k, row);
        for (uint32_t s = first_step(step); s < end_step(migration, step); s++) {
            const custval__step *const one = &migration->steps[s];
            row[NEWCOMERS][i] += one->newcomers[i];
            row[UNKNOWN][i] += one->unknown[i];
            row[UNKNOWN_IN][i] += one->unknown_in[i];
        }
        row[BEFORE][i] += row[UNKNOWN][i];
        row[AFTER][i] += row[NEWCOMERS][i] + row[UNKNOWN_IN][i];
    }
    /* Row n: all states but the absent one. AFTER is whole only once every state has been from. */
    for (uint32_t i = 0; i < n; i++) row[NET][i] = row[AFTER][i] - row[BEFORE][i];
    for (uint32_t i = 0; i + 1 < n; i++) {
        for (size_t f = 0; f < FLOWS; f++) row[f][n] += row[f][i];
    }
}

static custval_status make_flows(const custval_migration *migration, uint32_t step, custval_table *result,
                                 custval_error *error) {
    const uint32_t n = migration->count;
    custval_text names[CUSTVAL_MAX_STATES + 1];
    double *row[FLOWS];
    for (uint32_t i = 0; i < n; i++) names[i] = (custval_text){migration->names[i], strlen(migration->names[i])};
    names[n] = (custval_text){"all", 3};
    CUSTVAL__TRY(custval__result_add_texts(result, "state", names, error));
    for (size_t f = 0; f < FLOWS; f++) {
        CUSTVAL__TRY(custval__result_add_doubles(result, flow_names[f], &row[f], error));
        for (uint32_t i = 0; i <= n; i++) row[f][i] = 0.0;
    }
    fill_flows(migration, step, row);
    custval__result_finish(result);
    return CUSTVAL_OK;
}

custval_status custval_migration_flows(const custval_migration *migration, uint32_t step, custval_table **out,
                                       custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    if (migration == NULL) return custval__fail_null(error, "migration");
    CUSTVAL__TRY(custval__migration_check_step(migration, step, error));
    CUSTVAL__TRY(custval__result_new(&migration->host, (size_t)migration->count + 1, out, error));
    const custval_status status = make_flows(migration, step, *out, error);
    if (status != CUSTVAL_OK) {
        custval_table_free(*out);
        *out = NULL;
    }
    return status;
}
