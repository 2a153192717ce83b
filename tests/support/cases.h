/* Cases of a file of vectors as tests: one function for all of them, or one for each. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_TESTS_CASES_H
#define CUSTVAL_TESTS_CASES_H

#include "support.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef void (*case_function)(const json_t *test);

typedef struct named_case {
    const char *id;
    case_function run;
} named_case;

/* Runs every case of tests/vectors/<file>, each a test by its id. Gives what main() returns. */
int cases_run_all(const char *group, const char *file, case_function run);

/* Runs the cases that have a function; a function without a case fails. That every case has a function somewhere is
   what tests/vectors/answered.py sees to. */
int cases_run_named(const char *group, const char *file, const named_case *named, size_t count);

#ifdef __cplusplus
}
#endif
#endif
