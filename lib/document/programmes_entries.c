/* Programmes and past cases from a document of programmes. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "programmes_load.h"

#define NUMBER CUSTVAL__JSON_NUMBER
#define TEXT CUSTVAL__JSON_TEXT
#define FLAG CUSTVAL__JSON_FLAG
#define OBJECT CUSTVAL__JSON_OBJECT
#define MONEY_MOST 1e300
#define CONTACTS_MOST 1e9

static const custval__member programme_members[] = {
    {"id", TEXT, 0, 0, 1},
    {"label", TEXT | OBJECT, TEXT, 0, 0},
    {"text", TEXT | OBJECT, TEXT, 0, 0},
    {"note", TEXT, 0, 0, 0},
    {"cost", NUMBER, 0, 0, 0},
    {"effect", OBJECT, 0, 0, 0},
    {"priority", NUMBER, 0, 0, 0},
    {"group", TEXT, 0, 0, 0},
    {"contact_limit", NUMBER, 0, 0, 0},
    {"when", OBJECT, 0, 0, 0},
    {"unless", OBJECT, 0, 0, 0},
    {"outcomes", OBJECT, 0, 0, 0},
    {NULL, 0, 0, 0, 0},
};

static const custval__member effect_members[] = {
    {"value", NUMBER, 0, 0, 0},   {"times", TEXT, 0, 0, 0}, {"score", NUMBER, 0, 0, 0},
    {"success", NUMBER, 0, 0, 0}, {NULL, 0, 0, 0, 0},
};

static const custval__member outcome_members[] = {
    {"tried", NUMBER, 0, 0, 1},
    {"succeeded", NUMBER, 0, 0, 1},
    {"segments", OBJECT, OBJECT, 0, 0},
    {NULL, 0, 0, 0, 0},
};

static const custval__member segment_members[] = {
    {"tried", NUMBER, 0, 0, 1},
    {"succeeded", NUMBER, 0, 0, 1},
    {NULL, 0, 0, 0, 0},
};

static const custval__member case_members[] = {
    {"id", TEXT, 0, 0, 1},
    {"note", TEXT, 0, 0, 0},
    {"programme", TEXT, 0, 0, 1},
    {"succeeded", FLAG, 0, 0, 1},
    {"traits", OBJECT, NUMBER | TEXT | FLAG, 0, 1},
    {NULL, 0, 0, 0, 0},
};

static const custval__shape programme_shape = {"programme", "a programme", programme_members};
static const custval__shape effect_shape = {"effect", "an effect", effect_members};
static const custval__shape outcome_shape = {"outcomes", "the outcomes", outcome_members};
static const custval__shape segment_shape = {"tries", "the outcomes of a segment", segment_members};
static const custval__shape case_shape = {"case", "a case", case_members};

/* ---- Outcomes ------------------------------------------------------------------------------------------------------- */

static custval_status load_tries(custval__programmes_load *load, const custval__json *object, custval__tries *out) {
    const custval__json *const tried = custval__json_member(object, "tried");
    const custval__json *const succeeded = custval__json_member(object, "succeeded");
    CUSTVAL__TRY(custval__load_number(load, tried, 0.0, CUSTVAL__TRIES_MOST, &out->tried));
    CUSTVAL__TRY(custval__load_number(load, succeeded, 0.0, out->tried, &out->succeeded));
    if (floor(out->tried) == out->tried && floor(out->succeeded) == out->succeeded) return CUSTVAL_OK;
    return custval__load_fail(load, object, CUSTVAL_ERROR_RANGE, "counts must be whole numbers");
}

static custval_status load_segments(custval__programmes_load *load, const custval__json *object, uint32_t p) {
    custval_programmes *const base = load->base;
    double tried = 0.0, succeeded = 0.0;
    if (object == NULL) return CUSTVAL_OK;
    if (base->segment == CUSTVAL_NONE) {
        return custval__load_fail(load, object, CUSTVAL_ERROR_STRUCTURE,
                                  "the document names no category as its \"segment\"");
    }
    const custval__trait *const trait = &base->traits[base->segment];
    for (const custval__json *one = object->first; one != NULL; one = one->next) {
        const uint32_t segment = custval__trait_value(trait, one->key, strlen(one->key));
        if (segment == CUSTVAL_NONE) {
            return custval__json_fail(one, CUSTVAL_ERROR_NOT_FOUND, &load->error, "is no value of the trait \"%.*s\"",
                                      80, trait->id);
        }
        CUSTVAL__TRY(custval__shape_check(one, &segment_shape, &load->error));
        custval__tries *const tries = custval__programme_tries(base, p, segment);
        CUSTVAL__TRY(load_tries(load, one, tries));
        tried += tries->tried;
        succeeded += tries->succeeded;
    }
    const custval__tries *const all = custval__programme_tries(base, p, base->segment_count);
    if (tried <= all->tried && succeeded <= all->succeeded) return CUSTVAL_OK;
    return custval__load_fail(load, object, CUSTVAL_ERROR_STRUCTURE,
                              "the segments have more tries or successes than the programme");
}

