/* custval_worth_returns: what each class of cost brings, by segment. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../base/maths.h"
#include "../base/options.h"
#include "../table/grouping.h"
#include "../table/table.h"
#include "row.h"

enum { REVENUE, EXISTING, TOTAL, COSTS, SUMS = COSTS + 5 }; /* costs: attract, acquire, develop, keep, service */
enum { CLASSES = 6 };

typedef struct outcome {
    double numbers[SUMS];
    uint32_t status;
} outcome;

typedef struct group_sums {
    custval__sum sums[SUMS];
    uint32_t valued, skipped;
} group_sums;

typedef struct returns {
    custval_host host; /* whole */
    custval__arena arena;
    custval_returns_options options; /* whole */
    const custval_worth *worth;
    const custval_table *table;
    custval__grouping groups;
    outcome *outcomes; /* [row] */
    group_sums *sums;  /* [segment], the last one of all rows */
    size_t segments;   /* 0 where none were asked for */
} returns;

static void take(void *data, size_t row, uint32_t status, const custval__row_worth *values) {
    outcome *const out = (outcome *)data + row;
    out->status = status;
    out->numbers[REVENUE] = values->revenue;
    out->numbers[EXISTING] = values->existing;
    out->numbers[TOTAL] = values->total;
    memcpy(out->numbers + COSTS, values->costs, sizeof values->costs);
}

static void add(group_sums *to, const outcome *row) {
    if (row->status != CUSTVAL_WORTH_ROW_OK) {
        to->skipped++;
        return;
    }
    to->valued++;
    for (size_t i = 0; i < SUMS; i++) custval__sum_add(&to->sums[i], row->numbers[i]);
}

static custval_status add_up(returns *in, custval_error *error) {
    const size_t rows = custval_table_rows(in->table);
    in->outcomes = custval__arena_alloc(&in->arena, rows, sizeof *in->outcomes);
    in->sums = custval__arena_alloc(&in->arena, in->segments + 1, sizeof *in->sums);
    if (in->outcomes == NULL || in->sums == NULL) return custval__fail_memory(error);
    custval__worth_rows run = {
        .worth = in->worth, .table = in->table, .host = in->host, .take = take, .data = in->outcomes};
    CUSTVAL__TRY(custval__worth_rows_run(&run, error));
    for (size_t row = 0; row < rows; row++) {
        if (in->segments > 0) add(&in->sums[in->groups.of[row]], &in->outcomes[row]);
        add(&in->sums[in->segments], &in->outcomes[row]);
    }
    return CUSTVAL_OK;
}

/* ---- The table ------------------------------------------------------------------------------------------------------ */

static custval_status add_names(returns *in, custval_table *result, custval_error *error) {
    static const custval_text classes[CLASSES] = {{"attract", 7}, {"acquire", 7},   {"develop", 7},
                                                  {"keep", 4},    {"marketing", 9}, {"service", 7}};
    const size_t rows = custval_table_rows(result);
    custval_text *const texts = custval__arena_alloc(&in->arena, rows, sizeof *texts);
    if (texts == NULL) return custval__fail_memory(error);
    for (size_t row = 0; row < in->segments * CLASSES; row++) texts[row] = in->groups.keys[row / CLASSES];
    CUSTVAL__TRY(custval__result_add_texts(result, "segment", texts, error));
    for (size_t row = 0; row < rows; row++) texts[row] = classes[row % CLASSES];
    return custval__result_add_texts(result, "class", texts, error);
}

static double cost_of(const group_sums *group, size_t class) {
    double cost = 0.0;
    if (class == 5) return custval__sum_value(&group->sums[COSTS + 4]);
    if (class < 4) return custval__sum_value(&group->sums[COSTS + class]);
    for (size_t i = 0; i < 4; i++) cost += custval__sum_value(&group->sums[COSTS + i]);
    return cost;
}

static double ratio(double part, double whole) {
    return whole > 0.0 ? part / whole : (double)NAN;
}

static custval_status fill(returns *in, custval_table *result, custval_error *error) {
    static const char *const names[] = {"revenue", "existing", "value", "cost", "return", "margin"};
    double *to[6];
    uint32_t *valued, *skipped;
    CUSTVAL__TRY(add_names(in, result, error));
    CUSTVAL__TRY(custval__result_add_uint32(result, "customers", &valued, error));
    CUSTVAL__TRY(custval__result_add_uint32(result, "skipped", &skipped, error));
    for (size_t i = 0; i < 6; i++) CUSTVAL__TRY(custval__result_add_doubles(result, names[i], &to[i], error));
    for (size_t row = 0; row < custval_table_rows(result); row++) {
        const group_sums *const group = &in->sums[row / CLASSES];
        const double cost = cost_of(group, row % CLASSES);
        valued[row] = group->valued;
        skipped[row] = group->skipped;
        for (size_t i = REVENUE; i <= TOTAL; i++) to[i][row] = custval__sum_value(&group->sums[i]);
        to[3][row] = cost;
        for (size_t i = 0; i < 4; i++) {
            if (isfinite(to[i][row])) continue;
            return custval__fail(error, CUSTVAL_ERROR_NOT_FINITE, "%s: the sum is too large for a double", names[i]);
        }
        to[4][row] = ratio(to[TOTAL][row], cost);
        to[5][row] = ratio(to[EXISTING][row], to[REVENUE][row]);
    }
    custval__result_finish(result);
    return CUSTVAL_OK;
}

static custval_status make_table(returns *in, custval_table **out, custval_error *error) {
    size_t column = SIZE_MAX;
    if (in->options.segment != NULL) CUSTVAL__TRY(custval_table_find(in->table, in->options.segment, &column, error));
    CUSTVAL__TRY(custval__grouping_read(&in->arena, in->table, column, &in->groups, error));
    in->segments = column == SIZE_MAX ? 0 : in->groups.count;
    CUSTVAL__TRY(add_up(in, error));
    CUSTVAL__TRY(custval__result_new(&in->host, (in->segments + 1) * CLASSES, out, error));
    return fill(in, *out, error);
}

custval_status custval_worth_returns(const custval_worth *worth, const custval_table *table,
                                     const custval_returns_options *options, custval_table **out,
                                     custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    if (worth == NULL) return custval__fail_null(error, "worth");
    if (table == NULL) return custval__fail_null(error, "table");
    returns in = {.worth = worth, .table = table, .options = CUSTVAL_RETURNS_OPTIONS_INIT};
    CUSTVAL__TRY(custval__struct_read(&in.options, sizeof in.options, sizeof in.options, options,
                                      "custval_returns_options", error));
    CUSTVAL__TRY(custval__host_read(&in.host, in.options.host, error));
    if (!custval__worth_is_given(worth, CUSTVAL__WORTH_EXISTING, CUSTVAL__REVENUE)) {
        return custval__fail(error, CUSTVAL_ERROR_STATE,
                             "returns need an existing value made of revenue and costs, but this worth has none");
    }
    custval__arena_init(&in.arena, &in.host);
    const custval_status status = make_table(&in, out, error);
    custval__arena_free(&in.arena);
    if (status != CUSTVAL_OK) {
        custval_table_free(*out);
        *out = NULL;
    }
    return status;
}
