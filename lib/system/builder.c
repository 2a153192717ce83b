/* The builder: its life, sides, dimensions, indicators, derived nodes and labels. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "builder.h"

#include <string.h>

#include "../base/error.h"
#include "../base/options.h"
#include "../base/text.h"

/* ---- What all parts of the builder share ------------------------------------------------------------------------- */

custval__subject custval__draft_subject(const custval__draft_node *node) {
    return (custval__subject){custval_word(CUSTVAL_WORDS_KIND, node->kind), node->spec.id};
}

static const char *id_at(const void *data, size_t index) {
    const custval_builder *const builder = data;
    return index < builder->nodes.count ? custval__draft_node_at(builder, index)->spec.id : NULL;
}

custval_status custval__draft_find(const custval_builder *builder, const char *argument, const char *id,
                                   uint32_t *out_node, custval_error *error) {
    *out_node = CUSTVAL_NONE;
    if (id == NULL) return custval__fail_null(error, argument);
    *out_node = custval__names_find(&builder->names, CUSTVAL__SPACE_NODE, 0, id);
    if (*out_node != CUSTVAL_NONE) return CUSTVAL_OK;
    char near[CUSTVAL_ERROR_MESSAGE_SIZE];
    custval__nearest_names(id, id_at, builder, 3, near, sizeof near);
    const int is_near = near[0] != 0;
    return custval__fail(error, CUSTVAL_ERROR_NOT_FOUND, "there is no node \"%.*s\" yet%s%s%s", CUSTVAL_MAX_ID_LENGTH,
                         id, is_near ? "; did you mean " : "", near, is_near ? "?" : "");
}

custval_status custval__draft_need_kind(const custval__draft_node *node, unsigned kinds, const char *use,
                                        custval_error *error) {
    if (kinds >> node->kind & 1) return CUSTVAL_OK;
    const custval__subject about = custval__draft_subject(node);
    return custval__fail(error, CUSTVAL_ERROR_STRUCTURE, "%s \"%s\" %s", about.kind, about.id, use);
}

custval_status custval__draft_reserve(custval_builder *builder, custval__list *list, size_t size, size_t most,
                                      const char *what, custval_error *error) {
    if (list->count >= most) {
        return custval__fail(error, CUSTVAL_ERROR_LIMIT, "a system has at most %zu %s", most, what);
    }
    if (custval__grow(&builder->host, &list->items, &list->capacity, list->count, size) != 0) {
        return custval__fail_memory(error);
    }
    return CUSTVAL_OK;
}

int custval__draft_keep(custval_builder *builder, const char **text) {
    if (*text == NULL) return 0;
    *text = custval__arena_text(&builder->arena, *text, strlen(*text));
    return *text == NULL ? -1 : 0;
}

int custval__draft_keep_array(custval_builder *builder, const void **array, size_t count, size_t size) {
    if (count == 0) {
        *array = NULL;
        return 0;
    }
    void *const copy = custval__arena_alloc(&builder->arena, count, size);
    if (copy != NULL) memcpy(copy, *array, count * size);
    *array = copy;
    return copy == NULL ? -1 : 0;
}

int custval__draft_keep_texts(custval_builder *builder, const char *const **texts, size_t count) {
    const char **const copies = count == 0 ? NULL : custval__arena_alloc(&builder->arena, count, sizeof *copies);
    for (size_t i = 0; copies != NULL && i < count; i++) {
        copies[i] = (*texts)[i];
        if (custval__draft_keep(builder, &copies[i]) != 0) return -1;
    }
    *texts = copies;
    return copies == NULL && count > 0 ? -1 : 0;
}

/* Nodes of the system if one more were added below `parent`: sides without dimensions are not among them. */
static size_t nodes_with_one_more(const custval_builder *builder, uint32_t parent) {
    size_t count = builder->nodes.count + 1;
    for (uint32_t side = CUSTVAL_SIDE_BENEFIT; side <= CUSTVAL_SIDE_SACRIFICE; side++) {
        if (side != parent && custval__draft_node_at(builder, side)->child_count == 0) count--;
    }
    return count;
}

