/* Lifetimes: making, sharing, looking. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "lifetime.h"

#include <math.h>
#include <string.h>

#include <custval/words.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../base/maths.h"
#include "../base/options.h"
#include "../base/text.h"

#define NOT_KNOWN ((double)NAN)

/* ---- Making ------------------------------------------------------------------------------------------------------ */

custval_status custval__lifetime_model(uint32_t id, const custval__model **out, custval_error *error) {
    *out = custval__model_of(id);
    if (*out != NULL) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "model %u is unknown", (unsigned)id);
}

const char *custval__model_word(uint32_t id) {
    return custval_word(CUSTVAL_WORDS_MODEL, id);
}

custval_status custval__lifetime_check_values(const custval__model *model, const double *values, custval_error *error) {
    for (uint32_t i = 0; i < model->parameters; i++) {
        if (values[i] >= CUSTVAL__PARAMETER_LEAST && values[i] <= CUSTVAL__PARAMETER_MOST) continue;
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "parameter %s is %g, but must be above 0, from %g to %g",
                             model->names[i], values[i], CUSTVAL__PARAMETER_LEAST, CUSTVAL__PARAMETER_MOST);
    }
    return CUSTVAL_OK;
}

/* NULL stays NULL. 0 if memory runs out. */
static int copy_text(custval__arena *arena, const char *text, const char **out) {
    *out = text == NULL ? NULL : custval__arena_text(arena, text, strlen(text));
    return text == NULL || *out != NULL;
}

static custval_status check_text(const char *text, const char *name, custval_error *error) {
    if (text == NULL || custval__utf8_valid(text, strlen(text))) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "%s is not UTF-8", name);
}

static int copy_names(custval__arena *arena, const char *const *names, uint32_t count, const char ***out) {
    *out = custval__arena_alloc(arena, count, sizeof **out);
    for (uint32_t i = 0; *out != NULL && i < count; i++) {
        if (!copy_text(arena, names[i], &(*out)[i])) return 0;
    }
    return *out != NULL;
}

custval_status custval__lifetime_new(const custval_host *whole_host, const custval__model *model,
                                     uint32_t purchase_count, const char *const *purchase_names, uint32_t dropout_count,
                                     const char *const *dropout_names, custval_lifetime **out, custval_error *error) {
    *out = NULL;
    custval_lifetime *self = custval__alloc_zero(whole_host, 1, sizeof *self);
    if (self == NULL) return custval__fail_memory(error);
    atomic_init(&self->owners, 1);
    custval__arena_init(&self->arena, whole_host);
    self->model = model;
    self->count = model->parameters + purchase_count + dropout_count;
    self->purchase_count = purchase_count;
    self->dropout_count = dropout_count;
    self->facts = (custval_lifetime_facts)CUSTVAL_LIFETIME_FACTS_INIT;
    self->facts.model = model->id;
    self->facts.convergence = CUSTVAL_CONVERGENCE_STATED;
    self->facts.parameters = self->count;
    self->facts.log_likelihood = self->facts.aic = self->facts.bic = NOT_KNOWN;
    self->facts.gradient = self->facts.condition = NOT_KNOWN;
    self->values = custval__arena_alloc(&self->arena, self->count, sizeof *self->values);
    if (self->values == NULL || !copy_names(&self->arena, purchase_names, purchase_count, &self->purchase_names) ||
        !copy_names(&self->arena, dropout_names, dropout_count, &self->dropout_names)) {
        custval_lifetime_free(self);
        return custval__fail_memory(error);
    }
    *out = self;
    return CUSTVAL_OK;
}

custval_status custval__lifetime_set_facts(custval_lifetime *lifetime, const custval_lifetime_facts *facts,
                                           custval_error *error) {
    custval_lifetime_facts own = *facts;
    custval__arena *arena = &lifetime->arena;
    CUSTVAL__TRY(check_text(facts->unit, "unit", error));
    CUSTVAL__TRY(check_text(facts->from, "from", error));
    CUSTVAL__TRY(check_text(facts->to, "to", error));
    if (!copy_text(arena, facts->unit, &own.unit) || !copy_text(arena, facts->from, &own.from) ||
        !copy_text(arena, facts->to, &own.to)) {
        return custval__fail_memory(error);
    }
    own.struct_size = sizeof own;
    own.model = lifetime->model->id;
    own.parameters = lifetime->count;
    own.aic = 2.0 * own.parameters - 2.0 * own.log_likelihood;
    own.bic = own.parameters * custval__log(own.customers) - 2.0 * own.log_likelihood;
    lifetime->facts = own;
    return CUSTVAL_OK;
}

