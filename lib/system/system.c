/* Looking into a system. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "system.h"

#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "../base/options.h"
#include "../base/text.h"

/* ---- Sharing ----------------------------------------------------------------------------------------------------- */

custval_system *custval_system_ref(custval_system *system) {
    if (system != NULL) atomic_fetch_add_explicit(&system->references, 1, memory_order_relaxed);
    return system;
}

void custval_system_free(custval_system *system) {
    if (system == NULL || atomic_fetch_sub_explicit(&system->references, 1, memory_order_acq_rel) != 1) return;
    custval__arena arena = system->arena; /* the system lies in it */
    custval__arena_free(&arena);
}

/* ---- Inside the library ------------------------------------------------------------------------------------------ */

void custval__system_global(const custval_system *system, const double *local, double *out_global) {
    const int sides_count = system->spec.form == CUSTVAL_FORM_INDEX;
    for (uint32_t i = 0; i < system->node_count; i++) {
        const custval__node *const node = &system->nodes[i];
        switch (node->kind) {
        case CUSTVAL_KIND_VALUE: out_global[i] = 1; break;
        case CUSTVAL_KIND_SIDE: out_global[i] = sides_count ? local[i] : 1; break;
        case CUSTVAL_KIND_DIMENSION: out_global[i] = local[i]; break;
        case CUSTVAL_KIND_DERIVED: out_global[i] = 0; break;
        default: out_global[i] = out_global[node->parent] * local[i]; break;
        }
    }
}

uint32_t custval__system_frame_find(const custval__frame *frames, uint32_t count, const char *id, size_t length) {
    for (uint32_t i = 0; i < count; i++) {
        if (frames[i].id_length == length && memcmp(frames[i].id, id, length) == 0) return i;
    }
    return CUSTVAL_NONE;
}

/* ---- The system and its nodes ------------------------------------------------------------------------------------ */

static custval_status fail_index(const char *what, uint32_t index, uint32_t count, custval_error *error) {
    return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "%s %u: the system has %u", what, (unsigned)index,
                         (unsigned)count);
}

custval_status custval_system_get(const custval_system *system, custval_system_spec *out, custval_error *error) {
    if (system == NULL) return custval__fail_null(error, "system");
    return custval__struct_write(out, &system->spec, sizeof system->spec, sizeof(custval_system_spec),
                                 "custval_system_spec", error);
}

uint32_t custval_system_nodes(const custval_system *system) {
    return system == NULL ? 0 : system->node_count;
}

/* Fails for an index that is none. */
static custval_status find_node(const custval_system *system, uint32_t index, const custval__node **out,
                                custval_error *error) {
    if (system == NULL) return custval__fail_null(error, "system");
    if (index >= system->node_count) return fail_index("node", index, system->node_count, error);
    *out = &system->nodes[index];
    return CUSTVAL_OK;
}

/* Global weight of one node in the base set, computed as custval__system_global does it. */
static double global_weight(const custval_system *system, uint32_t index) {
    const custval__node *const node = &system->nodes[index];
    switch (node->kind) {
    case CUSTVAL_KIND_VALUE: return 1;
    case CUSTVAL_KIND_SIDE: return system->spec.form == CUSTVAL_FORM_INDEX ? system->weights[index] : 1;
    case CUSTVAL_KIND_DIMENSION: return system->weights[index];
    case CUSTVAL_KIND_DERIVED: return 0;
    default: return global_weight(system, node->parent) * system->weights[index];
    }
}

custval_status custval_system_node(const custval_system *system, uint32_t node, custval_node *out,
                                   custval_error *error) {
    const custval__node *found = NULL;
    CUSTVAL__TRY(find_node(system, node, &found, error));
    const custval_node given = {.id = found->id,
                                .kind = found->kind,
                                .side = found->side,
                                .parent = found->parent,
                                .first_child = found->first_child,
                                .next_sibling = found->next_sibling,
                                .child_count = found->child_count,
                                .must_be_highest = found->must_be_highest,
                                .label_count = found->label_count,
                                .local_weight = system->weights[node],
                                .global_weight = global_weight(system, node)};
    return custval__struct_write(out, &given, sizeof given, sizeof(custval_node), "custval_node", error);
}

static const char *node_id_at(const void *data, size_t index) {
    const custval_system *const system = data;
    return index < system->node_count ? system->nodes[index].id : NULL;
}