custval_status custval__draft_add(custval_builder *builder, const custval__draft_node *node, custval_error *error) {
    if (nodes_with_one_more(builder, node->parent) > CUSTVAL_MAX_NODES) {
        return custval__fail(error, CUSTVAL_ERROR_LIMIT, "a system has at most %d nodes", CUSTVAL_MAX_NODES);
    }
    CUSTVAL__TRY(custval__draft_reserve(builder, &builder->nodes, sizeof *node, CUSTVAL__MAX_RECORDS, "nodes", error));
    if (custval__names_reserve(&builder->names, &builder->host) != 0) return custval__fail_memory(error);
    const uint32_t index = (uint32_t)builder->nodes.count++;
    custval__draft_node *const added = custval__draft_node_at(builder, index);
    *added = *node;
    added->first_child = added->last_child = added->next_sibling = added->frozen = CUSTVAL_NONE;
    custval__names_put(&builder->names, CUSTVAL__SPACE_NODE, 0, node->spec.id, index);
    if (node->parent == CUSTVAL_NONE) return CUSTVAL_OK;
    custval__draft_node *const parent = custval__draft_node_at(builder, node->parent);
    if (parent->child_count++ == 0) {
        parent->first_child = index;
    } else {
        custval__draft_node_at(builder, parent->last_child)->next_sibling = index;
    }
    parent->last_child = index;
    return CUSTVAL_OK;
}

custval_status custval__draft_label_set(custval_builder *builder, custval__draft_labels *labels, const char *language,
                                        const char *text, custval_error *error) {
    custval__draft_label **at = &labels->first;
    while (*at != NULL && strcmp((*at)->language, language) != 0) at = &(*at)->next;
    if (custval__draft_keep(builder, &text) != 0) return custval__fail_memory(error);
    if (*at != NULL) {
        (*at)->text = text;
        return CUSTVAL_OK;
    }
    custval__draft_label *const added = custval__arena_alloc(&builder->arena, 1, sizeof *added);
    if (added == NULL || custval__draft_keep(builder, &language) != 0) return custval__fail_memory(error);
    *added = (custval__draft_label){language, text, NULL};
    *at = added;
    labels->count++;
    return CUSTVAL_OK;
}

/* ---- Life -------------------------------------------------------------------------------------------------------- */

static void set_default(uint32_t *member, uint32_t value) {
    if (*member == 0) *member = value;
}

static custval_status check_system(custval_system_spec *spec, custval_error *error) {
    if (spec->id == NULL) spec->id = "system";
    CUSTVAL__TRY(custval__check_id("system", spec->id, error));
    const custval__subject about = {"system", spec->id};
    CUSTVAL__TRY(custval__check_text(about, "note", spec->note, error));
    const char *const columns[] = {spec->profile_column, spec->context_column, spec->override_column};
    static const char *const names[] = {"profile_column", "context_column", "override_column"};
    for (size_t i = 0; i < 3; i++) {
        if (columns[i] != NULL) CUSTVAL__TRY(custval__check_required(about, names[i], columns[i], error));
    }
    set_default(&spec->form, CUSTVAL_FORM_DIFFERENCE);
    set_default(&spec->aggregator, CUSTVAL_AGGREGATOR_MEAN);
    set_default(&spec->missing, CUSTVAL_MISSING_NESTED);
    set_default(&spec->out_of_scale, CUSTVAL_OUT_OF_SCALE_REJECT);
    CUSTVAL__TRY(custval__check_word(about, "form", CUSTVAL_WORDS_FORM, spec->form, error));
    CUSTVAL__TRY(custval__check_word(about, "aggregator", CUSTVAL_WORDS_AGGREGATOR, spec->aggregator, error));
    CUSTVAL__TRY(custval__check_word(about, "missing policy", CUSTVAL_WORDS_MISSING, spec->missing, error));
    CUSTVAL__TRY(
        custval__check_word(about, "out-of-scale policy", CUSTVAL_WORDS_OUT_OF_SCALE, spec->out_of_scale, error));
    if (spec->aggregator == CUSTVAL_AGGREGATOR_POWER) {
        CUSTVAL__TRY(custval__check_exponent(about, spec->exponent, error));
    } else {
        spec->exponent = 0;
    }
    spec->neutral += 0.0; /* no score is -0 */
    CUSTVAL__TRY(custval__check_range(about, "neutral", spec->neutral, 0, 100, error));
    return custval__check_range(about, "coverage_floor", spec->coverage_floor, 0, 1, error);
}

