/* custval_kano: the 5 x 5 table of a Kano survey. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include <custval/satisfaction.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../base/options.h"
#include "../table/table.h"
#include "words.h"

#define FEATURES_MOST 4096
#define ANSWERS 5
#define CLASSES 6

enum { A = CUSTVAL_KANO_ATTRACTIVE, O = CUSTVAL_KANO_ONE_DIMENSIONAL, M = CUSTVAL_KANO_MUST_BE };
enum { I = CUSTVAL_KANO_INDIFFERENT, R = CUSTVAL_KANO_REVERSE, Q = CUSTVAL_KANO_QUESTIONABLE };

/* Berger et al. (1993): [functional - 1][dysfunctional - 1]. */
static const uint8_t classes[ANSWERS][ANSWERS] = {
    {Q, A, A, A, O}, {R, I, I, I, M}, {R, I, I, I, M}, {R, I, I, I, M}, {R, R, R, R, Q},
};

typedef struct survey {
    const custval_table *table;
    custval_kano_options options;
    custval_host host;
    uint32_t *counts[CLASSES + 1]; /* [class][feature]; 0: missing */
    uint32_t *n;
    double *better, *worse, *strength, *total;
    custval_text *texts; /* [feature] */
} survey;

/* An answer 1 to 5, or 0 if it is missing. */
static custval_status read_answer(const survey *in, size_t column, size_t row, uint32_t *out, custval_error *error) {
    double scratch;
    const double answer = *custval__table_doubles(in->table, column, row, 1, &scratch);
    for (*out = ANSWERS; *out > 0 && answer != (double)*out;) --*out;
    if (*out > 0 || isnan(answer)) return CUSTVAL_OK;
    return custval__fail_at(error, CUSTVAL_ERROR_RANGE, CUSTVAL_NONE, row,
                            "row %zu: column \"%s\" is %g, but answers are 1 (like) to 5 (dislike)", row,
                            custval_table_name(in->table, column), answer);
}

static custval_status count_feature(const survey *in, size_t feature, custval_error *error) {
    const char *const names[2] = {in->options.functional[feature], in->options.dysfunctional[feature]};
    size_t columns[2];
    for (size_t k = 0; k < 2; k++) {
        if (names[k] == NULL) {
            return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "a column of feature %zu is NULL", feature + 1);
        }
        CUSTVAL__TRY(custval_table_find(in->table, names[k], &columns[k], error));
        CUSTVAL__TRY(custval__table_need_number(in->table, columns[k], error));
    }
    for (uint32_t k = 0; k <= CLASSES; k++) in->counts[k][feature] = 0;
    for (size_t row = 0; row < custval_table_rows(in->table); row++) {
        uint32_t functional, dysfunctional;
        CUSTVAL__TRY(read_answer(in, columns[0], row, &functional, error));
        CUSTVAL__TRY(read_answer(in, columns[1], row, &dysfunctional, error));
        const int is_there = functional > 0 && dysfunctional > 0;
        in->counts[is_there ? classes[functional - 1][dysfunctional - 1] : 0][feature]++;
    }
    return CUSTVAL_OK;
}

/* Classes are numbered by what wins among equals, so the first of the most frequent ones is it. */
static void judge(const survey *in, size_t feature) {
    uint32_t n = 0, most = 0, next = 0, which = 0;
    double count[CLASSES + 1];
    for (uint32_t k = 1; k <= CLASSES; k++) {
        const uint32_t here = in->counts[k][feature];
        count[k] = (double)here;
        n += here;
        next = here > most ? most : here > next ? here : next;
        if (here > most) which = k;
        most = here > most ? here : most;
    }
    const double told = count[A] + count[O] + count[M] + count[I];
    in->n[feature] = n;
    in->better[feature] = told > 0.0 ? (count[A] + count[O]) / told : (double)NAN;
    in->worse[feature] = told > 0.0 ? 0.0 - (count[O] + count[M]) / told : (double)NAN;
    in->strength[feature] = n > 0 ? (double)(most - next) / n : (double)NAN;
    in->total[feature] = n > 0 ? (count[A] + count[O] + count[M]) / n : (double)NAN;
    in->texts[feature] = which > 0 ? custval__word_text(CUSTVAL_WORDS_KANO, which) : (custval_text){NULL, 0};
}

static custval_status fill(survey *in, custval_table *result, custval_error *error) {
    static const struct {
        const char *name;
        uint32_t which;
    } counted[] = {{"attractive", A},  {"one_dimensional", O}, {"must_be", M},
                   {"indifferent", I}, {"reverse", R},         {"questionable", Q}};
    for (size_t i = 0; i < in->options.count; i++) {
        const char *const name = in->options.functional[i];
        in->texts[i] = (custval_text){name, name == NULL ? 0 : strlen(name)};
    }
    CUSTVAL__TRY(custval__result_add_texts(result, "feature", in->texts, error));
    for (size_t k = 0; k < CLASSES; k++) {
        CUSTVAL__TRY(custval__result_add_uint32(result, counted[k].name, &in->counts[counted[k].which], error));
    }
    CUSTVAL__TRY(custval__result_add_uint32(result, "n", &in->n, error));
    CUSTVAL__TRY(custval__result_add_uint32(result, "missing", &in->counts[0], error));
    CUSTVAL__TRY(custval__result_add_doubles(result, "better", &in->better, error));
    CUSTVAL__TRY(custval__result_add_doubles(result, "worse", &in->worse, error));
    CUSTVAL__TRY(custval__result_add_doubles(result, "strength", &in->strength, error));
    CUSTVAL__TRY(custval__result_add_doubles(result, "total", &in->total, error));
    for (size_t i = 0; i < in->options.count; i++) {
        CUSTVAL__TRY(count_feature(in, i, error));
        judge(in, i);
    }
    CUSTVAL__TRY(custval__result_add_texts(result, "class", in->texts, error));
    custval__result_finish(result);
    return CUSTVAL_OK;
}

static custval_status read_options(survey *in, const custval_kano_options *options, custval_error *error) {
    const custval_kano_options defaults = CUSTVAL_KANO_OPTIONS_INIT;
    in->options = defaults;
    CUSTVAL__TRY(
        custval__struct_read(&in->options, sizeof defaults, sizeof defaults, options, "custval_kano_options", error));
    if (in->options.functional == NULL) return custval__fail_null(error, "functional");
    if (in->options.dysfunctional == NULL) return custval__fail_null(error, "dysfunctional");
    if (in->options.count < 1 || in->options.count > FEATURES_MOST) {
        return custval__fail(error, CUSTVAL_ERROR_LIMIT, "%zu features, but there must be 1 to %d", in->options.count,
                             FEATURES_MOST);
    }
    if (custval_table_rows(in->table) > UINT32_MAX) {
        return custval__fail(error, CUSTVAL_ERROR_LIMIT, "the table has too many rows: 2^32 or more");
    }
    return custval__host_read(&in->host, in->options.host, error);
}

custval_status custval_kano(const custval_table *table, const custval_kano_options *options, custval_table **out,
                            custval_error *error) {
    survey in = {.table = table};
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    if (table == NULL) return custval__fail_null(error, "table");
    CUSTVAL__TRY(read_options(&in, options, error));
    in.texts = custval__alloc(&in.host, in.options.count, sizeof *in.texts);
    if (in.texts == NULL) return custval__fail_memory(error);
    custval_table *result = NULL;
    custval_status status = custval__result_new(&in.host, in.options.count, &result, error);
    if (status == CUSTVAL_OK) status = fill(&in, result, error);
    custval__free(&in.host, in.texts);
    return custval__result_give(result, status, out);
}
