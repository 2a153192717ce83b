/* Models of the same data side by side. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include <custval/words.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../base/maths.h"
#include "../base/special.h"
#include "../table/table.h"
#include "lifetime.h"

#define NOT_KNOWN ((double)NAN)

/* ---- What can be compared ---------------------------------------------------------------------------------------- */

/* The columns that make up a likelihood: purchases in continuous time, by opportunity, renewals, or spend. */
static int is_alike(const custval__model *a, const custval__model *b) {
    return a->contractual == b->contractual && a->discrete == b->discrete && (a->spend == NULL) == (b->spend == NULL);
}

static custval_status check_one(const custval_lifetime *const *lifetimes, size_t i, custval_error *error) {
    const custval_lifetime *self = lifetimes[i], *first = lifetimes[0];
    if (self == NULL) return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "lifetimes[%zu] is NULL", i);
    if (self->facts.convergence == CUSTVAL_CONVERGENCE_STATED) {
        return custval__fail(error, CUSTVAL_ERROR_STATE, "lifetimes[%zu] was stated, not fitted: it has no likelihood",
                             i);
    }
    if (self->facts.convergence != CUSTVAL_CONVERGENCE_OPTIMUM) {
        return custval__fail(error, CUSTVAL_ERROR_STATE,
                             "lifetimes[%zu] (\"%s\") is no optimum but \"%s\": its likelihood may be far below the "
                             "highest, and only the highest compare; leave it out",
                             i, custval__model_word(self->model->id),
                             custval_word(CUSTVAL_WORDS_CONVERGENCE, self->facts.convergence));
    }
    if (!is_alike(self->model, first->model)) {
        return custval__fail(error, CUSTVAL_ERROR_STRUCTURE, "\"%s\" and \"%s\" are not models of the same data",
                             custval__model_word(first->model->id), custval__model_word(self->model->id));
    }
    if (self->facts.customers == first->facts.customers) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_STATE, "lifetimes[%zu] was fitted to %g customers, lifetimes[0] to %g", i,
                         self->facts.customers, first->facts.customers);
}

/* Whether every name of the first is one of the second. */
static int are_among(const char *const *names, uint32_t count, const char *const *all, uint32_t all_count) {
    for (uint32_t i = 0; i < count; i++) {
        uint32_t k = 0;
        while (k < all_count && strcmp(names[i], all[k]) != 0) k++;
        if (k == all_count) return 0;
    }
    return 1;
}

/* NBD is where nobody leaves any more, sBG where c of BdW is 1. */
static int is_special_model(uint32_t special, uint32_t general) {
    if (special == general) return 1;
    if (special == CUSTVAL_MODEL_SBG) return general == CUSTVAL_MODEL_BDW;
    return special == CUSTVAL_MODEL_NBD &&
           (general == CUSTVAL_MODEL_BGNBD || general == CUSTVAL_MODEL_MBGNBD || general == CUSTVAL_MODEL_PNBD);
}

static int is_special_case(const custval_lifetime *special, const custval_lifetime *general) {
    return special->count < general->count && is_special_model(special->model->id, general->model->id) &&
           are_among(special->purchase_names, special->purchase_count, general->purchase_names,
                     general->purchase_count) &&
           are_among(special->dropout_names, special->dropout_count, general->dropout_names, general->dropout_count);
}

/* ---- The table --------------------------------------------------------------------------------------------------- */

enum { PARAMETERS, LOG_LIKELIHOOD, AIC, BIC, DELTA, WEIGHT, RATIO, FREEDOM, P, COLUMNS };

static void fill_row(const custval_lifetime *const *lifetimes, size_t i, double lowest, double *const *cells) {
    const custval_lifetime *self = lifetimes[i], *first = lifetimes[0];
    cells[PARAMETERS][i] = self->count;
    cells[LOG_LIKELIHOOD][i] = self->facts.log_likelihood;
    cells[AIC][i] = self->facts.aic;
    cells[BIC][i] = self->facts.bic;
    cells[DELTA][i] = self->facts.aic - lowest;
    cells[WEIGHT][i] = custval__exp(-0.5 * cells[DELTA][i]);
    cells[RATIO][i] = cells[FREEDOM][i] = cells[P][i] = NOT_KNOWN;
    if (!is_special_case(first, self)) return;
    const double ratio = 2.0 * (self->facts.log_likelihood - first->facts.log_likelihood);
    cells[RATIO][i] = ratio;
    cells[FREEDOM][i] = self->count - first->count;
    cells[P][i] = custval__chi_square_rest(cells[FREEDOM][i], ratio > 0.0 ? ratio : 0.0);
}

static custval_status fill(const custval_lifetime *const *lifetimes, size_t count, custval_text *models,
                           custval_table *table, custval_error *error) {
    static const char *const names[] = {"parameters", "log_likelihood", "aic",     "bic", "delta",
                                        "weight",     "ratio",          "freedom", "p"};
    double *cells[COLUMNS], lowest = HUGE_VAL, sum = 0.0;
    for (size_t i = 0; i < count; i++) {
        const char *word = custval__model_word(lifetimes[i]->model->id);
        models[i] = (custval_text){word, strlen(word)};
        lowest = lifetimes[i]->facts.aic < lowest ? lifetimes[i]->facts.aic : lowest;
    }
    CUSTVAL__TRY(custval__result_add_texts(table, "model", models, error));
    for (size_t k = 0; k < COLUMNS; k++) {
        CUSTVAL__TRY(custval__result_add_doubles(table, names[k], &cells[k], error));
    }
    for (size_t i = 0; i < count; i++) {
        fill_row(lifetimes, i, lowest, cells);
        sum += cells[WEIGHT][i];
    }
    for (size_t i = 0; i < count; i++) cells[WEIGHT][i] /= sum;
    custval__result_finish(table);
    return CUSTVAL_OK;
}

custval_status custval_lifetime_compare(const custval_lifetime *const *lifetimes, size_t count, custval_table **out,
                                        custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    if (lifetimes == NULL) return custval__fail_null(error, "lifetimes");
    if (count == 0) return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "count is 0");
    if (lifetimes[0] == NULL) return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "lifetimes[0] is NULL");
    for (size_t i = 0; i < count; i++) CUSTVAL__TRY(check_one(lifetimes, i, error));
    const custval_host *host = &lifetimes[0]->arena.host;
    custval_table *table = NULL;
    custval_text *models = custval__alloc(host, count, sizeof *models);
    if (models == NULL) return custval__fail_memory(error);
    custval_status status = custval__result_new(host, count, &table, error);
    if (status == CUSTVAL_OK) status = fill(lifetimes, count, models, table, error);
    custval__free(host, models);
    return custval__result_give(table, status, out);
}
