/* Documents from systems, by what the public interface shows of them: what a host can see is all there is. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include <custval/document.h>

#include "../base/error.h"
#include "document.h"
#include "layout.h"

/* What a function writes: the system, or one thing of it by its index. */
typedef struct subject {
    const custval_system *system;
    uint32_t index;
    uint32_t kind; /* of frames: CUSTVAL_PROFILES or CUSTVAL_CONTEXTS */
} subject;

static subject thing(const subject *what, uint32_t index) {
    return (subject){what->system, index, what->kind};
}

/* ---- Introspection, which cannot fail for what exists --------------------------------------------------------------- */

static void must(custval_status status) {
    (void)status;
}

static custval_system_spec system_of(const custval_system *system) {
    custval_system_spec spec = CUSTVAL_SYSTEM_SPEC_INIT;
    must(custval_system_get(system, &spec, NULL));
    return spec;
}

static custval_node node_of(const custval_system *system, uint32_t index) {
    custval_node node = CUSTVAL_NODE_INIT;
    must(custval_system_node(system, index, &node, NULL));
    return node;
}

static custval_node_spec node_spec_of(const subject *what) {
    custval_node_spec spec = CUSTVAL_NODE_SPEC_INIT;
    must(custval_system_node_spec(what->system, what->index, &spec, NULL));
    return spec;
}

static custval_item_spec item_of(const subject *what) {
    custval_item_spec spec = CUSTVAL_ITEM_SPEC_INIT;
    must(custval_system_item_spec(what->system, what->index, &spec, NULL));
    return spec;
}

static custval_frame frame_of(const subject *what) {
    custval_frame frame = CUSTVAL_FRAME_INIT;
    must(custval_system_frame(what->system, what->kind, what->index, &frame, NULL));
    return frame;
}

/* ---- Members that are left out where they equal their default ------------------------------------------------------- */

static void put_number(custval__layout *to, const char *key, double number, double otherwise) {
    if (number != otherwise) custval__put_member_number(to, key, number);
}

/* The default is 0 or `otherwise`. */
static void put_word(custval__layout *to, const char *key, uint32_t vocabulary, uint32_t value, uint32_t otherwise) {
    if (value == 0 || value == otherwise) return;
    custval__put_member_text(to, key, custval_word(vocabulary, value));
}

/* An array of `count` things, each on one line if it fits. */
static void put_each(custval__layout *to, const char *key, uint32_t count,
                     void (*put)(custval__layout *to, const void *what), const subject *what) {
    if (count == 0) return;
    custval__put_key(to, key);
    custval__put_open(to, '[');
    for (uint32_t i = 0; i < count; i++) {
        const subject one = thing(what, i);
        custval__put_fitting(to, put, &one);
    }
    custval__put_close(to, ']');
}

/* ---- Labels --------------------------------------------------------------------------------------------------------- */

typedef const char *(*label_at)(const subject *what, uint32_t label, const char **out_language);

static const char *node_label_at(const subject *what, uint32_t label, const char **out_language) {
    return custval_system_label_at(what->system, what->index, label, out_language);
}

static const char *frame_label_at(const subject *what, uint32_t label, const char **out_language) {
    return custval_system_frame_label_at(what->system, what->kind, what->index, label, out_language);
}

static void put_labels(custval__layout *to, const subject *what, uint32_t count, label_at at) {
    const char *language = NULL;
    custval__put_open(to, '{');
    for (uint32_t i = 0; i < count; i++) {
        const char *const text = at(what, i, &language);
        custval__put_member_text(to, language, text);
    }
    custval__put_close(to, '}');
}

static void put_node_labels(custval__layout *to, const void *what) {
    const subject *const node = what;
    put_labels(to, node, node_of(node->system, node->index).label_count, node_label_at);
}

static void put_frame_labels(custval__layout *to, const void *what) {
    const subject *const frame = what;
    put_labels(to, frame, frame_of(frame).label_count, frame_label_at);
}

