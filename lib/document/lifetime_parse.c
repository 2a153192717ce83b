/* Lifetimes from documents. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include <custval/words.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../lifetime/lifetime.h"
#include "lifetime.h"
#include "path.h"

typedef struct loader {
    custval__json_document document;
    const custval__json *root; /* of this lifetime, perhaps inside another */
    const custval__model *model;
    custval_lifetime *lifetime;
    custval_error error; /* the caller's may be NULL; this one is read to put places into messages */
} loader;

static custval_status fail(loader *load, const custval__json *value, const char *message) {
    return custval__json_fail(value, CUSTVAL_ERROR_DOCUMENT, &load->error, "%s", message);
}

static const char *text_of(const custval__json *object, const char *key) {
    const custval__json *member = custval__json_member(object, key);
    return member == NULL ? NULL : member->text;
}

static uint32_t word_of(const custval__json *object, const char *key, uint32_t vocabulary) {
    uint32_t value = 0;
    const custval_status status = custval_word_value(vocabulary, text_of(object, key), &value, NULL);
    return status == CUSTVAL_OK ? value : 0; /* its shape was checked */
}

/* ---- The document as a whole ------------------------------------------------------------------------------------- */

/* Asked before anything else, so that a document of another kind or of a later version is not taken for one with
   strange keys. */
/* Keys of an object of coefficients, in the document's memory. */
static custval_status read_names(loader *load, const char *key, custval__covariate_place place, const char ***names,
                                 uint32_t *count) {
    const custval__json *object = custval__json_member(load->root, key);
    *names = NULL;
    *count = 0;
    if (object == NULL || object->count == 0) return CUSTVAL_OK;
    if (place.index == CUSTVAL__NO_PARAMETER) {
        return custval__json_fail(object, CUSTVAL_ERROR_DOCUMENT, &load->error, "model \"%s\" has no %s covariates",
                                  custval__model_word(load->model->id), key);
    }
    if (object->count > CUSTVAL__LIFETIME_COVARIATES) {
        return custval__json_fail(object, CUSTVAL_ERROR_LIMIT, &load->error, "%u covariates, at most %d are possible",
                                  (unsigned)object->count, CUSTVAL__LIFETIME_COVARIATES);
    }
    *names = custval__arena_alloc(&load->document.arena, object->count, sizeof **names);
    if (*names == NULL) return custval__fail_memory(&load->error);
    for (const custval__json *value = object->first; value != NULL; value = value->next) {
        (*names)[(*count)++] = value->key;
    }
    return CUSTVAL_OK;
}

static custval_status begin(loader *load, const custval_host *host) {
    const char **purchase, **dropout;
    uint32_t purchase_count, dropout_count;
    const uint32_t id = word_of(load->root, "model", CUSTVAL_WORDS_MODEL);
    CUSTVAL__TRY(custval__lifetime_model(id, &load->model, &load->error));
    CUSTVAL__TRY(read_names(load, "purchase", load->model->purchase, &purchase, &purchase_count));
    CUSTVAL__TRY(read_names(load, "dropout", load->model->dropout, &dropout, &dropout_count));
    return custval__lifetime_new(host, load->model, purchase_count, purchase, dropout_count, dropout, &load->lifetime,
                                 &load->error);
}

/* ---- Values ------------------------------------------------------------------------------------------------------ */

static custval_status load_parameter(loader *load, const custval__json *value) {
    const custval__model *model = load->model;
    char known[120];
    size_t length = 0;
    for (uint32_t i = 0; i < model->parameters; i++) {
        length += custval__format(known + length, sizeof known - length, "%s%s", i == 0 ? "" : ", ", model->names[i]);
        if (strcmp(value->key, model->names[i]) != 0) continue;
        if (!(value->number > 0.0)) {
            return custval__json_fail(value, CUSTVAL_ERROR_RANGE, &load->error, "%g is not above 0", value->number);
        }
        if (!(value->number >= CUSTVAL__PARAMETER_LEAST && value->number <= CUSTVAL__PARAMETER_MOST)) {
            return custval__json_fail(value, CUSTVAL_ERROR_RANGE, &load->error, "%g is not between %g and %g",
                                      value->number, CUSTVAL__PARAMETER_LEAST, CUSTVAL__PARAMETER_MOST);
        }
        load->lifetime->values[i] = value->number;
        return CUSTVAL_OK;
    }
    return custval__json_fail(value, CUSTVAL_ERROR_DOCUMENT, &load->error, "unknown parameter; model \"%s\" has %s",
                              custval__model_word(model->id), known);
}

