/* Two sets of weights: mixing them, and comparing what is stated with what is derived. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <float.h>
#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "../base/maths.h"
#include "../base/options.h"
#include "../table/table.h"
#include "weights.h"

typedef struct pair {
    custval_host host;
    const custval_weights *first, *second;
    size_t *match; /* [criterion of the first] its index in the second */
    size_t count;
    double *a, *b;   /* columns: shares in the first and in the second */
    double rounding; /* shares that differ by less are equal: making them add up to 1 may move one by that much */
} pair;

static custval_status match(const custval_host *host, const custval_weights *first, const custval_weights *second,
                            pair *out, custval_error *error) {
    CUSTVAL__TRY(custval__host_read(&out->host, host, error));
    out->first = first;
    out->second = second;
    out->count = custval_weights_count(first);
    out->rounding = (double)out->count * DBL_EPSILON;
    return custval__weights_match(&out->host, first, second, &out->match, error);
}

static void fill_shares(const pair *of) {
    for (size_t i = 0; i < of->count; i++) {
        of->a[i] = custval_weights_share(of->first, i);
        of->b[i] = custval_weights_share(of->second, of->match[i]);
    }
}

/* ---- Mixing -------------------------------------------------------------------------------------------------------- */

static double distance_of(const pair *of) {
    custval__sum sum = {0.0, 0.0};
    for (size_t i = 0; i < of->count; i++) custval__sum_add(&sum, fabs(of->a[i] - of->b[i]));
    return fmin(custval__sum_value(&sum) / 2.0, 1.0);
}

/* Pearson's correlation; NaN where all weights of a set are equal. The mean share is 1 / count. */
static double correlation_of(const pair *of) {
    const double mean = 1.0 / (double)of->count;
    custval__sum aa = {0.0, 0.0}, bb = {0.0, 0.0}, ab = {0.0, 0.0};
    double most_a = 0.0, most_b = 0.0;
    for (size_t i = 0; i < of->count; i++) {
        const double a = of->a[i] - mean, b = of->b[i] - mean;
        most_a = fmax(most_a, fabs(a));
        most_b = fmax(most_b, fabs(b));
        custval__sum_add(&aa, a * a);
        custval__sum_add(&bb, b * b);
        custval__sum_add(&ab, a * b);
    }
    if (most_a <= of->rounding || most_b <= of->rounding) return (double)NAN;
    const double r = custval__sum_value(&ab) / (sqrt(custval__sum_value(&aa)) * sqrt(custval__sum_value(&bb)));
    return fmax(fmin(r, 1.0), -1.0);
}

static custval_status mix(pair *of, const custval_mix_options *options, custval_weights *weights,
                          custval_error *error) {
    const double share = options->share;
    double *numbers = custval__weights_numbers(weights);
    CUSTVAL__TRY(custval__weights_column(weights, "first", &of->a, error));
    CUSTVAL__TRY(custval__weights_column(weights, "second", &of->b, error));
    fill_shares(of);
    for (size_t i = 0; i < of->count; i++) {
        numbers[i] = options->mixing == CUSTVAL_MIXING_ARITHMETIC
                         ? share * of->a[i] + (1.0 - share) * of->b[i]
                         : custval__pow(of->a[i], share) * custval__pow(of->b[i], 1.0 - share);
    }
    CUSTVAL__TRY(custval__weights_diagnose(weights, "share", share, error));
    CUSTVAL__TRY(custval__weights_diagnose(weights, "correlation", correlation_of(of), error));
    CUSTVAL__TRY(custval__weights_diagnose(weights, "distance", distance_of(of), error));
    return custval__weights_finish(weights, error);
}

static custval_status mix_new(pair *of, const custval_mix_options *options, custval_weights **out,
                              custval_error *error) {
    custval_weights *weights = NULL;
    const char **names = custval__alloc(&of->host, of->count, sizeof *names);
    if (names == NULL) return custval__fail_memory(error);
    for (size_t i = 0; i < of->count; i++) names[i] = custval_weights_name(of->first, i);
    custval_status status = custval__weights_new(
        &of->host, names, of->count,
        options->mixing == CUSTVAL_MIXING_ARITHMETIC ? "mix-arithmetic" : "mix-multiplicative", &weights, error);
    if (status == CUSTVAL_OK) status = mix(of, options, weights, error);
    custval__free(&of->host, names);
    return custval__weights_give(weights, status, out);
}

