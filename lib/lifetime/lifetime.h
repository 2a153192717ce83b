/* A lifetime inside the library. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_LIFETIME_LIFETIME_H
#define CUSTVAL_LIFETIME_LIFETIME_H

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#include <custval/lifetime.h>

#include "../base/memory.h"
#include "model.h"

#define CUSTVAL__LIFETIME_COVARIATES 32 /* most of each kind */

/* Everything lives in the arena. `values` are the natural parameters, then the coefficients of purchase covariates,
   then those of dropout covariates. `covariance` is count x count, of the logarithms of the parameters and of the
   coefficients; NULL if there is none. */
struct custval_lifetime {
    atomic_size_t owners;
    custval__arena arena;
    const custval__model *model;
    uint32_t count; /* values in all */
    uint32_t purchase_count, dropout_count;
    const char **purchase_names, **dropout_names;
    double *values;
    double *covariance;
    custval_lifetime *spend;      /* joined, one owner of it; NULL */
    custval_lifetime_facts facts; /* whole; its texts lie in the arena */
};

/* Makes a lifetime with room for so many coefficients, values 0, no covariance, facts of stated parameters. */
custval_status custval__lifetime_new(const custval_host *whole_host, const custval__model *model,
                                     uint32_t purchase_count, const char *const *purchase_names, uint32_t dropout_count,
                                     const char *const *dropout_names, custval_lifetime **out, custval_error *error);

/* Takes over what the facts say of a fit; copies their texts. struct_size, model and parameters stay
   the lifetime's own, and aic and bic follow from the rest. */
custval_status custval__lifetime_set_facts(custval_lifetime *lifetime, const custval_lifetime_facts *facts,
                                           custval_error *error);

/* Makes room for the covariance, count x count zeros; NULL if memory runs out. */
double *custval__lifetime_add_covariance(custval_lifetime *lifetime);

/* The model of a number, or CUSTVAL_ERROR_ARGUMENT. */
custval_status custval__lifetime_model(uint32_t id, const custval__model **out, custval_error *error);

/* The word of a model, e.g. "bgnbd". */
const char *custval__model_word(uint32_t id);

/* Parameters lie between these, far beyond what data tell and well within what doubles can add and multiply. */
#define CUSTVAL__PARAMETER_LEAST 1e-100
#define CUSTVAL__PARAMETER_MOST 1e100

/* CUSTVAL_ERROR_RANGE if a parameter of the model does not. */
custval_status custval__lifetime_check_values(const custval__model *model, const double *values, custval_error *error);

/* Joins a model of purchases that is still being made with one of spend, and becomes an owner of that; CUSTVAL_ERROR_STRUCTURE
   if the models are of other kinds. */
custval_status custval__lifetime_join(custval_lifetime *lifetime, const custval_lifetime *spend, custval_error *error);

/* Gives the lifetime to the caller if all went well, else frees it; returns the status. */
custval_status custval__lifetime_give(custval_lifetime *lifetime, custval_status status, custval_lifetime **out);

/* Parameters of a customer whose covariates are `purchase` and `dropout` (one value per covariate, NULL if there are
   none). `values` as in custval_lifetime, so that a caller may vary them. */
void custval__lifetime_effective(const custval_lifetime *lifetime, const double *values, const double *purchase,
                                 const double *dropout, double out[CUSTVAL__MODEL_PARAMETERS]);

/* Name of a value, as custval_lifetime_parameters() shows it, into a buffer; gives its whole length. */
size_t custval__lifetime_value_name(const custval_lifetime *lifetime, uint32_t index, char *out, size_t capacity);

#endif
