/* What scenarios are made of: the objects of a document and their numbers; making and freeing. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "scenario.h"

#include <math.h>
#include <string.h>

#include "../base/error.h"

/* ---- Objects -------------------------------------------------------------------------------------------------------- */

#define ANY CUSTVAL__SCENARIO_ANY
#define NOT_NEGATIVE CUSTVAL__SCENARIO_NOT_NEGATIVE
#define ABOVE_ZERO CUSTVAL__SCENARIO_ABOVE_ZERO
#define SHARE CUSTVAL__SCENARIO_SHARE
#define PERIODS CUSTVAL__SCENARIO_PERIODS
#define RULES(rules) rules, (uint32_t)(sizeof(rules) / sizeof(rules)[0])

static const custval__scenario_rule root_rules[] = {{"periods", PERIODS, 1, 0, 0.0}};

static const custval__scenario_rule sales_rules[] = {
    [CUSTVAL__SALES_MU] = {"mu", NOT_NEGATIVE, 1, 0, 0.0},
    [CUSTVAL__SALES_VOLUME] = {"volume", NOT_NEGATIVE, 0, 1, 1.0},
    [CUSTVAL__SALES_RIVAL] = {"rival", ANY, 1, 1, 0.0},
    [CUSTVAL__SALES_RIVAL_GROWTH] = {"rival_growth", ANY, 0, 0, 0.0},
    [CUSTVAL__SALES_CATCH_UP] = {"catch_up", SHARE, 0, 0, 0.0},
    [CUSTVAL__SALES_SWITCHING_COST] = {"switching_cost", ANY, 0, 1, 0.0},
    [CUSTVAL__SALES_UPLIFT] = {"uplift", CUSTVAL__SCENARIO_UPLIFT, 0, 0, 0.0},
    [CUSTVAL__SALES_ACQUISITION] = {"acquisition", NOT_NEGATIVE, 0, 0, 0.0},
    [CUSTVAL__SALES_KEPT] = {"kept", SHARE, 0, 0, 0.0},
    [CUSTVAL__SALES_PRICE] = {"price", NOT_NEGATIVE, 0, 0, 1.0},
    [CUSTVAL__SALES_COST] = {"cost", NOT_NEGATIVE, 0, 0, 0.0},
};

static const custval__scenario_rule price_rules[] = {
    [CUSTVAL__PRICE_LIST] = {"list", ABOVE_ZERO, 1, 0, 0.0},
    [CUSTVAL__PRICE_PAID] = {"paid", NOT_NEGATIVE, 0, 0, 0.0},
    [CUSTVAL__PRICE_SECOND_UNIT] = {"second_unit", SHARE, 0, 0, 0.0},
    [CUSTVAL__PRICE_LENGTH] = {"length", PERIODS, 0, 0, 0.0},
};

static const custval__scenario_rule reference_rules[] = {
    [CUSTVAL__REFERENCE_START] = {"start", ABOVE_ZERO, 0, 0, 0.0},
    [CUSTVAL__REFERENCE_THETA] = {"theta", SHARE, 1, 0, 0.0},
    [CUSTVAL__REFERENCE_POINTS] = {"points", NOT_NEGATIVE, 1, 0, 0.0},
    [CUSTVAL__REFERENCE_ALPHA] = {"alpha", CUSTVAL__SCENARIO_EXPONENT, 0, 0, 0.88}, /* Tversky & Kahneman (1992) */
    [CUSTVAL__REFERENCE_BETA] = {"beta", CUSTVAL__SCENARIO_EXPONENT, 0, 0, 0.88},
    [CUSTVAL__REFERENCE_LAMBDA] = {"lambda", NOT_NEGATIVE, 0, 0, 2.25},
};

