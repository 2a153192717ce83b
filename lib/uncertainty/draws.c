/* custval_draw_system and custval_draw_weights: tables of weights that might as well be true. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "noise.h"

#include "../base/error.h"
#include "../system/system.h"
#include "../table/table.h"

typedef struct drawing {
    custval__noise noise;
    custval__arena arena;
    custval__draws draws;
    double **columns, *stated;
    uint32_t *members, *ends, count;
    custval_table *table;
} drawing;

static custval_status open_drawing(drawing *in, uint32_t most, custval_error *error) {
    custval__arena *arena = &in->arena;
    in->columns = custval__arena_alloc(arena, most, sizeof *in->columns);
    in->stated = custval__arena_alloc(arena, most, sizeof *in->stated);
    in->members = custval__arena_alloc(arena, most, sizeof *in->members);
    in->ends = custval__arena_alloc(arena, most, sizeof *in->ends);
    if (in->columns == NULL || in->stated == NULL || in->members == NULL || in->ends == NULL) {
        return custval__fail_memory(error);
    }
    return custval__result_new(&in->noise.host, in->noise.options.draws, &in->table, error);
}

static custval_status add_column(drawing *in, const char *name, double stated, custval_error *error) {
    in->stated[in->count] = stated;
    return custval__result_add_doubles(in->table, name, &in->columns[in->count++], error);
}

static custval_status draw(drawing *in, uint32_t groups, custval_error *error) {
    in->draws = (custval__draws){&in->noise, in->stated, in->members, in->ends, groups, in->columns};
    CUSTVAL__TRY(custval__draws_make(&in->draws, error));
    custval__result_finish(in->table);
    return CUSTVAL_OK;
}

static custval_status close_drawing(drawing *in, custval_status status, custval_table **out) {
    custval__arena_free(&in->arena);
    return custval__result_give(in->table, status, out);
}

/* ---- A system ------------------------------------------------------------------------------------------------------ */

// Lists the groups of siblings in the order of the tree; column_of says which column a node has.
static uint32_t list_groups(drawing *in, const custval_system *system, const uint32_t *column_of) {
    uint32_t groups = 0, members = 0;
    for (uint32_t parent = 0; parent < system->first_derived; parent++) {
        const uint32_t first = system->nodes[parent].first_child;
        if (first == CUSTVAL_NONE || !custval__system_is_weighed(system, first)) continue;
        for (uint32_t i = first; i != CUSTVAL_NONE; i = system->nodes[i].next_sibling) {
            in->members[members++] = column_of[i];
        }
        in->ends[groups++] = members;
    }
    return groups;
}

static custval_status draw_system(drawing *in, const custval_system *system, custval_error *error) {
    const double *local;
    CUSTVAL__TRY(custval__noise_stated(system, in->noise.options.profile, &local, error));
    CUSTVAL__TRY(open_drawing(in, system->node_count, error));
    uint32_t *column_of = custval__arena_alloc(&in->arena, system->node_count, sizeof *column_of);
    if (column_of == NULL) return custval__fail_memory(error);
    for (uint32_t i = 1; i < system->first_derived; i++) {
        if (!custval__system_is_weighed(system, i)) continue;
        column_of[i] = in->count;
        CUSTVAL__TRY(add_column(in, system->nodes[i].id, local[i], error));
    }
    if (in->count == 0) {
        return custval__fail(error, CUSTVAL_ERROR_STATE,
                             "no node of the system has siblings: there are no weights to draw");
    }
    return draw(in, list_groups(in, system, column_of), error);
}

custval_status custval_draw_system(const custval_system *system, const custval_noise_options *options,
                                   custval_table **out, custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    if (system == NULL) return custval__fail_null(error, "system");
    drawing in = {.table = NULL};
    CUSTVAL__TRY(custval__noise_read(&in.noise, options, error));
    CUSTVAL__TRY(custval__noise_check(&in.noise.options, error));
    custval__arena_init(&in.arena, &in.noise.host);
    return close_drawing(&in, draw_system(&in, system, error), out);
}

/* ---- A set of weights ----------------------------------------------------------------------------------------------- */

static custval_status draw_weights(drawing *in, const custval_weights *weights, custval_error *error) {
    const uint32_t count = (uint32_t)custval_weights_count(weights);
    CUSTVAL__TRY(open_drawing(in, count, error));
    for (uint32_t i = 0; i < count; i++) {
        in->members[i] = i;
        CUSTVAL__TRY(add_column(in, custval_weights_name(weights, i), custval_weights_share(weights, i), error));
    }
    in->ends[0] = count;
    return draw(in, 1, error);
}

custval_status custval_draw_weights(const custval_weights *weights, const custval_noise_options *options,
                                    custval_table **out, custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    if (weights == NULL) return custval__fail_null(error, "weights");
    drawing in = {.table = NULL};
    CUSTVAL__TRY(custval__noise_read(&in.noise, options, error));
    CUSTVAL__TRY(custval__noise_check(&in.noise.options, error));
    custval__arena_init(&in.arena, &in.noise.host);
    return close_drawing(&in, draw_weights(&in, weights, error), out);
}
