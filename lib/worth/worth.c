/* Worths: what kinds of entries they have, making and freeing them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "worth.h"

#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "../base/series.h"

/* ---- The kinds ------------------------------------------------------------------------------------------------------ */

#define ANY CUSTVAL__WORTH_ANY
#define NOT_NEGATIVE CUSTVAL__WORTH_NOT_NEGATIVE
#define SHARE CUSTVAL__WORTH_SHARE
#define RULES(rules) rules, (uint32_t)(sizeof(rules) / sizeof((rules)[0]))

static const custval__worth_rule root_rules[] = {
    [CUSTVAL__RATE] = {"rate", CUSTVAL__WORTH_RATE, 0, 0.0},
    [CUSTVAL__RATE_PERIOD] = {"rate_period", CUSTVAL__WORTH_ABOVE_ZERO, 0, 1.0},
    [CUSTVAL__CREDITED] = {"credited", ANY, 0, 0.0},
};

static const custval__worth_rule existing_rules[] = {
    [CUSTVAL__EXISTING_VALUE] = {"value", ANY, 0, 0.0},
    [CUSTVAL__REVENUE] = {"revenue", ANY, 0, 0.0},
    [CUSTVAL__MARGIN] = {"margin", ANY, 0, 0.0},
    [CUSTVAL__COST_OF_GOODS] = {"cost_of_goods", NOT_NEGATIVE, 0, 0.0},
    [CUSTVAL__SERVICE_COST] = {"service_cost", NOT_NEGATIVE, 0, 0.0},
    [CUSTVAL__ATTRACT] = {"attract", NOT_NEGATIVE, 0, 0.0},
    [CUSTVAL__ACQUIRE] = {"acquire", NOT_NEGATIVE, 0, 0.0},
    [CUSTVAL__DEVELOP] = {"develop", NOT_NEGATIVE, 0, 0.0},
    [CUSTVAL__KEEP] = {"keep", NOT_NEGATIVE, 0, 0.0},
};

static const custval__worth_rule potential_rules[] = {
    [CUSTVAL__POTENTIAL_VALUE] = {"value", ANY, 0, 0.0},
    [CUSTVAL__TRUST] = {"trust", SHARE, 0, 1.0},
    [CUSTVAL__PERIODS] = {"periods", CUSTVAL__WORTH_PERIODS, 0, 0.0},
    [CUSTVAL__FIRST_PERIOD] = {"first_period", CUSTVAL__WORTH_ZERO_ONE, 0, 0.0},
    [CUSTVAL__RETENTION] = {"retention", SHARE, 0, 0.0},
};

static const custval__worth_rule trigger_rules[] = {
    [CUSTVAL__TRIGGER_PROBABILITY] = {"probability", SHARE, 1, 0.0},
    [CUSTVAL__TRIGGER_VOLUME] = {"volume", ANY, 1, 0.0},
    [CUSTVAL__TRIGGER_MARGIN] = {"margin", ANY, 1, 0.0},
};

static const custval__worth_rule cross_rules[] = {
    [CUSTVAL__CROSS_PROBABILITY] = {"probability", SHARE, 1, 0.0},
    [CUSTVAL__CROSS_MARGIN] = {"margin", ANY, 1, 0.0},
};

static const custval__worth_rule influence_rules[] = {
    [CUSTVAL__INFLUENCE_VALUE] = {"value", ANY, 0, 0.0},
    [CUSTVAL__ATTRIBUTION] = {"attribution", SHARE, 0, 0.0},
    [CUSTVAL__SATISFACTION] = {"satisfaction", ANY, 0, 0.0},
    [CUSTVAL__RECOMMENDS_FROM] = {"recommends_from", ANY, 0, 0.0},
    [CUSTVAL__COMPLAINS_BELOW] = {"complains_below", ANY, 0, 0.0},
};

static const custval__worth_rule referral_rules[] = {
    [CUSTVAL__REFERRAL_PERIOD] = {"period", NOT_NEGATIVE, 0, 0.0},
    [CUSTVAL__REFERRAL_COUNT] = {"count", NOT_NEGATIVE, 1, 0.0},
    [CUSTVAL__REFERRAL_MARGIN] = {"margin", ANY, 1, 0.0},
    [CUSTVAL__REFERRAL_REWARD] = {"reward", NOT_NEGATIVE, 0, 0.0},
    [CUSTVAL__REFERRAL_MARKETING_COST] = {"marketing_cost", NOT_NEGATIVE, 0, 0.0},
    [CUSTVAL__REFERRAL_SAVING] = {"saving", NOT_NEGATIVE, 0, 0.0},
};

static const custval__worth_rule helped_rules[] = {
    [CUSTVAL__HELPED_PERIOD] = {"period", NOT_NEGATIVE, 0, 0.0},
    [CUSTVAL__HELPED_COUNT] = {"count", NOT_NEGATIVE, 1, 0.0},
    [CUSTVAL__HELPED_SAVING] = {"saving", NOT_NEGATIVE, 1, 0.0},
};

