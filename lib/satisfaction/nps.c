/* custval_nps: promoters less detractors. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include <custval/satisfaction.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../base/options.h"
#include "../base/random.h"
#include "../table/grouping.h"
#include "../table/table.h"

typedef struct survey {
    const custval_table *table;
    custval_nps_options options;
    custval__arena arena;
    custval__grouping groups;
    size_t column;
    uint32_t *n, *missing, *promoters, *passives, *detractors;
    double *score, *error, *low, *high;
} survey;

static custval_status read_options(survey *in, const custval_nps_options *options, custval_error *error) {
    custval_nps_options *const whole = &in->options;
    const custval_nps_options defaults = CUSTVAL_NPS_OPTIONS_INIT;
    *whole = defaults;
    CUSTVAL__TRY(custval__struct_read(whole, sizeof *whole, sizeof *whole, options, "custval_nps_options", error));
    if (!(whole->scale_min <= whole->detractors_to && whole->detractors_to < whole->promoters_from &&
          whole->promoters_from <= whole->scale_max)) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE,
                             "a scale of %g to %g, detractors to %g, promoters from %g: they must not descend",
                             whole->scale_min, whole->scale_max, whole->detractors_to, whole->promoters_from);
    }
    if (!(whole->level > 0.0 && whole->level < 1.0)) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "level is %g, but must be between 0 and 1", whole->level);
    }
    if (whole->column == NULL) whole->column = "recommend";
    return CUSTVAL_OK;
}

static custval_status count_row(const survey *in, size_t row, custval_error *error) {
    const custval_nps_options *const how = &in->options;
    const uint32_t group = in->groups.of[row];
    double scratch;
    const double answer = *custval__table_doubles(in->table, in->column, row, 1, &scratch);
    if (isnan(answer)) {
        in->missing[group]++;
        return CUSTVAL_OK;
    }
    if (!(answer >= how->scale_min && answer <= how->scale_max)) {
        return custval__fail_at(error, CUSTVAL_ERROR_RANGE, CUSTVAL_NONE, row,
                                "row %zu: column \"%s\" is %g, but the scale is %g to %g", row, how->column, answer,
                                how->scale_min, how->scale_max);
    }
    in->n[group]++;
    in->promoters[group] += answer >= how->promoters_from;
    in->detractors[group] += answer <= how->detractors_to;
    return CUSTVAL_OK;
}

static void judge(const survey *in, uint32_t group) {
    const double n = (double)in->n[group], z = custval__normal_half_width(in->options.level);
    const double p = (double)in->promoters[group] / n, d = (double)in->detractors[group] / n, net = p - d;
    in->passives[group] = in->n[group] - in->promoters[group] - in->detractors[group];
    in->score[group] = 100.0 * net; /* NaN, as all that follows, if there is nobody */
    in->error[group] = 100.0 * sqrt(fmax(p + d - net * net, 0.0) / n);
    if (in->n[group] == 0) {
        in->error[group] = in->low[group] = in->high[group] = (double)NAN;
        return;
    }
    in->low[group] = fmax(in->score[group] - z * in->error[group], -100.0);
    in->high[group] = fmin(in->score[group] + z * in->error[group], 100.0);
}

static custval_status add_columns(survey *in, custval_table *result, custval_error *error) {
    CUSTVAL__TRY(custval__result_add_texts(result, "group", in->groups.keys, error));
    CUSTVAL__TRY(custval__result_add_uint32(result, "n", &in->n, error));
    CUSTVAL__TRY(custval__result_add_uint32(result, "missing", &in->missing, error));
    CUSTVAL__TRY(custval__result_add_uint32(result, "promoters", &in->promoters, error));
    CUSTVAL__TRY(custval__result_add_uint32(result, "passives", &in->passives, error));
    CUSTVAL__TRY(custval__result_add_uint32(result, "detractors", &in->detractors, error));
    CUSTVAL__TRY(custval__result_add_doubles(result, "nps", &in->score, error));
    CUSTVAL__TRY(custval__result_add_doubles(result, "error", &in->error, error));
    CUSTVAL__TRY(custval__result_add_doubles(result, "low", &in->low, error));
    return custval__result_add_doubles(result, "high", &in->high, error);
}

static custval_status make(survey *in, custval_table **out, custval_error *error) {
    size_t group = SIZE_MAX;
    if (in->options.group != NULL) CUSTVAL__TRY(custval_table_find(in->table, in->options.group, &group, error));
    CUSTVAL__TRY(custval_table_find(in->table, in->options.column, &in->column, error));
    CUSTVAL__TRY(custval__table_need_number(in->table, in->column, error));
    CUSTVAL__TRY(custval__grouping_read(&in->arena, in->table, group, &in->groups, error));
    CUSTVAL__TRY(custval__result_new(&in->arena.host, in->groups.count, out, error));
    CUSTVAL__TRY(add_columns(in, *out, error));
    for (uint32_t i = 0; i < in->groups.count; i++) {
        in->n[i] = in->missing[i] = in->promoters[i] = in->detractors[i] = 0;
    }
    for (size_t row = 0; row < custval_table_rows(in->table); row++) CUSTVAL__TRY(count_row(in, row, error));
    for (uint32_t i = 0; i < in->groups.count; i++) judge(in, i);
    custval__result_finish(*out);
    return CUSTVAL_OK;
}

custval_status custval_nps(const custval_table *table, const custval_nps_options *options, custval_table **out,
                           custval_error *error) {
    survey in = {.table = table};
    custval_host host;
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    if (table == NULL) return custval__fail_null(error, "table");
    CUSTVAL__TRY(read_options(&in, options, error));
    CUSTVAL__TRY(custval__host_read(&host, in.options.host, error));
    custval__arena_init(&in.arena, &host);
    custval_table *result = NULL;
    const custval_status status = make(&in, &result, error);
    custval__arena_free(&in.arena);
    return custval__result_give(result, status, out);
}
