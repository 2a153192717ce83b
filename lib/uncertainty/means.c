/* custval_means: means of columns by group, with the errors that the number of customers leaves. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <custval/uncertainty.h>

#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "../base/options.h"
#include "../base/random.h"
#include "../base/run.h"
#include "../base/student.h"
#include "../base/wilson.h"
#include "../table/grouping.h"
#include "../table/table.h"
#include "order.h"

#define MOST_RESAMPLES ((uint32_t)1 << 20)
#define RESAMPLES_PER_PIECE 32
/* Means of resamples that are in memory at once, unless one group has more. */
#define RESAMPLES_TOGETHER ((uint32_t)1 << 18)
#define ROWS_READ 1024

typedef struct results {
    uint32_t *n, *missing, *low_n;
    double *mean, *deviation, *error, *low, *high, *top_share, *top_low, *top_high;
} results;

typedef struct means {
    custval_means_options options;
    custval_host host;
    custval__arena arena;
    const custval_table *table;
    size_t *columns, count;
    custval__grouping groups;
    results out;                  /* [group * count + column] */
    size_t column;                /* in work: index into columns */
    double *values;               /* of the column, group by group, without the missing ones */
    size_t *start;                /* [group] where its values are */
    size_t *end;                  /* [group] */
    double *unit;                 /* [group] what its values, and what follows from them, are multiples of */
    double *resample;             /* [group of the batch][resample] */
    uint32_t batch_start, chunks; /* first group of the batch; pieces per group */
    uint64_t done;
    custval__order order;
    const custval__order_kernels *kernels;
} means;

/* ---- Arguments ------------------------------------------------------------------------------------------------------- */

static custval_status read_options(means *in, const custval_means_options *options, custval_error *error) {
    custval_means_options *whole = &in->options;
    *whole = (custval_means_options)CUSTVAL_MEANS_OPTIONS_INIT;
    CUSTVAL__TRY(custval__struct_read(whole, sizeof *whole, sizeof *whole, options, "custval_means_options", error));
    if (whole->reserved != 0) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "reserved is %u, it must be 0", (unsigned)whole->reserved);
    }
    if (whole->has_top > 1) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "has_top is %u, it must be 0 or 1",
                             (unsigned)whole->has_top);
    }
    if ((whole->columns == NULL) != (whole->count == 0)) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "columns is %s, but count is %zu",
                             whole->columns == NULL ? "NULL" : "not NULL", whole->count);
    }
    if (!(whole->level > 0.0 && whole->level < 1.0)) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "level is %g, but must be between 0 and 1", whole->level);
    }
    if (whole->resamples > MOST_RESAMPLES) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "resamples is %u, but must be at most %u",
                             (unsigned)whole->resamples, (unsigned)MOST_RESAMPLES);
    }
    if (whole->has_top && isnan(whole->top)) return custval__fail(error, CUSTVAL_ERROR_RANGE, "top is not a number");
    return custval__host_read(&in->host, whole->host, error);
}

static custval_status choose_columns(means *in, size_t group, custval_error *error) {
    const custval_table *table = in->table;
    const size_t all = custval_table_columns(table), named = in->options.count;
    in->columns = custval__arena_alloc(&in->arena, named > 0 ? named : all, sizeof *in->columns);
    if (in->columns == NULL) return custval__fail_memory(error);
    for (size_t i = 0; i < named; i++) {
        if (in->options.columns[i] == NULL) {
            return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "the name of column %zu is NULL", i + 1);
        }
        CUSTVAL__TRY(custval_table_find(table, in->options.columns[i], &in->columns[in->count], error));
        CUSTVAL__TRY(custval__table_need_number(table, in->columns[in->count++], error));
    }
    for (size_t i = 0; i < all && named == 0; i++) {
        if (i != group && custval__table_is_number(table, i)) in->columns[in->count++] = i;
    }
    if (in->count > 0) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_NOT_FOUND, "the table has no column of numbers");
}

/* ---- One column -------------------------------------------------------------------------------------------------------- */

