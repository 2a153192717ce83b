/* Criteria as callers give them: columns to be summarised, weighed or ranked. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_SUMMARY_CRITERIA_H
#define CUSTVAL_SUMMARY_CRITERIA_H

#include <stddef.h>

#include <custval/weights.h>

/* Checks the name of the criterion of an index: text, and not empty. */
custval_status custval__criterion_check_name(const char *name, size_t index, custval_error *error);

/* Checks everything about criteria but their weights: their number, names, sides and ranges. */
custval_status custval__criteria_check(const custval_criterion *criteria, size_t count, custval_error *error);

static inline int custval__criterion_has_range(const custval_criterion *criterion) {
    return criterion->low != 0.0 || criterion->high != 0.0;
}

/* Whether a number lies in the declared range, if there is one, or beyond it by no more than rounding does: the score of
   top answers may be 100.00000000000001. NaN does. */
static inline int custval__criterion_holds(const custval_criterion *criterion, double x) {
    if (!custval__criterion_has_range(criterion)) return 1;
    const double slack = 1e-12 * (criterion->high - criterion->low);
    return !(x < criterion->low - slack || x > criterion->high + slack);
}

#endif
