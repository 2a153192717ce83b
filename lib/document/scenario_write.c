/* Documents from scenarios. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "../base/error.h"
#include "../scenario/scenario.h"
#include "document.h"
#include "layout.h"

/* An object, a list of effects or an effect of a scenario. */
typedef struct subject {
    const custval_scenario *scenario;
    uint32_t which;
} subject;

static void put_effect(custval__layout *to, const void *what) {
    const subject *const of = what;
    const custval__scenario_effect *const effect = &of->scenario->effects[of->which];
    const custval__scenario_list *const list = &custval__scenario_lists[effect->list];
    custval__put_open(to, '{');
    custval__put_member_text(to, "node", effect->node);
    if (effect->has_factor) custval__put_member_number(to, list->factor, effect->factor);
    if (effect->has_points) custval__put_member_number(to, list->points, effect->points);
    custval__put_close(to, '}');
}

static void put_effects(custval__layout *to, const void *what) {
    const subject *const of = what;
    custval__put_open(to, '[');
    for (uint32_t i = 0; i < of->scenario->effect_count; i++) {
        const subject one = {of->scenario, i};
        if (of->scenario->effects[i].list == of->which) custval__put_fitting(to, put_effect, &one);
    }
    custval__put_close(to, ']');
}

static void put_list(custval__layout *to, const custval_scenario *scenario, uint32_t list) {
    const subject what = {scenario, list};
    uint32_t count = 0;
    for (uint32_t i = 0; i < scenario->effect_count; i++) count += scenario->effects[i].list == list;
    if (count == 0) return;
    custval__put_member(to, custval__scenario_lists[list].key, put_effects, &what);
}

static void put_path(custval__layout *to, const void *what) {
    const custval_scenario *const scenario = what;
    custval__put_open(to, '[');
    for (uint32_t i = 0; i < scenario->path_count; i++) custval__put_number(to, scenario->path[i]);
    custval__put_close(to, ']');
}

/* What stands in an object beside numbers, effects and objects. */
static void put_others(custval__layout *to, const custval_scenario *scenario, uint32_t object) {
    if (object == CUSTVAL__SCENARIO_PRICES && scenario->path != NULL) {
        custval__put_member(to, "path", put_path, scenario);
    }
    if (object == CUSTVAL__SCENARIO_PROGRAM) custval__put_member_text(to, "where", scenario->where);
    if (object != CUSTVAL__SCENARIO_NEW_INDICATOR) return;
    custval__put_member_text(to, "dimension", scenario->dimension);
    custval__put_member_text(to, "id", scenario->id);
    if (scenario->column == NULL) return;
    custval__put_member_text(to, "column", scenario->column);
    custval__put_key(to, "scale");
    custval__put_open(to, '[');
    custval__put_number(to, scenario->scale_min);
    custval__put_number(to, scenario->scale_max);
    custval__put_close(to, ']');
}

static void put_object(custval__layout *to, const void *what);

static void put_members(custval__layout *to, const custval_scenario *scenario, uint32_t object) {
    const custval__scenario_object *const which = &custval__scenario_objects[object];
    custval__put_member_text(to, "note", scenario->notes[object]);
    put_others(to, scenario, object);
    for (uint32_t i = 0; i < which->rule_count; i++) {
        const custval__scenario_number *const number = &scenario->numbers[object][i];
        if (!number->is_given) continue;
        if (number->column == CUSTVAL_NONE) {
            custval__put_member_number(to, which->rules[i].key, number->number);
        } else {
            custval__put_member_text(to, which->rules[i].key, scenario->columns[number->column]);
        }
    }
    for (uint32_t i = 0; i < CUSTVAL__SCENARIO_LISTS; i++) {
        if (custval__scenario_lists[i].object == object) put_list(to, scenario, i);
    }
    for (uint32_t child = object + 1; child < CUSTVAL__SCENARIO_OBJECTS; child++) {
        const subject one = {scenario, child};
        if (custval__scenario_objects[child].parent != object || !scenario->has[child]) continue;
        custval__put_member(to, custval__scenario_objects[child].key, put_object, &one);
    }
}

/* Objects are nested twice at most: see their table. */
static void put_object(custval__layout *to, const void *what) {
    const subject *const of = what;
    custval__put_open(to, '{');
    put_members(to, of->scenario, of->which);
    custval__put_close(to, '}');
}

static void put_scenario(custval__layout *to, const custval_scenario *scenario) {
    custval__put_open(to, '{');
    custval__put_member_text(to, "custval", "scenario");
    custval__put_member_number(to, "version", CUSTVAL__SCENARIO_VERSION);
    custval__put_member_text(to, "kind", custval_word(CUSTVAL_WORDS_SCENARIO, scenario->kind));
    put_members(to, scenario, CUSTVAL__SCENARIO_ROOT);
    custval__put_close(to, '}');
    custval__put_end(to);
}

custval_status custval_scenario_write(const custval_scenario *scenario, char *buffer, size_t capacity,
                                      size_t *out_length, custval_error *error) {
    if (out_length == NULL) return custval__fail_null(error, "out_length");
    *out_length = 0;
    if (buffer == NULL && capacity > 0) return custval__fail_null(error, "buffer");
    if (capacity > 0) buffer[0] = 0;
    if (scenario == NULL) return custval__fail_null(error, "scenario");
    custval__layout layout = {.out = buffer, .capacity = capacity};
    put_scenario(&layout, scenario);
    *out_length = layout.length;
    return CUSTVAL_OK;
}
