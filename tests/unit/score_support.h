/* What tests of scoring share: options for everything there is, and the numbers of a result. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_TESTS_SCORE_SUPPORT_H
#define CUSTVAL_TESTS_SCORE_SUPPORT_H

#include <custval/custval.h>

#include "random_system.h"
#include "support.h"

#define ALL_LEVELS (2 * CUSTVAL_LEVEL_TAG - 1)

static inline custval_score_options everything(void) {
    custval_score_options options = CUSTVAL_SCORE_OPTIONS_INIT;
    options.as_of = RANDOM_AS_OF;
    options.levels = ALL_LEVELS;
    options.coverage = CUSTVAL_COVERAGE_ALL;
    return options;
}

static inline const double *doubles_of(const custval_table *table, size_t column) {
    custval_column memory = CUSTVAL_COLUMN_INIT;
    assert_ok(custval_table_column(table, column, &memory, NULL), NULL);
    return memory.data;
}

#endif
