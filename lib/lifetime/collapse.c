/* Reading customers for a fit. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "collapse.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../table/table.h"

#define BLOCK 1024 /* rows read at a time */
#define COLUMNS 5  /* most that a model reads */
#define WIDTH (2 * CUSTVAL__LIFETIME_COVARIATES + COLUMNS + 1)

/* Rows side by side while they are sorted: covariates, the model's columns, the count. */
typedef struct rows {
    const custval__cell_source *source;
    size_t table_columns[WIDTH];
    size_t covariates, width; /* width: all of a row; the last is the count */
    size_t count;
    double *cells; /* [row][width] */
} rows;

/* ---- Checking ---------------------------------------------------------------------------------------------------- */

static const char *name_of(const rows *in, size_t k) {
    return custval_table_name(in->source->table, in->table_columns[k]);
}

/* The row as the model's functions take it: pointers into it, by the order of custval__model_column. */
static custval__customers customers_of(uint32_t wanted, const double *columns, size_t stride) {
    custval__customers out = {.count = 1};
    const double **members[COLUMNS] = {&out.x, &out.t_x, &out.T, &out.mean_spend, &out.lost};
    size_t k = 0;
    for (size_t i = 0; i < COLUMNS; i++) {
        if ((wanted >> i & 1U) != 0) *members[i] = columns + stride * k++;
    }
    return out;
}

static custval_status fail_row(const rows *in, const double *row, size_t at, const char *words, custval_error *error) {
    char values[160] = "";
    size_t length = 0;
    for (size_t k = in->covariates; k + 1 < in->width && length < sizeof values; k++) {
        length += custval__format(values + length, sizeof values - length, "%s%s %g", k == in->covariates ? "" : ", ",
                                  name_of(in, k), row[k]);
    }
    return custval__fail_at(error, CUSTVAL_ERROR_RANGE, CUSTVAL_NONE, at, "row %zu: %s (%s)", at, words, values);
}

static custval_status check_finite(const rows *in, const double *row, size_t from, size_t to, size_t at,
                                   custval_error *error) {
    for (size_t k = from; k < to; k++) {
        if (isfinite(row[k])) continue;
        if (isnan(row[k])) {
            return custval__fail_at(error, CUSTVAL_ERROR_NOT_FINITE, CUSTVAL_NONE, at,
                                    "row %zu: column \"%s\" is missing; leave out the row or fill the cell", at,
                                    name_of(in, k));
        }
        return custval__fail_at(error, CUSTVAL_ERROR_NOT_FINITE, CUSTVAL_NONE, at, "row %zu: column \"%s\" is %g", at,
                                name_of(in, k), row[k]);
    }
    return CUSTVAL_OK;
}

/* Gives in *keep whether the row is one to learn from. */
static custval_status check_row(const rows *in, const double *row, size_t at, int *keep, custval_error *error) {
    const size_t last = in->width - 1;
    const double count = row[last];
    CUSTVAL__TRY(check_finite(in, row, last, in->width, at, error));
    if (count < 0.0) {
        return custval__fail_at(error, CUSTVAL_ERROR_RANGE, CUSTVAL_NONE, at,
                                "row %zu: column \"%s\" is %g, but a count is not below 0", at, name_of(in, last),
                                count);
    }
    *keep = count > 0.0;
    if (!*keep) return CUSTVAL_OK;
    const custval__model *model = in->source->model;
    const custval__customers customers = customers_of(model->columns, row + in->covariates, 1);
    if (model->spend != NULL && customers.x[0] == 0.0) { /* nothing was spent after the first purchase */
        *keep = 0;
        return CUSTVAL_OK;
    }
    CUSTVAL__TRY(check_finite(in, row, 0, last, at, error));
    const char *words = model->check(&customers, 0);
    return words == NULL ? CUSTVAL_OK : fail_row(in, row, at, words, error);
}

/* ---- Reading ----------------------------------------------------------------------------------------------------- */

