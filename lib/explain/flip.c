/* custval_flip: the weights at which two offers tie. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <custval/explain.h>

#include <math.h>

#include "../base/error.h"
#include "flip.h"
#include "rows.h"

/* Intervals in which the weights 0..1 are searched where the lead is not linear: two changes of sign within one of them
   are not seen. */
#define GRID (CUSTVAL__FLIP_VARIANTS - 1)
#define PRECISION 1e-12

/* ---- The lead as a function of one weight ------------------------------------------------------------------------ */

// Gives a node the weights, and its siblings what they leave, in the proportions that they have.
static void set_weights(const custval__flip *of, custval__competitor *offer, uint32_t node, const double *weights,
                        uint32_t count) {
    const custval__node *nodes = of->study->plan.system->nodes;
    const double others = 1.0 - of->local[node];
    for (uint32_t i = nodes[nodes[node].parent].first_child; i != CUSTVAL_NONE; i = nodes[i].next_sibling) {
        for (uint32_t k = 0; k < count; k++) {
            offer->variants.weight[i][k] = i == node ? weights[k] : (1.0 - weights[k]) * (of->local[i] / others);
        }
    }
}

static void restore_weights(const custval__flip *of, custval__competitor *offer, uint32_t node, uint32_t count) {
    const custval__node *nodes = of->study->plan.system->nodes;
    for (uint32_t i = nodes[nodes[node].parent].first_child; i != CUSTVAL_NONE; i = nodes[i].next_sibling) {
        for (uint32_t k = 0; k < count; k++) offer->variants.weight[i][k] = of->local[i];
    }
}

static void score_offer(const custval__flip *of, custval__competitor *offer, uint32_t node, const double *weights,
                        uint32_t count) {
    set_weights(of, offer, node, weights, count);
    const double *values = custval__variants_run(of->study, &offer->variants, offer->state.row, count);
    for (uint32_t k = 0; k < count; k++) offer->values[k] = values[k];
    restore_weights(of, offer, node, count);
}

// Leads over the rival at the weights; NaN where one has no value.
static void leads_at(custval__flip *of, uint32_t node, const double *weights, uint32_t count, double *leads) {
    score_offer(of, &of->own, node, weights, count);
    score_offer(of, &of->rival, node, weights, count);
    for (uint32_t k = 0; k < count; k++) leads[k] = of->own.values[k] - of->rival.values[k];
}

/* ---- Linear ------------------------------------------------------------------------------------------------------ */

// Scores of all children are there and whole, so that neither re-weighting nor a coverage floor depends on the weights.
static int group_is_whole(const custval__node *nodes, const custval__state *state, uint32_t first) {
    for (uint32_t child = first; child != CUSTVAL_NONE; child = nodes[child].next_sibling) {
        if (isnan(state->score[child]) || state->coverage[child] != 1.0) return 0;
    }
    return 1;
}

// Whether the lead is linear in the weight of a node: means all the way up, no gate to jump at, and no relief to bend it.
static int is_linear(const custval__flip *of, uint32_t node) {
    const custval_system *system = of->study->plan.system;
    const custval__node *nodes = system->nodes;
    if (system->gate_count > 0 || system->relief_count > 0 || system->spec.form == CUSTVAL_FORM_RATIO) return 0;
    const int index_of_two = system->spec.form == CUSTVAL_FORM_INDEX && nodes[0].child_count > 1;
    if (index_of_two && system->spec.aggregator != CUSTVAL_AGGREGATOR_MEAN) return 0;
    for (uint32_t up = nodes[node].parent; up != 0; up = nodes[up].parent) {
        if (nodes[up].child_count > 1 && nodes[up].aggregator != CUSTVAL_AGGREGATOR_MEAN) return 0;
    }
    const uint32_t first = nodes[nodes[node].parent].first_child;
    return group_is_whole(nodes, &of->own.state, first) && group_is_whole(nodes, &of->rival.state, first);
}

static double solve_linear(custval__flip *of, uint32_t node) {
    static const double ends[2] = {0.0, 1.0};
    double leads[2];
    leads_at(of, node, ends, 2, leads);
    const double zero = leads[0] / (leads[0] - leads[1]);
    return zero >= 0.0 && zero <= 1.0 ? zero : (double)NAN; // NaN, too, where the lead does not depend on the weight
}

/* ---- Anything else ----------------------------------------------------------------------------------------------- */

static int changes_sign(double left, double right) {
    return (left <= 0.0 && right >= 0.0) || (left >= 0.0 && right <= 0.0);
}

// The first weight after `from` where the sign is not that of lead_from any more; it is that no more at `to`.
static double bisect(custval__flip *of, uint32_t node, double from, double to, double lead_from) {
    while (fabs(to - from) > PRECISION) {
        const double middle = (from + to) / 2.0;
        double lead;
        leads_at(of, node, &middle, 1, &lead);
        // Where the lead jumps over 0, or ends in no value, this closes in on the jump.
        if (changes_sign(lead_from, lead)) {
            to = middle;
        } else {
            from = middle;
        }
    }
    return to;
}