static custval_status read_column(means *in, custval_error *error) {
    const size_t rows = custval_table_rows(in->table), column = in->columns[in->column];
    double scratch[ROWS_READ];
    for (uint32_t group = 0, at = 0; group < in->groups.count; at += in->groups.rows[group++]) {
        in->start[group] = in->end[group] = at;
    }
    for (size_t start = 0; start < rows; start += ROWS_READ) {
        const size_t count = rows - start < ROWS_READ ? rows - start : ROWS_READ;
        const double *numbers = custval__table_doubles(in->table, column, start, count, scratch);
        for (size_t i = 0; i < count; i++) {
            if (isinf(numbers[i])) {
                return custval__fail_at(error, CUSTVAL_ERROR_NOT_FINITE, CUSTVAL_NONE, start + i,
                                        "row %zu: column \"%s\" is %g", start + i,
                                        custval_table_name(in->table, column), numbers[i]);
            }
            if (!isnan(numbers[i])) in->values[in->end[in->groups.of[start + i]]++] = numbers[i];
        }
    }
    return CUSTVAL_OK;
}

static size_t row_of(const means *in, uint32_t group) {
    return (size_t)group * in->count + in->column;
}

static void top_box(const means *in, const double *x, uint32_t n, size_t row) {
    const results *out = &in->out;
    out->top_share[row] = out->top_low[row] = out->top_high[row] = (double)NAN;
    if (n == 0) return;
    double tops = 0.0;
    for (uint32_t i = 0; i < n; i++) tops += x[i] >= in->options.top ? 1.0 : 0.0;
    const double z = custval__normal_half_width(in->options.level), count = (double)n;
    out->top_share[row] = tops / count;
    custval__wilson(out->top_share[row], count, z, &out->top_low[row], &out->top_high[row]);
}

// Brings values near 1, so that no square overflows or vanishes: the unit is a power of two near the largest of them.
static double scale(double *x, uint32_t n) {
    double most = 0.0;
    int exponent;
    for (uint32_t i = 0; i < n; i++) most = fmax(most, fabs(x[i]));
    if (!(most > 0.0)) return 1.0;
    frexp(most, &exponent);
    const double unit = ldexp(0.5, exponent);
    for (uint32_t i = 0; i < n; i++) x[i] /= unit;
    return unit;
}

static void describe(const means *in, uint32_t group) {
    const results *out = &in->out;
    const size_t row = row_of(in, group);
    double *x = in->values + in->start[group];
    const uint32_t n = (uint32_t)(in->end[group] - in->start[group]);
    if (in->options.has_top) top_box(in, x, n, row);
    in->unit[group] = scale(x, n);
    double mean = 0.0, squares = 0.0;
    for (uint32_t i = 0; i < n; i++) {
        const double away = x[i] - mean;
        mean += away / ((double)i + 1.0);
        squares += away * (x[i] - mean);
    }
    out->n[row] = n;
    out->missing[row] = in->groups.rows[group] - n;
    out->low_n[row] = n < in->options.few;
    out->mean[row] = n > 0 ? mean : (double)NAN;
    out->deviation[row] = n > 1 ? sqrt(squares / ((double)n - 1.0)) : (double)NAN;
    out->error[row] = out->deviation[row] / sqrt((double)n);
    const double freedom = (double)n - 1.0;
    const double t = in->options.resamples > 0 ? (double)NAN : custval__student_half_width(in->options.level, freedom);
    out->low[row] = out->mean[row] - t * out->error[row];
    out->high[row] = out->mean[row] + t * out->error[row];
}

static custval_status restore(const means *in, uint32_t group, custval_error *error) {
    const results *out = &in->out;
    double *const columns[] = {out->mean, out->deviation, out->error, out->low, out->high};
    const size_t row = row_of(in, group);
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++) {
        columns[i][row] *= in->unit[group];
        if (!isinf(columns[i][row])) continue;
        return custval__fail(error, CUSTVAL_ERROR_NOT_FINITE,
                             "column \"%s\": its numbers are too large for their mean, deviation or interval",
                             custval_table_name(in->table, in->columns[in->column]));
    }
    return CUSTVAL_OK;
}

