/* Scoring a table into a table, and counting what happened. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <custval/score.h>

#include "../base/error.h"
#include "../base/options.h"
#include "scorer.h"

static custval_status fill_result(custval_scorer *scorer, const custval_table *table, double **arrays,
                                  custval_table *result, custval_error *error) {
    uint32_t *status = NULL;
    for (uint32_t i = 0; i < scorer->column_count; i++) {
        CUSTVAL__TRY(custval__result_add_doubles(result, scorer->columns[i].name, &arrays[i], error));
    }
    CUSTVAL__TRY(custval__result_add_uint32(result, "status", &status, error));
    CUSTVAL__TRY(custval__scorer_run(scorer, table, arrays, status, error));
    if (scorer->incomplete) custval__result_finish(result);
    return CUSTVAL_OK;
}

custval_status custval__scorer_result(custval_scorer *scorer, const custval_table *table, custval_table **out,
                                      custval_error *error) {
    const custval_host *host = &scorer->plan.host;
    custval_table *result = NULL;
    *out = NULL;
    if (table == NULL) return custval__fail_null(error, "table");
    double **arrays = custval__alloc_zero(host, scorer->column_count, sizeof *arrays);
    if (arrays == NULL) return custval__fail_memory(error);
    custval_status status = custval__result_new(host, custval_table_rows(table), &result, error);
    if (status == CUSTVAL_OK) status = fill_result(scorer, table, arrays, result, error);
    custval__free(host, arrays);
    return custval__result_give(result, status, out);
}

custval_status custval_score(const custval_system *system, const custval_table *table,
                             const custval_score_options *options, custval_table **out, custval_error *error) {
    custval_scorer *scorer = NULL;
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    // Only the reference count changes, which is atomic and no part of the system's value.
    CUSTVAL__TRY(custval_scorer_new((custval_system *)(uintptr_t)system, options, &scorer, error));
    const custval_status status = custval__scorer_result(scorer, table, out, error);
    custval_scorer_free(scorer);
    return status;
}

custval_status custval_row_summary_add(custval_row_summary *summary, const custval_table *scores,
                                       custval_error *error) {
    if (summary == NULL) return custval__fail_null(error, "summary");
    if (scores == NULL) return custval__fail_null(error, "scores");
    if (summary->struct_size != sizeof *summary) {
        return custval__fail(error, CUSTVAL_ERROR_STRUCT_SIZE, "struct_size of the summary is %zu, not %zu",
                             summary->struct_size, sizeof *summary);
    }
    size_t column;
    custval_column status = CUSTVAL_COLUMN_INIT;
    CUSTVAL__TRY(custval_table_find(scores, "status", &column, error));
    CUSTVAL__TRY(custval_table_column(scores, column, &status, error));
    if (status.type != CUSTVAL_TYPE_UINT32 || status.stride != 0) {
        return custval__fail(error, CUSTVAL_ERROR_TYPE, "column \"status\" is not the uint32 column of scores");
    }
    const uint32_t *bits = (const uint32_t *)status.data + status.offset;
    const size_t rows = custval_table_rows(scores);
    for (size_t i = 0; i < rows; i++) {
        if (!(bits[i] & CUSTVAL_ROW_NO_VALUE)) summary->scored++;
        if (bits[i] == 0) continue;
        summary->marked++;
        for (uint32_t b = 0; b < CUSTVAL_ROW_BITS; b++) {
            if (!(bits[i] & 1U << b)) continue;
            if (summary->count[b]++ == 0) summary->first[b] = summary->rows + i;
        }
    }
    summary->rows += rows;
    for (uint32_t b = 0; b < CUSTVAL_ROW_BITS; b++) {
        if (summary->count[b] == 0) summary->first[b] = SIZE_MAX;
    }
    return CUSTVAL_OK;
}
