/* Impacts: making and freeing them, and looking into them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "impact.h"

#include <string.h>

#include "../base/error.h"

/* ---- Owners ------------------------------------------------------------------------------------------------------ */

custval_status custval__impact_new(const custval_host *whole_host, size_t steps, size_t costs, custval_impact **out,
                                   custval_error *error) {
    custval__arena arena;
    custval__arena_init(&arena, whole_host);
    custval_impact *const impact = custval__arena_alloc(&arena, 1, sizeof *impact);
    custval__impact_step *const all_steps = custval__arena_alloc(&arena, steps, sizeof *all_steps);
    custval__impact_cost *const all_costs = custval__arena_alloc(&arena, costs, sizeof *all_costs);
    if (impact == NULL || all_steps == NULL || all_costs == NULL) {
        custval__arena_free(&arena);
        return custval__fail_memory(error);
    }
    atomic_init(&impact->owners, 1);
    impact->arena = arena;
    impact->steps = all_steps;
    impact->step_count = (uint32_t)steps;
    impact->costs = all_costs;
    impact->cost_count = (uint32_t)costs;
    *out = impact;
    return CUSTVAL_OK;
}

custval_impact *custval_impact_ref(const custval_impact *impact) {
    custval_impact *const owned = (custval_impact *)(uintptr_t)impact;
    if (owned != NULL) atomic_fetch_add_explicit(&owned->owners, 1, memory_order_relaxed);
    return owned;
}

void custval_impact_free(custval_impact *impact) {
    if (impact == NULL || atomic_fetch_sub_explicit(&impact->owners, 1, memory_order_acq_rel) != 1) return;
    for (uint32_t i = 0; i < impact->step_count; i++) custval_link_free(impact->steps[i].link);
    custval_impact_free(impact->plan);    /* which has none itself: see custval_impact_fit() */
    custval__arena arena = impact->arena; /* holds the impact, too */
    custval__arena_free(&arena);
}

/* ---- Steps ------------------------------------------------------------------------------------------------------- */

const char *custval__impact_outcome(const custval__impact_step *step) {
    return step->link == NULL ? step->outcome : custval_link_column(step->link, custval__impact_predictors(step));
}

uint32_t custval__impact_kind(const custval__impact_step *step) {
    custval_link_facts facts = CUSTVAL_LINK_FACTS_INIT;
    if (step->link == NULL || custval_link_describe(step->link, &facts, NULL) != CUSTVAL_OK) return step->kind;
    return facts.kind;
}

uint32_t custval__impact_predictors(const custval__impact_step *step) {
    custval_link_facts facts = CUSTVAL_LINK_FACTS_INIT;
    if (step->link == NULL || custval_link_describe(step->link, &facts, NULL) != CUSTVAL_OK) {
        return step->predictor_count;
    }
    return (uint32_t)facts.terms - 1;
}

const char *custval__impact_predictor(const custval__impact_step *step, uint32_t index) {
    return step->link == NULL ? step->predictors[index] : custval_link_column(step->link, index);
}

uint32_t custval__impact_earlier(const custval_impact *impact, uint32_t step, const char *name) {
    for (uint32_t i = 0; i < step; i++) {
        if (strcmp(custval__impact_outcome(&impact->steps[i]), name) == 0) return i;
    }
    return CUSTVAL_NONE;
}

custval_status custval__impact_blame(const custval_impact *impact, uint32_t step, custval_status status,
                                     custval_error *error) {
    char place[CUSTVAL_ERROR_MESSAGE_SIZE];
    if (status == CUSTVAL_OK || status == CUSTVAL_ERROR_MEMORY) return status;
    custval__format(place, sizeof place, "link %u (\"%s\"): ", (unsigned)step + 1,
                    custval__impact_outcome(&impact->steps[step]));
    custval__error_prefix(error, place);
    return status;
}

/* ---- Looking into one -------------------------------------------------------------------------------------------- */

size_t custval_impact_links(const custval_impact *impact) {
    return impact == NULL ? 0 : impact->step_count;
}

const custval_link *custval_impact_link(const custval_impact *impact, size_t index) {
    return impact == NULL || index >= impact->step_count ? NULL : impact->steps[index].link;
}

/* A name that may be that of a column. */
typedef struct mention {
    const char *name;
    uint32_t step; /* whose predictor it is; CUSTVAL_NONE: a column in any case */
} mention;

/* Mention `index` of all; 0 past the end. */
static int mention_at(const custval_impact *impact, uint32_t fitting, size_t index, mention *out) {
    for (uint32_t i = 0; i < impact->step_count; i++) {
        const custval__impact_step *const step = &impact->steps[i];
        if (fitting && step->link != NULL) continue;
        const uint32_t predictors = custval__impact_predictors(step);
        if (index < predictors) {
            *out = (mention){custval__impact_predictor(step, (uint32_t)index), i};
            return 1;
        }
        index -= predictors;
        if (!fitting) continue;
        *out = (mention){step->outcome, CUSTVAL_NONE};
        if (index-- == 0) return 1;
    }
    const char *const others[] = {impact->money.margin_column, impact->where, impact->count};
    for (size_t i = 0; !fitting && i < sizeof others / sizeof others[0]; i++) {
        if (others[i] == NULL) continue;
        *out = (mention){others[i], CUSTVAL_NONE};
        if (index-- == 0) return 1;
    }
    return 0;
}

/* Outcomes of earlier links are columns only where a link is fitted to them. */
static int is_column(const custval_impact *impact, const custval_system *system, uint32_t fitting, const mention *of) {
    uint32_t node;
    if (of->step == CUSTVAL_NONE) return 1;
    if (custval__impact_earlier(impact, of->step, of->name) != CUSTVAL_NONE) return fitting != 0;
    return custval_system_find(system, of->name, &node, NULL) != CUSTVAL_OK;
}

static int is_new(const custval_impact *impact, const custval_system *system, uint32_t fitting, size_t index,
                  const char *name) {
    mention before;
    for (size_t i = 0; i < index && mention_at(impact, fitting, i, &before); i++) {
        if (strcmp(before.name, name) == 0 && is_column(impact, system, fitting, &before)) return 0;
    }
    return 1;
}

const char *custval_impact_column(const custval_impact *impact, const custval_system *system, uint32_t fitting,
                                  size_t index) {
    mention at;
    if (impact == NULL || system == NULL) return NULL;
    for (size_t i = 0; mention_at(impact, fitting, i, &at); i++) {
        if (!is_column(impact, system, fitting, &at) || !is_new(impact, system, fitting, i, at.name)) continue;
        if (index-- == 0) return at.name;
    }
    return NULL;
}
