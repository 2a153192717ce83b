/* Documents from knowledge bases of programmes. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include <custval/words.h>

#include "../base/error.h"
#include "../programmes/programmes.h"
#include "document.h"
#include "layout.h"

/* A thing of a base, by its index; a node of a tree. */
typedef struct subject {
    const custval_programmes *base;
    const custval__tree *tree;
    uint32_t index;
} subject;

typedef void (*put_function)(custval__layout *to, const void *what);

/* A number that is left out where it is the default. */
static void put_other(custval__layout *to, const char *key, double number, double otherwise) {
    if (number != otherwise) custval__put_member_number(to, key, number);
}

/* A list with an element for each index below count, each on one line if it fits. */
static void put_list(custval__layout *to, const char *key, const custval_programmes *base, uint32_t count,
                     put_function put) {
    if (count == 0) return;
    custval__put_key(to, key);
    custval__put_open(to, '[');
    for (uint32_t i = 0; i < count; i++) {
        const subject one = {base, NULL, i};
        custval__put_fitting(to, put, &one);
    }
    custval__put_close(to, ']');
}

static void put_languages(custval__layout *to, const void *what) {
    const custval__wording *const wording = what;
    custval__put_open(to, '{');
    for (uint32_t i = 0; i < wording->count; i++)
        custval__put_member_text(to, wording->languages[i], wording->texts[i]);
    custval__put_close(to, '}');
}

/* A single English text is a plain one. */
static void put_wording(custval__layout *to, const char *key, const custval__wording *wording) {
    if (wording->count == 0) return;
    if (wording->count == 1 && strcmp(wording->languages[0], "en") == 0) {
        custval__put_member_text(to, key, wording->texts[0]);
    } else {
        custval__put_member(to, key, put_languages, wording);
    }
}

/* ---- Traits --------------------------------------------------------------------------------------------------------- */

static void put_values(custval__layout *to, const void *what) {
    const custval__trait *const trait = what;
    custval__put_open(to, '[');
    for (uint32_t i = 0; i < trait->value_count; i++) custval__put_text(to, trait->values[i]);
    custval__put_close(to, ']');
}

static void put_similar(custval__layout *to, const void *what) {
    const custval__trait *const trait = what;
    custval__put_open(to, '[');
    for (uint32_t i = 0; i < trait->alike_count; i++) {
        const custval__alike *const one = &trait->alike[i];
        custval__put_open(to, '[');
        custval__put_text(to, trait->values[one->a]);
        custval__put_text(to, trait->values[one->b]);
        custval__put_number(to, one->similarity);
        custval__put_close(to, ']');
    }
    custval__put_close(to, ']');
}

static void put_range(custval__layout *to, const void *what) {
    const custval__trait *const trait = what;
    custval__put_open(to, '[');
    custval__put_number(to, trait->low);
    custval__put_number(to, trait->high);
    custval__put_close(to, ']');
}

static void put_trait(custval__layout *to, const void *what) {
    const subject *const which = what;
    const custval__trait *const trait = &which->base->traits[which->index];
    custval__put_open(to, '{');
    custval__put_member_text(to, "id", trait->id);
    put_wording(to, "label", &trait->label);
    custval__put_member_text(to, "note", trait->note);
    custval__put_member_text(to, "type", custval_word(CUSTVAL_WORDS_TRAIT, trait->type));
    if (trait->has_range) custval__put_member(to, "range", put_range, trait);
    if (trait->type == CUSTVAL_TRAIT_CATEGORY) custval__put_member(to, "values", put_values, trait);
    if (trait->alike_count > 0) custval__put_member(to, "similar", put_similar, trait);
    put_other(to, "weight", trait->weight, 1.0);
    custval__put_close(to, '}');
}

/* ---- Conditions ----------------------------------------------------------------------------------------------------- */

static void put_codes(custval__layout *to, const subject *which, const custval__condition *node) {
    const custval__trait *const trait = &which->base->traits[node->trait];
    if (trait->type == CUSTVAL_TRAIT_FLAG) {
        custval__put_flag(to, node->codes[0] == 1);
        return;
    }
    if (node->test == CUSTVAL__TEST_IN) custval__put_open(to, '[');
    for (uint32_t i = 0; i < node->code_count; i++) custval__put_text(to, trait->values[node->codes[i]]);
    if (node->test == CUSTVAL__TEST_IN) custval__put_close(to, ']');
}

