/* Formulas of money on single numbers. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <custval/formulas.h>

#include <math.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../base/maths.h"
#include "../base/options.h"
#include "../base/series.h"

#define PERIODS_MOST 1000000

/* ---- What terms must be --------------------------------------------------------------------------------------------- */

static custval_status need_finite(const char *name, double x, custval_error *error) {
    if (isfinite(x)) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_NOT_FINITE, "%s is %g, but must be a finite number", name, x);
}

static custval_status need_at_least(const char *name, double x, double least, custval_error *error) {
    CUSTVAL__TRY(need_finite(name, x, error));
    if (x >= least) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_RANGE, "%s is %g, but must be %g or more", name, x, least);
}

static custval_status need_share(const char *name, double x, custval_error *error) {
    CUSTVAL__TRY(need_finite(name, x, error));
    if (x >= 0.0 && x <= 1.0) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_RANGE, "%s is %g, but must be between 0 and 1", name, x);
}

static custval_status need_rate(double rate, custval_error *error) {
    CUSTVAL__TRY(need_finite("rate", rate, error));
    if (rate > -1.0) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_RANGE, "rate is %g, but must be above -1 (0.1 for 10 %%)", rate);
}

static custval_status need_first(uint32_t first, custval_error *error) {
    if (first == CUSTVAL_FIRST_NOW || first == CUSTVAL_FIRST_NEXT) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_ARGUMENT,
                         "first must be now or next: whether the first margin comes at once, or after a period");
}

static custval_status need_periods(uint32_t periods, custval_error *error) {
    if (periods <= PERIODS_MOST) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_RANGE, "periods is %u, but must be at most %d", (unsigned)periods,
                         PERIODS_MOST);
}

static custval_status give(double result, double *out, custval_error *error) {
    if (!isfinite(result)) {
        return custval__fail(error, CUSTVAL_ERROR_NOT_FINITE, "the result is too large for a double");
    }
    *out = result;
    return CUSTVAL_OK;
}

/* ---- Customers ------------------------------------------------------------------------------------------------------ */

custval_status custval_margin_multiple(const custval_multiple_terms *terms, double *out, custval_error *error) {
    custval_multiple_terms whole = CUSTVAL_MULTIPLE_TERMS_INIT;
    if (out == NULL) return custval__fail_null(error, "out");
    *out = (double)NAN;
    if (terms == NULL) return custval__fail_null(error, "terms");
    CUSTVAL__TRY(custval__struct_read(&whole, sizeof whole, sizeof whole, terms, "custval_multiple_terms", error));
    CUSTVAL__TRY(need_share("retention", whole.retention, error));
    CUSTVAL__TRY(need_rate(whole.rate, error));
    CUSTVAL__TRY(need_at_least("growth", whole.growth, -1.0, error));
    CUSTVAL__TRY(need_first(whole.first, error));
    CUSTVAL__TRY(need_periods(whole.periods, error));
    const double up = 1.0 + whole.rate, kept = whole.retention * (1.0 + whole.growth);
    const double first = whole.first == CUSTVAL_FIRST_NOW ? up : whole.retention;
    if (whole.periods > 0) return give(first / up * custval__series(kept / up, whole.periods), out, error);
    const double gap = (1.0 - kept) + whole.rate; /* up - kept: a small rate is not lost beside 1 */
    if (gap > 0.0) return give(first / gap, out, error);
    return custval__fail(error, CUSTVAL_ERROR_RANGE,
                         "retention x (1 + growth) is %g and must be below 1 + rate, %g: the value has no end; "
                         "state the number of periods",
                         kept, up);
}

custval_status custval_contractual_value(const custval_contract_terms *terms, double *out, custval_error *error) {
    custval_contract_terms whole = CUSTVAL_CONTRACT_TERMS_INIT;
    if (out == NULL) return custval__fail_null(error, "out");
    *out = (double)NAN;
    if (terms == NULL) return custval__fail_null(error, "terms");
    CUSTVAL__TRY(custval__struct_read(&whole, sizeof whole, sizeof whole, terms, "custval_contract_terms", error));
    CUSTVAL__TRY(need_finite("contribution", whole.contribution, error));
    CUSTVAL__TRY(need_finite("cost", whole.cost, error));
    CUSTVAL__TRY(need_share("retention", whole.retention, error));
    CUSTVAL__TRY(need_rate(whole.rate, error));
    CUSTVAL__TRY(need_first(whole.first, error));
    CUSTVAL__TRY(need_periods(whole.periods, error));
    if (whole.cost_timing > CUSTVAL_TIMING_BEGIN) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "there is no timing %u", (unsigned)whole.cost_timing);
    }
    if (whole.reserved != 0) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "reserved is %u, it must be 0", (unsigned)whole.reserved);
    }
    const double up = 1.0 + whole.rate, ratio = whole.retention / up;
    /* Both sums have n terms from ratio^0 on, but for the contribution of t = 0 and for when each is had. */
    const double sum = whole.periods == 0 ? 0.0 : custval__series(ratio, whole.periods);
    const double contributions = whole.first == CUSTVAL_FIRST_NOW ? 1.0 + ratio * sum : ratio * sum;
    const double later = whole.cost_timing == CUSTVAL_TIMING_END     ? 1.0 / up
                         : whole.cost_timing == CUSTVAL_TIMING_BEGIN ? 1.0
                                                                     : 1.0 / sqrt(up);
    return give(whole.contribution * contributions - whole.cost * later * sum, out, error);
}

