/* The builder: starting from a system that exists, by the calls that could have made it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "../base/error.h"
#include "builder.h"

typedef struct copying {
    const custval_system *system;
    custval_builder *builder;
    custval_error *error;
} copying;

static const char *id_of(const copying *copy, uint32_t node) {
    return copy->system->nodes[node].id;
}

static custval_status copy_labels(const copying *copy, uint32_t node) {
    const custval__node *from = &copy->system->nodes[node];
    for (uint32_t i = 0; i < from->label_count; i++) {
        CUSTVAL__TRY(custval_builder_label(copy->builder, from->id, from->labels[i].language, from->labels[i].text,
                                           copy->error));
    }
    return CUSTVAL_OK;
}

static custval_status copy_item(const copying *copy, uint32_t node) {
    custval_item_spec spec = CUSTVAL_ITEM_SPEC_INIT;
    CUSTVAL__TRY(custval_system_item_spec(copy->system, node, &spec, copy->error));
    return custval_builder_item(copy->builder, id_of(copy, copy->system->nodes[node].parent), &spec, copy->error);
}

static custval_status copy_derived(const copying *copy, uint32_t node, const custval_node_spec *spec) {
    CUSTVAL__TRY(custval_builder_derived(copy->builder, spec, copy->error));
    const custval__node *from = &copy->system->nodes[node];
    for (uint32_t i = 0; i < from->child_count; i++) {
        const custval__part *part = &copy->system->parts[from->first_part + i];
        CUSTVAL__TRY(
            custval_builder_derived_part(copy->builder, from->id, id_of(copy, part->node), part->weight, copy->error));
    }
    return CUSTVAL_OK;
}

static custval_status copy_node(const copying *copy, uint32_t node) {
    const custval__node *from = &copy->system->nodes[node];
    if (from->kind == CUSTVAL_KIND_VALUE) return CUSTVAL_OK;
    if (from->kind == CUSTVAL_KIND_ITEM) return copy_item(copy, node);
    custval_node_spec spec = CUSTVAL_NODE_SPEC_INIT;
    CUSTVAL__TRY(custval_system_node_spec(copy->system, node, &spec, copy->error));
    switch (from->kind) {
    case CUSTVAL_KIND_SIDE: return custval_builder_side(copy->builder, from->side, &spec, copy->error);
    case CUSTVAL_KIND_DIMENSION: return custval_builder_dimension(copy->builder, from->side, &spec, copy->error);
    case CUSTVAL_KIND_INDICATOR:
        return custval_builder_indicator(copy->builder, id_of(copy, from->parent), &spec, copy->error);
    default: return copy_derived(copy, node, &spec);
    }
}

static custval_status copy_nodes(const copying *copy) {
    for (uint32_t node = 0; node < copy->system->node_count; node++) {
        CUSTVAL__TRY(copy_node(copy, node));
        CUSTVAL__TRY(copy_labels(copy, node));
        if (!copy->system->nodes[node].must_be_highest) continue;
        CUSTVAL__TRY(custval_builder_highest(copy->builder, id_of(copy, node), copy->error));
    }
    return CUSTVAL_OK;
}

typedef custval_status (*add_number)(custval_builder *builder, const char *frame, const char *node, double number,
                                     custval_error *error);

/* `numbers` are one per node, NaN where there is none; NULL: none at all. */
static custval_status copy_numbers(const copying *copy, const char *frame, const double *numbers, add_number add) {
    for (uint32_t node = 0; numbers != NULL && node < copy->system->node_count; node++) {
        if (isnan(numbers[node])) continue;
        CUSTVAL__TRY(add(copy->builder, frame, id_of(copy, node), numbers[node], copy->error));
    }
    return CUSTVAL_OK;
}

typedef custval_status (*add_frame)(custval_builder *builder, const char *id, const char *note, custval_error *error);
typedef custval_status (*add_label)(custval_builder *builder, const char *frame, const char *language, const char *text,
                                    custval_error *error);

static custval_status copy_frames(const copying *copy, const custval__frame *frames, uint32_t count, add_frame add,
                                  add_label label, add_number weight) {
    for (const custval__frame *frame = frames; frame < frames + count; frame++) {
        CUSTVAL__TRY(add(copy->builder, frame->id, frame->note, copy->error));
        for (uint32_t i = 0; i < frame->label_count; i++) {
            CUSTVAL__TRY(
                label(copy->builder, frame->id, frame->labels[i].language, frame->labels[i].text, copy->error));
        }
        CUSTVAL__TRY(copy_numbers(copy, frame->id, frame->weights, weight));
        CUSTVAL__TRY(copy_numbers(copy, frame->id, frame->expectations, custval_builder_context_expectation));
    }
    return CUSTVAL_OK;
}

static custval_status copy_rules_and_origins(const copying *copy) {
    for (uint32_t i = 0; i < copy->system->gate_count; i++) {
        custval_gate_spec gate = CUSTVAL_GATE_SPEC_INIT;
        CUSTVAL__TRY(custval_system_gate(copy->system, i, &gate, copy->error));
        CUSTVAL__TRY(custval_builder_gate(copy->builder, &gate, copy->error));
    }
    for (uint32_t i = 0; i < copy->system->relief_count; i++) {
        custval_relief_spec relief = CUSTVAL_RELIEF_SPEC_INIT;
        CUSTVAL__TRY(custval_system_relief(copy->system, i, &relief, copy->error));
        CUSTVAL__TRY(custval_builder_relief(copy->builder, &relief, copy->error));
    }
    for (uint32_t i = 0; i < copy->system->override_count; i++) {
        custval_override_spec override = CUSTVAL_OVERRIDE_SPEC_INIT;
        CUSTVAL__TRY(custval_system_override(copy->system, i, &override, copy->error));
        CUSTVAL__TRY(custval_builder_override(copy->builder, &override, copy->error));
    }
    for (uint32_t i = 0; i < copy->system->origin_count; i++) {
        CUSTVAL__TRY(custval_builder_origin(copy->builder, &copy->system->origins[i].spec, copy->error));
    }
    return CUSTVAL_OK;
}

static custval_status copy_all(const copying *copy) {
    const custval_system *system = copy->system;
    CUSTVAL__TRY(copy_nodes(copy));
    CUSTVAL__TRY(copy_frames(copy, system->profiles, system->profile_count, custval_builder_profile,
                             custval_builder_profile_label, custval_builder_profile_weight));
    CUSTVAL__TRY(copy_frames(copy, system->contexts, system->context_count, custval_builder_context,
                             custval_builder_context_label, custval_builder_context_weight));
    return copy_rules_and_origins(copy);
}

custval_status custval_builder_new_from(const custval_host *host, const custval_system *system, custval_builder **out,
                                        custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    if (system == NULL) return custval__fail_null(error, "system");
    copying copy = {system, NULL, error};
    CUSTVAL__TRY(custval_builder_new(host == NULL ? &system->arena.host : host, &system->spec, &copy.builder, error));
    const custval_status status = copy_all(&copy);
    if (status == CUSTVAL_OK) {
        *out = copy.builder;
    } else {
        custval_builder_free(copy.builder);
    }
    return status;
}
