/* Which keys the objects of a system document have. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "shape.h"

#include <string.h>

#include <custval/words.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../base/text.h"
#include "path.h"

enum {
    FLAG = CUSTVAL__JSON_FLAG,
    NUMBER = CUSTVAL__JSON_NUMBER,
    TEXT = CUSTVAL__JSON_TEXT,
    ARRAY = CUSTVAL__JSON_ARRAY,
    OBJECT = CUSTVAL__JSON_OBJECT
};

/* ---- The tables -------------------------------------------------------------------------------------------------- */

#define ANY(key, types) \
  { key, types, 0, 0, 0 }
#define NEEDED(key, types) \
  { key, types, 0, 0, 1 }
#define OF(key, types, children) \
  { key, types, children, 0, 0 }
#define NEEDED_OF(key, types, children) \
  { key, types, children, 0, 1 }
#define WORD(key, vocabulary) \
  { key, TEXT, 0, vocabulary, 0 }
#define NEEDED_WORD(key, vocabulary) \
  { key, TEXT, 0, vocabulary, 1 }
#define LABEL OF("label", TEXT | OBJECT, TEXT)
#define NOTE ANY("note", TEXT)
#define END ANY(NULL, 0)

static const custval__member system_members[] = {
    NEEDED("custval", TEXT),
    NEEDED("version", NUMBER),
    ANY("id", TEXT),
    LABEL,
    NOTE,
    WORD("form", CUSTVAL_WORDS_FORM),
    WORD("aggregator", CUSTVAL_WORDS_AGGREGATOR),
    ANY("exponent", NUMBER),
    ANY("missing", OBJECT),
    WORD("out_of_scale", CUSTVAL_WORDS_OUT_OF_SCALE),
    ANY("profile_column", TEXT),
    ANY("context_column", TEXT),
    ANY("override_column", TEXT),
    ANY("benefit", OBJECT),
    ANY("sacrifice", OBJECT),
    NEEDED_OF("dimensions", ARRAY, OBJECT),
    OF("derived", ARRAY, OBJECT),
    OF("profiles", ARRAY, OBJECT),
    OF("contexts", ARRAY, OBJECT),
    OF("gates", ARRAY, OBJECT),
    OF("reliefs", ARRAY, OBJECT),
    OF("overrides", ARRAY, OBJECT),
    OF("highest_weight", ARRAY, TEXT),
    OF("origins", ARRAY, OBJECT),
    END,
};

static const custval__member missing_members[] = {
    WORD("policy", CUSTVAL_WORDS_MISSING),
    ANY("neutral", NUMBER),
    ANY("coverage_floor", NUMBER),
    END,
};

static const custval__member side_members[] = {
    LABEL,
    NOTE,
    ANY("weight", NUMBER),
    WORD("aggregator", CUSTVAL_WORDS_AGGREGATOR),
    ANY("exponent", NUMBER),
    ANY("coverage_floor", NUMBER),
    END,
};

static const custval__member dimension_members[] = {
    NEEDED("id", TEXT),
    NEEDED_WORD("side", CUSTVAL_WORDS_SIDE),
    LABEL,
    NOTE,
    ANY("weight", NUMBER),
    ANY("weight_column", TEXT),
    WORD("aggregator", CUSTVAL_WORDS_AGGREGATOR),
    ANY("exponent", NUMBER),
    ANY("coverage_floor", NUMBER),
    NEEDED_OF("indicators", ARRAY, OBJECT),
    END,
};

static const custval__member indicator_members[] = {
    NEEDED("id", TEXT),
    LABEL,
    NOTE,
    WORD("tag", CUSTVAL_WORDS_TAG),
    ANY("weight", NUMBER),
    ANY("weight_column", TEXT),
    ANY("cost", NUMBER),
    WORD("aggregator", CUSTVAL_WORDS_AGGREGATOR),
    ANY("exponent", NUMBER),
    ANY("coverage_floor", NUMBER),
    NEEDED_OF("items", ARRAY, OBJECT),
    END,
};

static const custval__member item_members[] = {
    NEEDED("column", TEXT),
    ANY("id", TEXT),
    LABEL,
    NOTE,
    OF("scale", ARRAY, NUMBER),
    ANY("reversed", FLAG),
    OF("missing_codes", ARRAY, NUMBER),
    WORD("out_of_scale", CUSTVAL_WORDS_OUT_OF_SCALE),
    ANY("weight", NUMBER),
    ANY("expectation", NUMBER),
    ANY("curve", OBJECT),
    END,
};

#define TYPE NEEDED_WORD("type", CUSTVAL_WORDS_CURVE)

static const custval__member plain_curve_members[] = {TYPE, END};

static const custval__member linear_members[] = {TYPE, NEEDED("intercept", NUMBER), NEEDED("slope", NUMBER), END};

