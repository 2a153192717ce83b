/* A model of spend inside one of purchases. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "lifetime.h"

custval_status custval__lifetime_join(custval_lifetime *lifetime, const custval_lifetime *spend, custval_error *error) {
    if (spend->model->id != CUSTVAL_MODEL_GAMMA_GAMMA) {
        return custval__fail(error, CUSTVAL_ERROR_STRUCTURE, "model %s is none of spend: that is gamma-gamma",
                             custval__model_word(spend->model->id));
    }
    if (lifetime->model->contractual || lifetime->model->id == CUSTVAL_MODEL_GAMMA_GAMMA) {
        return custval__fail(error, CUSTVAL_ERROR_STRUCTURE, "model %s is none of purchases, which spend goes with",
                             custval__model_word(lifetime->model->id));
    }
    lifetime->spend = custval_lifetime_ref(spend);
    return CUSTVAL_OK;
}

/* A copy without the model of spend. */
static custval_status copy(const custval_lifetime *from, custval_lifetime **out, custval_error *error) {
    const size_t count = from->count;
    CUSTVAL__TRY(custval__lifetime_new(&from->arena.host, from->model, from->purchase_count, from->purchase_names,
                                       from->dropout_count, from->dropout_names, out, error));
    memcpy((*out)->values, from->values, count * sizeof *from->values);
    if (from->covariance != NULL) {
        double *const covariance = custval__lifetime_add_covariance(*out);
        if (covariance == NULL) return custval__fail_memory(error);
        memcpy(covariance, from->covariance, count * count * sizeof *covariance);
    }
    return custval__lifetime_set_facts(*out, &from->facts, error);
}

custval_status custval_lifetime_with_spend(const custval_lifetime *lifetime, const custval_lifetime *spend,
                                           custval_lifetime **out, custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    if (lifetime == NULL) return custval__fail_null(error, "lifetime");
    if (spend == NULL) return custval__fail_null(error, "spend");
    custval_lifetime *self = NULL;
    custval_status status = copy(lifetime, &self, error);
    if (status == CUSTVAL_OK) status = custval__lifetime_join(self, spend, error);
    return custval__lifetime_give(self, status, out);
}

const custval_lifetime *custval_lifetime_spend(const custval_lifetime *lifetime) {
    return lifetime == NULL ? NULL : lifetime->spend;
}
