/* Criteria as callers give them: what each must be. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "criteria.h"

#include <math.h>
#include <string.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../base/text.h"

custval_status custval__criterion_check_name(const char *name, size_t index, custval_error *error) {
    if (name != NULL && name[0] != 0 && custval__utf8_valid(name, strlen(name))) return CUSTVAL_OK;
    const char *what = name == NULL ? "NULL" : name[0] == 0 ? "empty" : "not UTF-8";
    return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "the name of criterion %zu is %s", index + 1, what);
}

static custval_status check_name(const custval_criterion *criteria, size_t index, custval_error *error) {
    const char *name = criteria[index].column;
    CUSTVAL__TRY(custval__criterion_check_name(name, index, error));
    for (size_t i = 0; i < index; i++) {
        if (strcmp(criteria[i].column, name) != 0) continue;
        return custval__fail(error, CUSTVAL_ERROR_DUPLICATE, "criterion \"%s\" is there twice", name);
    }
    return CUSTVAL_OK;
}

static custval_status check_range(const custval_criterion *criterion, custval_error *error) {
    const double low = criterion->low, high = criterion->high;
    const char *what = NULL;
    if (!custval__criterion_has_range(criterion)) return CUSTVAL_OK;
    if (!isfinite(low) || !isfinite(high)) {
        what = "is not finite";
    } else if (!(low < high)) {
        what = "is empty";
    } else if (!isfinite(high - low) || !isfinite(low + high)) {
        what = "is too wide for a double";
    }
    if (what == NULL) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_RANGE, "criterion \"%s\": range %g to %g %s", criterion->column, low,
                         high, what);
}

custval_status custval__criteria_check(const custval_criterion *criteria, size_t count, custval_error *error) {
    if (criteria == NULL) return custval__fail_null(error, "criteria");
    if (count == 0) return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "there are no criteria");
    if (count > CUSTVAL_MAX_CRITERIA) {
        return custval__fail(error, CUSTVAL_ERROR_LIMIT, "%zu criteria are more than %d", count, CUSTVAL_MAX_CRITERIA);
    }
    for (size_t i = 0; i < count; i++) {
        const custval_criterion *criterion = &criteria[i];
        CUSTVAL__TRY(check_name(criteria, i, error));
        if (criterion->side > CUSTVAL_SIDE_SACRIFICE) {
            return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "criterion \"%s\": side %u is unknown",
                                 criterion->column, (unsigned)criterion->side);
        }
        if (criterion->reserved != 0) {
            return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "criterion \"%s\": reserved is %u, but must be 0",
                                 criterion->column, (unsigned)criterion->reserved);
        }
        CUSTVAL__TRY(check_range(criterion, error));
    }
    return CUSTVAL_OK;
}
