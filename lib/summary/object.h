/* The summary itself, for the files of this folder. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_SUMMARY_OBJECT_H
#define CUSTVAL_SUMMARY_OBJECT_H

#include "../base/memory.h"
#include "sketch.h"
#include "summary.h"
#include "sums.h"

struct custval_summary {
    custval__arena arena; /* columns and their names; its host is that of the summary */
    custval__shape shape;
    custval__sums *sums;
    custval__sketch *sketches; /* [column] with quantiles, else NULL */
};

/* What has been seen of some rows goes into a summary as a whole, or not at all: their sums, and the sketches of all
   columns by as many threads as saw some of them (not read without quantiles). */
custval_status custval__summary_take(custval_summary *summary, const custval__sums *sums,
                                     const custval__sketch *const *sketches, size_t sketch_sets, custval_error *error);

#endif