/* The value and the two sides, which every builder has. */
static custval_status add_fixed_nodes(custval_builder *builder, custval_error *error) {
    static const struct {
        const char *id;
        uint32_t kind, side, parent;
    } fixed[] = {
        {"value", CUSTVAL_KIND_VALUE, CUSTVAL_SIDE_NONE, CUSTVAL_NONE},
        {"benefit", CUSTVAL_KIND_SIDE, CUSTVAL_SIDE_BENEFIT, 0},
        {"sacrifice", CUSTVAL_KIND_SIDE, CUSTVAL_SIDE_SACRIFICE, 0},
    };
    if (custval__names_reserve(&builder->names, &builder->host) != 0) return custval__fail_memory(error);
    for (uint32_t i = 0; i < 3; i++) {
        custval__draft_node node = {.kind = fixed[i].kind, .side = fixed[i].side, .parent = fixed[i].parent};
        node.spec = (custval_node_spec)CUSTVAL_NODE_SPEC_INIT;
        node.spec.id = fixed[i].id;
        node.spec.aggregator = CUSTVAL_AGGREGATOR_MEAN;
        node.first_child = node.last_child = node.next_sibling = node.frozen = CUSTVAL_NONE;
        CUSTVAL__TRY(custval__draft_reserve(builder, &builder->nodes, sizeof node, 3, "fixed nodes", error));
        custval__draft_node_at(builder, builder->nodes.count++)[0] = node;
        custval__names_put(&builder->names, CUSTVAL__SPACE_NODE, 0, node.spec.id, i);
    }
    return CUSTVAL_OK;
}

static custval_status fill(custval_builder *builder, custval_error *error) {
    custval_system_spec *const spec = &builder->spec;
    if (custval__draft_keep(builder, &spec->id) != 0 || custval__draft_keep(builder, &spec->note) != 0 ||
        custval__draft_keep(builder, &spec->profile_column) != 0 ||
        custval__draft_keep(builder, &spec->context_column) != 0 ||
        custval__draft_keep(builder, &spec->override_column) != 0) {
        return custval__fail_memory(error);
    }
    return add_fixed_nodes(builder, error);
}

custval_status custval_builder_new(const custval_host *host, const custval_system_spec *spec, custval_builder **out,
                                   custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    custval_host whole;
    CUSTVAL__TRY(custval__host_read(&whole, host, error));
    custval_system_spec system = CUSTVAL_SYSTEM_SPEC_INIT;
    CUSTVAL__TRY(
        custval__struct_read(&system, sizeof system, sizeof(custval_system_spec), spec, "custval_system_spec", error));
    CUSTVAL__TRY(check_system(&system, error));
    custval_builder *const builder = custval__alloc_zero(&whole, 1, sizeof *builder);
    if (builder == NULL) return custval__fail_memory(error);
    builder->host = whole;
    builder->spec = system;
    custval__arena_init(&builder->arena, &whole);
    const custval_status status = fill(builder, error);
    if (status == CUSTVAL_OK) {
        *out = builder;
    } else {
        custval_builder_free(builder);
    }
    return status;
}

