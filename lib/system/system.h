/* The frozen system: what the builder makes and everything else reads. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_SYSTEM_SYSTEM_H
#define CUSTVAL_SYSTEM_SYSTEM_H

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#include <custval/system.h>

#include "../base/memory.h"

/* All of it lives in one arena and never changes after custval_builder_build.
   Main invariants:
   - nodes stand in pre-order: 0 is the value, then the sides that have dimensions (benefit first), then derived nodes;
   - children of a node are linked by first_child / next_sibling in the order of declaration;
   - in every weight set, the local weights of a sibling group, added in that order in double precision, give exactly 1.0. */

typedef struct custval__label {
    const char *language, *text;
} custval__label;

typedef struct custval__node {
    const char *id, *note, *weight_column;
    const custval__label *labels;
    uint32_t label_count;
    uint32_t kind, side;
    uint32_t parent, first_child, next_sibling, child_count; /* derived: child_count parts, no first_child */
    uint32_t aggregator, tag;
    uint32_t item;            /* index into items, or CUSTVAL_NONE */
    uint32_t weight_input;    /* input with the own importance, or CUSTVAL_NONE */
    uint32_t must_be_highest; /* 0 or 1 */
    uint32_t first_part;      /* derived: index into parts */
    double weight;            /* as declared */
    double exponent;
    double floor;          /* in force: the node's own, else the system's */
    double declared_floor; /* -1: the system's */
    double cost;
} custval__node;

/* What an answer x in [low, high] becomes. Answers outside are out of scale. */
typedef struct custval__item {
    const char *column, *note;
    uint32_t node, input;
    uint32_t reversed, has_expectation;
    uint32_t out_of_scale, declared_out_of_scale; /* in force; 0: the system's */
    uint32_t code_in_scale; /* 1: a missing code lies in [low, high], so codes must be looked for in every block */
    uint32_t code_count;
    const double *codes;
    double scale_min, scale_max; /* as declared, both 0: none */
    double low, high;            /* bounds in force: the scale, else -DBL_MAX .. DBL_MAX */
    double expectation;
    /* Scale curve: score = min((x - low) * slope, 100), reversed min((high - x) * slope, 100), where slope is the
       smallest double that makes the far end give at least 100: both ends are exact. */
    double slope;
    custval_curve curve;                /* x, y, categories in the arena */
    const custval_text *category_texts; /* table of texts: curve.categories with their lengths */
    const uint32_t *category_order;     /* table: its entries sorted by number, or by length and bytes */
    double log_low, log_span;           /* log curve: ln low, ln high - ln low */
    /* Prospect curve, one entry per context + 1 (0: no context): reference, v(low), v(high) - v(low). */
    const struct custval__prospect *prospects;
} custval__item;

typedef struct custval__prospect {
    double reference, floor, span;
} custval__prospect;

typedef struct custval__part { /* of a derived node */
    uint32_t node;
    double weight; /* as declared */
    double local;  /* shares add up to exactly 1 */
} custval__part;

typedef struct custval__frame { /* profile or context */
    const char *id, *note;
    size_t id_length;
    const custval__label *labels;
    uint32_t label_count;
    const double *weights;      /* per node; NaN where it declares none */
    const double *expectations; /* contexts: per node; NaN where it declares none; profiles: NULL */
} custval__frame;

typedef struct custval__gate {
    uint32_t node, type;
    double threshold, cap;
    const char *note;
} custval__gate;

typedef struct custval__relief {
    uint32_t node, by;
    double share;
    const char *note;
} custval__relief;

typedef struct custval__override {
    uint32_t node;
    const char *key, *author, *reason, *expires;
    size_t key_length;
    int32_t expires_days; /* days since 1970-01-01; holds while as_of < this */
    double score;
} custval__override;

typedef struct custval__origin {
    uint32_t node;
    custval_origin_spec spec; /* whole; all it shows lies in the arena */
} custval__origin;

typedef struct custval__input {
    const char *column;
    uint32_t roles, is_text;
} custval__input;

struct custval_system {
    custval__arena arena; /* its host is the system's memory */
    atomic_size_t references;
    custval_system_spec spec; /* every default made explicit */
    uint32_t node_count, item_count, derived_count, part_count;
    uint32_t profile_count, context_count, gate_count, relief_count, override_count, origin_count, input_count;
    uint32_t first_derived;                                /* index of the first derived node, == node_count if none */
    uint32_t sides[3];                                     /* [CUSTVAL_SIDE_...]: node of the side, or CUSTVAL_NONE */
    uint32_t profile_input, context_input, override_input; /* or CUSTVAL_NONE */
    const custval__node *nodes;
    const custval__item *items;
    const custval__part *parts;
    const custval__frame *profiles, *contexts;
    const custval__gate *gates;         /* in order of application */
    const custval__relief *reliefs;     /* those of a node in order of application */
    const custval__override *overrides; /* in order of declaration */
    const custval__origin *origins;     /* in order of declaration */
    const custval__input *inputs;
    /* Local weights: weights[set * node_count + node], set = (profile + 1) * (context_count + 1) + (context + 1), with
       profile or context -1 for none; set 0 holds the base weights. Value: 1. Derived nodes: 0. */
    const double *weights;
    uint32_t set_count;
};

/* Local weights of one set. */
static inline const double *custval__system_set(const custval_system *system, uint32_t set) {
    return system->weights + (size_t)set * system->node_count;
}

/* Whether the weight of a node other than the value can be varied: it has siblings, and sides are weighed only by the index. */
static inline int custval__system_is_weighed(const custval_system *system, uint32_t node) {
    const uint32_t parent = system->nodes[node].parent;
    if (parent == CUSTVAL_NONE || system->nodes[parent].child_count < 2) return 0;
    return parent != 0 || system->spec.form == CUSTVAL_FORM_INDEX;
}

/* Global weights within the sides (see custval_node::global_weight) from a set's local ones. */
void custval__system_global(const custval_system *system, const double *local, double *out_global);

/* Index of a profile or context by id, CUSTVAL_NONE if there is none. */
uint32_t custval__system_frame_find(const custval__frame *frames, uint32_t count, const char *id, size_t length);

/* Score of a valid answer (already checked: not missing, within [low, high]) of an item whose curve is not the scale
   and not a table; context is the context's index + 1. Never NaN for finite answers; may be infinite if a line overflows. */
double custval__item_curve(const custval__item *item, double answer, uint32_t context);

/* Score of a category by text or number; returns 0 if it is not in the table. */
int custval__item_category_text(const custval__item *item, custval_text text, double *out_score);
int custval__item_category_number(const custval__item *item, double number, double *out_score);

/* Sorts the entries of a table curve into `order` (count entries) and returns the first entry that equals another one,
   or CUSTVAL_NONE. */
uint32_t custval__curve_sort(const custval_curve *curve, uint32_t *order);

/* Fills in what is computed from the scale and the curve: low, high, code_in_scale, slope, log_low, log_span. */
void custval__item_prepare(custval__item *item);
/* 100 over a span, rounded up as custval__item::slope wants it; infinite or 0 if the span is too narrow or too wide. */
double custval__scale_slope(double span);
/* The prospect curve of an item for a reference on its scale. */
custval__prospect custval__item_prospect(const custval__item *item, double reference);

/* Divides weights (finite, >= 0) by their total, so that added in this order they give exactly 1.0; positive ones stay
   positive (at least DBL_MIN), and weights that give it already stay as they are. Returns 0, or -1 if all are 0 and
   nothing changes. */
int custval__weights_normalise(double *weights, size_t count);

#endif
