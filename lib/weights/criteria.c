/* Criteria as callers give them: what each must be. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "criteria.h"

#include <math.h>
#include <string.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../base/text.h"

static custval_status check_name(const char *name, size_t index, custval_error *error) {
    const char *what = name == NULL ? "NULL" : name[0] == 0 ? "empty" : "not UTF-8";
    if (name != NULL && name[0] != 0 && custval__utf8_valid(name, strlen(name))) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "the column of criterion %zu is %s", index + 1, what);
}

static custval_status check_one(const custval_criterion *criterion, custval_error *error) {
    const char *name = criterion->column;
    if (criterion->side > CUSTVAL_SIDE_SACRIFICE) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "criterion \"%s\": there is no side %u", name,
                             (unsigned)criterion->side);
    }
    if (criterion->reserved != 0) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "criterion \"%s\": reserved is %u, but must be 0", name,
                             (unsigned)criterion->reserved);
    }
    if (!custval__criterion_has_range(criterion)) return CUSTVAL_OK;
    // A width beyond all doubles could not be divided by.
    if (criterion->low < criterion->high && isfinite(criterion->high - criterion->low)) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_RANGE, "criterion \"%s\": %g to %g is no range", name, criterion->low,
                         criterion->high);
}

custval_status custval__criteria_check(const custval_criterion *criteria, size_t count, custval_error *error) {
    if (criteria == NULL) return custval__fail_null(error, "criteria");
    if (count == 0) return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "there are no criteria");
    if (count > CUSTVAL_MAX_CRITERIA) {
        return custval__fail(error, CUSTVAL_ERROR_LIMIT, "%zu criteria are more than %d", count, CUSTVAL_MAX_CRITERIA);
    }
    for (size_t i = 0; i < count; i++) {
        CUSTVAL__TRY(check_name(criteria[i].column, i, error));
        CUSTVAL__TRY(check_one(&criteria[i], error));
        for (size_t k = 0; k < i; k++) {
            if (strcmp(criteria[i].column, criteria[k].column) != 0) continue;
            return custval__fail(error, CUSTVAL_ERROR_DUPLICATE, "criterion \"%s\" is there twice", criteria[i].column);
        }
    }
    return CUSTVAL_OK;
}
