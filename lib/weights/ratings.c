/* Weights that people state: plain numbers, points, swings, ratio ratings. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <float.h>
#include <math.h>

#include "../base/error.h"
#include "../base/maths.h"
#include "../base/options.h"
#include "weights.h"

typedef struct rating {
    const double *ratings;
    size_t count;
    custval_rating_options options;
    custval_weights *weights;
    custval_error *error;
} rating;

static custval_status check_ratings(const rating *from, const char *const *names) {
    for (size_t i = 0; i < from->count; i++) {
        if (from->ratings[i] >= 0.0 && isfinite(from->ratings[i])) continue;
        return custval__fail(from->error, CUSTVAL_ERROR_WEIGHT, "criterion \"%s\": rating %g is %s", names[i],
                             from->ratings[i], isfinite(from->ratings[i]) ? "negative" : "not finite");
    }
    return CUSTVAL_OK;
}

static custval_status check_widths(const rating *from, const char *const *names, const char *what,
                                   const double *widths) {
    for (size_t i = 0; widths != NULL && i < from->count; i++) {
        if (widths[i] > 0.0 && isfinite(widths[i])) continue;
        return custval__fail(from->error, CUSTVAL_ERROR_RANGE, "criterion \"%s\": %s %g must be above 0 and finite",
                             names[i], what, widths[i]);
    }
    return CUSTVAL_OK;
}

static custval_status check_ranges(const rating *from, const char *const *names) {
    const custval_rating_options *options = &from->options;
    if (options->range_judged == NULL && options->range_in_use == NULL) return CUSTVAL_OK;
    if (options->rating != CUSTVAL_RATING_SWING) {
        return custval__fail(from->error, CUSTVAL_ERROR_ARGUMENT, "ranges are for swings, not for ratings \"%s\"",
                             custval_word(CUSTVAL_WORDS_RATING, options->rating));
    }
    if (options->range_judged == NULL || options->range_in_use == NULL) {
        return custval__fail(from->error, CUSTVAL_ERROR_ARGUMENT,
                             "%s is NULL: swings need the ranges judged and those in use, or neither",
                             options->range_judged == NULL ? "range_judged" : "range_in_use");
    }
    CUSTVAL__TRY(check_widths(from, names, "range_judged", options->range_judged));
    return check_widths(from, names, "range_in_use", options->range_in_use);
}

/* What the method asks of the numbers and people forget: a remark, because the proportions may still be meant. */
static custval_status remark(const rating *from) {
    custval__sum sum = {0.0, 0.0};
    double low = from->ratings[0], high = from->ratings[0];
    for (size_t i = 0; i < from->count; i++) {
        custval__sum_add(&sum, from->ratings[i]);
        low = fmin(low, from->ratings[i]);
        high = fmax(high, from->ratings[i]);
    }
    const double total = custval__sum_value(&sum);
    switch (from->options.rating) {
    case CUSTVAL_RATING_POINTS: /* tenths and the like are not exact */
        if (fabs(total - 100.0) <= 100.0 * DBL_EPSILON * (double)from->count) return CUSTVAL_OK;
        return custval__weights_note(from->weights, "not-100", NULL, from->error, "the points add up to %g, not to 100",
                                     total);
    case CUSTVAL_RATING_SWING:
        if (high == 100.0) return CUSTVAL_OK;
        return custval__weights_note(from->weights, "no-100", NULL, from->error,
                                     "the largest swing is rated %g; the method rates it 100", high);
    case CUSTVAL_RATING_SMART:
        if (low == 10.0) return CUSTVAL_OK;
        return custval__weights_note(from->weights, "no-10", NULL, from->error,
                                     "the least important criterion is rated %g; the method rates it 10", low);
    default: return CUSTVAL_OK;
    }
}

static custval_status fill(rating *from) {
    double *column = NULL, *numbers = custval__weights_numbers(from->weights);
    CUSTVAL__TRY(custval__weights_column(from->weights, "rating", &column, from->error));
    const double *judged = from->options.range_judged, *in_use = from->options.range_in_use;
    for (size_t i = 0; i < from->count; i++) {
        column[i] = from->ratings[i];
        numbers[i] = judged == NULL ? from->ratings[i] : from->ratings[i] * (in_use[i] / judged[i]);
    }
    CUSTVAL__TRY(remark(from));
    return custval__weights_finish(from->weights, from->error);
}

custval_status custval_weights_ratings(const custval_host *host, const char *const *names, const double *ratings,
                                       size_t count, const custval_rating_options *options, custval_weights **out,
                                       custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    custval_host whole;
    CUSTVAL__TRY(custval__host_read(&whole, host, error));
    rating from = {ratings, count, CUSTVAL_RATING_OPTIONS_INIT, NULL, error};
    CUSTVAL__TRY(custval__struct_read(&from.options, sizeof from.options, sizeof(custval_rating_options), options,
                                      "custval_rating_options", error));
    if (from.options.rating == 0) from.options.rating = CUSTVAL_RATING_STATED;
    const char *method = custval_word(CUSTVAL_WORDS_RATING, from.options.rating);
    if (method == NULL) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "there is no rating %u", (unsigned)from.options.rating);
    }
    if (from.options.reserved != 0) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "reserved is %u, it must be 0",
                             (unsigned)from.options.reserved);
    }
    if (ratings == NULL) return custval__fail_null(error, "ratings");
    custval_status status = custval__weights_new(&whole, names, count, method, &from.weights, error);
    if (status == CUSTVAL_OK) status = check_ratings(&from, names);
    if (status == CUSTVAL_OK) status = check_ranges(&from, names);
    if (status == CUSTVAL_OK) status = fill(&from);
    return custval__weights_give(from.weights, status, out);
}