/* A single English label is a plain text. */
static void put_label(custval__layout *to, const subject *what, uint32_t count, label_at at,
                      void (*put)(custval__layout *to, const void *what)) {
    const char *language = NULL;
    if (count == 0) return;
    const char *const first = at(what, 0, &language);
    if (count == 1 && strcmp(language, "en") == 0) {
        custval__put_member_text(to, "label", first);
    } else {
        custval__put_member(to, "label", put, what);
    }
}

static void put_node_label(custval__layout *to, const subject *node) {
    put_label(to, node, node_of(node->system, node->index).label_count, node_label_at, put_node_labels);
}

/* ---- Items ---------------------------------------------------------------------------------------------------------- */

static void put_scale(custval__layout *to, const void *what) {
    const custval_item_spec item = item_of(what);
    custval__put_open(to, '[');
    custval__put_number(to, item.scale_min);
    custval__put_number(to, item.scale_max);
    custval__put_close(to, ']');
}

static void put_codes(custval__layout *to, const void *what) {
    const custval_item_spec item = item_of(what);
    custval__put_open(to, '[');
    for (size_t i = 0; i < item.missing_code_count; i++) custval__put_number(to, item.missing_codes[i]);
    custval__put_close(to, ']');
}

static void put_points(custval__layout *to, const void *what) {
    const custval_curve *const curve = item_of(what).curve;
    custval__put_open(to, '[');
    for (uint32_t i = 0; i < curve->count; i++) {
        const int was_flat = to->is_flat;
        custval__put_open(to, '[');
        to->is_flat = 1; /* a pair is always on one line */
        custval__put_number(to, curve->x[i]);
        custval__put_number(to, curve->y[i]);
        custval__put_close(to, ']');
        to->is_flat = was_flat;
    }
    custval__put_close(to, ']');
}

static void put_scores(custval__layout *to, const void *what) {
    const custval_curve *const curve = item_of(what).curve;
    custval__put_open(to, '{');
    for (uint32_t i = 0; i < curve->count; i++) {
        custval__put_key(to, curve->categories[i]);
        custval__put_number(to, curve->y[i]);
    }
    custval__put_close(to, '}');
}

static void put_curve(custval__layout *to, const void *what) {
    const custval_curve *const curve = item_of(what).curve;
    const double *const parameters = curve->parameters;
    custval__put_open(to, '{');
    custval__put_member_text(to, "type", custval_word(CUSTVAL_WORDS_CURVE, curve->type));
    if (curve->type == CUSTVAL_CURVE_LINEAR || curve->type == CUSTVAL_CURVE_LOGISTIC) {
        const int is_line = curve->type == CUSTVAL_CURVE_LINEAR;
        custval__put_key(to, is_line ? "intercept" : "midpoint");
        custval__put_number(to, parameters[0]);
        custval__put_key(to, is_line ? "slope" : "steepness");
        custval__put_number(to, parameters[1]);
    } else if (curve->type == CUSTVAL_CURVE_PROSPECT) {
        put_number(to, "alpha", parameters[0], CUSTVAL__PROSPECT_ALPHA);
        put_number(to, "beta", parameters[1], CUSTVAL__PROSPECT_BETA);
        put_number(to, "lambda", parameters[2], CUSTVAL__PROSPECT_LAMBDA);
    } else if (curve->type == CUSTVAL_CURVE_TABLE && curve->categories != NULL) {
        custval__put_member(to, "scores", put_scores, what);
    } else if (curve->type == CUSTVAL_CURVE_TABLE || curve->type == CUSTVAL_CURVE_PIECEWISE) {
        custval__put_member(to, "points", put_points, what);
    }
    custval__put_close(to, '}');
}

static void put_item(custval__layout *to, const void *what) {
    const subject *const node = what;
    const custval_item_spec item = item_of(node);
    custval__put_open(to, '{');
    custval__put_member_text(to, "column", item.column);
    if (strcmp(item.id, item.column) != 0) custval__put_member_text(to, "id", item.id);
    put_node_label(to, node);
    custval__put_member_text(to, "note", item.note);
    if (item.scale_min != 0 || item.scale_max != 0) custval__put_member(to, "scale", put_scale, node);
    if (item.reversed) {
        custval__put_key(to, "reversed");
        custval__put_flag(to, 1);
    }
    if (item.missing_code_count > 0) custval__put_member(to, "missing_codes", put_codes, node);
    put_word(to, "out_of_scale", CUSTVAL_WORDS_OUT_OF_SCALE, item.out_of_scale, 0);
    put_number(to, "weight", item.weight, 1.0);
    if (item.has_expectation) {
        custval__put_key(to, "expectation");
        custval__put_number(to, item.expectation);
    }
    if (item.curve->type != CUSTVAL_CURVE_SCALE) custval__put_member(to, "curve", put_curve, node);
    custval__put_close(to, '}');
}

