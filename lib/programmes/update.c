/* custval_programmes_update: a knowledge base that has learnt how programmes went. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../base/text.h"
#include "../table/table.h"
#include "programmes.h"

#define ROWS_READ 256

typedef struct learning {
    custval_programmes *base; /* the new one */
    const custval_table *outcomes;
    size_t programme, success, segment; /* columns; segment SIZE_MAX: none */
} learning;

static custval_status find_columns(learning *of, custval_error *error) {
    const custval_programmes *const base = of->base;
    CUSTVAL__TRY(custval_table_find(of->outcomes, "programme", &of->programme, error));
    CUSTVAL__TRY(custval__table_need_text(of->outcomes, of->programme, error));
    CUSTVAL__TRY(custval_table_find(of->outcomes, "success", &of->success, error));
    CUSTVAL__TRY(custval__table_need_number(of->outcomes, of->success, error));
    of->segment = SIZE_MAX;
    if (base->segment == CUSTVAL_NONE) return CUSTVAL_OK;
    if (custval_table_find(of->outcomes, base->trait_ids[base->segment], &of->segment, NULL) != CUSTVAL_OK) {
        return CUSTVAL_OK;
    }
    return custval__table_need_text(of->outcomes, of->segment, error);
}

static const char *id_at(const void *data, size_t index) {
    const custval_programmes *const base = data;
    return index < base->programme_count ? base->ids[index] : NULL;
}

static custval_status find_programme(const learning *of, size_t row, const custval_text *id, uint32_t *out,
                                     custval_error *error) {
    char wanted[84], near[CUSTVAL_ERROR_MESSAGE_SIZE];
    *out = custval__programmes_find(of->base, id->data, id->length);
    if (*out != CUSTVAL_NONE) return CUSTVAL_OK;
    (void)custval__format(wanted, sizeof wanted, "%.*s",
                          (int)custval__utf8_cut(id->data, id->length < 80 ? id->length : 80), id->data);
    custval__nearest_names(wanted, id_at, of->base, 1, near, sizeof near);
    return custval__fail_at(error, CUSTVAL_ERROR_NOT_FOUND, CUSTVAL_NONE, row,
                            "row %zu: column \"programme\": there is no programme \"%s\"%s%s%s", row, wanted,
                            near[0] == 0 ? "" : "; did you mean ", near, near[0] == 0 ? "" : "?");
}

/* A missing segment is none; one that is not declared is a mistake. */
static custval_status find_segment(const learning *of, size_t row, uint32_t *out, custval_error *error) {
    const custval__trait *const trait = &of->base->traits[of->base->segment];
    custval_text text;
    *out = of->base->segment_count;
    if (of->segment == SIZE_MAX || !custval__table_get_text(of->outcomes, of->segment, row, &text)) return CUSTVAL_OK;
    if (text.length == 0) return CUSTVAL_OK;
    *out = custval__trait_value(trait, text.data, text.length);
    if (*out != CUSTVAL_NONE) return CUSTVAL_OK;
    return custval__fail_at(error, CUSTVAL_ERROR_NOT_FOUND, CUSTVAL_NONE, row,
                            "row %zu: column \"%s\": \"%.*s\" is no value of the trait", row, trait->id,
                            (int)custval__utf8_cut(text.data, text.length < 80 ? text.length : 80), text.data);
}

static custval_status count(custval__tries *tries, int is_success, custval_error *error) {
    if (tries->tried >= CUSTVAL__TRIES_MOST) {
        return custval__fail(error, CUSTVAL_ERROR_LIMIT, "a programme was tried more than 2^53 times");
    }
    tries->tried += 1.0;
    tries->succeeded += is_success;
    return CUSTVAL_OK;
}

static custval_status learn_row(const learning *of, size_t row, double success, custval_error *error) {
    uint32_t programme = 0, segment = 0;
    custval_text id;
    if (!custval__table_get_text(of->outcomes, of->programme, row, &id) || id.length == 0 || isnan(success)) {
        return CUSTVAL_OK; /* a blank cell of a file is an empty text */
    }
    if (success != 0.0 && success != 1.0) {
        return custval__fail_at(error, CUSTVAL_ERROR_RANGE, CUSTVAL_NONE, row,
                                "row %zu: column \"success\" is %g, but must be 0 or 1", row, success);
    }
    CUSTVAL__TRY(find_programme(of, row, &id, &programme, error));
    CUSTVAL__TRY(find_segment(of, row, &segment, error));
    CUSTVAL__TRY(count(custval__programme_tries(of->base, programme, of->base->segment_count), success == 1.0, error));
    if (segment == of->base->segment_count) return CUSTVAL_OK;
    return count(custval__programme_tries(of->base, programme, segment), success == 1.0, error);
}

static custval_status learn(learning *of, custval_error *error) {
    const size_t rows = custval_table_rows(of->outcomes);
    double scratch[ROWS_READ];
    CUSTVAL__TRY(find_columns(of, error));
    for (size_t start = 0; start < rows; start += ROWS_READ) {
        const size_t block = rows - start < ROWS_READ ? rows - start : ROWS_READ;
        const double *const success = custval__table_doubles(of->outcomes, of->success, start, block, scratch);
        for (size_t i = 0; i < block; i++) CUSTVAL__TRY(learn_row(of, start + i, success[i], error));
    }
    return custval__programmes_freeze(of->base, error);
}

custval_status custval_programmes_update(const custval_programmes *base, const custval_table *outcomes,
                                         const custval_programmes_options *options, custval_programmes **out,
                                         custval_error *error) {
    custval_programmes_options whole;
    custval_host host;
    learning of = {.outcomes = outcomes};
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    if (base == NULL) return custval__fail_null(error, "base");
    if (outcomes == NULL) return custval__fail_null(error, "outcomes");
    CUSTVAL__TRY(custval__programmes_options_read(options, &whole, &host, error));
    CUSTVAL__TRY(custval__programmes_copy(base, &host, &of.base, error));
    const custval_status status = learn(&of, error);
    if (status == CUSTVAL_OK) {
        *out = of.base;
    } else {
        custval_programmes_free(of.base);
    }
    return status;
}
