/* The steady state of a migration's chain: closed classes, the shares within each, and who ends in which. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../base/linear.h"
#include "../base/maths.h"
#include "../base/options.h"
#include "../table/table.h"
#include "migration.h"

#define NO_CLASS UINT32_MAX
#define IDLE (UINT32_MAX - 1)

typedef struct chain {
    custval__arena arena;
    const custval_migration *migration;
    uint32_t n, words;    /* of 64 bits in a row of `reach` */
    double *chances;      /* [from][to] */
    uint64_t *reach;      /* [from] bits of the states that can be reached */
    uint32_t *class_of;   /* [state] its closed class, or NO_CLASS */
    double *start, *mass; /* [state] customers now; [class] customers that end in it */
    double *shares;       /* [state] within its class, then of all */
    double total;         /* customers */
    custval_steady_facts facts;
} chain;

static custval_status allocate(chain *in, custval_error *error) {
    const size_t n = in->n;
    in->words = (in->n + 63) / 64;
    in->chances = custval__arena_alloc(&in->arena, n * n, sizeof *in->chances);
    in->reach = custval__arena_alloc(&in->arena, n * in->words, sizeof *in->reach);
    in->class_of = custval__arena_alloc(&in->arena, n, sizeof *in->class_of);
    in->start = custval__arena_alloc(&in->arena, n, sizeof *in->start);
    in->mass = custval__arena_alloc(&in->arena, n, sizeof *in->mass);
    in->shares = custval__arena_alloc(&in->arena, n, sizeof *in->shares);
    const int is_done = in->chances != NULL && in->reach != NULL && in->class_of != NULL && in->start != NULL &&
                        in->mass != NULL && in->shares != NULL;
    return is_done ? CUSTVAL_OK : custval__fail_memory(error);
}

static double chance(const chain *in, uint32_t from, uint32_t to) {
    return in->chances[(size_t)from * in->n + to];
}

/* ---- Classes -------------------------------------------------------------------------------------------------------- */

static int reaches(const chain *in, uint32_t from, uint32_t to) {
    return (int)(in->reach[(size_t)from * in->words + to / 64] >> to % 64 & 1);
}

/* Warshall's closure, 64 states at a time. Every state reaches itself. */
static void find_reach(chain *in) {
    for (uint32_t i = 0; i < in->n; i++) {
        for (uint32_t k = 0; k < in->n; k++) {
            if (i == k || chance(in, i, k) > 0.0) in->reach[(size_t)i * in->words + k / 64] |= UINT64_C(1) << k % 64;
        }
    }
    for (uint32_t via = 0; via < in->n; via++) {
        for (uint32_t i = 0; i < in->n; i++) {
            if (!reaches(in, i, via)) continue;
            for (uint32_t w = 0; w < in->words; w++) {
                in->reach[(size_t)i * in->words + w] |= in->reach[(size_t)via * in->words + w];
            }
        }
    }
}

/* A state is in a closed class if whatever it reaches reaches it. Classes are numbered by their first states. An idle
   state is in none, and nobody passes through it. */
static void find_classes(chain *in) {
    for (uint32_t i = 0; i < in->n; i++) {
        int is_closed = 1;
        in->class_of[i] = NO_CLASS;
        if (custval__migration_is_idle(in->migration, i)) {
            in->class_of[i] = IDLE;
            continue;
        }
        for (uint32_t k = 0; k < in->n; k++) is_closed &= !reaches(in, i, k) || reaches(in, k, i);
        if (!is_closed) {
            in->facts.passing++;
            continue;
        }
        for (uint32_t k = 0; k < i && in->class_of[i] == NO_CLASS; k++) {
            if (reaches(in, i, k)) in->class_of[i] = in->class_of[k];
        }
        if (in->class_of[i] != NO_CLASS) continue;
        in->class_of[i] = in->facts.closed++;
        in->facts.absorbing += chance(in, i, i) == 1.0;
    }
}

static uint32_t members_of(const chain *in, uint32_t class, uint32_t *members) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < in->n; i++) {
        if (in->class_of[i] == class) members[count++] = i;
    }
    return count;
}