double *custval__lifetime_add_covariance(custval_lifetime *lifetime) {
    const size_t count = lifetime->count;
    lifetime->covariance = custval__arena_alloc(&lifetime->arena, count * count, sizeof(double));
    return lifetime->covariance;
}

custval_status custval__lifetime_give(custval_lifetime *lifetime, custval_status status, custval_lifetime **out) {
    if (status == CUSTVAL_OK) {
        *out = lifetime;
    } else {
        custval_lifetime_free(lifetime);
    }
    return status;
}

custval_status custval_lifetime_new(const custval_host *host, uint32_t model, const double *parameters, size_t count,
                                    const char *unit, custval_lifetime **out, custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    if (parameters == NULL) return custval__fail_null(error, "parameters");
    custval_host whole;
    const custval__model *found;
    custval_lifetime *self;
    CUSTVAL__TRY(custval__host_read(&whole, host, error));
    CUSTVAL__TRY(custval__lifetime_model(model, &found, error));
    if (count != found->parameters) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "the model has %u parameters, not %zu",
                             (unsigned)found->parameters, count);
    }
    CUSTVAL__TRY(custval__lifetime_check_values(found, parameters, error));
    CUSTVAL__TRY(custval__lifetime_new(&whole, found, 0, NULL, 0, NULL, &self, error));
    custval_lifetime_facts facts = self->facts;
    facts.unit = unit;
    memcpy(self->values, parameters, count * sizeof *parameters);
    return custval__lifetime_give(self, custval__lifetime_set_facts(self, &facts, error), out);
}

custval_lifetime *custval_lifetime_ref(const custval_lifetime *lifetime) {
    custval_lifetime *self = (custval_lifetime *)lifetime;
    if (self != NULL) atomic_fetch_add_explicit(&self->owners, 1, memory_order_relaxed);
    return self;
}

void custval_lifetime_free(custval_lifetime *lifetime) {
    if (lifetime == NULL) return;
    if (atomic_fetch_sub_explicit(&lifetime->owners, 1, memory_order_acq_rel) != 1) return;
    const custval_host host = lifetime->arena.host;
    custval_lifetime_free(lifetime->spend);
    custval__arena_free(&lifetime->arena);
    custval__free(&host, lifetime);
}

/* ---- Looking ----------------------------------------------------------------------------------------------------- */

custval_status custval_lifetime_facts_get(const custval_lifetime *lifetime, custval_lifetime_facts *out,
                                          custval_error *error) {
    if (lifetime == NULL) return custval__fail_null(error, "lifetime");
    if (out == NULL) return custval__fail_null(error, "out");
    return custval__struct_write(out, &lifetime->facts, sizeof lifetime->facts, sizeof(custval_lifetime_facts),
                                 "custval_lifetime_facts", error);
}

size_t custval__lifetime_value_name(const custval_lifetime *lifetime, uint32_t index, char *out, size_t capacity) {
    const uint32_t first_purchase = lifetime->model->parameters;
    const uint32_t first_dropout = first_purchase + lifetime->purchase_count;
    if (index < first_purchase) return custval__format(out, capacity, "%s", lifetime->model->names[index]);
    if (index < first_dropout) {
        return custval__format(out, capacity, "purchase:%s", lifetime->purchase_names[index - first_purchase]);
    }
    return custval__format(out, capacity, "dropout:%s", lifetime->dropout_names[index - first_dropout]);
}

static void shift(custval__covariate_place place, const double *coefficients, const double *covariates, uint32_t count,
                  double *parameters) {
    double sum = 0.0;
    for (uint32_t i = 0; i < count; i++) sum += coefficients[i] * covariates[i];
    parameters[place.index] *= custval__exp(place.sign * sum);
}

void custval__lifetime_effective(const custval_lifetime *lifetime, const double *values, const double *purchase,
                                 const double *dropout, double out[CUSTVAL__MODEL_PARAMETERS]) {
    const custval__model *model = lifetime->model;
    const double *coefficients = values + model->parameters;
    for (uint32_t i = 0; i < model->parameters; i++) out[i] = values[i];
    if (lifetime->purchase_count > 0) shift(model->purchase, coefficients, purchase, lifetime->purchase_count, out);
    coefficients += lifetime->purchase_count;
    if (lifetime->dropout_count > 0) shift(model->dropout, coefficients, dropout, lifetime->dropout_count, out);
}
