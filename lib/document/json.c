/* Reading JSON: jansson reads the text, and its values become a tree in the host's memory. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "json.h"

#include <string.h>

#include <jansson.h>

#include <custval/document.h>

#include "../base/compiler.h"
#include "../base/error.h"

/* Levels of brackets outside of texts. Checked before jansson sees the document, so that a hostile one cannot make
   anybody recurse. */
static size_t depth_of(const char *text, size_t length) {
    size_t depth = 0, deepest = 0;
    int in_text = 0;
    for (size_t i = 0; i < length; i++) {
        if (in_text) {
            if (text[i] == '\\')
                i++;
            else if (text[i] == '"')
                in_text = 0;
            continue;
        }
        if (text[i] == '"') in_text = 1;
        if (text[i] == '{' || text[i] == '[') depth++;
        if ((text[i] == '}' || text[i] == ']') && depth > 0) depth--;
        if (depth > deepest) deepest = depth;
    }
    return deepest;
}

/* jansson says nothing where it ran out of memory between tokens. */
static custval_status fail_syntax(const json_error_t *found, custval_error *error) {
    const int is_memory = found->text[0] == 0 || json_error_code(found) == json_error_out_of_memory;
    if (is_memory) return custval__fail_memory(error);
    return custval__fail(error, CUSTVAL_ERROR_DOCUMENT, "line %d, column %d: %s", found->line,
                         found->column > 0 ? found->column : 1, found->text);
}

static custval_status copy_value(custval__json_document *document, const json_t *from, custval__json *to,
                                 custval_error *error);

/* Makes one more child; `last` is the youngest so far, which only its makers may still change. */
static custval_status add_child(custval__json_document *document, const json_t *from, const char *key,
                                custval__json *parent, custval__json **last, custval_error *error) {
    custval__json *const child = custval__arena_alloc(&document->arena, 1, sizeof *child);
    if (child == NULL) return custval__fail_memory(error);
    child->parent = parent;
    child->index = parent->count++;
    if (key != NULL) {
        child->key = custval__arena_text(&document->arena, key, strlen(key));
        if (child->key == NULL) return custval__fail_memory(error);
    }
    if (*last == NULL)
        parent->first = child;
    else
        (*last)->next = child;
    *last = child;
    return copy_value(document, from, child, error);
}

static custval_status copy_children(custval__json_document *document, const json_t *from, custval__json *to,
                                    custval_error *error) {
    custval__json *last = NULL;
    if (json_is_array(from)) {
        for (size_t i = 0; i < json_array_size(from); i++) {
            CUSTVAL__TRY(add_child(document, json_array_get(from, i), NULL, to, &last, error));
        }
        return CUSTVAL_OK;
    }
    json_t *const object = (json_t *)(uintptr_t)from; /* jansson walks only what it may change */
    for (void *member = json_object_iter(object); member != NULL; member = json_object_iter_next(object, member)) {
        const char *const key = json_object_iter_key(member);
        CUSTVAL__TRY(add_child(document, json_object_iter_value(member), key, to, &last, error));
    }
    return CUSTVAL_OK;
}

static custval_status copy_value(custval__json_document *document, const json_t *from, custval__json *to,
                                 custval_error *error) {
    switch (json_typeof(from)) {
    case JSON_OBJECT: to->type = CUSTVAL__JSON_OBJECT; return copy_children(document, from, to, error);
    case JSON_ARRAY: to->type = CUSTVAL__JSON_ARRAY; return copy_children(document, from, to, error);
    case JSON_STRING:
        to->type = CUSTVAL__JSON_TEXT;
        to->text = custval__arena_text(&document->arena, json_string_value(from), json_string_length(from));
        return to->text != NULL ? CUSTVAL_OK : custval__fail_memory(error);
    case JSON_INTEGER:
    case JSON_REAL:
        to->type = CUSTVAL__JSON_NUMBER;
        to->number = json_number_value(from);
        return CUSTVAL_OK;
    case JSON_TRUE:
    case JSON_FALSE:
        to->type = CUSTVAL__JSON_FLAG;
        to->number = json_is_true(from) ? 1.0 : 0.0;
        return CUSTVAL_OK;
    default: to->type = CUSTVAL__JSON_NULL; return CUSTVAL_OK;
    }
}

custval_status custval__json_read(custval__json_document *out, const custval_host *whole_host, const char *text,
                                  size_t length, custval_error *error) {
    static const char byte_order_mark[3] = {'\xef', '\xbb', '\xbf'};
    custval__arena_init(&out->arena, whole_host);
    out->root = NULL;
    if (length > CUSTVAL_MAX_DOCUMENT_SIZE) {
        return custval__fail(error, CUSTVAL_ERROR_LIMIT, "the document has %zu bytes; the most is %d", length,
                             CUSTVAL_MAX_DOCUMENT_SIZE);
    }
    if (length >= sizeof byte_order_mark && memcmp(text, byte_order_mark, sizeof byte_order_mark) == 0) {
        text += sizeof byte_order_mark;
        length -= sizeof byte_order_mark;
    }
    if (depth_of(text, length) > CUSTVAL_MAX_DOCUMENT_DEPTH) {
        return custval__fail(error, CUSTVAL_ERROR_LIMIT, "more than %d levels of nesting", CUSTVAL_MAX_DOCUMENT_DEPTH);
    }
    json_error_t found;
    const size_t flags = JSON_REJECT_DUPLICATES | JSON_DECODE_ANY | JSON_DECODE_INT_AS_REAL;
    json_t *const loaded = json_loadb(text, length, flags, &found);
    if (loaded == NULL) return fail_syntax(&found, error);
    custval__json *const root = custval__arena_alloc(&out->arena, 1, sizeof *root);
    const custval_status status = root != NULL ? copy_value(out, loaded, root, error) : custval__fail_memory(error);
    json_decref(loaded);
    out->root = root;
    return status;
}

void custval__json_free(custval__json_document *document) {
    custval__arena_free(&document->arena);
    document->root = NULL;
}

const custval__json *custval__json_member(const custval__json *object, const char *key) {
    for (const custval__json *member = object->first; member != NULL; member = member->next) {
        if (strcmp(member->key, key) == 0) return member;
    }
    return NULL;
}
