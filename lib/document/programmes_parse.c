/* Knowledge bases of programmes from documents: the whole, and how its texts and numbers are read. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../base/text.h"
#include "../programmes/sorted.h"
#include "document.h"
#include "programmes_load.h"

/* ---- Texts, numbers, names ------------------------------------------------------------------------------------------ */

custval_status custval__load_fail(custval__programmes_load *load, const custval__json *value, custval_status status,
                                  const char *message) {
    return custval__json_fail(value, status, &load->error, "%s", message);
}

custval_status custval__load_room(custval__programmes_load *load, size_t count, size_t size, void **out) {
    *out = custval__arena_alloc(&load->base->arena, count, size);
    return *out == NULL ? custval__fail_memory(&load->error) : CUSTVAL_OK;
}

static custval_status copy(custval__programmes_load *load, const char *text, const char **out) {
    *out = custval__arena_text(&load->base->arena, text, strlen(text));
    return *out == NULL ? custval__fail_memory(&load->error) : CUSTVAL_OK;
}

custval_status custval__load_text(custval__programmes_load *load, const custval__json *value, const char **out) {
    return value == NULL ? CUSTVAL_OK : copy(load, value->text, out);
}

custval_status custval__load_id(custval__programmes_load *load, const custval__json *value, const char **out) {
    if (value->text[0] == 0) return custval__load_fail(load, value, CUSTVAL_ERROR_DOCUMENT, "must not be empty");
    return copy(load, value->text, out);
}

/* A text is English. */
custval_status custval__load_wording(custval__programmes_load *load, const custval__json *value,
                                     custval__wording *out) {
    if (value == NULL) return CUSTVAL_OK;
    const uint32_t count = value->type == CUSTVAL__JSON_TEXT ? 1 : value->count;
    void *languages = NULL, *texts = NULL;
    CUSTVAL__TRY(custval__load_room(load, count, sizeof *out->languages, &languages));
    CUSTVAL__TRY(custval__load_room(load, count, sizeof *out->texts, &texts));
    *out = (custval__wording){languages, texts, count};
    if (value->type == CUSTVAL__JSON_TEXT) {
        CUSTVAL__TRY(copy(load, "en", &out->languages[0]));
        return copy(load, value->text, &out->texts[0]);
    }
    for (const custval__json *text = value->first; text != NULL; text = text->next) {
        CUSTVAL__TRY(copy(load, text->key, &out->languages[text->index]));
        CUSTVAL__TRY(copy(load, text->text, &out->texts[text->index]));
    }
    return CUSTVAL_OK;
}

custval_status custval__load_number(custval__programmes_load *load, const custval__json *value, double least,
                                    double most, double *out) {
    if (value == NULL) return CUSTVAL_OK;
    if (value->number < least || value->number > most) {
        return custval__json_fail(value, CUSTVAL_ERROR_RANGE, &load->error, "%g must be between %g and %g",
                                  value->number, least, most);
    }
    *out = value->number;
    return CUSTVAL_OK;
}

static const char *trait_at(const void *data, size_t index) {
    const custval_programmes *const base = data;
    return index < base->trait_count ? base->traits[index].id : NULL;
}

static const char *value_at(const void *data, size_t index) {
    const custval__trait *const trait = data;
    return index < trait->value_count ? trait->values[index] : NULL;
}

static custval_status fail_unknown(custval__programmes_load *load, const custval__json *value, const char *name,
                                   const char *what, const char *(*next)(const void *data, size_t index),
                                   const void *data) {
    char near[CUSTVAL_ERROR_MESSAGE_SIZE];
    custval__nearest_names(name, next, data, 1, near, sizeof near);
    return custval__json_fail(value, CUSTVAL_ERROR_NOT_FOUND, &load->error, "there is no %s \"%.*s\"%s%s%s", what, 80,
                              name, near[0] == 0 ? "" : "; did you mean ", near, near[0] == 0 ? "" : "?");
}