static custval_status load_parameters(loader *load) {
    const custval__json *parameters = custval__json_member(load->root, "parameters");
    for (const custval__json *value = parameters->first; value != NULL; value = value->next) {
        CUSTVAL__TRY(load_parameter(load, value));
    }
    for (uint32_t i = 0; i < load->model->parameters; i++) {
        if (custval__json_member(parameters, load->model->names[i]) != NULL) continue;
        return custval__json_fail(parameters, CUSTVAL_ERROR_DOCUMENT, &load->error, "parameter \"%s\" is missing",
                                  load->model->names[i]);
    }
    return CUSTVAL_OK;
}

static void load_coefficients(loader *load) {
    static const char *const keys[] = {"purchase", "dropout"};
    double *next = load->lifetime->values + load->model->parameters;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const custval__json *object = custval__json_member(load->root, keys[i]);
        const custval__json *value = object == NULL ? NULL : object->first;
        for (; value != NULL; value = value->next) *next++ = value->number;
    }
}

/* ---- The fit ----------------------------------------------------------------------------------------------------- */

/* A number not below 0, an integer if `most` is finite; `otherwise` if it is absent. */
static custval_status read_amount(loader *load, const custval__json *object, const char *key, double most,
                                  double otherwise, double *out) {
    const custval__json *value = custval__json_member(object, key);
    *out = value == NULL ? otherwise : value->number;
    if (value == NULL) return CUSTVAL_OK;
    if (*out >= 0.0 && (most == HUGE_VAL || (*out <= most && floor(*out) == *out))) return CUSTVAL_OK;
    return custval__json_fail(value, CUSTVAL_ERROR_RANGE, &load->error, "%g is not %s", *out,
                              most == HUGE_VAL ? "at least 0" : "an integer in range");
}

static custval_status read_fit(loader *load, const custval__json *fit, custval_lifetime_facts *facts) {
    double iterations, distinct;
    CUSTVAL__TRY(custval__shape_check(fit, &custval__lifetime_shapes[CUSTVAL__LIFETIME_SHAPE_FIT], &load->error));
    facts->convergence = word_of(fit, "convergence", CUSTVAL_WORDS_CONVERGENCE);
    if (facts->convergence == CUSTVAL_CONVERGENCE_STATED) {
        return fail(load, custval__json_member(fit, "convergence"), "stated parameters have no fit: leave it out");
    }
    CUSTVAL__TRY(read_amount(load, fit, "iterations", 4294967295.0, 0.0, &iterations));
    CUSTVAL__TRY(read_amount(load, fit, "distinct", 9007199254740992.0, 0.0, &distinct));
    CUSTVAL__TRY(read_amount(load, fit, "customers", HUGE_VAL, 0.0, &facts->customers));
    CUSTVAL__TRY(read_amount(load, fit, "gradient", HUGE_VAL, (double)NAN, &facts->gradient));
    CUSTVAL__TRY(read_amount(load, fit, "condition", HUGE_VAL, (double)NAN, &facts->condition));
    CUSTVAL__TRY(read_amount(load, fit, "ridge", HUGE_VAL, 0.0, &facts->ridge));
    facts->iterations = (uint32_t)iterations;
    facts->distinct = (uint64_t)distinct;
    facts->log_likelihood = custval__json_member(fit, "log_likelihood")->number;
    return CUSTVAL_OK;
}

static custval_status load_facts(loader *load) {
    const custval__json *root = load->root, *fit = custval__json_member(root, "fit");
    custval_lifetime_facts facts = load->lifetime->facts;
    facts.unit = text_of(root, "unit");
    facts.from = text_of(root, "from");
    facts.to = text_of(root, "to");
    if (fit != NULL) CUSTVAL__TRY(read_fit(load, fit, &facts));
    return custval__lifetime_set_facts(load->lifetime, &facts, &load->error);
}

