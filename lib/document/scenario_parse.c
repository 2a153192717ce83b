/* Scenarios from documents. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../scenario/scenario.h"
#include "document.h"
#include "json.h"
#include "path.h"
#include "shape.h"

#define MEMBERS_MOST (CUSTVAL__SCENARIO_RULES_MOST + CUSTVAL__SCENARIO_OBJECTS + 8)
#define NUMBER CUSTVAL__JSON_NUMBER
#define TEXT CUSTVAL__JSON_TEXT
#define ARRAY CUSTVAL__JSON_ARRAY
#define OBJECT CUSTVAL__JSON_OBJECT

typedef struct loader {
    custval__json_document document;
    custval_scenario *scenario;
    custval_error error; /* the caller's may be NULL; this one is read to put places into messages */
} loader;

static custval_status fail(loader *load, const custval__json *value, custval_status status, const char *message) {
    return custval__json_fail(value, status, &load->error, "%s", message);
}

/* ---- Shapes, which follow from the objects -------------------------------------------------------------------------- */

/* Members that are neither numbers nor objects nor effects; object and the member itself. */
static const struct {
    uint32_t object;
    custval__member member;
} other_members[] = {
    {CUSTVAL__SCENARIO_ROOT, {"custval", TEXT, 0, 0, 1}},
    {CUSTVAL__SCENARIO_ROOT, {"version", NUMBER, 0, 0, 1}},
    {CUSTVAL__SCENARIO_ROOT, {"kind", TEXT, 0, CUSTVAL_WORDS_SCENARIO, 1}},
    {CUSTVAL__SCENARIO_PRICES, {"path", ARRAY, NUMBER, 0, 0}},
    {CUSTVAL__SCENARIO_NEW_INDICATOR, {"dimension", TEXT, 0, 0, 1}},
    {CUSTVAL__SCENARIO_NEW_INDICATOR, {"id", TEXT, 0, 0, 1}},
    {CUSTVAL__SCENARIO_NEW_INDICATOR, {"column", TEXT, 0, 0, 0}},
    {CUSTVAL__SCENARIO_NEW_INDICATOR, {"scale", ARRAY, NUMBER, 0, 0}},
    {CUSTVAL__SCENARIO_PROGRAM, {"where", TEXT, 0, 0, 0}},
};

static custval_status check_shape(loader *load, const custval__json *value, uint32_t object) {
    const custval__scenario_object *const which = &custval__scenario_objects[object];
    custval__member members[MEMBERS_MOST] = {{NULL, 0, 0, 0, 0}};
    size_t count = 0;
    for (size_t i = 0; i < sizeof other_members / sizeof other_members[0]; i++) {
        if (other_members[i].object == object) members[count++] = other_members[i].member;
    }
    members[count++] = (custval__member){"note", TEXT, 0, 0, 0};
    for (uint32_t i = 0; i < which->rule_count; i++) {
        const custval__scenario_rule *const rule = &which->rules[i];
        members[count++] =
            (custval__member){rule->key, rule->may_be_column ? NUMBER | TEXT : NUMBER, 0, 0, rule->required};
    }
    for (uint32_t i = 0; i < CUSTVAL__SCENARIO_LISTS; i++) {
        if (custval__scenario_lists[i].object != object) continue;
        members[count++] = (custval__member){custval__scenario_lists[i].key, ARRAY, OBJECT, 0, 0};
    }
    for (uint32_t child = object + 1; child < CUSTVAL__SCENARIO_OBJECTS; child++) {
        if (custval__scenario_objects[child].parent != object) continue;
        members[count++] = (custval__member){custval__scenario_objects[child].key, OBJECT, 0, 0, 0};
    }
    const custval__shape shape = {"scenario", which->words, members};
    return custval__shape_check(value, &shape, &load->error);
}

/* ---- Reading -------------------------------------------------------------------------------------------------------- */

/* The member of an object, or NULL: parents are members of the root, whose shape was checked. */
static const custval__json *member_of(const loader *load, uint32_t object) {
    const custval__scenario_object *const which = &custval__scenario_objects[object];
    const custval__json *parent = load->document.root;
    if (object == CUSTVAL__SCENARIO_ROOT) return parent;
    if (which->parent != CUSTVAL__SCENARIO_ROOT) {
        parent = custval__json_member(parent, custval__scenario_objects[which->parent].key);
    }
    return parent == NULL ? NULL : custval__json_member(parent, which->key);
}

