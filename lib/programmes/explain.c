/* custval_programmes_explain: what becomes of every programme for one customer. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../table/table.h"
#include "one.h"
#include "reason.h"

/* ---- One customer --------------------------------------------------------------------------------------------------- */

custval_status custval__one_read(custval__one *out, const custval_programmes *base, const custval_table *table,
                                 size_t row, const custval_programmes_options *options, custval_error *error) {
    *out = (custval__one){.base = base};
    CUSTVAL__TRY(custval__host_read(&out->host, NULL, error)); /* something to free with */
    if (base == NULL) return custval__fail_null(error, "base");
    if (table == NULL) return custval__fail_null(error, "table");
    CUSTVAL__TRY(custval__programmes_options_read(options, &out->options, &out->host, error));
    if (row >= custval_table_rows(table)) {
        return custval__fail_at(error, CUSTVAL_ERROR_ARGUMENT, CUSTVAL_NONE, row, "row %zu: the table has %zu rows",
                                row, custval_table_rows(table));
    }
    out->columns = custval__alloc(&out->host, base->trait_count, sizeof *out->columns);
    if (out->columns == NULL) return custval__fail_memory(error);
    CUSTVAL__TRY(custval__crowd_columns(base, table, out->columns, error));
    if (custval__crowd_new(&out->host, base, table, out->columns, 1, &out->block) == NULL ||
        custval__proposals_new(&out->host, base, &out->options, out->block, 1, &out->plan) == NULL) {
        return custval__fail_memory(error);
    }
    custval__crowd_read(out->block, row, 1);
    custval__proposals_begin(out->plan);
    return CUSTVAL_OK;
}

void custval__one_free(custval__one *one) {
    custval__free(&one->host, one->plan);
    custval__free(&one->host, one->block);
    custval__free(&one->host, one->columns);
}

/* ---- What becomes of the programmes --------------------------------------------------------------------------------- */

typedef struct verdict {
    uint32_t status, by, rank; /* rank 0: not taken */
    double net;                /* NaN: cannot be told */
    custval__nearest nearest;
} verdict;

/* Of a programme that is not proposed. */
static uint32_t status_of_rest(const custval__one *one, uint32_t p, uint32_t by) {
    const custval__programme *const programme = &one->base->programmes[p];
    if (programme->unless.count > 0 && (custval__crowd_test(one->block, &programme->unless).yes & 1) != 0) {
        return CUSTVAL_PROGRAMME_VETOED;
    }
    const int is_others = (custval__crowd_test(one->block, &programme->when).no & 1) != 0;
    return by == CUSTVAL_PROPOSER_NONE && is_others ? CUSTVAL_PROGRAMME_OTHERS : CUSTVAL_PROGRAMME_UNTOLD;
}

static void judge(const custval__one *one, verdict *verdicts) {
    const custval_programmes *const base = one->base;
    const double *const rates = base->rates + (size_t)custval__proposals_segment(one->plan, 0) * base->programme_count;
    custval__nearest nearest[CUSTVAL__CROWD];
    for (uint32_t p = 0; p < base->programme_count; p++) {
        const custval__programme *const programme = &base->programmes[p];
        verdict *const out = &verdicts[p];
        custval__crowd_nearest(one->block, programme, nearest);
        const int is_rule = (custval__crowd_test(one->block, &programme->when).yes & 1) != 0;
        const int is_case = nearest[0].index != CUSTVAL_NONE && base->cases[nearest[0].index].succeeded &&
                            nearest[0].similarity >= base->similarity_least;
        out->nearest = nearest[0];
        out->by = is_rule ? CUSTVAL_PROPOSER_RULE : is_case ? CUSTVAL_PROPOSER_CASE : CUSTVAL_PROPOSER_NONE;
        out->net = custval__programme_net(base, programme, rates[p], custval__proposals_times(one->plan, p, 0));
        out->status = status_of_rest(one, p, out->by);
        out->rank = 0;
    }
    const uint32_t count = custval__proposals_rank(one->plan, 0);
    for (uint32_t i = 0; i < count; i++) {
        verdict *const out = &verdicts[one->plan->candidates[i].programme];
        out->status = custval__proposals_take(one->plan, 0, &one->plan->candidates[i]);
        if (out->status == CUSTVAL_PROGRAMME_TAKEN) out->rank = one->plan->taken_count[0];
    }
}

/* Programmes by status, each in the order of the ranking, those whose net cannot be told last. */
static void order(const custval__one *one, const verdict *verdicts, uint32_t *out) {
    const uint32_t count = one->base->programme_count;
    uint32_t at = 0;
    for (uint32_t p = 0; p < count; p++) {
        one->plan->candidates[p] =
            (custval__candidate){isnan(verdicts[p].net) ? -(double)INFINITY : verdicts[p].net, p};
    }
    custval__proposals_sort(one->plan, count);
    for (uint32_t status = 0; status <= CUSTVAL_PROGRAMME_OTHERS; status++) {
        for (uint32_t i = 0; i < count; i++) {
            const uint32_t p = one->plan->candidates[i].programme;
            if (verdicts[p].status == status) out[at++] = p;
        }
    }
}

/* ---- The table ------------------------------------------------------------------------------------------------------ */

typedef struct results {
    uint32_t *status, *by;
    double *rank, *rate, *effect, *score, *cost, *net, *similarity, *known;
} results;

