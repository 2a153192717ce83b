/* Freezing: profiles, contexts, weight sets, shares of parts, references of prospect curves. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "freeze.h"

/* ---- Profiles and contexts --------------------------------------------------------------------------------------- */

/* One number per node of each frame, NaN where the frame declares none. */
static double *numbers_of_frames(custval__freezing *freezing, const custval__list *frames, enum custval__space space) {
    const custval_builder *const builder = freezing->builder;
    const size_t node_count = freezing->system->node_count;
    const size_t count = frames->count * node_count; /* at most CUSTVAL_MAX_SETS * CUSTVAL_MAX_NODES */
    double *const numbers = custval__freeze_alloc(freezing, count, sizeof *numbers);
    if (numbers == NULL) return NULL;
    for (size_t i = 0; i < count; i++) numbers[i] = (double)NAN;
    for (size_t i = 0; i < builder->numbers.count; i++) {
        const custval__draft_number *const draft = (const custval__draft_number *)builder->numbers.items + i;
        if (draft->space != space) continue;
        numbers[draft->frame * node_count + custval__draft_node_at(builder, draft->node)->frozen] = draft->number;
    }
    return numbers;
}

/* `numbers` are two spaces: weights, and expectations or 0. */
static custval_status freeze_frames(custval__freezing *freezing, const custval__list *drafts,
                                    enum custval__space weight_space, enum custval__space expectation_space,
                                    const custval__frame **out) {
    const size_t node_count = freezing->system->node_count;
    custval__frame *const frames = custval__freeze_alloc(freezing, drafts->count, sizeof *frames);
    double *const weights = numbers_of_frames(freezing, drafts, weight_space);
    double *const expectations = expectation_space == 0 ? NULL : numbers_of_frames(freezing, drafts, expectation_space);
    CUSTVAL__TRY(custval__freeze_status(freezing));
    for (size_t i = 0; i < drafts->count; i++) {
        const custval__draft_frame *const draft = (const custval__draft_frame *)drafts->items + i;
        custval__frame *const frame = &frames[i];
        frame->id = custval__freeze_text(freezing, draft->id);
        frame->note = custval__freeze_text(freezing, draft->note);
        frame->labels = custval__freeze_labels(freezing, &draft->labels);
        frame->label_count = draft->labels.count;
        frame->id_length = strlen(draft->id);
        frame->weights = weights + i * node_count;
        if (expectations != NULL) frame->expectations = expectations + i * node_count;
    }
    *out = frames;
    return custval__freeze_status(freezing);
}

/* The reference of a prospect curve: the context's, else the item's own, which every such item has. */
static custval_status freeze_prospects(custval__freezing *freezing) {
    const custval_system *const system = freezing->system;
    for (uint32_t i = 0; i < system->item_count; i++) {
        custval__item *const item = &freezing->items[i];
        if (item->curve.type != CUSTVAL_CURVE_PROSPECT) continue;
        custval__prospect *const prospects =
            custval__freeze_alloc(freezing, (size_t)system->context_count + 1, sizeof *prospects);
        if (prospects == NULL) return custval__freeze_status(freezing);
        prospects[0] = custval__item_prospect(item, item->expectation);
        for (uint32_t context = 0; context < system->context_count; context++) {
            const double expectation = system->contexts[context].expectations[item->node];
            prospects[context + 1] = isnan(expectation) ? prospects[0] : custval__item_prospect(item, expectation);
        }
        item->prospects = prospects;
    }
    return CUSTVAL_OK;
}

/* ---- Weight sets ------------------------------------------------------------------------------------------------- */

static custval_status fail_all_zero(const custval__freezing *freezing, uint32_t parent, const custval__frame *profile,
                                    const custval__frame *context) {
    char where[2 * CUSTVAL_MAX_ID_LENGTH + 64] = "";
    if (profile != NULL) custval__format(where, sizeof where, " in profile \"%s\"", profile->id);
    if (context != NULL) {
        const size_t used = strlen(where);
        custval__format(where + used, sizeof where - used, " in context \"%s\"", context->id);
    }
    const custval__node *const node = &freezing->nodes[parent];
    return custval__fail_at(freezing->error, CUSTVAL_ERROR_WEIGHT, parent, SIZE_MAX,
                            "%s \"%s\": the weights below it are all 0%s; at least one must be positive",
                            custval_word(CUSTVAL_WORDS_KIND, node->kind), node->id, where);
}