/* ---- The tree ------------------------------------------------------------------------------------------------------- */

static void put_roll_up(custval__layout *to, const custval_node_spec *spec) {
    put_word(to, "aggregator", CUSTVAL_WORDS_AGGREGATOR, spec->aggregator, CUSTVAL_AGGREGATOR_MEAN);
    put_number(to, "exponent", spec->exponent, 0.0);
    put_number(to, "coverage_floor", spec->coverage_floor, -1.0);
}

/* The children of a node, as an array. */
static void put_children(custval__layout *to, const char *key, const subject *what,
                         void (*put)(custval__layout *to, const void *child), int is_fitting) {
    custval__put_key(to, key);
    custval__put_open(to, '[');
    for (uint32_t index = node_of(what->system, what->index).first_child; index != CUSTVAL_NONE;
         index = node_of(what->system, index).next_sibling) {
        const subject child = thing(what, index);
        if (is_fitting) {
            custval__put_fitting(to, put, &child);
        } else {
            put(to, &child);
        }
    }
    custval__put_close(to, ']');
}

static void put_indicator(custval__layout *to, const void *what) {
    const subject *const node = what;
    const custval_node_spec spec = node_spec_of(node);
    custval__put_open(to, '{');
    custval__put_member_text(to, "id", spec.id);
    put_node_label(to, node);
    custval__put_member_text(to, "note", spec.note);
    put_word(to, "tag", CUSTVAL_WORDS_TAG, spec.tag, CUSTVAL_TAG_NONE);
    put_number(to, "weight", spec.weight, 1.0);
    custval__put_member_text(to, "weight_column", spec.weight_column);
    put_number(to, "cost", spec.cost, 0.0);
    put_roll_up(to, &spec);
    put_children(to, "items", node, put_item, 1);
    custval__put_close(to, '}');
}

static void put_dimension(custval__layout *to, const void *what) {
    const subject *const node = what;
    const custval_node_spec spec = node_spec_of(node);
    custval__put_open(to, '{');
    custval__put_member_text(to, "id", spec.id);
    custval__put_member_text(to, "side", custval_word(CUSTVAL_WORDS_SIDE, node_of(node->system, node->index).side));
    put_node_label(to, node);
    custval__put_member_text(to, "note", spec.note);
    put_number(to, "weight", spec.weight, 1.0);
    custval__put_member_text(to, "weight_column", spec.weight_column);
    put_roll_up(to, &spec);
    put_children(to, "indicators", node, put_indicator, 0);
    custval__put_close(to, '}');
}

static void put_side(custval__layout *to, const void *what) {
    const subject *const node = what;
    const custval_node_spec spec = node_spec_of(node);
    custval__put_open(to, '{');
    put_node_label(to, node);
    custval__put_member_text(to, "note", spec.note);
    put_number(to, "weight", spec.weight, 1.0);
    put_roll_up(to, &spec);
    custval__put_close(to, '}');
}

/* The first node of a kind from an index on; custval_system_nodes() if there is none. */
static uint32_t next_of_kind(const custval_system *system, uint32_t from, uint32_t kind) {
    const uint32_t count = custval_system_nodes(system);
    while (from < count && node_of(system, from).kind != kind) from++;
    return from;
}

static int side_is_plain(const subject *node) {
    const custval_node_spec spec = node_spec_of(node);
    return node_of(node->system, node->index).label_count == 0 && spec.note == NULL && spec.weight == 1.0 &&
           spec.aggregator == CUSTVAL_AGGREGATOR_MEAN && spec.coverage_floor == -1.0;
}