static custval_status check_number(loader *load, const custval__json *value, uint32_t range) {
    if (custval__scenario_in_range(range, value->number)) return CUSTVAL_OK;
    if (!custval__scenario_in_range(CUSTVAL__SCENARIO_ANY, value->number)) {
        return custval__json_fail(value, CUSTVAL_ERROR_RANGE, &load->error,
                                  "%g is too large: numbers of a scenario are at most %g in size", value->number,
                                  CUSTVAL__SCENARIO_MOST);
    }
    return custval__json_fail(value, CUSTVAL_ERROR_RANGE, &load->error, "%g must be %s", value->number,
                              custval__scenario_range_words(range));
}

static custval_status check_name(loader *load, const custval__json *value) {
    if (value->text[0] != 0) return CUSTVAL_OK;
    return fail(load, value, CUSTVAL_ERROR_DOCUMENT, "a name must not be empty");
}

static custval_status read_number(loader *load, const custval__json *value, const custval__scenario_rule *rule,
                                  custval__scenario_number *out) {
    *out = (custval__scenario_number){value != NULL, CUSTVAL_NONE, value == NULL ? rule->otherwise : value->number};
    if (value == NULL) return CUSTVAL_OK;
    if (value->type != TEXT) return check_number(load, value, rule->range);
    CUSTVAL__TRY(check_name(load, value));
    return custval__scenario_add_column(load->scenario, value->text, &out->column, &load->error);
}

static custval_status read_text(loader *load, const custval__json *object, const char *key, const char **out) {
    const custval__json *const value = custval__json_member(object, key);
    if (value == NULL) return CUSTVAL_OK;
    if (strcmp(key, "note") != 0) CUSTVAL__TRY(check_name(load, value));
    *out = custval__arena_text(&load->scenario->arena, value->text, strlen(value->text));
    return *out == NULL ? custval__fail_memory(&load->error) : CUSTVAL_OK;
}

static custval_status read_object(loader *load, uint32_t object) {
    const custval__scenario_object *const which = &custval__scenario_objects[object];
    const custval__json *const value = member_of(load, object);
    if (value != NULL && object != CUSTVAL__SCENARIO_ROOT) CUSTVAL__TRY(check_shape(load, value, object));
    load->scenario->has[object] = value != NULL;
    for (uint32_t i = 0; i < which->rule_count; i++) {
        const custval__json *const number = value == NULL ? NULL : custval__json_member(value, which->rules[i].key);
        CUSTVAL__TRY(read_number(load, number, &which->rules[i], &load->scenario->numbers[object][i]));
    }
    return value == NULL ? CUSTVAL_OK : read_text(load, value, "note", &load->scenario->notes[object]);
}

/* ---- Effects -------------------------------------------------------------------------------------------------------- */

static const custval__json *list_of(const loader *load, uint32_t list) {
    const custval__json *const object = member_of(load, custval__scenario_lists[list].object);
    return object == NULL ? NULL : custval__json_member(object, custval__scenario_lists[list].key);
}

static custval_status read_effect(loader *load, const custval__json *value, uint32_t list,
                                  custval__scenario_effect *out) {
    const custval__scenario_list *const which = &custval__scenario_lists[list];
    /* What stands alone must be there; a factor and points stand for each other. */
    const uint32_t alone = which->factor == NULL || which->points == NULL;
    custval__member members[4] = {{"node", TEXT, 0, 0, 1}};
    size_t count = 1;
    if (which->factor != NULL) members[count++] = (custval__member){which->factor, NUMBER, 0, 0, alone};
    if (which->points != NULL) members[count++] = (custval__member){which->points, NUMBER, 0, 0, alone};
    const custval__shape shape = {"effect", "an effect", members};
    CUSTVAL__TRY(custval__shape_check(value, &shape, &load->error));
    const custval__json *const factor = which->factor == NULL ? NULL : custval__json_member(value, which->factor);
    const custval__json *const points = which->points == NULL ? NULL : custval__json_member(value, which->points);
    if (factor == NULL && points == NULL) {
        return fail(load, value, CUSTVAL_ERROR_STRUCTURE, "an effect needs \"points\", \"factor\" or both");
    }
    if (factor != NULL) CUSTVAL__TRY(check_number(load, factor, CUSTVAL__SCENARIO_ANY));
    if (points != NULL) CUSTVAL__TRY(check_number(load, points, CUSTVAL__SCENARIO_ANY));
    out->list = list;
    out->has_factor = factor != NULL;
    out->has_points = points != NULL;
    out->factor = factor == NULL ? 0.0 : factor->number;
    out->points = points == NULL ? 0.0 : points->number;
    return read_text(load, value, "node", &out->node);
}

