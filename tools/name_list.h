/* Named numbers that people write by hand: one criterion per row, and columns of numbers about it. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_TOOLS_NAME_LIST_H
#define CUSTVAL_TOOLS_NAME_LIST_H

#include <stddef.h>
#include <stdint.h>

#include <custval/custval.h>

#include "sheet.h"

#define NAME_LIST_COLUMNS 3

typedef struct name_list {
    const char *path;
    char **names;
    uint64_t *lines;
    size_t count;
    double *numbers[NAME_LIST_COLUMNS]; /* NULL: there is no such column */
} name_list;

/* Reads a file, "-" for standard input, with a column "criterion" or "name" and those `columns`, the first `needed` of
   which must be there. If none need be, a file of one column is a list of names, with or without a header. Names are
   there and differ. Fails otherwise. */
void name_list_open(name_list *to, const char *path, const char *const columns[NAME_LIST_COLUMNS], size_t needed,
                    const data_options *options, const char *written, const char *command);
void name_list_free(name_list *of);
/* Fails with the message of a library call about these criteria: says in which line the one stands that it names. */
_Noreturn void name_list_fail(const name_list *of, const custval_error *error);

/* Reads a file of weights, with the columns name and weight, as --format csv writes it. */
custval_weights *weights_open(const char *path, const data_options *options, const char *written, const char *command);

#endif
