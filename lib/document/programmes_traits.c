/* Traits of customers from a document of programmes. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include <custval/words.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "programmes_load.h"

#define NUMBER CUSTVAL__JSON_NUMBER
#define TEXT CUSTVAL__JSON_TEXT
#define ARRAY CUSTVAL__JSON_ARRAY
#define OBJECT CUSTVAL__JSON_OBJECT

static const custval__member members[] = {
    {"id", TEXT, 0, 0, 1},
    {"label", TEXT | OBJECT, TEXT, 0, 0},
    {"note", TEXT, 0, 0, 0},
    {"type", TEXT, 0, CUSTVAL_WORDS_TRAIT, 1},
    {"range", ARRAY, NUMBER, 0, 0},
    {"values", ARRAY, TEXT, 0, 0},
    {"similar", ARRAY, ARRAY, 0, 0},
    {"weight", NUMBER, 0, 0, 0},
    {NULL, 0, 0, 0, 0},
};

static const custval__shape shape = {"trait", "a trait", members};

static custval_status load_range(custval__programmes_load *load, const custval__json *value, custval__trait *out) {
    if (value == NULL) return CUSTVAL_OK;
    if (value->count == 2 && value->first->number < value->first->next->number) {
        out->low = value->first->number;
        out->high = value->first->next->number;
        out->has_range = 1;
        if (isfinite(out->high - out->low)) return CUSTVAL_OK;
    }
    return custval__load_fail(load, value, CUSTVAL_ERROR_RANGE, "a range is two numbers, the lower one first");
}

static custval_status load_values(custval__programmes_load *load, const custval__json *list, custval__trait *out) {
    void *room = NULL;
    if (list->count == 0) return custval__load_fail(load, list, CUSTVAL_ERROR_STRUCTURE, "must not be empty");
    if (list->count > CUSTVAL__VALUES_MOST) {
        return custval__json_fail(list, CUSTVAL_ERROR_LIMIT, &load->error, "%u values, but at most %d are allowed",
                                  (unsigned)list->count, CUSTVAL__VALUES_MOST);
    }
    CUSTVAL__TRY(custval__load_room(load, list->count, sizeof *out->values, &room));
    out->values = room;
    for (const custval__json *value = list->first; value != NULL; value = value->next) {
        CUSTVAL__TRY(custval__load_id(load, value, &out->values[value->index]));
    }
    out->value_count = list->count;
    return custval__load_sort(load, list, out->values, out->value_count, &out->by_name);
}

/* ---- Similar values ------------------------------------------------------------------------------------------------- */

static custval_status load_pair(custval__programmes_load *load, const custval__json *pair, custval__trait *out,
                                custval__alike *alike) {
    const custval__json *const a = pair->first, *const b = a == NULL ? NULL : a->next;
    if (pair->count != 3 || a->type != TEXT || b->type != TEXT || b->next->type != NUMBER) {
        return custval__load_fail(load, pair, CUSTVAL_ERROR_DOCUMENT,
                                  "must be two values and their similarity, e.g. [\"house\", \"farm\", 0.5]");
    }
    CUSTVAL__TRY(custval__load_value(load, a, out, &alike->a));
    CUSTVAL__TRY(custval__load_value(load, b, out, &alike->b));
    CUSTVAL__TRY(custval__load_number(load, b->next, 0.0, 1.0, &alike->similarity));
    double *const one = &out->similarities[(size_t)alike->a * out->value_count + alike->b];
    if (alike->a == alike->b) {
        return custval__load_fail(load, pair, CUSTVAL_ERROR_STRUCTURE, "a value is as similar to itself as can be");
    }
    if (!isnan(*one)) return custval__load_fail(load, pair, CUSTVAL_ERROR_DUPLICATE, "the pair is there twice");
    *one = out->similarities[(size_t)alike->b * out->value_count + alike->a] = alike->similarity;
    return CUSTVAL_OK;
}