static void put_sides(custval__layout *to, const custval_system *system) {
    const uint32_t count = custval_system_nodes(system);
    for (uint32_t index = next_of_kind(system, 0, CUSTVAL_KIND_SIDE); index < count;
         index = next_of_kind(system, index + 1, CUSTVAL_KIND_SIDE)) {
        const subject side = {system, index, 0};
        if (!side_is_plain(&side)) custval__put_member(to, node_of(system, index).id, put_side, &side);
    }
}

static void put_dimensions(custval__layout *to, const custval_system *system) {
    const uint32_t count = custval_system_nodes(system);
    custval__put_key(to, "dimensions");
    custval__put_open(to, '[');
    for (uint32_t index = next_of_kind(system, 0, CUSTVAL_KIND_DIMENSION); index < count;
         index = next_of_kind(system, index + 1, CUSTVAL_KIND_DIMENSION)) {
        const subject dimension = {system, index, 0};
        put_dimension(to, &dimension);
    }
    custval__put_close(to, ']');
}

static void put_parts(custval__layout *to, const void *what) {
    const subject *const node = what;
    const uint32_t count = node_of(node->system, node->index).child_count;
    custval__put_open(to, '{');
    for (uint32_t part = 0; part < count; part++) {
        uint32_t index = CUSTVAL_NONE;
        double weight = 0;
        must(custval_system_derived_part(node->system, node->index, part, &index, &weight));
        custval__put_key(to, node_of(node->system, index).id);
        custval__put_number(to, weight);
    }
    custval__put_close(to, '}');
}

static void put_derived(custval__layout *to, const void *what) {
    const subject *const node = what;
    const custval_node_spec spec = node_spec_of(node);
    custval__put_open(to, '{');
    custval__put_member_text(to, "id", spec.id);
    put_node_label(to, node);
    custval__put_member_text(to, "note", spec.note);
    put_roll_up(to, &spec);
    custval__put_member(to, "from", put_parts, node);
    custval__put_close(to, '}');
}

static void put_all_derived(custval__layout *to, const custval_system *system) {
    const uint32_t count = custval_system_nodes(system);
    const uint32_t first = next_of_kind(system, 0, CUSTVAL_KIND_DERIVED);
    if (first == count) return;
    custval__put_key(to, "derived");
    custval__put_open(to, '[');
    for (uint32_t index = first; index < count; index++) {
        const subject derived = {system, index, 0};
        custval__put_fitting(to, put_derived, &derived);
    }
    custval__put_close(to, ']');
}

/* ---- Profiles and contexts ------------------------------------------------------------------------------------------ */

/* Gives one of the numbers that a frame declares for nodes. */
typedef int (*number_at)(const subject *frame, uint32_t node, double *out);

static int weight_at(const subject *frame, uint32_t node, double *out) {
    return custval_system_frame_weight(frame->system, frame->kind, frame->index, node, out);
}

static int expectation_at(const subject *frame, uint32_t node, double *out) {
    return frame->kind == CUSTVAL_CONTEXTS && custval_system_expectation(frame->system, frame->index, node, out);
}

static void put_numbers(custval__layout *to, const subject *frame, number_at at) {
    const uint32_t count = custval_system_nodes(frame->system);
    custval__put_open(to, '{');
    for (uint32_t index = 0; index < count; index++) {
        double number = 0;
        if (!at(frame, index, &number)) continue;
        custval__put_key(to, node_of(frame->system, index).id);
        custval__put_number(to, number);
    }
    custval__put_close(to, '}');
}

static int has_numbers(const subject *frame, number_at at) {
    const uint32_t count = custval_system_nodes(frame->system);
    double number = 0;
    uint32_t index = 0;
    while (index < count && !at(frame, index, &number)) index++;
    return index < count;
}

static void put_weights(custval__layout *to, const void *what) {
    put_numbers(to, what, weight_at);
}

static void put_expectations(custval__layout *to, const void *what) {
    put_numbers(to, what, expectation_at);
}

