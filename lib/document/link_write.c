/* Documents from links. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include <custval/words.h>

#include "../base/error.h"
#include "../satisfaction/link.h"
#include "document.h"
#include "layout.h"
#include "link.h"

typedef struct subject {
    const custval_link *link;
    size_t index;
} subject;

static void put_term(custval__layout *to, const void *what) {
    const subject *const term = what;
    custval__put_open(to, '{');
    custval__put_member_text(to, "predictor", term->link->predictors[term->index - 1]);
    custval__put_member_number(to, "coefficient", term->link->coefficients[term->index]);
    custval__put_close(to, '}');
}

static void put_terms(custval__layout *to, const void *what) {
    const custval_link *const link = what;
    custval__put_open(to, '[');
    for (size_t i = 1; i < link->terms; i++) {
        const subject term = {link, i};
        custval__put_fitting(to, put_term, &term);
    }
    custval__put_close(to, ']');
}

/* A row of the lower triangle. */
static void put_row(custval__layout *to, const void *what) {
    const subject *const row = what;
    custval__put_open(to, '[');
    for (size_t k = 0; k <= row->index; k++) {
        custval__put_number(to, row->link->covariance[row->index * row->link->terms + k]);
    }
    custval__put_close(to, ']');
}

static void put_covariance(custval__layout *to, const void *what) {
    const custval_link *const link = what;
    custval__put_open(to, '[');
    for (size_t i = 0; i < link->terms; i++) {
        const subject row = {link, i};
        custval__put_fitting(to, put_row, &row);
    }
    custval__put_close(to, ']');
}

static void put_fit(custval__layout *to, const void *what) {
    const custval_link_facts *const facts = &((const custval_link *)what)->facts;
    custval__put_open(to, '{');
    for (size_t i = 0; i < CUSTVAL__LINK_FACTS; i++) {
        const double number = custval__link_fact_get(facts, i);
        if (!isnan(number)) custval__put_member_number(to, custval__link_facts[i].key, number);
    }
    custval__put_close(to, '}');
}

void custval__link_put(custval__layout *to, const void *what) {
    const custval_link *const link = what;
    custval__put_open(to, '{');
    custval__put_member_text(to, "custval", "link");
    custval__put_member_number(to, "version", CUSTVAL__LINK_VERSION);
    custval__put_member_text(to, "kind", custval_word(CUSTVAL_WORDS_LINK, link->facts.kind));
    custval__put_member_text(to, "outcome", link->outcome);
    custval__put_member_text(to, "note", link->note);
    custval__put_member_number(to, "intercept", link->coefficients[0]);
    if (link->terms > 1) custval__put_member(to, "terms", put_terms, link);
    if (!link->facts.is_stated) custval__put_member(to, "fit", put_fit, link);
    if (link->covariance != NULL) custval__put_member(to, "covariance", put_covariance, link);
    custval__put_close(to, '}');
}

custval_status custval_link_write(const custval_link *link, char *buffer, size_t capacity, size_t *out_length,
                                  custval_error *error) {
    if (out_length == NULL) return custval__fail_null(error, "out_length");
    *out_length = 0;
    if (buffer == NULL && capacity > 0) return custval__fail_null(error, "buffer");
    if (capacity > 0) buffer[0] = 0;
    if (link == NULL) return custval__fail_null(error, "link");
    custval__layout layout = {.out = buffer, .capacity = capacity};
    custval__link_put(&layout, link);
    custval__put_end(&layout);
    *out_length = layout.length;
    return CUSTVAL_OK;
}