static uint32_t divisor(uint32_t a, uint32_t b) {
    while (b != 0) {
        const uint32_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* The greatest common divisor of the lengths of all ways back: of level(i) + 1 - level(k) over all steps i to k. */
static uint32_t period_of(const chain *in, const uint32_t *members, uint32_t count, uint32_t *level, uint32_t *queue) {
    uint32_t head = 0, tail = 0, period = 0;
    for (uint32_t i = 0; i < count; i++) level[members[i]] = UINT32_MAX;
    level[members[0]] = 0;
    queue[tail++] = members[0];
    for (; head < tail; head++) {
        const uint32_t i = queue[head];
        for (uint32_t m = 0; m < count; m++) {
            const uint32_t k = members[m];
            if (!(chance(in, i, k) > 0.0)) continue;
            if (level[k] == UINT32_MAX) {
                level[k] = level[i] + 1;
                queue[tail++] = k;
            }
            period = divisor(period, level[i] + 1 > level[k] ? level[i] + 1 - level[k] : level[k] - level[i] - 1);
        }
    }
    return period;
}

/* ---- Shares within a class ------------------------------------------------------------------------------------------ */

/* Elimination without subtraction: states are taken out from the last one on, then come back. */
static custval_status solve_class(chain *in, const uint32_t *members, uint32_t count, double *a, custval_error *error) {
    double sum = 1.0;
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t k = 0; k < count; k++) a[(size_t)i * count + k] = chance(in, members[i], members[k]);
    }
    for (uint32_t s = count - 1; s > 0; s--) {
        double leaving = 0.0;
        for (uint32_t k = 0; k < s; k++) leaving += a[(size_t)s * count + k];
        if (!(leaving > 0.0)) {
            return custval__fail(error, CUSTVAL_ERROR_STATE, "the chain hardly ever moves: it has no steady state");
        }
        for (uint32_t i = 0; i < s; i++) {
            double *const row = a + (size_t)i * count;
            row[s] /= leaving;
            for (uint32_t k = 0; k < s; k++) row[k] += row[s] * a[(size_t)s * count + k];
        }
    }
    in->shares[members[0]] = 1.0;
    for (uint32_t s = 1; s < count; s++) {
        double share = 0.0;
        for (uint32_t i = 0; i < s; i++) share += in->shares[members[i]] * a[(size_t)i * count + s];
        in->shares[members[s]] = share;
        sum += share;
    }
    for (uint32_t s = 0; s < count; s++) in->shares[members[s]] /= sum;
    return CUSTVAL_OK;
}

static custval_status solve_classes(chain *in, custval_error *error) {
    uint32_t *const members = custval__arena_alloc(&in->arena, in->n, 3 * sizeof *members);
    double *const room = custval__arena_alloc(&in->arena, (size_t)in->n * in->n, sizeof *room);
    if (members == NULL || room == NULL) return custval__fail_memory(error);
    for (uint32_t class = 0; class < in->facts.closed; class ++) {
        const uint32_t count = members_of(in, class, members);
        const uint32_t period = period_of(in, members, count, members + in->n, members + 2 * (size_t)in->n);
        if (period > in->facts.period) in->facts.period = period;
        CUSTVAL__TRY(solve_class(in, members, count, room, error));
    }
    return CUSTVAL_OK;
}

/* ---- Who ends in which class ---------------------------------------------------------------------------------------- */

/* Visits v of the states that are passed through: v (I - Q) = start. Its diagonal is the chance of leaving, without the
   cancellation of 1 - P(stay). */
static custval_status pass_through(chain *in, custval_error *error) {
    const uint32_t count = in->facts.passing;
    uint32_t *const passing = custval__arena_alloc(&in->arena, in->n, sizeof *passing);
    double *const matrix = custval__arena_alloc(&in->arena, (size_t)count * count, sizeof *matrix);
    double *const visits = custval__arena_alloc(&in->arena, count, sizeof *visits);
    if (passing == NULL || matrix == NULL || visits == NULL) return custval__fail_memory(error);
    (void)members_of(in, NO_CLASS, passing);
    for (uint32_t i = 0; i < count; i++) {
        double leaving = 0.0;
        for (uint32_t k = 0; k < in->n; k++) leaving += k == passing[i] ? 0.0 : chance(in, passing[i], k);
        for (uint32_t k = 0; k < count; k++) {
            matrix[(size_t)k * count + i] = i == k ? leaving : -chance(in, passing[i], passing[k]);
        }
        visits[i] = in->start[passing[i]];
    }
    if (count > 0 && !custval__linear_solve(matrix, count, visits)) {
        return custval__fail(error, CUSTVAL_ERROR_STATE, "the chain hardly ever ends: it has no steady state");
    }
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t k = 0; k < in->n; k++) {
            if (in->class_of[k] < IDLE) in->mass[in->class_of[k]] += visits[i] * chance(in, passing[i], k);
        }
    }
    return CUSTVAL_OK;
}