static custval_status read_effects(loader *load) {
    custval_scenario *const scenario = load->scenario;
    size_t count = 0;
    for (uint32_t i = 0; i < CUSTVAL__SCENARIO_LISTS; i++) {
        const custval__json *const list = list_of(load, i);
        if (list == NULL) continue;
        if (list->count == 0) return fail(load, list, CUSTVAL_ERROR_STRUCTURE, "must not be empty; leave it out");
        count += list->count;
        if (count <= CUSTVAL__SCENARIO_EFFECTS_MOST) continue;
        return custval__json_fail(list, CUSTVAL_ERROR_LIMIT, &load->error, "a scenario has at most %d effects",
                                  CUSTVAL__SCENARIO_EFFECTS_MOST);
    }
    scenario->effects = custval__arena_alloc(&scenario->arena, count, sizeof *scenario->effects);
    if (scenario->effects == NULL) return custval__fail_memory(&load->error);
    for (uint32_t i = 0; i < CUSTVAL__SCENARIO_LISTS; i++) {
        const custval__json *const list = list_of(load, i);
        for (const custval__json *at = list == NULL ? NULL : list->first; at != NULL; at = at->next) {
            CUSTVAL__TRY(read_effect(load, at, i, &scenario->effects[scenario->effect_count]));
            scenario->effect_count++;
        }
    }
    return CUSTVAL_OK;
}

/* ---- What the parts must have together ------------------------------------------------------------------------------ */

static int given(const loader *load, uint32_t object, uint32_t number) {
    return load->scenario->numbers[object][number].is_given != 0;
}

/* The object that a kind of scenario is about. */
static uint32_t object_of(uint32_t kind) {
    switch (kind) {
    case CUSTVAL_SCENARIO_FEATURES: return CUSTVAL__SCENARIO_FEATURE;
    case CUSTVAL_SCENARIO_INDICATOR: return CUSTVAL__SCENARIO_NEW_INDICATOR;
    case CUSTVAL_SCENARIO_PROGRAMME: return CUSTVAL__SCENARIO_PROGRAM;
    case CUSTVAL_SCENARIO_COMPETITION: return CUSTVAL__SCENARIO_RIVALS;
    default: return CUSTVAL__SCENARIO_PRICES;
    }
}

static custval_status check_objects(loader *load) {
    const uint32_t kind = load->scenario->kind, own = object_of(kind);
    if (!load->scenario->has[CUSTVAL__SCENARIO_SALES]) {
        return fail(load, load->document.root, CUSTVAL_ERROR_STRUCTURE,
                    "needs \"sales\": a scenario gives what it does to value and to sales");
    }
    if (!load->scenario->has[own] && own != CUSTVAL__SCENARIO_RIVALS) {
        return custval__json_fail(load->document.root, CUSTVAL_ERROR_STRUCTURE, &load->error,
                                  "a scenario of the kind \"%s\" needs \"%s\"",
                                  custval_word(CUSTVAL_WORDS_SCENARIO, kind), custval__scenario_objects[own].key);
    }
    for (uint32_t i = CUSTVAL__SCENARIO_PRICES; i < CUSTVAL__SCENARIO_OBJECTS; i++) {
        const uint32_t parent = custval__scenario_objects[i].parent;
        if (i == own || !load->scenario->has[i] || parent != CUSTVAL__SCENARIO_ROOT) continue;
        return custval__json_fail(member_of(load, i), CUSTVAL_ERROR_STRUCTURE, &load->error,
                                  "does not go with a scenario of the kind \"%s\"",
                                  custval_word(CUSTVAL_WORDS_SCENARIO, kind));
    }
    if (own != CUSTVAL__SCENARIO_PRICES || !given(load, CUSTVAL__SCENARIO_SALES, CUSTVAL__SALES_PRICE)) {
        return CUSTVAL_OK;
    }
    return fail(load, custval__json_member(member_of(load, CUSTVAL__SCENARIO_SALES), "price"), CUSTVAL_ERROR_STRUCTURE,
                "the price of these sales is that of the plan: leave it out");
}