custval_status custval__load_trait(custval__programmes_load *load, const custval__json *value, const char *id,
                                   uint32_t *out) {
    for (*out = 0; *out < load->base->trait_count; ++*out) {
        if (strcmp(load->base->traits[*out].id, id) == 0) return CUSTVAL_OK;
    }
    return fail_unknown(load, value, id, "trait", trait_at, load->base);
}

custval_status custval__load_value(custval__programmes_load *load, const custval__json *value,
                                   const custval__trait *trait, uint32_t *out) {
    *out = custval__trait_value(trait, value->text, strlen(value->text));
    if (*out != CUSTVAL_NONE) return CUSTVAL_OK;
    return fail_unknown(load, value, value->text, "value", value_at, trait);
}

custval_status custval__load_sort(custval__programmes_load *load, const custval__json *list, const char *const *names,
                                  uint32_t count, uint32_t **out) {
    void *order = NULL;
    CUSTVAL__TRY(custval__load_room(load, count, 2 * sizeof **out, &order));
    *out = order;
    const uint32_t twice = custval__sorted_make(names, count, *out, *out + count);
    if (twice == CUSTVAL_NONE) return CUSTVAL_OK;
    const custval__json *element = list->first;
    while (element->index != twice) element = element->next;
    return custval__json_fail(element, CUSTVAL_ERROR_DUPLICATE, &load->error, "\"%.*s\" is there twice", 80,
                              names[twice]);
}

/* ---- The whole ------------------------------------------------------------------------------------------------------ */

#define NUMBER CUSTVAL__JSON_NUMBER
#define TEXT CUSTVAL__JSON_TEXT
#define ARRAY CUSTVAL__JSON_ARRAY
#define OBJECT CUSTVAL__JSON_OBJECT

static const custval__member base_members[] = {
    {"custval", TEXT, 0, 0, 1},
    {"version", NUMBER, 0, 0, 1},
    {"id", TEXT, 0, 0, 0},
    {"label", TEXT | OBJECT, TEXT, 0, 0},
    {"note", TEXT, 0, 0, 0},
    {"money_per_point", NUMBER, 0, 0, 0},
    {"segment", TEXT, 0, 0, 0},
    {"contacted", TEXT, 0, 0, 0},
    {"nearest", OBJECT, 0, 0, 0},
    {"traits", ARRAY, OBJECT, 0, 0},
    {"programmes", ARRAY, OBJECT, 0, 1},
    {"cases", ARRAY, OBJECT, 0, 0},
    {NULL, 0, 0, 0, 0},
};

static const custval__member nearest_members[] = {
    {"similarity", NUMBER, 0, 0, 0},
    {"known", NUMBER, 0, 0, 0},
    {NULL, 0, 0, 0, 0},
};

static const custval__shape base_shape = {"programmes", "a document of programmes", base_members};
static const custval__shape nearest_shape = {"nearest", "the rule of the nearest case", nearest_members};

static const custval__json *member(const custval__programmes_load *load, const char *key) {
    return custval__json_member(load->document.root, key);
}

static custval_status load_nearest(custval__programmes_load *load) {
    const custval__json *const nearest = member(load, "nearest");
    if (nearest == NULL) return CUSTVAL_OK;
    CUSTVAL__TRY(custval__shape_check(nearest, &nearest_shape, &load->error));
    const custval__json *const similarity = custval__json_member(nearest, "similarity");
    const custval__json *const known = custval__json_member(nearest, "known");
    load->base->states_similarity = similarity != NULL;
    load->base->states_known = known != NULL;
    CUSTVAL__TRY(custval__load_number(load, similarity, 0.0, 1.0, &load->base->similarity_least));
    return custval__load_number(load, known, 0.0, 1.0, &load->base->known_least);
}

/* Settings that name a trait, which must have that type. */
static custval_status load_setting(custval__programmes_load *load, const char *key, uint32_t type, uint32_t *out) {
    const custval__json *const value = member(load, key);
    if (value == NULL) return CUSTVAL_OK;
    CUSTVAL__TRY(custval__load_trait(load, value, value->text, out));
    if (load->base->traits[*out].type == type) return CUSTVAL_OK;
    return custval__load_fail(load, value, CUSTVAL_ERROR_TYPE,
                              type == CUSTVAL_TRAIT_NUMBER ? "must be a trait of type \"number\""
                                                           : "must be a trait of type \"category\"");
}

