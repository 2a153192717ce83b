/* Nodes of a system as criteria of a table of their scores. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include <custval/weights.h>

#include "../base/error.h"
#include "system.h"

static int leaves_percent(double score) {
    return score < 0.0 || score > 100.0;
}

/* Scores of an item may leave 0..100. */
static int item_leaves(const custval__item *item) {
    const custval_curve *curve = &item->curve;
    if (curve->type == CUSTVAL_CURVE_LINEAR) return 1;
    for (uint32_t i = 0; i < curve->count; i++) {
        if (leaves_percent(curve->y[i])) return 1;
    }
    return 0;
}

/* The same of any node: some item in it does. What is below a node comes right after it. */
static int node_leaves(const custval_system *system, uint32_t node) {
    const uint32_t kind = system->nodes[node].kind;
    uint32_t at = node;
    do {
        const uint32_t item = system->nodes[at].item;
        if (item != CUSTVAL_NONE && item_leaves(&system->items[item])) return 1;
        at++;
    } while (at < system->first_derived && system->nodes[at].kind > kind);
    return 0;
}

/* Product of the local weights on the way to a node, as custval__system_global multiplies them. */
static double weight_of(const custval_system *system, const double *local, uint32_t node) {
    const uint32_t parent = system->nodes[node].parent;
    switch (system->nodes[node].kind) {
    case CUSTVAL_KIND_SIDE: return 1.0;
    case CUSTVAL_KIND_DIMENSION: return local[node];
    default: return weight_of(system, local, parent) * local[node];
    }
}

static custval_criterion criterion_of(const custval_system *system, const double *local, uint32_t node) {
    const custval__node *found = &system->nodes[node];
    const double share = system->spec.form == CUSTVAL_FORM_INDEX ? local[system->sides[found->side]] : 1.0;
    custval_criterion criterion = CUSTVAL_CRITERION_INIT;
    criterion.column = found->id;
    criterion.side = found->side;
    criterion.weight = weight_of(system, local, node) * share;
    criterion.high = node_leaves(system, node) ? 0.0 : 100.0;
    return criterion;
}

custval_status custval_system_criteria(const custval_system *system, uint32_t kind, const char *profile,
                                       custval_criterion *out, size_t capacity, size_t *out_count,
                                       custval_error *error) {
    if (out_count == NULL) return custval__fail_null(error, "out_count");
    *out_count = 0;
    if (system == NULL) return custval__fail_null(error, "system");
    if (out == NULL && capacity > 0) return custval__fail_null(error, "out");
    if (kind < CUSTVAL_KIND_SIDE || kind > CUSTVAL_KIND_ITEM) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT,
                             "kind %u is neither side (2), dimension (3), indicator (4) nor item (5)", (unsigned)kind);
    }
    CUSTVAL__TRY(custval_system_weights(system, profile, NULL, NULL, NULL, error)); /* fails for no such profile */
    uint32_t set = 0;
    if (profile != NULL) {
        const uint32_t frame =
            custval__system_frame_find(system->profiles, system->profile_count, profile, strlen(profile));
        set = (frame + 1) * (system->context_count + 1);
    }
    const double *local = custval__system_set(system, set);
    for (uint32_t node = 0; node < system->first_derived; node++) {
        if (system->nodes[node].kind != kind) continue;
        if (*out_count < capacity) out[*out_count] = criterion_of(system, local, node);
        ++*out_count;
    }
    return CUSTVAL_OK;
}
