/* One customer: its block and plan. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_PROGRAMMES_ONE_H
#define CUSTVAL_PROGRAMMES_ONE_H

#include "proposals.h"

typedef struct custval__one {
    const custval_programmes *base;
    custval_host host;
    custval_programmes_options options; /* whole, with that host */
    size_t *columns;
    custval__crowd *block;    /* its only row is the customer */
    custval__proposals *plan; /* that has proposed */
} custval__one;

/* Checks what all calls about one customer are given, and reads it; custval__one_free is due in any case. */
custval_status custval__one_read(custval__one *out, const custval_programmes *base, const custval_table *table,
                                 size_t row, const custval_programmes_options *options, custval_error *error);
void custval__one_free(custval__one *one);

#endif
