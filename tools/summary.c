/* Summary of a run of scoring: moments, a histogram, agreement with a stated value. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "summary.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- Moments ----------------------------------------------------------------------------------------------------- */

moments moments_of(const double *numbers, size_t count) {
    moments of = {0, 0.0, 0.0, 0.0, 0.0};
    double sum = 0.0;
    for (size_t i = 0; i < count; i++) {
        if (isnan(numbers[i])) continue;
        if (of.count == 0 || numbers[i] < of.least) of.least = numbers[i];
        if (of.count == 0 || numbers[i] > of.most) of.most = numbers[i];
        sum += numbers[i];
        of.count++;
    }
    if (of.count == 0) return of;
    of.mean = sum / (double)of.count;
    for (size_t i = 0; i < count; i++) {
        const double away = isnan(numbers[i]) ? 0.0 : numbers[i] - of.mean;
        of.squares += away * away;
    }
    return of;
}

void moments_merge(moments *to, const moments *more) {
    if (more->count == 0) return;
    if (to->count == 0) {
        *to = *more;
        return;
    }
    const double all = (double)(to->count + more->count), share = (double)more->count / all;
    const double apart = more->mean - to->mean;
    to->squares += more->squares + apart * apart * share * (double)to->count;
    to->mean += apart * share;
    to->count += more->count;
    if (more->least < to->least) to->least = more->least;
    if (more->most > to->most) to->most = more->most;
}

double moments_deviation(const moments *of) {
    return of->count < 2 ? (double)NAN : sqrt(of->squares / (double)(of->count - 1));
}

/* ---- Histogram --------------------------------------------------------------------------------------------------- */

histogram histogram_for(uint32_t form) {
    histogram of = {-100.0, 10.0, {0}};
    if (form == CUSTVAL_FORM_INDEX) {
        of.low = 0.0;
        of.width = 5.0;
    } else if (form == CUSTVAL_FORM_RATIO) {
        of.low = 0.0;
        of.width = 0.25;
    }
    return of;
}

static double edge(const histogram *of, size_t bin) {
    return of->low + of->width * (double)bin;
}

/* All edges are exact doubles, so that an edge falls into the bin it begins. */
void histogram_add(histogram *to, const double *numbers, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (isnan(numbers[i])) continue;
        size_t bin = HISTOGRAM_BINS + 1;
        if (numbers[i] < to->low) {
            bin = 0;
        } else if (numbers[i] < edge(to, HISTOGRAM_BINS)) {
            size_t guess = (size_t)((numbers[i] - to->low) / to->width);
            if (numbers[i] < edge(to, guess)) guess--;
            bin = guess + (numbers[i] >= edge(to, guess + 1)) + 1;
        }
        to->counts[bin]++;
    }
}

void histogram_merge(histogram *to, const histogram *more) {
    for (size_t i = 0; i < HISTOGRAM_BINS + 2; i++) to->counts[i] += more->counts[i];
}

/* ---- All together ------------------------------------------------------------------------------------------------ */

void summary_init(summary *of, uint32_t form) {
    memset(of, 0, sizeof *of);
    of->rows.struct_size = sizeof of->rows;
    for (size_t bit = 0; bit < CUSTVAL_ROW_BITS; bit++) of->rows.first[bit] = SIZE_MAX;
    of->values = histogram_for(form);
}

static void merge_rows(custval_row_summary *to, const custval_row_summary *more) {
    for (size_t bit = 0; bit < CUSTVAL_ROW_BITS; bit++) {
        if (to->first[bit] == SIZE_MAX && more->first[bit] != SIZE_MAX) to->first[bit] = to->rows + more->first[bit];
        to->count[bit] += more->count[bit];
    }
    to->rows += more->rows;
    to->scored += more->scored;
    to->marked += more->marked;
}

void summary_merge(summary *to, const summary *more) {
    merge_rows(&to->rows, &more->rows);
    for (size_t i = 0; i < SUMMARY_MOMENTS; i++) moments_merge(&to->scores[i], &more->scores[i]);
    histogram_merge(&to->values, &more->values);
}

/* ---- Agreement --------------------------------------------------------------------------------------------------- */

void agreement_add(agreement *to, const double *computed, const double *stated, size_t count) {
    if (to->capacity - to->count < count) {
        to->capacity = to->capacity * 2 > to->count + count ? to->capacity * 2 : to->count + count;
        to->computed = memory_resize(to->computed, to->capacity, sizeof(double));
        to->stated = memory_resize(to->stated, to->capacity, sizeof(double));
    }
    for (size_t i = 0; i < count; i++) {
        if (isnan(computed[i]) || isnan(stated[i])) continue;
        to->computed[to->count] = computed[i];
        to->stated[to->count++] = stated[i];
    }
}

static double correlation(const double *a, const double *b, size_t count) {
    const moments of_a = moments_of(a, count), of_b = moments_of(b, count);
    double products = 0.0;
    for (size_t i = 0; i < count; i++) products += (a[i] - of_a.mean) * (b[i] - of_b.mean);
    if (count < 2 || of_a.least == of_a.most || of_b.least == of_b.most) return (double)NAN;
    const double result = products / (sqrt(of_a.squares) * sqrt(of_b.squares));
    return fmax(-1.0, fmin(1.0, result));
}

double agreement_pearson(const agreement *of) {
    return correlation(of->computed, of->stated, of->count);
}

static double *ranks_of(const double *numbers, size_t count) {
    double *const ranks = memory_new(count, sizeof *ranks);
    custval_error error = CUSTVAL_ERROR_INIT;
    if (custval_ranks(NULL, numbers, count, CUSTVAL_TIES_MEAN, ranks, &error) != CUSTVAL_OK) fail_error(NULL, &error);
    return ranks;
}

double agreement_spearman(const agreement *of) {
    double *const computed = ranks_of(of->computed, of->count), *const stated = ranks_of(of->stated, of->count);
    const double result = correlation(computed, stated, of->count);
    free(computed);
    free(stated);
    return result;
}

void agreement_free(agreement *of) {
    free(of->computed);
    free(of->stated);
    *of = (agreement){NULL, NULL, 0, 0};
}