static const custval__member logistic_members[] = {
    TYPE,
    NEEDED("midpoint", NUMBER),
    NEEDED("steepness", NUMBER),
    END,
};

static const custval__member piecewise_members[] = {TYPE, NEEDED_OF("points", ARRAY, ARRAY), END};

static const custval__member prospect_members[] = {
    TYPE, ANY("alpha", NUMBER), ANY("beta", NUMBER), ANY("lambda", NUMBER), END,
};

static const custval__member table_members[] = {
    TYPE,
    OF("scores", OBJECT, NUMBER),
    OF("points", ARRAY, ARRAY),
    END,
};

static const custval__member derived_members[] = {
    NEEDED("id", TEXT),
    LABEL,
    NOTE,
    WORD("aggregator", CUSTVAL_WORDS_AGGREGATOR),
    ANY("exponent", NUMBER),
    ANY("coverage_floor", NUMBER),
    NEEDED_OF("from", OBJECT, NUMBER),
    END,
};

static const custval__member profile_members[] = {
    NEEDED("id", TEXT), LABEL, NOTE, OF("weights", OBJECT, NUMBER), END,
};

static const custval__member context_members[] = {
    NEEDED("id", TEXT), LABEL, NOTE, OF("weights", OBJECT, NUMBER), OF("expectations", OBJECT, NUMBER), END,
};

static const custval__member gate_members[] = {
    NEEDED("node", TEXT), ANY("below", NUMBER), ANY("above", NUMBER), NEEDED("cap", NUMBER), NOTE, END,
};

static const custval__member relief_members[] = {
    NEEDED("node", TEXT), NEEDED("by", TEXT), NEEDED("share", NUMBER), NOTE, END,
};

static const custval__member override_members[] = {
    ANY("node", TEXT),
    NEEDED("key", TEXT),
    NEEDED("score", NUMBER),
    NEEDED("author", TEXT),
    NEEDED("reason", TEXT),
    NEEDED("expires", TEXT),
    END,
};

static const custval__member origin_members[] = {
    ANY("weights", TEXT),
    ANY("scale", TEXT),
    ANY("profile", TEXT),
    NEEDED("method", TEXT),
    ANY("source", TEXT),
    ANY("sample", NUMBER),
    ANY("date", TEXT),
    NOTE,
    OF("diagnostics", OBJECT, NUMBER),
    END,
};

const custval__shape custval__shapes[CUSTVAL__SHAPES] = {
    [CUSTVAL__SHAPE_SYSTEM] = {"system", "a system", system_members},
    [CUSTVAL__SHAPE_MISSING] = {"missing", "the missing policy", missing_members},
    [CUSTVAL__SHAPE_SIDE] = {"side", "a side", side_members},
    [CUSTVAL__SHAPE_DIMENSION] = {"dimension", "a dimension", dimension_members},
    [CUSTVAL__SHAPE_INDICATOR] = {"indicator", "an indicator", indicator_members},
    [CUSTVAL__SHAPE_ITEM] = {"item", "an item", item_members},
    [CUSTVAL__SHAPE_CURVE] = {"curve", "a curve", plain_curve_members},
    [CUSTVAL__SHAPE_CURVE_SCALE] = {"curve_scale", "a scale curve", plain_curve_members},
    [CUSTVAL__SHAPE_CURVE_LINEAR] = {"curve_linear", "a linear curve", linear_members},
    [CUSTVAL__SHAPE_CURVE_LOG] = {"curve_log", "a log curve", plain_curve_members},
    [CUSTVAL__SHAPE_CURVE_LOGISTIC] = {"curve_logistic", "a logistic curve", logistic_members},
    [CUSTVAL__SHAPE_CURVE_PIECEWISE] = {"curve_piecewise", "a piecewise curve", piecewise_members},
    [CUSTVAL__SHAPE_CURVE_PROSPECT] = {"curve_prospect", "a prospect curve", prospect_members},
    [CUSTVAL__SHAPE_CURVE_TABLE] = {"curve_table", "a table curve", table_members},
    [CUSTVAL__SHAPE_DERIVED] = {"derived", "a derived node", derived_members},
    [CUSTVAL__SHAPE_PROFILE] = {"profile", "a profile", profile_members},
    [CUSTVAL__SHAPE_CONTEXT] = {"context", "a context", context_members},
    [CUSTVAL__SHAPE_GATE] = {"gate", "a gate", gate_members},
    [CUSTVAL__SHAPE_RELIEF] = {"relief", "a relief", relief_members},
    [CUSTVAL__SHAPE_OVERRIDE] = {"override", "an override", override_members},
    [CUSTVAL__SHAPE_ORIGIN] = {"origin", "an origin", origin_members},
};

