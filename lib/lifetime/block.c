/* Customers of a table as predictions read them: checked row by row, and put together by what they share. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "block.h"

#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "../table/table.h"
#include "equal.h"
#include "rows.h"

/* ---- Where rows come from ---------------------------------------------------------------------------------------------- */

static void use(custval__rows *rows, uint32_t cell, size_t column, double number) {
    rows->column[cell] = column;
    rows->number[cell] = number;
    rows->used[rows->used_count++] = (uint8_t)cell;
}

custval_status custval__rows_open(custval__rows *out, const custval_table *table, const custval_lifetime *lifetime,
                                  uint32_t wanted, int with_count, const custval_lifetime_columns *names,
                                  custval_error *error) {
    custval_lifetime_columns whole;
    custval__row_columns found;
    *out = (custval__rows){.table = table, .lifetime = lifetime, .horizon_most = HUGE_VAL};
    for (size_t i = 0; i < CUSTVAL__CELLS; i++) out->column[i] = SIZE_MAX;
    CUSTVAL__TRY(custval__lifetime_columns_read(names, &whole, error));
    CUSTVAL__TRY(custval__row_columns_find(table, &whole, wanted, 1, with_count, lifetime->purchase_names,
                                           lifetime->purchase_count, lifetime->dropout_names, lifetime->dropout_count,
                                           &found, error));
    const struct {
        uint32_t cell;
        size_t column;
    } columns[] = {{CUSTVAL__CELL_X, found.x},
                   {CUSTVAL__CELL_T_X, found.t_x},
                   {CUSTVAL__CELL_T, found.T},
                   {CUSTVAL__CELL_MEAN_SPEND, found.mean_spend},
                   {CUSTVAL__CELL_COUNT, found.count}};
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++) {
        if (columns[i].column != SIZE_MAX) use(out, columns[i].cell, columns[i].column, 0.0);
    }
    if (wanted & CUSTVAL__COLUMN_LOST) use(out, CUSTVAL__CELL_LOST, found.lost, 0.0);
    for (uint32_t i = 0; i < lifetime->purchase_count; i++)
        use(out, CUSTVAL__CELL_PURCHASE + i, found.purchase[i], 0.0);
    for (uint32_t i = 0; i < lifetime->dropout_count; i++) use(out, CUSTVAL__CELL_DROPOUT + i, found.dropout[i], 0.0);
    return CUSTVAL_OK;
}

custval_status custval__rows_add(custval__rows *rows, uint32_t cell, const char *name, double number,
                                 custval_error *error) {
    size_t column = SIZE_MAX;
    if (name != NULL) {
        CUSTVAL__TRY(custval_table_find(rows->table, name, &column, error));
        CUSTVAL__TRY(custval__table_need_number(rows->table, column, error));
    }
    use(rows, cell, column, number);
    return CUSTVAL_OK;
}

void custval__rows_make_new(custval__rows *rows) {
    use(rows, CUSTVAL__CELL_HORIZON, rows->column[CUSTVAL__CELL_T], 0.0);
    rows->column[CUSTVAL__CELL_T] = SIZE_MAX;
    use(rows, CUSTVAL__CELL_X, SIZE_MAX, 0.0);
    use(rows, CUSTVAL__CELL_T_X, SIZE_MAX, 0.0);
}

/* ---- One row ------------------------------------------------------------------------------------------------------------ */

static custval__customers customers_of(double *const *cell, size_t start, size_t count) {
    custval__customers out = {.count = count};
    const struct {
        uint32_t cell;
        const double **to;
    } columns[] = {{CUSTVAL__CELL_X, &out.x},
                   {CUSTVAL__CELL_T_X, &out.t_x},
                   {CUSTVAL__CELL_T, &out.T},
                   {CUSTVAL__CELL_MEAN_SPEND, &out.mean_spend},
                   {CUSTVAL__CELL_LOST, &out.lost}};
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++) {
        if (cell[columns[i].cell] != NULL) *columns[i].to = cell[columns[i].cell] + start;
    }
    return out;
}

/* Why a row is not whole: its status, the cell (CUSTVAL__CELLS: several of them) and words. */
typedef struct verdict {
    uint32_t status, cell;
    const char *words;
} verdict;