custval_status custval_system_find(const custval_system *system, const char *id, uint32_t *out_node,
                                   custval_error *error) {
    if (out_node == NULL) return custval__fail_null(error, "out_node");
    *out_node = CUSTVAL_NONE;
    if (system == NULL) return custval__fail_null(error, "system");
    if (id == NULL) return custval__fail_null(error, "id");
    for (uint32_t i = 0; i < system->node_count; i++) {
        if (strcmp(system->nodes[i].id, id) == 0) {
            *out_node = i;
            return CUSTVAL_OK;
        }
    }
    char near[CUSTVAL_ERROR_MESSAGE_SIZE];
    custval__nearest_names(id, node_id_at, system, 3, near, sizeof near);
    const int is_near = near[0] != 0;
    return custval__fail(error, CUSTVAL_ERROR_NOT_FOUND, "there is no node \"%.*s\"%s%s%s", CUSTVAL_MAX_ID_LENGTH, id,
                         is_near ? "; did you mean " : "", near, is_near ? "?" : "");
}

custval_status custval_system_node_spec(const custval_system *system, uint32_t node, custval_node_spec *out,
                                        custval_error *error) {
    const custval__node *found = NULL;
    CUSTVAL__TRY(find_node(system, node, &found, error));
    if (found->kind == CUSTVAL_KIND_VALUE || found->kind == CUSTVAL_KIND_ITEM) {
        return custval__fail_at(error, CUSTVAL_ERROR_STRUCTURE, node, SIZE_MAX, "%s \"%s\" is described by %s",
                                custval_word(CUSTVAL_WORDS_KIND, found->kind), found->id,
                                found->kind == CUSTVAL_KIND_ITEM ? "custval_system_item_spec" : "custval_system_get");
    }
    const custval_node_spec given = {.id = found->id,
                                     .note = found->note,
                                     .weight_column = found->weight_column,
                                     .aggregator = found->aggregator,
                                     .tag = found->tag,
                                     .weight = found->weight,
                                     .exponent = found->exponent,
                                     .coverage_floor = found->declared_floor,
                                     .cost = found->cost};
    return custval__struct_write(out, &given, sizeof given, sizeof(custval_node_spec), "custval_node_spec", error);
}

custval_status custval_system_item_spec(const custval_system *system, uint32_t node, custval_item_spec *out,
                                        custval_error *error) {
    const custval__node *found = NULL;
    CUSTVAL__TRY(find_node(system, node, &found, error));
    if (found->kind != CUSTVAL_KIND_ITEM) {
        return custval__fail_at(error, CUSTVAL_ERROR_STRUCTURE, node, SIZE_MAX, "%s \"%s\" is no item",
                                custval_word(CUSTVAL_WORDS_KIND, found->kind), found->id);
    }
    const custval__item *const item = &system->items[found->item];
    const custval_item_spec given = {.id = found->id,
                                     .column = item->column,
                                     .note = found->note,
                                     .missing_codes = item->codes,
                                     .missing_code_count = item->code_count,
                                     .curve = &item->curve,
                                     .reversed = item->reversed,
                                     .out_of_scale = item->declared_out_of_scale,
                                     .has_expectation = item->has_expectation,
                                     .scale_min = item->scale_min,
                                     .scale_max = item->scale_max,
                                     .weight = found->weight,
                                     .expectation = item->expectation};
    return custval__struct_write(out, &given, sizeof given, sizeof(custval_item_spec), "custval_item_spec", error);
}

custval_status custval_system_derived_part(const custval_system *system, uint32_t derived, uint32_t part,
                                           uint32_t *out_node, double *out_weight) {
    if (out_node != NULL) *out_node = CUSTVAL_NONE;
    if (out_weight != NULL) *out_weight = 0;
    if (system == NULL || out_node == NULL || out_weight == NULL) return CUSTVAL_ERROR_ARGUMENT;
    if (derived < system->first_derived || derived >= system->node_count) return CUSTVAL_ERROR_ARGUMENT;
    const custval__node *const node = &system->nodes[derived];
    if (part >= node->child_count) return CUSTVAL_ERROR_ARGUMENT;
    *out_node = system->parts[node->first_part + part].node;
    *out_weight = system->parts[node->first_part + part].weight;
    return CUSTVAL_OK;
}

/* ---- Labels ------------------------------------------------------------------------------------------------------ */

static const char *label_in(const custval__node *node, const char *language) {
    for (uint32_t i = 0; i < node->label_count; i++) {
        if (strcmp(node->labels[i].language, language) == 0) return node->labels[i].text;
    }
    return NULL;
}

