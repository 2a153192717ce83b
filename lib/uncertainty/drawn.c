/* Which weights are drawn; tables of draws. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "drawn.h"

#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "../table/table.h"
#include "order.h"

/* ---- Terms --------------------------------------------------------------------------------------------------------- */

static int is_mean(const custval_system *system, uint32_t node) {
    if (system->nodes[node].child_count < 2) return 1;
    if (node != 0) return system->nodes[node].aggregator == CUSTVAL_AGGREGATOR_MEAN;
    if (system->spec.form == CUSTVAL_FORM_RATIO) return 0;
    return system->spec.form == CUSTVAL_FORM_DIFFERENCE || system->spec.aggregator == CUSTVAL_AGGREGATOR_MEAN;
}

custval_status custval__drawn_new(custval__arena *arena, const custval_system *system, uint8_t *is_drawn,
                                  custval__drawn *out, custval_error *error) {
    *out = (custval__drawn){.system = system, .is_drawn = is_drawn};
    uint8_t *below = custval__arena_alloc(arena, system->node_count, 1);
    out->terms = custval__arena_alloc(arena, system->node_count, sizeof *out->terms);
    if (below == NULL || out->terms == NULL) return custval__fail_memory(error);
    for (uint32_t i = system->first_derived - 1; i > 0; i--) {
        if (below[i] || is_drawn[i]) below[system->nodes[i].parent] = 1;
    }
    out->is_sum = system->gate_count == 0 && system->relief_count == 0 && below[0];
    for (uint32_t i = 0; i < system->first_derived; i++) {
        if (below[i]) {
            out->is_sum = out->is_sum && is_mean(system, i);
        } else if (i > 0 && below[system->nodes[i].parent]) {
            out->terms[out->term_count++] = i;
        }
    }
    return CUSTVAL_OK;
}

/* ---- Weights of draws ---------------------------------------------------------------------------------------------- */

custval_status custval__weighing_new(custval__arena *arena, const custval__drawn *drawn, uint32_t count,
                                     custval__weighing *out, custval_error *error) {
    *out = (custval__weighing){.count = count};
    const size_t terms = drawn->is_sum ? drawn->term_count : 0;
    out->weight = custval__arena_alloc(arena, drawn->system->node_count, sizeof *out->weight);
    out->global = custval__arena_alloc(arena, terms, sizeof *out->global);
    if (out->weight == NULL || out->global == NULL) return custval__fail_memory(error);
    for (size_t t = 0; t < terms; t++) {
        out->global[t] = custval__order_doubles(arena, count);
        if (out->global[t] == NULL) return custval__fail_memory(error);
    }
    return CUSTVAL_OK;
}

void custval__weighing_multiply(const custval__drawn *drawn, custval__weighing *weighing) {
    const custval_system *system = drawn->system;
    for (uint32_t t = 0; t < drawn->term_count && drawn->is_sum; t++) {
        double *product = weighing->global[t];
        for (uint32_t k = 0; k < weighing->count; k++) product[k] = 1.0;
        for (uint32_t node = drawn->terms[t]; node != 0; node = system->nodes[node].parent) {
            if (!drawn->is_drawn[node] || !custval__drawn_counts(system, node)) continue;
            for (uint32_t k = 0; k < weighing->count; k++) product[k] *= weighing->weight[node][k];
        }
    }
}

/* ---- Tables of draws ------------------------------------------------------------------------------------------------ */

// Finds the column of each node, SIZE_MAX where there is none.
static custval_status find_columns(const custval_system *system, const custval_table *table, size_t *column_of,
                                   custval_error *error) {
    int found = 0;
    for (uint32_t i = 1; i < system->first_derived; i++) {
        if (custval_table_find(table, system->nodes[i].id, &column_of[i], NULL) != CUSTVAL_OK) continue;
        CUSTVAL__TRY(custval__table_need_number(table, column_of[i], error));
        found = 1;
    }
    if (found) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_NOT_FOUND,
                         "the draws have no column that is named as a node of the system, such as \"%s\"",
                         system->nodes[1].id);
}

static custval_status check_groups(const custval_system *system, const size_t *column_of, custval_error *error) {
    for (uint32_t i = 1; i < system->first_derived; i++) {
        const uint32_t first = system->nodes[system->nodes[i].parent].first_child;
        if ((column_of[i] == SIZE_MAX) == (column_of[first] == SIZE_MAX)) continue;
        const uint32_t drawn = column_of[i] == SIZE_MAX ? first : i, left_out = drawn == i ? first : i;
        return custval__fail_at(error, CUSTVAL_ERROR_STRUCTURE, left_out, SIZE_MAX,
                                "\"%s\" is drawn, but its sibling \"%s\" is not", system->nodes[drawn].id,
                                system->nodes[left_out].id);
    }
    return CUSTVAL_OK;
}

