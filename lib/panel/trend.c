/* custval_trend: where series stand and where they go. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../base/maths.h"
#include "../base/options.h"
#include "../table/grouping.h"
#include "../table/table.h"
#include "panel.h"

#define LARGEST_PERIOD 0x1p52

typedef struct point {
    double period, value;
    size_t row;
} point;

enum { PERIODS, FIRST, LAST, GAPS, SINCE, LEVEL, SLOPE, SLOPE_ERROR, SMOOTHED, EVIDENCE, LATEST, CHANGE, RESULTS };
static const char *const result_names[RESULTS] = {"periods", "first",       "last",     "gaps",     "since",  "level",
                                                  "slope",   "slope_error", "smoothed", "evidence", "latest", "change"};

typedef struct trends {
    custval__arena arena;
    custval_host host;             /* whole */
    custval_trend_options options; /* whole */
    const custval_table *table;
    custval__grouping groups;
    size_t *starts; /* [id] of its points; and the end of the last one */
    point *points, *spare;
    double *out[RESULTS];
} trends;

/* ---- The points of each series -------------------------------------------------------------------------------------- */

static custval_status check_period(const trends *in, const double *periods, size_t row, custval_error *error) {
    const double period = periods[row];
    if (period == floor(period) && fabs(period) <= LARGEST_PERIOD) return CUSTVAL_OK;
    return custval__fail_at(error, CUSTVAL_ERROR_RANGE, CUSTVAL_NONE, row,
                            "row %zu: column \"%s\" is %g, but a period is a whole number up to 2^52", row,
                            in->options.period, period);
}

static custval_status collect(trends *in, custval_error *error) {
    const size_t rows = custval_table_rows(in->table);
    double *periods, *values, latest = (double)-INFINITY;
    CUSTVAL__TRY(custval__panel_numbers(&in->arena, in->table, in->options.period, &periods, error));
    CUSTVAL__TRY(custval__panel_numbers(&in->arena, in->table, in->options.value, &values, error));
    in->starts = custval__arena_alloc(&in->arena, (size_t)in->groups.count + 2, sizeof *in->starts);
    in->points = custval__arena_alloc(&in->arena, rows, sizeof *in->points);
    in->spare = custval__arena_alloc(&in->arena, rows, sizeof *in->spare);
    if (in->starts == NULL || in->points == NULL || in->spare == NULL) return custval__fail_memory(error);
    for (size_t row = 0; row < rows; row++) {
        CUSTVAL__TRY(check_period(in, periods, row, error));
        if (!isnan(values[row])) latest = fmax(latest, periods[row]);
    }
    if (in->options.from_latest) in->options.as_of = latest;
    /* Counting sort by id: places begin two further on, so that after filling they stand where they belong. */
    for (size_t row = 0; row < rows; row++) {
        if (!isnan(values[row]) && periods[row] <= in->options.as_of) in->starts[in->groups.of[row] + 2]++;
    }
    for (uint32_t i = 0; i < in->groups.count; i++) in->starts[i + 2] += in->starts[i + 1];
    for (size_t row = 0; row < rows; row++) {
        if (isnan(values[row]) || !(periods[row] <= in->options.as_of)) continue;
        in->points[in->starts[in->groups.of[row] + 1]++] = (point){periods[row], values[row], row};
    }
    return CUSTVAL_OK;
}

/* Merge sort by period; equal ones keep the order of their rows. */
static void sort_points(point *points, point *spare, size_t count) {
    for (size_t width = 1; width < count; width *= 2) {
        for (size_t start = 0; start < count; start += 2 * width) {
            const size_t middle = count - start < width ? count : start + width;
            const size_t end = count - middle < width ? count : middle + width;
            size_t a = start, b = middle;
            for (size_t i = start; i < end; i++) {
                const int takes_b = a == middle || (b < end && points[b].period < points[a].period);
                spare[i] = takes_b ? points[b++] : points[a++];
            }
        }
        memcpy(points, spare, count * sizeof *points);
    }
}

/* Makes one point of those of the same period, or refuses them; gives how many are left. */
static custval_status merge_points(const trends *in, uint32_t id, point *points, size_t *count, custval_error *error) {
    size_t kept = 0;
    for (size_t i = 0; i < *count;) {
        custval__sum sum = {0.0, 0.0};
        size_t end = i;
        for (; end < *count && points[end].period == points[i].period; end++) custval__sum_add(&sum, points[end].value);
        if (end - i > 1 && !in->options.averages) {
            const custval_text key = in->groups.keys[id];
            return custval__fail_at(
                error, CUSTVAL_ERROR_DUPLICATE, CUSTVAL_NONE, points[i + 1].row,
                "row %zu: \"%.*s\" has period %g twice; average them (`averages`), or leave one out", points[i + 1].row,
                (int)(key.length < 80 ? key.length : 80), key.data == NULL ? "" : key.data, points[i].period);
        }
        const double mean = end - i > 1 ? custval__sum_value(&sum) / (double)(end - i) : points[i].value;
        points[kept++] = (point){points[i].period, mean, points[i].row};
        i = end;
    }
    *count = kept;
    return CUSTVAL_OK;
}

/* ---- Numbers of one series ------------------------------------------------------------------------------------------ */

