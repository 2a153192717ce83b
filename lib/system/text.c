/* A system as text for people: the tree with its weights, and what stands beside it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "../base/text.h"
#include "system.h"

/* ---- Writing: counts everything, keeps what fits ----------------------------------------------------------------- */

typedef struct writer {
    char *buffer;
    size_t capacity, length;
    size_t spaces; /* not yet written: a line does not end in spaces */
} writer;

static void put_spaces(writer *to, size_t count) {
    to->spaces += count;
}

/* Like all writing here, leaves a NUL after whole characters if there is room for anything. */
static void put_space(writer *to) {
    if (to->length + 1 < to->capacity) memcpy(to->buffer + to->length, " ", 2);
    to->length++;
}

static void put(writer *to, const char *format, ...) CUSTVAL__PRINTF(2, 3);
static void put(writer *to, const char *format, ...) {
    if (format[0] == '\n') to->spaces = 0;
    for (; to->spaces > 0; to->spaces--) put_space(to);
    const size_t room = to->length < to->capacity ? to->capacity - to->length : 0;
    va_list list;
    va_start(list, format);
    to->length += custval__format_list(room == 0 ? NULL : to->buffer + to->length, room, format, list);
    va_end(list);
}

static size_t width_of(const char *text) {
    return custval__utf8_width(text, strlen(text));
}

/* A text in a column of that many terminal columns. */
static void put_padded(writer *to, const char *text, size_t width) {
    const size_t own = width_of(text);
    if (own > 0) put(to, "%s", text);
    put_spaces(to, own < width ? width - own : 0);
}

/* A share of 1 with one decimal, e.g. 5.0 %. */
static void put_percent(writer *to, double share) {
    const unsigned tenths = (unsigned)floor(share * 1000 + 0.5);
    put(to, "%u.%u %%", tenths / 10, tenths % 10);
}

/* The same, as wide as 100.0 %. */
static void put_percent_padded(writer *to, double share) {
    const double tenths = floor(share * 1000 + 0.5);
    put_spaces(to, tenths < 100 ? 2 : tenths < 1000 ? 1 : 0);
    put_percent(to, share);
}

/* Rounded to thousandths where that leaves digits to read. */
static void put_thousandths(writer *to, double number) {
    const int is_usual = fabs(number) >= 0.001 && fabs(number) < 1e9;
    put(to, "%g", is_usual ? floor(number * 1000 + 0.5) / 1000 : number);
}

/* ---- The tree ---------------------------------------------------------------------------------------------------- */

typedef struct layout {
    const custval_system *system;
    const char *language;
    size_t name_width, label_width; /* label_width 0: no label says more than its id */
} layout;

/* The label, or "" if it only repeats the id. */
static const char *label_of(const layout *in, uint32_t node) {
    const char *const label = custval_system_label(in->system, node, in->language);
    return strcmp(label, in->system->nodes[node].id) == 0 ? "" : label;
}

/* Levels below the value. */
static size_t depth_of(const custval_system *system, uint32_t node) {
    return system->nodes[node].kind - (size_t)CUSTVAL_KIND_VALUE;
}

#define BRANCH_WIDTH 3

static void put_branches(writer *to, const custval_system *system, uint32_t node) {
    if (node == 0) return;
    const int is_last = system->nodes[node].next_sibling == CUSTVAL_NONE;
    /* The ancestors' lines, outermost first. */
    for (size_t level = 1; level < depth_of(system, node); level++) {
        uint32_t ancestor = node;
        while (depth_of(system, ancestor) > level) ancestor = system->nodes[ancestor].parent;
        put(to, system->nodes[ancestor].next_sibling == CUSTVAL_NONE ? "   " : "\xe2\x94\x82  ");
    }
    put(to, is_last ? "\xe2\x94\x94\xe2\x94\x80 " : "\xe2\x94\x9c\xe2\x94\x80 ");
}

static void measure(layout *in) {
    const custval_system *const system = in->system;
    for (uint32_t node = 1; node < system->first_derived; node++) {
        const size_t name = depth_of(system, node) * BRANCH_WIDTH + width_of(system->nodes[node].id);
        const size_t label = width_of(label_of(in, node));
        if (name > in->name_width) in->name_width = name;
        if (label > in->label_width) in->label_width = label;
    }
}

static void put_aggregator(writer *to, uint32_t aggregator, double exponent) {
    if (aggregator == CUSTVAL_AGGREGATOR_MEAN) return;
    put(to, "  %s", custval_word(CUSTVAL_WORDS_AGGREGATOR, aggregator));
    if (aggregator == CUSTVAL_AGGREGATOR_POWER) put(to, " %g", exponent);
}