/* The weight in force of a node: the context's, else the profile's, else its own. */
static double declared_weight(const custval__freezing *freezing, uint32_t node, const custval__frame *profile,
                              const custval__frame *context) {
    if (context != NULL && !isnan(context->weights[node])) return context->weights[node];
    if (profile != NULL && !isnan(profile->weights[node])) return profile->weights[node];
    return freezing->nodes[node].weight;
}

/* Fills in one set; `group` is room for the weights of one group. */
static custval_status fill_set(custval__freezing *freezing, const custval__frame *profile,
                               const custval__frame *context, double *group, double *local) {
    const custval__node *const nodes = freezing->nodes;
    local[0] = 1;
    for (uint32_t parent = 0; parent < freezing->system->first_derived; parent++) {
        if (nodes[parent].first_child == CUSTVAL_NONE) continue;
        size_t count = 0;
        for (uint32_t child = nodes[parent].first_child; child != CUSTVAL_NONE; child = nodes[child].next_sibling) {
            group[count++] = declared_weight(freezing, child, profile, context);
        }
        if (custval__weights_normalise(group, count) != 0) return fail_all_zero(freezing, parent, profile, context);
        count = 0;
        for (uint32_t child = nodes[parent].first_child; child != CUSTVAL_NONE; child = nodes[child].next_sibling) {
            local[child] = group[count++];
        }
    }
    return CUSTVAL_OK;
}

static custval_status freeze_sets(custval__freezing *freezing, double *group) {
    custval_system *const system = freezing->system;
    const uint32_t profiles = system->profile_count + 1, contexts = system->context_count + 1;
    system->set_count = profiles * contexts;
    double *const weights =
        custval__freeze_alloc(freezing, (size_t)system->set_count * system->node_count, sizeof *weights);
    if (weights == NULL) return custval__freeze_status(freezing);
    system->weights = weights;
    for (uint32_t set = 0; set < system->set_count; set++) {
        const uint32_t profile = set / contexts, context = set % contexts;
        CUSTVAL__TRY(fill_set(freezing, profile == 0 ? NULL : &system->profiles[profile - 1],
                              context == 0 ? NULL : &system->contexts[context - 1], group,
                              weights + (size_t)set * system->node_count));
    }
    return CUSTVAL_OK;
}

static custval_status freeze_shares(custval__freezing *freezing, double *group) {
    const custval_system *const system = freezing->system;
    for (uint32_t node = system->first_derived; node < system->node_count; node++) {
        custval__part *const parts = freezing->parts + system->nodes[node].first_part;
        const uint32_t count = system->nodes[node].child_count;
        for (uint32_t i = 0; i < count; i++) group[i] = parts[i].weight;
        if (custval__weights_normalise(group, count) != 0) return fail_all_zero(freezing, node, NULL, NULL);
        for (uint32_t i = 0; i < count; i++) parts[i].local = group[i];
    }
    return CUSTVAL_OK;
}

custval_status custval__freeze_weights(custval__freezing *freezing) {
    custval_builder *const builder = freezing->builder;
    custval_system *const system = freezing->system;
    system->profile_count = (uint32_t)builder->profiles.count;
    system->context_count = (uint32_t)builder->contexts.count;
    CUSTVAL__TRY(freeze_frames(freezing, &builder->profiles, CUSTVAL__SPACE_PROFILE_WEIGHT, 0, &system->profiles));
    CUSTVAL__TRY(freeze_frames(freezing, &builder->contexts, CUSTVAL__SPACE_CONTEXT_WEIGHT, CUSTVAL__SPACE_EXPECTATION,
                               &system->contexts));
    CUSTVAL__TRY(freeze_prospects(freezing));
    double *const group = custval__alloc(&builder->host, system->node_count, sizeof *group);
    if (group == NULL) return custval__fail_memory(freezing->error);
    custval_status status = freeze_sets(freezing, group);
    if (status == CUSTVAL_OK) status = freeze_shares(freezing, group);
    custval__free(&builder->host, group);
    return status;
}
