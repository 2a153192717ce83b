/* custval_compare: which of several offers has the highest value, and by how much. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <custval/compare.h>

#include <math.h>

#include <custval/rank.h>

#include "../base/error.h"
#include "../base/maths.h"
#include "offers.h"

/* Sums of weights that differ by less than this share of all weight are equal but for rounding. */
#define SAME_WEIGHT 1e-12

/* ---- By value ---------------------------------------------------------------------------------------------------- */

static double best_other(const custval__offers *offers, size_t offer) {
    double best = (double)NAN;
    for (size_t i = 0; i < offers->count; i++) {
        if (i != offer && !(offers->value[i] <= best) && !isnan(offers->value[i])) best = offers->value[i];
    }
    return best;
}

static void set_choice_shares(const custval__offers *offers, double *shares) {
    const double scale = offers->options.choice_scale;
    double most = -(double)INFINITY, total = 0.0;
    for (size_t i = 0; i < offers->count; i++) {
        if (offers->value[i] > most) most = offers->value[i];
    }
    for (size_t i = 0; i < offers->count; i++) {
        shares[i] = custval__exp(scale * (offers->value[i] - most));
        if (!isnan(shares[i])) total += shares[i];
    }
    for (size_t i = 0; i < offers->count; i++) shares[i] /= total;
}

/* ---- Copeland ---------------------------------------------------------------------------------------------------- */

// 1 if a beats b, -1 if b beats a, 0 if neither: by the weight of the indicators in which each is better.
static int duel(const custval__offers *offers, size_t a, size_t b) {
    const custval__node *nodes = offers->study.plan.system->nodes;
    const size_t sides = CUSTVAL_SIDE_SACRIFICE + 1;
    double for_a = 0.0, for_b = 0.0;
    for (uint32_t i = 0; i < offers->indicator_count; i++) {
        const uint32_t side = nodes[offers->indicators[i]].side;
        const double sign = side == CUSTVAL_SIDE_BENEFIT ? 1.0 : -1.0;
        const double lead = sign * (custval__offers_score(offers, a, i) - custval__offers_score(offers, b, i));
        // Offers with other weights meet on the mean of both.
        const double weight = 0.5 * (custval__offers_weight(offers, a, i) * offers->side_weights[a * sides + side] +
                                     custval__offers_weight(offers, b, i) * offers->side_weights[b * sides + side]);
        for_a += lead > 0.0 ? weight : 0.0;
        for_b += lead < 0.0 ? weight : 0.0;
    }
    if (fabs(for_a - for_b) <= SAME_WEIGHT * (for_a + for_b)) return 0;
    return for_a > for_b ? 1 : -1;
}

static custval_status set_copeland(const custval__offers *offers, double *out, custval_error *error) {
    const custval_host *host = &offers->study.plan.host;
    for (size_t i = 0; i < offers->count; i++) out[i] = 0.0;
    for (size_t a = 0; a < offers->count; a++) {
        if (host->progress != NULL && host->progress(host->progress_data, a, offers->count) != 0) {
            return custval__fail(error, CUSTVAL_ERROR_CANCELLED, "the host stopped after %zu of %zu offers", a,
                                 offers->count);
        }
        for (size_t b = a + 1; b < offers->count; b++) {
            const int winner = duel(offers, a, b);
            out[a] += winner;
            out[b] -= winner;
        }
    }
    return CUSTVAL_OK;
}

/* ---- Quality and price ------------------------------------------------------------------------------------------- */

// Gale's market-perceived quality ratio. Indicators that the offer or all others lack are left out.
static double quality_ratio(const custval__offers *offers, size_t offer) {
    const custval__node *nodes = offers->study.plan.system->nodes;
    double sum = 0.0, total = 0.0;
    for (uint32_t i = 0; i < offers->indicator_count; i++) {
        if (nodes[offers->indicators[i]].side != CUSTVAL_SIDE_BENEFIT) continue;
        const double own = custval__offers_score(offers, offer, i), weight = custval__offers_weight(offers, offer, i);
        const double others =
            custval__offers_mean_of_others(offers->scores + i, offers->indicator_count, offers->count, offer);
        if (isnan(own) || isnan(others) || !(weight > 0.0)) continue;
        if (!(others > 0.0)) return (double)NAN;
        sum += weight * (own / others);
        total += weight;
    }
    return total > 0.0 ? sum / total : (double)NAN;
}