static custval_status load_similar(custval__programmes_load *load, const custval__json *list, custval__trait *out) {
    void *table = NULL, *pairs = NULL;
    const size_t count = out->value_count;
    if (list == NULL) return CUSTVAL_OK;
    if (count > CUSTVAL__SIMILAR_VALUES_MOST) {
        return custval__json_fail(list, CUSTVAL_ERROR_LIMIT, &load->error,
                                  "the trait has %zu values, but similar ones may be given for at most %d", count,
                                  CUSTVAL__SIMILAR_VALUES_MOST);
    }
    CUSTVAL__TRY(custval__load_room(load, count * count, sizeof *out->similarities, &table));
    CUSTVAL__TRY(custval__load_room(load, list->count, sizeof *out->alike, &pairs));
    out->similarities = table;
    out->alike = pairs;
    out->alike_count = list->count;
    for (size_t i = 0; i < count * count; i++) out->similarities[i] = (double)NAN;
    for (const custval__json *pair = list->first; pair != NULL; pair = pair->next) {
        CUSTVAL__TRY(load_pair(load, pair, out, &out->alike[pair->index]));
    }
    for (size_t i = 0; i < count * count; i++) {
        if (isnan(out->similarities[i])) out->similarities[i] = i / count == i % count ? 1.0 : 0.0;
    }
    return CUSTVAL_OK;
}

/* ---- Traits --------------------------------------------------------------------------------------------------------- */

static custval_status load_trait(custval__programmes_load *load, const custval__json *object, custval__trait *out) {
    CUSTVAL__TRY(custval__shape_check(object, &shape, &load->error));
    const custval__json *const range = custval__json_member(object, "range");
    const custval__json *const values = custval__json_member(object, "values");
    const custval__json *const similar = custval__json_member(object, "similar");
    CUSTVAL__TRY(custval__load_id(load, custval__json_member(object, "id"), &out->id));
    CUSTVAL__TRY(custval__load_wording(load, custval__json_member(object, "label"), &out->label));
    CUSTVAL__TRY(custval__load_text(load, custval__json_member(object, "note"), &out->note));
    CUSTVAL__TRY(
        custval_word_value(CUSTVAL_WORDS_TRAIT, custval__json_member(object, "type")->text, &out->type, &load->error));
    out->weight = 1.0;
    CUSTVAL__TRY(custval__load_number(load, custval__json_member(object, "weight"), 0.0, 1e300, &out->weight));
    if (range != NULL && out->type != CUSTVAL_TRAIT_NUMBER) {
        return custval__load_fail(load, range, CUSTVAL_ERROR_STRUCTURE, "only numbers have a range");
    }
    if ((values != NULL) != (out->type == CUSTVAL_TRAIT_CATEGORY)) {
        return custval__load_fail(load, object, CUSTVAL_ERROR_STRUCTURE,
                                  "\"values\" goes with the type \"category\", and that with it");
    }
    if (similar != NULL && values == NULL) {
        return custval__load_fail(load, similar, CUSTVAL_ERROR_STRUCTURE, "only categories have similar values");
    }
    if (out->type == CUSTVAL_TRAIT_FLAG) out->value_count = 2;
    CUSTVAL__TRY(load_range(load, range, out));
    if (values != NULL) CUSTVAL__TRY(load_values(load, values, out));
    return load_similar(load, similar, out);
}

custval_status custval__load_traits(custval__programmes_load *load) {
    const custval__json *const list = custval__json_member(load->document.root, "traits");
    void *room = NULL, *ids = NULL;
    uint32_t *order = NULL;
    const uint32_t count = list == NULL ? 0 : list->count;
    if (count > CUSTVAL__TRAITS_MOST) {
        return custval__json_fail(list, CUSTVAL_ERROR_LIMIT, &load->error, "%u traits, but at most %d are allowed",
                                  (unsigned)count, CUSTVAL__TRAITS_MOST);
    }
    CUSTVAL__TRY(custval__load_room(load, count, sizeof *load->base->traits, &room));
    CUSTVAL__TRY(custval__load_room(load, count, sizeof(const char *), &ids));
    load->base->traits = room;
    load->base->trait_ids = ids;
    if (count == 0) return CUSTVAL_OK;
    for (const custval__json *object = list->first; object != NULL; object = object->next) {
        CUSTVAL__TRY(load_trait(load, object, &load->base->traits[object->index]));
        load->base->trait_ids[object->index] = load->base->traits[object->index].id;
        load->base->trait_count++;
    }
    return custval__load_sort(load, list, load->base->trait_ids, count, &order);
}
