/* The plan itself: strength, price, reference price and transaction value, period by period. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../base/maths.h"
#include "../base/options.h"
#include "../table/table.h"
#include "scenario.h"

#define RECOVERED 0.01 /* share of the list price */

static double number(const custval_scenario *scenario, uint32_t object, uint32_t which) {
    return custval__scenario_number_of(scenario, object, which);
}

static int is_given(const custval_scenario *scenario, uint32_t object, uint32_t which) {
    return scenario->numbers[object][which].is_given != 0;
}

/* ---- Prices --------------------------------------------------------------------------------------------------------- */

/* Where the second unit is worth a share s of the first, two for the price of one are 1 + s units: p / 2 if s is 1. */
static double price_in(const custval_scenario *scenario, uint32_t period) {
    const double list = number(scenario, CUSTVAL__SCENARIO_PRICES, CUSTVAL__PRICE_LIST);
    if (period == 0 || period > scenario->length) return list;
    if (scenario->path != NULL) return scenario->path[period - 1];
    if (!is_given(scenario, CUSTVAL__SCENARIO_PRICES, CUSTVAL__PRICE_SECOND_UNIT)) {
        return number(scenario, CUSTVAL__SCENARIO_PRICES, CUSTVAL__PRICE_PAID);
    }
    return list / (1.0 + number(scenario, CUSTVAL__SCENARIO_PRICES, CUSTVAL__PRICE_SECOND_UNIT));
}

/* Prospect value of paying `price` where `reference` is remembered. */
static double transaction_of(const custval_scenario *scenario, double reference, double price) {
    const uint32_t object = CUSTVAL__SCENARIO_REFERENCE;
    const double d = (reference - price) / reference;
    if (d >= 0.0) return custval__pow(d, number(scenario, object, CUSTVAL__REFERENCE_ALPHA));
    return -number(scenario, object, CUSTVAL__REFERENCE_LAMBDA) *
           custval__pow(-d, number(scenario, object, CUSTVAL__REFERENCE_BETA));
}

/* theta R + (1 - theta) p, written so that a price that is remembered already changes nothing. It stays above 0 unless
   nothing is remembered and nothing was paid; then the next price is compared with the list price. */
static double next_reference(const custval_scenario *scenario, double reference, double price) {
    const double theta = number(scenario, CUSTVAL__SCENARIO_REFERENCE, CUSTVAL__REFERENCE_THETA);
    const double next = reference + (1.0 - theta) * (price - reference);
    return next > 0.0 ? next : number(scenario, CUSTVAL__SCENARIO_PRICES, CUSTVAL__PRICE_LIST);
}

static double first_reference(const custval_scenario *scenario) {
    return is_given(scenario, CUSTVAL__SCENARIO_REFERENCE, CUSTVAL__REFERENCE_START)
               ? number(scenario, CUSTVAL__SCENARIO_REFERENCE, CUSTVAL__REFERENCE_START)
               : number(scenario, CUSTVAL__SCENARIO_PRICES, CUSTVAL__PRICE_LIST);
}

static void settle_prices(custval_scenario *scenario) {
    const double list = number(scenario, CUSTVAL__SCENARIO_PRICES, CUSTVAL__PRICE_LIST);
    const double points = number(scenario, CUSTVAL__SCENARIO_REFERENCE, CUSTVAL__REFERENCE_POINTS);
    double reference = first_reference(scenario);
    for (uint32_t t = 0; t <= scenario->periods; t++) {
        custval__scenario_period *const at = &scenario->course[t];
        at->price = price_in(scenario, t);
        at->strength = at->price / list - 1.0;
        if (!scenario->has[CUSTVAL__SCENARIO_REFERENCE]) continue;
        at->reference = reference;
        at->felt = (at->price - reference) / reference;
        at->transaction = transaction_of(scenario, reference, at->price);
        at->extra = points * at->transaction;
        reference = next_reference(scenario, reference, at->price);
    }
}

/* ---- Other kinds ---------------------------------------------------------------------------------------------------- */

