/* Freezing: custval_builder_build makes the immutable system. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "freeze.h"

#include <string.h>

#include "../base/error.h"

/* ---- Small pieces ------------------------------------------------------------------------------------------------ */

custval_status custval__freeze_status(const custval__freezing *freezing) {
    return freezing->out_of_memory ? custval__fail_memory(freezing->error) : CUSTVAL_OK;
}

void *custval__freeze_alloc(custval__freezing *freezing, size_t count, size_t size) {
    void *const memory = custval__arena_alloc(&freezing->arena, count, size);
    freezing->out_of_memory |= memory == NULL;
    return memory;
}

/* Copies `count` elements; NULL stays NULL. */
static const void *freeze_array(custval__freezing *freezing, const void *from, size_t count, size_t size) {
    if (from == NULL) return NULL;
    void *const copy = custval__freeze_alloc(freezing, count, size);
    if (copy != NULL) memcpy(copy, from, count * size);
    return copy;
}

const char *custval__freeze_text(custval__freezing *freezing, const char *text) {
    return freeze_array(freezing, text, text == NULL ? 0 : strlen(text) + 1, 1);
}

const custval__label *custval__freeze_labels(custval__freezing *freezing, const custval__draft_labels *labels) {
    custval__label *const copies = custval__freeze_alloc(freezing, labels->count, sizeof *copies);
    if (copies == NULL) return NULL;
    custval__label *copy = copies;
    for (const custval__draft_label *label = labels->first; label != NULL; label = label->next, copy++) {
        copy->language = custval__freeze_text(freezing, label->language);
        copy->text = custval__freeze_text(freezing, label->text);
    }
    return copies;
}

/* Index in the system of a node of the builder. */
static uint32_t frozen(const custval__freezing *freezing, uint32_t node) {
    return node == CUSTVAL_NONE ? CUSTVAL_NONE : custval__draft_node_at(freezing->builder, node)->frozen;
}

/* ---- Nodes ------------------------------------------------------------------------------------------------------- */

static double floor_of(const custval__freezing *freezing, double declared) {
    return declared == -1 ? freezing->builder->spec.coverage_floor : declared;
}

static void freeze_node(custval__freezing *freezing, const custval__draft_node *draft) {
    const custval_node_spec *const spec = &draft->spec;
    freezing->nodes[draft->frozen] = (custval__node){
        .id = custval__freeze_text(freezing, spec->id),
        .note = custval__freeze_text(freezing, spec->note),
        .weight_column = custval__freeze_text(freezing, spec->weight_column),
        .labels = custval__freeze_labels(freezing, &draft->labels),
        .label_count = draft->labels.count,
        .kind = draft->kind,
        .side = draft->side,
        .parent = frozen(freezing, draft->parent),
        .first_child = frozen(freezing, draft->first_child),
        .next_sibling = frozen(freezing, draft->next_sibling),
        .child_count = draft->child_count,
        .aggregator = spec->aggregator,
        .tag = spec->tag,
        .item = draft->item == NULL ? CUSTVAL_NONE : draft->item->frozen,
        .weight_input = CUSTVAL_NONE,
        .must_be_highest = draft->must_be_highest,
        .weight = spec->weight,
        .exponent = spec->exponent,
        .floor = draft->kind == CUSTVAL_KIND_ITEM ? 0 : floor_of(freezing, spec->coverage_floor),
        .declared_floor = spec->coverage_floor,
        .cost = spec->cost,
    };
}

/* The value's children are the sides that are there, and its policies are the system's. */
static void link_sides(custval__freezing *freezing) {
    custval_system *const system = freezing->system;
    custval__node *const value = &freezing->nodes[0];
    value->aggregator = system->spec.aggregator;
    value->exponent = system->spec.exponent;
    value->child_count = 0;
    uint32_t *link = &value->first_child;
    system->sides[CUSTVAL_SIDE_NONE] = CUSTVAL_NONE;
    for (uint32_t side = CUSTVAL_SIDE_BENEFIT; side <= CUSTVAL_SIDE_SACRIFICE; side++) {
        const uint32_t node = frozen(freezing, side);
        system->sides[side] = node;
        if (node == CUSTVAL_NONE) continue;
        *link = node;
        link = &freezing->nodes[node].next_sibling;
        value->child_count++;
    }
    *link = CUSTVAL_NONE;
}

