/* The builder: gates, reliefs and overrides. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "../base/error.h"
#include "../base/options.h"
#include "../base/text.h"
#include "builder.h"

custval_status custval_builder_gate(custval_builder *builder, const custval_gate_spec *spec, custval_error *error) {
    if (builder == NULL) return custval__fail_null(error, "builder");
    if (spec == NULL) return custval__fail_null(error, "spec");
    custval__draft_gate gate = {CUSTVAL_GATE_SPEC_INIT, CUSTVAL_NONE};
    CUSTVAL__TRY(custval__struct_read(&gate.spec, sizeof gate.spec, sizeof(custval_gate_spec), spec,
                                      "custval_gate_spec", error));
    CUSTVAL__TRY(custval__draft_find(builder, "spec.node", gate.spec.node, &gate.node, error));
    const custval__draft_node *const node = custval__draft_node_at(builder, gate.node);
    CUSTVAL__TRY(custval__draft_need_kind(node,
                                          1U << CUSTVAL_KIND_SIDE | 1U << CUSTVAL_KIND_DIMENSION |
                                              1U << CUSTVAL_KIND_INDICATOR | 1U << CUSTVAL_KIND_DERIVED,
                                          "cannot have a gate, only a side, dimension, indicator or derived node can",
                                          error));
    const custval__subject about = {"gate of", node->spec.id};
    if (gate.spec.type == 0) gate.spec.type = CUSTVAL_GATE_BELOW;
    CUSTVAL__TRY(custval__check_word(about, "gate type", CUSTVAL_WORDS_GATE, gate.spec.type, error));
    CUSTVAL__TRY(custval__check_unused(about, gate.spec.reserved, error));
    CUSTVAL__TRY(custval__check_finite(about, "threshold", gate.spec.threshold, error));
    CUSTVAL__TRY(custval__check_finite(about, "cap", gate.spec.cap, error));
    CUSTVAL__TRY(custval__check_text(about, "note", gate.spec.note, error));
    gate.spec.node = node->spec.id;
    gate.spec.cap += 0.0; /* no score is -0 */
    CUSTVAL__TRY(custval__draft_reserve(builder, &builder->gates, sizeof gate, CUSTVAL__MAX_RECORDS, "gates", error));
    if (custval__draft_keep(builder, &gate.spec.note) != 0) return custval__fail_memory(error);
    ((custval__draft_gate *)builder->gates.items)[builder->gates.count++] = gate;
    return CUSTVAL_OK;
}

/* Finds one of the two nodes of a relief, which has to be on a side. */
static custval_status find_relief_node(const custval_builder *builder, const char *argument, const char *id,
                                       uint32_t side, unsigned kinds, const char *use, uint32_t *out,
                                       custval_error *error) {
    CUSTVAL__TRY(custval__draft_find(builder, argument, id, out, error));
    const custval__draft_node *const node = custval__draft_node_at(builder, *out);
    CUSTVAL__TRY(custval__draft_need_kind(node, kinds, use, error));
    if (node->side == side) return CUSTVAL_OK;
    const custval__subject about = custval__draft_subject(node);
    return custval__fail(error, CUSTVAL_ERROR_STRUCTURE,
                         "%s \"%s\" is on the side of the %s, but a relief lowers a "
                         "sacrifice by a benefit",
                         about.kind, about.id, custval_word(CUSTVAL_WORDS_SIDE, node->side));
}

custval_status custval_builder_relief(custval_builder *builder, const custval_relief_spec *spec, custval_error *error) {
    if (builder == NULL) return custval__fail_null(error, "builder");
    if (spec == NULL) return custval__fail_null(error, "spec");
    custval__draft_relief relief = {CUSTVAL_RELIEF_SPEC_INIT, CUSTVAL_NONE, CUSTVAL_NONE};
    custval_relief_spec *const kept = &relief.spec;
    const unsigned below = 1U << CUSTVAL_KIND_DIMENSION | 1U << CUSTVAL_KIND_INDICATOR;
    CUSTVAL__TRY(
        custval__struct_read(kept, sizeof *kept, sizeof(custval_relief_spec), spec, "custval_relief_spec", error));
    CUSTVAL__TRY(find_relief_node(builder, "spec.node", kept->node, CUSTVAL_SIDE_SACRIFICE, below,
                                  "cannot have a relief, only a dimension or indicator can", &relief.node, error));
    CUSTVAL__TRY(find_relief_node(builder, "spec.by", kept->by, CUSTVAL_SIDE_BENEFIT, below | 1U << CUSTVAL_KIND_SIDE,
                                  "relieves nothing, only the benefit side, a dimension or an indicator does",
                                  &relief.by, error));
    const custval__subject about = {"relief of", custval__draft_node_at(builder, relief.node)->spec.id};
    CUSTVAL__TRY(custval__check_finite(about, "share", kept->share, error));
    if (!(kept->share >= 0.0 && kept->share <= 1.0)) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "%s \"%s\": share is %g, but must be from 0 to 1", about.kind,
                             about.id, kept->share);
    }
    CUSTVAL__TRY(custval__check_text(about, "note", kept->note, error));
    kept->node = about.id;
    kept->by = custval__draft_node_at(builder, relief.by)->spec.id;
    kept->share += 0.0; /* -0 is 0 */
    CUSTVAL__TRY(
        custval__draft_reserve(builder, &builder->reliefs, sizeof relief, CUSTVAL__MAX_RECORDS, "reliefs", error));
    if (custval__draft_keep(builder, &kept->note) != 0) return custval__fail_memory(error);
    ((custval__draft_relief *)builder->reliefs.items)[builder->reliefs.count++] = relief;
    return CUSTVAL_OK;
}

