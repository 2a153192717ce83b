/* Which answers a scenario moves, and how. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "effects.h"

#include <string.h>

#include "../base/compiler.h"
#include "../base/error.h"

static int is_below(const custval_system *system, uint32_t node, uint32_t top) {
    custval_node at = CUSTVAL_NODE_INIT;
    while (node != top) {
        if (custval_system_node(system, node, &at, NULL) != CUSTVAL_OK || at.parent == CUSTVAL_NONE) return 0;
        node = at.parent;
    }
    return 1;
}

static uint32_t kind_of(const custval_system *system, uint32_t node) {
    custval_node at = CUSTVAL_NODE_INIT;
    return custval_system_node(system, node, &at, NULL) == CUSTVAL_OK ? at.kind : 0;
}

/* Adds up what all effects do to one item; 1 if there are any. */
static int add_effects(const custval_scenario *scenario, const custval_system *system, const uint32_t *tops,
                       uint32_t item, custval__move *move) {
    int is_moved = 0;
    for (uint32_t i = 0; i < scenario->effect_count; i++) {
        const custval__scenario_effect *const effect = &scenario->effects[i];
        if (!is_below(system, item, tops[i])) continue;
        if (effect->list == CUSTVAL__SCENARIO_QUALITY) {
            move->kappa += effect->factor;
        } else {
            move->factor += effect->factor;
        }
        move->points += effect->points;
        is_moved = 1;
    }
    return is_moved;
}

/* Only a straight scale can be read backwards, from a moved score to the answer that has it. */
static custval_status check_item(const custval_system *system, uint32_t item, const custval_item_spec *spec,
                                 custval_error *error) {
    custval_item_spec other = CUSTVAL_ITEM_SPEC_INIT;
    custval_node at = CUSTVAL_NODE_INIT;
    CUSTVAL__TRY(custval_system_node(system, item, &at, error));
    if (spec->curve->type != CUSTVAL_CURVE_SCALE) {
        return custval__fail_at(error, CUSTVAL_ERROR_UNSUPPORTED, item, SIZE_MAX,
                                "item \"%s\": a scenario moves items on a plain scale, not the curve \"%s\"", at.id,
                                custval_word(CUSTVAL_WORDS_CURVE, spec->curve->type));
    }
    for (uint32_t i = 0; i < custval_system_nodes(system); i++) {
        if (i == item || kind_of(system, i) != CUSTVAL_KIND_ITEM) continue;
        CUSTVAL__TRY(custval_system_item_spec(system, i, &other, error));
        if (strcmp(other.column, spec->column) != 0) continue;
        return custval__fail_at(error, CUSTVAL_ERROR_UNSUPPORTED, item, SIZE_MAX,
                                "column \"%s\" is read by two items: moving one would move both", spec->column);
    }
    return CUSTVAL_OK;
}

static custval_status find_items(const custval_scenario *scenario, const custval_system *system, const uint32_t *tops,
                                 custval__moves *out, custval_error *error) {
    custval_item_spec spec = CUSTVAL_ITEM_SPEC_INIT;
    for (uint32_t i = 0; i < custval_system_nodes(system); i++) {
        custval__move move = {NULL, 0.0, 0.0, 0, 0.0, 0.0, 0.0, NULL, 0};
        if (kind_of(system, i) != CUSTVAL_KIND_ITEM || !add_effects(scenario, system, tops, i, &move)) continue;
        CUSTVAL__TRY(custval_system_item_spec(system, i, &spec, error));
        CUSTVAL__TRY(check_item(system, i, &spec, error));
        move.name = spec.column;
        move.lo = spec.scale_min;
        move.hi = spec.scale_max;
        move.reversed = spec.reversed != 0;
        move.codes = spec.missing_codes;
        move.code_count = spec.missing_code_count;
        out->items[out->count++] = move;
    }
    return CUSTVAL_OK;
}

custval_status custval__moves_find(const custval_scenario *scenario, const custval_system *system,
                                   custval__arena *arena, custval__moves *out, custval_error *error) {
    uint32_t *const tops = custval__arena_alloc(arena, scenario->effect_count, sizeof *tops);
    out->count = 0;
    out->items = custval__arena_alloc(arena, custval_system_nodes(system), sizeof *out->items);
    if (tops == NULL || out->items == NULL) return custval__fail_memory(error);
    for (uint32_t i = 0; i < scenario->effect_count; i++) {
        CUSTVAL__TRY(custval_system_find(system, scenario->effects[i].node, &tops[i], error));
        if (kind_of(system, tops[i]) != CUSTVAL_KIND_DERIVED) continue;
        return custval__fail_at(error, CUSTVAL_ERROR_UNSUPPORTED, tops[i], SIZE_MAX,
                                "node \"%s\" is derived: an effect is on the nodes that it is derived from",
                                scenario->effects[i].node);
    }
    return find_items(scenario, system, tops, out, error);
}

void custval__move_apply(const custval__move *move, const custval__scenario_kernels *kernels, double strength,
                         int with_quality, const double *answers, const double *chosen, size_t count, double *out) {
    const custval__scenario_motion motion = {
        .lo = move->lo,
        .hi = move->hi,
        .factor = strength * (with_quality ? move->factor + move->kappa : move->factor),
        .points = strength * move->points * ((move->hi - move->lo) / 100.0),
        .reversed = move->reversed,
    };
    kernels->move(&motion, answers, chosen, count, out);
    for (size_t k = 0; k < move->code_count; k++) {
        if (!(move->codes[k] >= move->lo && move->codes[k] <= move->hi)) continue;
        for (size_t i = 0; i < count; i++) out[i] = answers[i] == move->codes[k] ? answers[i] : out[i];
    }
}
