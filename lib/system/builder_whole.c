/* The builder: what only the whole shows. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "../base/error.h"
#include "builder.h"

/* Numbers a node and everything below it in pre-order; items among themselves too. */
static void number_below(custval_builder *builder, uint32_t index, uint32_t *next, uint32_t *next_item) {
    custval__draft_node *const node = custval__draft_node_at(builder, index);
    node->frozen = (*next)++;
    if (node->kind == CUSTVAL_KIND_ITEM) node->item->frozen = (*next_item)++;
    for (uint32_t child = node->first_child; child != CUSTVAL_NONE;
         child = custval__draft_node_at(builder, child)->next_sibling) {
        number_below(builder, child, next, next_item);
    }
}

/* The value is 0; then the sides that have dimensions; then derived nodes. */
static void number_nodes(custval_builder *builder) {
    uint32_t next = 1, next_item = 0;
    custval__draft_node_at(builder, 0)->frozen = 0;
    for (uint32_t side = CUSTVAL_SIDE_BENEFIT; side <= CUSTVAL_SIDE_SACRIFICE; side++) {
        custval__draft_node *const node = custval__draft_node_at(builder, side);
        node->frozen = CUSTVAL_NONE;
        if (node->child_count > 0) number_below(builder, side, &next, &next_item);
    }
    for (size_t i = 0; i < builder->nodes.count; i++) {
        custval__draft_node *const node = custval__draft_node_at(builder, i);
        if (node->kind == CUSTVAL_KIND_DERIVED) node->frozen = next++;
    }
}

/* Every dimension has an indicator, every indicator an item, every derived node a part. */
static custval_status check_tree(const custval_builder *builder, custval_error *error) {
    static const char *const missing[] = {[CUSTVAL_KIND_DIMENSION] = "indicator",
                                          [CUSTVAL_KIND_INDICATOR] = "item",
                                          [CUSTVAL_KIND_ITEM] = NULL,
                                          [CUSTVAL_KIND_DERIVED] = "part"};
    int has_dimension = 0;
    for (size_t i = 0; i < builder->nodes.count; i++) {
        const custval__draft_node *const node = custval__draft_node_at(builder, i);
        has_dimension |= node->kind == CUSTVAL_KIND_DIMENSION;
        if (node->child_count == 0 && missing[node->kind] != NULL) {
            const custval__subject about = custval__draft_subject(node);
            return custval__fail_at(error, CUSTVAL_ERROR_STRUCTURE, node->frozen, SIZE_MAX, "%s \"%s\" has no %s",
                                    about.kind, about.id, missing[node->kind]);
        }
    }
    if (has_dimension) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_STRUCTURE, "system \"%s\" has no dimension", builder->spec.id);
}

static custval_status check_policies(const custval_builder *builder, custval_error *error) {
    const custval_system_spec *const spec = &builder->spec;
    for (uint32_t side = CUSTVAL_SIDE_BENEFIT; side <= CUSTVAL_SIDE_SACRIFICE; side++) {
        if (spec->form == CUSTVAL_FORM_RATIO && custval__draft_node_at(builder, side)->child_count == 0) {
            return custval__fail(error, CUSTVAL_ERROR_STRUCTURE,
                                 "system \"%s\": the ratio needs both sides, but \"%s\" has no dimension", spec->id,
                                 custval_word(CUSTVAL_WORDS_SIDE, side));
        }
    }
    if (spec->missing != CUSTVAL_MISSING_FLAT) return CUSTVAL_OK;
    if (spec->form == CUSTVAL_FORM_INDEX && spec->aggregator != CUSTVAL_AGGREGATOR_MEAN) {
        return custval__fail(error, CUSTVAL_ERROR_STRUCTURE,
                             "system \"%s\": the missing policy \"flat\" is for means, but its aggregator is \"%s\"",
                             spec->id, custval_word(CUSTVAL_WORDS_AGGREGATOR, spec->aggregator));
    }
    for (size_t i = 0; i < builder->nodes.count; i++) {
        const custval__draft_node *const node = custval__draft_node_at(builder, i);
        if (node->spec.aggregator == CUSTVAL_AGGREGATOR_MEAN) continue;
        const custval__subject about = custval__draft_subject(node);
        return custval__fail_at(error, CUSTVAL_ERROR_STRUCTURE, node->frozen, SIZE_MAX,
                                "%s \"%s\": the missing policy \"flat\" is for means, but its aggregator is \"%s\"",
                                about.kind, about.id, custval_word(CUSTVAL_WORDS_AGGREGATOR, node->spec.aggregator));
    }
    return CUSTVAL_OK;
}

