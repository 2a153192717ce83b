/* Documents from lifetimes. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <custval/words.h>

#include "../base/error.h"
#include "../lifetime/lifetime.h"
#include "layout.h"
#include "lifetime.h"

static void put_named(custval__layout *to, const char *const *names, const double *values, uint32_t count) {
    custval__put_open(to, '{');
    for (uint32_t i = 0; i < count; i++) custval__put_member_number(to, names[i], values[i]);
    custval__put_close(to, '}');
}

static void put_parameters(custval__layout *to, const void *what) {
    const custval_lifetime *lifetime = what;
    put_named(to, lifetime->model->names, lifetime->values, lifetime->model->parameters);
}

static void put_purchase(custval__layout *to, const void *what) {
    const custval_lifetime *lifetime = what;
    put_named(to, lifetime->purchase_names, lifetime->values + lifetime->model->parameters, lifetime->purchase_count);
}

static void put_dropout(custval__layout *to, const void *what) {
    const custval_lifetime *lifetime = what;
    const double *values = lifetime->values + lifetime->model->parameters + lifetime->purchase_count;
    put_named(to, lifetime->dropout_names, values, lifetime->dropout_count);
}

static void put_fit(custval__layout *to, const void *what) {
    const custval_lifetime_facts *facts = &((const custval_lifetime *)what)->facts;
    custval__put_open(to, '{');
    custval__put_member_text(to, "convergence", custval_word(CUSTVAL_WORDS_CONVERGENCE, facts->convergence));
    custval__put_member_number(to, "iterations", facts->iterations);
    custval__put_member_number(to, "distinct", (double)facts->distinct);
    custval__put_member_number(to, "customers", facts->customers);
    custval__put_member_number(to, "log_likelihood", facts->log_likelihood);
    custval__put_member_number(to, "gradient", facts->gradient);
    custval__put_member_number(to, "condition", facts->condition);
    if (facts->ridge != 0.0) custval__put_member_number(to, "ridge", facts->ridge);
    custval__put_close(to, '}');
}

/* One row of the lower triangle. */
typedef struct triangle_row {
    const double *values;
    uint32_t count;
} triangle_row;

static void put_row(custval__layout *to, const void *what) {
    const triangle_row *row = what;
    custval__put_open(to, '[');
    for (uint32_t k = 0; k < row->count; k++) custval__put_number(to, row->values[k]);
    custval__put_close(to, ']');
}

static void put_covariance(custval__layout *to, const void *what) {
    const custval_lifetime *lifetime = what;
    custval__put_open(to, '[');
    for (uint32_t i = 0; i < lifetime->count; i++) {
        const triangle_row row = {lifetime->covariance + (size_t)i * lifetime->count, i + 1};
        custval__put_fitting(to, put_row, &row);
    }
    custval__put_close(to, ']');
}

static void put_members(custval__layout *to, const custval_lifetime *lifetime) {
    custval__put_member_text(to, "custval", "lifetime");
    custval__put_member_number(to, "version", CUSTVAL__LIFETIME_VERSION);
    custval__put_member_text(to, "model", custval__model_word(lifetime->model->id));
    custval__put_member(to, "parameters", put_parameters, lifetime);
    if (lifetime->purchase_count > 0) custval__put_member(to, "purchase", put_purchase, lifetime);
    if (lifetime->dropout_count > 0) custval__put_member(to, "dropout", put_dropout, lifetime);
    custval__put_member_text(to, "unit", lifetime->facts.unit);
    custval__put_member_text(to, "from", lifetime->facts.from);
    custval__put_member_text(to, "to", lifetime->facts.to);
    if (lifetime->facts.convergence != CUSTVAL_CONVERGENCE_STATED) custval__put_member(to, "fit", put_fit, lifetime);
    if (lifetime->covariance != NULL) custval__put_member(to, "covariance", put_covariance, lifetime);
}

static void put_lifetime(custval__layout *to, const custval_lifetime *lifetime) {
    custval__put_open(to, '{');
    put_members(to, lifetime);
    if (lifetime->spend != NULL) {
        custval__put_key(to, "spend");
        custval__put_open(to, '{');
        put_members(to, lifetime->spend);
        custval__put_close(to, '}');
    }
    custval__put_close(to, '}');
    custval__put_end(to);
}

custval_status custval_lifetime_write(const custval_lifetime *lifetime, char *buffer, size_t capacity,
                                      size_t *out_length, custval_error *error) {
    if (out_length == NULL) return custval__fail_null(error, "out_length");
    *out_length = 0;
    if (buffer == NULL && capacity > 0) return custval__fail_null(error, "buffer");
    if (capacity > 0) buffer[0] = 0;
    if (lifetime == NULL) return custval__fail_null(error, "lifetime");
    custval__layout layout = {.out = buffer, .capacity = capacity};
    put_lifetime(&layout, lifetime);
    *out_length = layout.length;
    return CUSTVAL_OK;
}
