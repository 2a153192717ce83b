/* Whether a condition can be true, and false, whatever a customer is. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_PROGRAMMES_REACHABLE_H
#define CUSTVAL_PROGRAMMES_REACHABLE_H

#include "programmes.h"

/* 0 is certain, 1 is not: parts are looked at one by one and, inside `all`, in pairs. */
typedef struct custval__reach {
    int can_be_true, can_be_false;
} custval__reach;

/* Bytes of scratch, aligned for uint32_t, per node of the tree. */
#define CUSTVAL__REACH_SCRATCH 6

custval__reach custval__reachable(const custval_programmes *base, const custval__tree *tree, uint8_t *scratch);

#endif
