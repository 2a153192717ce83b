/* The functions of the add-in, of cells. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_XLL_FUNCTIONS_H
#define CUSTVAL_XLL_FUNCTIONS_H

#include "work.h"

enum { MOST_ARGUMENTS = 8 };

/* A function of so many arguments, of which those that were not given are EXCEL_MISSING; makes a result. */
typedef custval_status (*function_body)(work *of, const excel_cell *const *given, excel_cell **out);

typedef struct function {
    const char *name;      /* as in a formula, after "CUSTVAL." */
    const char *procedure; /* that Excel calls */
    const char *arguments; /* their names, parted by commas */
    size_t count;          /* of them */
    const char *help;
    function_body body;
} function;

extern const function functions[];
extern const size_t functions_count;

#endif