static custval_status freeze_nodes(custval__freezing *freezing) {
    const custval_builder *const builder = freezing->builder;
    custval_system *const system = freezing->system;
    for (size_t i = 0; i < builder->nodes.count; i++) {
        const custval__draft_node *const draft = custval__draft_node_at(builder, i);
        if (draft->frozen == CUSTVAL_NONE) continue;
        system->node_count++;
        system->item_count += draft->kind == CUSTVAL_KIND_ITEM;
        system->derived_count += draft->kind == CUSTVAL_KIND_DERIVED;
    }
    system->first_derived = system->node_count - system->derived_count;
    system->nodes = freezing->nodes = custval__freeze_alloc(freezing, system->node_count, sizeof freezing->nodes[0]);
    if (freezing->nodes == NULL) return custval__freeze_status(freezing);
    for (size_t i = 0; i < builder->nodes.count; i++) {
        const custval__draft_node *const draft = custval__draft_node_at(builder, i);
        if (draft->frozen != CUSTVAL_NONE) freeze_node(freezing, draft);
    }
    link_sides(freezing);
    return custval__freeze_status(freezing);
}

/* Parts stand together by derived node, in the order of declaration. */
static custval_status freeze_parts(custval__freezing *freezing) {
    custval_system *const system = freezing->system;
    const custval__list *const drafts = &freezing->builder->parts;
    system->part_count = (uint32_t)drafts->count;
    system->parts = freezing->parts = custval__freeze_alloc(freezing, drafts->count, sizeof freezing->parts[0]);
    if (freezing->parts == NULL) return custval__freeze_status(freezing);
    uint32_t next = 0;
    for (uint32_t node = system->first_derived; node < system->node_count; node++) {
        freezing->nodes[node].first_part = next;
        next += freezing->nodes[node].child_count;
        freezing->nodes[node].child_count = 0; /* counts up again as the parts come in */
    }
    for (size_t i = 0; i < drafts->count; i++) {
        const custval__draft_part *const draft = (const custval__draft_part *)drafts->items + i;
        custval__node *const derived = &freezing->nodes[frozen(freezing, draft->derived)];
        freezing->parts[derived->first_part + derived->child_count++] =
            (custval__part){frozen(freezing, draft->node), draft->weight, 0};
    }
    return CUSTVAL_OK;
}

/* ---- Items ------------------------------------------------------------------------------------------------------- */

static void freeze_categories(custval__freezing *freezing, const custval_curve *curve, custval__item *item) {
    const char **const categories = custval__freeze_alloc(freezing, curve->count, sizeof *categories);
    custval_text *const texts = custval__freeze_alloc(freezing, curve->count, sizeof *texts);
    if (categories == NULL || texts == NULL) return;
    for (uint32_t i = 0; i < curve->count; i++) {
        categories[i] = custval__freeze_text(freezing, curve->categories[i]);
        texts[i] = (custval_text){categories[i], strlen(curve->categories[i])};
    }
    item->curve.categories = categories;
    item->category_texts = texts;
}

static void freeze_item(custval__freezing *freezing, const custval__draft_node *draft) {
    const custval_item_spec *const spec = &draft->item->spec;
    const custval_curve *const curve = &draft->item->curve;
    custval__item *const item = &freezing->items[draft->item->frozen];
    *item = (custval__item){
        .column = custval__freeze_text(freezing, spec->column),
        .note = freezing->nodes[draft->frozen].note,
        .node = draft->frozen,
        .input = CUSTVAL_NONE,
        .reversed = spec->reversed,
        .has_expectation = spec->has_expectation,
        .out_of_scale = spec->out_of_scale == 0 ? freezing->builder->spec.out_of_scale : spec->out_of_scale,
        .declared_out_of_scale = spec->out_of_scale,
        .code_count = (uint32_t)spec->missing_code_count,
        .codes = freeze_array(freezing, spec->missing_codes, spec->missing_code_count, sizeof(double)),
        .scale_min = spec->scale_min,
        .scale_max = spec->scale_max,
        .expectation = spec->has_expectation ? spec->expectation : 0,
        .curve = *curve,
        .category_order = freeze_array(freezing, draft->item->category_order, curve->count, sizeof(uint32_t)),
    };
    item->curve.x = freeze_array(freezing, curve->x, curve->count, sizeof(double));
    item->curve.y = freeze_array(freezing, curve->y, curve->count, sizeof(double));
    if (curve->categories != NULL) freeze_categories(freezing, curve, item);
    if (!freezing->out_of_memory) custval__item_prepare(item);
}

