/* Weights from an order of importance. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "../base/error.h"
#include "../base/maths.h"
#include "../base/options.h"
#include "weights.h"

static const char *method_of(uint32_t ranking) {
    switch (ranking) {
    case CUSTVAL_RANKING_CENTROID: return "rank-order-centroid";
    case CUSTVAL_RANKING_SUM: return "rank-sum";
    case CUSTVAL_RANKING_RECIPROCAL: return "rank-reciprocal";
    case CUSTVAL_RANKING_EXPONENT: return "rank-exponent";
    default: return NULL;
    }
}

/* Weights of the places 1 to count, up to a factor: at most 4096^50, so none overflows. */
static void weigh_places(const custval_ranking_options *options, double *places, size_t count) {
    double reciprocals = 0.0;
    for (size_t place = count; place > 0; place--) {
        const double reciprocal = 1.0 / (double)place, from_below = (double)(count + 1 - place);
        reciprocals += reciprocal; /* smallest first */
        switch (options->ranking) {
        case CUSTVAL_RANKING_CENTROID: places[place - 1] = reciprocals; break;
        case CUSTVAL_RANKING_SUM: places[place - 1] = from_below; break;
        case CUSTVAL_RANKING_RECIPROCAL: places[place - 1] = reciprocal; break;
        default: places[place - 1] = custval__pow(from_below, options->exponent); break;
        }
    }
}

static double mean_of(const double *numbers, size_t count) {
    double sum = 0.0;
    for (size_t i = 0; i < count; i++) sum += numbers[i];
    return sum / (double)count;
}

/* Equal ranks take the places from the first free one on, and share their weights. Returns how many share one. */
static size_t take_places(const double *ranks, size_t count, const double *places, double *numbers, double *column) {
    size_t sharing = 0;
    for (size_t i = 0; i < count; i++) {
        size_t before = 0, equal = 0;
        for (size_t k = 0; k < count; k++) {
            before += ranks[k] < ranks[i];
            equal += ranks[k] == ranks[i];
        }
        numbers[i] = mean_of(places + before, equal);
        column[i] = (double)before + ((double)equal + 1.0) / 2.0;
        sharing += equal > 1;
    }
    return sharing;
}

static custval_status fill(custval_weights *weights, const double *ranks, size_t count,
                           const custval_ranking_options *options, custval_error *error) {
    for (size_t i = 0; i < count; i++) {
        if (isfinite(ranks[i])) continue;
        return custval__fail(error, CUSTVAL_ERROR_NOT_FINITE, "criterion \"%s\": rank %g is not a finite number",
                             custval_weights_name(weights, i), ranks[i]);
    }
    double *column = NULL;
    CUSTVAL__TRY(custval__weights_column(weights, "rank", &column, error));
    double *places = custval__alloc(custval__weights_host(weights), count, sizeof *places);
    if (places == NULL) return custval__fail_memory(error);
    weigh_places(options, places, count);
    const size_t sharing = take_places(ranks, count, places, custval__weights_numbers(weights), column);
    custval__free(custval__weights_host(weights), places);
    if (sharing > 0) {
        CUSTVAL__TRY(custval__weights_note(weights, "ties", NULL, error,
                                           "%zu of %zu criteria have the rank of another: they share the mean weight "
                                           "of their places",
                                           sharing, count));
    }
    return custval__weights_finish(weights, error);
}

static custval_status check_options(custval_ranking_options *options, custval_error *error) {
    if (options->ranking == 0) options->ranking = CUSTVAL_RANKING_CENTROID;
    if (method_of(options->ranking) == NULL) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "there is no ranking %u", (unsigned)options->ranking);
    }
    if (options->reserved != 0) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "reserved is %u, it must be 0",
                             (unsigned)options->reserved);
    }
    if (options->exponent >= 0.0 && options->exponent <= 50.0) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_RANGE, "exponent %g lies outside 0..50", options->exponent);
}

custval_status custval_weights_ranks(const custval_host *host, const char *const *names, const double *ranks,
                                     size_t count, const custval_ranking_options *options, custval_weights **out,
                                     custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    custval_host whole;
    CUSTVAL__TRY(custval__host_read(&whole, host, error));
    custval_ranking_options read = CUSTVAL_RANKING_OPTIONS_INIT;
    CUSTVAL__TRY(custval__struct_read(&read, sizeof read, sizeof(custval_ranking_options), options,
                                      "custval_ranking_options", error));
    CUSTVAL__TRY(check_options(&read, error));
    if (ranks == NULL) return custval__fail_null(error, "ranks");
    custval_weights *weights = NULL;
    custval_status status = custval__weights_new(&whole, names, count, method_of(read.ranking), &weights, error);
    if (status == CUSTVAL_OK) status = fill(weights, ranks, count, &read, error);
    return custval__weights_give(weights, status, out);
}
