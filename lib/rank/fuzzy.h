/* Composing degrees of membership. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_RANK_FUZZY_H
#define CUSTVAL_RANK_FUZZY_H

#include <stddef.h>

#include <custval/rank.h>

/* CUSTVAL_ERROR_ARGUMENT for an operator that there is not. */
custval_status custval__fuzzy_check_operation(uint32_t operation, custval_error *error);

/* Composes one more row of degrees into the parent's, which are 0 before the first. */
void custval__fuzzy_add(uint32_t operation, double weight, const double *degrees, size_t grades, double *out);

#endif