/* Own importances: of all siblings or of none. */
static custval_status check_importances(const custval_builder *builder, custval_error *error) {
    for (size_t i = 0; i < builder->nodes.count; i++) {
        const custval__draft_node *const node = custval__draft_node_at(builder, i);
        if (node->kind != CUSTVAL_KIND_DIMENSION && node->kind != CUSTVAL_KIND_INDICATOR) continue;
        const custval__draft_node *const parent = custval__draft_node_at(builder, node->parent);
        const custval__draft_node *const first = custval__draft_node_at(builder, parent->first_child);
        if ((node->spec.weight_column == NULL) == (first->spec.weight_column == NULL)) continue;
        const custval__draft_node *const with = node->spec.weight_column == NULL ? first : node;
        const custval__draft_node *const without = with == node ? first : node;
        return custval__fail_at(error, CUSTVAL_ERROR_STRUCTURE, with->frozen, SIZE_MAX,
                                "%s \"%s\" has a weight_column and its sibling \"%s\" has none: all siblings or none",
                                custval__draft_subject(with).kind, with->spec.id, without->spec.id);
    }
    return CUSTVAL_OK;
}

/* A side without dimensions is not part of the system, so nothing may refer to it. */
static custval_status check_reference(const custval_builder *builder, uint32_t node, const char *what,
                                      custval_error *error) {
    const custval__draft_node *const found = custval__draft_node_at(builder, node);
    if (found->frozen != CUSTVAL_NONE) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_STRUCTURE, "%s refers to \"%s\", but that side has no dimension", what,
                         found->spec.id);
}

static custval_status check_references(const custval_builder *builder, custval_error *error) {
    const custval__draft_part *const parts = builder->parts.items;
    for (size_t i = 0; i < builder->parts.count; i++) {
        CUSTVAL__TRY(check_reference(builder, parts[i].node, "a derived node", error));
    }
    const custval__draft_number *const numbers = builder->numbers.items;
    for (size_t i = 0; i < builder->numbers.count; i++) {
        CUSTVAL__TRY(check_reference(builder, numbers[i].node, "a weight of a profile or context", error));
    }
    const custval__draft_gate *const gates = builder->gates.items;
    for (size_t i = 0; i < builder->gates.count; i++) {
        CUSTVAL__TRY(check_reference(builder, gates[i].node, "a gate", error));
    }
    const custval__draft_relief *const reliefs = builder->reliefs.items;
    for (size_t i = 0; i < builder->reliefs.count; i++) {
        CUSTVAL__TRY(check_reference(builder, reliefs[i].by, "a relief", error));
    }
    const custval__draft_override *const overrides = builder->overrides.items;
    for (size_t i = 0; i < builder->overrides.count; i++) {
        CUSTVAL__TRY(check_reference(builder, overrides[i].node, "an override", error));
    }
    const custval__draft_origin *const origins = builder->origins.items;
    for (size_t i = 0; i < builder->origins.count; i++) {
        if (origins[i].node == CUSTVAL_NONE) continue;
        CUSTVAL__TRY(check_reference(builder, origins[i].node, "an origin", error));
    }
    return CUSTVAL_OK;
}

custval_status custval__builder_check_whole(custval_builder *builder, custval_error *error) {
    number_nodes(builder);
    CUSTVAL__TRY(check_tree(builder, error));
    CUSTVAL__TRY(check_policies(builder, error));
    CUSTVAL__TRY(check_importances(builder, error));
    return check_references(builder, error);
}