static void put_frame(custval__layout *to, const void *what) {
    const subject *const frame = what;
    const custval_frame shown = frame_of(frame);
    custval__put_open(to, '{');
    custval__put_member_text(to, "id", shown.id);
    put_label(to, frame, shown.label_count, frame_label_at, put_frame_labels);
    custval__put_member_text(to, "note", shown.note);
    if (has_numbers(frame, weight_at)) custval__put_member(to, "weights", put_weights, frame);
    if (has_numbers(frame, expectation_at)) custval__put_member(to, "expectations", put_expectations, frame);
    custval__put_close(to, '}');
}

static void put_frames(custval__layout *to, const char *key, const custval_system *system, uint32_t kind) {
    const subject all = {system, 0, kind};
    put_each(to, key, custval_system_frames(system, kind), put_frame, &all);
}

/* ---- Gates, reliefs, overrides, highest weights, origins --------------------------------------------------------------------- */

static void put_gate(custval__layout *to, const void *what) {
    const subject *const which = what;
    custval_gate_spec gate = CUSTVAL_GATE_SPEC_INIT;
    must(custval_system_gate(which->system, which->index, &gate, NULL));
    custval__put_open(to, '{');
    custval__put_member_text(to, "node", gate.node);
    custval__put_key(to, custval_word(CUSTVAL_WORDS_GATE, gate.type));
    custval__put_number(to, gate.threshold);
    custval__put_key(to, "cap");
    custval__put_number(to, gate.cap);
    custval__put_member_text(to, "note", gate.note);
    custval__put_close(to, '}');
}

static void put_relief(custval__layout *to, const void *what) {
    const subject *const which = what;
    custval_relief_spec relief = CUSTVAL_RELIEF_SPEC_INIT;
    must(custval_system_relief(which->system, which->index, &relief, NULL));
    custval__put_open(to, '{');
    custval__put_member_text(to, "node", relief.node);
    custval__put_member_text(to, "by", relief.by);
    custval__put_key(to, "share");
    custval__put_number(to, relief.share);
    custval__put_member_text(to, "note", relief.note);
    custval__put_close(to, '}');
}

static void put_override(custval__layout *to, const void *what) {
    const subject *const which = what;
    custval_override_spec override = CUSTVAL_OVERRIDE_SPEC_INIT;
    must(custval_system_override(which->system, which->index, &override, NULL));
    custval__put_open(to, '{');
    if (strcmp(override.node, "value") != 0) custval__put_member_text(to, "node", override.node);
    custval__put_member_text(to, "key", override.key);
    custval__put_key(to, "score");
    custval__put_number(to, override.score);
    custval__put_member_text(to, "author", override.author);
    custval__put_member_text(to, "reason", override.reason);
    custval__put_member_text(to, "expires", override.expires);
    custval__put_close(to, '}');
}

static void put_highest(custval__layout *to, const void *what) {
    const subject *const all = what;
    const uint32_t count = custval_system_nodes(all->system);
    custval__put_open(to, '[');
    for (uint32_t index = 0; index < count; index++) {
        const custval_node node = node_of(all->system, index);
        if (node.must_be_highest) custval__put_text(to, node.id);
    }
    custval__put_close(to, ']');
}

static int has_highest(const custval_system *system) {
    const uint32_t count = custval_system_nodes(system);
    uint32_t index = 0;
    while (index < count && !node_of(system, index).must_be_highest) index++;
    return index < count;
}

static custval_origin_spec origin_of(const subject *which) {
    custval_origin_spec origin = CUSTVAL_ORIGIN_SPEC_INIT;
    must(custval_system_origin(which->system, which->index, &origin, NULL));
    return origin;
}

static void put_diagnostics(custval__layout *to, const void *what) {
    const custval_origin_spec origin = origin_of(what);
    custval__put_open(to, '{');
    for (size_t i = 0; i < origin.diagnostic_count; i++) {
        custval__put_key(to, origin.diagnostic_names[i]);
        custval__put_number(to, origin.diagnostic_values[i]);
    }
    custval__put_close(to, '}');
}

