/* Tests of the interface about the sample: its system, its answers, its options. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_TESTS_SAMPLED_H
#define CUSTVAL_TESTS_SAMPLED_H

#include "api.h"

typedef struct fixture {
    custval_system *system;
    custval_table *table;
    custval_score_options options;
} fixture;

static fixture *shared;

static inline int set_up(void **state) {
    shared = calloc(1, sizeof *shared);
    if (shared == NULL) return -1;
    shared->system = sample_system();
    shared->table = sample_table();
    shared->options = sample_options();
    *state = shared;
    return 0;
}

static inline int tear_down(void **state) {
    fixture *self = *state;
    custval_system_free(self->system);
    custval_table_free(self->table);
    free(self);
    return 0;
}

#endif
