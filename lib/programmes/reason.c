/* Why a programme is, or is not, for a customer: the comparisons that decide its conditions. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "reason.h"

#include <math.h>
#include <string.h>

#include "../base/compiler.h"
#include "../base/error.h"

custval_status custval__reasons_new(custval__reasons *out, const custval_host *host, custval__crowd *block,
                                    custval_error *error) {
    *out = (custval__reasons){.host = host, .block = block};
    out->decides = custval__alloc(host, (size_t)block->base->longest + 1, 1);
    out->is_told = custval__alloc(host, (size_t)block->base->trait_count + 1, 1);
    if (out->decides != NULL && out->is_told != NULL) return CUSTVAL_OK;
    custval__reasons_free(out);
    return custval__fail_memory(error);
}

void custval__reasons_free(custval__reasons *of) {
    custval__free(of->host, of->decides);
    custval__free(of->host, of->is_told);
    custval__text_free(&of->reason, of->host);
    custval__text_free(&of->missing, of->host);
}

static void word(custval__reasons *to, const char *text) {
    custval__text_word(&to->reason, to->host, text);
}

static void number(custval__reasons *to, double value) {
    custval__text_number(&to->reason, to->host, value);
}

static void separate(custval__reasons *to) {
    if (custval__text_begun(&to->reason) > 0) word(to, "; ");
}

static void put_missing(custval__reasons *to, uint32_t trait) {
    if (to->is_told[trait]) return;
    to->is_told[trait] = 1;
    if (custval__text_begun(&to->missing) > 0) custval__text_word(&to->missing, to->host, ", ");
    custval__text_word(&to->missing, to->host, to->block->base->traits[trait].id);
}

/* ---- Conditions ----------------------------------------------------------------------------------------------------- */

enum told { TOLD_FALSE, TOLD_TRUE, TOLD_NOTHING };

static uint32_t told_at(const custval__crowd *block, uint32_t node, size_t row) {
    if (block->nodes[node].yes >> row & 1) return TOLD_TRUE;
    return block->nodes[node].no >> row & 1 ? TOLD_FALSE : TOLD_NOTHING;
}

/* From the root down: a part decides if its parent does and it is what made the parent what it is. For `not` that is the
   contrary; a false `all` is so because of its false parts, a true one because of all of them. */
static void mark(custval__reasons *of, const custval__tree *tree, size_t row) {
    memset(of->decides, 0, tree->count);
    of->decides[0] = 1;
    for (uint32_t i = 0; i < tree->count; i++) {
        const custval__condition *const node = &tree->nodes[i];
        const uint32_t told = told_at(of->block, i, row);
        if (!of->decides[i] || node->kind == CUSTVAL__CONDITION_TEST) continue;
        for (uint32_t k = node->first; k < node->first + node->count; k++) {
            of->decides[k] = node->kind == CUSTVAL__CONDITION_NOT || told_at(of->block, k, row) == told;
        }
    }
}

static void put_values(custval__reasons *to, const custval__condition *node, const custval__trait *trait) {
    if (node->test != CUSTVAL__TEST_IN) {
        word(to,
             trait->type == CUSTVAL_TRAIT_FLAG ? (node->codes[0] ? "true" : "false") : trait->values[node->codes[0]]);
        return;
    }
    for (uint32_t i = 0; i < node->code_count; i++) {
        word(to, i == 0 ? "(" : ", ");
        word(to, trait->values[node->codes[i]]);
    }
    word(to, node->code_count == 0 ? "()" : ")");
}

/* E.g. "age 71 >= 70", "age 60 not >= 70", "income missing". */
static void put_test(custval__reasons *to, const custval__condition *node, size_t row, int is_true) {
    const custval__trait *const trait = &to->block->base->traits[node->trait];
    const size_t at = (size_t)node->trait * CUSTVAL__CROWD + row;
    separate(to);
    word(to, trait->id);
    if (node->test == CUSTVAL__TEST_MISSING || node->test == CUSTVAL__TEST_THERE) {
        word(to, (node->test == CUSTVAL__TEST_MISSING) == is_true ? " missing" : " there");
        return;
    }
    word(to, " ");
    if (trait->type == CUSTVAL_TRAIT_NUMBER) {
        number(to, to->block->numbers[at]);
    } else if (trait->type == CUSTVAL_TRAIT_FLAG) {
        word(to, to->block->codes[at] ? "true" : "false");
    } else {
        word(to, trait->values[to->block->codes[at]]);
    }
    word(to, is_true ? " " : " not ");
    word(to, custval__test_words[node->test]);
    word(to, " ");
    if (trait->type == CUSTVAL_TRAIT_NUMBER) {
        number(to, node->number);
    } else {
        put_values(to, node, trait);
    }
}