static const custval__scenario_rule feature_rules[] = {
    [CUSTVAL__FEATURES_CAPABILITY] = {"capability", NOT_NEGATIVE, 1, 0, 0.0},
    [CUSTVAL__FEATURES_SATURATION] = {"saturation", ABOVE_ZERO, 1, 0, 0.0},
    [CUSTVAL__FEATURES_USABILITY] = {"usability", ANY, 1, 0, 0.0},
    [CUSTVAL__FEATURES_BURDEN] = {"burden", NOT_NEGATIVE, 1, 0, 0.0},
    [CUSTVAL__FEATURES_SUPPORT] = {"support", SHARE, 0, 0, 0.0},
    [CUSTVAL__FEATURES_NEW_SUPPORT] = {"new_support", SHARE, 0, 0, 0.0},
    [CUSTVAL__FEATURES_WEIGHT] = {"weight", CUSTVAL__SCENARIO_WEIGHT, 1, 0, 0.0},
    [CUSTVAL__FEATURES_FROM] = {"from", NOT_NEGATIVE, 1, 0, 0.0},
    [CUSTVAL__FEATURES_TO] = {"to", NOT_NEGATIVE, 1, 0, 0.0},
    [CUSTVAL__FEATURES_LENGTH] = {"length", PERIODS, 0, 0, 1.0},
};

static const custval__scenario_rule indicator_rules[] = {
    [CUSTVAL__INDICATOR_WEIGHT] = {"weight", NOT_NEGATIVE, 1, 0, 0.0},
    [CUSTVAL__INDICATOR_SCORE] = {"score", CUSTVAL__SCENARIO_POINTS, 0, 0, 0.0},
};

static const custval__scenario_rule programme_rules[] = {
    [CUSTVAL__PROGRAMME_LENGTH] = {"length", PERIODS, 0, 0, 0.0},
    [CUSTVAL__PROGRAMME_DECAY] = {"decay", SHARE, 0, 0, 1.0},
    [CUSTVAL__PROGRAMME_COST] = {"cost", NOT_NEGATIVE, 0, 0, 0.0},
};

#define ROOT CUSTVAL__SCENARIO_ROOT
#define PRICES CUSTVAL__SCENARIO_PRICES

const custval__scenario_object custval__scenario_objects[CUSTVAL__SCENARIO_OBJECTS] = {
    [CUSTVAL__SCENARIO_ROOT] = {NULL, "a scenario", ROOT, RULES(root_rules)},
    [CUSTVAL__SCENARIO_SALES] = {"sales", "the sales", ROOT, RULES(sales_rules)},
    [CUSTVAL__SCENARIO_PRICES] = {"price", "the price", ROOT, RULES(price_rules)},
    [CUSTVAL__SCENARIO_REFERENCE] = {"reference", "the reference price", PRICES, RULES(reference_rules)},
    [CUSTVAL__SCENARIO_FEATURE] = {"features", "the features", ROOT, RULES(feature_rules)},
    [CUSTVAL__SCENARIO_NEW_INDICATOR] = {"indicator", "the indicator", ROOT, RULES(indicator_rules)},
    [CUSTVAL__SCENARIO_PROGRAM] = {"programme", "the programme", ROOT, RULES(programme_rules)},
    [CUSTVAL__SCENARIO_RIVALS] = {"competition", "the competition", ROOT, NULL, 0},
};

const custval__scenario_list custval__scenario_lists[CUSTVAL__SCENARIO_LISTS] = {
    [CUSTVAL__SCENARIO_MONEY] = {CUSTVAL__SCENARIO_PRICES, "money", "factor", NULL},
    [CUSTVAL__SCENARIO_QUALITY] = {CUSTVAL__SCENARIO_PRICES, "quality", "kappa", NULL},
    [CUSTVAL__SCENARIO_NODES] = {CUSTVAL__SCENARIO_FEATURE, "nodes", NULL, "share"},
    [CUSTVAL__SCENARIO_DONE] = {CUSTVAL__SCENARIO_PROGRAM, "effects", "factor", "points"},
    [CUSTVAL__SCENARIO_LOSSES] = {CUSTVAL__SCENARIO_RIVALS, "effects", "factor", "points"},
};

/* ---- Ranges --------------------------------------------------------------------------------------------------------- */

