/* custval_lifetime_track: repeat purchases as the model expects them, beside those that were made. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <custval/lifetime.h>

#include <math.h>

#include <custval/words.h>

#include "../base/error.h"
#include "../table/table.h"
#include "check.h"
#include "newcomers.h"

typedef struct track {
    custval_lifetime_check_options options;
    custval_host host;
    custval__arena arena;
    const custval_lifetime *lifetime;
    const custval_table *course;
    size_t count;    /* rows of the course */
    double *elapsed; /* [count] */
    double observed; /* when T was taken */
} track;

static custval_status read_course(track *in, custval_error *error) {
    size_t column;
    in->count = custval_table_rows(in->course);
    CUSTVAL__TRY(custval_table_find(in->course, "elapsed", &column, error));
    CUSTVAL__TRY(custval__table_need_number(in->course, column, error));
    in->elapsed = custval__arena_alloc(&in->arena, in->count, sizeof *in->elapsed);
    if (in->elapsed == NULL) return custval__fail_memory(error);
    for (size_t row = 0; row < in->count; row++) {
        double scratch;
        const double before = row > 0 ? in->elapsed[row - 1] : 0.0;
        in->elapsed[row] = *custval__table_doubles(in->course, column, row, 1, &scratch);
        if (in->elapsed[row] >= before && isfinite(in->elapsed[row])) continue;
        return custval__fail_at(error, CUSTVAL_ERROR_RANGE, CUSTVAL_NONE, row,
                                "course, row %zu: column \"elapsed\" is %g, but must ascend from at least 0, finite",
                                row, in->elapsed[row]);
    }
    return CUSTVAL_OK;
}

// The first customer came at 0, and one of age T at observed - T.
static custval_status set_observed(track *in, const custval__newcomers *newcomers, custval_error *error) {
    const custval__block *block = &newcomers->block;
    size_t row = SIZE_MAX;
    double oldest = 0.0;
    for (size_t i = 0; i < block->count; i++) {
        const double T = block->cell[CUSTVAL__CELL_HORIZON][i];
        if (T > oldest) oldest = T;
        if (T > in->options.observed && block->place[i] < row) row = block->place[i];
    }
    in->observed = in->options.observed > 0.0 ? in->options.observed : oldest;
    if (oldest <= in->observed) return CUSTVAL_OK;
    return custval__fail_at(error, CUSTVAL_ERROR_RANGE, CUSTVAL_NONE, row,
                            "row %zu: the customer is older than observed, which is %g", row, in->observed);
}

static void expect(const void *data, const custval__customers *one, const double *parameters, const double *T,
                   double *scratch, double *out) {
    const track *in = data;
    const double birth = in->observed - T[0];
    size_t before = 0;
    for (size_t k = 0; k < in->count; k++) {
        const double age = in->elapsed[k] - birth;
        out[k] = 0.0;
        scratch[k] = age;
        if (!(age > 0.0)) before++;
    }
    if (before == in->count) return;
    in->lifetime->model->expected(parameters, one, scratch + before, in->count - before, out + before);
}

static custval_status add_actual(const track *in, custval_table *table, custval_error *error) {
    size_t column;
    double *actual, *total, sum = 0.0, scratch;
    if (custval_table_find(in->course, "repeats", &column, NULL) != CUSTVAL_OK) return CUSTVAL_OK;
    CUSTVAL__TRY(custval__table_need_number(in->course, column, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "actual", &actual, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "actual_total", &total, error));
    for (size_t row = 0; row < in->count; row++) {
        actual[row] = *custval__table_doubles(in->course, column, row, 1, &scratch);
        total[row] = sum += actual[row];
    }
    return CUSTVAL_OK;
}

static custval_status fill_table(track *in, const custval_table *customers, custval_table **out, custval_error *error) {
    custval__newcomers newcomers;
    double *elapsed, *total, *expected;
    CUSTVAL__TRY(read_course(in, error));
    CUSTVAL__TRY(custval__newcomers_read(&in->arena, customers, in->lifetime, in->options.columns, &newcomers, error));
    CUSTVAL__TRY(set_observed(in, &newcomers, error));
    CUSTVAL__TRY(custval__result_new(&in->host, in->count, out, error));
    CUSTVAL__TRY(custval__result_add_doubles(*out, "elapsed", &elapsed, error));
    CUSTVAL__TRY(custval__result_add_doubles(*out, "expected_total", &total, error));
    CUSTVAL__TRY(custval__result_add_doubles(*out, "expected", &expected, error));
    CUSTVAL__TRY(custval__newcomers_sum(&newcomers, expect, in, in->count, total, error));
    for (size_t row = 0; row < in->count; row++) {
        elapsed[row] = in->elapsed[row];
        expected[row] = total[row] - (row > 0 ? total[row - 1] : 0.0);
    }
    CUSTVAL__TRY(add_actual(in, *out, error));
    custval__result_finish(*out);
    return CUSTVAL_OK;
}

custval_status custval_lifetime_track(const custval_lifetime *lifetime, const custval_table *customers,
                                      const custval_table *course, const custval_lifetime_check_options *options,
                                      custval_table **out, custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    if (lifetime == NULL) return custval__fail_null(error, "lifetime");
    if (customers == NULL) return custval__fail_null(error, "customers");
    if (course == NULL) return custval__fail_null(error, "course");
    const custval__model *model = lifetime->model;
    track in = {.lifetime = lifetime, .course = course};
    CUSTVAL__TRY(custval__check_options_read(options, &in.options, &in.host, error));
    if (model->discrete || model->expected == NULL) {
        return custval__fail(error, CUSTVAL_ERROR_UNSUPPORTED, "model %s has no course of purchases in continuous time",
                             custval_word(CUSTVAL_WORDS_MODEL, model->id));
    }
    custval__arena_init(&in.arena, &in.host);
    const custval_status status = fill_table(&in, customers, out, error);
    custval__arena_free(&in.arena);
    if (status != CUSTVAL_OK) {
        custval_table_free(*out);
        *out = NULL;
    }
    return status;
}
