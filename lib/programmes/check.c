/* custval_programmes_check: what is probably not meant in a knowledge base, or in a table for it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../table/table.h"
#include "reachable.h"
#include "tables.h"

#define ROWS_READ 256
#define MESSAGE 256

typedef struct checking {
    const custval_programmes *base;
    const custval_table *table; /* may be NULL */
    custval_host host;
    custval__text_list places, messages;
    uint32_t *remarks;
    size_t room;
    uint8_t *scratch; /* of custval__reachable */
    uint8_t *used;    /* traits */
} checking;

/* Memory that is short is seen at the end. */
static void remark(checking *of, uint32_t which, const char *place, const char *message) {
    void *block = of->remarks;
    if (custval__grow(&of->host, &block, &of->room, of->messages.count, sizeof *of->remarks) != 0) {
        of->messages.is_short = 1;
        return;
    }
    of->remarks = block;
    of->remarks[of->messages.count] = which;
    custval__text_word(&of->places, &of->host, place);
    custval__text_end(&of->places, &of->host);
    custval__text_word(&of->messages, &of->host, message);
    custval__text_end(&of->messages, &of->host);
}

/* ---- Conditions ----------------------------------------------------------------------------------------------------- */

static void check_ranges(checking *of, const custval__tree *tree, const char *place) {
    char message[MESSAGE];
    for (uint32_t i = 0; i < tree->count; i++) {
        const custval__condition *const node = &tree->nodes[i];
        if (node->kind != CUSTVAL__CONDITION_TEST) continue;
        const custval__trait *const trait = &of->base->traits[node->trait];
        of->used[node->trait] = 1;
        if (!trait->has_range || node->test > CUSTVAL__TEST_EQUAL) continue;
        if (node->number >= trait->low && node->number <= trait->high) continue;
        (void)custval__format(message, sizeof message, "%.*s %s %g: the range of the trait is %g to %g", 80, trait->id,
                              custval__test_words[node->test], node->number, trait->low, trait->high);
        remark(of, CUSTVAL_REMARK_RANGE, place, message);
    }
}

static void check_tree(checking *of, uint32_t p, const char *key, const custval__tree *tree, int is_veto) {
    char place[64];
    if (tree->count == 0) return;
    (void)custval__format(place, sizeof place, "$.programmes[%u].%s", (unsigned)p, key);
    check_ranges(of, tree, place);
    const custval__reach reach = custval__reachable(of->base, tree, of->scratch);
    if (!reach.can_be_true) {
        remark(of, CUSTVAL_REMARK_NEVER, place,
               is_veto ? "the veto never holds; leave it out"
                       : "the condition is never true: no rule proposes the programme");
    } else if (!reach.can_be_false) {
        remark(of, CUSTVAL_REMARK_ALWAYS, place,
               is_veto ? "the veto is never false: the programme is for nobody"
                       : "the condition is never false; leave it out if the programme is for everybody");
    }
}

static void check_programme(checking *of, uint32_t p) {
    const custval__programme *const programme = &of->base->programmes[p];
    char place[64], message[MESSAGE];
    check_tree(of, p, "when", &programme->when, 0);
    check_tree(of, p, "unless", &programme->unless, 1);
    if (programme->times != CUSTVAL_NONE) {
        of->used[programme->times] = 1;
        return;
    }
    const double best = custval__programme_net(of->base, programme, 1.0, 1.0);
    if (best >= 0.0) return;
    (void)custval__format(place, sizeof place, "$.programmes[%u]", (unsigned)p);
    (void)custval__format(
        message, sizeof message,
        "costs %g more than it brings, even if it always succeeds; is a value, or money_per_point for "
        "its score, left out?",
        0.0 - best);
    remark(of, CUSTVAL_REMARK_LOSS, place, message);
}

static void check_traits(checking *of) {
    const custval_programmes *const base = of->base;
    char place[64], message[MESSAGE];
    for (uint32_t i = 0; i < base->case_count; i++) {
        for (uint32_t t = 0; t < base->cases[i].trait_count; t++) of->used[base->cases[i].traits[t].trait] = 1;
    }
    if (base->segment != CUSTVAL_NONE) of->used[base->segment] = 1;
    if (base->contacted != CUSTVAL_NONE) of->used[base->contacted] = 1;
    for (uint32_t t = 0; t < base->trait_count; t++) {
        if (of->used[t]) continue;
        (void)custval__format(place, sizeof place, "$.traits[%u]", (unsigned)t);
        (void)custval__format(message, sizeof message, "nothing uses the trait \"%.*s\"", 80, base->traits[t].id);
        remark(of, CUSTVAL_REMARK_UNUSED, place, message);
    }
}

/* ---- The table ------------------------------------------------------------------------------------------------------ */

typedef struct counts {
    size_t missing, strange, beyond;
} counts;

