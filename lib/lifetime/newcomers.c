/* What a model expects of customers from their first purchase on, added up over a table. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "newcomers.h"

#include "../base/error.h"
#include "../base/maths.h"
#include "../base/run.h"

#define LEAST_GROUPS ((size_t)64) /* of a piece */
#define MOST_PIECES ((size_t)256)

custval_status custval__newcomers_read(custval__arena *arena, const custval_table *table,
                                       const custval_lifetime *lifetime, const custval_lifetime_columns *names,
                                       custval__newcomers *out, custval_error *error) {
    *out = (custval__newcomers){.arena = arena, .lifetime = lifetime};
    CUSTVAL__TRY(custval__rows_open(&out->rows, table, lifetime, CUSTVAL__COLUMN_T, 1, names, error));
    custval__rows_make_new(&out->rows);
    return custval__block_read_all(arena, &out->rows, &out->block, error);
}

double custval__count_of(const custval__block *block, size_t row) {
    return block->cell[CUSTVAL__CELL_COUNT] == NULL ? 1.0 : block->cell[CUSTVAL__CELL_COUNT][row];
}

typedef struct summing {
    const custval__newcomers *newcomers;
    custval__newcomer function;
    const void *data;
    size_t count, groups_per_piece;
    double *sums;     /* [piece][count] */
    double **numbers; /* [thread] 2 x count */
} summing;

static custval_status prepare(void *data, uint32_t threads) {
    summing *in = data;
    in->numbers = custval__arena_alloc(in->newcomers->arena, threads, sizeof *in->numbers);
    if (in->numbers == NULL) return CUSTVAL_ERROR_MEMORY;
    for (uint32_t i = 0; i < threads; i++) {
        in->numbers[i] = custval__arena_alloc(in->newcomers->arena, in->count, 2 * sizeof(double));
        if (in->numbers[i] == NULL) return CUSTVAL_ERROR_MEMORY;
    }
    return CUSTVAL_OK;
}

static custval_status sum_piece(void *data, uint32_t index, uint32_t thread) {
    const summing *in = data;
    const custval__block *block = &in->newcomers->block;
    double *sums = in->sums + (size_t)index * in->count, *numbers = in->numbers[thread];
    const size_t first = (size_t)index * in->groups_per_piece, end = first + in->groups_per_piece;
    for (size_t g = first; g < end && g < block->groups; g++) {
        const size_t row = g > 0 ? block->group_end[g - 1] : 0;
        const custval__customers one = custval__block_customers(block, row, row + 1);
        double parameters[CUSTVAL__MODEL_PARAMETERS], customers = 0.0;
        for (size_t i = row; i < block->group_end[g]; i++) customers += custval__count_of(block, i);
        custval__block_parameters(block, in->newcomers->lifetime, row, parameters);
        in->function(in->data, &one, parameters, block->cell[CUSTVAL__CELL_HORIZON] + row, numbers + in->count,
                     numbers);
        for (size_t k = 0; k < in->count; k++) sums[k] += customers * numbers[k];
    }
    return CUSTVAL_OK;
}

custval_status custval__newcomers_sum(const custval__newcomers *newcomers, custval__newcomer function, const void *data,
                                      size_t count, double *out, custval_error *error) {
    const size_t groups = newcomers->block.groups, spread = (groups + MOST_PIECES - 1) / MOST_PIECES;
    summing in = {.newcomers = newcomers, .function = function, .data = data, .count = count};
    in.groups_per_piece = spread > LEAST_GROUPS ? spread : LEAST_GROUPS;
    const size_t pieces = (groups + in.groups_per_piece - 1) / in.groups_per_piece;
    in.sums = custval__arena_alloc(newcomers->arena, pieces * sizeof(double), count);
    if (in.sums == NULL) return custval__fail_memory(error);
    const custval__job job = {.data = &in, .prepare = prepare, .piece = sum_piece, .total_units = pieces};
    if (pieces > 0) CUSTVAL__TRY(custval__run(&newcomers->arena->host, &job, (uint32_t)pieces, error));
    for (size_t k = 0; k < count; k++) {
        custval__sum sum = {0.0, 0.0};
        for (size_t p = 0; p < pieces; p++) custval__sum_add(&sum, in.sums[p * count + k]);
        out[k] = custval__sum_value(&sum);
    }
    return CUSTVAL_OK;
}