static verdict judge_cell(const custval__rows *rows, uint32_t cell, double x) {
    const int is_size = cell == CUSTVAL__CELL_HORIZON || cell == CUSTVAL__CELL_COUNT;
    if (isnan(x)) return (verdict){CUSTVAL_LIFETIME_ROW_MISSING, cell, "missing"};
    if (isinf(x)) return (verdict){CUSTVAL_LIFETIME_ROW_RANGE, cell, "not finite"};
    if (is_size && x < 0.0) return (verdict){CUSTVAL_LIFETIME_ROW_RANGE, cell, "below 0"};
    if (cell != CUSTVAL__CELL_HORIZON) return (verdict){CUSTVAL_LIFETIME_ROW_OK, cell, NULL};
    if (x > rows->horizon_most) return (verdict){CUSTVAL_LIFETIME_ROW_RANGE, cell, "too many cash periods"};
    if (rows->lifetime->model->discrete && x != floor(x)) {
        return (verdict){CUSTVAL_LIFETIME_ROW_RANGE, cell, "no whole number of periods"};
    }
    if (rows->lifetime->model->discrete && x > CUSTVAL__MOST_PERIODS) {
        return (verdict){CUSTVAL_LIFETIME_ROW_RANGE, cell, "too many periods"};
    }
    return (verdict){CUSTVAL_LIFETIME_ROW_OK, cell, NULL};
}

static verdict judge(const custval__rows *rows, double *const *cell, const custval__customers *customers, size_t row) {
    for (uint32_t i = 0; i < rows->used_count; i++) {
        const verdict of_cell = judge_cell(rows, rows->used[i], cell[rows->used[i]][row]);
        if (of_cell.status != CUSTVAL_LIFETIME_ROW_OK) return of_cell;
    }
    const char *words = rows->lifetime->model->check(customers, row);
    if (words == NULL && rows->spend != NULL) words = rows->spend->check(customers, row);
    return (verdict){words == NULL ? CUSTVAL_LIFETIME_ROW_OK : CUSTVAL_LIFETIME_ROW_RANGE, CUSTVAL__CELLS, words};
}

static custval_status refuse(const custval__rows *rows, const custval__block *block, size_t row, custval_error *error) {
    const custval__customers customers = customers_of(block->read, 0, row + 1);
    const verdict found = judge(rows, block->read, &customers, row);
    if (found.cell == CUSTVAL__CELLS) {
        return custval__fail_at(error, CUSTVAL_ERROR_RANGE, CUSTVAL_NONE, row, "row %zu: %s", row, found.words);
    }
    const char *name = custval_table_name(rows->table, rows->column[found.cell]);
    if (found.status == CUSTVAL_LIFETIME_ROW_MISSING) {
        return custval__fail_at(error, CUSTVAL_ERROR_RANGE, CUSTVAL_NONE, row,
                                "row %zu: column \"%s\" is missing; leave the row out", row, name);
    }
    return custval__fail_at(error, CUSTVAL_ERROR_RANGE, CUSTVAL_NONE, row, "row %zu: column \"%s\" is %g, %s", row,
                            name, block->read[found.cell][row], found.words);
}

/* ---- A block ------------------------------------------------------------------------------------------------------------- */

custval_status custval__block_new(custval__arena *arena, const custval__rows *rows, size_t capacity,
                                  custval__block *out) {
    *out = (custval__block){.count = 0};
    for (uint32_t i = 0; i < rows->used_count; i++) {
        const uint32_t cell = rows->used[i];
        out->read[cell] = custval__arena_alloc(arena, capacity, sizeof(double));
        out->cell[cell] = custval__arena_alloc(arena, capacity, sizeof(double));
        if (out->read[cell] == NULL || out->cell[cell] == NULL) return CUSTVAL_ERROR_MEMORY;
    }
    uint32_t **const arrays[] = {&out->status, &out->place, &out->group_end, &out->of, &out->whole, &out->first};
    for (size_t i = 0; i < sizeof arrays / sizeof arrays[0]; i++) {
        *arrays[i] = custval__arena_alloc(arena, capacity, sizeof **arrays[i]);
        if (*arrays[i] == NULL) return CUSTVAL_ERROR_MEMORY;
    }
    out->slots = custval__arena_alloc(arena, custval__equal_slots(capacity), sizeof *out->slots);
    return out->slots == NULL ? CUSTVAL_ERROR_MEMORY : CUSTVAL_OK;
}

static void read_cells(const custval__block *block, const custval__rows *rows, size_t start, size_t count) {
    for (uint32_t i = 0; i < rows->used_count; i++) {
        const uint32_t cell = rows->used[i];
        double *to = block->read[cell];
        if (rows->column[cell] == SIZE_MAX) {
            for (size_t row = 0; row < count; row++) to[row] = rows->number[cell];
            continue;
        }
        const double *from = custval__table_doubles(rows->table, rows->column[cell], start, count, to);
        if (from != to) memcpy(to, from, count * sizeof *to);
    }
    // Whoever made no repeat purchase has no spend to be missing.
    const double *x = block->read[CUSTVAL__CELL_X];
    double *spend = block->read[CUSTVAL__CELL_MEAN_SPEND];
    for (size_t row = 0; row < count && spend != NULL; row++) {
        if (x[row] == 0.0 && isnan(spend[row])) spend[row] = 0.0;
    }
}

