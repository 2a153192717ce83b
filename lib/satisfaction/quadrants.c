/* custval_quadrants: importance against performance. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include <custval/satisfaction.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../base/maths.h"
#include "../base/options.h"
#include "../table/table.h"
#include "words.h"

#define MEAN_ROUNDING 1e-12

/* One axis: its numbers, and where its high side begins. */
typedef struct axis {
    double *numbers, *cuts, least; /* least: what counts as high, rounding of a mean allowed for */
} axis;

static custval_status read_axis(const custval_table *table, const char *name, axis *out, custval_error *error) {
    size_t column;
    CUSTVAL__TRY(custval_table_find(table, name, &column, error));
    CUSTVAL__TRY(custval__table_need_number(table, column, error));
    for (size_t row = 0; row < custval_table_rows(table); row++) {
        double scratch;
        out->numbers[row] = *custval__table_doubles(table, column, row, 1, &scratch);
        if (!isinf(out->numbers[row])) continue;
        return custval__fail_at(error, CUSTVAL_ERROR_NOT_FINITE, CUSTVAL_NONE, row, "row %zu: column \"%s\" is %g", row,
                                name, out->numbers[row]);
    }
    return CUSTVAL_OK;
}

static void cut_axis(axis *out, size_t rows, uint32_t is_stated, double stated) {
    custval__sum sum = {0.0, 0.0};
    double cut = stated, n = 0.0;
    for (size_t row = 0; row < rows; row++) n += !isnan(out->numbers[row]);
    for (size_t row = 0; row < rows; row++) {
        if (!isnan(out->numbers[row])) custval__sum_add(&sum, out->numbers[row] / n);
    }
    if (!is_stated) cut = n > 0.0 ? custval__sum_value(&sum) : (double)NAN;
    out->least = is_stated ? cut : cut - MEAN_ROUNDING * fabs(cut);
    for (size_t row = 0; row < rows; row++) out->cuts[row] = cut;
}

static custval_text quadrant_of(double importance, double performance, const axis *axes) {
    if (isnan(importance) || isnan(performance)) return (custval_text){NULL, 0};
    const int is_important = importance >= axes[0].least, is_high = performance >= axes[1].least;
    const uint32_t which = is_important ? (is_high ? CUSTVAL_QUADRANT_KEEP : CUSTVAL_QUADRANT_CONCENTRATE)
                                        : (is_high ? CUSTVAL_QUADRANT_OVERKILL : CUSTVAL_QUADRANT_LOW_PRIORITY);
    return custval__word_text(CUSTVAL_WORDS_QUADRANT, which);
}

static custval_status fill(const custval_table *table, const custval_quadrants_options *options, custval_text *texts,
                           custval_table *result, custval_error *error) {
    const size_t rows = custval_table_rows(table);
    const char *const importance = options->importance == NULL ? "importance" : options->importance;
    const char *const performance = options->performance == NULL ? "performance" : options->performance;
    axis axes[2];
    CUSTVAL__TRY(custval__result_add_doubles(result, "importance", &axes[0].numbers, error));
    CUSTVAL__TRY(custval__result_add_doubles(result, "performance", &axes[1].numbers, error));
    CUSTVAL__TRY(custval__result_add_doubles(result, "importance_cut", &axes[0].cuts, error));
    CUSTVAL__TRY(custval__result_add_doubles(result, "performance_cut", &axes[1].cuts, error));
    CUSTVAL__TRY(read_axis(table, importance, &axes[0], error));
    CUSTVAL__TRY(read_axis(table, performance, &axes[1], error));
    cut_axis(&axes[0], rows, options->has_importance_cut, options->importance_cut);
    cut_axis(&axes[1], rows, options->has_performance_cut, options->performance_cut);
    for (size_t row = 0; row < rows; row++) {
        texts[row] = quadrant_of(axes[0].numbers[row], axes[1].numbers[row], axes);
    }
    CUSTVAL__TRY(custval__result_add_texts(result, "quadrant", texts, error));
    custval__result_finish(result);
    return CUSTVAL_OK;
}

static custval_status check_options(const custval_quadrants_options *whole, custval_error *error) {
    if (whole->has_importance_cut > 1 || whole->has_performance_cut > 1) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT,
                             "has_importance_cut and has_performance_cut must be 0 or 1");
    }
    if ((whole->has_importance_cut && !isfinite(whole->importance_cut)) ||
        (whole->has_performance_cut && !isfinite(whole->performance_cut))) {
        return custval__fail(error, CUSTVAL_ERROR_NOT_FINITE, "a stated cut must be a number");
    }
    return CUSTVAL_OK;
}

custval_status custval_quadrants(const custval_table *table, const custval_quadrants_options *options,
                                 custval_table **out, custval_error *error) {
    custval_quadrants_options whole = CUSTVAL_QUADRANTS_OPTIONS_INIT;
    custval_host host;
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    if (table == NULL) return custval__fail_null(error, "table");
    CUSTVAL__TRY(custval__struct_read(&whole, sizeof whole, sizeof whole, options, "custval_quadrants_options", error));
    CUSTVAL__TRY(check_options(&whole, error));
    CUSTVAL__TRY(custval__host_read(&host, whole.host, error));
    custval_table *result = NULL;
    custval_text *const texts = custval__alloc(&host, custval_table_rows(table), sizeof *texts);
    if (texts == NULL) return custval__fail_memory(error);
    custval_status status = custval__result_new(&host, custval_table_rows(table), &result, error);
    if (status == CUSTVAL_OK) status = fill(table, &whole, texts, result, error);
    custval__free(&host, texts);
    return custval__result_give(result, status, out);
}