const char *custval_system_label(const custval_system *system, uint32_t node, const char *language) {
    if (system == NULL || node >= system->node_count) return NULL;
    const custval__node *const found = &system->nodes[node];
    const char *label = label_in(found, language == NULL ? "en" : language);
    if (label == NULL) label = label_in(found, "en");
    if (label == NULL && found->label_count > 0) label = found->labels[0].text;
    return label == NULL ? found->id : label;
}

/* One label with its language; out_language may be NULL and is NULL if there is no such label. */
static const char *label_at(const custval__label *labels, uint32_t count, uint32_t label, const char **out_language) {
    const int exists = label < count;
    if (out_language != NULL) *out_language = exists ? labels[label].language : NULL;
    return exists ? labels[label].text : NULL;
}

const char *custval_system_label_at(const custval_system *system, uint32_t node, uint32_t label,
                                    const char **out_language) {
    if (system == NULL || node >= system->node_count) return label_at(NULL, 0, label, out_language);
    return label_at(system->nodes[node].labels, system->nodes[node].label_count, label, out_language);
}

/* ---- Profiles and contexts --------------------------------------------------------------------------------------- */

uint32_t custval_system_frames(const custval_system *system, uint32_t kind) {
    if (system == NULL) return 0;
    return kind == CUSTVAL_PROFILES ? system->profile_count : kind == CUSTVAL_CONTEXTS ? system->context_count : 0;
}

/* NULL if there is no such frame. */
static const custval__frame *frame_at(const custval_system *system, uint32_t kind, uint32_t frame) {
    if (frame >= custval_system_frames(system, kind)) return NULL;
    return kind == CUSTVAL_PROFILES ? &system->profiles[frame] : &system->contexts[frame];
}

custval_status custval_system_frame(const custval_system *system, uint32_t kind, uint32_t frame, custval_frame *out,
                                    custval_error *error) {
    if (system == NULL) return custval__fail_null(error, "system");
    if (kind != CUSTVAL_PROFILES && kind != CUSTVAL_CONTEXTS) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "kind %u is neither profiles (1) nor contexts (2)",
                             (unsigned)kind);
    }
    const custval__frame *const found = frame_at(system, kind, frame);
    if (found == NULL) {
        return fail_index(kind == CUSTVAL_PROFILES ? "profile" : "context", frame, custval_system_frames(system, kind),
                          error);
    }
    const custval_frame given = {.id = found->id, .note = found->note, .label_count = found->label_count};
    return custval__struct_write(out, &given, sizeof given, sizeof(custval_frame), "custval_frame", error);
}

const char *custval_system_frame_label_at(const custval_system *system, uint32_t kind, uint32_t frame, uint32_t label,
                                          const char **out_language) {
    const custval__frame *const found = frame_at(system, kind, frame);
    if (found == NULL) return label_at(NULL, 0, label, out_language);
    return label_at(found->labels, found->label_count, label, out_language);
}

int custval_system_frame_weight(const custval_system *system, uint32_t kind, uint32_t frame, uint32_t node,
                                double *out_weight) {
    const custval__frame *const found = frame_at(system, kind, frame);
    if (found == NULL || node >= system->node_count || out_weight == NULL) return 0;
    if (isnan(found->weights[node])) return 0;
    *out_weight = found->weights[node];
    return 1;
}

int custval_system_expectation(const custval_system *system, uint32_t context, uint32_t node, double *out_expectation) {
    const custval__frame *const found = frame_at(system, CUSTVAL_CONTEXTS, context);
    if (found == NULL || node >= system->node_count || out_expectation == NULL) return 0;
    if (isnan(found->expectations[node])) return 0;
    *out_expectation = found->expectations[node];
    return 1;
}

typedef struct frame_list {
    const custval__frame *frames;
    uint32_t count;
} frame_list;

static const char *frame_id_at(const void *data, size_t index) {
    const frame_list *const list = data;
    return index < list->count ? list->frames[index].id : NULL;
}

/* Number of a frame from 1, 0 for a NULL id. */
static custval_status find_frame(frame_list list, const char *word, const char *id, uint32_t *out,
                                 custval_error *error) {
    *out = 0;
    if (id == NULL) return CUSTVAL_OK;
    const uint32_t found = custval__system_frame_find(list.frames, list.count, id, strlen(id));
    if (found != CUSTVAL_NONE) {
        *out = found + 1;
        return CUSTVAL_OK;
    }
    char near[CUSTVAL_ERROR_MESSAGE_SIZE];
    custval__nearest_names(id, frame_id_at, &list, 3, near, sizeof near);
    const int is_near = near[0] != 0;
    return custval__fail(error, CUSTVAL_ERROR_NOT_FOUND, "there is no %s \"%.*s\"%s%s%s", word, CUSTVAL_MAX_ID_LENGTH,
                         id, is_near ? "; did you mean " : "", near, is_near ? "?" : "");
}