static custval_status freeze_items(custval__freezing *freezing) {
    custval_system *const system = freezing->system;
    const custval_builder *const builder = freezing->builder;
    system->items = freezing->items = custval__freeze_alloc(freezing, system->item_count, sizeof freezing->items[0]);
    if (freezing->items == NULL) return custval__freeze_status(freezing);
    for (size_t i = 0; i < builder->nodes.count; i++) {
        const custval__draft_node *const draft = custval__draft_node_at(builder, i);
        if (draft->item != NULL && draft->frozen != CUSTVAL_NONE) freeze_item(freezing, draft);
    }
    return custval__freeze_status(freezing);
}

/* ---- Inputs ------------------------------------------------------------------------------------------------------ */

/* Words for whoever reads a column first, e.g.  item "q1". */
static void describe_first_use(const custval__freezing *freezing, uint32_t input, char *out, size_t capacity) {
    const custval_system *const system = freezing->system;
    custval__format(out, capacity, "the system");
    for (uint32_t i = system->node_count; i > 0; i--) {
        if (system->nodes[i - 1].weight_input != input) continue;
        custval__format(out, capacity, "the importance of \"%s\"", system->nodes[i - 1].id);
    }
    for (uint32_t i = system->item_count; i > 0; i--) {
        if (system->items[i - 1].input != input) continue;
        custval__format(out, capacity, "item \"%s\"", system->nodes[system->items[i - 1].node].id);
    }
}

/* Gives the input for a column, a new one if nothing has read it before. `user` says in a message who reads it. */
static custval_status add_input(custval__freezing *freezing, const char *column, uint32_t role, int is_text,
                                custval__subject user, uint32_t *out) {
    custval_system *const system = freezing->system;
    *out = custval__names_find(&freezing->columns, CUSTVAL__SPACE_COLUMN, 0, column);
    if (*out == CUSTVAL_NONE) {
        if (custval__names_reserve(&freezing->columns, &freezing->builder->host) != 0) {
            return custval__fail_memory(freezing->error);
        }
        *out = system->input_count++;
        custval__names_put(&freezing->columns, CUSTVAL__SPACE_COLUMN, 0, column, *out);
        freezing->inputs[*out] = (custval__input){column, role, (uint32_t)is_text};
        return CUSTVAL_OK;
    }
    custval__input *const input = &freezing->inputs[*out];
    if ((int)input->is_text == is_text) {
        input->roles |= role;
        return CUSTVAL_OK;
    }
    const uint32_t first_input = *out;
    *out = CUSTVAL_NONE;
    char first[CUSTVAL_MAX_ID_LENGTH + 32];
    describe_first_use(freezing, first_input, first, sizeof first);
    return custval__fail(freezing->error, CUSTVAL_ERROR_STRUCTURE,
                         "column \"%.*s\": %s reads it as %s, %s%s%s%s reads it as %s", 128, column, first,
                         input->is_text ? "texts" : "numbers", user.kind, user.id == NULL ? "" : " \"",
                         user.id == NULL ? "" : user.id, user.id == NULL ? "" : "\"", is_text ? "texts" : "numbers");
}

static custval_status add_system_input(custval__freezing *freezing, const char *column, uint32_t role, const char *user,
                                       uint32_t *out) {
    *out = CUSTVAL_NONE;
    if (column == NULL) return CUSTVAL_OK;
    return add_input(freezing, column, role, 1, (custval__subject){user, NULL}, out);
}