static void count_numbers(const checking *of, const custval__trait *trait, size_t column, counts *out) {
    const size_t rows = custval_table_rows(of->table);
    double scratch[ROWS_READ];
    for (size_t start = 0; start < rows; start += ROWS_READ) {
        const size_t block = rows - start < ROWS_READ ? rows - start : ROWS_READ;
        const double *const cells = custval__table_doubles(of->table, column, start, block, scratch);
        for (size_t i = 0; i < block; i++) {
            const int is_flag = trait->type == CUSTVAL_TRAIT_FLAG;
            out->missing += isnan(cells[i]) != 0;
            out->strange += isinf(cells[i]) || (is_flag && !isnan(cells[i]) && cells[i] != 0.0 && cells[i] != 1.0);
            out->beyond += trait->has_range && isfinite(cells[i]) && (cells[i] < trait->low || cells[i] > trait->high);
        }
    }
}

static void count_texts(const checking *of, const custval__trait *trait, size_t column, counts *out) {
    custval_text text;
    for (size_t row = 0; row < custval_table_rows(of->table); row++) {
        if (!custval__table_get_text(of->table, column, row, &text) || text.length == 0) {
            out->missing++;
        } else {
            out->strange += custval__trait_value(trait, text.data, text.length) == CUSTVAL_NONE;
        }
    }
}

static void check_column(checking *of, uint32_t t) {
    const custval__trait *const trait = &of->base->traits[t];
    custval_error error = CUSTVAL_ERROR_INIT;
    char message[MESSAGE];
    size_t column = 0;
    counts found = {0, 0, 0};
    if (custval_table_find(of->table, trait->id, &column, NULL) != CUSTVAL_OK) {
        remark(of, CUSTVAL_REMARK_NO_COLUMN, trait->id,
               "the table has no such column: add it, blank where nothing is known, or take the trait out");
        return;
    }
    custval_status status = trait->type == CUSTVAL_TRAIT_CATEGORY
                                ? custval__table_need_text(of->table, column, &error)
                                : custval__table_need_number(of->table, column, &error);
    if (status != CUSTVAL_OK) {
        remark(of, CUSTVAL_REMARK_NO_COLUMN, trait->id, error.message);
        return;
    }
    if (trait->type == CUSTVAL_TRAIT_CATEGORY) {
        count_texts(of, trait, column, &found);
    } else {
        count_numbers(of, trait, column, &found);
    }
    if (found.missing + found.strange > 0) {
        (void)custval__format(message, sizeof message,
                              "cells that are missing: %zu; that are no value of the trait: %zu", found.missing,
                              found.strange);
        remark(of, CUSTVAL_REMARK_NOT_KNOWN, trait->id, message);
    }
    if (found.beyond == 0) return;
    (void)custval__format(message, sizeof message, "cells outside the range of the trait, %g to %g: %zu", trait->low,
                          trait->high, found.beyond);
    remark(of, CUSTVAL_REMARK_BEYOND, trait->id, message);
}

/* ---- The remarks ---------------------------------------------------------------------------------------------------- */

static custval_status check(checking *of, custval_error *error) {
    of->scratch = custval__alloc(&of->host, of->base->longest, CUSTVAL__REACH_SCRATCH);
    of->used = custval__alloc_zero(&of->host, of->base->trait_count, 1);
    if (of->scratch == NULL || of->used == NULL) return custval__fail_memory(error);
    for (uint32_t p = 0; p < of->base->programme_count; p++) check_programme(of, p);
    check_traits(of);
    for (uint32_t t = 0; of->table != NULL && t < of->base->trait_count; t++) check_column(of, t);
    return of->messages.is_short || of->places.is_short ? custval__fail_memory(error) : CUSTVAL_OK;
}

static custval_status make_table(const checking *of, custval_table **out, custval_error *error) {
    custval_table *table = NULL;
    uint32_t *remarks = NULL;
    CUSTVAL__TRY(custval__result_new(&of->host, of->messages.count, &table, error));
    custval_status status = custval__add_text_list(table, &of->host, "place", &of->places, error);
    if (status == CUSTVAL_OK) status = custval__result_add_uint32(table, "remark", &remarks, error);
    for (size_t i = 0; status == CUSTVAL_OK && i < of->messages.count; i++) remarks[i] = of->remarks[i];
    if (status == CUSTVAL_OK) status = custval__add_text_list(table, &of->host, "message", &of->messages, error);
    return custval__result_give(table, status, out);
}

custval_status custval_programmes_check(const custval_programmes *base, const custval_table *table,
                                        const custval_programmes_options *options, custval_table **out,
                                        custval_error *error) {
    custval_programmes_options whole;
    checking of = {.base = base, .table = table};
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    if (base == NULL) return custval__fail_null(error, "base");
    CUSTVAL__TRY(custval__programmes_options_read(options, &whole, &of.host, error));
    custval_status status = check(&of, error);
    if (status == CUSTVAL_OK) status = make_table(&of, out, error);
    custval__text_free(&of.places, &of.host);
    custval__text_free(&of.messages, &of.host);
    custval__free(&of.host, of.remarks);
    custval__free(&of.host, of.scratch);
    custval__free(&of.host, of.used);
    return status;
}
