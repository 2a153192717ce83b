/* A set of weights in the making: every method fills one in, and finishes it. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_WEIGHTS_WEIGHTS_H
#define CUSTVAL_WEIGHTS_WEIGHTS_H

#include <stddef.h>
#include <stdint.h>

#include <custval/weights.h>

#include "../base/compiler.h"
#include "../base/memory.h"

/* A set of weights below this number of rows or judges gets the remark `low-n`. */
#define CUSTVAL__LOW_N 30

/* Names of criteria are text, not empty, unique. */
custval_status custval__weights_check_names(const char *const *names, size_t count, custval_error *error);

/* Checks the names and copies them. `method` is a static string. The set is freed with
   custval_weights_free(), finished or not. */
custval_status custval__weights_new(const custval_host *whole_host, const char *const *names, size_t count,
                                    const char *method, custval_weights **out, custval_error *error);

/* One number >= 0 per criterion, to be filled in; their proportions become the shares. */
double *custval__weights_numbers(custval_weights *weights);
void custval__weights_set_sample(custval_weights *weights, uint64_t sample);

/* Adds a column to the table of criteria, to be filled in; NaN is missing. */
custval_status custval__weights_column(custval_weights *weights, const char *name, double **out_values,
                                       custval_error *error);
/* Adds a named number about the whole; NaN is missing. `name` is a static string. */
custval_status custval__weights_diagnose(custval_weights *weights, const char *name, double value,
                                         custval_error *error);
/* Adds a remark; `code` is a static string; `about`, the name of a criterion or NULL, is copied. */
custval_status custval__weights_note(custval_weights *weights, const char *code, const char *about,
                                     custval_error *error, const char *format, ...) CUSTVAL__PRINTF(5, 6);

/* Turns the numbers into shares and completes the tables. CUSTVAL_ERROR_WEIGHT names the criterion whose number is
   negative or not finite, or says that all are 0. A number of 0 gets the remark `zero-weight`. */
custval_status custval__weights_finish(custval_weights *weights, custval_error *error);

/* What custval_weights_...() does at its end: on success gives the set away, else frees it and gives NULL. */
custval_status custval__weights_give(custval_weights *weights, custval_status status, custval_weights **out);

/* Host of a set, whole. */
const custval_host *custval__weights_host(const custval_weights *weights);

/* Name and value (NaN: missing) of a diagnostic; NULL past the end. */
const char *custval__weights_diagnostic_at(const custval_weights *weights, size_t index, double *out);

/* For each criterion of `first` its index in `second`, in memory of the host. CUSTVAL_ERROR_NOT_FOUND names a criterion
   that only one of them has. */
custval_status custval__weights_match(const custval_host *whole_host, const custval_weights *first,
                                      const custval_weights *second, size_t **out, custval_error *error);

#endif
