/* Judgements in pairs as people write them down: a matrix, or a list of pairs. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_TOOLS_JUDGEMENT_FILE_H
#define CUSTVAL_TOOLS_JUDGEMENT_FILE_H

#include <stddef.h>
#include <stdint.h>

#include <custval/custval.h>

#include "sheet.h"

/*
 * A matrix: the header names the criteria behind a first cell that may hold anything; each row begins with the name of
 * its criterion. A cell says how many times that is as important as the column's; blank: not judged, or the reciprocal.
 *
 * A list of pairs: the columns first, second, value, and if need be lower, upper (fuzzy judgements), member (whose
 * judgement it is) and member_weight. A file whose header has the first three is one.
 */

/* One judgement: first is value times as important as second. */
typedef struct judgement {
    uint32_t member, first, second;
    double value, lower, upper;
    uint64_t line;
} judgement;

typedef struct judgement_set {
    char **names; /* of the criteria, in order of appearance */
    size_t count;
    char **members;
    const char **files;     /* [member] path, borrowed */
    double *member_weights; /* NaN: not said */
    uint64_t *weight_lines; /* where it was */
    size_t member_count;
    judgement *list;
    size_t length;
    size_t names_of_first; /* criteria of the first file, which are those of all */
    int is_fuzzy, has_weights;
    double *middle, *lower, *upper; /* members x count x count, after judgement_set_complete() */
} judgement_set;

/* Adds a file, whose judgements are `member`'s unless it says whose they are. 0 and the problem if it cannot be. The
   set starts as zeros, and is freed in either case. */
int judgement_set_add(judgement_set *to, const sheet *from, const char *member, sheet_problem *problem);
/* Fills in the matrices; gives what the library reads, which the set owns. */
custval_judgements judgement_set_complete(judgement_set *of);
void judgement_set_free(judgement_set *of);

/* Reads files, "-" for standard input, each of which is a member's that does not say whose it is, or fails. */
void judgement_set_open(judgement_set *to, const char *const *paths, size_t count, const data_options *options,
                        const char *written, const char *command);

/* Fails with the message of a library call about these judgements: names the file, and the line of the judgement that
   it names. */
_Noreturn void judgement_set_fail(const judgement_set *of, const custval_error *error);

#endif
