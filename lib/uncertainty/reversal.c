/* custval_reversal: the smallest change of one weight that changes the winner. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <custval/uncertainty.h>

#include <math.h>

#include "../base/error.h"
#include "../explain/flip.h"
#include "../explain/rows.h"

/* The nearest flip of one node over all rivals. */
typedef struct reversal {
    uint32_t node;
    double weight, flip, distance, rival;
} reversal;

// The row of the highest value, the first of several.
static custval_status find_winner(custval__study *study, size_t *out_winner, custval_error *error) {
    const size_t rows = custval_table_rows(study->table);
    size_t with_value = 0;
    double highest = -(double)INFINITY;
    *out_winner = 0;
    for (size_t row = 0; row < rows; row++) {
        custval__engine_run(study->engine, &study->source, row, 1, NULL);
        const double value = *custval__engine_score(study->engine, 0);
        if (isnan(value)) continue;
        with_value++;
        if (!(value > highest)) continue;
        highest = value;
        *out_winner = row;
    }
    if (with_value >= 2) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_STATE, "%zu of %zu rows %s a value: there is no winner that could change",
                         with_value, rows, with_value == 1 ? "has" : "have");
}

static custval_status meet_rivals(custval__study *study, size_t winner, reversal *nodes, uint32_t count,
                                  custval_error *error) {
    const custval_host *host = &study->plan.host;
    const size_t rows = custval_table_rows(study->table);
    custval__flip flip;
    CUSTVAL__TRY(custval__flip_new(study, winner, &flip, error));
    for (uint32_t i = 0; i < count; i++) nodes[i].weight = flip.local[nodes[i].node];
    for (size_t row = 0; row < rows; row++) {
        if (host->progress != NULL && host->progress(host->progress_data, row, rows) != 0) {
            return custval__fail(error, CUSTVAL_ERROR_CANCELLED, "the host stopped after %zu of %zu rows", row, rows);
        }
        if (row == winner) continue;
        custval__flip_meet(&flip, row);
        if (!custval__state_has_value(&flip.rival.state) || isnan(flip.lead)) continue;
        for (uint32_t i = 0; i < count; i++) {
            const double at = custval__flip_weight(&flip, nodes[i].node), distance = fabs(at - nodes[i].weight);
            if (isnan(at) || distance >= nodes[i].distance) continue; // the first of several
            nodes[i].flip = at;
            nodes[i].distance = distance;
            nodes[i].rival = (double)row;
        }
    }
    return CUSTVAL_OK;
}

// The smallest change first; equal ones stay in the order of the tree. Sorted by insertion: qsort may allocate behind the
// host's back.
static void sort_by_distance(reversal *nodes, uint32_t count) {
    for (uint32_t i = 1; i < count; i++) {
        const reversal moving = nodes[i];
        uint32_t at = i;
        for (; at > 0 && nodes[at - 1].distance > moving.distance; at--) nodes[at] = nodes[at - 1];
        nodes[at] = moving;
    }
}

static custval_status fill_table(custval__study *study, const reversal *nodes, uint32_t *order, custval_table *table,
                                 custval_error *error) {
    double *weight, *flip, *distance, *rival;
    for (size_t i = 0; i < custval_table_rows(table); i++) order[i] = nodes[i].node;
    CUSTVAL__TRY(custval__rows_add_names(study, table, order, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "weight", &weight, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "flip", &flip, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "distance", &distance, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "rival", &rival, error));
    for (size_t i = 0; i < custval_table_rows(table); i++) {
        weight[i] = nodes[i].weight;
        flip[i] = nodes[i].flip;
        distance[i] = isinf(nodes[i].distance) ? (double)NAN : nodes[i].distance;
        rival[i] = nodes[i].rival;
    }
    custval__result_finish(table);
    return CUSTVAL_OK;
}

static custval_status find_reversals(custval__study *study, custval_table **out, custval_error *error) {
    uint32_t *order, count;
    size_t winner;
    CUSTVAL__TRY(find_winner(study, &winner, error));
    CUSTVAL__TRY(custval__rows_weighed(study, &order, &count, error));
    reversal *nodes = custval__study_alloc(study, count, sizeof *nodes);
    if (nodes == NULL) return custval__fail_memory(error);
    for (uint32_t i = 0; i < count; i++) {
        nodes[i] = (reversal){order[i], (double)NAN, (double)NAN, (double)INFINITY, (double)NAN};
    }
    CUSTVAL__TRY(meet_rivals(study, winner, nodes, count, error));
    sort_by_distance(nodes, count);
    CUSTVAL__TRY(custval__result_new(&study->plan.host, count, out, error));
    return fill_table(study, nodes, order, *out, error);
}

custval_status custval_reversal(const custval_system *system, const custval_table *table,
                                const custval_score_options *options, custval_table **out, custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    custval__study study;
    custval_status status = custval__study_open(&study, system, table, options, CUSTVAL__FLIP_VARIANTS, error);
    if (status == CUSTVAL_OK) status = find_reversals(&study, out, error);
    custval__study_close(&study);
    if (status != CUSTVAL_OK) {
        custval_table_free(*out);
        *out = NULL;
    }
    return status;
}
