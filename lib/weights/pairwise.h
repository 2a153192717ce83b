/* Judgements in pairs as a caller hands them in: checked, and read into blocks. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_WEIGHTS_PAIRWISE_H
#define CUSTVAL_WEIGHTS_PAIRWISE_H

#include <stddef.h>

#include "../base/memory.h"
#include "../base/text.h"
#include "ahp_solve.h"

typedef struct custval__judges {
    custval_judgements given;    /* whole */
    custval_ahp_options options; /* whole, 0 replaced by the defaults */
    int is_fuzzy;
    double largest_weight; /* of a member */
} custval__judges;

/* Checks everything but the numbers of the matrices. */
custval_status custval__judges_read(custval__judges *out, const custval_judgements *judgements,
                                    const custval_ahp_options *options, custval_error *error);

/* CUSTVAL_ERROR_UNSUPPORTED if the judgements are fuzzy. */
custval_status custval__judges_need_crisp(const custval__judges *judges, custval_error *error);

/* How these judgements become weights; fuzzy ones by the geometric means of their middles. */
void custval__judges_ahp(const custval__judges *judges, custval__ahp *out);

/* Importance of a member: 1 at most, so that no sum of them overflows. */
double custval__judges_weight(const custval__judges *judges, size_t member);

/* Reads up to eight members from `first` on into the lanes of a block; lanes beyond them hold some matrix without gaps.
   Returns 0, or 1 if some judgement is not as it must be. */
int custval__judges_load(const custval__judges *judges, const custval__ahp *ahp, size_t first,
                         custval__ahp_block *block);

/* After a member's judgements were found to be wrong: names the first that is. */
custval_status custval__judges_refuse(const custval__judges *judges, custval_error *error);
/* CUSTVAL_ERROR_STATE: no chain of a member's judgements (of everyone's, for SIZE_MAX) reaches the criterion. */
custval_status custval__judges_refuse_apart(const custval__judges *judges, size_t member, size_t criterion,
                                            custval_error *error);

/* Name of a member, or its number from 1 on written into `room`. */
#define CUSTVAL__MEMBER_ROOM CUSTVAL__NUMBER_SIZE
const char *custval__judges_member(const custval__judges *judges, size_t member, char room[CUSTVAL__MEMBER_ROOM]);

#endif