static void fit_line(const point *points, size_t count, double level, double *slope, double *slope_error) {
    const double first = points[0].period, n = (double)count;
    custval__sum times = {0.0, 0.0}, squares = {0.0, 0.0}, products = {0.0, 0.0}, rest = {0.0, 0.0};
    *slope = *slope_error = (double)NAN;
    if (count < 2) return;
    for (size_t i = 0; i < count; i++) custval__sum_add(&times, points[i].period - first);
    const double middle = custval__sum_value(&times) / n;
    for (size_t i = 0; i < count; i++) {
        const double t = points[i].period - first - middle;
        custval__sum_add(&squares, t * t);
        custval__sum_add(&products, t * (points[i].value - level));
    }
    *slope = custval__sum_value(&products) / custval__sum_value(&squares);
    if (count < 3) return;
    for (size_t i = 0; i < count; i++) {
        const double miss = points[i].value - level - *slope * (points[i].period - first - middle);
        custval__sum_add(&rest, miss * miss);
    }
    *slope_error = sqrt(custval__sum_value(&rest) / (n - 2.0) / custval__sum_value(&squares));
}

/* 2^(-age / half_life). */
static double fading(const trends *in, double age) {
    return isinf(in->options.half_life) ? 1.0 : custval__pow(2.0, -(age / in->options.half_life));
}

static void describe(const trends *in, uint32_t id, const point *points, size_t count) {
    for (size_t r = 0; r < RESULTS; r++) in->out[r][id] = (double)NAN;
    in->out[PERIODS][id] = (double)count;
    in->out[EVIDENCE][id] = 0.0;
    if (count == 0) return;
    const point last = points[count - 1];
    custval__sum all = {0.0, 0.0}, weights = {0.0, 0.0}, weighted = {0.0, 0.0}, evidence = {0.0, 0.0};
    for (size_t i = 0; i < count; i++) {
        const double weight = fading(in, last.period - points[i].period);
        custval__sum_add(&all, points[i].value);
        custval__sum_add(&weights, weight);
        custval__sum_add(&weighted, weight * points[i].value);
        custval__sum_add(&evidence, fading(in, in->options.as_of - points[i].period));
    }
    const double level = custval__sum_value(&all) / (double)count;
    in->out[FIRST][id] = points[0].period;
    in->out[LAST][id] = last.period;
    in->out[GAPS][id] = last.period - points[0].period + 1.0 - (double)count;
    in->out[SINCE][id] = in->options.as_of - last.period;
    in->out[LEVEL][id] = level;
    fit_line(points, count, level, &in->out[SLOPE][id], &in->out[SLOPE_ERROR][id]);
    in->out[SMOOTHED][id] = custval__sum_value(&weighted) / custval__sum_value(&weights);
    in->out[EVIDENCE][id] = custval__sum_value(&evidence);
    in->out[LATEST][id] = last.value;
    if (count > 1 && points[count - 2].period == last.period - 1.0) {
        in->out[CHANGE][id] = last.value - points[count - 2].value;
    }
}

/* ---- The call ------------------------------------------------------------------------------------------------------- */

static custval_status make(trends *in, custval_table **out, custval_error *error) {
    size_t column;
    CUSTVAL__TRY(custval_table_find(in->table, in->options.id, &column, error));
    CUSTVAL__TRY(custval__grouping_of_ids(&in->arena, in->table, column, &in->groups, error));
    CUSTVAL__TRY(collect(in, error));
    CUSTVAL__TRY(custval__result_new(&in->host, in->groups.count, out, error));
    CUSTVAL__TRY(custval__result_add_texts(*out, "id", in->groups.keys, error));
    for (size_t r = 0; r < RESULTS; r++) {
        CUSTVAL__TRY(custval__result_add_doubles(*out, result_names[r], &in->out[r], error));
    }
    for (uint32_t id = 0; id < in->groups.count; id++) {
        point *const points = in->points + in->starts[id];
        size_t count = in->starts[id + 1] - in->starts[id];
        sort_points(points, in->spare, count);
        CUSTVAL__TRY(merge_points(in, id, points, &count, error));
        describe(in, id, points, count);
    }
    custval__result_finish(*out);
    return CUSTVAL_OK;
}

static custval_status check_options(custval_trend_options *options, custval_error *error) {
    if (!(options->half_life > 0.0)) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "half_life is %g, but must be above 0", options->half_life);
    }
    if (options->from_latest > 1 || options->averages > 1) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "from_latest is %u and averages %u, each must be 0 or 1",
                             (unsigned)options->from_latest, (unsigned)options->averages);
    }
    if (!options->from_latest && !(fabs(options->as_of) <= LARGEST_PERIOD)) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "as_of is %g, but a period is a number up to 2^52",
                             options->as_of);
    }
    if (options->id == NULL) options->id = "customer";
    if (options->period == NULL) options->period = "period";
    if (options->value == NULL) options->value = "value";
    return CUSTVAL_OK;
}

custval_status custval_trend(const custval_table *table, const custval_trend_options *options, custval_table **out,
                             custval_error *error) {
    trends in = {.table = table, .options = CUSTVAL_TREND_OPTIONS_INIT};
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    if (table == NULL) return custval__fail_null(error, "table");
    CUSTVAL__TRY(custval__struct_read(&in.options, sizeof in.options, sizeof in.options, options,
                                      "custval_trend_options", error));
    CUSTVAL__TRY(check_options(&in.options, error));
    CUSTVAL__TRY(custval__host_read(&in.host, in.options.host, error));
    custval__arena_init(&in.arena, &in.host);
    const custval_status status = make(&in, out, error);
    custval__arena_free(&in.arena);
    if (status != CUSTVAL_OK) {
        custval_table_free(*out);
        *out = NULL;
    }
    return status;
}