/* Gives what is told of the whole condition. */
static uint32_t put_condition(custval__reasons *to, const custval__tree *tree, size_t row) {
    if (tree->count == 0) return TOLD_TRUE;
    (void)custval__crowd_test(to->block, tree);
    mark(to, tree, row);
    for (uint32_t i = 0; i < tree->count; i++) {
        const custval__condition *const node = &tree->nodes[i];
        const uint32_t told = told_at(to->block, i, row);
        if (!to->decides[i] || node->kind != CUSTVAL__CONDITION_TEST) continue;
        if (told == TOLD_NOTHING) {
            put_missing(to, node->trait);
        } else {
            put_test(to, node, row, told == TOLD_TRUE);
        }
    }
    return told_at(to->block, 0, row);
}

/* ---- The whole reason ----------------------------------------------------------------------------------------------- */

static void put_case(custval__reasons *to, const custval__nearest *near) {
    separate(to);
    word(to, "like ");
    word(to, to->block->base->cases[near->index].id);
    word(to, " (");
    number(to, round(near->similarity * 1000.0) / 1000.0);
    word(to, ")");
}

static void put_status(custval__reasons *to, const custval__programme *which, uint32_t status) {
    if (status == CUSTVAL_PROGRAMME_LOSS) word(to, "; its net is too small");
    if (status == CUSTVAL_PROGRAMME_BEYOND) word(to, "; others are better");
    if (status == CUSTVAL_PROGRAMME_CONTACTS) {
        word(to, "; more than ");
        number(to, (double)which->contact_limit);
        word(to, " contacts");
    }
    if (status == CUSTVAL_PROGRAMME_GROUP) {
        word(to, "; another one of group ");
        word(to, which->group_name);
        word(to, " is better");
    }
}

static void put_veto(custval__reasons *to, const custval__programme *which, size_t row, uint32_t status) {
    const size_t begun = custval__text_begun(&to->reason);
    if (which->unless.count == 0) return;
    if (status == CUSTVAL_PROGRAMME_VETOED) {
        (void)put_condition(to, &which->unless, row);
        return;
    }
    /* What is false of it is no reason; what is not known is missing. */
    (void)put_condition(to, &which->unless, row);
    if (!to->reason.is_short) to->reason.length -= custval__text_begun(&to->reason) - begun;
}

static void put_needs(custval__reasons *to, const custval__programme *which, size_t row) {
    const custval__crowd *const block = to->block;
    if (which->times != CUSTVAL_NONE && !(block->known[which->times] >> row & 1)) put_missing(to, which->times);
    if (which->contact_limit != CUSTVAL_NONE && !(block->known[block->base->contacted] >> row & 1)) {
        put_missing(to, block->base->contacted);
    }
}

void custval__reasons_put(custval__reasons *to, uint32_t programme, size_t row, uint32_t status, uint32_t by,
                          const custval__nearest *near) {
    const custval__programme *const which = &to->block->base->programmes[programme];
    memset(to->is_told, 0, to->block->base->trait_count);
    if (status == CUSTVAL_PROGRAMME_VETOED) {
        put_veto(to, which, row, status);
    } else {
        if (by == CUSTVAL_PROPOSER_CASE) {
            put_case(to, near);
        } else if (which->when.count == 0) {
            word(to, "for everybody");
        } else {
            (void)put_condition(to, &which->when, row);
        }
        /* Nothing else decides about a programme that is for others. */
        if (status != CUSTVAL_PROGRAMME_OTHERS) {
            put_veto(to, which, row, status);
            put_needs(to, which, row);
        }
        put_status(to, which, status);
    }
    custval__text_end(&to->reason, to->host);
    custval__text_end(&to->missing, to->host);
}