static custval_status freeze_inputs(custval__freezing *freezing) {
    custval_system *const system = freezing->system;
    const custval_system_spec *const spec = &system->spec;
    size_t most = (size_t)system->item_count + 3;
    for (uint32_t i = 0; i < system->node_count; i++) most += freezing->nodes[i].weight_column != NULL;
    system->inputs = freezing->inputs = custval__freeze_alloc(freezing, most, sizeof freezing->inputs[0]);
    if (freezing->inputs == NULL) return custval__freeze_status(freezing);
    for (uint32_t i = 0; i < system->item_count; i++) {
        custval__item *const item = &freezing->items[i];
        const custval__subject user = {"item", system->nodes[item->node].id};
        const int is_text = item->category_texts != NULL;
        CUSTVAL__TRY(add_input(freezing, item->column, CUSTVAL_INPUT_ITEM, is_text, user, &item->input));
    }
    for (uint32_t i = 0; i < system->node_count; i++) {
        custval__node *const node = &freezing->nodes[i];
        if (node->weight_column == NULL) continue;
        const custval__subject user = {"the importance of", node->id};
        CUSTVAL__TRY(add_input(freezing, node->weight_column, CUSTVAL_INPUT_WEIGHT, 0, user, &node->weight_input));
    }
    CUSTVAL__TRY(
        add_system_input(freezing, spec->profile_column, CUSTVAL_INPUT_PROFILE, "the profile", &system->profile_input));
    CUSTVAL__TRY(
        add_system_input(freezing, spec->context_column, CUSTVAL_INPUT_CONTEXT, "the context", &system->context_input));
    return add_system_input(freezing, spec->override_column, CUSTVAL_INPUT_OVERRIDE, "the customer's key",
                            &system->override_input);
}

/* ---- Rules ------------------------------------------------------------------------------------------------------- */

static custval_status freeze_gates(custval__freezing *freezing) {
    custval_system *const system = freezing->system;
    const custval__list *const drafts = &freezing->builder->gates;
    custval__gate *const gates = custval__freeze_alloc(freezing, drafts->count, sizeof *gates);
    if (gates == NULL) return custval__freeze_status(freezing);
    for (size_t i = 0; i < drafts->count; i++) {
        const custval__draft_gate *const draft = (const custval__draft_gate *)drafts->items + i;
        gates[i] = (custval__gate){.node = frozen(freezing, draft->node),
                                   .type = draft->spec.type,
                                   .threshold = draft->spec.threshold,
                                   .cap = draft->spec.cap,
                                   .note = custval__freeze_text(freezing, draft->spec.note)};
    }
    system->gates = gates;
    system->gate_count = (uint32_t)drafts->count;
    return custval__freeze_status(freezing);
}

static custval_status freeze_reliefs(custval__freezing *freezing) {
    custval_system *const system = freezing->system;
    const custval__list *const drafts = &freezing->builder->reliefs;
    custval__relief *const reliefs = custval__freeze_alloc(freezing, drafts->count, sizeof *reliefs);
    if (reliefs == NULL) return custval__freeze_status(freezing);
    for (size_t i = 0; i < drafts->count; i++) {
        const custval__draft_relief *const draft = (const custval__draft_relief *)drafts->items + i;
        reliefs[i] = (custval__relief){.node = frozen(freezing, draft->node),
                                       .by = frozen(freezing, draft->by),
                                       .share = draft->spec.share,
                                       .note = custval__freeze_text(freezing, draft->spec.note)};
    }
    system->reliefs = reliefs;
    system->relief_count = (uint32_t)drafts->count;
    return custval__freeze_status(freezing);
}

static custval_status freeze_overrides(custval__freezing *freezing) {
    custval_system *const system = freezing->system;
    const custval__list *const drafts = &freezing->builder->overrides;
    custval__override *const overrides = custval__freeze_alloc(freezing, drafts->count, sizeof *overrides);
    if (overrides == NULL) return custval__freeze_status(freezing);
    for (size_t i = 0; i < drafts->count; i++) {
        const custval__draft_override *const draft = (const custval__draft_override *)drafts->items + i;
        const custval_override_spec *const spec = &draft->spec;
        overrides[i] = (custval__override){.node = frozen(freezing, draft->node),
                                           .key = custval__freeze_text(freezing, spec->key),
                                           .author = custval__freeze_text(freezing, spec->author),
                                           .reason = custval__freeze_text(freezing, spec->reason),
                                           .expires = custval__freeze_text(freezing, spec->expires),
                                           .key_length = strlen(spec->key),
                                           .expires_days = draft->expires_days,
                                           .score = spec->score};
    }
    system->overrides = overrides;
    system->override_count = (uint32_t)drafts->count;
    return custval__freeze_status(freezing);
}

