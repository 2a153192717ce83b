/* Offers: scoring them, and what comparisons have in common. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "offers.h"

#include <math.h>

#include "../base/error.h"
#include "../base/options.h"
#include "../explain/rows.h"

#define SIDES (CUSTVAL_SIDE_SACRIFICE + 1)

static custval_status check_option(const char *name, double number, custval_error *error) {
    if (number >= 0.0 && isfinite(number)) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_RANGE, "%s is %g, but must be a number of at least 0", name, number);
}

static custval_status read_options(custval_compare_options *out, const custval_compare_options *options,
                                   custval_error *error) {
    *out = (custval_compare_options)CUSTVAL_COMPARE_OPTIONS_INIT;
    CUSTVAL__TRY(custval__struct_read(out, sizeof *out, sizeof *out, options, "custval_compare_options", error));
    CUSTVAL__TRY(check_option("choice_scale", out->choice_scale, error));
    CUSTVAL__TRY(check_option("quality_weight", out->quality_weight, error));
    CUSTVAL__TRY(check_option("price_weight", out->price_weight, error));
    if (out->quality_weight + out->price_weight > 0.0) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_RANGE, "quality_weight and price_weight are both 0");
}

static custval_status allocate(custval__offers *offers, custval_error *error) {
    custval__study *study = &offers->study;
    const size_t count = offers->count, indicators = offers->indicator_count;
    double *numbers = custval__study_alloc(study, count, (3 + 2 * indicators + SIDES) * sizeof *numbers);
    offers->status = custval__study_alloc(study, count, sizeof *offers->status);
    if (numbers == NULL || offers->status == NULL) return custval__fail_memory(error);
    offers->value = numbers;
    offers->benefit = numbers + count;
    offers->sacrifice = numbers + 2 * count;
    offers->scores = numbers + 3 * count;
    offers->weights = offers->scores + count * indicators;
    offers->side_weights = offers->weights + count * indicators;
    return CUSTVAL_OK;
}

static double side_score(const custval_system *system, const custval__state *state, uint32_t side) {
    return system->sides[side] == CUSTVAL_NONE ? (double)NAN : state->score[system->sides[side]];
}

static void read_offer(custval__offers *offers, size_t offer, const custval__state *state, const double *global) {
    const custval_system *system = offers->study.plan.system;
    const size_t at = offer * offers->indicator_count;
    offers->value[offer] = state->score[0];
    offers->status[offer] = state->status;
    offers->benefit[offer] = side_score(system, state, CUSTVAL_SIDE_BENEFIT);
    offers->sacrifice[offer] = side_score(system, state, CUSTVAL_SIDE_SACRIFICE);
    for (uint32_t i = 0; i < offers->indicator_count; i++) {
        offers->scores[at + i] = state->score[offers->indicators[i]];
        offers->weights[at + i] = global[offers->indicators[i]];
    }
    for (uint32_t side = CUSTVAL_SIDE_BENEFIT; side < SIDES; side++) {
        const uint32_t node = system->sides[side];
        offers->side_weights[offer * SIDES + side] = node == CUSTVAL_NONE ? 0.0 : global[node];
    }
}

static custval_status score_offers(custval__offers *offers, custval_error *error) {
    custval__study *study = &offers->study;
    const custval_system *system = study->plan.system;
    custval__state state;
    CUSTVAL__TRY(custval__state_new(study, &state, error));
    CUSTVAL__TRY(
        custval__rows_of_kind(study, CUSTVAL_KIND_INDICATOR, &offers->indicators, &offers->indicator_count, error));
    CUSTVAL__TRY(allocate(offers, error));
    double *local = custval__study_alloc(study, 2 * (size_t)system->node_count, sizeof *local);
    if (local == NULL) return custval__fail_memory(error);
    double *global = local + system->node_count;
    for (size_t offer = 0; offer < offers->count; offer++) {
        custval__state_read(study, offer, &state);
        custval__state_weights(study, &state, local);
        custval__system_global(system, local, global);
        read_offer(offers, offer, &state, global);
    }
    return CUSTVAL_OK;
}

custval_status custval__offers_open(custval__offers *offers, const custval_system *system, const custval_table *table,
                                    const custval_compare_options *options, custval_error *error) {
    *offers = (custval__offers){0};
    if (table == NULL) return custval__fail_null(error, "offers");
    CUSTVAL__TRY(read_options(&offers->options, options, error));
    CUSTVAL__TRY(custval__study_open(&offers->study, system, table, offers->options.score, 1, error));
    offers->count = custval_table_rows(table);
    return score_offers(offers, error);
}

void custval__offers_close(custval__offers *offers) {
    custval__study_close(&offers->study);
}

double custval__offers_mean_of_others(const double *numbers, size_t stride, size_t count, size_t offer) {
    double sum = 0.0, others = 0.0;
    for (size_t i = 0; i < count; i++) {
        if (i == offer || isnan(numbers[i * stride])) continue;
        sum += numbers[i * stride];
        others += 1.0;
    }
    return others > 0.0 ? sum / others : (double)NAN;
}
