/* custval_programmes_list: the programmes as a table. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../table/table.h"
#include "tables.h"

typedef struct listing {
    const custval_programmes *base;
    custval_host host;
    custval_programmes_options options; /* whole */
    size_t rows;
} listing;

typedef struct entry {
    uint32_t programme, segment; /* segment_count: all */
} entry;

/* The row after another one; begin with {0, segment_count}: the whole programme comes before its segments. */
static entry next(const custval_programmes *base, entry at) {
    const uint32_t all = base->segment_count;
    uint32_t segment = at.segment == all ? 0 : at.segment + 1;
    while (segment < all && custval__programme_tries(base, at.programme, segment)->tried == 0.0) segment++;
    return segment < all ? (entry){at.programme, segment} : (entry){at.programme + 1, all};
}

static entry first(const custval_programmes *base) {
    return (entry){0, base->segment_count};
}

enum words { LABEL, TEXT, SEGMENT, GROUP };

static const char *word_of(const listing *of, entry at, uint32_t which) {
    const custval_programmes *const base = of->base;
    const custval__programme *const programme = &base->programmes[at.programme];
    switch (which) {
    case LABEL: return custval__wording_in(&programme->label, of->options.language);
    case TEXT: return custval__wording_in(&programme->text, of->options.language);
    case GROUP: return programme->group_name;
    default: return at.segment == base->segment_count ? NULL : base->traits[base->segment].values[at.segment];
    }
}

static custval_status add_words(const listing *of, const char *column, uint32_t which, custval_table *table,
                                custval_error *error) {
    custval__text_list words = {.bytes = NULL};
    for (entry at = first(of->base); at.programme < of->base->programme_count; at = next(of->base, at)) {
        custval__text_word(&words, &of->host, word_of(of, at, which));
        custval__text_end(&words, &of->host);
    }
    const custval_status status = custval__add_text_list(table, &of->host, column, &words, error);
    custval__text_free(&words, &of->host);
    return status;
}

static custval_status add_ids(const listing *of, custval_table *table, custval_error *error) {
    uint32_t *const indices = custval__alloc(&of->host, of->rows, sizeof *indices);
    size_t row = 0;
    if (indices == NULL) return custval__fail_memory(error);
    for (entry at = first(of->base); at.programme < of->base->programme_count; at = next(of->base, at)) {
        indices[row++] = at.programme;
    }
    const custval_status status =
        custval__add_names(table, &of->host, "programme", of->base->ids, of->base->programme_count, indices, error);
    custval__free(&of->host, indices);
    return status;
}

static custval_status add_numbers(const listing *of, custval_table *table, custval_error *error) {
    static const char *const names[] = {"priority", "cost", "tried", "succeeded", "rate", "effect", "score", "net"};
    enum { COLUMNS = sizeof names / sizeof names[0] };
    const custval_programmes *const base = of->base;
    double *columns[COLUMNS];
    for (size_t i = 0; i < COLUMNS; i++) {
        CUSTVAL__TRY(custval__result_add_doubles(table, names[i], &columns[i], error));
    }
    size_t row = 0;
    for (entry at = first(base); at.programme < base->programme_count; at = next(base, at), row++) {
        const custval__programme *const programme = &base->programmes[at.programme];
        const custval__tries *const tries = custval__programme_tries(base, at.programme, at.segment);
        const double rate = base->rates[(size_t)at.segment * base->programme_count + at.programme];
        const double numbers[COLUMNS] = {
            programme->priority,
            programme->cost,
            tries->tried,
            tries->succeeded,
            rate,
            programme->value,
            programme->score,
            programme->times == CUSTVAL_NONE ? custval__programme_net(base, programme, rate, 1.0) : (double)NAN,
        };
        for (size_t i = 0; i < COLUMNS; i++) columns[i][row] = numbers[i];
    }
    return CUSTVAL_OK;
}

static custval_status add_columns(const listing *of, custval_table *table, custval_error *error) {
    CUSTVAL__TRY(add_ids(of, table, error));
    CUSTVAL__TRY(add_words(of, "label", LABEL, table, error));
    CUSTVAL__TRY(add_words(of, "text", TEXT, table, error));
    CUSTVAL__TRY(add_words(of, "segment", SEGMENT, table, error));
    CUSTVAL__TRY(add_words(of, "group", GROUP, table, error));
    return add_numbers(of, table, error);
}

custval_status custval_programmes_list(const custval_programmes *base, const custval_programmes_options *options,
                                       custval_table **out, custval_error *error) {
    listing of = {.base = base};
    custval_table *table = NULL;
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    if (base == NULL) return custval__fail_null(error, "base");
    CUSTVAL__TRY(custval__programmes_options_read(options, &of.options, &of.host, error));
    for (entry at = first(base); at.programme < base->programme_count; at = next(base, at)) of.rows++;
    CUSTVAL__TRY(custval__result_new(&of.host, of.rows, &table, error));
    const custval_status status = add_columns(&of, table, error);
    if (status == CUSTVAL_OK) custval__result_finish(table);
    return custval__result_give(table, status, out);
}