/* ---- The bootstrap ---------------------------------------------------------------------------------------------------- */

// Uniform on 0 .. bound - 1, without bias (Lemire 2019).
static uint32_t below(custval__random *random, uint32_t bound) {
    uint64_t product = (uint64_t)custval__random_word(random) * bound;
    if ((uint32_t)product < bound) {
        const uint32_t uneven = (0U - bound) % bound;
        while ((uint32_t)product < uneven) product = (uint64_t)custval__random_word(random) * bound;
    }
    return (uint32_t)(product >> 32);
}

static custval_status resample_piece(void *data, uint32_t index, uint32_t thread) {
    (void)thread;
    const means *in = data;
    const uint32_t place = index / in->chunks, group = in->batch_start + place, resamples = in->options.resamples;
    const uint32_t first = index % in->chunks * RESAMPLES_PER_PIECE, left = resamples - first;
    const uint32_t end = first + (left < RESAMPLES_PER_PIECE ? left : RESAMPLES_PER_PIECE);
    const double *x = in->values + in->start[group], mean = in->out.mean[row_of(in, group)];
    const uint32_t n = (uint32_t)(in->end[group] - in->start[group]);
    for (uint32_t k = first; k < end && n > 1; k++) {
        custval__random random;
        custval__random_init(&random, in->options.seed, (uint64_t)row_of(in, group) * MOST_RESAMPLES + k);
        double away = 0.0;
        for (uint32_t i = 0; i < n; i++) away += x[below(&random, n)] - mean;
        in->resample[(size_t)place * resamples + k] = mean + away / (double)n;
    }
    return CUSTVAL_OK;
}

static uint64_t rows_of_piece(void *data, uint32_t index) {
    const means *in = data;
    return in->groups.rows[in->batch_start + index / in->chunks];
}

static void pick_interval(means *in, uint32_t group, const double *resample) {
    const uint32_t resamples = in->options.resamples;
    const double level = in->options.level;
    const size_t row = row_of(in, group);
    double low, high;
    if (in->out.n[row] < 2) return;
    in->kernels->range(resample, resamples, &low, &high);
    in->kernels->pick(&in->order, resample, resamples, low, high, custval__order_place((1.0 - level) / 2.0, resamples),
                      custval__order_place((1.0 + level) / 2.0, resamples), &in->out.low[row], &in->out.high[row]);
}

static custval_status bootstrap(means *in, uint32_t batch, custval_error *error) {
    const uint32_t resamples = in->options.resamples, groups = in->groups.count;
    const custval__job job = {.data = in,
                              .piece = resample_piece,
                              .units = rows_of_piece,
                              .total_units = (uint64_t)custval_table_rows(in->table) * in->count * in->chunks};
    for (in->batch_start = 0; in->batch_start < groups; in->batch_start += batch) {
        const uint32_t left = groups - in->batch_start, count = left < batch ? left : batch;
        custval__job run = job;
        run.done_before = in->done;
        CUSTVAL__TRY(custval__run(&in->host, &run, count * in->chunks, error));
        for (uint32_t i = 0; i < count; i++) {
            pick_interval(in, in->batch_start + i, in->resample + (size_t)i * resamples);
            in->done += (uint64_t)in->groups.rows[in->batch_start + i] * in->chunks;
        }
    }
    return CUSTVAL_OK;
}

/* ---- The table ---------------------------------------------------------------------------------------------------------- */

static custval_status add_names(means *in, custval_table *table, custval_error *error) {
    custval_text *texts = custval__arena_alloc(&in->arena, custval_table_rows(table), sizeof *texts);
    if (texts == NULL) return custval__fail_memory(error);
    for (size_t row = 0; row < custval_table_rows(table); row++) texts[row] = in->groups.keys[row / in->count];
    CUSTVAL__TRY(custval__result_add_texts(table, "group", texts, error));
    for (size_t row = 0; row < custval_table_rows(table); row++) {
        const char *name = custval_table_name(in->table, in->columns[row % in->count]);
        texts[row] = (custval_text){name, strlen(name)};
    }
    return custval__result_add_texts(table, "column", texts, error);
}