static void put_node_details(writer *to, const custval__node *node) {
    put_aggregator(to, node->aggregator, node->exponent);
    if (node->tag != CUSTVAL_TAG_NONE) put(to, "  %s", custval_word(CUSTVAL_WORDS_TAG, node->tag));
    if (node->weight_column != NULL) put(to, "  importance in \"%s\"", node->weight_column);
    if (node->must_be_highest) put(to, "  must be highest");
    if (node->declared_floor >= 0) put(to, "  coverage at least %g", node->declared_floor);
    if (node->cost > 0) put(to, "  cost %g", node->cost);
}

static void put_item_details(writer *to, const custval_system *system, const custval__item *item) {
    if (strcmp(item->column, system->nodes[item->node].id) != 0) put(to, "  column \"%s\"", item->column);
    if (item->scale_min < item->scale_max) put(to, "  %g..%g", item->scale_min, item->scale_max);
    if (item->curve.type != CUSTVAL_CURVE_SCALE) {
        put(to, "  %s", custval_word(CUSTVAL_WORDS_CURVE, item->curve.type));
    }
    if (item->reversed) put(to, "  reversed");
    if (item->has_expectation) put(to, "  expects %g", item->expectation);
    for (uint32_t i = 0; i < item->code_count; i++) put(to, "%s%g", i == 0 ? "  missing " : ", ", item->codes[i]);
}

static void put_form(writer *to, const custval_system *system) {
    const int benefit = system->sides[CUSTVAL_SIDE_BENEFIT] != CUSTVAL_NONE;
    const int both = benefit && system->sides[CUSTVAL_SIDE_SACRIFICE] != CUSTVAL_NONE;
    put(to, "  (%s: ", custval_word(CUSTVAL_WORDS_FORM, system->spec.form));
    switch (system->spec.form) {
    case CUSTVAL_FORM_INDEX:
        put(to, both ? "benefit and 100 - sacrifice" : benefit ? "benefit" : "100 - sacrifice");
        if (both) put_aggregator(to, system->spec.aggregator, system->spec.exponent);
        break;
    case CUSTVAL_FORM_RATIO: put(to, "benefit / sacrifice"); break;
    default: put(to, both ? "benefit - sacrifice" : benefit ? "benefit" : "-sacrifice"); break;
    }
    put(to, ")\n");
}

/* The sides have weights in the index form only; otherwise as many spaces. */
static void put_weights(writer *to, const custval_node *node, uint32_t form) {
    if (node->kind == CUSTVAL_KIND_SIDE && form != CUSTVAL_FORM_INDEX) {
        put_spaces(to, sizeof "  100.0 %  global 100.0 %" - 1);
        return;
    }
    put(to, "  ");
    put_percent_padded(to, node->local_weight);
    put(to, "  global ");
    put_percent_padded(to, node->global_weight);
}

static void put_tree(writer *to, const layout *in) {
    const custval_system *const system = in->system;
    put(to, "%s", custval_system_label(system, 0, in->language));
    put_form(to, system);
    for (uint32_t node = 1; node < system->first_derived; node++) {
        const custval__node *const found = &system->nodes[node];
        custval_node public = CUSTVAL_NODE_INIT;
        const custval_status status = custval_system_node(system, node, &public, NULL);
        (void)status; /* the index is valid */
        put_branches(to, system, node);
        put_padded(to, found->id, in->name_width - depth_of(system, node) * BRANCH_WIDTH);
        if (in->label_width > 0) {
            put_spaces(to, 2);
            put_padded(to, label_of(in, node), in->label_width);
        }
        put_weights(to, &public, system->spec.form);
        if (found->kind == CUSTVAL_KIND_ITEM) {
            put_item_details(to, system, &system->items[found->item]);
        } else {
            put_node_details(to, found);
        }
        put(to, "\n");
    }
}

/* ---- What stands beside the tree --------------------------------------------------------------------------------- */

static void put_derived(writer *to, const layout *in) {
    const custval_system *const system = in->system;
    for (uint32_t node = system->first_derived; node < system->node_count; node++) {
        const custval__node *const derived = &system->nodes[node];
        const char *const label = label_of(in, node);
        put(to, "%s   %s%s%s  =", node == system->first_derived ? "\nderived\n" : "", derived->id,
            label[0] == 0 ? "" : "  ", label);
        for (uint32_t i = 0; i < derived->child_count; i++) {
            const custval__part *const part = &system->parts[derived->first_part + i];
            put(to, i == 0 ? " " : " + ");
            put_percent(to, part->local);
            put(to, " %s", system->nodes[part->node].id);
        }
        put_node_details(to, derived);
        put(to, "\n");
    }
}

