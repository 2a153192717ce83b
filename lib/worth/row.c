/* The value of one customer (docs/numerics-money.md). */
/* SPDX-License-Identifier: Apache-2.0 */
#include "row.h"

#include <math.h>

#include "../base/maths.h"
#include "../base/series.h"

/* A row of the table: the worth's columns, and where in them it stands. */
typedef struct row {
    const custval_worth *worth;
    const double *const *cells;
    size_t at;
    double growth; /* of money in one period: 1 + i */
} row;

static double of_entry(const row *in, const custval__worth_entry *entry, uint32_t quantity) {
    const custval__quantity *const which = &entry->quantities[quantity];
    return which->column == CUSTVAL_NONE ? which->number : in->cells[which->column][in->at];
}

/* A quantity of a list of one; its default where the worth has no such list. */
static double of(const row *in, uint32_t kind, uint32_t quantity) {
    const custval__worth_list *const list = &in->worth->lists[kind];
    return list->count > 0 ? of_entry(in, list->entries, quantity)
                           : custval__worth_kinds[kind].rules[quantity].otherwise;
}

/* ---- Is everything there, and where it may be? ---------------------------------------------------------------------- */

static int is_missing(const row *in) {
    for (uint32_t column = 0; column < in->worth->column_count; column++) {
        if (isnan(in->cells[column][in->at])) return 1;
    }
    return 0;
}

static int is_in_range(const row *in) {
    for (uint32_t i = 0; i < in->worth->check_count; i++) {
        const custval__worth_check check = in->worth->checks[i];
        if (!custval__worth_in_range(check.range, in->cells[check.column][in->at])) return 0;
    }
    /* What several quantities must keep together. */
    if (custval__worth_has(in->worth, CUSTVAL__WORTH_CHAIN)) {
        const double k = of(in, CUSTVAL__WORTH_CHAIN, CUSTVAL__CHAIN_K);
        if (!(k * of(in, CUSTVAL__WORTH_CHAIN, CUSTVAL__CHAIN_DECAY) < 1.0)) return 0;
    }
    return !custval__worth_is_given(in->worth, CUSTVAL__WORTH_INFLUENCE, CUSTVAL__RECOMMENDS_FROM) ||
           !custval__worth_is_given(in->worth, CUSTVAL__WORTH_INFLUENCE, CUSTVAL__COMPLAINS_BELOW) ||
           of(in, CUSTVAL__WORTH_INFLUENCE, CUSTVAL__COMPLAINS_BELOW) <=
               of(in, CUSTVAL__WORTH_INFLUENCE, CUSTVAL__RECOMMENDS_FROM);
}

/* ---- Existing and potential value ----------------------------------------------------------------------------------- */

static void existing(const row *in, custval__row_worth *out) {
    static const uint32_t costs[] = {CUSTVAL__ATTRACT, CUSTVAL__ACQUIRE, CUSTVAL__DEVELOP, CUSTVAL__KEEP,
                                     CUSTVAL__SERVICE_COST};
    if (custval__worth_is_given(in->worth, CUSTVAL__WORTH_EXISTING, CUSTVAL__EXISTING_VALUE)) {
        out->existing = of(in, CUSTVAL__WORTH_EXISTING, CUSTVAL__EXISTING_VALUE);
        return;
    }
    const int has_margin = custval__worth_is_given(in->worth, CUSTVAL__WORTH_EXISTING, CUSTVAL__MARGIN);
    for (uint32_t i = 0; i < 5; i++) out->costs[i] = of(in, CUSTVAL__WORTH_EXISTING, costs[i]);
    out->revenue = of(in, CUSTVAL__WORTH_EXISTING, CUSTVAL__REVENUE);
    const double gross = has_margin ? out->revenue * of(in, CUSTVAL__WORTH_EXISTING, CUSTVAL__MARGIN)
                                    : out->revenue - of(in, CUSTVAL__WORTH_EXISTING, CUSTVAL__COST_OF_GOODS);
    out->existing = out->consumption = gross - out->costs[4];
    for (uint32_t i = 0; i < 4; i++) {
        out->existing -= out->costs[i];
        out->marketing -= out->costs[i];
    }
}

/* Sum of ratio^t, `count` terms from t = first on (0 or 1). */
static double powers(double ratio, double first, double count) {
    return (first == 0.0 ? 1.0 : ratio) * custval__series(ratio, count);
}