static void put_origin(custval__layout *to, const void *what) {
    const custval_origin_spec origin = origin_of(what);
    custval__put_open(to, '{');
    custval__put_member_text(to, custval_word(CUSTVAL_WORDS_ORIGIN, origin.origin), origin.node);
    custval__put_member_text(to, "profile", origin.profile);
    custval__put_member_text(to, "method", origin.method);
    custval__put_member_text(to, "source", origin.source);
    put_number(to, "sample", (double)origin.sample, 0);
    custval__put_member_text(to, "date", origin.date);
    custval__put_member_text(to, "note", origin.note);
    if (origin.diagnostic_count > 0) custval__put_member(to, "diagnostics", put_diagnostics, what);
    custval__put_close(to, '}');
}

/* ---- The system ----------------------------------------------------------------------------------------------------- */

static void put_missing(custval__layout *to, const void *what) {
    const custval_system_spec spec = system_of(((const subject *)what)->system);
    custval__put_open(to, '{');
    put_word(to, "policy", CUSTVAL_WORDS_MISSING, spec.missing, CUSTVAL_MISSING_NESTED);
    put_number(to, "neutral", spec.neutral, 50.0);
    put_number(to, "coverage_floor", spec.coverage_floor, 0.0);
    custval__put_close(to, '}');
}

static void put_policies(custval__layout *to, const subject *all) {
    const custval_system_spec spec = system_of(all->system);
    const int is_usual = spec.missing == CUSTVAL_MISSING_NESTED && spec.neutral == 50.0 && spec.coverage_floor == 0.0;
    put_word(to, "form", CUSTVAL_WORDS_FORM, spec.form, CUSTVAL_FORM_DIFFERENCE);
    put_word(to, "aggregator", CUSTVAL_WORDS_AGGREGATOR, spec.aggregator, CUSTVAL_AGGREGATOR_MEAN);
    put_number(to, "exponent", spec.exponent, 0.0);
    if (!is_usual) custval__put_member(to, "missing", put_missing, all);
    put_word(to, "out_of_scale", CUSTVAL_WORDS_OUT_OF_SCALE, spec.out_of_scale, CUSTVAL_OUT_OF_SCALE_REJECT);
    custval__put_member_text(to, "profile_column", spec.profile_column);
    custval__put_member_text(to, "context_column", spec.context_column);
    custval__put_member_text(to, "override_column", spec.override_column);
}

static void put_system(custval__layout *to, const custval_system *system) {
    const subject all = {system, 0, 0};
    const custval_system_spec spec = system_of(system);
    custval__put_open(to, '{');
    custval__put_member_text(to, "custval", "system");
    custval__put_key(to, "version");
    custval__put_number(to, CUSTVAL__SYSTEM_VERSION);
    if (strcmp(spec.id, "system") != 0) custval__put_member_text(to, "id", spec.id);
    put_node_label(to, &all);
    custval__put_member_text(to, "note", spec.note);
    put_policies(to, &all);
    put_sides(to, system);
    put_dimensions(to, system);
    put_all_derived(to, system);
    put_frames(to, "profiles", system, CUSTVAL_PROFILES);
    put_frames(to, "contexts", system, CUSTVAL_CONTEXTS);
    put_each(to, "gates", custval_system_gates(system), put_gate, &all);
    put_each(to, "reliefs", custval_system_reliefs(system), put_relief, &all);
    put_each(to, "overrides", custval_system_overrides(system), put_override, &all);
    if (has_highest(system)) custval__put_member(to, "highest_weight", put_highest, &all);
    put_each(to, "origins", custval_system_origins(system), put_origin, &all);
    custval__put_close(to, '}');
    custval__put_end(to);
}

custval_status custval_system_write(const custval_system *system, char *buffer, size_t capacity, size_t *out_length,
                                    custval_error *error) {
    if (out_length == NULL) return custval__fail_null(error, "out_length");
    *out_length = 0;
    if (buffer == NULL && capacity > 0) return custval__fail_null(error, "buffer");
    if (capacity > 0) buffer[0] = 0;
    if (system == NULL) return custval__fail_null(error, "system");
    custval__layout layout = {.out = buffer, .capacity = capacity};
    put_system(&layout, system);
    *out_length = layout.length;
    return CUSTVAL_OK;
}