static custval_status add_columns(means *in, custval_table *table, custval_error *error) {
    results *out = &in->out;
    const struct {
        const char *name;
        double **numbers;
        uint32_t **counts;
    } columns[] = {{"n", NULL, &out->n},
                   {"missing", NULL, &out->missing},
                   {"mean", &out->mean, NULL},
                   {"deviation", &out->deviation, NULL},
                   {"error", &out->error, NULL},
                   {"low", &out->low, NULL},
                   {"high", &out->high, NULL},
                   {"low_n", NULL, &out->low_n},
                   {"top_share", &out->top_share, NULL},
                   {"top_low", &out->top_low, NULL},
                   {"top_high", &out->top_high, NULL}};
    const size_t count = sizeof columns / sizeof columns[0] - (in->options.has_top ? 0 : 3);
    for (size_t i = 0; i < count; i++) {
        if (columns[i].counts != NULL) {
            CUSTVAL__TRY(custval__result_add_uint32(table, columns[i].name, columns[i].counts, error));
        } else {
            CUSTVAL__TRY(custval__result_add_doubles(table, columns[i].name, columns[i].numbers, error));
        }
    }
    return CUSTVAL_OK;
}

static custval_status fill_table(means *in, custval_table *table, custval_error *error) {
    const uint32_t resamples = in->options.resamples, groups = in->groups.count;
    const uint32_t most = resamples > 0 ? RESAMPLES_TOGETHER / resamples : 0;
    const uint32_t batch = most < 1 ? 1 : most < groups ? most : groups;
    CUSTVAL__TRY(add_names(in, table, error));
    CUSTVAL__TRY(add_columns(in, table, error));
    in->values = custval__arena_alloc(&in->arena, custval_table_rows(in->table), sizeof *in->values);
    in->start = custval__arena_alloc(&in->arena, groups, sizeof *in->start);
    in->end = custval__arena_alloc(&in->arena, groups, sizeof *in->end);
    in->unit = custval__arena_alloc(&in->arena, groups, sizeof *in->unit);
    in->resample = custval__arena_alloc(&in->arena, batch, resamples * sizeof *in->resample);
    if (in->values == NULL || in->start == NULL || in->end == NULL || in->unit == NULL || in->resample == NULL ||
        custval__order_new(&in->arena, resamples, &in->order) != CUSTVAL_OK) {
        return custval__fail_memory(error);
    }
    in->chunks = resamples / RESAMPLES_PER_PIECE + (resamples % RESAMPLES_PER_PIECE != 0);
    for (in->column = 0; in->column < in->count; in->column++) {
        CUSTVAL__TRY(read_column(in, error));
        for (uint32_t group = 0; group < groups; group++) describe(in, group);
        if (resamples > 0) CUSTVAL__TRY(bootstrap(in, batch, error));
        for (uint32_t group = 0; group < groups; group++) CUSTVAL__TRY(restore(in, group, error));
    }
    custval__result_finish(table);
    return CUSTVAL_OK;
}

static custval_status make_table(means *in, custval_table **out, custval_error *error) {
    size_t group = SIZE_MAX;
    if (in->options.group != NULL) CUSTVAL__TRY(custval_table_find(in->table, in->options.group, &group, error));
    CUSTVAL__TRY(choose_columns(in, group, error));
    CUSTVAL__TRY(custval__grouping_read(&in->arena, in->table, group, &in->groups, error));
    CUSTVAL__TRY(custval__result_new(&in->host, (size_t)in->groups.count * in->count, out, error));
    return fill_table(in, *out, error);
}

custval_status custval_means(const custval_table *table, const custval_means_options *options, custval_table **out,
                             custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    if (table == NULL) return custval__fail_null(error, "table");
    means in = {.table = table, .kernels = custval__order_kernels_best()};
    CUSTVAL__TRY(read_options(&in, options, error));
    custval__arena_init(&in.arena, &in.host);
    const custval_status status = make_table(&in, out, error);
    custval__arena_free(&in.arena);
    if (status != CUSTVAL_OK) {
        custval_table_free(*out);
        *out = NULL;
    }
    return status;
}
