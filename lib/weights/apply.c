/* Weights into a system: whose weights they are, what they mean for the levels above, and a new system with them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include <custval/builder.h>

#include "../base/error.h"
#include "../base/options.h"
#include "../base/text.h"
#include "../system/system.h"
#include "weights.h"

typedef struct applying {
    const custval_weights *weights;
    const custval_system *system;
    const custval_host *host; /* of the new system, whole */
    custval_apply_options options;
    custval_builder *builder;
    uint32_t kind;     /* of the criteria */
    uint32_t top;      /* the lowest node that all of them are below */
    double *number;    /* [node] global weight: of a criterion its share, above them the sum of those below, else NaN */
    double *group;     /* room for the weights of one group */
    const char **name; /* diagnostics that have a value */
    double *value;
    size_t diagnostics;
    custval_error *error;
} applying;

/* ---- From criteria to nodes ---------------------------------------------------------------------------------------- */

/* Everything that a criterion may be called: ids of nodes, then columns of items. */
static const char *candidate(const void *data, size_t index) {
    const custval_system *system = data;
    if (index < system->node_count) return system->nodes[index].id;
    index -= system->node_count;
    return index < system->item_count ? system->items[index].column : NULL;
}

static custval_status fail_unknown(const applying *to, const char *name) {
    char near[CUSTVAL_ERROR_MESSAGE_SIZE];
    custval__nearest_names(name, candidate, to->system, 3, near, sizeof near);
    const int is_near = near[0] != 0;
    return custval__fail(to->error, CUSTVAL_ERROR_NOT_FOUND,
                         "criterion \"%.*s\" is neither a node of the system nor a column%s%s%s", 128, name,
                         is_near ? "; did you mean " : "", near, is_near ? "?" : "");
}

static custval_status find_node(const applying *to, const char *name, uint32_t *out) {
    const custval_system *system = to->system;
    for (*out = 0; *out < system->node_count; ++*out) {
        if (strcmp(system->nodes[*out].id, name) == 0) return CUSTVAL_OK;
    }
    *out = CUSTVAL_NONE;
    for (uint32_t i = 0; i < system->item_count; i++) {
        if (strcmp(system->items[i].column, name) != 0) continue;
        if (*out != CUSTVAL_NONE) {
            return custval__fail_at(to->error, CUSTVAL_ERROR_STRUCTURE, *out, SIZE_MAX,
                                    "column \"%.*s\" is that of \"%s\" and of \"%s\": name the item that is meant", 128,
                                    name, system->nodes[*out].id, system->nodes[system->items[i].node].id);
        }
        *out = system->items[i].node;
    }
    return *out == CUSTVAL_NONE ? fail_unknown(to, name) : CUSTVAL_OK;
}

static custval_status fail_node(const applying *to, uint32_t node, const char *why) {
    const custval__node *found = &to->system->nodes[node];
    return custval__fail_at(to->error, CUSTVAL_ERROR_STRUCTURE, node, SIZE_MAX, "%s \"%s\" %s",
                            custval_word(CUSTVAL_WORDS_KIND, found->kind), found->id, why);
}

static custval_status check_node(const applying *to, uint32_t node) {
    const custval__node *found = &to->system->nodes[node];
    if (found->kind == CUSTVAL_KIND_VALUE || found->kind == CUSTVAL_KIND_DERIVED) {
        return fail_node(to, node, "has no weight among siblings");
    }
    if (found->kind == CUSTVAL_KIND_SIDE && to->system->spec.form != CUSTVAL_FORM_INDEX) {
        return fail_node(to, node, "has a weight in the index form only");
    }
    if (!isnan(to->number[node])) return fail_node(to, node, "is meant by two criteria");
    if (found->kind == to->kind) return CUSTVAL_OK;
    return custval__fail_at(to->error, CUSTVAL_ERROR_STRUCTURE, node, SIZE_MAX,
                            "\"%s\" is of the kind %s, the criteria before it are of the kind %s: weights are of one "
                            "level",
                            found->id, custval_word(CUSTVAL_WORDS_KIND, found->kind),
                            custval_word(CUSTVAL_WORDS_KIND, to->kind));
}

static int is_below(const custval_system *system, uint32_t node, uint32_t above) {
    while (node > above) node = system->nodes[node].parent; /* a parent comes before its children */
    return node == above;
}

static custval_status read_weights(applying *to) {
    const custval_system *system = to->system;
    for (uint32_t i = 0; i < system->node_count; i++) to->number[i] = (double)NAN;
    for (size_t i = 0; i < custval_weights_count(to->weights); i++) {
        uint32_t node = CUSTVAL_NONE;
        CUSTVAL__TRY(find_node(to, custval_weights_name(to->weights, i), &node));
        if (i == 0) {
            to->kind = system->nodes[node].kind;
            to->top = system->nodes[node].parent;
        }
        CUSTVAL__TRY(check_node(to, node));
        to->number[node] = custval_weights_share(to->weights, i);
        while (!is_below(system, node, to->top)) to->top = system->nodes[to->top].parent;
    }
    return CUSTVAL_OK;
}

/* ---- The levels above ---------------------------------------------------------------------------------------------- */

/* The nodes of a group are the children of `parent`, which is `top` or below it, and above the criteria. */
static int is_changed_group(const applying *to, uint32_t parent) {
    const custval__node *node = &to->system->nodes[parent];
    if (isnan(to->number[parent]) || node->kind >= to->kind) return 0;
    return node->kind != CUSTVAL_KIND_VALUE || to->system->spec.form == CUSTVAL_FORM_INDEX;
}

