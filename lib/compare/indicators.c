/* custval_compare_indicators: which indicators decide between one offer and its rivals. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <custval/compare.h>

#include <math.h>

#include "../base/error.h"
#include "../explain/contribution.h"
#include "../explain/rows.h"
#include "offers.h"

// The rival with the highest value, the first of equals; count if none has a value.
static size_t best_rival(const custval__offers *offers, size_t own) {
    size_t best = offers->count;
    for (size_t i = 0; i < offers->count; i++) {
        if (i == own || isnan(offers->value[i])) continue;
        if (best == offers->count || offers->value[i] > offers->value[best]) best = i;
    }
    return best;
}

static custval_status split_row(custval__offers *offers, size_t row, uint32_t unit, custval__split *out,
                                custval_error *error) {
    custval__state state;
    CUSTVAL__TRY(custval__state_new(&offers->study, &state, error));
    custval__state_read(&offers->study, row, &state);
    CUSTVAL__TRY(custval__split_new(&offers->study, &state, unit, out, error));
    return custval__split_finish(&offers->study, out, error);
}

// Both values in the same unit: logarithms where the system wants them and both have them.
static custval_status split_both(custval__offers *offers, size_t own, size_t rival, custval__split *out_own,
                                 custval__split *out_rival, custval_error *error) {
    const int log = custval__split_wants_log(offers->study.plan.system);
    uint32_t unit = log ? CUSTVAL__UNIT_LOG : CUSTVAL__UNIT_POINTS;
    CUSTVAL__TRY(split_row(offers, own, unit, out_own, error));
    CUSTVAL__TRY(split_row(offers, rival, unit, out_rival, error));
    if (out_own->is_log == out_rival->is_log) return CUSTVAL_OK;
    CUSTVAL__TRY(split_row(offers, own, CUSTVAL__UNIT_POINTS, out_own, error));
    return split_row(offers, rival, CUSTVAL__UNIT_POINTS, out_rival, error);
}

// Standard deviation of an indicator between the offers that have it.
static double spread_of(const custval__offers *offers, uint32_t indicator) {
    double count = 0.0, sum = 0.0, squares = 0.0;
    for (size_t i = 0; i < offers->count; i++) {
        const double score = custval__offers_score(offers, i, indicator);
        if (isnan(score)) continue;
        sum += score;
        count += 1.0;
    }
    for (size_t i = 0; i < offers->count; i++) {
        const double deviation = custval__offers_score(offers, i, indicator) - sum / count;
        if (!isnan(deviation)) squares += deviation * deviation;
    }
    return count > 1.0 ? sqrt(squares / (count - 1.0)) : (double)NAN;
}

// What is missing on one side adds nothing there.
static double lead_of(double own, double rival) {
    if (isnan(own) && isnan(rival)) return (double)NAN;
    return (isnan(own) ? 0.0 : own) - (isnan(rival) ? 0.0 : rival);
}

static custval_status fill_table(custval__offers *offers, size_t own, const custval__split *own_split,
                                 const custval__split *rival_split, custval_table *table, custval_error *error) {
    const uint32_t *nodes = offers->indicators;
    CUSTVAL__TRY(custval__rows_add_names(&offers->study, table, nodes, error));
    CUSTVAL__TRY(custval__rows_add_sides(&offers->study, table, nodes, error));
    double *weight, *score, *rivals, *ratio, *lead, *spread, *determinance;
    CUSTVAL__TRY(custval__result_add_doubles(table, "weight", &weight, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "own", &score, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "rivals", &rivals, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "ratio", &ratio, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "lead", &lead, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "spread", &spread, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "determinance", &determinance, error));
    for (uint32_t i = 0; i < offers->indicator_count; i++) {
        weight[i] = custval__offers_weight(offers, own, i);
        score[i] = custval__offers_score(offers, own, i);
        rivals[i] = custval__offers_mean_of_others(offers->scores + i, offers->indicator_count, offers->count, own);
        ratio[i] = rivals[i] > 0.0 ? score[i] / rivals[i] : (double)NAN;
        lead[i] = lead_of(own_split->amount[nodes[i]], rival_split->amount[nodes[i]]);
        spread[i] = spread_of(offers, i);
        determinance[i] = weight[i] * spread[i];
    }
    custval__result_finish(table);
    return CUSTVAL_OK;
}

static custval_status compare_indicators(custval__offers *offers, size_t own, custval_table **out,
                                         custval_error *error) {
    custval__split own_split, rival_split;
    if (offers->count < 2) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "an offer needs a rival, but the table has %zu row%s",
                             offers->count, offers->count == 1 ? "" : "s");
    }
    CUSTVAL__TRY(custval__study_check_row(&offers->study, own, "own", error));
    if (isnan(offers->value[own])) return custval__study_fail_no_value(&offers->study, own, error);
    const size_t rival = best_rival(offers, own);
    if (rival == offers->count) {
        return custval__fail(error, CUSTVAL_ERROR_STATE, "none of the %zu rivals of row %zu has a value",
                             offers->count - 1, own);
    }
    CUSTVAL__TRY(split_both(offers, own, rival, &own_split, &rival_split, error));
    CUSTVAL__TRY(custval__result_new(&offers->study.plan.host, offers->indicator_count, out, error));
    return fill_table(offers, own, &own_split, &rival_split, *out, error);
}

custval_status custval_compare_indicators(const custval_system *system, const custval_table *table, size_t own,
                                          const custval_compare_options *options, custval_table **out,
                                          custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    custval__offers offers;
    custval_status status = custval__offers_open(&offers, system, table, options, error);
    if (status == CUSTVAL_OK) status = compare_indicators(&offers, own, out, error);
    custval__offers_close(&offers);
    if (status != CUSTVAL_OK) {
        custval_table_free(*out);
        *out = NULL;
    }
    return status;
}
