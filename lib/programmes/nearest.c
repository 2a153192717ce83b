/* custval_programmes_nearest: one customer beside the past ones, trait by trait. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../table/table.h"
#include "one.h"
#include "tables.h"

typedef struct compared {
    double similarity, known;
    uint32_t index; /* of the case */
} compared;

/* Those with nothing in common come last. */
static int is_before(const compared *a, const compared *b) {
    const double one = isnan(a->similarity) ? -1.0 : a->similarity, other = isnan(b->similarity) ? -1.0 : b->similarity;
    return one != other ? one > other : a->index < b->index;
}

static void sort(compared *all, compared *spare, size_t count) {
    for (size_t width = 1; width < count; width *= 2) {
        for (size_t start = 0; start < count; start += 2 * width) {
            const size_t middle = count - start < width ? count : start + width;
            const size_t end = count - middle < width ? count : middle + width;
            size_t left = start, right = middle;
            for (size_t at = start; at < end; at++) {
                const int takes_right = left == middle || (right < end && is_before(&all[right], &all[left]));
                spare[at] = takes_right ? all[right++] : all[left++];
            }
        }
        memcpy(all, spare, count * sizeof *all);
    }
}

static void compare(const custval__one *one, compared *out) {
    double similarity[CUSTVAL__CROWD], known[CUSTVAL__CROWD];
    for (uint32_t i = 0; i < one->base->case_count; i++) {
        custval__crowd_similarity(one->block, &one->base->cases[i], similarity, known);
        out[i] = (compared){similarity[0], known[0], i};
    }
    sort(out, out + one->base->case_count, one->base->case_count);
}

/* A row for each trait of the cases; `names` has room for three indices per row. */
static custval_status add_columns(const custval__one *one, const compared *all, uint32_t count, uint32_t *names,
                                  custval_table *table, custval_error *error) {
    const custval_programmes *const base = one->base;
    const size_t rows = custval_table_rows(table);
    uint32_t *const cases = names, *const programmes = names + rows, *const traits = programmes + rows;
    uint32_t *succeeded = NULL;
    double *similarity = NULL, *known = NULL, *weight = NULL, *part = NULL;
    size_t row = 0;
    for (uint32_t i = 0; i < count; i++) {
        const custval__case *const which = &base->cases[all[i].index];
        for (uint32_t t = 0; t < which->trait_count; t++, row++) {
            cases[row] = all[i].index;
            programmes[row] = which->programme;
            traits[row] = which->traits[t].trait;
        }
    }
    CUSTVAL__TRY(custval__add_names(table, &one->host, "case", base->case_ids, base->case_count, cases, error));
    CUSTVAL__TRY(
        custval__add_names(table, &one->host, "programme", base->ids, base->programme_count, programmes, error));
    CUSTVAL__TRY(custval__result_add_uint32(table, "succeeded", &succeeded, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "similarity", &similarity, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "known", &known, error));
    CUSTVAL__TRY(custval__add_names(table, &one->host, "trait", base->trait_ids, base->trait_count, traits, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "weight", &weight, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "part", &part, error));
    row = 0;
    for (uint32_t i = 0; i < count; i++) {
        const custval__case *const which = &base->cases[all[i].index];
        for (uint32_t t = 0; t < which->trait_count; t++, row++) {
            succeeded[row] = (uint32_t)which->succeeded;
            similarity[row] = all[i].similarity;
            known[row] = all[i].known;
            weight[row] = base->traits[traits[row]].weight;
            part[row] = custval__crowd_part(one->block, &which->traits[t], 0);
        }
    }
    return CUSTVAL_OK;
}

static custval_status nearest(const custval__one *one, custval_table **out, custval_error *error) {
    const uint32_t top = one->options.top, all = one->base->case_count;
    const uint32_t count = top == 0 || top > all ? all : top;
    compared *const compared_ones = custval__alloc(&one->host, all, 2 * sizeof *compared_ones);
    if (compared_ones == NULL) return custval__fail_memory(error);
    compare(one, compared_ones);
    size_t rows = 0; /* of a document, so that three of each are few */
    for (uint32_t i = 0; i < count; i++) rows += one->base->cases[compared_ones[i].index].trait_count;
    uint32_t *const names = custval__alloc(&one->host, rows, 3 * sizeof *names);
    custval_table *table = NULL;
    custval_status status =
        names == NULL ? custval__fail_memory(error) : custval__result_new(&one->host, rows, &table, error);
    if (status == CUSTVAL_OK) status = add_columns(one, compared_ones, count, names, table, error);
    custval__free(&one->host, names);
    custval__free(&one->host, compared_ones);
    if (status == CUSTVAL_OK) custval__result_finish(table);
    return custval__result_give(table, status, out);
}

custval_status custval_programmes_nearest(const custval_programmes *base, const custval_table *table, size_t row,
                                          const custval_programmes_options *options, custval_table **out,
                                          custval_error *error) {
    custval__one one;
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    custval_status status = custval__one_read(&one, base, table, row, options, error);
    if (status == CUSTVAL_OK) status = nearest(&one, out, error);
    custval__one_free(&one);
    return status;
}
