/* Links from documents. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include <custval/words.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../satisfaction/link.h"
#include "../satisfaction/link_fit.h"
#include "document.h"
#include "json.h"
#include "link.h"
#include "path.h"
#include "shape.h"

#define FACT(key, is_count) \
  { #key, offsetof(custval_link_facts, key), is_count }

const custval__link_fact custval__link_facts[CUSTVAL__LINK_FACTS] = {
    FACT(n, 1),           FACT(missing, 1),   FACT(events, 1),         FACT(iterations, 1),          FACT(r2, 0),
    FACT(r2_adjusted, 0), FACT(deviation, 0), FACT(log_likelihood, 0), FACT(null_log_likelihood, 0), FACT(mcfadden, 0),
    FACT(auc, 0),         FACT(ridge, 0),
};

double custval__link_fact_get(const custval_link_facts *facts, size_t index) {
    const char *const at = (const char *)facts + custval__link_facts[index].offset;
    uint64_t count;
    double number;
    if (custval__link_facts[index].is_count) {
        memcpy(&count, at, sizeof count);
        return (double)count;
    }
    memcpy(&number, at, sizeof number);
    return number;
}

typedef struct loader {
    const custval__json *root; /* of the link, which may stand in another document */
    custval_host host;         /* whole */
    custval_link *link;
    custval_error error; /* read to put places into messages */
} loader;

static const custval__member root_members[] = {
    {"custval", CUSTVAL__JSON_TEXT, 0, 0, 1},
    {"version", CUSTVAL__JSON_NUMBER, 0, 0, 1},
    {"kind", CUSTVAL__JSON_TEXT, 0, CUSTVAL_WORDS_LINK, 1},
    {"outcome", CUSTVAL__JSON_TEXT, 0, 0, 1},
    {"note", CUSTVAL__JSON_TEXT, 0, 0, 0},
    {"intercept", CUSTVAL__JSON_NUMBER, 0, 0, 1},
    {"terms", CUSTVAL__JSON_ARRAY, CUSTVAL__JSON_OBJECT, 0, 0},
    {"fit", CUSTVAL__JSON_OBJECT, 0, 0, 0},
    {"covariance", CUSTVAL__JSON_ARRAY, CUSTVAL__JSON_ARRAY, 0, 0},
    {NULL, 0, 0, 0, 0},
};
static const custval__shape root_shape = {"link", "a link", root_members};

static const custval__member term_members[] = {
    {"predictor", CUSTVAL__JSON_TEXT, 0, 0, 1},
    {"coefficient", CUSTVAL__JSON_NUMBER, 0, 0, 1},
    {NULL, 0, 0, 0, 0},
};
static const custval__shape term_shape = {"term", "a term", term_members};

static custval_status fail(loader *load, const custval__json *value, custval_status status, const char *message) {
    return custval__json_fail(value, status, &load->error, "%s", message);
}

static custval_status read_name(loader *load, const custval__json *value, const char **out) {
    if (value->text[0] == 0) return fail(load, value, CUSTVAL_ERROR_DOCUMENT, "a column's name must not be empty");
    return custval__link_copy_name(load->link, value->text, out, &load->error);
}

static custval_status read_terms(loader *load) {
    const custval__json *const root = load->root, *const terms = custval__json_member(root, "terms");
    custval_link *const link = load->link;
    CUSTVAL__TRY(read_name(load, custval__json_member(root, "outcome"), &link->outcome));
    link->coefficients[0] = custval__json_member(root, "intercept")->number;
    const custval__json *term = terms == NULL ? NULL : terms->first;
    for (; term != NULL; term = term->next) {
        CUSTVAL__TRY(custval__shape_check(term, &term_shape, &load->error));
        CUSTVAL__TRY(read_name(load, custval__json_member(term, "predictor"), &link->predictors[term->index]));
        link->coefficients[term->index + 1] = custval__json_member(term, "coefficient")->number;
    }
    const custval_status status =
        custval__link_check_names(link->outcome, link->predictors, link->terms - 1, &load->error);
    return status == CUSTVAL_OK ? status : custval__json_place(terms, status, &load->error);
}

static custval_status read_covariance_row(loader *load, const custval__json *row) {
    custval_link *const link = load->link;
    if (row->count != row->index + 1) {
        return custval__json_fail(row, CUSTVAL_ERROR_STRUCTURE, &load->error,
                                  "row %u of the lower triangle has %u numbers, not %u", (unsigned)row->index,
                                  (unsigned)row->index + 1, (unsigned)row->count);
    }
    for (const custval__json *cell = row->first; cell != NULL; cell = cell->next) {
        if (cell->type != CUSTVAL__JSON_NUMBER) return fail(load, cell, CUSTVAL_ERROR_DOCUMENT, "must be a number");
        if (cell->index == row->index && cell->number < 0.0) {
            return custval__json_fail(cell, CUSTVAL_ERROR_RANGE, &load->error, "a variance of %g is below 0",
                                      cell->number);
        }
        link->covariance[row->index * link->terms + cell->index] = cell->number;
        link->covariance[cell->index * link->terms + row->index] = cell->number;
    }
    return CUSTVAL_OK;
}