static custval_status read_prices(custval__offers *offers, double *prices, custval_error *error) {
    const custval_table *table = offers->study.table;
    const char *name = offers->options.price_column;
    size_t column;
    CUSTVAL__TRY(custval_table_find(table, name, &column, error));
    CUSTVAL__TRY(custval__table_need_number(table, column, error));
    const double *read = custval__table_doubles(table, column, 0, offers->count, prices);
    for (size_t i = 0; i < offers->count; i++) {
        prices[i] = read[i];
        if (isnan(prices[i]) || (prices[i] > 0.0 && isfinite(prices[i]))) continue;
        return custval__fail_at(error, CUSTVAL_ERROR_RANGE, CUSTVAL_NONE, i,
                                "row %zu: column \"%s\" is %g, but a price must be above 0", i, name, prices[i]);
    }
    return CUSTVAL_OK;
}

static custval_status add_prices(custval__offers *offers, const double *quality, custval_table *table,
                                 custval_error *error) {
    double *prices = custval__study_alloc(&offers->study, offers->count, sizeof *prices);
    if (prices == NULL) return custval__fail_memory(error);
    CUSTVAL__TRY(read_prices(offers, prices, error));
    double *price_ratio, *quality_per_price, *value_index;
    CUSTVAL__TRY(custval__result_add_doubles(table, "price_ratio", &price_ratio, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "quality_per_price", &quality_per_price, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "value_index", &value_index, error));
    const double quality_weight = offers->options.quality_weight, price_weight = offers->options.price_weight;
    for (size_t i = 0; i < offers->count; i++) {
        price_ratio[i] = prices[i] / custval__offers_mean_of_others(prices, 1, offers->count, i);
        quality_per_price[i] = quality[i] / price_ratio[i];
        value_index[i] =
            (quality_weight * quality[i] + price_weight / price_ratio[i]) / (quality_weight + price_weight);
    }
    return CUSTVAL_OK;
}

/* ---- The table --------------------------------------------------------------------------------------------------- */

static custval_status add_scores(const custval__offers *offers, custval_table *table, custval_error *error) {
    const custval_system *system = offers->study.plan.system;
    double *value, *benefit = NULL, *sacrifice = NULL;
    uint32_t *status;
    CUSTVAL__TRY(custval__result_add_doubles(table, "value", &value, error));
    if (system->sides[CUSTVAL_SIDE_BENEFIT] != CUSTVAL_NONE) {
        CUSTVAL__TRY(custval__result_add_doubles(table, "benefit", &benefit, error));
    }
    if (system->sides[CUSTVAL_SIDE_SACRIFICE] != CUSTVAL_NONE) {
        CUSTVAL__TRY(custval__result_add_doubles(table, "sacrifice", &sacrifice, error));
    }
    CUSTVAL__TRY(custval__result_add_uint32(table, "status", &status, error));
    for (size_t i = 0; i < offers->count; i++) {
        value[i] = offers->value[i];
        if (benefit != NULL) benefit[i] = offers->benefit[i];
        if (sacrifice != NULL) sacrifice[i] = offers->sacrifice[i];
        status[i] = offers->status[i];
    }
    return CUSTVAL_OK;
}

static custval_status fill_table(custval__offers *offers, custval_table *table, custval_error *error) {
    double *rank, *margin, *relative, *share, *copeland, *quality;
    CUSTVAL__TRY(add_scores(offers, table, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "rank", &rank, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "margin", &margin, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "relative_value", &relative, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "choice_share", &share, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "copeland", &copeland, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "quality_ratio", &quality, error));
    for (size_t i = 0; i < offers->count; i++) {
        const double value = offers->value[i], best = best_other(offers, i);
        margin[i] = value - best;
        relative[i] = value > 0.0 && best > 0.0 ? value / best : (double)NAN;
        quality[i] = quality_ratio(offers, i);
    }
    CUSTVAL__TRY(
        custval_ranks(&offers->study.plan.host, offers->value, offers->count, CUSTVAL_TIES_MINIMUM, rank, error));
    set_choice_shares(offers, share);
    CUSTVAL__TRY(set_copeland(offers, copeland, error));
    if (offers->options.price_column != NULL) CUSTVAL__TRY(add_prices(offers, quality, table, error));
    custval__result_finish(table);
    return CUSTVAL_OK;
}

static custval_status compare(custval__offers *offers, custval_table **out, custval_error *error) {
    if (offers->count == 0)
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "there are no offers: the table has no rows");
    CUSTVAL__TRY(custval__result_new(&offers->study.plan.host, offers->count, out, error));
    return fill_table(offers, *out, error);
}

custval_status custval_compare(const custval_system *system, const custval_table *table,
                               const custval_compare_options *options, custval_table **out, custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    custval__offers offers;
    custval_status status = custval__offers_open(&offers, system, table, options, error);
    if (status == CUSTVAL_OK) status = compare(&offers, out, error);
    custval__offers_close(&offers);
    if (status != CUSTVAL_OK) {
        custval_table_free(*out);
        *out = NULL;
    }
    return status;
}