static custval_status set_length(loader *load, uint32_t object, uint32_t number, int must_end) {
    custval_scenario *const scenario = load->scenario;
    const custval__scenario_number *const length = &scenario->numbers[object][number];
    scenario->length = length->number == 0.0 ? scenario->periods : (uint32_t)length->number;
    if (scenario->length + (must_end != 0) <= scenario->periods) return CUSTVAL_OK;
    return custval__json_fail(member_of(load, object), CUSTVAL_ERROR_STRUCTURE, &load->error,
                              "lasts %u periods, but \"periods\", %u, must be %s", (unsigned)scenario->length,
                              (unsigned)scenario->periods, must_end ? "more, to show what comes after" : "as many");
}

static custval_status read_path(loader *load, const custval__json *path) {
    custval_scenario *const scenario = load->scenario;
    if (path == NULL) return CUSTVAL_OK;
    if (path->count != scenario->length) {
        return custval__json_fail(path, CUSTVAL_ERROR_STRUCTURE, &load->error,
                                  "has %u prices, but the plan lasts %u periods", (unsigned)path->count,
                                  (unsigned)scenario->length);
    }
    scenario->path = custval__arena_alloc(&scenario->arena, path->count, sizeof *scenario->path);
    if (scenario->path == NULL) return custval__fail_memory(&load->error);
    for (const custval__json *at = path->first; at != NULL; at = at->next) {
        CUSTVAL__TRY(check_number(load, at, CUSTVAL__SCENARIO_NOT_NEGATIVE));
        scenario->path[scenario->path_count++] = at->number;
    }
    return CUSTVAL_OK;
}

static custval_status check_prices(loader *load) {
    const uint32_t object = CUSTVAL__SCENARIO_PRICES;
    const custval__json *const value = member_of(load, object), *const path = custval__json_member(value, "path");
    const int ways =
        given(load, object, CUSTVAL__PRICE_PAID) + given(load, object, CUSTVAL__PRICE_SECOND_UNIT) + (path != NULL);
    const int is_promotion = load->scenario->kind == CUSTVAL_SCENARIO_PROMOTION;
    if (ways != 1) {
        return fail(
            load, value, CUSTVAL_ERROR_STRUCTURE,
            "needs one of \"paid\", \"second_unit\" (1: buy one, get one free) and \"path\", a price for each period");
    }
    if (is_promotion != given(load, object, CUSTVAL__PRICE_LENGTH)) {
        return fail(load, value, CUSTVAL_ERROR_STRUCTURE,
                    is_promotion ? "a promotion needs a \"length\", the number of periods that it lasts"
                                 : "a price that ends after a \"length\" is a promotion");
    }
    CUSTVAL__TRY(set_length(load, object, CUSTVAL__PRICE_LENGTH, is_promotion));
    return read_path(load, path);
}

static custval_status check_indicator(loader *load) {
    const custval__json *const value = member_of(load, CUSTVAL__SCENARIO_NEW_INDICATOR);
    const custval__json *const scale = custval__json_member(value, "scale");
    custval_scenario *const scenario = load->scenario;
    const int has_column = custval__json_member(value, "column") != NULL;
    uint32_t column = 0;
    CUSTVAL__TRY(read_text(load, value, "dimension", &scenario->dimension));
    CUSTVAL__TRY(read_text(load, value, "id", &scenario->id));
    CUSTVAL__TRY(read_text(load, value, "column", &scenario->column));
    if (has_column == given(load, CUSTVAL__SCENARIO_NEW_INDICATOR, CUSTVAL__INDICATOR_SCORE) ||
        has_column != (scale != NULL)) {
        return fail(load, value, CUSTVAL_ERROR_STRUCTURE,
                    "needs either a \"column\" of answers with their \"scale\", or a \"score\", the same for all");
    }
    if (!has_column) return CUSTVAL_OK;
    for (const custval__json *at = scale->first; at != NULL; at = at->next) {
        CUSTVAL__TRY(check_number(load, at, CUSTVAL__SCENARIO_ANY));
    }
    if (scale->count != 2 || !(scale->first->number < scale->first->next->number)) {
        return fail(load, scale, CUSTVAL_ERROR_RANGE, "a scale is two numbers, the lowest and the highest answer");
    }
    scenario->scale_min = scale->first->number;
    scenario->scale_max = scale->first->next->number;
    return custval__scenario_add_column(scenario, scenario->column, &column, &load->error);
}

