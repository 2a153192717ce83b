/* The builder: where weights and scales come from. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "../base/error.h"
#include "../base/options.h"
#include "../base/text.h"
#include "builder.h"

#define MAX_DIAGNOSTICS 100
#define MAX_SAMPLE (UINT64_C(1) << 53) /* a document holds it as a double */

static custval_status check_diagnostics(custval__subject about, const custval_origin_spec *spec, custval_error *error) {
    if (spec->diagnostic_count > MAX_DIAGNOSTICS) {
        return custval__fail(error, CUSTVAL_ERROR_LIMIT, "%s \"%s\": %zu diagnostics, at most %d are allowed",
                             about.kind, about.id, spec->diagnostic_count, MAX_DIAGNOSTICS);
    }
    if (spec->diagnostic_count == 0) return CUSTVAL_OK;
    if (spec->diagnostic_names == NULL) return custval__fail_null(error, "diagnostic_names");
    if (spec->diagnostic_values == NULL) return custval__fail_null(error, "diagnostic_values");
    for (size_t i = 0; i < spec->diagnostic_count; i++) {
        const char *const name = spec->diagnostic_names[i];
        CUSTVAL__TRY(custval__check_required(about, "the name of a diagnostic", name, error));
        CUSTVAL__TRY(custval__check_finite(about, name, spec->diagnostic_values[i], error));
        for (size_t k = 0; k < i; k++) {
            if (strcmp(name, spec->diagnostic_names[k]) != 0) continue;
            return custval__fail(error, CUSTVAL_ERROR_DUPLICATE, "%s \"%s\": the diagnostic \"%.*s\" is there twice",
                                 about.kind, about.id, 128, name);
        }
    }
    return CUSTVAL_OK;
}

/* Checks what an origin has besides its node and profile. */
static custval_status check_origin(custval__subject about, const custval_origin_spec *spec, custval_error *error) {
    int32_t days = 0;
    CUSTVAL__TRY(custval__check_unused(about, spec->reserved, error));
    CUSTVAL__TRY(custval__check_required(about, "method", spec->method, error));
    CUSTVAL__TRY(custval__check_text(about, "source", spec->source, error));
    CUSTVAL__TRY(custval__check_text(about, "note", spec->note, error));
    if (spec->date != NULL && custval__date_days(spec->date, strlen(spec->date), &days) != 0) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "%s \"%s\": \"%.*s\" is no date such as 2025-12-31",
                             about.kind, about.id, 40, spec->date);
    }
    if (spec->sample > MAX_SAMPLE) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "%s \"%s\": sample %llu is above %llu", about.kind, about.id,
                             (unsigned long long)spec->sample, (unsigned long long)MAX_SAMPLE);
    }
    return check_diagnostics(about, spec, error);
}

/* Finds the node, which must be one that has what the origin is of, and the profile. */
static custval_status find_subject(custval_builder *builder, custval__draft_origin *origin, uint32_t *out_profile,
                                   custval_error *error) {
    const custval_origin_spec *const spec = &origin->spec;
    CUSTVAL__TRY(custval__draft_find(builder, "spec.node", spec->node, &origin->node, error));
    const custval__draft_node *const node = custval__draft_node_at(builder, origin->node);
    const int is_scale = spec->origin == CUSTVAL_ORIGIN_SCALE;
    CUSTVAL__TRY(custval__check_word((custval__subject){"origin of", node->spec.id}, "kind of origin",
                                     CUSTVAL_WORDS_ORIGIN, spec->origin, error));
    if (is_scale) {
        CUSTVAL__TRY(custval__draft_need_kind(node, 1U << CUSTVAL_KIND_ITEM, "has no scale, only an item has", error));
    } else {
        CUSTVAL__TRY(custval__draft_need_kind(node,
                                              1U << CUSTVAL_KIND_VALUE | 1U << CUSTVAL_KIND_SIDE |
                                                  1U << CUSTVAL_KIND_DIMENSION | 1U << CUSTVAL_KIND_INDICATOR,
                                              "has no children whose weights come from somewhere", error));
    }
    if (spec->profile == NULL) return CUSTVAL_OK;
    if (is_scale) {
        return custval__fail(error, CUSTVAL_ERROR_STRUCTURE, "item \"%s\": a scale is the same in every profile",
                             node->spec.id);
    }
    return custval__draft_find_profile(builder, spec->profile, out_profile, error);
}

static custval_status keep_origin(custval_builder *builder, custval_origin_spec *spec, custval_error *error) {
    const void *values = spec->diagnostic_values;
    if (custval__draft_keep(builder, &spec->profile) != 0 || custval__draft_keep(builder, &spec->method) != 0 ||
        custval__draft_keep(builder, &spec->source) != 0 || custval__draft_keep(builder, &spec->date) != 0 ||
        custval__draft_keep(builder, &spec->note) != 0 ||
        custval__draft_keep_texts(builder, &spec->diagnostic_names, spec->diagnostic_count) != 0 ||
        custval__draft_keep_array(builder, &values, spec->diagnostic_count, sizeof(double)) != 0) {
        return custval__fail_memory(error);
    }
    spec->diagnostic_values = values;
    return CUSTVAL_OK;
}

void custval__draft_forget_origin(custval_builder *builder, uint32_t profile, uint32_t node) {
    const char *const id = custval__draft_node_at(builder, node)->spec.id;
    const uint32_t index = custval__names_find(&builder->names, CUSTVAL__SPACE_ORIGIN, profile, id);
    if (index != CUSTVAL_NONE) ((custval__draft_origin *)builder->origins.items)[index].node = CUSTVAL_NONE;
}

custval_status custval_builder_origin(custval_builder *builder, const custval_origin_spec *spec, custval_error *error) {
    if (builder == NULL) return custval__fail_null(error, "builder");
    if (spec == NULL) return custval__fail_null(error, "spec");
    custval__draft_origin origin = {CUSTVAL_ORIGIN_SPEC_INIT, CUSTVAL_NONE};
    uint32_t profile = CUSTVAL_NONE;
    CUSTVAL__TRY(custval__struct_read(&origin.spec, sizeof origin.spec, sizeof(custval_origin_spec), spec,
                                      "custval_origin_spec", error));
    if (origin.spec.origin == 0) origin.spec.origin = CUSTVAL_ORIGIN_WEIGHTS;
    CUSTVAL__TRY(find_subject(builder, &origin, &profile, error));
    const char *const id = custval__draft_node_at(builder, origin.node)->spec.id;
    CUSTVAL__TRY(check_origin((custval__subject){"origin of", id}, &origin.spec, error));
    CUSTVAL__TRY(
        custval__draft_reserve(builder, &builder->origins, sizeof origin, CUSTVAL__MAX_RECORDS, "origins", error));
    if (custval__names_reserve(&builder->names, &builder->host) != 0) return custval__fail_memory(error);
    origin.spec.node = id;
    CUSTVAL__TRY(keep_origin(builder, &origin.spec, error));
    uint32_t index = custval__names_find(&builder->names, CUSTVAL__SPACE_ORIGIN, profile, id);
    if (index == CUSTVAL_NONE) {
        index = (uint32_t)builder->origins.count++;
        custval__names_put(&builder->names, CUSTVAL__SPACE_ORIGIN, profile, id, index);
    }
    ((custval__draft_origin *)builder->origins.items)[index] = origin;
    return CUSTVAL_OK;
}