static custval_status load_outcomes(custval__programmes_load *load, const custval__json *object, uint32_t p) {
    if (object == NULL) return CUSTVAL_OK;
    CUSTVAL__TRY(custval__shape_check(object, &outcome_shape, &load->error));
    CUSTVAL__TRY(load_tries(load, object, custval__programme_tries(load->base, p, load->base->segment_count)));
    return load_segments(load, custval__json_member(object, "segments"), p);
}

/* ---- Programmes ----------------------------------------------------------------------------------------------------- */

static custval_status load_effect(custval__programmes_load *load, const custval__json *object,
                                  custval__programme *out) {
    if (object == NULL) return CUSTVAL_OK;
    CUSTVAL__TRY(custval__shape_check(object, &effect_shape, &load->error));
    const custval__json *const times = custval__json_member(object, "times");
    const custval__json *const value = custval__json_member(object, "value");
    CUSTVAL__TRY(custval__load_number(load, value, -MONEY_MOST, MONEY_MOST, &out->value));
    CUSTVAL__TRY(
        custval__load_number(load, custval__json_member(object, "score"), -MONEY_MOST, MONEY_MOST, &out->score));
    CUSTVAL__TRY(custval__load_number(load, custval__json_member(object, "success"), 0.0, 1.0, &out->success));
    if (times == NULL) return CUSTVAL_OK;
    if (value == NULL) {
        return custval__load_fail(load, object, CUSTVAL_ERROR_STRUCTURE, "\"times\" multiplies a \"value\"");
    }
    CUSTVAL__TRY(custval__load_trait(load, times, times->text, &out->times));
    if (load->base->traits[out->times].type == CUSTVAL_TRAIT_NUMBER) return CUSTVAL_OK;
    return custval__load_fail(load, times, CUSTVAL_ERROR_TYPE, "must be a trait of type \"number\"");
}

static custval_status load_limit(custval__programmes_load *load, const custval__json *value, uint32_t *out) {
    double limit = 0.0;
    if (value == NULL) return CUSTVAL_OK;
    CUSTVAL__TRY(custval__load_number(load, value, 0.0, CONTACTS_MOST, &limit));
    if (floor(limit) != limit) return custval__load_fail(load, value, CUSTVAL_ERROR_RANGE, "must be a whole number");
    if (load->base->contacted == CUSTVAL_NONE) {
        return custval__load_fail(
            load, value, CUSTVAL_ERROR_STRUCTURE,
            "a limit of contacts needs \"contacted\" in the document: the trait that counts them");
    }
    *out = (uint32_t)limit;
    return CUSTVAL_OK;
}

/* Programmes of the same group get the number of the first one. */
static void find_group(const custval_programmes *base, uint32_t p) {
    custval__programme *const programme = &base->programmes[p];
    programme->group = CUSTVAL_NONE;
    if (programme->group_name == NULL) return;
    uint32_t first = 0;
    while (base->programmes[first].group_name == NULL ||
           strcmp(base->programmes[first].group_name, programme->group_name) != 0) {
        first++;
    }
    programme->group = first;
}

static custval_status load_programme(custval__programmes_load *load, const custval__json *object, uint32_t p) {
    custval__programme *const out = &load->base->programmes[p];
    *out = (custval__programme){.success = (double)NAN, .times = CUSTVAL_NONE, .contact_limit = CUSTVAL_NONE};
    CUSTVAL__TRY(custval__shape_check(object, &programme_shape, &load->error));
    const custval__json *const group = custval__json_member(object, "group");
    CUSTVAL__TRY(custval__load_id(load, custval__json_member(object, "id"), &out->id));
    CUSTVAL__TRY(custval__load_wording(load, custval__json_member(object, "label"), &out->label));
    CUSTVAL__TRY(custval__load_wording(load, custval__json_member(object, "text"), &out->text));
    CUSTVAL__TRY(custval__load_text(load, custval__json_member(object, "note"), &out->note));
    CUSTVAL__TRY(custval__load_number(load, custval__json_member(object, "cost"), 0.0, MONEY_MOST, &out->cost));
    CUSTVAL__TRY(load_effect(load, custval__json_member(object, "effect"), out));
    CUSTVAL__TRY(
        custval__load_number(load, custval__json_member(object, "priority"), -MONEY_MOST, MONEY_MOST, &out->priority));
    if (group != NULL) CUSTVAL__TRY(custval__load_id(load, group, &out->group_name));
    find_group(load->base, p);
    CUSTVAL__TRY(load_limit(load, custval__json_member(object, "contact_limit"), &out->contact_limit));
    CUSTVAL__TRY(custval__load_condition(load, custval__json_member(object, "when"), &out->when));
    CUSTVAL__TRY(custval__load_condition(load, custval__json_member(object, "unless"), &out->unless));
    return load_outcomes(load, custval__json_member(object, "outcomes"), p);
}

