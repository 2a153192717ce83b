/* One system with a bit of everything, and six customers who answered it: for tests of calls rather than of numbers. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_TESTS_SAMPLE_H
#define CUSTVAL_TESTS_SAMPLE_H

#include <custval/custval.h>

#include "support.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Means only, so that custval_target() can be asked; two profiles, a context, two gates, an override, a derived one. */
extern const char sample_document[];
#define SAMPLE_AS_OF "2026-06-30"
#define SAMPLE_ROWS 6

/* custval_system_free() it. */
custval_system *sample_system(void);

/* Rows: 0 as it should be; 1 of the profile "price"; 2 at the "airport"; 3 with holes, an own importance among them; 4
   with an answer outside its scale; 5 judged by a person. custval_table_free() it. */
custval_table *sample_table(void);

/* Options with the date of scoring. */
custval_score_options sample_options(void);

#ifdef __cplusplus
}
#endif
#endif