double custval__scenario_features(const custval_scenario *scenario, int with, custval_features_terms *out) {
    const uint32_t object = CUSTVAL__SCENARIO_FEATURE;
    const int is_new = with && is_given(scenario, object, CUSTVAL__FEATURES_NEW_SUPPORT);
    *out = (custval_features_terms)CUSTVAL_FEATURES_TERMS_INIT;
    out->capability = number(scenario, object, CUSTVAL__FEATURES_CAPABILITY);
    out->saturation = number(scenario, object, CUSTVAL__FEATURES_SATURATION);
    out->usability = number(scenario, object, CUSTVAL__FEATURES_USABILITY);
    out->burden = number(scenario, object, CUSTVAL__FEATURES_BURDEN);
    out->support = number(scenario, object, is_new ? CUSTVAL__FEATURES_NEW_SUPPORT : CUSTVAL__FEATURES_SUPPORT);
    out->weight = number(scenario, object, CUSTVAL__FEATURES_WEIGHT);
    return number(scenario, object, with ? CUSTVAL__FEATURES_TO : CUSTVAL__FEATURES_FROM);
}

/* Who has the product already, has used it: what is new is compared with the old one as it is before use, then in use. */
static custval_status settle_features(custval_scenario *scenario, custval_error *error) {
    custval_features_facts old = CUSTVAL_FEATURES_FACTS_INIT, new = CUSTVAL_FEATURES_FACTS_INIT;
    custval_features_terms terms;
    const double from = custval__scenario_features(scenario, 0, &terms);
    CUSTVAL__TRY(custval_features(&terms, from, &old, error));
    const double to = custval__scenario_features(scenario, 1, &terms);
    CUSTVAL__TRY(custval_features(&terms, to, &new, error));
    for (uint32_t t = 1; t <= scenario->periods; t++) {
        scenario->course[t].strength =
            t <= scenario->length ? new.before_use - old.before_use : new.in_use - old.in_use;
    }
    return CUSTVAL_OK;
}

static void settle_programme(custval_scenario *scenario) {
    const double kept = 1.0 - number(scenario, CUSTVAL__SCENARIO_PROGRAM, CUSTVAL__PROGRAMME_DECAY);
    double strength = 1.0;
    for (uint32_t t = 1; t <= scenario->periods; t++) {
        if (t > scenario->length) strength *= kept;
        scenario->course[t].strength = strength;
    }
}

static custval_status settle_strengths(custval_scenario *scenario, custval_error *error) {
    switch (scenario->kind) {
    case CUSTVAL_SCENARIO_FEATURES: return settle_features(scenario, error);
    case CUSTVAL_SCENARIO_PROGRAMME: settle_programme(scenario); return CUSTVAL_OK;
    case CUSTVAL_SCENARIO_INDICATOR:
        for (uint32_t t = 1; t <= scenario->periods; t++) scenario->course[t].strength = 1.0;
        return CUSTVAL_OK;
    case CUSTVAL_SCENARIO_COMPETITION:
        for (uint32_t t = 1; t <= scenario->periods; t++) scenario->course[t].strength = t;
        return CUSTVAL_OK;
    default: settle_prices(scenario); return CUSTVAL_OK;
    }
}

static custval_status check_course(const custval_scenario *scenario, custval_error *error) {
    for (uint32_t t = 0; t <= scenario->periods; t++) {
        const custval__scenario_period *const at = &scenario->course[t];
        if (custval__scenario_in_range(CUSTVAL__SCENARIO_ANY, at->strength) &&
            custval__scenario_in_range(CUSTVAL__SCENARIO_ANY, at->extra)) {
            continue;
        }
        return custval__fail(error, CUSTVAL_ERROR_RANGE,
                             "in period %u the plan has the strength %g and the transaction %g points, too large to "
                             "compute with",
                             (unsigned)t, at->strength, at->extra);
    }
    return CUSTVAL_OK;
}

custval_status custval__scenario_settle(custval_scenario *scenario, custval_error *error) {
    scenario->course = custval__arena_alloc(&scenario->arena, (size_t)scenario->periods + 1, sizeof *scenario->course);
    if (scenario->course == NULL) return custval__fail_memory(error);
    for (uint32_t t = 0; t <= scenario->periods; t++) {
        custval__scenario_period *const at = &scenario->course[t];
        at->phase = t == 0 ? CUSTVAL_PHASE_BEFORE : t <= scenario->length ? CUSTVAL_PHASE_DURING : CUSTVAL_PHASE_AFTER;
        at->price = number(scenario, CUSTVAL__SCENARIO_SALES, CUSTVAL__SALES_PRICE);
        at->reference = at->felt = at->transaction = (double)NAN;
    }
    CUSTVAL__TRY(settle_strengths(scenario, error));
    return check_course(scenario, error);
}