void custval_builder_free(custval_builder *builder) {
    if (builder == NULL) return;
    const custval_host host = builder->host;
    custval__list *const lists[] = {&builder->nodes,    &builder->parts,     &builder->profiles,
                                    &builder->contexts, &builder->numbers,   &builder->gates,
                                    &builder->reliefs,  &builder->overrides, &builder->origins};
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) custval__free(&host, lists[i]->items);
    custval__names_free(&builder->names, &host);
    custval__arena_free(&builder->arena);
    custval__free(&host, builder);
}

/* ---- Sides, dimensions, indicators, derived nodes ---------------------------------------------------------------- */

/* Checks what a node may have besides what every node has. */
static custval_status check_extras(uint32_t kind, uint32_t side, const custval_node_spec *spec, custval_error *error) {
    const custval__subject about = {custval_word(CUSTVAL_WORDS_KIND, kind), spec->id};
    if (spec->weight_column != NULL && kind == CUSTVAL_KIND_SIDE) {
        return custval__fail(error, CUSTVAL_ERROR_STRUCTURE,
                             "%s \"%s\": only dimensions and indicators have a column of importances", about.kind,
                             about.id);
    }
    CUSTVAL__TRY(custval__check_word(about, "tag", CUSTVAL_WORDS_TAG, spec->tag, error));
    const int is_indicator = kind == CUSTVAL_KIND_INDICATOR;
    if (spec->tag != CUSTVAL_TAG_NONE && (!is_indicator || side != CUSTVAL_SIDE_SACRIFICE)) {
        return custval__fail(error, CUSTVAL_ERROR_STRUCTURE,
                             "%s \"%s\": the tag \"%s\" is for indicators of the sacrifice side", about.kind, about.id,
                             custval_word(CUSTVAL_WORDS_TAG, spec->tag));
    }
    CUSTVAL__TRY(custval__check_finite(about, "cost", spec->cost, error));
    if (spec->cost < 0) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "%s \"%s\": cost %g is negative", about.kind, about.id,
                             spec->cost);
    }
    if (spec->cost > 0 && !is_indicator) {
        return custval__fail(error, CUSTVAL_ERROR_STRUCTURE, "%s \"%s\": only indicators have a cost", about.kind,
                             about.id);
    }
    return CUSTVAL_OK;
}

/* Reads and checks the caller's spec of a node and makes its defaults explicit; the texts are still the caller's. */
static custval_status read_node(uint32_t kind, uint32_t side, const custval_node_spec *given, custval_node_spec *out,
                                custval_error *error) {
    *out = (custval_node_spec)CUSTVAL_NODE_SPEC_INIT;
    if (given == NULL) return custval__fail_null(error, "spec");
    CUSTVAL__TRY(custval__struct_read(out, sizeof *out, sizeof(custval_node_spec), given, "custval_node_spec", error));
    const char *const word = custval_word(CUSTVAL_WORDS_KIND, kind);
    if (kind == CUSTVAL_KIND_SIDE) {
        out->id = custval_word(CUSTVAL_WORDS_SIDE, side);
    } else {
        CUSTVAL__TRY(custval__check_node_id(word, out->id, error));
    }
    if (kind == CUSTVAL_KIND_DERIVED) {
        out->weight = 1;
        out->weight_column = NULL;
    }
    const custval__subject about = {word, out->id};
    CUSTVAL__TRY(custval__check_text(about, "note", out->note, error));
    if (out->weight_column != NULL) {
        CUSTVAL__TRY(custval__check_required(about, "weight_column", out->weight_column, error));
    }
    CUSTVAL__TRY(custval__check_weight(about, out->weight, error));
    set_default(&out->aggregator, CUSTVAL_AGGREGATOR_MEAN);
    CUSTVAL__TRY(custval__check_word(about, "aggregator", CUSTVAL_WORDS_AGGREGATOR, out->aggregator, error));
    if (out->aggregator == CUSTVAL_AGGREGATOR_POWER) {
        CUSTVAL__TRY(custval__check_exponent(about, out->exponent, error));
    } else {
        out->exponent = 0;
    }
    if (out->coverage_floor != -1) {
        CUSTVAL__TRY(custval__check_range(about, "coverage_floor", out->coverage_floor, 0, 1, error));
    }
    return check_extras(kind, side, out, error);
}

