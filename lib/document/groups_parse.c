/* Groups of customers from documents. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include <custval/parts.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../groups/groups.h"
#include "document.h"
#include "json.h"
#include "path.h"
#include "shape.h"

#define TEXT CUSTVAL__JSON_TEXT
#define NUMBER CUSTVAL__JSON_NUMBER
#define ARRAY CUSTVAL__JSON_ARRAY
#define OBJECT CUSTVAL__JSON_OBJECT

static const custval__member whole_members[] = {
    {"custval", TEXT, 0, 0, 1},        {"version", NUMBER, 0, 0, 1},    {"note", TEXT, 0, 0, 0},
    {"measures", ARRAY, OBJECT, 0, 1}, {"groups", ARRAY, OBJECT, 0, 1}, {NULL, 0, 0, 0, 0},
};
static const custval__member measure_members[] = {
    {"id", TEXT, 0, 0, 1},
    {"column", TEXT, 0, 0, 0},
    {"cuts", ARRAY, NUMBER, 0, 0},
    {"quantiles", ARRAY, NUMBER, 0, 0},
    {"note", TEXT, 0, 0, 0},
    {"less_is_better", CUSTVAL__JSON_FLAG, 0, 0, 0},
    {NULL, 0, 0, 0, 0},
};
static const custval__member group_members[] = {
    {"id", TEXT, 0, 0, 1},
    {"when", OBJECT, NUMBER | ARRAY, 0, 0},
    {"label", TEXT | OBJECT, TEXT, 0, 0},
    {"advice", TEXT | OBJECT, TEXT, 0, 0},
    {"gain", NUMBER, 0, 0, 0},
    {"spend", NUMBER, 0, 0, 0},
    {"note", TEXT, 0, 0, 0},
    {NULL, 0, 0, 0, 0},
};
static const custval__shape whole_shape = {"groups", "a groups document", whole_members};
static const custval__shape measure_shape = {"measure", "a measure", measure_members};
static const custval__shape group_shape = {"group", "a group", group_members};

typedef struct loader {
    custval__json_document document;
    custval_groups *groups;
    custval_error error; /* the caller's may be NULL; this one is read to put places into messages */
} loader;

static custval_status fail(loader *load, const custval__json *value, custval_status status, const char *message) {
    return custval__json_fail(value, status, &load->error, "%s", message);
}

static custval_status copy_text(loader *load, const custval__json *value, const char **out) {
    if (value == NULL) return CUSTVAL_OK;
    const size_t length = strlen(value->text);
    if (length > CUSTVAL_MAX_TEXT_LENGTH) {
        return custval__json_fail(value, CUSTVAL_ERROR_LIMIT, &load->error, "%zu bytes, but a text has at most %d",
                                  length, CUSTVAL_MAX_TEXT_LENGTH);
    }
    *out = custval__arena_text(&load->groups->arena, value->text, length);
    return *out == NULL ? custval__fail_memory(&load->error) : CUSTVAL_OK;
}

static custval_status copy_name(loader *load, const custval__json *value, const char **out) {
    if (value->text[0] == 0) return fail(load, value, CUSTVAL_ERROR_DOCUMENT, "must not be empty");
    return copy_text(load, value, out);
}

static custval_status check_count(loader *load, const custval__json *list, uint32_t most) {
    if (list->count <= most) return CUSTVAL_OK;
    return custval__json_fail(list, CUSTVAL_ERROR_LIMIT, &load->error, "has %u, but at most %u are allowed",
                              (unsigned)list->count, (unsigned)most);
}

/* ---- Measures ------------------------------------------------------------------------------------------------------- */

static custval_status read_cuts(loader *load, const custval__json *list, custval__measure *measure) {
    if (list->count == 0) return fail(load, list, CUSTVAL_ERROR_STRUCTURE, "must not be empty");
    CUSTVAL__TRY(check_count(load, list, CUSTVAL_MAX_CUTS));
    measure->cuts = custval__arena_alloc(&load->groups->arena, list->count, sizeof *measure->cuts);
    if (measure->cuts == NULL) return custval__fail_memory(&load->error);
    for (const custval__json *cut = list->first; cut != NULL; cut = cut->next) {
        if (measure->are_quantiles && !(cut->number > 0.0 && cut->number < 1.0)) {
            return custval__json_fail(cut, CUSTVAL_ERROR_RANGE, &load->error,
                                      "the quantile %g must lie between 0 and 1; 0.5 is the median", cut->number);
        }
        if (measure->count > 0 && cut->number < measure->cuts[measure->count - 1]) {
            return custval__json_fail(cut, CUSTVAL_ERROR_RANGE, &load->error,
                                      "%g follows %g, but cuts must not descend", cut->number,
                                      measure->cuts[measure->count - 1]);
        }
        measure->cuts[measure->count++] = cut->number;
    }
    return CUSTVAL_OK;
}