/* Checks what an override has besides its node, whose id is in spec->node. */
static custval_status check_override(const custval_builder *builder, custval__draft_override *override,
                                     custval_error *error) {
    const custval_override_spec *const spec = &override->spec;
    const custval__subject about = {"override of", spec->node};
    if (builder->spec.override_column == NULL) {
        return custval__fail(error, CUSTVAL_ERROR_STRUCTURE,
                             "%s \"%s\": the system has no override_column that says whose row it is", about.kind,
                             about.id);
    }
    CUSTVAL__TRY(custval__check_required(about, "key", spec->key, error));
    CUSTVAL__TRY(custval__check_required(about, "author", spec->author, error));
    CUSTVAL__TRY(custval__check_required(about, "reason", spec->reason, error));
    CUSTVAL__TRY(custval__check_required(about, "expires", spec->expires, error));
    CUSTVAL__TRY(custval__check_finite(about, "score", spec->score, error));
    if (custval__date_days(spec->expires, strlen(spec->expires), &override->expires_days) != 0) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT,
                             "%s \"%s\": \"%.*s\" is no date such as 2025-12-31 from which it no longer holds",
                             about.kind, about.id, 40, spec->expires);
    }
    if (custval__names_find(&builder->names, CUSTVAL__SPACE_OVERRIDE, override->node, spec->key) != CUSTVAL_NONE) {
        return custval__fail(error, CUSTVAL_ERROR_DUPLICATE, "%s \"%s\": there is already one for \"%.*s\"", about.kind,
                             about.id, 128, spec->key);
    }
    return CUSTVAL_OK;
}

custval_status custval_builder_override(custval_builder *builder, const custval_override_spec *spec,
                                        custval_error *error) {
    if (builder == NULL) return custval__fail_null(error, "builder");
    if (spec == NULL) return custval__fail_null(error, "spec");
    custval__draft_override override = {CUSTVAL_OVERRIDE_SPEC_INIT, 0, 0};
    custval_override_spec *const kept = &override.spec;
    CUSTVAL__TRY(
        custval__struct_read(kept, sizeof *kept, sizeof(custval_override_spec), spec, "custval_override_spec", error));
    if (kept->node != NULL) CUSTVAL__TRY(custval__draft_find(builder, "spec.node", kept->node, &override.node, error));
    const custval__draft_node *const node = custval__draft_node_at(builder, override.node);
    CUSTVAL__TRY(custval__draft_need_kind(
        node,
        1U << CUSTVAL_KIND_VALUE | 1U << CUSTVAL_KIND_SIDE | 1U << CUSTVAL_KIND_DIMENSION |
            1U << CUSTVAL_KIND_INDICATOR,
        "cannot have an override, only the value, a side, a dimension or an indicator can", error));
    kept->node = node->spec.id;
    kept->score += 0.0; /* no score is -0 */
    CUSTVAL__TRY(check_override(builder, &override, error));
    CUSTVAL__TRY(custval__draft_reserve(builder, &builder->overrides, sizeof override, CUSTVAL__MAX_RECORDS,
                                        "overrides", error));
    if (custval__names_reserve(&builder->names, &builder->host) != 0 || custval__draft_keep(builder, &kept->key) != 0 ||
        custval__draft_keep(builder, &kept->author) != 0 || custval__draft_keep(builder, &kept->reason) != 0 ||
        custval__draft_keep(builder, &kept->expires) != 0) {
        return custval__fail_memory(error);
    }
    custval__names_put(&builder->names, CUSTVAL__SPACE_OVERRIDE, override.node, kept->key,
                       (uint32_t)builder->overrides.count);
    ((custval__draft_override *)builder->overrides.items)[builder->overrides.count++] = override;
    return CUSTVAL_OK;
}
