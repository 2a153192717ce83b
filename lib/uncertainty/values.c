/* Values under draws: rows that are sums of terms in vector loops, all others by the engine. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "values.h"

#include <math.h>
#include <string.h>

#include "../base/error.h"

/* Sums whose terms together stay below this cannot overflow. */
#define LARGEST_SUM 1e300

custval_status custval__values_open(custval__values *values, const custval__drawn *drawn, const custval_table *table,
                                    const custval_score_options *options, custval_error *error) {
    *values = (custval__values){.drawn = drawn, .kernels = custval__order_kernels_best()};
    custval__study *study = &values->study;
    CUSTVAL__TRY(custval__study_open(study, drawn->system, table, options, 1, error));
    CUSTVAL__TRY(custval__engine_new(&study->plan, CUSTVAL__BLOCK, 0, &values->engine, error));
    CUSTVAL__TRY(custval__state_new(study, &values->state, error));
    CUSTVAL__TRY(custval__variants_new(study, CUSTVAL_KIND_ITEM, 0, CUSTVAL__BLOCK, &values->variants, error));
    const size_t nodes = drawn->system->node_count;
    values->weight = custval__study_alloc(study, nodes, sizeof *values->weight);
    double *numbers = custval__study_alloc(study, 2 * nodes, sizeof *numbers);
    if (values->weight == NULL || numbers == NULL) return custval__fail_memory(error);
    values->variants.preset.weight = values->weight;
    values->local = numbers;
    values->coefficient = numbers + nodes;
    return CUSTVAL_OK;
}

void custval__values_close(custval__values *values) {
    custval__engine_free(values->engine);
    custval__study_close(&values->study);
}

/* ---- One row --------------------------------------------------------------------------------------------------------- */

// What a term adds to the value but for the drawn weights: its score as the customer sees it times the row's own weights.
static double coefficient_of(const custval__values *values, uint32_t term) {
    const custval_system *system = values->drawn->system;
    double product = values->state.score[term];
    if (system->nodes[term].side == CUSTVAL_SIDE_SACRIFICE) {
        product = system->spec.form == CUSTVAL_FORM_INDEX ? 100.0 - product : -product;
    }
    for (uint32_t node = term; node != 0; node = system->nodes[node].parent) {
        if (values->drawn->is_drawn[node] || !custval__drawn_counts(system, node)) continue;
        product *= values->local[node];
    }
    return product;
}

// Complete rows without overrides: neither re-weighting nor a floor depends on the weights.
static int find_coefficients(custval__values *values) {
    const custval__drawn *drawn = values->drawn;
    const custval__state *state = &values->state;
    if (!drawn->is_sum || !custval__state_has_value(state) || (state->status & CUSTVAL_ROW_OVERRIDDEN)) return 0;
    double size = 0.0;
    custval__state_weights(&values->study, state, values->local);
    for (uint32_t t = 0; t < drawn->term_count; t++) {
        const uint32_t term = drawn->terms[t];
        if (isnan(state->score[term]) || state->coverage[term] != 1.0) return 0;
        values->coefficient[t] = coefficient_of(values, term);
        size += fabs(values->coefficient[t]);
    }
    return size < LARGEST_SUM;
}

void custval__values_read(custval__values *values, size_t row) {
    custval__state_read(&values->study, row, &values->state);
    values->is_sum = find_coefficients(values);
    // Rows whose answers cannot be read have not even coverage; variants do not show why, and a judgement must not help them.
    values->is_refused = isnan(values->state.coverage[0]);
    if (values->is_sum || values->is_refused) return;
    custval__variants_fill(&values->study, &values->variants, &values->state, NULL, CUSTVAL__BLOCK);
}

/* ---- Its values ------------------------------------------------------------------------------------------------------ */

static void run_variants(custval__values *values, const custval__weighing *weighing, uint32_t start, uint32_t count,
                         double *out) {
    for (uint32_t i = 0; i < values->drawn->system->first_derived; i++) {
        values->weight[i] = weighing->weight[i] == NULL ? NULL : weighing->weight[i] + start;
    }
    custval__engine_run(values->engine, &values->study.source, values->state.row, count, &values->variants.preset);
    memcpy(out, custval__engine_score(values->engine, 0), count * sizeof *out);
}

void custval__values_run(custval__values *values, const custval__weighing *weighing, uint32_t start, uint32_t count,
                         double *out) {
    if (values->is_sum) {
        values->kernels->combine((const double *const *)weighing->global, start, values->coefficient,
                                 values->drawn->term_count, count, out);
        return;
    }
    for (uint32_t done = 0; done < count; done += CUSTVAL__BLOCK) {
        const uint32_t left = count - done, block = left < CUSTVAL__BLOCK ? left : CUSTVAL__BLOCK;
        if (!values->is_refused) run_variants(values, weighing, start + done, block, out + done);
        for (uint32_t k = 0; k < block && values->is_refused; k++) out[done + k] = (double)NAN;
    }
}