static custval_status check_options(custval_mix_options *options, custval_error *error) {
    if (options->mixing == 0) options->mixing = CUSTVAL_MIXING_ARITHMETIC;
    if (custval_word(CUSTVAL_WORDS_MIXING, options->mixing) == NULL) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "there is no way of mixing %u", (unsigned)options->mixing);
    }
    if (options->reserved != 0) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "reserved is %u, it must be 0",
                             (unsigned)options->reserved);
    }
    if (options->share >= 0.0 && options->share <= 1.0) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_RANGE, "share %g lies outside 0..1", options->share);
}

custval_status custval_weights_mix(const custval_host *host, const custval_weights *first,
                                   const custval_weights *second, const custval_mix_options *options,
                                   custval_weights **out, custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    if (first == NULL) return custval__fail_null(error, "first");
    if (second == NULL) return custval__fail_null(error, "second");
    custval_mix_options read = CUSTVAL_MIX_OPTIONS_INIT;
    CUSTVAL__TRY(
        custval__struct_read(&read, sizeof read, sizeof(custval_mix_options), options, "custval_mix_options", error));
    CUSTVAL__TRY(check_options(&read, error));
    pair of = {.match = NULL};
    CUSTVAL__TRY(match(host, first, second, &of, error));
    const custval_status status = mix_new(&of, &read, out, error);
    custval__free(&of.host, of.match);
    return status;
}

/* ---- Comparing ----------------------------------------------------------------------------------------------------- */

/* 1 is the highest; equal shares take the mean of their ranks. */
static void rank(const double *shares, size_t count, double rounding, double *ranks) {
    for (size_t i = 0; i < count; i++) {
        size_t higher = 0, equal = 0;
        for (size_t k = 0; k < count; k++) {
            const double lead = shares[k] - shares[i];
            higher += lead > rounding;
            equal += fabs(lead) <= rounding;
        }
        ranks[i] = (double)higher + ((double)equal + 1.0) / 2.0;
    }
}

static custval_text class_of(int is_stated, int is_derived) {
    static const custval_text classes[2][2] = {{{"minor", 5}, {"hidden", 6}}, {{"expected", 8}, {"key", 3}}};
    return classes[is_stated][is_derived];
}

/* `texts` has room for one per criterion. */
static custval_status compare(pair *of, custval_text *texts, custval_table *table, custval_error *error) {
    double *difference = NULL, *stated_rank = NULL, *derived_rank = NULL;
    for (size_t i = 0; i < of->count; i++) {
        const char *name = custval_weights_name(of->first, i);
        texts[i] = (custval_text){name, strlen(name)};
    }
    CUSTVAL__TRY(custval__result_add_texts(table, "name", texts, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "stated", &of->a, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "derived", &of->b, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "difference", &difference, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "stated_rank", &stated_rank, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "derived_rank", &derived_rank, error));
    fill_shares(of);
    rank(of->a, of->count, of->rounding, stated_rank);
    rank(of->b, of->count, of->rounding, derived_rank);
    const double least = 1.0 / (double)of->count - of->rounding;
    for (size_t i = 0; i < of->count; i++) {
        difference[i] = of->b[i] - of->a[i];
        texts[i] = class_of(of->a[i] >= least, of->b[i] >= least);
    }
    CUSTVAL__TRY(custval__result_add_texts(table, "class", texts, error));
    custval__result_finish(table);
    return CUSTVAL_OK;
}

static custval_status compare_new(pair *of, custval_table **out, custval_error *error) {
    custval_text *texts = custval__alloc(&of->host, of->count, sizeof *texts);
    if (texts == NULL) return custval__fail_memory(error);
    custval_table *table = NULL;
    custval_status status = custval__result_new(&of->host, of->count, &table, error);
    if (status == CUSTVAL_OK) status = compare(of, texts, table, error);
    custval__free(&of->host, texts);
    return custval__result_give(table, status, out);
}

custval_status custval_weights_compare(const custval_host *host, const custval_weights *stated,
                                       const custval_weights *derived, custval_table **out, custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    if (stated == NULL) return custval__fail_null(error, "stated");
    if (derived == NULL) return custval__fail_null(error, "derived");
    pair of = {.match = NULL};
    CUSTVAL__TRY(match(host, stated, derived, &of, error));
    const custval_status status = compare_new(&of, out, error);
    custval__free(&of.host, of.match);
    return status;
}