static void place_columns(rows *in) {
    const custval__cell_source *source = in->source;
    const size_t found[COLUMNS] = {source->columns.x, source->columns.t_x, source->columns.T,
                                   source->columns.mean_spend, source->columns.lost};
    size_t k = 0;
    for (size_t i = 0; i < source->purchase_count; i++) in->table_columns[k++] = source->columns.purchase[i];
    for (size_t i = 0; i < source->dropout_count; i++) in->table_columns[k++] = source->columns.dropout[i];
    in->covariates = k;
    for (size_t i = 0; i < COLUMNS; i++) {
        if ((source->model->columns >> i & 1U) != 0) in->table_columns[k++] = found[i];
    }
    in->table_columns[k++] = source->columns.count;
    in->width = k;
}

static custval_status read_rows(rows *in, custval_error *error) {
    const custval_table *table = in->source->table;
    const size_t total = custval_table_rows(table);
    double scratch[BLOCK];
    for (size_t start = 0; start < total; start += BLOCK) {
        const size_t block = total - start < BLOCK ? total - start : BLOCK;
        double *first = in->cells + in->count * in->width;
        for (size_t k = 0; k < in->width; k++) {
            const size_t column = in->table_columns[k];
            const double *values =
                column == SIZE_MAX ? NULL : custval__table_doubles(table, column, start, block, scratch);
            /* + 0: -0 is 0 */
            for (size_t i = 0; i < block; i++) first[i * in->width + k] = values == NULL ? 1.0 : values[i] + 0.0;
        }
        for (size_t i = 0; i < block; i++) {
            const double *row = first + i * in->width;
            int keep = 0;
            CUSTVAL__TRY(check_row(in, row, start + i, &keep, error));
            if (keep) memmove(in->cells + in->count++ * in->width, row, in->width * sizeof *row);
        }
    }
    return CUSTVAL_OK;
}

/* ---- Sorting ----------------------------------------------------------------------------------------------------- */

/* The count is compared last, so that the counts of equal rows are added in one order, too. */
static int is_before(const double *a, const double *b, size_t width) {
    for (size_t k = 0; k < width; k++) {
        if (a[k] != b[k]) return a[k] < b[k];
    }
    return 0;
}

static void copy_row(double *to, const double *from, size_t width) {
    for (size_t k = 0; k < width; k++) to[k] = from[k];
}

static void merge(const double *from, double *to, size_t low, size_t middle, size_t high, size_t width) {
    size_t a = low, b = middle;
    for (size_t i = low; i < high; i++) {
        const int second = a == middle || (b < high && is_before(from + b * width, from + a * width, width));
        const size_t next = second ? b++ : a++;
        copy_row(to + i * width, from + next * width, width);
    }
}

/* Merge sort from the bottom up, between the cells and a second block of the same size. */
static custval_status sort_rows(const custval_host *host, rows *in, custval_error *error) {
    const size_t count = in->count, width = in->width;
    double *from = in->cells, *to = custval__alloc(host, count, width * sizeof *to);
    if (to == NULL) return custval__fail_memory(error);
    for (size_t run = 1; run < count; run *= 2) {
        for (size_t low = 0; low < count; low += 2 * run) {
            const size_t middle = count - low < run ? count : low + run;
            const size_t high = count - low < 2 * run ? count : low + 2 * run;
            merge(from, to, low, middle, high, width);
        }
        double *other = from;
        from = to;
        to = other;
    }
    in->cells = from;
    custval__free(host, to);
    return CUSTVAL_OK;
}

/* Adds up the counts of equal rows, in place. */
static void join_equal(rows *in) {
    const size_t last = in->width - 1;
    size_t kept = 0;
    for (size_t i = 0; i < in->count; i++) {
        const double *row = in->cells + i * in->width;
        double *next = in->cells + kept * in->width;
        if (kept > 0 && memcmp(next - in->width, row, last * sizeof *row) == 0) {
            *(next - 1) += row[last];
        } else {
            copy_row(next, row, in->width);
            kept++;
        }
    }
    in->count = kept;
}

/* ---- Columns ----------------------------------------------------------------------------------------------------- */

static size_t columns_of(const custval__model *model) {
    return (size_t)CUSTVAL__POPCOUNT(model->columns);
}