static custval_status read_weights(const custval_table *table, size_t column, uint32_t node, double *out,
                                   custval_error *error) {
    const size_t count = custval_table_rows(table);
    const double *read = custval__table_doubles(table, column, 0, count, out);
    for (size_t k = 0; k < count; k++) {
        out[k] = read[k];
        if (out[k] >= 0.0 && isfinite(out[k])) continue;
        const char *name = custval_table_name(table, column);
        if (isnan(out[k])) {
            return custval__fail_at(error, CUSTVAL_ERROR_WEIGHT, node, k, "draw %zu, column \"%s\": there is no weight",
                                    k, name);
        }
        return custval__fail_at(error, CUSTVAL_ERROR_WEIGHT, node, k, "draw %zu, column \"%s\": weight %g is %s", k,
                                name, out[k], out[k] < 0.0 ? "negative" : "not finite");
    }
    return CUSTVAL_OK;
}

// Makes the weights of a group add up to 1 in every draw; `together` has room for one draw.
static custval_status normalise_group(const custval_system *system, uint32_t first, size_t draws, double *const *weight,
                                      double *together, custval_error *error) {
    for (size_t k = 0; k < draws; k++) {
        size_t count = 0;
        for (uint32_t i = first; i != CUSTVAL_NONE; i = system->nodes[i].next_sibling) together[count++] = weight[i][k];
        if (custval__weights_normalise(together, count) != 0) {
            return custval__fail_at(error, CUSTVAL_ERROR_WEIGHT, first, k,
                                    "draw %zu: the weights of \"%s\" and its siblings are all 0", k,
                                    system->nodes[first].id);
        }
        count = 0;
        for (uint32_t i = first; i != CUSTVAL_NONE; i = system->nodes[i].next_sibling) weight[i][k] = together[count++];
    }
    return CUSTVAL_OK;
}

static custval_status read_groups(custval__arena *arena, const custval_system *system, const custval_table *table,
                                  const size_t *column_of, double **weight, custval_error *error) {
    const size_t draws = custval_table_rows(table);
    double *together = custval__arena_alloc(arena, system->node_count, sizeof *together);
    if (together == NULL) return custval__fail_memory(error);
    for (uint32_t i = 1; i < system->first_derived; i++) {
        if (column_of[i] == SIZE_MAX) continue;
        weight[i] = custval__order_doubles(arena, draws);
        if (weight[i] == NULL) return custval__fail_memory(error);
        CUSTVAL__TRY(read_weights(table, column_of[i], i, weight[i], error));
    }
    for (uint32_t parent = 0; parent < system->first_derived; parent++) {
        const uint32_t first = system->nodes[parent].first_child;
        if (first == CUSTVAL_NONE || column_of[first] == SIZE_MAX) continue;
        CUSTVAL__TRY(normalise_group(system, first, draws, weight, together, error));
    }
    return CUSTVAL_OK;
}

custval_status custval__drawn_read(custval__arena *arena, const custval_system *system, const custval_table *table,
                                   custval__drawn *out, custval__weighing *out_weighing, custval_error *error) {
    const size_t draws = custval_table_rows(table), nodes = system->node_count;
    if (draws == 0) return custval__fail(error, CUSTVAL_ERROR_STATE, "there are no draws: their table has no rows");
    if (draws > CUSTVAL__ORDER_MOST) {
        return custval__fail(error, CUSTVAL_ERROR_LIMIT, "%zu draws are more than %u", draws,
                             (unsigned)CUSTVAL__ORDER_MOST);
    }
    size_t *column_of = custval__arena_alloc(arena, nodes, sizeof *column_of);
    uint8_t *is_drawn = custval__arena_alloc(arena, nodes, 1);
    double **weight = custval__arena_alloc(arena, nodes, sizeof *weight);
    if (column_of == NULL || is_drawn == NULL || weight == NULL) return custval__fail_memory(error);
    CUSTVAL__TRY(find_columns(system, table, column_of, error));
    CUSTVAL__TRY(check_groups(system, column_of, error));
    CUSTVAL__TRY(read_groups(arena, system, table, column_of, weight, error));
    for (uint32_t i = 1; i < system->first_derived; i++) is_drawn[i] = weight[i] != NULL;
    CUSTVAL__TRY(custval__drawn_new(arena, system, is_drawn, out, error));
    CUSTVAL__TRY(custval__weighing_new(arena, out, (uint32_t)draws, out_weighing, error));
    for (uint32_t i = 1; i < system->first_derived; i++) out_weighing->weight[i] = weight[i];
    custval__weighing_multiply(out, out_weighing);
    return CUSTVAL_OK;
}
