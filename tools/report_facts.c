/* What a report says of all rows of a table: means, ranges, and how numbers are distributed. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "frame.h"
#include "number_parse.h"
#include "report.h"

/* ---- Bins -------------------------------------------------------------------------------------------------------- */

#define BINS_MOST 24 /* widths of a bin in the range that is shown, which edges cut at both ends */

/* Intervals [edge i, edge i + 1), the last with its upper end, and what lies beyond either end. Rounding may put both ends of
   the widest range beyond an edge that they lie on, so there may be two bins more than widths. */
typedef struct bins {
    double edges[BINS_MOST + 3];
    uint64_t counts[BINS_MOST + 2], below, above;
    size_t count; /* 0: the range is too narrow or too wide for bins */
} bins;

/* The smallest of 1, 2, 2.5 and 5 times a power of ten of which at most BINS_MOST fill the width: decimals that read back as
   themselves, so that edges look as they are. */
static double step_for(double width) {
    static const char *const leading[] = {"1", "2", "2.5", "5"};
    /* The logarithm is a guess from below, whatever its last digit is. */
    for (int power = (int)floor(log10(width / BINS_MOST)) - 1;; power++) {
        for (size_t i = 0; i < sizeof leading / sizeof leading[0]; i++) {
            char text[32];
            double step = 0.0;
            const size_t length = custval__format(text, sizeof text, "%se%d", leading[i], power);
            if (number_parse(text, length, '.', &step) == NUMBER_READ && width <= BINS_MOST * step) return step;
        }
    }
}

static bins bins_between(double low, double high) {
    bins of = {.count = 0};
    const double width = high - low;
    if (!(width > 1e-300) || width > 1e300 || width < 1e-9 * fmax(fabs(low), fabs(high))) return of;
    const double step = step_for(width), first = floor(low / step);
    of.count = (size_t)fmax(1.0, ceil(high / step) - first);
    for (size_t i = 0; i <= of.count; i++) of.edges[i] = (first + (double)i) * step;
    return of;
}

static void count(bins *to, const double *numbers, size_t rows) {
    for (size_t row = 0; row < rows; row++) {
        const double number = numbers[row];
        if (isnan(number)) continue;
        if (number < to->edges[0]) {
            to->below++;
        } else if (number > to->edges[to->count]) {
            to->above++;
        } else {
            size_t bin = 0;
            while (bin + 1 < to->count && number >= to->edges[bin + 1]) bin++;
            to->counts[bin]++;
        }
    }
}

static void write_bins(const bins *of, buffer *to) {
    buffer_text(to, ", \"edges\": [");
    for (size_t i = 0; i <= of->count; i++) {
        if (i > 0) buffer_text(to, ", ");
        json_write_number(to, of->edges[i]);
    }
    buffer_text(to, "], \"counts\": [");
    for (size_t i = 0; i < of->count; i++) {
        buffer_format(to, "%s%llu", i == 0 ? "" : ", ", (unsigned long long)of->counts[i]);
    }
    buffer_format(to, "], \"below\": %llu, \"above\": %llu", (unsigned long long)of->below,
                  (unsigned long long)of->above);
}

/* ---- Facts ------------------------------------------------------------------------------------------------------- */

static custval_table *summarise(const char *const *names, const double *const *numbers, size_t columns, size_t rows) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = NULL, *result = NULL;
    custval_summary *summary = NULL;
    custval_criterion *const criteria = memory_new(columns, sizeof criteria[0]);
    custval_status status = custval_table_new(NULL, rows, &table, &error);
    for (size_t i = 0; i < columns && status == CUSTVAL_OK; i++) {
        criteria[i] = (custval_criterion)CUSTVAL_CRITERION_INIT;
        criteria[i].column = names[i];
        status = custval_table_add_doubles(table, names[i], numbers[i], &error);
    }
    if (status == CUSTVAL_OK) {
        status = custval_summary_new(NULL, criteria, columns, CUSTVAL_SUMMARY_QUANTILES, &summary, &error);
    }
    if (status == CUSTVAL_OK) status = custval_summary_add(summary, table, &error);
    if (status == CUSTVAL_OK) status = custval_summary_table(summary, &result, &error);
    if (status != CUSTVAL_OK) fail_error(NULL, &error);
    custval_summary_free(summary);
    custval_table_free(table);
    free(criteria);
    return result;
}

static double cell(const custval_table *table, const char *column, size_t row) {
    custval_error error = CUSTVAL_ERROR_INIT;
    size_t index = 0;
    double number = 0.0;
    if (custval_table_find(table, column, &index, &error) != CUSTVAL_OK ||
        custval_table_number(table, index, row, &number, &error) != CUSTVAL_OK) {
        fail_error(NULL, &error);
    }
    return number;
}

/* A few numbers far away would leave one bin to all others: they are counted beyond the ends, which stand half as far
   outside as the middle nine tenths are wide. */
static bins bins_for(const custval_table *summary, size_t row) {
    const double low = cell(summary, "low", row), high = cell(summary, "high", row);
    const double q05 = cell(summary, "q05", row), q95 = cell(summary, "q95", row), margin = (q95 - q05) / 2;
    if (!(margin > 0)) return bins_between(low, high);
    return bins_between(fmax(low, q05 - margin), fmin(high, q95 + margin));
}

void report_facts(const char *const *names, const double *const *numbers, size_t columns, size_t rows, buffer *to) {
    static const char *const facts[] = {"count", "missing", "low", "high", "mean", "median"};
    custval_table *const summary = columns == 0 ? NULL : summarise(names, numbers, columns, rows);
    buffer_byte(to, '{');
    for (size_t i = 0; i < columns; i++) {
        if (i > 0) buffer_text(to, ", ");
        json_write_text(to, names[i], strlen(names[i]));
        buffer_text(to, ": {");
        for (size_t fact = 0; fact < sizeof facts / sizeof facts[0]; fact++) {
            buffer_format(to, "%s\"%s\": ", fact == 0 ? "" : ", ", facts[fact]);
            json_write_number(to, cell(summary, facts[fact], i));
        }
        bins in = bins_for(summary, i);
        if (in.count > 0) {
            count(&in, numbers[i], rows);
            write_bins(&in, to);
        }
        buffer_byte(to, '}');
    }
    buffer_byte(to, '}');
    custval_table_free(summary);
}