custval_status custval_active_probability(double last, double period, double purchases, double *out,
                                          custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    *out = (double)NAN;
    CUSTVAL__TRY(need_finite("period", period, error));
    if (!(period > 0.0)) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "period is %g, but must be above 0", period);
    }
    if (!(last >= 0.0 && last <= period)) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "last is %g, but must be between 0 and the period, %g", last,
                             period);
    }
    CUSTVAL__TRY(need_at_least("purchases", purchases, 0.0, error));
    if (purchases != floor(purchases)) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "purchases is %g, but must be a whole number", purchases);
    }
    *out = custval__pow(last / period, purchases);
    return CUSTVAL_OK;
}

/* ---- Flows ---------------------------------------------------------------------------------------------------------- */

/* Sum of flow_k / up^k by Horner's rule. */
static custval_status add_flows(const char *name, const double *flows, size_t count, double up, double *out,
                                custval_error *error) {
    double sum = 0.0;
    if (flows == NULL && count > 0) return custval__fail_null(error, name);
    for (size_t k = count; k > 0; k--) {
        if (!isfinite(flows[k - 1])) {
            return custval__fail(error, CUSTVAL_ERROR_NOT_FINITE, "%s[%zu] is %g, but must be a finite number", name,
                                 k - 1, flows[k - 1]);
        }
        sum = sum / up + flows[k - 1];
    }
    *out = sum;
    return CUSTVAL_OK;
}

custval_status custval_present_value(const double *flows, size_t count, double first, double rate, double *out,
                                     custval_error *error) {
    double sum;
    if (out == NULL) return custval__fail_null(error, "out");
    *out = (double)NAN;
    CUSTVAL__TRY(need_at_least("first", first, 0.0, error));
    CUSTVAL__TRY(need_rate(rate, error));
    CUSTVAL__TRY(add_flows("flows", flows, count, 1.0 + rate, &sum, error));
    return give(sum * custval__pow(1.0 + rate, -first), out, error);
}

custval_status custval_life_cycle_cost(double price, const double *costs, size_t count, double residual, double rate,
                                       double *out, custval_error *error) {
    double sum;
    if (out == NULL) return custval__fail_null(error, "out");
    *out = (double)NAN;
    CUSTVAL__TRY(need_finite("price", price, error));
    CUSTVAL__TRY(need_finite("residual", residual, error));
    CUSTVAL__TRY(need_rate(rate, error));
    CUSTVAL__TRY(add_flows("costs", costs, count, 1.0 + rate, &sum, error));
    const double scrap = residual * custval__pow(1.0 + rate, -(double)count);
    return give(price + sum / (1.0 + rate) - scrap, out, error);
}

custval_status custval_economic_value(const custval_economic_terms *terms, double *out, double *out_inducement,
                                      custval_error *error) {
    custval_economic_terms whole = CUSTVAL_ECONOMIC_TERMS_INIT;
    if (out_inducement != NULL) *out_inducement = (double)NAN;
    if (out == NULL) return custval__fail_null(error, "out");
    *out = (double)NAN;
    if (terms == NULL) return custval__fail_null(error, "terms");
    CUSTVAL__TRY(custval__struct_read(&whole, sizeof whole, sizeof whole, terms, "custval_economic_terms", error));
    CUSTVAL__TRY(need_finite("reference_cost", whole.reference_cost, error));
    CUSTVAL__TRY(need_finite("start_up", whole.start_up, error));
    CUSTVAL__TRY(need_finite("post_purchase", whole.post_purchase, error));
    CUSTVAL__TRY(need_finite("increment", whole.increment, error));
    CUSTVAL__TRY(need_finite("price", whole.price, error));
    const double value = whole.reference_cost - whole.start_up - whole.post_purchase + whole.increment;
    double inducement;
    CUSTVAL__TRY(give(value - whole.price, &inducement, error));
    CUSTVAL__TRY(give(value, out, error));
    if (out_inducement != NULL) *out_inducement = inducement;
    return CUSTVAL_OK;
}

/* ---- Spending ------------------------------------------------------------------------------------------------------- */

custval_status custval_programme_return(double gain, double cost, double *out, custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    *out = (double)NAN;
    CUSTVAL__TRY(need_finite("gain", gain, error));
    CUSTVAL__TRY(need_finite("cost", cost, error));
    if (cost > 0.0) return give((gain - cost) / cost, out, error);
    return custval__fail(error, CUSTVAL_ERROR_RANGE, "cost is %g, but must be above 0", cost);
}

custval_status custval_allowable_spend(double before, double after, double value, double *out, custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    *out = (double)NAN;
    CUSTVAL__TRY(need_share("before", before, error));
    CUSTVAL__TRY(need_share("after", after, error));
    CUSTVAL__TRY(need_finite("value", value, error));
    return give((after - before) * value, out, error);
}