/* Gives every node from `top` down to the criteria the sum of those below it, and checks that none is left out. */
static custval_status add_up(applying *to) {
    const custval__node *nodes = to->system->nodes;
    for (uint32_t node = to->system->first_derived - 1; node > to->top; node--) {
        double *above = &to->number[nodes[node].parent];
        if (!isnan(to->number[node])) *above = (isnan(*above) ? 0.0 : *above) + to->number[node];
    }
    for (uint32_t parent = to->top; parent < to->system->first_derived; parent++) {
        if (!is_changed_group(to, parent)) continue;
        for (uint32_t child = nodes[parent].first_child; child != CUSTVAL_NONE; child = nodes[child].next_sibling) {
            if (!isnan(to->number[child])) continue;
            return custval__fail_at(to->error, CUSTVAL_ERROR_STRUCTURE, child, SIZE_MAX,
                                    "%s \"%s\" is left out: weights are for all children of \"%s\"",
                                    custval_word(CUSTVAL_WORDS_KIND, nodes[child].kind), nodes[child].id,
                                    nodes[parent].id);
        }
    }
    return CUSTVAL_OK;
}

/* ---- The new system ------------------------------------------------------------------------------------------------ */

static void read_diagnostics(applying *to) {
    double value;
    for (size_t i = 0;; i++) {
        const char *name = custval__weights_diagnostic_at(to->weights, i, &value);
        if (name == NULL) return;
        if (!isfinite(value)) continue;
        to->name[to->diagnostics] = name;
        to->value[to->diagnostics++] = value;
    }
}

static custval_status record(const applying *to, uint32_t parent) {
    custval_origin_spec spec = CUSTVAL_ORIGIN_SPEC_INIT;
    spec.node = to->system->nodes[parent].id;
    spec.profile = to->options.profile;
    spec.method = custval_weights_method(to->weights);
    spec.source = to->options.source;
    spec.date = to->options.date;
    spec.note = to->options.note;
    spec.diagnostic_names = to->name;
    spec.diagnostic_values = to->value;
    spec.diagnostic_count = to->diagnostics;
    spec.sample = custval_weights_sample(to->weights);
    return custval_builder_origin(to->builder, &spec, to->error);
}

static custval_status set_group(const applying *to, uint32_t parent) {
    const custval__node *nodes = to->system->nodes;
    size_t count = 0;
    if (nodes[parent].child_count == 1) return CUSTVAL_OK; /* it has all the weight, wherever that comes from */
    for (uint32_t child = nodes[parent].first_child; child != CUSTVAL_NONE; child = nodes[child].next_sibling) {
        to->group[count++] = to->number[child];
    }
    if (custval__weights_normalise(to->group, count) != 0) return CUSTVAL_OK; /* all 0: keeps its own */
    count = 0;
    for (uint32_t child = nodes[parent].first_child; child != CUSTVAL_NONE; child = nodes[child].next_sibling) {
        CUSTVAL__TRY(custval_builder_set_weight(to->builder, to->options.profile, nodes[child].id, to->group[count++],
                                                to->error));
    }
    return record(to, parent);
}

static custval_status build(applying *to, custval_system **out) {
    const custval_system *system = to->system;
    const char *profile = to->options.profile;
    CUSTVAL__TRY(custval_builder_new_from(to->host, system, &to->builder, to->error));
    if (profile != NULL &&
        custval__system_frame_find(system->profiles, system->profile_count, profile, strlen(profile)) == CUSTVAL_NONE) {
        CUSTVAL__TRY(custval_builder_profile(to->builder, profile, NULL, to->error));
    }
    for (uint32_t parent = to->top; parent < system->first_derived; parent++) {
        if (is_changed_group(to, parent)) CUSTVAL__TRY(set_group(to, parent));
    }
    return custval_builder_build(to->builder, out, to->error);
}

static custval_status apply(applying *to, custval_system **out) {
    double value;
    size_t diagnostics = 0;
    while (custval__weights_diagnostic_at(to->weights, diagnostics, &value) != NULL) diagnostics++;
    to->number = custval__alloc(to->host, to->system->node_count, sizeof *to->number);
    to->group = custval__alloc(to->host, to->system->node_count, sizeof *to->group);
    to->name = custval__alloc(to->host, diagnostics, sizeof *to->name);
    to->value = custval__alloc(to->host, diagnostics, sizeof *to->value);
    if (to->number == NULL || to->group == NULL || to->name == NULL || to->value == NULL) {
        return custval__fail_memory(to->error);
    }
    read_diagnostics(to);
    CUSTVAL__TRY(read_weights(to));
    CUSTVAL__TRY(add_up(to));
    return build(to, out);
}

custval_status custval_weights_apply(const custval_weights *weights, const custval_system *system,
                                     const custval_apply_options *options, custval_system **out, custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    if (weights == NULL) return custval__fail_null(error, "weights");
    if (system == NULL) return custval__fail_null(error, "system");
    applying to = {.weights = weights, .system = system, .options = CUSTVAL_APPLY_OPTIONS_INIT, .error = error};
    CUSTVAL__TRY(custval__struct_read(&to.options, sizeof to.options, sizeof(custval_apply_options), options,
                                      "custval_apply_options", error));
    custval_host host = system->arena.host;
    if (to.options.host != NULL) CUSTVAL__TRY(custval__host_read(&host, to.options.host, error));
    to.host = &host;
    const custval_status status = apply(&to, out);
    custval_builder_free(to.builder);
    custval__free(&host, to.value);
    custval__free(&host, to.name);
    custval__free(&host, to.group);
    custval__free(&host, to.number);
    return status;
}