custval_status custval_system_weights(const custval_system *system, const char *profile, const char *context,
                                      double *out_local, double *out_global, custval_error *error) {
    if (system == NULL) return custval__fail_null(error, "system");
    uint32_t profile_number = 0, context_number = 0;
    CUSTVAL__TRY(
        find_frame((frame_list){system->profiles, system->profile_count}, "profile", profile, &profile_number, error));
    CUSTVAL__TRY(
        find_frame((frame_list){system->contexts, system->context_count}, "context", context, &context_number, error));
    const double *const local =
        custval__system_set(system, profile_number * (system->context_count + 1) + context_number);
    if (out_local != NULL) memcpy(out_local, local, system->node_count * sizeof *local);
    if (out_global != NULL) custval__system_global(system, local, out_global);
    return CUSTVAL_OK;
}

/* ---- Gates, reliefs, overrides, origins, inputs --------------------------------------------------------------------------- */

uint32_t custval_system_gates(const custval_system *system) {
    return system == NULL ? 0 : system->gate_count;
}

custval_status custval_system_gate(const custval_system *system, uint32_t gate, custval_gate_spec *out,
                                   custval_error *error) {
    if (system == NULL) return custval__fail_null(error, "system");
    if (gate >= system->gate_count) return fail_index("gate", gate, system->gate_count, error);
    const custval__gate *const found = &system->gates[gate];
    const custval_gate_spec given = {.node = system->nodes[found->node].id,
                                     .note = found->note,
                                     .type = found->type,
                                     .threshold = found->threshold,
                                     .cap = found->cap};
    return custval__struct_write(out, &given, sizeof given, sizeof(custval_gate_spec), "custval_gate_spec", error);
}

uint32_t custval_system_reliefs(const custval_system *system) {
    return system == NULL ? 0 : system->relief_count;
}

custval_status custval_system_relief(const custval_system *system, uint32_t relief, custval_relief_spec *out,
                                     custval_error *error) {
    if (system == NULL) return custval__fail_null(error, "system");
    if (relief >= system->relief_count) return fail_index("relief", relief, system->relief_count, error);
    const custval__relief *const found = &system->reliefs[relief];
    const custval_relief_spec given = {.node = system->nodes[found->node].id,
                                       .by = system->nodes[found->by].id,
                                       .note = found->note,
                                       .share = found->share};
    return custval__struct_write(out, &given, sizeof given, sizeof(custval_relief_spec), "custval_relief_spec", error);
}

uint32_t custval_system_overrides(const custval_system *system) {
    return system == NULL ? 0 : system->override_count;
}

custval_status custval_system_override(const custval_system *system, uint32_t override, custval_override_spec *out,
                                       custval_error *error) {
    if (system == NULL) return custval__fail_null(error, "system");
    if (override >= system->override_count) return fail_index("override", override, system->override_count, error);
    const custval__override *const found = &system->overrides[override];
    const custval_override_spec given = {.node = system->nodes[found->node].id,
                                         .key = found->key,
                                         .author = found->author,
                                         .reason = found->reason,
                                         .expires = found->expires,
                                         .score = found->score};
    return custval__struct_write(out, &given, sizeof given, sizeof(custval_override_spec), "custval_override_spec",
                                 error);
}

uint32_t custval_system_origins(const custval_system *system) {
    return system == NULL ? 0 : system->origin_count;
}

custval_status custval_system_origin(const custval_system *system, uint32_t origin, custval_origin_spec *out,
                                     custval_error *error) {
    if (system == NULL) return custval__fail_null(error, "system");
    if (origin >= system->origin_count) return fail_index("origin", origin, system->origin_count, error);
    return custval__struct_write(out, &system->origins[origin].spec, sizeof *out, sizeof(custval_origin_spec),
                                 "custval_origin_spec", error);
}

uint32_t custval_system_inputs(const custval_system *system) {
    return system == NULL ? 0 : system->input_count;
}

custval_status custval_system_input(const custval_system *system, uint32_t input, custval_input *out,
                                    custval_error *error) {
    if (system == NULL) return custval__fail_null(error, "system");
    if (input >= system->input_count) return fail_index("input", input, system->input_count, error);
    const custval__input *const found = &system->inputs[input];
    const custval_input given = {.column = found->column, .roles = found->roles, .is_text = found->is_text};
    return custval__struct_write(out, &given, sizeof given, sizeof(custval_input), "custval_input", error);
}