static custval_status load_settings(custval__programmes_load *load) {
    custval_programmes *const base = load->base;
    CUSTVAL__TRY(custval__load_text(load, member(load, "id"), &base->id));
    CUSTVAL__TRY(custval__load_wording(load, member(load, "label"), &base->label));
    CUSTVAL__TRY(custval__load_text(load, member(load, "note"), &base->note));
    CUSTVAL__TRY(custval__load_number(load, member(load, "money_per_point"), 0.0, 1e300, &base->money_per_point));
    CUSTVAL__TRY(load_nearest(load));
    CUSTVAL__TRY(load_setting(load, "contacted", CUSTVAL_TRAIT_NUMBER, &base->contacted));
    CUSTVAL__TRY(load_setting(load, "segment", CUSTVAL_TRAIT_CATEGORY, &base->segment));
    if (base->segment == CUSTVAL_NONE) return CUSTVAL_OK;
    base->segment_count = base->traits[base->segment].value_count;
    if (base->segment_count <= CUSTVAL__SEGMENTS_MOST) return CUSTVAL_OK;
    return custval__json_fail(member(load, "segment"), CUSTVAL_ERROR_LIMIT, &load->error,
                              "has %u values, but a segment may have at most %d", (unsigned)base->segment_count,
                              CUSTVAL__SEGMENTS_MOST);
}

static custval_status parse(custval__programmes_load *load, const custval_host *host, const char *text, size_t length) {
    CUSTVAL__TRY(custval__json_read(&load->document, host, text, length, &load->error));
    CUSTVAL__TRY(
        custval__shape_check_head(load->document.root, "programmes", CUSTVAL__PROGRAMMES_VERSION, &load->error));
    CUSTVAL__TRY(custval__shape_check(load->document.root, &base_shape, &load->error));
    CUSTVAL__TRY(custval__programmes_new(host, &load->base, &load->error));
    CUSTVAL__TRY(custval__load_traits(load));
    CUSTVAL__TRY(load_settings(load));
    CUSTVAL__TRY(custval__load_programmes(load));
    return custval__load_cases(load);
}

/* Not yet frozen. */
static custval_status read_base(const custval_host *whole_host, const char *text, size_t length,
                                custval_programmes **out, custval_error *error) {
    custval__programmes_load load = {.error = CUSTVAL_ERROR_INIT};
    const custval_status status = parse(&load, whole_host, text, length);
    custval__json_free(&load.document);
    if (status == CUSTVAL_OK) {
        *out = load.base;
        return CUSTVAL_OK;
    }
    custval_programmes_free(load.base);
    return custval__fail(error, status, "%s", load.error.message);
}

custval_status custval_programmes_parse(const custval_host *host, const char *text, size_t length,
                                        custval_programmes **out, custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    if (text == NULL) return custval__fail_null(error, "text");
    custval_host whole;
    CUSTVAL__TRY(custval__host_read(&whole, host, error));
    custval_programmes *base = NULL;
    CUSTVAL__TRY(read_base(&whole, text, length, &base, error));
    const custval_status status = custval__programmes_freeze(base, error);
    if (status == CUSTVAL_OK) {
        *out = base;
    } else {
        custval_programmes_free(base);
    }
    return status;
}

/* A base is what its document says, so that its copy is what that says again. */
custval_status custval__programmes_copy(const custval_programmes *base, const custval_host *whole_host,
                                        custval_programmes **out, custval_error *error) {
    size_t length = 0;
    CUSTVAL__TRY(custval_programmes_write(base, NULL, 0, &length, error));
    char *const text = custval__alloc(whole_host, length + 1, 1);
    if (text == NULL) return custval__fail_memory(error);
    custval_status status = custval_programmes_write(base, text, length + 1, &length, error);
    if (status == CUSTVAL_OK) status = read_base(whole_host, text, length, out, error);
    custval__free(whole_host, text);
    return status;
}
