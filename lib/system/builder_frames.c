/* The builder: profiles and contexts with their weights, expectations and labels. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "../base/error.h"
#include "../base/text.h"
#include "builder.h"

/* What profiles and contexts have in common, seen from one of them. */
typedef struct frame_kind {
    const char *word;
    enum custval__space ids, weights;
} frame_kind;

static const frame_kind profile_kind = {"profile", CUSTVAL__SPACE_PROFILE, CUSTVAL__SPACE_PROFILE_WEIGHT};
static const frame_kind context_kind = {"context", CUSTVAL__SPACE_CONTEXT, CUSTVAL__SPACE_CONTEXT_WEIGHT};

static custval__list *frames_of(custval_builder *builder, const frame_kind *kind) {
    return kind == &profile_kind ? &builder->profiles : &builder->contexts;
}

static custval_status add_frame(custval_builder *builder, const frame_kind *kind, const char *id, const char *note,
                                custval_error *error) {
    if (builder == NULL) return custval__fail_null(error, "builder");
    CUSTVAL__TRY(custval__check_id(kind->word, id, error));
    const custval__subject about = {kind->word, id};
    CUSTVAL__TRY(custval__check_text(about, "note", note, error));
    if (custval__names_find(&builder->names, kind->ids, 0, id) != CUSTVAL_NONE) {
        return custval__fail(error, CUSTVAL_ERROR_DUPLICATE, "there is already a %s \"%s\"", kind->word, id);
    }
    custval__list *const frames = frames_of(builder, kind);
    const custval__list *const others = kind == &profile_kind ? &builder->contexts : &builder->profiles;
    if ((frames->count + 2) * (others->count + 1) > CUSTVAL_MAX_SETS) {
        return custval__fail(error, CUSTVAL_ERROR_LIMIT,
                             "%s \"%s\": profiles and contexts would make more than %d weight sets", kind->word, id,
                             CUSTVAL_MAX_SETS);
    }
    custval__draft_frame frame = {id, note, {NULL, 0}};
    CUSTVAL__TRY(
        custval__draft_reserve(builder, frames, sizeof frame, CUSTVAL_MAX_SETS, "profiles or contexts", error));
    if (custval__names_reserve(&builder->names, &builder->host) != 0 || custval__draft_keep(builder, &frame.id) != 0 ||
        custval__draft_keep(builder, &frame.note) != 0) {
        return custval__fail_memory(error);
    }
    custval__names_put(&builder->names, kind->ids, 0, frame.id, (uint32_t)frames->count);
    ((custval__draft_frame *)frames->items)[frames->count++] = frame;
    return CUSTVAL_OK;
}

static const char *frame_id_at(const void *data, size_t index) {
    const custval__list *const frames = data;
    return index < frames->count ? ((const custval__draft_frame *)frames->items)[index].id : NULL;
}

static custval_status find_frame(custval_builder *builder, const frame_kind *kind, const char *id, uint32_t *out_frame,
                                 custval_error *error) {
    if (id == NULL) return custval__fail_null(error, kind->word);
    *out_frame = custval__names_find(&builder->names, kind->ids, 0, id);
    if (*out_frame != CUSTVAL_NONE) return CUSTVAL_OK;
    char near[CUSTVAL_ERROR_MESSAGE_SIZE];
    custval__nearest_names(id, frame_id_at, frames_of(builder, kind), 3, near, sizeof near);
    const int is_near = near[0] != 0;
    return custval__fail(error, CUSTVAL_ERROR_NOT_FOUND, "there is no %s \"%.*s\" yet%s%s%s", kind->word,
                         CUSTVAL_MAX_ID_LENGTH, id, is_near ? "; did you mean " : "", near, is_near ? "?" : "");
}

custval_status custval__draft_find_profile(custval_builder *builder, const char *id, uint32_t *out_profile,
                                           custval_error *error) {
    return find_frame(builder, &profile_kind, id, out_profile, error);
}

/* Adds a number that was checked; `what` is "weight" or "expectation". */
static custval_status add_number(custval_builder *builder, const frame_kind *kind, const char *what,
                                 custval__draft_number number, custval_error *error) {
    const char *const id = custval__draft_node_at(builder, number.node)->spec.id;
    if (custval__names_find(&builder->names, number.space, number.frame, id) != CUSTVAL_NONE) {
        return custval__fail(error, CUSTVAL_ERROR_DUPLICATE, "%s \"%s\": the %s of \"%s\" is declared already",
                             kind->word, frame_id_at(frames_of(builder, kind), number.frame), what, id);
    }
    CUSTVAL__TRY(custval__draft_reserve(builder, &builder->numbers, sizeof number, CUSTVAL__MAX_RECORDS,
                                        "weights and expectations of profiles and contexts", error));
    if (custval__names_reserve(&builder->names, &builder->host) != 0) return custval__fail_memory(error);
    custval__names_put(&builder->names, number.space, number.frame, id, (uint32_t)builder->numbers.count);
    ((custval__draft_number *)builder->numbers.items)[builder->numbers.count++] = number;
    return CUSTVAL_OK;
}

