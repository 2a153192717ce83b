/* When the money of a horizon comes, and what it is worth today. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "cash.h"

#include <math.h>

#include "../base/error.h"
#include "../base/maths.h"
#include "../base/special.h"

static custval_status check_times(const custval__cash_terms *terms, custval_error *error) {
    double last = 0.0;
    for (size_t i = 0; i < terms->time_count; i++) {
        if (!(terms->times[i] > last && isfinite(terms->times[i]))) {
            return custval__fail(error, CUSTVAL_ERROR_RANGE,
                                 "cash_times[%zu] is %g, but cash times ascend from above 0 and are finite", i,
                                 terms->times[i]);
        }
        last = terms->times[i];
    }
    if (terms->time_count <= CUSTVAL__CASH_PERIODS) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_RANGE, "there are %zu cash_times, but must be at most %zu",
                         terms->time_count, CUSTVAL__CASH_PERIODS);
}

custval_status custval__cash_check(const custval__cash_terms *terms, custval_error *error) {
    if (terms->timing < CUSTVAL_TIMING_END || terms->timing > CUSTVAL_TIMING_BEGIN) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "timing is %u, which is no custval_timing",
                             (unsigned)terms->timing);
    }
    if (!(terms->period > 0.0 && isfinite(terms->period))) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "cash_period is %g, but must be above 0 and finite",
                             terms->period);
    }
    if (!(terms->rate_period > 0.0 && isfinite(terms->rate_period))) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "rate_period is %g, but must be above 0 and finite",
                             terms->rate_period);
    }
    for (size_t i = 0; i < terms->rate_count; i++) {
        if (terms->rates[i] > -1.0 && isfinite(terms->rates[i])) continue;
        if (terms->rate_count == 1) {
            return custval__fail(error, CUSTVAL_ERROR_RANGE, "rate is %g, but must be above -1 and finite",
                                 terms->rates[0]);
        }
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "rate %zu is %g, but must be above -1 and finite", i,
                             terms->rates[i]);
    }
    return check_times(terms, error);
}

double custval__cash_log_discount(const custval__cash_terms *terms, double t) {
    const double periods = t / terms->rate_period;
    const size_t last = terms->rate_count - 1;
    double log_growth = 0.0;
    size_t k = 0;
    for (; k < last && (double)k + 1.0 <= periods; k++) log_growth += custval__log1p(terms->rates[k]);
    return -(log_growth + (periods - (double)k) * custval__log1p(terms->rates[k]));
}

size_t custval__cash_count(const custval__cash_terms *terms, double horizon) {
    if (terms->times != NULL) return terms->time_count;
    const double periods = horizon / terms->period;
    if (!(periods <= (double)CUSTVAL__CASH_PERIODS)) return CUSTVAL__CASH_PERIODS + 1;
    /* 1.2 / 0.1 is 12 periods, although the quotient of these doubles may lie a little above it. */
    const double nearest = floor(periods + 0.5);
    if (fabs(periods - nearest) <= 4e-16 * nearest) return (size_t)nearest;
    return (size_t)floor(periods) + 1;
}

static double end_of(const custval__cash_terms *terms, size_t k) {
    return terms->times != NULL ? terms->times[k] : ((double)k + 1.0) * terms->period;
}

static double discount(const custval__cash_terms *terms, double begin, double end) {
    const double t = terms->timing == CUSTVAL_TIMING_END     ? end
                     : terms->timing == CUSTVAL_TIMING_BEGIN ? begin
                                                             : begin + (end - begin) / 2.0;
    return custval__exp(custval__cash_log_discount(terms, t));
}

void custval__cash_fill(const custval__cash_terms *terms, size_t from, size_t to, double *ends, double *discounts) {
    for (size_t k = from; k < to; k++) {
        ends[k] = end_of(terms, k);
        discounts[k] = discount(terms, k > 0 ? ends[k - 1] : 0.0, ends[k]);
    }
}

void custval__cash_cut(const custval__cash_terms *terms, double horizon, size_t count, double *ends,
                       double *discounts) {
    ends[count - 1] = horizon;
    discounts[count - 1] = discount(terms, count > 1 ? ends[count - 2] : 0.0, horizon);
}