// Numbers groups of the whole rows, which are listed in `whole`, and gives each its place, group by group.
static void group(custval__block *block, const custval__rows *rows) {
    const double *keys[CUSTVAL__CELLS];
    size_t key_count = 0;
    for (uint32_t i = 0; i < rows->used_count; i++) {
        const uint32_t cell = rows->used[i];
        const int is_key = cell == CUSTVAL__CELL_HORIZON || cell >= CUSTVAL__CELL_PURCHASE;
        if (is_key && rows->column[cell] != SIZE_MAX) keys[key_count++] = block->cell[cell];
    }
    block->groups = 0;
    if (block->count == 0) return;
    if (key_count == 0) {
        block->groups = 1;
        block->group_end[0] = (uint32_t)block->count;
        memcpy(block->place, block->whole, block->count * sizeof *block->place);
        return;
    }
    block->groups = custval__equal_rows(keys, key_count, block->count, block->slots, block->of, block->first);
    uint32_t *end = block->group_end, start = 0;
    memset(end, 0, block->groups * sizeof *end);
    for (size_t i = 0; i < block->count; i++) end[block->of[i]]++;
    for (size_t g = 0; g < block->groups; g++) {
        const uint32_t size = end[g];
        end[g] = start;
        start += size;
    }
    for (size_t i = 0; i < block->count; i++) block->place[end[block->of[i]]++] = block->whole[i];
}

static void gather(const custval__block *block, const custval__rows *rows, const uint32_t *place) {
    for (uint32_t i = 0; i < rows->used_count; i++) {
        const double *from = block->read[rows->used[i]];
        double *to = block->cell[rows->used[i]];
        for (size_t k = 0; k < block->count; k++) to[k] = from[place[k]];
    }
}

void custval__block_read(custval__block *block, const custval__rows *rows, size_t start, size_t count) {
    read_cells(block, rows, start, count);
    const custval__customers customers = customers_of(block->read, 0, count);
    block->count = 0;
    for (size_t row = 0; row < count; row++) {
        block->status[row] = judge(rows, block->read, &customers, row).status;
        if (block->status[row] == CUSTVAL_LIFETIME_ROW_OK) block->whole[block->count++] = (uint32_t)row;
    }
    gather(block, rows, block->whole);
    group(block, rows);
    if (block->groups > 1) gather(block, rows, block->place);
}

custval_status custval__block_read_all(custval__arena *arena, const custval__rows *rows, custval__block *out,
                                       custval_error *error) {
    const size_t count = custval_table_rows(rows->table);
    if (count > CUSTVAL__BLOCK_ROWS_MOST) {
        return custval__fail(error, CUSTVAL_ERROR_LIMIT, "%zu rows are too many for one call", count);
    }
    if (custval__block_new(arena, rows, count, out) != CUSTVAL_OK) return custval__fail_memory(error);
    custval__block_read(out, rows, 0, count);
    for (size_t row = 0; row < count && out->count < count; row++) {
        if (out->status[row] != CUSTVAL_LIFETIME_ROW_OK) return refuse(rows, out, row, error);
    }
    return CUSTVAL_OK;
}

custval__customers custval__block_customers(const custval__block *block, size_t start, size_t end) {
    return customers_of(block->cell, start, end - start);
}

void custval__block_covariates(const custval__block *block, const custval_lifetime *lifetime, size_t row,
                               double purchase[CUSTVAL__LIFETIME_COVARIATES],
                               double dropout[CUSTVAL__LIFETIME_COVARIATES]) {
    for (uint32_t i = 0; i < lifetime->purchase_count; i++) purchase[i] = block->cell[CUSTVAL__CELL_PURCHASE + i][row];
    for (uint32_t i = 0; i < lifetime->dropout_count; i++) dropout[i] = block->cell[CUSTVAL__CELL_DROPOUT + i][row];
}

void custval__block_parameters(const custval__block *block, const custval_lifetime *lifetime, size_t row,
                               double out[CUSTVAL__MODEL_PARAMETERS]) {
    double purchase[CUSTVAL__LIFETIME_COVARIATES], dropout[CUSTVAL__LIFETIME_COVARIATES];
    custval__block_covariates(block, lifetime, row, purchase, dropout);
    custval__lifetime_effective(lifetime, lifetime->values, purchase, dropout, out);
}