/* ---- The check --------------------------------------------------------------------------------------------------- */

static const char *type_words(uint32_t type) {
    switch (type) {
    case CUSTVAL__JSON_NULL: return "null";
    case FLAG: return "true or false";
    case NUMBER: return "a number";
    case TEXT: return "a text";
    case ARRAY: return "an array";
    case OBJECT: return "an object";
    case NUMBER | TEXT: return "a number or the name of a column";
    case NUMBER | TEXT | FLAG: return "a number, a text, true or false";
    default: return "a text or an object"; /* the other set of several types, that of labels */
    }
}

static custval_status check_type(const custval__json *value, uint32_t types, custval_error *error) {
    if ((value->type & types) != 0) return CUSTVAL_OK;
    return custval__json_fail(value, CUSTVAL_ERROR_DOCUMENT, error, "must be %s, not %s%s", type_words(types),
                              type_words(value->type),
                              value->type == CUSTVAL__JSON_NULL ? "; leave out what there is not" : "");
}

static custval_status check_member(const custval__json *value, const custval__member *member, custval_error *error) {
    CUSTVAL__TRY(check_type(value, member->types, error));
    if (member->children != 0 && (value->type & (ARRAY | OBJECT)) != 0) {
        if (value->count == 0 && member->required) {
            return custval__json_fail(value, CUSTVAL_ERROR_STRUCTURE, error, "must not be empty");
        }
        for (const custval__json *child = value->first; child != NULL; child = child->next) {
            CUSTVAL__TRY(check_type(child, member->children, error));
        }
    }
    uint32_t word = 0;
    if (member->vocabulary == 0 || custval_word_value(member->vocabulary, value->text, &word, error) == CUSTVAL_OK) {
        return CUSTVAL_OK;
    }
    return custval__json_place(value, CUSTVAL_ERROR_DOCUMENT, error);
}

static const char *key_at(const void *data, size_t index) {
    return ((const custval__member *)data)[index].key;
}

static custval_status fail_unknown(const custval__json *object, const custval__json *value, const custval__shape *shape,
                                   custval_error *error) {
    char near[200], known[400];
    size_t length = 0;
    custval__nearest_names(value->key, key_at, shape->members, 1, near, sizeof near);
    for (const custval__member *member = shape->members; member->key != NULL && length < sizeof known; member++) {
        length += custval__format(known + length, sizeof known - length, "%s%s", length == 0 ? "" : ", ", member->key);
    }
    if (near[0] != 0) {
        return custval__json_fail(object, CUSTVAL_ERROR_DOCUMENT, error, "unknown key \"%.*s\"; did you mean %s?", 60,
                                  value->key, near);
    }
    return custval__json_fail(object, CUSTVAL_ERROR_DOCUMENT, error, "unknown key \"%.*s\"; %s has %s", 60, value->key,
                              shape->words, known);
}

custval_status custval__shape_check_head(const custval__json *root, const char *kind, int version,
                                         custval_error *error) {
    if (root->type != OBJECT) {
        return custval__json_fail(root, CUSTVAL_ERROR_DOCUMENT, error,
                                  "a document is an object, {\"custval\": \"%s\", ...}", kind);
    }
    const custval__json *const says = custval__json_member(root, "custval");
    if (says == NULL) {
        return custval__json_fail(root, CUSTVAL_ERROR_DOCUMENT, error,
                                  "this is no %s document: it does not say \"custval\": \"%s\"", kind, kind);
    }
    if (says->type != TEXT || strcmp(says->text, kind) != 0) {
        return custval__json_fail(says, CUSTVAL_ERROR_DOCUMENT, error, "this is no %s document, which says \"%s\" here",
                                  kind, kind);
    }
    const custval__json *const stated = custval__json_member(root, "version");
    if (stated == NULL || stated->type != NUMBER || stated->number == version) return CUSTVAL_OK;
    return custval__json_fail(stated, CUSTVAL_ERROR_DOCUMENT, error, "this library reads version %d, not %g", version,
                              stated->number);
}

custval_status custval__shape_check(const custval__json *object, const custval__shape *shape, custval_error *error) {
    for (const custval__json *value = object->first; value != NULL; value = value->next) {
        const custval__member *member = shape->members;
        while (member->key != NULL && strcmp(member->key, value->key) != 0) member++;
        if (member->key == NULL) return fail_unknown(object, value, shape, error);
        CUSTVAL__TRY(check_member(value, member, error));
    }
    for (const custval__member *member = shape->members; member->key != NULL; member++) {
        if (!member->required || custval__json_member(object, member->key) != NULL) continue;
        return custval__json_fail(object, CUSTVAL_ERROR_DOCUMENT, error, "the key \"%s\" of %s is missing", member->key,
                                  shape->words);
    }
    return CUSTVAL_OK;
}
