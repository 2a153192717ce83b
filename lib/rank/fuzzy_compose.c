/* Composing degrees of membership: the operators. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "fuzzy.h"

custval_status custval__fuzzy_check_operation(uint32_t operation, custval_error *error) {
    if (operation <= CUSTVAL_FUZZY_MIN_BOUNDED) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "there is no fuzzy operator %u", (unsigned)operation);
}

void custval__fuzzy_add(uint32_t operation, double weight, const double *degrees, size_t grades, double *out) {
    for (size_t k = 0; k < grades; k++) {
        const double degree = degrees[k];
        switch (operation) {
        case CUSTVAL_FUZZY_MIN_MAX: out[k] = fmax(out[k], fmin(weight, degree)); break;
        case CUSTVAL_FUZZY_PRODUCT_MAX: out[k] = fmax(out[k], weight * degree); break;
        // Bounded after every step: as all are at least 0, the same as after the last.
        case CUSTVAL_FUZZY_MIN_BOUNDED: out[k] = fmin(1.0, out[k] + fmin(weight, degree)); break;
        default: out[k] += weight * degree; break;
        }
    }
}

static custval_status check_row(const double *degrees, double weight, size_t row, size_t grades, custval_error *error) {
    if (!(weight >= 0.0) || !isfinite(weight)) {
        return custval__fail_at(error, CUSTVAL_ERROR_WEIGHT, CUSTVAL_NONE, row, "row %zu: weight %g is %s", row, weight,
                                weight < 0.0 ? "negative" : "not finite");
    }
    for (size_t k = 0; k < grades; k++) {
        if (degrees[k] >= 0.0 && degrees[k] <= 1.0) continue;
        return custval__fail_at(error, CUSTVAL_ERROR_RANGE, CUSTVAL_NONE, row,
                                "row %zu: the degree of grade %zu is %g, but must be 0 to 1", row, k, degrees[k]);
    }
    return CUSTVAL_OK;
}

custval_status custval_fuzzy_compose(const double *degrees, const double *weights, size_t count, size_t grades,
                                     uint32_t operation, double *out, custval_error *error) {
    if (degrees == NULL) return custval__fail_null(error, "degrees");
    if (weights == NULL) return custval__fail_null(error, "weights");
    if (out == NULL) return custval__fail_null(error, "out");
    if (count == 0) return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "there are no rows of degrees");
    if (grades == 0) return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "there are no grades");
    CUSTVAL__TRY(custval__fuzzy_check_operation(operation, error));
    for (size_t i = 0; i < count; i++) CUSTVAL__TRY(check_row(degrees + i * grades, weights[i], i, grades, error));
    for (size_t k = 0; k < grades; k++) out[k] = 0.0;
    for (size_t i = 0; i < count; i++) custval__fuzzy_add(operation, weights[i], degrees + i * grades, grades, out);
    return CUSTVAL_OK;
}