static const char *const *freeze_texts(custval__freezing *freezing, const char *const *texts, size_t count) {
    const char **const copies = count == 0 ? NULL : custval__freeze_alloc(freezing, count, sizeof *copies);
    for (size_t i = 0; copies != NULL && i < count; i++) copies[i] = custval__freeze_text(freezing, texts[i]);
    return copies;
}

static custval_status freeze_origins(custval__freezing *freezing) {
    custval_system *const system = freezing->system;
    const custval__list *const drafts = &freezing->builder->origins;
    custval__origin *const origins = custval__freeze_alloc(freezing, drafts->count, sizeof *origins);
    if (origins == NULL) return custval__freeze_status(freezing);
    for (size_t i = 0; i < drafts->count; i++) {
        const custval__draft_origin *const draft = (const custval__draft_origin *)drafts->items + i;
        if (draft->node == CUSTVAL_NONE) continue;
        custval__origin *const origin = &origins[system->origin_count++];
        custval_origin_spec *const spec = &origin->spec;
        origin->node = frozen(freezing, draft->node);
        *spec = draft->spec;
        spec->node = system->nodes[origin->node].id;
        spec->profile = custval__freeze_text(freezing, spec->profile);
        spec->method = custval__freeze_text(freezing, spec->method);
        spec->source = custval__freeze_text(freezing, spec->source);
        spec->date = custval__freeze_text(freezing, spec->date);
        spec->note = custval__freeze_text(freezing, spec->note);
        spec->diagnostic_names = freeze_texts(freezing, spec->diagnostic_names, spec->diagnostic_count);
        spec->diagnostic_values =
            freeze_array(freezing, spec->diagnostic_values, spec->diagnostic_count, sizeof(double));
    }
    system->origins = origins;
    return custval__freeze_status(freezing);
}

/* ---- The whole --------------------------------------------------------------------------------------------------- */

static custval_status freeze_spec(custval__freezing *freezing) {
    custval_system_spec *const spec = &freezing->system->spec;
    *spec = freezing->builder->spec;
    spec->id = custval__freeze_text(freezing, spec->id);
    spec->note = custval__freeze_text(freezing, spec->note);
    spec->profile_column = custval__freeze_text(freezing, spec->profile_column);
    spec->context_column = custval__freeze_text(freezing, spec->context_column);
    spec->override_column = custval__freeze_text(freezing, spec->override_column);
    return custval__freeze_status(freezing);
}

static custval_status freeze(custval__freezing *freezing) {
    CUSTVAL__TRY(freeze_spec(freezing));
    CUSTVAL__TRY(freeze_nodes(freezing));
    CUSTVAL__TRY(freeze_parts(freezing));
    CUSTVAL__TRY(freeze_items(freezing));
    CUSTVAL__TRY(freeze_inputs(freezing));
    CUSTVAL__TRY(freeze_gates(freezing));
    CUSTVAL__TRY(freeze_reliefs(freezing));
    CUSTVAL__TRY(freeze_overrides(freezing));
    CUSTVAL__TRY(freeze_origins(freezing));
    return custval__freeze_weights(freezing);
}

custval_status custval_builder_build(custval_builder *builder, custval_system **out, custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    if (builder == NULL) return custval__fail_null(error, "builder");
    CUSTVAL__TRY(custval__builder_check_whole(builder, error));
    custval__freezing freezing = {.builder = builder, .error = error};
    custval__arena_init(&freezing.arena, &builder->host);
    custval_system *const system = custval__arena_alloc(&freezing.arena, 1, sizeof *system);
    if (system == NULL) return custval__fail_memory(error);
    freezing.system = system;
    const custval_status status = freeze(&freezing);
    custval__names_free(&freezing.columns, &builder->host);
    if (status != CUSTVAL_OK) {
        custval__arena_free(&freezing.arena);
        return status;
    }
    atomic_init(&system->references, 1);
    system->arena = freezing.arena;
    *out = system;
    return CUSTVAL_OK;
}