static void put_test(custval__layout *to, const subject *which, const custval__condition *node) {
    custval__put_member_text(to, "trait", which->base->traits[node->trait].id);
    custval__put_key(to, custval__test_words[node->test]);
    if (node->test == CUSTVAL__TEST_MISSING || node->test == CUSTVAL__TEST_THERE) {
        custval__put_flag(to, node->test == CUSTVAL__TEST_MISSING);
    } else if (which->base->traits[node->trait].type == CUSTVAL_TRAIT_NUMBER) {
        custval__put_number(to, node->number);
    } else {
        put_codes(to, which, node);
    }
}

static void put_condition(custval__layout *to, const void *what);

static void put_parts(custval__layout *to, const void *what) {
    const subject *const which = what;
    const custval__condition *const node = &which->tree->nodes[which->index];
    custval__put_open(to, '[');
    for (uint32_t i = 0; i < node->count; i++) {
        const subject part = {which->base, which->tree, node->first + i};
        custval__put_fitting(to, put_condition, &part);
    }
    custval__put_close(to, ']');
}

/* Calls itself for parts; a document's depth, so that of a tree, is at most CUSTVAL_MAX_DOCUMENT_DEPTH. */
static void put_condition(custval__layout *to, const void *what) {
    const subject *const which = what;
    const custval__condition *const node = &which->tree->nodes[which->index];
    const subject part = {which->base, which->tree, node->first};
    custval__put_open(to, '{');
    switch (node->kind) {
    case CUSTVAL__CONDITION_ALL: custval__put_member(to, "all", put_parts, which); break;
    case CUSTVAL__CONDITION_ANY: custval__put_member(to, "any", put_parts, which); break;
    case CUSTVAL__CONDITION_NOT: custval__put_member(to, "not", put_condition, &part); break;
    default: put_test(to, which, node); break;
    }
    custval__put_close(to, '}');
}

static void put_tree(custval__layout *to, const char *key, const custval_programmes *base, const custval__tree *tree) {
    const subject root = {base, tree, 0};
    if (tree->count > 0) custval__put_member(to, key, put_condition, &root);
}

/* ---- Programmes ----------------------------------------------------------------------------------------------------- */

static void put_effect(custval__layout *to, const void *what) {
    const subject *const which = what;
    const custval__programme *const programme = &which->base->programmes[which->index];
    custval__put_open(to, '{');
    if (programme->times != CUSTVAL_NONE || programme->value != 0.0)
        custval__put_member_number(to, "value", programme->value);
    if (programme->times != CUSTVAL_NONE)
        custval__put_member_text(to, "times", which->base->traits[programme->times].id);
    put_other(to, "score", programme->score, 0.0);
    if (!isnan(programme->success)) custval__put_member_number(to, "success", programme->success);
    custval__put_close(to, '}');
}

static void put_tries(custval__layout *to, const custval__tries *tries) {
    custval__put_member_number(to, "tried", tries->tried);
    custval__put_member_number(to, "succeeded", tries->succeeded);
}

static void put_segments(custval__layout *to, const void *what) {
    const subject *const which = what;
    const custval_programmes *const base = which->base;
    custval__put_open(to, '{');
    for (uint32_t s = 0; s < base->segment_count; s++) {
        const custval__tries *const tries = custval__programme_tries(base, which->index, s);
        if (tries->tried == 0.0) continue;
        custval__put_key(to, base->traits[base->segment].values[s]);
        custval__put_open(to, '{');
        put_tries(to, tries);
        custval__put_close(to, '}');
    }
    custval__put_close(to, '}');
}

static int has_segments(const subject *which) {
    for (uint32_t s = 0; s < which->base->segment_count; s++) {
        if (custval__programme_tries(which->base, which->index, s)->tried > 0.0) return 1;
    }
    return 0;
}

static void put_outcomes(custval__layout *to, const void *what) {
    const subject *const which = what;
    custval__put_open(to, '{');
    put_tries(to, custval__programme_tries(which->base, which->index, which->base->segment_count));
    if (has_segments(which)) custval__put_member(to, "segments", put_segments, which);
    custval__put_close(to, '}');
}