// Goes from the present weight in steps of the grid towards 0 or 1, until the sign changes.
static double search(custval__flip *of, uint32_t node, double end) {
    double weights[GRID + 1], leads[GRID + 1];
    const double now = of->local[node];
    for (uint32_t k = 0; k <= GRID; k++) weights[k] = now + (end - now) * ((double)k / GRID);
    weights[GRID] = end;
    leads_at(of, node, weights, GRID + 1, leads);
    for (uint32_t k = 0; k < GRID; k++) {
        if (changes_sign(leads[k], leads[k + 1])) return bisect(of, node, weights[k], weights[k + 1], leads[k]);
    }
    return (double)NAN;
}

static double nearest_of(double down, double up, double now) {
    if (isnan(down)) return up;
    if (isnan(up)) return down;
    return fabs(up - now) < fabs(down - now) ? up : down;
}

double custval__flip_weight(custval__flip *of, uint32_t node) {
    const double now = of->local[node];
    if (of->lead == 0.0) return now;
    if (now == 1.0) return (double)NAN; // siblings without weight have no proportions
    if (is_linear(of, node)) return solve_linear(of, node);
    return nearest_of(search(of, node, 0.0), search(of, node, 1.0), now);
}

/* ---- The competitors --------------------------------------------------------------------------------------------- */

static custval_status new_competitor(custval__study *study, custval__competitor *out, custval_error *error) {
    CUSTVAL__TRY(custval__state_new(study, &out->state, error));
    CUSTVAL__TRY(custval__variants_new(study, CUSTVAL_KIND_ITEM, 1, GRID + 1, &out->variants, error));
    out->values = custval__study_alloc(study, GRID + 1, sizeof *out->values);
    return out->values == NULL ? custval__fail_memory(error) : CUSTVAL_OK;
}

custval_status custval__flip_new(custval__study *study, size_t row, custval__flip *out, custval_error *error) {
    *out = (custval__flip){.study = study};
    out->local = custval__study_alloc(study, study->plan.system->node_count, sizeof *out->local);
    if (out->local == NULL) return custval__fail_memory(error);
    CUSTVAL__TRY(new_competitor(study, &out->own, error));
    CUSTVAL__TRY(new_competitor(study, &out->rival, error));
    custval__state_read(study, row, &out->own.state);
    if (!custval__state_has_value(&out->own.state)) return custval__study_fail_no_value(study, row, error);
    custval__state_weights(study, &out->own.state, out->local);
    custval__variants_fill(study, &out->own.variants, &out->own.state, out->local, GRID + 1);
    return CUSTVAL_OK;
}

void custval__flip_meet(custval__flip *of, size_t row) {
    custval__study *study = of->study;
    custval__state_read(study, row, &of->rival.state);
    custval__variants_fill(study, &of->rival.variants, &of->rival.state, of->local, GRID + 1);
    of->lead = *custval__variants_run(study, &of->own.variants, of->own.state.row, 1);
    of->lead -= *custval__variants_run(study, &of->rival.variants, row, 1);
}

/* ---- The table --------------------------------------------------------------------------------------------------- */

static custval_status fill_table(custval__flip *of, const uint32_t *nodes, custval_table *table, custval_error *error) {
    CUSTVAL__TRY(custval__rows_add_names(of->study, table, nodes, error));
    CUSTVAL__TRY(custval__rows_add_kinds(of->study, table, nodes, error));
    double *weight, *at, *distance, *lead;
    CUSTVAL__TRY(custval__result_add_doubles(table, "weight", &weight, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "flip", &at, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "distance", &distance, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "lead", &lead, error));
    for (size_t i = 0; i < custval_table_rows(table); i++) {
        weight[i] = of->local[nodes[i]];
        at[i] = custval__flip_weight(of, nodes[i]);
        distance[i] = fabs(at[i] - weight[i]);
        lead[i] = of->lead;
    }
    custval__result_finish(table);
    return CUSTVAL_OK;
}

static custval_status find_flips(custval__study *study, size_t row_a, size_t row_b, custval_table **out,
                                 custval_error *error) {
    custval__flip of;
    CUSTVAL__TRY(custval__study_check_row(study, row_a, "row_a", error));
    CUSTVAL__TRY(custval__flip_new(study, row_a, &of, error));
    CUSTVAL__TRY(custval__study_check_row(study, row_b, "row_b", error));
    custval__flip_meet(&of, row_b);
    if (!custval__state_has_value(&of.rival.state)) return custval__study_fail_no_value(study, row_b, error);
    if (isnan(of.lead)) {
        return custval__fail_at(error, CUSTVAL_ERROR_STATE, CUSTVAL_NONE, row_b,
                                "row %zu has no value with the weights of row %zu", row_b, row_a);
    }
    uint32_t *nodes, count;
    CUSTVAL__TRY(custval__rows_weighed(study, &nodes, &count, error));
    CUSTVAL__TRY(custval__result_new(&study->plan.host, count, out, error));
    return fill_table(&of, nodes, *out, error);
}

custval_status custval_flip(const custval_system *system, const custval_table *table, size_t row_a, size_t row_b,
                            const custval_score_options *options, custval_table **out, custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    custval__study study;
    custval_status status = custval__study_open(&study, system, table, options, CUSTVAL__FLIP_VARIANTS, error);
    if (status == CUSTVAL_OK) status = find_flips(&study, row_a, row_b, out, error);
    custval__study_close(&study);
    if (status != CUSTVAL_OK) {
        custval_table_free(*out);
        *out = NULL;
    }
    return status;
}