/* ---- Facts ---------------------------------------------------------------------------------------------------------- */

static int is_recovered(const custval_scenario *scenario, double reference) {
    const double list = number(scenario, CUSTVAL__SCENARIO_PRICES, CUSTVAL__PRICE_LIST);
    return fabs(reference - list) <= RECOVERED * list;
}

/* Periods until the reference is back at the list price, which is paid; *out_loss: what they feel below 0. */
static double recover(const custval_scenario *scenario, double reference, double *out_loss) {
    const double list = number(scenario, CUSTVAL__SCENARIO_PRICES, CUSTVAL__PRICE_LIST);
    uint32_t periods = 0;
    *out_loss = 0.0;
    while (!is_recovered(scenario, reference) && periods < CUSTVAL_MAX_PERIODS) {
        const double felt = transaction_of(scenario, reference, list);
        if (felt < 0.0) *out_loss -= felt;
        reference = next_reference(scenario, reference, list);
        periods++;
    }
    return is_recovered(scenario, reference) ? periods : (double)NAN;
}

static double mean_price(const custval_scenario *scenario) {
    custval__sum sum = {0.0, 0.0};
    for (uint32_t t = 1; t <= scenario->length; t++) {
        custval__sum_add(&sum, scenario->course[t].price - scenario->course[1].price);
    }
    return scenario->course[1].price + custval__sum_value(&sum) / scenario->length;
}

/* Gain and loss of promotions of every length; once the reference no longer moves, longer ones are as this one. */
static double break_even_length(const custval_scenario *scenario) {
    const double price = mean_price(scenario);
    double reference = first_reference(scenario), gain = 0.0, loss = 0.0;
    uint32_t longest = 0, length = 1;
    for (; length <= CUSTVAL_MAX_PERIODS; length++) {
        const double felt = transaction_of(scenario, reference, price);
        const double next = next_reference(scenario, reference, price);
        if (felt > 0.0) gain += felt;
        recover(scenario, next, &loss);
        if (gain >= loss) longest = length;
        if (next == reference) break;
        reference = next;
    }
    return longest >= CUSTVAL_MAX_PERIODS || (longest == length && length > 0) ? (double)NAN : longest;
}

static void add_reference_facts(const custval_scenario *scenario, custval_scenario_path_facts *facts) {
    facts->gain = 0.0;
    for (uint32_t t = 1; t <= scenario->periods; t++) {
        const double felt = scenario->course[t].transaction;
        if (felt > 0.0) facts->gain += felt;
    }
    if (scenario->length == scenario->periods) return;
    const custval__scenario_period *const end = &scenario->course[scenario->length + 1];
    double loss = 0.0;
    facts->felt_jump = end->felt;
    facts->erosion = 0.0;
    for (uint32_t t = scenario->length + 1; t <= scenario->periods; t++) {
        if (scenario->course[t].transaction < 0.0) facts->erosion += scenario->course[t].transaction;
    }
    facts->recovery = recover(scenario, end->reference, &loss);
    facts->break_even_length = break_even_length(scenario);
}

static custval_status fill_facts(const custval_scenario *scenario, custval_scenario_path_facts *facts,
                                 custval_error *error) {
    facts->jump = facts->felt_jump = facts->gain = facts->erosion = facts->recovery = (double)NAN;
    facts->break_even_length = facts->best_before = facts->best_after = facts->disappointment = (double)NAN;
    if (scenario->has[CUSTVAL__SCENARIO_PRICES] && scenario->length < scenario->periods) {
        const custval__scenario_period *const last = &scenario->course[scenario->length];
        /* Nothing paid before: no finite jump. */
        if (last->price > 0.0) facts->jump = (last + 1)->price / last->price - 1.0;
    }
    if (scenario->has[CUSTVAL__SCENARIO_REFERENCE]) add_reference_facts(scenario, facts);
    if (scenario->kind != CUSTVAL_SCENARIO_FEATURES) return CUSTVAL_OK;
    custval_features_terms terms;
    custval_features_facts new = CUSTVAL_FEATURES_FACTS_INIT;
    const double count = custval__scenario_features(scenario, 1, &terms);
    CUSTVAL__TRY(custval_features(&terms, count, &new, error));
    facts->best_before = new.best_before;
    facts->best_after = new.best_in_use;
    facts->disappointment = new.disappointment;
    return CUSTVAL_OK;
}