static const custval__worth_rule complaint_rules[] = {
    [CUSTVAL__COMPLAINT_PERIOD] = {"period", NOT_NEGATIVE, 0, 0.0},
    [CUSTVAL__COMPLAINT_COUNT] = {"count", NOT_NEGATIVE, 1, 0.0},
    [CUSTVAL__COMPLAINT_MARGIN] = {"margin", NOT_NEGATIVE, 1, 0.0},
};

static const custval__worth_rule chain_rules[] = {
    [CUSTVAL__CHAIN_K] = {"k", NOT_NEGATIVE, 1, 0.0},
    [CUSTVAL__CHAIN_DECAY] = {"decay", SHARE, 1, 0.0},
    [CUSTVAL__CHAIN_DEPTH] = {"depth", CUSTVAL__WORTH_DEPTH, 0, 0.0},
};

static const custval__worth_rule reference_rules[] = {
    [CUSTVAL__REFERENCE_UPLIFT] = {"uplift", SHARE, 1, 0.0},
    [CUSTVAL__REFERENCE_EXPOSED] = {"exposed", NOT_NEGATIVE, 1, 0.0},
    [CUSTVAL__REFERENCE_MARGIN] = {"margin", ANY, 1, 0.0},
};

static const custval__worth_rule learning_rules[] = {
    [CUSTVAL__LEARNING_VALUE] = {"value", ANY, 0, 0.0},
    [CUSTVAL__LOSS] = {"loss", NOT_NEGATIVE, 0, 0.0},
    [CUSTVAL__SCORE] = {"score", ANY, 0, 0.0},
    [CUSTVAL__MONEY_PER_POINT] = {"money_per_point", ANY, 0, 0.0},
};

static const custval__worth_rule gain_rules[] = {{"gain", ANY, 1, 0.0}};

static const custval__worth_rule wallet_rules[] = {
    [CUSTVAL__WALLET_SPENDING] = {"spending", NOT_NEGATIVE, 1, 0.0},
    [CUSTVAL__WALLET_MARGIN] = {"margin", ANY, 1, 0.0},
    [CUSTVAL__WALLET_PERIODS] = {"periods", CUSTVAL__WORTH_PERIODS, 1, 0.0},
};

const custval__worth_kind custval__worth_kinds[CUSTVAL__WORTH_KINDS] = {
    [CUSTVAL__WORTH_ROOT] = {NULL, "a worth", CUSTVAL__WORTH_ROOT, 0, RULES(root_rules)},
    [CUSTVAL__WORTH_EXISTING] = {"existing", "the existing value", CUSTVAL__WORTH_ROOT, 0, RULES(existing_rules)},
    [CUSTVAL__WORTH_POTENTIAL] = {"potential", "the potential value", CUSTVAL__WORTH_ROOT, 0, RULES(potential_rules)},
    [CUSTVAL__WORTH_TRIGGERS] = {"triggers", "a trigger", CUSTVAL__WORTH_POTENTIAL, 1, RULES(trigger_rules)},
    [CUSTVAL__WORTH_CROSS] = {"cross", "a cross purchase", CUSTVAL__WORTH_POTENTIAL, 1, RULES(cross_rules)},
    [CUSTVAL__WORTH_INFLUENCE] = {"influence", "the influence value", CUSTVAL__WORTH_ROOT, 0, RULES(influence_rules)},
    [CUSTVAL__WORTH_REFERRALS] = {"referrals", "a referral", CUSTVAL__WORTH_INFLUENCE, 1, RULES(referral_rules)},
    [CUSTVAL__WORTH_HELPED] = {"helped", "a helped purchase", CUSTVAL__WORTH_INFLUENCE, 1, RULES(helped_rules)},
    [CUSTVAL__WORTH_COMPLAINTS] = {"complaints", "a complaint", CUSTVAL__WORTH_INFLUENCE, 1, RULES(complaint_rules)},
    [CUSTVAL__WORTH_CHAIN] = {"chain", "a chain", CUSTVAL__WORTH_INFLUENCE, 0, RULES(chain_rules)},
    [CUSTVAL__WORTH_REFERENCE] = {"reference", "a reference", CUSTVAL__WORTH_INFLUENCE, 0, RULES(reference_rules)},
    [CUSTVAL__WORTH_LEARNING] = {"learning", "the learning value", CUSTVAL__WORTH_ROOT, 0, RULES(learning_rules)},
    [CUSTVAL__WORTH_GAINS] = {"gains", "a gain", CUSTVAL__WORTH_LEARNING, 1, RULES(gain_rules)},
    [CUSTVAL__WORTH_WALLET] = {"wallet", "the wallet", CUSTVAL__WORTH_ROOT, 0, RULES(wallet_rules)},
};

/* ---- Ranges --------------------------------------------------------------------------------------------------------- */