static custval_status spread(chain *in, custval_error *error) {
    custval__migration_now(in->migration, in->start);
    double ending = 0.0;
    for (uint32_t i = 0; i < in->n; i++) {
        in->total += in->start[i];
        if (in->class_of[i] < IDLE) in->mass[in->class_of[i]] += in->start[i];
    }
    if (!(in->total > 0.0)) {
        return custval__fail(error, CUSTVAL_ERROR_STATE, "no customer has a state in the last period");
    }
    CUSTVAL__TRY(pass_through(in, error));
    for (uint32_t class = 0; class < in->facts.closed; class ++) ending += in->mass[class];
    for (uint32_t i = 0; i < in->n; i++) {
        if (in->class_of[i] < IDLE) in->shares[i] *= in->mass[in->class_of[i]] / ending;
    }
    return CUSTVAL_OK;
}

/* ---- The call ------------------------------------------------------------------------------------------------------- */

static custval_status fill(chain *in, custval_table *result, custval_error *error) {
    custval_text names[CUSTVAL_MAX_STATES];
    double *classes, *absorbing, *shares, *customers;
    for (uint32_t i = 0; i < in->n; i++) {
        names[i] = (custval_text){in->migration->names[i], strlen(in->migration->names[i])};
    }
    CUSTVAL__TRY(custval__result_add_texts(result, "state", names, error));
    CUSTVAL__TRY(custval__result_add_doubles(result, "class", &classes, error));
    CUSTVAL__TRY(custval__result_add_doubles(result, "absorbing", &absorbing, error));
    CUSTVAL__TRY(custval__result_add_doubles(result, "share", &shares, error));
    CUSTVAL__TRY(custval__result_add_doubles(result, "customers", &customers, error));
    for (uint32_t i = 0; i < in->n; i++) {
        classes[i] = in->class_of[i] < IDLE ? (double)in->class_of[i] : (double)NAN;
        absorbing[i] = in->class_of[i] < IDLE && chance(in, i, i) == 1.0 ? 1.0 : 0.0;
        shares[i] = in->shares[i];
        customers[i] = in->shares[i] * in->total;
    }
    custval__result_finish(result);
    return CUSTVAL_OK;
}

static custval_status find_end(chain *in, custval_table **out, custval_error *error) {
    CUSTVAL__TRY(allocate(in, error));
    CUSTVAL__TRY(custval__migration_chances(in->migration, CUSTVAL_ALL_STEPS, NULL, in->chances, error));
    find_reach(in);
    find_classes(in);
    CUSTVAL__TRY(solve_classes(in, error));
    CUSTVAL__TRY(spread(in, error));
    CUSTVAL__TRY(custval__result_new(&in->migration->host, in->n, out, error));
    return fill(in, *out, error);
}

custval_status custval_migration_steady(const custval_migration *migration, custval_steady_facts *facts,
                                        custval_table **out, custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    if (migration == NULL) return custval__fail_null(error, "migration");
    CUSTVAL__TRY(custval__migration_check_step(migration, CUSTVAL_ALL_STEPS, error));
    chain in = {.migration = migration, .n = migration->count, .facts = CUSTVAL_STEADY_FACTS_INIT};
    custval__arena_init(&in.arena, &migration->host);
    custval_status status = find_end(&in, out, error);
    custval__arena_free(&in.arena);
    if (status == CUSTVAL_OK && facts != NULL) {
        status =
            custval__struct_write(facts, &in.facts, sizeof in.facts, sizeof in.facts, "custval_steady_facts", error);
    }
    if (status != CUSTVAL_OK) {
        custval_table_free(*out);
        *out = NULL;
    }
    return status;
}