static double margin_of_potential(const row *in) {
    const custval__worth_list *const triggers = &in->worth->lists[CUSTVAL__WORTH_TRIGGERS];
    const custval__worth_list *const cross = &in->worth->lists[CUSTVAL__WORTH_CROSS];
    double margin = 0.0;
    for (uint32_t i = 0; i < triggers->count; i++) {
        const custval__worth_entry *const one = &triggers->entries[i];
        margin += of_entry(in, one, CUSTVAL__TRIGGER_PROBABILITY) * of_entry(in, one, CUSTVAL__TRIGGER_VOLUME) *
                  of_entry(in, one, CUSTVAL__TRIGGER_MARGIN);
    }
    for (uint32_t i = 0; i < cross->count; i++) {
        const custval__worth_entry *const one = &cross->entries[i];
        margin += of_entry(in, one, CUSTVAL__CROSS_PROBABILITY) * of_entry(in, one, CUSTVAL__CROSS_MARGIN);
    }
    return margin;
}

static void potential(const row *in, custval__row_worth *out) {
    double value = of(in, CUSTVAL__WORTH_POTENTIAL, CUSTVAL__POTENTIAL_VALUE);
    if (custval__worth_is_given(in->worth, CUSTVAL__WORTH_POTENTIAL, CUSTVAL__PERIODS)) {
        const double periods = of(in, CUSTVAL__WORTH_POTENTIAL, CUSTVAL__PERIODS);
        const double first = of(in, CUSTVAL__WORTH_POTENTIAL, CUSTVAL__FIRST_PERIOD);
        const double retention = of(in, CUSTVAL__WORTH_POTENTIAL, CUSTVAL__RETENTION);
        out->margin = margin_of_potential(in);
        out->tenure = powers(retention, first, periods);
        value += out->margin * powers(retention / in->growth, first, periods);
    }
    out->potential = of(in, CUSTVAL__WORTH_POTENTIAL, CUSTVAL__TRUST) * value;
}

/* ---- Influence ------------------------------------------------------------------------------------------------------ */

/* What money of that period is worth now. */
static double discounted(const row *in, double money, double period) {
    return period == 0.0 ? money : money * custval__pow(in->growth, -period);
}

static double referrals(const row *in, double attribution) {
    const custval__worth_list *const list = &in->worth->lists[CUSTVAL__WORTH_REFERRALS];
    double sum = 0.0;
    for (uint32_t i = 0; i < list->count; i++) {
        const custval__worth_entry *const one = &list->entries[i];
        const double each =
            attribution * of_entry(in, one, CUSTVAL__REFERRAL_MARGIN) - of_entry(in, one, CUSTVAL__REFERRAL_REWARD) -
            of_entry(in, one, CUSTVAL__REFERRAL_MARKETING_COST) + of_entry(in, one, CUSTVAL__REFERRAL_SAVING);
        sum += discounted(in, of_entry(in, one, CUSTVAL__REFERRAL_COUNT) * each,
                          of_entry(in, one, CUSTVAL__REFERRAL_PERIOD));
    }
    if (!custval__worth_has(in->worth, CUSTVAL__WORTH_CHAIN)) return sum;
    const double link =
        of(in, CUSTVAL__WORTH_CHAIN, CUSTVAL__CHAIN_K) * of(in, CUSTVAL__WORTH_CHAIN, CUSTVAL__CHAIN_DECAY);
    return sum * custval__worth_chain(link, of(in, CUSTVAL__WORTH_CHAIN, CUSTVAL__CHAIN_DEPTH),
                                      !custval__worth_is_given(in->worth, CUSTVAL__WORTH_CHAIN, CUSTVAL__CHAIN_DEPTH));
}

/* Sum of count x money, discounted, over helped purchases or complaints, whose quantities stand in the same places. */
static double counted(const row *in, uint32_t kind) {
    const custval__worth_list *const list = &in->worth->lists[kind];
    double sum = 0.0;
    for (uint32_t i = 0; i < list->count; i++) {
        const custval__worth_entry *const one = &list->entries[i];
        sum += discounted(in, of_entry(in, one, CUSTVAL__HELPED_COUNT) * of_entry(in, one, CUSTVAL__HELPED_SAVING),
                          of_entry(in, one, CUSTVAL__HELPED_PERIOD));
    }
    return sum;
}

