/* Normalising columns for a ranking, so that they can be added: higher is better. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "../base/error.h"
#include "../base/maths.h"
#include "../summary/criteria.h"
#include "rank.h"

static int is_sacrifice(const custval__rank_column *column) {
    return column->given->side == CUSTVAL_SIDE_SACRIFICE;
}

/* ---- Looking at a column ----------------------------------------------------------------------------------------- */

static void find_range(const custval__ranking *ranking, const double *numbers, custval__rank_column *column) {
    column->seen_low = column->seen_high = (double)NAN;
    for (size_t i = 0; i < ranking->rows; i++) {
        if (!ranking->counts[i]) continue;
        if (!(numbers[i] >= column->seen_low)) column->seen_low = numbers[i];
        if (!(numbers[i] <= column->seen_high)) column->seen_high = numbers[i];
    }
    const int is_declared = custval__criterion_has_range(column->given);
    column->low = is_declared ? column->given->low : column->seen_low;
    column->high = is_declared ? column->given->high : column->seen_high;
    int exponent = 0;
    frexp(fmax(fabs(column->seen_low), fabs(column->seen_high)), &exponent);
    column->unit = ldexp(0.5, exponent);
}

// A column that is the same in all rows counts as one of ones would, so that it needs to be neither positive nor wide.
static void find_constant(const custval__ranking *ranking, custval__rank_column *column) {
    const double vector = 1.0 / sqrt((double)ranking->counted);
    column->is_constant = column->seen_low == column->seen_high;
    switch (ranking->options.normalisation) {
    case CUSTVAL_NORMALISATION_VECTOR: column->constant = is_sacrifice(column) ? 1.0 - vector : vector; break;
    case CUSTVAL_NORMALISATION_MAXIMUM: column->constant = 1.0; break;
    case CUSTVAL_NORMALISATION_SUM: column->constant = 1.0 / (double)ranking->counted; break;
    case CUSTVAL_NORMALISATION_RANGE:
        column->constant = 1.0;
        if (custval__criterion_has_range(column->given)) column->is_constant = 0;
        break;
    default: column->is_constant = 0; break;
    }
}

// What is divided by a largest number or a sum is a ratio: it has no meaning below 0, and none at 0 where it divides.
static custval_status check_ratios(const custval__ranking *ranking, const double *numbers,
                                   const custval__rank_column *column, custval_error *error) {
    const int needs_more = is_sacrifice(column);
    if (needs_more ? column->seen_low > 0.0 : column->seen_low >= 0.0) return CUSTVAL_OK;
    size_t row = 0;
    while (!ranking->counts[row] || numbers[row] != column->seen_low) row++;
    return custval__fail_at(error, CUSTVAL_ERROR_RANGE, CUSTVAL_NONE, row,
                            "row %zu: column \"%s\" is %g, but normalisation \"%s\" takes only %s", row,
                            column->given->column, column->seen_low,
                            custval_word(CUSTVAL_WORDS_NORMALISATION, ranking->options.normalisation),
                            needs_more ? "sacrifices above 0" : "numbers of at least 0");
}

static void find_total(const custval__ranking *ranking, const double *numbers, custval__rank_column *column) {
    const int is_vector = ranking->options.normalisation == CUSTVAL_NORMALISATION_VECTOR;
    custval__sum sum = {0.0, 0.0};
    for (size_t i = 0; i < ranking->rows; i++) {
        if (!ranking->counts[i]) continue;
        const double x = numbers[i] / column->unit;
        custval__sum_add(&sum, is_vector ? x * x : is_sacrifice(column) ? column->seen_low / numbers[i] : x);
    }
    column->total = is_vector ? sqrt(custval__sum_value(&sum)) : custval__sum_value(&sum);
}

custval_status custval__normalise_prepare(const custval__ranking *ranking, custval__rank_column *column,
                                          custval_error *error) {
    const uint32_t normalisation = ranking->options.normalisation;
    const double *numbers = custval__ranking_numbers(ranking, column);
    if (normalisation == CUSTVAL_NORMALISATION_NONE && is_sacrifice(column) &&
        !custval__criterion_has_range(column->given)) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE,
                             "criterion \"%s\": a sacrifice that is not normalised needs a declared range",
                             column->given->column);
    }
    if (ranking->counted == 0) {
        column->is_constant = 1;
        column->constant = (double)NAN;
        return CUSTVAL_OK;
    }
    find_range(ranking, numbers, column);
    find_constant(ranking, column);
    if (column->is_constant) return CUSTVAL_OK;
    if (normalisation == CUSTVAL_NORMALISATION_MAXIMUM || normalisation == CUSTVAL_NORMALISATION_SUM) {
        CUSTVAL__TRY(check_ratios(ranking, numbers, column, error));
    }
    if (normalisation == CUSTVAL_NORMALISATION_VECTOR || normalisation == CUSTVAL_NORMALISATION_SUM) {
        find_total(ranking, numbers, column);
    }
    return CUSTVAL_OK;
}

/* ---- Numbers ----------------------------------------------------------------------------------------------------- */

static double share_of_range(const custval__rank_column *column, double x) {
    // Halves, where the width itself would overflow.
    const double unit = isfinite(column->high - column->low) ? 1.0 : 0.5;
    const double low = unit * column->low, high = unit * column->high;
    return (is_sacrifice(column) ? high - unit * x : unit * x - low) / (high - low);
}

double custval__normalise_number(const custval__rank_column *column, uint32_t normalisation, double x) {
    if (column->is_constant) return isnan(x) ? x : column->constant;
    switch (normalisation) {
    case CUSTVAL_NORMALISATION_VECTOR: {
        const double share = x / column->unit / column->total;
        return is_sacrifice(column) ? 1.0 - share : share;
    }
    case CUSTVAL_NORMALISATION_MAXIMUM: return is_sacrifice(column) ? column->seen_low / x : x / column->seen_high;
    case CUSTVAL_NORMALISATION_SUM:
        return (is_sacrifice(column) ? column->seen_low / x : x / column->unit) / column->total;
    case CUSTVAL_NORMALISATION_RANGE: return share_of_range(column, x);
    default: return is_sacrifice(column) ? column->low + (column->high - x) : x;
    }
}

const double *custval__normalise_column(const custval__ranking *ranking, const custval__rank_column *column) {
    const double *numbers = custval__ranking_numbers(ranking, column);
    for (size_t i = 0; i < ranking->rows; i++) {
        ranking->normalised[i] = custval__normalise_number(column, ranking->options.normalisation, numbers[i]);
    }
    return ranking->normalised;
}