static custval_status read_covariance(loader *load) {
    const custval__json *const rows = custval__json_member(load->root, "covariance");
    if (rows == NULL) return CUSTVAL_OK;
    if (rows->count != load->link->terms) {
        return custval__json_fail(rows, CUSTVAL_ERROR_STRUCTURE, &load->error,
                                  "a link with %zu coefficients has so many rows, not %u", load->link->terms,
                                  (unsigned)rows->count);
    }
    CUSTVAL__TRY(custval__link_add_covariance(load->link, &load->error));
    for (const custval__json *row = rows->first; row != NULL; row = row->next) {
        CUSTVAL__TRY(read_covariance_row(load, row));
    }
    return CUSTVAL_OK;
}

static custval_status read_fit(loader *load) {
    const custval__json *const fit = custval__json_member(load->root, "fit");
    custval__member members[CUSTVAL__LINK_FACTS + 1] = {{NULL, 0, 0, 0, 0}};
    if (fit == NULL) return CUSTVAL_OK;
    for (size_t i = 0; i < CUSTVAL__LINK_FACTS; i++) {
        members[i] = (custval__member){custval__link_facts[i].key, CUSTVAL__JSON_NUMBER, 0, 0, i == 0};
    }
    const custval__shape shape = {"fit", "a fit", members};
    CUSTVAL__TRY(custval__shape_check(fit, &shape, &load->error));
    load->link->facts.is_stated = 0;
    for (size_t i = 0; i < CUSTVAL__LINK_FACTS; i++) {
        char *const at = (char *)&load->link->facts + custval__link_facts[i].offset;
        const custval__json *const value = custval__json_member(fit, custval__link_facts[i].key);
        if (value == NULL) continue;
        if (!custval__link_facts[i].is_count) {
            memcpy(at, &value->number, sizeof value->number);
            continue;
        }
        if (!(value->number >= 0.0 && value->number <= 0x1p53 && floor(value->number) == value->number)) {
            return custval__json_fail(value, CUSTVAL_ERROR_RANGE, &load->error, "%g is no count", value->number);
        }
        const uint64_t count = (uint64_t)value->number;
        memcpy(at, &count, sizeof count);
    }
    return CUSTVAL_OK;
}

static custval_status parse(loader *load) {
    const custval__json *const root = load->root;
    CUSTVAL__TRY(custval__shape_check_head(load->root, "link", CUSTVAL__LINK_VERSION, &load->error));
    CUSTVAL__TRY(custval__shape_check(root, &root_shape, &load->error));
    const custval__json *const terms = custval__json_member(root, "terms"), *const note =
                                                                                custval__json_member(root, "note");
    const uint32_t count = terms == NULL ? 0 : terms->count;
    if (count > CUSTVAL_MAX_PREDICTORS) {
        return custval__json_fail(terms, CUSTVAL_ERROR_LIMIT, &load->error,
                                  "%u predictors, but at most %d are possible", (unsigned)count,
                                  CUSTVAL_MAX_PREDICTORS);
    }
    CUSTVAL__TRY(custval__link_new(&load->host, count, &load->link, &load->error));
    CUSTVAL__TRY(custval_word_value(CUSTVAL_WORDS_LINK, custval__json_member(root, "kind")->text,
                                    &load->link->facts.kind, &load->error));
    if (note != NULL) CUSTVAL__TRY(custval__link_copy_name(load->link, note->text, &load->link->note, &load->error));
    CUSTVAL__TRY(read_terms(load));
    CUSTVAL__TRY(read_fit(load));
    return read_covariance(load);
}

custval_status custval__link_read(const custval_host *whole_host, const custval__json *root, custval_link **out,
                                  custval_error *error) {
    loader load = {.root = root, .host = *whole_host, .error = CUSTVAL_ERROR_INIT};
    const custval_status status = parse(&load);
    if (status == CUSTVAL_OK) {
        *out = load.link;
        return CUSTVAL_OK;
    }
    custval_link_free(load.link);
    return custval__fail(error, status, "%s", load.error.message);
}

custval_status custval_link_parse(const custval_host *host, const char *text, size_t length, custval_link **out,
                                  custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    if (text == NULL) return custval__fail_null(error, "text");
    custval_host whole;
    CUSTVAL__TRY(custval__host_read(&whole, host, error));
    custval__json_document document;
    custval_error own = CUSTVAL_ERROR_INIT;
    custval_status status = custval__json_read(&document, &whole, text, length, &own);
    if (status == CUSTVAL_OK) status = custval__link_read(&whole, document.root, out, &own);
    custval__json_free(&document);
    return status == CUSTVAL_OK ? status : custval__fail(error, status, "%s", own.message);
}