int custval__worth_in_range(uint32_t range, double x) {
    const int is_whole = x == floor(x) && x <= CUSTVAL__WORTH_PERIODS_MOST;
    if (!isfinite(x)) return 0;
    switch (range) {
    case CUSTVAL__WORTH_NOT_NEGATIVE: return x >= 0.0;
    case CUSTVAL__WORTH_ABOVE_ZERO: return x > 0.0;
    case CUSTVAL__WORTH_SHARE: return x >= 0.0 && x <= 1.0;
    case CUSTVAL__WORTH_RATE: return x > -1.0;
    case CUSTVAL__WORTH_ZERO_ONE: return x == 0.0 || x == 1.0;
    case CUSTVAL__WORTH_PERIODS: return is_whole && x >= 1.0;
    case CUSTVAL__WORTH_DEPTH: return is_whole && x >= 0.0;
    default: return 1;
    }
}

const char *custval__worth_range_words(uint32_t range) {
    switch (range) {
    case CUSTVAL__WORTH_NOT_NEGATIVE: return "0 or more";
    case CUSTVAL__WORTH_ABOVE_ZERO: return "above 0";
    case CUSTVAL__WORTH_SHARE: return "between 0 and 1";
    case CUSTVAL__WORTH_RATE: return "above -1";
    case CUSTVAL__WORTH_ZERO_ONE: return "0 or 1";
    case CUSTVAL__WORTH_PERIODS: return "a whole number from 1 to 1200";
    case CUSTVAL__WORTH_DEPTH: return "a whole number from 0 to 1200";
    default: return "a number";
    }
}

double custval__worth_chain(double link, double depth, int is_endless) {
    return is_endless ? 1.0 / (1.0 - link) : custval__series(link, depth + 1.0);
}

/* ---- Making and freeing --------------------------------------------------------------------------------------------- */

custval_status custval__worth_new(const custval_host *whole_host, size_t columns_most, custval_worth **out,
                                  custval_error *error) {
    custval__arena arena;
    custval__arena_init(&arena, whole_host);
    custval_worth *worth = custval__arena_alloc(&arena, 1, sizeof *worth);
    if (worth == NULL) {
        custval__arena_free(&arena);
        return custval__fail_memory(error);
    }
    worth->columns = custval__arena_alloc(&arena, columns_most, sizeof *worth->columns);
    worth->checks = custval__arena_alloc(&arena, columns_most, sizeof *worth->checks);
    if (worth->columns == NULL || worth->checks == NULL) {
        custval__arena_free(&arena);
        return custval__fail_memory(error);
    }
    worth->arena = arena;
    atomic_init(&worth->owners, 1);
    *out = worth;
    return CUSTVAL_OK;
}

custval_status custval__worth_add_column(custval_worth *worth, const char *name, uint32_t range, uint32_t *out_column,
                                         custval_error *error) {
    uint32_t column = 0;
    while (column < worth->column_count && strcmp(worth->columns[column], name) != 0) column++;
    if (column == worth->column_count) {
        worth->columns[column] = custval__arena_text(&worth->arena, name, strlen(name));
        if (worth->columns[column] == NULL) return custval__fail_memory(error);
        worth->column_count++;
    }
    worth->checks[worth->check_count++] = (custval__worth_check){column, range};
    *out_column = column;
    return CUSTVAL_OK;
}

custval_worth *custval_worth_ref(const custval_worth *worth) {
    custval_worth *const owned = (custval_worth *)(uintptr_t)worth;
    if (owned != NULL) atomic_fetch_add_explicit(&owned->owners, 1, memory_order_relaxed);
    return owned;
}

void custval_worth_free(custval_worth *worth) {
    if (worth == NULL || atomic_fetch_sub_explicit(&worth->owners, 1, memory_order_acq_rel) != 1) return;
    custval__arena arena = worth->arena; /* the worth lies in it */
    custval__arena_free(&arena);
}

/* ---- Looking into one ----------------------------------------------------------------------------------------------- */

int custval__worth_has(const custval_worth *worth, uint32_t kind) {
    return worth->lists[kind].count > 0;
}

int custval__worth_is_given(const custval_worth *worth, uint32_t kind, uint32_t quantity) {
    return custval__worth_has(worth, kind) && worth->lists[kind].entries[0].quantities[quantity].is_given;
}

uint32_t custval_worth_parts(const custval_worth *worth) {
    uint32_t parts = 0;
    if (worth == NULL) return 0;
    if (custval__worth_has(worth, CUSTVAL__WORTH_EXISTING)) parts |= CUSTVAL_WORTH_EXISTING;
    if (custval__worth_has(worth, CUSTVAL__WORTH_POTENTIAL)) parts |= CUSTVAL_WORTH_POTENTIAL;
    if (custval__worth_has(worth, CUSTVAL__WORTH_INFLUENCE)) parts |= CUSTVAL_WORTH_INFLUENCE;
    if (custval__worth_has(worth, CUSTVAL__WORTH_LEARNING)) parts |= CUSTVAL_WORTH_LEARNING;
    if (custval__worth_has(worth, CUSTVAL__WORTH_WALLET)) parts |= CUSTVAL_WORTH_WALLET;
    return parts;
}

size_t custval_worth_columns(const custval_worth *worth) {
    return worth == NULL ? 0 : worth->column_count;
}

const char *custval_worth_column(const custval_worth *worth, size_t index) {
    return worth == NULL || index >= worth->column_count ? NULL : worth->columns[index];
}