/* Finds the node that a weight is for, and checks the weight. */
static custval_status check_weight(const custval_builder *builder, const char *node, double weight, const char *use,
                                   uint32_t *out_node, custval_error *error) {
    CUSTVAL__TRY(custval__draft_find(builder, "node", node, out_node, error));
    const custval__draft_node *const found = custval__draft_node_at(builder, *out_node);
    CUSTVAL__TRY(custval__draft_need_kind(found,
                                          1U << CUSTVAL_KIND_SIDE | 1U << CUSTVAL_KIND_DIMENSION |
                                              1U << CUSTVAL_KIND_INDICATOR | 1U << CUSTVAL_KIND_ITEM,
                                          use, error));
    return custval__check_weight(custval__draft_subject(found), weight, error);
}

static custval_status add_weight(custval_builder *builder, const frame_kind *kind, const char *frame, const char *node,
                                 double weight, custval_error *error) {
    if (builder == NULL) return custval__fail_null(error, "builder");
    custval__draft_number number = {kind->weights, CUSTVAL_NONE, CUSTVAL_NONE, weight};
    CUSTVAL__TRY(find_frame(builder, kind, frame, &number.frame, error));
    CUSTVAL__TRY(check_weight(builder, node, weight, "has no weight that a profile or context could replace",
                              &number.node, error));
    return add_number(builder, kind, "weight", number, error);
}

custval_status custval_builder_set_weight(custval_builder *builder, const char *profile, const char *node,
                                          double weight, custval_error *error) {
    if (builder == NULL) return custval__fail_null(error, "builder");
    custval__draft_number number = {CUSTVAL__SPACE_PROFILE_WEIGHT, CUSTVAL_NONE, CUSTVAL_NONE, weight};
    if (profile != NULL) CUSTVAL__TRY(custval__draft_find_profile(builder, profile, &number.frame, error));
    CUSTVAL__TRY(check_weight(builder, node, weight, "has no weight that could be set", &number.node, error));
    custval__draft_node *const found = custval__draft_node_at(builder, number.node);
    const uint32_t declared = custval__names_find(&builder->names, number.space, number.frame, node);
    if (profile == NULL) {
        found->spec.weight = weight;
        if (found->item != NULL) found->item->spec.weight = weight;
    } else if (declared == CUSTVAL_NONE) {
        CUSTVAL__TRY(add_number(builder, &profile_kind, "weight", number, error));
    } else {
        ((custval__draft_number *)builder->numbers.items)[declared] = number;
    }
    custval__draft_forget_origin(builder, number.frame, found->parent);
    return CUSTVAL_OK;
}

static custval_status add_label(custval_builder *builder, const frame_kind *kind, const char *frame,
                                const char *language, const char *text, custval_error *error) {
    if (builder == NULL) return custval__fail_null(error, "builder");
    uint32_t index = CUSTVAL_NONE;
    CUSTVAL__TRY(find_frame(builder, kind, frame, &index, error));
    CUSTVAL__TRY(custval__check_label((custval__subject){kind->word, frame}, language, text, error));
    custval__draft_frame *const found = (custval__draft_frame *)frames_of(builder, kind)->items + index;
    return custval__draft_label_set(builder, &found->labels, language, text, error);
}

custval_status custval_builder_profile(custval_builder *builder, const char *id, const char *note,
                                       custval_error *error) {
    return add_frame(builder, &profile_kind, id, note, error);
}

custval_status custval_builder_context(custval_builder *builder, const char *id, const char *note,
                                       custval_error *error) {
    return add_frame(builder, &context_kind, id, note, error);
}

custval_status custval_builder_profile_weight(custval_builder *builder, const char *profile, const char *node,
                                              double weight, custval_error *error) {
    return add_weight(builder, &profile_kind, profile, node, weight, error);
}

custval_status custval_builder_context_weight(custval_builder *builder, const char *context, const char *node,
                                              double weight, custval_error *error) {
    return add_weight(builder, &context_kind, context, node, weight, error);
}

custval_status custval_builder_profile_label(custval_builder *builder, const char *profile, const char *language,
                                             const char *text, custval_error *error) {
    return add_label(builder, &profile_kind, profile, language, text, error);
}

custval_status custval_builder_context_label(custval_builder *builder, const char *context, const char *language,
                                             const char *text, custval_error *error) {
    return add_label(builder, &context_kind, context, language, text, error);
}

custval_status custval_builder_context_expectation(custval_builder *builder, const char *context, const char *item,
                                                   double expectation, custval_error *error) {
    if (builder == NULL) return custval__fail_null(error, "builder");
    custval__draft_number number = {CUSTVAL__SPACE_EXPECTATION, CUSTVAL_NONE, CUSTVAL_NONE, expectation};
    CUSTVAL__TRY(find_frame(builder, &context_kind, context, &number.frame, error));
    CUSTVAL__TRY(custval__draft_find(builder, "item", item, &number.node, error));
    const custval__draft_node *const found = custval__draft_node_at(builder, number.node);
    CUSTVAL__TRY(custval__draft_need_kind(found, 1U << CUSTVAL_KIND_ITEM,
                                          "cannot have an expectation, only an item can", error));
    CUSTVAL__TRY(
        custval__draft_check_expectation(custval__draft_subject(found), &found->item->spec, expectation, error));
    return add_number(builder, &context_kind, "expectation", number, error);
}
