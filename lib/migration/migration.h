/* Migrations inside the library: customers' states now, and the counts of every step. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_MIGRATION_MIGRATION_H
#define CUSTVAL_MIGRATION_MIGRATION_H

#include <stdint.h>

#include <custval/migration.h>

#include "../base/memory.h"
#include "../history/keys.h"

/* Counts of one step, in one block. States are numbered from the lowest, the absent one is the last. */
typedef struct custval__step {
    uint32_t *moved;      /* [from][to] */
    uint32_t *newcomers;  /* [to] */
    uint32_t *unknown;    /* [from] whose next state is not known */
    uint32_t *unknown_in; /* [to] whose state before was not known */
} custval__step;

struct custval_migration {
    custval_host host;    /* whole */
    custval__arena arena; /* names */
    const char **names;   /* [state] */
    const char *id, *state;
    uint32_t count; /* of states, the absent one included */
    uint32_t empty; /* a custval_empty_state */
    uint32_t periods;
    custval__keys words; /* the states but the absent one, numbered alike */
    /* Customers have numbers: those of their keys in the order of appearance; or, where the keys are integers that lie close
       together, their distance from `low`, up to `span`: then there are no keys, and nothing needs to be looked up. */
    custval__keys keys;
    int is_dense;
    int64_t low;
    size_t span;
    uint16_t *now; /* [customer] state in the last period, CUSTVAL__UNKNOWN_STATE, or CUSTVAL__NEVER_SEEN */
    custval__step *steps;
    size_t step_capacity;
};

#define CUSTVAL__UNKNOWN_STATE ((uint16_t)UINT16_MAX)
#define CUSTVAL__NEVER_SEEN ((uint16_t)(UINT16_MAX - 1))
#define CUSTVAL__PERIODS_MOST 1024

/* Numbers of customers that `now` has. */
static inline size_t custval__migration_customers(const custval_migration *migration) {
    return migration->is_dense ? migration->span : migration->keys.count;
}

/* Makes room for a period with so many rows, whose keys are integers from `low` to `high` (rows 0: of no matter): goes on
   without keys if they lie close together with all before, or makes keys. No customer is changed; also after a failure,
   CUSTVAL_ERROR_MEMORY or CUSTVAL_ERROR_LIMIT without a message. */
custval_status custval__migration_lay_out(custval_migration *migration, int64_t low, int64_t high, size_t rows);

/* Customers in each state in the last period. */
void custval__migration_now(const custval_migration *migration, double *customers);

/* Checks that there is such a step. */
custval_status custval__migration_check_step(const custval_migration *migration, uint32_t step, custval_error *error);

/* Who went from a state to another in a step, or in all of them. */
uint64_t custval__migration_moved(const custval_migration *migration, uint32_t step, uint32_t from, uint32_t to);

/* Nobody was ever in it, before a step or after one. */
int custval__migration_is_idle(const custval_migration *migration, uint32_t state);

/* Probabilities of a step, or of all of them: states x states. A state that is idle, and has no newcomers (NULL: none has),
   stays. */
custval_status custval__migration_chances(const custval_migration *migration, uint32_t step, const double *newcomers,
                                          double *out, custval_error *error);

#endif
