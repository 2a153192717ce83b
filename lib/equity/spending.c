/* The best spending on acquisition and retention, where shares answer with ceiling (1 - exp(-efficiency spend)). */
/* SPDX-License-Identifier: Apache-2.0 */
#include <custval/equity.h>

#include <math.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../base/maths.h"
#include "../base/special.h"

static custval_status check_response(const custval_response *response, custval_error *error) {
    if (response == NULL) return custval__fail_null(error, "response");
    if (!(response->ceiling > 0.0 && response->ceiling <= 1.0)) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "ceiling is %g, but must be above 0 and at most 1",
                             response->ceiling);
    }
    if (response->efficiency > 0.0 && isfinite(response->efficiency)) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_RANGE, "efficiency is %g, but must be above 0 and finite",
                         response->efficiency);
}

static double share_of(const custval_response *response, double spend) {
    return response->ceiling * -custval__expm1(-response->efficiency * spend);
}

/* The point of [low, high] where a function that is above 0 before it and below 0 after it changes sign. */
static double crossing(double (*at)(const void *subject, double spend), const void *subject, double low, double high) {
    for (;;) {
        const double middle = 0.5 * low + 0.5 * high;
        if (!(middle > low && middle < high)) return low;
        if (at(subject, middle) > 0.0) {
            low = middle;
        } else {
            high = middle;
        }
    }
}

typedef struct trade {
    custval_response response;
    double value, rate;
} trade;

static double left_over(const void *subject, double spend) {
    const trade *const in = subject;
    return share_of(&in->response, spend) * in->value - spend;
}

/* Where more spending takes as much as it brings. Slope of (margin r - s) / (1 + d - r), but for a factor above 0. */
static double slope_of_retention(const void *subject, double spend) {
    const trade *const in = subject;
    const double up = 1.0 + in->rate, falling = custval__exp(-in->response.efficiency * spend);
    return in->response.ceiling * in->response.efficiency * falling * (in->value * up - spend) -
           (up - in->response.ceiling * (1.0 - falling));
}

/* Spending pays if the first unit of money brings more than itself. Beyond ceiling x value nothing can be left. */
static int pays(const trade *in) {
    return in->response.ceiling * in->response.efficiency * in->value > 1.0;
}

static custval_status give(const custval_spending *result, custval_spending *out, custval_error *error) {
    if (!isfinite(result->spend) || !isfinite(result->value) || !isfinite(result->allowable)) {
        return custval__fail(error, CUSTVAL_ERROR_NOT_FINITE, "the result is too large for a double");
    }
    *out = *result;
    return CUSTVAL_OK;
}

custval_status custval_acquisition_optimum(const custval_response *response, double value, custval_spending *out,
                                           custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    CUSTVAL__TRY(check_response(response, error));
    if (!isfinite(value)) return custval__fail(error, CUSTVAL_ERROR_NOT_FINITE, "value is %g", value);
    const trade in = {*response, value, 0.0};
    custval_spending best = {0.0, 0.0, 0.0, 0.0};
    if (!pays(&in)) return give(&best, out, error);
    best.spend = custval__log(response->ceiling * response->efficiency * value) / response->efficiency;
    best.share = share_of(response, best.spend);
    best.value = left_over(&in, best.spend);
    best.allowable = crossing(left_over, &in, best.spend, response->ceiling * value);
    return give(&best, out, error);
}

custval_status custval_retention_optimum(const custval_response *response, double margin, double rate,
                                         custval_spending *out, custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    CUSTVAL__TRY(check_response(response, error));
    if (!isfinite(margin)) return custval__fail(error, CUSTVAL_ERROR_NOT_FINITE, "margin is %g", margin);
    if (!(rate >= 0.0 && isfinite(rate)) || (rate == 0.0 && response->ceiling == 1.0)) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE,
                             "rate is %g, but must be 0 or more, and above 0 with a ceiling of 1", rate);
    }
    const trade in = {*response, margin, rate};
    custval_spending best = {0.0, 0.0, 0.0, 0.0};
    if (!pays(&in)) return give(&best, out, error);
    best.spend = crossing(slope_of_retention, &in, 0.0, margin * (1.0 + rate));
    best.share = share_of(response, best.spend);
    best.value = left_over(&in, best.spend) / (1.0 + rate - best.share);
    best.allowable = crossing(left_over, &in, best.spend, response->ceiling * margin);
    return give(&best, out, error);
}
