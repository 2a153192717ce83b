/* Warnings about a system, as they are collected. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_SYSTEM_CHECK_H
#define CUSTVAL_SYSTEM_CHECK_H

#include "../base/compiler.h"
#include "system.h"

typedef struct custval__warning {
    const char *code, *node, *message; /* the message lies in the arena */
} custval__warning;

typedef struct custval__warnings {
    const custval_host *host;
    custval__arena arena;
    custval__warning *list;
    size_t count, capacity;
    custval_error *error;
} custval__warnings;

/* Adds a warning about a node. */
custval_status custval__warn(custval__warnings *warnings, const char *code, const char *node, const char *format, ...)
    CUSTVAL__PRINTF(4, 5);

/* What only data shows. */
custval_status custval__check_data(const custval_system *system, const custval_table *table,
                                   custval__warnings *warnings);

#endif
