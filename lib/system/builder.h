/* The builder: a system in the making. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_SYSTEM_BUILDER_H
#define CUSTVAL_SYSTEM_BUILDER_H

#include <stddef.h>
#include <stdint.h>

#include <custval/builder.h>

#include "../base/memory.h"
#include "names.h"
#include "system.h"
#include "validate.h"

/* Texts and other small pieces live in an arena; what grows lives in lists. Each call validates first, then makes room,
   then changes what is there without being able to fail: that is how a failed call changes nothing. */

/* More records of a kind than this are refused, so that every count fits 32 bits. */
#define CUSTVAL__MAX_RECORDS ((size_t)1 << 20)

/* Most points, categories or missing codes of one item. */
#define CUSTVAL__MAX_POINTS 1000

typedef struct custval__draft_label {
    const char *language, *text;
    struct custval__draft_label *next;
} custval__draft_label;

typedef struct custval__draft_labels {
    custval__draft_label *first;
    uint32_t count;
} custval__draft_labels;

typedef struct custval__draft_item {
    custval_item_spec spec; /* id, column, note, codes and curve in the arena */
    custval_curve curve;
    uint32_t *category_order; /* table: the categories sorted */
    uint32_t frozen;          /* while building: index in custval_system::items */
} custval__draft_item;

typedef struct custval__draft_node {
    uint32_t kind, side;
    uint32_t parent, first_child, last_child, next_sibling, child_count; /* derived: child_count parts */
    uint32_t must_be_highest;
    uint32_t frozen;           /* while building: its index in the system; CUSTVAL_NONE for a side without dimensions */
    custval_node_spec spec;    /* defaults made explicit; of items only id, note and weight */
    custval__draft_item *item; /* of items */
    custval__draft_labels labels;
} custval__draft_node;

typedef struct custval__draft_part {
    uint32_t derived, node;
    double weight;
} custval__draft_part;

typedef struct custval__draft_frame {
    const char *id, *note;
    custval__draft_labels labels;
} custval__draft_frame;

/* A weight or an expectation that a profile or context declares for a node. */
typedef struct custval__draft_number {
    uint32_t space; /* CUSTVAL__SPACE_PROFILE_WEIGHT, _CONTEXT_WEIGHT or _EXPECTATION */
    uint32_t frame, node;
    double number;
} custval__draft_number;

typedef struct custval__draft_gate {
    custval_gate_spec spec;
    uint32_t node;
} custval__draft_gate;

typedef struct custval__draft_relief {
    custval_relief_spec spec;
    uint32_t node, by;
} custval__draft_relief;

typedef struct custval__draft_override {
    custval_override_spec spec;
    uint32_t node;
    int32_t expires_days;
} custval__draft_override;

typedef struct custval__draft_origin {
    custval_origin_spec spec; /* texts and diagnostics in the arena */
    uint32_t node;            /* CUSTVAL_NONE: what it was about has changed since, so it is forgotten */
} custval__draft_origin;

/* A growing array. */
typedef struct custval__list {
    void *items;
    size_t count, capacity;
} custval__list;

/* What the keys of custval_builder::names name. */
enum custval__space {
    CUSTVAL__SPACE_NODE = 1,       /* id -> node */
    CUSTVAL__SPACE_PROFILE,        /* id -> profile */
    CUSTVAL__SPACE_CONTEXT,        /* id -> context */
    CUSTVAL__SPACE_PART,           /* owner derived node, id of the part */
    CUSTVAL__SPACE_PROFILE_WEIGHT, /* owner profile, id of the node -> number */
    CUSTVAL__SPACE_CONTEXT_WEIGHT, /* owner context, id of the node -> number */
    CUSTVAL__SPACE_EXPECTATION,    /* owner context, id of the item -> number */
    CUSTVAL__SPACE_OVERRIDE,       /* owner node, customer's key */
    CUSTVAL__SPACE_ORIGIN,         /* owner profile or CUSTVAL_NONE, id of the node or item -> origin */
    CUSTVAL__SPACE_COLUMN          /* while building: column -> input */
};

struct custval_builder {
    custval_host host; /* whole */
    custval__arena arena;
    custval_system_spec spec; /* defaults made explicit */
    custval__names names;
    custval__list nodes; /* of custval__draft_node; the value, benefit and sacrifice are always there, at 0, 1, 2 */
    custval__list parts; /* of custval__draft_part */
    custval__list profiles, contexts; /* of custval__draft_frame */
    custval__list numbers;            /* of custval__draft_number */
    custval__list gates;              /* of custval__draft_gate */
    custval__list reliefs;            /* of custval__draft_relief */
    custval__list overrides;          /* of custval__draft_override */
    custval__list origins;            /* of custval__draft_origin */
};

static inline custval__draft_node *custval__draft_node_at(const custval_builder *builder, size_t index) {
    return (custval__draft_node *)builder->nodes.items + index;
}

/* "dimension" and so on with the id. */
custval__subject custval__draft_subject(const custval__draft_node *node);

/* Finds a node by the id that the caller gave as `argument`; CUSTVAL_ERROR_NOT_FOUND names similar ids. */
custval_status custval__draft_find(const custval_builder *builder, const char *argument, const char *id,
                                   uint32_t *out_node, custval_error *error);

/* The same for a profile. */
custval_status custval__draft_find_profile(custval_builder *builder, const char *id, uint32_t *out_profile,
                                           custval_error *error);

/* CUSTVAL_ERROR_STRUCTURE unless the node's kind is one of the bits 1 << CUSTVAL_KIND_...; `use` ends the message, e.g.
   "cannot have a gate". */
custval_status custval__draft_need_kind(const custval__draft_node *node, unsigned kinds, const char *use,
                                        custval_error *error);

/* Makes room for one more record of `size` bytes; `what` names the records in the plural. */
custval_status custval__draft_reserve(custval_builder *builder, custval__list *list, size_t size, size_t most,
                                      const char *what, custval_error *error);

/* Replaces a text by a copy in the arena; NULL stays NULL. 0, or -1 when out of memory. */
int custval__draft_keep(custval_builder *builder, const char **text);
/* The same for an array of `count` elements. */
int custval__draft_keep_array(custval_builder *builder, const void **array, size_t count, size_t size);
/* The same for an array of texts, with the texts. */
int custval__draft_keep_texts(custval_builder *builder, const char *const **texts, size_t count);

/* Adds a node below `parent` (CUSTVAL_NONE: a derived node), whose id and other texts are kept already. */
custval_status custval__draft_add(custval_builder *builder, const custval__draft_node *node, custval_error *error);

/* An expectation lies on the scale, if there is one. */
custval_status custval__draft_check_expectation(custval__subject about, const custval_item_spec *spec,
                                                double expectation, custval_error *error);

/* Forgets where the weights of a node's children (in a profile, or CUSTVAL_NONE) or the scale of an item come from. */
void custval__draft_forget_origin(custval_builder *builder, uint32_t profile, uint32_t node);

/* Adds or replaces a label that was checked. */
custval_status custval__draft_label_set(custval_builder *builder, custval__draft_labels *labels, const char *language,
                                        const char *text, custval_error *error);

/* The checks of custval_builder_build that concern the whole. Sets custval__draft_node::frozen of every node. */
custval_status custval__builder_check_whole(custval_builder *builder, custval_error *error);

#endif
