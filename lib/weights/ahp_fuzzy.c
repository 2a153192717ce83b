/* Fuzzy weights from triangular judgements. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "ahp_fuzzy.h"

#include <math.h>

#include "../base/error.h"
#include "../base/maths.h"

/* One judgement of one member: the criterion `row` over `column` is from low to high times as important. */
typedef struct judgement {
    size_t member, row, column;
    double low, middle, high;
} judgement;

static judgement judgement_at(const custval__judges *judges, size_t member, size_t row, size_t column) {
    const size_t at = (member * judges->given.count + row) * judges->given.count + column;
    return (judgement){
        member, row, column, judges->given.lower[at], judges->given.matrices[at], judges->given.upper[at]};
}

/* ---- Checking -------------------------------------------------------------------------------------------------------- */

static custval_status refuse(const custval__judges *judges, const judgement *it, custval_status status, const char *why,
                             custval_error *error) {
    const char *const *names = judges->given.names;
    char room[CUSTVAL__MEMBER_ROOM];
    return custval__fail(error, status, "member \"%s\": \"%s\" over \"%s\" is (%g, %g, %g), but %s",
                         custval__judges_member(judges, it->member, room), names[it->row], names[it->column], it->low,
                         it->middle, it->high, why);
}

static int is_in_range(double x) {
    return x >= CUSTVAL__JUDGEMENT_LEAST && x <= CUSTVAL__JUDGEMENT_MOST;
}

static int is_given(double x, double reciprocal) {
    return !isnan(x) && !isnan(reciprocal);
}

static custval_status check(const custval__judges *judges, const judgement *it, const judgement *reverse,
                            custval_error *error) {
    if (!is_in_range(it->low) || !is_in_range(it->middle) || !is_in_range(it->high)) {
        return refuse(judges, it, CUSTVAL_ERROR_RANGE, "all three must be " CUSTVAL__JUDGEMENT_RANGE, error);
    }
    if (it->low > it->middle || it->middle > it->high) {
        return refuse(judges, it, CUSTVAL_ERROR_RANGE, "its ends are out of order", error);
    }
    const double ends[3][2] = {{it->low, reverse->high}, {it->middle, reverse->middle}, {it->high, reverse->low}};
    for (size_t k = 0; k < 3; k++) {
        if (!is_given(ends[k][0], ends[k][1])) continue;
        if (fabs(ends[k][0] * ends[k][1] - 1.0) <= CUSTVAL__RECIPROCAL_WITHIN) continue;
        return refuse(judges, it, CUSTVAL_ERROR_RANGE, "the judgement in the other direction is not reciprocal", error);
    }
    return CUSTVAL_OK;
}

// As for crisp judgements: the direction with the larger middle counts.
static custval_status read(const custval__judges *judges, size_t member, size_t i, size_t j, judgement *out,
                           custval_error *error) {
    const judgement above = judgement_at(judges, member, i, j), below = judgement_at(judges, member, j, i);
    const int is_above = above.middle >= below.middle || isnan(below.middle);
    *out = is_above ? above : below;
    if (isnan(out->middle)) {
        return refuse(judges, out, CUSTVAL_ERROR_UNSUPPORTED, "fuzzy judgements must be complete", error);
    }
    return check(judges, out, is_above ? &below : &above, error);
}

static custval_status check_diagonal(const custval__judges *judges, size_t member, size_t i, custval_error *error) {
    const judgement own = judgement_at(judges, member, i, i);
    if (own.low == 1.0 && own.middle == 1.0 && own.high == 1.0) return CUSTVAL_OK;
    return refuse(judges, &own, CUSTVAL_ERROR_RANGE, "must be 1", error);
}

/* ---- Row geometric means --------------------------------------------------------------------------------------------- */

static void add(const judgement *it, double weight, double *low, double *middle, double *high) {
    const double logs[3] = {weight * custval__log(it->low), weight * custval__log(it->middle),
                            weight * custval__log(it->high)};
    low[it->row] += logs[0];
    middle[it->row] += logs[1];
    high[it->row] += logs[2];
    low[it->column] -= logs[2];
    middle[it->column] -= logs[1];
    high[it->column] -= logs[0];
}

static double means(double *sums, size_t n, double total) {
    double sum = 0.0;
    for (size_t i = 0; i < n; i++) {
        sums[i] = custval__exp(sums[i] / ((double)n * total));
        sum += sums[i];
    }
    return sum;
}

custval_status custval__fuzzy_weights(const custval__judges *judges, double *low, double *middle, double *high,
                                      double *scratch, custval_error *error) {
    const size_t n = judges->given.count;
    double *lows = scratch, *middles = lows + n, *highs = middles + n, total = 0.0;
    for (size_t i = 0; i < 3 * n; i++) scratch[i] = 0.0;
    for (size_t member = 0; member < judges->given.members; member++) {
        const double weight = custval__judges_weight(judges, member);
        for (size_t i = 0; i < n; i++) {
            CUSTVAL__TRY(check_diagonal(judges, member, i, error));
            for (size_t j = i + 1; j < n; j++) {
                judgement it;
                CUSTVAL__TRY(read(judges, member, i, j, &it, error));
                add(&it, weight, lows, middles, highs);
            }
        }
        total += weight;
    }
    const double sum_low = means(lows, n, total), sum_middle = means(middles, n, total),
                 sum_high = means(highs, n, total);
    for (size_t i = 0; i < n; i++) {
        low[i] = lows[i] / sum_high;
        middle[i] = middles[i] / sum_middle;
        high[i] = highs[i] / sum_low;
    }
    return CUSTVAL_OK;
}
