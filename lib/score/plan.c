/* Options of a scoring call, resolved once against the system. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "../base/error.h"
#include "../base/options.h"
#include "../base/text.h"
#include "engine.h"
#include "override_keys.h"

#define DEFAULT_LEVELS (CUSTVAL_LEVEL_VALUE | CUSTVAL_LEVEL_SIDE)
#define KNOWN_LEVELS (2 * CUSTVAL_LEVEL_TAG - 1)

static const char *profile_name(const void *data, size_t index) {
    const custval_system *system = data;
    return index < system->profile_count ? system->profiles[index].id : NULL;
}

static const char *context_name(const void *data, size_t index) {
    const custval_system *system = data;
    return index < system->context_count ? system->contexts[index].id : NULL;
}

// A profile or context that the options force on every row; *out is its index + 1.
static custval_status forced_frame(const custval_system *system, uint32_t kind, const char *id, uint32_t *out,
                                   custval_error *error) {
    const int is_profile = kind == CUSTVAL_PROFILES;
    const custval__frame *frames = is_profile ? system->profiles : system->contexts;
    const uint32_t count = is_profile ? system->profile_count : system->context_count;
    const uint32_t found = custval__system_frame_find(frames, count, id, strlen(id));
    if (found == CUSTVAL_NONE) {
        char near[160];
        custval__nearest_names(id, is_profile ? profile_name : context_name, system, 3, near, sizeof near);
        return custval__fail(error, CUSTVAL_ERROR_NOT_FOUND, "the system has no %s \"%s\"%s%s",
                             is_profile ? "profile" : "context", id, near[0] ? "; the nearest are " : "", near);
    }
    *out = found + 1;
    return CUSTVAL_OK;
}

uint32_t custval__level_of(const custval__node *node) {
    switch (node->kind) {
    case CUSTVAL_KIND_VALUE: return CUSTVAL_LEVEL_VALUE;
    case CUSTVAL_KIND_SIDE: return CUSTVAL_LEVEL_SIDE;
    case CUSTVAL_KIND_DIMENSION: return CUSTVAL_LEVEL_DIMENSION;
    case CUSTVAL_KIND_INDICATOR: return CUSTVAL_LEVEL_INDICATOR;
    case CUSTVAL_KIND_ITEM: return CUSTVAL_LEVEL_ITEM;
    default: return CUSTVAL_LEVEL_DERIVED;
    }
}

// Which nodes must be kept: those that become columns, and those that rules look at.
static void mark_kept(custval__plan *plan) {
    const custval_system *system = plan->system;
    const uint8_t both = CUSTVAL__KEEP_SCORE | CUSTVAL__KEEP_COVERAGE;
    plan->keep[0] = plan->coverage == CUSTVAL_COVERAGE_NONE ? CUSTVAL__KEEP_SCORE : both;
    for (uint32_t i = 1; i < system->node_count; i++) {
        const custval__node *node = &system->nodes[i];
        if (plan->levels & custval__level_of(node)) {
            plan->keep[i] = plan->coverage == CUSTVAL_COVERAGE_ALL ? both : CUSTVAL__KEEP_SCORE;
        }
        if ((plan->levels & CUSTVAL_LEVEL_TAG) && node->tag != CUSTVAL_TAG_NONE) plan->keep[i] |= CUSTVAL__KEEP_SCORE;
    }
    for (uint32_t i = 0; i < system->gate_count; i++) plan->keep[system->gates[i].node] |= CUSTVAL__KEEP_SCORE;
    for (uint32_t i = 0; i < system->relief_count; i++) plan->keep[system->reliefs[i].by] |= CUSTVAL__KEEP_SCORE;
    for (uint32_t i = system->first_derived; i < system->node_count; i++) {
        if (!plan->keep[i]) continue;
        const custval__node *node = &system->nodes[i];
        for (uint32_t p = 0; p < node->child_count; p++) plan->keep[system->parts[node->first_part + p].node] = both;
    }
}

static custval_status allocate(custval__plan *plan, custval_error *error) {
    const custval_system *system = plan->system;
    plan->keep = custval__alloc_zero(&plan->host, system->node_count, 1);
    plan->overridden = custval__alloc_zero(&plan->host, system->node_count, 1);
    if (plan->keep == NULL || plan->overridden == NULL) return custval__fail_memory(error);
    if (!(plan->levels & CUSTVAL_LEVEL_TAG)) return CUSTVAL_OK;
    plan->global = custval__alloc(&plan->host, (size_t)system->set_count * system->node_count, sizeof(double));
    if (plan->global == NULL) return custval__fail_memory(error);
    for (uint32_t set = 0; set < system->set_count; set++) {
        custval__system_global(system, custval__system_set(system, set),
                               plan->global + (size_t)set * system->node_count);
    }
    return CUSTVAL_OK;
}

static int weights_differ_by_row(const custval__plan *plan) {
    const custval_system *system = plan->system;
    if (system->profile_input != CUSTVAL_NONE && !plan->forced_profile) return 1;
    if (system->context_input != CUSTVAL_NONE && !plan->forced_context) return 1;
    for (uint32_t i = 0; i < system->node_count; i++) {
        if (system->nodes[i].weight_input != CUSTVAL_NONE) return 1;
    }
    return 0;
}

static custval_status resolve(custval__plan *plan, const custval_score_options *options, custval_error *error) {
    const custval_system *system = plan->system;
    if (options->levels & ~(uint32_t)KNOWN_LEVELS) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "levels has unknown bits: %u", (unsigned)options->levels);
    }
    if (options->coverage > CUSTVAL_COVERAGE_NONE) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "coverage is %u, which means nothing",
                             (unsigned)options->coverage);
    }
    plan->levels = options->levels ? options->levels : DEFAULT_LEVELS;
    plan->coverage = options->coverage;
    plan->language = options->language ? options->language : "en";
    plan->has_reliefs = system->relief_count > 0;
    plan->kernels = custval__kernels_best();
    if (options->profile) {
        plan->forced_profile = 1;
        CUSTVAL__TRY(forced_frame(system, CUSTVAL_PROFILES, options->profile, &plan->profile, error));
    }
    if (options->context) {
        plan->forced_context = 1;
        CUSTVAL__TRY(forced_frame(system, CUSTVAL_CONTEXTS, options->context, &plan->context, error));
    }
    plan->by_row = weights_differ_by_row(plan);
    CUSTVAL__TRY(allocate(plan, error));
    mark_kept(plan);
    return custval__override_keys_build(plan, options->as_of, error);
}

custval_status custval__plan_new(const custval_system *system, const custval_score_options *options, custval__plan *out,
                                 custval_error *error) {
    *out = (custval__plan){0};
    if (system == NULL) return custval__fail_null(error, "system");
    custval_score_options whole = CUSTVAL_SCORE_OPTIONS_INIT;
    CUSTVAL__TRY(custval__struct_read(&whole, sizeof whole, sizeof whole, options, "custval_score_options", error));
    out->system = system;
    if (whole.host != NULL) {
        CUSTVAL__TRY(custval__host_read(&out->host, whole.host, error));
    } else {
        out->host = system->arena.host;
        out->host.runner = NULL;
        out->host.progress = NULL;
    }
    const custval_status status = resolve(out, &whole, error);
    if (status != CUSTVAL_OK) custval__plan_free(out);
    return status;
}

void custval__plan_free(custval__plan *plan) {
    if (plan->host.allocator == NULL) return;
    custval__free(&plan->host, plan->keep);
    custval__free(&plan->host, plan->global);
    custval__free(&plan->host, plan->overridden);
    custval__free(&plan->host, plan->slots);
    custval__free(&plan->host, plan->next_same_key);
    *plan = (custval__plan){0};
}
