/* Conditions from a document of programmes, as flat trees. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "programmes_load.h"

#define NUMBER CUSTVAL__JSON_NUMBER
#define TEXT CUSTVAL__JSON_TEXT
#define FLAG CUSTVAL__JSON_FLAG
#define ARRAY CUSTVAL__JSON_ARRAY
#define OBJECT CUSTVAL__JSON_OBJECT

static const custval__member members[] = {
    {"all", ARRAY, OBJECT, 0, 0}, {"any", ARRAY, OBJECT, 0, 0}, {"not", OBJECT, 0, 0, 0},
    {"trait", TEXT, 0, 0, 0},     {"<", NUMBER, 0, 0, 0},       {"<=", NUMBER, 0, 0, 0},
    {">", NUMBER, 0, 0, 0},       {">=", NUMBER, 0, 0, 0},      {"=", NUMBER | TEXT | FLAG, 0, 0, 0},
    {"in", ARRAY, TEXT, 0, 0},    {"missing", FLAG, 0, 0, 0},   {NULL, 0, 0, 0, 0},
};

static const custval__shape shape = {"condition", "a condition", members};

/* A tree while it is read: nodes, and the value of each. */
typedef struct growing {
    custval__condition *nodes;
    const custval__json **values;
    uint32_t count;
} growing;

/* ---- Comparisons ---------------------------------------------------------------------------------------------------- */

static custval_status load_codes(custval__programmes_load *load, const custval__json *value,
                                 const custval__trait *trait, custval__condition *out) {
    void *room = NULL;
    const int is_list = value->type == ARRAY;
    out->code_count = is_list ? value->count : 1;
    CUSTVAL__TRY(custval__load_room(load, out->code_count, sizeof *out->codes, &room));
    uint32_t *const codes = room;
    out->codes = codes;
    if (value->type == FLAG) {
        codes[0] = (uint32_t)value->number;
        return CUSTVAL_OK;
    }
    if (!is_list) return custval__load_value(load, value, trait, codes);
    uint8_t is_named[CUSTVAL__VALUES_MOST] = {0};
    for (const custval__json *one = value->first; one != NULL; one = one->next) {
        uint32_t *const code = &codes[one->index];
        CUSTVAL__TRY(custval__load_value(load, one, trait, code));
        if (is_named[*code]) return custval__load_fail(load, one, CUSTVAL_ERROR_DUPLICATE, "the value is there twice");
        is_named[*code] = 1;
    }
    return CUSTVAL_OK;
}

/* What the type of a trait can be compared with. */
static custval_status check_test(custval__programmes_load *load, const custval__json *value,
                                 const custval__trait *trait, uint32_t test) {
    static const char *const words[] = {NULL, "a number: <, <=, >, >= or = with a number",
                                        "a category: = with a text, or in with several", "a flag: = true or = false"};
    const uint32_t is_equal = test == CUSTVAL__TEST_EQUAL;
    const int fits = trait->type == CUSTVAL_TRAIT_NUMBER     ? value->type == NUMBER
                     : trait->type == CUSTVAL_TRAIT_CATEGORY ? (is_equal && value->type == TEXT) || value->type == ARRAY
                                                             : is_equal && value->type == FLAG;
    if (fits) return CUSTVAL_OK;
    return custval__json_fail(value, CUSTVAL_ERROR_TYPE, &load->error, "trait \"%.*s\" is %s", 80, trait->id,
                              words[trait->type]);
}

static custval_status load_test(custval__programmes_load *load, const custval__json *object, custval__condition *out) {
    const custval__json *const trait = custval__json_member(object, "trait"), *value = object->first;
    if (object->count != 2 || trait == NULL) {
        return custval__load_fail(load, object, CUSTVAL_ERROR_DOCUMENT,
                                  "a condition is one \"all\", \"any\" or \"not\", or a \"trait\" with one comparison, "
                                  "e.g. {\"trait\": \"age\", \">=\": 70}");
    }
    CUSTVAL__TRY(custval__load_trait(load, trait, trait->text, &out->trait));
    if (value == trait) value = value->next;
    out->kind = CUSTVAL__CONDITION_TEST;
    if (strcmp(value->key, "missing") == 0) {
        out->test = value->number == 1.0 ? CUSTVAL__TEST_MISSING : CUSTVAL__TEST_THERE;
        return CUSTVAL_OK;
    }
    for (out->test = 0; out->test < CUSTVAL__TEST_MISSING; out->test++) {
        if (strcmp(custval__test_words[out->test], value->key) == 0) break;
    }
    const custval__trait *const which = &load->base->traits[out->trait];
    if (out->test == CUSTVAL__TEST_MISSING) {
        return custval__load_fail(load, object, CUSTVAL_ERROR_DOCUMENT, "a trait is compared, not combined");
    }
    CUSTVAL__TRY(check_test(load, value, which, out->test));
    if (which->type != CUSTVAL_TRAIT_NUMBER) return load_codes(load, value, which, out);
    out->number = value->number;
    return CUSTVAL_OK;
}

/* ---- Trees ---------------------------------------------------------------------------------------------------------- */

/* Conditions inside one, itself included; what is no condition is at most counted too often. */
static uint32_t count_nodes(const custval__json *root) {
    uint32_t count = 1;
    const custval__json *at = root;
    for (;;) {
        if (at->first != NULL) {
            at = at->first;
        } else {
            while (at != root && at->next == NULL) at = at->parent;
            if (at == root) return count;
            at = at->next;
        }
        count += at->type == OBJECT;
    }
}

/* Appends the conditions inside a node, next to each other. */
static custval_status append(custval__programmes_load *load, growing *tree, uint32_t at) {
    const custval__json *const object = tree->values[at], *const value = object->first;
    custval__condition *const node = &tree->nodes[at];
    CUSTVAL__TRY(custval__shape_check(object, &shape, &load->error));
    if (object->count != 1 || value->type == TEXT) return load_test(load, object, node);
    if (value->type == OBJECT) {
        *node = (custval__condition){.kind = CUSTVAL__CONDITION_NOT, .first = tree->count, .count = 1};
        tree->values[tree->count++] = value;
        return CUSTVAL_OK;
    }
    if (strcmp(value->key, "all") != 0 && strcmp(value->key, "any") != 0) return load_test(load, object, node);
    node->kind = strcmp(value->key, "all") == 0 ? CUSTVAL__CONDITION_ALL : CUSTVAL__CONDITION_ANY;
    node->first = tree->count;
    node->count = value->count;
    for (const custval__json *child = value->first; child != NULL; child = child->next) {
        tree->values[tree->count++] = child;
    }
    return CUSTVAL_OK;
}

/* From the root on: what is appended is looked at later, so that children stand behind their parents. */
custval_status custval__load_condition(custval__programmes_load *load, const custval__json *value, custval__tree *out) {
    void *nodes = NULL, *values = NULL;
    if (value == NULL) return CUSTVAL_OK;
    const uint32_t most = count_nodes(value);
    CUSTVAL__TRY(custval__load_room(load, most, sizeof(custval__condition), &nodes));
    CUSTVAL__TRY(custval__load_room(load, most, sizeof(const custval__json *), &values));
    growing tree = {nodes, values, 1};
    tree.values[0] = value;
    for (uint32_t i = 0; i < tree.count; i++) CUSTVAL__TRY(append(load, &tree, i));
    *out = (custval__tree){tree.nodes, tree.count};
    return CUSTVAL_OK;
}
