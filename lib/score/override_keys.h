/* Finding the overrides of a customer by key. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_SCORE_OVERRIDE_KEYS_H
#define CUSTVAL_SCORE_OVERRIDE_KEYS_H

#include "engine.h"

/* Fills in the override members of a plan; as_of is the ISO date of scoring or NULL. */
custval_status custval__override_keys_build(custval__plan *plan, const char *as_of, custval_error *error);

#endif