static custval_status read_measure(loader *load, const custval__json *object, custval__measure *measure) {
    CUSTVAL__TRY(custval__shape_check(object, &measure_shape, &load->error));
    const custval__json *const id = custval__json_member(object, "id");
    const custval__json *const column = custval__json_member(object, "column");
    const custval__json *const cuts = custval__json_member(object, "cuts");
    const custval__json *const quantiles = custval__json_member(object, "quantiles");
    const custval__json *const turned = custval__json_member(object, "less_is_better");
    CUSTVAL__TRY(copy_name(load, id, &measure->id));
    CUSTVAL__TRY(copy_name(load, column == NULL ? id : column, &measure->column));
    CUSTVAL__TRY(copy_text(load, custval__json_member(object, "note"), &measure->note));
    if (strcmp(measure->id, "group") == 0 || strcmp(measure->id, "status") == 0) {
        return custval__json_fail(id, CUSTVAL_ERROR_DUPLICATE, &load->error,
                                  "a measure must not be called \"%s\", which is a column of the result", measure->id);
    }
    for (uint32_t m = 0; m < load->groups->measure_count; m++) {
        if (strcmp(load->groups->measures[m].id, measure->id) != 0) continue;
        return custval__json_fail(id, CUSTVAL_ERROR_DUPLICATE, &load->error, "there are two measures \"%.*s\"", 80,
                                  measure->id);
    }
    if ((cuts != NULL) == (quantiles != NULL)) {
        return fail(load, object, CUSTVAL_ERROR_STRUCTURE,
                    "needs either \"cuts\" (numbers) or \"quantiles\" (shares of the customers)");
    }
    measure->is_turned = turned != NULL && turned->number != 0.0;
    measure->are_quantiles = quantiles != NULL;
    return read_cuts(load, cuts == NULL ? quantiles : cuts, measure);
}

static custval_status read_measures(loader *load, const custval__json *list) {
    custval_groups *const groups = load->groups;
    CUSTVAL__TRY(check_count(load, list, CUSTVAL_MAX_MEASURES));
    groups->measures = custval__arena_alloc(&groups->arena, list->count, sizeof *groups->measures);
    if (groups->measures == NULL) return custval__fail_memory(&load->error);
    for (const custval__json *object = list->first; object != NULL; object = object->next) {
        CUSTVAL__TRY(read_measure(load, object, &groups->measures[groups->measure_count]));
        groups->measure_count++;
    }
    return CUSTVAL_OK;
}

/* ---- Groups --------------------------------------------------------------------------------------------------------- */

/* A text in English, or an object of languages. */
static custval_status read_texts(loader *load, const custval__json *value, custval__tongues *out) {
    if (value == NULL) return CUSTVAL_OK;
    const int is_object = value->type == OBJECT;
    const uint32_t count = is_object ? value->count : 1;
    out->texts = custval__arena_alloc(&load->groups->arena, count, sizeof *out->texts);
    if (out->texts == NULL) return custval__fail_memory(&load->error);
    if (!is_object) {
        out->count = 1;
        out->texts[0].language = "en";
        return copy_text(load, value, &out->texts[0].text);
    }
    for (const custval__json *text = value->first; text != NULL; text = text->next) {
        custval__tongue *const to = &out->texts[out->count++];
        to->language = custval__arena_text(&load->groups->arena, text->key, strlen(text->key));
        if (to->language == NULL) return custval__fail_memory(&load->error);
        CUSTVAL__TRY(copy_text(load, text, &to->text));
    }
    return CUSTVAL_OK;
}

static int is_level(const custval__measure *measure, const custval__json *value) {
    return value->type == NUMBER && value->number >= 1.0 && value->number <= (double)measure->count + 1.0 &&
           value->number == floor(value->number);
}

/* A level, or [lowest, highest]. */
static custval_status read_wish(loader *load, const custval__json *value, const custval__measure *measure,
                                custval__wish *out) {
    const int is_pair = value->type == ARRAY && value->count == 2;
    const custval__json *const lowest = is_pair ? value->first : value;
    const custval__json *const highest = is_pair ? value->first->next : value;
    if (!is_level(measure, lowest) || !is_level(measure, highest) || lowest->number > highest->number) {
        return custval__json_fail(value, CUSTVAL_ERROR_RANGE, &load->error,
                                  "must be a level from 1 to %u, or [lowest, highest] of them",
                                  (unsigned)measure->count + 1);
    }
    *out = (custval__wish){(uint32_t)lowest->number, (uint32_t)highest->number};
    return CUSTVAL_OK;
}

