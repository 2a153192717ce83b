/* Values of one row under many draws of weights. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_UNCERTAINTY_VALUES_H
#define CUSTVAL_UNCERTAINTY_VALUES_H

#include "../explain/study.h"
#include "drawn.h"
#include "order.h"

/* What one thread needs to evaluate rows. */
typedef struct custval__values {
    const custval__drawn *drawn;
    const custval__order_kernels *kernels;
    custval__study study; /* its engine reads single rows */
    custval__engine *engine;
    custval__state state; /* the row read last, with its own weights */
    custval__variants variants;
    const double **weight; /* [node] of the draws that are evaluated */
    double *coefficient;   /* [term] what multiplies the drawn weights */
    double *local;
    int is_sum;     /* the row read last is a sum over the terms */
    int is_refused; /* it has no scores, whatever the weights */
} custval__values;

/* custval__values_close() is due also after a failure. */
custval_status custval__values_open(custval__values *values, const custval__drawn *drawn, const custval_table *table,
                                    const custval_score_options *options, custval_error *error);
void custval__values_close(custval__values *values);

void custval__values_read(custval__values *values, size_t row);
/* Values of the row read last in draws [start, start + count); finite, or NaN where it has none. */
void custval__values_run(custval__values *values, const custval__weighing *weighing, uint32_t start, uint32_t count,
                         double *out);

#endif
