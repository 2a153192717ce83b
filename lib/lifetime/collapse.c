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
#define DIGIT 11 /* bits that one pass of the sort looks at */
#define PASSES 5
#define AHEAD 24 /* rows */
/* A key: bits of the covariates first, so that rows with equal ones lie together; then of the model's first column, x
   or T, on which models spend most of their time and which has few values; then of all the rest. */
#define COVARIATE_BITS 16
#define FIRST_BITS 11
#define REST_BITS (PASSES * DIGIT - COVARIATE_BITS - FIRST_BITS)

/* A row in the order of the cells: by a mix of its bits, which says nothing but is the same wherever the row stands. */
typedef struct entry {
    union {
        uint64_t key;
        double count; /* of all equal rows, once they are joined */
    };
    size_t row;
} entry;

/* The rows that are kept, column by column: covariates, what the model reads, the count. */
typedef struct rows {
    const custval__cell_source *source;
    size_t table_columns[WIDTH];
    size_t covariates, width; /* width: of a whole row; the count is the last */
    size_t stored;            /* columns that are read: all, or all but a count that the table does not have */
    size_t capacity, count;
    double *cells;          /* [column][capacity] */
    entry *entries, *other; /* [capacity] */
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

/* A row without a repeat purchase: nothing was spent after the first one, from which spend could be learned. */
static int is_left_out(const rows *in, double first) {
    return in->source->model->spend != NULL && first == 0.0;
}

static custval_status check_row(const rows *in, const double *row, size_t at, custval_error *error) {
    const size_t last = in->width - 1;
    const double count = row[last];
    CUSTVAL__TRY(check_finite(in, row, last, in->width, at, error));
    if (count < 0.0) {
        return custval__fail_at(error, CUSTVAL_ERROR_RANGE, CUSTVAL_NONE, at,
                                "row %zu: column \"%s\" is %g, but a count is not below 0", at, name_of(in, last),
                                count);
    }
    if (count == 0.0 || is_left_out(in, row[in->covariates])) return CUSTVAL_OK;
    const custval__model *model = in->source->model;
    const custval__customers customers = customers_of(model->columns, row + in->covariates, 1);
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
    in->stored = source->columns.count == SIZE_MAX ? k - 1 : k;
}

/* One more number, or its bits, in a mix (splitmix64). */
static uint64_t mix(uint64_t before, double x) {
    uint64_t bits = 0;
    memcpy(&bits, &x, sizeof bits);
    bits += before * UINT64_C(0x9e3779b97f4a7c15) + UINT64_C(0x9e3779b97f4a7c15);
    bits = (bits ^ bits >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    bits = (bits ^ bits >> 27) * UINT64_C(0x94d049bb133111eb);
    return bits ^ bits >> 31;
}

static uint64_t key_of(const rows *in, size_t row) {
    const double *cell = in->cells + row;
    uint64_t covariates = 0;
    const uint64_t first = mix(0, cell[in->covariates * in->capacity]);
    for (size_t k = 0; k < in->covariates; k++) covariates = mix(covariates, cell[k * in->capacity]);
    uint64_t rest = first;
    for (size_t k = in->covariates + 1; k + 1 < in->width; k++) rest = mix(rest, cell[k * in->capacity]);
    return covariates >> (64 - COVARIATE_BITS) << (FIRST_BITS + REST_BITS) | first >> (64 - FIRST_BITS) << REST_BITS |
           rest >> (64 - REST_BITS);
}

static int are_finite(const double *x, size_t count) {
    int others = 0;
    for (size_t i = 0; i < count; i++) others |= x[i] - x[i] != 0.0;
    return !others;
}

/* Up to BLOCK rows of the table by columns; NULL: all 1. */
typedef struct part {
    size_t start, count;
    const double *values[WIDTH];
} part;

/* Finds the row that is wrong. */
static custval_status check_rows(const rows *in, const part *of, custval_error *error) {
    double row[WIDTH];
    for (size_t i = 0; i < of->count; i++) {
        for (size_t k = 0; k < in->width; k++) row[k] = of->values[k] == NULL ? 1.0 : of->values[k][i] + 0.0;
        CUSTVAL__TRY(check_row(in, row, of->start + i, error));
    }
    return CUSTVAL_OK;
}

/* The rows to learn from: how many, and where they are. */
static size_t select_rows(const rows *in, const part *of, size_t places[BLOCK]) {
    const double *first = of->values[in->covariates], *counts = of->values[in->width - 1];
    size_t kept = 0;
    for (size_t i = 0; i < of->count; i++) {
        places[kept] = i;
        kept += (size_t)((counts == NULL || counts[i] != 0.0) & !is_left_out(in, first[i]));
    }
    return kept;
}

static int are_counts(const double *counts, size_t count) {
    int others = 0;
    for (size_t i = 0; counts != NULL && i < count; i++) others |= !(counts[i] >= 0.0 && counts[i] < HUGE_VAL);
    return !others;
}

/* Copies the rows that are kept to the cells; gives whether the part is fine. */
static int take_rows(const rows *in, const part *of, const size_t *places, size_t kept) {
    const custval__model *model = in->source->model;
    double *const cells = in->cells + in->count;
    int is_fine = are_counts(of->values[in->width - 1], of->count);
    for (size_t k = 0; k < in->stored; k++) {
        const double *from = of->values[k];
        double *to = cells + k * in->capacity;
        for (size_t i = 0; i < kept; i++) to[i] = from[places[i]] + 0.0; /* -0 is 0 */
        is_fine &= are_finite(to, kept);
    }
    const custval__customers customers =
        customers_of(model->columns, cells + in->covariates * in->capacity, in->capacity);
    for (size_t i = 0; is_fine && i < kept; i++) is_fine = model->check(&customers, i) == NULL;
    return is_fine;
}

static custval_status read_block(rows *in, size_t start, size_t count, double *room, custval_error *error) {
    part of = {.start = start, .count = count};
    size_t places[BLOCK];
    for (size_t k = 0; k < in->stored; k++) {
        of.values[k] = custval__table_doubles(in->source->table, in->table_columns[k], start, count, room + k * BLOCK);
    }
    const size_t kept = select_rows(in, &of, places);
    if (!take_rows(in, &of, places, kept)) CUSTVAL__TRY(check_rows(in, &of, error));
    for (size_t i = 0; i < kept; i++, in->count++) {
        in->entries[in->count] = (entry){.key = key_of(in, in->count), .row = in->count};
    }
    return CUSTVAL_OK;
}

static custval_status read_rows(const custval_host *host, rows *in, custval_error *error) {
    double *room = custval__alloc(host, BLOCK * in->width, sizeof *room);
    custval_status status = room == NULL ? custval__fail_memory(error) : CUSTVAL_OK;
    for (size_t start = 0; status == CUSTVAL_OK && start < in->capacity; start += BLOCK) {
        const size_t block = in->capacity - start < BLOCK ? in->capacity - start : BLOCK;
        status = read_block(in, start, block, room, error);
    }
    custval__free(host, room);
    return status;
}

/* ---- Sorting ----------------------------------------------------------------------------------------------------- */

/* One pass from the lowest digit up; leaves out one that is the same in every key. */
static void sort_digit(rows *in, unsigned shift) {
    size_t places[1 << DIGIT] = {0}, next = 0;
    const uint64_t mask = (1U << DIGIT) - 1;
    for (size_t i = 0; i < in->count; i++) places[in->entries[i].key >> shift & mask]++;
    if (in->count == 0 || places[in->entries[0].key >> shift & mask] == in->count) return;
    for (size_t digit = 0; digit <= mask; digit++) {
        const size_t count = places[digit];
        places[digit] = next;
        next += count;
    }
    for (size_t i = 0; i < in->count; i++) in->other[places[in->entries[i].key >> shift & mask]++] = in->entries[i];
    entry *entries = in->entries;
    in->entries = in->other;
    in->other = entries;
}

/* The order of two rows by their first `width` columns: below, at or above 0. */
static int compare_rows(const rows *in, size_t a, size_t b, size_t width) {
    for (size_t k = 0; k < width; k++) {
        const double *column = in->cells + k * in->capacity;
        if (column[a] != column[b]) return column[a] < column[b] ? -1 : 1;
    }
    return 0;
}

/* Orders entries of one key by their rows, the count last, so that the counts of equal rows are added in one order,
   too: a merge sort from the bottom up. */
static void sort_run(rows *in, size_t first, size_t end) {
    const size_t count = end - first;
    entry *from = in->entries + first, *to = in->other + first;
    for (size_t run = 1; run < count; run *= 2) {
        for (size_t low = 0; low < count; low += 2 * run) {
            const size_t middle = count - low < run ? count : low + run;
            const size_t high = count - low < 2 * run ? count : low + 2 * run;
            size_t a = low, b = middle;
            for (size_t i = low; i < high; i++) {
                const int second =
                    a == middle || (b < high && compare_rows(in, from[b].row, from[a].row, in->stored) < 0);
                to[i] = from[second ? b++ : a++];
            }
        }
        entry *other = from;
        from = to;
        to = other;
    }
    if (from != in->entries + first) memcpy(in->entries + first, from, count * sizeof *from);
}

/* Rows that are about to be compared lie anywhere in memory. */
static void fetch_ahead(const rows *in, size_t i) {
    if (in->count - i <= AHEAD + 1) return;
    const entry *at = in->entries + i + AHEAD;
    if (at->key != at[-1].key && at->key != at[1].key) return;
    for (size_t k = 0; k < in->stored; k++) CUSTVAL__PREFETCH(in->cells + k * in->capacity + at->row);
}

/* Where the run of entries of one key ends; *in_order: whether they are. */
static size_t end_of_run(const rows *in, size_t first, int *in_order) {
    size_t end = first + 1;
    *in_order = 1;
    fetch_ahead(in, first);
    for (; end < in->count && in->entries[end].key == in->entries[first].key; end++) {
        fetch_ahead(in, end);
        if (!*in_order) continue;
        *in_order = compare_rows(in, in->entries[end - 1].row, in->entries[end].row, in->stored) <= 0;
    }
    return end;
}

static double count_of(const rows *in, size_t row) {
    return in->stored < in->width ? 1.0 : in->cells[(in->width - 1) * in->capacity + row];
}

/* Moves a run to entry `to`, and leaves one entry of equal rows with the sum of their counts. Gives where the next run
   goes. */
static size_t join_run(rows *in, size_t first, size_t end, size_t to) {
    for (size_t i = first; i < end; i++) {
        const size_t row = in->entries[i].row;
        if (i > first && compare_rows(in, in->entries[to].row, row, in->width - 1) == 0) {
            in->entries[to].count += count_of(in, row);
        } else {
            to += i > first;
            in->entries[to] = (entry){.count = count_of(in, row), .row = row};
        }
    }
    return to + 1;
}

static void sort_and_join(rows *in) {
    size_t kept = 0;
    for (unsigned pass = 0; pass < PASSES; pass++) sort_digit(in, pass * DIGIT);
    for (size_t first = 0, end; first < in->count; first = end) {
        int in_order;
        end = end_of_run(in, first, &in_order);
        if (!in_order) sort_run(in, first, end);
        kept = join_run(in, first, end, kept);
    }
    in->count = kept;
}

/* ---- Columns ----------------------------------------------------------------------------------------------------- */

static size_t columns_of(const custval__model *model) {
    return (size_t)CUSTVAL__POPCOUNT(model->columns);
}

/* Room for so many blocks, which are counted as they are opened. Takes the memory of the columns, and frees it if this
   fails. */
static custval_status cells_new(const custval_host *host, const custval__model *model, double *memory, size_t count,
                                size_t blocks, size_t covariates, custval__cells *out, custval_error *error) {
    *out = (custval__cells){.host = *host, .model = model, .count = count, .covariate_count = covariates};
    out->memory = memory;
    out->starts = custval__alloc(host, blocks + 1, sizeof *out->starts);
    out->covariates = custval__alloc(host, blocks, covariates * sizeof *out->covariates);
    if (memory == NULL || out->starts == NULL || out->covariates == NULL) {
        custval__cells_free(out);
        return custval__fail_memory(error);
    }
    out->customers = customers_of(model->columns, memory, count);
    out->customers.count = count;
    out->counts = memory + columns_of(model) * count;
    return CUSTVAL_OK;
}

/* Opens the block whose covariates were put in their place. */
static void open_block(custval__cells *cells, size_t row) {
    cells->starts[cells->block_count++] = row;
    cells->starts[cells->block_count] = cells->count;
}

static int begins_block(const rows *in, size_t i) {
    return i == 0 || compare_rows(in, in->entries[i - 1].row, in->entries[i].row, in->covariates) != 0;
}

/* The columns stay in their memory, which is the largest block of a fit: each is put in order beside and moved back,
   without gaps. */
static void order_columns(rows *in) {
    double *room = (double *)in->other; /* an entry is no smaller than a number */
    double *to = in->cells;
    for (size_t k = in->covariates; k + 1 < in->width; k++, to += in->count) {
        const double *from = in->cells + k * in->capacity;
        for (size_t i = 0; i < in->count; i++) room[i] = from[in->entries[i].row];
        memcpy(to, room, in->count * sizeof *room);
    }
    for (size_t i = 0; i < in->count; i++) to[i] = in->entries[i].count;
}

static custval_status make_cells(const custval_host *host, rows *in, custval__cells *out, custval_error *error) {
    double *memory = in->cells;
    size_t blocks = 0;
    for (size_t i = 0; i < in->count; i++) blocks += (size_t)begins_block(in, i);
    in->cells = NULL;
    CUSTVAL__TRY(cells_new(host, in->source->model, memory, in->count, blocks, in->covariates, out, error));
    in->cells = memory;
    for (size_t i = 0; i < in->count; i++) {
        if (!begins_block(in, i)) continue;
        for (size_t k = 0; k < in->covariates; k++) {
            out->covariates[out->block_count * in->covariates + k] = in->cells[k * in->capacity + in->entries[i].row];
        }
        open_block(out, i);
    }
    order_columns(in);
    in->cells = NULL; /* they are the cells' now */
    for (size_t i = 0; i < in->count; i++) out->total += out->counts[i];
    return CUSTVAL_OK;
}

static custval_status read_and_sort(const custval_host *host, rows *in, custval__cells *out, custval_error *error) {
    in->cells = custval__alloc(host, in->capacity, in->width * sizeof *in->cells);
    in->entries = custval__alloc(host, in->capacity, sizeof *in->entries);
    in->other = custval__alloc(host, in->capacity, sizeof *in->other);
    if (in->cells == NULL || in->entries == NULL || in->other == NULL) return custval__fail_memory(error);
    CUSTVAL__TRY(read_rows(host, in, error));
    sort_and_join(in);
    return make_cells(host, in, out, error);
}

custval_status custval__cells_read(const custval_host *whole_host, const custval__cell_source *source,
                                   custval__cells *out, custval_error *error) {
    rows in = {.source = source, .capacity = custval_table_rows(source->table)};
    *out = (custval__cells){.host = *whole_host};
    place_columns(&in);
    const custval_status status = read_and_sort(whole_host, &in, out, error);
    custval__free(whole_host, in.cells);
    custval__free(whole_host, in.entries);
    custval__free(whole_host, in.other);
    return status;
}

void custval__cells_range(const custval__cells *cells, size_t covariate, double *low, double *high) {
    const double *first = cells->covariates + covariate;
    *low = *high = first[0];
    for (size_t b = 1; b < cells->block_count; b++) {
        const double x = first[b * cells->covariate_count];
        *low = x < *low ? x : *low;
        *high = x > *high ? x : *high;
    }
}

custval_status custval__cells_sample(const custval__cells *cells, size_t stride, custval__cells *out,
                                     custval_error *error) {
    const size_t columns = columns_of(cells->model), first = stride / 2;
    const size_t count = cells->count <= first ? 0 : (cells->count - first - 1) / stride + 1;
    double *memory = custval__alloc(&cells->host, count, (columns + 1) * sizeof *memory);
    size_t block = 0, opened = SIZE_MAX;
    CUSTVAL__TRY(cells_new(&cells->host, cells->model, memory, count, count, cells->covariate_count, out, error));
    for (size_t i = 0; i < count; i++) {
        const size_t from = first + i * stride;
        while (cells->starts[block + 1] <= from) block++;
        if (block != opened) {
            memcpy(out->covariates + out->block_count * cells->covariate_count,
                   cells->covariates + block * cells->covariate_count, cells->covariate_count * sizeof(double));
            open_block(out, i);
        }
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