static void fill(const custval__one *one, const verdict *verdicts, const uint32_t *programmes, const results *out) {
    const custval_programmes *const base = one->base;
    const double *const rates = base->rates + (size_t)custval__proposals_segment(one->plan, 0) * base->programme_count;
    for (uint32_t i = 0; i < base->programme_count; i++) {
        const uint32_t p = programmes[i];
        const custval__programme *const programme = &base->programmes[p];
        const verdict *const which = &verdicts[p];
        out->status[i] = which->status;
        out->by[i] = which->by;
        out->rank[i] = which->rank == 0 ? (double)NAN : which->rank;
        out->rate[i] = rates[p];
        out->effect[i] = rates[p] * (programme->value * custval__proposals_times(one->plan, p, 0));
        out->score[i] = rates[p] * programme->score;
        out->cost[i] = programme->cost;
        out->net[i] = which->net;
        out->similarity[i] = which->nearest.similarity;
        out->known[i] = which->nearest.known;
    }
}

static custval_status add_reasons(const custval__one *one, const verdict *verdicts, const uint32_t *programmes,
                                  custval_table *table, custval_error *error) {
    custval__reasons reasons;
    CUSTVAL__TRY(custval__reasons_new(&reasons, &one->host, one->block, error));
    for (uint32_t i = 0; i < one->base->programme_count; i++) {
        const verdict *const which = &verdicts[programmes[i]];
        custval__reasons_put(&reasons, programmes[i], 0, which->status, which->by, &which->nearest);
    }
    custval_status status = custval__add_text_list(table, &one->host, "reason", &reasons.reason, error);
    if (status == CUSTVAL_OK) {
        status = custval__add_text_list(table, &one->host, "missing", &reasons.missing, error);
    }
    custval__reasons_free(&reasons);
    return status;
}

static custval_status add_labels(const custval__one *one, const uint32_t *programmes, custval_table *table,
                                 custval_error *error) {
    custval__text_list labels = {.bytes = NULL};
    for (uint32_t i = 0; i < one->base->programme_count; i++) {
        const custval__wording *const label = &one->base->programmes[programmes[i]].label;
        custval__text_word(&labels, &one->host, custval__wording_in(label, one->options.language));
        custval__text_end(&labels, &one->host);
    }
    const custval_status status = custval__add_text_list(table, &one->host, "label", &labels, error);
    custval__text_free(&labels, &one->host);
    return status;
}

static custval_status add_cases(const custval__one *one, const verdict *verdicts, const uint32_t *programmes,
                                custval_table *table, custval_error *error) {
    const custval_programmes *const base = one->base;
    uint32_t *const cases = custval__alloc(&one->host, base->programme_count, sizeof *cases);
    if (cases == NULL) return custval__fail_memory(error);
    for (uint32_t i = 0; i < base->programme_count; i++) cases[i] = verdicts[programmes[i]].nearest.index;
    const custval_status status =
        custval__add_names(table, &one->host, "case", base->case_ids, base->case_count, cases, error);
    custval__free(&one->host, cases);
    return status;
}

static custval_status add_columns(const custval__one *one, const verdict *verdicts, const uint32_t *programmes,
                                  custval_table *table, custval_error *error) {
    results out;
    CUSTVAL__TRY(custval__add_names(table, &one->host, "programme", one->base->ids, one->base->programme_count,
                                    programmes, error));
    CUSTVAL__TRY(add_labels(one, programmes, table, error));
    CUSTVAL__TRY(custval__result_add_uint32(table, "status", &out.status, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "rank", &out.rank, error));
    CUSTVAL__TRY(custval__result_add_uint32(table, "by", &out.by, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "rate", &out.rate, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "expected_effect", &out.effect, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "score", &out.score, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "cost", &out.cost, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "net", &out.net, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "similarity", &out.similarity, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "known", &out.known, error));
    fill(one, verdicts, programmes, &out);
    CUSTVAL__TRY(add_cases(one, verdicts, programmes, table, error));
    return add_reasons(one, verdicts, programmes, table, error);
}

static custval_status explain(const custval__one *one, custval_table **out, custval_error *error) {
    const size_t count = one->base->programme_count;
    verdict *const verdicts = custval__alloc(&one->host, count, sizeof *verdicts + sizeof(uint32_t));
    custval_table *table = NULL;
    if (verdicts == NULL) return custval__fail_memory(error);
    uint32_t *const programmes = (uint32_t *)(void *)(verdicts + count);
    judge(one, verdicts);
    order(one, verdicts, programmes);
    custval_status status = custval__result_new(&one->host, count, &table, error);
    if (status == CUSTVAL_OK) status = add_columns(one, verdicts, programmes, table, error);
    custval__free(&one->host, verdicts);
    if (status == CUSTVAL_OK) custval__result_finish(table);
    return custval__result_give(table, status, out);
}

custval_status custval_programmes_explain(const custval_programmes *base, const custval_table *table, size_t row,
                                          const custval_programmes_options *options, custval_table **out,
                                          custval_error *error) {
    custval__one one;
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    custval_status status = custval__one_read(&one, base, table, row, options, error);
    if (status == CUSTVAL_OK) status = explain(&one, out, error);
    custval__one_free(&one);
    return status;
}