custval_status custval__load_programmes(custval__programmes_load *load) {
    const custval__json *const list = custval__json_member(load->document.root, "programmes");
    custval_programmes *const base = load->base;
    void *room = NULL, *ids = NULL, *tries = NULL;
    if (list->count > CUSTVAL__PROGRAMMES_MOST) {
        return custval__json_fail(list, CUSTVAL_ERROR_LIMIT, &load->error, "%u programmes, but at most %d are allowed",
                                  (unsigned)list->count, CUSTVAL__PROGRAMMES_MOST);
    }
    CUSTVAL__TRY(custval__load_room(load, list->count, sizeof *base->programmes, &room));
    CUSTVAL__TRY(custval__load_room(load, list->count, sizeof *base->ids, &ids));
    CUSTVAL__TRY(
        custval__load_room(load, list->count * ((size_t)base->segment_count + 1), sizeof *base->tries, &tries));
    base->programmes = room;
    base->ids = ids;
    base->tries = tries;
    for (const custval__json *object = list->first; object != NULL; object = object->next) {
        CUSTVAL__TRY(load_programme(load, object, object->index));
        base->ids[object->index] = base->programmes[object->index].id;
        base->programme_count++;
    }
    return custval__load_sort(load, list, base->ids, base->programme_count, &base->by_id);
}

/* ---- Cases ---------------------------------------------------------------------------------------------------------- */

static custval_status load_case_trait(custval__programmes_load *load, const custval__json *value,
                                      custval__case_trait *out) {
    static const uint32_t types[] = {0, NUMBER, TEXT, FLAG};
    CUSTVAL__TRY(custval__load_trait(load, value, value->key, &out->trait));
    const custval__trait *const trait = &load->base->traits[out->trait];
    if (value->type != types[trait->type]) {
        return custval__load_fail(load, value, CUSTVAL_ERROR_TYPE, "is of another type than the trait");
    }
    if (trait->type == CUSTVAL_TRAIT_CATEGORY) return custval__load_value(load, value, trait, &out->code);
    if (trait->type == CUSTVAL_TRAIT_NUMBER && !trait->has_range) {
        return custval__load_fail(
            load, value, CUSTVAL_ERROR_STRUCTURE,
            "a number of a case needs the \"range\" of its trait, to say how similar numbers are");
    }
    out->code = (uint32_t)(trait->type == CUSTVAL_TRAIT_FLAG ? value->number : 0.0);
    out->number = value->number;
    return CUSTVAL_OK;
}

static custval_status load_case(custval__programmes_load *load, const custval__json *object, custval__case *out) {
    void *room = NULL;
    CUSTVAL__TRY(custval__shape_check(object, &case_shape, &load->error));
    const custval__json *const programme = custval__json_member(object, "programme");
    const custval__json *const traits = custval__json_member(object, "traits");
    CUSTVAL__TRY(custval__load_id(load, custval__json_member(object, "id"), &out->id));
    CUSTVAL__TRY(custval__load_text(load, custval__json_member(object, "note"), &out->note));
    out->programme = custval__programmes_find(load->base, programme->text, strlen(programme->text));
    if (out->programme == CUSTVAL_NONE) {
        return custval__json_fail(programme, CUSTVAL_ERROR_NOT_FOUND, &load->error, "there is no programme \"%.*s\"",
                                  80, programme->text);
    }
    out->succeeded = custval__json_member(object, "succeeded")->number == 1.0;
    CUSTVAL__TRY(custval__load_room(load, traits->count, sizeof *out->traits, &room));
    out->traits = room;
    out->trait_count = traits->count;
    for (const custval__json *value = traits->first; value != NULL; value = value->next) {
        CUSTVAL__TRY(load_case_trait(load, value, &out->traits[value->index]));
        out->weight += load->base->traits[out->traits[value->index].trait].weight;
    }
    return CUSTVAL_OK;
}

custval_status custval__load_cases(custval__programmes_load *load) {
    const custval__json *const list = custval__json_member(load->document.root, "cases");
    void *room = NULL, *ids = NULL;
    uint32_t *order = NULL;
    if (list == NULL || list->count == 0) return CUSTVAL_OK;
    if (list->count > CUSTVAL__CASES_MOST) {
        return custval__json_fail(list, CUSTVAL_ERROR_LIMIT, &load->error, "%u cases, but at most %d are allowed",
                                  (unsigned)list->count, CUSTVAL__CASES_MOST);
    }
    CUSTVAL__TRY(custval__load_room(load, list->count, sizeof *load->base->cases, &room));
    CUSTVAL__TRY(custval__load_room(load, list->count, sizeof(const char *), &ids));
    load->base->cases = room;
    load->base->case_ids = ids;
    for (const custval__json *object = list->first; object != NULL; object = object->next) {
        CUSTVAL__TRY(load_case(load, object, &load->base->cases[object->index]));
        load->base->case_ids[object->index] = load->base->cases[object->index].id;
        load->base->case_count++;
    }
    return custval__load_sort(load, list, load->base->case_ids, list->count, &order);
}