static int keep_node_texts(custval_builder *builder, custval_node_spec *spec) {
    return custval__draft_keep(builder, &spec->id) != 0 || custval__draft_keep(builder, &spec->note) != 0 ||
           custval__draft_keep(builder, &spec->weight_column) != 0;
}

static custval_status check_side(uint32_t side, custval_error *error) {
    if (side == CUSTVAL_SIDE_BENEFIT || side == CUSTVAL_SIDE_SACRIFICE) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "side %u is neither benefit (1) nor sacrifice (2)",
                         (unsigned)side);
}

static custval_status add_node(custval_builder *builder, uint32_t kind, uint32_t side, uint32_t parent,
                               const custval_node_spec *spec, custval_error *error) {
    custval__draft_node node = {.kind = kind, .side = side, .parent = parent};
    CUSTVAL__TRY(read_node(kind, side, spec, &node.spec, error));
    const uint32_t other = custval__names_find(&builder->names, CUSTVAL__SPACE_NODE, 0, node.spec.id);
    if (other != CUSTVAL_NONE) {
        return custval__fail(error, CUSTVAL_ERROR_DUPLICATE, "%s \"%s\": there is already a node of this id (%s)",
                             custval_word(CUSTVAL_WORDS_KIND, kind), node.spec.id,
                             custval_word(CUSTVAL_WORDS_KIND, custval__draft_node_at(builder, other)->kind));
    }
    if (keep_node_texts(builder, &node.spec)) return custval__fail_memory(error);
    return custval__draft_add(builder, &node, error);
}

custval_status custval_builder_side(custval_builder *builder, uint32_t side, const custval_node_spec *spec,
                                    custval_error *error) {
    if (builder == NULL) return custval__fail_null(error, "builder");
    CUSTVAL__TRY(check_side(side, error));
    custval_node_spec checked;
    CUSTVAL__TRY(read_node(CUSTVAL_KIND_SIDE, side, spec, &checked, error));
    if (keep_node_texts(builder, &checked)) return custval__fail_memory(error);
    custval__draft_node *const node = custval__draft_node_at(builder, side);
    checked.id = node->spec.id;
    node->spec = checked;
    return CUSTVAL_OK;
}

custval_status custval_builder_dimension(custval_builder *builder, uint32_t side, const custval_node_spec *spec,
                                         custval_error *error) {
    if (builder == NULL) return custval__fail_null(error, "builder");
    CUSTVAL__TRY(check_side(side, error));
    return add_node(builder, CUSTVAL_KIND_DIMENSION, side, side, spec, error);
}

custval_status custval_builder_indicator(custval_builder *builder, const char *dimension, const custval_node_spec *spec,
                                         custval_error *error) {
    if (builder == NULL) return custval__fail_null(error, "builder");
    uint32_t parent = CUSTVAL_NONE;
    CUSTVAL__TRY(custval__draft_find(builder, "dimension", dimension, &parent, error));
    const custval__draft_node *const node = custval__draft_node_at(builder, parent);
    CUSTVAL__TRY(custval__draft_need_kind(node, 1U << CUSTVAL_KIND_DIMENSION,
                                          "cannot have indicators, only a dimension can", error));
    return add_node(builder, CUSTVAL_KIND_INDICATOR, node->side, parent, spec, error);
}