static custval_status check_programme(loader *load) {
    const uint32_t object = CUSTVAL__SCENARIO_PROGRAM;
    const custval__json *const value = member_of(load, object);
    uint32_t column = 0;
    if (custval__json_member(value, "effects") == NULL) {
        return fail(load, value, CUSTVAL_ERROR_STRUCTURE, "needs \"effects\": nodes with points or a factor");
    }
    CUSTVAL__TRY(read_text(load, value, "where", &load->scenario->where));
    CUSTVAL__TRY(set_length(load, object, CUSTVAL__PROGRAMME_LENGTH, 0));
    if (load->scenario->where == NULL) return CUSTVAL_OK;
    return custval__scenario_add_column(load->scenario, load->scenario->where, &column, &load->error);
}

static custval_status check_features(loader *load) {
    const custval__json *const value = member_of(load, CUSTVAL__SCENARIO_FEATURE);
    if (custval__json_member(value, "nodes") == NULL) {
        return fail(load, value, CUSTVAL_ERROR_STRUCTURE, "needs \"nodes\", what the features are a share of");
    }
    return set_length(load, CUSTVAL__SCENARIO_FEATURE, CUSTVAL__FEATURES_LENGTH, 0);
}

static custval_status check_kind(loader *load) {
    CUSTVAL__TRY(check_objects(load));
    load->scenario->length = load->scenario->periods;
    switch (load->scenario->kind) {
    case CUSTVAL_SCENARIO_FEATURES: return check_features(load);
    case CUSTVAL_SCENARIO_INDICATOR: return check_indicator(load);
    case CUSTVAL_SCENARIO_PROGRAMME: return check_programme(load);
    case CUSTVAL_SCENARIO_COMPETITION: return CUSTVAL_OK;
    default: return check_prices(load);
    }
}

/* ---- The document --------------------------------------------------------------------------------------------------- */

static custval_status parse(loader *load, const custval_host *host, const char *text, size_t length) {
    CUSTVAL__TRY(custval__json_read(&load->document, host, text, length, &load->error));
    CUSTVAL__TRY(custval__shape_check_head(load->document.root, "scenario", CUSTVAL__SCENARIO_VERSION, &load->error));
    CUSTVAL__TRY(check_shape(load, load->document.root, CUSTVAL__SCENARIO_ROOT));
    CUSTVAL__TRY(custval__scenario_new(host, &load->scenario, &load->error));
    CUSTVAL__TRY(custval_word_value(CUSTVAL_WORDS_SCENARIO, custval__json_member(load->document.root, "kind")->text,
                                    &load->scenario->kind, &load->error));
    for (uint32_t i = 0; i < CUSTVAL__SCENARIO_OBJECTS; i++) CUSTVAL__TRY(read_object(load, i));
    load->scenario->periods =
        (uint32_t)custval__scenario_number_of(load->scenario, CUSTVAL__SCENARIO_ROOT, CUSTVAL__ALL_PERIODS);
    CUSTVAL__TRY(read_effects(load));
    CUSTVAL__TRY(check_kind(load));
    return custval__scenario_settle(load->scenario, &load->error);
}

custval_status custval_scenario_parse(const custval_host *host, const char *text, size_t length, custval_scenario **out,
                                      custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    if (text == NULL) return custval__fail_null(error, "text");
    custval_host whole;
    CUSTVAL__TRY(custval__host_read(&whole, host, error));
    loader load = {.error = CUSTVAL_ERROR_INIT};
    const custval_status status = parse(&load, &whole, text, length);
    custval__json_free(&load.document);
    if (status == CUSTVAL_OK) {
        *out = load.scenario;
        return CUSTVAL_OK;
    }
    custval_scenario_free(load.scenario);
    return custval__fail(error, status, "%s", load.error.message);
}