/* Room for so many rows in as many blocks; the blocks are counted as they are opened. */
static custval_status cells_new(const custval_host *host, const custval__model *model, size_t count, size_t blocks,
                                size_t covariates, custval__cells *out, custval_error *error) {
    const size_t columns = columns_of(model);
    *out = (custval__cells){.host = *host, .model = model, .count = count, .covariate_count = covariates};
    out->memory = custval__alloc(host, count, (columns + 1) * sizeof *out->memory);
    out->starts = custval__alloc(host, blocks + 1, sizeof *out->starts);
    out->covariates = custval__alloc(host, blocks, covariates * sizeof *out->covariates);
    if (out->memory == NULL || out->starts == NULL || out->covariates == NULL) {
        custval__cells_free(out);
        return custval__fail_memory(error);
    }
    out->customers = customers_of(model->columns, out->memory, count);
    out->customers.count = count;
    out->counts = out->memory + columns * count;
    return CUSTVAL_OK;
}

static void open_block(custval__cells *cells, size_t row, const double *covariates) {
    copy_row(cells->covariates + cells->block_count * cells->covariate_count, covariates, cells->covariate_count);
    cells->starts[cells->block_count++] = row;
    cells->starts[cells->block_count] = cells->count;
}

static int begins_block(const rows *in, size_t i) {
    if (i == 0) return 1;
    const double *row = in->cells + i * in->width;
    return memcmp(row - in->width, row, in->covariates * sizeof *row) != 0;
}

static custval_status make_cells(const custval_host *host, const rows *in, custval__cells *out, custval_error *error) {
    const size_t columns = columns_of(in->source->model);
    size_t blocks = 0;
    for (size_t i = 0; i < in->count; i++) blocks += (size_t)begins_block(in, i);
    CUSTVAL__TRY(cells_new(host, in->source->model, in->count, blocks, in->covariates, out, error));
    for (size_t i = 0; i < in->count; i++) {
        const double *row = in->cells + i * in->width;
        if (begins_block(in, i)) open_block(out, i, row);
        row += in->covariates;
        for (size_t k = 0; k <= columns; k++) out->memory[k * in->count + i] = row[k];
        out->total += row[columns];
    }
    return CUSTVAL_OK;
}

custval_status custval__cells_read(const custval_host *whole_host, const custval__cell_source *source,
                                   custval__cells *out, custval_error *error) {
    rows in = {.source = source};
    *out = (custval__cells){.host = *whole_host};
    place_columns(&in);
    in.cells = custval__alloc(whole_host, custval_table_rows(source->table), in.width * sizeof *in.cells);
    if (in.cells == NULL) return custval__fail_memory(error);
    custval_status status = read_rows(&in, error);
    if (status == CUSTVAL_OK) status = sort_rows(whole_host, &in, error);
    if (status == CUSTVAL_OK) {
        join_equal(&in);
        status = make_cells(whole_host, &in, out, error);
    }
    custval__free(whole_host, in.cells);
    return status;
}

custval_status custval__cells_sample(const custval__cells *cells, size_t stride, custval__cells *out,
                                     custval_error *error) {
    const size_t columns = columns_of(cells->model), first = stride / 2;
    const size_t count = cells->count <= first ? 0 : (cells->count - first - 1) / stride + 1;
    size_t block = 0, opened = SIZE_MAX;
    CUSTVAL__TRY(cells_new(&cells->host, cells->model, count, count, cells->covariate_count, out, error));
    for (size_t i = 0; i < count; i++) {
        const size_t from = first + i * stride;
        while (cells->starts[block + 1] <= from) block++;
        if (block != opened) open_block(out, i, cells->covariates + block * cells->covariate_count);
        opened = block;
        for (size_t k = 0; k <= columns; k++) out->memory[k * count + i] = cells->memory[k * cells->count + from];
        out->total += out->counts[i];
    }
    return CUSTVAL_OK;
}

void custval__cells_free(custval__cells *cells) {
    custval__free(&cells->host, cells->memory);
    custval__free(&cells->host, cells->starts);
    custval__free(&cells->host, cells->covariates);
    *cells = (custval__cells){.host = cells->host};
}