custval_status custval_builder_derived(custval_builder *builder, const custval_node_spec *spec, custval_error *error) {
    if (builder == NULL) return custval__fail_null(error, "builder");
    return add_node(builder, CUSTVAL_KIND_DERIVED, CUSTVAL_SIDE_NONE, CUSTVAL_NONE, spec, error);
}

custval_status custval_builder_derived_part(custval_builder *builder, const char *derived, const char *node,
                                            double weight, custval_error *error) {
    if (builder == NULL) return custval__fail_null(error, "builder");
    custval__draft_part part = {CUSTVAL_NONE, CUSTVAL_NONE, weight};
    CUSTVAL__TRY(custval__draft_find(builder, "derived", derived, &part.derived, error));
    CUSTVAL__TRY(custval__draft_find(builder, "node", node, &part.node, error));
    custval__draft_node *const whole = custval__draft_node_at(builder, part.derived);
    const custval__draft_node *const piece = custval__draft_node_at(builder, part.node);
    CUSTVAL__TRY(custval__draft_need_kind(whole, 1U << CUSTVAL_KIND_DERIVED,
                                          "cannot have parts, only a derived node can", error));
    CUSTVAL__TRY(custval__draft_need_kind(
        piece, 1U << CUSTVAL_KIND_SIDE | 1U << CUSTVAL_KIND_DIMENSION | 1U << CUSTVAL_KIND_INDICATOR,
        "cannot be a part, only a side, dimension or indicator can", error));
    if (custval__names_find(&builder->names, CUSTVAL__SPACE_PART, part.derived, node) != CUSTVAL_NONE) {
        return custval__fail(error, CUSTVAL_ERROR_DUPLICATE, "derived \"%s\": \"%s\" is a part of it already", derived,
                             node);
    }
    CUSTVAL__TRY(custval__check_weight(custval__draft_subject(piece), weight, error));
    CUSTVAL__TRY(custval__draft_reserve(builder, &builder->parts, sizeof part, CUSTVAL__MAX_RECORDS, "parts", error));
    if (custval__names_reserve(&builder->names, &builder->host) != 0) return custval__fail_memory(error);
    custval__names_put(&builder->names, CUSTVAL__SPACE_PART, part.derived, piece->spec.id, 0);
    ((custval__draft_part *)builder->parts.items)[builder->parts.count++] = part;
    whole->child_count++;
    return CUSTVAL_OK;
}

/* ---- What nodes have besides ------------------------------------------------------------------------------------- */

custval_status custval_builder_label(custval_builder *builder, const char *node, const char *language, const char *text,
                                     custval_error *error) {
    if (builder == NULL) return custval__fail_null(error, "builder");
    uint32_t index = CUSTVAL_NONE;
    CUSTVAL__TRY(custval__draft_find(builder, "node", node, &index, error));
    custval__draft_node *const found = custval__draft_node_at(builder, index);
    CUSTVAL__TRY(custval__check_label(custval__draft_subject(found), language, text, error));
    return custval__draft_label_set(builder, &found->labels, language, text, error);
}

custval_status custval_builder_highest(custval_builder *builder, const char *node, custval_error *error) {
    if (builder == NULL) return custval__fail_null(error, "builder");
    uint32_t index = CUSTVAL_NONE;
    CUSTVAL__TRY(custval__draft_find(builder, "node", node, &index, error));
    custval__draft_node *const found = custval__draft_node_at(builder, index);
    CUSTVAL__TRY(custval__draft_need_kind(
        found, 1U << CUSTVAL_KIND_DIMENSION | 1U << CUSTVAL_KIND_INDICATOR,
        "cannot be asked to have the highest weight, only a dimension or indicator can", error));
    if (found->must_be_highest) {
        return custval__fail(error, CUSTVAL_ERROR_DUPLICATE, "%s \"%s\": the highest weight is asked for already",
                             custval__draft_subject(found).kind, node);
    }
    found->must_be_highest = 1;
    return CUSTVAL_OK;
}