/* One number per node that has one. */
static void put_numbers(writer *to, const custval_system *system, const char *what, const double *numbers) {
    int is_first = 1;
    for (uint32_t node = 0; node < system->node_count; node++) {
        if (isnan(numbers[node])) continue;
        put(to, "%s%s %g", is_first ? what : ", ", system->nodes[node].id, numbers[node]);
        is_first = 0;
    }
}

static void put_frames(writer *to, const layout *in, const char *title, const custval__frame *frames, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        put(to, "%s   %s", i == 0 ? title : "", frames[i].id);
        put_numbers(to, in->system, "  weights: ", frames[i].weights);
        if (frames[i].expectations != NULL) put_numbers(to, in->system, "  expects: ", frames[i].expectations);
        if (frames[i].note != NULL) put(to, "  (%s)", frames[i].note);
        put(to, "\n");
    }
}

static void put_rules(writer *to, const custval_system *system) {
    for (uint32_t i = 0; i < system->gate_count; i++) {
        const custval__gate *const gate = &system->gates[i];
        put(to, "%s   %s %s %g: value at most %g", i == 0 ? "\ngates\n" : "", system->nodes[gate->node].id,
            gate->type == CUSTVAL_GATE_BELOW ? "<" : ">", gate->threshold, gate->cap);
        if (gate->note != NULL) put(to, "  (%s)", gate->note);
        put(to, "\n");
    }
    for (uint32_t i = 0; i < system->relief_count; i++) {
        const custval__relief *const relief = &system->reliefs[i];
        put(to, "%s   %s by %s: up to %g %% less", i == 0 ? "\nreliefs\n" : "", system->nodes[relief->node].id,
            system->nodes[relief->by].id, 100.0 * relief->share);
        if (relief->note != NULL) put(to, "  (%s)", relief->note);
        put(to, "\n");
    }
    for (uint32_t i = 0; i < system->override_count; i++) {
        const custval__override *const override = &system->overrides[i];
        put(to, "%s   %s = %g for \"%s\" until %s, by %s: %s\n", i == 0 ? "\noverrides\n" : "",
            system->nodes[override->node].id, override->score, override->key, override->expires, override->author,
            override->reason);
    }
}

/* Where weights and scales come from. */
static void put_origins(writer *to, const custval_system *system) {
    for (uint32_t i = 0; i < system->origin_count; i++) {
        const custval_origin_spec *const spec = &system->origins[i].spec;
        put(to, "%s   %s of %s", i == 0 ? "\norigins\n" : "", custval_word(CUSTVAL_WORDS_ORIGIN, spec->origin),
            spec->node);
        if (spec->profile != NULL) put(to, " in profile %s", spec->profile);
        put(to, ": %s", spec->method);
        if (spec->source != NULL) put(to, ", %s", spec->source);
        if (spec->sample > 0) put(to, ", n %llu", (unsigned long long)spec->sample);
        if (spec->date != NULL) put(to, ", %s", spec->date);
        for (size_t k = 0; k < spec->diagnostic_count; k++) {
            put(to, ", %s ", spec->diagnostic_names[k]);
            put_thousandths(to, spec->diagnostic_values[k]);
        }
        if (spec->note != NULL) put(to, "  (%s)", spec->note);
        put(to, "\n");
    }
}

custval_status custval_system_text(const custval_system *system, const char *language, char *buffer, size_t capacity,
                                   size_t *out_length, custval_error *error) {
    if (out_length == NULL) return custval__fail_null(error, "out_length");
    *out_length = 0;
    if (buffer == NULL && capacity > 0) return custval__fail_null(error, "buffer");
    if (capacity > 0) buffer[0] = 0;
    if (system == NULL) return custval__fail_null(error, "system");
    writer to = {buffer, capacity, 0, 0};
    layout in = {system, language, 0, 0};
    measure(&in);
    put_tree(&to, &in);
    put_derived(&to, &in);
    put_frames(&to, &in, "\nprofiles\n", system->profiles, system->profile_count);
    put_frames(&to, &in, "\ncontexts\n", system->contexts, system->context_count);
    put_rules(&to, system);
    put_origins(&to, system);
    *out_length = to.length;
    return CUSTVAL_OK;
}
