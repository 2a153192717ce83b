/* Summary of a run of scoring: moments, a histogram, agreement with a stated value. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_TOOLS_SUMMARY_H
#define CUSTVAL_TOOLS_SUMMARY_H

#include <stddef.h>
#include <stdint.h>

#include <custval/custval.h>

#include "tool.h"

/* Count, mean, sum of squared deviations and range of what is not missing. Starts as zeros. */
typedef struct moments {
    uint64_t count;
    double mean, squares, least, most;
} moments;

moments moments_of(const double *numbers, size_t count);
/* Chan, Golub & LeVeque (1979): as if the numbers of both had been read in one go, up to rounding. */
void moments_merge(moments *to, const moments *more);
double moments_deviation(const moments *of); /* standard deviation, n - 1; NaN below two */

/* Half-open intervals of equal width, and one at either end for what lies beyond. */
#define HISTOGRAM_BINS 20
typedef struct histogram {
    double low, width;
    uint64_t counts[HISTOGRAM_BINS + 2]; /* below, bins, at or above the end */
} histogram;

histogram histogram_for(uint32_t form); /* over the range of that form's values */
void histogram_add(histogram *to, const double *numbers, size_t count);
void histogram_merge(histogram *to, const histogram *more);

#define SUMMARY_MOMENTS 4 /* value, benefit, sacrifice, coverage */

/* Of one block or of all blocks so far; blocks are merged in order, so that no thread count changes a bit. */
typedef struct summary {
    custval_row_summary rows;
    moments scores[SUMMARY_MOMENTS];
    histogram values;
} summary;

void summary_init(summary *of, uint32_t form);
void summary_merge(summary *to, const summary *more);

/* Pairs of computed and stated values; those without one of them are left out. Starts as zeros. */
typedef struct agreement {
    double *computed, *stated;
    size_t count, capacity;
} agreement;

void agreement_add(agreement *to, const double *computed, const double *stated, size_t count);
double agreement_pearson(const agreement *of);  /* NaN if one of the two does not vary */
double agreement_spearman(const agreement *of); /* ties share the mean of their ranks */
void agreement_free(agreement *of);

/* Writes all of it for people, or as a table with a name and a number per row. `stated` is NULL without agreement. */
void summary_print(const summary *of, const char *const names[SUMMARY_MOMENTS], const agreement *agrees,
                   const char *stated, int format, buffer *to);
/* "3 out-of-scale, 1 missing": the counts of these bits of the status. */
void summary_counts(const custval_row_summary *rows, uint32_t bits, char *out, size_t capacity);

#endif
