/* The plain way through the tree. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_SCORE_PLAIN_H
#define CUSTVAL_SCORE_PLAIN_H

#include "engine_private.h"

/* Writes down the steps of an engine whose tree is plain; else leaves it without steps. */
custval_status custval__plain_prepare(custval__engine *engine, custval_error *error);

/* Computes the scores of the whole tree for the rows of the engine: every row has all of them, and they are finite. Returns
   0 if it cannot, and then what it wrote is of no use. */
int custval__plain_run(custval__engine *engine);

#endif