static custval_status read_when(loader *load, const custval__json *when, custval__group *group) {
    const custval_groups *const groups = load->groups;
    group->wishes = custval__arena_alloc(&load->groups->arena, groups->measure_count, sizeof *group->wishes);
    if (group->wishes == NULL) return custval__fail_memory(&load->error);
    if (when == NULL) return CUSTVAL_OK;
    for (const custval__json *value = when->first; value != NULL; value = value->next) {
        uint32_t m = 0;
        while (m < groups->measure_count && strcmp(groups->measures[m].id, value->key) != 0) m++;
        if (m == groups->measure_count) {
            return custval__json_fail(value, CUSTVAL_ERROR_NOT_FOUND, &load->error, "there is no measure of that id");
        }
        CUSTVAL__TRY(read_wish(load, value, &groups->measures[m], &group->wishes[m]));
    }
    return CUSTVAL_OK;
}

static custval_status read_money(loader *load, const custval__json *object, custval__group *group) {
    const custval__json *const gain = custval__json_member(object, "gain");
    const custval__json *const spend = custval__json_member(object, "spend");
    group->gain = gain == NULL ? (double)NAN : gain->number;
    group->spend = spend == NULL ? (double)NAN : spend->number;
    if (gain != NULL && !(gain->number >= -1.0 && gain->number <= 1.0)) {
        return custval__json_fail(gain, CUSTVAL_ERROR_RANGE, &load->error,
                                  "%g must be the change of a probability, from -1 to 1", gain->number);
    }
    if (spend == NULL || spend->number >= 0.0) return CUSTVAL_OK;
    return custval__json_fail(spend, CUSTVAL_ERROR_RANGE, &load->error, "%g must be 0 or more", spend->number);
}

static custval_status read_group(loader *load, const custval__json *object, custval__group *group) {
    CUSTVAL__TRY(custval__shape_check(object, &group_shape, &load->error));
    const custval__json *const id = custval__json_member(object, "id");
    CUSTVAL__TRY(copy_name(load, id, &group->id));
    CUSTVAL__TRY(copy_text(load, custval__json_member(object, "note"), &group->note));
    for (uint32_t g = 0; g < load->groups->group_count; g++) {
        if (strcmp(load->groups->groups[g].id, group->id) != 0) continue;
        return custval__json_fail(id, CUSTVAL_ERROR_DUPLICATE, &load->error, "there are two groups \"%.*s\"", 80,
                                  group->id);
    }
    if (strcmp(group->id, "all") == 0) {
        return fail(load, id, CUSTVAL_ERROR_DUPLICATE, "a group must not be called \"all\", which is everybody");
    }
    CUSTVAL__TRY(read_when(load, custval__json_member(object, "when"), group));
    CUSTVAL__TRY(read_texts(load, custval__json_member(object, "label"), &group->texts[CUSTVAL_GROUP_LABEL - 1]));
    CUSTVAL__TRY(read_texts(load, custval__json_member(object, "advice"), &group->texts[CUSTVAL_GROUP_ADVICE - 1]));
    return read_money(load, object, group);
}

static int takes_the_rest(const loader *load, const custval__group *group) {
    for (uint32_t m = 0; m < load->groups->measure_count; m++) {
        if (group->wishes[m].highest != 0) return 0;
    }
    return 1;
}

static custval_status read_groups(loader *load, const custval__json *list) {
    custval_groups *const groups = load->groups;
    CUSTVAL__TRY(check_count(load, list, CUSTVAL_MAX_GROUPS));
    groups->groups = custval__arena_alloc(&groups->arena, list->count, sizeof *groups->groups);
    if (groups->groups == NULL) return custval__fail_memory(&load->error);
    for (const custval__json *object = list->first; object != NULL; object = object->next) {
        custval__group *const group = &groups->groups[groups->group_count];
        CUSTVAL__TRY(read_group(load, object, group));
        groups->group_count++;
        if (takes_the_rest(load, group) && object->next != NULL) {
            return fail(load, object, CUSTVAL_ERROR_STRUCTURE,
                        "takes whoever is left (no \"when\"), so it must be the last group");
        }
    }
    return CUSTVAL_OK;
}

/* ---- The document --------------------------------------------------------------------------------------------------- */

static custval_status parse(loader *load, const custval_host *host, const char *text, size_t length) {
    CUSTVAL__TRY(custval__json_read(&load->document, host, text, length, &load->error));
    CUSTVAL__TRY(custval__shape_check_head(load->document.root, "groups", CUSTVAL__GROUPS_VERSION, &load->error));
    const custval__json *const root = load->document.root;
    CUSTVAL__TRY(custval__shape_check(root, &whole_shape, &load->error));
    CUSTVAL__TRY(custval__groups_new(host, &load->groups, &load->error));
    CUSTVAL__TRY(copy_text(load, custval__json_member(root, "note"), &load->groups->note));
    CUSTVAL__TRY(read_measures(load, custval__json_member(root, "measures")));
    return read_groups(load, custval__json_member(root, "groups"));
}

custval_status custval_groups_parse(const custval_host *host, const char *text, size_t length, custval_groups **out,
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
        *out = load.groups;
        return CUSTVAL_OK;
    }
    custval_groups_free(load.groups);
    return custval__fail(error, status, "%s", load.error.message);
}
