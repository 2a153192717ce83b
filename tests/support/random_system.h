/* Random systems and random tables for them: every feature, every kind of bad answer. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_TESTS_RANDOM_SYSTEM_H
#define CUSTVAL_TESTS_RANDOM_SYSTEM_H

#include <custval/custval.h>

#include "support.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What a random system may contain; bits. */
enum random_feature {
    RANDOM_AGGREGATORS = 1, /* other than the mean */
    RANDOM_CURVES = 2,      /* other than the scale */
    RANDOM_FRAMES = 4,      /* profiles and contexts */
    RANDOM_IMPORTANCES = 8, /* weight columns */
    RANDOM_RULES = 16,      /* gates, overrides, derived nodes */
    RANDOM_POLICIES = 32,   /* missing and out-of-scale policies other than the default */
    RANDOM_ALL = 63
};

/* Date to score with: about half of the overrides have expired. */
#define RANDOM_AS_OF "2026-06-30"

/* Never NULL: a draft that cannot be built is drawn again. custval_system_free() it. */
custval_system *random_system(support_random *random, uint32_t features);

/* Every column that the system reads, as different types; about one cell in ten is missing, out of scale, infinite or
   unknown, unless `clean`, in which all answers are valid and none is missing. custval_table_free() it. */
custval_table *random_table(support_random *random, const custval_system *system, size_t rows, int clean);

#ifdef __cplusplus
}
#endif
#endif