static void put_programme(custval__layout *to, const void *what) {
    const subject *const which = what;
    const custval_programmes *const base = which->base;
    const custval__programme *const one = &base->programmes[which->index];
    custval__put_open(to, '{');
    custval__put_member_text(to, "id", one->id);
    put_wording(to, "label", &one->label);
    put_wording(to, "text", &one->text);
    custval__put_member_text(to, "note", one->note);
    put_other(to, "cost", one->cost, 0.0);
    if (one->value != 0.0 || one->times != CUSTVAL_NONE || one->score != 0.0 || !isnan(one->success)) {
        custval__put_member(to, "effect", put_effect, which);
    }
    put_other(to, "priority", one->priority, 0.0);
    custval__put_member_text(to, "group", one->group_name);
    if (one->contact_limit != CUSTVAL_NONE) custval__put_member_number(to, "contact_limit", one->contact_limit);
    put_tree(to, "when", base, &one->when);
    put_tree(to, "unless", base, &one->unless);
    if (custval__programme_tries(base, which->index, base->segment_count)->tried > 0.0) {
        custval__put_member(to, "outcomes", put_outcomes, which);
    }
    custval__put_close(to, '}');
}

/* ---- Cases and the whole -------------------------------------------------------------------------------------------- */

static void put_case_traits(custval__layout *to, const void *what) {
    const subject *const which = what;
    const custval__case *const one = &which->base->cases[which->index];
    custval__put_open(to, '{');
    for (uint32_t i = 0; i < one->trait_count; i++) {
        const custval__trait *const trait = &which->base->traits[one->traits[i].trait];
        custval__put_key(to, trait->id);
        switch (trait->type) {
        case CUSTVAL_TRAIT_NUMBER: custval__put_number(to, one->traits[i].number); break;
        case CUSTVAL_TRAIT_CATEGORY: custval__put_text(to, trait->values[one->traits[i].code]); break;
        default: custval__put_flag(to, one->traits[i].code == 1); break;
        }
    }
    custval__put_close(to, '}');
}

static void put_case(custval__layout *to, const void *what) {
    const subject *const which = what;
    const custval__case *const one = &which->base->cases[which->index];
    custval__put_open(to, '{');
    custval__put_member_text(to, "id", one->id);
    custval__put_member_text(to, "note", one->note);
    custval__put_member_text(to, "programme", which->base->ids[one->programme]);
    custval__put_key(to, "succeeded");
    custval__put_flag(to, one->succeeded);
    custval__put_member(to, "traits", put_case_traits, which);
    custval__put_close(to, '}');
}

static void put_nearest(custval__layout *to, const void *what) {
    const custval_programmes *const base = what;
    custval__put_open(to, '{');
    if (base->states_similarity) custval__put_member_number(to, "similarity", base->similarity_least);
    if (base->states_known) custval__put_member_number(to, "known", base->known_least);
    custval__put_close(to, '}');
}

static void put_base(custval__layout *to, const custval_programmes *base) {
    custval__put_open(to, '{');
    custval__put_member_text(to, "custval", "programmes");
    custval__put_member_number(to, "version", CUSTVAL__PROGRAMMES_VERSION);
    custval__put_member_text(to, "id", base->id);
    put_wording(to, "label", &base->label);
    custval__put_member_text(to, "note", base->note);
    put_other(to, "money_per_point", base->money_per_point, 0.0);
    if (base->segment != CUSTVAL_NONE) custval__put_member_text(to, "segment", base->traits[base->segment].id);
    if (base->contacted != CUSTVAL_NONE) custval__put_member_text(to, "contacted", base->traits[base->contacted].id);
    if (base->states_similarity || base->states_known) custval__put_member(to, "nearest", put_nearest, base);
    put_list(to, "traits", base, base->trait_count, put_trait);
    put_list(to, "programmes", base, base->programme_count, put_programme);
    put_list(to, "cases", base, base->case_count, put_case);
    custval__put_close(to, '}');
    custval__put_end(to);
}

custval_status custval_programmes_write(const custval_programmes *base, char *buffer, size_t capacity,
                                        size_t *out_length, custval_error *error) {
    if (out_length == NULL) return custval__fail_null(error, "out_length");
    *out_length = 0;
    if (buffer == NULL && capacity > 0) return custval__fail_null(error, "buffer");
    if (capacity > 0) buffer[0] = 0;
    if (base == NULL) return custval__fail_null(error, "base");
    custval__layout layout = {.out = buffer, .capacity = capacity};
    put_base(&layout, base);
    *out_length = layout.length;
    return CUSTVAL_OK;
}