/* ---- The table ------------------------------------------------------------------------------------------------------ */

static custval_status add_phases(const custval_scenario *scenario, const custval_host *host, custval_table *table,
                                 custval_error *error) {
    const size_t rows = (size_t)scenario->periods + 1;
    static const char *const words[] = {"", "before", "during", "after"};
    static const size_t lengths[] = {0, 6, 6, 5};
    custval_text *const texts = custval__alloc(host, rows, sizeof *texts);
    if (texts == NULL) return custval__fail_memory(error);
    for (size_t t = 0; t < rows; t++) {
        const uint32_t phase = scenario->course[t].phase;
        texts[t] = (custval_text){words[phase], lengths[phase]};
    }
    const custval_status status = custval__result_add_texts(table, "phase", texts, error);
    custval__free(host, texts);
    return status;
}

custval_status custval__scenario_add_path(const custval_scenario *scenario, const custval_host *host,
                                          custval_table *table, custval_error *error) {
    const uint32_t prices = scenario->has[CUSTVAL__SCENARIO_PRICES];
    const uint32_t references = scenario->has[CUSTVAL__SCENARIO_REFERENCE];
    uint32_t *period = NULL;
    double *strength = NULL, *price = NULL, *reference = NULL, *felt = NULL, *transaction = NULL;
    CUSTVAL__TRY(custval__result_add_uint32(table, "period", &period, error));
    CUSTVAL__TRY(add_phases(scenario, host, table, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "strength", &strength, error));
    if (prices) CUSTVAL__TRY(custval__result_add_doubles(table, "price", &price, error));
    if (references) {
        CUSTVAL__TRY(custval__result_add_doubles(table, "reference", &reference, error));
        CUSTVAL__TRY(custval__result_add_doubles(table, "felt", &felt, error));
        CUSTVAL__TRY(custval__result_add_doubles(table, "transaction", &transaction, error));
    }
    for (uint32_t t = 0; t <= scenario->periods; t++) {
        const custval__scenario_period *const at = &scenario->course[t];
        period[t] = t;
        strength[t] = at->strength;
        if (prices) price[t] = at->price;
        if (!references) continue;
        reference[t] = at->reference;
        felt[t] = at->felt;
        transaction[t] = at->transaction;
    }
    return CUSTVAL_OK;
}

static custval_status make_table(const custval_scenario *scenario, const custval_host *host, custval_table **out,
                                 custval_error *error) {
    custval_table *table = NULL;
    CUSTVAL__TRY(custval__result_new(host, (size_t)scenario->periods + 1, &table, error));
    const custval_status status = custval__scenario_add_path(scenario, host, table, error);
    if (status == CUSTVAL_OK) custval__result_finish(table);
    return custval__result_give(table, status, out);
}

custval_status custval_scenario_path(const custval_scenario *scenario, const custval_host *host,
                                     custval_scenario_path_facts *out_facts, custval_table **out,
                                     custval_error *error) {
    custval_scenario_path_facts facts = CUSTVAL_SCENARIO_PATH_FACTS_INIT;
    custval_host whole;
    if (out != NULL) *out = NULL;
    if (scenario == NULL) return custval__fail_null(error, "scenario");
    CUSTVAL__TRY(custval__host_read(&whole, host, error));
    if (out_facts != NULL) {
        CUSTVAL__TRY(fill_facts(scenario, &facts, error));
        CUSTVAL__TRY(
            custval__struct_write(out_facts, &facts, sizeof facts, sizeof facts, "custval_scenario_path_facts", error));
    }
    return out == NULL ? CUSTVAL_OK : make_table(scenario, &whole, out, error);
}