int custval__scenario_in_range(uint32_t range, double x) {
    if (!(fabs(x) <= CUSTVAL__SCENARIO_MOST)) return 0;
    switch (range) {
    case CUSTVAL__SCENARIO_NOT_NEGATIVE: return x >= 0.0;
    case CUSTVAL__SCENARIO_ABOVE_ZERO: return x >= 1.0 / CUSTVAL__SCENARIO_MOST;
    case CUSTVAL__SCENARIO_EXPONENT: return x > 0.0 && x <= 10.0;
    case CUSTVAL__SCENARIO_SHARE: return x >= 0.0 && x <= 1.0;
    case CUSTVAL__SCENARIO_UPLIFT: return x >= -1.0;
    case CUSTVAL__SCENARIO_WEIGHT: return x > 0.5 && x <= 1.0;
    case CUSTVAL__SCENARIO_POINTS: return x >= 0.0 && x <= 100.0;
    case CUSTVAL__SCENARIO_PERIODS: return x == floor(x) && x >= 1.0 && x <= CUSTVAL_MAX_PERIODS;
    default: return 1;
    }
}

const char *custval__scenario_range_words(uint32_t range) {
    switch (range) {
    case CUSTVAL__SCENARIO_NOT_NEGATIVE: return "0 or more";
    case CUSTVAL__SCENARIO_ABOVE_ZERO: return "above 0";
    case CUSTVAL__SCENARIO_EXPONENT: return "above 0 and at most 10";
    case CUSTVAL__SCENARIO_SHARE: return "between 0 and 1";
    case CUSTVAL__SCENARIO_UPLIFT: return "-1 or more";
    case CUSTVAL__SCENARIO_WEIGHT: return "above 0.5 and at most 1";
    case CUSTVAL__SCENARIO_POINTS: return "between 0 and 100";
    case CUSTVAL__SCENARIO_PERIODS: return "a whole number from 1 to 1200";
    default: return "a number";
    }
}

double custval__scenario_number_of(const custval_scenario *scenario, uint32_t object, uint32_t number) {
    return scenario->numbers[object][number].number;
}

/* ---- Making and freeing --------------------------------------------------------------------------------------------- */

/* Numbers of the sales that may be columns, a programme's choice or a new indicator's answers. */
#define COLUMNS_MOST (CUSTVAL__SCENARIO_RULES_MOST + 2)

custval_status custval__scenario_new(const custval_host *whole_host, custval_scenario **out, custval_error *error) {
    custval__arena arena;
    custval__arena_init(&arena, whole_host);
    custval_scenario *const scenario = custval__arena_alloc(&arena, 1, sizeof *scenario);
    const char **const columns = custval__arena_alloc(&arena, COLUMNS_MOST, sizeof *columns);
    if (scenario == NULL || columns == NULL) {
        custval__arena_free(&arena);
        return custval__fail_memory(error);
    }
    scenario->columns = columns;
    scenario->arena = arena;
    atomic_init(&scenario->owners, 1);
    *out = scenario;
    return CUSTVAL_OK;
}

custval_status custval__scenario_add_column(custval_scenario *scenario, const char *name, uint32_t *out_column,
                                            custval_error *error) {
    uint32_t column = 0;
    while (column < scenario->column_count && strcmp(scenario->columns[column], name) != 0) column++;
    if (column == scenario->column_count) {
        scenario->columns[column] = custval__arena_text(&scenario->arena, name, strlen(name));
        if (scenario->columns[column] == NULL) return custval__fail_memory(error);
        scenario->column_count++;
    }
    *out_column = column;
    return CUSTVAL_OK;
}

custval_scenario *custval_scenario_ref(const custval_scenario *scenario) {
    custval_scenario *const owned = (custval_scenario *)(uintptr_t)scenario;
    if (owned != NULL) atomic_fetch_add_explicit(&owned->owners, 1, memory_order_relaxed);
    return owned;
}

void custval_scenario_free(custval_scenario *scenario) {
    if (scenario == NULL || atomic_fetch_sub_explicit(&scenario->owners, 1, memory_order_acq_rel) != 1) return;
    custval__arena arena = scenario->arena; /* the scenario lies in it */
    custval__arena_free(&arena);
}

/* ---- Looking into one ----------------------------------------------------------------------------------------------- */

uint32_t custval_scenario_kind_of(const custval_scenario *scenario) {
    return scenario == NULL ? 0 : scenario->kind;
}

size_t custval_scenario_columns(const custval_scenario *scenario) {
    return scenario == NULL ? 0 : scenario->column_count;
}

const char *custval_scenario_column(const custval_scenario *scenario, size_t index) {
    return scenario == NULL || index >= scenario->column_count ? NULL : scenario->columns[index];
}
