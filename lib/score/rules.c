/* Rules beside the tree: who has an override, what is relieved, which gate is closed. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "../base/text.h"
#include "engine.h"
#include "override_keys.h"

// FNV-1a: keys are short and come from the system's author, not from an adversary.
static uint32_t hash_key(const char *key, size_t length) {
    uint32_t hash = 2166136261U;
    for (size_t i = 0; i < length; i++) hash = (hash ^ (unsigned char)key[i]) * 16777619U;
    return hash;
}

static uint32_t *slot_of(const custval__plan *plan, const char *key, size_t length) {
    const uint32_t mask = plan->slot_count - 1;
    for (uint32_t i = hash_key(key, length) & mask;; i = (i + 1) & mask) {
        const uint32_t first = plan->slots[i];
        if (first == CUSTVAL_NONE) return &plan->slots[i];
        const custval__override *override = &plan->system->overrides[first];
        if (override->key_length == length && memcmp(override->key, key, length) == 0) return &plan->slots[i];
    }
}

custval_status custval__override_keys_build(custval__plan *plan, const char *as_of, custval_error *error) {
    const custval_system *system = plan->system;
    int32_t today = 0;
    if (as_of != NULL && custval__date_days(as_of, strlen(as_of), &today) != 0) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "as_of \"%s\" is not a date such as 2026-12-31", as_of);
    }
    if (system->override_count == 0) return CUSTVAL_OK;
    if (as_of == NULL) {
        return custval__fail(error, CUSTVAL_ERROR_STATE,
                             "the system has overrides that expire (\"%s\" on %s): give the date of scoring in as_of",
                             system->overrides[0].key, system->overrides[0].expires);
    }
    // At most half full; override_count is limited when the system is built, so this cannot overflow.
    plan->slot_count = 2;
    while (plan->slot_count < 2 * system->override_count) plan->slot_count *= 2;
    plan->slots = custval__alloc(&plan->host, plan->slot_count, sizeof *plan->slots);
    plan->next_same_key = custval__alloc(&plan->host, system->override_count, sizeof *plan->next_same_key);
    if (plan->slots == NULL || plan->next_same_key == NULL) return custval__fail_memory(error);
    for (uint32_t i = 0; i < plan->slot_count; i++) plan->slots[i] = CUSTVAL_NONE;
    for (uint32_t i = 0; i < system->override_count; i++) {
        const custval__override *override = &system->overrides[i];
        if (today >= override->expires_days) continue;
        uint32_t *slot = slot_of(plan, override->key, override->key_length);
        plan->next_same_key[i] = *slot;
        *slot = i;
        plan->overridden[override->node] = 1;
        plan->active_overrides++;
    }
    return CUSTVAL_OK;
}

uint32_t custval__override_first(const custval__plan *plan, const custval__source *source, size_t row) {
    char digits[CUSTVAL__NUMBER_SIZE];
    custval_text key;
    if (plan->active_overrides == 0) return CUSTVAL_NONE;
    if (!custval__source_text(source, plan->system->override_input, row, digits, &key)) return CUSTVAL_NONE;
    return *slot_of(plan, key.data, key.length);
}

uint32_t custval__override_of(const custval__plan *plan, const custval__source *source, size_t row, uint32_t node) {
    if (!plan->overridden[node]) return CUSTVAL_NONE;
    uint32_t i = custval__override_first(plan, source, row);
    while (i != CUSTVAL_NONE && plan->system->overrides[i].node != node) i = plan->next_same_key[i];
    return i;
}

double custval__relieved(const custval__relief *relief, double benefit, double score) {
    const double within = benefit < 0.0 ? 0.0 : benefit > 100.0 ? 100.0 : benefit;
    return isnan(within) ? score : score * (1.0 - relief->share * (within / 100.0));
}

int custval__gate_closed(const custval__gate *gate, double node_score) {
    return gate->type == CUSTVAL_GATE_BELOW ? node_score < gate->threshold : node_score > gate->threshold;
}