static void influence(const row *in, custval__row_worth *out) {
    const uint32_t kind = CUSTVAL__WORTH_INFLUENCE;
    const double satisfaction = of(in, kind, CUSTVAL__SATISFACTION);
    if (custval__worth_is_given(in->worth, kind, CUSTVAL__COMPLAINS_BELOW) &&
        satisfaction < of(in, kind, CUSTVAL__COMPLAINS_BELOW)) {
        out->influence = 0.0 - counted(in, CUSTVAL__WORTH_COMPLAINTS);
        return;
    }
    if (custval__worth_is_given(in->worth, kind, CUSTVAL__RECOMMENDS_FROM) &&
        satisfaction < of(in, kind, CUSTVAL__RECOMMENDS_FROM)) {
        return;
    }
    const double attribution = of(in, kind, CUSTVAL__ATTRIBUTION);
    out->influence = attribution * of(in, kind, CUSTVAL__INFLUENCE_VALUE) + referrals(in, attribution) +
                     counted(in, CUSTVAL__WORTH_HELPED) +
                     attribution * of(in, CUSTVAL__WORTH_REFERENCE, CUSTVAL__REFERENCE_UPLIFT) *
                         of(in, CUSTVAL__WORTH_REFERENCE, CUSTVAL__REFERENCE_EXPOSED) *
                         of(in, CUSTVAL__WORTH_REFERENCE, CUSTVAL__REFERENCE_MARGIN);
}

/* ---- Learning, wallet, total ---------------------------------------------------------------------------------------- */

static void learning(const row *in, custval__row_worth *out) {
    const custval__worth_list *const gains = &in->worth->lists[CUSTVAL__WORTH_GAINS];
    double later = 0.0;
    for (uint32_t i = gains->count; i > 0; i--) later = (later + of_entry(in, &gains->entries[i - 1], 0)) / in->growth;
    out->score = of(in, CUSTVAL__WORTH_LEARNING, CUSTVAL__SCORE);
    out->learning = of(in, CUSTVAL__WORTH_LEARNING, CUSTVAL__LEARNING_VALUE) -
                    of(in, CUSTVAL__WORTH_LEARNING, CUSTVAL__LOSS) + later +
                    out->score * of(in, CUSTVAL__WORTH_LEARNING, CUSTVAL__MONEY_PER_POINT);
}

static void ceiling(const row *in, custval__row_worth *out) {
    out->ceiling = of(in, CUSTVAL__WORTH_WALLET, CUSTVAL__WALLET_SPENDING) *
                   of(in, CUSTVAL__WORTH_WALLET, CUSTVAL__WALLET_MARGIN) *
                   custval__series(1.0 / in->growth, of(in, CUSTVAL__WORTH_WALLET, CUSTVAL__WALLET_PERIODS));
}

static int is_finite(const custval__row_worth *out) {
    return isfinite(out->direct) && isfinite(out->latent) && isfinite(out->total) && isfinite(out->margin) &&
           isfinite(out->consumption) && isfinite(out->marketing) && isfinite(out->brand) && isfinite(out->ceiling);
}

static double growth_of(const row *in) {
    const double up = 1.0 + of(in, CUSTVAL__WORTH_ROOT, CUSTVAL__RATE);
    const double periods = of(in, CUSTVAL__WORTH_ROOT, CUSTVAL__RATE_PERIOD);
    return periods == 1.0 ? up : custval__pow(up, 1.0 / periods);
}

uint32_t custval__worth_row(const custval_worth *worth, const double *const *cells, size_t at,
                            custval__row_worth *out) {
    row in = {worth, cells, at, 1.0};
    *out = (custval__row_worth){.existing = 0.0};
    if (is_missing(&in)) return CUSTVAL_WORTH_ROW_MISSING;
    if (!is_in_range(&in)) return CUSTVAL_WORTH_ROW_RANGE;
    in.growth = growth_of(&in);
    if (custval__worth_has(worth, CUSTVAL__WORTH_EXISTING)) existing(&in, out);
    if (custval__worth_has(worth, CUSTVAL__WORTH_POTENTIAL)) potential(&in, out);
    if (custval__worth_has(worth, CUSTVAL__WORTH_INFLUENCE)) influence(&in, out);
    if (custval__worth_has(worth, CUSTVAL__WORTH_LEARNING)) learning(&in, out);
    if (custval__worth_has(worth, CUSTVAL__WORTH_WALLET)) ceiling(&in, out);
    out->credited = 0.0 - of(&in, CUSTVAL__WORTH_ROOT, CUSTVAL__CREDITED);
    out->direct = out->existing;
    out->latent = ((out->potential + out->influence) + out->learning) + out->credited;
    out->total = out->direct + out->latent;
    out->consumption += out->potential;
    out->brand = (out->influence + out->learning) + out->credited;
    return is_finite(out) ? CUSTVAL_WORTH_ROW_OK : CUSTVAL_WORTH_ROW_RANGE;
}