/* Row i of the lower triangle: i + 1 numbers, the last one a variance, and none larger than variances allow. */
static custval_status load_row(loader *load, const custval__json *row, double *covariance) {
    const size_t count = load->lifetime->count, i = row->index;
    if (row->count != i + 1) {
        return custval__json_fail(row, CUSTVAL_ERROR_DOCUMENT, &load->error, "row %zu has %zu numbers, not %u", i,
                                  i + 1, (unsigned)row->count);
    }
    for (const custval__json *value = row->first; value != NULL; value = value->next) {
        const size_t k = value->index;
        if (value->type != CUSTVAL__JSON_NUMBER) return fail(load, value, "must be a number");
        covariance[i * count + k] = covariance[k * count + i] = value->number;
        if (k == i && !(value->number > 0.0)) {
            return custval__json_fail(value, CUSTVAL_ERROR_RANGE, &load->error, "variance %g is not above 0",
                                      value->number);
        }
    }
    for (const custval__json *value = row->first; value != NULL; value = value->next) {
        const size_t k = value->index;
        const double most = sqrt(covariance[i * count + i]) * sqrt(covariance[k * count + k]);
        if (fabs(value->number) <= most * (1.0 + 1e-9)) continue;
        return custval__json_fail(value, CUSTVAL_ERROR_RANGE, &load->error, "%g is beyond what the variances allow",
                                  value->number);
    }
    return CUSTVAL_OK;
}

static custval_status load_covariance(loader *load) {
    const custval__json *rows = custval__json_member(load->root, "covariance");
    if (rows == NULL) return CUSTVAL_OK;
    if (load->lifetime->facts.convergence != CUSTVAL_CONVERGENCE_OPTIMUM) {
        return fail(load, rows, "only a fit that ended at an optimum has a covariance");
    }
    if (rows->count != load->lifetime->count) {
        return custval__json_fail(rows, CUSTVAL_ERROR_DOCUMENT, &load->error,
                                  "has %u rows, but there are %u parameters and coefficients", (unsigned)rows->count,
                                  (unsigned)load->lifetime->count);
    }
    double *covariance = custval__lifetime_add_covariance(load->lifetime);
    if (covariance == NULL) return custval__fail_memory(&load->error);
    for (const custval__json *row = rows->first; row != NULL; row = row->next) {
        CUSTVAL__TRY(load_row(load, row, covariance));
    }
    return CUSTVAL_OK;
}

/* ---- The call ---------------------------------------------------------------------------------------------------- */

static custval_status load_lifetime(loader *load, const custval_host *host) {
    CUSTVAL__TRY(custval__shape_check_head(load->root, "lifetime", CUSTVAL__LIFETIME_VERSION, &load->error));
    CUSTVAL__TRY(
        custval__shape_check(load->root, &custval__lifetime_shapes[CUSTVAL__LIFETIME_SHAPE_LIFETIME], &load->error));
    CUSTVAL__TRY(begin(load, host));
    CUSTVAL__TRY(load_parameters(load));
    load_coefficients(load);
    CUSTVAL__TRY(load_facts(load));
    return load_covariance(load);
}

/* The model of spend is a whole lifetime inside this one. */
static custval_status load_spend(loader *load, const custval_host *host) {
    const custval__json *const spend = custval__json_member(load->root, "spend");
    if (spend == NULL) return CUSTVAL_OK;
    loader inner = {.document = load->document, .root = spend, .error = CUSTVAL_ERROR_INIT};
    custval_status status = load_lifetime(&inner, host);
    if (status == CUSTVAL_OK && custval__json_member(spend, "spend") != NULL) {
        status = fail(&inner, custval__json_member(spend, "spend"), "a model of spend holds no other");
    }
    if (status == CUSTVAL_OK) {
        custval_error why = CUSTVAL_ERROR_INIT;
        status = custval__lifetime_join(load->lifetime, inner.lifetime, &why);
        if (status != CUSTVAL_OK) status = fail(&inner, spend, why.message);
    }
    load->document = inner.document; /* whose arena may have grown */
    load->error = inner.error;
    custval_lifetime_free(inner.lifetime);
    return status;
}

static custval_status parse(loader *load, const custval_host *host, const char *text, size_t length) {
    CUSTVAL__TRY(custval__json_read(&load->document, host, text, length, &load->error));
    load->root = load->document.root;
    CUSTVAL__TRY(load_lifetime(load, host));
    return load_spend(load, host);
}

custval_status custval_lifetime_parse(const custval_host *host, const char *text, size_t length, custval_lifetime **out,
                                      custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    if (text == NULL) return custval__fail_null(error, "text");
    custval_host whole;
    CUSTVAL__TRY(custval__host_read(&whole, host, error));
    loader load = {.error = CUSTVAL_ERROR_INIT};
    const custval_status status = parse(&load, &whole, text, length);
    custval__json_free(&load.document);
    if (status != CUSTVAL_OK) (void)custval__fail(error, status, "%s", load.error.message);
    return custval__lifetime_give(load.lifetime, status, out);
}
